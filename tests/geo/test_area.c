/* SPDX-License-Identifier: Apache-2.0 */
/* Areas: who is inside, what is refused, boxes, meeting; and random cases against the plain version
 * in plain.c, which shares no code with the library. */
#include <overfly/area.h>

#include "plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#define VERTICES_MAX 8

static struct row {
    const char *name;
    const char *edges; /* g or p */
    uint32_t count;
    ovf_point vertices[VERTICES_MAX];
    ovf_point p;
    ovf_tri holds;
} rows[] = {
    {"inside a box", "pgpg", 4, {{0, 0}, {0, 10}, {10, 10}, {10, 0}}, {5, 5}, OVF_TRI_YES},
    {"north of it", "pgpg", 4, {{0, 0}, {0, 10}, {10, 10}, {10, 0}}, {11, 5}, OVF_TRI_NO},
    {"south of it", "pgpg", 4, {{0, 0}, {0, 10}, {10, 10}, {10, 0}}, {-1, 5}, OVF_TRI_NO},
    {"west of it", "pgpg", 4, {{0, 0}, {0, 10}, {10, 10}, {10, 0}}, {5, -1}, OVF_TRI_NO},
    {"on a vertex", "pgpg", 4, {{0, 0}, {0, 10}, {10, 10}, {10, 0}}, {10, 10}, OVF_TRI_YES},
    {"on a meridian edge", "pgpg", 4, {{0, 0}, {0, 10}, {10, 10}, {10, 0}}, {4, 10}, OVF_TRI_YES},
    {"on a parallel edge", "pgpg", 4, {{0, 0}, {0, 10}, {10, 10}, {10, 0}}, {10, 4}, OVF_TRI_YES},
    {"a metre off an edge",
     "pgpg",
     4,
     {{0, 0}, {0, 10}, {10, 10}, {10, 0}},
     {4, 10.00001},
     OVF_TRI_NO},
    {"due south of a vertex",
     "gggg",
     4,
     {{0, 20}, {-5, 25}, {-10, 20}, {-5, 15}},
     {-20, 20},
     OVF_TRI_NO},
    {"in line with two vertices",
     "gggg",
     4,
     {{0, 20}, {-5, 25}, {-10, 20}, {-5, 15}},
     {-5, 20},
     OVF_TRI_YES},
    // A geodesic from 10E to 60E at 50N passes 52.4N at 35E; the parallel does not.
    {"under a geodesic",
     "gggg",
     4,
     {{30, 10}, {30, 60}, {50, 60}, {50, 10}},
     {52, 35},
     OVF_TRI_YES},
    {"above a parallel",
     "gggp",
     4,
     {{30, 60}, {50, 60}, {50, 10}, {30, 10}},
     {52, 35},
     OVF_TRI_YES},
    {"above a parallel edge",
     "gpgp",
     4,
     {{30, 60}, {50, 60}, {50, 10}, {30, 10}},
     {52, 35},
     OVF_TRI_NO},
    {"across the 180th meridian, east",
     "pgpg",
     4,
     {{-5, 170}, {-5, -170}, {5, -170}, {5, 170}},
     {0, -175},
     OVF_TRI_YES},
    {"across the 180th meridian, on it",
     "pgpg",
     4,
     {{-5, 170}, {-5, -170}, {5, -170}, {5, 170}},
     {0, 180},
     OVF_TRI_YES},
    {"across the 180th meridian, opposite",
     "pgpg",
     4,
     {{-5, 170}, {-5, -170}, {5, -170}, {5, 170}},
     {0, 0},
     OVF_TRI_NO},
    {"a cap holds its pole",
     "pppp",
     4,
     {{85, 0}, {85, 90}, {85, 180}, {85, -90}},
     {90, 0},
     OVF_TRI_YES},
    {"a cap does not hold the other",
     "pppp",
     4,
     {{85, 0}, {85, 90}, {85, 180}, {85, -90}},
     {-90, 0},
     OVF_TRI_NO},
    {"a cap, clockwise",
     "pppp",
     4,
     {{85, -90}, {85, 180}, {85, 90}, {85, 0}},
     {87, 33},
     OVF_TRI_YES},
    {"a southern cap of geodesics",
     "gggg",
     4,
     {{-60, 0}, {-60, 90}, {-60, 180}, {-60, -90}},
     {-75, 45},
     OVF_TRI_YES},
    // The geodesic from 60S 0E to 60S 90E goes as far as 67.8S at 45E.
    {"between a cap's geodesic and its parallel",
     "gggg",
     4,
     {{-60, 0}, {-60, 90}, {-60, 180}, {-60, -90}},
     {-65, 45},
     OVF_TRI_NO},
    {"a hemisphere and more is the smaller side",
     "ppp",
     3,
     {{-1, 0}, {-1, 120}, {-1, -120}},
     {-50, 70},
     OVF_TRI_YES},
    {"its larger side is outside",
     "ppp",
     3,
     {{-1, 0}, {-1, 120}, {-1, -120}},
     {50, 70},
     OVF_TRI_NO},
    {"an octant", "ggg", 3, {{0, 0}, {0, 90}, {90, 0}}, {45, 45}, OVF_TRI_YES},
    {"beside an octant", "ggg", 3, {{0, 0}, {0, 90}, {90, 0}}, {45, 100}, OVF_TRI_NO},
    {"an octant, any longitude for the pole",
     "ggg",
     3,
     {{90, -123}, {0, 0}, {0, 90}},
     {80, 10},
     OVF_TRI_YES},
    {"a lune", "gggg", 4, {{90, 0}, {0, 10}, {-90, 0}, {0, 30}}, {-80, 20}, OVF_TRI_YES},
    {"beside a lune", "gggg", 4, {{90, 0}, {0, 10}, {-90, 0}, {0, 30}}, {-80, 40}, OVF_TRI_NO},
    {"an edge over the pole, this side",
     "ggg",
     3,
     {{0, 0}, {0, 90}, {10, 180}},
     {45, 100},
     OVF_TRI_YES},
    {"an edge over the pole, that side",
     "ggg",
     3,
     {{0, 0}, {0, 90}, {10, 180}},
     {45, -100},
     OVF_TRI_NO},
    {"a wide sector with its tip at the pole",
     "gggg",
     4,
     {{90, 0}, {60, 0}, {60, 100}, {60, -160}},
     {80, 100},
     OVF_TRI_YES},
    {"the gap of that sector",
     "gggg",
     4,
     {{90, 0}, {60, 0}, {60, 100}, {60, -160}},
     {80, -80},
     OVF_TRI_NO},
    {"an edge of 179 degrees passes near the pole",
     "ggg",
     3,
     {{60, 0}, {60, 179}, {50, 90}},
     {80, 89},
     OVF_TRI_YES},
    {"beyond that edge", "ggg", 3, {{60, 0}, {60, 179}, {50, 90}}, {80, -91}, OVF_TRI_NO},
    {"crossed, upper half", "gggg", 4, {{-5, 0}, {5, 10}, {5, 0}, {-5, 10}}, {3, 5}, OVF_TRI_YES},
    {"crossed, lower half", "gggg", 4, {{-5, 0}, {5, 10}, {5, 0}, {-5, 10}}, {-3, 5}, OVF_TRI_YES},
    {"crossed, beside", "gggg", 4, {{-5, 0}, {5, 10}, {5, 0}, {-5, 10}}, {0, 2}, OVF_TRI_NO},
    {"repeated vertices",
     "gggggg",
     6,
     {{0, 0}, {0, 0}, {0, 10}, {10, 10}, {10, 10}, {10, 0}},
     {5, 5},
     OVF_TRI_YES},
};

