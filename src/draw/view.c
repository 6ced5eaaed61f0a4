/* SPDX-License-Identifier: Apache-2.0 */
/* Which projection suits a frame, and where its places fall in the picture.
 * Middle latitudes: Lambert's cone, true at 1/6 and 5/6 of the frame's latitudes, as aeronautical
 * charts have it (ICAO Annex 4, 2.7). Near the equator: Mercator. Near a pole: stereographic.
 * Frames as wide as the world: Miller. The globe itself: Equal Earth. */
#include "draw_internal.h"

#include <math.h>

/* WGS84. */
#define EARTH_A_M 6378137.0
#define EARTH_E2 0.00669437999014

#define POLAR_FROM_DEG 72.0      /* a frame whose middle is nearer to a pole */
#define EQUATOR_UNTIL_DEG 6.0    /* a frame whose middle is nearer to the equator */
#define WORLD_FROM_LON_DEG 150.0 /* a frame as wide as this shows the world */
#define WORLD_FROM_LAT_DEG 110.0
#define MERCATOR_LIMIT_DEG 82.0
#define MILLER_SOUTH_DEG (-78.0) /* beyond it Miller shows little but stretched ice */
#define MILLER_NORTH_DEG 84.0
#define SAMPLES 48 /* along a side: a parallel of 150 degrees bends less than a pixel between two */

bool draw_rect_holds(draw_rect r, draw_pt p)
{
    return p.x >= r.x && p.x <= r.x + r.w && p.y >= r.y && p.y <= r.y + r.h;
}

