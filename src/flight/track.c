/* SPDX-License-Identifier: Apache-2.0 */
/* From a plan to a trajectory: geodesic legs between the points, the profile of the type, the
 * points where it bends. The times are worked out in times.c. */
#include "trajectory.h"

#include <overfly/surveillance.h>

#include <math.h>
#include <string.h>

#define CLIMB_FT_PER_MIN 2000.0 /* of the plain profile, as its descent */
#define DESCENT_FT_PER_MIN 1800.0
#define SLOW_BELOW 0.75         /* of the cruising speed, in climb and descent of the plain one */
#define GLIDE_FT_PER_M 0.171944 /* 3 degrees: tan(3 deg) / 0.3048 */
#define ASSUMED_MPS 230.0       /* 447 kt, where only item 16 tells the time */
#define ROUND_FT 0.01           /* what arithmetic leaves of a whole foot */

/* Shares of the gradients of climb and descent that are really flown. Loads, cost index, weather
 * and air traffic control: docs/formats/performance.md has the measurements. */
#define GENTLE 0.6
#define STEEP 1.6

ovf_status track_no_memory(track_builder *b)
{
    return ovf_fail(b->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a trajectory");
}

void track_finding(track_builder *b, const char *rule, ovf_str message)
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

/* ---- the profile out of the filed levels ---- */

static ovf_status measure(track_builder *b)
{
    const ovf_flight *f = b->flight;
    b->along_m = ovf_arena_array(b->arena, double, f->point_count);
    if (b->along_m == NULL)
        return track_no_memory(b);
    for (size_t i = 1; i < f->point_count; i++)
        b->along_m[i] =
            b->along_m[i - 1] + ovf_distance_m(f->points[i - 1].place, f->points[i].place);
    b->profile.length_m = b->along_m[f->point_count - 1];
    return OVF_OK;
}

/* The speed filed from a point on; else what the type flies, else what most jets do. */
static double speed_mps(const track_builder *b, int32_t speed_kt)
{
    if (speed_kt > 0)
        return speed_kt * OVF_NM_M / OVF_HOUR_S;
    return b->performance != NULL ? b->performance->cruise_kt * OVF_NM_M / OVF_HOUR_S : ASSUMED_MPS;
}

static ovf_status make_steps(track_builder *b)
{
    const ovf_flight *f = b->flight;
    profile_step *steps = ovf_arena_array(b->arena, profile_step, f->point_count);
    if (steps == NULL)
        return track_no_memory(b);
    size_t count = 0;
    for (size_t i = 0; i < f->point_count; i++) {
        const ovf_flight_point *p = &f->points[i];
        profile_step step = {.along_m = b->along_m[i],
                             .level_ft = p->level_ft,
                             .top_ft = p->top_ft,
                             .speed_mps = speed_mps(b, p->speed_kt)};
        const profile_step *before = count > 0 ? &steps[count - 1] : NULL;
        if (before != NULL && before->level_ft == step.level_ft && before->top_ft == step.top_ft
            && before->speed_mps == step.speed_mps)
            continue;
        if (before != NULL && step.along_m - before->along_m < 1.0)
            count--; // two points at one place: the later one holds
        steps[count++] = step;
    }
    b->profile.steps = steps;
    b->profile.step_count = count;
    return OVF_OK;
}

/* Speeds and gradients: of the type, no faster than the cruise that is filed beside them. */
static void choose_performance(track_builder *b)
{
    const ovf_flight *f = b->flight;
    double first_mps = b->profile.steps[0].speed_mps;
    double last_mps = b->profile.steps[b->profile.step_count - 1].speed_mps;
    if (b->performance == NULL) {
        double climb_mps = SLOW_BELOW * first_mps;
        double descent_mps = SLOW_BELOW * last_mps;
        b->climb[0] =
            (ovf_performance_part){CLIMB_FT_PER_MIN / OVF_MINUTE_S / climb_mps, climb_mps};
        b->descent[0] = (ovf_performance_part){
            fmin(DESCENT_FT_PER_MIN / OVF_MINUTE_S / descent_mps, GLIDE_FT_PER_M), descent_mps};
        b->climb_parts = b->descent_parts = 1;
        b->profile.top_ft = OVF_FLIGHT_TOP_FT;
        return;
    }
    memcpy(b->climb, b->performance->climb, sizeof(b->climb));
    memcpy(b->descent, b->performance->descent, sizeof(b->descent));
    b->climb_parts = OVF_COUNTOF(b->climb);
    b->descent_parts = OVF_COUNTOF(b->descent);
    for (size_t i = 0; i < b->climb_parts && f->speed_kt > 0; i++)
        b->climb[i].speed_mps = fmin(b->climb[i].speed_mps, first_mps);
    for (size_t i = 0; i < b->descent_parts && f->speed_kt > 0; i++)
        b->descent[i].speed_mps = fmin(b->descent[i].speed_mps, last_mps);
    b->profile.top_ft =
        b->basis == OVF_PERFORMANCE_TYPE ? b->performance->ceiling_ft : OVF_FLIGHT_TOP_FT;
}

#define PARTS_MAX 3 /* and a limit less */

/* A line of two or three parts up from a level; limits_ft: where each part ends. hold_m: so long
 * it stays at the level first. */
static profile_line line_of(double start_ft, double factor, double hold_m,
                            const ovf_performance_part *parts, size_t count,
                            const double *limits_ft)
{
    profile_line line = {0};
    double at_m = hold_m;
    double at_ft = start_ft;
    if (hold_m > 0)
        line = (profile_line){.ft = {start_ft}, .count = 1};
    for (size_t i = 0; i < count && i < PARTS_MAX; i++) {
        bool is_last = i + 1 == count || i + 1 == PARTS_MAX;
        if (!is_last && at_ft >= limits_ft[i])
            continue; // it starts above this part
        double slope = parts[i].ft_per_m * factor;
        line.along_m[line.count] = at_m;
        line.ft[line.count] = at_ft;
        line.ft_per_m[line.count] = slope;
        line.count++;
        if (!is_last) {
            at_m += (limits_ft[i] - at_ft) / slope;
            at_ft = limits_ft[i];
        }
    }
    return line;
}

static ovf_status make_profile(track_builder *b)
{
    static const double climb_limits_ft[] = {OVF_PERFORMANCE_LOW_FT, OVF_PERFORMANCE_MIDDLE_FT};
    static const double descent_limits_ft[] = {OVF_PERFORMANCE_LOW_FT, OVF_FLIGHT_TOP_FT};
    const ovf_flight *f = b->flight;
    profile *p = &b->profile;
    // Of a descent the part at the ground comes first.
    ovf_performance_part up_again[] = {b->descent[1], b->descent[0]};
    const ovf_performance_part *descent = b->descent_parts == 2 ? up_again : b->descent;
    p->climbs = !ovf_str_eq(f->from, OVF_STR("AFIL"));
    p->descends = true;
    p->gentle = GENTLE;
    p->steep = STEEP;
    p->up_ft_per_m = b->climb[b->climb_parts - 1].ft_per_m;
    p->down_ft_per_m = b->descent[0].ft_per_m;
    for (int bound = 0; bound < PROFILE_BOUNDS; bound++) {
        double factor = bound == PROFILE_PLAIN ? 1.0 : bound == PROFILE_LOWEST ? GENTLE : STEEP;
        p->climb[bound] = line_of(f->from_ft, factor, 0, b->climb, b->climb_parts, climb_limits_ft);
        p->descent[bound] =
            line_of(f->to_ft, factor, 0, descent, b->descent_parts, descent_limits_ft);
    }
    flight_profile_settle(p);
    return OVF_OK;
}

static void check_ceiling(track_builder *b)
{
    if (b->basis != OVF_PERFORMANCE_TYPE)
        return;
    double top_ft = 0;
    for (size_t i = 0; i < b->profile.step_count; i++)
        top_ft = fmax(top_ft, b->profile.steps[i].level_ft);
    if (top_ft > b->performance->ceiling_ft)
        track_finding(b, "LEVEL_ABOVE_CEILING",
                      ovf_arena_printf(b->arena, "FL%03d is above the ceiling of the type, FL%03d",
                                       (int)(top_ft / 100), b->performance->ceiling_ft / 100));
}

/* ---- points ---- */

static void put_point(track_builder *b, ovf_point place, double along_m, int32_t route_point,
                      bool is_bridged)
{
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
        .is_bridged = is_bridged,
    };
}

