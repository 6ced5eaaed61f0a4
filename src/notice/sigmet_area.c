/* SPDX-License-Identifier: Apache-2.0 */
/* Where a SIGMET or AIRMET is (Annex 3 App. 6, table A6-1A, "location" and "forecast position"): the
 * whole FIR, one side of a parallel, meridian or line (several joined by AND), an outline, so many
 * miles of a line, of a point or of the centre of a cyclone. What is open on a side is cut to the
 * FIR of the message. The observed and the forecast position are areas of their own; on its way from
 * the one to the other the phenomenon is somewhere between, so the forecast one counts from the
 * start of the validity and the observed one until the forecast instant. */
#include "arcs.h"
#include "forms.h"
#include "places.h"

#define LINE_MAX 60
#define REACH_MIN_M 1.0e6
#define REACH_MAX_M 5.0e6

struct phase {
    bool is_forecast;
    ovf_time at;      /* NONE */
    bool has_clock;   /* it says one */
    ovf_str clock;    /* "1145Z" */
    bool has_centre;  /* of a cyclone */
    ovf_point centre; /* the last position told */
};

struct met {
    ovf_draft *d;
    const ovf_area *fir; /* unresolved where it is not known */
    ovf_str fir_code;
    double reach_m;
    struct phase phase;
    ovf_time forecast_at; /* of the first forecast position, NONE */
    bool has_any;
};

/* ---- the FIR ---- */

static void find_fir(struct met *m)
{
    const ovf_draft *d = m->d;
    m->fir = ovf_area_unresolved();
    m->reach_m = REACH_MIN_M;
    if (d->world == NULL || d->notice->fir_count == 0)
        return;
    m->fir_code = d->notice->firs[0];
    uint32_t index = ovf_world_find_fir(d->world, m->fir_code);
    if (index == OVF_INDEX_NONE)
        return;
    const ovf_fir *fir = ovf_world_fir(d->world, index);
    const ovf_area *area = ovf_world_fir_area(d->world, fir);
    if (area == NULL || ovf_area_kind_of(area) == OVF_AREA_EMPTY)
        return;
    double diagonal_m =
        ovf_distance_m((ovf_point){fir->box.south_deg, ovf_lon_wrap(fir->box.west_deg)},
                       (ovf_point){fir->box.north_deg, ovf_lon_wrap(fir->box.east_deg)});
    m->reach_m = diagonal_m < REACH_MIN_M   ? REACH_MIN_M
                 : diagonal_m > REACH_MAX_M ? REACH_MAX_M
                                            : diagonal_m;
    m->fir = area;
}

/* ---- areas ---- */

/* Its name and when it holds. */
static void settle(struct met *m, ovf_notice_area *area)
{
    const ovf_notice *n = m->d->notice;
    const struct phase *p = &m->phase;
    m->has_any = true;
    if (area == NULL)
        return;
    if (area->name.len == 0 && (p->is_forecast || p->has_clock))
        area->name = ovf_arena_printf(m->d->arena, "%s" OVF_FMT, p->is_forecast ? "FCST " : "OBS ",
                                      OVF_ARG(p->clock));
    area->name = ovf_str_trim(area->name);
    if (n->valid_from == OVF_TIME_NONE || n->valid_until == OVF_TIME_OPEN)
        return;
    ovf_interval when = {n->valid_from, n->valid_until};
    if (p->is_forecast && p->at != OVF_TIME_NONE && p->at >= when.until)
        when.until = p->at + OVF_MINUTE_S;
    if (!p->is_forecast && p->at != OVF_TIME_NONE && p->at < when.from)
        when.from = p->at;
    if (!p->is_forecast && m->forecast_at != OVF_TIME_NONE && m->forecast_at > when.from)
        when.until = m->forecast_at;
    area->has_active = ovf_intervals_add(&area->active, when, m->d->arena) == OVF_OK;
}

