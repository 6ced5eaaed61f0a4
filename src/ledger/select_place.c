/* SPDX-License-Identifier: Apache-2.0 */
/* What the index has at a place and a time, and who vouches for the States that may answer there. */
#include "select_internal.h"

#include <math.h>
#include <stdlib.h>

#define MARGIN_DEG \
    0.05 /* of latitude; above OVF_BORDER_ACCURACY_M, which places near borders need */
#define VOUCHERS_MAX 8

/* ---- the place ---- */

static ovf_box widened(ovf_box box)
{
    double lat = fmax(fabs(box.south_deg), fabs(box.north_deg)) + MARGIN_DEG;
    box.south_deg = fmax(-90.0, box.south_deg - MARGIN_DEG);
    box.north_deg = fmin(90.0, box.north_deg + MARGIN_DEG);
    double width = box.east_deg - box.west_deg;
    if (width < 0.0)
        width += 360.0;
    double margin = lat >= 89.0 ? 360.0 : MARGIN_DEG / cos(lat * 3.14159265358979323846 / 180.0);
    if (width + 2.0 * margin >= 360.0) {
        box.west_deg = -180.0;
        box.east_deg = 180.0;
    } else {
        box.west_deg = ovf_lon_wrap(box.west_deg - margin);
        box.east_deg = ovf_lon_wrap(box.east_deg + margin);
    }
    return box;
}

static const ovf_area *area_asked(const ovf_world *world, const ovf_ledger_query *query)
{
    const ovf_place *place = query->place;
    if (query->area == NULL && place->kind == OVF_PLACE_FIR)
        return ovf_world_fir_area(world, ovf_world_fir(world, place->index));
    if (query->area == NULL && place->kind == OVF_PLACE_STATE)
        return ovf_world_territory(world, place->index);
    return query->area;
}

static ovf_box box_asked(const ovf_world *world, const ovf_ledger_query *query)
{
    const ovf_place *place = query->place;
    const ovf_area *area = area_asked(world, query);
    ovf_box everywhere = {
        .south_deg = -90.0, .north_deg = 90.0, .west_deg = -180.0, .east_deg = 180.0};
    if (area != NULL) {
        ovf_box box = ovf_area_bounds(area);
        return box.is_empty || !ovf_area_is_resolved(area) ? everywhere : widened(box);
    }
    ovf_point p = place->point;
    return widened((ovf_box){.south_deg = p.lat_deg,
                             .north_deg = p.lat_deg,
                             .west_deg = p.lon_deg,
                             .east_deg = p.lon_deg});
}

/* What lies in the box of a large area need not lie near the area: France's box is half the globe. */
static bool is_near(const ovf_area *area, sqlite3_stmt *spot)
{
    ovf_box box = {.west_deg = sqlite3_column_int(spot, 1) / 1e5,
                   .east_deg = sqlite3_column_int(spot, 2) / 1e5,
                   .south_deg = sqlite3_column_int(spot, 3) / 1e5,
                   .north_deg = sqlite3_column_int(spot, 4) / 1e5};
    box.west_deg = fmax(box.west_deg, -180.0);
    box.east_deg = fmin(box.east_deg, 180.0);
    return ovf_area_may_meet_box(area, widened(box));
}

/* area: NULL, all of the box is asked about. */
static void add_spots(search *s, ovf_box box, const ovf_area *area)
{
    index_rect rects[2];
    size_t rect_count = index_rects(box, rects);
    for (size_t i = 0; i < rect_count; i++) {
        int64_t *found = NULL;
        size_t count = 0;
        size_t capacity = 0;
        sqlite3_stmt *row = ASK(s, INDEX_SPOTS, rects[i].west, rects[i].east, rects[i].south,
                                rects[i].north, s->from, s->until);
        while (select_next(s, row)) {
            if (area != NULL && !is_near(area, row))
                continue;
            if (!ovf_arena_grow(s->arena, (void **)&found, count, &capacity, sizeof(*found))) {
                s->failed = true;
                sqlite3_reset(row);
                return;
            }
            found[count++] = sqlite3_column_int64(row, 0) / INDEX_SPOTS_OF_ITEM;
        }
        // Neighbours in the file are read together.
        if (count > 1)
            qsort(found, count, sizeof(*found), select_by_number);
        for (size_t k = 0; k < count; k++)
            select_add_seed(s, found[k]);
    }
}

static void add_mentions(search *s, const ovf_world *world, ovf_box box)
{
    for (size_t i = 0; i < ovf_world_fir_count(world); i++) {
        const ovf_fir *fir = ovf_world_fir(world, (uint32_t)i);
        if (!ovf_box_overlaps(fir->box, box))
            continue;
        sqlite3_stmt *row = ASK(s, INDEX_MENTIONS, 0, 0);
        if (row == NULL)
            return;
        ledger_bind(row, 1, fir->code);
        int64_t *found = NULL;
        size_t count = select_numbers(s, row, &found);
        for (size_t k = 0; k < count; k++) {
            item one;
            if (select_fetch_item(s, found[k], &one) && one.start <= s->until
                && one.until >= s->from)
                select_add_seed(s, found[k]);
        }
    }
}

/* ---- who vouches ---- */

