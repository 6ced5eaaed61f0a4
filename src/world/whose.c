/* SPDX-License-Identifier: Apache-2.0 */
/* Whose air: of a point, along a leg, over an area. The grid of degree cells answers most points
 * at once; near a border the outlines are asked, and how near it is. */
#include "world_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static uint32_t cell_at(ovf_point p)
{
    int row = (int)floor(p.lat_deg) + 90;
    int column = (int)floor(ovf_lon_wrap(p.lon_deg)) + 180;
    row = row < 0 ? 0 : row > 179 ? 179 : row;
    column = column < 0 ? 0 : column > 359 ? 359 : column;
    return (uint32_t)(row * 360 + column);
}

const uint32_t *world_cell_units(const ovf_world *world, ovf_point p, size_t *count)
{
    size_t total = 0;
    const uint32_t *first = world_items(world, WORLD_CELL_FIRST, &total);
    const uint32_t *units = world_items(world, WORLD_CELL_UNITS, &total);
    uint32_t cell = cell_at(p);
    *count = first[cell + 1] - first[cell];
    return units + first[cell];
}

/* ---- one point in a cell with borders ----
 * From the middle of the cell, whose answer the file holds, a way leads along the middle's
 * parallel and then along the point's meridian; every border that it crosses changes the answer.
 * All edges on that way are in the cell's chunks. Edges are straight in degrees here: at most 60 km
 * long, they are within 30 m of their geodesics, and a point that near a border is doubtful. */

#define CELL_UNITS_MAX 64

struct look {
    double lat_e7, lon_e7; /* the point; longitudes are counted from here */
    double middle_lat_e7, middle_x_e7;
    double m_per_lon; /* metres to 1e-7 degrees of longitude */
    double near_m2;   /* squared distance of the nearest border seen */
};

#define M_PER_LAT_E7 0.0111200 /* metres to 1e-7 degrees of latitude, rounded up a little */
#define CIRCLE_E7 3.6e9

static double from_point(const struct look *look, ovf_fixed v)
{
    double x = v.lon_e7 - look->lon_e7;
    return x >= CIRCLE_E7 / 2.0 ? x - CIRCLE_E7 : x < -CIRCLE_E7 / 2.0 ? x + CIRCLE_E7 : x;
}

static void look_how_near(struct look *look, double ax, double ay, double bx, double by)
{
    ax *= look->m_per_lon;
    bx *= look->m_per_lon;
    ay *= M_PER_LAT_E7;
    by *= M_PER_LAT_E7;
    double dx = bx - ax, dy = by - ay;
    double length2 = dx * dx + dy * dy;
    double t = length2 > 0.0 ? -(ax * dx + ay * dy) / length2 : 0.0;
    t = t < 0.0 ? 0.0 : t > 1.0 ? 1.0 : t;
    double px = ax + t * dx, py = ay + t * dy;
    look->near_m2 = fmin(look->near_m2, px * px + py * py);
}

/* Does the edge cross the way from the middle to the point an odd number of times? */
static bool crosses_way(const struct look *look, double ax, double ay, double bx, double by)
{
    bool is_odd = false;
    double middle_y = look->middle_lat_e7 - look->lat_e7;
    if ((ax > 0.0) != (bx > 0.0)) { /* the point's meridian */
        double y = ay - ax * (by - ay) / (bx - ax);
        is_odd = (y > 0.0) != (y > middle_y);
    }
    if ((ay > middle_y) != (by > middle_y)) { /* the middle's parallel */
        double x = ax + (middle_y - ay) * (bx - ax) / (by - ay);
        is_odd ^= (x > 0.0) != (x > look->middle_x_e7);
    }
    return is_odd;
}

