/* SPDX-License-Identifier: Apache-2.0 */
/* The grid behind "whose": for every degree cell the units whose territory it may meet, and
 * whether it lies wholly inside one. A cell that no edge comes within 2 km of has one answer, and
 * so have all such cells that touch each other: one containment test serves them all. */
#include "world_internal.h"

#include <math.h>
#include <string.h>

enum cell_mark { UNSEEN = 0, TOUCHED, OUTSIDE, INSIDE };

struct cell_entry {
    uint32_t cell;
    uint32_t unit;
};

struct grid {
    struct world_build *build;
    ovf_arena *arena;
    uint8_t marks[WORLD_CELLS]; /* of the unit at hand */
    uint32_t stack[WORLD_CELLS];
    struct cell_entry *entries;
    size_t count, capacity;
};

/* Marks the cells within the margin of the box of one edge. */
static void touch_edge(struct grid *grid, ovf_fixed a, ovf_fixed b)
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
        for (int column = from; column <= until; column++)
            grid->marks[row * 360 + (column + 720) % 360] = TOUCHED;
}

/* Counts the borders on the meridian from the point to the north pole, which no territory holds. */
static bool unit_holds(const struct world_unit *unit, double lat_deg, double lon_deg)
{
    bool is_inside = false;
    for (uint32_t r = 0; r < unit->territory_count; r++) {
        const ovf_ring *ring = &unit->territory[r];
        for (uint32_t i = 0, k = ring->count - 1; i < ring->count; k = i++) {
            double ax = ovf_lon_wrap(ring->vertices[k].lon_e7 * 1e-7 - lon_deg);
            double step =
                ovf_lon_wrap((ring->vertices[i].lon_e7 - (double)ring->vertices[k].lon_e7) * 1e-7);
            if ((ax >= 0.0) == (ax + step >= 0.0))
                continue;
            double ay = ring->vertices[k].lat_e7 * 1e-7;
            double by = ring->vertices[i].lat_e7 * 1e-7;
            if (ay + (by - ay) * -ax / step > lat_deg)
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
        if (grid->marks[cell] == UNSEEN) {
            bool is_inside =
                unit_holds(&grid->build->units[unit], cell / 360 - 89.5, cell % 360 - 179.5);
            flood(grid, cell, is_inside ? INSIDE : OUTSIDE);
        }
        if (grid->marks[cell] == OUTSIDE)
            continue;
        void *entries = grid->entries;
        if (!ovf_arena_grow(grid->arena, &entries, grid->count, &grid->capacity,
                            sizeof *grid->entries))
            return false;
        grid->entries = entries;
        grid->entries[grid->count] =
            (struct cell_entry){cell, unit | (grid->marks[cell] == INSIDE ? WORLD_CELL_WHOLE : 0)};
        grid->count++;
    }
    return true;
}

ovf_status world_build_cells(struct world_build *build, ovf_arena *arena, uint32_t **first,
                             uint32_t **units, ovf_error *err)
{
    struct grid *grid = ovf_arena_array(arena, struct grid, 1);
    *first = ovf_arena_array(arena, uint32_t, WORLD_CELLS + 2);
    if (grid == NULL || *first == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the grid");
    grid->build = build;
    grid->arena = arena;
    for (uint32_t u = 0; u < build->unit_count; u++) {
        const struct world_unit *unit = &build->units[u];
        if (unit->territory_count == 0)
            continue;
        memset(grid->marks, UNSEEN, sizeof grid->marks);
        for (uint32_t r = 0; r < unit->territory_count; r++) {
            const ovf_ring *ring = &unit->territory[r];
            for (uint32_t i = 0, k = ring->count - 1; i < ring->count; k = i++)
                touch_edge(grid, ring->vertices[k], ring->vertices[i]);
        }
        if (!keep_unit(grid, u))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the grid");
    }
    *units = ovf_arena_array(arena, uint32_t, grid->count + 1);
    if (*units == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the grid");
    for (size_t i = 0; i < grid->count; i++)
        (*first)[grid->entries[i].cell + 2]++;
    for (uint32_t c = 2; c <= WORLD_CELLS; c++)
        (*first)[c] += (*first)[c - 1];
    for (size_t i = 0; i < grid->count; i++) {
        uint32_t *next = &(*first)[grid->entries[i].cell + 1];
        (*units)[*next] = grid->entries[i].unit;
        (*next)++;
    }
    return OVF_OK;
}
