/* SPDX-License-Identifier: Apache-2.0 */
/* Territorial seas: land and 12 NM of water, cut where somebody else's coast is nearer.
 *
 * 1. A coast (an arc of one holder) is taken in stretches of some 60 km; each is buffered in the
 *    azimuthal equidistant plane round its middle, where distances are true to a metre.
 * 2. The buffers of one holder are united in degrees, edges at most 5 km long.
 * 3. What is nearer to another holder's coast, and another's land, is cut off (median.c).
 * 4. Land and sea are united, zones are laid over them (zone.c); the sea's edge is thinned to 15 m
 *    (sea_rings.c).
 * Equidistance is UNCLOS art. 15; width art. 3, other breadths are in data/sea.txt. The sea of an
 * archipelagic State is measured from its baselines (art. 48), which count as coasts here. */
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

void world_geometries_free(struct world_sea *sea, struct world_geometries *list)
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

ovf_status world_sea_fail(const struct world_sea *sea, uint32_t unit, const char *what,
                          ovf_error *err)
{
    uint32_t state = sea->build->units[unit].state;
    bool has_state = state != OVF_INDEX_NONE && sea->build->states != NULL;
    ovf_str iso3 = has_state ? sea->build->states[state].fields.iso3 : OVF_STR("nobody");
    return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "territorial sea of " OVF_FMT ": %s: %.60s",
                    OVF_ARG(iso3), what, sea->trouble);
}

static ovf_status buffer_stretch(struct world_sea *sea, uint32_t unit, const ovf_point *line,
                                 uint32_t count, double width_m, struct world_geometries *out,
                                 ovf_error *err)
{
    GEOSContextHandle_t geos = sea->geos;
    ovf_point origin = line[count / 2];
    GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(geos, count, 2);
    if (sequence == NULL)
        return world_sea_fail(sea, unit, "line", err);
    for (uint32_t i = 0; i < count; i++) {
        double x_m = 0.0, y_m = 0.0;
        world_sea_project(origin, line[i], &x_m, &y_m);
        GEOSCoordSeq_setXY_r(geos, sequence, i, x_m, y_m);
    }
    GEOSGeometry *stretch = GEOSGeom_createLineString_r(geos, sequence);
    GEOSGeometry *wide = stretch == NULL ? NULL : GEOSBuffer_r(geos, stretch, width_m, ARC_STEPS);
    GEOSGeometry *degrees =
        wide == NULL ? NULL : world_sea_unproject(sea, wide, origin, sea->units[unit].middle_deg);
    GEOSGeom_destroy_r(geos, stretch);
    GEOSGeom_destroy_r(geos, wide);
    return world_geometries_add(sea, out, degrees) ? OVF_OK
                                                   : world_sea_fail(sea, unit, "buffer", err);
}

/* As wide as the State claims there; where it claims air beyond its sea, the sea apart too. */
static ovf_status buffer_line(struct world_sea *sea, uint32_t unit, const ovf_point *line,
                              uint32_t count, const struct world_sea_rule *rule, ovf_error *err)
{
    struct world_sea_unit *part = &sea->units[unit];
    double sea_m = rule == NULL ? WORLD_SEA_M : rule->sea_m;
    double air_m = rule == NULL ? WORLD_SEA_M : rule->air_m;
    ovf_status status =
        air_m > 0.0 ? buffer_stretch(sea, unit, line, count, air_m, &part->buffers, err) : OVF_OK;
    if (status == OVF_OK && part->has_air && sea_m > 0.0)
        status = buffer_stretch(sea, unit, line, count, sea_m, &part->narrow, err);
    return status;
}

