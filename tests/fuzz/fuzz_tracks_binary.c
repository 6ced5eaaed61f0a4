/* SPDX-License-Identifier: Apache-2.0 */
/* Positions in Beast frames; gzip, and whatever the content says it is. */
#include "tracks_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const ovf_surveillance_form forms[] = {OVF_SURVEILLANCE_BEAST, OVF_SURVEILLANCE_UNKNOWN};
    for (size_t i = 0; i < OVF_COUNTOF(forms); i++)
        fuzz_form(forms[i], data, size,
                  forms[i] == OVF_SURVEILLANCE_BEAST && (size < 2 || data[0] != 0x1F));
    (void)ovf_surveillance_sniff((ovf_str){(const char *)data, size});
    return 0;
}
