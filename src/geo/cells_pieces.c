/* SPDX-License-Identifier: Apache-2.0 */
/* Edges to pieces.
 *
 * A geodesic is cut into pieces that a chord with a bow of the third degree follows to a quarter
 * of a metre: two outer places fix the bow, the one half-way tells how far it is off (the error of
 * an interpolation in four places is largest there). Short edges take the bow of a great circle,
 * y'' = -sin y cos y - 2 tan y y'^2, which is a hundredth wrong on the ellipsoid. What remains
 * unsure goes into the piece's doubt, and a point within it is asked of the area itself; so is the
 * rounding of the places of the cuts, and the breadth of a boundary. */
#include "cells_internal.h"

#include <stdlib.h>
#include <string.h>

#define CUT_M 150000.0
#define CUT_DEPTH_MAX 14
#define CUT_WIDTH_E7 300000000.0 /* of longitude */
#define MISS_E7 24.0             /* 0.27 m: see above */
#define ROUNDED_E7 2.0           /* both ends of a piece, and the point */
#define BOUNDARY_E7 4.0          /* OVF_COINCIDENT_M, with room */
#define SHORT_E7 3000000.0       /* edges that take the bow of a great circle: within 0.3 degrees */
#define SHORT_BOW_E7 300.0       /* and 3.3 m */
#define SHORT_MISS 0.03
#define SHORT_LAT_E7 750000000
#define ARCS_OF_CIRCLE 12
#define CIRCLE_MAX_M 2e6
#define E7_RAD (1e-7 * RAD)

static bool no_room(struct cells_raster *raster)
{
    raster->status = OVF_E_NOMEM;
    return false;
}

/* ---- edges to pieces ---- */

struct xy { /* unrolled longitude and latitude, 1e-7 degrees */
    double x, y;
};

static struct cells_piece chord_of(struct xy a, struct xy b)
{
    if (b.x < a.x || (b.x == a.x && b.y < a.y)) {
        struct xy swap = a;
        a = b;
        b = swap;
    }
    struct cells_piece e = {
        .ax = (int32_t)a.x, .ay = (int32_t)a.y, .bx = (int32_t)b.x, .by = (int32_t)b.y};
    double length = hypot(b.x - a.x, b.y - a.y);
    e.ux = (b.x - a.x) / length;
    e.uy = (b.y - a.y) / length;
    e.length = (float)length;
    e.per_length = (float)(1 / length);
    return e;
}

static double lat_doubt(double lat_e7)
{
    double shrink = cos(fmin(fabs(lat_e7), CELLS_CAP_E7 + 5000.0) * E7_RAD);
    return BOUNDARY_E7 / shrink;
}

static double piece_doubt(struct xy a, struct xy b)
{
    return ROUNDED_E7 + lat_doubt(fmax(fabs(a.y), fabs(b.y)));
}

/* Adds a piece as it is, and once more a turn away when it reaches over the 180th meridian. */
static bool keep_piece(struct cells_writer *w, struct cells_piece e)
{
    double margin = cells_margin(&e, false);
    if (cells_piece_of(w, &e) == CELLS_NONE)
        return false;
    int64_t turn = e.ax - margin < -(double)OVF_GEO_HALF_E7   ? OVF_GEO_CIRCLE_E7
                   : e.bx + margin >= (double)OVF_GEO_HALF_E7 ? -OVF_GEO_CIRCLE_E7
                                                              : 0;
    if (turn == 0)
        return true;
    e.ax = (int32_t)(e.ax + turn);
    e.bx = (int32_t)(e.bx + turn);
    return cells_piece_of(w, &e) != CELLS_NONE;
}

static bool add_straight(struct cells_writer *w, struct xy a, struct xy b)
{
    if (a.x == b.x && a.y == b.y)
        return true;
    struct cells_piece e = chord_of(a, b);
    e.doubt = (float)piece_doubt(a, b);
    return keep_piece(w, e);
}

/* A meridian from one latitude to another, cut where the degrees of longitude grow short. */
static bool add_meridian(struct cells_writer *w, double x, double from_y, double to_y)
{
    static const double cuts[] = {-899950000, -899000000, -890000000, -850000000, -700000000,
                                  700000000,  850000000,  890000000,  899000000,  899950000};
    double south = fmin(from_y, to_y);
    double north = fmax(from_y, to_y);
    double y = south;
    for (size_t i = 0; i < OVF_COUNTOF(cuts) && y < north; i++)
        if (cuts[i] > y && cuts[i] < north) {
            if (!add_straight(w, (struct xy){x, y}, (struct xy){x, cuts[i]}))
                return false;
            y = cuts[i];
        }
    return add_straight(w, (struct xy){x, y}, (struct xy){x, north});
}

