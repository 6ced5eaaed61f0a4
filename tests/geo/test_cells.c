/* SPDX-License-Identifier: Apache-2.0 */
/* The cell index against the exact predicates: geodesic areas of all kinds against
 * ovf_area_contains and, where there is one, the plain version of plain.c; planar rings against a
 * count of crossings in 128-bit whole numbers; every engine against every other. Half of the
 * points lie within 50 m of a border. */
#include <overfly/cells.h>

#include "plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define POINTS 3000
#define SAME_M 0.021 /* the boundary is OVF_COINCIDENT_M broad, and a millimetre is left open */

static double between(uint64_t *seed, double low, double high)
{
    return low + plain_random(seed) * (high - low);
}

/* ---- points ---- */

/* A place within 50 m of the border between a point inside and one that is not. */
static ovf_point near_border(const ovf_area *area, ovf_point a, ovf_point b, uint64_t *seed)
{
    ovf_leg leg;
    ovf_leg_init(&leg, a, b);
    double low_m = 0;
    double high_m = leg.length_m;
    ovf_tri at_a = ovf_area_contains(area, a);
    while (high_m - low_m > 1.0) {
        double middle_m = (low_m + high_m) / 2;
        if (ovf_area_contains(area, ovf_leg_at(&leg, middle_m)) == at_a)
            low_m = middle_m;
        else
            high_m = middle_m;
    }
    ovf_point border = ovf_leg_at(&leg, low_m);
    double off_m = between(seed, 0, 50);
    return ovf_destination(border, between(seed, 0, 360),
                           plain_random(seed) < 0.3 ? off_m / 100 : off_m);
}

static void make_points(const ovf_area *area, ovf_fixed *points, uint64_t *seed)
{
    ovf_box box = ovf_area_bounds(area);
    ovf_point inside = {0, 0};
    bool has_inside = false;
    for (int i = 0; i < POINTS; i++) {
        ovf_point p = plain_random_point(seed);
        double where = plain_random(seed);
        if (!box.is_empty && where < 0.8) { // in the box, on the whole degrees now and then
            double width = box.east_deg - box.west_deg;
            width += width < 0 ? 360 : 0;
            p.lat_deg = between(seed, box.south_deg, box.north_deg);
            p.lon_deg = ovf_lon_wrap(box.west_deg + plain_random(seed) * width);
            if (where < 0.05)
                p.lat_deg = rint(p.lat_deg * 16) / 16;
            if (where > 0.75)
                p.lon_deg = ovf_lon_wrap(rint(p.lon_deg * 16) / 16);
        }
        bool is_in = ovf_area_contains(area, p) == OVF_TRI_YES;
        if (is_in) {
            inside = p;
            has_inside = true;
        } else if (has_inside && where > 0.2) {
            p = near_border(area, inside, p, seed);
        }
        points[i] = ovf_point_fix(p);
    }
    points[0] = (ovf_fixed){900000000, 100000000};
    points[1] = (ovf_fixed){-900000000, -1800000000};
    points[2] = (ovf_fixed){points[5].lat_e7, 1800000000};
    points[3] = (ovf_fixed){points[6].lat_e7, -1800000000};
    points[4] = (ovf_fixed){899995000, points[7].lon_e7};
}

/* ---- answers ---- */

static ovf_tri holds(const ovf_cells_reader *reader, uint32_t set, uint32_t id)
{
    size_t count = 0;
    const uint32_t *ids = ovf_cells_set(reader, set, &count);
    assert_true(set != OVF_CELLS_LOST && (count == 0 || ids != NULL));
    for (size_t i = 0; i < count; i++) {
        assert_true(i == 0 || (ids[i - 1] & OVF_CELLS_ID_MAX) < (ids[i] & OVF_CELLS_ID_MAX));
        if ((ids[i] & OVF_CELLS_ID_MAX) == id)
            return (ids[i] & OVF_CELLS_UNKNOWN) != 0 ? OVF_TRI_UNKNOWN : OVF_TRI_YES;
    }
    return OVF_TRI_NO;
}

static ovf_cells_reader *reader_of(const ovf_cells_view *view, ovf_cells_engine engine)
{
    ovf_cells_reader *reader = NULL;
    assert_int_equal(ovf_cells_reader_new(view, engine, &reader), OVF_OK);
    return reader;
}

