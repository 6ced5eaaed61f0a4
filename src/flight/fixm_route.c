/* SPDX-License-Identifier: Apache-2.0 */
/* Routes of FIXM. Elements that all have their position are the way, with the times and levels of
 * their 4D points; else the route is read from routeText, or from the names of the elements put
 * together as item 15 would have them, and times go to the points of the same name. */
#include "fixm.h"

#include <math.h>
#include <stdlib.h>

typedef struct fixm_element {
    ovf_str name;
    ovf_str via; /* to the next; "DCT" */
    ovf_point place;
    bool has_place;
    uint32_t number; /* seqNum */
    size_t order;
    size_t at; /* byte of the document */
    ovf_flight_given given;
} fixm_element;

typedef struct fixm_way {
    fixm_element *elements;
    size_t count, capacity;
    ovf_time start; /* of the initial prediction point: relative times count from it */
} fixm_way;

/* ---- values with units ---- */

bool flight_fixm_position(const ovf_xml *node, ovf_point *out)
{
    const ovf_xml *pos = ovf_xml_within(node, "pos");
    ovf_str lat = {0};
    ovf_str lon = {0};
    size_t at = 0;
    ovf_point p;
    if (pos == NULL || !flight_next_token(pos->text, &at, &lat)
        || !flight_next_token(pos->text, &at, &lon)
        || ovf_str_to_double(lat, &p.lat_deg, NULL) != OVF_OK
        || ovf_str_to_double(lon, &p.lon_deg, NULL) != OVF_OK || !ovf_point_is_valid(p))
        return false;
    *out = p;
    return true;
}

/* A level as flight level (hundreds of feet, or of SM: tens of metres) or altitude (feet, metres);
 * -1. */
static int32_t level_of(const ovf_xml *node)
{
    const ovf_xml *level = ovf_xml_within(node, "flightLevel");
    bool is_fl = level != NULL;
    if (level == NULL)
        level = ovf_xml_within(node, "altitude");
    double value = 0;
    if (level == NULL || ovf_str_to_double(level->text, &value, NULL) != OVF_OK || value < 0)
        return -1;
    ovf_str unit = ovf_xml_attribute(level, "uom");
    double feet = value;
    if (is_fl)
        feet = ovf_str_eq(unit, OVF_STR("SM")) ? value * 10.0 / OVF_FT_M : value * 100.0;
    else if (ovf_str_eq(unit, OVF_STR("M")))
        feet = value / OVF_FT_M;
    return feet <= OVF_FLIGHT_TOP_FT ? (int32_t)lround(feet) : -1;
}

/* Speed and level of routeInformation as item 15 writes them, so that one reader judges both. */
static void read_cruise(fixm_reader *x, const ovf_xml *information)
{
    const ovf_xml *speed = ovf_xml_child(information, "cruisingSpeed");
    const ovf_xml *level = ovf_xml_child(information, "cruisingLevel");
    ovf_flight *f = x->flight;
    double value = 0;
    int32_t level_ft = level == NULL ? -1 : level_of(level);
    if (level_ft >= 0) {
        f->level_ft = level_ft;
        f->level = ovf_arena_printf(x->all->arena, "F%03d", level_ft / 100);
    }
    if (speed == NULL || ovf_str_to_double(speed->text, &value, NULL) != OVF_OK || value <= 0)
        return;
    ovf_str unit = ovf_xml_attribute(speed, "uom");
    bool is_mach = ovf_str_eq(unit, OVF_STR("MACH"));
    bool is_metric = ovf_str_eq(unit, OVF_STR("KM_H"));
    if (value > (is_mach ? 9.99 : 9999.0))
        return;
    f->speed = is_mach     ? ovf_arena_printf(x->all->arena, "M%03.0f", value * 100.0)
               : is_metric ? ovf_arena_printf(x->all->arena, "K%04.0f", value)
                           : ovf_arena_printf(x->all->arena, "N%04.0f", value);
    speed_level read = {0};
    ovf_str both = ovf_arena_printf(x->all->arena, OVF_FMT OVF_FMT, OVF_ARG(f->speed),
                                    OVF_ARG(f->level.len > 0 ? f->level : OVF_STR("VFR")));
    if (flight_read_speed_level(both, false, &read, NULL) == OVF_OK)
        f->speed_kt = read.speed_kt;
}

