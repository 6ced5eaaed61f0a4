/* SPDX-License-Identifier: Apache-2.0 */
/* An area split by whose air it is. Shares are counted on a grid of points along
 * meridians, each weighing the cosine of its latitude. A unit that the grid missed
 * gets a finer grid over its own part of the area, so that an island is not lost. */
#include "world_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GRID 48
#define FINE_GRID 24
#define INSIDE_TRIES 6 /* looks for a point of a piece that is not at a border */

struct tally {
    double weight;
    ovf_point inside;
    uint32_t tries;
    bool is_clear; /* inside is not doubtful */
};

/* The cells of the box that know a unit, columns counted eastwards on from the box's west. */
struct cell_box {
    int south, north, west, east;
    bool is_used;
};

struct splitter {
    const ovf_world *world;
    const ovf_area *area;
    ovf_box box;
    double width_deg;
    size_t unit_count;
    struct tally *tallies;       /* by unit, the last one is the high seas */
    struct cell_box *candidates; /* by unit */
    bool is_whole;               /* every cell of the box lies wholly in one unit, or in none */
};

static double width_of(ovf_box box)
{
    double width_deg = box.east_deg - box.west_deg;
    return width_deg < 0.0 ? width_deg + 360.0 : width_deg;
}

/* Which units the cells of the box know of; whether one answer serves the whole box. */
static void scan_cells(struct splitter *s)
{
    int south = (int)floor(s->box.south_deg), north = (int)floor(s->box.north_deg);
    int west = (int)floor(s->box.west_deg), east = (int)floor(s->box.west_deg + s->width_deg);
    uint32_t only = 0;
    bool is_first = true;
    s->is_whole = true;
    for (int row = south; row <= north && row < 90; row++)
        for (int column = west; column <= east; column++) {
            ovf_point p = {row + 0.5, ovf_lon_wrap(column + 0.5)};
            size_t count = 0;
            const uint32_t *units = world_cell_units(s->world, p, &count);
            uint32_t answer = count == 0   ? OVF_INDEX_NONE
                              : count == 1 ? units[0]
                                           : 0; /* no unit without the mark: not whole */
            if (count > 0 && (count > 1 || (units[0] & WORLD_CELL_WHOLE) == 0))
                s->is_whole = false;
            if (!is_first && answer != only)
                s->is_whole = false;
            only = answer;
            is_first = false;
            for (size_t i = 0; i < count; i++) {
                struct cell_box *box = &s->candidates[units[i] & WORLD_CELL_UNIT];
                if (!box->is_used)
                    *box = (struct cell_box){row, row, column, column, true};
                box->north = row;
                box->west = column < box->west ? column : box->west;
                box->east = column > box->east ? column : box->east;
            }
        }
}

static void count_point(struct splitter *s, ovf_point p, double weight)
{
    struct world_air air = world_air_at(s->world, p);
    uint32_t slot = world_air_slot(&air);
    struct tally *tally = &s->tallies[slot == OVF_INDEX_NONE ? s->unit_count : slot];
    tally->weight += weight;
    if (tally->is_clear || tally->tries == INSIDE_TRIES)
        return;
    bool is_doubtful = ovf_world_whose(s->world, p).is_doubtful;
    if (tally->tries == 0 || !is_doubtful)
        tally->inside = p;
    tally->is_clear = !is_doubtful;
    tally->tries++;
}

static bool is_within(const ovf_stretch *stretches, size_t count, double at_m)
{
    for (size_t i = 0; i < count; i++)
        if (stretches[i].certainty == OVF_TRI_YES && stretches[i].from_m <= at_m
            && at_m <= stretches[i].until_m)
            return true;
    return false;
}

/* Column by column: a meridian is a geodesic, so that one crossing of the area serves a column. */
static ovf_status count_grid(struct splitter *s)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_status status = OVF_OK;
    bool is_done = false;
    for (int k = 0; k < GRID && status == OVF_OK && !is_done; k++) {
        double lon_deg = ovf_lon_wrap(s->box.west_deg + s->width_deg * (k + 0.5) / GRID);
        ovf_leg leg;
        ovf_leg_init(&leg, (ovf_point){s->box.south_deg, lon_deg},
                     (ovf_point){s->box.north_deg, lon_deg});
        ovf_stretch *stretches = NULL;
        size_t count = 0;
        status = ovf_area_cross(s->area, &leg, &arena, &stretches, &count);
        double shift = (k % 2) * 0.5 + 0.25; /* columns are staggered: borders along parallels */
        for (int i = 0; i < GRID && status == OVF_OK && count > 0 && !is_done; i++) {
            double at_m = leg.length_m * (i + shift) / GRID;
            if (!is_within(stretches, count, at_m))
                continue;
            ovf_point p = ovf_leg_at(&leg, at_m);
            p.lon_deg = lon_deg;
            count_point(s, p, cos(p.lat_deg * WORLD_RAD));
            is_done = s->is_whole;
        }
        ovf_arena_reset(&arena);
    }
    ovf_arena_done(&arena);
    return status;
}

