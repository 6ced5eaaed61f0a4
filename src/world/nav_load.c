/* SPDX-License-Identifier: Apache-2.0 */
/* Points, aids, airways and land of an open world, back into the rows of a build. */
#include "world_internal.h"

#include <string.h>

static ovf_status no_memory(ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the world's rows");
}

static ovf_status load_points(const ovf_world *world, struct world_build *build, ovf_error *err)
{
    size_t fix_count = ovf_world_fix_count(world);
    size_t navaid_count = ovf_world_navaid_count(world);
    build->fixes = ovf_arena_array(build->arena, ovf_fix, fix_count + 1);
    build->navaids = ovf_arena_array(build->arena, struct world_navaid_row, navaid_count + 1);
    if (build->fixes == NULL || build->navaids == NULL)
        return no_memory(err);
    for (size_t i = 0; i < fix_count; i++)
        build->fixes[i] = ovf_world_fix(world, (uint32_t)i);
    for (size_t i = 0; i < navaid_count; i++) {
        ovf_navaid navaid = ovf_world_navaid(world, (uint32_t)i);
        build->navaids[i] = (struct world_navaid_row){
            .ident = ovf_world_fix(world, navaid.fix).ident, .fields = navaid};
    }
    build->fix_count = build->fix_capacity = fix_count;
    build->navaid_count = build->navaid_capacity = navaid_count;
    return OVF_OK;
}

static struct world_leg_row leg_row(const ovf_world *world, uint32_t airway, uint32_t leg)
{
    ovf_airway_leg item = ovf_world_airway_leg(world, airway, leg);
    ovf_fix from = ovf_world_fix(world, item.from);
    ovf_fix to = ovf_world_fix(world, item.to);
    return (struct world_leg_row){.airway = ovf_world_airway(world, airway).name,
                                  .from = from.ident,
                                  .to = to.ident,
                                  .from_place = from.place,
                                  .to_place = to.place,
                                  .lower_fl = (uint16_t)item.lower_fl,
                                  .upper_fl = (uint16_t)item.upper_fl,
                                  .is_low = item.is_low,
                                  .is_high = item.is_high,
                                  .way = item.way};
}

ovf_status world_load_nav(const ovf_world *world, struct world_build *build, ovf_error *err)
{
    ovf_status status = load_points(world, build, err);
    if (status != OVF_OK)
        return status;
    size_t count = 0, point_count = 0;
    const struct world_airway_item *airways = world_items(world, WORLD_AIRWAYS, &count);
    world_items(world, WORLD_AIRWAY_POINTS, &point_count);
    build->legs = ovf_arena_array(build->arena, struct world_leg_row, point_count + 1);
    if (build->legs == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++)
        for (uint32_t leg = 0; leg + 1 < airways[i].count; leg++)
            build->legs[build->leg_count++] = leg_row(world, (uint32_t)i, leg);
    build->leg_capacity = point_count;
    return OVF_OK;
}

ovf_status world_unpack_land(const ovf_world *world, struct world_build *build,
                             const ovf_ring **out, size_t *count, ovf_error *err)
{
    size_t ring_count = 0, bytes = 0;
    world_items(world, WORLD_LAND_RINGS, &ring_count);
    const unsigned char *packed = world_items(world, WORLD_LAND, &bytes);
    if (bytes >= sizeof build->lattice)
        memcpy(&build->lattice, packed, sizeof build->lattice);
    ovf_ring *rings = NULL;
    ovf_status status = ring_count == 0 ? OVF_OK
                                        : world_land_rings(world, 0, (uint32_t)ring_count,
                                                           build->arena, &rings, err);
    *out = rings;
    *count = status == OVF_OK ? ring_count : 0;
    return status;
}
