/* SPDX-License-Identifier: Apache-2.0 */
/* Whose air: of points, along legs, over areas, against the compiled world (argv[1]).
 *
 * Expected values: positions of capitals, capes and islands as sailing directions and gazetteers
 * give them; a point 5 NM off a cape is within 12 NM of it, one 20 NM off on the open side is not
 * (UNCLOS art. 3). Capes are chosen where no island or bay lies in the way. */
#include <overfly/world.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static ovf_world *world;

#define HIGH_SEAS "-"

static struct point_row {
    const char *name;
    double lat_deg, lon_deg;
    const char *iso3; /* HIGH_SEAS; "?": nobody's */
    bool is_disputed;
    bool is_doubtful;
} points[] = {
    /* capitals and cities, well inside */
    {"Caracas", 10.49, -66.88, "VEN", false, false},
    {"Bogota", 4.71, -74.07, "COL", false, false},
    {"Paris", 48.86, 2.35, "FRA", false, false},
    {"Washington", 38.90, -77.04, "USA", false, false},
    {"Anchorage", 61.2, -149.9, "USA", false, false},
    {"Moscow", 55.75, 37.62, "RUS", false, false},
    {"Brasilia", -15.79, -47.88, "BRA", false, false},
    {"Nairobi", -1.29, 36.82, "KEN", false, false},
    {"New Delhi", 28.61, 77.21, "IND", false, false},
    {"Beijing", 39.90, 116.40, "CHN", false, false},
    {"Canberra", -35.28, 149.13, "AUS", false, false},
    {"Maseru is inside South Africa's hole", -29.5, 28.2, "LSO", false, false},
    {"San Marino", 43.94, 12.45, "SMR", false, false},
    {"Kaliningrad", 54.71, 20.51, "RUS", false, false},
    {"Cabinda", -5.3, 12.3, "AGO", false, false},
    /* territories with a code of their own */
    {"Cayenne is not France's outline", 4.5, -52.5, "GUF", false, false},
    {"Guadeloupe", 16.2, -61.65, "GLP", false, false},
    {"Martinique", 14.65, -61.0, "MTQ", false, false},
    {"Reunion", -21.1, 55.5, "REU", false, false},
    {"Willemstad", 12.17, -68.98, "CUW", false, false},
    {"Bonaire", 12.2, -68.3, "BES", false, false},
    {"Svalbard", 78.5, 16.0, "SJM", false, false},
    {"Nuuk", 64.3, -51.0, "GRL", false, false},
    {"San Juan", 18.3, -66.4, "PRI", false, false},
    {"Hong Kong", 22.4, 114.13, "HKG", false, false},
    /* disputed */
    {"Simferopol", 44.95, 34.10, "UKR", true, false},
    {"El Aaiun", 26.9, -12.8, "ESH", true, false},
    {"Hargeisa", 9.56, 44.06, "SOM", true, false},
    {"East Falkland", -51.9, -58.9, "FLK", true, false},
    {"Taipei", 24.9, 121.4, "TWN", true, false},
    {"Pristina", 42.66, 21.17, "XKX", true, false},
    {"Iturup", 45.0, 147.8, "RUS", true, false},
    {"Thitu in the Spratlys", 11.06, 114.28, "?", true, false},
    /* 5 and 20 NM off a cape, on its open side */
    {"5 NM east of Cape Canaveral light", 28.4605, -80.4275, "USA", false, false},
    {"20 NM east of Cape Canaveral light", 28.4605, -80.1433, HIGH_SEAS, false, false},
    {"5 NM west of Cabo de Sao Vicente", 37.0228, -9.1007, "PRT", false, false},
    {"20 NM west of Cabo de Sao Vicente", 37.0228, -9.4138, HIGH_SEAS, false, false},
    {"5 NM west of Cabo Fisterra", 42.8833, -9.3856, "ESP", false, false},
    {"20 NM west of Cabo Fisterra", 42.8833, -9.7267, HIGH_SEAS, false, false},
    {"5 NM south of Cape Agulhas", -34.9167, 20.0167, "ZAF", false, false},
    {"20 NM south of Cape Agulhas", -35.1667, 20.0167, HIGH_SEAS, false, false},
    {"5 NM east of Ponta do Seixas", -7.1553, -34.7090, "BRA", false, false},
    {"20 NM east of Ponta do Seixas", -7.1553, -34.4570, HIGH_SEAS, false, false},
    {"5 NM south of Dondra Head", 5.8378, 80.5897, "LKA", false, false},
    {"20 NM south of Dondra Head", 5.5878, 80.5897, HIGH_SEAS, false, false},
    {"5 NM east of Cape Byron", -28.6388, 153.7311, "AUS", false, false},
    {"20 NM east of Cape Byron", -28.6388, 154.0159, HIGH_SEAS, false, false},
    {"5 NM north of Punta Gallinas", 12.5417, -71.6667, "COL", false, false},
    {"20 NM north of Punta Gallinas", 12.7917, -71.6667, HIGH_SEAS, false, false},
    /* the founding case's waters */
    {"Gulf of Paria off Guiria", 10.50, -62.20, "VEN", false, false},
    {"Gulf of Paria off San Fernando", 10.30, -61.60, "TTO", false, false},
    {"Chacachacare in the Dragon's Mouths", 10.69, -61.75, "TTO", false, false},
    {"3 NM north of Cabo San Roman", 12.25, -70.00, "VEN", false, false},
    {"between Aruba and Paraguana, Aruba's half", 12.35, -69.95, "ABW", false, false},
    {"Oranjestad", 12.52, -70.0, "ABW", false, false},
    {"Los Roques", 11.85, -66.75, "VEN", false, false},
    {"Piarco sector, 13N 056W", 13.0, -56.0, HIGH_SEAS, false, false},
    {"north of La Guaira, 30 NM", 11.11, -66.93, HIGH_SEAS, false, false},
    /* straits */
    {"Hormuz off Larak", 26.75, 56.40, "IRN", false, false},
    {"Hormuz off Musandam", 26.45, 56.50, "OMN", false, false},
    {"Dover off Calais", 51.02, 1.80, "FRA", false, false},
    {"Dover off Dover", 51.08, 1.36, "GBR", false, false},
    {"Helsingor", 56.02, 12.55, "DNK", false, false},
    {"Helsingborg", 56.05, 12.76, "SWE", false, false},
    /* the 180th meridian is no border */
    {"Chukotka at 180", 68.0, 180.0, "RUS", false, false},
    {"Chukotka at -180", 68.0, -180.0, "RUS", false, false},
    {"Wrangel Island at 180", 71.2, 180.0, "RUS", false, false},
    {"Cape Dezhnev", 66.05, -170.0, "RUS", false, false},
    {"Taveuni, west of 180", -16.85, 179.97, "FJI", false, false},
    {"Koro Sea, east of 180", -17.25, -178.95, "FJI", false, false},
    {"Attu, east longitude", 52.9, 172.9, "USA", false, false},
    /* the ends of the Earth */
    {"North Pole", 90.0, 0.0, HIGH_SEAS, false, false},
    {"South Pole", -90.0, 0.0, "ATA", true, false},
    {"East Antarctica at 180", -75.0, 160.0, "ATA", true, false},
    {"Queen Maud Land", -75.0, 0.0, "ATA", true, false},
    {"5 NM off Antarctica there is no sea of a State", -65.0, 64.0, HIGH_SEAS, false, false},
    /* high seas */
    {"Gulf of Guinea, 0 0", 0.0, 0.0, HIGH_SEAS, false, false},
    {"mid Atlantic", 30.0, -45.0, HIGH_SEAS, false, false},
    {"Bay of Bengal", 15.0, 88.0, HIGH_SEAS, false, false},
    {"Bering Sea", 58.0, 180.0, HIGH_SEAS, false, false},
    {"Caspian, middle: nobody's, and no high seas", 42.0, 50.8, "?", true, false},
    /* at a border nothing is certain */
    {"Simon Bolivar bridge", 7.817, -72.444, "VEN", false, true},
};

