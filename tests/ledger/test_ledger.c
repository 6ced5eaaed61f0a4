/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger: what it keeps, what it answers as of a time, what it refuses and in which words. */
#include "scratch.h"

#include <sqlite3.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

typedef struct fixture {
    scratch scratch;
    ovf_ledger *ledger;
    ovf_arena arena;
    char room[NUMBERED_MAX_BYTES];
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof(*f));
    scratch_init(&f->scratch);
    ovf_arena_init(&f->arena, 0);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    ovf_ledger_free(f->ledger);
    ovf_arena_done(&f->arena);
    scratch_done(&f->scratch);
    free(f);
    return 0;
}

static void open_new(fixture *f)
{
    ovf_error err = {0};
    ovf_status status = ovf_ledger_open(f->scratch.path, true, &f->ledger, &err);
    if (status != OVF_OK)
        print_error("%s\n", err.reason);
    assert_int_equal(status, OVF_OK);
}

static void put_text(fixture *f, const char *text, ovf_time known, bool want_new)
{
    ovf_ledger_entry entry = {
        .name = OVF_STR("a file"),
        .kind = OVF_DOCUMENT_STATEMENTS,
        .origin = OVF_STR("made"),
        .known = known,
        .stored = 99,
        .bytes = ovf_str_of(text),
    };
    bool is_new = !want_new;
    assert_int_equal(ovf_ledger_put(f->ledger, &entry, NULL, 0, &is_new, NULL), OVF_OK);
    assert_int_equal(is_new, want_new);
}

static size_t count_as_of(fixture *f, ovf_time as_of, ovf_document_kind kind)
{
    ovf_ledger_entry *entries = NULL;
    size_t count = 0;
    assert_int_equal(
        ovf_ledger_list(f->ledger, as_of, kind, false, &f->arena, &entries, &count, NULL), OVF_OK);
    return count;
}

static void keeps_documents_whole(void **state)
{
    fixture *f = *state;
    open_new(f);
    for (uint32_t i = 1; i <= 12; i++) {
        bool is_new = false;
        assert_int_equal(put_numbered(f->ledger, i, f->room, &is_new, NULL), OVF_OK);
        assert_true(is_new);
    }
    ovf_ledger_free(f->ledger);
    f->ledger = NULL;
    ovf_error err = {0};
    assert_int_equal(ovf_ledger_open(f->scratch.path, false, &f->ledger, &err), OVF_OK);
    ovf_ledger_entry *entries = NULL;
    size_t count = 0;
    assert_int_equal(ovf_ledger_list(f->ledger, OVF_TIME_OPEN, OVF_DOCUMENT_UNKNOWN, true,
                                     &f->arena, &entries, &count, &err),
                     OVF_OK);
    assert_int_equal(count, 12);
    for (uint32_t i = 0; i < 12; i++) {
        ovf_str want = numbered(i + 1, f->room);
        assert_true(ovf_str_eq(entries[i].bytes, want));
        assert_int_equal(entries[i].size, want.len);
        assert_int_equal(entries[i].sequence, i + 1);
        assert_int_equal(entries[i].known, 1001 + i);
        assert_int_equal(entries[i].stored, 2000);
        assert_true(ovf_str_eq(entries[i].name, OVF_STR("numbered")));
        assert_true(ovf_str_eq(entries[i].origin, OVF_STR("made")));
        ovf_ledger_fact *facts = NULL;
        size_t fact_count = 0;
        assert_int_equal(
            ovf_ledger_facts(f->ledger, entries[i].sha256, &f->arena, &facts, &fact_count, &err),
            OVF_OK);
        assert_int_equal(fact_count, numbered_facts(i + 1));
        for (size_t k = 0; k < fact_count; k++) {
            assert_int_equal(facts[k].span.at, k);
            assert_int_equal(facts[k].valid.from, i + 1);
            assert_true(facts[k].valid.until == OVF_TIME_OPEN);
            assert_true(ovf_str_eq(facts[k].id, OVF_STR("A0001/26")));
        }
    }
    size_t checked = 0;
    assert_int_equal(ovf_ledger_verify(f->ledger, &checked, &err), OVF_OK);
    assert_int_equal(checked, 12);
}

