/* SPDX-License-Identifier: Apache-2.0 */
/* A restriction against a day. Rows of flights are read from front to end and turned away by time,
 * level and box; of what is left each leg's box, its plane, its level and its time; the few legs
 * that remain are cut as they are for a single flight. */
#include "day_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MARGIN_DEG 0.01 /* a kilometre: more than a box or a border may be off by */

typedef struct question {
    const ovf_day *day;
    const ovf_picture *picture;
    const ovf_restriction *r;
    ovf_time at;
    bool is_anywhere; /* no place is known: all legs are asked */
    day_box box;
    way_cap cap;
    const grid *firs; /* NULL: not in cells */
    ovf_arena *arena;
} question;

typedef struct touch_list {
    ovf_day_touch *items;
    size_t count, capacity;
} touch_list;

/* ---- one flight ---- */

/* A point of its track, as it came. */
static ovf_track_point unpacked(const ovf_day *day, size_t index, ovf_time start)
{
    const day_point *p = &day->points[index];
    return (ovf_track_point){.place = {p->lat_deg, p->lon_deg},
                             .time = start + p->after_s,
                             .along_m = p->along_m,
                             .level_ft = p->level_ft,
                             .lowest_ft = p->lowest_ft,
                             .highest_ft = p->highest_ft,
                             .early_s = p->early_s,
                             .late_s = p->late_s,
                             .route_point = -1,
                             .is_bridged = (day->flags[index] & POINT_BRIDGED) != 0};
}

static bool meets_slab(const question *q, const day_row *row, size_t index)
{
    const day_point *p = &q->day->points[row->first + index];
    const day_flight *f = &q->day->flights[row - q->day->rows];
    int32_t lowest_ft = p[0].lowest_ft < p[1].lowest_ft ? p[0].lowest_ft : p[1].lowest_ft;
    int32_t highest_ft = p[0].highest_ft > p[1].highest_ft ? p[0].highest_ft : p[1].highest_ft;
    if (lowest_ft > q->r->band.upper_ft || highest_ft < q->r->band.lower_ft)
        return false;
    if (q->at != OVF_TIME_NONE || (f->track_flags & TRACK_TIMED) == 0)
        return true;
    ovf_time doubt_s = f->start_doubt_s > f->time_doubt_s ? f->start_doubt_s : f->time_doubt_s;
    return f->start + p[0].after_s - doubt_s <= q->r->in_force.until
           && f->start + p[1].after_s + doubt_s >= q->r->in_force.from;
}

static bool is_near(const question *q, const day_row *row, size_t index, way_leg *leg)
{
    if (q->is_anywhere)
        return true;
    if (!day_boxes_meet(&q->box, &q->day->legs[row->first + index]) || !meets_slab(q, row, index))
        return false;
    const day_point *p = &q->day->points[row->first + index];
    leg->from_m = p[0].along_m;
    leg->until_m = p[1].along_m;
    way_set_plane(leg, (ovf_point){p[0].lat_deg, p[0].lon_deg},
                  (ovf_point){p[1].lat_deg, p[1].lon_deg});
    return !way_leg_misses(leg, &q->cap);
}

/* Its first leg that may be met; the number of legs when there is none. */
static size_t first_near(const question *q, const day_row *row, way_leg *leg)
{
    size_t legs = row->count - 1;
    for (size_t i = 0; i < legs; i++) {
        if (is_near(q, row, i, leg))
            return i;
    }
    return legs;
}

static ovf_status make_track(const question *q, const day_row *row, ovf_track *out, ovf_error *err)
{
    const day_flight *f = &q->day->flights[row - q->day->rows];
    ovf_track_point *points = ovf_arena_array(q->arena, ovf_track_point, row->count);
    if (points == NULL)
        return no_memory(err);
    for (size_t i = 0; i < row->count; i++)
        points[i] = unpacked(q->day, row->first + i, f->start);
    *out = (ovf_track){.points = points,
                       .count = row->count,
                       .length_m = f->length_m,
                       .timed = (f->track_flags & TRACK_TIMED) != 0,
                       .levelled = (f->track_flags & TRACK_LEVELLED) != 0,
                       .complete = (f->track_flags & TRACK_COMPLETE) != 0,
                       .start_doubt_s = f->start_doubt_s,
                       .time_doubt_s = f->time_doubt_s,
                       .level_doubt_ft = f->level_doubt_ft};
    return OVF_OK;
}

