/* SPDX-License-Identifier: Apache-2.0 */
/* Which plan a message is about (Doc 4444, 11.4.2.2): the same aircraft identification, departure and
 * destination, and of several days the one nearest to the time that the message names. Messages may
 * come before the plan. Plans are sorted by identification; a message looks at those of its own. */
#include <overfly/flight_link.h>

#include "flight_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static_assert(sizeof(ovf_link_key) == 56, "millions of them are held at once");

/* A message whose own hour is so far from a plan's is of another day's flight. */
#define SAME_FLIGHT_S (20 * (ovf_time)OVF_HOUR_S)

typedef struct entry {
    const ovf_link_key *key;
    uint32_t order; /* in the input */
} entry;

typedef struct matcher {
    const ovf_link_key *keys;
    entry *plans; /* sorted by identification, then order */
    size_t plan_count;
    uint32_t *out;
    bool *is_doubtful;
} matcher;

/* ---- keys ---- */

static bool is_plan(const ovf_flight *f)
{
    return flight_kind(f) == OVF_FLIGHT_FPL && f->form != OVF_FLIGHT_SCHEDULE && f->id.len > 0;
}

static bool is_about_plan(const ovf_flight *f)
{
    switch (flight_kind(f)) {
    case OVF_FLIGHT_CHG:
    case OVF_FLIGHT_DLA:
    case OVF_FLIGHT_CNL:
    case OVF_FLIGHT_DEP:
    case OVF_FLIGHT_ARR: return f->id.len > 0;
    default: return false;
    }
}

/* The text itself when it fits, zeros behind; else a mark that no text holds and a hash (FNV-1a). */
static void pack(char *out, size_t size, ovf_str text)
{
    memset(out, 0, size);
    uint64_t hash = 14695981039346656037ULL;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i] >= 'a' && text.ptr[i] <= 'z' ? (char)(text.ptr[i] - 'a' + 'A')
                                                          : text.ptr[i];
        hash = (hash ^ (uint8_t)c) * 1099511628211ULL;
        if (i < size)
            out[i] = c;
    }
    if (text.len <= size)
        return;
    out[0] = '\x7f';
    for (size_t i = 1; i < size; i++)
        out[i] = (char)(hash >> (8 * ((i - 1) % 8)));
}

ovf_link_key ovf_flight_link_key(const ovf_flight *flight)
{
    ovf_link_key key;
    memset(&key, 0, sizeof(key));
    bool is_message = is_about_plan(flight);
    key.role = (uint8_t)(is_plan(flight) ? OVF_LINK_PLAN
                         : is_message    ? OVF_LINK_MESSAGE
                                         : OVF_LINK_NONE);
    key.kind = (uint8_t)flight_kind(flight);
    key.is_adexp = flight->form == OVF_FLIGHT_ADEXP;
    key.is_icao = flight->form == OVF_FLIGHT_FPL;
    key.time =
        is_message && flight->off_block == OVF_TIME_NONE ? flight->departed : flight->off_block;
    key.day_assumed = flight->day_assumed;
    pack(key.id, sizeof(key.id), flight->id);
    pack(key.from, sizeof(key.from), flight->from);
    pack(key.to, sizeof(key.to), flight->to);
    pack(key.plan_id, sizeof(key.plan_id), flight->plan_id);
    return key;
}

bool ovf_link_same_id(const ovf_link_key *a, const ovf_link_key *b)
{
    return memcmp(a->id, b->id, sizeof(a->id)) == 0;
}

static int compare(const void *a, const void *b)
{
    const entry *x = a;
    const entry *y = b;
    int order = memcmp(x->key->id, y->key->id, sizeof(x->key->id));
    return order != 0 ? order : x->order < y->order ? -1 : x->order > y->order;
}

/* ---- which plan ---- */

static bool is_same_or_empty(const char a[8], const char b[8])
{
    return a[0] == '\0' || b[0] == '\0' || memcmp(a, b, 8) == 0;
}

/* How far a plan's time is from that of the message; SAME_FLIGHT_S and more: another flight. */
static ovf_time time_apart(const ovf_link_key *message, const ovf_link_key *plan)
{
    if (message->plan_id[0] != '\0'
        && memcmp(message->plan_id, plan->plan_id, sizeof(plan->plan_id)) == 0)
        return 0;
    if (!is_same_or_empty(message->from, plan->from) || !is_same_or_empty(message->to, plan->to))
        return SAME_FLIGHT_S;
    bool knows_both = message->time != OVF_TIME_NONE && plan->time != OVF_TIME_NONE;
    if (!knows_both || message->day_assumed || plan->day_assumed)
        return 1; // no day to compare: the identification and the aerodromes decide
    return message->time > plan->time ? message->time - plan->time : plan->time - message->time;
}

typedef struct match {
    const entry *plan;
    ovf_time apart;
    size_t rivals; /* other plans as near, of another time */
} match;

