/* SPDX-License-Identifier: Apache-2.0 */
/* What a leg does to an area, in cases whose answer is plain: legs along meridians and the equator
 * against parallels, meridians and circles about the equator. A degree of the equator is
 * 111319.490793274 m and the first degree of a meridian 110574.388558 m (a times pi / 180; meridian
 * arc by Helmert's series). */
#include <overfly/area.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

#define VERTICES_MAX 8
#define EXPECTED_MAX 3
#define PLACE_TOLERANCE_M 1e-4

enum shape {
    RING,
    RINGS, /* the vertices in two halves: outline and hole, or two parts */
    CIRCLE,
    CORRIDOR,
    HALF,
};

static struct row {
    const char *name;
    enum shape shape;
    double size; /* radius, half width, line of a half plane */
    ovf_half side;
    const char *edges; /* g or p */
    uint32_t count;
    ovf_point vertices[VERTICES_MAX];
    ovf_point from, to;
    size_t expected;
    ovf_point ends[EXPECTED_MAX][2];
} rows[] = {
    {"two parallels, along a meridian",
     RING,
     0,
     0,
     "pgpg",
     4,
     {{5, 0}, {5, 10}, {10, 10}, {10, 0}},
     {0, 4},
     {20, 4},
     1,
     {{{5, 4}, {10, 4}}}},
    {"two meridians, along the equator",
     RING,
     0,
     0,
     "pgpg",
     4,
     {{-5, 10}, {-5, 20}, {5, 20}, {5, 10}},
     {0, 0},
     {0, 40},
     1,
     {{{0, 10}, {0, 20}}}},
    {"the other way round",
     RING,
     0,
     0,
     "gpgp",
     4,
     {{5, 10}, {-5, 10}, {-5, 20}, {5, 20}},
     {0, 40},
     {0, 0},
     1,
     {{{0, 20}, {0, 10}}}},
    {"across the 180th meridian",
     RING,
     0,
     0,
     "pgpg",
     4,
     {{-5, 170}, {-5, -170}, {5, -170}, {5, 170}},
     {0, 160},
     {0, -160},
     1,
     {{{0, 170}, {0, -170}}}},
    {"an edge on the 180th meridian, as 180",
     RING,
     0,
     0,
     "pgpg",
     4,
     {{-5, 170}, {-5, 180}, {5, 180}, {5, 170}},
     {0, 160},
     {0, -160},
     1,
     {{{0, 170}, {0, 180}}}},
    {"an edge on the 180th meridian, as -180",
     RING,
     0,
     0,
     "pgpg",
     4,
     {{-5, -180}, {-5, -170}, {5, -170}, {5, -180}},
     {0, 160},
     {0, -160},
     1,
     {{{0, 180}, {0, -170}}}},
    {"a cap, over the north pole",
     RING,
     0,
     0,
     "pppp",
     4,
     {{85, 0}, {85, 90}, {85, 180}, {85, -90}},
     {80, 30},
     {80, -150},
     1,
     {{{85, 30}, {85, -150}}}},
    {"a cap, over the south pole",
     RING,
     0,
     0,
     "pppp",
     4,
     {{-85, 0}, {-85, 90}, {-85, 180}, {-85, -90}},
     {-80, 30},
     {-80, -150},
     1,
     {{{-85, 30}, {-85, -150}}}},
    {"the smaller half of the globe",
     RING,
     0,
     0,
     "ppp",
     3,
     {{1, 0}, {1, 120}, {1, -120}},
     {-10, 20},
     {30, 20},
     1,
     {{{1, 20}, {30, 20}}}},
    {"the smaller half, southern",
     RING,
     0,
     0,
     "ppp",
     3,
     {{-1, 0}, {-1, 120}, {-1, -120}},
     {-10, 20},
     {30, 20},
     1,
     {{{-10, 20}, {-1, 20}}}},
    {"an octant with a vertex at the pole",
     RING,
     0,
     0,
     "ggg",
     3,
     {{0, 0}, {0, 90}, {90, 0}},
     {45, -90},
     {45, -10},
     0,
     {{{0, 0}, {0, 0}}}},
    {"into an octant across a meridian",
     RING,
     0,
     0,
     "ggg",
     3,
     {{0, 0}, {0, 90}, {90, 45}},
     {-10, 45},
     {20, 45},
     1,
     {{{0, 45}, {20, 45}}}},
    {"a lune from pole to pole",
     RING,
     0,
     0,
     "gggg",
     4,
     {{90, 0}, {0, 10}, {-90, 0}, {0, 30}},
     {0, 0},
     {0, 50},
     1,
     {{{0, 10}, {0, 30}}}},
    {"edges over the pole",
     RING,
     0,
     0,
     "ggg",
     3,
     {{0, 0}, {0, 90}, {0, 180}},
     {-10, 45},
     {20, 45},
     1,
     {{{0, 45}, {20, 45}}}},
    {"outline and hole",
     RINGS,
     0,
     0,
     "pgpgpgpg",
     8,
     {{0, 0}, {0, 30}, {30, 30}, {30, 0}, {10, 10}, {10, 20}, {20, 20}, {20, 10}},
     {-5, 15},
     {40, 15},
     2,
     {{{0, 15}, {10, 15}}, {{20, 15}, {30, 15}}}},
    {"two parts that share an edge",
     RINGS,
     0,
     0,
     "pgpgpgpg",
     8,
     {{0, 0}, {0, 30}, {10, 30}, {10, 0}, {10, 0}, {10, 30}, {20, 30}, {20, 0}},
     {-5, 15},
     {40, 15},
     1,
     {{{0, 15}, {20, 15}}}},
    {"along a geodesic edge",
     RING,
     0,
     0,
     "gggg",
     4,
     {{0, 0}, {0, 10}, {-10, 10}, {-10, 0}},
     {0, -5},
     {0, 15},
     1,
     {{{0, 0}, {0, 10}}}},
    {"along a meridian edge",
     RING,
     0,
     0,
     "pgpg",
     4,
     {{0, 0}, {0, 10}, {10, 10}, {10, 0}},
     {-5, 10},
     {15, 10},
     1,
     {{{0, 10}, {10, 10}}}},
    {"along a part of an edge",
     RING,
     0,
     0,
     "gggg",
     4,
     {{0, 0}, {0, 10}, {-10, 10}, {-10, 0}},
     {0, 2},
     {0, 3},
     1,
     {{{0, 2}, {0, 3}}}},
    {"touching a vertex",
     RING,
     0,
     0,
     "gggg",
     4,
     {{0, 20}, {-5, 25}, {-10, 20}, {-5, 15}},
     {0, 0},
     {0, 40},
     1,
     {{{0, 20}, {0, 20}}}},
    {"through two vertices",
     RING,
     0,
     0,
     "gggg",
     4,
     {{0, 10}, {-5, 20}, {0, 30}, {5, 20}},
     {0, 0},
     {0, 40},
     1,
     {{{0, 10}, {0, 30}}}},
    {"starting on the border, outwards",
     RING,
     0,
     0,
     "pgpg",
     4,
     {{0, 0}, {0, 10}, {10, 10}, {10, 0}},
     {10, 5},
     {20, 5},
     1,
     {{{10, 5}, {10, 5}}}},
    {"starting on the border, inwards",
     RING,
     0,
     0,
     "pgpg",
     4,
     {{0, 0}, {0, 10}, {10, 10}, {10, 0}},
     {10, 5},
     {5, 5},
     1,
     {{{10, 5}, {5, 5}}}},
    {"wholly inside",
     RING,
     0,
     0,
     "pgpg",
     4,
     {{0, 0}, {0, 10}, {10, 10}, {10, 0}},
     {2, 2},
     {8, 8},
     1,
     {{{2, 2}, {8, 8}}}},
    {"wholly outside",
     RING,
     0,
     0,
     "pgpg",
     4,
     {{0, 0}, {0, 10}, {10, 10}, {10, 0}},
     {12, 2},
     {18, 8},
     0,
     {{{0, 0}, {0, 0}}}},
    {"no length, inside",
     RING,
     0,
     0,
     "pgpg",
     4,
     {{0, 0}, {0, 10}, {10, 10}, {10, 0}},
     {5, 5},
     {5, 5},
     1,
     {{{5, 5}, {5, 5}}}},
    {"no length, on the border",
     RING,
     0,
     0,
     "pgpg",
     4,
     {{0, 0}, {0, 10}, {10, 10}, {10, 0}},
     {10, 5},
     {10, 5},
     1,
     {{{10, 5}, {10, 5}}}},
    {"no length, outside",
     RING,
     0,
     0,
     "pgpg",
     4,
     {{0, 0}, {0, 10}, {10, 10}, {10, 0}},
     {15, 5},
     {15, 5},
     0,
     {{{0, 0}, {0, 0}}}},
    {"circle, along the equator",
     CIRCLE,
     111319.490793274,
     0,
     "",
     1,
     {{0, 0}},
     {0, -5},
     {0, 5},
     1,
     {{{0, -1}, {0, 1}}}},
    {"circle across the 180th meridian",
     CIRCLE,
     111319.490793274,
     0,
     "",
     1,
     {{0, 180}},
     {0, 175},
     {0, -175},
     1,
     {{{0, 179}, {0, -179}}}},
    {"circle about the pole",
     CIRCLE,
     0,
     0,
     "",
     1,
     {{90, 0}},
     {80, 40},
     {80, -140},
     1,
     {{{85, 40}, {85, -140}}}},
    {"leg ends inside a circle",
     CIRCLE,
     111319.490793274,
     0,
     "",
     1,
     {{0, 0}},
     {0, -5},
     {0, 0.5},
     1,
     {{{0, -1}, {0, 0.5}}}},
    {"touching a circle",
     CIRCLE,
     110574.388558,
     0,
     "",
     1,
     {{1, 20}},
     {0, 0},
     {0, 40},
     1,
     {{{0, 20}, {0, 20}}}},
    {"north of a parallel",
     HALF,
     30,
     OVF_NORTH_OF,
     "",
     0,
     {{0, 0}},
     {0, 0},
     {60, 0},
     1,
     {{{30, 0}, {60, 0}}}},
    {"south of a parallel",
     HALF,
     30,
     OVF_SOUTH_OF,
     "",
     0,
     {{0, 0}},
     {0, 0},
     {60, 0},
     1,
     {{{0, 0}, {30, 0}}}},
    {"west of 57W",
     HALF,
     -57,
     OVF_WEST_OF,
     "",
     0,
     {{0, 0}},
     {0, -40},
     {0, -70},
     1,
     {{{0, -57}, {0, -70}}}},
    {"east of 170E, over the pole",
     HALF,
     170,
     OVF_EAST_OF,
     "",
     0,
     {{0, 0}},
     {80, -100},
     {80, 80},
     1,
     {{{80, -100}, {90, 0}}}},
    {"corridor along the equator",
     CORRIDOR,
     110574.388558,
     0,
     "",
     2,
     {{0, 0}, {0, 10}},
     {-5, 5},
     {5, 5},
     1,
     {{{-1, 5}, {1, 5}}}},
    {"round end of a corridor",
     CORRIDOR,
     111319.490793274,
     0,
     "",
     2,
     {{0, 0}, {0, 10}},
     {0, -5},
     {0, 5},
     1,
     {{{0, -1}, {0, 5}}}},
    {"a corridor that bends",
     CORRIDOR,
     110574.388558,
     0,
     "",
     3,
     {{0, 0}, {0, 10}, {0, 20}},
     {-5, 10},
     {5, 10},
     1,
     {{{-1, 10}, {1, 10}}}},
};

