/* SPDX-License-Identifier: Apache-2.0 */
/* How long is a status answer at any place, instant and moment of knowing, out of a ledger of a
 * million documents; and is it the answer that all its documents give?
 *
 *   bench-ledger make FILE [DOCUMENTS]      a made ledger, with its index
 *   bench-ledger ask FILE [QUESTIONS]       p50, p99 of selecting, and of the whole answer
 *   bench-ledger compare FILE [QUESTIONS] [DAYS]
 *                                           against the picture of everything known in the first DAYS
 *   bench-ledger short FOLDER               all three with a small ledger, as a test */
#include "ledger_made.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SEED 20251129
#define BATCH 5000
#define COLUMNS 6

static const ovf_world *world;
static ovf_rulebook *rules;

static void fail(const char *what, const ovf_error *err)
{
    fprintf(stderr, "bench-ledger: %s: %s\n", what, err->reason);
    exit(1);
}

static ovf_ledger *opened(const char *path, bool create)
{
    ovf_ledger *ledger = NULL;
    ovf_error err = {0};
    if (ovf_ledger_open(path, create, &ledger, &err) != OVF_OK
        || ovf_ledger_use_world(ledger, world, &err) != OVF_OK)
        fail(path, &err);
    return ledger;
}

static void make(const char *path, uint64_t total)
{
    ovf_ledger *ledger = opened(path, true);
    made_ledger *made = made_ledger_new(world, total, SEED);
    ovf_error err = {0};
    ovf_ledger_entry entry;
    double start = made_now_ms();
    bool more = true;
    uint64_t bytes = 0;
    while (more) {
        if (ovf_ledger_begin(ledger, &err) != OVF_OK)
            fail("begin", &err);
        for (size_t i = 0; i < BATCH && more; i++) {
            more = made_ledger_next(made, &entry);
            if (more && ovf_ledger_put(ledger, &entry, NULL, 0, NULL, &err) != OVF_OK)
                fail("put", &err);
            bytes += more ? entry.bytes.len : 0;
        }
        if (ovf_ledger_commit(ledger, &err) != OVF_OK)
            fail("commit", &err);
    }
    double put = made_now_ms();
    for (uint64_t left = 1; left > 0;) {
        if (ovf_ledger_index(ledger, BATCH, &left, &err) != OVF_OK)
            fail("index", &err);
    }
    double end = made_now_ms();
    printf("made %llu documents, %.1f MB of text: put %.1f us each, indexed %.1f us each\n",
           (unsigned long long)total, (double)bytes / 1e6, (put - start) * 1e3 / (double)total,
           (end - put) * 1e3 / (double)total);
    made_ledger_free(made);
    ovf_ledger_free(ledger);
}

