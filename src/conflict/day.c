/* SPDX-License-Identifier: Apache-2.0 */
/* A day of flights, packed as they come. */
#include "day_internal.h"

#include <math.h>
#include <stdlib.h>

#define LAT_STEPS 256.0
#define LON_STEPS 128.0
/* From so many flights on the FIRs are put in cells, once: that takes as long as finding those of a
 * few hundred legs without. */
#define FIRS_FLIGHTS 1000

static ovf_status no_room(ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a day of flights");
}

ovf_status ovf_day_new(const ovf_world *world, size_t limit_bytes, ovf_day **out, ovf_error *err)
{
    ovf_day *day = calloc(1, sizeof(*day));
    if (day == NULL)
        return no_room(err);
    day->world = world;
    day->limit_bytes = limit_bytes == 0 ? OVF_DAY_DEFAULT_LIMIT : limit_bytes;
    ovf_arena_init(&day->texts.arena, day->limit_bytes);
    *out = day;
    return OVF_OK;
}

void ovf_day_free(ovf_day *day)
{
    if (day == NULL)
        return;
    free(day->rows);
    free(day->flights);
    free(day->points);
    free(day->legs);
    free(day->flags);
    day_texts_done(&day->texts);
    grid_done(&day->firs);
    free(day);
}

/* ---- boxes ---- */

static int16_t outward(double value, double least, double most)
{
    return (int16_t)fmax(least, fmin(most, value));
}

day_box day_box_of(ovf_box box, double margin_deg)
{
    double cosine =
        cos(fmin(89.0, fmax(fabs(box.south_deg), fabs(box.north_deg)) + margin_deg) * DEGREE_RAD);
    double wide_deg = margin_deg / cosine;
    double across_deg = box.east_deg - box.west_deg + (box.east_deg < box.west_deg ? 360.0 : 0.0);
    day_box out = {.south = outward(floor((box.south_deg - margin_deg) * LAT_STEPS), -23040, 23040),
                   .north = outward(ceil((box.north_deg + margin_deg) * LAT_STEPS), -23040, 23040),
                   .west = -23040,
                   .east = 23040};
    if (across_deg + 2 * wide_deg > 359.0)
        return out;
    out.west = outward(floor(ovf_lon_wrap(box.west_deg - wide_deg) * LON_STEPS), -23040, 23040);
    out.east = outward(ceil(ovf_lon_wrap(box.east_deg + wide_deg) * LON_STEPS), -23040, 23040);
    return out;
}

static day_box leg_box(const ovf_track_point *p)
{
    ovf_box box;
    if (!way_plain_box(p[0].place, p[1].place, p[1].along_m - p[0].along_m, &box)) {
        ovf_leg leg;
        ovf_leg_init(&leg, p[0].place, p[1].place);
        box = way_box(&leg);
    }
    return day_box_of(box, 1e-6);
}

static void widen(day_box *all, const day_box *leg)
{
    all->south = leg->south < all->south ? leg->south : all->south;
    all->north = leg->north > all->north ? leg->north : all->north;
    if (leg->west > leg->east || all->west > all->east) {
        all->west = -23040;
        all->east = 23040;
        return;
    }
    all->west = leg->west < all->west ? leg->west : all->west;
    all->east = leg->east > all->east ? leg->east : all->east;
}

/* ---- room ---- */

static bool grow(void **items, size_t capacity, size_t size)
{
    void *grown = capacity > SIZE_MAX / size ? NULL : realloc(*items, capacity * size);
    if (grown != NULL)
        *items = grown;
    return grown != NULL;
}

static size_t bytes_of(const ovf_day *day)
{
    return (size_t)day->capacity * (sizeof(day_row) + sizeof(day_flight))
           + day->point_capacity * (sizeof(day_point) + sizeof(day_box) + 1) + day->texts.arena.held
           + (size_t)day->texts.capacity * sizeof(ovf_str)
           + (size_t)day->texts.slot_count * sizeof(uint32_t) + sizeof(*day);
}

static ovf_status reserve(ovf_day *day, size_t points, ovf_error *err)
{
    if (day->count >= OVF_DAY_MAX_FLIGHTS || day->point_count + points > UINT32_MAX
        || bytes_of(day) + points * sizeof(day_point) > day->limit_bytes)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "the day holds all that it may: %u flights",
                        day->count);
    if (day->count == day->capacity) {
        uint32_t capacity = day->capacity == 0 ? 256 : day->capacity + day->capacity / 2;
        if (!grow((void **)&day->rows, capacity, sizeof(day_row))
            || !grow((void **)&day->flights, capacity, sizeof(day_flight)))
            return no_room(err);
        day->capacity = capacity;
    }
    if (day->point_count + points > day->point_capacity) {
        size_t capacity = day->point_capacity + day->point_capacity / 2 + points + 4096;
        if (!grow((void **)&day->points, capacity, sizeof(day_point))
            || !grow((void **)&day->legs, capacity, sizeof(day_box))
            || !grow((void **)&day->flags, capacity, 1))
            return no_room(err);
        day->point_capacity = capacity;
    }
    return OVF_OK;
}

/* ---- flights ---- */

static bool is_in_order(const ovf_track *t)
{
    for (size_t i = 0; i < t->count; i++) {
        const ovf_track_point *p = &t->points[i];
        int64_t after_s = 0;
        if (!ovf_point_is_valid(p->place) || !isfinite(p->along_m)
            || __builtin_sub_overflow(p->time, t->points[0].time, &after_s) || after_s < 0
            || after_s > INT32_MAX)
            return false;
        if (i > 0 && (p->time < p[-1].time || p->along_m < p[-1].along_m))
            return false;
    }
    return true;
}

