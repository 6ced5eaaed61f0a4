/* SPDX-License-Identifier: Apache-2.0 */
/* An area split by whose air it is. Shares are counted on a grid of points along
 * meridians, each weighing the cosine of its latitude. A unit that the grid missed
 * gets a finer grid over its own part of the area, so that an island is not lost.
 *
 * Most areas lie wholly in one State's air or over the high seas. That is told exactly: the cells
 * of an area's box hold every border near it, and a box without a border has one answer. Where
 * there are borders, those that cross a column of the grid part its points into runs, and one point
 * of a run answers for all of it: what lies between two borders is one air. */
#include "world_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GRID 48
#define FINE_GRID 24
#define INSIDE_TRIES 6 /* looks for a point of a piece that is not at a border */
#define BORDER_SLACK_DEG \
    1e-9               /* 0.1 mm: a border that near to a point is taken to part it from the next */
#define WIDE_DEG 300.0 /* boxes wider than that are not looked at for borders as a whole */

struct tally {
    uint32_t unit; /* OVF_INDEX_NONE: the high seas */
    uint32_t tries;
    double weight;
    ovf_point inside;
    bool is_clear; /* inside is not doubtful */
    /* The cells of the box that know the unit, columns counted eastwards on from the box's west. */
    int south, north, west, east;
    bool is_candidate;
    bool has_border; /* of it in the box */
};

/* A border crosses a column of the grid. */
struct crossing {
    int column;
    double lat_deg;
};

struct splitter {
    const ovf_world *world;
    const ovf_area *area;
    ovf_arena *arena; /* scratch */
    ovf_box box;
    double width_deg;
    struct tally *tallies; /* of the units that were met, by unit at the end */
    size_t tally_count, tally_capacity;
    struct crossing *crossings; /* by column and latitude */
    size_t crossing_count, crossing_capacity;
    bool has_borders; /* the crossings are all there are */
    bool is_whole;    /* no border parts the box: one answer serves all of it */
    bool is_lost;     /* no memory */
};

static double width_of(ovf_box box)
{
    double width_deg = box.east_deg - box.west_deg;
    return width_deg < 0.0 ? width_deg + 360.0 : width_deg;
}

static struct tally *tally_of(struct splitter *s, uint32_t unit)
{
    for (size_t i = 0; i < s->tally_count; i++)
        if (s->tallies[i].unit == unit)
            return &s->tallies[i];
    void *items = s->tallies;
    if (!ovf_arena_grow(s->arena, &items, s->tally_count, &s->tally_capacity, sizeof *s->tallies)) {
        s->is_lost = true;
        return NULL;
    }
    s->tallies = items;
    s->tallies[s->tally_count] = (struct tally){.unit = unit};
    return &s->tallies[s->tally_count++];
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
                struct tally *tally = tally_of(s, units[i] & WORLD_CELL_UNIT);
                if (tally == NULL)
                    return;
                if (!tally->is_candidate) {
                    tally->south = row;
                    tally->west = tally->east = column;
                    tally->is_candidate = true;
                }
                tally->north = row;
                tally->west = column < tally->west ? column : tally->west;
                tally->east = column > tally->east ? column : tally->east;
            }
        }
}

/* ---- borders within the box ---- */

/* An edge, in degrees from the middle of the box's longitudes. */
struct edge {
    double ax, ay, bx, by;
};

/* Does the edge come into the box? Surely not, if false. */
static bool meets_box(const struct splitter *s, const struct edge *e)
{
    double half_deg = s->width_deg / 2.0 + BORDER_SLACK_DEG;
    double south_deg = s->box.south_deg - BORDER_SLACK_DEG;
    double north_deg = s->box.north_deg + BORDER_SLACK_DEG;
    if (fmin(e->ay, e->by) > north_deg || fmax(e->ay, e->by) < south_deg
        || fmin(e->ax, e->bx) > half_deg || fmax(e->ax, e->bx) < -half_deg)
        return false;
    double dx = e->bx - e->ax, dy = e->by - e->ay;
    double room = BORDER_SLACK_DEG * (fabs(dx) + fabs(dy));
    double corners[4] = {dx * (south_deg - e->ay) - dy * (-half_deg - e->ax),
                         dx * (south_deg - e->ay) - dy * (half_deg - e->ax),
                         dx * (north_deg - e->ay) - dy * (-half_deg - e->ax),
                         dx * (north_deg - e->ay) - dy * (half_deg - e->ax)};
    bool is_left = true, is_right = true; /* all of the box is on one side of the edge's line */
    for (int i = 0; i < 4; i++) {
        is_left &= corners[i] > room;
        is_right &= corners[i] < -room;
    }
    return !is_left && !is_right;
}

