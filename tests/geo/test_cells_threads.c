/* SPDX-License-Identifier: Apache-2.0 */
/* The promise of cells.h: one thread adds, withdraws and publishes while others read snapshots. The
 * same history is first gone through by one thread alone; then three readers must give its answers
 * about every snapshot that they are handed, whatever the writer does meanwhile: areas come and go,
 * the store moves, older snapshots are freed by whoever was last to read them. Built with
 * ThreadSanitizer it also finds what does not show in the answers. */
#include <overfly/cells.h>

#include "plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#define READERS 3
#define AREAS 60
#define CHANGES 360 /* more parts than a first store holds, and more pieces */
#define POINTS 400

static ovf_arena arena;
static const ovf_area *areas[AREAS];
static uint32_t changes[CHANGES]; /* the area that comes, or goes if it is there */
static ovf_fixed points[POINTS];
static uint64_t expected[CHANGES];

static double between(uint64_t *seed, double low, double high)
{
    return low + plain_random(seed) * (high - low);
}

/* A star of some hundred vertices, so that there are many pieces. */
static const ovf_area *star(uint64_t *seed)
{
    ovf_point corners[120];
    ovf_point centre = {between(seed, 44, 48), between(seed, 5, 12)};
    for (size_t i = 0; i < OVF_COUNTOF(corners); i++)
        corners[i] = ovf_destination(centre, (double)i * 360 / OVF_COUNTOF(corners),
                                     between(seed, 50000, 90000));
    const ovf_area *area = NULL;
    assert_int_equal(ovf_area_polygon(&arena, corners, OVF_COUNTOF(corners), &area, NULL), OVF_OK);
    return area;
}

static int set_up(void **state)
{
    OVF_UNUSED(state);
    uint64_t seed = 17;
    ovf_arena_init(&arena, 0);
    for (uint32_t i = 0; i < AREAS; i++) {
        areas[i] = star(&seed);
        ovf_point centre = {between(&seed, 44, 48), between(&seed, 5, 12)};
        if (i % 3 == 0)
            assert_int_equal(
                ovf_area_circle(&arena, centre, between(&seed, 5000, 90000), &areas[i], NULL),
                OVF_OK);
    }
    areas[1] = ovf_area_unresolved();
    for (uint32_t i = 0; i < CHANGES; i++)
        changes[i] = (uint32_t)(plain_random(&seed) * AREAS);
    for (uint32_t i = 0; i < POINTS; i++)
        points[i] = ovf_point_fix((ovf_point){between(&seed, 43, 49), between(&seed, 4, 13)});
    return 0;
}

static int tear_down(void **state)
{
    OVF_UNUSED(state);
    ovf_arena_done(&arena);
    return 0;
}

static ovf_status change(ovf_cells *cells, bool *is_in, uint32_t number)
{
    uint32_t area = changes[number];
    is_in[area] = !is_in[area];
    return is_in[area] ? ovf_cells_add(cells, area, areas[area], NULL)
                       : ovf_cells_withdraw(cells, area, NULL);
}

/* What a snapshot says of all points, as one number; 0: it could not be asked. */
static uint64_t answers_of(const ovf_cells_view *view, ovf_cells_engine engine)
{
    ovf_cells_reader *reader = NULL;
    uint32_t ids[POINTS];
    uint64_t hash = 0xcbf29ce484222325u;
    if (ovf_cells_reader_new(view, engine, &reader) != OVF_OK)
        return 0;
    if (ovf_cells_at_many(reader, points, POINTS, ids) != OVF_OK)
        hash = 0;
    for (size_t i = 0; i < POINTS && hash != 0; i++) {
        size_t count = 0;
        const uint32_t *set = ovf_cells_set(reader, ids[i], &count);
        hash = (hash ^ count) * 0x100000001b3u;
        for (size_t k = 0; k < count; k++)
            hash = (hash ^ set[k]) * 0x100000001b3u;
    }
    ovf_cells_reader_free(reader);
    return hash;
}

/* Is the record itself right? Random points are nowhere within a millimetre of a border. */
static void check_exactly(const ovf_cells_view *view, const bool *is_in)
{
    ovf_cells_reader *reader = NULL;
    assert_int_equal(ovf_cells_reader_new(view, OVF_CELLS_BEST, &reader), OVF_OK);
    for (size_t i = 0; i < POINTS; i++) {
        size_t count = 0, wanted = 0;
        const uint32_t *set = ovf_cells_set(reader, ovf_cells_at(reader, points[i]), &count);
        for (uint32_t area = 0; area < AREAS; area++) {
            ovf_tri holds = is_in[area] ? ovf_area_contains(areas[area], ovf_fixed_point(points[i]))
                                        : OVF_TRI_NO;
            if (holds == OVF_TRI_NO)
                continue;
            assert_true(wanted < count);
            assert_int_equal(set[wanted], holds == OVF_TRI_YES ? area : area | OVF_CELLS_UNKNOWN);
            wanted++;
        }
        assert_int_equal(count, wanted);
    }
    ovf_cells_reader_free(reader);
}

