/* SPDX-License-Identifier: Apache-2.0 */
/* Flights out of positions: each part of an aircraft's positions with who flew it, its trajectory,
 * what was set aside and why; and a record of any form of positions as such flights. */
#include "tracks_group.h"

#include <stdio.h>
#include <stdlib.h>

#define GAP_S 120 /* 16 NM at 480 kt: beyond it a turn and back may have been missed */
#define MAX_POSITIONS 50000000
#define MAX_TOLD_GAPS 50

const char *ovf_aside_name(ovf_aside aside)
{
    static const char *const names[OVF_ASIDE_COUNT] = {
        [OVF_ASIDE_NOT] = "kept",
        [OVF_ASIDE_NO_PLACE] = "no_place",
        [OVF_ASIDE_NO_TIME] = "no_time",
        [OVF_ASIDE_SURFACE] = "surface",
        [OVF_ASIDE_RADAR] = "radar",
        [OVF_ASIDE_REPEATED] = "repeated",
        [OVF_ASIDE_STALE] = "stale",
        [OVF_ASIDE_CLOCK] = "clock",
        [OVF_ASIDE_TWO_PLACES] = "two_places",
        [OVF_ASIDE_JUMP] = "jump",
        [OVF_ASIDE_TELEPORT] = "teleport",
        [OVF_ASIDE_SHARED] = "shared_place",
        [OVF_ASIDE_CIRCLE] = "circle",
        [OVF_ASIDE_INTEGRITY] = "integrity",
    };
    return (unsigned)aside < OVF_ASIDE_COUNT ? names[aside] : "unknown";
}

const char *ovf_aside_reason(ovf_aside aside)
{
    static const char *const reasons[OVF_ASIDE_COUNT] = {
        [OVF_ASIDE_NOT] = "kept",
        [OVF_ASIDE_NO_PLACE] = "no place was given",
        [OVF_ASIDE_NO_TIME] = "no time was given",
        [OVF_ASIDE_SURFACE] = "on the ground",
        [OVF_ASIDE_RADAR] = "a radar's view (TIS-B)",
        [OVF_ASIDE_REPEATED] = "the same place and time again",
        [OVF_ASIDE_STALE] = "the last place held while the aircraft flew on",
        [OVF_ASIDE_CLOCK] = "a time out of order with its neighbours, or ahead of its receipt",
        [OVF_ASIDE_TWO_PLACES] = "another place at the same time",
        [OVF_ASIDE_JUMP] = "farther from its neighbours than it can have flown",
        [OVF_ASIDE_TELEPORT] = "for minutes on end where it cannot have flown to",
        [OVF_ASIDE_SHARED] = "jumped to a place where others jumped to: false satellite signals",
        [OVF_ASIDE_CIRCLE] = "jumped to a circle: false satellite signals",
        [OVF_ASIDE_INTEGRITY] = "its navigation no longer vouched for the place",
    };
    return (unsigned)aside < OVF_ASIDE_COUNT ? reasons[aside] : "unknown";
}

typedef struct maker {
    const ovf_world *world;
    const ovf_flown_options *options;
    int32_t gap_s;
    ovf_arena *arena;
    ovf_flight *flights;
    size_t count, capacity;
} maker;

/* ---- who ---- */

static ovf_str kept_text(ovf_arena *arena, const char *text)
{
    return text[0] == '\0' ? OVF_STR("") : ovf_arena_dup(arena, ovf_str_of(text));
}

/* The last that is said of a flight. */
static void add_identity(const ovf_position *p, ovf_position *who)
{
    who->address = p->address;
    who->is_anonymous = p->is_anonymous;
    if (p->callsign[0] != '\0')
        memcpy(who->callsign, p->callsign, sizeof(who->callsign));
    if (p->registration[0] != '\0')
        memcpy(who->registration, p->registration, sizeof(who->registration));
    if (p->type[0] != '\0')
        memcpy(who->type, p->type, sizeof(who->type));
    if (p->from[0] != '\0')
        memcpy(who->from, p->from, sizeof(who->from));
    if (p->to[0] != '\0')
        memcpy(who->to, p->to, sizeof(who->to));
}

