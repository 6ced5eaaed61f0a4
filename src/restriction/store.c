/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures and what they are kept in: made, made from one another, freed. */
#include "restriction_internal.h"

#include <stdlib.h>
#include <string.h>

struct picture_store *picture_store_new(struct picture_store *below)
{
    struct picture_store *store = calloc(1, sizeof(*store));
    if (store == NULL)
        return NULL;
    atomic_init(&store->holders, 1);
    atomic_init(&store->splits, NULL);
    ovf_arena_init(&store->arena, 0);
    store->below = below;
    if (below != NULL)
        atomic_fetch_add_explicit(&below->holders, 1, memory_order_relaxed);
    return store;
}

static void free_splits(struct picture_split *split)
{
    while (split != NULL) {
        struct picture_split *next = split->owned;
        free(split);
        split = next;
    }
}

/* One holder less; the last one frees it, and lets go of the one below. */
void picture_store_release(struct picture_store *store)
{
    while (store != NULL
           && atomic_fetch_sub_explicit(&store->holders, 1, memory_order_acq_rel) == 1) {
        struct picture_store *below = store->below;
        free_splits(atomic_load_explicit(&store->splits, memory_order_relaxed));
        ovf_arena_done(&store->arena);
        free(store);
        store = below;
    }
}

static ovf_status no_memory(ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a picture");
}

static ovf_picture *new_picture(struct picture_store *below)
{
    ovf_picture *picture = calloc(1, sizeof(*picture));
    if (picture == NULL)
        return NULL;
    picture->found = calloc(1, sizeof(*picture->found));
    picture->store = picture_store_new(below);
    ovf_arena_init(&picture->lists, 0);
    if (picture->found != NULL && picture->store != NULL)
        return picture;
    ovf_picture_free(picture);
    return NULL;
}

ovf_status ovf_picture_new(const ovf_world *world, const ovf_rulebook *book,
                           const ovf_picture_options *options, ovf_picture **out, ovf_error *err)
{
    ovf_picture *picture = new_picture(NULL);
    if (picture == NULL)
        return no_memory(err);
    picture->world = world;
    picture->book = book;
    picture->options = *options;
    *out = picture;
    return OVF_OK;
}

void ovf_picture_free(ovf_picture *picture)
{
    if (picture == NULL)
        return;
    if (picture->found != NULL)
        picture_events_free(atomic_load_explicit(&picture->found->events, memory_order_relaxed));
    picture_features_release(picture->features);
    picture_store_release(picture->store);
    ovf_arena_done(&picture->lists);
    free(picture->found);
    free(picture);
}

/* A copy with room for some more behind it. */
static bool copy_list(ovf_arena *arena, void *list, size_t count, size_t size, size_t *capacity)
{
    void **items = list;
    size_t room = count + count / 32 + 64;
    void *copy = ovf_arena_alloc(arena, room, size);
    if (copy == NULL)
        return false;
    if (count > 0)
        memcpy(copy, *items, count * size);
    *items = copy;
    *capacity = room;
    return true;
}

/* Every list that documents are added to. What is made when the picture is settled is copied then. */
static bool copy_lists(ovf_picture *p)
{
    ovf_arena *arena = &p->lists;
    return copy_list(arena, (void *)&p->notices, p->notice_count, sizeof(*p->notices),
                     &p->notice_capacity)
           && copy_list(arena, (void *)&p->sources, p->source_count, sizeof(*p->sources),
                        &p->source_capacity)
           && copy_list(arena, (void *)&p->statements, p->statement_count, sizeof(*p->statements),
                        &p->statement_capacity)
           && copy_list(arena, (void *)&p->coverages, p->coverage_count, sizeof(*p->coverages),
                        &p->coverage_capacity)
           && copy_list(arena, (void *)&p->openings, p->opening_count, sizeof(*p->openings),
                        &p->opening_capacity)
           && copy_list(arena, (void *)&p->checklists, p->checklist_count, sizeof(*p->checklists),
                        &p->checklist_capacity);
}

ovf_status ovf_picture_from(const ovf_picture *from, ovf_picture **out, ovf_error *err)
{
    if (!from->is_settled)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "the picture is not settled yet");
    ovf_picture *picture = new_picture(from->store);
    if (picture == NULL)
        return no_memory(err);
    struct picture_store *store = picture->store;
    ovf_arena lists = picture->lists;
    struct picture_found *found = picture->found;
    *picture = *from;
    picture->store = store;
    picture->lists = lists;
    picture->found = found;
    picture->features = picture_features_of(from);
    // What others find out from now on about the old picture's areas stays theirs.
    for (size_t i = 0; i < PICTURE_SPLIT_CHAINS; i++)
        atomic_init(&found->splits[i],
                    atomic_load_explicit(&from->found->splits[i], memory_order_acquire));
    picture->from = from;
    picture->from_count = from->notice_count;
    picture->is_settled = false;
    if (!copy_lists(picture)) {
        ovf_picture_free(picture);
        return no_memory(err);
    }
    *out = picture;
    return OVF_OK;
}
