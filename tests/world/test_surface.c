/* SPDX-License-Identifier: Apache-2.0 */
/* Between which heights the ground lies (data/terrain), asked of the compiled world (argv[1]).
 * argv[2] is data/terrain/summits.txt. Expected values: heights of published places (survey sheets
 * of the States, AIP AD 2.2 for airports), none of them read out of our own table. */
#include <overfly/world.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *world_path;
static const char *summits_path;
static ovf_world *world;

static int open_world(void **state)
{
    OVF_UNUSED(state);
    ovf_error err = {0};
    if (ovf_world_open(world_path, &world, &err) == OVF_OK)
        return 0;
    print_error("%s: %s\n", world_path, err.reason);
    return -1;
}

static int close_world(void **state)
{
    OVF_UNUSED(state);
    ovf_world_free(world);
    return 0;
}

/* ---- places ---- */

static struct place_row {
    const char *name;
    ovf_point place;
    int32_t height_ft;    /* of the place */
    int32_t no_higher_ft; /* the ceiling is at most that; 0: not asked */
    int32_t no_lower_ft;  /* the floor is at least that; INT32_MIN: not asked */
} places[] = {
    {"Everest", {27.9881, 86.9250}, 29032, 29300, INT32_MIN},
    {"Dead Sea shore", {31.50, 35.45}, -1440, 8000, -1600},
    {"Turpan, Ayding", {42.65, 89.27}, -505, 0, -600},
    {"Badwater", {36.25, -116.83}, -282, 0, -300},
    {"Lake Assal", {11.65, 42.42}, -509, 0, -600},
    {"Laguna del Carbon", {-49.58, -68.35}, -344, 0, -400},
    {"Schiphol", {52.31, 4.76}, -11, 1200, -100},
    {"Vaalserberg", {50.755, 6.02}, 1058, 0, INT32_MIN},
    {"open Atlantic", {45.5, -35.5}, 0, 400, 0},
    {"open Pacific over the 180th meridian", {10.5, 180.0}, 0, 400, 0},
    {"Pico in the Azores", {38.468, -28.399}, 7713, 8000, INT32_MIN},
    /* islands that the outlines and the grid lack; heights of the Sailing Directions */
    {"Farallon de Medinilla", {16.02, 146.06}, 266, 0, INT32_MIN},
    {"Iony in the Sea of Okhotsk", {56.40, 143.38}, 492, 0, INT32_MIN},
    {"Luf in the Hermit Islands", {-1.53, 145.07}, 807, 0, INT32_MIN},
    {"Tristan da Cunha", {-37.11, -12.29}, 6765, 8000, INT32_MIN},
    {"Beerenberg on Jan Mayen", {71.08, -8.16}, 7470, 8000, INT32_MIN},
    {"Mauna Kea", {19.82, -155.47}, 13803, 21000, INT32_MIN},
    {"Heard Island", {-53.1, 73.51}, 9006, 9300, INT32_MIN},
    {"El Alto, Bolivia", {-16.51, -68.19}, 13313, 0, INT32_MIN},
    {"Daocheng Yading airport", {29.32, 100.05}, 14472, 29200, INT32_MIN},
    {"Moscow", {55.97, 37.41}, 622, 1800, -100},
    {"Chicago", {41.98, -87.9}, 672, 2500, -100},
    {"Mont Aigoual, in no table", {44.12, 3.58}, 5141, 0, INT32_MIN},
    {"Sierra Nevada de Merida, Humboldt, in no table", {8.55, -70.99}, 16214, 0, INT32_MIN},
    {"Hochkonig, in no table", {47.42, 13.06}, 9650, 0, INT32_MIN},
    {"Mount Kosciuszko's Townsend, in no table", {-36.42, 148.26}, 7247, 7500, INT32_MIN},
    {"Jotunheimen, Glittertind, in no table", {61.65, 8.55}, 8087, 8300, INT32_MIN},
    {"Snowy Mount Tateshina, in no table", {36.10, 138.30}, 8302, 12500, INT32_MIN},
    {"south pole", {-90.0, 0.0}, 9301, 0, INT32_MIN},
    {"north pole", {90.0, 0.0}, 0, 400, 0},
};

static void holds_place(void **state)
{
    const struct place_row *row = *state;
    ovf_surface ground = ovf_world_surface_at(world, row->place);
    assert_true(ground.is_known);
    if (ground.floor_ft > row->height_ft || ground.ceiling_ft < row->height_ft
        || (row->no_higher_ft != 0 && ground.ceiling_ft > row->no_higher_ft)
        || ground.floor_ft < row->no_lower_ft)
        fail_msg("%d to %d ft", ground.floor_ft, ground.ceiling_ft);
}

/* ---- boxes ---- */

