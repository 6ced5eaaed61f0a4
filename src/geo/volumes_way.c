/* SPDX-License-Identifier: Apache-2.0 */
#include "volumes_internal.h"
bool vol_ask_geodesic(ovf_volumes_reader *r, const ovf_volumes_point *points, size_t count,
                      ovf_volumes_doubt doubt)
{
    (void)r; (void)points; (void)count; (void)doubt; return true;
}
