/* SPDX-License-Identifier: Apache-2.0 */
/* FIR limits and names, the area asked about, and the map of all FIRs by State. */
#include "draw_internal.h"

#include <math.h>

#define FIR_LINE 0x3a4f7ccc
#define FIR_TEXT 0x2b3d66ff
#define FOCUS_BAND 0x3a6fd838
#define OVER_LAND 0xa8 /* how much a FIR covers what is below it */
#define NAME_GRID 14   /* places tried along each axis of an FIR for its name */

static bool find_firs(draw_map *map)
{
    const ovf_world *world = map->request->world;
    size_t count = world == NULL ? 0 : ovf_world_fir_count(world);
    map->firs = ovf_arena_array(map->arena, const ovf_fir *, count + 1);
    map->fir_surfaces = ovf_arena_array(map->arena, draw_path, count + 1);
    if (map->firs == NULL || map->fir_surfaces == NULL) {
        map->failed = true;
        return false;
    }
    return count > 0;
}

void draw_firs(draw_map *map)
{
    if (map->request->focus != NULL) {
        ovf_outline outline = {0};
        draw_path edge;
        draw_path_init(&edge, map->arena);
        if (draw_outline(map, map->request->focus, &outline))
            draw_path_add_stroke(&edge, &map->view, &outline, NULL, NULL);
        map->has_focus = edge.count > 0;
        draw_line(&map->canvas, &edge,
                  (draw_stroke){.color = FOCUS_BAND, .width_px = 9 * map->scale});
    }
    if (!find_firs(map))
        return;
    const ovf_world *world = map->request->world;
    draw_path lines;
    draw_path_init(&lines, map->arena);
    for (size_t i = 0; i < ovf_world_fir_count(world); i++) {
        const ovf_fir *fir = ovf_world_fir(world, (uint32_t)i);
        ovf_outline outline = {0};
        if (!draw_outline(map, ovf_world_fir_area(world, fir), &outline))
            continue;
        draw_path *surface = &map->fir_surfaces[map->fir_count];
        draw_path_init(surface, map->arena);
        draw_path_add_fill(surface, &map->view, &outline);
        if (surface->count == 0)
            continue;
        draw_path_add_stroke(&lines, &map->view, &outline, NULL, NULL);
        map->firs[map->fir_count++] = fir;
        map->failed = map->failed || surface->failed;
    }
    map->failed = map->failed || lines.failed;
    map->has_firs = lines.count > 0;
    if (lines.count > 0)
        draw_labels_ink(map->labels, &lines, 1);
    draw_line(&map->canvas, &lines, (draw_stroke){.color = FIR_LINE, .width_px = 1.3 * map->scale});
}

/* ---- the map of all FIRs ---- */

void draw_world_firs(draw_map *map)
{
    if (map->fir_count == 0)
        return;
    if (!draw_color_states(map)) {
        map->failed = true;
        return;
    }
    for (size_t i = 0; i < map->fir_count; i++)
        draw_fill(&map->canvas, &map->fir_surfaces[i],
                  (draw_state_color(draw_fir_color(map, i)) & 0xffffff00) | OVER_LAND);
    draw_path lines;
    draw_path_init(&lines, map->arena);
    for (size_t i = 0; i < map->fir_count; i++) {
        ovf_outline outline = {0};
        if (draw_outline(map, ovf_world_fir_area(map->request->world, map->firs[i]), &outline))
            draw_path_add_stroke(&lines, &map->view, &outline, NULL, NULL);
    }
    draw_line(&map->canvas, &lines, (draw_stroke){.color = FIR_LINE, .width_px = 0.9 * map->scale});
}

/* ---- names ---- */

