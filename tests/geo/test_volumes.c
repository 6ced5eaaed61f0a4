/* SPDX-License-Identifier: Apache-2.0 */
/* The index of volumes against the slow truth: ovf_area_cross piece by piece for geodesics, exact
 * whole numbers edge by edge for the plane; all engines alike, poles and the 180th meridian among
 * ordinary places, volumes coming and going. */
#include <overfly/volumes.h>

#include "plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define AREAS 60
#define POINTS 30
#define STRETCHES 4000
#define TOLERANCE_M 2.0
#define SAME_M 0.5 /* a gap or a stretch of less may be there or not */

static ovf_arena arena;

static double between(uint64_t *seed, double low, double high)
{
    return low + plain_random(seed) * (high - low);
}

static uint32_t below(uint64_t *seed, uint32_t limit)
{
    return (uint32_t)(plain_random(seed) * limit);
}

/* Where the areas and paths of a row lie. */
static struct region {
    const char *name;
    ovf_point centre;
    double size_m;
    double leg_m; /* of paths, at most */
    uint64_t seed;
} regions[] = {
    {"middle latitudes", {47, 9}, 600e3, 120e3, 1},
    {"equator", {0.1, -60}, 500e3, 60e3, 2},
    {"180th meridian", {-17, 179.9}, 700e3, 150e3, 3},
    {"180th meridian, far north", {66, -179.5}, 500e3, 90e3, 4},
    {"north pole", {89.9, 30}, 500e3, 130e3, 5},
    {"south pole", {-89.99, 0}, 400e3, 80e3, 6},
    {"long legs", {40, -40}, 3000e3, 6000e3, 7},
    {"long legs over the pole", {85, 100}, 2500e3, 5000e3, 8},
    {"small and near", {52, 13}, 40e3, 9e3, 9},
    {"tiny steps", {35, 33}, 30e3, 900, 10},
};

static ovf_point near_by(uint64_t *seed, const struct region *r)
{
    return ovf_destination(r->centre, between(seed, 0, 360), r->size_m * sqrt(plain_random(seed)));
}

static const ovf_area *star(uint64_t *seed, ovf_point centre, double radius_m)
{
    ovf_point corners[90];
    size_t count = 3 + below(seed, plain_random(seed) < 0.2 ? 87 : 20);
    for (size_t i = 0; i < count; i++)
        corners[i] = ovf_destination(centre, 360.0 * (double)i / (double)count,
                                     radius_m * between(seed, 0.4, 1));
    const ovf_area *area = NULL;
    assert_int_equal(ovf_area_polygon(&arena, corners, count, &area, NULL), OVF_OK);
    return area;
}

/* Two rings, one in the other: a hole. */
static const ovf_area *holed(uint64_t *seed, ovf_point centre, double radius_m)
{
    ovf_ring rings[2];
    OVF_UNUSED(seed);
    for (int r = 0; r < 2; r++) {
        ovf_fixed *v = ovf_arena_array(&arena, ovf_fixed, 8);
        for (int i = 0; i < 8; i++)
            v[i] = ovf_point_fix(ovf_destination(centre, i * 45.0, radius_m / (r + 1)));
        rings[r] = (ovf_ring){.vertices = v, .count = 8};
    }
    const ovf_area *area = NULL;
    assert_int_equal(ovf_area_rings(&arena, rings, 2, &area, NULL), OVF_OK);
    return area;
}

/* Between two parallels and two meridians. */
static const ovf_area *graticule(uint64_t *seed, ovf_point at)
{
    double south = fmax(-88, fmin(85, floor(at.lat_deg)));
    double height = between(seed, 0.5, 3);
    double width = between(seed, 0.5, 8);
    static const uint8_t edges[4] = {OVF_EDGE_PARALLEL, OVF_EDGE_GEODESIC, OVF_EDGE_PARALLEL,
                                     OVF_EDGE_GEODESIC};
    ovf_fixed *v = ovf_arena_array(&arena, ovf_fixed, 4);
    v[0] = ovf_point_fix((ovf_point){south, at.lon_deg});
    v[1] = ovf_point_fix((ovf_point){south, ovf_lon_wrap(at.lon_deg + width)});
    v[2] = ovf_point_fix((ovf_point){south + height, ovf_lon_wrap(at.lon_deg + width)});
    v[3] = ovf_point_fix((ovf_point){south + height, at.lon_deg});
    ovf_ring ring = {.vertices = v, .edges = edges, .count = 4};
    const ovf_area *area = NULL;
    assert_int_equal(ovf_area_rings(&arena, &ring, 1, &area, NULL), OVF_OK);
    return area;
}

