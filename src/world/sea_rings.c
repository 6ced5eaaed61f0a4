/* SPDX-License-Identifier: Apache-2.0 */
/* Rings of fixed positions out of a territory's geometry: the sea's edge is thinned, vertices of
 * the land stay as they are so that neighbours meet, slivers are dropped. */
#include "world_internal.h"

#include <geos_c.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define THIN_M 15.0
#define SLIVER_DEG2 5e-6 /* 0.06 km2 at the equator: below the smallest State (0.44 km2) */

static int by_place(const void *a, const void *b)
{
    const ovf_fixed *x = a;
    const ovf_fixed *y = b;
    if (x->lat_e7 != y->lat_e7)
        return x->lat_e7 < y->lat_e7 ? -1 : 1;
    return x->lon_e7 < y->lon_e7 ? -1 : x->lon_e7 > y->lon_e7;
}

static bool is_land_vertex(const struct world_land_vertices *land, ovf_fixed v)
{
    return bsearch(&v, land->items, land->count, sizeof v, by_place) != NULL;
}

/* Are all vertices strictly between i and j within THIN_M of the straight line? */
static bool is_straight(const ovf_fixed *line, uint32_t i, uint32_t j)
{
    double m_per_lat = 1.11e5 * 1e-7;
    double m_per_lon = m_per_lat * cos(line[i].lat_e7 * 1e-7 * WORLD_RAD);
    double bx = ovf_lon_wrap((line[j].lon_e7 - (double)line[i].lon_e7) * 1e-7) * 1e7 * m_per_lon;
    double by = (line[j].lat_e7 - (double)line[i].lat_e7) * m_per_lat;
    double length_m = hypot(bx, by);
    if (length_m > 2.0 * WORLD_SEA_EDGE_M)
        return false;
    for (uint32_t k = i + 1; k < j; k++) {
        double px =
            ovf_lon_wrap((line[k].lon_e7 - (double)line[i].lon_e7) * 1e-7) * 1e7 * m_per_lon;
        double py = (line[k].lat_e7 - (double)line[i].lat_e7) * m_per_lat;
        double off_m = length_m < 1.0 ? hypot(px, py) : fabs(px * by - py * bx) / length_m;
        if (off_m > THIN_M)
            return false;
    }
    return true;
}

/* Thins the sea's edge in place; vertices of the land stay. */
static uint32_t thin(const struct world_land_vertices *land, ovf_fixed *line, uint32_t count)
{
    uint32_t kept = 1;
    uint32_t from = 0;
    for (uint32_t i = 1; i < count; i++) {
        bool must_keep =
            i + 1 == count || is_land_vertex(land, line[i]) || !is_straight(line, from, i + 1);
        if (!must_keep)
            continue;
        from = i;
        line[kept++] = line[i]; /* kept <= i: what is_straight still reads lies ahead */
    }
    return kept;
}

static ovf_status take_ring(struct world_sea *sea, const GEOSGeometry *ring,
                            const struct world_land_vertices *land, struct world_ring_list *out,
                            ovf_error *err)
{
    GEOSContextHandle_t geos = sea->geos;
    const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(geos, ring);
    unsigned size = 0;
    if (sequence == NULL || GEOSCoordSeq_getSize_r(geos, sequence, &size) == 0 || size < 4)
        return OVF_OK;
    ovf_fixed *line = ovf_arena_array(sea->arena, ovf_fixed, size);
    if (line == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for seas");
    uint32_t count = 0;
    double twice_area_deg2 = 0.0;
    double last_x = 0.0, last_y = 0.0;
    for (unsigned i = 0; i < size; i++) {
        double x = 0.0, y = 0.0;
        GEOSCoordSeq_getXY_r(geos, sequence, i, &x, &y);
        if (i > 0)
            twice_area_deg2 += (x - last_x) * (y + last_y);
        last_x = x;
        last_y = y;
        ovf_fixed v = ovf_point_fix((ovf_point){y, ovf_lon_wrap(x)});
        if (count == 0 || by_place(&line[count - 1], &v) != 0)
            line[count++] = v;
    }
    if (fabs(twice_area_deg2) / 2.0 < SLIVER_DEG2)
        return OVF_OK;
    count = thin(land, line, count);
    while (count > 1 && by_place(&line[0], &line[count - 1]) == 0)
        count--;
    if (count < 3)
        return OVF_OK;
    void *items = out->items;
    if (!ovf_arena_grow(sea->build->arena, &items, out->count, &out->capacity, sizeof *out->items))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for seas");
    out->items = items;
    ovf_fixed *kept = ovf_arena_array(sea->build->arena, ovf_fixed, count);
    if (kept == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for seas");
    memcpy(kept, line, count * sizeof *kept);
    out->items[out->count] = (ovf_ring){.vertices = kept, .count = count};
    out->count++;
    return OVF_OK;
}

ovf_status world_sea_rings(struct world_sea *sea, const GEOSGeometry *geometry,
                           const struct world_land_vertices *land, struct world_ring_list *out,
                           ovf_error *err)
{
    GEOSContextHandle_t geos = sea->geos;
    int type = GEOSGeomTypeId_r(geos, geometry);
    ovf_status status = OVF_OK;
    if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        int count = GEOSGetNumGeometries_r(geos, geometry);
        for (int i = 0; i < count && status == OVF_OK; i++)
            status = world_sea_rings(sea, GEOSGetGeometryN_r(geos, geometry, i), land, out, err);
        return status;
    }
    if (type != GEOS_POLYGON || GEOSisEmpty_r(geos, geometry))
        return OVF_OK;
    status = take_ring(sea, GEOSGetExteriorRing_r(geos, geometry), land, out, err);
    int holes = GEOSGetNumInteriorRings_r(geos, geometry);
    for (int i = 0; i < holes && status == OVF_OK; i++)
        status = take_ring(sea, GEOSGetInteriorRingN_r(geos, geometry, i), land, out, err);
    return status;
}

ovf_status world_sea_land_vertices(struct world_sea *sea, const ovf_ring *rings,
                                   uint32_t ring_count, struct world_land_vertices *out,
                                   ovf_error *err)
{
    size_t total = 0;
    for (uint32_t r = 0; r < ring_count; r++)
        total += rings[r].count;
    out->items = ovf_arena_array(sea->arena, ovf_fixed, total + 1);
    if (out->items == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for seas");
    for (uint32_t r = 0; r < ring_count; r++) {
        memcpy(out->items + out->count, rings[r].vertices, rings[r].count * sizeof(ovf_fixed));
        out->count += rings[r].count;
    }
    qsort(out->items, out->count, sizeof(ovf_fixed), by_place);
    return OVF_OK;
}
