/* SPDX-License-Identifier: Apache-2.0 */
/* Question: how many points a second does the cell index tell their FIRs, against GEOS with
 * prepared polygons and an STR tree, and are the answers the same?
 *
 * 437 FIRs (35,018 vertices) and random points, evenly over the sphere (seed 1). Planar: edges
 * straight in longitude and latitude, the boundary belongs to the area; hits are pairs of point
 * and FIR, sum is that of (FIR index + 1); both are known for three numbers of points, agreed on
 * by GEOS, tg and PostGIS, and a wrong one ends the run. Ours and GEOS take turns, run by run; of
 * GEOS a run is at most a million points. Geodesic: edges on WGS84, which GEOS cannot do; PostGIS'
 * geography finds 22,607 and 4,313,494 for the first 20,000 points. */
#include "firs.h"

#include <geos_c.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__x86_64__)
#include <x86intrin.h>
#endif

#define RUNS 7
#define GEOS_POINTS 1000000

struct tally {
    uint64_t hits, sum;
};

static const struct known {
    size_t points;
    struct tally planar;
} known[] = {
    {20000, {22614, 4316000}},
    {1000000, {1131456, 218837785}},
    {10000000, {11314408, 2188540262}},
};

static void fail(const char *what)
{
    printf("FAILED: %s\n", what);
    exit(EXIT_FAILURE);
}

static int is_wrong(size_t points, struct tally got)
{
    for (size_t i = 0; i < OVF_COUNTOF(known); i++)
        if (known[i].points == points)
            return known[i].planar.hits != got.hits || known[i].planar.sum != got.sum;
    return 0;
}

static double median(double *times, size_t count)
{
    qsort(times, count, sizeof *times, bench_by_size);
    return times[count / 2];
}

/* ---- ours ---- */

static ovf_cells *build(const bench_firs *firs, ovf_cells_meaning meaning)
{
    ovf_cells *cells = ovf_cells_new(meaning, 0);
    if (cells == NULL)
        fail("no memory");
    for (uint32_t i = 0; i < firs->count; i++) {
        const bench_fir *fir = &firs->items[i];
        ovf_status status = meaning == OVF_CELLS_PLANAR
                                ? ovf_cells_add_planar(cells, i, fir->rings, fir->count, NULL)
                                : ovf_cells_add(cells, i, fir->area, NULL);
        if (status != OVF_OK)
            fail(ovf_status_name(status));
    }
    return cells;
}

/* What a set of FIRs counts for is worked out once a set. */
static struct tally tally_of(const ovf_cells_reader *reader, const uint32_t *ids, size_t count)
{
    uint32_t sets = ovf_cells_set_count(reader);
    struct tally *worth = calloc(sets, sizeof *worth);
    struct tally all = {0};
    if (worth == NULL)
        fail("no memory");
    for (uint32_t set = 0; set < sets; set++) {
        size_t members = 0;
        const uint32_t *areas = ovf_cells_set(reader, set, &members);
        worth[set].hits = members;
        for (size_t k = 0; k < members; k++)
            worth[set].sum += areas[k] + 1;
    }
    for (size_t i = 0; i < count; i++) {
        all.hits += worth[ids[i]].hits;
        all.sum += worth[ids[i]].sum;
    }
    free(worth);
    return all;
}

static double ask_all(ovf_cells_reader *reader, const ovf_fixed *points, size_t count,
                      uint32_t *ids)
{
    double at = bench_now_ns();
    if (ovf_cells_at_many(reader, points, count, ids) != OVF_OK)
        fail("a set was lost");
    return bench_now_ns() - at;
}

/* ---- GEOS ---- */

struct peer {
    GEOSContextHandle_t geos;
    GEOSGeometry **firs;
    const GEOSPreparedGeometry **prepared;
    GEOSSTRtree *tree;
    size_t *numbers;
    uint32_t count;
    const GEOSGeometry *point;
    struct tally found;
};

static GEOSGeometry *polygon_of(GEOSContextHandle_t geos, const ovf_ring *ring)
{
    GEOSCoordSequence *line = GEOSCoordSeq_create_r(geos, ring->count + 1, 2);
    for (uint32_t i = 0; i <= ring->count; i++) {
        ovf_fixed v = ring->vertices[i == ring->count ? 0 : i];
        GEOSCoordSeq_setXY_r(geos, line, i, v.lon_e7 / 1e7, v.lat_e7 / 1e7);
    }
    return GEOSGeom_createPolygon_r(geos, GEOSGeom_createLinearRing_r(geos, line), NULL, 0);
}

