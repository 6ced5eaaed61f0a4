/* SPDX-License-Identifier: Apache-2.0 */
/* Moving what the table still reaches to a new store, with as much room again. Readers of the old
 * store keep it until the last snapshot of it is freed. */
#include "cells_writer.h"

#include <stdlib.h>
#include <string.h>

struct move {
    const struct cells_store *from;
    struct cells_writer *old;
    struct cells_writer to;
    uint32_t *sets, *pieces, *parts, *lists; /* old number to new, CELLS_NONE: not needed */
    uint32_t top[CELLS_TOP];
};

/* Calls visit for every border value that the table reaches. */
static void each_border(const ovf_cells *cells, struct move *m,
                        void (*visit)(struct move *m, uint32_t value))
{
    for (uint32_t cell = 0; cell < CELLS_TOP; cell++) {
        uint32_t value = cells->top[cell];
        if ((value & CELLS_TAG) == CELLS_BORDER)
            visit(m, value);
        if ((value & CELLS_TAG) != CELLS_LEAF)
            continue;
        const uint32_t *leaf = m->from->words + (value & CELLS_PLACE);
        const uint8_t *grid = (const uint8_t *)leaf;
        uint8_t highest = 0;
        for (int s = 0; s < 256; s++)
            highest = grid[s] > highest ? grid[s] : highest;
        for (uint32_t i = 0; i <= highest; i++)
            if ((leaf[CELLS_GRID_WORDS + i] & CELLS_TAG) == CELLS_BORDER)
                visit(m, leaf[CELLS_GRID_WORDS + i]);
    }
}

static void mark_pieces(struct move *m, uint32_t value)
{
    for (uint32_t place = value & CELLS_PLACE; place != 0;) {
        const uint32_t *record = m->from->words + place;
        const uint32_t *pieces = record + CELLS_BORDER_PIECES;
        bool is_narrow =
            m->from->words[record[CELLS_BORDER_LIST] + CELLS_LIST_COUNT] <= CELLS_TABLE_MEMBERS;
        for (uint32_t i = 0; i < record[CELLS_BORDER_COUNT]; i++)
            m->pieces[is_narrow ? pieces[i] >> 4 : pieces[2 * i]] = 0;
        place = record[CELLS_BORDER_NEXT];
    }
}

/* Pieces keep their order, and the pieces of an edge stay together. */
static bool move_pieces(struct move *m)
{
    for (uint32_t i = 0; i < m->old->edge_count; i++) {
        const struct cells_edge *edge = &m->old->edges[i];
        bool is_used = false;
        for (uint32_t k = 0; k < edge->count; k++)
            is_used |= m->pieces[edge->first + k] != CELLS_NONE;
        for (uint32_t k = 0; k < edge->count && is_used; k++)
            m->pieces[edge->first + k] = 0;
    }
    for (uint32_t i = 0; i < m->from->piece_count; i++) {
        if (m->pieces[i] == CELLS_NONE)
            continue;
        m->pieces[i] = cells_piece_of(&m->to, &m->from->pieces[i]);
        if (m->pieces[i] == CELLS_NONE)
            return false;
    }
    return cells_edges_move(m->old, &m->to, m->pieces);
}

static bool move_parts(struct move *m, ovf_cells *cells, uint32_t *firsts)
{
    for (uint32_t i = 0; i < cells->area_count; i++) {
        const struct cells_area *area = &cells->areas[i];
        firsts[i] = m->to.store->part_count;
        for (uint32_t k = area->first_part; k < area->first_part + area->part_count; k++) {
            m->parts[k] = cells_part_of(&m->to, m->from->parts[k]);
            if (m->parts[k] == CELLS_NONE)
                return false;
        }
    }
    return true;
}

static uint32_t move_set(struct move *m, uint32_t set)
{
    if (m->sets[set] == CELLS_NONE) {
        const uint32_t *words = m->from->words + m->from->sets[set];
        m->sets[set] = cells_set_of(&m->to, words + 1, words[0]);
    }
    return m->sets[set];
}