/* Can the one amend the other as it is written? */
static bool is_of_one_form(const ovf_link_key *message, const ovf_link_key *plan)
{
    return message->is_adexp ? plan->is_adexp : plan->is_icao;
}

/* A plan of the message's own form comes before others, and one that was filed before the message
 * before one that was filed behind it. */
static bool is_better(const entry *message, const entry *plan, ovf_time apart, const match *best)
{
    if (best->plan == NULL || apart != best->apart)
        return best->plan == NULL || apart < best->apart;
    bool is_own = is_of_one_form(message->key, plan->key);
    if (is_own != is_of_one_form(message->key, best->plan->key))
        return is_own;
    bool is_before = plan->order < message->order;
    bool was_before = best->plan->order < message->order;
    return is_before && (!was_before || plan->order > best->plan->order);
}

/* The first plan of the identification, and how many there are. */
static size_t plans_of(const matcher *m, const ovf_link_key *message, size_t *count)
{
    size_t low = 0;
    size_t high = m->plan_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (memcmp(m->plans[middle].key->id, message->id, sizeof(message->id)) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *count = 0;
    while (low + *count < m->plan_count && *count <= OVF_LINK_MAX_SAME_ID
           && ovf_link_same_id(m->plans[low + *count].key, message))
        (*count)++;
    return low;
}

static match find_plan(const matcher *m, const entry *message, size_t first, size_t count)
{
    match best = {.apart = SAME_FLIGHT_S};
    for (size_t i = first; i < first + count; i++) {
        const entry *plan = &m->plans[i];
        ovf_time apart = time_apart(message->key, plan->key);
        if (apart >= SAME_FLIGHT_S)
            continue;
        bool is_rival =
            best.plan != NULL && apart == best.apart && plan->key->time != best.plan->key->time;
        if (best.plan != NULL && apart < best.apart)
            best.rivals = 0;
        best.rivals += is_rival;
        if (is_better(message, plan, apart, &best)) {
            best.plan = plan;
            best.apart = apart;
        }
    }
    return best;
}

/* Which of the plans the message may be about; `apart` is how far they may be. */
static void doubt(const matcher *m, const entry *message, size_t first, size_t count,
                  ovf_time apart)
{
    uint8_t kind = message->key->kind;
    if (kind != OVF_FLIGHT_CHG && kind != OVF_FLIGHT_DLA && kind != OVF_FLIGHT_DEP)
        return; // it changes neither where a flight goes nor when
    for (size_t i = first; i < first + count; i++) {
        if (time_apart(message->key, m->plans[i].key) <= apart)
            m->is_doubtful[m->plans[i].order] = true;
    }
}

/* Too many plans of the identification to weigh: any may be meant. */
static void doubt_all(const matcher *m, const entry *message, size_t first)
{
    if (m->is_doubtful[m->plans[first].order] && m->is_doubtful[m->plans[first + 1].order])
        return; // done for another message
    for (size_t i = first; i < m->plan_count && ovf_link_same_id(m->plans[i].key, message->key);
         i++)
        m->is_doubtful[m->plans[i].order] = true;
}

static uint32_t match_one(const matcher *m, const entry *message)
{
    size_t count = 0;
    size_t first = plans_of(m, message->key, &count);
    if (count > OVF_LINK_MAX_SAME_ID) {
        doubt_all(m, message, first);
        return OVF_LINK_SEVERAL;
    }
    match found = find_plan(m, message, first, count);
    if (found.plan == NULL)
        return OVF_LINK_NOT_HERE;
    if (found.rivals == 0)
        return found.plan->order;
    doubt(m, message, first, count, found.apart);
    return OVF_LINK_SEVERAL;
}

ovf_status ovf_flight_link_match(const ovf_link_key *keys, size_t count, uint32_t *plans,
                                 bool *is_doubtful, ovf_error *err)
{
    if (count > OVF_LINK_MAX_KEYS)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "too many plans to be linked");
    matcher m = {.keys = keys, .out = plans, .is_doubtful = is_doubtful};
    for (size_t i = 0; i < count; i++) {
        plans[i] = OVF_LINK_NOT_HERE;
        is_doubtful[i] = false;
        m.plan_count += keys[i].role == OVF_LINK_PLAN;
    }
    m.plans = calloc(m.plan_count + 1, sizeof(*m.plans));
    if (m.plans == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory to link plans");
    m.plan_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (keys[i].role == OVF_LINK_PLAN)
            m.plans[m.plan_count++] = (entry){&keys[i], (uint32_t)i};
    }
    qsort(m.plans, m.plan_count, sizeof(*m.plans), compare);
    for (size_t i = 0; i < count; i++) {
        if (keys[i].role == OVF_LINK_MESSAGE)
            plans[i] = match_one(&m, &(entry){&keys[i], (uint32_t)i});
    }
    free(m.plans);
    return OVF_OK;
}