bool draw_rect_overlaps(draw_rect a, draw_rect b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

draw_rect draw_rect_grown(draw_rect r, double by)
{
    return (draw_rect){r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by};
}

/* lon plus the turns that bring it nearest to `about`. */
static double lon_near(double lon_deg, double about_deg)
{
    return lon_deg - 360.0 * floor((lon_deg - about_deg) / 360.0 + 0.5);
}

static void extent_join(draw_extent *extent, double south, double west, double north, double east)
{
    if (extent->is_empty) {
        *extent = (draw_extent){south, north, west, east, false};
        return;
    }
    extent->south_deg = fmin(extent->south_deg, south);
    extent->north_deg = fmax(extent->north_deg, north);
    double middle = (extent->west_deg + extent->east_deg) / 2;
    double shift = lon_near((west + east) / 2, middle) - (west + east) / 2;
    extent->west_deg = fmin(extent->west_deg, west + shift);
    extent->east_deg = fmax(extent->east_deg, east + shift);
    if (extent->east_deg - extent->west_deg > 360.0) {
        extent->west_deg = middle - 180.0;
        extent->east_deg = middle + 180.0;
    }
}

void draw_extent_add(draw_extent *extent, ovf_point p)
{
    if (ovf_point_is_valid(p))
        extent_join(extent, p.lat_deg, p.lon_deg, p.lat_deg, p.lon_deg);
}

void draw_extent_add_box(draw_extent *extent, ovf_box box)
{
    if (box.is_empty)
        return;
    double east = box.east_deg < box.west_deg ? box.east_deg + 360.0 : box.east_deg;
    extent_join(extent, box.south_deg, box.west_deg, box.north_deg, east);
}

bool draw_extent_holds(const draw_extent *extent, ovf_point p)
{
    double middle = (extent->west_deg + extent->east_deg) / 2;
    double lon = lon_near(p.lon_deg, middle);
    return !extent->is_empty && p.lat_deg >= extent->south_deg && p.lat_deg <= extent->north_deg
           && lon >= extent->west_deg && lon <= extent->east_deg;
}

draw_extent draw_extent_padded(draw_extent extent, double share, double min_deg)
{
    double lat = extent.north_deg - extent.south_deg;
    double lon = extent.east_deg - extent.west_deg;
    double shrink = fmax(cos((extent.south_deg + extent.north_deg) / 2 * DRAW_PI / 180.0), 0.1);
    double pad_lat = fmax(lat * share, (min_deg - lat) / 2);
    double pad_lon = fmax(lon * share, (min_deg / shrink - lon) / 2);
    double middle = (extent.west_deg + extent.east_deg) / 2;
    extent.south_deg = fmax(extent.south_deg - fmax(pad_lat, 0), -90.0);
    extent.north_deg = fmin(extent.north_deg + fmax(pad_lat, 0), 90.0);
    extent.west_deg = fmax(extent.west_deg - fmax(pad_lon, 0), middle - 180.0);
    extent.east_deg = fmin(extent.east_deg + fmax(pad_lon, 0), middle + 180.0);
    return extent;
}

static void choose_projection(draw_projection *p, draw_extent *extent)
{
    double lat0 = (extent->south_deg + extent->north_deg) / 2;
    double lat = extent->north_deg - extent->south_deg;
    double lon = extent->east_deg - extent->west_deg;
    double lon0 = (extent->west_deg + extent->east_deg) / 2;
    bool is_cap = (extent->north_deg > 85.0 && extent->south_deg > 25.0)
                  || (extent->south_deg < -85.0 && extent->north_deg < -25.0);
    if (is_cap || fabs(lat0) > POLAR_FROM_DEG) {
        double true_lat = lat0 > 0 ? fmax(lat0, 45.0) : fmin(lat0, -45.0);
        draw_polar_init(p, EARTH_A_M, EARTH_E2, lon0, true_lat);
    } else if (lon > WORLD_FROM_LON_DEG || lat > WORLD_FROM_LAT_DEG) {
        extent->south_deg = fmax(extent->south_deg, MILLER_SOUTH_DEG);
        extent->north_deg = fmin(extent->north_deg, MILLER_NORTH_DEG);
        draw_miller_init(p, EARTH_A_M, lon0);
    } else {
        double lat1 = extent->south_deg + lat / 6;
        double lat2 = extent->south_deg + lat * 5 / 6;
        if (fabs(lat0) < EQUATOR_UNTIL_DEG || lat1 * lat2 <= 0) {
            extent->south_deg = fmax(extent->south_deg, -MERCATOR_LIMIT_DEG);
            extent->north_deg = fmin(extent->north_deg, MERCATOR_LIMIT_DEG);
            draw_mercator_init(p, EARTH_A_M, EARTH_E2, lon0);
        } else {
            draw_lambert_init(p, EARTH_A_M, EARTH_E2, lat0, lon0, lat1, lat2);
        }
    }
}

typedef struct span2 {
    double x0, x1, y0, y1;
} span2;

static span2 projected_span(const draw_projection *p, const draw_extent *extent)
{
    span2 s = {HUGE_VAL, -HUGE_VAL, HUGE_VAL, -HUGE_VAL};
    for (int i = 0; i <= SAMPLES; i++) {
        for (int j = 0; j <= SAMPLES; j++) {
            double x = 0, y = 0;
            draw_project(
                p, extent->south_deg + (extent->north_deg - extent->south_deg) * i / SAMPLES,
                extent->west_deg + (extent->east_deg - extent->west_deg) * j / SAMPLES, &x, &y);
            s = (span2){fmin(s.x0, x), fmax(s.x1, x), fmin(s.y0, y), fmax(s.y1, y)};
        }
    }
    return s;
}

/* A cylinder ends at its edges: the map is no larger than the Earth is there. */
static void trim_cylinder(draw_view *view)
{
    const draw_projection *p = &view->projection;
    if (p->kind != DRAW_MILLER && p->kind != DRAW_MERCATOR)
        return;
    bool is_miller = p->kind == DRAW_MILLER;
    double x1 = 0, y0 = 0, y1 = 0, unused = 0;
    draw_project(p, 0, p->lon0_deg + 180.0, &x1, &unused);
    draw_project(p, is_miller ? MILLER_SOUTH_DEG : -MERCATOR_LIMIT_DEG - 3, p->lon0_deg, &unused,
                 &y0);
    draw_project(p, is_miller ? MILLER_NORTH_DEG : MERCATOR_LIMIT_DEG + 3, p->lon0_deg, &unused,
                 &y1);
    double w = fmin(view->map.w, 2 * x1 * view->px_per_m);
    view->map.x += (view->map.w - w) / 2;
    view->map.w = w;
    double h = fmin(view->map.h, (y1 - y0) * view->px_per_m);
    view->map.h = h;
    double half_m = h / 2 / view->px_per_m;
    view->centre_y_m = fmin(fmax(view->centre_y_m, y0 + half_m), y1 - half_m);
}

/* What can be seen: from a grid of pixels back to the Earth, with some room to spare. */
static void find_window(draw_view *view)
{
    const draw_projection *p = &view->projection;
    double south = 90, north = -90, west = HUGE_VAL, east = -HUGE_VAL;
    for (int i = 0; i <= SAMPLES; i++) {
        for (int j = 0; j <= SAMPLES; j++) {
            double lat = 0, lon = 0;
            double x = ((double)i / SAMPLES - 0.5) * view->map.w / view->px_per_m;
            double y = ((double)j / SAMPLES - 0.5) * view->map.h / view->px_per_m;
            draw_unproject(p, view->centre_x_m + x, view->centre_y_m + y, &lat, &lon);
            south = fmin(south, lat);
            north = fmax(north, lat);
            west = fmin(west, lon);
            east = fmax(east, lon);
        }
    }
    double pad_lat = (north - south) * 0.02 + 0.001;
    double pad_lon = (east - west) * 0.02 + 0.001;
    double x = 0, y = 0;
    draw_project(p, p->kind == DRAW_POLAR ? p->sign * 90.0 : (p->n < 0 ? -90.0 : 90.0), p->lon0_deg,
                 &x, &y);
    draw_pt pole = {view->map.x + view->map.w / 2 + (x - view->centre_x_m) * view->px_per_m,
                    view->map.y + view->map.h / 2 - (y - view->centre_y_m) * view->px_per_m};
    bool has_pole = (p->kind == DRAW_POLAR || p->kind == DRAW_LAMBERT)
                    && draw_rect_holds(draw_rect_grown(view->map, 2), pole);
    view->all_longitudes = has_pole && p->kind == DRAW_POLAR;
    view->south_deg = fmax(south - pad_lat, -90.0);
    view->north_deg = fmin(north + pad_lat, 90.0);
    if (has_pole && (p->kind == DRAW_POLAR ? p->sign > 0 : p->n > 0))
        view->north_deg = 90.0;
    else if (has_pole)
        view->south_deg = -90.0;
    view->west_deg = has_pole ? p->lon0_deg - 180.0 : fmax(west - pad_lon, p->lon0_deg - 180.0);
    view->east_deg = has_pole ? p->lon0_deg + 180.0 : fmin(east + pad_lon, p->lon0_deg + 180.0);
}

ovf_status draw_view_fit(draw_view *view, draw_extent extent, draw_rect room, ovf_error *err)
{
    if (extent.is_empty || !(extent.south_deg >= -90.0) || !(extent.north_deg <= 90.0)
        || !(extent.south_deg <= extent.north_deg) || !(extent.west_deg <= extent.east_deg)
        || !(extent.east_deg - extent.west_deg <= 360.0 + 1e-9) || !isfinite(extent.west_deg))
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "the frame is not a part of the Earth");
    if (!(room.w >= 1) || !(room.h >= 1))
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "the picture has no room for a map");

    draw_view out = {.map = room};
    choose_projection(&out.projection, &extent);
    if (!(extent.north_deg > extent.south_deg) || !(extent.east_deg > extent.west_deg))
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "the frame has no size");
    span2 s = projected_span(&out.projection, &extent);
    out.centre_x_m = (s.x0 + s.x1) / 2;
    out.centre_y_m = (s.y0 + s.y1) / 2;
    out.px_per_m = fmin(room.w / (s.x1 - s.x0), room.h / (s.y1 - s.y0));
    if (!isfinite(out.px_per_m) || !(out.px_per_m > 0))
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "the frame cannot be projected");
    trim_cylinder(&out);
    find_window(&out);
    *view = out;
    return OVF_OK;
}

