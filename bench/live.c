/* SPDX-License-Identifier: Apache-2.0 */
/* Question: how many positions of aircraft a second are held against 437 FIRs and 10,000 areas, and told
 * when one enters or leaves, beside GEOS with prepared polygons and an STR tree?
 *
 * A million positions of made flights, every ten seconds from noon on, in the order in which they come.
 * Planar, as GEOS does it; the counts of pairs inside, of entries and of exits and a hash of the entries are
 * known, and a wrong one ends the run. E2 asks for the place alone, E4 of the areas also for level and time.
 * A geodesic line has no peer. Ours and GEOS take turns, run by run. */
#include "firs.h"
#include "made.h"

#include <overfly/geofence.h>

#include <overfly/ledger.h>

#include <geos_c.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUNS 7
#define POSITIONS 1000000
#define GEOS_POSITIONS 100000
#define FLIGHTS 10000
#define STEP_S 10
#define POSITIONS_HASH "6353c340e559b00f"

struct tally {
    uint64_t inside, enters, exits, hash;
};

static const struct {
    const char *name;
    bool in_4d;
    struct tally want;
} tasks[] = {
    {"E2 place alone", false, {1444484, 17449, 12000, UINT64_C(224274596760)}},
    {"E4 areas by level and time too", true, {1293521, 10779, 6011, UINT64_C(39321873071)}},
};

static void fail(const char *what)
{
    printf("FAILED: %s\n", what);
    exit(EXIT_FAILURE);
}

/* ---- the input ---- */

static int32_t part_way(int32_t a, int32_t b, double share)
{
    return (int32_t)rint(a + ((double)b - a) * share);
}

/* Where a flight is at t; false: not in the air, or on a piece over the antimeridian. */
static bool at_time(const bench_flights *f, size_t flight, int64_t t, ovf_geofence_position *out)
{
    const ovf_volumes_point *p = &f->points[f->first[flight]];
    size_t last = f->first[flight + 1] - f->first[flight] - 1;
    if (t < p[0].time_s || t > p[last].time_s)
        return false;
    size_t i = 0;
    while (i + 1 < last && p[i + 1].time_s <= t)
        i++;
    if (llabs((long long)p[i + 1].place.lon_e7 - p[i].place.lon_e7) > 1800000000LL)
        return false;
    double span = (double)(p[i + 1].time_s - p[i].time_s);
    double share = span > 0 ? (double)(t - p[i].time_s) / span : 0;
    *out = (ovf_geofence_position){
        .aircraft = (uint32_t)flight,
        .place = {part_way(p[i].place.lat_e7, p[i + 1].place.lat_e7, share),
                  part_way(p[i].place.lon_e7, p[i + 1].place.lon_e7, share)},
        .level_ft = part_way(p[i].low_ft, p[i + 1].low_ft, share),
        .time_s = t};
    return true;
}

static ovf_geofence_position *make_positions(const bench_flights *flights, size_t count)
{
    ovf_geofence_position *out = malloc(count * sizeof *out);
    size_t made = 0;
    for (int64_t t = BENCH_START_S + 43200; out != NULL && made < count; t += STEP_S) {
        for (size_t i = 0; i < flights->count && made < count; i++)
            made += at_time(flights, i, t, &out[made]);
    }
    return out;
}

static void put_u32(unsigned char *at, uint32_t v)
{
    for (int k = 0; k < 4; k++)
        at[k] = (unsigned char)(v >> (8 * k));
}

static void check_hash(const ovf_geofence_position *positions, size_t count)
{
    char hex[OVF_SHA256_HEX + 1] = "";
    unsigned char *bytes = malloc(count * 20);
    if (bytes == NULL || count != POSITIONS) {
        free(bytes);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const ovf_geofence_position *p = &positions[i];
        put_u32(bytes + 20 * i, p->aircraft);
        put_u32(bytes + 20 * i + 4, (uint32_t)p->place.lon_e7);
        put_u32(bytes + 20 * i + 8, (uint32_t)p->place.lat_e7);
        put_u32(bytes + 20 * i + 12, (uint32_t)p->level_ft);
        put_u32(bytes + 20 * i + 16, (uint32_t)p->time_s);
    }
    ovf_sha256_hex((ovf_str){(const char *)bytes, count * 20}, hex);
    bool is_same = strncmp(hex, POSITIONS_HASH, 16) == 0;
    printf("positions: %.16s, %s\n", hex, is_same ? "as known" : "hash differs");
    free(bytes);
}

