/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/time.h - UTC instants, half-open intervals, sets of intervals.
 * Room: time.  Uses: base.  No wall clock: "now" is always a parameter. */
#ifndef OVERFLY_TIME_H
#define OVERFLY_TIME_H

#include <overfly/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Seconds since 1970-01-01T00:00:00Z, leap seconds not counted. */
typedef int64_t ovf_time;

#define OVF_TIME_NONE INT64_MIN /* not known */
#define OVF_TIME_OPEN INT64_MAX /* no end: permanent, or nobody has said */
#define OVF_TIME_MIN_YEAR 1900
#define OVF_TIME_MAX_YEAR 2199
#define OVF_MINUTE_S 60
#define OVF_HOUR_S 3600
#define OVF_DAY_S 86400

/* Proleptic Gregorian, UTC. */
typedef struct ovf_civil {
    int32_t year;   /* 1900..2199 */
    int32_t month;  /* 1..12 */
    int32_t day;    /* 1..31 */
    int32_t hour;   /* 0..23 */
    int32_t minute; /* 0..59 */
    int32_t second; /* 0..59 */
} ovf_civil;

/* Instants outside the years above are brought to the nearest inside. */
OVF_API ovf_civil ovf_time_civil(ovf_time t);
/* OVF_E_RANGE: a member out of its range, or a day that the month does not have. */
OVF_API OVF_NODISCARD ovf_status ovf_time_from_civil(ovf_civil civil, ovf_time *out,
                                                     ovf_error *err);
OVF_API int ovf_time_weekday(ovf_time t); /* 0 Sunday .. 6 Saturday */
/* Midnight UTC at or before t. */
OVF_API ovf_time ovf_time_day_start(ovf_time t);
/* Days of a month, 28..31; 0 for a month outside 1..12. */
OVF_API int ovf_month_days(int year, int month);

/* Reads RFC 3339 and its usual shortenings, UTC only: "2025-11-30T12:00:00Z", "2025-11-30T12:00Z",
 * "2025-11-30 12:00", "2025-11-30", a fraction of a second (dropped), "+00:00" and other offsets
 * (applied), a leap second (taken as the second behind it).
 * OVF_E_SYNTAX, OVF_E_RANGE; err->pos is the byte. */
OVF_API OVF_NODISCARD ovf_status ovf_time_parse(ovf_str text, ovf_time *out, ovf_error *err);
/* Reads YYMMDDHHMM as in items B and C (Doc 10066 App. 3). YY 00..99 is 2000..2099. 2400 is
 * accepted as the end of the day (it occurs, though the rule says 2359). */
OVF_API OVF_NODISCARD ovf_status ovf_time_parse_notam(ovf_str text, ovf_time *out, ovf_error *err);
/* "2025-11-30T12:00:00Z" into out (as snprintf); NONE gives "unknown", OPEN "open". */
OVF_API size_t ovf_time_format(ovf_time t, char *out, size_t size);
#define OVF_TIME_TEXT_MAX 24
/* "30 NOV 2025 12:00Z" for people. */
OVF_API size_t ovf_time_format_plain(ovf_time t, char *out, size_t size);

/* [from, until). Empty when until <= from. until may be OVF_TIME_OPEN. */
typedef struct ovf_interval {
    ovf_time from;
    ovf_time until;
} ovf_interval;

OVF_API bool ovf_interval_holds(ovf_interval interval, ovf_time t);
OVF_API bool ovf_interval_overlaps(ovf_interval a, ovf_interval b);

/* Sorted, disjoint, not touching, none empty. Zeroed is the empty set. */
typedef struct ovf_intervals {
    ovf_interval *items;
    size_t count;
    size_t capacity;
} ovf_intervals;

#define OVF_INTERVALS_MAX 20000

/* Adds one interval in any order; touching ones are joined. An empty one changes nothing.
 * OVF_E_NOMEM; OVF_E_LIMIT above OVF_INTERVALS_MAX: the set is as it was. */
OVF_API OVF_NODISCARD ovf_status ovf_intervals_add(ovf_intervals *set, ovf_interval interval,
                                                   ovf_arena *arena);
/* out may not be a or b; it is replaced. */
OVF_API OVF_NODISCARD ovf_status ovf_intervals_union(const ovf_intervals *a, const ovf_intervals *b,
                                                     ovf_arena *arena, ovf_intervals *out);
OVF_API OVF_NODISCARD ovf_status ovf_intervals_intersect(const ovf_intervals *a,
                                                         const ovf_intervals *b, ovf_arena *arena,
                                                         ovf_intervals *out);
OVF_API OVF_NODISCARD ovf_status ovf_intervals_subtract(const ovf_intervals *a,
                                                        const ovf_intervals *b, ovf_arena *arena,
                                                        ovf_intervals *out);
OVF_API bool ovf_intervals_hold(const ovf_intervals *set, ovf_time t);
OVF_API bool ovf_intervals_overlap(const ovf_intervals *set, ovf_interval interval);

#ifdef __cplusplus
}
#endif
#endif
