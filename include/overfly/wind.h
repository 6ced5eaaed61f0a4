/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/wind.h - wind on a grid of latitude, longitude, pressure and time, and what it does to an
 * aeroplane. Plain arrays: who reads a file of whatever form fills them in.
 * Room: flight.  Uses: geo, time. Reads only: any thread. */
#ifndef OVERFLY_WIND_H
#define OVERFLY_WIND_H

#include <overfly/geo.h>
#include <overfly/time.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Values stand by time, then level, then latitude from south to north, then longitude from west to
 * east: index = ((time * level_count + level) * lat_count + lat) * lon_count + lon. NaN: not known
 * there. The arrays are the caller's and must outlive the grid's use. */
typedef struct ovf_wind {
    double south_deg, west_deg;       /* of the first value */
    double lat_step_deg, lon_step_deg; /* above 0 */
    uint32_t lat_count, lon_count;
    bool is_round;                    /* the last meridian is followed by the first */
    uint32_t level_count, time_count; /* 1 or more */
    const double *levels_ft;          /* pressure altitudes (ovf_isa_level_ft), rising */
    const ovf_time *times;            /* valid times, rising */
    const float *east_mps, *north_mps; /* towards east and north, metres a second */
} ovf_wind;

#define OVF_WIND_MAX_VALUES ((size_t)1 << 28) /* of each of the two components */

/* The grid can be used: counts, steps and order are in order. OVF_E_RANGE says what is not. */
OVF_API OVF_NODISCARD ovf_status ovf_wind_check(const ovf_wind *wind, ovf_error *err);

/* The wind at a place, level and time, straight between the values around it. false: outside the
 * grid, its levels or its times, or where a value around it is not known. Levels more than 12,000 ft
 * apart and times more than 12 hours apart are not joined; a level holds 1,000 ft above and below
 * itself, a time an hour and a half before and after. */
OVF_API bool ovf_wind_at(const ovf_wind *wind, ovf_point place, double level_ft, ovf_time time,
                         double *east_mps, double *north_mps);

/* Speed over the ground along a course (degrees from true north) of who flies at that true airspeed
 * and holds the course: the wind triangle. 0: the wind is too strong for it. */
OVF_API double ovf_wind_ground_mps(double tas_mps, double course_deg, double east_mps,
                                   double north_mps);

#ifdef __cplusplus
}
#endif
#endif
