/* SPDX-License-Identifier: Apache-2.0 */
/* Where a short geodesic meets circles, rings and edges, on the ellipsoid, with vectors from the
 * centre of the Earth instead of geodesics.
 *
 * A geodesic of s metres lies within e^2 s^3 / 24 R^2 of the plane through its ends and the plumb
 * line half-way: 7 mm for 100 km. Two such planes' signs tell whether and where two geodesics meet.
 * A circle is told by the straight distance to its centre: over an arc of r it is 2 R sin(r / 2 R),
 * and as R about the centre differs by 0.34 % from azimuth to azimuth, the arc is off by 5 mm for
 * 92 km and 10 cm for 250 km. Where a sign or a touch depends on less than the part's doubt_m, or
 * two lines meet so flatly that their meeting is not known to a metre, the answer is "cannot
 * tell", and the caller asks ovf_area_cross. */
#include "volumes_internal.h"

#include <string.h>

#define RADIUS_M 6371000.0
#define FLAT 0.002 /* sine of the angle of two lines: 7 mm become 3.5 m, 1 mm half a metre */
#define TOUCH_M 1.0
#define TOUCH_SHARE (1 / 20000.0) /* of the radius: so deep a circle is cut in a metre sharply */
#define G_OF_Z (1 / (VOL_B_OF_A * VOL_B_OF_A))

static inline struct vol_vec minus(struct vol_vec a, struct vol_vec b)
{
    return (struct vol_vec){a.x - b.x, a.y - b.y, a.z - b.z};
}

