/* SPDX-License-Identifier: Apache-2.0 */
/* Where the seas of two holders meet: tile by tile, the sea nearer to each holder's coast.
 *
 * A tile is a degree of latitude by a degree or more of longitude. Coasts within reach of it are
 * taken as points some 400 m apart; the Voronoi cells of the points, united by holder, part the
 * tile along the lines of equal distance (off by less than 400^2 / 8 d metres, d the distance from
 * the coasts: 20 m at 1 km). Land of others within the tile is cut off too. */
#include "world_internal.h"

#include <geos_c.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define REACH_DEG 0.26 /* 15 NM of latitude (the Caspian) and the length of a piece's half */
#define SITE_M 400.0
#define TILE_UNITS_MAX 16

struct site {
    double x_m, y_m;
    uint32_t slot; /* of the tile's holders */
};

struct tile {
    struct world_sea *sea;
    double south_deg, north_deg, west_deg, east_deg;
    ovf_point middle;
    uint32_t units[TILE_UNITS_MAX];
    bool has_coast[TILE_UNITS_MAX];
    uint32_t unit_count, coast_count;
    struct site *sites;
    size_t site_count, site_capacity;
    GEOSGeometry *nearest[TILE_UNITS_MAX]; /* in degrees, cut to the tile */
    GEOSGeometry *land[TILE_UNITS_MAX];    /* the same */
    ovf_arena arena;
};

/* ---- pieces by cell ---- */

static uint32_t cell_of(const struct world_piece *piece)
{
    double lat_deg = (piece->a.lat_deg + piece->b.lat_deg) / 2.0;
    double lon_deg =
        ovf_lon_wrap(piece->a.lon_deg + ovf_lon_wrap(piece->b.lon_deg - piece->a.lon_deg) / 2.0);
    int row = (int)floor(lat_deg) + 90;
    int column = (int)floor(lon_deg) + 180;
    row = row < 0 ? 0 : row > 179 ? 179 : row;
    column = column < 0 ? 0 : column > 359 ? 359 : column;
    return (uint32_t)(row * 360 + column);
}

/* Counting sort. */
static bool sort_pieces(struct world_sea *sea)
{
    const uint32_t cells = 180 * 360;
    uint32_t *first = ovf_arena_array(sea->arena, uint32_t, cells + 2);
    struct world_piece *sorted =
        ovf_arena_array(sea->arena, struct world_piece, sea->piece_count + 1);
    if (first == NULL || sorted == NULL)
        return false;
    for (size_t i = 0; i < sea->piece_count; i++)
        first[cell_of(&sea->pieces[i]) + 2]++;
    for (uint32_t c = 2; c <= cells + 1; c++)
        first[c] += first[c - 1];
    for (size_t i = 0; i < sea->piece_count; i++) {
        uint32_t *next = &first[cell_of(&sea->pieces[i]) + 1];
        sorted[*next] = sea->pieces[i];
        (*next)++;
    }
    sea->pieces = sorted;
    sea->cell_first = first;
    return true;
}

/* ---- what a tile sees ---- */

static uint32_t slot_of(struct tile *tile, uint32_t unit)
{
    for (uint32_t i = 0; i < tile->unit_count; i++)
        if (tile->units[i] == unit)
            return i;
    if (tile->unit_count == TILE_UNITS_MAX)
        return OVF_INDEX_NONE;
    tile->units[tile->unit_count] = unit;
    tile->has_coast[tile->unit_count] = false;
    tile->unit_count++;
    return tile->unit_count - 1;
}

static bool is_near(const struct tile *tile, ovf_point p, double reach_lon_deg)
{
    double dx = ovf_lon_wrap(p.lon_deg - tile->middle.lon_deg);
    double half = (tile->east_deg - tile->west_deg) / 2.0;
    return p.lat_deg > tile->south_deg - REACH_DEG && p.lat_deg < tile->north_deg + REACH_DEG
           && fabs(dx) < half + reach_lon_deg;
}

static double reach_lon(const struct tile *tile)
{
    double lat_deg = fmax(fabs(tile->south_deg), fabs(tile->north_deg)) + REACH_DEG;
    return lat_deg > 88.0 ? 180.0 : REACH_DEG / cos(lat_deg * WORLD_RAD);
}

