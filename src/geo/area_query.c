/* SPDX-License-Identifier: Apache-2.0 */
/* Is a point within an area, and how far is the nearest boundary? */
#include <overfly/area.h>

#include "geo_internal.h"

#include <math.h>

ovf_area_kind ovf_area_kind_of(const ovf_area *area)
{
    return area->kind;
}

size_t ovf_area_ring_list(const ovf_area *area, ovf_ring *out, size_t max)
{
    if (area->kind != OVF_AREA_RINGS)
        return 0;
    for (size_t i = 0; i < area->chains.count && i < max; i++) {
        const struct ovf_geo_chain *chain = &area->chains.items[i];
        out[i] =
            (ovf_ring){.vertices = chain->vertices, .edges = chain->edges, .count = chain->count};
    }
    return area->chains.count;
}

ovf_box ovf_area_bounds(const ovf_area *area)
{
    return ovf_geo_patch_box(area->patch);
}

bool ovf_area_is_resolved(const ovf_area *area)
{
    return area->is_resolved;
}

double ovf_geo_chains_distance_m(const ovf_area *area, ovf_point p, double cap_m)
{
    for (size_t i = 0; i < area->chains.count; i++)
        cap_m = ovf_geo_chain_distance_m(&area->chains.items[i], p, cap_m);
    return cap_m;
}

double ovf_geo_meridian_distance_m(double lon_deg, ovf_point p)
{
    // The foot of the perpendicular lies on the half of the meridian ellipse that is nearer, or on
    // the other one behind a pole; four legs from the equator to the poles are that ellipse.
    double least_m = HUGE_VAL;
    for (int i = 0; i < 4; i++) {
        double lon = ovf_lon_wrap(lon_deg + (i < 2 ? 0.0 : 180.0));
        ovf_leg leg;
        ovf_leg_init(&leg, (ovf_point){0, lon}, (ovf_point){i % 2 == 0 ? 90.0 : -90.0, lon});
        least_m = fmin(least_m, ovf_geo_leg_distance_m(&leg, p));
    }
    return least_m;
}

static bool rings_contain(const ovf_area *area, ovf_point p, double slack_m)
{
    bool is_odd = false;
    for (size_t i = 0; i < area->chains.count; i++) {
        const struct ovf_geo_chain *chain = &area->chains.items[i];
        if (ovf_geo_patch_holds(chain->patch, p))
            is_odd ^= ovf_geo_chain_contains(chain, p);
    }
    if (is_odd || slack_m == 0)
        return is_odd;
    return ovf_geo_chains_distance_m(area, p, 2 * slack_m) <= slack_m;
}

static bool half_contains(const ovf_area *area, ovf_point p, double slack_m)
{
    double at_deg = area->half.at_deg;
    double lat_slack_deg = slack_m / 111195.0;
    double east_deg = ovf_lon_wrap(p.lon_deg - at_deg);
    switch (area->half.side) {
    case OVF_NORTH_OF: return p.lat_deg >= at_deg - lat_slack_deg;
    case OVF_SOUTH_OF: return p.lat_deg <= at_deg + lat_slack_deg;
    case OVF_EAST_OF:
    case OVF_WEST_OF: break;
    }
    // Metres from the plane of the meridian, east of it positive.
    double off_m = sin(east_deg * RAD) * cos(p.lat_deg * RAD) * OVF_GEO_SPHERE_M;
    return area->half.side == OVF_EAST_OF ? off_m >= -slack_m : off_m <= slack_m;
}

static ovf_tri leaf_contains(const ovf_area *area, ovf_point p, double slack_m)
{
    bool is_in = false;
    switch (area->kind) {
    case OVF_AREA_GLOBE: is_in = true; break;
    case OVF_AREA_RINGS: is_in = rings_contain(area, p, slack_m); break;
    case OVF_AREA_CIRCLE:
        is_in = ovf_distance_m(area->circle.centre, p) <= area->circle.radius_m + slack_m;
        break;
    case OVF_AREA_CORRIDOR:
    case OVF_AREA_BUFFER: {
        double reach_m = area->chains.reach_m + slack_m;
        is_in = area->chains.base != NULL && ovf_area_contains(area->chains.base, p) == OVF_TRI_YES;
        is_in = is_in || ovf_geo_chains_distance_m(area, p, reach_m + 1.0) <= reach_m;
        break;
    }
    case OVF_AREA_HALF: is_in = half_contains(area, p, slack_m); break;
    default: break;
    }
    return is_in ? OVF_TRI_YES : OVF_TRI_NO;
}

