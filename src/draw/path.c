/* SPDX-License-Identifier: Apache-2.0 */
/* Lines and surfaces of the Earth as paths in pixels.
 * An outline comes as rings that are plane in longitude and latitude. A surface is cut to the
 * view's window there (Sutherland and Hodgman 1974), projected with its edges divided until they
 * are true to a quarter of a pixel, and cut to the map again, now in pixels, so that no coordinate
 * runs far outside of the picture. A line goes the same way edge by edge, and keeps no edge that
 * the cutting made. */
#include "draw_internal.h"

#include <math.h>
#include <stdlib.h>

#define TRUE_PX 0.25      /* how far a drawn chord may be from the line that it stands for */
#define THIN_PX 0.35      /* points nearer than this to the last one add nothing */
#define SPLIT_MAX 10      /* an edge is halved at most so often */
#define LONG_EDGE_DEG 4.0 /* longer edges are halved anyhow: their middle may be true by chance */
#define LONG_LEG_M 400000.0
#define INNER_GRID 24  /* points tried along each axis for the middle of a surface */
#define MARGIN_PX 12.0 /* kept round the map, so that the cut is never seen */

void draw_path_init(draw_path *path, ovf_arena *arena)
{
    *path = (draw_path){.arena = arena};
}

static void push(draw_path *path, draw_pt p)
{
    if (path->failed || path->count >= OVF_MAP_MAX_POINTS
        || !ovf_arena_grow(path->arena, (void **)&path->pts, path->count, &path->capacity,
                           sizeof(*path->pts))) {
        path->failed = true;
        return;
    }
    path->pts[path->count++] = p;
}

void draw_path_move(draw_path *path, draw_pt p)
{
    if (path->failed
        || !ovf_arena_grow(path->arena, (void **)&path->starts, path->part_count,
                           &path->part_capacity, sizeof(*path->starts))) {
        path->failed = true;
        return;
    }
    path->starts[path->part_count++] = path->count;
    push(path, p);
}

void draw_path_line(draw_path *path, draw_pt p)
{
    if (path->part_count == 0)
        draw_path_move(path, p);
    else
        push(path, p);
}

size_t draw_path_part_end(const draw_path *path, size_t part)
{
    return part + 1 < path->part_count ? path->starts[part + 1] : path->count;
}

/* ---- surfaces ---- */

typedef struct ll {
    double lat, lon;
} ll;

typedef struct ll_list {
    ll *items;
    size_t count, capacity;
} ll_list;

typedef struct px_list {
    draw_pt *items;
    size_t count, capacity;
} px_list;

static bool add_ll(ll_list *list, ovf_arena *arena, ll p)
{
    if (!ovf_arena_grow(arena, (void **)&list->items, list->count, &list->capacity, sizeof(p)))
        return false;
    list->items[list->count++] = p;
    return true;
}

/* The part of a ring with sign * axis <= limit. */
static bool cut_ll(const ll_list *in, ll_list *out, ovf_arena *arena, bool by_lat, double sign,
                   double limit)
{
    out->count = 0;
    for (size_t i = 0; i < in->count; i++) {
        ll a = in->items[i];
        ll b = in->items[(i + 1) % in->count];
        double da = sign * (by_lat ? a.lat : a.lon) - limit;
        double db = sign * (by_lat ? b.lat : b.lon) - limit;
        if (da <= 0 && !add_ll(out, arena, a))
            return false;
        if ((da < 0 && db > 0) || (da > 0 && db < 0)) {
            double t = da / (da - db);
            ll cut = {a.lat + (b.lat - a.lat) * t, a.lon + (b.lon - a.lon) * t};
            if (!add_ll(out, arena, cut))
                return false;
        }
    }
    return true;
}

static bool add_px(px_list *list, ovf_arena *arena, draw_pt p)
{
    if (!ovf_arena_grow(arena, (void **)&list->items, list->count, &list->capacity, sizeof(p)))
        return false;
    list->items[list->count++] = p;
    return true;
}

static bool cut_px(const px_list *in, px_list *out, ovf_arena *arena, bool by_y, double sign,
                   double limit)
{
    out->count = 0;
    for (size_t i = 0; i < in->count; i++) {
        draw_pt a = in->items[i];
        draw_pt b = in->items[(i + 1) % in->count];
        double da = sign * (by_y ? a.y : a.x) - limit;
        double db = sign * (by_y ? b.y : b.x) - limit;
        if (da <= 0 && !add_px(out, arena, a))
            return false;
        if ((da < 0 && db > 0) || (da > 0 && db < 0)) {
            double t = da / (da - db);
            if (!add_px(out, arena, (draw_pt){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t}))
                return false;
        }
    }
    return true;
}

