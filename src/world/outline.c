/* SPDX-License-Identifier: Apache-2.0 */
/* Reads data/outline: arcs.txt (lines between junctions, whole numbers, differences) and
 * states.txt (polygons as lists of signed arc numbers); joins the rings of a State's land.
 *
 * An arc's line: number TAB x y dx dy dx dy ...; a line that starts with a tab goes on with it.
 * longitude = -180 + 360 x / columns, latitude = lat0 + y step; the three come before the arcs. */
#include "world_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ARCS_MAX 100000
#define ARC_VERTICES_MAX 200000

struct arc_reader {
    struct world_build *build;
    const char *file;
    ovf_str text;
    ovf_fixed *vertices; /* of the arc being read */
    uint32_t count;
    int64_t x, y;
    uint32_t capacity; /* of build->arcs */
};

static ovf_status arc_fail(const struct arc_reader *reader, const char *at, const char *reason,
                           ovf_error *err)
{
    return world_fail_at(err, OVF_E_SYNTAX, reader->file, reader->text, at, "%s", reason);
}

/* A whole number with an optional sign at *at; moves *at behind it and one blank. */
static bool take_int(const char **at, const char *end, int64_t *out)
{
    const char *p = *at;
    bool is_negative = p < end && *p == '-';
    if (is_negative)
        p++;
    const char *digits = p;
    int64_t value = 0;
    for (; p < end && *p >= '0' && *p <= '9' && p - digits < 10; p++)
        value = value * 10 + (*p - '0');
    if (p == digits)
        return false;
    if (p < end && *p == ' ')
        p++;
    *at = p;
    *out = is_negative ? -value : value;
    return true;
}

static ovf_status take_vertices(struct arc_reader *reader, ovf_str line, ovf_error *err)
{
    const char *at = line.ptr;
    const char *end = line.ptr + line.len;
    while (at < end) {
        int64_t dx = 0, dy = 0;
        const char *start = at;
        if (!take_int(&at, end, &dx) || !take_int(&at, end, &dy))
            return arc_fail(reader, start, "expected two whole numbers", err);
        if (reader->count == ARC_VERTICES_MAX)
            return arc_fail(reader, start, "arc with too many vertices", err);
        reader->x += dx;
        reader->y += dy;
        const struct world_lattice *lattice = &reader->build->lattice;
        ovf_point p = {.lat_deg = lattice->lat0_deg + (double)reader->y * lattice->step_deg,
                       .lon_deg = -180.0 + (double)reader->x * 360.0 / lattice->columns};
        p.lon_deg = ovf_lon_wrap(p.lon_deg);
        if (!ovf_point_is_valid(p))
            return arc_fail(reader, start, "vertex off the globe", err);
        reader->vertices[reader->count] = ovf_point_fix(p);
        reader->count++;
    }
    return OVF_OK;
}

