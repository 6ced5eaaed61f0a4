/* SPDX-License-Identifier: Apache-2.0 */
/* Jumps with a pattern: false satellite signals put every receiver that they reach on one place, or
 * on a circle round it. Only what was set aside as a jump is looked at: aircraft in a hold fly
 * circles, and many aircraft do stand on one airport. */
#include "tracks_doubt.h"

#include <math.h>
#include <stdlib.h>

#define CELLS_PER_DEG 20.0  /* 3 NM: jumps to one airport fall into one or two */
#define TOGETHER_MS 3600000 /* at once: within an hour */
#define SHARED_BY 3
#define LOOK_AHEAD 4096
#define CIRCLE_LEAST 12
#define CIRCLE_M 100000.0 /* larger ones are flights */
#define CIRCLE_OFF 0.1    /* of the radius */
#define DEGREE_M 111320.0
#define DEGREE_RAD 0.017453292519943295

typedef struct landing {
    int64_t cell;
    int64_t time_ms;
    uint32_t aircraft;
    uint32_t index;
} landing;

static bool is_jump(const seen *s)
{
    return s->aside == OVF_ASIDE_JUMP || s->aside == OVF_ASIDE_TELEPORT
           || s->aside == OVF_ASIDE_TWO_PLACES || s->aside == OVF_ASIDE_SHARED;
}

static int by_cell(const void *a, const void *b)
{
    const landing *x = a;
    const landing *y = b;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    if (x->time_ms != y->time_ms)
        return x->time_ms < y->time_ms ? -1 : 1;
    return (x->aircraft > y->aircraft) - (x->aircraft < y->aircraft);
}

/* From i on, as long as it is the same hour and cell: are there three aircraft? *end behind it. */
static bool is_shared(const landing *all, size_t count, size_t i, size_t *end)
{
    uint32_t others[SHARED_BY] = {0};
    size_t known = 0;
    size_t k = i;
    for (; k < count && k < i + LOOK_AHEAD && all[k].cell == all[i].cell
           && all[k].time_ms <= all[i].time_ms + TOGETHER_MS;
         k++) {
        bool is_new = known < SHARED_BY;
        for (size_t n = 0; n < known; n++)
            is_new = is_new && others[n] != all[k].aircraft;
        if (is_new)
            others[known++] = all[k].aircraft;
    }
    *end = k;
    return known >= SHARED_BY;
}

bool tracks_find_shared(one_aircraft *all, size_t count, ovf_arena *scratch)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < all[i].count; k++)
            total += is_jump(&all[i].items[k]);
    }
    if (total < SHARED_BY)
        return true;
    landing *landings = ovf_arena_array(scratch, landing, total);
    if (landings == NULL)
        return false;
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < all[i].count; k++) {
            const ovf_position *p = all[i].items[k].p;
            if (!is_jump(&all[i].items[k]))
                continue;
            int64_t row = (int64_t)floor((p->place.lat_deg + 90.0) * CELLS_PER_DEG);
            int64_t column = (int64_t)floor((p->place.lon_deg + 180.0) * CELLS_PER_DEG);
            landings[at++] = (landing){row << 32 | column, p->time_ms, (uint32_t)i, (uint32_t)k};
        }
    }
    qsort(landings, total, sizeof(*landings), by_cell);
    size_t marked = 0;
    for (size_t i = 0; i < total; i++) {
        size_t end = i;
        if (!is_shared(landings, total, i, &end))
            continue;
        for (size_t k = i > marked ? i : marked; k < end; k++)
            all[landings[k].aircraft].items[landings[k].index].aside = OVF_ASIDE_SHARED;
        marked = end > marked ? end : marked;
    }
    return true;
}

/* ---- circles ---- */

typedef struct plane_point {
    double x, y;
} plane_point;

/* The circle through many points by least squares of x2 + y2 + ax + by + c (Kasa 1976). */
static bool fit_circle(const plane_point *p, size_t count, plane_point *centre, double *radius)
{
    double sx = 0;
    double sy = 0;
    for (size_t i = 0; i < count; i++) {
        sx += p[i].x;
        sy += p[i].y;
    }
    double mx = sx / (double)count;
    double my = sy / (double)count;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    double xz = 0;
    double yz = 0;
    double zz = 0;
    for (size_t i = 0; i < count; i++) {
        double x = p[i].x - mx;
        double y = p[i].y - my;
        double z = x * x + y * y;
        xx += x * x;
        yy += y * y;
        xy += x * y;
        xz += x * z;
        yz += y * z;
        zz += z;
    }
    double det = xx * yy - xy * xy;
    if (fabs(det) < 1e-6 * (xx + yy) * (xx + yy))
        return false; // a line
    double cx = (xz * yy - yz * xy) / det / 2;
    double cy = (yz * xx - xz * xy) / det / 2;
    *centre = (plane_point){cx + mx, cy + my};
    *radius = sqrt(zz / (double)count + cx * cx + cy * cy);
    return true;
}

static bool is_circle(const plane_point *p, size_t count)
{
    plane_point centre;
    double radius = 0;
    if (!fit_circle(p, count, &centre, &radius) || radius < 100.0 || radius > CIRCLE_M)
        return false;
    double off = 0;
    double turned = 0;
    double before = 0;
    for (size_t i = 0; i < count; i++) {
        double x = p[i].x - centre.x;
        double y = p[i].y - centre.y;
        double d = sqrt(x * x + y * y) - radius;
        double angle = atan2(y, x);
        off += d * d;
        if (i > 0)
            turned += remainder(angle - before, 2 * 3.14159265358979323846);
        before = angle;
    }
    return sqrt(off / (double)count) < CIRCLE_OFF * radius && fabs(turned) > 5.0; // most of one
}

#define CIRCLE_POINTS 512

void tracks_find_circles(one_aircraft *a)
{
    for (size_t c = 0; c < a->chain_count && a->chain_count <= 1000; c++) {
        plane_point points[CIRCLE_POINTS];
        size_t count = 0;
        const ovf_position *first = NULL;
        if (a->chains[c].is_kept || a->chains[c].count < CIRCLE_LEAST)
            continue;
        for (size_t i = 0; i < a->count && count < CIRCLE_POINTS; i++) {
            const ovf_position *p = a->items[i].p;
            if (a->items[i].chain != c)
                continue;
            first = first == NULL ? p : first;
            double lon = ovf_lon_wrap(p->place.lon_deg - first->place.lon_deg);
            points[count++] = (plane_point){lon * DEGREE_M * cos(first->place.lat_deg * DEGREE_RAD),
                                            (p->place.lat_deg - first->place.lat_deg) * DEGREE_M};
        }
        if (count < CIRCLE_LEAST || !is_circle(points, count))
            continue;
        for (size_t i = 0; i < a->count; i++) {
            if (a->items[i].chain == c && a->items[i].aside != OVF_ASIDE_SHARED)
                a->items[i].aside = OVF_ASIDE_CIRCLE;
        }
    }
}
