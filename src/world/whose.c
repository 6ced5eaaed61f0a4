/* SPDX-License-Identifier: Apache-2.0 */
/* Whose air: of a point, along a leg, over an area. The grid of degree cells answers most points
 * at once; near a border the outlines are asked, and how near it is. */
#include "world_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const uint32_t *world_cell_units(const ovf_world *world, ovf_point p, size_t *count)
{
    size_t total = 0;
    const uint32_t *first = world_items(world, WORLD_CELL_FIRST, &total);
    const uint32_t *units = world_items(world, WORLD_CELL_UNITS, &total);
    int row = (int)floor(p.lat_deg) + 90;
    int column = (int)floor(ovf_lon_wrap(p.lon_deg)) + 180;
    row = row < 0 ? 0 : row > 179 ? 179 : row;
    column = column < 0 ? 0 : column > 359 ? 359 : column;
    uint32_t cell = (uint32_t)(row * 360 + column);
    *count = first[cell + 1] - first[cell];
    return units + first[cell];
}

uint32_t world_unit_at(const ovf_world *world, ovf_point p)
{
    size_t count = 0;
    const uint32_t *units = world_cell_units(world, p, &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t unit = units[i] & ~WORLD_CELL_WHOLE;
        if ((units[i] & WORLD_CELL_WHOLE) != 0
            || ovf_area_contains(world->units[unit], p) == OVF_TRI_YES)
            return unit;
    }
    return OVF_INDEX_NONE;
}

static ovf_whose whose_unit(const ovf_world *world, uint32_t unit)
{
    if (unit == OVF_INDEX_NONE)
        return (ovf_whose){.state = OVF_INDEX_NONE, .is_high_seas = true};
    size_t count = 0, state_count = 0;
    const struct world_unit_item *items = world_items(world, WORLD_UNITS, &count);
    world_items(world, WORLD_STATES, &state_count);
    uint32_t state = items[unit].state;
    return (ovf_whose){.state = state < state_count ? state : OVF_INDEX_NONE,
                       .is_disputed = (items[unit].flags & WORLD_IS_DISPUTED) != 0};
}

static bool is_near_border(const ovf_world *world, ovf_point p)
{
    size_t count = 0;
    const uint32_t *units = world_cell_units(world, p, &count);
    for (size_t i = 0; i < count; i++)
        if ((units[i] & WORLD_CELL_WHOLE) == 0
            && ovf_area_border_distance_m(world->units[units[i]], p) < OVF_BORDER_ACCURACY_M)
            return true;
    return false;
}

ovf_whose ovf_world_whose(const ovf_world *world, ovf_point p)
{
    ovf_whose whose = whose_unit(world, world_unit_at(world, p));
    whose.is_doubtful = is_near_border(world, p);
    return whose;
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
        uint32_t unit = units[i] & ~WORLD_CELL_WHOLE;
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
        ovf_status status = ovf_area_cross(world->units[set->items[i]], leg, arena, &found, &count);
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

static uint32_t unit_along(const struct stretches *list, double at_m)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].stretch.from_m <= at_m && at_m <= list->items[i].stretch.until_m)
            return list->items[i].unit;
    return OVF_INDEX_NONE;
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
    uint32_t last = OVF_INDEX_NONE;
    for (size_t i = 0; i + 1 < list.cut_count; i++) {
        double from_m = list.cuts[i];
        double until_m = list.cuts[i + 1];
        if (until_m - from_m < OVF_COINCIDENT_M && used > 0) {
            result[used - 1].until_m = until_m;
            continue;
        }
        uint32_t unit = unit_along(&list, (from_m + until_m) / 2.0);
        if (used > 0 && unit == last) {
            result[used - 1].until_m = until_m;
            continue;
        }
        last = unit;
        result[used] = (ovf_whose_stretch){
            .from_m = from_m, .until_m = until_m, .whose = whose_unit(world, unit)};
        used++;
    }
    for (size_t i = 0; i < used; i++) {
        double middle_m = (result[i].from_m + result[i].until_m) / 2.0;
        result[i].whose.is_doubtful = is_near_border(world, ovf_leg_at(leg, middle_m));
    }
    *out = result;
    *count = used;
    return OVF_OK;
}
