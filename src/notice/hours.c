/* SPDX-License-Identifier: Apache-2.0 */
/* Hours that stand in the text itself (S13): "PERIOD OF ACTIVITY: DLY 0600-1800", "AREA A: ... 0830-1715
 * AREA B: ...", the windows of navigational warnings, the times of each area of a TFR page. Hours in a
 * text may also be those of an office or a telephone, a level or a regulation's number, so a run of
 * dates and times counts only when the words round it say that something is active then, and when it
 * fits items B and C. In doubt the whole validity stays active, and the place is named. */
#include "hours.h"

#define NEAR_S (36 * OVF_HOUR_S)
#define NEAR_WEEK_S (8 * OVF_DAY_S)

/* ---- reading them ---- */

static bool expand(struct ovf_hours *h, struct ovf_hours_run *run, ovf_interval valid,
                   ovf_interval window, ovf_schedule_place place, ovf_intervals *out)
{
    ovf_draft *d = h->d;
    ovf_findings inner = {.arena = d->arena};
    bool is_complete = false;
    ovf_status status = ovf_schedule_expand(ovf_str_sub(h->s, run->from, run->until), valid, window,
                                            place, d->arena, out, &is_complete, &inner);
    if (status != OVF_OK) {
        d->no_memory = true;
        return false;
    }
    run->is_complete = is_complete;
    for (size_t i = 0; i < inner.count; i++) {
        const char *rule = inner.items[i].rule;
        if (strcmp(rule, "D_UNPARSED") == 0 || strcmp(rule, "D_OUTSIDE") == 0
            || strcmp(rule, "SCHED_UNKNOWN") == 0 || strcmp(rule, "D_LONG") == 0
            || (strcmp(rule, "D_LOCAL") == 0 && inner.items[i].severity != OVF_NOTE))
            return false;
    }
    return true;
}

static void report(struct ovf_hours *h, const struct ovf_hours_run *run, ovf_severity severity,
                   const char *rule, const char *what)
{
    OVF_FIND(h->d, severity, run->from, rule, "\"%.*s\": %s",
             OVF_ARG(ovf_str_sub(h->s, run->from,
                                 run->until < run->from + 60 ? run->until : run->from + 60)),
             what);
}

/* Do hours begin and end where items B and C do, as they should (S1)? */
static bool fits_validity(const struct ovf_hours *h, const ovf_intervals *set, bool is_weekly)
{
    if (set->count == 0 || h->valid.from == OVF_TIME_NONE)
        return false;
    ovf_time near_s = is_weekly ? NEAR_WEEK_S : NEAR_S;
    ovf_time last = set->items[set->count - 1].until;
    return set->items[0].from - h->valid.from <= near_s
           && (h->valid.until == OVF_TIME_OPEN || h->valid.until - last <= near_s);
}

/* All of them, over the whole validity where that is not too long. */
static bool fit_together(struct ovf_hours *h, ovf_schedule_place place)
{
    ovf_interval all = h->valid;
    if (all.until == OVF_TIME_OPEN || all.until - all.from > (ovf_time)800 * OVF_DAY_S)
        return true; // nothing to hold them against
    ovf_intervals sum = {0};
    bool is_weekly = false;
    for (size_t i = 0; i < h->count; i++) {
        ovf_intervals set = {0};
        ovf_intervals both = {0};
        if (!expand(h, &h->runs[i], all, all, place, &set)
            || ovf_intervals_union(&sum, &set, h->d->arena, &both) != OVF_OK)
            return false;
        sum = both;
        is_weekly |= (h->runs[i].has & OVF_SCHEDULE_HAS_WEEK) != 0;
    }
    return fits_validity(h, &sum, is_weekly);
}

/* ---- whose they are ---- */

static size_t clean_at(const ovf_draft *d, uint32_t raw_at)
{
    size_t low = 0;
    size_t high = d->token_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ovf_raw_pos(d, d->tokens[middle].at) < raw_at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < d->token_count ? d->tokens[low].at : d->clean.text.len;
}

static size_t area_start(const struct ovf_hours *h, size_t i)
{
    return clean_at(h->d, h->d->areas[i].span.at);
}

/* Index of the area behind which a run stands; area_count: before the first of them. */
static size_t area_before(const struct ovf_hours *h, const struct ovf_hours_run *run)
{
    size_t found = h->d->area_count;
    for (size_t i = 0; i < h->d->area_count; i++) {
        if (area_start(h, i) < run->from)
            found = i;
    }
    return found;
}

