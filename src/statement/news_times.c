/* SPDX-License-Identifier: Apache-2.0 */
/* Times: what day or days an expression means, told from the day of publication. The rules are those
 * of the statement schema, rule 9: a bare weekday is the latest not after publication, or (with will,
 * would, until) the next one not before it; last and next week are the weeks around that of the
 * publication, Monday to Sunday; a month without a year is the latest that has begun.
 *   time = [preposition] day | [preposition] range | "for" number unit | clock
 * Day counts are of the proleptic Gregorian calendar from 1970-01-01. */
#include "news_times.h"

#include <string.h>

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
        t.next = times_none();
    doc->times[doc->time_count++] = t;
}

/* "24-28 November", "Nov 24-28", "4 to 9 May", "May 4 and 9", "Monday to Friday". */
static bool range_at(const scan *s, uint32_t at, when *out, bool is_between)
{
    const news_doc *doc = s->doc;
    when a = {0};
    when b = {0};
    *out = (when){.days = times_none(), .next = times_none()};
    int first = times_month_day_at(s, at);
    bool joins = at + 1 < doc->token_count
                 && (doc->tokens[at + 1].flags & (NEWS_HYPHEN | NEWS_DASH)
                     || times_is(s, at + 1, "to") || (is_between && times_is(s, at + 1, "and")));
    if (first > 0 && joins && times_month_date(s, at + 2, &b) && b.days.from == b.days.until
        && !b.is_month) {
        int y = 0;
        int m = 0;
        int d = 0;
        times_date_of(b.days.from, &y, &m, &d);
        if (first > d)
            return false;
        *out = b;
        out->days.from = times_day_of(y, m, first);
        out->next = out->days;
        if (b.next.from != NO) {
            times_date_of(b.next.from, &y, &m, &d);
            out->next = (ovf_news_days){times_day_of(y, m, first), b.next.from};
        }
        return true;
    }
    if (!times_day_at(s, at, &a))
        return false;
    uint32_t join = a.last;
    if (join >= doc->token_count)
        return false;
    bool is_join = doc->tokens[join].flags & (NEWS_HYPHEN | NEWS_DASH) || times_is(s, join, "to")
                   || times_is(s, join, "until") || times_is(s, join, "till")
                   || times_is(s, join, "through") || (is_between && times_is(s, join, "and"));
    if (!is_join)
        return false;
    int last = times_month_day_at(s, join + 1);
    if (times_day_at(s, join + 1, &b) && !b.needs_preposition) {
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
    if (last > 0 && a.days.from == a.days.until && a.days.from != NO && times_month_at(s, at) > 0) {
        int y = 0;
        int m = 0;
        int d = 0;
        times_date_of(a.days.from, &y, &m, &d);
        if (last < d || last > times_month_length(y, m))
            return false;
        *out = a;
        out->days.until = times_day_of(y, m, last);
        out->next = out->days;
        out->last = join + 2;
        uint32_t year = out->last + (times_is(s, out->last, ",") ? 1 : 0);
        if (times_year_at(s, year) > 0) {
            int given = times_year_at(s, year);
            out->days = out->next =
                (ovf_news_days){times_day_of(given, m, d), times_day_of(given, m, last)};
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
    *out = (when){.days = times_none(), .next = times_none()};
    if (times_is(s, body, "at") && times_is(s, body + 1, "least"))
        body += 2;
    if (times_is(s, body, "the"))
        body++;
    if (times_is(s, body, "next") || times_is(s, body, "coming") || times_is(s, body, "another")
        || times_is(s, body, "first"))
        body += times_is(s, body, "another") && times_number_at(s, body + 1) < 0 ? 0 : 1;
    int n = times_number_at(s, body);
    uint32_t unit = body + 1;
    if (n < 0 || s->today == NO)
        return false;
    if (unit < s->doc->token_count && s->doc->tokens[unit].flags & NEWS_HYPHEN)
        unit++;
    if (times_is(s, unit, "more") || times_is(s, unit, "further"))
        unit++;
    if ((times_is(s, unit, "hours") || times_is(s, unit, "hour")) && n % 24 == 0 && n > 0
        && n <= 240) {
        out->days = (ovf_news_days){NO, s->today + n / 24};
    } else {
        int days = times_unit_at(s, unit, &months);
        if (days == 0 || n == 0 || n > 400)
            return false;
        out->days = (ovf_news_days){NO, months > 0 ? times_add_months(s->today, n * months)
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
    if (times_is(s, at, "since"))
        return NEWS_T_SINCE;
    if (times_find(s, at, untils, 4) >= 0) {
        if (times_is(s, *end, "at") && times_is(s, *end + 1, "least"))
            *end += 2;
        return NEWS_T_UNTIL;
    }
    if ((times_is(s, at, "up") && (times_is(s, at + 1, "to") || times_is(s, at + 1, "until")))
        || (times_is(s, at, "up") && times_is(s, at + 1, "till"))) {
        *end = at + 2;
        if (times_is(s, *end, "and") && times_is(s, *end + 1, "including"))
            *end += 2;
        return NEWS_T_UNTIL;
    }
    if (times_is(s, at, "as") && (times_is(s, at + 1, "of") || times_is(s, at + 1, "from"))) {
        *end = at + 2;
        return NEWS_T_FROM;
    }
    if (times_find(s, at, froms, 4) >= 0) {
        if (times_is(s, *end, "from") || times_is(s, *end, "on") || times_is(s, *end, "at"))
            (*end)++;
        return NEWS_T_FROM;
    }
    if (times_find(s, at, dates, (int)OVF_COUNTOF(dates)) >= 0)
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
        || !(times_is(s, first - 1, ",") || doc->tokens[first - 1].flags & NEWS_CAP))
        return false;
    return doc->tokens[last].flags & NEWS_DASH || times_is(s, last, "(") || times_is(s, last, "/")
           || (times_is(s, last, ":") && doc->tokens[start].flags & NEWS_ALLCAP)
           || (times_is(s, last, ".") && doc->tokens[start].flags & NEWS_ALLCAP);
}

static bool with_preposition(scan *s, uint32_t at, uint32_t body, int kind, when *out)
{
    if (kind == NEWS_T_UNTIL && times_is(s, body, "further") && times_is(s, body + 1, "notice"))
        return false;
    bool is_between = false;
    OVF_UNUSED(at);
    if (range_at(s, body, out, is_between))
        return true;
    return times_day_at(s, body, out);
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

/* "19.31 Iraq's ministry says", "06:15 Ukraine shuts": the hour in front of an entry of a live page. */
static bool is_live_clock(const news_doc *doc, uint32_t at)
{
    const news_token *t = &doc->tokens[at];
    ovf_str f = news_fold(doc, at);
    if (!(t->flags & NEWS_NUMBER) || !(t->flags & (NEWS_SENTENCE | NEWS_PARAGRAPH)) || f.len < 4
        || f.len > 5 || (f.ptr[f.len - 3] != '.' && f.ptr[f.len - 3] != ':')
        || at + 1 >= doc->token_count)
        return false;
    int hour = f.len == 4 ? f.ptr[0] - '0' : (f.ptr[0] - '0') * 10 + f.ptr[1] - '0';
    return hour >= 0 && hour < 24 && f.ptr[f.len - 2] < '6' && doc->tokens[at + 1].flags & NEWS_CAP;
}

static uint32_t take_time(scan *s, uint32_t at, bool *failed)
{
    when w = {0};
    uint32_t body = at;
    bool is_between = times_is(s, at, "between");
    int kind = weight_of_preposition(s, at, &body);
    if (is_between || times_is(s, at, "from")) {
        if (range_at(s, at + 1, &w, is_between)) {
            emit(s, at, &w, NEWS_T_BOTH, failed);
            return w.last;
        }
        if (is_between)
            return at + 1;
    }
    if (times_is(s, at, "for") && duration_at(s, at + 1, &w)) {
        emit(s, at, &w, NEWS_T_UNTIL, failed);
        return w.last;
    }
    bool is_found = kind >= 0 ? with_preposition(s, at, body, kind, &w)
                              : range_at(s, at, &w, false) || times_day_at(s, at, &w);
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
        uint32_t clock = times_clock_at(s, body);
        uint32_t day = clock; /* "till 4:59am (PST) on Sept 24", "until 05:30 on Monday" */
        if (clock > body && times_is(s, day, "(") && times_is(s, day + 2, ")"))
            day += 3;
        if (clock > body && (times_is(s, day, "on") || times_is(s, day, ",")))
            day++;
        if (clock > body && kind == NEWS_T_UNTIL && times_day_at(s, day, &w)) {
            uint8_t as = apply(s, kind, &w);
            emit(s, at, &w, as, failed);
            return w.last;
        }
        if (clock > body) {
            w = (when){.last = clock, .days = times_none(), .next = times_none()};
            emit(s, at, &w, NEWS_T_CLOCK, failed);
            return clock;
        }
    }
    uint32_t from = kind == NEWS_T_DATE ? body : at;
    uint32_t clock = times_clock_at(s, from);
    if (clock == from && is_live_clock(s->doc, at))
        clock = at + 1;
    if (clock > from) {
        w = (when){.last = clock, .days = times_none(), .next = times_none()};
        emit(s, at, &w, NEWS_T_CLOCK, failed);
        return clock;
    }
    return at + 1;
}

/* Words without which there is no time expression; figures are the other kind. Sorted. */
static bool is_core(const news_doc *doc, uint32_t token)
{
    static const char words[][12] = {
        "afternoon", "ago",       "am",     "apr",      "april",     "aug",       "august",
        "bst",       "cest",      "cet",    "day",      "days",      "dec",       "december",
        "est",       "evening",   "feb",    "february", "fortnight", "fri",       "friday",
        "gmt",       "hour",      "hours",  "hrs",      "ist",       "jan",       "january",
        "jul",       "july",      "jun",    "june",     "local",     "lunchtime", "mar",
        "march",     "may",       "midday", "midnight", "minute",    "minutes",   "mon",
        "monday",    "month",     "months", "morning",  "mornings",  "msk",       "night",
        "nights",    "noon",      "notice", "nov",      "november",  "o'clock",   "oct",
        "october",   "overnight", "pm",     "sat",      "saturday",  "sep",       "sept",
        "september", "sun",       "sunday", "thu",      "thurs",     "thursday",  "today",
        "tomorrow",  "tonight",   "tue",    "tues",     "tuesday",   "utc",       "wed",
        "wednesday", "weds",      "week",   "weekend",  "weeks",     "year",      "years",
        "yesterday", "zulu",
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
        times_date_of(s.today, &s.year, &s.month, &s.day);
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