static bool add_parallel(struct cells_writer *w, double x, double step, double y)
{
    int parts = (int)ceil(fabs(step) / 150000000.0);
    double from = x;
    for (int i = 1; i <= parts; i++) {
        double to = x + (i == parts ? step : rint(step * i / parts));
        double turn = fmin(from, to) >= (double)OVF_GEO_HALF_E7   ? -(double)OVF_GEO_CIRCLE_E7
                      : fmax(from, to) < -(double)OVF_GEO_HALF_E7 ? (double)OVF_GEO_CIRCLE_E7
                                                                  : 0;
        if (!add_straight(w, (struct xy){from + turn, y}, (struct xy){to + turn, y}))
            return false;
        from = to;
    }
    return true;
}

/* What is followed: a leg, or a circle's rim when leg is NULL; both by a share in [0, 1]. */
struct curve {
    const ovf_leg *leg;
    ovf_point centre;
    double radius_m;
};

static struct xy curve_at(const struct curve *curve, double share, double near_x)
{
    ovf_point p = curve->leg != NULL ? ovf_leg_at(curve->leg, curve->leg->length_m * share)
                                     : ovf_destination(curve->centre, 360 * share, curve->radius_m);
    double x = p.lon_deg * 1e7;
    return (struct xy){near_x + remainder(x - near_x, (double)OVF_GEO_CIRCLE_E7), p.lat_deg * 1e7};
}

/* Fits the bow of a chord to three places of the curve; returns how far it misses, or HUGE_VAL. */
static double fit_bow(struct cells_piece *e, const struct xy places[3], double shift)
{
    double w[3], g[3], left[3];
    for (int i = 0; i < 3; i++) {
        double ex = places[i].x + shift - e->ax;
        double ey = places[i].y - e->ay;
        w[i] = (ex * e->ux + ey * e->uy) * (double)e->per_length;
        left[i] = ey * e->ux - ex * e->uy;
        if (!(w[i] > 0.05 && w[i] < 0.95))
            return HUGE_VAL;
        g[i] = left[i] / (w[i] * (1 - w[i]));
    }
    double skew = (g[2] - g[0]) / (2 * (w[2] - w[0]));
    double bow = g[0] - skew * (2 * w[0] - 1);
    e->skew = (float)skew;
    e->bow = (float)bow;
    return fabs(left[1] - w[1] * (1 - w[1]) * (bow + skew * (2 * w[1] - 1)));
}

static struct xy rounded(struct xy p)
{
    return (struct xy){rint(p.x), rint(p.y)};
}

/* The curve between two shares, whose places are a and b. */
static bool add_curve(struct cells_writer *w, const struct curve *curve, double from, struct xy a,
                      double until, struct xy b, int depth)
{
    struct xy places[3];
    for (int i = 0; i < 3; i++)
        places[i] =
            curve_at(curve, from + (until - from) * (i + 1) / 4, i == 0 ? a.x : places[i - 1].x);
    struct xy middle = rounded(places[1]);
    if (fmin(fabs(a.y), fabs(b.y)) > CELLS_CAP_E7 + 5000 && fabs(middle.y) > CELLS_CAP_E7 + 5000)
        return true; // a cap is asked without pieces
    double shrink =
        cos(fmin(fmax(fmax(fabs(a.y), fabs(b.y)), fabs(middle.y)), CELLS_CAP_E7) * E7_RAD);
    struct xy ra = rounded(a);
    struct xy rb = rounded(b);
    double miss = HUGE_VAL;
    struct cells_piece e = {0};
    if (ra.x == rb.x && ra.y == rb.y) {
        if (depth == CUT_DEPTH_MAX || fabs(middle.x - ra.x) + fabs(middle.y - ra.y) < 2)
            return true;
    } else if (fabs(rb.x - ra.x) < CUT_WIDTH_E7) {
        double turn = fmin(ra.x, rb.x) >= (double)OVF_GEO_HALF_E7   ? -(double)OVF_GEO_CIRCLE_E7
                      : fmax(ra.x, rb.x) < -(double)OVF_GEO_HALF_E7 ? (double)OVF_GEO_CIRCLE_E7
                                                                    : 0;
        e = chord_of((struct xy){ra.x + turn, ra.y}, (struct xy){rb.x + turn, rb.y});
        bool is_turned = rb.x < ra.x || (rb.x == ra.x && rb.y < ra.y);
        struct xy ordered[3] = {places[is_turned ? 2 : 0], places[1], places[is_turned ? 0 : 2]};
        miss = fit_bow(&e, ordered, turn);
        e.doubt = (float)(piece_doubt(a, b) + BOUNDARY_E7 / shrink + 1.5 * miss);
    }
    if (miss <= MISS_E7)
        return keep_piece(w, e);
    if (depth == CUT_DEPTH_MAX) // over a pole's cap, or nearly so: all of it is doubtful
        return miss < HUGE_VAL ? keep_piece(w, e) : true;
    double half = (from + until) / 2;
    return add_curve(w, curve, from, a, half, places[1], depth + 1)
           && add_curve(w, curve, half, places[1], until, b, depth + 1);
}

