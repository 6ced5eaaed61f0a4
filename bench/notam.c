/* SPDX-License-Identifier: Apache-2.0 */
/* How fast are notices read: heads alone, with geometry and schedules, whole; text by text and as
 * one bulletin; and how long is it from a file of 40,000 to restrictions? The real set and the made
 * one of the benchmark tasks, section C; times count only when the sums come out. */
#include "firs.h"
#include "made.h"

#include <overfly/ledger.h>
#include <overfly/overfly.h>

#include <zlib.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RUNS 5
#define BULLETIN_BYTES 200000000
#define LIVE_NOTICES 40000
#define REAL_TEXTS 26119
#define REAL_BYTES 8424098
#define LINE_BYTES (1 << 20)

static const ovf_world *world;

struct texts {
    const char *name;
    char *bytes; /* one behind the other, an empty line between */
    size_t len, capacity;
    ovf_str *items;
    size_t count, room;
    size_t total; /* bytes of the texts alone */
};

static void fail(const char *why)
{
    fprintf(stderr, "bench-notam: %s\n", why);
    exit(1);
}

/* Of this process alone: what else the machine does counts for less. */
static double processor_now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void *grown(void *old, size_t bytes)
{
    void *p = realloc(old, bytes);
    if (p == NULL)
        fail("no memory");
    return p;
}

/* ---- the sets ---- */

static void add_text(struct texts *t, ovf_str text)
{
    if (t->count == t->room) {
        t->room = t->room == 0 ? 1024 : t->room * 2;
        t->items = grown(t->items, t->room * sizeof(*t->items));
    }
    if (t->len + text.len + 2 > t->capacity)
        fail("a set larger than expected");
    memcpy(t->bytes + t->len, text.ptr, text.len);
    t->items[t->count++] = (ovf_str){t->bytes + t->len, text.len};
    memcpy(t->bytes + t->len + text.len, "\n\n", 2);
    t->len += text.len + 2;
    t->total += text.len;
}

static const char *member(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text == NULL ? "" : text;
}

static bool load_file(struct texts *t, const char *name, const char *field, json_t *records)
{
    char path[300];
    snprintf(path, sizeof(path), "../shared/data/notam/%s.jsonl.gz", name);
    gzFile file = gzopen(path, "rb");
    if (file == NULL)
        return false;
    char *line = grown(NULL, LINE_BYTES);
    while (gzgets(file, line, LINE_BYTES) != NULL) {
        json_t *record = json_loads(line, 0, NULL);
        add_text(t, ovf_str_trim(ovf_str_of(member(record, field))));
        json_array_append(records,
                          json_object_get(record, "fields") == NULL ? json_null() : record);
        json_decref(record);
    }
    free(line);
    gzclose(file);
    return true;
}

static bool load_real(struct texts *t, json_t *records)
{
    *t = (struct texts){.name = "real", .capacity = (size_t)16 << 20};
    t->bytes = grown(NULL, t->capacity);
    return load_file(t, "world_icao", "raw", records) && load_file(t, "launch_icao", "raw", records)
           && load_file(t, "uk_ead_2022_2023", "text_rebuilt_from_fields", records);
}

static bool load_made(struct texts *t)
{
    static bench_airport airports[BENCH_AIRPORTS];
    static size_t ends[BENCH_AREAS];
    if (!bench_airports_load(airports, "../shared/bench/airports.tsv"))
        return false;
    size_t len = 0;
    char *made = bench_made_notices(airports, &len, ends);
    if (made == NULL)
        fail("no memory");
    char hash[OVF_SHA256_HEX + 1];
    ovf_sha256_hex((ovf_str){made, len}, hash);
    printf("made set: %zu bytes, SHA-256 %.16s%s\n", len, hash,
           strncmp(hash, "ed9bf5625692e190", 16) == 0 ? "" : " (hash differs)");
    *t = (struct texts){.name = "made", .capacity = len + 4096};
    t->bytes = grown(NULL, t->capacity);
    for (size_t i = 0; i < BENCH_AREAS; i++) {
        size_t from = i == 0 ? 0 : ends[i - 1] + 2;
        add_text(t, (ovf_str){made + from, ends[i] - from});
    }
    free(made);
    return true;
}

/* ---- what was read ---- */

