/* SPDX-License-Identifier: Apache-2.0 */
/* A flight against the picture: most restrictions are turned away by level, time and the boxes of the
 * legs; what is left is cut exactly and judged. */
#include "index.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A way that only grazes an outline has not been inside. */
#define GRAZE_M 1.0
#define NEAR_PAD_M 1000.0 /* more than a box or a border may be off by */

const char *ovf_touch_name(ovf_touch touch)
{
    switch (touch) {
    case OVF_TOUCH_CLEAR: return "clear";
    case OVF_TOUCH_TOUCHED: return "touched";
    case OVF_TOUCH_BLOCKED: return "blocked";
    case OVF_TOUCH_UNKNOWN: break;
    }
    return "unknown";
}

/* ---- who is judged ---- */

static void override(ovf_str *mine, ovf_str given)
{
    if (given.len > 0)
        *mine = given;
}

ovf_party conflict_party(const ovf_flight *flight, const ovf_party *given, const ovf_world *world)
{
    ovf_party party = ovf_flight_party(flight, world);
    if (given == NULL)
        return party;
    if (given->operator_icao.len > 0 && !ovf_str_eq(given->operator_icao, party.operator_icao)) {
        party.operator_icao = given->operator_icao;
        party.operator_state = (ovf_str){0}; // that of the plan's operator
    }
    override(&party.operator_state, given->operator_state);
    override(&party.registry_state, given->registry_state);
    override(&party.owner_state, given->owner_state);
    override(&party.airman_state, given->airman_state);
    override(&party.aircraft, given->aircraft);
    override(&party.from, given->from);
    override(&party.to, given->to);
    if (given->use != OVF_USE_UNKNOWN)
        party.use = given->use;
    ovf_party_complete(&party, world);
    return party;
}

/* ---- crossings ---- */

/* A stay, where time passes and the way does not. */
static bool is_stay(const way *w, double along_m)
{
    for (size_t i = 0; i < w->leg_count; i++) {
        const way_leg *leg = &w->legs[i];
        if (leg->until_m - leg->from_m <= 0 && leg->from_m >= along_m - GRAZE_M
            && leg->from_m <= along_m + GRAZE_M)
            return true;
    }
    return false;
}

static bool is_graze(const way *w, span part)
{
    return part.until_m - part.from_m < GRAZE_M && w->track->length_m > GRAZE_M
           && !is_stay(w, part.from_m);
}

static ovf_status add_part(way *w, const ovf_restriction *r, const contact *t, span part,
                           crossing_list *out, ovf_error *err)
{
    bool is_certain = touch_is_certain(t, part);
    // Gone from its office's checklist or bulletin: whether it still holds is not known.
    ovf_time latest = w->at != OVF_TIME_NONE ? w->at : OVF_TIME_OPEN;
    bool is_doubtful = r->standing->doubt != OVF_LIFE_UNKNOWN && r->standing->doubt_from <= latest;
    if (is_certain && is_doubtful)
        return judge_part(w, r, part, OVF_TRI_UNKNOWN, r->standing->doubt_why, out, err);
    return judge_part(w, r, part, is_certain ? OVF_TRI_YES : OVF_TRI_UNKNOWN,
                      is_certain ? OVF_STR("") : touch_why(w, t, part), out, err);
}

/* The first moment from when on, the last until when, it is active. */
static ovf_interval when_active(const ovf_restriction *r, ovf_interval may)
{
    ovf_interval on = {r->in_force.from > may.from ? r->in_force.from : may.from,
                       r->in_force.until < may.until ? r->in_force.until : may.until};
    if (!r->active_complete)
        return on; // hours that are not known may be any
    ovf_interval out = {OVF_TIME_OPEN, OVF_TIME_NONE};
    for (size_t i = 0; i < r->active.count; i++) {
        ovf_time from = r->active.items[i].from > on.from ? r->active.items[i].from : on.from;
        ovf_time until = r->active.items[i].until < on.until ? r->active.items[i].until : on.until;
        if (from > until)
            continue;
        out.from = from < out.from ? from : out.from;
        out.until = until > out.until ? until : out.until;
    }
    return out.from <= out.until ? out : on;
}

/* When it may be inside, of a stretch where it may be: of the crossings from `first` on. */
static void put_window(const way *w, const ovf_restriction *r, span may, crossing_list *out,
                       size_t first)
{
    ovf_interval when = {OVF_TIME_NONE, OVF_TIME_NONE};
    if (first == out->count)
        return;
    if (w->at != OVF_TIME_NONE) {
        when = (ovf_interval){w->at, w->at};
    } else if (w->track->timed) {
        when.from =
            (ovf_time)floor(way_time_s(w, may.from_m) - way_doubt_at(w, may.from_m).early_s);
        when.until =
            (ovf_time)ceil(way_time_s(w, may.until_m) + way_doubt_at(w, may.until_m).late_s);
        when = when_active(r, when);
    }
    for (size_t i = first; i < out->count; i++) {
        out->items[i].may_from = when.from;
        out->items[i].may_until = when.until;
    }
}

/* Where the flight is inside as planned, that is the crossing; where only doubt puts it inside,
 * the whole stretch of doubt is. */
