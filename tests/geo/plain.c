/* SPDX-License-Identifier: Apache-2.0 */
#include "plain.h"

#include <math.h>

#define PI 3.14159265358979323846
#define DEG (PI / 180.0)
#define RADIUS_M 6371000.0
#define GOLDEN 0.6180339887498949

double plain_random(uint64_t *seed)
{
    *seed += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = *seed;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    z ^= z >> 31;
    return (double)(z >> 11) / 9007199254740992.0;
}

ovf_point plain_random_point(uint64_t *seed)
{
    double lat = asin(2 * plain_random(seed) - 1) / DEG;
    return (ovf_point){lat, plain_random(seed) * 360 - 180};
}

static struct geod_geodesic ellipsoid(void)
{
    struct geod_geodesic g;
    geod_init(&g, 6378137.0, 1 / 298.257223563);
    return g;
}

static double inverse_m(const struct geod_geodesic *g, ovf_point a, ovf_point b)
{
    double length_m = 0;
    geod_inverse(g, a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, &length_m, NULL, NULL);
    return length_m;
}

static void vector_of(ovf_point p, double out[3])
{
    out[0] = cos(p.lat_deg * DEG) * cos(p.lon_deg * DEG);
    out[1] = cos(p.lat_deg * DEG) * sin(p.lon_deg * DEG);
    out[2] = sin(p.lat_deg * DEG);
}

static double triple(const double a[3], const double b[3], const double c[3])
{
    return a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0])
           + a[2] * (b[0] * c[1] - b[1] * c[0]);
}

static ovf_point vertex(const plain_shape *shape, uint32_t i)
{
    ovf_fixed v = shape->vertices[i % shape->count];
    return (ovf_point){v.lat_e7 / 1e7, v.lon_e7 / 1e7};
}

static double lon_step(ovf_point a, ovf_point b)
{
    return remainder(b.lon_deg - a.lon_deg, 360.0);
}

/* The place at a share of an edge. */
struct edge {
    struct geod_geodesicline line;
    ovf_point a, b;
    double length_m;
    bool is_parallel;
};

static struct edge edge_of(const struct geod_geodesic *g, const plain_shape *shape, uint32_t i)
{
    struct edge e = {.a = vertex(shape, i), .b = vertex(shape, i + 1)};
    e.is_parallel = shape->kind == PLAIN_RING && shape->edges[i] == OVF_EDGE_PARALLEL;
    geod_inverseline(&e.line, g, e.a.lat_deg, e.a.lon_deg, e.b.lat_deg, e.b.lon_deg, GEOD_ALL);
    e.length_m = e.is_parallel ? fabs(lon_step(e.a, e.b)) * DEG * RADIUS_M * cos(e.a.lat_deg * DEG)
                               : e.line.s13;
    return e;
}

static ovf_point edge_at(const struct edge *e, double share)
{
    ovf_point p = {e->a.lat_deg, e->a.lon_deg + share * lon_step(e->a, e->b)};
    if (!e->is_parallel)
        geod_position(&e->line, share * e->length_m, &p.lat_deg, &p.lon_deg, NULL);
    return p;
}

void plain_prepare(plain_shape *shape, double step_m)
{
    struct geod_geodesic g = ellipsoid();
    shape->arc_count = 0;
    if (shape->kind != PLAIN_RING)
        return;
    for (uint32_t i = 0; i < shape->count; i++) {
        struct edge e = edge_of(&g, shape, i);
        // A parallel bends more than a geodesic: its arcs are shorter.
        int parts = 1 + (int)(e.length_m / (e.is_parallel ? step_m / 25 : step_m));
        int room = (int)(PLAIN_ARCS_MAX - shape->arc_count);
        parts = parts > room ? room : parts;
        for (int k = 0; k < parts; k++)
            vector_of(edge_at(&e, (double)k / parts), shape->arcs[shape->arc_count++]);
    }
    vector_of(vertex(shape, 0), shape->arcs[shape->arc_count]);
}

