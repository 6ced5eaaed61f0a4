/* SPDX-License-Identifier: Apache-2.0 */
/* Airways of item 15: POINT AIRWAY POINT. An airway's name is no unique key (there is an A1 on every
 * continent), and neither is a point's: of the places of a point only those stay that the airway
 * beside it passes, and of those of both ends the pairs that it joins. What is not joined is
 * reported by the caller, never skipped. */
#include "flight_internal.h"

#include <string.h>

#define SAME_PLACE_NM 5.0 /* as in point.c: an aid and a fix of its name */

static bool is_known_airway(const flight_reader *r, ovf_str name, uint32_t *first, size_t *chains)
{
    *first = r->world == NULL ? OVF_INDEX_NONE : ovf_world_find_airway(r->world, name, chains);
    return *first != OVF_INDEX_NONE;
}

static bool has_leg_of(const ovf_world *world, uint32_t fix, uint32_t first, size_t chains)
{
    ovf_airway_leg legs[128]; // more meet nowhere: the busiest point of cycle 2013.10 has 55
    size_t count = ovf_world_legs_at(world, fix, legs, OVF_COUNTOF(legs));
    for (size_t i = 0; i < count && i < OVF_COUNTOF(legs); i++)
        if (legs[i].airway >= first && legs[i].airway < first + chains)
            return true;
    return false;
}

/* The fix of that name by the place that is on the airway; OVF_INDEX_NONE. */
static uint32_t fix_on(const flight_reader *r, ovf_str ident, ovf_point place, uint32_t first,
                       size_t chains)
{
    size_t count = 0;
    uint32_t fix = ovf_world_find_fix(r->world, ident, &count);
    for (size_t i = 0; fix != OVF_INDEX_NONE && i < count; i++) {
        uint32_t at = fix + (uint32_t)i;
        if (ovf_distance_m(ovf_world_fix(r->world, at).place, place) < ovf_nm_to_m(SAME_PLACE_NM)
            && has_leg_of(r->world, at, first, chains))
            return at;
    }
    return OVF_INDEX_NONE;
}

static void fixes_on(const flight_reader *r, const element *e, uint32_t first, size_t chains,
                     uint32_t out[FLIGHT_MAX_CANDIDATES])
{
    for (uint32_t i = 0; i < FLIGHT_MAX_CANDIDATES; i++)
        out[i] = i < e->candidate_count && !e->is_exact
                     ? fix_on(r, e->ident, e->candidates[i], first, chains)
                     : OVF_INDEX_NONE;
}

static bool is_any(const uint32_t fixes[FLIGHT_MAX_CANDIDATES])
{
    for (uint32_t i = 0; i < FLIGHT_MAX_CANDIDATES; i++)
        if (fixes[i] != OVF_INDEX_NONE)
            return true;
    return false;
}

static void keep_only(element *e, const bool keep[FLIGHT_MAX_CANDIDATES])
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < e->candidate_count; i++)
        kept += keep[i];
    if (kept == 0)
        return; // none is: that is for the expansion to report
    kept = 0;
    for (uint32_t i = 0; i < e->candidate_count; i++) {
        if (!keep[i])
            continue;
        e->candidates[kept] = e->candidates[i];
        e->origin[kept] = e->origin[i];
        e->is_turned[kept] = e->is_turned[i];
        e->turn_deg[kept] = e->turn_deg[i];
        kept++;
    }
    e->candidate_count = kept;
}

/* Keeps the places of two neighbours that an airway joins. */
static void narrow(const flight_reader *r, ovf_str airway, uint32_t first, size_t chains,
                   element *before, element *behind)
{
    uint32_t from[FLIGHT_MAX_CANDIDATES], to[FLIGHT_MAX_CANDIDATES];
    bool keep_from[FLIGHT_MAX_CANDIDATES] = {0}, keep_to[FLIGHT_MAX_CANDIDATES] = {0};
    fixes_on(r, before, first, chains, from);
    fixes_on(r, behind, first, chains, to);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (uint32_t i = 0; i < FLIGHT_MAX_CANDIDATES; i++)
        for (uint32_t k = 0; k < FLIGHT_MAX_CANDIDATES; k++) {
            uint32_t *path = NULL;
            size_t count = 0;
            if (from[i] == OVF_INDEX_NONE || to[k] == OVF_INDEX_NONE)
                continue;
            bool is_joined =
                ovf_world_airway_path(r->world, airway, from[i], to[k], &arena, &path, &count, NULL)
                == OVF_OK;
            keep_from[i] |= is_joined;
            keep_to[k] |= is_joined;
            ovf_arena_reset(&arena);
        }
    ovf_arena_done(&arena);
    for (uint32_t i = 0; i < FLIGHT_MAX_CANDIDATES; i++) {
        keep_from[i] |= !is_any(to) && from[i] != OVF_INDEX_NONE;
        keep_to[i] |= !is_any(from) && to[i] != OVF_INDEX_NONE;
    }
    keep_only(before, keep_from);
    keep_only(behind, keep_to);
}