static void find_identity(const seen *items, size_t count, ovf_position *who)
{
    ovf_position_init(who);
    // What it is called in the air outranks what it is called beside the flight.
    for (int in_air = 0; in_air <= 1; in_air++) {
        for (size_t i = 0; i < count; i++) {
            if ((items[i].aside == OVF_ASIDE_NOT) == (in_air == 1))
                add_identity(items[i].p, who);
        }
    }
    if (who->is_anonymous)
        who->address = OVF_ADDRESS_NONE; // it stands for no registry
}

static void set_identity(const maker *m, const ovf_position *who, ovf_flight *f)
{
    f->id = kept_text(m->arena, who->callsign);
    f->registration = kept_text(m->arena, who->registration);
    f->type = kept_text(m->arena, who->type);
    f->from = kept_text(m->arena, who->from);
    f->to = kept_text(m->arena, who->to);
    f->address = who->address;
    if (m->world == NULL)
        return;
    ovf_identity_question question = {
        .callsign = f->id, .registration = f->registration, .address = f->address};
    ovf_identity found;
    ovf_world_identify(m->world, &question, &found);
    f->operator_index = found.operator_index;
    f->operator_icao = kept_text(m->arena, found.designator);
    f->registry_state = found.registry_state;
    if (f->registration.len == 0)
        f->registration = kept_text(m->arena, found.registration);
    uint32_t *airports[] = {&f->from_airport, &f->to_airport};
    int32_t *levels[] = {&f->from_ft, &f->to_ft};
    const ovf_str names[] = {f->from, f->to};
    for (size_t i = 0; i < 2; i++) {
        *airports[i] =
            names[i].len == 0 ? OVF_INDEX_NONE : ovf_world_find_airport(m->world, names[i]);
        int32_t ft = *airports[i] == OVF_INDEX_NONE
                         ? INT32_MIN
                         : ovf_world_airport(m->world, *airports[i])->elevation_ft;
        *levels[i] = ft == INT32_MIN ? 0 : ft;
    }
}

/* ---- what is to be said of it ---- */

static ovf_severity weight_of(ovf_aside aside)
{
    switch (aside) {
    case OVF_ASIDE_SURFACE:
    case OVF_ASIDE_RADAR:
    case OVF_ASIDE_REPEATED:
    case OVF_ASIDE_NO_PLACE: return OVF_NOTE;
    default: return OVF_WARNING;
    }
}

static size_t first_aside(const ovf_flown *flown, ovf_aside aside)
{
    for (size_t i = 0; i < flown->count; i++) {
        if (flown->asides[i] == aside)
            return (size_t)flown->positions[i].at;
    }
    return OVF_NOPOS;
}

static void add_findings(const maker *m, const ovf_flown *flown, bool is_jumped, ovf_flight *f)
{
    ovf_findings list = {.arena = m->arena};
    for (int i = 1; i < OVF_ASIDE_COUNT; i++) {
        if (flown->set_aside[i] == 0)
            continue;
        size_t n = flown->set_aside[i];
        ovf_findings_add(&list, weight_of((ovf_aside)i), first_aside(flown, (ovf_aside)i),
                         "FLOWN_SET_ASIDE", "%zu position%s set aside: %s", n, n == 1 ? "" : "s",
                         ovf_aside_reason((ovf_aside)i));
    }
    if (flown->level_spikes > 0)
        ovf_findings_add(&list, OVF_WARNING, OVF_NOPOS, "FLOWN_LEVEL_SPIKE",
                         "%zu altitude%s not believed: no aircraft climbs so fast",
                         flown->level_spikes, flown->level_spikes == 1 ? "" : "s");
    if (is_jumped)
        ovf_findings_add(&list, OVF_WARNING, OVF_NOPOS, "FLOWN_JUMPS",
                         "it begins where the aircraft cannot have flown to from where it was "
                         "seen last");
    if (flown->level_is_geometric)
        ovf_findings_add(&list, OVF_NOTE, OVF_NOPOS, "FLOWN_NO_PRESSURE_LEVEL",
                         "no pressure altitude: levels are heights of the navigation");
    f->findings = list.items;
    f->finding_count = list.count;
}

