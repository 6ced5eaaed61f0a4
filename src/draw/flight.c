/* SPDX-License-Identifier: Apache-2.0 */
/* Flights as geodesics in the colour of their answer, where they enter and leave, the way round,
 * and the airports they use. */
#include "draw_internal.h"

#include <math.h>

#define CASING 0xffffffc0
#define AIRPORT 0x1d2730ff
#define LABEL_SPOTS 36
#define ALL_WAYS_UNTIL 6  /* with more flights, ways round only for those that are barred */
#define TOUCHING_M 1852.0 /* stretches nearer than this are one */

static void build_way(draw_map *map, const ovf_map_flight *f, draw_way *way)
{
    way->flight = f;
    draw_path_init(&way->filed, map->arena);
    draw_path_init(&way->round, map->arena);
    if (f->track != NULL) {
        for (size_t i = 1; i < f->track->count; i++)
            draw_path_add_geodesic(&way->filed, &map->view, f->track->points[i - 1].place,
                                   f->track->points[i].place);
    } else if (f->flight != NULL) {
        for (size_t i = 1; i < f->flight->point_count; i++)
            draw_path_add_geodesic(&way->filed, &map->view, f->flight->points[i - 1].place,
                                   f->flight->points[i].place);
    }
    bool is_barred = f->conflict == NULL || f->conflict->answer == OVF_TOUCH_BLOCKED;
    bool is_shown = is_barred || map->request->flight_count <= ALL_WAYS_UNTIL;
    if (is_shown && f->route != NULL && f->route->found) {
        for (size_t i = 1; i < f->route->point_count; i++)
            draw_path_add_geodesic(&way->round, &map->view, f->route->points[i - 1].place,
                                   f->route->points[i].place);
    }
    map->failed = map->failed || way->filed.failed || way->round.failed;
}

static double path_length(const draw_path *path)
{
    double length = 0;
    for (size_t part = 0; part < path->part_count; part++) {
        size_t end = draw_path_part_end(path, part);
        for (size_t i = path->starts[part] + 1; i < end; i++)
            length +=
                hypot(path->pts[i].x - path->pts[i - 1].x, path->pts[i].y - path->pts[i - 1].y);
    }
    return length;
}

/* The point at a share of the drawn length, and the direction there. */
static bool path_at(const draw_path *path, double share, draw_pt *at, double *bearing_rad)
{
    double left = path_length(path) * share;
    for (size_t part = 0; part < path->part_count; part++) {
        size_t end = draw_path_part_end(path, part);
        for (size_t i = path->starts[part] + 1; i < end; i++) {
            draw_pt a = path->pts[i - 1], b = path->pts[i];
            double piece = hypot(b.x - a.x, b.y - a.y);
            if (piece > 0 && piece >= left) {
                *at = (draw_pt){a.x + (b.x - a.x) * left / piece, a.y + (b.y - a.y) * left / piece};
                *bearing_rad = atan2(b.y - a.y, b.x - a.x);
                return true;
            }
            left -= piece;
        }
    }
    return false;
}

static void draw_way_line(draw_map *map, const draw_path *path, draw_line_kind kind)
{
    if (path->count == 0)
        return;
    // Many flights: thinner lines, or they hide the map.
    double crowd = fmin(fmax(sqrt(14.0 / (double)map->request->flight_count), 0.7), 1.0);
    draw_stroke stroke = draw_stroke_scaled(draw_line_style_of(kind)->stroke, map->scale);
    stroke.width_px *= crowd;
    draw_line(&map->canvas, path,
              (draw_stroke){.color = CASING, .width_px = stroke.width_px + 2.0 * map->scale});
    draw_line(&map->canvas, path, stroke);
    draw_labels_ink(map->labels, path, 1.5);
    map->line_used[kind] = true;
    draw_pt at = {0};
    double bearing = 0;
    if (path_length(path) > 60 * map->scale && path_at(path, 0.56, &at, &bearing))
        draw_triangle(&map->canvas, at, bearing, 11 * crowd * map->scale, stroke.color);
}

/* ---- marks of entry and exit ---- */

static void add_mark(draw_map *map, const ovf_crossing_end *end, bool is_entry, bool timed,
                     draw_rgba color)
{
    draw_mark mark = {draw_view_point(&map->view, end->place), timed ? end->time : OVF_TIME_NONE,
                      is_entry, color};
    if (!draw_rect_holds(map->view.map, mark.at))
        return;
    if (!ovf_arena_grow(map->arena, (void **)&map->marks, map->mark_count, &map->mark_capacity,
                        sizeof(mark))) {
        map->failed = true;
        return;
    }
    map->marks[map->mark_count++] = mark;
}

