/* SPDX-License-Identifier: Apache-2.0 */
/* Does every point lie in exactly one FIR at every level? Between two levels where some FIR begins
 * or ends the question is one of the plane. There the FIRs' limits, each with its FIR on the left,
 * are a chain whose boundary is the number of FIRs over a point less a constant: where every edge
 * is matched by exactly one that runs the other way, nothing is left of the chain and the number is
 * the same everywhere. What is left is laid out and the faces that it makes are counted
 * (partition_faces.c). */
#include "partition_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SIDE_TRIALS 9 /* edges of a ring that are asked for their inner side */
#define HALF_E7 1800000000
#define POLE_E7 900000000

static ovf_status no_memory(const struct world_partition *p)
{
    return ovf_fail(p->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the FIRs' limits");
}

/* ---- edges ---- */

/* One number for one place. */
static ovf_fixed canonical(ovf_fixed v)
{
    if (v.lon_e7 == HALF_E7)
        v.lon_e7 = -HALF_E7;
    if (v.lat_e7 == POLE_E7 || v.lat_e7 == -POLE_E7)
        v.lon_e7 = 0;
    return v;
}

static int order_of(ovf_fixed a, ovf_fixed b)
{
    if (a.lat_e7 != b.lat_e7)
        return a.lat_e7 < b.lat_e7 ? -1 : 1;
    return a.lon_e7 < b.lon_e7 ? -1 : a.lon_e7 > b.lon_e7;
}

int world_limit_order(const struct world_limit_edge *x, const struct world_limit_edge *y)
{
    int order = order_of(x->is_turned ? x->b : x->a, y->is_turned ? y->b : y->a);
    if (order == 0)
        order = order_of(x->is_turned ? x->a : x->b, y->is_turned ? y->a : y->b);
    return order != 0 ? order : (int)x->kind - (int)y->kind;
}

static int by_place(const void *a, const void *b)
{
    const struct world_limit_edge *x = a;
    const struct world_limit_edge *y = b;
    int order = world_limit_order(x, y);
    if (order != 0)
        return order;
    return x->fir < y->fir ? -1 : x->fir > y->fir;
}

static ovf_point middle_of(ovf_point a, ovf_point b, bool is_parallel, double *bearing_deg)
{
    double span_deg = ovf_lon_wrap(b.lon_deg - a.lon_deg);
    ovf_point middle = {a.lat_deg, ovf_lon_wrap(a.lon_deg + span_deg / 2.0)};
    *bearing_deg = span_deg > 0.0 ? 90.0 : -90.0;
    if (!is_parallel) {
        ovf_leg leg;
        ovf_leg_init(&leg, a, b);
        ovf_leg_at_bearing(&leg, leg.length_m / 2.0, &middle, bearing_deg);
    }
    return middle;
}

/* +1: the area is to the left of the edge, -1: to the right, 0: cannot be told here. */
static int side_of(const ovf_area *area, ovf_point a, ovf_point b, bool is_parallel)
{
    double bearing_deg = 0.0;
    ovf_point middle = middle_of(a, b, is_parallel, &bearing_deg);
    double length_m = ovf_distance_m(a, b);
    for (double off_m = fmin(200.0, length_m / 4.0); off_m > 0.1; off_m /= 5.0) {
        ovf_point left = ovf_destination(middle, bearing_deg - 90.0, off_m);
        ovf_point right = ovf_destination(middle, bearing_deg + 90.0, off_m);
        bool is_left = ovf_area_contains(area, left) == OVF_TRI_YES;
        bool is_right = ovf_area_contains(area, right) == OVF_TRI_YES;
        if (is_left != is_right)
            return is_left ? 1 : -1;
    }
    return 0;
}

static bool is_parallel_edge(const ovf_ring *ring, uint32_t i)
{
    return ring->edges != NULL && ring->edges[i] == OVF_EDGE_PARALLEL;
}

/* The side of a whole ring; 0 when its edges disagree (it crosses itself). */
static int side_of_ring(const ovf_area *area, const ovf_ring *ring)
{
    int side = 0;
    for (uint32_t trial = 0; trial < SIDE_TRIALS; trial++) {
        uint32_t i = (uint32_t)((uint64_t)ring->count * trial / SIDE_TRIALS);
        int here = side_of(area, ovf_fixed_point(ring->vertices[i]),
                           ovf_fixed_point(ring->vertices[(i + 1) % ring->count]),
                           is_parallel_edge(ring, i));
        if (here != 0 && side != 0 && here != side)
            return 0;
        side = here != 0 ? here : side;
    }
    return side;
}

static ovf_status add_ring(struct world_partition *p, uint32_t fir, const ovf_ring *ring)
{
    int side = side_of_ring(ovf_world_fir_area(p->world, &p->world->firs[fir]), ring);
    for (uint32_t i = 0; i < ring->count; i++) {
        ovf_fixed a = canonical(ring->vertices[i]);
        ovf_fixed b = canonical(ring->vertices[(i + 1) % ring->count]);
        if (order_of(a, b) == 0)
            continue;
        void *items = p->edges;
        if (!ovf_arena_grow(p->arena, &items, p->edge_count, &p->edge_capacity, sizeof *p->edges))
            return no_memory(p);
        p->edges = items;
        struct world_limit_edge *edge = &p->edges[p->edge_count++];
        *edge = (struct world_limit_edge){
            .a = side < 0 ? b : a, .b = side < 0 ? a : b, .fir = fir, .is_sided = side != 0};
        // On the equator a parallel is a geodesic.
        edge->kind =
            is_parallel_edge(ring, i) && a.lat_e7 != 0 ? OVF_EDGE_PARALLEL : OVF_EDGE_GEODESIC;
        edge->is_turned = order_of(edge->a, edge->b) > 0;
    }
    return OVF_OK;
}

static ovf_status collect_edges(struct world_partition *p)
{
    size_t count = 0;
    const struct world_fir_item *items = world_items(p->world, WORLD_FIRS, &count);
    for (size_t i = 0; i < count; i++)
        for (uint32_t r = 0; r < items[i].ring_count; r++) {
            ovf_ring ring;
            ovf_status status = world_ring(p->world, items[i].ring_first + r, &ring, p->err);
            if (status == OVF_OK)
                status = add_ring(p, (uint32_t)i, &ring);
            if (status != OVF_OK)
                return status;
        }
    if (p->edge_count > 0)
        qsort(p->edges, p->edge_count, sizeof *p->edges, by_place);
    return OVF_OK;
}

/* ---- bands ---- */

/* For the order of limits only: all of them are flight levels, altitudes or ends of the sky. */
static int32_t height_ft(ovf_level level, bool is_upper)
{
    switch (level.ref) {
    case OVF_LEVEL_SFC: return 0;
    case OVF_LEVEL_UNL: return INT32_MAX;
    case OVF_LEVEL_UNKNOWN: return is_upper ? INT32_MAX : 0;
    default: return level.value_ft;
    }
}

static int by_height(const void *a, const void *b)
{
    int32_t x = height_ft(*(const ovf_level *)a, false);
    int32_t y = height_ft(*(const ovf_level *)b, false);
    return x < y ? -1 : x > y;
}

static size_t collect_levels(const struct world_partition *p, size_t fir_count, ovf_level *levels)
{
    size_t count = 0, kept = 0;
    levels[count++] = (ovf_level){.ref = OVF_LEVEL_SFC};
    levels[count++] = (ovf_level){.ref = OVF_LEVEL_UNL};
    for (size_t i = 0; i < fir_count; i++) {
        ovf_level lower = p->world->firs[i].lower;
        ovf_level upper = p->world->firs[i].upper;
        if (lower.ref != OVF_LEVEL_UNKNOWN)
            levels[count++] = lower;
        if (upper.ref != OVF_LEVEL_UNKNOWN)
            levels[count++] = upper;
    }
    qsort(levels, count, sizeof *levels, by_height);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || by_height(&levels[kept - 1], &levels[i]) != 0)
            levels[kept++] = levels[i];
    return kept;
}

