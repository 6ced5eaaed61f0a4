/* SPDX-License-Identifier: Apache-2.0 */
/* The size of an outline on the ellipsoid. Between an edge that is straight in longitude and
 * latitude and the equator lies the integral of the authalic function, taken by Gauss's rule. */
#include <overfly/area.h>

#include "geo_internal.h"

#include <math.h>

#define WGS84_A_M 6378137.0
#define WGS84_F (1.0 / 298.257223563)
#define PART_MAX_RAD (5.0 * RAD)

/* Square metres between the equator and a latitude for each radian of longitude (J. P. Snyder,
 * Map projections, a working manual, 1987, equation 3-12, times a^2 / 2). */
static double strip_m2(double lat_rad)
{
    double e = sqrt(WGS84_F * (2 - WGS84_F));
    double s = sin(lat_rad);
    double q = (1 - e * e) * (s / (1 - e * e * s * s) + atanh(e * s) / e);
    return WGS84_A_M * WGS84_A_M / 2 * q;
}

static double edge_m2(ovf_point a, ovf_point b)
{
    static const double places[] = {-0.7745966692414834, 0.0, 0.7745966692414834};
    static const double weights[] = {5.0 / 18, 8.0 / 18, 5.0 / 18};
    double lon_span = (b.lon_deg - a.lon_deg) * RAD;
    double lat_span = (b.lat_deg - a.lat_deg) * RAD;
    int parts = 1 + (int)(fabs(lat_span) / PART_MAX_RAD); // along a parallel nothing changes
    double sum = 0;
    for (int k = 0; k < parts; k++) {
        for (int i = 0; i < 3; i++) {
            double share = (k + 0.5 + places[i] / 2) / parts;
            sum += weights[i] / parts * strip_m2(a.lat_deg * RAD + share * lat_span);
        }
    }
    return sum * lon_span;
}

double ovf_outline_area_m2(const ovf_outline *outline)
{
    double sum = 0;
    for (uint32_t i = 0; i < outline->count; i++) {
        const ovf_outline_ring *ring = &outline->rings[i];
        for (uint32_t k = 0; k + 1 < ring->count; k++)
            sum -= edge_m2(ring->points[k], ring->points[k + 1]);
    }
    return sum;
}
