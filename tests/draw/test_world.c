/* SPDX-License-Identifier: Apache-2.0 */
/* The picture of the world's FIRs: codes, colours by State, the same bytes for the same world. */
#include "picture.h"

static void draws_framed_firs(void **state)
{
    (void)state;
    if (world == NULL)
        skip();
    ovf_map_request request = {
        .frame = {-10, -100, 40, 0, false}, .world = world, .all_firs = true};
    ovf_buf svg = {0};
    ovf_error err = {0};
    assert_int_equal(ovf_map_draw(&request, &svg, &err), OVF_OK);
    svg_read read;
    read_svg(&svg, &read);
    assert_says(&read, "SVZM");
    assert_says(&read, "Natural Earth");
    assert_says(&read, "FIR limits, approximate, after: ");
    ovf_buf_done(&read.text);
    ovf_buf_done(&svg);
}

/* Every FIR that is large enough to hold its code is named; the two poles are on it. */
static void draws_the_world(void **state)
{
    (void)state;
    if (world == NULL)
        skip();
    ovf_map_request request = {.frame = {.is_empty = true},
                               .title = OVF_STR("Flight information regions"),
                               .width_px = 2400,
                               .height_px = 1320,
                               .world = world,
                               .all_firs = true};
    ovf_buf svg = {0}, again = {0};
    ovf_error err = {0};
    assert_int_equal(ovf_map_draw(&request, &svg, &err), OVF_OK);
    svg_read read;
    read_svg(&svg, &read);
    assert_false(read.outside);
    const char *const words[] = {"SVZM", "KZWY",        "LPPO",          "SBAZ",
                                 "TTZP", "Equal Earth", "Natural Earth", "NOT FOR NAVIGATION"};
    for (size_t i = 0; i < OVF_COUNTOF(words); i++)
        assert_says(&read, words[i]);
    size_t named = 0;
    for (uint32_t i = 0; i < ovf_world_fir_count(world); i++)
        named +=
            ovf_str_find(ovf_buf_str(&read.text), 0, ovf_world_fir(world, i)->code) != OVF_NOPOS;
    assert_true(named * 10 >= ovf_world_fir_count(world) * 9);
    assert_int_equal(ovf_map_draw(&request, &again, &err), OVF_OK);
    assert_int_equal(again.len, svg.len);
    assert_memory_equal(again.ptr, svg.ptr, svg.len); // stable
    ovf_buf_done(&again);
    ovf_buf_done(&read.text);
    ovf_buf_done(&svg);
}

typedef struct sight {
    const char *code;
    ovf_point land, sea; /* in the FIR, from an atlas */
} sight;

#define LOOK_PX 8 /* round a place: lines and letters are the fewer pixels */

/* The colour that most of the picture has near a place. */
static uint32_t color_near(cairo_surface_t *surface, const draw_view *view, ovf_point p)
{
    draw_pt px = draw_view_point(view, p);
    uint32_t pixels[(2 * LOOK_PX + 1) * (2 * LOOK_PX + 1)] = {0};
    size_t count = 0, best = 0, most = 0;
    for (int y = -LOOK_PX; y <= LOOK_PX; y++) {
        for (int x = -LOOK_PX; x <= LOOK_PX; x++, count++) {
            memcpy(&pixels[count],
                   cairo_image_surface_get_data(surface)
                       + (size_t)(px.y + y) * (size_t)cairo_image_surface_get_stride(surface)
                       + (size_t)(px.x + x) * 4,
                   sizeof(pixels[count]));
            pixels[count] &= 0xffffff;
        }
    }
    for (size_t i = 0; i < count; i++) {
        size_t same = 0;
        for (size_t k = 0; k < count; k++)
            same += pixels[k] == pixels[i];
        if (same > most) {
            most = same;
            best = i;
        }
    }
    return pixels[best];
}

/* A State's FIRs are of one colour, its neighbours' of another; sea is the pale one of its land. */
static void colours_the_world_by_state(void **state)
{
    (void)state;
    if (world == NULL)
        skip();
    ovf_map_request request = {.format = OVF_MAP_PNG,
                               .frame = {.is_empty = true},
                               .width_px = 2400,
                               .height_px = 1320,
                               .world = world,
                               .all_firs = true};
    ovf_buf png = {0};
    ovf_error err = {0};
    assert_int_equal(ovf_map_draw(&request, &png, &err), OVF_OK);
    cairo_surface_t *surface = read_png(&png);
    static const sight sights[] = {
        {"SVZM", {6.3, -64.6}, {13.5, -66.0}},
        {"SKED", {3.2, -72.8}, {12.6, -74.4}},
        {"SBAZ", {-8.5, -58.3}, {0, 0}},
    };
    draw_view view; // where world.c lays the globe in a picture of this size
    draw_view_globe(&view, DRAW_GLOBE_LON_DEG, (draw_rect){50, 96, 2300, 1320 - 96 - 74});
    uint32_t seen[OVF_COUNTOF(sights)];
    for (size_t i = 0; i < OVF_COUNTOF(sights); i++) {
        bool is_known = false;
        seen[i] = color_near(surface, &view, sights[i].land);
        for (size_t c = 0; c < DRAW_STATE_COLORS; c++) {
            if (seen[i] != draw_state_color(c) >> 8)
                continue;
            is_known = true;
            if (sights[i].sea.lat_deg != 0)
                assert_int_equal(color_near(surface, &view, sights[i].sea),
                                 draw_state_sea_color(c) >> 8);
        }
        if (!is_known)
            fail_msg("%s: no State's colour, %06x", sights[i].code, seen[i]);
        for (size_t k = 0; k < i; k++)
            assert_int_not_equal(seen[i], seen[k]);
    }
    cairo_surface_destroy(surface);
    ovf_buf_done(&png);
}

int main(int argc, char **argv)
{
    world_path = argc > 1 ? argv[1] : NULL;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_framed_firs),
        cmocka_unit_test(draws_the_world),
        cmocka_unit_test(colours_the_world_by_state),
    };
    return _cmocka_run_group_tests("world", tests, OVF_COUNTOF(tests), open_world, close_world);
}