struct input {
    bench_firs firs;
    bench_area *areas;
    ovf_volumes_slab *slabs; /* of FIRs and areas */
    const ovf_area **shapes; /* of the areas, geodesic */
    ovf_geofence_position *positions;
    size_t count;
};

static void make_slabs(struct input *in)
{
    in->slabs = malloc((in->firs.count + BENCH_AREAS) * sizeof *in->slabs);
    if (in->slabs == NULL)
        fail("no memory");
    for (uint32_t i = 0; i < in->firs.count; i++)
        in->slabs[i] = OVF_VOLUMES_ALWAYS;
    for (size_t i = 0; i < BENCH_AREAS; i++) {
        const bench_area *a = &in->areas[i];
        in->slabs[in->firs.count + i] =
            (ovf_volumes_slab){a->floor_ft, a->ceiling_ft, a->from_s, a->until_s};
    }
}

/* ---- ours ---- */

static ovf_cells *build(struct input *in, ovf_cells_meaning meaning)
{
    ovf_cells *cells = ovf_cells_new(meaning, 0);
    bool is_planar = meaning == OVF_CELLS_PLANAR;
    if (cells == NULL)
        fail("no memory");
    for (uint32_t i = 0; i < in->firs.count; i++) {
        const bench_fir *fir = &in->firs.items[i];
        if ((is_planar ? ovf_cells_add_planar(cells, i, fir->rings, fir->count, NULL)
                       : ovf_cells_add(cells, i, fir->area, NULL))
            != OVF_OK)
            fail("a FIR was not taken");
    }
    for (uint32_t i = 0; i < BENCH_AREAS; i++) {
        const bench_area *a = &in->areas[i];
        ovf_ring ring = {.vertices = a->corners, .count = a->count};
        const ovf_area *area = NULL;
        ovf_status status = OVF_OK;
        if (!is_planar && a->is_polygon)
            status = ovf_area_rings(&in->firs.arena, &ring, 1, &area, NULL);
        else if (!is_planar)
            status = ovf_area_circle(&in->firs.arena, ovf_fixed_point(a->centre), a->radius_m,
                                     &area, NULL);
        if (status != OVF_OK
            || (is_planar ? ovf_cells_add_planar(cells, in->firs.count + i, &ring, 1, NULL)
                          : ovf_cells_add(cells, in->firs.count + i, area, NULL))
                   != OVF_OK)
            fail("an area was not taken");
    }
    return cells;
}

/* All positions, in pieces such as a socket gives them. Pairs inside are those of the state that is kept:
 * counted apart, so that the clock measures what a user of the events pays. */
static double run(const struct input *in, const ovf_cells_view *view, bool in_4d,
                  ovf_cells_engine engine, struct tally *out)
{
    ovf_geofences *g = NULL;
    size_t share = 4096;
    double took = 0;
    *out = (struct tally){0};
    if (ovf_geofences_new(view, engine, in_4d ? in->slabs : NULL,
                          in_4d ? in->firs.count + BENCH_AREAS : 0, &g, NULL)
        != OVF_OK)
        fail("no memory");
    for (size_t first = 0; first < in->count; first += share) {
        size_t count = in->count - first < share ? in->count - first : share;
        const ovf_geofence_event *events = NULL;
        size_t event_count = 0;
        double at = bench_now_ns();
        if (ovf_geofences_update(g, in->positions + first, count, &events, &event_count, NULL)
            != OVF_OK)
            fail("not taken");
        took += bench_now_ns() - at;
        for (size_t i = 0; i < event_count; i++) {
            bool is_in = events[i].what != OVF_GEOFENCE_LEFT;
            out->enters += is_in;
            out->exits += !is_in;
            if (is_in)
                out->hash += (uint64_t)(events[i].aircraft + 1) * (events[i].area + 1);
        }
    }
    ovf_geofences_free(g);
    return took;
}