static void contains(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    // The same ring, turned in longitude, reversed, and started elsewhere, gives the same answer.
    for (int turn = 0; turn < 360; turn += 45) {
        for (uint32_t start = 0; start < row->count * 2; start++) {
            bool reversed = start >= row->count;
            ovf_fixed vertices[VERTICES_MAX];
            uint8_t edges[VERTICES_MAX];
            for (uint32_t i = 0; i < row->count; i++) {
                uint32_t k = (start + i) % row->count;
                uint32_t edge = k;
                if (reversed) {
                    k = row->count - 1 - k;
                    edge = (k + row->count - 1) % row->count;
                }
                ovf_point v = row->vertices[k];
                v.lon_deg = ovf_lon_wrap(v.lon_deg + turn);
                vertices[i] = ovf_point_fix(v);
                edges[i] = row->edges[edge] == 'p' ? OVF_EDGE_PARALLEL : OVF_EDGE_GEODESIC;
            }
            ovf_ring ring = {vertices, edges, row->count};
            const ovf_area *area = NULL;
            ovf_point p = {row->p.lat_deg, ovf_lon_wrap(row->p.lon_deg + turn)};
            assert_int_equal(ovf_area_rings(&arena, &ring, 1, &area, NULL), OVF_OK);
            assert_int_equal(ovf_area_contains(area, p), row->holds);
            if (row->holds == OVF_TRI_YES)
                assert_true(ovf_box_holds(ovf_area_bounds(area), p));
        }
    }
    ovf_arena_done(&arena);
}

