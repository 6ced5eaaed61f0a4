/* SPDX-License-Identifier: Apache-2.0 */
/* Which edges of a State's outline are its own and which it shares. States' land shares its vertices
 * with its neighbours', so an edge that two of them have is their border; one of the territory that no
 * land has is the limit of a sea. Found once for each State that is asked about: the edges of its
 * outline in a table of open addressing, those of its neighbours looked up in it. */
#include "world_internal.h"

#include <stdlib.h>
#include <string.h>

struct edge {
    ovf_fixed a, b; /* the lesser vertex first */
};

struct edge_table {
    struct edge *items;  /* by their number, through all rings */
    uint32_t *slots;     /* number + 1; 0: free */
    uint32_t *next_same; /* number + 1 of an edge with the same ends; 0: none */
    uint32_t count, slot_count;
    ovf_fixed low, high; /* all ends lie between */
};

static bool is_before(ovf_fixed x, ovf_fixed y)
{
    return x.lat_e7 != y.lat_e7 ? x.lat_e7 < y.lat_e7 : x.lon_e7 < y.lon_e7;
}

static struct edge edge_of(const ovf_ring *ring, uint32_t i)
{
    ovf_fixed a = ring->vertices[i];
    ovf_fixed b = ring->vertices[i + 1 < ring->count ? i + 1 : 0];
    return is_before(b, a) ? (struct edge){b, a} : (struct edge){a, b};
}

static bool is_same(struct edge x, struct edge y)
{
    return x.a.lat_e7 == y.a.lat_e7 && x.a.lon_e7 == y.a.lon_e7 && x.b.lat_e7 == y.b.lat_e7
           && x.b.lon_e7 == y.b.lon_e7;
}

static uint32_t slot_of(const struct edge_table *t, struct edge e)
{
    uint64_t hash = (uint32_t)e.a.lat_e7 * 0x9E3779B97F4A7C15ULL;
    hash = (hash ^ (uint32_t)e.a.lon_e7) * 0xD6E8FEB86659FD93ULL;
    hash = (hash ^ (uint32_t)e.b.lat_e7) * 0x9E3779B97F4A7C15ULL;
    hash = (hash ^ (uint32_t)e.b.lon_e7) * 0xD6E8FEB86659FD93ULL;
    return (uint32_t)(hash >> 32) & (t->slot_count - 1);
}

/* The first edge with these ends, from 1; 0: none. *slot: where it is or would be. */
static uint32_t find(const struct edge_table *t, struct edge e, uint32_t *slot)
{
    *slot = slot_of(t, e);
    while (t->slots[*slot] != 0 && !is_same(t->items[t->slots[*slot] - 1], e))
        *slot = (*slot + 1) & (t->slot_count - 1);
    return t->slots[*slot];
}

static ovf_ring *rings_of(const ovf_area *area, ovf_arena *arena, size_t *count)
{
    *count = ovf_area_ring_list(area, NULL, 0);
    ovf_ring *rings = ovf_arena_array(arena, ovf_ring, *count + 1);
    if (rings != NULL)
        ovf_area_ring_list(area, rings, *count);
    return rings;
}

static void put_edge(struct edge_table *t, struct edge e)
{
    uint32_t slot = 0;
    uint32_t first = find(t, e, &slot);
    t->items[t->count++] = e;
    if (first == 0) {
        t->slots[slot] = t->count;
    } else {
        while (t->next_same[first - 1] != 0)
            first = t->next_same[first - 1];
        t->next_same[first - 1] = t->count;
    }
    t->low.lat_e7 = e.a.lat_e7 < t->low.lat_e7 ? e.a.lat_e7 : t->low.lat_e7;
    t->high.lat_e7 = e.b.lat_e7 > t->high.lat_e7 ? e.b.lat_e7 : t->high.lat_e7;
    int32_t west_e7 = e.a.lon_e7 < e.b.lon_e7 ? e.a.lon_e7 : e.b.lon_e7;
    int32_t east_e7 = e.a.lon_e7 < e.b.lon_e7 ? e.b.lon_e7 : e.a.lon_e7;
    t->low.lon_e7 = west_e7 < t->low.lon_e7 ? west_e7 : t->low.lon_e7;
    t->high.lon_e7 = east_e7 > t->high.lon_e7 ? east_e7 : t->high.lon_e7;
}

