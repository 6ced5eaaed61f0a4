/* SPDX-License-Identifier: Apache-2.0 */
/* Making areas. What can be said more plainly is: a buffer of a circle is a circle, of a union the
 * union of buffers, so that only rings, half planes and clipped sets keep a buffer's own node. */
#include <overfly/area.h>

#include "geo_internal.h"

#include <math.h>
#include <string.h>

static const ovf_area unresolved_area = {
    .kind = OVF_AREA_UNRESOLVED,
    .patch = {.south_e7 = -OVF_GEO_POLE_E7,
              .north_e7 = OVF_GEO_POLE_E7,
              .west_e7 = -1800000000,
              .width_e7 = 3600000000},
};
static const ovf_area empty_area = {
    .kind = OVF_AREA_EMPTY,
    .is_resolved = true,
    .patch = {.south_e7 = 1, .north_e7 = 0},
};
static const ovf_area globe_area = {
    .kind = OVF_AREA_GLOBE,
    .is_resolved = true,
    .patch = {.south_e7 = -OVF_GEO_POLE_E7,
              .north_e7 = OVF_GEO_POLE_E7,
              .west_e7 = -1800000000,
              .width_e7 = 3600000000},
};

const ovf_area *ovf_area_unresolved(void)
{
    return &unresolved_area;
}

const ovf_area *ovf_area_empty(void)
{
    return &empty_area;
}

const ovf_area *ovf_area_globe(void)
{
    return &globe_area;
}

static ovf_area *new_area(ovf_arena *arena, ovf_area_kind kind)
{
    ovf_area *area = ovf_arena_array(arena, ovf_area, 1);
    if (area != NULL) {
        area->kind = kind;
        area->is_resolved = true;
    }
    return area;
}

static ovf_status no_memory(ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an area");
}

static bool same_place(ovf_fixed a, ovf_fixed b)
{
    bool is_pole = a.lat_e7 == OVF_GEO_POLE_E7 || a.lat_e7 == -OVF_GEO_POLE_E7;
    return a.lat_e7 == b.lat_e7 && (is_pole || ovf_geo_step_e7(a.lon_e7, b.lon_e7) == 0);
}

static bool has_three_places(const ovf_ring *ring)
{
    uint32_t second = 0;
    for (uint32_t i = 1; i < ring->count; i++) {
        if (same_place(ring->vertices[i], ring->vertices[0]))
            continue;
        if (second == 0)
            second = i;
        else if (!same_place(ring->vertices[i], ring->vertices[second]))
            return true;
    }
    return false;
}

static ovf_status check_ring(const ovf_ring *ring, size_t index, ovf_error *err)
{
    if (ring->count > OVF_RING_MAX_VERTICES)
        return ovf_fail(err, OVF_E_LIMIT, index, "a ring of more than %d vertices",
                        OVF_RING_MAX_VERTICES);
    if (ring->count < 3 || !has_three_places(ring))
        return ovf_fail(err, OVF_E_GEOMETRY, index, "a ring needs three different vertices");
    for (uint32_t i = 0; i < ring->count; i++) {
        ovf_fixed v = ring->vertices[i];
        ovf_fixed next = ring->vertices[i + 1 == ring->count ? 0 : i + 1];
        if (v.lat_e7 > OVF_GEO_POLE_E7 || v.lat_e7 < -OVF_GEO_POLE_E7 || v.lon_e7 > 1800000000
            || v.lon_e7 < -1800000000)
            return ovf_fail(err, OVF_E_GEOMETRY, i, "a vertex that is no place on the globe");
        if (ring->edges != NULL && ring->edges[i] == OVF_EDGE_PARALLEL && v.lat_e7 != next.lat_e7)
            return ovf_fail(err, OVF_E_GEOMETRY, i,
                            "a parallel edge whose ends differ in latitude");
    }
    return OVF_OK;
}

