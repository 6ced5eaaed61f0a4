/* SPDX-License-Identifier: Apache-2.0 */
/* Reads data/states.txt and data/disputed.txt: the States, and the units of land under one holder
 * that "whose air" is answered by. */
#include "world_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum state_field {
    ISO3,
    ISO2,
    NAME,
    DEMONYM,
    ICAO,
    SOVEREIGN,
    FLAGS,
    OTHER_NAMES,
    OUTLINE,
    NOTE,
    STATE_FIELDS
};

static int by_iso3(const void *a, const void *b)
{
    const struct world_state_row *x = a;
    const struct world_state_row *y = b;
    return ovf_str_cmp(x->fields.iso3, y->fields.iso3);
}

uint32_t world_build_state(const struct world_build *build, ovf_str iso3)
{
    uint32_t low = 0;
    uint32_t high = build->state_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        int order = ovf_str_cmp(build->states[mid].fields.iso3, iso3);
        if (order == 0)
            return mid;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return OVF_INDEX_NONE;
}

static ovf_status read_flags(const struct world_table *table, struct world_state_row *row,
                             ovf_error *err)
{
    ovf_str rest = table->fields[FLAGS];
    ovf_str flag;
    while (rest.len > 0 && ovf_str_field(&rest, ',', &flag)) {
        if (ovf_str_eq(flag, OVF_STR("eu")))
            row->fields.is_eu = true;
        else if (ovf_str_eq(flag, OVF_STR("disputed")))
            row->fields.is_disputed = true;
        else if (ovf_str_eq(flag, OVF_STR("antarctic")))
            row->is_antarctic = true;
        else
            return world_table_fail(table, FLAGS, err, "expected eu, disputed or antarctic");
    }
    return OVF_OK;
}

static ovf_status read_state_rows(struct world_build *build, struct world_table *table,
                                  ovf_error *err)
{
    size_t capacity = 0;
    ovf_status status = OVF_OK;
    while (world_table_next(table, STATE_FIELDS, &status, err)) {
        void *states = build->states;
        if (!ovf_arena_grow(build->arena, &states, build->state_count, &capacity,
                            sizeof *build->states))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for States");
        build->states = states;
        const ovf_str *f = table->fields;
        struct world_state_row row = {.fields = {.iso3 = f[ISO3],
                                                 .iso2 = f[ISO2],
                                                 .name = f[NAME],
                                                 .demonym = f[DEMONYM],
                                                 .icao = f[ICAO],
                                                 .sovereign = f[SOVEREIGN],
                                                 .note = f[NOTE]},
                                      .other_names = f[OTHER_NAMES],
                                      .outlines = f[OUTLINE]};
        if (f[ISO3].len != 3)
            return world_table_fail(table, ISO3, err, "expected an ISO 3166-1 alpha-3 code");
        status = read_flags(table, &row, err);
        if (status != OVF_OK)
            return status;
        build->states[build->state_count] = row;
        build->state_count++;
    }
    if (status == OVF_OK)
        qsort(build->states, build->state_count, sizeof *build->states, by_iso3);
    return status;
}

static uint32_t find_outline(const struct world_build *build, ovf_str id)
{
    for (uint32_t i = 0; i < build->outline_count; i++)
        if (ovf_str_eq(build->outlines[i].id, id))
            return i;
    return OVF_INDEX_NONE;
}

