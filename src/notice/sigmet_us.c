/* SPDX-License-Identifier: Apache-2.0 */
/* SIGMET and AIRMET of the United States as they are sent inside the country (NWS Instruction 10-811):
 * "CONVECTIVE SIGMET 12E VALID UNTIL 1955Z FROM 30NW ABC-20S DEF-...", an outline or line of positions
 * by miles and direction from VORs. A VOR that nobody knows leaves its area unresolved. */
#include "arcs.h"
#include "forms.h"

#define POSITIONS_MAX 60
#define AIDS_REACH_M \
    (3300 * OVF_NM_M) /* from the middle of the contiguous States: Alaska, Hawaii */

static const ovf_point middle = {39.0, -98.0};

bool ovf_is_us_met(const ovf_draft *d)
{
    ovf_str s = d->clean.text;
    return ovf_text_at(s, d->ident.from, "CONVECTIVE SIGMET")
           || ovf_text_at(s, d->ident.from, "SIGMET ") || ovf_text_at(s, d->ident.from, "AIRMET ");
}

/* ---- when ---- */

/* Seconds of the day of four digits. */
static ovf_time clock_s(ovf_str s, size_t i)
{
    uint32_t clock = 0;
    ovf_str_take_uint(ovf_str_sub(s, 0, i + 4), i, 9999, &clock);
    return (ovf_time)(clock / 100) * OVF_HOUR_S + (ovf_time)(clock % 100) * OVF_MINUTE_S;
}

/* "VALID UNTIL 1955Z", "VALID UNTIL 211600", from the heading's "211755" on. */
static void read_times(ovf_draft *d, ovf_str s)
{
    ovf_notice *n = d->notice;
    size_t word = ovf_text_find(s, d->ident.until, s.len, "VALID UNTIL");
    if (word == OVF_NOPOS) {
        OVF_FIND(d, OVF_WARNING, d->ident.until, "VALIDITY_MISSING", "expected VALID UNTIL 1955Z");
        return;
    }
    size_t from = ovf_text_blanks(s, word + 11);
    size_t digits = ovf_text_digits(s, from);
    n->valid_text = ovf_show(d, word, from + digits);
    n->span_c = ovf_raw_span(d, word, from + digits);
    ovf_time start = OVF_TIME_NONE;
    for (size_t i = d->all.from; i + 6 <= d->ident.from && start == OVF_TIME_NONE; i++) {
        if ((i == 0 || ovf_is_blank(s.ptr[i - 1])) && ovf_text_digits(s, i) == 6)
            start = ovf_day_clock_at(d, s, i);
    }
    if (digits == 6)
        n->valid_until = ovf_day_clock_at(d, s, from);
    else if (digits == 4 && start != OVF_TIME_NONE) {
        n->valid_until = start - start % OVF_DAY_S + clock_s(s, from);
        n->valid_until += n->valid_until < start ? OVF_DAY_S : 0;
    }
    if (n->valid_until == OVF_TIME_NONE)
        n->valid_until = OVF_TIME_OPEN;
    n->valid_from = start;
    if (start == OVF_TIME_NONE && digits == 4 && d->received != OVF_TIME_NONE) {
        ovf_time until = d->received - d->received % OVF_DAY_S + clock_s(s, from);
        until += until < d->received - OVF_DAY_S / 2   ? OVF_DAY_S
                 : until > d->received + OVF_DAY_S / 2 ? -OVF_DAY_S
                                                       : 0;
        n->valid_until = until;
        n->valid_from = until - (ovf_time)2 * OVF_HOUR_S; // NWSI 10-811: two hours at most
        OVF_FIND(d, OVF_NOTE, from, "DATE_RECEIVED",
                 "a clock without its day: the one nearest to when it was received, for two hours");
        return;
    }
    if (start == OVF_TIME_NONE || n->valid_until == OVF_TIME_OPEN)
        OVF_FIND(d, OVF_NOTE, from, "SIGMET_DATE",
                 "day or time without month and year: no instant");
}

void ovf_read_us_met(ovf_draft *d, ovf_str s)
{
    ovf_notice *n = d->notice;
    n->issuer.state = OVF_STR("USA");
    n->issuer.kind = OVF_STR("state");
    read_times(d, s);
}

