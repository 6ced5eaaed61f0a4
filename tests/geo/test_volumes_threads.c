/* SPDX-License-Identifier: Apache-2.0 */
/* The promise of volumes.h: one thread adds, withdraws and publishes while others ask snapshots.
 * The same history is first gone through by one thread alone; then two readers must give its
 * answers about every snapshot that they are handed. Built with ThreadSanitizer it also finds what
 * does not show in the answers. */
#include <overfly/volumes.h>

#include "plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#define READERS 2
#define AREAS 60
#define CHANGES 300
#define PATHS 6
#define POINTS 12

static ovf_arena arena;
static const ovf_area *areas[AREAS];
static uint32_t changes[CHANGES]; /* the area that comes, or goes if it is there */
static ovf_volumes_point paths[PATHS][POINTS];
static uint64_t expected[CHANGES];

static double between(uint64_t *seed, double low, double high)
{
    return low + plain_random(seed) * (high - low);
}

static int set_up(void **state)
{
    OVF_UNUSED(state);
    uint64_t seed = 19;
    ovf_arena_init(&arena, 0);
    for (uint32_t i = 0; i < AREAS; i++) {
        ovf_point corners[40];
        ovf_point centre = {between(&seed, 42, 50), between(&seed, 3, 14)};
        double radius_m = between(&seed, 5000, i % 4 == 0 ? 500000 : 90000);
        for (size_t k = 0; k < OVF_COUNTOF(corners); k++)
            corners[k] = ovf_destination(centre, (double)k * 9, radius_m * between(&seed, 0.5, 1));
        if (i % 3 == 0)
            assert_int_equal(
                ovf_area_circle(&arena, centre, fmin(radius_m, 90000), &areas[i], NULL), OVF_OK);
        else
            assert_int_equal(
                ovf_area_polygon(&arena, corners, OVF_COUNTOF(corners), &areas[i], NULL), OVF_OK);
    }
    for (uint32_t i = 0; i < CHANGES; i++)
        changes[i] = (uint32_t)(plain_random(&seed) * AREAS);
    for (uint32_t i = 0; i < PATHS; i++)
        for (uint32_t k = 0; k < POINTS; k++)
            paths[i][k] = (ovf_volumes_point){
                .place = ovf_point_fix(
                    (ovf_point){between(&seed, 41, 51), 2 + k + between(&seed, 0, 1)}),
                .time_s = k * 300,
            };
    return 0;
}

static int tear_down(void **state)
{
    OVF_UNUSED(state);
    ovf_arena_done(&arena);
    return 0;
}

static ovf_status change(ovf_volumes *volumes, bool *is_in, uint32_t number)
{
    uint32_t area = changes[number];
    is_in[area] = !is_in[area];
    return is_in[area] ? ovf_volumes_add(volumes, area, areas[area], OVF_VOLUMES_ALWAYS, NULL)
                       : ovf_volumes_withdraw(volumes, area, NULL);
}

/* What a snapshot says of all paths, as one number; 0: it could not be asked. */
static uint64_t answers_of(const ovf_volumes_view *view, ovf_cells_engine engine)
{
    ovf_volumes_reader *reader = NULL;
    uint64_t hash = 0xcbf29ce484222325u;
    if (ovf_volumes_reader_new(view, engine, &reader) != OVF_OK)
        return 0;
    for (size_t i = 0; i < PATHS; i++) {
        const ovf_volumes_stretch *stretches = NULL;
        size_t count = 0;
        if (ovf_volumes_ask(reader, paths[i], POINTS, NULL, &stretches, &count, NULL) != OVF_OK)
            return 0;
        for (size_t k = 0; k < count; k++) {
            hash = (hash ^ stretches[k].id) * 0x100000001b3u;
            hash = (hash ^ (uint64_t)llround(stretches[k].exit_m * 1000)) * 0x100000001b3u;
        }
    }
    ovf_volumes_reader_free(reader);
    return hash;
}

