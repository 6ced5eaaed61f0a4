/* SPDX-License-Identifier: Apache-2.0 */
/* Outlines. Every leaf is drawn in the plane of longitude and latitude, in one window of 360
 * degrees about the area, so that GEOS never sees the 180th meridian; set expressions are clipped
 * there, and the result is cut at 180 degrees and moved home at the end. */
#include <overfly/area.h>

#include "geo_internal.h"

#include <geos_c.h>
#include <math.h>
#include <stdio.h>

#define TOLERANCE_MIN_M 0.01
#define BUFFER_QUADRANT_MAX 64
/* Buffers are drawn in a plane about a few neighbouring edges where that plane errs by less than
 * this part of the tolerance, else capsule by capsule. */
#define PLANE_SHARE 4.0

struct drawing {
    GEOSContextHandle_t geos;
    ovf_arena *arena;
    double tolerance_m;
    double west_deg; /* of the window */
    size_t points;
    bool is_alone; /* one area of rings: nothing is clipped with what is drawn */
    ovf_status status;
    char message[100];
};

static void on_geos_error(const char *message, void *context)
{
    struct drawing *d = context;
    snprintf(d->message, sizeof(d->message), "%s", message);
}

static GEOSGeometry *fail(struct drawing *d, ovf_status status)
{
    if (d->status == OVF_OK)
        d->status = status;
    return NULL;
}

/* GEOS gives NULL for what it cannot do; the first reason is kept. */
static GEOSGeometry *checked(struct drawing *d, GEOSGeometry *made)
{
    return made != NULL ? made : fail(d, OVF_E_INTERNAL);
}

static GEOSGeometry *nothing(struct drawing *d)
{
    return checked(d, GEOSGeom_createEmptyPolygon_r(d->geos));
}

static void drop(struct drawing *d, GEOSGeometry *geometry)
{
    if (geometry != NULL)
        GEOSGeom_destroy_r(d->geos, geometry);
}

struct gathered {
    GEOSGeometry **items;
    size_t count;
    size_t capacity;
};

static void gather_polygons(struct drawing *d, const GEOSGeometry *geometry, struct gathered *out)
{
    int type = GEOSGeomTypeId_r(d->geos, geometry);
    if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        for (int i = 0; i < GEOSGetNumGeometries_r(d->geos, geometry); i++)
            gather_polygons(d, GEOSGetGeometryN_r(d->geos, geometry, i), out);
        return;
    }
    if (type != GEOS_POLYGON || GEOSisEmpty_r(d->geos, geometry) == 1)
        return;
    GEOSGeometry *copy = NULL;
    if (ovf_arena_grow(d->arena, (void **)&out->items, out->count, &out->capacity,
                       sizeof(GEOSGeometry *)))
        copy = GEOSGeom_clone_r(d->geos, geometry);
    if (copy != NULL)
        out->items[out->count++] = copy;
    else
        (void)fail(d, OVF_E_NOMEM);
}

/* What only touches comes out of GEOS as lines and points beside the polygons, and GEOS takes no
 * such mixture in again: the polygons are kept. Consumes the geometry. */
static GEOSGeometry *polygons_of(struct drawing *d, GEOSGeometry *made)
{
    if (made == NULL)
        return fail(d, OVF_E_INTERNAL);
    int type = GEOSGeomTypeId_r(d->geos, made);
    if (type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON)
        return made;
    struct gathered parts = {0};
    gather_polygons(d, made, &parts);
    drop(d, made);
    if (d->status == OVF_OK)
        return checked(d, GEOSGeom_createCollection_r(d->geos, GEOS_MULTIPOLYGON, parts.items,
                                                      (unsigned)parts.count));
    for (size_t i = 0; i < parts.count; i++)
        drop(d, parts.items[i]);
    return NULL;
}

typedef GEOSGeometry *operation(GEOSContextHandle_t, const GEOSGeometry *, const GEOSGeometry *);

