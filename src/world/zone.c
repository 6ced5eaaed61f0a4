/* SPDX-License-Identifier: Apache-2.0 */
/* Lays the zones (data/zones, zone_text.c) over the territories when these are done: cuts disputed
 * lands and parts out of them, gives back what States leave to the high seas, adds claimed waters,
 * and makes the overlays: archipelagic baselines, and a fringe of doubt along limits that are known
 * to some kilometres only. Archipelagic waters join their State's sea earlier, in sea.c. */
#include "world_internal.h"

#include <geos_c.h>
#include <math.h>
#include <string.h>

/* A geodesic of this length leaves the straight line in degrees by 9 m at 35 N, 20 m at 60 N. */
#define ZONE_EDGE_M 25000.0
#define FRINGE_STEPS 4 /* to a quarter circle: 8 % inside, of a limit that is a guess anyway */

static ovf_status zone_fail(const struct world_sea *sea, const struct world_zone *zone,
                            const char *what, ovf_error *err)
{
    return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "zone " OVF_FMT ": %s: %.60s",
                    OVF_ARG(zone->id), what, sea->trouble);
}

/* ---- polygons of a zone ---- */

/* Vertices with geodesic edges laid straight in degrees. */
bool world_zone_line(const ovf_ring *ring, ovf_arena *arena, ovf_fixed **out, uint32_t *count)
{
    ovf_fixed *line = NULL;
    size_t used = 0, capacity = 0;
    for (uint32_t i = 0; i < ring->count; i++) {
        ovf_point a = ovf_fixed_point(ring->vertices[i]);
        ovf_point b = ovf_fixed_point(ring->vertices[(i + 1) % ring->count]);
        bool is_parallel = ring->edges != NULL && ring->edges[i] == OVF_EDGE_PARALLEL;
        double length_m = is_parallel ? 0.0 : ovf_distance_m(a, b);
        uint32_t parts = (uint32_t)(length_m / ZONE_EDGE_M) + 1;
        ovf_leg leg;
        if (parts > 1)
            ovf_leg_init(&leg, a, b);
        for (uint32_t k = 0; k < parts; k++) {
            void *items = line;
            if (!ovf_arena_grow(arena, &items, used, &capacity, sizeof *line))
                return false;
            line = items;
            line[used++] =
                k == 0 ? ring->vertices[i] : ovf_point_fix(ovf_leg_at(&leg, length_m * k / parts));
        }
    }
    *out = line;
    *count = (uint32_t)used;
    return true;
}

/* Only the polygons of an overlay's result; consumes it. */
static GEOSGeometry *polygons_of(struct world_sea *sea, GEOSGeometry *geometry)
{
    GEOSContextHandle_t geos = sea->geos;
    if (geometry == NULL)
        return NULL;
    int type = GEOSGeomTypeId_r(geos, geometry);
    if (type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON)
        return geometry;
    struct world_geometries parts = {0};
    int count = GEOSGetNumGeometries_r(geos, geometry);
    bool is_fine = true;
    for (int i = 0; i < count && is_fine; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(geos, geometry, i);
        int part_type = GEOSGeomTypeId_r(geos, part);
        if (part_type == GEOS_POLYGON || part_type == GEOS_MULTIPOLYGON)
            is_fine = world_geometries_add(sea, &parts, GEOSGeom_clone_r(geos, part));
    }
    GEOSGeom_destroy_r(geos, geometry);
    return is_fine ? world_geometries_union(sea, &parts) : NULL;
}

typedef GEOSGeometry *overlay_op(GEOSContextHandle_t, const GEOSGeometry *, const GEOSGeometry *);

/* Shapes that were moved or cut before may touch themselves; then they are mended first. */
static GEOSGeometry *overlaid(struct world_sea *sea, overlay_op *op, const GEOSGeometry *a,
                              const GEOSGeometry *b)
{
    GEOSContextHandle_t geos = sea->geos;
    GEOSGeometry *result = op(geos, a, b);
    if (result == NULL) {
        GEOSGeometry *mended_a = polygons_of(sea, GEOSMakeValid_r(geos, a));
        GEOSGeometry *mended_b = polygons_of(sea, GEOSMakeValid_r(geos, b));
        if (mended_a != NULL && mended_b != NULL)
            result = op(geos, mended_a, mended_b);
        GEOSGeom_destroy_r(geos, mended_a);
        GEOSGeom_destroy_r(geos, mended_b);
    }
    return polygons_of(sea, result);
}

