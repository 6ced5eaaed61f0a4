/* SPDX-License-Identifier: Apache-2.0 */
/* The territory of one unit out of its land, its sea and the cuts; the rings of units and of whole
 * States: the last steps of sea.c. */
#include "world_internal.h"

#include <geos_c.h>

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

/* The land of a unit that a zone will cut, before it goes into the territory. */
static bool keep_land(struct world_sea *sea, uint32_t u)
{
    struct world_sea_unit *part = &sea->units[u];
    struct world_geometries copy = {0};
    for (size_t i = 0; i < part->land.count; i++)
        if (!world_geometries_add(sea, &copy, GEOSGeom_clone_r(sea->geos, part->land.items[i])))
            return false;
    part->land_whole = world_geometries_union(sea, &copy);
    return part->land_whole != NULL;
}

/* Air claimed beyond the territorial sea: an overlay. */
static ovf_status add_claimed_air(struct world_sea *sea, uint32_t u, ovf_error *err)
{
    GEOSContextHandle_t geos = sea->geos;
    struct world_build *build = sea->build;
    struct world_sea_unit *part = &sea->units[u];
    const struct world_sea_rule *rule = NULL;
    for (size_t i = 0; i < build->sea_rule_count; i++)
        if (build->sea_rules[i].state == build->units[u].state
            && build->sea_rules[i].air_m > build->sea_rules[i].sea_m)
            rule = &build->sea_rules[i];
    if (rule == NULL) // only a rule of theirs gives a State such air
        return ovf_fail(err, OVF_E_INTERNAL, OVF_NOPOS, "air beyond a sea that has no rule");
    if (!world_geometries_add(sea, &part->narrow, GEOSGeom_clone_r(geos, part->land_whole)))
        return world_sea_fail(sea, u, "air", err);
    GEOSGeometry *less = world_geometries_union(sea, &part->narrow);
    GEOSGeometry *rest = less == NULL ? NULL : GEOSDifference_r(geos, part->whole, less);
    GEOSGeom_destroy_r(geos, less);
    if (rest == NULL || build->unit_count == sea->unit_capacity) {
        GEOSGeom_destroy_r(geos, rest);
        return world_sea_fail(sea, u, "air", err);
    }
    build->units[build->unit_count] = (struct world_unit){
        .state = build->units[u].state,
        .is_overlay = true,
        .is_disputed = true,
        .claim = {.name = OVF_STR("air beyond the territorial sea"),
                  .state = build->units[u].state,
                  .claimed_by = build->states[build->units[u].state].fields.iso3,
                  .note = rule->note,
                  .source = rule->source}};
    sea->units[build->unit_count] =
        (struct world_sea_unit){.middle_deg = part->middle_deg, .whole = rest, .is_changed = true};
    build->unit_count++;
    return OVF_OK;
}

ovf_status world_sea_finish_unit(struct world_sea *sea, uint32_t u, ovf_error *err)
{
    struct world_sea_unit *part = &sea->units[u];
    uint32_t state = sea->build->units[u].state;
    if (state != OVF_INDEX_NONE && world_zones_need_land(sea->build, state) && !keep_land(sea, u))
        return world_sea_fail(sea, u, "land", err);
    if (part->buffers.count == 0) /* no coast: territory is land */
        return OVF_OK;
    if (part->has_air && !keep_land(sea, u))
        return world_sea_fail(sea, u, "land", err);
    part->whole = territory_of(sea, part);
    if (part->whole == NULL)
        return world_sea_fail(sea, u, "union", err);
    return part->has_air ? add_claimed_air(sea, u, err) : OVF_OK;
}

static ovf_status rings_of(struct world_sea *sea, const GEOSGeometry *geometry,
                           const ovf_ring *land, uint32_t land_count, const ovf_ring **out,
                           uint32_t *count, ovf_error *err)
{
    struct world_land_vertices keep = {0};
    struct world_ring_list rings = {0};
    ovf_status status = world_sea_land_vertices(sea, land, land_count, &keep, err);
    if (status == OVF_OK)
        status = world_sea_rings(sea, geometry, &keep, &rings, err);
    *out = rings.items;
    *count = (uint32_t)rings.count;
    return status;
}

static GEOSGeometry *component(const struct world_sea *sea, const GEOSGeometry *whole, int i)
{
    return (GEOSGeometry *)GEOSGetGeometryN_r(sea->geos, whole, i);
}

/* Rings of a unit that has a sea or was cut, component by component. Its vertices on land stay as
 * its State's land has them. */
