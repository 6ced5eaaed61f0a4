/* SPDX-License-Identifier: Apache-2.0 */
/* What cannot be true among the positions of one aircraft. In the order of the input: clocks that
 * leap. In the order of time: one place again, two places at once, and ways that hang together: each
 * position goes on the way that it can have been reached from, and the way that spans most of the
 * time is the aircraft's. */
#include "tracks_doubt.h"

#include <math.h>
#include <stdlib.h>

#define CLOCK_MS 60000 /* out of order by more is no delay of a network, which sorting settles */
#define AHEAD_MS 60000 /* before it was received: two clocks differ by less */
#define OPEN_CHAINS 8
#define LONG_COUNT 20 /* a way of so many positions over five minutes is no spike */
#define LONG_MS 300000
#define SAME_DEG 1e-6      /* 11 cm */
#define RADIUS_MAX_M 37040 /* 20 NM, the largest that is encoded: nothing is vouched for */
#define LEVEL_FT_PER_S (12000.0 / 60.0)
#define LEVEL_SLACK_FT 500.0
#define SPIKE_MOST 5 /* altitudes in a row that may be wrong together */

static int by_time(const void *a, const void *b)
{
    const seen *x = a;
    const seen *y = b;
    if (x->p->time_ms != y->p->time_ms)
        return x->p->time_ms < y->p->time_ms ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* ---- in the order of the input ---- */

static void weigh_alone(one_aircraft *a)
{
    for (size_t i = 0; i < a->count; i++) {
        seen *s = &a->items[i];
        const ovf_position *p = s->p;
        a->is_timed = a->is_timed || p->time_ms != OVF_TIME_NONE;
        a->is_relative = a->is_relative || p->is_relative;
        if (!p->has_place)
            s->aside = OVF_ASIDE_NO_PLACE;
        else if (p->source == OVF_SOURCE_TISB && !a->options->with_radar)
            s->aside = OVF_ASIDE_RADAR;
        else if (p->time_ms != OVF_TIME_NONE && p->received_ms != OVF_TIME_NONE
                 && p->time_ms > p->received_ms + AHEAD_MS)
            s->aside = OVF_ASIDE_CLOCK;
    }
    for (size_t i = 0; a->is_timed && i < a->count; i++) {
        if (a->items[i].aside == OVF_ASIDE_NOT && a->items[i].p->time_ms == OVF_TIME_NONE)
            a->items[i].aside = OVF_ASIDE_NO_TIME;
    }
}

/* A time that lies outside of those before and behind it in the input, which are in order. Where
 * the input as a whole is in no order nothing can be said. */
static void weigh_clocks(one_aircraft *a)
{
    size_t descents = 0;
    const seen *before = NULL;
    for (size_t i = 0; i < a->count; i++) {
        const seen *s = &a->items[i];
        if (s->aside != OVF_ASIDE_NOT)
            continue;
        descents += before != NULL && s->p->time_ms < before->p->time_ms;
        before = s;
    }
    if (descents == 0 || descents * 5 > a->count)
        return;
    before = NULL;
    seen *now = NULL;
    for (size_t i = 0; i < a->count; i++) {
        seen *behind = &a->items[i];
        if (behind->aside != OVF_ASIDE_NOT)
            continue;
        if (before != NULL && now != NULL && before->p->time_ms <= behind->p->time_ms
            && (now->p->time_ms < before->p->time_ms - CLOCK_MS
                || now->p->time_ms > behind->p->time_ms + CLOCK_MS)) {
            now->aside = OVF_ASIDE_CLOCK;
            now = behind;
            continue;
        }
        before = now;
        now = behind;
    }
}

/* ---- in the order of time ---- */

static bool is_same_place(const ovf_position *a, const ovf_position *b)
{
    return fabs(a->place.lat_deg - b->place.lat_deg) < SAME_DEG
           && fabs(a->place.lon_deg - b->place.lon_deg) < SAME_DEG;
}

static void weigh_repeats(one_aircraft *a)
{
    const seen *before = NULL;
    for (size_t i = 0; i < a->count; i++) {
        seen *s = &a->items[i];
        if (s->aside != OVF_ASIDE_NOT)
            continue;
        if (before != NULL && before->p->time_ms == s->p->time_ms) {
            if (is_same_place(before->p, s->p)) {
                s->aside = OVF_ASIDE_REPEATED;
                continue;
            }
        }
        before = s;
    }
}

/* ---- ways ---- */

/* The open way that s goes on: of those it can be reached from the one left last. */
static size_t find_chain(const one_aircraft *a, const uint32_t *open, size_t open_count,
                         const seen *s)
{
    size_t best = open_count;
    for (size_t i = 0; i < open_count; i++) {
        const chain *c = &a->chains[open[i]];
        if (!ovf_position_reaches(a->items[c->last].p, s->p))
            continue;
        if (best == open_count || c->until_ms > a->chains[open[best]].until_ms
            || (c->until_ms == a->chains[open[best]].until_ms
                && c->count > a->chains[open[best]].count))
            best = i;
    }
    return best;
}

/* Room among the open ones: the least, and of those the oldest, is closed. */
static size_t close_one(const one_aircraft *a, const uint32_t *open)
{
    size_t least = 0;
    for (size_t i = 1; i < OPEN_CHAINS; i++) {
        const chain *c = &a->chains[open[i]];
        const chain *d = &a->chains[open[least]];
        if (c->count < d->count || (c->count == d->count && c->until_ms < d->until_ms))
            least = i;
    }
    return least;
}

static bool make_chains(one_aircraft *a)
{
    uint32_t open[OPEN_CHAINS] = {0};
    size_t open_count = 0;
    for (size_t i = 0; i < a->count; i++) {
        seen *s = &a->items[i];
        if (s->aside != OVF_ASIDE_NOT)
            continue;
        size_t at = find_chain(a, open, open_count, s);
        if (at == open_count) {
            if (!ovf_arena_grow(a->arena, (void **)&a->chains, a->chain_count, &a->chain_capacity,
                                sizeof(chain)))
                return false;
            at = open_count < OPEN_CHAINS ? open_count++ : close_one(a, open);
            open[at] = (uint32_t)a->chain_count;
            a->chains[a->chain_count++] = (chain){.from_ms = s->p->time_ms};
        }
        chain *c = &a->chains[open[at]];
        c->until_ms = s->p->time_ms;
        c->last = (uint32_t)i;
        c->count++;
        s->chain = open[at];
    }
    return true;
}

static bool is_long(const chain *c)
{
    return c->count >= LONG_COUNT && c->until_ms - c->from_ms >= LONG_MS;
}

/* Ways that hold for the aircraft: the one over the longest time, of those with a fifth of the most
 * positions; then whatever long one lies before or behind those chosen. */
static void choose_chains(one_aircraft *a)
{
    uint32_t most = 0;
    for (size_t i = 0; i < a->chain_count; i++)
        most = a->chains[i].count > most ? a->chains[i].count : most;
    for (bool is_first = true;; is_first = false) {
        chain *best = NULL;
        for (size_t i = 0; i < a->chain_count; i++) {
            chain *c = &a->chains[i];
            bool is_free = !c->is_kept && (is_first ? c->count * 5 >= most : is_long(c));
            for (size_t k = 0; k < a->chain_count && is_free && !is_first; k++)
                is_free = !a->chains[k].is_kept || c->from_ms > a->chains[k].until_ms
                          || c->until_ms < a->chains[k].from_ms;
            int64_t span = c->until_ms - c->from_ms;
            if (is_free
                && (best == NULL || span > best->until_ms - best->from_ms
                    || (span == best->until_ms - best->from_ms && c->count > best->count)))
                best = c;
        }
        if (best == NULL)
            return;
        best->is_kept = true;
        if (a->chain_count > 1000)
            return; // noise: one way, and no search among thousands
    }
}

static void weigh_chains(one_aircraft *a)
{
    for (size_t i = 0; i < a->count; i++) {
        seen *s = &a->items[i];
        if (s->chain == NO_CHAIN || a->chains[s->chain].is_kept)
            continue;
        const chain *c = &a->chains[s->chain];
        bool is_at_once = false;
        for (size_t step = 0; step < 2 && !is_at_once; step++) {
            size_t k = step == 0 ? i - 1 : i + 1;
            is_at_once = k < a->count && a->items[k].p->time_ms == s->p->time_ms
                         && a->items[k].chain != NO_CHAIN && a->chains[a->items[k].chain].is_kept;
        }
        s->aside = (uint8_t)(is_long(c)   ? OVF_ASIDE_TELEPORT
                             : is_at_once ? OVF_ASIDE_TWO_PLACES
                                          : OVF_ASIDE_JUMP);
    }
}

bool tracks_weigh(one_aircraft *a)
{
    weigh_alone(a);
    if (!a->is_timed) { // a drawn line: as it is
        if (!ovf_arena_grow(a->arena, (void **)&a->chains, 0, &a->chain_capacity, sizeof(chain)))
            return false;
        a->chains[a->chain_count++] = (chain){.is_kept = true};
        for (size_t i = 0; i < a->count; i++)
            a->items[i].chain = a->items[i].aside == OVF_ASIDE_NOT ? 0 : NO_CHAIN;
        return true;
    }
    weigh_clocks(a);
    bool is_sorted = true;
    for (size_t i = 1; i < a->count && is_sorted; i++)
        is_sorted = a->items[i - 1].p->time_ms <= a->items[i].p->time_ms;
    if (!is_sorted)
        qsort(a->items, a->count, sizeof(*a->items), by_time);
    weigh_repeats(a);
    if (!make_chains(a))
        return false;
    choose_chains(a);
    weigh_chains(a);
    return true;
}

/* ---- within one flight ---- */

/* The last place written again and again while the aircraft reports that it flies. */
static void weigh_stale(seen *items, size_t count)
{
    const seen *before = NULL;
    for (size_t i = 0; i < count; i++) {
        seen *s = &items[i];
        if (s->aside != OVF_ASIDE_NOT)
            continue;
        if (before != NULL && s->p->speed_kt >= 50.0F && is_same_place(before->p, s->p)
            && s->p->time_ms > before->p->time_ms + 1000)
            s->aside = OVF_ASIDE_STALE;
        else
            before = s;
    }
}

/* A drop from what it vouched for before; an aircraft that never vouches is left as it is. */
static void weigh_integrity(seen *items, size_t count)
{
    bool had_nic = false;
    bool had_sil = false;
    for (size_t i = 0; i < count; i++) {
        had_nic = had_nic || (seen_is_good(&items[i]) && items[i].p->nic >= 6);
        had_sil = had_sil || (seen_is_good(&items[i]) && items[i].p->sil >= 2);
    }
    for (size_t i = 0; i < count; i++) {
        const ovf_position *p = items[i].p;
        bool is_own = p->source == OVF_SOURCE_ADSB || p->source == OVF_SOURCE_ADSR
                      || p->source == OVF_SOURCE_UNKNOWN;
        bool is_dropped =
            (had_nic && p->nic == 0) || (had_sil && p->sil == 0) || p->rc_m > RADIUS_MAX_M;
        if (items[i].aside == OVF_ASIDE_NOT && is_own && is_dropped)
            items[i].aside = OVF_ASIDE_INTEGRITY;
    }
}

static int32_t level_of(const seen *s)
{
    return s->p->baro_ft != OVF_VALUE_NONE ? s->p->baro_ft : s->p->geom_ft;
}

static bool can_climb(const seen *from, const seen *to)
{
    double between_s = fabs((double)(to->p->time_ms - from->p->time_ms)) / 1000.0;
    return abs(level_of(to) - level_of(from)) <= LEVEL_FT_PER_S * (between_s + 1) + LEVEL_SLACK_FT;
}

static size_t next_levelled(const seen *items, size_t count, size_t from)
{
    while (from < count
           && (items[from].aside != OVF_ASIDE_NOT || level_of(&items[from]) == OVF_VALUE_NONE))
        from++;
    return from;
}

/* Up to five altitudes in a row between two that agree, and agree with neither. */
static void weigh_levels(seen *items, size_t count)
{
    size_t before = next_levelled(items, count, 0);
    while (before < count) {
        size_t at = next_levelled(items, count, before + 1);
        if (at >= count)
            return;
        if (can_climb(&items[before], &items[at])) {
            before = at;
            continue;
        }
        size_t behind = at;
        size_t wrong = 0;
        for (; wrong < SPIKE_MOST && behind < count && !can_climb(&items[before], &items[behind]);
             wrong++)
            behind = next_levelled(items, count, behind + 1);
        bool is_spike = behind < count && can_climb(&items[before], &items[behind]);
        for (size_t i = at; is_spike && i < behind; i++)
            items[i].no_level = items[i].aside == OVF_ASIDE_NOT;
        before = is_spike ? behind : at;
    }
}

void tracks_weigh_flight(seen *items, size_t count)
{
    weigh_stale(items, count);
    weigh_integrity(items, count);
    weigh_levels(items, count);
}
