/* SPDX-License-Identifier: Apache-2.0 */
/* Many points through the index against the same points one by one, and the FIRs along paths,
 * against the compiled world (argv[1]). Expected FIRs of a path: en-route charts of the Caribbean
 * (ICAO CAR ANP, table AOP I-1: limits of Maiquetia, Curacao, Piarco and San Juan). */
#include <overfly/world_index.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

static ovf_world *world;
static ovf_world_index *index_;

static double u01(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u; // SplitMix64
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

/* Half anywhere, half within some kilometres of a vertex of a FIR; all on stored positions. */
static ovf_point some_point(uint64_t *state)
{
    ovf_point p = {asin(2 * u01(state) - 1) * 57.29577951308232, 360 * u01(state) - 180};
    size_t count = ovf_world_fir_count(world);
    if (u01(state) < 0.5 && count > 0) {
        ovf_box box = ovf_world_fir(world, (uint32_t)(u01(state) * (double)count))->box;
        double width = box.east_deg - box.west_deg;
        width += width < 0 ? 360 : 0;
        p.lat_deg =
            fmax(-90, fmin(90, box.south_deg
                                   + (box.north_deg - box.south_deg) * (u01(state) * 1.02 - 0.01)));
        p.lon_deg = ovf_lon_wrap(box.west_deg + width * (u01(state) * 1.02 - 0.01));
    }
    return ovf_fixed_point(ovf_point_fix(p));
}

#define POINTS 20000

static void as_one_by_one(void **state)
{
    (void)state;
    static ovf_point points[POINTS];
    static ovf_whereabouts where[POINTS];
    uint64_t seed = 41;
    for (size_t i = 0; i < POINTS; i++)
        points[i] = some_point(&seed);
    points[0] = (ovf_point){90, 0};
    points[1] = (ovf_point){-90, 12};
    points[2] = (ovf_point){15, 180};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    assert_int_equal(ovf_world_index_at(index_, points, POINTS, OVF_LEVEL_ANY, &arena, where),
                     OVF_OK);
    for (size_t i = 0; i < POINTS; i++) {
        uint32_t firs[64];
        size_t count = ovf_world_firs_at(world, points[i], firs, OVF_COUNTOF(firs));
        ovf_whose whose = ovf_world_whose(world, points[i]);
        assert_int_equal(where[i].fir_count, count);
        assert_true(count == 0 || memcmp(firs, where[i].firs, count * sizeof *firs) == 0);
        assert_int_equal(where[i].whose.state, whose.state);
        assert_int_equal(where[i].whose.is_high_seas, whose.is_high_seas);
        assert_int_equal(where[i].whose.is_doubtful, whose.is_doubtful);
    }
    ovf_arena_done(&arena);
}

static void at_a_level(void **state)
{
    (void)state;
    uint64_t seed = 42;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (int i = 0; i < 2000; i++) {
        ovf_point p = some_point(&seed);
        int32_t level_ft = (int32_t)(u01(&seed) * 60000);
        ovf_whereabouts where;
        assert_int_equal(ovf_world_index_at(index_, &p, 1, level_ft, &arena, &where), OVF_OK);
        uint32_t firs[64];
        size_t count = ovf_world_firs_at(world, p, firs, OVF_COUNTOF(firs));
        uint32_t kept = 0;
        for (size_t k = 0; k < count; k++) {
            const ovf_fir *fir = ovf_world_fir(world, firs[k]);
            if (ovf_band_holds(ovf_band_of(fir->lower, fir->upper), level_ft) == OVF_TRI_NO)
                continue;
            assert_true(kept < where.fir_count && where.firs[kept] == firs[k]);
            kept++;
        }
        assert_int_equal(where.fir_count, kept);
    }
    ovf_arena_done(&arena);
}

static void airports(void **state)
{
    (void)state;
    uint64_t seed = 43;
    for (int i = 0; i < 3000; i++) {
        ovf_point p = some_point(&seed);
        double reach_m = 1000 * exp(u01(&seed) * log(3000));
        ovf_airport_near all[5], near[5];
        size_t count = ovf_world_airports_near(world, p, reach_m, all, OVF_COUNTOF(all));
        assert_int_equal(ovf_world_index_airports(index_, p, reach_m, near, OVF_COUNTOF(near)),
                         count);
        for (size_t k = 0; k < count; k++) {
            const ovf_airport *airport = ovf_world_airport(world, near[k].airport);
            assert_true(all[k].away_m == near[k].away_m && near[k].away_m <= reach_m);
            assert_true(ovf_distance_m(p, airport->place) == near[k].away_m);
        }
    }
}

/* ---- paths ---- */

static struct path_row {
    const char *name;
    const char *points[4];
    const char *firs; /* in order; "-": none in the tables */
} paths[] = {
    {"Caracas to Curacao to San Juan", {"SVMI", "TNCC", "TJSJ"}, "SVZM TNCF TJZS"},
    {"there and back", {"SVMI", "TNCC", "SVMI"}, "SVZM TNCF SVZM"},
    {"within one", {"10N,66W", "9N,66W"}, "SVZM"},
    {"of no length", {"10N,66W", "10N,66W"}, ""},
    {"Caracas to the east", {"10.6N,67W", "13N,056W"}, "SVZM TTZP"},
};

static void along(void **state)
{
    const struct path_row *row = *state;
    ovf_point points[4];
    size_t count = 0;
    double length_m = 0;
    for (; count < 4 && row->points[count] != NULL; count++) {
        ovf_place place = {0};
        assert_int_equal(ovf_world_find(world, ovf_str_of(row->points[count]), &place, NULL),
                         OVF_OK);
        points[count] = place.point;
        if (count > 0)
            length_m += ovf_distance_m(points[count - 1], points[count]);
    }
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_fir_stretch *stretches = NULL;
    size_t found = 0;
    assert_int_equal(
        ovf_world_firs_along(world, points, count, OVF_LEVEL_ANY, &arena, &stretches, &found, NULL),
        OVF_OK);
    ovf_buf said = {0};
    for (size_t i = 0; i < found; i++) {
        if (stretches[i].until_m - stretches[i].from_m < 1) // touched
            continue;
        ovf_buf_printf(&said, "%s" OVF_FMT, said.len > 0 ? " " : "",
                       OVF_ARG(stretches[i].fir == OVF_INDEX_NONE
                                   ? OVF_STR("-")
                                   : ovf_world_fir(world, stretches[i].fir)->code));
    }
    assert_string_equal(said.ptr == NULL ? "" : said.ptr, row->firs);
    if (found > 0) {
        assert_true(stretches[0].from_m == 0);
        assert_true(fabs(stretches[found - 1].until_m - length_m) < 0.001 || length_m == 0);
    }
    ovf_buf_done(&said);
    ovf_arena_done(&arena);
}

/* Whatever the FIRs are: ends lie on their borders, middles inside, and nothing is left out. */
static void random_paths(void **state)
{
    (void)state;
    uint64_t seed = 44;
    for (int n = 0; n < 60; n++) {
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        ovf_point ends[2] = {some_point(&seed), some_point(&seed)};
        ovf_leg leg;
        ovf_leg_init(&leg, ends[0], ends[1]);
        ovf_fir_stretch *s = NULL;
        size_t found = 0;
        assert_int_equal(
            ovf_world_firs_along(world, ends, 2, OVF_LEVEL_ANY, &arena, &s, &found, NULL), OVF_OK);
        for (size_t i = 0; i < found; i++) {
            assert_true(i == 0 || s[i - 1].from_m <= s[i].from_m);
            if (s[i].fir == OVF_INDEX_NONE || s[i].until_m - s[i].from_m < 1)
                continue;
            const ovf_area *area = ovf_world_fir_area(world, ovf_world_fir(world, s[i].fir));
            ovf_point middle = ovf_leg_at(&leg, (s[i].from_m + s[i].until_m) / 2);
            assert_int_equal(ovf_area_contains(area, middle), OVF_TRI_YES);
            if (s[i].from_m > 0)
                assert_true(ovf_area_border_distance_m(area, s[i].entry) < 0.1);
            if (s[i].until_m < leg.length_m)
                assert_true(ovf_area_border_distance_m(area, s[i].exit) < 0.1);
        }
        for (int k = 0; k < 50; k++) { // what holds a place of the path is listed there
            double along_m = leg.length_m * u01(&seed);
            uint32_t firs[64];
            size_t count = ovf_world_firs_at(world, ovf_leg_at(&leg, along_m), firs, 64);
            size_t listed = 0;
            bool is_near = false;
            for (size_t i = 0; i < found; i++) {
                bool holds = s[i].from_m <= along_m && along_m <= s[i].until_m;
                listed += holds && s[i].fir != OVF_INDEX_NONE;
                is_near |= fabs(s[i].from_m - along_m) < 0.1 || fabs(s[i].until_m - along_m) < 0.1;
                assert_true(!holds || is_near || s[i].fir != OVF_INDEX_NONE || count == 0);
            }
            assert_true(is_near || listed == count);
        }
        ovf_arena_done(&arena);
    }
}

static void refusals(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_fir_stretch *stretches = NULL;
    size_t found = 0;
    ovf_error err = {0};
    ovf_point points[2] = {{10, 10}, {95, 10}};
    assert_int_equal(
        ovf_world_firs_along(world, points, 1, OVF_LEVEL_ANY, &arena, &stretches, &found, &err),
        OVF_E_USAGE);
    assert_int_equal(
        ovf_world_firs_along(world, points, 2, OVF_LEVEL_ANY, &arena, &stretches, &found, &err),
        OVF_E_USAGE);
    assert_int_equal(err.pos, 1);
    ovf_world_index_free(NULL);
    ovf_arena_done(&arena);
}

int main(int argc, char **argv)
{
    ovf_error err = {0};
    if (argc < 2 || ovf_world_open(argv[1], &world, &err) != OVF_OK
        || ovf_world_index_new(world, &index_, &err) != OVF_OK) {
        fprintf(stderr, "no world: %s\n", err.reason);
        return 1;
    }
    struct CMUnitTest tests[OVF_COUNTOF(paths) + 5] = {
        {"as one by one", as_one_by_one, NULL, NULL, NULL},
        {"at a level", at_a_level, NULL, NULL, NULL},
        {"airports near", airports, NULL, NULL, NULL},
        {"random paths", random_paths, NULL, NULL, NULL},
        {"refusals", refusals, NULL, NULL, NULL},
    };
    for (size_t i = 0; i < OVF_COUNTOF(paths); i++)
        tests[5 + i] = (struct CMUnitTest){paths[i].name, along, NULL, NULL, &paths[i]};
    int failed = _cmocka_run_group_tests("world_index", tests, OVF_COUNTOF(tests), NULL, NULL);
    ovf_world_index_free(index_);
    ovf_world_free(world);
    return failed;
}