static void answers_points(void **state)
{
    const struct point_row *row = *state;
    ovf_whose whose = ovf_world_whose(world, (ovf_point){row->lat_deg, row->lon_deg});
    if (row->is_doubtful) { /* which of the neighbours it gives does not matter */
        assert_true(whose.is_doubtful);
        return;
    }
    const char *iso3 = whose.is_high_seas ? HIGH_SEAS : "?";
    char code[4] = "";
    if (whose.state != OVF_INDEX_NONE) {
        ovf_str text = ovf_world_state(world, whose.state)->iso3;
        memcpy(code, text.ptr, 3);
        iso3 = code;
    }
    assert_string_equal(iso3, row->iso3);
    assert_int_equal(whose.is_disputed, row->is_disputed);
    assert_false(whose.is_doubtful);
}

/* The grid and the outlines are two ways to one answer. */
static void grid_agrees_with_outlines(void **state)
{
    OVF_UNUSED(state);
    uint64_t seed = 20261122;
    for (int i = 0; i < 3000; i++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        double lat_deg = (double)(seed >> 40) / 16777216.0 * 160.0 - 80.0;
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        double lon_deg = (double)(seed >> 40) / 16777216.0 * 360.0 - 180.0;
        ovf_point p = {lat_deg, lon_deg};
        ovf_whose whose = ovf_world_whose(world, p);
        if (whose.is_doubtful)
            continue;
        for (uint32_t s = 0; s < ovf_world_state_count(world); s++) {
            const ovf_area *area = ovf_world_territory(world, s);
            if (!ovf_box_holds(ovf_area_bounds(area), p))
                continue;
            ovf_tri expected = s == whose.state ? OVF_TRI_YES : OVF_TRI_NO;
            assert_int_equal(ovf_area_contains(area, p), expected);
        }
    }
}

