/* SPDX-License-Identifier: Apache-2.0 */
/* Walks the statements of FIR definitions into rings. A shared edge is walked once; the FIRs on
 * both sides copy its vertices, one of them backwards, so that they meet without gap or overlap. */
#include "fir_internal.h"

#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FIR_FILES_MAX 512
#define JOIN_M (2 * OVF_NM_M) /* an edge begins where the walk stands, a limit ends at its origin */
#define OUTLINE_M (15 * OVF_NM_M) /* a point said to be on a border or coast is that near to it */
#define ARC_OFF_SHARE 0.03   /* of the radius: how far an end of an arc may lie off its circle */
#define ARC_CHORD_OFF_M 10.0 /* an arc's chords leave the circle by no more */

struct walk {
    struct world_build *build;
    const struct world_fir_block *block;
    ovf_fixed *vertices;
    uint8_t *edges; /* edges[i] leads to vertex i; that of the first vertex means nothing */
    size_t count;
    size_t capacity;
    size_t edge_capacity;
    ovf_error *err;
};

/* An edge as walked. */
struct line {
    ovf_str name;
    const ovf_fixed *vertices;
    const uint8_t *edges;
    size_t count;
};

struct lines {
    struct line *items;
    size_t count;
};

static ovf_status fail_at(const struct walk *w, const char *at, ovf_status status,
                          const char *reason)
{
    return world_fail_at(w->err, status, w->block->file, w->block->text, at, "%s", reason);
}

