/* SPDX-License-Identifier: Apache-2.0 */
/* Flights against volumes: the lines that no peer has. */
#include "flights.h"

#include <overfly/time.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define FIRS_FROM 1000000 /* ids of the FIRs beside those of areas */

/* Processor time for one thread, wall time where threads wait for one another. */
static ovf_volumes *build_world(const struct flights_data *data, ovf_arena *arena,
                                const ovf_area **areas)
{
    ovf_volumes *volumes = ovf_volumes_new(OVF_VOLUMES_GEODESIC, 0);
    if (volumes == NULL)
        flights_fail("no memory");
    for (uint32_t i = 0; i < BENCH_AREAS; i++) {
        const bench_area *m = &data->areas[i];
        ovf_point corners[BENCH_CORNERS_MAX];
        for (uint32_t k = 0; k < m->count; k++)
            corners[k] = ovf_fixed_point(m->corners[k]);
        ovf_status status =
            m->is_polygon
                ? ovf_area_polygon(arena, corners, m->count, &areas[i], NULL)
                : ovf_area_circle(arena, ovf_fixed_point(m->centre), m->radius_m, &areas[i], NULL);
        if (status != OVF_OK
            || ovf_volumes_add(volumes, i, areas[i], flights_slab(m), NULL) != OVF_OK)
            flights_fail("an area was refused");
    }
    for (uint32_t i = 0; i < data->firs.count; i++)
        if (ovf_volumes_add(volumes, FIRS_FROM + i, data->firs.items[i].area, OVF_VOLUMES_ALWAYS,
                            NULL)
            != OVF_OK)
            flights_fail("a FIR was refused");
    return volumes;
}

static ovf_volumes_reader *reader_of(const ovf_volumes_view *view)
{
    ovf_volumes_reader *reader = NULL;
    if (ovf_volumes_reader_new(view, OVF_CELLS_BEST, &reader) != OVF_OK)
        flights_fail("no memory");
    return reader;
}

static void report(const char *name, size_t flights, double ns, struct flights_tally got,
                   ovf_volumes_counts counts)
{
    printf(
        "  %-34s %.0f flights/s (%.2f s), %llu stretches, %llu pairs, %.4f %% of shapes asked of "
        "ovf_area_cross\n",
        name, (double)flights / ns * 1e9, ns / 1e9, (unsigned long long)got.stretches,
        (unsigned long long)got.flights, 100.0 * (double)counts.slow / (double)(counts.shapes + 1));
}

static void one_thread(const ovf_volumes_view *view, const bench_flights *flights, const char *name)
{
    ovf_volumes_reader *reader = reader_of(view);
    double at = flights_cpu_ns();
    struct flights_tally got = flights_ask(reader, flights, 0, flights->count);
    report(name, flights->count, flights_cpu_ns() - at, got, ovf_volumes_reader_counts(reader));
    ovf_volumes_reader_free(reader);
}

/* ---- threads ---- */

struct share {
    const ovf_volumes_view *view;
    const bench_flights *flights;
    size_t from, until;
    struct flights_tally got;
    ovf_volumes_counts counts;
    double cpu_ns;
};

static void *ask_share(void *argument)
{
    struct share *share = argument;
    ovf_volumes_reader *reader = reader_of(share->view);
    double at = flights_cpu_ns();
    share->got = flights_ask(reader, share->flights, share->from, share->until);
    share->cpu_ns = flights_cpu_ns() - at;
    share->counts = ovf_volumes_reader_counts(reader);
    ovf_volumes_reader_free(reader);
    return NULL;
}

void flights_two_threads(const ovf_volumes_view *view, const bench_flights *flights)
{
    struct share shares[2];
    pthread_t threads[2];
    double at = bench_now_ns();
    for (size_t i = 0; i < 2; i++) {
        shares[i] = (struct share){.view = view, .flights = flights};
        shares[i].from = flights->count * i / 2;
        shares[i].until = flights->count * (i + 1) / 2;
        if (pthread_create(&threads[i], NULL, ask_share, &shares[i]) != 0)
            flights_fail("no thread");
    }
    struct flights_tally all = {0};
    ovf_volumes_counts counts = {0};
    double cpu_ns = 0;
    for (size_t i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
        all.stretches += shares[i].got.stretches;
        all.flights += shares[i].got.flights;
        counts.shapes += shares[i].counts.shapes;
        counts.slow += shares[i].counts.slow;
        cpu_ns = shares[i].cpu_ns > cpu_ns ? shares[i].cpu_ns : cpu_ns;
    }
    report("two threads, by the clock", flights->count, bench_now_ns() - at, all, counts);
    report("two threads, processor time of one", flights->count, cpu_ns, all, counts);
}