/* Consumes both; NULL in gives NULL out. */
static GEOSGeometry *combine(struct drawing *d, operation *what, GEOSGeometry *a, GEOSGeometry *b)
{
    GEOSGeometry *out = NULL;
    if (a != NULL && b != NULL && d->status == OVF_OK)
        out = polygons_of(d, what(d->geos, a, b));
    drop(d, a);
    drop(d, b);
    return out;
}

static GEOSGeometry *box_of(struct drawing *d, double south, double west, double north, double east)
{
    return checked(d, GEOSGeom_createRectangle_r(d->geos, west, south, east, north));
}

static GEOSGeometry *ring_of(struct drawing *d, const ovf_point *points, size_t count,
                             double shift_deg)
{
    GEOSCoordSequence *seq = GEOSCoordSeq_create_r(d->geos, (unsigned)count + 1, 2);
    if (seq == NULL)
        return fail(d, OVF_E_NOMEM);
    for (size_t i = 0; i <= count; i++) {
        ovf_point p = points[i == count ? 0 : i];
        GEOSCoordSeq_setXY_r(d->geos, seq, (unsigned)i, p.lon_deg + shift_deg, p.lat_deg);
    }
    return checked(d, GEOSGeom_createLinearRing_r(d->geos, seq));
}

/* The points shifted by shift_deg as a valid polygon; crossing itself it is even-odd. */
static GEOSGeometry *polygon_of(struct drawing *d, const ovf_point *points, size_t count,
                                double shift_deg)
{
    GEOSGeometry *ring = ring_of(d, points, count, shift_deg);
    if (ring == NULL)
        return NULL;
    GEOSGeometry *polygon = checked(d, GEOSGeom_createPolygon_r(d->geos, ring, NULL, 0));
    if (polygon == NULL || GEOSisValid_r(d->geos, polygon) == 1)
        return polygon;
    GEOSGeometry *valid = polygons_of(d, GEOSMakeValid_r(d->geos, polygon));
    drop(d, polygon);
    return valid;
}

static bool count_points(struct drawing *d, const struct ovf_geo_path *path)
{
    d->points += path->count;
    if (path->status != OVF_OK || d->points > OVF_OUTLINE_MAX_POINTS)
        (void)fail(d, path->status != OVF_OK ? path->status : OVF_E_LIMIT);
    return d->status == OVF_OK;
}

/* A closed path brought into the window, cut where it leaves it. */
static GEOSGeometry *window_polygon(struct drawing *d, struct ovf_geo_path *path)
{
    if (!count_points(d, path))
        return NULL;
    if (path->count < 3)
        return nothing(d);
    struct ovf_geo_extent e = ovf_geo_path_extent(path, d->west_deg);
    if (e.is_whole)
        return polygon_of(d, path->points, path->count, e.shift);
    double window_east = d->west_deg + 360.0;
    GEOSGeometry *out = NULL;
    double shift = 360.0 * ceil((d->west_deg - e.east) / 360.0);
    for (; e.west + shift < window_east && d->status == OVF_OK; shift += 360.0) {
        GEOSGeometry *copy =
            combine(d, GEOSIntersection_r, polygon_of(d, path->points, path->count, shift),
                    box_of(d, -90, d->west_deg, 90, window_east));
        out = out == NULL ? copy : combine(d, GEOSUnion_r, out, copy);
    }
    return out == NULL && d->status == OVF_OK ? nothing(d) : out;
}

static struct ovf_geo_path new_path(const struct drawing *d)
{
    return (struct ovf_geo_path){.arena = d->arena, .tolerance_m = d->tolerance_m};
}

static GEOSGeometry *draw_circle(struct drawing *d, ovf_point centre, double radius_m)
{
    struct ovf_geo_path path = new_path(d);
    ovf_geo_path_circle(&path, centre, radius_m);
    return window_polygon(d, &path);
}