static void add_crossing(struct splitter *s, int column, double lat_deg, int row)
{
    if (lat_deg < row - BORDER_SLACK_DEG || lat_deg > row + 1 + BORDER_SLACK_DEG)
        return; /* another cell's, which has the edge too */
    void *items = s->crossings;
    if (!ovf_arena_grow(s->arena, &items, s->crossing_count, &s->crossing_capacity,
                        sizeof *s->crossings)) {
        s->is_lost = true;
        return;
    }
    s->crossings = items;
    s->crossings[s->crossing_count++] = (struct crossing){column, lat_deg};
}

/* Where the edge crosses those columns of the grid that lie in the cell. */
static void cross_columns(struct splitter *s, const struct edge *e, int row, int cell_column)
{
    double step_deg = s->width_deg / GRID;
    double low = fmin(e->ax, e->bx) - BORDER_SLACK_DEG, high = fmax(e->ax, e->bx);
    double first = ceil((low + s->width_deg / 2.0) / step_deg - 0.5 - BORDER_SLACK_DEG);
    for (int k = first < 0.0 ? 0 : (int)fmin(first, GRID); k < GRID; k++) {
        double x = step_deg * (k + 0.5) - s->width_deg / 2.0;
        if (x > high + BORDER_SLACK_DEG)
            break;
        if ((int)floor(s->box.west_deg + s->width_deg * (k + 0.5) / GRID) != cell_column)
            continue;
        double along = fabs(e->bx - e->ax) > BORDER_SLACK_DEG ? (x - e->ax) / (e->bx - e->ax) : 0.0;
        along = along < 0.0 ? 0.0 : along > 1.0 ? 1.0 : along;
        add_crossing(s, k, e->ay + along * (e->by - e->ay), row);
        if (fabs(e->bx - e->ax) <= BORDER_SLACK_DEG)
            add_crossing(s, k, e->by, row);
    }
}

static double wrap_near(double x)
{
    return x >= 180.0 ? x - 360.0 : x < -180.0 ? x + 360.0 : x;
}

/* Takes the borders of one chunk; whether one of them comes into the box. */
static bool take_chunk(struct splitter *s, const struct world_chunk_item *chunk, int row,
                       int cell_column)
{
    size_t total = 0;
    const ovf_fixed *vertices = world_items(s->world, WORLD_VERTICES, &total);
    double middle_deg = ovf_lon_wrap(s->box.west_deg + s->width_deg / 2.0);
    bool is_met = false;
    ovf_fixed a = vertices[chunk->vertex];
    for (uint32_t i = 1; i <= chunk->edges && !s->is_lost; i++) {
        ovf_fixed b = vertices[i == chunk->edges ? chunk->last : chunk->vertex + i];
        struct edge e = {.ax = wrap_near(a.lon_e7 * 1e-7 - middle_deg),
                         .ay = a.lat_e7 * 1e-7,
                         .by = b.lat_e7 * 1e-7};
        e.bx = e.ax + wrap_near(((double)b.lon_e7 - a.lon_e7) * 1e-7);
        a = b;
        if (!meets_box(s, &e))
            continue;
        is_met = true;
        cross_columns(s, &e, row, cell_column);
    }
    struct tally *tally = is_met ? tally_of(s, chunk->unit) : NULL;
    if (tally != NULL)
        tally->has_border = true;
    return is_met;
}

static int by_column(const void *a, const void *b)
{
    const struct crossing *x = a;
    const struct crossing *y = b;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return x->lat_deg < y->lat_deg ? -1 : x->lat_deg > y->lat_deg;
}

