/* SPDX-License-Identifier: Apache-2.0 */
/* From a plan to a trajectory in place, level and time: geodesic legs between the points, a plain
 * profile, true airspeed and no wind, the whole scaled to the elapsed time of item 16. */
#include "flight_internal.h"

#include <overfly/surveillance.h>

#include <math.h>
#include <string.h>

#define CLIMB_FT_PER_MIN 2000.0
#define DESCENT_FT_PER_MIN 1800.0
#define SLOW_BELOW 0.75         /* of the cruising speed, in climb and descent */
#define GLIDE_FT_PER_M 0.171944 /* 3 degrees: tan(3 deg) / 0.3048 */
#define ASSUMED_MPS 230.0       /* 447 kt, where only item 16 tells the time */
#define START_DOUBT_S 900       /* IFPS Users Manual: a DLA is due beyond 15 minutes */
#define DOUBT_WITH_EET 0.03
#define DOUBT_WITHOUT_EET 0.10
#define ROUND_FT 0.01 /* what arithmetic leaves of a whole foot */
#define SCALE_MIN 0.5
#define SCALE_MAX 2.0

typedef struct builder {
    ovf_flight *flight;
    ovf_arena *arena;
    profile profile;
    double *along_m; /* of each route point */
    const double *knees;
    size_t knee_count;
    ovf_track_point *points;
    double *elapsed_s; /* of each track point */
    size_t count;
    ovf_error *err;
} builder;

