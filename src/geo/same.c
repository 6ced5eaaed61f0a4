/* SPDX-License-Identifier: Apache-2.0 */
/* Are two areas made of the same numbers? Notices repeat each other's areas, and what was worked
 * out for one of them serves the next. */
#include "geo_internal.h"

#include <string.h>

static bool is_same_point(ovf_point a, ovf_point b)
{
    return a.lat_deg == b.lat_deg && a.lon_deg == b.lon_deg;
}

static bool is_same_chain(const struct ovf_geo_chain *a, const struct ovf_geo_chain *b)
{
    if (a->count != b->count || a->edge_count != b->edge_count
        || (a->edges == NULL) != (b->edges == NULL))
        return false;
    return memcmp(a->vertices, b->vertices, a->count * sizeof *a->vertices) == 0
           && (a->edges == NULL || memcmp(a->edges, b->edges, a->edge_count) == 0);
}

static bool has_same_chains(const ovf_area *a, const ovf_area *b)
{
    bool is_same = a->chains.count == b->chains.count && a->chains.reach_m == b->chains.reach_m
                   && (a->chains.base == b->chains.base
                       || (a->chains.base != NULL && b->chains.base != NULL
                           && ovf_area_is_same(a->chains.base, b->chains.base)));
    for (size_t i = 0; is_same && i < a->chains.count; i++)
        is_same = is_same_chain(&a->chains.items[i], &b->chains.items[i]);
    return is_same;
}

static bool has_same_parts(const ovf_area *a, const ovf_area *b)
{
    bool is_same = a->set.count == b->set.count;
    for (size_t i = 0; is_same && i < a->set.count; i++)
        is_same = ovf_area_is_same(a->set.parts[i], b->set.parts[i]);
    return is_same;
}

bool ovf_area_is_same(const ovf_area *a, const ovf_area *b)
{
    if (a == b)
        return true;
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case OVF_AREA_UNRESOLVED:
    case OVF_AREA_EMPTY:
    case OVF_AREA_GLOBE: return true;
    case OVF_AREA_RINGS:
    case OVF_AREA_CORRIDOR:
    case OVF_AREA_BUFFER: return has_same_chains(a, b);
    case OVF_AREA_CIRCLE:
        return a->circle.radius_m == b->circle.radius_m
               && is_same_point(a->circle.centre, b->circle.centre);
    case OVF_AREA_HALF: return a->half.side == b->half.side && a->half.at_deg == b->half.at_deg;
    case OVF_AREA_UNION:
    case OVF_AREA_INTERSECTION:
    case OVF_AREA_DIFFERENCE: return has_same_parts(a, b);
    }
    return false;
}