/* A second pass, when every code is known: sovereigns, and whose each outline is. */
static ovf_status link_states(struct world_build *build, struct world_table *table, ovf_error *err)
{
    ovf_status status = OVF_OK;
    while (world_table_next(table, STATE_FIELDS, &status, err)) {
        uint32_t state = world_build_state(build, table->fields[ISO3]);
        if (world_build_state(build, table->fields[SOVEREIGN]) == OVF_INDEX_NONE)
            return world_table_fail(table, SOVEREIGN, err, "expected an ISO3 code of this table");
        bool is_twin_behind =
            state + 1 < build->state_count
            && ovf_str_eq(build->states[state + 1].fields.iso3, table->fields[ISO3]);
        bool is_twin_before =
            state > 0 && ovf_str_eq(build->states[state - 1].fields.iso3, table->fields[ISO3]);
        if (is_twin_behind || is_twin_before)
            return world_table_fail(table, ISO3, err, "code given twice");
        ovf_str rest = table->fields[OUTLINE];
        ovf_str id;
        while (build->outline_count > 0 && rest.len > 0 && ovf_str_field(&rest, '|', &id)) {
            uint32_t outline = find_outline(build, id);
            if (outline == OVF_INDEX_NONE)
                return world_fail_at(err, OVF_E_SYNTAX, table->file, table->text, id.ptr,
                                     "no outline '" OVF_FMT "'", OVF_ARG(id));
            if (build->outlines[outline].state != OVF_INDEX_NONE)
                return world_fail_at(err, OVF_E_SYNTAX, table->file, table->text, id.ptr,
                                     "outline '" OVF_FMT "' given twice", OVF_ARG(id));
            build->outlines[outline].state = state;
        }
    }
    return status;
}

/* ---- units ---- */