static const ovf_area *make(const struct row *row, ovf_arena *arena)
{
    const ovf_area *area = NULL;
    ovf_status status = OVF_E_INTERNAL;
    static ovf_fixed fixed[VERTICES_MAX];
    static uint8_t edges[VERTICES_MAX];
    for (uint32_t i = 0; i < row->count; i++) {
        fixed[i] = ovf_point_fix(row->vertices[i]);
        edges[i] =
            row->edges[0] != '\0' && row->edges[i] == 'p' ? OVF_EDGE_PARALLEL : OVF_EDGE_GEODESIC;
    }
    uint32_t half = row->count / 2;
    ovf_ring one = {fixed, edges, row->count};
    ovf_ring two[2] = {{fixed, edges, half}, {fixed + half, edges + half, half}};
    // The radius of the polar circle: from the pole to 85N.
    double size = row->size > 0 || row->shape != CIRCLE
                      ? row->size
                      : ovf_distance_m((ovf_point){90, 0}, (ovf_point){85, 0});
    switch (row->shape) {
    case RING: status = ovf_area_rings(arena, &one, 1, &area, NULL); break;
    case RINGS: status = ovf_area_rings(arena, two, 2, &area, NULL); break;
    case CIRCLE: status = ovf_area_circle(arena, row->vertices[0], size, &area, NULL); break;
    case CORRIDOR:
        status = ovf_area_corridor(arena, row->vertices, row->count, size, &area, NULL);
        break;
    case HALF: status = ovf_area_half(arena, row->side, size, &area, NULL); break;
    }
    assert_int_equal(status, OVF_OK);
    return area;
}

