/* SPDX-License-Identifier: Apache-2.0 */
/* Between which heights the ground of a place lies: data/terrain/cells.txt, a row of 360 cells for
 * every degree of latitude:
 *
 *     row  = south TAB run {" " run}
 *     run  = floor "/" ceiling ["*" count]     hundreds of feet above mean sea level
 */
#include "world_internal.h"

#include <math.h>

#define LOWEST_HUNDREDS (-20) /* the Dead Sea is at -1,440 ft */
#define HIGHEST_HUNDREDS 300  /* Everest is 29,032 ft */
#define ROWS 180
#define COLUMNS 360

/* ---- the table ---- */

static ovf_status fail(const struct world_table *table, const char *at, const char *reason,
                       ovf_error *err)
{
    return world_fail_at(err, OVF_E_SYNTAX, table->file, table->text, at, "%s", reason);
}

/* A whole number with or without a sign at *at, within the limits; false leaves *at. */
static bool take_int(ovf_str text, size_t *at, int32_t lowest, int32_t highest, int32_t *out)
{
    bool is_negative = *at < text.len && text.ptr[*at] == '-';
    uint32_t digits = 0;
    size_t from = *at + is_negative;
    size_t end = ovf_str_take_uint(text, from, 100000, &digits);
    int32_t value = is_negative ? -(int32_t)digits : (int32_t)digits;
    if (end == from || value < lowest || value > highest)
        return false;
    *at = end;
    *out = value;
    return true;
}

static bool take_char(ovf_str text, size_t *at, char c)
{
    if (*at >= text.len || text.ptr[*at] != c)
        return false;
    (*at)++;
    return true;
}

/* One run from *at; false: *at is where it went wrong. */
static bool take_run(ovf_str text, size_t *at, struct world_surface_item *cell, int32_t *count)
{
    int32_t floor = 0;
    int32_t ceiling = 0;
    *count = 1;
    if (!take_int(text, at, LOWEST_HUNDREDS, HIGHEST_HUNDREDS, &floor) || !take_char(text, at, '/')
        || !take_int(text, at, floor, HIGHEST_HUNDREDS, &ceiling)
        || (take_char(text, at, '*') && !take_int(text, at, 2, COLUMNS, count)))
        return false;
    *cell = (struct world_surface_item){(int16_t)(floor * 100), (int16_t)(ceiling * 100)};
    return true;
}

ovf_status world_read_surface_row(struct world_build *build, const struct world_table *table,
                                  ovf_error *err)
{
    int32_t south = 0;
    size_t at = 0;
    if (!take_int(table->fields[0], &at, -90, 89, &south) || at != table->fields[0].len)
        return world_table_fail(table, 0, err, "expected a latitude from -90 to 89");
    if (south != (int32_t)build->surface_rows - 90)
        return world_table_fail(table, 0, err, "expected the next degree to the north");
    if (build->surface == NULL)
        build->surface = ovf_arena_array(build->arena, struct world_surface_item, WORLD_CELLS);
    if (build->surface == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the surface");
    struct world_surface_item *row = build->surface + (size_t)build->surface_rows * COLUMNS;
    ovf_str text = table->fields[1];
    int32_t filled = 0;
    at = 0;
    do {
        struct world_surface_item cell;
        int32_t count = 0;
        if (!take_run(text, &at, &cell, &count))
            return fail(table, text.ptr + at,
                        "expected floor/ceiling in hundreds of feet, and *count for several", err);
        if (count > COLUMNS - filled)
            return fail(table, text.ptr + at, "more than 360 cells in a row", err);
        for (; count > 0; count--)
            row[filled++] = cell;
    } while (take_char(text, &at, ' '));
    if (at != text.len || filled != COLUMNS)
        return fail(table, text.ptr + at, "expected 360 cells in a row", err);
    build->surface_rows++;
    return OVF_OK;
}

ovf_status world_check_surface(const struct world_build *build, ovf_error *err)
{
    if (build->surface_rows == 0 || build->surface_rows == ROWS)
        return OVF_OK;
    return ovf_fail(err, OVF_E_SYNTAX, OVF_NOPOS, "terrain/cells.txt: expected 180 rows, found %u",
                    build->surface_rows);
}

/* ---- questions ---- */

/* 0 to count - 1, from the southern or western end of the grid. */
static size_t step_of(double deg, double from_deg, size_t count)
{
    double step = floor(deg - from_deg);
    return step <= 0 ? 0 : step >= (double)count ? count - 1 : (size_t)step;
}

ovf_surface ovf_world_surface_in(const ovf_world *world, ovf_box box)
{
    size_t count = 0;
    const struct world_surface_item *cells = world_items(world, WORLD_SURFACE, &count);
    if (count != WORLD_CELLS || box.is_empty || !(box.south_deg <= box.north_deg)
        || !isfinite(box.west_deg) || !isfinite(box.east_deg))
        return (ovf_surface){0};
    size_t south = step_of(box.south_deg, -90.0, ROWS);
    size_t north = step_of(box.north_deg, -90.0, ROWS);
    size_t west = step_of(box.west_deg, -180.0, COLUMNS);
    size_t east = step_of(box.east_deg, -180.0, COLUMNS);
    // Round the globe from west to east; within one cell the long way round is all of it.
    bool is_crossing = box.west_deg > box.east_deg;
    size_t columns = is_crossing ? COLUMNS - west + east + 1 : east - west + 1;
    if (columns > COLUMNS)
        columns = COLUMNS;
    const struct world_surface_item *first = &cells[south * COLUMNS + west];
    ovf_surface surface = {true, first->floor_ft, first->ceiling_ft};
    for (size_t row = south; row <= north; row++) {
        for (size_t i = 0; i < columns; i++) {
            const struct world_surface_item *cell = &cells[row * COLUMNS + (west + i) % COLUMNS];
            if (cell->floor_ft < surface.floor_ft)
                surface.floor_ft = cell->floor_ft;
            if (cell->ceiling_ft > surface.ceiling_ft)
                surface.ceiling_ft = cell->ceiling_ft;
        }
    }
    return surface;
}

ovf_surface ovf_world_surface_at(const ovf_world *world, ovf_point p)
{
    if (!ovf_point_is_valid(p))
        return (ovf_surface){0};
    // The 180th meridian lies in the first column.
    double lon_deg = ovf_lon_wrap(p.lon_deg);
    return ovf_world_surface_in(world, (ovf_box){p.lat_deg, lon_deg, p.lat_deg, lon_deg, false});
}

ovf_surface ovf_world_surface_of(const ovf_world *world, const ovf_area *area)
{
    if (!ovf_area_is_resolved(area))
        return (ovf_surface){0};
    return ovf_world_surface_in(world, ovf_area_bounds(area));
}
