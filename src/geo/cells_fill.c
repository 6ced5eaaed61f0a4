/* SPDX-License-Identifier: Apache-2.0 */
/* A part into its cells: wholly inside, wholly outside, or with its border in them.
 *
 * Cells that no piece touches have one answer each, and share it with untouched neighbours. In a
 * cell with pieces the answer is followed from small cell to small cell through the middles of
 * their common sides, by the same sums that a lookup will make (cells_look), so that what is wrong
 * by rounding in one is wrong in the next and cancels. Parts whose border no pieces follow
 * (corridors, buffers, half planes, intersections, differences) are told from how far their border
 * is from the middle of a cell, and are asked themselves in the cells where that does not do. */
#include "cells_writer.h"

#include <stdlib.h>
#include <string.h>

#define CAP_NEAR_M 150.0 /* a cap reaches 111.7 m */
#define NOT_KNOWN 0xff

static ovf_fixed middle_of(uint32_t cell)
{
    return (ovf_fixed){(int32_t)(cell / CELLS_COLUMNS * 10000000) - 895000000,
                       (int32_t)((int64_t)(cell % CELLS_COLUMNS) * 10000000 - 1795000000)};
}

static uint8_t state_of(ovf_tri tri)
{
    return tri == OVF_TRI_YES ? CELLS_IN : tri == OVF_TRI_NO ? CELLS_OUT : CELLS_DOUBT;
}

/* Outside the doubt of all pieces. */
static uint8_t ask(const ovf_cells *cells, uint32_t part, ovf_fixed p)
{
    const struct cells_store *store = cells->writer.store;
    if (!store->is_planar)
        return state_of(ovf_area_contains(store->parts[part].area, ovf_fixed_point(p)));
    unsigned odd = 0;
    for (size_t i = 0; i < cells->raster.span_count; i++) {
        const struct cells_piece *e = &store->pieces[cells->raster.spans[i].first];
        odd ^= cells_look(e, p.lon_e7, p.lat_e7, INT32_MIN, true) & CELLS_ODD;
    }
    return odd ? CELLS_IN : CELLS_OUT;
}

/* ---- a cell with pieces ---- */

struct span { /* touches of a small cell */
    uint32_t first, count;
};

static unsigned odd_at(const ovf_cells *cells, struct span span, ovf_fixed p, int32_t floor_e7)
{
    const struct cells_store *store = cells->writer.store;
    unsigned odd = 0;
    for (uint32_t i = span.first; i < span.first + span.count; i++)
        odd ^= cells_look(&store->pieces[cells->raster.touches[i].piece], p.lon_e7, p.lat_e7,
                          floor_e7, store->is_planar);
    return odd & CELLS_ODD;
}

static unsigned look_at_local(const ovf_cells *cells, ovf_fixed p, int32_t floor_e7)
{
    const struct cells_store *store = cells->writer.store;
    unsigned odd = 0;
    unsigned seen = 0;
    for (uint32_t i = 0; i < cells->local_count; i++) {
        unsigned look = cells_look(&store->pieces[cells->local[i]], p.lon_e7, p.lat_e7, floor_e7,
                                   store->is_planar);
        odd ^= look;
        seen |= look;
    }
    return (odd & CELLS_ODD) | (seen & CELLS_NEAR);
}

/* The pieces of a cell, each once. */
static bool list_local(ovf_cells *cells, uint32_t first, uint32_t count)
{
    uint32_t pieces = cells->writer.store->piece_count;
    if (cells->seen_capacity < pieces) {
        uint32_t *seen = realloc(cells->seen, 2 * (size_t)pieces * sizeof *seen);
        if (seen == NULL)
            return false;
        memset(seen + cells->seen_capacity, 0,
               (2 * (size_t)pieces - cells->seen_capacity) * sizeof *seen);
        cells->seen = seen;
        cells->seen_capacity = 2 * pieces;
    }
    if (cells->local_capacity < count) {
        uint32_t *local = realloc(cells->local, 2 * (size_t)count * sizeof *local);
        if (local == NULL)
            return false;
        cells->local = local;
        cells->local_capacity = 2 * count;
    }
    cells->stamp++;
    cells->local_count = 0;
    for (uint32_t i = first; i < first + count; i++) {
        uint32_t piece = cells->raster.touches[i].piece;
        if (cells->seen[piece] == cells->stamp)
            continue;
        cells->seen[piece] = cells->stamp;
        cells->local[cells->local_count++] = piece;
    }
    return true;
}

