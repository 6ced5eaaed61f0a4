/* SPDX-License-Identifier: Apache-2.0 */
/* Sets of half-open intervals as sorted arrays; every operation is one walk over its inputs. */
#include <overfly/time.h>

#include <string.h>

bool ovf_interval_holds(ovf_interval interval, ovf_time t)
{
    return t >= interval.from && t < interval.until;
}

bool ovf_interval_overlaps(ovf_interval a, ovf_interval b)
{
    ovf_time from = a.from > b.from ? a.from : b.from;
    ovf_time until = a.until < b.until ? a.until : b.until;
    return from < until;
}

/* Index of the first interval that ends at or after t. */
static size_t first_until(const ovf_intervals *set, ovf_time t)
{
    size_t low = 0;
    size_t high = set->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set->items[middle].until < t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

ovf_status ovf_intervals_add(ovf_intervals *set, ovf_interval interval, ovf_arena *arena)
{
    if (interval.until <= interval.from)
        return OVF_OK;
    size_t first = first_until(set, interval.from);
    size_t last = first; // [first, last) touch the new one
    while (last < set->count && set->items[last].from <= interval.until) {
        if (set->items[last].from < interval.from)
            interval.from = set->items[last].from;
        if (set->items[last].until > interval.until)
            interval.until = set->items[last].until;
        last++;
    }
    if (last == first) {
        if (set->count >= OVF_INTERVALS_MAX)
            return OVF_E_LIMIT;
        if (!ovf_arena_grow(arena, (void **)&set->items, set->count, &set->capacity,
                            sizeof(*set->items)))
            return OVF_E_NOMEM;
        memmove(&set->items[first + 1], &set->items[first],
                (set->count - first) * sizeof(*set->items));
        set->count++;
    } else if (last - first > 1) {
        memmove(&set->items[first + 1], &set->items[last],
                (set->count - last) * sizeof(*set->items));
        set->count -= last - first - 1;
    }
    set->items[first] = interval;
    return OVF_OK;
}

/* Room for the result of an operation: never more intervals than the inputs have together. */
static bool make_room(const ovf_intervals *a, const ovf_intervals *b, ovf_arena *arena,
                      ovf_intervals *out)
{
    size_t capacity = a->count + b->count;
    *out = (ovf_intervals){0};
    if (capacity == 0)
        return true;
    out->items = ovf_arena_array(arena, ovf_interval, capacity);
    out->capacity = out->items == NULL ? 0 : capacity;
    return out->items != NULL;
}

static ovf_status within_limit(ovf_intervals *out)
{
    if (out->count <= OVF_INTERVALS_MAX)
        return OVF_OK;
    *out = (ovf_intervals){0};
    return OVF_E_LIMIT;
}

ovf_status ovf_intervals_union(const ovf_intervals *a, const ovf_intervals *b, ovf_arena *arena,
                               ovf_intervals *out)
{
    if (!make_room(a, b, arena, out))
        return OVF_E_NOMEM;
    size_t i = 0;
    size_t j = 0;
    while (i < a->count || j < b->count) {
        bool takes_a = j == b->count || (i < a->count && a->items[i].from <= b->items[j].from);
        ovf_interval next = takes_a ? a->items[i++] : b->items[j++];
        ovf_interval *last = out->count == 0 ? NULL : &out->items[out->count - 1];
        if (last == NULL || next.from > last->until)
            out->items[out->count++] = next;
        else if (next.until > last->until)
            last->until = next.until;
    }
    return within_limit(out);
}

ovf_status ovf_intervals_intersect(const ovf_intervals *a, const ovf_intervals *b, ovf_arena *arena,
                                   ovf_intervals *out)
{
    if (!make_room(a, b, arena, out))
        return OVF_E_NOMEM;
    size_t i = 0;
    size_t j = 0;
    while (i < a->count && j < b->count) {
        ovf_interval p = a->items[i];
        ovf_interval q = b->items[j];
        ovf_interval both = {.from = p.from > q.from ? p.from : q.from,
                             .until = p.until < q.until ? p.until : q.until};
        if (both.from < both.until)
            out->items[out->count++] = both;
        if (p.until < q.until)
            i++;
        else
            j++;
    }
    return within_limit(out);
}

ovf_status ovf_intervals_subtract(const ovf_intervals *a, const ovf_intervals *b, ovf_arena *arena,
                                  ovf_intervals *out)
{
    if (!make_room(a, b, arena, out))
        return OVF_E_NOMEM;
    size_t j = 0;
    for (size_t i = 0; i < a->count; i++) {
        ovf_interval rest = a->items[i];
        while (j < b->count && b->items[j].until <= rest.from)
            j++;
        // One of b may reach into the next of a, so j itself stays.
        for (size_t k = j; k < b->count && b->items[k].from < rest.until; k++) {
            if (b->items[k].from > rest.from)
                out->items[out->count++] = (ovf_interval){rest.from, b->items[k].from};
            rest.from = b->items[k].until;
        }
        if (rest.from < rest.until)
            out->items[out->count++] = rest;
    }
    return within_limit(out);
}

bool ovf_intervals_hold(const ovf_intervals *set, ovf_time t)
{
    size_t i = first_until(set, t);
    if (i < set->count && set->items[i].until == t)
        i++;
    return i < set->count && ovf_interval_holds(set->items[i], t);
}

bool ovf_intervals_overlap(const ovf_intervals *set, ovf_interval interval)
{
    size_t i = first_until(set, interval.from);
    for (; i < set->count && set->items[i].from < interval.until; i++) {
        if (ovf_interval_overlaps(set->items[i], interval))
            return true;
    }
    return false;
}
