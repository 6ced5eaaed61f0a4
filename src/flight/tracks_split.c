/* SPDX-License-Identifier: Apache-2.0 */
/* One aircraft's positions into flights: where it stood on the ground, where it was out of sight for
 * so long that it must have landed, where it goes on under another call sign. */
#include "tracks_doubt.h"

#define HALT_KT 30.0F /* taxiing, or standing */
#define ROLL_KT 60.0F /* slower than airliners fly; level with where it stood */
#define ROLL_FT 50
#define HALT_MS 60000      /* slow for a minute where no flag tells: on the ground */
#define GROUND_MS 300000   /* shorter is a touch and go */
#define AWAY_MS 1800000    /* out of sight for half an hour ... */
#define AWAY_LOW_FT 10000  /* ... low before or behind: it landed */
#define AWAY_SLOW_KT 120.0 /* ... or nearer than it would have flown */
#define AWAY_LONG_MS 43200000
#define RENAMED_MS 600000 /* another call sign behind a gap of ten minutes */

static bool may_stand(const seen *s)
{
    return s->p->on_ground == OVF_TRI_YES
           || (s->p->on_ground == OVF_TRI_UNKNOWN && s->p->speed_kt >= 0
               && s->p->speed_kt < HALT_KT);
}

/* Marks what stands on the ground: by its flag, or slow for a minute on end. */
static void find_halts(one_aircraft *a)
{
    for (size_t i = 0; i < a->count;) {
        if (!seen_is_good(&a->items[i]) || !may_stand(&a->items[i])) {
            i++;
            continue;
        }
        size_t last = i;
        size_t end = i;
        for (; end < a->count && (!seen_is_good(&a->items[end]) || may_stand(&a->items[end]));
             end++)
            last = seen_is_good(&a->items[end]) ? end : last;
        bool is_long = a->items[last].p->time_ms - a->items[i].p->time_ms >= HALT_MS;
        for (size_t k = i; k <= last; k++) {
            seen *s = &a->items[k];
            s->is_halted =
                seen_is_good(s) && (s->p->on_ground == OVF_TRI_YES || (is_long && a->is_timed));
            if (s->is_halted)
                s->aside = OVF_ASIDE_SURFACE;
        }
        i = end;
    }
}

static bool is_low(const seen *s)
{
    int32_t level = s->p->baro_ft != OVF_VALUE_NONE ? s->p->baro_ft : s->p->geom_ft;
    return s->is_halted || (level != OVF_VALUE_NONE && level < AWAY_LOW_FT);
}

static bool has_landed_between(const seen *a, const seen *b)
{
    int64_t away_ms = b->p->time_ms - a->p->time_ms;
    if (away_ms < AWAY_MS)
        return false;
    if (away_ms >= AWAY_LONG_MS || is_low(a) || is_low(b))
        return true;
    double knots =
        ovf_m_to_nm(ovf_distance_m(a->p->place, b->p->place)) / ((double)away_ms / 3600000.0);
    return knots < AWAY_SLOW_KT;
}

static bool is_renamed(const char *before, const seen *a, const seen *b)
{
    if (b->p->callsign[0] == '\0' || before[0] == '\0' || strcmp(before, b->p->callsign) == 0)
        return false;
    return a->is_halted || b->is_halted || b->p->time_ms - a->p->time_ms >= RENAMED_MS;
}

/* What rolls fast beside what stands, at its level and below any take-off speed, rolls too. */
static bool is_rolling(const seen *s, const seen *standing)
{
    int32_t level = s->p->baro_ft;
    int32_t ground = standing->p->baro_ft;
    return s->p->on_ground == OVF_TRI_UNKNOWN && s->p->speed_kt >= 0 && s->p->speed_kt < ROLL_KT
           && level != OVF_VALUE_NONE && ground != OVF_VALUE_NONE && level - ground <= ROLL_FT
           && ground - level <= ROLL_FT && s->chain == standing->chain;
}

