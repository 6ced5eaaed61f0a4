/* SPDX-License-Identifier: Apache-2.0 */
/* Item D expanded: every period on every day it names, within validity and window. Reading is in
 * schedule_lex.c and schedule_parse.c. What cannot be read leaves the whole validity active (S14):
 * a closure is never dropped for its spelling. */
#include "time_internal.h"

#define MAX_LEXEMES 6000  /* what looks ahead does so over the rest of the text */
#define HORIZON_DAYS 3700 /* beyond it (no window, no end) all is taken as active */

#define SUN_DAYS 64 /* remembered: hundreds of periods ask for the same weeks */

struct sun_day {
    ovf_time start, rise, set;
    bool is_known, has_sides, is_up;
};

struct expansion {
    ovf_schedule_place place;
    ovf_interval clip;
    ovf_arena *arena;
    ovf_findings *findings;
    bool is_sun_unknown;
    bool is_polar;
    bool uses_sun;
    bool is_cut;
    ovf_time ahead_s; /* of UTC, the zone that the clocks are written in */
    struct sun_day sun[SUN_DAYS];
};

static int32_t day_of(ovf_time t)
{
    return (int32_t)(ovf_time_day_start(t) / OVF_DAY_S);
}

static const struct sun_day *sun_on(struct expansion *x, ovf_time start)
{
    struct sun_day *day = &x->sun[(uint64_t)day_of(start) % SUN_DAYS];
    if (!day->is_known || day->start != start) {
        *day = (struct sun_day){.start = start, .is_known = true};
        day->has_sides = ovf_sun_times(x->place.lat_deg, x->place.lon_deg, start, &day->rise,
                                       &day->set, &day->is_up);
    }
    return day;
}

/* Seconds after midnight of a range's side; false: unknown or no such event. */
static bool side(struct expansion *x, ovf_clock clock, int32_t day, ovf_time *out)
{
    ovf_time start = (ovf_time)day * OVF_DAY_S;
    if (clock.kind == OVF_CLOCK_FIXED) {
        *out = start + (ovf_time)clock.minutes * OVF_MINUTE_S;
        return true;
    }
    x->uses_sun = true;
    if (!x->place.known) {
        x->is_sun_unknown = true;
        return false;
    }
    const struct sun_day *sun = sun_on(x, start);
    if (!sun->has_sides) {
        x->is_polar = true;
        return false;
    }
    *out = (clock.kind == OVF_CLOCK_RISE ? sun->rise : sun->set)
           + (ovf_time)clock.minutes * OVF_MINUTE_S;
    return true;
}

static bool is_sunny(const ovf_time_range *range)
{
    return range->from.kind != OVF_CLOCK_FIXED && range->until.kind != OVF_CLOCK_FIXED;
}

/* S8: by day where the sun stays up, or by night where it stays down, is the whole day; the other
 * way round it is never. */
static ovf_interval polar_range(struct expansion *x, const ovf_time_range *range, ovf_time start)
{
    bool by_day = range->from.kind == OVF_CLOCK_RISE;
    const struct sun_day *sun = x->place.known ? sun_on(x, start) : NULL;
    if (sun != NULL && !sun->has_sides && by_day != sun->is_up)
        return (ovf_interval){start, start};
    return (ovf_interval){start, start + OVF_DAY_S};
}

static ovf_interval range_on(struct expansion *x, const ovf_time_range *range, int32_t day)
{
    ovf_time start = (ovf_time)day * OVF_DAY_S;
    ovf_interval whole = {start, start + OVF_DAY_S};
    if (range->is_whole_day)
        return whole;
    ovf_time from = 0;
    ovf_time until = 0;
    bool has_from = side(x, range->from, day, &from);
    if (range->until.kind == OVF_CLOCK_FIXED && range->until.minutes == 1439)
        until = start + OVF_DAY_S; // S3
    else if (!side(x, range->until, day, &until))
        return is_sunny(range)
                   ? polar_range(x, range, start)
                   : (ovf_interval){has_from && from < whole.until ? from : start, whole.until};
    if (!has_from)
        return is_sunny(range) ? polar_range(x, range, start)
                               : (ovf_interval){start, until > start ? until : whole.until};
    if (range->until_days > 0)
        return (ovf_interval){from, until + (ovf_time)range->until_days * OVF_DAY_S};
    if (until <= from) { // S2, S9: it ends on the next day
        ovf_time again = until + OVF_DAY_S;
        if (range->until.kind != OVF_CLOCK_FIXED && side(x, range->until, day + 1, &until))
            again = until > from ? until : again;
        until = again;
    }
    return (ovf_interval){from, until};
}

