/* SPDX-License-Identifier: Apache-2.0 */
/* The world's FIRs in one picture: the globe in the Equal Earth projection, each FIR in the colour
 * of the State that answers for its service, strong over land and pale over sea, with its code where
 * that fits. Bering Strait is at the edge: there the map cuts no land. */
#include "draw_internal.h"

#include <math.h>

#define NOBODY 0xeceff1ff /* no FIR */
#define NOBODY_LAND 0xdbe0e4ff
#define GRID 0x5b6f8038
#define COAST 0x4d5d6ac0
#define BORDER 0xffffffb0
#define FIR_LINE 0x27364af0
#define UPPER_LINE 0x27364ab0
#define INK 0x1b2631ff
#define PALE 0x5b6975ff
#define HALO 0xffffff80
#define GRID_STEP_DEG 30.0
#define CODE_GRID 28 /* places tried along each axis of a FIR for its code */
#define CODE_ROOM_PX 60.0

/* ---- the globe ---- */

static void globe_path(draw_map *map, draw_path *out)
{
    const draw_view *view = &map->view;
    draw_path_init(out, map->arena);
    const double corners[5][2] = {{-90, view->west_deg},
                                  {90, view->west_deg},
                                  {90, view->east_deg},
                                  {-90, view->east_deg},
                                  {-90, view->west_deg}};
    const int steps = 180;
    for (int side = 0; side < 4; side++) {
        for (int i = 0; i <= steps; i++) {
            double share = (double)i / steps;
            draw_path_line(
                out, draw_view_px(
                         view, corners[side][0] + (corners[side + 1][0] - corners[side][0]) * share,
                         corners[side][1] + (corners[side + 1][1] - corners[side][1]) * share));
        }
    }
}

static void draw_grid(draw_map *map)
{
    const draw_view *view = &map->view;
    draw_path lines;
    draw_path_init(&lines, map->arena);
    for (double lon = -180; lon < 180; lon += GRID_STEP_DEG) {
        draw_path_add_edge(&lines, view, (ovf_point){-90, lon}, (ovf_point){90, lon});
        lines.pen_down = false;
    }
    for (double lat = -60; lat <= 60; lat += GRID_STEP_DEG) {
        draw_path_add_edge(&lines, view, (ovf_point){lat, view->west_deg},
                           (ovf_point){lat, view->east_deg});
        lines.pen_down = false;
    }
    draw_line(&map->canvas, &lines, (draw_stroke){.color = GRID, .width_px = 0.7 * map->scale});
}

/* "60 N" and so on, where the parallels leave the globe. */
static void draw_grid_labels(draw_map *map)
{
    static const struct {
        double lat_deg;
        const char *text;
    } marks[] = {{60, "60\xC2\xB0N"},
                 {30, "30\xC2\xB0N"},
                 {0, "0\xC2\xB0"},
                 {-30, "30\xC2\xB0S"},
                 {-60, "60\xC2\xB0S"}};
    draw_font font = draw_type(map, 10.5, DRAW_REGULAR, PALE);
    for (size_t i = 0; i < OVF_COUNTOF(marks); i++) {
        ovf_str text = ovf_str_of(marks[i].text);
        draw_pt west = draw_view_px(&map->view, marks[i].lat_deg, map->view.west_deg);
        draw_pt east = draw_view_px(&map->view, marks[i].lat_deg, map->view.east_deg);
        double w = draw_text_width(&map->canvas, font, text), down = font.size_px * 0.36;
        draw_text(&map->canvas, (draw_pt){west.x - w - 6 * map->scale, west.y + down}, font, text);
        draw_text(&map->canvas, (draw_pt){east.x + 6 * map->scale, east.y + down}, font, text);
    }
}

/* ---- FIRs ---- */

static bool is_upper(const ovf_fir *fir)
{
    return ovf_str_eq(fir->kind, OVF_STR("uir"));
}

bool draw_globe_firs(draw_map *map, draw_path *limits, draw_path *upper)
{
    const ovf_world *world = map->request->world;
    size_t count = world == NULL ? 0 : ovf_world_fir_count(world);
    map->firs = ovf_arena_array(map->arena, const ovf_fir *, count + 1);
    map->fir_surfaces = ovf_arena_array(map->arena, draw_path, count + 1);
    if (map->firs == NULL || map->fir_surfaces == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const ovf_fir *fir = ovf_world_fir(world, (uint32_t)i);
        ovf_outline outline = {0};
        draw_path *surface = &map->fir_surfaces[map->fir_count];
        draw_path_init(surface, map->arena);
        if (!draw_outline(map, ovf_world_fir_area(world, fir), &outline))
            continue;
        draw_path_add_fill(surface, &map->view, &outline);
        if (surface->count == 0)
            continue;
        draw_path_add_stroke(is_upper(fir) ? upper : limits, &map->view, &outline, NULL, NULL);
        map->firs[map->fir_count++] = fir;
        map->failed = map->failed || surface->failed;
    }
    map->has_firs = map->fir_count > 0;
    map->failed = map->failed || limits->failed || upper->failed;
    return !map->failed;
}

