/* SPDX-License-Identifier: Apache-2.0 */
/* Lines along borders, coasts and the edge of territory: the shortest way through the arcs that
 * are allowed, from the vertex nearest to one point to the vertex nearest to another. Where the
 * arcs do not hang together a straight jump closes the gap, at a price that keeps it the last
 * resort. */
#include "world_internal.h"

#include <math.h>
#include <string.h>

#define JUMP_PRICE 3.0
#define JUMP_TOLL_M 20000.0
#define NODES_MAX 6000

/* A run of one arc between two nodes. */
struct run {
    const ovf_fixed *vertices;
    uint32_t from, until; /* indexes, from < until */
    uint32_t node[2];
    double length_m;
};

struct node {
    ovf_fixed place;
    double cost_m;
    uint32_t via_run; /* OVF_INDEX_NONE: a jump, or the start */
    uint32_t via_node;
    bool is_done;
};

struct graph {
    struct world_build *build;
    struct world_chain *arcs; /* closed ones repeat their first vertex */
    size_t arc_count, arc_capacity;
    struct run *runs;
    size_t run_count, run_capacity;
    struct node *nodes;
    size_t node_count, node_capacity;
};

struct spot {
    size_t arc;
    uint32_t vertex;
    double off_m;
};

static bool same(ovf_fixed a, ovf_fixed b)
{
    return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

/* Metres, good to a per cent: only to compare lengths with. */
static double rough_m(ovf_fixed a, ovf_fixed b)
{
    double lat_rad = (a.lat_e7 * 1e-7 + b.lat_e7 * 1e-7) / 2.0 * WORLD_RAD;
    double dy = (a.lat_e7 - (double)b.lat_e7) * 1e-7;
    double dx = ovf_lon_wrap((a.lon_e7 - (double)b.lon_e7) * 1e-7) * cos(lat_rad);
    return hypot(dx, dy) * 111200.0;
}

static bool add_arc(struct graph *graph, const ovf_fixed *vertices, uint32_t count)
{
    void *arcs = graph->arcs;
    if (!ovf_arena_grow(graph->build->arena, &arcs, graph->arc_count, &graph->arc_capacity,
                        sizeof *graph->arcs))
        return false;
    graph->arcs = arcs;
    graph->arcs[graph->arc_count] = (struct world_chain){vertices, count};
    graph->arc_count++;
    return true;
}

static struct spot nearest_spot(const struct graph *graph, ovf_point p)
{
    ovf_fixed place = ovf_point_fix(p);
    struct spot best = {0, 0, HUGE_VAL};
    for (size_t a = 0; a < graph->arc_count; a++)
        for (uint32_t i = 0; i < graph->arcs[a].count; i++) {
            double off_m = rough_m(place, graph->arcs[a].vertices[i]);
            if (off_m < best.off_m)
                best = (struct spot){a, i, off_m};
        }
    best.off_m = ovf_distance_m(p, ovf_fixed_point(graph->arcs[best.arc].vertices[best.vertex]));
    return best;
}

static uint32_t node_at(struct graph *graph, ovf_fixed place)
{
    for (size_t i = 0; i < graph->node_count; i++)
        if (same(graph->nodes[i].place, place))
            return (uint32_t)i;
    void *nodes = graph->nodes;
    if (graph->node_count == NODES_MAX
        || !ovf_arena_grow(graph->build->arena, &nodes, graph->node_count, &graph->node_capacity,
                           sizeof *graph->nodes))
        return OVF_INDEX_NONE;
    graph->nodes = nodes;
    graph->nodes[graph->node_count] = (struct node){.place = place, .cost_m = HUGE_VAL};
    graph->node_count++;
    return (uint32_t)graph->node_count - 1;
}

static bool add_run(struct graph *graph, const struct world_chain *arc, uint32_t from,
                    uint32_t until)
{
    if (from >= until)
        return true;
    struct run run = {.vertices = arc->vertices, .from = from, .until = until};
    run.node[0] = node_at(graph, arc->vertices[from]);
    run.node[1] = node_at(graph, arc->vertices[until]);
    for (uint32_t i = from; i < until; i++)
        run.length_m += rough_m(arc->vertices[i], arc->vertices[i + 1]);
    void *runs = graph->runs;
    if (run.node[0] == OVF_INDEX_NONE || run.node[1] == OVF_INDEX_NONE
        || !ovf_arena_grow(graph->build->arena, &runs, graph->run_count, &graph->run_capacity,
                           sizeof *graph->runs))
        return false;
    graph->runs = runs;
    graph->runs[graph->run_count] = run;
    graph->run_count++;
    return true;
}

/* Every arc is cut at the spots that lie on it. */
static bool add_runs(struct graph *graph, struct spot a, struct spot b)
{
    for (size_t i = 0; i < graph->arc_count; i++) {
        const struct world_chain *arc = &graph->arcs[i];
        uint32_t cut[2] = {a.arc == i ? a.vertex : 0, b.arc == i ? b.vertex : 0};
        uint32_t low = cut[0] < cut[1] ? cut[0] : cut[1];
        uint32_t high = cut[0] < cut[1] ? cut[1] : cut[0];
        if (!add_run(graph, arc, 0, low) || !add_run(graph, arc, low, high)
            || !add_run(graph, arc, high, arc->count - 1))
            return false;
    }
    return true;
}

static void offer(struct graph *graph, uint32_t to, double cost_m, uint32_t from, uint32_t run)
{
    struct node *node = &graph->nodes[to];
    if (node->is_done || cost_m >= node->cost_m)
        return;
    node->cost_m = cost_m;
    node->via_node = from;
    node->via_run = run;
}

/* Dijkstra without a heap: some hundred nodes, each of which can jump to every other. */
static void find_way(struct graph *graph, uint32_t start, uint32_t goal)
{
    graph->nodes[start].cost_m = 0.0;
    graph->nodes[start].via_run = OVF_INDEX_NONE;
    graph->nodes[start].via_node = OVF_INDEX_NONE;
    for (;;) {
        uint32_t at = OVF_INDEX_NONE;
        for (uint32_t i = 0; i < graph->node_count; i++)
            if (!graph->nodes[i].is_done
                && (at == OVF_INDEX_NONE || graph->nodes[i].cost_m < graph->nodes[at].cost_m))
                at = i;
        if (at == OVF_INDEX_NONE || at == goal)
            return;
        graph->nodes[at].is_done = true;
        double cost_m = graph->nodes[at].cost_m;
        for (uint32_t r = 0; r < graph->run_count; r++) {
            const struct run *run = &graph->runs[r];
            if (run->node[0] == at)
                offer(graph, run->node[1], cost_m + run->length_m, at, r);
            if (run->node[1] == at)
                offer(graph, run->node[0], cost_m + run->length_m, at, r);
        }
        for (uint32_t i = 0; i < graph->node_count; i++) {
            double gap_m = rough_m(graph->nodes[at].place, graph->nodes[i].place);
            offer(graph, i, cost_m + JUMP_TOLL_M + JUMP_PRICE * gap_m, at, OVF_INDEX_NONE);
        }
    }
}

/* ---- curls ---- */

/* The outlines cross themselves here and there in a curl of a few hundred metres (the Sauer below
 * Echternach); a limit must not. */
#define CURL_VERTICES 16
#define CURL_LENGTH_M 5000.0

static int64_t side(ovf_fixed a, ovf_fixed b, ovf_fixed p)
{
    return ((int64_t)b.lon_e7 - a.lon_e7) * ((int64_t)p.lat_e7 - a.lat_e7)
           - ((int64_t)b.lat_e7 - a.lat_e7) * ((int64_t)p.lon_e7 - a.lon_e7);
}

/* Edges of a few kilometres, away from 180 degrees: plane enough, and the products fit. */
static bool cross(const ovf_fixed *e, const ovf_fixed *f)
{
    return (side(e[0], e[1], f[0]) >= 0) != (side(e[0], e[1], f[1]) >= 0)
           && (side(f[0], f[1], e[0]) >= 0) != (side(f[0], f[1], e[1]) >= 0);
}

/* Where the edge from vertex i is crossed by a later one, what lies between goes. */
static void uncurl(ovf_fixed *line, uint32_t *count)
{
    for (uint32_t i = 0; i + 3 < *count; i++) {
        double length_m = 0.0;
        for (uint32_t k = i + 2; k + 1 < *count && k < i + CURL_VERTICES; k++) {
            length_m += rough_m(line[k - 1], line[k]);
            if (length_m > CURL_LENGTH_M)
                break;
            if (!cross(line + i, line + k))
                continue;
            memmove(line + i + 1, line + k + 1, (*count - k - 1) * sizeof *line);
            *count -= k - i;
            break;
        }
    }
}

/* Writes the way backwards from the goal, then turns it round. */
static ovf_status write_way(struct graph *graph, uint32_t goal, struct world_chain *out,
                            ovf_error *err)
{
    size_t most = 1;
    for (uint32_t n = goal; graph->nodes[n].via_node != OVF_INDEX_NONE;
         n = graph->nodes[n].via_node) {
        uint32_t r = graph->nodes[n].via_run;
        most += r == OVF_INDEX_NONE ? 1 : graph->runs[r].until - graph->runs[r].from;
    }
    ovf_fixed *line = ovf_arena_array(graph->build->arena, ovf_fixed, most);
    if (line == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a border");
    size_t count = most;
    line[--count] = graph->nodes[goal].place;
    for (uint32_t n = goal; graph->nodes[n].via_node != OVF_INDEX_NONE;
         n = graph->nodes[n].via_node) {
        uint32_t previous = graph->nodes[n].via_node;
        uint32_t r = graph->nodes[n].via_run;
        if (r == OVF_INDEX_NONE) {
            line[--count] = graph->nodes[previous].place;
            continue;
        }
        const struct run *run = &graph->runs[r];
        bool is_forwards = run->node[1] == n && run->node[0] == previous
                           && same(run->vertices[run->until], graph->nodes[n].place);
        for (uint32_t i = 1; i <= run->until - run->from; i++)
            line[--count] = run->vertices[is_forwards ? run->until - i : run->from + i];
    }
    uint32_t kept = 0;
    for (size_t i = 0; i < most; i++)
        if (kept == 0 || !same(line[kept - 1], line[i]))
            line[kept++] = line[i];
    uncurl(line, &kept);
    *out = (struct world_chain){line, kept};
    return OVF_OK;
}

static ovf_status along(struct graph *graph, ovf_point from, ovf_point to, struct world_chain *out,
                        double *off_m, ovf_error *err)
{
    struct spot a = nearest_spot(graph, from);
    struct spot b = nearest_spot(graph, to);
    if (!add_runs(graph, a, b))
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "border in too many parts");
    uint32_t start = node_at(graph, graph->arcs[a.arc].vertices[a.vertex]);
    uint32_t goal = node_at(graph, graph->arcs[b.arc].vertices[b.vertex]);
    if (start == OVF_INDEX_NONE || goal == OVF_INDEX_NONE)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "border in too many parts");
    find_way(graph, start, goal);
    if (off_m != NULL)
        *off_m = fmax(a.off_m, b.off_m);
    return write_way(graph, goal, out, err);
}

