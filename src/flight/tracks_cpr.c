/* SPDX-License-Identifier: Apache-2.0 */
/* Compact position reporting: 17 bits of latitude and longitude in zones that repeat every 3 to 6
 * degrees; an even and an odd frame together, or a place near by, say which zone is meant.
 * Source: RTCA DO-260B App. A 1.7; ICAO Doc 9871 C.2.6. */
#include "tracks_internal.h"

#include <math.h>

#define CPR_UNIT 131072.0 /* 17 bits */

/* Where the number of longitude zones falls from 59 to 58, ..., from 2 to 1:
 * acos(sqrt((1 - cos(pi/30)) / (1 - cos(2 pi/NL)))). */
static const double edges_deg[58] = {
    10.4704713000, 14.8281743687, 18.1862635707, 21.0293949260, 23.5450448656, 25.8292470706,
    27.9389871012, 29.9113568573, 31.7720970768, 33.5399343630, 35.2289959780, 36.8502510759,
    38.4124189241, 39.9225668433, 41.3865183226, 42.8091401224, 44.1945495142, 45.5462672266,
    46.8673325250, 48.1603912810, 49.4277643926, 50.6715016555, 51.8934246917, 53.0951615280,
    54.2781747227, 55.4437844450, 56.5931875621, 57.7274735387, 58.8476377615, 59.9545927669,
    61.0491777425, 62.1321665921, 63.2042747938, 64.2661652257, 65.3184530968, 66.3617100838,
    67.3964677408, 68.4232202208, 69.4424263114, 70.4545107499, 71.4598647303, 72.4588454473,
    73.4517744167, 74.4389341573, 75.4205625665, 76.3968439079, 77.3678946133, 78.3337408292,
    79.2942822546, 80.2492321328, 81.1980134927, 82.1395698051, 83.0719944472, 83.9917356298,
    84.8916619070, 85.7554162094, 86.5353699751, 87.0000000000,
};

int tracks_cpr_zones(double lat_deg)
{
    double lat = fabs(lat_deg);
    size_t low = 0;
    size_t high = OVF_COUNTOF(edges_deg);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (edges_deg[middle] <= lat)
            low = middle + 1;
        else
            high = middle;
    }
    return 59 - (int)low;
}

static double modulo(double a, double b)
{
    return a - b * floor(a / b);
}

static double fraction(uint32_t bits)
{
    return bits / CPR_UNIT;
}

static double wrapped(double lon_deg)
{
    return lon_deg - 360.0 * floor((lon_deg + 180.0) / 360.0);
}

bool tracks_cpr_local(const tracks_cpr *frame, bool is_odd, bool on_ground, ovf_point near,
                      ovf_point *out)
{
    double circle = on_ground ? 90.0 : 360.0;
    double high = circle / (is_odd ? 59.0 : 60.0);
    double part = fraction(frame->lat);
    double lat = high * (floor(near.lat_deg / high - part + 0.5) + part);
    if (!(fabs(lat) <= 90.0))
        return false;
    int zones = tracks_cpr_zones(lat) - is_odd;
    double wide = circle / (zones > 1 ? zones : 1);
    part = fraction(frame->lon);
    double lon = wide * (floor(near.lon_deg / wide - part + 0.5) + part);
    *out = (ovf_point){lat, wrapped(lon)};
    return true;
}

/* On the ground latitudes repeat every 90 degrees: the one nearer to `near`. */
static double settled_lat(double lat, bool on_ground, const ovf_point *near)
{
    if (!on_ground)
        return lat >= 270.0 ? lat - 360.0 : lat;
    return fabs(lat - 90.0 - near->lat_deg) < fabs(lat - near->lat_deg) ? lat - 90.0 : lat;
}

bool tracks_cpr_global(const tracks_cpr pair[2], bool newer_is_odd, bool on_ground,
                       const ovf_point *near, ovf_point *out)
{
    if (on_ground && near == NULL)
        return false;
    double circle = on_ground ? 90.0 : 360.0;
    double even = fraction(pair[0].lat);
    double odd = fraction(pair[1].lat);
    double j = floor(59.0 * even - 60.0 * odd + 0.5);
    double lat_even = settled_lat(circle / 60.0 * (modulo(j, 60.0) + even), on_ground, near);
    double lat_odd = settled_lat(circle / 59.0 * (modulo(j, 59.0) + odd), on_ground, near);
    if (fabs(lat_even) > 90.0 || fabs(lat_odd) > 90.0)
        return false;
    int zones = tracks_cpr_zones(lat_even);
    if (tracks_cpr_zones(lat_odd) != zones)
        return false; // the two are from either side of an edge between zones
    double even_lon = fraction(pair[0].lon);
    double odd_lon = fraction(pair[1].lon);
    double m = floor(even_lon * (zones - 1) - odd_lon * zones + 0.5);
    double count = zones - newer_is_odd > 1 ? zones - newer_is_odd : 1;
    double lon = circle / count * (modulo(m, count) + (newer_is_odd ? odd_lon : even_lon));
    if (on_ground) // longitudes repeat as well
        lon += 90.0 * floor((near->lon_deg - lon) / 90.0 + 0.5);
    *out = (ovf_point){newer_is_odd ? lat_odd : lat_even, wrapped(lon)};
    return true;
}
