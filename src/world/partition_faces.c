/* SPDX-License-Identifier: Apache-2.0 */
/* What edges without a match enclose: they are laid out straight in longitude and latitude, with a
 * frame along the 180th meridian and the poles; GEOS cuts them at their crossings and makes the
 * faces; a point of each tells how many FIRs have it. */
#include "partition_internal.h"

#include <geos_c.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OFF_M 0.5 /* a geodesic as drawn leaves it by no more */
#define PIECE_MAX_M 250000.0
#define DEPTH_MAX 24
#define POINTS_MAX 5000000
#define CODES_MAX 8
#define ON_LIMIT_M 0.1 /* above OVF_COINCIDENT_M and what drawing leaves */
#define SAMPLES 256    /* vertices of a gap that are asked for their FIRs */

/* A face that no FIR has; `whole`: the one that it is part of, itself when it is whole. */
struct gap {
    double area_m2, largest_m2;
    ovf_point place;
    uint32_t firs[CODES_MAX];
    size_t fir_count;
    uint32_t whole;
};

struct cut {
    double south_deg, north_deg;
    bool is_east; /* on the frame's side at 180 E */
    uint32_t gap;
};

struct drawing {
    struct world_partition *p;
    GEOSContextHandle_t geos;
    ovf_arena scratch;
    GEOSGeometry **lines;
    size_t count, capacity;
    ovf_point *run; /* of the line at hand: longitudes may run past 180 */
    size_t run_count, run_capacity;
    size_t points;
    struct gap *gaps;
    size_t gap_count, gap_capacity;
    struct cut *cuts;
    size_t cut_count, cut_capacity;
    double *largest_m2; /* by finding of the band: its largest piece */
    bool failed;
    char trouble[96];
};

static void on_message(const char *message, void *userdata)
{
    struct drawing *d = userdata;
    snprintf(d->trouble, sizeof d->trouble, "%s", message);
}

/* ---- lines ---- */

static bool is_same(ovf_point a, ovf_point b)
{
    return a.lat_deg == b.lat_deg && a.lon_deg == b.lon_deg;
}

static void add_line(struct drawing *d, const ovf_point *points, size_t count)
{
    while (count > 2 && is_same(points[0], points[1])) {
        points++;
        count--;
    }
    while (count > 2 && is_same(points[count - 1], points[count - 2]))
        count--;
    if (count < 2 || d->failed || (count == 2 && is_same(points[0], points[1])))
        return;
    GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(d->geos, (unsigned)count, 2);
    for (size_t i = 0; sequence != NULL && i < count; i++)
        GEOSCoordSeq_setXY_r(d->geos, sequence, (unsigned)i, points[i].lon_deg, points[i].lat_deg);
    GEOSGeometry *line = sequence == NULL ? NULL : GEOSGeom_createLineString_r(d->geos, sequence);
    void *lines = d->lines;
    if (line == NULL
        || !ovf_arena_grow(&d->scratch, &lines, d->count, &d->capacity, sizeof *d->lines)) {
        if (line != NULL)
            GEOSGeom_destroy_r(d->geos, line);
        d->failed = true;
        return;
    }
    d->lines = lines;
    d->lines[d->count++] = line;
    d->points += count;
    d->failed |= d->points > POINTS_MAX;
}

static void add_point(struct drawing *d, ovf_point p)
{
    void *run = d->run;
    if (!ovf_arena_grow(&d->scratch, &run, d->run_count, &d->run_capacity, sizeof *d->run)) {
        d->failed = true;
        return;
    }
    d->run = run;
    d->run[d->run_count++] = p;
}

/* The run as lines; where it crosses the 180th meridian it is cut. The other points stay to the
 * last bit what they are, or lines that meet would not meet. */
static void flush_run(struct drawing *d)
{
    size_t first = 0;
    for (size_t i = 0; i + 1 < d->run_count && !d->failed; i++) {
        ovf_point a = d->run[i];
        ovf_point b = d->run[i + 1];
        if (fabs(b.lon_deg - a.lon_deg) <= 180.0)
            continue;
        double side_deg = a.lon_deg > 0.0 ? 180.0 : -180.0;
        double beyond_deg = b.lon_deg + 2.0 * side_deg;
        double share = (side_deg - a.lon_deg) / (beyond_deg - a.lon_deg);
        double lat_deg = a.lat_deg + (b.lat_deg - a.lat_deg) * share;
        d->run[i + 1] = (ovf_point){lat_deg, side_deg};
        add_line(d, d->run + first, i + 2 - first);
        d->run[i] = (ovf_point){lat_deg, -side_deg};
        d->run[i + 1] = b;
        first = i;
    }
    add_line(d, d->run + first, d->run_count - first);
    d->run_count = 0;
}