static void refuses(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_area *area = NULL;
    ovf_error err = {0};
    ovf_fixed vertices[4] = {{0, 0}, {0, 10}, {10, 10}, {0, 0}};
    ovf_fixed two[4] = {{0, 0}, {0, 10}, {0, 0}, {0, 10}};
    ovf_fixed off[3] = {{0, 0}, {0, 10}, {900000001, 0}};
    uint8_t slanted[4] = {0, OVF_EDGE_PARALLEL, 0, 0};
    ovf_ring rings[] = {
        {vertices, NULL, 2}, {two, NULL, 4}, {off, NULL, 3}, {vertices, slanted, 3}};
    size_t places[] = {0, 0, 2, 1};
    for (size_t i = 0; i < OVF_COUNTOF(rings); i++) {
        assert_int_equal(ovf_area_rings(&arena, &rings[i], 1, &area, &err), OVF_E_GEOMETRY);
        assert_int_equal(err.pos, places[i]);
    }
    ovf_ring large = {vertices, NULL, OVF_RING_MAX_VERTICES + 1};
    assert_int_equal(ovf_area_rings(&arena, &large, 1, &area, &err), OVF_E_LIMIT);
    assert_int_equal(ovf_area_rings(&arena, rings, 0, &area, &err), OVF_E_GEOMETRY);
    ovf_point points[3] = {{0, 0}, {0, 10}, {(double)NAN, 10}};
    assert_int_equal(ovf_area_polygon(&arena, points, 3, &area, &err), OVF_E_GEOMETRY);
    assert_int_equal(err.pos, 2);
    assert_int_equal(ovf_area_polygon(&arena, points, 2, &area, &err), OVF_E_GEOMETRY);
    double radii[] = {0, -1, (double)NAN, HUGE_VAL, 1.01e7};
    for (size_t i = 0; i < OVF_COUNTOF(radii); i++) {
        assert_int_equal(ovf_area_circle(&arena, points[0], radii[i], &area, &err), OVF_E_GEOMETRY);
        assert_int_equal(ovf_area_corridor(&arena, points, 2, radii[i], &area, &err),
                         OVF_E_GEOMETRY);
        assert_int_equal(ovf_area_buffer(&arena, ovf_area_globe(), radii[i], &area, &err),
                         OVF_E_GEOMETRY);
    }
    assert_int_equal(ovf_area_half(&arena, OVF_NORTH_OF, 91, &area, &err), OVF_E_GEOMETRY);
    assert_int_equal(ovf_area_half(&arena, OVF_EAST_OF, (double)NAN, &area, &err), OVF_E_GEOMETRY);
    assert_null(area);
    area = ovf_area_empty();
    ovf_status status = OVF_OK;
    int depth = 0;
    for (; status == OVF_OK && depth < 1000; depth++)
        status = ovf_area_difference(&arena, area, ovf_area_globe(), &area, &err);
    assert_int_equal(status, OVF_E_LIMIT);
    ovf_arena_done(&arena);
}