static GEOSGeometry *difference(struct world_sea *sea, const GEOSGeometry *a, const GEOSGeometry *b)
{
    return overlaid(sea, GEOSDifference_r, a, b);
}

static GEOSGeometry *intersection(struct world_sea *sea, const GEOSGeometry *a,
                                  const GEOSGeometry *b)
{
    return overlaid(sea, GEOSIntersection_r, a, b);
}

GEOSGeometry *world_zone_polygon(struct world_sea *sea, const struct world_zone *zone,
                                 double middle_deg)
{
    GEOSContextHandle_t geos = sea->geos;
    GEOSGeometry *whole = GEOSGeom_createEmptyPolygon_r(geos);
    for (uint32_t r = 0; r < zone->ring_count && whole != NULL; r++) {
        ovf_ring ring = {0};
        ovf_fixed *line = NULL;
        if (!world_zone_line(&zone->rings[r], sea->arena, &line, &ring.count)) {
            GEOSGeom_destroy_r(geos, whole);
            return NULL;
        }
        ring.vertices = line;
        GEOSGeometry *shell = world_sea_ring(sea, &ring, middle_deg);
        GEOSGeometry *part = shell == NULL ? NULL : GEOSGeom_createPolygon_r(geos, shell, NULL, 0);
        if (part != NULL && GEOSisValid_r(geos, part) != 1) {
            GEOSGeometry *valid = GEOSMakeValid_r(geos, part);
            GEOSGeom_destroy_r(geos, part);
            part = polygons_of(sea, valid);
        }
        GEOSGeometry *both = part == NULL ? NULL : overlaid(sea, GEOSSymDifference_r, whole, part);
        GEOSGeom_destroy_r(geos, whole);
        GEOSGeom_destroy_r(geos, part);
        whole = both;
    }
    return whole;
}

/* A zone across the end of a unit's frame is behind the globe from it, and laid out wrongly. */
static bool are_boxes_apart(struct world_sea *sea, const GEOSGeometry *a, const GEOSGeometry *b)
{
    double box[2][4] = {{0}};
    const GEOSGeometry *both[2] = {a, b};
    for (int i = 0; i < 2; i++)
        if (GEOSisEmpty_r(sea->geos, both[i])
            || GEOSGeom_getExtent_r(sea->geos, both[i], &box[i][0], &box[i][1], &box[i][2],
                                    &box[i][3])
                   == 0)
            return true;
    return box[1][2] - box[1][0] > 180.0 || box[0][0] > box[1][2] || box[1][0] > box[0][2]
           || box[0][1] > box[1][3] || box[1][1] > box[0][3];
}

static int into_frame(double *x, double *y, void *userdata)
{
    OVF_UNUSED(y);
    double middle_deg = *(const double *)userdata;
    *x -= 360.0 * round((*x - middle_deg) / 360.0); /* unchanged to the last bit when it is there */
    return 1;
}

static GEOSGeometry *moved(struct world_sea *sea, const GEOSGeometry *geometry, double middle_deg)
{
    return GEOSGeom_transformXY_r(sea->geos, geometry, into_frame, &middle_deg);
}

/* ---- cutting ---- */

struct cut {
    struct world_sea *sea;
    const struct world_zone *zone;
    double middle_deg;             /* of the new unit */
    struct world_geometries taken; /* territory */
    struct world_geometries land;
    struct world_geometries fringe;
};

/* The territory of a unit as one geometry, made when it is first asked for. */
static GEOSGeometry *whole_of(struct world_sea *sea, uint32_t u)
{
    struct world_sea_unit *unit = &sea->units[u];
    if (unit->whole == NULL) {
        struct world_geometries copy = {0};
        for (size_t i = 0; i < unit->land.count; i++)
            if (!world_geometries_add(sea, &copy, GEOSGeom_clone_r(sea->geos, unit->land.items[i])))
                return NULL;
        unit->whole = world_geometries_union(sea, &copy);
    }
    return unit->whole;
}