static bool add_short(struct cells_writer *w, struct xy a, struct xy b, bool *is_short)
{
    *is_short = false;
    double dx = b.x - a.x;
    double dy = b.y - a.y;
    if (fabs(dx) > SHORT_E7 || fabs(dy) > SHORT_E7 || fabs(a.y) > SHORT_LAT_E7
        || fabs(b.y) > SHORT_LAT_E7)
        return true;
    double lat = (a.y + b.y) / 2 * E7_RAD;
    double sag = (sin(lat) * cos(lat) * dx * dx + 2 * tan(lat) * dy * dy) / 8 * E7_RAD;
    if (fabs(sag) > SHORT_BOW_E7)
        return true;
    *is_short = true;
    struct cells_piece e = chord_of(a, b);
    e.bow = (float)(4 * sag * e.ux);
    e.doubt = (float)(piece_doubt(a, b) + SHORT_MISS * fabs(sag));
    return keep_piece(w, e);
}

static bool add_geodesic(struct cells_writer *w, ovf_fixed a, ovf_fixed b, double step)
{
    struct xy from = {a.lon_e7, a.lat_e7};
    struct xy to = {a.lon_e7 + step, b.lat_e7};
    if (step == 0)
        return add_meridian(w, from.x, from.y, to.y);
    bool is_done = false;
    if (fmax(fabs(from.x), fabs(to.x)) <= (double)OVF_GEO_HALF_E7
        && (!add_short(w, from, to, &is_done) || is_done))
        return is_done;
    ovf_leg leg;
    ovf_leg_init(&leg, ovf_fixed_point(a), ovf_fixed_point(b));
    struct curve curve = {.leg = &leg};
    int parts = (int)ceil(leg.length_m / CUT_M);
    struct xy last = from;
    for (int i = 1; i <= parts; i++) {
        struct xy next = i == parts ? to : curve_at(&curve, (double)i / parts, last.x);
        if (!add_curve(w, &curve, (double)(i - 1) / parts, last, (double)i / parts, next, 0))
            return false;
        last = next;
    }
    return true;
}

/* ---- edges that are known already ---- */

enum edge_kind { PLANAR, GEODESIC, PARALLEL };

static uint32_t hash_of_edge(const struct cells_edge *e)
{
    uint64_t h = (uint64_t)(uint32_t)e->a.lat_e7 * 0x9e3779b97f4a7c15u;
    h = (h ^ (uint32_t)e->a.lon_e7) * 0xff51afd7ed558ccdu;
    h = (h ^ h >> 29 ^ (uint32_t)e->b.lat_e7) * 0xc4ceb9fe1a85ec53u;
    h = (h ^ h >> 31 ^ (uint32_t)e->b.lon_e7) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(h >> 32) + e->kind;
}

static bool is_same_edge(const struct cells_edge *e, const struct cells_edge *f)
{
    return e->a.lat_e7 == f->a.lat_e7 && e->a.lon_e7 == f->a.lon_e7 && e->b.lat_e7 == f->b.lat_e7
           && e->b.lon_e7 == f->b.lon_e7 && e->kind == f->kind;
}

