/* SPDX-License-Identifier: Apache-2.0 */
/* The map, from the ground up: sea, land, grid, FIRs, restrictions, flights, marks; then every
 * label in order of weight; then what stands round the map. */
#include "draw_internal.h"

#include <math.h>

#define DEFAULT_WIDTH_PX 1600
#define DEFAULT_HEIGHT_PX 1200
#define OUTLINE_PX 0.25 /* how far a drawn outline may be from the true one */
#define PANEL_FROM_PX 900

draw_font draw_type(const draw_map *map, double size, draw_weight weight, draw_rgba color)
{
    return (draw_font){.size_px = size * map->scale, .weight = weight, .color = color};
}

bool draw_outline(draw_map *map, const ovf_area *area, ovf_outline *out)
{
    if (area == NULL || !draw_view_sees(&map->view, ovf_area_bounds(area)))
        return false;
    // Away from its true parallels the map is larger than in its middle, Miller's most of all.
    draw_projection_kind kind = map->view.projection.kind;
    double stretch = kind == DRAW_MILLER ? 0.3 : kind == DRAW_EQUAL_EARTH ? 0.5 : 0.8;
    ovf_error err = {0};
    ovf_status status = ovf_area_outline(
        area, OUTLINE_PX * stretch * draw_view_m_per_px(&map->view), map->arena, out, &err);
    if (status == OVF_E_NOMEM || status == OVF_E_LIMIT)
        map->failed = true;
    return status == OVF_OK && out->count > 0;
}

void draw_clip_map(draw_map *map)
{
    draw_rect m = map->view.map;
    draw_pt pts[5] = {
        {m.x, m.y}, {m.x + m.w, m.y}, {m.x + m.w, m.y + m.h}, {m.x, m.y + m.h}, {m.x, m.y}};
    size_t start = 0;
    draw_clip_push(&map->canvas,
                   &(draw_path){.pts = pts, .count = 5, .starts = &start, .part_count = 1});
}

static ovf_status check(const ovf_map_request *request, ovf_error *err)
{
    const int32_t sizes[2] = {request->width_px, request->height_px};
    for (int i = 0; i < 2; i++) {
        if (sizes[i] != 0 && (sizes[i] < OVF_MAP_MIN_PX || sizes[i] > OVF_MAP_MAX_PX))
            return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS,
                            "a picture side of %d px; expected %d to %d", (int)sizes[i],
                            OVF_MAP_MIN_PX, OVF_MAP_MAX_PX);
    }
    if (request->flight_count > OVF_MAP_MAX_FLIGHTS)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "%zu flights; a map takes at most %d",
                        request->flight_count, OVF_MAP_MAX_FLIGHTS);
    ovf_box f = request->frame;
    ovf_point corners[2] = {{f.south_deg, f.west_deg}, {f.north_deg, f.east_deg}};
    if (!f.is_empty
        && (!ovf_point_is_valid(corners[0]) || !ovf_point_is_valid(corners[1])
            || f.south_deg > f.north_deg))
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "the frame is not a part of the Earth");
    return OVF_OK;
}

/* Where things stand; returns the room for the map. */
static draw_rect lay_out(draw_map *map)
{
    const ovf_map_request *request = map->request;
    double w = map->canvas.width_px, h = map->canvas.height_px;
    map->scale = fmin(fmax(fmin(w / DEFAULT_WIDTH_PX, h / DEFAULT_HEIGHT_PX), 0.75), 6.0);
    double s = map->scale;
    double pad = 30 * s, degrees = 40 * s, degrees_right = 56 * s;
    map->left_px = pad;
    double foot = 76 * s;
    double top = (request->subtitle.len > 0 ? 96 : request->title.len > 0 ? 74 : 46) * s;
    bool has_panel = !request->all_firs && w >= PANEL_FROM_PX
                     && (request->flight_count > 0 || map->shown_count > 0);
    double panel_w = has_panel ? fmin(330 * s, w * 0.3) : 0;
    draw_rect room = {
        .x = pad + degrees,
        .y = top,
        .w = w - 2 * pad - degrees - degrees_right - panel_w,
        .h = h - top - foot - 34 * s,
    };
    if (has_panel)
        map->panel = (draw_rect){w - pad - panel_w, room.y - 8 * s, panel_w, room.h + 16 * s};
    return room;
}

static void draw_ground(draw_map *map)
{
    draw_clip_map(map);
    draw_base(map);
    if (map->request->all_firs) {
        draw_firs(map);
        draw_world_firs(map);
        draw_graticule(map);
    } else {
        draw_graticule(map);
        draw_firs(map);
    }
    draw_restrictions(map);
    draw_flights(map);
    draw_airports(map);
    draw_clip_pop(&map->canvas);
}

static void draw_labels_all(draw_map *map)
{
    draw_corner_legend(map);
    draw_place_label(map);
    draw_airport_labels(map);
    draw_restriction_labels(map);
    draw_fir_labels(map);
    draw_flight_labels(map);
}

static ovf_status ran_out(ovf_error *err)
{
    return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS,
                    "the map needs more memory, or more than %d points in a path",
                    OVF_MAP_MAX_POINTS);
}

static ovf_status draw_whole_world(draw_map *map, ovf_buf *buf, ovf_error *err)
{
    if (!draw_world(map))
        return ran_out(err);
    return draw_canvas_finish(&map->canvas, map->arena, buf, err);
}

static ovf_status draw_all(draw_map *map, ovf_buf *buf, ovf_error *err)
{
    if (map->request->all_firs && map->request->frame.is_empty)
        return draw_whole_world(map, buf, err);
    ovf_status status = draw_restrictions_find(map, err);
    if (status != OVF_OK)
        return status;
    draw_rect room = lay_out(map);
    status = draw_view_fit(&map->view, draw_automatic_extent(map->request), room, err);
    if (status != OVF_OK)
        return status;
    map->labels = draw_labels_new(map->arena, map->view.map);
    if (map->labels == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the labels of the map");
    draw_ground(map);
    draw_labels_all(map);
    draw_frame_labels(map);
    draw_panel(map);
    draw_heading(map);
    draw_footer(map);
    if (map->failed)
        return ran_out(err);
    return draw_canvas_finish(&map->canvas, map->arena, buf, err);
}

ovf_status ovf_map_draw(const ovf_map_request *request, ovf_buf *buf, ovf_error *err)
{
    ovf_status status = check(request, err);
    if (status != OVF_OK)
        return status;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    draw_map map = {.request = request, .arena = &arena};
    status = draw_canvas_init(&map.canvas, request->format,
                              request->width_px != 0 ? request->width_px : DEFAULT_WIDTH_PX,
                              request->height_px != 0 ? request->height_px : DEFAULT_HEIGHT_PX,
                              draw_clean(&arena, request->title), buf, err);
    if (status == OVF_OK) {
        status = draw_all(&map, buf, err);
        draw_canvas_done(&map.canvas);
    }
    ovf_arena_done(&arena);
    return status;
}
