/* SPDX-License-Identifier: Apache-2.0 */
/* Curves of the ellipsoid drawn as polylines in longitude and latitude. A stretch of a curve is
 * halved until the curve is nowhere farther than the tolerance from the chord, looked at in three
 * places: a geodesic across the equator bends both ways, so its middle alone would not tell. */
#include "geo_internal.h"

#include <math.h>

#define LAT_DEG_M 111195.0
#define HALVINGS_MAX 18
#define STEP_MAX_DEG 30.0 /* of longitude: a chord longer than that says little about its curve */

void ovf_geo_path_add(struct ovf_geo_path *path, ovf_point p)
{
    if (path->status != OVF_OK)
        return;
    if (path->count >= OVF_OUTLINE_MAX_POINTS) {
        path->status = OVF_E_LIMIT;
        return;
    }
    if (!ovf_arena_grow(path->arena, (void **)&path->points, path->count, &path->capacity,
                        sizeof(*path->points))) {
        path->status = OVF_E_NOMEM;
        return;
    }
    path->points[path->count++] = p;
}

static void add_point(struct ovf_geo_path *path, double lat_deg, double lon_deg)
{
    ovf_geo_path_add(path, (ovf_point){lat_deg, lon_deg});
}

/* The longitude nearest to `near` that is the same place as lon. */
static double unrolled(double lon_deg, double near_deg)
{
    return near_deg + ovf_lon_wrap(lon_deg - near_deg);
}

/* A curve: the place at t in [0, 1]. */
typedef ovf_point curve(const void *context, double t);

/* Metres from q to the chord from a to b, in the plane of longitude and latitude at q. */
static double chord_distance_m(ovf_point a, ovf_point b, ovf_point q)
{
    double scale = cos(q.lat_deg * RAD) * LAT_DEG_M;
    double bx = (b.lon_deg - a.lon_deg) * scale;
    double by = (b.lat_deg - a.lat_deg) * LAT_DEG_M;
    double qx = (unrolled(q.lon_deg, (a.lon_deg + b.lon_deg) / 2) - a.lon_deg) * scale;
    double qy = (q.lat_deg - a.lat_deg) * LAT_DEG_M;
    double length = hypot(bx, by);
    if (length == 0)
        return hypot(qx, qy);
    double share = fmax(0.0, fmin(1.0, (qx * bx + qy * by) / (length * length)));
    return hypot(qx - share * bx, qy - share * by);
}

/* Adds the points behind a up to and without b; both are unrolled. */
static void add_between(struct ovf_geo_path *path, curve *at, const void *context, double t_a,
                        ovf_point a, double t_b, ovf_point b, int depth)
{
    double step = t_b - t_a;
    ovf_point middle = at(context, t_a + step / 2);
    middle.lon_deg = unrolled(middle.lon_deg, (a.lon_deg + b.lon_deg) / 2);
    bool is_straight =
        fabs(b.lon_deg - a.lon_deg) <= STEP_MAX_DEG
        && chord_distance_m(a, b, middle) <= path->tolerance_m
        && chord_distance_m(a, b, at(context, t_a + step / 4)) <= path->tolerance_m
        && chord_distance_m(a, b, at(context, t_a + step * 3 / 4)) <= path->tolerance_m;
    if (is_straight || depth >= HALVINGS_MAX || path->status != OVF_OK)
        return;
    add_between(path, at, context, t_a, a, t_a + step / 2, middle, depth + 1);
    add_point(path, middle.lat_deg, middle.lon_deg);
    add_between(path, at, context, t_a + step / 2, middle, t_b, b, depth + 1);
}

/* Adds a curve from its start, without its end; returns the end's unrolled longitude. */
static double add_curve(struct ovf_geo_path *path, curve *at, const void *context,
                        double start_lon_deg, int parts)
{
    ovf_point a = at(context, 0);
    a.lon_deg = unrolled(a.lon_deg, start_lon_deg);
    for (int i = 0; i < parts; i++) {
        double t_a = (double)i / parts;
        double t_b = (double)(i + 1) / parts;
        ovf_point b = at(context, t_b);
        b.lon_deg = unrolled(b.lon_deg, a.lon_deg);
        add_point(path, a.lat_deg, a.lon_deg);
        add_between(path, at, context, t_a, a, t_b, b, 0);
        a = b;
    }
    return a.lon_deg;
}

