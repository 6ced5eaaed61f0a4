/* SPDX-License-Identifier: Apache-2.0 */
/* Frames: every place of a frame lies on its map and comes back from it; poles, the 180th meridian
 * and frames of no size among them. And outlines cut at 180 degrees, drawn whole. */
#include "draw_internal.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct row {
    const char *name;
    ovf_box box;
    draw_projection_kind kind;
} rows[] = {
    {"Caribbean", {0, -75, 20, -55, false}, DRAW_LAMBERT},
    {"Europe", {35, -10, 60, 30, false}, DRAW_LAMBERT},
    {"Patagonia", {-56, -78, -35, -50, false}, DRAW_LAMBERT},
    {"across the equator", {-8, -70, 6, -50, false}, DRAW_MERCATOR},
    {"on the equator, wide", {-20, 20, 30, 90, false}, DRAW_MERCATOR},
    {"Pacific across 180", {-25, 165, -10, -165, false}, DRAW_LAMBERT},
    {"Bering Sea across 180", {50, 160, 68, -150, false}, DRAW_LAMBERT},
    {"Arctic cap", {66, -180, 90, 180, false}, DRAW_POLAR},
    {"Antarctic cap", {-90, -180, -60, 180, false}, DRAW_POLAR},
    {"Svalbard", {76, 8, 81, 34, false}, DRAW_POLAR},
    {"beside the south pole, across 180", {-89, 170, -84, -170, false}, DRAW_POLAR},
    {"world", {-60, -180, 80, 180, false}, DRAW_MILLER},
    {"half the world round 180", {-50, 90, 60, -90, false}, DRAW_MILLER},
    {"an airport", {10.603, -66.991, 10.603, -66.991, false}, DRAW_LAMBERT},
    {"the north pole itself", {90, 0, 90, 0, false}, DRAW_POLAR},
    {"a point at 180", {-17, 180, -17, 180, false}, DRAW_LAMBERT},
    {"where Greenwich meets the equator", {0, 0, 0, 0, false}, DRAW_MERCATOR},
    {"one meridian", {10, 30, 40, 30, false}, DRAW_LAMBERT},
    {"one parallel", {40, 10, 40, 60, false}, DRAW_LAMBERT},
};

static draw_view fitted(ovf_box box)
{
    draw_extent extent = {.is_empty = true};
    draw_extent_add_box(&extent, box);
    draw_view view = {0};
    ovf_error err = {0};
    assert_int_equal(draw_view_fit(&view, draw_extent_padded(extent, 0, 0.5),
                                   (draw_rect){50, 70, 900, 700}, &err),
                     OVF_OK);
    return view;
}

static void holds_its_frame(void **state)
{
    const struct row *row = *state;
    draw_view view = fitted(row->box);
    assert_int_equal(view.projection.kind, row->kind);
    assert_true(view.map.x >= 50 - 1e-9 && view.map.x + view.map.w <= 950 + 1e-9);
    assert_true(view.map.y >= 70 - 1e-9 && view.map.y + view.map.h <= 770 + 1e-9);
    double width = row->box.east_deg - row->box.west_deg;
    width += width < 0 ? 360 : 0;
    draw_rect map = draw_rect_grown(view.map, 0.6); // parallels bulge a little between samples
    for (int i = 0; i <= 10; i++) {
        for (int k = 0; k <= 10; k++) {
            ovf_point p = {row->box.south_deg + (row->box.north_deg - row->box.south_deg) * i / 10,
                           ovf_lon_wrap(row->box.west_deg + width * (k * 0.0998 + 0.001))};
            if (fabs(p.lat_deg) > 89.9 || (row->kind == DRAW_MILLER && fabs(p.lat_deg) > 77))
                continue;
            draw_pt px = draw_view_point(&view, p);
            if (!draw_rect_holds(map, px))
                fail_msg("%.3f %.3f falls on %.1f %.1f", p.lat_deg, p.lon_deg, px.x, px.y);
            assert_true(ovf_distance_m(p, draw_view_place(&view, px)) < 1.0
                        || row->kind == DRAW_MILLER);
            assert_true(draw_view_sees(
                &view, (ovf_box){p.lat_deg, p.lon_deg, p.lat_deg, p.lon_deg, false}));
        }
    }
    assert_true(isfinite(draw_view_m_per_px(&view)) && draw_view_m_per_px(&view) > 0);
}

