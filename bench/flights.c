/* SPDX-License-Identifier: Apache-2.0 */
/* Question: how many flights a second does the index of volumes tell what they go through, against
 * GEOS with prepared geometries and an STR tree, and are the answers the same?
 *
 * Made flights (seed 3; great circles between 1,805 airports, a point every 50 km) against B1 437
 * FIRs, B2 10,000 made areas (seed 2), B3 the same with levels and times. Planar: pieces straight
 * in longitude and latitude, boundaries belong to areas, pieces of over 180 degrees left out. Pairs
 * of piece and volume and of flight and volume are known (agreed on by GEOS, tg and PostGIS), and a
 * wrong one ends the run. Ours and GEOS take turns, run by run; times are processor time of one
 * thread, so that a shared machine counts for less. GEOS has the first 2,000 flights, piece by
 * piece; for B3 levels and times are compared before it looks at a shape. PostGIS, where there is
 * one, has the same 2,000 in tables with indexes, and its time is that of the server's process.
 * Arguments: "short" for 2,000 flights and no PostGIS, "ours" for no peer, then B1, B2 or B3 for one
 * task alone. */
#include "flights.h"

#include <geos_c.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RUNS 5
#define SOME 2000

enum task { B1, B2, B3, TASKS };

static const struct known {
    const char *name;
    struct {
        size_t flights;
        uint64_t pieces, pairs; /* of piece and volume, of flight and volume; 0: not known */
    } counts[2];
} known[TASKS] = {
    {"B1 FIRs", {{SOME, 399273, 29344}, {BENCH_FLIGHTS, 20217371, 1475877}}},
    {"B2 areas", {{SOME, 97222, 45797}, {BENCH_FLIGHTS, 4833880, 2266236}}},
    {"B3 areas, 4D", {{SOME, 12642, 0}, {BENCH_FLIGHTS, 630606, 329027}}},
};

_Noreturn void flights_fail(const char *what)
{
    printf("FAILED: %s\n", what);
    exit(EXIT_FAILURE);
}

double flights_cpu_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

double flights_median(double *times, size_t count)
{
    qsort(times, count, sizeof *times, bench_by_size);
    return times[count / 2];
}

ovf_volumes_slab flights_slab(const bench_area *area)
{
    return (ovf_volumes_slab){area->floor_ft, area->ceiling_ft, area->from_s, area->until_s};
}

struct flights_tally flights_ask(ovf_volumes_reader *reader, const bench_flights *flights,
                                 size_t from, size_t until)
{
    struct flights_tally all = {0};
    for (size_t i = from; i < until; i++) {
        const ovf_volumes_stretch *stretches = NULL;
        size_t count = 0;
        size_t first = flights->first[i];
        if (ovf_volumes_ask(reader, flights->points + first, flights->first[i + 1] - first, NULL,
                            &stretches, &count, NULL)
            != OVF_OK)
            flights_fail("a flight was refused");
        for (size_t k = 0; k < count; k++) {
            all.pieces += stretches[k].last - stretches[k].first + 1;
            all.flights += !stretches[k].is_again;
        }
        all.stretches += count;
    }
    return all;
}

static void check(enum task task, size_t flights, struct flights_tally got)
{
    for (size_t i = 0; i < OVF_COUNTOF(known[task].counts); i++) {
        if (known[task].counts[i].flights != flights)
            continue;
        uint64_t pairs = known[task].counts[i].pairs;
        if (got.pieces != known[task].counts[i].pieces || (pairs != 0 && got.flights != pairs))
            flights_fail("the counts are wrong");
    }
}

/* ---- ours ---- */

static ovf_volumes *build(const struct flights_data *data, enum task task)
{
    ovf_volumes *volumes = ovf_volumes_new(OVF_VOLUMES_PLANAR, 0);
    if (volumes == NULL)
        flights_fail("no memory");
    uint32_t count = task == B1 ? data->firs.count : BENCH_AREAS;
    for (uint32_t i = 0; i < count; i++) {
        const bench_area *area = &data->areas[i];
        ovf_ring corners = {.vertices = area->corners, .count = area->count};
        const ovf_ring *rings = task == B1 ? data->firs.items[i].rings : &corners;
        size_t parts = task == B1 ? data->firs.items[i].count : 1;
        ovf_volumes_slab slab = task == B3 ? flights_slab(area) : OVF_VOLUMES_ALWAYS;
        if (ovf_volumes_add_planar(volumes, i, rings, parts, slab, NULL) != OVF_OK)
            flights_fail("a volume was refused");
    }
    return volumes;
}

