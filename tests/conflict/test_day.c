/* SPDX-License-Identifier: Apache-2.0 */
/* A loaded day, and the index of many flights, against the plain way: each flight by itself with
 * ovf_conflict_flight. Random closures and plans (fixed seed), among them closures without a place
 * or a level, flights without times, at an instant, after a removal; and one picture after another
 * with a notice added, replaced, cancelled. */
#include "drawn.h"

#include <overfly/day.h>

#define ROUNDS 14
#define PLANS 30
#define CLOSURES 5

typedef struct fixture {
    ovf_arena arena;
    ovf_buf notices, plans;
    ovf_flight *flights;
    ovf_track tracks[PLANS + 1];
    size_t count;
    ovf_day *day;
} fixture;

static void load(fixture *x, ovf_point centre, uint64_t *seed)
{
    ovf_error err = {0};
    ovf_arena_init(&x->arena, 0);
    for (int i = 1; i <= CLOSURES; i++)
        add_notice(&x->notices, i, centre, seed);
    // Where it lies nobody can tell, and it is about no FIR in particular.
    ovf_buf_printf(
        &x->notices,
        "A0090/26 NOTAMN\nQ) SVZM/QRPCA/IV/NBO/W/000/999/0900N06500W060\nA) SVZM "
        "B) 2602120900 C) 2602121500\nE) AIRSPACE CLOSED WI AREA OF THE FORMER BASE\n\n");
    for (int i = 0; i < PLANS; i++)
        add_plan(&x->plans, centre, seed);
    // No day and no time: its places and levels are all that is known.
    ovf_buf_printf(&x->plans, "(FPL-KLM2-IS-A320/M-S/S-SVMI0000-N0450F350 DCT-TTPP0100-0)");
    ovf_flight *flights = NULL;
    assert_int_equal(
        ovf_flight_read(world, ovf_buf_str(&x->plans), NULL, &x->arena, &flights, &x->count, &err),
        OVF_OK);
    x->flights = flights;
    assert_int_equal(x->count, PLANS + 1);
    assert_int_equal(ovf_day_new(world, 0, &x->day, &err), OVF_OK);
    for (size_t i = 0; i < x->count; i++) {
        uint32_t id = 0;
        assert_int_equal(ovf_flight_track(&flights[i], &x->arena, &x->tracks[i], &err), OVF_OK);
        assert_int_equal(ovf_day_add(x->day, &flights[i], &x->tracks[i], NULL, &id, &err), OVF_OK);
        assert_int_equal(id, i);
    }
}

static void unload(fixture *x)
{
    ovf_day_free(x->day);
    ovf_buf_done(&x->notices);
    ovf_buf_done(&x->plans);
    ovf_arena_done(&x->arena);
    *x = (fixture){0};
}

static void same_end(const ovf_crossing_end *a, const ovf_crossing_end *b)
{
    assert_true(a->along_m == b->along_m);
    assert_true(a->place.lat_deg == b->place.lat_deg && a->place.lon_deg == b->place.lon_deg);
    assert_int_equal(a->time, b->time);
    assert_int_equal(a->level_ft, b->level_ft);
}

static void same_crossings(const ovf_crossing *a, size_t a_count, const ovf_crossing *b,
                           size_t b_count)
{
    assert_int_equal(a_count, b_count);
    for (size_t i = 0; i < a_count; i++) {
        assert_ptr_equal(a[i].restriction, b[i].restriction);
        same_end(&a[i].entry, &b[i].entry);
        same_end(&a[i].exit, &b[i].exit);
        assert_int_equal(a[i].certainty, b[i].certainty);
        assert_true(ovf_str_eq(a[i].certainty_why, b[i].certainty_why));
        assert_int_equal(a[i].ruling.verdict, b[i].ruling.verdict);
        assert_int_equal(a[i].ruling.applies, b[i].ruling.applies);
        assert_int_equal(a[i].whose.state, b[i].whose.state);
    }
}

static const ovf_restriction **all_of(const ovf_picture *picture, ovf_arena *arena, size_t *count)
{
    *count = ovf_picture_restriction_count(picture);
    const ovf_restriction **all = ovf_arena_alloc(arena, *count + 1, sizeof(*all));
    assert_non_null(all);
    for (size_t i = 0; i < *count; i++)
        all[i] = ovf_picture_restriction(picture, i);
    return all;
}