/* An airport lies in its State, or at a border, or in a territory that its State answers for. */
static void airports_lie_in_their_states(void **state)
{
    OVF_UNUSED(state);
    size_t count = ovf_world_airport_count(world);
    if (count == 0)
        skip();
    size_t misplaced = 0;
    for (uint32_t i = 0; i < count; i++) {
        const ovf_airport *airport = ovf_world_airport(world, i);
        ovf_whose whose = ovf_world_whose(world, airport->place);
        if (whose.state == airport->state || whose.is_doubtful || whose.is_disputed)
            continue;
        if (ovf_world_sovereign(world, whose.state) == ovf_world_sovereign(world, airport->state))
            continue;
        misplaced++;
        print_message("%.4s is not in its State\n", airport->icao.ptr);
    }
    assert_true(misplaced * 500 < count);
}

static void cuts_legs(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_leg leg;
    ovf_leg_init(&leg, (ovf_point){40.4722, -3.5608}, (ovf_point){10.6031, -66.9906});
    ovf_whose_stretch *stretches = NULL;
    size_t count = 0;
    assert_int_equal(ovf_world_cut_leg(world, &leg, &arena, &stretches, &count), OVF_OK);
    assert_true(count >= 4);
    double at_m = 0.0;
    for (size_t i = 0; i < count; i++) { /* gapless, and true in the middle */
        assert_true(stretches[i].from_m == at_m);
        assert_true(stretches[i].until_m > stretches[i].from_m);
        at_m = stretches[i].until_m;
        double middle_m = (stretches[i].from_m + stretches[i].until_m) / 2.0;
        ovf_whose whose = ovf_world_whose(world, ovf_leg_at(&leg, middle_m));
        assert_int_equal(whose.state, stretches[i].whose.state);
    }
    assert_true(fabs(at_m - leg.length_m) < 0.01);
    uint32_t first = stretches[0].whose.state;
    uint32_t last = stretches[count - 1].whose.state;
    assert_int_equal(first, ovf_world_find_state(world, OVF_STR("ESP")));
    assert_int_equal(last, ovf_world_find_state(world, OVF_STR("VEN")));
    ovf_arena_done(&arena);
}

static const ovf_piece *piece_of(const ovf_piece *pieces, size_t count, const char *iso3)
{
    uint32_t state = ovf_world_find_state(world, ovf_str_of(iso3));
    for (size_t i = 0; i < count; i++)
        if (pieces[i].whose.state == state)
            return &pieces[i];
    return NULL;
}

/* Half of a box is west of the Greenwich meridian's ... here: of a box over the open sea none is
 * anybody's; of a circle round a small island the island's sea is a known part. */
