/* SPDX-License-Identifier: Apache-2.0 */
/* How long does it take to judge a plan, from its text to the answer, against 10,000 timed areas?
 *
 *   bench-day [FLIGHTS] */
#include "day_made.h"
#include "firs.h"

#include <overfly/day.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const ovf_world *world;
static bench_airport airports[BENCH_AIRPORTS];

static void fail(const char *what, const ovf_error *err)
{
    fprintf(stderr, "bench-day: %s: %s\n", what, err == NULL ? "" : err->reason);
    exit(1);
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static ovf_picture *picture_of(const ovf_rulebook *rules, ovf_str notices)
{
    ovf_picture_options options = {.as_of = OVF_TIME_OPEN,
                                   .alone = true,
                                   .window = {BENCH_DAY_START - OVF_DAY_S,
                                              BENCH_DAY_START + 4 * OVF_DAY_S}};
    const ovf_source source = {.name = OVF_STR("made"), .known = OVF_TIME_NONE};
    ovf_picture *picture = NULL;
    ovf_error err = {0};
    if (ovf_picture_new(world, rules, &options, &picture, &err) != OVF_OK
        || ovf_picture_add(picture, notices, &source, NULL, &err) != OVF_OK
        || ovf_picture_settle(picture, &err) != OVF_OK)
        fail("picture", &err);
    return picture;
}

int main(int argc, char **argv)
{
    size_t flights = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
    bool reads_only = argc > 2 && argv[2][0] == 'r';
    const char *path = getenv("OVERFLY_WORLD");
    ovf_error err = {0};
    ovf_world *opened = NULL;
    if (ovf_world_open(path == NULL ? "build/overfly.world" : path, &opened, &err) != OVF_OK)
        fail("world", &err);
    world = opened;
    if (!bench_airports_load(airports, "../shared/bench/airports.tsv"))
        fail("airports", NULL);
    ovf_rulebook *rules = NULL;
    if (ovf_rulebook_new(world, &rules, &err) != OVF_OK)
        fail("rules", &err);
    size_t notice_len = 0;
    static size_t notice_ends[BENCH_AREAS];
    char *notices = bench_made_notices(airports, &notice_len, notice_ends);
    double start = now_ms();
    ovf_picture *picture = picture_of(rules, (ovf_str){notices, notice_len});
    printf("picture: %zu restrictions, %.0f ms\n", ovf_picture_restriction_count(picture),
           now_ms() - start);
    size_t plan_len = 0;
    size_t *ends = calloc(flights, sizeof(*ends));
    char *plans = bench_made_plans(airports, flights, &plan_len, ends);
    printf("plans: %zu bytes\n", plan_len);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    size_t crossings = 0;
    size_t points = 0;
    size_t answers[4] = {0};
    double read_ms = 0;
    double track_ms = 0;
    double judge_ms = 0;
    ovf_conflict_index *index = NULL;
    start = now_ms();
    if (ovf_conflict_index_new(picture, &index, &err) != OVF_OK)
        fail("index", &err);
    printf("index: %.0f ms\n", now_ms() - start);
    uint64_t sum = 0;
    for (size_t i = 0; i < flights; i++) {
        size_t from = i == 0 ? 0 : ends[i - 1] + 2;
        ovf_str text = {plans + from, ends[i] - from};
        ovf_flight *flight = NULL;
        size_t count = 0;
        double a = now_ms();
        if (ovf_flight_read(world, text, NULL, &arena, &flight, &count, &err) != OVF_OK || count != 1)
            fail("read", &err);
        double b = now_ms();
        ovf_track track;
        if (ovf_flight_track(flight, &arena, &track, &err) != OVF_OK)
            continue;
        double c = now_ms();
        ovf_conflict conflict = {0};
        if (!reads_only
            && (argc > 3 ? ovf_conflict_flight(picture, flight, &track, NULL, OVF_TIME_NONE, &arena, &conflict, &err) : ovf_conflict_indexed(index, flight, &track, NULL, OVF_TIME_NONE, &arena, &conflict, &err))
                   != OVF_OK)
            fail("conflict", &err);
        double d = now_ms();
        read_ms += b - a;
        track_ms += c - b;
        judge_ms += d - c;
        for (size_t k = 0; k < conflict.crossing_count; k++) {
            const ovf_crossing *x = &conflict.crossings[k];
            sum = sum * 31 + (uint64_t)llround(x->entry.along_m * 1000) + x->restriction->order;
            sum = sum * 31 + (uint64_t)llround(x->exit.along_m * 1000) + x->certainty;
        }
        crossings += conflict.crossing_count;
        points += track.count;
        answers[conflict.answer]++;
        ovf_arena_reset(&arena);
    }
    double n = (double)flights;
    ovf_day *day = NULL;
    if (ovf_day_new(world, 0, &day, &err) != OVF_OK)
        fail("day", &err);
    double add_ms = 0;
    for (size_t i = 0; i < flights; i++) {
        size_t from = i == 0 ? 0 : ends[i - 1] + 2;
        ovf_str text = {plans + from, ends[i] - from};
        ovf_flight *flight = NULL;
        size_t count = 0;
        ovf_track track;
        if (ovf_flight_read(world, text, NULL, &arena, &flight, &count, &err) != OVF_OK )
            fail("read", &err);
        if (ovf_flight_track(flight, &arena, &track, &err) != OVF_OK)
            continue;
        double a = now_ms();
        uint32_t id = 0;
        if (ovf_day_add(day, flight, &track, NULL, &id, &err) != OVF_OK)
            fail("add", &err);
        add_ms += now_ms() - a;
        ovf_arena_reset(&arena);
    }
    printf("day: %.1f us an add, %zu bytes a flight\n", add_ms * 1e3 / n, ovf_day_stats_of(day).bytes / flights);
    size_t touched = 0, crossed = 0;
    size_t asked = 300;
    static double took[1000];
    for (size_t i = 0; i < asked; i++) {
        const ovf_restriction *r = ovf_picture_restriction(picture, i * 33);
        ovf_day_touch *touch = NULL;
        size_t count = 0;
        double a = now_ms();
        if (ovf_day_touched(day, picture, &r, 1, OVF_TIME_NONE, &arena, &touch, &count, &err) != OVF_OK)
            fail("touched", &err);
        took[i] = now_ms() - a;
        touched += count;
        for (size_t k = 0; k < count; k++) crossed += touch[k].crossing_count;
        ovf_arena_reset(&arena);
    }
    qsort(took, asked, sizeof(double), bench_by_size);
    printf("closure: %.1f flights touched, %.1f crossings; ms p50 %.3f p90 %.3f p99 %.3f max %.3f\n", (double)touched / asked, (double)crossed / asked, took[asked / 2], took[asked * 9 / 10], took[asked * 99 / 100], took[asked - 1]);
    printf("%zu flights, %.1f points each, %zu crossings, answers %zu %zu %zu %zu\n", flights,
           (double)points / n, crossings, answers[0], answers[1], answers[2], answers[3]);
    printf("sum %llu\n", (unsigned long long)sum);
    printf("us a flight: read %.1f, track %.1f, judge %.1f\n", read_ms * 1e3 / n, track_ms * 1e3 / n,
           judge_ms * 1e3 / n);
    return 0;
}
