/* SPDX-License-Identifier: Apache-2.0 */
/* Points, stored positions, geodesics. The mathematics is PROJ's (C. F. F. Karney, Algorithms for
 * geodesics, J. Geodesy 87, 2013), with a round-off of some nanometres anywhere on the ellipsoid; of
 * short ways to a bearing that of Vincenty. */
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

/* T. Vincenty, Direct and inverse solutions of geodesics, Survey Review 23 (1975): for short ways its
 * series are good to a micrometre, and cost a fifth of those that hold for all. */
#define NEAR_M 100000.0
#define NEAR_LAT_DEG 88.0

/* On the equator and on the first meridian: a zero, as PROJ has it. */
static double without_dust(double angle_deg)
{
    const double nanometre_deg = 1e-14;
    return fabs(angle_deg) < nanometre_deg ? 0 : angle_deg;
}

static ovf_point near_destination(ovf_point from, double bearing_deg, double length_m)
{
    const double b_m = WGS84_A_M * (1 - WGS84_F);
    double lat = from.lat_deg * RAD;
    double tan_u = (1 - WGS84_F) * sin(lat) / cos(lat);
    double cos_u = 1 / sqrt(1 + tan_u * tan_u);
    double sin_u = tan_u * cos_u;
    double sin_a = sin(bearing_deg * RAD);
    double cos_a = cos(bearing_deg * RAD);
    double sin_alpha = cos_u * sin_a; // of the geodesic where it crosses the equator
    double cos2_alpha = 1 - sin_alpha * sin_alpha;
    double u2 = cos2_alpha * (WGS84_A_M * WGS84_A_M - b_m * b_m) / (b_m * b_m);
    double a = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
    double b = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
    // From the equator to the start: its double angle, from its tangent tan_u / cos_a.
    double norm = tan_u * tan_u + cos_a * cos_a;
    double cos_2s1 = norm == 0 ? 1 : (cos_a * cos_a - tan_u * tan_u) / norm;
    double sin_2s1 = norm == 0 ? 0 : 2 * tan_u * cos_a / norm;
    double first = length_m / (b_m * a);
    double sin_first = sin(first);
    double cos_first = cos(first);
    double more = 0;
    double sin_s = sin_first;
    double cos_s = cos_first;
    double cos_2m = 0; // of twice the angle to the middle
    for (int i = 0; i < 4; i++) {
        cos_2m = cos_2s1 * cos_s - sin_2s1 * sin_s;
        more = b * sin_s
               * (cos_2m
                  + b / 4
                        * (cos_s * (2 * cos_2m * cos_2m - 1)
                           - b / 6 * cos_2m * (4 * sin_s * sin_s - 3) * (4 * cos_2m * cos_2m - 3)));
        // Below 1e-4: a fourth power of it is nothing.
        double sin_more = more - more * more * more / 6;
        double cos_more = 1 - more * more / 2;
        sin_s = sin_first * cos_more + cos_first * sin_more;
        cos_s = cos_first * cos_more - sin_first * sin_more;
    }
    cos_2m = cos_2s1 * cos_s - sin_2s1 * sin_s;
    double across = sin_u * sin_s - cos_u * cos_s * cos_a;
    double lat_to = atan2(sin_u * cos_s + cos_u * sin_s * cos_a,
                          (1 - WGS84_F) * sqrt(sin_alpha * sin_alpha + across * across));
    double lambda = atan2(sin_s * sin_a, cos_u * cos_s - sin_u * sin_s * cos_a);
    double c = WGS84_F / 16 * cos2_alpha * (4 + WGS84_F * (4 - 3 * cos2_alpha));
    double lon =
        lambda
        - (1 - c) * WGS84_F * sin_alpha
              * (first + more + c * sin_s * (cos_2m + c * cos_s * (2 * cos_2m * cos_2m - 1)));
    double lon_deg = from.lon_deg + lon / RAD;
    lon_deg -= lon_deg > 180 ? 360 : lon_deg < -180 ? -360 : 0;
    return (ovf_point){without_dust(lat_to / RAD), without_dust(lon_deg)};
}

ovf_point ovf_destination_near(ovf_point from, double bearing_deg, double length_m)
{
    bool is_near = length_m >= 0 && length_m <= NEAR_M && fabs(from.lat_deg) <= NEAR_LAT_DEG
                   && fabs(bearing_deg) <= 720;
    return is_near ? near_destination(from, bearing_deg, length_m)
                   : ovf_destination(from, bearing_deg, length_m);
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
