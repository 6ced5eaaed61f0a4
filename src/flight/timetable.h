/* SPDX-License-Identifier: Apache-2.0 */
/* timetable.h - one line of a schedule, as CSV and SSIM both give it, laid out for the days of a
 * window: shared by csv.c, ssim.c and timetable.c. */
#ifndef OVF_FLIGHT_TIMETABLE_H
#define OVF_FLIGHT_TIMETABLE_H

#include "flight_internal.h"

#define TIMETABLE_MAX_FLIGHTS 200000 /* of one record */
#define TIMETABLE_MAX_DAYS 400       /* of a window: a year and a season's edges */

typedef struct timetable_line {
    size_t from, until; /* bytes of the record */
    ovf_str id, carrier, type, registration, route;
    ovf_str departure, arrival; /* codes */
    int32_t speed_kt, level_ft;
    ovf_str speed, level;
    ovf_time valid_from, valid_until; /* days, both included; NONE: open */
    uint8_t days;                     /* bit 0 Monday; 0x7F: every day */
    bool every_other_week;            /* counted from valid_from */
    bool has_days;                    /* days or validity are given: else it is one flight */
    int32_t off_block_min;            /* UTC, minutes from midnight of the day of operation; may be
                                         negative or above a day; INT32_MIN: not known */
    int32_t eet_min;                  /* -1 */
} timetable_line;

typedef struct timetable {
    flight_reading *all;
    ovf_interval window; /* empty: no day is asked about */
    bool is_cut;         /* the ceiling is reached */
    bool has_told_types;
    uint32_t carriers[36 * 36]; /* operator by IATA code; INDEX_NONE: none or several */
} timetable;

ovf_status timetable_start(flight_reading *all, timetable *out);
/* Adds the flights of a line; findings are those of the line. */
ovf_status timetable_add(timetable *t, const timetable_line *line, ovf_findings *findings,
                         ovf_error *err);
/* A line that is no flight. */
ovf_status timetable_reject(timetable *t, size_t from, size_t until, size_t pos, const char *why,
                            ovf_error *err);

/* "0915", "9:15", "09:15:00" as minutes of a day; -1. */
int32_t timetable_clock(ovf_str text);
/* "2026-02-12", "20260212", "260212", "12FEB26", "12FEB2026"; NONE. */
ovf_time timetable_day(ovf_str text);

/* What a type written in a timetable is (iata_types.c). */
typedef enum timetable_type {
    TIMETABLE_TYPE_OTHER = 0, /* no code of IATA that is known: as written */
    TIMETABLE_TYPE_ONE,       /* *icao is its designator */
    TIMETABLE_TYPE_SEVERAL,   /* the code of a family */
} timetable_type;

timetable_type timetable_type_of(ovf_str text, ovf_str *icao);

#endif