/* ---- where ---- */

struct position {
    ovf_point place;
    bool is_known;
    ovf_str ident;
};

/* "30NNW", the direction of sixteen: the offset behind, i. */
static size_t offset_at(ovf_str s, size_t i, double *nm, double *towards_deg)
{
    static const char *const winds[] = {"N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE",
                                        "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"};
    uint32_t miles = 0;
    size_t end = ovf_str_take_uint(s, i, 999, &miles);
    if (end == i || end - i > 3)
        return i;
    end = ovf_text_at(s, end, " ") ? end + 1 : end;
    ovf_str word = ovf_str_sub(s, end, end + ovf_text_letters(s, end));
    for (size_t k = 0; k < OVF_COUNTOF(winds); k++) {
        if (!ovf_str_eq_nocase(word, ovf_str_of(winds[k])))
            continue;
        *nm = miles;
        *towards_deg = (double)k * 22.5;
        return end + word.len;
    }
    return i;
}

/* "30NW ABC", "ABC": the offset behind, 0. */
static size_t position_at(const ovf_draft *d, ovf_str s, size_t i, struct position *out)
{
    double nm = 0;
    double towards_deg = 0;
    size_t at = ovf_text_blanks(s, offset_at(s, i, &nm, &towards_deg));
    size_t letters = ovf_text_letters(s, at);
    if (letters != 3 || (at + 3 < s.len && ovf_is_digit(s.ptr[at + 3])))
        return 0;
    *out = (struct position){.ident = ovf_str_sub(s, at, at + 3)};
    double away_m = 0;
    uint32_t fix = d->world == NULL ? OVF_INDEX_NONE
                                    : ovf_world_nearest_fix(d->world, out->ident, middle, &away_m);
    out->is_known = fix != OVF_INDEX_NONE && away_m <= AIDS_REACH_M;
    if (out->is_known)
        out->place =
            ovf_destination(ovf_world_fix(d->world, fix).place, towards_deg, nm * OVF_NM_M);
    return at + 3;
}

/* The list behind FROM; the offset behind its last position. */
static size_t positions_at(const ovf_draft *d, ovf_str s, size_t i, struct position *out,
                           size_t *count)
{
    size_t end = i;
    *count = 0;
    while (*count < POSITIONS_MAX) {
        size_t next = position_at(d, s, ovf_text_blanks(s, i), &out[*count]);
        if (next == 0)
            break;
        (*count)++;
        end = next;
        i = ovf_text_blanks(s, next);
        if (i < s.len && s.ptr[i] == '-')
            i++;
        else if (ovf_text_at(s, i, "TO "))
            i += 3;
        else
            break;
    }
    return end;
}

/* "LINE TS 25 NM WIDE", "ISOL SEV TS D20": nautical miles across, behind the positions; 0. */
static uint32_t width_behind(ovf_str s, size_t i)
{
    uint32_t nm = 0;
    size_t stop = i + 60 < s.len ? i + 60 : s.len;
    for (; i < stop; i++) {
        bool starts = ovf_is_blank(s.ptr[i]);
        if (!starts || i + 1 >= s.len)
            continue;
        size_t at = i + 1 + (ovf_upper(s.ptr[i + 1]) == 'D');
        size_t end = ovf_str_take_uint(s, at, 999, &nm);
        if (end == at)
            continue;
        size_t unit = ovf_text_blanks(s, end);
        if (at == i + 2
            || (ovf_text_at(s, unit, "NM") && ovf_text_at(s, ovf_text_blanks(s, unit + 2), "WID")))
            return nm;
    }
    return 0;
}