/* ---- undensified ---- */

static void thin(const bench_flights *dense, bench_flights *out)
{
    out->points = calloc(dense->count * 4, sizeof *out->points);
    out->first = calloc(dense->count + 1, sizeof *out->first);
    out->count = dense->count;
    if (out->points == NULL || out->first == NULL)
        flights_fail("no memory");
    size_t at = 0;
    for (size_t f = 0; f < dense->count; f++) {
        const ovf_volumes_point *p = dense->points + dense->first[f];
        size_t count = dense->first[f + 1] - dense->first[f];
        size_t climbed = 0;
        for (size_t i = 1; i < count; i++)
            climbed = p[i].low_ft > p[climbed].low_ft ? i : climbed;
        size_t descends = count - 1;
        for (size_t i = count; i-- > climbed;)
            if (p[i].low_ft == p[climbed].low_ft) {
                descends = i;
                break;
            }
        out->points[at++] = p[0];
        out->points[at++] = p[climbed];
        if (descends > climbed)
            out->points[at++] = p[descends];
        out->points[at++] = p[count - 1];
        out->first[f + 1] = at;
    }
}

/* ---- updates while queries run ---- */

struct latest {
    pthread_mutex_t lock; /* guards what follows */
    ovf_volumes_view *view;
    ovf_volumes_view *spent; /* before it, and still read */
    const ovf_volumes_view *read;
    bool is_over;
    const bench_flights *flights;
    uint64_t asked;
};

static void *ask_latest(void *argument)
{
    struct latest *l = argument;
    for (size_t at = 0;; at = (at + 16) % (l->flights->count - 16)) {
        pthread_mutex_lock(&l->lock);
        bool is_over = l->is_over;
        const ovf_volumes_view *view = l->view;
        l->read = view;
        pthread_mutex_unlock(&l->lock);
        if (is_over)
            return NULL;
        ovf_volumes_reader *reader = reader_of(view);
        (void)flights_ask(reader, l->flights, at, at + 16);
        ovf_volumes_reader_free(reader);
        l->asked += 16;
    }
}

/* Hands a snapshot over and frees those before that nobody reads any more. */
static void hand_over(struct latest *l, ovf_volumes_view *view)
{
    pthread_mutex_lock(&l->lock);
    ovf_volumes_view *before[2] = {l->spent, l->view};
    l->view = view;
    l->spent = NULL;
    for (size_t i = 0; i < 2; i++) {
        if (before[i] != NULL && before[i] == l->read) {
            l->spent = before[i];
            before[i] = NULL;
        }
    }
    pthread_mutex_unlock(&l->lock);
    for (size_t i = 0; i < 2; i++)
        ovf_volumes_view_free(before[i]);
}

static void updates(struct flights_data *data, ovf_volumes *volumes, const ovf_area **areas,
                    int count)
{
    double *times[3];
    struct latest l = {.flights = &data->flights};
    pthread_t thread;
    uint64_t state = 9;
    for (int i = 0; i < 3; i++) {
        times[i] = calloc((size_t)count, sizeof *times[i]);
        if (times[i] == NULL)
            flights_fail("no memory");
    }
    pthread_mutex_init(&l.lock, NULL);
    if (ovf_volumes_publish(volumes, &l.view) != OVF_OK
        || pthread_create(&thread, NULL, ask_latest, &l) != 0)
        flights_fail("no thread");
    for (int i = 0; i < count; i++) {
        uint32_t id = (uint32_t)(bench_next(&state) % BENCH_AREAS);
        ovf_volumes_view *view = NULL;
        double at = flights_cpu_ns();
        ovf_status status = ovf_volumes_withdraw(volumes, id, NULL);
        times[0][i] = flights_cpu_ns() - at;
        at = flights_cpu_ns();
        if (status == OVF_OK)
            status = ovf_volumes_add(volumes, id, areas[id], flights_slab(&data->areas[id]), NULL);
        times[1][i] = flights_cpu_ns() - at;
        at = flights_cpu_ns();
        if (status != OVF_OK || ovf_volumes_publish(volumes, &view) != OVF_OK)
            flights_fail("no update");
        times[2][i] = flights_cpu_ns() - at;
        hand_over(&l, view);
    }
    pthread_mutex_lock(&l.lock);
    l.is_over = true;
    pthread_mutex_unlock(&l.lock);
    pthread_join(thread, NULL);
    static const char *const names[] = {"withdrawn", "added", "published"};
    printf("  %d updates while %llu flights were asked:", count, (unsigned long long)l.asked);
    for (int i = 0; i < 3; i++) {
        qsort(times[i], (size_t)count, sizeof(double), bench_by_size);
        printf(" %s p50 %.1f us, p99 %.1f us%s", names[i], times[i][count / 2] / 1e3,
               times[i][count * 99 / 100] / 1e3, i < 2 ? ";" : "\n");
        free(times[i]);
    }
    ovf_volumes_view_free(l.view);
    ovf_volumes_view_free(l.spent);
    pthread_mutex_destroy(&l.lock);
}