/* The fringe of doubt: outside the zone, as near to it as its limit is uncertain. */
static GEOSGeometry *fringe_of(struct world_sea *sea, const struct world_zone *zone,
                               double middle_deg)
{
    GEOSContextHandle_t geos = sea->geos;
    struct world_geometries parts = {0};
    for (uint32_t r = 0; r < zone->ring_count; r++) {
        ovf_fixed *line = NULL;
        uint32_t count = 0;
        if (!world_zone_line(&zone->rings[r], sea->arena, &line, &count))
            return NULL;
        for (uint32_t from = 0; from < count; from += 12) { /* stretches of at most 300 km */
            uint32_t size = (count - from < 12 ? count - from : 12) + 1;
            ovf_point origin = ovf_fixed_point(line[from]);
            GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(geos, size, 2);
            for (uint32_t i = 0; sequence != NULL && i < size; i++) {
                double x_m = 0.0, y_m = 0.0;
                world_sea_project(origin, ovf_fixed_point(line[(from + i) % count]), &x_m, &y_m);
                GEOSCoordSeq_setXY_r(geos, sequence, i, x_m, y_m);
            }
            GEOSGeometry *stretch =
                sequence == NULL ? NULL : GEOSGeom_createLineString_r(geos, sequence);
            GEOSGeometry *wide =
                stretch == NULL ? NULL
                                : GEOSBuffer_r(geos, stretch, zone->claim.accuracy_m, FRINGE_STEPS);
            GEOSGeometry *degrees =
                wide == NULL ? NULL : world_sea_unproject(sea, wide, origin, middle_deg);
            GEOSGeom_destroy_r(geos, stretch);
            GEOSGeom_destroy_r(geos, wide);
            if (!world_geometries_add(sea, &parts, degrees))
                return NULL;
        }
    }
    return world_geometries_union(sea, &parts);
}

static bool take_fringe(struct cut *cut, uint32_t u, const GEOSGeometry *polygon)
{
    struct world_sea *sea = cut->sea;
    double middle_deg = sea->units[u].middle_deg;
    GEOSGeometry *wide = fringe_of(sea, cut->zone, middle_deg);
    GEOSGeometry *outside = wide == NULL ? NULL : difference(sea, wide, polygon);
    GEOSGeometry *part = outside == NULL ? NULL : intersection(sea, outside, whole_of(sea, u));
    GEOSGeometry *there = part == NULL ? NULL : moved(sea, part, cut->middle_deg);
    GEOSGeom_destroy_r(sea->geos, wide);
    GEOSGeom_destroy_r(sea->geos, outside);
    GEOSGeom_destroy_r(sea->geos, part);
    return world_geometries_add(sea, &cut->fringe, there);
}

/* Replaces *geometry by what lies outside the polygon; what lies inside goes to `out`. */
static bool split_off(struct cut *cut, GEOSGeometry **geometry, const GEOSGeometry *polygon,
                      struct world_geometries *out)
{
    struct world_sea *sea = cut->sea;
    GEOSGeometry *inside = intersection(sea, *geometry, polygon);
    GEOSGeometry *outside = difference(sea, *geometry, polygon);
    GEOSGeometry *there = inside == NULL ? NULL : moved(sea, inside, cut->middle_deg);
    GEOSGeom_destroy_r(sea->geos, inside);
    if (outside == NULL || there == NULL) {
        GEOSGeom_destroy_r(sea->geos, outside);
        GEOSGeom_destroy_r(sea->geos, there);
        return false;
    }
    GEOSGeom_destroy_r(sea->geos, *geometry);
    *geometry = outside;
    return world_geometries_add(sea, out, there);
}

/* Water goes back to the high seas, land stays. */
static bool free_water(struct world_sea *sea, struct world_sea_unit *unit,
                       const GEOSGeometry *polygon)
{
    GEOSGeometry *rest = difference(sea, unit->whole, polygon);
    if (rest != NULL && unit->land_whole != NULL) {
        GEOSGeometry *with_land = overlaid(sea, GEOSUnion_r, rest, unit->land_whole);
        GEOSGeom_destroy_r(sea->geos, rest);
        rest = with_land;
    }
    if (rest == NULL)
        return false;
    GEOSGeom_destroy_r(sea->geos, unit->whole);
    unit->whole = rest;
    return true;
}

