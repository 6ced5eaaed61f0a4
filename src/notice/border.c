/* SPDX-License-Identifier: Apache-2.0 */
/* Lines that bound States and FIRs, out of the rings of an open world, and ways along them. */
#include "border.h"

#include <math.h>
#include <stdlib.h>

#define BORDERS_MAX 8   /* different lines in one notice */
#define WAY_MAX 1000    /* vertices of one way: what is longer is thinned */
#define WAY_THIN_M 20.0 /* far below OVF_BORDER_ACCURACY_M */
#define LONGER_MAX 6.0  /* the longer way is thought of up to so many times the shorter */
#define SIMPLE_MAX 1200 /* the test for crossings is quadratic */
#define FACING_MAX 6000 /* and that for the side that an edge faces */
#define METRES_A_DEGREE 111195.0

struct ovf_border_list {
    ovf_border items[BORDERS_MAX];
    bool is_good[BORDERS_MAX];
    size_t count;
};

/* ---- lines ---- */

static const ovf_area *outline_of(const ovf_draft *d, ovf_border_kind kind, uint32_t index)
{
    switch (kind) {
    case OVF_BORDER_LAND:
    case OVF_BORDER_COAST: return ovf_world_land(d->world, index);
    case OVF_BORDER_SEA:
    case OVF_BORDER_STATE: return ovf_world_territory(d->world, index);
    case OVF_BORDER_FIR: return ovf_world_fir_area(d->world, ovf_world_fir(d->world, index));
    case OVF_BORDER_NONE: break;
    }
    return ovf_area_empty();
}

/* Which edges of the rings are the line: land borders are those that another State has, or the one
 * meant; coasts and the limits of seas those that nobody has. */
static bool mark(ovf_draft *d, ovf_border *border)
{
    bool is_sea = border->kind == OVF_BORDER_SEA;
    bool is_land = border->kind == OVF_BORDER_LAND;
    if (!is_sea && !is_land && border->kind != OVF_BORDER_COAST)
        return true; // all of them
    size_t shared_count = 0;
    const ovf_shared_edge *shared =
        is_sea ? ovf_world_territory_shared(d->world, border->index, &shared_count)
               : ovf_world_land_shared(d->world, border->index, &shared_count);
    size_t total = 0;
    for (size_t r = 0; r < border->count; r++)
        total += border->rings[r].ring.count;
    uint8_t *marks = ovf_arena_array(d->arena, uint8_t, total + 1);
    if (shared == NULL || marks == NULL)
        return false;
    memset(marks, !is_land, total);
    for (size_t i = 0; i < shared_count; i++) {
        bool is_meant = border->other == OVF_INDEX_NONE || border->other == shared[i].state
                        || (is_sea && shared[i].state == border->index);
        if (is_meant && shared[i].edge < total)
            marks[shared[i].edge] = is_land;
    }
    for (size_t r = 0, first = 0; r < border->count; r++) {
        border->rings[r].is_line = marks + first;
        first += border->rings[r].ring.count;
    }
    return true;
}

static bool build(ovf_draft *d, ovf_border *border)
{
    const ovf_area *area = outline_of(d, border->kind, border->index);
    size_t rings = ovf_area_ring_list(area, NULL, 0);
    if (rings == 0)
        return false;
    ovf_ring *list = ovf_arena_array(d->arena, ovf_ring, rings);
    border->rings = ovf_arena_array(d->arena, ovf_border_ring, rings);
    bool is_built = list != NULL && border->rings != NULL;
    if (is_built) {
        ovf_area_ring_list(area, list, rings);
        for (size_t r = 0; r < rings; r++)
            border->rings[r] = (ovf_border_ring){.ring = list[r]};
        border->count = rings;
        is_built = mark(d, border);
    }
    d->no_memory |= !is_built;
    return is_built;
}

