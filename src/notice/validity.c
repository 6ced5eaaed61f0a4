/* SPDX-License-Identifier: Apache-2.0 */
/* Items B, C and D, and dates in words. Doc 10066 App. 3: YYMMDDHHMM, EST, PERM; WIE, WEF and UFN
 * are of older editions and still occur. */
#include "notice_internal.h"

static size_t skip_blanks(ovf_str s, size_t i)
{
    while (i < s.len && ovf_is_blank(s.ptr[i]))
        i++;
    return i;
}

/* ---- dates in words ---- */

struct prose {
    int day, month, year;
    int clock_min; /* -1: none */
};

static bool take_clock(struct prose *p, int hours, int minutes)
{
    if (p->clock_min >= 0 || hours > 24 || minutes > 59 || (hours == 24 && minutes > 0))
        return false;
    p->clock_min = hours * 60 + minutes;
    return true;
}

static bool followed_by_utc(ovf_str s, size_t i)
{
    i = skip_blanks(s, i);
    return ovf_str_eq_nocase(ovf_str_sub(s, i, i + 3), OVF_STR("UTC"))
           || (i < s.len && (s.ptr[i] == 'Z' || s.ptr[i] == 'z'));
}

/* A number at i: a day, a year, or a clock. Returns the offset behind, or i when it does not fit. */
static size_t prose_number(ovf_str s, size_t i, struct prose *p)
{
    uint32_t value = 0;
    size_t end = ovf_str_take_uint(s, i, 9999, &value);
    size_t len = end - i;
    if (len <= 2 && end + 2 < s.len && s.ptr[end] == ':' && ovf_is_digit(s.ptr[end + 1])) {
        uint32_t minutes = 0;
        size_t behind = ovf_str_take_uint(s, end + 1, 99, &minutes);
        if (!take_clock(p, (int)value, (int)minutes))
            return i;
        if (behind + 2 < s.len && s.ptr[behind] == ':' && ovf_is_digit(s.ptr[behind + 1]))
            behind += 3;
        return behind;
    }
    if (len <= 2 && p->day == 0 && value >= 1 && value <= 31) {
        p->day = (int)value;
        static const char suffixes[] = "STNDRDTH";
        for (size_t k = 0; k < 8; k += 2) {
            ovf_str suffix = {suffixes + k, 2};
            if (ovf_str_eq_nocase(ovf_str_sub(s, end, end + 2), suffix)
                && (end + 2 >= s.len || !ovf_is_letter(s.ptr[end + 2])))
                return end + 2;
        }
        return end;
    }
    if (len == 2 && p->day != 0 && p->month != 0 && p->year == 0) {
        p->year = 2000 + (int)value;
        return end;
    }
    if (len != 4)
        return i;
    bool is_year = value >= 1990 && value < 2100 && p->year == 0 && !followed_by_utc(s, end);
    if (is_year) {
        p->year = (int)value;
        return end;
    }
    return take_clock(p, (int)value / 100, (int)value % 100) ? end : i;
}

static size_t prose_word(ovf_str s, size_t i, struct prose *p)
{
    static const char *const fillers[] = {"UTC", "Z", "GMT", "AT", "HOURS", "HRS", "HR", "OF"};
    size_t end = i;
    while (end < s.len && ovf_is_letter(s.ptr[end]))
        end++;
    ovf_str word = ovf_str_sub(s, i, end);
    static const char *const months[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                         "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    static const char *const names[] = {"JANUARY",   "FEBRUARY", "MARCH",    "APRIL",
                                        "MAY",       "JUNE",     "JULY",     "AUGUST",
                                        "SEPTEMBER", "OCTOBER",  "NOVEMBER", "DECEMBER"};
    for (int m = 0; m < 12 && p->month == 0; m++) {
        if (ovf_str_eq_nocase(word, ovf_str_of(months[m]))
            || ovf_str_eq_nocase(word, ovf_str_of(names[m]))) {
            p->month = m + 1;
            return end;
        }
    }
    for (size_t k = 0; k < OVF_COUNTOF(fillers); k++) {
        if (ovf_str_eq_nocase(word, ovf_str_of(fillers[k])) && (p->day != 0 || p->clock_min >= 0))
            return end;
    }
    return i;
}