/* Points of the edge a-b behind pa up to and with pb, straight in longitude and latitude. */
static bool project_edge(const draw_view *view, ll a, ll b, draw_pt pa, draw_pt pb, int depth,
                         px_list *out, ovf_arena *arena)
{
    ll m = {(a.lat + b.lat) / 2, (a.lon + b.lon) / 2};
    bool is_long = fabs(a.lat - b.lat) + fabs(a.lon - b.lon) > LONG_EDGE_DEG;
    bool is_short = hypot(pb.x - pa.x, pb.y - pa.y) < 1.0 && !is_long;
    if (depth < SPLIT_MAX && !is_short) {
        draw_pt pm = draw_view_px(view, m.lat, m.lon);
        if (is_long || hypot(pm.x - (pa.x + pb.x) / 2, pm.y - (pa.y + pb.y) / 2) > TRUE_PX)
            return project_edge(view, a, m, pa, pm, depth + 1, out, arena)
                   && project_edge(view, m, b, pm, pb, depth + 1, out, arena);
    }
    return add_px(out, arena, pb);
}

static bool project_ring(const draw_view *view, const ll_list *ring, px_list *out, ovf_arena *arena)
{
    out->count = 0;
    ll a = ring->items[ring->count - 1];
    draw_pt pa = draw_view_px(view, a.lat, a.lon);
    for (size_t i = 0; i < ring->count; i++) {
        ll b = ring->items[i];
        draw_pt pb = draw_view_px(view, b.lat, b.lon);
        if (!project_edge(view, a, b, pa, pb, 0, out, arena))
            return false;
        a = b;
        pa = pb;
    }
    return true;
}

static void add_ring_px(draw_path *path, const px_list *ring)
{
    if (ring->count < 3)
        return;
    draw_pt last = ring->items[0];
    draw_path_move(path, last);
    for (size_t i = 1; i < ring->count; i++) {
        draw_pt p = ring->items[i];
        if (hypot(p.x - last.x, p.y - last.y) < THIN_PX && i + 1 < ring->count)
            continue;
        draw_path_line(path, p);
        last = p;
    }
    draw_path_line(path, ring->items[0]);
}

typedef struct ring_work {
    ll_list a, b;
    px_list p, q;
} ring_work;

static bool fill_ring(draw_path *path, const draw_view *view, const ovf_outline_ring *ring,
                      double shift_deg, ring_work *w)
{
    ovf_arena *arena = path->arena;
    w->a.count = 0;
    for (uint32_t i = 0; i + 1 < ring->count; i++) // the last point is the first again
        if (!add_ll(&w->a, arena,
                    (ll){ring->points[i].lat_deg, ring->points[i].lon_deg + shift_deg}))
            return false;
    if (!cut_ll(&w->a, &w->b, arena, true, 1, view->north_deg)
        || !cut_ll(&w->b, &w->a, arena, true, -1, -view->south_deg))
        return false;
    if (!view->all_longitudes
        && (!cut_ll(&w->a, &w->b, arena, false, 1, view->east_deg)
            || !cut_ll(&w->b, &w->a, arena, false, -1, -view->west_deg)))
        return false;
    if (w->a.count < 3)
        return true;
    if (!project_ring(view, &w->a, &w->p, arena))
        return false;
    draw_rect m = draw_rect_grown(view->map, MARGIN_PX);
    if (!cut_px(&w->p, &w->q, arena, false, 1, m.x + m.w)
        || !cut_px(&w->q, &w->p, arena, false, -1, -m.x)
        || !cut_px(&w->p, &w->q, arena, true, 1, m.y + m.h)
        || !cut_px(&w->q, &w->p, arena, true, -1, -m.y))
        return false;
    add_ring_px(path, &w->p);
    return true;
}

/* Turns of 360 degrees by which the longitudes [west, east] may fall into the window. */
static void turns(const draw_view *view, double west, double east, int *first, int *last)
{
    if (view->all_longitudes) {
        *first = *last = 0;
        return;
    }
    *first = (int)ceil((view->west_deg - east) / 360.0);
    *last = (int)floor((view->east_deg - west) / 360.0);
}

