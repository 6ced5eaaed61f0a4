/* SPDX-License-Identifier: Apache-2.0 */
/* Tracks out of positions: a made flight along the equator at 480 kt, eight seconds a nautical mile
 * and a bit, with one thing wrong at a time; what is set aside, and nothing else. */
#include <overfly/surveillance.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define START_MS INT64_C(1770897600000) /* 2026-02-12T12:00:00Z */
#define MOST 4000

typedef struct seen_list {
    ovf_position items[MOST];
    size_t count;
} seen_list;

static seen_list list;

/* At 480 kt a minute is 8 NM, 8/60 of a degree. */
static ovf_position *add(uint32_t address, double at_s, double lat_deg, double lon_deg, int32_t ft)
{
    ovf_position *p = &list.items[list.count++];
    ovf_position_init(p);
    p->address = address;
    p->time_ms = START_MS + (int64_t)(at_s * 1000);
    p->place = (ovf_point){lat_deg, lon_deg};
    p->has_place = true;
    p->baro_ft = ft;
    p->speed_kt = 480;
    p->track_deg = 90;
    p->source = OVF_SOURCE_ADSB;
    p->nic = 8;
    p->rc_m = 186;
    p->sil = 3;
    p->at = list.count * 100;
    p->len = 50;
    snprintf(p->callsign, sizeof(p->callsign), "KLM%u", (unsigned)(address & 0xFF));
    return p;
}

static ovf_position *fly(uint32_t address, double at_s, double north_deg)
{
    return add(address, at_s, north_deg, at_s / 3600.0 * 8.0, 36000);
}

/* A quarter of an hour, a position every ten seconds. */
static void fly_plain(uint32_t address, double north_deg)
{
    for (int i = 0; i <= 90; i++)
        fly(address, i * 10.0, north_deg);
}

typedef struct made {
    ovf_arena arena;
    ovf_flight *flights;
    size_t count;
} made;

static void make(made *m)
{
    ovf_error err = {0};
    ovf_arena_init(&m->arena, 0);
    assert_int_equal(ovf_flown_flights(NULL, list.items, list.count, NULL, &m->arena, &m->flights,
                                       &m->count, &err),
                     OVF_OK);
    size_t total = 0;
    for (size_t i = 0; i < m->count; i++) {
        const ovf_flown *flown = m->flights[i].flown;
        size_t sum = 0;
        for (size_t k = 0; k < OVF_ASIDE_COUNT; k++)
            sum += flown->set_aside[k];
        assert_int_equal(sum, flown->count);
        assert_int_equal(m->flights[i].point_count, flown->set_aside[OVF_ASIDE_NOT]);
        total += flown->count;
        for (size_t k = 0; k < flown->track.count; k++) {
            const ovf_track_point *p = &flown->track.points[k];
            assert_true(p->lowest_ft <= p->level_ft && p->level_ft <= p->highest_ft);
            assert_true(k == 0 || p->time >= p[-1].time);
            assert_true(k == 0 || p->along_m >= p[-1].along_m);
        }
    }
    assert_int_equal(total, list.count); // nothing is lost
}

/* ---- one thing wrong ---- */

static void nothing(void) {}

static void one_jump(void)
{
    fly(0x484001, 455, 0)->place = (ovf_point){30, 30};
}

static void one_side_step(void)
{
    fly(0x484001, 455, 0)->place.lat_deg = 0.3; // 18 NM aside within 5 s
}

static void far_for_ten_minutes(void)
{
    for (int i = 0; i < 60; i++)
        add(0x484001, 150.5 + i * 10.0, 33.8 + i * 1e-4, 35.5, 36000)->speed_kt = 4;
}

static void in_a_circle(void)
{
    for (int i = 0; i < 60; i++) {
        double angle = i * 0.35;
        add(0x484001, 150.5 + i * 10.0, 44 + 0.02 * sin(angle), 33 + 0.028 * cos(angle), 300)
            ->speed_kt = 100;
    }
}