static bool is_from(const struct world_zone *zone, uint32_t state)
{
    for (uint32_t i = 0; i < zone->from_count; i++)
        if (zone->from[i] == state)
            return true;
    return false;
}

static bool cut_unit(struct cut *cut, uint32_t u)
{
    struct world_sea *sea = cut->sea;
    struct world_sea_unit *unit = &sea->units[u];
    GEOSGeometry *polygon = world_zone_polygon(sea, cut->zone, unit->middle_deg);
    GEOSGeometry *whole = whole_of(sea, u);
    bool is_fine = polygon != NULL && whole != NULL;
    if (is_fine && !are_boxes_apart(sea, whole, polygon)) {
        unit->is_changed = true;
        if (cut->zone->kind == WORLD_ZONE_HIGH_SEAS) {
            is_fine = free_water(sea, unit, polygon);
        } else {
            is_fine = split_off(cut, &unit->whole, polygon, &cut->taken);
            if (is_fine && unit->land_whole != NULL)
                is_fine = split_off(cut, &unit->land_whole, polygon, &cut->land);
            if (is_fine && cut->zone->claim.accuracy_m > 0.0)
                is_fine = take_fringe(cut, u, polygon);
        }
    }
    GEOSGeom_destroy_r(sea->geos, polygon);
    return is_fine;
}

/* ---- new units ---- */

static struct world_sea_unit *add_unit(struct world_sea *sea, struct world_unit unit,
                                       GEOSGeometry *whole, double middle_deg)
{
    struct world_build *build = sea->build;
    if (build->unit_count == sea->unit_capacity) {
        GEOSGeom_destroy_r(sea->geos, whole);
        return NULL;
    }
    build->units[build->unit_count] = unit;
    struct world_sea_unit *part = &sea->units[build->unit_count];
    build->unit_count++;
    *part = (struct world_sea_unit){.middle_deg = middle_deg, .whole = whole, .is_changed = true};
    return part;
}

static bool add_cut_units(struct cut *cut)
{
    struct world_sea *sea = cut->sea;
    const struct world_zone *zone = cut->zone;
    struct world_unit unit = {.state = zone->state,
                              .is_disputed = zone->kind == WORLD_ZONE_DISPUTED,
                              .claim = zone->claim};
    bool has_land = cut->land.count > 0;
    GEOSGeometry *land = has_land ? world_geometries_union(sea, &cut->land) : NULL;
    GEOSGeometry *whole = world_geometries_union(sea, &cut->taken);
    struct world_sea_unit *part =
        whole == NULL ? NULL : add_unit(sea, unit, whole, cut->middle_deg);
    if (part == NULL || (has_land && land == NULL)) {
        GEOSGeom_destroy_r(sea->geos, land);
        return false;
    }
    part->land_whole = land;
    if (cut->fringe.count == 0)
        return true;
    struct world_unit overlay = {.state = OVF_INDEX_NONE,
                                 .is_overlay = true,
                                 .is_disputed = unit.is_disputed,
                                 .is_doubtful = true,
                                 .claim = zone->claim};
    GEOSGeometry *fringe = world_geometries_union(sea, &cut->fringe);
    return fringe != NULL && add_unit(sea, overlay, fringe, cut->middle_deg) != NULL;
}

static ovf_status cut_zone(struct world_sea *sea, const struct world_zone *zone, ovf_error *err)
{
    struct cut cut = {.sea = sea, .zone = zone};
    cut.middle_deg = ovf_fixed_point(zone->rings[0].vertices[0]).lon_deg;
    bool is_fine = true;
    uint32_t count = sea->build->unit_count;
    for (uint32_t u = 0; u < count && is_fine; u++) {
        const struct world_unit *unit = &sea->build->units[u];
        bool is_taken = zone->kind == WORLD_ZONE_DISPUTED && unit->is_disputed; /* has a claim */
        if (!unit->is_overlay && !is_taken && unit->state != OVF_INDEX_NONE
            && is_from(zone, unit->state))
            is_fine = cut_unit(&cut, u);
    }
    if (is_fine && zone->kind == WORLD_ZONE_HIGH_SEAS)
        return OVF_OK;
    if (is_fine && cut.taken.count == 0)
        return zone_fail(sea, zone, "meets no land or sea of the States it is cut out of", err);
    return is_fine && add_cut_units(&cut) ? OVF_OK : zone_fail(sea, zone, "cut", err);
}

