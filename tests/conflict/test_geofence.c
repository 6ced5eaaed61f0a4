/* SPDX-License-Identifier: Apache-2.0 */
/* Aircraft against areas as they move, held to what ovf_area_contains and the four limits of each slab
 * say of every position by itself; and rows written by hand. */
#include <overfly/geofence.h>

#include "plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define AREAS 60
#define CRAFTS 40
#define STEPS 400

struct world {
    ovf_arena arena;
    const ovf_area *areas[AREAS];
    ovf_volumes_slab slabs[AREAS];
    ovf_cells *cells;
    ovf_cells_view *view;
};

static double between(uint64_t *seed, double low, double high)
{
    return low + plain_random(seed) * (high - low);
}

/* Circles and polygons round one place, so that they overlap; one is not resolved in part. */
static const ovf_area *make_area(struct world *w, uint64_t *seed, int i)
{
    ovf_point centre = {between(seed, 44, 52), between(seed, 176, 184)};
    centre.lon_deg = ovf_lon_wrap(centre.lon_deg);
    double radius_m = between(seed, 5e3, 200e3);
    const ovf_area *area = NULL;
    if (i % 2 == 0) {
        assert_int_equal(ovf_area_circle(&w->arena, centre, radius_m, &area, NULL), OVF_OK);
    } else {
        ovf_point corners[7];
        for (int k = 0; k < 7; k++)
            corners[k] = ovf_destination(centre, 360.0 * k / 7, radius_m * between(seed, 0.4, 1));
        assert_int_equal(ovf_area_polygon(&w->arena, corners, 7, &area, NULL), OVF_OK);
    }
    if (i == 7) {
        const ovf_area *parts[2] = {area, ovf_area_unresolved()};
        assert_int_equal(ovf_area_intersection(&w->arena, parts, 2, &area, NULL), OVF_OK);
    }
    return area;
}

static void make_world(struct world *w, uint64_t *seed)
{
    *w = (struct world){0};
    ovf_arena_init(&w->arena, 0);
    w->cells = ovf_cells_new(OVF_CELLS_GEODESIC, 0);
    assert_non_null(w->cells);
    for (int i = 0; i < AREAS; i++) {
        w->areas[i] = make_area(w, seed, i);
        w->slabs[i] = OVF_VOLUMES_ALWAYS;
        if (i % 3 != 0) {
            w->slabs[i].floor_ft = (int32_t)between(seed, 0, 30000);
            w->slabs[i].ceiling_ft = w->slabs[i].floor_ft + (int32_t)between(seed, 0, 20000);
        }
        if (i % 4 != 0) {
            w->slabs[i].from_s = (int64_t)between(seed, 0, 3000);
            w->slabs[i].until_s = w->slabs[i].from_s + (int64_t)between(seed, 0, 2000);
        }
        assert_int_equal(ovf_cells_add(w->cells, (uint32_t)i, w->areas[i], NULL), OVF_OK);
    }
    assert_int_equal(ovf_cells_publish(w->cells, &w->view), OVF_OK);
}

static void free_world(struct world *w)
{
    ovf_cells_view_free(w->view);
    ovf_cells_free(w->cells);
    ovf_arena_done(&w->arena);
}

/* What the position says of the area by itself. */
static ovf_tri is_in(const struct world *w, int area, const ovf_geofence_position *p)
{
    const ovf_volumes_slab *slab = &w->slabs[area];
    if (p->level_ft < slab->floor_ft || p->level_ft > slab->ceiling_ft || p->time_s < slab->from_s
        || p->time_s > slab->until_s)
        return OVF_TRI_NO;
    return ovf_area_contains(w->areas[area], ovf_fixed_point(p->place));
}

struct flown {
    ovf_point at;
    double bearing_deg;
    int32_t level_ft;
    bool is_seen;
    ovf_tri in[AREAS];
};

static ovf_geofence_position fly_on(struct flown *f, uint32_t craft, int step, uint64_t *seed)
{
    f->at = ovf_destination(f->at, f->bearing_deg, 2400);
    f->bearing_deg += between(seed, -60, 60);
    if (plain_random(seed) < 0.3)
        f->level_ft += (int32_t)between(seed, -1500, 1500);
    int64_t time_s = step * 10 - (plain_random(seed) < 0.02 ? 300 : 0); // a clock that goes back
    return (ovf_geofence_position){craft, ovf_point_fix(f->at), f->level_ft, time_s};
}

static ovf_geofence_what what_of(const struct flown *f, ovf_tri was, ovf_tri is)
{
    if (was == OVF_TRI_NO)
        return f->is_seen ? OVF_GEOFENCE_ENTERED : OVF_GEOFENCE_INSIDE;
    return is == OVF_TRI_NO ? OVF_GEOFENCE_LEFT : OVF_GEOFENCE_DOUBT;
}

/* Holds the events of one position to those that the areas one by one make; returns how many. */
static size_t check_position(const struct world *w, struct flown *f, const ovf_geofence_position *p,
                             const ovf_geofence_event *events, size_t count)
{
    size_t k = 0;
    for (int i = 0; i < AREAS; i++) {
        ovf_tri is = is_in(w, i, p);
        ovf_tri was = f->in[i];
        f->in[i] = is;
        if (is == was)
            continue;
        assert_true(k < count);
        assert_int_equal(events[k].area, i);
        assert_int_equal(events[k].aircraft, p->aircraft);
        assert_int_equal(events[k].what, what_of(f, was, is));
        assert_int_equal(events[k].certainty, is == OVF_TRI_NO ? was : is);
        k++;
    }
    f->is_seen = true;
    return k;
}

