/* SPDX-License-Identifier: Apache-2.0 */
/* FIRs and restrictions by cells. A leg asks the few cells that it passes; what stands in them is
 * then turned away by level and time before any geometry. */
#include "index.h"

#include <stdlib.h>
#include <string.h>

/* Of a box in cells: what is wider is asked about every time. */
#define WIDE_CELLS 4000
#define PAD_M 1000.0 /* more than a box or a border may be off by */

static void free_all(ovf_conflict_index *index)
{
    grid_done(&index->firs);
    grid_done(&index->restrictions);
    free(index->rows);
    free(index->anywhere);
    free(index);
}

void ovf_conflict_index_free(ovf_conflict_index *index)
{
    if (index != NULL)
        free_all(index);
}

/* ---- making ---- */

bool index_add_firs(const ovf_world *world, grid *out)
{
    grid_maker maker;
    bool ok = grid_maker_init(&maker);
    for (uint32_t i = 0; ok && i < ovf_world_fir_count(world); i++)
        ok = grid_add_area(&maker, i, ovf_world_fir_area(world, ovf_world_fir(world, i)));
    ok = ok && grid_finish(&maker, out);
    grid_maker_done(&maker);
    return ok;
}

static bool is_wide(ovf_box box)
{
    double wide_deg = box.east_deg - box.west_deg + (box.east_deg < box.west_deg ? 360.0 : 0.0);
    return wide_deg * (box.north_deg - box.south_deg) * 4 > WIDE_CELLS;
}

static bool add_restrictions(ovf_conflict_index *index)
{
    grid_maker maker;
    bool ok = grid_maker_init(&maker);
    for (size_t i = 0; ok && i < index->row_count; i++) {
        const ovf_restriction *r = ovf_picture_restriction(index->picture, i);
        index->rows[i] =
            (index_row){r->in_force.from, r->in_force.until, r->band.lower_ft, r->band.upper_ft};
        if (r->effect == OVF_EFFECT_LIFTED)
            continue;
        bool is_resolved = ovf_area_is_resolved(r->area);
        ovf_box box = ovf_area_bounds(r->area);
        if (is_resolved && box.is_empty)
            continue;
        if (is_resolved)
            box = touch_grown(box, PAD_M);
        if (!is_resolved || is_wide(box))
            index->anywhere[index->anywhere_count++] = (uint32_t)i;
        else
            ok = grid_add_box(&maker, (uint32_t)i, box);
    }
    ok = ok && grid_finish(&maker, &index->restrictions);
    grid_maker_done(&maker);
    return ok;
}

ovf_status ovf_conflict_index_new(const ovf_picture *picture, ovf_conflict_index **out,
                                  ovf_error *err)
{
    ovf_conflict_index *index = calloc(1, sizeof(*index));
    if (index == NULL)
        return no_memory(err);
    index->picture = picture;
    index->row_count = ovf_picture_restriction_count(picture);
    index->rows = calloc(index->row_count + 1, sizeof(*index->rows));
    index->anywhere = calloc(index->row_count + 1, sizeof(*index->anywhere));
    if (index->rows == NULL || index->anywhere == NULL || index->row_count > UINT32_MAX / 2
        || !index_add_firs(ovf_picture_world(picture), &index->firs) || !add_restrictions(index)) {
        free_all(index);
        return no_memory(err);
    }
    *out = index;
    return OVF_OK;
}

/* ---- asking ---- */

static bool holds(const uint32_t *items, size_t count, uint32_t item)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i] == item)
            return true;
    }
    return false;
}

bool index_firs(const grid *g, const way_leg *leg, uint32_t *whole, size_t *whole_count,
                uint32_t *cut, size_t *cut_count, size_t cut_max, size_t whole_max)
{
    uint32_t cells[INDEX_CELLS_MAX];
    size_t cell_count = grid_cells_along(g, leg, cells, INDEX_CELLS_MAX);
    *whole_count = 0;
    *cut_count = 0;
    if (cell_count == SIZE_MAX)
        return false;
    for (size_t i = 0; i < cell_count; i++) {
        for (uint32_t k = g->first[cells[i]]; k < g->first[cells[i] + 1]; k++) {
            uint32_t entry = g->entries[k];
            if ((entry & GRID_BORDER) == 0 || holds(cut, *cut_count, GRID_ITEM(entry)))
                continue;
            if (*cut_count == cut_max)
                return false;
            cut[(*cut_count)++] = GRID_ITEM(entry);
        }
    }
    // No outline on the way: what holds the cell of its start holds all of it.
    for (uint32_t k = g->first[cells[0]]; k < g->first[cells[0] + 1]; k++) {
        uint32_t fir = GRID_ITEM(g->entries[k]);
        if (holds(cut, *cut_count, fir))
            continue;
        if (*whole_count == whole_max)
            return false;
        whole[(*whole_count)++] = fir;
    }
    return true;
}