static void add_area(ovf_draft *d, ovf_str s, size_t from, size_t end,
                     const struct position *positions, size_t count, ovf_str name)
{
    ovf_point points[POSITIONS_MAX];
    const struct position *unknown = NULL;
    for (size_t k = 0; k < count; k++) {
        points[k] = positions[k].place;
        if (!positions[k].is_known && unknown == NULL)
            unknown = &positions[k];
    }
    double half_m = width_behind(s, end) * OVF_NM_M / 2;
    bool is_line = count == 2 || (half_m > 0 && count > 1);
    ovf_shape kind = count == 1 ? OVF_SHAPE_CIRCLE
                     : is_line  ? (half_m > 0 ? OVF_SHAPE_CORRIDOR : OVF_SHAPE_LINE)
                                : OVF_SHAPE_POLYGON;
    const ovf_area *shape = NULL;
    ovf_status status = OVF_E_GEOMETRY;
    if (unknown == NULL && kind == OVF_SHAPE_CIRCLE)
        status = ovf_area_circle(d->arena, points[0], half_m > 0 ? half_m : 1.0, &shape, NULL);
    else if (unknown == NULL && is_line)
        status =
            ovf_area_corridor(d->arena, points, count, half_m > 0 ? half_m : 1.0, &shape, NULL);
    else if (unknown == NULL)
        status = ovf_area_polygon(d->arena, points, count, &shape, NULL);
    bool is_known = status == OVF_OK;
    if (unknown != NULL)
        OVF_FIND(d, OVF_WARNING, (size_t)(unknown->ident.ptr - s.ptr), "NAME_UNKNOWN",
                 OVF_FMT ": no such aid in the world's tables: the area is not resolved",
                 OVF_ARG(unknown->ident));
    else if (!is_known)
        OVF_FIND(d, OVF_WARNING, from, "GEOM_LINE", "the area cannot be drawn");
    ovf_notice_area *area =
        ovf_add_area(d, kind, is_known ? OVF_CERTAINTY_REFERENCE : OVF_CERTAINTY_UNRESOLVED,
                     is_known ? shape : ovf_area_unresolved(), from, end);
    if (area == NULL)
        return;
    area->name = name;
    area->radius_m = half_m;
    ovf_point *copy = is_known ? ovf_arena_array(d->arena, ovf_point, count) : NULL;
    if (copy == NULL)
        return;
    memcpy(copy, points, count * sizeof(*copy));
    bool repeats =
        count > 3 && kind == OVF_SHAPE_POLYGON && ovf_distance_m(copy[0], copy[count - 1]) < 1;
    ovf_put_points(area, copy, repeats ? count - 1 : count);
}

/* A line that is a position and nothing else: "20SE ABC", above "ISOL SEV TS D20". */
static void read_single(ovf_draft *d, ovf_str s, ovf_range e)
{
    for (size_t i = e.from; i < e.until; i++) {
        if (!ovf_is_digit(s.ptr[i]) || (i > e.from && s.ptr[i - 1] != '\n'))
            continue;
        struct position position;
        size_t end = position_at(d, s, i, &position);
        while (end > 0 && end < e.until && s.ptr[end] == ' ')
            end++;
        if (end == 0 || end >= e.until || (s.ptr[end] != '\n' && s.ptr[end] != '\r'))
            continue;
        add_area(d, s, i, end, &position, 1, OVF_STR(""));
        return;
    }
}

bool ovf_read_us_met_areas(ovf_draft *d)
{
    ovf_range e = d->items[OVF_ITEM_E];
    ovf_str s = ovf_str_sub(d->clean.text, 0, e.until);
    size_t outlook = ovf_text_find(s, e.from, e.until, "OUTLOOK");
    size_t before = d->area_count;
    for (size_t at = e.from; (at = ovf_text_find(s, at, e.until, "FROM ")) != OVF_NOPOS; at += 5) {
        struct position positions[POSITIONS_MAX];
        size_t count = 0;
        bool is_word = at == 0 || !ovf_is_letter(s.ptr[at - 1]);
        size_t end = is_word ? positions_at(d, s, at + 5, positions, &count) : at;
        if (count == 0)
            continue; // "MOV FROM 24015KT"
        bool is_later = outlook != OVF_NOPOS && outlook < at;
        add_area(d, s, at, end, positions, count, is_later ? OVF_STR("OUTLOOK") : OVF_STR(""));
    }
    if (d->area_count == before)
        read_single(d, s, e);
    if (d->area_count == before)
        OVF_FIND(d, OVF_WARNING, e.from, "MET_AREA", "expected FROM and positions: none was read");
    return d->area_count > before;
}
