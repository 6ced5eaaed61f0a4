/* SPDX-License-Identifier: Apache-2.0 */
/* Airspaces out of GeoJSON (RFC 7946). Whose properties say what:
 *   ours            code, kind, name, state, lower, upper ...   (overfly world export)
 *   VAT-Spy         id, oceanic; an id with a dash is a sector and left out
 *   EUROCONTROL     AV_AIRSPAC "EDGGFIR", AV_NAME, MIN_FLIGHT, MAX_FLIGHT (flight levels, 999: no end)
 * Features of one code, kind and band are parts of one volume. jansson reads the JSON. */
#include "airspace_internal.h"

#include <jansson.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FEATURES_MAX 200000
#define UNLIMITED_FL 999 /* as EUROCONTROL's MAX_FLIGHT says "no end" */

struct pending {
    ovf_airspace_volume volume;
    json_t *geometry;
};

/* ---- properties ---- */

static ovf_str text_of(struct world_airspace_reader *reader, const json_t *value)
{
    if (!json_is_string(value))
        return OVF_STR("");
    ovf_str s = {json_string_value(value), json_string_length(value)};
    return ovf_str_trim(ovf_arena_dup(reader->arena, s));
}

static ovf_str property(struct world_airspace_reader *reader, const json_t *properties,
                        const char *name)
{
    return text_of(reader, json_object_get(properties, name));
}

/* The first of several names that is there. */
static ovf_str property_of(struct world_airspace_reader *reader, const json_t *properties,
                           const char *const *names, size_t count)
{
    ovf_str value = {0};
    for (size_t i = 0; i < count && value.len == 0; i++)
        value = property(reader, properties, names[i]);
    return value;
}

static bool is_code(ovf_str s)
{
    bool is_one = s.len == 4;
    for (size_t i = 0; i < s.len && is_one; i++)
        is_one =
            (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') || (i > 0 && s.ptr[i] >= '0' && s.ptr[i] <= '9');
    return is_one;
}

/* "245", 245, "FL245" or "2500FT AMSL"; UNKNOWN when absent or not one. */
static bool read_level(struct world_airspace_reader *reader, const json_t *value, bool is_upper,
                       ovf_level *out)
{
    if (value == NULL || json_is_null(value))
        return true;
    if (json_is_number(value)) {
        double fl = json_number_value(value);
        if (!(fl >= 0.0 && fl <= UNLIMITED_FL))
            return false;
        if (is_upper && fl >= UNLIMITED_FL)
            *out = (ovf_level){.ref = OVF_LEVEL_UNL};
        else if (fl == 0.0)
            *out = (ovf_level){.ref = OVF_LEVEL_SFC};
        else
            *out = (ovf_level){.ref = OVF_LEVEL_FL, .value_ft = (int32_t)lround(fl) * 100};
        return true;
    }
    ovf_str text = text_of(reader, value);
    return text.len == 0 || ovf_level_parse(text, is_upper, out, NULL, NULL) == OVF_OK;
}

static ovf_str upper_case(struct world_airspace_reader *reader, ovf_str s)
{
    ovf_str copy = ovf_arena_dup(reader->arena, s);
    char *bytes = (char *)(uintptr_t)copy.ptr; // our own copy
    for (size_t i = 0; i < copy.len; i++)
        if (bytes[i] >= 'a' && bytes[i] <= 'z')
            bytes[i] = (char)(bytes[i] - 'a' + 'A');
    return copy;
}

/* false: a feature that is none of ours to take (a sector, no code). */
static bool read_code(struct world_airspace_reader *reader, const json_t *feature,
                      const json_t *properties, ovf_airspace *facts)
{
    static const char *const atlas[] = {"AV_AIRSPAC", "AV_AIRSPACE_ID", "AV_AIRSPACE"};
    ovf_str joined = property_of(reader, properties, atlas, OVF_COUNTOF(atlas));
    if (joined.len > 4) {
        facts->ident = ovf_str_sub(joined, 0, 4);
        facts->kind = ovf_str_tail(joined, 4);
        return is_code(facts->ident);
    }
    facts->kind = upper_case(reader, property(reader, properties, "kind"));
    facts->ident = property(reader, properties, "code");
    if (facts->ident.len > 0)
        return true;
    facts->ident = property(reader, properties, "id");
    if (facts->ident.len == 0)
        facts->ident = text_of(reader, json_object_get(feature, "id"));
    const json_t *oceanic = json_object_get(properties, "oceanic");
    bool is_oceanic = json_is_true(oceanic)
                      || (json_is_string(oceanic) && strcmp(json_string_value(oceanic), "1") == 0);
    if (facts->kind.len == 0 && is_oceanic)
        facts->kind = OVF_STR("OCA");
    return facts->ident.len > 0 && (facts->kind.len > 3 || is_code(facts->ident));
}

/* What `overfly world export` writes besides: land, seas, places and ways are no airspaces. */
static bool is_other_export(ovf_str kind)
{
    static const ovf_str others[] = {OVF_STR_INIT("STATE"), OVF_STR_INIT("SEA"),
                                     OVF_STR_INIT("AIRPORT"), OVF_STR_INIT("FIX"),
                                     OVF_STR_INIT("AIRWAY")};
    for (size_t i = 0; i < OVF_COUNTOF(others); i++)
        if (ovf_str_eq(kind, others[i]))
            return true;
    return false;
}

static bool read_facts(struct world_airspace_reader *reader, const json_t *feature,
                       ovf_airspace_volume *volume, const char **why)
{
    static const char *const names[] = {"name", "AV_NAME", "title"};
    const json_t *properties = json_object_get(feature, "properties");
    ovf_airspace *facts = &volume->facts;
    if (!read_code(reader, feature, properties, facts) || is_other_export(facts->kind))
        return false;
    facts->name = property_of(reader, properties, names, OVF_COUNTOF(names));
    facts->klass = property(reader, properties, "class");
    facts->source = property(reader, properties, "source");
    volume->state = property(reader, properties, "state");
    volume->includes = property(reader, properties, "includes");
    volume->nof = property(reader, properties, "nof");
    volume->ansp = property(reader, properties, "ansp");
    volume->confidence = property(reader, properties, "confidence");
    const json_t *lower = json_object_get(properties, "lower");
    const json_t *upper = json_object_get(properties, "upper");
    if (lower == NULL)
        lower = json_object_get(properties, "MIN_FLIGHT");
    if (upper == NULL)
        upper = json_object_get(properties, "MAX_FLIGHT");
    if (!read_level(reader, lower, false, &facts->lower)
        || !read_level(reader, upper, true, &facts->upper))
        *why = "a level that cannot be read";
    // The atlas leaves out a lower limit of the surface.
    if (facts->lower.ref == OVF_LEVEL_UNKNOWN && facts->upper.ref != OVF_LEVEL_UNKNOWN)
        facts->lower = (ovf_level){.ref = OVF_LEVEL_SFC};
    return true;
}

/* ---- geometry ---- */

static ovf_status read_ring(ovf_trace *trace, const json_t *ring, bool is_hole, ovf_error *err)
{
    ovf_status status = ovf_trace_ring(trace, err);
    if (status != OVF_OK)
        return status;
    trace->rings[trace->count - 1].is_hole = is_hole;
    if (!json_is_array(ring) || json_array_size(ring) < 3)
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "expected a ring of positions");
    for (size_t i = 0; i < json_array_size(ring) && status == OVF_OK; i++) {
        const json_t *position = json_array_get(ring, i);
        const json_t *lon = json_array_get(position, 0);
        const json_t *lat = json_array_get(position, 1);
        if (!json_is_number(lon) || !json_is_number(lat))
            return ovf_fail(err, OVF_E_SYNTAX, OVF_NOPOS, "expected [longitude, latitude]");
        ovf_point p = {json_number_value(lat), json_number_value(lon)};
        status = ovf_trace_point(trace, p, true, err);
    }
    return status;
}

