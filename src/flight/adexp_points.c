/* SPDX-License-Identifier: Apache-2.0 */
/* ROUTE and RTEPTS of ADEXP. A list of points with times and levels is how the sender has worked the
 * route out: it is taken before our own expansion, unless points of it cannot be placed and the whole
 * of ROUTE can. Times and levels go with the points either way. */
#include "adexp.h"

/* ---- what is given over a point ---- */

static int32_t read_level_ft(const adexp_message *m, ovf_str level)
{
    speed_level read = {0};
    ovf_str text = ovf_arena_printf(m->r->arena, "N0000" OVF_FMT, OVF_ARG(level));
    return level.len > 0 && flight_read_speed_level(text, false, &read, NULL) == OVF_OK
               ? read.level_ft
               : -1;
}

static ovf_flight_given given_of(adexp_message *m, const adexp_point *p)
{
    ovf_flight_given given = {.time = OVF_TIME_NONE, .level_ft = read_level_ft(m, p->level)};
    bool is_actual = p->actual.len > 0;
    ovf_str time = is_actual ? p->actual : p->estimate;
    if (time.len > 0) {
        given.time = flight_adexp_time(time, m->r->flight->off_block);
        if (given.time == OVF_TIME_NONE)
            ovf_findings_add(m->r->findings, OVF_WARNING, flight_pos(m->r, time), "ADEXP_ETO",
                             "expected a time such as 260212143000 over a point");
    }
    if (given.time != OVF_TIME_NONE || given.level_ft >= 0)
        given.source = is_actual ? OVF_FLIGHT_SOURCE_ACTUAL : OVF_FLIGHT_SOURCE_ESTIMATE;
    return given;
}

/* ---- the two ways ---- */

typedef struct way {
    ovf_flight flight;
    ovf_findings findings;
    flight_reader reader;
} way;

static void start_way(const adexp_message *m, way *w)
{
    *w = (way){.flight = *m->r->flight, .findings = {.arena = m->r->arena}, .reader = *m->r};
    w->reader.flight = &w->flight;
    w->reader.findings = &w->findings;
}

static bool starts_with_speed(ovf_str route)
{
    size_t at = 0;
    ovf_str word = {0};
    speed_level read = {0};
    return flight_next_token(route, &at, &word)
           && flight_read_speed_level(word, false, &read, NULL) == OVF_OK;
}

/* SPEED and RFL, which repeat or replace what ROUTE begins with. */
static void take_speed_level(const adexp_message *m, ovf_flight *f)
{
    speed_level read = {0};
    ovf_str text = ovf_arena_printf(m->r->arena, OVF_FMT OVF_FMT, OVF_ARG(m->speed),
                                    OVF_ARG(m->rfl.len > 0 ? m->rfl : OVF_STR("VFR")));
    if (m->speed.len == 0 || flight_read_speed_level(text, false, &read, NULL) != OVF_OK)
        return;
    f->speed = m->speed;
    f->level = m->rfl;
    f->speed_kt = read.speed_kt;
    f->level_ft = read.level_ft;
}

static ovf_status read_by_route(const adexp_message *m, way *w, ovf_error *err)
{
    start_way(m, w);
    take_speed_level(m, &w->flight);
    return flight_read_route(&w->reader, m->route, starts_with_speed(m->route), err);
}

/* No airliner makes 650 kt over the ground for long, and no namesake elsewhere is reached in time. */
#define REACH_KT 650.0
#define REACH_SLACK_NM 15.0

static bool is_reached(ovf_point from, ovf_time left, ovf_point to, ovf_time there)
{
    if (left == OVF_TIME_NONE || there == OVF_TIME_NONE)
        return true;
    double hours = (double)(there - left) / OVF_HOUR_S;
    return hours >= 0 && ovf_m_to_nm(ovf_distance_m(from, to)) <= REACH_KT * hours + REACH_SLACK_NM;
}

/* Drops the places of a name that cannot be reached from the departure, or from which the
 * destination cannot, by the times given. */
static void drop_unreached(const adexp_message *m, element *e, ovf_time arrives)
{
    const flight_reader *r = m->r;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < e->candidate_count; i++) {
        ovf_point place = e->candidates[i];
        bool fits = !r->has_from || is_reached(r->from, r->flight->off_block, place, e->given.time);
        fits = fits && (!r->has_to || is_reached(place, e->given.time, r->to, arrives));
        if (!fits)
            continue;
        e->candidates[kept] = place;
        e->origin[kept] = e->origin[i];
        e->is_turned[kept] = e->is_turned[i];
        e->turn_deg[kept] = e->turn_deg[i];
        kept++;
    }
    if (kept == 0 && e->candidate_count > 0)
        e->why = OVF_STR("no place of that name can be reached at the time given over it");
    e->candidate_count = kept;
}

