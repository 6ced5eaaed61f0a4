/* SPDX-License-Identifier: Apache-2.0 */
/* When a flight is where: the true airspeed of each part of the way, the wind where it is known,
 * the whole laid between the times that the plan gives; and how far all that can be off. */
#include "trajectory.h"

#include <math.h>

/* How far apart the wind is looked up along the way, and for how much of it at most. */
#define WIND_STEP_M 80000.0
#define WIND_STEPS_MAX 40
#define LEAST_GROUND_MPS 10.0 /* no wind brings a flight to a stand for good */

/* The start. Doc 4444 4.3 and the IFPS Users Manual: a delay is due beyond 15 minutes; nobody leaves
 * earlier than that. From off-block to take-off takes 5 to 25 minutes (EUROCONTROL's standard taxi
 * times run from 5 to 25, CODA's averages from 8 to 21). A report is a minute off at most. */
#define START_DOUBT_S 900.0
#define TAXI_DOUBT_S 1200.0
#define REPORT_DOUBT_S 60.0
/* Shares of the time flown; docs/formats/performance.md has the reasons and the measurements. */
#define DRIFT_PLANNED 0.03 /* against item 16 or other times of the plan */
#define DRIFT_WINDY 0.05   /* against none, with the wind known */
#define DRIFT_FREE 0.15    /* against none, without wind */
/* Of the time to the nearer anchor: how unevenly the time between two is spent. */
#define UNEVEN_WINDY 0.03
#define UNEVEN_FREE 0.10

/* ---- speeds ---- */

static double airspeed_mps(const track_builder *b, double along_m)
{
    const profile *p = &b->profile;
    double level_ft = flight_profile_at(p, PROFILE_PLAIN, along_m);
    if (flight_profile_climbs(p, along_m)) {
        size_t part = level_ft < OVF_PERFORMANCE_LOW_FT ? 0 : level_ft < OVF_PERFORMANCE_MIDDLE_FT ? 1 : 2;
        return b->climb[part < b->climb_parts ? part : b->climb_parts - 1].speed_mps;
    }
    if (flight_profile_descends(p, along_m)) {
        size_t part = level_ft < OVF_PERFORMANCE_LOW_FT ? 1 : 0;
        return b->descent[part < b->descent_parts ? part : b->descent_parts - 1].speed_mps;
    }
    return flight_profile_step(p, along_m)->speed_mps;
}

typedef struct airborne {
    double seconds;
    double windy_m;
} airborne;

/* One stretch of the track in the wind: mean of the time over so many pieces of it. */
static airborne fly_windy(const track_builder *b, const ovf_leg *leg, double from_m, double length_m,
                          double along_m, ovf_time from, double airspeed)
{
    airborne out = {0};
    int pieces = (int)fmin(WIND_STEPS_MAX, ceil(length_m / WIND_STEP_M));
    double piece_m = length_m / pieces;
    for (int i = 0; i < pieces; i++) {
        double into_m = (i + 0.5) * piece_m;
        ovf_point place;
        double course_deg = 0;
        ovf_leg_at_bearing(leg, from_m + into_m, &place, &course_deg);
        double level_ft = flight_profile_at(&b->profile, PROFILE_PLAIN, along_m + into_m);
        ovf_time then = from + (ovf_time)(out.seconds + piece_m / airspeed / 2);
        double east = 0;
        double north = 0;
        double ground = airspeed;
        if (ovf_wind_at(b->options->wind, place, level_ft, then, &east, &north)) {
            ground = ovf_wind_ground_mps(airspeed, course_deg, east, north);
            out.windy_m += piece_m;
        }
        out.seconds += piece_m / fmax(LEAST_GROUND_MPS, ground);
    }
    return out;
}