static void crosses(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_area *area = make(row, &arena);
    ovf_leg leg;
    ovf_stretch *stretches = NULL;
    size_t count = 99;
    ovf_leg_init(&leg, row->from, row->to);
    assert_int_equal(ovf_area_cross(area, &leg, &arena, &stretches, &count), OVF_OK);
    assert_int_equal(count, row->expected);
    for (size_t i = 0; i < count; i++) {
        ovf_point from = ovf_leg_at(&leg, stretches[i].from_m);
        ovf_point until = ovf_leg_at(&leg, stretches[i].until_m);
        double slack_m = PLACE_TOLERANCE_M;
        // A tangent is found to the width of the boundary: sqrt(2 r 0.02 m) along the leg.
        if (row->shape == CIRCLE && stretches[i].until_m - stretches[i].from_m < 200
            && leg.length_m > 1000)
            slack_m = 100;
        assert_true(ovf_distance_m(from, row->ends[i][0]) < slack_m);
        assert_true(ovf_distance_m(until, row->ends[i][1]) < slack_m);
        assert_int_equal(stretches[i].certainty, OVF_TRI_YES);
    }
    ovf_arena_done(&arena);
}

/* ---- set expressions: two boxes of the equator, 10 to 20E and 15 to 30E ---- */

static const ovf_area *box(ovf_arena *arena, double west, double east)
{
    const ovf_area *area = NULL;
    ovf_point corners[4] = {{-5, west}, {-5, east}, {5, east}, {5, west}};
    assert_int_equal(ovf_area_polygon(arena, corners, 4, &area, NULL), OVF_OK);
    return area;
}

