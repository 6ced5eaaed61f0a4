/* SPDX-License-Identifier: Apache-2.0 */
/* The grid behind "whose": for every degree cell the units whose territory it may meet, whether it
 * lies wholly inside one or its middle does, and the chunks of edges in it or within 2 km. A cell
 * without an edge has one answer, and so have all such cells that touch each other: one
 * containment test serves them all. */
#include "world_internal.h"

#include <math.h>
#include <string.h>

enum cell_mark { UNSEEN = 0, TOUCHED, OUTSIDE, INSIDE };

struct cell_entry {
    uint32_t cell;
    uint32_t value;
};

struct entries {
    struct cell_entry *items;
    size_t count, capacity;
};

struct grid {
    struct world_build *build;
    ovf_arena *arena;
    uint8_t marks[WORLD_CELLS]; /* of the unit at hand */
    uint32_t stack[WORLD_CELLS];
    uint32_t last_chunk[WORLD_CELLS]; /* the last chunk noted for a cell, + 1 */
    struct entries units, chunks;
    struct world_chunk_item *chunk_items;
    size_t chunk_count, chunk_capacity;
};

static bool add_entry(struct grid *grid, struct entries *list, uint32_t cell, uint32_t value)
{
    void *items = list->items;
    if (!ovf_arena_grow(grid->arena, &items, list->count, &list->capacity, sizeof *list->items))
        return false;
    list->items = items;
    list->items[list->count] = (struct cell_entry){cell, value};
    list->count++;
    return true;
}

/* Marks the cells within the margin of the box of one edge, and notes the edge's chunk there. */
static bool touch_edge(struct grid *grid, ovf_fixed a, ovf_fixed b)
{
    double south_deg = fmin(a.lat_e7, b.lat_e7) * 1e-7 - WORLD_CELL_MARGIN_M / 110000.0;
    double north_deg = fmax(a.lat_e7, b.lat_e7) * 1e-7 + WORLD_CELL_MARGIN_M / 110000.0;
    double step_deg = ovf_lon_wrap((b.lon_e7 - (double)a.lon_e7) * 1e-7);
    double west_deg = a.lon_e7 * 1e-7 + fmin(step_deg, 0.0);
    double pole_deg = fmax(fabs(south_deg), fabs(north_deg));
    double margin_deg =
        pole_deg > 89.0 ? 180.0 : WORLD_CELL_MARGIN_M / (110000.0 * cos(pole_deg * WORLD_RAD));
    int row_from = (int)fmax(floor(south_deg) + 90.0, 0.0);
    int row_until = (int)fmin(floor(north_deg) + 90.0, 179.0);
    int from = (int)floor(west_deg - margin_deg) + 180;
    int until = (int)floor(west_deg + fabs(step_deg) + margin_deg) + 180;
    if (until - from > 359)
        until = from + 359;
    for (int row = row_from; row <= row_until; row++)
        for (int column = from; column <= until; column++) {
            uint32_t cell = (uint32_t)(row * 360 + (column + 720) % 360);
            grid->marks[cell] = TOUCHED;
            if (grid->last_chunk[cell] == grid->chunk_count)
                continue;
            grid->last_chunk[cell] = (uint32_t)grid->chunk_count;
            if (!add_entry(grid, &grid->chunks, cell, (uint32_t)grid->chunk_count - 1))
                return false;
        }
    return true;
}

static bool add_chunk(struct grid *grid, struct world_chunk_item chunk)
{
    void *items = grid->chunk_items;
    if (!ovf_arena_grow(grid->arena, &items, grid->chunk_count, &grid->chunk_capacity,
                        sizeof chunk))
        return false;
    grid->chunk_items = items;
    grid->chunk_items[grid->chunk_count] = chunk;
    grid->chunk_count++;
    return true;
}

/* base: the file's number of the ring's first vertex. */
static bool touch_ring(struct grid *grid, uint32_t unit, const ovf_ring *ring, uint32_t base)
{
    for (uint32_t from = 0; from < ring->count; from += WORLD_CHUNK_EDGES) {
        uint32_t edges = ring->count - from;
        edges = edges < WORLD_CHUNK_EDGES ? edges : WORLD_CHUNK_EDGES;
        struct world_chunk_item chunk = {.vertex = base + from,
                                         .last = base + (from + edges) % ring->count,
                                         .edges = (uint16_t)edges,
                                         .unit = (uint16_t)unit};
        if (!add_chunk(grid, chunk))
            return false;
        for (uint32_t i = from; i < from + edges; i++)
            if (!touch_edge(grid, ring->vertices[i], ring->vertices[(i + 1) % ring->count]))
                return false;
    }
    return true;
}

static int64_t wrap_e7(int64_t lon_e7)
{
    int64_t circle = INT64_C(3600000000);
    return lon_e7 >= circle / 2 ? lon_e7 - circle : lon_e7 < -circle / 2 ? lon_e7 + circle : lon_e7;
}

