/* SPDX-License-Identifier: Apache-2.0 */
/* Cells of half a degree. An area's outline is walked in steps of 50 km, each with its box and more
 * than its sagitta round it; a cell that no step comes near is wholly within the area or wholly
 * without, as its neighbour is where the two share a side. */
#include "grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STEP_M 50000.0
/* A geodesic of 50 km leaves the box of its ends by 50 m times the tangent of its latitude; up to 80
 * degrees that is 280 m. Beyond, everything from there to the pole is taken. */
#define STEP_PAD_DEG 0.01
#define POLAR_DEG 80.0
#define PAIRS_MAX ((size_t)64 << 20)

enum { MARK_NONE = 0, MARK_BORDER, MARK_IN, MARK_OUT };

static int row_of(double lat_deg)
{
    int row = (int)floor((lat_deg + 90.0) * 2.0);
    return row < 0 ? 0 : row >= GRID_ROWS ? GRID_ROWS - 1 : row;
}

/* Of a longitude that may lie beyond 180 either way. */
static int column_of(double lon_deg)
{
    int column = (int)floor((lon_deg + 180.0) * 2.0) % GRID_COLUMNS;
    return column < 0 ? column + GRID_COLUMNS : column;
}

typedef struct patch {
    int south, north;  /* rows */
    int west, columns; /* first column, and how many there are from it eastward */
} patch;

static patch patch_of(ovf_box box)
{
    patch p = {.south = row_of(box.south_deg), .north = row_of(box.north_deg)};
    double wide_deg = box.east_deg - box.west_deg + (box.east_deg < box.west_deg ? 360.0 : 0.0);
    p.west = column_of(box.west_deg);
    p.columns = wide_deg > 359.0
                    ? GRID_COLUMNS
                    : (column_of(box.east_deg) - p.west + GRID_COLUMNS) % GRID_COLUMNS + 1;
    return p;
}

/* ---- making ---- */

bool grid_maker_init(grid_maker *maker)
{
    *maker = (grid_maker){.marks = malloc(GRID_CELLS)};
    return maker->marks != NULL;
}

void grid_maker_done(grid_maker *maker)
{
    free(maker->pairs);
    free(maker->marks);
    *maker = (grid_maker){0};
}

static bool add_pair(grid_maker *maker, int row, int column, uint32_t entry)
{
    if (maker->count == maker->capacity) {
        size_t capacity = maker->capacity == 0 ? 4096 : maker->capacity * 2;
        uint64_t *grown =
            capacity > PAIRS_MAX ? NULL : realloc(maker->pairs, capacity * sizeof(*grown));
        if (grown == NULL)
            return false;
        maker->pairs = grown;
        maker->capacity = capacity;
    }
    uint64_t cell = (uint64_t)row * GRID_COLUMNS + (uint64_t)column;
    maker->pairs[maker->count++] = cell << 32 | entry;
    return true;
}

bool grid_add_box(grid_maker *maker, uint32_t item, ovf_box box)
{
    if (box.is_empty)
        return true;
    patch p = patch_of(box);
    for (int row = p.south; row <= p.north; row++) {
        for (int i = 0; i < p.columns; i++) {
            if (!add_pair(maker, row, (p.west + i) % GRID_COLUMNS, item << 1 | GRID_BORDER))
                return false;
        }
    }
    return true;
}

static void mark_box(uint8_t *marks, ovf_box box)
{
    patch p = patch_of(box);
    for (int row = p.south; row <= p.north; row++) {
        for (int i = 0; i < p.columns; i++)
            marks[row * GRID_COLUMNS + (p.west + i) % GRID_COLUMNS] = MARK_BORDER;
    }
}

static void mark_step(uint8_t *marks, ovf_point a, ovf_point b)
{
    ovf_box box = {.south_deg = fmin(a.lat_deg, b.lat_deg) - STEP_PAD_DEG,
                   .north_deg = fmax(a.lat_deg, b.lat_deg) + STEP_PAD_DEG,
                   .west_deg = -180.0,
                   .east_deg = 180.0};
    if (box.north_deg > POLAR_DEG || box.south_deg < -POLAR_DEG) {
        box.north_deg = box.north_deg > POLAR_DEG ? 90.0 : box.north_deg;
        box.south_deg = box.south_deg < -POLAR_DEG ? -90.0 : box.south_deg;
    } else {
        bool runs_east = ovf_lon_wrap(b.lon_deg - a.lon_deg) >= 0;
        box.west_deg = ovf_lon_wrap((runs_east ? a : b).lon_deg - STEP_PAD_DEG);
        box.east_deg = ovf_lon_wrap((runs_east ? b : a).lon_deg + STEP_PAD_DEG);
    }
    mark_box(marks, box);
}

static void mark_edge(uint8_t *marks, ovf_point a, ovf_point b, bool is_parallel)
{
    ovf_leg leg;
    ovf_leg_init(&leg, a, b);
    // A parallel is longer than the geodesic, by less than 60 % even half round the globe.
    int steps = (int)(leg.length_m * (is_parallel ? 1.6 : 1.0) / STEP_M) + 1;
    double turn_deg = ovf_lon_wrap(b.lon_deg - a.lon_deg);
    ovf_point last = a;
    for (int i = 1; i <= steps; i++) {
        double share = (double)i / steps;
        ovf_point next = b;
        if (i < steps && is_parallel)
            next = (ovf_point){a.lat_deg, ovf_lon_wrap(a.lon_deg + share * turn_deg)};
        else if (i < steps)
            next = ovf_leg_at(&leg, share * leg.length_m);
        mark_step(marks, last, next);
        last = next;
    }
}