/* The day's answer about all restrictions is that of each flight. Returns how many are touched. */
static size_t compare(const fixture *x, const ovf_picture *picture, ovf_time at, ovf_arena *arena)
{
    ovf_error err = {0};
    size_t count = 0;
    const ovf_restriction **all = all_of(picture, arena, &count);
    ovf_day_touch *touched = NULL;
    size_t touched_count = 0;
    assert_int_equal(
        ovf_day_touched(x->day, picture, all, count, at, arena, &touched, &touched_count, &err),
        OVF_OK);
    ovf_conflict_index *index = NULL;
    assert_int_equal(ovf_conflict_index_new(picture, &index, &err), OVF_OK);
    size_t next = 0;
    for (size_t i = 0; i < x->count; i++) {
        ovf_conflict plain;
        ovf_conflict quick;
        assert_int_equal(ovf_conflict_flight(picture, &x->flights[i], &x->tracks[i], NULL, at,
                                             arena, &plain, &err),
                         OVF_OK);
        assert_int_equal(ovf_conflict_indexed(index, &x->flights[i], &x->tracks[i], NULL, at, arena,
                                              &quick, &err),
                         OVF_OK);
        assert_int_equal(plain.answer, quick.answer);
        assert_true(ovf_str_eq(plain.why, quick.why));
        same_crossings(plain.crossings, plain.crossing_count, quick.crossings,
                       quick.crossing_count);
        bool is_removed = ovf_day_flight_of(x->day, (uint32_t)i).is_removed;
        bool is_told = next < touched_count && touched[next].flight == i;
        assert_int_equal(is_told, !is_removed && plain.crossing_count > 0);
        if (!is_told)
            continue;
        same_crossings(plain.crossings, plain.crossing_count, touched[next].crossings,
                       touched[next].crossing_count);
        assert_int_equal(plain.answer, touched[next].answer);
        next++;
    }
    assert_int_equal(next, touched_count);
    ovf_conflict_index_free(index);
    return touched_count;
}

static void answers_as_one_by_one(void **state)
{
    OVF_UNUSED(state);
    uint64_t seed = 6;
    size_t touched = 0;
    for (size_t n = 0; n < ROUNDS; n++) {
        fixture x = {0};
        load(&x, centres[n % OVF_COUNTOF(centres)], &seed);
        ovf_picture *picture = picture_of(ovf_buf_str(&x.notices), true);
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        touched += compare(&x, picture, OVF_TIME_NONE, &arena);
        compare(&x, picture, NOON, &arena);
        ovf_error err = {0};
        assert_int_equal(ovf_day_remove(x.day, 3, &err), OVF_OK);
        assert_int_equal(ovf_day_remove(x.day, 3, &err), OVF_E_NOT_FOUND);
        assert_int_equal(ovf_day_remove(x.day, 1000, &err), OVF_E_NOT_FOUND);
        compare(&x, picture, OVF_TIME_NONE, &arena);
        assert_int_equal(ovf_day_stats_of(x.day).flights, x.count - 1);
        ovf_arena_done(&arena);
        ovf_picture_free(picture);
        unload(&x);
    }
    print_message("%zu flights touched\n", touched);
    assert_true(touched > 50);
}

/* Crossings of a flight that are not in both lists by id, entry and exit. */
static bool is_changed(const ovf_conflict *a, const ovf_conflict *b)
{
    if (a->crossing_count != b->crossing_count)
        return true;
    for (size_t i = 0; i < a->crossing_count; i++) {
        const ovf_crossing *x = &a->crossings[i];
        const ovf_crossing *y = &b->crossings[i];
        if (!ovf_str_eq(x->restriction->id, y->restriction->id)
            || x->entry.along_m != y->entry.along_m || x->exit.along_m != y->exit.along_m
            || x->certainty != y->certainty)
            return true;
    }
    return false;
}

static ovf_picture *updated(const ovf_picture *from, const char *text)
{
    const ovf_source source = {.name = OVF_STR("update"), .known = OVF_TIME_NONE};
    ovf_picture *next = NULL;
    ovf_error err = {0};
    assert_int_equal(ovf_picture_from(from, &next, &err), OVF_OK);
    assert_int_equal(ovf_picture_add(next, ovf_str_of(text), &source, NULL, &err), OVF_OK);
    assert_int_equal(ovf_picture_settle(next, &err), OVF_OK);
    return next;
}

static size_t compare_pictures(const fixture *x, const ovf_picture *before,
                               const ovf_picture *after, ovf_arena *arena)
{
    ovf_error err = {0};
    ovf_day_change *changes = NULL;
    size_t count = 0;
    assert_int_equal(
        ovf_day_changed(x->day, before, after, OVF_TIME_NONE, arena, &changes, &count, &err),
        OVF_OK);
    size_t next = 0;
    for (size_t i = 0; i < x->count; i++) {
        ovf_conflict old;
        ovf_conflict new;
        assert_int_equal(ovf_conflict_flight(before, &x->flights[i], &x->tracks[i], NULL,
                                             OVF_TIME_NONE, arena, &old, &err),
                         OVF_OK);
        assert_int_equal(ovf_conflict_flight(after, &x->flights[i], &x->tracks[i], NULL,
                                             OVF_TIME_NONE, arena, &new, &err),
                         OVF_OK);
        bool is_told = next < count && changes[next].flight == i;
        assert_int_equal(is_told, is_changed(&old, &new));
        next += is_told;
    }
    assert_int_equal(next, count);
    return count;
}