static struct set_row {
    const char *name;
    char operation;      /* u, i, d */
    bool has_unresolved; /* the second box is the area nobody could resolve */
    size_t expected;
    double lons[EXPECTED_MAX][2];
    ovf_tri certainty[EXPECTED_MAX];
} set_rows[] = {
    {"union", 'u', false, 1, {{10, 30}}, {OVF_TRI_YES}},
    {"intersection", 'i', false, 1, {{15, 20}}, {OVF_TRI_YES}},
    {"difference", 'd', false, 1, {{10, 15}}, {OVF_TRI_YES}},
    {"union with the unresolved",
     'u',
     true,
     3,
     {{0, 10}, {10, 20}, {20, 40}},
     {OVF_TRI_UNKNOWN, OVF_TRI_YES, OVF_TRI_UNKNOWN}},
    {"intersection with the unresolved", 'i', true, 1, {{10, 20}}, {OVF_TRI_UNKNOWN}},
    {"difference with the unresolved", 'd', true, 1, {{10, 20}}, {OVF_TRI_UNKNOWN}},
};

static void crosses_set(void **state)
{
    const struct set_row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_area *area = NULL;
    const ovf_area *parts[2] = {box(&arena, 10, 20),
                                row->has_unresolved ? ovf_area_unresolved() : box(&arena, 15, 30)};
    ovf_status status = row->operation == 'u' ? ovf_area_union(&arena, parts, 2, &area, NULL)
                        : row->operation == 'i'
                            ? ovf_area_intersection(&arena, parts, 2, &area, NULL)
                            : ovf_area_difference(&arena, parts[0], parts[1], &area, NULL);
    assert_int_equal(status, OVF_OK);
    assert_int_equal(ovf_area_is_resolved(area), !row->has_unresolved);
    ovf_leg leg;
    ovf_stretch *stretches = NULL;
    size_t count = 0;
    ovf_leg_init(&leg, (ovf_point){0, 0}, (ovf_point){0, 40});
    assert_int_equal(ovf_area_cross(area, &leg, &arena, &stretches, &count), OVF_OK);
    assert_int_equal(count, row->expected);
    for (size_t i = 0; i < count; i++) {
        double from = ovf_leg_at(&leg, stretches[i].from_m).lon_deg;
        double until = ovf_leg_at(&leg, stretches[i].until_m).lon_deg;
        assert_true(fabs(from - row->lons[i][0]) < 1e-8);
        assert_true(fabs(until - row->lons[i][1]) < 1e-8);
        assert_int_equal(stretches[i].certainty, row->certainty[i]);
    }
    ovf_arena_done(&arena);
}