static void answers_as_of(void **state)
{
    fixture *f = *state;
    open_new(f);
    put_text(f, "late", 300, true);
    put_text(f, "early", 100, true);
    put_text(f, "middle", 200, true);
    assert_int_equal(count_as_of(f, 99, OVF_DOCUMENT_UNKNOWN), 0);
    assert_int_equal(count_as_of(f, 100, OVF_DOCUMENT_UNKNOWN), 1); // known at that very second
    assert_int_equal(count_as_of(f, 299, OVF_DOCUMENT_UNKNOWN), 2);
    assert_int_equal(count_as_of(f, OVF_TIME_OPEN, OVF_DOCUMENT_UNKNOWN), 3);
    assert_int_equal(count_as_of(f, OVF_TIME_OPEN, OVF_DOCUMENT_STATEMENTS), 3);
    assert_int_equal(count_as_of(f, OVF_TIME_OPEN, OVF_DOCUMENT_FLIGHTS), 0);
    ovf_ledger_entry *entries = NULL;
    size_t count = 0;
    assert_int_equal(ovf_ledger_list(f->ledger, OVF_TIME_OPEN, OVF_DOCUMENT_UNKNOWN, true,
                                     &f->arena, &entries, &count, NULL),
                     OVF_OK);
    assert_true(ovf_str_eq(entries[0].bytes, OVF_STR("early")));
    assert_true(ovf_str_eq(entries[2].bytes, OVF_STR("late")));
}

static void the_earliest_receipt_counts(void **state)
{
    fixture *f = *state;
    open_new(f);
    put_text(f, "a notice", 200, true);
    put_text(f, "a notice", 200, false); // the same again
    put_text(f, "a notice", 300, false); // later: nothing that we did not know
    assert_int_equal(count_as_of(f, 150, OVF_DOCUMENT_UNKNOWN), 0);
    put_text(f, "a notice", 100, true); // somebody had it before
    assert_int_equal(count_as_of(f, 150, OVF_DOCUMENT_UNKNOWN), 1);
    ovf_ledger_entry *entries = NULL;
    size_t count = 0;
    assert_int_equal(ovf_ledger_list(f->ledger, OVF_TIME_OPEN, OVF_DOCUMENT_UNKNOWN, false,
                                     &f->arena, &entries, &count, NULL),
                     OVF_OK);
    assert_int_equal(count, 1);
    assert_int_equal(entries[0].known, 100);
    assert_int_equal(entries[0].bytes.len, 0);
}

static void nothing_is_overwritten(void **state)
{
    fixture *f = *state;
    open_new(f);
    put_text(f, "a notice", 200, true);
    sqlite3 *other = NULL;
    assert_int_equal(sqlite3_open(f->scratch.path, &other), SQLITE_OK);
    static const char *const attempts[] = {
        "UPDATE documents SET origin = 'real'",
        "DELETE FROM documents",
        "UPDATE receipts SET known = 1",
        "DELETE FROM receipts",
    };
    for (size_t i = 0; i < OVF_COUNTOF(attempts); i++)
        assert_int_equal(sqlite3_exec(other, attempts[i], NULL, NULL, NULL), SQLITE_CONSTRAINT);
    sqlite3_close(other);
    assert_int_equal(count_as_of(f, 200, OVF_DOCUMENT_STATEMENTS), 1);
}

static void refuses_what_it_cannot_keep(void **state)
{
    fixture *f = *state;
    open_new(f);
    ovf_error err = {0};
    ovf_ledger_entry entry = {.known = 1, .bytes = OVF_STR("")};
    assert_int_equal(ovf_ledger_put(f->ledger, &entry, NULL, 0, NULL, &err), OVF_E_USAGE);
    entry = (ovf_ledger_entry){.known = OVF_TIME_NONE, .bytes = OVF_STR("x")};
    assert_int_equal(ovf_ledger_put(f->ledger, &entry, NULL, 0, NULL, &err), OVF_E_USAGE);
    entry = (ovf_ledger_entry){.known = 1, .bytes = OVF_STR("x"), .sha256 = OVF_STR("00")};
    assert_int_equal(ovf_ledger_put(f->ledger, &entry, NULL, 0, NULL, &err), OVF_E_USAGE);
    // Only the length is looked at before it is refused: the bytes need not be there.
    entry = (ovf_ledger_entry){.known = 1, .bytes = {f->room, OVF_DOCUMENT_MAX_BYTES + 1}};
    assert_int_equal(ovf_ledger_put(f->ledger, &entry, NULL, 0, NULL, &err), OVF_E_LIMIT);
    assert_non_null(strstr(err.reason, "67108864"));
    assert_int_equal(count_as_of(f, OVF_TIME_OPEN, OVF_DOCUMENT_UNKNOWN), 0);
}

