/* SPDX-License-Identifier: Apache-2.0 */
/* Which ring lies in which: outlines, holes, and islands in them. */
#include "geo_internal.h"

/* Does one ring lie within another, which it does not cross? Vertices on the other's border tell
 * nothing: neighbours share some. */
static bool lies_within(const struct ovf_geo_chain *inner, const struct ovf_geo_chain *outer)
{
    if (!ovf_geo_patch_overlaps(inner->patch, outer->patch))
        return false;
    uint32_t stride = 1 + inner->count / 8;
    for (uint32_t i = 0; i < inner->count; i += stride) {
        ovf_point p = ovf_fixed_point(inner->vertices[i]);
        if (!ovf_geo_patch_holds(outer->patch, p))
            return false;
        if (ovf_geo_chain_distance_m(outer, p, OVF_COINCIDENT_M) >= OVF_COINCIDENT_M)
            return ovf_geo_chain_contains(outer, p);
    }
    return false;
}

bool ovf_geo_chains_nest(const struct ovf_geo_chain *chains, size_t count, uint32_t *parents,
                         uint32_t *depths)
{
    for (size_t k = 0; k < count; k++) {
        parents[k] = UINT32_MAX;
        for (size_t i = 0; i < count; i++) {
            if (i != k && lies_within(&chains[k], &chains[i])) {
                depths[k]++;
                parents[k] = (uint32_t)i;
            }
        }
    }
    // The innermost is the one that has itself all the others around it.
    for (size_t k = 0; k < count; k++) {
        for (size_t i = 0; i < count && depths[k] > 1 && depths[parents[k]] + 1 != depths[k]; i++) {
            if (i != k && depths[i] + 1 == depths[k] && lies_within(&chains[k], &chains[i]))
                parents[k] = (uint32_t)i;
        }
        if (depths[k] > 0 && depths[parents[k]] + 1 != depths[k])
            return false; // rings that cross
    }
    return true;
}