static void fill_firs(draw_map *map, bool over_land)
{
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < map->fir_count; i++) {
            size_t color = draw_fir_color(map, i);
            if (is_upper(map->firs[i]) == (pass == 0))
                draw_fill(&map->canvas, &map->fir_surfaces[i],
                          over_land ? draw_state_color(color) : draw_state_sea_color(color));
        }
    }
}

/* ---- codes ---- */

/* Is every pixel of the box seen as this FIR? */
static bool is_all(const draw_census *census, size_t number, draw_rect b)
{
    for (double y = b.y;; y = fmin(y + 2, b.y + b.h)) {
        for (double x = b.x;; x = fmin(x + 2, b.x + b.w)) {
            if (draw_census_at(census, x, y) != number)
                return false;
            if (x >= b.x + b.w)
                break;
        }
        if (y >= b.y + b.h)
            return true;
    }
}

/* A share of the box, about its middle; of its height no less than the half. */
static draw_rect middle_of(draw_rect b, double share)
{
    double high = (1 + share) / 2;
    return (draw_rect){b.x + b.w * (1 - share) / 2, b.y + b.h * (1 - high) / 2, b.w * share,
                       b.h * high};
}

/* Where the code could stand: boxes of a grid over the FIR whose middle share is in it, the one with
 * the most room about it cheapest. */
static size_t find_spots(const draw_map *map, const draw_census *census, size_t index, draw_pt size,
                         double share, draw_spot *out)
{
    draw_rect r = draw_path_bounds(&map->fir_surfaces[index]);
    size_t count = 0;
    for (int i = 0; i < CODE_GRID; i++) {
        for (int k = 0; k < CODE_GRID; k++) {
            draw_pt middle = {r.x + r.w * (i + 0.5) / CODE_GRID, r.y + r.h * (k + 0.5) / CODE_GRID};
            draw_rect b = {middle.x - size.x / 2, middle.y - size.y / 2, size.x, size.y};
            if (!is_all(census, index + 1, middle_of(b, share)))
                continue;
            double off = hypot(middle.x - r.x - r.w / 2, middle.y - r.y - r.h / 2);
            double room = fmin(draw_census_room(census, middle.x, middle.y), CODE_ROOM_PX);
            out[count++] = (draw_spot){.box = b, .cost = off / (r.w + r.h) * 4 - room};
        }
    }
    return count;
}

static bool same_code(const draw_map *map, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (ovf_str_eq(map->firs[i]->code, map->firs[index]->code))
            return true;
    }
    return false;
}

/* Writes the code of one FIR in this size, when it finds a place. */
static bool write_code(draw_map *map, const draw_census *census, size_t index, double size,
                       double share)
{
    ovf_str code = draw_clean(map->arena, map->firs[index]->code);
    draw_font font = draw_type(map, size, DRAW_BOLD, INK);
    font.halo = HALO;
    double w = draw_text_width(&map->canvas, font, code);
    // Large type wants room about it, or its FIR looks full.
    double spare = size > 9 ? 1.5 * font.size_px : 1;
    draw_spot spots[CODE_GRID * CODE_GRID];
    size_t count = find_spots(map, census, index, (draw_pt){w + spare, font.size_px * 0.78 + spare},
                              share, spots);
    size_t at = count == 0 ? SIZE_MAX : draw_labels_place(map->labels, spots, count);
    if (at == SIZE_MAX)
        return false;
    draw_rect box = spots[at].box;
    draw_text(&map->canvas,
              (draw_pt){box.x + (box.w - w) / 2, box.y + box.h / 2 + font.size_px * 0.36}, font,
              code);
    return true;
}

/* Large where there is room, small where there is little. What fits nowhere may stand over its
 * FIR's limits, its middle within. Returns how many found no place at all. */
