/* SPDX-License-Identifier: Apache-2.0 */
/* Lookups: points in blocks through the table and the leaves (cells_pass.c), then those whose
 * small cell has a border in it, one by one. Only a point within the doubt of a piece is asked of
 * the area itself. */
#include "cells_internal.h"

#include <stdlib.h>
#include <string.h>

ovf_status ovf_cells_reader_new(const ovf_cells_view *view, ovf_cells_engine engine,
                                ovf_cells_reader **out)
{
    ovf_cells_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL)
        return OVF_E_NOMEM;
    reader->store = view->store;
    reader->top = view->top;
    reader->set_count = view->set_count;
    reader->engine = cells_best_engine(engine);
    ovf_arena_init(&reader->arena, 0);
    *out = reader;
    return OVF_OK;
}

void ovf_cells_reader_free(ovf_cells_reader *reader)
{
    if (reader == NULL)
        return;
    ovf_arena_done(&reader->arena);
    free(reader->extra_slots);
    free(reader->scratch);
    free(reader);
}

ovf_cells_engine ovf_cells_reader_engine(const ovf_cells_reader *reader)
{
    return reader->engine;
}

ovf_cells_counts ovf_cells_reader_counts(const ovf_cells_reader *reader)
{
    return reader->counts;
}

uint32_t ovf_cells_set_count(const ovf_cells_reader *reader)
{
    return reader->set_count + (uint32_t)reader->extra_count;
}

const uint32_t *ovf_cells_set(const ovf_cells_reader *reader, uint32_t id, size_t *count)
{
    const uint32_t *words = NULL;
    if (id < reader->set_count)
        words = reader->store->words + reader->store->sets[id];
    else if (id - reader->set_count < reader->extra_count)
        words = reader->extra[id - reader->set_count];
    *count = words == NULL ? 0 : words[0];
    return words == NULL ? NULL : words + 1;
}

/* ---- sets that the index has no number for ---- */