static void peer_init(struct peer *peer, const bench_firs *firs)
{
    peer->geos = GEOS_init_r();
    peer->count = firs->count;
    peer->firs = calloc(firs->count, sizeof(*peer->firs));
    peer->prepared = calloc(firs->count, sizeof(*peer->prepared));
    peer->numbers = calloc(firs->count, sizeof *peer->numbers);
    peer->tree = GEOSSTRtree_create_r(peer->geos, 10);
    if (peer->firs == NULL || peer->prepared == NULL || peer->numbers == NULL)
        fail("no memory");
    for (uint32_t i = 0; i < firs->count; i++) {
        const bench_fir *fir = &firs->items[i];
        GEOSGeometry *parts[64];
        if (fir->count > OVF_COUNTOF(parts))
            fail("too many parts");
        for (uint32_t k = 0; k < fir->count; k++)
            parts[k] = polygon_of(peer->geos, &fir->rings[k]);
        peer->firs[i] = fir->count == 1 ? parts[0]
                                        : GEOSGeom_createCollection_r(peer->geos, GEOS_MULTIPOLYGON,
                                                                      parts, fir->count);
        peer->prepared[i] = GEOSPrepare_r(peer->geos, peer->firs[i]);
        peer->numbers[i] = i;
        GEOSSTRtree_insert_r(peer->geos, peer->tree, peer->firs[i], &peer->numbers[i]);
    }
}

static void peer_done(struct peer *peer)
{
    for (uint32_t i = 0; i < peer->count; i++) {
        GEOSPreparedGeom_destroy_r(peer->geos, peer->prepared[i]);
        GEOSGeom_destroy_r(peer->geos, peer->firs[i]);
    }
    GEOSSTRtree_destroy_r(peer->geos, peer->tree);
    GEOS_finish_r(peer->geos);
    free(peer->firs);
    free(peer->prepared);
    free(peer->numbers);
}

static void peer_meets(void *item, void *userdata)
{
    struct peer *peer = userdata;
    size_t i = *(const size_t *)item;
    if (GEOSPreparedIntersects_r(peer->geos, peer->prepared[i], peer->point) == 1) {
        peer->found.hits++;
        peer->found.sum += i + 1;
    }
}

static double peer_ask(struct peer *peer, const ovf_fixed *points, size_t count)
{
    peer->found = (struct tally){0};
    double at = bench_now_ns();
    for (size_t i = 0; i < count; i++) {
        GEOSGeometry *p = GEOSGeom_createPointFromXY_r(peer->geos, points[i].lon_e7 / 1e7,
                                                       points[i].lat_e7 / 1e7);
        peer->point = p;
        GEOSSTRtree_query_r(peer->geos, peer->tree, p, peer_meets, peer);
        GEOSGeom_destroy_r(peer->geos, p);
    }
    return bench_now_ns() - at;
}

/* ---- single lookups and changes ---- */

static double ticks_now(void)
{
#if defined(__x86_64__)
    unsigned aux = 0;
    return (double)__rdtscp(&aux);
#else
    return bench_now_ns();
#endif
}

static double ns_a_tick(void)
{
    double at = bench_now_ns();
    double ticks = ticks_now();
    while (bench_now_ns() - at < 2e7) {
    }
    return (bench_now_ns() - at) / (ticks_now() - ticks);
}

static void alone(ovf_cells_reader *reader, const ovf_fixed *points, size_t count)
{
    double *times = malloc(count * sizeof *times);
    if (times == NULL)
        fail("no memory");
    double scale = ns_a_tick();
    double least = 1e9;
    for (int i = 0; i < 1000; i++) {
        double at = ticks_now();
        double took = ticks_now() - at;
        least = took < least ? took : least;
    }
    volatile uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        double at = ticks_now();
        last = ovf_cells_at(reader, points[i]);
        times[i] = (ticks_now() - at - least) * scale;
    }
    OVF_UNUSED(last);
    qsort(times, count, sizeof *times, bench_by_size);
    double at = bench_now_ns();
    uint32_t sum = 0;
    for (size_t i = 0; i < count; i++) // each waits for the one before
        sum = ovf_cells_at(reader, points[(i + (sum & 1)) % count]);
    printf("  one lookup: p50 %.1f ns, p95 %.1f ns, p99 %.1f ns (clock's own time taken off); "
           "one after the other %.1f ns\n",
           times[count / 2], times[count * 95 / 100], times[count * 99 / 100],
           (bench_now_ns() - at) / (double)count);
    free(times);
}