static const seen *roll_on(seen *s, const seen *standing)
{
    if (!seen_is_good(s) || s->is_halted)
        return s->is_halted ? s : standing;
    if (standing == NULL || !is_rolling(s, standing))
        return NULL;
    s->is_halted = true;
    s->aside = OVF_ASIDE_SURFACE;
    return standing;
}

static void find_rolls(one_aircraft *a)
{
    const seen *standing = NULL;
    for (size_t i = 0; i < a->count; i++)
        standing = roll_on(&a->items[i], standing);
    standing = NULL;
    for (size_t i = a->count; i > 0; i--)
        standing = roll_on(&a->items[i - 1], standing);
}

/* Air, ground for five minutes, air: the new flight begins behind the longest silence on the ground,
 * or halfway. */
static void cut_ground(one_aircraft *a, size_t from, size_t until)
{
    size_t best = from;
    int64_t longest = 0;
    size_t before = from;
    for (size_t i = from; i <= until; i++) {
        if (!seen_is_good(&a->items[i]))
            continue;
        if (a->items[i].starts)
            return; // cut there already
        int64_t away = a->items[i].p->time_ms - a->items[before].p->time_ms;
        if (away > longest) {
            longest = away;
            best = i;
        }
        before = i;
    }
    int64_t half =
        a->items[from].p->time_ms + (a->items[until].p->time_ms - a->items[from].p->time_ms) / 2;
    for (size_t i = from; longest < HALT_MS && i <= until; i++) {
        if (seen_is_good(&a->items[i]) && a->items[i].p->time_ms >= half) {
            best = i;
            break;
        }
    }
    a->items[best].starts = true;
}

static void cut_grounds(one_aircraft *a)
{
    bool has_flown = false;
    for (size_t i = 0; i < a->count;) {
        if (!seen_is_good(&a->items[i])) {
            i++;
            continue;
        }
        if (!a->items[i].is_halted) {
            has_flown = true;
            i++;
            continue;
        }
        size_t last = i;
        size_t end = i;
        for (; end < a->count && (!seen_is_good(&a->items[end]) || a->items[end].is_halted); end++)
            last = seen_is_good(&a->items[end]) ? end : last;
        bool is_long = a->items[last].p->time_ms - a->items[i].p->time_ms >= GROUND_MS;
        if (has_flown && is_long && end < a->count)
            cut_ground(a, i, last);
        i = end;
    }
}

/* A part that never leaves the ground goes with the flight behind it, or with the last. */
static void join_grounds(one_aircraft *a)
{
    seen *start = NULL;
    bool flies = false;
    for (size_t i = 0; i < a->count; i++) {
        seen *s = &a->items[i];
        if (s->starts && !flies)
            s->starts = false;
        else if (s->starts)
            flies = false;
        if (s->starts)
            start = s;
        flies = flies || (seen_is_good(s) && !s->is_halted);
    }
    if (!flies && start != NULL)
        start->starts = false;
}

void tracks_split(one_aircraft *a)
{
    find_halts(a);
    if (a->is_timed)
        find_rolls(a);
    const seen *before = NULL;
    char callsign[9] = "";
    for (size_t i = 0; a->is_timed && i < a->count; i++) {
        seen *s = &a->items[i];
        if (!seen_is_good(s))
            continue;
        if (before != NULL) {
            bool is_marked = s->p->leg_starts
                             && (s->is_halted || before->is_halted
                                 || s->p->time_ms - before->p->time_ms >= HALT_MS);
            s->starts = is_marked || before->chain != s->chain || has_landed_between(before, s)
                        || is_renamed(callsign, before, s);
        }
        if (s->starts)
            callsign[0] = '\0';
        if (s->p->callsign[0] != '\0')
            memcpy(callsign, s->p->callsign, sizeof(callsign));
        before = s;
    }
    if (a->is_timed)
        cut_grounds(a);
    join_grounds(a);
}