static ovf_fixed sub_middle(uint32_t cell, uint32_t sub)
{
    ovf_fixed p = middle_of(cell);
    p.lat_e7 += (int32_t)(sub >> 4) * CELLS_SUB_E7 + CELLS_SUB_E7 / 2 - 5000000;
    p.lon_e7 += (int32_t)(sub & 15) * CELLS_SUB_E7 + CELLS_SUB_E7 / 2 - 5000000;
    return p;
}

/* What the sum over all of the cell's pieces must start from. false: there is no place that is
 * surely off all of them. */
static bool find_start(ovf_cells *cells, uint32_t part, uint32_t cell,
                       const struct cells_tile *tile, int32_t floor_e7, bool *start)
{
    bool is_planar = cells->writer.store->is_planar;
    for (int turn = 0; turn < 2; turn++)
        for (uint32_t s = 0; s < 256; s++) {
            bool is_free = tile->touch_count[s] == 0;
            if (turn == 0 && !is_free && !is_planar)
                continue;
            ovf_fixed p = sub_middle(cell, s);
            unsigned look = look_at_local(cells, p, floor_e7);
            if ((look & CELLS_NEAR) != 0)
                continue;
            *start = (ask(cells, part, p) == CELLS_IN) != ((look & CELLS_ODD) != 0);
            return true;
        }
    return false;
}

/* From west to east along each row of small cells. */
static void follow_rows(const ovf_cells *cells, uint32_t cell, bool start, int32_t floor_e7,
                        struct cells_tile *tile)
{
    uint32_t sub_row = cell / CELLS_COLUMNS * 16;
    for (uint32_t s = 0; s < 256; s++) {
        struct span here = {tile->first[s], tile->touch_count[s]};
        int32_t row_floor_e7 = cells_floor_e7(sub_row + (s >> 4));
        ovf_fixed p = sub_middle(cell, s);
        bool is_in = false;
        if ((s & 15) != 0) { // the side towards the west
            p.lon_e7 -= CELLS_SUB_E7 / 2 + 1;
            struct span west = {tile->first[s - 1], tile->touch_count[s - 1]};
            is_in = tile->grid[s - 1] == CELLS_EDGE
                        ? tile->starts[s - 1] != odd_at(cells, west, p, row_floor_e7)
                        : tile->grid[s - 1] == CELLS_IN;
        } else if (s > 0 && here.count == 0 && tile->grid[s - 16] != CELLS_EDGE) {
            is_in = tile->grid[s - 16] == CELLS_IN;
        } else {
            is_in = start != (look_at_local(cells, p, floor_e7) & CELLS_ODD);
        }
        tile->grid[s] = here.count > 0 ? CELLS_EDGE : is_in ? CELLS_IN : CELLS_OUT;
        tile->starts[s] = is_in != odd_at(cells, here, p, row_floor_e7);
    }
}

/* The cell of the touch at `first`, and how many touches it has. */
static bool tile_of_pieces(ovf_cells *cells, uint32_t part, uint32_t cell, struct cells_tile *tile)
{
    const struct cells_touch *touches = cells->raster.touches;
    uint32_t first = cells->first_touch[cell] - 1;
    uint32_t end = first;
    memset(tile->touch_count, 0, sizeof tile->touch_count);
    tile->is_uniform = false;
    tile->is_asked = false;
    for (; end < cells->raster.count && touches[end].cell >> 8 == cell; end++) {
        uint32_t s = touches[end].cell & 255;
        if (tile->touch_count[s] == 0)
            tile->first[s] = end;
        if (tile->touch_count[s] == UINT16_MAX)
            return false;
        tile->touch_count[s]++;
    }
    if (!list_local(cells, first, end - first))
        return false;
    bool start = false;
    int32_t floor_e7 = cells_floor_e7(cell / CELLS_COLUMNS * 16);
    if (find_start(cells, part, cell, tile, floor_e7, &start)) {
        follow_rows(cells, cell, start, floor_e7, tile);
        return true;
    }
    tile->is_asked = true;
    memset(tile->grid, CELLS_EDGE, sizeof tile->grid);
    memset(tile->starts, 0, sizeof tile->starts);
    return true;
}