static void boxes(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_area *area = NULL;
    ovf_point points[4] = {{-5, 170}, {-5, -170}, {5, -170}, {5, 170}};
    assert_int_equal(ovf_area_polygon(&arena, points, 4, &area, NULL), OVF_OK);
    ovf_box box = ovf_area_bounds(area);
    assert_true(box.west_deg > box.east_deg);
    assert_true(ovf_box_holds(box, (ovf_point){0, 180})
                && ovf_box_holds(box, (ovf_point){0, -180}));
    assert_false(ovf_box_holds(box, (ovf_point){0, 0}));
    assert_true(ovf_box_overlaps(box, (ovf_box){0, -175, 1, -174, false}));
    assert_false(ovf_box_overlaps(box, (ovf_box){0, -160, 1, 160, false}));
    assert_false(ovf_box_overlaps(box, (ovf_box){6, -175, 7, -174, false}));
    assert_int_equal(ovf_area_circle(&arena, (ovf_point){89.9, 50}, 20000, &area, NULL), OVF_OK);
    box = ovf_area_bounds(area);
    assert_true(box.north_deg == 90 && box.west_deg == -180 && box.east_deg == 180);
    assert_true(ovf_area_bounds(ovf_area_empty()).is_empty);
    assert_false(ovf_box_holds(ovf_area_bounds(ovf_area_empty()), (ovf_point){0, 0}));
    ovf_arena_done(&arena);
}

static void tells_what_it_cannot(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_point p = {10, 20};
    const ovf_area *circle = NULL;
    const ovf_area *area = NULL;
    assert_int_equal(ovf_area_circle(&arena, p, 1000, &circle, NULL), OVF_OK);
    assert_int_equal(ovf_area_contains(ovf_area_unresolved(), p), OVF_TRI_UNKNOWN);
    assert_int_equal(ovf_area_contains(ovf_area_globe(), p), OVF_TRI_YES);
    assert_int_equal(ovf_area_contains(ovf_area_empty(), p), OVF_TRI_NO);
    assert_int_equal(ovf_area_meets(ovf_area_unresolved(), circle, &arena), OVF_TRI_UNKNOWN);
    assert_int_equal(ovf_area_meets(ovf_area_unresolved(), ovf_area_empty(), &arena), OVF_TRI_NO);
    assert_int_equal(ovf_area_difference(&arena, circle, ovf_area_unresolved(), &area, NULL),
                     OVF_OK);
    assert_int_equal(ovf_area_contains(area, p), OVF_TRI_UNKNOWN);
    assert_int_equal(ovf_area_contains(area, (ovf_point){11, 20}), OVF_TRI_NO);
    assert_int_equal(ovf_area_meets(area, circle, &arena), OVF_TRI_UNKNOWN);
    assert_int_equal(ovf_area_buffer(&arena, area, 1000, &area, NULL), OVF_OK);
    assert_int_equal(ovf_area_contains(area, p), OVF_TRI_UNKNOWN);
    assert_true(isinf(ovf_area_border_distance_m(ovf_area_globe(), p)));
    ovf_arena_done(&arena);
}