static GEOSGeometry *draw_half(struct drawing *d, const ovf_area *area)
{
    double at = area->half.at_deg;
    double east = d->west_deg + 360.0;
    switch (area->half.side) {
    case OVF_NORTH_OF: return box_of(d, at, d->west_deg, 90, east);
    case OVF_SOUTH_OF: return box_of(d, -90, d->west_deg, at, east);
    case OVF_WEST_OF: at -= 180.0; break;
    case OVF_EAST_OF: break;
    }
    struct ovf_geo_path path = new_path(d);
    ovf_point corners[] = {{-90, at}, {-90, at + 180.0}, {90, at + 180.0}, {90, at}};
    path.points = corners;
    path.count = 4;
    return window_polygon(d, &path);
}

/* Pairs, then pairs of pairs: each point is handled log(count) times, not count times. */
static GEOSGeometry *reduce(struct drawing *d, operation *what, GEOSGeometry **items, size_t count)
{
    if (count == 0)
        return nothing(d);
    while (count > 1) {
        size_t kept = 0;
        for (size_t i = 0; i < count; i += 2)
            items[kept++] = i + 1 < count ? combine(d, what, items[i], items[i + 1]) : items[i];
        count = kept;
    }
    return items[0];
}

#define NESTED_MAX 5000 /* rings compared with one another */
/* Larger drawings of rings alone are written as they are. Tables of coasts touch and cross
 * themselves by centimetres here and there; mending that costs ten times the drawing. */
#define MENDED_MAX 1000

/* Polygons with holes straight from the nesting; consumes the rings. */
static GEOSGeometry *assemble(struct drawing *d, GEOSGeometry **rings, size_t count,
                              const uint32_t *parents, const uint32_t *depths)
{
    GEOSGeometry **polygons = ovf_arena_array(d->arena, GEOSGeometry *, count);
    GEOSGeometry **holes = ovf_arena_array(d->arena, GEOSGeometry *, count);
    size_t kept = 0;
    if (polygons == NULL || holes == NULL)
        (void)fail(d, OVF_E_NOMEM);
    for (size_t i = 0; i < count && d->status == OVF_OK; i++) {
        if (depths[i] % 2 != 0)
            continue;
        unsigned hole_count = 0;
        for (size_t k = 0; k < count; k++) {
            if (depths[k] % 2 != 0 && parents[k] == i) {
                holes[hole_count++] = rings[k];
                rings[k] = NULL;
            }
        }
        GEOSGeometry *polygon =
            checked(d, GEOSGeom_createPolygon_r(d->geos, rings[i], holes, hole_count));
        rings[i] = NULL;
        if (polygon != NULL)
            polygons[kept++] = polygon;
    }
    for (size_t i = 0; i < count; i++)
        drop(d, rings[i]);
    if (d->status == OVF_OK)
        return checked(
            d, GEOSGeom_createCollection_r(d->geos, GEOS_MULTIPOLYGON, polygons, (unsigned)kept));
    for (size_t i = 0; i < kept; i++)
        drop(d, polygons[i]);
    return NULL;
}

/* Rings that neither cross nor share edges, as a State's coast and islands: nothing needs clipping.
 * NULL with d->status OVF_OK: they do, or one leaves the window. */
static GEOSGeometry *draw_nested(struct drawing *d, const ovf_area *area,
                                 const struct ovf_geo_path *paths)
{
    size_t count = area->chains.count;
    uint32_t *parents = ovf_arena_array(d->arena, uint32_t, count);
    uint32_t *depths = ovf_arena_array(d->arena, uint32_t, count);
    GEOSGeometry **rings = ovf_arena_array(d->arena, GEOSGeometry *, count);
    if (parents == NULL || depths == NULL || rings == NULL)
        return fail(d, OVF_E_NOMEM);
    for (size_t i = 0; i < count; i++) {
        if (paths[i].count < 3 || !ovf_geo_path_extent(&paths[i], d->west_deg).is_whole)
            return NULL;
    }
    if (count > NESTED_MAX || !ovf_geo_chains_nest(area->chains.items, count, parents, depths))
        return NULL;
    for (size_t i = 0; i < count; i++)
        rings[i] = ring_of(d, paths[i].points, paths[i].count,
                           ovf_geo_path_extent(&paths[i], d->west_deg).shift);
    GEOSGeometry *drawn = assemble(d, rings, count, parents, depths);
    if (drawn == NULL || (d->is_alone && d->points > MENDED_MAX)
        || GEOSisValid_r(d->geos, drawn) == 1)
        return drawn;
    drop(d, drawn);
    return NULL;
}