/* ---- elapsed times ---- */

/* estimatedElapsedTime: elapsedTime, and a region, a point or a longitude. */
static void read_elapsed(fixm_reader *x, const ovf_xml *information)
{
    static const char *const places[] = {"designator", "locationIndicator", "region",
                                         "airspaceDesignator", "longitude"};
    ovf_buf buf = {0};
    for (const ovf_xml *n = ovf_xml_child(information, "estimatedElapsedTime"); n != NULL;
         n = ovf_xml_next(n, "estimatedElapsedTime")) {
        const ovf_xml *elapsed = ovf_xml_within(n, "elapsedTime");
        int64_t seconds = 0;
        ovf_str place = {0};
        for (size_t i = 0; i < OVF_COUNTOF(places) && place.len == 0; i++) {
            const ovf_xml *found = ovf_xml_within(n, places[i]);
            place = found == NULL ? OVF_STR("") : found->text;
        }
        if (elapsed == NULL || !flight_fixm_duration(elapsed->text, &seconds) || place.len == 0) {
            ovf_findings_add(&x->findings, OVF_WARNING, n->at, "FIXM_EET",
                             "expected elapsedTime and a region or point");
            continue;
        }
        int minutes = (int)((seconds + 30) / OVF_MINUTE_S);
        ovf_buf_printf(&buf, " " OVF_FMT "%02d%02d", OVF_ARG(place), minutes / 60, minutes % 60);
    }
    ovf_str text = flight_fixm_keep(x, ovf_str_trim(ovf_buf_str(&buf)));
    ovf_buf_done(&buf);
    if (text.len > 0)
        flight_read_eets(&x->r, text);
}

static void read_information(fixm_reader *x, const ovf_xml *information)
{
    ovf_flight *f = x->flight;
    int64_t seconds = 0;
    read_cruise(x, information);
    f->rules = flight_fixm_keep(x, ovf_xml_text(information, "flightRulesCategory"));
    ovf_str total = ovf_xml_text(information, "totalEstimatedElapsedTime");
    if (total.len > 0 && flight_fixm_duration(total, &seconds))
        f->eet_min = (int32_t)((seconds + 30) / OVF_MINUTE_S);
    else if (total.len > 0)
        ovf_findings_add(&x->findings, OVF_ERROR, information->at, "FIXM_DURATION",
                         "expected a duration such as PT2H10M (totalEstimatedElapsedTime)");
    read_elapsed(x, information);
}

/* ---- elements ---- */

static ovf_flight_given given_of(fixm_way *way, const ovf_xml *point)
{
    ovf_flight_given given = {.time = OVF_TIME_NONE, .level_ft = -1};
    if (point == NULL)
        return given;
    const ovf_xml *absolute = ovf_xml_within(point, "absoluteTime");
    const ovf_xml *relative = ovf_xml_within(point, "relativeTimeFromInitialPredictionPoint");
    int64_t seconds = 0;
    given.level_ft = level_of(point);
    if (absolute != NULL && ovf_time_parse(absolute->text, &given.time, NULL) == OVF_OK) {
        if (way->start == OVF_TIME_NONE)
            way->start = given.time;
    } else if (relative != NULL && way->start != OVF_TIME_NONE
               && flight_fixm_duration(relative->text, &seconds)) {
        given.time = way->start + seconds;
    }
    if (given.time != OVF_TIME_NONE || given.level_ft >= 0)
        given.source = OVF_FLIGHT_SOURCE_ESTIMATE;
    return given;
}

static ovf_str via_of(fixm_reader *x, const ovf_xml *node)
{
    const ovf_xml *next = ovf_xml_child(node, "routeDesignatorToNextElement");
    const ovf_xml *airway = ovf_xml_within(next, "routeDesignator");
    const ovf_xml *procedure = ovf_xml_within(next, "designator");
    if (airway != NULL && airway->text.len > 0)
        return flight_fixm_keep(x, airway->text);
    if (procedure != NULL && procedure->text.len > 0)
        return flight_fixm_keep(x, procedure->text);
    return OVF_STR("DCT");
}