static ovf_cells_view *view_of(ovf_cells *cells)
{
    ovf_cells_view *view = NULL;
    assert_int_equal(ovf_cells_publish(cells, &view), OVF_OK);
    return view;
}

/* All engines, in blocks and one by one, say the same; *ids are those of the portable one. */
static void ask_all_engines(const ovf_cells_view *view, const ovf_fixed *points, size_t count,
                            uint32_t *ids)
{
    ovf_cells_reader *portable = reader_of(view, OVF_CELLS_PORTABLE);
    assert_int_equal(ovf_cells_at_many(portable, points, count, ids), OVF_OK);
    for (int engine = OVF_CELLS_PORTABLE; engine <= OVF_CELLS_AVX512; engine++) {
        ovf_cells_reader *reader = reader_of(view, (ovf_cells_engine)engine);
        uint32_t *mine = malloc(count * sizeof *mine);
        assert_non_null(mine);
        assert_int_equal(ovf_cells_at_many(reader, points, count, mine), OVF_OK);
        for (size_t i = 0; i < count; i++) {
            uint32_t alone = ovf_cells_at(reader, points[i]);
            size_t a = 0, b = 0, c = 0;
            const uint32_t *of_portable = ovf_cells_set(portable, ids[i], &a);
            const uint32_t *of_mine = ovf_cells_set(reader, mine[i], &b);
            ovf_cells_set(reader, alone, &c);
            assert_int_equal(alone, mine[i]);
            assert_true(a == b && b == c && memcmp(of_portable, of_mine, a * sizeof *of_mine) == 0);
        }
        free(mine);
        ovf_cells_reader_free(reader);
    }
    ovf_cells_reader_free(portable);
}

/* One area alone in an index, asked at points about it. */
static void check_area(const ovf_area *area, uint64_t seed)
{
    ovf_fixed points[POINTS];
    uint32_t ids[POINTS];
    ovf_error err = {0};
    make_points(area, points, &seed);
    ovf_cells *cells = ovf_cells_new(OVF_CELLS_GEODESIC, 0);
    assert_int_equal(ovf_cells_add(cells, 7, area, &err), OVF_OK);
    ovf_cells_view *view = view_of(cells);
    ask_all_engines(view, points, POINTS, ids);
    ovf_cells_reader *reader = reader_of(view, OVF_CELLS_BEST);
    for (int i = 0; i < POINTS; i++) {
        ovf_point p = ovf_fixed_point(points[i]);
        ovf_tri said = holds(reader, ovf_cells_at(reader, points[i]), 7);
        ovf_tri exact = ovf_area_contains(area, p);
        if (said != exact && ovf_area_border_distance_m(area, p) > SAME_M)
            fail_msg("point %d (%.7f, %.7f): %d, not %d, %.4f m from the border", i, p.lat_deg,
                     p.lon_deg, (int)said, (int)exact, ovf_area_border_distance_m(area, p));
    }
    ovf_cells_reader_free(reader);
    ovf_cells_view_free(view);
    // Withdrawn, nothing of it is left.
    assert_int_equal(ovf_cells_withdraw(cells, 7, &err), OVF_OK);
    ovf_cells_stats stats = ovf_cells_stats_of(cells);
    assert_int_equal(stats.areas, 0);
    assert_int_equal(stats.split_cells, 0);
    ovf_cells_free(cells);
}

/* ---- named areas ---- */

#define VERTICES_MAX 12