static size_t write_codes(draw_map *map, const draw_census *census)
{
    static const struct {
        double size, share;
    } steps[] = {{16, 1},  {13, 1},    {11, 1},    {9.5, 1},   {8.2, 1},  {7.2, 1},
                 {6.6, 1}, {7.2, 0.8}, {6.6, 0.8}, {6.6, 0.6}, {6.6, 0.4}};
    bool *is_written = ovf_arena_array(map->arena, bool, map->fir_count + 1);
    size_t left_out = 0;
    for (size_t step = 0; step < OVF_COUNTOF(steps) && is_written != NULL; step++) {
        for (size_t i = 0; i < map->fir_count; i++) {
            if (!is_written[i])
                is_written[i] = same_code(map, i)
                                || write_code(map, census, i, steps[step].size, steps[step].share);
        }
    }
    for (size_t i = 0; i < map->fir_count; i++)
        left_out += is_written == NULL || (!is_written[i] && !is_upper(map->firs[i]));
    map->failed = map->failed || is_written == NULL;
    return left_out;
}

/* ---- round the globe ---- */

static void heading(draw_map *map)
{
    double s = map->scale;
    draw_font title = draw_type(map, 31, DRAW_BOLD, INK);
    draw_font small = draw_type(map, 15, DRAW_REGULAR, PALE);
    size_t states = 0, upper = 0;
    const ovf_world *world = map->request->world;
    size_t count = world == NULL ? 0 : ovf_world_state_count(world);
    for (size_t i = 0; i < count; i++) {
        bool answers = false;
        for (size_t k = 0; k < map->fir_count && !answers; k++)
            answers = map->firs[k]->state == i;
        states += answers;
    }
    for (size_t k = 0; k < map->fir_count; k++)
        upper += is_upper(map->firs[k]);
    draw_text(&map->canvas, (draw_pt){map->left_px, 46 * s}, title,
              draw_clean(map->arena, map->request->title));
    ovf_str text = ovf_arena_printf(
        map->arena,
        "%zu FIRs and the %zu States that answer for their air traffic services: one colour a "
        "State, strong over land, pale over the sea",
        map->fir_count - upper, states);
    if (upper > 0)
        text = ovf_arena_printf(map->arena, OVF_FMT "; %zu UIRs above them, dashed", OVF_ARG(text),
                                upper);
    draw_text(&map->canvas, (draw_pt){map->left_px, 74 * s}, small,
              draw_text_fit(&map->canvas, map->arena, small, text,
                            map->canvas.width_px - 2 * map->left_px));
}

/* A patch of colour on land and sea, and what it stands for. */
static double legend_patch(draw_map *map, draw_pt at, const draw_rgba *colors, size_t count,
                           const char *words)
{
    double s = map->scale, size = 13 * s;
    for (size_t i = 0; i < count; i++)
        draw_box(&map->canvas, (draw_rect){at.x + (double)i * size, at.y - size * 0.8, size, size},
                 colors[i], 0, 0);
    draw_font font = draw_type(map, 12.5, DRAW_REGULAR, INK);
    double x = at.x + (double)count * size + 6 * s;
    draw_text(&map->canvas, (draw_pt){x, at.y}, font, ovf_str_of(words));
    return x + draw_text_width(&map->canvas, font, ovf_str_of(words)) + 26 * s;
}

static double legend_line(draw_map *map, draw_pt at, draw_stroke stroke, const char *words)
{
    double s = map->scale;
    draw_font font = draw_type(map, 12.5, DRAW_REGULAR, INK);
    draw_segment(&map->canvas, (draw_pt){at.x, at.y - 4 * s},
                 (draw_pt){at.x + 26 * s, at.y - 4 * s}, stroke);
    draw_text(&map->canvas, (draw_pt){at.x + 32 * s, at.y}, font, ovf_str_of(words));
    return at.x + 32 * s + draw_text_width(&map->canvas, font, ovf_str_of(words)) + 26 * s;
}

static draw_stroke limit_stroke(const draw_map *map)
{
    return (draw_stroke){.color = FIR_LINE, .width_px = 0.9 * map->scale};
}

static draw_stroke upper_stroke(const draw_map *map)
{
    double s = map->scale;
    return (draw_stroke){.color = UPPER_LINE, .width_px = 0.7 * s, .dash = {4 * s, 2.5 * s, 0, 0}};
}