/* The borders of an overlay part nobody's air from another's: near_m2 does not count them. */
static bool look_at_chunk(const ovf_fixed *vertices, const struct world_chunk_item *chunk,
                          bool is_overlay, struct look *look)
{
    bool is_odd = false;
    double reach_e7 = OVF_BORDER_ACCURACY_M / M_PER_LAT_E7;
    double middle_y = look->middle_lat_e7 - look->lat_e7;
    double low = fmin(0.0, middle_y) - reach_e7;
    double high = fmax(0.0, middle_y) + reach_e7;
    double ax = from_point(look, vertices[chunk->vertex]);
    double ay = vertices[chunk->vertex].lat_e7 - look->lat_e7;
    for (uint32_t i = 1; i <= chunk->edges; i++) {
        ovf_fixed v = vertices[i == chunk->edges ? chunk->last : chunk->vertex + i];
        double bx = from_point(look, v);
        double by = v.lat_e7 - look->lat_e7;
        double to_x = bx;                    /* to the last bit the next edge's ax */
        if (fabs(bx - ax) > CIRCLE_E7 / 2.0) /* an edge behind the globe */
            to_x -= copysign(CIRCLE_E7, bx - ax);
        if (!((ay < low && by < low) || (ay > high && by > high))) {
            is_odd ^= crosses_way(look, ax, ay, to_x, by);
            if (!is_overlay && (fmin(fabs(ay), fabs(by)) < reach_e7 || (ay > 0.0) != (by > 0.0)))
                look_how_near(look, ax, ay, to_x, by);
        }
        ax = bx;
        ay = by;
    }
    return is_odd;
}

/* What holds p, out of the units of its cell and whether each holds p. */
static struct world_air sum_up(const ovf_world *world, const uint32_t *units, size_t count,
                               const bool *is_inside)
{
    size_t unit_count = 0;
    const struct world_unit_item *items = world_items(world, WORLD_UNITS, &unit_count);
    struct world_air air = {.unit = OVF_INDEX_NONE, .overlay = OVF_INDEX_NONE, .near_m = HUGE_VAL};
    for (size_t k = 0; k < count && air.unit == OVF_INDEX_NONE; k++)
        if (is_inside[k] && (items[units[k] & WORLD_CELL_UNIT].flags & WORLD_IS_OVERLAY) == 0)
            air.unit = units[k] & WORLD_CELL_UNIT;
    for (size_t k = 0; k < count && air.unit != OVF_INDEX_NONE; k++) {
        const struct world_unit_item *item = &items[units[k] & WORLD_CELL_UNIT];
        if (!is_inside[k] || (item->flags & WORLD_IS_OVERLAY) == 0
            || (item->state != OVF_INDEX_NONE && item->state != items[air.unit].state))
            continue;
        air.overlay_flags |= item->flags;
        if (air.overlay == OVF_INDEX_NONE || (item->flags & WORLD_IS_DISPUTED) != 0)
            air.overlay = units[k] & WORLD_CELL_UNIT;
    }
    return air;
}

/* Which of the units of p's cell hold p. */
static struct look look_inside(const ovf_world *world, ovf_point p, const uint32_t *units,
                               size_t count, bool *is_inside)
{
    size_t total = 0;
    const uint32_t *first = world_items(world, WORLD_CELL_CHUNK_FIRST, &total);
    const uint32_t *list = world_items(world, WORLD_CELL_CHUNKS, &total);
    const struct world_chunk_item *chunks = world_items(world, WORLD_CHUNKS, &total);
    const ovf_fixed *vertices = world_items(world, WORLD_VERTICES, &total);
    const struct world_unit_item *items = world_items(world, WORLD_UNITS, &total);
    uint32_t cell = cell_at(p);
    double lon_deg = ovf_lon_wrap(p.lon_deg);
    double middle_lon_deg = (double)(cell % 360) - 179.5;
    struct look look = {.lat_e7 = p.lat_deg * 1e7,
                        .lon_e7 = lon_deg * 1e7,
                        .middle_lat_e7 = ((double)(cell / 360) - 89.5) * 1e7,
                        .middle_x_e7 = (middle_lon_deg - lon_deg) * 1e7,
                        .m_per_lon = M_PER_LAT_E7 * cos(p.lat_deg * WORLD_RAD),
                        .near_m2 = HUGE_VAL};
    for (size_t k = 0; k < count; k++)
        is_inside[k] = (units[k] & (WORLD_CELL_MIDDLE | WORLD_CELL_WHOLE)) != 0;
    size_t slot = 0;
    for (uint32_t i = first[cell]; i < first[cell + 1]; i++) {
        const struct world_chunk_item *chunk = &chunks[list[i]];
        if ((units[slot] & WORLD_CELL_UNIT) != chunk->unit)
            for (slot = 0; slot + 1 < count && (units[slot] & WORLD_CELL_UNIT) != chunk->unit;)
                slot++;
        bool is_overlay = (items[chunk->unit].flags & WORLD_IS_OVERLAY) != 0;
        is_inside[slot] ^= look_at_chunk(vertices, chunk, is_overlay, &look);
    }
    return look;
}

