/* SPDX-License-Identifier: Apache-2.0 */
/* Item D, the grammar: dates and times in either order become periods. Commas part dates, times and
 * periods alike in real text, so a period ends where dates follow times (or, where the times come
 * first, where times follow dates). Rules S4 to S10: docs/formats/schedule.md. */
#include "time_internal.h"

struct parser {
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
};

static int32_t day_number(ovf_time t)
{
    ovf_time start = ovf_time_day_start(t);
    return (int32_t)(start / OVF_DAY_S);
}

static bool is_date(ovf_lex_kind kind)
{
    switch (kind) {
    case OVF_LEX_DAY:
    case OVF_LEX_MONTH:
    case OVF_LEX_YEAR:
    case OVF_LEX_DOW:
    case OVF_LEX_DAILY:
    case OVF_LEX_WORKDAYS:
    case OVF_LEX_WEEKEND:
    case OVF_LEX_HOLIDAY: return true;
    default: return false;
    }
}

static bool is_time(ovf_lex_kind kind)
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

static bool is_separator(ovf_lex_kind kind)
{
    return kind == OVF_LEX_COMMA || kind == OVF_LEX_AND || kind == OVF_LEX_SLASH
           || kind == OVF_LEX_ON;
}

static ovf_lex_kind kind_at(const struct parser *p, size_t at)
{
    return at < p->count ? p->lex[at].kind : OVF_LEX_END;
}

static bool civil_day(int year, int month, int day, int32_t *out)
{
    ovf_time t = 0;
    if (ovf_time_from_civil((ovf_civil){.year = year, .month = month, .day = day}, &t, NULL)
        != OVF_OK)
        return false;
    *out = day_number(t);
    return true;
}

/* "21 APR", "06-08 SEP", "06 SEP 2023": the month behind the days, no day behind the month. */
static int month_behind(const struct parser *p, size_t at)
{
    size_t i = at + 1;
    while (kind_at(p, i) == OVF_LEX_DAY || kind_at(p, i) == OVF_LEX_DASH
           || kind_at(p, i) == OVF_LEX_AND || kind_at(p, i) == OVF_LEX_COMMA)
        i++;
    if (kind_at(p, i) != OVF_LEX_MONTH)
        return 0;
    size_t next = i + 1;
    if (kind_at(p, next) == OVF_LEX_COMMA && kind_at(p, next + 1) == OVF_LEX_DAY
        && month_behind(p, next + 1) != 0)
        return p->lex[i].value; // "21 APR, 22 APR"
    bool goes_on = kind_at(p, next) == OVF_LEX_DAY || kind_at(p, next) == OVF_LEX_DASH;
    return goes_on ? 0 : p->lex[i].value;
}

/* The year written just behind, as in "06 SEP 2023" or "MAR 20 2023". */
static int year_behind(const struct parser *p, size_t at)
{
    for (size_t i = at + 1; i <= at + 2; i++) {
        if (kind_at(p, i) == OVF_LEX_YEAR)
            return p->lex[i].value;
        if (kind_at(p, i) != OVF_LEX_MONTH && kind_at(p, i) != OVF_LEX_DAY)
            break;
    }
    return 0;
}

static void set_month(struct parser *p, int month)
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
static bool resolve_day(struct parser *p, int day, int year_given, int32_t *out)
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

static bool add_span(struct parser *p, ovf_days *days, int32_t first, int32_t last)
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
static bool is_long_range_ahead(const struct parser *p)
{
    return kind_at(p, p->at) == OVF_LEX_DAY && kind_at(p, p->at + 1) == OVF_LEX_MONTH
           && kind_at(p, p->at + 2) == OVF_LEX_DASH && kind_at(p, p->at + 3) == OVF_LEX_DAY
           && kind_at(p, p->at + 4) == OVF_LEX_MONTH && kind_at(p, p->at + 5) != OVF_LEX_DAY;
}