/* Inside an odd number of rings. */
static GEOSGeometry *draw_rings(struct drawing *d, const ovf_area *area)
{
    size_t count = area->chains.count;
    struct ovf_geo_path *paths = ovf_arena_array(d->arena, struct ovf_geo_path, count);
    GEOSGeometry **rings = ovf_arena_array(d->arena, GEOSGeometry *, count);
    if (paths == NULL || rings == NULL)
        return fail(d, OVF_E_NOMEM);
    for (size_t i = 0; i < count && d->status == OVF_OK; i++) {
        paths[i] = new_path(d);
        ovf_geo_path_chain(&paths[i], &area->chains.items[i]);
        (void)count_points(d, &paths[i]);
    }
    if (d->status != OVF_OK)
        return NULL;
    GEOSGeometry *nested = draw_nested(d, area, paths);
    if (nested != NULL || d->status != OVF_OK)
        return nested;
    for (size_t i = 0; i < count; i++)
        rings[i] = window_polygon(d, &paths[i]);
    return reduce(d, GEOSSymDifference_r, rings, count);
}

/* ---- what lies within a distance of edges ---- */

/* Azimuthal equidistant about a centre: true from there, and elsewhere to rho^2 / 6 R^2; a geodesic
 * beside the centre is bent by up to 0.064 rho^3 / R^2 (length^2 height / 24 R^2 for the longest
 * that fits). Not about the poles, where longitudes would have to be told apart. */
static bool plane_buffer_fits(const struct drawing *d, ovf_point centre, double rho_m,
                              double reach_m)
{
    double curvature = rho_m * rho_m / (OVF_GEO_SPHERE_M * OVF_GEO_SPHERE_M);
    double error_m = curvature * (reach_m / 6 + 0.064 * rho_m);
    double lat_deg = fabs(centre.lat_deg) + rho_m / 110000.0;
    return error_m <= d->tolerance_m / PLANE_SHARE && rho_m < 500000.0 && lat_deg < 85.0;
}

static void to_plane(ovf_point centre, ovf_point p, double *x, double *y)
{
    double length_m = 0;
    double bearing_deg = 0;
    ovf_inverse(centre, p, &length_m, &bearing_deg, NULL);
    *x = length_m * sin(bearing_deg * RAD);
    *y = length_m * cos(bearing_deg * RAD);
}

/* A ring of the plane back on the ellipsoid. A straight line there is nearly a geodesic, and leaves
 * its chord in longitude and latitude by length^2 tan(lat) / 8 R: long ones get points between. */
