/* SPDX-License-Identifier: Apache-2.0 */
/* What the features of an event say: outlines, levels, status and times out of the slices that point
 * at it, laid over the reading of its NOTAM. Where text and data draw different things, both stand and a
 * finding says so: neither is dropped. */
#include "aixm_internal.h"

#include <math.h>
#include <stdlib.h>

/* ---- scenarios (Digital NOTAM Event Specification 2.0), by subject and condition ---- */

static const struct {
    const char *id;
    const char *subject;
    ovf_effect effect;
} subjects[] = {
    {"SAA", "special activity airspace", OVF_EFFECT_RESTRICTED},
    {"ATSA", "ATS airspace", OVF_EFFECT_INFORMATION},
    {"RTE", "ATS route", OVF_EFFECT_CLOSED},
    {"AD", "aerodrome", OVF_EFFECT_CLOSED},
    {"RWY", "runway", OVF_EFFECT_CLOSED},
    {"RWE", "part of a runway", OVF_EFFECT_CLOSED},
    {"TWY", "taxiway", OVF_EFFECT_CLOSED},
    {"APN", "apron", OVF_EFFECT_CLOSED},
    {"APE", "part of an apron", OVF_EFFECT_CLOSED},
    {"STAND", "aircraft stand", OVF_EFFECT_CLOSED},
    {"SFC", "surface condition", OVF_EFFECT_INFORMATION},
    {"NAV", "navigation aid", OVF_EFFECT_INFORMATION},
    {"OBS", "obstacle", OVF_EFFECT_WARNING},
    {"OBL", "obstacle lights", OVF_EFFECT_INFORMATION},
    {"RCP", "runway centre line point", OVF_EFFECT_INFORMATION},
    {"THR", "threshold", OVF_EFFECT_INFORMATION},
    {"RDD", "declared distances", OVF_EFFECT_INFORMATION},
    {"DEI", "de-icing", OVF_EFFECT_INFORMATION},
    {"LVP", "low visibility procedures", OVF_EFFECT_INFORMATION},
    {"ACG", "ground services", OVF_EFFECT_INFORMATION},
    {"ATC", "air traffic service", OVF_EFFECT_INFORMATION},
    {"WLD", "wildlife hazard", OVF_EFFECT_WARNING},
};

static const struct {
    const char *id;
    const char *condition;
    ovf_effect effect; /* UNKNOWN: as the subject */
} conditions[] = {
    {"ACT", "activated", OVF_EFFECT_UNKNOWN},     {"NEW", "established", OVF_EFFECT_UNKNOWN},
    {"DEA", "deactivated", OVF_EFFECT_LIFTED},    {"CLS", "closed", OVF_EFFECT_CLOSED},
    {"OPN", "opened", OVF_EFFECT_LIFTED},         {"LIM", "limited", OVF_EFFECT_RESTRICTED},
    {"UNS", "not available", OVF_EFFECT_UNKNOWN}, {"CHG", "changed", OVF_EFFECT_INFORMATION},
    {"IOP", "in operation", OVF_EFFECT_UNKNOWN},  {"WDN", "withdrawn", OVF_EFFECT_INFORMATION},
    {"OTH", "other", OVF_EFFECT_INFORMATION},
};

static void settle_scenario(const struct aixm_event *e, ovf_notice *n)
{
    size_t dot = ovf_str_find(e->scenario, 0, OVF_STR("."));
    ovf_str subject = ovf_str_sub(e->scenario, 0, dot);
    ovf_str condition = dot == OVF_NOPOS ? OVF_STR("") : ovf_str_tail(e->scenario, dot + 1);
    ovf_effect effect = OVF_EFFECT_UNKNOWN;
    for (size_t i = 0; i < OVF_COUNTOF(subjects); i++) {
        if (!ovf_str_eq(subject, ovf_str_of(subjects[i].id)))
            continue;
        effect = subjects[i].effect;
        if (n->subject.len == 0)
            n->subject = ovf_str_of(subjects[i].subject);
    }
    for (size_t i = 0; i < OVF_COUNTOF(conditions); i++) {
        if (!ovf_str_eq(condition, ovf_str_of(conditions[i].id)))
            continue;
        if (conditions[i].effect != OVF_EFFECT_UNKNOWN)
            effect = conditions[i].effect;
        if (n->condition.len == 0)
            n->condition = ovf_str_of(conditions[i].condition);
    }
    // The words of a route that opens name what stays closed too; the scenario says what the news is.
    bool is_opening = effect == OVF_EFFECT_LIFTED && n->kind != OVF_NOTICE_CANCEL;
    if (n->effect == OVF_EFFECT_UNKNOWN || is_opening)
        n->effect = effect;
    if (is_opening)
        n->strength = OVF_STRENGTH_OPENING;
}