/* A unit that no point fell into: looked for on a grid over the cells that know it. */
static void count_missed(struct splitter *s, uint32_t unit)
{
    const struct cell_box *cells = &s->candidates[unit];
    double south_deg = fmax(cells->south, s->box.south_deg);
    double north_deg = fmin(cells->north + 1, s->box.north_deg);
    double west_deg = fmax(cells->west, s->box.west_deg);
    double width_deg = fmin(cells->east + 1, s->box.west_deg + s->width_deg) - west_deg;
    double scale = (width_deg * (north_deg - south_deg) / (FINE_GRID * FINE_GRID))
                   / (s->width_deg * (s->box.north_deg - s->box.south_deg) / (GRID * GRID));
    for (int i = 0; i < FINE_GRID; i++) {
        double lat_deg = south_deg + (north_deg - south_deg) * (i + 0.5) / FINE_GRID;
        for (int k = 0; k < FINE_GRID; k++) {
            ovf_point p = {lat_deg, ovf_lon_wrap(west_deg + width_deg * (k + 0.5) / FINE_GRID)};
            struct world_air air = world_air_at(s->world, p);
            if (world_air_slot(&air) == unit && ovf_area_contains(s->area, p) == OVF_TRI_YES)
                count_point(s, p, cos(lat_deg * WORLD_RAD) * scale);
        }
    }
}

/* An area too thin or small for its box's grid: its own vertices are all there is. */
static ovf_status count_outline(struct splitter *s, ovf_arena *arena)
{
    ovf_outline outline = {0};
    ovf_status status = ovf_area_outline(s->area, 100.0, arena, &outline, NULL);
    if (status != OVF_OK)
        return status == OVF_E_NOMEM ? status : OVF_OK;
    for (uint32_t r = 0; r < outline.count; r++)
        for (uint32_t i = 0; i + 1 < outline.rings[r].count; i++)
            count_point(s, outline.rings[r].points[i], 1.0);
    return OVF_OK;
}

static int larger_first(const void *a, const void *b)
{
    const ovf_piece *x = a;
    const ovf_piece *y = b;
    return x->share > y->share ? -1 : x->share < y->share;
}

static ovf_status one_piece(ovf_arena *arena, ovf_piece piece, ovf_piece **out, size_t *count)
{
    ovf_piece *pieces = ovf_arena_array(arena, ovf_piece, 1);
    if (pieces == NULL)
        return OVF_E_NOMEM;
    pieces[0] = piece;
    *out = pieces;
    *count = 1;
    return OVF_OK;
}

/* Pieces of one State with one status are one piece: units are finer than that. */
static size_t add_piece(ovf_piece *pieces, size_t count, ovf_piece piece)
{
    for (size_t i = 0; i < count; i++)
        if (pieces[i].whose.state == piece.whose.state
            && pieces[i].whose.is_disputed == piece.whose.is_disputed
            && pieces[i].whose.is_archipelagic == piece.whose.is_archipelagic
            && pieces[i].whose.is_high_seas == piece.whose.is_high_seas) {
            pieces[i].share += piece.share;
            return count;
        }
    pieces[count] = piece;
    return count + 1;
}

static ovf_status give_pieces(struct splitter *s, double min_share, ovf_arena *arena,
                              ovf_piece **out, size_t *count)
{
    double total = 0.0;
    for (size_t i = 0; i <= s->unit_count; i++)
        total += s->tallies[i].weight;
    ovf_piece *pieces = ovf_arena_array(arena, ovf_piece, s->unit_count + 1);
    if (pieces == NULL)
        return OVF_E_NOMEM;
    size_t used = 0;
    for (size_t i = 0; i <= s->unit_count; i++) {
        const struct tally *tally = &s->tallies[i];
        if (tally->weight <= 0.0)
            continue;
        used = add_piece(pieces, used,
                         (ovf_piece){.whose = ovf_world_whose(s->world, tally->inside),
                                     .share = tally->weight / total,
                                     .inside = tally->inside});
    }
    size_t kept = 0;
    for (size_t i = 0; i < used; i++)
        if (pieces[i].share >= min_share)
            pieces[kept++] = pieces[i];
    qsort(pieces, kept, sizeof *pieces, larger_first);
    *out = pieces;
    *count = kept;
    return OVF_OK;
}

ovf_status ovf_world_split(const ovf_world *world, const ovf_area *area, double min_share,
                           ovf_arena *arena, ovf_piece **out, size_t *count)
{
    *count = 0;
    *out = NULL;
    if (!ovf_area_is_resolved(area))
        return one_piece(arena, (ovf_piece){.whose = {.state = OVF_INDEX_NONE}, .share = 1.0}, out,
                         count);
    struct splitter s = {.world = world, .area = area, .box = ovf_area_bounds(area)};
    if (s.box.is_empty)
        return OVF_OK;
    s.width_deg = width_of(s.box);
    world_items(world, WORLD_UNITS, &s.unit_count);
    s.tallies = ovf_arena_array(arena, struct tally, s.unit_count + 1);
    s.candidates = ovf_arena_array(arena, struct cell_box, s.unit_count + 1);
    if (s.tallies == NULL || s.candidates == NULL)
        return OVF_E_NOMEM;
    scan_cells(&s);
    ovf_status status = count_grid(&s);
    if (status != OVF_OK)
        return status;
    for (uint32_t unit = 0; unit < s.unit_count && !s.is_whole; unit++)
        if (s.candidates[unit].is_used && s.tallies[unit].weight <= 0.0)
            count_missed(&s, unit);
    bool has_any = false;
    for (size_t i = 0; i <= s.unit_count; i++)
        has_any |= s.tallies[i].weight > 0.0;
    status = has_any ? OVF_OK : count_outline(&s, arena);
    return status == OVF_OK ? give_pieces(&s, min_share, arena, out, count) : status;
}