static bool grow_edges(struct cells_writer *w)
{
    if (w->edge_count == w->edge_capacity) {
        uint32_t capacity = w->edge_capacity * 2 + 1024;
        struct cells_edge *edges = realloc(w->edges, capacity * sizeof *edges);
        if (edges == NULL)
            return false;
        w->edges = edges;
        w->edge_capacity = capacity;
    }
    struct cells_table *table = &w->edge_slots;
    if (table->count * 2 <= table->mask)
        return true;
    uint32_t mask = table->mask * 2 + 1;
    uint32_t *slots = calloc((size_t)mask + 1, sizeof *slots);
    if (slots == NULL)
        return false;
    for (uint32_t i = 0; i < w->edge_count; i++) {
        uint32_t slot = hash_of_edge(&w->edges[i]) & mask;
        while (slots[slot] != 0)
            slot = (slot + 1) & mask;
        slots[slot] = i + 1;
    }
    free(table->slots);
    table->slots = slots;
    table->mask = mask;
    return true;
}

static void put_edge(struct cells_writer *w, uint32_t index)
{
    uint32_t slot = hash_of_edge(&w->edges[index]) & w->edge_slots.mask;
    while (w->edge_slots.slots[slot] != 0)
        slot = (slot + 1) & w->edge_slots.mask;
    w->edge_slots.slots[slot] = index + 1;
    w->edge_slots.count++;
}

bool cells_edges_move(const struct cells_writer *from, struct cells_writer *to,
                      const uint32_t *pieces)
{
    for (uint32_t i = 0; i < from->edge_count; i++) {
        struct cells_edge edge = from->edges[i];
        if (edge.count == 0 || pieces[edge.first] == CELLS_NONE)
            continue;
        if (!grow_edges(to))
            return false;
        edge.first = pieces[edge.first];
        to->edges[to->edge_count] = edge;
        put_edge(to, to->edge_count++);
    }
    return true;
}

static bool make_pieces(struct cells_writer *w, const struct cells_edge *edge, double step)
{
    ovf_fixed a = edge->a;
    ovf_fixed b = edge->b;
    switch (edge->kind) {
    case PLANAR: {
        struct cells_piece e =
            chord_of((struct xy){a.lon_e7, a.lat_e7}, (struct xy){b.lon_e7, b.lat_e7});
        e.doubt = 1e-3F; // the products of two doubles of up to 3.6e9 are exact to 1e-6
        return cells_piece_of(w, &e) != CELLS_NONE;
    }
    case PARALLEL: return add_parallel(w, a.lon_e7, step, a.lat_e7);
    default: return add_geodesic(w, a, b, step);
    }
}

static bool add_span(struct cells_raster *raster, uint32_t first, uint32_t count)
{
    if (raster->span_count == raster->span_capacity) {
        size_t capacity = raster->span_capacity * 2 + 256;
        struct cells_span *spans = realloc(raster->spans, capacity * sizeof *spans);
        if (spans == NULL)
            return no_room(raster);
        raster->spans = spans;
        raster->span_capacity = capacity;
    }
    raster->spans[raster->span_count++] = (struct cells_span){first, count};
    return true;
}

static struct cells_edge *find_edge(struct cells_writer *w, const struct cells_edge *edge)
{
    uint32_t slot = hash_of_edge(edge) & w->edge_slots.mask;
    for (; w->edge_slots.slots[slot] != 0; slot = (slot + 1) & w->edge_slots.mask) {
        struct cells_edge *known = &w->edges[w->edge_slots.slots[slot] - 1];
        if (is_same_edge(known, edge))
            return known;
    }
    return NULL;
}

/* Pieces of an edge, made or found, onto the raster. step: of longitude from a to b. A ring that
 * runs an edge twice (out to an island and back) gets pieces of its own for the second time, as a
 * piece bounds a part once or not at all. */
static bool add_edge(struct cells_writer *w, struct cells_raster *raster, ovf_fixed a, ovf_fixed b,
                     enum edge_kind kind, double step)
{
    if (b.lon_e7 < a.lon_e7 || (b.lon_e7 == a.lon_e7 && b.lat_e7 < a.lat_e7)) {
        ovf_fixed swap = a;
        a = b;
        b = swap;
        step = -step;
    }
    if (!grow_edges(w))
        return no_room(raster);
    struct cells_edge edge = {a, b, kind, w->store->piece_count, 0, raster->serial};
    struct cells_edge *known = find_edge(w, &edge);
    if (known != NULL && known->user != raster->serial) {
        known->user = raster->serial;
        return add_span(raster, known->first, known->count);
    }
    if (!make_pieces(w, &edge, step))
        return false;
    edge.count = w->store->piece_count - edge.first;
    if (known == NULL) {
        w->edges[w->edge_count] = edge;
        put_edge(w, w->edge_count++);
    }
    return add_span(raster, edge.first, edge.count);
}