static void read_element(fixm_reader *x, const ovf_xml *node, fixm_way *way)
{
    if (way->count >= OVF_FLIGHT_MAX_EXPANDED
        || !ovf_arena_grow(x->all->arena, (void **)&way->elements, way->count, &way->capacity,
                           sizeof(*way->elements))) {
        x->is_full = true;
        return;
    }
    fixm_element *e = &way->elements[way->count];
    const ovf_xml *start = ovf_xml_child(node, "elementStartPoint");
    const ovf_xml *point = ovf_xml_child(node, "point4D");
    *e = (fixm_element){.order = way->count, .at = node->at, .via = via_of(x, node)};
    way->count++;
    const ovf_xml *name = ovf_xml_within(start, "designator");
    if (name == NULL)
        name = ovf_xml_within(start, "locationIndicator");
    e->name = flight_fixm_keep(x, name == NULL ? OVF_STR("") : name->text);
    e->has_place = flight_fixm_position(start, &e->place) || flight_fixm_position(point, &e->place);
    e->given = given_of(way, point);
    ovf_str_take_uint(ovf_xml_attribute(node, "seqNum"), 0, 1000000, &e->number);
}

static int by_number(const void *a, const void *b)
{
    const fixm_element *p = a;
    const fixm_element *q = b;
    if (p->number != q->number)
        return p->number < q->number ? -1 : 1;
    return p->order < q->order ? -1 : p->order > q->order;
}

static bool are_all_placed(const fixm_way *way)
{
    for (size_t i = 0; i < way->count; i++)
        if (!way->elements[i].has_place)
            return false;
    return way->count >= 2;
}

/* ---- the way by its elements ---- */

static bool by_elements(fixm_reader *x, const fixm_way *way)
{
    ovf_flight *f = x->flight;
    ovf_flight_point *points = ovf_arena_array(x->all->arena, ovf_flight_point, way->count + 2);
    if (points == NULL)
        return false;
    size_t count = 0;
    ovf_str via = {0};
    const fixm_element *first = &way->elements[0];
    bool starts_there = x->r.has_from && ovf_distance_m(first->place, x->r.from) < ovf_nm_to_m(5.0);
    if (x->r.has_from && !starts_there)
        points[count++] = (ovf_flight_point){.ident = f->from, .place = x->r.from, .via = via};
    for (size_t i = 0; i < way->count; i++) {
        const fixm_element *e = &way->elements[i];
        bool is_gap = count > 0 && i == 0 && !starts_there;
        points[count++] = (ovf_flight_point){.ident = e->name,
                                             .place = e->place,
                                             .via = is_gap ? OVF_STR("DCT") : via,
                                             .is_bridged = is_gap,
                                             .given = e->given,
                                             .span = {(uint32_t)e->at, 0}};
        via = e->via;
    }
    const fixm_element *last = &way->elements[way->count - 1];
    bool ends_there = x->r.has_to && ovf_distance_m(last->place, x->r.to) < ovf_nm_to_m(5.0);
    if (x->r.has_to && !ends_there)
        points[count++] = (ovf_flight_point){
            .ident = f->to, .place = x->r.to, .via = OVF_STR("DCT"), .is_bridged = true};
    for (size_t i = 0; i < count; i++) {
        ovf_flight_point *p = &points[i];
        p->time = OVF_TIME_NONE;
        p->level_ft = f->level_ft;
        p->speed_kt = f->speed_kt;
        if (p->ident.len == 0)
            p->ident =
                ovf_arena_printf(x->all->arena, "%.4f,%.4f", p->place.lat_deg, p->place.lon_deg);
    }
    f->points = points;
    f->point_count = count;
    f->route_complete = (starts_there || !x->r.has_from) && (ends_there || !x->r.has_to)
                        && f->from.len > 0 && f->to.len > 0 && !x->is_full;
    if (!f->route_complete)
        flight_add_unresolved(&x->r, f->id,
                              OVF_STR("the trajectory does not begin and end at the aerodromes"));
    return true;
}