struct tally {
    size_t notices, whole, id, kind, q, centre, a, b, c, estimated, permanent, d, e, f, g;
    size_t shaped, positions, areas, unresolved, scheduled;
    double radii;
    int64_t minutes;
    size_t held;
};

static void count_notice(struct tally *t, const ovf_notice *n)
{
    t->notices++;
    t->whole += n->status == OVF_READ_OK;
    t->id += n->id.len > 0;
    t->kind += n->kind != OVF_NOTICE_KIND_UNKNOWN;
    t->q += n->q_fir.len > 0 && n->qcode.len > 0 && n->traffic.len > 0 && n->purpose.len > 0
            && n->scope.len > 0 && n->q_lower.ref != OVF_LEVEL_UNKNOWN
            && n->q_upper.ref != OVF_LEVEL_UNKNOWN;
    t->centre += n->has_q_circle;
    t->radii += n->q_radius_nm;
    t->a += n->locations.len > 0;
    t->b += n->valid_from != OVF_TIME_NONE;
    t->c += n->valid_until != OVF_TIME_OPEN;
    t->estimated += n->until_estimated;
    t->permanent += n->until_permanent;
    t->d += n->schedule.len > 0;
    t->scheduled += n->schedule.len > 0 && n->active_complete;
    t->e += n->text.len > 0;
    t->f += n->lower_text.len > 0;
    t->g += n->upper_text.len > 0;
    if (n->valid_from != OVF_TIME_NONE && n->valid_until != OVF_TIME_OPEN)
        t->minutes += (n->valid_from + n->valid_until) / OVF_MINUTE_S;
    size_t positions = 0;
    for (size_t i = 0; i < n->area_count; i++) {
        // The closing position of an outline stands in the text, and not in the list.
        positions += n->areas[i].point_count
                     + (n->areas[i].shape == OVF_SHAPE_POLYGON && n->areas[i].point_count > 0);
        t->unresolved += n->areas[i].certainty == OVF_CERTAINTY_UNRESOLVED;
    }
    t->areas += n->area_count;
    t->positions += positions;
    t->shaped += positions > 0;
}

static double read_texts(const struct texts *t, ovf_notice_depth depth, struct tally *tally)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice_options options = {.depth = depth};
    double at = processor_now_ns();
    for (size_t i = 0; i < t->count; i++) {
        ovf_notice *notices = NULL;
        size_t count = 0;
        ovf_arena_reset(&arena);
        if (ovf_notice_read(world, t->items[i], &options, &arena, &notices, &count, NULL) != OVF_OK)
            fail("no memory for a notice");
        for (size_t k = 0; k < count; k++)
            count_notice(tally, &notices[k]);
        tally->held = arena.held > tally->held ? arena.held : tally->held;
    }
    double took_ns = processor_now_ns() - at;
    ovf_arena_done(&arena);
    return took_ns;
}

static ovf_status take(void *context, const ovf_notice *notice)
{
    count_notice(context, notice);
    return OVF_OK;
}

static double read_bulletin(ovf_str bulletin, ovf_notice_depth depth, struct tally *tally)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice_options options = {.depth = depth};
    double at = processor_now_ns();
    if (ovf_notice_read_each(world, bulletin, &options, &arena, take, tally, NULL) != OVF_OK)
        fail("no memory for a bulletin");
    double took_ns = processor_now_ns() - at;
    tally->held = arena.held;
    ovf_arena_done(&arena);
    return took_ns;
}

static void print_tally(const struct tally *t)
{
    printf(
        "  of %zu: read whole %zu, number %zu, type %zu, Q line %zu, its centre %zu, A %zu, B %zu, "
        "C %zu (EST %zu, PERM %zu), D %zu, E %zu, F %zu, G %zu\n",
        t->notices, t->whole, t->id, t->kind, t->q, t->centre, t->a, t->b, t->c, t->estimated,
        t->permanent, t->d, t->e, t->f, t->g);
    if (t->areas > 0)
        printf(
            "  item E: %zu with positions, %zu positions, %zu areas (%zu unresolved); item D read "
            "whole %zu\n",
            t->shaped, t->positions, t->areas, t->unresolved, t->scheduled);
}

static const char *const depth_names[] = {"3 whole   ", "2 geometry", "1 head    "};

