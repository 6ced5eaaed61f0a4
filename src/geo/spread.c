/* SPDX-License-Identifier: Apache-2.0 */
/* The R2 sequence (Roberts 2018: generalised golden ratio) over equal surfaces: any 1024 points of it
 * in a row lie evenly over the box. */
#include <overfly/area.h>

#include "geo_internal.h"

#include <math.h>

#define R2_A 0.7548776662466927
#define R2_B 0.5698402909980532

ovf_point ovf_box_spread(ovf_box box, uint32_t n)
{
    double x = fmod(0.5 + n * R2_A, 1.0);
    double y = fmod(0.5 + n * R2_B, 1.0);
    double south = sin(box.south_deg * RAD);
    double north = sin(box.north_deg * RAD);
    double width_deg = box.east_deg - box.west_deg;
    if (width_deg < 0.0)
        width_deg += 360.0;
    return (ovf_point){asin(fmin(1.0, fmax(-1.0, south + y * (north - south)))) / RAD,
                       ovf_lon_wrap(box.west_deg + x * width_deg)};
}