bool world_unit_holds(const ovf_world *world, ovf_point p, uint32_t unit)
{
    size_t count = 0;
    const uint32_t *units = world_cell_units(world, p, &count);
    count = count < CELL_UNITS_MAX ? count : CELL_UNITS_MAX;
    bool is_inside[CELL_UNITS_MAX];
    if (count > 0)
        look_inside(world, p, units, count, is_inside);
    for (size_t k = 0; k < count; k++)
        if ((units[k] & WORLD_CELL_UNIT) == unit)
            return is_inside[k];
    return false;
}

static struct world_air look_at(const ovf_world *world, ovf_point p, const uint32_t *units,
                                size_t count)
{
    bool is_inside[CELL_UNITS_MAX];
    struct look look = look_inside(world, p, units, count, is_inside);
    struct world_air air = sum_up(world, units, count, is_inside);
    air.near_m = sqrt(look.near_m2);
    return air;
}

struct world_air world_air_at(const ovf_world *world, ovf_point p)
{
    size_t count = 0;
    const uint32_t *units = world_cell_units(world, p, &count);
    if (count == 0)
        return (struct world_air){
            .unit = OVF_INDEX_NONE, .overlay = OVF_INDEX_NONE, .near_m = HUGE_VAL};
    count = count < CELL_UNITS_MAX ? count : CELL_UNITS_MAX;
    bool is_inside[CELL_UNITS_MAX];
    bool is_whole = true;
    for (size_t k = 0; k < count && is_whole; k++) {
        is_inside[k] = true;
        is_whole = (units[k] & WORLD_CELL_WHOLE) != 0;
    }
    return is_whole ? sum_up(world, units, count, is_inside) : look_at(world, p, units, count);
}

uint32_t world_air_slot(const struct world_air *air)
{
    return air->overlay != OVF_INDEX_NONE ? air->overlay : air->unit;
}

static ovf_whose whose_unit(const ovf_world *world, uint32_t unit, uint32_t overlay_flags)
{
    if (unit == OVF_INDEX_NONE)
        return (ovf_whose){.state = OVF_INDEX_NONE, .is_high_seas = true};
    size_t count = 0, state_count = 0;
    const struct world_unit_item *items = world_items(world, WORLD_UNITS, &count);
    world_items(world, WORLD_STATES, &state_count);
    uint32_t state = items[unit].state;
    uint32_t flags = items[unit].flags | overlay_flags;
    return (ovf_whose){.state = state < state_count ? state : OVF_INDEX_NONE,
                       .is_disputed = (flags & WORLD_IS_DISPUTED) != 0,
                       .is_doubtful = (flags & WORLD_IS_DOUBTFUL) != 0,
                       .is_archipelagic = (flags & WORLD_IS_ARCHIPELAGIC) != 0};
}

ovf_whose ovf_world_whose(const ovf_world *world, ovf_point p)
{
    struct world_air air = world_air_at(world, p);
    ovf_whose whose = whose_unit(world, air.unit, air.overlay_flags);
    whose.is_doubtful |= air.near_m < OVF_BORDER_ACCURACY_M;
    return whose;
}

/* ---- claims ---- */