const ovf_border *ovf_border_of(ovf_draft *d, ovf_border_kind kind, uint32_t index, uint32_t other)
{
    if (d->world == NULL || index == OVF_INDEX_NONE)
        return NULL;
    if (d->borders == NULL) {
        d->borders = ovf_arena_array(d->arena, struct ovf_border_list, 1);
        if (d->borders == NULL) {
            d->no_memory = true;
            return NULL;
        }
        d->borders->count = 0;
    }
    struct ovf_border_list *list = d->borders;
    for (size_t i = 0; i < list->count; i++) {
        const ovf_border *b = &list->items[i];
        if (b->kind == kind && b->index == index && b->other == other)
            return list->is_good[i] ? b : NULL;
    }
    if (list->count == BORDERS_MAX)
        return NULL;
    ovf_border *border = &list->items[list->count];
    *border = (ovf_border){.kind = kind, .index = index, .other = other};
    list->is_good[list->count] = build(d, border);
    return list->is_good[list->count++] ? border : NULL;
}

/* ---- feet ---- */

struct foot {
    uint32_t edge;
    ovf_point place;
    double away_m;
};

/* Plane at p's latitude: edges are short, and a foot is only taken within a few miles: no farther
 * than within_m, with no place and away_m infinite when there is none. */
static struct foot foot_on(const ovf_border_ring *ring, ovf_point p, double within_m)
{
    struct foot best = {.away_m = HUGE_VAL};
    double per_lon = METRES_A_DEGREE * cos(p.lat_deg * 0.017453292519943295);
    // Most edges lie wholly to the north or to the south. A hundredth more than the reach.
    double reach_e7 = within_m * 1.01 / METRES_A_DEGREE * 1e7;
    double north_e7 = p.lat_deg * 1e7 + reach_e7;
    double south_e7 = p.lat_deg * 1e7 - reach_e7;
    for (uint32_t i = 0; i < ring->ring.count; i++) {
        ovf_fixed from = ring->ring.vertices[i];
        ovf_fixed to = ring->ring.vertices[i + 1 < ring->ring.count ? i + 1 : 0];
        if ((from.lat_e7 > north_e7 && to.lat_e7 > north_e7)
            || (from.lat_e7 < south_e7 && to.lat_e7 < south_e7)
            || (ring->is_line != NULL && !ring->is_line[i]))
            continue;
        ovf_point a = ovf_fixed_point(from);
        ovf_point b = ovf_fixed_point(to);
        double ax = ovf_lon_wrap(a.lon_deg - p.lon_deg) * per_lon;
        double ay = (a.lat_deg - p.lat_deg) * METRES_A_DEGREE;
        double bx = ax + ovf_lon_wrap(b.lon_deg - a.lon_deg) * per_lon;
        double by = (b.lat_deg - p.lat_deg) * METRES_A_DEGREE;
        if ((ax > within_m && bx > within_m) || (ax < -within_m && bx < -within_m))
            continue;
        double length2 = (bx - ax) * (bx - ax) + (by - ay) * (by - ay);
        double t = length2 > 0 ? -(ax * (bx - ax) + ay * (by - ay)) / length2 : 0;
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        double away = hypot(ax + t * (bx - ax), ay + t * (by - ay));
        if (away < best.away_m) {
            double lon = a.lon_deg + t * ovf_lon_wrap(b.lon_deg - a.lon_deg);
            best = (struct foot){
                i, {a.lat_deg + t * (b.lat_deg - a.lat_deg), ovf_lon_wrap(lon)}, away};
        }
    }
    return best;
}

/* ---- ways ---- */

struct way {
    ovf_point *points;
    size_t count;
    double length_m;
    uint32_t steps; /* from edge to edge */
    bool is_forward;
    bool is_whole; /* all of its edges are the line */
    bool is_over;  /* longer than was asked for: no points */
};

static inline double wrapped(double lon_deg)
{
    return lon_deg >= -180.0 && lon_deg < 180.0 ? lon_deg : ovf_lon_wrap(lon_deg);
}

