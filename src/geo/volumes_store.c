/* SPDX-License-Identifier: Apache-2.0 */
/* The store of the index of volumes: chains of groups and records of parts. A group that no reader
 * can see yet is changed where it is; one that a reader may see is copied first, with those before
 * it in its chain. */
#include "volumes_internal.h"

#include <stdlib.h>
#include <string.h>

#define LINE 16 /* words */

struct vol_store *vol_store_new(uint32_t capacity)
{
    struct vol_store *store = calloc(1, sizeof *store);
    if (store == NULL)
        return NULL;
    capacity = (capacity + LINE - 1) / LINE * LINE;
    store->words = aligned_alloc(64, (size_t)capacity * sizeof *store->words);
    if (store->words == NULL) {
        free(store);
        return NULL;
    }
    atomic_init(&store->users, 1);
    store->capacity = capacity;
    store->count = LINE; // place 0 is none
    memset(store->words, 0, LINE * sizeof *store->words);
    return store;
}

void vol_store_leave(struct vol_store *store)
{
    if (store == NULL || atomic_fetch_sub_explicit(&store->users, 1, memory_order_acq_rel) != 1)
        return;
    free(store->words);
    free(store);
}

uint32_t vol_take(ovf_volumes *v, uint32_t words)
{
    words = (words + LINE - 1) / LINE * LINE;
    if (words > v->store->capacity - v->store->count) {
        v->is_full = true;
        return 0;
    }
    uint32_t place = v->store->count;
    v->store->count += words;
    return place;
}

/* ---- groups ---- */

static uint32_t new_group(ovf_volumes *v, uint32_t lines, uint32_t next)
{
    uint32_t place = vol_take(v, lines * LINE);
    if (place == 0)
        return 0;
    uint32_t *group = v->store->words + place;
    memset(group, 0, (size_t)lines * LINE * sizeof *group);
    group[0] = next;
    for (int i = 0; i < VOL_LANES; i++) {
        group[VOL_LINE_WEST * LINE + i] = (uint32_t)INT32_MAX;
        group[VOL_LINE_EAST * LINE + i] = (uint32_t)INT32_MIN;
    }
    v->live_words += (size_t)lines * LINE;
    return place;
}

/* The group, or a copy of it that no reader sees; 0: full. */
static uint32_t own_group(ovf_volumes *v, uint32_t place, uint32_t lines)
{
    if (place >= v->frozen)
        return place;
    uint32_t copy = vol_take(v, lines * LINE);
    if (copy != 0)
        memcpy(v->store->words + copy, v->store->words + place,
               (size_t)lines * LINE * sizeof *v->store->words);
    return copy;
}

bool vol_lane_put(ovf_volumes *v, uint32_t *top, uint32_t lines, const int32_t *lane,
                  const struct vol_edge *edge)
{
    uint32_t place = *top;
    uint32_t used = place == 0 ? 0xffff : v->store->words[place + 1];
    place = used == 0xffff ? new_group(v, lines, place) : own_group(v, place, lines);
    if (place == 0)
        return false;
    uint32_t *group = v->store->words + place;
    uint32_t at = (uint32_t)__builtin_ctz(~group[1]);
    group[1] |= 1u << at;
    uint32_t side_by_side = edge != NULL ? VOL_EDGE_HEAD : lines;
    for (uint32_t line = 1; line < side_by_side; line++)
        group[line * LINE + at] = (uint32_t)lane[line - 1];
    if (edge != NULL)
        memcpy(group + (VOL_EDGE_HEAD + at) * LINE, edge, sizeof *edge);
    *top = place;
    return true;
}

static uint32_t lanes_of(const uint32_t *group, uint32_t part)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < VOL_LANES; i++)
        found |= (uint32_t)(group[VOL_LINE_PART * LINE + i] == part) << i;
    return found & group[1];
}

bool vol_lane_drop(ovf_volumes *v, uint32_t *top, uint32_t lines, uint32_t part)
{
    // Nothing changes before the last group that holds the part has been found and reached.
    uint32_t last = 0;
    for (uint32_t place = *top; place != 0; place = v->store->words[place])
        if (lanes_of(v->store->words + place, part) != 0)
            last = place;
    if (last == 0)
        return true;
    uint32_t from = *top;
    uint32_t *link = top;
    for (bool is_last = false; !is_last;) {
        is_last = from == last;
        uint32_t place = own_group(v, from, lines);
        if (place == 0)
            return false;
        uint32_t *group = v->store->words + place;
        uint32_t found = lanes_of(group, part);
        size_t lanes = (size_t)__builtin_popcount(found);
        if (lines == VOL_EDGE_LINES || lines == VOL_STRAIGHT_LINES)
            v->stats.edges -= lanes;
        else
            v->stats.entries -= lanes;
        group[1] &= ~found;
        for (; found != 0; found &= found - 1) {
            uint32_t i = (uint32_t)__builtin_ctz(found);
            group[VOL_LINE_WEST * LINE + i] = (uint32_t)INT32_MAX;
            group[VOL_LINE_EAST * LINE + i] = (uint32_t)INT32_MIN;
        }
        from = group[0];
        if (group[1] == 0) { // an empty group leaves the chain
            *link = group[0];
            v->live_words -= (size_t)lines * LINE;
        } else {
            *link = place;
            link = group;
        }
    }
    return true;
}

/* ---- moving ---- */

static uint32_t copy_chain(struct vol_store *to, const struct vol_store *from, uint32_t place,
                           uint32_t lines)
{
    uint32_t first = 0;
    uint32_t *link = &first;
    for (; place != 0; place = from->words[place]) {
        uint32_t at = to->count;
        memcpy(to->words + at, from->words + place, (size_t)lines * LINE * sizeof *to->words);
        to->count += lines * LINE;
        *link = at;
        link = to->words + at;
    }
    *link = 0;
    return first;
}

ovf_status vol_move(ovf_volumes *v, size_t more_words, bool is_limited)
{
    size_t words = v->live_words + more_words;
    words += words / 2 + (1u << 16);
    if (words > UINT32_MAX - LINE)
        return OVF_E_LIMIT;
    if (is_limited && words * sizeof(uint32_t) > v->limit) {
        words = v->limit / sizeof(uint32_t);
        if (words < v->live_words + more_words + LINE)
            return OVF_E_LIMIT;
    }
    struct vol_store *to = vol_store_new((uint32_t)words);
    if (to == NULL)
        return OVF_E_NOMEM;
    for (uint32_t cell = 0; cell < VOL_TOP; cell++) {
        v->top[cell].boxes =
            copy_chain(to, v->store, v->top[cell].boxes, vol_box_lines(v->meaning));
        v->top[cell].edges =
            copy_chain(to, v->store, v->top[cell].edges, vol_edge_lines(v->meaning));
    }
    for (uint32_t number = 0; number < v->part_count; number++) {
        uint32_t place = v->places[number];
        if (place == 0)
            continue;
        uint32_t size = vol_part_at(v->store, place)->words;
        memcpy(to->words + to->count, v->store->words + place, (size_t)size * sizeof *to->words);
        v->places[number] = to->count;
        to->count += size;
    }
    vol_store_leave(v->store);
    v->store = to;
    v->frozen = 0;
    v->is_full = false;
    return OVF_OK;
}
