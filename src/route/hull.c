/* SPDX-License-Identifier: Apache-2.0 */
/* From an area to a polygon of few corners that holds it. The outline of the grown area is
 * simplified outwards only:
 *
 *   a dent       (a corner that turns right, the inside being left) is filled by its chord
 *   a short edge between two bulges is replaced by the point where its neighbours meet
 *
 * each where it adds least, as long as it adds less than the tolerance, and further until no more
 * than the caller wants are left. Nothing is done that would make the ring touch itself. Computed on
 * unit vectors, so that poles and the 180th meridian are ordinary; the difference between great
 * circles and geodesics is made good by a slack in the growth. */
#include "route_internal.h"

#include <math.h>

#define DEGREE_RAD 0.017453292519943295
#define SPHERE_M 6371000.0
/* Great circle of geodetic latitudes against geodesic: below 90 m for edges up to 1,000 km. */
#define GREAT_CIRCLE_SLACK_M 100.0
#define LONGEST_EDGE_M 1000000.0

typedef struct vec {
    double x, y, z;
} vec;

static vec vec_of(ovf_point p)
{
    double lat = p.lat_deg * DEGREE_RAD;
    double lon = p.lon_deg * DEGREE_RAD;
    return (vec){cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)};
}

static ovf_point point_of(vec v)
{
    return (ovf_point){atan2(v.z, hypot(v.x, v.y)) / DEGREE_RAD, atan2(v.y, v.x) / DEGREE_RAD};
}

