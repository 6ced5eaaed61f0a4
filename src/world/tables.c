/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the flat tables: airports, fixes, operators, registration marks, 24-bit addresses and
 * authority rules. A table that is not there is empty. */
#include "world_internal.h"

#include <stdio.h>
#include <string.h>

typedef ovf_status row_reader(struct world_build *build, const struct world_table *table,
                              ovf_error *err);

static ovf_status no_memory(ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for tables");
}

/* icao iata name city iso3 lat lon elevation_ft */
static ovf_status read_airport(struct world_build *build, const struct world_table *table,
                               ovf_error *err)
{
    const ovf_str *f = table->fields;
    ovf_airport airport = {
        .icao = f[0], .iata = f[1], .name = f[2], .city = f[3], .elevation_ft = INT32_MIN};
    if (f[0].len != 4)
        return world_table_fail(table, 0, err, "expected a location indicator of four letters");
    ovf_status status = world_table_state(build, table, 4, &airport.state, err);
    if (status == OVF_OK)
        status = world_table_point(table, 5, &airport.place, err);
    if (status != OVF_OK)
        return status;
    double elevation_ft = 0.0;
    if (f[7].len > 0) {
        if (ovf_str_to_double(f[7], &elevation_ft, NULL) != OVF_OK || elevation_ft < -2000.0
            || elevation_ft > 30000.0)
            return world_table_fail(table, 7, err, "expected an elevation in feet");
        airport.elevation_ft = (int32_t)elevation_ft;
    }
    void *items = build->airports;
    if (!ovf_arena_grow(build->arena, &items, build->airport_count, &build->airport_capacity,
                        sizeof airport))
        return no_memory(err);
    build->airports = items;
    build->airports[build->airport_count] = airport;
    build->airport_count++;
    return OVF_OK;
}

/* ident kind lat lon source */
static ovf_status read_fix(struct world_build *build, const struct world_table *table,
                           ovf_error *err)
{
    const ovf_str *f = table->fields;
    static const char *const kinds[] = {"fix", "vor", "ndb", "dme"};
    bool is_known = false;
    for (size_t i = 0; i < OVF_COUNTOF(kinds); i++)
        is_known |= ovf_str_eq(f[1], ovf_str_of(kinds[i]));
    if (f[0].len == 0)
        return world_table_fail(table, 0, err, "expected a name");
    if (!is_known)
        return world_table_fail(table, 1, err, "expected fix, vor, ndb or dme");
    ovf_fix fix = {.ident = f[0], .kind = f[1], .source = f[4]};
    ovf_status status = world_table_point(table, 2, &fix.place, err);
    if (status != OVF_OK)
        return status;
    ovf_error why = {0};
    status = world_build_add_fix(build, &fix, &why);
    return status == OVF_OK ? OVF_OK : world_table_fail(table, 0, err, why.reason);
}

/* icao iata name telephony iso3 kind source */
static ovf_status read_operator(struct world_build *build, const struct world_table *table,
                                ovf_error *err)
{
    const ovf_str *f = table->fields;
    ovf_operator item = {
        .icao = f[0], .iata = f[1], .name = f[2], .telephony = f[3], .source = f[6]};
    bool is_letters = f[0].len == 3;
    for (size_t i = 0; i < f[0].len; i++)
        is_letters = is_letters && f[0].ptr[i] >= 'A' && f[0].ptr[i] <= 'Z';
    if (!is_letters)
        return world_table_fail(table, 0, err, "expected a designator of three letters");
    item.is_state = ovf_str_eq(f[5], OVF_STR("state"));
    if (f[5].len > 0 && !item.is_state)
        return world_table_fail(table, 5, err, "expected \"state\" or \"-\"");
    ovf_status status = world_table_state(build, table, 4, &item.state, err);
    if (status != OVF_OK)
        return status;
    void *items = build->operators;
    if (!ovf_arena_grow(build->arena, &items, build->operator_count, &build->operator_capacity,
                        sizeof item))
        return no_memory(err);
    build->operators = items;
    build->operators[build->operator_count] = item;
    build->operator_count++;
    return OVF_OK;
}

/* mark iso3 form note */
static ovf_status read_registration(struct world_build *build, const struct world_table *table,
                                    ovf_error *err)
{
    struct world_registration_row row = {.mark = table->fields[0], .form = table->fields[2]};
    if (row.mark.len == 0 || row.mark.len > 10)
        return world_table_fail(table, 0, err, "expected a mark of 1 to 10 characters");
    size_t good = world_mark_check(row.mark);
    if (good < row.mark.len)
        return world_fail_at(err, OVF_E_SYNTAX, table->file, table->text, row.mark.ptr + good,
                             "expected a capital or a digit first, then also '#' or '@'");
    good = world_forms_check(row.form);
    if (good < row.form.len)
        return world_fail_at(err, OVF_E_SYNTAX, table->file, table->text, row.form.ptr + good,
                             "expected capitals, digits, '#', '@', '*' or '|' in a form");
    ovf_status status = world_table_state(build, table, 1, &row.state, err);
    if (status != OVF_OK)
        return status;
    void *items = build->registrations;
    if (!ovf_arena_grow(build->arena, &items, build->registration_count,
                        &build->registration_capacity, sizeof row))
        return no_memory(err);
    build->registrations = items;
    build->registrations[build->registration_count] = row;
    build->registration_count++;
    return OVF_OK;
}