static double step_m(ovf_point a, ovf_point b)
{
    double x =
        wrapped(b.lon_deg - a.lon_deg) * cos((a.lat_deg + b.lat_deg) * 0.5 * 0.017453292519943295);
    return METRES_A_DEGREE * hypot(x, b.lat_deg - a.lat_deg);
}

static uint32_t edge_behind(uint32_t edge, uint32_t n, bool is_forward)
{
    return is_forward ? (edge + 1 < n ? edge + 1 : 0) : (edge > 0 ? edge - 1 : n - 1);
}

/* The way from foot p to foot q with the order of the ring or against it: how many edges it takes,
 * and whether all of them are the line. */
static struct way plan(const ovf_border_ring *ring, struct foot p, struct foot q, bool is_forward)
{
    uint32_t n = ring->ring.count;
    struct way way = {.is_forward = is_forward, .is_whole = true};
    way.steps = is_forward ? (q.edge + n - p.edge) % n : (p.edge + n - q.edge) % n;
    if (p.edge == q.edge) { // the other way round goes past every vertex
        ovf_point a = ovf_fixed_point(ring->ring.vertices[p.edge]);
        bool is_ahead = step_m(a, q.place) >= step_m(a, p.place);
        way.steps = is_ahead != is_forward ? n : 0;
    }
    uint32_t edge = p.edge;
    for (uint32_t i = 0; ring->is_line != NULL && i < way.steps && way.is_whole; i++) {
        edge = edge_behind(edge, n, is_forward);
        way.is_whole = ring->is_line[edge];
    }
    return way;
}

/* Its points, unless it turns out to be longer than longest_m. */
static bool walk(ovf_draft *d, const ovf_border_ring *ring, struct foot p, struct foot q,
                 double longest_m, struct way *way)
{
    uint32_t n = ring->ring.count;
    way->points = ovf_arena_array(d->arena, ovf_point, (size_t)way->steps + 2);
    if (way->points == NULL) {
        d->no_memory = true;
        return false;
    }
    way->points[way->count++] = p.place;
    uint32_t edge = p.edge;
    for (uint32_t i = 0; i <= way->steps && !way->is_over; i++) {
        uint32_t next = edge_behind(edge, n, way->is_forward);
        ovf_point point = i == way->steps
                              ? q.place
                              : ovf_fixed_point(ring->ring.vertices[way->is_forward ? next : edge]);
        way->length_m += step_m(way->points[way->count - 1], point);
        way->points[way->count++] = point;
        way->is_over = way->length_m > longest_m;
        edge = next;
    }
    return true;
}

