/* SPDX-License-Identifier: Apache-2.0 */
/* Trajectories: the plain profile by hand, times, bounds. The plans need no world: their places are
 * coordinates, and departure and destination stand in item 18. */
#include <overfly/flight.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define OFF_BLOCK 1770904800 /* 2026-02-12T14:00:00Z */
#define PLAN(route, eet) \
    "(FPL-ABC1-IS-A320/M-S/S-ZZZZ1400-" route "-ZZZZ" eet "-DEP/00N000E DEST/00N020E DOF/260212)"
/* A type that is in no table, and a wake category that tells nothing of its engines. */
#define PLAIN(route, eet) \
    "(FPL-ABC1-IS-QQQQ/Q-S/S-ZZZZ1400-" route "-ZZZZ" eet "-DEP/00N000E DEST/00N020E DOF/260212)"

typedef struct flown {
    ovf_arena arena;
    ovf_flight flight;
    ovf_track track;
} flown;

static void fly(const char *text, flown *out)
{
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    ovf_arena_init(&out->arena, 0);
    assert_int_equal(
        ovf_flight_read(NULL, ovf_str_of(text), NULL, &out->arena, &flights, &count, &err), OVF_OK);
    out->flight = flights[0];
    assert_int_equal(ovf_flight_track(&out->flight, &out->arena, &out->track, &err), OVF_OK);
}

static double level_at(const ovf_track *t, double along_m)
{
    for (size_t i = 1; i < t->count; i++) {
        const ovf_track_point *a = &t->points[i - 1];
        const ovf_track_point *b = &t->points[i];
        if (along_m <= b->along_m && b->along_m > a->along_m)
            return a->level_ft
                   + (b->level_ft - a->level_ft) * (along_m - a->along_m)
                         / (b->along_m - a->along_m);
    }
    return t->points[t->count - 1].level_ft;
}

/* What holds of every track. */
static void check_sound(const ovf_flight *f, const ovf_track *t)
{
    assert_true(t->count >= 2);
    for (size_t i = 0; i < t->count; i++) {
        const ovf_track_point *p = &t->points[i];
        assert_true(p->lowest_ft <= p->level_ft && p->level_ft <= p->highest_ft);
        assert_true(p->highest_ft <= OVF_FLIGHT_TOP_FT);
        assert_true(ovf_point_is_valid(p->place));
        if (p->route_point >= 0)
            assert_true(ovf_distance_m(p->place, f->points[p->route_point].place) < 0.1);
        if (i == 0)
            continue;
        double leg_m = ovf_distance_m(t->points[i - 1].place, p->place);
        assert_true(fabs(leg_m - (p->along_m - t->points[i - 1].along_m)) < 0.1);
        assert_true(p->time >= t->points[i - 1].time);
    }
    assert_true(fabs(t->points[t->count - 1].along_m - t->length_m) < 0.01);
}

static struct row {
    const char *name;
    const char *text;
    double along_nm; /* where the level is looked at */
    double level_ft;
    int32_t minutes; /* of the whole */
} rows[] = {
    /* 20 degrees of longitude on the equator are 1,202.15 NM. The A320's row: 2,200 ft/min to FL100
     * at 250 kt indicated, 268.7 kt true on the mean of a standard atmosphere, 491.2 ft/NM; 1,800 to
     * FL240 at 290 kt, 371.2 kt true, 291.0 ft/NM; 1,100 above at M0.78, 443.3 kt true, 148.9 ft/NM:
     * FL100 after 20.36 NM, FL240 after 68.47, FL350 after 142.35 NM and 22.3 min. Down: 310 ft/NM to
     * FL100, 270 below it: 117.7 NM. */
    {"in the first part of the climb", PLAN("N0450F350 DCT", "0230"), 10.0, 4912, 150},
    {"in the second part of the climb", PLAN("N0450F350 DCT", "0230"), 45.0, 17170, 150},
    {"at the top of the climb", PLAN("N0450F350 DCT", "0230"), 142.5, 35000, 150},
    {"in cruise", PLAN("N0450F350 DCT", "0230"), 600.0, 35000, 150},
    {"in the descent", PLAN("N0450F350 DCT", "0230"), 1202.15 - 50.0, 14019, 150},
    {"at the end of the descent", PLAN("N0450F350 DCT", "0230"), 1202.15 - 10.0, 2700, 150},
    /* Nothing known of the type: 2,000 ft/min at 337.5 kt, 355.6 ft/NM. */
    {"the plain profile", PLAIN("N0450F350 DCT", "0230"), 45.0, 16000, 150},
    /* at 120 kt, 1,800 ft/min would be 1,200 ft/NM: 3 degrees hold */
    {"a slow flight descends at 3 degrees", PLAIN("N0120F100 DCT", "1000"), 1202.15 - 10.0, 3184,
     600},
    /* A step of 2,000 ft at 148.9 ft/NM takes 13.4 NM behind its point, at 300.5 NM. */
    {"before a step", PLAN("N0450F350 00N005E/N0450F370 DCT", "0230"), 299.0, 35000, 150},
    {"in a step", PLAN("N0450F350 00N005E/N0450F370 DCT", "0230"), 307.24, 36000, 150},
    {"behind a step", PLAN("N0450F350 00N005E/N0450F370 DCT", "0230"), 315.0, 37000, 150},
    {"a stay is part of the time", PLAN("N0450F350 00N005E/STAY1/0030 DCT", "0315"), 600.0, 35000,
     195},
    /* 22.3 min up, 942.1 NM at 450 kt, 80.6 NM at 406.8 kt and 37.0 at 201.5 kt down: not 22 h */
    {"an elapsed time that cannot be is left aside", PLAN("N0450F350 DCT", "2200"), 600.0, 35000,
     171},
};

