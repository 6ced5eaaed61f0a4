/* SPDX-License-Identifier: Apache-2.0 */
/* What is acknowledged with its index outlives kills and a full disk, and damage of the index or of
 * the log beside the file is found: no answer loses a document in silence. */
#include "../../bench/ledger_made.h"
#include "scratch.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include <sqlite3.h>
#include <cmocka.h>

#define SEED 11
#define KILLS 40
#define BATCH 8

static ovf_world *world;

static ovf_ledger *open_at(const char *path, bool create)
{
    ovf_ledger *ledger = NULL;
    ovf_error err = {0};
    if (ovf_ledger_open(path, create, &ledger, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    assert_int_equal(ovf_ledger_use_world(ledger, world, &err), OVF_OK);
    return ledger;
}

static void index_all(ovf_ledger *ledger)
{
    for (uint64_t left = 1; left > 0;)
        assert_int_equal(ovf_ledger_index(ledger, 500, &left, NULL), OVF_OK);
}

/* Documents first, first + 1, ... of a made ledger of `total`. */
static ovf_status put_made(ovf_ledger *ledger, uint64_t first, uint64_t total, size_t batch,
                           int tell, ovf_error *err)
{
    made_ledger *made = made_ledger_new(world, total, SEED);
    ovf_ledger_entry entry;
    ovf_status status = OVF_OK;
    uint64_t number = 0;
    uint32_t in_batch = 0;
    while (status == OVF_OK && made_ledger_next(made, &entry)) {
        if (++number < first)
            continue;
        const uint32_t ready = (uint32_t)number - 1;
        if (tell >= 0 && number == first && write(tell, &ready, sizeof(ready)) != sizeof(ready))
            _exit(3);
        if (in_batch == 0 && batch > 1)
            status = ovf_ledger_begin(ledger, err);
        if (status == OVF_OK)
            status = ovf_ledger_put(ledger, &entry, NULL, 0, NULL, err);
        in_batch++;
        if (status == OVF_OK && (in_batch == batch || number == total)) {
            status = batch > 1 ? ovf_ledger_commit(ledger, err) : OVF_OK;
            uint32_t told = (uint32_t)number;
            if (status == OVF_OK && tell >= 0
                && write(tell, &told, sizeof(told)) != (ssize_t)sizeof(told))
                _exit(3);
            in_batch = 0;
        }
    }
    made_ledger_free(made);
    return status;
}

/* Sound, the first documents of those that are put, all of them indexed as they would be anew. */
static uint64_t check_sound(const char *path)
{
    ovf_ledger *ledger = open_at(path, false);
    ovf_error err = {0};
    ovf_ledger_report report;
    assert_int_equal(ovf_ledger_audit(ledger, OVF_STR(""), &report, &err), OVF_OK);
    if (report.damage != OVF_LEDGER_SOUND)
        fail_msg("%s", report.what);
    ovf_ledger_index_report index;
    if (ovf_ledger_index_check(ledger, &index, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    if (!index.is_sound)
        fail_msg("%s: %s", index.table, index.what);
    assert_int_equal(index.entries, report.checked);
    ovf_ledger_free(ledger);
    return report.checked;
}

/* Killed anywhere in batches with their index: what a commit acknowledged is there, no half of a batch
 * is, and the index goes exactly as far as the documents. */
static void keeps_batches_through_kills(void **state)
{
    (void)state;
    scratch s;
    scratch_init(&s);
    ovf_ledger *ledger = open_at(s.path, true);
    index_all(ledger);
    ovf_ledger_free(ledger);
    uint64_t stored = 0;
    uint32_t random = 20261123;
    for (int round = 0; round < KILLS; round++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0) {
            close(ends[0]);
            (void)!put_made(open_at(s.path, false), stored + 1, 1000000, BATCH, ends[1], NULL);
            _exit(4);
        }
        close(ends[1]);
        random = random * 1664525u + 1013904223u;
        struct timespec wait = {.tv_nsec = (long)(random >> 8) % 15000000};
        uint32_t acknowledged = (uint32_t)stored;
        uint32_t told = 0;
        (void)!read(ends[0], &told, sizeof(told)); // it begins
        // Now and then behind a whole batch, however slow the machine is.
        if (round % 8 == 0 && read(ends[0], &told, sizeof(told)) == (ssize_t)sizeof(told))
            acknowledged = told;
        nanosleep(&wait, NULL);
        kill(child, SIGKILL);
        while (read(ends[0], &told, sizeof(told)) == (ssize_t)sizeof(told))
            acknowledged = told;
        close(ends[0]);
        int result = 0;
        assert_int_equal(waitpid(child, &result, 0), child);
        assert_true(WIFSIGNALED(result));
        ledger = open_at(s.path, false);
        assert_int_equal(ovf_ledger_entries(ledger, &stored, NULL), OVF_OK);
        ovf_ledger_free(ledger);
        assert_true(stored == acknowledged || stored == acknowledged + BATCH);
    }
    assert_int_equal(check_sound(s.path), stored);
    assert_true(stored > 0);
    print_message("%d kills, %llu documents kept\n", KILLS, (unsigned long long)stored);
    scratch_done(&s);
}

/* The disk is full in the midst of a batch that is indexed: the batches before it stay. */
static void keeps_batches_on_a_full_disk(void **state)
{
    (void)state;
    scratch s;
    scratch_init(&s);
    ovf_ledger *ledger = open_at(s.path, true);
    index_all(ledger);
    ovf_ledger_free(ledger);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        ledger = open_at(s.path, false);
        const struct rlimit limit = {.rlim_cur = 900000, .rlim_max = 900000};
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
            _exit(1);
        ovf_error err = {0};
        ovf_status status = put_made(ledger, 1, 100000, BATCH, ends[1], &err);
        _exit(status == OVF_E_IO ? 0 : 2);
    }
    close(ends[1]);
    uint32_t acknowledged = 0;
    uint32_t told = 0;
    while (read(ends[0], &told, sizeof(told)) == (ssize_t)sizeof(told))
        acknowledged = told;
    close(ends[0]);
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), 0);
    assert_true(acknowledged > 0);
    assert_int_equal(check_sound(s.path), acknowledged);
    scratch_done(&s);
}

