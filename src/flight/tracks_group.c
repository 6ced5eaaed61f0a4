/* SPDX-License-Identifier: Apache-2.0 */
/* Positions by aircraft: by address where there is one, else by call sign or registration and by the
 * track of the document. The order is that in which they are first met. */
#include "tracks_group.h"

#include <stdlib.h>

static uint64_t mix(uint64_t h)
{
    h ^= h >> 33;
    h *= 0xFF51AFD7ED558CCDULL;
    h ^= h >> 33;
    return h;
}

static uint64_t name_bits(const char *name, size_t size)
{
    uint64_t h = 1469598103934665603ULL;
    for (size_t i = 0; i < size && name[i] != '\0'; i++)
        h = (h ^ (unsigned char)name[i]) * 1099511628211ULL;
    return h;
}

static uint64_t key_of(const ovf_position *p)
{
    if (p->address != OVF_ADDRESS_NONE)
        return (uint64_t)p->address | (p->is_anonymous ? 1ULL << 24 : 0) | 1ULL << 25;
    const char *name = p->callsign[0] != '\0' ? p->callsign : p->registration;
    return (name_bits(name, 12) & ~0xFFFFFFFULL) ^ (uint64_t)p->series << 28;
}

/* Which group each position belongs to. */
typedef struct table {
    struct {
        uint64_t key;
        uint32_t group; /* + 1; 0: free */
    } * slots;
    size_t capacity;
    size_t count;
} table;

static bool grow(table *t)
{
    table grown = {.capacity = t->capacity == 0 ? 1024 : t->capacity * 2, .count = t->count};
    grown.slots = calloc(grown.capacity, sizeof(*grown.slots));
    if (grown.slots == NULL)
        return false;
    for (size_t i = 0; i < t->capacity; i++) {
        if (t->slots[i].group == 0)
            continue;
        size_t at = mix(t->slots[i].key) & (grown.capacity - 1);
        while (grown.slots[at].group != 0)
            at = (at + 1) & (grown.capacity - 1);
        grown.slots[at] = t->slots[i];
    }
    free(t->slots);
    *t = grown;
    return true;
}

/* The group of a key, new ones numbered on; UINT32_MAX: no memory. */
static uint32_t group_of(table *t, uint64_t key)
{
    if (t->count * 2 >= t->capacity && !grow(t))
        return UINT32_MAX;
    size_t at = mix(key) & (t->capacity - 1);
    while (t->slots[at].group != 0 && t->slots[at].key != key)
        at = (at + 1) & (t->capacity - 1);
    if (t->slots[at].group == 0) {
        t->slots[at].key = key;
        t->slots[at].group = (uint32_t)++t->count;
    }
    return t->slots[at].group - 1;
}

bool tracks_group(const ovf_position *positions, size_t count, const ovf_flown_options *options,
                  ovf_arena *arena, one_aircraft **out, size_t *out_count)
{
    table t = {0};
    uint32_t *groups = ovf_arena_array(arena, uint32_t, count);
    seen *items = ovf_arena_array(arena, seen, count);
    bool ok = groups != NULL && items != NULL;
    for (size_t i = 0; i < count && ok; i++) {
        // Neighbours are mostly of one aircraft, or of the next one of a cycle: no shorter way pays.
        groups[i] = group_of(&t, key_of(&positions[i]));
        ok = groups[i] != UINT32_MAX;
    }
    free(t.slots);
    one_aircraft *all = ok ? ovf_arena_array(arena, one_aircraft, t.count) : NULL;
    if (all == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        all[groups[i]].count++;
    size_t at = 0;
    for (size_t i = 0; i < t.count; i++) {
        all[i].items = items + at;
        all[i].arena = arena;
        all[i].options = options;
        at += all[i].count;
        all[i].count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        one_aircraft *a = &all[groups[i]];
        a->items[a->count++] = (seen){.p = &positions[i], .index = (uint32_t)i, .chain = NO_CHAIN};
    }
    *out = all;
    *out_count = t.count;
    return true;
}
