/* SPDX-License-Identifier: Apache-2.0 */
/* GeoJSON (RFC 7946): longitude first, edges straight in longitude and latitude. A Feature is a notice: its
 * properties go by the names that such files use, among them those of `overfly world export` and
 * of `overfly decode --json`. A circle is a Point with a radius, or "overfly:circle" beside the
 * polygon that draws it. */
#include "structured_internal.h"

#include <math.h>

#define GEOMETRY_DEPTH 4

/* ---- geometry ---- */

struct drawing {
    ovf_structured *s;
    ovf_notice *n;
    size_t *capacity;
    ovf_trace surfaces;
    double radius_m;
    size_t found;
};

static void complain(struct drawing *d, ovf_json_value at, const char *why)
{
    if (!ovf_structured_has(d->n, "JSON_GEOMETRY"))
        ovf_structured_find(d->s, d->n, OVF_ERROR, "JSON_GEOMETRY", at.at, "%s", why);
}

static bool read_position(struct drawing *d, ovf_json_value position, ovf_point *out)
{
    ovf_json_value lon = {0}, lat;
    bool is_there = ovf_json_next(position, &lon, NULL);
    lat = lon;
    is_there = is_there && ovf_json_next(position, &lat, NULL)
               && ovf_json_number(lon, &out->lon_deg) && ovf_json_number(lat, &out->lat_deg);
    if (!is_there) {
        complain(d, position, "expected a position [longitude, latitude]");
        return false;
    }
    if (!ovf_point_is_valid(*out)) {
        complain(d, position, "position out of range; longitude comes first");
        return false;
    }
    return true;
}

static ovf_notice_area *add_area(struct drawing *d, ovf_json_value geometry, ovf_shape shape,
                                 const ovf_area *area)
{
    ovf_notice_area *out = ovf_structured_area(d->s, d->n, d->capacity);
    if (out == NULL)
        return NULL;
    out->shape = shape;
    out->certainty = OVF_CERTAINTY_EXACT;
    out->area = area;
    out->span = (ovf_span){(uint32_t)geometry.at, (uint32_t)(geometry.end - geometry.at)};
    return out;
}

static void read_ring(struct drawing *d, ovf_json_value ring, bool is_hole)
{
    ovf_error err = {0};
    ovf_json_value position = {0};
    size_t had = d->surfaces.count;
    ovf_status status = ovf_trace_ring(&d->surfaces, &err);
    while (status == OVF_OK && ovf_json_next(ring, &position, NULL)) {
        ovf_point p;
        if (!read_position(d, position, &p)) {
            d->surfaces.count = had;
            return;
        }
        status = ovf_trace_point(&d->surfaces, p, true, &err);
    }
    if (status != OVF_OK || d->surfaces.rings[had].count < 3) {
        d->surfaces.count = had;
        complain(d, ring, status == OVF_OK ? "expected a ring of positions" : err.reason);
        return;
    }
    d->surfaces.rings[had].is_hole = is_hole;
}

static void read_polygon(struct drawing *d, ovf_json_value polygon)
{
    ovf_json_value ring = {0};
    bool is_hole = false;
    while (ovf_json_next(polygon, &ring, NULL)) {
        read_ring(d, ring, is_hole);
        is_hole = true;
    }
}

static void read_point(struct drawing *d, ovf_json_value geometry, ovf_json_value position)
{
    ovf_point *p = ovf_arena_array(d->s->arena, ovf_point, 1);
    const ovf_area *area = NULL;
    ovf_error err = {0};
    if (p == NULL) {
        d->s->no_memory = true;
        return;
    }
    if (!read_position(d, position, p))
        return;
    bool is_circle = d->radius_m > 0.0;
    if (ovf_area_circle(d->s->arena, *p, is_circle ? d->radius_m : 1.0, &area, &err) != OVF_OK) {
        complain(d, geometry, err.reason);
        return;
    }
    ovf_notice_area *out =
        add_area(d, geometry, is_circle ? OVF_SHAPE_CIRCLE : OVF_SHAPE_POINT, area);
    if (out == NULL)
        return;
    out->points = p;
    out->point_count = 1;
    out->radius_m = is_circle ? d->radius_m : 0.0;
    d->found++;
}

