/* SPDX-License-Identifier: Apache-2.0 */
/* Windows of doubt. The way is the equator from 29W to 32W, a degree an hour from 1200 on; t counts
 * the hours. The flight may be 60 + 60 t seconds early and 300 + 100 t late, between 34,000 ft and
 * 35,000 + 1,000 t ft. The area is entered at 30W, t = 1, and left at 31W, t = 2. All that is
 * expected follows from these by hand. */
#include "picture.h"

#include <overfly/day.h>

#define DEGREE_M 111319.490793 /* of the equator: 6378137 pi / 180 */

static struct row {
    const char *name;
    const char *from, *until; /* of the closure, on the day */
    const char *lower, *upper;
    int crossings;
    ovf_tri certainty;
    int may_from_s, may_until_s;           /* after 1200 */
    int entry_s, entry_early, entry_late;  /* entry, and the doubts there */
    int exit_early, exit_late;             /* at 31W: 60 + 120, 300 + 200 */
    int entry_highest_ft, exit_highest_ft; /* 35,000 + 1,000 t */
} rows[] = {
    {"all day, all levels", "0000", "2359", "SFC", "UNL", 1, OVF_TRI_YES, 3480, 7700, 3600, 120,
     400, 180, 500, 36000, 37000},
    {"the levels that it may have", "0000", "2359", "FL340", "FL380", 1, OVF_TRI_YES, 3480, 7700,
     3600, 120, 400, 180, 500, 36000, 37000},
    {"from when it is over there", "1300", "1400", "SFC", "UNL", 1, OVF_TRI_YES, 3600, 7200, 3600,
     120, 400, 180, 500, 36000, 37000},
    // 3600 t + 300 + 100 t >= 7200: from t = 1.8648 on
    {"only if it is late", "1400", "1500", "SFC", "UNL", 1, OVF_TRI_UNKNOWN, 7200, 7700, 6714, 172,
     487, 180, 500, 36865, 37000},
    {"later than it may be", "1409", "1500", "SFC", "UNL", 0, OVF_TRI_UNKNOWN, 0, 0, 0, 0, 0, 0, 0,
     0, 0},
    // 3600 t - 60 - 60 t <= 3540: up to t = 1.0170
    {"only if it is early", "1155", "1259", "SFC", "UNL", 1, OVF_TRI_UNKNOWN, 3480, 3540, 3600, 120,
     400, 122, 402, 36000, 36017},
    {"sooner than it may be", "1155", "1257", "SFC", "UNL", 0, OVF_TRI_UNKNOWN, 0, 0, 0, 0, 0, 0, 0,
     0, 0},
    // As planned t = 1.4167 to 1.5. Surely only where both 3540 t >= 5160 and 3700 t <= 5100.
    {"shorter than the doubt", "1325", "1330", "SFC", "UNL", 1, OVF_TRI_UNKNOWN, 5100, 5400, 5100,
     145, 442, 150, 450, 36417, 36500},
    {"above all that it may have", "0000", "2359", "FL380", "FL450", 0, OVF_TRI_UNKNOWN, 0, 0, 0, 0,
     0, 0, 0, 0, 0},
    // 35,000 + 1,000 t >= 36,500: from t = 1.5 on
    {"only if it is higher", "0000", "2359", "FL365", "FL450", 1, OVF_TRI_UNKNOWN, 5250, 7700, 5400,
     150, 450, 180, 500, 36500, 37000},
    {"planned within, may be below", "0000", "2359", "FL345", "FL450", 1, OVF_TRI_UNKNOWN, 3480,
     7700, 3600, 120, 400, 180, 500, 36000, 37000},
};

static ovf_track_point points[] = {
    {.place = {0, -29},
     .time = NOON,
     .along_m = 0,
     .level_ft = 35000,
     .lowest_ft = 34000,
     .highest_ft = 35000,
     .early_s = 60,
     .late_s = 300,
     .route_point = -1},
    {.place = {0, -32},
     .time = NOON + 3 * OVF_HOUR_S,
     .along_m = 3 * DEGREE_M,
     .level_ft = 35000,
     .lowest_ft = 34000,
     .highest_ft = 38000,
     .early_s = 240,
     .late_s = 600,
     .route_point = -1},
};
static const ovf_track track = {.points = points,
                                .count = 2,
                                .length_m = 3 * DEGREE_M,
                                .timed = true,
                                .levelled = true,
                                .complete = true,
                                .start_doubt_s = 300,
                                .time_doubt_s = 600};

