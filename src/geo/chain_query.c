/* SPDX-License-Identifier: Apache-2.0 */
/* Inside a ring, distance from a chain, and its cuts in a leg.
 *
 * Inside is even or odd: the edges that a ray from the point to the north pole crosses. Longitudes
 * are compared in whole sixteenths of 1e-7 degrees (0.7 mm), half open, so a vertex on the ray
 * counts once and an edge along it not at all. Whether an edge passes north or south of the point
 * is asked on the ellipsoid only when the point lies in the edge's box. */
#include "geo_internal.h"

#include <math.h>

#define UNITS 16 /* a 1e-7 degree */
#define HALF_UNITS (OVF_GEO_HALF_E7 * UNITS)
#define SUB_EDGE_M 1000000.0
#define GEODESIC_STRAIGHT_M 3000000.0 /* longer edges are parted before the sphere is asked */

static int64_t wrap_units(int64_t lon)
{
    int64_t wrapped = (lon + HALF_UNITS) % (2 * HALF_UNITS);
    if (wrapped < 0)
        wrapped += 2 * HALF_UNITS;
    return wrapped - HALF_UNITS;
}

/* Does the way from a longitude by a step cross the ray's longitude? */
static bool straddles(int32_t from_e7, int64_t step_e7, int64_t ray)
{
    int64_t from = wrap_units((int64_t)from_e7 * UNITS - ray);
    int64_t to = from + step_e7 * UNITS;
    return (from < 0) != (to < 0);
}

/* Is p to the left of the geodesic from a to b, near to which it lies? */
static bool is_left(ovf_point a, ovf_point b, ovf_point p)
{
    struct ovf_geo_arc arc = ovf_geo_arc_of(ovf_geo_vec_of(a), ovf_geo_vec_of(b));
    double offset_m = ovf_geo_arc_offset_m(&arc, ovf_geo_vec_of(p));
    if (fabs(offset_m) > OVF_GEO_NEAR_M + ovf_geo_stray_m(arc.length_m))
        return offset_m > 0;
    ovf_leg line;
    ovf_leg_init(&line, a, b);
    return ovf_geo_foot_of(&line, p, line.length_m / 2).offset_m > 0;
}

/* The same for a long edge: in the part of it that has p's longitude. */
static bool is_left_of_long(ovf_point a, ovf_point b, double step_deg, ovf_point p)
{
    ovf_leg line;
    ovf_leg_init(&line, a, b);
    double wanted = ovf_lon_wrap(p.lon_deg - a.lon_deg);
    if (wanted * step_deg < 0) // p's longitude lies within the step, which may end at 180
        wanted += step_deg < 0 ? -360.0 : 360.0;
    int parts = (int)ceil(line.length_m / SUB_EDGE_M);
    ovf_point from = a;
    for (int i = 1; i <= parts; i++) {
        ovf_point to = i == parts ? b : ovf_leg_at(&line, line.length_m * i / parts);
        double walked = ovf_lon_wrap(to.lon_deg - a.lon_deg);
        if (walked * step_deg < 0)
            walked += step_deg < 0 ? -360.0 : 360.0;
        if (fabs(walked) >= fabs(wanted) || i == parts)
            return is_left(from, to, p);
        from = to;
    }
    return false;
}

/* Does the ray from p to the north pole cross the edge (or the jump before it)? */
static bool crosses_ray(const struct ovf_geo_chain *chain, uint32_t i, ovf_point p, int64_t ray)
{
    bool is_odd = false;
    ovf_fixed a = ovf_geo_chain_at(chain, i);
    ovf_fixed b = ovf_geo_chain_at(chain, i + 1);
    int32_t from_e7 = 0;
    if (a.lat_e7 == OVF_GEO_POLE_E7 || ovf_geo_chain_over_pole(chain, i) > 0) {
        int64_t jump_e7 = ovf_geo_chain_jump_e7(chain, i, &from_e7);
        is_odd = jump_e7 != 0 && straddles(from_e7, jump_e7, ray);
    }
    int64_t step_e7 = ovf_geo_chain_step_e7(chain, i);
    if (step_e7 == 0 || !straddles(a.lon_e7, step_e7, ray))
        return is_odd;

    double lat_e7 = p.lat_deg * 1e7;
    if (ovf_geo_chain_is_parallel(chain, i))
        return is_odd != (a.lat_e7 > lat_e7);
    struct ovf_geo_patch patch = ovf_geo_chain_edge_patch(chain, i);
    if (lat_e7 > patch.north_e7)
        return is_odd;
    if (lat_e7 < patch.south_e7)
        return !is_odd;
    ovf_point from = ovf_fixed_point(a);
    ovf_point to = ovf_fixed_point(b);
    bool is_long = fabs((double)step_e7) > 2e8
                   || fabs(from.lat_deg - to.lat_deg) * 111000.0 > GEODESIC_STRAIGHT_M;
    bool left =
        is_long ? is_left_of_long(from, to, (double)step_e7 / 1e7, p) : is_left(from, to, p);
    bool is_south_of_edge = step_e7 > 0 ? !left : left;
    return is_odd != is_south_of_edge;
}

