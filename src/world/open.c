/* SPDX-License-Identifier: Apache-2.0 */
/* Maps a world file, checks it, and lays out the structs that the accessors hand out. Everything
 * in the file is checked against its bounds before it is used: a hash says that nothing broke by
 * accident, not that nobody meant it. */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE 1 // MAP_POPULATE
#endif
#include "world_internal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static_assert(sizeof(struct world_head) == 32, "the file's head");
static_assert(sizeof(struct world_section) == 24, "a row of the section table");
static_assert(sizeof(ovf_fixed) == 8, "a stored position");
static_assert(sizeof(struct world_state_item) == 80, "a State in the file");
static_assert(sizeof(struct world_fir_item) == 136, "a FIR in the file");
static_assert(sizeof(struct world_surface_item) == 4, "a cell of the surface");
static_assert(sizeof(struct world_fix_item) == 16, "a point in the file");
static_assert(sizeof(struct world_airway_item) == 16, "an airway in the file");
static_assert(sizeof(struct world_airway_point) == 8, "a point of an airway in the file");
static_assert(sizeof(struct world_lattice) == 24, "the head of the packed rings");
static_assert(sizeof(struct world_airspace_item) == 64, "an airspace in the file");

static const uint32_t item_bytes[WORLD_SECTION_COUNT] = {
    [WORLD_TEXT] = 1,
    [WORLD_VERTICES] = sizeof(ovf_fixed),
    [WORLD_EDGES] = 1,
    [WORLD_RINGS] = sizeof(struct world_ring_item),
    [WORLD_LAND] = 1,
    [WORLD_LAND_RINGS] = sizeof(struct world_land_ring),
    [WORLD_STATES] = sizeof(struct world_state_item),
    [WORLD_STATE_NAMES] = sizeof(struct world_name_item),
    [WORLD_UNITS] = sizeof(struct world_unit_item),
    [WORLD_CELL_FIRST] = sizeof(uint32_t),
    [WORLD_CELL_UNITS] = sizeof(uint32_t),
    [WORLD_CHUNKS] = sizeof(struct world_chunk_item),
    [WORLD_CELL_CHUNK_FIRST] = sizeof(uint32_t),
    [WORLD_CELL_CHUNKS] = sizeof(uint32_t),
    [WORLD_FIRS] = sizeof(struct world_fir_item),
    [WORLD_FIR_NAMES] = sizeof(struct world_name_item),
    [WORLD_AIRPORTS] = sizeof(struct world_airport_item),
    [WORLD_AIRPORT_IATA] = sizeof(struct world_name_item),
    [WORLD_FIXES] = sizeof(struct world_fix_item),
    [WORLD_FIX_SOURCES] = sizeof(struct world_text),
    [WORLD_NAVAIDS] = sizeof(struct world_navaid_item),
    [WORLD_AIRWAYS] = sizeof(struct world_airway_item),
    [WORLD_AIRWAY_POINTS] = sizeof(struct world_airway_point),
    [WORLD_FIX_AIRWAYS] = sizeof(uint32_t),
    [WORLD_OPERATORS] = sizeof(struct world_operator_item),
    [WORLD_OPERATOR_NAMES] = sizeof(struct world_name_item),
    [WORLD_REGISTRATIONS] = sizeof(struct world_registration_item),
    [WORLD_ADDRESSES] = sizeof(struct world_address_row),
    [WORLD_RULES] = sizeof(struct world_text),
    [WORLD_SOURCES] = sizeof(struct world_text),
    [WORLD_SURFACE] = sizeof(struct world_surface_item),
    [WORLD_AIRSPACES] = sizeof(struct world_airspace_item),
    [WORLD_AIRSPACE_NAMES] = sizeof(struct world_name_item),
};

uint32_t world_item_bytes(enum world_section_kind kind)
{
    return item_bytes[kind];
}