static void flies(void **state)
{
    const struct row *row = *state;
    flown f;
    fly(row->text, &f);
    check_sound(&f.flight, &f.track);
    assert_true(f.track.timed && f.track.levelled && f.track.complete);
    assert_true(fabs(level_at(&f.track, ovf_nm_to_m(row->along_nm)) - row->level_ft) < 40.0);
    assert_int_equal(f.track.points[0].time, OFF_BLOCK);
    double seconds = (double)(f.track.points[f.track.count - 1].time - f.track.points[0].time);
    assert_true(fabs(seconds - row->minutes * 60.0) < 60.0);
    ovf_arena_done(&f.arena);
}

static struct doubt_row {
    const char *name;
    const char *text;
    bool timed, levelled;
    const char *finding; /* or NULL */
} doubt_rows[] = {
    {"no level", PLAN("N0450VFR DCT", "0230"), true, false, NULL},
    {"speed rejected, item 16 tells the time", PLAN("0450F350 DCT", "0230"), true, false, "FPL_15"},
    {"no day", "(FPL-ABC1-IS-A320/M-S/S-ZZZZ1400-N0450F350 DCT-ZZZZ0230-DEP/00N000E DEST/00N020E)",
     false, true, NULL},
    {"an elapsed time that cannot be", PLAN("N0450F350 DCT", "2200"), true, true,
     "EET_IMPLAUSIBLE"},
};

static void doubts(void **state)
{
    const struct doubt_row *row = *state;
    flown f;
    fly(row->text, &f);
    check_sound(&f.flight, &f.track);
    assert_int_equal(f.track.timed, row->timed);
    assert_int_equal(f.track.levelled, row->levelled);
    bool is_found = row->finding == NULL;
    for (size_t i = 0; i < f.flight.finding_count; i++)
        is_found = is_found || strcmp(f.flight.findings[i].rule, row->finding) == 0;
    assert_true(is_found);
    ovf_arena_done(&f.arena);
}

/* ---- times that the plan gives ---- */

#define TIMED(route, eet, other) \
    "(FPL-ABC1-IS-A320/M-S/S-ZZZZ1400-N0450F350 " route "-ZZZZ" eet \
    "-DEP/00N000E DEST/00N020E DOF/260212 " other ")"

static struct eet_row {
    const char *name;
    const char *text;
    int32_t point;   /* of the route */
    int32_t minutes; /* over it, after off-block */
    uint32_t anchored;
    const char *finding; /* or NULL */
} eet_rows[] = {
    {"a point of item 18", TIMED("00N005E 00N010E DCT", "0245", "EET/00N010E0130"), 2, 90, 2, NULL},
    {"two of them", TIMED("00N005E 00N010E DCT", "0245", "EET/00N005E0050 00N010E0130"), 1, 50, 3,
     NULL},
    {"the destination keeps to item 16",
     TIMED("00N005E 00N010E DCT", "0245", "EET/00N005E0050 00N010E0130"), 3, 165, 3, NULL},
    /* 600 NM take 83 min at 450 kt: not 10 */
    {"a time that cannot be", TIMED("00N005E 00N010E DCT", "0245", "EET/00N010E0010"), 3, 165, 1,
     "EET_CONTRADICTS"},
    {"one before the other", TIMED("00N005E 00N010E DCT", "0245", "EET/00N005E0110 00N010E0100"), 3,
     165, 2, "EET_CONTRADICTS"},
    {"without item 16 the point stands alone",
     TIMED("00N005E 00N010E DCT", "2200", "EET/00N010E0130"), 2, 90, 1, "EET_IMPLAUSIBLE"},
    {"a stay is not stretched",
     TIMED("00N005E/STAY1/0030 00N010E DCT", "0315", "EET/00N010E0200"), 2, 120, 2, NULL},
    /* All of them agree with each other, and not with a way of twice the length. */
    {"most of them contradict",
     TIMED("00N005E 00N010E 00N015E DCT", "0245", "EET/00N005E0005 00N010E0008 00N015E0011"), 4, 165,
     1, "EET_CONTRADICTS"},
    {"an FL above the ceiling of the type",
     "(FPL-ABC1-IS-AT76/M-S/S-ZZZZ1400-N0270F350 DCT-ZZZZ0440-DEP/00N000E DEST/00N020E DOF/260212)",
     1, 280, 1, "LEVEL_ABOVE_CEILING"},
};