static vec cross(vec a, vec b)
{
    return (vec){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

static double dot(vec a, vec b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static double length(vec a)
{
    return sqrt(dot(a, a));
}

static double distance_m(vec a, vec b)
{
    return SPHERE_M * atan2(length(cross(a, b)), dot(a, b));
}

/* Positive: c lies left of the way from a to b. */
static double side(vec a, vec b, vec c)
{
    return dot(cross(a, b), c);
}

static double distance_to_edge_m(vec p, vec a, vec b)
{
    vec normal = cross(a, b);
    double norm = length(normal);
    if (norm < 1e-12)
        return distance_m(p, a);
    bool is_beside = dot(cross(normal, a), p) >= 0 && dot(cross(b, normal), p) >= 0;
    if (!is_beside)
        return fmin(distance_m(p, a), distance_m(p, b));
    return SPHERE_M * fabs(asin(fmax(-1.0, fmin(1.0, dot(normal, p) / norm))));
}

/* ---- the ring while it is simplified ---- */

typedef struct corner {
    vec at;
    uint32_t before, after;
    bool is_gone;
    double excess_m; /* of the edge that leaves here */
    double fill_m;   /* the excess that filling this corner would give; HUGE_VAL: not to be done */
    double meet_m;   /* the same for replacing the edge that leaves here */
    vec meeting;
} corner;

typedef struct ring {
    corner *corners;
    uint32_t count, left;
} ring;

static bool is_in_triangle(vec p, vec a, vec b, vec c)
{
    double x = side(a, b, p);
    double y = side(b, c, p);
    double z = side(c, a, p);
    return (x >= 0 && y >= 0 && z >= 0) || (x <= 0 && y <= 0 && z <= 0);
}

/* Is any corner but those of the triangle itself within it? */
static bool is_triangle_empty(const ring *r, vec a, vec b, vec c, uint32_t i, uint32_t j,
                              uint32_t k)
{
    vec middle = {a.x + b.x + c.x, a.y + b.y + c.y, a.z + b.z + c.z};
    for (uint32_t n = 0; n < r->count; n++) {
        if (r->corners[n].is_gone || n == i || n == j || n == k)
            continue;
        vec p = r->corners[n].at;
        if (dot(p, middle) > 0 && is_in_triangle(p, a, b, c))
            return false;
    }
    return true;
}

static bool do_cross(vec a, vec b, vec c, vec d)
{
    return dot(a, c) > 0 && side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/* Does any edge of the ring cut the new one, but for those that are replaced? */
static bool is_edge_free(const ring *r, vec a, vec b, uint32_t skip_from, uint32_t skip_until)
{
    for (uint32_t n = 0; n < r->count; n++) {
        const corner *c = &r->corners[n];
        if (c->is_gone || n == skip_from || n == skip_until || c->after == skip_from)
            continue;
        if (do_cross(a, b, c->at, r->corners[c->after].at))
            return false;
    }
    return true;
}

static void weigh_fill(ring *r, uint32_t i)
{
    corner *b = &r->corners[i];
    const corner *a = &r->corners[b->before];
    const corner *c = &r->corners[b->after];
    b->fill_m = HUGE_VAL;
    if (side(a->at, b->at, c->at) > 1e-13 || distance_m(a->at, c->at) > LONGEST_EDGE_M)
        return;
    b->fill_m = fmax(a->excess_m, b->excess_m) + distance_to_edge_m(b->at, a->at, c->at);
}

static void weigh_meet(ring *r, uint32_t i)
{
    corner *b = &r->corners[i];
    const corner *a = &r->corners[b->before];
    const corner *c = &r->corners[b->after];
    const corner *d = &r->corners[c->after];
    b->meet_m = HUGE_VAL;
    bool is_bulge = side(a->at, b->at, c->at) > 0 && side(b->at, c->at, d->at) > 0;
    if (!is_bulge || a == d || b->after == b->before)
        return;
    vec x = cross(cross(a->at, b->at), cross(c->at, d->at));
    double norm = length(x);
    if (norm < 1e-15)
        return;
    if (dot(x, b->at) < 0)
        norm = -norm;
    x = (vec){x.x / norm, x.y / norm, x.z / norm};
    // It must lie outside of the edge, ahead on both sides.
    bool is_ahead = side(b->at, c->at, x) < 0 && dot(cross(cross(a->at, b->at), b->at), x) > 0
                    && dot(cross(cross(c->at, d->at), c->at), x) < 0;
    if (!is_ahead || distance_m(a->at, x) > LONGEST_EDGE_M || distance_m(x, d->at) > LONGEST_EDGE_M)
        return;
    b->meeting = x;
    b->meet_m =
        fmax(fmax(a->excess_m, c->excess_m), b->excess_m + distance_to_edge_m(x, b->at, c->at));
}

static void weigh_around(ring *r, uint32_t i)
{
    uint32_t at = r->corners[r->corners[r->corners[i].before].before].before;
    for (int k = 0; k < 6; k++, at = r->corners[at].after) {
        weigh_fill(r, at);
        weigh_meet(r, at);
    }
}

static void remove_corner(ring *r, uint32_t i)
{
    corner *c = &r->corners[i];
    r->corners[c->before].after = c->after;
    r->corners[c->after].before = c->before;
    c->is_gone = true;
    r->left--;
}

/* Fills the dent at i, when nothing stands within. */
static bool fill(ring *r, uint32_t i)
{
    corner *b = &r->corners[i];
    corner *a = &r->corners[b->before];
    const corner *c = &r->corners[b->after];
    if (!is_triangle_empty(r, a->at, b->at, c->at, b->before, i, b->after)) {
        b->fill_m = HUGE_VAL;
        return false;
    }
    a->excess_m = b->fill_m;
    remove_corner(r, i);
    weigh_around(r, b->before);
    return true;
}

static bool meet(ring *r, uint32_t i)
{
    corner *b = &r->corners[i];
    uint32_t next = b->after;
    const corner *c = &r->corners[next];
    corner *a = &r->corners[b->before];
    vec x = b->meeting;
    if (!is_triangle_empty(r, b->at, x, c->at, i, next, next) || !is_edge_free(r, b->at, x, i, next)
        || !is_edge_free(r, x, c->at, i, next)) {
        b->meet_m = HUGE_VAL;
        return false;
    }
    a->excess_m = fmax(a->excess_m, b->meet_m);
    b->excess_m = fmax(c->excess_m, b->meet_m);
    b->at = x;
    remove_corner(r, next);
    weigh_around(r, i);
    return true;
}

static void simplify(ring *r, uint32_t most)
{
    for (uint32_t i = 0; i < r->count; i++) {
        weigh_fill(r, i);
        weigh_meet(r, i);
    }
    while (r->left > 4) {
        uint32_t best = 0;
        double least_m = HUGE_VAL;
        bool is_fill = false;
        for (uint32_t i = 0; i < r->count; i++) {
            const corner *c = &r->corners[i];
            if (c->is_gone || fmin(c->fill_m, c->meet_m) >= least_m)
                continue;
            best = i;
            is_fill = c->fill_m <= c->meet_m;
            least_m = fmin(c->fill_m, c->meet_m);
        }
        if (least_m >= HUGE_VAL || (r->left <= most && least_m > HULL_TOLERANCE_M))
            return;
        if (is_fill)
            fill(r, best);
        else
            meet(r, best);
    }
}

/* ---- from an outline ---- */

/* Points of a ring, each once, without the slit that an outline has from the 180th meridian to a
 * pole and back. */
static uint32_t take_points(const ovf_outline_ring *in, corner *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < in->count; i++) {
        vec v = vec_of(in->points[i]);
        bool is_pole = fabs(in->points[i].lat_deg) > 89.999999;
        if (is_pole || (count > 0 && distance_m(out[count - 1].at, v) < 1.0))
            continue;
        if (count > 1 && distance_m(out[count - 2].at, v) < 1.0) {
            count--; // out and back
            continue;
        }
        out[count++] = (corner){.at = v};
    }
    while (count > 1 && distance_m(out[0].at, out[count - 1].at) < 1.0)
        count--;
    return count;
}

static ovf_status finish(ring *r, double base_m, ovf_arena *arena, hull *out, ovf_error *err)
{
    hull h = {.points = ovf_arena_array(arena, ovf_point, r->left)};
    h.vectors = ovf_arena_alloc(arena, r->left, sizeof(*h.vectors));
    if (h.points == NULL || h.vectors == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an obstacle");
    uint32_t at = 0;
    while (r->corners[at].is_gone)
        at++;
    for (uint32_t i = 0; i < r->left; i++, at = r->corners[at].after) {
        vec v = r->corners[at].at;
        h.vectors[h.count][0] = v.x;
        h.vectors[h.count][1] = v.y;
        h.vectors[h.count][2] = v.z;
        h.points[h.count++] = point_of(v);
        h.excess_m = fmax(h.excess_m, r->corners[at].excess_m);
    }
    h.excess_m += base_m;
    *out = h;
    return ovf_area_polygon(arena, h.points, h.count, &out->area, err);
}

static ovf_status make_ring(const ovf_outline_ring *in, uint32_t most, double base_m,
                            ovf_arena *arena, hull *out, bool *is_made, ovf_error *err)
{
    *is_made = false;
    corner *corners = ovf_arena_array(arena, corner, in->count + 1);
    if (corners == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an obstacle");
    ring r = {.corners = corners, .count = take_points(in, corners)};
    r.left = r.count;
    if (r.count < 3)
        return OVF_OK; // a speck of the outline's arithmetic
    for (uint32_t i = 0; i < r.count; i++) {
        corners[i].before = i == 0 ? r.count - 1 : i - 1;
        corners[i].after = i + 1 == r.count ? 0 : i + 1;
    }
    simplify(&r, most);
    ovf_status status = finish(&r, base_m, arena, out, err);
    *is_made = status == OVF_OK;
    return status;
}

ovf_status hull_make(const ovf_area *area, double margin_m, uint32_t most, ovf_arena *arena,
                     hull **out, size_t *count, ovf_error *err)
{
    const ovf_area *grown = area;
    double slack_m = HULL_TOLERANCE_M + GREAT_CIRCLE_SLACK_M;
    ovf_status status = ovf_area_buffer(arena, area, margin_m + slack_m, &grown, err);
    ovf_outline outline = {0};
    if (status == OVF_OK)
        status = ovf_area_outline(grown, HULL_TOLERANCE_M, arena, &outline, err);
    if (status != OVF_OK)
        return status;
    hull *hulls = ovf_arena_array(arena, hull, (size_t)outline.count + 1);
    if (hulls == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an obstacle");
    size_t made = 0;
    for (uint32_t i = 0; i < outline.count && status == OVF_OK; i++) {
        bool is_made = false;
        if (outline.rings[i].is_hole)
            continue; // whoever is outside never gets in
        status = make_ring(&outline.rings[i], most, slack_m, arena, &hulls[made], &is_made, err);
        made += is_made;
    }
    *out = hulls;
    *count = made;
    return status;
}