/* ---- a part that no pieces follow ---- */

struct opaque {
    const ovf_area *area;
    uint32_t cell;
    struct cells_tile *tile;
};

/* Metres from the middle of a box to its farthest corner, rounded up. */
static double reach_m(ovf_point middle, double half_deg)
{
    ovf_point north = {fmin(middle.lat_deg + half_deg, 90),
                       ovf_lon_wrap(middle.lon_deg + half_deg)};
    ovf_point south = {fmax(middle.lat_deg - half_deg, -90), north.lon_deg};
    return fmax(ovf_distance_m(middle, north), ovf_distance_m(middle, south)) * 1.001 + 1;
}

/* A block of small cells, size by size. */
static void part_block(const struct opaque *o, uint32_t row, uint32_t column, uint32_t size)
{
    ovf_fixed corner = sub_middle(o->cell, row << 4 | column);
    double half_deg = size / 32.0;
    ovf_point middle = ovf_fixed_point(corner);
    middle.lat_deg += half_deg - 1.0 / 32;
    middle.lon_deg += half_deg - 1.0 / 32;
    bool is_one = ovf_area_border_distance_m(o->area, middle) > reach_m(middle, half_deg);
    if (!is_one && size > 1) {
        for (uint32_t i = 0; i < 16; i++)
            part_block(o, row + i / 4 * (size / 4), column + i % 4 * (size / 4), size / 4);
        return;
    }
    uint8_t state = is_one ? state_of(ovf_area_contains(o->area, middle)) : CELLS_EDGE;
    for (uint32_t r = row; r < row + size; r++)
        memset(o->tile->grid + (r << 4 | column), state, size);
}

static void tile_of_opaque(const ovf_area *area, uint32_t cell, struct cells_tile *tile)
{
    struct opaque o = {area, cell, tile};
    tile->is_asked = true;
    memset(tile->starts, 0, sizeof tile->starts);
    part_block(&o, 0, 0, 16);
    tile->state = tile->grid[0];
    tile->is_uniform = tile->state != CELLS_EDGE && memcmp(tile->grid, tile->grid + 1, 255) == 0;
}

/* ---- the cells of a patch ---- */

/* Known of the row to the south and of the cell to the west: the one answer of an untouched cell,
 * and for opaque parts how far its middle is from any border. */
struct known {
    uint8_t state;
    double free_m;
};

struct filling {
    ovf_cells *cells;
    uint32_t part;
    const ovf_area *area; /* NULL: planar */
    bool has_pieces;
    struct known south[CELLS_COLUMNS];
    struct known west;
    struct cells_tile tile;
};

static bool put_tile(struct filling *f, uint32_t cell)
{
    return cells_put(f->cells, cell, cells_merge(f->cells, f->cells->top[cell], f->part, &f->tile));
}

static bool fill_uniform(struct filling *f, uint32_t cell, uint8_t state)
{
    f->tile.is_uniform = true;
    f->tile.state = state;
    return put_tile(f, cell);
}

/* An untouched cell next to one whose middle is so far from the border that both are one. */
static bool take_neighbours(struct known from, double step_m, double cell_reach_m,
                            struct known *out)
{
    if (from.state == NOT_KNOWN || from.free_m - step_m <= cell_reach_m)
        return false;
    *out = (struct known){from.state, from.free_m - step_m};
    return true;
}

static bool fill_opaque(struct filling *f, uint32_t cell, struct known *known)
{
    ovf_point middle = ovf_fixed_point(middle_of(cell));
    double cell_reach_m = reach_m(middle, 0.5);
    double step_m = 111700.0; // a degree, at most
    if (!take_neighbours(f->west, step_m, cell_reach_m, known)
        && !take_neighbours(f->south[cell % CELLS_COLUMNS], step_m, cell_reach_m, known)) {
        double free_m = ovf_area_border_distance_m(f->area, middle);
        *known = (struct known){NOT_KNOWN, free_m};
        if (free_m > cell_reach_m)
            known->state = state_of(ovf_area_contains(f->area, middle));
    }
    if (known->state != NOT_KNOWN)
        return fill_uniform(f, cell, known->state);
    tile_of_opaque(f->area, cell, &f->tile);
    return put_tile(f, cell);
}

