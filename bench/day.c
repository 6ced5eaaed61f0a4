/* SPDX-License-Identifier: Apache-2.0 */
/* How long does it take from a plan's text to its answer, and to tell which flights of a loaded day a
 * new closure touches?
 *
 * The day is 100,000 made plans, the closures are 10,000 made areas with their hours, read out of the
 * texts of notices and judged alone. Before the times count, a sample of closures asked of the day
 * has to give what the flights give one by one, and the index what the plain way gives.
 *
 *   bench-day [short | FLIGHTS] */
#include "day_made.h"
#include "firs.h"

#include <overfly/day.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CLOSURES 1000
#define JUDGED 4000 /* flights that are judged, of the whole day */
#define THREADS_MAX 2

struct made_day {
    const ovf_world *world;
    const ovf_picture *picture;
    const ovf_conflict_index *index;
    char *plans;
    size_t *ends;
    size_t flights;
};

struct share {
    const struct made_day *d;
    size_t first, step, flights; /* each step-th of the first ones */
    size_t crossings;
    pthread_t thread;
};

static void fail(const char *what, const ovf_error *err)
{
    fprintf(stderr, "bench-day: %s: %s\n", what, err == NULL ? "" : err->reason);
    exit(1);
}

static double now_ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double cpu_ms(void)
{
    return now_ms(CLOCK_THREAD_CPUTIME_ID);
}

static ovf_picture *picture_of(const ovf_world *world, const ovf_rulebook *rules, ovf_str notices)
{
    ovf_picture_options options = {
        .as_of = OVF_TIME_OPEN,
        .alone = true,
        .window = {BENCH_DAY_START - OVF_DAY_S, BENCH_DAY_START + 4 * OVF_DAY_S}};
    const ovf_source source = {.name = OVF_STR("made"), .known = OVF_TIME_NONE};
    ovf_picture *picture = NULL;
    ovf_error err = {0};
    if (ovf_picture_new(world, rules, &options, &picture, &err) != OVF_OK
        || ovf_picture_add(picture, notices, &source, NULL, &err) != OVF_OK
        || ovf_picture_settle(picture, &err) != OVF_OK)
        fail("picture", &err);
    return picture;
}

static ovf_str plan_text(const struct made_day *d, size_t index)
{
    size_t from = index == 0 ? 0 : d->ends[index - 1] + 2;
    return (ovf_str){d->plans + from, d->ends[index] - from};
}

/* false: one of its aerodromes is not in the world. */
static bool read_plan(const struct made_day *d, size_t index, ovf_arena *arena, ovf_flight **flight,
                      ovf_track *track)
{
    size_t count = 0;
    ovf_error err = {0};
    if (ovf_flight_read(d->world, plan_text(d, index), NULL, arena, flight, &count, &err) != OVF_OK
        || count != 1)
        fail("plan", &err);
    return ovf_flight_track(*flight, arena, track, &err) == OVF_OK;
}

/* ---- one plan, text to answer ---- */

static size_t judge(const struct made_day *d, size_t index, ovf_arena *arena)
{
    ovf_flight *flight = NULL;
    ovf_track track;
    ovf_conflict conflict;
    ovf_error err = {0};
    if (!read_plan(d, index, arena, &flight, &track))
        return 0;
    if (ovf_conflict_indexed(d->index, flight, &track, NULL, OVF_TIME_NONE, arena, &conflict, &err)
        != OVF_OK)
        fail("judge", &err);
    return conflict.crossing_count;
}

static void time_plans(const struct made_day *d, size_t flights)
{
    double *took = calloc(flights, sizeof(*took));
    double read_ms = 0;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (size_t i = 0; i < flights; i++) {
        ovf_flight *flight = NULL;
        ovf_track track;
        double start = cpu_ms();
        read_plan(d, i, &arena, &flight, &track);
        read_ms += cpu_ms() - start;
        ovf_arena_reset(&arena);
        start = cpu_ms();
        judge(d, i, &arena);
        took[i] = cpu_ms() - start;
        ovf_arena_reset(&arena);
    }
    qsort(took, flights, sizeof(*took), bench_by_size);
    printf("one plan, text to answer: p50 %.0f us, p99 %.0f us (aim 100 us), of which its text and "
           "trajectory %.0f us in the mean\n",
           took[flights / 2] * 1e3, took[flights * 99 / 100] * 1e3,
           read_ms * 1e3 / (double)flights);
    free(took);
    ovf_arena_done(&arena);
}

static void *run_share(void *context)
{
    struct share *s = context;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (size_t i = s->first; i < s->flights; i += s->step) {
        s->crossings += judge(s->d, i, &arena);
        ovf_arena_reset(&arena);
    }
    ovf_arena_done(&arena);
    return NULL;
}