/* Marks the edges of the band that are not matched; how many there are, and of how many. */
static size_t match(const struct world_partition *p, bool *is_unmatched, size_t *total)
{
    size_t unmatched = 0;
    for (size_t first = 0; first < p->edge_count;) {
        size_t until = first, forwards = 0, backwards = 0;
        bool is_sided = true;
        for (; until < p->edge_count && world_limit_order(&p->edges[first], &p->edges[until]) == 0;
             until++) {
            const struct world_limit_edge *edge = &p->edges[until];
            if (!p->is_active[edge->fir])
                continue;
            *(edge->is_turned ? &backwards : &forwards) += 1;
            is_sided &= edge->is_sided;
        }
        size_t here = forwards + backwards;
        bool is_matched = forwards == 1 && backwards == 1 && is_sided;
        bool is_marked = false;
        for (size_t i = first; i < until; i++) {
            // One of those that coincide is enough to lay out.
            is_unmatched[i] = !is_matched && !is_marked && p->is_active[p->edges[i].fir];
            is_marked |= is_unmatched[i];
        }
        *total += here;
        unmatched += is_matched ? 0 : here;
        first = until;
    }
    return unmatched;
}

/* ---- findings over bands ---- */

/* The same defect in the band below: one finding of both. */
static void join_bands(struct world_partition *p, size_t below_first)
{
    size_t kept = p->band_first;
    for (size_t i = p->band_first; i < p->count; i++) {
        const ovf_partition_finding *here = &p->findings[i];
        bool is_joined = false;
        for (size_t k = below_first; k < p->band_first && !is_joined; k++) {
            ovf_partition_finding *below = &p->findings[k];
            is_joined = below->kind == here->kind && ovf_str_eq(below->codes, here->codes)
                        && by_height(&below->upper, &here->lower) == 0
                        && fabs(below->area_m2 - here->area_m2) <= 1e-6 * here->area_m2;
            if (is_joined)
                below->upper = here->upper;
        }
        if (!is_joined)
            p->findings[kept++] = *here;
    }
    p->count = kept;
}

