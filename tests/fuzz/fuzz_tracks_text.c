/* SPDX-License-Identifier: Apache-2.0 */
/* Positions in lines: BaseStation, hexadecimal frames, tables. */
#include "tracks_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const ovf_surveillance_form forms[] = {OVF_SURVEILLANCE_SBS, OVF_SURVEILLANCE_FRAMES,
                                                  OVF_SURVEILLANCE_TABLE};
    for (size_t i = 0; i < OVF_COUNTOF(forms); i++)
        fuzz_form(forms[i], data, size, true);
    (void)ovf_surveillance_sniff((ovf_str){(const char *)data, size});
    return 0;
}