/* Seconds in the air and on STAYs up to each track point. Returns the metres with known wind. */
static double count_seconds(track_builder *b, ovf_time start)
{
    const ovf_flight *f = b->flight;
    bool has_wind = b->options->wind != NULL && start != OVF_TIME_NONE;
    double windy_m = 0;
    size_t leg_start = 0; // the route point that the leg begins at
    size_t prepared = f->point_count;
    ovf_leg leg;
    for (size_t i = 1; i < b->count; i++) {
        const ovf_track_point *before = &b->points[i - 1];
        double length_m = b->points[i].along_m - before->along_m;
        bool is_stay = before->route_point >= 0 && before->route_point == b->points[i].route_point;
        if (before->route_point >= 0)
            leg_start = (size_t)before->route_point;
        b->stay_s[i] = b->stay_s[i - 1];
        b->air_s[i] = b->air_s[i - 1];
        if (is_stay) {
            b->stay_s[i] += f->points[before->route_point].stay_min * 60.0;
            continue;
        }
        double airspeed = airspeed_mps(b, before->along_m + length_m / 2);
        if (!has_wind || length_m <= 0) {
            b->air_s[i] += length_m / airspeed;
            continue;
        }
        if (prepared != leg_start)
            ovf_leg_init(&leg, f->points[leg_start].place, f->points[leg_start + 1].place);
        prepared = leg_start;
        airborne flown =
            fly_windy(b, &leg, before->along_m - b->along_m[leg_start], length_m, before->along_m,
                      start + (ovf_time)(b->air_s[i] + b->stay_s[i]), airspeed);
        b->air_s[i] += flown.seconds;
        windy_m += flown.windy_m;
    }
    return windy_m;
}

/* ---- between anchors ---- */

static void lay_piece(track_builder *b, ovf_time start, const track_anchor *from,
                      const track_anchor *until, size_t last)
{
    double air_s = until != NULL ? b->air_s[until->at] - b->air_s[from->at] : 0;
    double wanted_s = until != NULL ? until->elapsed_s - from->elapsed_s
                                          - (b->stay_s[until->at] - b->stay_s[from->at])
                                    : 0;
    double factor = air_s > 0 ? fmax(0, wanted_s) / air_s : 1.0;
    for (size_t i = from->at; i <= last; i++) {
        double elapsed_s = from->elapsed_s + (b->air_s[i] - b->air_s[from->at]) * factor
                           + (b->stay_s[i] - b->stay_s[from->at]);
        ovf_time time = start + (ovf_time)llround(elapsed_s);
        b->points[i].time = i > 0 && time < b->points[i - 1].time ? b->points[i - 1].time : time;
    }
}

static int32_t seconds_up(double s)
{
    return (int32_t)fmin(ceil(s), 30.0 * OVF_DAY_S);
}

/* Time in the air between two track points, as laid between the anchors. */
static double flown_s(const track_builder *b, size_t from, size_t until)
{
    return fmax(0, (double)(b->points[until].time - b->points[from].time)
                       - (b->stay_s[until] - b->stay_s[from]));
}

/* What the next report leaves of the doubt, seen backwards from it. */
static void narrow(track_builder *b, const track_anchor *report, size_t from, double drift)
{
    for (size_t i = from; i <= report->at; i++) {
        int32_t most = seconds_up(REPORT_DOUBT_S + drift * flown_s(b, i, report->at));
        ovf_track_point *p = &b->points[i];
        p->early_s = p->early_s < most ? p->early_s : most;
        p->late_s = p->late_s < most ? p->late_s : most;
    }
}

