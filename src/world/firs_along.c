/* SPDX-License-Identifier: Apache-2.0 */
/* The FIRs along a path: each leg against each FIR whose box it comes near, exactly; what goes on
 * over a point of the path is one stretch. What no FIR covers is said, not left out. */
#include <overfly/world_index.h>

#include "world_internal.h"

#include <math.h>
#include <stdlib.h>

struct stretches {
    ovf_arena *arena;
    ovf_fir_stretch *items;
    size_t count, capacity;
};

static bool add_stretch(struct stretches *list, ovf_fir_stretch stretch)
{
    void *items = list->items;
    if (!ovf_arena_grow(list->arena, &items, list->count, &list->capacity, sizeof stretch))
        return false;
    list->items = items;
    list->items[list->count++] = stretch;
    return true;
}

static int by_fir(const void *a, const void *b)
{
    const ovf_fir_stretch *left = a;
    const ovf_fir_stretch *right = b;
    if (left->fir != right->fir)
        return left->fir < right->fir ? -1 : 1;
    return (left->from_m > right->from_m) - (left->from_m < right->from_m);
}

static int by_entry(const void *a, const void *b)
{
    const ovf_fir_stretch *left = a;
    const ovf_fir_stretch *right = b;
    if (left->from_m != right->from_m)
        return left->from_m < right->from_m ? -1 : 1;
    if (left->until_m != right->until_m)
        return left->until_m < right->until_m ? -1 : 1;
    return (left->fir > right->fir) - (left->fir < right->fir);
}

/* ---- which FIRs can a leg meet? ---- */

#define CHUNK_M 300000.0
/* Of a geodesic of that length below 80 degrees: its sagitta is 1.8 km, and it rises above its
 * higher end by no more than 5.7 times that. */
#define RISE_DEG 0.2
#define POLAR_DEG 80.0

struct boxes {
    ovf_box *items;
    size_t count;
};

static ovf_box chunk_box(ovf_point a, ovf_point b)
{
    ovf_box box = {.south_deg = fmin(a.lat_deg, b.lat_deg) - RISE_DEG,
                   .north_deg = fmax(a.lat_deg, b.lat_deg) + RISE_DEG,
                   .west_deg = -180.0,
                   .east_deg = 180.0};
    if (box.north_deg > POLAR_DEG || box.south_deg < -POLAR_DEG) { // perhaps over the pole
        box.north_deg = box.north_deg > POLAR_DEG ? 90.0 : box.north_deg;
        box.south_deg = box.south_deg < -POLAR_DEG ? -90.0 : box.south_deg;
        return box;
    }
    bool runs_east = ovf_lon_wrap(b.lon_deg - a.lon_deg) >= 0;
    box.west_deg = ovf_lon_wrap((runs_east ? a : b).lon_deg - 1e-6);
    box.east_deg = ovf_lon_wrap((runs_east ? b : a).lon_deg + 1e-6);
    return box;
}

static bool boxes_of(const ovf_leg *leg, ovf_arena *arena, struct boxes *boxes)
{
    size_t count = (size_t)(leg->length_m / CHUNK_M) + 1;
    boxes->items = ovf_arena_array(arena, ovf_box, count);
    boxes->count = count;
    if (boxes->items == NULL)
        return false;
    ovf_point last = leg->a;
    for (size_t i = 1; i <= count; i++) {
        ovf_point next =
            i == count ? leg->b : ovf_leg_at(leg, leg->length_m * (double)i / (double)count);
        boxes->items[i - 1] = chunk_box(last, next);
        last = next;
    }
    return true;
}

static bool comes_near(const struct boxes *boxes, ovf_box box)
{
    for (size_t i = 0; i < boxes->count; i++)
        if (ovf_box_overlaps(boxes->items[i], box))
            return true;
    return false;
}