static struct row {
    const char *name;
    const char *edges; /* g or p */
    uint32_t count;
    ovf_point vertices[VERTICES_MAX];
} rows[] = {
    {"box of parallels", "pgpg", 4, {{40, 5}, {40, 12}, {47, 12}, {47, 5}}},
    {"box on whole degrees of geodesics", "gggg", 4, {{-20, 5}, {-20, 12}, {-10, 12}, {-10, 5}}},
    {"long edges", "gggg", 4, {{50, -60}, {52, 20}, {10, 10}, {5, -50}}},
    {"over the 180th meridian", "gggg", 4, {{20, 170}, {25, -165}, {-10, -170}, {-15, 172}}},
    {"along the 180th meridian", "gggg", 4, {{20, 170}, {20, 180}, {-10, 180}, {-15, 172}}},
    {"along the 180th meridian from the east",
     "gggg",
     4,
     {{20, -170}, {20, -180}, {-10, 180}, {-15, -172}}},
    {"round the north pole", "ggggg", 5, {{70, 0}, {75, 72}, {70, 144}, {75, -144}, {70, -72}}},
    {"round the south pole", "ggg", 3, {{-80, 10}, {-85, 130}, {-70, -110}}},
    {"a parallel round the pole", "pppp", 4, {{-60, 0}, {-60, 90}, {-60, 180}, {-60, -90}}},
    {"sector to the north pole", "gpg", 3, {{90, 0}, {60, 20}, {60, 50}}},
    {"sector to the south pole", "gpg", 3, {{-90, 0}, {-60, 150}, {-60, -160}}},
    {"edge over the pole", "ggg", 3, {{80, 20}, {80, -160}, {60, -90}}},
    {"edge past the pole", "ggg", 3, {{80, 20}, {80, -161}, {60, -90}}},
    {"edge of nearly 180 degrees", "ggg", 3, {{0.5, 0}, {-0.2, 179.5}, {-30, 90}}},
    {"edge between nearly opposite points", "ggg", 3, {{10, 0}, {-9.9, 179.7}, {-40, 100}}},
    {"wide parallel edge", "pgpg", 4, {{70, -80}, {70, 85}, {75, 85}, {75, -80}}},
    {"equal points and edges of no length",
     "gggggg",
     6,
     {{10, 10}, {10, 10}, {10, 20}, {15, 20}, {15, 20}, {15, 10}}},
    {"out to an island and back",
     "ggggggg",
     7,
     {{10, 10}, {10, 20}, {12, 30}, {10, 20}, {18, 20}, {18, 10}, {14, 10}}},
    {"crosses itself", "gggg", 4, {{10, 10}, {20, 20}, {20, 10}, {10, 20}}},
    {"a sliver", "ggg", 3, {{45, 7}, {45.00001, 7.4}, {45.00003, 7.1}}},
    {"a speck", "ggg", 3, {{60, 30}, {60.00001, 30.00002}, {60.00001, 30}}},
    {"near the pole", "gggg", 4, {{89.9, 10}, {89.95, 100}, {89.93, -170}, {89.97, -80}}},
    {"within a cap", "ggg", 3, {{89.9999, 10}, {89.9995, 100}, {89.9997, -120}}},
};

static void ring_row(void **state)
{
    const struct row *row = *state;
    ovf_fixed vertices[VERTICES_MAX];
    uint8_t edges[VERTICES_MAX];
    for (uint32_t i = 0; i < row->count; i++) {
        vertices[i] = ovf_point_fix(row->vertices[i]);
        edges[i] = row->edges[i] == 'p' ? OVF_EDGE_PARALLEL : OVF_EDGE_GEODESIC;
    }
    ovf_ring ring = {vertices, edges, row->count};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_area *area = NULL;
    assert_int_equal(ovf_area_rings(&arena, &ring, 1, &area, NULL), OVF_OK);
    check_area(area, (uint64_t)(row - rows) + 1);
    ovf_arena_done(&arena);
}

/* ---- other kinds, and sets ---- */

static const ovf_area *circle(ovf_arena *arena, double lat, double lon, double radius_m)
{
    const ovf_area *area = NULL;
    assert_int_equal(ovf_area_circle(arena, (ovf_point){lat, lon}, radius_m, &area, NULL), OVF_OK);
    return area;
}

static void circles(void **state)
{
    (void)state;
    static const struct {
        double lat, lon, radius_m;
    } list[] = {{47, 8, 20000},     {0, 0, 1852},      {89.5, 20, 30000},    {-89.99, 0, 5000},
                {90, 0, 100000},    {10, 180, 300000}, {-30, -179.9, 90000}, {65, 40, 1500000},
                {20, 100, 9000000}, {-45, 3, 50}};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (size_t i = 0; i < OVF_COUNTOF(list); i++)
        check_area(circle(&arena, list[i].lat, list[i].lon, list[i].radius_m), i + 100);
    ovf_arena_done(&arena);
}

