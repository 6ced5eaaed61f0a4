/* SPDX-License-Identifier: Apache-2.0 */
/* Item D, its dates: days of the month that carry forward (S4, S5), ranges, weekdays (S12). */
#include "time_internal.h"

bool ovf_lex_is_date(ovf_lex_kind kind)
{
    switch (kind) {
    case OVF_LEX_DAY:
    case OVF_LEX_MONTH:
    case OVF_LEX_YEAR:
    case OVF_LEX_DOW:
    case OVF_LEX_DAILY:
    case OVF_LEX_WORKDAYS:
    case OVF_LEX_WEEKEND:
    case OVF_LEX_ORDINAL:
    case OVF_LEX_HOLIDAY: return true;
    default: return false;
    }
}

bool ovf_lex_is_time(ovf_lex_kind kind)
{
    switch (kind) {
    case OVF_LEX_CLOCK:
    case OVF_LEX_H24:
    case OVF_LEX_HJ:
    case OVF_LEX_HN:
    case OVF_LEX_HX:
    case OVF_LEX_RISE:
    case OVF_LEX_SET: return true;
    default: return false;
    }
}

bool ovf_lex_is_separator(ovf_lex_kind kind)
{
    return kind == OVF_LEX_COMMA || kind == OVF_LEX_AND || kind == OVF_LEX_SLASH
           || kind == OVF_LEX_ON;
}

static bool civil_day(int year, int month, int day, int32_t *out)
{
    ovf_time t = 0;
    if (ovf_time_from_civil((ovf_civil){.year = year, .month = month, .day = day}, &t, NULL)
        != OVF_OK)
        return false;
    *out = ovf_day_number(t);
    return true;
}

/* "21 APR", "06-08 SEP", "06 SEP 2023": the month behind the days, no day behind the month. */
static int month_behind(const ovf_schedule_parser *p, size_t at)
{
    size_t i = at + 1;
    while (ovf_lex_at(p, i) == OVF_LEX_DAY || ovf_lex_at(p, i) == OVF_LEX_DASH
           || ovf_lex_at(p, i) == OVF_LEX_AND || ovf_lex_at(p, i) == OVF_LEX_COMMA)
        i++;
    if (ovf_lex_at(p, i) != OVF_LEX_MONTH)
        return 0;
    size_t next = i + 1;
    if (ovf_lex_at(p, next) == OVF_LEX_COMMA && ovf_lex_at(p, next + 1) == OVF_LEX_DAY
        && month_behind(p, next + 1) != 0)
        return p->lex[i].value; // "21 APR, 22 APR"
    bool goes_on = ovf_lex_at(p, next) == OVF_LEX_DAY || ovf_lex_at(p, next) == OVF_LEX_DASH;
    return goes_on ? 0 : p->lex[i].value;
}

/* The year written just behind, as in "06 SEP 2023" or "MAR 20 2023". */
static int year_behind(const ovf_schedule_parser *p, size_t at)
{
    for (size_t i = at + 1; i <= at + 2; i++) {
        if (ovf_lex_at(p, i) == OVF_LEX_YEAR)
            return p->lex[i].value;
        if (ovf_lex_at(p, i) != OVF_LEX_MONTH && ovf_lex_at(p, i) != OVF_LEX_DAY)
            break;
    }
    return 0;
}

void ovf_schedule_set_month(ovf_schedule_parser *p, int month)
{
    if (!p->has_context)
        return;
    ovf_civil start = ovf_time_civil((ovf_time)p->first_day * OVF_DAY_S);
    p->month = month;
    // S4: a month before that of B is next year's.
    p->year = month < start.month ? start.year + 1 : start.year;
    p->has_explicit = true;
}

static void next_month(int *year, int *month)
{
    if (++*month > 12) {
        *month = 1;
        ++*year;
    }
}