static ovf_ledger_query query_of(const made_question *q)
{
    return (ovf_ledger_query){.place = &q->place,
                              .as_of = q->as_of,
                              .during = {q->at, q->at + 1},
                              .operator_state = q->party.operator_state};
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_row(const char *name, const char *unit, double *values, size_t count)
{
    qsort(values, count, sizeof(*values), by_value);
    printf("  %-22s p50 %8.2f  p90 %8.2f  p99 %8.2f  max %8.2f %s\n", name, values[count / 2],
           values[count * 9 / 10], values[count * 99 / 100], values[count - 1], unit);
}

static void ask(const char *path, size_t questions)
{
    ovf_ledger *ledger = opened(path, false);
    made_ledger *made = made_ledger_new(world, 1, SEED + 1);
    ovf_error err = {0};
    ovf_ledger_info info;
    if (ovf_ledger_info_read(ledger, &info, &err) != OVF_OK)
        fail("info", &err);
    double *columns[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = calloc(questions, sizeof(double));
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    size_t warm = questions / 10;
    for (size_t i = 0; i < questions + warm; i++) {
        made_question q = made_ledger_question(made, MADE_FROM + made_span_s(info.documents));
        ovf_ledger_query query = query_of(&q);
        ovf_ledger_entry *entries = NULL;
        size_t count = 0;
        bool is_selected = false;
        ovf_arena_reset(&arena);
        made_times times;
        double start = made_now_ms();
        if (ovf_ledger_select(ledger, &query, &arena, &entries, &count, &is_selected, &err)
            != OVF_OK)
            fail("select", &err);
        double selected = made_now_ms();
        if (!is_selected)
            fail("there is no index to ask by", &err);
        if (made_answer(world, rules, &q, entries, count, ledger, &arena, NULL, &times, &err)
            != OVF_OK)
            fail("answer", &err);
        double end = made_now_ms();
        if (i < warm)
            continue;
        columns[0][i - warm] = selected - start;
        columns[1][i - warm] = end - start;
        columns[2][i - warm] = (double)count;
        columns[3][i - warm] = times.read_ms;
        columns[4][i - warm] = times.settle_ms;
        columns[5][i - warm] = times.status_ms;
        if (getenv("BENCH_SLOW") != NULL && end - start > atof(getenv("BENCH_SLOW")))
            printf(
                "    %s %.4s: %zu documents, select %.2f, read %.2f, settle %.2f, status %.2f ms\n",
                ovf_place_kind_name(q.place.kind),
                q.place.code.ptr == NULL ? "-" : q.place.code.ptr, count, selected - start,
                times.read_ms, times.settle_ms, times.status_ms);
    }
    printf("%llu documents, %zu questions, seed %d, processor time\n",
           (unsigned long long)info.documents, questions, SEED);
    print_row("select", "ms", columns[0], questions);
    print_row("select and answer", "ms", columns[1], questions);
    print_row("  of it reading", "ms", columns[3], questions);
    print_row("  of it settling", "ms", columns[4], questions);
    print_row("  of it judging", "ms", columns[5], questions);
    print_row("documents read", "", columns[2], questions);
    for (size_t i = 0; i < COLUMNS; i++)
        free(columns[i]);
    ovf_arena_done(&arena);
    made_ledger_free(made);
    ovf_ledger_free(ledger);
}

static void compare(const char *path, size_t questions, int64_t days)
{
    ovf_ledger *ledger = opened(path, false);
    ovf_time latest = days * OVF_DAY_S < MADE_S ? MADE_FROM + days * OVF_DAY_S : MADE_FROM + MADE_S;
    made_ledger *made = made_ledger_new(world, 1, SEED + 2);
    ovf_error err = {0};
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)8 << 30);
    ovf_buf one = {0};
    ovf_buf all = {0};
    size_t different = 0;
    size_t heard = 0;
    for (size_t i = 0; i < questions; i++) {
        made_question q = made_ledger_question(made, latest);
        ovf_ledger_query query = query_of(&q);
        ovf_ledger_entry *entries = NULL;
        size_t count = 0;
        bool is_selected = false;
        ovf_arena_reset(&arena);
        ovf_buf_reset(&one);
        ovf_buf_reset(&all);
        if (ovf_ledger_select(ledger, &query, &arena, &entries, &count, &is_selected, &err)
                != OVF_OK
            || made_answer(world, rules, &q, entries, count, ledger, &arena, &one, NULL, &err)
                   != OVF_OK
            || ovf_ledger_list(ledger, q.as_of, OVF_DOCUMENT_UNKNOWN, true, &arena, &entries,
                               &count, &err)
                   != OVF_OK
            || made_answer(world, rules, &q, entries, count, NULL, &arena, &all, NULL, &err)
                   != OVF_OK)
            fail("answer", &err);
        heard += count;
        if (is_selected && ovf_str_eq(ovf_buf_str(&one), ovf_buf_str(&all)))
            continue;
        different++;
        if (different <= 3)
            printf("question %zu, %s %.4s at %lld as of %lld:\nselected:\n" OVF_FMT "all:\n" OVF_FMT
                   "\n",
                   i, ovf_place_kind_name(q.place.kind),
                   q.place.code.ptr == NULL ? "" : q.place.code.ptr, (long long)q.at,
                   (long long)q.as_of, OVF_ARG(ovf_buf_str(&one)), OVF_ARG(ovf_buf_str(&all)));
    }
    printf("%zu answers against all documents (%zu of them on average): %zu differ\n", questions,
           heard / (questions == 0 ? 1 : questions), different);
    ovf_buf_done(&one);
    ovf_buf_done(&all);
    ovf_arena_done(&arena);
    made_ledger_free(made);
    ovf_ledger_free(ledger);
    if (different > 0)
        exit(1);
}

static void run_short(const char *folder)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/bench-ledger-%d.db", folder, (int)getpid());
    make(path, 1500);
    ask(path, 20);
    compare(path, 12, 365 * 5);
    const char *const endings[] = {"", "-wal", "-shm"};
    char name[544];
    for (size_t i = 0; i < OVF_COUNTOF(endings); i++) {
        snprintf(name, sizeof(name), "%s%s", path, endings[i]);
        unlink(name);
    }
}

int main(int argc, char **argv)
{
    const char *world_path = getenv("OVERFLY_WORLD");
    ovf_error err = {0};
    ovf_world *opened_world = NULL;
    if (argc < 3) {
        fprintf(stderr, "usage: bench-ledger make|ask|compare|short FILE [NUMBER] [DAYS]\n");
        return 2;
    }
    if (ovf_world_open(world_path == NULL ? "build/overfly.world" : world_path, &opened_world, &err)
            != OVF_OK
        || ovf_rulebook_new(opened_world, &rules, &err) != OVF_OK)
        fail("world", &err);
    world = opened_world;
    uint64_t number = argc > 3 ? strtoull(argv[3], NULL, 10) : 0;
    if (strcmp(argv[1], "make") == 0)
        make(argv[2], number > 0 ? number : 1000000);
    else if (strcmp(argv[1], "ask") == 0)
        ask(argv[2], number > 0 ? number : 1000);
    else if (strcmp(argv[1], "compare") == 0)
        compare(argv[2], number > 0 ? number : 50,
                argc > 4 ? (int64_t)strtoll(argv[4], NULL, 10) : 30);
    else
        run_short(argv[2]);
    ovf_rulebook_free(rules);
    ovf_world_free(opened_world);
    return 0;
}