static const ovf_area *draw_area(uint64_t *seed, const struct region *r, int depth)
{
    ovf_point centre = near_by(seed, r);
    double radius_m = r->size_m * pow(0.02, plain_random(seed)) * 0.7;
    const ovf_area *area = NULL;
    const ovf_area *parts[3];
    switch (below(seed, depth > 0 ? 7 : 12)) {
    case 0:
    case 1:
        assert_int_equal(ovf_area_circle(&arena, centre, radius_m, &area, NULL), OVF_OK);
        return area;
    case 2: return holed(seed, centre, radius_m);
    case 3: return graticule(seed, centre);
    case 7: {
        ovf_point line[3] = {centre, near_by(seed, r), near_by(seed, r)};
        assert_int_equal(ovf_area_corridor(&arena, line, 3, radius_m / 10, &area, NULL), OVF_OK);
        return area;
    }
    case 8:
        for (int i = 0; i < 3; i++)
            parts[i] = draw_area(seed, r, 1);
        assert_int_equal(ovf_area_union(&arena, parts, 3, &area, NULL), OVF_OK);
        return area;
    case 9:
        for (int i = 0; i < 2; i++)
            parts[i] = draw_area(seed, r, 1);
        assert_int_equal(ovf_area_difference(&arena, parts[0], parts[1], &area, NULL), OVF_OK);
        return area;
    case 10: // bays of a star close
        assert_int_equal(
            ovf_area_buffer(&arena, star(seed, centre, radius_m), radius_m / 5, &area, NULL),
            OVF_OK);
        return area;
    default: return star(seed, centre, radius_m);
    }
}

static size_t draw_path(uint64_t *seed, const struct region *r, ovf_volumes_point *points)
{
    size_t count = r->leg_m > 1e6 ? 3 : POINTS;
    ovf_point at = near_by(seed, r);
    double bearing_deg = between(seed, 0, 360);
    for (size_t i = 0; i < count; i++) {
        points[i] = (ovf_volumes_point){
            .place = ovf_point_fix(at),
            .low_ft = (int32_t)between(seed, 0, 30000),
            .time_s = 1767225600 + (int64_t)i * 300,
        };
        points[i].high_ft = points[i].low_ft + (int32_t)between(seed, 0, 3000);
        bearing_deg += between(seed, -40, 40);
        at = ovf_destination(at, bearing_deg, r->leg_m * between(seed, 0.05, 1));
    }
    return count;
}

/* ---- the slow truth ---- */

struct interval {
    double from_m, until_m;
    ovf_tri certainty;
};
struct intervals {
    struct interval items[STRETCHES];
    size_t count;
};

/* Neighbours that say the same are one; what is too short to be told is left out. */
static void add_interval(struct intervals *list, struct interval next)
{
    struct interval *last = list->count == 0 ? NULL : &list->items[list->count - 1];
    if (last != NULL && next.from_m - last->until_m < SAME_M && last->certainty == next.certainty) {
        last->until_m = fmax(last->until_m, next.until_m);
        return;
    }
    assert_true(list->count < STRETCHES);
    list->items[list->count++] = next;
}

static void truth(const ovf_area *area, const ovf_volumes_point *points, size_t count,
                  const double *ends_m, struct intervals *out)
{
    out->count = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        ovf_leg leg;
        ovf_arena scratch;
        ovf_stretch *stretches = NULL;
        size_t found = 0;
        ovf_arena_init(&scratch, 0);
        ovf_leg_init(&leg, ovf_fixed_point(points[i].place), ovf_fixed_point(points[i + 1].place));
        assert_int_equal(ovf_area_cross(area, &leg, &scratch, &stretches, &found), OVF_OK);
        for (size_t k = 0; k < found; k++)
            add_interval(out, (struct interval){ends_m[i] + stretches[k].from_m,
                                                ends_m[i] + stretches[k].until_m,
                                                stretches[k].certainty});
        ovf_arena_done(&scratch);
    }
}