static void twice(void)
{
    fly(0x484001, 450, 0);
    fly(0x484001, 460, 0);
}

static void two_places(void)
{
    fly(0x484001, 450, 0)->place = (ovf_point){10, 10};
}

static void held(void)
{
    for (int i = 1; i <= 3; i++)
        fly(0x484001, 900 + i * 10.0, 0)->place = list.items[90].place;
}

static void no_integrity(void)
{
    for (int i = 0; i < 3; i++) {
        ovf_position *p = fly(0x484001, 455 + i, 0);
        p->nic = 0;
        p->rc_m = -1;
    }
}

static void on_ground(void)
{
    for (int i = 1; i <= 5; i++)
        fly(0x484001, -10.0 * i, 0)->on_ground = OVF_TRI_YES;
}

static void by_radar(void)
{
    fly(0x484001, 455, 0)->source = OVF_SOURCE_TISB;
}

static void no_place(void)
{
    fly(0x484001, 455, 0)->has_place = false;
}

static void no_time(void)
{
    fly(0x484001, 455, 0)->time_ms = OVF_TIME_NONE;
}

static void ahead_of_receipt(void)
{
    ovf_position *p = fly(0x484001, 455, 0);
    p->received_ms = p->time_ms - 120000;
}

static void clock_leaps(void)
{
    list.items[45].time_ms += 3600000;
    list.items[46].time_ms += 0;
}

static void level_spike(void)
{
    list.items[45].baro_ft = 126700;
    list.items[46].baro_ft = 0;
}

static void has_gap(void)
{
    memmove(&list.items[30], &list.items[60], 31 * sizeof(list.items[0])); // 300 to 600 s
    list.count -= 30;
}

static void out_of_order(void)
{
    ovf_position p = list.items[45];
    list.items[45] = list.items[46];
    list.items[46] = p;
}

static struct row {
    const char *name;
    void (*spoil)(void);
    size_t kept;
    ovf_aside reason;
    size_t set_aside;
    size_t gaps, spikes;
    ovf_flight_status status;
} rows[] = {
    {"nothing wrong", nothing, 91, OVF_ASIDE_NOT, 91, 0, 0, OVF_FLIGHT_OK},
    {"one jump", one_jump, 91, OVF_ASIDE_JUMP, 1, 0, 0, OVF_FLIGHT_PARTIAL},
    {"one side step", one_side_step, 91, OVF_ASIDE_JUMP, 1, 0, 0, OVF_FLIGHT_PARTIAL},
    {"ten minutes elsewhere", far_for_ten_minutes, 91, OVF_ASIDE_TELEPORT, 60, 0, 0,
     OVF_FLIGHT_PARTIAL},
    {"in a circle elsewhere", in_a_circle, 91, OVF_ASIDE_CIRCLE, 60, 0, 0, OVF_FLIGHT_PARTIAL},
    {"twice the same", twice, 91, OVF_ASIDE_REPEATED, 2, 0, 0, OVF_FLIGHT_OK},
    {"two places at a time", two_places, 91, OVF_ASIDE_TWO_PLACES, 1, 0, 0, OVF_FLIGHT_PARTIAL},
    {"the last place held", held, 91, OVF_ASIDE_STALE, 3, 0, 0, OVF_FLIGHT_PARTIAL},
    {"integrity drops", no_integrity, 91, OVF_ASIDE_INTEGRITY, 3, 0, 0, OVF_FLIGHT_PARTIAL},
    {"on the ground", on_ground, 91, OVF_ASIDE_SURFACE, 5, 0, 0, OVF_FLIGHT_OK},
    {"by radar", by_radar, 91, OVF_ASIDE_RADAR, 1, 0, 0, OVF_FLIGHT_OK},
    {"no place", no_place, 91, OVF_ASIDE_NO_PLACE, 1, 0, 0, OVF_FLIGHT_OK},
    {"no time", no_time, 91, OVF_ASIDE_NO_TIME, 1, 0, 0, OVF_FLIGHT_OK},
    {"ahead of its receipt", ahead_of_receipt, 91, OVF_ASIDE_CLOCK, 1, 0, 0, OVF_FLIGHT_PARTIAL},
    {"a clock that leaps", clock_leaps, 90, OVF_ASIDE_CLOCK, 1, 0, 0, OVF_FLIGHT_PARTIAL},
    {"an altitude spike", level_spike, 91, OVF_ASIDE_NOT, 91, 0, 2, OVF_FLIGHT_OK},
    {"a gap", has_gap, 61, OVF_ASIDE_NOT, 61, 1, 0, OVF_FLIGHT_PARTIAL},
    {"two that overtook each other", out_of_order, 91, OVF_ASIDE_NOT, 91, 0, 0, OVF_FLIGHT_OK},
};