static void read_line(struct drawing *d, ovf_json_value geometry, ovf_json_value line)
{
    ovf_json_value position = {0};
    const ovf_area *area = NULL;
    ovf_error err = {0};
    size_t count = 0;
    while (ovf_json_next(line, &position, NULL))
        count++;
    ovf_point *points = ovf_arena_array(d->s->arena, ovf_point, count + 1);
    if (points == NULL || count > d->s->vertices_left) {
        d->s->no_memory |= points == NULL;
        return;
    }
    d->s->vertices_left -= count;
    position = (ovf_json_value){0};
    for (size_t i = 0; ovf_json_next(line, &position, NULL); i++)
        if (!read_position(d, position, &points[i]))
            return;
    bool is_wide = d->radius_m > 0.0;
    if (ovf_area_corridor(d->s->arena, points, count, is_wide ? d->radius_m : 1.0, &area, &err)
        != OVF_OK) {
        complain(d, geometry, err.reason);
        return;
    }
    ovf_notice_area *out =
        add_area(d, geometry, is_wide ? OVF_SHAPE_CORRIDOR : OVF_SHAPE_LINE, area);
    if (out == NULL)
        return;
    out->points = points;
    out->point_count = count > OVF_NOTICE_MAX_VERTICES ? 0 : count;
    out->radius_m = is_wide ? d->radius_m : 0.0;
    d->found++;
}

static void read_geometry(struct drawing *d, ovf_json_value geometry, int depth)
{
    ovf_str type = ovf_json_raw(ovf_json_get(geometry, "type"));
    ovf_json_value parts = ovf_json_get(geometry, "coordinates"), part = {0};
    if (depth > GEOMETRY_DEPTH || d->s->no_memory)
        return;
    if (ovf_str_eq(type, OVF_STR("\"Polygon\""))) {
        read_polygon(d, parts);
    } else if (ovf_str_eq(type, OVF_STR("\"MultiPolygon\""))) {
        while (ovf_json_next(parts, &part, NULL))
            read_polygon(d, part);
    } else if (ovf_str_eq(type, OVF_STR("\"Point\""))) {
        read_point(d, geometry, parts);
    } else if (ovf_str_eq(type, OVF_STR("\"MultiPoint\""))) {
        while (ovf_json_next(parts, &part, NULL))
            read_point(d, geometry, part);
    } else if (ovf_str_eq(type, OVF_STR("\"LineString\""))) {
        read_line(d, geometry, parts);
    } else if (ovf_str_eq(type, OVF_STR("\"MultiLineString\""))) {
        while (ovf_json_next(parts, &part, NULL))
            read_line(d, geometry, part);
    } else if (ovf_str_eq(type, OVF_STR("\"GeometryCollection\""))) {
        ovf_json_value all = ovf_json_get(geometry, "geometries");
        while (ovf_json_next(all, &part, NULL))
            read_geometry(d, part, depth + 1);
    } else if (type.len > 0) {
        complain(d, geometry, "a geometry of a type that GeoJSON does not have");
    }
}

void ovf_json_geometry(ovf_structured *s, ovf_notice *n, ovf_json_value geometry, double radius_m,
                       size_t *capacity)
{
    struct drawing d = {.s = s,
                        .n = n,
                        .capacity = capacity,
                        .radius_m = radius_m,
                        .surfaces = {.arena = s->arena, .vertices_left = &s->vertices_left}};
    const ovf_area *area = NULL;
    ovf_error err = {0};
    read_geometry(&d, geometry, 0);
    if (d.surfaces.count == 0)
        return;
    ovf_status status = ovf_trace_area(&d.surfaces, &area, &err);
    if (status == OVF_E_NOMEM)
        s->no_memory = true;
    if (status != OVF_OK) {
        complain(&d, geometry, err.reason);
        return;
    }
    ovf_notice_area *out = add_area(&d, geometry, OVF_SHAPE_POLYGON, area);
    if (out != NULL)
        ovf_structured_points(s, out, &d.surfaces);
}

/* ---- properties ---- */

static ovf_json_value first_of(ovf_json_value object, const char *const *names, size_t count)
{
    ovf_json_value found = {0};
    for (size_t i = 0; i < count; i++) {
        ovf_json_value value = ovf_json_get(object, names[i]);
        char kind = ovf_json_kind(value);
        bool is_empty = kind == '"' && value.end - value.at <= 2;
        if (kind != '\0' && kind != 'n' && !is_empty)
            return value;
    }
    return found;
}