/* The points behind `from` until `until`, `until` itself included. */
static void lay_piece(struct drawing *d, const ovf_leg *leg, double from_m, ovf_point from,
                      double until_m, ovf_point until, int depth)
{
    double middle_m = (from_m + until_m) / 2.0;
    ovf_point middle = ovf_leg_at(leg, middle_m);
    ovf_point drawn = {
        (from.lat_deg + until.lat_deg) / 2.0,
        ovf_lon_wrap(from.lon_deg + ovf_lon_wrap(until.lon_deg - from.lon_deg) / 2.0)};
    bool is_long = until_m - from_m > PIECE_MAX_M;
    if (depth < DEPTH_MAX && (is_long || ovf_distance_m(middle, drawn) > OFF_M) && !d->failed) {
        lay_piece(d, leg, from_m, from, middle_m, middle, depth + 1);
        lay_piece(d, leg, middle_m, middle, until_m, until, depth + 1);
        return;
    }
    add_point(d, until);
}

static bool is_pole(ovf_point p)
{
    return fabs(p.lat_deg) == 90.0;
}

/* Along the meridian of p, which is none of the poles, to the pole. */
static void lay_to_pole(struct drawing *d, ovf_point p, double pole_deg)
{
    add_point(d, p);
    add_point(d, (ovf_point){pole_deg, p.lon_deg});
    flush_run(d);
}

static void lay_edge(struct drawing *d, const struct world_limit_edge *edge)
{
    ovf_point a = ovf_fixed_point(edge->a);
    ovf_point b = ovf_fixed_point(edge->b);
    if (is_pole(a) && is_pole(b))
        return; // from pole to pole: no FIR does that, and which meridian is not known
    if (is_pole(a) || is_pole(b)) {
        lay_to_pole(d, is_pole(a) ? b : a, is_pole(a) ? a.lat_deg : b.lat_deg);
        return;
    }
    bool is_opposite = ovf_lon_wrap(b.lon_deg - a.lon_deg) == -180.0;
    if (is_opposite && edge->kind == OVF_EDGE_GEODESIC) { // over the pole that is nearer
        double pole_deg = a.lat_deg + b.lat_deg >= 0.0 ? 90.0 : -90.0;
        lay_to_pole(d, a, pole_deg);
        lay_to_pole(d, b, pole_deg);
        return;
    }
    add_point(d, a);
    if (edge->kind == OVF_EDGE_PARALLEL) {
        add_point(d, b);
    } else {
        ovf_leg leg;
        ovf_leg_init(&leg, a, b);
        lay_piece(d, &leg, 0.0, a, leg.length_m, b, 0);
    }
    flush_run(d);
}

static void lay_frame(struct drawing *d)
{
    const ovf_point frame[] = {{-90, -180}, {-90, 180}, {90, 180}, {90, -180}, {-90, -180}};
    for (size_t i = 0; i + 1 < OVF_COUNTOF(frame); i++)
        add_line(d, frame + i, 2);
}

/* ---- faces ---- */

static double ring_m2(struct drawing *d, const GEOSGeometry *ring, ovf_point **points,
                      uint32_t *count)
{
    const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(d->geos, ring);
    unsigned size = 0;
    if (sequence == NULL || GEOSCoordSeq_getSize_r(d->geos, sequence, &size) == 0)
        return 0.0;
    *points = ovf_arena_array(&d->scratch, ovf_point, size + 1);
    if (*points == NULL) {
        d->failed = true;
        return 0.0;
    }
    for (unsigned i = 0; i < size; i++)
        GEOSCoordSeq_getXY_r(d->geos, sequence, i, &(*points)[i].lon_deg, &(*points)[i].lat_deg);
    *count = size;
    ovf_outline_ring item = {.points = *points, .count = size};
    return fabs(ovf_outline_area_m2(&(ovf_outline){.rings = &item, .count = 1}));
}

size_t world_partition_firs_at(const struct world_partition *p, ovf_point point, uint32_t *out,
                               size_t max)
{
    size_t count = 0;
    for (uint32_t i = 0; i < world_row_count(p->world) && count < max; i++)
        if (p->is_active[i]
            && ovf_area_contains(ovf_world_fir_area(p->world, &p->world->firs[i]), point)
                   == OVF_TRI_YES)
            out[count++] = i;
    return count;
}

