/* SPDX-License-Identifier: Apache-2.0 */
/* Wind: between the values of a grid, the wind triangle, and flights through winds for which the
 * time can be worked out by hand. */
#include <overfly/flight.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define NOON 1770897600 /* 2026-02-12T12:00:00Z */
#define KT_MPS (1852.0 / 3600.0)

enum { LATS = 3, LONS = 4, LEVELS = 3, TIMES = 2, VALUES = LATS * LONS * LEVELS * TIMES };

/* East: 1 for a degree of latitude, 10 for one of longitude; north: 1 for 10,000 ft, 100 for an hour:
 * straight in all four, so that what is between is known. */
static float east[VALUES], north[VALUES];
static const double levels_ft[LEVELS] = {20000, 30000, 40000};
static const ovf_time times[TIMES] = {NOON, NOON + 2 * OVF_HOUR_S};
static ovf_wind straight = {.south_deg = 10,
                            .west_deg = 178,
                            .lat_step_deg = 2,
                            .lon_step_deg = 2,
                            .lat_count = LATS,
                            .lon_count = LONS,
                            .level_count = LEVELS,
                            .time_count = TIMES,
                            .levels_ft = levels_ft,
                            .times = times,
                            .east_mps = east,
                            .north_mps = north};

static void fill(void)
{
    for (size_t i = 0; i < VALUES; i++) {
        size_t lon = i % LONS;
        size_t lat = i / LONS % LATS;
        size_t level = i / LONS / LATS % LEVELS;
        size_t time = i / LONS / LATS / LEVELS;
        east[i] = (float)(10 + 2 * lat + 20 * lon);
        north[i] = (float)(2 + level + 200 * time);
    }
}

static struct at_row {
    const char *name;
    double lat_deg, lon_deg, level_ft;
    int64_t after_s;
    bool is_known;
    double east_mps, north_mps;
} at_rows[] = {
    {"on a value", 12, 180, 30000, 0, true, 32, 3},
    {"between them all", 11, 181, 25000, 3600, true, 41, 102.5},
    {"over the 180th meridian", 13, -178.5, 35000, 1800, true, 48, 53.5},
    {"at the first corner", 10, 178, 20000, 0, true, 10, 2},
    {"at the last corner", 14, -176, 40000, 7200, true, 74, 204},
    {"a little above the highest level", 12, 180, 40900, 0, true, 32, 4},
    {"too far above it", 12, 180, 41100, 0, false, 0, 0},
    {"a little below the lowest", 12, 180, 19100, 0, true, 32, 2},
    {"an hour before the first time", 12, 180, 30000, -3600, true, 32, 3},
    {"two hours before it", 12, 180, 30000, -7200, false, 0, 0},
    {"south of the grid", 9.9, 180, 30000, 0, false, 0, 0},
    {"north of it", 14.1, 180, 30000, 0, false, 0, 0},
    {"west of it", 12, 177.9, 30000, 0, false, 0, 0},
    {"east of it", 12, -175.9, 30000, 0, false, 0, 0},
};

static void finds(void **state)
{
    const struct at_row *row = *state;
    double east_mps = 0;
    double north_mps = 0;
    assert_int_equal(ovf_wind_check(&straight, NULL), OVF_OK);
    assert_int_equal(ovf_wind_at(&straight, (ovf_point){row->lat_deg, row->lon_deg}, row->level_ft,
                                 NOON + row->after_s, &east_mps, &north_mps),
                     row->is_known);
    assert_true(fabs(east_mps - row->east_mps) < 1e-4);
    assert_true(fabs(north_mps - row->north_mps) < 1e-4);
}

static void holes_are_not_known(void **state)
{
    OVF_UNUSED(state);
    double e = 0;
    double n = 0;
    float kept = east[0];
    east[0] = NAN;
    assert_false(ovf_wind_at(&straight, (ovf_point){10.5, 178.5}, 20000, NOON, &e, &n));
    assert_true(ovf_wind_at(&straight, (ovf_point){12, 180}, 20000, NOON, &e, &n));
    assert_false(
        ovf_wind_at(&straight, (ovf_point){12, 180}, 20000, OVF_TIME_NONE, &e, &n));
    assert_false(ovf_wind_at(&straight, (ovf_point){12, 180}, (double)NAN, NOON, &e, &n));
    east[0] = kept;
}