ovf_tri ovf_geo_contains(const ovf_area *area, ovf_point p, double slack_m)
{
    if (area->kind == OVF_AREA_UNRESOLVED)
        return OVF_TRI_UNKNOWN;
    if (!ovf_geo_patch_holds(area->patch, p))
        return OVF_TRI_NO;
    if (area->kind < OVF_AREA_UNION)
        return leaf_contains(area, p, slack_m);
    bool is_union = area->kind == OVF_AREA_UNION;
    ovf_tri answer = is_union ? OVF_TRI_NO : OVF_TRI_YES;
    ovf_tri settled = is_union ? OVF_TRI_YES : OVF_TRI_NO;
    for (size_t i = 0; i < area->set.count && answer != settled; i++) {
        ovf_tri part = ovf_geo_contains(area->set.parts[i], p, slack_m);
        if (area->kind == OVF_AREA_DIFFERENCE && i > 0)
            part = ovf_tri_not(part);
        answer = is_union ? ovf_tri_or(answer, part) : ovf_tri_and(answer, part);
    }
    return answer;
}

ovf_tri ovf_area_contains(const ovf_area *area, ovf_point p)
{
    return ovf_geo_contains(area, p, OVF_COINCIDENT_M);
}

static double half_distance_m(const ovf_area *area, ovf_point p)
{
    if (area->half.side == OVF_EAST_OF || area->half.side == OVF_WEST_OF)
        return ovf_geo_meridian_distance_m(area->half.at_deg, p);
    return ovf_distance_m(p, (ovf_point){area->half.at_deg, p.lon_deg});
}

double ovf_area_border_distance_m(const ovf_area *area, ovf_point p)
{
    double least_m = HUGE_VAL;
    switch (area->kind) {
    case OVF_AREA_UNRESOLVED:
    case OVF_AREA_EMPTY:
    case OVF_AREA_GLOBE: break;
    case OVF_AREA_RINGS: return ovf_geo_chains_distance_m(area, p, HUGE_VAL);
    case OVF_AREA_CIRCLE:
        return fabs(ovf_distance_m(area->circle.centre, p) - area->circle.radius_m);
    case OVF_AREA_HALF: return half_distance_m(area, p);
    case OVF_AREA_CORRIDOR:
    case OVF_AREA_BUFFER: {
        double to_line_m = ovf_geo_chains_distance_m(area, p, HUGE_VAL);
        bool is_in_base =
            area->chains.base != NULL && ovf_area_contains(area->chains.base, p) == OVF_TRI_YES;
        return fabs((is_in_base ? -to_line_m : to_line_m) - area->chains.reach_m);
    }
    case OVF_AREA_UNION:
    case OVF_AREA_INTERSECTION:
    case OVF_AREA_DIFFERENCE:
        for (size_t i = 0; i < area->set.count; i++)
            least_m = fmin(least_m, ovf_area_border_distance_m(area->set.parts[i], p));
        break;
    }
    return least_m;
}

bool ovf_area_border_is_within(const ovf_area *area, ovf_point p, double reach_m)
{
    if (area->kind != OVF_AREA_RINGS)
        return ovf_area_border_distance_m(area, p) <= reach_m;
    double cap_m = reach_m + 1.0;
    if (ovf_geo_patch_distance_m(area->patch, p, cos(p.lat_deg * RAD), cap_m) >= cap_m)
        return false;
    for (size_t i = 0; i < area->chains.count; i++) {
        const struct ovf_geo_chain *chain = &area->chains.items[i];
        double low_m = 0;
        double high_m = 0;
        ovf_geo_chain_bounds_m(chain, p, cap_m, &low_m, &high_m);
        if (high_m <= reach_m)
            return true;
        if (low_m <= reach_m && ovf_geo_chain_distance_m(chain, p, cap_m) <= reach_m)
            return true;
    }
    return false;
}