static bool union_into(struct ovf_hours *h, ovf_intervals *set, const ovf_intervals *more)
{
    ovf_intervals both = {0};
    if (ovf_intervals_union(set, more, h->d->arena, &both) != OVF_OK) {
        h->d->no_memory = true;
        return false;
    }
    *set = both;
    return true;
}

/* Does nothing but the number of a list stand between two areas? Then one time holds for both. */
static bool goes_on_from(const struct ovf_hours *h, size_t i)
{
    const ovf_draft *d = h->d;
    const ovf_span *before = &d->areas[i - 1].span;
    size_t end = clean_at(d, before->at + before->len);
    size_t start = area_start(h, i);
    return start <= end + 12;
}

/* Gives runs to areas. leads: each stands before its areas ("A. 170211Z TO 170635Z IN AREA ..."), else
 * behind them. An area without a run of its own keeps the hours of the notice. */
static void share_out(struct ovf_hours *h, bool leads)
{
    ovf_draft *d = h->d;
    for (size_t i = 0; i < d->area_count; i++) {
        size_t start = area_start(h, i);
        size_t next = i + 1 < d->area_count ? area_start(h, i + 1) : d->clean.text.len;
        size_t low = leads ? (i == 0 ? 0 : area_start(h, i - 1)) : start;
        size_t high = leads ? start : next;
        ovf_notice_area *area = &d->areas[i];
        size_t first = 0;
        while (first < h->count && h->runs[first].from < low)
            first++;
        size_t last = first;
        while (last < h->count && h->runs[last].from < high)
            last++;
        if (first == last && leads && i > 0 && d->areas[i - 1].has_active && goes_on_from(h, i)) {
            area->has_active = true;
            area->active = d->areas[i - 1].active;
            area->span_active = d->areas[i - 1].span_active;
        }
        if (first == last)
            continue;
        area->has_active = true;
        area->active = (ovf_intervals){0};
        for (size_t k = first; k < last; k++)
            union_into(h, &area->active, &h->runs[k].active);
        area->span_active = ovf_raw_span(d, h->runs[first].from, h->runs[last - 1].until);
    }
}

/* Areas have hours of their own where runs stand between them. */
static bool settle_areas(struct ovf_hours *h, bool is_navwarn)
{
    ovf_draft *d = h->d;
    if (d->area_count < 2 || h->count == 0)
        return false;
    bool has_before = false;
    bool in_last = false;
    size_t between = 0;
    for (size_t k = 0; k < h->count; k++) {
        size_t at = area_before(h, &h->runs[k]);
        has_before |= at == d->area_count;
        in_last |= at + 1 == d->area_count;
        between += at + 1 < d->area_count;
    }
    if (between == 0)
        return false;
    bool leads = has_before && (is_navwarn || !in_last);
    share_out(h, leads);
    return true;
}

/* The notice is active when one of its areas is; areas without hours of their own as before. */
static void settle_notice(struct ovf_hours *h, const ovf_intervals *whole)
{
    ovf_draft *d = h->d;
    ovf_notice *n = d->notice;
    ovf_intervals all = {0};
    bool every = true;
    for (size_t i = 0; i < d->area_count; i++) {
        ovf_notice_area *area = &d->areas[i];
        if (!area->has_active) {
            every = false;
            continue;
        }
        ovf_intervals both = {0};
        if (ovf_intervals_intersect(&area->active, whole, d->arena, &both) != OVF_OK) {
            d->no_memory = true;
            return;
        }
        if (both.count == 0 && whole->count > 0) { // never within item D: one of the two is wrong
            ovf_findings_add(&d->findings, OVF_WARNING, area->span_active.at, "D_E_DIFFER",
                             "the hours of this area are never within item D: item D is taken");
            area->has_active = false;
            every = false;
            continue;
        }
        area->active = both;
        union_into(h, &all, &both);
    }
    if (every)
        n->active = all;
}

/* ---- gates ---- */

/* Hours in the text are those of the notice only where the notice is about airspace: an aerodrome's
 * or an office's text has hours of many things. */
static bool is_about_airspace(const ovf_notice *n)
{
    if (n->form != OVF_FORM_ICAO && n->form != OVF_FORM_TEXT && n->form != OVF_FORM_FAA_DOMESTIC)
        return false;
    char subject = n->qcode.len >= 2 ? n->qcode.ptr[1] : '\0';
    if (subject == 'R' || subject == 'W')
        return true;
    // Of airspace organisation only FIRs and routes: CTR, CTA and ATZ have hours of service.
    bool is_plain = subject == 'X' || subject == '\0'
                    || (subject == 'A' && n->qcode.len > 2
                        && (n->qcode.ptr[2] == 'R' || n->qcode.ptr[2] == 'F'));
    return is_plain
           && (n->effect == OVF_EFFECT_CLOSED || n->effect == OVF_EFFECT_PROHIBITED
               || n->effect == OVF_EFFECT_RESTRICTED || n->effect == OVF_EFFECT_DANGER);
}