static void sets(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_area *a = circle(&arena, 40, 10, 90000);
    const ovf_area *b = circle(&arena, 40.5, 10.5, 120000);
    const ovf_area *parts[3] = {a, b, circle(&arena, -5, 179.5, 200000)};
    const ovf_area *area = NULL;
    assert_int_equal(ovf_area_union(&arena, parts, 3, &area, NULL), OVF_OK);
    check_area(area, 200);
    assert_int_equal(ovf_area_intersection(&arena, parts, 2, &area, NULL), OVF_OK);
    check_area(area, 201);
    assert_int_equal(ovf_area_difference(&arena, a, b, &area, NULL), OVF_OK);
    check_area(area, 202);
    const ovf_area *north = NULL;
    assert_int_equal(ovf_area_half(&arena, OVF_NORTH_OF, 40.2, &north, NULL), OVF_OK);
    const ovf_area *cut[2] = {a, north};
    assert_int_equal(ovf_area_intersection(&arena, cut, 2, &area, NULL), OVF_OK);
    check_area(area, 203);
    ovf_point line[3] = {{10, 10}, {11, 12}, {9, 13}};
    assert_int_equal(ovf_area_corridor(&arena, line, 3, 20000, &area, NULL), OVF_OK);
    check_area(area, 204);
    ovf_point corners[3] = {{10, 10}, {11, 12}, {9, 13}};
    const ovf_area *triangle = NULL;
    assert_int_equal(ovf_area_polygon(&arena, corners, 3, &triangle, NULL), OVF_OK);
    assert_int_equal(ovf_area_buffer(&arena, triangle, 30000, &area, NULL), OVF_OK);
    check_area(area, 205);
    check_area(north, 206);
    check_area(ovf_area_globe(), 207);
    check_area(ovf_area_empty(), 208);
    ovf_arena_done(&arena);
}

/* What nobody could resolve is never outside. */
static void unresolved(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    check_area(ovf_area_unresolved(), 300);
    const ovf_area *a = circle(&arena, 40, 10, 90000);
    const ovf_area *parts[2] = {a, ovf_area_unresolved()};
    const ovf_area *area = NULL;
    assert_int_equal(ovf_area_union(&arena, parts, 2, &area, NULL), OVF_OK);
    check_area(area, 301); // inside the circle it is inside, and cannot be told elsewhere
    assert_int_equal(ovf_area_intersection(&arena, parts, 2, &area, NULL), OVF_OK);
    check_area(area, 302);
    assert_int_equal(ovf_area_difference(&arena, a, ovf_area_unresolved(), &area, NULL), OVF_OK);
    check_area(area, 303);
    ovf_arena_done(&arena);
}

/* ---- random rings against the plain version ---- */

static void random_rings(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int n = 0; n < 20; n++) {
        static plain_shape shape;
        static double arcs[PLAIN_ARCS_MAX + 1][3];
        memset(&shape, 0, sizeof shape);
        shape.kind = PLAIN_RING;
        shape.arcs = arcs;
        shape.centre = plain_random_point(&seed);
        if (n % 4 == 0)
            shape.centre.lat_deg = between(&seed, 88, 90) * (n % 8 == 0 ? 1 : -1);
        if (n % 4 == 1)
            shape.centre.lon_deg = ovf_lon_wrap(180 + between(&seed, -1, 1));
        shape.size_m = exp(between(&seed, log(2000), log(3e6)));
        shape.count = 3 + (uint32_t)(plain_random(&seed) * 18);
        for (uint32_t i = 0; i < shape.count; i++)
            shape.vertices[i] = ovf_point_fix(
                ovf_destination(shape.centre, (i + between(&seed, 0.1, 0.9)) * 360 / shape.count,
                                shape.size_m * between(&seed, 0.3, 1)));
        plain_prepare(&shape, 4000); // within some millimetres of its geodesics
        ovf_ring ring = {shape.vertices, NULL, shape.count};
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        const ovf_area *area = NULL;
        assert_int_equal(ovf_area_rings(&arena, &ring, 1, &area, NULL), OVF_OK);
        ovf_fixed points[POINTS];
        make_points(area, points, &seed);
        ovf_cells *cells = ovf_cells_new(OVF_CELLS_GEODESIC, 0);
        assert_int_equal(ovf_cells_add(cells, 1, area, NULL), OVF_OK);
        ovf_cells_view *view = view_of(cells);
        ovf_cells_reader *reader = reader_of(view, OVF_CELLS_BEST);
        for (int i = 0; i < 300; i++) {
            ovf_point p = ovf_fixed_point(points[i]);
            bool said = holds(reader, ovf_cells_at(reader, points[i]), 1) == OVF_TRI_YES;
            if (said != plain_contains(&shape, p) && plain_boundary_m(&shape, p, 100) > SAME_M)
                fail_msg("ring %d about %.4f, %.4f of %.0f m: point %d (%.7f, %.7f) is said to be "
                         "%s, and by ovf_area_contains %d",
                         n, shape.centre.lat_deg, shape.centre.lon_deg, shape.size_m, i, p.lat_deg,
                         p.lon_deg, said ? "inside" : "outside", (int)ovf_area_contains(area, p));
        }
        ovf_cells_reader_free(reader);
        ovf_cells_view_free(view);
        ovf_cells_free(cells);
        ovf_arena_done(&arena);
    }
}

