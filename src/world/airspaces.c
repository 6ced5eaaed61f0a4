/* SPDX-License-Identifier: Apache-2.0 */
/* Named areas of an open world, by index and name. */
#include "world_internal.h"

#include <string.h>

size_t ovf_world_airspace_count(const ovf_world *world)
{
    size_t count = 0;
    world_items(world, WORLD_AIRSPACES, &count);
    return count;
}

const ovf_airspace *ovf_world_airspace(const ovf_world *world, uint32_t index)
{
    return &world->airspaces[index];
}

const ovf_area *ovf_world_airspace_area(const ovf_world *world, uint32_t index)
{
    return index < ovf_world_airspace_count(world)
               ? world_area(world, &world->airspace_areas[index])
               : ovf_area_empty();
}

size_t world_fold_compact(ovf_str name, char *out, size_t size)
{
    size_t len = world_fold(name, out, size);
    if (len >= size)
        return len;
    size_t kept = 0;
    for (size_t i = 0; i < len; i++)
        if (out[i] != ' ')
            out[kept++] = out[i];
    if (size > 0)
        out[kept] = '\0';
    return kept;
}

/* The volumes of one folded name. */
static size_t find_folded(const ovf_world *world, ovf_str wanted, uint32_t *out, size_t max)
{
    size_t total = 0, found = 0, airspaces = ovf_world_airspace_count(world);
    const struct world_name_item *items = world_items(world, WORLD_AIRSPACE_NAMES, &total);
    size_t low = world_first_name(world, items, total, wanted);
    uint32_t last = OVF_INDEX_NONE; // an ident without blanks is there twice
    for (; low < total && ovf_str_eq(world_text_of(world, items[low].folded), wanted); low++) {
        if (items[low].index == last || items[low].index >= airspaces)
            continue;
        last = items[low].index;
        if (found < max)
            out[found] = last;
        found++;
    }
    return found;
}

size_t ovf_world_find_airspace(const ovf_world *world, ovf_str name, uint32_t *out, size_t max)
{
    char folded[256];
    size_t len = world_fold(name, folded, sizeof folded);
    if (len == 0 || len >= sizeof folded)
        return 0;
    size_t found = find_folded(world, (ovf_str){folded, len}, out, max);
    if (found > 0)
        return found;
    len = world_fold_compact(name, folded, sizeof folded);
    return find_folded(world, (ovf_str){folded, len}, out, max);
}
