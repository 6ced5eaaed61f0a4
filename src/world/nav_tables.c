/* SPDX-License-Identifier: Apache-2.0 */
/* Reads data/nav: aids, fixes by cells of a degree, airways as chains (docs/formats/nav.md). The
 * folder may be missing: it is under another licence than the rest. */
#include "world_internal.h"

#include <stdio.h>
#include <string.h>

#define NAV_SOURCE "X-Plane data, cycle 2013.10 (R. A. Peel), GPL-2+"

struct nav_reader {
    struct world_build *build;
    struct world_table table;
    struct world_fix_names names;
    int32_t cell_lat, cell_lon;
    bool has_cell;
};

static ovf_status row_fail(const struct nav_reader *reader, const char *at, const char *reason,
                           ovf_error *err)
{
    return world_fail_at(err, OVF_E_SYNTAX, reader->table.file, reader->table.text, at, "%s",
                         reason);
}

/* ---- navaids.txt: ident kind lat lon elevation_ft frequency_khz range_nm variation_deg name ---- */

static bool take_number(ovf_str text, double low, double high, double *out)
{
    return ovf_str_to_double(text, out, NULL) == OVF_OK && *out >= low && *out <= high;
}

static ovf_status read_navaid(struct nav_reader *reader, ovf_error *err)
{
    const ovf_str *f = reader->table.fields;
    struct world_navaid_row row = {.ident = f[0]};
    row.fields = (ovf_navaid){.kind = f[1], .name = f[8], .elevation_ft = INT32_MIN};
    double number = 0.0;
    ovf_status status = world_table_point(&reader->table, 2, &row.fields.place, err);
    if (status != OVF_OK)
        return status;
    if (f[4].len > 0) {
        if (!take_number(f[4], -2000.0, 30000.0, &number))
            return world_table_fail(&reader->table, 4, err, "expected an elevation in feet");
        row.fields.elevation_ft = (int32_t)number;
    }
    if (!take_number(f[5], 0.0, 2e6, &number))
        return world_table_fail(&reader->table, 5, err, "expected a frequency in kHz");
    row.fields.frequency_khz = (uint32_t)number;
    if (!take_number(f[6], 0.0, 1000.0, &number))
        return world_table_fail(&reader->table, 6, err, "expected a range in NM");
    row.fields.range_nm = (uint32_t)number;
    row.fields.has_variation = f[7].len > 0;
    if (f[7].len > 0 && !take_number(f[7], -180.0, 180.0, &row.fields.variation_deg))
        return world_table_fail(&reader->table, 7, err, "expected a variation in degrees");
    ovf_error why = {0};
    status = world_build_add_navaid(reader->build, &row, OVF_STR(NAV_SOURCE), &why);
    return status == OVF_OK ? OVF_OK : world_table_fail(&reader->table, 0, err, why.reason);
}

/* ---- fixes.txt: cells and points in them ---- */

static ovf_status read_cell(struct nav_reader *reader, ovf_error *err)
{
    const ovf_str *f = reader->table.fields;
    double lat = 0.0, lon = 0.0;
    if (reader->table.field_count != 3 || !take_number(f[1], -90.0, 90.0, &lat)
        || !take_number(f[2], -180.0, 180.0, &lon))
        return row_fail(reader, reader->table.row.ptr, "expected =, a latitude and a longitude",
                        err);
    reader->cell_lat = (int32_t)lat;
    reader->cell_lon = (int32_t)lon;
    reader->has_cell = true;
    return OVF_OK;
}

/* "BITTA 52803 84482" */
static ovf_status read_fix(struct nav_reader *reader, ovf_error *err)
{
    ovf_str row = reader->table.row;
    if (row.ptr[0] == '=')
        return read_cell(reader, err);
    ovf_str rest = row;
    ovf_str ident = {0}, lat = {0}, lon = {0};
    bool is_whole = ovf_str_field(&rest, ' ', &ident) && ovf_str_field(&rest, ' ', &lat)
                    && ovf_str_field(&rest, ' ', &lon) && rest.len == 0;
    uint32_t lat_e5 = 0, lon_e5 = 0;
    if (!is_whole || lat.len == 0 || lon.len == 0
        || ovf_str_take_uint(lat, 0, 100000, &lat_e5) != lat.len
        || ovf_str_take_uint(lon, 0, 100000, &lon_e5) != lon.len)
        return row_fail(reader, row.ptr, "expected a name and two numbers up to 100000", err);
    if (!reader->has_cell)
        return row_fail(reader, row.ptr, "expected a line that opens a cell before points", err);
    ovf_fix fix = {.ident = ident,
                   .kind = OVF_STR("fix"),
                   .source = OVF_STR(NAV_SOURCE),
                   .place = {reader->cell_lat + lat_e5 / 1e5, reader->cell_lon + lon_e5 / 1e5}};
    ovf_error why = {0};
    ovf_status status = world_build_add_fix(reader->build, &fix, &why);
    return status == OVF_OK ? OVF_OK : row_fail(reader, row.ptr, why.reason, err);
}

/* ---- airways.txt: chains ---- */

struct chain_reader {
    struct nav_reader *nav;
    struct world_leg_row leg; /* the level at hand; `from` empty at the start of a chain */
    bool has_level;
};

