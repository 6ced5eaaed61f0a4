/* SPDX-License-Identifier: Apache-2.0 */
/* Whole maps: well-formed SVG (read by expat) with the words that must be there, PNG that cairo
 * reads back, frames at the ends of the Earth, hostile text, and errors for what cannot be. */
#include "picture.h"

/* ---- frames and sizes ---- */

static struct row {
    const char *name;
    int32_t width, height;
    ovf_box frame;
    ovf_status status;
    bool with_world;
} rows[] = {
    {"Caribbean", 1200, 900, {0, -75, 20, -55, false}, OVF_OK, true},
    {"as small as may be", 200, 200, {0, -75, 20, -55, false}, OVF_OK, false},
    {"a strip", 3000, 200, {0, -75, 20, -55, false}, OVF_OK, false},
    {"a tower", 200, 2000, {0, -75, 20, -55, false}, OVF_OK, false},
    {"an airport", 800, 600, {10.603, -66.991, 10.603, -66.991, false}, OVF_OK, true},
    {"the north pole", 800, 600, {90, 0, 90, 0, false}, OVF_OK, false},
    {"the south pole", 800, 600, {-90, 180, -90, 180, false}, OVF_OK, false},
    {"Arctic", 800, 800, {60, -180, 90, 180, false}, OVF_OK, false},
    {"Antarctic", 800, 800, {-90, -180, -60, 180, false}, OVF_OK, false},
    {"across 180", 800, 600, {-30, 160, -5, -160, false}, OVF_OK, true},
    {"a point at 180", 800, 600, {-17, -180, -17, -180, false}, OVF_OK, false},
    {"world", 1600, 1000, {-90, -180, 90, 180, false}, OVF_OK, false},
    {"nothing given", 0, 0, {.is_empty = true}, OVF_OK, false},
    {"too wide", 8001, 600, {.is_empty = true}, OVF_E_RANGE, false},
    {"too small", 199, 600, {.is_empty = true}, OVF_E_RANGE, false},
    {"negative", -1, 600, {.is_empty = true}, OVF_E_RANGE, false},
    {"south of north", 800, 600, {20, -75, 0, -55, false}, OVF_E_RANGE, false},
    {"beyond the pole", 800, 600, {0, -75, 91, -55, false}, OVF_E_RANGE, false},
    {"not a number", 800, 600, {0, (double)NAN, 20, -55, false}, OVF_E_RANGE, false},
    {"longitude out of range", 800, 600, {0, -75, 20, 255, false}, OVF_E_RANGE, false},
};

static void draws_frame(void **state)
{
    const struct row *row = *state;
    ovf_map_request request = {
        .format = OVF_MAP_SVG,
        .width_px = row->width,
        .height_px = row->height,
        .title = OVF_STR("A frame"),
        .frame = row->frame,
        .at = OVF_TIME_NONE,
        .world = row->with_world ? world : NULL,
    };
    ovf_error err = {0};
    ovf_buf svg = {0}, png = {0};
    assert_int_equal(ovf_map_draw(&request, &svg, &err), row->status);
    assert_int_equal(err.status, row->status);
    if (row->status == OVF_OK) {
        svg_read read;
        read_svg(&svg, &read);
        assert_says(&read, "NOT FOR NAVIGATION");
        assert_says(&read, "NM");
        assert_true(read.elements > 10);
        ovf_buf_done(&read.text);
        request.format = OVF_MAP_PNG;
        assert_int_equal(ovf_map_draw(&request, &png, &err), OVF_OK);
        cairo_surface_t *surface = read_png(&png);
        assert_int_equal(cairo_image_surface_get_width(surface), row->width ? row->width : 1600);
        assert_int_equal(cairo_image_surface_get_height(surface), row->height ? row->height : 1200);
        cairo_surface_destroy(surface);
    }
    ovf_buf_done(&svg);
    ovf_buf_done(&png);
}

/* ---- flights ---- */

typedef struct scene {
    ovf_arena arena;
    ovf_flight flight[3];
    ovf_track track[3];
    ovf_conflict conflict[3];
    ovf_crossing crossing;
    ovf_route route;
    ovf_route_point way[3];
    ovf_map_flight flights[3];
} scene;

