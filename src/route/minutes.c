/* SPDX-License-Identifier: Apache-2.0 */
/* Item 15 knows degrees and whole minutes. Each point of a way is moved to the crossing of minutes
 * that lengthens it least and leaves both its legs free. */
#include "route_internal.h"

#include <math.h>
#include <stdlib.h>

#define DEGREE_RAD 0.017453292519943295
#define REACH_MINUTES 8
/* A corner that is rounded off in several short legs is flown over one point, if that costs less
 * than this. */
#define NEAR_NM 25.0
#define WORTH_M 1000.0

typedef struct candidate {
    ovf_point at;
    double added_m;
} candidate;

static int by_added(const void *a, const void *b)
{
    double x = ((const candidate *)a)->added_m;
    double y = ((const candidate *)b)->added_m;
    return (x > y) - (x < y);
}

static size_t offer(ovf_point p, ovf_point before, ovf_point after, int reach, candidate *out)
{
    // Towards a pole minutes of longitude crowd: larger steps keep the grid about square.
    double crowd = fmax(0.02, cos(p.lat_deg * DEGREE_RAD));
    double lon_step = fmax(1.0, round(1.0 / crowd));
    double lat_min = floor(p.lat_deg * 60.0);
    double lon_min = floor(p.lon_deg * 60.0 / lon_step) * lon_step;
    size_t count = 0;
    for (int i = 1 - reach; i <= reach; i++) {
        for (int k = 1 - reach; k <= reach; k++) {
            ovf_point at = {(lat_min + i) / 60.0, ovf_lon_wrap((lon_min + k * lon_step) / 60.0)};
            if (fabs(at.lat_deg) > 90.0)
                continue;
            out[count++] = (candidate){at, ovf_distance_m(before, at) + ovf_distance_m(at, after)};
        }
    }
    qsort(out, count, sizeof(*out), by_added);
    return count;
}

/* Both legs free, and nothing lost in the next step: the point ahead is still where it was. */
static bool move(search *s, ovf_point before, ovf_point after, int reach, ovf_point *p)
{
    candidate all[4 * REACH_MINUTES * REACH_MINUTES];
    size_t count = offer(*p, before, after, reach, all);
    for (size_t i = 0; i < count; i++) {
        if (search_is_inside(s, all[i].at))
            continue;
        if (search_is_free(s, before, all[i].at) && search_is_free(s, all[i].at, after)) {
            *p = all[i].at;
            return true;
        }
    }
    return false;
}

void minutes_round(search *s, ovf_point *points, size_t count, bool *moved_all)
{
    *moved_all = true;
    for (size_t i = 1; i + 1 < count; i++) {
        bool is_moved = false;
        for (int reach = 1; reach <= REACH_MINUTES && !is_moved; reach *= 2)
            is_moved = move(s, points[i - 1], points[i + 1], reach, &points[i]);
        *moved_all = *moved_all && is_moved;
    }
}

static void drop(ovf_point *points, size_t *count, size_t at)
{
    for (size_t i = at; i + 1 < *count; i++)
        points[i] = points[i + 1];
    (*count)--;
}

/* One point in place of the two at `at`: near the middle between them, where both legs are free. */
static bool merge(search *s, ovf_point *points, size_t at)
{
    double length_m = ovf_distance_m(points[at], points[at + 1]);
    if (length_m > NEAR_NM * OVF_NM_M)
        return false;
    ovf_leg leg;
    ovf_leg_init(&leg, points[at], points[at + 1]);
    ovf_point p = ovf_leg_at(&leg, length_m / 2);
    double before_m = ovf_distance_m(points[at - 1], points[at]) + length_m
                      + ovf_distance_m(points[at + 1], points[at + 2]);
    if (!move(s, points[at - 1], points[at + 2], REACH_MINUTES, &p))
        return false;
    double after_m = ovf_distance_m(points[at - 1], p) + ovf_distance_m(p, points[at + 2]);
    if (after_m - before_m > WORTH_M)
        return false;
    points[at] = p;
    return true;
}

void minutes_thin(search *s, ovf_point *points, size_t *count)
{
    for (size_t i = 1; i + 1 < *count;) {
        if (search_is_free(s, points[i - 1], points[i + 1]))
            drop(points, count, i);
        else
            i++;
    }
    for (size_t i = 1; i + 2 < *count;) {
        if (merge(s, points, i))
            drop(points, count, i + 1);
        else
            i++;
    }
}

ovf_str minutes_text(ovf_point p, ovf_arena *arena)
{
    long lat = lround(fabs(p.lat_deg) * 60.0);
    long lon = lround(fabs(p.lon_deg) * 60.0);
    char ns = p.lat_deg < 0 && lat > 0 ? 'S' : 'N';
    char ew = p.lon_deg < 0 && lon > 0 ? 'W' : 'E';
    if (lat % 60 == 0 && lon % 60 == 0)
        return ovf_arena_printf(arena, "%02ld%c%03ld%c", lat / 60, ns, lon / 60, ew);
    return ovf_arena_printf(arena, "%02ld%02ld%c%03ld%02ld%c", lat / 60, lat % 60, ns, lon / 60,
                            lon % 60, ew);
}
