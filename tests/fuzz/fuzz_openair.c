/* SPDX-License-Identifier: Apache-2.0 */
#include "airspace_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_any(OVF_AIRSPACE_OPENAIR, data, size);
    return 0;
}
