/* SPDX-License-Identifier: Apache-2.0 */
/* Polygons round areas: they hold the area and its margin, reach no farther than they say, and are
 * no more than a few corners. Random rings (fixed seed) of many corners, circles, one round a pole,
 * one across the 180th meridian. */
#include "route_internal.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define MARGIN_M 9260.0
#define RING 600

static double next_random(uint64_t *seed)
{
    *seed += UINT64_C(0x9E3779B97F4A7C15); // SplitMix64
    uint64_t z = *seed;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    z ^= z >> 31;
    return (double)(z >> 11) / 9007199254740992.0;
}

static struct row {
    const char *name;
    ovf_point centre;
    double reach_m, rough; /* how far the border wanders, as a share */
} rows[] = {
    {"smooth", {9, -65}, 300000, 0.02},
    {"rough", {9, -65}, 500000, 0.4},
    {"small and rough", {50, 10}, 30000, 0.5},
    {"across 180 degrees", {-20, 179.9}, 400000, 0.3},
    {"round the north pole", {89.5, 0}, 500000, 0.3},
    {"at the south pole", {-87, 40}, 400000, 0.3},
    {"wide", {30, 60}, 2000000, 0.3},
};

static void holds_the_area(void **state)
{
    const struct row *row = *state;
    uint64_t seed = 11;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_point ring[RING];
    double wander = 0;
    for (size_t i = 0; i < RING; i++) {
        wander = 0.9 * wander + 0.1 * (2 * next_random(&seed) - 1) * 4;
        double reach_m = row->reach_m * (1 - row->rough * 0.5 * (1 + tanh(wander)));
        ring[i] = ovf_destination(row->centre, 360.0 * (double)i / RING - 180.0, reach_m);
    }
    const ovf_area *area = NULL;
    ovf_error err = {0};
    assert_int_equal(ovf_area_polygon(&arena, ring, RING, &area, &err), OVF_OK);
    static const uint32_t most[] = {40, HULL_MAX_VERTICES, HULL_BOUND_VERTICES};
    for (size_t k = 0; k < OVF_COUNTOF(most); k++) {
        hull *hulls = NULL;
        size_t count = 0;
        assert_int_equal(hull_make(area, MARGIN_M, most[k], &arena, &hulls, &count, &err), OVF_OK);
        assert_true(count >= 1);
        // Every corner of the area with its margin, and the margin between the corners.
        for (size_t i = 0; i < RING; i++) {
            for (int b = -180; b < 180; b += 30) {
                ovf_point p = ovf_destination(ring[i], b, MARGIN_M);
                bool is_held = false;
                for (size_t h = 0; h < count; h++)
                    is_held = is_held || ovf_area_contains(hulls[h].area, p) == OVF_TRI_YES;
                assert_true(is_held);
            }
        }
        for (size_t h = 0; h < count; h++) {
            assert_true(hulls[h].count <= most[k]);
            for (uint32_t i = 0; i < hulls[h].count; i++) {
                ovf_point p = hulls[h].points[i];
                double m = ovf_area_contains(area, p) == OVF_TRI_YES
                               ? 0
                               : ovf_area_border_distance_m(area, p);
                assert_true(m <= MARGIN_M + hulls[h].excess_m + 50.0);
            }
        }
    }
    ovf_arena_done(&arena);
}

static void writes_points(void **state)
{
    OVF_UNUSED(state);
    static const struct {
        ovf_point p;
        const char *text;
    } points[] = {
        {{9, -57}, "09N057W"}, {{10.5, -67}, "1030N06700W"}, {{-1.0 / 60, 0.5}, "0001S00030E"},
        {{0, 0}, "00N000E"},   {{90, -180}, "90N180W"},
    };
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (size_t i = 0; i < OVF_COUNTOF(points); i++)
        assert_true(ovf_str_eq(minutes_text(points[i].p, &arena), ovf_str_of(points[i].text)));
    ovf_arena_done(&arena);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 1] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, holds_the_area, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] = (struct CMUnitTest)cmocka_unit_test(writes_points);
    return _cmocka_run_group_tests("hull", tests, OVF_COUNTOF(tests), NULL, NULL);
}