static bool read_hex(ovf_str s, uint32_t *out)
{
    uint32_t value = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                                                : 16;
        if (digit == 16)
            return false;
        value = value << 4 | digit;
    }
    *out = value;
    return s.len == 6;
}

/* first last iso3 note */
static ovf_status read_address(struct world_build *build, const struct world_table *table,
                               ovf_error *err)
{
    struct world_address_row row = {0};
    if (!read_hex(table->fields[0], &row.first))
        return world_table_fail(table, 0, err, "expected six hexadecimal digits");
    if (!read_hex(table->fields[1], &row.last) || row.last < row.first)
        return world_table_fail(table, 1, err, "expected six hexadecimal digits, not less");
    ovf_status status = world_table_state(build, table, 2, &row.state, err);
    if (status != OVF_OK)
        return status;
    void *items = build->addresses;
    if (!ovf_arena_grow(build->arena, &items, build->address_count, &build->address_capacity,
                        sizeof row))
        return no_memory(err);
    build->addresses = items;
    build->addresses[build->address_count] = row;
    build->address_count++;
    return OVF_OK;
}

static ovf_status read_rule(struct world_build *build, const struct world_table *table,
                            ovf_error *err)
{
    void *items = build->rules;
    if (!ovf_arena_grow(build->arena, &items, build->rule_count, &build->rule_capacity,
                        sizeof *build->rules))
        return no_memory(err);
    build->rules = items;
    build->rules[build->rule_count] = table->row;
    build->rule_count++;
    return OVF_OK;
}

void world_note_source(struct world_build *build, const char *file, ovf_str text)
{
    ovf_str rest = text;
    ovf_str line;
    bool is_on = false;
    while (ovf_str_line(&rest, &line) && line.len > 0 && line.ptr[0] == '#') {
        ovf_str words = ovf_str_trim(ovf_str_tail(line, 1));
        if (words.len == 0 && is_on)
            break;
        if (!is_on && ovf_str_starts(words, OVF_STR("Source:"))) {
            ovf_buf_printf(&build->sources, "%s:", file);
            words = ovf_str_trim(ovf_str_tail(words, 7));
            is_on = true;
        }
        if (is_on)
            ovf_buf_printf(&build->sources, " " OVF_FMT, OVF_ARG(words));
    }
    if (is_on)
        ovf_buf_addc(&build->sources, '\n');
}

ovf_status world_read_tables(struct world_build *build, ovf_error *err)
{
    static const struct {
        const char *file;
        uint32_t fields; /* 0: any number */
        row_reader *read;
    } tables[] = {
        {"states.txt", 0, NULL},
        {"outline/arcs.txt", 0, NULL},
        {"disputed.txt", 0, NULL},
        {"airports.txt", 8, read_airport},
        {"fixes.txt", 5, read_fix},
        {"operators.txt", 7, read_operator},
        {"registrations.txt", 4, read_registration},
        {"addresses.txt", 4, read_address},
        {"authority/rules.txt", 0, read_rule},
        {"authority/groups.txt", 0, read_rule},
        {"authority/regimes.txt", 0, read_rule},
        {"authority/services.txt", 0, read_rule},
        {"authority/straits.txt", 0, read_rule},
        {"authority/law.txt", 0, read_rule},
        {"terrain/cells.txt", 2, world_read_surface_row},
        {"terrain/summits.txt", 4, NULL},
        {"terrain/limits.txt", 0, NULL},
    };
    for (size_t i = 0; i < OVF_COUNTOF(tables); i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", build->data_dir, tables[i].file);
        ovf_str text = {0};
        ovf_status status = world_read_text(build->arena, path, &text, err);
        if (status == OVF_E_NOT_FOUND)
            continue;
        if (status != OVF_OK)
            return status;
        world_note_source(build, tables[i].file, text);
        struct world_table table;
        world_table_init(&table, tables[i].file, text);
        while (tables[i].read != NULL && world_table_next(&table, tables[i].fields, &status, err)) {
            status = tables[i].read(build, &table, err);
            if (status != OVF_OK)
                return status;
        }
        if (status != OVF_OK)
            return status;
    }
    return world_check_surface(build, err);
}
