/* SPDX-License-Identifier: Apache-2.0 */
/* Positions in JSON: aircraft, traces, state vectors, records, GeoJSON. */
#include "tracks_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const ovf_surveillance_form forms[] = {
        OVF_SURVEILLANCE_AIRCRAFT, OVF_SURVEILLANCE_TRACE, OVF_SURVEILLANCE_OPENSKY,
        OVF_SURVEILLANCE_RECORDS, OVF_SURVEILLANCE_GEOJSON};
    for (size_t i = 0; i < OVF_COUNTOF(forms); i++)
        fuzz_form(forms[i], data, size, false);
    (void)ovf_surveillance_sniff((ovf_str){(const char *)data, size});
    return 0;
}
