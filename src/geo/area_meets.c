/* SPDX-License-Identifier: Apache-2.0 */
/* Have two areas a point in common?
 *
 * Two leaves: each is everything within some distance of a skeleton (a point, a line, a region with
 * distance 0), so both meet when the one, grown by the other's distance, meets the other's
 * skeleton. That is exact.
 * Set expressions: a part of an intersection that is not met settles NO; a point found in both
 * settles YES. Looked at are the vertices and centres, and both areas along every edge of either.
 * What two closed regions share is bounded by pieces of their boundaries, so where all leaves are
 * rings and half planes, not finding it settles NO too; circles and buffers leave it open. */
#include <overfly/area.h>

#include "geo_internal.h"

#include <math.h>

#define CIRCLE_SAMPLES 72
#define EDGES_MAX 400000 /* both areas together: beyond it, "cannot tell" costs less */

struct pair {
    const ovf_area *a;
    const ovf_area *b;
    const ovf_area *both;
    ovf_arena *arena;
    ovf_tri found;
    bool has_curves;
    bool failed;
};

static void try_point(struct pair *pair, ovf_point p)
{
    if (pair->found == OVF_TRI_YES)
        return;
    ovf_tri here = ovf_tri_and(ovf_area_contains(pair->a, p), ovf_area_contains(pair->b, p));
    if (here == OVF_TRI_YES)
        pair->found = OVF_TRI_YES;
}

static void try_leg(struct pair *pair, const ovf_leg *leg)
{
    if (pair->found == OVF_TRI_YES)
        return;
    ovf_stretch *stretches = NULL;
    size_t count = 0;
    if (ovf_area_cross(pair->both, leg, pair->arena, &stretches, &count) != OVF_OK) {
        pair->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (stretches[i].certainty == OVF_TRI_YES)
            pair->found = OVF_TRI_YES;
    }
}

static void try_chain(struct pair *pair, const struct ovf_geo_chain *chain)
{
    for (uint32_t i = 0; i < chain->edge_count && pair->found != OVF_TRI_YES; i++) {
        if (i % OVF_GEO_CHUNK == 0
            && (!ovf_geo_patch_overlaps(chain->chunks[i / OVF_GEO_CHUNK], pair->a->patch)
                || !ovf_geo_patch_overlaps(chain->chunks[i / OVF_GEO_CHUNK], pair->b->patch))) {
            i += OVF_GEO_CHUNK - 1;
            continue;
        }
        ovf_point a = ovf_fixed_point(ovf_geo_chain_at(chain, i));
        ovf_point b = ovf_fixed_point(ovf_geo_chain_at(chain, i + 1));
        if (!ovf_geo_patch_overlaps(ovf_geo_chain_edge_patch(chain, i), pair->a->patch)
            || !ovf_geo_patch_overlaps(ovf_geo_chain_edge_patch(chain, i), pair->b->patch))
            continue;
        try_point(pair, a);
        if (!ovf_geo_chain_is_parallel(chain, i)) {
            ovf_leg leg;
            ovf_leg_init(&leg, a, b);
            try_leg(pair, &leg);
        }
    }
}

static void try_half(struct pair *pair, const ovf_area *half)
{
    double at_deg = half->half.at_deg;
    if (half->half.side == OVF_NORTH_OF || half->half.side == OVF_SOUTH_OF) {
        // A common piece bounded by nothing but parallels goes all round: any meridian meets it.
        try_point(pair, (ovf_point){at_deg, 0});
        return;
    }
    for (int i = 0; i < 4; i++) {
        ovf_leg leg;
        double lon_deg = ovf_lon_wrap(at_deg + (i < 2 ? 0.0 : 180.0));
        ovf_leg_init(&leg, (ovf_point){0, lon_deg}, (ovf_point){i % 2 == 0 ? 90 : -90, lon_deg});
        try_leg(pair, &leg);
    }
}

static void try_leaves(struct pair *pair, const ovf_area *area)
{
    switch (area->kind) {
    case OVF_AREA_RINGS:
    case OVF_AREA_CORRIDOR:
    case OVF_AREA_BUFFER:
        pair->has_curves |= area->kind != OVF_AREA_RINGS;
        for (size_t i = 0; i < area->chains.count; i++)
            try_chain(pair, &area->chains.items[i]);
        break;
    case OVF_AREA_CIRCLE:
        pair->has_curves = true;
        try_point(pair, area->circle.centre);
        for (int i = 0; i < CIRCLE_SAMPLES; i++)
            try_point(pair, ovf_destination(area->circle.centre, i * 360.0 / CIRCLE_SAMPLES,
                                            area->circle.radius_m));
        break;
    case OVF_AREA_HALF: try_half(pair, area); break;
    case OVF_AREA_UNION:
    case OVF_AREA_INTERSECTION:
    case OVF_AREA_DIFFERENCE:
        for (size_t i = 0; i < area->set.count && pair->found != OVF_TRI_YES; i++)
            try_leaves(pair, area->set.parts[i]);
        break;
    default: break;
    }
}