static void gather(const ovf_volumes_stretch *stretches, size_t count, uint32_t id,
                   const double *ends_m, struct intervals *out)
{
    bool is_first = true;
    out->count = 0;
    for (size_t i = 0; i < count; i++) {
        const ovf_volumes_stretch *s = &stretches[i];
        if (s->id != id)
            continue;
        assert_true(s->is_again != is_first);
        is_first = false;
        assert_true(s->entry >= 0 && s->entry <= 1 && s->exit >= 0 && s->exit <= 1);
        double entry_m = ends_m[s->first] + s->entry * (ends_m[s->first + 1] - ends_m[s->first]);
        double exit_m = ends_m[s->last] + s->exit * (ends_m[s->last + 1] - ends_m[s->last]);
        assert_true(fabs(ends_m[s->first] + s->entry_m - entry_m) < 0.5);
        assert_true(fabs(ends_m[s->last] + s->exit_m - exit_m) < 0.5);
        add_interval(out, (struct interval){entry_m, exit_m, (ovf_tri)s->certainty});
    }
}

static void drop_short(struct intervals *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].until_m - list->items[i].from_m >= SAME_M)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static void assert_alike(const struct intervals *got, const struct intervals *wanted, uint32_t id)
{
    bool is_alike = got->count == wanted->count;
    for (size_t i = 0; i < wanted->count && is_alike; i++)
        is_alike = fabs(got->items[i].from_m - wanted->items[i].from_m) < TOLERANCE_M
                   && fabs(got->items[i].until_m - wanted->items[i].until_m) < TOLERANCE_M
                   && got->items[i].certainty == wanted->items[i].certainty;
    if (is_alike)
        return;
    for (size_t i = 0; i < got->count || i < wanted->count; i++)
        print_message("volume %u: got %.2f..%.2f, wanted %.2f..%.2f\n", id,
                      i < got->count ? got->items[i].from_m : -1,
                      i < got->count ? got->items[i].until_m : -1,
                      i < wanted->count ? wanted->items[i].from_m : -1,
                      i < wanted->count ? wanted->items[i].until_m : -1);
    fail();
}

/* ---- geodesic ---- */

static ovf_volumes_reader *reader_of(const ovf_volumes_view *view, int engine)
{
    ovf_volumes_reader *reader = NULL;
    assert_int_equal(ovf_volumes_reader_new(view, (ovf_cells_engine)engine, &reader), OVF_OK);
    return reader;
}

static size_t ask(ovf_volumes_reader *reader, const ovf_volumes_point *points, size_t count,
                  const ovf_volumes_stretch **out)
{
    size_t found = 0;
    assert_int_equal(ovf_volumes_ask(reader, points, count, NULL, out, &found, NULL), OVF_OK);
    return found;
}

static void engines_agree(const ovf_volumes_view *view, const ovf_volumes_point *points,
                          size_t count)
{
    ovf_volumes_reader *plain = reader_of(view, OVF_CELLS_PORTABLE);
    const ovf_volumes_stretch *wanted = NULL;
    size_t expected = ask(plain, points, count, &wanted);
    for (int engine = OVF_CELLS_AVX2; engine <= OVF_CELLS_AVX512; engine++) {
        ovf_volumes_reader *reader = reader_of(view, engine);
        const ovf_volumes_stretch *got = NULL;
        assert_int_equal(ask(reader, points, count, &got), expected);
        for (size_t i = 0; i < expected; i++) {
            assert_int_equal(got[i].id, wanted[i].id);
            assert_int_equal(got[i].first, wanted[i].first);
            assert_int_equal(got[i].last, wanted[i].last);
            assert_int_equal(got[i].certainty, wanted[i].certainty);
            assert_true(got[i].entry == wanted[i].entry && got[i].exit == wanted[i].exit);
        }
        ovf_volumes_reader_free(reader);
    }
    ovf_volumes_reader_free(plain);
}