/* All borders in the box, out of the chunks that its cells know. */
static void scan_borders(struct splitter *s)
{
    size_t total = 0;
    const uint32_t *first = world_items(s->world, WORLD_CELL_CHUNK_FIRST, &total);
    const uint32_t *list = world_items(s->world, WORLD_CELL_CHUNKS, &total);
    const struct world_chunk_item *chunks = world_items(s->world, WORLD_CHUNKS, &total);
    int south = (int)floor(s->box.south_deg), north = (int)floor(s->box.north_deg);
    int west = (int)floor(s->box.west_deg), east = (int)floor(s->box.west_deg + s->width_deg);
    bool is_met = false;
    for (int row = south; row <= north && row < 90; row++)
        for (int column = west; column <= east; column++) {
            uint32_t cell = (uint32_t)((row + 90) * 360 + (column + 180 + 720) % 360);
            for (uint32_t i = first[cell]; i < first[cell + 1] && !s->is_lost; i++)
                is_met |= take_chunk(s, &chunks[list[i]], row, column);
        }
    s->is_whole = !is_met;
    s->has_borders = true;
    if (s->crossing_count > 1)
        qsort(s->crossings, s->crossing_count, sizeof *s->crossings, by_column);
}

/* ---- counting ---- */

static struct tally *count_air(struct splitter *s, uint32_t unit, ovf_point p, double weight)
{
    struct tally *tally = tally_of(s, unit);
    if (tally == NULL)
        return NULL;
    tally->weight += weight;
    if (tally->is_clear || tally->tries == INSIDE_TRIES)
        return tally;
    bool is_doubtful = ovf_world_whose(s->world, p).is_doubtful;
    if (tally->tries == 0 || !is_doubtful)
        tally->inside = p;
    tally->is_clear = !is_doubtful;
    tally->tries++;
    return tally;
}

static void count_point(struct splitter *s, ovf_point p, double weight)
{
    struct world_air air = world_air_at(s->world, p);
    count_air(s, world_air_slot(&air), p, weight);
}

static bool is_within(const ovf_stretch *stretches, size_t count, double at_m)
{
    for (size_t i = 0; i < count; i++)
        if (stretches[i].certainty == OVF_TRI_YES && stretches[i].from_m <= at_m
            && at_m <= stretches[i].until_m)
            return true;
    return false;
}

/* The grid's points up a column: a meridian is a geodesic, and every one rises alike. */
struct column {
    double at_m[GRID];
    double lat_deg[GRID];
    double weight[GRID];
};

static void rise(const ovf_leg *leg, double shift, struct column *out)
{
    for (int i = 0; i < GRID; i++) {
        out->at_m[i] = leg->length_m * (i + shift) / GRID;
        out->lat_deg[i] = ovf_leg_at(leg, out->at_m[i]).lat_deg;
        out->weight[i] = cos(out->lat_deg[i] * WORLD_RAD);
    }
}

/* A column's points within the area; whether the answer is complete. *at: into the crossings, from
 * the first one of this column on. */
static bool count_column(struct splitter *s, const struct column *column, int k,
                         const ovf_stretch *stretches, size_t count, size_t *at)
{
    double lon_deg = ovf_lon_wrap(s->box.west_deg + s->width_deg * (k + 0.5) / GRID);
    uint32_t unit = OVF_INDEX_NONE;
    double known_deg = (double)NAN; /* where `unit` was asked for last */
    while (*at < s->crossing_count && s->crossings[*at].column < k)
        (*at)++;
    for (int i = 0; i < GRID && !s->is_lost; i++) {
        if (!is_within(stretches, count, column->at_m[i]))
            continue;
        ovf_point p = {column->lat_deg[i], lon_deg};
        bool is_parted =
            !s->has_borders || isnan(known_deg) || floor(known_deg) != floor(p.lat_deg);
        while (*at < s->crossing_count && s->crossings[*at].column == k
               && s->crossings[*at].lat_deg < known_deg - BORDER_SLACK_DEG)
            (*at)++;
        is_parted |= *at < s->crossing_count && s->crossings[*at].column == k
                     && s->crossings[*at].lat_deg <= p.lat_deg + BORDER_SLACK_DEG;
        if (is_parted) {
            struct world_air air = world_air_at(s->world, p);
            unit = world_air_slot(&air);
        }
        known_deg = p.lat_deg;
        const struct tally *tally = count_air(s, unit, p, column->weight[i]);
        if (tally != NULL && s->is_whole && (tally->is_clear || tally->tries == INSIDE_TRIES))
            return true;
    }
    return false;
}

