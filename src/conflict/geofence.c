/* SPDX-License-Identifier: Apache-2.0 */
/* Aircraft against areas, position by position. The cell index gives the set of areas that hold a
 * place; of each aircraft the set is kept, with the levels and the times between which what it is in
 * cannot change while the set stays. A position within them is done with after five comparisons. */
#include <overfly/geofence.h>

#include <stdlib.h>
#include <string.h>

#define SHARE 512 /* positions whose sets are asked for at once */
#define NO_LIST UINT32_MAX

/* 32 bytes: two to a line of the cache. */
struct craft {
    uint32_t set;
    uint32_t list;           /* what it is in; NO_LIST: nothing was ever kept */
    int32_t low_ft, high_ft; /* low above high: to be looked at, whatever the set */
    int64_t from_s, until_s;
};

struct list {
    uint32_t *ids;
    uint32_t count, capacity;
    bool is_seen; /* the aircraft has had a position */
};

struct ovf_geofences {
    ovf_cells_reader *reader;
    const ovf_volumes_slab *slabs;
    size_t slab_count;
    ovf_cells_engine engine;
    struct craft *crafts;
    size_t craft_count;
    struct list *lists;
    size_t list_count, list_capacity;
    uint32_t *now; /* what an aircraft is in by the position at hand */
    size_t now_capacity;
    ovf_geofence_event *events;
    size_t event_count, event_capacity;
    ovf_geofence_counts counts;
    ovf_fixed places[SHARE];
    uint32_t sets[SHARE];
};

const char *ovf_geofence_what_name(ovf_geofence_what what)
{
    switch (what) {
    case OVF_GEOFENCE_ENTERED: return "entered";
    case OVF_GEOFENCE_LEFT: return "left";
    case OVF_GEOFENCE_DOUBT: return "doubt";
    case OVF_GEOFENCE_INSIDE: break;
    }
    return "inside";
}

static ovf_status no_memory(size_t at, ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, at, "no memory for geofences");
}

/* ---- room ---- */

static bool grow(void **items, size_t *capacity, size_t least, size_t size)
{
    if (least <= *capacity)
        return true;
    size_t more = *capacity * 2 > least ? *capacity * 2 : least + 16;
    void *moved = realloc(*items, more * size);
    if (moved == NULL)
        return false;
    *items = moved;
    *capacity = more;
    return true;
}

static bool make_crafts(ovf_geofences *g, uint32_t last)
{
    size_t before = g->craft_count;
    if (last < before)
        return true;
    if (!grow((void **)&g->crafts, &g->craft_count, (size_t)last + 1, sizeof(*g->crafts)))
        return false;
    for (size_t i = before; i < g->craft_count; i++)
        g->crafts[i] = (struct craft){.list = NO_LIST, .low_ft = 1};
    return true;
}

static struct list *list_of(ovf_geofences *g, struct craft *c)
{
    if (c->list == NO_LIST) {
        if (!grow((void **)&g->lists, &g->list_capacity, g->list_count + 1, sizeof(*g->lists)))
            return NULL;
        g->lists[g->list_count] = (struct list){0};
        c->list = (uint32_t)g->list_count++;
    }
    return &g->lists[c->list];
}

/* ---- what an aircraft is in ---- */

static ovf_volumes_slab slab_of(const ovf_geofences *g, uint32_t id)
{
    id &= ~OVF_CELLS_UNKNOWN;
    return id < g->slab_count ? g->slabs[id] : OVF_VOLUMES_ALWAYS;
}

/* Is it within, and between which times and levels does that answer hold? One axis that turns it away is
 * enough, so the other is left free. */
static bool narrow(struct craft *c, const ovf_volumes_slab *slab, const ovf_geofence_position *p)
{
    if (p->time_s < slab->from_s) {
        c->until_s = c->until_s < slab->from_s - 1 ? c->until_s : slab->from_s - 1;
        return false;
    }
    if (p->time_s > slab->until_s) {
        c->from_s = c->from_s > slab->until_s + 1 ? c->from_s : slab->until_s + 1;
        return false;
    }
    if (p->level_ft < slab->floor_ft) {
        c->high_ft = c->high_ft < slab->floor_ft - 1 ? c->high_ft : slab->floor_ft - 1;
        return false;
    }
    if (p->level_ft > slab->ceiling_ft) {
        c->low_ft = c->low_ft > slab->ceiling_ft + 1 ? c->low_ft : slab->ceiling_ft + 1;
        return false;
    }
    c->from_s = c->from_s > slab->from_s ? c->from_s : slab->from_s;
    c->until_s = c->until_s < slab->until_s ? c->until_s : slab->until_s;
    c->low_ft = c->low_ft > slab->floor_ft ? c->low_ft : slab->floor_ft;
    c->high_ft = c->high_ft < slab->ceiling_ft ? c->high_ft : slab->ceiling_ft;
    return true;
}

