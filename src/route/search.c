/* SPDX-License-Identifier: Apache-2.0 */
/* The shortest path among polygons bends only at their corners that bulge (Lozano-Perez and
 * Wesley 1979, on a globe as in the plane). A* over these corners, its legs measured and tested only
 * when they come up: first with a lower bound for their length, then with the exact one, then
 * against the obstacles. The distance to the goal never overestimates, so the first arrival is
 * the shortest. A taut way touches a corner and goes on: a leg that cuts into the corner at either
 * of its ends, so that the ring's neighbours there lie on both sides of it, is never part of one. */
#include "route_internal.h"

#include <math.h>
#include <stdlib.h>

#define DEGREE_RAD 0.017453292519943295
/* The least radius of curvature of WGS84, of the meridian at the equator: an arc of the sphere of
 * that radius is never longer than the geodesic. */
#define LEAST_RADIUS_M 6335439.0
#define GRAZE_M 0.5 /* a leg along a border touches it for less, by rounding */
#define SCRATCH_EVERY 256
/* 2 km: what stand-off, and great circles for geodesics of some 1,000 km, may be wrong by. Only a
 * filter: too wide costs time, nothing else. */
#define TANGENT_RAD (2000.0 / 6371000.0)

typedef enum stage { GUESSED = 0, MEASURED } stage;

typedef struct entry {
    double estimate_m; /* of the whole way over this leg */
    double length_m;   /* of the leg */
    uint32_t from, to;
    stage is;
} entry;

typedef struct heap {
    entry *items;
    size_t count, capacity;
    bool failed;
} heap;

static void heap_push(heap *h, entry e)
{
    if (h->count == h->capacity) {
        size_t capacity = h->capacity == 0 ? 1024 : h->capacity * 2;
        entry *grown = realloc(h->items, capacity * sizeof(entry));
        if (grown == NULL) {
            h->failed = true;
            return;
        }
        h->items = grown;
        h->capacity = capacity;
    }
    size_t i = h->count++;
    while (i > 0 && h->items[(i - 1) / 2].estimate_m > e.estimate_m) {
        h->items[i] = h->items[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    h->items[i] = e;
}

static entry heap_pop(heap *h)
{
    entry top = h->items[0];
    entry last = h->items[--h->count];
    size_t i = 0;
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= h->count)
            break;
        if (child + 1 < h->count && h->items[child + 1].estimate_m < h->items[child].estimate_m)
            child++;
        if (h->items[child].estimate_m >= last.estimate_m)
            break;
        h->items[i] = h->items[child];
        i = child;
    }
    if (h->count > 0)
        h->items[i] = last;
    return top;
}

/* ---- corners ---- */

static void vector_of(ovf_point p, double out[3])
{
    double lat = p.lat_deg * DEGREE_RAD;
    double lon = p.lon_deg * DEGREE_RAD;
    out[0] = cos(lat) * cos(lon);
    out[1] = cos(lat) * sin(lon);
    out[2] = sin(lat);
}

static void add_node(search *s, ovf_point at, ovf_point before, ovf_point after)
{
    bend *b = &s->bends[s->node_count];
    vector_of(at, b->at);
    vector_of(before, b->before);
    vector_of(after, b->after);
    s->nodes[s->node_count++] = at;
}

/* Does the way from u to v, drawn on as a great circle, leave both neighbours of the corner on one
 * side? What is within TANGENT_RAD of it counts for either side. */
