/* SPDX-License-Identifier: Apache-2.0 */
/* A trajectory through the kept positions. Places and times are what was received; levels are the
 * pressure altitude, within its rounding; without one the height of the navigation, which is off by
 * pressure and temperature. Over a gap the line is drawn straight and marked as not known, and the
 * level may be whatever the aircraft can have climbed to meanwhile. */
#include "tracks_doubt.h"

#include <math.h>

#define BARO_DOUBT_FT 100  /* steps of 25 or 100 ft, and straight between positions */
#define GEOM_DOUBT_FT 1000 /* 30 hPa off the standard pressure at 30 ft each, and a little more */
#define GEOM_DOUBT_SHARE 0.06 /* 15 degrees off the standard temperature: 4 % for each 10 */
#define TIME_DOUBT_S 2        /* whole seconds, and the network's delay */
#define CLIMB_FT_PER_MIN 6000.0
#define NO_LEVEL INT32_MIN

typedef struct way_builder {
    const seen *items;
    size_t count;
    const seen **kept;
    size_t kept_count;
    int32_t *levels;
    bool is_timed, is_relative;
    bool is_geometric, has_level;
    ovf_flown *out;
    ovf_flight *flight;
    ovf_track_point *points;
    size_t point_count;
} way_builder;

static int64_t seconds_of(int64_t ms)
{
    return ms >= 0 ? (ms + 500) / 1000 : -((-ms + 500) / 1000);
}

static void find_levels(way_builder *w)
{
    size_t with_baro = 0;
    size_t with_geom = 0;
    for (size_t i = 0; i < w->kept_count; i++) {
        with_baro += !w->kept[i]->no_level && w->kept[i]->p->baro_ft != OVF_VALUE_NONE;
        with_geom += !w->kept[i]->no_level && w->kept[i]->p->geom_ft != OVF_VALUE_NONE;
    }
    w->is_geometric = with_baro == 0 && with_geom > 0;
    w->has_level = with_baro > 0 || with_geom > 0;
    for (size_t i = 0; i < w->kept_count; i++) {
        const seen *s = w->kept[i];
        int32_t ft = w->is_geometric ? s->p->geom_ft : s->p->baro_ft;
        w->levels[i] = s->no_level || ft == OVF_VALUE_NONE ? NO_LEVEL : ft < 0 ? 0 : ft;
    }
}

static int32_t bounded(double ft)
{
    return ft < 0 ? 0 : ft > OVF_FLIGHT_TOP_FT ? OVF_FLIGHT_TOP_FT : (int32_t)lround(ft);
}

static double between_s(const seen *a, const seen *b)
{
    return (double)(b->p->time_ms - a->p->time_ms) / 1000.0;
}

/* The level at a kept position, from its neighbours where it has none. */
static void set_level(const way_builder *w, size_t i, ovf_track_point *p)
{
    if (!w->has_level) {
        p->highest_ft = OVF_FLIGHT_TOP_FT;
        return;
    }
    if (w->levels[i] != NO_LEVEL) {
        double doubt =
            w->is_geometric ? GEOM_DOUBT_FT + GEOM_DOUBT_SHARE * w->levels[i] : BARO_DOUBT_FT;
        p->level_ft = w->levels[i] > OVF_FLIGHT_TOP_FT ? OVF_FLIGHT_TOP_FT : w->levels[i];
        p->lowest_ft = bounded(p->level_ft - doubt);
        p->highest_ft = bounded(p->level_ft + doubt);
        return;
    }
    size_t before = i;
    while (before > 0 && w->levels[before] == NO_LEVEL)
        before--;
    size_t behind = i;
    while (behind + 1 < w->kept_count && w->levels[behind] == NO_LEVEL)
        behind++;
    bool has_before = w->levels[before] != NO_LEVEL;
    bool has_behind = w->levels[behind] != NO_LEVEL;
    double low = has_before ? w->levels[before] : w->levels[behind];
    double high = has_behind ? w->levels[behind] : w->levels[before];
    double away_s = fmin(has_before ? between_s(w->kept[before], w->kept[i]) : 1e9,
                         has_behind ? between_s(w->kept[i], w->kept[behind]) : 1e9);
    double share = 0;
    if (has_before && has_behind && between_s(w->kept[before], w->kept[behind]) > 0)
        share =
            between_s(w->kept[before], w->kept[i]) / between_s(w->kept[before], w->kept[behind]);
    double reach = BARO_DOUBT_FT + (w->is_timed ? away_s * CLIMB_FT_PER_MIN / 60 : 1e6);
    p->level_ft = bounded(low + share * (high - low));
    p->lowest_ft = bounded(fmin(low, high) - reach);
    p->highest_ft = bounded(fmax(low, high) + reach);
}

/* A second point at the same place, with the level as wide as the gap allows. */
static void put_gap_end(way_builder *w, const ovf_track_point *at, double reach_ft, bool is_bridged)
{
    ovf_track_point *p = &w->points[w->point_count++];
    *p = *at;
    p->route_point = -1;
    p->is_bridged = is_bridged;
    if (w->has_level) {
        p->lowest_ft = bounded(at->lowest_ft - reach_ft);
        p->highest_ft = bounded(at->highest_ft + reach_ft);
    }
}