void draw_view_globe(draw_view *view, double lon0_deg, draw_rect room)
{
    draw_projection p;
    double half_w_m = 0, half_h_m = 0, unused = 0;
    draw_equal_earth_init(&p, EARTH_A_M, EARTH_E2, lon0_deg);
    draw_project(&p, 0, lon0_deg + 180.0, &half_w_m, &unused);
    draw_project(&p, 90, lon0_deg, &unused, &half_h_m);
    double px_per_m = fmin(room.w / (2 * half_w_m), room.h / (2 * half_h_m));
    double w = 2 * half_w_m * px_per_m, h = 2 * half_h_m * px_per_m;
    *view = (draw_view){
        .projection = p,
        .map = {room.x + (room.w - w) / 2, room.y + (room.h - h) / 2, w, h},
        .px_per_m = px_per_m,
        .south_deg = -90.0,
        .north_deg = 90.0,
        .west_deg = lon0_deg - 180.0,
        .east_deg = lon0_deg + 180.0,
    };
}

draw_pt draw_view_px(const draw_view *view, double lat_deg, double lon_deg)
{
    double x = 0, y = 0;
    draw_project(&view->projection, lat_deg, lon_deg, &x, &y);
    return (draw_pt){
        view->map.x + view->map.w / 2 + (x - view->centre_x_m) * view->px_per_m,
        view->map.y + view->map.h / 2 - (y - view->centre_y_m) * view->px_per_m,
    };
}