static ovf_status ask_flight(const question *q, const day_row *row, crossing_list *out,
                             ovf_error *err)
{
    way_leg leg = {0};
    size_t first = first_near(q, row, &leg);
    if (first + 1 >= row->count)
        return OVF_OK;
    uint32_t id = (uint32_t)(row - q->day->rows);
    ovf_track track;
    ovf_status status = make_track(q, row, &track, err);
    way w = {.picture = q->picture,
             .world = ovf_picture_world(q->picture),
             .firs = q->firs,
             .track = &track,
             .party = ovf_day_flight_of(q->day, id).party,
             .at = q->at,
             .arena = q->arena,
             .lowest_ft = row->lowest_ft,
             .highest_ft = row->highest_ft,
             .south_deg = row->box.south / 256.0,
             .north_deg = row->box.north / 256.0};
    if (status == OVF_OK)
        status = way_init_bare(&w, err);
    for (size_t i = 0; status == OVF_OK && i < w.leg_count; i++)
        w.legs[i].is_far = i < first || !is_near(q, row, i, &w.legs[i]);
    for (size_t i = 0; status == OVF_OK && i < w.leg_count; i++)
        w.legs[i].marks = (uint8_t)(q->day->flags[row->first + i] & ~POINT_BRIDGED);
    return status == OVF_OK ? cross_one(&w, q->r, out, err) : status;
}

/* ---- all flights ---- */

static bool meets(const question *q, const day_row *row)
{
    if (q->at == OVF_TIME_NONE
        && (row->from > q->r->in_force.until || row->until < q->r->in_force.from))
        return false;
    return row->lowest_ft <= q->r->band.upper_ft && row->highest_ft >= q->r->band.lower_ft
           && (q->is_anywhere ? row->count > 0 : day_boxes_meet(&q->box, &row->box));
}

static ovf_status add_touch(const question *q, uint32_t id, crossing_list *crossings,
                            touch_list *out, ovf_error *err)
{
    if (!ovf_arena_grow(q->arena, (void **)&out->items, out->count, &out->capacity,
                        sizeof(ovf_day_touch)))
        return no_memory(err);
    crossings_sort(crossings);
    out->items[out->count++] = (ovf_day_touch){
        .flight = id, .crossings = crossings->items, .crossing_count = crossings->count};
    return OVF_OK;
}

static ovf_status ask_restriction(question *q, touch_list *out, ovf_error *err)
{
    const ovf_restriction *r = q->r;
    if (r->effect == OVF_EFFECT_LIFTED
        || (q->at != OVF_TIME_NONE && !ovf_interval_holds(r->in_force, q->at)))
        return OVF_OK;
    ovf_box box = ovf_area_bounds(r->area);
    q->is_anywhere = !ovf_area_is_resolved(r->area);
    if (!q->is_anywhere && box.is_empty)
        return OVF_OK;
    if (!q->is_anywhere) {
        q->box = day_box_of(box, MARGIN_DEG);
        q->cap = way_cap_of(touch_grown(box, 1000.0));
    }
    ovf_status status = OVF_OK;
    for (uint32_t i = 0; status == OVF_OK && i < q->day->count; i++) {
        crossing_list crossings = {0};
        if (!meets(q, &q->day->rows[i]))
            continue;
        status = ask_flight(q, &q->day->rows[i], &crossings, err);
        if (status == OVF_OK && crossings.count > 0)
            status = add_touch(q, i, &crossings, out, err);
    }
    return status;
}

static int by_flight(const void *a, const void *b)
{
    const ovf_day_touch *x = a;
    const ovf_day_touch *y = b;
    return (x->flight > y->flight) - (x->flight < y->flight);
}

/* What several restrictions do to one flight is one answer. */
static ovf_status join(touch_list *list, ovf_arena *arena, ovf_error *err)
{
    size_t kept = 0;
    if (list->count > 1)
        qsort(list->items, list->count, sizeof(ovf_day_touch), by_flight);
    for (size_t i = 0; i < list->count;) {
        ovf_day_touch one = list->items[i];
        size_t end = i + 1;
        size_t total = one.crossing_count;
        for (; end < list->count && list->items[end].flight == one.flight; end++)
            total += list->items[end].crossing_count;
        if (end > i + 1) {
            crossing_list all = {.items = ovf_arena_array(arena, ovf_crossing, total)};
            if (all.items == NULL)
                return no_memory(err);
            for (size_t k = i; k < end; k++) {
                memcpy(all.items + all.count, list->items[k].crossings,
                       list->items[k].crossing_count * sizeof(ovf_crossing));
                all.count += list->items[k].crossing_count;
            }
            crossings_sort(&all);
            one.crossings = all.items;
            one.crossing_count = all.count;
        }
        const ovf_crossing *decisive = NULL;
        one.answer = answer_worst(one.crossings, one.crossing_count, &decisive);
        list->items[kept++] = one;
        i = end;
    }
    list->count = kept;
    return OVF_OK;
}

ovf_status ovf_day_touched(const ovf_day *day, const ovf_picture *picture,
                           const ovf_restriction *const *restrictions, size_t count, ovf_time at,
                           ovf_arena *arena, ovf_day_touch **out, size_t *out_count, ovf_error *err)
{
    question q = {.day = day, .picture = picture, .at = at, .arena = arena};
    // Those of another world would be others.
    if (day->firs.first != NULL && ovf_picture_world(picture) == day->world)
        q.firs = &day->firs;
    touch_list list = {0};
    ovf_status status = OVF_OK;
    for (size_t i = 0; status == OVF_OK && i < count; i++) {
        q.r = restrictions[i];
        status = ask_restriction(&q, &list, err);
    }
    if (status == OVF_OK)
        status = join(&list, arena, err);
    if (status != OVF_OK)
        return status;
    *out = list.items;
    *out_count = list.count;
    return OVF_OK;
}

