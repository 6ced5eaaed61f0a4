/* SPDX-License-Identifier: Apache-2.0 */
/* A row of pieces of work, shared out among threads. Shares are small, so that one long notice does
 * not keep the others waiting, and each thread has an arena of its own. */
#include "shares.h"

#include <pthread.h>
#include <stdatomic.h>

#define THREADS_MAX 64
#define SHARE_MIN 8
#define SHARE_MAX 256

struct row {
    ovf_share_work work;
    void *context;
    size_t count, share;
    atomic_size_t next; /* what nobody has taken yet */
    atomic_bool failed;
};

struct worker {
    struct row *row;
    ovf_arena arena;
    pthread_t thread;
};

static void work_off(struct row *row, ovf_arena *arena)
{
    while (!atomic_load_explicit(&row->failed, memory_order_relaxed)) {
        size_t from = atomic_fetch_add_explicit(&row->next, row->share, memory_order_relaxed);
        if (from >= row->count)
            return;
        size_t until = row->count - from < row->share ? row->count : from + row->share;
        if (!row->work(row->context, arena, from, until))
            atomic_store_explicit(&row->failed, true, memory_order_relaxed);
    }
}

static void *start(void *context)
{
    struct worker *worker = context;
    work_off(worker->row, &worker->arena);
    return NULL;
}

bool ovf_share_out(ovf_arena *arena, unsigned threads, size_t count, ovf_share_work work,
                   void *context)
{
    struct row row = {.work = work, .context = context, .count = count};
    threads = threads > THREADS_MAX ? THREADS_MAX : threads;
    size_t share = count / (threads < 2 ? 1 : (size_t)threads * 16);
    row.share = share < SHARE_MIN ? SHARE_MIN : share > SHARE_MAX ? SHARE_MAX : share;
    struct worker workers[THREADS_MAX];
    size_t started = 0;
    while (started + 1 < threads && (started + 1) * row.share < count) {
        struct worker *worker = &workers[started];
        worker->row = &row;
        ovf_arena_init(&worker->arena, arena->limit);
        if (pthread_create(&worker->thread, NULL, start, worker) != 0)
            break; // those that there are do it all
        started++;
    }
    work_off(&row, arena);
    bool ok = true;
    for (size_t i = 0; i < started; i++) {
        pthread_join(workers[i].thread, NULL);
        ok = ovf_arena_take(arena, &workers[i].arena) && ok;
        ovf_arena_done(&workers[i].arena);
    }
    return ok && !atomic_load_explicit(&row.failed, memory_order_relaxed);
}