static GEOSGeometry *from_plane(struct drawing *d, const GEOSGeometry *ring, ovf_point centre)
{
    struct ovf_geo_path path = new_path(d);
    const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(d->geos, ring);
    unsigned count = 0;
    if (seq == NULL || GEOSCoordSeq_getSize_r(d->geos, seq, &count) == 0 || count < 4)
        return nothing(d);
    double steepness = fmax(0.1, fabs(tan(centre.lat_deg * RAD)));
    double part_m = sqrt(2 * OVF_GEO_SPHERE_M * d->tolerance_m / steepness);
    double lon_deg = centre.lon_deg;
    for (unsigned i = 0; i + 1 < count; i++) {
        double x = 0;
        double y = 0;
        double next_x = 0;
        double next_y = 0;
        GEOSCoordSeq_getXY_r(d->geos, seq, i, &x, &y);
        GEOSCoordSeq_getXY_r(d->geos, seq, i + 1, &next_x, &next_y);
        int parts = 1 + (int)(hypot(next_x - x, next_y - y) / part_m);
        for (int k = 0; k < parts; k++) {
            double at_x = x + (next_x - x) * k / parts;
            double at_y = y + (next_y - y) * k / parts;
            ovf_point p = ovf_destination(centre, atan2(at_x, at_y) / RAD, hypot(at_x, at_y));
            lon_deg += ovf_lon_wrap(p.lon_deg - lon_deg);
            ovf_geo_path_add(&path, (ovf_point){p.lat_deg, lon_deg});
        }
    }
    return window_polygon(d, &path);
}

static GEOSGeometry *plane_line(struct drawing *d, const struct ovf_geo_chain *chain,
                                uint32_t first, uint32_t last, ovf_point centre)
{
    GEOSCoordSequence *seq = GEOSCoordSeq_create_r(d->geos, last - first + 1, 2);
    if (seq == NULL)
        return fail(d, OVF_E_NOMEM);
    for (uint32_t i = first; i <= last; i++) {
        double x = 0;
        double y = 0;
        to_plane(centre, ovf_fixed_point(ovf_geo_chain_at(chain, i)), &x, &y);
        GEOSCoordSeq_setXY_r(d->geos, seq, i - first, x, y);
    }
    return checked(d, GEOSGeom_createLineString_r(d->geos, seq));
}

/* Edges [first, last) together; holes of the result are left out when the base fills them. */
static GEOSGeometry *draw_plane_reach(struct drawing *d, const struct ovf_geo_chain *chain,
                                      uint32_t first, uint32_t last, ovf_point centre,
                                      double reach_m)
{
    GEOSGeometry *line = plane_line(d, chain, first, last, centre);
    if (line == NULL)
        return NULL;
    // The chord of a quarter circle in n parts lies r (1 - cos(pi / 4 n)) inside it.
    double share = fmin(1.0, d->tolerance_m / 2 / reach_m);
    int quadrant = (int)ceil(OVF_GEO_PI / 4 / acos(1 - share));
    quadrant = quadrant < 2 ? 2 : quadrant > BUFFER_QUADRANT_MAX ? BUFFER_QUADRANT_MAX : quadrant;
    GEOSGeometry *grown = checked(d, GEOSBuffer_r(d->geos, line, reach_m, quadrant));
    drop(d, line);
    if (grown == NULL)
        return NULL;
    GEOSGeometry *out = NULL;
    const GEOSGeometry *shell = GEOSGetExteriorRing_r(d->geos, grown);
    out = shell == NULL ? nothing(d) : from_plane(d, shell, centre);
    for (int i = 0; i < GEOSGetNumInteriorRings_r(d->geos, grown) && out != NULL; i++) {
        const GEOSGeometry *hole = GEOSGetInteriorRingN_r(d->geos, grown, i);
        out = combine(d, GEOSDifference_r, out, from_plane(d, hole, centre));
    }
    drop(d, grown);
    return out;
}