static void set_doubts(track_builder *b, const track_anchor *anchors, size_t count, double early_s,
                       double late_s, bool is_windy)
{
    double free = is_windy ? DRIFT_WINDY : DRIFT_FREE;
    double uneven = is_windy ? UNEVEN_WINDY : UNEVEN_FREE;
    size_t reported = 0; // the track point of the last report
    size_t planned = 0;  // and of the last time of the plan
    double drifted_s = 0;
    for (size_t k = 0; k < count; k++) {
        bool is_last = k + 1 == count;
        const track_anchor *from = &anchors[k];
        size_t last = is_last ? b->count - 1 : anchors[k + 1].at;
        if (from->kind == ANCHOR_ACTUAL) {
            early_s = late_s = REPORT_DOUBT_S;
            reported = from->at;
            drifted_s = 0;
        }
        planned = from->at;
        for (size_t i = from->at; i <= last; i++) {
            double since_s = flown_s(b, planned, i);
            double until_s = flown_s(b, i, last);
            double more_s = is_last ? free * since_s
                                    : DRIFT_PLANNED * since_s + uneven * fmin(since_s, until_s);
            b->points[i].early_s = seconds_up(early_s + drifted_s + more_s);
            b->points[i].late_s = seconds_up(late_s + drifted_s + more_s);
        }
        drifted_s += (is_last ? free : DRIFT_PLANNED) * flown_s(b, from->at, last);
        if (!is_last && anchors[k + 1].kind == ANCHOR_ACTUAL)
            narrow(b, &anchors[k + 1], reported, free);
    }
}

/* ---- the whole ---- */

static void write_times(track_builder *b)
{
    ovf_flight *f = b->flight;
    for (size_t i = 0; i < b->count; i++) {
        int32_t point = b->points[i].route_point;
        if (point >= 0 && (i == 0 || b->points[i - 1].route_point != point))
            f->points[point].time = b->points[i].time;
    }
}

static double wider(const ovf_track_point *p)
{
    return p->early_s > p->late_s ? p->early_s : p->late_s;
}

/* The two ends of a straight line over the doubts of all points, for who keeps no more of them. */
static void span_doubts(ovf_track *track)
{
    double end_s = 0;
    for (size_t i = 0; i < track->count; i++)
        end_s = fmax(end_s, wider(&track->points[i]));
    double start_s = wider(&track->points[0]);
    for (size_t i = 0; i < track->count && track->length_m > 0; i++) {
        double share = track->points[i].along_m / track->length_m;
        if (share < 1.0)
            start_s = fmax(start_s, (wider(&track->points[i]) - share * end_s) / (1.0 - share));
    }
    track->start_doubt_s = seconds_up(start_s);
    track->time_doubt_s = seconds_up(end_s);
}

ovf_status track_set_times(track_builder *b, ovf_track *track)
{
    const ovf_flight *f = b->flight;
    b->air_s = ovf_arena_array(b->arena, double, b->count);
    b->stay_s = ovf_arena_array(b->arena, double, b->count);
    if (b->air_s == NULL || b->stay_s == NULL)
        return track_no_memory(b);
    bool has_departed = (f->state == OVF_FLIGHT_DEPARTED || f->state == OVF_FLIGHT_ARRIVED)
                        && f->departed != OVF_TIME_NONE;
    ovf_time start = has_departed ? f->departed : f->off_block;
    double windy_m = count_seconds(b, start);
    track->windy = b->profile.length_m > 0 ? windy_m / b->profile.length_m : 0;
    track_anchor *anchors = NULL;
    size_t count = 0;
    ovf_status status = track_find_anchors(b, start, &anchors, &count);
    if (status != OVF_OK)
        return status;
    bool knows_pace = count > 1 || f->speed_kt > 0 || b->basis == OVF_PERFORMANCE_TYPE;
    track->timed = start != OVF_TIME_NONE && knows_pace;
    for (size_t k = 0; k < count; k++)
        lay_piece(b, track->timed ? start : 0, &anchors[k], k + 1 < count ? &anchors[k + 1] : NULL,
                  k + 1 < count ? anchors[k + 1].at : b->count - 1);
    bool is_taxied = ovf_str_eq(f->from, OVF_STR("AFIL")) || anchors[0].kind != ANCHOR_START;
    double early_s = has_departed ? REPORT_DOUBT_S : START_DOUBT_S;
    double late_s = has_departed ? REPORT_DOUBT_S : START_DOUBT_S + (is_taxied ? 0 : TAXI_DOUBT_S);
    set_doubts(b, anchors, count, early_s, late_s, track->windy > 0.9);
    track->anchored = (uint32_t)(count - 1);
    span_doubts(track);
    if (track->timed)
        write_times(b);
    return OVF_OK;
}