static ovf_claim claim_of(const ovf_world *world, const struct world_unit_item *item)
{
    size_t state_count = 0;
    world_items(world, WORLD_STATES, &state_count);
    uint32_t state = item->claim_state < state_count ? item->claim_state : OVF_INDEX_NONE;
    bool is_named = item->name.len > 0 || state == OVF_INDEX_NONE;
    return (ovf_claim){
        .name = is_named ? world_text_of(world, item->name) : world->states[state].name,
        .state = state,
        .held_by = world_text_of(world, item->held_by),
        .claimed_by = world_text_of(world, item->claimed_by),
        .note = world_text_of(world, item->note),
        .source = world_text_of(world, item->source),
        .accuracy_m = item->accuracy_m > 0 ? item->accuracy_m : OVF_BORDER_ACCURACY_M};
}

size_t ovf_world_claims(const ovf_world *world, ovf_claim *out, size_t max)
{
    size_t count = 0, used = 0;
    const struct world_unit_item *items = world_items(world, WORLD_UNITS, &count);
    for (size_t i = 0; i < count; i++) {
        bool is_fringe = (items[i].flags & WORLD_IS_DOUBTFUL) != 0;
        if ((items[i].flags & WORLD_IS_DISPUTED) == 0 || is_fringe)
            continue;
        if (used < max)
            out[used] = claim_of(world, &items[i]);
        used++;
    }
    return used;
}

bool ovf_world_claim_at(const ovf_world *world, ovf_point p, ovf_claim *out)
{
    struct world_air air = world_air_at(world, p);
    size_t count = 0;
    const struct world_unit_item *items = world_items(world, WORLD_UNITS, &count);
    uint32_t unit = air.unit;
    if (unit == OVF_INDEX_NONE)
        return false;
    if ((items[unit].flags & WORLD_IS_DISPUTED) == 0)
        unit = (air.overlay_flags & WORLD_IS_DISPUTED) != 0 ? air.overlay : OVF_INDEX_NONE;
    if (unit == OVF_INDEX_NONE)
        return false;
    *out = claim_of(world, &items[unit]);
    return true;
}

/* ---- a leg ---- */

struct unit_set {
    uint32_t *items;
    size_t count;
    uint8_t *has;
};

static bool unit_set_init(const ovf_world *world, ovf_arena *arena, struct unit_set *set)
{
    size_t count = 0;
    world_items(world, WORLD_UNITS, &count);
    *set = (struct unit_set){.items = ovf_arena_array(arena, uint32_t, count + 1),
                             .has = ovf_arena_array(arena, uint8_t, count + 1)};
    return set->items != NULL && set->has != NULL;
}

static void unit_set_add(const ovf_world *world, struct unit_set *set, ovf_point p)
{
    size_t count = 0;
    const uint32_t *units = world_cell_units(world, p, &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t unit = units[i] & WORLD_CELL_UNIT;
        if (set->has[unit])
            continue;
        set->has[unit] = 1;
        set->items[set->count] = unit;
        set->count++;
    }
}

#define LEG_STEP_M 40000.0

/* Units of the cells along the leg and of their neighbours, so that no corner is stepped over. */
static void units_along(const ovf_world *world, const ovf_leg *leg, struct unit_set *set)
{
    size_t steps = (size_t)(leg->length_m / LEG_STEP_M) + 1;
    for (size_t k = 0; k <= steps; k++) {
        ovf_point p = ovf_leg_at(leg, leg->length_m * (double)k / (double)steps);
        double reach_lon_deg = 0.3 / fmax(cos(p.lat_deg * WORLD_RAD), 0.005);
        for (int row = -1; row <= 1; row++)
            for (double dx = -reach_lon_deg; dx <= reach_lon_deg; dx += reach_lon_deg) {
                double lat_deg = p.lat_deg + 0.3 * row;
                lat_deg = lat_deg > 90.0 ? 90.0 : lat_deg < -90.0 ? -90.0 : lat_deg;
                unit_set_add(world, set, (ovf_point){lat_deg, ovf_lon_wrap(p.lon_deg + dx)});
            }
    }
}

struct unit_stretch {
    ovf_stretch stretch;
    uint32_t unit;
};