static ovf_status add(struct expansion *x, ovf_intervals *set, ovf_interval interval)
{
    ovf_status status = ovf_intervals_add(set, interval, x->arena);
    if (status == OVF_E_LIMIT) {
        x->is_cut = true;
        return OVF_OK;
    }
    return status;
}

/* Back to UTC, and only what the clip can hold. */
static ovf_status add_utc(struct expansion *x, ovf_intervals *set, ovf_interval interval)
{
    interval.from -= x->ahead_s;
    interval.until -= x->ahead_s;
    return ovf_interval_overlaps(interval, x->clip) ? add(x, set, interval) : OVF_OK;
}

static ovf_status expand_day(struct expansion *x, const ovf_period *period, int32_t day,
                             ovf_intervals *set, ovf_intervals *minus)
{
    bool names_days = period->except.count > 0 || period->except.weekdays != 0
                      || (period->except.is_daily && period->except_count > 0);
    bool is_excepted = period->has_except && names_days && ovf_day_matches(&period->except, day);
    ovf_time_range whole = {.is_whole_day = true};
    const ovf_time_range *ranges = period->range_count > 0 ? period->ranges : &whole;
    size_t count = period->range_count > 0 ? period->range_count : 1;
    for (size_t i = 0; i < period->except_count && is_excepted; i++) {
        ovf_status status = add_utc(x, minus, range_on(x, &period->except_ranges[i], day));
        if (status != OVF_OK)
            return status;
    }
    if (is_excepted && period->except_count == 0)
        return OVF_OK;
    for (size_t i = 0; i < count; i++) {
        ovf_status status = add_utc(x, set, range_on(x, &ranges[i], day));
        if (status != OVF_OK)
            return status;
    }
    return OVF_OK;
}

static int32_t longest_reach(const ovf_period *period)
{
    int32_t days = 0;
    for (size_t i = 0; i < period->range_count; i++)
        days = period->ranges[i].until_days > days ? period->ranges[i].until_days : days;
    return days;
}

static ovf_status expand_period(struct expansion *x, const ovf_period *period, ovf_intervals *set,
                                ovf_intervals *minus)
{
    if (period->is_block)
        return add_utc(x, set, period->block);
    // Days before: a period may reach over midnight into the clip, a weekly block over a week.
    int32_t first = day_of(x->clip.from) - 2 - longest_reach(period);
    int32_t last = day_of(x->clip.until) + 1;
    if (period->days.count == 0) {
        for (int32_t day = first; day <= last && !x->is_cut; day++) {
            if (!ovf_day_matches(&period->days, day))
                continue;
            ovf_status status = expand_day(x, period, day, set, minus);
            if (status != OVF_OK)
                return status;
        }
        return OVF_OK;
    }
    for (size_t i = 0; i < period->days.count; i++) {
        ovf_day_span span = period->days.spans[i];
        if (span.first < first)
            span.first = first;
        if (span.last > last)
            span.last = last;
        for (int32_t day = span.first; day <= span.last && !x->is_cut; day++) {
            if (!ovf_day_matches(&period->days, day))
                continue;
            ovf_status status = expand_day(x, period, day, set, minus);
            if (status != OVF_OK)
                return status;
        }
    }
    return OVF_OK;
}

/* Where holidays are named, for findings. */
static size_t holiday_at(ovf_str text)
{
    static const char *const words[] = {"HOL", "LGL", "FERI", "FER ", "FEST", "PH", "LH", "JF"};
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        size_t at = ovf_str_find(text, 0, ovf_str_of(words[i]));
        if (at != OVF_NOPOS)
            return at;
    }
    return 0;
}

/* S10: EXC holds for the whole comma group it closes, and for no other. */
static void spread_exceptions(ovf_schedule *schedule, ovf_str text, ovf_findings *findings)
{
    for (size_t i = 0; i < schedule->count; i++) {
        ovf_period *period = &schedule->periods[i];
        if (!period->has_except)
            continue;
        for (size_t j = i; j > 0 && schedule->periods[j - 1].group == period->group
                           && !schedule->periods[j - 1].has_except;
             j--) {
            ovf_period *before = &schedule->periods[j - 1];
            before->except = period->except;
            before->has_except = true;
            before->except_ranges = period->except_ranges;
            before->except_count = period->except_count;
        }
        if (period->except.has_holiday)
            ovf_findings_add(findings, OVF_WARNING, holiday_at(text), "SCHED_HOL",
                             "public holidays are excepted, and no calendar says which days: "
                             "taken as active on them too; without them it is less");
    }
}