static void print_line(const char *what, const char *set, double *runs, size_t notices,
                       size_t bytes, size_t held)
{
    qsort(runs, RUNS, sizeof(*runs), bench_by_size);
    double median = runs[RUNS / 2];
    // The fastest peer (notam-decoder, JavaScript) as its figures were measured elsewhere.
    double peer = strcmp(set, "made") == 0 ? 74000 : 81700;
    printf("%s %-13s %9.0f notices/s %7.1f MB/s  median %6.0f ns, slowest %6.0f ns each, held %zu "
           "kB, %.1fx the quoted notam-decoder\n",
           what, set, (double)notices / median * 1e9, (double)bytes / median * 1e3,
           median / (double)notices, runs[RUNS - 1] / (double)notices, held / 1024,
           (double)notices / median * 1e9 / peer);
    fflush(stdout);
}

static void run_set(const struct texts *t)
{
    for (int depth = OVF_DEPTH_HEAD; depth >= OVF_DEPTH_FULL; depth--) {
        double runs[RUNS];
        struct tally tally;
        for (int run = 0; run < RUNS; run++) {
            tally = (struct tally){0};
            runs[run] = read_texts(t, (ovf_notice_depth)depth, &tally);
        }
        print_line(depth_names[depth], t->name, runs, t->count, t->total, tally.held);
        if (depth != OVF_DEPTH_FULL)
            print_tally(&tally);
        if (depth == OVF_DEPTH_GEOMETRY && strcmp(t->name, "made") == 0)
            printf(
                "  sums: radii %.0f (315503), positions %zu (59662), minutes %lld (589097182678): "
                "%s\n",
                tally.radii, tally.positions, (long long)tally.minutes,
                tally.radii == 315503 && tally.positions == 59662 && tally.minutes == 589097182678
                    ? "as they must be"
                    : "THEY DIFFER, the times do not count");
    }
}

static void run_bulletin(const struct texts *t, size_t bytes)
{
    size_t times = bytes / t->len > 0 ? bytes / t->len : 1;
    char *all = grown(NULL, times * t->len);
    for (size_t i = 0; i < times; i++)
        memcpy(all + i * t->len, t->bytes, t->len);
    double runs[RUNS];
    struct tally tally;
    for (int run = 0; run < RUNS; run++) {
        tally = (struct tally){0};
        runs[run] = read_bulletin((ovf_str){all, times * t->len}, OVF_DEPTH_HEAD, &tally);
    }
    printf("one bulletin of %.0f MB, %zu notices:\n", (double)(times * t->len) / 1e6,
           tally.notices);
    print_line(depth_names[OVF_DEPTH_HEAD], t->name, runs, tally.notices, times * t->len,
               tally.held);
    free(all);
}

/* ---- the fields of the UK set ---- */

static bool is_as(ovf_str got, const char *want)
{
    return ovf_str_eq(ovf_str_trim(got), ovf_str_trim(ovf_str_of(want)));
}

static bool fields_agree(const json_t *record, const ovf_notice *n)
{
    const json_t *fields = json_object_get(record, "fields");
    const json_t *q = json_object_get(fields, "QLine");
    char code[8];
    snprintf(code, sizeof(code), "Q%.2s%.2s", member(q, "Code23"), member(q, "Code45"));
    ovf_time from = 0;
    ovf_time until = 0;
    bool has_until =
        ovf_time_parse_notam(ovf_str_of(member(fields, "EndValidity")), &until, NULL) == OVF_OK;
    return is_as(n->id, member(record, "id")) && is_as(n->q_fir, member(q, "FIR"))
           && is_as(n->qcode, code) && is_as(n->traffic, member(q, "Traffic"))
           && is_as(n->purpose, member(q, "Purpose")) && is_as(n->scope, member(q, "Scope"))
           && is_as(n->locations, member(fields, "ItemA"))
           && is_as(n->text, member(fields, "ItemE"))
           && is_as(n->lower_text, member(fields, "ItemF"))
           && is_as(n->upper_text, member(fields, "ItemG"))
           && is_as(n->schedule, member(fields, "ItemD"))
           && n->q_radius_nm == (double)strtol(member(fields, "Radius"), NULL, 10)
           && ovf_time_parse_notam(ovf_str_of(member(fields, "StartValidity")), &from, NULL)
                  == OVF_OK
           && n->valid_from == from && (!has_until || n->valid_until == until);
}

