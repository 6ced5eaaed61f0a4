/* SPDX-License-Identifier: Apache-2.0 */
/* The writer: areas come and go. A change is made cell by cell in new leaves and records; when it
 * fails half-way the table's old values are put back, and when the store is full what is in use
 * moves to a larger one and the change is made again. */
#include "cells_writer.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SIZES ((struct cells_sizes){1u << 17, 1u << 12, 1u << 8, 1u << 10})
#define AREAS_MAX 10000000u
#define REACH_M 20000.0 /* no piece touches a cell farther than this from its area */

ovf_cells *ovf_cells_new(ovf_cells_meaning meaning, size_t limit_bytes)
{
    ovf_cells *cells = calloc(1, sizeof *cells);
    if (cells == NULL)
        return NULL;
    cells->limit = limit_bytes == 0 ? OVF_CELLS_DEFAULT_LIMIT : limit_bytes;
    cells->sizes = FIRST_SIZES;
    if (cells_writer_init(&cells->writer, meaning == OVF_CELLS_PLANAR, FIRST_SIZES) != OVF_OK) {
        free(cells);
        return NULL;
    }
    return cells;
}

void ovf_cells_free(ovf_cells *cells)
{
    if (cells == NULL)
        return;
    struct cells_store *store = cells->writer.store;
    cells_writer_done(&cells->writer);
    cells_store_leave(store);
    cells_raster_done(&cells->raster);
    cells_border_done(&cells->border);
    free(cells->areas);
    free(cells->area_slots);
    free(cells->journal);
    free(cells->seen);
    free(cells->local);
    free(cells);
}

/* ---- areas by id ---- */

static uint32_t slot_of(const ovf_cells *cells, uint32_t id)
{
    uint32_t slot = (id * 2654435769u >> 7) & cells->area_mask;
    while (cells->area_slots[slot] != 0 && cells->areas[cells->area_slots[slot] - 1].id != id)
        slot = (slot + 1) & cells->area_mask;
    return slot;
}

static struct cells_area *find_area(const ovf_cells *cells, uint32_t id)
{
    if (cells->area_slots == NULL)
        return NULL;
    uint32_t index = cells->area_slots[slot_of(cells, id)];
    return index == 0 ? NULL : &cells->areas[index - 1];
}

static bool rebuild_slots(ovf_cells *cells)
{
    uint32_t mask = 255;
    while (mask < cells->area_count * 2 + 2)
        mask = mask * 2 + 1;
    uint32_t *slots = calloc((size_t)mask + 1, sizeof *slots);
    if (slots == NULL)
        return false;
    free(cells->area_slots);
    cells->area_slots = slots;
    cells->area_mask = mask;
    if (cells->areas == NULL)
        return false; // reserve_area has made room
    for (uint32_t i = 0; i < cells->area_count; i++)
        slots[slot_of(cells, cells->areas[i].id)] = i + 1;
    return true;
}

/* Room for one more, before anything is changed. */
static bool reserve_area(ovf_cells *cells)
{
    if (cells->area_count == cells->area_capacity) {
        uint32_t capacity = cells->area_capacity * 2 + 64;
        struct cells_area *areas =
            capacity > AREAS_MAX ? NULL : realloc(cells->areas, capacity * sizeof *areas);
        if (areas == NULL)
            return false;
        memset(areas + cells->area_capacity, 0, (capacity - cells->area_capacity) * sizeof *areas);
        cells->areas = areas;
        cells->area_capacity = capacity;
    }
    if (cells->area_slots == NULL || cells->area_count * 2 + 2 > cells->area_mask)
        return rebuild_slots(cells);
    return cells->areas != NULL;
}

/* The last one takes the place of the one that goes. */
static void forget_area(ovf_cells *cells, struct cells_area *area)
{
    uint32_t hole = slot_of(cells, area->id);
    uint32_t mask = cells->area_mask;
    cells->area_slots[hole] = 0;
    for (uint32_t slot = (hole + 1) & mask; cells->area_slots[slot] != 0;
         slot = (slot + 1) & mask) {
        uint32_t index = cells->area_slots[slot];
        cells->area_slots[slot] = 0; // those behind the hole may have been pushed past it
        cells->area_slots[slot_of(cells, cells->areas[index - 1].id)] = index;
    }
    struct cells_area *last = &cells->areas[cells->area_count - 1];
    if (last != area) {
        cells->area_slots[slot_of(cells, last->id)] = (uint32_t)(area - cells->areas) + 1;
        *area = *last;
    }
    cells->area_count--;
}

