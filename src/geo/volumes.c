/* SPDX-License-Identifier: Apache-2.0 */
/* The writer: volumes come and go. All that may fail is done before anything is changed: the parts
 * are made, their lanes are listed by cell, room for them is found; then they are put in. */
#include "volumes_internal.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_WORDS (1u << 18)
#define DROP_MARGIN_E7 1000 /* edges have boxes a little larger than their part's */

ovf_volumes *ovf_volumes_new(ovf_volumes_meaning meaning, size_t limit_bytes)
{
    ovf_volumes *v = calloc(1, sizeof *v);
    if (v == NULL)
        return NULL;
    v->meaning = meaning;
    v->limit = limit_bytes == 0 ? OVF_VOLUMES_DEFAULT_LIMIT : limit_bytes;
    v->store = vol_store_new(FIRST_WORDS);
    if (v->store == NULL) {
        free(v);
        return NULL;
    }
    return v;
}

static void leave_cells(struct vol_cells *cells)
{
    if (cells == NULL || atomic_fetch_sub_explicit(&cells->users, 1, memory_order_acq_rel) != 1)
        return;
    ovf_cells_view_free(cells->view);
    free(cells);
}

void ovf_volumes_free(ovf_volumes *v)
{
    if (v == NULL)
        return;
    vol_store_leave(v->store);
    leave_cells(v->large_seen);
    ovf_cells_free(v->large);
    for (uint32_t i = 0; i < v->slot_count; i++)
        free(v->volumes[i].parts);
    free(v->volumes);
    free(v->slot_holes);
    free(v->places);
    free(v->part_holes);
    free(v->id_slots);
    free(v);
}

/* ---- volumes by id ---- */

static uint32_t id_slot_of(const ovf_volumes *v, uint32_t id)
{
    uint32_t slot = (id * 2654435769u >> 7) & v->id_mask;
    while (v->id_slots[slot] != 0 && v->volumes[v->id_slots[slot] - 1].id != id)
        slot = (slot + 1) & v->id_mask;
    return slot;
}

static bool find_volume(const ovf_volumes *v, uint32_t id, uint32_t *slot)
{
    if (v->id_slots == NULL)
        return false;
    uint32_t index = v->id_slots[id_slot_of(v, id)];
    *slot = index - 1;
    return index != 0;
}

static bool grow_ids(ovf_volumes *v)
{
    if (v->id_slots != NULL && v->id_count * 2 + 2 <= v->id_mask)
        return true;
    uint32_t mask = v->id_mask == 0 ? 255 : v->id_mask * 2 + 1;
    uint32_t *slots = calloc((size_t)mask + 1, sizeof *slots);
    if (slots == NULL)
        return false;
    free(v->id_slots);
    v->id_slots = slots;
    v->id_mask = mask;
    for (uint32_t i = 0; i < v->slot_count; i++)
        if (v->volumes[i].is_used)
            slots[id_slot_of(v, v->volumes[i].id)] = i + 1;
    return true;
}

static void forget_id(ovf_volumes *v, uint32_t id)
{
    uint32_t hole = id_slot_of(v, id);
    v->id_slots[hole] = 0;
    v->id_count--;
    for (uint32_t slot = (hole + 1) & v->id_mask; v->id_slots[slot] != 0;
         slot = (slot + 1) & v->id_mask) {
        uint32_t index = v->id_slots[slot];
        v->id_slots[slot] = 0; // those behind the hole may have been pushed past it
        v->id_slots[id_slot_of(v, v->volumes[index - 1].id)] = index;
    }
}

/* ---- adding ---- */

static bool reserve_numbers(ovf_volumes *v, uint32_t parts)
{
    if (v->slot_count == v->slot_capacity) {
        uint32_t capacity = v->slot_capacity * 2 + 64;
        struct vol_volume *volumes = realloc(v->volumes, capacity * sizeof *volumes);
        uint32_t *holes = realloc(v->slot_holes, capacity * sizeof *holes);
        v->volumes = volumes != NULL ? volumes : v->volumes;
        v->slot_holes = holes != NULL ? holes : v->slot_holes;
        if (volumes == NULL || holes == NULL)
            return false;
        v->slot_capacity = capacity;
    }
    if (v->part_capacity - v->part_count < parts) {
        uint32_t capacity = v->part_capacity * 2 + parts + 64;
        uint32_t *places = realloc(v->places, capacity * sizeof *places);
        uint32_t *holes = realloc(v->part_holes, capacity * sizeof *holes);
        v->places = places != NULL ? places : v->places;
        v->part_holes = holes != NULL ? holes : v->part_holes;
        if (places == NULL || holes == NULL)
            return false;
        v->part_capacity = capacity;
    }
    return grow_ids(v);
}