/* Crossings of the great circle arc from p to a point outside, and the ring's arcs. */
static bool ring_contains(const plain_shape *shape, ovf_point p)
{
    double from[3];
    double to[3];
    vector_of(p, from);
    // Beside the antipode of the centre, off every symmetry of the cases.
    ovf_point outside = {-shape->centre.lat_deg * 0.97 + 0.123, shape->centre.lon_deg + 178.7};
    vector_of(outside, to);
    bool is_odd = false;
    double before = triple(from, to, shape->arcs[0]);
    for (uint32_t i = 0; i < shape->arc_count; i++) {
        const double *a = shape->arcs[i];
        const double *b = shape->arcs[i + 1];
        double behind = triple(from, to, b);
        if ((before < 0) != (behind < 0)) {
            bool left_of_from = triple(a, b, from) < 0;
            bool left_of_to = triple(a, b, to) < 0;
            // Both great circles meet twice: the meeting must lie on the near side of both arcs.
            bool is_near = (before < 0) == !left_of_from;
            is_odd ^= left_of_from != left_of_to && is_near;
        }
        before = behind;
    }
    return is_odd;
}

/* The least distance from p to a curve, by golden section; it has one minimum. */
static double nearest_m(const struct geod_geodesic *g, const struct edge *e, ovf_point p)
{
    double low = 0;
    double high = 1;
    double left = high - GOLDEN * (high - low);
    double right = low + GOLDEN * (high - low);
    double at_left = inverse_m(g, p, edge_at(e, left));
    double at_right = inverse_m(g, p, edge_at(e, right));
    while ((high - low) * e->length_m > 1e-9 && high - low > 1e-16) {
        if (at_left < at_right) {
            high = right;
            right = left;
            at_right = at_left;
            left = high - GOLDEN * (high - low);
            at_left = inverse_m(g, p, edge_at(e, left));
        } else {
            low = left;
            left = right;
            at_left = at_right;
            right = low + GOLDEN * (high - low);
            at_right = inverse_m(g, p, edge_at(e, right));
        }
    }
    double best = fmin(at_left, at_right);
    best = fmin(best, inverse_m(g, p, edge_at(e, 0)));
    return fmin(best, inverse_m(g, p, edge_at(e, 1)));
}

/* A rough distance from p to an edge, off by less than 2 % and 30 km: which edges matter? */
static double rough_m(const struct edge *e, ovf_point p)
{
    double v[3];
    vector_of(p, v);
    double best = HUGE_VAL;
    int parts = 2 + (int)(e->length_m / 200000.0);
    for (int k = 0; k <= parts; k++) {
        double w[3];
        vector_of(edge_at(e, (double)k / parts), w);
        double chord = sqrt((v[0] - w[0]) * (v[0] - w[0]) + (v[1] - w[1]) * (v[1] - w[1])
                            + (v[2] - w[2]) * (v[2] - w[2]));
        best = fmin(best, 2 * asin(fmin(1.0, chord / 2)) * RADIUS_M);
    }
    return best - e->length_m / parts / 2;
}

static double edges_m(const plain_shape *shape, ovf_point p, uint32_t edges, double within_m)
{
    struct geod_geodesic g = ellipsoid();
    double best = HUGE_VAL;
    for (uint32_t i = 0; i < edges; i++) {
        struct edge e = edge_of(&g, shape, i);
        if (rough_m(&e, p) * 0.98 - 30000.0 < fmin(within_m, best))
            best = fmin(best, nearest_m(&g, &e, p));
    }
    return best;
}

double plain_boundary_m(const plain_shape *shape, ovf_point p, double within_m)
{
    struct geod_geodesic g = ellipsoid();
    ovf_point at = {shape->centre.lat_deg, p.lon_deg};
    switch (shape->kind) {
    case PLAIN_RING: return edges_m(shape, p, shape->count, within_m);
    case PLAIN_CIRCLE: return fabs(inverse_m(&g, shape->centre, p) - shape->size_m);
    case PLAIN_PARALLEL: return inverse_m(&g, p, at);
    case PLAIN_CORRIDOR: break;
    }
    return fabs(edges_m(shape, p, shape->count - 1, HUGE_VAL) - shape->size_m);
}

bool plain_contains(const plain_shape *shape, ovf_point p)
{
    struct geod_geodesic g = ellipsoid();
    switch (shape->kind) {
    case PLAIN_RING: return ring_contains(shape, p);
    case PLAIN_CIRCLE: return inverse_m(&g, shape->centre, p) <= shape->size_m;
    case PLAIN_PARALLEL:
        return shape->is_north ? p.lat_deg >= shape->centre.lat_deg
                               : p.lat_deg <= shape->centre.lat_deg;
    case PLAIN_CORRIDOR: break;
    }
    return edges_m(shape, p, shape->count - 1, HUGE_VAL) <= shape->size_m;
}