ovf_status ovf_area_rings(ovf_arena *arena, const ovf_ring *rings, size_t count,
                          const ovf_area **out, ovf_error *err)
{
    if (count == 0)
        return ovf_fail(err, OVF_E_GEOMETRY, 0, "an area needs a ring");
    for (size_t i = 0; i < count; i++) {
        ovf_status status = check_ring(&rings[i], i, err);
        if (status != OVF_OK)
            return status;
    }
    ovf_area *area = new_area(arena, OVF_AREA_RINGS);
    struct ovf_geo_chain *chains = ovf_arena_array(arena, struct ovf_geo_chain, count);
    if (area == NULL || chains == NULL)
        return no_memory(err);
    area->patch = ovf_geo_patch_empty;
    for (size_t i = 0; i < count; i++) {
        if (ovf_geo_chain_init(&chains[i], &rings[i], false, arena) != OVF_OK)
            return no_memory(err);
        area->patch = ovf_geo_patch_union(area->patch, chains[i].patch);
    }
    area->patch = ovf_geo_patch_grown(area->patch, OVF_COINCIDENT_M);
    area->chains.items = chains;
    area->chains.count = count;
    *out = area;
    return OVF_OK;
}

/* Copies points as stored positions; equal neighbours are dropped. NULL: no memory, or a point
 * that is none, whose index is then in err. */
static ovf_fixed *fix_points(ovf_arena *arena, const ovf_point *points, size_t count,
                             uint32_t *kept, ovf_status *status, ovf_error *err)
{
    if (count > OVF_RING_MAX_VERTICES) {
        *status = ovf_fail(err, OVF_E_LIMIT, 0, "more than %d points", OVF_RING_MAX_VERTICES);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (!ovf_point_is_valid(points[i])) {
            *status = ovf_fail(err, OVF_E_GEOMETRY, i, "a point that is no place on the globe");
            return NULL;
        }
    }
    ovf_fixed *vertices = ovf_arena_array(arena, ovf_fixed, count);
    if (vertices == NULL) {
        *status = no_memory(err);
        return NULL;
    }
    *kept = 0;
    for (size_t i = 0; i < count; i++) {
        ovf_fixed v = ovf_point_fix(points[i]);
        if (*kept == 0 || !same_place(vertices[*kept - 1], v))
            vertices[(*kept)++] = v;
    }
    return vertices;
}

ovf_status ovf_area_polygon(ovf_arena *arena, const ovf_point *points, size_t count,
                            const ovf_area **out, ovf_error *err)
{
    ovf_status status = OVF_OK;
    ovf_ring ring = {0};
    ovf_fixed *vertices = fix_points(arena, points, count, &ring.count, &status, err);
    if (vertices == NULL)
        return status;
    while (ring.count > 1 && same_place(vertices[0], vertices[ring.count - 1]))
        ring.count--;
    ring.vertices = vertices;
    return ovf_area_rings(arena, &ring, 1, out, err);
}

static ovf_status check_radius(double radius_m, ovf_error *err)
{
    if (!(radius_m > 0) || radius_m > OVF_GEO_RADIUS_MAX_M)
        return ovf_fail(err, OVF_E_GEOMETRY, 0, "a distance that is not between 0 and 10,000 km");
    return OVF_OK;
}

ovf_status ovf_area_circle(ovf_arena *arena, ovf_point centre, double radius_m,
                           const ovf_area **out, ovf_error *err)
{
    ovf_status status = check_radius(radius_m, err);
    if (status != OVF_OK)
        return status;
    if (!ovf_point_is_valid(centre))
        return ovf_fail(err, OVF_E_GEOMETRY, 0, "a centre that is no place on the globe");
    ovf_area *area = new_area(arena, OVF_AREA_CIRCLE);
    if (area == NULL)
        return no_memory(err);
    area->circle.centre = centre;
    area->circle.radius_m = radius_m;
    area->patch = ovf_geo_patch_grown(ovf_geo_patch_of_point(centre), radius_m + OVF_COINCIDENT_M);
    *out = area;
    return OVF_OK;
}