/* Leaves out what lies within tolerance_m of the chord round it (Douglas and Peucker). */
static size_t thin(ovf_draft *d, ovf_point *points, size_t count, double tolerance_m)
{
    if (count < 3)
        return count;
    uint8_t *keeps = ovf_arena_array(d->arena, uint8_t, count);
    uint32_t *stack = ovf_arena_array(d->arena, uint32_t, 2 * count);
    if (keeps == NULL || stack == NULL) {
        d->no_memory = true;
        return count;
    }
    memset(keeps, 0, count);
    keeps[0] = keeps[count - 1] = 1;
    size_t depth = 0;
    stack[depth++] = 0;
    stack[depth++] = (uint32_t)count - 1;
    while (depth > 0) {
        uint32_t last = stack[--depth];
        uint32_t first = stack[--depth];
        ovf_point a = points[first];
        double per_lon = METRES_A_DEGREE * cos(a.lat_deg * 0.017453292519943295);
        double bx = wrapped(points[last].lon_deg - a.lon_deg) * per_lon;
        double by = (points[last].lat_deg - a.lat_deg) * METRES_A_DEGREE;
        double length = hypot(bx, by);
        double worst = tolerance_m;
        double surely2 = worst * worst * (1 - 1e-9); // roots are taken of what is in doubt
        uint32_t at = 0;
        for (uint32_t i = first + 1; i < last; i++) {
            double x = wrapped(points[i].lon_deg - a.lon_deg) * per_lon;
            double y = (points[i].lat_deg - a.lat_deg) * METRES_A_DEGREE;
            if (x * x + y * y < surely2)
                continue;
            double along = length > 0 ? (x * bx + y * by) / length : 0;
            double off = length > 0 ? fabs(x * by - y * bx) / length : hypot(x, y);
            if (along < 0 || along > length) {
                if ((x - bx) * (x - bx) + (y - by) * (y - by) < surely2)
                    continue;
                off = fmin(hypot(x, y), hypot(x - bx, y - by));
            }
            if (off > worst) {
                worst = off;
                surely2 = worst * worst * (1 - 1e-9);
                at = i;
            }
        }
        if (at > 0) {
            keeps[at] = 1;
            stack[depth++] = first;
            stack[depth++] = at;
            stack[depth++] = at;
            stack[depth++] = last;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (keeps[i])
            points[kept++] = points[i];
    }
    return kept;
}

/* Is the outline p, way, q, rest free of crossings? */
static bool is_simple_with(ovf_draft *d, const struct way *way, ovf_point p, ovf_point q,
                           const ovf_point *rest, size_t rest_count)
{
    ovf_fixed *ring = ovf_arena_array(d->arena, ovf_fixed, way->count + rest_count + 2);
    if (ring == NULL) {
        d->no_memory = true;
        return true;
    }
    uint32_t count = 0;
    ring[count++] = ovf_point_fix(p);
    for (size_t i = 1; i + 1 < way->count; i++)
        ring[count++] = ovf_point_fix(way->points[i]);
    ring[count++] = ovf_point_fix(q);
    for (size_t i = 0; i < rest_count; i++)
        ring[count++] = ovf_point_fix(rest[i]);
    ovf_ring whole = {.vertices = ring, .count = count};
    size_t at = 0;
    return ovf_ring_is_simple(&whole, &at);
}

/* Twice the signed surface in square degrees, anticlockwise positive. */
static double turn_of(const ovf_ring *ring)
{
    double sum = 0;
    for (uint32_t i = 0; i < ring->count; i++) {
        ovf_fixed a = ring->vertices[i];
        ovf_fixed b = ring->vertices[i + 1 < ring->count ? i + 1 : 0];
        double x = ovf_lon_wrap((double)(a.lon_e7 - (int64_t)ring->vertices[0].lon_e7) * 1e-7);
        double dx = ovf_lon_wrap((double)(b.lon_e7 - (int64_t)a.lon_e7) * 1e-7);
        sum += x * (b.lat_e7 - (double)a.lat_e7) * 1e-7 - dx * a.lat_e7 * 1e-7;
    }
    return sum;
}

static size_t thin_to_fit(ovf_draft *d, struct way *way)
{
    size_t count = thin(d, way->points, way->count, WAY_THIN_M);
    for (double off_m = WAY_THIN_M * 4; count > WAY_MAX && off_m < 1e5; off_m *= 4)
        count = thin(d, way->points, count, off_m);
    return count;
}

/* One of the two ways is the only one, or the one that the words say. */
static bool walk_one(ovf_draft *d, const ovf_border_ring *ring, struct foot from, struct foot to,
                     struct way *way)
{
    if (!walk(d, ring, from, to, HUGE_VAL, way))
        return false;
    way->count = thin_to_fit(d, way);
    return true;
}

/* Both are the line: the shorter, unless only the longer makes a simple outline with the rest. A way
 * round the whole country is not what a short leg means, however its ends are misprinted, and is
 * not followed to its end. */
static struct way *walk_both(ovf_draft *d, const ovf_border_ring *ring, struct foot from,
                             struct foot to, struct way ways[2], ovf_point p, ovf_point q,
                             const ovf_point *rest, size_t rest_count)
{
    struct way *first = &ways[ways[1].steps < ways[0].steps];
    struct way *second = first == &ways[0] ? &ways[1] : &ways[0];
    if (!walk(d, ring, from, to, HUGE_VAL, first)
        || !walk(d, ring, from, to, LONGER_MAX * first->length_m, second))
        return NULL;
    struct way *shorter = ways[0].length_m <= ways[1].length_m ? &ways[0] : &ways[1];
    struct way *longer = shorter == &ways[0] ? &ways[1] : &ways[0];
    shorter->count = thin_to_fit(d, shorter);
    if (second->is_over || rest_count == 0 || !(longer->length_m < LONGER_MAX * shorter->length_m)
        || shorter->count + rest_count >= SIMPLE_MAX
        || is_simple_with(d, shorter, p, q, rest, rest_count))
        return shorter;
    longer->count = thin_to_fit(d, longer);
    return longer->count + rest_count < SIMPLE_MAX
                   && is_simple_with(d, longer, p, q, rest, rest_count)
               ? longer
               : shorter;
}

bool ovf_border_way(ovf_draft *d, const ovf_border *border, ovf_point p, ovf_point q, int turn,
                    const ovf_point *rest, size_t rest_count, double off_m, ovf_point **out,
                    size_t *count)
{
    const ovf_border_ring *best = NULL;
    struct foot from = {0};
    struct foot to = {0};
    double nearest = off_m;
    for (size_t i = 0; i < border->count; i++) {
        struct foot a = foot_on(&border->rings[i], p, nearest);
        if (a.away_m > nearest)
            continue;
        struct foot b = foot_on(&border->rings[i], q, nearest);
        double away = fmax(a.away_m, b.away_m);
        if (away > nearest)
            continue;
        nearest = away;
        best = &border->rings[i];
        from = a;
        to = b;
    }
    if (best == NULL)
        return false;
    struct way ways[2] = {plan(best, from, to, true), plan(best, from, to, false)};
    struct way *way = ways[0].is_whole ? &ways[0] : &ways[1];
    if (!way->is_whole)
        return false;
    bool is_open = ways[0].is_whole && ways[1].is_whole && turn == 0;
    if (ways[0].is_whole && ways[1].is_whole && turn != 0)
        way = (turn_of(&best->ring) > 0) == (turn > 0) ? &ways[0] : &ways[1];
    if (is_open)
        way = walk_both(d, best, from, to, ways, p, q, rest, rest_count);
    else if (!walk_one(d, best, from, to, way))
        return false;
    if (way == NULL)
        return false;
    // The ends of the text stand. What lies about as near to them as they lie off the line is left
    // out: else the edge that leads to such an end would cross the line right beside it.
    double skip_p_m = 100.0 + 3.0 * from.away_m;
    double skip_q_m = 100.0 + 3.0 * to.away_m;
    size_t first = 0;
    size_t last = way->count;
    while (first + 1 < last && step_m(p, way->points[first]) < skip_p_m)
        first++;
    while (last > first + 1 && step_m(q, way->points[last - 1]) < skip_q_m)
        last--;
    *out = way->points + first;
    *count = last > first ? last - first : 0;
    return true;
}

/* ---- strips ---- */

/* Does the edge lie on the side of the ring that faces north, south, east or west: is nothing of
 * the ring farther out at its middle? */
static bool faces(const ovf_ring *ring, uint32_t edge, int side)
{
    bool by_lat = side == OVF_EAST_OF || side == OVF_WEST_OF; // look along the parallel
    double zero = ring->vertices[0].lon_e7 * 1e-7;
    ovf_fixed a = ring->vertices[edge];
    ovf_fixed b = ring->vertices[edge + 1 < ring->count ? edge + 1 : 0];
    double middle_lat = (a.lat_e7 + (double)b.lat_e7) * 0.5e-7;
    double ax = ovf_lon_wrap(a.lon_e7 * 1e-7 - zero);
    double middle_lon = ax + ovf_lon_wrap((double)(b.lon_e7 - (int64_t)a.lon_e7) * 1e-7) * 0.5;
    double level = by_lat ? middle_lat : middle_lon;
    double out = by_lat ? middle_lon : middle_lat;
    double sign = side == OVF_EAST_OF || side == OVF_NORTH_OF ? 1 : -1;
    for (uint32_t i = 0; i < ring->count; i++) {
        if (i == edge)
            continue;
        ovf_fixed s = ring->vertices[i];
        ovf_fixed e = ring->vertices[i + 1 < ring->count ? i + 1 : 0];
        double sx = ovf_lon_wrap(s.lon_e7 * 1e-7 - zero);
        double ex = sx + ovf_lon_wrap((double)(e.lon_e7 - (int64_t)s.lon_e7) * 1e-7);
        double u0 = by_lat ? s.lat_e7 * 1e-7 : sx;
        double u1 = by_lat ? e.lat_e7 * 1e-7 : ex;
        double v0 = by_lat ? sx : s.lat_e7 * 1e-7;
        double v1 = by_lat ? ex : e.lat_e7 * 1e-7;
        if ((u0 > level) == (u1 > level))
            continue;
        if (sign * (v0 + (level - u0) / (u1 - u0) * (v1 - v0) - out) > 1e-6)
            return false;
    }
    return true;
}

struct strip {
    const ovf_area **parts;
    size_t count, capacity;
    double half_m;
};

static bool add_line(ovf_draft *d, struct strip *strip, ovf_point *points, size_t count)
{
    // A fiftieth of the width is far below what the outline is good for.
    double off_m = strip->half_m / 50 < 1000.0 ? strip->half_m / 50 : 1000.0;
    count = thin(d, points, count, off_m > WAY_THIN_M ? off_m : WAY_THIN_M);
    if (!ovf_arena_grow(d->arena, (void **)&strip->parts, strip->count, &strip->capacity,
                        sizeof(*strip->parts))) {
        d->no_memory = true;
        return false;
    }
    const ovf_area *part = NULL;
    if (ovf_area_corridor(d->arena, points, count, strip->half_m, &part, NULL) == OVF_OK)
        strip->parts[strip->count++] = part;
    return true;
}

/* The chains of marked edges of a ring, begun where an unmarked one ends. */
static bool add_ring(ovf_draft *d, struct strip *strip, const ovf_border_ring *ring, int side)
{
    uint32_t n = ring->ring.count;
    uint8_t *wanted = ovf_arena_array(d->arena, uint8_t, n);
    ovf_point *points = ovf_arena_array(d->arena, ovf_point, (size_t)n + 2);
    if (wanted == NULL || points == NULL) {
        d->no_memory = true;
        return false;
    }
    bool may_face = side != 0 && n <= FACING_MAX;
    uint32_t start = 0;
    for (uint32_t i = 0; i < n; i++) {
        wanted[i] = ring->is_line == NULL || ring->is_line[i];
        if (wanted[i] && may_face)
            wanted[i] = faces(&ring->ring, i, side);
        if (!wanted[i])
            start = i + 1;
    }
    size_t count = 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = (start + k) % n;
        if (wanted[i]) {
            if (count == 0)
                points[count++] = ovf_fixed_point(ring->ring.vertices[i]);
            points[count++] = ovf_fixed_point(ring->ring.vertices[(i + 1) % n]);
        }
        if (count > 1 && (!wanted[i] || k + 1 == n)) {
            if (!add_line(d, strip, points, count))
                return false;
            count = 0;
        }
    }
    return true;
}

const ovf_area *ovf_border_strip(ovf_draft *d, const ovf_border *border, double half_m, int side)
{
    struct strip strip = {.half_m = half_m};
    const ovf_area *out = NULL;
    for (size_t i = 0; i < border->count; i++) {
        if (!add_ring(d, &strip, &border->rings[i], side))
            return NULL;
    }
    if (strip.count == 0
        || ovf_area_union(d->arena, strip.parts, strip.count, &out, NULL) != OVF_OK)
        return NULL;
    return out;
}