static void add_shape(struct met *m, ovf_shape kind, const ovf_area *shape, const ovf_point *points,
                      size_t count, double radius_m, size_t first, size_t end)
{
    ovf_draft *d = m->d;
    bool is_known = shape != NULL && ovf_area_is_resolved(shape);
    bool is_fir = kind == OVF_SHAPE_FIR;
    ovf_certainty certainty = !is_known ? OVF_CERTAINTY_UNRESOLVED
                              : is_fir  ? OVF_CERTAINTY_REFERENCE
                                        : OVF_CERTAINTY_EXACT;
    ovf_notice_area *area =
        ovf_add_area(d, kind, certainty, is_known ? shape : ovf_area_unresolved(),
                     d->tokens[first].at, ovf_tok_end(d, end - 1));
    if (!is_known)
        OVF_FIND(d, OVF_WARNING, d->tokens[first].at, is_fir ? "NAME_UNKNOWN" : "GEOM_LINE",
                 is_fir ? "the FIR or the side of its line is not known: the area is not resolved"
                        : "the area cannot be drawn");
    ovf_point *copy =
        area == NULL || count == 0 ? NULL : ovf_arena_array(d->arena, ovf_point, count);
    if (copy != NULL) {
        memcpy(copy, points, count * sizeof(*copy));
        ovf_put_points(area, copy, count);
        area->radius_m = radius_m;
    }
    if (area != NULL && is_fir && !m->phase.is_forecast)
        area->name = m->fir_code;
    settle(m, area);
}

/* ---- points ---- */

/* "p - p - p", "p TO p", "p p", "p AND p": the index behind the last. */
static size_t points_at(const ovf_draft *d, size_t i, ovf_vertex *out, size_t *count, bool *is_bad)
{
    size_t end = i;
    *count = 0;
    while (i < d->token_count && *count < LINE_MAX) {
        ovf_vertex v = {0};
        if (d->tokens[i].kind != OVF_TOK_COORD || !ovf_vertex_at(d, i, &v, &end))
            break;
        *is_bad |= v.is_bad;
        out[(*count)++] = v;
        i = end;
        while (ovf_tok_sign(d, i, '-') || ovf_tok_sign(d, i, '/') || ovf_tok_sign(d, i, ',')
               || ovf_phrase(d, i, "TO|AND") > 0)
            i++;
    }
    return end;
}

static size_t places_at(const ovf_draft *d, size_t i, ovf_point *out, size_t *count, bool *is_bad)
{
    ovf_vertex vertices[LINE_MAX];
    size_t end = points_at(d, i, vertices, count, is_bad);
    for (size_t k = 0; k < *count; k++)
        out[k] = vertices[k].place;
    return end;
}

/* ---- one side ---- */

/* "N5020", "W030", "N35": degrees alone are no coordinate elsewhere, but behind OF they can be nothing
 * else. The index behind, 0. */
static size_t ordinate_at(const ovf_draft *d, size_t i, bool *is_lat, double *value_deg)
{
    if (i >= d->token_count)
        return 0;
    const ovf_token *t = &d->tokens[i];
    *is_lat = t->kind == OVF_TOK_LAT;
    *value_deg = t->a;
    if (t->kind == OVF_TOK_LAT || t->kind == OVF_TOK_LON)
        return (t->flags & OVF_TOK_BAD) == 0 ? i + 1 : 0;
    ovf_str word = ovf_tok_text(d, i);
    uint32_t value = 0;
    char c = t->kind == OVF_TOK_WORD ? ovf_upper(word.ptr[0]) : '\0';
    *is_lat = c == 'N' || c == 'S';
    bool is_lon = c == 'E' || c == 'W';
    size_t degrees = *is_lat ? 2 : 3;
    bool fits = (*is_lat || is_lon) && (word.len == degrees + 1 || word.len == degrees + 3)
                && ovf_str_take_uint(word, 1, 99999, &value) == word.len;
    if (!fits)
        return 0;
    uint32_t whole = word.len > degrees + 1 ? value / 100 : value;
    uint32_t minutes = word.len > degrees + 1 ? value % 100 : 0;
    if (minutes > 59 || whole > (*is_lat ? 90U : 180U))
        return 0;
    *value_deg = (whole + minutes / 60.0) * (c == 'S' || c == 'W' ? -1 : 1);
    return i + 1;
}