static bool take_long_range(struct parser *p, ovf_days *days)
{
    int32_t first = 0;
    int32_t last = 0;
    set_month(p, p->lex[p->at + 1].value);
    if (!resolve_day(p, p->lex[p->at].value, 0, &first))
        return false;
    set_month(p, p->lex[p->at + 4].value);
    if (!resolve_day(p, p->lex[p->at + 3].value, 0, &last) || last < first)
        return false;
    p->at += 5;
    p->is_new_group = false;
    return add_span(p, days, first, last);
}

/* A day or a range of days; the lexeme at hand is a DAY. */
static bool take_days(struct parser *p, ovf_days *days)
{
    if (is_long_range_ahead(p))
        return take_long_range(p, days);
    int month = month_behind(p, p->at);
    if (month != 0 && !p->has_explicit)
        set_month(p, month);
    int32_t first = 0;
    if (!resolve_day(p, p->lex[p->at].value, year_behind(p, p->at), &first))
        return false;
    p->at++;
    bool is_range =
        kind_at(p, p->at) == OVF_LEX_DASH
        && (kind_at(p, p->at + 1) == OVF_LEX_DAY
            || (kind_at(p, p->at + 1) == OVF_LEX_MONTH && kind_at(p, p->at + 2) == OVF_LEX_DAY));
    int32_t last = first;
    if (is_range) {
        p->at++;
        bool was_new = p->is_new_group;
        p->is_new_group = false; // within a range the month rolls, always
        if (kind_at(p, p->at) == OVF_LEX_MONTH)
            set_month(p, p->lex[p->at++].value);
        bool is_good = resolve_day(p, p->lex[p->at].value, year_behind(p, p->at), &last);
        p->is_new_group = was_new;
        if (!is_good || last < first || last - first > 370)
            return false;
        p->at++;
    }
    p->is_new_group = false;
    return add_span(p, days, first, last);
}

static void take_weekdays(struct parser *p, ovf_days *days)
{
    int first = p->lex[p->at++].value;
    int last = first;
    if (kind_at(p, p->at) == OVF_LEX_DASH && kind_at(p, p->at + 1) == OVF_LEX_DOW) {
        last = p->lex[p->at + 1].value;
        p->at += 2;
    }
    for (int day = first;; day = (day + 1) % 7) { // S12: FRI-MON wraps
        days->weekdays |= (uint8_t)(1U << day);
        if (day == last)
            break;
    }
}

/* In a list of exceptions a comma that leads to dates with times of their own ends the list. */
static bool times_follow_dates(const struct parser *p, size_t at)
{
    while (is_date(kind_at(p, at)) || kind_at(p, at) == OVF_LEX_DASH
           || kind_at(p, at) == OVF_LEX_COMMA || kind_at(p, at) == OVF_LEX_AND)
        at++;
    return is_time(kind_at(p, at));
}

static bool take_dates(struct parser *p, ovf_days *days, bool is_except_list)
{
    bool any = false;
    for (;;) {
        size_t next = p->at;
        while (any && is_separator(kind_at(p, next)))
            next++;
        if (!is_date(kind_at(p, next)))
            return any;
        if (is_except_list && next > p->at && times_follow_dates(p, next))
            return any;
        p->at = next;
        any = true;
        switch (kind_at(p, p->at)) {
        case OVF_LEX_DAY:
            if (!take_days(p, days))
                return false;
            break;
        case OVF_LEX_MONTH:
            // Behind its days it has been read already; before them it carries forward.
            if (month_behind(p, p->at - 1) == 0 || p->at == 0
                || kind_at(p, p->at - 1) != OVF_LEX_DAY)
                set_month(p, p->lex[p->at].value);
            p->at++;
            break;
        case OVF_LEX_DOW: take_weekdays(p, days); break;
        case OVF_LEX_DAILY:
            days->is_daily = true;
            p->at++;
            break;
        case OVF_LEX_WORKDAYS:
            days->weekdays |= 0x3E;
            p->at++;
            break;
        case OVF_LEX_WEEKEND:
            days->weekdays |= 0x41;
            p->at++;
            break;
        case OVF_LEX_HOLIDAY:
            days->has_holiday = true;
            p->at++;
            break;
        default: p->at++; break; // a year, read with its day
        }
    }
}