static bool fill_table(struct edge_table *t, const ovf_area *area, ovf_arena *arena)
{
    size_t count = 0;
    size_t edges = 0;
    ovf_ring *rings = rings_of(area, arena, &count);
    for (size_t r = 0; rings != NULL && r < count; r++)
        edges += rings[r].count;
    *t = (struct edge_table){
        .slot_count = 64, .low = {INT32_MAX, INT32_MAX}, .high = {INT32_MIN, INT32_MIN}};
    while (t->slot_count < edges * 2)
        t->slot_count *= 2;
    t->items = ovf_arena_array(arena, struct edge, edges + 1);
    t->next_same = ovf_arena_array(arena, uint32_t, edges + 1);
    t->slots = ovf_arena_array(arena, uint32_t, t->slot_count);
    if (rings == NULL || t->items == NULL || t->slots == NULL || t->next_same == NULL)
        return false;
    for (size_t r = 0; r < count; r++)
        for (uint32_t i = 0; i < rings[r].count; i++)
            put_edge(t, edge_of(&rings[r], i));
    return true;
}

struct shared_list {
    ovf_shared_edge *items;
    size_t count, capacity;
};

/* Notes those edges of the table that the area has too. */
static bool note_shared(const struct edge_table *t, const ovf_area *area, uint32_t state,
                        ovf_arena *arena, struct shared_list *out)
{
    size_t count = 0;
    ovf_ring *rings = rings_of(area, arena, &count);
    if (rings == NULL)
        return false;
    for (size_t r = 0; r < count; r++) {
        for (uint32_t i = 0; i < rings[r].count; i++) {
            ovf_fixed v = rings[r].vertices[i];
            if (v.lat_e7 < t->low.lat_e7 || v.lat_e7 > t->high.lat_e7 || v.lon_e7 < t->low.lon_e7
                || v.lon_e7 > t->high.lon_e7)
                continue;
            uint32_t slot = 0;
            for (uint32_t at = find(t, edge_of(&rings[r], i), &slot); at != 0;
                 at = t->next_same[at - 1]) {
                if (!ovf_arena_grow(arena, (void **)&out->items, out->count, &out->capacity,
                                    sizeof(*out->items)))
                    return false;
                out->items[out->count++] = (ovf_shared_edge){.edge = at - 1, .state = state};
            }
        }
    }
    return true;
}

/* ---- rough boxes ---- */

static const ovf_box everywhere = {-90, -180, 90, 180, false};

/* Land lies within the territory, whose vertices are there unpacked. Between two of them a geodesic
 * rises by less than a tenth of a degree, if they are no more than five apart. */
static ovf_box rough_box(const ovf_world *world, const struct world_lazy_area *territory)
{
    const int32_t widest_e7 = 50000000;
    const int32_t room_e7 = 10000000;
    int32_t south_e7 = INT32_MAX, west_e7 = INT32_MAX;
    int32_t north_e7 = INT32_MIN, east_e7 = INT32_MIN;
    for (uint32_t r = 0; r < territory->count; r++) {
        ovf_ring ring;
        if (world_ring(world, territory->first + r, &ring, NULL) != OVF_OK)
            return everywhere;
        for (uint32_t i = 0; i < ring.count; i++) {
            ovf_fixed v = ring.vertices[i];
            int64_t step_e7 =
                (int64_t)v.lon_e7 - ring.vertices[i == 0 ? ring.count - 1 : i - 1].lon_e7;
            if (step_e7 > widest_e7 || step_e7 < -widest_e7)
                return everywhere;
            south_e7 = v.lat_e7 < south_e7 ? v.lat_e7 : south_e7;
            north_e7 = v.lat_e7 > north_e7 ? v.lat_e7 : north_e7;
            west_e7 = v.lon_e7 < west_e7 ? v.lon_e7 : west_e7;
            east_e7 = v.lon_e7 > east_e7 ? v.lon_e7 : east_e7;
        }
    }
    // Wider: rather two pieces on both sides of the 180th meridian.
    if (territory->count == 0 || (int64_t)east_e7 - west_e7 > 1800000000 || south_e7 < -800000000
        || north_e7 > 800000000 || west_e7 < -1800000000 + room_e7
        || east_e7 > 1800000000 - room_e7)
        return everywhere;
    return (ovf_box){.south_deg = (south_e7 - room_e7) * 1e-7,
                     .west_deg = (west_e7 - room_e7) * 1e-7,
                     .north_deg = (north_e7 + room_e7) * 1e-7,
                     .east_deg = (east_e7 + room_e7) * 1e-7};
}

