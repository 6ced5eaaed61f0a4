/* SPDX-License-Identifier: Apache-2.0 */
/* What a new volume puts into the cells: a lane for each cell that a part's box, or an edge of a
 * large part, lies in. Made and sorted before anything is changed. */
#include "volumes_internal.h"

#include <stdlib.h>
#include <string.h>

void vol_plan_done(struct vol_plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++)
        vol_shape_done(&plan->shapes[i]);
    free(plan->shapes);
    free(plan->boxes);
    free(plan->edges);
}

struct vol_shape *vol_plan_shape(struct vol_plan *plan)
{
    if (plan->count == plan->capacity) {
        uint32_t capacity = plan->capacity * 2 + 4;
        struct vol_shape *shapes =
            capacity > OVF_VOLUMES_MAX ? NULL : realloc(plan->shapes, capacity * sizeof *shapes);
        if (shapes == NULL)
            return NULL;
        plan->shapes = shapes;
        plan->capacity = capacity;
    }
    struct vol_shape *shape = &plan->shapes[plan->count++];
    *shape = (struct vol_shape){0};
    return shape;
}

static bool add_lane(struct vol_lane **lanes, size_t *count, size_t *capacity,
                     const struct vol_lane *lane)
{
    if (*count == *capacity) {
        size_t more = *capacity * 2 + 32;
        struct vol_lane *grown = realloc(*lanes, more * sizeof *grown);
        if (grown == NULL)
            return false;
        *lanes = grown;
        *capacity = more;
    }
    (*lanes)[(*count)++] = *lane;
    return true;
}

static void lane_box(struct vol_lane *lane, const struct vol_box *box)
{
    const int32_t words[] = {box->west, box->east, box->south, box->north};
    memcpy(lane->words, words, sizeof words);
}

/* Calls for all cells of a box that lies within [-180, 180]. */
static bool lanes_of_box(struct vol_lane **lanes, size_t *count, size_t *capacity,
                         const struct vol_box *box, struct vol_lane *lane)
{
    lane_box(lane, box);
    for (uint32_t row = vol_line_of(box->south); row <= vol_line_of(box->north); row++)
        for (uint32_t c = vol_column(box->west); c <= vol_column(box->east); c++) {
            lane->cell = row * VOL_COLUMNS + c;
            if (!add_lane(lanes, count, capacity, lane))
                return false;
        }
    return true;
}

/* The same for one that may lie over the 180th meridian. */
static bool lanes_of_any(struct vol_lane **lanes, size_t *count, size_t *capacity,
                         const struct vol_box *box, struct vol_lane *lane)
{
    if (box->west <= box->east)
        return lanes_of_box(lanes, count, capacity, box, lane);
    struct vol_box half = *box;
    half.east = (int32_t)OVF_GEO_HALF_E7;
    if (!lanes_of_box(lanes, count, capacity, &half, lane))
        return false;
    half = *box;
    half.west = -(int32_t)OVF_GEO_HALF_E7;
    return lanes_of_box(lanes, count, capacity, &half, lane);
}

static bool plan_box(struct vol_plan *plan, const struct vol_shape *s)
{
    const struct vol_part *head = &s->head;
    const struct vol_box *b = &head->box;
    struct vol_lane lane = {
        .words = {0, 0, 0, 0, (int32_t)head->number, b->low, b->high, b->from, b->until}};
    memcpy(&lane.words[VOL_LINE_X - 1], &s->glance, sizeof s->glance);
    uint64_t columns = b->west > b->east
                           ? VOL_COLUMNS - vol_column(b->west) + vol_column(b->east) + 1
                           : vol_column(b->east) - vol_column(b->west) + 1;
    if (columns * (vol_line_of(b->north) - vol_line_of(b->south) + 1) < VOL_WIDE_CELLS)
        return lanes_of_any(&plan->boxes, &plan->box_count, &plan->box_capacity, b, &lane);
    lane.cell = VOL_WIDE;
    struct vol_box half = *b;
    bool is_two = b->west > b->east;
    half.east = is_two ? (int32_t)OVF_GEO_HALF_E7 : b->east;
    lane_box(&lane, &half);
    if (!add_lane(&plan->boxes, &plan->box_count, &plan->box_capacity, &lane))
        return false;
    half.east = b->east;
    half.west = -(int32_t)OVF_GEO_HALF_E7;
    lane_box(&lane, &half);
    return !is_two || add_lane(&plan->boxes, &plan->box_count, &plan->box_capacity, &lane);
}

static int32_t clamp_lat(double y)
{
    return (int32_t)fmax(-OVF_GEO_POLE_E7, fmin(OVF_GEO_POLE_E7, y));
}