/* The FIRs round a gap, by some of its vertices. */
static size_t firs_round(const struct world_partition *p, const ovf_point *points, uint32_t count,
                         uint32_t *out)
{
    size_t found = 0;
    uint32_t step = count / SAMPLES + 1;
    for (uint32_t i = 0; i < count && found < CODES_MAX; i += step) {
        uint32_t here[CODES_MAX];
        bool is_frame = fabs(points[i].lon_deg) == 180.0 || fabs(points[i].lat_deg) == 90.0;
        size_t here_count = is_frame ? 0 : world_partition_firs_at(p, points[i], here, CODES_MAX);
        for (size_t k = 0; k < here_count && found < CODES_MAX; k++) {
            bool is_known = false;
            for (size_t n = 0; n < found; n++)
                is_known |= out[n] == here[k];
            if (!is_known)
                out[found++] = here[k];
        }
    }
    return found;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a;
    const uint32_t *y = b;
    return *x < *y ? -1 : *x > *y;
}

static ovf_str codes_of(struct world_partition *p, uint32_t *firs, size_t count)
{
    char text[CODES_MAX * 8 + 1];
    size_t len = 0;
    qsort(firs, count, sizeof *firs, by_number);
    for (size_t i = 0; i < count; i++) {
        ovf_str code = ovf_str_sub(p->world->firs[firs[i]].code, 0, 7);
        len += (size_t)snprintf(text + len, sizeof text - len, "%s" OVF_FMT, i == 0 ? "" : " ",
                                OVF_ARG(code));
    }
    return ovf_arena_dup(p->arena, (ovf_str){text, len});
}

static bool names(ovf_str list, ovf_str code)
{
    ovf_str rest = list;
    ovf_str word;
    while (rest.len > 0 && ovf_str_field(&rest, ' ', &word))
        if (ovf_str_eq(word, code))
            return true;
    return false;
}

/* Do all of them say so, two by two? */
static bool is_declared(const struct world_partition *p, const uint32_t *firs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++) {
            const ovf_fir *x = &p->world->firs[firs[i]];
            const ovf_fir *y = &p->world->firs[firs[k]];
            if (!names(x->overlaps, y->code) && !names(y->overlaps, x->code))
                return false;
        }
    return true;
}

static ovf_partition_finding *finding_of(struct world_partition *p, ovf_partition_kind kind,
                                         ovf_str codes)
{
    for (size_t i = p->band_first; i < p->count; i++)
        if (p->findings[i].kind == kind && ovf_str_eq(p->findings[i].codes, codes))
            return &p->findings[i];
    void *items = p->findings;
    if (codes.ptr == NULL
        || !ovf_arena_grow(p->arena, &items, p->count, &p->capacity, sizeof *p->findings))
        return NULL;
    p->findings = items;
    p->findings[p->count] =
        (ovf_partition_finding){.kind = kind, .codes = codes, .lower = p->lower, .upper = p->upper};
    return &p->findings[p->count++];
}

static void add_piece(struct drawing *d, ovf_partition_kind kind, uint32_t *firs, size_t fir_count,
                      double area_m2, double largest_m2, ovf_point place, bool declared)
{
    struct world_partition *p = d->p;
    ovf_partition_finding *finding = finding_of(p, kind, codes_of(p, firs, fir_count));
    if (finding == NULL) {
        d->failed = true;
        return;
    }
    finding->is_declared = declared;
    finding->pieces++;
    finding->area_m2 += area_m2;
    double *largest = &d->largest_m2[finding - (p->findings + p->band_first)];
    if (largest_m2 > *largest) {
        *largest = largest_m2;
        finding->place = place;
    }
}

/* Stretches of a gap's ring on the frame's side at 180: what lies behind them is the same gap. */
static void note_cuts(struct drawing *d, const ovf_point *points, uint32_t count, uint32_t gap)
{
    for (uint32_t i = 0; i + 1 < count; i++) {
        if (fabs(points[i].lon_deg) != 180.0 || points[i].lon_deg != points[i + 1].lon_deg)
            continue;
        void *cuts = d->cuts;
        if (!ovf_arena_grow(&d->scratch, &cuts, d->cut_count, &d->cut_capacity, sizeof *d->cuts)) {
            d->failed = true;
            return;
        }
        d->cuts = cuts;
        d->cuts[d->cut_count++] =
            (struct cut){.south_deg = fmin(points[i].lat_deg, points[i + 1].lat_deg),
                         .north_deg = fmax(points[i].lat_deg, points[i + 1].lat_deg),
                         .is_east = points[i].lon_deg > 0.0,
                         .gap = gap};
    }
}