/* ---- GEOS ---- */

struct peer {
    GEOSContextHandle_t geos;
    GEOSGeometry **shapes;
    const GEOSPreparedGeometry **prepared;
    GEOSSTRtree *tree;
    size_t *numbers;
    uint32_t count;
    const bench_area *areas; /* with limits; NULL: of no matter */
    const ovf_volumes_point *piece;
    const GEOSGeometry *line;
    uint32_t *seen; /* flight + 1 that touched it last */
    uint32_t flight;
    struct flights_tally found;
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

static GEOSGeometry *shape_of(GEOSContextHandle_t geos, const ovf_ring *rings, uint32_t count)
{
    GEOSGeometry *parts[64];
    if (count > OVF_COUNTOF(parts))
        flights_fail("too many parts");
    for (uint32_t k = 0; k < count; k++)
        parts[k] = polygon_of(geos, &rings[k]);
    return count == 1 ? parts[0]
                      : GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, parts, count);
}

static void peer_init(struct peer *peer, const struct flights_data *data, enum task task)
{
    *peer = (struct peer){.geos = GEOS_init_r(),
                          .count = task == B1 ? data->firs.count : BENCH_AREAS,
                          .areas = task == B3 ? data->areas : NULL};
    if (peer->count == 0)
        flights_fail("no volumes");
    peer->shapes = calloc(peer->count, sizeof(*peer->shapes));
    peer->prepared = calloc(peer->count, sizeof(*peer->prepared));
    peer->numbers = calloc(peer->count, sizeof *peer->numbers);
    peer->seen = calloc(peer->count, sizeof *peer->seen);
    peer->tree = GEOSSTRtree_create_r(peer->geos, 10);
    if (peer->shapes == NULL || peer->prepared == NULL || peer->numbers == NULL
        || peer->seen == NULL)
        flights_fail("no memory");
    for (uint32_t i = 0; i < peer->count; i++) {
        const bench_area *area = &data->areas[i];
        ovf_ring corners = {.vertices = area->corners, .count = area->count};
        peer->shapes[i] =
            task == B1 ? shape_of(peer->geos, data->firs.items[i].rings, data->firs.items[i].count)
                       : polygon_of(peer->geos, &corners);
        peer->prepared[i] = GEOSPrepare_r(peer->geos, peer->shapes[i]);
        peer->numbers[i] = i;
        GEOSSTRtree_insert_r(peer->geos, peer->tree, peer->shapes[i], &peer->numbers[i]);
    }
}

static void peer_done(struct peer *peer)
{
    for (uint32_t i = 0; i < peer->count; i++) {
        GEOSPreparedGeom_destroy_r(peer->geos, peer->prepared[i]);
        GEOSGeom_destroy_r(peer->geos, peer->shapes[i]);
    }
    GEOSSTRtree_destroy_r(peer->geos, peer->tree);
    GEOS_finish_r(peer->geos);
    free(peer->shapes);
    free(peer->prepared);
    free(peer->numbers);
    free(peer->seen);
}

static bool is_at_that_level_and_time(const bench_area *area, const ovf_volumes_point *a)
{
    const ovf_volumes_point *b = a + 1;
    int32_t low = a->low_ft < b->low_ft ? a->low_ft : b->low_ft;
    int32_t high = a->high_ft > b->high_ft ? a->high_ft : b->high_ft;
    return high >= area->floor_ft && low <= area->ceiling_ft && b->time_s >= area->from_s
           && a->time_s <= area->until_s;
}

static void peer_meets(void *item, void *userdata)
{
    struct peer *peer = userdata;
    size_t i = *(const size_t *)item;
    if (peer->areas != NULL && !is_at_that_level_and_time(&peer->areas[i], peer->piece))
        return;
    if (GEOSPreparedIntersects_r(peer->geos, peer->prepared[i], peer->line) != 1)
        return;
    peer->found.pieces++;
    peer->found.flights += peer->seen[i] != peer->flight;
    peer->seen[i] = peer->flight;
}