struct stretches {
    struct unit_stretch *items;
    size_t count, capacity;
    double *cuts;
    size_t cut_count;
};

static ovf_status cross_units(const ovf_world *world, const ovf_leg *leg,
                              const struct unit_set *set, ovf_arena *arena, struct stretches *out)
{
    for (size_t i = 0; i < set->count; i++) {
        ovf_stretch *found = NULL;
        size_t count = 0;
        ovf_status status = ovf_area_cross(world_area(world, &world->units[set->items[i]]), leg,
                                           arena, &found, &count);
        if (status != OVF_OK)
            return status;
        for (size_t k = 0; k < count; k++) {
            void *items = out->items;
            if (!ovf_arena_grow(arena, &items, out->count, &out->capacity, sizeof *out->items))
                return OVF_E_NOMEM;
            out->items = items;
            out->items[out->count] = (struct unit_stretch){found[k], set->items[i]};
            out->count++;
        }
    }
    out->cuts = ovf_arena_array(arena, double, 2 * out->count + 2);
    return out->cuts == NULL ? OVF_E_NOMEM : OVF_OK;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void collect_cuts(const ovf_leg *leg, struct stretches *list)
{
    list->cuts[list->cut_count++] = 0.0;
    list->cuts[list->cut_count++] = leg->length_m;
    for (size_t i = 0; i < list->count; i++) {
        list->cuts[list->cut_count++] = list->items[i].stretch.from_m;
        list->cuts[list->cut_count++] = list->items[i].stretch.until_m;
    }
    qsort(list->cuts, list->cut_count, sizeof *list->cuts, by_value);
}

/* What holds the leg there; near_m is not looked at. */
static struct world_air air_along(const ovf_world *world, const struct stretches *list, double at_m)
{
    uint32_t units[CELL_UNITS_MAX];
    bool is_inside[CELL_UNITS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < list->count && count < CELL_UNITS_MAX; i++)
        if (list->items[i].stretch.from_m <= at_m && at_m <= list->items[i].stretch.until_m) {
            units[count] = list->items[i].unit;
            is_inside[count] = true;
            count++;
        }
    return sum_up(world, units, count, is_inside);
}

ovf_status ovf_world_cut_leg(const ovf_world *world, const ovf_leg *leg, ovf_arena *arena,
                             ovf_whose_stretch **out, size_t *count)
{
    struct unit_set set;
    if (!unit_set_init(world, arena, &set))
        return OVF_E_NOMEM;
    units_along(world, leg, &set);
    struct stretches list = {0};
    ovf_status status = cross_units(world, leg, &set, arena, &list);
    if (status != OVF_OK)
        return status;
    collect_cuts(leg, &list);
    ovf_whose_stretch *result = ovf_arena_array(arena, ovf_whose_stretch, list.cut_count);
    if (result == NULL)
        return OVF_E_NOMEM;
    size_t used = 0;
    struct world_air last = {0};
    for (size_t i = 0; i + 1 < list.cut_count; i++) {
        double from_m = list.cuts[i];
        double until_m = list.cuts[i + 1];
        if (until_m - from_m < OVF_COINCIDENT_M && used > 0) {
            result[used - 1].until_m = until_m;
            continue;
        }
        struct world_air air = air_along(world, &list, (from_m + until_m) / 2.0);
        if (used > 0 && air.unit == last.unit && air.overlay_flags == last.overlay_flags) {
            result[used - 1].until_m = until_m;
            continue;
        }
        last = air;
        result[used] = (ovf_whose_stretch){.from_m = from_m,
                                           .until_m = until_m,
                                           .whose = whose_unit(world, air.unit, air.overlay_flags)};
        used++;
    }
    for (size_t i = 0; i < used; i++) {
        double middle_m = (result[i].from_m + result[i].until_m) / 2.0;
        result[i].whose.is_doubtful = ovf_world_whose(world, ovf_leg_at(leg, middle_m)).is_doubtful;
    }
    *out = result;
    *count = used;
    return OVF_OK;
}