/* 2: may bar the flight; 1: speaks of it; 0: has no force over it. */
static int crossing_weight(const ovf_crossing *c)
{
    switch (draw_hatch_of(c->ruling.verdict, c->ruling.applies)) {
    case DRAW_HATCH_NO_FORCE: return 0;
    case DRAW_HATCH_ADVISORY: return 1;
    default: return 2;
    }
}

/* Marks where the flight enters and leaves all of what may bar it, or, when nothing may, what speaks
 * of it. Restrictions that overlap or touch are one stretch: its ends are what a dispatcher asks. */
static void flight_marks(draw_map *map, const ovf_map_flight *f)
{
    const ovf_conflict *conflict = f->conflict;
    int weight = 1;
    for (size_t i = 0; conflict != NULL && i < conflict->crossing_count; i++) {
        if (crossing_weight(&conflict->crossings[i]) > weight)
            weight = 2;
    }
    draw_rgba color = draw_line_style_of(draw_line_of(conflict))->stroke.color;
    bool timed = f->track != NULL && f->track->timed;
    const ovf_crossing_end *entry = NULL, *exit = NULL;
    for (size_t i = 0; conflict != NULL && i < conflict->crossing_count; i++) { // by entry
        const ovf_crossing *c = &conflict->crossings[i];
        if (crossing_weight(c) != weight)
            continue;
        if (exit != NULL && c->entry.along_m > exit->along_m + TOUCHING_M) {
            add_mark(map, entry, true, timed, color);
            add_mark(map, exit, false, timed, color);
            entry = exit = NULL;
        }
        if (entry == NULL)
            entry = &c->entry;
        if (exit == NULL || c->exit.along_m > exit->along_m)
            exit = &c->exit;
    }
    if (entry != NULL) {
        add_mark(map, entry, true, timed, color);
        add_mark(map, exit, false, timed, color);
    }
}

static void draw_marks(draw_map *map)
{
    for (size_t i = 0; i < map->request->flight_count; i++)
        flight_marks(map, &map->request->flights[i]);
    double r = 3.6 * map->scale;
    for (size_t i = 0; i < map->mark_count; i++) {
        const draw_mark *m = &map->marks[i];
        draw_disc(&map->canvas, m->at, r, m->is_entry ? m->color : 0xffffffff,
                  m->is_entry ? 0xffffffff : m->color, 1.5 * map->scale);
        draw_labels_block(map->labels, (draw_rect){m->at.x - r, m->at.y - r, 2 * r, 2 * r});
    }
}

void draw_flights(draw_map *map)
{
    const ovf_map_request *request = map->request;
    map->ways = ovf_arena_array(map->arena, draw_way, request->flight_count + 1);
    if (map->ways == NULL) {
        map->failed = true;
        return;
    }
    for (size_t i = 0; i < request->flight_count && !map->failed; i++)
        build_way(map, &request->flights[i], &map->ways[i]);
    // The worse the answer, the later: what is blocked lies on top.
    for (int kind = 0; kind < DRAW_LINE_WAY_ROUND; kind++) {
        for (size_t i = 0; i < request->flight_count; i++) {
            if ((int)draw_line_of(request->flights[i].conflict) == kind)
                draw_way_line(map, &map->ways[i].filed, (draw_line_kind)kind);
        }
    }
    for (size_t i = 0; i < request->flight_count; i++)
        draw_way_line(map, &map->ways[i].round, DRAW_LINE_WAY_ROUND);
    draw_marks(map);
}

/* ---- airports ---- */

static void airport_label(draw_map *map, draw_pt at, ovf_str icao, double size)
{
    double s = map->scale;
    draw_font font = draw_type(map, size, DRAW_BOLD, AIRPORT);
    font.halo = 0xffffffe0;
    double w = draw_text_width(&map->canvas, font, icao) + 2 * s;
    double h = (size + 1) * s, gap = 7.5 * s;
    draw_spot spots[8] = {
        {.box = {at.x + gap, at.y - h - 1, w, h}, .cost = 0},
        {.box = {at.x + gap, at.y + 1, w, h}, .cost = 0.4},
        {.box = {at.x - gap - w, at.y - h - 1, w, h}, .cost = 0.6},
        {.box = {at.x - gap - w, at.y + 1, w, h}, .cost = 0.8},
        {.box = {at.x + gap, at.y - h / 2, w, h}, .cost = 1},
        {.box = {at.x - gap - w, at.y - h / 2, w, h}, .cost = 1.2},
        {.box = {at.x - w / 2, at.y - gap - h, w, h}, .cost = 1.2},
        {.box = {at.x - w / 2, at.y + gap, w, h}, .cost = 1.2},
    };
    size_t spot = draw_labels_place(map->labels, spots, OVF_COUNTOF(spots));
    if (spot == SIZE_MAX)
        return;
    draw_text(&map->canvas, (draw_pt){spots[spot].box.x + s, spots[spot].box.y + h * 0.82}, font,
              icao);
}

