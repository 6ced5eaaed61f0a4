/* SPDX-License-Identifier: Apache-2.0 */
/* Rings and lines of edges, in chunks of 16 edges with a box each.
 *
 * Longitudes are counted in steps from vertex to vertex. Two things have no step of their own:
 *   - an edge over a pole (its ends are exactly 180 degrees apart): it goes up one meridian, jumps
 *     by 180 degrees at the pole and comes down the other;
 *   - a vertex at a pole: the edge before it arrives along its other end's meridian, the edge
 *     behind it leaves along the meridian of its own; between them lies a jump at the pole.
 * With the jumps every ring is a closed curve in longitude and latitude; the sum of its steps is
 * 0, or 360 degrees when it parts the poles. A ray from a point north to the pole crosses a jump
 * at the north pole like any edge. Which way round a jump of 180 degrees is taken decides nothing:
 * the sum and the count of crossings change together. */
#include "geo_internal.h"

#include <math.h>

#define E7_RAD (1e-7 * RAD)
/* Longitude on the auxiliary sphere exceeds that on the ellipsoid by at most 0.34 %. */
#define AUXILIARY 1.004

ovf_fixed ovf_geo_chain_at(const struct ovf_geo_chain *chain, uint32_t i)
{
    return chain->vertices[i < chain->count ? i : i - chain->count];
}

bool ovf_geo_chain_is_parallel(const struct ovf_geo_chain *chain, uint32_t i)
{
    return chain->edges != NULL && chain->edges[i] == OVF_EDGE_PARALLEL;
}

static bool is_pole(ovf_fixed v)
{
    return v.lat_e7 == OVF_GEO_POLE_E7 || v.lat_e7 == -OVF_GEO_POLE_E7;
}

int ovf_geo_chain_over_pole(const struct ovf_geo_chain *chain, uint32_t i)
{
    ovf_fixed a = ovf_geo_chain_at(chain, i);
    ovf_fixed b = ovf_geo_chain_at(chain, i + 1);
    if (ovf_geo_chain_is_parallel(chain, i) || is_pole(a) || is_pole(b)
        || ovf_geo_step_e7(a.lon_e7, b.lon_e7) != OVF_GEO_HALF_E7)
        return 0;
    int64_t sum_e7 = (int64_t)a.lat_e7 + b.lat_e7;
    // Of opposite points PROJ takes the way over the pole of the first one's hemisphere.
    if (sum_e7 == 0)
        return a.lat_e7 >= 0 ? 1 : -1;
    return sum_e7 > 0 ? 1 : -1;
}

int64_t ovf_geo_chain_step_e7(const struct ovf_geo_chain *chain, uint32_t i)
{
    ovf_fixed a = ovf_geo_chain_at(chain, i);
    ovf_fixed b = ovf_geo_chain_at(chain, i + 1);
    if (is_pole(a) || is_pole(b))
        return 0;
    int64_t step_e7 = ovf_geo_step_e7(a.lon_e7, b.lon_e7);
    return step_e7 == OVF_GEO_HALF_E7 && !ovf_geo_chain_is_parallel(chain, i) ? 0 : step_e7;
}

int64_t ovf_geo_chain_jump_e7(const struct ovf_geo_chain *chain, uint32_t i, int32_t *from_e7)
{
    ovf_fixed v = ovf_geo_chain_at(chain, i);
    if (ovf_geo_chain_over_pole(chain, i) != 0) {
        *from_e7 = v.lon_e7;
        return OVF_GEO_HALF_E7;
    }
    ovf_fixed next = ovf_geo_chain_at(chain, i + 1);
    if (!is_pole(v) || v.lat_e7 == next.lat_e7)
        return 0;
    uint32_t before = i;
    do {
        before = before == 0 ? chain->count - 1 : before - 1;
    } while (chain->vertices[before].lat_e7 == v.lat_e7 && before != i);
    ovf_fixed last = chain->vertices[before];
    // A meridian from pole to pole: PROJ takes that of the second end.
    *from_e7 = is_pole(last) ? v.lon_e7 : last.lon_e7;
    return ovf_geo_step_e7(*from_e7, next.lon_e7);
}