static uint32_t state_of(const struct world_build *build, uint32_t outline)
{
    return outline == OVF_INDEX_NONE ? OVF_INDEX_NONE : build->outlines[outline].state;
}

ovf_status world_build_border(struct world_build *build, uint32_t state_a, uint32_t state_b,
                              ovf_point from, ovf_point to, struct world_chain *out, double *off_m,
                              ovf_error *err)
{
    struct graph graph = {.build = build};
    for (uint32_t i = 0; i < build->arc_count; i++) {
        const struct world_arc *arc = &build->arcs[i];
        uint32_t a = state_of(build, arc->outline[0]);
        uint32_t b = state_of(build, arc->outline[1]);
        if (((a == state_a && b == state_b) || (a == state_b && b == state_a))
            && arc->outline[1] != OVF_INDEX_NONE && !add_arc(&graph, arc->vertices, arc->count))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a border");
    }
    if (graph.arc_count == 0)
        return ovf_fail(err, OVF_E_NOT_FOUND, OVF_NOPOS, "the two States have no land border");
    return along(&graph, from, to, out, off_m, err);
}

ovf_status world_build_coast(struct world_build *build, uint32_t state, ovf_point from,
                             ovf_point to, struct world_chain *out, double *off_m, ovf_error *err)
{
    struct graph graph = {.build = build};
    for (uint32_t i = 0; i < build->arc_count; i++) {
        const struct world_arc *arc = &build->arcs[i];
        if (arc->outline[0] != OVF_INDEX_NONE && arc->outline[1] == OVF_INDEX_NONE
            && state_of(build, arc->outline[0]) == state
            && !add_arc(&graph, arc->vertices, arc->count))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a coast");
    }
    if (graph.arc_count == 0)
        return ovf_fail(err, OVF_E_NOT_FOUND, OVF_NOPOS, "the State has no coast");
    return along(&graph, from, to, out, off_m, err);
}