static bool add_sites(struct tile *tile, const struct world_piece *piece, uint32_t slot)
{
    double ax = 0.0, ay = 0.0, bx = 0.0, by = 0.0;
    world_sea_project(tile->middle, piece->a, &ax, &ay);
    world_sea_project(tile->middle, piece->b, &bx, &by);
    uint32_t parts = (uint32_t)(hypot(bx - ax, by - ay) / SITE_M) + 1;
    for (uint32_t k = 0; k <= parts; k++) {
        void *sites = tile->sites;
        if (!ovf_arena_grow(&tile->arena, &sites, tile->site_count, &tile->site_capacity,
                            sizeof *tile->sites))
            return false;
        tile->sites = sites;
        double part = (double)k / parts;
        tile->sites[tile->site_count] =
            (struct site){round(ax + (bx - ax) * part), round(ay + (by - ay) * part), slot};
        tile->site_count++;
    }
    return true;
}

/* Runs over the pieces near the tile: first the holders, then (with_sites) their points. */
static bool scan_pieces(struct tile *tile, bool with_sites)
{
    const struct world_sea *sea = tile->sea;
    double reach_lon_deg = reach_lon(tile);
    int south = (int)floor(tile->south_deg - REACH_DEG) + 90;
    int north = (int)floor(tile->north_deg + REACH_DEG) + 90;
    int west = (int)floor(tile->west_deg - reach_lon_deg) + 180;
    int east = (int)floor(tile->east_deg + reach_lon_deg) + 180;
    if (east - west > 359)
        east = west + 359;
    for (int row = south < 0 ? 0 : south; row <= north && row < 180; row++)
        for (int column = west; column <= east; column++) {
            uint32_t cell = (uint32_t)(row * 360 + (column + 720) % 360);
            for (uint32_t i = sea->cell_first[cell]; i < sea->cell_first[cell + 1]; i++) {
                const struct world_piece *piece = &sea->pieces[i];
                if (!is_near(tile, piece->a, reach_lon_deg)
                    && !is_near(tile, piece->b, reach_lon_deg))
                    continue;
                bool is_coast = piece->unit[1] == OVF_INDEX_NONE;
                uint32_t slot = slot_of(tile, piece->unit[0]);
                uint32_t other = is_coast ? slot : slot_of(tile, piece->unit[1]);
                if (slot == OVF_INDEX_NONE || other == OVF_INDEX_NONE)
                    return false;
                if (is_coast && !tile->has_coast[slot]) {
                    tile->has_coast[slot] = true;
                    tile->coast_count++;
                }
                if (is_coast && with_sites && !add_sites(tile, piece, slot))
                    return false;
            }
        }
    return true;
}

/* ---- nearest coast ---- */

static int by_x(const void *a, const void *b)
{
    const struct site *p = a;
    const struct site *q = b;
    if (p->x_m != q->x_m)
        return p->x_m < q->x_m ? -1 : 1;
    return p->y_m < q->y_m ? -1 : p->y_m > q->y_m;
}

/* One site a place; a place on two coasts (the end of a land border) is nobody's. */
static void settle_sites(struct tile *tile)
{
    qsort(tile->sites, tile->site_count, sizeof *tile->sites, by_x);
    size_t kept = 0;
    for (size_t i = 0; i < tile->site_count;) {
        size_t k = i + 1;
        bool is_shared = false;
        while (k < tile->site_count && by_x(&tile->sites[i], &tile->sites[k]) == 0) {
            is_shared |= tile->sites[k].slot != tile->sites[i].slot;
            k++;
        }
        if (!is_shared)
            tile->sites[kept++] = tile->sites[i];
        i = k;
    }
    tile->site_count = kept;
}

static uint32_t nearest_slot(const struct tile *tile, double x_m, double y_m)
{
    size_t low = 0, high = tile->site_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (tile->sites[mid].x_m < x_m)
            low = mid + 1;
        else
            high = mid;
    }
    double best = HUGE_VAL;
    uint32_t slot = 0;
    for (size_t i = low; i < tile->site_count && tile->sites[i].x_m - x_m < best; i++) {
        double d = hypot(tile->sites[i].x_m - x_m, tile->sites[i].y_m - y_m);
        if (d < best) {
            best = d;
            slot = tile->sites[i].slot;
        }
    }
    for (size_t i = low; i > 0 && x_m - tile->sites[i - 1].x_m < best; i--) {
        double d = hypot(tile->sites[i - 1].x_m - x_m, tile->sites[i - 1].y_m - y_m);
        if (d < best) {
            best = d;
            slot = tile->sites[i - 1].slot;
        }
    }
    return slot;
}

static GEOSGeometry *all_sites(const struct tile *tile)
{
    GEOSContextHandle_t geos = tile->sea->geos;
    GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(geos, (unsigned)tile->site_count, 2);
    if (sequence == NULL)
        return NULL;
    for (size_t i = 0; i < tile->site_count; i++)
        GEOSCoordSeq_setXY_r(geos, sequence, (unsigned)i, tile->sites[i].x_m, tile->sites[i].y_m);
    return GEOSGeom_createLineString_r(geos, sequence);
}