static void sets_aside(void **state)
{
    const struct row *row = *state;
    made m;
    list.count = 0;
    fly_plain(0x484001, 0);
    row->spoil();
    make(&m);
    assert_int_equal(m.count, 1);
    const ovf_flight *f = &m.flights[0];
    assert_int_equal(f->form, OVF_FLIGHT_TRACK);
    assert_int_equal(f->flown->set_aside[OVF_ASIDE_NOT], row->kept);
    assert_int_equal(f->flown->set_aside[row->reason], row->set_aside);
    assert_int_equal(f->flown->gap_count, row->gaps);
    assert_int_equal(f->unresolved_count, row->gaps);
    assert_int_equal(f->flown->level_spikes, row->spikes);
    assert_int_equal(f->status, row->status);
    assert_int_equal(f->flown->track.complete, row->gaps == 0);
    assert_true(f->flown->track.timed && f->flown->track.levelled);
    assert_true(f->flown->place_doubt_m == 186);
    for (size_t i = 0; i < f->flown->track.count; i++)
        assert_int_equal(f->flown->track.points[i].level_ft, 36000);
    ovf_arena_done(&m.arena);
}

/* ---- several ---- */

static void finds_a_shared_place(void **state)
{
    OVF_UNUSED(state);
    made m;
    list.count = 0;
    for (uint32_t n = 1; n <= 3; n++) {
        fly_plain(0x484000 + n, n);
        for (int i = 0; i < 5; i++) // all three at Beirut for a minute
            add(0x484000 + n, 400.5 + i * 10.0 + n, 33.82, 35.49, 36000);
    }
    fly_plain(0x484009, 9);
    add(0x484009, 405, 60, 60, 36000);
    make(&m);
    assert_int_equal(m.count, 4);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(m.flights[i].flown->set_aside[OVF_ASIDE_SHARED], 5);
        assert_int_equal(m.flights[i].point_count, 91);
    }
    assert_int_equal(m.flights[3].flown->set_aside[OVF_ASIDE_JUMP], 1);
    ovf_arena_done(&m.arena);
}

/* Two aircraft under one address at the same time: one is kept, the other is not lost. */
static void keeps_two_under_one_address_apart(void **state)
{
    OVF_UNUSED(state);
    made m;
    list.count = 0;
    for (int i = 0; i <= 90; i++) {
        fly(0x484001, i * 10.0, 0);
        if (i >= 30)
            fly(0x484001, i * 10.0 + 3, 40);
    }
    make(&m);
    assert_int_equal(m.count, 1);
    assert_int_equal(m.flights[0].point_count, 91);
    assert_int_equal(m.flights[0].flown->set_aside[OVF_ASIDE_TELEPORT], 61);
    ovf_arena_done(&m.arena);
}