/* ---- growth ---- */

static void growth(const struct flights_data *data)
{
    static const size_t sizes[] = {1000, 3000, 10000, 30000, 100000};
    size_t asked = data->flights.count < 5000 ? data->flights.count : 5000;
    size_t most = data->is_short ? 2 : OVF_COUNTOF(sizes);
    bench_area *areas = bench_made_areas(data->airports, sizes[most - 1]);
    if (areas == NULL)
        flights_fail("no memory");
    printf("growth, planar with levels and times, %zu flights:\n", asked);
    for (size_t s = 0; s < most; s++) {
        ovf_volumes *volumes = ovf_volumes_new(OVF_VOLUMES_PLANAR, 0);
        ovf_volumes_view *view = NULL;
        double at = flights_cpu_ns();
        for (uint32_t i = 0; volumes != NULL && i < sizes[s]; i++) {
            ovf_ring ring = {.vertices = areas[i].corners, .count = areas[i].count};
            if (ovf_volumes_add_planar(volumes, i, &ring, 1, flights_slab(&areas[i]), NULL)
                != OVF_OK)
                flights_fail("an area was refused");
        }
        double built_ns = flights_cpu_ns() - at;
        if (volumes == NULL || ovf_volumes_publish(volumes, &view) != OVF_OK)
            flights_fail("no memory");
        ovf_volumes_reader *reader = reader_of(view);
        (void)flights_ask(reader, &data->flights, 0, asked / 10);
        at = flights_cpu_ns();
        struct flights_tally got = flights_ask(reader, &data->flights, 0, asked);
        double ns = flights_cpu_ns() - at;
        printf("  %6zu areas: built in %.1f ms, %.1f MiB, %.0f flights/s, %llu pairs\n", sizes[s],
               built_ns / 1e6, (double)ovf_volumes_stats_of(volumes).bytes / 1048576,
               (double)asked / ns * 1e9, (unsigned long long)got.flights);
        ovf_volumes_reader_free(reader);
        ovf_volumes_view_free(view);
        ovf_volumes_free(volumes);
    }
    free(areas);
}

void flights_own(struct flights_data *data)
{
    ovf_arena arena;
    bench_flights thinned;
    ovf_volumes_view *view = NULL;
    const ovf_area **areas = calloc(BENCH_AREAS, sizeof(*areas));
    ovf_arena_init(&arena, (size_t)1 << 30);
    if (areas == NULL)
        flights_fail("no memory");
    double at = flights_cpu_ns();
    ovf_volumes *volumes = build_world(data, &arena, areas);
    double built_ns = flights_cpu_ns() - at;
    if (ovf_volumes_publish(volumes, &view) != OVF_OK)
        flights_fail("no memory");
    printf("geodesic (WGS84), %u FIRs and %d timed areas, entry and exit: built in %.0f ms, %.1f "
           "MiB\n",
           (unsigned)data->firs.count, BENCH_AREAS, built_ns / 1e6,
           (double)ovf_volumes_stats_of(volumes).bytes / 1048576);
    one_thread(view, &data->flights, "a point every 50 km");
    flights_two_threads(view, &data->flights);
    thin(&data->flights, &thinned);
    one_thread(view, &thinned, "undensified, four points a flight");
    ovf_volumes_view_free(view);
    updates(data, volumes, areas, data->is_short ? 100 : 5000);
    growth(data);
    bench_flights_done(&thinned);
    ovf_volumes_free(volumes);
    free(areas);
    ovf_arena_done(&arena);
}
