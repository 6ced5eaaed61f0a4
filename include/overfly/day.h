/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/day.h - a loaded day of flights, asked the other way round: which of them does a new
 * closure touch, where and when?
 * Room: conflict.  Uses: conflict, flight, restriction.
 *
 * The answers are those of ovf_conflict_flight, flight by flight; only that no flight is looked at
 * whose box, level or time the closure does not meet. One thread adds and removes; while nobody
 * does, any number of threads may ask. */
#ifndef OVERFLY_DAY_H
#define OVERFLY_DAY_H

#include <overfly/conflict.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ovf_day ovf_day; /* opaque */

#define OVF_DAY_MAX_FLIGHTS 10000000
#define OVF_DAY_DEFAULT_LIMIT ((size_t)8 << 30)

/* The world is borrowed until the day is freed. limit_bytes: ceiling on what it holds; 0 is the
 * default. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_day_new(const ovf_world *world, size_t limit_bytes,
                                             ovf_day **out, ovf_error *err);
OVF_API void ovf_day_free(ovf_day *day);

/* Adds a flight with its track; all is copied. party: what the caller adds or overrides, as for
 * ovf_conflict_flight; may be NULL. *id: its number from 0, of which none is given twice.
 * OVF_E_GEOMETRY: a track of fewer than two points, or out of order. OVF_E_LIMIT, OVF_E_NOMEM: then
 * nothing has changed. */
OVF_API OVF_NODISCARD ovf_status ovf_day_add(ovf_day *day, const ovf_flight *flight,
                                             const ovf_track *track, const ovf_party *party,
                                             uint32_t *id, ovf_error *err);
/* Cancelled, or replaced by a change. Its number stays its own; what it held is kept until the day
 * is freed. OVF_E_NOT_FOUND. */
OVF_API OVF_NODISCARD ovf_status ovf_day_remove(ovf_day *day, uint32_t id, ovf_error *err);

/* What a flight is called; texts live as long as the day. */
typedef struct ovf_day_flight {
    ovf_str id, from, to; /* as in the plan */
    ovf_time off_block;   /* OVF_TIME_NONE: not known */
    ovf_party party;      /* who is judged */
    bool is_removed;
} ovf_day_flight;

/* Of numbers given: removed ones among them. */
OVF_API uint32_t ovf_day_count(const ovf_day *day);
/* id: below that count. */
OVF_API ovf_day_flight ovf_day_flight_of(const ovf_day *day, uint32_t id);

typedef struct ovf_day_stats {
    size_t flights; /* without the removed ones */
    size_t points;  /* of tracks */
    size_t bytes;   /* held */
} ovf_day_stats;
OVF_API ovf_day_stats ovf_day_stats_of(const ovf_day *day);

/* A flight that is touched. */
typedef struct ovf_day_touch {
    uint32_t flight;
    ovf_touch answer;        /* by these crossings alone: touched, blocked or unknown */
    ovf_crossing *crossings; /* in order of entry; times are OVF_TIME_NONE when it has none */
    size_t crossing_count;
} ovf_day_touch;

/* The flights that these restrictions of a settled picture touch, by number; *out in the arena.
 * at: as for ovf_conflict_flight. OVF_E_LIMIT, OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_day_touched(const ovf_day *day, const ovf_picture *picture,
                                                 const ovf_restriction *const *restrictions,
                                                 size_t count, ovf_time at, ovf_arena *arena,
                                                 ovf_day_touch **out, size_t *out_count,
                                                 ovf_error *err);

/* A flight for which something changes: what touched it and what touches it, of restrictions that
 * are not the same in both pictures. An answer is CLEAR where there are no crossings. */
typedef struct ovf_day_change {
    uint32_t flight;
    ovf_day_touch before, after;
} ovf_day_change;

/* A notice was added, replaced or cancelled: `after` is a picture made from `before`
 * (ovf_picture_from), both are settled. Crossings that stay as they were are left out. Two pictures
 * made each for itself give the same, only later, since all their restrictions are asked about. */
OVF_API OVF_NODISCARD ovf_status ovf_day_changed(const ovf_day *day, const ovf_picture *before,
                                                 const ovf_picture *after, ovf_time at,
                                                 ovf_arena *arena, ovf_day_change **out,
                                                 size_t *out_count, ovf_error *err);

#ifdef __cplusplus
}
#endif
#endif
