/* SPDX-License-Identifier: Apache-2.0 */
/* Points spread evenly over a FIR or a State, with whose air each is. Every question about the area
 * asks for the same ones, and finding them costs up to 30 ms: they are kept. */
#include "world_internal.h"

#include <stdlib.h>
#include <string.h>

#define CANDIDATES_MAX 16384 /* points of the box that are tried */

static uint32_t service_at(const ovf_world *world, ovf_point p)
{
    uint32_t fir = OVF_INDEX_NONE;
    return ovf_world_firs_at(world, p, &fir, 1) == 0 ? OVF_INDEX_NONE
                                                     : ovf_world_fir(world, fir)->state;
}

static size_t find_points(const ovf_world *world, const ovf_area *area, ovf_spread_point *out)
{
    ovf_box box = ovf_area_bounds(area);
    size_t count = 0;
    if (box.is_empty || !ovf_area_is_resolved(area))
        return 0;
    for (uint32_t n = 0; n < CANDIDATES_MAX && count < OVF_SPREAD_POINTS; n++) {
        ovf_point p = ovf_box_spread(box, n);
        if (ovf_area_contains(area, p) != OVF_TRI_YES)
            continue;
        out[count] = (ovf_spread_point){.place = p};
        if (count < OVF_SPREAD_TOLD) {
            out[count].whose = ovf_world_whose(world, p);
            out[count].service = service_at(world, p);
        }
        count++;
    }
    return count;
}

/* Worked out without the lock, since it asks for other areas of the world: two that do it at once find
 * the same. */
static const ovf_spread *make(const ovf_world *world, const ovf_area *area,
                              _Atomic(const ovf_spread *) *place)
{
    ovf_spread_point *points = calloc(OVF_SPREAD_POINTS, sizeof(*points));
    if (points == NULL)
        return NULL;
    size_t count = find_points(world, area, points);
    ovf_world *self = (ovf_world *)(uintptr_t)world; /* its answers do not change by this */
    pthread_mutex_lock(&self->lazy);
    const ovf_spread *made = atomic_load_explicit(place, memory_order_acquire);
    if (made == NULL) {
        ovf_spread *spread = ovf_arena_array(&self->arena, ovf_spread, 1);
        ovf_spread_point *kept = ovf_arena_array(&self->arena, ovf_spread_point, count + 1);
        if (spread != NULL && kept != NULL) {
            memcpy(kept, points, count * sizeof(*points));
            *spread = (ovf_spread){.points = kept, .count = count};
            atomic_store_explicit(place, spread, memory_order_release);
            made = spread;
        }
    }
    pthread_mutex_unlock(&self->lazy);
    free(points);
    return made;
}

const ovf_spread *ovf_world_spread(const ovf_world *world, const ovf_place *place)
{
    const ovf_area *area = NULL;
    _Atomic(const ovf_spread *) *kept = NULL;
    if (place->kind == OVF_PLACE_FIR) {
        const ovf_fir *fir = ovf_world_fir(world, place->index);
        area = ovf_world_fir_area(world, fir);
        kept = &world->fir_spreads[fir - world->firs];
    } else if (place->kind == OVF_PLACE_STATE) {
        area = ovf_world_territory(world, place->index);
        kept = &world->state_spreads[place->index];
    }
    if (kept == NULL)
        return NULL;
    const ovf_spread *made = atomic_load_explicit(kept, memory_order_acquire);
    return made != NULL ? made : make(world, area, kept);
}