/* A boundary between two parts of a union is no boundary, though both were cut there. */
static void neighbours_are_one(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_area *parts[3] = {box(&arena, 10, 20), box(&arena, 20, 30), box(&arena, 30, 35)};
    const ovf_area *area = NULL;
    ovf_leg leg;
    ovf_stretch *stretches = NULL;
    size_t count = 0;
    ovf_leg_init(&leg, (ovf_point){3, 0}, (ovf_point){-3, 40});
    assert_int_equal(ovf_area_union(&arena, parts, 3, &area, NULL), OVF_OK);
    assert_int_equal(ovf_area_cross(area, &leg, &arena, &stretches, &count), OVF_OK);
    assert_int_equal(count, 1);
    ovf_arena_done(&arena);
}

/* A buffer of a box of the equator: a degree more along the meridian. */
static void crosses_buffer(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_area *area = NULL;
    ovf_point corners[4] = {{-5, 10}, {0, 10}, {0, 20}, {-5, 20}};
    ovf_leg leg;
    ovf_stretch *stretches = NULL;
    size_t count = 0;
    assert_int_equal(ovf_area_polygon(&arena, corners, 4, &area, NULL), OVF_OK);
    assert_int_equal(ovf_area_buffer(&arena, area, 110574.388558, &area, NULL), OVF_OK);
    ovf_leg_init(&leg, (ovf_point){-3, 15}, (ovf_point){10, 15});
    assert_int_equal(ovf_area_cross(area, &leg, &arena, &stretches, &count), OVF_OK);
    assert_int_equal(count, 1);
    assert_true(stretches[0].from_m == 0);
    assert_true(fabs(ovf_leg_at(&leg, stretches[0].until_m).lat_deg - 1) < 1e-8);
    // Along the equator the side at 10E lies a degree of the equator less exactly that arc away.
    ovf_leg_init(&leg, (ovf_point){0, 0}, (ovf_point){0, 15});
    assert_int_equal(ovf_area_cross(area, &leg, &arena, &stretches, &count), OVF_OK);
    assert_int_equal(count, 1);
    assert_true(fabs(ovf_leg_at(&leg, stretches[0].from_m).lon_deg
                     - (10 - 110574.388558 / 111319.490793274))
                < 1e-8);
    ovf_arena_done(&arena);
}

static void survives_no_memory(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena small;
    ovf_arena_init(&arena, 0);
    ovf_arena_init(&small, 1);
    const ovf_area *area = box(&arena, 10, 20);
    const ovf_area *none = NULL;
    const ovf_area *parts[2] = {area, area};
    ovf_point p = {0, 0};
    ovf_leg leg;
    ovf_stretch *stretches = NULL;
    size_t count = 0;
    ovf_leg_init(&leg, (ovf_point){0, 0}, (ovf_point){0, 40});
    assert_int_equal(ovf_area_cross(area, &leg, &small, &stretches, &count), OVF_E_NOMEM);
    assert_int_equal(ovf_area_circle(&small, p, 100, &none, NULL), OVF_E_NOMEM);
    assert_int_equal(ovf_area_corridor(&small, &p, 1, 100, &none, NULL), OVF_E_NOMEM);
    assert_int_equal(ovf_area_buffer(&small, area, 100, &none, NULL), OVF_E_NOMEM);
    assert_int_equal(ovf_area_half(&small, OVF_NORTH_OF, 5, &none, NULL), OVF_E_NOMEM);
    assert_int_equal(ovf_area_union(&small, parts, 2, &none, NULL), OVF_E_NOMEM);
    assert_null(none);
    ovf_arena_done(&arena);
    ovf_arena_done(&small);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(set_rows) + 3] = {0};
    size_t n = 0;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, crosses, NULL, NULL, &rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(set_rows); i++)
        tests[n++] = (struct CMUnitTest){set_rows[i].name, crosses_set, NULL, NULL, &set_rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(neighbours_are_one);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(crosses_buffer);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(survives_no_memory);
    return _cmocka_run_group_tests("cross", tests, n, NULL, NULL);
}
