/* SPDX-License-Identifier: Apache-2.0 */
/* drawn.h - random closures and plans about a place, for the tests of conflict. */
#ifndef OVERFLY_TESTS_CONFLICT_DRAWN_H
#define OVERFLY_TESTS_CONFLICT_DRAWN_H

#include "picture.h"

#include <math.h>

static double next_random(uint64_t *seed)
{
    *seed += UINT64_C(0x9E3779B97F4A7C15); // SplitMix64
    uint64_t z = *seed;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    z ^= z >> 31;
    return (double)(z >> 11) / 9007199254740992.0;
}

static void add_position(ovf_buf *buf, ovf_point p, bool with_seconds)
{
    long unit = with_seconds ? 3600 : 60;
    long lat = lround(fabs(p.lat_deg) * (double)unit);
    long lon = lround(fabs(p.lon_deg) * (double)unit);
    char ns = p.lat_deg < 0 ? 'S' : 'N';
    char ew = p.lon_deg < 0 ? 'W' : 'E';
    if (with_seconds)
        ovf_buf_printf(buf, " %02ld%02ld%02ld%c%03ld%02ld%02ld%c", lat / 3600, lat / 60 % 60,
                       lat % 60, ns, lon / 3600, lon / 60 % 60, lon % 60, ew);
    else
        ovf_buf_printf(buf, " %02ld%02ld%c%03ld%02ld%c", lat / 60, lat % 60, ns, lon / 60, lon % 60,
                       ew);
}

/* A closure about the centre: four to eight corners, a band, some hours of the day. */
static void add_notice(ovf_buf *buf, int number, ovf_point centre, uint64_t *seed)
{
    int corners = 4 + (int)(next_random(seed) * 5);
    double reach_m = 60000.0 + next_random(seed) * 400000.0;
    int lower = (int)(next_random(seed) * 300);
    int upper = lower + 20 + (int)(next_random(seed) * 200);
    int from = 8 + (int)(next_random(seed) * 10);
    int until = from + 1 + (int)(next_random(seed) * 5);
    ovf_buf_printf(buf,
                   "A%04d/26 NOTAMN\nQ) SVZM/QRPCA/IV/NBO/W/000/999/0900N06500W060\nA) SVZM B) "
                   "260212%02d00 C) 260212%02d00\nE) AIRSPACE CLOSED WI AREA",
                   number, from, until);
    for (int i = 0; i < corners; i++)
        add_position(buf,
                     ovf_destination(centre, 360.0 * i / corners - 180.0,
                                     reach_m * (0.4 + 0.6 * next_random(seed))),
                     true);
    ovf_buf_printf(buf, "\nF) FL%03d G) FL%03d\n\n", lower, upper);
}

static void add_plan(ovf_buf *buf, ovf_point centre, uint64_t *seed)
{
    int departs = 8 + (int)(next_random(seed) * 8);
    ovf_buf_printf(buf, "(FPL-KLM1-IS-A320/M-S/S-ZZZZ%02d00-N0450F%03d", departs,
                   250 + (int)(next_random(seed) * 15) * 10);
    double bearing = next_random(seed) * 360.0 - 180.0;
    double reach_m = 500000.0 + next_random(seed) * 1500000.0;
    ovf_point from = ovf_destination(centre, bearing, reach_m);
    ovf_point to = ovf_destination(
        centre, remainder(bearing + 150.0 + 60.0 * next_random(seed), 360.0), reach_m);
    for (int i = 0; i < 3; i++)
        add_position(buf,
                     ovf_destination(centre, next_random(seed) * 360.0 - 180.0,
                                     reach_m * 0.5 * next_random(seed)),
                     false);
    ovf_buf_printf(buf, "-ZZZZ-DEP/");
    add_position(buf, from, false);
    ovf_buf_printf(buf, " DEST/");
    add_position(buf, to, false);
    ovf_buf_printf(buf, " DOF/260212 REG/PHAOM)");
}

/* Some round a pole and across the 180th meridian. */
static const ovf_point centres[] = {{9, -65},     {10, 179.5}, {-30, -179.8}, {88.5, 20},
                                    {-89.5, 100}, {0, 0},      {55, 10}};

#endif