/* ---- two leaves ---- */

static double reach_of(const ovf_area *leaf)
{
    if (leaf->kind == OVF_AREA_CIRCLE)
        return leaf->circle.radius_m;
    return leaf->kind == OVF_AREA_CORRIDOR || leaf->kind == OVF_AREA_BUFFER ? leaf->chains.reach_m
                                                                            : 0;
}

static bool leg_meets(const ovf_area *area, const ovf_leg *leg, ovf_arena *arena, bool *failed)
{
    ovf_stretch *stretches = NULL;
    size_t count = 0;
    if (ovf_area_cross(area, leg, arena, &stretches, &count) != OVF_OK)
        *failed = true;
    return count > 0;
}

/* Does any vertex or geodesic edge of a leaf's chains meet the area? */
static bool chains_meet(const ovf_area *leaf, const ovf_area *area, ovf_arena *arena, bool *failed)
{
    for (size_t n = 0; n < leaf->chains.count; n++) {
        const struct ovf_geo_chain *chain = &leaf->chains.items[n];
        for (uint32_t i = 0; i < chain->edge_count; i++) {
            if (i % OVF_GEO_CHUNK == 0
                && !ovf_geo_patch_overlaps(chain->chunks[i / OVF_GEO_CHUNK], area->patch)) {
                i += OVF_GEO_CHUNK - 1;
                continue;
            }
            if (!ovf_geo_patch_overlaps(ovf_geo_chain_edge_patch(chain, i), area->patch))
                continue;
            ovf_point a = ovf_fixed_point(ovf_geo_chain_at(chain, i));
            ovf_point b = ovf_fixed_point(ovf_geo_chain_at(chain, i + 1));
            if (ovf_area_contains(area, a) == OVF_TRI_YES
                || ovf_area_contains(area, b) == OVF_TRI_YES)
                return true;
            if (ovf_geo_chain_is_parallel(chain, i))
                continue;
            ovf_leg leg;
            ovf_leg_init(&leg, a, b);
            if (leg_meets(area, &leg, arena, failed))
                return true;
        }
    }
    return false;
}

static bool has_chains(const ovf_area *leaf)
{
    return leaf->kind == OVF_AREA_RINGS || leaf->kind == OVF_AREA_CORRIDOR
           || leaf->kind == OVF_AREA_BUFFER;
}

/* Both parallels: everything else about two half planes meets at a pole at least. */
static bool halves_meet(const ovf_area *a, const ovf_area *b)
{
    if (a->half.side == b->half.side)
        return true;
    if (a->half.side == OVF_NORTH_OF && b->half.side == OVF_SOUTH_OF)
        return a->half.at_deg <= b->half.at_deg;
    if (a->half.side == OVF_SOUTH_OF && b->half.side == OVF_NORTH_OF)
        return b->half.at_deg <= a->half.at_deg;
    return true;
}

/* Any point of the leaf's skeleton, for "the one lies wholly within the other". */
static bool skeleton_within(const ovf_area *leaf, const ovf_area *area)
{
    if (leaf->kind == OVF_AREA_CIRCLE)
        return ovf_area_contains(area, leaf->circle.centre) == OVF_TRI_YES;
    if (!has_chains(leaf))
        return false;
    for (size_t n = 0; n < leaf->chains.count; n++) {
        ovf_point first = ovf_fixed_point(leaf->chains.items[n].vertices[0]);
        if (ovf_area_contains(area, first) == OVF_TRI_YES)
            return true;
    }
    return false;
}

/* The distance tells at once what the cuts of all edges would. */
static bool circle_meets(const ovf_area *rings, const ovf_area *circle)
{
    double reach_m = circle->circle.radius_m + OVF_COINCIDENT_M;
    return ovf_area_contains(rings, circle->circle.centre) == OVF_TRI_YES
           || ovf_geo_chains_distance_m(rings, circle->circle.centre, reach_m + 1.0) <= reach_m;
}