static struct bad_row {
    const char *name;
    draw_extent extent;
    draw_rect room;
} bad_rows[] = {
    {"nothing", {0, 0, 0, 0, true}, {0, 0, 100, 100}},
    {"upside down", {10, 5, 0, 10, false}, {0, 0, 100, 100}},
    {"not a number", {(double)NAN, 5, 0, 10, false}, {0, 0, 100, 100}},
    {"infinite", {0, 5, -HUGE_VAL, 10, false}, {0, 0, 100, 100}},
    {"beyond the pole", {80, 100, 0, 10, false}, {0, 0, 100, 100}},
    {"twice round", {0, 10, -400, 400, false}, {0, 0, 100, 100}},
    {"no size", {5, 5, 10, 10, false}, {0, 0, 100, 100}},
    {"no room", {0, 10, 0, 10, false}, {0, 0, 0, 100}},
    {"negative room", {0, 10, 0, 10, false}, {0, 0, 100, -5}},
};

static void refuses(void **state)
{
    const struct bad_row *row = *state;
    draw_view view = {0};
    ovf_error err = {0};
    assert_int_equal(draw_view_fit(&view, row->extent, row->room, &err), OVF_E_RANGE);
    assert_int_equal(err.status, OVF_E_RANGE);
    assert_true(view.px_per_m == 0); // untouched
}

/* Shoelace, in square pixels. */
static double surface_px2(const draw_path *path)
{
    double sum = 0;
    for (size_t part = 0; part < path->part_count; part++) {
        size_t from = path->starts[part], end = draw_path_part_end(path, part);
        double one = 0;
        for (size_t i = from, j = end - 1; i < end; j = i++)
            one += path->pts[j].x * path->pts[i].y - path->pts[i].x * path->pts[j].y;
        sum += fabs(one) / 2;
    }
    return sum;
}

/* Two rings that meet along the 180th meridian, as ovf_area_outline cuts them. */
static ovf_point west_half[] = {{-20, 170}, {-20, 180}, {-10, 180}, {-10, 170}, {-20, 170}};
static ovf_point east_half[] = {{-20, -180}, {-20, -170}, {-10, -170}, {-10, -180}, {-20, -180}};
static ovf_outline_ring halves[] = {{west_half, 5, false}, {east_half, 5, false}};
static ovf_point whole_ring[] = {{-20, -10}, {-20, 10}, {-10, 10}, {-10, -10}, {-20, -10}};
static ovf_outline_ring wholes[] = {{whole_ring, 5, false}};

static void joins_at_180(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    draw_view there = fitted((ovf_box){-25, 165, -5, -165, false});
    draw_view here = fitted((ovf_box){-25, -15, -5, 15, false});
    ovf_outline cut = {halves, 2}, plain = {wholes, 1};
    draw_path a, b;
    draw_path_init(&a, &arena);
    draw_path_init(&b, &arena);
    draw_path_add_fill(&a, &there, &cut);
    draw_path_add_fill(&b, &here, &plain);
    assert_true(surface_px2(&b) > 100000);
    assert_true(fabs(surface_px2(&a) - surface_px2(&b)) < surface_px2(&b) * 1e-3);

    draw_path line;
    draw_path_init(&line, &arena);
    draw_path_add_stroke(&line, &there, &cut, NULL, NULL);
    draw_pt top = draw_view_point(&there, (ovf_point){-10, 180});
    draw_pt bottom = draw_view_point(&there, (ovf_point){-20, 180});
    for (size_t part = 0; part < line.part_count; part++) {
        for (size_t i = line.starts[part] + 1; i < draw_path_part_end(&line, part); i++) {
            double y = (line.pts[i - 1].y + line.pts[i].y) / 2;
            double x = (line.pts[i - 1].x + line.pts[i].x) / 2;
            bool in_the_cut = y > top.y + 5 && y < bottom.y - 5 && fabs(x - top.x) < 5;
            assert_false(in_the_cut);
        }
    }
    assert_true(line.count > 8);
    ovf_arena_done(&arena);
}