/* The holder of a cell: of the point nearest to any place inside it; cells are convex. */
static uint32_t slot_of_cell(const struct tile *tile, const GEOSGeometry *cell)
{
    GEOSContextHandle_t geos = tile->sea->geos;
    const GEOSGeometry *ring = GEOSGetExteriorRing_r(geos, cell);
    const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(geos, ring);
    unsigned size = 0;
    if (sequence == NULL || GEOSCoordSeq_getSize_r(geos, sequence, &size) == 0 || size < 4)
        return OVF_INDEX_NONE;
    double sum_x = 0.0, sum_y = 0.0;
    for (unsigned i = 0; i + 1 < size; i++) {
        double x = 0.0, y = 0.0;
        GEOSCoordSeq_getXY_r(geos, sequence, i, &x, &y);
        sum_x += x;
        sum_y += y;
    }
    return nearest_slot(tile, sum_x / (size - 1), sum_y / (size - 1));
}

static GEOSGeometry *tile_box(const struct tile *tile, double west_deg, double east_deg)
{
    return GEOSGeom_createRectangle_r(tile->sea->geos, west_deg, tile->south_deg, east_deg,
                                      tile->north_deg);
}

/* Cells of one holder, united, in degrees, cut to the tile. */
static bool keep_nearest(struct tile *tile, uint32_t slot, struct world_geometries *cells)
{
    struct world_sea *sea = tile->sea;
    GEOSContextHandle_t geos = sea->geos;
    if (cells->count == 0)
        return true;
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, cells->items, (unsigned)cells->count);
    cells->count = 0;
    if (all == NULL)
        return false;
    GEOSGeometry *whole = GEOSCoverageUnion_r(geos, all);
    if (whole == NULL || GEOSisValid_r(geos, whole) != 1) { /* cells cut by the diagram's frame */
        GEOSGeom_destroy_r(geos, whole);
        whole = GEOSUnaryUnion_r(geos, all);
    }
    GEOSGeom_destroy_r(geos, all);
    GEOSGeometry *degrees =
        whole == NULL ? NULL : world_sea_unproject(sea, whole, tile->middle, tile->middle.lon_deg);
    GEOSGeom_destroy_r(geos, whole);
    GEOSGeometry *box = tile_box(tile, tile->west_deg, tile->east_deg);
    if (degrees != NULL && box != NULL)
        tile->nearest[slot] = GEOSIntersection_r(geos, degrees, box);
    GEOSGeom_destroy_r(geos, degrees);
    GEOSGeom_destroy_r(geos, box);
    return tile->nearest[slot] != NULL;
}

static bool part_tile(struct tile *tile)
{
    struct world_sea *sea = tile->sea;
    GEOSContextHandle_t geos = sea->geos;
    settle_sites(tile);
    if (tile->site_count < 2)
        return true;
    GEOSGeometry *sites = all_sites(tile);
    double far_m = 3e5; /* the frame: beyond every corner of a tile and its reach */
    GEOSGeometry *frame = GEOSGeom_createRectangle_r(geos, -far_m, -far_m, far_m, far_m);
    GEOSGeometry *diagram =
        sites == NULL || frame == NULL ? NULL : GEOSVoronoiDiagram_r(geos, sites, frame, 0.0, 0);
    GEOSGeom_destroy_r(geos, sites);
    GEOSGeom_destroy_r(geos, frame);
    if (diagram == NULL)
        return false;
    struct world_geometries cells[TILE_UNITS_MAX] = {0};
    bool is_fine = true;
    int count = GEOSGetNumGeometries_r(geos, diagram);
    for (int i = 0; i < count && is_fine; i++) {
        const GEOSGeometry *cell = GEOSGetGeometryN_r(geos, diagram, i);
        uint32_t slot = slot_of_cell(tile, cell);
        if (slot != OVF_INDEX_NONE)
            is_fine = world_geometries_add(sea, &cells[slot], GEOSGeom_clone_r(geos, cell));
    }
    GEOSGeom_destroy_r(geos, diagram);
    for (uint32_t slot = 0; slot < tile->unit_count; slot++) {
        if (is_fine)
            is_fine = keep_nearest(tile, slot, &cells[slot]);
        for (size_t i = 0; i < cells[slot].count; i++)
            GEOSGeom_destroy_r(geos, cells[slot].items[i]);
    }
    return is_fine;
}

/* ---- land and cuts ---- */

/* A whole number of turns that brings a longitude next to a unit's own meridian. */
static double turn_to(const struct tile *tile, uint32_t unit)
{
    double off_deg = tile->sea->units[unit].middle_deg - tile->middle.lon_deg;
    return 360.0 * round(off_deg / 360.0);
}

