/* SPDX-License-Identifier: Apache-2.0 */
/* Points that share a name: the way that is shortest as a whole decides, not the nearest neighbour
 * alone. The case of 28 August 2023: DVL is Deauville in France and Devils Lake in North Dakota,
 * 3,600 NM apart (CAA, NERL Major Incident Investigation, final report, 2024). */
#include "flight_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define DEAUVILLE   \
    {               \
        49.31, 0.31 \
    }
#define DEVILS_LAKE   \
    {                 \
        48.11, -98.91 \
    }
#define HEATHROW     \
    {                \
        51.48, -0.46 \
    }
#define PARIS       \
    {               \
        49.01, 2.55 \
    }
#define SEATTLE        \
    {                  \
        47.45, -122.31 \
    }
#define CHICAGO       \
    {                 \
        41.98, -87.90 \
    }

static struct row {
    const char *name;
    ovf_point from, to;
    double expected_lon_deg;
} rows[] = {
    {"between London and Paris it is Deauville", HEATHROW, PARIS, 0.31},
    {"between Seattle and Chicago it is Devils Lake", SEATTLE, CHICAGO, -98.91},
    {"the other way round too", CHICAGO, SEATTLE, -98.91},
};

static void chooses(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_findings findings = {.arena = &arena};
    ovf_flight flight = {.from = OVF_STR_INIT("AAAA"), .to = OVF_STR_INIT("BBBB")};
    flight_reader r = {.arena = &arena,
                       .flight = &flight,
                       .findings = &findings,
                       .has_from = true,
                       .has_to = true,
                       .from = row->from,
                       .to = row->to};
    r.scan = r.text = OVF_STR("DVL");
    const ovf_point places[] = {DEVILS_LAKE, DEAUVILLE};
    element e[] = {{.kind = ELEMENT_POINT,
                    .text = r.scan,
                    .ident = r.scan,
                    .candidates = {DEVILS_LAKE, DEAUVILLE},
                    .candidate_count = 2,
                    .origin = {0, 1},
                    .places = places,
                    .namesakes = 2}};
    assert_int_equal(flight_expand_elements(&r, e, 1, NULL), OVF_OK);
    assert_int_equal(flight.point_count, 3);
    assert_true(flight.points[1].place.lon_deg == row->expected_lon_deg);
    assert_int_equal(flight.points[1].ambiguous, 1);
    assert_true(flight.points[1].others[0].lon_deg == (row->expected_lon_deg > 0 ? -98.91 : 0.31));
    assert_int_equal(findings.count, 1);
    assert_string_equal(findings.items[0].rule, "POINT_AMBIGUOUS");
    ovf_arena_done(&arena);
}

/* Two doubtful names in a row: each alone would be nearer to the departure in the wrong place. */
static void chooses_together(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_findings findings = {.arena = &arena};
    ovf_flight flight = {.from = OVF_STR_INIT("AAAA"), .to = OVF_STR_INIT("BBBB")};
    flight_reader r = {.arena = &arena,
                       .flight = &flight,
                       .findings = &findings,
                       .has_from = true,
                       .has_to = true,
                       .from = {0, 0},
                       .to = {0, 30}};
    r.scan = r.text = OVF_STR("AB CD");
    element e[] = {{.kind = ELEMENT_POINT,
                    .ident = ovf_str_sub(r.scan, 0, 2),
                    .candidates = {{0, -5}, {0, 10}},
                    .candidate_count = 2},
                   {.kind = ELEMENT_POINT,
                    .ident = ovf_str_tail(r.scan, 3),
                    .candidates = {{0, -6}, {0, 20}},
                    .candidate_count = 2}};
    assert_int_equal(flight_expand_elements(&r, e, 2, NULL), OVF_OK);
    assert_true(flight.points[1].place.lon_deg == 10);
    assert_true(flight.points[2].place.lon_deg == 20);
    ovf_arena_done(&arena);
}

/* A name whose only known place is elsewhere, between two that are exact, all on the equator: what
 * bends the way past what is flown is left out, what bends it far is kept in doubt. */
static struct kink {
    const char *name;
    double after_lon_deg; /* the exact point behind; the one before is at 0 */
    ovf_point place;
    size_t points, unresolved; /* departure and destination among the points */
} kinks[] = {
    {"between its neighbours", 20, {1, 10}, 5, 0},
    {"180 NM aside and back", 1, {2.0, 0.5}, 5, 0},
    {"300 NM aside and back", 1, {2.6, 0.5}, 5, 1},
    {"700 NM of detour on 2,400", 40, {16.6, 20}, 5, 1},
    {"1,300 NM of detour on 2,400", 40, {29.5, 20}, 4, 1},
};

static void doubts(void **state)
{
    const struct kink *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_findings findings = {.arena = &arena};
    ovf_flight flight = {.from = OVF_STR_INIT("AAAA"), .to = OVF_STR_INIT("BBBB")};
    flight_reader r = {.arena = &arena,
                       .flight = &flight,
                       .findings = &findings,
                       .has_from = true,
                       .has_to = true,
                       .from = {0, -1},
                       .to = {0, row->after_lon_deg + 1}};
    r.scan = r.text = OVF_STR("A B C");
    element e[] = {{.kind = ELEMENT_POINT,
                    .ident = ovf_str_sub(r.scan, 0, 1),
                    .is_exact = true,
                    .candidates = {{0, 0}},
                    .candidate_count = 1},
                   {.kind = ELEMENT_POINT,
                    .ident = ovf_str_sub(r.scan, 2, 3),
                    .namesakes = 1,
                    .candidates = {row->place},
                    .candidate_count = 1},
                   {.kind = ELEMENT_POINT,
                    .ident = ovf_str_tail(r.scan, 4),
                    .is_exact = true,
                    .candidates = {{0, row->after_lon_deg}},
                    .candidate_count = 1}};
    assert_int_equal(flight_expand_elements(&r, e, 3, NULL), OVF_OK);
    assert_int_equal(flight.point_count, row->points);
    assert_int_equal(flight.unresolved_count, row->unresolved);
    assert_int_equal(flight.route_complete, row->unresolved == 0);
    for (size_t i = 2; i < flight.point_count && i < 4; i++) // the legs to and from it
        assert_int_equal(flight.points[i].is_bridged,
                         row->unresolved > 0 && (i == 2 || row->points == 5));
    ovf_arena_done(&arena);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 1 + OVF_COUNTOF(kinks)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, chooses, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] = (struct CMUnitTest)cmocka_unit_test(chooses_together);
    for (size_t i = 0; i < OVF_COUNTOF(kinks); i++)
        tests[OVF_COUNTOF(rows) + 1 + i] =
            (struct CMUnitTest){kinks[i].name, doubts, NULL, NULL, &kinks[i]};
    return _cmocka_run_group_tests("namesakes", tests, OVF_COUNTOF(tests), NULL, NULL);
}