static bool is_end(const ovf_flight *f, ovf_str ident, bool is_first)
{
    return ovf_str_eq(ident, is_first ? f->from : f->to);
}

static ovf_status read_by_points(adexp_message *m, const way *by_route, way *w, ovf_error *err)
{
    start_way(m, w);
    w->flight.speed_kt = by_route->flight.speed_kt;
    w->flight.level_ft = by_route->flight.level_ft;
    element *elements = ovf_arena_array(m->r->arena, element, m->point_count + 1);
    if (elements == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a route");
    size_t count = 0;
    const adexp_point *end = &m->points[m->point_count - 1];
    ovf_time arrives =
        is_end(&w->flight, end->ident, false) ? given_of(m, end).time : OVF_TIME_NONE;
    for (size_t i = 0; i < m->point_count; i++) {
        const adexp_point *p = &m->points[i];
        bool is_first = i == 0 && is_end(&w->flight, p->ident, true);
        bool is_last = i + 1 == m->point_count && is_end(&w->flight, p->ident, false);
        if (is_first || is_last || p->ident.len == 0)
            continue; // departure and destination are there already
        element *e = &elements[count++];
        *e = (element){.text = p->ident, .ident = flight_adexp_name(m, p->ident)};
        e->given = given_of(m, p);
        e->is_listed = true;
        flight_classify_point(&w->reader, e);
        if (e->kind == ELEMENT_BAD && e->why.len == 0)
            e->kind = ELEMENT_POINT; // a name that is nowhere: reported as such
        if (e->given.time != OVF_TIME_NONE)
            drop_unreached(m, e, arrives);
    }
    return flight_expand_elements(&w->reader, elements, count, err);
}

/* ---- putting them together ---- */

static void keep_way(adexp_message *m, const way *w)
{
    ovf_flight *f = m->r->flight;
    f->points = w->flight.points;
    f->point_count = w->flight.point_count;
    f->unresolved = w->flight.unresolved;
    f->unresolved_count = w->flight.unresolved_count;
    f->route_complete = w->flight.route_complete;
    for (size_t i = 0; i < w->findings.count; i++) {
        const ovf_finding *x = &w->findings.items[i];
        ovf_findings_add(m->r->findings, x->severity, x->pos, x->rule, OVF_FMT,
                         OVF_ARG(x->message));
    }
}

/* Changes of speed and level stand in ROUTE alone. */
static void take_changes(ovf_flight *f, const ovf_flight *by_route)
{
    size_t at = 0;
    int32_t speed_kt = f->speed_kt;
    int32_t level_ft = f->level_ft;
    for (size_t i = 0; i < f->point_count; i++) {
        for (size_t k = at; k < by_route->point_count; k++) {
            const ovf_flight_point *p = &by_route->points[k];
            if (!ovf_str_eq(p->ident, f->points[i].ident))
                continue;
            speed_kt = p->speed_kt;
            level_ft = p->level_ft;
            at = k + 1;
            break;
        }
        f->points[i].speed_kt = speed_kt;
        f->points[i].level_ft = level_ft;
    }
}

static void give(adexp_message *m, ovf_flight *f)
{
    size_t at = 0;
    for (size_t i = 0; i < m->point_count; i++) {
        ovf_str name = flight_adexp_name(m, m->points[i].ident);
        for (size_t k = at; k < f->point_count; k++) {
            if (!ovf_str_eq(f->points[k].ident, name))
                continue;
            if (f->points[k].given.source == OVF_FLIGHT_SOURCE_NONE)
                f->points[k].given = given_of(m, &m->points[i]);
            at = k + 1;
            break;
        }
    }
}

ovf_status flight_adexp_route(adexp_message *m, ovf_error *err)
{
    ovf_flight *f = m->r->flight;
    way by_route;
    way by_points = {0};
    ovf_status status = read_by_route(m, &by_route, err);
    if (status == OVF_OK && m->point_count >= 2)
        status = read_by_points(m, &by_route, &by_points, err);
    if (status != OVF_OK)
        return status;
    f->speed = by_route.flight.speed;
    f->level = by_route.flight.level;
    f->speed_kt = by_route.flight.speed_kt;
    f->level_ft = by_route.flight.level_ft;
    f->route = by_route.flight.route;
    bool is_placed = by_points.flight.point_count >= 2
                     && (by_points.flight.route_complete || !by_route.flight.route_complete
                         || m->route.len == 0);
    if (is_placed) {
        keep_way(m, &by_points);
        take_changes(f, &by_route.flight);
    } else if (m->route.len > 0) {
        keep_way(m, &by_route);
    }
    give(m, f);
    return OVF_OK;
}