static void put_event(ovf_geofences *g, size_t at, uint32_t aircraft, uint32_t id,
                      ovf_geofence_what what)
{
    g->events[g->event_count++] = (ovf_geofence_event){
        .aircraft = aircraft,
        .area = id & ~OVF_CELLS_UNKNOWN,
        .position = at,
        .what = what,
        .certainty = (id & OVF_CELLS_UNKNOWN) != 0 ? OVF_TRI_UNKNOWN : OVF_TRI_YES};
}

/* Two ascending lists side by side; there is room for an event of each of their ids. */
static void tell(ovf_geofences *g, size_t at, uint32_t aircraft, const struct list *was,
                 size_t count)
{
    size_t i = 0;
    size_t k = 0;
    while (i < was->count || k < count) {
        uint32_t old = i < was->count ? was->ids[i] & ~OVF_CELLS_UNKNOWN : UINT32_MAX;
        uint32_t new = k < count ? g->now[k] & ~OVF_CELLS_UNKNOWN : UINT32_MAX;
        if (old < new) {
            put_event(g, at, aircraft, was->ids[i++], OVF_GEOFENCE_LEFT);
        } else if (new < old) {
            put_event(g, at, aircraft, g->now[k++],
                      was->is_seen ? OVF_GEOFENCE_ENTERED : OVF_GEOFENCE_INSIDE);
        } else {
            if (was->ids[i] != g->now[k])
                put_event(g, at, aircraft, g->now[k], OVF_GEOFENCE_DOUBT);
            i++;
            k++;
        }
    }
}

/* false: no memory, and the aircraft is as it was. */
static bool look(ovf_geofences *g, size_t at, const ovf_geofence_position *p, uint32_t set)
{
    struct craft *c = &g->crafts[p->aircraft];
    struct list *list = list_of(g, c);
    size_t members = 0;
    const uint32_t *ids = ovf_cells_set(g->reader, set, &members);
    if (list == NULL || !grow((void **)&g->now, &g->now_capacity, members, sizeof(*g->now))
        || !grow((void **)&g->events, &g->event_capacity, g->event_count + members + list->count,
                 sizeof(*g->events)))
        return false;
    struct craft seen = {.set = set,
                         .list = c->list,
                         .low_ft = INT32_MIN,
                         .high_ft = INT32_MAX,
                         .from_s = INT64_MIN,
                         .until_s = INT64_MAX};
    size_t count = 0;
    for (size_t i = 0; i < members; i++) {
        ovf_volumes_slab slab = slab_of(g, ids[i]);
        if (narrow(&seen, &slab, p))
            g->now[count++] = ids[i];
    }
    if (count > list->capacity) {
        uint32_t *moved = realloc(list->ids, 2 * count * sizeof(*moved));
        if (moved == NULL)
            return false;
        list->ids = moved;
        list->capacity = (uint32_t)(2 * count);
    }
    tell(g, at, p->aircraft, list, count);
    if (count > 0)
        memcpy(list->ids, g->now, count * sizeof(*g->now));
    list->count = (uint32_t)count;
    list->is_seen = true;
    *c = seen;
    g->counts.looked++;
    return true;
}

/* ---- the doors ---- */

ovf_status ovf_geofences_new(const ovf_cells_view *view, ovf_cells_engine engine,
                             const ovf_volumes_slab *slabs, size_t count, ovf_geofences **out,
                             ovf_error *err)
{
    *out = NULL;
    ovf_geofences *g = calloc(1, sizeof(*g));
    if (g == NULL)
        return no_memory(OVF_NOPOS, err);
    *g = (ovf_geofences){.slabs = slabs, .slab_count = count, .engine = engine};
    if (ovf_cells_reader_new(view, engine, &g->reader) != OVF_OK) {
        free(g);
        return no_memory(OVF_NOPOS, err);
    }
    *out = g;
    return OVF_OK;
}