static void changes(ovf_cells *cells, const bench_firs *firs, ovf_cells_meaning meaning)
{
    double *away = malloc(firs->count * sizeof *away);
    double *back = malloc(firs->count * sizeof *back);
    if (away == NULL || back == NULL)
        fail("no memory");
    for (uint32_t i = 0; i < firs->count; i++) {
        const bench_fir *fir = &firs->items[i];
        double at = bench_now_ns();
        ovf_status status = ovf_cells_withdraw(cells, i, NULL);
        away[i] = bench_now_ns() - at;
        if (status != OVF_OK)
            fail("no withdrawal");
        at = bench_now_ns();
        status = meaning == OVF_CELLS_PLANAR
                     ? ovf_cells_add_planar(cells, i, fir->rings, fir->count, NULL)
                     : ovf_cells_add(cells, i, fir->area, NULL);
        back[i] = bench_now_ns() - at;
        if (status != OVF_OK)
            fail("not taken back");
    }
    qsort(away, firs->count, sizeof *away, bench_by_size);
    qsort(back, firs->count, sizeof *back, bench_by_size);
    printf("  one FIR withdrawn: median %.0f us, p95 %.0f us; added again: median %.0f us, "
           "p95 %.0f us\n",
           away[firs->count / 2] / 1e3, away[firs->count * 95 / 100] / 1e3,
           back[firs->count / 2] / 1e3, back[firs->count * 95 / 100] / 1e3);
    free(away);
    free(back);
}

/* Circles such as notices have: 1 to 50 NM, anywhere. */
static void small_changes(ovf_cells *cells, int count)
{
    double *back = malloc((size_t)count * sizeof *back);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    uint64_t state = 2;
    if (back == NULL)
        fail("no memory");
    for (int i = 0; i < count; i++) {
        ovf_point at_point = {140 * bench_u01(&state) - 70, 360 * bench_u01(&state) - 180};
        double radius_m = 1852 * exp(bench_u01(&state) * log(50));
        const ovf_area *area = NULL;
        if (ovf_area_circle(&arena, at_point, radius_m, &area, NULL) != OVF_OK)
            fail("no circle");
        double at = bench_now_ns();
        if (ovf_cells_add(cells, 100000, area, NULL) != OVF_OK)
            fail("not added");
        back[i] = bench_now_ns() - at;
        if (ovf_cells_withdraw(cells, 100000, NULL) != OVF_OK)
            fail("not withdrawn");
    }
    qsort(back, (size_t)count, sizeof *back, bench_by_size);
    printf("  a circle of 1 to 50 NM added: median %.0f us, p95 %.0f us\n", back[count / 2] / 1e3,
           back[count * 95 / 100] / 1e3);
    free(back);
    ovf_arena_done(&arena);
}

/* ---- the run ---- */

static void print_index(const ovf_cells *cells, double build_ns)
{
    ovf_cells_stats s = ovf_cells_stats_of(cells);
    printf(
        "  built in %.0f ms; %.2f MiB: %zu sets, %zu parted cells, %zu with an edge, %zu pieces\n",
        build_ns / 1e6, (double)s.bytes / 1048576, s.sets, s.split_cells, s.border_cells, s.pieces);
}