static ovf_tri leaves_meet(const ovf_area *a, const ovf_area *b, ovf_arena *arena)
{
    if (a->kind == OVF_AREA_HALF && b->kind == OVF_AREA_HALF)
        return halves_meet(a, b) ? OVF_TRI_YES : OVF_TRI_NO;
    // The side with edges is walked; the other one is grown by its distance.
    if (!has_chains(a)) {
        const ovf_area *swapped = a;
        a = b;
        b = swapped;
    }
    if (a->kind == OVF_AREA_RINGS && b->kind == OVF_AREA_CIRCLE)
        return circle_meets(a, b) ? OVF_TRI_YES : OVF_TRI_NO;
    const ovf_area *grown = b;
    const ovf_area *other = a;
    double reach_m = reach_of(a);
    if (reach_m > 0 && ovf_area_buffer(arena, b, reach_m, &grown, NULL) != OVF_OK)
        return OVF_TRI_UNKNOWN;
    if (!has_chains(a)) // a circle against a half plane or circle
        return ovf_area_contains(a->kind == OVF_AREA_CIRCLE ? grown : a,
                                 a->kind == OVF_AREA_CIRCLE ? a->circle.centre : b->circle.centre);
    bool failed = false;
    if (skeleton_within(b, a) || chains_meet(a, grown, arena, &failed))
        return OVF_TRI_YES;
    // a's base may hold b whole, and parallels of a are met by b's edges only.
    double other_reach_m = reach_of(b);
    if (other_reach_m > 0 && ovf_area_buffer(arena, a, other_reach_m, &other, NULL) != OVF_OK)
        return OVF_TRI_UNKNOWN;
    if (skeleton_within(b, other) || (has_chains(b) && chains_meet(b, other, arena, &failed)))
        return OVF_TRI_YES;
    return failed ? OVF_TRI_UNKNOWN : OVF_TRI_NO;
}

/* ---- sets ---- */

static size_t edges_of(const ovf_area *area)
{
    size_t sum = 1;
    if (has_chains(area)) {
        for (size_t i = 0; i < area->chains.count; i++)
            sum += area->chains.items[i].edge_count;
    } else if (area->kind >= OVF_AREA_UNION) {
        for (size_t i = 0; i < area->set.count; i++)
            sum += edges_of(area->set.parts[i]);
    }
    return sum;
}

static ovf_tri search(const ovf_area *a, const ovf_area *b, ovf_arena *arena)
{
    const ovf_area *parts[2] = {a, b};
    struct pair pair = {.a = a, .b = b, .arena = arena, .found = OVF_TRI_NO};
    if (edges_of(a) + edges_of(b) > EDGES_MAX
        || ovf_area_intersection(arena, parts, 2, &pair.both, NULL) != OVF_OK)
        return OVF_TRI_UNKNOWN;
    try_leaves(&pair, a);
    try_leaves(&pair, b);
    if (pair.found == OVF_TRI_YES)
        return OVF_TRI_YES;
    return pair.failed || pair.has_curves || !pair.both->is_resolved ? OVF_TRI_UNKNOWN : OVF_TRI_NO;
}

static ovf_tri set_meets(const ovf_area *set, const ovf_area *other, ovf_arena *arena)
{
    if (set->kind == OVF_AREA_UNION) {
        ovf_tri answer = OVF_TRI_NO;
        for (size_t i = 0; i < set->set.count && answer != OVF_TRI_YES; i++)
            answer = ovf_tri_or(answer, ovf_area_meets(set->set.parts[i], other, arena));
        return answer;
    }
    // What an intersection or difference is a part of must be met first.
    size_t must = set->kind == OVF_AREA_DIFFERENCE ? 1 : set->set.count;
    for (size_t i = 0; i < must; i++) {
        if (ovf_area_meets(set->set.parts[i], other, arena) == OVF_TRI_NO)
            return OVF_TRI_NO;
    }
    return search(set, other, arena);
}

ovf_tri ovf_area_meets(const ovf_area *a, const ovf_area *b, ovf_arena *arena)
{
    if (a->kind == OVF_AREA_EMPTY || b->kind == OVF_AREA_EMPTY
        || !ovf_geo_patch_overlaps(a->patch, b->patch))
        return OVF_TRI_NO;
    if (a->kind == OVF_AREA_UNRESOLVED || b->kind == OVF_AREA_UNRESOLVED)
        return OVF_TRI_UNKNOWN;
    if (a->kind >= OVF_AREA_UNION)
        return set_meets(a, b, arena);
    if (b->kind >= OVF_AREA_UNION)
        return set_meets(b, a, arena);
    if (a->kind == OVF_AREA_GLOBE || b->kind == OVF_AREA_GLOBE)
        return OVF_TRI_YES;
    return leaves_meet(a, b, arena);
}