/* "B60-460": false when the word is no level. */
static bool take_level(struct chain_reader *chain, ovf_str word)
{
    char structure = word.len > 0 ? word.ptr[0] : '\0';
    if (structure != 'B' && structure != 'L' && structure != 'H')
        return false;
    uint32_t lower = 0, upper = 0;
    size_t dash = ovf_str_take_uint(word, 1, WORLD_LEG_FL, &lower);
    if (dash == 1 || dash >= word.len || word.ptr[dash] != '-')
        return false;
    size_t end = ovf_str_take_uint(word, dash + 1, WORLD_LEG_FL, &upper);
    if (end == dash + 1 || end != word.len || upper > WORLD_LEG_FL || lower > upper)
        return false;
    chain->leg.lower_fl = (uint16_t)lower;
    chain->leg.upper_fl = (uint16_t)upper;
    chain->leg.is_low = structure != 'H';
    chain->leg.is_high = structure != 'L';
    chain->has_level = true;
    return true;
}

/* "BITTA", "ABA/12.5,-69.9". */
static ovf_status take_point(struct chain_reader *chain, ovf_str word, ovf_error *err)
{
    struct nav_reader *nav = chain->nav;
    ovf_str rest = word, ident = {0};
    ovf_point hint = {0};
    ovf_str_field(&rest, '/', &ident);
    bool has_hint = ident.len < word.len;
    if (has_hint && ovf_point_parse(rest, &hint, NULL) != OVF_OK)
        return row_fail(nav, word.ptr, "expected LAT,LON behind the stroke", err);
    size_t count = 0;
    world_fix_names_find(&nav->names, ident, &count);
    double away_m = 0.0;
    uint32_t index = world_fix_names_nearest(&nav->names, ident, hint, has_hint ? &away_m : NULL);
    if (index == OVF_INDEX_NONE)
        return row_fail(nav, word.ptr, "a point that is in no table before", err);
    ovf_point place = nav->build->fixes[index].place;
    if (!has_hint && count > 1) {
        /* The same point in two tables is no namesake. */
        for (size_t i = 0, first = world_fix_names_find(&nav->names, ident, &count); i < count; i++)
            if (ovf_distance_m(nav->build->fixes[nav->names.order[first + i]].place, place)
                > WORLD_MILE_M)
                return row_fail(nav, word.ptr, "several points bear this name", err);
    }
    if (chain->leg.from.len > 0) {
        chain->leg.to = ident;
        chain->leg.to_place = place;
        ovf_error why = {0};
        ovf_status status = chain->has_level
                                ? world_build_add_leg(nav->build, &chain->leg, &why)
                                : ovf_fail(&why, OVF_E_SYNTAX, 0, "no level before this point");
        if (status != OVF_OK)
            return row_fail(nav, word.ptr, why.reason, err);
    }
    chain->leg.from = ident;
    chain->leg.from_place = place;
    return OVF_OK;
}

static ovf_status read_chain_line(struct chain_reader *chain, ovf_error *err)
{
    struct nav_reader *nav = chain->nav;
    ovf_str rest = nav->table.row;
    size_t tab = ovf_str_find(rest, 0, OVF_STR("\t"));
    if (tab == OVF_NOPOS || (tab == 0 && chain->leg.airway.len == 0))
        return row_fail(nav, rest.ptr, "expected a name and a tab", err);
    if (tab > 0) {
        chain->leg = (struct world_leg_row){.airway = ovf_str_sub(rest, 0, tab)};
        chain->has_level = false;
    }
    rest = ovf_str_tail(rest, tab + 1);
    ovf_str word = {0};
    while (ovf_str_field(&rest, ' ', &word)) {
        if (take_level(chain, word))
            continue;
        ovf_status status = take_point(chain, word, err);
        if (status != OVF_OK)
            return status;
    }
    return OVF_OK;
}

static ovf_status read_airways(struct nav_reader *reader, ovf_error *err)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_status status = world_fix_names_sort(reader->build, &arena, &reader->names, err);
    struct chain_reader chain = {.nav = reader};
    ovf_status row_status = OVF_OK;
    while (status == OVF_OK && world_table_next(&reader->table, 0, &row_status, err))
        status = read_chain_line(&chain, err);
    ovf_arena_done(&arena);
    return status;
}

/* ---- the three ---- */

/* Opens a table of the folder; false: it is not there, or *status. */
static bool open_table(struct nav_reader *reader, const char *file, ovf_status *status,
                       ovf_error *err)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", reader->build->data_dir, file);
    ovf_str text = {0};
    *status = world_read_text(reader->build->arena, path, &text, err);
    if (*status == OVF_E_NOT_FOUND) {
        *status = OVF_OK;
        return false;
    }
    if (*status != OVF_OK)
        return false;
    world_note_source(reader->build, file, text);
    world_table_init(&reader->table, file, text);
    return true;
}

ovf_status world_read_nav(struct world_build *build, ovf_error *err)
{
    struct nav_reader reader = {.build = build};
    ovf_status status = OVF_OK;
    if (open_table(&reader, "nav/navaids.txt", &status, err))
        while (status == OVF_OK && world_table_next(&reader.table, 9, &status, err))
            status = read_navaid(&reader, err);
    if (status == OVF_OK && open_table(&reader, "nav/fixes.txt", &status, err))
        while (status == OVF_OK && world_table_next(&reader.table, 0, &status, err))
            status = read_fix(&reader, err);
    if (status == OVF_OK && open_table(&reader, "nav/airways.txt", &status, err))
        status = read_airways(&reader, err);
    return status;
}
