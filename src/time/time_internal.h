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
    OVF_LEX_DAY_CLOCK, /* DDHHMM: day in value, minutes in extra, its month in stamp or 0 */
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
    OVF_LEX_ORDINAL, /* value: 1..5, 6 the last: of a weekday in its month */
    OVF_LEX_UNKNOWN,
    OVF_LEX_NOISE, /* only in the table of words: adds nothing to the grammar */
    OVF_LEX_LOCAL, /* only there: the clocks are not UTC */
    OVF_LEX_ZONE,  /* and these: UTC, GMT */
    OVF_LEX_LABEL, /* AREA, PHASE: the name of what the hours belong to */
    OVF_LEX_BACKUP,
} ovf_lex_kind;

typedef struct ovf_lexeme {
    ovf_lex_kind kind;
    int32_t value;
    int32_t extra;
    ovf_time stamp;
    uint32_t at;
    uint32_t len;
} ovf_lexeme;

typedef struct ovf_schedule_word {
    char text[13];
    uint8_t len;
    uint8_t kind;
    int8_t value;
    uint8_t extra;
} ovf_schedule_word;

/* Capitals or not. NULL: not in the table. */
const ovf_schedule_word *ovf_schedule_word_find(ovf_str word);

/* What the words said besides dates and times. */
typedef struct ovf_lex_notes {
    bool is_local;       /* clocks of another zone: "LT" */
    bool has_offset;     /* and it is known: "UTC+3" */
    int32_t offset_min;  /* of that zone, minutes ahead of UTC */
    uint32_t local_at;   /* offset of the word */
    bool has_brackets;   /* hours in brackets behind hours: another season's */
    uint32_t bracket_at; /* offset of the bracket */
    bool has_backup;     /* alternate, backup or reserve days among the others */
    uint32_t backup_at;
    bool has_short_year; /* "12 MAR 26" read as a date with its year */
    uint32_t year_at;
    bool is_slash_date; /* "01/02": two days, or the first of February */
    uint32_t slash_at;
} ovf_lex_notes;

typedef struct ovf_lexemes {
    ovf_lexeme *items; /* ends in OVF_LEX_END, which count does not count */
    size_t count;
    ovf_lex_notes notes;
} ovf_lexemes;

/* valid: item B and C, for years of two digits. false: no memory. */
bool ovf_schedule_lex(ovf_str text, ovf_interval valid, ovf_arena *arena, ovf_lexemes *out);
/* The lexer, for its three files. With an arena it grows; without, items is a room of fixed size. */
typedef struct ovf_lexer {
    ovf_str text;
    size_t at;
    ovf_arena *arena;
    ovf_lexeme *items;
    size_t count;
    size_t capacity;
    ovf_lex_notes notes;
    int pre_offset;    /* "30 MIN BEFORE" the sun's event that comes next */
    bool expects_year; /* the lexeme before is a month, or a day next to one */
    bool failed;
} ovf_lexer;

static inline bool ovf_lx_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool ovf_lx_is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static inline bool ovf_lx_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static inline char ovf_lx_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* '\0' behind the end. */
static inline char ovf_lx_char(const ovf_lexer *lx, size_t at)
{
    return at < lx->text.len ? lx->text.ptr[at] : '\0';
}

static inline ovf_lex_kind ovf_lx_last(const ovf_lexer *lx)
{
    return lx->count > 0 ? lx->items[lx->count - 1].kind : OVF_LEX_END;
}

/* Offsets behind blanks and behind digits; the letters at an offset, maybe none. */
size_t ovf_lx_blanks(const ovf_lexer *lx, size_t at);
size_t ovf_lx_digits_end(const ovf_lexer *lx, size_t at);
ovf_str ovf_lx_word(const ovf_lexer *lx, size_t at);
bool ovf_lx_word_is(ovf_str word, const char *const *words, size_t count);
void ovf_lx_push(ovf_lexer *lx, ovf_lexeme item);
/* One of the bytes from `from` to where the lexer stands. */
void ovf_lx_push_at(ovf_lexer *lx, ovf_lex_kind kind, int32_t value, size_t from);
/* The next lexeme, or a blank. */
void ovf_lx_one(ovf_lexer *lx);