static double peer_ask(struct peer *peer, const bench_flights *flights, size_t count)
{
    memset(peer->seen, 0, peer->count * sizeof *peer->seen);
    peer->found = (struct flights_tally){0};
    double at = flights_cpu_ns();
    for (size_t f = 0; f < count; f++) {
        peer->flight = (uint32_t)f + 1;
        for (size_t i = flights->first[f]; i + 1 < flights->first[f + 1]; i++) {
            const ovf_volumes_point *p = &flights->points[i];
            if (llabs((int64_t)p[0].place.lon_e7 - p[1].place.lon_e7) > 1800000000)
                continue;
            GEOSCoordSequence *ends = GEOSCoordSeq_create_r(peer->geos, 2, 2);
            for (unsigned k = 0; k < 2; k++)
                GEOSCoordSeq_setXY_r(peer->geos, ends, k, p[k].place.lon_e7 / 1e7,
                                     p[k].place.lat_e7 / 1e7);
            GEOSGeometry *line = GEOSGeom_createLineString_r(peer->geos, ends);
            peer->piece = p;
            peer->line = line;
            GEOSSTRtree_query_r(peer->geos, peer->tree, line, peer_meets, peer);
            GEOSGeom_destroy_r(peer->geos, line);
        }
    }
    return flights_cpu_ns() - at;
}

/* ---- side by side ---- */

static const char *const engines[] = {"", "portable", "avx2", "avx512"};

/* One flight at a time. */
static void print_single(ovf_volumes_reader *reader, const bench_flights *flights)
{
    size_t count = flights->count < 20000 ? flights->count : 20000;
    double *times = calloc(count, sizeof *times);
    if (times == NULL)
        flights_fail("no memory");
    for (size_t i = 0; i < count; i++) {
        double at = bench_now_ns();
        (void)flights_ask(reader, flights, i, i + 1);
        times[i] = bench_now_ns() - at;
    }
    (void)flights_median(times, count);
    printf("  a flight alone, by the clock: p50 %.1f us, p99 %.1f us\n", times[count / 2] / 1e3,
           times[count * 99 / 100] / 1e3);
    free(times);
}

static void print_postgis(const struct flights_data *data, enum task task, double ours_ns)
{
    const struct flights_postgis *p = data->postgis;
    if (p == NULL || !p->is_there)
        return;
    check(task, SOME, (struct flights_tally){p->tasks[task].pieces, p->tasks[task].pairs, 0});
    double ns = p->tasks[task].cpu_ns / SOME;
    printf("  PostGIS %s %.0f flights/s; ours : PostGIS = %.0f : 1\n", p->version, 1e9 / ns,
           ns / ours_ns);
}

static void run_engine(const struct flights_data *data, enum task task, struct peer *peer,
                       const ovf_volumes_view *view, int engine, bool is_last)
{
    ovf_volumes_reader *reader = NULL;
    if (ovf_volumes_reader_new(view, (ovf_cells_engine)engine, &reader) != OVF_OK)
        flights_fail("no memory");
    if ((int)ovf_volumes_reader_engine(reader) != engine) {
        printf("  %-8s this processor has it not\n", engines[engine]);
        ovf_volumes_reader_free(reader);
        return;
    }
    const bench_flights *flights = &data->flights;
    double ours[RUNS], theirs[RUNS];
    int runs = data->is_short || !is_last ? 1 : RUNS;
    check(task, SOME, flights_ask(reader, flights, 0, SOME));
    for (int k = 0; k < runs; k++) {
        double at = flights_cpu_ns();
        struct flights_tally got = flights_ask(reader, flights, 0, flights->count);
        ours[k] = flights_cpu_ns() - at;
        check(task, flights->count, got);
        if (!is_last || data->is_alone)
            continue;
        theirs[k] = peer_ask(peer, flights, SOME);
        check(task, SOME, peer->found);
    }
    double pieces = (double)(flights->first[flights->count] - flights->count);
    double ns = flights_median(ours, (size_t)runs);
    ovf_volumes_counts c = ovf_volumes_reader_counts(reader);
    printf("  %-8s %.0f flights/s, %.1f M pieces/s (median of %d: best %.0f, worst %.0f); a flight "
           "has %.1f pairs of boxes\n",
           engines[engine], 1e9 * (double)flights->count / ns, pieces / ns * 1e3, runs,
           1e9 * (double)flights->count / ours[0], 1e9 * (double)flights->count / ours[runs - 1],
           (double)c.boxes * pieces / (double)flights->count / (double)c.pieces);
    if (is_last && !data->is_alone) {
        double peer_ns = flights_median(theirs, (size_t)runs) / SOME;
        printf("  GEOS %s %.0f flights/s; ours : GEOS = %.1f : 1\n", GEOSversion(), 1e9 / peer_ns,
               peer_ns / (ns / (double)flights->count));
        print_postgis(data, task, ns / (double)flights->count);
        print_single(reader, flights);
        flights_two_threads(view, flights);
    }
    ovf_volumes_reader_free(reader);
}