/* Knees and boundaries in one list, in order. */
static ovf_status gather_bends(track_builder *b, double **out, size_t *count)
{
    double *knees = NULL;
    size_t knee_count = 0;
    if (flight_profile_knees(&b->profile, b->arena, &knees, &knee_count) != OVF_OK)
        return track_no_memory(b);
    double *all = knees;
    if (b->entry_count > 0) {
        all = ovf_arena_array(b->arena, double, knee_count + b->entry_count);
        if (all == NULL)
            return track_no_memory(b);
        memcpy(all, knees, knee_count * sizeof(*all));
    }
    for (size_t i = 0; i < b->entry_count; i++) {
        size_t at = knee_count++;
        for (; at > 0 && all[at - 1] > b->entries[i].along_m; at--)
            all[at] = all[at - 1];
        all[at] = b->entries[i].along_m;
    }
    *out = all;
    *count = knee_count;
    return OVF_OK;
}

static ovf_status put_points(track_builder *b)
{
    const ovf_flight *f = b->flight;
    double *bends = NULL;
    size_t bend_count = 0;
    ovf_status status = gather_bends(b, &bends, &bend_count);
    if (status != OVF_OK)
        return status;
    size_t most = 2 * f->point_count + bend_count;
    b->points = ovf_arena_array(b->arena, ovf_track_point, most);
    if (b->points == NULL)
        return track_no_memory(b);
    size_t bend = 0;
    for (size_t i = 0; i < f->point_count; i++) {
        const ovf_flight_point *p = &f->points[i];
        bool has_leg = false;
        ovf_leg leg;
        for (; bend < bend_count && bends[bend] < b->along_m[i] - 1.0; bend++) {
            if (i == 0 || bends[bend] < b->points[b->count - 1].along_m + 1.0)
                continue;
            if (!has_leg)
                ovf_leg_init(&leg, p[-1].place, p->place);
            has_leg = true;
            put_point(b, ovf_leg_at(&leg, bends[bend] - b->along_m[i - 1]), bends[bend], -1,
                      p->is_bridged);
        }
        put_point(b, p->place, b->along_m[i], (int32_t)i, p->is_bridged);
        if (p->stay_min > 0)
            put_point(b, p->place, b->along_m[i], (int32_t)i, p->is_bridged);
    }
    return OVF_OK;
}