static ovf_status expand_all(struct expansion *x, const ovf_schedule *schedule, ovf_intervals *out);

static ovf_time total_s(const ovf_intervals *set)
{
    ovf_time sum = 0;
    for (size_t i = 0; i < set->count; i++)
        sum += set->items[i].until - set->items[i].from;
    return sum;
}

/* S10: an exception at the very end may be meant for all that stands before. Where that would be
 * less, it is said, and the larger reading stays. */
static ovf_status report_scope(struct expansion *x, const ovf_schedule *schedule,
                               const ovf_intervals *narrow)
{
    const ovf_period *last = &schedule->periods[schedule->count - 1];
    if (!last->has_except || last->except_count > 0 || schedule->periods[0].group == last->group)
        return OVF_OK;
    ovf_schedule wide = *schedule;
    wide.periods = ovf_arena_array(x->arena, ovf_period, schedule->count);
    if (wide.periods == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < schedule->count; i++) {
        wide.periods[i] = schedule->periods[i];
        if (wide.periods[i].has_except)
            continue;
        wide.periods[i].has_except = true;
        wide.periods[i].except = last->except;
    }
    ovf_intervals set = {0};
    ovf_status status = expand_all(x, &wide, &set);
    ovf_time less_s = total_s(narrow) - total_s(&set);
    if (status == OVF_OK && less_s > 0)
        ovf_findings_add(x->findings, OVF_WARNING, last->except_at, "D_EXC_SCOPE",
                         "the exception is read for its own comma group; for all groups it would "
                         "take out %ld minutes more",
                         (long)(less_s / OVF_MINUTE_S));
    return status;
}

/* S11: holidays among the days ("MON-FRI AND HOL"). No calendar says which they are, so any day may
 * be one: the larger reading, hours on every day, is kept, and what the smaller one leaves is said. */
static ovf_status widen_holidays(struct expansion *x, const ovf_schedule *schedule, ovf_str text,
                                 bool *any, ovf_intervals *out)
{
    *any = false;
    for (size_t i = 0; i < schedule->count; i++)
        *any |= schedule->periods[i].days.has_holiday;
    if (!*any)
        return OVF_OK;
    ovf_schedule other = *schedule;
    other.periods = ovf_arena_array(x->arena, ovf_period, schedule->count);
    if (other.periods == NULL)
        return OVF_E_NOMEM;
    size_t kept = 0;
    for (size_t i = 0; i < schedule->count; i++) {
        const ovf_days *days = &schedule->periods[i].days;
        bool is_alone = days->has_holiday && days->weekdays == 0 && !days->is_daily;
        if (!is_alone)
            other.periods[kept++] = schedule->periods[i];
    }
    other.count = kept;
    ovf_intervals without = {0};
    ovf_status status = expand_all(x, &other, &without);
    other.count = schedule->count;
    for (size_t i = 0; i < schedule->count; i++) {
        other.periods[i] = schedule->periods[i];
        if (!other.periods[i].days.has_holiday)
            continue;
        other.periods[i].days.weekdays = 0;
        other.periods[i].days.ordinals = 0;
    }
    ovf_intervals with = {0};
    if (status == OVF_OK)
        status = expand_all(x, &other, &with);
    if (status != OVF_OK)
        return status;
    *out = with;
    ovf_findings_add(x->findings, OVF_WARNING, holiday_at(text), "SCHED_HOL",
                     "active on public holidays, and no calendar says which days these are: taken "
                     "as active on every day; without holidays it is %ld minutes less",
                     (long)((total_s(&with) - total_s(&without)) / OVF_MINUTE_S));
    return OVF_OK;
}

static bool has_unknown_hours(const ovf_schedule *schedule)
{
    for (size_t i = 0; i < schedule->count; i++) {
        for (size_t j = 0; j < schedule->periods[i].range_count; j++) {
            if (schedule->periods[i].ranges[j].is_unknown)
                return true;
        }
    }
    return false;
}

static void report(const struct expansion *x, ovf_findings *findings)
{
    if (x->is_sun_unknown)
        ovf_findings_add(findings, OVF_WARNING, 0, "SUN_UNKNOWN",
                         "sunrise or sunset at an unknown place: the whole day is taken as active");
    if (x->is_polar)
        ovf_findings_add(findings, OVF_WARNING, 0, "SUN_POLAR",
                         "the sun does not rise or set there on some days: day is then always or "
                         "never");
    if (x->uses_sun && x->place.known)
        ovf_findings_add(findings, OVF_NOTE, 0, "SUN",
                         "sunrise and sunset are computed, good to about two minutes");
}