ovf_status flight_settle_airways(const flight_reader *r, element *elements, size_t count)
{
    for (size_t i = 1; i + 1 < count; i++) {
        element *e = &elements[i];
        element *before = &elements[i - 1];
        element *behind = &elements[i + 1];
        uint32_t first = 0;
        size_t chains = 0;
        bool is_between = before->kind == ELEMENT_POINT && behind->kind == ELEMENT_POINT;
        bool may_be = e->kind == ELEMENT_AIRWAY || e->kind == ELEMENT_BAD
                      || (e->kind == ELEMENT_POINT && !e->is_exact && !e->is_doubtful);
        if (!may_be || !is_between || !is_known_airway(r, e->ident, &first, &chains))
            continue;
        if (e->kind == ELEMENT_POINT && e->candidate_count > 0) {
            // A point of that name, too: it is the airway when both neighbours are on it.
            uint32_t from[FLIGHT_MAX_CANDIDATES], to[FLIGHT_MAX_CANDIDATES];
            fixes_on(r, before, first, chains, from);
            fixes_on(r, behind, first, chains, to);
            if (!is_any(from) || !is_any(to))
                continue;
        }
        e->kind = ELEMENT_AIRWAY;
        narrow(r, e->ident, first, chains, before, behind);
    }
    return OVF_OK;
}

/* ---- the points of an airway ---- */

static bool is_placed(const element *e)
{
    return e != NULL && e->kind == ELEMENT_POINT && e->candidate_count > 0;
}

static ovf_str unknown_why(const flight_reader *r, const element *airway)
{
    if (ovf_str_starts(airway->ident, OVF_STR("NAT")))
        return ovf_arena_printf(r->arena,
                                "the points of track " OVF_FMT " are in that day's track message",
                                OVF_ARG(airway->ident));
    return ovf_arena_printf(r->arena, "airway " OVF_FMT " is not in the world tables",
                            OVF_ARG(airway->ident));
}

bool flight_airway_between(const flight_reader *r, const element *airway, const element *before,
                           const element *behind, uint32_t **fixes, size_t *count, ovf_str *why)
{
    uint32_t first = 0;
    size_t chains = 0;
    if (!is_known_airway(r, airway->ident, &first, &chains)) {
        *why = unknown_why(r, airway);
        return false;
    }
    if (!is_placed(before) || !is_placed(behind)) {
        bool is_behind = is_placed(before);
        const element *missing = is_behind ? behind : before;
        bool is_point = missing != NULL && missing->kind == ELEMENT_POINT;
        *why = ovf_arena_printf(r->arena,
                                is_point ? "the point %s airway " OVF_FMT " is not placed"
                                         : "no point is filed %s airway " OVF_FMT,
                                is_behind ? "behind" : "before", OVF_ARG(airway->ident));
        return false;
    }
    uint32_t from = fix_on(r, before->ident, before->candidates[before->chosen], first, chains);
    uint32_t to = fix_on(r, behind->ident, behind->candidates[behind->chosen], first, chains);
    if (from == OVF_INDEX_NONE || to == OVF_INDEX_NONE) {
        const element *off = from == OVF_INDEX_NONE ? before : behind;
        *why = ovf_arena_printf(
            r->arena, "point " OVF_FMT " is not on airway " OVF_FMT " in the world tables",
            OVF_ARG(off->ident), OVF_ARG(airway->ident));
        return false;
    }
    uint32_t *path = NULL;
    size_t length = 0;
    ovf_error err = {0};
    if (ovf_world_airway_path(r->world, airway->ident, from, to, r->arena, &path, &length, &err)
        != OVF_OK) {
        *why = ovf_arena_printf(r->arena, "%s in the world tables", err.reason);
        return false;
    }
    *fixes = path + 1;
    *count = length < 2 ? 0 : length - 2;
    return true;
}