static ovf_str text_of(ovf_structured *s, ovf_json_value value)
{
    ovf_str text = {0};
    if (ovf_json_kind(value) == '0')
        return ovf_json_raw(value);
    if (ovf_json_kind(value) != '"')
        return OVF_STR("");
    if (!ovf_json_string(value, s->arena, &text, NULL))
        s->no_memory = true;
    return ovf_str_trim(text);
}

static ovf_span span_of(ovf_json_value value)
{
    return value.text == NULL ? (ovf_span){0}
                              : (ovf_span){(uint32_t)value.at, (uint32_t)(value.end - value.at)};
}

static ovf_str upper_case(ovf_structured *s, ovf_str text)
{
    char *bytes = ovf_arena_array(s->arena, char, text.len + 1);
    if (bytes == NULL) {
        s->no_memory = true;
        return OVF_STR("");
    }
    for (size_t i = 0; i < text.len; i++)
        bytes[i] = ovf_upper(text.ptr[i]);
    return (ovf_str){bytes, text.len};
}

static void read_level_text(ovf_structured *s, ovf_notice *n, ovf_json_value value, bool is_upper,
                            ovf_level *out)
{
    ovf_str words = upper_case(s, text_of(s, value));
    if (ovf_str_starts(words, OVF_STR("UNL")))
        words = OVF_STR("UNL");
    bool is_assumed = false;
    if (words.len > 0 && ovf_level_parse(words, is_upper, out, &is_assumed, NULL) != OVF_OK)
        ovf_structured_find(s, n, OVF_WARNING, "LEVEL", value.at, "a limit that cannot be read");
    else if (is_assumed)
        ovf_structured_find(s, n, OVF_NOTE, "LEVEL_REFERENCE", value.at,
                            "a limit without a reference: taken above mean sea level");
}

/* {"ref": "AMSL", "value_ft": 5000}, as decode prints it. */
static void read_level_object(ovf_json_value value, ovf_level *out)
{
    static const struct {
        const char *name;
        ovf_level_ref ref;
    } refs[] = {{"\"SFC\"", OVF_LEVEL_SFC},
                {"\"AGL\"", OVF_LEVEL_AGL},
                {"\"FL\"", OVF_LEVEL_FL},
                {"\"AMSL\"", OVF_LEVEL_AMSL},
                {"\"UNL\"", OVF_LEVEL_UNL}};
    ovf_str ref = ovf_json_raw(ovf_json_get(value, "ref"));
    double feet = 0.0;
    bool has_feet = ovf_json_number(ovf_json_get(value, "value_ft"), &feet) && feet >= 0.0
                    && feet <= OVF_LEVEL_MAX_FT;
    for (size_t i = 0; i < OVF_COUNTOF(refs); i++) {
        bool needs_feet = refs[i].ref != OVF_LEVEL_SFC && refs[i].ref != OVF_LEVEL_UNL;
        if (ovf_str_eq(ref, ovf_str_of(refs[i].name)) && (has_feet || !needs_feet))
            *out =
                (ovf_level){.ref = refs[i].ref, .value_ft = needs_feet ? (int32_t)lround(feet) : 0};
    }
}

static ovf_level read_level(ovf_structured *s, ovf_notice *n, ovf_json_value properties,
                            bool is_upper, ovf_str *said)
{
    static const char *const lower[] = {"lower",      "lowerLimit", "lower_limit", "floor",
                                        "base",       "bottom",     "minimum",     "lower_level",
                                        "lowerLevel", "min_alt",    "from_level",  "MIN_FLIGHT",
                                        "minimumFL",  "min_fl",     "AL",          "lowerAltitude"};
    static const char *const upper[] = {"upper",      "upperLimit", "upper_limit", "ceiling",
                                        "top",        "max",        "maximum",     "upper_level",
                                        "upperLevel", "max_alt",    "to_level",    "MAX_FLIGHT",
                                        "maximumFL",  "max_fl",     "AH",          "upperAltitude"};
    static const char *const feet[] = {"lower_ft", "lowerFt", "upper_ft", "upperFt"};
    ovf_level level = {0};
    double number = 0.0;
    ovf_json_value value = is_upper ? first_of(properties, upper, OVF_COUNTOF(upper))
                                    : first_of(properties, lower, OVF_COUNTOF(lower));
    ovf_json_value in_feet = first_of(properties, feet + (is_upper ? 2 : 0), 2);
    if (ovf_json_kind(value) == '{') {
        read_level_object(value, &level);
        *said = text_of(s, ovf_json_get(value, "text"));
    } else if (ovf_json_kind(value) == '"') {
        *said = text_of(s, value);
        read_level_text(s, n, value, is_upper, &level);
    } else if (ovf_json_number(value, &number) && number >= 0.0 && number <= 999.0) {
        level = number == 0.0 && !is_upper
                    ? (ovf_level){.ref = OVF_LEVEL_SFC}
                    : (ovf_level){.ref = OVF_LEVEL_FL, .value_ft = (int32_t)lround(number) * 100};
        if (is_upper && number >= 999.0)
            level = (ovf_level){.ref = OVF_LEVEL_UNL};
        ovf_structured_find(s, n, OVF_NOTE, "LEVEL_UNIT", value.at,
                            "a bare number: taken as a flight level");
    } else if (value.text != NULL && in_feet.text == NULL) {
        ovf_structured_find(s, n, OVF_WARNING, "LEVEL", value.at, "a limit that cannot be read");
    }
    if (value.text == NULL && ovf_json_number(in_feet, &number) && number >= 0.0
        && number <= OVF_LEVEL_MAX_FT)
        level = number == 0.0 && !is_upper
                    ? (ovf_level){.ref = OVF_LEVEL_SFC}
                    : (ovf_level){.ref = OVF_LEVEL_AMSL, .value_ft = (int32_t)lround(number)};
    return level;
}