/* Everything within reach_m of chains, which are the border of base (NULL: of nothing). */
static ovf_status new_reach(ovf_arena *arena, ovf_area_kind kind,
                            const struct ovf_geo_chain *chains, size_t count, const ovf_area *base,
                            double reach_m, const ovf_area **out, ovf_error *err)
{
    ovf_area *area = new_area(arena, kind);
    if (area == NULL)
        return no_memory(err);
    area->chains.items = chains;
    area->chains.count = count;
    area->chains.base = base;
    area->chains.reach_m = reach_m;
    area->patch = base == NULL ? ovf_geo_patch_empty : base->patch;
    for (size_t i = 0; i < count; i++)
        area->patch = ovf_geo_patch_union(area->patch, chains[i].patch);
    area->patch = ovf_geo_patch_grown(area->patch, reach_m + OVF_COINCIDENT_M);
    *out = area;
    return OVF_OK;
}

ovf_status ovf_area_corridor(ovf_arena *arena, const ovf_point *points, size_t count,
                             double half_width_m, const ovf_area **out, ovf_error *err)
{
    ovf_status status = check_radius(half_width_m, err);
    if (status != OVF_OK)
        return status;
    if (count == 0)
        return ovf_fail(err, OVF_E_GEOMETRY, 0, "a corridor needs a point");
    ovf_ring line = {0};
    ovf_fixed *vertices = fix_points(arena, points, count, &line.count, &status, err);
    if (vertices == NULL)
        return status;
    if (line.count == 1)
        return ovf_area_circle(arena, points[0], half_width_m, out, err);
    line.vertices = vertices;
    struct ovf_geo_chain *chain = ovf_arena_array(arena, struct ovf_geo_chain, 1);
    if (chain == NULL || ovf_geo_chain_init(chain, &line, true, arena) != OVF_OK)
        return no_memory(err);
    return new_reach(arena, OVF_AREA_CORRIDOR, chain, 1, NULL, half_width_m, out, err);
}

ovf_status ovf_area_half(ovf_arena *arena, ovf_half side, double at_deg, const ovf_area **out,
                         ovf_error *err)
{
    bool is_parallel = side == OVF_NORTH_OF || side == OVF_SOUTH_OF;
    if (!(fabs(at_deg) <= (is_parallel ? 90.0 : 180.0)))
        return ovf_fail(err, OVF_E_GEOMETRY, 0, "a line of the graticule that there is not");
    ovf_area *area = new_area(arena, OVF_AREA_HALF);
    if (area == NULL)
        return no_memory(err);
    area->half.side = side;
    area->half.at_deg = at_deg;
    area->patch = ovf_geo_patch_globe;
    int32_t at_e7 = (int32_t)lround(at_deg * 1e7);
    switch (side) {
    case OVF_NORTH_OF: area->patch.south_e7 = at_e7; break;
    case OVF_SOUTH_OF: area->patch.north_e7 = at_e7; break;
    case OVF_EAST_OF: // holds both poles, so all longitudes
    case OVF_WEST_OF: break;
    }
    area->patch = ovf_geo_patch_grown(area->patch, OVF_COINCIDENT_M);
    *out = area;
    return OVF_OK;
}

/* ---- sets ---- */

