/* SPDX-License-Identifier: Apache-2.0 */
/* The last step of a picture: how every notice stands, and the restrictions.
 *
 * In a picture that was made from another one most of that is known. A new notice changes the
 * standing of those that it is linked with by number, in both directions and on from there: whole
 * chains are resolved anew, on copies, and everything else is taken as it is. A new checklist speaks
 * of the notices of its office. Bulletins that are compared issue by issue speak of everything: with
 * them all is resolved anew, from notices that are read already. */
#include "restriction_internal.h"

#include <stdlib.h>
#include <string.h>

/* What the next picture may have in common with this one. */
static void *take_shared(ovf_picture *picture, size_t count, size_t size)
{
    return ovf_arena_alloc(&picture->store->arena, count, size);
}

static void *take_list(ovf_picture *picture, size_t count, size_t size)
{
    return ovf_arena_alloc(&picture->lists, count, size);
}

/* Numbers of the notices from `from` on, and which of them are asked for by kind. */
static bool prepare(ovf_picture *picture, size_t from)
{
    ovf_arena *arena = &picture->lists;
    for (size_t i = from; i < picture->notice_count; i++) {
        struct picture_notice *entry = picture->notices[i];
        const ovf_notice *notice = entry->notice;
        bool is_linked = notice->kind == OVF_NOTICE_REPLACE || notice->kind == OVF_NOTICE_CANCEL;
        notice_key_of(notice, notice->id, &entry->key);
        notice_key_of(notice, is_linked ? notice->refers_to : (ovf_str){0}, &entry->refers);
        if (notice->part_of > 1 && !notice->parts_complete)
            entry->key.part = notice->part;
        if (notice->is_checklist) {
            if (!ovf_arena_grow(arena, (void **)&picture->checklists, picture->checklist_count,
                                &picture->checklist_capacity, sizeof(uint32_t)))
                return false;
            picture->checklists[picture->checklist_count++] = (uint32_t)i;
        }
        if (notice->effect == OVF_EFFECT_LIFTED && notice->kind != OVF_NOTICE_CANCEL) {
            if (!ovf_arena_grow(arena, (void **)&picture->openings, picture->opening_count,
                                &picture->opening_capacity, sizeof(uint32_t)))
                return false;
            picture->openings[picture->opening_count++] = (uint32_t)i;
        }
    }
    return picture_hear(picture, from) && picture_link(picture, from);
}

/* ---- all of it ---- */

static bool settle_all(ovf_picture *picture)
{
    struct picture_work work = {picture, picture->notices, picture->notice_count};
    return picture_resolve_chains(&work) && picture_find_unlisted(&work)
           && picture_find_vanished(picture) && picture_make_restrictions(&work)
           && picture_lay_restrictions(&work, NULL);
}

/* ---- what is new ---- */

static void copy_notice(struct picture_notice *to, const struct picture_notice *from)
{
    *to = *from;
    to->mark = 0;
}

/* Nothing of it belongs to the old picture any more, but for what was read. */
static bool settle_copies(ovf_picture *picture)
{
    size_t count = picture->from_count;
    struct picture_notice *copies = take_shared(picture, count, sizeof(*copies));
    struct picture_source *sources = take_shared(picture, picture->source_count, sizeof(*sources));
    if (copies == NULL || sources == NULL)
        return false;
    for (size_t i = 0; i < picture->source_count; i++) {
        sources[i] = *picture->sources[i];
        picture->sources[i] = &sources[i];
    }
    for (size_t i = 0; i < picture->notice_count; i++) {
        struct picture_notice *entry = picture->notices[i];
        if (i < count) {
            copy_notice(&copies[i], entry);
            entry = picture->notices[i] = &copies[i];
        }
        entry->source = &sources[((const struct picture_source *)entry->source)->index].source;
    }
    return settle_all(picture);
}

/* Notices whose standing may be another one: those at hand, and what they are linked with. */
struct closure {
    ovf_picture *picture;
    uint32_t *items; /* notices; the ones from `done` on have not been followed yet */
    size_t count, done;
    bool *is_in; /* a notice */
};