static ovf_status add_unit(struct world_build *build, const uint32_t *outlines, uint32_t count,
                           struct world_unit unit, ovf_error *err)
{
    unit.outlines = ovf_arena_array(build->arena, uint32_t, count);
    if (unit.outlines == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for States");
    memcpy(unit.outlines, outlines, count * sizeof *outlines);
    unit.outline_count = count;
    ovf_status status =
        world_outline_rings(build, outlines, count, &unit.land, &unit.land_count, err);
    if (status != OVF_OK)
        return status;
    unit.territory = unit.land;
    unit.territory_count = unit.land_count;
    build->units[build->unit_count] = unit;
    build->unit_count++;
    return OVF_OK;
}

/* One unit a State: its outlines that are not disputed. Also the rings of all its land. */
static ovf_status add_state_units(struct world_build *build, uint32_t *list, ovf_error *err)
{
    for (uint32_t s = 0; s < build->state_count; s++) {
        struct world_state_row *row = &build->states[s];
        uint32_t count = 0;
        for (int pass = 0; pass < 2; pass++) { /* undisputed lands first */
            for (uint32_t o = 0; o < build->outline_count; o++)
                if (build->outlines[o].state == s && build->outlines[o].is_disputed == (pass == 1))
                    list[count++] = o;
            if (pass == 1 || count == 0)
                continue;
            struct world_unit unit = {.state = s,
                                      .is_disputed = row->fields.is_disputed,
                                      .is_antarctic = row->is_antarctic,
                                      .claim = {.note = row->fields.note}};
            ovf_status status = add_unit(build, list, count, unit, err);
            if (status != OVF_OK)
                return status;
        }
        ovf_status status =
            world_outline_rings(build, list, count, &row->land, &row->land_count, err);
        if (status != OVF_OK)
            return status;
        row->territory = row->land;
        row->territory_count = row->land_count;
    }
    return OVF_OK;
}

enum disputed_field {
    D_OUTLINE,
    D_STATE,
    D_HELD_BY,
    D_CLAIMED_BY,
    D_NOTE,
    D_SOURCE,
    DISPUTED_FIELDS
};

static ovf_status mark_disputed(struct world_build *build, struct world_table *table,
                                ovf_error *err)
{
    ovf_status status = OVF_OK;
    while (world_table_next(table, DISPUTED_FIELDS, &status, err)) {
        uint32_t outline = find_outline(build, table->fields[D_OUTLINE]);
        if (outline == OVF_INDEX_NONE && build->outline_count > 0)
            return world_table_fail(table, D_OUTLINE, err, "no such outline");
        if (outline == OVF_INDEX_NONE)
            continue;
        uint32_t state = OVF_INDEX_NONE;
        status = world_table_state(build, table, D_STATE, &state, err);
        if (status != OVF_OK)
            return status;
        if (state != build->outlines[outline].state)
            return world_table_fail(table, D_STATE, err, "states.txt lists it with another State");
        build->outlines[outline].is_disputed = true;
    }
    return status;
}

static ovf_status add_disputed_units(struct world_build *build, struct world_table *table,
                                     ovf_error *err)
{
    ovf_status status = OVF_OK;
    while (status == OVF_OK && world_table_next(table, DISPUTED_FIELDS, &status, err)) {
        uint32_t outline = find_outline(build, table->fields[D_OUTLINE]);
        if (outline == OVF_INDEX_NONE)
            continue;
        const ovf_str *f = table->fields;
        uint32_t state = build->outlines[outline].state;
        bool is_antarctic = state != OVF_INDEX_NONE && build->states[state].is_antarctic;
        struct world_unit unit = {.state = state,
                                  .is_disputed = true,
                                  .is_antarctic = is_antarctic,
                                  .claim = {.name = build->outlines[outline].name,
                                            .held_by = f[D_HELD_BY],
                                            .claimed_by = f[D_CLAIMED_BY],
                                            .note = f[D_NOTE],
                                            .source = f[D_SOURCE]}};
        status = add_unit(build, &outline, 1, unit, err);
    }
    for (uint32_t o = 0; o < build->outline_count && status == OVF_OK; o++)
        if (build->outlines[o].claim != NULL) {
            struct world_unit unit = {.state = build->outlines[o].state,
                                      .is_disputed = true,
                                      .claim = *build->outlines[o].claim};
            status = add_unit(build, &o, 1, unit, err);
        }
    return status;
}

static ovf_status check_all_held(const struct world_build *build, ovf_error *err)
{
    for (uint32_t i = 0; i < build->outline_count; i++)
        if (build->outlines[i].state == OVF_INDEX_NONE && !build->outlines[i].is_disputed)
            return ovf_fail(err, OVF_E_SYNTAX, OVF_NOPOS,
                            "states.txt:1:1: no State has the outline '" OVF_FMT "'",
                            OVF_ARG(build->outlines[i].id));
    return OVF_OK;
}

static ovf_status read_disputed(struct world_build *build, ovf_error *err)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/disputed.txt", build->data_dir);
    ovf_str text = {0};
    ovf_status status = world_read_text(build->arena, path, &text, err);
    if (status == OVF_E_NOT_FOUND)
        text = OVF_STR("");
    else if (status != OVF_OK)
        return status;
    struct world_table table;
    world_table_init(&table, "disputed.txt", text);
    status = mark_disputed(build, &table, err);
    if (status == OVF_OK)
        status = check_all_held(build, err);
    if (status != OVF_OK)
        return status;
    build->units = ovf_arena_array(build->arena, struct world_unit,
                                   (size_t)build->state_count + build->outline_count + 1);
    uint32_t *list = ovf_arena_array(build->arena, uint32_t, build->outline_count + 1);
    if (build->units == NULL || list == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for States");
    status = add_state_units(build, list, err);
    world_table_init(&table, "disputed.txt", text);
    return status == OVF_OK ? add_disputed_units(build, &table, err) : status;
}

ovf_status world_read_states(struct world_build *build, ovf_error *err)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/states.txt", build->data_dir);
    ovf_str text = {0};
    ovf_status status = world_read_text(build->arena, path, &text, err);
    if (status != OVF_OK)
        return status;
    struct world_table table;
    world_table_init(&table, "states.txt", text);
    status = read_state_rows(build, &table, err);
    world_table_init(&table, "states.txt", text);
    if (status == OVF_OK)
        status = link_states(build, &table, err);
    if (status == OVF_OK)
        status = world_read_islets(build, err);
    return status == OVF_OK ? read_disputed(build, err) : status;
}