static bool take_clock(struct parser *p, ovf_clock *out)
{
    const ovf_lexeme *lex = &p->lex[p->at];
    switch (kind_at(p, p->at)) {
    case OVF_LEX_CLOCK: *out = (ovf_clock){OVF_CLOCK_FIXED, lex->value}; break;
    case OVF_LEX_RISE: *out = (ovf_clock){OVF_CLOCK_RISE, lex->value}; break;
    case OVF_LEX_SET: *out = (ovf_clock){OVF_CLOCK_SET, lex->value}; break;
    default: return false;
    }
    p->at++;
    return true;
}

static bool take_range(struct parser *p, ovf_time_range *out)
{
    *out = (ovf_time_range){0};
    switch (kind_at(p, p->at)) {
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
    ovf_lex_kind between = kind_at(p, p->at);
    bool is_and = between == OVF_LEX_AND && is_time(kind_at(p, p->at + 1))
                  && kind_at(p, p->at + 2) != OVF_LEX_DASH; // "BTN 0800 AND 1200"
    if (between != OVF_LEX_DASH && between != OVF_LEX_SLASH && !is_and)
        return false;
    p->at++;
    return take_clock(p, &out->until);
}

static bool take_times(struct parser *p, ovf_time_range **ranges, size_t *count, size_t *capacity)
{
    bool any = false;
    for (;;) {
        size_t next = p->at;
        while (any && is_separator(kind_at(p, next)) && kind_at(p, next) != OVF_LEX_ON)
            next++;
        if (!is_time(kind_at(p, next)))
            return any;
        p->at = next;
        ovf_time_range range;
        if (!take_range(p, &range))
            return false;
        any = true;
        if (!ovf_arena_grow(p->arena, (void **)ranges, *count, capacity, sizeof(range))) {
            p->no_memory = true;
            return false;
        }
        (*ranges)[(*count)++] = range;
    }
}

static ovf_period *new_period(struct parser *p, uint32_t group)
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

/* S7: "06 0000-07 1300". The clock stands before the hyphen, a date behind it. */
static bool is_block_ahead(const struct parser *p)
{
    return kind_at(p, p->at) == OVF_LEX_CLOCK && kind_at(p, p->at + 1) == OVF_LEX_DASH
           && ((kind_at(p, p->at + 2) == OVF_LEX_DAY && kind_at(p, p->at + 3) == OVF_LEX_CLOCK)
               || (kind_at(p, p->at + 2) == OVF_LEX_MONTH && kind_at(p, p->at + 3) == OVF_LEX_DAY
                   && kind_at(p, p->at + 4) == OVF_LEX_CLOCK));
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

static bool take_block(struct parser *p, ovf_period *period)
{
    if (period->days.count == 0)
        return false;
    int32_t first = period->days.spans[period->days.count - 1].last;
    int32_t from = p->lex[p->at].value;
    p->at += 2;
    if (kind_at(p, p->at) == OVF_LEX_MONTH)
        set_month(p, p->lex[p->at++].value);
    int32_t last = 0;
    if (!resolve_day(p, p->lex[p->at].value, 0, &last))
        return false;
    p->at++;
    period->is_block = true;
    period->block =
        (ovf_interval){instant(first, from), instant(last, end_minutes(p->lex[p->at].value))};
    p->at++;
    return period->days.count == 1 && period->block.until > period->block.from;
}

/* Ten-digit date-times, or DDHHMM groups, with a hyphen or TO between. */
static bool take_stamps(struct parser *p, ovf_period *period)
{
    const ovf_lexeme *a = &p->lex[p->at];
    if (kind_at(p, p->at + 1) != OVF_LEX_DASH || kind_at(p, p->at + 2) != a->kind)
        return false;
    const ovf_lexeme *b = &p->lex[p->at + 2];
    period->is_block = true;
    if (a->kind == OVF_LEX_STAMP) {
        ovf_time end = b->stamp;
        period->block = (ovf_interval){a->stamp, end % OVF_DAY_S == 86340 ? end + 60 : end};
    } else {
        int32_t first = 0;
        int32_t last = 0;
        if (!resolve_day(p, a->value, 0, &first) || !resolve_day(p, b->value, 0, &last))
            return false;
        period->block =
            (ovf_interval){instant(first, a->extra), instant(last, end_minutes(b->extra))};
    }
    p->at += 3;
    return period->block.until > period->block.from;
}

static bool take_except(struct parser *p, ovf_period *period)
{
    p->at++;
    bool was_new = p->is_new_group;
    int32_t before = p->before;
    int year = p->year;
    int month = p->month;
    int32_t last_day = p->out->last_day;
    p->before = p->first_day - 1; // its days need not follow those of the period
    p->is_new_group = false;
    period->has_except = true;
    bool is_good = take_dates(p, &period->except, true);
    p->before = before;
    p->year = year;
    p->month = month;
    p->has_explicit = false;
    p->out->last_day = last_day;
    p->is_new_group = was_new;
    if (!is_good)
        return false;
    if (is_time(kind_at(p, p->at)) && (period->range_count > 0 || period->is_block))
        return take_times(p, &period->except_ranges, &period->except_count,
                          &period->except_capacity);
    return true;
}

/* Do the times stand before their dates, as in "0311-0428 ON JAN 23"? */
static bool is_time_first(const struct parser *p)
{
    if (!is_time(kind_at(p, 0)))
        return false;
    size_t end = 0;
    while (end < p->count && p->lex[end].kind != OVF_LEX_EXCEPT)
        end++;
    return end > 0 && is_date(p->lex[end - 1].kind);
}

/* S6 and its kin: a period without dates of its own goes on with those before it. */
static void inherit(struct parser *p, ovf_period *period)
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

static bool take_period(struct parser *p, uint32_t group, bool time_first)
{
    ovf_period *period = new_period(p, group);
    if (period == NULL)
        return false;
    bool any = false;
    if (kind_at(p, p->at) == OVF_LEX_STAMP || kind_at(p, p->at) == OVF_LEX_DAY_CLOCK)
        return take_stamps(p, period);
    if (!time_first && is_date(kind_at(p, p->at))) {
        if (!take_dates(p, &period->days, false))
            return false;
        any = true;
        while (is_separator(kind_at(p, p->at)))
            p->at++;
        if (is_block_ahead(p))
            return take_block(p, period);
    }
    if (kind_at(p, p->at) == OVF_LEX_EXCEPT && any && !take_except(p, period))
        return false;
    if (is_time(kind_at(p, p->at))) {
        if (!take_times(p, &period->ranges, &period->range_count, &period->range_capacity))
            return false;
        any = true;
    }
    while (time_first && is_separator(kind_at(p, p->at)))
        p->at++;
    if (time_first && is_date(kind_at(p, p->at)) && !take_dates(p, &period->days, false))
        return false;
    if (kind_at(p, p->at) == OVF_LEX_EXCEPT && any && !take_except(p, period))
        return false;
    inherit(p, period);
    return any;
}

bool ovf_schedule_parse(const ovf_lexeme *lexemes, size_t count, ovf_interval valid,
                        bool keep_month, ovf_arena *arena, ovf_schedule *out, size_t *bad)
{
    struct parser p = {.lex = lexemes,
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
        p.first_day = day_number(valid.from);
        p.before = p.first_day - 1;
    }
    if (valid.until != OVF_TIME_OPEN)
        p.last_day = day_number(valid.until);
    bool time_first = is_time_first(&p);
    uint32_t group = 0;
    while (p.at < count) {
        bool is_parted = false;
        while (is_separator(kind_at(&p, p.at)))
            is_parted |= p.lex[p.at++].kind == OVF_LEX_COMMA;
        if (p.at >= count)
            break;
        group += is_parted;
        p.is_new_group = is_parted || time_first;
        size_t before = p.at;
        if (!take_period(&p, group, time_first) || p.at == before) {
            *bad = p.no_memory ? SIZE_MAX : p.at;
            return false;
        }
    }
    *bad = 0;
    return out->count > 0;
}