/* ---- the way by text ---- */

static ovf_str text_of_elements(fixm_reader *x, const fixm_way *way)
{
    ovf_buf buf = {0};
    for (size_t i = 0; i < way->count; i++) {
        const fixm_element *e = &way->elements[i];
        bool is_aerodrome =
            ovf_str_eq(e->name, x->flight->from) || ovf_str_eq(e->name, x->flight->to);
        if (!is_aerodrome)
            ovf_buf_printf(&buf, " " OVF_FMT, OVF_ARG(e->name));
        if (i + 1 < way->count)
            ovf_buf_printf(&buf, " " OVF_FMT, OVF_ARG(e->via));
    }
    ovf_str text = flight_fixm_keep(x, ovf_str_trim(ovf_buf_str(&buf)));
    ovf_buf_done(&buf);
    return text;
}

static void give(ovf_flight *f, const fixm_way *way)
{
    size_t at = 0;
    for (size_t i = 0; i < way->count; i++) {
        for (size_t k = at; k < f->point_count; k++) {
            if (way->elements[i].name.len == 0
                || !ovf_str_eq(f->points[k].ident, way->elements[i].name))
                continue;
            f->points[k].given = way->elements[i].given;
            at = k + 1;
            break;
        }
    }
}

static bool by_text(fixm_reader *x, ovf_str text, size_t base)
{
    char *bytes = (char *)text.ptr;
    for (size_t i = 0; i < text.len; i++) {
        if (bytes[i] >= 'a' && bytes[i] <= 'z')
            bytes[i] = (char)(bytes[i] - 'a' + 'A');
    }
    flight_reader r = x->r;
    r.scan = r.text = text;
    r.base = base;
    speed_level read = {0};
    size_t at = 0;
    ovf_str word = {0};
    bool has_speed = flight_next_token(text, &at, &word)
                     && flight_read_speed_level(word, false, &read, NULL) == OVF_OK;
    ovf_status status = flight_read_route(&r, text, has_speed, NULL);
    if (status == OVF_OK)
        flight_settle_times(&r);
    return status == OVF_OK;
}

/* ---- which of the routes ---- */

static const ovf_xml *chosen_route(const ovf_xml *flight)
{
    static const char *const kinds[] = {"agreed",      "current", "filed",          "desired",
                                        "negotiating", "ranked",  "routeTrajectory"};
    const ovf_xml *group = ovf_xml_within(flight, "routeTrajectoryGroup");
    const ovf_xml *root = group == NULL ? flight : group;
    for (size_t i = 0; i < OVF_COUNTOF(kinds); i++) {
        const ovf_xml *found = ovf_xml_within(root, kinds[i]);
        if (found != NULL)
            return found;
    }
    return group;
}

bool flight_fixm_route(fixm_reader *x, const ovf_xml *flight)
{
    const ovf_xml *route = chosen_route(flight);
    const ovf_xml *information = ovf_xml_within(route, "routeInformation");
    fixm_way way = {.start = OVF_TIME_NONE};
    if (route == NULL)
        return true;
    x->flight->title = flight_fixm_keep(x, route->name);
    if (information != NULL)
        read_information(x, information);
    for (const ovf_xml *n = ovf_xml_child(route, "element"); n != NULL;
         n = ovf_xml_next(n, "element"))
        read_element(x, n, &way);
    if (way.count > 1)
        qsort(way.elements, way.count, sizeof(*way.elements), by_number);
    const ovf_xml *text = ovf_xml_within(route, "routeText");
    bool has_text = text != NULL && text->text.len > 0;
    if (has_text)
        x->flight->route = flight_fixm_keep(x, text->text);
    if (are_all_placed(&way)) {
        if (!by_elements(x, &way))
            return false;
        flight_settle_times(&x->r);
        return true;
    }
    if (!has_text && way.count < 2)
        return true;
    ovf_str words = has_text ? flight_fixm_keep(x, text->text) : text_of_elements(x, &way);
    size_t base = has_text && text->map != NULL ? text->map[0] : x->r.base;
    bool has_memory = by_text(x, words, base);
    give(x->flight, &way);
    return has_memory;
}