static struct box_row {
    const char *name;
    ovf_box box;
    ovf_point corners[2]; /* places in the cells that it meets */
} boxes[] = {
    {"one cell", {52.1, 4.1, 52.9, 4.9, false}, {{52.5, 4.5}, {52.5, 4.5}}},
    {"two cells", {52.1, 4.1, 53.9, 4.9, false}, {{52.5, 4.5}, {53.5, 4.5}}},
    {"over the 180th meridian",
     {-17.9, 179.1, -17.1, -179.1, false},
     {{-17.5, 179.5}, {-17.5, -179.5}}},
};

static void holds_box(void **state)
{
    const struct box_row *row = *state;
    ovf_surface ground = ovf_world_surface_in(world, row->box);
    ovf_surface a = ovf_world_surface_at(world, row->corners[0]);
    ovf_surface b = ovf_world_surface_at(world, row->corners[1]);
    assert_int_equal(ground.floor_ft, a.floor_ft < b.floor_ft ? a.floor_ft : b.floor_ft);
    assert_int_equal(ground.ceiling_ft, a.ceiling_ft > b.ceiling_ft ? a.ceiling_ft : b.ceiling_ft);
}

static void the_globe_holds_everest_and_the_dead_sea(void **state)
{
    OVF_UNUSED(state);
    ovf_surface ground = ovf_world_surface_of(world, ovf_area_globe());
    assert_true(ground.is_known);
    assert_true(ground.ceiling_ft >= 29032 && ground.ceiling_ft <= 30000);
    assert_true(ground.floor_ft <= -1440 && ground.floor_ft >= -2000);
}

static void nothing_is_known_of_nowhere(void **state)
{
    OVF_UNUSED(state);
    assert_false(ovf_world_surface_of(world, ovf_area_unresolved()).is_known);
    assert_false(ovf_world_surface_of(world, ovf_area_empty()).is_known);
    assert_false(ovf_world_surface_in(world, (ovf_box){.is_empty = true}).is_known);
    assert_false(ovf_world_surface_at(world, (ovf_point){91.0, 0.0}).is_known);
}

/* ---- tables ---- */

/* OurAirports gives the elevation of these in metres as if they were feet (AIP China AD 2: Xigaze
 * Peace 12,408 ft, Panzhihua 6,483 ft). */
static const char *const misprinted[] = {"ZURK", "ZUZH"};

static void every_airport_lies_within(void **state)
{
    OVF_UNUSED(state);
    size_t outside = 0;
    for (uint32_t i = 0; i < ovf_world_airport_count(world); i++) {
        const ovf_airport *a = ovf_world_airport(world, i);
        bool is_misprinted = false;
        for (size_t k = 0; k < OVF_COUNTOF(misprinted); k++)
            is_misprinted |= ovf_str_eq(a->icao, ovf_str_of(misprinted[k]));
        ovf_surface ground = ovf_world_surface_at(world, a->place);
        if (a->elevation_ft == INT32_MIN || is_misprinted
            || (a->elevation_ft >= ground.floor_ft && a->elevation_ft <= ground.ceiling_ft))
            continue;
        print_message(OVF_FMT ": %d ft, not within %d to %d\n", OVF_ARG(a->icao), a->elevation_ft,
                      ground.floor_ft, ground.ceiling_ft);
        outside++;
    }
    assert_int_equal(outside, 0);
    assert_true(ovf_world_airport_count(world) > 4900);
}

static void every_summit_lies_under_its_ceiling(void **state)
{
    OVF_UNUSED(state);
    FILE *file = fopen(summits_path, "r");
    assert_non_null(file);
    char line[256];
    size_t count = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        ovf_str rest = ovf_str_trim(ovf_str_of(line));
        ovf_str field[4] = {{0}};
        if (rest.len == 0 || rest.ptr[0] == '#')
            continue;
        for (size_t i = 0; i < OVF_COUNTOF(field); i++)
            assert_true(ovf_str_field(&rest, '\t', &field[i]));
        ovf_point p = {0};
        double height_m = 0;
        assert_int_equal(ovf_str_to_double(field[1], &p.lat_deg, NULL), OVF_OK);
        assert_int_equal(ovf_str_to_double(field[2], &p.lon_deg, NULL), OVF_OK);
        assert_int_equal(ovf_str_to_double(field[3], &height_m, NULL), OVF_OK);
        if (ovf_world_surface_at(world, p).ceiling_ft < height_m / OVF_FT_M)
            fail_msg(OVF_FMT, OVF_ARG(field[0]));
        count++;
    }
    fclose(file);
    assert_true(count > 1300);
}

/* ---- limits above the ground ---- */