/* All of one leg, which starts walked_m from the path's start. */
static ovf_status cross_leg(const ovf_world *world, const ovf_leg *leg, double walked_m,
                            int32_t level_ft, struct stretches *list)
{
    struct boxes boxes = {0};
    if (!boxes_of(leg, list->arena, &boxes))
        return OVF_E_NOMEM;
    for (uint32_t fir = 0; fir < ovf_world_fir_count(world); fir++) {
        ovf_stretch *inside = NULL;
        size_t count = 0;
        if (!world_fir_reaches(world, fir, level_ft) || !comes_near(&boxes, world->firs[fir].box))
            continue;
        ovf_status status = ovf_area_cross(ovf_world_fir_area(world, &world->firs[fir]), leg,
                                           list->arena, &inside, &count);
        for (size_t i = 0; status == OVF_OK && i < count; i++) {
            ovf_fir_stretch stretch = {.fir = fir,
                                       .certainty = inside[i].certainty,
                                       .from_m = walked_m + inside[i].from_m,
                                       .until_m = walked_m + inside[i].until_m,
                                       .entry = ovf_leg_at(leg, inside[i].from_m),
                                       .exit = ovf_leg_at(leg, inside[i].until_m)};
            if (!add_stretch(list, stretch))
                status = OVF_E_NOMEM;
        }
        if (status != OVF_OK)
            return status;
    }
    return OVF_OK;
}

/* Sorted by FIR: stretches that go on where the last one ended become one. */
static void join(struct stretches *list)
{
    size_t used = 0;
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, by_fir);
    for (size_t i = 0; i < list->count; i++) {
        const ovf_fir_stretch *next = &list->items[i];
        ovf_fir_stretch *last = used > 0 ? &list->items[used - 1] : NULL;
        if (last != NULL && last->fir == next->fir && last->certainty == next->certainty
            && next->from_m - last->until_m < OVF_COINCIDENT_M) {
            if (next->until_m > last->until_m) {
                last->until_m = next->until_m;
                last->exit = next->exit;
            }
            continue;
        }
        list->items[used++] = *next;
    }
    list->count = used;
}

static ovf_point place_at(const ovf_leg *legs, size_t leg_count, double along_m)
{
    for (size_t i = 0; i < leg_count; i++) {
        if (along_m <= legs[i].length_m || i + 1 == leg_count)
            return ovf_leg_at(&legs[i], fmin(along_m, legs[i].length_m));
        along_m -= legs[i].length_m;
    }
    return legs[0].a;
}

/* Sorted by entry: what lies between the end of all so far and the next one. */
static bool add_gaps(struct stretches *list, const ovf_leg *legs, size_t leg_count, double length_m)
{
    size_t count = list->count;
    double covered_m = 0;
    for (size_t i = 0; i <= count; i++) {
        double next_m = i < count ? list->items[i].from_m : length_m;
        if (next_m - covered_m > OVF_COINCIDENT_M) {
            ovf_fir_stretch gap = {.fir = OVF_INDEX_NONE,
                                   .certainty = OVF_TRI_YES,
                                   .from_m = covered_m,
                                   .until_m = next_m,
                                   .entry = place_at(legs, leg_count, covered_m),
                                   .exit = place_at(legs, leg_count, next_m)};
            if (!add_stretch(list, gap))
                return false;
        }
        if (i < count)
            covered_m = fmax(covered_m, list->items[i].until_m);
    }
    return true;
}

ovf_status ovf_world_firs_along(const ovf_world *world, const ovf_point *points, size_t count,
                                int32_t level_ft, ovf_arena *arena, ovf_fir_stretch **out,
                                size_t *out_count, ovf_error *err)
{
    if (count < 2)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "a path needs two points");
    for (size_t i = 0; i < count; i++)
        if (!ovf_point_is_valid(points[i]))
            return ovf_fail(err, OVF_E_USAGE, i, "a point that is no place on the globe");
    ovf_leg *legs = ovf_arena_array(arena, ovf_leg, count - 1);
    if (legs == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the path");
    struct stretches list = {.arena = arena};
    double walked_m = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        ovf_leg_init(&legs[i], points[i], points[i + 1]);
        ovf_status status = cross_leg(world, &legs[i], walked_m, level_ft, &list);
        if (status != OVF_OK)
            return ovf_fail(err, status, OVF_NOPOS, "no memory for the path");
        walked_m += legs[i].length_m;
    }
    join(&list);
    if (list.count > 0)
        qsort(list.items, list.count, sizeof *list.items, by_entry);
    if (!add_gaps(&list, legs, count - 1, walked_m))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the path");
    if (list.count > 0)
        qsort(list.items, list.count, sizeof *list.items, by_entry);
    *out = list.items;
    *out_count = list.count;
    return OVF_OK;
}