/* Within 500 km of a pole, where a geodesic is anything but straight in longitude and latitude. */
static void polar_shapes(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int n = 0; n < 400; n++) {
        ovf_point centre = {between(&seed, 85, 90), between(&seed, -180, 180)};
        double size_m = exp(between(&seed, log(2000), log(5e5)));
        uint32_t count = 3 + (uint32_t)(plain_random(&seed) * 18);
        ovf_fixed vertices[24];
        for (uint32_t i = 0; i < count; i++) {
            double bearing_deg = (i + between(&seed, 0.1, 0.9)) * 360 / count;
            double ray_m = size_m * between(&seed, 0.3, 1);
            vertices[i] = ovf_point_fix(ovf_destination(centre, bearing_deg, ray_m));
            vertices[i].lat_e7 *= n % 2 == 0 ? 1 : -1;
        }
        centre.lat_deg *= n % 2 == 0 ? 1 : -1;
        ovf_ring ring = {vertices, NULL, count};
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        const ovf_area *area = NULL;
        if (n % 4 < 3)
            assert_int_equal(ovf_area_rings(&arena, &ring, 1, &area, NULL), OVF_OK);
        else
            assert_int_equal(ovf_area_circle(&arena, centre, size_m, &area, NULL), OVF_OK);
        ovf_cells *cells = ovf_cells_new(OVF_CELLS_GEODESIC, 0);
        assert_int_equal(ovf_cells_add(cells, 1, area, NULL), OVF_OK);
        ovf_cells_view *view = view_of(cells);
        ovf_cells_reader *reader = reader_of(view, OVF_CELLS_BEST);
        for (int i = 0; i < 1000; i++) {
            double away_m = size_m * 1.2 * sqrt(plain_random(&seed));
            ovf_fixed at = ovf_point_fix(ovf_destination(centre, between(&seed, 0, 360), away_m));
            ovf_point p = ovf_fixed_point(at);
            if (holds(reader, ovf_cells_at(reader, at), 1) != ovf_area_contains(area, p))
                assert_true(ovf_area_border_distance_m(area, p) <= SAME_M);
        }
        ovf_cells_reader_free(reader);
        ovf_cells_view_free(view);
        ovf_cells_free(cells);
        ovf_arena_done(&arena);
    }
}

/* ---- many areas that come and go ---- */

#define MANY 150

static void check_many(const ovf_cells_view *view, const ovf_area **areas, const bool *is_in,
                       uint64_t *seed)
{
    ovf_fixed points[600];
    uint32_t ids[600];
    for (size_t i = 0; i < OVF_COUNTOF(points); i++)
        points[i] = ovf_point_fix((ovf_point){between(seed, 44, 48), between(seed, 5, 12)});
    ask_all_engines(view, points, OVF_COUNTOF(points), ids);
    ovf_cells_reader *reader = reader_of(view, OVF_CELLS_BEST);
    for (size_t i = 0; i < OVF_COUNTOF(points); i++) {
        uint32_t set = ovf_cells_at(reader, points[i]);
        ovf_point p = ovf_fixed_point(points[i]);
        for (uint32_t a = 0; a < MANY; a++) {
            ovf_tri wanted = is_in[a] ? ovf_area_contains(areas[a], p) : OVF_TRI_NO;
            if (holds(reader, set, a * 3) != wanted)
                assert_true(ovf_area_border_distance_m(areas[a], p) <= SAME_M);
        }
    }
    ovf_cells_reader_free(reader);
}

