/* SPDX-License-Identifier: Apache-2.0 */
/* What the reader of times is made of: the proleptic Gregorian calendar, the words of days, months and
 * numbers, clocks. */
#include "news_times.h"

#include <string.h>

/* ---- the calendar ---- */

int32_t times_day_of(int year, int month, int day)
{
    int y = year - (month <= 2);
    int era = (y >= 0 ? y : y - 399) / 400;
    int yoe = y - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void times_date_of(int32_t at, int *year, int *month, int *day)
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

int times_month_length(int year, int month)
{
    return (int)(times_day_of(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1)
                 - times_day_of(year, month, 1));
}

/* The same, 29 February being the 28th in a year without it. */
int32_t times_day_in(int year, int month, int day)
{
    int last = times_month_length(year, month);
    return times_day_of(year, month, day > last ? last : day);
}

/* 0 is Monday. */
int times_weekday_of(int32_t day)
{
    int64_t d = ((int64_t)day + 3) % 7;
    return (int)(d < 0 ? d + 7 : d);
}

/* ---- words ---- */

bool times_is(const scan *s, uint32_t token, const char *word)
{
    return news_is_word(s->doc, token, word);
}

int times_find(const scan *s, uint32_t token, const char *const *words, int count)
{
    if (token >= s->doc->token_count || s->doc->tokens[token].fold_len == 0)
        return -1;
    char first = news_fold(s->doc, token).ptr[0];
    for (int i = 0; i < count; i++) {
        if (words[i] != NULL && words[i][0] == first && news_is_word(s->doc, token, words[i]))
            return i;
    }
    return -1;
}

static bool has_cap(const scan *s, uint32_t token)
{
    return token < s->doc->token_count && s->doc->tokens[token].flags & NEWS_CAP;
}

/* 1 to 12, or 0. "may" and "march" need their capital. */
int times_month_at(const scan *s, uint32_t token)
{
    static const char *const full[] = {"january",   "february", "march",    "april",
                                       "may",       "june",     "july",     "august",
                                       "september", "october",  "november", "december"};
    static const char *const brief[] = {"jan", "feb", "mar", "apr", NULL,  "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
    int at = times_find(s, token, full, 12);
    if (at < 0)
        at = times_find(s, token, brief, 12);
    if (at < 0 && times_is(s, token, "sept"))
        at = 8;
    return at >= 0 && has_cap(s, token) ? at + 1 : 0;
}

/* 0 to 6, or -1. */
int times_weekday_at(const scan *s, uint32_t token)
{
    static const char *const full[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};
    static const char *const brief[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    static const char *const other[] = {NULL, "tues", "weds", "thurs", NULL, NULL, NULL};
    int at = times_find(s, token, full, 7);
    if (at >= 0)
        return at;
    at = times_find(s, token, brief, 7);
    if (at < 0)
        at = times_find(s, token, other, 7);
    if (at < 0 || !has_cap(s, token))
        return -1;
    bool led = token > 0
               && (times_is(s, token - 1, "on") || times_is(s, token - 1, "until")
                   || times_is(s, token - 1, "till") || times_is(s, token - 1, "since")
                   || times_is(s, token - 1, "last"));
    bool followed =
        times_month_at(s, token + 1) > 0
        || (token + 1 < s->doc->token_count && s->doc->tokens[token + 1].flags & NEWS_NUMBER)
        || times_month_at(s, token + 2) > 0;
    return led || followed ? at : -1;
}

/* Digits of a token as a number, -1: none. */
int times_digits_at(const scan *s, uint32_t token, size_t min, size_t max)
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
int times_month_day_at(const scan *s, uint32_t token)
{
    int value = times_digits_at(s, token, 1, 2);
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

int times_year_at(const scan *s, uint32_t token)
{
    int value = times_digits_at(s, token, 4, 4);
    return value >= 1900 && value <= 2100 ? value : -1;
}

int times_number_at(const scan *s, uint32_t token)
{
    static const char *const words[] = {
        "zero",     "one",     "two",     "three",     "four",     "five",     "six",
        "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
    int value = times_digits_at(s, token, 1, 4);
    if (value >= 0)
        return value;
    value = times_find(s, token, words, (int)OVF_COUNTOF(words));
    if (value >= 0)
        return value;
    if (times_is(s, token, "a") || times_is(s, token, "an") || times_is(s, token, "another"))
        return 1;
    return times_is(s, token, "thirty")   ? 30
           : times_is(s, token, "forty")  ? 40
           : times_is(s, token, "ninety") ? 90
           : times_is(s, token, "sixty")  ? 60
                                          : -1;
}

/* Days a unit has, 0: not one; months and years are told apart by *months. */
int times_unit_at(const scan *s, uint32_t token, int *months)
{
    *months = 0;
    if (times_is(s, token, "day") || times_is(s, token, "days"))
        return 1;
    if (times_is(s, token, "week") || times_is(s, token, "weeks"))
        return 7;
    if (times_is(s, token, "fortnight"))
        return 14;
    if (times_is(s, token, "month") || times_is(s, token, "months"))
        return *months = 1;
    if (times_is(s, token, "year") || times_is(s, token, "years"))
        return *months = 12;
    return 0;
}

int32_t times_add_months(int32_t at, int months)
{
    int y = 0;
    int m = 0;
    int d = 0;
    times_date_of(at, &y, &m, &d);
    int all = y * 12 + m - 1 + months;
    y = all / 12;
    m = all % 12 + 1;
    int last = times_month_length(y, m);
    return times_day_of(y, m, d > last ? last : d);
}

uint32_t times_skip_part_of_day(const scan *s, uint32_t at)
{
    static const char *const parts[] = {"morning", "afternoon", "evening",  "night",  "lunchtime",
                                        "midday",  "noon",      "midnight", "nights", "mornings"};
    if (times_is(s, at, "early") && times_find(s, at + 1, parts, (int)OVF_COUNTOF(parts)) >= 0)
        at++;
    return times_find(s, at, parts, (int)OVF_COUNTOF(parts)) >= 0 ? at + 1 : at;
}

ovf_news_days times_one(int32_t day)
{
    return (ovf_news_days){day, day};
}

ovf_news_days times_none(void)
{
    return (ovf_news_days){NO, NO};
}

/* ---- clocks ---- */

static bool is_zone(const scan *s, uint32_t at)
{
    static const char *const zones[] = {"gmt", "utc", "z",   "bst", "cet", "cest",  "est", "edt",
                                        "et",  "ist", "pst", "pkt", "msk", "local", "zulu"};
    return times_find(s, at, zones, (int)OVF_COUNTOF(zones)) >= 0;
}

/* "10:30 GMT", "6 a.m.", "5pm", "1830Z", "midnight", "0045 UTC (local)": its end, or `at`. */
uint32_t times_clock_at(const scan *s, uint32_t at)
{
    const news_doc *doc = s->doc;
    if (at >= doc->token_count)
        return at;
    if (times_is(s, at, "midnight") || times_is(s, at, "noon") || times_is(s, at, "midday")) {
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
    if (times_is(s, end, "am") || times_is(s, end, "pm") || times_is(s, end, "a.m")
        || times_is(s, end, "p.m") || times_is(s, end, "a.m.") || times_is(s, end, "p.m.")) {
        end++;
        is_clock = true;
    } else if (times_is(s, end, "o'clock") || times_is(s, end, "hrs")
               || times_is(s, end, "hours")) {
        bool is_four = times_digits_at(s, at, 4, 4) >= 0 && times_digits_at(s, at, 4, 4) <= 2400;
        if (is_four || times_is(s, end, "o'clock") || has_colon) {
            is_clock = true;
            end++;
        }
    }
    if (is_zone(s, end) && (is_clock || has_dot || times_digits_at(s, at, 4, 4) >= 0)) {
        is_clock = true;
        end++;
        if (times_is(s, end, "time"))
            end++;
    }
    if (!is_clock)
        return at;
    if (times_is(s, end, "(") && times_digits_at(s, end + 1, 4, 4) >= 0 && is_zone(s, end + 2)
        && times_is(s, end + 3, ")"))
        end += 4;
    else if (times_is(s, end, "(") && times_clock_at(s, end + 1) > end + 1) {
        uint32_t inner = times_clock_at(s, end + 1);
        if (times_is(s, inner, ")"))
            end = inner + 1;
    }
    if (times_is(s, end, "local") && times_is(s, end + 1, "time"))
        end += 2;
    return end;
}
