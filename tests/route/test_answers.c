/* SPDX-License-Identifier: Apache-2.0 */
/* The way round and its price, row by row. Expected values: geometry by hand, fuel by ICAO's CORSIA
 * CO2 Estimation Models (2018), the form of points by Doc 4444 App. 2, item 15. */
#include "picture.h"

#include <math.h>

#define HEAD(id) id " NOTAMN\nQ) SVZM/QRPCA/IV/NBO/W/000/999/0900N06500W060\nA) SVZM "
#define ALWAYS "B) 2602010000 C) 2602282359\n"
#define CLOSED(id, ring) HEAD(id) ALWAYS "E) AIRSPACE CLOSED WI AREA " ring "\nF) SFC G) UNL\n\n"
#define SQUARE "1000N06600W 1000N06400W 0800N06400W 0800N06600W"
/* four walls round 7N 065W over Venezuelan land, none of which holds it */
#define WALLS                                                             \
    CLOSED("A0001/26", "0830N06630W 0830N06330W 0815N06330W 0815N06630W") \
    CLOSED("A0002/26", "0545N06630W 0545N06330W 0530N06330W 0530N06630W") \
    CLOSED("A0003/26", "0830N06630W 0830N06615W 0530N06615W 0530N06630W") \
    CLOSED("A0004/26", "0830N06345W 0830N06330W 0530N06330W 0530N06345W")
/* advice, which nobody has to keep clear of */
#define ADVICE                                                                       \
    "A0005/26 NOTAMN\nQ) SVZM/QWELW/IV/BO/W/000/999/0900N06500W060\nA) SVZM " ALWAYS \
    "E) EXERCISE CAUTION WI AREA " SQUARE " DUE TO MIL EXER\nF) SFC G) UNL"

static struct row {
    const char *name;
    const char *documents;
    ovf_point from, to;
    int32_t level_ft;
    const char *depart; /* or NULL: judged at noon of 12 February */
    bool found;
    size_t avoided;
    size_t points;       /* 0: any number */
    const char *why_not; /* a part of it */
} rows[] = {
    {"nothing in the way", "", {9, -70}, {9, -60}, 35000, NULL, true, 0, 2, ""},
    /* The geodesic along 9 N runs north of the parallel, so the way round the north is shorter:
     * both upper corners, each over one point. */
    {"round a square", CLOSED("A0001/26", SQUARE), {9, -70}, {9, -60}, 35000, NULL, true, 1, 4, ""},
    {"below it", CLOSED("A0001/26", SQUARE), {12, -70}, {12, -60}, 35000, NULL, true, 0, 2, ""},
    {"above its levels",
     HEAD("A0001/26") ALWAYS "E) AIRSPACE CLOSED WI AREA " SQUARE "\nF) SFC G) FL200",
     {9, -70},
     {9, -60},
     35000,
     NULL,
     true,
     0,
     2,
     ""},
    {"before it begins",
     HEAD("A0001/26") "B) 2602121900 C) 2602282359\nE) AIRSPACE CLOSED WI AREA " SQUARE
                      "\nF) SFC G) UNL",
     {9, -70},
     {9, -60},
     35000,
     "2026-02-12T14:00Z",
     true,
     0,
     2,
     ""},
    {"advice is flown through", ADVICE, {9, -70}, {9, -60}, 35000, NULL, true, 0, 2, ""},
    {"the destination inside",
     CLOSED("A0001/26", SQUARE),
     {9, -70},
     {9, -65},
     35000,
     NULL,
     false,
     0,
     0,
     "destination BBBB lies inside A0001/26"},
    {"the departure inside",
     CLOSED("A0001/26", SQUARE),
     {9, -65},
     {9, -60},
     35000,
     NULL,
     false,
     0,
     0,
     "departure AAAA lies inside A0001/26"},
    {"the departure within the margin, not inside",
     CLOSED("A0001/26", SQUARE),
     {9, -66.05},
     {9, -60},
     35000,
     NULL,
     true,
     1,
     0,
     ""},
    {"walled in", WALLS, {7, -65}, {7, -55}, 35000, NULL, false, 4, 0, "enclose"},
    {"from and to one place",
     CLOSED("A0001/26", SQUARE),
     {12, -65},
     {12, -65},
     35000,
     NULL,
     true,
     0,
     2,
     ""},
};

static ovf_route_request request_of(const struct row *row)
{
    ovf_route_request q = {.from = row->from,
                           .to = row->to,
                           .from_ident = OVF_STR_INIT("AAAA"),
                           .to_ident = OVF_STR_INIT("BBBB"),
                           .from_airport = OVF_INDEX_NONE,
                           .to_airport = OVF_INDEX_NONE,
                           .depart = OVF_TIME_NONE,
                           .at = NOON,
                           .speed_kt = 450,
                           .level_ft = row->level_ft,
                           .type = OVF_STR_INIT("A320"),
                           .party = {.operator_icao = OVF_STR_INIT("KLM"), .use = OVF_USE_AIRLINE}};
    if (row->depart != NULL)
        assert_int_equal(ovf_time_parse(ovf_str_of(row->depart), &q.depart, NULL), OVF_OK);
    return q;
}

