/* SPDX-License-Identifier: Apache-2.0 */
/* A leg in pieces, each with its box. The highest and lowest latitude inside a piece come from
 * Clairaut's relation, so the boxes are exact, not guessed. */
#include "geo_internal.h"

#include <math.h>

#define WGS84_F (1.0 / 298.257223563)

/* The latitude at which the geodesic through p with that bearing turns, positive. */
static double turning_lat_deg(ovf_point p, double bearing_deg)
{
    double reduced = atan((1 - WGS84_F) * tan(p.lat_deg * RAD));
    double turning = acos(fmin(1.0, fabs(sin(bearing_deg * RAD)) * cos(reduced)));
    return atan(tan(turning) / (1 - WGS84_F)) / RAD;
}

static struct ovf_geo_patch patch_of(const struct ovf_geo_piece *piece)
{
    double south = fmin(piece->a.lat_deg, piece->b.lat_deg);
    double north = fmax(piece->a.lat_deg, piece->b.lat_deg);
    bool leaves_north = fabs(piece->bearing_a_deg) < 90.0;
    bool arrives_north = fabs(piece->bearing_b_deg) < 90.0;
    if (leaves_north && !arrives_north)
        north = fmax(north, turning_lat_deg(piece->a, piece->bearing_a_deg));
    if (!leaves_north && arrives_north)
        south = fmin(south, -turning_lat_deg(piece->a, piece->bearing_a_deg));

    double step = ovf_lon_wrap(piece->b.lon_deg - piece->a.lon_deg);
    double west = step >= 0 ? piece->a.lon_deg : piece->b.lon_deg;
    struct ovf_geo_patch patch = {
        .south_e7 = (int32_t)fmax(floor(south * 1e7), -(double)OVF_GEO_POLE_E7),
        .north_e7 = (int32_t)fmin(ceil(north * 1e7), (double)OVF_GEO_POLE_E7),
        .west_e7 = ovf_geo_wrap_e7((int64_t)floor(west * 1e7)),
        .width_e7 = (uint32_t)(ceil(fabs(step) * 1e7) + 2),
    };
    return ovf_geo_patch_grown(patch, OVF_GEO_NEAR_M);
}

void ovf_geo_pieces_of(struct ovf_geo_pieces *pieces, const ovf_leg *leg)
{
    size_t count = (size_t)ceil(leg->length_m / OVF_GEO_PIECE_M);
    pieces->leg = leg;
    pieces->count = count < 1 ? 1 : count > OVF_GEO_PIECES_MAX ? OVF_GEO_PIECES_MAX : count;
    ovf_point a = leg->a;
    double bearing_deg = leg->bearing_a_deg;
    ovf_geo_vec va = ovf_geo_vec_of(a);
    double from_m = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        struct ovf_geo_piece *piece = &pieces->items[i];
        *piece = (struct ovf_geo_piece){.from_m = from_m, .a = a, .bearing_a_deg = bearing_deg};
        piece->until_m = leg->length_m * (double)(i + 1) / (double)pieces->count;
        ovf_leg_at_bearing(leg, piece->until_m, &piece->b, &piece->bearing_b_deg);
        ovf_geo_vec vb = ovf_geo_vec_of(piece->b);
        piece->arc = ovf_geo_arc_of(va, vb);
        piece->patch = patch_of(piece);
        from_m = piece->until_m;
        a = piece->b;
        bearing_deg = piece->bearing_b_deg;
        va = vb;
    }
}