/* Numbers of the parts, in the order of holes first; nothing is taken yet. */
static void number_parts(const ovf_volumes *v, struct vol_plan *plan, uint32_t id, uint32_t slot)
{
    uint32_t holes = v->part_hole_count;
    uint32_t fresh = v->part_count;
    for (uint32_t i = 0; i < plan->count; i++) {
        struct vol_part *head = &plan->shapes[i].head;
        head->number = holes > 0 ? v->part_holes[--holes] : fresh++;
        head->slot = slot;
        head->id = id;
        head->box.low = plan->slab.floor_ft;
        head->box.high = plan->slab.ceiling_ft;
        head->box.from = vol_time(plan->slab.from_s);
        head->box.until = vol_time(plan->slab.until_s);
        head->is_free = head->box.low == INT32_MIN && head->box.high == INT32_MAX
                        && head->box.from == INT32_MIN && head->box.until == INT32_MAX;
    }
}

static ovf_status add_to_cells(ovf_volumes *v, const struct vol_shape *s, ovf_error *err)
{
    if (v->large == NULL) {
        v->large = ovf_cells_new(
            v->meaning == OVF_VOLUMES_PLANAR ? OVF_CELLS_PLANAR : OVF_CELLS_GEODESIC, v->limit);
        if (v->large == NULL)
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an index of cells");
    }
    if (s->x == NULL)
        return ovf_cells_add(v->large, s->head.number, s->head.area, err);
    ovf_fixed *vertices = malloc(s->count * sizeof *vertices);
    if (vertices == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a ring");
    for (uint32_t i = 0; i < s->count; i++)
        vertices[i] = (ovf_fixed){s->y[i], s->x[i]};
    ovf_ring ring = {.vertices = vertices, .count = s->count - 1};
    ovf_status status = ovf_cells_add_planar(v->large, s->head.number, &ring, 1, err);
    free(vertices);
    return status;
}

static ovf_status fill_cells(ovf_volumes *v, struct vol_plan *plan, ovf_error *err)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        if (plan->shapes[i].head.kind != VOL_EDGES)
            continue;
        leave_cells(v->large_seen);
        v->large_seen = NULL;
        ovf_status status = add_to_cells(v, &plan->shapes[i], err);
        if (status == OVF_OK)
            continue;
        while (i-- > 0)
            if (plan->shapes[i].head.kind == VOL_EDGES
                && ovf_cells_withdraw(v->large, plan->shapes[i].head.number, NULL) != OVF_OK)
                return ovf_fail(err, OVF_E_INTERNAL, OVF_NOPOS, "a part that cannot be taken back");
        return status;
    }
    return OVF_OK;
}

static void write_record(ovf_volumes *v, const struct vol_shape *s, uint32_t place)
{
    uint32_t *words = v->store->words + place;
    memset(words, 0, (size_t)s->head.words * sizeof *words);
    memcpy(words, &s->head, sizeof s->head);
    uint32_t count = s->head.count;
    for (uint32_t row = 0; row < (s->x != NULL ? 2u : 3u) && count > 0; row++) {
        int32_t *to = (int32_t *)(void *)(words + VOL_HEAD_WORDS);
        double *to_m = (double *)(void *)(words + VOL_HEAD_WORDS);
        const int32_t *from = row == 0 ? s->x : s->y;
        const double *from_m = row == 0 ? s->px : row == 1 ? s->py : s->pz;
        for (uint32_t i = 0; i < s->head.stride; i++) {
            uint32_t k = i < count ? i : count - 1;
            if (s->x != NULL)
                to[(size_t)row * s->head.stride + i] = from[k];
            else
                to_m[(size_t)row * s->head.stride + i] = from_m[k];
        }
    }
}