static void come_and_go(void **state)
{
    (void)state;
    uint64_t seed = 9;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_area *areas[MANY];
    bool is_in[MANY] = {false};
    for (int i = 0; i < MANY; i++)
        areas[i] = circle(&arena, between(&seed, 44, 48), between(&seed, 5, 12),
                          1852 * exp(between(&seed, 0, log(50))));
    ovf_point line[3] = {{45, 6}, {46, 8}, {45, 11}};
    assert_int_equal(ovf_area_corridor(&arena, line, 3, 9000, &areas[0], NULL), OVF_OK);
    areas[1] = areas[2]; // two of a kind
    ovf_cells *cells = ovf_cells_new(OVF_CELLS_GEODESIC, 0);
    ovf_cells_view *before = NULL;
    bool was_in[MANY];
    for (int round = 0; round < 600; round++) {
        uint32_t i = (uint32_t)(plain_random(&seed) * MANY);
        ovf_status status = is_in[i] ? ovf_cells_withdraw(cells, i * 3, NULL)
                                     : ovf_cells_add(cells, i * 3, areas[i], NULL);
        assert_int_equal(status, OVF_OK);
        is_in[i] = !is_in[i];
        if (round == 300) {
            before = view_of(cells);
            memcpy(was_in, is_in, sizeof is_in);
        }
        if (round % 100 != 99)
            continue;
        ovf_cells_view *view = view_of(cells);
        check_many(view, areas, is_in, &seed);
        ovf_cells_view_free(view);
    }
    for (uint32_t i = 0; i < MANY; i++)
        if (is_in[i])
            assert_int_equal(ovf_cells_withdraw(cells, i * 3, NULL), OVF_OK);
    assert_int_equal(ovf_cells_stats_of(cells).split_cells, 0);
    ovf_cells_free(cells);
    check_many(before, areas, was_in, &seed); // what a snapshot showed it goes on showing
    ovf_cells_view_free(before);
    ovf_arena_done(&arena);
}

/* More borders in one small cell than one record has members. */
static void crowded_cell(void **state)
{
    (void)state;
    uint64_t seed = 11;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_area *areas[MANY];
    bool is_in[MANY];
    ovf_cells *cells = ovf_cells_new(OVF_CELLS_GEODESIC, 0);
    for (uint32_t i = 0; i < MANY; i++) {
        areas[i] = circle(&arena, 46.03, 8.53, 1000.0 + 10 * (i / 2));
        is_in[i] = true;
        assert_int_equal(ovf_cells_add(cells, i * 3, areas[i], NULL), OVF_OK);
    }
    ovf_cells_view *view = view_of(cells);
    ovf_fixed points[500];
    uint32_t ids[500];
    for (size_t i = 0; i < OVF_COUNTOF(points); i++)
        points[i] =
            ovf_point_fix((ovf_point){between(&seed, 46, 46.06), between(&seed, 8.5, 8.56)});
    ask_all_engines(view, points, OVF_COUNTOF(points), ids);
    ovf_cells_reader *reader = reader_of(view, OVF_CELLS_BEST);
    for (size_t i = 0; i < OVF_COUNTOF(points); i++) {
        ovf_point p = ovf_fixed_point(points[i]);
        uint32_t set = ovf_cells_at(reader, points[i]);
        for (uint32_t a = 0; a < MANY; a++)
            if (holds(reader, set, a * 3) != ovf_area_contains(areas[a], p))
                assert_true(ovf_area_border_distance_m(areas[a], p) <= SAME_M);
    }
    ovf_cells_reader_free(reader);
    check_many(view, areas, is_in, &seed);
    for (uint32_t i = 0; i < MANY; i += 2) {
        assert_int_equal(ovf_cells_withdraw(cells, i * 3, NULL), OVF_OK);
        is_in[i] = false;
    }
    ovf_cells_view_free(view);
    view = view_of(cells);
    check_many(view, areas, is_in, &seed);
    ovf_cells_view_free(view);
    ovf_cells_free(cells);
    ovf_arena_done(&arena);
}

/* ---- planar ---- */

__extension__ typedef __int128 wide;