/* "09/01/2026" and "2026-01-09": day first where slashes part them. */
static size_t numeric_date(ovf_str s, size_t i, struct prose *p)
{
    uint32_t a = 0;
    uint32_t b = 0;
    uint32_t c = 0;
    size_t end = ovf_str_take_uint(s, i, 9999, &a);
    char sep = end < s.len ? s.ptr[end] : '\0';
    if (end == i || (sep != '/' && sep != '-' && sep != '.'))
        return i;
    size_t second = ovf_str_take_uint(s, end + 1, 99, &b);
    if (second == end + 1 || second >= s.len || s.ptr[second] != sep)
        return i;
    size_t third = ovf_str_take_uint(s, second + 1, 9999, &c);
    if (third == second + 1 || b < 1 || b > 12)
        return i;
    bool is_iso = end - i == 4;
    if (!is_iso && third - second - 1 != 4)
        return i;
    *p = (struct prose){.day = (int)(is_iso ? c : a),
                        .month = (int)b,
                        .year = (int)(is_iso ? a : c),
                        .clock_min = -1};
    return third;
}

size_t ovf_prose_time(ovf_str s, size_t at, ovf_time *out)
{
    struct prose p = {.clock_min = -1};
    size_t end = numeric_date(s, at, &p);
    size_t i = end;
    for (int words = 0; words < 8; words++) {
        i = skip_blanks(s, i);
        while (i < s.len && s.ptr[i] == ',' && i > at)
            i = skip_blanks(s, i + 1);
        if (i >= s.len)
            break;
        size_t next = ovf_is_digit(s.ptr[i])    ? prose_number(s, i, &p)
                      : ovf_is_letter(s.ptr[i]) ? prose_word(s, i, &p)
                                                : i;
        if (next == i)
            break;
        i = next;
        end = next;
    }
    ovf_time t = 0;
    if (p.day == 0 || p.month == 0 || p.year == 0
        || ovf_time_from_civil((ovf_civil){.year = p.year, .month = p.month, .day = p.day}, &t,
                               NULL)
               != OVF_OK)
        return at;
    *out = t + (p.clock_min > 0 ? p.clock_min * OVF_MINUTE_S : 0);
    return end;
}

/* ---- items B and C ---- */

/* Ten digits at the front of an item, a blank or a break among them allowed. */
static size_t stamp_at(ovf_str text, ovf_time *out, bool *is_bad)
{
    char digits[10];
    size_t count = 0;
    size_t i = 0;
    for (; i < text.len && count < 10; i++) {
        if (ovf_is_digit(text.ptr[i]))
            digits[count++] = text.ptr[i];
        else if (!ovf_is_blank(text.ptr[i]))
            break;
    }
    *is_bad = false;
    if (count < 10)
        return 0;
    *is_bad = ovf_time_parse_notam((ovf_str){digits, 10}, out, NULL) != OVF_OK;
    return i;
}

static bool has_word(ovf_str text, const char *word)
{
    return ovf_str_find(text, 0, ovf_str_of(word)) != OVF_NOPOS;
}

static ovf_time known_before(const ovf_draft *d)
{
    return d->filed != OVF_TIME_NONE ? d->filed : d->notice->created;
}

static void read_from(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_range b = d->items[OVF_ITEM_B];
    n->span_b = ovf_raw_span(d, b.from, b.until);
    ovf_str text = ovf_range_text(d, b);
    bool is_bad = false;
    ovf_time t = OVF_TIME_NONE;
    if (stamp_at(text, &t, &is_bad) > 0 && !is_bad) {
        n->valid_from = t;
        return;
    }
    if (has_word(text, "WIE") || has_word(text, "WEF") || has_word(text, "IMM")) {
        n->valid_from = known_before(d);
        if (n->valid_from == OVF_TIME_NONE && d->received != OVF_TIME_NONE) {
            n->valid_from = d->received;
            OVF_FIND(d, OVF_NOTE, b.from, "B_RECEIVED",
                     "item B: at once, and no filing time: taken from when it was received");
        } else if (n->valid_from == OVF_TIME_NONE) {
            OVF_FIND(d, OVF_NOTE, b.from, "B_IMMEDIATE", "item B: at once, and no filing time");
        }
        return;
    }
    if (n->form != OVF_FORM_ICAO)
        return;
    if (b.from == b.until)
        OVF_FIND(d, OVF_WARNING, d->all.from, "B_MISSING", "no item B: the start is not known");
    else
        OVF_FIND(d, OVF_WARNING, b.from, "B_DATE", "item B: expected a date as YYMMDDHHMM");
    n->valid_from = known_before(d);
}

