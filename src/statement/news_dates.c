/* SPDX-License-Identifier: Apache-2.0 */
/* One day or period out of its words, told from the day of publication (schema, rule 9). */
#include "news_times.h"

#include <string.h>

/* ---- days ---- */

static void settle_weekday(const scan *s, int weekday, when *out)
{
    int back = (times_weekday_of(s->today) - weekday + 7) % 7;
    int on = (weekday - times_weekday_of(s->today) + 7) % 7;
    out->days = times_one(s->today - back);
    out->next = times_one(s->today + on);
}

/* A day and month without a year. */
static void settle_month_day(const scan *s, int month, int day, when *out)
{
    int year = s->year;
    if (s->today == NO)
        return;
    int32_t at = times_day_in(year, month, day);
    int32_t past = at > s->today ? times_day_in(year - 1, month, day) : at;
    int32_t next = at < s->today ? times_day_in(year + 1, month, day) : at;
    /* "on Dec. 3" in a text of November is this year's: far nearer than eleven months back. */
    out->days = times_one(at > s->today && at - s->today <= 45 ? at : past);
    out->next = times_one(next);
}

static void whole_month(const scan *s, int year, int month, when *out)
{
    OVF_UNUSED(s);
    out->days = (ovf_news_days){times_day_of(year, month, 1),
                                times_day_of(year, month, times_month_length(year, month))};
    out->next = out->days;
    out->is_month = true;
}

enum { PART_NONE, PART_EARLY, PART_MID, PART_LATE, PART_END, PART_START };

static int part_at(const scan *s, uint32_t at, uint32_t *end)
{
    *end = at + 1;
    if (times_is(s, at, "early"))
        return PART_EARLY;
    if (times_is(s, at, "late"))
        return PART_LATE;
    if (times_is(s, at, "mid")) {
        if (*end < s->doc->token_count && s->doc->tokens[*end].flags & NEWS_HYPHEN)
            (*end)++;
        return PART_MID;
    }
    uint32_t the = times_is(s, at, "the") ? at + 1 : at;
    if ((times_is(s, the, "end") || times_is(s, the, "beginning") || times_is(s, the, "start")
         || times_is(s, the, "middle"))
        && times_is(s, the + 1, "of")) {
        *end = the + 2;
        return times_is(s, the, "end")      ? PART_END
               : times_is(s, the, "middle") ? PART_MID
                                            : PART_START;
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
        int last = times_month_length(year, month);
        int from = part == PART_MID ? 11 : part == PART_LATE ? 21 : part == PART_END ? last : 1;
        int until = part == PART_EARLY ? 10 : part == PART_MID ? 20 : part == PART_START ? 1 : last;
        *days = (ovf_news_days){times_day_of(year, month, from), times_day_of(year, month, until)};
        return;
    }
    int from = part == PART_MID ? 5 : part == PART_LATE ? 10 : part == PART_END ? 12 : 1;
    int until = part == PART_EARLY ? 3 : part == PART_MID ? 8 : part == PART_START ? 1 : 12;
    *days = (ovf_news_days){times_day_of(year, from, 1),
                            times_day_of(year, until, times_month_length(year, until))};
}

/* Month with its parts around: "May 4", "May 4, 2025", "4 May 2025", "the 4th of May", "May 2025",
 * "mid-May", "May". */
