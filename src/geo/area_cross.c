/* SPDX-License-Identifier: Apache-2.0 */
/* Where a leg lies within an area. Every leaf adds the places where its boundary may cut the leg;
 * between two neighbouring cuts nothing changes, so one point in the middle answers for the whole
 * expression, with "cannot tell" where an unresolved part decides. */
#include <overfly/area.h>

#include "geo_internal.h"

#include <math.h>

#define SHORT_M 500.0 /* below this the line at a distance from a border is solved edge by edge */

/* Cuts of the line at reach_m from the chains. The distance changes by no more than the way flown:
 * where its excess exceeds half the interval there is no cut in it. */
static void reach_cuts(const ovf_area *area, double from_m, double until_m,
                       struct ovf_geo_cuts *cuts)
{
    double half_m = (until_m - from_m) / 2;
    double reach_m = area->chains.reach_m;
    double needed_m = reach_m + half_m + OVF_GEO_NEAR_M;
    ovf_point middle = ovf_leg_at(cuts->leg, from_m + half_m);
    double low_m = needed_m + 1.0;
    double high_m = low_m;
    for (size_t i = 0; i < area->chains.count; i++) {
        double low = 0;
        double high = 0;
        ovf_geo_chain_bounds_m(&area->chains.items[i], middle, high_m, &low, &high);
        low_m = fmin(low_m, low);
        high_m = fmin(high_m, high);
    }
    if (low_m > needed_m || high_m < reach_m - half_m - OVF_GEO_NEAR_M)
        return;
    if (half_m * 2 > SHORT_M) {
        reach_cuts(area, from_m, from_m + half_m, cuts);
        reach_cuts(area, from_m + half_m, until_m, cuts);
        return;
    }
    for (size_t i = 0; i < area->chains.count; i++)
        ovf_geo_chain_offset_cuts(&area->chains.items[i], reach_m, from_m, until_m, middle, cuts);
}

static void half_cuts(const ovf_area *area, const struct ovf_geo_piece *piece,
                      struct ovf_geo_cuts *cuts)
{
    if (area->half.side == OVF_EAST_OF || area->half.side == OVF_WEST_OF)
        ovf_geo_cuts_meridian(cuts, area->half.at_deg, piece->from_m, piece->until_m);
    else
        ovf_geo_cuts_parallel(cuts, area->half.at_deg, piece->from_m, piece->until_m);
}

static void leaf_cuts(const ovf_area *area, const struct ovf_geo_piece *piece,
                      struct ovf_geo_cuts *cuts)
{
    if (!ovf_geo_patch_overlaps(area->patch, piece->patch))
        return;
    switch (area->kind) {
    case OVF_AREA_CIRCLE:
        ovf_geo_cuts_circle(cuts, area->circle.centre, area->circle.radius_m, piece->from_m,
                            piece->until_m);
        break;
    case OVF_AREA_CORRIDOR:
    case OVF_AREA_BUFFER: reach_cuts(area, piece->from_m, piece->until_m, cuts); break;
    case OVF_AREA_HALF: half_cuts(area, piece, cuts); break;
    default: break;
    }
}

static bool is_in_reach(const ovf_area *area, const struct ovf_geo_pieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++) {
        if (ovf_geo_patch_overlaps(area->patch, pieces->items[i].patch))
            return true;
    }
    return false;
}

static void collect_cuts(const ovf_area *area, const struct ovf_geo_pieces *pieces,
                         struct ovf_geo_cuts *cuts)
{
    if (!is_in_reach(area, pieces))
        return;
    if (area->kind >= OVF_AREA_UNION) {
        for (size_t i = 0; i < area->set.count; i++)
            collect_cuts(area->set.parts[i], pieces, cuts);
    } else if (area->kind == OVF_AREA_RINGS) {
        for (size_t i = 0; i < area->chains.count; i++)
            ovf_geo_chain_cuts(&area->chains.items[i], pieces, cuts);
    } else {
        for (size_t i = 0; i < pieces->count; i++)
            leaf_cuts(area, &pieces->items[i], cuts);
    }
}

/* Adds [from, until] behind the last stretch, or to it when they touch and say the same. A touch
 * never makes a stretch longer. */