static bool read_time(ovf_structured *s, ovf_notice *n, ovf_json_value value, ovf_time *out)
{
    ovf_str text = text_of(s, value);
    double seconds = 0.0;
    if (ovf_json_kind(value) == '0' && ovf_json_number(value, &seconds)) {
        seconds = seconds > 1e11 ? seconds / 1000.0 : seconds; // some count milliseconds
        if (seconds > 0.0 && seconds < 7.2e9) {
            *out = (ovf_time)seconds;
            return true;
        }
    }
    if (text.len == 0)
        return false;
    if (ovf_time_parse(text, out, NULL) == OVF_OK
        || ovf_time_parse_notam(text, out, NULL) == OVF_OK)
        return true;
    ovf_structured_find(s, n, OVF_WARNING, "JSON_TIME", value.at, "a time that cannot be read");
    return false;
}

static void read_validity(ovf_structured *s, ovf_notice *n, ovf_json_value properties)
{
    static const char *const starts[] = {"from",          "start",          "valid_from",
                                         "validFrom",     "startTime",      "begin",
                                         "startDate",     "effectiveStart", "start_time",
                                         "startvalidity", "startValidity",  "beginPosition"};
    static const char *const ends[] = {"until",       "to",           "end",      "valid_until",
                                       "validTo",     "validUntil",   "valid_to", "endTime",
                                       "endDate",     "effectiveEnd", "end_time", "endvalidity",
                                       "endValidity", "endPosition"};
    ovf_json_value valid = ovf_json_get(properties, "valid");
    ovf_json_value where = ovf_json_kind(valid) == '{' ? valid : properties;
    ovf_json_value from = first_of(where, starts, OVF_COUNTOF(starts));
    ovf_json_value until = first_of(where, ends, OVF_COUNTOF(ends));
    ovf_str end = text_of(s, until);
    ovf_time t = 0;
    if (read_time(s, n, from, &t)) {
        n->valid_from = t;
        n->span_b = span_of(from);
    }
    n->until_permanent = ovf_json_kind(ovf_json_get(where, "permanent")) == 't'
                         || ovf_str_eq_nocase(end, OVF_STR("PERM"));
    n->until_estimated = ovf_json_kind(ovf_json_get(where, "estimated")) == 't';
    if (until.text != NULL && !n->until_permanent && read_time(s, n, until, &t)) {
        n->valid_until = t;
        n->span_c = span_of(until);
    }
    if (n->valid_from != OVF_TIME_NONE && n->valid_until <= n->valid_from)
        ovf_structured_find(s, n, OVF_ERROR, "JSON_TIME", until.at, "it ends before it begins");
}