/* Of an airspace by its type (AIXM CodeAirspaceType). */
static ovf_effect effect_of_type(ovf_str type)
{
    static const struct {
        const char *type;
        ovf_effect effect;
    } types[] = {{"P", OVF_EFFECT_PROHIBITED},   {"R", OVF_EFFECT_RESTRICTED},
                 {"D", OVF_EFFECT_DANGER},       {"D_OTHER", OVF_EFFECT_DANGER},
                 {"TSA", OVF_EFFECT_RESTRICTED}, {"TRA", OVF_EFFECT_RESTRICTED},
                 {"CBA", OVF_EFFECT_RESTRICTED}, {"PROTECT", OVF_EFFECT_RESTRICTED},
                 {"W", OVF_EFFECT_WARNING},      {"A", OVF_EFFECT_WARNING}};
    for (size_t i = 0; i < OVF_COUNTOF(types); i++)
        if (ovf_str_eq(type, ovf_str_of(types[i].type)))
            return types[i].effect;
    return OVF_EFFECT_UNKNOWN;
}

/* ---- links ---- */

/* The event that a reference means, out of the message. */
static const ovf_xml *target(const struct aixm *x, const ovf_xml *reference)
{
    const ovf_xml *found = ovf_gml_find(&x->ids, ovf_xml_attribute(reference, "href"));
    while (found != NULL && !ovf_xml_is(found, "Event"))
        found = found->parent;
    return found;
}

static const ovf_xml *next_reference(const ovf_xml *node, const ovf_xml *within)
{
    do
        node = ovf_xml_following(node, within);
    while (node != NULL && !ovf_xml_is(node, "theEvent"));
    return node;
}

size_t ovf_aixm_events_of(const struct aixm *x, const ovf_xml *feature)
{
    size_t count = 0;
    for (const ovf_xml *n = next_reference(feature, feature); n != NULL;
         n = next_reference(n, feature))
        count += target(x, n) != NULL;
    return count;
}

static bool is_of_event(const struct aixm *x, const struct aixm_event *e, const ovf_xml *slice)
{
    bool has_reference = false;
    for (const ovf_xml *n = next_reference(slice, slice); n != NULL; n = next_reference(n, slice)) {
        if (target(x, n) == e->event)
            return true;
        has_reference = true;
    }
    return e->is_only && !has_reference
           && ovf_str_eq(ovf_xml_text(slice, "interpretation"), OVF_STR("TEMPDELTA"));
}

/* ---- the areas of one slice ---- */

struct overlay {
    struct aixm *x;
    const struct aixm_event *e; /* NULL: none */
    ovf_notice *n;
    size_t capacity;    /* of n->areas */
    ovf_intervals when; /* of all activations and availabilities */
    bool has_times, times_whole;
    ovf_str said; /* the first timesheet in words */
    ovf_effect effect;
};

static ovf_str keep(struct overlay *o, ovf_str text)
{
    return text.len == 0 ? OVF_STR("") : ovf_arena_dup(o->x->s->arena, text);
}

static ovf_notice_area *add_area(struct overlay *o, const ovf_xml *node, ovf_shape shape,
                                 const ovf_area *area, ovf_str name)
{
    ovf_notice_area *out = ovf_structured_area(o->x->s, o->n, &o->capacity);
    if (out == NULL)
        return NULL;
    bool is_found = ovf_area_is_resolved(area);
    *out = (ovf_notice_area){.shape = shape,
                             .certainty = is_found ? OVF_CERTAINTY_EXACT : OVF_CERTAINTY_UNRESOLVED,
                             .name = name,
                             .area = is_found ? area : ovf_area_unresolved(),
                             .span = {(uint32_t)node->at, (uint32_t)(node->end - node->at)}};
    return out;
}

