/* SPDX-License-Identifier: Apache-2.0 */
/* Areas to records: rows of vertices, whole 1e-7 degrees in the plane, metres from the centre of
 * the Earth for geodesics. Long edges are cut when they come, so that whoever meets them need not
 * ask how a geodesic bends: over 100 km it strays by less than a centimetre from the plane through
 * its ends and the plumb line half-way (e^2 s^3 / 24 R^2). */
#include "volumes_internal.h"

#include <stdlib.h>
#include <string.h>

#define CIRCLE_MAX_M 250000.0
#define PARALLEL_BOW_M 0.1 /* a parallel is cut until its geodesics are as near as this */
#define SHORT_E7 4000000   /* an edge of less in latitude and longitude needs no length */
#define VERTICES_MAX (1u << 22)

void vol_shape_done(struct vol_shape *s)
{
    free(s->x);
    free(s->y);
    free(s->px);
    free(s->py);
    free(s->pz);
    free(s->boxes);
    *s = (struct vol_shape){0};
}

static bool grown(void **items, uint32_t capacity, size_t size)
{
    void *more = realloc(*items, capacity * size);
    if (more != NULL)
        *items = more;
    return more != NULL;
}

static bool reserve(struct vol_shape *s, bool is_planar)
{
    if (s->count < s->capacity)
        return true;
    uint32_t capacity = s->capacity * 2 + 64;
    bool is_done = capacity <= VERTICES_MAX && grown((void **)&s->boxes, capacity, sizeof *s->boxes)
                   && (is_planar ? grown((void **)&s->x, capacity, sizeof *s->x)
                                       && grown((void **)&s->y, capacity, sizeof *s->y)
                                 : grown((void **)&s->px, capacity, sizeof *s->px)
                                       && grown((void **)&s->py, capacity, sizeof *s->py)
                                       && grown((void **)&s->pz, capacity, sizeof *s->pz));
    if (is_done)
        s->capacity = capacity;
    else
        s->status = capacity > VERTICES_MAX ? OVF_E_LIMIT : OVF_E_NOMEM;
    return is_done;
}

static void close_head(struct vol_shape *s, bool is_planar)
{
    struct vol_part *head = &s->head;
    uint32_t unit = is_planar ? 16 : 8; // whole lines
    head->count = s->count;
    head->stride = (s->count + unit - 1) / unit * unit;
    head->words = VOL_HEAD_WORDS + (is_planar ? 2 * head->stride : 6 * head->stride);
}

/* Cells that a box touches; a box over the 180th meridian has west > east. */
static uint64_t cells_of(const struct vol_box *b)
{
    uint32_t rows = vol_line_of(b->north) - vol_line_of(b->south) + 1;
    uint32_t west = vol_column(b->west);
    uint32_t east = vol_column(b->east);
    uint32_t columns = b->west > b->east ? VOL_COLUMNS - west + east + 1 : east - west + 1;
    return (uint64_t)rows * columns;
}

static bool is_large(const struct vol_shape *s)
{
    uint32_t rows = vol_line_of(s->head.box.north) - vol_line_of(s->head.box.south) + 1;
    uint64_t cells = cells_of(&s->head.box);
    if (s->count > VOL_RING_CORNERS)
        return s->count > VOL_RING_VERTICES || cells > VOL_RING_CELLS / 3;
    return cells > VOL_RING_CELLS && rows > VOL_RING_ROWS;
}

/* ---- planar ---- */

static bool add_planar(struct vol_shape *s, ovf_fixed v)
{
    if (!reserve(s, true))
        return false;
    s->x[s->count] = v.lon_e7;
    s->y[s->count] = v.lat_e7;
    uint32_t from = s->count == 0 ? 0 : s->count - 1;
    int32_t x = s->x[from];
    int32_t y = s->y[from];
    s->boxes[s->count++] = (struct vol_box){
        .west = x < v.lon_e7 ? x : v.lon_e7,
        .east = x < v.lon_e7 ? v.lon_e7 : x,
        .south = y < v.lat_e7 ? y : v.lat_e7,
        .north = y < v.lat_e7 ? v.lat_e7 : y,
    };
    return true;
}