static uint32_t hash_entries(const uint32_t *entries, size_t count)
{
    uint64_t h = 0x9e3779b97f4a7c15u + count;
    for (size_t i = 0; i < count; i++) {
        h = (h ^ entries[i]) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    return (uint32_t)h;
}

static bool grow_extra(ovf_cells_reader *reader)
{
    if (reader->extra_slots != NULL && reader->extra_count * 2 <= reader->extra_mask)
        return true;
    uint32_t mask = reader->extra_mask * 2 + (reader->extra_slots == NULL ? 255 : 1);
    uint32_t *slots = calloc((size_t)mask + 1, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < reader->extra_count; i++) {
        uint32_t slot = hash_entries(reader->extra[i] + 1, reader->extra[i][0]) & mask;
        while (slots[slot] != 0)
            slot = (slot + 1) & mask;
        slots[slot] = (uint32_t)i + 1;
    }
    free(reader->extra_slots);
    reader->extra_slots = slots;
    reader->extra_mask = mask;
    return true;
}

static uint32_t number_of(ovf_cells_reader *reader, const uint32_t *entries, size_t count)
{
    if (!grow_extra(reader))
        return OVF_CELLS_LOST;
    uint32_t slot = hash_entries(entries, count) & reader->extra_mask;
    for (; reader->extra_slots[slot] != 0; slot = (slot + 1) & reader->extra_mask) {
        const uint32_t *known = reader->extra[reader->extra_slots[slot] - 1];
        if (known[0] == count && memcmp(known + 1, entries, count * sizeof *entries) == 0)
            return reader->set_count + reader->extra_slots[slot] - 1;
    }
    void *items = reader->extra;
    uint32_t *words = ovf_arena_array(&reader->arena, uint32_t, count + 1);
    if (words == NULL || reader->extra_count == CELLS_EXTRA_MAX
        || !ovf_arena_grow(&reader->arena, &items, reader->extra_count, &reader->extra_capacity,
                           sizeof *reader->extra))
        return OVF_CELLS_LOST;
    reader->extra = items;
    words[0] = (uint32_t)count;
    if (count > 0)
        memcpy(words + 1, entries, count * sizeof *entries);
    reader->extra[reader->extra_count] = words;
    reader->extra_count++;
    reader->extra_slots[slot] = (uint32_t)reader->extra_count;
    return reader->set_count + (uint32_t)reader->extra_count - 1;
}

static int by_id(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a & OVF_CELLS_ID_MAX;
    uint32_t right = *(const uint32_t *)b & OVF_CELLS_ID_MAX;
    return (left > right) - (left < right);
}

/* Sorted, each id once; inside is stronger than "cannot tell". */
static size_t tidy(uint32_t *entries, size_t count)
{
    qsort(entries, count, sizeof *entries, by_id);
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        if (used > 0 && ((entries[used - 1] ^ entries[i]) & OVF_CELLS_ID_MAX) == 0)
            entries[used - 1] &= entries[i];
        else
            entries[used++] = entries[i];
    return used;
}

/* ---- a border record ---- */

struct outcome {
    uint32_t in, doubt; /* members */
};

static ovf_tri ask_member(ovf_cells_reader *reader, uint32_t member, ovf_fixed p)
{
    const struct cells_part *part = &reader->store->parts[member >> 1];
    return ovf_area_contains(part->area, ovf_fixed_point(p));
}

static inline struct outcome look_at_record(ovf_cells_reader *reader, const uint32_t *record,
                                            const uint32_t *list, ovf_fixed p, int32_t floor_e7,
                                            bool is_planar)
{
    const struct cells_piece *pieces = reader->store->pieces;
    const uint32_t *items = record + CELLS_BORDER_PIECES;
    uint32_t members = list[CELLS_LIST_COUNT];
    uint32_t count = record[CELLS_BORDER_COUNT];
    bool is_narrow = members <= CELLS_TABLE_MEMBERS;
    uint32_t in = record[CELLS_BORDER_START];
    uint32_t on = 0;
    uint32_t near = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t piece = is_narrow ? items[i] >> 4 : items[2 * i];
        uint32_t mask = is_narrow ? items[i] & 15 : items[2 * i + 1];
        unsigned look = cells_look(&pieces[piece], p.lon_e7, p.lat_e7, floor_e7, is_planar);
        in ^= mask & (0u - (look & CELLS_ODD));
        on |= mask & (0u - (look >> 2 & 1));
        near |= mask & (0u - (look >> 1 & 1));
    }
    struct outcome outcome = {.in = in | on};
    if (is_planar)
        return outcome;
    for (uint32_t m = 0; m < members; m++)
        near |= (list[CELLS_LIST_MEMBERS + m] & CELLS_ASKED) << m;
    reader->counts.exact += near != 0;
    for (; near != 0; near &= near - 1) {
        uint32_t m = (uint32_t)__builtin_ctz(near);
        ovf_tri tri = ask_member(reader, list[CELLS_LIST_MEMBERS + m], p);
        outcome.in = (outcome.in & ~(1u << m)) | (uint32_t)(tri == OVF_TRI_YES) << m;
        outcome.doubt |= (uint32_t)(tri == OVF_TRI_UNKNOWN) << m;
    }
    return outcome;
}

static bool scratch_for(ovf_cells_reader *reader, size_t count)
{
    if (count <= reader->scratch_capacity)
        return true;
    uint32_t *scratch = realloc(reader->scratch, 2 * count * sizeof *scratch);
    if (scratch == NULL)
        return false;
    reader->scratch = scratch;
    reader->scratch_capacity = 2 * count;
    return true;
}

/* The long way: base, and what each record of the chain says. */
static uint32_t settle_chain(ovf_cells_reader *reader, uint32_t place, ovf_fixed p,
                             int32_t floor_e7)
{
    const struct cells_store *store = reader->store;
    const uint32_t *list = store->words + store->words[place + CELLS_BORDER_LIST];
    size_t count = 0;
    const uint32_t *base = ovf_cells_set(reader, list[CELLS_LIST_BASE], &count);
    if (!scratch_for(reader, count + CELLS_MEMBERS_MAX))
        return OVF_CELLS_LOST;
    if (count > 0)
        memcpy(reader->scratch, base, count * sizeof *base);
    while (place != 0) {
        const uint32_t *record = store->words + place;
        list = store->words + record[CELLS_BORDER_LIST];
        struct outcome outcome =
            look_at_record(reader, record, list, p, floor_e7, store->is_planar);
        if (!scratch_for(reader, count + CELLS_MEMBERS_MAX))
            return OVF_CELLS_LOST;
        for (uint32_t m = 0; m < list[CELLS_LIST_COUNT]; m++) {
            uint32_t id = store->parts[list[CELLS_LIST_MEMBERS + m] >> 1].id;
            if ((outcome.in >> m & 1) != 0)
                reader->scratch[count++] = id;
            else if ((outcome.doubt >> m & 1) != 0)
                reader->scratch[count++] = id | OVF_CELLS_UNKNOWN;
        }
        place = record[CELLS_BORDER_NEXT];
    }
    return number_of(reader, reader->scratch, tidy(reader->scratch, count));
}