static GEOSGeometry *draw_capsule(struct drawing *d, const struct ovf_geo_chain *chain, uint32_t i,
                                  double reach_m)
{
    ovf_point a = ovf_fixed_point(ovf_geo_chain_at(chain, i));
    ovf_point b = ovf_fixed_point(ovf_geo_chain_at(chain, i + 1));
    struct ovf_geo_path path = new_path(d);
    if (!ovf_geo_chain_is_parallel(chain, i)) {
        ovf_geo_path_capsule(&path, a, b, reach_m);
        return window_polygon(d, &path);
    }
    // A parallel in geodesics that stay within a quarter of the tolerance: step^2 / 8 R tan(lat).
    double step_deg = (double)ovf_geo_chain_step_e7(chain, i) / 1e7;
    double curvature = fabs(tan(a.lat_deg * RAD)) / OVF_GEO_SPHERE_M;
    double part_m = curvature > 0 ? sqrt(2 * d->tolerance_m / curvature) : 1e6;
    double length_m = fabs(step_deg) * 111320.0 * cos(a.lat_deg * RAD);
    int parts = (int)fmin(2000.0, 1 + length_m / part_m);
    GEOSGeometry *out = nothing(d);
    for (int k = 0; k < parts; k++) {
        ovf_point from = {a.lat_deg, ovf_lon_wrap(a.lon_deg + step_deg * k / parts)};
        ovf_point to = {a.lat_deg, ovf_lon_wrap(a.lon_deg + step_deg * (k + 1) / parts)};
        path.count = 0;
        ovf_geo_path_capsule(&path, from, to, reach_m);
        out = combine(d, GEOSUnion_r, out, window_polygon(d, &path));
    }
    return out;
}

/* A chunk's edges, in the plane when they are near one another and none is a parallel. */
static GEOSGeometry *draw_chunk_reach(struct drawing *d, const struct ovf_geo_chain *chain,
                                      uint32_t first, uint32_t last, double reach_m)
{
    ovf_point centre = ovf_fixed_point(ovf_geo_chain_at(chain, (first + last) / 2));
    double rho_m = 0;
    bool has_parallel = false;
    for (uint32_t i = first; i <= last; i++)
        rho_m = fmax(rho_m, ovf_distance_m(centre, ovf_fixed_point(ovf_geo_chain_at(chain, i))));
    for (uint32_t i = first; i < last; i++)
        has_parallel |= ovf_geo_chain_is_parallel(chain, i);
    if (!has_parallel && plane_buffer_fits(d, centre, rho_m + reach_m, reach_m))
        return draw_plane_reach(d, chain, first, last, centre, reach_m);
    GEOSGeometry *out = nothing(d);
    for (uint32_t i = first; i < last && out != NULL; i++)
        out = combine(d, GEOSUnion_r, out, draw_capsule(d, chain, i, reach_m));
    return out;
}

static GEOSGeometry *draw(struct drawing *d, const ovf_area *area);

static GEOSGeometry *draw_reach(struct drawing *d, const ovf_area *area)
{
    size_t total = 1;
    for (size_t i = 0; i < area->chains.count; i++)
        total += area->chains.items[i].chunk_count;
    GEOSGeometry **parts = ovf_arena_array(d->arena, GEOSGeometry *, total);
    if (parts == NULL)
        return fail(d, OVF_E_NOMEM);
    size_t count = 0;
    for (size_t i = 0; i < area->chains.count; i++) {
        const struct ovf_geo_chain *chain = &area->chains.items[i];
        for (uint32_t first = 0; first < chain->edge_count; first += OVF_GEO_CHUNK) {
            uint32_t last = first + OVF_GEO_CHUNK;
            last = last < chain->edge_count ? last : chain->edge_count;
            parts[count++] = draw_chunk_reach(d, chain, first, last, area->chains.reach_m);
        }
    }
    if (area->chains.base != NULL)
        parts[count++] = draw(d, area->chains.base);
    return reduce(d, GEOSUnion_r, parts, count);
}

static GEOSGeometry *draw_set(struct drawing *d, const ovf_area *area)
{
    GEOSGeometry **parts = ovf_arena_array(d->arena, GEOSGeometry *, area->set.count);
    if (parts == NULL)
        return fail(d, OVF_E_NOMEM);
    for (size_t i = 0; i < area->set.count; i++)
        parts[i] = draw(d, area->set.parts[i]);
    operation *what = area->kind == OVF_AREA_UNION          ? GEOSUnion_r
                      : area->kind == OVF_AREA_INTERSECTION ? GEOSIntersection_r
                                                            : GEOSDifference_r;
    return reduce(d, what, parts, area->set.count);
}

