/* SPDX-License-Identifier: Apache-2.0 */
/* day_internal.h - how a day is held. What every question reads stands first: a row of 40 bytes a
 * flight, and a box of 8 bytes a leg of the flights that are left. Tracks are exact and cold. */
#ifndef OVF_CONFLICT_DAY_INTERNAL_H
#define OVF_CONFLICT_DAY_INTERNAL_H

#include "index.h"

#include <overfly/day.h>

#include <assert.h>

/* Latitudes in 1/256 of a degree, longitudes in 1/128, both rounded outwards. west > east: over the
 * 180th meridian. */
typedef struct day_box {
    int16_t south, west, north, east;
} day_box;

typedef struct day_row {
    ovf_time from, until; /* of the whole flight, doubt included; all time when it has no times */
    int32_t lowest_ft, highest_ft;
    day_box box;
    uint32_t first; /* point of its track */
    uint32_t count; /* of points; 0: removed */
} day_row;

static_assert(sizeof(day_box) == 8, "boxes of legs are read by the million");
static_assert(sizeof(day_row) == 40, "rows are read by the hundred thousand");

/* A point of a track, as in ovf_track_point. */
typedef struct day_point {
    double lat_deg, lon_deg, along_m;
    int32_t after_s; /* the start of the track */
    int32_t level_ft, lowest_ft, highest_ft;
    int32_t early_s, late_s;
} day_point;

/* Flags of a point: the marks of the leg that begins there (LEG_EXPANDED and so on), and whether
 * the leg that ends there stands for another way. */
enum { POINT_BRIDGED = 128 };

enum { TRACK_TIMED = 1, TRACK_LEVELLED = 2, TRACK_COMPLETE = 4 };

#define DAY_TEXTS 12

/* The rest of a flight: texts as places in the store of texts. */
typedef struct day_flight {
    ovf_time start, off_block;
    double length_m;
    int32_t start_doubt_s, time_doubt_s, level_doubt_ft;
    uint32_t texts[DAY_TEXTS];
    uint8_t use, track_flags;
} day_flight;

/* Texts, each once, for as long as the day. */
typedef struct day_texts {
    ovf_arena arena;
    ovf_str *items;
    uint32_t count, capacity;
    uint32_t *slots; /* 0: empty, else number + 1 */
    uint32_t slot_count;
} day_texts;

struct ovf_day {
    const ovf_world *world;
    size_t limit_bytes;
    day_row *rows;
    day_flight *flights;
    uint32_t count, capacity;
    uint32_t live_count;
    day_point *points;
    day_box *legs;  /* of the leg that begins at the point */
    uint8_t *flags; /* of the points */
    size_t point_count, point_capacity;
    day_texts texts;
    grid firs; /* empty in a small day */
};

/* Outwards, with a margin all round. */
day_box day_box_of(ovf_box box, double margin_deg);

static inline bool day_lons_meet(const day_box *a, const day_box *b)
{
    bool a_across = a->west > a->east;
    bool b_across = b->west > b->east;
    if (a_across && b_across)
        return true;
    if (a_across || b_across)
        return a->west <= b->east || a->east >= b->west;
    return a->west <= b->east && a->east >= b->west;
}

static inline bool day_boxes_meet(const day_box *a, const day_box *b)
{
    return a->south <= b->north && a->north >= b->south && day_lons_meet(a, b);
}

/* The number of a text; UINT32_MAX: no memory. */
uint32_t day_text(day_texts *texts, ovf_str text);
void day_texts_done(day_texts *texts);

#endif
