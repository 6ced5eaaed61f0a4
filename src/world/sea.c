/* SPDX-License-Identifier: Apache-2.0 */
/* Territorial seas: land and 12 NM of water, cut where somebody else's coast is nearer.
 *
 * 1. A coast (an arc of one holder) is taken in stretches of some 60 km; each is buffered in the
 *    azimuthal equidistant plane round its middle, where distances are true to a metre.
 * 2. The buffers of one holder are united in degrees, edges at most 5 km long.
 * 3. What is nearer to another holder's coast, and another's land, is cut off (median.c).
 * 4. Land and sea are united; the sea's edge is thinned to 15 m (sea_rings.c).
 * Equidistance is UNCLOS art. 15; width art. 3. Historic bays, straight baselines and archipelagic
 * waters are not claimed here. */
#include "world_internal.h"

#include <geos_c.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STRETCH_M 60000.0
#define STRETCH_VERTICES 400
#define PIECE_MAX_M 5000.0
#define ARC_STEPS 16 /* to a quarter circle: the chord is 27 m inside the circle of 12 NM */

static void on_message(const char *message, void *userdata)
{
    struct world_sea *sea = userdata;
    snprintf(sea->trouble, sizeof sea->trouble, "%s", message);
}

bool world_geometries_add(struct world_sea *sea, struct world_geometries *list,
                          GEOSGeometry *geometry)
{
    if (geometry == NULL)
        return false;
    if (GEOSisEmpty_r(sea->geos, geometry)) {
        GEOSGeom_destroy_r(sea->geos, geometry);
        return true;
    }
    void *items = list->items;
    if (!ovf_arena_grow(sea->arena, &items, list->count, &list->capacity, sizeof *list->items)) {
        GEOSGeom_destroy_r(sea->geos, geometry);
        return false;
    }
    list->items = items;
    list->items[list->count] = geometry;
    list->count++;
    return true;
}

static void free_geometries(struct world_sea *sea, struct world_geometries *list)
{
    for (size_t i = 0; i < list->count; i++)
        GEOSGeom_destroy_r(sea->geos, list->items[i]);
    list->count = 0;
}

GEOSGeometry *world_geometries_union(struct world_sea *sea, struct world_geometries *list)
{
    GEOSGeometry *all = GEOSGeom_createCollection_r(sea->geos, GEOS_GEOMETRYCOLLECTION, list->items,
                                                    (unsigned)list->count);
    list->count = 0; /* the collection owns them, also when it failed */
    if (all == NULL)
        return NULL;
    GEOSGeometry *whole = GEOSUnaryUnion_r(sea->geos, all);
    GEOSGeom_destroy_r(sea->geos, all);
    return whole;
}

/* ---- the plane round a point ---- */

void world_sea_project(ovf_point origin, ovf_point p, double *x_m, double *y_m)
{
    double length_m = 0.0, bearing_deg = 0.0;
    ovf_inverse(origin, p, &length_m, &bearing_deg, NULL);
    double bearing_rad = bearing_deg * WORLD_RAD;
    *x_m = length_m * sin(bearing_rad);
    *y_m = length_m * cos(bearing_rad);
}

struct back {
    ovf_point origin;
    double middle_deg;
};

static int to_degrees(double *x, double *y, void *userdata)
{
    const struct back *back = userdata;
    double length_m = hypot(*x, *y);
    ovf_point p = ovf_destination(back->origin, atan2(*x, *y) / WORLD_RAD, length_m);
    *x = back->middle_deg + ovf_lon_wrap(p.lon_deg - back->middle_deg);
    *y = p.lat_deg;
    return 1;
}

GEOSGeometry *world_sea_unproject(struct world_sea *sea, const GEOSGeometry *metres,
                                  ovf_point origin, double middle_deg)
{
    GEOSGeometry *dense = GEOSDensify_r(sea->geos, metres, WORLD_SEA_EDGE_M);
    if (dense == NULL)
        return NULL;
    struct back back = {origin, middle_deg};
    GEOSGeometry *out = GEOSGeom_transformXY_r(sea->geos, dense, to_degrees, &back);
    GEOSGeom_destroy_r(sea->geos, dense);
    return out;
}

/* ---- 1. coasts ---- */