/* ---- the table ---- */

bool cells_put(ovf_cells *cells, uint32_t cell, uint32_t value)
{
    if (value == CELLS_NONE)
        return false;
    if (value == cells->top[cell])
        return true;
    if (cells->journal_count == cells->journal_capacity) {
        size_t capacity = cells->journal_capacity * 2 + 256;
        struct cells_change *journal = realloc(cells->journal, capacity * sizeof *journal);
        if (journal == NULL)
            return false;
        cells->journal = journal;
        cells->journal_capacity = capacity;
    }
    cells->journal[cells->journal_count++] = (struct cells_change){cell, cells->top[cell]};
    cells->top[cell] = value;
    return true;
}

static void roll_back(ovf_cells *cells)
{
    while (cells->journal_count > 0) {
        cells->journal_count--;
        struct cells_change change = cells->journal[cells->journal_count];
        cells->top[change.cell] = change.value;
    }
}

/* After a change that failed: true when it is worth another try in a larger store. */
static bool try_again(ovf_cells *cells, int tries, ovf_status *status)
{
    *status = OVF_E_NOMEM;
    roll_back(cells);
    cells->border.status = OVF_OK;
    if (!cells->writer.is_full)
        return false;
    *status = cells_move(cells, tries > 0);
    return *status == OVF_OK;
}

static ovf_status fail_change(ovf_error *err, ovf_status status)
{
    return status == OVF_E_LIMIT
               ? ovf_fail(err, status, OVF_NOPOS, "the cell index is at its ceiling")
               : ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the cell index");
}

/* ---- add ---- */

static bool add_geodesic_part(ovf_cells *cells, uint32_t id, const ovf_area *area)
{
    struct cells_part part = {.area = area, .id = id, .is_resolved = ovf_area_is_resolved(area)};
    uint32_t number = cells_part_of(&cells->writer, part);
    if (number == CELLS_NONE)
        return false;
    cells_raster_reset(&cells->raster);
    if (cells_has_pieces(area)
        && (!cells_raster_area(&cells->writer, &cells->raster, area)
            || !cells_raster_sort(&cells->raster)))
        return false;
    return cells_fill(cells, number, area->patch);
}

/* A union is the parts it has, for theirs are the kinds that pieces can follow. */
static bool add_geodesic(ovf_cells *cells, uint32_t id, const ovf_area *area)
{
    if (area->kind != OVF_AREA_UNION)
        return area->kind == OVF_AREA_EMPTY || add_geodesic_part(cells, id, area);
    for (size_t i = 0; i < area->set.count; i++)
        if (!add_geodesic(cells, id, area->set.parts[i]))
            return false;
    return true;
}

static bool add_planar(ovf_cells *cells, uint32_t id, const ovf_ring *rings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t number =
            cells_part_of(&cells->writer, (struct cells_part){.id = id, .is_resolved = true});
        if (number == CELLS_NONE)
            return false;
        cells_raster_reset(&cells->raster);
        if (!cells_raster_planar(&cells->writer, &cells->raster, &rings[i])
            || !cells_raster_sort(&cells->raster)
            || !cells_fill(cells, number, cells_planar_patch(&rings[i], 1)))
            return false;
    }
    return true;
}

static ovf_status add(ovf_cells *cells, struct cells_area row, const ovf_area *area,
                      const ovf_ring *rings, size_t count, ovf_error *err)
{
    if (row.id > OVF_CELLS_ID_MAX || find_area(cells, row.id) != NULL)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "area id %u is taken or too large",
                        (unsigned)row.id);
    if (!reserve_area(cells))
        return fail_change(err, OVF_E_NOMEM);
    ovf_status status = OVF_E_NOMEM;
    for (int tries = 0;; tries++) {
        cells->journal_count = 0;
        row.first_part = cells->writer.store->part_count;
        bool is_done = area != NULL ? add_geodesic(cells, row.id, area)
                                    : add_planar(cells, row.id, rings, count);
        if (is_done)
            break;
        if (!try_again(cells, tries, &status))
            return fail_change(err, status);
    }
    assert(cells->areas != NULL); // reserve_area
    row.part_count = cells->writer.store->part_count - row.first_part;
    uint32_t slot = slot_of(cells, row.id); // empty, or find_area had found it
    cells->areas[cells->area_count] = row;
    cells->area_count++;
    cells->area_slots[slot] = cells->area_count;
    return OVF_OK;
}

