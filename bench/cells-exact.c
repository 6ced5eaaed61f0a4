/* SPDX-License-Identifier: Apache-2.0 */
/* Question: does the geodesic cell index ever give another verdict than the exact geometry, and
 * what does it cost near borders?
 *
 * X1: 100,000 points against the FIRs: half evenly over the sphere, half within 50 m of an edge
 * (edge, place, side and distance drawn, seed 5). X2: 100,000 points within 10 m of the rim of a
 * circle (seed 6). X3, poles and the like, is in tests/geo/test_cells.c.
 *
 * The reference shares nothing with the library but PROJ: the edges that cross the point's
 * meridian between it and the north pole are counted; where an edge passes within a degree, its
 * latitude on that meridian is found by bisection on PROJ's line to 1e-10 degrees. Of a circle it
 * is the sign of distance minus radius. The library's boundary is OVF_COINCIDENT_M broad and
 * belongs to the area; verdicts may differ there and, beyond it, within a millimetre. */
#include "firs.h"

#include <geodesic.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define NEAR_M 50.0
#define RIM_M 10.0
#define OPEN_M (OVF_COINCIDENT_M + 0.001)
#define EARTH_M 6371008.8

static struct geod_geodesic wgs84;

static void fail(const char *what)
{
    printf("FAILED: %s\n", what);
    exit(EXIT_FAILURE);
}

/* ---- the reference ---- */

/* Latitude of the geodesic from a to b on a meridian between them. */
static double lat_on_meridian(ovf_point a, ovf_point b, double lon_deg)
{
    struct geod_geodesicline line;
    geod_inverseline(&line, &wgs84, a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg,
                     GEOD_DISTANCE_IN | GEOD_LATITUDE | GEOD_LONGITUDE);
    double wanted = remainder(lon_deg - a.lon_deg, 360);
    bool is_west = remainder(b.lon_deg - a.lon_deg, 360) < 0;
    double low = 0, high = line.s13, lat = 0, lon = 0;
    for (int i = 0; i < 70 && high - low > 1e-7; i++) {
        double middle = (low + high) / 2;
        geod_position(&line, middle, &lat, &lon, NULL);
        double walked = remainder(lon - a.lon_deg, 360);
        if (is_west ? walked > wanted : walked < wanted)
            low = middle;
        else
            high = middle;
    }
    geod_position(&line, (low + high) / 2, &lat, &lon, NULL);
    return lat;
}

static bool ring_holds(const ovf_ring *ring, ovf_fixed at)
{
    bool is_odd = false;
    ovf_point p = ovf_fixed_point(at);
    for (uint32_t i = 0, k = ring->count - 1; i < ring->count; k = i++) {
        ovf_point a = ovf_fixed_point(ring->vertices[k]);
        ovf_point b = ovf_fixed_point(ring->vertices[i]);
        double from = remainder(a.lon_deg - p.lon_deg, 360);
        double step = remainder(b.lon_deg - a.lon_deg, 360);
        if ((from < 0) == (from + step < 0))
            continue;
        double high = fmax(a.lat_deg, b.lat_deg);
        double low = fmin(a.lat_deg, b.lat_deg);
        double bulge = fabs(step) > 60 ? 90 : step * step / 400 + 0.001;
        if (p.lat_deg > high + bulge)
            continue;
        if (p.lat_deg < low - bulge || lat_on_meridian(a, b, p.lon_deg) > p.lat_deg)
            is_odd = !is_odd;
    }
    return is_odd;
}

/* None of these outlines goes round a pole but along it: the pole itself counts as outside. */
static bool fir_holds(const bench_fir *fir, ovf_fixed p)
{
    for (uint32_t i = 0; i < fir->count; i++)
        if (ring_holds(&fir->rings[i], p))
            return true;
    return false;
}

/* ---- X1 ---- */

struct tally {
    size_t verdicts, in_boundary, wrong;
    double worst_m;
};

static void judge(struct tally *tally, bool said, bool wanted, const ovf_area *area, ovf_fixed p)
{
    tally->verdicts++;
    if (said == wanted)
        return;
    double off_m = ovf_area_border_distance_m(area, ovf_fixed_point(p));
    if (off_m <= OPEN_M && said) {
        tally->in_boundary++;
        return;
    }
    tally->worst_m = fmax(tally->worst_m, off_m);
    if (off_m <= 0.001)
        return;
    tally->wrong++;
    if (tally->wrong <= 10)
        printf("  WRONG at %.7f, %.7f: said %s, %.4f m from the border\n", p.lat_e7 / 1e7,
               p.lon_e7 / 1e7, said ? "inside" : "outside", off_m);
}