static ovf_track two_points(ovf_arena *arena, ovf_point a, ovf_point b)
{
    ovf_track track = {
        .points = ovf_arena_array(arena, ovf_track_point, 2), .count = 2, .timed = true};
    track.points[0] = (ovf_track_point){.place = a};
    track.points[1] = (ovf_track_point){.place = b};
    return track;
}

static void set_scene(scene *s)
{
    *s = (scene){0};
    ovf_arena_init(&s->arena, 0);
    static const char *const ids[3] = {"AAL913", "KLM743", "CMP222"};
    const ovf_point ends[3][2] = {
        {{16, -70}, {3, -62}}, {{18, -56}, {12.2, -69}}, {{9, -79}, {10.6, -67}}};
    const ovf_touch answers[3] = {OVF_TOUCH_BLOCKED, OVF_TOUCH_TOUCHED, OVF_TOUCH_UNKNOWN};
    for (int i = 0; i < 3; i++) {
        s->flight[i] = (ovf_flight){.id = ovf_str_of(ids[i]),
                                    .from = OVF_STR("XXXX"),
                                    .to = OVF_STR("YYYY"),
                                    .from_airport = OVF_INDEX_NONE,
                                    .to_airport = OVF_INDEX_NONE};
        s->track[i] = two_points(&s->arena, ends[i][0], ends[i][1]);
        s->conflict[i] = (ovf_conflict){.answer = answers[i], .why = OVF_STR("crosses A0001/26")};
        s->flights[i] = (ovf_map_flight){&s->flight[i], &s->track[i], &s->conflict[i], NULL};
    }
    s->crossing = (ovf_crossing){
        .ruling = {.verdict = OVF_VERDICT_BINDING, .applies = OVF_TRI_YES},
        .entry = {.place = {11.2, -67.1}, .time = 1767424320}, // 2026-01-03 07:12:00Z
        .exit = {.place = {5.1, -63.3}, .time = 1767428400},   // 08:20:00Z
    };
    s->conflict[0].crossings = &s->crossing;
    s->conflict[0].crossing_count = 1;
    s->way[0].place = ends[0][0];
    s->way[1].place = (ovf_point){13, -57};
    s->way[2].place = ends[0][1];
    s->route = (ovf_route){.found = true,
                           .points = s->way,
                           .point_count = 3,
                           .distance_m = 1852.0 * 1500,
                           .extra_m = 1852.0 * 412,
                           .extra_s = 3420};
    s->flights[0].route = &s->route;
}

static void draws_flights(void **state)
{
    (void)state;
    scene s;
    set_scene(&s);
    ovf_map_request request = {
        .format = OVF_MAP_SVG,
        .title = OVF_STR("Maiquetia <FIR> & \"more\""),
        .subtitle = OVF_STR("for nobody in particular"),
        .frame = {0, -80, 20, -52, false},
        .flights = s.flights,
        .flight_count = 3,
        .world = world,
    };
    ovf_buf a = {0}, b = {0};
    ovf_error err = {0};
    assert_int_equal(ovf_map_draw(&request, &a, &err), OVF_OK);
    assert_int_equal(ovf_map_draw(&request, &b, &err), OVF_OK);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.ptr, b.ptr, a.len);
    svg_read read;
    read_svg(&a, &read);
    static const char *const words[] = {
        "Maiquetia <FIR> & \"more\"",
        "for nobody in particular",
        "AAL913",
        "KLM743",
        "CMP222",
        "AAL913 +412 NM +57 min",
        "way round 1500 NM: +412 NM, +57 min",
        "0712Z",
        "0820Z",
        "Blocked",
        "Flight: Unknown",
        "Way round",
        "LEGEND",
        "FLIGHTS",
        "10\xC2\xB0N",
        "60\xC2\xB0W",
    };
    for (size_t i = 0; i < OVF_COUNTOF(words); i++)
        assert_says(&read, words[i]);
    assert_false(read.outside);
    ovf_buf_done(&read.text);
    ovf_buf_done(&a);
    ovf_buf_done(&b);
    ovf_arena_done(&s.arena);
}