static void geodesic(void **state)
{
    const struct region *r = *state;
    uint64_t seed = r->seed;
    for (int round = 0; round < 2; round++) {
        const ovf_area *areas[AREAS];
        ovf_volumes *volumes = ovf_volumes_new(OVF_VOLUMES_GEODESIC, 0);
        ovf_volumes_view *view = NULL;
        static struct intervals got, wanted;
        for (uint32_t i = 0; i < AREAS; i++) {
            areas[i] = i == 7 ? ovf_area_unresolved() : draw_area(&seed, r, 0);
            assert_int_equal(ovf_volumes_add(volumes, i, areas[i], OVF_VOLUMES_ALWAYS, NULL),
                             OVF_OK);
        }
        assert_int_equal(ovf_volumes_publish(volumes, &view), OVF_OK);
        ovf_volumes_free(volumes);
        ovf_volumes_reader *reader = reader_of(view, OVF_CELLS_BEST);
        for (int path = 0; path < 10; path++) {
            ovf_volumes_point points[POINTS];
            double ends_m[POINTS] = {0};
            size_t count = draw_path(&seed, r, points);
            for (size_t i = 1; i < count; i++)
                ends_m[i] = ends_m[i - 1]
                            + ovf_distance_m(ovf_fixed_point(points[i - 1].place),
                                             ovf_fixed_point(points[i].place));
            const ovf_volumes_stretch *stretches = NULL;
            size_t found = ask(reader, points, count, &stretches);
            for (uint32_t i = 0; i < AREAS; i++) {
                gather(stretches, found, i, ends_m, &got);
                truth(areas[i], points, count, ends_m, &wanted);
                drop_short(&got);
                drop_short(&wanted);
                assert_alike(&got, &wanted, i);
            }
            engines_agree(view, points, count);
        }
        ovf_volumes_reader_free(reader);
        ovf_volumes_view_free(view);
    }
}

/* ---- levels and times ---- */

static bool is_within(const ovf_area *area, ovf_volumes_slab slab, const ovf_volumes_point *a,
                      double share, ovf_volumes_doubt doubt)
{
    ovf_volumes_place at = ovf_volumes_place_of(OVF_VOLUMES_GEODESIC, a, 2, 0, share);
    double low_ft = a[0].low_ft + share * (a[1].low_ft - a[0].low_ft);
    double high_ft = a[0].high_ft + share * (a[1].high_ft - a[0].high_ft);
    return ovf_area_contains(area, at.place) == OVF_TRI_YES && low_ft <= slab.ceiling_ft
           && high_ft >= slab.floor_ft && at.time_s - doubt.early_s <= (double)slab.until_s
           && at.time_s + doubt.late_s >= (double)slab.from_s;
}

/* At any share of any piece: told to be within or not, unless an end of a stretch is just there. */
static void check_places(const ovf_volumes_stretch *stretches, size_t count, uint32_t id,
                         const ovf_area *area, ovf_volumes_slab slab,
                         const ovf_volumes_point *points, ovf_volumes_doubt doubt)
{
    for (uint32_t piece = 0; piece + 1 < POINTS; piece++)
        for (int i = 0; i < 40; i++) {
            double share = (i + 0.5) / 40;
            bool is_told = false;
            bool is_at_end = false;
            for (size_t k = 0; k < count; k++) {
                const ovf_volumes_stretch *s = &stretches[k];
                if (s->id != id)
                    continue;
                double from = s->first + s->entry;
                double until = s->last + s->exit;
                is_told |= piece + share >= from && piece + share <= until;
                is_at_end |=
                    fabs(piece + share - from) < 1e-3 || fabs(piece + share - until) < 1e-3;
            }
            if (!is_at_end && is_told != is_within(area, slab, &points[piece], share, doubt))
                fail_msg("volume %u at %u + %.4f: told %d", id, piece, share, is_told);
        }
}

