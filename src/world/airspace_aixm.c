/* SPDX-License-Identifier: Apache-2.0 */
/* Airspaces out of AIXM 5.1 and 5.1.1 messages: the baseline or snapshot of the highest sequence
 * number of each Airspace, and apart from it what a TEMPDELTA slice draws. Volumes are put together
 * by their operations; each band of levels is a volume of its own. gml.c reads the outlines. */
#include "airspace_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define AIRSPACES_MAX 200000
#define PARTS_MAX 200 /* of one airspace */
#define DEPTH_MAX 8   /* of airspaces made of others */
#define OUTLINE_OFF_M 5.0

struct parts {
    ovf_aixm_part *items;
    size_t count, capacity;
};

/* What is needed to put the geometry of one airspace together. */
struct drawing {
    const ovf_gml_ids *ids;
    ovf_arena *arena;
    size_t *vertices_left;
    ovf_findings *findings;
};

struct reader {
    struct world_airspace_reader *r;
    ovf_gml_ids ids;
    struct drawing drawing;
    size_t feature;
};

typedef const ovf_xml *element;

static ovf_status no_memory(ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for airspaces");
}

static ovf_status add(ovf_arena *arena, struct parts *parts, const ovf_aixm_part *part,
                      ovf_error *err)
{
    void *items = parts->items;
    if (parts->count == PARTS_MAX)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "more than %d parts", PARTS_MAX);
    if (!ovf_arena_grow(arena, &items, parts->count, &parts->capacity, sizeof *part))
        return no_memory(err);
    parts->items = items;
    parts->items[parts->count++] = *part;
    return OVF_OK;
}

/* ---- levels ---- */

/* A limit with its unit and reference, in the words of ovf_level_parse. */
bool ovf_aixm_level(ovf_arena *arena, element volume, const char *limit, const char *reference,
                    bool is_upper, ovf_level *out)
{
    element node = ovf_xml_child(volume, limit);
    ovf_str value = node == NULL ? OVF_STR("") : node->text;
    ovf_str unit = ovf_xml_attribute(node, "uom");
    ovf_str from = ovf_xml_text(volume, reference);
    if (value.len == 0)
        return true;
    if (ovf_str_eq(value, OVF_STR("UNL")) || ovf_str_eq(value, OVF_STR("CEILING"))) {
        *out = (ovf_level){.ref = OVF_LEVEL_UNL};
        return true;
    }
    if (ovf_str_eq(value, OVF_STR("GND")) || ovf_str_eq(value, OVF_STR("FLOOR"))) {
        *out = (ovf_level){.ref = OVF_LEVEL_SFC};
        return true;
    }
    double number = 0.0;
    if (ovf_str_to_double(value, &number, NULL) != OVF_OK || number > OVF_LEVEL_MAX_FT)
        return false;
    bool is_standard = ovf_str_eq(from, OVF_STR("STD"));
    if (number <= 0.0 && !is_upper) {
        *out = (ovf_level){.ref = OVF_LEVEL_SFC};
        return number > -1500.0;
    }
    if (ovf_str_eq(unit, OVF_STR("SM"))) { // standard metres, in tens
        number *= 10.0;
        is_standard = true;
    }
    bool is_metres = ovf_str_eq(unit, OVF_STR("M")) || ovf_str_eq(unit, OVF_STR("SM"));
    const char *words = is_standard ? "STD" : ovf_str_eq(from, OVF_STR("SFC")) ? "AGL" : "AMSL";
    ovf_str text = {0};
    if (ovf_str_eq(unit, OVF_STR("FL")) || (unit.len == 0 && is_standard))
        text = ovf_arena_printf(arena, "FL%03ld", lround(number));
    else if (is_standard && !is_metres)
        text = ovf_arena_printf(arena, "FL%03ld", lround(number / 100.0));
    else
        text = ovf_arena_printf(arena, "%ld%s %s", lround(number), is_metres ? "M" : "FT", words);
    return text.ptr != NULL && ovf_level_parse(text, is_upper, out, NULL, NULL) == OVF_OK;
}

static int32_t height_ft(ovf_level level, bool is_upper)
{
    if (level.ref == OVF_LEVEL_UNKNOWN || level.ref == OVF_LEVEL_UNL)
        return is_upper || level.ref == OVF_LEVEL_UNL ? INT32_MAX : 0;
    return level.value_ft;
}

static bool is_same_band(const ovf_aixm_part *a, const ovf_aixm_part *b)
{
    return height_ft(a->lower, false) == height_ft(b->lower, false)
           && height_ft(a->upper, true) == height_ft(b->upper, true)
           && a->upper.ref == b->upper.ref;
}

/* ---- the outline of one volume ---- */