static void ring_span(const ovf_outline_ring *ring, double *west, double *east)
{
    *west = HUGE_VAL;
    *east = -HUGE_VAL;
    for (uint32_t i = 0; i < ring->count; i++) {
        *west = fmin(*west, ring->points[i].lon_deg);
        *east = fmax(*east, ring->points[i].lon_deg);
    }
}

void draw_path_add_fill(draw_path *path, const draw_view *view, const ovf_outline *outline)
{
    ring_work work = {0};
    for (uint32_t r = 0; r < outline->count && !path->failed; r++) {
        const ovf_outline_ring *ring = &outline->rings[r];
        if (ring->count < 4)
            continue;
        double west = 0, east = 0;
        ring_span(ring, &west, &east);
        int first = 0, last = 0;
        turns(view, west, east, &first, &last);
        for (int turn = first; turn <= last; turn++) {
            if (!fill_ring(path, view, ring, 360.0 * turn, &work))
                path->failed = true;
        }
    }
}

/* ---- lines ---- */

/* The part of a-b within the rectangle (Liang and Barsky 1984). */
static bool clip_segment(draw_rect r, draw_pt *a, draw_pt *b)
{
    double t0 = 0, t1 = 1;
    double dx = b->x - a->x, dy = b->y - a->y;
    double p[4] = {-dx, dx, -dy, dy};
    double q[4] = {a->x - r.x, r.x + r.w - a->x, a->y - r.y, r.y + r.h - a->y};
    for (int i = 0; i < 4; i++) {
        if (p[i] == 0) {
            if (!(q[i] >= 0))
                return false;
            continue;
        }
        double t = q[i] / p[i];
        if (p[i] < 0)
            t0 = fmax(t0, t);
        else
            t1 = fmin(t1, t);
    }
    if (!(t0 <= t1))
        return false;
    draw_pt from = *a;
    *a = (draw_pt){from.x + dx * t0, from.y + dy * t0};
    *b = (draw_pt){from.x + dx * t1, from.y + dy * t1};
    return true;
}

/* Adds one short piece, joined to what was drawn before where it goes on from there. */
static void add_piece(draw_path *path, const draw_view *view, draw_pt a, draw_pt b)
{
    if (!isfinite(a.x + a.y + b.x + b.y)
        || !clip_segment(draw_rect_grown(view->map, MARGIN_PX), &a, &b))
        return;
    draw_pt last = path->count > 0 ? path->pts[path->count - 1] : (draw_pt){HUGE_VAL, HUGE_VAL};
    if (!path->pen_down || hypot(last.x - a.x, last.y - a.y) > THIN_PX)
        draw_path_move(path, a);
    else if (hypot(last.x - b.x, last.y - b.y) < THIN_PX)
        return; // the next piece starts near enough to here
    draw_path_line(path, b);
    path->pen_down = true;
}

static void add_edge_split(draw_path *path, const draw_view *view, ll a, ll b, draw_pt pa,
                           draw_pt pb, int depth)
{
    ll m = {(a.lat + b.lat) / 2, (a.lon + b.lon) / 2};
    bool is_long = fabs(a.lat - b.lat) + fabs(a.lon - b.lon) > LONG_EDGE_DEG;
    if (depth < SPLIT_MAX && (is_long || hypot(pb.x - pa.x, pb.y - pa.y) > 1.0)) {
        draw_pt pm = draw_view_px(view, m.lat, m.lon);
        if (is_long || hypot(pm.x - (pa.x + pb.x) / 2, pm.y - (pa.y + pb.y) / 2) > TRUE_PX) {
            add_edge_split(path, view, a, m, pa, pm, depth + 1);
            add_edge_split(path, view, m, b, pm, pb, depth + 1);
            return;
        }
    }
    add_piece(path, view, pa, pb);
}