static void finds_self_crossings(void **state)
{
    OVF_UNUSED(state);
    size_t at = 99;
    ovf_fixed square[4] = {{0, 0}, {0, 1000000}, {1000000, 1000000}, {1000000, 0}};
    ovf_fixed bow[4] = {{0, 0}, {1000000, 1000000}, {1000000, 0}, {0, 1000000}};
    ovf_ring ring = {square, NULL, 4};
    assert_true(ovf_ring_is_simple(&ring, &at));
    assert_int_equal(at, 99);
    ring.vertices = bow;
    assert_false(ovf_ring_is_simple(&ring, &at));
    assert_int_equal(at, 0);
    assert_false(ovf_ring_is_simple(&ring, NULL));
    uint8_t edges[4] = {0, OVF_EDGE_PARALLEL, 0, OVF_EDGE_PARALLEL};
    ovf_fixed zigzag[4] = {{0, 0}, {1000000, 0}, {1000000, 1000000}, {0, 1000000}};
    ring = (ovf_ring){zigzag, edges, 4};
    assert_true(ovf_ring_is_simple(&ring, NULL));
    // A large ring with one vertex pulled across the far side.
    enum { COUNT = 2000 };
    static ovf_fixed round_ring[COUNT];
    for (int i = 0; i < COUNT; i++)
        round_ring[i] =
            ovf_point_fix(ovf_destination((ovf_point){65, 178}, i * 360.0 / COUNT, 300000));
    ring = (ovf_ring){round_ring, NULL, COUNT};
    assert_true(ovf_ring_is_simple(&ring, NULL));
    round_ring[1000] = ovf_point_fix(ovf_destination((ovf_point){65, 178}, 0.1, 300100));
    assert_false(ovf_ring_is_simple(&ring, &at));
}

/* Short outlines by the short way and, with their edges named, by the long one. */
static void short_outlines_agree(void **state)
{
    OVF_UNUSED(state);
    uint64_t random = 4;
    size_t crossing = 0;
    for (int n = 0; n < 4000; n++) {
        ovf_fixed vertices[24];
        uint8_t edges[24] = {0};
        random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
        uint32_t count = 3 + (random >> 33) % 20;
        ovf_point centre = {(double)(random >> 40 & 127) - 64, (double)(random >> 48 & 255) - 128};
        double reach_m = 2000.0 * (1 << (random >> 56) % 8);
        for (uint32_t i = 0; i < count; i++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
            double bearing_deg =
                (i + (double)(random >> 40 & 1023) / (n % 3 == 0 ? 400 : 1100)) * 360 / count;
            double away_m = reach_m * (double)(200 + (random >> 50) % 800) / 1000;
            vertices[i] = ovf_point_fix(ovf_destination(centre, bearing_deg, away_m));
        }
        if (n % 7 == 0) // out and back by nearly the same way
            vertices[count - 1] = (ovf_fixed){vertices[0].lat_e7 / 2 + vertices[1].lat_e7 / 2,
                                              vertices[0].lon_e7 / 2 + vertices[1].lon_e7 / 2};
        size_t at = 0;
        size_t plain_at = 0;
        bool is_simple = ovf_ring_is_simple(&(ovf_ring){vertices, NULL, count}, &at);
        assert_int_equal(is_simple,
                         ovf_ring_is_simple(&(ovf_ring){vertices, edges, count}, &plain_at));
        assert_int_equal(at, plain_at);
        crossing += !is_simple;
    }
    assert_in_range(crossing, 400, 3600);
}