static void survives_hostile_text(void **state)
{
    (void)state;
    scene s;
    set_scene(&s);
    s.flight[0].id = (ovf_str){"\xff\xfe\x00\x01<x>\xed\xa0\x80", 10};
    s.conflict[2].why = (ovf_str){"\xc3", 1};
    char long_title[5000];
    memset(long_title, 'W', sizeof long_title);
    long_title[17] = '\0';
    ovf_map_request request = {
        .title = {long_title, sizeof long_title},
        .subtitle = {"]]>\xEF\xBF\xBF\x1b[31m", 11},
        .frame = {0, -80, 20, -52, false},
        .flights = s.flights,
        .flight_count = 3,
    };
    ovf_buf svg = {0};
    ovf_error err = {0};
    assert_int_equal(ovf_map_draw(&request, &svg, &err), OVF_OK);
    svg_read read;
    read_svg(&svg, &read);
    assert_false(read.outside);
    ovf_buf_done(&read.text);
    ovf_buf_done(&svg);
    ovf_buf png = {0};
    request.format = OVF_MAP_PNG;
    assert_int_equal(ovf_map_draw(&request, &png, &err), OVF_OK);
    cairo_surface_destroy(read_png(&png));
    ovf_buf_done(&png);
    ovf_arena_done(&s.arena);
}

static void refuses_too_many_flights(void **state)
{
    (void)state;
    ovf_map_request request = {.frame = {.is_empty = true},
                               .flight_count = OVF_MAP_MAX_FLIGHTS + 1};
    ovf_buf buf = {0};
    ovf_error err = {0};
    assert_int_equal(ovf_map_draw(&request, &buf, &err), OVF_E_LIMIT);
    ovf_buf_done(&buf);
}

static void reports_a_full_buffer(void **state)
{
    (void)state;
    for (int format = OVF_MAP_SVG; format <= OVF_MAP_PNG; format++) {
        ovf_map_request request = {.format = (ovf_map_format)format,
                                   .width_px = 400,
                                   .height_px = 300,
                                   .frame = {0, -80, 20, -52, false}};
        ovf_buf buf = {.limit = 500};
        ovf_error err = {0};
        assert_int_equal(ovf_map_draw(&request, &buf, &err), OVF_E_NOMEM);
        ovf_buf_done(&buf);
    }
}

/* ---- with a world ---- */

/* Sea north of Curacao is sea, the Llanos are land: by the colour of the pixel. */
static void sea_is_sea(void **state)
{
    (void)state;
    if (world == NULL)
        skip();
    ovf_map_request request = {.format = OVF_MAP_PNG,
                               .width_px = 800,
                               .height_px = 600,
                               .frame = {7, -72, 15, -62, false},
                               .world = world};
    ovf_buf png = {0};
    ovf_error err = {0};
    assert_int_equal(ovf_map_draw(&request, &png, &err), OVF_OK);
    cairo_surface_t *surface = read_png(&png);
    const unsigned char *data = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    size_t blue = 0, warm = 0;
    for (size_t x = 200; x < 600; x++) {
        uint32_t high = 0, low = 0;
        memcpy(&high, data + 200 * stride + x * 4, 4); // near 13 N
        memcpy(&low, data + 480 * stride + x * 4, 4);  // near 8 N
        blue += (high & 255) > (high >> 16 & 255);
        warm += (low >> 16 & 255) > (low & 255);
    }
    assert_true(blue > 300);
    assert_true(warm > 300);
    cairo_surface_destroy(surface);
    ovf_buf_done(&png);
}

static size_t read_file(const char *name, char *out, size_t size)
{
    char path[512];
    snprintf(path, sizeof path, "%s/notices/%s", OVF_EXAMPLE, name);
    FILE *file = fopen(path, "rb");
    size_t len = file == NULL ? 0 : fread(out, 1, size, file);
    if (file != NULL)
        fclose(file);
    return len;
}

