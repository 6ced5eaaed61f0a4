/* SPDX-License-Identifier: Apache-2.0 */
/* Legs of an outline along borders, coasts and the limits of FIRs. None is followed yet: the outline
 * stays unresolved and says so. */
#include "border_leg.h"

bool ovf_border_leg(ovf_draft *d, size_t from_token, size_t until_token, ovf_point p, ovf_point q,
                    const ovf_point *rest, size_t rest_count, ovf_point **out, size_t *count,
                    const char **why)
{
    (void)d;
    (void)from_token;
    (void)until_token;
    (void)p;
    (void)q;
    (void)rest;
    (void)rest_count;
    (void)out;
    (void)count;
    *why = "a border is part of the outline";
    return false;
}