/* "N OF N5020", "W OF W03000", "NE OF LINE p - p": the index behind, 0. */
static size_t side_at(struct met *m, size_t i, const ovf_area **out)
{
    ovf_draft *d = m->d;
    double towards_deg = 0;
    size_t next = ovf_bearing_word_at(d, i, &towards_deg);
    next = next > 0 ? ovf_phrase(d, next, "OF") : 0;
    if (next == 0)
        return 0;
    size_t line = ovf_phrase(d, next, "A|THE? LINE|LINES BTN|BETWEEN|FROM|FM|THROUGH?");
    if (line > 0 || (next < d->token_count && d->tokens[next].kind == OVF_TOK_COORD)) {
        ovf_point points[LINE_MAX];
        size_t count = 0;
        bool is_bad = false;
        size_t end = places_at(d, line > 0 ? line : next, points, &count, &is_bad);
        if (line == 0 && count < 2)
            return 0;
        *out = is_bad ? NULL : ovf_line_side(d, points, count, towards_deg, m->reach_m);
        return count == 0 ? 0 : end;
    }
    ovf_half side = OVF_NORTH_OF;
    bool is_lat = false;
    double at_deg = 0;
    size_t end = ordinate_at(d, next, &is_lat, &at_deg);
    if (end == 0 || !ovf_side_at(d, i, &side))
        return 0;
    bool wants_lat = side == OVF_NORTH_OF || side == OVF_SOUTH_OF;
    *out = NULL;
    if (is_lat == wants_lat && ovf_area_half(d->arena, side, at_deg, out, NULL) != OVF_OK)
        *out = NULL;
    return end;
}

/* "BTN N50 AND N5230": both sides. */
static size_t band_at(struct met *m, size_t i, const ovf_area **low, const ovf_area **high)
{
    ovf_draft *d = m->d;
    size_t next = ovf_phrase(d, i, "BTN|BETWEEN");
    bool is_lat = false;
    bool is_second_lat = false;
    double a = 0;
    double b = 0;
    size_t middle = next > 0 ? ordinate_at(d, next, &is_lat, &a) : 0;
    size_t end = middle > 0 && ovf_tok_is(d, middle, "AND")
                     ? ordinate_at(d, middle + 1, &is_second_lat, &b)
                     : 0;
    if (end == 0 || is_lat != is_second_lat)
        return 0;
    bool crosses_180 = !is_lat && (a - b > 180 || b - a > 180);
    bool is_first_low = crosses_180 ? a > b : a < b;
    double from_deg = is_first_low ? a : b;
    double to_deg = is_first_low ? b : a;
    bool ok =
        ovf_area_half(d->arena, is_lat ? OVF_NORTH_OF : OVF_EAST_OF, from_deg, low, NULL) == OVF_OK
        && ovf_area_half(d->arena, is_lat ? OVF_SOUTH_OF : OVF_WEST_OF, to_deg, high, NULL)
               == OVF_OK;
    return ok ? end : 0;
}

/* Sides joined by AND, cut to the FIR. */
static size_t sides_at(struct met *m, size_t i)
{
    ovf_draft *d = m->d;
    const ovf_area *parts[OVF_CUTS_MAX + 1] = {m->fir};
    size_t count = 1;
    size_t end = i;
    bool is_known = true;
    while (count + 1 < OVF_CUTS_MAX) {
        size_t at = count > 1 && ovf_tok_is(d, end, "AND") ? end + 1 : end;
        at += count > 1 && ovf_tok_sign(d, at, ',');
        const ovf_area *second = NULL;
        size_t next = band_at(m, at, &parts[count], &second);
        if (next == 0)
            next = side_at(m, at, &parts[count]);
        if (next == 0)
            break;
        is_known &= parts[count] != NULL;
        count++;
        if (second != NULL)
            parts[count++] = second;
        end = next;
    }
    if (count == 1)
        return 0;
    const ovf_area *out = NULL;
    if (!is_known || !ovf_area_is_resolved(m->fir))
        out = NULL;
    else if (ovf_area_intersection(d->arena, parts, count, &out, NULL) != OVF_OK)
        d->no_memory = true;
    add_shape(m, OVF_SHAPE_FIR, out, NULL, 0, 0, i, end);
    return end;
}

/* ---- so far from something ---- */

static void add_corridor(struct met *m, const ovf_point *points, size_t count, bool is_bad,
                         double half_m, size_t first, size_t end)
{
    const ovf_area *shape = NULL;
    if (is_bad || count < 2
        || ovf_area_corridor(m->d->arena, points, count, half_m, &shape, NULL) != OVF_OK)
        shape = NULL;
    add_shape(m, OVF_SHAPE_CORRIDOR, shape, points, count, half_m, first, end);
}