static ovf_status buffer_arc(struct world_sea *sea, uint32_t unit, const struct world_arc *arc,
                             ovf_error *err)
{
    ovf_point line[STRETCH_VERTICES];
    uint32_t count = 0;
    double length_m = 0.0;
    uint32_t state = sea->build->units[unit].state;
    const struct world_sea_rule *rule = NULL;
    for (uint32_t i = 0; i < arc->count; i++) {
        ovf_point p = ovf_fixed_point(arc->vertices[i]);
        const struct world_sea_rule *here = world_sea_rule_at(sea->build, state, p);
        if (count > 0)
            length_m += ovf_distance_m(line[count - 1], p);
        else
            rule = here;
        line[count] = p;
        count++;
        if (count < 2
            || (i + 1 < arc->count && count < STRETCH_VERTICES && length_m < STRETCH_M
                && here == rule))
            continue;
        /* GEOS takes a closed line for a ring with an inner side, and inverts small ones. */
        bool is_closed = count > 3 && line[0].lat_deg == p.lat_deg && line[0].lon_deg == p.lon_deg;
        uint32_t half = is_closed ? count / 2 : 0;
        ovf_status status = is_closed ? buffer_line(sea, unit, line, half + 1, rule, err) : OVF_OK;
        if (status == OVF_OK)
            status = buffer_line(sea, unit, line + half, count - half, rule, err);
        if (status != OVF_OK)
            return status;
        line[0] = p;
        rule = here;
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

/* The undisputed unit of a State; OVF_INDEX_NONE. */
static uint32_t unit_of_state(const struct world_build *build, uint32_t state)
{
    for (uint32_t u = 0; u < build->unit_count; u++)
        if (build->units[u].state == state)
            return u;
    return OVF_INDEX_NONE;
}

/* Archipelagic baselines: the waters inside them, and their line as a coast. */
static ovf_status take_baselines(struct world_sea *sea, const struct world_zone *zone,
                                 ovf_error *err)
{
    uint32_t u = unit_of_state(sea->build, zone->state);
    if (u == OVF_INDEX_NONE)
        return OVF_OK;
    struct world_sea_unit *unit = &sea->units[u];
    GEOSGeometry *polygon = world_zone_polygon(sea, zone, unit->middle_deg);
    if (!world_geometries_add(sea, &unit->buffers, polygon))
        return world_sea_fail(sea, u, "baselines", err);
    ovf_status status = OVF_OK;
    for (uint32_t r = 0; r < zone->ring_count && status == OVF_OK; r++) {
        struct world_arc arc = {.outline = {OVF_INDEX_NONE, OVF_INDEX_NONE}};
        ovf_fixed *line = NULL;
        if (!world_zone_line(&zone->rings[r], sea->arena, &line, &arc.count))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for baselines");
        ovf_fixed *closed = ovf_arena_array(sea->arena, ovf_fixed, (size_t)arc.count + 1);
        if (closed == NULL)
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for baselines");
        memcpy(closed, line, arc.count * sizeof *closed);
        closed[arc.count] = line[0];
        arc.count++;
        arc.vertices = closed;
        if (!add_pieces(sea, &arc, u, OVF_INDEX_NONE))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for baselines");
        status = buffer_arc(sea, u, &arc, err);
    }
    return status;
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
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < build->zone_count && status == OVF_OK; i++)
        if (build->zones[i].kind == WORLD_ZONE_ARCHIPELAGO)
            status = take_baselines(sea, &build->zones[i], err);
    return status;
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

GEOSGeometry *world_sea_ring(struct world_sea *sea, const ovf_ring *ring, double middle_deg)
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
            holes[hole_count++] = world_sea_ring(sea, &unit->land[k], middle_deg);
    GEOSGeometry *shell = world_sea_ring(sea, &unit->land[r], middle_deg);
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
            return world_sea_fail(sea, u, "land", err);
    return OVF_OK;
}

/* ---- all of it ---- */

static bool has_claimed_air(const struct world_build *build, uint32_t state)
{
    for (size_t i = 0; i < build->sea_rule_count; i++)
        if (build->sea_rules[i].state == state
            && build->sea_rules[i].air_m > build->sea_rules[i].sea_m)
            return true;
    return false;
}

static ovf_status build_all(struct world_sea *sea, ovf_error *err)
{
    struct world_build *build = sea->build;
    for (uint32_t u = 0; u < build->unit_count; u++) {
        const struct world_unit *unit = &build->units[u];
        const struct world_state_row *row =
            unit->state == OVF_INDEX_NONE ? NULL : &build->states[unit->state];
        sea->units[u].middle_deg = row == NULL ? middle_of(unit->land, unit->land_count)
                                               : middle_of(row->land, row->land_count);
        sea->units[u].has_air = row != NULL && has_claimed_air(build, unit->state);
        ovf_status status = unit->is_antarctic ? OVF_OK : take_land(sea, u, err);
        if (status != OVF_OK)
            return status;
    }
    ovf_status status = take_arcs(sea, err);
    if (status == OVF_OK)
        status = world_sea_cut(sea, err);
    uint32_t count = build->unit_count;
    for (uint32_t u = 0; status == OVF_OK && u < count; u++)
        status = world_sea_finish_unit(sea, u, err);
    if (status == OVF_OK)
        status = world_zones_apply(sea, err);
    for (uint32_t u = 0; status == OVF_OK && u < build->unit_count; u++)
        status = world_sea_lay_rings(sea, u, err);
    for (uint32_t s = 0; status == OVF_OK && s < build->state_count; s++) {
        status = world_sea_lay_land(sea, s, err);
        if (status == OVF_OK)
            status = world_sea_unite_state(sea, s, err);
    }
    return status;
}

/* Room for the units that zones and claimed air will add: two a zone, one a rule. */
static bool make_room(struct world_sea *sea)
{
    struct world_build *build = sea->build;
    sea->unit_capacity =
        build->unit_count + 2 * (uint32_t)build->zone_count + (uint32_t)build->sea_rule_count + 1;
    struct world_unit *units = ovf_arena_array(build->arena, struct world_unit, sea->unit_capacity);
    sea->units = ovf_arena_array(sea->arena, struct world_sea_unit, sea->unit_capacity);
    if (units == NULL || sea->units == NULL)
        return false;
    memcpy(units, build->units, build->unit_count * sizeof *units);
    build->units = units;
    return true;
}

ovf_status world_build_seas(struct world_build *build, ovf_error *err)
{
    if (build->unit_count == 0)
        return OVF_OK;
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)2 << 30);
    struct world_sea sea = {.build = build, .geos = GEOS_init_r(), .arena = &arena};
    bool has_room = make_room(&sea);
    ovf_status status = OVF_OK;
    if (sea.geos == NULL || !has_room) {
        status = ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for seas");
    } else {
        GEOSContext_setErrorMessageHandler_r(sea.geos, on_message, &sea);
        status = build_all(&sea, err);
    }
    for (uint32_t u = 0; sea.geos != NULL && has_room && u < build->unit_count; u++) {
        world_geometries_free(&sea, &sea.units[u].land);
        world_geometries_free(&sea, &sea.units[u].buffers);
        world_geometries_free(&sea, &sea.units[u].narrow);
        world_geometries_free(&sea, &sea.units[u].cuts);
        GEOSGeom_destroy_r(sea.geos, sea.units[u].whole);
        GEOSGeom_destroy_r(sea.geos, sea.units[u].land_whole);
    }
    if (sea.geos != NULL)
        GEOS_finish_r(sea.geos);
    ovf_arena_done(&arena);
    return status;
}
