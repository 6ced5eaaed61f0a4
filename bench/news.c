/* SPDX-License-Identifier: Apache-2.0 */
/* How fast are statements read out of news: the stories and sentences of our own tests one behind
 * the other to a few megabytes, one article alone, and what does the reader cost to make? First
 * line: a hash of all answers, so that a change for speed can be seen to change nothing else;
 * `bench-news answers` prints the answers themselves. */
#include "../tests/statement/news_table.h"
#include "firs.h"

#include <overfly/overfly.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RUNS 9
#define STREAM_BYTES 4000000
#define SEED_ARTICLE "../shared/seed/00-seed.txt"

static void fail(const char *why)
{
    fprintf(stderr, "bench-news: %s\n", why);
    exit(1);
}

/* Of this process alone: what else the machine does counts for less. */
static double processor_now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static size_t read_text(const ovf_news *news, ovf_str text, ovf_str published, ovf_arena *arena,
                        ovf_news_result *out)
{
    ovf_news_options options = {.published = OVF_NEWS_NO_DAY};
    int day = 0;
    int epoch = 0;
    if (news_day(published, &day) && news_day(OVF_STR("1970-01-01"), &epoch))
        options.published = day - epoch;
    ovf_error err = {0};
    if (ovf_news_read(news, text, &options, arena, out, &err) != OVF_OK)
        fail(err.reason);
    return out->count;
}

/* ---- the answers ---- */

static void put_answers(const ovf_news *news, const news_document *doc, ovf_arena *arena,
                        ovf_buf *buf)
{
    ovf_news_result result = {0};
    ovf_arena_reset(arena);
    read_text(news, doc->text, doc->published, arena, &result);
    for (size_t i = 0; i < result.count; i++) {
        ovf_news_put_json(buf, &result.items[i], doc->id, i + 1, doc->text, true);
        ovf_buf_add(buf, OVF_STR("\n"));
    }
}

static void check_answers(const ovf_news *news, const news_set *set, bool is_printed)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_buf buf = {0};
    for (size_t i = 0; i < set->count; i++)
        put_answers(news, &set->documents[i], &arena, &buf);
    if (is_printed)
        printf("%.*s", (int)buf.len, buf.ptr);
    char hash[OVF_SHA256_HEX + 1];
    ovf_sha256_hex((ovf_str){buf.ptr, buf.len}, hash);
    if (!is_printed)
        printf("answers to %zu texts: %zu bytes, SHA-256 %.16s\n", set->count, buf.len, hash);
    ovf_buf_done(&buf);
    ovf_arena_done(&arena);
}

/* ---- times ---- */

static void print_times(const char *what, double *runs, size_t count, size_t bytes)
{
    qsort(runs, RUNS, sizeof(*runs), bench_by_size);
    double median = runs[RUNS / 2];
    printf("%-34s %7.2f MB/s  median %8.3f ms, slowest %8.3f ms, %zu statements\n", what,
           (double)bytes / median * 1e3, median / 1e6, runs[RUNS - 1] / 1e6, count);
    fflush(stdout);
}

static void time_stream(const ovf_news *news, const news_set *set, size_t bytes)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    double runs[RUNS];
    size_t count = 0;
    size_t done = 0;
    for (int run = 0; run < RUNS; run++) {
        count = done = 0;
        double at = processor_now_ns();
        for (size_t i = 0; done < bytes; i = (i + 1) % set->count) {
            ovf_news_result result = {0};
            ovf_arena_reset(&arena);
            count += read_text(news, set->documents[i].text, set->documents[i].published, &arena,
                               &result);
            done += set->documents[i].text.len;
        }
        runs[run] = processor_now_ns() - at;
    }
    char what[64];
    snprintf(what, sizeof(what), "%.1f MB, text by text", (double)done / 1e6);
    print_times(what, runs, count, done);
    printf("  held %zu kB\n", arena.held / 1024);
    ovf_arena_done(&arena);
}

