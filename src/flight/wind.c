/* SPDX-License-Identifier: Apache-2.0 */
/* Wind between the values of a grid, straight in each of its four directions, and the wind
 * triangle. */
#include <overfly/wind.h>

#include <math.h>

#define DEGREE_RAD 0.017453292519943295
#define LONE_LEVEL_FT 1000.0
#define LONE_TIME_S 5400.0
/* Further apart, two values say nothing of what is between them: the jet stream lies there. */
#define LEVEL_GAP_FT 12000.0
#define TIME_GAP_S (12.0 * OVF_HOUR_S)
#define EDGE_DEG 1e-6 /* what arithmetic leaves of a place on the rim */

ovf_status ovf_wind_check(const ovf_wind *w, ovf_error *err)
{
    if (w->lat_count < 1 || w->lon_count < 1 || w->level_count < 1 || w->time_count < 1)
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "a grid of wind without values");
    size_t most = OVF_WIND_MAX_VALUES;
    if (w->lat_count > most / w->lon_count
        || (size_t)w->lat_count * w->lon_count > most / w->level_count
        || (size_t)w->lat_count * w->lon_count * w->level_count > most / w->time_count)
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "a grid of wind of more than %zu values",
                        most);
    double north_deg = w->south_deg + w->lat_step_deg * (w->lat_count - 1);
    double turn_deg = w->lon_step_deg * (w->is_round ? w->lon_count : w->lon_count - 1);
    if (!(w->lat_step_deg > 0 && w->lon_step_deg > 0) || !(w->south_deg >= -90.0 - EDGE_DEG)
        || !(north_deg <= 90.0 + EDGE_DEG) || !(fabs(w->west_deg) <= 360.0)
        || !(turn_deg <= 360.0 + 0.01))
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "a grid of wind that leaves the globe");
    for (uint32_t i = 0; i < w->level_count; i++) {
        if (!isfinite(w->levels_ft[i]) || (i > 0 && !(w->levels_ft[i] > w->levels_ft[i - 1])))
            return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "levels of wind that do not rise");
    }
    for (uint32_t i = 1; i < w->time_count; i++) {
        if (w->times[i] <= w->times[i - 1])
            return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "times of wind that do not rise");
    }
    return OVF_OK;
}

/* Between which two values of one direction, and how far from the first. */
typedef struct between {
    uint32_t low, high;
    double share;
} between;

static bool between_steps(double offset, uint32_t count, bool is_round, between *out)
{
    if (!is_round && (offset < -EDGE_DEG || offset > count - 1 + EDGE_DEG))
        return false;
    double held = fmax(0, is_round ? offset : fmin(offset, count - 1));
    uint32_t low = (uint32_t)held;
    if (low >= count)
        low = count - 1;
    uint32_t high = low + 1 < count ? low + 1 : is_round ? 0 : low;
    *out = (between){low, high, held - low};
    return true;
}

/* Between values that rise, `at` as far from the first as from the second it may be held alone. */
static bool between_values(double low, double high, double at, double gap, double lone, between *out)
{
    double width = high - low;
    if (width <= gap) {
        out->share = width > 0 ? (at - low) / width : 0;
        return true;
    }
    bool is_low = at - low <= lone;
    bool is_high = high - at <= lone;
    out->share = is_high ? 1.0 : 0;
    return is_low || is_high;
}

static bool between_levels(const ovf_wind *w, double level_ft, between *out)
{
    uint32_t last = w->level_count - 1;
    if (!(level_ft >= w->levels_ft[0] && level_ft <= w->levels_ft[last])) {
        uint32_t rim = level_ft > w->levels_ft[last] ? last : 0;
        *out = (between){rim, rim, 0};
        return fabs(level_ft - w->levels_ft[rim]) <= LONE_LEVEL_FT;
    }
    uint32_t low = 0;
    while (low + 1 < last && w->levels_ft[low + 1] <= level_ft)
        low++;
    *out = (between){low, low < last ? low + 1 : low, 0};
    return between_values(w->levels_ft[out->low], w->levels_ft[out->high], level_ft, LEVEL_GAP_FT,
                          LONE_LEVEL_FT, out);
}

static bool between_times(const ovf_wind *w, ovf_time time, between *out)
{
    uint32_t last = w->time_count - 1;
    if (time < w->times[0] || time > w->times[last]) {
        uint32_t rim = time < w->times[0] ? 0 : last;
        *out = (between){rim, rim, 0};
        // OVF_TIME_NONE and other ends of the scale would overflow a difference of integers.
        return fabs((double)time - (double)w->times[rim]) <= LONE_TIME_S;
    }
    uint32_t low = 0;
    while (low + 1 < last && w->times[low + 1] <= time)
        low++;
    *out = (between){low, low < last ? low + 1 : low, 0};
    return between_values((double)w->times[out->low], (double)w->times[out->high], (double)time,
                          TIME_GAP_S, LONE_TIME_S, out);
}

bool ovf_wind_at(const ovf_wind *w, ovf_point place, double level_ft, ovf_time time,
                 double *east_mps, double *north_mps)
{
    between lat;
    between lon;
    between level;
    between when;
    double east_deg = fmod(place.lon_deg - w->west_deg, 360.0);
    if (east_deg < -EDGE_DEG)
        east_deg += 360.0;
    // On the western rim from the other side: a turn is no way at all.
    if (!w->is_round && east_deg > 360.0 - EDGE_DEG)
        east_deg = 0;
    if (!between_steps((place.lat_deg - w->south_deg) / w->lat_step_deg, w->lat_count, false, &lat)
        || !between_steps(east_deg / w->lon_step_deg, w->lon_count, w->is_round, &lon)
        || !between_levels(w, level_ft, &level) || !between_times(w, time, &when))
        return false;
    double east = 0;
    double north = 0;
    for (unsigned corner = 0; corner < 16; corner++) {
        double weight = (corner & 1 ? lon.share : 1 - lon.share)
                        * (corner & 2 ? lat.share : 1 - lat.share)
                        * (corner & 4 ? level.share : 1 - level.share)
                        * (corner & 8 ? when.share : 1 - when.share);
        if (weight <= 0)
            continue;
        size_t at = corner & 8 ? when.high : when.low;
        at = at * w->level_count + (corner & 4 ? level.high : level.low);
        at = at * w->lat_count + (corner & 2 ? lat.high : lat.low);
        at = at * w->lon_count + (corner & 1 ? lon.high : lon.low);
        east += weight * (double)w->east_mps[at];
        north += weight * (double)w->north_mps[at];
    }
    if (!isfinite(east) || !isfinite(north))
        return false;
    *east_mps = east;
    *north_mps = north;
    return true;
}

double ovf_wind_ground_mps(double tas_mps, double course_deg, double east_mps, double north_mps)
{
    double sine = sin(course_deg * DEGREE_RAD);
    double cosine = cos(course_deg * DEGREE_RAD);
    double along_mps = east_mps * sine + north_mps * cosine;
    double across_mps = east_mps * cosine - north_mps * sine;
    double squared = tas_mps * tas_mps - across_mps * across_mps;
    return squared <= 0 ? 0 : fmax(0, along_mps + sqrt(squared));
}
