/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of the room: item D as a list of lexemes. */
#ifndef OVERFLY_TIME_INTERNAL_H
#define OVERFLY_TIME_INTERNAL_H

#include <overfly/schedule.h>

typedef enum ovf_lex_kind {
    OVF_LEX_END = 0,
    OVF_LEX_DAY,       /* value: 1..31 */
    OVF_LEX_CLOCK,     /* value: minutes, 0..1440 */
    OVF_LEX_YEAR,      /* value: 2000..2099; only where a clock cannot stand */
    OVF_LEX_STAMP,     /* stamp: YYMMDDHHMM as an instant */
    OVF_LEX_DAY_CLOCK, /* DDHHMM: day in value, minutes in extra */
    OVF_LEX_MONTH,     /* value: 1..12 */
    OVF_LEX_DOW,       /* value: 0 Sunday .. 6 Saturday */
    OVF_LEX_DAILY,
    OVF_LEX_WORKDAYS,
    OVF_LEX_WEEKEND,
    OVF_LEX_HOLIDAY,
    OVF_LEX_H24,
    OVF_LEX_HJ,
    OVF_LEX_HN,
    OVF_LEX_HX,   /* HO, HX, HS: no specific hours */
    OVF_LEX_RISE, /* value: minutes added, may be negative */
    OVF_LEX_SET,
    OVF_LEX_DASH,
    OVF_LEX_SLASH,
    OVF_LEX_COMMA,
    OVF_LEX_AND,
    OVF_LEX_ON,
    OVF_LEX_EXCEPT,
    OVF_LEX_UNKNOWN,
} ovf_lex_kind;

typedef struct ovf_lexeme {
    ovf_lex_kind kind;
    int32_t value;
    int32_t extra;
    ovf_time stamp;
    uint32_t at;
    uint32_t len;
} ovf_lexeme;

/* *out ends in OVF_LEX_END, which *count does not count. false: no memory. */
bool ovf_schedule_lex(ovf_str text, ovf_arena *arena, ovf_lexeme **out, size_t *count);

/* A side of a time range: minutes of the day, or minutes after sunrise or sunset. */
typedef struct ovf_clock {
    enum { OVF_CLOCK_FIXED = 0, OVF_CLOCK_RISE, OVF_CLOCK_SET } kind;
    int32_t minutes;
} ovf_clock;

typedef struct ovf_time_range {
    ovf_clock from;
    ovf_clock until;
    bool is_whole_day;
    bool is_unknown; /* HX and its like: somewhere within the day */
} ovf_time_range;

typedef struct ovf_day_span {
    int32_t first; /* days since 1970-01-01 */
    int32_t last;
} ovf_day_span;

/* Days on which something starts. Nothing set: every day. Days and weekdays: both must hold. */
typedef struct ovf_days {
    ovf_day_span *spans;
    size_t count;
    size_t capacity;
    uint8_t weekdays; /* bit 0 Sunday .. bit 6 Saturday */
    bool is_daily;
    bool has_holiday;
} ovf_days;

typedef struct ovf_period {
    uint32_t group; /* the comma group it stands in */
    ovf_days days;
    ovf_time_range *ranges;
    size_t range_count;
    size_t range_capacity;
    bool is_block; /* one span of time, block, instead of days and ranges */
    ovf_interval block;
    ovf_days except;
    bool has_except;
    ovf_time_range *except_ranges; /* of the excepted days only these hours are taken out */
    size_t except_count;
    size_t except_capacity;
} ovf_period;

typedef struct ovf_schedule {
    ovf_period *periods;
    size_t count;
    size_t capacity;
    bool is_order_doubtful; /* a day below its predecessor could be read in two months */
    int32_t last_day;       /* the last day named; INT32_MIN: none */
} ovf_schedule;

/* Reads the lexemes. keep_month: a day below its predecessor in an earlier comma group stays in
 * its month where the validity allows (rows sorted by hour, not by day). false: not understood,
 * *bad is the lexeme; or no memory, *bad is SIZE_MAX. */
bool ovf_schedule_parse(const ovf_lexeme *lexemes, size_t count, ovf_interval valid,
                        bool keep_month, ovf_arena *arena, ovf_schedule *out, size_t *bad);

/* Month 1..12 of "JAN", "JANUARY", "ENE", "N0V" ...; 0: none. */
int ovf_month_of_word(ovf_str word);

#endif