/* A line with a width, as AIXM draws corridors. */
static ovf_status read_corridor(struct drawing *x, element volume, ovf_aixm_part *part,
                                ovf_error *err)
{
    double width_m = 0.0;
    ovf_trace line = {.arena = x->arena, .vertices_left = x->vertices_left};
    if (!ovf_gml_length_m(ovf_xml_child(volume, "width"), &width_m))
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "line %zu: a centreline without a width",
                        volume->line);
    ovf_status status = ovf_gml_curve(x->ids, ovf_xml_child(volume, "centreline"), &line, err);
    if (status != OVF_OK)
        return status;
    ovf_point *points = ovf_arena_array(x->arena, ovf_point, line.rings[0].count + 1);
    if (points == NULL)
        return no_memory(err);
    for (size_t i = 0; i < line.rings[0].count; i++)
        points[i] = line.rings[0].points[i].p;
    part->is_changed = true;
    return ovf_area_corridor(x->arena, points, line.rings[0].count, width_m / 2.0, &part->area,
                             err);
}

static ovf_status read_parts(struct drawing *x, element slice, int depth, struct parts *out,
                             ovf_error *err);
static element best_slice(element airspace);

/* A volume that takes its outline from another airspace: all of that one's parts. */
static ovf_status read_dependency(struct drawing *x, element volume, int depth, struct parts *out,
                                  bool *has_band, ovf_error *err)
{
    element dependency =
        ovf_xml_child(ovf_xml_child(volume, "contributorAirspace"), "AirspaceVolumeDependency");
    ovf_str href = ovf_xml_attribute(ovf_xml_child(dependency, "theAirspace"), "href");
    element airspace = ovf_gml_find(x->ids, href);
    if (!ovf_xml_is(airspace, "Airspace"))
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS,
                        "line %zu: a part of another airspace, which the file does not have",
                        volume->line);
    if (depth >= DEPTH_MAX)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS,
                        "line %zu: airspaces made of each other without end", volume->line);
    *has_band = !ovf_str_eq(ovf_xml_text(dependency, "dependency"), OVF_STR("HORZ_PROJECTION"));
    return read_parts(x, best_slice(airspace), depth + 1, out, err);
}

static ovf_status read_volume(struct drawing *x, element volume, int depth, struct parts *out,
                              ovf_error *err)
{
    ovf_aixm_part part = {.trace = {.arena = x->arena, .vertices_left = x->vertices_left}};
    if (volume == NULL)
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "a component without a volume");
    if (!ovf_aixm_level(x->arena, volume, "lowerLimit", "lowerLimitReference", false, &part.lower)
        || !ovf_aixm_level(x->arena, volume, "upperLimit", "upperLimitReference", true,
                           &part.upper))
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "line %zu: a limit that cannot be read",
                        volume->line);
    element projection = ovf_xml_child(volume, "horizontalProjection");
    ovf_status status = OVF_OK;
    if (projection != NULL) {
        ovf_str href = ovf_xml_attribute(projection, "href");
        status =
            ovf_gml_surface(x->ids, href.len > 0 ? ovf_gml_find(x->ids, href) : projection->first,
                            &part.trace, err);
        if (status == OVF_OK)
            status = ovf_trace_area(&part.trace, &part.area, err);
    } else if (ovf_xml_child(volume, "centreline") != NULL) {
        status = read_corridor(x, volume, &part, err);
    } else if (ovf_xml_child(volume, "contributorAirspace") != NULL) {
        bool has_band = true;
        status = read_dependency(x, volume, depth, out, &has_band, err);
        for (size_t i = 0; i < out->count && status == OVF_OK; i++) {
            if (part.lower.ref != OVF_LEVEL_UNKNOWN || !has_band)
                out->items[i].lower = part.lower;
            if (part.upper.ref != OVF_LEVEL_UNKNOWN || !has_band)
                out->items[i].upper = part.upper;
        }
        return status;
    } else {
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "line %zu: a volume without an outline",
                        volume->line);
    }
    if (status == OVF_OK)
        status = add(x->arena, out, &part, err);
    return status;
}

/* ---- operations ---- */

static ovf_status unite(ovf_arena *arena, struct parts *all, const ovf_aixm_part *more,
                        ovf_error *err)
{
    for (size_t i = 0; i < all->count; i++) {
        ovf_aixm_part *part = &all->items[i];
        if (!is_same_band(part, more))
            continue;
        const ovf_area *both[] = {part->area, more->area};
        part->is_changed = true;
        return ovf_area_union(arena, both, 2, &part->area, err);
    }
    return add(arena, all, more, err);
}