static void put_points(ovf_day *day, const ovf_flight *flight, const ovf_track *t, day_row *row)
{
    size_t first = day->point_count;
    way_marks(flight, t, day->flags + first);
    day->flags[first + t->count - 1] = 0;
    for (size_t i = 0; i < t->count; i++) {
        const ovf_track_point *p = &t->points[i];
        day->points[first + i] = (day_point){.lat_deg = p->place.lat_deg,
                                             .lon_deg = p->place.lon_deg,
                                             .along_m = p->along_m,
                                             .after_s = (int32_t)(p->time - t->points[0].time),
                                             .level_ft = p->level_ft,
                                             .lowest_ft = p->lowest_ft,
                                             .highest_ft = p->highest_ft,
                                             .early_s = p->early_s,
                                             .late_s = p->late_s};
        day->flags[first + i] |= p->is_bridged ? POINT_BRIDGED : 0;
        day->legs[first + i] = (day_box){0};
        if (i + 1 < t->count)
            day->legs[first + i] = leg_box(p);
        if (i == 0)
            row->box = day->legs[first];
        else if (i + 1 < t->count)
            widen(&row->box, &day->legs[first + i]);
        row->lowest_ft = i == 0 || p->lowest_ft < row->lowest_ft ? p->lowest_ft : row->lowest_ft;
        row->highest_ft =
            i == 0 || p->highest_ft > row->highest_ft ? p->highest_ft : row->highest_ft;
    }
    row->first = (uint32_t)first;
    row->count = (uint32_t)t->count;
    row->from = OVF_TIME_NONE;
    row->until = OVF_TIME_OPEN;
    if (t->timed) {
        row->from = t->points[0].time - t->start_doubt_s;
        row->until = t->points[t->count - 1].time + t->time_doubt_s;
    }
    day->point_count += t->count;
}

static bool put_texts(ovf_day *day, const ovf_flight *flight, const ovf_party *party,
                      day_flight *out)
{
    const ovf_str texts[DAY_TEXTS] = {
        flight->id,           flight->from,          flight->to,
        party->operator_icao, party->operator_state, party->registry_state,
        party->owner_state,   party->airman_state,   party->seller_state,
        party->aircraft,      party->from,           party->to};
    for (size_t i = 0; i < DAY_TEXTS; i++) {
        out->texts[i] = day_text(&day->texts, texts[i]);
        if (out->texts[i] == UINT32_MAX)
            return false;
    }
    return true;
}

ovf_status ovf_day_add(ovf_day *day, const ovf_flight *flight, const ovf_track *track,
                       const ovf_party *party, uint32_t *id, ovf_error *err)
{
    if (track->count < 2 || !is_in_order(track))
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS,
                        "expected a track of two points or more, in order of time and way");
    ovf_status status = reserve(day, track->count, err);
    if (status != OVF_OK)
        return status;
    ovf_party who = conflict_party(flight, party, day->world);
    day_flight one = {
        .start = track->points[0].time,
        .off_block = flight->off_block,
        .length_m = track->length_m,
        .start_doubt_s = track->start_doubt_s,
        .time_doubt_s = track->time_doubt_s,
        .level_doubt_ft = track->level_doubt_ft,
        .use = (uint8_t)who.use,
        .track_flags =
            (uint8_t)((track->timed ? TRACK_TIMED : 0) | (track->levelled ? TRACK_LEVELLED : 0)
                      | (track->complete ? TRACK_COMPLETE : 0)),
    };
    if (!put_texts(day, flight, &who, &one))
        return no_room(err);
    put_points(day, flight, track, &day->rows[day->count]);
    // Without the cells answers are the same, only later.
    if (day->count == FIRS_FLIGHTS && day->firs.first == NULL)
        (void)index_add_firs(day->world, &day->firs);
    day->flights[day->count] = one;
    *id = day->count++;
    day->live_count++;
    return OVF_OK;
}

ovf_status ovf_day_remove(ovf_day *day, uint32_t id, ovf_error *err)
{
    if (id >= day->count || day->rows[id].count == 0)
        return ovf_fail(err, OVF_E_NOT_FOUND, OVF_NOPOS, "no flight of the day has number %u", id);
    day->rows[id].count = 0;
    // A box that meets nothing turns it away in the first test.
    day->rows[id].box = (day_box){.south = INT16_MAX, .north = INT16_MIN};
    day->live_count--;
    return OVF_OK;
}

uint32_t ovf_day_count(const ovf_day *day)
{
    return day->count;
}

ovf_day_flight ovf_day_flight_of(const ovf_day *day, uint32_t id)
{
    const day_flight *f = &day->flights[id];
    const ovf_str *all = day->texts.items;
    return (ovf_day_flight){
        .id = all[f->texts[0]],
        .from = all[f->texts[1]],
        .to = all[f->texts[2]],
        .off_block = f->off_block,
        .is_removed = day->rows[id].count == 0,
        .party = {.operator_icao = all[f->texts[3]],
                  .operator_state = all[f->texts[4]],
                  .registry_state = all[f->texts[5]],
                  .owner_state = all[f->texts[6]],
                  .airman_state = all[f->texts[7]],
                  .seller_state = all[f->texts[8]],
                  .use = (ovf_use)f->use,
                  .aircraft = all[f->texts[9]],
                  .from = all[f->texts[10]],
                  .to = all[f->texts[11]]},
    };
}

ovf_day_stats ovf_day_stats_of(const ovf_day *day)
{
    return (ovf_day_stats){
        .flights = day->live_count, .points = day->point_count, .bytes = bytes_of(day)};
}
