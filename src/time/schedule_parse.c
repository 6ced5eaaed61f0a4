/* SPDX-License-Identifier: Apache-2.0 */
/* Item D, the grammar: dates and times in either order become periods. Commas part dates, times and
 * periods alike in real text, so a period ends where dates follow times (or, where the times come
 * first, where times follow dates). Rules S4 to S10: docs/formats/schedule.md. */
#include "time_internal.h"

static bool take_clock(ovf_schedule_parser *p, ovf_clock *out)
{
    const ovf_lexeme *lex = &p->lex[p->at];
    switch (ovf_lex_at(p, p->at)) {
    case OVF_LEX_CLOCK: *out = (ovf_clock){OVF_CLOCK_FIXED, lex->value}; break;
    case OVF_LEX_RISE: *out = (ovf_clock){OVF_CLOCK_RISE, lex->value}; break;
    case OVF_LEX_SET: *out = (ovf_clock){OVF_CLOCK_SET, lex->value}; break;
    default: return false;
    }
    p->at++;
    return true;
}

static bool take_range(ovf_schedule_parser *p, ovf_time_range *out)
{
    *out = (ovf_time_range){0};
    switch (ovf_lex_at(p, p->at)) {
    case OVF_LEX_H24:
        out->is_whole_day = true;
        p->at++;
        return true;
    case OVF_LEX_HX:
        out->is_whole_day = true;
        out->is_unknown = true;
        p->at++;
        return true;
    case OVF_LEX_HJ:
        out->from.kind = OVF_CLOCK_RISE;
        out->until.kind = OVF_CLOCK_SET;
        p->at++;
        return true;
    case OVF_LEX_HN:
        out->from.kind = OVF_CLOCK_SET;
        out->until.kind = OVF_CLOCK_RISE;
        p->at++;
        return true;
    default: break;
    }
    if (!take_clock(p, &out->from))
        return false;
    ovf_lex_kind between = ovf_lex_at(p, p->at);
    bool is_and = between == OVF_LEX_AND && ovf_lex_is_time(ovf_lex_at(p, p->at + 1))
                  && ovf_lex_at(p, p->at + 2) != OVF_LEX_DASH; // "BTN 0800 AND 1200"
    if (between != OVF_LEX_DASH && between != OVF_LEX_SLASH && !is_and)
        return false;
    p->at++;
    return take_clock(p, &out->until);
}

static bool add_range(ovf_schedule_parser *p, ovf_time_range **ranges, size_t *count,
                      size_t *capacity, ovf_time_range range)
{
    if (!ovf_arena_grow(p->arena, (void **)ranges, *count, capacity, sizeof(range))) {
        p->no_memory = true;
        return false;
    }
    (*ranges)[(*count)++] = range;
    return true;
}

static bool take_times(ovf_schedule_parser *p, ovf_time_range **ranges, size_t *count,
                       size_t *capacity)
{
    bool any = false;
    for (;;) {
        size_t next = p->at;
        while (any && ovf_lex_is_separator(ovf_lex_at(p, next))
               && ovf_lex_at(p, next) != OVF_LEX_ON)
            next++;
        if (!ovf_lex_is_time(ovf_lex_at(p, next)))
            return any;
        p->at = next;
        ovf_time_range range;
        if (!take_range(p, &range))
            return false;
        any = true;
        if (!add_range(p, ranges, count, capacity, range))
            return false;
    }
}

static ovf_period *new_period(ovf_schedule_parser *p, uint32_t group)
{
    ovf_schedule *out = p->out;
    if (!ovf_arena_grow(p->arena, (void **)&out->periods, out->count, &out->capacity,
                        sizeof(*out->periods))) {
        p->no_memory = true;
        return NULL;
    }
    ovf_period *period = &out->periods[out->count++];
    *period = (ovf_period){.group = group};
    return period;
}

/* Where the end of a block's day and clock is, from the hyphen on; 0: no block. */
static size_t block_end(const ovf_schedule_parser *p, size_t dash)
{
    if (ovf_lex_at(p, dash) != OVF_LEX_DASH)
        return 0;
    size_t clock = ovf_day_behind(p, dash + 1);
    bool is_end = clock > 0 && ovf_lex_at(p, clock) == OVF_LEX_CLOCK
                  && ovf_lex_at(p, clock + 1) != OVF_LEX_DASH;
    return is_end ? clock + 1 : 0;
}