/* Two programs put batches: each is in the chain in one piece. */
static void writers_do_not_interleave(void **state)
{
    (void)state;
    enum { WRITERS = 2, BATCHES = 12 };
    scratch s;
    scratch_init(&s);
    ovf_ledger_free(open_at(s.path, true));
    pid_t children[WRITERS];
    for (uint32_t w = 0; w < WRITERS; w++) {
        children[w] = fork();
        if (children[w] != 0)
            continue;
        ovf_ledger *ledger = open_at(s.path, false);
        ovf_status status = OVF_OK;
        for (uint32_t b = 0; b < BATCHES && status == OVF_OK; b++) {
            status = ovf_ledger_begin(ledger, NULL);
            for (uint32_t i = 0; i < BATCH && status == OVF_OK; i++) {
                char text[64];
                snprintf(text, sizeof(text), "writer %u batch %u document %u", w, b, i);
                ovf_ledger_entry entry = {.name = ovf_str_of(w == 0 ? "a" : "b"),
                                          .kind = OVF_DOCUMENT_UNKNOWN,
                                          .known = 1000 + (ovf_time)b,
                                          .bytes = ovf_str_of(text)};
                status = ovf_ledger_put(ledger, &entry, NULL, 0, NULL, NULL);
            }
            if (status == OVF_OK)
                status = ovf_ledger_commit(ledger, NULL);
        }
        _exit(status == OVF_OK ? 0 : 1);
    }
    for (size_t w = 0; w < WRITERS; w++) {
        int result = 0;
        assert_int_equal(waitpid(children[w], &result, 0), children[w]);
        assert_true(WIFEXITED(result) && WEXITSTATUS(result) == 0);
    }
    ovf_ledger *ledger = open_at(s.path, false);
    size_t checked = 0;
    assert_int_equal(ovf_ledger_verify(ledger, &checked, NULL), OVF_OK);
    assert_int_equal(checked, WRITERS * BATCHES * BATCH);
    ovf_ledger_free(ledger);
    sqlite3 *db = NULL;
    sqlite3_stmt *row = NULL;
    assert_int_equal(sqlite3_open(s.path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db,
                           "SELECT count(*) FROM (SELECT (e.number - 1) / 8 AS batch FROM entries"
                           " AS e JOIN receipts AS r ON r.sequence = e.sequence GROUP BY batch"
                           " HAVING count(DISTINCT r.name || e.known) <> 1)",
                           -1, &row, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(row, 0), 0);
    sqlite3_finalize(row);
    sqlite3_close(db);
    scratch_done(&s);
}

/* ---- damage ---- */

static void change(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    char *why = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s", why);
    sqlite3_close(db);
}

static struct index_row {
    const char *name, *sql, *table;
} index_rows[] = {
    // 64 ids an item: these are the first spots of the seventh, the third and the fifth.
    {"a spot that moved", "UPDATE spots SET west = west + 9, east = east + 9 WHERE id = 448",
     "spots"},
    {"a spot that is gone", "DELETE FROM spots WHERE id = 192", "spots"},
    {"a spot at another time", "UPDATE spots SET until = start WHERE id = 320", "spots"},
    {"a notice of another time", "UPDATE items SET known = known + 86400 WHERE item = 4", "items"},
    {"a reference that is gone", "DELETE FROM links WHERE role = 1", "links"},
    {"a FIR that is not named", "DELETE FROM mentions WHERE item = 9", "mentions"},
    {"a checklist of another time", "UPDATE lists SET starts = starts + 60", "lists"},
    {"somebody who vouches", "UPDATE vouched SET until = until + 60", "vouched"},
    {"a document of a State", "DELETE FROM issuers WHERE sequence = 2", "issuers"},
    {"something nobody said", "INSERT INTO unread VALUES (1, 1)", "unread"},
};

static void finds_a_changed_index(void **state)
{
    const struct index_row *row = *state;
    scratch s;
    scratch_init(&s);
    ovf_ledger *ledger = open_at(s.path, true);
    index_all(ledger);
    assert_int_equal(put_made(ledger, 1, 120, 120, -1, NULL), OVF_OK);
    ovf_ledger_index_report report;
    ovf_error err = {0};
    assert_int_equal(ovf_ledger_index_check(ledger, &report, &err), OVF_OK);
    assert_true(report.is_sound);
    ovf_ledger_free(ledger);
    change(s.path, row->sql);
    ledger = open_at(s.path, false);
    assert_int_equal(ovf_ledger_index_check(ledger, &report, &err), OVF_OK);
    assert_false(report.is_sound);
    assert_string_equal(report.table, row->table);
    assert_true(report.missing + report.extra > 0);
    // It never counts for the chain, and made anew it is whole.
    size_t checked = 0;
    assert_int_equal(ovf_ledger_verify(ledger, &checked, &err), OVF_OK);
    assert_int_equal(ovf_ledger_index_drop(ledger, &err), OVF_OK);
    assert_int_equal(ovf_ledger_index_check(ledger, &report, &err), OVF_E_NOT_FOUND);
    index_all(ledger);
    assert_int_equal(ovf_ledger_index_check(ledger, &report, &err), OVF_OK);
    assert_true(report.is_sound);
    ovf_ledger_free(ledger);
    scratch_done(&s);
}

/* The numbers of the documents that are selected, or -1 where the ledger says that it is damaged. */
static int64_t selected(ovf_ledger *ledger, const char *place_name)
{
    ovf_place place;
    assert_int_equal(ovf_world_find(world, ovf_str_of(place_name), &place, NULL), OVF_OK);
    ovf_time at = MADE_FROM + MADE_S / 2;
    ovf_ledger_query query = {.place = &place, .as_of = OVF_TIME_OPEN, .during = {at, at + 1}};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_ledger_entry *entries = NULL;
    size_t count = 0;
    bool is_selected = false;
    ovf_error err = {0};
    ovf_status status =
        ovf_ledger_select(ledger, &query, &arena, &entries, &count, &is_selected, &err);
    int64_t sum = status == OVF_OK && is_selected ? 0 : -1;
    for (size_t i = 0; i < count && sum >= 0; i++)
        sum = sum * 31 % 1000000007 + entries[i].sequence;
    ovf_arena_done(&arena);
    return sum;
}

/* Whatever byte is turned: the answer is the same, or it is refused, or verify or the check of the
 * index names it. */
static void no_answer_changes_in_silence(void **state)
{
    (void)state;
    static const char *const places[] = {"EGTT", "FRA", "NZZO"};
    scratch s;
    scratch_init(&s);
    ovf_ledger *ledger = open_at(s.path, true);
    index_all(ledger);
    assert_int_equal(put_made(ledger, 1, 150, 150, -1, NULL), OVF_OK);
    ovf_ledger_free(ledger);
    ledger = open_at(s.path, false);
    int64_t before[OVF_COUNTOF(places)];
    for (size_t i = 0; i < OVF_COUNTOF(places); i++)
        before[i] = selected(ledger, places[i]);
    ovf_ledger_free(ledger);
    struct stat about;
    assert_int_equal(stat(s.path, &about), 0);
    uint32_t random = 20261124;
    size_t named = 0;
    for (int round = 0; round < 50; round++) {
        random = random * 1664525u + 1013904223u;
        long at = (long)((uint64_t)random * (uint64_t)about.st_size >> 32);
        FILE *file = fopen(s.path, "r+b");
        fseek(file, at, SEEK_SET);
        int old = fgetc(file);
        fseek(file, at, SEEK_SET);
        fputc(old ^ (1 << (round % 8)), file);
        fclose(file);
        ledger = NULL;
        ovf_error err = {0};
        if (ovf_ledger_open(s.path, false, &ledger, &err) == OVF_OK) {
            assert_int_equal(ovf_ledger_use_world(ledger, world, NULL), OVF_OK);
            bool is_same = true;
            for (size_t i = 0; i < OVF_COUNTOF(places); i++) {
                int64_t now = selected(ledger, places[i]);
                is_same = is_same && (now == before[i] || now == -1);
            }
            ovf_ledger_report report = {0};
            ovf_ledger_index_report index = {0};
            assert_int_equal(ovf_ledger_audit(ledger, OVF_STR(""), &report, &err), OVF_OK);
            bool is_sound = ovf_ledger_index_check(ledger, &index, &err) == OVF_OK && index.is_sound
                            && report.damage == OVF_LEDGER_SOUND;
            named += !is_sound;
            if (!is_same && is_sound)
                fail_msg("byte %ld, bit %d: another answer, and nothing found", at, round % 8);
        }
        ovf_ledger_free(ledger);
        file = fopen(s.path, "r+b");
        fseek(file, at, SEEK_SET);
        fputc(old, file);
        fclose(file);
    }
    print_message("50 bytes turned, %zu named\n", named);
    assert_true(named > 10);
    scratch_done(&s);
}

int main(void)
{
    const char *path = getenv("OVERFLY_WORLD");
    ovf_error err = {0};
    if (path == NULL || ovf_world_open(path, &world, &err) != OVF_OK) {
        fprintf(stderr, "no world: %s\n", err.reason);
        return 1;
    }
    static const struct CMUnitTest plain[] = {
        cmocka_unit_test(keeps_batches_through_kills),
        cmocka_unit_test(keeps_batches_on_a_full_disk),
        cmocka_unit_test(writers_do_not_interleave),
        cmocka_unit_test(no_answer_changes_in_silence),
    };
    struct CMUnitTest rows[OVF_COUNTOF(index_rows)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(index_rows); i++)
        rows[i] = (struct CMUnitTest){index_rows[i].name, finds_a_changed_index, NULL, NULL,
                                      &index_rows[i]};
    int failed = _cmocka_run_group_tests("changed index", rows, OVF_COUNTOF(rows), NULL, NULL);
    failed += cmocka_run_group_tests_name("damage", plain, NULL, NULL);
    ovf_world_free(world);
    return failed;
}