/* Keeps the arc read so far as the next one. */
static ovf_status end_arc(struct arc_reader *reader, const char *at, ovf_error *err)
{
    struct world_build *build = reader->build;
    if (reader->count == 0)
        return OVF_OK;
    if (reader->count < 2)
        return arc_fail(reader, at, "arc with fewer than two vertices", err);
    void *arcs = build->arcs;
    size_t capacity = reader->capacity;
    if (!ovf_arena_grow(build->arena, &arcs, build->arc_count, &capacity, sizeof *build->arcs))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for arcs");
    build->arcs = arcs;
    reader->capacity = (uint32_t)capacity;
    ovf_fixed *kept = ovf_arena_array(build->arena, ovf_fixed, reader->count);
    if (kept == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for arcs");
    memcpy(kept, reader->vertices, reader->count * sizeof *kept);
    build->arcs[build->arc_count] = (struct world_arc){
        .vertices = kept, .count = reader->count, .outline = {OVF_INDEX_NONE, OVF_INDEX_NONE}};
    build->arc_count++;
    reader->count = 0;
    return OVF_OK;
}

static bool take_setting(ovf_str name, ovf_str value, struct arc_reader *reader)
{
    struct world_lattice *lattice = &reader->build->lattice;
    double *slot = ovf_str_eq(name, OVF_STR("step"))      ? &lattice->step_deg
                   : ovf_str_eq(name, OVF_STR("lat0"))    ? &lattice->lat0_deg
                   : ovf_str_eq(name, OVF_STR("columns")) ? &lattice->columns
                                                          : NULL;
    return slot != NULL && ovf_str_to_double(value, slot, NULL) == OVF_OK;
}

static ovf_status take_arc_line(struct arc_reader *reader, ovf_str line, ovf_error *err)
{
    if (line.ptr[0] == '\t') {
        if (reader->count == 0)
            return arc_fail(reader, line.ptr, "line goes on with no arc", err);
        return take_vertices(reader, ovf_str_tail(line, 1), err);
    }
    size_t tab = ovf_str_find(line, 0, OVF_STR("\t"));
    if (tab == OVF_NOPOS)
        return arc_fail(reader, line.ptr, "expected a number and a tab", err);
    ovf_str name = ovf_str_sub(line, 0, tab);
    ovf_str value = ovf_str_tail(line, tab + 1);
    if (take_setting(name, value, reader))
        return OVF_OK;
    if (!(reader->build->lattice.columns > 0.0) || !(reader->build->lattice.step_deg > 0.0))
        return arc_fail(reader, line.ptr, "expected step, lat0 and columns before the arcs", err);
    ovf_status status = end_arc(reader, line.ptr, err);
    if (status != OVF_OK)
        return status;
    uint32_t number = 0;
    size_t end = ovf_str_take_uint(name, 0, ARCS_MAX, &number);
    if (end != name.len || number != reader->build->arc_count + 1)
        return arc_fail(reader, line.ptr, "expected the next arc's number", err);
    reader->x = 0;
    reader->y = 0;
    return take_vertices(reader, value, err);
}

static ovf_status read_arcs(struct world_build *build, const char *path, ovf_error *err)
{
    struct arc_reader reader = {.build = build, .file = "outline/arcs.txt"};
    ovf_status status = world_read_text(build->arena, path, &reader.text, err);
    if (status != OVF_OK)
        return status;
    reader.vertices = ovf_arena_array(build->arena, ovf_fixed, ARC_VERTICES_MAX);
    if (reader.vertices == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for arcs");
    ovf_str rest = reader.text;
    ovf_str line;
    while (ovf_str_line(&rest, &line)) {
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        status = take_arc_line(&reader, line, err);
        if (status != OVF_OK)
            return status;
    }
    return end_arc(&reader, reader.text.ptr + reader.text.len, err);
}

/* ---- states.txt ---- */

struct outline_reader {
    struct world_build *build;
    struct world_table table;
    int32_t *arcs; /* of the outline being read */
    uint32_t *ring_ends;
    uint32_t arc_count;
    size_t outline_capacity;
};

/* One ring: "12 -13 15". */
static ovf_status take_ring(struct outline_reader *reader, ovf_str text, ovf_error *err)
{
    struct world_build *build = reader->build;
    struct world_outline *outline = &build->outlines[build->outline_count - 1];
    const char *at = text.ptr;
    const char *end = text.ptr + text.len;
    while (at < end) {
        int64_t number = 0;
        const char *start = at;
        bool is_number = take_int(&at, end, &number);
        int64_t index = (number < 0 ? -number : number) - 1;
        if (!is_number || index < 0 || index >= build->arc_count)
            return world_fail_at(err, OVF_E_SYNTAX, reader->table.file, reader->table.text, start,
                                 "expected the number of an arc, 1 to %u", build->arc_count);
        struct world_arc *arc = &build->arcs[index];
        int slot = arc->outline[0] == OVF_INDEX_NONE ? 0 : 1;
        if (arc->outline[slot] != OVF_INDEX_NONE)
            return world_fail_at(err, OVF_E_SYNTAX, reader->table.file, reader->table.text, start,
                                 "arc used a third time");
        arc->outline[slot] = build->outline_count - 1;
        reader->arcs[reader->arc_count] = (int32_t)(number < 0 ? ~index : index);
        reader->arc_count++;
    }
    reader->ring_ends[outline->ring_count] = reader->arc_count;
    outline->ring_count++;
    return OVF_OK;
}

/* Starts the outline of a row, unless the row goes on with the one before. */
static ovf_status start_outline(struct outline_reader *reader, ovf_error *err)
{
    struct world_build *build = reader->build;
    ovf_str id = reader->table.fields[0];
    if (build->outline_count > 0 && ovf_str_eq(build->outlines[build->outline_count - 1].id, id))
        return OVF_OK;
    void *outlines = build->outlines;
    if (!ovf_arena_grow(build->arena, &outlines, build->outline_count, &reader->outline_capacity,
                        sizeof *build->outlines))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for outlines");
    build->outlines = outlines;
    /* Every arc has two uses at most, so these shared lists never overflow. */
    reader->arcs += reader->arc_count;
    if (build->outline_count > 0)
        reader->ring_ends += build->outlines[build->outline_count - 1].ring_count;
    reader->arc_count = 0;
    build->outlines[build->outline_count] = (struct world_outline){.id = id,
                                                                   .name = reader->table.fields[1],
                                                                   .signed_arcs = reader->arcs,
                                                                   .ring_ends = reader->ring_ends,
                                                                   .state = OVF_INDEX_NONE};
    build->outline_count++;
    return OVF_OK;
}

static ovf_status take_polygon(struct outline_reader *reader, ovf_error *err)
{
    ovf_status status = start_outline(reader, err);
    ovf_str rest = reader->table.fields[2];
    ovf_str ring;
    while (status == OVF_OK && ovf_str_field(&rest, '/', &ring))
        status = take_ring(reader, ovf_str_trim(ring), err);
    return status;
}

static ovf_status read_polygons(struct world_build *build, const char *path, ovf_error *err)
{
    ovf_str text;
    ovf_status status = world_read_text(build->arena, path, &text, err);
    if (status != OVF_OK)
        return status;
    struct outline_reader reader = {.build = build};
    world_table_init(&reader.table, "outline/states.txt", text);
    reader.arcs = ovf_arena_array(build->arena, int32_t, 2 * (size_t)build->arc_count + 1);
    reader.ring_ends = ovf_arena_array(build->arena, uint32_t, 2 * (size_t)build->arc_count + 1);
    if (reader.arcs == NULL || reader.ring_ends == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for outlines");
    while (world_table_next(&reader.table, 3, &status, err)) {
        status = take_polygon(&reader, err);
        if (status != OVF_OK)
            return status;
    }
    return status;
}

ovf_status world_read_outlines(struct world_build *build, ovf_error *err)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/outline/arcs.txt", build->data_dir);
    ovf_status status = read_arcs(build, path, err);
    if (status == OVF_E_NOT_FOUND) {
        if (err != NULL)
            *err = (ovf_error){0};
        return OVF_OK;
    }
    if (status != OVF_OK)
        return status;
    snprintf(path, sizeof path, "%s/outline/states.txt", build->data_dir);
    return read_polygons(build, path, err);
}

/* ---- rings of a set of outlines ---- */

struct joiner {
    struct world_build *build;
    int32_t *arcs; /* signed, still to be used; taken ones are INT32_MAX */
    uint32_t arc_count;
    ovf_ring *rings;
    uint32_t ring_count;
};

static ovf_fixed arc_end(const struct world_build *build, int32_t signed_arc, bool is_last)
{
    const struct world_arc *arc = &build->arcs[signed_arc < 0 ? ~signed_arc : signed_arc];
    return arc->vertices[(signed_arc < 0) != is_last ? arc->count - 1 : 0];
}

static bool same(ovf_fixed a, ovf_fixed b)
{
    return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

/* Appends an arc's vertices in its direction; a vertex equal to the last one is dropped. */
static uint32_t append_arc(const struct world_build *build, int32_t signed_arc, ovf_fixed *out,
                           uint32_t count)
{
    const struct world_arc *arc = &build->arcs[signed_arc < 0 ? ~signed_arc : signed_arc];
    for (uint32_t i = 0; i < arc->count; i++) {
        ovf_fixed v = arc->vertices[signed_arc < 0 ? arc->count - 1 - i : i];
        if (count == 0 || !same(out[count - 1], v))
            out[count++] = v;
    }
    return count;
}

/* Follows arcs from `first` until the ring closes; list is room for the ring's arcs. */
static ovf_status close_ring(struct joiner *joiner, uint32_t first, int32_t *list, ovf_error *err)
{
    uint32_t used = 0;
    size_t vertices = 0;
    uint32_t at = first;
    ovf_fixed start = arc_end(joiner->build, joiner->arcs[first], false);
    for (;;) {
        int32_t arc = joiner->arcs[at];
        joiner->arcs[at] = INT32_MAX;
        list[used++] = arc;
        vertices += joiner->build->arcs[arc < 0 ? ~arc : arc].count;
        ovf_fixed end = arc_end(joiner->build, arc, true);
        if (same(end, start))
            break;
        uint32_t step = 1; /* the arc behind is the likely one */
        uint32_t next = first;
        for (; step < joiner->arc_count; step++) {
            next = (at + step) % joiner->arc_count;
            if (joiner->arcs[next] != INT32_MAX
                && same(arc_end(joiner->build, joiner->arcs[next], false), end))
                break;
        }
        if (step >= joiner->arc_count)
            return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS,
                            "outline/states.txt: ring with arc %d does not close",
                            (arc < 0 ? ~arc : arc) + 1);
        at = next;
    }
    ovf_fixed *line = ovf_arena_array(joiner->build->arena, ovf_fixed, vertices);
    if (line == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for rings");
    uint32_t count = 0;
    for (uint32_t i = 0; i < used; i++)
        count = append_arc(joiner->build, list[i], line, count);
    while (count > 1 && same(line[0], line[count - 1]))
        count--;
    if (count >= 3) { /* a rock of one or two vertices has a coast but no land */
        joiner->rings[joiner->ring_count] = (ovf_ring){.vertices = line, .count = count};
        joiner->ring_count++;
    }
    return OVF_OK;
}

static void drop_inner(struct world_build *build, struct joiner *joiner)
{
    for (uint32_t i = 0; i < joiner->arc_count; i++) {
        int32_t arc = joiner->arcs[i];
        if (arc < 0 || arc == INT32_MAX)
            continue;
        const struct world_arc *a = &build->arcs[arc];
        if (a->outline[1] == OVF_INDEX_NONE)
            continue;
        for (uint32_t k = 0; k < joiner->arc_count; k++)
            if (joiner->arcs[k] == ~arc) {
                joiner->arcs[i] = INT32_MAX;
                joiner->arcs[k] = INT32_MAX;
                break;
            }
    }
}

ovf_status world_outline_rings(struct world_build *build, const uint32_t *outlines, size_t count,
                               const ovf_ring **out, uint32_t *out_count, ovf_error *err)
{
    struct joiner joiner = {.build = build};
    size_t rings = 0;
    for (size_t i = 0; i < count; i++) {
        const struct world_outline *o = &build->outlines[outlines[i]];
        joiner.arc_count += o->ring_count == 0 ? 0 : o->ring_ends[o->ring_count - 1];
        rings += o->ring_count;
    }
    joiner.arcs = ovf_arena_array(build->arena, int32_t, joiner.arc_count + 1);
    joiner.rings = ovf_arena_array(build->arena, ovf_ring, joiner.arc_count + rings + 1);
    int32_t *list = ovf_arena_array(build->arena, int32_t, joiner.arc_count + 1);
    if (joiner.arcs == NULL || joiner.rings == NULL || list == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for rings");
    uint32_t at = 0;
    for (size_t i = 0; i < count; i++) {
        const struct world_outline *o = &build->outlines[outlines[i]];
        uint32_t n = o->ring_count == 0 ? 0 : o->ring_ends[o->ring_count - 1];
        if (n > 0)
            memcpy(joiner.arcs + at, o->signed_arcs, n * sizeof *joiner.arcs);
        at += n;
    }
    if (count > 1) /* a border between two of them is no border of the whole */
        drop_inner(build, &joiner);
    for (uint32_t i = 0; i < joiner.arc_count; i++) {
        if (joiner.arcs[i] == INT32_MAX)
            continue;
        ovf_status status = close_ring(&joiner, i, list, err);
        if (status != OVF_OK)
            return status;
    }
    *out = joiner.rings;
    *out_count = joiner.ring_count;
    return OVF_OK;
}