static void run(const bench_firs *firs, const ovf_fixed *points, size_t count,
                ovf_cells_meaning meaning, struct peer *peer)
{
    static const char *const engines[] = {"", "portable", "avx2", "avx512"};
    bool is_planar = meaning == OVF_CELLS_PLANAR;
    bool is_short = count < 1000000;
    uint32_t *ids = calloc(count, sizeof *ids); // touched: no page is missing when the clock runs
    ovf_cells_view *view = NULL;
    printf("%s\n", is_planar ? "planar" : "geodesic (WGS84)");
    double at = bench_now_ns();
    ovf_cells *cells = build(firs, meaning);
    print_index(cells, bench_now_ns() - at);
    if (ids == NULL || ovf_cells_publish(cells, &view) != OVF_OK)
        fail("no memory");
    memset(ids, 0, count * sizeof *ids);
    double peer_ns = 0;
    double peer_best_ns = 0;
    size_t peer_count = count < GEOS_POINTS ? count : GEOS_POINTS;
    for (int engine = OVF_CELLS_PORTABLE; engine <= OVF_CELLS_AVX512; engine++) {
        ovf_cells_reader *reader = NULL;
        if (ovf_cells_reader_new(view, (ovf_cells_engine)engine, &reader) != OVF_OK)
            fail("no memory");
        if ((int)ovf_cells_reader_engine(reader) != engine) {
            printf("  %-8s this processor has it not\n", engines[engine]);
            ovf_cells_reader_free(reader);
            continue;
        }
        ask_all(reader, points, count, ids);
        for (size_t i = 0; i < OVF_COUNTOF(known) && is_planar; i++)
            if (known[i].points <= count
                && is_wrong(known[i].points, tally_of(reader, ids, known[i].points)))
                fail("the counts are wrong");
        double ours[RUNS], theirs[RUNS];
        int runs = is_short ? 3 : RUNS;
        for (int k = 0; k < runs; k++) {
            ours[k] = ask_all(reader, points, count, ids);
            if (engine == OVF_CELLS_AVX512 || is_short)
                theirs[k] = is_planar ? peer_ask(peer, points, peer_count) : 0;
        }
        if (is_planar && (engine == OVF_CELLS_AVX512 || is_short)) {
            if (is_wrong(peer_count, peer->found))
                fail("the counts of GEOS are wrong");
            peer_ns = median(theirs, (size_t)runs) / (double)peer_count;
            peer_best_ns = theirs[0] / (double)peer_count;
        }
        ovf_cells_counts c = ovf_cells_reader_counts(reader);
        double ns = median(ours, (size_t)runs) / (double)count;
        struct tally first = tally_of(reader, ids, 20000 < count ? 20000 : count);
        printf("  %-8s %.1f M points/s (median of %d; best %.1f, p95 %.1f), %.2f %% of points in a "
               "cell with an edge, %.6f %% asked of the area; first 20,000: hits %llu, sum %llu\n",
               engines[engine], 1e3 / ns, runs, (double)count / ours[0] * 1e3,
               (double)count / ours[runs - 1] * 1e3, 100.0 * (double)c.border / (double)c.points,
               100.0 * (double)c.exact / (double)c.points, (unsigned long long)first.hits,
               (unsigned long long)first.sum);
        if (is_planar && peer_ns > 0)
            printf("  GEOS %s %.2f M points/s; ours : GEOS = %.0f : 1 (best to best %.0f : 1)\n",
                   GEOSversion(), 1e3 / peer_ns, peer_ns / ns,
                   peer_best_ns / (ours[0] / (double)count));
        if (engine == OVF_CELLS_AVX512 || is_short)
            alone(reader, points, peer_count);
        if (!is_planar && count >= 20000 && (first.hits != 22607 || first.sum != 4313494))
            fail("the geodesic counts are not those of PostGIS' geography");
        ovf_cells_reader_free(reader);
    }
    ovf_cells_view_free(view);
    changes(cells, firs, meaning);
    if (!is_planar)
        small_changes(cells, is_short ? 50 : 2000);
    ovf_cells_free(cells);
    free(ids);
}

int main(int argc, char **argv)
{
    size_t count = argc > 1 ? (size_t)atol(argv[1]) : 10000000;
    bench_firs firs;
    struct peer peer = {0};
    if (!bench_firs_load(&firs, bench_firs_path())) {
        printf("SKIPPED: no %s (OVF_BENCH_FIRS names another)\n", bench_firs_path());
        return 77;
    }
    ovf_fixed *points = bench_points(count);
    if (points == NULL || count == 0)
        fail("no points");
    printf("%u FIRs, %u vertices, %zu points\n", (unsigned)firs.count, (unsigned)firs.vertices,
           count);
    bench_machine(count < 1000000);
    peer_init(&peer, &firs);
    run(&firs, points, count, OVF_CELLS_PLANAR, &peer);
    run(&firs, points, count, OVF_CELLS_GEODESIC, &peer);
    peer_done(&peer);
    free(points);
    bench_firs_done(&firs);
    return EXIT_SUCCESS;
}