/* Position by position, what each aircraft is in after it. */
static uint64_t count_inside(const struct input *in, const ovf_cells_view *view, bool in_4d)
{
    ovf_geofences *g = NULL;
    uint64_t inside = 0;
    if (ovf_geofences_new(view, OVF_CELLS_PORTABLE, in_4d ? in->slabs : NULL,
                          in_4d ? in->firs.count + BENCH_AREAS : 0, &g, NULL)
        != OVF_OK)
        fail("no memory");
    for (size_t i = 0; i < in->count; i++) {
        const ovf_geofence_event *events = NULL;
        const uint32_t *ids = NULL;
        size_t count = 0;
        if (ovf_geofences_update(g, in->positions + i, 1, &events, &count, NULL) != OVF_OK)
            fail("not taken");
        inside += ovf_geofences_inside(g, in->positions[i].aircraft, &ids);
    }
    ovf_geofence_counts counts = ovf_geofences_counts(g);
    printf("  %.2f %% of positions looked at the areas of their set\n",
           100.0 * (double)counts.looked / (double)counts.positions);
    ovf_geofences_free(g);
    return inside;
}

/* ---- GEOS ---- */

struct peer {
    GEOSContextHandle_t geos;
    const GEOSPreparedGeometry **prepared;
    GEOSGeometry **shapes;
    GEOSSTRtree *tree;
    size_t *numbers;
    size_t count;
    const GEOSGeometry *point;
    const ovf_geofence_position *position;
    const ovf_volumes_slab *slabs; /* NULL: the place alone */
    uint32_t now[512];
    size_t now_count;
};

static GEOSGeometry *polygon_of(GEOSContextHandle_t geos, const ovf_fixed *v, uint32_t count)
{
    GEOSCoordSequence *line = GEOSCoordSeq_create_r(geos, count + 1, 2);
    for (uint32_t i = 0; i <= count; i++)
        GEOSCoordSeq_setXY_r(geos, line, i, v[i % count].lon_e7 / 1e7, v[i % count].lat_e7 / 1e7);
    return GEOSGeom_createPolygon_r(geos, GEOSGeom_createLinearRing_r(geos, line), NULL, 0);
}

static GEOSGeometry *fir_of(GEOSContextHandle_t geos, const bench_fir *fir)
{
    GEOSGeometry *parts[64];
    if (fir->count > OVF_COUNTOF(parts))
        fail("too many parts");
    for (uint32_t k = 0; k < fir->count; k++)
        parts[k] = polygon_of(geos, fir->rings[k].vertices, fir->rings[k].count);
    return fir->count == 1
               ? parts[0]
               : GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, parts, fir->count);
}

static void peer_init(struct peer *peer, const struct input *in)
{
    *peer = (struct peer){.geos = GEOS_init_r(), .count = in->firs.count + BENCH_AREAS};
    peer->prepared = calloc(peer->count, sizeof(*peer->prepared));
    peer->shapes = calloc(peer->count, sizeof(*peer->shapes));
    peer->numbers = calloc(peer->count, sizeof *peer->numbers);
    peer->tree = GEOSSTRtree_create_r(peer->geos, 10);
    if (peer->prepared == NULL || peer->shapes == NULL || peer->numbers == NULL)
        fail("no memory");
    for (size_t i = 0; i < peer->count; i++) {
        const bench_area *a = i < in->firs.count ? NULL : &in->areas[i - in->firs.count];
        peer->shapes[i] = a == NULL ? fir_of(peer->geos, &in->firs.items[i])
                                    : polygon_of(peer->geos, a->corners, a->count);
        peer->prepared[i] = GEOSPrepare_r(peer->geos, peer->shapes[i]);
        peer->numbers[i] = i;
        GEOSSTRtree_insert_r(peer->geos, peer->tree, peer->shapes[i], &peer->numbers[i]);
    }
}