/* A document may hold NUL bytes, and a name may be no UTF-8. */
static void keeps_any_bytes(void **state)
{
    fixture *f = *state;
    open_new(f);
    ovf_ledger_entry entry = {
        .known = 1,
        .name = OVF_STR("caf\xE9.txt"),
        .bytes = OVF_STR("\0\xFF\0 NOTAM\r\n"),
    };
    assert_int_equal(ovf_ledger_put(f->ledger, &entry, NULL, 0, NULL, NULL), OVF_OK);
    ovf_ledger_entry *entries = NULL;
    size_t count = 0;
    assert_int_equal(ovf_ledger_list(f->ledger, 1, OVF_DOCUMENT_UNKNOWN, true, &f->arena, &entries,
                                     &count, NULL),
                     OVF_OK);
    assert_true(ovf_str_eq(entries[0].bytes, entry.bytes));
    assert_true(ovf_str_eq(entries[0].name, entry.name));
}

/* ---- files that are no ledger of ours ---- */

static void write_file(const char *path, const void *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void make_database(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void refused(fixture *f, bool create, ovf_status want, const char *word)
{
    ovf_error err = {0};
    assert_int_equal(ovf_ledger_open(f->scratch.path, create, &f->ledger, &err), want);
    assert_null(f->ledger);
    if (strstr(err.reason, word) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.reason, word);
}

static void refuses_text(void **state)
{
    fixture *f = *state;
    const char text[] = "this is a diary, and no ledger";
    write_file(f->scratch.path, text, sizeof(text));
    refused(f, true, OVF_E_CORRUPT, "not a ledger");
    struct stat about;
    assert_int_equal(stat(f->scratch.path, &about), 0);
    assert_int_equal(about.st_size, sizeof(text)); // left as it was
}

static void refuses_a_database_of_others(void **state)
{
    fixture *f = *state;
    make_database(f->scratch.path, "CREATE TABLE mail (subject TEXT)");
    refused(f, true, OVF_E_CORRUPT, "another program");
}

static void refuses_a_newer_version(void **state)
{
    fixture *f = *state;
    open_new(f);
    ovf_ledger_free(f->ledger);
    f->ledger = NULL;
    make_database(f->scratch.path, "PRAGMA user_version = 7");
    refused(f, false, OVF_E_CORRUPT, "version 7");
}

static void refuses_a_missing_column(void **state)
{
    fixture *f = *state;
    open_new(f);
    ovf_ledger_free(f->ledger);
    f->ledger = NULL;
    make_database(f->scratch.path, "DROP TABLE facts");
    refused(f, false, OVF_E_CORRUPT, "damaged");
}

static void refuses_an_empty_file_to_read(void **state)
{
    fixture *f = *state;
    write_file(f->scratch.path, "", 0);
    refused(f, false, OVF_E_CORRUPT, "empty");
    open_new(f); // but fills it: that is what a program killed in the making leaves
}

static void refuses_a_truncated_file(void **state)
{
    fixture *f = *state;
    open_new(f);
    for (uint32_t i = 1; i <= 20; i++)
        assert_int_equal(put_numbered(f->ledger, i, f->room, NULL, NULL), OVF_OK);
    ovf_ledger_free(f->ledger);
    f->ledger = NULL;
    struct stat about;
    assert_int_equal(stat(f->scratch.path, &about), 0);
    assert_int_equal(truncate(f->scratch.path, about.st_size / 2), 0);
    ovf_error err = {0};
    size_t checked = 0;
    ovf_status status = ovf_ledger_open(f->scratch.path, false, &f->ledger, &err);
    if (status == OVF_OK)
        status = ovf_ledger_verify(f->ledger, &checked, &err);
    assert_int_equal(status, OVF_E_CORRUPT);
    ovf_ledger_free(f->ledger);
    f->ledger = NULL;
    assert_int_equal(truncate(f->scratch.path, 60), 0); // within the file's own header
    refused(f, false, OVF_E_CORRUPT, "damaged");
}

static void refuses_a_directory(void **state)
{
    fixture *f = *state;
    assert_int_equal(mkdir(f->scratch.path, 0700), 0);
    refused(f, true, OVF_E_IO, "directory");
    rmdir(f->scratch.path);
}

static void refuses_a_missing_folder(void **state)
{
    fixture *f = *state;
    snprintf(f->scratch.path, sizeof(f->scratch.path), "%s/no/where.db", f->scratch.folder);
    refused(f, true, OVF_E_IO, "folder: No such file");
}

static void refuses_a_missing_file_to_read(void **state)
{
    refused(*state, false, OVF_E_IO, "No such file");
}

static void refuses_a_device(void **state)
{
    fixture *f = *state;
    snprintf(f->scratch.path, sizeof(f->scratch.path), "/dev/null");
    refused(f, true, OVF_E_IO, "regular");
    snprintf(f->scratch.path, sizeof(f->scratch.path), "%s/ledger.db", f->scratch.folder);
}

/* As somebody who may not write there: root may write everywhere, so a child puts that off. */
static int read_only_child(const fixture *f)
{
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return 10;
    ovf_ledger *ledger = NULL;
    ovf_error err = {0};
    if (ovf_ledger_open(f->scratch.path, true, &ledger, &err) != OVF_E_IO)
        return 11;
    return err.reason[0] != '\0' ? 0 : 12;
}

static void says_what_is_read_only(void **state)
{
    fixture *f = *state;
    open_new(f);
    put_text(f, "a notice", 1, true);
    ovf_ledger_free(f->ledger);
    f->ledger = NULL;
    assert_int_equal(chmod(f->scratch.path, 0444), 0);
    assert_int_equal(chmod(f->scratch.folder, 0555), 0);
    pid_t child = fork();
    if (child == 0)
        _exit(read_only_child(f));
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(chmod(f->scratch.folder, 0755), 0);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), 0);
}