static void complain(struct overlay *o, const ovf_xml *node, const char *why)
{
    ovf_structured_find(o->x->s, o->n, OVF_ERROR, "AIXM_GEOMETRY", node->at, "%s", why);
}

/* Levels of an activation or availability, "CEILING" and "FLOOR" being those of the airspace. */
static void read_layer(struct overlay *o, const ovf_xml *node, ovf_level *lower, ovf_level *upper)
{
    const ovf_xml *layer = ovf_xml_child(ovf_xml_child(node, "levels"), "AirspaceLayer");
    ovf_level level = {0};
    ovf_arena *arena = o->x->s->arena;
    if (layer == NULL)
        return;
    bool is_own = !ovf_str_eq(ovf_xml_text(layer, "lowerLimit"), OVF_STR("FLOOR"));
    if (is_own && ovf_aixm_level(arena, layer, "lowerLimit", "lowerLimitReference", false, &level)
        && level.ref != OVF_LEVEL_UNKNOWN)
        *lower = level;
    level = (ovf_level){0};
    is_own = !ovf_str_eq(ovf_xml_text(layer, "upperLimit"), OVF_STR("CEILING"));
    if (is_own && ovf_aixm_level(arena, layer, "upperLimit", "upperLimitReference", true, &level)
        && level.ref != OVF_LEVEL_UNKNOWN)
        *upper = level;
}

/* "Baseline data copy": what holds anyway, repeated so that the slice is whole. */
static bool is_baseline_copy(const ovf_xml *node)
{
    const ovf_xml *note = ovf_xml_within(ovf_xml_child(node, "annotation"), "note");
    return note != NULL
           && ovf_str_eq_nocase(ovf_str_sub(note->text, 0, 13), OVF_STR("Baseline data"));
}

/* Does a status say that the area, way or place is under the event? */
static bool is_in_force(ovf_str status)
{
    static const char *const idle[] = {"INACTIVE", "AVBL_FOR_ACTIVATION", "NORMAL", "OPEN",
                                       "OPERATIONAL"};
    for (size_t i = 0; i < OVF_COUNTOF(idle); i++)
        if (ovf_str_eq(status, ovf_str_of(idle[i])))
            return false;
    return true;
}

static ovf_interval window_of(const struct overlay *o)
{
    ovf_interval window = o->x->s->options->window;
    if (window.from == 0 && window.until == 0) {
        window = (ovf_interval){o->n->valid_from, OVF_TIME_OPEN};
        if (o->n->valid_from != OVF_TIME_NONE)
            window.until = o->n->valid_from + 28 * (ovf_time)OVF_DAY_S;
    }
    return window;
}

static void read_times(struct overlay *o, const ovf_xml *node, ovf_point place, bool has_place)
{
    ovf_interval valid = {o->n->valid_from, o->n->valid_until};
    ovf_schedule_place where = {has_place, place.lat_deg, place.lon_deg};
    o->has_times |=
        ovf_aixm_times(o->x, node, valid, window_of(o), where, &o->when, &o->times_whole, &o->said);
}

/* ---- airspaces ---- */

/* Of the slices of the feature that are no deltas the last one, for what a delta leaves out. */
static const ovf_xml *baseline(const ovf_xml *feature)
{
    const ovf_xml *found = NULL;
    for (const ovf_xml *n = ovf_xml_child(feature, "timeSlice"); n != NULL;
         n = ovf_xml_next(n, "timeSlice"))
        if (n->first != NULL
            && !ovf_str_ends(ovf_xml_text(n->first, "interpretation"), OVF_STR("DELTA")))
            found = n->first;
    return found;
}

static ovf_str fact(const ovf_xml *slice, const ovf_xml *base, const char *name)
{
    ovf_str text = ovf_xml_text(slice, name);
    return text.len > 0 ? text : ovf_xml_text(base, name);
}