static void tells_what_a_notice_changes(void **state)
{
    static const char *const updates[] = {
        "A0080/26 NOTAMN\nQ) SVZM/QRPCA/IV/NBO/W/000/999/0900N06500W060\nA) SVZM B) 2602120800 C) "
        "2602122300\nE) AIRSPACE CLOSED WI 200NM OF 0900N06500W\nF) SFC G) UNL\n\n",
        "A0081/26 NOTAMR A0001/26\nQ) SVZM/QRPCA/IV/NBO/W/000/999/0900N06500W060\nA) SVZM B) "
        "2602120800 C) 2602122300\nE) AIRSPACE CLOSED WI 120NM OF 1000N06600W\nF) SFC G) UNL\n\n",
        "A0082/26 NOTAMC A0002/26\nQ) SVZM/QRPCN/IV/NBO/W/000/999/0900N06500W060\nA) SVZM B) "
        "2602120800\nE) AIRSPACE CLOSURE CANCELLED\n\n",
    };
    OVF_UNUSED(state);
    uint64_t seed = 12;
    size_t changes = 0;
    for (size_t n = 0; n < 6; n++) {
        fixture x = {0};
        load(&x, centres[0], &seed);
        ovf_picture *before = picture_of(ovf_buf_str(&x.notices), true);
        ovf_picture *after = updated(before, updates[n % OVF_COUNTOF(updates)]);
        ovf_picture *anew = NULL;
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        size_t count = compare_pictures(&x, before, after, &arena);
        // Made for itself, the picture shares nothing, and the answer is the same.
        ovf_buf_printf(&x.notices, "%s", updates[n % OVF_COUNTOF(updates)]);
        anew = picture_of(ovf_buf_str(&x.notices), true);
        assert_int_equal(compare_pictures(&x, before, anew, &arena), count);
        assert_int_equal(compare_pictures(&x, after, after, &arena), 0);
        changes += count;
        ovf_arena_done(&arena);
        ovf_picture_free(anew);
        ovf_picture_free(after);
        ovf_picture_free(before);
        unload(&x);
    }
    print_message("%zu flights changed\n", changes);
    assert_true(changes > 20);
}

static void refuses_what_is_no_track(void **state)
{
    OVF_UNUSED(state);
    ovf_day *day = NULL;
    ovf_error err = {0};
    assert_int_equal(ovf_day_new(world, 0, &day, &err), OVF_OK);
    ovf_flight flight = {.from_airport = OVF_INDEX_NONE,
                         .to_airport = OVF_INDEX_NONE,
                         .operator_index = OVF_INDEX_NONE,
                         .registry_state = OVF_INDEX_NONE,
                         .off_block = OVF_TIME_NONE};
    ovf_track_point points[] = {{.place = {10, 20}, .time = 100},
                                {.place = {11, 20}, .time = 90, .along_m = 111000}};
    ovf_track track = {.points = points, .count = 2, .length_m = 111000};
    uint32_t id = 7;
    assert_int_equal(ovf_day_add(day, &flight, &track, NULL, &id, &err), OVF_E_GEOMETRY);
    points[1].time = 200;
    track.count = 1;
    assert_int_equal(ovf_day_add(day, &flight, &track, NULL, &id, &err), OVF_E_GEOMETRY);
    track.count = 2;
    points[1].place.lat_deg = (double)NAN;
    assert_int_equal(ovf_day_add(day, &flight, &track, NULL, &id, &err), OVF_E_GEOMETRY);
    assert_int_equal(ovf_day_count(day), 0);
    points[1].place.lat_deg = 11;
    assert_int_equal(ovf_day_add(day, &flight, &track, NULL, &id, &err), OVF_OK);
    assert_int_equal(id, 0);
    ovf_day_free(day);
    // No room for more than a small day.
    assert_int_equal(ovf_day_new(world, 100000, &day, &err), OVF_OK);
    ovf_status status = OVF_OK;
    for (int i = 0; i < 2000 && status == OVF_OK; i++)
        status = ovf_day_add(day, &flight, &track, NULL, &id, &err);
    assert_int_equal(status, OVF_E_LIMIT);
    ovf_day_free(day);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_as_one_by_one),
        cmocka_unit_test(tells_what_a_notice_changes),
        cmocka_unit_test(refuses_what_is_no_track),
    };
    world_path = argc > 1 ? argv[1] : "overfly.world";
    return _cmocka_run_group_tests("day", tests, OVF_COUNTOF(tests), open_all, close_all);
}