static void add_circle(struct met *m, const ovf_point *centre, double radius_m, size_t first,
                       size_t end)
{
    const ovf_area *shape = NULL;
    if (centre == NULL || ovf_area_circle(m->d->arena, *centre, radius_m, &shape, NULL) != OVF_OK)
        shape = NULL;
    add_shape(m, OVF_SHAPE_CIRCLE, shape, centre, centre == NULL ? 0 : 1, radius_m, first, end);
}

/* "WI 50NM OF LINE p - p", "WI 30KM OF TC CENTRE", "WI 150NM OF PSN p", "50NM EITHER SIDE OF p - p",
 * "APRX 50KM WID LINE BTN p - p": the index behind, 0. */
static size_t near_at(struct met *m, size_t i)
{
    ovf_draft *d = m->d;
    double far_m = 0;
    size_t start = ovf_phrase(d, i, "APRX|ABT|ABOUT? WI|WITHIN|APRX|WTN");
    size_t length = ovf_length_at(d, start > 0 ? start : i, &far_m);
    if (length == 0 || far_m <= 0)
        return 0;
    size_t wide = ovf_phrase(d, length, "WID|WIDE|WIDTH LINE|BAND|AREA? BTN|BETWEEN|FROM|FM|OF?");
    size_t of =
        wide > 0 ? wide : ovf_phrase(d, length, "RADIUS|RAD|EITHER|BOTH? SIDE|SIDES? OF|FM|FROM");
    if (of == 0)
        return 0;
    size_t centre = ovf_phrase(d, of, "THE? TC|CYCLONE|STORM? CENTRE|CENTER|CNTR|CENTR");
    size_t line = ovf_phrase(d, of, "THE|A? LINE|LINES BTN|BETWEEN|FROM|FM?");
    size_t position = ovf_phrase(d, of, "PSN|POSITION|POINT|COORD");
    size_t at = line > 0 ? line : centre > 0 ? centre : position > 0 ? position : of;
    if (centre > 0 && ovf_phrase(d, centre, "PSN") > 0)
        at = centre + 1;
    ovf_point points[LINE_MAX];
    size_t count = 0;
    bool is_bad = false;
    size_t end = places_at(d, at, points, &count, &is_bad);
    if (count == 0 && centre > 0) {
        add_circle(m, m->phase.has_centre ? &m->phase.centre : NULL, far_m, i, centre);
        return centre;
    }
    if (count == 0 && line == 0 && position == 0)
        return 0;
    if (count == 1 && line == 0 && wide == 0)
        add_circle(m, is_bad ? NULL : &points[0], far_m, i, end);
    else
        add_corridor(m, points, count, is_bad, wide > 0 ? far_m / 2 : far_m, i,
                     count == 0 ? of : end);
    return count == 0 ? of : end;
}

/* ---- outlines and points ---- */

static size_t outline_at(struct met *m, size_t i)
{
    ovf_draft *d = m->d;
    size_t start = ovf_phrase(d, i, "WI|WITHIN|WTN AN? AREA|AREAS? BOUNDED? BY?");
    start = start > 0 ? start : ovf_phrase(d, i, "WI|WITHIN|WTN|BOUNDED|AREA BY|OF?");
    ovf_vertex vertices[LINE_MAX];
    size_t count = 0;
    bool is_bad = false;
    size_t end = start > 0 ? points_at(d, start, vertices, &count, &is_bad) : 0;
    if (count < 3)
        return 0;
    ovf_run run = {.first = start, .last = end - 1, .vertices = vertices, .count = count};
    size_t before = d->area_count;
    ovf_make_ring(d, &run, OVF_STR(""));
    for (size_t k = before; k < d->area_count; k++)
        settle(m, &d->areas[k]);
    return end;
}

static size_t point_at(struct met *m, size_t i)
{
    ovf_draft *d = m->d;
    ovf_vertex v = {0};
    size_t end = 0;
    const ovf_area *shape = NULL;
    if (d->tokens[i].kind != OVF_TOK_COORD || !ovf_vertex_at(d, i, &v, &end))
        return 0;
    m->phase.has_centre = !v.is_bad;
    m->phase.centre = v.place;
    // A point has no surface; a metre round it stands for it.
    if (v.is_bad || ovf_area_circle(d->arena, v.place, 1.0, &shape, NULL) != OVF_OK)
        shape = NULL;
    add_shape(m, OVF_SHAPE_POINT, shape, &v.place, 1, 0, i, end);
    return end;
}