ovf_box ovf_world_rough_box(const ovf_world *world, uint32_t state)
{
    const ovf_box *boxes = atomic_load_explicit(&world->rough_boxes, memory_order_acquire);
    if (boxes != NULL)
        return boxes[state];
    ovf_world *self = (ovf_world *)(uintptr_t)world; /* its answers do not change by this */
    size_t count = ovf_world_state_count(world);
    pthread_mutex_lock(&self->lazy);
    boxes = atomic_load_explicit(&world->rough_boxes, memory_order_acquire);
    ovf_box *made = boxes == NULL ? ovf_arena_array(&self->arena, ovf_box, count + 1) : NULL;
    if (made != NULL) {
        for (size_t i = 0; i < count; i++)
            made[i] = rough_box(world, &world->territory[i]);
        boxes = made;
        atomic_store_explicit(&self->rough_boxes, boxes, memory_order_release);
    }
    pthread_mutex_unlock(&self->lazy);
    return boxes == NULL ? everywhere : boxes[state];
}

/* ---- shared edges ---- */

static int by_edge(const void *left, const void *right)
{
    const ovf_shared_edge *x = left;
    const ovf_shared_edge *y = right;
    if (x->edge != y->edge)
        return x->edge < y->edge ? -1 : 1;
    return x->state < y->state ? -1 : x->state > y->state;
}

/* Edges of an outline of `state` that the land of other States has, and its own when wanted. */
static bool find_shared(const ovf_world *world, const ovf_area *outline, uint32_t state,
                        bool with_own, ovf_arena *arena, struct shared_list *out)
{
    struct edge_table table;
    ovf_box box = ovf_area_bounds(ovf_world_land(world, state));
    if (!fill_table(&table, outline, arena))
        return false;
    for (uint32_t i = 0; i < ovf_world_state_count(world); i++) {
        if (i != state && !ovf_box_overlaps(box, ovf_world_rough_box(world, i)))
            continue; // most are far away, and their land need not be made
        const ovf_area *land = ovf_world_land(world, i);
        bool is_beside = i != state && ovf_area_kind_of(land) != OVF_AREA_EMPTY
                         && ovf_box_overlaps(box, ovf_area_bounds(land));
        if ((is_beside || (i == state && with_own)) && !note_shared(&table, land, i, arena, out))
            return false;
    }
    if (out->count > 0)
        qsort(out->items, out->count, sizeof(*out->items), by_edge);
    return true;
}

/* Made outside of the lock, since it asks for other lazy things; of two made at once one is kept. */
static const struct world_shared *publish(const ovf_world *world, struct world_lazy_shared *lazy,
                                          const struct shared_list *list)
{
    ovf_world *self = (ovf_world *)(uintptr_t)world; /* its answers do not change by this */
    pthread_mutex_lock(&self->lazy);
    const struct world_shared *made = atomic_load_explicit(&lazy->made, memory_order_acquire);
    struct world_shared *own =
        made == NULL ? ovf_arena_array(&self->arena, struct world_shared, 1) : NULL;
    ovf_shared_edge *edges =
        own == NULL ? NULL : ovf_arena_array(&self->arena, ovf_shared_edge, list->count + 1);
    if (edges != NULL) {
        if (list->count > 0)
            memcpy(edges, list->items, list->count * sizeof(*edges));
        *own = (struct world_shared){.edges = edges, .count = list->count};
        made = own;
        atomic_store_explicit(&lazy->made, made, memory_order_release);
    }
    pthread_mutex_unlock(&self->lazy);
    return made;
}

static const ovf_shared_edge *shared_of(const ovf_world *world, struct world_lazy_shared *lazy,
                                        const ovf_area *outline, uint32_t state, bool with_own,
                                        size_t *count)
{
    const struct world_shared *made = atomic_load_explicit(&lazy->made, memory_order_acquire);
    if (made == NULL) {
        ovf_arena scratch;
        struct shared_list list = {0};
        ovf_arena_init(&scratch, 0);
        if (find_shared(world, outline, state, with_own, &scratch, &list))
            made = publish(world, lazy, &list);
        ovf_arena_done(&scratch);
    }
    *count = made == NULL ? 0 : made->count;
    return made == NULL ? NULL : made->edges;
}

const ovf_shared_edge *ovf_world_land_shared(const ovf_world *world, uint32_t state, size_t *count)
{
    return shared_of(world, &world->land_shared[state], ovf_world_land(world, state), state, false,
                     count);
}

const ovf_shared_edge *ovf_world_territory_shared(const ovf_world *world, uint32_t state,
                                                  size_t *count)
{
    return shared_of(world, &world->territory_shared[state], ovf_world_territory(world, state),
                     state, true, count);
}