static void add_airport(draw_map *map, uint32_t index, uint32_t *used, size_t *count)
{
    if (index == OVF_INDEX_NONE || index >= ovf_world_airport_count(map->request->world))
        return;
    for (size_t i = 0; i < *count; i++) {
        if (used[i] == index)
            return;
    }
    used[(*count)++] = index;
}

void draw_airport_symbol(draw_canvas *canvas, draw_pt at, double scale)
{
    draw_disc(canvas, at, 5.6 * scale, 0xffffffe0, 0xffffffe0, 1 * scale);
    draw_disc(canvas, at, 4.4 * scale, 0xffffffff, AIRPORT, 1.5 * scale);
    draw_disc(canvas, at, 1.3 * scale, AIRPORT, AIRPORT, 0.4 * scale);
}

static bool has_place(const draw_map *map)
{
    ovf_place_kind kind = map->request->place.kind;
    return (kind == OVF_PLACE_AIRPORT || kind == OVF_PLACE_FIX || kind == OVF_PLACE_POINT)
           && ovf_point_is_valid(map->request->place.point)
           && draw_rect_holds(map->view.map,
                              draw_view_point(&map->view, map->request->place.point));
}

void draw_place_label(draw_map *map)
{
    if (has_place(map))
        airport_label(map, draw_view_point(&map->view, map->request->place.point),
                      draw_clean(map->arena, map->request->place.code), 14);
}

static void draw_place(draw_map *map)
{
    if (!has_place(map))
        return;
    draw_pt at = draw_view_point(&map->view, map->request->place.point);
    double r = 7 * map->scale;
    draw_disc(&map->canvas, at, r, 0x3a6fd838, 0x1f5fbfff, 1.6 * map->scale);
    draw_airport_symbol(&map->canvas, at, map->scale);
    draw_labels_block(map->labels, (draw_rect){at.x - 5, at.y - 5, 10, 10});
}

void draw_airports(draw_map *map)
{
    const ovf_map_request *request = map->request;
    draw_place(map);
    if (request->world == NULL || request->flight_count == 0)
        return;
    uint32_t *used = ovf_arena_array(map->arena, uint32_t, request->flight_count * 2);
    if (used == NULL) {
        map->failed = true;
        return;
    }
    size_t count = 0;
    for (size_t i = 0; i < request->flight_count; i++) {
        const ovf_flight *flight = request->flights[i].flight;
        if (flight == NULL)
            continue;
        add_airport(map, flight->from_airport, used, &count);
        add_airport(map, flight->to_airport, used, &count);
    }
    double r = 5 * map->scale;
    for (size_t i = 0; i < count; i++) {
        const ovf_airport *airport = ovf_world_airport(request->world, used[i]);
        draw_pt at = draw_view_point(&map->view, airport->place);
        bool is_place = has_place(map) && request->place.kind == OVF_PLACE_AIRPORT
                        && request->place.index == used[i];
        if (is_place || !draw_rect_holds(map->view.map, at))
            continue;
        draw_airport_symbol(&map->canvas, at, map->scale);
        draw_labels_block(map->labels, (draw_rect){at.x - r, at.y - r, 2 * r, 2 * r});
        used[map->airport_count++] = used[i];
    }
    map->airports = used;
}

void draw_airport_labels(draw_map *map)
{
    for (size_t i = 0; i < map->airport_count; i++) {
        const ovf_airport *airport = ovf_world_airport(map->request->world, map->airports[i]);
        airport_label(map, draw_view_point(&map->view, airport->place),
                      draw_clean(map->arena, airport->icao), 11);
    }
}

/* ---- times at the marks ---- */