static bool has_finding(const ovf_flight *f, const char *rule)
{
    bool is_found = rule == NULL;
    for (size_t i = 0; i < f->finding_count; i++)
        is_found = is_found || strcmp(f->findings[i].rule, rule) == 0;
    return is_found;
}

static void keeps_to_times(void **state)
{
    const struct eet_row *row = *state;
    flown f;
    fly(row->text, &f);
    check_sound(&f.flight, &f.track);
    assert_int_equal(f.flight.points[row->point].time - OFF_BLOCK, row->minutes * 60);
    assert_int_equal(f.track.anchored, row->anchored);
    assert_true(has_finding(&f.flight, row->finding));
    ovf_arena_done(&f.arena);
}

/* A flight as read, then changed as a message about it changes it. */
static void fly_again(flown *f)
{
    assert_int_equal(ovf_flight_track(&f->flight, &f->arena, &f->track, NULL), OVF_OK);
    check_sound(&f->flight, &f->track);
}

/* Off-block is 15 minutes early or late, and up to 20 more are spent on the ground; a departure
 * message is a minute off. */
static void departure_narrows_the_doubt(void **state)
{
    OVF_UNUSED(state);
    flown f;
    fly(TIMED("00N010E DCT", "0245", "RMK/NIL"), &f);
    assert_int_equal(f.track.points[0].early_s, 900);
    assert_int_equal(f.track.points[0].late_s, 2100);
    f.flight.state = OVF_FLIGHT_DEPARTED;
    f.flight.departed = OFF_BLOCK + 1200;
    fly_again(&f);
    assert_int_equal(f.track.points[0].time, OFF_BLOCK + 1200);
    assert_int_equal(f.track.points[0].early_s, 60);
    assert_int_equal(f.track.points[0].late_s, 60);
    const ovf_track_point *last = &f.track.points[f.track.count - 1];
    assert_int_equal(last->time, OFF_BLOCK + 1200 + 165 * 60);
    assert_int_equal(last->late_s, 60 + 297); // 3 % of 2:45
    f.flight.state = OVF_FLIGHT_ARRIVED;
    f.flight.arrived = OFF_BLOCK + 1200 + 180 * 60;
    fly_again(&f);
    last = &f.track.points[f.track.count - 1];
    assert_int_equal(last->time, f.flight.arrived);
    assert_int_equal(last->late_s, 60);
    ovf_arena_done(&f.arena);
}

/* 4D points: the time over the first one tells the taxi time, those over others are kept to, and so
 * are the levels. */
static void given_points_are_kept_to(void **state)
{
    OVF_UNUSED(state);
    flown f;
    fly(TIMED("00N005E 00N010E DCT", "0245", "RMK/NIL"), &f);
    ovf_flight_point *p = f.flight.points;
    p[0].given = (ovf_flight_given){OVF_FLIGHT_SOURCE_ESTIMATE, OFF_BLOCK + 600, 0};
    p[1].given = (ovf_flight_given){OVF_FLIGHT_SOURCE_ESTIMATE, OFF_BLOCK + 3600, 33000};
    p[2].given = (ovf_flight_given){OVF_FLIGHT_SOURCE_ESTIMATE, OFF_BLOCK + 6000, 33000};
    fly_again(&f);
    assert_int_equal(p[0].time, OFF_BLOCK + 600);
    assert_int_equal(p[1].time, OFF_BLOCK + 3600);
    assert_int_equal(p[2].time, OFF_BLOCK + 6000);
    assert_int_equal(p[3].time, OFF_BLOCK + 600 + 165 * 60);
    assert_int_equal(f.track.points[0].late_s, 900); // no more taxiing in it
    assert_true(fabs(level_at(&f.track, ovf_nm_to_m(450)) - 33000) < 1);
    // A report stands, and what comes behind it moves with it.
    p[1].given = (ovf_flight_given){OVF_FLIGHT_SOURCE_ACTUAL, OFF_BLOCK + 4200, -1};
    fly_again(&f);
    assert_int_equal(p[1].time, OFF_BLOCK + 4200);
    assert_true(p[3].time > OFF_BLOCK + 600 + 165 * 60);
    for (size_t i = 0; i < f.track.count; i++) {
        if (f.track.points[i].route_point == 1)
            assert_int_equal(f.track.points[i].late_s, 60);
    }
    ovf_arena_done(&f.arena);
}