/* Depth is bounded by OVF_GEO_DEPTH_MAX when sets are made. */
static GEOSGeometry *draw(struct drawing *d, const ovf_area *area)
{
    if (d->status != OVF_OK)
        return NULL;
    switch (area->kind) {
    case OVF_AREA_UNRESOLVED: return fail(d, OVF_E_GEOMETRY);
    case OVF_AREA_EMPTY: return nothing(d);
    case OVF_AREA_GLOBE: return box_of(d, -90, d->west_deg, 90, d->west_deg + 360.0);
    case OVF_AREA_RINGS: return draw_rings(d, area);
    case OVF_AREA_CIRCLE: return draw_circle(d, area->circle.centre, area->circle.radius_m);
    case OVF_AREA_CORRIDOR:
    case OVF_AREA_BUFFER: return draw_reach(d, area);
    case OVF_AREA_HALF: return draw_half(d, area);
    case OVF_AREA_UNION:
    case OVF_AREA_INTERSECTION:
    case OVF_AREA_DIFFERENCE: return draw_set(d, area);
    }
    return fail(d, OVF_E_INTERNAL);
}

/* ---- out of GEOS ---- */

struct written {
    ovf_outline_ring *rings;
    size_t count;
    size_t capacity;
};

/* Twice the signed area in the plane: positive counter-clockwise. */
static double turning(const ovf_point *points, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        sum +=
            (points[i].lon_deg - points[0].lon_deg) * (points[i + 1].lat_deg - points[0].lat_deg)
            - (points[i + 1].lon_deg - points[0].lon_deg) * (points[i].lat_deg - points[0].lat_deg);
    }
    return sum;
}

static void write_ring(struct drawing *d, const GEOSGeometry *ring, double shift_deg, bool is_hole,
                       struct written *out)
{
    const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(d->geos, ring);
    unsigned count = 0;
    if (seq == NULL || GEOSCoordSeq_getSize_r(d->geos, seq, &count) == 0 || count < 4)
        return;
    ovf_point *points = ovf_arena_array(d->arena, ovf_point, count);
    if (points == NULL
        || !ovf_arena_grow(d->arena, (void **)&out->rings, out->count, &out->capacity,
                           sizeof(*out->rings))) {
        (void)fail(d, OVF_E_NOMEM);
        return;
    }
    for (unsigned i = 0; i < count; i++) {
        double lon = 0;
        double lat = 0;
        GEOSCoordSeq_getXY_r(d->geos, seq, i, &lon, &lat);
        points[i].lat_deg = fmax(-90.0, fmin(90.0, lat));
        points[i].lon_deg = fmax(-180.0, fmin(180.0, lon + shift_deg));
    }
    if ((turning(points, count) > 0) == is_hole) {
        for (unsigned i = 0; i < count / 2; i++) {
            ovf_point swapped = points[i];
            points[i] = points[count - 1 - i];
            points[count - 1 - i] = swapped;
        }
    }
    out->rings[out->count++] =
        (ovf_outline_ring){.points = points, .count = count, .is_hole = is_hole};
}

static void write_polygons(struct drawing *d, const GEOSGeometry *geometry, double shift_deg,
                           struct written *out)
{
    int type = GEOSGeomTypeId_r(d->geos, geometry);
    if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        for (int i = 0; i < GEOSGetNumGeometries_r(d->geos, geometry); i++)
            write_polygons(d, GEOSGetGeometryN_r(d->geos, geometry, i), shift_deg, out);
        return;
    }
    // What only touches comes out of an intersection as points and lines: no outline.
    if (type != GEOS_POLYGON || GEOSisEmpty_r(d->geos, geometry) == 1)
        return;
    write_ring(d, GEOSGetExteriorRing_r(d->geos, geometry), shift_deg, false, out);
    for (int i = 0; i < GEOSGetNumInteriorRings_r(d->geos, geometry); i++)
        write_ring(d, GEOSGetInteriorRingN_r(d->geos, geometry, i), shift_deg, true, out);
}