static void add_stretch(ovf_stretch *stretches, size_t *count, ovf_stretch next)
{
    ovf_stretch *last = *count == 0 ? NULL : &stretches[*count - 1];
    if (last == NULL || last->certainty != next.certainty
        || next.from_m - last->until_m > OVF_COINCIDENT_M)
        stretches[(*count)++] = next;
    else if (last->from_m == last->until_m)
        *last = next;
    else if (next.from_m < next.until_m)
        last->until_m = next.until_m;
}

/* What holds between two neighbouring cuts. The width of the boundary does not count in the middle,
 * else a gap of some centimetres behind an exit would be counted in; but a stretch that runs along
 * the boundary all the way belongs to the area. */
static ovf_tri between(const ovf_area *area, const ovf_leg *leg, double from_m, double until_m)
{
    double length_m = until_m - from_m;
    ovf_tri strict = ovf_geo_contains(area, ovf_leg_at(leg, from_m + length_m / 2), 0);
    if (strict != OVF_TRI_NO || length_m < OVF_GEO_NEAR_M)
        return strict;
    ovf_tri along = OVF_TRI_YES;
    for (int i = 2; i <= 4 && along != OVF_TRI_NO;
         i++) { // the middle first: it nearly always ends it
        double share = i == 2 ? 0.5 : i == 3 ? 0.25 : 0.75;
        ovf_point p = ovf_leg_at(leg, from_m + length_m * share);
        along = ovf_tri_and(along, ovf_area_contains(area, p));
    }
    return along;
}

/* cuts: sorted, the leg's ends among them. A cut between two outsides that is itself inside is a
 * touch: a stretch of no length. */
static void classify(const ovf_area *area, const struct ovf_geo_cuts *cuts, ovf_stretch *stretches,
                     size_t *count)
{
    ovf_tri before = OVF_TRI_NO;
    for (size_t i = 0; i < cuts->count; i++) {
        double at_m = cuts->items[i];
        double next_m = i + 1 < cuts->count ? cuts->items[i + 1] : at_m;
        ovf_tri after = next_m > at_m ? between(area, cuts->leg, at_m, next_m) : OVF_TRI_NO;
        if (before == OVF_TRI_NO && after == OVF_TRI_NO) {
            ovf_tri here = ovf_area_contains(area, ovf_leg_at(cuts->leg, at_m));
            if (here != OVF_TRI_NO)
                add_stretch(stretches, count, (ovf_stretch){at_m, at_m, here});
        }
        if (after != OVF_TRI_NO)
            add_stretch(stretches, count, (ovf_stretch){at_m, next_m, after});
        before = after;
    }
}

/* Near a vertex a leg has several cuts within centimetres of one another: a touch less than a
 * metre from another stretch is the same event. */
static size_t drop_echoes(ovf_stretch *stretches, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_touch = stretches[i].from_m == stretches[i].until_m;
        bool near_last =
            kept > 0 && stretches[i].from_m - stretches[kept - 1].until_m < OVF_GEO_NEAR_M;
        bool near_next = i + 1 < count && stretches[i + 1].from_m < stretches[i + 1].until_m
                         && stretches[i + 1].from_m - stretches[i].until_m < OVF_GEO_NEAR_M;
        if (!is_touch || (!near_last && !near_next))
            stretches[kept++] = stretches[i];
    }
    return kept;
}

ovf_status ovf_area_cross(const ovf_area *area, const ovf_leg *leg, ovf_arena *arena,
                          ovf_stretch **out, size_t *count)
{
    struct ovf_geo_pieces pieces;
    struct ovf_geo_cuts cuts = {.leg = leg, .arena = arena};
    ovf_geo_pieces_of(&pieces, leg);
    if (!is_in_reach(area, &pieces)) {
        *out = NULL;
        *count = 0;
        return OVF_OK;
    }
    ovf_geo_cut(&cuts, 0);
    ovf_geo_cut(&cuts, leg->length_m);
    collect_cuts(area, &pieces, &cuts);
    if (cuts.failed)
        return OVF_E_NOMEM;
    ovf_geo_cuts_sort(&cuts);
    // Each cut makes at most one touch or one stretch behind it.
    ovf_stretch *stretches = ovf_arena_array(arena, ovf_stretch, cuts.count);
    if (stretches == NULL)
        return OVF_E_NOMEM;
    size_t found = 0;
    classify(area, &cuts, stretches, &found);
    found = drop_echoes(stretches, found);
    *out = found == 0 ? NULL : stretches;
    *count = found;
    return OVF_OK;
}
