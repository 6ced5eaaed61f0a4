/* SPDX-License-Identifier: Apache-2.0 */
/* Outlines out of files of others into rings of ours: edges that a file draws straight in longitude
 * and latitude become parallels, meridians or runs of short geodesics; cuts at the 180th meridian
 * and seams along a pole are mended, so that an area has no edge inside itself. */
#include "airspace_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STRAIGHT_OFF_M 10.0 /* a geodesic laid for a straight line leaves it by no more */
#define ARC_OFF_M 2.0       /* and a chord its arc */
#define PARALLEL_MAX_DEG 90.0
#define POLE_E7 900000000
#define HALF_E7 1800000000
#define INSIDE_M 50.0 /* a vertex that deep in another outline: they overlap, not only touch */

/* ---- tracing ---- */

static ovf_status no_memory(ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an outline");
}

ovf_status ovf_trace_ring(ovf_trace *trace, ovf_error *err)
{
    void *rings = trace->rings;
    if (!ovf_arena_grow(trace->arena, &rings, trace->count, &trace->capacity, sizeof *trace->rings))
        return no_memory(err);
    trace->rings = rings;
    trace->rings[trace->count] = (ovf_trace_line){0};
    trace->count++;
    return OVF_OK;
}

ovf_status ovf_trace_point(ovf_trace *trace, ovf_point p, bool is_straight, ovf_error *err)
{
    ovf_trace_line *ring = &trace->rings[trace->count - 1];
    void *points = ring->points;
    if (!ovf_point_is_valid(p))
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "position out of range: %.6g %.6g", p.lat_deg,
                        p.lon_deg);
    if (*trace->vertices_left == 0)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "more vertices than one file may have");
    if (!ovf_arena_grow(trace->arena, &points, ring->count, &ring->capacity, sizeof *ring->points))
        return no_memory(err);
    ring->points = points;
    ring->points[ring->count] = (ovf_trace_vertex){.p = p, .is_straight = is_straight};
    ring->count++;
    ring->is_circle = false; // until the arc that draws it says so
    --*trace->vertices_left;
    return OVF_OK;
}

ovf_status ovf_trace_turn(ovf_trace *trace, ovf_point centre, double radius_m, double from_deg,
                          double turn_deg, ovf_error *err)
{
    if (!(radius_m > 0.0 && radius_m <= 5e6))
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "radius out of range");
    double step_deg = 2.0 * acos(fmax(0.0, 1.0 - ARC_OFF_M / radius_m)) / WORLD_RAD;
    step_deg = fmin(fmax(step_deg, 0.05), 30.0);
    int pieces = (int)ceil(fabs(turn_deg) / step_deg);
    ovf_trace_line *ring = &trace->rings[trace->count - 1];
    ring->is_circle = ring->count == 0 && fabs(turn_deg) == 360.0;
    ring->centre = centre;
    ring->radius_m = radius_m;
    ovf_status status = OVF_OK;
    for (int i = 0; i <= pieces && status == OVF_OK; i++) {
        double share = pieces == 0 ? 0.0 : (double)i / pieces;
        ovf_point p = ovf_destination(centre, from_deg + turn_deg * share, radius_m);
        bool was_circle = ring->is_circle;
        status = ovf_trace_point(trace, p, false, err);
        if (status == OVF_OK) {
            ring->points[ring->count - 1].is_laid = i > 0 && i < pieces;
            ring->is_circle = was_circle;
        }
    }
    return status;
}

/* ---- one ring into vertices ---- */

/* An edge with its kind, the ends in a fixed order: two of them that coincide compare equal. */
struct edge {
    ovf_fixed a, b;
    uint8_t kind;
    uint32_t ring;
    bool is_gone;
};

struct edges {
    struct edge *items;
    size_t count, capacity;
    ovf_arena *arena;
};

static ovf_fixed fix(ovf_point p)
{
    ovf_fixed v = ovf_point_fix(p);
    if (v.lon_e7 == HALF_E7)
        v.lon_e7 = -HALF_E7;
    if (v.lat_e7 == POLE_E7 || v.lat_e7 == -POLE_E7)
        v.lon_e7 = 0; // one place, whatever its longitude
    return v;
}