static ovf_point middle(const ovf_area *area)
{
    ovf_box box = ovf_area_bounds(area);
    double east_deg = box.east_deg < box.west_deg ? box.east_deg + 360.0 : box.east_deg;
    return (ovf_point){(box.south_deg + box.north_deg) / 2.0,
                       ovf_lon_wrap((box.west_deg + east_deg) / 2.0)};
}

/* Areas of the parts, or of the published airspace of that designator. */
static void add_airspace_areas(struct overlay *o, const ovf_xml *slice, const ovf_xml *base,
                               ovf_str name)
{
    ovf_structured *s = o->x->s;
    ovf_findings findings = {.arena = s->arena};
    ovf_aixm_part *parts = NULL;
    size_t count = 0;
    ovf_error err = {0};
    ovf_status status = ovf_aixm_parts(&o->x->ids, slice, &s->vertices_left, s->arena, &findings,
                                       &parts, &count, &err);
    if (status == OVF_OK && count == 0 && base != NULL)
        status = ovf_aixm_parts(&o->x->ids, base, &s->vertices_left, s->arena, &findings, &parts,
                                &count, &err);
    if (status == OVF_E_NOMEM)
        s->no_memory = true;
    else if (status != OVF_OK)
        complain(o, slice, err.reason);
    for (size_t i = 0; i < findings.count; i++)
        ovf_structured_find(s, o->n, findings.items[i].severity, "AIXM_GEOMETRY", slice->at,
                            OVF_FMT, OVF_ARG(findings.items[i].message));
    for (size_t i = 0; i < count; i++) {
        ovf_notice_area *area = add_area(o, slice, OVF_SHAPE_POLYGON, parts[i].area, name);
        if (area == NULL)
            return;
        area->lower = parts[i].lower;
        area->upper = parts[i].upper;
        if (!parts[i].is_changed)
            ovf_structured_points(o->x->s, area, &parts[i].trace);
        else if (ovf_area_kind_of(parts[i].area) == OVF_AREA_CORRIDOR)
            area->shape = OVF_SHAPE_CORRIDOR;
    }
    uint32_t found[16];
    size_t known = count > 0 || s->world == NULL || name.len == 0
                       ? 0
                       : ovf_world_find_airspace(s->world, name, found, OVF_COUNTOF(found));
    for (size_t i = 0; i < known && i < OVF_COUNTOF(found); i++) {
        const ovf_airspace *facts = ovf_world_airspace(s->world, found[i]);
        ovf_notice_area *area =
            add_area(o, slice, OVF_SHAPE_NAMED, ovf_world_airspace_area(s->world, found[i]), name);
        if (area == NULL)
            return;
        if (area->certainty == OVF_CERTAINTY_EXACT)
            area->certainty = OVF_CERTAINTY_REFERENCE;
        area->lower = facts->lower;
        area->upper = facts->upper;
    }
    if (count == 0 && known == 0 && name.len > 0)
        add_area(o, slice, OVF_SHAPE_NAMED, ovf_area_unresolved(), name);
}

static void read_airspace(struct overlay *o, const ovf_xml *feature, const ovf_xml *slice)
{
    const ovf_xml *base = baseline(feature);
    ovf_str name = fact(slice, base, "designator");
    ovf_str type = fact(slice, base, "type");
    size_t first = o->n->area_count;
    add_airspace_areas(o, slice, base, keep(o, name.len > 0 ? name : fact(slice, base, "name")));
    if (o->effect == OVF_EFFECT_UNKNOWN)
        o->effect = effect_of_type(type);
    bool has_place = o->n->area_count > first && ovf_area_is_resolved(o->n->areas[first].area);
    ovf_point place = has_place ? middle(o->n->areas[first].area) : (ovf_point){0};
    for (const ovf_xml *n = ovf_xml_child(slice, "activation"); n != NULL;
         n = ovf_xml_next(n, "activation")) {
        const ovf_xml *activation = ovf_xml_child(n, "AirspaceActivation");
        if (activation == NULL || is_baseline_copy(activation)
            || !is_in_force(ovf_xml_text(activation, "status")))
            continue;
        read_times(o, activation, place, has_place);
        for (size_t i = first; i < o->n->area_count; i++)
            read_layer(o, activation, &o->n->areas[i].lower, &o->n->areas[i].upper);
    }
}