static int largest_first(const void *a, const void *b)
{
    const ovf_partition_finding *x = a;
    const ovf_partition_finding *y = b;
    return x->area_m2 < y->area_m2 ? 1 : -(x->area_m2 > y->area_m2);
}

static void sum_up(const struct world_partition *p, ovf_partition *out)
{
    double gap_m2 = 0.0, overlap_m2 = 0.0, declared_m2 = 0.0;
    for (size_t i = p->band_first; i < p->count; i++) {
        const ovf_partition_finding *f = &p->findings[i];
        double *sum = f->kind == OVF_PARTITION_GAP ? &gap_m2
                      : f->is_declared             ? &declared_m2
                                                   : &overlap_m2;
        *sum += f->area_m2;
    }
    out->gap_m2 = fmax(out->gap_m2, gap_m2);
    out->overlap_m2 = fmax(out->overlap_m2, overlap_m2);
    out->declared_m2 = fmax(out->declared_m2, declared_m2);
    out->worst_m2 = fmax(out->worst_m2, gap_m2 + overlap_m2);
}

/* Matched edges inside an overlap change whose air it is, not how many have it. They are laid out
 * too, so that each piece is told by the FIRs that share it. */
static void mark_inside_overlaps(const struct world_partition *p, bool *is_unmatched)
{
    for (size_t i = 0; i < p->edge_count; i++) {
        const struct world_limit_edge *edge = &p->edges[i];
        bool is_twin = i > 0 && world_limit_order(&p->edges[i - 1], edge) == 0;
        if (is_unmatched[i] || is_twin || !p->is_active[edge->fir])
            continue;
        double bearing_deg = 0.0;
        ovf_point middle = middle_of(ovf_fixed_point(edge->a), ovf_fixed_point(edge->b),
                                     edge->kind == OVF_EDGE_PARALLEL, &bearing_deg);
        uint32_t firs[3];
        is_unmatched[i] = world_partition_firs_at(p, middle, firs, 3) > 2;
    }
}