/* Of a geodesic between two points at most at lat_deg: how far its top lies above. */
static double bulge_deg(double lat_deg, int64_t step_e7)
{
    double step = fabs((double)step_e7) * E7_RAD * AUXILIARY;
    // For short steps step^2 / 8 * sin(lat) * cos(lat), and the product is at most a half.
    if (step < 2 * RAD)
        return step * step / 16 * 1.03 / RAD + 1e-7;
    if (step >= OVF_GEO_PI)
        return 90.0 - lat_deg;
    double top = atan(tan(lat_deg * RAD) / cos(step / 2)) / RAD;
    return fmin(90.0 - lat_deg, (top - lat_deg) * 1.01 + 1e-5);
}

/* An edge like nearly all: between no poles, along no parallel, its step below two degrees. Its
 * latitudes are those of edge_latitudes. */
static bool take_short_edge(const struct ovf_geo_chain *chain, uint32_t i, int64_t *step_e7,
                            int32_t *south_e7, int32_t *north_e7)
{
    ovf_fixed a = chain->vertices[i];
    ovf_fixed b = ovf_geo_chain_at(chain, i + 1);
    int32_t low_e7 = a.lat_e7 < b.lat_e7 ? a.lat_e7 : b.lat_e7;
    int32_t high_e7 = a.lat_e7 < b.lat_e7 ? b.lat_e7 : a.lat_e7;
    int64_t lon_e7 = (int64_t)b.lon_e7 - a.lon_e7;
    bool is_short = lon_e7 > -19000000 && lon_e7 < 19000000 && low_e7 > -890000000
                    && high_e7 < 890000000 && !ovf_geo_chain_is_parallel(chain, i);
    if (!is_short)
        return false;
    *step_e7 = lon_e7;
    *south_e7 = low_e7;
    *north_e7 = high_e7;
    if (lon_e7 == 0)
        return true;
    double step = fabs((double)lon_e7) * E7_RAD * AUXILIARY;
    double bulge_e7 = (step * step / 16 * 1.03 / RAD + 1e-7) * 1e7; // bulge_deg of a short step
    int32_t up_e7 = (int32_t)bulge_e7;
    up_e7 += up_e7 < bulge_e7;
    if (high_e7 > 0)
        *north_e7 = high_e7 + up_e7;
    if (low_e7 < 0)
        *south_e7 = low_e7 - up_e7;
    return true;
}

/* Latitudes of an edge. */
static void edge_latitudes(const struct ovf_geo_chain *chain, uint32_t i, int64_t step_e7,
                           int32_t *south_e7, int32_t *north_e7)
{
    ovf_fixed a = ovf_geo_chain_at(chain, i);
    ovf_fixed b = ovf_geo_chain_at(chain, i + 1);
    *south_e7 = a.lat_e7 < b.lat_e7 ? a.lat_e7 : b.lat_e7;
    *north_e7 = a.lat_e7 < b.lat_e7 ? b.lat_e7 : a.lat_e7;
    int over = ovf_geo_chain_over_pole(chain, i);
    if (over > 0)
        *north_e7 = OVF_GEO_POLE_E7;
    if (over < 0)
        *south_e7 = -OVF_GEO_POLE_E7;
    if (ovf_geo_chain_is_parallel(chain, i) || step_e7 == 0)
        return;
    // From about 179.4 degrees on even two points of the equator are joined over high latitudes.
    bool is_nearly_half = fabs((double)step_e7) * AUXILIARY >= (double)OVF_GEO_HALF_E7;
    if (*north_e7 > 0 || is_nearly_half) {
        double top_e7 = *north_e7 + ceil(bulge_deg(*north_e7 * 1e-7, step_e7) * 1e7);
        *north_e7 = (int32_t)fmin(top_e7, OVF_GEO_POLE_E7);
    }
    if (*south_e7 < 0 || is_nearly_half) {
        double low_e7 = *south_e7 - ceil(bulge_deg(-*south_e7 * 1e-7, step_e7) * 1e7);
        *south_e7 = (int32_t)fmax(low_e7, -OVF_GEO_POLE_E7);
    }
}