static bool holds(const ovf_cells_reader *reader, uint32_t set, uint32_t id)
{
    size_t count = 0;
    const uint32_t *ids = ovf_cells_set(reader, set, &count);
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}

static void draw_near_edges(const bench_firs *firs, ovf_fixed *points, size_t count)
{
    uint64_t state = 5;
    for (size_t i = 0; i < count; i++) {
        uint64_t edge = bench_next(&state) % (firs->vertices - 449);
        const ovf_ring *ring = NULL;
        for (uint32_t f = 0; ring == NULL && f < firs->count; f++)
            for (uint32_t r = 0; ring == NULL && r < firs->items[f].count; r++) {
                if (edge < firs->items[f].rings[r].count)
                    ring = &firs->items[f].rings[r];
                else
                    edge -= firs->items[f].rings[r].count;
            }
        if (ring == NULL)
            fail("no such edge");
        ovf_leg leg;
        ovf_leg_init(&leg, ovf_fixed_point(ring->vertices[edge]),
                     ovf_fixed_point(ring->vertices[(edge + 1) % ring->count]));
        ovf_point p = {0};
        double bearing_deg = 0;
        ovf_leg_at_bearing(&leg, leg.length_m * bench_u01(&state), &p, &bearing_deg);
        double side_deg = bench_u01(&state) < 0.5 ? -90 : 90;
        points[i] =
            ovf_point_fix(ovf_destination(p, bearing_deg + side_deg, NEAR_M * bench_u01(&state)));
    }
}

static void run_x1(const bench_firs *firs, size_t count)
{
    ovf_cells *cells = ovf_cells_new(OVF_CELLS_GEODESIC, 0);
    ovf_cells_view *view = NULL;
    for (uint32_t i = 0; i < firs->count; i++)
        if (ovf_cells_add(cells, i, firs->items[i].area, NULL) != OVF_OK)
            fail("no index");
    if (ovf_cells_publish(cells, &view) != OVF_OK)
        fail("no index");
    ovf_fixed *points = bench_points(count);
    uint32_t *ids = calloc(count, sizeof *ids);
    if (points == NULL || ids == NULL)
        fail("no memory");
    size_t half = count / 2;
    draw_near_edges(firs, points + half, count - half);
    for (int part = 0; part < 2; part++) {
        ovf_cells_reader *reader = NULL;
        if (ovf_cells_reader_new(view, OVF_CELLS_BEST, &reader) != OVF_OK)
            fail("no reader");
        size_t from = part == 0 ? 0 : half;
        size_t some = part == 0 ? half : count - half;
        double at = bench_now_ns();
        if (ovf_cells_at_many(reader, points + from, some, ids) != OVF_OK)
            fail("a set was lost");
        double ns = (bench_now_ns() - at) / (double)some;
        struct tally tally = {0};
        size_t unlike = 0;
        for (uint32_t f = 0; f < firs->count; f++) {
            ovf_box box = ovf_area_bounds(firs->items[f].area);
            for (size_t i = 0; i < some; i++) {
                bool said = holds(reader, ids[i], f);
                ovf_point p = ovf_fixed_point(points[from + i]);
                if (!said && !ovf_box_holds(box, p))
                    continue;
                judge(&tally, said, fir_holds(&firs->items[f], points[from + i]),
                      firs->items[f].area, points[from + i]);
                unlike += said != (ovf_area_contains(firs->items[f].area, p) == OVF_TRI_YES);
            }
        }
        ovf_cells_counts c = ovf_cells_reader_counts(reader);
        printf("X1 %s: %zu points, %zu verdicts, %zu wrong, %zu in the %.0f mm of a boundary, "
               "%zu unlike ovf_area_contains; %.1f ns a point, %.2f %% with an edge in the cell, "
               "%.3f %% asked of the area\n",
               part == 0 ? "anywhere" : "within 50 m of an edge", some, tally.verdicts, tally.wrong,
               tally.in_boundary, OVF_COINCIDENT_M * 1e3, unlike, ns,
               100.0 * (double)c.border / (double)c.points,
               100.0 * (double)c.exact / (double)c.points);
        if (tally.wrong > 0 || unlike > 0)
            fail("a wrong verdict");
        ovf_cells_reader_free(reader);
    }
    ovf_cells_view_free(view);
    ovf_cells_free(cells);
    free(points);
    free(ids);
}