static bool has_overlap(const struct world_partition *p)
{
    for (size_t i = p->band_first; i < p->count; i++)
        if (p->findings[i].kind == OVF_PARTITION_OVERLAP && p->findings[i].area_m2 >= p->min_m2)
            return true;
    return false;
}

static ovf_status prove_band(struct world_partition *p, bool *is_unmatched, ovf_partition *out)
{
    size_t fir_count = world_row_count(p->world);
    for (size_t i = 0; i < fir_count; i++) {
        const ovf_fir *fir = &p->world->firs[i];
        p->is_active[i] = height_ft(fir->lower, false) <= height_ft(p->lower, false)
                          && height_ft(fir->upper, true) >= height_ft(p->upper, true);
    }
    out->unmatched_edges += match(p, is_unmatched, &out->edges);
    p->band_first = p->count;
    ovf_status status = world_partition_faces(p, is_unmatched);
    if (status == OVF_OK && has_overlap(p)) {
        p->count = p->band_first;
        mark_inside_overlaps(p, is_unmatched);
        status = world_partition_faces(p, is_unmatched);
    }
    if (status == OVF_OK)
        sum_up(p, out);
    return status;
}

static void drop_small(struct world_partition *p)
{
    size_t kept = 0;
    for (size_t i = 0; i < p->count; i++)
        if (p->findings[i].area_m2 >= p->min_m2)
            p->findings[kept++] = p->findings[i];
    p->count = kept;
    if (kept > 0)
        qsort(p->findings, kept, sizeof *p->findings, largest_first);
}

ovf_status ovf_world_partition(const ovf_world *world, double min_m2, ovf_arena *arena,
                               ovf_partition *out, ovf_error *err)
{
    size_t fir_count = world_row_count(world);
    struct world_partition p = {.world = world, .arena = arena, .min_m2 = min_m2, .err = err};
    ovf_level *levels = ovf_arena_array(arena, ovf_level, 2 * fir_count + 2);
    p.is_active = ovf_arena_array(arena, bool, fir_count + 1);
    ovf_status status = levels == NULL || p.is_active == NULL ? no_memory(&p) : collect_edges(&p);
    bool *is_unmatched = status == OVF_OK ? ovf_arena_array(arena, bool, p.edge_count + 1) : NULL;
    if (status == OVF_OK && is_unmatched == NULL)
        status = no_memory(&p);
    if (status != OVF_OK)
        return status;
    ovf_outline_ring globe = {
        .points = (ovf_point[]){{-90, -180}, {-90, 180}, {90, 180}, {90, -180}, {-90, -180}},
        .count = 5};
    ovf_partition result = {.globe_m2 =
                                ovf_outline_area_m2(&(ovf_outline){.rings = &globe, .count = 1})};
    size_t level_count = collect_levels(&p, fir_count, levels);
    size_t below_first = 0;
    for (size_t i = 0; i + 1 < level_count && status == OVF_OK; i++) {
        p.lower = levels[i];
        p.upper = levels[i + 1];
        status = prove_band(&p, is_unmatched, &result);
        if (status == OVF_OK)
            join_bands(&p, below_first);
        result.bands++;
    }
    if (status != OVF_OK)
        return status;
    drop_small(&p);
    result.findings = p.findings;
    result.count = p.count;
    *out = result;
    return OVF_OK;
}