draw_pt draw_view_point(const draw_view *view, ovf_point p)
{
    return draw_view_px(view, p.lat_deg, lon_near(p.lon_deg, view->projection.lon0_deg));
}

ovf_point draw_view_place(const draw_view *view, draw_pt px)
{
    double lat = 0, lon = 0;
    draw_unproject(&view->projection,
                   view->centre_x_m + (px.x - view->map.x - view->map.w / 2) / view->px_per_m,
                   view->centre_y_m - (px.y - view->map.y - view->map.h / 2) / view->px_per_m, &lat,
                   &lon);
    return (ovf_point){fmin(fmax(lat, -90.0), 90.0), ovf_lon_wrap(lon)};
}

bool draw_view_sees(const draw_view *view, ovf_box box)
{
    if (box.is_empty || box.south_deg > view->north_deg || box.north_deg < view->south_deg)
        return false;
    if (view->all_longitudes)
        return true;
    double east = box.east_deg < box.west_deg ? box.east_deg + 360.0 : box.east_deg;
    for (int turn = -2; turn <= 2; turn++) {
        double west_t = box.west_deg + 360.0 * turn;
        double east_t = east + 360.0 * turn;
        if (west_t <= view->east_deg && east_t >= view->west_deg)
            return true;
    }
    return false;
}

double draw_view_m_per_px(const draw_view *view)
{
    draw_pt c = {view->map.x + view->map.w / 2, view->map.y + view->map.h / 2};
    ovf_point a = draw_view_place(view, (draw_pt){c.x - 20, c.y});
    ovf_point b = draw_view_place(view, (draw_pt){c.x + 20, c.y});
    double m = ovf_distance_m(a, b) / 40.0;
    // Beside a pole the short way between the two may be round it: then the projection's own scale.
    return isfinite(m) && m > 0 ? m : 1.0 / view->px_per_m;
}