/* ---- routes ---- */

static void read_route(struct overlay *o, const ovf_xml *slice)
{
    ovf_structured *s = o->x->s;
    ovf_trace line = {.arena = s->arena, .vertices_left = &s->vertices_left};
    ovf_error err = {0};
    const ovf_xml *extent = ovf_xml_child(slice, "curveExtent");
    double half_m = 1.0, side_m = 0.0; // a line without a width is a line
    if (extent == NULL)
        return; // its ends are elsewhere; the NOTAM names them
    ovf_status status = ovf_gml_curve(&o->x->ids, extent->first, &line, &err);
    if (status != OVF_OK) {
        complain(o, extent, err.reason);
        return;
    }
    if (ovf_gml_length_m(ovf_xml_child(slice, "widthLeft"), &side_m) && side_m > half_m)
        half_m = side_m;
    if (ovf_gml_length_m(ovf_xml_child(slice, "widthRight"), &side_m) && side_m > half_m)
        half_m = side_m;
    size_t count = line.rings[0].count;
    ovf_point *points = ovf_arena_array(s->arena, ovf_point, count + 1);
    const ovf_area *area = ovf_area_unresolved();
    for (size_t i = 0; i < count && points != NULL; i++)
        points[i] = line.rings[0].points[i].p;
    if (points == NULL || ovf_area_corridor(s->arena, points, count, half_m, &area, &err) != OVF_OK)
        complain(o, extent, err.reason);
    ovf_notice_area *out = add_area(o, slice, OVF_SHAPE_ROUTE, area, OVF_STR(""));
    if (out == NULL)
        return;
    out->points = points;
    out->point_count = points == NULL ? 0 : count;
    out->radius_m = half_m;
    for (const ovf_xml *n = ovf_xml_child(slice, "availability"); n != NULL;
         n = ovf_xml_next(n, "availability"))
        if (n->first != NULL && !is_baseline_copy(n->first))
            read_layer(o, n->first, &out->lower, &out->upper);
}

/* ---- anything else: its surface, or its point ---- */

