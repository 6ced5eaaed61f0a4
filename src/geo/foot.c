/* SPDX-License-Identifier: Apache-2.0 */
/* The foot of a perpendicular on a geodesic, by stepping along it: at each point X of the line the
 * distance and bearing to p are exact, and the right-angled spherical triangle tells how far the
 * foot still is (S. Baselga, J. C. Martinez-Llario, Intersection and point-to-line solutions for
 * geodesics on the ellipsoid, Studia Geophysica 62, 2018). Each step gains two to three digits. */
#include "geo_internal.h"

#include <math.h>

#define STEPS_MAX 24
/* A step shorter than this ends the search. The distance at the foot is stationary, so its own
 * error is this squared over the distance. */
#define STEP_MIN_M 1e-6

struct ovf_geo_foot ovf_geo_foot_of(const ovf_leg *leg, ovf_point p, double guess_m)
{
    struct ovf_geo_foot foot = {.along_m = guess_m};
    for (int i = 0; i < STEPS_MAX; i++) {
        ovf_point x = {0};
        double heading_deg = 0;
        double distance_m = 0;
        double to_p_deg = 0;
        double from_p_deg = 0;
        ovf_leg_at_bearing(leg, foot.along_m, &x, &heading_deg);
        ovf_inverse(x, p, &distance_m, &to_p_deg, &from_p_deg);
        double angle = (to_p_deg - heading_deg) * RAD;
        double arc = distance_m / OVF_GEO_SPHERE_M;
        double step_m = atan2(sin(arc) * cos(angle), cos(arc)) * OVF_GEO_SPHERE_M;
        foot.offset_m = sin(angle) > 0 ? -distance_m : distance_m;
        foot.bearing_deg = from_p_deg + 180.0;
        if (fabs(step_m) < STEP_MIN_M)
            break;
        foot.along_m += step_m;
    }
    return foot;
}

double ovf_geo_leg_distance_m(const ovf_leg *leg, ovf_point p)
{
    struct ovf_geo_foot foot = ovf_geo_foot_of(leg, p, leg->length_m / 2);
    if (foot.along_m >= 0 && foot.along_m <= leg->length_m)
        return fabs(foot.offset_m);
    return fmin(ovf_distance_m(p, leg->a), ovf_distance_m(p, leg->b));
}