static bool fill_cell(struct filling *f, uint32_t cell)
{
    struct known known = {NOT_KNOWN, HUGE_VAL};
    struct known *south = &f->south[cell % CELLS_COLUMNS];
    bool is_done = false;
    if (!f->has_pieces) {
        is_done = fill_opaque(f, cell, &known);
    } else if (f->cells->first_touch[cell] != 0) {
        is_done = tile_of_pieces(f->cells, f->part, cell, &f->tile) && put_tile(f, cell);
        f->cells->first_touch[cell] = 0;
    } else {
        known.state = f->west.state != NOT_KNOWN  ? f->west.state
                      : south->state != NOT_KNOWN ? south->state
                                                  : ask(f->cells, f->part, middle_of(cell));
        is_done = fill_uniform(f, cell, known.state);
    }
    f->west = *south = known;
    return is_done;
}

static bool fill_cap(struct filling *f, uint32_t cell)
{
    ovf_point pole = {cell == CELLS_CAP_NORTH ? 90.0 : -90.0, 0};
    if (!ovf_geo_patch_overlaps(f->area->patch,
                                ovf_geo_patch_grown(ovf_geo_patch_of_point(pole), 1000)))
        return true;
    if (ovf_area_border_distance_m(f->area, pole) > CAP_NEAR_M)
        return fill_uniform(f, cell, state_of(ovf_area_contains(f->area, pole)));
    struct cells_writer *w = &f->cells->writer;
    cells_border_read(w->store, f->cells->top[cell], &f->cells->border);
    cells_border_member(&f->cells->border, f->part << 1 | CELLS_ASKED, false);
    return cells_put(f->cells, cell, cells_border_write(w, &f->cells->border));
}

struct cell_range {
    uint32_t row_from, row_until, column_from, columns;
};

static struct cell_range range_of(struct ovf_geo_patch patch)
{
    struct cell_range range = {0};
    if (patch.south_e7 > patch.north_e7)
        return range;
    uint32_t last_row = (uint32_t)(patch.north_e7 + OVF_GEO_POLE_E7) / 10000000;
    uint64_t west = (uint64_t)(patch.west_e7 + OVF_GEO_HALF_E7);
    uint64_t columns = (west + patch.width_e7) / 10000000 - west / 10000000 + 1;
    range.row_from = (uint32_t)(patch.south_e7 + OVF_GEO_POLE_E7) / 10000000;
    range.row_until = last_row < CELLS_ROWS ? last_row + 1 : CELLS_ROWS;
    range.column_from = (uint32_t)(west / 10000000);
    range.columns = columns < CELLS_COLUMNS ? (uint32_t)columns : CELLS_COLUMNS;
    if (range.row_from == CELLS_ROWS) // along the north pole
        range.row_from--;
    return range;
}

static bool fill_patch(struct filling *f, struct ovf_geo_patch patch)
{
    struct cell_range range = range_of(patch);
    memset(f->south, NOT_KNOWN, sizeof f->south);
    for (uint32_t row = range.row_from; row < range.row_until; row++) {
        f->west.state = NOT_KNOWN;
        for (uint32_t i = 0; i < range.columns; i++) {
            uint32_t column = (range.column_from + i) % CELLS_COLUMNS;
            if (!fill_cell(f, row * CELLS_COLUMNS + column))
                return false;
        }
    }
    return true;
}

/* The same answer everywhere. */
static bool fill_globe(struct filling *f, uint8_t state)
{
    for (uint32_t cell = 0; cell < CELLS_TOP; cell++)
        if (!fill_uniform(f, cell, state))
            return false;
    return true;
}