/* A straight edge may be long: in each column of cells it has the box that it fills there. */
static bool plan_straight(struct vol_plan *plan, const struct vol_shape *s, uint32_t k,
                          struct vol_lane *lane)
{
    uint32_t west = s->x[k - 1] <= s->x[k] ? k - 1 : k;
    uint32_t east = west == k ? k - 1 : k;
    double x0 = s->x[west];
    double y0 = s->y[west];
    double width = s->x[east] - x0;
    double slope = width > 0 ? (s->y[east] - y0) / width : 0;
    for (uint32_t c = vol_column(s->x[west]); c <= vol_column(s->x[east]); c++) {
        int64_t c0 = (int64_t)c * VOL_CELL_E7 - OVF_GEO_HALF_E7;
        struct vol_box box = s->boxes[k];
        box.west = (int32_t)(box.west > c0 ? box.west : c0);
        box.east = (int32_t)(box.east < c0 + VOL_CELL_E7 ? box.east : c0 + VOL_CELL_E7);
        if (width > 0) {
            double at_west = y0 + slope * (box.west - x0);
            double at_east = y0 + slope * (box.east - x0);
            int32_t south = clamp_lat(floor(fmin(at_west, at_east)) - 2);
            int32_t north = clamp_lat(ceil(fmax(at_west, at_east)) + 2);
            box.south = south > box.south ? south : box.south;
            box.north = north < box.north ? north : box.north;
        }
        lane_box(lane, &box);
        for (uint32_t row = vol_line_of(box.south); row <= vol_line_of(box.north); row++) {
            lane->cell = row * VOL_COLUMNS + c;
            if (!add_lane(&plan->edges, &plan->edge_count, &plan->edge_capacity, lane))
                return false;
        }
    }
    return true;
}

static void write_edge(const struct vol_shape *s, uint32_t k, struct vol_lane *lane)
{
    if (s->x != NULL) {
        bool is_wide = llabs((int64_t)s->x[k] - s->x[k - 1]) > VOL_EDGE_WIDE_E7;
        lane->words[VOL_LINE_NUMBER - 1] = (int32_t)(k | (is_wide ? VOL_EDGE_WIDE : 0));
        const int32_t ends[] = {s->x[k - 1], s->y[k - 1], s->x[k], s->y[k]};
        memcpy(&lane->words[VOL_LINE_AX - 1], ends, sizeof ends);
        return;
    }
    struct vol_edge *edge = &lane->edge;
    *edge = (struct vol_edge){.part = s->head.number, .number = k, .doubt_m = s->head.doubt_m};
    for (uint32_t end = 0; end < 2; end++) {
        edge->m[3 * end] = s->px[k - 1 + end];
        edge->m[3 * end + 1] = s->py[k - 1 + end];
        edge->m[3 * end + 2] = s->pz[k - 1 + end];
    }
}

static bool plan_edges(struct vol_plan *plan, const struct vol_shape *s)
{
    for (uint32_t k = 1; k < s->count; k++) {
        const struct vol_box *box = &s->boxes[k];
        struct vol_lane lane = {.words = {0, 0, 0, 0, (int32_t)s->head.number}};
        write_edge(s, k, &lane);
        if (box->south > box->north)
            continue; // where a ring begins
        bool is_done = s->x != NULL ? plan_straight(plan, s, k, &lane)
                                    : lanes_of_any(&plan->edges, &plan->edge_count,
                                                   &plan->edge_capacity, box, &lane);
        if (!is_done)
            return false;
    }
    return true;
}

static int by_cell(const void *a, const void *b)
{
    const struct vol_lane *x = a;
    const struct vol_lane *y = b;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

/* Words that lanes need at most: in each cell a copy of its first group, and new ones. */
static size_t words_of(struct vol_lane *lanes, size_t count, uint32_t lines)
{
    size_t cells = 0;
    if (count > 1)
        qsort(lanes, count, sizeof *lanes, by_cell);
    for (size_t i = 0; i < count; i++)
        cells += i == 0 || lanes[i].cell != lanes[i - 1].cell;
    return (cells * 2 + count / VOL_LANES) * VOL_GROUP_WORDS(lines);
}

bool vol_plan_lanes(struct vol_plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        struct vol_shape *s = &plan->shapes[i];
        if (!(s->head.kind == VOL_EDGES ? plan_edges(plan, s) : plan_box(plan, s)))
            return false;
        plan->words += s->head.words + 16;
    }
    plan->words += words_of(plan->boxes, plan->box_count, vol_box_lines(plan->meaning))
                   + words_of(plan->edges, plan->edge_count, vol_edge_lines(plan->meaning));
    return true;
}

/* Rings beside one that is followed edge by edge are followed likewise: in the plane they would
 * come too late, as stretches are told in the order of pieces, and where all are followed and
 * without limits nothing need be done on pieces that cross no edge. */
void vol_plan_alike(struct vol_plan *plan)
{
    bool has_large = false;
    bool is_lazy = plan->slab.floor_ft == INT32_MIN && plan->slab.ceiling_ft == INT32_MAX
                   && vol_time(plan->slab.from_s) == INT32_MIN
                   && vol_time(plan->slab.until_s) == INT32_MAX;
    for (uint32_t i = 0; i < plan->count; i++)
        has_large |= plan->shapes[i].head.kind == VOL_EDGES;
    for (uint32_t i = 0; i < plan->count && has_large; i++)
        if (plan->shapes[i].head.kind == VOL_RING)
            plan->shapes[i].head.kind = VOL_EDGES;
    for (uint32_t i = 0; i < plan->count; i++)
        is_lazy &= plan->shapes[i].head.kind == VOL_EDGES;
    for (uint32_t i = 0; i < plan->count; i++) {
        struct vol_part *head = &plan->shapes[i].head;
        head->is_lazy = is_lazy;
        if (head->kind == VOL_EDGES) { // what is needed of its edges lies in the cells
            head->count = head->stride = 0;
            head->words = VOL_HEAD_WORDS;
        }
    }
}