/* ---- one picture after another ---- */

static int by_address(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t) * (const ovf_restriction *const *)a;
    uintptr_t y = (uintptr_t) * (const ovf_restriction *const *)b;
    return (x > y) - (x < y);
}

static const ovf_restriction **sorted_of(const ovf_picture *picture, ovf_arena *arena)
{
    size_t count = ovf_picture_restriction_count(picture);
    const ovf_restriction **all =
        (const ovf_restriction **)ovf_arena_alloc(arena, count + 1, sizeof(*all));
    for (size_t i = 0; all != NULL && i < count; i++)
        all[i] = ovf_picture_restriction(picture, i);
    if (all != NULL && count > 1)
        qsort((void *)all, count, sizeof(*all), by_address);
    return all;
}

/* Of `picture`, those that are not in the other: pictures of one line share what stays. */
static ovf_status only_in(const ovf_picture *picture, const ovf_picture *other, ovf_arena *arena,
                          const ovf_restriction ***out, size_t *count, ovf_error *err)
{
    size_t total = ovf_picture_restriction_count(picture);
    size_t other_total = ovf_picture_restriction_count(other);
    const ovf_restriction **known = sorted_of(other, arena);
    *out = (const ovf_restriction **)ovf_arena_alloc(arena, total + 1, sizeof(**out));
    *count = 0;
    if (known == NULL || *out == NULL)
        return no_memory(err);
    for (size_t i = 0; i < total; i++) {
        const ovf_restriction *r = ovf_picture_restriction(picture, i);
        if (bsearch(&r, (const void *)known, other_total, sizeof(*known), by_address) == NULL)
            (*out)[(*count)++] = r;
    }
    return OVF_OK;
}

static bool is_same_end(const ovf_crossing_end *a, const ovf_crossing_end *b)
{
    return a->along_m == b->along_m && a->time == b->time && a->level_ft == b->level_ft;
}

static bool is_same_crossing(const ovf_crossing *a, const ovf_crossing *b)
{
    return ovf_str_eq(a->restriction->id, b->restriction->id)
           && a->restriction->effect == b->restriction->effect && is_same_end(&a->entry, &b->entry)
           && is_same_end(&a->exit, &b->exit) && a->certainty == b->certainty
           && a->ruling.verdict == b->ruling.verdict && a->ruling.applies == b->ruling.applies;
}

static bool is_same_touch(const ovf_day_touch *a, const ovf_day_touch *b)
{
    if (a->crossing_count != b->crossing_count)
        return false;
    for (size_t i = 0; i < a->crossing_count; i++) {
        if (!is_same_crossing(&a->crossings[i], &b->crossings[i]))
            return false;
    }
    return true;
}

/* Both lists are by flight. */
static size_t merge(const ovf_day_touch *old, size_t old_count, const ovf_day_touch *new,
                    size_t new_count, ovf_day_change *out)
{
    size_t count = 0;
    size_t was = 0;
    size_t is = 0;
    while (was < old_count || is < new_count) {
        bool has_new = is < new_count && (was >= old_count || new[is].flight <= old[was].flight);
        bool has_old = was < old_count && (!has_new || old[was].flight == new[is].flight);
        uint32_t id = has_new ? new[is].flight : old[was].flight;
        ovf_day_change change = {.flight = id};
        change.before = (ovf_day_touch){.flight = id, .answer = OVF_TOUCH_CLEAR};
        change.after = change.before;
        if (has_old)
            change.before = old[was++];
        if (has_new)
            change.after = new[is++];
        if (!is_same_touch(&change.before, &change.after))
            out[count++] = change;
    }
    return count;
}

ovf_status ovf_day_changed(const ovf_day *day, const ovf_picture *before, const ovf_picture *after,
                           ovf_time at, ovf_arena *arena, ovf_day_change **out, size_t *out_count,
                           ovf_error *err)
{
    const ovf_picture *pictures[] = {before, after};
    ovf_day_touch *touched[2] = {0};
    size_t counts[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        const ovf_restriction **own = NULL;
        size_t own_count = 0;
        ovf_status status = only_in(pictures[i], pictures[1 - i], arena, &own, &own_count, err);
        if (status == OVF_OK)
            status = ovf_day_touched(day, pictures[i], own, own_count, at, arena, &touched[i],
                                     &counts[i], err);
        if (status != OVF_OK)
            return status;
    }
    ovf_day_change *changes = ovf_arena_array(arena, ovf_day_change, counts[0] + counts[1] + 1);
    if (changes == NULL)
        return no_memory(err);
    *out_count = merge(touched[0], counts[0], touched[1], counts[1], changes);
    *out = changes;
    return OVF_OK;
}