static ovf_status sea_fail(const struct world_sea *sea, uint32_t unit, const char *what,
                           ovf_error *err)
{
    uint32_t state = sea->build->units[unit].state;
    bool has_state = state != OVF_INDEX_NONE && sea->build->states != NULL;
    ovf_str iso3 = has_state ? sea->build->states[state].fields.iso3 : OVF_STR("nobody");
    return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "territorial sea of " OVF_FMT ": %s: %.60s",
                    OVF_ARG(iso3), what, sea->trouble);
}

static ovf_status buffer_stretch(struct world_sea *sea, uint32_t unit, const ovf_point *line,
                                 uint32_t count, ovf_error *err)
{
    GEOSContextHandle_t geos = sea->geos;
    ovf_point origin = line[count / 2];
    GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(geos, count, 2);
    if (sequence == NULL)
        return sea_fail(sea, unit, "line", err);
    for (uint32_t i = 0; i < count; i++) {
        double x_m = 0.0, y_m = 0.0;
        world_sea_project(origin, line[i], &x_m, &y_m);
        GEOSCoordSeq_setXY_r(geos, sequence, i, x_m, y_m);
    }
    GEOSGeometry *stretch = GEOSGeom_createLineString_r(geos, sequence);
    GEOSGeometry *wide =
        stretch == NULL ? NULL : GEOSBuffer_r(geos, stretch, WORLD_SEA_M, ARC_STEPS);
    GEOSGeometry *degrees =
        wide == NULL ? NULL : world_sea_unproject(sea, wide, origin, sea->units[unit].middle_deg);
    GEOSGeom_destroy_r(geos, stretch);
    GEOSGeom_destroy_r(geos, wide);
    return world_geometries_add(sea, &sea->units[unit].buffers, degrees)
               ? OVF_OK
               : sea_fail(sea, unit, "buffer", err);
}

static ovf_status buffer_arc(struct world_sea *sea, uint32_t unit, const struct world_arc *arc,
                             ovf_error *err)
{
    ovf_point line[STRETCH_VERTICES];
    uint32_t count = 0;
    double length_m = 0.0;
    for (uint32_t i = 0; i < arc->count; i++) {
        ovf_point p = ovf_fixed_point(arc->vertices[i]);
        if (count > 0)
            length_m += ovf_distance_m(line[count - 1], p);
        line[count] = p;
        count++;
        if (count < 2 || (i + 1 < arc->count && count < STRETCH_VERTICES && length_m < STRETCH_M))
            continue;
        /* GEOS takes a closed line for a ring with an inner side, and inverts small ones. */
        bool is_closed = count > 3 && line[0].lat_deg == p.lat_deg && line[0].lon_deg == p.lon_deg;
        uint32_t half = is_closed ? count / 2 : 0;
        ovf_status status = is_closed ? buffer_stretch(sea, unit, line, half + 1, err) : OVF_OK;
        if (status == OVF_OK)
            status = buffer_stretch(sea, unit, line + half, count - half, err);
        if (status != OVF_OK)
            return status;
        line[0] = p;
        count = 1;
        length_m = 0.0;
    }
    return OVF_OK;
}

static uint32_t unit_of_outline(const struct world_build *build, uint32_t outline)
{
    for (uint32_t u = 0; u < build->unit_count; u++)
        for (uint32_t k = 0; k < build->units[u].outline_count; k++)
            if (build->units[u].outlines[k] == outline)
                return u;
    return OVF_INDEX_NONE;
}

static bool add_pieces(struct world_sea *sea, const struct world_arc *arc, uint32_t a, uint32_t b)
{
    for (uint32_t i = 0; i + 1 < arc->count; i++) {
        ovf_point from = ovf_fixed_point(arc->vertices[i]);
        ovf_point to = ovf_fixed_point(arc->vertices[i + 1]);
        double length_m = ovf_distance_m(from, to);
        uint32_t parts = (uint32_t)(length_m / PIECE_MAX_M) + 1;
        ovf_leg leg;
        if (parts > 1)
            ovf_leg_init(&leg, from, to);
        for (uint32_t k = 0; k < parts; k++) {
            ovf_point next = k + 1 == parts ? to : ovf_leg_at(&leg, length_m * (k + 1) / parts);
            void *pieces = sea->pieces;
            if (!ovf_arena_grow(sea->arena, &pieces, sea->piece_count, &sea->piece_capacity,
                                sizeof *sea->pieces))
                return false;
            sea->pieces = pieces;
            sea->pieces[sea->piece_count] =
                (struct world_piece){.a = from, .b = next, .unit = {a, b}};
            sea->piece_count++;
            from = next;
        }
    }
    return true;
}