ovf_status ovf_cells_add(ovf_cells *cells, uint32_t id, const ovf_area *area, ovf_error *err)
{
    if (cells->writer.store->is_planar || area == NULL)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "a planar index takes rings");
    struct cells_area row = {.id = id, .patch = ovf_geo_patch_grown(area->patch, REACH_M)};
    if (!ovf_area_is_resolved(area))
        row.patch = ovf_geo_patch_globe;
    return add(cells, row, area, NULL, 0, err);
}

ovf_status ovf_cells_add_planar(ovf_cells *cells, uint32_t id, const ovf_ring *rings, size_t count,
                                ovf_error *err)
{
    if (!cells->writer.store->is_planar)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "a geodesic index takes areas");
    for (size_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < rings[i].count; k++) {
            ovf_fixed v = rings[i].vertices[k];
            if (v.lat_e7 > OVF_GEO_POLE_E7 || v.lat_e7 < -OVF_GEO_POLE_E7
                || v.lon_e7 > OVF_GEO_HALF_E7 || v.lon_e7 < -OVF_GEO_HALF_E7)
                return ovf_fail(err, OVF_E_GEOMETRY, i, "a vertex that is no place on the globe");
        }
    struct cells_area row = {.id = id, .patch = cells_planar_patch(rings, count)};
    return add(cells, row, NULL, rings, count, err);
}

/* ---- withdraw ---- */

ovf_status ovf_cells_withdraw(ovf_cells *cells, uint32_t id, ovf_error *err)
{
    struct cells_area *area = find_area(cells, id);
    if (area == NULL)
        return ovf_fail(err, OVF_E_NOT_FOUND, OVF_NOPOS, "no area has the id %u", (unsigned)id);
    ovf_status status = OVF_E_NOMEM;
    for (int tries = 0;; tries++) {
        cells->journal_count = 0;
        if (cells_clear(cells, id, area->patch))
            break;
        if (!try_again(cells, tries, &status))
            return fail_change(err, status);
    }
    forget_area(cells, area);
    return OVF_OK;
}

/* ---- out ---- */

ovf_status ovf_cells_publish(ovf_cells *cells, ovf_cells_view **out)
{
    ovf_cells_view *view = malloc(sizeof *view);
    if (view == NULL)
        return OVF_E_NOMEM;
    view->store = cells->writer.store;
    view->set_count = view->store->set_count;
    memcpy(view->top, cells->top, sizeof view->top);
    atomic_fetch_add(&view->store->users, 1);
    *out = view;
    return OVF_OK;
}

void ovf_cells_view_free(ovf_cells_view *view)
{
    if (view == NULL)
        return;
    cells_store_leave(view->store);
    free(view);
}

ovf_cells_stats ovf_cells_stats_of(const ovf_cells *cells)
{
    const struct cells_store *store = cells->writer.store;
    ovf_cells_stats stats = {
        .bytes = sizeof cells->top
                 + cells_sizes_bytes((struct cells_sizes){store->word_count, store->piece_count,
                                                          store->part_count, store->set_count}),
        .areas = cells->area_count,
        .sets = store->set_count,
        .pieces = store->piece_count,
    };
    for (uint32_t cell = 0; cell < CELLS_TOP; cell++) {
        if ((cells->top[cell] & CELLS_TAG) != CELLS_LEAF)
            continue;
        stats.split_cells++;
        const uint32_t *leaf = store->words + (cells->top[cell] & CELLS_PLACE);
        const uint8_t *grid = (const uint8_t *)leaf;
        for (int s = 0; s < 256; s++)
            stats.border_cells += (leaf[CELLS_GRID_WORDS + grid[s]] & CELLS_TAG) == CELLS_BORDER;
    }
    return stats;
}
