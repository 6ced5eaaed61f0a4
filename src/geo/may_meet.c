/* SPDX-License-Identifier: Apache-2.0 */
/* May an area have something in a box? Of an outline no edge near the box means that the box lies
 * within it or beside it, and one point tells which. */
#include <overfly/area.h>

#include "geo_internal.h"

#include <math.h>

static struct ovf_geo_patch patch_of(ovf_box box)
{
    struct ovf_geo_patch patch = {.south_e7 = (int32_t)floor(box.south_deg * 1e7),
                                  .north_e7 = (int32_t)ceil(box.north_deg * 1e7)};
    double width_deg = box.east_deg - box.west_deg;
    if (width_deg < 0.0)
        width_deg += 360.0;
    if (width_deg >= 360.0 - 1e-6 || patch.south_e7 <= -OVF_GEO_POLE_E7
        || patch.north_e7 >= OVF_GEO_POLE_E7) {
        patch.west_e7 = -1800000000;
        patch.width_e7 = (uint32_t)OVF_GEO_CIRCLE_E7;
        return patch;
    }
    patch.west_e7 = ovf_geo_wrap_e7((int64_t)floor(box.west_deg * 1e7));
    patch.width_e7 = (uint32_t)ceil(width_deg * 1e7) + 2;
    return patch;
}

/* Does a piece of the outline come near it? */
static bool has_edge_in(const struct ovf_geo_chain *chain, const struct ovf_geo_patch *patch)
{
    if (!ovf_geo_patch_overlaps(chain->patch, *patch))
        return false;
    for (uint32_t k = 0; k < chain->chunk_count; k++) {
        if (ovf_geo_patch_overlaps(chain->chunks[k], *patch))
            return true;
    }
    return false;
}

static bool rings_may_meet(const ovf_area *area, const struct ovf_geo_patch *patch, ovf_point middle)
{
    for (size_t i = 0; i < area->chains.count; i++) {
        if (has_edge_in(&area->chains.items[i], patch))
            return true;
    }
    return ovf_area_contains(area, middle) != OVF_TRI_NO;
}

static bool may_meet(const ovf_area *area, const struct ovf_geo_patch *patch, ovf_point middle)
{
    if (area->kind == OVF_AREA_EMPTY)
        return false;
    if (area->kind == OVF_AREA_UNRESOLVED)
        return true;
    if (!ovf_geo_patch_overlaps(area->patch, *patch))
        return false;
    switch (area->kind) {
    case OVF_AREA_RINGS: return rings_may_meet(area, patch, middle);
    case OVF_AREA_UNION:
        for (size_t i = 0; i < area->set.count; i++) {
            if (may_meet(area->set.parts[i], patch, middle))
                return true;
        }
        return false;
    case OVF_AREA_INTERSECTION:
        for (size_t i = 0; i < area->set.count; i++) {
            if (!may_meet(area->set.parts[i], patch, middle))
                return false;
        }
        return true;
    case OVF_AREA_DIFFERENCE: return may_meet(area->set.parts[0], patch, middle);
    default: return true;
    }
}

bool ovf_area_may_meet_box(const ovf_area *area, ovf_box box)
{
    if (box.is_empty)
        return false;
    const struct ovf_geo_patch patch = patch_of(box);
    double width_deg = box.east_deg - box.west_deg;
    if (width_deg < 0.0)
        width_deg += 360.0;
    ovf_point middle = {(box.south_deg + box.north_deg) / 2.0,
                        ovf_lon_wrap(box.west_deg + width_deg / 2.0)};
    return may_meet(area, &patch, middle);
}