static void need_state(search *s, const ovf_world *world, uint32_t state)
{
    const uint32_t both[] = {state,
                             state == OVF_INDEX_NONE ? state : ovf_world_sovereign(world, state)};
    for (size_t i = 0; i < OVF_COUNTOF(both); i++) {
        if (both[i] != OVF_INDEX_NONE)
            select_set_add(&s->states, index_code(ovf_world_state(world, both[i])->iso3) + 1,
                           s->arena, &s->failed);
    }
}

/* Every State that may turn out to answer for a part of the box, by territory or by service. */
static void need_states(search *s, const ovf_world *world, ovf_box box)
{
    for (size_t i = 0; i < ovf_world_fir_count(world); i++) {
        const ovf_fir *fir = ovf_world_fir(world, (uint32_t)i);
        if (ovf_box_overlaps(fir->box, box))
            need_state(s, world, fir->state);
    }
    for (size_t i = 0; i < ovf_world_state_count(world); i++) {
        const ovf_area *area = ovf_world_territory(world, (uint32_t)i);
        if (area != NULL && ovf_box_overlaps(ovf_area_bounds(area), box))
            need_state(s, world, (uint32_t)i);
    }
}

/* Of the place itself, and of those who ask. */
static void need_parties(search *s, const ovf_world *world)
{
    const ovf_ledger_query *query = s->query;
    if (query->place != NULL)
        need_state(s, world, query->place->state);
    if (query->place != NULL && query->place->kind == OVF_PLACE_STATE)
        need_state(s, world, query->place->index);
    if (query->operator_state.len > 0)
        select_set_add(&s->states, index_code(query->operator_state) + 1, s->arena, &s->failed);
    for (size_t i = 0; i < query->state_count; i++)
        select_set_add(&s->states, index_code(query->states[i]) + 1, s->arena, &s->failed);
    select_set_add(&s->states, index_code(OVF_STR("*")) + 1, s->arena, &s->failed);
}

static ovf_time not_behind(ovf_time at, ovf_time limit)
{
    return at < limit ? at : limit;
}

/* The farthest reach is told, and of those that reach as far the first that became known: the first
 * document of them that counts, and the others that say the same. */
static void add_first(search *s, sqlite3_stmt *row)
{
    int64_t sequences[VOUCHERS_MAX];
    int64_t reach[VOUCHERS_MAX];
    size_t count = 0;
    while (count < VOUCHERS_MAX && select_next(s, row)) {
        sequences[count] = sqlite3_column_int64(row, 0);
        reach[count++] = sqlite3_column_int64(row, 1);
    }
    if (row != NULL)
        sqlite3_reset(row);
    bool is_found = false;
    for (size_t i = 0; i < count && (!is_found || reach[i] == reach[i - 1]); i++) {
        sqlite3_stmt *document = ASK(s, INDEX_DOCUMENT, s->query->as_of, sequences[i]);
        is_found = select_next(s, document) || is_found;
        if (document != NULL)
            sqlite3_reset(document);
        select_add_document(s, sequences[i]);
    }
}

void select_vouchers(search *s)
{
    need_parties(s, s->ledger->index->world);
    ovf_interval during = s->query->during;
    ovf_time needed = not_behind(during.from, s->query->as_of);
    // Of a time that is longer, whoever vouches for any part of it. An open one is nobody's flight.
    bool is_span = during.until - 1 > during.from && during.until != OVF_TIME_OPEN
                   && during.from != OVF_TIME_NONE;
    int32_t last = index_minute(not_behind(during.until, s->query->as_of), true);
    for (size_t i = 0; i < s->states.size; i++) {
        if (s->states.slots[i] == 0)
            continue;
        int64_t code = s->states.slots[i] - 1;
        int64_t *found = NULL;
        add_first(s, ASK(s, INDEX_VOUCHED, code, index_minute(needed, false), s->query->as_of));
        size_t count = !is_span
                           ? 0
                           : select_numbers(s,
                                            ASK(s, INDEX_VOUCHED_DURING, code,
                                                index_minute(needed, false), last, s->query->as_of),
                                            &found);
        for (size_t k = 0; k < count; k++)
            select_add_document(s, found[k]);
        // To the minute the moment may lie just behind the end: the newest ends before it, too.
        add_first(s, ASK(s, INDEX_VOUCHED_END, code, needed, s->query->as_of));
    }
}

/* ---- all of it ---- */

static void find_in(search *s, const ovf_world *world, ovf_box box, const ovf_area *area)
{
    add_spots(s, box, area);
    if (s->query->with_mentions)
        add_mentions(s, world, box);
    need_states(s, world, box);
}

void select_at_place(search *s)
{
    const ovf_world *world = s->ledger->index->world;
    const ovf_ledger_query *query = s->query;
    // A closed runway closes no sky: it is no part of an answer about air.
    s->without_aerodromes =
        query->place != NULL && query->place->kind != OVF_PLACE_AIRPORT && !query->with_mentions;
    if (query->issued.until > query->issued.from && query->issued.until != OVF_TIME_OPEN
        && query->issued.from != OVF_TIME_NONE) {
        int64_t *found = NULL;
        size_t count = select_numbers(
            s, ASK(s, INDEX_ISSUED, query->issued.from, query->issued.until), &found);
        for (size_t i = 0; i < count; i++)
            select_add_seed(s, found[i]);
    }
    if (query->place != NULL)
        find_in(s, world, box_asked(world, query), area_asked(world, query));
    for (size_t i = 0; query->place == NULL && i < query->box_count; i++)
        find_in(s, world, widened(query->boxes[i]), NULL);
}