/* What goes round a pole ends 360 degrees from where it began: closed along the pole. */
static void close_path(struct ovf_geo_path *path, size_t first, double end_lon_deg,
                       double pole_lat_deg)
{
    if (path->count == first)
        return;
    ovf_point start = path->points[first];
    if (fabs(end_lon_deg - start.lon_deg) < 180.0)
        return;
    add_point(path, start.lat_deg, end_lon_deg);
    add_point(path, pole_lat_deg, end_lon_deg);
    add_point(path, pole_lat_deg, start.lon_deg);
}

static ovf_point leg_curve(const void *context, double t)
{
    const ovf_leg *leg = context;
    return ovf_leg_at(leg, t * leg->length_m);
}

/* Along a geodesic lat'' = -sin(lat) cos(lat) lon'^2 and lon'' = 2 tan(lat) lat' lon', so a short one
 * leaves its chord by at most R / 8 times the sum below, at any latitude. */
static bool is_surely_straight(double lat_step_deg, double lon_step_deg, double tolerance_m)
{
    double lat = fabs(lat_step_deg) * RAD;
    double lon = fabs(lon_step_deg) * RAD;
    return lat < 2 * RAD && lon < 2 * RAD
           && OVF_GEO_SPHERE_M / 8 * (2 * lat * lon + lon * lon / 2) < 0.9 * tolerance_m;
}

/* One edge from its first vertex at lon_deg; returns the longitude of its end. */
static double add_edge(struct ovf_geo_path *path, const struct ovf_geo_chain *chain, uint32_t i,
                       double lon_deg)
{
    ovf_point a = ovf_fixed_point(ovf_geo_chain_at(chain, i));
    ovf_point b = ovf_fixed_point(ovf_geo_chain_at(chain, i + 1));
    int32_t from_e7 = 0;
    double jump_deg = (double)ovf_geo_chain_jump_e7(chain, i, &from_e7) / 1e7;
    int over = ovf_geo_chain_over_pole(chain, i);
    add_point(path, a.lat_deg, lon_deg);
    if (over != 0) { // up one meridian and down the other: both are straight lines here
        add_point(path, over * 90.0, lon_deg);
        lon_deg += jump_deg;
        add_point(path, over * 90.0, lon_deg);
        return lon_deg;
    }
    if (jump_deg != 0) {
        lon_deg += jump_deg;
        add_point(path, a.lat_deg, lon_deg);
    }
    double step_deg = (double)ovf_geo_chain_step_e7(chain, i) / 1e7;
    if (step_deg == 0 || ovf_geo_chain_is_parallel(chain, i)
        || is_surely_straight(b.lat_deg - a.lat_deg, step_deg, path->tolerance_m))
        return lon_deg + step_deg;
    ovf_leg leg;
    ovf_leg_init(&leg, a, b);
    ovf_point from = {a.lat_deg, lon_deg};
    int parts = (int)ceil(fabs(step_deg) / STEP_MAX_DEG);
    for (int k = 1; k <= parts; k++) {
        ovf_point to = leg_curve(&leg, (double)k / parts);
        to.lon_deg = unrolled(to.lon_deg, from.lon_deg);
        if (k == parts)
            to = (ovf_point){b.lat_deg, lon_deg + step_deg};
        add_between(path, leg_curve, &leg, (double)(k - 1) / parts, from, (double)k / parts, to, 0);
        if (k < parts)
            add_point(path, to.lat_deg, to.lon_deg);
        from = to;
    }
    return lon_deg + step_deg;
}