/* schedule_figures.c: the number at hand; digits as a value; a hyphen or slash behind blanks; what is
 * added to the sun's event that was read last. */
void ovf_lx_number(ovf_lexer *lx);
int ovf_lx_value(ovf_str digits);
bool ovf_lx_dash_follows(const ovf_lexer *lx, size_t at);
void ovf_lx_sun_offset(ovf_lexer *lx);

/* Settles what one lexeme alone does not tell: "2ND WED" and "2ND MAR", "MAR" the Tuesday, hyphens
 * inside a date. Works in place. */
void ovf_schedule_settle(ovf_str text, ovf_interval valid, ovf_lexemes *lexemes);

/* A side of a time range: minutes of the day, or minutes after sunrise or sunset. */
typedef struct ovf_clock {
    enum { OVF_CLOCK_FIXED = 0, OVF_CLOCK_RISE, OVF_CLOCK_SET } kind;
    int32_t minutes;
} ovf_clock;

typedef struct ovf_time_range {
    ovf_clock from;
    ovf_clock until;
    int32_t until_days; /* whole days later: "FRI 2200-MON 0600" has 3 */
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
    uint8_t ordinals; /* bit 1 the first in the month .. bit 5, bit 6 the last; 0: all of them */
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
    uint32_t except_at;            /* offset of the word */
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
    ovf_time ahead_s;       /* of UTC, the zone that the clocks are written in */
} ovf_schedule;

/* Where the reading stands: shared by the dates (schedule_days.c) and the rest. */
typedef struct ovf_schedule_parser {
    const ovf_lexeme *lex;
    size_t count;
    size_t at;
    ovf_arena *arena;
    ovf_schedule *out;
    ovf_interval valid;
    int32_t first_day; /* of the validity */
    int32_t last_day;  /* of the validity; INT32_MAX: open */
    int32_t before;    /* the day named last */
    int year;          /* of the month that carries forward */
    int month;
    bool has_context;  /* a month is known */
    bool has_explicit; /* the month was written out for the next day */
    bool keep_month;
    bool is_new_group;
    bool no_memory;
} ovf_schedule_parser;

static inline ovf_lex_kind ovf_lex_at(const ovf_schedule_parser *p, size_t at)
{
    return at < p->count ? p->lex[at].kind : OVF_LEX_END;
}

static inline int32_t ovf_day_number(ovf_time t)
{
    return (int32_t)(ovf_time_day_start(t) / OVF_DAY_S);
}

bool ovf_lex_is_date(ovf_lex_kind kind);
bool ovf_lex_is_time(ovf_lex_kind kind);
bool ovf_lex_is_separator(ovf_lex_kind kind);
/* The dates at hand, with their separators; false: none, or one that cannot be. has_times: the period
 * has its times already, so dates with times of their own behind a comma are another's. */
bool ovf_take_dates(ovf_schedule_parser *p, ovf_days *days, bool is_except_list, bool has_times);
/* "06", "MAR 06", "06 MAR", "06 MAR 2026" at hand: one day. */
bool ovf_take_day(ovf_schedule_parser *p, int32_t *out);
/* A month as written: it holds for the days that follow. */
void ovf_schedule_set_month(ovf_schedule_parser *p, int month);
/* A day of the month by the month that carries forward (S4); year_given 0: none is written. */
bool ovf_resolve_day(ovf_schedule_parser *p, int day, int year_given, int32_t *out);
/* Does such a day stand at `at`? The index behind it, or 0. */
size_t ovf_day_behind(const ovf_schedule_parser *p, size_t at);
bool ovf_day_matches(const ovf_days *days, int32_t day);

/* Reads the lexemes. keep_month: a day below its predecessor in an earlier comma group stays in
 * its month where the validity allows (rows sorted by hour, not by day). false: not understood,
 * *bad is the lexeme; or no memory, *bad is SIZE_MAX. */
bool ovf_schedule_parse(const ovf_lexeme *lexemes, size_t count, ovf_interval valid,
                        bool keep_month, ovf_arena *arena, ovf_schedule *out, size_t *bad);

/* Month 1..12 of "JAN", "JANUARY", "ENE", "N0V" ...; 0: none. */
int ovf_month_of_word(ovf_str word);

#endif
