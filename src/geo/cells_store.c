/* SPDX-License-Identifier: Apache-2.0 */
/* The writer's side of a store of cells: words, pieces and parts are only ever added; sets and
 * lists that are alike are kept once. Nothing moves, so readers need no lock; when something does
 * not fit, is_full is set and the index moves to a larger store. */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE 1 // madvise
#endif
#include "cells_internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define LARGE_PAGE ((size_t)2 << 20)

#define SET_ENTRIES_MAX 1000000u

size_t cells_sizes_bytes(struct cells_sizes sizes)
{
    return (size_t)sizes.words * sizeof(uint32_t) + sizes.pieces * sizeof(struct cells_piece)
           + sizes.parts * sizeof(struct cells_part) + sizes.sets * sizeof(uint32_t);
}

void cells_store_leave(struct cells_store *store)
{
    if (store == NULL || atomic_fetch_sub(&store->users, 1) != 1)
        return;
    free(store->words);
    free(store->pieces);
    free(store->parts);
    free(store->sets);
    free(store);
}

/* A lookup goes anywhere in some ten megabytes: in pages of two there are few to remember. */
static void *large_pages(size_t bytes)
{
    size_t page = bytes < LARGE_PAGE ? 64 : LARGE_PAGE;
    size_t rounded = (bytes + page - 1) / page * page;
    void *memory = aligned_alloc(page, rounded);
#ifdef MADV_HUGEPAGE
    if (memory != NULL && page == LARGE_PAGE)
        (void)madvise(memory, rounded, MADV_HUGEPAGE); // only a hint
#endif
    return memory;
}

static bool table_init(struct cells_table *table, uint32_t slots)
{
    *table = (struct cells_table){.slots = calloc(slots, sizeof(uint32_t)), .mask = slots - 1};
    return table->slots != NULL;
}

ovf_status cells_writer_init(struct cells_writer *w, bool is_planar, struct cells_sizes sizes)
{
    *w = (struct cells_writer){0};
    struct cells_store *store = calloc(1, sizeof *store);
    if (store == NULL)
        return OVF_E_NOMEM;
    w->store = store;
    atomic_init(&store->users, 1);
    store->is_planar = is_planar;
    // A leaf begins a cache line.
    store->words = large_pages((size_t)sizes.words * sizeof(uint32_t));
    store->pieces = malloc((size_t)sizes.pieces * sizeof *store->pieces);
    store->parts = malloc((size_t)sizes.parts * sizeof *store->parts);
    store->sets = malloc((size_t)sizes.sets * sizeof *store->sets);
    store->word_capacity = sizes.words;
    store->piece_capacity = sizes.pieces;
    store->part_capacity = sizes.parts;
    store->set_capacity = sizes.sets;
    store->word_count = 16; // place 0 is no place
    if (store->words == NULL || store->pieces == NULL || store->parts == NULL || store->sets == NULL
        || !table_init(&w->sets, 1024) || !table_init(&w->lists, 1024)
        || !table_init(&w->edge_slots, 1024) || cells_set_of(w, NULL, 0) != 0) {
        cells_writer_done(w);
        cells_store_leave(store);
        return OVF_E_NOMEM;
    }
    return OVF_OK;
}

void cells_writer_done(struct cells_writer *w)
{
    free(w->sets.slots);
    free(w->lists.slots);
    free(w->edge_slots.slots);
    free(w->edges);
    free(w->scratch);
    *w = (struct cells_writer){0};
}

uint32_t cells_words(struct cells_writer *w, uint32_t count, uint32_t align)
{
    struct cells_store *store = w->store;
    uint32_t place = (store->word_count + align - 1) / align * align;
    if (place > CELLS_PLACE - count || place + count > store->word_capacity) {
        w->is_full = true;
        return 0;
    }
    store->word_count = place + count;
    return place;
}