/* Takes away what surely goes: where only some of a part's levels would, all of it stays. */
static ovf_status subtract(struct drawing *x, struct parts *all, const ovf_aixm_part *less,
                           element component, ovf_error *err)
{
    for (size_t i = 0; i < all->count; i++) {
        ovf_aixm_part *part = &all->items[i];
        bool is_whole = height_ft(less->lower, false) <= height_ft(part->lower, false)
                        && height_ft(less->upper, true) >= height_ft(part->upper, true);
        if (!is_whole) {
            ovf_findings_add(x->findings, OVF_WARNING, OVF_NOPOS, "AIXM",
                             "line %zu: taken away at some levels only: left in", component->line);
            continue;
        }
        part->is_changed = true;
        ovf_status status = ovf_area_difference(x->arena, part->area, less->area, &part->area, err);
        if (status != OVF_OK)
            return status;
    }
    return OVF_OK;
}

static ovf_status intersect(ovf_arena *arena, struct parts *all, const ovf_aixm_part *with,
                            ovf_error *err)
{
    for (size_t i = 0; i < all->count; i++) {
        const ovf_area *both[] = {all->items[i].area, with->area};
        all->items[i].is_changed = true;
        ovf_status status = ovf_area_intersection(arena, both, 2, &all->items[i].area, err);
        if (status != OVF_OK)
            return status;
    }
    return OVF_OK;
}

static ovf_status apply(struct drawing *x, struct parts *all, element component, int depth,
                        ovf_error *err)
{
    struct parts parts = {0};
    ovf_str operation = ovf_xml_text(component, "operation");
    element volume = ovf_xml_child(ovf_xml_child(component, "theAirspaceVolume"), "AirspaceVolume");
    ovf_status status = read_volume(x, volume, depth, &parts, err);
    for (size_t i = 0; i < parts.count && status == OVF_OK; i++) {
        if (ovf_str_eq(operation, OVF_STR("SUBTR")))
            status = subtract(x, all, &parts.items[i], component, err);
        else if (ovf_str_eq(operation, OVF_STR("INTERS")))
            status = intersect(x->arena, all, &parts.items[i], err);
        else
            status = unite(x->arena, all, &parts.items[i], err);
    }
    return status;
}

static long sequence_of(element component)
{
    double number = 0.0;
    ovf_str text = ovf_xml_text(component, "operationSequence");
    return ovf_str_to_double(text, &number, NULL) == OVF_OK && fabs(number) < 1e6 ? (long)number
                                                                                  : 0;
}

/* Components in the order of their numbers; of equal ones as they stand. */
static ovf_status read_parts(struct drawing *x, element slice, int depth, struct parts *out,
                             ovf_error *err)
{
    element list[PARTS_MAX];
    size_t count = 0;
    for (element n = ovf_xml_child(slice, "geometryComponent"); n != NULL;
         n = ovf_xml_next(n, "geometryComponent")) {
        element component = ovf_xml_child(n, "AirspaceGeometryComponent");
        if (component == NULL)
            continue;
        if (count == PARTS_MAX)
            return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "more than %d parts", PARTS_MAX);
        size_t at = count++;
        for (; at > 0 && sequence_of(list[at - 1]) > sequence_of(component); at--)
            list[at] = list[at - 1];
        list[at] = component;
    }
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < count && status == OVF_OK; i++)
        status = apply(x, out, list[i], depth, err);
    if (status == OVF_OK && count > 0 && out->count == 0)
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "no geometry");
    return status;
}

ovf_status ovf_aixm_parts(const ovf_gml_ids *ids, element slice, size_t *vertices_left,
                          ovf_arena *arena, ovf_findings *findings, ovf_aixm_part **out,
                          size_t *count, ovf_error *err)
{
    struct drawing x = {ids, arena, vertices_left, findings};
    struct parts parts = {0};
    ovf_status status = read_parts(&x, slice, 0, &parts, err);
    if (status != OVF_OK)
        return status;
    *out = parts.items;
    *count = parts.count;
    return OVF_OK;
}

/* ---- airspaces ---- */

static ovf_status trace_outline(const ovf_area *area, ovf_trace *trace, ovf_error *err)
{
    ovf_outline outline = {0};
    ovf_status status = ovf_area_outline(area, OUTLINE_OFF_M, trace->arena, &outline, err);
    for (uint32_t r = 0; r < outline.count && status == OVF_OK; r++) {
        status = ovf_trace_ring(trace, err);
        if (status == OVF_OK)
            trace->rings[trace->count - 1].is_hole = outline.rings[r].is_hole;
        for (uint32_t i = 0; i + 1 < outline.rings[r].count && status == OVF_OK; i++)
            status = ovf_trace_point(trace, outline.rings[r].points[i], true, err);
    }
    return status;
}

static ovf_status add_part(struct reader *x, const ovf_airspace_volume *facts, ovf_aixm_part *part,
                           ovf_error *err)
{
    ovf_airspace_volume volume = *facts;
    volume.facts.lower = part->lower;
    volume.facts.upper = part->upper;
    ovf_trace trace = part->trace;
    ovf_status status = OVF_OK;
    if (part->is_changed) {
        trace = (ovf_trace){.arena = x->r->arena, .vertices_left = &x->r->vertices_left};
        status = trace_outline(part->area, &trace, err);
    }
    return status == OVF_OK ? world_airspace_add(x->r, &volume, &trace, err) : status;
}