static void compare_fields(const struct texts *t, const json_t *records)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    size_t compared = 0;
    size_t equal = 0;
    ovf_notice_options options = {.depth = OVF_DEPTH_HEAD};
    for (size_t i = 0; i < t->count; i++) {
        const json_t *record = json_array_get(records, i);
        ovf_notice *notices = NULL;
        size_t count = 0;
        if (json_is_null(record))
            continue;
        if (ovf_notice_read(world, t->items[i], &options, &arena, &notices, &count, NULL) != OVF_OK)
            fail("no memory for a notice");
        compared++;
        bool agrees = count == 1 && fields_agree(record, &notices[0]);
        equal += agrees;
        if (!agrees && compared - equal <= 3)
            printf("  differs: %s\n", member(record, "id"));
        ovf_arena_reset(&arena);
    }
    printf("UK set: all fields equal in %zu of %zu\n", equal, compared);
    ovf_arena_done(&arena);
}

/* ---- from a file to restrictions ---- */

#define UPDATES 41
#define QUESTIONS 41

/* A notice that comes, replaces the one before or cancels it, into a picture of them all. */
static void run_updates(ovf_picture *picture)
{
    static const char *const names[] = {"new", "replacing", "cancelling"};
    for (int kind = 0; kind < 3; kind++) {
        double runs[UPDATES];
        for (int i = 0; i < UPDATES; i++) {
            static char texts[UPDATES][400];
            char refers[24] = "";
            if (kind > 0)
                snprintf(refers, sizeof(refers), " A%04d/26", 9000 + i);
            snprintf(texts[i], sizeof(texts[i]),
                     "A%04d/26 NOTAM%c%s\nQ) SVZM/QRDCA/IV/BO/W/000/999/0735N07015W060\n"
                     "A) SVZM B) 2601010600 C) 2601011800\nE) DANGER AREA ACT WI 0750N07130W "
                     "0750N06930W 0720N06930W 0720N07130W 0750N07130W\nF) SFC G) UNL\n",
                     kind == 0 ? 9000 + i : 9500 + i, "NRC"[kind], refers);
            ovf_error err = {0};
            ovf_picture *new = NULL;
            ovf_source source = {.name = OVF_STR("update"), .known = OVF_TIME_NONE};
            double at = processor_now_ns();
            if (ovf_picture_from(picture, &new, &err) != OVF_OK
                || ovf_picture_add(new, ovf_str_of(texts[i]), &source, NULL, &err) != OVF_OK
                || ovf_picture_settle(new, &err) != OVF_OK)
                fail(err.reason);
            runs[i] = processor_now_ns() - at;
            ovf_picture_free(new);
        }
        qsort(runs, UPDATES, sizeof(*runs), bench_by_size);
        printf("  one notice %s: the next picture in %.2f ms (slowest %.2f)\n", names[kind],
               runs[UPDATES / 2] / 1e6, runs[UPDATES - 1] / 1e6);
    }
}

/* The first question pays for what it touches, the next ones find it. */
static void run_questions(const ovf_picture *picture)
{
    static const char *const places[] = {"51.5,-0.1", "EGTT"};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (size_t k = 0; k < OVF_COUNTOF(places); k++) {
        double runs[QUESTIONS];
        double first_ns = 0;
        size_t because = 0;
        ovf_query query = {.at = 1662811200}; // 2022-09-10T12:00Z
        if (ovf_world_find(world, ovf_str_of(places[k]), &query.place, NULL) != OVF_OK)
            fail("a place that is not there");
        for (int i = 0; i < QUESTIONS; i++) {
            ovf_answer answer = {0};
            double at = processor_now_ns();
            if (ovf_picture_status(picture, &query, &arena, &answer, NULL) != OVF_OK)
                fail("no memory for an answer");
            runs[i] = processor_now_ns() - at;
            first_ns = i == 0 ? runs[i] : first_ns;
            because = answer.because_count;
            ovf_arena_reset(&arena);
        }
        qsort(runs, QUESTIONS, sizeof(*runs), bench_by_size);
        printf("  status of %s: %zu reasons, the first time %.2f ms, then %.2f ms\n", places[k],
               because, first_ns / 1e6, runs[QUESTIONS / 2] / 1e6);
    }
    ovf_arena_done(&arena);
}