/* A list goes with the sets of its outcomes: nothing is worked out again. */
static uint32_t move_list(struct move *m, uint32_t list)
{
    if (m->lists[list] != CELLS_NONE)
        return m->lists[list];
    const uint32_t *words = m->from->words + list;
    uint32_t count = words[CELLS_LIST_COUNT];
    uint32_t members[CELLS_MEMBERS_MAX];
    uint32_t outcomes[1u << CELLS_TABLE_MEMBERS];
    uint32_t base = move_set(m, words[CELLS_LIST_BASE]);
    if (base == CELLS_NONE)
        return CELLS_NONE;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t member = words[CELLS_LIST_MEMBERS + i];
        members[i] = m->parts[member >> 1] << 1 | (member & CELLS_ASKED);
    }
    const uint32_t *table =
        words[CELLS_LIST_TABLE] == 0 ? NULL : m->from->words + words[CELLS_LIST_TABLE];
    for (uint32_t i = 0; table != NULL && i < 1u << count; i++) {
        outcomes[i] = move_set(m, table[i]);
        if (outcomes[i] == CELLS_NONE)
            return CELLS_NONE;
    }
    m->lists[list] = cells_list_put(&m->to, base, members, count, table == NULL ? NULL : outcomes);
    return m->lists[list];
}

/* The records of a chain, the last one first. 0: no room. */
static uint32_t move_record(struct move *m, uint32_t place)
{
    const uint32_t *record = m->from->words + place;
    uint32_t next = record[CELLS_BORDER_NEXT];
    uint32_t members = m->from->words[record[CELLS_BORDER_LIST] + CELLS_LIST_COUNT];
    uint32_t count = record[CELLS_BORDER_COUNT];
    bool is_narrow = members <= CELLS_TABLE_MEMBERS;
    if (next != 0) {
        next = move_record(m, next);
        if (next == 0)
            return 0;
    }
    uint32_t list = move_list(m, record[CELLS_BORDER_LIST]);
    uint32_t words = CELLS_BORDER_PIECES + (is_narrow ? count : 2 * count);
    uint32_t moved = list == CELLS_NONE ? 0 : cells_words(&m->to, words, 1);
    if (moved == 0)
        return 0;
    uint32_t *to = m->to.store->words + moved;
    memcpy(to, record, words * sizeof *to);
    to[CELLS_BORDER_LIST] = list;
    to[CELLS_BORDER_NEXT] = next;
    for (uint32_t i = CELLS_BORDER_PIECES; i < words; i += is_narrow ? 1 : 2)
        to[i] = is_narrow ? m->pieces[to[i] >> 4] << 4 | (to[i] & 15) : m->pieces[to[i]];
    return moved;
}

static uint32_t move_value(struct move *m, uint32_t value)
{
    if ((value & CELLS_TAG) == CELLS_SET)
        return move_set(m, value);
    uint32_t place = move_record(m, value & CELLS_PLACE);
    return place == 0 ? CELLS_NONE : CELLS_BORDER | place;
}

static uint32_t move_leaf(struct move *m, uint32_t value)
{
    const uint32_t *leaf = m->from->words + (value & CELLS_PLACE);
    const uint8_t *grid = (const uint8_t *)leaf;
    uint32_t palette[256];
    uint32_t count = 0;
    for (int s = 0; s < 256; s++)
        count = grid[s] >= count ? grid[s] + 1u : count;
    for (uint32_t i = 0; i < count; i++) {
        palette[i] = move_value(m, leaf[CELLS_GRID_WORDS + i]);
        if (palette[i] == CELLS_NONE)
            return CELLS_NONE;
    }
    uint32_t place = cells_words(&m->to, CELLS_GRID_WORDS + count, 16);
    if (place == 0)
        return CELLS_NONE;
    memcpy(m->to.store->words + place, grid, 256);
    memcpy(m->to.store->words + place + CELLS_GRID_WORDS, palette, count * sizeof *palette);
    return CELLS_LEAF | place;
}