/* ---- levels that the plan gives over points ---- */

#define GIVEN_DOUBT_FT 2000 /* of a level in climb or descent that the plan works out itself */

/* From one such point to the next: straight between the two levels, the bounds no wider than what
 * lies between them and the profile's own. */
static void take_levels(track_builder *b, size_t from, size_t until)
{
    const ovf_flight *f = b->flight;
    double from_ft = f->points[b->points[from].route_point].given.level_ft;
    double until_ft = f->points[b->points[until].route_point].given.level_ft;
    double length_m = b->points[until].along_m - b->points[from].along_m;
    int32_t doubt_ft = from_ft == until_ft ? 0 : GIVEN_DOUBT_FT;
    int32_t low_ft = (int32_t)fmin(from_ft, until_ft) - doubt_ft;
    int32_t high_ft = (int32_t)fmax(from_ft, until_ft) + doubt_ft;
    for (size_t i = from; i <= until; i++) {
        ovf_track_point *p = &b->points[i];
        double share = length_m > 0 ? (p->along_m - b->points[from].along_m) / length_m : 0;
        int32_t level_ft = (int32_t)lround(from_ft + share * (until_ft - from_ft));
        p->lowest_ft = level_ft < p->lowest_ft || p->lowest_ft < low_ft ? low_ft : p->lowest_ft;
        p->highest_ft =
            level_ft > p->highest_ft || p->highest_ft > high_ft ? high_ft : p->highest_ft;
        p->lowest_ft = p->lowest_ft < 0 ? 0 : p->lowest_ft > level_ft ? level_ft : p->lowest_ft;
        p->highest_ft = p->highest_ft < level_ft ? level_ft : p->highest_ft;
        p->level_ft = level_ft;
    }
}

