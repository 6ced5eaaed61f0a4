/* SPDX-License-Identifier: Apache-2.0 */
/* An open world back into the rows that it was written from, so that a part of it can be replaced
 * and the rest written again: the ground of every import. Texts and vertices are borrowed from the
 * world, which must stay open until the new file is written. Rows in the order of the file give
 * the same file byte by byte (tests/world/test_edit.c). */
#include "world_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Whoever adds a section teaches world_load to read it back, or imports would lose it. */
static_assert(WORLD_SECTION_COUNT == 34, "a new section: load it here, then count it");

struct loader {
    const ovf_world *world;
    struct world_build *build;
    const ovf_ring *rings; /* every ring of the file */
    size_t ring_count;
    const ovf_ring *land_rings; /* unpacked; NULL: none */
    size_t land_ring_count;
};

static ovf_status no_memory(ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the world's rows");
}

/* ---- rings ---- */

/* Opening the world has checked the rings of every table; those of the units may be shared. */
static ovf_status load_rings(struct loader *l, ovf_error *err)
{
    world_items(l->world, WORLD_RINGS, &l->ring_count);
    ovf_ring *rings = ovf_arena_array(l->build->arena, ovf_ring, l->ring_count + 1);
    if (rings == NULL)
        return no_memory(err);
    for (size_t i = 0; i < l->ring_count; i++) {
        ovf_status status = world_ring(l->world, (uint32_t)i, &rings[i], err);
        if (status != OVF_OK)
            return status;
    }
    l->rings = rings;
    return OVF_OK;
}

static const ovf_ring *rings_at(const struct loader *l, uint32_t first, uint32_t count)
{
    return count == 0 || first > l->ring_count || count > l->ring_count - first ? NULL
                                                                                : l->rings + first;
}

/* ---- names ---- */

struct kept_name {
    uint32_t at; /* of the text: names were kept in the order of the table */
    uint32_t index;
    ovf_str folded;
};

static int by_index_and_place(const void *a, const void *b)
{
    const struct kept_name *x = a;
    const struct kept_name *y = b;
    if (x->index != y->index)
        return x->index < y->index ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static bool folds_to(ovf_str name, ovf_str folded)
{
    char text[256];
    size_t len = world_fold(name, text, sizeof text);
    return len < sizeof text && ovf_str_eq((ovf_str){text, len}, folded);
}

/* The names of a FIR beside its code and its own, as the table had them: separated by '|'. */
static ovf_str other_names(struct world_build *build, const struct kept_name *names, size_t count,
                           const ovf_fir *fir)
{
    ovf_buf joined = {0};
    bool code_seen = false, name_seen = false;
    for (size_t i = 0; i < count; i++) {
        bool is_code = !code_seen && folds_to(fir->code, names[i].folded);
        bool is_name = !is_code && !name_seen && folds_to(fir->name, names[i].folded);
        code_seen |= is_code;
        name_seen |= is_name;
        if (is_code || is_name)
            continue;
        if (joined.len > 0)
            ovf_buf_addc(&joined, '|');
        ovf_buf_add(&joined, names[i].folded);
    }
    ovf_str out = ovf_arena_dup(build->arena, ovf_buf_str(&joined));
    ovf_buf_done(&joined);
    return out;
}

static ovf_status load_firs(struct loader *l, ovf_error *err)
{
    struct world_build *build = l->build;
    size_t count = 0, name_count = 0;
    const struct world_fir_item *items = world_items(l->world, WORLD_FIRS, &count);
    const struct world_name_item *names = world_items(l->world, WORLD_FIR_NAMES, &name_count);
    struct kept_name *kept = ovf_arena_array(build->arena, struct kept_name, name_count + 1);
    if (kept == NULL)
        return no_memory(err);
    for (size_t i = 0; i < name_count; i++)
        kept[i] = (struct kept_name){names[i].folded.at, names[i].index,
                                     world_text_of(l->world, names[i].folded)};
    qsort(kept, name_count, sizeof *kept, by_index_and_place);
    for (size_t i = 0, first = 0; i < count; i++) {
        size_t until = first;
        while (until < name_count && kept[until].index == i)
            until++;
        const ovf_fir *fir = &l->world->firs[i];
        struct world_fir_row row = {.fields = *fir,
                                    .other_names =
                                        other_names(build, kept + first, until - first, fir),
                                    .rings = rings_at(l, items[i].ring_first, items[i].ring_count),
                                    .ring_count = items[i].ring_count};
        if (world_build_add_fir(build, &row) != OVF_OK)
            return no_memory(err);
        first = until;
    }
    return OVF_OK;
}

/* ---- States and units ---- */

static ovf_status load_units(struct loader *l, ovf_error *err)
{
    size_t count = 0;
    const struct world_unit_item *items = world_items(l->world, WORLD_UNITS, &count);
    struct world_unit *units = ovf_arena_array(l->build->arena, struct world_unit, count + 1);
    if (units == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++)
        units[i] = (struct world_unit){
            .state = items[i].state,
            .is_disputed = (items[i].flags & WORLD_IS_DISPUTED) != 0,
            .is_overlay = (items[i].flags & WORLD_IS_OVERLAY) != 0,
            .is_archipelagic = (items[i].flags & WORLD_IS_ARCHIPELAGIC) != 0,
            .is_doubtful = (items[i].flags & WORLD_IS_DOUBTFUL) != 0,
            .claim = {.name = world_text_of(l->world, items[i].name),
                      .state = items[i].claim_state,
                      .held_by = world_text_of(l->world, items[i].held_by),
                      .claimed_by = world_text_of(l->world, items[i].claimed_by),
                      .note = world_text_of(l->world, items[i].note),
                      .source = world_text_of(l->world, items[i].source),
                      .accuracy_m = items[i].accuracy_m},
            .territory = rings_at(l, items[i].territory_first, items[i].territory_count),
            .territory_count = items[i].territory_count};
    l->build->units = units;
    l->build->unit_count = (uint32_t)count;
    return OVF_OK;
}

static ovf_status load_states(struct loader *l, ovf_error *err)
{
    size_t count = 0;
    const struct world_state_item *items = world_items(l->world, WORLD_STATES, &count);
    struct world_state_row *rows =
        ovf_arena_array(l->build->arena, struct world_state_row, count + 1);
    if (rows == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++) {
        if (items[i].land_first > l->land_ring_count
            || items[i].land_count > l->land_ring_count - items[i].land_first)
            return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "world file: land outside the table");
        rows[i] = (struct world_state_row){
            .fields = l->world->states[i],
            .other_names = world_text_of(l->world, items[i].other_names),
            .land = l->land_rings == NULL ? NULL : l->land_rings + items[i].land_first,
            .land_count = items[i].land_count,
            .territory = rings_at(l, items[i].territory_first, items[i].territory_count),
            .territory_count = items[i].territory_count};
    }
    l->build->states = rows;
    l->build->state_count = (uint32_t)count;
    return OVF_OK;
}

