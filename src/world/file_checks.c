/* SPDX-License-Identifier: Apache-2.0 */
/* What an opened world file must keep to, so that its readers can rely on it: every number that
 * points somewhere points into its table, every place is one, no reader can be led round for ever.
 * One pass a table, in the order of the file: the whole of it is a fraction of the checksum. */
#include "world_internal.h"

static ovf_status corrupt(ovf_error *err, const char *why)
{
    return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "world file: %s", why);
}

/* ---- texts ---- */

/* The texts of an item lie side by side. */
static const struct {
    enum world_section_kind kind;
    uint32_t at, count;
} texts_of[] = {
    {WORLD_STATES, offsetof(struct world_state_item, iso3), 7},
    {WORLD_STATE_NAMES, offsetof(struct world_name_item, folded), 1},
    {WORLD_UNITS, offsetof(struct world_unit_item, name), 5},
    {WORLD_FIRS, offsetof(struct world_fir_item, code), 9},
    {WORLD_FIR_NAMES, offsetof(struct world_name_item, folded), 1},
    {WORLD_AIRPORTS, offsetof(struct world_airport_item, icao), 4},
    {WORLD_AIRPORT_IATA, offsetof(struct world_name_item, folded), 1},
    {WORLD_FIX_SOURCES, 0, 1},
    {WORLD_NAVAIDS, offsetof(struct world_navaid_item, name), 1},
    {WORLD_OPERATORS, offsetof(struct world_operator_item, icao), 5},
    {WORLD_OPERATOR_NAMES, offsetof(struct world_name_item, folded), 1},
    {WORLD_REGISTRATIONS, offsetof(struct world_registration_item, mark), 2},
    {WORLD_RULES, 0, 1},
    {WORLD_SOURCES, 0, 1},
    {WORLD_AIRSPACES, offsetof(struct world_airspace_item, ident), 5},
    {WORLD_AIRSPACE_NAMES, offsetof(struct world_name_item, folded), 1},
};

static ovf_status check_texts(const ovf_world *world, ovf_error *err)
{
    size_t total = 0;
    world_items(world, WORLD_TEXT, &total);
    for (size_t k = 0; k < OVF_COUNTOF(texts_of); k++) {
        size_t count = 0;
        const unsigned char *item = world_items(world, texts_of[k].kind, &count);
        uint32_t bytes = world_item_bytes(texts_of[k].kind);
        bool is_outside = false;
        for (size_t i = 0; i < count; i++, item += bytes) {
            const struct world_text *texts = (const void *)(item + texts_of[k].at);
            for (uint32_t t = 0; t < texts_of[k].count; t++)
                is_outside |= (uint64_t)texts[t].at + texts[t].len > total;
        }
        if (is_outside)
            return corrupt(err, "a text outside its table");
    }
    return OVF_OK;
}

/* ---- places, rings, land ---- */

/* 1 for a place off the globe. Without a branch, so that many are looked at at once. */
static unsigned is_off(ovf_fixed v)
{
    return ((uint32_t)v.lat_e7 + 900000000u > 1800000000u)
           | ((uint32_t)v.lon_e7 + 1800000000u > 3600000000u);
}

static ovf_status check_places(const ovf_world *world, ovf_error *err)
{
    size_t vertex_count = 0, airport_count = 0, fix_count = 0, navaid_count = 0;
    const ovf_fixed *vertices = world_items(world, WORLD_VERTICES, &vertex_count);
    const struct world_airport_item *airports = world_items(world, WORLD_AIRPORTS, &airport_count);
    const struct world_fix_item *fixes = world_items(world, WORLD_FIXES, &fix_count);
    const struct world_navaid_item *navaids = world_items(world, WORLD_NAVAIDS, &navaid_count);
    unsigned off = 0;
    for (size_t i = 0; i < vertex_count; i++)
        off |= is_off(vertices[i]);
    for (size_t i = 0; i < airport_count; i++)
        off |= is_off(airports[i].place);
    for (size_t i = 0; i < fix_count; i++)
        off |= is_off(fixes[i].place);
    for (size_t i = 0; i < navaid_count; i++)
        off |= is_off(navaids[i].place);
    return off == 0 ? OVF_OK : corrupt(err, "a place that is none");
}

