/* SPDX-License-Identifier: Apache-2.0 */
/* Times: what day or days an expression means, told from the day of publication. The rules are those
 * of the statement schema, rule 9: a bare weekday is the latest not after publication, or (with will,
 * would, until) the next one not before it; last and next week are the weeks around that of the
 * publication, Monday to Sunday; a month without a year is the latest that has begun.
 *   time = [preposition] day | [preposition] range | "for" number unit | clock
 * Day counts are of the proleptic Gregorian calendar from 1970-01-01. */
#include "news_internal.h"

#include <string.h>

enum { NO = OVF_NEWS_NO_DAY };

typedef struct scan {
    news_doc *doc;
    int32_t today; /* of publication, or NO */
    int year, month, day;
} scan;

/* What was read from a token on. */
typedef struct when {
    uint32_t last;
    ovf_news_days days, next;
    bool is_loose;
    bool is_month; /* a month or more: "until May" means its end */
    bool needs_preposition;
} when;

/* ---- the calendar ---- */

static int32_t day_of(int year, int month, int day)
{
    int y = year - (month <= 2);
    int era = (y >= 0 ? y : y - 399) / 400;
    int yoe = y - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

static void date_of(int32_t at, int *year, int *month, int *day)
{
    int64_t z = (int64_t)at + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = (int)(z - era * 146097);
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp + (mp < 10 ? 3 : -9);
    *year = (int)(yoe + era * 400) + (*month <= 2);
}

static int length_of(int year, int month)
{
    return (int)(day_of(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1)
                 - day_of(year, month, 1));
}

/* The same, 29 February being the 28th in a year without it. */
static int32_t day_in(int year, int month, int day)
{
    int last = length_of(year, month);
    return day_of(year, month, day > last ? last : day);
}

/* 0 is Monday. */
static int weekday_of(int32_t day)
{
    int64_t d = ((int64_t)day + 3) % 7;
    return (int)(d < 0 ? d + 7 : d);
}

/* ---- words ---- */

static bool is(const scan *s, uint32_t token, const char *word)
{
    return news_is(s->doc, token, ovf_str_of(word));
}

static int find(const scan *s, uint32_t token, const char *const *words, int count)
{
    for (int i = 0; i < count; i++) {
        if (words[i] != NULL && is(s, token, words[i]))
            return i;
    }
    return -1;
}

static bool has_cap(const scan *s, uint32_t token)
{
    return token < s->doc->token_count && s->doc->tokens[token].flags & NEWS_CAP;
}

/* 1 to 12, or 0. "may" and "march" need their capital. */
static int month_at(const scan *s, uint32_t token)
{
    static const char *const full[] = {"january",   "february", "march",    "april",
                                       "may",       "june",     "july",     "august",
                                       "september", "october",  "november", "december"};
    static const char *const brief[] = {"jan", "feb", "mar", "apr", NULL,  "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
    int at = find(s, token, full, 12);
    if (at < 0)
        at = find(s, token, brief, 12);
    if (at < 0 && is(s, token, "sept"))
        at = 8;
    return at >= 0 && has_cap(s, token) ? at + 1 : 0;
}

/* 0 to 6, or -1. */
static int weekday_at(const scan *s, uint32_t token)
{
    static const char *const full[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};
    static const char *const brief[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    static const char *const other[] = {NULL, "tues", "weds", "thurs", NULL, NULL, NULL};
    int at = find(s, token, full, 7);
    if (at >= 0)
        return at;
    at = find(s, token, brief, 7);
    if (at < 0)
        at = find(s, token, other, 7);
    if (at < 0 || !has_cap(s, token))
        return -1;
    bool led = token > 0
               && (is(s, token - 1, "on") || is(s, token - 1, "until") || is(s, token - 1, "till")
                   || is(s, token - 1, "since") || is(s, token - 1, "last"));
    bool followed =
        month_at(s, token + 1) > 0
        || (token + 1 < s->doc->token_count && s->doc->tokens[token + 1].flags & NEWS_NUMBER)
        || month_at(s, token + 2) > 0;
    return led || followed ? at : -1;
}

/* Digits of a token as a number, -1: none. */
static int digits_at(const scan *s, uint32_t token, size_t min, size_t max)
{
    if (token >= s->doc->token_count)
        return -1;
    ovf_str f = news_fold(s->doc, token);
    int value = 0;
    if (f.len < min || f.len > max)
        return -1;
    for (size_t i = 0; i < f.len; i++) {
        if (f.ptr[i] < '0' || f.ptr[i] > '9')
            return -1;
        value = value * 10 + (f.ptr[i] - '0');
    }
    return value;
}

/* "24", "24th", "1st". */
static int month_day_at(const scan *s, uint32_t token)
{
    int value = digits_at(s, token, 1, 2);
    if (value < 0 && token < s->doc->token_count) {
        ovf_str f = news_fold(s->doc, token);
        if (f.len >= 3 && f.len <= 4
            && (ovf_str_ends(f, OVF_STR("st")) || ovf_str_ends(f, OVF_STR("nd"))
                || ovf_str_ends(f, OVF_STR("rd")) || ovf_str_ends(f, OVF_STR("th")))
            && f.ptr[0] >= '0' && f.ptr[0] <= '9') {
            value = f.ptr[0] - '0';
            if (f.len == 4)
                value = f.ptr[1] >= '0' && f.ptr[1] <= '9' ? value * 10 + (f.ptr[1] - '0') : -1;
        }
    }
    return value >= 1 && value <= 31 ? value : -1;
}

static int year_at(const scan *s, uint32_t token)
{
    int value = digits_at(s, token, 4, 4);
    return value >= 1900 && value <= 2100 ? value : -1;
}

static int number_at(const scan *s, uint32_t token)
{
    static const char *const words[] = {
        "zero",     "one",     "two",     "three",     "four",     "five",     "six",
        "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
    int value = digits_at(s, token, 1, 4);
    if (value >= 0)
        return value;
    value = find(s, token, words, (int)OVF_COUNTOF(words));
    if (value >= 0)
        return value;
    if (is(s, token, "a") || is(s, token, "an") || is(s, token, "another"))
        return 1;
    return is(s, token, "thirty")   ? 30
           : is(s, token, "forty")  ? 40
           : is(s, token, "ninety") ? 90
           : is(s, token, "sixty")  ? 60
                                    : -1;
}

/* Days a unit has, 0: not one; months and years are told apart by *months. */
static int unit_at(const scan *s, uint32_t token, int *months)
{
    *months = 0;
    if (is(s, token, "day") || is(s, token, "days"))
        return 1;
    if (is(s, token, "week") || is(s, token, "weeks"))
        return 7;
    if (is(s, token, "fortnight"))
        return 14;
    if (is(s, token, "month") || is(s, token, "months"))
        return *months = 1;
    if (is(s, token, "year") || is(s, token, "years"))
        return *months = 12;
    return 0;
}

static int32_t add_months(int32_t at, int months)
{
    int y = 0;
    int m = 0;
    int d = 0;
    date_of(at, &y, &m, &d);
    int all = y * 12 + m - 1 + months;
    y = all / 12;
    m = all % 12 + 1;
    int last = length_of(y, m);
    return day_of(y, m, d > last ? last : d);
}

static uint32_t skip_part_of_day(const scan *s, uint32_t at)
{
    static const char *const parts[] = {"morning", "afternoon", "evening",  "night",  "lunchtime",
                                        "midday",  "noon",      "midnight", "nights", "mornings"};
    if (is(s, at, "early") && find(s, at + 1, parts, (int)OVF_COUNTOF(parts)) >= 0)
        at++;
    return find(s, at, parts, (int)OVF_COUNTOF(parts)) >= 0 ? at + 1 : at;
}

static ovf_news_days one(int32_t day)
{
    return (ovf_news_days){day, day};
}

static ovf_news_days none(void)
{
    return (ovf_news_days){NO, NO};
}

/* ---- clocks ---- */

static bool is_zone(const scan *s, uint32_t at)
{
    static const char *const zones[] = {"gmt", "utc", "z",   "bst", "cet", "cest",  "est", "edt",
                                        "et",  "ist", "pst", "pkt", "msk", "local", "zulu"};
    return find(s, at, zones, (int)OVF_COUNTOF(zones)) >= 0;
}

/* "10:30 GMT", "6 a.m.", "5pm", "1830Z", "midnight", "0045 UTC (local)": its end, or `at`. */
static uint32_t clock_at(const scan *s, uint32_t at)
{
    const news_doc *doc = s->doc;
    if (at >= doc->token_count)
        return at;
    if (is(s, at, "midnight") || is(s, at, "noon") || is(s, at, "midday")) {
        uint32_t end = at + 1;
        return is_zone(s, end) ? end + 1 : end;
    }
    const news_token *t = &doc->tokens[at];
    ovf_str f = news_fold(doc, at);
    if (!(t->flags & NEWS_DIGIT) || f.len > 8)
        return at;
    bool has_colon = memchr(f.ptr, ':', f.len) != NULL;
    bool has_dot = memchr(f.ptr, '.', f.len) != NULL;
    char final = f.ptr[f.len - 1];
    bool has_suffix =
        f.len >= 3 && (ovf_str_ends(f, OVF_STR("am")) || ovf_str_ends(f, OVF_STR("pm")));
    bool is_zulu = final == 'z' && f.len >= 4;
    uint32_t end = at + 1;
    bool is_clock = has_suffix || is_zulu || (has_colon && f.len <= 5);
    if (is(s, end, "am") || is(s, end, "pm") || is(s, end, "a.m") || is(s, end, "p.m")
        || is(s, end, "a.m.") || is(s, end, "p.m.")) {
        end++;
        is_clock = true;
    } else if (is(s, end, "o'clock") || is(s, end, "hrs") || is(s, end, "hours")) {
        bool is_four = digits_at(s, at, 4, 4) >= 0 && digits_at(s, at, 4, 4) <= 2400;
        if (is_four || is(s, end, "o'clock") || has_colon) {
            is_clock = true;
            end++;
        }
    }
    if (is_zone(s, end) && (is_clock || has_dot || digits_at(s, at, 4, 4) >= 0)) {
        is_clock = true;
        end++;
        if (is(s, end, "time"))
            end++;
    }
    if (!is_clock)
        return at;
    if (is(s, end, "(") && digits_at(s, end + 1, 4, 4) >= 0 && is_zone(s, end + 2)
        && is(s, end + 3, ")"))
        end += 4;
    else if (is(s, end, "(") && clock_at(s, end + 1) > end + 1) {
        uint32_t inner = clock_at(s, end + 1);
        if (is(s, inner, ")"))
            end = inner + 1;
    }
    if (is(s, end, "local") && is(s, end + 1, "time"))
        end += 2;
    return end;
}

/* ---- days ---- */

static void settle_weekday(const scan *s, int weekday, when *out)
{
    int back = (weekday_of(s->today) - weekday + 7) % 7;
    int on = (weekday - weekday_of(s->today) + 7) % 7;
    out->days = one(s->today - back);
    out->next = one(s->today + on);
}

/* A day and month without a year. */
static void settle_month_day(const scan *s, int month, int day, when *out)
{
    int year = s->year;
    if (s->today == NO)
        return;
    int32_t at = day_in(year, month, day);
    int32_t past = at > s->today ? day_in(year - 1, month, day) : at;
    int32_t next = at < s->today ? day_in(year + 1, month, day) : at;
    /* "on Dec. 3" in a text of November is this year's: far nearer than eleven months back. */
    out->days = one(at > s->today && at - s->today <= 45 ? at : past);
    out->next = one(next);
}

static void whole_month(const scan *s, int year, int month, when *out)
{
    OVF_UNUSED(s);
    out->days =
        (ovf_news_days){day_of(year, month, 1), day_of(year, month, length_of(year, month))};
    out->next = out->days;
    out->is_month = true;
}

enum { PART_NONE, PART_EARLY, PART_MID, PART_LATE, PART_END, PART_START };

static int part_at(const scan *s, uint32_t at, uint32_t *end)
{
    *end = at + 1;
    if (is(s, at, "early"))
        return PART_EARLY;
    if (is(s, at, "late"))
        return PART_LATE;
    if (is(s, at, "mid")) {
        if (*end < s->doc->token_count && s->doc->tokens[*end].flags & NEWS_HYPHEN)
            (*end)++;
        return PART_MID;
    }
    uint32_t the = is(s, at, "the") ? at + 1 : at;
    if ((is(s, the, "end") || is(s, the, "beginning") || is(s, the, "start")
         || is(s, the, "middle"))
        && is(s, the + 1, "of")) {
        *end = the + 2;
        return is(s, the, "end") ? PART_END : is(s, the, "middle") ? PART_MID : PART_START;
    }
    *end = at;
    return PART_NONE;
}

/* The tenth days of a month, or the quarters of a year, that "early", "mid" and "late" mean. */
static void cut(int part, int year, int month, ovf_news_days *days)
{
    if (part == PART_NONE || days->from == NO)
        return;
    if (month > 0) {
        int last = length_of(year, month);
        int from = part == PART_MID ? 11 : part == PART_LATE ? 21 : part == PART_END ? last : 1;
        int until = part == PART_EARLY ? 10 : part == PART_MID ? 20 : part == PART_START ? 1 : last;
        *days = (ovf_news_days){day_of(year, month, from), day_of(year, month, until)};
        return;
    }
    int from = part == PART_MID ? 5 : part == PART_LATE ? 10 : part == PART_END ? 12 : 1;
    int until = part == PART_EARLY ? 3 : part == PART_MID ? 8 : part == PART_START ? 1 : 12;
    *days = (ovf_news_days){day_of(year, from, 1), day_of(year, until, length_of(year, until))};
}

/* Month with its parts around: "May 4", "May 4, 2025", "4 May 2025", "the 4th of May", "May 2025",
 * "mid-May", "May". */
static bool month_date(const scan *s, uint32_t at, when *out)
{
    uint32_t body = at;
    int part = part_at(s, at, &body);
    if (part == PART_NONE && is(s, at, "the") && month_day_at(s, at + 1) > 0)
        body = at + 1;
    int day = month_day_at(s, body);
    int month = 0;
    uint32_t end = body;
    if (day > 0) {
        uint32_t m = body + 1 + (is(s, body + 1, "of") ? 1 : 0);
        month = month_at(s, m);
        end = m + 1;
        if (month == 0)
            return false;
    } else {
        bool is_last = is(s, body, "last") && month_at(s, body + 1) > 0;
        bool is_next = is(s, body, "next") && month_at(s, body + 1) > 0;
        body += is_last || is_next;
        month = month_at(s, body);
        if (month == 0)
            return false;
        end = body + 1;
        day = month_day_at(s, end);
        bool is_range_year =
            day > 0 && s->doc->tokens[end].flags & NEWS_NUMBER && is(s, end + 1, ":");
        if (day > 0 && !is_range_year)
            end++;
        else
            day = 0;
    }
    int year = -1;
    uint32_t y = end + (is(s, end, ",") ? 1 : 0) + (is(s, end, "of") ? 1 : 0);
    if (year_at(s, y) > 0) {
        year = year_at(s, y);
        end = y + 1;
    } else if (is(s, end, "this") && is(s, end + 1, "year") && s->today != NO) {
        year = s->year;
        end += 2;
    } else if (is(s, end, "last") && is(s, end + 1, "year") && s->today != NO) {
        year = s->year - 1;
        end += 2;
    } else if (is(s, end, "next") && is(s, end + 1, "year") && s->today != NO) {
        year = s->year + 1;
        end += 2;
    }
    out->last = end;
    if (year < 0 && s->today == NO)
        return false;
    if (day > 0) {
        if (day > length_of(year > 0 ? year : 2024, month))
            return false;
        if (year > 0) {
            out->days = out->next = one(day_of(year, month, day));
            return true;
        }
        settle_month_day(s, month, day, out);
        return true;
    }
    int past = month > s->month ? s->year - 1 : s->year;
    int next = month < s->month ? s->year + 1 : s->year;
    whole_month(s, year > 0 ? year : past, month, out);
    if (year < 0) {
        when ahead = {0};
        whole_month(s, next, month, &ahead);
        out->next = ahead.days;
        cut(part, next, month, &out->next);
    }
    cut(part, year > 0 ? year : past, month, &out->days);
    if (year > 0)
        out->next = out->days;
    out->needs_preposition = year < 0 && part == PART_NONE;
    return true;
}

static bool weekday_date(const scan *s, uint32_t at, when *out)
{
    bool is_last = is(s, at, "last") || is(s, at, "past");
    bool is_next = is(s, at, "next") || is(s, at, "coming");
    bool is_this = is(s, at, "this") || is(s, at, "early") || is(s, at, "late");
    uint32_t body = at + (is_last || is_next || is_this);
    if (is(s, body, "on") && is_this)
        body++;
    int weekday = weekday_at(s, body);
    if (weekday < 0 || s->today == NO)
        return false;
    settle_weekday(s, weekday, out);
    if (is_last)
        out->days = out->next = one(out->days.from == s->today ? s->today - 7 : out->days.from);
    if (is_next)
        out->days = out->next = one(out->next.from == s->today ? s->today + 7 : out->next.from);
    out->last = skip_part_of_day(s, body + 1);
    /* "Monday, 24 November 2025", "Thursday 16 January": the date tells. */
    uint32_t more = out->last + (is(s, out->last, ",") ? 1 : 0);
    when exact = {.days = none(), .next = none()};
    if (month_date(s, more, &exact) && exact.days.from == exact.days.until && !exact.is_month) {
        *out = exact;
        return true;
    }
    if ((is(s, out->last, "last") || is(s, out->last, "next")) && is(s, out->last + 1, "week")) {
        int32_t monday = s->today - weekday_of(s->today) + (is(s, out->last, "last") ? -7 : 7);
        out->days = out->next = one(monday + weekday);
        out->last += 2;
    }
    return true;
}

/* "last week", "earlier this month", "next year", "this weekend", "last night", "this morning". */
static bool period_date(const scan *s, uint32_t at, when *out)
{
    bool is_earlier = is(s, at, "earlier");
    bool is_later = is(s, at, "later");
    uint32_t body = at + (is_earlier || is_later);
    if (is(s, body, "in") && (is_earlier || is_later))
        body++;
    if (is(s, body, "the"))
        body++;
    bool is_last = is(s, body, "last") || is(s, body, "past") || is(s, body, "previous");
    bool is_next = is(s, body, "next") || is(s, body, "coming");
    bool is_this = is(s, body, "this");
    bool is_weekend = is(s, body, "weekend");
    if (s->today == NO || !(is_last || is_next || is_this || is_weekend))
        return false;
    uint32_t unit = body + (is_weekend ? 0 : 1);
    int32_t monday = s->today - weekday_of(s->today);
    int32_t t = s->today;
    out->last = unit + 1;
    if (is(s, unit, "week")) {
        out->is_loose = is_last || is_next;
        out->days = is_last   ? (ovf_news_days){monday - 7, monday - 1}
                    : is_next ? (ovf_news_days){monday + 7, monday + 13}
                              : (ovf_news_days){is_later ? t : monday, is_later ? monday + 6 : t};
        out->next = is_this && !is_earlier ? (ovf_news_days){t, monday + 6} : out->days;
    } else if (is(s, unit, "weekend")) {
        int32_t saturday = monday - 2;
        if (is_next)
            saturday = monday + 5;
        else if (!is_last && weekday_of(t) >= 5)
            saturday = monday + 5;
        else if (is_this && weekday_of(t) >= 3)
            saturday = monday + 5;
        out->days = (ovf_news_days){saturday, saturday + 1};
        out->next = is_last ? out->days : (ovf_news_days){monday + 5, monday + 6};
    } else if (is(s, unit, "month")) {
        int32_t first = day_of(s->year, s->month, 1);
        int32_t before = add_months(first, -1);
        int32_t after = add_months(first, 1);
        out->is_month = true;
        out->is_loose = true;
        out->days = is_last   ? (ovf_news_days){before, first - 1}
                    : is_next ? (ovf_news_days){after, add_months(first, 2) - 1}
                              : (ovf_news_days){is_later ? t : first, is_later ? after - 1 : t};
        out->next = is_this && !is_earlier ? (ovf_news_days){t, after - 1} : out->days;
    } else if (is(s, unit, "year")) {
        int year = s->year + (is_next ? 1 : is_last ? -1 : 0);
        out->is_month = true;
        out->is_loose = true;
        out->days = (ovf_news_days){is_later ? t : day_of(year, 1, 1),
                                    is_this && !is_later ? t : day_of(year, 12, 31)};
        out->next = is_this && !is_earlier ? (ovf_news_days){t, day_of(year, 12, 31)} : out->days;
    } else if (is(s, unit, "night") || is(s, unit, "evening")) {
        out->days = out->next = one(is_last ? t - 1 : t);
    } else if (is_this && (is(s, unit, "morning") || is(s, unit, "afternoon"))) {
        out->days = out->next = one(t);
    } else {
        return false;
    }
    return true;
}

/* "three days ago", "a week ago", "two hours ago". */
static bool ago_date(const scan *s, uint32_t at, when *out)
{
    int months = 0;
    uint32_t body =
        at
        + (is(s, at, "about") || is(s, at, "some") || is(s, at, "nearly") || is(s, at, "almost"));
    int n = number_at(s, body);
    if (n < 0 || s->today == NO || !(is(s, body + 2, "ago") || is(s, body + 2, "earlier")))
        return false;
    if (is(s, body + 2, "earlier"))
        return false;
    if (is(s, body + 1, "hour") || is(s, body + 1, "hours") || is(s, body + 1, "minutes")) {
        out->days = out->next = one(s->today);
        out->last = body + 3;
        return n < 24;
    }
    int days = unit_at(s, body + 1, &months);
    if (days == 0 || n > 1000)
        return false;
    out->last = body + 3;
    if (months == 12) {
        out->days = out->next =
            (ovf_news_days){day_of(s->year - n, 1, 1), day_of(s->year - n, 12, 31)};
        out->is_loose = true;
    } else if (months == 1) {
        int32_t then = add_months(day_of(s->year, s->month, 1), -n);
        out->days = out->next = (ovf_news_days){then, add_months(then, 1) - 1};
        out->is_loose = true;
    } else {
        out->days = out->next = one(s->today - n * days);
        out->is_loose = days > 1;
    }
    return true;
}

/* "2025-11-29", "29.11.2025", "29/11/2025" where it can be only one; "2014", "late 2021". */
static bool digit_date(const scan *s, uint32_t at, when *out)
{
    const news_doc *doc = s->doc;
    int year = year_at(s, at);
    if (year > 0 && at + 4 < doc->token_count && doc->tokens[at + 1].flags & NEWS_HYPHEN
        && doc->tokens[at + 3].flags & NEWS_HYPHEN) {
        int month = digits_at(s, at + 2, 2, 2);
        int day = digits_at(s, at + 4, 2, 2);
        if (month < 1 || month > 12 || day < 1 || day > length_of(year, month))
            return false;
        out->days = out->next = one(day_of(year, month, day));
        out->last = at + 5;
        return true;
    }
    if (at < doc->token_count && doc->tokens[at].flags & NEWS_NUMBER) {
        ovf_str f = news_fold(doc, at);
        if (f.len == 10 && f.ptr[2] == '.' && f.ptr[5] == '.') {
            int day = (f.ptr[0] - '0') * 10 + f.ptr[1] - '0';
            int month = (f.ptr[3] - '0') * 10 + f.ptr[4] - '0';
            int y = (f.ptr[6] - '0') * 1000 + (f.ptr[7] - '0') * 100 + (f.ptr[8] - '0') * 10
                    + f.ptr[9] - '0';
            if (month < 1 || month > 12 || y < 1900 || y > 2100 || day < 1
                || day > length_of(y, month))
                return false;
            out->days = out->next = one(day_of(y, month, day));
            out->last = at + 1;
            return true;
        }
    }
    int a = digits_at(s, at, 1, 2);
    if (a > 0 && is(s, at + 1, "/") && digits_at(s, at + 2, 1, 2) > 0 && is(s, at + 3, "/")
        && year_at(s, at + 4) > 0) {
        int b = digits_at(s, at + 2, 1, 2);
        int y = year_at(s, at + 4);
        int month = a > 12 ? b : b > 12 || a == b ? a : 0;
        int day = a > 12 ? a : b;
        if (month < 1 || month > 12 || day < 1 || day > length_of(y, month))
            return false;
        out->days = out->next = one(day_of(y, month, day));
        out->last = at + 5;
        return true;
    }
    uint32_t body = at;
    int part = part_at(s, at, &body);
    year = year_at(s, body);
    if (year > 0 && body < doc->token_count && doc->tokens[body].flags & NEWS_NUMBER) {
        bool goes_on = body + 1 < doc->token_count && doc->tokens[body + 1].flags & NEWS_HYPHEN;
        if (goes_on)
            return false;
        out->days = out->next = (ovf_news_days){day_of(year, 1, 1), day_of(year, 12, 31)};
        cut(part, year, 0, &out->days);
        out->next = out->days;
        out->is_month = true;
        out->needs_preposition = part == PART_NONE;
        out->last = body + 1;
        return true;
    }
    return false;
}

static bool near_date(const scan *s, uint32_t at, when *out)
{
    if (s->today == NO)
        return false;
    out->last = at + 1;
    if (is(s, at, "today") || is(s, at, "tonight"))
        out->days = out->next = one(s->today);
    else if (is(s, at, "yesterday"))
        out->days = out->next = one(s->today - 1);
    else if (is(s, at, "tomorrow"))
        out->days = out->next = one(s->today + 1);
    else if (is(s, at, "overnight"))
        out->days = out->next = (ovf_news_days){s->today - 1, s->today};
    else
        return false;
    if (is(s, at, "overnight")) { /* "overnight on Tuesday", "overnight Monday to Tuesday" */
        const uint32_t on = at + 1 + (is(s, at + 1, "on") || is(s, at + 1, "into") ? 1 : 0);
        when night = {.days = none(), .next = none()};
        if (weekday_date(s, on, &night)) {
            *out = night;
            return true;
        }
        return true;
    }
    out->last = skip_part_of_day(s, out->last);
    return true;
}

/* A single day or period, with a clock before or behind it. */
static bool day_at(const scan *s, uint32_t at, when *out)
{
    *out = (when){.last = at, .days = none(), .next = none()};
    uint32_t body = clock_at(s, at);
    bool has_clock = body > at;
    if (has_clock && (is(s, body, "on") || is(s, body, ",")))
        body++;
    bool is_found = near_date(s, body, out);
    if (!is_found)
        is_found = weekday_date(s, body, out);
    if (!is_found)
        is_found = month_date(s, body, out);
    if (!is_found)
        is_found = period_date(s, body, out);
    if (!is_found)
        is_found = ago_date(s, body, out);
    if (!is_found)
        is_found = digit_date(s, body, out);
    if (!is_found)
        return false;
    if (has_clock && out->needs_preposition)
        return false;
    uint32_t more = out->last + (is(s, out->last, "at") || is(s, out->last, ",") ? 1 : 0);
    uint32_t clock = clock_at(s, more);
    if (clock > more)
        out->last = clock;
    return true;
}

/* ---- whole expressions ---- */

static void emit(scan *s, uint32_t first, const when *w, uint8_t kind, bool *failed)
{
    news_doc *doc = s->doc;
    if (doc->time_count == doc->time_capacity) {
        void *items = doc->times;
        size_t capacity = doc->time_capacity;
        if (!ovf_arena_grow(doc->arena, &items, doc->time_count, &capacity, sizeof(news_time))
            || capacity > UINT32_MAX) {
            *failed = true;
            return;
        }
        doc->times = items;
        doc->time_capacity = (uint32_t)capacity;
    }
    news_time t = {.first = first,
                   .last = w->last,
                   .days = w->days,
                   .next = w->next,
                   .kind = kind,
                   .is_loose = w->is_loose};
    if (t.next.from == t.days.from && t.next.until == t.days.until)
        t.next = none();
    doc->times[doc->time_count++] = t;
}

/* "24-28 November", "Nov 24-28", "4 to 9 May", "May 4 and 9", "Monday to Friday". */
static bool range_at(const scan *s, uint32_t at, when *out, bool is_between)
{
    const news_doc *doc = s->doc;
    when a = {0};
    when b = {0};
    *out = (when){.days = none(), .next = none()};
    int first = month_day_at(s, at);
    bool joins = at + 1 < doc->token_count
                 && (doc->tokens[at + 1].flags & (NEWS_HYPHEN | NEWS_DASH) || is(s, at + 1, "to")
                     || (is_between && is(s, at + 1, "and")));
    if (first > 0 && joins && month_date(s, at + 2, &b) && b.days.from == b.days.until
        && !b.is_month) {
        int y = 0;
        int m = 0;
        int d = 0;
        date_of(b.days.from, &y, &m, &d);
        if (first > d)
            return false;
        *out = b;
        out->days.from = day_of(y, m, first);
        out->next = out->days;
        if (b.next.from != NO) {
            date_of(b.next.from, &y, &m, &d);
            out->next = (ovf_news_days){day_of(y, m, first), b.next.from};
        }
        return true;
    }
    if (!day_at(s, at, &a))
        return false;
    uint32_t join = a.last;
    if (join >= doc->token_count)
        return false;
    bool is_join = doc->tokens[join].flags & (NEWS_HYPHEN | NEWS_DASH) || is(s, join, "to")
                   || is(s, join, "until") || is(s, join, "till") || is(s, join, "through")
                   || (is_between && is(s, join, "and"));
    if (!is_join)
        return false;
    int last = month_day_at(s, join + 1);
    if (day_at(s, join + 1, &b) && !b.needs_preposition) {
        *out = b;
        out->days = (ovf_news_days){a.days.from, b.days.until};
        out->next = (ovf_news_days){a.next.from, b.next.until};
        if (out->days.until < out->days.from)
            out->days = (ovf_news_days){a.days.from, b.next.until};
        if (out->next.until < out->next.from)
            out->next = out->days;
        /* "from Tuesday until May 31": it has not begun when its end is to come. */
        if (s->today != NO && out->days.until > s->today && out->days.from < s->today
            && a.next.from >= s->today && a.next.from <= out->days.until)
            out->days.from = a.next.from;
        return out->days.from <= out->days.until;
    }
    if (last > 0 && a.days.from == a.days.until && a.days.from != NO && month_at(s, at) > 0) {
        int y = 0;
        int m = 0;
        int d = 0;
        date_of(a.days.from, &y, &m, &d);
        if (last < d || last > length_of(y, m))
            return false;
        *out = a;
        out->days.until = day_of(y, m, last);
        out->next = out->days;
        out->last = join + 2;
        uint32_t year = out->last + (is(s, out->last, ",") ? 1 : 0);
        if (year_at(s, year) > 0) {
            int given = year_at(s, year);
            out->days = out->next = (ovf_news_days){day_of(given, m, d), day_of(given, m, last)};
            out->last = year + 1;
        }
        return true;
    }
    return false;
}

/* "for 30 days", "for another month", "for the next 48 hours". */
static bool duration_at(const scan *s, uint32_t at, when *out)
{
    int months = 0;
    uint32_t body = at;
    *out = (when){.days = none(), .next = none()};
    if (is(s, body, "at") && is(s, body + 1, "least"))
        body += 2;
    if (is(s, body, "the"))
        body++;
    if (is(s, body, "next") || is(s, body, "coming") || is(s, body, "another")
        || is(s, body, "first"))
        body += is(s, body, "another") && number_at(s, body + 1) < 0 ? 0 : 1;
    int n = number_at(s, body);
    uint32_t unit = body + 1;
    if (n < 0 || s->today == NO)
        return false;
    if (unit < s->doc->token_count && s->doc->tokens[unit].flags & NEWS_HYPHEN)
        unit++;
    if (is(s, unit, "more") || is(s, unit, "further"))
        unit++;
    if ((is(s, unit, "hours") || is(s, unit, "hour")) && n % 24 == 0 && n > 0 && n <= 240) {
        out->days = (ovf_news_days){NO, s->today + n / 24};
    } else {
        int days = unit_at(s, unit, &months);
        if (days == 0 || n == 0 || n > 400)
            return false;
        out->days = (ovf_news_days){NO, months > 0 ? add_months(s->today, n * months)
                                                   : s->today + n * days};
        if (months == 12)
            return false; /* "for years" and "for two years" tell of the past as often */
    }
    out->next = out->days;
    out->last = unit + 1;
    return true;
}

static int weight_of_preposition(const scan *s, uint32_t at, uint32_t *end)
{
    static const char *const untils[] = {"until", "till", "through", "thru"};
    static const char *const froms[] = {"from", "effective", "starting", "beginning"};
    static const char *const dates[] = {"on",   "in",    "at",     "by",     "during", "over",
                                        "late", "early", "before", "around", "of",     "after"};
    *end = at + 1;
    if (is(s, at, "since"))
        return NEWS_T_SINCE;
    if (find(s, at, untils, 4) >= 0) {
        if (is(s, *end, "at") && is(s, *end + 1, "least"))
            *end += 2;
        return NEWS_T_UNTIL;
    }
    if ((is(s, at, "up") && (is(s, at + 1, "to") || is(s, at + 1, "until")))
        || (is(s, at, "up") && is(s, at + 1, "till"))) {
        *end = at + 2;
        return NEWS_T_UNTIL;
    }
    if (is(s, at, "as") && (is(s, at + 1, "of") || is(s, at + 1, "from"))) {
        *end = at + 2;
        return NEWS_T_FROM;
    }
    if (find(s, at, froms, 4) >= 0) {
        if (is(s, *end, "from") || is(s, *end, "on") || is(s, *end, "at"))
            (*end)++;
        return NEWS_T_FROM;
    }
    if (find(s, at, dates, (int)OVF_COUNTOF(dates)) >= 0)
        return NEWS_T_DATE;
    *end = at;
    return -1;
}

/* The dateline of an agency: "CARACAS, Nov 29 (Reuters) -". Its day is that of the text, of no act. */
static bool is_dateline(const scan *s, uint32_t first, uint32_t last)
{
    const news_doc *doc = s->doc;
    uint32_t start = first;
    for (int steps = 0; steps < 8 && start > 0 && !(doc->tokens[start].flags & NEWS_PARAGRAPH);
         steps++)
        start--;
    if (!(doc->tokens[start].flags & NEWS_PARAGRAPH) || last >= doc->token_count)
        return false;
    if (start == first || !(doc->tokens[start].flags & NEWS_CAP)
        || !(is(s, first - 1, ",") || doc->tokens[first - 1].flags & NEWS_CAP))
        return false;
    return doc->tokens[last].flags & NEWS_DASH || is(s, last, "(") || is(s, last, "/")
           || (is(s, last, ":") && doc->tokens[start].flags & NEWS_ALLCAP)
           || (is(s, last, ".") && doc->tokens[start].flags & NEWS_ALLCAP);
}

static bool with_preposition(scan *s, uint32_t at, uint32_t body, int kind, when *out)
{
    if (kind == NEWS_T_UNTIL && is(s, body, "further") && is(s, body + 1, "notice"))
        return false;
    bool is_between = false;
    OVF_UNUSED(at);
    if (range_at(s, body, out, is_between))
        return true;
    return day_at(s, body, out);
}

/* What the preposition makes of the day. */
static uint8_t apply(const scan *s, int kind, when *w)
{
    switch (kind) {
    case NEWS_T_SINCE:
        if (s->today == NO)
            w->days = (ovf_news_days){w->days.from, NO};
        else
            w->days =
                (ovf_news_days){w->days.from, w->days.from <= s->today ? s->today : w->days.until};
        w->next = w->days;
        w->is_loose = true;
        return NEWS_T_SINCE;
    case NEWS_T_UNTIL:
        w->days = (ovf_news_days){NO, w->next.until != NO ? w->next.until : w->days.until};
        w->next = w->days;
        return NEWS_T_UNTIL;
    case NEWS_T_FROM:
        w->days = (ovf_news_days){w->next.from != NO ? w->next.from : w->days.from, NO};
        w->next = w->days;
        return NEWS_T_FROM;
    default: return NEWS_T_DATE;
    }
}

static uint32_t take_time(scan *s, uint32_t at, bool *failed)
{
    when w = {0};
    uint32_t body = at;
    bool is_between = is(s, at, "between");
    int kind = weight_of_preposition(s, at, &body);
    if (is_between || is(s, at, "from")) {
        if (range_at(s, at + 1, &w, is_between)) {
            emit(s, at, &w, NEWS_T_BOTH, failed);
            return w.last;
        }
        if (is_between)
            return at + 1;
    }
    if (is(s, at, "for") && duration_at(s, at + 1, &w)) {
        emit(s, at, &w, NEWS_T_UNTIL, failed);
        return w.last;
    }
    bool is_found = kind >= 0 ? with_preposition(s, at, body, kind, &w)
                              : range_at(s, at, &w, false) || day_at(s, at, &w);
    if (is_found && (kind >= 0 || !w.needs_preposition)) {
        if (is_dateline(s, at, w.last))
            return w.last;
        bool is_range = w.days.from != w.days.until && !w.is_month && !w.is_loose
                        && w.next.from != NO && kind == NEWS_T_UNTIL;
        OVF_UNUSED(is_range);
        uint8_t as = apply(s, kind, &w);
        emit(s, at, &w, as, failed);
        return w.last;
    }
    if (kind >= 0 && kind != NEWS_T_DATE && body > at) { /* "until midnight", "from 0800 GMT" */
        uint32_t clock = clock_at(s, body);
        if (clock > body) {
            w = (when){.last = clock, .days = none(), .next = none()};
            emit(s, at, &w, NEWS_T_CLOCK, failed);
            return clock;
        }
    }
    uint32_t from = kind == NEWS_T_DATE ? body : at;
    uint32_t clock = clock_at(s, from);
    if (clock > from) {
        w = (when){.last = clock, .days = none(), .next = none()};
        emit(s, at, &w, NEWS_T_CLOCK, failed);
        return clock;
    }
    return at + 1;
}

/* Words without which there is no time expression; figures are the other kind. Sorted. */
static bool is_core(const news_doc *doc, uint32_t token)
{
    static const char words[][12] = {
        "afternoon", "ago", "am", "apr", "april", "aug", "august", "bst", "cest", "cet", "day", "days", "dec",
        "december", "est", "evening", "feb", "february", "fortnight", "fri", "friday", "gmt", "hour", "hours", "hrs",
        "ist", "jan", "january", "jul", "july", "jun", "june", "local", "lunchtime", "mar", "march", "may",
        "midday", "midnight", "minute", "minutes", "mon", "monday", "month", "months", "morning", "mornings",
        "msk", "night", "nights", "noon", "notice", "nov", "november", "o'clock", "oct", "october", "overnight", "pm",
        "sat", "saturday", "sep", "sept", "september", "sun", "sunday", "thu", "thurs", "thursday", "today",
        "tomorrow", "tonight", "tue", "tues", "tuesday", "utc", "wed", "wednesday", "weds", "week", "weekend", "weeks",
        "year", "years", "yesterday", "zulu",
    };
    const news_token *t = &doc->tokens[token];
    if (t->flags & NEWS_DIGIT)
        return true;
    ovf_str f = news_fold(doc, token);
    if (f.len > 0 && f.ptr[f.len - 1] == '.')
        f.len--;
    if (f.len < 2 || f.len > 11 || !(t->flags & NEWS_WORD))
        return false;
    if (f.len == 3 && f.ptr[1] == '.') /* "a.m." */
        return true;
    size_t low = 0;
    size_t high = OVF_COUNTOF(words);
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = memcmp(f.ptr, words[mid], f.len);
        if (order == 0 && words[mid][f.len] == '\0')
            return true;
        if (order <= 0)
            high = mid;
        else
            low = mid + 1;
    }
    return false;
}

enum { CORE_REACH = 8 }; /* tokens from the first word of an expression to its first core word */

bool ovf_news_times(news_doc *doc)
{
    uint32_t core = 0;
    scan s = {.doc = doc, .today = doc->published};
    bool failed = false;
    if (s.today != NO)
        date_of(s.today, &s.year, &s.month, &s.day);
    for (uint32_t i = 0; i < doc->token_count && !failed;) {
        core = core < i ? i : core;
        while (core < doc->token_count && !is_core(doc, core))
            core++;
        if (core == doc->token_count)
            break;
        if (core - i > CORE_REACH)
            i = core - CORE_REACH;
        i = take_time(&s, i, &failed);
    }
    return !failed;
}