static void legend(draw_map *map, double y)
{
    const draw_rgba land[] = {draw_state_color(0), draw_state_color(1), draw_state_color(2),
                              draw_state_color(3)};
    const draw_rgba sea[] = {draw_state_sea_color(0), draw_state_sea_color(1),
                             draw_state_sea_color(2), draw_state_sea_color(3)};
    const draw_rgba nobody[] = {NOBODY_LAND, NOBODY};
    double s = map->scale;
    double x = map->left_px;
    x = legend_patch(map, (draw_pt){x, y}, land, OVF_COUNTOF(land), "FIR over land");
    x = legend_patch(map, (draw_pt){x, y}, sea, OVF_COUNTOF(sea),
                     "over territorial sea and high seas");
    x = legend_patch(map, (draw_pt){x, y}, nobody, OVF_COUNTOF(nobody), "no FIR");
    x = legend_line(map, (draw_pt){x, y}, limit_stroke(map), "limit of a FIR");
    x = legend_line(map, (draw_pt){x, y}, upper_stroke(map), "limit of a UIR");
    x = legend_line(map, (draw_pt){x, y}, (draw_stroke){.color = COAST, .width_px = 0.6 * s},
                    "coast");
    draw_font warning = draw_type(map, 15, DRAW_BOLD, 0xa0001cff);
    ovf_str text = OVF_STR("NOT FOR NAVIGATION");
    double w = draw_text_width(&map->canvas, warning, text);
    draw_text(&map->canvas, (draw_pt){map->canvas.width_px - map->left_px - w, y}, warning, text);
}

static void footer(draw_map *map, size_t left_out)
{
    double s = map->scale;
    double y = map->view.map.y + map->view.map.h + 30 * s;
    legend(map, y);
    size_t approximate = 0;
    for (size_t i = 0; i < map->fir_count; i++)
        approximate += !ovf_str_eq(map->firs[i]->confidence, OVF_STR("published"));
    ovf_str text = OVF_STR("Equal Earth projection (Savric, Patterson, Jenny 2018), WGS84: every "
                           "region at its true size. Drawn by overfly.");
    if (map->fir_count > 0)
        text = ovf_arena_printf(
            map->arena,
            OVF_FMT " FIR limits after the States' AIPs (ENR 2.1) and air navigation plans, %zu of "
                    "%zu approximate; coasts: Natural Earth 1:10m.",
            OVF_ARG(text), approximate, map->fir_count);
    if (left_out > 0)
        text = ovf_arena_printf(map->arena, OVF_FMT " %zu code%s too small to be written.",
                                OVF_ARG(text), left_out, left_out == 1 ? "" : "s");
    draw_font font = draw_type(map, 12, DRAW_REGULAR, PALE);
    draw_text(&map->canvas, (draw_pt){map->left_px, y + 27 * s}, font,
              draw_text_fit(&map->canvas, map->arena, font, text,
                            map->canvas.width_px - 2 * map->left_px));
}

/* ---- the whole ---- */

static bool draw_globe(draw_map *map, draw_census *census)
{
    draw_path globe, limits, upper, land, coast, border;
    globe_path(map, &globe);
    draw_path_init(&limits, map->arena);
    draw_path_init(&upper, map->arena);
    if (!draw_globe_firs(map, &limits, &upper) || !draw_census_take(map, census)
        || !draw_color_states(map) || !draw_land_paths(map, &land, &coast, &border))
        return false;
    draw_fill(&map->canvas, &globe, NOBODY);
    draw_layer_begin(&map->canvas, &globe);
    fill_firs(map, false);
    draw_layer_begin(&map->canvas, &land);
    draw_fill(&map->canvas, &globe, NOBODY_LAND);
    fill_firs(map, true);
    draw_layer_end(&map->canvas, &land);
    draw_grid(map);
    draw_line(&map->canvas, &border, (draw_stroke){.color = BORDER, .width_px = 0.7 * map->scale});
    draw_line(&map->canvas, &coast, (draw_stroke){.color = COAST, .width_px = 0.5 * map->scale});
    draw_line(&map->canvas, &upper, upper_stroke(map));
    draw_line(&map->canvas, &limits, limit_stroke(map));
    draw_layer_end(&map->canvas, &globe);
    draw_line(&map->canvas, &globe, (draw_stroke){.color = INK, .width_px = 1.3 * map->scale});
    return !map->failed;
}

bool draw_world(draw_map *map)
{
    double w = map->canvas.width_px, h = map->canvas.height_px;
    double s = map->scale = fmin(fmax(fmin(w / 2400, h / 1320), 0.5), 6.0);
    map->left_px = 30 * s;
    double side = 50 * s, top = 96 * s, foot = 74 * s;
    draw_view_globe(&map->view, DRAW_GLOBE_LON_DEG,
                    (draw_rect){side, top, fmax(w - 2 * side, 1), fmax(h - top - foot, 1)});
    draw_census census = {0};
    map->labels = draw_labels_new(map->arena, map->view.map);
    if (map->labels == NULL || !draw_globe(map, &census))
        return false;
    size_t left_out = write_codes(map, &census);
    draw_grid_labels(map);
    heading(map);
    footer(map, left_out);
    return !map->failed;
}
