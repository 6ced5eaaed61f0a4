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
    double distance_m = ovf_geo_chains_distance_m(area, middle, needed_m + 1.0);
    if (distance_m > needed_m || distance_m < reach_m - half_m - OVF_GEO_NEAR_M)
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

/* Adds [from, until] behind the last stretch, or to it when they touch and say the same. */
static void add_stretch(ovf_stretch *stretches, size_t *count, ovf_stretch next)
{
    ovf_stretch *last = *count == 0 ? NULL : &stretches[*count - 1];
    if (last != NULL && last->certainty == next.certainty
        && next.from_m - last->until_m <= OVF_COINCIDENT_M)
        last->until_m = next.until_m;
    else
        stretches[(*count)++] = next;
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
        ovf_tri after = OVF_TRI_NO;
        if (next_m > at_m)
            after = ovf_area_contains(area, ovf_leg_at(cuts->leg, (at_m + next_m) / 2));
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
    *out = found == 0 ? NULL : stretches;
    *count = found;
    return OVF_OK;
}