ovf_status world_sea_lay_rings(struct world_sea *sea, uint32_t u, ovf_error *err)
{
    struct world_unit *unit = &sea->build->units[u];
    struct world_sea_unit *part = &sea->units[u];
    if (part->whole == NULL)
        return OVF_OK;
    int count = GEOSGetNumGeometries_r(sea->geos, part->whole);
    count = count < 0 ? 0 : count;
    part->ring_first = ovf_arena_array(sea->arena, uint32_t, (size_t)count + 1);
    if (part->ring_first == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for seas");
    struct world_land_vertices keep = {0};
    struct world_ring_list rings = {0};
    ovf_status status = world_sea_land_vertices(sea, unit->land, unit->land_count, &keep, err);
    for (int i = 0; i < count && status == OVF_OK; i++) {
        status = world_sea_rings(sea, component(sea, part->whole, i), &keep, &rings, err);
        part->ring_first[i + 1] = (uint32_t)rings.count;
    }
    unit->territory = rings.items;
    unit->territory_count = (uint32_t)rings.count;
    return status;
}

/* A State's land after zones have moved parts of it to other States, or from them. */
ovf_status world_sea_lay_land(struct world_sea *sea, uint32_t s, ovf_error *err)
{
    struct world_build *build = sea->build;
    struct world_state_row *row = &build->states[s];
    struct world_geometries parts = {0};
    bool is_changed = false;
    for (uint32_t u = 0; u < build->unit_count; u++) {
        struct world_sea_unit *part = &sea->units[u];
        if (build->units[u].state != s || build->units[u].is_overlay || part->land_whole == NULL)
            continue;
        is_changed |= part->is_changed;
        if (!world_geometries_add(sea, &parts, GEOSGeom_clone_r(sea->geos, part->land_whole)))
            return world_sea_fail(sea, u, "land", err);
    }
    GEOSGeometry *land = is_changed ? world_geometries_union(sea, &parts) : NULL;
    world_geometries_free(sea, &parts);
    if (land == NULL)
        return OVF_OK;
    ovf_status status =
        rings_of(sea, land, row->land, row->land_count, &row->land, &row->land_count, err);
    GEOSGeom_destroy_r(sea->geos, land);
    return status;
}

/* ---- a State of several units ---- */

static bool is_unit_of(const struct world_build *build, uint32_t u, uint32_t s)
{
    return build->units[u].state == s && !build->units[u].is_overlay;
}

static bool are_apart(const struct world_sea *sea, const GEOSGeometry *a, const GEOSGeometry *b)
{
    const GEOSGeometry *both[2] = {a, b};
    double box[2][4] = {{0}};
    for (int i = 0; i < 2; i++)
        if (GEOSGeom_getExtent_r(sea->geos, both[i], &box[i][0], &box[i][1], &box[i][2], &box[i][3])
            == 0)
            return true;
    return box[0][0] > box[1][2] || box[1][0] > box[0][2] || box[0][1] > box[1][3]
           || box[1][1] > box[0][3];
}

/* Is a component of unit u far from the State's other units? Then its rings are the State's too. */
static bool is_alone(const struct world_sea *sea, uint32_t u, uint32_t s, const GEOSGeometry *piece)
{
    const struct world_build *build = sea->build;
    for (uint32_t other = 0; other < build->unit_count; other++) {
        const struct world_sea_unit *part = &sea->units[other];
        if (other == u || !is_unit_of(build, other, s))
            continue;
        int count = part->whole == NULL ? 0 : GEOSGetNumGeometries_r(sea->geos, part->whole);
        for (int i = 0; i < count; i++)
            if (!are_apart(sea, piece, component(sea, part->whole, i)))
                return false;
        for (size_t i = 0; part->whole == NULL && i < part->land.count; i++)
            if (!are_apart(sea, piece, part->land.items[i]))
                return false;
    }
    return true;
}

static bool keep_ring(struct world_sea *sea, const ovf_ring *ring, struct world_ring_list *out)
{
    void *items = out->items;
    if (!ovf_arena_grow(sea->build->arena, &items, out->count, &out->capacity, sizeof *ring))
        return false;
    out->items = items;
    out->items[out->count++] = *ring;
    return true;
}

/* Rings of what is alone go to `rings`, what may touch another unit to `touching`. */
static bool sort_components(struct world_sea *sea, uint32_t u, uint32_t s,
                            struct world_geometries *touching, struct world_ring_list *rings)
{
    const struct world_unit *unit = &sea->build->units[u];
    struct world_sea_unit *part = &sea->units[u];
    for (size_t i = 0; part->whole == NULL && i < part->land.count; i++)
        if (!world_geometries_add(sea, touching, GEOSGeom_clone_r(sea->geos, part->land.items[i])))
            return false;
    int count = part->whole == NULL ? 0 : GEOSGetNumGeometries_r(sea->geos, part->whole);
    for (int i = 0; i < count; i++) {
        const GEOSGeometry *piece = component(sea, part->whole, i);
        if (!is_alone(sea, u, s, piece)) {
            if (!world_geometries_add(sea, touching, GEOSGeom_clone_r(sea->geos, piece)))
                return false;
            continue;
        }
        for (uint32_t r = part->ring_first[i]; r < part->ring_first[i + 1]; r++)
            if (!keep_ring(sea, &unit->territory[r], rings))
                return false;
    }
    return true;
}

/* The territories of a State's units as one. */
ovf_status world_sea_unite_state(struct world_sea *sea, uint32_t s, ovf_error *err)
{
    struct world_build *build = sea->build;
    struct world_state_row *row = &build->states[s];
    uint32_t count = 0, only = 0;
    bool has_whole = false;
    for (uint32_t u = 0; u < build->unit_count; u++)
        if (is_unit_of(build, u, s)) {
            count++;
            only = u;
            has_whole |= sea->units[u].whole != NULL;
        }
    if (count == 1) {
        row->territory = build->units[only].territory;
        row->territory_count = build->units[only].territory_count;
    }
    if (count < 2 || !has_whole)
        return OVF_OK;
    struct world_geometries touching = {0};
    struct world_ring_list rings = {0};
    for (uint32_t u = 0; u < build->unit_count; u++)
        if (is_unit_of(build, u, s) && !sort_components(sea, u, s, &touching, &rings)) {
            world_geometries_free(sea, &touching);
            return world_sea_fail(sea, u, "union", err);
        }
    struct world_land_vertices keep = {0};
    ovf_status status = world_sea_land_vertices(sea, row->land, row->land_count, &keep, err);
    GEOSGeometry *whole = status == OVF_OK ? world_geometries_union(sea, &touching) : NULL;
    world_geometries_free(sea, &touching);
    if (whole == NULL)
        return status != OVF_OK ? status : world_sea_fail(sea, only, "union", err);
    status = world_sea_rings(sea, whole, &keep, &rings, err);
    GEOSGeom_destroy_r(sea->geos, whole);
    row->territory = rings.items;
    row->territory_count = (uint32_t)rings.count;
    return status;
}