/* A day of the month to a day number, by the month that carries forward (S4). */
bool ovf_resolve_day(ovf_schedule_parser *p, int day, int year_given, int32_t *out)
{
    if (!p->has_context)
        return false;
    int year = year_given != 0 ? year_given : p->year;
    int month = p->month;
    int32_t found = 0;
    bool is_found = civil_day(year, month, day, &found);
    bool is_fixed = p->has_explicit || year_given != 0;
    if (is_fixed && !is_found)
        return false;
    if (!is_fixed && (!is_found || found < p->before)) {
        int32_t rolled = 0;
        int rolled_year = year;
        int rolled_month = month;
        next_month(&rolled_year, &rolled_month);
        bool can_roll = civil_day(rolled_year, rolled_month, day, &rolled);
        bool can_stay = is_found && found >= p->first_day - 1;
        if (can_stay && can_roll && rolled <= p->last_day && p->is_new_group)
            p->out->is_order_doubtful = true;
        bool stays =
            can_stay && (!can_roll || rolled > p->last_day || (p->keep_month && p->is_new_group));
        if (!stays) {
            if (!can_roll)
                return false;
            found = rolled;
            year = rolled_year;
            month = rolled_month;
        }
    }
    p->year = year;
    p->month = month;
    p->has_explicit = false;
    p->before = found;
    if (found > p->out->last_day)
        p->out->last_day = found;
    *out = found;
    return true;
}

static bool add_span(ovf_schedule_parser *p, ovf_days *days, int32_t first, int32_t last)
{
    if (!ovf_arena_grow(p->arena, (void **)&days->spans, days->count, &days->capacity,
                        sizeof(*days->spans))) {
        p->no_memory = true;
        return false;
    }
    days->spans[days->count++] = (ovf_day_span){first, last};
    return true;
}

/* "26 MAR - 30 APR": both months behind their days. */
static bool is_long_range_ahead(const ovf_schedule_parser *p)
{
    return ovf_lex_at(p, p->at) == OVF_LEX_DAY && ovf_lex_at(p, p->at + 1) == OVF_LEX_MONTH
           && ovf_lex_at(p, p->at + 2) == OVF_LEX_DASH && ovf_lex_at(p, p->at + 3) == OVF_LEX_DAY
           && ovf_lex_at(p, p->at + 4) == OVF_LEX_MONTH && ovf_lex_at(p, p->at + 5) != OVF_LEX_DAY;
}

static bool take_long_range(ovf_schedule_parser *p, ovf_days *days)
{
    int32_t first = 0;
    int32_t last = 0;
    ovf_schedule_set_month(p, p->lex[p->at + 1].value);
    if (!ovf_resolve_day(p, p->lex[p->at].value, 0, &first))
        return false;
    ovf_schedule_set_month(p, p->lex[p->at + 4].value);
    if (!ovf_resolve_day(p, p->lex[p->at + 3].value, 0, &last) || last < first)
        return false;
    p->at += 5;
    p->is_new_group = false;
    return add_span(p, days, first, last);
}

/* A day or a range of days; the lexeme at hand is a DAY. */
static bool take_days(ovf_schedule_parser *p, ovf_days *days)
{
    if (is_long_range_ahead(p))
        return take_long_range(p, days);
    int month = month_behind(p, p->at);
    if (month != 0 && !p->has_explicit)
        ovf_schedule_set_month(p, month);
    int32_t first = 0;
    if (!ovf_resolve_day(p, p->lex[p->at].value, year_behind(p, p->at), &first))
        return false;
    p->at++;
    bool is_range = ovf_lex_at(p, p->at) == OVF_LEX_DASH
                    && (ovf_lex_at(p, p->at + 1) == OVF_LEX_DAY
                        || (ovf_lex_at(p, p->at + 1) == OVF_LEX_MONTH
                            && ovf_lex_at(p, p->at + 2) == OVF_LEX_DAY));
    int32_t last = first;
    if (is_range) {
        p->at++;
        bool was_new = p->is_new_group;
        p->is_new_group = false; // within a range the month rolls, always
        if (ovf_lex_at(p, p->at) == OVF_LEX_MONTH)
            ovf_schedule_set_month(p, p->lex[p->at++].value);
        bool is_good = ovf_resolve_day(p, p->lex[p->at].value, year_behind(p, p->at), &last);
        p->is_new_group = was_new;
        if (!is_good || last < first || last - first > 370)
            return false;
        p->at++;
    }
    p->is_new_group = false;
    return add_span(p, days, first, last);
}

