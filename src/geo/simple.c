/* SPDX-License-Identifier: Apache-2.0 */
/* Does a ring cross itself? Most pairs of edges are told apart in the plane of longitude and latitude,
 * with room for what a geodesic bends there. Of short outlines each pair is looked at so; where that
 * leaves one open, and of all other rings, chunks are swept from south to north, those whose boxes
 * overlap are compared edge by edge, and geodesics are met only where the plane does not tell. */
#include <overfly/area.h>

#include "geo_internal.h"

#include <math.h>
#include <stdlib.h>

struct swept {
    uint32_t chunk;
    int32_t south_e7;
};

static int by_south(const void *left, const void *right)
{
    const struct swept *a = left;
    const struct swept *b = right;
    return (a->south_e7 > b->south_e7) - (a->south_e7 < b->south_e7);
}

/* ---- pairs of edges in the plane ---- */

#define FLAT_MAX 64               /* vertices: pairs are compared each with each */
#define FLAT_EDGE_E7 80000000     /* 8 degrees */
#define FLAT_LAT_E7 700000000     /* 70 degrees */
#define FLAT_EXTENT_E7 1200000000 /* 120 degrees of longitude */

/* In radians of longitude and latitude. bend_rad: no point of the geodesic is farther from the
 * straight line. From phi'' = -(sin cos + 2 tan phi'^2) along a great circle, its bend is below
 * (sin cos / 8 + tan / 4) L^2 <= 0.8 L^2 up to 70 degrees; twice that takes in the ellipsoid and
 * the rounding to 1e-7 degrees. */
struct flat_edge {
    double x, y, dx, dy;
    double west, east, south, north; /* of its ends, and its bend beyond them */
    double bend_rad;
    double length_rad; /* 0: not to be judged in the plane */
};

/* Times its length, to the left. */
static double flat_side(const struct flat_edge *edge, double x, double y)
{
    return edge->dx * (y - edge->y) - edge->dy * (x - edge->x);
}

/* Times its length, ahead of its start. */
static double flat_ahead(const struct flat_edge *edge, double x, double y)
{
    return edge->dx * (x - edge->x) + edge->dy * (y - edge->y);
}

/* Both ends of one on one side of the other, or before or behind it, by more than both can bend. */
static bool flat_is_beside(const struct flat_edge *edge, const struct flat_edge *other)
{
    double room = (edge->bend_rad + other->bend_rad) * edge->length_rad;
    double first = flat_side(edge, other->x, other->y);
    double last = flat_side(edge, other->x + other->dx, other->y + other->dy);
    if ((first > room && last > room) || (first < -room && last < -room))
        return true;
    first = flat_ahead(edge, other->x, other->y);
    last = flat_ahead(edge, other->x + other->dx, other->y + other->dy);
    double behind = edge->length_rad * edge->length_rad + room;
    return (first > behind && last > behind) || (first < -room && last < -room);
}

/* Each has its ends on both sides of the other, by more than both can bend. */
static bool flat_crosses(const struct flat_edge *edge, const struct flat_edge *other)
{
    double room = edge->bend_rad + other->bend_rad;
    double first = flat_side(edge, other->x, other->y);
    double last = flat_side(edge, other->x + other->dx, other->y + other->dy);
    double own_first = flat_side(other, edge->x, edge->y);
    double own_last = flat_side(other, edge->x + edge->dx, edge->y + edge->dy);
    return fmin(fabs(first), fabs(last)) > room * edge->length_rad
           && fmin(fabs(own_first), fabs(own_last)) > room * other->length_rad
           && (first > 0) != (last > 0) && (own_first > 0) != (own_last > 0);
}

/* Two geodesics out of one point meet again only half-way round the Earth, unless they start in the
 * same direction: here they part by more than both can bend. */
static bool flat_parts(const struct flat_edge *edge, const struct flat_edge *next)
{
    double dot = edge->dx * next->dx + edge->dy * next->dy;
    double cross = fabs(edge->dx * next->dy - edge->dy * next->dx);
    double turn = edge->bend_rad / edge->length_rad + next->bend_rad / next->length_rad;
    return dot > 0 || cross > 4 * turn * edge->length_rad * next->length_rad;
}

/* Whether the pair can be judged in the plane, and then whether it crosses. are_next: the second begins
 * where the first ends. */
