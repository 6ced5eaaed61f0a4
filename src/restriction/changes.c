/* SPDX-License-Identifier: Apache-2.0 */
/* Two issues of a bulletin, notice by notice: what is new, what ended and how, what is gone without
 * an end. */
#include "restriction_internal.h"

#include <stdlib.h>

struct numbered {
    struct notice_key key;
    const ovf_notice *notice;
    size_t order;
};

struct issue {
    struct numbered *items;
    size_t count;
};

static int by_key(const void *a, const void *b)
{
    const struct numbered *x = a;
    const struct numbered *y = b;
    int order = notice_key_cmp(&x->key, &y->key);
    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

/* Sorted by number, each once. */
static bool number(const ovf_notice *notices, size_t count, ovf_arena *arena, struct issue *out)
{
    out->items = ovf_arena_array(arena, struct numbered, count + 1);
    out->count = 0;
    if (out->items == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct numbered *item = &out->items[out->count];
        notice_key_of(&notices[i], notices[i].id, &item->key);
        item->notice = &notices[i];
        item->order = i;
        out->count += item->key.id.len > 0;
    }
    if (out->count > 0)
        qsort(out->items, out->count, sizeof(*out->items), by_key);
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++) {
        if (kept == 0 || !notice_key_eq(&out->items[i].key, &out->items[kept - 1].key))
            out->items[kept++] = out->items[i];
    }
    out->count = kept;
    return true;
}

static const ovf_notice *find(const struct issue *issue, const struct notice_key *key)
{
    size_t low = 0;
    size_t high = issue->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (notice_key_cmp(&issue->items[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < issue->count && notice_key_eq(&issue->items[low].key, key)
               ? issue->items[low].notice
               : NULL;
}

/* Everything that replaces or cancels something, under the number of what it ends. */
static bool enders(const struct issue *issue, ovf_arena *arena, struct issue *out)
{
    out->items = ovf_arena_array(arena, struct numbered, issue->count + 1);
    out->count = 0;
    if (out->items == NULL)
        return false;
    for (size_t i = 0; i < issue->count; i++) {
        const ovf_notice *notice = issue->items[i].notice;
        bool is_link = notice->kind == OVF_NOTICE_REPLACE || notice->kind == OVF_NOTICE_CANCEL;
        struct numbered *item = &out->items[out->count];
        if (!is_link || notice->refers_to.len == 0)
            continue;
        notice_key_of(notice, notice->refers_to, &item->key);
        item->notice = notice;
        item->order = i;
        out->count++;
    }
    if (out->count > 0)
        qsort(out->items, out->count, sizeof(*out->items), by_key);
    return true;
}

static bool says_the_same(const ovf_notice *a, const ovf_notice *b)
{
    return a->valid_from == b->valid_from && a->valid_until == b->valid_until
           && a->until_estimated == b->until_estimated && ovf_str_eq(a->text, b->text)
           && ovf_str_eq(a->schedule, b->schedule);
}

static ovf_notice_change gone(const ovf_notice *notice, const ovf_notice *by, ovf_time at)
{
    ovf_notice_change change = {.change = OVF_CHANGE_VANISHED, .before = notice, .by = by};
    bool has_lapsed = !notice->until_estimated && !notice->until_permanent
                      && notice->valid_until <= at && notice->valid_until != OVF_TIME_OPEN;
    if (by != NULL)
        change.change = by->kind == OVF_NOTICE_CANCEL ? OVF_CHANGE_CANCELLED : OVF_CHANGE_REPLACED;
    else if (has_lapsed || notice->kind == OVF_NOTICE_CANCEL) // a cancellation has done its work
        change.change = OVF_CHANGE_EXPIRED;
    return change;
}

ovf_status ovf_notice_changes(const ovf_notice *before, size_t before_count,
                              const ovf_notice *after, size_t after_count, ovf_time at,
                              ovf_arena *arena, ovf_notice_change **out, size_t *count,
                              ovf_error *err)
{
    struct issue old = {0};
    struct issue now = {0};
    struct issue ends = {0};
    ovf_notice_change *changes =
        ovf_arena_array(arena, ovf_notice_change, before_count + after_count + 1);
    if (changes == NULL || !number(before, before_count, arena, &old)
        || !number(after, after_count, arena, &now) || !enders(&now, arena, &ends))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory to compare two bulletins");
    size_t made = 0;
    for (size_t i = 0; i < old.count; i++) {
        const ovf_notice *notice = old.items[i].notice;
        const ovf_notice *same = find(&now, &old.items[i].key);
        const ovf_notice *by = find(&ends, &old.items[i].key);
        if (same == NULL)
            changes[made++] = gone(notice, by, at);
        else
            changes[made++] = (ovf_notice_change){
                .change = says_the_same(notice, same) ? OVF_CHANGE_SAME : OVF_CHANGE_ALTERED,
                .before = notice,
                .after = same};
    }
    for (size_t i = 0; i < now.count; i++) {
        if (find(&old, &now.items[i].key) == NULL)
            changes[made++] =
                (ovf_notice_change){.change = OVF_CHANGE_NEW, .after = now.items[i].notice};
    }
    *out = changes;
    *count = made;
    return OVF_OK;
}

const char *ovf_change_name(ovf_change change)
{
    switch (change) {
    case OVF_CHANGE_SAME: return "same";
    case OVF_CHANGE_ALTERED: return "altered";
    case OVF_CHANGE_NEW: return "new";
    case OVF_CHANGE_REPLACED: return "replaced";
    case OVF_CHANGE_CANCELLED: return "cancelled";
    case OVF_CHANGE_EXPIRED: return "expired";
    case OVF_CHANGE_VANISHED: return "vanished";
    }
    return "same";
}