/* ---- tables ---- */

static void *copy(ovf_arena *arena, const void *items, size_t count, size_t size)
{
    void *out = ovf_arena_alloc(arena, count + 1, size);
    if (out != NULL && count > 0)
        memcpy(out, items, count * size);
    return out;
}

static ovf_status load_places(struct loader *l, ovf_error *err)
{
    const ovf_world *world = l->world;
    struct world_build *build = l->build;
    build->airport_count = ovf_world_airport_count(world);
    build->operator_count = ovf_world_operator_count(world);
    build->airports =
        copy(build->arena, world->airports, build->airport_count, sizeof *build->airports);
    build->operators =
        copy(build->arena, world->operators, build->operator_count, sizeof *build->operators);
    if (build->airports == NULL || build->operators == NULL)
        return no_memory(err);
    build->airport_capacity = build->airport_count;
    build->operator_capacity = build->operator_count;
    return OVF_OK;
}

static ovf_status load_marks(struct loader *l, ovf_error *err)
{
    struct world_build *build = l->build;
    const struct world_registration_item *marks =
        world_items(l->world, WORLD_REGISTRATIONS, &build->registration_count);
    const struct world_address_row *addresses =
        world_items(l->world, WORLD_ADDRESSES, &build->address_count);
    const struct world_text *rules = world_items(l->world, WORLD_RULES, &build->rule_count);
    build->registrations =
        ovf_arena_array(build->arena, struct world_registration_row, build->registration_count + 1);
    build->addresses =
        copy(build->arena, addresses, build->address_count, sizeof *build->addresses);
    build->rules = ovf_arena_array(build->arena, ovf_str, build->rule_count + 1);
    if (build->registrations == NULL || build->addresses == NULL || build->rules == NULL)
        return no_memory(err);
    for (size_t i = 0; i < build->registration_count; i++)
        build->registrations[i] =
            (struct world_registration_row){.mark = world_text_of(l->world, marks[i].mark),
                                            .form = world_text_of(l->world, marks[i].form),
                                            .state = marks[i].state};
    for (size_t i = 0; i < build->rule_count; i++)
        build->rules[i] = world_text_of(l->world, rules[i]);
    build->registration_capacity = build->registration_count;
    build->address_capacity = build->address_count;
    build->rule_capacity = build->rule_count;
    ovf_buf_add(&build->sources, ovf_world_sources(l->world));
    return build->sources.failed ? no_memory(err) : OVF_OK;
}

static ovf_status load_surface(struct loader *l, ovf_error *err)
{
    size_t count = 0;
    const struct world_surface_item *cells = world_items(l->world, WORLD_SURFACE, &count);
    if (count == 0)
        return OVF_OK;
    l->build->surface = copy(l->build->arena, cells, count, sizeof *cells);
    return l->build->surface == NULL ? no_memory(err) : OVF_OK;
}

static ovf_status load_airspaces(struct loader *l, ovf_error *err)
{
    struct world_build *build = l->build;
    const struct world_airspace_item *items =
        world_items(l->world, WORLD_AIRSPACES, &build->airspace_count);
    build->airspaces =
        ovf_arena_array(build->arena, struct world_airspace_row, build->airspace_count + 1);
    if (build->airspaces == NULL)
        return no_memory(err);
    build->airspace_capacity = build->airspace_count;
    for (size_t i = 0; i < build->airspace_count; i++)
        build->airspaces[i] = (struct world_airspace_row){
            .facts = l->world->airspaces[i],
            .rings = rings_at(l, items[i].ring_first, items[i].ring_count),
            .ring_count = items[i].ring_count};
    return OVF_OK;
}

ovf_status world_load(const ovf_world *world, struct world_build *build, ovf_error *err)
{
    struct loader loader = {.world = world, .build = build};
    ovf_status status = load_rings(&loader, err);
    if (status == OVF_OK)
        status = world_unpack_land(world, build, &loader.land_rings, &loader.land_ring_count, err);
    if (status == OVF_OK)
        status = load_units(&loader, err);
    if (status == OVF_OK)
        status = load_states(&loader, err);
    if (status == OVF_OK)
        status = load_firs(&loader, err);
    if (status == OVF_OK)
        status = load_places(&loader, err);
    if (status == OVF_OK)
        status = load_surface(&loader, err);
    if (status == OVF_OK)
        status = load_airspaces(&loader, err);
    if (status == OVF_OK)
        status = world_load_nav(world, build, err);
    return status == OVF_OK ? load_marks(&loader, err) : status;
}