static ovf_status take_arcs(struct world_sea *sea, ovf_error *err)
{
    struct world_build *build = sea->build;
    uint32_t *unit_of = ovf_arena_array(sea->arena, uint32_t, build->outline_count + 1);
    if (unit_of == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for coasts");
    for (uint32_t o = 0; o < build->outline_count; o++)
        unit_of[o] = unit_of_outline(build, o);
    for (uint32_t i = 0; i < build->arc_count; i++) {
        const struct world_arc *arc = &build->arcs[i];
        if (arc->outline[0] == OVF_INDEX_NONE)
            continue;
        uint32_t a = unit_of[arc->outline[0]];
        bool is_coast = arc->outline[1] == OVF_INDEX_NONE;
        uint32_t b = is_coast ? OVF_INDEX_NONE : unit_of[arc->outline[1]];
        if (a == b || build->units[a].is_antarctic)
            continue;
        if (!add_pieces(sea, arc, a, b))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for coasts");
        ovf_status status = is_coast ? buffer_arc(sea, a, arc, err) : OVF_OK;
        if (status != OVF_OK)
            return status;
    }
    return OVF_OK;
}

/* ---- land ---- */

/* The middle of the widest run of longitudes that a unit does use. */
static double middle_of(const ovf_ring *rings, uint32_t count)
{
    bool used[360] = {false};
    for (uint32_t r = 0; r < count; r++)
        for (uint32_t i = 0; i < rings[r].count; i++)
            used[(rings[r].vertices[i].lon_e7 / 10000000 + 360) % 360] = true;
    int best = 0, best_start = 0, run = 0;
    for (int i = 0; i < 720; i++) {
        run = used[i % 360] ? 0 : run + 1;
        if (run > best && run <= 360) {
            best = run;
            best_start = i - run + 1;
        }
    }
    return ovf_lon_wrap(best_start + best / 2.0 + 180.0);
}

static GEOSGeometry *ring_of(struct world_sea *sea, const ovf_ring *ring, double middle_deg)
{
    GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(sea->geos, ring->count + 1, 2);
    if (sequence == NULL)
        return NULL;
    for (uint32_t i = 0; i <= ring->count; i++) {
        ovf_point p = ovf_fixed_point(ring->vertices[i % ring->count]);
        GEOSCoordSeq_setXY_r(sea->geos, sequence, i,
                             middle_deg + ovf_lon_wrap(p.lon_deg - middle_deg), p.lat_deg);
    }
    return GEOSGeom_createLinearRing_r(sea->geos, sequence);
}

/* Even-odd test in fixed degrees, with longitudes relative to the ring's first vertex. */
static bool ring_holds(const ovf_ring *ring, ovf_fixed p)
{
    bool is_inside = false;
    for (uint32_t i = 0, k = ring->count - 1; i < ring->count; k = i++) {
        double ax = ovf_lon_wrap((ring->vertices[k].lon_e7 - (double)p.lon_e7) * 1e-7);
        double bx = ovf_lon_wrap((ring->vertices[i].lon_e7 - (double)p.lon_e7) * 1e-7);
        double ay = ring->vertices[k].lat_e7 - (double)p.lat_e7;
        double by = ring->vertices[i].lat_e7 - (double)p.lat_e7;
        if ((ay > 0.0) != (by > 0.0) && ax + (bx - ax) * ay / (ay - by) > 0.0)
            is_inside = !is_inside;
    }
    return is_inside;
}

struct lat_span {
    int32_t south_e7, north_e7;
};

static struct lat_span span_of(const ovf_ring *ring)
{
    struct lat_span span = {INT32_MAX, INT32_MIN};
    for (uint32_t i = 0; i < ring->count; i++) {
        int32_t lat_e7 = ring->vertices[i].lat_e7;
        span.south_e7 = lat_e7 < span.south_e7 ? lat_e7 : span.south_e7;
        span.north_e7 = lat_e7 > span.north_e7 ? lat_e7 : span.north_e7;
    }
    return span;
}

/* The outline that ring r is a hole of, or r itself. */
static uint32_t shell_of(const struct world_unit *unit, const struct lat_span *spans, uint32_t r)
{
    for (uint32_t k = 0; k < unit->land_count; k++)
        if (k != r && spans[k].south_e7 < spans[r].south_e7 && spans[k].north_e7 > spans[r].north_e7
            && ring_holds(&unit->land[k], unit->land[r].vertices[0]))
            return k;
    return r;
}

static bool add_polygon(struct world_sea *sea, uint32_t u, uint32_t r, const uint32_t *shells)
{
    const struct world_unit *unit = &sea->build->units[u];
    double middle_deg = sea->units[u].middle_deg;
    GEOSGeometry *holes[64];
    unsigned hole_count = 0;
    for (uint32_t k = 0; k < unit->land_count && hole_count < OVF_COUNTOF(holes); k++)
        if (k != r && shells[k] == r)
            holes[hole_count++] = ring_of(sea, &unit->land[k], middle_deg);
    GEOSGeometry *shell = ring_of(sea, &unit->land[r], middle_deg);
    GEOSGeometry *polygon =
        shell == NULL ? NULL : GEOSGeom_createPolygon_r(sea->geos, shell, holes, hole_count);
    if (polygon != NULL && GEOSisValid_r(sea->geos, polygon) != 1) {
        GEOSGeometry *valid = GEOSMakeValid_r(sea->geos, polygon);
        GEOSGeom_destroy_r(sea->geos, polygon);
        polygon = valid;
    }
    return world_geometries_add(sea, &sea->units[u].land, polygon);
}

static ovf_status take_land(struct world_sea *sea, uint32_t u, ovf_error *err)
{
    const struct world_unit *unit = &sea->build->units[u];
    struct lat_span *spans = ovf_arena_array(sea->arena, struct lat_span, unit->land_count + 1);
    uint32_t *shells = ovf_arena_array(sea->arena, uint32_t, unit->land_count + 1);
    if (spans == NULL || shells == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for land");
    for (uint32_t r = 0; r < unit->land_count; r++)
        spans[r] = span_of(&unit->land[r]);
    for (uint32_t r = 0; r < unit->land_count; r++)
        shells[r] = shell_of(unit, spans, r);
    for (uint32_t r = 0; r < unit->land_count; r++)
        if (shells[r] == r && !add_polygon(sea, u, r, shells))
            return sea_fail(sea, u, "land", err);
    return OVF_OK;
}

/* ---- 2. and 4.: one unit ---- */

static GEOSGeometry *territory_of(struct world_sea *sea, struct world_sea_unit *unit)
{
    GEOSContextHandle_t geos = sea->geos;
    GEOSGeometry *water = world_geometries_union(sea, &unit->buffers);
    if (water != NULL && unit->cuts.count > 0) {
        GEOSGeometry *less = world_geometries_union(sea, &unit->cuts);
        GEOSGeometry *rest = less == NULL ? NULL : GEOSDifference_r(geos, water, less);
        GEOSGeom_destroy_r(geos, less);
        GEOSGeom_destroy_r(geos, water);
        water = rest;
    }
    if (!world_geometries_add(sea, &unit->land, water))
        return NULL;
    return world_geometries_union(sea, &unit->land);
}

static ovf_status finish_unit(struct world_sea *sea, uint32_t u, ovf_error *err)
{
    struct world_unit *unit = &sea->build->units[u];
    struct world_sea_unit *part = &sea->units[u];
    if (part->buffers.count == 0) { /* no coast: territory is land */
        return OVF_OK;
    }
    struct world_land_vertices land = {0};
    ovf_status status = world_sea_land_vertices(sea, unit->land, unit->land_count, &land, err);
    if (status != OVF_OK)
        return status;
    GEOSGeometry *whole = territory_of(sea, part);
    if (whole == NULL)
        return sea_fail(sea, u, "union", err);
    struct world_ring_list rings = {0};
    status = world_sea_rings(sea, whole, &land, &rings, err);
    unit->territory = rings.items;
    unit->territory_count = (uint32_t)rings.count;
    if (unit->state == OVF_INDEX_NONE)
        GEOSGeom_destroy_r(sea->geos, whole);
    else if (!world_geometries_add(sea, &sea->wholes[unit->state], whole))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for seas");
    return status;
}

/* A State of several units: their territories as one. */
static ovf_status unite_state(struct world_sea *sea, uint32_t s, ovf_error *err)
{
    struct world_build *build = sea->build;
    struct world_state_row *row = &build->states[s];
    uint32_t count = 0, only = 0;
    for (uint32_t u = 0; u < build->unit_count; u++)
        if (build->units[u].state == s) {
            count++;
            only = u;
        }
    if (count == 1) {
        row->territory = build->units[only].territory;
        row->territory_count = build->units[only].territory_count;
    }
    if (count < 2 || sea->wholes[s].count == 0)
        return OVF_OK;
    for (uint32_t u = 0; u < build->unit_count; u++) /* those without a coast */
        if (build->units[u].state == s && build->units[u].territory == build->units[u].land) {
            struct world_geometries *land = &sea->units[u].land;
            for (size_t i = 0; i < land->count; i++)
                if (!world_geometries_add(sea, &sea->wholes[s], land->items[i]))
                    return sea_fail(sea, u, "land", err);
            land->count = 0;
        }
    struct world_land_vertices land = {0};
    ovf_status status = world_sea_land_vertices(sea, row->land, row->land_count, &land, err);
    GEOSGeometry *whole = status == OVF_OK ? world_geometries_union(sea, &sea->wholes[s]) : NULL;
    if (whole == NULL)
        return status != OVF_OK ? status : sea_fail(sea, only, "union", err);
    struct world_ring_list rings = {0};
    status = world_sea_rings(sea, whole, &land, &rings, err);
    GEOSGeom_destroy_r(sea->geos, whole);
    row->territory = rings.items;
    row->territory_count = (uint32_t)rings.count;
    return status;
}

/* ---- all of it ---- */

static ovf_status build_all(struct world_sea *sea, ovf_error *err)
{
    struct world_build *build = sea->build;
    for (uint32_t u = 0; u < build->unit_count; u++) {
        const struct world_unit *unit = &build->units[u];
        const struct world_state_row *row =
            unit->state == OVF_INDEX_NONE ? NULL : &build->states[unit->state];
        sea->units[u].middle_deg = row == NULL ? middle_of(unit->land, unit->land_count)
                                               : middle_of(row->land, row->land_count);
        ovf_status status = unit->is_antarctic ? OVF_OK : take_land(sea, u, err);
        if (status != OVF_OK)
            return status;
    }
    ovf_status status = take_arcs(sea, err);
    if (status == OVF_OK)
        status = world_sea_cut(sea, err);
    for (uint32_t u = 0; status == OVF_OK && u < build->unit_count; u++)
        status = finish_unit(sea, u, err);
    for (uint32_t s = 0; status == OVF_OK && s < build->state_count; s++)
        status = unite_state(sea, s, err);
    return status;
}

ovf_status world_build_seas(struct world_build *build, ovf_error *err)
{
    if (build->unit_count == 0)
        return OVF_OK;
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)2 << 30);
    struct world_sea sea = {.build = build, .geos = GEOS_init_r(), .arena = &arena};
    sea.units = ovf_arena_array(&arena, struct world_sea_unit, build->unit_count);
    sea.wholes = ovf_arena_array(&arena, struct world_geometries, build->state_count + 1);
    ovf_status status = OVF_OK;
    if (sea.geos == NULL || sea.units == NULL || sea.wholes == NULL) {
        status = ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for seas");
    } else {
        GEOSContext_setErrorMessageHandler_r(sea.geos, on_message, &sea);
        status = build_all(&sea, err);
    }
    for (uint32_t u = 0; sea.units != NULL && u < build->unit_count; u++) {
        free_geometries(&sea, &sea.units[u].land);
        free_geometries(&sea, &sea.units[u].buffers);
        free_geometries(&sea, &sea.units[u].cuts);
    }
    for (uint32_t s = 0; sea.wholes != NULL && s < build->state_count; s++)
        free_geometries(&sea, &sea.wholes[s]);
    if (sea.geos != NULL)
        GEOS_finish_r(sea.geos);
    ovf_arena_done(&arena);
    return status;
}