static ovf_status no_memory(builder *b)
{
    return ovf_fail(b->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a trajectory");
}

static double speed_mps(int32_t speed_kt)
{
    return speed_kt > 0 ? speed_kt * OVF_NM_M / OVF_HOUR_S : ASSUMED_MPS;
}

/* ---- the profile out of the filed levels ---- */

static ovf_status measure(builder *b)
{
    const ovf_flight *f = b->flight;
    b->along_m = ovf_arena_array(b->arena, double, f->point_count);
    if (b->along_m == NULL)
        return no_memory(b);
    for (size_t i = 1; i < f->point_count; i++)
        b->along_m[i] =
            b->along_m[i - 1] + ovf_distance_m(f->points[i - 1].place, f->points[i].place);
    b->profile.length_m = b->along_m[f->point_count - 1];
    return OVF_OK;
}

static ovf_status make_profile(builder *b)
{
    const ovf_flight *f = b->flight;
    profile_step *steps = ovf_arena_array(b->arena, profile_step, f->point_count);
    if (steps == NULL)
        return no_memory(b);
    size_t count = 0;
    for (size_t i = 0; i < f->point_count; i++) {
        const ovf_flight_point *p = &f->points[i];
        profile_step step = {b->along_m[i], p->level_ft, p->top_ft, speed_mps(p->speed_kt)};
        const profile_step *before = count > 0 ? &steps[count - 1] : NULL;
        if (before != NULL && before->level_ft == step.level_ft && before->top_ft == step.top_ft
            && before->speed_mps == step.speed_mps)
            continue;
        if (before != NULL && step.along_m - before->along_m < 1.0)
            count--; // two points at one place: the later one holds
        steps[count++] = step;
    }
    double slow_mps = SLOW_BELOW * steps[0].speed_mps;
    double arrival_mps = SLOW_BELOW * steps[count - 1].speed_mps;
    b->profile.steps = steps;
    b->profile.step_count = count;
    b->profile.climb_ft_per_m = CLIMB_FT_PER_MIN / 60.0 / slow_mps;
    b->profile.descent_ft_per_m = fmin(DESCENT_FT_PER_MIN / 60.0 / arrival_mps, GLIDE_FT_PER_M);
    b->profile.start_ft = f->from_ft;
    b->profile.end_ft = f->to_ft;
    b->profile.climbs = !ovf_str_eq(f->from, OVF_STR("AFIL"));
    b->profile.descends = true;
    return flight_profile_knees(&b->profile, b->arena, (double **)&b->knees, &b->knee_count)
                   == OVF_OK
               ? OVF_OK
               : no_memory(b);
}

/* ---- points ---- */

static void put_point(builder *b, ovf_point place, double along_m, int32_t route_point)
{
    const ovf_flight *f = b->flight;
    size_t leg_end = route_point >= 0 ? (size_t)route_point : 0;
    while (route_point < 0 && leg_end + 1 < f->point_count && b->along_m[leg_end] < along_m)
        leg_end++;
    b->points[b->count++] = (ovf_track_point){
        .place = place,
        .time = OVF_TIME_NONE,
        .along_m = along_m,
        .level_ft = (int32_t)lround(flight_profile_at(&b->profile, PROFILE_PLAIN, along_m)),
        .lowest_ft =
            (int32_t)floor(flight_profile_at(&b->profile, PROFILE_LOWEST, along_m) + ROUND_FT),
        .highest_ft =
            (int32_t)ceil(flight_profile_at(&b->profile, PROFILE_HIGHEST, along_m) - ROUND_FT),
        .route_point = route_point,
        .is_bridged = f->points[leg_end].is_bridged,
    };
}

static ovf_status put_points(builder *b)
{
    const ovf_flight *f = b->flight;
    size_t most = 2 * f->point_count + b->knee_count;
    b->points = ovf_arena_array(b->arena, ovf_track_point, most);
    b->elapsed_s = ovf_arena_array(b->arena, double, most);
    if (b->points == NULL || b->elapsed_s == NULL)
        return no_memory(b);
    size_t knee = 0;
    for (size_t i = 0; i < f->point_count; i++) {
        ovf_leg leg;
        if (i > 0)
            ovf_leg_init(&leg, f->points[i - 1].place, f->points[i].place);
        for (; knee < b->knee_count && b->knees[knee] < b->along_m[i] - 1.0; knee++) {
            if (i > 0 && b->knees[knee] > b->along_m[i - 1] + 1.0)
                put_point(b, ovf_leg_at(&leg, b->knees[knee] - b->along_m[i - 1]), b->knees[knee],
                          -1);
        }
        put_point(b, f->points[i].place, b->along_m[i], (int32_t)i);
        if (f->points[i].stay_min > 0)
            put_point(b, f->points[i].place, b->along_m[i], (int32_t)i);
    }
    return OVF_OK;
}

/* ---- times ---- */

static double speed_at(const builder *b, double along_m)
{
    const profile *p = &b->profile;
    if (p->step_count == 0)
        return 0;
    size_t i = p->step_count - 1;
    while (i > 0 && p->steps[i].along_m > along_m)
        i--;
    double level_ft = flight_profile_at(p, PROFILE_PLAIN, along_m);
    // Below the filed level only in the first climb and the last descent.
    double filed_ft = p->steps[i].level_ft;
    if (i > 0 && p->steps[i - 1].level_ft < filed_ft)
        filed_ft = p->steps[i - 1].level_ft;
    return p->steps[i].speed_mps * (level_ft < filed_ft - 1.0 ? SLOW_BELOW : 1.0);
}

/* Seconds in the air, and on STAYs, up to each track point. */
static void count_seconds(builder *b, double *flown_s, double *stayed_s)
{
    const ovf_flight *f = b->flight;
    *flown_s = 0;
    *stayed_s = 0;
    for (size_t i = 1; i < b->count; i++) {
        const ovf_track_point *before = &b->points[i - 1];
        double length_m = b->points[i].along_m - before->along_m;
        bool is_stay = before->route_point >= 0 && before->route_point == b->points[i].route_point;
        if (is_stay)
            *stayed_s += f->points[before->route_point].stay_min * 60.0;
        else
            *flown_s += length_m / speed_at(b, before->along_m + length_m / 2);
        b->elapsed_s[i] = *flown_s + *stayed_s;
    }
}

/* Every fraction of the flying time is scaled, the STAYs are not. */
static void scale_seconds(builder *b, double factor)
{
    const ovf_flight *f = b->flight;
    double stayed_s = 0;
    double before_s = 0;
    for (size_t i = 1; i < b->count; i++) {
        double plain_s = b->elapsed_s[i];
        int32_t point = b->points[i].route_point;
        bool is_stay = point >= 0 && b->points[i - 1].route_point == point;
        if (is_stay)
            stayed_s += f->points[point].stay_min * 60.0;
        b->elapsed_s[i] = is_stay ? b->elapsed_s[i - 1] + (plain_s - before_s)
                                  : (plain_s - stayed_s) * factor + stayed_s;
        before_s = plain_s;
    }
}

static void add_finding(builder *b, const char *rule, ovf_str message)
{
    ovf_flight *f = b->flight;
    ovf_finding *all = ovf_arena_array(b->arena, ovf_finding, f->finding_count + 1);
    if (all == NULL || message.ptr == NULL)
        return;
    if (f->finding_count > 0)
        memcpy(all, f->findings, f->finding_count * sizeof(*all));
    all[f->finding_count++] = (ovf_finding){OVF_WARNING, OVF_NOPOS, rule, message};
    f->findings = all;
}

/* From departure to destination, so that item 16 is about this very way? */
static bool reaches_both_ends(const ovf_flight *f)
{
    return ovf_str_eq(f->points[0].ident, f->from)
           && ovf_str_eq(f->points[f->point_count - 1].ident, f->to);
}

/* Item 16 sets the time in the air; returns whether it did. */
static bool apply_elapsed(builder *b, double *flown_s, double stayed_s)
{
    const ovf_flight *f = b->flight;
    double filed_s = f->eet_min * 60.0 - stayed_s;
    if (f->eet_min <= 0 || filed_s <= 0 || *flown_s <= 0 || !reaches_both_ends(f))
        return false;
    double factor = filed_s / *flown_s;
    bool knows_speed = f->speed_kt > 0;
    if (knows_speed && (factor < SCALE_MIN || factor > SCALE_MAX)) {
        add_finding(b, "EET_IMPLAUSIBLE",
                    ovf_arena_printf(b->arena,
                                     "elapsed time %d:%02d does not fit the way, which takes "
                                     "%d:%02d at the filed speed; the latter is used",
                                     f->eet_min / 60, f->eet_min % 60, (int)(*flown_s / 3600),
                                     (int)(*flown_s / 60) % 60));
        return false;
    }
    scale_seconds(b, factor);
    *flown_s = filed_s;
    return true;
}

static void set_times(builder *b, ovf_track *track)
{
    ovf_flight *f = b->flight;
    double flown_s = 0;
    double stayed_s = 0;
    count_seconds(b, &flown_s, &stayed_s);
    bool has_eet = apply_elapsed(b, &flown_s, stayed_s);
    track->timed = f->off_block != OVF_TIME_NONE && (has_eet || f->speed_kt > 0);
    ovf_time start = track->timed ? f->off_block : 0;
    for (size_t i = 0; i < b->count; i++) {
        b->points[i].time = start + (ovf_time)llround(b->elapsed_s[i]);
        if (b->points[i].route_point >= 0 && track->timed
            && (i == 0 || b->points[i - 1].route_point != b->points[i].route_point))
            f->points[b->points[i].route_point].time = b->points[i].time;
    }
    track->start_doubt_s = START_DOUBT_S;
    track->time_doubt_s =
        START_DOUBT_S + (int32_t)lround(flown_s * (has_eet ? DOUBT_WITH_EET : DOUBT_WITHOUT_EET));
}

ovf_status ovf_flight_track(ovf_flight *flight, ovf_arena *arena, ovf_track *out, ovf_error *err)
{
    if (flight->point_count < 2)
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS,
                        "expected two places or more of the way; %zu could be placed",
                        flight->point_count);
    if (flight->flown != NULL) { // it is what was flown, not worked out
        *out = flight->flown->track;
        return OVF_OK;
    }
    builder b = {.flight = flight, .arena = arena, .err = err};
    ovf_status status = measure(&b);
    if (status == OVF_OK)
        status = make_profile(&b);
    if (status == OVF_OK)
        status = put_points(&b);
    if (status != OVF_OK)
        return status;
    ovf_track track = {.points = b.points,
                       .count = b.count,
                       .length_m = b.profile.length_m,
                       .levelled = true,
                       .complete = flight->route_complete};
    for (size_t i = 0; i < b.profile.step_count; i++)
        track.levelled = track.levelled && b.profile.steps[i].level_ft > 0;
    set_times(&b, &track);
    for (size_t i = 0; i < track.count; i++) {
        const ovf_track_point *p = &track.points[i];
        int32_t doubt_ft = p->highest_ft - p->level_ft > p->level_ft - p->lowest_ft
                               ? p->highest_ft - p->level_ft
                               : p->level_ft - p->lowest_ft;
        if (doubt_ft > track.level_doubt_ft)
            track.level_doubt_ft = doubt_ft;
    }
    *out = track;
    return OVF_OK;
}