static uint32_t hash_words(const uint32_t *words, uint32_t count)
{
    uint64_t h = 0x9e3779b97f4a7c15u + count;
    for (uint32_t i = 0; i < count; i++) {
        h = (h ^ words[i]) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    return (uint32_t)h;
}

/* ---- sets ---- */

static const uint32_t *set_words(const struct cells_store *store, uint32_t set)
{
    return store->words + store->sets[set];
}

/* Doubles a table; false: no memory. hash_of: of what a slot's value stands for. */
static bool table_grow(struct cells_writer *w, struct cells_table *table,
                       uint32_t (*hash_of)(const struct cells_writer *w, uint32_t value))
{
    if (table->count * 2 <= table->mask)
        return true;
    struct cells_table larger;
    if (!table_init(&larger, (table->mask + 1) * 2))
        return false;
    for (uint32_t i = 0; i <= table->mask; i++) {
        if (table->slots[i] == 0)
            continue;
        uint32_t slot = hash_of(w, table->slots[i] - 1) & larger.mask;
        while (larger.slots[slot] != 0)
            slot = (slot + 1) & larger.mask;
        larger.slots[slot] = table->slots[i];
    }
    larger.count = table->count;
    free(table->slots);
    *table = larger;
    return true;
}

static uint32_t hash_of_set(const struct cells_writer *w, uint32_t set)
{
    const uint32_t *words = set_words(w->store, set);
    return hash_words(words + 1, words[0]);
}

uint32_t cells_set_of(struct cells_writer *w, const uint32_t *entries, uint32_t count)
{
    struct cells_store *store = w->store;
    if (!table_grow(w, &w->sets, hash_of_set)) {
        w->is_full = true;
        return CELLS_NONE;
    }
    uint32_t slot = hash_words(entries, count) & w->sets.mask;
    for (; w->sets.slots[slot] != 0; slot = (slot + 1) & w->sets.mask) {
        const uint32_t *words = set_words(store, w->sets.slots[slot] - 1);
        if (words[0] == count
            && (count == 0 || memcmp(words + 1, entries, count * sizeof *entries) == 0))
            return w->sets.slots[slot] - 1;
    }
    uint32_t place = cells_words(w, count + 1, 1);
    if (place == 0 || store->set_count == store->set_capacity) {
        w->is_full = true;
        return CELLS_NONE;
    }
    store->words[place] = count;
    if (count > 0)
        memcpy(store->words + place + 1, entries, count * sizeof *entries);
    store->sets[store->set_count] = place;
    w->sets.slots[slot] = store->set_count + 1;
    w->sets.count++;
    return store->set_count++;
}

static bool scratch_for(struct cells_writer *w, size_t count)
{
    if (count <= w->scratch_capacity)
        return true;
    uint32_t *scratch =
        count > SET_ENTRIES_MAX ? NULL : realloc(w->scratch, 2 * count * sizeof *scratch);
    if (scratch == NULL) {
        w->is_full = true;
        return false;
    }
    w->scratch = scratch;
    w->scratch_capacity = 2 * count;
    return true;
}

static bool memo_find(const struct cells_memo *memo, uint32_t key, uint32_t operand,
                      uint32_t *result)
{
    uint32_t i = (key ^ operand * 7) % CELLS_MEMO;
    if (memo->keys[i] != key + 1 || memo->operands[i] != operand)
        return false;
    *result = memo->results[i];
    return true;
}

static uint32_t memo_keep(struct cells_memo *memo, uint32_t key, uint32_t operand, uint32_t result)
{
    uint32_t i = (key ^ operand * 7) % CELLS_MEMO;
    if (result != CELLS_NONE) {
        memo->keys[i] = key + 1;
        memo->operands[i] = operand;
        memo->results[i] = result;
    }
    return result;
}

/* Where an id stands in a set, or would. */
static uint32_t set_find(const uint32_t *words, uint32_t id)
{
    uint32_t low = 0, high = words[0];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if ((words[1 + middle] & OVF_CELLS_ID_MAX) < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool cells_set_has(const struct cells_store *store, uint32_t set, uint32_t entry)
{
    const uint32_t *words = set_words(store, set);
    uint32_t at = set_find(words, entry & OVF_CELLS_ID_MAX);
    return at < words[0] && words[1 + at] == entry;
}

/* Inside is stronger than "cannot tell": a union holds what one of its parts holds. */
uint32_t cells_set_with(struct cells_writer *w, uint32_t set, uint32_t entry)
{
    uint32_t result = 0;
    if (memo_find(&w->with, set, entry, &result))
        return result;
    const uint32_t *words = set_words(w->store, set);
    uint32_t count = words[0];
    uint32_t at = set_find(words, entry & OVF_CELLS_ID_MAX);
    bool is_there = at < count && ((words[1 + at] ^ entry) & OVF_CELLS_ID_MAX) == 0;
    if (is_there && (words[1 + at] & OVF_CELLS_UNKNOWN) <= (entry & OVF_CELLS_UNKNOWN))
        return memo_keep(&w->with, set, entry, set);
    if (!scratch_for(w, (size_t)count + 1))
        return CELLS_NONE;
    memcpy(w->scratch, words + 1, at * sizeof *words);
    w->scratch[at] = entry;
    memcpy(w->scratch + at + 1, words + 1 + at + is_there, (count - at - is_there) * sizeof *words);
    result = cells_set_of(w, w->scratch, count + !is_there);
    return memo_keep(&w->with, set, entry, result);
}

uint32_t cells_set_without(struct cells_writer *w, uint32_t set, uint32_t id)
{
    uint32_t result = 0;
    if (memo_find(&w->without, set, id, &result))
        return result;
    const uint32_t *words = set_words(w->store, set);
    uint32_t count = words[0];
    uint32_t at = set_find(words, id);
    if (at == count || (words[1 + at] & OVF_CELLS_ID_MAX) != id)
        return memo_keep(&w->without, set, id, set);
    if (!scratch_for(w, count))
        return CELLS_NONE;
    memcpy(w->scratch, words + 1, at * sizeof *words);
    memcpy(w->scratch + at, words + 2 + at, (count - at - 1) * sizeof *words);
    return memo_keep(&w->without, set, id, cells_set_of(w, w->scratch, count - 1));
}

/* ---- lists ---- */

static uint32_t hash_list(uint32_t base, const uint32_t *members, uint32_t count)
{
    return hash_words(members, count) * 31 + base;
}

static uint32_t hash_of_list(const struct cells_writer *w, uint32_t list)
{
    const uint32_t *words = w->store->words + list;
    return hash_list(words[CELLS_LIST_BASE], words + CELLS_LIST_MEMBERS, words[CELLS_LIST_COUNT]);
}

/* The sets of all outcomes. */
static bool find_outcomes(struct cells_writer *w, uint32_t base, const uint32_t *members,
                          uint32_t count, uint32_t *sets)
{
    sets[0] = base;
    for (uint32_t outcome = 1; outcome < 1u << count; outcome++) {
        uint32_t lowest = (uint32_t)__builtin_ctz(outcome);
        const struct cells_part *part = &w->store->parts[members[lowest] >> 1];
        sets[outcome] = cells_set_with(w, sets[outcome & (outcome - 1)], part->id);
        if (sets[outcome] == CELLS_NONE)
            return false;
    }
    return true;
}

/* The list's slot in the table: where it is, or where it would be. */
static uint32_t list_slot(const struct cells_writer *w, uint32_t base, const uint32_t *members,
                          uint32_t count)
{
    uint32_t slot = hash_list(base, members, count) & w->lists.mask;
    for (; w->lists.slots[slot] != 0; slot = (slot + 1) & w->lists.mask) {
        const uint32_t *words = w->store->words + w->lists.slots[slot] - 1;
        if (words[CELLS_LIST_BASE] == base && words[CELLS_LIST_COUNT] == count
            && memcmp(words + CELLS_LIST_MEMBERS, members, count * sizeof *members) == 0)
            break;
    }
    return slot;
}

uint32_t cells_list_put(struct cells_writer *w, uint32_t base, const uint32_t *members,
                        uint32_t count, const uint32_t *outcomes)
{
    if (!table_grow(w, &w->lists, hash_of_list)) {
        w->is_full = true;
        return CELLS_NONE;
    }
    uint32_t table = 0;
    if (outcomes != NULL) {
        table = cells_words(w, 1u << count, 1);
        if (table == 0)
            return CELLS_NONE;
        memcpy(w->store->words + table, outcomes, sizeof *outcomes << count);
    }
    uint32_t list = cells_words(w, CELLS_LIST_MEMBERS + count, 1);
    if (list == 0)
        return CELLS_NONE;
    uint32_t *words = w->store->words + list;
    words[CELLS_LIST_BASE] = base;
    words[CELLS_LIST_COUNT] = count;
    words[CELLS_LIST_TABLE] = table;
    memcpy(words + CELLS_LIST_MEMBERS, members, count * sizeof *members);
    w->lists.slots[list_slot(w, base, members, count)] = list + 1;
    w->lists.count++;
    return list;
}

uint32_t cells_list_of(struct cells_writer *w, uint32_t base, const uint32_t *members,
                       uint32_t count)
{
    uint32_t known = w->lists.slots[list_slot(w, base, members, count)];
    if (known != 0)
        return known - 1;
    uint32_t outcomes[1u << CELLS_TABLE_MEMBERS];
    bool has_table = count <= CELLS_TABLE_MEMBERS;
    if (has_table && !find_outcomes(w, base, members, count, outcomes))
        return CELLS_NONE;
    return cells_list_put(w, base, members, count, has_table ? outcomes : NULL);
}

uint32_t cells_list_based(struct cells_writer *w, uint32_t list, uint32_t base)
{
    uint32_t result = 0;
    if (memo_find(&w->based, list, base, &result))
        return result;
    const uint32_t *words = w->store->words + list;
    result = cells_list_of(w, base, words + CELLS_LIST_MEMBERS, words[CELLS_LIST_COUNT]);
    return memo_keep(&w->based, list, base, result);
}

/* ---- parts and pieces ---- */

uint32_t cells_part_of(struct cells_writer *w, struct cells_part part)
{
    struct cells_store *store = w->store;
    if (store->part_count == store->part_capacity) {
        w->is_full = true;
        return CELLS_NONE;
    }
    store->parts[store->part_count] = part;
    return store->part_count++;
}

uint32_t cells_piece_of(struct cells_writer *w, const struct cells_piece *piece)
{
    struct cells_store *store = w->store;
    if (store->piece_count == store->piece_capacity) {
        w->is_full = true;
        return CELLS_NONE;
    }
    store->pieces[store->piece_count] = *piece;
    return store->piece_count++;
}