/* By its own name, or by what kind of airspace it is. */
static ovf_effect read_effect(ovf_structured *s, ovf_json_value properties)
{
    static const char *const names[] = {"effect", "type",          "kind",
                                        "class",  "airspaceClass", "category"};
    static const struct {
        const char *word;
        ovf_effect effect;
    } kinds[] = {{"P", OVF_EFFECT_PROHIBITED},   {"R", OVF_EFFECT_RESTRICTED},
                 {"D", OVF_EFFECT_DANGER},       {"Q", OVF_EFFECT_DANGER},
                 {"TSA", OVF_EFFECT_RESTRICTED}, {"TRA", OVF_EFFECT_RESTRICTED},
                 {"TFR", OVF_EFFECT_RESTRICTED}, {"NFZ", OVF_EFFECT_PROHIBITED}};
    for (size_t i = 0; i < OVF_COUNTOF(names); i++) {
        ovf_str word = text_of(s, ovf_json_get(properties, names[i]));
        for (int e = OVF_EFFECT_CLOSED; e <= OVF_EFFECT_LIFTED; e++)
            if (ovf_str_eq_nocase(word, ovf_str_of(ovf_effect_name((ovf_effect)e))))
                return (ovf_effect)e;
        for (size_t k = 0; k < OVF_COUNTOF(kinds); k++)
            if (ovf_str_eq_nocase(word, ovf_str_of(kinds[k].word)))
                return kinds[k].effect;
    }
    return OVF_EFFECT_INFORMATION;
}

/* A radius in metres under one of several names; a bare "radius" needs its unit beside it. */
static double read_radius(ovf_structured *s, ovf_notice *n, ovf_json_value properties)
{
    static const struct {
        const char *name;
        double unit_m;
    } names[] = {{"radius_nm", OVF_NM_M}, {"radiusNM", OVF_NM_M}, {"radius_NM", OVF_NM_M},
                 {"radius_km", 1000.0},   {"radiusKm", 1000.0},   {"radius_m", 1.0},
                 {"radiusMeters", 1.0},   {"radius_meters", 1.0}};
    double value = 0.0;
    for (size_t i = 0; i < OVF_COUNTOF(names); i++)
        if (ovf_json_number(ovf_json_get(properties, names[i].name), &value) && value > 0.0)
            return value * names[i].unit_m;
    ovf_json_value bare = ovf_json_get(properties, "radius");
    ovf_str unit = text_of(s, ovf_json_get(properties, "radius_unit"));
    if (!ovf_json_number(bare, &value) || value <= 0.0)
        return 0.0;
    if (ovf_str_eq_nocase(unit, OVF_STR("NM")))
        return value * OVF_NM_M;
    if (ovf_str_eq_nocase(unit, OVF_STR("KM")))
        return value * 1000.0;
    if (unit.len == 0)
        ovf_structured_find(s, n, OVF_NOTE, "RADIUS_UNIT", bare.at,
                            "a radius without a unit: taken in metres");
    return value;
}

/* "overfly:circle": {"lat", "lon", "radius_nm"} or {"centre": [lon, lat], "radius_nm"}. */
static bool read_circle(ovf_structured *s, ovf_notice *n, ovf_json_value circle, size_t *capacity)
{
    ovf_point p = {0}, *centre = ovf_arena_array(s->arena, ovf_point, 1);
    const ovf_area *area = NULL;
    ovf_json_value place = ovf_json_get(circle, "centre"), lon = {0};
    double radius_m = ovf_json_kind(circle) == '{' ? read_radius(s, n, circle) : 0.0;
    if (place.text == NULL)
        place = ovf_json_get(circle, "center");
    bool is_read = ovf_json_number(ovf_json_get(circle, "lat"), &p.lat_deg)
                   && ovf_json_number(ovf_json_get(circle, "lon"), &p.lon_deg);
    if (!is_read && ovf_json_next(place, &lon, NULL)) {
        ovf_json_value lat = lon;
        is_read = ovf_json_next(place, &lat, NULL) && ovf_json_number(lon, &p.lon_deg)
                  && ovf_json_number(lat, &p.lat_deg);
    }
    if (centre == NULL || !is_read || !ovf_point_is_valid(p)
        || ovf_area_circle(s->arena, p, radius_m, &area, NULL) != OVF_OK)
        return false;
    ovf_notice_area *out = ovf_structured_area(s, n, capacity);
    if (out == NULL)
        return false;
    *centre = p;
    *out = (ovf_notice_area){.shape = OVF_SHAPE_CIRCLE,
                             .certainty = OVF_CERTAINTY_EXACT,
                             .area = area,
                             .points = centre,
                             .point_count = 1,
                             .radius_m = radius_m,
                             .span = span_of(circle)};
    return true;
}

/* ---- a feature ---- */