static void add_firs(struct gap *gap, const uint32_t *firs, size_t count)
{
    for (size_t i = 0; i < count && gap->fir_count < CODES_MAX; i++) {
        bool is_known = false;
        for (size_t k = 0; k < gap->fir_count; k++)
            is_known |= gap->firs[k] == firs[i];
        if (!is_known)
            gap->firs[gap->fir_count++] = firs[i];
    }
}

static void count_gap(struct drawing *d, const GEOSGeometry *face, ovf_point place)
{
    struct gap gap = {.place = place, .whole = (uint32_t)d->gap_count};
    ovf_point *points = NULL;
    uint32_t count = 0, firs[CODES_MAX];
    gap.area_m2 = ring_m2(d, GEOSGetExteriorRing_r(d->geos, face), &points, &count);
    note_cuts(d, points, count, gap.whole);
    add_firs(&gap, firs, firs_round(d->p, points, count, firs));
    for (int h = 0; h < GEOSGetNumInteriorRings_r(d->geos, face); h++) {
        gap.area_m2 -= ring_m2(d, GEOSGetInteriorRingN_r(d->geos, face, h), &points, &count);
        if (gap.fir_count < CODES_MAX)
            add_firs(&gap, firs, firs_round(d->p, points, count, firs));
    }
    gap.largest_m2 = gap.area_m2;
    void *gaps = d->gaps;
    if (!ovf_arena_grow(&d->scratch, &gaps, d->gap_count, &d->gap_capacity, sizeof gap)) {
        d->failed = true;
        return;
    }
    d->gaps = gaps;
    d->gaps[d->gap_count++] = gap;
}

static uint32_t whole_of(struct drawing *d, uint32_t gap)
{
    while (d->gaps[gap].whole != gap)
        gap = d->gaps[gap].whole;
    return gap;
}

/* Joins gaps that the 180th meridian parts, and adds them all. */
static void add_gaps(struct drawing *d)
{
    for (size_t i = 0; i < d->cut_count; i++)
        for (size_t k = 0; k < d->cut_count && d->cuts[i].is_east; k++) {
            const struct cut *east = &d->cuts[i];
            const struct cut *west = &d->cuts[k];
            if (west->is_east
                || fmin(east->north_deg, west->north_deg) <= fmax(east->south_deg, west->south_deg))
                continue;
            uint32_t to = whole_of(d, east->gap);
            uint32_t from = whole_of(d, west->gap);
            if (to == from)
                continue;
            struct gap *whole = &d->gaps[to];
            struct gap *part = &d->gaps[from];
            part->whole = to;
            whole->area_m2 += part->area_m2;
            add_firs(whole, part->firs, part->fir_count);
            if (part->largest_m2 > whole->largest_m2) {
                whole->largest_m2 = part->largest_m2;
                whole->place = part->place;
            }
        }
    for (uint32_t i = 0; i < d->gap_count; i++) {
        struct gap *gap = &d->gaps[i];
        if (gap->whole == i && gap->area_m2 > 0.0)
            add_piece(d, OVF_PARTITION_GAP, gap->firs, gap->fir_count, gap->area_m2,
                      gap->largest_m2, gap->place, false);
    }
}

/* Is p on a limit? Matched edges are not laid out: a face's point may lie on one by chance. */
static bool is_on_limit(const struct world_partition *p, ovf_point point, const uint32_t *firs,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ovf_area_border_distance_m(ovf_world_fir_area(p->world, &p->world->firs[firs[i]]),
                                       point)
            <= ON_LIMIT_M)
            return true;
    return false;
}

/* The FIRs over a face: at its point, or, should that lie on a limit, at one beside it. A face so
 * narrow that there is none is told by its point. */
static size_t firs_over(struct drawing *d, const GEOSGeometry *face, ovf_point *place,
                        uint32_t *firs)
{
    size_t count = world_partition_firs_at(d->p, *place, firs, CODES_MAX);
    if (count == 0 || !is_on_limit(d->p, *place, firs, count))
        return count;
    for (double off_m = 20000.0; off_m > 1.0; off_m /= 10.0)
        for (double bearing_deg = 17.0; bearing_deg < 360.0; bearing_deg += 72.0) {
            ovf_point beside = ovf_destination(*place, bearing_deg, off_m);
            uint32_t here[CODES_MAX];
            size_t here_count = world_partition_firs_at(d->p, beside, here, CODES_MAX);
            if (is_on_limit(d->p, beside, here, here_count))
                continue;
            GEOSGeometry *dot =
                GEOSGeom_createPointFromXY_r(d->geos, beside.lon_deg, beside.lat_deg);
            bool is_inside = dot != NULL && GEOSContains_r(d->geos, face, dot) == 1;
            GEOSGeom_destroy_r(d->geos, dot);
            if (!is_inside)
                continue;
            *place = beside;
            memcpy(firs, here, here_count * sizeof *firs);
            return here_count;
        }
    return count;
}