static bool is_same(ovf_fixed a, ovf_fixed b)
{
    return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

static double apart_m(ovf_fixed a, ovf_fixed b)
{
    return ovf_distance_m(ovf_fixed_point(a), ovf_fixed_point(b));
}

static ovf_status push(struct walk *w, ovf_fixed vertex, uint8_t edge)
{
    if (w->count > 0 && is_same(w->vertices[w->count - 1], vertex))
        return OVF_OK;
    if (w->count >= OVF_RING_MAX_VERTICES)
        return ovf_fail(w->err, OVF_E_LIMIT, OVF_NOPOS, "a limit has more than %d vertices",
                        OVF_RING_MAX_VERTICES);
    void *vertices = w->vertices;
    void *edges = w->edges;
    if (!ovf_arena_grow(w->build->arena, &vertices, w->count, &w->capacity, sizeof(vertex)))
        return ovf_fail(w->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a FIR's limit");
    w->vertices = vertices;
    if (!ovf_arena_grow(w->build->arena, &edges, w->count, &w->edge_capacity, sizeof(edge)))
        return ovf_fail(w->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a FIR's limit");
    w->edges = edges;
    w->vertices[w->count] = vertex;
    w->edges[w->count++] = edge;
    return OVF_OK;
}

static ovf_status push_chain(struct walk *w, const struct world_chain *chain)
{
    for (uint32_t i = 0; i < chain->count; i++) {
        ovf_status status = push(w, chain->vertices[i], OVF_EDGE_GEODESIC);
        if (status != OVF_OK)
            return status;
    }
    return OVF_OK;
}

static ovf_point target(const struct walk *w, const struct world_fir_step *step)
{
    return step->to_origin ? ovf_fixed_point(w->vertices[0]) : step->to;
}

/* ---- graticule ---- */

static ovf_status go_parallel(struct walk *w, const struct world_fir_step *step)
{
    ovf_fixed here = w->vertices[w->count - 1];
    ovf_fixed there = here;
    if (step->to_origin) {
        there = w->vertices[0];
        if (there.lat_e7 != here.lat_e7)
            return fail_at(w, step->at, OVF_E_GEOMETRY, "the origin is not on this parallel");
    } else {
        there.lon_e7 = ovf_point_fix((ovf_point){0, step->to.lon_deg}).lon_e7;
    }
    double turn_deg = ovf_lon_wrap(ovf_fixed_point(there).lon_deg - ovf_fixed_point(here).lon_deg);
    if (turn_deg == -180.0)
        return fail_at(w, step->at, OVF_E_GEOMETRY,
                       "half the globe along a parallel: give a point between");
    return push(w, there, OVF_EDGE_PARALLEL);
}

static ovf_status go_meridian(struct walk *w, const struct world_fir_step *step)
{
    ovf_fixed here = w->vertices[w->count - 1];
    ovf_fixed there = here;
    if (step->to_origin) {
        there = w->vertices[0];
        if (there.lon_e7 != here.lon_e7)
            return fail_at(w, step->at, OVF_E_GEOMETRY, "the origin is not on this meridian");
    } else {
        there.lat_e7 = ovf_point_fix((ovf_point){step->to.lat_deg, 0}).lat_e7;
    }
    return push(w, there, OVF_EDGE_GEODESIC);
}

/* ---- arcs ---- */

/* Degrees of bearing between vertices: a chord of a circle of radius r leaves it by
 * r (1 - cos(step / 2)). */
static double arc_step_deg(double radius_m)
{
    double half_rad = acos(fmax(0.0, 1.0 - ARC_CHORD_OFF_M / radius_m));
    return fmax(0.05, 2.0 * half_rad * 180.0 / acos(-1.0));
}

/* From bearing `from_deg` through turn_deg (clockwise positive), without both ends. */
static ovf_status push_arc(struct walk *w, ovf_point centre, double radius_m, double from_deg,
                           double turn_deg)
{
    size_t pieces = (size_t)ceil(fabs(turn_deg) / arc_step_deg(radius_m));
    for (size_t i = 1; i < pieces; i++) {
        double bearing_deg = from_deg + turn_deg * (double)i / (double)pieces;
        ovf_point p = ovf_destination(centre, bearing_deg, radius_m);
        ovf_status status = push(w, ovf_point_fix(p), OVF_EDGE_GEODESIC);
        if (status != OVF_OK)
            return status;
    }
    return OVF_OK;
}

static ovf_status go_arc(struct walk *w, const struct world_fir_step *step)
{
    ovf_point here = ovf_fixed_point(w->vertices[w->count - 1]);
    ovf_point there = target(w, step);
    double here_m = 0, there_m = 0, from_deg = 0, until_deg = 0;
    ovf_inverse(step->centre, here, &here_m, &from_deg, NULL);
    ovf_inverse(step->centre, there, &there_m, &until_deg, NULL);
    double off_m = ARC_OFF_SHARE * step->radius_m;
    if (fabs(here_m - step->radius_m) > off_m)
        return world_fail_at(w->err, OVF_E_GEOMETRY, w->block->file, w->block->text, step->at,
                             "the arc begins %.1f NM from its centre", ovf_m_to_nm(here_m));
    if (fabs(there_m - step->radius_m) > off_m)
        return world_fail_at(w->err, OVF_E_GEOMETRY, w->block->file, w->block->text, step->at,
                             "the arc ends %.1f NM from its centre", ovf_m_to_nm(there_m));
    double turn_deg = fmod(until_deg - from_deg + 720.0, 360.0);
    if (!step->is_clockwise && turn_deg > 0)
        turn_deg -= 360.0;
    ovf_status status = push_arc(w, step->centre, step->radius_m, from_deg, turn_deg);
    return status == OVF_OK ? push(w, ovf_point_fix(there), OVF_EDGE_GEODESIC) : status;
}

static ovf_status go_circle(struct walk *w, const struct world_fir_step *step)
{
    if (w->count > 0)
        return fail_at(w, step->at, OVF_E_SYNTAX, "a circle is a limit of its own");
    ovf_point north = ovf_destination(step->centre, 0, step->radius_m);
    ovf_status status = push(w, ovf_point_fix(north), OVF_EDGE_GEODESIC);
    return status == OVF_OK ? push_arc(w, step->centre, step->radius_m, 0, 360) : status;
}

/* ---- outlines ---- */

static ovf_status outline_chain(struct walk *w, const struct world_fir_step *step, ovf_point from,
                                ovf_point to, struct world_chain *out)
{
    ovf_error err = {0};
    double off_m = 0;
    ovf_status status = OVF_OK;
    switch (step->kind) {
    case WORLD_FIR_BORDER:
    case WORLD_FIR_ON_BORDER:
        status =
            world_build_border(w->build, step->state_a, step->state_b, from, to, out, &off_m, &err);
        break;
    case WORLD_FIR_SEA:
        status = world_build_sea_limit(w->build, step->state_a, from, to, out, &off_m, &err);
        break;
    default:
        status = world_build_coast(w->build, step->state_a, from, to, out, &off_m, &err);
        break;
    }
    if (status != OVF_OK)
        return fail_at(w, step->at, status, err.reason);
    if (out->count == 0)
        return fail_at(w, step->at, OVF_E_GEOMETRY, "nothing of that line is there");
    if (off_m > OUTLINE_M)
        return world_fail_at(w->err, OVF_E_GEOMETRY, w->block->file, w->block->text, step->at,
                             "a point is %.0f NM off that line", ovf_m_to_nm(off_m));
    return OVF_OK;
}

static ovf_status go_outline(struct walk *w, const struct world_fir_step *step)
{
    ovf_point from = step->has_from ? step->from : ovf_fixed_point(w->vertices[w->count - 1]);
    struct world_chain chain = {0};
    ovf_status status = outline_chain(w, step, from, target(w, step), &chain);
    return status == OVF_OK ? push_chain(w, &chain) : status;
}

static ovf_status go_onto_outline(struct walk *w, const struct world_fir_step *step)
{
    struct world_chain chain = {0};
    ovf_status status = outline_chain(w, step, step->to, step->to, &chain);
    return status == OVF_OK ? push(w, chain.vertices[0], OVF_EDGE_GEODESIC) : status;
}

/* ---- shared edges ---- */

static ovf_status go_along(struct walk *w, const struct world_fir_step *step,
                           const struct lines *lines)
{
    const struct line *line = NULL;
    for (size_t i = 0; i < lines->count && line == NULL; i++)
        if (ovf_str_eq(lines->items[i].name, step->edge))
            line = &lines->items[i];
    if (line == NULL)
        return world_fail_at(w->err, OVF_E_NOT_FOUND, w->block->file, w->block->text,
                             step->edge.ptr, "no edge has the name " OVF_FMT,
                             OVF_ARG(ovf_str_sub(step->edge, 0, 40)));
    bool is_back = step->kind == WORLD_FIR_BACK_ALONG;
    ovf_fixed first = line->vertices[is_back ? line->count - 1 : 0];
    if (w->count > 0 && apart_m(w->vertices[w->count - 1], first) > JOIN_M)
        return world_fail_at(w->err, OVF_E_GEOMETRY, w->block->file, w->block->text, step->at,
                             "the edge begins %.1f NM from where the limit stands",
                             ovf_m_to_nm(apart_m(w->vertices[w->count - 1], first)));
    ovf_status status = push(w, first, OVF_EDGE_GEODESIC);
    for (size_t i = 1; i < line->count && status == OVF_OK; i++) {
        size_t at = is_back ? line->count - 1 - i : i;
        status = push(w, line->vertices[at], line->edges[is_back ? at + 1 : at]);
    }
    return status;
}

/* ---- one walk ---- */

static ovf_status go(struct walk *w, const struct world_fir_step *step, const struct lines *lines)
{
    bool is_bound = step->kind == WORLD_FIR_PARALLEL || step->kind == WORLD_FIR_MERIDIAN
                    || step->kind == WORLD_FIR_ARC || step->to_origin;
    bool is_outline = step->kind == WORLD_FIR_BORDER || step->kind == WORLD_FIR_COAST
                      || step->kind == WORLD_FIR_SEA;
    if (w->count == 0 && (is_bound || (is_outline && !step->has_from)))
        return fail_at(w, step->at, OVF_E_SYNTAX, "expected a point to begin with");
    switch (step->kind) {
    case WORLD_FIR_POINT: return push(w, ovf_point_fix(target(w, step)), OVF_EDGE_GEODESIC);
    case WORLD_FIR_ON_BORDER:
    case WORLD_FIR_ON_COAST: return go_onto_outline(w, step);
    case WORLD_FIR_PARALLEL: return go_parallel(w, step);
    case WORLD_FIR_MERIDIAN: return go_meridian(w, step);
    case WORLD_FIR_ARC: return go_arc(w, step);
    case WORLD_FIR_CIRCLE: return go_circle(w, step);
    case WORLD_FIR_BORDER:
    case WORLD_FIR_COAST:
    case WORLD_FIR_SEA: return go_outline(w, step);
    default: return go_along(w, step, lines);
    }
}

/* The walk as a ring. A circle is closed by nature, every other limit by its words. */
static ovf_status close_ring(struct walk *w, const struct world_fir_step *last, ovf_ring *ring)
{
    bool is_closed = w->count > 1 && is_same(w->vertices[w->count - 1], w->vertices[0]);
    size_t count = is_closed ? w->count - 1 : w->count;
    if (count < 3)
        return fail_at(w, last->at, OVF_E_GEOMETRY, "a limit needs three points");
    double open_m = apart_m(w->vertices[w->count - 1], w->vertices[0]);
    if (last->kind != WORLD_FIR_CIRCLE && open_m > JOIN_M)
        return world_fail_at(
            w->err, OVF_E_GEOMETRY, w->block->file, w->block->text, last->at,
            "the limit ends %.1f NM from its origin: expected 'geodesic to origin'",
            ovf_m_to_nm(open_m));
    uint8_t closing = is_closed ? w->edges[count] : OVF_EDGE_GEODESIC;
    // Ours are the edges that lead to a vertex, a ring's those that lead away from it.
    memmove(w->edges, w->edges + 1, count - 1);
    w->edges[count - 1] = closing;
    *ring = (ovf_ring){w->vertices, w->edges, (uint32_t)count};
    return OVF_OK;
}

static size_t limit_count(const struct world_fir_block *block)
{
    size_t count = 0;
    for (size_t i = 0; i < block->count; i++)
        count += block->steps[i].kind == WORLD_FIR_LIMIT;
    return count;
}

static ovf_status walk_rings(struct world_build *build, const struct world_fir_block *block,
                             const struct lines *lines, const ovf_ring **out, uint32_t *out_count,
                             ovf_error *err)
{
    ovf_ring *rings = ovf_arena_array(build->arena, ovf_ring, limit_count(block));
    if (rings == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for limits");
    uint32_t count = 0;
    struct walk w = {.build = build, .block = block, .err = err};
    for (size_t i = 1; i <= block->count; i++) { // step 0 is the first "limit"
        if (i < block->count && block->steps[i].kind != WORLD_FIR_LIMIT) {
            ovf_status status = go(&w, &block->steps[i], lines);
            if (status != OVF_OK)
                return status;
            continue;
        }
        ovf_status status = close_ring(&w, &block->steps[i - 1], &rings[count]);
        if (status != OVF_OK)
            return status;
        count++;
        w = (struct walk){.build = build, .block = block, .err = err};
    }
    *out = rings;
    *out_count = count;
    return OVF_OK;
}

ovf_status world_fir_walk_rings(struct world_build *build, const struct world_fir_block *block,
                                const ovf_ring **out, uint32_t *count, ovf_error *err)
{
    const struct lines none = {0};
    return walk_rings(build, block, &none, out, count, err);
}

static ovf_status walk_fir(struct world_build *build, struct world_fir_block *block,
                           const struct lines *lines, ovf_error *err)
{
    ovf_status status =
        walk_rings(build, block, lines, &block->row.rings, &block->row.ring_count, err);
    if (status != OVF_OK)
        return status;
    return world_build_add_fir(build, &block->row) == OVF_OK
               ? OVF_OK
               : ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a FIR");
}

static ovf_status walk_edge(struct world_build *build, const struct world_fir_block *block,
                            struct line *out, ovf_error *err)
{
    struct walk w = {.build = build, .block = block, .err = err};
    const struct lines none = {0}; // an edge has no use of other edges
    if (out == NULL)
        return fail_at(&w, block->at, OVF_E_INTERNAL, "no room for an edge");
    for (size_t i = 0; i < block->count; i++) {
        const struct world_fir_step *step = &block->steps[i];
        if (step->to_origin || step->kind == WORLD_FIR_CIRCLE)
            return fail_at(&w, step->at, OVF_E_SYNTAX, "an edge does not close");
        ovf_status status = go(&w, step, &none);
        if (status != OVF_OK)
            return status;
    }
    if (w.count < 2)
        return fail_at(&w, block->at, OVF_E_GEOMETRY, "an edge needs two points");
    *out = (struct line){block->name, w.vertices, w.edges, w.count};
    return OVF_OK;
}

/* Two blocks of one kind and one name. */
static ovf_status find_twins(const struct world_fir_blocks *blocks, ovf_error *err)
{
    for (size_t i = 0; i < blocks->count; i++) {
        const struct world_fir_block *b = &blocks->items[i];
        for (size_t k = 0; k < i; k++)
            if (blocks->items[k].is_edge == b->is_edge
                && ovf_str_eq(blocks->items[k].name, b->name))
                return world_fail_at(err, OVF_E_SYNTAX, b->file, b->text, b->at,
                                     "this name has been given already");
    }
    return OVF_OK;
}

ovf_status world_fir_walk(struct world_build *build, struct world_fir_blocks *blocks,
                          ovf_error *err)
{
    ovf_status status = find_twins(blocks, err);
    struct lines lines = {.items = ovf_arena_array(build->arena, struct line, blocks->count + 1)};
    if (status == OVF_OK && lines.items == NULL)
        status = ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for shared edges");
    for (size_t i = 0; i < blocks->count && status == OVF_OK; i++)
        if (blocks->items[i].is_edge)
            status = walk_edge(build, &blocks->items[i], &lines.items[lines.count++], err);
    for (size_t i = 0; i < blocks->count && status == OVF_OK; i++)
        if (!blocks->items[i].is_edge)
            status = walk_fir(build, &blocks->items[i], &lines, err);
    return status;
}

/* ---- the folder ---- */

static int by_name(const void *a, const void *b)
{
    const ovf_str *x = a;
    const ovf_str *y = b;
    return ovf_str_cmp(*x, *y);
}

static ovf_status list_files(struct world_build *build, const char *dir, ovf_str *names,
                             size_t *count, ovf_error *err)
{
    DIR *handle = opendir(dir);
    if (handle == NULL)
        return OVF_OK;
    ovf_status status = OVF_OK;
    for (struct dirent *entry = readdir(handle); entry != NULL; entry = readdir(handle)) {
        if (!ovf_str_ends(ovf_str_of(entry->d_name), OVF_STR(".fir")))
            continue;
        if (*count == FIR_FILES_MAX) {
            status =
                ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "more than %d files of FIRs", FIR_FILES_MAX);
            break;
        }
        ovf_str name = ovf_arena_printf(build->arena, "%s/%s", dir, entry->d_name);
        if (name.ptr == NULL) {
            status = ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a file name");
            break;
        }
        names[(*count)++] = name;
    }
    closedir(handle);
    return status;
}

ovf_status world_build_firs(struct world_build *build, const char *dir, ovf_error *err)
{
    size_t count = 0;
    ovf_str *names = ovf_arena_array(build->arena, ovf_str, FIR_FILES_MAX);
    if (names == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for file names");
    ovf_status status = list_files(build, dir, names, &count, err);
    qsort(names, count, sizeof(*names), by_name);

    struct world_fir_blocks blocks = {0};
    for (size_t i = 0; i < count && status == OVF_OK; i++) {
        ovf_str text;
        status = world_read_text(build->arena, names[i].ptr, &text, err);
        if (status == OVF_OK)
            status = world_fir_read(build, names[i].ptr, text, &blocks, err);
    }
    return status == OVF_OK ? world_fir_walk(build, &blocks, err) : status;
}
