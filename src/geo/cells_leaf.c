/* SPDX-License-Identifier: Apache-2.0 */
/* Values changed: a set, a border record or a leaf, with a part more or an area less. A leaf's
 * grid is copied and its palette is changed once a value, however many cells show it. */
#include "cells_writer.h"

#include <string.h>

/* Whole inside, or whole in doubt. */
static uint32_t value_with(ovf_cells *cells, uint32_t value, uint32_t entry)
{
    struct cells_writer *w = &cells->writer;
    if ((value & CELLS_TAG) == CELLS_SET)
        return cells_set_with(w, value, entry);
    const uint32_t *record = w->store->words + (value & CELLS_PLACE);
    const uint32_t *list = w->store->words + record[CELLS_BORDER_LIST];
    uint32_t base = cells_set_with(w, list[CELLS_LIST_BASE], entry);
    if (base == list[CELLS_LIST_BASE])
        return value;
    if (base == CELLS_NONE)
        return CELLS_NONE;
    if (record[CELLS_BORDER_NEXT] != 0) {
        cells_border_read(w->store, value, &cells->border);
        cells->border.base = base;
        return cells_border_write(w, &cells->border);
    }
    uint32_t count = record[CELLS_BORDER_COUNT];
    uint32_t words =
        CELLS_BORDER_PIECES + (list[CELLS_LIST_COUNT] <= CELLS_TABLE_MEMBERS ? count : 2 * count);
    uint32_t based = cells_list_based(w, record[CELLS_BORDER_LIST], base);
    uint32_t place = based == CELLS_NONE ? 0 : cells_words(w, words, 1);
    if (place == 0)
        return CELLS_NONE;
    memcpy(w->store->words + place, record, words * sizeof *record);
    w->store->words[place + CELLS_BORDER_LIST] = based;
    return CELLS_BORDER | place;
}

static uint32_t with_state(ovf_cells *cells, uint32_t value, uint32_t id, uint8_t state)
{
    return state == CELLS_OUT
               ? value
               : value_with(cells, value, state == CELLS_DOUBT ? id | OVF_CELLS_UNKNOWN : id);
}

/* A small cell that the part's border runs through. */
static uint32_t with_border(ovf_cells *cells, uint32_t value, uint32_t part,
                            const struct cells_tile *tile, uint32_t sub)
{
    struct cells_writer *w = &cells->writer;
    struct cells_border *border = &cells->border;
    cells_border_read(w->store, value, border);
    if (cells_set_has(w->store, border->base, w->store->parts[part].id))
        return value; // another part of the area holds all of it
    cells_border_member(border, part << 1 | (tile->is_asked ? CELLS_ASKED : 0), tile->starts[sub]);
    if (!tile->is_asked)
        for (uint32_t i = 0; i < tile->touch_count[sub]; i++)
            cells_border_link(border, cells->raster.touches[tile->first[sub] + i].piece,
                              border->member_count - 1);
    return cells_border_write(w, border);
}

/* Writes a leaf, or says the one set that all of it is. Equal sets become one. */
static uint32_t write_leaf(struct cells_writer *w, const uint8_t *grid, const uint32_t *palette,
                           uint32_t count)
{
    uint8_t same[256];
    uint32_t kept[256];
    uint32_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t k = 0;
        while (k < used && kept[k] != palette[i])
            k++;
        if (k == used)
            kept[used++] = palette[i];
        same[i] = (uint8_t)k;
    }
    if (used == 1 && (kept[0] & CELLS_TAG) == CELLS_SET)
        return kept[0];
    uint32_t place = cells_words(w, CELLS_GRID_WORDS + used, 16);
    if (place == 0)
        return CELLS_NONE;
    uint8_t *bytes = (uint8_t *)(w->store->words + place);
    if (used == count)
        memcpy(bytes, grid, 256);
    else
        for (int s = 0; s < 256; s++)
            bytes[s] = same[grid[s]];
    memcpy(w->store->words + place + CELLS_GRID_WORDS, kept, used * sizeof *kept);
    return CELLS_LEAF | place;
}

static uint32_t palette_size(const uint8_t *grid)
{
    uint8_t highest = 0;
    for (int s = 0; s < 256; s++)
        highest = grid[s] > highest ? grid[s] : highest;
    return (uint32_t)highest + 1;
}

static uint32_t leaf_with(ovf_cells *cells, uint32_t value, uint32_t id, uint8_t state)
{
    struct cells_writer *w = &cells->writer;
    const uint32_t *leaf = w->store->words + (value & CELLS_PLACE);
    uint32_t palette[256];
    uint32_t count = palette_size((const uint8_t *)leaf);
    for (uint32_t i = 0; i < count; i++) {
        palette[i] = with_state(cells, leaf[CELLS_GRID_WORDS + i], id, state);
        if (palette[i] == CELLS_NONE)
            return CELLS_NONE;
    }
    return write_leaf(w, (const uint8_t *)leaf, palette, count);
}

