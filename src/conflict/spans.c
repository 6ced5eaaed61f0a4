/* SPDX-License-Identifier: Apache-2.0 */
/* Sets of stretches along a way. */
#include "conflict_internal.h"

#include <stdlib.h>

bool spans_add(spans *set, ovf_arena *arena, double from_m, double until_m)
{
    if (until_m < from_m)
        return true;
    if (!ovf_arena_grow(arena, (void **)&set->items, set->count, &set->capacity, sizeof(span)))
        return false;
    set->items[set->count++] = (span){from_m, until_m};
    return true;
}

static int by_start(const void *a, const void *b)
{
    const span *x = a;
    const span *y = b;
    if (x->from_m != y->from_m)
        return x->from_m < y->from_m ? -1 : 1;
    return (x->until_m > y->until_m) - (x->until_m < y->until_m);
}

void spans_tidy(spans *set)
{
    if (set->count < 2)
        return;
    qsort(set->items, set->count, sizeof(span), by_start);
    size_t kept = 0;
    for (size_t i = 1; i < set->count; i++) {
        span *last = &set->items[kept];
        if (set->items[i].from_m > last->until_m + SPAN_JOIN_M)
            set->items[++kept] = set->items[i];
        else if (set->items[i].until_m > last->until_m)
            last->until_m = set->items[i].until_m;
    }
    set->count = kept + 1;
}

bool spans_meet(const spans *set, double from_m, double until_m)
{
    for (size_t i = 0; i < set->count; i++) {
        if (set->items[i].from_m <= until_m && set->items[i].until_m >= from_m)
            return true;
    }
    return false;
}