/* A ring's vertices begin where those of the rings before it end, or it shares theirs. */
static ovf_status check_rings(const ovf_world *world, ovf_error *err)
{
    size_t count = 0, vertex_count = 0, edge_count = 0;
    const struct world_ring_item *rings = world_items(world, WORLD_RINGS, &count);
    const uint8_t *edges = world_items(world, WORLD_EDGES, &edge_count);
    world_items(world, WORLD_VERTICES, &vertex_count);
    size_t next = 0, next_edge = 0;
    for (size_t i = 0; i < count; i++) {
        const struct world_ring_item *ring = &rings[i];
        size_t until = (size_t)ring->first + ring->count;
        if (ring->count < 3 || ring->first > next || until > vertex_count
            || (ring->first < next && until > next))
            return corrupt(err, "a ring outside its table");
        next = until > next ? until : next;
        if (ring->edges == OVF_INDEX_NONE)
            continue;
        if (ring->edges != next_edge || ring->count > edge_count - next_edge)
            return corrupt(err, "a ring outside its table");
        next_edge += ring->count;
    }
    if (next != vertex_count || next_edge != edge_count)
        return corrupt(err, "rings that do not fit their vertices");
    for (size_t i = 0; i < edge_count; i++)
        if (edges[i] > OVF_EDGE_PARALLEL)
            return corrupt(err, "an edge of no kind");
    return OVF_OK;
}

/* Two bytes a vertex or more, and one for the ring: no two rings can be the same bytes. */
static ovf_status check_land(const ovf_world *world, ovf_error *err)
{
    size_t count = 0, bytes = 0;
    const struct world_land_ring *rings = world_items(world, WORLD_LAND_RINGS, &count);
    world_items(world, WORLD_LAND, &bytes);
    uint64_t next = sizeof(struct world_lattice);
    for (size_t i = 0; i < count; i++) {
        uint64_t until = (uint64_t)rings[i].at + 1 + 2 * (uint64_t)rings[i].count;
        if (rings[i].at < next || until > bytes)
            return corrupt(err, "land outside its table");
        next = until;
    }
    return OVF_OK;
}

struct ring_use {
    size_t rings, land_rings; /* there are */
    uint64_t used, land_used;
    bool is_outside;
};

static void use_rings(struct ring_use *use, uint32_t first, uint32_t count)
{
    use->is_outside |= (uint64_t)first + count > use->rings;
    use->used += count;
}

/* Every table takes its rings from those that are there; a State may share its unit's, so that
 * twice as many are used at most. */
static ovf_status check_ring_use(const ovf_world *world, ovf_error *err)
{
    size_t state_count = 0, unit_count = 0, fir_count = 0, airspace_count = 0;
    const struct world_state_item *states = world_items(world, WORLD_STATES, &state_count);
    const struct world_unit_item *units = world_items(world, WORLD_UNITS, &unit_count);
    const struct world_fir_item *firs = world_items(world, WORLD_FIRS, &fir_count);
    const struct world_airspace_item *airspaces =
        world_items(world, WORLD_AIRSPACES, &airspace_count);
    struct ring_use use = {0};
    world_items(world, WORLD_RINGS, &use.rings);
    world_items(world, WORLD_LAND_RINGS, &use.land_rings);
    for (size_t i = 0; i < state_count; i++) {
        use_rings(&use, states[i].territory_first, states[i].territory_count);
        use.is_outside |= (uint64_t)states[i].land_first + states[i].land_count > use.land_rings;
        use.land_used += states[i].land_count;
    }
    for (size_t i = 0; i < unit_count; i++)
        use_rings(&use, units[i].territory_first, units[i].territory_count);
    for (size_t i = 0; i < fir_count; i++)
        use_rings(&use, firs[i].ring_first, firs[i].ring_count);
    for (size_t i = 0; i < airspace_count; i++)
        use_rings(&use, airspaces[i].ring_first, airspaces[i].ring_count);
    if (use.is_outside || use.used > 2 * (uint64_t)use.rings || use.land_used > use.land_rings)
        return corrupt(err, "rings outside the table");
    return OVF_OK;
}

/* ---- levels, marks, addresses ---- */

static bool is_level(struct world_level_item level)
{
    return level.ref <= OVF_LEVEL_UNL && level.value_ft >= -OVF_LEVEL_MAX_FT
           && level.value_ft <= OVF_LEVEL_MAX_FT;
}

static ovf_status check_levels(const ovf_world *world, ovf_error *err)
{
    size_t fir_count = 0, airspace_count = 0;
    const struct world_fir_item *firs = world_items(world, WORLD_FIRS, &fir_count);
    const struct world_airspace_item *airspaces =
        world_items(world, WORLD_AIRSPACES, &airspace_count);
    bool is_good = true;
    for (size_t i = 0; i < fir_count; i++)
        is_good &= is_level(firs[i].lower) && is_level(firs[i].upper);
    for (size_t i = 0; i < airspace_count; i++)
        is_good &= is_level(airspaces[i].lower) && is_level(airspaces[i].upper);
    return is_good ? OVF_OK : corrupt(err, "a level beyond all levels");
}

