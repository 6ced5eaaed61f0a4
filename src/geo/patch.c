/* SPDX-License-Identifier: Apache-2.0 */
/* Boxes in whole 1e-7 degrees. Longitudes are a start and a width eastwards, so that the 180th
 * meridian is a place like any other. Every bound here errs to the larger box. */
#include "geo_internal.h"

#include <math.h>

#define EQUATOR_LAT_DEG_M 110574.0 /* a degree of latitude is nowhere shorter */
#define CURVATURE_MIN_M 6335000.0  /* of the meridian at the equator: nowhere smaller */
/* Arcs of the sphere against geodesics: the flattening is 0.34 %, this leaves thrice that. */
#define SPHERE_SAFETY 0.99

const struct ovf_geo_patch ovf_geo_patch_empty = {.south_e7 = 1, .north_e7 = 0};
const struct ovf_geo_patch ovf_geo_patch_globe = {.south_e7 = -OVF_GEO_POLE_E7,
                                                  .north_e7 = OVF_GEO_POLE_E7,
                                                  .west_e7 = -1800000000,
                                                  .width_e7 = (uint32_t)OVF_GEO_CIRCLE_E7};

int32_t ovf_geo_wrap_e7(int64_t lon_e7)
{
    int64_t wrapped = (lon_e7 + OVF_GEO_HALF_E7) % OVF_GEO_CIRCLE_E7;
    if (wrapped < 0)
        wrapped += OVF_GEO_CIRCLE_E7;
    return (int32_t)(wrapped - OVF_GEO_HALF_E7);
}

int64_t ovf_geo_eastward_e7(int32_t from_e7, int32_t to_e7)
{
    int64_t step = (int64_t)to_e7 - from_e7;
    if (step < 0)
        step += OVF_GEO_CIRCLE_E7;
    return step >= OVF_GEO_CIRCLE_E7 ? step - OVF_GEO_CIRCLE_E7 : step;
}

int64_t ovf_geo_step_e7(int32_t from_e7, int32_t to_e7)
{
    int64_t step = ovf_geo_eastward_e7(from_e7, to_e7);
    return step > OVF_GEO_HALF_E7 ? step - OVF_GEO_CIRCLE_E7 : step;
}

static bool is_empty(struct ovf_geo_patch patch)
{
    return patch.south_e7 > patch.north_e7;
}

bool ovf_geo_patch_overlaps(struct ovf_geo_patch a, struct ovf_geo_patch b)
{
    if (a.south_e7 > b.north_e7 || b.south_e7 > a.north_e7 || is_empty(a) || is_empty(b))
        return false;
    return ovf_geo_eastward_e7(a.west_e7, b.west_e7) <= a.width_e7
           || ovf_geo_eastward_e7(b.west_e7, a.west_e7) <= b.width_e7;
}

struct ovf_geo_patch ovf_geo_patch_of_point(ovf_point p)
{
    double south_e7 = floor(p.lat_deg * 1e7);
    int32_t west_e7 = ovf_geo_wrap_e7((int64_t)floor(p.lon_deg * 1e7));
    return (struct ovf_geo_patch){.south_e7 = (int32_t)south_e7,
                                  .north_e7 = (int32_t)ceil(p.lat_deg * 1e7),
                                  .west_e7 = west_e7,
                                  .width_e7 = 1};
}

bool ovf_geo_patch_holds(struct ovf_geo_patch patch, ovf_point p)
{
    return ovf_geo_patch_overlaps(patch, ovf_geo_patch_of_point(p));
}

static struct ovf_geo_patch with_lons(int32_t west_e7, int64_t width_e7,
                                      struct ovf_geo_patch latitudes)
{
    if (width_e7 >= OVF_GEO_CIRCLE_E7) {
        west_e7 = -1800000000;
        width_e7 = OVF_GEO_CIRCLE_E7;
    }
    latitudes.west_e7 = west_e7;
    latitudes.width_e7 = (uint32_t)width_e7;
    return latitudes;
}

struct ovf_geo_patch ovf_geo_patch_union(struct ovf_geo_patch a, struct ovf_geo_patch b)
{
    if (is_empty(a))
        return b;
    if (is_empty(b))
        return a;
    struct ovf_geo_patch out = {
        .south_e7 = a.south_e7 < b.south_e7 ? a.south_e7 : b.south_e7,
        .north_e7 = a.north_e7 > b.north_e7 ? a.north_e7 : b.north_e7,
    };
    // Two ways to cover both: from the west end of either; the narrower one is taken.
    int64_t a_to_b = ovf_geo_eastward_e7(a.west_e7, b.west_e7);
    int64_t b_to_a = ovf_geo_eastward_e7(b.west_e7, a.west_e7);
    int64_t from_a = a_to_b + b.width_e7 > a.width_e7 ? a_to_b + b.width_e7 : a.width_e7;
    int64_t from_b = b_to_a + a.width_e7 > b.width_e7 ? b_to_a + a.width_e7 : b.width_e7;
    return from_a <= from_b ? with_lons(a.west_e7, from_a, out) : with_lons(b.west_e7, from_b, out);
}

struct ovf_geo_patch ovf_geo_patch_meet(struct ovf_geo_patch a, struct ovf_geo_patch b)
{
    if (!ovf_geo_patch_overlaps(a, b))
        return ovf_geo_patch_empty;
    // Two wide boxes can share two stretches of longitude; the narrower box covers both.
    struct ovf_geo_patch out = a.width_e7 <= b.width_e7 ? a : b;
    out.south_e7 = a.south_e7 > b.south_e7 ? a.south_e7 : b.south_e7;
    out.north_e7 = a.north_e7 < b.north_e7 ? a.north_e7 : b.north_e7;
    return out;
}