static ovf_str time_text(ovf_arena *arena, int64_t ms)
{
    char text[OVF_TIME_TEXT_MAX];
    ovf_time_format(ms / 1000, text, sizeof(text));
    return ovf_arena_dup(arena, ovf_str_of(text));
}

static bool add_gaps(const maker *m, const ovf_flown *flown, ovf_flight *f)
{
    size_t told = flown->gap_count < MAX_TOLD_GAPS ? flown->gap_count : MAX_TOLD_GAPS;
    f->unresolved = ovf_arena_array(m->arena, ovf_unresolved, told + 1);
    if (f->unresolved == NULL)
        return false;
    for (size_t i = 0; i < told; i++) {
        const ovf_flown_gap *gap = &flown->gaps[i];
        ovf_str from = time_text(m->arena, gap->from_ms);
        ovf_str until = time_text(m->arena, gap->until_ms);
        f->unresolved[i] = (ovf_unresolved){
            .text = ovf_arena_printf(m->arena, OVF_FMT "/" OVF_FMT, OVF_ARG(from), OVF_ARG(until)),
            .why = ovf_arena_printf(
                m->arena, "no position for %.0f minutes; %.0f NM are drawn straight",
                (double)(gap->until_ms - gap->from_ms) / 60000.0, ovf_m_to_nm(gap->length_m)),
            .pos = (size_t)gap->at,
        };
    }
    f->unresolved_count = told;
    return true;
}

/* ---- one flight ---- */

static bool copy_positions(const maker *m, const seen *items, size_t count, ovf_flown *out)
{
    ovf_position *positions = ovf_arena_array(m->arena, ovf_position, count);
    uint8_t *asides = ovf_arena_array(m->arena, uint8_t, count);
    if (positions == NULL || asides == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        positions[i] = *items[i].p;
        asides[i] = items[i].aside;
        out->set_aside[items[i].aside]++;
        out->level_spikes += items[i].aside == OVF_ASIDE_NOT && items[i].no_level;
    }
    out->positions = positions;
    out->asides = asides;
    out->count = count;
    return true;
}

static void set_span(const seen *items, size_t count, ovf_str raw, ovf_flight *f)
{
    uint64_t from = UINT64_MAX;
    uint64_t until = 0;
    for (size_t i = 0; i < count; i++) {
        from = items[i].p->at < from ? items[i].p->at : from;
        uint64_t end = items[i].p->at + items[i].p->len;
        until = end > until ? end : until;
    }
    if (until > UINT32_MAX)
        return;
    f->raw_span = (ovf_span){(uint32_t)from, (uint32_t)(until - from)};
    f->raw = ovf_str_sub(raw, (size_t)from, (size_t)until);
}

static bool has_suspects(const ovf_flown *flown)
{
    for (int i = OVF_ASIDE_TWO_PLACES; i < OVF_ASIDE_COUNT; i++) {
        if (flown->set_aside[i] > 0)
            return true;
    }
    return flown->set_aside[OVF_ASIDE_CLOCK] > 0 || flown->set_aside[OVF_ASIDE_STALE] > 0;
}

