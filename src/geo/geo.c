/* SPDX-License-Identifier: Apache-2.0 */
/* Points, stored positions, geodesics. The mathematics is PROJ's (C. F. F. Karney, Algorithms for
 * geodesics, J. Geodesy 87, 2013): round-off of some nanometres anywhere on the ellipsoid. */
#include <overfly/geo.h>

#include "geo_internal.h"

#include <assert.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#define WGS84_A_M 6378137.0
#define WGS84_F (1.0 / 298.257223563)

static_assert(sizeof(struct geod_geodesicline) <= sizeof(((ovf_leg *)0)->line),
              "ovf_leg.line holds PROJ's prepared line");

/* A constant that C cannot write as one: PROJ derives some sixty series coefficients from the
 * two numbers of the ellipsoid, which takes a quarter of the time of a distance. */
static struct geod_geodesic wgs84;
static pthread_once_t wgs84_once = PTHREAD_ONCE_INIT;

static void prepare_wgs84(void)
{
    geod_init(&wgs84, WGS84_A_M, WGS84_F);
}

const struct geod_geodesic *ovf_geo_wgs84(void)
{
    pthread_once(&wgs84_once, prepare_wgs84);
    return &wgs84;
}

double ovf_nm_to_m(double length_nm)
{
    return length_nm * OVF_NM_M;
}

double ovf_m_to_nm(double length_m)
{
    return length_m / OVF_NM_M;
}

bool ovf_point_is_valid(ovf_point p)
{
    return fabs(p.lat_deg) <= 90.0 && fabs(p.lon_deg) <= 180.0; // false for NaN
}

double ovf_lon_wrap(double lon_deg)
{
    if (lon_deg >= -180.0 && lon_deg < 180.0)
        return lon_deg;
    double wrapped = remainder(lon_deg, 360.0);
    return wrapped >= 180.0 ? -180.0 : wrapped;
}

/* As lround, of what an angle in 1e-7 degrees may be, without the call. */
static int32_t rounded(double x)
{
    if (!(fabs(x) < INT32_MAX))
        return (int32_t)lround(x);
    int32_t whole = (int32_t)x;
    double rest = x - whole; // exact
    return whole + (rest >= 0.5) - (rest <= -0.5);
}

ovf_fixed ovf_point_fix(ovf_point p)
{
    return (ovf_fixed){.lat_e7 = rounded(p.lat_deg * 1e7), .lon_e7 = rounded(p.lon_deg * 1e7)};
}

ovf_point ovf_fixed_point(ovf_fixed f)
{
    return (ovf_point){.lat_deg = (double)f.lat_e7 / 1e7, .lon_deg = (double)f.lon_e7 / 1e7};
}

double ovf_distance_m(ovf_point a, ovf_point b)
{
    double length_m = 0;
    geod_inverse(ovf_geo_wgs84(), a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, &length_m, NULL,
                 NULL);
    return length_m;
}

void ovf_inverse(ovf_point a, ovf_point b, double *length_m, double *bearing_a_deg,
                 double *bearing_b_deg)
{
    geod_inverse(ovf_geo_wgs84(), a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, length_m,
                 bearing_a_deg, bearing_b_deg);
}

ovf_point ovf_destination(ovf_point from, double bearing_deg, double length_m)
{
    ovf_point p = {0};
    geod_direct(ovf_geo_wgs84(), from.lat_deg, from.lon_deg, bearing_deg, length_m, &p.lat_deg,
                &p.lon_deg, NULL);
    return p;
}

void ovf_leg_init(ovf_leg *leg, ovf_point a, ovf_point b)
{
    struct geod_geodesicline line;
    memset(&line, 0, sizeof(line)); // the coefficients that are not asked for stay unwritten
    *leg = (ovf_leg){.a = a, .b = b};
    geod_inverseline(&line, ovf_geo_wgs84(), a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg,
                     GEOD_DISTANCE_IN | GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_AZIMUTH);
    leg->length_m = line.s13;
    leg->bearing_a_deg = line.azi1;
    memcpy(leg->line, &line, sizeof(line));
}

void ovf_leg_at_bearing(const ovf_leg *leg, double along_m, ovf_point *p, double *bearing_deg)
{
    struct geod_geodesicline line;
    memcpy(&line, leg->line, sizeof(line));
    geod_position(&line, along_m, &p->lat_deg, &p->lon_deg, bearing_deg);
}

ovf_point ovf_leg_at(const ovf_leg *leg, double along_m)
{
    ovf_point p = {0};
    ovf_leg_at_bearing(leg, along_m, &p, NULL);
    return p;
}