/* A ring of 20,000 vertices about a circle: the sagitta of its edges is half a millimetre. */
static void large_ring_is_its_circle(void **state)
{
    OVF_UNUSED(state);
    enum { COUNT = 20000 };
    const double radius_m = 500000;
    ovf_point centre = {88, 100}; // the pole lies within
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_fixed *vertices = ovf_arena_array(&arena, ovf_fixed, COUNT);
    for (int i = 0; i < COUNT; i++)
        vertices[i] = ovf_point_fix(ovf_destination(centre, i * 360.0 / COUNT, radius_m));
    ovf_ring ring = {vertices, NULL, COUNT};
    const ovf_area *area = NULL;
    assert_int_equal(ovf_area_rings(&arena, &ring, 1, &area, NULL), OVF_OK);
    uint64_t seed = 11;
    for (int i = 0; i < 500; i++) {
        double out_m = radius_m * 2 * plain_random(&seed);
        ovf_point p = ovf_destination(centre, plain_random(&seed) * 360, out_m);
        if (fabs(out_m - radius_m) > 0.05)
            assert_int_equal(ovf_area_contains(area, p),
                             out_m < radius_m ? OVF_TRI_YES : OVF_TRI_NO);
        assert_true(fabs(ovf_area_border_distance_m(area, p) - fabs(out_m - radius_m)) < 0.1);
        ovf_leg leg;
        ovf_stretch *stretches = NULL;
        size_t count = 0;
        ovf_leg_init(&leg, p, ovf_destination(centre, plain_random(&seed) * 360, radius_m * 2));
        assert_int_equal(ovf_area_cross(area, &leg, &arena, &stretches, &count), OVF_OK);
        for (size_t k = 0; k < count; k++) {
            double exit_m = stretches[k].until_m;
            assert_true(fabs(ovf_distance_m(centre, ovf_leg_at(&leg, exit_m)) - radius_m) < 0.02);
        }
    }
    ovf_arena_done(&arena);
}

/* ---- random rings against the plain version ---- */

static void random_star(plain_shape *shape, uint64_t *seed, double largest_m)
{
    shape->kind = PLAIN_RING;
    shape->centre = plain_random_point(seed);
    shape->size_m = 2000 * exp(plain_random(seed) * log(largest_m / 2000));
    shape->count = 3 + (uint32_t)(plain_random(seed) * 15);
    for (uint32_t i = 0; i < shape->count; i++) {
        double bearing = (i + 0.1 + 0.8 * plain_random(seed)) * 360 / shape->count;
        double ray_m = shape->size_m * (0.3 + 0.7 * plain_random(seed));
        shape->vertices[i] = ovf_point_fix(ovf_destination(shape->centre, bearing, ray_m));
        shape->edges[i] = OVF_EDGE_GEODESIC;
    }
    plain_prepare(shape, 20000);
}

static const ovf_area *ring_of(const plain_shape *shape, ovf_arena *arena)
{
    const ovf_area *area = NULL;
    ovf_ring ring = {shape->vertices, shape->edges, shape->count};
    assert_int_equal(ovf_area_rings(arena, &ring, 1, &area, NULL), OVF_OK);
    return area;
}

static void agrees_with_plain(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    plain_shape *shape = calloc(1, sizeof(*shape));
    assert_non_null(shape);
    shape->arcs = calloc(PLAIN_ARCS_MAX + 1, sizeof(*shape->arcs));
    assert_non_null(shape->arcs);
    uint64_t seed = 20251130;
    for (int round = 0; round < 300; round++) {
        ovf_arena_reset(&arena);
        random_star(shape, &seed, 4e6);
        const ovf_area *area = ring_of(shape, &arena);
        ovf_box box = ovf_area_bounds(area);
        for (int i = 0; i < 20; i++) {
            double away_m = shape->size_m * 1.5 * plain_random(&seed);
            ovf_point p = ovf_destination(shape->centre, plain_random(&seed) * 360, away_m);
            bool is_in = plain_contains(shape, p);
            double border_m = ovf_area_border_distance_m(area, p);
            if (border_m > 0.5)
                assert_int_equal(ovf_area_contains(area, p), is_in ? OVF_TRI_YES : OVF_TRI_NO);
            if (is_in)
                assert_true(ovf_box_holds(box, p));
            if (i < 2)
                assert_true(fabs(border_m - plain_boundary_m(shape, p, HUGE_VAL)) < 1e-5);
            // A circle meets the ring when its centre is inside or the border within its radius.
            const ovf_area *circle = NULL;
            double radius_m = border_m * (0.9 + 0.2 * plain_random(&seed)) + 1;
            assert_int_equal(ovf_area_circle(&arena, p, radius_m, &circle, NULL), OVF_OK);
            bool meets = is_in || radius_m > border_m;
            if (fabs(radius_m - border_m) < 0.1)
                continue; // the boundary has a width
            if (i < 4) {
                ovf_tri said = meets ? OVF_TRI_YES : OVF_TRI_NO;
                assert_int_equal(ovf_area_meets(circle, area, &arena), said);
                assert_int_equal(ovf_area_meets(area, circle, &arena), said);
            }
            const ovf_area *grown = NULL;
            assert_int_equal(ovf_area_buffer(&arena, area, radius_m, &grown, NULL), OVF_OK);
            assert_int_equal(ovf_area_contains(grown, p), meets ? OVF_TRI_YES : OVF_TRI_NO);
        }
    }
    free(shape->arcs);
    free(shape);
    ovf_arena_done(&arena);
}