static bool is_temporary(element slice)
{
    return ovf_str_eq(ovf_xml_text(slice, "interpretation"), OVF_STR("TEMPDELTA"));
}

static double number_of(element slice, const char *name)
{
    double number = 0.0;
    return ovf_str_to_double(ovf_xml_text(slice, name), &number, NULL) == OVF_OK ? number : -1.0;
}

/* Of the slices that are no deltas the latest. */
static element best_slice(element airspace)
{
    element best = NULL;
    for (element n = ovf_xml_child(airspace, "timeSlice"); n != NULL;
         n = ovf_xml_next(n, "timeSlice")) {
        element slice = ovf_xml_child(n, "AirspaceTimeSlice");
        ovf_str kind = ovf_xml_text(slice, "interpretation");
        if (slice == NULL || ovf_str_ends(kind, OVF_STR("DELTA")))
            continue;
        bool is_later =
            best == NULL || number_of(slice, "sequenceNumber") > number_of(best, "sequenceNumber")
            || (number_of(slice, "sequenceNumber") == number_of(best, "sequenceNumber")
                && number_of(slice, "correctionNumber") > number_of(best, "correctionNumber"));
        if (is_later)
            best = slice;
    }
    return best;
}

static ovf_status read_slice(struct reader *x, element slice)
{
    ovf_airspace_volume volume = {
        .feature = (uint32_t)x->feature, .line = slice->line, .is_temporary = is_temporary(slice)};
    volume.facts.ident = ovf_xml_text(slice, "designator");
    volume.facts.name = ovf_xml_text(slice, "name");
    volume.facts.kind = ovf_xml_text(slice, "type");
    volume.facts.klass = ovf_xml_text(
        ovf_xml_child(ovf_xml_child(slice, "class"), "AirspaceLayerClass"), "classification");
    ovf_error err = {0};
    struct parts parts = {0};
    ovf_status status = read_parts(&x->drawing, slice, 0, &parts, &err);
    for (size_t i = 0; i < parts.count && status == OVF_OK; i++)
        status = add_part(x, &volume, &parts.items[i], &err);
    if (status == OVF_E_NOMEM)
        return no_memory(x->r->err);
    if (status == OVF_OK)
        return OVF_OK;
    ovf_str ident = volume.facts.ident.len > 0 ? volume.facts.ident : volume.facts.name;
    x->r->set->bad++;
    ovf_findings_add(&x->r->set->findings, OVF_ERROR, OVF_NOPOS, "AIXM",
                     "line %zu (" OVF_FMT "): %s", slice->line,
                     OVF_ARG(ident.len > 0 ? ident : OVF_STR("no designator")), err.reason);
    return OVF_OK;
}

static ovf_status read_airspace(struct reader *x, element airspace)
{
    bool was_read = false;
    element best = best_slice(airspace);
    x->feature++;
    x->r->set->features++;
    for (element n = ovf_xml_child(airspace, "timeSlice"); n != NULL;
         n = ovf_xml_next(n, "timeSlice")) {
        element slice = ovf_xml_child(n, "AirspaceTimeSlice");
        if (slice == NULL || ovf_xml_child(slice, "geometryComponent") == NULL
            || (slice != best && !is_temporary(slice)))
            continue;
        ovf_status status = read_slice(x, slice);
        if (status != OVF_OK)
            return status;
        was_read = true;
    }
    x->r->set->left_out += !was_read; // an activation, a change of words
    return OVF_OK;
}

ovf_status world_airspace_aixm(struct world_airspace_reader *reader)
{
    static const char *const kept[] = {"Airspace", "GeoBorder", "DesignatedPoint", NULL};
    struct reader x = {.r = reader};
    ovf_xml *root = NULL;
    ovf_xml_options options = {.kept = kept, .max_depth = reader->limits.depth};
    ovf_status status = ovf_xml_read(reader->text, &options, reader->arena, &root, reader->err);
    if (status == OVF_OK)
        status = ovf_gml_index(root, reader->arena, &x.ids, reader->err);
    if (status != OVF_OK)
        return status;
    x.drawing =
        (struct drawing){&x.ids, reader->arena, &reader->vertices_left, &reader->set->findings};
    for (element n = root->first; n != NULL && status == OVF_OK; n = n->next) {
        if (!ovf_xml_is(n, "Airspace"))
            continue;
        if (reader->set->features >= AIRSPACES_MAX)
            return ovf_fail(reader->err, OVF_E_LIMIT, OVF_NOPOS, "more than %d airspaces",
                            AIRSPACES_MAX);
        status = read_airspace(&x, n);
    }
    return status;
}