static void time_threads(const struct made_day *d, size_t flights, size_t threads)
{
    struct share shares[THREADS_MAX] = {0};
    double start = now_ms(CLOCK_MONOTONIC);
    double cpu = now_ms(CLOCK_PROCESS_CPUTIME_ID);
    for (size_t i = 0; i < threads; i++) {
        shares[i] = (struct share){.d = d, .first = i, .step = threads, .flights = flights};
        if (pthread_create(&shares[i].thread, NULL, run_share, &shares[i]) != 0)
            fail("thread", NULL);
    }
    size_t crossings = 0;
    for (size_t i = 0; i < threads; i++) {
        pthread_join(shares[i].thread, NULL);
        crossings += shares[i].crossings;
    }
    double wall = now_ms(CLOCK_MONOTONIC) - start;
    cpu = now_ms(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    printf(
        "texts to answers, %zu thread%s: %.0f flights/s by the clock, %.0f a second of processor "
        "time and thread; %zu crossings\n",
        threads, threads == 1 ? "" : "s", (double)flights / wall * 1e3,
        (double)flights * (double)threads / cpu * 1e3, crossings);
}

/* ---- the day ---- */

static ovf_day *load_day(const struct made_day *d)
{
    ovf_day *day = NULL;
    ovf_error err = {0};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    if (ovf_day_new(d->world, 0, &day, &err) != OVF_OK)
        fail("day", &err);
    double add_ms = 0;
    double start = cpu_ms();
    for (size_t i = 0; i < d->flights; i++) {
        ovf_flight *flight = NULL;
        ovf_track track;
        uint32_t id = 0;
        if (read_plan(d, i, &arena, &flight, &track)) {
            double before = cpu_ms();
            if (ovf_day_add(day, flight, &track, NULL, &id, &err) != OVF_OK)
                fail("add", &err);
            add_ms += cpu_ms() - before;
        }
        ovf_arena_reset(&arena);
    }
    double took = cpu_ms() - start;
    ovf_day_stats stats = ovf_day_stats_of(day);
    printf(
        "day: %zu flights, %.1f points each, loaded in %.1f s, of which adding %.2f s; %zu bytes "
        "a flight\n",
        stats.flights, (double)stats.points / (double)stats.flights, took / 1e3, add_ms / 1e3,
        stats.bytes / stats.flights);
    ovf_arena_done(&arena);
    return day;
}

static void time_closures(const struct made_day *d, const ovf_day *day, size_t closures)
{
    double *took = calloc(closures, sizeof(*took));
    size_t touched = 0;
    size_t crossings = 0;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    size_t step = ovf_picture_restriction_count(d->picture) / closures;
    for (size_t i = 0; i < closures; i++) {
        const ovf_restriction *r = ovf_picture_restriction(d->picture, i * step);
        ovf_day_touch *touches = NULL;
        size_t count = 0;
        ovf_error err = {0};
        double start = cpu_ms();
        if (ovf_day_touched(day, d->picture, &r, 1, OVF_TIME_NONE, &arena, &touches, &count, &err)
            != OVF_OK)
            fail("touched", &err);
        took[i] = cpu_ms() - start;
        touched += count;
        for (size_t k = 0; k < count; k++)
            crossings += touches[k].crossing_count;
        ovf_arena_reset(&arena);
    }
    qsort(took, closures, sizeof(*took), bench_by_size);
    double sum = 0;
    for (size_t i = 0; i < closures; i++)
        sum += took[i];
    printf(
        "closure against the day: p50 %.2f ms, p90 %.2f ms, p99 %.2f ms (aim 10 ms); %.1f flights "
        "touched in the mean, %.2f crossings, %.0f us a flight touched\n",
        took[closures / 2], took[closures * 9 / 10], took[closures * 99 / 100],
        (double)touched / (double)closures, (double)crossings / (double)closures,
        sum * 1e3 / (double)(touched > 0 ? touched : 1));
    free(took);
    ovf_arena_done(&arena);
}

/* ---- the answers first ---- */

static size_t crossings_of(const ovf_conflict *c, const ovf_restriction *r)
{
    size_t count = 0;
    for (size_t i = 0; i < c->crossing_count; i++)
        count += c->crossings[i].restriction == r;
    return count;
}

static size_t day_count(const ovf_day *day, const struct made_day *d, const ovf_restriction *r,
                        uint32_t flight, ovf_arena *arena)
{
    ovf_day_touch *touches = NULL;
    size_t count = 0;
    ovf_error err = {0};
    if (ovf_day_touched(day, d->picture, &r, 1, OVF_TIME_NONE, arena, &touches, &count, &err)
        != OVF_OK)
        fail("touched", &err);
    for (size_t i = 0; i < count; i++) {
        if (touches[i].flight == flight)
            return touches[i].crossing_count;
    }
    return 0;
}

/* The first flights: plain, by the index, and each closure that they touch asked of a day of them. */
static void compare(const struct made_day *all, size_t flights)
{
    struct made_day d = *all;
    d.flights = flights < d.flights ? flights : d.flights;
    ovf_arena arena;
    ovf_arena scratch;
    ovf_arena_init(&arena, 0);
    ovf_arena_init(&scratch, 0);
    ovf_day *day = load_day(&d);
    uint32_t id = 0;
    size_t compared = 0;
    for (size_t i = 0; i < d.flights; i++) {
        ovf_flight *flight = NULL;
        ovf_track track;
        ovf_conflict plain;
        ovf_conflict quick;
        ovf_error err = {0};
        if (!read_plan(&d, i, &arena, &flight, &track))
            continue;
        if (ovf_conflict_flight(d.picture, flight, &track, NULL, OVF_TIME_NONE, &arena, &plain,
                                &err)
                != OVF_OK
            || ovf_conflict_indexed(d.index, flight, &track, NULL, OVF_TIME_NONE, &arena, &quick,
                                    &err)
                   != OVF_OK)
            fail("judge", &err);
        bool is_same = plain.crossing_count == quick.crossing_count && plain.answer == quick.answer;
        for (size_t k = 0; is_same && k < plain.crossing_count; k++) {
            const ovf_restriction *r = plain.crossings[k].restriction;
            is_same = r == quick.crossings[k].restriction
                      && plain.crossings[k].entry.along_m == quick.crossings[k].entry.along_m
                      && crossings_of(&plain, r) == day_count(day, &d, r, id, &scratch);
            ovf_arena_reset(&scratch);
            compared++;
        }
        if (!is_same)
            fail("the plain way, the index and the day do not agree", NULL);
        id++;
        ovf_arena_reset(&arena);
    }
    printf("the plain way, the index and the day agree on %zu crossings of these\n", compared);
    ovf_day_free(day);
    ovf_arena_done(&scratch);
    ovf_arena_done(&arena);
}

int main(int argc, char **argv)
{
    bool is_short = argc > 1 && strcmp(argv[1], "short") == 0;
    struct made_day d = {.flights = is_short   ? 200
                                    : argc > 1 ? strtoul(argv[1], NULL, 10)
                                               : BENCH_DAY_FLIGHTS};
    static bench_airport airports[BENCH_AIRPORTS];
    if (!bench_airports_load(airports, "../shared/bench/airports.tsv")) {
        printf("the table of airports is not there: skipped\n");
        return 0;
    }
    const char *path = getenv("OVERFLY_WORLD");
    ovf_error err = {0};
    ovf_world *world = NULL;
    ovf_rulebook *rules = NULL;
    if (ovf_world_open(path == NULL ? "build/overfly.world" : path, &world, &err) != OVF_OK
        || ovf_rulebook_new(world, &rules, &err) != OVF_OK)
        fail("world", &err);
    bench_machine(is_short);
    printf("times: processor time of the one thread, unless it says otherwise\n");
    static size_t notice_ends[BENCH_AREAS];
    size_t notice_len = 0;
    char *notices = bench_made_notices(airports, &notice_len, notice_ends);
    ovf_picture *picture = picture_of(world, rules, (ovf_str){notices, notice_len});
    ovf_conflict_index *index = NULL;
    double start = cpu_ms();
    if (d.flights == 0 || ovf_conflict_index_new(picture, &index, &err) != OVF_OK)
        fail("index", &err);
    printf("picture: %zu restrictions; index of them and of the FIRs: %.0f ms\n",
           ovf_picture_restriction_count(picture), cpu_ms() - start);
    size_t plan_len = 0;
    d.world = world;
    d.picture = picture;
    d.index = index;
    d.ends = calloc(d.flights, sizeof(*d.ends));
    d.plans = bench_made_plans(airports, d.flights, &plan_len, d.ends);
    size_t judged = d.flights < JUDGED ? d.flights : JUDGED;
    compare(&d, 200);
    time_plans(&d, judged);
    time_threads(&d, judged, 1);
    time_threads(&d, judged, 2);
    ovf_day *day = load_day(&d);
    time_closures(&d, day, is_short ? 50 : CLOSURES);
    ovf_day_free(day);
    ovf_conflict_index_free(index);
    ovf_picture_free(picture);
    ovf_rulebook_free(rules);
    ovf_world_free(world);
    free(d.plans);
    free(d.ends);
    free(notices);
    return 0;
}