/* 850 and 300 hPa: what blows between them is not on a straight line. */
static void far_levels_are_not_joined(void **state)
{
    OVF_UNUSED(state);
    static const double far_ft[2] = {4781, 30065};
    ovf_wind far = straight;
    far.levels_ft = far_ft;
    far.level_count = 2;
    far.time_count = 1;
    double e = 0;
    double n = 0;
    assert_false(ovf_wind_at(&far, (ovf_point){12, 180}, 18000, NOON, &e, &n));
    assert_true(ovf_wind_at(&far, (ovf_point){12, 180}, 29500, NOON, &e, &n));
    assert_true(fabs(n - 3) < 1e-4);
    assert_true(ovf_wind_at(&far, (ovf_point){12, 180}, 5500, NOON, &e, &n));
    assert_true(fabs(n - 2) < 1e-4);
}

static void round_the_globe(void **state)
{
    OVF_UNUSED(state);
    static const float values[8] = {0, 1, 2, 3, 0, 1, 2, 3};
    static const double level_ft = 30000;
    static const ovf_time time = NOON;
    ovf_wind w = {-90, 0, 180, 90, 2, 4, true, 1, 1, &level_ft, &time, values, values};
    double e = 0;
    double n = 0;
    assert_int_equal(ovf_wind_check(&w, NULL), OVF_OK);
    assert_true(ovf_wind_at(&w, (ovf_point){0, -45}, 30000, NOON, &e, &n));
    assert_true(fabs(e - 1.5) < 1e-6); // half between 3 at 270 and 0 at 360
    assert_true(ovf_wind_at(&w, (ovf_point){90, -180}, 30000, NOON, &e, &n));
    assert_true(fabs(e - 2) < 1e-6);
    w.is_round = false;
    assert_false(ovf_wind_at(&w, (ovf_point){0, -45}, 30000, NOON, &e, &n));
}

static void refuses_odd_grids(void **state)
{
    OVF_UNUSED(state);
    static const double falling_ft[LEVELS] = {40000, 30000, 20000};
    ovf_wind w = straight;
    w.levels_ft = falling_ft;
    assert_int_equal(ovf_wind_check(&w, NULL), OVF_E_RANGE);
    w = straight;
    w.lat_count = 0;
    assert_int_equal(ovf_wind_check(&w, NULL), OVF_E_RANGE);
    w = straight;
    w.south_deg = 88;
    assert_int_equal(ovf_wind_check(&w, NULL), OVF_E_RANGE);
    w = straight;
    w.lat_count = w.lon_count = 1U << 20;
    assert_int_equal(ovf_wind_check(&w, NULL), OVF_E_RANGE);
    w = straight;
    w.lon_step_deg = (double)NAN;
    assert_int_equal(ovf_wind_check(&w, NULL), OVF_E_RANGE);
}

static struct triangle_row {
    const char *name;
    double tas, course_deg, east, north, ground;
} triangle_rows[] = {
    {"tail", 200, 90, 30, 0, 230},
    {"head", 200, 270, 30, 0, 170},
    {"across: a right triangle of 3, 4 and 5", 250, 0, 150, 0, 200},
    /* 150 sqrt(1/2) + sqrt(250^2 - 150^2 / 2) */
    {"from behind and the side", 250, 45, 150, 0, 332.4506456},
    {"too strong", 40, 0, 50, 0, 0},
    {"stronger than the head of it", 40, 0, 0, -50, 0},
    {"none", 123, 12, 0, 0, 123},
};

static void solves(void **state)
{
    const struct triangle_row *row = *state;
    double ground = ovf_wind_ground_mps(row->tas, row->course_deg, row->east, row->north);
    assert_true(fabs(ground - row->ground) < 1e-6);
}

/* ---- flights ---- */

#define PLAIN \
    "(FPL-ABC1-IS-QQQQ/Q-S/S-ZZZZ1200-N0450F350 DCT-ZZZZ0200-DEP/00N000E DEST/00N020E DOF/260212)"