static inline double dot(struct vol_vec a, struct vol_vec b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline struct vol_vec cross(struct vol_vec a, struct vol_vec b)
{
    return (struct vol_vec){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

static inline struct vol_vec scaled(struct vol_vec a, double by)
{
    return (struct vol_vec){a.x * by, a.y * by, a.z * by};
}

/* Up half-way between two places, not of length one: the plumb line at (x, y, z) points to
 * (x, y, z a^2 / b^2). */
static inline struct vol_vec up_between(struct vol_vec a, struct vol_vec b)
{
    return (struct vol_vec){a.x + b.x, a.y + b.y, (a.z + b.z) * G_OF_Z};
}

struct vol_cut vol_cut_of(struct vol_vec p, struct vol_vec q)
{
    struct vol_cut cut = {.p = p, .q = q, .way = minus(q, p)};
    struct vol_vec up = up_between(p, q);
    struct vol_vec normal = cross(up, cut.way);
    double size = sqrt(dot(normal, normal));
    cut.chord_m = sqrt(dot(cut.way, cut.way));
    cut.up = scaled(up, 1 / sqrt(dot(up, up)));
    cut.normal = size > 0 ? scaled(normal, 1 / size) : normal;
    cut.offset = dot(cut.normal, p);
    return cut;
}

/* From a share of the chord to one of the arc above it. by: 1/3 for a place straight above, seen
 * from the centre; -1/6 for one above along the plumb line half-way. */
static double arc_share(const struct vol_cut *cut, double x, double by)
{
    double h = cut->chord_m / 2 / RADIUS_M;
    double q = 2 * x - 1;
    double share = 0.5 + 0.5 * (q + by * h * h * q * (1 - q * q));
    return fmax(0.0, fmin(1.0, share));
}

/* ---- circles ---- */

/* Square of the straight distance to the centre less that of the radius, and its slope, at a share
 * of the chord, raised to the ground. */
static double beyond(const struct vol_part *circle, const struct vol_cut *cut, double x,
                     double *slope)
{
    double bulge = cut->chord_m * cut->chord_m / (2 * RADIUS_M);
    double rise = x * (1 - x) * bulge;
    double climb = (1 - 2 * x) * bulge;
    struct vol_vec v = {
        cut->p.x + x * cut->way.x + rise * cut->up.x - circle->centre[0],
        cut->p.y + x * cut->way.y + rise * cut->up.y - circle->centre[1],
        cut->p.z + x * cut->way.z + rise * cut->up.z - circle->centre[2],
    };
    *slope = 2 * (dot(v, cut->way) + climb * dot(v, cut->up));
    return dot(v, v) - circle->chord_m * circle->chord_m;
}

/* Between two shares where the signs differ. */
static double rim_between(const struct vol_part *circle, const struct vol_cut *cut, double low,
                          double low_value, double high, double high_value)
{
    double x = low + (high - low) * low_value / (low_value - high_value);
    for (int i = 0; i < 40; i++) {
        double slope = 0;
        double value = beyond(circle, cut, x, &slope);
        if ((value < 0) == (low_value < 0))
            low = x;
        else
            high = x;
        double next = x - value / slope;
        if (!(next > low && next < high))
            next = (low + high) / 2;
        bool is_done = fabs(next - x) * cut->chord_m < 1e-3;
        x = next;
        if (is_done)
            break;
    }
    return x;
}

bool vol_meet_circle(const struct vol_part *circle, const struct vol_cut *cut,
                     struct vol_meets *out)
{
    double slope_p = 0;
    double slope_q = 0;
    double at_p = beyond(circle, cut, 0, &slope_p);
    double at_q = beyond(circle, cut, 1, &slope_q);
    double near = 2 * circle->chord_m * circle->doubt_m;
    if (fabs(at_p) < near || fabs(at_q) < near)
        return false;
    out->begins_inside = at_p < 0;
    out->count = 0;
    if (at_p < 0 && at_q < 0)
        return true;
    if ((at_p < 0) != (at_q < 0)) {
        out->at[out->count++] =
            arc_share(cut, rim_between(circle, cut, 0, at_p, 1, at_q), -1.0 / 6);
        return true;
    }
    if (slope_p >= 0 || slope_q <= 0) // nearest at an end
        return true;
    double x = slope_p / (slope_p - slope_q); // the slope is a straight line but for the rise
    for (int i = 0; i < 2; i++) {
        double slope = 0;
        (void)beyond(circle, cut, x, &slope);
        x = fmax(0.0, fmin(1.0, x - slope / (slope_q - slope_p)));
    }
    double slope = 0;
    double nearest = beyond(circle, cut, x, &slope);
    double touch =
        2 * circle->chord_m * (circle->doubt_m + TOUCH_M + circle->radius_m * TOUCH_SHARE);
    if (fabs(nearest) < touch)
        return false;
    if (nearest > 0)
        return true;
    out->at[out->count++] = arc_share(cut, rim_between(circle, cut, 0, at_p, x, nearest), -1.0 / 6);
    out->at[out->count++] = arc_share(cut, rim_between(circle, cut, x, nearest, 1, at_q), -1.0 / 6);
    return true;
}

/* ---- edges ---- */

static inline struct vol_vec vertex(const struct vol_part *part, uint32_t k)
{
    return (struct vol_vec){vol_row_m(part, 0)[k], vol_row_m(part, 1)[k], vol_row_m(part, 2)[k]};
}

struct sides {
    double p, q; /* of the piece's ends, metres left of the edge's plane */
    double length_m;
};

static struct sides sides_of_ends(const struct vol_cut *cut, struct vol_vec a, struct vol_vec b)
{
    struct vol_vec way = minus(b, a);
    struct vol_vec normal = cross(up_between(a, b), way);
    double size = 1 / sqrt(dot(normal, normal));
    return (struct sides){dot(normal, minus(cut->p, a)) * size,
                          dot(normal, minus(cut->q, a)) * size, sqrt(dot(way, way))};
}

/* Too flat to tell the meeting to a metre: the pieces of a parallel may be off by more than
 * others. */
static bool is_flat(double doubt_m, double side_a, double side_b, double length_m)
{
    return fabs(side_a - side_b) < (FLAT + doubt_m - VOL_DOUBT_M) * length_m;
}

enum vol_edge_meets vol_meet_edge(const struct vol_edge *edge, const struct vol_cut *cut,
                                  double *at)
{
    struct vol_vec a = {edge->m[0], edge->m[1], edge->m[2]};
    struct vol_vec b = {edge->m[3], edge->m[4], edge->m[5]};
    double near = edge->doubt_m;
    double side_a = dot(cut->normal, a) - cut->offset;
    double side_b = dot(cut->normal, b) - cut->offset;
    if ((side_a > near && side_b > near) || (side_a < -near && side_b < -near))
        return VOL_APART;
    struct sides s = sides_of_ends(cut, a, b);
    if ((s.p > near && s.q > near) || (s.p < -near && s.q < -near))
        return VOL_APART;
    if (!(fabs(side_a) > near && fabs(side_b) > near && fabs(s.p) > near && fabs(s.q) > near)
        || is_flat(near, side_a, side_b, s.length_m))
        return VOL_UNSURE; // also edges and pieces without length
    *at = arc_share(cut, s.p / (s.p - s.q), 1.0 / 3);
    return VOL_CROSSED;
}

/* ---- rings, looked at whole ---- */

/* A vertex near the line of the piece matters when it is beside the piece itself. */
static bool is_beside(const struct vol_cut *cut, struct vol_vec v)
{
    double along_m = dot(minus(v, cut->p), cut->way) / cut->chord_m;
    return along_m > -1 && along_m < cut->chord_m + 1;
}

static void sort_meets(struct vol_meets *meets)
{
    for (uint32_t i = 1; i < meets->count; i++)
        for (uint32_t k = i; k > 0 && meets->at[k] < meets->at[k - 1]; k--) {
            double swap = meets->at[k];
            meets->at[k] = meets->at[k - 1];
            meets->at[k - 1] = swap;
        }
}

bool vol_meet_ring(const struct vol_part *ring, const struct vol_cut *cut, vol_sides *sides_of,
                   double *sides, struct vol_meets *out)
{
    double near = ring->doubt_m;
    if (!(cut->chord_m > 2 * near))
        return false;
    const double normal[3] = {cut->normal.x, cut->normal.y, cut->normal.z};
    sides_of(ring, normal, cut->offset, sides);
    out->begins_inside = false;
    out->count = 0;
    for (uint32_t k = 1; k < ring->count; k++) {
        double side_a = sides[k - 1];
        double side_b = sides[k];
        if ((side_a > 0) == (side_b > 0) && fabs(side_a) >= near && fabs(side_b) >= near)
            continue;
        if (isnan(side_a) || isnan(side_b))
            continue; // between two rings
        struct vol_vec a = vertex(ring, k - 1);
        struct vol_vec b = vertex(ring, k);
        if ((fabs(side_a) < near && is_beside(cut, a))
            || (fabs(side_b) < near && is_beside(cut, b)))
            return false;
        if ((side_a > 0) == (side_b > 0))
            continue;
        struct sides s = sides_of_ends(cut, a, b);
        if (fabs(s.p) < near || fabs(s.q) < near)
            return false;
        if ((s.p > 0) == (s.q > 0)) {
            out->begins_inside ^= fabs(s.p) < fabs(s.q); // behind the beginning
            continue;
        }
        if (is_flat(near, side_a, side_b, s.length_m) || out->count == VOL_MEETS_MAX)
            return false;
        out->at[out->count++] = arc_share(cut, s.p / (s.p - s.q), 1.0 / 3);
    }
    sort_meets(out);
    return true;
}