static ovf_range text_range(const ovf_draft *d)
{
    return d->items[OVF_ITEM_E];
}

static bool is_cancellation(ovf_str s, size_t low, size_t at)
{
    return ovf_hours_has(s, ovf_hours_sentence(s, low, at), at, OVF_HOURS_CANCELS);
}

static void keep_runs(struct ovf_hours *h, ovf_range text, bool is_navwarn)
{
    for (size_t i = h->count; i-- > 0;) {
        struct ovf_hours_run *run = &h->runs[i];
        bool is_good = is_navwarn ? !is_cancellation(h->s, text.from, run->from)
                                  : !ovf_hours_anothers(h->s, text.from, run->from);
        // Clocks of warnings are in UTC and say so; other figures are numbers of warnings.
        bool has_clocks = (run->has & OVF_SCHEDULE_HAS_HOURS) != 0;
        is_good &= !is_navwarn || !has_clocks || (run->has & OVF_SCHEDULE_HAS_UTC) != 0;
        bool is_inside = h->d->area_count > 1 && area_before(h, run) < h->d->area_count;
        if (is_good && !is_navwarn)
            is_good = (ovf_hours_enough(run) && ovf_hours_announced(h->s, text.from, run))
                      || (is_inside && (run->has & OVF_SCHEDULE_HAS_HOURS) != 0);
        if (is_good)
            continue;
        h->is_mixed |= !is_navwarn && ovf_hours_enough(run);
        ovf_hours_drop(h, i);
    }
}

static bool read_runs(struct ovf_hours *h, ovf_schedule_place place, bool has_d)
{
    for (size_t i = 0; i < h->count; i++) {
        struct ovf_hours_run *run = &h->runs[i];
        if (expand(h, run, h->valid, h->window, place, &run->active))
            continue;
        if (!has_d)
            report(h, run, OVF_WARNING, "E_HOURS",
                   "hours in the text that could not be settled; they cut nothing out");
        return false;
    }
    return true;
}

/* Item D says one thing and the text another: item D stays, which the rules make the schedule. */
static void compare(struct ovf_hours *h, const ovf_intervals *from_text)
{
    ovf_intervals both = {0};
    const ovf_notice *n = h->d->notice;
    if (ovf_intervals_intersect(&n->active, from_text, h->d->arena, &both) != OVF_OK) {
        h->d->no_memory = true;
        return;
    }
    bool same = both.count == n->active.count;
    for (size_t i = 0; i < both.count && same; i++)
        same = both.items[i].from - n->active.items[i].from <= OVF_MINUTE_S
               && n->active.items[i].until - both.items[i].until <= OVF_MINUTE_S;
    if (!same)
        report(h, &h->runs[0], OVF_WARNING, "D_E_DIFFER",
               "the text gives other hours than item D: item D is taken");
}

static void take_runs(struct ovf_hours *h, bool has_d, ovf_schedule_place place, bool is_navwarn)
{
    ovf_notice *n = h->d->notice;
    if (h->count == 0 || !read_runs(h, place, has_d))
        return;
    if (!is_navwarn && !has_d && !fit_together(h, place)) {
        report(h, &h->runs[0], OVF_NOTE, "E_HOURS",
               "these do not begin and end with the validity; the whole of it is taken as active");
        return;
    }
    ovf_intervals whole = n->active;
    if (h->is_mixed && !has_d && h->d->area_count < 2) {
        report(h, &h->runs[0], OVF_NOTE, "E_HOURS",
               "other hours stand beside these; the whole validity is taken as active");
        return;
    }
    if (settle_areas(h, is_navwarn)) {
        settle_notice(h, &whole);
        return;
    }
    ovf_intervals sum = {0};
    for (size_t i = 0; i < h->count; i++)
        union_into(h, &sum, &h->runs[i].active);
    if (has_d) {
        compare(h, &sum);
        return;
    }
    if (sum.count == 0 && n->active_complete)
        return; // within the window there is none of them, but then nothing may be cut
    n->active = sum;
    n->active_complete = n->active_complete && h->runs[0].is_complete;
    n->span_active = ovf_raw_span(h->d, h->runs[0].from, h->runs[h->count - 1].until);
    report(h, &h->runs[0], OVF_NOTE, "E_SCHEDULE", "the schedule stands in the text");
}