uint32_t cells_merge(ovf_cells *cells, uint32_t value, uint32_t part, const struct cells_tile *tile)
{
    static const uint8_t blank[256] = {0};
    struct cells_writer *w = &cells->writer;
    uint32_t id = w->store->parts[part].id;
    bool is_leaf = (value & CELLS_TAG) == CELLS_LEAF;
    if (tile->is_uniform && tile->state == CELLS_OUT)
        return value;
    if (tile->is_uniform)
        return is_leaf ? leaf_with(cells, value, id, tile->state)
                       : with_state(cells, value, id, tile->state);
    const uint32_t *leaf = is_leaf ? w->store->words + (value & CELLS_PLACE) : NULL;
    const uint8_t *old = is_leaf ? (const uint8_t *)leaf : blank;
    const uint32_t *old_palette = is_leaf ? leaf + CELLS_GRID_WORDS : &value;
    uint8_t grid[256];
    uint32_t palette[256];
    uint32_t count = 0;
    uint16_t known[3][256];
    memset(known, 0xff, sizeof known);
    for (uint32_t s = 0; s < 256; s++) {
        uint8_t state = tile->grid[s];
        if (state != CELLS_EDGE && known[state][old[s]] != UINT16_MAX) {
            grid[s] = (uint8_t)known[state][old[s]];
            continue;
        }
        uint32_t before = old_palette[old[s]];
        palette[count] = state == CELLS_EDGE ? with_border(cells, before, part, tile, s)
                                             : with_state(cells, before, id, state);
        if (palette[count] == CELLS_NONE)
            return CELLS_NONE;
        if (state != CELLS_EDGE)
            known[state][old[s]] = (uint16_t)count;
        grid[s] = (uint8_t)count++;
    }
    return write_leaf(w, grid, palette, count);
}

/* ---- an area less ---- */

/* Of so many members that there is no map: the links of one go, those behind it move up. */
static void drop_member(struct cells_border *border, uint32_t member)
{
    for (uint32_t i = 0; i < border->link_count; i++) {
        uint32_t *linked = &border->links[i].member;
        if (*linked == member)
            *linked = CELLS_NONE;
        else if (*linked > member && *linked != CELLS_NONE)
            --*linked;
    }
}

static uint32_t border_without(ovf_cells *cells, uint32_t value, uint32_t id)
{
    struct cells_writer *w = &cells->writer;
    struct cells_border *border = &cells->border;
    cells_border_read(w->store, value, border);
    uint32_t base = cells_set_without(w, border->base, id);
    uint32_t map[256];
    uint32_t kept = 0;
    bool fits = border->member_count <= OVF_COUNTOF(map);
    for (uint32_t m = 0; m < border->member_count; m++) {
        bool stays = w->store->parts[border->members[m] >> 1].id != id;
        if (fits)
            map[m] = stays ? kept : CELLS_NONE;
        if (!stays) {
            if (!fits)
                drop_member(border, kept);
            continue;
        }
        border->members[kept] = border->members[m];
        border->starts[kept] = border->starts[m];
        kept++;
    }
    if (base == border->base && kept == border->member_count)
        return value;
    if (base == CELLS_NONE)
        return CELLS_NONE;
    uint32_t links = 0;
    for (uint32_t i = 0; i < border->link_count; i++) {
        struct cells_link link = border->links[i];
        if (fits)
            link.member = map[link.member];
        if (link.member != CELLS_NONE)
            border->links[links++] = link;
    }
    border->base = base;
    border->member_count = kept;
    border->link_count = links;
    return cells_border_write(w, border);
}

uint32_t cells_value_without(ovf_cells *cells, uint32_t value, uint32_t id)
{
    struct cells_writer *w = &cells->writer;
    if ((value & CELLS_TAG) == CELLS_SET)
        return cells_set_without(w, value, id);
    if ((value & CELLS_TAG) == CELLS_BORDER)
        return border_without(cells, value, id);
    const uint32_t *leaf = w->store->words + (value & CELLS_PLACE);
    uint32_t palette[256];
    uint32_t count = palette_size((const uint8_t *)leaf);
    bool is_changed = false;
    for (uint32_t i = 0; i < count; i++) {
        palette[i] = cells_value_without(cells, leaf[CELLS_GRID_WORDS + i], id);
        if (palette[i] == CELLS_NONE)
            return CELLS_NONE;
        is_changed |= palette[i] != leaf[CELLS_GRID_WORDS + i];
    }
    return is_changed ? write_leaf(w, (const uint8_t *)leaf, palette, count) : value;
}