/* Level and time of one leg, doubt included. */
typedef struct leg_reach {
    ovf_interval window;
    int32_t lowest_ft, highest_ft;
} leg_reach;

static leg_reach reach_of(const way *w, size_t leg)
{
    const ovf_track_point *p = &w->track->points[leg];
    leg_reach reach = {
        .window = way_window(w),
        .lowest_ft = p[0].lowest_ft < p[1].lowest_ft ? p[0].lowest_ft : p[1].lowest_ft,
        .highest_ft = p[0].highest_ft > p[1].highest_ft ? p[0].highest_ft : p[1].highest_ft,
    };
    if (w->at == OVF_TIME_NONE && w->track->timed) {
        ovf_time doubt = w->track->start_doubt_s > w->track->time_doubt_s ? w->track->start_doubt_s
                                                                          : w->track->time_doubt_s;
        reach.window = (ovf_interval){p[0].time - doubt, p[1].time + doubt};
    }
    return reach;
}

static bool meets(const index_row *row, const leg_reach *reach)
{
    return row->from <= reach->window.until && row->until >= reach->window.from
           && row->lower_ft <= reach->highest_ft && row->upper_ft >= reach->lowest_ft;
}

static void mark(uint64_t *seen, uint32_t item)
{
    seen[item / 64] |= UINT64_C(1) << (item % 64);
}

static void mark_leg(const way *w, size_t leg, uint64_t *seen)
{
    const ovf_conflict_index *index = w->index;
    const grid *g = &index->restrictions;
    uint32_t cells[INDEX_CELLS_MAX];
    leg_reach reach = reach_of(w, leg);
    size_t cell_count = grid_cells_along(g, &w->legs[leg], cells, INDEX_CELLS_MAX);
    for (size_t i = 0; cell_count == SIZE_MAX && i < index->row_count; i++) {
        if (meets(&index->rows[i], &reach))
            mark(seen, (uint32_t)i);
    }
    for (size_t i = 0; cell_count != SIZE_MAX && i < cell_count; i++) {
        for (uint32_t k = g->first[cells[i]]; k < g->first[cells[i] + 1]; k++) {
            uint32_t item = GRID_ITEM(g->entries[k]);
            if (meets(&index->rows[item], &reach))
                mark(seen, item);
        }
    }
    for (size_t i = 0; i < index->anywhere_count; i++) {
        if (meets(&index->rows[index->anywhere[i]], &reach))
            mark(seen, index->anywhere[i]);
    }
}

ovf_status index_find(const way *w, const ovf_restriction ***out, size_t *count, ovf_error *err)
{
    size_t words = w->index->row_count / 64 + 1;
    uint64_t *seen = ovf_arena_array(w->arena, uint64_t, words);
    if (seen == NULL)
        return no_memory(err);
    for (size_t i = 0; i < w->leg_count; i++)
        mark_leg(w, i, seen);
    size_t total = 0;
    for (size_t i = 0; i < words; i++)
        total += (size_t)__builtin_popcountll(seen[i]);
    const ovf_restriction **found =
        (const ovf_restriction **)ovf_arena_alloc(w->arena, total + 1, sizeof(*found));
    if (found == NULL)
        return no_memory(err);
    size_t at = 0;
    for (size_t i = 0; i < words; i++) {
        for (uint64_t left = seen[i]; left != 0; left &= left - 1)
            found[at++] =
                ovf_picture_restriction(w->picture, i * 64 + (size_t)__builtin_ctzll(left));
    }
    *out = found;
    *count = total;
    return OVF_OK;
}