bool ovf_geo_chain_contains(const struct ovf_geo_chain *chain, ovf_point p)
{
    int64_t ray = wrap_units(llround(p.lon_deg * 1e7 * UNITS));
    double lat_e7 = p.lat_deg * 1e7;
    bool is_odd = false;
    for (uint32_t k = 0; k < chain->chunk_count; k++) {
        const struct ovf_geo_patch *patch = &chain->chunks[k];
        if (lat_e7 > patch->north_e7)
            continue;
        int64_t from_west = wrap_units(ray - (int64_t)patch->west_e7 * UNITS);
        if (from_west < 0)
            from_west += 2 * HALF_UNITS;
        if (from_west > (int64_t)patch->width_e7 * UNITS)
            continue;
        uint32_t first = k * OVF_GEO_CHUNK;
        uint32_t last = first + OVF_GEO_CHUNK;
        last = last < chain->edge_count ? last : chain->edge_count;
        if (lat_e7 < patch->south_e7 && patch->width_e7 < OVF_GEO_HALF_E7) {
            // The whole chunk lies north: only where it starts and where it ends matters.
            int32_t start = ovf_geo_chain_at(chain, first).lon_e7;
            int32_t end = ovf_geo_chain_at(chain, last).lon_e7;
            bool starts_west = ovf_geo_eastward_e7(patch->west_e7, start) * UNITS < from_west;
            bool ends_west = ovf_geo_eastward_e7(patch->west_e7, end) * UNITS < from_west;
            is_odd ^= starts_west != ends_west;
            continue;
        }
        for (uint32_t i = first; i < last; i++)
            is_odd ^= crosses_ray(chain, i, p, ray);
    }
    return is_odd != chain->holds_north;
}

static double parallel_distance_m(const struct ovf_geo_chain *chain, uint32_t i, ovf_point p)
{
    ovf_fixed a = ovf_geo_chain_at(chain, i);
    ovf_fixed b = ovf_geo_chain_at(chain, i + 1);
    int64_t step_e7 = ovf_geo_chain_step_e7(chain, i);
    int32_t west_e7 = step_e7 >= 0 ? a.lon_e7 : b.lon_e7;
    int32_t lon_e7 = ovf_geo_wrap_e7(llround(p.lon_deg * 1e7));
    if ((double)ovf_geo_eastward_e7(west_e7, lon_e7) <= fabs((double)step_e7))
        return ovf_distance_m(p, (ovf_point){ovf_fixed_point(a).lat_deg, p.lon_deg});
    return fmin(ovf_distance_m(p, ovf_fixed_point(a)), ovf_distance_m(p, ovf_fixed_point(b)));
}

static struct ovf_geo_arc edge_arc(const struct ovf_geo_chain *chain, uint32_t i)
{
    return ovf_geo_arc_of(ovf_geo_vec_of(ovf_fixed_point(ovf_geo_chain_at(chain, i))),
                          ovf_geo_vec_of(ovf_fixed_point(ovf_geo_chain_at(chain, i + 1))));
}

/* Bounds of the distance to an edge; when nothing is nearer than cap_m, anything not below it. */
static void edge_bounds_m(const struct ovf_geo_chain *chain, uint32_t i, ovf_point p,
                          ovf_geo_vec vec, double cap_m, double *low_m, double *high_m)
{
    if (ovf_geo_chain_is_parallel(chain, i)) {
        struct ovf_geo_patch patch = ovf_geo_chain_edge_patch(chain, i);
        *low_m = ovf_geo_patch_distance_m(patch, p, cos(p.lat_deg * RAD), cap_m);
        *high_m = *low_m;
        if (*low_m < cap_m)
            *low_m = *high_m = parallel_distance_m(chain, i, p);
        return;
    }
    struct ovf_geo_arc arc = edge_arc(chain, i);
    *low_m = ovf_geo_arc_distance_m(&arc, vec);
    *high_m = *low_m;
    if (*low_m < cap_m)
        ovf_geo_arc_bounds_m(&arc, vec, low_m, high_m);
}