static void peer_done(struct peer *peer)
{
    for (size_t i = 0; i < peer->count; i++) {
        GEOSPreparedGeom_destroy_r(peer->geos, peer->prepared[i]);
        GEOSGeom_destroy_r(peer->geos, peer->shapes[i]);
    }
    GEOSSTRtree_destroy_r(peer->geos, peer->tree);
    GEOS_finish_r(peer->geos);
    free(peer->prepared);
    free(peer->shapes);
    free(peer->numbers);
}

static void peer_meets(void *item, void *userdata)
{
    struct peer *peer = userdata;
    size_t i = *(const size_t *)item;
    const ovf_geofence_position *p = peer->position;
    const ovf_volumes_slab *s = peer->slabs == NULL ? NULL : &peer->slabs[i];
    if (s != NULL
        && (p->level_ft < s->floor_ft || p->level_ft > s->ceiling_ft || p->time_s < s->from_s
            || p->time_s > s->until_s))
        return;
    if (GEOSPreparedIntersects_r(peer->geos, peer->prepared[i], peer->point) == 1
        && peer->now_count < OVF_COUNTOF(peer->now))
        peer->now[peer->now_count++] = (uint32_t)i;
}

/* The positions from the first on, each aircraft's areas kept as a plain list. */
static double peer_run(struct peer *peer, const struct input *in, size_t count, bool in_4d,
                       struct tally *out)
{
    struct kept {
        uint32_t ids[512];
        size_t count;
    } *kept = calloc(FLIGHTS, sizeof *kept);
    if (kept == NULL)
        fail("no memory");
    *out = (struct tally){0};
    peer->slabs = in_4d ? in->slabs : NULL;
    double at = bench_now_ns();
    for (size_t i = 0; i < count; i++) {
        const ovf_geofence_position *p = &in->positions[i];
        struct kept *k = &kept[p->aircraft];
        GEOSGeometry *point =
            GEOSGeom_createPointFromXY_r(peer->geos, p->place.lon_e7 / 1e7, p->place.lat_e7 / 1e7);
        peer->position = p;
        peer->point = point;
        peer->now_count = 0;
        GEOSSTRtree_query_r(peer->geos, peer->tree, point, peer_meets, peer);
        GEOSGeom_destroy_r(peer->geos, point);
        size_t both = 0;
        for (size_t n = 0; n < peer->now_count; n++) {
            size_t o = 0;
            while (o < k->count && k->ids[o] != peer->now[n])
                o++;
            both += o < k->count;
            out->enters += o == k->count;
            if (o == k->count)
                out->hash += (uint64_t)(p->aircraft + 1) * (peer->now[n] + 1);
        }
        out->exits += k->count - both;
        memcpy(k->ids, peer->now, peer->now_count * sizeof *k->ids);
        k->count = peer->now_count;
        out->inside += k->count;
    }
    double took = bench_now_ns() - at;
    free(kept);
    return took;
}

/* ---- the run ---- */

static double median(double *times, size_t count)
{
    qsort(times, count, sizeof *times, bench_by_size);
    return times[count / 2];
}

static void check(const char *name, struct tally got, struct tally want)
{
    printf("  %-32s inside %llu, enters %llu, exits %llu, hash %llu\n", name,
           (unsigned long long)got.inside, (unsigned long long)got.enters,
           (unsigned long long)got.exits, (unsigned long long)got.hash);
    if (memcmp(&got, &want, sizeof got) != 0)
        fail("not the counts that are known");
}