static void splits_areas(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_piece *pieces = NULL;
    size_t count = 0;
    const ovf_area *area = NULL;

    ovf_point open_sea[] = {{30, -45}, {32, -45}, {32, -42}, {30, -42}};
    assert_int_equal(ovf_area_polygon(&arena, open_sea, 4, &area, NULL), OVF_OK);
    assert_int_equal(ovf_world_split(world, area, 0.0, &arena, &pieces, &count), OVF_OK);
    assert_int_equal(count, 1);
    assert_true(pieces[0].whose.is_high_seas);
    assert_true(pieces[0].share == 1.0);

    /* A circle of 100 NM round Bermuda (32.30N 64.78W; the islands are 12 NM long): their sea is
     * larger than a circle of 12 NM, 1.44 % of it, and smaller than one of 21 NM, 4.41 %. */
    assert_int_equal(
        ovf_area_circle(&arena, (ovf_point){32.30, -64.78}, 100 * OVF_NM_M, &area, NULL), OVF_OK);
    assert_int_equal(ovf_world_split(world, area, 0.0, &arena, &pieces, &count), OVF_OK);
    assert_int_equal(count, 2);
    const ovf_piece *bermuda = piece_of(pieces, count, "BMU");
    assert_non_null(bermuda);
    assert_true(bermuda->share > 0.0144 && bermuda->share < 0.0441);
    assert_true(fabs(pieces[0].share + pieces[1].share - 1.0) < 1e-9);

    /* A circle of 2,000 km finds Bermuda too, though its grid is 80 km wide. */
    assert_int_equal(ovf_area_circle(&arena, (ovf_point){30.0, -60.0}, 1000e3, &area, NULL),
                     OVF_OK);
    assert_int_equal(ovf_world_split(world, area, 0.0, &arena, &pieces, &count), OVF_OK);
    assert_non_null(piece_of(pieces, count, "BMU"));
    assert_int_equal(ovf_world_split(world, area, 0.05, &arena, &pieces, &count), OVF_OK);
    assert_null(piece_of(pieces, count, "BMU"));

    /* Smaller than any step of a grid. */
    assert_int_equal(ovf_area_circle(&arena, (ovf_point){10.49, -66.88}, 10.0, &area, NULL),
                     OVF_OK);
    assert_int_equal(ovf_world_split(world, area, 0.0, &arena, &pieces, &count), OVF_OK);
    assert_int_equal(count, 1);
    assert_non_null(piece_of(pieces, count, "VEN"));

    assert_int_equal(ovf_world_split(world, ovf_area_unresolved(), 0.0, &arena, &pieces, &count),
                     OVF_OK);
    assert_int_equal(count, 1);
    assert_int_equal(pieces[0].whose.state, OVF_INDEX_NONE);
    assert_false(pieces[0].whose.is_high_seas);

    assert_int_equal(ovf_world_split(world, ovf_area_empty(), 0.0, &arena, &pieces, &count),
                     OVF_OK);
    assert_int_equal(count, 0);
    ovf_arena_done(&arena);
}

/* Where a split says that an area is one State's or nobody's, every point of it is (points at
 * borders may be either's): circles over the whole globe, among them all sizes of short ones. */
static void one_piece_holds_everywhere(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    uint32_t seed = 20;
    int single = 0;
    for (int i = 0; i < 400; i++) {
        seed = seed * 1664525u + 1013904223u;
        double lat_deg = (seed >> 8) % 17000 / 100.0 - 85.0;
        seed = seed * 1664525u + 1013904223u;
        double lon_deg = (seed >> 8) % 36000 / 100.0 - 180.0;
        ovf_point centre = {lat_deg, lon_deg};
        double radius_m = 1000.0 * (1 + i % 120);
        const ovf_area *area = NULL;
        ovf_piece *pieces = NULL;
        size_t count = 0;
        assert_int_equal(ovf_area_circle(&arena, centre, radius_m, &area, NULL), OVF_OK);
        assert_int_equal(ovf_world_split(world, area, 0.0, &arena, &pieces, &count), OVF_OK);
        assert_true(count > 0);
        double total = 0.0;
        for (size_t k = 0; k < count; k++)
            total += pieces[k].share;
        assert_true(fabs(total - 1.0) < 1e-9);
        single += count == 1;
        for (int k = 0; k < 36; k++) {
            ovf_point p = ovf_destination(centre, k * 10.0, radius_m * ((k * 7) % 10) / 10.0);
            ovf_whose whose = ovf_world_whose(world, p);
            bool is_known = whose.is_doubtful || count > 1;
            assert_true(is_known || whose.state == pieces[0].whose.state);
            assert_true(is_known || whose.is_high_seas == pieces[0].whose.is_high_seas);
            assert_true(is_known || whose.is_disputed == pieces[0].whose.is_disputed);
        }
        ovf_arena_reset(&arena);
    }
    assert_true(single > 200);
    ovf_arena_done(&arena);
}

int main(int argc, char **argv)
{
    ovf_error err = {0};
    if (argc < 2 || ovf_world_open(argv[1], &world, &err) != OVF_OK) {
        fprintf(stderr, "no world: %s\n", err.reason);
        return 1;
    }
    struct CMUnitTest tests[OVF_COUNTOF(points) + 5] = {0};
    size_t count = 0;
    for (; count < OVF_COUNTOF(points); count++)
        tests[count] =
            (struct CMUnitTest){points[count].name, answers_points, NULL, NULL, &points[count]};
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(grid_agrees_with_outlines);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(airports_lie_in_their_states);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(cuts_legs);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(splits_areas);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(one_piece_holds_everywhere);
    int failed = _cmocka_run_group_tests("whose", tests, count, NULL, NULL);
    ovf_world_free(world);
    return failed;
}
