/* SPDX-License-Identifier: Apache-2.0 */
/* Places as vectors from the centre of the Earth, and boxes of short geodesics. */
#include "volumes_internal.h"

#define WGS84_A_M 6378137.0
#define WGS84_F (1.0 / 298.257223563)
#define E2 (WGS84_F * (2 - WGS84_F))
#define MARGIN_E7 200        /* two metres of latitude */
#define ALL_LAT_E7 895000000 /* nearer to a pole a box has all longitudes */
#define WIDE_E7 900000000    /* so much longitude goes by only near a pole: likewise */

struct vol_vec vol_vec_of(ovf_point p)
{
    double lat = p.lat_deg * RAD;
    double lon = p.lon_deg * RAD;
    double s = sin(lat);
    double c = cos(lat);
    double n = WGS84_A_M / sqrt(1 - E2 * s * s);
    return (struct vol_vec){n * c * cos(lon), n * c * sin(lon), n * (1 - E2) * s};
}

struct vol_vec vol_vec_of_fixed(ovf_fixed f)
{
    return vol_vec_of(ovf_fixed_point(f));
}

static int32_t clamped(int64_t v, int64_t limit)
{
    return (int32_t)(v < -limit ? -limit : v > limit ? limit : v);
}

/* Between two places of one latitude a great circle rises to atan(tan(lat) / cos(step / 2)), at
 * most by step squared over 16 and a fifth more, for steps up to 90 degrees; between others by
 * less. The ellipsoid changes that by a hundredth. */
void vol_box_of_leg(int32_t a_lat, int32_t a_lon, int32_t b_lat, int32_t b_lon, struct vol_box *box)
{
    int64_t step = (int64_t)b_lon - a_lon;
    step += step > OVF_GEO_HALF_E7    ? -OVF_GEO_CIRCLE_E7
            : step < -OVF_GEO_HALF_E7 ? OVF_GEO_CIRCLE_E7
                                      : 0;
    double step_d = (double)step;
    int64_t rise = (int64_t)(step_d * step_d * (1.2 / 16 * RAD * 1e-7)) + MARGIN_E7;
    int64_t south = (a_lat < b_lat ? a_lat : b_lat) - rise;
    int64_t north = (a_lat < b_lat ? b_lat : a_lat) + rise;
    bool is_wide = step > WIDE_E7 || step < -WIDE_E7;
    if (is_wide && a_lat + (int64_t)b_lat >= 0)
        north = OVF_GEO_POLE_E7;
    else if (is_wide)
        south = -OVF_GEO_POLE_E7;
    box->south = clamped(south, OVF_GEO_POLE_E7);
    box->north = clamped(north, OVF_GEO_POLE_E7);
    if (is_wide || south < -ALL_LAT_E7 || north > ALL_LAT_E7) {
        box->west = -(int32_t)OVF_GEO_HALF_E7;
        box->east = (int32_t)OVF_GEO_HALF_E7;
        return;
    }
    int64_t west = (step < 0 ? a_lon + step : a_lon) - MARGIN_E7;
    int64_t east = (step < 0 ? a_lon : a_lon + step) + MARGIN_E7;
    box->west = (int32_t)(west < -OVF_GEO_HALF_E7  ? west + OVF_GEO_CIRCLE_E7
                          : west > OVF_GEO_HALF_E7 ? west - OVF_GEO_CIRCLE_E7
                                                   : west);
    box->east = (int32_t)(east > OVF_GEO_HALF_E7    ? east - OVF_GEO_CIRCLE_E7
                          : east < -OVF_GEO_HALF_E7 ? east + OVF_GEO_CIRCLE_E7
                                                    : east);
}