bool times_month_date(const scan *s, uint32_t at, when *out)
{
    uint32_t body = at;
    int part = part_at(s, at, &body);
    if (part == PART_NONE && times_is(s, at, "the") && times_month_day_at(s, at + 1) > 0)
        body = at + 1;
    int day = times_month_day_at(s, body);
    int month = 0;
    uint32_t end = body;
    bool is_told = false; /* "last October" needs no "in" */
    if (day > 0) {
        uint32_t m = body + 1 + (times_is(s, body + 1, "of") ? 1 : 0);
        month = times_month_at(s, m);
        end = m + 1;
        if (month == 0)
            return false;
    } else {
        bool is_last = times_is(s, body, "last") && times_month_at(s, body + 1) > 0;
        bool is_next = times_is(s, body, "next") && times_month_at(s, body + 1) > 0;
        is_told = is_last || is_next;
        body += is_told;
        month = times_month_at(s, body);
        if (month == 0)
            return false;
        end = body + 1;
        day = times_month_day_at(s, end);
        bool is_range_year =
            day > 0 && s->doc->tokens[end].flags & NEWS_NUMBER && times_is(s, end + 1, ":");
        if (day > 0 && !is_range_year)
            end++;
        else
            day = 0;
    }
    int year = -1;
    uint32_t y = end + (times_is(s, end, ",") ? 1 : 0) + (times_is(s, end, "of") ? 1 : 0);
    if (times_year_at(s, y) > 0) {
        year = times_year_at(s, y);
        end = y + 1;
    } else if (times_is(s, end, "this") && times_is(s, end + 1, "year") && s->today != NO) {
        year = s->year;
        end += 2;
    } else if (times_is(s, end, "last") && times_is(s, end + 1, "year") && s->today != NO) {
        year = s->year - 1;
        end += 2;
    } else if (times_is(s, end, "next") && times_is(s, end + 1, "year") && s->today != NO) {
        year = s->year + 1;
        end += 2;
    }
    out->last = end;
    if (year < 0 && s->today == NO)
        return false;
    if (day > 0) {
        if (day > times_month_length(year > 0 ? year : 2024, month))
            return false;
        if (year > 0) {
            out->days = out->next = times_one(times_day_of(year, month, day));
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
    out->needs_preposition = year < 0 && part == PART_NONE && !is_told;
    return true;
}

static bool weekday_date(const scan *s, uint32_t at, when *out)
{
    bool is_last = times_is(s, at, "last") || times_is(s, at, "past");
    bool is_next = times_is(s, at, "next") || times_is(s, at, "coming");
    bool is_this = times_is(s, at, "this") || times_is(s, at, "early") || times_is(s, at, "late");
    uint32_t body = at + (is_last || is_next || is_this);
    if (times_is(s, body, "on") && is_this)
        body++;
    int weekday = times_weekday_at(s, body);
    if (weekday < 0 || s->today == NO)
        return false;
    settle_weekday(s, weekday, out);
    if (is_last)
        out->days = out->next =
            times_one(out->days.from == s->today ? s->today - 7 : out->days.from);
    if (is_next)
        out->days = out->next =
            times_one(out->next.from == s->today ? s->today + 7 : out->next.from);
    out->last = times_skip_part_of_day(s, body + 1);
    /* "Monday, 24 November 2025", "Thursday 16 January": the date tells. */
    uint32_t more = out->last + (times_is(s, out->last, ",") ? 1 : 0);
    when exact = {.days = times_none(), .next = times_none()};
    if (times_month_date(s, more, &exact) && exact.days.from == exact.days.until
        && !exact.is_month) {
        *out = exact;
        return true;
    }
    if ((times_is(s, out->last, "last") || times_is(s, out->last, "next"))
        && times_is(s, out->last + 1, "week")) {
        int32_t monday =
            s->today - times_weekday_of(s->today) + (times_is(s, out->last, "last") ? -7 : 7);
        out->days = out->next = times_one(monday + weekday);
        out->last += 2;
    }
    return true;
}

/* "last week", "earlier this month", "next year", "this weekend", "last night", "this morning". */
static bool period_date(const scan *s, uint32_t at, when *out)
{
    bool is_earlier = times_is(s, at, "earlier");
    bool is_later = times_is(s, at, "later");
    uint32_t body = at + (is_earlier || is_later);
    if (times_is(s, body, "in") && (is_earlier || is_later))
        body++;
    if (times_is(s, body, "the"))
        body++;
    bool is_last =
        times_is(s, body, "last") || times_is(s, body, "past") || times_is(s, body, "previous");
    bool is_next = times_is(s, body, "next") || times_is(s, body, "coming");
    bool is_this = times_is(s, body, "this");
    bool is_weekend = times_is(s, body, "weekend");
    if (s->today == NO || !(is_last || is_next || is_this || is_weekend))
        return false;
    uint32_t unit = body + (is_weekend ? 0 : 1);
    int32_t monday = s->today - times_weekday_of(s->today);
    int32_t t = s->today;
    out->last = unit + 1;
    if (times_is(s, unit, "week")) {
        out->is_loose = is_last || is_next;
        out->days = is_last   ? (ovf_news_days){monday - 7, monday - 1}
                    : is_next ? (ovf_news_days){monday + 7, monday + 13}
                              : (ovf_news_days){is_later ? t : monday, is_later ? monday + 6 : t};
        out->next = is_this && !is_earlier ? (ovf_news_days){t, monday + 6} : out->days;
    } else if (times_is(s, unit, "weekend")) {
        int32_t saturday = monday - 2;
        if (is_next)
            saturday = monday + 5;
        else if (!is_last && times_weekday_of(t) >= 5)
            saturday = monday + 5;
        else if (is_this && times_weekday_of(t) >= 3)
            saturday = monday + 5;
        out->days = (ovf_news_days){saturday, saturday + 1};
        out->next = is_last ? out->days : (ovf_news_days){monday + 5, monday + 6};
    } else if (times_is(s, unit, "month")) {
        int32_t first = times_day_of(s->year, s->month, 1);
        int32_t before = times_add_months(first, -1);
        int32_t after = times_add_months(first, 1);
        out->is_month = true;
        out->is_loose = true;
        out->days = is_last   ? (ovf_news_days){before, first - 1}
                    : is_next ? (ovf_news_days){after, times_add_months(first, 2) - 1}
                              : (ovf_news_days){is_later ? t : first, is_later ? after - 1 : t};
        out->next = is_this && !is_earlier ? (ovf_news_days){t, after - 1} : out->days;
    } else if (times_is(s, unit, "year")) {
        int year = s->year + (is_next ? 1 : is_last ? -1 : 0);
        out->is_month = true;
        out->is_loose = true;
        out->days = (ovf_news_days){is_later ? t : times_day_of(year, 1, 1),
                                    is_this && !is_later ? t : times_day_of(year, 12, 31)};
        out->next =
            is_this && !is_earlier ? (ovf_news_days){t, times_day_of(year, 12, 31)} : out->days;
    } else if (times_is(s, unit, "night") || times_is(s, unit, "evening")) {
        out->days = out->next = times_one(is_last ? t - 1 : t);
    } else if (is_this && (times_is(s, unit, "morning") || times_is(s, unit, "afternoon"))) {
        out->days = out->next = times_one(t);
    } else {
        return false;
    }
    return true;
}

/* "three days ago", "a week ago", "two hours ago". */
static bool ago_date(const scan *s, uint32_t at, when *out)
{
    int months = 0;
    uint32_t body = at
                    + (times_is(s, at, "about") || times_is(s, at, "some")
                       || times_is(s, at, "nearly") || times_is(s, at, "almost"));
    int n = times_number_at(s, body);
    if (n < 0 || s->today == NO
        || !(times_is(s, body + 2, "ago") || times_is(s, body + 2, "earlier")))
        return false;
    if (times_is(s, body + 2, "earlier"))
        return false;
    if (times_is(s, body + 1, "hour") || times_is(s, body + 1, "hours")
        || times_is(s, body + 1, "minutes")) {
        out->days = out->next = times_one(s->today);
        out->last = body + 3;
        return n < 24;
    }
    int days = times_unit_at(s, body + 1, &months);
    if (days == 0 || n > 1000)
        return false;
    out->last = body + 3;
    if (months == 12) {
        out->days = out->next =
            (ovf_news_days){times_day_of(s->year - n, 1, 1), times_day_of(s->year - n, 12, 31)};
        out->is_loose = true;
    } else if (months == 1) {
        int32_t then = times_add_months(times_day_of(s->year, s->month, 1), -n);
        out->days = out->next = (ovf_news_days){then, times_add_months(then, 1) - 1};
        out->is_loose = true;
    } else {
        out->days = out->next = times_one(s->today - n * days);
        out->is_loose = days > 1;
    }
    return true;
}

/* "2025-11-29", "29.11.2025", "29/11/2025" where it can be only one; "2014", "late 2021". */
static bool digit_date(const scan *s, uint32_t at, when *out)
{
    const news_doc *doc = s->doc;
    int year = times_year_at(s, at);
    if (year > 0 && at + 4 < doc->token_count && doc->tokens[at + 1].flags & NEWS_HYPHEN
        && doc->tokens[at + 3].flags & NEWS_HYPHEN) {
        int month = times_digits_at(s, at + 2, 2, 2);
        int day = times_digits_at(s, at + 4, 2, 2);
        if (month < 1 || month > 12 || day < 1 || day > times_month_length(year, month))
            return false;
        out->days = out->next = times_one(times_day_of(year, month, day));
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
                || day > times_month_length(y, month))
                return false;
            out->days = out->next = times_one(times_day_of(y, month, day));
            out->last = at + 1;
            return true;
        }
    }
    int a = times_digits_at(s, at, 1, 2);
    if (a > 0 && times_is(s, at + 1, "/") && times_digits_at(s, at + 2, 1, 2) > 0
        && times_is(s, at + 3, "/") && times_year_at(s, at + 4) > 0) {
        int b = times_digits_at(s, at + 2, 1, 2);
        int y = times_year_at(s, at + 4);
        int month = a > 12 ? b : b > 12 || a == b ? a : 0;
        int day = a > 12 ? a : b;
        if (month < 1 || month > 12 || day < 1 || day > times_month_length(y, month))
            return false;
        out->days = out->next = times_one(times_day_of(y, month, day));
        out->last = at + 5;
        return true;
    }
    uint32_t body = at;
    int part = part_at(s, at, &body);
    year = times_year_at(s, body);
    if (year > 0 && body < doc->token_count && doc->tokens[body].flags & NEWS_NUMBER) {
        bool goes_on = body + 1 < doc->token_count && doc->tokens[body + 1].flags & NEWS_HYPHEN;
        if (goes_on)
            return false;
        out->days = out->next =
            (ovf_news_days){times_day_of(year, 1, 1), times_day_of(year, 12, 31)};
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
    if (times_is(s, at, "today") || times_is(s, at, "tonight"))
        out->days = out->next = times_one(s->today);
    else if (times_is(s, at, "yesterday"))
        out->days = out->next = times_one(s->today - 1);
    else if (times_is(s, at, "tomorrow"))
        out->days = out->next = times_one(s->today + 1);
    else if (times_is(s, at, "overnight"))
        out->days = out->next = (ovf_news_days){s->today - 1, s->today};
    else
        return false;
    if (times_is(s, at, "overnight")) { /* "overnight on Tuesday", "overnight Monday to Tuesday" */
        const uint32_t on =
            at + 1 + (times_is(s, at + 1, "on") || times_is(s, at + 1, "into") ? 1 : 0);
        when night = {.days = times_none(), .next = times_none()};
        if (weekday_date(s, on, &night)) {
            *out = night;
            return true;
        }
        return true;
    }
    out->last = times_skip_part_of_day(s, out->last);
    return true;
}

/* A single day or period, with a clock before or behind it. */
bool times_day_at(const scan *s, uint32_t at, when *out)
{
    *out = (when){.last = at, .days = times_none(), .next = times_none()};
    uint32_t body = times_clock_at(s, at);
    bool has_clock = body > at;
    if (has_clock && (times_is(s, body, "on") || times_is(s, body, ",")))
        body++;
    bool is_found = near_date(s, body, out);
    if (!is_found)
        is_found = weekday_date(s, body, out);
    if (!is_found)
        is_found = times_month_date(s, body, out);
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
    uint32_t more =
        out->last + (times_is(s, out->last, "at") || times_is(s, out->last, ",") ? 1 : 0);
    uint32_t clock = times_clock_at(s, more);
    if (clock > more)
        out->last = clock;
    return true;
}