static void put_in(ovf_volumes *v, struct vol_plan *plan, uint32_t slot, uint32_t id,
                   uint32_t *numbers)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        struct vol_shape *s = &plan->shapes[i];
        uint32_t place = vol_take(v, s->head.words);
        write_record(v, s, place);
        v->places[s->head.number] = place;
        v->live_words += s->head.words;
        if (v->part_hole_count > 0)
            v->part_hole_count--;
        else
            v->part_count++;
        numbers[i] = s->head.number;
        v->longest = s->head.stride > v->longest ? s->head.stride : v->longest;
        v->stats.large += s->head.kind == VOL_EDGES;
        v->stats.slow += s->head.kind == VOL_SLOW;
    }
    bool is_done = true;
    bool is_planar = v->meaning == OVF_VOLUMES_PLANAR;
    for (size_t i = 0; i < plan->box_count; i++)
        is_done &= vol_lane_put(v, &v->top[plan->boxes[i].cell].boxes, vol_box_lines(v->meaning),
                                plan->boxes[i].words, NULL);
    for (size_t i = 0; i < plan->edge_count; i++)
        is_done &= vol_lane_put(v, &v->top[plan->edges[i].cell].edges, vol_edge_lines(v->meaning),
                                plan->edges[i].words, is_planar ? NULL : &plan->edges[i].edge);
    assert(is_done);
    OVF_UNUSED(is_done);
    v->stats.entries += plan->box_count;
    v->stats.edges += plan->edge_count;
    v->stats.parts += plan->count;
    v->stats.volumes++;
    if (slot == v->slot_count)
        v->slot_count++;
    else
        v->slot_hole_count--;
    v->volumes[slot] = (struct vol_volume){id, numbers, plan->count, true};
    v->id_slots[id_slot_of(v, id)] = slot + 1;
    v->id_count++;
}

static ovf_status add_plan(ovf_volumes *v, struct vol_plan *plan, uint32_t id, ovf_error *err)
{
    uint32_t slot = v->slot_hole_count > 0 ? v->slot_holes[v->slot_hole_count - 1] : v->slot_count;
    uint32_t *numbers = malloc((plan->count + 1) * sizeof *numbers);
    if (numbers == NULL || !reserve_numbers(v, plan->count)) {
        free(numbers);
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a volume");
    }
    ovf_status status = OVF_OK;
    number_parts(v, plan, id, slot);
    if (v->stats.parts + plan->count > OVF_VOLUMES_MAX)
        status = ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "more than %d volumes", OVF_VOLUMES_MAX);
    else if (!vol_plan_lanes(plan))
        status = ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a volume");
    else if (plan->words > v->store->capacity - v->store->count
             && (status = vol_move(v, plan->words, true)) != OVF_OK)
        status = ovf_fail(err, status, OVF_NOPOS, "no room for another volume");
    if (status == OVF_OK)
        status = fill_cells(v, plan, err);
    if (status == OVF_OK)
        put_in(v, plan, slot, id, numbers);
    else
        free(numbers);
    return status;
}

static ovf_status check(const ovf_volumes *v, uint32_t id, ovf_volumes_slab slab, ovf_error *err)
{
    uint32_t slot = 0;
    if (id > OVF_VOLUMES_ID_MAX)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "an id that is too large");
    if (find_volume(v, id, &slot))
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "an id that is in use");
    if (slab.floor_ft > slab.ceiling_ft || slab.from_s > slab.until_s)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "limits out of order");
    return OVF_OK;
}

static ovf_status plan_area(struct vol_plan *plan, const ovf_area *area, ovf_error *err)
{
    if (area->kind == OVF_AREA_UNION) {
        ovf_status status = OVF_OK;
        for (size_t i = 0; i < area->set.count && status == OVF_OK; i++)
            status = plan_area(plan, area->set.parts[i], err);
        return status;
    }
    if (area->kind == OVF_AREA_EMPTY)
        return OVF_OK;
    struct vol_shape *shape = vol_plan_shape(plan);
    if (shape == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a volume");
    return vol_shape_area(shape, area, err);
}

ovf_status ovf_volumes_add(ovf_volumes *v, uint32_t id, const ovf_area *area, ovf_volumes_slab slab,
                           ovf_error *err)
{
    struct vol_plan plan = {.meaning = v->meaning, .slab = slab};
    if (v->meaning != OVF_VOLUMES_GEODESIC)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "a planar index takes rings");
    ovf_status status = check(v, id, slab, err);
    if (status == OVF_OK)
        status = plan_area(&plan, area, err);
    vol_plan_alike(&plan);
    if (status == OVF_OK)
        status = add_plan(v, &plan, id, err);
    vol_plan_done(&plan);
    return status;
}

