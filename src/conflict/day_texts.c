/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of a day, each held once: operators, types and aerodromes come by the thousand. */
#include "day_internal.h"

#include <stdlib.h>

static uint32_t hash_of(ovf_str text)
{
    uint32_t hash = 2166136261u; // FNV-1a
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (uint8_t)text.ptr[i]) * 16777619u;
    return hash;
}

static bool grow_slots(day_texts *texts)
{
    uint32_t count = texts->slot_count == 0 ? 1024 : texts->slot_count * 2;
    uint32_t *slots = calloc(count, sizeof(*slots));
    if (slots == NULL)
        return false;
    for (uint32_t i = 0; i < texts->count; i++) {
        uint32_t at = hash_of(texts->items[i]) & (count - 1);
        while (slots[at] != 0)
            at = (at + 1) & (count - 1);
        slots[at] = i + 1;
    }
    free(texts->slots);
    texts->slots = slots;
    texts->slot_count = count;
    return true;
}

static bool grow_items(day_texts *texts)
{
    uint32_t capacity = texts->capacity == 0 ? 512 : texts->capacity * 2;
    ovf_str *items = realloc(texts->items, capacity * sizeof(*items));
    if (items == NULL)
        return false;
    texts->items = items;
    texts->capacity = capacity;
    return true;
}

uint32_t day_text(day_texts *texts, ovf_str text)
{
    if ((texts->count + 1) * 2 > texts->slot_count && !grow_slots(texts))
        return UINT32_MAX;
    if (texts->count == texts->capacity && !grow_items(texts))
        return UINT32_MAX;
    uint32_t at = hash_of(text) & (texts->slot_count - 1);
    while (texts->slots[at] != 0) {
        if (ovf_str_eq(texts->items[texts->slots[at] - 1], text))
            return texts->slots[at] - 1;
        at = (at + 1) & (texts->slot_count - 1);
    }
    ovf_str copy = OVF_STR("");
    if (text.len > 0)
        copy = ovf_arena_dup(&texts->arena, text);
    if (copy.ptr == NULL)
        return UINT32_MAX;
    texts->items[texts->count] = copy;
    texts->slots[at] = ++texts->count;
    return texts->count - 1;
}

void day_texts_done(day_texts *texts)
{
    ovf_arena_done(&texts->arena);
    free(texts->items);
    free(texts->slots);
}