ovf_status world_build_sea_limit(struct world_build *build, uint32_t state, ovf_point from,
                                 ovf_point to, struct world_chain *out, double *off_m,
                                 ovf_error *err)
{
    struct graph graph = {.build = build};
    const struct world_state_row *row = &build->states[state];
    for (uint32_t r = 0; r < row->territory_count; r++) {
        const ovf_ring *ring = &row->territory[r];
        ovf_fixed *closed = ovf_arena_array(build->arena, ovf_fixed, (size_t)ring->count + 1);
        if (closed == NULL)
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a sea limit");
        memcpy(closed, ring->vertices, ring->count * sizeof *closed);
        closed[ring->count] = closed[0];
        if (!add_arc(&graph, closed, ring->count + 1))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a sea limit");
    }
    if (graph.arc_count == 0)
        return ovf_fail(err, OVF_E_NOT_FOUND, OVF_NOPOS, "the State has no territory");
    return along(&graph, from, to, out, off_m, err);
}

ovf_status world_build_add_fir(struct world_build *build, const struct world_fir_row *row)
{
    void *firs = build->firs;
    if (!ovf_arena_grow(build->arena, &firs, build->fir_count, &build->fir_capacity,
                        sizeof *build->firs))
        return OVF_E_NOMEM;
    build->firs = firs;
    build->firs[build->fir_count] = *row;
    build->fir_count++;
    return OVF_OK;
}