static bool move_all(struct move *m, ovf_cells *cells, uint32_t *firsts)
{
    if (!move_parts(m, cells, firsts))
        return false;
    each_border(cells, m, mark_pieces);
    if (!move_pieces(m))
        return false;
    for (uint32_t cell = 0; cell < CELLS_TOP; cell++) {
        uint32_t value = cells->top[cell];
        m->top[cell] =
            (value & CELLS_TAG) == CELLS_LEAF ? move_leaf(m, value) : move_value(m, value);
        if (m->top[cell] == CELLS_NONE)
            return false;
    }
    return true;
}

static uint32_t *numbers(uint32_t count)
{
    uint32_t *items = malloc(((size_t)count + 1) * sizeof *items);
    for (uint32_t i = 0; items != NULL && i < count; i++)
        items[i] = CELLS_NONE;
    return items;
}

/* Twice the room for what is more than half full. */
static void grow(uint32_t *size, uint32_t used, uint32_t max)
{
    if (used >= *size / 2)
        *size = *size > max / 2 ? max : *size * 2;
}

static ovf_status try_move(ovf_cells *cells, struct cells_sizes sizes)
{
    struct cells_store *from = cells->writer.store;
    struct move *m = calloc(1, sizeof *m);
    uint32_t *firsts = malloc(((size_t)cells->area_count + 1) * sizeof *firsts);
    ovf_status status = OVF_E_NOMEM;
    if (m == NULL || firsts == NULL
        || cells_writer_init(&m->to, from->is_planar, sizes) != OVF_OK) {
        free(firsts);
        free(m);
        return status;
    }
    m->from = from;
    m->old = &cells->writer;
    m->sets = numbers(from->set_count);
    m->pieces = numbers(from->piece_count);
    m->parts = numbers(from->part_count);
    m->lists = numbers(from->word_count);
    struct cells_writer spent;
    if (m->sets != NULL && m->pieces != NULL && m->parts != NULL && m->lists != NULL
        && move_all(m, cells, firsts)) {
        memcpy(cells->top, m->top, sizeof cells->top);
        for (uint32_t i = 0; i < cells->area_count; i++)
            cells->areas[i].first_part = firsts[i];
        spent = cells->writer;
        cells->writer = m->to;
        cells->sizes = sizes;
        status = OVF_OK;
    } else {
        spent = m->to;
        status = m->to.is_full ? OVF_E_LIMIT : OVF_E_NOMEM;
    }
    struct cells_store *left = spent.store;
    cells_writer_done(&spent);
    cells_store_leave(left);
    free(m->lists);
    free(m->sets);
    free(m->pieces);
    free(m->parts);
    free(firsts);
    free(m);
    return status;
}

/* At first what is no longer in use is thrown away, and more room is taken only when there was
 * little to throw away the last time; a change that then still does not fit takes it in any case. */
ovf_status cells_move(ovf_cells *cells, bool takes_more)
{
    const struct cells_store *store = cells->writer.store;
    struct cells_sizes used = cells->kept;
    if (takes_more)
        used = (struct cells_sizes){store->word_count, store->piece_count, store->part_count,
                                    store->set_count};
    struct cells_sizes sizes = cells->sizes;
    grow(&sizes.words, used.words, CELLS_PLACE);
    grow(&sizes.pieces, used.pieces, 1u << 28);
    grow(&sizes.parts, used.parts, 1u << 30);
    grow(&sizes.sets, used.sets, CELLS_PLACE);
    if (cells_sizes_bytes(sizes) > cells->limit)
        sizes = cells->sizes;
    if (takes_more && cells_sizes_bytes(sizes) == cells_sizes_bytes(cells->sizes))
        return OVF_E_LIMIT;
    ovf_status status = try_move(cells, sizes);
    store = cells->writer.store;
    if (status == OVF_OK)
        cells->kept = (struct cells_sizes){store->word_count, store->piece_count, store->part_count,
                                           store->set_count};
    return status;
}