static bool is_same(ovf_fixed a, ovf_fixed b)
{
    return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

static bool add_edge(struct edges *edges, ovf_fixed a, ovf_fixed b, uint8_t kind, uint32_t ring)
{
    if (is_same(a, b))
        return true;
    void *items = edges->items;
    if (!ovf_arena_grow(edges->arena, &items, edges->count, &edges->capacity, sizeof(struct edge)))
        return false;
    edges->items = items;
    edges->items[edges->count] = (struct edge){a, b, kind, ring, false};
    edges->count++;
    return true;
}

/* A straight line in longitude and latitude: how far the geodesic between its ends is off it, by a
 * look at its middle. */
static double straight_off_m(ovf_point a, ovf_point b, double lon_span_deg)
{
    ovf_leg leg;
    ovf_leg_init(&leg, a, b);
    ovf_point middle = {(a.lat_deg + b.lat_deg) / 2.0,
                        ovf_lon_wrap(a.lon_deg + lon_span_deg / 2.0)};
    return ovf_distance_m(ovf_leg_at(&leg, leg.length_m / 2.0), middle);
}

static bool add_straight(struct edges *edges, ovf_point a, ovf_point b, uint32_t ring)
{
    double span_deg = b.lon_deg - a.lon_deg;
    if (fabs(span_deg) > 180.0 && fabs(span_deg) < 360.0)
        span_deg = ovf_lon_wrap(span_deg); // not cut at 180 as it should be: the short way
    bool is_parallel = ovf_point_fix(a).lat_e7 == ovf_point_fix(b).lat_e7;
    if (fabs(a.lat_deg) == 90.0 && is_parallel)
        return true;
    size_t pieces = 1;
    if (is_parallel) {
        pieces = (size_t)ceil(fabs(span_deg) / PARALLEL_MAX_DEG);
    } else if (span_deg != 0.0) {
        // The distance goes with the square of the length; first into pieces of 15 degrees.
        size_t coarse = (size_t)ceil(fabs(span_deg) / 15.0);
        ovf_point c = {a.lat_deg + (b.lat_deg - a.lat_deg) / (double)coarse,
                       ovf_lon_wrap(a.lon_deg + span_deg / (double)coarse)};
        ovf_point d = {b.lat_deg - (b.lat_deg - a.lat_deg) / (double)coarse,
                       ovf_lon_wrap(b.lon_deg - span_deg / (double)coarse)};
        double off_m = fmax(straight_off_m(a, c, span_deg / (double)coarse),
                            straight_off_m(d, b, span_deg / (double)coarse));
        pieces = coarse * (size_t)fmax(1.0, ceil(sqrt(off_m / STRAIGHT_OFF_M)));
    }
    ovf_fixed from = fix(a);
    for (size_t i = 1; i <= pieces; i++) {
        double share = (double)i / (double)pieces;
        ovf_point p = {a.lat_deg + (b.lat_deg - a.lat_deg) * share,
                       ovf_lon_wrap(a.lon_deg + span_deg * share)};
        ovf_fixed to = fix(i == pieces ? b : p);
        uint8_t kind =
            is_parallel && from.lat_e7 == to.lat_e7 ? OVF_EDGE_PARALLEL : OVF_EDGE_GEODESIC;
        if (!add_edge(edges, from, to, kind, ring))
            return false;
        from = to;
    }
    return true;
}

static bool add_ring(struct edges *edges, const ovf_trace_line *ring, uint32_t number)
{
    for (size_t i = 0; i < ring->count; i++) {
        const ovf_trace_vertex *from = &ring->points[i];
        const ovf_trace_vertex *to = &ring->points[(i + 1) % ring->count];
        bool is_fine = to->is_straight
                           ? add_straight(edges, from->p, to->p, number)
                           : add_edge(edges, fix(from->p), fix(to->p), OVF_EDGE_GEODESIC, number);
        if (!is_fine)
            return false;
    }
    return true;
}

/* ---- seams ---- */

static bool is_on_seam(const struct edge *edge)
{
    bool from = edge->a.lon_e7 == -HALF_E7 || labs(edge->a.lat_e7) == POLE_E7;
    bool to = edge->b.lon_e7 == -HALF_E7 || labs(edge->b.lat_e7) == POLE_E7;
    return from && to && edge->kind == OVF_EDGE_GEODESIC;
}

static int by_latitude(const void *a, const void *b)
{
    const int32_t *x = a;
    const int32_t *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Splits the edges along the 180th meridian at each other's ends, so that both sides of a cut have
 * the same ones. */
static bool split_seam(struct edges *edges)
{
    size_t count = 0, before = edges->count;
    int32_t *latitudes = ovf_arena_array(edges->arena, int32_t, 2 * before + 1);
    if (latitudes == NULL)
        return false;
    for (size_t i = 0; i < before; i++)
        if (is_on_seam(&edges->items[i])) {
            latitudes[count++] = edges->items[i].a.lat_e7;
            latitudes[count++] = edges->items[i].b.lat_e7;
        }
    qsort(latitudes, count, sizeof *latitudes, by_latitude);
    for (size_t i = 0; i < before; i++) {
        if (!is_on_seam(&edges->items[i]))
            continue;
        int32_t until = edges->items[i].b.lat_e7;
        bool is_up = until > edges->items[i].a.lat_e7;
        for (size_t k = 0; k < count; k++) {
            int32_t at = latitudes[is_up ? k : count - 1 - k];
            struct edge *edge = &edges->items[i];
            if (is_up ? at <= edge->a.lat_e7 || at >= until : at >= edge->a.lat_e7 || at <= until)
                continue;
            ovf_fixed middle = {at, -HALF_E7};
            ovf_fixed from = edge->a;
            edge->a = middle;
            if (!add_edge(edges, from, middle, OVF_EDGE_GEODESIC, edge->ring))
                return false;
        }
    }
    return true;
}

static int order_of(ovf_fixed a, ovf_fixed b)
{
    if (a.lat_e7 != b.lat_e7)
        return a.lat_e7 < b.lat_e7 ? -1 : 1;
    return a.lon_e7 < b.lon_e7 ? -1 : a.lon_e7 > b.lon_e7;
}

static int by_ends(const void *a, const void *b)
{
    const struct edge *x = *(struct edge *const *)a;
    const struct edge *y = *(struct edge *const *)b;
    bool x_turned = order_of(x->a, x->b) > 0;
    bool y_turned = order_of(y->a, y->b) > 0;
    int order = order_of(x_turned ? x->b : x->a, y_turned ? y->b : y->a);
    if (order == 0)
        order = order_of(x_turned ? x->a : x->b, y_turned ? y->a : y->b);
    return order != 0 ? order : (int)x->kind - (int)y->kind;
}

/* Takes out pairs of edges that coincide: of an even-odd area they are no boundary. */
static bool cancel_pairs(struct edges *edges, bool *has_cancelled)
{
    struct edge **sorted = ovf_arena_array(edges->arena, struct edge *, edges->count + 1);
    if (sorted == NULL)
        return false;
    for (size_t i = 0; i < edges->count; i++)
        sorted[i] = &edges->items[i];
    qsort(sorted, edges->count, sizeof(struct edge *), by_ends);
    for (size_t i = 0; i + 1 < edges->count; i++)
        if (by_ends(&sorted[i], &sorted[i + 1]) == 0) {
            sorted[i]->is_gone = true;
            sorted[i + 1]->is_gone = true;
            *has_cancelled = true;
            i++;
        }
    return true;
}

/* ---- edges into rings ---- */

struct end {
    ovf_fixed at;
    uint32_t edge;
};

static int by_place(const void *a, const void *b)
{
    const struct end *x = a;
    const struct end *y = b;
    int order = order_of(x->at, y->at);
    if (order != 0)
        return order;
    return x->edge < y->edge ? -1 : x->edge > y->edge;
}

/* An edge at `at` that is still there, the one of the same ring first; SIZE_MAX. */
static size_t next_edge(const struct edges *edges, const struct end *ends, size_t count,
                        ovf_fixed at, uint32_t ring)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (order_of(ends[mid].at, at) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    size_t found = SIZE_MAX;
    for (size_t i = low; i < count && is_same(ends[i].at, at); i++) {
        const struct edge *edge = &edges->items[ends[i].edge];
        if (edge->is_gone)
            continue;
        if (edge->ring == ring)
            return ends[i].edge;
        if (found == SIZE_MAX)
            found = ends[i].edge;
    }
    return found;
}

struct ring_list {
    ovf_ring *items;
    size_t count, capacity;
};

static bool add_run(ovf_arena *arena, struct ring_list *rings, const ovf_fixed *run,
                    const uint8_t *kinds, size_t count)
{
    if (count < 3)
        return true; // there and back: no surface
    void *items = rings->items;
    ovf_fixed *vertices = ovf_arena_array(arena, ovf_fixed, count);
    bool has_parallel = memchr(kinds, OVF_EDGE_PARALLEL, count) != NULL;
    uint8_t *edges = has_parallel ? ovf_arena_array(arena, uint8_t, count) : NULL;
    if (vertices == NULL || (has_parallel && edges == NULL)
        || !ovf_arena_grow(arena, &items, rings->count, &rings->capacity, sizeof(ovf_ring)))
        return false;
    memcpy(vertices, run, count * sizeof *vertices);
    if (has_parallel)
        memcpy(edges, kinds, count);
    rings->items = items;
    rings->items[rings->count] = (ovf_ring){vertices, edges, (uint32_t)count};
    rings->count++;
    return true;
}

/* Follows the edges that are left from end to end until each run is closed. Which way is taken
 * where four edges meet decides nothing: inside is what an odd number of rings holds. */
static bool stitch(struct edges *edges, struct ring_list *out)
{
    size_t end_count = 0;
    struct end *ends = ovf_arena_array(edges->arena, struct end, 2 * edges->count + 1);
    ovf_fixed *run = ovf_arena_array(edges->arena, ovf_fixed, edges->count + 1);
    uint8_t *kinds = ovf_arena_array(edges->arena, uint8_t, edges->count + 1);
    if (ends == NULL || run == NULL || kinds == NULL)
        return false;
    for (size_t i = 0; i < edges->count; i++) {
        ends[end_count++] = (struct end){edges->items[i].a, (uint32_t)i};
        ends[end_count++] = (struct end){edges->items[i].b, (uint32_t)i};
    }
    qsort(ends, end_count, sizeof *ends, by_place);
    for (size_t first = 0; first < edges->count; first++) {
        if (edges->items[first].is_gone)
            continue;
        size_t count = 0, at = first;
        ovf_fixed here = edges->items[first].a;
        ovf_fixed origin = here;
        while (at != SIZE_MAX) {
            struct edge *edge = &edges->items[at];
            run[count] = here;
            kinds[count++] = edge->kind;
            edge->is_gone = true;
            here = is_same(edge->a, here) ? edge->b : edge->a;
            at = is_same(here, origin) ? SIZE_MAX
                                       : next_edge(edges, ends, end_count, here, edge->ring);
        }
        if (!add_run(edges->arena, out, run, kinds, count))
            return false;
    }
    return true;
}

/* ---- outlines that overlap ---- */

static ovf_status union_of(ovf_arena *arena, const ovf_ring *rings, const uint32_t *parts,
                           uint32_t part_count, struct ring_list *out, ovf_error *err);

static bool is_well_inside(const ovf_area *area, ovf_point p)
{
    return ovf_area_contains(area, p) == OVF_TRI_YES
           && ovf_area_border_distance_m(area, p) > INSIDE_M;
}

/* A vertex, or one of three places on the edge behind it. */
static bool edge_enters(const ovf_area *area, const ovf_ring *ring, uint32_t i)
{
    ovf_point a = ovf_fixed_point(ring->vertices[i]);
    ovf_point b = ovf_fixed_point(ring->vertices[(i + 1) % ring->count]);
    for (int quarter = 0; quarter < 4; quarter++) {
        double share = quarter / 4.0;
        ovf_point p = {a.lat_deg + (b.lat_deg - a.lat_deg) * share,
                       ovf_lon_wrap(a.lon_deg + ovf_lon_wrap(b.lon_deg - a.lon_deg) * share)};
        if (is_well_inside(area, p))
            return true;
    }
    return false;
}

/* Has one part an edge well inside another? Then even-odd would cut a hole where both are. */
static bool is_overlapping(ovf_arena *arena, const ovf_ring *rings, const uint32_t *parts,
                           uint32_t part_count)
{
    for (uint32_t i = 0; i < part_count; i++) {
        const ovf_area *area = NULL;
        uint32_t first = i == 0 ? 0 : parts[i - 1];
        if (ovf_area_rings(arena, rings + first, parts[i] - first, &area, NULL) != OVF_OK)
            continue;
        for (uint32_t r = 0; r < parts[part_count - 1]; r++)
            for (uint32_t k = 0; (r < first || r >= parts[i]) && k < rings[r].count; k++)
                if (edge_enters(area, &rings[r], k))
                    return true;
    }
    return false;
}

/* ---- the whole ---- */

static ovf_status lay(ovf_arena *arena, const ovf_trace_line *loose, size_t count,
                      struct ring_list *out, ovf_error *err)
{
    struct edges edges = {.arena = arena};
    bool has_cancelled = false;
    for (size_t i = 0; i < count; i++)
        if (!add_ring(&edges, &loose[i], (uint32_t)i))
            return no_memory(err);
    if (!split_seam(&edges) || !cancel_pairs(&edges, &has_cancelled) || !stitch(&edges, out))
        return no_memory(err);
    for (size_t i = 0; i < out->count; i++)
        if (out->items[i].count > OVF_RING_MAX_VERTICES)
            return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "a ring of more than %d vertices",
                            OVF_RING_MAX_VERTICES);
    return OVF_OK;
}

static ovf_status union_of(ovf_arena *arena, const ovf_ring *rings, const uint32_t *parts,
                           uint32_t part_count, struct ring_list *out, ovf_error *err)
{
    const ovf_area **areas = ovf_arena_array(arena, const ovf_area *, part_count);
    const ovf_area *all = NULL;
    if (areas == NULL)
        return no_memory(err);
    ovf_status status = OVF_OK;
    for (uint32_t i = 0; i < part_count && status == OVF_OK; i++) {
        uint32_t first = i == 0 ? 0 : parts[i - 1];
        status = ovf_area_rings(arena, rings + first, parts[i] - first, &areas[i], err);
    }
    if (status == OVF_OK)
        status = ovf_area_union(arena, areas, part_count, &all, err);
    ovf_outline outline = {0};
    if (status == OVF_OK)
        status = ovf_area_outline(all, STRAIGHT_OFF_M, arena, &outline, err);
    if (status != OVF_OK)
        return status;
    size_t left = OVF_OUTLINE_MAX_POINTS;
    ovf_trace trace = {.arena = arena, .vertices_left = &left};
    for (uint32_t r = 0; r < outline.count && status == OVF_OK; r++) {
        status = ovf_trace_ring(&trace, err);
        for (uint32_t i = 0; i + 1 < outline.rings[r].count && status == OVF_OK; i++)
            status = ovf_trace_point(&trace, outline.rings[r].points[i], true, err);
    }
    return status == OVF_OK ? lay(arena, trace.rings, trace.count, out, err) : status;
}

/* Each part alone, to see whether they overlap. */
static ovf_status lay_parts(const ovf_trace *trace, struct ring_list *each, uint32_t *part_ends,
                            uint32_t *part_count, ovf_error *err)
{
    size_t first = 0;
    for (size_t i = 0; i < trace->count; i++) {
        bool is_last = i + 1 == trace->count || !trace->rings[i + 1].is_hole;
        if (!is_last)
            continue;
        struct ring_list part = {0};
        ovf_status status = lay(trace->arena, trace->rings + first, i + 1 - first, &part, err);
        if (status != OVF_OK)
            return status;
        for (size_t k = 0; k < part.count; k++) {
            void *items = each->items;
            if (!ovf_arena_grow(trace->arena, &items, each->count, &each->capacity,
                                sizeof(ovf_ring)))
                return no_memory(err);
            each->items = items;
            each->items[each->count++] = part.items[k];
        }
        if (part.count > 0)
            part_ends[(*part_count)++] = (uint32_t)each->count;
        first = i + 1;
    }
    return OVF_OK;
}

ovf_status ovf_trace_lay(const ovf_trace *trace, const ovf_ring **out, uint32_t *out_count,
                         ovf_error *err)
{
    ovf_arena *arena = trace->arena;
    struct ring_list rings = {0}, each = {0};
    uint32_t part_count = 0;
    uint32_t *part_ends = ovf_arena_array(arena, uint32_t, trace->count + 1);
    if (part_ends == NULL)
        return no_memory(err);
    ovf_status status = lay_parts(trace, &each, part_ends, &part_count, err);
    if (status != OVF_OK)
        return status;
    if (part_count > 1 && is_overlapping(arena, each.items, part_ends, part_count))
        status = union_of(arena, each.items, part_ends, part_count, &rings, err);
    else
        status = lay(arena, trace->rings, trace->count, &rings, err);
    if (status == OVF_OK && rings.count == 0 && part_count > 1) // the same part twice
        status = union_of(arena, each.items, part_ends, part_count, &rings, err);
    if (status != OVF_OK)
        return status;
    if (rings.count == 0)
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "an outline needs three points");
    *out = rings.items;
    *out_count = (uint32_t)rings.count;
    return OVF_OK;
}

ovf_status ovf_trace_area(const ovf_trace *trace, const ovf_area **out, ovf_error *err)
{
    if (trace->count == 1 && trace->rings[0].is_circle)
        return ovf_area_circle(trace->arena, trace->rings[0].centre, trace->rings[0].radius_m, out,
                               err);
    const ovf_ring *rings = NULL;
    uint32_t count = 0;
    ovf_status status = ovf_trace_lay(trace, &rings, &count, err);
    return status == OVF_OK ? ovf_area_rings(trace->arena, rings, count, out, err) : status;
}