static void add_edge_turns(draw_path *path, const draw_view *view, ll a, ll b)
{
    int first = 0, last = 0;
    turns(view, fmin(a.lon, b.lon), fmax(a.lon, b.lon), &first, &last);
    draw_rect window = {view->west_deg, view->south_deg, view->east_deg - view->west_deg,
                        view->north_deg - view->south_deg};
    for (int turn = first; turn <= last; turn++) {
        draw_pt s = {a.lon + 360.0 * turn, a.lat};
        draw_pt t = {b.lon + 360.0 * turn, b.lat};
        if (view->all_longitudes) {
            window.x = fmin(s.x, t.x);
            window.w = fabs(t.x - s.x);
        }
        if (!clip_segment(window, &s, &t)) {
            path->pen_down = false;
            continue;
        }
        add_edge_split(path, view, (ll){s.y, s.x}, (ll){t.y, t.x}, draw_view_px(view, s.y, s.x),
                       draw_view_px(view, t.y, t.x), 0);
    }
}

void draw_path_add_edge(draw_path *path, const draw_view *view, ovf_point a, ovf_point b)
{
    add_edge_turns(path, view, (ll){a.lat_deg, a.lon_deg}, (ll){b.lat_deg, b.lon_deg});
}

typedef struct cut_edge {
    double south, north;
} cut_edge;

static bool on_meridian(ovf_point a, ovf_point b, double lon_deg)
{
    return fabs(a.lon_deg - lon_deg) < 1e-9 && fabs(b.lon_deg - lon_deg) < 1e-9;
}

/* Edges along the 180th meridian that have a fellow on its other side were made by the cut there;
 * so were those along a pole. */
static bool is_cut(ovf_point a, ovf_point b, const cut_edge *fellows, size_t count)
{
    if (fabs(a.lat_deg) > 90.0 - 1e-9 && fabs(b.lat_deg) > 90.0 - 1e-9)
        return true;
    double middle = (a.lat_deg + b.lat_deg) / 2;
    for (size_t i = 0; i < count; i++) {
        if (middle > fellows[i].south && middle < fellows[i].north)
            return true;
    }
    return false;
}

static size_t edges_along(const ovf_outline *outline, double lon_deg, cut_edge *out)
{
    size_t count = 0;
    for (uint32_t r = 0; r < outline->count; r++) {
        const ovf_outline_ring *ring = &outline->rings[r];
        for (uint32_t i = 0; i + 1 < ring->count; i++) {
            ovf_point a = ring->points[i], b = ring->points[i + 1];
            if (!on_meridian(a, b, lon_deg))
                continue;
            if (out != NULL)
                out[count] = (cut_edge){fmin(a.lat_deg, b.lat_deg), fmax(a.lat_deg, b.lat_deg)};
            count++;
        }
    }
    return count;
}

void draw_path_add_stroke(draw_path *path, const draw_view *view, const ovf_outline *outline,
                          draw_edge_filter keep, void *context)
{
    size_t west_count = edges_along(outline, -180.0, NULL);
    size_t east_count = edges_along(outline, 180.0, NULL);
    cut_edge *west = ovf_arena_array(path->arena, cut_edge, west_count + 1);
    cut_edge *east = ovf_arena_array(path->arena, cut_edge, east_count + 1);
    if (west == NULL || east == NULL) {
        path->failed = true;
        return;
    }
    edges_along(outline, -180.0, west);
    edges_along(outline, 180.0, east);
    for (uint32_t r = 0; r < outline->count && !path->failed; r++) {
        const ovf_outline_ring *ring = &outline->rings[r];
        path->pen_down = false;
        for (uint32_t i = 0; i + 1 < ring->count; i++) {
            ovf_point a = ring->points[i], b = ring->points[i + 1];
            if ((keep != NULL && !keep(context, a, b))
                || is_cut(a, b, east, on_meridian(a, b, -180.0) ? east_count : 0)
                || is_cut(a, b, west, on_meridian(a, b, 180.0) ? west_count : 0))
                path->pen_down = false;
            else
                draw_path_add_edge(path, view, a, b);
        }
    }
}