static void read_areas(ovf_structured *s, ovf_notice *n, ovf_json_value feature,
                       ovf_json_value properties)
{
    static const char *const names[] = {"name", "title", "AN", "label", "designator", "code", "id"};
    size_t first = n->area_count;
    size_t capacity = first;
    ovf_json_value geometry = ovf_json_get(feature, "geometry");
    if (ovf_json_get(feature, "properties").text == NULL && geometry.text == NULL)
        geometry = feature; // a bare geometry
    double radius_m = read_radius(s, n, properties);
    if (!read_circle(s, n, ovf_json_get(properties, "overfly:circle"), &capacity))
        ovf_json_geometry(s, n, geometry, radius_m, &capacity);
    ovf_str lower_text = {0}, upper_text = {0};
    ovf_level lower = read_level(s, n, properties, false, &lower_text);
    ovf_level upper = read_level(s, n, properties, true, &upper_text);
    ovf_str name = text_of(s, first_of(properties, names, OVF_COUNTOF(names)));
    for (size_t i = first; i < n->area_count; i++) {
        ovf_notice_area *area = &n->areas[i];
        area->name = name;
        area->lower = lower;
        area->upper = upper;
        area->lower_text = lower_text;
        area->upper_text = upper_text;
    }
    if (first > 0)
        ovf_structured_merge(s, n, first);
}

/* A property that holds the NOTAM itself. */
static ovf_notice *read_message(ovf_structured *s, ovf_json_value properties, ovf_span whole)
{
    ovf_json_value value = {0};
    while (ovf_json_next(properties, &value, NULL)) {
        ovf_composed c = {.arena = s->arena};
        ovf_str text = {0};
        const uint32_t *map = NULL;
        if (ovf_json_kind(value) != '"' || value.end - value.at < 40
            || !ovf_json_string(value, s->arena, &text, &map) || !ovf_looks_like_notam(text))
            continue;
        ovf_compose_text(&c, text, map, value.at);
        return ovf_structured_read(s, &c, whole);
    }
    return NULL;
}

static void read_facts(ovf_structured *s, ovf_notice *n, ovf_json_value feature,
                       ovf_json_value properties)
{
    static const char *const ids[] = {"id",    "notam_id", "notamId",    "notam", "number",
                                      "ident", "code",     "designator", "name",  "title"};
    static const char *const texts[] = {"text", "description", "remarks", "notes", "comment"};
    static const char *const schedules[] = {"schedule", "times", "hours"};
    ovf_json_value id = first_of(properties, ids, 6);
    if (ovf_json_kind(id) != '"' && ovf_json_kind(id) != '0')
        id = ovf_json_get(feature, "id");
    if (ovf_json_kind(id) != '"' && ovf_json_kind(id) != '0')
        id = first_of(properties, ids + 6, OVF_COUNTOF(ids) - 6);
    ovf_json_value text = first_of(properties, texts, OVF_COUNTOF(texts));
    ovf_json_value schedule = first_of(properties, schedules, OVF_COUNTOF(schedules));
    n->id = text_of(s, id);
    n->span_id = span_of(id);
    n->text = text_of(s, text);
    n->span_e = span_of(text);
    n->schedule = text_of(s, schedule);
    n->span_d = span_of(schedule);
    n->kind = OVF_NOTICE_NEW;
    n->issuer.kind = OVF_STR("unknown");
    n->issuer.state = text_of(s, ovf_json_get(properties, "state"));
    if (n->issuer.state.len != 3)
        n->issuer.state = OVF_STR("");
    n->addressed.everyone = true;
    n->effect = read_effect(s, properties);
    read_validity(s, n, properties);
    ovf_structured_active(s, n);
}

void ovf_json_feature(ovf_structured *s, ovf_json_value feature)
{
    ovf_span whole = span_of(feature);
    ovf_json_value properties = ovf_json_get(feature, "properties");
    ovf_notice *n = read_message(s, properties, whole);
    bool has_message = n != NULL;
    if (n == NULL)
        n = ovf_structured_push(s, whole);
    if (n == NULL)
        return;
    n->form = OVF_FORM_GEOJSON;
    if (!has_message)
        read_facts(s, n, feature, properties);
    read_areas(s, n, feature, properties);
    if (n->area_count == 0)
        ovf_structured_find(s, n, OVF_WARNING, "JSON_NO_GEOMETRY", feature.at,
                            "a feature without a geometry: nothing says where");
    bool is_whole = n->area_count > 0 && ovf_is_whole(n->findings, n->finding_count);
    n->status = is_whole ? OVF_READ_OK : OVF_READ_PARTIAL;
}