static ovf_status read_polygon(ovf_trace *trace, const json_t *polygon, ovf_error *err)
{
    if (!json_is_array(polygon) || json_array_size(polygon) == 0)
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "expected a polygon's rings");
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < json_array_size(polygon) && status == OVF_OK; i++)
        status = read_ring(trace, json_array_get(polygon, i), i > 0, err);
    return status;
}

static ovf_status read_geometry(ovf_trace *trace, const json_t *geometry, int depth, ovf_error *err)
{
    const char *type = json_string_value(json_object_get(geometry, "type"));
    const json_t *parts = json_object_get(geometry, "coordinates");
    if (type == NULL)
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "no geometry");
    if (strcmp(type, "Polygon") == 0)
        return read_polygon(trace, parts, err);
    bool is_collection = strcmp(type, "GeometryCollection") == 0;
    if (is_collection)
        parts = json_object_get(geometry, "geometries");
    else if (strcmp(type, "MultiPolygon") != 0)
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "%.20s is no surface", type);
    if (!json_is_array(parts) || json_array_size(parts) == 0 || depth > 4)
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "expected polygons");
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < json_array_size(parts) && status == OVF_OK; i++)
        status = is_collection ? read_geometry(trace, json_array_get(parts, i), depth + 1, err)
                               : read_polygon(trace, json_array_get(parts, i), err);
    return status;
}

/* ---- features ---- */

static void complain(struct world_airspace_reader *reader, uint32_t feature, ovf_str ident,
                     const char *why)
{
    reader->set->bad++;
    ovf_findings_add(&reader->set->findings, OVF_ERROR, OVF_NOPOS, "FEATURE",
                     "feature %u (" OVF_FMT "): %s", feature,
                     OVF_ARG(ident.len > 0 ? ident : OVF_STR("no code")), why);
}

static int by_key(const void *a, const void *b)
{
    const ovf_airspace_volume *x = &((const struct pending *)a)->volume;
    const ovf_airspace_volume *y = &((const struct pending *)b)->volume;
    int order = ovf_str_cmp(x->facts.ident, y->facts.ident);
    if (order == 0)
        order = ovf_str_cmp(x->facts.kind, y->facts.kind);
    if (order == 0)
        order = x->facts.lower.value_ft - y->facts.lower.value_ft;
    if (order == 0)
        order = (int)x->facts.upper.ref - (int)y->facts.upper.ref;
    if (order == 0)
        order = x->facts.upper.value_ft - y->facts.upper.value_ft;
    if (order == 0)
        order = x->feature < y->feature ? -1 : x->feature > y->feature;
    return order;
}