static ovf_status new_set(ovf_arena *arena, ovf_area_kind kind, const ovf_area *const *parts,
                          size_t count, const ovf_area **out, ovf_error *err)
{
    if (count > OVF_GEO_PARTS_MAX)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "more than %d parts of an area",
                        OVF_GEO_PARTS_MAX);
    ovf_area *area = new_area(arena, kind);
    const ovf_area **copy = ovf_arena_alloc(arena, count, sizeof(*copy));
    if (area == NULL || copy == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++) {
        if (parts[i]->depth + 1 > OVF_GEO_DEPTH_MAX)
            return ovf_fail(err, OVF_E_LIMIT, i, "areas nested deeper than %d", OVF_GEO_DEPTH_MAX);
        copy[i] = parts[i];
        area->is_resolved &= parts[i]->is_resolved;
        if (parts[i]->depth + 1 > area->depth)
            area->depth = (uint16_t)(parts[i]->depth + 1);
    }
    area->set.parts = copy;
    area->set.count = count;
    area->patch = parts[0]->patch;
    for (size_t i = 1; i < count; i++) {
        if (kind == OVF_AREA_UNION)
            area->patch = ovf_geo_patch_union(area->patch, parts[i]->patch);
        if (kind == OVF_AREA_INTERSECTION)
            area->patch = ovf_geo_patch_meet(area->patch, parts[i]->patch);
    }
    *out = area;
    return OVF_OK;
}

ovf_status ovf_area_union(ovf_arena *arena, const ovf_area *const *parts, size_t count,
                          const ovf_area **out, ovf_error *err)
{
    if (count <= 1) {
        *out = count == 0 ? &empty_area : parts[0];
        return OVF_OK;
    }
    return new_set(arena, OVF_AREA_UNION, parts, count, out, err);
}

ovf_status ovf_area_intersection(ovf_arena *arena, const ovf_area *const *parts, size_t count,
                                 const ovf_area **out, ovf_error *err)
{
    if (count <= 1) {
        *out = count == 0 ? &globe_area : parts[0];
        return OVF_OK;
    }
    return new_set(arena, OVF_AREA_INTERSECTION, parts, count, out, err);
}

ovf_status ovf_area_difference(ovf_arena *arena, const ovf_area *from, const ovf_area *less,
                               const ovf_area **out, ovf_error *err)
{
    const ovf_area *parts[2] = {from, less};
    return new_set(arena, OVF_AREA_DIFFERENCE, parts, 2, out, err);
}

/* ---- buffers ---- */

static ovf_status buffer_of_half(ovf_arena *arena, const ovf_area *half, double distance_m,
                                 const ovf_area **out, ovf_error *err)
{
    double at_deg = half->half.at_deg;
    if (half->half.side == OVF_NORTH_OF || half->half.side == OVF_SOUTH_OF) {
        // Due south (or north) along a meridian; past the pole nothing is left outside.
        bool is_north = half->half.side == OVF_NORTH_OF;
        ovf_point pole = {is_north ? -90.0 : 90.0, 0};
        ovf_point at = {at_deg, 0};
        if (ovf_distance_m(at, pole) <= distance_m) {
            *out = &globe_area;
            return OVF_OK;
        }
        ovf_point moved = ovf_destination(at, is_north ? 180.0 : 0.0, distance_m);
        return ovf_area_half(arena, half->half.side, moved.lat_deg, out, err);
    }
    int32_t near_e7 = ovf_geo_wrap_e7(llround(at_deg * 1e7));
    int32_t far_e7 = ovf_geo_wrap_e7((int64_t)near_e7 + OVF_GEO_HALF_E7);
    ovf_fixed *vertices = ovf_arena_array(arena, ovf_fixed, 4);
    struct ovf_geo_chain *chain = ovf_arena_array(arena, struct ovf_geo_chain, 1);
    if (vertices == NULL || chain == NULL)
        return no_memory(err);
    vertices[0] = (ovf_fixed){OVF_GEO_POLE_E7, near_e7};
    vertices[1] = (ovf_fixed){0, near_e7};
    vertices[2] = (ovf_fixed){-OVF_GEO_POLE_E7, near_e7};
    vertices[3] = (ovf_fixed){0, far_e7};
    ovf_ring ring = {.vertices = vertices, .count = 4};
    if (ovf_geo_chain_init(chain, &ring, false, arena) != OVF_OK)
        return no_memory(err);
    return new_reach(arena, OVF_AREA_BUFFER, chain, 1, half, distance_m, out, err);
}