static void count_face(struct drawing *d, const GEOSGeometry *face)
{
    GEOSGeometry *inside = GEOSPointOnSurface_r(d->geos, face);
    ovf_point place = {0};
    bool is_placed = inside != NULL && GEOSGeomGetX_r(d->geos, inside, &place.lon_deg) == 1
                     && GEOSGeomGetY_r(d->geos, inside, &place.lat_deg) == 1;
    if (inside != NULL)
        GEOSGeom_destroy_r(d->geos, inside);
    if (!is_placed)
        return; // a face without a surface
    uint32_t firs[CODES_MAX];
    size_t fir_count = firs_over(d, face, &place, firs);
    if (fir_count == 0)
        count_gap(d, face, place);
    if (fir_count < 2)
        return;
    ovf_point *points = NULL;
    uint32_t count = 0;
    double area_m2 = ring_m2(d, GEOSGetExteriorRing_r(d->geos, face), &points, &count);
    for (int h = 0; h < GEOSGetNumInteriorRings_r(d->geos, face); h++)
        area_m2 -= ring_m2(d, GEOSGetInteriorRingN_r(d->geos, face, h), &points, &count);
    if (area_m2 > 0.0)
        add_piece(d, OVF_PARTITION_OVERLAP, firs, fir_count, area_m2, area_m2, place,
                  is_declared(d->p, firs, fir_count));
}

static GEOSGeometry *make_faces(struct drawing *d)
{
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(d->geos, GEOS_GEOMETRYCOLLECTION, d->lines, (unsigned)d->count);
    d->count = 0; // the collection owns them, also when it failed
    GEOSGeometry *cut = all == NULL ? NULL : GEOSUnaryUnion_r(d->geos, all);
    if (all != NULL)
        GEOSGeom_destroy_r(d->geos, all);
    const GEOSGeometry *parts[] = {cut};
    GEOSGeometry *faces = cut == NULL ? NULL : GEOSPolygonize_r(d->geos, parts, 1);
    if (cut != NULL)
        GEOSGeom_destroy_r(d->geos, cut);
    return faces;
}

static ovf_status count_faces(struct drawing *d)
{
    GEOSGeometry *faces = d->failed ? NULL : make_faces(d);
    if (faces == NULL && d->points > POINTS_MAX)
        return ovf_fail(d->p->err, OVF_E_LIMIT, OVF_NOPOS, "more than %d points of limits",
                        POINTS_MAX);
    if (faces == NULL)
        return ovf_fail(d->p->err, d->failed ? OVF_E_NOMEM : OVF_E_INTERNAL, OVF_NOPOS,
                        "the FIRs' limits could not be laid out: %.60s", d->trouble);
    int count = GEOSGetNumGeometries_r(d->geos, faces);
    d->largest_m2 = ovf_arena_array(&d->scratch, double, (size_t)count + 1);
    d->failed |= d->largest_m2 == NULL;
    for (int i = 0; i < count && !d->failed; i++)
        count_face(d, GEOSGetGeometryN_r(d->geos, faces, i));
    if (!d->failed)
        add_gaps(d);
    GEOSGeom_destroy_r(d->geos, faces);
    return d->failed ? ovf_fail(d->p->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the limits")
                     : OVF_OK;
}

ovf_status world_partition_faces(struct world_partition *partition, const bool *is_unmatched)
{
    struct drawing d = {.p = partition, .geos = GEOS_init_r()};
    if (d.geos == NULL)
        return ovf_fail(partition->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for GEOS");
    ovf_arena_init(&d.scratch, (size_t)4 << 30);
    GEOSContext_setErrorMessageHandler_r(d.geos, on_message, &d);
    GEOSContext_setNoticeMessageHandler_r(d.geos, on_message, &d);
    lay_frame(&d);
    for (size_t i = 0; i < partition->edge_count && !d.failed; i++)
        if (is_unmatched[i])
            lay_edge(&d, &partition->edges[i]);
    ovf_status status = count_faces(&d);
    for (size_t i = 0; i < d.count; i++)
        GEOSGeom_destroy_r(d.geos, d.lines[i]);
    ovf_arena_done(&d.scratch);
    GEOS_finish_r(d.geos);
    return status;
}