ovf_status vol_shape_planar(struct vol_shape *s, const ovf_ring *ring, ovf_error *err)
{
    if (ring->count > OVF_RING_MAX_VERTICES)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "a ring of more than %d vertices",
                        OVF_RING_MAX_VERTICES);
    struct vol_box *box = &s->head.box;
    *box = (struct vol_box){
        .south = INT32_MAX, .west = INT32_MAX, .north = INT32_MIN, .east = INT32_MIN};
    for (uint32_t i = 0; i <= ring->count && ring->count > 0; i++) {
        ovf_fixed v = ring->vertices[i == ring->count ? 0 : i];
        if (v.lat_e7 > OVF_GEO_POLE_E7 || v.lat_e7 < -OVF_GEO_POLE_E7 || v.lon_e7 > OVF_GEO_HALF_E7
            || v.lon_e7 < -OVF_GEO_HALF_E7)
            return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS,
                            "a vertex that is no place on the globe");
        if (!add_planar(s, v))
            return ovf_fail(err, s->status, OVF_NOPOS, "no memory for a ring");
        box->west = v.lon_e7 < box->west ? v.lon_e7 : box->west;
        box->east = v.lon_e7 > box->east ? v.lon_e7 : box->east;
        box->south = v.lat_e7 < box->south ? v.lat_e7 : box->south;
        box->north = v.lat_e7 > box->north ? v.lat_e7 : box->north;
    }
    s->head.is_resolved = true;
    s->head.kind = VOL_RING;
    s->head.rings = 1;
    if (s->count > 0 && is_large(s))
        s->head.kind = VOL_EDGES;
    s->glance = vol_glance_of(s);
    close_head(s, true);
    return OVF_OK;
}

/* ---- geodesic ---- */

static bool add_vec(struct vol_shape *s, struct vol_vec v, const struct vol_box *box)
{
    if (!reserve(s, false))
        return false;
    s->px[s->count] = v.x;
    s->py[s->count] = v.y;
    s->pz[s->count] = v.z;
    s->boxes[s->count++] = *box;
    return true;
}

static bool add_vertex(struct vol_shape *s, ovf_point from, ovf_point to)
{
    ovf_fixed a = ovf_point_fix(from);
    ovf_fixed b = ovf_point_fix(to);
    struct vol_box box = {0};
    vol_box_of_leg(a.lat_e7, a.lon_e7, b.lat_e7, b.lon_e7, &box);
    return add_vec(s, vol_vec_of(to), &box);
}

static bool add_parallel(struct vol_shape *s, ovf_point a, double step_deg)
{
    double slope = fabs(tan(a.lat_deg * RAD));
    double length_m = sqrt(8 * OVF_GEO_SPHERE_M * PARALLEL_BOW_M / fmax(slope, 1e-3));
    double whole_m = fabs(step_deg) * RAD * OVF_GEO_SPHERE_M * cos(a.lat_deg * RAD);
    uint32_t parts = (uint32_t)ceil(whole_m / fmin(length_m, VOL_CUT_M)) + 1;
    ovf_point from = a;
    for (uint32_t i = 1; i <= parts; i++) {
        ovf_point to = {a.lat_deg, ovf_lon_wrap(a.lon_deg + step_deg * i / parts)};
        if (!add_vertex(s, from, to))
            return false;
        from = to;
    }
    s->head.doubt_m = fmax(s->head.doubt_m, PARALLEL_BOW_M + VOL_DOUBT_M);
    return true;
}

static bool add_edge(struct vol_shape *s, const struct ovf_geo_chain *chain, uint32_t i)
{
    ovf_fixed a = ovf_geo_chain_at(chain, i);
    ovf_fixed b = ovf_geo_chain_at(chain, i + 1);
    ovf_point pa = ovf_fixed_point(a);
    ovf_point pb = ovf_fixed_point(b);
    int64_t step = ovf_geo_chain_step_e7(chain, i);
    if (ovf_geo_chain_is_parallel(chain, i))
        return add_parallel(s, pa, (double)step / 1e7);
    if (llabs(step) < SHORT_E7 && llabs((int64_t)b.lat_e7 - a.lat_e7) < SHORT_E7)
        return add_vertex(s, pa, pb);
    ovf_leg leg;
    ovf_leg_init(&leg, pa, pb);
    uint32_t parts = (uint32_t)ceil(leg.length_m / VOL_CUT_M);
    ovf_point from = pa;
    for (uint32_t k = 1; k < parts; k++) {
        ovf_point to = ovf_leg_at(&leg, leg.length_m * k / parts);
        if (!add_vertex(s, from, to))
            return false;
        from = to;
    }
    return add_vertex(s, from, pb);
}

