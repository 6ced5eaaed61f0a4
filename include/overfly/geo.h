/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/geo.h - points on the WGS84 ellipsoid and geodesics between them.
 * Room: geo.  Uses: base, PROJ's geodesic (Karney 2013).  Latitude before longitude, degrees.
 * Poles and the 180th meridian are ordinary places. Pure; safe from any thread. */
#ifndef OVERFLY_GEO_H
#define OVERFLY_GEO_H

#include <overfly/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OVF_NM_M 1852.0
#define OVF_FT_M 0.3048
#define OVF_COINCIDENT_M \
    0.02 /* two stored positions nearer than this are one: 1e-7 deg is 1.1 cm */

typedef struct ovf_point {
    double lat_deg; /* [-90, 90] */
    double lon_deg; /* [-180, 180] */
} ovf_point;

/* A stored position: degrees times 1e7, exact to 1.1 cm. */
typedef struct ovf_fixed {
    int32_t lat_e7;
    int32_t lon_e7;
} ovf_fixed;

OVF_API double ovf_nm_to_m(double length_nm);
OVF_API double ovf_m_to_nm(double length_m);
/* Finite and within range. */
OVF_API bool ovf_point_is_valid(ovf_point p);
/* Longitude brought into [-180, 180); latitude untouched. */
OVF_API double ovf_lon_wrap(double lon_deg);
OVF_API ovf_fixed ovf_point_fix(ovf_point p); /* rounds; p must be valid */
OVF_API ovf_point ovf_fixed_point(ovf_fixed f);

OVF_API double ovf_distance_m(ovf_point a, ovf_point b);
/* Distance and the bearings at a (towards b) and at b (onwards), degrees from true north,
 * [-180, 180]; any out may be NULL. */
OVF_API void ovf_inverse(ovf_point a, ovf_point b, double *length_m, double *bearing_a_deg,
                         double *bearing_b_deg);
OVF_API ovf_point ovf_destination(ovf_point from, double bearing_deg, double length_m);
/* The same within a micrometre up to 100 km, at a fifth of the price: for points along a drawn arc.
 * Longer ways, and those from within two degrees of a pole, are ovf_destination's. */
OVF_API ovf_point ovf_destination_near(ovf_point from, double bearing_deg, double length_m);

/* One geodesic, prepared: position at any distance along it, also before a and
 * beyond b. No pointers: copy it as you like. */
typedef struct ovf_leg {
    ovf_point a;
    ovf_point b;
    double length_m;
    double bearing_a_deg;
    double line[64]; /* private: PROJ's prepared line */
} ovf_leg;

OVF_API void ovf_leg_init(ovf_leg *leg, ovf_point a, ovf_point b);
OVF_API ovf_point ovf_leg_at(const ovf_leg *leg, double along_m);
OVF_API void ovf_leg_at_bearing(const ovf_leg *leg, double along_m, ovf_point *p,
                                double *bearing_deg);

#ifdef __cplusplus
}
#endif
#endif
