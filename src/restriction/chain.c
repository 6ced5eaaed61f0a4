/* SPDX-License-Identifier: Apache-2.0 */
/* Chains of notices: a replacement takes over at its own item B, a cancellation ends at its item B
 * and is kept as a tombstone, so that an original that arrives after it is born dead; of one number
 * twice the newest CREATED wins. The result does not depend on the order of arrival, and the end of
 * a replacement never revives what it replaced. A reference that cannot be (to itself, to a number
 * that was not yet given, in a circle) ends nothing: what it names is not let go by a misprint.
 * Doc 8126 ch. 6; Doc 10066 App. 3. */
#include "restriction_internal.h"

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

#define SAME_KEY_MAX 64 /* texts of one number that are compared with each other */

/* Of one number the newest text counts. Two texts that plainly come from two offices of a State
 * which count each for itself are two notices. The chain is in order: newer ones come first. */
static void supersede(ovf_picture *picture, uint32_t first)
{
    struct picture_notice *newer[SAME_KEY_MAX]; // the last ones, in a ring
    size_t count = 0;
    for (uint32_t at = first; at != 0; at = picture->links.next[at - 1]) {
        struct picture_notice *entry = picture->notices[at - 1];
        for (size_t k = count; k > 0 && count - k < SAME_KEY_MAX; k--) {
            struct picture_notice *other = newer[(k - 1) % SAME_KEY_MAX];
            if (other->key.part != entry->key.part)
                break;
            if (other->standing.is_superseded
                || !notice_is_same_count(other->notice, entry->notice))
                continue;
            entry->standing.is_superseded = true;
            if (!ovf_str_eq(other->notice->raw, entry->notice->raw))
                other->standing.has_variant = true;
            break;
        }
        newer[count++ % SAME_KEY_MAX] = entry;
    }
}

/* ---- references ---- */

static const char *odd_reference(const struct picture_notice *entry)
{
    const struct notice_key *own = &entry->key;
    const struct notice_key *other = &entry->refers;
    if (own->id.len > 0 && notice_key_eq(own, other))
        return "it names itself";
    if (own->series == 0 || own->series != other->series)
        return NULL;
    bool is_later =
        other->year != own->year ? other->year > own->year : other->number > own->number;
    return is_later ? "it names a number that was given after its own" : NULL;
}

static struct picture_notice *referred(const ovf_picture *picture,
                                       const struct picture_notice *entry)
{
    for (uint32_t at = picture_first_of(picture, &entry->refers); at != 0;
         at = picture->links.next[at - 1]) {
        struct picture_notice *other = picture->notices[at - 1];
        if (!other->standing.is_superseded && notice_is_same_count(other->notice, entry->notice))
            return other;
    }
    return NULL;
}

enum { MARK_NONE, MARK_WALKING, MARK_DONE };

/* Each notice refers to one other at most: a walk that comes back to where it has been in the same
 * walk has found a circle. Every notice is entered once. */
static void break_circle(const ovf_picture *picture, struct picture_notice *start)
{
    struct picture_notice *entry = start;
    while (entry != NULL && entry->mark == MARK_NONE) {
        entry->mark = MARK_WALKING;
        bool goes_on = entry->refers.id.len > 0 && entry->standing.odd == NULL;
        entry = goes_on ? referred(picture, entry) : NULL;
    }
    while (entry != NULL && entry->mark == MARK_WALKING && entry->standing.odd == NULL) {
        entry->standing.odd = "the references go round in a circle";
        entry = referred(picture, entry);
    }
    for (entry = start; entry != NULL && entry->mark == MARK_WALKING;) {
        entry->mark = MARK_DONE;
        entry = entry->refers.id.len > 0 ? referred(picture, entry) : NULL;
    }
}

/* Ends every text of the number at the moment, unless something ended it before. Of two that end it
 * at one moment the smaller id is named, whichever came first. */
static void end_referred(const ovf_picture *picture, struct picture_notice *by)
{
    bool is_cancel = by->notice->kind == OVF_NOTICE_CANCEL;
    ovf_time when = notice_start(by);
    ovf_str id = by->notice->id.len > 0 ? by->notice->id : OVF_STR("?");
    bool is_here = false;
    for (uint32_t at = picture_first_of(picture, &by->refers); at != 0;
         at = picture->links.next[at - 1]) {
        struct picture_notice *old = picture->notices[at - 1];
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

/* Is it the first one of its number? */
static bool is_first(const ovf_picture *picture, const struct picture_notice *entry)
{
    return picture_first_of(picture, &entry->key) == entry->index + 1;
}

bool picture_resolve_chains(struct picture_work *work)
{
    ovf_picture *picture = work->picture;
    size_t count = 0;
    uint32_t *firsts = ovf_arena_array(&picture->lists, uint32_t, work->count + 1);
    if (firsts == NULL)
        return false;
    for (size_t i = 0; i < work->count; i++) {
        set_validity(work->items[i]);
        if (is_first(picture, work->items[i]))
            firsts[count++] = work->items[i]->index + 1;
    }
    for (size_t i = 0; i < count; i++) {
        struct notice_key key = picture->notices[firsts[i] - 1]->key;
        if (!picture_sort_chain(picture, firsts[i]))
            return false;
        supersede(picture, picture_first_of(picture, &key));
    }
    for (size_t i = 0; i < work->count; i++) {
        struct picture_notice *entry = work->items[i];
        if (entry->refers.id.len > 0)
            entry->standing.odd = odd_reference(entry);
    }
    for (size_t i = 0; i < work->count; i++) {
        if (work->items[i]->key.id.len > 0)
            break_circle(picture, work->items[i]);
    }
    for (size_t i = 0; i < work->count; i++) {
        struct picture_notice *entry = work->items[i];
        if (entry->refers.id.len > 0 && entry->standing.odd == NULL
            && !entry->standing.is_superseded)
            end_referred(picture, entry);
    }
    return true;
}