static void include(struct closure *c, uint32_t notice)
{
    if (c->is_in[notice])
        return;
    c->is_in[notice] = true;
    c->items[c->count++] = notice;
}

static void include_chain(struct closure *c, const struct notice_key *key)
{
    for (uint32_t at = picture_first_of(c->picture, key); at != 0;
         at = c->picture->links.next[at - 1])
        include(c, at - 1);
}

static void follow(struct closure *c)
{
    for (; c->done < c->count; c->done++) {
        const struct picture_notice *entry = c->picture->notices[c->items[c->done]];
        include_chain(c, &entry->key);
        include_chain(c, &entry->refers);
        for (uint32_t at = picture_first_to(c->picture, &entry->key); at != 0;
             at = c->picture->links.next_refer[at - 1])
            include(c, at - 1);
    }
}

static bool has_office(const struct closure *c, size_t until, ovf_str office)
{
    for (size_t i = 0; i < until; i++) {
        const struct picture_notice *list = c->picture->notices[c->items[i]];
        if (list->notice->is_checklist && ovf_str_eq(list->key.office, office))
            return true;
    }
    return false;
}

/* A checklist that comes, or that another text supersedes, speaks of all of its office. */
static void include_offices(struct closure *c)
{
    const ovf_picture *picture = c->picture;
    size_t known = c->count;
    for (size_t i = 0; i < known; i++) {
        const struct picture_notice *list = picture->notices[c->items[i]];
        if (!list->notice->is_checklist || has_office(c, i, list->key.office))
            continue;
        for (size_t k = 0; k < picture->notice_count; k++) {
            const struct notice_key *key = &picture->notices[k]->key;
            if (key->series != 0 && ovf_str_eq(key->office, list->key.office))
                include(c, (uint32_t)k);
        }
    }
    follow(c);
}

static int by_index(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Those of the old picture as copies, which may be written to. */
static bool copy_work(struct closure *c, struct picture_work *work)
{
    ovf_picture *picture = c->picture;
    struct picture_notice *copies = take_shared(picture, c->count, sizeof(*copies));
    work->items = take_list(picture, c->count, sizeof(struct picture_notice *));
    if (copies == NULL || work->items == NULL)
        return false;
    if (c->count > 1)
        qsort(c->items, c->count, sizeof(*c->items), by_index);
    for (size_t i = 0; i < c->count; i++) {
        struct picture_notice **entry = &picture->notices[c->items[i]];
        if (c->items[i] < picture->from_count) {
            copy_notice(&copies[i], *entry);
            *entry = &copies[i];
        }
        work->items[work->count++] = *entry;
    }
    return true;
}

static bool settle_new(ovf_picture *picture)
{
    struct closure c = {.picture = picture,
                        .items = take_list(picture, picture->notice_count, sizeof(*c.items)),
                        .is_in = take_list(picture, picture->notice_count, sizeof(*c.is_in))};
    struct picture_work work = {.picture = picture};
    if (c.items == NULL || c.is_in == NULL)
        return false;
    for (size_t i = picture->from_count; i < picture->notice_count; i++)
        include(&c, (uint32_t)i);
    follow(&c);
    include_offices(&c);
    return copy_work(&c, &work) && picture_resolve_chains(&work) && picture_find_unlisted(&work)
           && picture_make_restrictions(&work) && picture_lay_restrictions(&work, picture->from);
}

bool picture_settle(ovf_picture *picture)
{
    size_t known = picture->from == NULL ? 0 : picture->from_count;
    if (known == 0 && picture->options.with_law && !picture_add_law(picture))
        return false;
    if (!prepare(picture, known))
        return false;
    bool ok = known == 0                       ? settle_all(picture)
              : picture_has_bulletins(picture) ? settle_copies(picture)
                                               : settle_new(picture);
    picture->from = NULL;
    return ok;
}
