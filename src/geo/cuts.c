/* SPDX-License-Identifier: Apache-2.0 */
/* Where a boundary may cut a leg. Every boundary is written as a measure along the leg, metres to
 * the boundary and their slope; zeros are bracketed first and then found by Newton's steps that
 * may not leave the bracket. An extreme near zero is a touch and becomes a cut too. */
#include "geo_internal.h"

#include <math.h>
#include <stdlib.h>

#define ALONG_TOLERANCE_M 1e-6
#define SAME_CUT_M 1e-3
#define TURN_M 1e-3 /* how near the place of an extreme is found */
#define STEPS_MAX 80
#define LAT_DEG_M 111195.0 /* of the sphere: scales a measure, moves no zero */

void ovf_geo_cut(struct ovf_geo_cuts *cuts, double along_m)
{
    if (!ovf_arena_grow(cuts->arena, (void **)&cuts->items, cuts->count, &cuts->capacity,
                        sizeof(*cuts->items))) {
        cuts->failed = true;
        return;
    }
    cuts->items[cuts->count++] = fmax(0.0, fmin(cuts->leg->length_m, along_m));
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

void ovf_geo_cuts_sort(struct ovf_geo_cuts *cuts)
{
    if (cuts->count == 0)
        return;
    qsort(cuts->items, cuts->count, sizeof(*cuts->items), ascending);
    size_t kept = 1;
    for (size_t i = 1; i < cuts->count; i++) {
        if (cuts->items[i] - cuts->items[kept - 1] > SAME_CUT_M)
            cuts->items[kept++] = cuts->items[i];
    }
    cuts->items[kept - 1] = kept > 1 && cuts->leg->length_m - cuts->items[kept - 1] < SAME_CUT_M
                                ? cuts->leg->length_m
                                : cuts->items[kept - 1];
    cuts->count = kept;
}

/* A Newton's step so short that the next one would be below the tolerance: what is left goes with the
 * square of the step over the radius of the bend, which is no less than a metre where the slope is
 * not small. */
#define LAST_STEP_M 1e-3
#define STEEP 0.1

/* A zero of the measure, whose signs at both ends differ. */
static double zero_between(ovf_geo_measure *measure, const void *context, double low_m,
                           double low_value, double high_m)
{
    double along_m = (low_m + high_m) / 2;
    for (int i = 0; i < STEPS_MAX && high_m - low_m > ALONG_TOLERANCE_M; i++) {
        double slope = 0;
        double value = measure(context, along_m, &slope);
        if (value == 0)
            return along_m;
        if ((value < 0) == (low_value < 0))
            low_m = along_m;
        else
            high_m = along_m;
        double next_m = along_m - value / slope;
        if (!(next_m > low_m && next_m < high_m))
            next_m = (low_m + high_m) / 2;
        else if (fabs(next_m - along_m) < (fabs(slope) > STEEP ? LAST_STEP_M : ALONG_TOLERANCE_M))
            return next_m;
        along_m = next_m;
    }
    return along_m;
}

/* The place where the slope changes its sign. It runs nearly straight there, so that the chord's zero
 * is soon found, with the value at an end that stays halved (the Illinois rule); a circle's centre
 * on the leg makes it jump, and there every fourth step halves the way.
 * sign: of the measure at both ends, 0 where they differ. A place where it has the other sign serves
 * as well as the turn, which is not looked for then: with one turn there is one zero at either side
 * of it. */
static double turn_between(ovf_geo_measure *measure, const void *context, double low_m,
                           double low_slope, double high_m, double high_slope, int sign)
{
    int stays = 0; // which end stayed in the last step
    for (int i = 1; high_m - low_m > TURN_M; i++) {
        double share = i % 4 == 0 ? 0.5 : low_slope / (low_slope - high_slope);
        // Never at an end: so near to a zero there it is bracketed by the next step.
        double step_m =
            fmin(fmax(share * (high_m - low_m), 0.4 * TURN_M), high_m - low_m - 0.4 * TURN_M);
        double along_m = low_m + step_m;
        double slope = 0;
        double value = measure(context, along_m, &slope);
        if ((sign > 0 && value < -OVF_GEO_NEAR_M) || (sign < 0 && value > OVF_GEO_NEAR_M))
            return along_m;
        if ((slope < 0) == (low_slope < 0)) {
            low_m = along_m;
            low_slope = slope;
            high_slope *= stays == 1 ? 0.5 : 1.0;
            stays = 1;
        } else {
            high_m = along_m;
            high_slope = slope;
            low_slope *= stays == -1 ? 0.5 : 1.0;
            stays = -1;
        }
    }
    return (low_m + high_m) / 2;
}

static void solve_monotone(struct ovf_geo_cuts *cuts, ovf_geo_measure *measure, const void *context,
                           double from_m, double from_value, double until_m, double until_value)
{
    if (from_value == 0)
        ovf_geo_cut(cuts, from_m);
    if (until_value == 0)
        ovf_geo_cut(cuts, until_m);
    if ((from_value < 0 && until_value > 0) || (from_value > 0 && until_value < 0))
        ovf_geo_cut(cuts, zero_between(measure, context, from_m, from_value, until_m));
}

void ovf_geo_cuts_solve(struct ovf_geo_cuts *cuts, ovf_geo_measure *measure, const void *context,
                        double from_m, double until_m)
{
    double from_slope = 0;
    double until_slope = 0;
    double from_value = measure(context, from_m, &from_slope);
    double until_value = measure(context, until_m, &until_slope);
    if (from_slope * until_slope >= 0) {
        solve_monotone(cuts, measure, context, from_m, from_value, until_m, until_value);
        return;
    }
    int sign = from_value > 0 && until_value > 0 ? 1 : from_value < 0 && until_value < 0 ? -1 : 0;
    double turn_m = turn_between(measure, context, from_m, from_slope, until_m, until_slope, sign);
    double slope = 0;
    double turn_value = measure(context, turn_m, &slope);
    if (fabs(turn_value) < OVF_GEO_NEAR_M)
        ovf_geo_cut(cuts, turn_m);
    solve_monotone(cuts, measure, context, from_m, from_value, turn_m, turn_value);
    solve_monotone(cuts, measure, context, turn_m, turn_value, until_m, until_value);
}

struct circle {
    const ovf_leg *leg;
    ovf_point centre;
    double radius_m;
};

static double circle_measure(const void *context, double along_m, double *slope)
{
    const struct circle *circle = context;
    ovf_point p = {0};
    double heading_deg = 0;
    double distance_m = 0;
    double to_centre_deg = 0;
    ovf_leg_at_bearing(circle->leg, along_m, &p, &heading_deg);
    ovf_inverse(p, circle->centre, &distance_m, &to_centre_deg, NULL);
    *slope = -cos((to_centre_deg - heading_deg) * RAD);
    return distance_m - circle->radius_m;
}

void ovf_geo_cuts_circle(struct ovf_geo_cuts *cuts, ovf_point centre, double radius_m,
                         double from_m, double until_m)
{
    struct circle circle = {.leg = cuts->leg, .centre = centre, .radius_m = radius_m};
    double half_m = (until_m - from_m) / 2;
    double slope = 0;
    double middle_value = circle_measure(&circle, from_m + half_m, &slope);
    // A distance changes by no more than the way flown.
    if (fabs(middle_value) > half_m + OVF_GEO_NEAR_M)
        return;
    ovf_geo_cuts_solve(cuts, circle_measure, &circle, from_m, until_m);
}

struct graticule {
    const ovf_leg *leg;
    double at_deg;
};

static double parallel_measure(const void *context, double along_m, double *slope)
{
    const struct graticule *parallel = context;
    ovf_point p = {0};
    double heading_deg = 0;
    ovf_leg_at_bearing(parallel->leg, along_m, &p, &heading_deg);
    *slope = cos(heading_deg * RAD);
    return (p.lat_deg - parallel->at_deg) * LAT_DEG_M;
}

void ovf_geo_cuts_parallel(struct ovf_geo_cuts *cuts, double lat_deg, double from_m, double until_m)
{
    struct graticule parallel = {.leg = cuts->leg, .at_deg = lat_deg};
    ovf_geo_cuts_solve(cuts, parallel_measure, &parallel, from_m, until_m);
}

/* Metres from the plane of a meridian: smooth over the poles, unlike the longitude. */
static double meridian_measure(const void *context, double along_m, double *slope)
{
    const struct graticule *meridian = context;
    ovf_point p = {0};
    double heading_deg = 0;
    ovf_leg_at_bearing(meridian->leg, along_m, &p, &heading_deg);
    double lat = p.lat_deg * RAD;
    double lon = ovf_lon_wrap(p.lon_deg - meridian->at_deg) * RAD;
    double heading = heading_deg * RAD;
    *slope = sin(heading) * cos(lon) - cos(heading) * sin(lat) * sin(lon);
    return OVF_GEO_SPHERE_M * cos(lat) * sin(lon);
}

void ovf_geo_cuts_meridian(struct ovf_geo_cuts *cuts, double lon_deg, double from_m, double until_m)
{
    struct graticule meridian = {.leg = cuts->leg, .at_deg = lon_deg};
    ovf_geo_cuts_solve(cuts, meridian_measure, &meridian, from_m, until_m);
}

struct strip {
    const ovf_leg *leg;
    const ovf_leg *line;
    double width_m;
};

static double strip_measure(const void *context, double along_m, double *slope)
{
    const struct strip *strip = context;
    ovf_point p = {0};
    double heading_deg = 0;
    ovf_leg_at_bearing(strip->leg, along_m, &p, &heading_deg);
    struct ovf_geo_foot foot = ovf_geo_foot_of(strip->line, p, strip->line->length_m / 2);
    *slope = -cos((foot.bearing_deg - heading_deg) * RAD);
    return fabs(foot.offset_m) - strip->width_m;
}

void ovf_geo_cuts_strip(struct ovf_geo_cuts *cuts, const ovf_leg *line, double width_m,
                        double from_m, double until_m)
{
    struct strip strip = {.leg = cuts->leg, .line = line, .width_m = width_m};
    ovf_geo_cuts_solve(cuts, strip_measure, &strip, from_m, until_m);
}