ovf_status cross_one(way *w, const ovf_restriction *r, crossing_list *out, ovf_error *err)
{
    contact t;
    ovf_status status = touch_find(w, r, &t, err);
    for (size_t i = 0; status == OVF_OK && i < t.possible.count; i++) {
        span may = t.possible.items[i];
        bool is_planned = false;
        size_t first = out->count;
        for (size_t k = 0; status == OVF_OK && k < t.nominal.count; k++) {
            span part = t.nominal.items[k];
            bool is_within = part.from_m >= may.from_m - GRAZE_M
                             && part.until_m <= may.until_m + GRAZE_M && !is_graze(w, part);
            if (is_within)
                status = add_part(w, r, &t, part, out, err);
            is_planned = is_planned || is_within;
        }
        if (status == OVF_OK && !is_planned && !is_graze(w, may))
            status = judge_part(w, r, may, OVF_TRI_UNKNOWN, touch_why(w, &t, may), out, err);
        put_window(w, r, may, out, first);
    }
    return status;
}

static int by_entry(const void *a, const void *b)
{
    const ovf_crossing *x = a;
    const ovf_crossing *y = b;
    if (x->entry.along_m != y->entry.along_m)
        return x->entry.along_m < y->entry.along_m ? -1 : 1;
    return (x->restriction->order > y->restriction->order)
           - (x->restriction->order < y->restriction->order);
}

void crossings_sort(crossing_list *list)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof(ovf_crossing), by_entry);
}

/* What the way can touch. */
static ovf_status find_near(way *w, const ovf_restriction ***out, size_t *count, ovf_error *err)
{
    if (w->index != NULL)
        return index_find(w, out, count, err);
    ovf_box *boxes = ovf_arena_array(w->arena, ovf_box, w->leg_count);
    if (boxes == NULL)
        return no_memory(err);
    for (size_t i = 0; i < w->leg_count; i++)
        boxes[i] = touch_grown(w->legs[i].box, w->margin_m + NEAR_PAD_M);
    ovf_reach reach = {.boxes = boxes,
                       .box_count = w->leg_count,
                       .window = way_window(w),
                       .lower_ft = w->lowest_ft,
                       .upper_ft = w->highest_ft};
    return ovf_picture_find(w->picture, &reach, w->arena, out, count, err);
}

static ovf_status judge_all(way *w, ovf_conflict *out, ovf_error *err)
{
    ovf_status status = way_init(w, err);
    crossing_list crossings = {0};
    const ovf_restriction **found = NULL;
    size_t count = 0;
    if (status == OVF_OK)
        status = find_near(w, &found, &count, err);
    ovf_conflict result = {.party = w->party};
    for (size_t i = 0; status == OVF_OK && i < count; i++) {
        bool is_met = true;
        status = standing_sort(w, found[i], &is_met, err);
        if (status == OVF_OK && is_met)
            status = cross_one(w, found[i], &crossings, err);
    }
    if (status == OVF_OK)
        status = standing_list(w, &result, err);
    if (status != OVF_OK)
        return status;
    crossings_sort(&crossings);
    result.crossings = crossings.items;
    result.crossing_count = crossings.count;
    status = answer_all(w, &result, err);
    if (status == OVF_OK)
        *out = result;
    return status;
}

ovf_status ovf_conflict_flight(const ovf_picture *picture, const ovf_flight *flight,
                               const ovf_track *track, const ovf_party *party, ovf_time at,
                               ovf_arena *arena, ovf_conflict *out, ovf_error *err)
{
    const ovf_world *world = ovf_picture_world(picture);
    way w = {.picture = picture,
             .world = world,
             .flight = flight,
             .track = track,
             .party = conflict_party(flight, party, world),
             .at = at,
             .arena = arena};
    return judge_all(&w, out, err);
}

ovf_status ovf_conflict_indexed(const ovf_conflict_index *index, const ovf_flight *flight,
                                const ovf_track *track, const ovf_party *party, ovf_time at,
                                ovf_arena *arena, ovf_conflict *out, ovf_error *err)
{
    const ovf_world *world = ovf_picture_world(index->picture);
    way w = {.picture = index->picture,
             .index = index,
             .firs = &index->firs,
             .world = world,
             .flight = flight,
             .track = track,
             .party = conflict_party(flight, party, world),
             .at = at,
             .arena = arena};
    return judge_all(&w, out, err);
}

ovf_status ovf_conflict_near(const ovf_picture *picture, const ovf_flight *flight,
                             const ovf_track *track, ovf_time at, double margin_m, ovf_arena *arena,
                             const ovf_restriction ***out, size_t *count, ovf_error *err)
{
    way w = {.picture = picture,
             .world = ovf_picture_world(picture),
             .flight = flight,
             .track = track,
             .at = at,
             .margin_m = margin_m,
             .arena = arena};
    ovf_status status = way_init(&w, err);
    const ovf_restriction **near = NULL;
    size_t found = 0;
    size_t capacity = 0;
    const ovf_restriction **all = NULL;
    size_t all_count = 0;
    if (status == OVF_OK)
        status = find_near(&w, &all, &all_count, err);
    for (size_t i = 0; status == OVF_OK && i < all_count; i++) {
        contact t;
        const ovf_restriction *r = all[i];
        status = touch_find(&w, r, &t, err);
        if (status != OVF_OK || t.possible.count == 0)
            continue;
        if (!ovf_arena_grow(arena, (void **)&near, found, &capacity, sizeof(*near)))
            return no_memory(err);
        near[found++] = r;
    }
    if (status != OVF_OK)
        return status;
    *out = near;
    *count = found;
    return OVF_OK;
}