/* The patch of edges [first, last). The walk in longitude starts at the first one's vertex. */
static struct ovf_geo_patch patch_of_edges(const struct ovf_geo_chain *chain, uint32_t first,
                                           uint32_t last, int64_t *sum_e7)
{
    struct ovf_geo_patch patch = {.south_e7 = INT32_MAX, .north_e7 = INT32_MIN};
    int64_t walked_e7 = 0;
    int64_t west_e7 = 0;
    int64_t east_e7 = 0;
    bool is_all_round = false;
    for (uint32_t i = first; i < last; i++) {
        int32_t south_e7 = 0;
        int32_t north_e7 = 0;
        int32_t from_e7 = 0;
        int64_t step_e7 = 0;
        if (!take_short_edge(chain, i, &step_e7, &south_e7, &north_e7)) {
            step_e7 = ovf_geo_chain_step_e7(chain, i);
            edge_latitudes(chain, i, step_e7, &south_e7, &north_e7);
        }
        if (north_e7 == OVF_GEO_POLE_E7 || south_e7 == -OVF_GEO_POLE_E7) {
            is_all_round = true;
            walked_e7 += ovf_geo_chain_jump_e7(chain, i, &from_e7);
        }
        walked_e7 += step_e7;
        patch.south_e7 = south_e7 < patch.south_e7 ? south_e7 : patch.south_e7;
        patch.north_e7 = north_e7 > patch.north_e7 ? north_e7 : patch.north_e7;
        west_e7 = walked_e7 < west_e7 ? walked_e7 : west_e7;
        east_e7 = walked_e7 > east_e7 ? walked_e7 : east_e7;
    }
    *sum_e7 += walked_e7;
    if (is_all_round || east_e7 - west_e7 >= OVF_GEO_CIRCLE_E7) {
        patch.west_e7 = -1800000000;
        patch.width_e7 = (uint32_t)OVF_GEO_CIRCLE_E7;
    } else {
        patch.west_e7 = ovf_geo_wrap_e7(ovf_geo_chain_at(chain, first).lon_e7 + west_e7);
        patch.width_e7 = (uint32_t)(east_e7 - west_e7);
    }
    return patch;
}

struct ovf_geo_patch ovf_geo_chain_edge_patch(const struct ovf_geo_chain *chain, uint32_t i)
{
    int64_t sum_e7 = 0;
    return patch_of_edges(chain, i, i + 1, &sum_e7);
}

/* The mean of sin(latitude) along a ring that parts the poles, by longitude: the surface north of it is
 * as 1 less the mean to 1 plus the mean. 0: its edges are too long for that, end at a pole, or go round more than once. */
static double mean_height(const struct ovf_geo_chain *chain)
{
    double sum = 0;
    int64_t round_e7 = 0;
    for (uint32_t i = 0; i < chain->count; i++) {
        ovf_fixed a = chain->vertices[i];
        ovf_fixed b = ovf_geo_chain_at(chain, i + 1);
        int64_t step_e7 = ovf_geo_chain_step_e7(chain, i);
        if (is_pole(a) || step_e7 > 100000000 || step_e7 < -100000000
            || ovf_geo_chain_over_pole(chain, i) != 0)
            return 0;
        round_e7 += step_e7;
        sum += (double)step_e7 * sin(((double)a.lat_e7 + b.lat_e7) * 0.5 * E7_RAD);
    }
    bool is_once = round_e7 == OVF_GEO_CIRCLE_E7 || round_e7 == -OVF_GEO_CIRCLE_E7;
    return is_once ? sum / (double)OVF_GEO_CIRCLE_E7 : 0;
}

/* Which side of a ring that parts the poles is the smaller one? PROJ's area is signed: positive
 * for the side to the left of the path when that is the smaller, negative for the right. */