static void levels_and_times(void **state)
{
    const struct region *r = &regions[0];
    uint64_t seed = 41;
    const ovf_area *areas[AREAS];
    ovf_volumes_slab slabs[AREAS];
    ovf_volumes *volumes = ovf_volumes_new(OVF_VOLUMES_GEODESIC, 0);
    ovf_volumes_view *view = NULL;
    OVF_UNUSED(state);
    for (uint32_t i = 0; i < AREAS; i++) {
        areas[i] = draw_area(&seed, r, 0);
        slabs[i].floor_ft = (int32_t)between(&seed, 0, 25000);
        slabs[i].ceiling_ft = slabs[i].floor_ft + (int32_t)between(&seed, 0, 15000);
        slabs[i].from_s = 1767225600 + (int64_t)between(&seed, -1000, 8000);
        slabs[i].until_s = slabs[i].from_s + (int64_t)between(&seed, 0, 6000);
        assert_int_equal(ovf_volumes_add(volumes, i, areas[i], slabs[i], NULL), OVF_OK);
    }
    assert_int_equal(ovf_volumes_publish(volumes, &view), OVF_OK);
    ovf_volumes_free(volumes);
    ovf_volumes_reader *reader = reader_of(view, OVF_CELLS_BEST);
    for (int path = 0; path < 8; path++) {
        ovf_volumes_point points[POINTS];
        ovf_volumes_doubt doubt = {(uint32_t)path * 100, (uint32_t)path * 60};
        const ovf_volumes_stretch *stretches = NULL;
        size_t found = 0;
        size_t count = draw_path(&seed, r, points);
        assert_int_equal(count, POINTS);
        assert_int_equal(ovf_volumes_ask(reader, points, count, &doubt, &stretches, &found, NULL),
                         OVF_OK);
        for (uint32_t i = 0; i < AREAS; i++)
            check_places(stretches, found, i, areas[i], slabs[i], points, doubt);
    }
    ovf_volumes_reader_free(reader);
    ovf_volumes_view_free(view);
}

/* An aircraft that stays where it is, and a path of one point. */
static void stays(void **state)
{
    const ovf_area *circle = NULL;
    ovf_volumes *volumes = ovf_volumes_new(OVF_VOLUMES_GEODESIC, 0);
    ovf_volumes_view *view = NULL;
    OVF_UNUSED(state);
    assert_int_equal(ovf_area_circle(&arena, (ovf_point){50, 8}, 20000, &circle, NULL), OVF_OK);
    assert_int_equal(ovf_volumes_add(volumes, 3, circle, OVF_VOLUMES_ALWAYS, NULL), OVF_OK);
    assert_int_equal(ovf_volumes_publish(volumes, &view), OVF_OK);
    ovf_volumes_free(volumes);
    ovf_volumes_reader *reader = reader_of(view, OVF_CELLS_BEST);
    ovf_volumes_point points[3] = {{{501000000, 80000000}, 0, 0, 0},
                                   {{501000000, 80000000}, 0, 0, 60},
                                   {{501000000, 80000000}, 0, 0, 90}};
    for (size_t count = 1; count <= 3; count++) {
        const ovf_volumes_stretch *stretches = NULL;
        assert_int_equal(ask(reader, points, count, &stretches), 1);
        assert_int_equal(stretches[0].first, 0);
        assert_int_equal(stretches[0].last, count == 3 ? 1 : 0);
        assert_true(stretches[0].entry == 0 && stretches[0].exit == 1);
    }
    ovf_volumes_reader_free(reader);
    ovf_volumes_view_free(view);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(regions) + 2] = {0};
    size_t count = 0;
    ovf_arena_init(&arena, 0);
    for (size_t i = 0; i < OVF_COUNTOF(regions); i++)
        tests[count++] = (struct CMUnitTest){regions[i].name, geodesic, NULL, NULL, &regions[i]};
    tests[count++] = (struct CMUnitTest){"levels and times", levels_and_times, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"staying", stays, NULL, NULL, NULL};
    int failed = _cmocka_run_group_tests("volumes", tests, count, NULL, NULL);
    ovf_arena_done(&arena);
    return failed;
}
