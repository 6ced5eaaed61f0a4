/* SPDX-License-Identifier: Apache-2.0 */
/* The grid of meridians and parallels, and its degrees round the map. */
#include "draw_internal.h"

#include <math.h>
#include <stdio.h>

#define GRID 0x9db4c4a0
#define NEAT_LINE 0x33414dff
#define DEGREES 0x44525eff
#define GRID_LINES_MAX 400

/* The widest step, in minutes of arc, that gives `wanted` lines or more over the span. */
static double grid_step(double span_deg, double wanted)
{
    static const int steps_min[] = {1800, 1200, 900, 600, 300, 120, 60, 30, 20, 10, 5, 2, 1};
    for (size_t i = 0; i < OVF_COUNTOF(steps_min); i++) {
        if (span_deg * 60.0 / steps_min[i] >= wanted)
            return steps_min[i] / 60.0;
    }
    return 1 / 60.0;
}

static void grid_steps(const draw_view *view, double *lat_step, double *lon_step)
{
    double px_per_step = 150.0;
    double lat = view->north_deg - view->south_deg;
    double lon = view->east_deg - view->west_deg;
    *lat_step = grid_step(lat, fmin(fmax(view->map.h / px_per_step, 2.0), 8.0));
    *lon_step = grid_step(lon, fmin(fmax(view->map.w / px_per_step, 2.0), 9.0));
    if (view->projection.kind == DRAW_POLAR && view->all_longitudes)
        *lon_step = 30.0;
    else if (view->projection.kind != DRAW_MILLER && lat < 60) // one step for both reads better
        *lon_step = fmax(*lon_step, *lat_step);
}

static void meridian(draw_path *path, const draw_view *view, double lon_deg, double lat_step)
{
    // Polar: only every third meridian runs into the pole, the others would clot there.
    double stop = view->all_longitudes && fabs(fmod(lon_deg, 90.0)) > 1e-6 ? 90.0 - lat_step : 90.0;
    ovf_point a = {fmax(view->south_deg, -stop), lon_deg};
    ovf_point b = {fmin(view->north_deg, stop), lon_deg};
    if (a.lat_deg < b.lat_deg)
        draw_path_add_edge(path, view, a, b);
    path->pen_down = false;
}

void draw_graticule(draw_map *map)
{
    const draw_view *view = &map->view;
    double lat_step = 0, lon_step = 0;
    grid_steps(view, &lat_step, &lon_step);
    draw_path lines;
    draw_path_init(&lines, map->arena);
    double west = view->all_longitudes ? -180.0 : view->west_deg;
    double east = view->all_longitudes ? 180.0 - 1e-6 : view->east_deg;
    int count = 0;
    for (double k = ceil(west / lon_step); k * lon_step <= east && count < GRID_LINES_MAX;
         k++, count++)
        meridian(&lines, view, k * lon_step, lat_step);
    for (double k = ceil(view->south_deg / lat_step);
         k * lat_step <= view->north_deg && count < GRID_LINES_MAX; k++, count++) {
        if (fabs(k * lat_step) > 89.99)
            continue;
        draw_path_add_edge(&lines, view, (ovf_point){k * lat_step, west},
                           (ovf_point){k * lat_step, view->all_longitudes ? 180.0 : east});
        lines.pen_down = false;
    }
    draw_line(&map->canvas, &lines, (draw_stroke){.color = GRID, .width_px = 0.7 * map->scale});
}

/* "10°N", "67°30'W", "180°", "0°". */
static ovf_str degrees_text(ovf_arena *arena, double deg, char plus, char minus)
{
    long minutes = lround(fabs(deg) * 60.0);
    char side[2] = {deg < 0 ? minus : plus, '\0'};
    if (minutes == 0 || minutes == 180 * 60)
        side[0] = '\0';
    if (minutes % 60 == 0)
        return ovf_arena_printf(arena, "%ld\xC2\xB0%s", minutes / 60, side);
    return ovf_arena_printf(arena, "%ld\xC2\xB0%02ld'%s", minutes / 60, minutes % 60, side);
}

typedef struct side_labels {
    draw_map *map;
    draw_font font;
    bool along_x;    /* the top or bottom side */
    double at;       /* its y, or x */
    double baseline; /* where the text goes: y, or its right (left side) or left end */
    bool from_right; /* text ends at `baseline` */
    double used_until;
} side_labels;

static void side_label(side_labels *side, double where, ovf_str text)
{
    double w = draw_text_width(&side->map->canvas, side->font, text);
    double size = side->along_x ? w : side->font.size_px;
    if (where - size / 2 < side->used_until + 6 * side->map->scale)
        return;
    side->used_until = where + size / 2;
    draw_pt at = {side->along_x      ? where - w / 2
                  : side->from_right ? side->baseline - w
                                     : side->baseline,
                  side->along_x ? side->baseline : where + side->font.size_px * 0.36};
    draw_text(&side->map->canvas, at, side->font, text);
}

/* Walks along a side of the map and writes where the longitude (or latitude) passes a step. */
static void label_side(side_labels *side, bool of_longitude, double step)
{
    draw_map *map = side->map;
    const draw_rect m = map->view.map;
    double from = side->along_x ? m.x : m.y;
    double size = side->along_x ? m.w : m.h;
    double last = (double)NAN;
    int samples = (int)size;
    for (int i = 0; i <= samples; i++) {
        double where = from + size * i / samples;
        draw_pt px = side->along_x ? (draw_pt){where, side->at} : (draw_pt){side->at, where};
        ovf_point p = draw_view_place(&map->view, px);
        double value = of_longitude ? p.lon_deg : p.lat_deg;
        if (of_longitude && isfinite(last) && value < last - 180.0)
            value += 360.0;
        else if (of_longitude && isfinite(last) && value > last + 180.0)
            value -= 360.0;
        if (isfinite(last) && floor(value / step) != floor(last / step)) {
            double passed = fmax(floor(value / step), floor(last / step)) * step;
            ovf_str text = of_longitude ? degrees_text(map->arena, ovf_lon_wrap(passed), 'E', 'W')
                                        : degrees_text(map->arena, passed, 'N', 'S');
            side_label(side, where, text);
        }
        last = of_longitude ? ovf_lon_wrap(value) : value;
    }
}

void draw_frame_labels(draw_map *map)
{
    double s = map->scale;
    double lat_step = 0, lon_step = 0;
    grid_steps(&map->view, &lat_step, &lon_step);
    draw_rect m = map->view.map;
    draw_font font = draw_type(map, 11, DRAW_REGULAR, DEGREES);
    side_labels sides[4] = {
        {map, font, true, m.y, m.y - 6 * s, false, m.x - 10 * s},
        {map, font, true, m.y + m.h, m.y + m.h + 15 * s, false, m.x - 10 * s},
        {map, font, false, m.x, m.x - 6 * s, true, m.y - 6 * s},
        {map, font, false, m.x + m.w, m.x + m.w + 6 * s, false, m.y - 6 * s},
    };
    bool is_polar = map->view.all_longitudes;
    label_side(&sides[0], true, lon_step);
    label_side(&sides[1], true, lon_step);
    label_side(&sides[2], is_polar, is_polar ? lon_step : lat_step);
    label_side(&sides[3], is_polar, is_polar ? lon_step : lat_step);
    draw_box(&map->canvas, m, 0, NEAT_LINE, 1.4 * s);
}
