/* SPDX-License-Identifier: Apache-2.0 */
#include "conflict_internal.h"

ovf_box ovf_conflict_box(ovf_point from, ovf_point to)
{
    ovf_leg leg;
    ovf_leg_init(&leg, from, to);
    return way_box(&leg);
}