void ovf_geofences_free(ovf_geofences *g)
{
    if (g == NULL)
        return;
    ovf_cells_reader_free(g->reader);
    for (size_t i = 0; i < g->list_count; i++)
        free(g->lists[i].ids);
    free(g->lists);
    free(g->crafts);
    free(g->now);
    free(g->events);
    free(g);
}

ovf_status ovf_geofences_move(ovf_geofences *g, const ovf_cells_view *view,
                              const ovf_volumes_slab *slabs, size_t count, ovf_error *err)
{
    ovf_cells_reader *reader = NULL;
    if (ovf_cells_reader_new(view, g->engine, &reader) != OVF_OK)
        return no_memory(OVF_NOPOS, err);
    ovf_cells_reader_free(g->reader);
    g->reader = reader;
    g->slabs = slabs;
    g->slab_count = count;
    for (size_t i = 0; i < g->craft_count; i++) // sets have other numbers now
        g->crafts[i] = (struct craft){.list = g->crafts[i].list, .low_ft = 1};
    return OVF_OK;
}

/* The numbers and places of all positions, and room for their aircraft. */
static ovf_status check(ovf_geofences *g, const ovf_geofence_position *positions, size_t count,
                        ovf_error *err)
{
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        const ovf_geofence_position *p = &positions[i];
        bool is_place = p->place.lat_e7 >= -900000000 && p->place.lat_e7 <= 900000000
                        && p->place.lon_e7 >= -1800000000 && p->place.lon_e7 <= 1800000000;
        if (!is_place)
            return ovf_fail(err, OVF_E_USAGE, i, "a position off the globe");
        last = p->aircraft > last ? p->aircraft : last;
        if (p->aircraft >= OVF_GEOFENCE_AIRCRAFT_MAX)
            return ovf_fail(err, OVF_E_USAGE, i, "aircraft %u: expected a number below %u",
                            p->aircraft, OVF_GEOFENCE_AIRCRAFT_MAX);
    }
    return count > 0 && !make_crafts(g, last) ? no_memory(0, err) : OVF_OK;
}

ovf_status ovf_geofences_update(ovf_geofences *g, const ovf_geofence_position *positions,
                                size_t count, const ovf_geofence_event **events,
                                size_t *event_count, ovf_error *err)
{
    g->event_count = 0;
    *events = NULL;
    *event_count = 0;
    ovf_status status = check(g, positions, count, err);
    for (size_t first = 0; status == OVF_OK && first < count; first += SHARE) {
        size_t until = count - first < SHARE ? count : first + SHARE;
        for (size_t i = first; i < until; i++)
            g->places[i - first] = positions[i].place;
        // A set that was lost is met below, where its position is known.
        ovf_status asked = ovf_cells_at_many(g->reader, g->places, until - first, g->sets);
        OVF_UNUSED(asked);
        for (size_t i = first; status == OVF_OK && i < until; i++) {
            const ovf_geofence_position *p = &positions[i];
            const struct craft *c = &g->crafts[p->aircraft];
            uint32_t set = g->sets[i - first];
            if (set == c->set && p->level_ft >= c->low_ft && p->level_ft <= c->high_ft
                && p->time_s >= c->from_s && p->time_s <= c->until_s)
                continue;
            if (set == OVF_CELLS_LOST || !look(g, i, p, set))
                status = no_memory(i, err);
            g->counts.positions += status != OVF_OK ? i : 0;
        }
    }
    g->counts.positions += status == OVF_OK ? count : 0;
    *events = g->events;
    *event_count = g->event_count;
    return status;
}

size_t ovf_geofences_inside(const ovf_geofences *g, uint32_t aircraft, const uint32_t **ids)
{
    *ids = NULL;
    if (aircraft >= g->craft_count || g->crafts[aircraft].list == NO_LIST)
        return 0;
    const struct list *list = &g->lists[g->crafts[aircraft].list];
    *ids = list->ids;
    return list->count;
}

void ovf_geofences_forget(ovf_geofences *g, uint32_t aircraft)
{
    if (aircraft >= g->craft_count || g->crafts[aircraft].list == NO_LIST)
        return;
    struct list *list = &g->lists[g->crafts[aircraft].list];
    list->count = 0;
    list->is_seen = false;
    g->crafts[aircraft] = (struct craft){.list = g->crafts[aircraft].list, .low_ft = 1};
}

ovf_geofence_counts ovf_geofences_counts(const ovf_geofences *g)
{
    return g->counts;
}