static ovf_status check_registers(const ovf_world *world, ovf_error *err)
{
    size_t mark_count = 0, block_count = 0;
    const struct world_registration_item *marks =
        world_items(world, WORLD_REGISTRATIONS, &mark_count);
    const struct world_address_row *blocks = world_items(world, WORLD_ADDRESSES, &block_count);
    for (size_t i = 0; i < mark_count; i++)
        if (marks[i].mark.len == 0)
            return corrupt(err, "a registration mark of no characters");
    for (size_t i = 0; i < block_count; i++)
        if (blocks[i].first > blocks[i].last || blocks[i].last > 0xffffff
            || (i > 0 && blocks[i].first <= blocks[i - 1].last))
            return corrupt(err, "address blocks out of order");
    return OVF_OK;
}

static ovf_status check_surface(const ovf_world *world, ovf_error *err)
{
    size_t count = 0;
    const struct world_surface_item *cells = world_items(world, WORLD_SURFACE, &count);
    if (count != 0 && count != WORLD_CELLS)
        return corrupt(err, "a surface of another size");
    for (size_t i = 0; i < count; i++)
        if (cells[i].floor_ft > cells[i].ceiling_ft)
            return corrupt(err, "a surface upside down");
    return OVF_OK;
}

/* ---- the grid of cells ---- */

/* Cell by cell lists into a table of `limit` items. */
static ovf_status check_cells(const ovf_world *world, enum world_section_kind first_kind,
                              enum world_section_kind list_kind, uint32_t mask, size_t limit,
                              ovf_error *err)
{
    size_t first_count = 0, count = 0;
    const uint32_t *first = world_items(world, first_kind, &first_count);
    const uint32_t *list = world_items(world, list_kind, &count);
    if (first_count != WORLD_CELLS + 1 || first[WORLD_CELLS] != count)
        return corrupt(err, "a grid of another size");
    for (size_t i = 0; i < WORLD_CELLS; i++)
        if (first[i] > first[i + 1])
            return corrupt(err, "a grid out of order");
    for (size_t i = 0; i < count; i++)
        if ((list[i] & mask) >= limit)
            return corrupt(err, "a grid that points outside its table");
    return OVF_OK;
}

static ovf_status check_chunks(const ovf_world *world, ovf_error *err)
{
    size_t count = 0, vertex_count = 0, unit_count = 0;
    world_items(world, WORLD_UNITS, &unit_count);
    const struct world_chunk_item *chunks = world_items(world, WORLD_CHUNKS, &count);
    world_items(world, WORLD_VERTICES, &vertex_count);
    for (size_t i = 0; i < count; i++)
        if (chunks[i].unit >= unit_count || chunks[i].last >= vertex_count
            || chunks[i].edges > WORLD_CHUNK_EDGES || chunks[i].vertex >= vertex_count
            || chunks[i].edges > vertex_count - chunks[i].vertex)
            return corrupt(err, "edges outside their table");
    ovf_status status =
        check_cells(world, WORLD_CELL_FIRST, WORLD_CELL_UNITS, WORLD_CELL_UNIT, unit_count, err);
    return status != OVF_OK ? status
                            : check_cells(world, WORLD_CELL_CHUNK_FIRST, WORLD_CELL_CHUNKS,
                                          UINT32_MAX, count, err);
}

/* ---- airways ---- */

/* Points and airways are read where they lie; this is what the readers rely on. */
static ovf_status check_airways(const ovf_world *world, ovf_error *err)
{
    size_t airway_count = 0, point_count = 0, number_count = 0;
    const struct world_airway_item *airways = world_items(world, WORLD_AIRWAYS, &airway_count);
    world_items(world, WORLD_AIRWAY_POINTS, &point_count);
    const uint32_t *numbers = world_items(world, WORLD_FIX_AIRWAYS, &number_count);
    size_t next = 0;
    for (size_t i = 0; i < airway_count; i++) {
        if (airways[i].first != next || airways[i].count < 2
            || airways[i].count > point_count - next)
            return corrupt(err, "an airway outside its table");
        next += airways[i].count;
    }
    if (next != point_count || number_count != point_count)
        return corrupt(err, "airways that do not fit their points");
    uint32_t highest = 0;
    for (size_t i = 0; i < number_count; i++)
        highest = numbers[i] > highest ? numbers[i] : highest;
    return highest < point_count || point_count == 0 ? OVF_OK
                                                     : corrupt(err, "an airway outside its table");
}

ovf_status world_check_tables(const ovf_world *world, ovf_error *err)
{
    static ovf_status (*const checks[])(const ovf_world *, ovf_error *) = {
        check_texts,  check_places,    check_rings,   check_land,   check_ring_use,
        check_levels, check_registers, check_surface, check_chunks, check_airways,
    };
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < OVF_COUNTOF(checks) && status == OVF_OK; i++)
        status = checks[i](world, err);
    return status;
}