static inline uint32_t settle(ovf_cells_reader *reader, uint32_t value, ovf_fixed p, bool is_planar)
{
    const struct cells_store *store = reader->store;
    uint32_t place = value & CELLS_PLACE;
    const uint32_t *record = store->words + place;
    const uint32_t *list = store->words + record[CELLS_BORDER_LIST];
    uint32_t table = list[CELLS_LIST_TABLE];
    uint32_t sub_row = ((uint32_t)p.lat_e7 + (uint32_t)OVF_GEO_POLE_E7) / CELLS_SUB_E7;
    sub_row = sub_row < CELLS_SUB_ROWS ? sub_row : CELLS_SUB_ROWS - 1;
    int32_t floor_e7 = cells_floor_e7(sub_row);
    reader->counts.border++;
    if (!is_planar && p.lon_e7 == OVF_GEO_HALF_E7)
        p.lon_e7 = -(int32_t)OVF_GEO_HALF_E7;
    if (table != 0 && record[CELLS_BORDER_NEXT] == 0) {
        struct outcome outcome = look_at_record(reader, record, list, p, floor_e7, is_planar);
        if (outcome.doubt == 0)
            return store->words[table + outcome.in];
    }
    return settle_chain(reader, place, p, floor_e7);
}

uint32_t ovf_cells_at(ovf_cells_reader *reader, ovf_fixed p)
{
    const struct cells_store *store = reader->store;
    struct cells_spot spot = cells_spot_of(store->is_planar, p);
    uint32_t value = reader->top[spot.cell];
    reader->counts.points++;
    if ((value & CELLS_TAG) == CELLS_LEAF) {
        const uint32_t *leaf = store->words + (value & CELLS_PLACE);
        value = leaf[CELLS_GRID_WORDS + ((const uint8_t *)leaf)[spot.sub]];
    }
    return (value & CELLS_TAG) == CELLS_SET ? value : settle(reader, value, p, store->is_planar);
}

static void settle_many(ovf_cells_reader *reader, const ovf_fixed *points, const uint32_t *borders,
                        uint32_t count, uint32_t *values)
{
    const struct cells_store *store = reader->store;
    // The records lie scattered over megabytes: what they need is fetched before it is used.
    for (uint32_t i = 0; i < count; i++)
        __builtin_prefetch(store->words + (values[borders[i]] & CELLS_PLACE));
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t *record = store->words + (values[borders[i]] & CELLS_PLACE);
        __builtin_prefetch(store->words + record[CELLS_BORDER_LIST]);
        // Of a record with more than four members this is another piece, an earlier one. What lies
        // behind a record without pieces, and how many pieces the store has, must not be looked
        // at: the writer changes it meanwhile.
        if (record[CELLS_BORDER_COUNT] > 0)
            __builtin_prefetch(&store->pieces[record[CELLS_BORDER_PIECES] >> 4]);
    }
    if (store->is_planar)
        for (uint32_t i = 0; i < count; i++)
            values[borders[i]] = settle(reader, values[borders[i]], points[borders[i]], true);
    else
        for (uint32_t i = 0; i < count; i++)
            values[borders[i]] = settle(reader, values[borders[i]], points[borders[i]], false);
}

ovf_status ovf_cells_at_many(ovf_cells_reader *reader, const ovf_fixed *points, size_t count,
                             uint32_t *ids)
{
    cells_pass *pass = cells_pass_of(reader->engine);
    uint32_t borders[CELLS_BLOCK + 16]; // a vector may be written over the end
    uint32_t lost = 0;
    for (size_t from = 0; from < count; from += CELLS_BLOCK) {
        size_t left = count - from;
        uint32_t some = left < CELLS_BLOCK ? (uint32_t)left : CELLS_BLOCK;
        uint32_t found = pass(reader->store, reader->top, points + from, some, ids + from, borders);
        settle_many(reader, points + from, borders, found, ids + from);
        for (uint32_t i = 0; i < found; i++)
            lost |= ids[from + borders[i]] == OVF_CELLS_LOST;
    }
    reader->counts.points += count;
    return lost ? OVF_E_NOMEM : OVF_OK;
}