static bool is_tangent(const double u[3], const double v[3], const bend *corner)
{
    double n[3] = {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
    double norm = sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    const double *a = corner->before;
    const double *b = corner->after;
    double left = (n[0] * a[0] + n[1] * a[1] + n[2] * a[2]);
    double right = (n[0] * b[0] + n[1] * b[1] + n[2] * b[2]);
    double slack = TANGENT_RAD * norm;
    return (left >= -slack && right >= -slack) || (left <= slack && right <= slack);
}

/* The corner pushed out so that it stands off both its edges; false where the ring does not
 * bulge. */
static bool push_out(const hull *h, uint32_t i, double stand_off_m, ovf_point *out)
{
    ovf_point a = h->points[i == 0 ? h->count - 1 : i - 1];
    ovf_point b = h->points[i];
    ovf_point c = h->points[i + 1 == h->count ? 0 : i + 1];
    double arriving_deg = 0;
    double leaving_deg = 0;
    ovf_inverse(a, b, NULL, NULL, &arriving_deg);
    ovf_inverse(b, c, NULL, &leaving_deg, NULL);
    double turn_deg = remainder(arriving_deg - leaving_deg, 360.0); // positive: to the left
    if (turn_deg <= 0)
        return false;
    double outward_deg = arriving_deg - turn_deg / 2 + 90.0;
    double reach_m = stand_off_m / fmax(0.05, cos(turn_deg / 2 * DEGREE_RAD));
    *out = ovf_destination(b, remainder(outward_deg, 360.0), reach_m);
    return true;
}

ovf_status search_init(search *s, const hull *hulls, size_t count, ovf_arena *arena, ovf_point from,
                       ovf_point to, double stand_off_m)
{
    size_t most = 2;
    for (size_t i = 0; i < count; i++)
        most += hulls[i].count;
    *s = (search){.hulls = hulls, .hull_count = count, .arena = arena};
    if (most > OVF_ROUTE_MAX_OBSTACLE_VERTICES)
        return OVF_E_LIMIT;
    s->nodes = ovf_arena_array(arena, ovf_point, most);
    s->bends = ovf_arena_array(arena, bend, most);
    if (s->nodes == NULL || s->bends == NULL)
        return OVF_E_NOMEM;
    ovf_arena_init(&s->scratch, 0);
    add_node(s, from, from, from);
    add_node(s, to, to, to);
    for (size_t i = 0; i < count; i++) {
        const hull *h = &hulls[i];
        for (uint32_t k = 0; k < h->count; k++) {
            ovf_point p;
            if (push_out(h, k, stand_off_m, &p) && !search_is_inside(s, p))
                add_node(s, p, h->points[k == 0 ? h->count - 1 : k - 1],
                         h->points[k + 1 == h->count ? 0 : k + 1]);
        }
    }
    return OVF_OK;
}

void search_done(search *s)
{
    ovf_arena_done(&s->scratch);
}

bool search_is_inside(const search *s, ovf_point p)
{
    for (size_t i = 0; i < s->hull_count; i++) {
        if (ovf_area_contains(s->hulls[i].area, p) == OVF_TRI_YES)
            return true;
    }
    return false;
}

static double side_rad(const double normal[3], const double p[3])
{
    return normal[0] * p[0] + normal[1] * p[1] + normal[2] * p[2];
}

static double normal_of(const double u[3], const double v[3], double out[3])
{
    out[0] = u[1] * v[2] - u[2] * v[1];
    out[1] = u[2] * v[0] - u[0] * v[2];
    out[2] = u[0] * v[1] - u[1] * v[0];
    double norm = sqrt(out[0] * out[0] + out[1] * out[1] + out[2] * out[2]);
    for (int i = 0; i < 3 && norm > 0; i++)
        out[i] /= norm;
    return norm;
}

static bool lie_apart(double x, double y, double slack)
{
    return (x > slack && y < -slack) || (x < -slack && y > slack);
}

/* Does the great circle between the ends cut an edge of a ring so far from all four ends that the
 * geodesics must do so too? Most legs that are tested run across an obstacle, and this says so in a
 * tenth of the time. A great circle of geodetic latitudes and the geodesic part by less than the
 * flattening times L^2 / 8R. */
static bool is_surely_blocked(const search *s, const double u[3], const double v[3],
                              double length_m)
{
    double slack = (200.0 + length_m * length_m * 0.0034 / (8 * 6.37e6)) / 6.37e6;
    double n[3];
    if (length_m > 1.0e7 || normal_of(u, v, n) < 1e-9)
        return false;
    for (size_t i = 0; i < s->hull_count; i++) {
        const hull *h = &s->hulls[i];
        const double *c = h->vectors[h->count - 1];
        double side_c = side_rad(n, c);
        for (uint32_t k = 0; k < h->count; k++) {
            const double *d = h->vectors[k];
            double side_d = side_rad(n, d);
            double m[3];
            // Two great circles meet on either side of the globe: u and c on one hemisphere tells.
            if (lie_apart(side_c, side_d, slack) && normal_of(c, d, m) > 0
                && lie_apart(side_rad(m, u), side_rad(m, v), slack)
                && (u[0] + v[0]) * (c[0] + d[0]) + (u[1] + v[1]) * (c[1] + d[1])
                           + (u[2] + v[2]) * (c[2] + d[2])
                       > 0)
                return true;
            c = d;
            side_c = side_d;
        }
    }
    return false;
}

bool search_is_free(search *s, ovf_point a, ovf_point b)
{
    double u[3];
    double v[3];
    vector_of(a, u);
    vector_of(b, v);
    ovf_leg leg;
    ovf_leg_init(&leg, a, b);
    if (is_surely_blocked(s, u, v, leg.length_m))
        return false;
    if (++s->tests % SCRATCH_EVERY == 0)
        ovf_arena_reset(&s->scratch);
    for (size_t i = 0; i < s->hull_count; i++) {
        ovf_stretch *stretches = NULL;
        size_t count = 0;
        if (ovf_area_cross(s->hulls[i].area, &leg, &s->scratch, &stretches, &count) != OVF_OK)
            return false;
        for (size_t k = 0; k < count; k++) {
            if (stretches[k].until_m - stretches[k].from_m > GRAZE_M)
                return false;
        }
    }
    return true;
}

/* ---- A* ---- */

typedef struct node_state {
    double to_goal_m;
    double length_m; /* of the shortest way here, once settled */
    uint32_t before;
    bool is_settled;
} node_state;

typedef struct run {
    search *s;
    node_state *state;
    heap open;
} run;

static double bound_m(const run *r, uint32_t a, uint32_t b)
{
    const double *u = r->s->bends[a].at;
    const double *v = r->s->bends[b].at;
    double x = u[0] - v[0];
    double y = u[1] - v[1];
    double z = u[2] - v[2];
    return 2 * LEAST_RADIUS_M * asin(fmin(1.0, sqrt(x * x + y * y + z * z) / 2));
}

static bool is_taut(const search *s, uint32_t from, uint32_t to)
{
    const double *u = s->bends[from].at;
    const double *v = s->bends[to].at;
    return (from < 2 || is_tangent(u, v, &s->bends[from]))
           && (to < 2 || is_tangent(u, v, &s->bends[to]));
}

static void settle(run *r, uint32_t at, uint32_t before, double length_m)
{
    r->state[at].is_settled = true;
    r->state[at].before = before;
    r->state[at].length_m = length_m;
    for (uint32_t next = 1; next < r->s->node_count; next++) {
        const node_state *n = &r->state[next];
        if (n->is_settled || !is_taut(r->s, at, next))
            continue;
        double leg_m = bound_m(r, at, next);
        heap_push(&r->open, (entry){.estimate_m = length_m + leg_m + n->to_goal_m,
                                    .length_m = leg_m,
                                    .from = at,
                                    .to = next});
    }
}

static bool prepare(run *r)
{
    search *s = r->s;
    r->state = ovf_arena_array(s->arena, node_state, s->node_count);
    if (r->state == NULL)
        return false;
    for (size_t i = 0; i < s->node_count; i++)
        r->state[i].to_goal_m = ovf_distance_m(s->nodes[i], s->nodes[1]);
    return true;
}

static ovf_status trace(const run *r, ovf_point **out, size_t *count)
{
    size_t n = 1;
    for (uint32_t at = 1; at != 0; at = r->state[at].before)
        n++;
    ovf_point *points = ovf_arena_array(r->s->arena, ovf_point, n);
    if (points == NULL)
        return OVF_E_NOMEM;
    uint32_t at = 1;
    for (size_t i = n; i-- > 0; at = r->state[at].before)
        points[i] = r->s->nodes[at];
    *out = points;
    *count = n;
    return OVF_OK;
}

ovf_status search_path(search *s, ovf_point **out, size_t *count, double *length_m, bool *found)
{
    run r = {.s = s};
    if (!prepare(&r))
        return OVF_E_NOMEM;
    settle(&r, 0, 0, 0);
    while (r.open.count > 0 && !r.state[1].is_settled && !r.open.failed) {
        entry e = heap_pop(&r.open);
        if (r.state[e.to].is_settled)
            continue;
        if (e.is == GUESSED) {
            e.length_m = ovf_distance_m(s->nodes[e.from], s->nodes[e.to]);
            e.estimate_m = r.state[e.from].length_m + e.length_m + r.state[e.to].to_goal_m;
            e.is = MEASURED;
            heap_push(&r.open, e);
        } else if (search_is_free(s, s->nodes[e.from], s->nodes[e.to])) {
            settle(&r, e.to, e.from, r.state[e.from].length_m + e.length_m);
        }
    }
    free(r.open.items);
    *found = r.state[1].is_settled;
    *length_m = r.state[1].length_m;
    if (r.open.failed)
        return OVF_E_NOMEM;
    return *found ? trace(&r, out, count) : OVF_OK;
}