static bool smaller_side_holds_north(const struct ovf_geo_chain *chain, bool runs_east)
{
    // Ten degrees of a geodesic rise by less than a hundredth of the radius, and the ellipsoid's
    // surface differs from the sphere's by less than that: only a ring about the equator is in doubt.
    double height = mean_height(chain);
    if (fabs(height) > 0.1)
        return (height > 0) == runs_east;
    struct geod_polygon polygon;
    geod_polygon_init(&polygon, 0);
    for (uint32_t i = 0; i < chain->count; i++) {
        ovf_point a = ovf_fixed_point(chain->vertices[i]);
        geod_polygon_addpoint(ovf_geo_wgs84(), &polygon, a.lat_deg, a.lon_deg);
        if (!ovf_geo_chain_is_parallel(chain, i))
            continue;
        double step_deg = (double)ovf_geo_chain_step_e7(chain, i) / 1e7;
        int parts = (int)ceil(fabs(step_deg));
        for (int k = 1; k < parts; k++)
            geod_polygon_addpoint(ovf_geo_wgs84(), &polygon, a.lat_deg,
                                  ovf_lon_wrap(a.lon_deg + step_deg * k / parts));
    }
    double area_m2 = 0;
    geod_polygon_compute(ovf_geo_wgs84(), &polygon, 0, 1, &area_m2, NULL);
    return (area_m2 > 0) == runs_east;
}

static ovf_status add_chunks(struct ovf_geo_chain *chain, ovf_arena *arena, int64_t *sum_e7)
{
    chain->chunk_count = (chain->edge_count + OVF_GEO_CHUNK - 1) / OVF_GEO_CHUNK;
    chain->chunks = ovf_arena_array(arena, struct ovf_geo_patch, chain->chunk_count);
    if (chain->chunks == NULL)
        return OVF_E_NOMEM;
    int64_t west_e7 = 0;
    int64_t east_e7 = 0;
    bool is_all_round = false;
    chain->patch = ovf_geo_patch_empty;
    for (uint32_t i = 0; i < chain->chunk_count; i++) {
        uint32_t first = i * OVF_GEO_CHUNK;
        uint32_t last = first + OVF_GEO_CHUNK;
        int64_t start_e7 = *sum_e7;
        struct ovf_geo_patch patch = patch_of_edges(
            chain, first, last < chain->edge_count ? last : chain->edge_count, sum_e7);
        chain->chunks[i] = patch;
        // The chunk's west end in steps from the chain's first vertex.
        int64_t west_of_start =
            ovf_geo_eastward_e7(patch.west_e7, ovf_geo_chain_at(chain, first).lon_e7);
        int64_t low_e7 = start_e7 - west_of_start;
        is_all_round |= patch.width_e7 >= OVF_GEO_CIRCLE_E7;
        west_e7 = low_e7 < west_e7 ? low_e7 : west_e7;
        east_e7 = low_e7 + patch.width_e7 > east_e7 ? low_e7 + patch.width_e7 : east_e7;
        chain->patch = ovf_geo_patch_union(chain->patch, patch); // for the latitudes
    }
    is_all_round |= east_e7 - west_e7 >= OVF_GEO_CIRCLE_E7;
    chain->patch.west_e7 =
        is_all_round ? -1800000000 : ovf_geo_wrap_e7(chain->vertices[0].lon_e7 + west_e7);
    chain->patch.width_e7 =
        is_all_round ? (uint32_t)OVF_GEO_CIRCLE_E7 : (uint32_t)(east_e7 - west_e7);
    return OVF_OK;
}

ovf_status ovf_geo_chain_init(struct ovf_geo_chain *chain, const ovf_ring *shape, bool is_open,
                              ovf_arena *arena)
{
    *chain = (struct ovf_geo_chain){
        .vertices = shape->vertices,
        .edges = shape->edges,
        .count = shape->count,
        .edge_count = is_open ? shape->count - 1 : shape->count,
    };
    int64_t sum_e7 = 0;
    ovf_status status = add_chunks(chain, arena, &sum_e7);
    if (status != OVF_OK || is_open)
        return status;
    chain->parts_poles = sum_e7 / OVF_GEO_CIRCLE_E7 % 2 != 0;
    if (!chain->parts_poles)
        return OVF_OK;
    chain->holds_north = smaller_side_holds_north(chain, sum_e7 > 0);
    if (chain->holds_north)
        chain->patch.north_e7 = OVF_GEO_POLE_E7;
    else
        chain->patch.south_e7 = -OVF_GEO_POLE_E7;
    chain->patch.west_e7 = -1800000000;
    chain->patch.width_e7 = (uint32_t)OVF_GEO_CIRCLE_E7;
    return OVF_OK;
}