static int shift_x(double *x, double *y, void *userdata)
{
    OVF_UNUSED(y);
    *x += *(const double *)userdata;
    return 1;
}

static bool clip_land(struct tile *tile, uint32_t slot)
{
    struct world_sea *sea = tile->sea;
    GEOSContextHandle_t geos = sea->geos;
    const struct world_sea_unit *unit = &sea->units[tile->units[slot]];
    double turn_deg = turn_to(tile, tile->units[slot]);
    double west_deg = tile->west_deg + turn_deg;
    double east_deg = tile->east_deg + turn_deg;
    struct world_geometries parts = {0};
    for (size_t i = 0; i < unit->land.count; i++) {
        double xmin = 0.0, ymin = 0.0, xmax = 0.0, ymax = 0.0;
        GEOSGeom_getExtent_r(geos, unit->land.items[i], &xmin, &ymin, &xmax, &ymax);
        if (xmin > east_deg || xmax < west_deg || ymin > tile->north_deg || ymax < tile->south_deg)
            continue;
        GEOSGeometry *part = GEOSClipByRect_r(geos, unit->land.items[i], west_deg, tile->south_deg,
                                              east_deg, tile->north_deg);
        if (part != NULL && GEOSisValid_r(geos, part) != 1) {
            GEOSGeometry *valid = GEOSMakeValid_r(geos, part);
            GEOSGeom_destroy_r(geos, part);
            part = valid;
        }
        if (!world_geometries_add(sea, &parts, part))
            return false;
    }
    if (parts.count == 0)
        return true;
    GEOSGeometry *all = world_geometries_union(sea, &parts);
    double back_deg = -turn_deg;
    if (all != NULL)
        tile->land[slot] = GEOSGeom_transformXY_r(geos, all, shift_x, &back_deg);
    GEOSGeom_destroy_r(geos, all);
    return tile->land[slot] != NULL;
}

static bool add_cut(struct tile *tile, uint32_t unit, const GEOSGeometry *geometry)
{
    if (geometry == NULL)
        return true;
    double turn_deg = turn_to(tile, unit);
    return world_geometries_add(
        tile->sea, &tile->sea->units[unit].cuts,
        GEOSGeom_transformXY_r(tile->sea->geos, geometry, shift_x, &turn_deg));
}

static bool cut_tile(struct tile *tile)
{
    if (tile->coast_count > 1 && (!scan_pieces(tile, true) || !part_tile(tile)))
        return false;
    for (uint32_t slot = 0; slot < tile->unit_count; slot++)
        if (!clip_land(tile, slot))
            return false;
    for (uint32_t mine = 0; mine < tile->unit_count; mine++)
        for (uint32_t theirs = 0; tile->has_coast[mine] && theirs < tile->unit_count; theirs++)
            if (theirs != mine
                && (!add_cut(tile, tile->units[mine], tile->nearest[theirs])
                    || !add_cut(tile, tile->units[mine], tile->land[theirs])))
                return false;
    return true;
}

static ovf_status run_tile(struct world_sea *sea, int row, int column, int width, ovf_error *err)
{
    struct tile tile = {.sea = sea,
                        .south_deg = row - 90,
                        .north_deg = row - 89,
                        .west_deg = column - 180,
                        .east_deg = column - 180 + width};
    tile.middle = (ovf_point){row - 89.5, column - 180 + width / 2.0};
    bool is_fine = scan_pieces(&tile, false);
    if (is_fine && (tile.coast_count == 0 || tile.unit_count < 2))
        return OVF_OK;
    ovf_arena_init(&tile.arena, 0);
    if (is_fine)
        is_fine = cut_tile(&tile);
    for (uint32_t i = 0; i < TILE_UNITS_MAX; i++) {
        GEOSGeom_destroy_r(sea->geos, tile.nearest[i]);
        GEOSGeom_destroy_r(sea->geos, tile.land[i]);
    }
    ovf_arena_done(&tile.arena);
    return is_fine ? OVF_OK
                   : ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "median at %d, %d: %.70s", row - 90,
                              column - 180, sea->trouble);
}

ovf_status world_sea_cut(struct world_sea *sea, ovf_error *err)
{
    if (!sort_pieces(sea))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for coasts");
    for (int row = 0; row < 180; row++) {
        int lat_deg = row < 90 ? 90 - row : row - 89; /* of the edge nearer to its pole */
        int width = lat_deg <= 60 ? 1 : lat_deg <= 75 ? 2 : 4;
        for (int column = 0; column < 360; column += width) {
            ovf_status status = run_tile(sea, row, column, width, err);
            if (status != OVF_OK)
                return status;
        }
    }
    return OVF_OK;
}