/* The prohibitions of 3 January 2026, for a US and for a Dutch operator (domain facts: the FAA binds
 * its own only). */
static void draws_the_case(void **state)
{
    (void)state;
    static char text[4][20000];
    static const char *const names[4] = {"kicz-a0001-26-svzm.txt", "kicz-a0002-26-tncf.txt",
                                         "kicz-a0003-26-tjzs.txt", "kicz-a0004-26-ttzp.txt"};
    size_t len[4];
    for (int i = 0; i < 4; i++)
        len[i] = read_file(names[i], text[i], sizeof text[i]);
    if (world == NULL || len[0] == 0)
        skip();
    ovf_time at = 1767423600; // 2026-01-03T07:00Z
    ovf_error err = {0};
    ovf_rulebook *book = NULL;
    ovf_picture *picture = NULL;
    ovf_picture_options options = {
        .as_of = OVF_TIME_OPEN, .window = {at - OVF_DAY_S, at + OVF_DAY_S}, .alone = true};
    assert_int_equal(ovf_rulebook_new(world, &book, &err), OVF_OK);
    assert_int_equal(ovf_picture_new(world, book, &options, &picture, &err), OVF_OK);
    for (int i = 0; i < 4; i++) {
        ovf_source source = {.name = ovf_str_of(names[i]), .known = OVF_TIME_NONE};
        assert_int_equal(ovf_picture_add(picture, (ovf_str){text[i], len[i]}, &source, NULL, &err),
                         OVF_OK);
    }
    assert_int_equal(ovf_picture_settle(picture, &err), OVF_OK);
    static const struct {
        const char *operator_icao, *operator_state, *says;
    } parties[] = {
        {"AAL", "USA", "Binding: must not enter"},
        {"KLM", "NLD", "No legal force here"},
    };
    for (size_t i = 0; i < OVF_COUNTOF(parties); i++) {
        ovf_map_request request = {
            .focus = ovf_world_fir_area(
                world, ovf_world_fir(world, ovf_world_find_fir(world, OVF_STR("SVZM")))),
            .frame = {.is_empty = true},
            .picture = picture,
            .at = at,
            .party = {.operator_icao = ovf_str_of(parties[i].operator_icao),
                      .operator_state = ovf_str_of(parties[i].operator_state),
                      .registry_state = ovf_str_of(parties[i].operator_state),
                      .owner_state = ovf_str_of(parties[i].operator_state),
                      .airman_state = ovf_str_of(parties[i].operator_state)},
            .world = world,
        };
        ovf_buf svg = {0};
        assert_int_equal(ovf_map_draw(&request, &svg, &err), OVF_OK);
        svg_read read;
        read_svg(&svg, &read);
        assert_says(&read, parties[i].says);
        assert_says(&read, "SVZM");
        assert_says(&read, "MAIQUETIA FIR");
        for (int k = 1; k <= 4; k++) {
            char id[20];
            snprintf(id, sizeof id, "A000%d/26", k);
            assert_says(&read, id);
        }
        assert_false(read.outside);
        ovf_buf_done(&read.text);
        ovf_buf_done(&svg);
    }
    ovf_picture_free(picture);
    ovf_rulebook_free(book);
}

int main(int argc, char **argv)
{
    world_path = argc > 1 ? argv[1] : NULL;
    static const struct {
        const char *name;
        CMUnitTestFunction run;
    } singles[] = {
        {"flights, crossings, the way round", draws_flights},
        {"hostile text", survives_hostile_text},
        {"too many flights", refuses_too_many_flights},
        {"a buffer that is full", reports_a_full_buffer},
        {"sea and land", sea_is_sea},
        {"3 January 2026", draws_the_case},
    };
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(singles)] = {0};
    size_t count = 0;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[count++] = (struct CMUnitTest){rows[i].name, draws_frame, NULL, NULL, &rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(singles); i++)
        tests[count++] = (struct CMUnitTest){singles[i].name, singles[i].run, NULL, NULL, NULL};
    return _cmocka_run_group_tests("map", tests, count, open_world, close_world);
}