static void mark_label(draw_map *map, const draw_mark *m)
{
    if (m->time == OVF_TIME_NONE || m->time == OVF_TIME_OPEN)
        return;
    double s = map->scale;
    ovf_civil civil = ovf_time_civil(m->time);
    ovf_str text = ovf_arena_printf(map->arena, "%02d%02dZ", (int)civil.hour, (int)civil.minute);
    draw_font font = draw_type(map, 9.5, DRAW_REGULAR, m->color);
    font.halo = 0xffffffe0;
    double w = draw_text_width(&map->canvas, font, text) + 2 * s, h = 10.5 * s;
    draw_spot spots[16];
    for (int i = 0; i < 16; i++) {
        double angle = 2 * DRAW_PI * ((i % 8) + 0.5) / 8;
        double gap = (i < 8 ? 6 : 15) * s;
        draw_pt c = {m->at.x + (gap + w / 2) * cos(angle), m->at.y + (gap + h / 2) * sin(angle)};
        spots[i] = (draw_spot){.box = {c.x - w / 2, c.y - h / 2, w, h}, .cost = i < 8 ? 0 : 2};
    }
    size_t spot = draw_labels_place(map->labels, spots, OVF_COUNTOF(spots));
    if (spot != SIZE_MAX)
        draw_text(&map->canvas, (draw_pt){spots[spot].box.x + s, spots[spot].box.y + h * 0.84},
                  font, text);
}

/* ---- names of flights ---- */

/* Beside the line, at places spread over its length, on both sides. */
static void way_label(draw_map *map, const draw_path *path, draw_font font, ovf_str text,
                      double first_share)
{
    double s = map->scale;
    if (path_length(path) < 25 * s)
        return;
    double w = draw_text_width(&map->canvas, font, text) + 4 * s;
    double h = font.size_px * 1.12;
    draw_spot spots[LABEL_SPOTS];
    size_t count = 0;
    for (int i = 0; i < LABEL_SPOTS / 2; i++) {
        double share = fmod(first_share + 0.0551 * i, 0.92) + 0.04;
        draw_pt at = {0};
        double bearing = 0;
        if (!path_at(path, share, &at, &bearing))
            continue;
        // Far enough aside that the box, however it lies to the line, clears it.
        double reach = (fabs(sin(bearing)) * w + fabs(cos(bearing)) * h) / 2 + 3.5 * s;
        for (int side = -1; side <= 1; side += 2) {
            draw_pt c = {at.x - side * sin(bearing) * reach, at.y + side * cos(bearing) * reach};
            spots[count++] = (draw_spot){.box = {c.x - w / 2, c.y - h / 2, w, h}, .cost = 0.12 * i};
        }
    }
    size_t spot = draw_labels_place(map->labels, spots, count);
    if (spot != SIZE_MAX)
        draw_text(&map->canvas, (draw_pt){spots[spot].box.x + 2 * s, spots[spot].box.y + h * 0.82},
                  font, text);
}

static void flight_name(draw_map *map, size_t index)
{
    const draw_way *way = &map->ways[index];
    const ovf_flight *flight = way->flight->flight;
    if (flight == NULL || way->filed.count == 0)
        return;
    draw_line_kind kind = draw_line_of(way->flight->conflict);
    draw_font font = draw_type(map, 11, DRAW_BOLD, draw_line_style_of(kind)->stroke.color);
    font.halo = 0xffffffe8;
    // Flights between the same places start at different shares, so that names spread.
    way_label(map, &way->filed, font, draw_clean(map->arena, flight->id),
              fmod(0.30 + 0.17 * (double)index, 0.9));
}

static void round_name(draw_map *map, size_t index)
{
    const draw_way *way = &map->ways[index];
    const ovf_route *route = way->flight->route;
    if (route == NULL || !route->found || way->round.count == 0)
        return;
    draw_font font =
        draw_type(map, 11, DRAW_BOLD, draw_line_style_of(DRAW_LINE_WAY_ROUND)->stroke.color);
    font.halo = 0xffffffe8;
    ovf_str id = way->flight->flight != NULL ? way->flight->flight->id : OVF_STR("way round");
    ovf_str text =
        ovf_arena_printf(map->arena, OVF_FMT " %+ld NM %+ld min", OVF_ARG(id),
                         lround(ovf_m_to_nm(route->extra_m)), lround(route->extra_s / 60));
    way_label(map, &way->round, font, draw_clean(map->arena, text), 0.45);
}

void draw_flight_labels(draw_map *map)
{
    size_t count = map->ways == NULL ? 0 : map->request->flight_count;
    for (size_t i = 0; i < count; i++)
        round_name(map, i);
    for (size_t i = 0; i < count; i++)
        flight_name(map, i);
    for (size_t i = 0; i < map->mark_count; i++)
        mark_label(map, &map->marks[i]);
}