static void climb_and_land(double from_s, const char *callsign)
{
    size_t first = list.count;
    for (int i = -60; i < 0; i++) {
        ovf_position *p = add(0x484001, from_s + i * 10.0, 5, 5, 0);
        p->on_ground = OVF_TRI_YES;
        p->speed_kt = 0;
    }
    for (int i = 0; i <= 60; i++)
        add(0x484001, from_s + i * 10.0, 5, 5 + i * 0.003, i < 30 ? 300 * i : 300 * (60 - i))
            ->speed_kt = 80;
    for (int i = 60; i > 0; i--) { // the same way back, so that the next one starts here
        ovf_position *p = add(0x484001, from_s + 1210 - i * 10.0, 5, 5 + (i - 0.5) * 0.003, 2000);
        p->speed_kt = 80;
    }
    for (; first < list.count; first++)
        snprintf(list.items[first].callsign, sizeof(list.items[first].callsign), "%s", callsign);
}

static void splits_on_the_ground(void **state)
{
    OVF_UNUSED(state);
    made m;
    list.count = 0;
    climb_and_land(600, "KLM1");
    climb_and_land(3600, "KLM2");
    make(&m);
    assert_int_equal(m.count, 2);
    assert_true(ovf_str_eq(m.flights[0].id, OVF_STR("KLM1")));
    assert_true(ovf_str_eq(m.flights[1].id, OVF_STR("KLM2")));
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(m.flights[i].point_count, 121);
        assert_int_equal(m.flights[i].flown->set_aside[OVF_ASIDE_SURFACE], 60);
        assert_int_equal(m.flights[i].flown->gap_count, 0);
    }
    ovf_arena_done(&m.arena);
}

static struct split {
    const char *name;
    double away_s;  /* out of sight after a quarter of an hour */
    double away_nm; /* and that much farther on */
    int32_t ft;     /* level behind it */
    const char *callsign;
    size_t flights;
} splits[] = {
    {"ten minutes away go on", 600, 80, 36000, "KLM1", 1},
    {"an ocean goes on", 18000, 2400, 36000, "KLM1", 1},
    {"low behind half an hour has landed", 3600, 480, 5000, "KLM1", 2},
    {"too slow for the way has landed", 18000, 300, 36000, "KLM1", 2},
    {"a day later is another flight", 86400, 1000, 36000, "KLM1", 2},
    {"another call sign behind ten minutes", 660, 88, 36000, "KLM2", 2},
    {"another call sign without a gap is the same flight", 10, 1.33, 36000, "KLM2", 1},
};

static void splits_at_gaps(void **state)
{
    const struct split *row = *state;
    made m;
    list.count = 0;
    fly_plain(0x484001, 0);
    double east = list.items[90].place.lon_deg + row->away_nm / 60.0;
    for (int i = 0; i <= 30; i++) {
        ovf_position *p = add(0x484001, 900 + row->away_s + i * 10.0, 0, east + i / 45.0, row->ft);
        snprintf(p->callsign, sizeof(p->callsign), "%s", row->callsign);
    }
    make(&m);
    assert_int_equal(m.count, row->flights);
    if (row->flights == 1)
        assert_int_equal(m.flights[0].flown->gap_count, row->away_s > 120);
    ovf_arena_done(&m.arena);
}

/* Over a gap the level may be anything that can be climbed to and back; the way is not known. */
static void is_open_over_a_gap(void **state)
{
    OVF_UNUSED(state);
    made m;
    list.count = 0;
    fly_plain(0x484001, 0);
    has_gap();
    make(&m);
    const ovf_track *t = &m.flights[0].flown->track;
    size_t bridged = 0;
    for (size_t i = 1; i < t->count; i++) {
        if (!t->points[i].is_bridged)
            continue;
        bridged++;
        assert_true(t->points[i].lowest_ft <= 36000 - 15000);
        assert_true(t->points[i - 1].lowest_ft <= 36000 - 15000);
        assert_int_equal(t->points[i].time - t->points[i - 1].time, 310);
    }
    assert_int_equal(bridged, 1);
    assert_int_equal(t->count, 61 + 2);
    ovf_arena_done(&m.arena);
}