/* All stories as one text: shows what grows faster than the text does. */
static void time_whole(const ovf_news *news, const news_set *set, size_t bytes)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_buf buf = {0};
    for (size_t i = 0; buf.len < bytes; i = (i + 1) % set->count) {
        ovf_buf_add(&buf, set->documents[i].text);
        ovf_buf_add(&buf, OVF_STR("\n\n"));
    }
    double runs[RUNS];
    size_t count = 0;
    for (int run = 0; run < RUNS; run++) {
        ovf_news_result result = {0};
        ovf_arena_reset(&arena);
        double at = processor_now_ns();
        count =
            read_text(news, (ovf_str){buf.ptr, buf.len}, OVF_STR("2025-11-29"), &arena, &result);
        runs[run] = processor_now_ns() - at;
    }
    char what[64];
    snprintf(what, sizeof(what), "%.1f MB, as one text", (double)buf.len / 1e6);
    print_times(what, runs, count, buf.len);
    ovf_buf_done(&buf);
    ovf_arena_done(&arena);
}

/* The first reading, with memory never touched before, and the later ones. */
static void time_article(const ovf_news *news, const char *name, ovf_str text)
{
    double runs[RUNS];
    double first = 0;
    size_t count = 0;
    for (int is_warm = 0; is_warm < 2; is_warm++) {
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        for (int run = 0; run < RUNS; run++) {
            ovf_news_result result = {0};
            if (is_warm == 1) {
                ovf_arena_reset(&arena);
            } else {
                ovf_arena_done(&arena);
                ovf_arena_init(&arena, 0);
            }
            double at = processor_now_ns();
            count = read_text(news, text, OVF_STR("2025-11-29"), &arena, &result);
            runs[run] = processor_now_ns() - at;
            if (is_warm == 0 && run == 0)
                first = runs[0];
        }
        char what[64];
        snprintf(what, sizeof(what), "%s, %s memory", name, is_warm == 1 ? "kept" : "new");
        print_times(what, runs, count, text.len);
        ovf_arena_done(&arena);
    }
    printf("  the very first time: %.3f ms\n", first / 1e6);
}

int main(int argc, char **argv)
{
    bool is_short = argc > 1 && strcmp(argv[1], "short") == 0;
    bool is_answers = argc > 1 && strcmp(argv[1], "answers") == 0;
    const char *path = getenv("OVERFLY_WORLD");
    const char *folder = getenv("OVERFLY_NEWS_TABLES");
    ovf_world *world = NULL;
    ovf_error err = {0};
    if (ovf_world_open(path == NULL ? "build/overfly.world" : path, &world, &err) != OVF_OK)
        fail(err.reason);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    news_set set = {.name = "stories"};
    if (!news_set_read(&set, folder == NULL ? "tests/statement/news" : folder, "s", &arena)
        || set.count == 0)
        fail("the tables of stories cannot be read");
    double at = processor_now_ns();
    ovf_news *news = NULL;
    if (ovf_news_new(world, &news, &err) != OVF_OK)
        fail(err.reason);
    double made_ns = processor_now_ns() - at;
    ovf_str seed = news_file(SEED_ARTICLE, &arena);
    const news_document *story = &set.documents[set.count - 1];
    if (!is_answers) {
        bench_machine(is_short);
        printf("times below: processor time of the one thread\n");
        printf("to make the reader: %.3f ms\n", made_ns / 1e6);
        if (seed.len > 0)
            time_article(news, "the seed article", seed);
        else
            printf("the seed article is not there: skipped\n");
        time_article(news, "a story of our own", story->text);
        time_stream(news, &set, is_short ? 20000 : STREAM_BYTES);
        time_whole(news, &set, is_short ? 20000 : STREAM_BYTES);
    }
    check_answers(news, &set, is_answers);
    ovf_news_free(news);
    ovf_arena_done(&arena);
    ovf_world_free(world);
    return 0;
}