static void record(void **state)
{
    OVF_UNUSED(state);
    bool is_in[AREAS] = {false};
    ovf_cells *cells = ovf_cells_new(OVF_CELLS_GEODESIC, 0);
    assert_non_null(cells);
    for (uint32_t i = 0; i < CHANGES; i++) {
        ovf_cells_view *view = NULL;
        assert_int_equal(change(cells, is_in, i), OVF_OK);
        assert_int_equal(ovf_cells_publish(cells, &view), OVF_OK);
        expected[i] = answers_of(view, OVF_CELLS_PORTABLE);
        assert_true(expected[i] != 0);
        if (i % 60 == 59)
            check_exactly(view, is_in);
        ovf_cells_view_free(view);
    }
    ovf_cells_free(cells);
}

/* ---- the hand-over ---- */

struct snapshot {
    ovf_cells_view *view;
    uint32_t number; /* of the change */
    uint32_t users;  /* guarded by `lock` */
};

struct exchange {
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t moved;
    struct snapshot *latest;
    uint32_t read; /* snapshots, by all readers */
    uint32_t wrong;
    bool is_over;
};

static void let_go(struct exchange *x, struct snapshot *snapshot)
{
    pthread_mutex_lock(&x->lock);
    bool is_last = --snapshot->users == 0;
    pthread_mutex_unlock(&x->lock);
    if (is_last) {
        ovf_cells_view_free(snapshot->view);
        free(snapshot);
    }
}

static void *read_on(void *argument)
{
    struct exchange *x = argument;
    uint32_t last = UINT32_MAX;
    for (uint32_t turn = 0;; turn++) {
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
        ovf_cells_engine engine = turn % 2 == 0 ? OVF_CELLS_BEST : OVF_CELLS_PORTABLE;
        bool is_right = answers_of(snapshot->view, engine) == expected[last];
        let_go(x, snapshot);
        pthread_mutex_lock(&x->lock);
        x->read++;
        x->wrong += !is_right;
        pthread_cond_broadcast(&x->moved);
        pthread_mutex_unlock(&x->lock);
    }
}

/* The writer runs ahead of the readers by eight changes at most, so that every part of the history
 * is read while it goes on. */
static bool hand_over(struct exchange *x, ovf_cells *cells, uint32_t number)
{
    struct snapshot *snapshot = malloc(sizeof *snapshot);
    if (snapshot == NULL)
        return false;
    *snapshot = (struct snapshot){.number = number, .users = 1};
    if (ovf_cells_publish(cells, &snapshot->view) != OVF_OK) {
        free(snapshot);
        return false;
    }
    pthread_mutex_lock(&x->lock);
    struct snapshot *before = x->latest;
    x->latest = snapshot;
    pthread_cond_broadcast(&x->moved);
    while (x->read < number / 8)
        pthread_cond_wait(&x->moved, &x->lock);
    pthread_mutex_unlock(&x->lock);
    if (before != NULL)
        let_go(x, before);
    return true;
}

static void readers_and_writer(void **state)
{
    OVF_UNUSED(state);
    struct exchange x = {0};
    pthread_t threads[READERS];
    bool is_in[AREAS] = {false};
    bool is_done = true;
    pthread_mutex_init(&x.lock, NULL);
    pthread_cond_init(&x.moved, NULL);
    ovf_cells *cells = ovf_cells_new(OVF_CELLS_GEODESIC, 0);
    assert_non_null(cells);
    for (size_t i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_on, &x), 0);
    for (uint32_t i = 0; i < CHANGES && is_done; i++)
        is_done = change(cells, is_in, i) == OVF_OK && hand_over(&x, cells, i);
    ovf_cells_free(cells); // while snapshots are still being read
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
    assert_true(x.read >= CHANGES / 8);
    pthread_cond_destroy(&x.moved);
    pthread_mutex_destroy(&x.lock);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"one thread alone, exactly", record, NULL, NULL, NULL},
        {"three readers and a writer", readers_and_writer, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("cells_threads", tests, set_up, tear_down);
}
