/* SPDX-License-Identifier: Apache-2.0 */
/* Outlines: their size against areas known otherwise (the surface of the ellipsoid is
 * 510,065,621,724,088.44 m2, GeographicLib's documentation), their shape, and their GeoJSON. */
#include <overfly/geojson.h>

#include "plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <jansson.h>
#include <math.h>

#define GLOBE_M2 510065621724088.44

static ovf_arena arena;

static int set_up(void **state)
{
    OVF_UNUSED(state);
    ovf_arena_init(&arena, 0);
    return 0;
}

static int tear_down(void **state)
{
    OVF_UNUSED(state);
    ovf_arena_done(&arena);
    return 0;
}

/* What RFC 7946, section 3.1.6 asks of every polygon. */
static ovf_outline outline_of(const ovf_area *area, double tolerance_m)
{
    ovf_outline outline = {0};
    ovf_error err = {0};
    if (ovf_area_outline(area, tolerance_m, &arena, &outline, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    for (uint32_t i = 0; i < outline.count; i++) {
        const ovf_outline_ring *ring = &outline.rings[i];
        assert_true(ring->count >= 4);
        assert_memory_equal(&ring->points[0], &ring->points[ring->count - 1], sizeof(ovf_point));
        double turning = 0;
        for (uint32_t k = 0; k < ring->count; k++)
            assert_true(ovf_point_is_valid(ring->points[k]));
        for (uint32_t k = 0; k + 1 < ring->count; k++) {
            ovf_point a = ring->points[k];
            ovf_point b = ring->points[k + 1];
            turning += (b.lon_deg - a.lon_deg) * (a.lat_deg + b.lat_deg) / 2;
        }
        assert_true(ring->is_hole ? turning > 0 : turning < 0);
    }
    return outline;
}

/* Every point of the outline and every middle of a chord lies on the border to the tolerance, but
 * for chords along the 180th meridian and the poles. */
static void hugs_border(const ovf_area *area, const ovf_outline *outline, double tolerance_m)
{
    for (uint32_t i = 0; i < outline->count; i++) {
        for (uint32_t k = 0; k + 1 < outline->rings[i].count; k++) {
            ovf_point a = outline->rings[i].points[k];
            ovf_point b = outline->rings[i].points[k + 1];
            if (fabs(a.lon_deg) == 180 && a.lon_deg == b.lon_deg)
                continue;
            if (fabs(a.lat_deg) == 90 || fabs(b.lat_deg) == 90)
                continue;
            for (int part = 0; part < 4; part++) {
                ovf_point p = {a.lat_deg + (b.lat_deg - a.lat_deg) * part / 4,
                               a.lon_deg + (b.lon_deg - a.lon_deg) * part / 4};
                assert_true(ovf_area_border_distance_m(area, p) <= tolerance_m * 1.1 + 0.02);
            }
        }
    }
}

static void near_share(double value, double expected, double share)
{
    if (!(fabs(value - expected) <= share * expected))
        fail_msg("%.3f is not %.3f", value, expected);
}

static const ovf_area *polygon(const ovf_point *points, size_t count)
{
    const ovf_area *area = NULL;
    assert_int_equal(ovf_area_polygon(&arena, points, count, &area, NULL), OVF_OK);
    return area;
}

static void octant(void **state)
{
    OVF_UNUSED(state);
    ovf_point corners[] = {{0, 0}, {0, 90}, {90, 0}};
    ovf_outline outline = outline_of(polygon(corners, 3), 1);
    assert_int_equal(outline.count, 1);
    near_share(ovf_outline_area_m2(&outline), GLOBE_M2 / 8, 1e-9);
}

static void globe_and_halves(void **state)
{
    OVF_UNUSED(state);
    static const struct {
        ovf_half side;
        double at_deg;
        double share;
        uint32_t rings;
    } rows[] = {
        {OVF_NORTH_OF, 0, 0.5, 1},  {OVF_SOUTH_OF, 0, 0.5, 1},  {OVF_EAST_OF, 0, 0.5, 1},
        {OVF_WEST_OF, 0, 0.5, 1},   {OVF_EAST_OF, 170, 0.5, 2}, {OVF_WEST_OF, -57, 0.5, 2},
        {OVF_EAST_OF, 180, 0.5, 1}, {OVF_WEST_OF, 180, 0.5, 1},
    };
    ovf_outline outline = outline_of(ovf_area_globe(), 10);
    near_share(ovf_outline_area_m2(&outline), GLOBE_M2, 1e-9);
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++) {
        const ovf_area *area = NULL;
        assert_int_equal(ovf_area_half(&arena, rows[i].side, rows[i].at_deg, &area, NULL), OVF_OK);
        outline = outline_of(area, 10);
        near_share(ovf_outline_area_m2(&outline), GLOBE_M2 * rows[i].share, 1e-9);
        assert_int_equal(outline.count, rows[i].rings);
    }
}

/* A small circle is pi r^2 but for r^2 / 12 R^2; a large one is asked at its border. */
static void circles(void **state)
{
    OVF_UNUSED(state);
    static const ovf_point centres[] = {{0, 0},      {10, -66},  {0, 180},    {52, 179.99},
                                        {89.99, 30}, {-89.9, 0}, {90, 0},     {-90, 120},
                                        {60, 0},     {-33, 151}, {85, -179.9}};
    static const double radii[] = {1852, 50000, 1000000, 4000000};
    for (size_t i = 0; i < OVF_COUNTOF(centres); i++) {
        for (size_t k = 0; k < OVF_COUNTOF(radii); k++) {
            const ovf_area *area = NULL;
            assert_int_equal(ovf_area_circle(&arena, centres[i], radii[k], &area, NULL), OVF_OK);
            double tolerance_m = radii[k] / 2000;
            ovf_outline outline = outline_of(area, tolerance_m);
            hugs_border(area, &outline, tolerance_m);
            double r = radii[k] / 6371000.0;
            double sphere_m2 = 2 * 3.14159265358979323846 * 6371007.0 * 6371007.0 * (1 - cos(r));
            near_share(ovf_outline_area_m2(&outline), sphere_m2, 0.01);
            ovf_arena_reset(&arena);
        }
    }
}

static void cut_at_the_180th_meridian(void **state)
{
    OVF_UNUSED(state);
    ovf_point corners[] = {{-5, 170}, {-5, -170}, {5, -170}, {5, 170}};
    const ovf_area *area = polygon(corners, 4);
    ovf_outline outline = outline_of(area, 10);
    assert_int_equal(outline.count, 2);
    hugs_border(area, &outline, 10);
    ovf_point west[] = {{-5, 10}, {-5, 30}, {5, 30}, {5, 10}};
    ovf_outline moved = outline_of(polygon(west, 4), 10);
    assert_int_equal(moved.count, 1);
    near_share(ovf_outline_area_m2(&outline), ovf_outline_area_m2(&moved), 1e-8);
}

static void polar_cap(void **state)
{
    OVF_UNUSED(state);
    ovf_point corners[] = {{-60, 0}, {-60, 90}, {-60, 180}, {-60, -90}};
    const ovf_area *area = polygon(corners, 4);
    ovf_outline outline = outline_of(area, 100);
    assert_int_equal(outline.count, 1);
    hugs_border(area, &outline, 100);
    bool has_west_corner = false;
    bool has_east_corner = false;
    for (uint32_t i = 0; i < outline.rings[0].count; i++) {
        ovf_point p = outline.rings[0].points[i];
        has_west_corner |= p.lat_deg == -90 && p.lon_deg == -180;
        has_east_corner |= p.lat_deg == -90 && p.lon_deg == 180;
    }
    assert_true(has_west_corner && has_east_corner);
}

static void hole_and_island(void **state)
{
    OVF_UNUSED(state);
    static const ovf_fixed v[] = {{0, 0},
                                  {0, 90000000},
                                  {90000000, 90000000},
                                  {90000000, 0},
                                  {10000000, 10000000},
                                  {10000000, 80000000},
                                  {80000000, 80000000},
                                  {80000000, 10000000},
                                  {40000000, 40000000},
                                  {40000000, 50000000},
                                  {50000000, 50000000},
                                  {50000000, 40000000}};
    ovf_ring rings[] = {{v + 8, NULL, 4}, {v, NULL, 4}, {v + 4, NULL, 4}};
    const ovf_area *area = NULL;
    assert_int_equal(ovf_area_rings(&arena, rings, 3, &area, NULL), OVF_OK);
    ovf_outline outline = outline_of(area, 50);
    assert_int_equal(outline.count, 3);
    uint32_t holes = 0;
    for (uint32_t i = 0; i < 3; i++)
        holes += outline.rings[i].is_hole;
    assert_int_equal(holes, 1);
    assert_false(outline.rings[0].is_hole);
    hugs_border(area, &outline, 50);
}

static void clips_sets(void **state)
{
    OVF_UNUSED(state);
    ovf_point a[] = {{0, 175}, {0, -175}, {10, -175}, {10, 175}};
    ovf_point b[] = {{5, 178}, {5, -178}, {15, -178}, {15, 178}};
    const ovf_area *parts[2] = {polygon(a, 4), polygon(b, 4)};
    const ovf_area *all = NULL;
    const ovf_area *common = NULL;
    const ovf_area *rest = NULL;
    assert_int_equal(ovf_area_union(&arena, parts, 2, &all, NULL), OVF_OK);
    assert_int_equal(ovf_area_intersection(&arena, parts, 2, &common, NULL), OVF_OK);
    assert_int_equal(ovf_area_difference(&arena, parts[0], parts[1], &rest, NULL), OVF_OK);
    double size[5];
    const ovf_area *areas[5] = {parts[0], parts[1], all, common, rest};
    for (int i = 0; i < 5; i++) {
        ovf_outline outline = outline_of(areas[i], 5);
        hugs_border(areas[i], &outline, 5);
        size[i] = ovf_outline_area_m2(&outline);
    }
    near_share(size[2], size[0] + size[1] - size[3], 1e-9);
    near_share(size[4], size[0] - size[3], 1e-9);
    const ovf_area *nothing = NULL;
    assert_int_equal(ovf_area_difference(&arena, parts[0], all, &nothing, NULL), OVF_OK);
    assert_int_equal(outline_of(nothing, 5).count, 0);
    assert_int_equal(outline_of(ovf_area_empty(), 5).count, 0);
}

/* Steiner: to a convex area of length l a buffer of d adds l d + pi d^2, nearly, on a small part
 * of the ellipsoid. */
static void buffers_and_corridors(void **state)
{
    OVF_UNUSED(state);
    ovf_point corners[] = {{60, 179.5}, {60, -179.5}, {60.5, -179.5}, {60.5, 179.5}};
    const ovf_area *box = polygon(corners, 4);
    const ovf_area *grown = NULL;
    const ovf_area *line = NULL;
    double length_m = 0;
    const double d = 22224;
    for (int i = 0; i < 4; i++)
        length_m += ovf_distance_m(corners[i], corners[(i + 1) % 4]);
    assert_int_equal(ovf_area_buffer(&arena, box, d, &grown, NULL), OVF_OK);
    ovf_outline inner = outline_of(box, 1);
    ovf_outline outer = outline_of(grown, 20);
    hugs_border(grown, &outer, 20);
    near_share(ovf_outline_area_m2(&outer),
               ovf_outline_area_m2(&inner) + length_m * d + 3.14159265 * d * d, 2e-3);
    assert_int_equal(outer.count, 2);
    ovf_point points[] = {{60, 179}, {60.5, -179}};
    assert_int_equal(ovf_area_corridor(&arena, points, 2, d, &line, NULL), OVF_OK);
    outer = outline_of(line, 20);
    hugs_border(line, &outer, 20);
    near_share(ovf_outline_area_m2(&outer),
               2 * d * ovf_distance_m(points[0], points[1]) + 3.14159265 * d * d, 2e-3);
    // So wide that no plane will do: drawn edge by edge, over the pole.
    ovf_point far_points[] = {{80, 0}, {80, 90}, {75, 170}};
    assert_int_equal(ovf_area_corridor(&arena, far_points, 3, 1500000, &line, NULL), OVF_OK);
    outer = outline_of(line, 200);
    assert_true(ovf_outline_area_m2(&outer) > 2 * 1500000.0 * 2e6);
    for (uint32_t k = 0; k < outer.rings[0].count; k++) {
        ovf_point p = outer.rings[0].points[k];
        if (fabs(p.lat_deg) < 90 && fabs(p.lon_deg) < 180)
            assert_true(ovf_area_border_distance_m(line, p) < 220);
    }
}

/* The way from an expression to its buffer goes by the outline. */
static void buffer_of_a_difference(void **state)
{
    OVF_UNUSED(state);
    ovf_point outer[] = {{0, 0}, {0, 3}, {3, 3}, {3, 0}};
    ovf_point inner[] = {{-1, 1}, {-1, 2}, {2, 2}, {2, 1}};
    const ovf_area *area = NULL;
    assert_int_equal(ovf_area_difference(&arena, polygon(outer, 4), polygon(inner, 4), &area, NULL),
                     OVF_OK);
    assert_int_equal(ovf_area_buffer(&arena, area, 20000, &area, NULL), OVF_OK);
    assert_int_equal(ovf_area_contains(area, (ovf_point){1, 1.1}), OVF_TRI_YES);
    assert_int_equal(ovf_area_contains(area, (ovf_point){1, 1.5}), OVF_TRI_NO);
    assert_int_equal(ovf_area_contains(area, (ovf_point){3.1, 1.5}), OVF_TRI_YES);
}

/* Boxes that share an edge have a line in common and nothing else; that line stays out of what is
 * clipped next. */
static void touching_leaves_no_lines(void **state)
{
    OVF_UNUSED(state);
    ovf_point a[] = {{0, 0}, {0, 10}, {10, 10}, {10, 0}};
    ovf_point b[] = {{0, 10}, {0, 20}, {10, 20}, {10, 10}};
    ovf_point c[] = {{0, 5}, {0, 15}, {-10, 15}, {-10, 5}};
    const ovf_area *parts[3] = {polygon(a, 4), polygon(b, 4), polygon(c, 4)};
    const ovf_area *common = NULL;
    const ovf_area *area = NULL;
    assert_int_equal(ovf_area_intersection(&arena, parts, 3, &common, NULL), OVF_OK);
    assert_int_equal(outline_of(common, 5).count, 0);
    parts[2] = common;
    assert_int_equal(ovf_area_union(&arena, parts, 3, &area, NULL), OVF_OK);
    assert_int_equal(outline_of(area, 5).count, 1);
    // A ring with a spike of no width: what making it valid leaves beside the polygon is a line.
    ovf_point spiked[] = {{0, 0}, {0, 10}, {10, 10}, {20, 10}, {10, 10}, {10, 0}};
    parts[0] = polygon(spiked, 6);
    assert_int_equal(ovf_area_union(&arena, parts, 2, &area, NULL), OVF_OK);
    assert_int_equal(outline_of(area, 5).count, 1);
}

static void refuses_the_unresolved(void **state)
{
    OVF_UNUSED(state);
    ovf_outline outline = {.count = 7};
    ovf_error err = {0};
    const ovf_area *parts[2] = {ovf_area_globe(), ovf_area_unresolved()};
    const ovf_area *area = NULL;
    assert_int_equal(ovf_area_union(&arena, parts, 2, &area, NULL), OVF_OK);
    assert_int_equal(ovf_area_outline(area, 10, &arena, &outline, &err), OVF_E_GEOMETRY);
    assert_int_equal(outline.count, 7);
    ovf_arena small;
    ovf_arena_init(&small, 1);
    const ovf_area *circle = NULL;
    assert_int_equal(ovf_area_circle(&arena, (ovf_point){0, 0}, 1e5, &circle, NULL), OVF_OK);
    assert_int_equal(ovf_area_outline(circle, 10, &small, &outline, &err), OVF_E_NOMEM);
    ovf_arena_done(&small);
}

static json_t *geojson(const ovf_outline *outline)
{
    ovf_buf buf = {0};
    ovf_json json;
    ovf_json_init(&json, &buf);
    ovf_geojson_outline(&json, outline);
    assert_false(buf.failed);
    json_t *read = json_loadb(buf.ptr, buf.len, JSON_DECODE_ANY, NULL);
    assert_non_null(read);
    ovf_buf_done(&buf);
    return read;
}

static void writes_geojson(void **state)
{
    OVF_UNUSED(state);
    ovf_point one[] = {{-5, 10}, {-5, 30}, {5, 30}, {5, 10}};
    ovf_point two[] = {{-5, 170}, {-5, -170}, {5, -170}, {5, 170}};
    ovf_outline outline = outline_of(polygon(one, 4), 1000);
    json_t *json = geojson(&outline);
    assert_string_equal(json_string_value(json_object_get(json, "type")), "Polygon");
    json_t *ring = json_array_get(json_object_get(json, "coordinates"), 0);
    assert_int_equal(json_array_size(ring), outline.rings[0].count);
    double lon = json_real_value(json_array_get(json_array_get(ring, 0), 0));
    assert_true(lon >= 10 && lon <= 30); // longitude first
    json_decref(json);
    outline = outline_of(polygon(two, 4), 1000);
    json = geojson(&outline);
    assert_string_equal(json_string_value(json_object_get(json, "type")), "MultiPolygon");
    assert_int_equal(json_array_size(json_object_get(json, "coordinates")), 2);
    json_decref(json);
    ovf_outline none = {0};
    json = geojson(&none);
    assert_true(json_is_null(json));
    json_decref(json);
    ovf_buf buf = {0};
    ovf_json writer;
    ovf_json_init(&writer, &buf);
    ovf_geojson_position(&writer, (ovf_point){-12.5, 130.25});
    assert_string_equal(buf.ptr, "[130.2500000,-12.5000000]");
    ovf_buf_done(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(octant),
        cmocka_unit_test(globe_and_halves),
        cmocka_unit_test(circles),
        cmocka_unit_test(cut_at_the_180th_meridian),
        cmocka_unit_test(polar_cap),
        cmocka_unit_test(hole_and_island),
        cmocka_unit_test(clips_sets),
        cmocka_unit_test(buffers_and_corridors),
        cmocka_unit_test(buffer_of_a_difference),
        cmocka_unit_test(touching_leaves_no_lines),
        cmocka_unit_test(refuses_the_unresolved),
        cmocka_unit_test(writes_geojson),
    };
    return cmocka_run_group_tests_name("outline", tests, set_up, tear_down);
}