/* Boxes of w x h wholly within the surface and the map, the roomiest place cheapest. */
static size_t inner_spots(const draw_path *surface, draw_rect map, double w, double h,
                          draw_spot *out)
{
    draw_rect r = draw_path_bounds(surface);
    double x0 = fmax(r.x, map.x) + w / 2, x1 = fmin(r.x + r.w, map.x + map.w) - w / 2;
    double y0 = fmax(r.y, map.y) + h / 2, y1 = fmin(r.y + r.h, map.y + map.h) - h / 2;
    if (!(x1 > x0) || !(y1 > y0))
        return 0;
    draw_pt middle = {(x0 + x1) / 2, (y0 + y1) / 2};
    double clear = 0;
    draw_path_inner_point(surface, map, NULL, 0, &middle, &clear);
    size_t count = 0;
    for (int i = 0; i < NAME_GRID; i++) {
        for (int k = 0; k < NAME_GRID; k++) {
            draw_pt c = {x0 + (x1 - x0) * (i + 0.5) / NAME_GRID,
                         y0 + (y1 - y0) * (k + 0.5) / NAME_GRID};
            draw_pt corners[4] = {{c.x - w / 2, c.y - h / 2},
                                  {c.x + w / 2, c.y - h / 2},
                                  {c.x + w / 2, c.y + h / 2},
                                  {c.x - w / 2, c.y + h / 2}};
            bool inside = true;
            for (int n = 0; n < 4 && inside; n++)
                inside = draw_path_contains(surface, corners[n]);
            if (inside)
                out[count++] = (draw_spot){
                    .box = {c.x - w / 2, c.y - h / 2, w, h},
                    .cost = hypot(c.x - middle.x, c.y - middle.y) / (30 + clear / 4),
                };
        }
    }
    return count;
}

static bool same_name(const draw_map *map, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (ovf_str_eq(map->firs[i]->code, map->firs[index]->code))
            return true;
    }
    return false;
}

static void fir_label(draw_map *map, size_t index)
{
    double s = map->scale;
    const ovf_fir *fir = map->firs[index];
    bool small = map->request->all_firs;
    draw_font code_font = draw_type(map, small ? 8.5 : 15, DRAW_BOLD, FIR_TEXT);
    draw_font name_font = draw_type(map, 10.5, DRAW_REGULAR, FIR_TEXT);
    code_font.halo = name_font.halo = small ? 0xffffff70 : 0xffffffd0;
    ovf_str code = draw_clean(map->arena, fir->code);
    ovf_str name =
        draw_clean(map->arena, ovf_arena_printf(map->arena, OVF_FMT " %s", OVF_ARG(fir->name),
                                                ovf_str_eq(fir->kind, OVF_STR("uir"))   ? "UIR"
                                                : ovf_str_eq(fir->kind, OVF_STR("oca")) ? "OCA"
                                                                                        : "FIR"));
    double code_w = draw_text_width(&map->canvas, code_font, code);
    double name_w = small ? 0 : draw_text_width(&map->canvas, name_font, name);
    double w = fmax(code_w, name_w) + 6 * s;
    double h = code_font.size_px * (small ? 1.1 : 1.05) + (small ? 0 : name_font.size_px * 1.35);
    draw_spot spots[NAME_GRID * NAME_GRID];
    size_t count = inner_spots(&map->fir_surfaces[index], map->view.map, w, h, spots);
    if (count == 0 && !small) { // only a corner of it is in the picture: the code alone
        w = code_w + 4 * s;
        h = code_font.size_px * 1.1;
        name_w = 0;
        count = inner_spots(&map->fir_surfaces[index], map->view.map, w, h, spots);
    }
    draw_rect r = draw_path_bounds(&map->fir_surfaces[index]);
    if (count == 0 && (r.w < w || r.h < h))
        return; // a sliver at the map's edge needs no name
    size_t at = draw_labels_place(map->labels, spots, count);
    if (at == SIZE_MAX)
        return;
    draw_rect b = spots[at].box;
    draw_text(&map->canvas, (draw_pt){b.x + (b.w - code_w) / 2, b.y + code_font.size_px * 0.88},
              code_font, code);
    if (name_w > 0)
        draw_text(&map->canvas,
                  (draw_pt){b.x + (b.w - name_w) / 2, b.y + b.h - name_font.size_px * 0.3},
                  name_font, name);
}

void draw_fir_labels(draw_map *map)
{
    for (size_t i = 0; i < map->fir_count; i++) {
        if (!same_name(map, i))
            fir_label(map, i);
    }
}