static ovf_status expand_all(struct expansion *x, const ovf_schedule *schedule, ovf_intervals *out)
{
    ovf_intervals all = {0};
    for (size_t i = 0; i < schedule->count; i++) {
        ovf_intervals set = {0};
        ovf_intervals minus = {0};
        ovf_intervals rest = {0};
        ovf_status status = expand_period(x, &schedule->periods[i], &set, &minus);
        if (status == OVF_OK)
            status = ovf_intervals_subtract(&set, &minus, x->arena, &rest);
        if (status != OVF_OK)
            return status;
        for (size_t j = 0; j < rest.count; j++) {
            status = add(x, &all, rest.items[j]);
            if (status != OVF_OK)
                return status;
        }
    }
    ovf_intervals clip = {0};
    ovf_status status = ovf_intervals_add(&clip, x->clip, x->arena);
    if (status != OVF_OK)
        return status;
    return ovf_intervals_intersect(&all, &clip, x->arena, out);
}

static ovf_status whole(ovf_interval clip, ovf_arena *arena, ovf_intervals *out)
{
    *out = (ovf_intervals){0};
    return ovf_intervals_add(out, clip, arena);
}

/* Words that leave the hours to somebody's later word (S11; "ACT BY NOTAM"). */
static bool leaves_it_open(ovf_str text)
{
    static const char *const words[] = {"BY NOTAM",  "NOTIF",    "O/R",     "REQ",      "ADVISED",
                                        "ACTIVATED", "HR SER",   "HRSER",   "BY ATC",   "SEPARATE",
                                        "INTERMIT",  "SPORADIC", "AS PUBL", "IRREGULAR"};
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (ovf_str_find(text, 0, ovf_str_of(words[i])) != OVF_NOPOS)
            return true;
    }
    return false;
}

static void report_unread(ovf_str text, const ovf_lexemes *lexemes, size_t bad,
                          ovf_findings *findings)
{
    size_t pos = bad < lexemes->count ? lexemes->items[bad].at : text.len;
    ovf_str word =
        bad < lexemes->count ? ovf_str_sub(text, pos, pos + lexemes->items[bad].len) : OVF_STR("");
    if (leaves_it_open(text))
        ovf_findings_add(findings, OVF_WARNING, pos, "SCHED_UNKNOWN",
                         "no specific hours: the whole validity is taken as active");
    else if (word.len > 0)
        ovf_findings_add(findings, OVF_WARNING, pos, "D_UNPARSED",
                         "item D: expected a date or a time, got \"%.*s\"; the whole validity "
                         "is taken as active",
                         OVF_ARG(ovf_str_sub(word, 0, 40)));
    else
        ovf_findings_add(findings, OVF_WARNING, pos, "D_UNPARSED",
                         "item D ends where a time was expected; the whole validity is taken "
                         "as active");
}

/* What was taken one of two ways, or not at all. */
static void report_notes(const ovf_lex_notes *notes, ovf_findings *findings)
{
    if (notes->has_offset)
        ovf_findings_add(findings, OVF_NOTE, notes->local_at, "D_LOCAL",
                         "clocks of a zone %d minutes ahead of UTC, brought back to it",
                         notes->offset_min);
    if (notes->has_brackets)
        ovf_findings_add(findings, OVF_WARNING, notes->bracket_at, "D_BRACKETS",
                         "hours in brackets, as of another season, are taken as well");
    if (notes->has_backup)
        ovf_findings_add(findings, OVF_NOTE, notes->backup_at, "D_BACKUP",
                         "primary and alternate periods are all taken as active");
    if (notes->has_short_year)
        ovf_findings_add(findings, OVF_NOTE, notes->year_at, "D_YEAR",
                         "two figures behind a month are read as the year");
    if (notes->is_slash_date)
        ovf_findings_add(findings, OVF_WARNING, notes->slash_at, "D_SLASH",
                         "figures with a slash are two days or a day and a month: read as item B "
                         "suggests");
}

/* Reads in the usual order first; where a day could stand in two months, the reading whose last
 * day is that of item C is taken (the last end should equal C). */
