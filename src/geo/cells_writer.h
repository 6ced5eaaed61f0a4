/* SPDX-License-Identifier: Apache-2.0 */
/* The writer's side of the cell index, shared by cells.c, cells_fill.c and cells_move.c. */
#ifndef OVERFLY_CELLS_WRITER_H
#define OVERFLY_CELLS_WRITER_H

#include "cells_internal.h"

struct cells_area {
    uint32_t id;
    uint32_t first_part, part_count; /* in the store */
    struct ovf_geo_patch patch;      /* of all cells that know of it */
};

struct cells_change { /* what a cell was before */
    uint32_t cell, value;
};

struct ovf_cells {
    struct cells_writer writer;
    struct cells_sizes sizes;
    size_t limit;
    struct cells_sizes kept; /* in use after the last move */
    struct cells_area *areas;
    uint32_t area_count, area_capacity;
    uint32_t *area_slots; /* by id: index + 1 */
    uint32_t area_mask;
    struct cells_change *journal;
    size_t journal_count, journal_capacity;
    struct cells_raster raster;
    struct cells_border border;
    uint32_t *seen; /* by piece: the last tile that listed it */
    uint32_t seen_capacity, stamp;
    uint32_t *local; /* pieces of the tile at hand, each once */
    uint32_t local_count, local_capacity;
    uint32_t first_touch[CELLS_TOP]; /* of the part at hand: index + 1 */
    uint32_t top[CELLS_TOP];
};

/* cells.c. Sets a cell and notes what it was. false: no room. */
bool cells_put(ovf_cells *cells, uint32_t cell, uint32_t value);

/* cells_fill.c. Puts the part on the raster into its cells. */
bool cells_fill(ovf_cells *cells, uint32_t part, struct ovf_geo_patch patch);
bool cells_clear(ovf_cells *cells, uint32_t id, struct ovf_geo_patch patch);
struct ovf_geo_patch cells_planar_patch(const ovf_ring *rings, size_t count);

/* cells_leaf.c: values and leaves changed. CELLS_NONE: no room. */
enum cells_state { CELLS_OUT = 0, CELLS_IN, CELLS_DOUBT, CELLS_EDGE };
struct cells_tile { /* what a part does to one cell */
    bool is_uniform;
    uint8_t state; /* when it is */
    uint8_t grid[256];
    bool starts[256];    /* of the edge cells: does the part hold their reference? */
    uint32_t first[256]; /* touches of an edge cell */
    uint16_t touch_count[256];
    bool is_asked; /* the edge cells have no pieces: the part is asked */
};
uint32_t cells_merge(ovf_cells *cells, uint32_t value, uint32_t part,
                     const struct cells_tile *tile);
uint32_t cells_value_without(ovf_cells *cells, uint32_t value, uint32_t id);

/* cells_move.c. Moves what is in use to a store with room to spare. OVF_E_LIMIT, OVF_E_NOMEM. */
ovf_status cells_move(ovf_cells *cells, bool takes_more);

#endif