/* A drawn line has neither times nor an order but its own. */
static void keeps_a_line_without_times(void **state)
{
    OVF_UNUSED(state);
    made m;
    list.count = 0;
    for (int i = 0; i < 5; i++) {
        ovf_position *p = add(OVF_ADDRESS_NONE, 0, 10.0 * i, 5, 36000);
        p->time_ms = OVF_TIME_NONE;
        p->series = 1;
    }
    make(&m);
    assert_int_equal(m.count, 1);
    assert_int_equal(m.flights[0].point_count, 5);
    assert_false(m.flights[0].flown->track.timed);
    assert_true(m.flights[0].off_block == OVF_TIME_NONE);
    ovf_arena_done(&m.arena);
}

static void takes_heights_without_pressure(void **state)
{
    OVF_UNUSED(state);
    made m;
    list.count = 0;
    fly_plain(0x484001, 0);
    for (size_t i = 0; i < list.count; i++) {
        list.items[i].geom_ft = 37000;
        list.items[i].baro_ft = OVF_VALUE_NONE;
    }
    make(&m);
    const ovf_track_point *p = &m.flights[0].flown->track.points[5];
    assert_true(m.flights[0].flown->level_is_geometric);
    assert_true(p->lowest_ft < 35000 && p->highest_ft > 39000 && p->level_ft == 37000);
    for (size_t i = 0; i < list.count; i++)
        list.items[i].geom_ft = OVF_VALUE_NONE;
    ovf_arena_done(&m.arena);
    make(&m);
    assert_false(m.flights[0].flown->track.levelled);
    assert_int_equal(m.flights[0].flown->track.points[5].highest_ft, OVF_FLIGHT_TOP_FT);
    ovf_arena_done(&m.arena);
}

static void reads_a_record_as_flights(void **state)
{
    OVF_UNUSED(state);
    ovf_str text = OVF_STR("timestamp,icao24,callsign,latitude,longitude,altitude\n"
                           "1700000000,484001,KLM1,50,5,36000\n1700000010,484002,KLM2,51,5,30000\n"
                           "1700000010,484001,KLM1,50,5.03,36000\n");
    ovf_arena arena;
    ovf_error err = {0};
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_track track;
    ovf_arena_init(&arena, 0);
    assert_true(ovf_flight_sniff(text));
    assert_int_equal(ovf_flight_read(NULL, text, NULL, &arena, &flights, &count, &err), OVF_OK);
    assert_int_equal(count, 2);
    assert_string_equal(ovf_flight_form_name(flights[0].form), "track");
    assert_true(ovf_str_eq(flights[0].id, OVF_STR("KLM1")));
    assert_int_equal(flights[0].address, 0x484001);
    assert_int_equal(flights[0].off_block, 1700000000);
    assert_int_equal(flights[0].raw_span.at, 54);
    assert_int_equal(ovf_flight_track(&flights[0], &arena, &track, &err), OVF_OK);
    assert_int_equal(track.count, 2);
    assert_int_equal(track.points[1].level_ft, 36000);
    assert_int_equal(ovf_flight_track(&flights[1], &arena, &track, &err), OVF_E_GEOMETRY);
    ovf_arena_done(&arena);
}

#define TEST(function)                        \
    {                                         \
#function, function, NULL, NULL, NULL \
    }

int main(void)
{
    static const struct CMUnitTest single[] = {
        TEST(finds_a_shared_place),       TEST(keeps_two_under_one_address_apart),
        TEST(splits_on_the_ground),       TEST(is_open_over_a_gap),
        TEST(keeps_a_line_without_times), TEST(takes_heights_without_pressure),
        TEST(reads_a_record_as_flights),
    };
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(splits) + OVF_COUNTOF(single)];
    size_t n = 0;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, sets_aside, NULL, NULL, &rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(splits); i++)
        tests[n++] = (struct CMUnitTest){splits[i].name, splits_at_gaps, NULL, NULL, &splits[i]};
    for (size_t i = 0; i < OVF_COUNTOF(single); i++)
        tests[n++] = single[i];
    return _cmocka_run_group_tests("flown", tests, n, NULL, NULL);
}