/* What is left of an intersection or difference has no border of its own in our books: it is
 * clipped first, to half a metre. */
static ovf_status buffer_of_clipped(ovf_arena *arena, const ovf_area *area, double distance_m,
                                    const ovf_area **out, ovf_error *err)
{
    static const double tolerance_m = 0.5;
    ovf_outline outline = {0};
    ovf_status status = ovf_area_outline(area, tolerance_m, arena, &outline, err);
    if (status != OVF_OK)
        return status;
    ovf_ring *rings = ovf_arena_array(arena, ovf_ring, outline.count);
    if (rings == NULL)
        return no_memory(err);
    size_t count = 0;
    for (uint32_t i = 0; i < outline.count; i++) {
        const ovf_outline_ring *drawn = &outline.rings[i];
        ovf_ring ring = {0};
        ovf_fixed *vertices =
            fix_points(arena, drawn->points, drawn->count - 1, &ring.count, &status, err);
        if (vertices == NULL)
            return status;
        ring.vertices = vertices;
        if (ring.count >= 3 && has_three_places(&ring)) // slivers under a centimetre vanish
            rings[count++] = ring;
    }
    if (count == 0) {
        *out = &empty_area;
        return OVF_OK;
    }
    const ovf_area *clipped = NULL;
    status = ovf_area_rings(arena, rings, count, &clipped, err);
    return status != OVF_OK ? status : ovf_area_buffer(arena, clipped, distance_m, out, err);
}

static ovf_status buffer_of_union(ovf_arena *arena, const ovf_area *area, double distance_m,
                                  const ovf_area **out, ovf_error *err)
{
    const ovf_area **grown = ovf_arena_alloc(arena, area->set.count, sizeof(*grown));
    if (grown == NULL)
        return no_memory(err);
    for (size_t i = 0; i < area->set.count; i++) {
        ovf_status status = ovf_area_buffer(arena, area->set.parts[i], distance_m, &grown[i], err);
        if (status != OVF_OK)
            return status;
    }
    return ovf_area_union(arena, grown, area->set.count, out, err);
}

ovf_status ovf_area_buffer(ovf_arena *arena, const ovf_area *area, double distance_m,
                           const ovf_area **out, ovf_error *err)
{
    ovf_status status = check_radius(distance_m, err);
    if (status != OVF_OK)
        return status;
    if (area == NULL)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "no area to grow");
    switch (area->kind) {
    case OVF_AREA_UNRESOLVED:
    case OVF_AREA_EMPTY:
    case OVF_AREA_GLOBE: *out = area; return OVF_OK;
    case OVF_AREA_CIRCLE:
        return ovf_area_circle(arena, area->circle.centre, area->circle.radius_m + distance_m, out,
                               err);
    case OVF_AREA_RINGS:
        return new_reach(arena, OVF_AREA_BUFFER, area->chains.items, area->chains.count, area,
                         distance_m, out, err);
    case OVF_AREA_CORRIDOR:
    case OVF_AREA_BUFFER:
        status = check_radius(area->chains.reach_m + distance_m, err);
        return status != OVF_OK
                   ? status
                   : new_reach(arena, area->kind, area->chains.items, area->chains.count,
                               area->chains.base, area->chains.reach_m + distance_m, out, err);
    case OVF_AREA_HALF: return buffer_of_half(arena, area, distance_m, out, err);
    case OVF_AREA_UNION: return buffer_of_union(arena, area, distance_m, out, err);
    case OVF_AREA_INTERSECTION:
    case OVF_AREA_DIFFERENCE: break;
    }
    if (!area->is_resolved) { // nobody knows its border
        *out = &unresolved_area;
        return OVF_OK;
    }
    return buffer_of_clipped(arena, area, distance_m, out, err);
}