/* What no territory holds yet. */
static ovf_status add_waters(struct world_sea *sea, const struct world_zone *zone, ovf_error *err)
{
    double middle_deg = ovf_fixed_point(zone->rings[0].vertices[0]).lon_deg;
    GEOSGeometry *rest = world_zone_polygon(sea, zone, middle_deg);
    for (uint32_t u = 0; u < sea->build->unit_count && rest != NULL; u++) {
        const struct world_unit *unit = &sea->build->units[u];
        if (unit->is_overlay || unit->is_antarctic)
            continue;
        GEOSGeometry *polygon = world_zone_polygon(sea, zone, sea->units[u].middle_deg);
        GEOSGeometry *whole = whole_of(sea, u);
        if (polygon != NULL && whole != NULL && !are_boxes_apart(sea, whole, polygon)) {
            GEOSGeometry *near = intersection(sea, whole, polygon);
            GEOSGeometry *there = near == NULL ? NULL : moved(sea, near, middle_deg);
            GEOSGeometry *less = there == NULL ? NULL : difference(sea, rest, there);
            GEOSGeom_destroy_r(sea->geos, near);
            GEOSGeom_destroy_r(sea->geos, there);
            GEOSGeom_destroy_r(sea->geos, rest);
            rest = less;
        }
        GEOSGeom_destroy_r(sea->geos, polygon);
    }
    struct world_unit unit = {
        .state = zone->state, .is_disputed = zone->claim.claimed_by.len > 0, .claim = zone->claim};
    return rest != NULL && add_unit(sea, unit, rest, middle_deg) != NULL
               ? OVF_OK
               : zone_fail(sea, zone, "waters", err);
}

static ovf_status add_archipelago(struct world_sea *sea, const struct world_zone *zone,
                                  ovf_error *err)
{
    double middle_deg = ovf_fixed_point(zone->rings[0].vertices[0]).lon_deg;
    struct world_unit unit = {
        .state = zone->state, .is_overlay = true, .is_archipelagic = true, .claim = zone->claim};
    GEOSGeometry *polygon = world_zone_polygon(sea, zone, middle_deg);
    return polygon != NULL && add_unit(sea, unit, polygon, middle_deg) != NULL
               ? OVF_OK
               : zone_fail(sea, zone, "baselines", err);
}

ovf_status world_zones_apply(struct world_sea *sea, ovf_error *err)
{
    const struct world_build *build = sea->build;
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < build->zone_count && status == OVF_OK; i++)
        if (build->zones[i].from_count > 0)
            status = cut_zone(sea, &build->zones[i], err);
    for (size_t i = 0; i < build->zone_count && status == OVF_OK; i++)
        if (build->zones[i].kind == WORLD_ZONE_WATERS)
            status = add_waters(sea, &build->zones[i], err);
    for (size_t i = 0; i < build->zone_count && status == OVF_OK; i++)
        if (build->zones[i].kind == WORLD_ZONE_ARCHIPELAGO)
            status = add_archipelago(sea, &build->zones[i], err);
    return status;
}

/* Does the land of a State have to be kept apart, to be cut? */
bool world_zones_need_land(const struct world_build *build, uint32_t state)
{
    for (size_t i = 0; i < build->zone_count; i++) {
        const struct world_zone *zone = &build->zones[i];
        bool is_moved = zone->from_count > 0
                        && (zone->kind == WORLD_ZONE_HIGH_SEAS || zone->from_count > 1
                            || zone->from[0] != zone->state);
        if (is_moved && (is_from(zone, state) || zone->state == state))
            return true;
    }
    return false;
}
