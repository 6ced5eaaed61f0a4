/* SPDX-License-Identifier: Apache-2.0 */
/* Linking a batch. Scan: keys of all plans and messages, and the text of the messages, in the order of
 * the input. Settle: the keys are matched. Then a plan that has messages is amended by them, read
 * anew from their text, each time that its share is read: once to learn what that says of the
 * messages, which may stand before the plan, and once to be judged. */
#include "flight_links.h"

#include <stdlib.h>
#include <string.h>

void flight_links_init(flight_links *links, ovf_time reference)
{
    *links = (flight_links){.reference = reference};
    ovf_arena_init(&links->arena, 2 * FLIGHT_LINKS_MAX_BYTES);
}

void flight_links_done(flight_links *links)
{
    free(links->keys);
    free(links->places);
    free(links->messages);
    free(links->plans);
    free(links->is_doubtful);
    free(links->by_plan);
    free(links->first);
    ovf_arena_done(&links->arena);
    *links = (flight_links){0};
}

/* Room for one more; the lists are freed, not left in an arena, since they double. */
static bool grow(void **items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return true;
    size_t wanted = *capacity == 0 ? 256 : *capacity * 2;
    void *grown = realloc(*items, wanted * size);
    if (grown == NULL)
        return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

flight_mention flight_mention_of(const flight_item *item)
{
    const ovf_flight *f = item->flight;
    return (flight_mention){.form = f->form,
                            .title = f->title,
                            .source = item->input->name,
                            .record_id = item->record_id,
                            .record = f->record,
                            .line = item->line,
                            .pos = f->raw_span.at};
}

/* The same in the links' own memory. */
static flight_mention kept_mention(flight_links *links, const flight_mention *m)
{
    flight_mention kept = *m;
    kept.title = ovf_arena_dup(&links->arena, m->title);
    kept.record_id = ovf_arena_dup(&links->arena, m->record_id);
    return kept;
}

/* ---- scan ---- */

static bool add_message(flight_links *links, const flight_item *item)
{
    if (!grow((void **)&links->messages, links->message_count, &links->message_capacity,
              sizeof(*links->messages)))
        return false;
    flight_mention place = flight_mention_of(item);
    flight_message *m = &links->messages[links->message_count];
    *m = (flight_message){.key = (uint32_t)links->count, .place = kept_mention(links, &place)};
    m->raw = ovf_arena_dup(&links->arena, item->flight->raw);
    links->message_count++;
    return m->raw.ptr != NULL;
}

static bool is_above_ceiling(const flight_links *links, size_t more)
{
    return links->count >= FLIGHT_LINKS_MAX_KEYS
           || links->arena.held + more + links->message_count * sizeof(flight_message)
                  > FLIGHT_LINKS_MAX_BYTES;
}

bool flight_links_scan(flight_links *links, uint64_t share, const flight_batch *flights)
{
    for (size_t i = 0; i < flights->count; i++) {
        const flight_item *item = &flights->items[i];
        ovf_link_key key = ovf_flight_link_key(item->flight);
        bool is_message = key.role == OVF_LINK_MESSAGE;
        if (key.role == OVF_LINK_NONE)
            continue;
        size_t more = is_message ? item->flight->raw.len : 0;
        links->is_full = links->is_full || is_above_ceiling(links, more);
        if (links->is_full) {
            links->message_count += is_message; // only whether there are any still matters
            continue;
        }
        if (!grow((void **)&links->keys, links->count, &links->key_capacity, sizeof(key))
            || !grow((void **)&links->places, links->count, &links->place_capacity,
                     sizeof(*links->places)))
            return false;
        flight_place place = {.share = share, .index = (uint32_t)i};
        if (is_message) {
            place.message = (uint32_t)links->message_count;
            if (!add_message(links, item))
                return false;
        }
        links->keys[links->count] = key;
        links->places[links->count] = place;
        links->count++;
    }
    return true;
}

/* ---- settle ---- */

/* Counted, then laid: from the end, so that what was the end of a plan's messages moves down to where
 * they begin, and those of one plan keep the order of the input. */
static void sort_messages(flight_links *links)
{
    for (size_t i = 0; i < links->message_count; i++) {
        uint32_t plan = links->plans[links->messages[i].key];
        if (plan < links->count)
            links->first[plan + 1]++;
    }
    for (size_t i = 0; i < links->count; i++)
        links->first[i + 1] += links->first[i];
    links->first[links->count + 1] = links->first[links->count];
    for (size_t i = links->message_count; i-- > 0;) {
        uint32_t plan = links->plans[links->messages[i].key];
        if (plan < links->count)
            links->by_plan[--links->first[plan + 1]] = (uint32_t)i;
    }
}

int flight_links_settle(flight_links *links)
{
    if (links->is_full && links->message_count > 0)
        cli_error("more than %d plans and messages, or %zu MB of messages: what changes which plan "
                  "is not known; check them in parts",
                  FLIGHT_LINKS_MAX_KEYS, FLIGHT_LINKS_MAX_BYTES >> 20);
    if (links->is_full || links->message_count == 0)
        return 0;
    ovf_error err = {0};
    links->plans = calloc(links->count, sizeof(*links->plans));
    links->is_doubtful = calloc(links->count, sizeof(*links->is_doubtful));
    links->by_plan = calloc(links->message_count, sizeof(*links->by_plan));
    links->first = calloc(links->count + 2, sizeof(*links->first));
    if (links->plans == NULL || links->is_doubtful == NULL || links->by_plan == NULL
        || links->first == NULL)
        return CLI_INTERNAL;
    ovf_status status =
        ovf_flight_link_match(links->keys, links->count, links->plans, links->is_doubtful, &err);
    if (status != OVF_OK) {
        cli_error("%s", err.reason);
        return cli_status_of(status);
    }
    sort_messages(links);
    return 0;
}

/* ---- whose messages ---- */

/* The key of the first flight at or behind a place. */
static size_t key_at(const flight_links *links, uint64_t share, uint32_t index)
{
    size_t low = 0;
    size_t high = links->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const flight_place *p = &links->places[middle];
        if (p->share < share || (p->share == share && p->index < index))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool flight_links_touch(const flight_links *links, uint64_t share)
{
    if (links->first == NULL)
        return false;
    size_t from = key_at(links, share, 0);
    size_t until = key_at(links, share + 1, 0);
    return links->first[until + 1] > links->first[from + 1];
}

/* A message, read anew from its text; NULL: no memory. */
static ovf_flight *read_again(const flight_links *links, const ovf_world *world,
                              const flight_message *m, ovf_arena *arena)
{
    ovf_flight_options options = {.reference = links->reference, .record = m->place.record};
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    if (ovf_flight_read(world, m->raw, &options, arena, &flights, &count, &err) != OVF_OK)
        return NULL;
    ovf_link_key key = {0};
    for (size_t i = 0; i < count; i++) {
        key = ovf_flight_link_key(&flights[i]);
        if (key.role == OVF_LINK_MESSAGE && ovf_link_same_id(&key, &links->keys[m->key]))
            return &flights[i];
    }
    return NULL;
}

static bool amend(const flight_links *links, const ovf_world *world, size_t key, flight_item *item,
                  ovf_arena *arena, flight_linked *linked)
{
    const uint32_t *numbers = links->by_plan + links->first[key + 1];
    size_t count = links->first[key + 2] - links->first[key + 1];
    ovf_flight **messages = ovf_arena_array(arena, ovf_flight *, count + 1);
    size_t *own = ovf_arena_array(arena, size_t, count + 1);
    flight_mention *mentions = ovf_arena_array(arena, flight_mention, count + 1);
    flight_mention *plan = ovf_arena_array(arena, flight_mention, 1);
    if (messages == NULL || own == NULL || mentions == NULL || plan == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        messages[i] = read_again(links, world, &links->messages[numbers[i]], arena);
        if (messages[i] == NULL)
            return false;
        own[i] = messages[i]->finding_count;
    }
    ovf_error err = {0};
    if (ovf_flight_amend(world, item->flight, messages, count, arena, &err) != OVF_OK)
        return false;
    *plan = flight_mention_of(item);
    for (size_t i = 0; i < count && linked != NULL; i++)
        linked[i] = (flight_linked){.message = numbers[i],
                                    .findings = messages[i]->findings + own[i],
                                    .finding_count = messages[i]->finding_count - own[i],
                                    .plan = plan};
    // In the order in which they were taken: that of the input, once for each kind of message.
    size_t k = 0;
    for (size_t i = 0; i < item->flight->message_count; i++) {
        while (messages[k] != item->flight->messages[i])
            k = k + 1 == count ? 0 : k + 1;
        mentions[i] = links->messages[numbers[k]].place;
    }
    item->messages = mentions;
    item->message_count = item->flight->message_count;
    return true;
}

/* What is known of a message by its plan. */
static bool tell_message(const flight_links *links, size_t key, flight_item *item, ovf_arena *arena)
{
    const flight_message *m = &links->messages[links->places[key].message];
    ovf_flight *f = item->flight;
    item->plan = m->plan;
    if (links->plans[key] >= links->count) {
        ovf_flight_unlinked(f, links->plans[key], arena);
        return true;
    }
    size_t count = f->finding_count + m->finding_count;
    ovf_finding *findings = ovf_arena_array(arena, ovf_finding, count + 1);
    if (findings == NULL)
        return false;
    for (size_t i = 0; i < f->finding_count; i++)
        findings[i] = f->findings[i];
    for (size_t i = 0; i < m->finding_count; i++) {
        findings[f->finding_count + i] = m->findings[i];
        findings[f->finding_count + i].pos = f->raw_span.at;
    }
    f->findings = findings;
    f->finding_count = count;
    return true;
}

bool flight_links_apply(const flight_links *links, const ovf_world *world, uint64_t share,
                        uint32_t index, flight_item *item, ovf_arena *arena, flight_linked **linked,
                        size_t *linked_count)
{
    if (linked != NULL)
        *linked_count = 0;
    if (links->message_count == 0)
        return true;
    ovf_link_key own = ovf_flight_link_key(item->flight);
    if (own.role == OVF_LINK_NONE)
        return true;
    size_t key = links->first == NULL ? links->count : key_at(links, share, index);
    bool is_here = key < links->count && links->places[key].share == share
                   && links->places[key].index == index
                   && ovf_link_same_id(&own, &links->keys[key]);
    if (!is_here) { // above the ceiling, or a file that is another one by now
        item->flight->is_doubtful = own.role == OVF_LINK_PLAN;
        return true;
    }
    if (own.role == OVF_LINK_MESSAGE)
        return linked != NULL || tell_message(links, key, item, arena);
    item->flight->is_doubtful = links->is_doubtful[key];
    size_t count = links->first[key + 2] - links->first[key + 1];
    if (count == 0)
        return true;
    if (linked != NULL) {
        *linked = ovf_arena_array(arena, flight_linked, count);
        if (*linked == NULL)
            return false;
        *linked_count = count;
    }
    return amend(links, world, key, item, arena, linked == NULL ? NULL : *linked);
}

bool flight_links_keep(flight_links *links, const flight_linked *linked, size_t count)
{
    flight_mention *plan = count == 0 ? NULL : ovf_arena_array(&links->arena, flight_mention, 1);
    if (plan == NULL)
        return count == 0;
    *plan = kept_mention(links, linked[0].plan);
    for (size_t i = 0; i < count; i++) {
        flight_message *m = &links->messages[linked[i].message];
        m->plan = plan;
        ovf_finding *findings =
            ovf_arena_array(&links->arena, ovf_finding, linked[i].finding_count + 1);
        if (findings == NULL)
            return false;
        // Their words are of the program, not of the arena that is emptied behind the share.
        for (size_t k = 0; k < linked[i].finding_count; k++)
            findings[k] = linked[i].findings[k];
        m->findings = findings;
        m->finding_count = linked[i].finding_count;
    }
    return true;
}