/* ---- X2 ---- */

#define CIRCLES 1000

static void run_x2(size_t count)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_cells *cells = ovf_cells_new(OVF_CELLS_GEODESIC, 0);
    ovf_cells_view *view = NULL;
    ovf_cells_reader *reader = NULL;
    static ovf_point centres[CIRCLES];
    static double radii_m[CIRCLES];
    static const ovf_area *areas[CIRCLES];
    uint64_t state = 6;
    double at = bench_now_ns();
    for (uint32_t i = 0; i < CIRCLES; i++) {
        centres[i] = (ovf_point){asin(2 * bench_u01(&state) - 1) * 57.29577951308232,
                                 360 * bench_u01(&state) - 180};
        radii_m[i] = 1852 * exp(bench_u01(&state) * log(200));
        if (ovf_area_circle(&arena, centres[i], radii_m[i], &areas[i], NULL) != OVF_OK
            || ovf_cells_add(cells, i, areas[i], NULL) != OVF_OK)
            fail("no circle");
    }
    double add_us = (bench_now_ns() - at) / CIRCLES / 1e3;
    if (ovf_cells_publish(cells, &view) != OVF_OK
        || ovf_cells_reader_new(view, OVF_CELLS_BEST, &reader) != OVF_OK)
        fail("no reader");
    ovf_fixed *points = malloc(count * sizeof *points);
    uint32_t *circles = malloc(count * sizeof *circles);
    uint32_t *ids = calloc(count, sizeof *ids);
    if (points == NULL || circles == NULL || ids == NULL)
        fail("no memory");
    for (size_t i = 0; i < count; i++) {
        uint32_t c = (uint32_t)(bench_next(&state) % CIRCLES);
        double bearing_deg = 360 * bench_u01(&state);
        double away_m = radii_m[c] + RIM_M * (2 * bench_u01(&state) - 1);
        circles[i] = c;
        points[i] = ovf_point_fix(ovf_destination(centres[c], bearing_deg, away_m));
    }
    at = bench_now_ns();
    if (ovf_cells_at_many(reader, points, count, ids) != OVF_OK)
        fail("a set was lost");
    double ns = (bench_now_ns() - at) / (double)count;
    struct tally tally = {0};
    for (size_t i = 0; i < count; i++) {
        ovf_point c = centres[circles[i]];
        ovf_point p = ovf_fixed_point(points[i]);
        double away_m = 0;
        geod_inverse(&wgs84, c.lat_deg, c.lon_deg, p.lat_deg, p.lon_deg, &away_m, NULL, NULL);
        judge(&tally, holds(reader, ids[i], circles[i]), away_m <= radii_m[circles[i]],
              areas[circles[i]], points[i]);
    }
    ovf_cells_counts counts = ovf_cells_reader_counts(reader);
    printf("X2 within 10 m of a rim: %zu points, %zu wrong, %zu in the boundary; %.1f ns a point, "
           "%.2f %% asked of the area; a circle added in %.0f us\n",
           count, tally.wrong, tally.in_boundary, ns,
           100.0 * (double)counts.exact / (double)counts.points, add_us);
    if (tally.wrong > 0)
        fail("a wrong verdict");
    ovf_cells_reader_free(reader);
    ovf_cells_view_free(view);
    ovf_cells_free(cells);
    ovf_arena_done(&arena);
    free(points);
    free(circles);
    free(ids);
}

int main(int argc, char **argv)
{
    size_t count = argc > 1 ? (size_t)atol(argv[1]) : 100000;
    bench_firs firs;
    geod_init(&wgs84, 6378137.0, 1 / 298.257223563);
    if (count < 2)
        fail("no points");
    run_x2(count);
    if (!bench_firs_load(&firs, bench_firs_path())) {
        printf("SKIPPED: X1, for want of %s (OVF_BENCH_FIRS names another)\n", bench_firs_path());
        return 77;
    }
    bench_machine(count < 100000);
    run_x1(&firs, count);
    bench_firs_done(&firs);
    return EXIT_SUCCESS;
}
