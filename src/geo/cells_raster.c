/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces to cells: which small cells a piece may run through, sorted by cell. */
#include "cells_internal.h"

#include <stdlib.h>

#define TOUCHES_MAX ((size_t)1 << 27)

void cells_raster_done(struct cells_raster *raster)
{
    free(raster->touches);
    free(raster->sorted);
    free(raster->spans);
    *raster = (struct cells_raster){0};
}

void cells_raster_reset(struct cells_raster *raster)
{
    raster->count = raster->span_count = 0;
    raster->serial++;
    raster->status = OVF_OK;
}

static bool no_room(struct cells_raster *raster)
{
    raster->status = OVF_E_NOMEM;
    return false;
}

static bool add_touch(struct cells_raster *raster, uint32_t column, uint32_t row, uint32_t piece)
{
    if (raster->count == raster->capacity) {
        size_t capacity = raster->capacity * 2 + 1024;
        struct cells_touch *touches =
            capacity > TOUCHES_MAX ? NULL : realloc(raster->touches, capacity * sizeof *touches);
        if (touches == NULL)
            return no_room(raster);
        raster->touches = touches;
        raster->capacity = capacity;
    }
    uint32_t cell = row / 16 * CELLS_COLUMNS + column / 16;
    raster->touches[raster->count++] =
        (struct cells_touch){cell << 8 | row % 16 << 4 | column % 16, piece};
    return true;
}

static int64_t part_of(double e7, double origin_e7, int64_t last)
{
    double part = floor((e7 + origin_e7) / CELLS_SUB_E7);
    return part < 0 ? 0 : part > (double)last ? last : (int64_t)part;
}

double cells_margin(const struct cells_piece *e, bool is_planar)
{
    if (is_planar)
        return 0;
    return fabs((double)e->bow) / 3 + fabs((double)e->skew) / 3 + (double)e->doubt + 1;
}

/* Every small cell that the piece may run through, and for the sake of a way between neighbours
 * also those that it passes within a unit to the west. */
bool cells_touch(struct cells_raster *raster, const struct cells_piece *e, uint32_t piece,
                 bool is_planar)
{
    double margin = cells_margin(e, is_planar);
    if (e->bx + margin < -(double)OVF_GEO_HALF_E7 || e->ax - margin > (double)OVF_GEO_HALF_E7)
        return true;
    double slope = e->bx == e->ax ? 0 : ((double)e->by - e->ay) / ((double)e->bx - e->ax);
    double slack = e->by == e->ay || e->ax == e->bx ? margin : margin + 1e-3;
    double south = e->ay < e->by ? e->ay : e->by;
    double north = e->ay < e->by ? e->by : e->ay;
    int64_t last = part_of(e->bx + margin + 1, OVF_GEO_HALF_E7, CELLS_SUB_COLUMNS - 1);
    for (int64_t c = part_of(e->ax - margin, OVF_GEO_HALF_E7, CELLS_SUB_COLUMNS - 1); c <= last;
         c++) {
        double west = (double)(c * CELLS_SUB_E7 - OVF_GEO_HALF_E7) - 1 - margin;
        double from = fmin(fmax(west, e->ax), e->bx);
        double until = c == CELLS_SUB_COLUMNS - 1
                           ? e->bx
                           : fmax(fmin(west + CELLS_SUB_E7 + 2 * margin, e->bx), e->ax);
        double low = south;
        double high = north;
        if (e->ax != e->bx) {
            double y_from = e->ay + (from - e->ax) * slope;
            double y_until = e->ay + (until - e->ax) * slope;
            low = fmax(fmin(y_from, y_until), south);
            high = fmin(fmax(y_from, y_until), north);
        }
        int64_t top = part_of(high + slack, OVF_GEO_POLE_E7, CELLS_SUB_ROWS - 1);
        for (int64_t r = part_of(low - slack, OVF_GEO_POLE_E7, CELLS_SUB_ROWS - 1); r <= top; r++)
            if (!add_touch(raster, (uint32_t)c, (uint32_t)r, piece))
                return false;
    }
    return true;
}

/* By cell, pieces in their order: three passes of a byte. */
bool cells_raster_sort(struct cells_raster *raster)
{
    if (raster->sorted_capacity < raster->count) {
        struct cells_touch *sorted = realloc(raster->sorted, raster->capacity * sizeof *sorted);
        if (sorted == NULL)
            return no_room(raster);
        raster->sorted = sorted;
        raster->sorted_capacity = raster->capacity;
    }
    for (int shift = 0; shift < 24; shift += 8) {
        size_t starts[257] = {0};
        for (size_t i = 0; i < raster->count; i++)
            starts[(raster->touches[i].cell >> shift & 255) + 1]++;
        for (int k = 1; k <= 256; k++)
            starts[k] += starts[k - 1];
        for (size_t i = 0; i < raster->count; i++)
            raster->sorted[starts[raster->touches[i].cell >> shift & 255]++] = raster->touches[i];
        struct cells_touch *swap = raster->touches;
        size_t capacity = raster->capacity;
        raster->touches = raster->sorted;
        raster->capacity = raster->sorted_capacity;
        raster->sorted = swap;
        raster->sorted_capacity = capacity;
    }
    return true;
}
