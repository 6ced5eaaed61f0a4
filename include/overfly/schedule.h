/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/schedule.h - item D of a NOTAM: from its words to active intervals.
 * Room: time.  Uses: base.  Source: ICAO Doc 10066 App. 3, item D; docs/formats/schedule.md. */
#ifndef OVERFLY_SCHEDULE_H
#define OVERFLY_SCHEDULE_H

#include <overfly/time.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ovf_schedule_place {
    bool known; /* without it SR and SS are unknown and the whole day is active, flagged */
    double lat_deg;
    double lon_deg;
} ovf_schedule_place;

/* Expands item D.
 * text    item D as written, may be empty: then the whole validity is active.
 * valid   [B, C) of the notice; until may be OVF_TIME_OPEN.
 * window  what the caller wants to know about; the result is clipped to both.
 * out     replaced.
 * complete  false: the window cut the validity short, or the text could not be read.
 * findings  may be NULL; positions are offsets into text. "D_UNPARSED": then the whole validity is
 *           active, since a closure is never dropped for its spelling.
 * OVF_E_NOMEM only. */
OVF_API OVF_NODISCARD ovf_status ovf_schedule_expand(ovf_str text, ovf_interval valid,
                                                     ovf_interval window, ovf_schedule_place place,
                                                     ovf_arena *arena, ovf_intervals *out,
                                                     bool *complete, ovf_findings *findings);

/* What a run of dates and times holds. */
enum {
    OVF_SCHEDULE_HAS_HOURS = 1,  /* a range of clocks, H24, HJ, HN, a sun's range */
    OVF_SCHEDULE_HAS_DATES = 2,  /* days of the month */
    OVF_SCHEDULE_HAS_MONTH = 4,  /* and their month */
    OVF_SCHEDULE_HAS_WEEK = 8,   /* weekdays, or DAILY */
    OVF_SCHEDULE_HAS_BLOCK = 16, /* "120600 TO 141800", "2603120600-2603141800" */
    OVF_SCHEDULE_HAS_UTC = 32,   /* UTC or Z is written */
    OVF_SCHEDULE_HAS_LOCAL = 64, /* local time, or another zone */
};

/* Looks for a schedule in running text: dates and times in the words of item D, from `at` (the start
 * of a word) on, as far as they go without another word between them. Returns the offset behind the
 * last of them, or `at` when there is none; *has says what is in it. It does not judge whose hours
 * they are. Reads at most a few thousand bytes. Allocates nothing. */
OVF_API size_t ovf_schedule_span(ovf_str text, size_t at, unsigned *has);

/* May a word of letters stand within a schedule in running text? Of others, a span ends before them. */
OVF_API bool ovf_schedule_knows(ovf_str word);

/* Sunrise and sunset (zenith 90.833 degrees, NOAA formula) of the UTC day that starts at
 * day_start, in seconds UTC. false: the sun does not rise or does not set there that day, and
 * *is_up says which. Good to about two minutes below 72 degrees of latitude. */
OVF_API bool ovf_sun_times(double lat_deg, double lon_deg, ovf_time day_start, ovf_time *rise,
                           ovf_time *set, bool *is_up);

#ifdef __cplusplus
}
#endif
#endif