static void run_live(const char *path, size_t notices)
{
    ovf_error err = {0};
    ovf_rulebook *book = NULL;
    if (ovf_rulebook_new(world, &book, &err) != OVF_OK)
        fail(err.reason);
    double at = processor_now_ns();
    FILE *file = fopen(path, "rb");
    char *bytes = grown(NULL, (size_t)64 << 20);
    size_t len = file == NULL ? 0 : fread(bytes, 1, (size_t)64 << 20, file);
    if (file != NULL)
        fclose(file);
    ovf_picture_options options = {
        .as_of = OVF_TIME_OPEN, .window = {1767225600, 1767225600 + 86400}, .alone = true};
    ovf_picture *picture = NULL;
    ovf_source source = {.name = OVF_STR("live"), .known = OVF_TIME_NONE};
    if (ovf_picture_new(world, book, &options, &picture, &err) != OVF_OK
        || ovf_picture_add(picture, (ovf_str){bytes, len}, &source, NULL, &err) != OVF_OK)
        fail(err.reason);
    double read_ns = processor_now_ns() - at;
    if (ovf_picture_settle(picture, &err) != OVF_OK)
        fail(err.reason);
    double took_ns = processor_now_ns() - at;
    printf("%zu notices, %.1f MB, from file to %zu restrictions: %.0f ms (aim 50 ms), of which "
           "reading %.0f ms, chains and restrictions %.0f ms\n",
           notices, (double)len / 1e6, ovf_picture_restriction_count(picture), took_ns / 1e6,
           read_ns / 1e6, (took_ns - read_ns) / 1e6);
    run_questions(picture);
    run_updates(picture);
    ovf_picture_free(picture);
    ovf_rulebook_free(book);
    free(bytes);
}

static void live_set(const struct texts *t, size_t notices)
{
    char path[] = "/tmp/bench-notam-XXXXXX";
    int descriptor = mkstemp(path);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    if (file == NULL)
        fail("no temporary file");
    for (size_t i = 0; i < notices; i++) {
        ovf_str text = t->items[i % t->count];
        fwrite(text.ptr, 1, text.len, file);
        fwrite("\n\n", 1, 2, file);
    }
    fclose(file);
    run_live(path, notices);
    remove(path);
}

int main(int argc, char **argv)
{
    bool is_short = argc > 1 && strcmp(argv[1], "short") == 0;
    bool is_live = argc > 1 && strcmp(argv[1], "live") == 0; // the last line alone
    const char *path = getenv("OVERFLY_WORLD");
    ovf_world *opened = NULL;
    ovf_error err = {0};
    if (ovf_world_open(path == NULL ? "build/overfly.world" : path, &opened, &err) != OVF_OK)
        fail(err.reason);
    world = opened;
    bench_machine(is_short || is_live);
    printf("times below: processor time of the one thread\n");
    static struct texts real;
    static struct texts made;
    json_t *records = json_array();
    bool has_real = load_real(&real, records);
    bool has_made = load_made(&made);
    if (!has_real)
        printf("the collections of real notices are not there: skipped\n");
    if (!has_made)
        printf("the table of airports of the made set is not there: skipped\n");
    for (int i = 0; is_short && i < 2; i++) { // as many as show that it works
        struct texts *t = i == 0 ? &real : &made;
        t->count = t->count < 300 ? t->count : 300;
    }
    if (has_real && !is_live) {
        printf("real set: %zu texts, %zu bytes (%d, %d)\n", real.count, real.total, REAL_TEXTS,
               REAL_BYTES);
        run_set(&real);
        compare_fields(&real, records);
        run_bulletin(&real, is_short ? 0 : BULLETIN_BYTES);
    }
    if (has_made && !is_live) {
        run_set(&made);
        run_bulletin(&made, is_short ? 0 : BULLETIN_BYTES);
    }
    if (has_real)
        live_set(&real, is_short ? 300 : LIVE_NOTICES);
    json_decref(records);
    free(real.bytes);
    free(real.items);
    free(made.bytes);
    free(made.items);
    ovf_world_free(opened);
    return 0;
}
