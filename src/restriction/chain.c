/* SPDX-License-Identifier: Apache-2.0 */
/* Chains of notices: a replacement takes over at its own item B, a cancellation ends at its item B
 * and is kept as a tombstone, so that an original that arrives after it is born dead; of one number
 * twice the newest CREATED wins. The result does not depend on the order of arrival, and the end of
 * a replacement never revives what it replaced. A reference that cannot be (to itself, to a number
 * that was not yet given, in a circle) ends nothing: what it names is not let go by a misprint.
 * Doc 8126 ch. 6; Doc 10066 App. 3. */
#include "restriction_internal.h"

#include <stdlib.h>

static ovf_status make_keys(ovf_picture *picture)
{
    for (size_t i = 0; i < picture->notice_count; i++) {
        struct picture_notice *entry = &picture->notices[i];
        const ovf_notice *notice = entry->notice;
        bool is_linked = notice->kind == OVF_NOTICE_REPLACE || notice->kind == OVF_NOTICE_CANCEL;
        if (!notice_key_of(notice, notice->id, &picture->arena, &entry->key)
            || !notice_key_of(notice, is_linked ? notice->refers_to : (ovf_str){0}, &picture->arena,
                              &entry->refers))
            return OVF_E_NOMEM;
        if (notice->part_of > 1 && !notice->parts_complete)
            entry->key.part = notice->part;
    }
    return OVF_OK;
}

/* By key and part; of one key the newest first: CREATED, then the known time, then the bytes, so
 * that the order of arrival decides nothing. */
static int by_key(const void *a, const void *b)
{
    const struct picture_notice *x = *(struct picture_notice *const *)a;
    const struct picture_notice *y = *(struct picture_notice *const *)b;
    int order = ovf_str_cmp(x->key.text, y->key.text);
    if (order != 0)
        return order;
    if (x->key.part != y->key.part)
        return x->key.part < y->key.part ? -1 : 1;
    if (x->notice->created != y->notice->created)
        return x->notice->created > y->notice->created ? -1 : 1;
    if (x->source->known != y->source->known)
        return x->source->known > y->source->known ? -1 : 1;
    return ovf_str_cmp(y->notice->raw, x->notice->raw);
}

static void set_validity(struct picture_notice *entry)
{
    const ovf_notice *notice = entry->notice;
    ovf_standing *standing = &entry->standing;
    *standing = (ovf_standing){.in_force = {notice_start(entry), notice->valid_until},
                               .estimated_end = OVF_TIME_NONE,
                               .doubt_from = OVF_TIME_OPEN};
    if (notice->until_estimated) {
        // EST does not lapse by itself: it ends when it is replaced or cancelled.
        standing->estimated_end = notice->valid_until;
        standing->in_force.until = OVF_TIME_OPEN;
    }
}

struct sorted {
    struct picture_notice **items;
    size_t count;
};