/* S7: "06 0000-07 1300". The clock stands before the hyphen, a date behind it. */
static bool is_block_ahead(const ovf_schedule_parser *p)
{
    return ovf_lex_at(p, p->at) == OVF_LEX_CLOCK && block_end(p, p->at + 1) != 0;
}

/* "0600 ON 12 MAR TO 1800 ON 14 MAR". */
static bool is_turned_block_ahead(const ovf_schedule_parser *p)
{
    if (ovf_lex_at(p, p->at) != OVF_LEX_CLOCK)
        return false;
    size_t dash = ovf_day_behind(p, p->at + 1);
    return dash > 0 && ovf_lex_at(p, dash) == OVF_LEX_DASH
           && ovf_lex_at(p, dash + 1) == OVF_LEX_CLOCK && ovf_day_behind(p, dash + 2) > 0;
}

/* "FRI 2200-MON 0600": the same block every week. */
static bool is_week_block_ahead(const ovf_schedule_parser *p)
{
    return ovf_lex_at(p, p->at) == OVF_LEX_DOW && ovf_lex_at(p, p->at + 1) == OVF_LEX_CLOCK
           && ovf_lex_at(p, p->at + 2) == OVF_LEX_DASH && ovf_lex_at(p, p->at + 3) == OVF_LEX_DOW
           && ovf_lex_at(p, p->at + 4) == OVF_LEX_CLOCK && ovf_lex_at(p, p->at + 5) != OVF_LEX_DASH;
}

static ovf_time instant(int32_t day, int32_t minutes)
{
    return (ovf_time)day * OVF_DAY_S + (ovf_time)minutes * OVF_MINUTE_S;
}

/* S3: 2359 as an end is the end of the day. */
static int32_t end_minutes(int32_t minutes)
{
    return minutes == 1439 ? 1440 : minutes;
}

static bool take_block(ovf_schedule_parser *p, ovf_period *period)
{
    if (period->days.count != 1)
        return false;
    int32_t first = period->days.spans[0].last;
    int32_t from = p->lex[p->at].value;
    int32_t last = 0;
    p->at += 2;
    if (!ovf_take_day(p, &last))
        return false;
    period->is_block = true;
    period->block =
        (ovf_interval){instant(first, from), instant(last, end_minutes(p->lex[p->at].value))};
    p->at++;
    return period->block.until > period->block.from;
}

static bool take_turned_block(ovf_schedule_parser *p, ovf_period *period)
{
    int32_t from = p->lex[p->at++].value;
    int32_t first = 0;
    int32_t last = 0;
    if (!ovf_take_day(p, &first))
        return false;
    int32_t until = p->lex[p->at + 1].value;
    p->at += 2;
    if (!ovf_take_day(p, &last))
        return false;
    period->is_block = true;
    period->block = (ovf_interval){instant(first, from), instant(last, end_minutes(until))};
    return period->block.until > period->block.from;
}

static bool take_week_block(ovf_schedule_parser *p, ovf_period *period)
{
    int first = p->lex[p->at].value;
    int last = p->lex[p->at + 3].value;
    int32_t from = p->lex[p->at + 1].value;
    int32_t until = p->lex[p->at + 4].value;
    p->at += 5;
    int days = (last - first + 7) % 7;
    period->days.weekdays = (uint8_t)(1U << first);
    return add_range(p, &period->ranges, &period->range_count, &period->range_capacity,
                     (ovf_time_range){.from = {OVF_CLOCK_FIXED, from},
                                      .until = {OVF_CLOCK_FIXED, until},
                                      .until_days = days == 0 && until <= from ? 7 : days});
}

/* The month of a DDHHMM group: written behind it, or behind one that follows (schedule_settle.c). */
static bool take_group(ovf_schedule_parser *p, int32_t *day)
{
    const ovf_lexeme *group = &p->lex[p->at];
    if (group->stamp != 0)
        ovf_schedule_set_month(p, (int)group->stamp);
    bool was_new = p->is_new_group;
    p->is_new_group = false;
    bool is_good = ovf_resolve_day(p, group->value, 0, day);
    p->is_new_group = was_new;
    p->at++;
    p->at += ovf_lex_at(p, p->at) == OVF_LEX_MONTH;
    p->at += ovf_lex_at(p, p->at) == OVF_LEX_YEAR;
    return is_good;
}