/* ---- meeting ---- */

static const ovf_area *box_area(ovf_arena *arena, double south, double west, double north,
                                double east)
{
    const ovf_area *area = NULL;
    ovf_point corners[4] = {{south, west}, {south, east}, {north, east}, {north, west}};
    assert_int_equal(ovf_area_polygon(arena, corners, 4, &area, NULL), OVF_OK);
    return area;
}

static void meet_either_way(const ovf_area *a, const ovf_area *b, ovf_arena *arena,
                            ovf_tri expected)
{
    assert_int_equal(ovf_area_meets(a, b, arena), expected);
    assert_int_equal(ovf_area_meets(b, a, arena), expected);
}

static void leaves_meet(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_area *a = box_area(&arena, 0, 0, 10, 10);
    const ovf_area *line = NULL;
    const ovf_area *far_line = NULL;
    const ovf_area *north = NULL;
    const ovf_area *east = NULL;
    const ovf_area *grown = NULL;
    ovf_point points[2] = {{5, 20}, {15, 20}};
    assert_int_equal(ovf_area_corridor(&arena, points, 2, 1.2e6, &line, NULL), OVF_OK);
    assert_int_equal(ovf_area_corridor(&arena, points, 2, 1.0e6, &far_line, NULL), OVF_OK);
    assert_int_equal(ovf_area_half(&arena, OVF_NORTH_OF, 20, &north, NULL), OVF_OK);
    assert_int_equal(ovf_area_half(&arena, OVF_EAST_OF, 5, &east, NULL), OVF_OK);
    assert_int_equal(ovf_area_buffer(&arena, a, 1.2e6, &grown, NULL), OVF_OK);
    meet_either_way(a, box_area(&arena, 2, 2, 3, 3), &arena, OVF_TRI_YES);    // within
    meet_either_way(a, box_area(&arena, -5, 4, 15, 6), &arena, OVF_TRI_YES);  // a cross
    meet_either_way(a, box_area(&arena, 0, 10, 10, 20), &arena, OVF_TRI_YES); // a common edge
    meet_either_way(a, box_area(&arena, 11, 0, 20, 10), &arena, OVF_TRI_NO);
    meet_either_way(a, line, &arena, OVF_TRI_YES);
    meet_either_way(a, far_line, &arena, OVF_TRI_NO);
    meet_either_way(a, north, &arena, OVF_TRI_NO);
    meet_either_way(grown, north, &arena, OVF_TRI_YES);
    meet_either_way(a, east, &arena, OVF_TRI_YES);
    meet_either_way(north, east, &arena, OVF_TRI_YES);
    meet_either_way(line, far_line, &arena, OVF_TRI_YES);
    meet_either_way(line, grown, &arena, OVF_TRI_YES);
    meet_either_way(a, ovf_area_globe(), &arena, OVF_TRI_YES);
    meet_either_way(a, ovf_area_empty(), &arena, OVF_TRI_NO);
    ovf_arena_done(&arena);
}