static bool plane_holds(const ovf_ring *ring, ovf_fixed p)
{
    bool is_odd = false;
    for (uint32_t i = 0, k = ring->count - 1; i < ring->count; k = i++) {
        ovf_fixed a = ring->vertices[k];
        ovf_fixed b = ring->vertices[i];
        wide side = (wide)((int64_t)b.lon_e7 - a.lon_e7) * ((int64_t)p.lat_e7 - a.lat_e7)
                    - (wide)((int64_t)b.lat_e7 - a.lat_e7) * ((int64_t)p.lon_e7 - a.lon_e7);
        bool in_box = ((p.lon_e7 >= a.lon_e7 && p.lon_e7 <= b.lon_e7)
                       || (p.lon_e7 <= a.lon_e7 && p.lon_e7 >= b.lon_e7))
                      && ((p.lat_e7 >= a.lat_e7 && p.lat_e7 <= b.lat_e7)
                          || (p.lat_e7 <= a.lat_e7 && p.lat_e7 >= b.lat_e7));
        if (side == 0 && in_box)
            return true;
        if ((a.lat_e7 > p.lat_e7) != (b.lat_e7 > p.lat_e7) && (side > 0) == (b.lat_e7 > a.lat_e7))
            is_odd = !is_odd;
    }
    return is_odd;
}

static int32_t rough(uint64_t *seed, double low_deg, double high_deg)
{
    double e7 = between(seed, low_deg * 1e7, high_deg * 1e7);
    double pick = plain_random(seed);
    double grain = pick < 0.3 ? 1e7 : pick < 0.6 ? 625000 : pick < 0.7 ? 312500 : 1;
    return (int32_t)(rint(e7 / grain) * grain);
}

static void planar(void **state)
{
    (void)state;
    uint64_t seed = 21;
    for (int n = 0; n < 300; n++) {
        double spread = n % 3 == 0 ? 180 : n % 3 == 1 ? 5 : 0.2;
        double lat = n % 3 == 0 ? 0 : between(&seed, -80, 80);
        double lon = n % 3 == 0 ? 0 : between(&seed, -170, 170);
        ovf_fixed vertices[2][20];
        ovf_ring rings[2];
        for (int r = 0; r < 2; r++) {
            rings[r] = (ovf_ring){.vertices = vertices[r],
                                  .count = 3 + (uint32_t)(plain_random(&seed) * 17)};
            for (uint32_t i = 0; i < rings[r].count; i++)
                vertices[r][i] = (ovf_fixed){rough(&seed, lat - spread / 2, lat + spread / 2),
                                             rough(&seed, lon - spread, lon + spread)};
        }
        ovf_cells *cells = ovf_cells_new(OVF_CELLS_PLANAR, 0);
        assert_int_equal(ovf_cells_add_planar(cells, 4, rings, 2, NULL), OVF_OK);
        ovf_cells_view *view = view_of(cells);
        ovf_fixed points[1500];
        uint32_t ids[1500];
        for (size_t i = 0; i < OVF_COUNTOF(points); i++) {
            const ovf_ring *ring = &rings[i % 2];
            ovf_fixed a = ring->vertices[i % ring->count];
            ovf_fixed b = ring->vertices[(i + 1) % ring->count];
            double share = rint(plain_random(&seed) * 16) / 16;
            points[i] = (ovf_fixed){rough(&seed, lat - spread / 2, lat + spread / 2),
                                    rough(&seed, lon - spread, lon + spread)};
            if (i % 3 == 0) // on an edge, or the next place to it
                points[i] =
                    (ovf_fixed){(int32_t)rint(a.lat_e7 + ((double)b.lat_e7 - a.lat_e7) * share),
                                (int32_t)rint(a.lon_e7 + ((double)b.lon_e7 - a.lon_e7) * share)};
        }
        ask_all_engines(view, points, OVF_COUNTOF(points), ids);
        ovf_cells_reader *reader = reader_of(view, OVF_CELLS_BEST);
        for (size_t i = 0; i < OVF_COUNTOF(points); i++) {
            bool wanted = plane_holds(&rings[0], points[i]) || plane_holds(&rings[1], points[i]);
            bool said = holds(reader, ovf_cells_at(reader, points[i]), 4) == OVF_TRI_YES;
            if (said != wanted)
                fail_msg("case %d: point %d, %d is said to be %s", n, points[i].lat_e7,
                         points[i].lon_e7, said ? "inside" : "outside");
        }
        ovf_cells_reader_free(reader);
        ovf_cells_view_free(view);
        assert_int_equal(ovf_cells_withdraw(cells, 4, NULL), OVF_OK);
        assert_int_equal(ovf_cells_stats_of(cells).split_cells, 0);
        ovf_cells_free(cells);
    }
}

