/* SPDX-License-Identifier: Apache-2.0 */
/* Notices by their number: two tables of open addressing, of the numbers that notices have and of
 * those that they refer to, whose slots begin chains. A picture made from another one copies both,
 * which is a few hundred kilobytes, and adds what is new. */
#include "restriction_internal.h"

#include <stdlib.h>
#include <string.h>

static const struct notice_key *key_at(const ovf_picture *picture, uint32_t notice, bool is_refer)
{
    const struct picture_notice *entry = picture->notices[notice];
    return is_refer ? &entry->refers : &entry->key;
}

/* The slot of the number, or the free one where it would be. */
static uint32_t *slot_of(const ovf_picture *picture, uint32_t *heads, const struct notice_key *key,
                         bool is_refer)
{
    const struct picture_links *links = &picture->links;
    size_t at = (size_t)notice_key_hash(key) & links->mask;
    while (heads[at] != 0 && !notice_key_eq(key_at(picture, heads[at] - 1, is_refer), key))
        at = (at + 1) & links->mask;
    return &heads[at];
}

uint32_t picture_first_of(const ovf_picture *picture, const struct notice_key *key)
{
    return key->id.len == 0 ? 0 : *slot_of(picture, picture->links.by_key, key, false);
}

uint32_t picture_first_to(const ovf_picture *picture, const struct notice_key *key)
{
    return key->id.len == 0 ? 0 : *slot_of(picture, picture->links.by_refer, key, true);
}

static void link_one(ovf_picture *picture, uint32_t notice)
{
    struct picture_links *links = &picture->links;
    const struct picture_notice *entry = picture->notices[notice];
    if (entry->key.id.len > 0) {
        uint32_t *slot = slot_of(picture, links->by_key, &entry->key, false);
        links->next[notice] = *slot;
        *slot = notice + 1;
    }
    if (entry->refers.id.len > 0) {
        uint32_t *slot = slot_of(picture, links->by_refer, &entry->refers, true);
        links->next_refer[notice] = *slot;
        *slot = notice + 1;
    }
}

/* The tables as they are, or larger ones that have to be filled anew. *from: the first notice that
 * is not in them. */
static bool make_room(ovf_picture *picture, size_t *from)
{
    const struct picture_links old = picture->links;
    struct picture_links new = {.mask = old.mask};
    ovf_arena *arena = &picture->lists;
    if (*from == 0 || picture->notice_count * 2 > old.mask + 1) {
        size_t slots = 1024;
        while (slots < picture->notice_count * 3)
            slots *= 2;
        new.mask = slots - 1;
        *from = 0;
    }
    new.by_key = ovf_arena_array(arena, uint32_t, new.mask + 1);
    new.by_refer = ovf_arena_array(arena, uint32_t, new.mask + 1);
    new.next = ovf_arena_array(arena, uint32_t, picture->notice_count + 1);
    new.next_refer = ovf_arena_array(arena, uint32_t, picture->notice_count + 1);
    if (new.by_key == NULL || new.by_refer == NULL || new.next == NULL || new.next_refer == NULL)
        return false;
    if (*from > 0) {
        memcpy(new.by_key, old.by_key, (new.mask + 1) * sizeof(*new.by_key));
        memcpy(new.by_refer, old.by_refer, (new.mask + 1) * sizeof(*new.by_refer));
        memcpy(new.next, old.next, *from * sizeof(*new.next));
        memcpy(new.next_refer, old.next_refer, *from * sizeof(*new.next_refer));
    }
    picture->links = new;
    return true;
}

bool picture_link(ovf_picture *picture, size_t from)
{
    if (!make_room(picture, &from))
        return false;
    for (size_t i = from; i < picture->notice_count; i++)
        link_one(picture, (uint32_t)i);
    return true;
}

/* By part; of one part the newest first: CREATED, then the known time, then the bytes, so that the
 * order of arrival decides nothing. */
static int by_age(const void *a, const void *b)
{
    const struct picture_notice *x = *(struct picture_notice *const *)a;
    const struct picture_notice *y = *(struct picture_notice *const *)b;
    if (x->key.part != y->key.part)
        return x->key.part < y->key.part ? -1 : 1;
    if (x->notice->created != y->notice->created)
        return x->notice->created > y->notice->created ? -1 : 1;
    if (x->source->known != y->source->known)
        return x->source->known > y->source->known ? -1 : 1;
    int order = ovf_str_cmp(y->notice->raw, x->notice->raw);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

bool picture_sort_chain(ovf_picture *picture, uint32_t first)
{
    struct picture_links *links = &picture->links;
    size_t count = 0;
    for (uint32_t at = first; at != 0; at = links->next[at - 1])
        count++;
    if (count < 2)
        return true;
    const struct picture_notice **sorted = malloc(count * sizeof(*sorted));
    if (sorted == NULL)
        return false;
    count = 0;
    for (uint32_t at = first; at != 0; at = links->next[at - 1])
        sorted[count++] = picture->notices[at - 1];
    qsort((void *)sorted, count, sizeof(*sorted), by_age);
    *slot_of(picture, links->by_key, &sorted[0]->key, false) = sorted[0]->index + 1;
    for (size_t i = 0; i < count; i++)
        links->next[sorted[i]->index] = i + 1 < count ? sorted[i + 1]->index + 1 : 0;
    free((void *)sorted);
    return true;
}