struct ovf_geo_patch ovf_geo_patch_grown(struct ovf_geo_patch patch, double by_m)
{
    if (is_empty(patch))
        return patch;
    double by_rad = by_m / CURVATURE_MIN_M;
    int64_t by_e7 = (int64_t)ceil(by_rad / RAD * 1e7) + 1;
    int64_t south_e7 = patch.south_e7 - by_e7;
    int64_t north_e7 = patch.north_e7 + by_e7;
    int64_t farthest_e7 = -south_e7 > north_e7 ? -south_e7 : north_e7;
    struct ovf_geo_patch out = {
        .south_e7 = south_e7 < -OVF_GEO_POLE_E7 ? -OVF_GEO_POLE_E7 : (int32_t)south_e7,
        .north_e7 = north_e7 > OVF_GEO_POLE_E7 ? OVF_GEO_POLE_E7 : (int32_t)north_e7,
    };
    // Near a pole a metre is many degrees of longitude: there the box goes all round.
    if (farthest_e7 > OVF_GEO_POLE_E7 - 100000)
        return with_lons(0, OVF_GEO_CIRCLE_E7, out);
    double lat_rad = (double)(farthest_e7 - by_e7) * 1e-7 * RAD;
    double lon_rad = asin(fmin(1.0, sin(by_rad) / cos(lat_rad))) * 1.01;
    int64_t lon_e7 = (int64_t)ceil(lon_rad / RAD * 1e7) + 1;
    return with_lons(ovf_geo_wrap_e7(patch.west_e7 - lon_e7), patch.width_e7 + 2 * lon_e7, out);
}

double ovf_geo_patch_distance_m(struct ovf_geo_patch patch, ovf_point p, double cos_lat,
                                double enough_m)
{
    if (is_empty(patch))
        return HUGE_VAL;
    double lat_e7 = p.lat_deg * 1e7;
    double north_of = lat_e7 - patch.north_e7;
    double south_of = patch.south_e7 - lat_e7;
    double outside = north_of > south_of ? north_of : south_of;
    double lat_gap = outside > 0.0 ? outside * 1e-7 * EQUATOR_LAT_DEG_M : 0.0;
    if (lat_gap >= enough_m)
        return lat_gap;

    int32_t lon_e7 = ovf_geo_wrap_e7((int64_t)floor(p.lon_deg * 1e7));
    int64_t from_west = ovf_geo_eastward_e7(patch.west_e7, lon_e7);
    if (from_west <= patch.width_e7)
        return lat_gap;
    int64_t beyond_east = from_west - patch.width_e7;
    int64_t before_west = OVF_GEO_CIRCLE_E7 - from_west - 1;
    double lon_gap_deg = (double)(beyond_east < before_west ? beyond_east : before_west) * 1e-7;
    // The sine of an angle is at least its part of a right angle, an arc at least its sine.
    double least_m = cos_lat * lon_gap_deg * (1.0 / 90.0) * CURVATURE_MIN_M * SPHERE_SAFETY;
    if (least_m >= enough_m && lon_gap_deg <= 90.0)
        return least_m;
    // The meridian at that distance is met at a right angle, or past the pole beyond 90 degrees.
    double sine = lon_gap_deg >= 90.0 ? cos_lat : cos_lat * sin(lon_gap_deg * RAD);
    double lon_gap = asin(fmin(1.0, sine)) * CURVATURE_MIN_M * SPHERE_SAFETY;
    return fmax(lat_gap, lon_gap);
}

ovf_box ovf_geo_patch_box(struct ovf_geo_patch patch)
{
    if (is_empty(patch))
        return (ovf_box){.is_empty = true};
    ovf_box box = {
        .south_deg = patch.south_e7 / 1e7,
        .north_deg = patch.north_e7 / 1e7,
        .west_deg = -180.0,
        .east_deg = 180.0,
    };
    if (patch.width_e7 < OVF_GEO_CIRCLE_E7) {
        box.west_deg = patch.west_e7 / 1e7;
        box.east_deg = ovf_geo_wrap_e7((int64_t)patch.west_e7 + patch.width_e7) / 1e7;
    }
    return box;
}

bool ovf_box_holds(ovf_box box, ovf_point p)
{
    if (box.is_empty || p.lat_deg < box.south_deg || p.lat_deg > box.north_deg)
        return false;
    if (fabs(p.lon_deg) == 180.0 && (box.west_deg == -180.0 || box.east_deg == 180.0))
        return true;
    if (box.west_deg <= box.east_deg)
        return p.lon_deg >= box.west_deg && p.lon_deg <= box.east_deg;
    return p.lon_deg >= box.west_deg || p.lon_deg <= box.east_deg;
}

static bool lons_overlap(double west, double east, ovf_box box)
{
    return box.west_deg <= box.east_deg ? west <= box.east_deg && east >= box.west_deg
                                        : west <= box.east_deg || east >= box.west_deg;
}

bool ovf_box_overlaps(ovf_box a, ovf_box b)
{
    if (a.is_empty || b.is_empty || a.south_deg > b.north_deg || b.south_deg > a.north_deg)
        return false;
    if (a.west_deg <= a.east_deg)
        return lons_overlap(a.west_deg, a.east_deg, b);
    return lons_overlap(a.west_deg, 180.0, b) || lons_overlap(-180.0, a.east_deg, b);
}