static size_t whole_at(struct met *m, size_t i)
{
    const ovf_draft *d = m->d;
    size_t end = ovf_phrase(d, i, "ENTIRE|WHOLE FIR|UIR|CTA|AREA|FIRS|UTA");
    if (end == 0)
        return 0;
    while (ovf_tok_sign(d, end, '/') && ovf_phrase(d, end + 1, "FIR|UIR|CTA|UTA") > 0)
        end += 2;
    add_shape(m, OVF_SHAPE_FIR, m->fir, NULL, 0, 0, i, end);
    return end;
}

/* ---- when ---- */

/* "OBS AT 1145Z", "FCST AT 1800Z", "FCST 1800Z": what follows is seen or expected. */
static bool phase_at(struct met *m, size_t i)
{
    const ovf_draft *d = m->d;
    bool is_observed = ovf_tok_is(d, i, "OBS");
    bool is_forecast = ovf_tok_is(d, i, "FCST");
    if (!is_observed && !is_forecast)
        return false;
    size_t next = i + 1 + ovf_tok_is(d, i + 1, "AT");
    if (next >= d->token_count)
        return false;
    ovf_str s = d->clean.text;
    uint32_t at = d->tokens[next].at;
    uint32_t clock = 0;
    bool has_clock = ovf_text_digits(s, at) == 4
                     && ovf_str_take_uint(ovf_str_sub(s, 0, at + 4), at, 2359, &clock) == at + 4;
    if (is_forecast && !m->has_any && !has_clock)
        return false; // "SEV TURB FCST WI ...": the position itself is the forecast one
    bool keeps_centre = is_observed && m->phase.has_centre; // told before: "TC NAME PSN p OBS"
    m->phase = (struct phase){.is_forecast = is_forecast,
                              .at = OVF_TIME_NONE,
                              .has_clock = has_clock,
                              .has_centre = keeps_centre,
                              .centre = m->phase.centre};
    if (!has_clock)
        return true;
    bool has_z = at + 4 < s.len && ovf_upper(s.ptr[at + 4]) == 'Z';
    m->phase.clock = ovf_str_sub(s, at, at + 4 + has_z);
    const ovf_notice *n = d->notice;
    if (n->valid_from == OVF_TIME_NONE)
        return true;
    ovf_time day = n->valid_from - n->valid_from % OVF_DAY_S;
    ovf_time t =
        day + (ovf_time)(clock / 100) * OVF_HOUR_S + (ovf_time)(clock % 100) * OVF_MINUTE_S;
    // The clock of the day that is nearest: a SIGMET lasts six hours.
    if (t - n->valid_from > OVF_DAY_S / 2)
        t -= OVF_DAY_S;
    else if (n->valid_from - t > OVF_DAY_S / 2)
        t += OVF_DAY_S;
    m->phase.at = t;
    return true;
}

static ovf_time first_forecast(struct met m)
{
    bool is_seen = false;
    for (size_t i = 0; i < m.d->token_count; i++) {
        m.has_any = true;
        if (!phase_at(&m, i))
            continue;
        if (m.phase.is_forecast && is_seen)
            return m.phase.at;
        is_seen |= !m.phase.is_forecast;
    }
    return OVF_TIME_NONE;
}

bool ovf_read_met_areas(ovf_draft *d)
{
    if (ovf_is_us_met(d))
        return ovf_read_us_met_areas(d);
    struct met m = {.d = d, .phase = {.at = OVF_TIME_NONE}};
    find_fir(&m);
    m.forecast_at = first_forecast(m);
    for (size_t i = 0; i < d->token_count && !d->no_memory; i++) {
        if (phase_at(&m, i))
            continue;
        size_t end = whole_at(&m, i);
        if (end == 0)
            end = near_at(&m, i);
        if (end == 0)
            end = outline_at(&m, i);
        if (end == 0)
            end = sides_at(&m, i);
        if (end == 0)
            end = point_at(&m, i);
        if (end > i)
            i = end - 1;
    }
    if (!m.has_any && d->notice->fir_count > 0)
        OVF_FIND(d, OVF_WARNING, d->items[OVF_ITEM_E].from, "MET_AREA",
                 "expected a position as WI ..., N OF ..., ENTIRE FIR: none was read");
    return m.has_any;
}