/* A limit that really runs along 180 on one side only is a line. */
static void keeps_a_limit_at_180(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    draw_view view = fitted((ovf_box){-25, 165, -5, -165, false});
    ovf_outline one = {halves, 1};
    draw_path line;
    draw_path_init(&line, &arena);
    draw_path_add_stroke(&line, &view, &one, NULL, NULL);
    draw_pt top = draw_view_point(&view, (ovf_point){-10, 180});
    bool found = false;
    for (size_t i = 0; i < line.count; i++)
        found = found || hypot(line.pts[i].x - top.x, line.pts[i].y - top.y) < 1;
    assert_true(found);
    ovf_arena_done(&arena);
}

/* A cap cut at 180 degrees, down to the pole: a disc on the polar map, and its edge a circle. */
static void draws_a_cap(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    draw_view view = fitted((ovf_box){60, -180, 90, 180, false});
    ovf_point ring[] = {{70, -180}, {70, -90}, {70, 0},    {70, 90},
                        {70, 180},  {90, 180}, {90, -180}, {70, -180}};
    ovf_outline_ring rings[] = {{ring, 8, false}};
    ovf_outline cap = {rings, 1};
    draw_path fill, line;
    draw_path_init(&fill, &arena);
    draw_path_init(&line, &arena);
    draw_path_add_fill(&fill, &view, &cap);
    draw_path_add_stroke(&line, &view, &cap, NULL, NULL);
    draw_pt pole = draw_view_px(&view, 89.9999, 0);
    draw_pt edge = draw_view_point(&view, (ovf_point){70, 45});
    double radius = hypot(edge.x - pole.x, edge.y - pole.y);
    assert_true(fabs(surface_px2(&fill) / (DRAW_PI * radius * radius) - 1) < 0.01);
    for (size_t i = 0; i < line.count; i++)
        assert_true(fabs(hypot(line.pts[i].x - pole.x, line.pts[i].y - pole.y) - radius) < 1.5);
    ovf_arena_done(&arena);
}

/* However far a line runs, what is kept lies within a margin of the map, and it is true to the
 * geodesic. */
static void geodesics_stay_near(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_point ends[][2] = {
        {{40.5, -3.6}, {10.6, -67}}, {{-35, 149}, {-34, -58}}, {{60, 10}, {60, -170}},
        {{-89, 0}, {89, 180}},       {{0, 0}, {0, 179.9}},     {{10, 170}, {10, -170}},
    };
    for (size_t r = 0; r < OVF_COUNTOF(rows); r++) {
        draw_view view = fitted(rows[r].box);
        draw_rect near = draw_rect_grown(view.map, 13);
        for (size_t e = 0; e < OVF_COUNTOF(ends); e++) {
            draw_path path;
            draw_path_init(&path, &arena);
            draw_path_add_geodesic(&path, &view, ends[e][0], ends[e][1]);
            double whole = ovf_distance_m(ends[e][0], ends[e][1]);
            for (size_t i = 0; i < path.count; i++) {
                assert_true(draw_rect_holds(near, path.pts[i]));
                ovf_point p = draw_view_place(&view, path.pts[i]);
                double detour =
                    ovf_distance_m(ends[e][0], p) + ovf_distance_m(p, ends[e][1]) - whole;
                if (rows[r].kind != DRAW_MILLER && draw_rect_holds(view.map, path.pts[i]))
                    assert_true(detour < draw_view_m_per_px(&view));
            }
        }
    }
    ovf_arena_done(&arena);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(bad_rows) + 4] = {0};
    size_t count = 0;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[count++] = (struct CMUnitTest){rows[i].name, holds_its_frame, NULL, NULL, &rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(bad_rows); i++)
        tests[count++] = (struct CMUnitTest){bad_rows[i].name, refuses, NULL, NULL, &bad_rows[i]};
    tests[count++] = (struct CMUnitTest){"outline joined at 180", joins_at_180, NULL, NULL, NULL};
    tests[count++] =
        (struct CMUnitTest){"limit along 180 kept", keeps_a_limit_at_180, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"polar cap", draws_a_cap, NULL, NULL, NULL};
    tests[count++] =
        (struct CMUnitTest){"geodesics clipped and true", geodesics_stay_near, NULL, NULL, NULL};
    return _cmocka_run_group_tests("view", tests, count, NULL, NULL);
}