static void run_task(struct input *in, struct peer *peer, const ovf_cells_view *view, size_t task,
                     bool is_short)
{
    double ours[RUNS];
    double theirs[RUNS];
    struct tally got = {0};
    struct tally first = {0};
    size_t peer_count = in->count < GEOS_POSITIONS ? in->count : GEOS_POSITIONS;
    int runs = is_short ? 1 : RUNS;
    bool in_4d = tasks[task].in_4d;
    printf("%s\n", tasks[task].name);
    for (int i = 0; i < runs; i++) {
        ours[i] = run(in, view, in_4d, OVF_CELLS_BEST, &got);
        theirs[i] = peer_run(peer, in, peer_count, in_4d, &first);
    }
    got.inside = count_inside(in, view, in_4d);
    if (in->count == POSITIONS) {
        check("all positions", got, tasks[task].want);
    } else {
        check("as GEOS finds", got, first);
    }
    double rate = (double)in->count / median(ours, (size_t)runs) * 1e3;
    double peer_rate = (double)peer_count / median(theirs, (size_t)runs) * 1e3;
    printf("  ours %.1f M positions/s (p95 run %.1f), GEOS %.3f: %.0f : 1\n", rate,
           (double)in->count / ours[(size_t)runs * 95 / 100] * 1e3, peer_rate, rate / peer_rate);
}

static void run_geodesic(struct input *in)
{
    ovf_cells *cells = build(in, OVF_CELLS_GEODESIC);
    ovf_cells_view *view = NULL;
    double times[RUNS];
    struct tally got = {0};
    if (ovf_cells_publish(cells, &view) != OVF_OK)
        fail("no memory");
    for (int i = 0; i < RUNS; i++)
        times[i] = run(in, view, true, OVF_CELLS_BEST, &got);
    printf("geodesic, level and time: %.1f M positions/s, enters %llu, exits %llu; %.1f MiB\n",
           (double)in->count / median(times, RUNS) * 1e3, (unsigned long long)got.enters,
           (unsigned long long)got.exits, (double)ovf_cells_stats_of(cells).bytes / 1048576);
    ovf_cells_view_free(view);
    ovf_cells_free(cells);
}

int main(int argc, char **argv)
{
    bool is_short = argc > 1 && strcmp(argv[1], "short") == 0;
    static bench_airport airports[BENCH_AIRPORTS];
    struct input in = {.count = is_short ? 20000 : POSITIONS};
    bench_flights flights = {0};
    const char *table = getenv("OVF_BENCH_AIRPORTS");
    if (!bench_airports_load(airports, table != NULL ? table : "../shared/bench/airports.tsv")
        || !bench_firs_load(&in.firs, bench_firs_path())) {
        puts("SKIPPED: no reference FIRs or airports beside the project");
        return 77;
    }
    bench_machine(is_short);
    in.areas = bench_made_areas(airports, BENCH_AREAS);
    if (in.areas == NULL || !bench_flights_make(airports, FLIGHTS, &flights))
        fail("no memory");
    in.positions = make_positions(&flights, in.count);
    if (in.positions == NULL)
        fail("no memory");
    bench_flights_done(&flights);
    check_hash(in.positions, in.count);
    make_slabs(&in);
    double at = bench_now_ns();
    ovf_cells *cells = build(&in, OVF_CELLS_PLANAR);
    ovf_cells_stats s = ovf_cells_stats_of(cells);
    printf("built in %.0f ms; %.1f MiB, %zu sets\n", (bench_now_ns() - at) / 1e6,
           (double)s.bytes / 1048576, s.sets);
    ovf_cells_view *view = NULL;
    if (ovf_cells_publish(cells, &view) != OVF_OK)
        fail("no memory");
    struct peer peer;
    peer_init(&peer, &in);
    for (size_t i = 0; i < OVF_COUNTOF(tasks); i++)
        run_task(&in, &peer, view, i, is_short);
    peer_done(&peer);
    if (!is_short)
        run_geodesic(&in);
    ovf_cells_view_free(view);
    ovf_cells_free(cells);
    free(in.positions);
    free(in.slabs);
    free(in.areas);
    bench_firs_done(&in.firs);
    return EXIT_SUCCESS;
}