/* Ten-digit date-times, or DDHHMM groups, with a hyphen or TO between. */
static bool take_stamps(ovf_schedule_parser *p, ovf_period *period)
{
    period->is_block = true;
    if (ovf_lex_at(p, p->at) == OVF_LEX_STAMP) {
        if (ovf_lex_at(p, p->at + 1) != OVF_LEX_DASH || ovf_lex_at(p, p->at + 2) != OVF_LEX_STAMP)
            return false;
        ovf_time end = p->lex[p->at + 2].stamp;
        period->block =
            (ovf_interval){p->lex[p->at].stamp, end % OVF_DAY_S == 86340 ? end + 60 : end};
        p->at += 3;
        return period->block.until > period->block.from;
    }
    int32_t first = 0;
    int32_t last = 0;
    int32_t from = p->lex[p->at].extra;
    if (!take_group(p, &first) || ovf_lex_at(p, p->at) != OVF_LEX_DASH)
        return false;
    p->at++;
    if (ovf_lex_at(p, p->at) != OVF_LEX_DAY_CLOCK)
        return false;
    int32_t until = p->lex[p->at].extra;
    if (!take_group(p, &last))
        return false;
    period->block = (ovf_interval){instant(first, from), instant(last, end_minutes(until))};
    return period->block.until > period->block.from;
}

static bool take_except(ovf_schedule_parser *p, ovf_period *period)
{
    period->except_at = p->lex[p->at++].at;
    while (ovf_lex_at(p, p->at) == OVF_LEX_ON)
        p->at++;
    period->has_except = true;
    bool has_times = period->range_count > 0 || period->is_block;
    if (ovf_lex_is_time(ovf_lex_at(p, p->at))) { // "H24 EXC 0600-0800"
        period->except.is_daily = true;
        return has_times
               && take_times(p, &period->except_ranges, &period->except_count,
                             &period->except_capacity);
    }
    bool is_bare = period->days.count == 0 && period->days.weekdays == 0;
    ovf_schedule_parser before = *p;
    p->before = p->first_day - 1; // its days need not follow those of the period
    p->is_new_group = false;
    bool is_good = ovf_take_dates(p, &period->except, !is_bare || has_times, has_times);
    p->before = before.before;
    p->year = before.year;
    p->month = before.month;
    p->has_explicit = false;
    p->is_new_group = before.is_new_group;
    if (!is_good)
        return false;
    if (ovf_lex_is_time(ovf_lex_at(p, p->at)) && has_times)
        return take_times(p, &period->except_ranges, &period->except_count,
                          &period->except_capacity);
    return true;
}

/* Do the times stand before their dates, as in "0311-0428 ON JAN 23"? */
static bool is_time_first(const ovf_schedule_parser *p)
{
    if (!ovf_lex_is_time(ovf_lex_at(p, 0)))
        return false;
    size_t end = 0;
    while (end < p->count && p->lex[end].kind != OVF_LEX_EXCEPT)
        end++;
    while (end > 0 && ovf_lex_is_separator(p->lex[end - 1].kind))
        end--;
    return end > 0 && ovf_lex_is_date(p->lex[end - 1].kind);
}

/* S6 and its kin: a period without dates of its own goes on with those before it. */
static void inherit(ovf_schedule_parser *p, ovf_period *period)
{
    if (p->out->count < 2 || period->is_block)
        return;
    const ovf_period *before = period - 1;
    if (before->is_block)
        return;
    bool has_none = period->days.count == 0 && period->days.weekdays == 0 && !period->days.is_daily
                    && !period->days.has_holiday;
    if (has_none)
        period->days = before->days;
    else if (period->days.count == 0 && period->days.weekdays != 0 && !period->days.is_daily
             && before->group == period->group) {
        period->days.spans = before->days.spans;
        period->days.count = before->days.count;
        period->days.capacity = before->days.count;
    }
}

/* "DLY 06-18", or "06-18" from B at 0600 to C at 1800: hours without minutes look like days of the
 * month. Better unread than taken for days. */
static bool could_be_hours(const ovf_schedule_parser *p, const ovf_period *period)
{
    if (period->range_count > 0 || period->is_block || period->days.count != 1
        || period->days.weekdays != 0)
        return false;
    ovf_civil first = ovf_time_civil((ovf_time)period->days.spans[0].first * OVF_DAY_S);
    ovf_civil last = ovf_time_civil((ovf_time)period->days.spans[0].last * OVF_DAY_S);
    if (first.day > 24 || last.day > 24)
        return false;
    if (period->days.is_daily)
        return true;
    return p->out->count == 1 && p->valid.until != OVF_TIME_OPEN && p->valid.from != OVF_TIME_NONE
           && ovf_time_civil(p->valid.from).hour == first.day
           && ovf_time_civil(p->valid.until).hour == last.day;
}