/* Metres to an edge when below cap_m, else anything not below it. */
static double edge_distance_m(const struct ovf_geo_chain *chain, uint32_t i, ovf_point p,
                              ovf_geo_vec vec, double cap_m)
{
    double low_m = 0;
    double high_m = 0;
    edge_bounds_m(chain, i, p, vec, cap_m, &low_m, &high_m);
    if (low_m >= cap_m || ovf_geo_chain_is_parallel(chain, i))
        return low_m;
    ovf_leg line;
    ovf_leg_init(&line, ovf_fixed_point(ovf_geo_chain_at(chain, i)),
                 ovf_fixed_point(ovf_geo_chain_at(chain, i + 1)));
    return ovf_geo_leg_distance_m(&line, p);
}

/* Which chunks and edges are surely farther than cap_m, told by differences of degrees alone. */
struct turning_away {
    int64_t lat_e7, lon_e7;
    int64_t lat_pad_e7, lon_pad_e7; /* more than cap_m; the second 0: not told by longitude */
    bool is_told;                   /* false: none of them */
};

#define LEAST_DEGREE_M 110000.0 /* a degree of latitude is nowhere shorter */
#define SHORT_M 100000.0        /* so near that a degree of longitude is as long all over */

static struct turning_away turning_away_of(ovf_point p, double cos_lat, double cap_m)
{
    struct turning_away t = {.lat_e7 = (int64_t)floor(p.lat_deg * 1e7),
                             .lon_e7 = (int64_t)floor(p.lon_deg * 1e7),
                             .lat_pad_e7 = INT64_MAX / 4};
    if (!(cap_m < SHORT_M))
        return t;
    t.is_told = true;
    t.lat_pad_e7 = (int64_t)(cap_m / LEAST_DEGREE_M * 1e7) + 2;
    if (cos_lat > 0.1) // a meridian that near is nearer by less than a half than along the parallel
        t.lon_pad_e7 = (int64_t)(2.0 * (double)t.lat_pad_e7 / cos_lat) + 2;
    return t;
}

static bool is_turned_away(const struct turning_away *t, const struct ovf_geo_patch *patch)
{
    if (t->lat_e7 > patch->north_e7 + t->lat_pad_e7 || t->lat_e7 < patch->south_e7 - t->lat_pad_e7)
        return true;
    if (t->lon_pad_e7 == 0)
        return false;
    int64_t from_west = t->lon_e7 - patch->west_e7;
    from_west += from_west < 0 ? OVF_GEO_CIRCLE_E7 : 0;
    return from_west > patch->width_e7 + t->lon_pad_e7
           && OVF_GEO_CIRCLE_E7 - from_west > t->lon_pad_e7;
}

/* Walks the edges of a chunk that may be nearer than *high_m, narrowing the bounds. */
static void narrow_bounds(const struct ovf_geo_chain *chain, uint32_t k, ovf_point p,
                          ovf_geo_vec vec, const struct turning_away *away, double *low_m,
                          double *high_m)
{
    uint32_t first = k * OVF_GEO_CHUNK;
    for (uint32_t i = first; i < first + OVF_GEO_CHUNK && i < chain->edge_count; i++) {
        if (away->is_told) {
            struct ovf_geo_patch patch = ovf_geo_chain_edge_patch(chain, i);
            if (is_turned_away(away, &patch))
                continue;
        }
        double low = 0;
        double high = 0;
        edge_bounds_m(chain, i, p, vec, *high_m, &low, &high);
        if (low >= *high_m)
            continue;
        *low_m = fmin(*low_m, low);
        *high_m = fmin(*high_m, high);
    }
}

void ovf_geo_chain_bounds_m(const struct ovf_geo_chain *chain, ovf_point p, double cap_m,
                            double *low_m, double *high_m)
{
    double cos_lat = cos(p.lat_deg * RAD);
    uint32_t nearest = 0;
    double nearest_m = cap_m; // a chunk that is farther is turned away at the first gap
    *low_m = *high_m = cap_m;
    const struct turning_away away = turning_away_of(p, cos_lat, cap_m);
    if (is_turned_away(&away, &chain->patch))
        return;
    for (uint32_t k = 0; k < chain->chunk_count; k++) {
        if (is_turned_away(&away, &chain->chunks[k]))
            continue;
        double least_m = ovf_geo_patch_distance_m(chain->chunks[k], p, cos_lat, nearest_m);
        if (least_m < nearest_m) {
            nearest_m = least_m;
            nearest = k;
        }
    }
    if (nearest_m >= cap_m)
        return;
    ovf_geo_vec vec = ovf_geo_vec_of(p);
    narrow_bounds(chain, nearest, p, vec, &away, low_m, high_m);
    for (uint32_t k = 0; k < chain->chunk_count; k++) {
        if (k != nearest
            && ovf_geo_patch_distance_m(chain->chunks[k], p, cos_lat, *high_m) < *high_m)
            narrow_bounds(chain, k, p, vec, &away, low_m, high_m);
    }
}