/* Whole seconds and feet, rounded outwards. */
static void near(const char *what, int64_t got, int64_t want)
{
    if (got < want - 1 || got > want + 1)
        fail_msg("%s: %lld, expected %lld", what, (long long)got, (long long)want);
}

static void holds(const struct row *row, const ovf_crossing *c)
{
    assert_int_equal(c->certainty, row->certainty);
    near("window from", c->may_from - NOON, row->may_from_s);
    near("window until", c->may_until - NOON, row->may_until_s);
    near("entry", c->entry.time - NOON, row->entry_s);
    near("early at entry", c->entry.early_s, row->entry_early);
    near("late at entry", c->entry.late_s, row->entry_late);
    near("early at exit", c->exit.early_s, row->exit_early);
    near("late at exit", c->exit.late_s, row->exit_late);
    near("highest at entry", c->entry.highest_ft, row->entry_highest_ft);
    near("highest at exit", c->exit.highest_ft, row->exit_highest_ft);
    assert_int_equal(c->entry.lowest_ft, 34000);
}

static void judges(void **state)
{
    const struct row *row = *state;
    char notice[500];
    ovf_error err = {0};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    snprintf(notice, sizeof(notice),
             "A0001/26 NOTAMN\nQ) SVZM/QRPCA/IV/NBO/W/000/999/0900N06500W060\nA) SVZM B) 260212%s "
             "C) 260212%s\nE) AIRSPACE CLOSED WI AREA 010000N0310000W 010000N0300000W "
             "010000S0300000W 010000S0310000W\nF) %s G) %s\n\n",
             row->from, row->until, row->lower, row->upper);
    ovf_picture *picture = picture_of((ovf_str){.ptr = notice, .len = strlen(notice)}, true);
    assert_int_equal(ovf_picture_restriction_count(picture), 1);
    ovf_flight *flights = NULL;
    size_t count = 0;
    assert_int_equal(
        ovf_flight_read(
            world, OVF_STR("(FPL-KLM1-IS-A320/M-S/S-EHAM1200-N0450F350 DCT-EGNT0100-DOF/260212)"),
            NULL, &arena, &flights, &count, &err),
        OVF_OK);
    ovf_conflict_index *index = NULL;
    assert_int_equal(ovf_conflict_index_new(picture, &index, &err), OVF_OK);
    ovf_conflict plain;
    ovf_conflict quick;
    assert_int_equal(
        ovf_conflict_flight(picture, flights, &track, NULL, OVF_TIME_NONE, &arena, &plain, &err),
        OVF_OK);
    assert_int_equal(
        ovf_conflict_indexed(index, flights, &track, NULL, OVF_TIME_NONE, &arena, &quick, &err),
        OVF_OK);
    ovf_day *day = NULL;
    uint32_t id = 0;
    const ovf_restriction *r = ovf_picture_restriction(picture, 0);
    ovf_day_touch *touched = NULL;
    assert_int_equal(ovf_day_new(world, 0, &day, &err), OVF_OK);
    assert_int_equal(ovf_day_add(day, flights, &track, NULL, &id, &err), OVF_OK);
    assert_int_equal(
        ovf_day_touched(day, picture, &r, 1, OVF_TIME_NONE, &arena, &touched, &count, &err),
        OVF_OK);
    assert_int_equal(plain.crossing_count, row->crossings);
    assert_int_equal(quick.crossing_count, row->crossings);
    assert_int_equal(count, row->crossings > 0);
    for (int i = 0; i < row->crossings; i++) {
        holds(row, &plain.crossings[i]);
        holds(row, &quick.crossings[i]);
        holds(row, &touched[0].crossings[i]);
    }
    ovf_day_free(day);
    ovf_conflict_index_free(index);
    ovf_picture_free(picture);
    ovf_arena_done(&arena);
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, judges, NULL, NULL, &rows[i]};
    world_path = argc > 1 ? argv[1] : "overfly.world";
    return _cmocka_run_group_tests("conflict windows", tests, OVF_COUNTOF(tests), open_all,
                                   close_all);
}