/* Parts of one volume? Those of a FIR; other areas may share a name and be two. */
static bool is_part(const ovf_airspace_volume *x, const ovf_airspace_volume *y)
{
    return x->facts.kind.len <= 3 && is_code(x->facts.ident)
           && ovf_str_eq(x->facts.ident, y->facts.ident) && ovf_str_eq(x->facts.kind, y->facts.kind)
           && x->facts.lower.value_ft == y->facts.lower.value_ft
           && x->facts.upper.ref == y->facts.upper.ref
           && x->facts.upper.value_ft == y->facts.upper.value_ft;
}

static ovf_status add_volumes(struct world_airspace_reader *reader, struct pending *list,
                              size_t count)
{
    qsort(list, count, sizeof *list, by_key);
    for (size_t i = 0; i < count;) {
        ovf_trace trace = {.arena = reader->arena, .vertices_left = &reader->vertices_left};
        size_t until = i;
        ovf_error err = {0};
        ovf_status status = OVF_OK;
        do {
            size_t had = trace.count;
            status = read_geometry(&trace, list[until].geometry, 0, &err);
            if (status != OVF_OK && status != OVF_E_NOMEM) {
                complain(reader, list[until].volume.feature, list[until].volume.facts.ident,
                         err.reason);
                trace.count = had; // the other parts are good
            }
            until++;
        } while (status != OVF_E_NOMEM && until < count
                 && is_part(&list[i].volume, &list[until].volume));
        if (status != OVF_E_NOMEM && trace.count > 0) {
            status = world_airspace_add(reader, &list[i].volume, &trace, &err);
            if (status != OVF_OK)
                complain(reader, list[i].volume.feature, list[i].volume.facts.ident, err.reason);
        }
        if (status == OVF_E_NOMEM)
            return ovf_fail(reader->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for airspaces");
        i = until;
    }
    return OVF_OK;
}

static ovf_status read_features(struct world_airspace_reader *reader, const json_t *root)
{
    const json_t *features = json_object_get(root, "features");
    if (!json_is_array(features))
        return ovf_fail(reader->err, OVF_E_SYNTAX, OVF_NOPOS,
                        "expected a FeatureCollection with an array of features");
    size_t count = json_array_size(features), kept = 0;
    if (count > FEATURES_MAX)
        return ovf_fail(reader->err, OVF_E_LIMIT, OVF_NOPOS, "more than %d features", FEATURES_MAX);
    struct pending *list = ovf_arena_array(reader->arena, struct pending, count + 1);
    if (list == NULL)
        return ovf_fail(reader->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for airspaces");
    reader->set->features = count;
    for (size_t i = 0; i < count; i++) {
        const json_t *feature = json_array_get(features, i);
        const char *why = NULL;
        struct pending item = {.geometry = json_object_get(feature, "geometry")};
        item.volume.feature = (uint32_t)i + 1;
        if (!json_is_object(feature))
            complain(reader, item.volume.feature, OVF_STR(""), "expected a Feature");
        else if (!read_facts(reader, feature, &item.volume, &why))
            reader->set->left_out++;
        else if (why != NULL)
            complain(reader, item.volume.feature, item.volume.facts.ident, why);
        else
            list[kept++] = item;
    }
    return add_volumes(reader, list, kept);
}

/* jansson's own ceiling on nesting is fixed and far above ours. */
static bool is_too_deep(ovf_str text, uint32_t max)
{
    uint32_t depth = 0;
    bool in_text = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (in_text && c == '\\')
            i++;
        else if (c == '"')
            in_text = !in_text;
        else if (!in_text && (c == '{' || c == '['))
            depth++;
        else if (!in_text && (c == '}' || c == ']') && depth > 0)
            depth--;
        if (depth > max)
            return true;
    }
    return false;
}

ovf_status world_airspace_geojson(struct world_airspace_reader *reader)
{
    ovf_str text = reader->text;
    if (ovf_str_starts(text, OVF_STR("\xef\xbb\xbf")))
        text = ovf_str_tail(text, 3);
    if (is_too_deep(text, reader->limits.depth))
        return ovf_fail(reader->err, OVF_E_LIMIT, OVF_NOPOS, "nested deeper than %u",
                        reader->limits.depth);
    json_error_t error;
    json_t *root = json_loadb(text.ptr, text.len, 0, &error);
    if (root == NULL) {
        size_t pos = error.position > 0 ? (size_t)error.position - 1 : 0;
        pos += (size_t)(text.ptr - reader->text.ptr);
        return ovf_fail(reader->err, OVF_E_SYNTAX, pos < reader->text.len ? pos : reader->text.len,
                        "%.100s", error.text);
    }
    ovf_status status = read_features(reader, root);
    json_decref(root);
    return status;
}