/* S12: FRI-MON wraps. "MON-WED-FRI" is a list. */
static void take_weekdays(ovf_schedule_parser *p, ovf_days *days)
{
    int first = p->lex[p->at++].value;
    int last = first;
    bool has_next = ovf_lex_at(p, p->at) == OVF_LEX_DASH && ovf_lex_at(p, p->at + 1) == OVF_LEX_DOW;
    bool is_list = has_next && ovf_lex_at(p, p->at + 2) == OVF_LEX_DASH
                   && ovf_lex_at(p, p->at + 3) == OVF_LEX_DOW;
    if (is_list) {
        days->weekdays |= (uint8_t)(1U << first);
        for (; ovf_lex_at(p, p->at) == OVF_LEX_DASH && ovf_lex_at(p, p->at + 1) == OVF_LEX_DOW;
             p->at += 2)
            days->weekdays |= (uint8_t)(1U << p->lex[p->at + 1].value);
        return;
    }
    if (has_next) {
        last = p->lex[p->at + 1].value;
        p->at += 2;
    }
    for (int day = first;; day = (day + 1) % 7) {
        days->weekdays |= (uint8_t)(1U << day);
        if (day == last)
            break;
    }
}

/* "2ND AND 4TH WED". Weekdays named before it are every week's, and one set cannot hold both. */
static bool take_ordinal(ovf_schedule_parser *p, ovf_days *days)
{
    if (days->weekdays != 0 && days->ordinals == 0)
        return false;
    days->ordinals |= (uint8_t)(1U << p->lex[p->at++].value);
    return true;
}

/* The month at hand stands behind its days: "21 ABR", "28, SEP". */
static bool is_month_read(const ovf_schedule_parser *p)
{
    size_t i = p->at;
    while (i > 0 && (ovf_lex_at(p, i - 1) == OVF_LEX_COMMA || ovf_lex_at(p, i - 1) == OVF_LEX_AND))
        i--;
    return i > 0 && ovf_lex_at(p, i - 1) == OVF_LEX_DAY && month_behind(p, i - 1) != 0;
}

static bool add_months(ovf_schedule_parser *p, ovf_days *days, int last_month)
{
    int32_t first = 0;
    int32_t last = 0;
    if (!p->has_context || !civil_day(p->year, p->month, 1, &first))
        return false;
    int year = last_month < p->month ? p->year + 1 : p->year;
    if (!civil_day(year, last_month, ovf_month_days(year, last_month), &last))
        return false;
    p->year = year;
    p->month = last_month;
    p->has_explicit = false;
    p->before = last;
    if (last > p->out->last_day)
        p->out->last_day = last;
    return add_span(p, days, first, last);
}

/* A month before its days carries forward (S4); one without days, "JAN-MAR", is all of its days. */
static bool take_month(ovf_schedule_parser *p, ovf_days *days)
{
    if (is_month_read(p)) {
        p->at++;
        return true;
    }
    ovf_schedule_set_month(p, p->lex[p->at].value);
    p->at++;
    size_t next = p->at;
    while (ovf_lex_at(p, next) == OVF_LEX_COMMA || ovf_lex_at(p, next) == OVF_LEX_YEAR)
        next++;
    if (ovf_lex_at(p, next) == OVF_LEX_DAY)
        return true;
    next = p->at + (ovf_lex_at(p, p->at) == OVF_LEX_YEAR);
    if (ovf_lex_at(p, next) == OVF_LEX_DASH && ovf_lex_at(p, next + 1) == OVF_LEX_MONTH
        && ovf_lex_at(p, next + 2) != OVF_LEX_DAY) {
        p->at = next + 2;
        return add_months(p, days, p->lex[next + 1].value);
    }
    return add_months(p, days, p->month);
}

/* In a list of exceptions a comma that leads to dates with times of their own ends the list. */
static bool times_follow_dates(const ovf_schedule_parser *p, size_t at)
{
    while (ovf_lex_is_date(ovf_lex_at(p, at)) || ovf_lex_at(p, at) == OVF_LEX_DASH
           || ovf_lex_at(p, at) == OVF_LEX_COMMA || ovf_lex_at(p, at) == OVF_LEX_AND)
        at++;
    return ovf_lex_is_time(ovf_lex_at(p, at));
}