/* The same wind everywhere. */
static ovf_track fly(double east_kt, double north_kt, ovf_arena *arena)
{
    static float e[8], n[8];
    static const double stack_ft[2] = {0, 11000};
    static const ovf_time one[1] = {NOON + OVF_HOUR_S};
    for (int i = 0; i < 8; i++) {
        e[i] = (float)(east_kt * KT_MPS);
        n[i] = (float)(north_kt * KT_MPS);
    }
    ovf_wind w = {-90, 0, 180, 180, 2, 2, true, 2, 1, stack_ft, one, e, n};
    ovf_flight *flights = NULL;
    size_t count = 0;
    assert_int_equal(ovf_wind_check(&w, NULL), OVF_OK);
    assert_int_equal(ovf_flight_read(NULL, ovf_str_of(PLAIN), NULL, arena, &flights, &count, NULL),
                     OVF_OK);
    flights[0].eet_min = -1; // no elapsed time to keep to
    for (size_t i = 0; i < flights[0].point_count; i++)
        flights[0].points[i].level_ft = 10000;
    flights[0].level_ft = 10000;
    ovf_track_options options = {.wind = &w};
    ovf_track track;
    assert_int_equal(ovf_flight_track_with(&flights[0], &options, arena, &track, NULL), OVF_OK);
    return track;
}

static struct fly_row {
    const char *name;
    double east_kt, north_kt;
    double slow_kt, cruise_kt; /* over the ground, at 337.5 and at 450 kt true */
} fly_rows[] = {
    {"no wind", 0, 0, 337.5, 450},
    {"50 kt behind", 50, 0, 387.5, 500},
    {"50 kt ahead", -50, 0, 287.5, 400},
    /* sqrt(450^2 - 90^2), sqrt(337.5^2 - 90^2) */
    {"90 kt across", 0, -90, 325.279, 440.908},
};

/* 1,202.15 NM along the equator: up 10,000 ft at 355.56 ft/NM, 28.125 NM, down at 3 degrees, 318.44
 * ft/NM, 31.40 NM. The forecast is for one hour from noon and holds an hour and a half about it. */
static void flies(void **state)
{
    const struct fly_row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_track t = fly(row->east_kt, row->north_kt, &arena);
    double up_s = 28.125 / row->slow_kt * 3600;
    double known_s = 2.5 * 3600 - up_s; // of the cruise, until the forecast ends
    double cruise_nm = 1202.15 - 28.125 - 31.40;
    double windy_nm = fmin(cruise_nm, known_s * row->cruise_kt / 3600);
    double down_kt = windy_nm < cruise_nm ? 337.5 : row->slow_kt;
    double total_s = up_s + windy_nm / row->cruise_kt * 3600 + (cruise_nm - windy_nm) / 450 * 3600
                     + 31.40 / down_kt * 3600;
    double flown_s = (double)(t.points[t.count - 1].time - t.points[0].time);
    // A piece of 80 km is all in the forecast or all out of it: 35 s at 50 kt of wind.
    double slack_s = row->east_kt == 0 && row->north_kt == 0 ? 3 : 45;
    assert_true(fabs(flown_s - total_s) < slack_s);
    assert_true(t.windy > 0.75);
    ovf_arena_done(&arena);
}

int main(void)
{
    fill();
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(holes_are_not_known),
        cmocka_unit_test(far_levels_are_not_joined),
        cmocka_unit_test(round_the_globe),
        cmocka_unit_test(refuses_odd_grids),
    };
    struct CMUnitTest tests[OVF_COUNTOF(at_rows) + OVF_COUNTOF(triangle_rows)
                            + OVF_COUNTOF(fly_rows) + OVF_COUNTOF(others)];
    size_t n = 0;
    for (size_t i = 0; i < OVF_COUNTOF(at_rows); i++)
        tests[n++] = (struct CMUnitTest){at_rows[i].name, finds, NULL, NULL, &at_rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(triangle_rows); i++)
        tests[n++] =
            (struct CMUnitTest){triangle_rows[i].name, solves, NULL, NULL, &triangle_rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(fly_rows); i++)
        tests[n++] = (struct CMUnitTest){fly_rows[i].name, flies, NULL, NULL, &fly_rows[i]};
    memcpy(tests + n, others, sizeof(others));
    return _cmocka_run_group_tests("wind", tests, OVF_COUNTOF(tests), NULL, NULL);
}