/* ---- what is refused ---- */

static void refusals(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_area *area = circle(&arena, 46, 8, 50000);
    ovf_error err = {0};
    ovf_cells *cells = ovf_cells_new(OVF_CELLS_GEODESIC, 0);
    assert_int_equal(ovf_cells_withdraw(cells, 1, &err), OVF_E_NOT_FOUND);
    assert_int_equal(ovf_cells_add(cells, OVF_CELLS_UNKNOWN, area, &err), OVF_E_USAGE);
    assert_int_equal(ovf_cells_add(cells, 1, area, &err), OVF_OK);
    assert_int_equal(ovf_cells_add(cells, 1, area, &err), OVF_E_USAGE);
    ovf_ring none = {0};
    assert_int_equal(ovf_cells_add_planar(cells, 2, &none, 1, &err), OVF_E_USAGE);
    ovf_cells_free(cells);
    ovf_cells_free(NULL);
    cells = ovf_cells_new(OVF_CELLS_PLANAR, 0);
    assert_int_equal(ovf_cells_add(cells, 1, area, &err), OVF_E_USAGE);
    ovf_fixed off = {910000000, 0};
    ovf_ring wild = {&off, NULL, 1};
    assert_int_equal(ovf_cells_add_planar(cells, 2, &wild, 1, &err), OVF_E_GEOMETRY);
    assert_int_equal(err.pos, 0);
    ovf_cells_free(cells);
    ovf_arena_done(&arena);
}

/* At its ceiling the index refuses, keeps what it has, and takes more when something goes. */
static void ceiling(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_area *areas[MANY];
    bool is_in[MANY] = {false};
    uint64_t seed = 31;
    ovf_cells *cells = ovf_cells_new(OVF_CELLS_GEODESIC, 1u << 20);
    ovf_status status = OVF_OK;
    uint32_t full = MANY;
    for (uint32_t i = 0; i < MANY; i++) {
        areas[i] = circle(&arena, between(&seed, 44, 48), between(&seed, 5, 12), 90000);
        if (status == OVF_OK) {
            status = ovf_cells_add(cells, i * 3, areas[i], NULL);
            is_in[i] = status == OVF_OK;
            full = i;
        }
    }
    assert_int_equal(status, OVF_E_LIMIT);
    assert_true(full > 10 && ovf_cells_stats_of(cells).bytes <= (1u << 20) + 300000);
    ovf_cells_view *view = view_of(cells);
    check_many(view, areas, is_in, &seed);
    ovf_cells_view_free(view);
    for (uint32_t i = 0; i < 5; i++) {
        assert_int_equal(ovf_cells_withdraw(cells, i * 3, NULL), OVF_OK);
        is_in[i] = false;
    }
    assert_int_equal(ovf_cells_add(cells, full * 3, areas[full], NULL), OVF_OK);
    is_in[full] = true;
    view = view_of(cells);
    check_many(view, areas, is_in, &seed);
    ovf_cells_view_free(view);
    ovf_cells_free(cells);
    ovf_arena_done(&arena);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 10] = {
        {"circles", circles, NULL, NULL, NULL},
        {"sets of areas", sets, NULL, NULL, NULL},
        {"unresolved is never outside", unresolved, NULL, NULL, NULL},
        {"random rings as the plain version", random_rings, NULL, NULL, NULL},
        {"rings and circles by the poles", polar_shapes, NULL, NULL, NULL},
        {"areas come and go", come_and_go, NULL, NULL, NULL},
        {"150 borders in a cell", crowded_cell, NULL, NULL, NULL},
        {"planar, exact", planar, NULL, NULL, NULL},
        {"refusals", refusals, NULL, NULL, NULL},
        {"the ceiling", ceiling, NULL, NULL, NULL},
    };
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[10 + i] = (struct CMUnitTest){rows[i].name, ring_row, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("cells", tests, OVF_COUNTOF(tests), NULL, NULL);
}