static bool touch_spans(struct cells_writer *w, struct cells_raster *raster)
{
    const struct cells_store *store = w->store;
    for (size_t i = 0; i < raster->span_count; i++)
        for (uint32_t k = 0; k < raster->spans[i].count; k++) {
            uint32_t piece = raster->spans[i].first + k;
            if (!cells_touch(raster, &store->pieces[piece], piece, store->is_planar))
                return false;
        }
    return true;
}

/* ---- areas ---- */

bool cells_raster_planar(struct cells_writer *w, struct cells_raster *raster, const ovf_ring *ring)
{
    for (uint32_t i = 0; i < ring->count; i++) {
        ovf_fixed a = ring->vertices[i];
        ovf_fixed b = ring->vertices[i + 1 == ring->count ? 0 : i + 1];
        if (a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7)
            continue;
        if (!add_edge(w, raster, a, b, PLANAR, 0))
            return false;
    }
    return touch_spans(w, raster);
}

static bool is_pole(ovf_fixed v)
{
    return v.lat_e7 == OVF_GEO_POLE_E7 || v.lat_e7 == -OVF_GEO_POLE_E7;
}

static ovf_fixed westmost(ovf_fixed v)
{
    v.lon_e7 = v.lon_e7 == OVF_GEO_HALF_E7 ? -(int32_t)OVF_GEO_HALF_E7 : v.lon_e7;
    return v;
}

static bool add_chain_edge(struct cells_writer *w, struct cells_raster *raster,
                           const struct ovf_geo_chain *chain, uint32_t i)
{
    ovf_fixed a = westmost(ovf_geo_chain_at(chain, i));
    ovf_fixed b = westmost(ovf_geo_chain_at(chain, i + 1));
    int over = ovf_geo_chain_over_pole(chain, i);
    if (over != 0) { // up one meridian and down the other
        int32_t pole_e7 = over * OVF_GEO_POLE_E7;
        return add_edge(w, raster, a, (ovf_fixed){pole_e7, a.lon_e7}, GEODESIC, 0)
               && add_edge(w, raster, b, (ovf_fixed){pole_e7, b.lon_e7}, GEODESIC, 0);
    }
    if (is_pole(a))
        a.lon_e7 = b.lon_e7;
    else if (is_pole(b))
        b.lon_e7 = a.lon_e7;
    if (a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7)
        return true;
    bool is_parallel = ovf_geo_chain_is_parallel(chain, i);
    return add_edge(w, raster, a, b, is_parallel ? PARALLEL : GEODESIC,
                    (double)ovf_geo_chain_step_e7(chain, i));
}

static bool add_circle(struct cells_writer *w, struct cells_raster *raster, const ovf_area *area)
{
    struct curve curve = {.centre = area->circle.centre, .radius_m = area->circle.radius_m};
    struct xy start = curve_at(&curve, 0, curve.centre.lon_deg * 1e7);
    struct xy last = start;
    uint32_t first = w->store->piece_count;
    for (int i = 1; i <= ARCS_OF_CIRCLE; i++) {
        struct xy next = curve_at(&curve, (double)i / ARCS_OF_CIRCLE, last.x);
        if (i == ARCS_OF_CIRCLE) // the same place, to the last bit
            next.x =
                start.x
                + rint((next.x - start.x) / (double)OVF_GEO_CIRCLE_E7) * (double)OVF_GEO_CIRCLE_E7,
            next.y = start.y;
        if (!add_curve(w, &curve, (double)(i - 1) / ARCS_OF_CIRCLE, last,
                       (double)i / ARCS_OF_CIRCLE, next, 0))
            return false;
        last = next;
    }
    for (uint32_t piece = first; piece < w->store->piece_count; piece++)
        if (!cells_touch(raster, &w->store->pieces[piece], piece, false))
            return false;
    return true;
}

bool cells_has_pieces(const ovf_area *area)
{
    return area->kind == OVF_AREA_RINGS
           || (area->kind == OVF_AREA_CIRCLE && area->circle.radius_m <= CIRCLE_MAX_M);
}

bool cells_raster_area(struct cells_writer *w, struct cells_raster *raster, const ovf_area *area)
{
    if (area->kind == OVF_AREA_CIRCLE)
        return add_circle(w, raster, area);
    for (size_t r = 0; r < area->chains.count; r++) {
        const struct ovf_geo_chain *chain = &area->chains.items[r];
        for (uint32_t i = 0; i < chain->edge_count; i++)
            if (!add_chain_edge(w, raster, chain, i))
                return false;
    }
    return touch_spans(w, raster);
}