static void record(void **state)
{
    bool is_in[AREAS] = {false};
    ovf_volumes *volumes = ovf_volumes_new(OVF_VOLUMES_GEODESIC, 0);
    OVF_UNUSED(state);
    assert_non_null(volumes);
    for (uint32_t i = 0; i < CHANGES; i++) {
        ovf_volumes_view *view = NULL;
        assert_int_equal(change(volumes, is_in, i), OVF_OK);
        assert_int_equal(ovf_volumes_publish(volumes, &view), OVF_OK);
        expected[i] = answers_of(view, OVF_CELLS_PORTABLE);
        assert_true(expected[i] != 0);
        ovf_volumes_view_free(view);
    }
    ovf_volumes_free(volumes);
}

struct snapshot {
    ovf_volumes_view *view;
    uint32_t number, users; /* users: guarded by `lock` */
};
struct exchange {
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t moved;
    struct snapshot *latest;
    uint32_t read, wrong;
    bool is_over;
};

static void let_go(struct exchange *x, struct snapshot *snapshot)
{
    pthread_mutex_lock(&x->lock);
    bool is_last = --snapshot->users == 0;
    pthread_mutex_unlock(&x->lock);
    if (is_last) {
        ovf_volumes_view_free(snapshot->view);
        free(snapshot);
    }
}

static void *read_on(void *argument)
{
    struct exchange *x = argument;
    uint32_t last = UINT32_MAX;
    for (;;) {
        pthread_mutex_lock(&x->lock);
        while (!x->is_over && (x->latest == NULL || x->latest->number == last))
            pthread_cond_wait(&x->moved, &x->lock);
        struct snapshot *snapshot = x->latest;
        bool is_new = snapshot != NULL && snapshot->number != last;
        if (is_new)
            snapshot->users++;
        pthread_mutex_unlock(&x->lock);
        if (!is_new)
            return NULL;
        last = snapshot->number;
        bool is_right = answers_of(snapshot->view, OVF_CELLS_BEST) == expected[last];
        let_go(x, snapshot);
        pthread_mutex_lock(&x->lock);
        x->read++;
        x->wrong += !is_right;
        pthread_cond_broadcast(&x->moved);
        pthread_mutex_unlock(&x->lock);
    }
}

static bool hand_over(struct exchange *x, ovf_volumes *volumes, uint32_t number)
{
    struct snapshot *snapshot = calloc(1, sizeof *snapshot);
    if (snapshot == NULL || ovf_volumes_publish(volumes, &snapshot->view) != OVF_OK) {
        free(snapshot);
        return false;
    }
    snapshot->number = number;
    snapshot->users = 1;
    pthread_mutex_lock(&x->lock);
    struct snapshot *before = x->latest;
    x->latest = snapshot;
    pthread_cond_broadcast(&x->moved);
    while (x->read < number / 8) // so that every part of the history is read
        pthread_cond_wait(&x->moved, &x->lock);
    pthread_mutex_unlock(&x->lock);
    if (before != NULL)
        let_go(x, before);
    return true;
}

static void readers_and_writer(void **state)
{
    struct exchange x = {0};
    pthread_t threads[READERS];
    bool is_in[AREAS] = {false};
    bool is_done = true;
    OVF_UNUSED(state);
    pthread_mutex_init(&x.lock, NULL);
    pthread_cond_init(&x.moved, NULL);
    ovf_volumes *volumes = ovf_volumes_new(OVF_VOLUMES_GEODESIC, 0);
    assert_non_null(volumes);
    for (size_t i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_on, &x), 0);
    for (uint32_t i = 0; i < CHANGES && is_done; i++)
        is_done = change(volumes, is_in, i) == OVF_OK && hand_over(&x, volumes, i);
    ovf_volumes_free(volumes); // while snapshots are still being read
    pthread_mutex_lock(&x.lock);
    x.is_over = true;
    pthread_cond_broadcast(&x.moved);
    pthread_mutex_unlock(&x.lock);
    for (size_t i = 0; i < READERS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    if (x.latest != NULL)
        let_go(&x, x.latest);
    assert_true(is_done);
    assert_int_equal(x.wrong, 0);
    pthread_cond_destroy(&x.moved);
    pthread_mutex_destroy(&x.lock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"one thread alone", record, NULL, NULL, NULL},
        {"two readers and a writer", readers_and_writer, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("volumes_threads", tests, set_up, tear_down);
}