/* ---- TFR pages: "Effective Date(s): From August 18, 2026 at 0021 UTC (...) To August 18, ..." ---- */

static size_t find_words(ovf_str s, size_t from, size_t until, const char *word)
{
    size_t len = strlen(word);
    for (size_t i = from; i + len <= until; i++) {
        if (ovf_upper(s.ptr[i]) == word[0]
            && ovf_str_eq_nocase(ovf_str_sub(s, i, i + len), (ovf_str){word, len}))
            return i;
    }
    return OVF_NOPOS;
}

/* The first date in words within a few bytes. */
static size_t date_near(ovf_str s, size_t from, size_t until, ovf_time *out)
{
    for (size_t i = from; i < until && i < from + 24; i++) {
        if (!ovf_hours_word_start(s, i))
            continue;
        size_t end = ovf_prose_time(s, i, out);
        if (end > i)
            return end;
    }
    return 0;
}

static void read_pages(struct ovf_hours *h, ovf_range text)
{
    ovf_draft *d = h->d;
    for (size_t i = 0; i < d->area_count; i++) {
        size_t at = area_start(h, i);
        size_t next = i + 1 < d->area_count ? area_start(h, i + 1) : text.until;
        ovf_intervals set = {0};
        size_t first = 0;
        size_t last = 0;
        at = find_words(h->s, at, next, "EFFECTIVE DATE");
        while (at != OVF_NOPOS && at < next) {
            size_t from_word = find_words(h->s, at, next, "FROM ");
            ovf_time from = 0;
            ovf_time until = 0;
            size_t end = from_word == OVF_NOPOS ? 0 : date_near(h->s, from_word, next, &from);
            size_t to_word = end == 0 ? OVF_NOPOS : find_words(h->s, end, next, "TO ");
            end = to_word == OVF_NOPOS || to_word > end + 60
                      ? 0
                      : date_near(h->s, to_word, next, &until);
            if (end == 0)
                break;
            if (ovf_intervals_add(&set, (ovf_interval){from, until}, d->arena) != OVF_OK)
                break;
            first = first == 0 ? from_word : first;
            last = end;
            at = end;
        }
        ovf_intervals clip = {0};
        ovf_notice_area *area = &d->areas[i];
        if (set.count == 0 || ovf_intervals_add(&clip, h->window, d->arena) != OVF_OK)
            continue;
        area->has_active = ovf_intervals_intersect(&set, &clip, d->arena, &area->active) == OVF_OK;
        area->span_active = ovf_raw_span(d, first, last);
    }
    settle_notice(h, &d->notice->active);
}

void ovf_read_hours(ovf_draft *d, ovf_interval window, ovf_schedule_place place)
{
    ovf_notice *n = d->notice;
    ovf_range text = text_range(d);
    bool is_dated = n->valid_from != OVF_TIME_NONE || n->valid_until != OVF_TIME_OPEN;
    // The positions of a SIGMET have their own times (sigmet_area.c), an ASHTAM holds throughout.
    bool has_own = n->form == OVF_FORM_SIGMET || n->form == OVF_FORM_ASHTAM;
    if (d->tokens == NULL || text.until <= text.from || !is_dated || has_own)
        return;
    bool is_navwarn = n->form == OVF_FORM_NAVWARN;
    bool is_page = n->form == OVF_FORM_FAA_TFR;
    if (!is_navwarn && !is_page && !is_about_airspace(n))
        return;
    struct ovf_hours h;
    memset(&h, 0, offsetof(struct ovf_hours, runs));
    h.d = d;
    h.s = ovf_str_sub(d->clean.text, 0, text.until);
    h.valid = (ovf_interval){n->valid_from, n->valid_until};
    h.window = window;
    if (h.valid.from
        == OVF_TIME_NONE) // a warning without its date-time group: its end tells the year
        h.valid.from = n->valid_until - (ovf_time)60 * OVF_DAY_S;
    if (is_page) {
        read_pages(&h, text);
        return;
    }
    if (!ovf_hours_runs(&h, text))
        return;
    if (is_navwarn && h.count == 0 && !ovf_hours_days(&h, text))
        return;
    keep_runs(&h, text, is_navwarn);
    bool has_d = d->items[OVF_ITEM_D].until > d->items[OVF_ITEM_D].from;
    take_runs(&h, has_d, place, is_navwarn);
}