static void finds(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_picture *picture = picture_of(ovf_str_of(row->documents), true);
    ovf_route_request q = request_of(row);
    ovf_route r = {0};
    ovf_error err = {0};
    if (ovf_route_find(picture, &q, &arena, &r, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    if (r.found != row->found || (r.found && row->points > 0 && r.point_count != row->points)
        || r.avoided_count != row->avoided)
        print_message(OVF_FMT " " OVF_FMT "\n", OVF_ARG(r.text), OVF_ARG(r.why_not));
    assert_int_equal(r.found, row->found);
    assert_int_equal(r.avoided_count, row->avoided);
    if (!r.found) {
        assert_true(ovf_str_find(r.why_not, 0, ovf_str_of(row->why_not)) != OVF_NOPOS);
    } else {
        if (row->points > 0)
            assert_int_equal(r.point_count, row->points);
        double sum_m = 0;
        for (size_t i = 1; i < r.point_count; i++)
            sum_m += ovf_distance_m(r.points[i - 1].place, r.points[i].place);
        assert_true(fabs(sum_m - r.distance_m) < 0.1);
        assert_true(r.bound_m <= r.distance_m + 1.0);
        assert_true(fabs(r.extra_m - (r.distance_m - ovf_distance_m(q.from, q.to))) < 1.0);
    }
    ovf_picture_free(picture);
    ovf_arena_done(&arena);
}

/* The text is what a plan would hold: read back it gives the same points. */
static void reads_back(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_picture *picture = picture_of(OVF_STR(CLOSED("A0001/26", SQUARE)), true);
    ovf_route_request q = request_of(&rows[1]);
    q.from_ident = OVF_STR("09N070W");
    q.to_ident = OVF_STR("09N060W");
    ovf_route r = {0};
    assert_int_equal(ovf_route_find(picture, &q, &arena, &r, NULL), OVF_OK);
    assert_true(r.found && r.proven);
    ovf_findings findings = {.arena = &arena};
    ovf_flight f = {.from = q.from_ident, .to = q.to_ident};
    assert_int_equal(ovf_flight_expand(world, r.text, &arena, &f, &findings), OVF_OK);
    assert_int_equal(findings.count, 0);
    assert_int_equal(f.point_count, r.point_count);
    assert_int_equal(f.speed_kt, 450);
    assert_int_equal(f.level_ft, 35000);
    for (size_t i = 0; i < f.point_count; i++)
        assert_true(ovf_distance_m(f.points[i].place, r.points[i].place) < 0.01);
    ovf_picture_free(picture);
    ovf_arena_done(&arena);
}

/* An area of the request is kept clear of as well, and named. */
static void avoids(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_picture *picture = picture_of(OVF_STR(""), true);
    ovf_route_request q = request_of(&rows[0]);
    const ovf_area *circle = NULL;
    assert_int_equal(ovf_area_circle(&arena, (ovf_point){9, -65}, 100000, &circle, NULL), OVF_OK);
    const ovf_area *areas[] = {circle};
    ovf_str names[] = {OVF_STR_INIT("HERE")};
    q.avoid = areas;
    q.avoid_names = names;
    q.avoid_count = 1;
    ovf_route r = {0};
    assert_int_equal(ovf_route_find(picture, &q, &arena, &r, NULL), OVF_OK);
    assert_true(r.found && r.avoided_count == 1);
    assert_true(ovf_str_eq(r.avoided[0], OVF_STR("HERE")));
    for (size_t i = 1; i < r.point_count; i++) {
        ovf_leg leg;
        ovf_leg_init(&leg, r.points[i - 1].place, r.points[i].place);
        for (double m = 0; m < leg.length_m; m += 500.0)
            assert_true(ovf_distance_m(ovf_leg_at(&leg, m), (ovf_point){9, -65})
                        > 100000 + 5 * OVF_NM_M);
    }
    ovf_picture_free(picture);
    ovf_arena_done(&arena);
}

/* CEM 2018: A320 777.554 + 3.950 km up to 500 km, 1198.749 + 3.107 km up to 2,500 km; B77W
 * 4528.739 + 7.834 km up to 3,500 km, -5235.588 + 10.623 km behind. */
static void knows_fuel(void **state)
{
    OVF_UNUSED(state);
    assert_true(fabs(ovf_fuel_kg(OVF_STR("A320"), 400e3) - 2357.554) < 0.01);
    assert_true(fabs(ovf_fuel_kg(OVF_STR("A320"), 1000e3) - 4305.749) < 0.01);
    assert_true(fabs(ovf_fuel_kg(OVF_STR("B77W"), 10000e3) - 100994.412) < 0.01);
    assert_true(ovf_fuel_kg(OVF_STR("ZZZZ"), 1000e3) < 0);
    assert_true(ovf_fuel_kg(OVF_STR(""), 1000e3) < 0);
    // 3.107 kg/km at 450 kt, 833.4 km/h
    assert_true(fabs(ovf_fuel_kg_per_hour(OVF_STR("A320"), 450) - 2589.37) < 0.01);
    assert_true(ovf_fuel_kg_per_hour(OVF_STR("A20N"), 450) < 0);
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(reads_back),
        cmocka_unit_test(avoids),
        cmocka_unit_test(knows_fuel),
    };
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(others)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, finds, NULL, NULL, &rows[i]};
    memcpy(tests + OVF_COUNTOF(rows), others, sizeof(others));
    world_path = argc > 1 ? argv[1] : "overfly.world";
    return _cmocka_run_group_tests("route answers", tests, OVF_COUNTOF(tests), open_all, close_all);
}
