/* SPDX-License-Identifier: Apache-2.0 */
/* grid.h - which of many areas come near a leg: cells of half a degree, each with the areas whose
 * outline may run through it and those that surely hold all of it. It errs to the larger: what it
 * leaves out is not met. */
#ifndef OVF_CONFLICT_GRID_H
#define OVF_CONFLICT_GRID_H

#include "conflict_internal.h"

#define GRID_ROWS 360
#define GRID_COLUMNS 720
#define GRID_CELLS (GRID_ROWS * GRID_COLUMNS)

/* An entry of a cell: the number of the area, and whether its outline may run there. */
#define GRID_BORDER 1u
#define GRID_ITEM(entry) ((entry) >> 1)

typedef struct grid {
    uint32_t *first; /* of each cell, and the end of the last */
    uint32_t *entries;
    /* Directions of the cells' middles from the Earth's centre, and the circles about them. */
    double row_across[GRID_ROWS], row_up[GRID_ROWS], row_radius[GRID_ROWS];
    double column_cos[GRID_COLUMNS], column_sin[GRID_COLUMNS];
} grid;

typedef struct grid_maker {
    uint64_t *pairs; /* cell << 32 | entry */
    size_t count, capacity;
    uint8_t *marks; /* of the cells, for the area at hand */
} grid_maker;

bool grid_maker_init(grid_maker *maker);
void grid_maker_done(grid_maker *maker);
/* All cells that the box meets, as border. */
bool grid_add_box(grid_maker *maker, uint32_t item, ovf_box box);
/* Cells along the outlines as border, and those wholly within; by its box when it has no rings. */
bool grid_add_area(grid_maker *maker, uint32_t item, const ovf_area *area);
/* Empties nothing: the maker is done with afterwards. */
bool grid_finish(const grid_maker *maker, grid *out);
void grid_done(grid *g);

/* The cells that a leg may pass, the one that it starts in first; SIZE_MAX: more than `max`. */
size_t grid_cells_along(const grid *g, const way_leg *leg, uint32_t *cells, size_t max);

#endif