static bool take_except_if_any(ovf_schedule_parser *p, ovf_period *period, bool may)
{
    if (ovf_lex_at(p, p->at) != OVF_LEX_EXCEPT || !may || period->has_except)
        return true;
    return take_except(p, period);
}

static bool take_period(ovf_schedule_parser *p, uint32_t group, bool time_first)
{
    ovf_period *period = new_period(p, group);
    if (period == NULL)
        return false;
    ovf_lex_kind kind = ovf_lex_at(p, p->at);
    if (kind == OVF_LEX_STAMP || kind == OVF_LEX_DAY_CLOCK)
        return take_stamps(p, period);
    if (is_turned_block_ahead(p))
        return take_turned_block(p, period);
    if (is_week_block_ahead(p))
        return take_week_block(p, period);
    // "EXC SUN 0600-1800": every other day.
    bool any = kind == OVF_LEX_EXCEPT && ovf_lex_is_date(ovf_lex_at(p, p->at + 1));
    if (!time_first && ovf_lex_is_date(kind)) {
        if (!ovf_take_dates(p, &period->days, false, false))
            return false;
        any = true;
        while (ovf_lex_is_separator(ovf_lex_at(p, p->at)))
            p->at++;
        if (is_block_ahead(p))
            return take_block(p, period);
    }
    if (!take_except_if_any(p, period, any))
        return false;
    if (ovf_lex_is_time(ovf_lex_at(p, p->at))) {
        if (!take_times(p, &period->ranges, &period->range_count, &period->range_capacity))
            return false;
        any = true;
    }
    while (time_first && ovf_lex_is_separator(ovf_lex_at(p, p->at)))
        p->at++;
    if (time_first && ovf_lex_is_date(ovf_lex_at(p, p->at))
        && !ovf_take_dates(p, &period->days, false, true))
        return false;
    if (!take_except_if_any(p, period, any))
        return false;
    inherit(p, period);
    return any && !could_be_hours(p, period);
}

/* "..., EXC 15": a group of its own that takes from the one before it. */
static bool is_exception_of_last(const ovf_schedule_parser *p)
{
    if (ovf_lex_at(p, p->at) != OVF_LEX_EXCEPT || p->out->count == 0)
        return false;
    const ovf_period *last = &p->out->periods[p->out->count - 1];
    return !last->has_except && !last->is_block;
}

bool ovf_schedule_parse(const ovf_lexeme *lexemes, size_t count, ovf_interval valid,
                        bool keep_month, ovf_arena *arena, ovf_schedule *out, size_t *bad)
{
    ovf_schedule_parser p = {.lex = lexemes,
                             .count = count,
                             .arena = arena,
                             .out = out,
                             .valid = valid,
                             .last_day = INT32_MAX,
                             .keep_month = keep_month};
    *out = (ovf_schedule){.last_day = INT32_MIN};
    if (valid.from != OVF_TIME_NONE) {
        ovf_civil start = ovf_time_civil(valid.from);
        p.has_context = true;
        p.year = start.year;
        p.month = start.month;
        p.first_day = ovf_day_number(valid.from);
        p.before = p.first_day - 1;
    }
    if (valid.until != OVF_TIME_OPEN)
        p.last_day = ovf_day_number(valid.until);
    bool time_first = is_time_first(&p);
    uint32_t group = 0;
    while (p.at < count) {
        bool is_parted = false;
        while (ovf_lex_is_separator(ovf_lex_at(&p, p.at)))
            is_parted |= p.lex[p.at++].kind == OVF_LEX_COMMA;
        if (p.at >= count)
            break;
        group += is_parted;
        p.is_new_group = is_parted || time_first;
        size_t before = p.at;
        bool is_good = is_exception_of_last(&p) ? take_except(&p, &out->periods[out->count - 1])
                                                : take_period(&p, group, time_first);
        if (!is_good || p.at == before) {
            *bad = p.no_memory ? SIZE_MAX : p.at;
            return false;
        }
    }
    *bad = 0;
    return out->count > 0;
}