/* First entry of the key in the sorted list, or the count. */
static size_t find_key(const struct sorted *sorted, ovf_str key)
{
    size_t low = 0;
    size_t high = sorted->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ovf_str_cmp(sorted->items[middle]->key.text, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool has_key(const struct sorted *sorted, size_t i, ovf_str key)
{
    return i < sorted->count && ovf_str_eq(sorted->items[i]->key.text, key);
}

#define SAME_KEY_MAX 64 /* texts of one number that are compared with each other */

/* Of one number the newest text counts. Two texts that plainly come from two offices of a State
 * which count each for itself are two notices. */
static void supersede(const struct sorted *sorted)
{
    for (size_t i = 1; i < sorted->count; i++) {
        struct picture_notice *entry = sorted->items[i];
        for (size_t k = i; k > 0 && i - k < SAME_KEY_MAX; k--) {
            struct picture_notice *newer = sorted->items[k - 1];
            if (!ovf_str_eq(newer->key.text, entry->key.text) || newer->key.part != entry->key.part)
                break;
            if (newer->standing.is_superseded
                || !notice_is_same_count(newer->notice, entry->notice))
                continue;
            entry->standing.is_superseded = true;
            if (!ovf_str_eq(newer->notice->raw, entry->notice->raw))
                newer->standing.has_variant = true;
            break;
        }
    }
}

/* ---- references ---- */

static const char *odd_reference(const struct picture_notice *entry)
{
    const struct notice_key *own = &entry->key;
    const struct notice_key *other = &entry->refers;
    if (own->text.len > 0 && ovf_str_eq(own->text, other->text))
        return "it names itself";
    if (own->series == 0 || own->series != other->series)
        return NULL;
    bool is_later =
        other->year != own->year ? other->year > own->year : other->number > own->number;
    return is_later ? "it names a number that was given after its own" : NULL;
}

static struct picture_notice *referred(const struct sorted *sorted,
                                       const struct picture_notice *entry)
{
    for (size_t i = find_key(sorted, entry->refers.text); has_key(sorted, i, entry->refers.text);
         i++) {
        if (!sorted->items[i]->standing.is_superseded
            && notice_is_same_count(sorted->items[i]->notice, entry->notice))
            return sorted->items[i];
    }
    return NULL;
}

enum { MARK_NONE, MARK_WALKING, MARK_DONE };

/* Each notice refers to one other at most: a walk that comes back to where it has been in the same
 * walk has found a circle. Every notice is entered once. */
static void break_circle(const struct sorted *sorted, struct picture_notice *start)
{
    struct picture_notice *entry = start;
    while (entry != NULL && entry->mark == MARK_NONE) {
        entry->mark = MARK_WALKING;
        bool goes_on = entry->refers.text.len > 0 && entry->standing.odd == NULL;
        entry = goes_on ? referred(sorted, entry) : NULL;
    }
    while (entry != NULL && entry->mark == MARK_WALKING && entry->standing.odd == NULL) {
        entry->standing.odd = "the references go round in a circle";
        entry = referred(sorted, entry);
    }
    for (entry = start; entry != NULL && entry->mark == MARK_WALKING;) {
        entry->mark = MARK_DONE;
        entry = entry->refers.text.len > 0 ? referred(sorted, entry) : NULL;
    }
}

/* Ends every text of the number at the moment, unless something ended it before. Of two that end it
 * at one moment the smaller id is named, whichever came first. */
static void end_referred(const struct sorted *sorted, struct picture_notice *by)
{
    bool is_cancel = by->notice->kind == OVF_NOTICE_CANCEL;
    ovf_time when = notice_start(by);
    ovf_str id = by->notice->id.len > 0 ? by->notice->id : OVF_STR("?");
    bool is_here = false;
    for (size_t i = find_key(sorted, by->refers.text); has_key(sorted, i, by->refers.text); i++) {
        struct picture_notice *old = sorted->items[i];
        ovf_standing *standing = &old->standing;
        if (old == by || !notice_is_same_count(old->notice, by->notice))
            continue;
        is_here = true;
        // Nobody knows since when: what it ends is not let go.
        if (when == OVF_TIME_NONE || when > standing->in_force.until)
            continue;
        if (when == standing->in_force.until
            && (standing->ended_by.len == 0 || ovf_str_cmp(id, standing->ended_by) >= 0))
            continue;
        standing->in_force.until = when;
        standing->ended_by = id;
        standing->ended_is_cancel = is_cancel;
    }
    if (!is_here)
        by->standing.missing = by->notice->refers_to;
}

ovf_status picture_resolve_chains(ovf_picture *picture, ovf_error *err)
{
    size_t count = picture->notice_count;
    struct sorted sorted = {ovf_arena_array(&picture->arena, struct picture_notice *, count + 1),
                            0};
    if (sorted.items == NULL || make_keys(picture) != OVF_OK)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for chains");
    for (size_t i = 0; i < count; i++) {
        set_validity(&picture->notices[i]);
        if (picture->notices[i].key.text.len > 0)
            sorted.items[sorted.count++] = &picture->notices[i];
    }
    if (sorted.count > 0)
        qsort(sorted.items, sorted.count, sizeof(*sorted.items), by_key);
    supersede(&sorted);
    for (size_t i = 0; i < count; i++) {
        struct picture_notice *entry = &picture->notices[i];
        if (entry->refers.text.len > 0)
            entry->standing.odd = odd_reference(entry);
    }
    for (size_t i = 0; i < sorted.count; i++)
        break_circle(&sorted, sorted.items[i]);
    for (size_t i = 0; i < count; i++) {
        struct picture_notice *entry = &picture->notices[i];
        if (entry->refers.text.len > 0 && entry->standing.odd == NULL
            && !entry->standing.is_superseded)
            end_referred(&sorted, entry);
    }
    return OVF_OK;
}