ovf_status ovf_volumes_add_planar(ovf_volumes *v, uint32_t id, const ovf_ring *rings, size_t count,
                                  ovf_volumes_slab slab, ovf_error *err)
{
    struct vol_plan plan = {.meaning = v->meaning, .slab = slab};
    if (v->meaning != OVF_VOLUMES_PLANAR)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "a geodesic index takes areas");
    ovf_status status = check(v, id, slab, err);
    for (size_t i = 0; i < count && status == OVF_OK; i++) {
        if (rings[i].count == 0)
            continue;
        struct vol_shape *shape = vol_plan_shape(&plan);
        status = shape == NULL ? ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a volume")
                               : vol_shape_planar(shape, &rings[i], err);
        if (status != OVF_OK && err != NULL)
            err->pos = i;
    }
    vol_plan_alike(&plan);
    if (status == OVF_OK)
        status = add_plan(v, &plan, id, err);
    vol_plan_done(&plan);
    return status;
}

/* ---- withdrawing ---- */

/* Cells that the lanes of a part may be in, as rows and two runs of columns. */
struct region {
    uint32_t south, north;
    uint32_t west[2], east[2];
    int runs;
};

static struct region region_of(const struct vol_part *part)
{
    struct vol_box b = part->box;
    int32_t margin = part->kind == VOL_EDGES ? DROP_MARGIN_E7 : 0;
    int64_t south = (int64_t)b.south - margin;
    int64_t north = (int64_t)b.north + margin;
    int64_t west = (int64_t)b.west - margin;
    int64_t east = (int64_t)b.east + margin + (b.west > b.east ? OVF_GEO_CIRCLE_E7 : 0);
    struct region r = {
        .south = vol_line_of((int32_t)(south < -OVF_GEO_POLE_E7 ? -OVF_GEO_POLE_E7 : south)),
        .north = vol_line_of((int32_t)(north > OVF_GEO_POLE_E7 ? OVF_GEO_POLE_E7 : north)),
        .runs = 1,
    };
    if (west < -OVF_GEO_HALF_E7 || east - west >= OVF_GEO_CIRCLE_E7 - VOL_CELL_E7
        || (b.west <= b.east && east > OVF_GEO_HALF_E7)) {
        r.east[0] = VOL_COLUMNS - 1;
        return r;
    }
    r.west[0] = vol_column((int32_t)west);
    r.east[0] = b.west <= b.east ? vol_column((int32_t)east) : VOL_COLUMNS - 1;
    if (b.west > b.east) {
        r.runs = 2;
        r.east[1] = vol_column((int32_t)(east - OVF_GEO_CIRCLE_E7));
    }
    return r;
}

/* Words that taking a part out of a chain needs at most. */
static size_t chain_words(const ovf_volumes *v, uint32_t place, uint32_t lines)
{
    size_t words = 0;
    for (; place != 0; place = v->store->words[place])
        words += VOL_GROUP_WORDS(lines);
    return words;
}

/* Over all cells of the part: either how many words it takes, or done. */
static size_t drop_part(ovf_volumes *v, const struct vol_part *part, bool is_done)
{
    bool is_edges = part->kind == VOL_EDGES;
    uint32_t lines = is_edges ? vol_edge_lines(v->meaning) : vol_box_lines(v->meaning);
    uint32_t number = part->number;
    struct region r = region_of(part);
    size_t words = is_edges ? 0 : chain_words(v, v->top[VOL_WIDE].boxes, lines);
    if (is_done && !is_edges && v->top[VOL_WIDE].boxes != 0)
        (void)vol_lane_drop(v, &v->top[VOL_WIDE].boxes, lines, number);
    for (uint32_t row = r.south; row <= r.north; row++)
        for (int run = 0; run < r.runs; run++)
            for (uint32_t c = r.west[run]; c <= r.east[run]; c++) {
                struct vol_cell *both = &v->top[row * VOL_COLUMNS + c];
                uint32_t *cell = is_edges ? &both->edges : &both->boxes;
                if (!is_done)
                    words += chain_words(v, *cell, lines);
                else if (*cell != 0)
                    (void)vol_lane_drop(v, cell, lines, number);
            }
    return words;
}

/* Takes the large parts of a volume out of the cell index, which may have no room for that. Those
 * that are out already are no trouble when it is tried again. */