static void read_until(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_range c = d->items[OVF_ITEM_C];
    n->span_c = ovf_raw_span(d, c.from, c.until);
    ovf_str text = ovf_range_text(d, c);
    bool is_bad = false;
    ovf_time t = OVF_TIME_OPEN;
    n->until_permanent = has_word(text, "PERM");
    n->until_estimated = has_word(text, "EST") || has_word(text, "APRX");
    if (stamp_at(text, &t, &is_bad) > 0 && !is_bad) {
        n->valid_until = t;
        if (n->valid_from != OVF_TIME_NONE && t <= n->valid_from)
            OVF_FIND(d, OVF_WARNING, c.from, "C_BEFORE_B", "item C is not later than item B");
        return;
    }
    if (n->form != OVF_FORM_ICAO || n->until_permanent || has_word(text, "UFN"))
        return;
    if (c.from < c.until)
        OVF_FIND(d, OVF_WARNING, c.from, "C_DATE",
                 "item C: expected a date as YYMMDDHHMM, or PERM");
    else if (n->kind != OVF_NOTICE_CANCEL)
        OVF_FIND(d, OVF_NOTE, d->all.from, "C_MISSING", "no item C: the end is not known");
}

void ovf_read_validity(ovf_draft *d)
{
    d->notice->valid_from = OVF_TIME_NONE;
    d->notice->valid_until = OVF_TIME_OPEN;
    read_from(d);
    read_until(d);
}

/* ---- item D ---- */

static ovf_schedule_place centre_of(const ovf_area *area)
{
    ovf_box box = ovf_area_bounds(area);
    if (box.is_empty)
        return (ovf_schedule_place){0};
    double east = box.east_deg < box.west_deg ? box.east_deg + 360.0 : box.east_deg;
    return (ovf_schedule_place){.known = true,
                                .lat_deg = (box.south_deg + box.north_deg) / 2,
                                .lon_deg = ovf_lon_wrap((box.west_deg + east) / 2)};
}

/* Where the sun is looked at: the first area, else the circle of item Q, else the FIR. */
static ovf_schedule_place place_of(const ovf_draft *d)
{
    const ovf_notice *n = d->notice;
    for (size_t i = 0; i < d->area_count; i++) {
        if (d->areas[i].certainty == OVF_CERTAINTY_UNRESOLVED)
            continue;
        ovf_schedule_place place = centre_of(d->areas[i].area);
        if (place.known)
            return place;
    }
    if (n->has_q_circle)
        return (ovf_schedule_place){
            .known = true, .lat_deg = n->q_centre.lat_deg, .lon_deg = n->q_centre.lon_deg};
    uint32_t index = d->world == NULL || n->fir_count == 0
                         ? OVF_INDEX_NONE
                         : ovf_world_find_fir(d->world, n->firs[0]);
    if (index == OVF_INDEX_NONE)
        return (ovf_schedule_place){0};
    const ovf_fir *fir = ovf_world_fir(d->world, index);
    return centre_of(ovf_world_fir_area(d->world, fir));
}

void ovf_read_active(ovf_draft *d, const ovf_notice_options *options)
{
    ovf_interval window = options->window;
    ovf_notice *n = d->notice;
    ovf_range range = d->items[OVF_ITEM_D];
    n->schedule = ovf_show(d, range.from, range.until);
    n->span_d = ovf_raw_span(d, range.from, range.until);
    if (options->depth == OVF_DEPTH_HEAD)
        return;
    if (n->kind == OVF_NOTICE_CANCEL)
        return; // it ends another; nothing of its own is active
    ovf_interval valid = {n->valid_from, n->valid_until};
    if (window.from == 0 && window.until == 0) {
        const ovf_time span = (ovf_time)28 * OVF_DAY_S;
        window = (ovf_interval){valid.from, OVF_TIME_OPEN};
        if (valid.from != OVF_TIME_NONE)
            window.until = valid.from + span;
        else if (valid.until != OVF_TIME_OPEN)
            window = (ovf_interval){valid.until - span, valid.until};
    }
    ovf_schedule_place place = place_of(d);
    ovf_findings inner = {.arena = d->arena};
    ovf_status status = ovf_schedule_expand(ovf_range_text(d, range), valid, window, place,
                                            d->arena, &n->active, &n->active_complete, &inner);
    if (status != OVF_OK)
        d->no_memory = true;
    for (size_t i = 0; i < inner.count; i++)
        OVF_FIND(d, inner.items[i].severity, range.from + inner.items[i].pos, inner.items[i].rule,
                 "%.*s", OVF_ARG(inner.items[i].message));
    ovf_read_hours(d, window, place);
}