static bool make_flight(maker *m, const one_aircraft *a, const seen *items, size_t count,
                        bool is_jumped)
{
    if (!ovf_arena_grow(m->arena, (void **)&m->flights, m->count, &m->capacity,
                        sizeof(*m->flights)))
        return false;
    ovf_flown *flown = ovf_arena_array(m->arena, ovf_flown, 1);
    ovf_flight *f = &m->flights[m->count];
    *f = (ovf_flight){.record = m->options->record,
                      .form = OVF_FLIGHT_TRACK,
                      .operator_index = OVF_INDEX_NONE,
                      .address = OVF_ADDRESS_NONE,
                      .registry_state = OVF_INDEX_NONE,
                      .from_airport = OVF_INDEX_NONE,
                      .to_airport = OVF_INDEX_NONE,
                      .off_block = OVF_TIME_NONE,
                      .eet_min = -1,
                      .flown = flown};
    if (flown == NULL || !copy_positions(m, items, count, flown))
        return false;
    ovf_position who;
    find_identity(items, count, &who);
    set_identity(m, &who, f);
    set_span(items, count, m->options->raw, f);
    if (!tracks_way(items, count, a->is_timed, a->is_relative, m->gap_s, m->arena, f, flown)
        || !add_gaps(m, flown, f))
        return false;
    add_findings(m, flown, is_jumped, f);
    if (f->point_count > 0)
        f->off_block = f->points[0].time;
    f->route_complete = flown->gap_count == 0 && f->point_count > 1;
    f->status = f->route_complete && !is_jumped && !has_suspects(flown) ? OVF_FLIGHT_OK
                                                                        : OVF_FLIGHT_PARTIAL;
    m->count++;
    return true;
}

/* Cuts an aircraft's positions where flights begin; what stands before goes with the flight that it
 * stands in. */
static bool make_flights(maker *m, const one_aircraft *a)
{
    size_t from = 0;
    bool is_jumped = false;
    for (size_t i = 1; i <= a->count; i++) {
        if (i < a->count && !a->items[i].starts)
            continue;
        seen *items = a->items + from;
        tracks_weigh_flight(items, i - from);
        if (!make_flight(m, a, items, i - from, is_jumped))
            return false;
        if (i == a->count)
            break;
        uint32_t way = NO_CHAIN;
        for (size_t k = from; k < i; k++)
            way = seen_is_good(&a->items[k]) ? a->items[k].chain : way;
        is_jumped = way != NO_CHAIN && way != a->items[i].chain;
        from = i;
    }
    return true;
}

ovf_status ovf_flown_flights(const ovf_world *world, const ovf_position *positions, size_t count,
                             const ovf_flown_options *options, ovf_arena *arena, ovf_flight **out,
                             size_t *flight_count, ovf_error *err)
{
    static const ovf_flown_options none = {0};
    maker m = {.world = world, .options = options != NULL ? options : &none, .arena = arena};
    m.gap_s = m.options->gap_s > 0 ? m.options->gap_s : GAP_S;
    if (count > MAX_POSITIONS)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "more than %d positions", MAX_POSITIONS);
    ovf_arena scratch;
    ovf_arena_init(&scratch, (size_t)8 << 30);
    one_aircraft *all = NULL;
    size_t aircraft = 0;
    bool ok = count == 0 || tracks_group(positions, count, m.options, &scratch, &all, &aircraft);
    for (size_t i = 0; i < aircraft && ok; i++)
        ok = tracks_weigh(&all[i]);
    ok = ok && tracks_find_shared(all, aircraft, &scratch);
    for (size_t i = 0; i < aircraft && ok; i++) {
        tracks_find_circles(&all[i]);
        tracks_split(&all[i]);
        ok = make_flights(&m, &all[i]);
    }
    ovf_arena_done(&scratch);
    if (!ok)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the tracks");
    *out = m.flights;
    *flight_count = m.count;
    return OVF_OK;
}

/* ---- a record of positions ---- */

typedef struct gathering {
    ovf_position *items;
    size_t count, capacity;
} gathering;