static bool mark_outlines(uint8_t *marks, const ovf_area *area)
{
    size_t count = ovf_area_ring_list(area, NULL, 0);
    ovf_ring *rings = count == 0 ? NULL : calloc(count, sizeof(*rings));
    if (rings == NULL)
        return false;
    ovf_area_ring_list(area, rings, count);
    for (size_t i = 0; i < count; i++) {
        const ovf_ring *ring = &rings[i];
        for (uint32_t k = 0; k < ring->count; k++) {
            uint32_t next = k + 1 == ring->count ? 0 : k + 1;
            mark_edge(marks, ovf_fixed_point(ring->vertices[k]),
                      ovf_fixed_point(ring->vertices[next]),
                      ring->edges != NULL && ring->edges[k] == OVF_EDGE_PARALLEL);
        }
    }
    free(rings);
    return true;
}

/* What a cell without outlines is: as its neighbour to the west or south, else as its middle. */
static uint8_t mark_of(const uint8_t *marks, const ovf_area *area, int row, int column,
                       bool has_west, bool has_south)
{
    size_t cell = (size_t)row * GRID_COLUMNS + (size_t)column;
    uint8_t west = MARK_NONE;
    if (has_west)
        west = marks[column == 0 ? cell + GRID_COLUMNS - 1 : cell - 1];
    if (west == MARK_IN || west == MARK_OUT)
        return west;
    uint8_t south = has_south ? marks[cell - GRID_COLUMNS] : MARK_NONE;
    if (south == MARK_IN || south == MARK_OUT)
        return south;
    ovf_point middle = {(row + 0.5) / 2.0 - 90.0, (column + 0.5) / 2.0 - 180.0};
    ovf_tri is_in = ovf_area_contains(area, middle);
    return is_in == OVF_TRI_YES ? MARK_IN : is_in == OVF_TRI_NO ? MARK_OUT : MARK_BORDER;
}

bool grid_add_area(grid_maker *maker, uint32_t item, const ovf_area *area)
{
    ovf_box box = ovf_area_bounds(area);
    if (box.is_empty)
        return true;
    memset(maker->marks, MARK_NONE, GRID_CELLS);
    if (!mark_outlines(maker->marks, area))
        return grid_add_box(maker, item, box);
    patch p = patch_of(box);
    for (int row = p.south; row <= p.north; row++) {
        for (int i = 0; i < p.columns; i++) {
            int column = (p.west + i) % GRID_COLUMNS;
            uint8_t *mark = &maker->marks[row * GRID_COLUMNS + column];
            if (*mark == MARK_NONE)
                *mark = mark_of(maker->marks, area, row, column, i > 0, row > p.south);
            bool is_met = *mark == MARK_BORDER || *mark == MARK_IN;
            if (is_met
                && !add_pair(maker, row, column,
                             item << 1 | (*mark == MARK_BORDER ? GRID_BORDER : 0)))
                return false;
        }
    }
    return true;
}

static void set_directions(grid *g)
{
    for (int row = 0; row < GRID_ROWS; row++) {
        double south_deg = row / 2.0 - 90.0;
        way_cap cap = way_cap_of((ovf_box){.south_deg = south_deg,
                                           .north_deg = south_deg + 0.5,
                                           .west_deg = -0.25,
                                           .east_deg = 0.25});
        g->row_across[row] = cap.centre[0];
        g->row_up[row] = cap.centre[2];
        g->row_radius[row] = cap.radius;
    }
    for (int column = 0; column < GRID_COLUMNS; column++) {
        double lon = (column / 2.0 - 179.75) * DEGREE_RAD;
        g->column_cos[column] = cos(lon);
        g->column_sin[column] = sin(lon);
    }
}

bool grid_finish(const grid_maker *maker, grid *out)
{
    out->first = calloc(GRID_CELLS + 1, sizeof(uint32_t));
    out->entries = malloc((maker->count + 1) * sizeof(uint32_t));
    set_directions(out);
    if (out->first == NULL || out->entries == NULL) {
        grid_done(out);
        return false;
    }
    for (size_t i = 0; i < maker->count; i++)
        out->first[(maker->pairs[i] >> 32) + 1]++;
    for (size_t i = 0; i < GRID_CELLS; i++)
        out->first[i + 1] += out->first[i];
    // Each cell's place is counted on while it is filled, and set back after.
    for (size_t i = 0; i < maker->count; i++)
        out->entries[out->first[maker->pairs[i] >> 32]++] = (uint32_t)maker->pairs[i];
    memmove(out->first + 1, out->first, GRID_CELLS * sizeof(uint32_t));
    out->first[0] = 0;
    return true;
}

void grid_done(grid *g)
{
    free(g->first);
    free(g->entries);
    *g = (grid){0};
}

/* ---- asking ---- */

size_t grid_cells_along(const grid *g, const way_leg *leg, uint32_t *cells, size_t max)
{
    patch p = patch_of(leg->box);
    int start_row = row_of(leg->leg.a.lat_deg);
    int start_column = column_of(leg->leg.a.lon_deg);
    size_t count = 0;
    cells[count++] = (uint32_t)(start_row * GRID_COLUMNS + start_column);
    for (int row = p.south; row <= p.north; row++) {
        double up = leg->normal[2] * g->row_up[row];
        double reach = g->row_radius[row] + leg->off_plane;
        double x = leg->normal[0] * g->row_across[row];
        double y = leg->normal[1] * g->row_across[row];
        for (int i = 0; i < p.columns; i++) {
            int column = (p.west + i) % GRID_COLUMNS;
            bool is_start = row == start_row && column == start_column;
            double off = up + x * g->column_cos[column] + y * g->column_sin[column];
            if (is_start || off > reach || off < -reach)
                continue;
            if (count == max)
                return SIZE_MAX;
            cells[count++] = (uint32_t)(row * GRID_COLUMNS + column);
        }
    }
    return count;
}