static bool flat_pair(const struct flat_edge *edge, const struct flat_edge *other, bool are_next,
                      bool *crosses)
{
    *crosses = false;
    if (edge->length_rad == 0 || other->length_rad == 0)
        return false;
    if (are_next)
        return flat_parts(edge, other);
    if (edge->west > other->east || edge->east < other->west || edge->south > other->north
        || edge->north < other->south)
        return true;
    if (flat_is_beside(edge, other) || flat_is_beside(other, edge))
        return true;
    *crosses = flat_crosses(edge, other);
    return *crosses;
}

/* false: the plane does not serve for this ring. *all: it serves for each of its edges. */
static bool flat_edges(const ovf_ring *ring, struct flat_edge *edges, bool *all)
{
    const double e7_rad = 3.14159265358979323846 / 180 / 1e7;
    int64_t east_e7 = 0;
    *all = true;
    for (uint32_t i = 0; i < ring->count; i++) {
        ovf_fixed a = ring->vertices[i];
        ovf_fixed b = ring->vertices[i + 1 == ring->count ? 0 : i + 1];
        int64_t dx_e7 = ovf_geo_step_e7(a.lon_e7, b.lon_e7);
        int64_t dy_e7 = (int64_t)b.lat_e7 - a.lat_e7;
        int64_t widest_e7 = llabs(dx_e7) > llabs(dy_e7) ? llabs(dx_e7) : llabs(dy_e7);
        if (llabs(east_e7) > FLAT_EXTENT_E7)
            return false;
        bool fits = widest_e7 > 0 && widest_e7 <= FLAT_EDGE_E7 && a.lat_e7 <= FLAT_LAT_E7
                    && a.lat_e7 >= -FLAT_LAT_E7 && b.lat_e7 <= FLAT_LAT_E7
                    && b.lat_e7 >= -FLAT_LAT_E7;
        *all &= fits;
        double widest_rad = (double)widest_e7 * e7_rad;
        double dx = (double)dx_e7 * e7_rad;
        double dy = (double)dy_e7 * e7_rad;
        bool is_parallel = ring->edges != NULL && ring->edges[i] == OVF_EDGE_PARALLEL;
        double bend_rad = is_parallel ? 0 : 1.6 * widest_rad * widest_rad;
        double x = (double)east_e7 * e7_rad;
        double y = a.lat_e7 * e7_rad;
        double room = bend_rad + 4 * e7_rad;
        edges[i] = (struct flat_edge){.x = x,
                                      .y = y,
                                      .dx = dx,
                                      .dy = dy,
                                      .west = (dx < 0 ? x + dx : x) - room,
                                      .east = (dx < 0 ? x : x + dx) + room,
                                      .south = (dy < 0 ? y + dy : y) - room,
                                      .north = (dy < 0 ? y : y + dy) + room,
                                      .bend_rad = room,
                                      .length_rad = fits ? sqrt(dx * dx + dy * dy) : 0};
        east_e7 += dx_e7;
    }
    return east_e7 == 0; // not round a pole
}

/* Of a short outline the first edge that crosses another one, UINT32_MAX: none does. false: not
 * known. */
static bool flat_first_crossing(const ovf_ring *ring, uint32_t *first)
{
    struct flat_edge edges[FLAT_MAX];
    uint32_t n = ring->count;
    bool all = false;
    if (n < 3 || n > FLAT_MAX || ring->edges != NULL || !flat_edges(ring, edges, &all) || !all)
        return false;
    *first = UINT32_MAX;
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = i + 1; k < n; k++) {
            bool is_before = i == 0 && k == n - 1;
            bool crosses = false;
            if (!flat_pair(&edges[is_before ? k : i], &edges[is_before ? i : k],
                           is_before || k == i + 1, &crosses))
                return false;
            if (crosses && *first == UINT32_MAX)
                *first = i;
        }
    }
    return true;
}

/* ---- chunks of edges ---- */