/* Column by column: one crossing of the area serves a column. */
static ovf_status count_grid(struct splitter *s)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_status status = OVF_OK;
    struct column columns[2]; /* staggered: borders along parallels */
    bool is_done = false;
    size_t at = 0;
    for (int k = 0; k < GRID && status == OVF_OK && !is_done && !s->is_lost; k++) {
        double lon_deg = ovf_lon_wrap(s->box.west_deg + s->width_deg * (k + 0.5) / GRID);
        ovf_leg leg;
        ovf_leg_init(&leg, (ovf_point){s->box.south_deg, lon_deg},
                     (ovf_point){s->box.north_deg, lon_deg});
        if (k < 2)
            rise(&leg, k * 0.5 + 0.25, &columns[k]);
        ovf_stretch *stretches = NULL;
        size_t count = 0;
        status = ovf_area_cross(s->area, &leg, &arena, &stretches, &count);
        if (status == OVF_OK && count > 0)
            is_done = count_column(s, &columns[k % 2], k, stretches, count, &at);
        ovf_arena_reset(&arena);
    }
    ovf_arena_done(&arena);
    return s->is_lost ? OVF_E_NOMEM : status;
}

/* A unit that no point fell into: looked for on a grid over the cells that know it. */
static void count_missed(struct splitter *s, const struct tally *missed)
{
    uint32_t unit = missed->unit;
    double south_deg = fmax(missed->south, s->box.south_deg);
    double north_deg = fmin(missed->north + 1, s->box.north_deg);
    double west_deg = fmax(missed->west, s->box.west_deg);
    double width_deg = fmin(missed->east + 1, s->box.west_deg + s->width_deg) - west_deg;
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

/* Without a border in the box a unit holds all of it or nothing. */
static bool may_be_in_box(const struct splitter *s, const struct tally *tally)
{
    ovf_point middle = {(s->box.south_deg + s->box.north_deg) / 2.0,
                        ovf_lon_wrap(s->box.west_deg + s->width_deg / 2.0)};
    return !s->has_borders || tally->has_border || world_unit_holds(s->world, middle, tally->unit);
}

static int by_unit(const void *a, const void *b)
{
    const struct tally *x = a;
    const struct tally *y = b;
    return x->unit < y->unit ? -1 : x->unit > y->unit;
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
    if (s->tally_count > 0)
        qsort(s->tallies, s->tally_count, sizeof *s->tallies, by_unit);
    for (size_t i = 0; i < s->tally_count; i++)
        total += s->tallies[i].weight;
    ovf_piece *pieces = ovf_arena_array(arena, ovf_piece, s->tally_count + 1);
    if (pieces == NULL)
        return OVF_E_NOMEM;
    size_t used = 0;
    for (size_t i = 0; i < s->tally_count; i++) {
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

static ovf_status split_box(struct splitter *s, double min_share, ovf_arena *arena, ovf_piece **out,
                            size_t *count)
{
    scan_cells(s);
    if (!s->is_whole && s->width_deg < WIDE_DEG)
        scan_borders(s);
    ovf_status status = s->is_lost ? OVF_E_NOMEM : count_grid(s);
    if (status != OVF_OK)
        return status;
    size_t known = s->tally_count;
    for (size_t i = 0; i < known && !s->is_whole; i++)
        if (s->tallies[i].is_candidate && s->tallies[i].weight <= 0.0
            && may_be_in_box(s, &s->tallies[i]))
            count_missed(s, &s->tallies[i]);
    bool has_any = false;
    for (size_t i = 0; i < s->tally_count; i++)
        has_any |= s->tallies[i].weight > 0.0;
    status = has_any ? OVF_OK : count_outline(s, s->arena);
    if (s->is_lost)
        return OVF_E_NOMEM;
    return status == OVF_OK ? give_pieces(s, min_share, arena, out, count) : status;
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
    ovf_arena scratch;
    ovf_arena_init(&scratch, 0);
    s.arena = &scratch;
    ovf_status status = split_box(&s, min_share, arena, out, count);
    ovf_arena_done(&scratch);
    return status;
}