const void *world_items(const ovf_world *world, enum world_section_kind kind, size_t *count)
{
    const struct world_section *section = &world->sections[kind - 1];
    *count = (size_t)section->count;
    return world->map + section->offset;
}

ovf_str world_text_of(const ovf_world *world, struct world_text text)
{
    size_t total = 0;
    const char *texts = world_items(world, WORLD_TEXT, &total);
    if (text.at > total || text.len > total - text.at)
        return OVF_STR("");
    return (ovf_str){texts + text.at, text.len};
}

/* ---- checks ---- */

static ovf_status corrupt(ovf_error *err, const char *why)
{
    return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "world file: %s", why);
}

static ovf_status check_head(const ovf_world *world, ovf_error *err)
{
    struct world_head head;
    if (world->bytes < sizeof head)
        return corrupt(err, "too short to be one");
    memcpy(&head, world->map, sizeof head);
    if (memcmp(head.magic, WORLD_MAGIC, sizeof head.magic) != 0)
        return corrupt(err, "not one (its first bytes are others)");
    if (head.version != WORLD_VERSION)
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS,
                        "world file: version %u, this program reads version %d; build it anew",
                        head.version, WORLD_VERSION);
    if (head.section_count != WORLD_SECTION_COUNT - 1)
        return corrupt(err, "not the sections of this version");
    if (head.bytes != world->bytes)
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS,
                        "world file: %zu bytes long, its head says %llu", world->bytes,
                        (unsigned long long)head.bytes);
    if (head.hash != world_hash(world->map + sizeof head, world->bytes - sizeof head))
        return corrupt(err, "damaged (the checksum does not fit)");
    return OVF_OK;
}

static ovf_status check_sections(ovf_world *world, ovf_error *err)
{
    size_t table_bytes = (WORLD_SECTION_COUNT - 1) * sizeof(struct world_section);
    if (world->bytes < sizeof(struct world_head) + table_bytes)
        return corrupt(err, "too short for its sections");
    world->sections = (const void *)(world->map + sizeof(struct world_head));
    for (uint32_t kind = 1; kind < WORLD_SECTION_COUNT; kind++) {
        const struct world_section *s = &world->sections[kind - 1];
        if (s->kind != kind || s->item_bytes != item_bytes[kind] || s->offset % 8 != 0
            || s->offset > world->bytes || s->count > UINT32_MAX
            || s->count * s->item_bytes > world->bytes - s->offset)
            return corrupt(err, "a section outside the file");
    }
    return OVF_OK;
}

/* ---- areas ---- */

ovf_status world_ring(const ovf_world *world, uint32_t index, ovf_ring *out, ovf_error *err)
{
    size_t ring_count = 0, vertex_count = 0, edge_count = 0;
    const struct world_ring_item *rings = world_items(world, WORLD_RINGS, &ring_count);
    const ovf_fixed *vertices = world_items(world, WORLD_VERTICES, &vertex_count);
    const uint8_t *edges = world_items(world, WORLD_EDGES, &edge_count);
    if (index >= ring_count)
        return corrupt(err, "a ring outside the table");
    const struct world_ring_item *item = &rings[index];
    bool has_edges = item->edges != OVF_INDEX_NONE;
    if (item->first > vertex_count || item->count > vertex_count - item->first
        || (has_edges && (item->edges > edge_count || item->count > edge_count - item->edges)))
        return corrupt(err, "a ring outside the table");
    *out = (ovf_ring){.vertices = vertices + item->first,
                      .edges = has_edges ? edges + item->edges : NULL,
                      .count = item->count};
    return OVF_OK;
}