double ovf_geo_chain_distance_m(const struct ovf_geo_chain *chain, ovf_point p, double cap_m)
{
    double low_m = 0;
    double high_m = 0;
    ovf_geo_chain_bounds_m(chain, p, cap_m, &low_m, &high_m);
    if (low_m >= cap_m)
        return cap_m;
    // Only edges that may be nearer than the upper bound are worth the ellipsoid.
    double cos_lat = cos(p.lat_deg * RAD);
    ovf_geo_vec vec = ovf_geo_vec_of(p);
    double best_m = fmin(cap_m, high_m + 0.001);
    for (uint32_t k = 0; k < chain->chunk_count; k++) {
        if (ovf_geo_patch_distance_m(chain->chunks[k], p, cos_lat, best_m) >= best_m)
            continue;
        uint32_t first = k * OVF_GEO_CHUNK;
        for (uint32_t i = first; i < first + OVF_GEO_CHUNK && i < chain->edge_count; i++)
            best_m = fmin(best_m, edge_distance_m(chain, i, p, vec, best_m));
    }
    return best_m;
}

void ovf_geo_chain_cuts(const struct ovf_geo_chain *chain, const struct ovf_geo_pieces *pieces,
                        struct ovf_geo_cuts *cuts)
{
    for (size_t n = 0; n < pieces->count; n++) {
        const struct ovf_geo_piece *piece = &pieces->items[n];
        if (chain->chunk_count > 4 && !ovf_geo_patch_overlaps(chain->patch, piece->patch))
            continue;
        for (uint32_t i = 0; i < chain->edge_count; i++) {
            if (i % OVF_GEO_CHUNK == 0
                && !ovf_geo_patch_overlaps(chain->chunks[i / OVF_GEO_CHUNK], piece->patch)) {
                i += OVF_GEO_CHUNK - 1;
                continue;
            }
            if (!ovf_geo_patch_overlaps(ovf_geo_chain_edge_patch(chain, i), piece->patch))
                continue;
            ovf_point a = ovf_fixed_point(ovf_geo_chain_at(chain, i));
            ovf_point b = ovf_fixed_point(ovf_geo_chain_at(chain, i + 1));
            if (ovf_geo_chain_is_parallel(chain, i))
                ovf_geo_cuts_parallel(cuts, a.lat_deg, piece->from_m, piece->until_m);
            else
                ovf_geo_cuts_geodesic(cuts, piece, a, b);
        }
    }
}

/* The line at width_m from one edge: circles about its ends and a line along each side. */
static void edge_offset_cuts(const struct ovf_geo_chain *chain, uint32_t i, double width_m,
                             double from_m, double until_m, struct ovf_geo_cuts *cuts)
{
    ovf_point a = ovf_fixed_point(ovf_geo_chain_at(chain, i));
    ovf_point b = ovf_fixed_point(ovf_geo_chain_at(chain, i + 1));
    ovf_geo_cuts_circle(cuts, a, width_m, from_m, until_m);
    ovf_geo_cuts_circle(cuts, b, width_m, from_m, until_m);
    if (ovf_geo_chain_is_parallel(chain, i)) {
        ovf_point north = ovf_destination(a, 0.0, width_m);
        ovf_point south = ovf_destination(a, 180.0, width_m);
        ovf_geo_cuts_parallel(cuts, north.lat_deg, from_m, until_m);
        ovf_geo_cuts_parallel(cuts, south.lat_deg, from_m, until_m);
        return;
    }
    ovf_leg line;
    ovf_leg_init(&line, a, b);
    if (line.length_m > 0)
        ovf_geo_cuts_strip(cuts, &line, width_m, from_m, until_m);
}

void ovf_geo_chain_offset_cuts(const struct ovf_geo_chain *chain, double width_m, double from_m,
                               double until_m, ovf_point middle, struct ovf_geo_cuts *cuts)
{
    double reach_m = width_m + (until_m - from_m) / 2 + OVF_GEO_NEAR_M;
    double cos_lat = cos(middle.lat_deg * RAD);
    ovf_geo_vec vec = ovf_geo_vec_of(middle);
    for (uint32_t i = 0; i < chain->edge_count; i++) {
        if (i % OVF_GEO_CHUNK == 0
            && ovf_geo_patch_distance_m(chain->chunks[i / OVF_GEO_CHUNK], middle, cos_lat, reach_m)
                   > reach_m) {
            i += OVF_GEO_CHUNK - 1;
            continue;
        }
        if (edge_distance_m(chain, i, middle, vec, reach_m + 1.0) <= reach_m)
            edge_offset_cuts(chain, i, width_m, from_m, until_m, cuts);
    }
}
