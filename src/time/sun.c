/* SPDX-License-Identifier: Apache-2.0 */
/* Sunrise and sunset by the formulas of NOAA's solar calculator (after Meeus, Astronomical
 * Algorithms, ch. 25): equation of time and declination at the moment of the event itself. */
#include <overfly/schedule.h>

#include <math.h>

#define PI 3.14159265358979323846
#define ZENITH_DEG 90.833 /* refraction at the horizon and the sun's half width */

static double rad(double deg)
{
    return deg * (PI / 180.0);
}

static double deg(double rad)
{
    return rad * (180.0 / PI);
}

struct sun {
    double sin_declination;
    double equation_min; /* apparent minus mean solar time */
};

static struct sun sun_at(ovf_time t)
{
    // Julian centuries since 2000-01-01 12:00 UT; UT for TT costs a second at most.
    double century = ((double)t / 86400.0 + 2440587.5 - 2451545.0) / 36525.0;
    double mean_lon = fmod(280.46646 + century * (36000.76983 + century * 0.0003032), 360.0);
    double anomaly = rad(357.52911 + century * (35999.05029 - 0.0001537 * century));
    double eccentricity = 0.016708634 - century * (0.000042037 + 0.0000001267 * century);
    double sin_m = sin(anomaly);
    double sin_2m = 2 * sin_m * cos(anomaly);
    double sin_3m = sin_m * (3 - 4 * sin_m * sin_m);
    double centre = sin_m * (1.914602 - century * (0.004817 + 0.000014 * century))
                    + sin_2m * (0.019993 - 0.000101 * century) + sin_3m * 0.000289;
    double node = rad(125.04 - 1934.136 * century);
    double apparent = rad(mean_lon + centre - 0.00569 - 0.00478 * sin(node));
    double seconds = 21.448 - century * (46.8150 + century * (0.00059 - century * 0.001813));
    double obliquity = rad(23.0 + (26.0 + seconds / 60.0) / 60.0 + 0.00256 * cos(node));
    double sin_obliquity = sin(obliquity);
    double half = sin_obliquity / (1 + cos(obliquity)); // the tangent of its half
    double y = half * half;
    double l = rad(mean_lon);
    double sin_l = sin(l);
    double sin_2l = 2 * sin_l * cos(l);
    double cos_2l = 1 - 2 * sin_l * sin_l;
    double equation = y * sin_2l - 2 * eccentricity * sin_m + 4 * eccentricity * y * sin_m * cos_2l
                      - y * y * sin_2l * cos_2l - 1.25 * eccentricity * eccentricity * sin_2m;
    return (struct sun){.sin_declination = sin_obliquity * sin(apparent),
                        .equation_min = deg(equation) * 4.0};
}

/* A latitude as the formula wants it. */
struct parallel {
    double sin_lat, cos_lat;
};

/* Hour angle of the event in degrees; false when the sun stays on one side of the horizon. */
static bool hour_angle(struct parallel at, double sin_declination, double *out, bool *is_up)
{
    static const double cos_zenith = -0.014538080502496963; // of ZENITH_DEG
    double cos_declination = sqrt(1 - sin_declination * sin_declination);
    double cosine = (cos_zenith - at.sin_lat * sin_declination) / (at.cos_lat * cos_declination);
    if (cosine < -1.0 || cosine > 1.0) {
        *is_up = cosine < -1.0;
        return false;
    }
    *out = deg(acos(cosine));
    return true;
}

/* The rise (sign -1) or set (sign +1) that falls into [day_start, day_start + 24 h). */
static bool event(struct parallel at, double lon_deg, ovf_time day_start, int sign, ovf_time *out,
                  bool *is_up)
{
    double t = (double)day_start + 43200.0 - lon_deg * 240.0;
    while (t < (double)day_start)
        t += 86400.0;
    ovf_time before = OVF_TIME_NONE;
    // To the second: the sun of the second before would give the same again.
    for (int i = 0; i < 4 && (ovf_time)t != before; i++) {
        before = (ovf_time)t;
        struct sun sun = sun_at(before);
        double angle = 0;
        if (!hour_angle(at, sun.sin_declination, &angle, is_up))
            return false;
        double minutes = 720.0 - 4.0 * lon_deg - sun.equation_min + sign * 4.0 * angle;
        t = fmod(fmod(minutes * 60.0, 86400.0) + 86400.0, 86400.0) + (double)day_start;
    }
    *out = (ovf_time)floor(t + 0.5);
    return true;
}

bool ovf_sun_times(double lat_deg, double lon_deg, ovf_time day_start, ovf_time *rise,
                   ovf_time *set, bool *is_up)
{
    if (lat_deg > 89.9)
        lat_deg = 89.9; // tan() has no value at the pole
    if (lat_deg < -89.9)
        lat_deg = -89.9;
    ovf_time up = 0;
    ovf_time down = 0;
    *is_up = false;
    struct parallel at = {sin(rad(lat_deg)), cos(rad(lat_deg))};
    if (!event(at, lon_deg, day_start, -1, &up, is_up)
        || !event(at, lon_deg, day_start, 1, &down, is_up))
        return false;
    *rise = up;
    *set = down;
    return true;
}