static void put_gap(way_builder *w, size_t i, const ovf_track_point *next)
{
    const seen *a = w->kept[i - 1];
    const seen *b = w->kept[i];
    double reach_ft = between_s(a, b) / 2 * CLIMB_FT_PER_MIN / 60;
    const ovf_track_point before = w->points[w->point_count - 1];
    put_gap_end(w, &before, reach_ft, false);
    put_gap_end(w, next, reach_ft, true);
    ovf_flown_gap *gap = (ovf_flown_gap *)&w->out->gaps[w->out->gap_count++];
    *gap = (ovf_flown_gap){.from_ms = a->p->time_ms,
                           .until_ms = b->p->time_ms,
                           .at = b->p->at,
                           .from = a->p->place,
                           .until = b->p->place,
                           .length_m = next->along_m - before.along_m};
}

static void put_point(way_builder *w, size_t i, int32_t gap_s)
{
    const ovf_position *p = w->kept[i]->p;
    ovf_track_point point = {.place = p->place,
                             .early_s = TIME_DOUBT_S,
                             .late_s = TIME_DOUBT_S,
                             .route_point = (int32_t)i};
    if (i > 0) {
        const ovf_track_point *before = &w->points[w->point_count - 1];
        point.along_m = before->along_m + ovf_distance_m(before->place, p->place);
    }
    point.time = w->is_timed ? seconds_of(p->time_ms) : 0;
    set_level(w, i, &point);
    bool is_gap = w->is_timed && i > 0 && between_s(w->kept[i - 1], w->kept[i]) > gap_s;
    if (is_gap)
        put_gap(w, i, &point);
    w->points[w->point_count++] = point;
    w->flight->points[i] = (ovf_flight_point){
        .ident = OVF_STR(""),
        .place = p->place,
        .via = OVF_STR(""),
        .level_ft = w->has_level && w->levels[i] != NO_LEVEL ? point.level_ft : 0,
        .speed_kt = p->speed_kt > 0 ? (int32_t)lroundf(p->speed_kt) : 0,
        .time = w->is_timed && !w->is_relative ? point.time : OVF_TIME_NONE,
        .is_bridged = is_gap,
        .span = {(uint32_t)(p->at < UINT32_MAX ? p->at : UINT32_MAX), p->len},
    };
    if (p->rc_m > w->out->place_doubt_m)
        w->out->place_doubt_m = p->rc_m;
}

static size_t count_gaps(const way_builder *w, int32_t gap_s)
{
    size_t gaps = 0;
    for (size_t i = 1; i < w->kept_count && w->is_timed; i++)
        gaps += between_s(w->kept[i - 1], w->kept[i]) > gap_s;
    return gaps;
}

bool tracks_way(const seen *items, size_t count, bool is_timed, bool is_relative, int32_t gap_s,
                ovf_arena *arena, ovf_flight *flight, ovf_flown *out)
{
    way_builder w = {.items = items,
                     .count = count,
                     .is_timed = is_timed,
                     .is_relative = is_relative,
                     .out = out,
                     .flight = flight};
    size_t kept = out->set_aside[OVF_ASIDE_NOT];
    w.kept = ovf_arena_array(arena, const seen *, kept + 1);
    w.levels = ovf_arena_array(arena, int32_t, kept + 1);
    flight->points = ovf_arena_array(arena, ovf_flight_point, kept + 1);
    if (w.kept == NULL || w.levels == NULL || flight->points == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (items[i].aside == OVF_ASIDE_NOT)
            w.kept[w.kept_count++] = &items[i];
    }
    find_levels(&w);
    size_t gaps = count_gaps(&w, gap_s);
    out->gaps = ovf_arena_array(arena, ovf_flown_gap, gaps + 1);
    w.points = ovf_arena_array(arena, ovf_track_point, kept + 2 * gaps + 1);
    if (out->gaps == NULL || w.points == NULL)
        return false;
    for (size_t i = 0; i < w.kept_count; i++)
        put_point(&w, i, gap_s);
    flight->point_count = w.kept_count;
    out->level_is_geometric = w.is_geometric;
    out->track = (ovf_track){
        .points = w.points,
        .count = w.point_count,
        .length_m = w.point_count > 0 ? w.points[w.point_count - 1].along_m : 0,
        .timed = is_timed && !is_relative,
        .levelled = w.has_level,
        .complete = gaps == 0,
        .start_doubt_s = TIME_DOUBT_S,
        .time_doubt_s = TIME_DOUBT_S,
    };
    for (size_t i = 0; i < w.point_count && w.has_level; i++) {
        const ovf_track_point *p = &w.points[i];
        int32_t doubt_ft = p->highest_ft - p->level_ft > p->level_ft - p->lowest_ft
                               ? p->highest_ft - p->level_ft
                               : p->level_ft - p->lowest_ft;
        if (doubt_ft > out->track.level_doubt_ft)
            out->track.level_doubt_ft = doubt_ft;
    }
    return true;
}