/* Between start_doubt_s and time_doubt_s a straight line covers the doubts of all points. */
static void two_doubts_cover_all(void **state)
{
    OVF_UNUSED(state);
    flown f;
    fly(TIMED("00N002E 00N003E 00N010E DCT", "0245", "EET/00N002E0025 00N010E0130"), &f);
    for (size_t i = 0; i < f.track.count; i++) {
        const ovf_track_point *p = &f.track.points[i];
        double share = p->along_m / f.track.length_m;
        double most = f.track.start_doubt_s
                      + share * (f.track.time_doubt_s - f.track.start_doubt_s) + 1e-6;
        assert_true(p->early_s <= most && p->late_s <= most);
        assert_true(p->early_s >= 60 && p->late_s >= p->early_s);
    }
    ovf_arena_done(&f.arena);
}

/* Too short for its level: the climb meets the descent below it. */
static void flies_short(void **state)
{
    (void)state;
    flown f;
    fly("(FPL-ABC1-IS-A320/M-S/S-ZZZZ1400-N0450F350 DCT-ZZZZ0030-DEP/00N000E DEST/00N001E "
        "DOF/260212)",
        &f);
    check_sound(&f.flight, &f.track);
    int32_t highest = 0;
    for (size_t i = 0; i < f.track.count; i++)
        highest = f.track.points[i].level_ft > highest ? f.track.points[i].level_ft : highest;
    // 60.11 NM: above FL100, 20.36 NM from the one end and 37.04 from the other, 291 ft/NM up and
    // 310 ft/NM down meet 1.40 NM further on, 407 ft higher.
    assert_true(abs(highest - 10407) < 40);
    ovf_arena_done(&f.arena);
}

/* Over the 180th meridian and over the pole, legs of no length, one point twice. */
static void flies_anywhere(void **state)
{
    (void)state;
    static const char *const routes[] = {
        "(FPL-A1-IS-B77W/H-S/S-ZZZZ1400-N0480F350 60N170E 60N170W-ZZZZ0300-DEP/60N160E "
        "DEST/60N160W DOF/260212)",
        "(FPL-A1-IS-B77W/H-S/S-ZZZZ1400-N0480F350 88N010E 90N000E 88N170W-ZZZZ0500-DEP/75N010E "
        "DEST/75N170W DOF/260212)",
        "(FPL-A1-IS-B77W/H-S/S-ZZZZ1400-N0480F350 10N010E 10N010E 10N010E-ZZZZ0100-DEP/10N010E "
        "DEST/10N011E DOF/260212)",
        "(FPL-A1-IS-B77W/H-S/S-ZZZZ1400-N0480F350 DCT-ZZZZ0100-DEP/10N010E DEST/10N010E "
        "DOF/260212)",
    };
    for (size_t i = 0; i < OVF_COUNTOF(routes); i++) {
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        ovf_flight *flights = NULL;
        size_t count = 0;
        ovf_track track;
        assert_int_equal(
            ovf_flight_read(NULL, ovf_str_of(routes[i]), NULL, &arena, &flights, &count, NULL),
            OVF_OK);
        if (ovf_flight_track(&flights[0], &arena, &track, NULL) == OVF_OK)
            check_sound(&flights[0], &track);
        ovf_arena_done(&arena);
    }
}

static void needs_two_points(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_flight flight = {0};
    ovf_track track;
    ovf_error err = {0};
    assert_int_equal(ovf_flight_track(&flight, &arena, &track, &err), OVF_E_GEOMETRY);
    ovf_arena_done(&arena);
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(flies_short),
        cmocka_unit_test(flies_anywhere),
        cmocka_unit_test(needs_two_points),
        cmocka_unit_test(departure_narrows_the_doubt),
        cmocka_unit_test(given_points_are_kept_to),
        cmocka_unit_test(two_doubts_cover_all),
    };
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(doubt_rows) + OVF_COUNTOF(eet_rows)
                            + OVF_COUNTOF(others)];
    size_t n = 0;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, flies, NULL, NULL, &rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(doubt_rows); i++)
        tests[n++] = (struct CMUnitTest){doubt_rows[i].name, doubts, NULL, NULL, &doubt_rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(eet_rows); i++)
        tests[n++] = (struct CMUnitTest){eet_rows[i].name, keeps_to_times, NULL, NULL, &eet_rows[i]};
    memcpy(tests + n, others, sizeof(others));
    return _cmocka_run_group_tests("track", tests, OVF_COUNTOF(tests), NULL, NULL);
}