static bool gather(void *data, const ovf_position *position)
{
    gathering *g = data;
    if (g->count == g->capacity) {
        size_t capacity = g->capacity == 0 ? 1024 : g->capacity * 2;
        ovf_position *grown = realloc(g->items, capacity * sizeof(*grown));
        if (grown == NULL || capacity > 2 * (size_t)MAX_POSITIONS) {
            g->items = grown == NULL ? g->items : grown;
            return false;
        }
        g->items = grown;
        g->capacity = capacity;
    }
    g->items[g->count++] = *position;
    return true;
}

/* What the reader has to say goes with the first flight; without any, with one that is none. */
static ovf_status add_reader_findings(const ovf_surveillance *reader, ovf_str record,
                                      const ovf_flight_options *options, ovf_arena *arena,
                                      ovf_flight **flights, size_t *count, ovf_error *err)
{
    const ovf_findings *said = ovf_surveillance_findings(reader);
    if (*count > 0 && said->count == 0)
        return OVF_OK;
    if (*count == 0) {
        ovf_flight *f = ovf_arena_array(arena, ovf_flight, 1);
        if (f == NULL)
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the tracks");
        *f = (ovf_flight){.record = options->record,
                          .form = OVF_FLIGHT_TRACK,
                          .operator_index = OVF_INDEX_NONE,
                          .address = OVF_ADDRESS_NONE,
                          .registry_state = OVF_INDEX_NONE,
                          .from_airport = OVF_INDEX_NONE,
                          .to_airport = OVF_INDEX_NONE,
                          .off_block = OVF_TIME_NONE,
                          .eet_min = -1,
                          .raw = record};
        *flights = f;
        *count = 1;
    }
    ovf_flight *first = &(*flights)[0];
    ovf_findings all = {.arena = arena};
    if (first->flown == NULL)
        ovf_findings_add(&all, OVF_ERROR, 0, "FLOWN_NOTHING", "no position could be read");
    for (size_t i = 0; i < first->finding_count; i++)
        ovf_findings_add(&all, first->findings[i].severity, first->findings[i].pos,
                         first->findings[i].rule, OVF_FMT, OVF_ARG(first->findings[i].message));
    for (size_t i = 0; i < said->count; i++)
        ovf_findings_add(&all, said->items[i].severity, said->items[i].pos, said->items[i].rule,
                         OVF_FMT, OVF_ARG(said->items[i].message));
    first->findings = all.items;
    first->finding_count = all.count;
    return OVF_OK;
}

ovf_status tracks_read_flights(const ovf_world *world, ovf_str record,
                               const ovf_flight_options *options, ovf_arena *arena,
                               ovf_flight **out, size_t *count, ovf_error *err)
{
    gathering g = {0};
    ovf_surveillance_options reading = {
        .reference = options->reference, .each = gather, .data = &g};
    ovf_surveillance *reader = ovf_surveillance_new(&reading);
    ovf_flight *flights = NULL;
    size_t flight_count = 0;
    ovf_status status = reader != NULL ? tracks_read_whole(reader, record, err)
                                       : ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory");
    ovf_flown_options making = {.record = options->record, .raw = record};
    if (status == OVF_OK)
        status = ovf_flown_flights(world, g.items, g.count, &making, arena, &flights, &flight_count,
                                   err);
    if (status == OVF_OK)
        status = add_reader_findings(reader, record, options, arena, &flights, &flight_count, err);
    // Clocks that only count were set by the caller's day.
    bool is_counted = reader != NULL && options->reference != OVF_TIME_NONE
                      && ovf_surveillance_form_of(reader) == OVF_SURVEILLANCE_BEAST;
    for (size_t i = 0; i < flight_count && status == OVF_OK; i++)
        flights[i].day_assumed = is_counted;
    ovf_surveillance_free(reader);
    free(g.items);
    if (status != OVF_OK)
        return status;
    *out = flights;
    *count = flight_count;
    return OVF_OK;
}