static ovf_status leave_large(ovf_volumes *v, const struct vol_volume *volume, ovf_error *err)
{
    for (uint32_t i = 0; i < volume->part_count; i++) {
        uint32_t number = volume->parts[i];
        if (vol_part_at(v->store, v->places[number])->kind != VOL_EDGES)
            continue;
        leave_cells(v->large_seen);
        v->large_seen = NULL;
        ovf_status status = ovf_cells_withdraw(v->large, number, err);
        if (status != OVF_OK && status != OVF_E_NOT_FOUND)
            return status;
    }
    return OVF_OK;
}

ovf_status ovf_volumes_withdraw(ovf_volumes *v, uint32_t id, ovf_error *err)
{
    uint32_t slot = 0;
    if (!find_volume(v, id, &slot))
        return ovf_fail(err, OVF_E_NOT_FOUND, OVF_NOPOS, "no volume has that id");
    struct vol_volume *volume = &v->volumes[slot];
    size_t words = 0;
    for (uint32_t i = 0; i < volume->part_count; i++)
        words += drop_part(v, vol_part_at(v->store, v->places[volume->parts[i]]), false);
    if (words > v->store->capacity - v->store->count) {
        ovf_status moved = vol_move(v, words, false);
        if (moved != OVF_OK)
            return ovf_fail(err, moved, OVF_NOPOS, "no room to take a volume out");
    }
    ovf_status status = leave_large(v, volume, err);
    if (status != OVF_OK)
        return status;
    for (uint32_t i = 0; i < volume->part_count; i++) {
        uint32_t number = volume->parts[i];
        const struct vol_part *part = vol_part_at(v->store, v->places[number]);
        (void)drop_part(v, part, true);
        v->stats.large -= part->kind == VOL_EDGES;
        v->stats.slow -= part->kind == VOL_SLOW;
        v->live_words -= part->words;
        v->places[number] = 0;
        v->part_holes[v->part_hole_count++] = number;
    }
    v->stats.parts -= volume->part_count;
    v->stats.volumes--;
    forget_id(v, id);
    free(volume->parts);
    *volume = (struct vol_volume){0};
    v->slot_holes[v->slot_hole_count++] = slot;
    return OVF_OK;
}

/* ---- handing out ---- */

static ovf_status see_large(ovf_volumes *v)
{
    if (v->large == NULL || v->large_seen != NULL)
        return OVF_OK;
    struct vol_cells *seen = calloc(1, sizeof *seen);
    if (seen == NULL)
        return OVF_E_NOMEM;
    ovf_status status = ovf_cells_publish(v->large, &seen->view);
    if (status != OVF_OK) {
        free(seen);
        return status;
    }
    atomic_init(&seen->users, 1);
    v->large_seen = seen;
    return OVF_OK;
}

ovf_status ovf_volumes_publish(ovf_volumes *v, ovf_volumes_view **out)
{
    ovf_status status = see_large(v);
    if (status != OVF_OK)
        return status;
    ovf_volumes_view *view = malloc(sizeof *view);
    uint32_t *places = malloc((v->part_count + 1) * sizeof *places);
    if (view == NULL || places == NULL) {
        free(view);
        free(places);
        return OVF_E_NOMEM;
    }
    view->meaning = v->meaning;
    view->store = v->store;
    view->cells = v->large_seen;
    view->places = places;
    view->part_count = v->part_count;
    view->slot_count = v->slot_count;
    view->longest = v->longest;
    if (v->part_count > 0)
        memcpy(places, v->places, v->part_count * sizeof *places);
    memcpy(view->top, v->top, sizeof view->top);
    atomic_fetch_add_explicit(&v->store->users, 1, memory_order_relaxed);
    if (view->cells != NULL)
        atomic_fetch_add_explicit(&view->cells->users, 1, memory_order_relaxed);
    v->frozen = v->store->count;
    *out = view;
    return OVF_OK;
}

void ovf_volumes_view_free(ovf_volumes_view *view)
{
    if (view == NULL)
        return;
    vol_store_leave(view->store);
    leave_cells(view->cells);
    free(view->places);
    free(view);
}

ovf_volumes_stats ovf_volumes_stats_of(const ovf_volumes *v)
{
    ovf_volumes_stats stats = v->stats;
    stats.bytes = sizeof *v + (size_t)v->store->capacity * sizeof(uint32_t)
                  + v->part_capacity * 2 * sizeof(uint32_t)
                  + v->slot_capacity * (sizeof(struct vol_volume) + sizeof(uint32_t))
                  + ((size_t)v->id_mask + 1) * sizeof(uint32_t);
    if (v->large != NULL)
        stats.bytes += ovf_cells_stats_of(v->large).bytes;
    return stats;
}