static bool fill_all(struct filling *f, struct ovf_geo_patch patch)
{
    if (f->area != NULL && f->area->kind == OVF_AREA_GLOBE)
        return fill_globe(f, CELLS_IN);
    if (f->area != NULL && f->area->kind == OVF_AREA_UNRESOLVED)
        return fill_globe(f, CELLS_DOUBT);
    const struct cells_raster *raster = &f->cells->raster;
    if (!fill_patch(f, patch))
        return false;
    f->west.state = NOT_KNOWN;
    for (size_t i = 0; i < raster->count; i++) { // margins may reach out of the patch
        uint32_t cell = raster->touches[i].cell >> 8;
        if (f->cells->first_touch[cell] != 0 && !fill_cell(f, cell))
            return false;
    }
    return f->area == NULL || (fill_cap(f, CELLS_CAP_SOUTH) && fill_cap(f, CELLS_CAP_NORTH));
}

bool cells_fill(ovf_cells *cells, uint32_t part, struct ovf_geo_patch patch)
{
    const struct cells_raster *raster = &cells->raster;
    const ovf_area *area = cells->writer.store->parts[part].area;
    struct filling f = {.cells = cells,
                        .part = part,
                        .area = area,
                        .has_pieces = area == NULL || cells_has_pieces(area)};
    for (size_t i = raster->count; i-- > 0;)
        cells->first_touch[raster->touches[i].cell >> 8] = (uint32_t)i + 1;
    bool is_done = fill_all(&f, patch);
    for (size_t i = 0; i < raster->count; i++)
        cells->first_touch[raster->touches[i].cell >> 8] = 0;
    return is_done;
}

bool cells_clear(ovf_cells *cells, uint32_t id, struct ovf_geo_patch patch)
{
    struct cell_range range = range_of(patch);
    for (uint32_t row = range.row_from; row < range.row_until; row++)
        for (uint32_t i = 0; i < range.columns; i++) {
            uint32_t cell = row * CELLS_COLUMNS + (range.column_from + i) % CELLS_COLUMNS;
            if (!cells_put(cells, cell, cells_value_without(cells, cells->top[cell], id)))
                return false;
        }
    for (uint32_t cap = CELLS_CAP_SOUTH; cap <= CELLS_CAP_NORTH; cap++)
        if (!cells_put(cells, cap, cells_value_without(cells, cells->top[cap], id)))
            return false;
    return true;
}

/* Not round the globe: in a planar index the 180th meridian is an edge of the map. */
struct ovf_geo_patch cells_planar_patch(const ovf_ring *rings, size_t count)
{
    struct ovf_geo_patch patch = ovf_geo_patch_empty;
    int64_t west_e7 = INT64_MAX;
    int64_t east_e7 = INT64_MIN;
    for (size_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < rings[i].count; k++) {
            ovf_fixed v = rings[i].vertices[k];
            if (west_e7 == INT64_MAX)
                patch.south_e7 = patch.north_e7 = v.lat_e7;
            patch.south_e7 = v.lat_e7 < patch.south_e7 ? v.lat_e7 : patch.south_e7;
            patch.north_e7 = v.lat_e7 > patch.north_e7 ? v.lat_e7 : patch.north_e7;
            west_e7 = v.lon_e7 < west_e7 ? v.lon_e7 : west_e7;
            east_e7 = v.lon_e7 > east_e7 ? v.lon_e7 : east_e7;
        }
    if (west_e7 > east_e7)
        return patch;
    // Cells that the edges only pass by know of them too; what lies on the very edge of the map
    // belongs to its last column and row.
    int32_t pole_e7 = OVF_GEO_POLE_E7;
    patch.south_e7 = patch.south_e7 - 2 < -pole_e7 ? -pole_e7 : patch.south_e7 - 2;
    patch.north_e7 = patch.north_e7 + 2 > pole_e7 ? pole_e7 : patch.north_e7 + 2;
    west_e7 = west_e7 - 2 < -OVF_GEO_HALF_E7 ? -OVF_GEO_HALF_E7 : west_e7 - 2;
    east_e7 = east_e7 + 2 >= OVF_GEO_HALF_E7 ? OVF_GEO_HALF_E7 - 1 : east_e7 + 2;
    patch.west_e7 = (int32_t)west_e7;
    patch.width_e7 = (uint32_t)(east_e7 - west_e7);
    return patch;
}