static ovf_status area_of(const ovf_world *world, ovf_arena *arena, uint32_t first, uint32_t count,
                          const ovf_area **out, ovf_error *err)
{
    if (count == 0) {
        *out = ovf_area_empty();
        return OVF_OK;
    }
    ovf_ring *rings = ovf_arena_array(arena, ovf_ring, count);
    if (rings == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the world");
    ovf_status status = OVF_OK;
    for (uint32_t i = 0; i < count && status == OVF_OK; i++)
        status = world_ring(world, first + i, &rings[i], err);
    return status == OVF_OK ? ovf_area_rings(arena, rings, count, out, err) : status;
}

static ovf_status land_of(const ovf_world *world, ovf_arena *arena, uint32_t first, uint32_t count,
                          const ovf_area **out, ovf_error *err)
{
    ovf_ring *rings = NULL;
    *out = ovf_area_empty();
    if (count == 0)
        return OVF_OK;
    ovf_status status = world_land_rings(world, first, count, arena, &rings, err);
    return status == OVF_OK ? ovf_area_rings(arena, rings, count, out, err) : status;
}

const ovf_area *world_area(const ovf_world *world, struct world_lazy_area *lazy)
{
    const ovf_area *area = atomic_load_explicit(&lazy->made, memory_order_acquire);
    if (area != NULL)
        return area;
    ovf_world *self = (ovf_world *)(uintptr_t)world; /* its answers do not change by this */
    pthread_mutex_lock(&self->lazy);
    area = atomic_load_explicit(&lazy->made, memory_order_acquire);
    if (area == NULL) {
        ovf_status status =
            lazy->is_packed ? land_of(world, &self->arena, lazy->first, lazy->count, &area, NULL)
                            : area_of(world, &self->arena, lazy->first, lazy->count, &area, NULL);
        if (status != OVF_OK)
            area = ovf_area_unresolved();
        atomic_store_explicit(&lazy->made, area, memory_order_release);
    }
    pthread_mutex_unlock(&self->lazy);
    return area;
}

/* ---- tables ---- */

static ovf_status no_memory(ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the world");
}

static uint32_t state_index(const ovf_world *world, uint32_t state)
{
    size_t count = 0;
    world_items(world, WORLD_STATES, &count);
    return state < count ? state : OVF_INDEX_NONE;
}

static ovf_status lay_out_states(ovf_world *world, ovf_error *err)
{
    size_t count = 0;
    const struct world_state_item *items = world_items(world, WORLD_STATES, &count);
    world->states = ovf_arena_array(&world->arena, ovf_state, count + 1);
    world->land = ovf_arena_array(&world->arena, struct world_lazy_area, count + 1);
    world->territory = ovf_arena_array(&world->arena, struct world_lazy_area, count + 1);
    world->land_shared = ovf_arena_array(&world->arena, struct world_lazy_shared, count + 1);
    world->territory_shared = ovf_arena_array(&world->arena, struct world_lazy_shared, count + 1);
    world->state_spreads = ovf_arena_alloc(&world->arena, count + 1, sizeof(*world->state_spreads));
    if (world->states == NULL || world->land == NULL || world->territory == NULL
        || world->state_spreads == NULL || world->land_shared == NULL
        || world->territory_shared == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++) {
        const struct world_state_item *item = &items[i];
        uint32_t sovereign = item->sovereign < count ? item->sovereign : (uint32_t)i;
        world->states[i] = (ovf_state){.iso3 = world_text_of(world, item->iso3),
                                       .iso2 = world_text_of(world, item->iso2),
                                       .name = world_text_of(world, item->name),
                                       .demonym = world_text_of(world, item->demonym),
                                       .icao = world_text_of(world, item->icao),
                                       .sovereign = world_text_of(world, items[sovereign].iso3),
                                       .is_disputed = (item->flags & WORLD_IS_DISPUTED) != 0,
                                       .is_eu = (item->flags & WORLD_IS_EU) != 0,
                                       .note = world_text_of(world, item->note)};
        world->land[i].first = item->land_first;
        world->land[i].count = item->land_count;
        world->land[i].is_packed = true;
        world->territory[i].first = item->territory_first;
        world->territory[i].count = item->territory_count;
        world_index_state(world, (uint32_t)i);
    }
    return OVF_OK;
}

static ovf_status lay_out_units(ovf_world *world, ovf_error *err)
{
    size_t count = 0;
    const struct world_unit_item *items = world_items(world, WORLD_UNITS, &count);
    world->units = ovf_arena_array(&world->arena, struct world_lazy_area, count + 1);
    if (world->units == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++) {
        world->units[i].first = items[i].territory_first;
        world->units[i].count = items[i].territory_count;
    }
    return OVF_OK;
}

static ovf_level level_of(struct world_level_item item)
{
    ovf_level level = {.value_ft = item.value_ft, .is_open = item.is_open != 0};
    if (item.ref <= OVF_LEVEL_UNL)
        level.ref = (ovf_level_ref)item.ref;
    level.unit = item.unit == OVF_UNIT_M ? OVF_UNIT_M : OVF_UNIT_FT;
    return level;
}

static ovf_status lay_out_firs(ovf_world *world, ovf_error *err)
{
    size_t count = 0;
    const struct world_fir_item *items = world_items(world, WORLD_FIRS, &count);
    world->firs = ovf_arena_array(&world->arena, ovf_fir, count + 1);
    world->fir_areas = ovf_arena_array(&world->arena, struct world_lazy_area, count + 1);
    world->fir_spreads = ovf_arena_alloc(&world->arena, count + 1, sizeof(*world->fir_spreads));
    if (world->firs == NULL || world->fir_areas == NULL || world->fir_spreads == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++) {
        const struct world_fir_item *item = &items[i];
        if (!(item->south_deg <= item->north_deg && item->south_deg >= -90.0
              && item->north_deg <= 90.0 && fabs(item->west_deg) <= 180.0
              && fabs(item->east_deg) <= 180.0))
            return corrupt(err, "a FIR whose box is none");
        world->fir_areas[i].first = item->ring_first;
        world->fir_areas[i].count = item->ring_count;
        world->firs[i] = (ovf_fir){.code = world_text_of(world, item->code),
                                   .name = world_text_of(world, item->name),
                                   .kind = world_text_of(world, item->kind),
                                   .state = state_index(world, item->state),
                                   .includes = world_text_of(world, item->includes),
                                   .overlaps = world_text_of(world, item->overlaps),
                                   .nof = world_text_of(world, item->nof),
                                   .ansp = world_text_of(world, item->ansp),
                                   .lower = level_of(item->lower),
                                   .upper = level_of(item->upper),
                                   .source = world_text_of(world, item->source),
                                   .confidence = world_text_of(world, item->confidence),
                                   .box = {.south_deg = item->south_deg,
                                           .west_deg = item->west_deg,
                                           .north_deg = item->north_deg,
                                           .east_deg = item->east_deg,
                                           .is_empty = item->ring_count == 0}};
        if (!world_fir_is_none(&world->firs[i]))
            world->fir_count = i + 1;
    }
    return OVF_OK;
}

static ovf_status lay_out_airspaces(ovf_world *world, ovf_error *err)
{
    size_t count = 0;
    const struct world_airspace_item *items = world_items(world, WORLD_AIRSPACES, &count);
    world->airspaces = ovf_arena_array(&world->arena, ovf_airspace, count + 1);
    world->airspace_areas = ovf_arena_array(&world->arena, struct world_lazy_area, count + 1);
    if (world->airspaces == NULL || world->airspace_areas == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++) {
        const struct world_airspace_item *item = &items[i];
        world->airspaces[i] = (ovf_airspace){.ident = world_text_of(world, item->ident),
                                             .name = world_text_of(world, item->name),
                                             .kind = world_text_of(world, item->kind),
                                             .klass = world_text_of(world, item->klass),
                                             .source = world_text_of(world, item->source),
                                             .lower = level_of(item->lower),
                                             .upper = level_of(item->upper)};
        world->airspace_areas[i].first = item->ring_first;
        world->airspace_areas[i].count = item->ring_count;
    }
    return OVF_OK;
}

static ovf_status lay_out_places(ovf_world *world, ovf_error *err)
{
    size_t airport_count = 0, operator_count = 0;
    const struct world_airport_item *airports = world_items(world, WORLD_AIRPORTS, &airport_count);
    const struct world_operator_item *operators =
        world_items(world, WORLD_OPERATORS, &operator_count);
    world->airports = ovf_arena_array(&world->arena, ovf_airport, airport_count + 1);
    world->operators = ovf_arena_array(&world->arena, ovf_operator, operator_count + 1);
    if (world->airports == NULL || world->operators == NULL)
        return no_memory(err);
    for (size_t i = 0; i < airport_count; i++)
        world->airports[i] = (ovf_airport){.icao = world_text_of(world, airports[i].icao),
                                           .iata = world_text_of(world, airports[i].iata),
                                           .name = world_text_of(world, airports[i].name),
                                           .city = world_text_of(world, airports[i].city),
                                           .state = state_index(world, airports[i].state),
                                           .place = ovf_fixed_point(airports[i].place),
                                           .elevation_ft = airports[i].elevation_ft};
    for (size_t i = 0; i < operator_count; i++)
        world->operators[i] =
            (ovf_operator){.icao = world_text_of(world, operators[i].icao),
                           .iata = world_text_of(world, operators[i].iata),
                           .name = world_text_of(world, operators[i].name),
                           .telephony = world_text_of(world, operators[i].telephony),
                           .state = state_index(world, operators[i].state),
                           .is_state = (operators[i].flags & WORLD_IS_STATE_OPERATOR) != 0,
                           .source = world_text_of(world, operators[i].source)};
    return OVF_OK;
}

static ovf_status lay_out(ovf_world *world, ovf_error *err)
{
    ovf_status status = check_head(world, err);
    if (status == OVF_OK)
        status = check_sections(world, err);
    if (status == OVF_OK)
        status = world_check_tables(world, err);
    if (status == OVF_OK)
        status = lay_out_states(world, err);
    if (status == OVF_OK)
        status = lay_out_units(world, err);
    if (status == OVF_OK)
        status = lay_out_firs(world, err);
    if (status == OVF_OK)
        status = lay_out_places(world, err);
    if (status == OVF_OK)
        status = lay_out_airspaces(world, err);
    return status;
}

/* ---- the file ---- */

/* The checksum reads every page: mapped at once they cost less than one by one. */
#ifdef MAP_POPULATE
#define MAP_WHOLE MAP_POPULATE
#else
#define MAP_WHOLE 0
#endif

static ovf_status map_file(ovf_world *world, const char *path, ovf_error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "world file: %s",
                        errno == ENOENT ? "no such file" : "cannot open");
    struct stat info = {0};
    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(file);
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "%.80s: not a file", path);
    }
    if (info.st_size < (off_t)sizeof(struct world_head)) {
        close(file);
        return corrupt(err, "too short to be one");
    }
    void *map = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE | MAP_WHOLE, file, 0);
    close(file);
    if (map == MAP_FAILED)
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "%.80s: cannot map", path);
    world->map = map;
    world->bytes = (size_t)info.st_size;
    return OVF_OK;
}

ovf_status ovf_world_open(const char *path, ovf_world **out, ovf_error *err)
{
    ovf_world *world = calloc(1, sizeof *world);
    if (world == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the world");
    ovf_arena_init(&world->arena, 0);
    pthread_mutex_init(&world->lazy, NULL);
    ovf_status status = map_file(world, path, err);
    if (status == OVF_OK)
        status = lay_out(world, err);
    if (status != OVF_OK) {
        ovf_world_free(world);
        return status;
    }
    *out = world;
    return OVF_OK;
}

void ovf_world_free(ovf_world *world)
{
    if (world == NULL)
        return;
    ovf_arena_done(&world->arena);
    pthread_mutex_destroy(&world->lazy);
    if (world->map != NULL)
        munmap((void *)(uintptr_t)world->map, world->bytes);
    free(world);
}