static bool take_date(ovf_schedule_parser *p, ovf_days *days)
{
    switch (ovf_lex_at(p, p->at)) {
    case OVF_LEX_DAY: return take_days(p, days);
    case OVF_LEX_MONTH: return take_month(p, days);
    case OVF_LEX_DOW: take_weekdays(p, days); return true;
    case OVF_LEX_ORDINAL: return take_ordinal(p, days);
    case OVF_LEX_DAILY: days->is_daily = true; break;
    case OVF_LEX_WORKDAYS: days->weekdays |= 0x3E; break;
    case OVF_LEX_WEEKEND: days->weekdays |= 0x41; break;
    case OVF_LEX_HOLIDAY: days->has_holiday = true; break;
    default: break; // a year, read with its day
    }
    p->at++;
    return true;
}

bool ovf_take_dates(ovf_schedule_parser *p, ovf_days *days, bool is_except_list, bool has_times)
{
    bool any = false;
    for (;;) {
        size_t next = p->at;
        bool has_comma = false;
        while (any && ovf_lex_is_separator(ovf_lex_at(p, next)))
            has_comma |= ovf_lex_at(p, next++) == OVF_LEX_COMMA;
        if (!ovf_lex_is_date(ovf_lex_at(p, next)))
            return any;
        bool may_end = has_times ? next > p->at : has_comma;
        if (is_except_list && may_end && times_follow_dates(p, next))
            return any;
        p->at = next;
        any = true;
        if (!take_date(p, days))
            return false;
    }
}

size_t ovf_day_behind(const ovf_schedule_parser *p, size_t at)
{
    at += ovf_lex_at(p, at) == OVF_LEX_ON;
    at += ovf_lex_at(p, at) == OVF_LEX_DOW;
    if (ovf_lex_at(p, at) == OVF_LEX_MONTH && ovf_lex_at(p, at + 1) == OVF_LEX_DAY)
        at += 2;
    else if (ovf_lex_at(p, at) == OVF_LEX_DAY)
        at += ovf_lex_at(p, at + 1) == OVF_LEX_MONTH ? 2 : 1;
    else
        return 0;
    return at + (ovf_lex_at(p, at) == OVF_LEX_YEAR);
}

bool ovf_take_day(ovf_schedule_parser *p, int32_t *out)
{
    size_t end = ovf_day_behind(p, p->at);
    if (end == 0)
        return false;
    p->at += ovf_lex_at(p, p->at) == OVF_LEX_ON;
    p->at += ovf_lex_at(p, p->at) == OVF_LEX_DOW;
    size_t day = p->at + (ovf_lex_at(p, p->at) == OVF_LEX_MONTH);
    size_t month = day > p->at ? p->at : day + 1;
    if (ovf_lex_at(p, month) == OVF_LEX_MONTH)
        ovf_schedule_set_month(p, p->lex[month].value);
    bool was_new = p->is_new_group;
    p->is_new_group = false; // within a range the month rolls, always
    bool is_good = ovf_resolve_day(p, p->lex[day].value, year_behind(p, day), out);
    p->is_new_group = was_new;
    p->at = end;
    return is_good;
}

/* Which of its weekday a day is in its month: 1..5, and is it the last? */
static bool ordinal_matches(uint8_t ordinals, int32_t day)
{
    ovf_civil civil = ovf_time_civil((ovf_time)day * OVF_DAY_S);
    int nth = (civil.day - 1) / 7 + 1;
    bool is_last = civil.day + 7 > ovf_month_days(civil.year, civil.month);
    return (ordinals >> nth & 1U) != 0 || ((ordinals >> 6 & 1U) != 0 && is_last);
}

bool ovf_day_matches(const ovf_days *days, int32_t day)
{
    bool in_span = days->count == 0;
    for (size_t i = 0; i < days->count && !in_span; i++)
        in_span = day >= days->spans[i].first && day <= days->spans[i].last;
    if (!in_span)
        return false;
    if (days->weekdays == 0)
        return true;
    int weekday = ovf_time_weekday((ovf_time)day * OVF_DAY_S);
    if ((days->weekdays >> weekday & 1U) == 0)
        return false;
    return days->ordinals == 0 || ordinal_matches(days->ordinals, day);
}
