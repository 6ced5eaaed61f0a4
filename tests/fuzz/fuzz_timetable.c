/* SPDX-License-Identifier: Apache-2.0 */
/* Schedules: tables and SSIM: any bytes are safe, positions lie within the record, what is not complete is said to
 * be so, and linking plans changes none of that. */
#include "flight_forms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_forms((ovf_str){(const char *)data, size});
    return 0;
}