static void chance(void **state)
{
    (void)state;
    uint64_t seed = 11;
    struct world w;
    make_world(&w, &seed);
    ovf_geofences *g = NULL;
    assert_int_equal(ovf_geofences_new(w.view, OVF_CELLS_BEST, w.slabs, AREAS, &g, NULL), OVF_OK);
    static struct flown flown[CRAFTS];
    for (int i = 0; i < CRAFTS; i++) {
        flown[i] = (struct flown){.bearing_deg = between(&seed, 0, 360),
                                  .level_ft = (int32_t)between(&seed, 0, 40000)};
        flown[i].at = (ovf_point){between(&seed, 45, 51), ovf_lon_wrap(between(&seed, 177, 183))};
        for (int k = 0; k < AREAS; k++)
            flown[i].in[k] = OVF_TRI_NO;
    }
    size_t all = 0;
    for (int step = 0; step < STEPS; step++) {
        ovf_geofence_position positions[CRAFTS];
        const ovf_geofence_event *events = NULL;
        size_t count = 0;
        for (uint32_t i = 0; i < CRAFTS; i++)
            positions[i] = fly_on(&flown[i], i, step, &seed);
        assert_int_equal(ovf_geofences_update(g, positions, CRAFTS, &events, &count, NULL), OVF_OK);
        size_t taken = 0;
        for (size_t i = 0; i < CRAFTS; i++)
            taken += check_position(&w, &flown[i], &positions[i], events + taken, count - taken);
        assert_int_equal(taken, count);
        all += count;
    }
    assert_true(all > 500);
    ovf_geofences_free(g);
    free_world(&w);
}

/* A new snapshot without an area, and with other slabs: what has changed is told by the next position. */
static void moved(void **state)
{
    (void)state;
    uint64_t seed = 5;
    struct world w;
    make_world(&w, &seed);
    const ovf_area *circle = NULL;
    assert_int_equal(ovf_area_circle(&w.arena, (ovf_point){10, 10}, 50e3, &circle, NULL), OVF_OK);
    assert_int_equal(ovf_cells_add(w.cells, 100, circle, NULL), OVF_OK);
    ovf_cells_view *with = NULL;
    assert_int_equal(ovf_cells_publish(w.cells, &with), OVF_OK);
    assert_int_equal(ovf_cells_withdraw(w.cells, 100, NULL), OVF_OK);
    ovf_cells_view *without = NULL;
    assert_int_equal(ovf_cells_publish(w.cells, &without), OVF_OK);
    ovf_geofences *g = NULL;
    assert_int_equal(ovf_geofences_new(with, OVF_CELLS_PORTABLE, NULL, 0, &g, NULL), OVF_OK);
    ovf_geofence_position p = {3, ovf_point_fix((ovf_point){10, 10}), 100, 0};
    const ovf_geofence_event *events = NULL;
    const uint32_t *ids = NULL;
    size_t count = 0;
    assert_int_equal(ovf_geofences_update(g, &p, 1, &events, &count, NULL), OVF_OK);
    assert_int_equal(count, 1);
    assert_int_equal(events[0].what, OVF_GEOFENCE_INSIDE);
    assert_int_equal(ovf_geofences_inside(g, 3, &ids), 1);
    assert_int_equal(ids[0], 100);
    assert_int_equal(ovf_geofences_move(g, without, NULL, 0, NULL), OVF_OK);
    assert_int_equal(ovf_geofences_update(g, &p, 1, &events, &count, NULL), OVF_OK);
    assert_int_equal(count, 1);
    assert_int_equal(events[0].what, OVF_GEOFENCE_LEFT);
    ovf_geofences_forget(g, 3);
    assert_int_equal(ovf_geofences_move(g, with, NULL, 0, NULL), OVF_OK);
    assert_int_equal(ovf_geofences_update(g, &p, 1, &events, &count, NULL), OVF_OK);
    assert_int_equal(count, 1);
    assert_int_equal(events[0].what, OVF_GEOFENCE_INSIDE);
    ovf_geofences_free(g);
    ovf_cells_view_free(with);
    ovf_cells_view_free(without);
    free_world(&w);
}

static void refused(void **state)
{
    (void)state;
    uint64_t seed = 5;
    struct world w;
    make_world(&w, &seed);
    ovf_geofences *g = NULL;
    ovf_error err = {0};
    const ovf_geofence_event *events = NULL;
    size_t count = 0;
    assert_int_equal(ovf_geofences_new(w.view, OVF_CELLS_BEST, w.slabs, AREAS, &g, NULL), OVF_OK);
    ovf_geofence_position far[2] = {{0, {0, 0}, 0, 0}, {1, {900000001, 0}, 0, 0}};
    assert_int_equal(ovf_geofences_update(g, far, 2, &events, &count, &err), OVF_E_USAGE);
    assert_int_equal(err.pos, 1);
    ovf_geofence_position large = {OVF_GEOFENCE_AIRCRAFT_MAX, {0, 0}, 0, 0};
    assert_int_equal(ovf_geofences_update(g, &large, 1, &events, &count, &err), OVF_E_USAGE);
    assert_int_equal(ovf_geofences_update(g, NULL, 0, &events, &count, &err), OVF_OK);
    assert_int_equal(ovf_geofences_counts(g).positions, 0);
    ovf_geofences_free(g);
    free_world(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chance),
        cmocka_unit_test(moved),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests_name("geofence", tests, NULL, NULL);
}