/* Counts the borders on the meridian from the point to the north pole, which no territory holds.
 * Whole numbers, since vertices do lie on half degrees, where the middles of cells are. */
static bool unit_holds(const struct world_unit *unit, int64_t lat_e7, int64_t lon_e7)
{
    bool is_inside = false;
    for (uint32_t r = 0; r < unit->territory_count; r++) {
        const ovf_ring *ring = &unit->territory[r];
        for (uint32_t i = 0, k = ring->count - 1; i < ring->count; k = i++) {
            ovf_fixed a = ring->vertices[k], b = ring->vertices[i];
            int64_t ax = wrap_e7(a.lon_e7 - lon_e7);
            int64_t step = wrap_e7((int64_t)b.lon_e7 - a.lon_e7);
            if ((ax >= 0) == (ax + step >= 0))
                continue;
            double y = a.lat_e7 - ((double)b.lat_e7 - a.lat_e7) * (double)ax / (double)step;
            if (y > (double)lat_e7)
                is_inside = !is_inside;
        }
    }
    return is_inside;
}

/* Gives the answer of cell `start` to every unseen cell that hangs together with it. */
static void flood(struct grid *grid, uint32_t start, uint8_t mark)
{
    uint32_t used = 0;
    grid->stack[used++] = start;
    grid->marks[start] = mark;
    while (used > 0) {
        uint32_t cell = grid->stack[--used];
        uint32_t row = cell / 360, column = cell % 360;
        uint32_t near[4] = {row * 360 + (column + 1) % 360, row * 360 + (column + 359) % 360,
                            row > 0 ? cell - 360 : cell, row < 179 ? cell + 360 : cell};
        for (int i = 0; i < 4; i++)
            if (grid->marks[near[i]] == UNSEEN) {
                grid->marks[near[i]] = mark;
                grid->stack[used++] = near[i];
            }
    }
}

static bool keep_unit(struct grid *grid, uint32_t unit)
{
    for (uint32_t cell = 0; cell < WORLD_CELLS; cell++) {
        uint8_t mark = grid->marks[cell];
        bool is_inside = mark == INSIDE;
        if (mark == UNSEEN || mark == TOUCHED)
            is_inside = unit_holds(&grid->build->units[unit],
                                   ((int64_t)(cell / 360) - 90) * 10000000 + 5000000,
                                   ((int64_t)(cell % 360) - 180) * 10000000 + 5000000);
        if (mark == UNSEEN) {
            mark = is_inside ? INSIDE : OUTSIDE;
            flood(grid, cell, mark);
        }
        if (mark == OUTSIDE)
            continue;
        uint32_t bits = mark == INSIDE ? WORLD_CELL_WHOLE : is_inside ? WORLD_CELL_MIDDLE : 0;
        if (!add_entry(grid, &grid->units, cell, unit | bits))
            return false;
    }
    return true;
}

/* Counting sort of entries by cell. */
static bool sort_entries(struct grid *grid, const struct entries *list, uint32_t **first,
                         uint32_t **values)
{
    *first = ovf_arena_array(grid->arena, uint32_t, WORLD_CELLS + 2);
    *values = ovf_arena_array(grid->arena, uint32_t, list->count + 1);
    if (*first == NULL || *values == NULL)
        return false;
    for (size_t i = 0; i < list->count; i++)
        (*first)[list->items[i].cell + 2]++;
    for (uint32_t c = 2; c <= WORLD_CELLS; c++)
        (*first)[c] += (*first)[c - 1];
    for (size_t i = 0; i < list->count; i++) {
        uint32_t *next = &(*first)[list->items[i].cell + 1];
        (*values)[*next] = list->items[i].value;
        (*next)++;
    }
    return true;
}

ovf_status world_build_cells(struct world_build *build, ovf_arena *arena, struct world_grid *out,
                             ovf_error *err)
{
    struct grid *grid = ovf_arena_array(arena, struct grid, 1);
    if (grid == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the grid");
    grid->build = build;
    grid->arena = arena;
    uint32_t base = 0;
    bool is_fine = true;
    for (uint32_t u = 0; is_fine && u < build->unit_count; u++) {
        const struct world_unit *unit = &build->units[u];
        memset(grid->marks, UNSEEN, sizeof grid->marks);
        for (uint32_t r = 0; is_fine && r < unit->territory_count; r++) {
            is_fine = touch_ring(grid, u, &unit->territory[r], base);
            base += unit->territory[r].count;
        }
        if (is_fine && unit->territory_count > 0)
            is_fine = keep_unit(grid, u);
    }
    *out = (struct world_grid){.chunks = grid->chunk_items, .chunk_count = grid->chunk_count};
    is_fine = is_fine && sort_entries(grid, &grid->units, &out->first, &out->units)
              && sort_entries(grid, &grid->chunks, &out->chunk_first, &out->chunk_list);
    return is_fine ? OVF_OK : ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the grid");
}