void ovf_geo_path_chain(struct ovf_geo_path *path, const struct ovf_geo_chain *chain)
{
    size_t first = path->count;
    // A first vertex at a pole has no longitude of its own: the jump there starts somewhere else.
    int32_t from_e7 = chain->vertices[0].lon_e7;
    (void)ovf_geo_chain_jump_e7(chain, 0, &from_e7);
    double lon_deg = from_e7 / 1e7;
    for (uint32_t i = 0; i < chain->edge_count && path->status == OVF_OK; i++)
        lon_deg = add_edge(path, chain, i, lon_deg);
    close_path(path, first, lon_deg, chain->holds_north ? 90.0 : -90.0);
}

/* An arc of a circle, clockwise; radius along geodesics. */
struct arc {
    ovf_point centre;
    double radius_m;
    double from_deg;
    double sweep_deg;
};

static ovf_point arc_curve(const void *context, double t)
{
    const struct arc *arc = context;
    return ovf_destination(arc->centre, arc->from_deg + t * arc->sweep_deg, arc->radius_m);
}

void ovf_geo_path_circle(struct ovf_geo_path *path, ovf_point centre, double radius_m)
{
    size_t first = path->count;
    struct arc arc = {.centre = centre, .radius_m = radius_m, .sweep_deg = 360.0};
    double end_deg = add_curve(path, arc_curve, &arc, centre.lon_deg, 16);
    bool holds_north = ovf_distance_m(centre, (ovf_point){90.0, 0}) < radius_m;
    close_path(path, first, end_deg, holds_north ? 90.0 : -90.0);
}

/* The line at a distance to one side of a leg. */
struct side {
    const ovf_leg *leg;
    double width_m;
    double turn_deg;
    bool is_backwards;
};

static ovf_point side_curve(const void *context, double t)
{
    const struct side *side = context;
    ovf_point p = {0};
    double heading_deg = 0;
    double along_m = (side->is_backwards ? 1 - t : t) * side->leg->length_m;
    ovf_leg_at_bearing(side->leg, along_m, &p, &heading_deg);
    return ovf_destination(p, heading_deg + side->turn_deg, side->width_m);
}

void ovf_geo_path_capsule(struct ovf_geo_path *path, ovf_point a, ovf_point b, double width_m)
{
    size_t first = path->count;
    ovf_leg leg;
    ovf_leg_init(&leg, a, b);
    ovf_point end = {0};
    double end_bearing_deg = 0;
    ovf_leg_at_bearing(&leg, leg.length_m, &end, &end_bearing_deg);
    int parts = 1 + (int)(leg.length_m / 2e6);
    struct side left = {.leg = &leg, .width_m = width_m, .turn_deg = -90.0};
    struct side right = {.leg = &leg, .width_m = width_m, .turn_deg = 90.0, .is_backwards = true};
    struct arc cap_b = {b, width_m, end_bearing_deg - 90.0, 180.0};
    struct arc cap_a = {a, width_m, leg.bearing_a_deg + 90.0, 180.0};
    double lon_deg = add_curve(path, side_curve, &left, a.lon_deg, parts);
    lon_deg = add_curve(path, arc_curve, &cap_b, lon_deg, 8);
    lon_deg = add_curve(path, side_curve, &right, lon_deg, parts);
    lon_deg = add_curve(path, arc_curve, &cap_a, lon_deg, 8);
    ovf_point pole = {90.0, 0};
    bool holds_north = ovf_geo_leg_distance_m(&leg, pole) < width_m;
    close_path(path, first, lon_deg, holds_north ? 90.0 : -90.0);
}

struct ovf_geo_extent ovf_geo_path_extent(const struct ovf_geo_path *path, double window_west_deg)
{
    struct ovf_geo_extent e = {.west = HUGE_VAL, .east = -HUGE_VAL};
    for (size_t i = 0; i < path->count; i++) {
        e.west = fmin(e.west, path->points[i].lon_deg);
        e.east = fmax(e.east, path->points[i].lon_deg);
    }
    if (path->count == 0)
        return e;
    e.shift = 360.0 * ceil((window_west_deg - e.west) / 360.0);
    e.is_whole = e.east + e.shift <= window_west_deg + 360.0;
    return e;
}