static bool edges_cross(const struct ovf_geo_chain *chain, uint32_t i, uint32_t k)
{
    if (!ovf_geo_patch_overlaps(ovf_geo_chain_edge_patch(chain, i),
                                ovf_geo_chain_edge_patch(chain, k)))
        return false;
    // Two parallels either share a latitude, and then overlap at most, or never meet.
    if (ovf_geo_chain_is_parallel(chain, i) && ovf_geo_chain_is_parallel(chain, k))
        return false;
    if (ovf_geo_chain_is_parallel(chain, i)) {
        uint32_t swapped = i;
        i = k;
        k = swapped;
    }
    ovf_leg leg;
    struct ovf_geo_pieces pieces;
    ovf_leg_init(&leg, ovf_fixed_point(ovf_geo_chain_at(chain, i)),
                 ovf_fixed_point(ovf_geo_chain_at(chain, i + 1)));
    if (leg.length_m <= 2 * OVF_COINCIDENT_M)
        return false;
    ovf_geo_pieces_of(&pieces, &leg);
    ovf_point a = ovf_fixed_point(ovf_geo_chain_at(chain, k));
    ovf_point b = ovf_fixed_point(ovf_geo_chain_at(chain, k + 1));
    for (size_t n = 0; n < pieces.count; n++) {
        const struct ovf_geo_piece *piece = &pieces.items[n];
        if (ovf_geo_chain_is_parallel(chain, k) ? ovf_geo_crosses_parallel(
                piece, &leg, a, (double)ovf_geo_chain_step_e7(chain, k) / 1e7)
                                                : ovf_geo_crosses_inside(piece, &leg, a, b))
            return true;
    }
    return false;
}

/* flat: of all edges, or NULL. */
static bool chunks_cross(const struct ovf_geo_chain *chain, const struct flat_edge *flat,
                         uint32_t one, uint32_t other, uint32_t *at)
{
    uint32_t n = chain->edge_count;
    uint32_t last = (one + 1) * OVF_GEO_CHUNK;
    uint32_t other_last = (other + 1) * OVF_GEO_CHUNK;
    for (uint32_t i = one * OVF_GEO_CHUNK; i < last && i < n; i++) {
        for (uint32_t k = other * OVF_GEO_CHUNK; k < other_last && k < n; k++) {
            if (one == other && k <= i)
                continue;
            bool goes_on = k == (i + 1 == n ? 0 : i + 1);
            bool comes_before = i == (k + 1 == n ? 0 : k + 1);
            bool crosses = false;
            bool is_judged = flat != NULL
                             && flat_pair(&flat[comes_before ? k : i], &flat[comes_before ? i : k],
                                          goes_on || comes_before, &crosses);
            if (is_judged ? !crosses : !edges_cross(chain, i, k))
                continue;
            *at = i < k ? i : k;
            return true;
        }
    }
    return false;
}

bool ovf_ring_is_simple(const ovf_ring *ring, size_t *at)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    struct ovf_geo_chain chain;
    struct swept *swept = NULL;
    struct flat_edge *flat = NULL;
    bool all = false;
    uint32_t first = UINT32_MAX;
    if (flat_first_crossing(ring, &first))
        goto done;
    if (ring->count < 3 || ring->count > OVF_RING_MAX_VERTICES
        || ovf_geo_chain_init(&chain, ring, false, &arena) != OVF_OK)
        goto done;
    swept = ovf_arena_array(&arena, struct swept, chain.chunk_count);
    flat = ovf_arena_array(&arena, struct flat_edge, ring->count);
    if (swept == NULL || flat == NULL)
        goto done;
    if (!flat_edges(ring, flat, &all))
        flat = NULL;
    for (uint32_t i = 0; i < chain.chunk_count; i++)
        swept[i] = (struct swept){i, chain.chunks[i].south_e7};
    qsort(swept, chain.chunk_count, sizeof(*swept), by_south);
    for (uint32_t i = 0; i < chain.chunk_count; i++) {
        struct ovf_geo_patch patch = chain.chunks[swept[i].chunk];
        for (uint32_t k = i; k < chain.chunk_count && swept[k].south_e7 <= patch.north_e7; k++) {
            uint32_t found = 0;
            if (ovf_geo_patch_overlaps(patch, chain.chunks[swept[k].chunk])
                && chunks_cross(&chain, flat, swept[i].chunk, swept[k].chunk, &found)
                && found < first)
                first = found;
        }
    }
done:
    ovf_arena_done(&arena);
    if (first != UINT32_MAX && at != NULL)
        *at = first;
    return first == UINT32_MAX;
}