static void sets_meet(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_area *outer = box_area(&arena, 0, 0, 30, 30);
    const ovf_area *inner = box_area(&arena, 10, 10, 20, 20);
    const ovf_area *ringed = NULL;
    const ovf_area *western = NULL;
    const ovf_area *both = NULL;
    const ovf_area *half = NULL;
    const ovf_area *circle = NULL;
    assert_int_equal(ovf_area_difference(&arena, outer, inner, &ringed, NULL), OVF_OK);
    assert_int_equal(ovf_area_half(&arena, OVF_WEST_OF, 5, &half, NULL), OVF_OK);
    const ovf_area *parts[2] = {ringed, half};
    assert_int_equal(ovf_area_intersection(&arena, parts, 2, &western, NULL), OVF_OK);
    meet_either_way(ringed, box_area(&arena, 12, 12, 18, 18), &arena, OVF_TRI_NO);
    meet_either_way(ringed, box_area(&arena, 12, 12, 18, 25), &arena, OVF_TRI_YES);
    meet_either_way(western, box_area(&arena, 12, 1, 18, 4), &arena, OVF_TRI_YES);
    meet_either_way(western, box_area(&arena, 12, 6, 18, 9), &arena, OVF_TRI_NO);
    parts[0] = western;
    parts[1] = inner;
    assert_int_equal(ovf_area_union(&arena, parts, 2, &both, NULL), OVF_OK);
    meet_either_way(both, box_area(&arena, 12, 12, 18, 18), &arena, OVF_TRI_YES);
    meet_either_way(both, box_area(&arena, 12, 22, 18, 28), &arena, OVF_TRI_NO);
    // A circle in the hole: no vertex or edge shows it, and circles are not settled by those.
    assert_int_equal(ovf_area_circle(&arena, (ovf_point){15, 15}, 1000, &circle, NULL), OVF_OK);
    meet_either_way(ringed, circle, &arena, OVF_TRI_UNKNOWN);
    ovf_arena_done(&arena);
}

/* What was given comes out again: count, vertices and kinds of edges; nothing of other kinds. */
static void hands_out_rings(void **state)
{
    (void)state;
    static const ovf_fixed outer[] = {
        {0, 0}, {0, 100000000}, {100000000, 100000000}, {100000000, 0}};
    static const ovf_fixed hole[] = {
        {20000000, 20000000}, {20000000, 40000000}, {40000000, 30000000}};
    static const uint8_t edges[] = {OVF_EDGE_PARALLEL, OVF_EDGE_GEODESIC, OVF_EDGE_PARALLEL,
                                    OVF_EDGE_GEODESIC};
    const ovf_ring given[] = {{outer, edges, 4}, {hole, NULL, 3}};
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)1 << 20);
    const ovf_area *area = NULL;
    ovf_ring out[2] = {0};
    assert_int_equal(ovf_area_rings(&arena, given, 2, &area, NULL), OVF_OK);
    assert_int_equal(ovf_area_ring_list(area, NULL, 0), 2);
    assert_int_equal(ovf_area_ring_list(area, out, 2), 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(out[i].count, given[i].count);
        assert_memory_equal(out[i].vertices, given[i].vertices, given[i].count * sizeof(*outer));
    }
    assert_non_null(out[0].edges);
    assert_int_equal(out[0].edges[0], OVF_EDGE_PARALLEL);
    assert_int_equal(ovf_area_ring_list(ovf_area_globe(), out, 2), 0);
    ovf_arena_done(&arena);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 10] = {0};
    size_t n = 0;
    for (; n < OVF_COUNTOF(rows); n++)
        tests[n] = (struct CMUnitTest){rows[n].name, contains, NULL, NULL, &rows[n]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(refuses);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(boxes);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(tells_what_it_cannot);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(finds_self_crossings);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(short_outlines_agree);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(large_ring_is_its_circle);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(agrees_with_plain);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(leaves_meet);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(sets_meet);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(hands_out_rings);
    return _cmocka_run_group_tests("area", tests, n, NULL, NULL);
}