static bool read_schedule(ovf_str text, ovf_interval valid, ovf_arena *arena,
                          ovf_schedule *schedule, ovf_findings *findings, bool *no_memory)
{
    ovf_lexemes lexemes;
    size_t bad = 0;
    *no_memory = !ovf_schedule_lex(text, valid, arena, &lexemes);
    if (*no_memory)
        return false;
    if (lexemes.count > MAX_LEXEMES) {
        ovf_findings_add(findings, OVF_WARNING, lexemes.items[MAX_LEXEMES].at, "D_UNPARSED",
                         "item D of more than %d words: the whole validity is taken as active",
                         MAX_LEXEMES);
        return false;
    }
    if (lexemes.notes.is_local && !lexemes.notes.has_offset) {
        ovf_findings_add(findings, OVF_WARNING, lexemes.notes.local_at, "D_LOCAL",
                         "local time, and no word of its offset: the whole validity is taken as "
                         "active");
        return false;
    }
    if (!ovf_schedule_parse(lexemes.items, lexemes.count, valid, false, arena, schedule, &bad)) {
        *no_memory = bad == SIZE_MAX;
        if (!*no_memory)
            report_unread(text, &lexemes, bad, findings);
        return false;
    }
    report_notes(&lexemes.notes, findings);
    schedule->ahead_s = (ovf_time)lexemes.notes.offset_min * OVF_MINUTE_S;
    if (!schedule->is_order_doubtful || valid.until == OVF_TIME_OPEN)
        return true;
    int32_t end = day_of(valid.until);
    ovf_schedule other;
    if (schedule->last_day != end
        && ovf_schedule_parse(lexemes.items, lexemes.count, valid, true, arena, &other, &bad)
        && other.last_day <= end && end - other.last_day <= 1) {
        other.ahead_s = schedule->ahead_s;
        *schedule = other;
        ovf_findings_add(findings, OVF_NOTE, 0, "D_ORDER",
                         "days are not in order: read within their month, as item C suggests");
    }
    return true;
}

ovf_status ovf_schedule_expand(ovf_str text, ovf_interval valid, ovf_interval window,
                               ovf_schedule_place place, ovf_arena *arena, ovf_intervals *out,
                               bool *complete, ovf_findings *findings)
{
    ovf_interval clip = {valid.from > window.from ? valid.from : window.from,
                         valid.until < window.until ? valid.until : window.until};
    *out = (ovf_intervals){0};
    *complete = clip.from == valid.from && clip.until == valid.until;
    if (clip.until <= clip.from)
        return OVF_OK;
    text = ovf_str_trim(text);
    if (text.len == 0)
        return whole(clip, arena, out); // S1

    ovf_schedule schedule;
    bool no_memory = false;
    if (!read_schedule(text, valid, arena, &schedule, findings, &no_memory)) {
        *complete = false;
        return no_memory ? OVF_E_NOMEM : whole(clip, arena, out);
    }
    struct expansion x = {.place = place,
                          .clip = clip,
                          .arena = arena,
                          .findings = findings,
                          .ahead_s = schedule.ahead_s};
    bool is_long = clip.from == OVF_TIME_NONE || clip.until == OVF_TIME_OPEN
                   || (clip.until - clip.from) / OVF_DAY_S > HORIZON_DAYS;
    if (is_long) {
        *complete = false;
        ovf_findings_add(findings, OVF_NOTE, 0, "D_LONG",
                         "item D without bounds or over more than ten years is not expanded");
        return whole(clip, arena, out);
    }
    spread_exceptions(&schedule, text, findings);
    if (has_unknown_hours(&schedule)) {
        *complete = false;
        ovf_findings_add(findings, OVF_WARNING, 0, "SCHED_UNKNOWN",
                         "no specific hours: the whole day is taken as active");
    }
    ovf_status status = expand_all(&x, &schedule, out);
    if (status == OVF_OK)
        status = report_scope(&x, &schedule, out);
    bool has_holidays = false;
    if (status == OVF_OK)
        status = widen_holidays(&x, &schedule, text, &has_holidays, out);
    report(&x, findings);
    if (x.is_sun_unknown || x.is_polar || has_holidays)
        *complete = false;
    if (status == OVF_E_NOMEM)
        return status;
    bool is_empty = out->count == 0 && clip.from == valid.from && clip.until == valid.until;
    if (status != OVF_OK || x.is_cut || is_empty) {
        *complete = false;
        ovf_findings_add(findings, OVF_WARNING, 0, is_empty ? "D_OUTSIDE" : "D_LONG",
                         is_empty ? "item D names no time within B and C: the whole validity is "
                                    "taken as active"
                                  : "item D gives too many intervals: the whole window is taken "
                                    "as active");
        return whole(clip, arena, out);
    }
    return OVF_OK;
}