static struct limit_row {
    const char *name;
    ovf_point place;
    ovf_level lower, upper;
    int32_t level_ft;
    ovf_tri holds;
} limits[] = {
    /* Netherlands: no ground above 1,058 ft, so 2,500 ft AGL is below 3,600 ft AMSL; with the
     * altimeter's 2,000 ft a flight at FL080 is clear of it. */
    {"SFC-2500FT AGL over Holland at FL080",
     {52.3, 4.8},
     {OVF_LEVEL_SFC, 0, 0, 0},
     {OVF_LEVEL_AGL, 2500, 0, 0},
     8000,
     OVF_TRI_NO},
    {"the same at FL040",
     {52.3, 4.8},
     {OVF_LEVEL_SFC, 0, 0, 0},
     {OVF_LEVEL_AGL, 2500, 0, 0},
     4000,
     OVF_TRI_UNKNOWN},
    {"the same at sea level",
     {52.3, 4.8},
     {OVF_LEVEL_SFC, 0, 0, 0},
     {OVF_LEVEL_AGL, 2500, 0, 0},
     0,
     OVF_TRI_YES},
    {"over the open Atlantic at FL050",
     {45.5, -35.5},
     {OVF_LEVEL_SFC, 0, 0, 0},
     {OVF_LEVEL_AGL, 2500, 0, 0},
     5000,
     OVF_TRI_NO},
    /* 29,032 + 2,500 ft is the top of it on Everest */
    {"over Everest at FL310",
     {27.98, 86.92},
     {OVF_LEVEL_SFC, 0, 0, 0},
     {OVF_LEVEL_AGL, 2500, 0, 0},
     31000,
     OVF_TRI_UNKNOWN},
    {"over Everest at FL350",
     {27.98, 86.92},
     {OVF_LEVEL_SFC, 0, 0, 0},
     {OVF_LEVEL_AGL, 2500, 0, 0},
     35000,
     OVF_TRI_NO},
    /* eastern Tibet: Qamdo Bangda lies at 14,219 ft; 10,000 ft AGL begins above FL150 there */
    {"10000FT AGL-UNL over Tibet at FL100",
     {30.55, 97.11},
     {OVF_LEVEL_AGL, 10000, 0, 0},
     {OVF_LEVEL_UNL, 0, 0, 0},
     10000,
     OVF_TRI_NO},
    {"the same over Holland at FL100",
     {52.3, 4.8},
     {OVF_LEVEL_AGL, 10000, 0, 0},
     {OVF_LEVEL_UNL, 0, 0, 0},
     10000,
     OVF_TRI_UNKNOWN},
    /* by the Dead Sea 1,000 ft AGL is below sea level */
    {"1000FT AGL-UNL by the Dead Sea at its shore",
     {31.5, 35.45},
     {OVF_LEVEL_AGL, 1000, 0, 0},
     {OVF_LEVEL_UNL, 0, 0, 0},
     -400,
     OVF_TRI_UNKNOWN},
    {"an upper limit on the ground of El Alto, at FL130",
     {-16.51, -68.19},
     {OVF_LEVEL_SFC, 0, 0, 0},
     {OVF_LEVEL_SFC, 0, 0, 0},
     13000,
     OVF_TRI_UNKNOWN},
    {"flight levels do not depend on the ground",
     {27.98, 86.92},
     {OVF_LEVEL_FL, 10000, 0, 0},
     {OVF_LEVEL_FL, 20000, 0, 0},
     15000,
     OVF_TRI_YES},
};

static void limits_follow_the_ground(void **state)
{
    const struct limit_row *row = *state;
    ovf_surface ground = ovf_world_surface_at(world, row->place);
    ovf_band band = ovf_band_over(row->lower, row->upper, ground);
    assert_int_equal(ovf_band_holds(band, row->level_ft), row->holds);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    world_path = argv[1];
    summits_path = argv[2];
    struct CMUnitTest tests[OVF_COUNTOF(places) + OVF_COUNTOF(boxes) + OVF_COUNTOF(limits) + 4] = {
        cmocka_unit_test(the_globe_holds_everest_and_the_dead_sea),
        cmocka_unit_test(nothing_is_known_of_nowhere),
        cmocka_unit_test(every_airport_lies_within),
        cmocka_unit_test(every_summit_lies_under_its_ceiling),
    };
    size_t n = 4;
    for (size_t i = 0; i < OVF_COUNTOF(places); i++)
        tests[n++] = (struct CMUnitTest){places[i].name, holds_place, NULL, NULL, &places[i]};
    for (size_t i = 0; i < OVF_COUNTOF(boxes); i++)
        tests[n++] = (struct CMUnitTest){boxes[i].name, holds_box, NULL, NULL, &boxes[i]};
    for (size_t i = 0; i < OVF_COUNTOF(limits); i++)
        tests[n++] =
            (struct CMUnitTest){limits[i].name, limits_follow_the_ground, NULL, NULL, &limits[i]};
    return _cmocka_run_group_tests("surface", tests, n, open_world, close_world);
}