/* No space: a limit on the size of files stands in for the full disk. */
static int full_disk_child(fixture *f)
{
    signal(SIGXFSZ, SIG_IGN);
    open_new(f);
    if (put_numbered(f->ledger, 1, f->room, NULL, NULL) != OVF_OK)
        return 20;
    struct rlimit limit = {.rlim_cur = 300000, .rlim_max = 300000};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 21;
    ovf_error err = {0};
    ovf_status status = OVF_OK;
    uint32_t number = 3; // a long one
    for (; number < 300 && status == OVF_OK; number++)
        status = put_numbered(f->ledger, number, f->room, NULL, &err);
    if (status != OVF_E_IO)
        return 22;
    // What was there can still be read, and the one that failed is not there at all.
    size_t checked = 0;
    if (ovf_ledger_verify(f->ledger, &checked, &err) != OVF_OK)
        return 23;
    return checked == 1 + (number - 4) ? 0 : 24;
}

static void survives_a_full_disk(void **state)
{
    fixture *f = *state;
    pid_t child = fork();
    if (child == 0)
        _exit(full_disk_child(f));
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), 0);
    open_new(f);
    size_t checked = 0;
    assert_int_equal(ovf_ledger_verify(f->ledger, &checked, NULL), OVF_OK);
    assert_true(checked >= 1);
}