static void run(const struct flights_data *data, enum task task)
{
    struct peer peer;
    ovf_volumes_view *view = NULL;
    double at = flights_cpu_ns();
    ovf_volumes *volumes = build(data, task);
    double built_ns = flights_cpu_ns() - at;
    if (ovf_volumes_publish(volumes, &view) != OVF_OK)
        flights_fail("no memory");
    ovf_volumes_stats s = ovf_volumes_stats_of(volumes);
    printf("%s: built in %.0f ms, %.1f MiB, %zu boxes in cells, %zu parts edge by edge\n",
           known[task].name, built_ns / 1e6, (double)s.bytes / 1048576, s.entries, s.large);
    peer_init(&peer, data, task);
    ovf_cells_engine best = OVF_CELLS_BEST;
    ovf_volumes_reader *reader = NULL;
    if (ovf_volumes_reader_new(view, best, &reader) != OVF_OK)
        flights_fail("no memory");
    best = ovf_volumes_reader_engine(reader);
    ovf_volumes_reader_free(reader);
    for (int engine = data->is_alone ? (int)best : OVF_CELLS_PORTABLE; engine <= OVF_CELLS_AVX512;
         engine++)
        run_engine(data, task, &peer, view, engine, engine == (int)best);
    peer_done(&peer);
    ovf_volumes_view_free(view);
    ovf_volumes_free(volumes);
}

static void print_hashes(const struct flights_data *data)
{
    char areas[17], flights[17];
    bench_areas_hash(data->areas, BENCH_AREAS, areas);
    bench_flights_hash(&data->flights, flights);
    bool is_same = strcmp(areas, "9ccbc5ee610b8af6") == 0;
    printf("areas %s%s\n", areas, is_same ? "" : " (hash differs)");
    if (!data->is_short)
        printf("flights %s, %zu points%s\n", flights, data->flights.first[data->flights.count],
               strcmp(flights, "5e43bf17cca31588") == 0 ? "" : " (hash differs)");
}

int main(int argc, char **argv)
{
    static struct flights_data data;
    setvbuf(stdout, NULL, _IOLBF, 0);
    const char *path = "../shared/bench/airports.tsv";
    data.is_short = argc > 1 && strcmp(argv[1], "short") == 0;
    data.is_alone = argc > 1 && strcmp(argv[1], "ours") == 0;
    if (!bench_airports_load(data.airports, path)
        || !bench_firs_load(&data.firs, bench_firs_path())) {
        printf("SKIPPED: no %s or no %s\n", path, bench_firs_path());
        return 77;
    }
    data.areas = bench_made_areas(data.airports, BENCH_AREAS);
    if (data.areas == NULL
        || !bench_flights_make(data.airports, data.is_short ? SOME : BENCH_FLIGHTS, &data.flights))
        flights_fail("no memory");
    if (argc < 3) {
        bench_machine(data.is_short);
        print_hashes(&data);
    }
    static struct flights_postgis postgis;
    if (!data.is_short && !data.is_alone) {
        flights_postgis_run(&data, SOME, &postgis);
        data.postgis = &postgis;
    }
    for (int task = B1; task < TASKS; task++)
        if (argc < 3 || strncmp(argv[2], known[task].name, 2) == 0)
            run(&data, (enum task)task);
    if (!data.is_alone && argc < 3)
        flights_own(&data);
    bench_flights_done(&data.flights);
    free(data.areas);
    bench_firs_done(&data.firs);
    return EXIT_SUCCESS;
}