static const ovf_xml *first_of(const ovf_xml *node, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const ovf_xml *found = ovf_xml_within(node, names[i]);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static void read_place(struct overlay *o, const ovf_xml *slice)
{
    static const char *const surfaces[] = {"ElevatedSurface", "Surface"};
    static const char *const spots[] = {"ElevatedPoint", "Point"};
    ovf_structured *s = o->x->s;
    ovf_trace trace = {.arena = s->arena, .vertices_left = &s->vertices_left};
    const ovf_xml *surface = first_of(slice, surfaces, OVF_COUNTOF(surfaces));
    const ovf_xml *spot = first_of(slice, spots, OVF_COUNTOF(spots));
    const ovf_area *area = NULL;
    ovf_error err = {0};
    ovf_str name = ovf_xml_text(slice, "designator");
    if (surface == NULL && spot == NULL)
        return;
    ovf_status status = surface != NULL ? ovf_gml_surface(&o->x->ids, surface, &trace, &err)
                                        : ovf_gml_point(&o->x->ids, spot, &trace, &err);
    if (status == OVF_OK && surface != NULL)
        status = ovf_trace_area(&trace, &area, &err);
    else if (status == OVF_OK)
        status = ovf_area_circle(s->arena, trace.rings[0].points[0].p, 1.0, &area, &err);
    if (status != OVF_OK) {
        complain(o, slice, err.reason);
        return;
    }
    ovf_shape shape = surface != NULL ? OVF_SHAPE_POLYGON : OVF_SHAPE_POINT;
    ovf_notice_area *out = add_area(o, slice, shape, area, keep(o, name));
    if (out != NULL)
        ovf_structured_points(o->x->s, out, &trace);
}

static void read_slice(struct overlay *o, const ovf_xml *feature, const ovf_xml *slice)
{
    if (ovf_xml_is(feature, "Airspace")) {
        read_airspace(o, feature, slice);
        return;
    }
    if (ovf_xml_is(feature, "RouteSegment"))
        read_route(o, slice);
    else
        read_place(o, slice);
    for (const ovf_xml *n = ovf_xml_child(slice, "availability"); n != NULL;
         n = ovf_xml_next(n, "availability")) {
        if (n->first == NULL || is_baseline_copy(n->first))
            continue;
        ovf_str status = ovf_xml_text(n->first, "operationalStatus");
        if (is_in_force(status.len > 0 ? status : ovf_xml_text(n->first, "status")))
            read_times(o, n->first, o->n->q_centre, o->n->has_q_circle);
    }
}

/* ---- text and data together ---- */

static bool is_near(ovf_time a, ovf_time b)
{
    if (a == b)
        return true;
    if (a == OVF_TIME_NONE || b == OVF_TIME_OPEN || a == OVF_TIME_OPEN || b == OVF_TIME_NONE)
        return false;
    return (a > b ? a - b : b - a) <= 60;
}

static void settle_validity(struct aixm *x, const struct aixm_event *e, ovf_notice *n)
{
    bool has_event = e->valid.from != OVF_TIME_NONE;
    if (!has_event)
        return;
    bool is_broken = n->valid_from == OVF_TIME_NONE || n->valid_until <= n->valid_from;
    bool is_end_open = n->valid_until == OVF_TIME_OPEN && !n->until_permanent;
    if (!is_broken && !is_end_open) {
        if (!is_near(n->valid_from, e->valid.from)
            || (!is_near(n->valid_until, e->valid.until) && e->valid.until != OVF_TIME_OPEN))
            ovf_structured_find(x->s, n, OVF_WARNING, "AIXM_TIME", e->slice->at,
                                "the event is valid at another time than its NOTAM; the NOTAM's "
                                "stands");
        return;
    }
    if (is_broken && n->valid_from != OVF_TIME_NONE)
        ovf_structured_find(x->s, n, OVF_WARNING, "AIXM_TIME", n->span_b.at,
                            "the NOTAM ends before it begins; the validity of the event stands");
    if (is_broken)
        n->valid_from = e->valid.from;
    n->valid_until = e->valid.until;
    n->until_estimated = e->is_estimated;
    n->until_permanent = false;
    static const char *const answered[] = {"B_MISSING",        "C_MISSING", "B_DATE",    "C_DATE",
                                           "VALIDITY_MISSING", "VALIDITY",  "C_BEFORE_B"};
    for (size_t i = 0; i < OVF_COUNTOF(answered); i++)
        ovf_structured_settle(n, answered[i]);
    ovf_structured_active(x->s, n);
}

static void settle_times(struct overlay *o)
{
    ovf_notice *n = o->n;
    bool is_unread = ovf_structured_has(n, "D_UNPARSED") || ovf_structured_has(n, "D_OUTSIDE");
    if (!o->has_times || (n->schedule.len > 0 && !is_unread))
        return;
    if (is_unread) {
        ovf_structured_settle(n, "D_UNPARSED");
        ovf_structured_settle(n, "D_OUTSIDE");
        ovf_structured_find(
            o->x->s, n, OVF_WARNING, "AIXM_SCHEDULE", n->span_d.at,
            "the schedule in words cannot be read; the timesheets of the data stand");
    }
    if (n->schedule.len == 0)
        n->schedule = o->said;
    n->active = o->when;
    n->active_complete = o->times_whole && n->valid_until != OVF_TIME_OPEN;
}

/* FIRs and issuer of a notice that has no NOTAM are those of nobody. */
static void fill_bare(struct overlay *o)
{
    ovf_notice *n = o->n;
    const ovf_xml *event = o->e->event;
    ovf_str name = ovf_xml_text(o->e->slice, "name");
    if (name.len == 0)
        name = ovf_xml_text(event, "identifier");
    if (name.len == 0)
        name = ovf_xml_attribute(event, "id");
    n->id = keep(o, name);
    n->span_id = n->raw_span;
    n->kind = OVF_NOTICE_NEW;
    n->issuer.kind = OVF_STR("unknown");
    n->addressed.everyone = true;
    ovf_time revised = 0;
    if (ovf_time_parse(ovf_xml_text(o->e->slice, "revision"), &revised, NULL) == OVF_OK)
        n->created = revised;
    const ovf_xml *note = ovf_xml_within(o->e->slice, "note");
    n->text = keep(o, note == NULL ? OVF_STR("") : note->text);
}

static void settle_status(ovf_notice *n)
{
    bool is_whole = n->id.len > 0 && n->valid_from != OVF_TIME_NONE
                    && ovf_is_whole(n->findings, n->finding_count);
    n->status = is_whole ? OVF_READ_OK : OVF_READ_PARTIAL;
}

void ovf_aixm_overlay(struct aixm *x, const struct aixm_event *e, ovf_notice *n)
{
    struct overlay o = {.x = x, .e = e, .n = n, .capacity = n->area_count, .times_whole = true};
    size_t data = n->area_count;
    ovf_time issued = 0;
    if (e->notam == NULL)
        fill_bare(&o);
    else if (ovf_time_parse(ovf_xml_text(e->notam, "issued"), &issued, NULL) == OVF_OK)
        n->created = issued;
    settle_validity(x, e, n);
    if (n->kind != OVF_NOTICE_CANCEL) {
        for (const ovf_xml *f = ovf_aixm_next_feature(x, NULL); f != NULL;
             f = ovf_aixm_next_feature(x, f)) {
            if (ovf_xml_is(f, "Event"))
                continue;
            for (const ovf_xml *t = ovf_xml_child(f, "timeSlice"); t != NULL;
                 t = ovf_xml_next(t, "timeSlice"))
                if (t->first != NULL && is_of_event(x, e, t->first))
                    read_slice(&o, f, t->first);
        }
        ovf_structured_merge(x->s, n, data);
        settle_times(&o);
    }
    if (n->effect == OVF_EFFECT_UNKNOWN && ovf_str_starts(e->scenario, OVF_STR("SAA"))
        && !ovf_str_ends(e->scenario, OVF_STR("DEA")))
        n->effect = o.effect;
    settle_scenario(e, n);
    settle_status(n);
}

void ovf_aixm_airspace(struct aixm *x, const ovf_xml *airspace)
{
    ovf_span whole = {(uint32_t)airspace->at, (uint32_t)(airspace->end - airspace->at)};
    const ovf_xml *slice = baseline(airspace);
    bool is_delta = false;
    for (const ovf_xml *t = ovf_xml_child(airspace, "timeSlice"); t != NULL;
         t = ovf_xml_next(t, "timeSlice"))
        if (t->first != NULL
            && ovf_str_eq(ovf_xml_text(t->first, "interpretation"), OVF_STR("TEMPDELTA"))) {
            slice = t->first;
            is_delta = true;
        }
    ovf_notice *n = slice == NULL ? NULL : ovf_structured_push(x->s, whole);
    if (n == NULL)
        return;
    struct overlay o = {.x = x, .n = n, .times_whole = true};
    ovf_interval valid = {0};
    const ovf_xml *base = baseline(airspace);
    ovf_str name = fact(slice, base, "designator");
    ovf_aixm_valid_time(slice, &valid, &n->until_estimated);
    n->form = OVF_FORM_AIXM;
    n->kind = OVF_NOTICE_NEW;
    n->id = keep(&o, name.len > 0 ? name : ovf_xml_text(airspace, "identifier"));
    n->span_id = whole;
    n->text = keep(&o, fact(slice, base, "name"));
    n->issuer.kind = OVF_STR("unknown");
    n->addressed.everyone = true;
    n->valid_from = valid.from;
    n->valid_until = valid.until;
    n->until_permanent = valid.until == OVF_TIME_OPEN;
    read_airspace(&o, airspace, slice);
    ovf_structured_active(x->s, n);
    settle_times(&o);
    n->effect = o.effect == OVF_EFFECT_UNKNOWN ? OVF_EFFECT_INFORMATION : o.effect;
    if (!is_delta)
        ovf_structured_find(x->s, n, OVF_NOTE, "BASE_DATA", airspace->at,
                            "published airspace, no event: overfly world import takes it as data");
    settle_status(n);
}