/* The part of a polygon in a box; one that GEOS cannot clip as it stands is mended first. */
static GEOSGeometry *clipped(struct drawing *d, const GEOSGeometry *polygon, GEOSGeometry *box)
{
    if (box == NULL)
        return NULL;
    GEOSGeometry *part = NULL;
    if (GEOSisValid_r(d->geos, polygon) == 1) {
        part = checked(d, GEOSIntersection_r(d->geos, polygon, box));
    } else {
        GEOSGeometry *mended = polygons_of(d, GEOSMakeValid_r(d->geos, polygon));
        part = mended == NULL ? NULL : checked(d, GEOSIntersection_r(d->geos, mended, box));
        drop(d, mended);
    }
    drop(d, box);
    return part;
}

/* Cut at the 180th meridian: what lies in each turn of 360 degrees is moved home. */
static void write_home(struct drawing *d, const GEOSGeometry *drawn, struct written *out)
{
    if (GEOSGeomTypeId_r(d->geos, drawn) != GEOS_POLYGON) {
        int count = GEOSGetNumGeometries_r(d->geos, drawn);
        for (int i = 0; i < count && d->status == OVF_OK; i++) {
            const GEOSGeometry *part = GEOSGetGeometryN_r(d->geos, drawn, i);
            if (part != drawn)
                write_home(d, part, out);
        }
        return;
    }
    double west = 0;
    double east = 0;
    if (GEOSisEmpty_r(d->geos, drawn) == 1 || GEOSGeom_getXMin_r(d->geos, drawn, &west) == 0
        || GEOSGeom_getXMax_r(d->geos, drawn, &east) == 0)
        return;
    double turn = 360.0 * floor((west + 180.0) / 360.0);
    for (; turn - 180.0 < east && d->status == OVF_OK; turn += 360.0) {
        if (west >= turn - 180.0 && east <= turn + 180.0) {
            write_polygons(d, drawn, -turn, out);
            continue;
        }
        GEOSGeometry *part = clipped(d, drawn, box_of(d, -90, turn - 180.0, 90, turn + 180.0));
        if (part != NULL)
            write_polygons(d, part, -turn, out);
        drop(d, part);
    }
}

static double window_west_deg(struct ovf_geo_patch patch)
{
    if (patch.width_e7 >= OVF_GEO_CIRCLE_E7)
        return -180.0;
    return floor((patch.west_e7 + patch.width_e7 / 2.0) / 1e7) - 180.0;
}

ovf_status ovf_area_outline(const ovf_area *area, double tolerance_m, ovf_arena *arena,
                            ovf_outline *out, ovf_error *err)
{
    if (!area->is_resolved)
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "an area that is not resolved");
    struct drawing d = {
        .arena = arena,
        .tolerance_m = tolerance_m > TOLERANCE_MIN_M ? tolerance_m : TOLERANCE_MIN_M,
        .west_deg = window_west_deg(area->patch),
        .is_alone = area->kind == OVF_AREA_RINGS,
    };
    d.geos = GEOS_init_r();
    if (d.geos == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an outline");
    GEOSContext_setErrorMessageHandler_r(d.geos, on_geos_error, &d);
    struct written written = {0};
    GEOSGeometry *drawn = draw(&d, area);
    if (drawn != NULL)
        write_home(&d, drawn, &written);
    drop(&d, drawn);
    GEOS_finish_r(d.geos);
    if (d.status != OVF_OK)
        return ovf_fail(err, d.status, OVF_NOPOS, "outline: %s",
                        d.message[0] != '\0' ? d.message : ovf_status_name(d.status));
    *out = (ovf_outline){.rings = written.rings, .count = (uint32_t)written.count};
    return OVF_OK;
}