static bool has_level(const ovf_flight *f, const ovf_track_point *p)
{
    if (p->route_point < 0)
        return false;
    const ovf_flight_given *given = &f->points[p->route_point].given;
    return given->source != OVF_FLIGHT_SOURCE_NONE && given->level_ft >= 0
           && given->level_ft <= OVF_FLIGHT_TOP_FT;
}

static void apply_levels(track_builder *b)
{
    size_t from = b->count;
    for (size_t i = 0; i < b->count; i++) {
        if (!has_level(b->flight, &b->points[i]))
            continue;
        if (from < b->count)
            take_levels(b, from, i);
        from = i;
    }
}

/* ---- the whole ---- */

static void widest_level(ovf_track *track)
{
    for (size_t i = 0; i < track->count; i++) {
        const ovf_track_point *p = &track->points[i];
        int32_t above_ft = p->highest_ft - p->level_ft;
        int32_t below_ft = p->level_ft - p->lowest_ft;
        int32_t doubt_ft = above_ft > below_ft ? above_ft : below_ft;
        if (doubt_ft > track->level_doubt_ft)
            track->level_doubt_ft = doubt_ft;
    }
}

static ovf_status build(track_builder *b)
{
    ovf_status status = measure(b);
    if (status == OVF_OK)
        status = make_steps(b);
    if (status != OVF_OK)
        return status;
    choose_performance(b);
    check_ceiling(b);
    status = make_profile(b);
    if (status == OVF_OK)
        status = track_find_entries(b);
    return status == OVF_OK ? put_points(b) : status;
}

ovf_status ovf_flight_track_with(ovf_flight *flight, const ovf_track_options *options,
                                 ovf_arena *arena, ovf_track *out, ovf_error *err)
{
    static const ovf_track_options none = {0};
    if (flight->point_count < 2)
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS,
                        "expected two places or more of the way; %zu could be placed",
                        flight->point_count);
    if (flight->flown != NULL) { // it is what was flown, not worked out
        *out = flight->flown->track;
        return OVF_OK;
    }
    track_builder b = {
        .flight = flight, .options = options != NULL ? options : &none, .arena = arena, .err = err};
    b.performance = ovf_performance_for(flight->type, flight->wake, flight->speed_kt,
                                        flight->level_ft, &b.basis);
    ovf_status status = build(&b);
    if (status != OVF_OK)
        return status;
    apply_levels(&b);
    ovf_track track = {.points = b.points,
                       .count = b.count,
                       .length_m = b.profile.length_m,
                       .levelled = true,
                       .complete = flight->route_complete,
                       .performance = b.performance,
                       .basis = b.basis};
    for (size_t i = 0; i < b.profile.step_count; i++)
        track.levelled = track.levelled && b.profile.steps[i].level_ft > 0;
    status = track_set_times(&b, &track);
    if (status != OVF_OK)
        return status;
    widest_level(&track);
    *out = track;
    return OVF_OK;
}

ovf_status ovf_flight_track(ovf_flight *flight, ovf_arena *arena, ovf_track *out, ovf_error *err)
{
    return ovf_flight_track_with(flight, NULL, arena, out, err);
}