static void add_leg_split(draw_path *path, const draw_view *view, const ovf_leg *leg, double from_m,
                          double until_m, ovf_point a, ovf_point b, int depth)
{
    double middle_m = (from_m + until_m) / 2;
    ovf_point m = ovf_leg_at(leg, middle_m);
    draw_pt pa = draw_view_point(view, a);
    draw_pt pm = draw_view_point(view, m);
    draw_pt pb = draw_view_point(view, b);
    double off_px = hypot(pm.x - (pa.x + pb.x) / 2, pm.y - (pa.y + pb.y) / 2);
    if (depth < SPLIT_MAX && (until_m - from_m > LONG_LEG_M || off_px > TRUE_PX)) {
        add_leg_split(path, view, leg, from_m, middle_m, a, m, depth + 1);
        add_leg_split(path, view, leg, middle_m, until_m, m, b, depth + 1);
        return;
    }
    double jump_px = 360.0 / 4 * DRAW_PI / 180.0 * 6378137.0 * view->px_per_m;
    if (hypot(pb.x - pa.x, pb.y - pa.y) > jump_px) { // over the edge of the map, not across it
        path->pen_down = false;
        return;
    }
    if (!view->all_longitudes && (a.lat_deg < view->south_deg || a.lat_deg > view->north_deg)
        && (b.lat_deg < view->south_deg || b.lat_deg > view->north_deg)) {
        path->pen_down = false;
        return;
    }
    add_piece(path, view, pa, pb);
}

void draw_path_add_geodesic(draw_path *path, const draw_view *view, ovf_point a, ovf_point b)
{
    if (!ovf_point_is_valid(a) || !ovf_point_is_valid(b))
        return;
    ovf_leg leg;
    ovf_leg_init(&leg, a, b);
    add_leg_split(path, view, &leg, 0, leg.length_m, a, b, 0);
}

/* ---- questions ---- */

bool draw_path_contains(const draw_path *path, draw_pt p)
{
    bool inside = false;
    for (size_t part = 0; part < path->part_count; part++) {
        size_t from = path->starts[part], end = draw_path_part_end(path, part);
        for (size_t i = from, j = end - 1; i < end; j = i++) {
            draw_pt a = path->pts[i], b = path->pts[j];
            if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x)
                inside = !inside;
        }
    }
    return inside;
}

draw_rect draw_path_bounds(const draw_path *path)
{
    double x0 = HUGE_VAL, x1 = -HUGE_VAL, y0 = HUGE_VAL, y1 = -HUGE_VAL;
    for (size_t i = 0; i < path->count; i++) {
        x0 = fmin(x0, path->pts[i].x);
        x1 = fmax(x1, path->pts[i].x);
        y0 = fmin(y0, path->pts[i].y);
        y1 = fmax(y1, path->pts[i].y);
    }
    return path->count == 0 ? (draw_rect){0} : (draw_rect){x0, y0, x1 - x0, y1 - y0};
}

static double edge_distance(const draw_path *path, draw_pt p)
{
    double best = HUGE_VAL;
    for (size_t part = 0; part < path->part_count; part++) {
        size_t end = draw_path_part_end(path, part);
        for (size_t i = path->starts[part] + 1; i < end; i++) {
            draw_pt a = path->pts[i - 1], b = path->pts[i];
            double dx = b.x - a.x, dy = b.y - a.y;
            double len2 = dx * dx + dy * dy;
            double t = len2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / len2 : 0;
            t = fmin(fmax(t, 0), 1);
            best = fmin(best, hypot(p.x - a.x - t * dx, p.y - a.y - t * dy));
        }
    }
    return best;
}

bool draw_path_inner_point(const draw_path *path, draw_rect map, const draw_pt *others,
                           size_t other_count, draw_pt *at, double *clearance_px)
{
    draw_rect r = draw_path_bounds(path);
    double x0 = fmax(r.x, map.x), x1 = fmin(r.x + r.w, map.x + map.w);
    double y0 = fmax(r.y, map.y), y1 = fmin(r.y + r.h, map.y + map.h);
    if (path->count == 0 || !(x0 < x1) || !(y0 < y1))
        return false;
    bool found = false;
    double best = -1;
    for (int i = 0; i < INNER_GRID; i++) {
        for (int j = 0; j < INNER_GRID; j++) {
            draw_pt p = {x0 + (x1 - x0) * (i + 0.5) / INNER_GRID,
                         y0 + (y1 - y0) * (j + 0.5) / INNER_GRID};
            if (!draw_path_contains(path, p))
                continue;
            double clear = edge_distance(path, p);
            clear = fmin(clear, fmin(fmin(p.x - map.x, map.x + map.w - p.x),
                                     fmin(p.y - map.y, map.y + map.h - p.y)));
            double liked = clear;
            for (size_t k = 0; k < other_count; k++)
                liked = fmin(liked, hypot(p.x - others[k].x, p.y - others[k].y) / 2);
            if (liked > best) {
                best = liked;
                *at = p;
                *clearance_px = clear;
                found = true;
            }
        }
    }
    return found;
}