static bool add_chain(struct vol_shape *s, const struct ovf_geo_chain *chain)
{
    static const struct vol_box no_box = {.west = 1, .east = 0, .south = 1, .north = 0};
    if (s->count > 0
        && !add_vec(s, (struct vol_vec){(double)NAN, (double)NAN, (double)NAN}, &no_box))
        return false; // between two rings
    if (!add_vec(s, vol_vec_of_fixed(ovf_geo_chain_at(chain, 0)), &no_box))
        return false;
    for (uint32_t i = 0; i < chain->edge_count; i++)
        if (!add_edge(s, chain, i))
            return false;
    // The last place is the first one, to the last bit.
    uint32_t first = s->count - 1;
    while (first > 0 && !isnan(s->px[first - 1]))
        first--;
    s->px[s->count - 1] = s->px[first];
    s->py[s->count - 1] = s->py[first];
    s->pz[s->count - 1] = s->pz[first];
    return true;
}

static void patch_to_box(struct ovf_geo_patch patch, struct vol_box *box)
{
    int64_t south = (int64_t)patch.south_e7 - 2;
    int64_t north = (int64_t)patch.north_e7 + 2;
    box->south = (int32_t)(south < -OVF_GEO_POLE_E7 ? -OVF_GEO_POLE_E7 : south);
    box->north = (int32_t)(north > OVF_GEO_POLE_E7 ? OVF_GEO_POLE_E7 : north);
    int64_t west = (int64_t)patch.west_e7 - 2;
    int64_t east = west + patch.width_e7 + 4;
    if (east - west >= OVF_GEO_CIRCLE_E7) {
        west = -OVF_GEO_HALF_E7;
        east = OVF_GEO_HALF_E7;
    }
    box->west = (int32_t)(west < -OVF_GEO_HALF_E7 ? west + OVF_GEO_CIRCLE_E7 : west);
    box->east = (int32_t)(east > OVF_GEO_HALF_E7 ? east - OVF_GEO_CIRCLE_E7 : east);
}

static void shape_circle(struct vol_shape *s, const ovf_area *area)
{
    struct vol_part *head = &s->head;
    ovf_point centre = area->circle.centre;
    struct vol_vec c = vol_vec_of(centre);
    double sine = sin(centre.lat_deg * RAD);
    double e2 = 1 - VOL_B_OF_A * VOL_B_OF_A;
    double w = 1 - e2 * sine * sine;
    head->kind = VOL_CIRCLE;
    head->centre[0] = c.x;
    head->centre[1] = c.y;
    head->centre[2] = c.z;
    head->radius_m = area->circle.radius_m;
    // The mean of the curvatures along and across the meridian.
    head->curvature_m = 6378137.0 * VOL_B_OF_A / w;
    head->chord_m = 2 * head->curvature_m * sin(head->radius_m / 2 / head->curvature_m);
    // What the curvature in other directions makes of the chord, r^3 / 24 R^2 times twice 0.34 %.
    double r = head->radius_m / head->curvature_m;
    head->doubt_m = VOL_DOUBT_M + r * r * head->radius_m / 24 * 0.007;
}

/* A ring that reaches farther than this from where it begins is not looked at whole: which side of
 * it a piece begins on is told by what lies behind the piece, this side of the Earth's edge. */
#define WHOLE_MAX_M 2000000.0

static bool is_near_itself(const struct vol_shape *s)
{
    for (uint32_t i = 1; i < s->count; i++) {
        double x = s->px[i] - s->px[0];
        double y = s->py[i] - s->py[0];
        double z = s->pz[i] - s->pz[0];
        if (x * x + y * y + z * z > WHOLE_MAX_M * WHOLE_MAX_M)
            return false;
    }
    return true;
}

ovf_status vol_shape_area(struct vol_shape *s, const ovf_area *area, ovf_error *err)
{
    struct vol_part *head = &s->head;
    head->area = area;
    head->is_resolved = area->is_resolved;
    head->doubt_m = VOL_DOUBT_M;
    head->kind = VOL_SLOW;
    patch_to_box(area->patch, &head->box);
    if (area->kind == OVF_AREA_CIRCLE && area->circle.radius_m <= CIRCLE_MAX_M)
        shape_circle(s, area);
    if (area->kind == OVF_AREA_RINGS) {
        head->kind = VOL_RING;
        head->rings = (uint32_t)area->chains.count;
        for (size_t i = 0; i < area->chains.count; i++)
            if (!add_chain(s, &area->chains.items[i]))
                return ovf_fail(err, s->status, OVF_NOPOS, "no room for the edges of an area");
        if (is_large(s) || !is_near_itself(s))
            head->kind = VOL_EDGES;
    }
    close_head(s, false);
    return OVF_OK;
}