static void waits_for_a_writer_and_gives_up(void **state)
{
    fixture *f = *state;
    open_new(f);
    put_text(f, "first", 1, true);
    sqlite3 *other = NULL;
    assert_int_equal(sqlite3_open(f->scratch.path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    ovf_ledger_set_wait(f->ledger, 50);
    ovf_error err = {0};
    ovf_ledger_entry entry = {.known = 2, .bytes = OVF_STR("second")};
    assert_int_equal(ovf_ledger_put(f->ledger, &entry, NULL, 0, NULL, &err), OVF_E_BUSY);
    assert_non_null(strstr(err.reason, "another writer"));
    assert_int_equal(count_as_of(f, 5, OVF_DOCUMENT_UNKNOWN), 1); // readers are not held up
    sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(other);
    assert_int_equal(ovf_ledger_put(f->ledger, &entry, NULL, 0, NULL, &err), OVF_OK);
}

/* Two programs make the same ledger at once and both write to it. */
static void two_writers_share(void **state)
{
    fixture *f = *state;
    enum { WRITERS = 2, EACH = 40 };
    pid_t children[WRITERS];
    for (uint32_t w = 0; w < WRITERS; w++) {
        children[w] = fork();
        if (children[w] != 0)
            continue;
        ovf_ledger *ledger = NULL;
        ovf_error err = {0};
        ovf_status status = ovf_ledger_open(f->scratch.path, true, &ledger, &err);
        for (uint32_t i = 0; i < EACH && status == OVF_OK; i++)
            status = put_numbered(ledger, 1 + w * EACH + i, f->room, NULL, &err);
        if (status != OVF_OK) {
            print_error("writer %u: %s\n", w, err.reason);
            _exit(1);
        }
        ovf_ledger_free(ledger);
        _exit(0);
    }
    for (size_t w = 0; w < WRITERS; w++) {
        int result = 0;
        assert_int_equal(waitpid(children[w], &result, 0), children[w]);
        assert_true(WIFEXITED(result) && WEXITSTATUS(result) == 0);
    }
    open_new(f);
    size_t checked = 0;
    assert_int_equal(ovf_ledger_verify(f->ledger, &checked, NULL), OVF_OK);
    assert_int_equal(checked, WRITERS * EACH);
}

/* ---- damage ---- */

static void fill_and_close(fixture *f)
{
    open_new(f);
    for (uint32_t i = 1; i <= 60; i++)
        assert_int_equal(put_numbered(f->ledger, i, f->room, NULL, NULL), OVF_OK);
    ovf_ledger_free(f->ledger); // the last one to close writes the WAL back into the file
    f->ledger = NULL;
}

static void overwrite(const char *path, long at, const void *bytes, size_t len)
{
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void names_a_damaged_page(void **state)
{
    fixture *f = *state;
    fill_and_close(f);
    sqlite3 *db = NULL;
    sqlite3_stmt *root = NULL;
    assert_int_equal(sqlite3_open(f->scratch.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT rootpage, (SELECT page_size FROM pragma_page_size)"
                                        " FROM sqlite_schema WHERE name = 'facts'",
                                        -1, &root, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(root), SQLITE_ROW);
    int page = sqlite3_column_int(root, 0);
    long page_bytes = sqlite3_column_int(root, 1);
    sqlite3_finalize(root);
    sqlite3_close(db);
    unsigned char noise[200];
    memset(noise, 0xA5, sizeof(noise));
    overwrite(f->scratch.path, (page - 1) * page_bytes, noise, sizeof(noise));

    ovf_error err = {0};
    char want[32];
    snprintf(want, sizeof(want), "Page %d:", page);
    size_t checked = 0;
    assert_int_equal(ovf_ledger_open(f->scratch.path, false, &f->ledger, &err), OVF_OK);
    assert_int_equal(ovf_ledger_verify(f->ledger, &checked, &err), OVF_E_CORRUPT);
    if (strstr(err.reason, want) == NULL)
        fail_msg("\"%s\" does not name %s", err.reason, want);
}

static void names_a_damaged_document(void **state)
{
    fixture *f = *state;
    fill_and_close(f);
    // The longest document fills pages that hold nothing else: one bit in the midst of it.
    ovf_str body = numbered(3, f->room);
    FILE *file = fopen(f->scratch.path, "rb");
    assert_non_null(file);
    static char whole[8 * 1024 * 1024];
    size_t len = fread(whole, 1, sizeof(whole), file);
    fclose(file);
    size_t at =
        ovf_str_find((ovf_str){whole, len}, 0, ovf_str_sub(body, body.len / 2, body.len / 2 + 64));
    assert_true(at != OVF_NOPOS);
    char flipped = (char)(whole[at] ^ 1);
    overwrite(f->scratch.path, (long)at, &flipped, 1);

    ovf_error err = {0};
    size_t checked = 0;
    assert_int_equal(ovf_ledger_open(f->scratch.path, false, &f->ledger, &err), OVF_OK);
    assert_int_equal(ovf_ledger_verify(f->ledger, &checked, &err), OVF_E_CORRUPT);
    assert_int_equal(checked, 2);
    assert_non_null(strstr(err.reason, "document 3 "));
}

#define TEST(f)                        \
    {                                  \
#f, f, set_up, tear_down, NULL \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keeps_documents_whole),
        TEST(answers_as_of),
        TEST(the_earliest_receipt_counts),
        TEST(nothing_is_overwritten),
        TEST(refuses_what_it_cannot_keep),
        TEST(keeps_any_bytes),
        TEST(refuses_text),
        TEST(refuses_a_database_of_others),
        TEST(refuses_a_newer_version),
        TEST(refuses_a_missing_column),
        TEST(refuses_an_empty_file_to_read),
        TEST(refuses_a_truncated_file),
        TEST(refuses_a_directory),
        TEST(refuses_a_missing_folder),
        TEST(refuses_a_missing_file_to_read),
        TEST(refuses_a_device),
        TEST(says_what_is_read_only),
        TEST(survives_a_full_disk),
        TEST(waits_for_a_writer_and_gives_up),
        TEST(two_writers_share),
        TEST(names_a_damaged_page),
        TEST(names_a_damaged_document),
    };
    return cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
}
