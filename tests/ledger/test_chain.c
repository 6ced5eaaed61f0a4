/* SPDX-License-Identifier: Apache-2.0 */
/* The chain: what it covers, how each kind of damage is named and how much is still proven, what
 * withdrawals do, old ledgers, and batches that are cut off. */
#include "scratch.h"

#include <sqlite3.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

#define DOCUMENTS 6

typedef struct fixture {
    scratch scratch;
    ovf_ledger *ledger;
    ovf_arena arena;
    char room[NUMBERED_MAX_BYTES];
} fixture;

static void set_up(fixture *f)
{
    *f = (fixture){0};
    scratch_init(&f->scratch);
    ovf_arena_init(&f->arena, 0);
}

static void tear_down(fixture *f)
{
    ovf_ledger_free(f->ledger);
    ovf_arena_done(&f->arena);
    scratch_done(&f->scratch);
}

static void reopen(fixture *f)
{
    ovf_error err = {0};
    ovf_ledger_free(f->ledger);
    f->ledger = NULL;
    if (ovf_ledger_open(f->scratch.path, true, &f->ledger, &err) != OVF_OK)
        fail_msg("%s", err.reason);
}

static void fill(fixture *f, uint32_t count)
{
    reopen(f);
    for (uint32_t i = 1; i <= count; i++)
        assert_int_equal(put_numbered(f->ledger, i, f->room, NULL, NULL), OVF_OK);
}

static ovf_ledger_report audit(fixture *f, const char *head)
{
    ovf_ledger_report report;
    ovf_error err = {0};
    if (ovf_ledger_audit(f->ledger, ovf_str_of(head), &report, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    return report;
}

static void change(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    char *problem = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &problem) != SQLITE_OK)
        fail_msg("%s", problem);
    sqlite3_close(db);
}

/* ---- what is hashed ---- */

/* The lines as docs/formats/ledger.md has them, put together by hand. */
static void hashes_what_the_document_says(void **state)
{
    (void)state;
    fixture f;
    set_up(&f);
    reopen(&f);
    ovf_ledger_fact fact = {.kind = OVF_STR("notice"),
                            .id = OVF_STR("A0012/25"),
                            .issuer = OVF_STR("KICZ"),
                            .valid = {1763747000, OVF_TIME_OPEN},
                            .span = {0, 3},
                            .status = OVF_STR("ok")};
    ovf_ledger_entry entry = {.name = OVF_STR("feed\n1"),
                              .kind = OVF_DOCUMENT_NOTICES,
                              .origin = OVF_STR("made"),
                              .known = 1763748480,
                              .stored = 1763748500,
                              .bytes = OVF_STR("abc")};
    assert_int_equal(ovf_ledger_put(f.ledger, &entry, &fact, 1, NULL, NULL), OVF_OK);
    static const char facts[] = "kind 6:notice\nid 8:A0012/25\nissuer 4:KICZ\n"
                                "valid 1763747000 9223372036854775807\nspan 0 3\nstatus 2:ok\n";
    char facts_sha256[OVF_SHA256_HEX + 1];
    ovf_sha256_hex(ovf_str_of(facts), facts_sha256);
    // SHA-256 of "abc" is the first example of FIPS 180-4.
    ovf_str lines = ovf_arena_printf(
        &f.arena,
        "overfly-ledger 1\n"
        "previous 0000000000000000000000000000000000000000000000000000000000000000\n"
        "entry 1 document\n"
        "document ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 3 notices\n"
        "known 1763748480\nstored 1763748500\norigin 4:made\nname 6:feed\n1\nfacts 1 %s\n",
        facts_sha256);
    char want[OVF_SHA256_HEX + 1];
    ovf_sha256_hex(lines, want);
    ovf_ledger_info info;
    assert_int_equal(ovf_ledger_info_read(f.ledger, &info, NULL), OVF_OK);
    assert_string_equal(info.head, want);

    assert_int_equal(
        ovf_ledger_withdraw(
            f.ledger, OVF_STR("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            1763800000, 1763800001, OVF_STR("misread"), NULL, NULL),
        OVF_OK);
    lines = ovf_arena_printf(
        &f.arena,
        "overfly-ledger 1\nprevious %s\nentry 2 withdrawal\n"
        "document ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 3 notices\n"
        "known 1763800000\nstored 1763800001\norigin 0:\nname 7:misread\n"
        "facts 0 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n",
        want);
    ovf_sha256_hex(lines, want);
    assert_int_equal(ovf_ledger_info_read(f.ledger, &info, NULL), OVF_OK);
    assert_string_equal(info.head, want);
    tear_down(&f);
}

/* ---- damage ---- */

#define UNLOCK                                                            \
    "DROP TRIGGER documents_no_UPDATE; DROP TRIGGER documents_no_DELETE;" \
    "DROP TRIGGER receipts_no_UPDATE; DROP TRIGGER receipts_no_DELETE;"   \
    "DROP TRIGGER facts_no_UPDATE; DROP TRIGGER facts_no_DELETE;"         \
    "DROP TRIGGER entries_no_UPDATE; DROP TRIGGER entries_no_DELETE;"

static struct damage_row {
    const char *name;
    const char *sql;
    ovf_ledger_damage damage;
    uint64_t entry, before, after, damaged;
} damage_rows[] = {
    {"nothing", "", OVF_LEDGER_SOUND, 0, 6, 0, 0},
    {"a byte of a document", "UPDATE documents SET bytes = zeroblob(size) WHERE sequence = 3",
     OVF_LEDGER_BYTES, 3, 2, 3, 1},
    {"a document for another",
     "UPDATE documents SET bytes = (SELECT bytes FROM documents WHERE sequence = 1),"
     " size = (SELECT size FROM documents WHERE sequence = 1) WHERE sequence = 4",
     OVF_LEDGER_BYTES, 4, 3, 2, 1},
    {"the known time",
     "UPDATE receipts SET known = 5 WHERE sequence = 2; UPDATE entries SET known = 5"
     " WHERE number = 2",
     OVF_LEDGER_LINK, 2, 1, 4, 1},
    {"the known time of the receipt alone", "UPDATE receipts SET known = 5 WHERE sequence = 2",
     OVF_LEDGER_MISSING, 2, 1, 4, 1},
    {"the stored time", "UPDATE receipts SET stored = 5 WHERE sequence = 6", OVF_LEDGER_LINK, 6, 5,
     0, 1},
    {"the name", "UPDATE receipts SET name = 'another' WHERE sequence = 1", OVF_LEDGER_LINK, 1, 0,
     5, 1},
    {"the origin", "UPDATE documents SET origin = 'real' WHERE sequence = 5", OVF_LEDGER_LINK, 5, 4,
     1, 1},
    {"the kind", "UPDATE documents SET kind = 2 WHERE sequence = 5", OVF_LEDGER_LINK, 5, 4, 1, 1},
    {"a fact", "UPDATE facts SET id = 'A0002/26' WHERE sequence = 3 AND number = 0",
     OVF_LEDGER_LINK, 3, 2, 3, 1},
    {"a fact more",
     "INSERT INTO facts SELECT sequence, 99, kind, id, issuer, valid_from, valid_until, span_at,"
     " span_len, status FROM facts WHERE sequence = 3 AND number = 0",
     OVF_LEDGER_LINK, 3, 2, 3, 1},
    {"a fact less", "DELETE FROM facts WHERE sequence = 3 AND number = 2", OVF_LEDGER_LINK, 3, 2, 3,
     1},
    // The entry whose hash was changed, and the one that it does not lead to any more.
    {"a hash", "UPDATE entries SET hash = replace(hash, substr(hash, 1, 1), 'z') WHERE number = 4",
     OVF_LEDGER_LINK, 4, 3, 1, 2},
    {"an entry gone", "DELETE FROM entries WHERE number = 2", OVF_LEDGER_MISSING, 2, 1, 3, 2},
    {"a document gone", "PRAGMA foreign_keys = OFF; DELETE FROM documents WHERE sequence = 2",
     OVF_LEDGER_MISSING, 2, 1, 4, 1},
    {"a document slipped in",
     "INSERT INTO documents (sha256, kind, origin, stored, size, bytes) VALUES"
     " ('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 1, 'made', 1, 3,"
     " x'616263'); INSERT INTO receipts VALUES (last_insert_rowid(), 1, 1, 'x')",
     OVF_LEDGER_NOT_CHAINED, 0, 6, 0, 0},
};

static void names_damage(void **state)
{
    const struct damage_row *row = *state;
    fixture f;
    set_up(&f);
    fill(&f, DOCUMENTS);
    ovf_ledger_free(f.ledger);
    f.ledger = NULL;
    change(f.scratch.path, UNLOCK);
    change(f.scratch.path, row->sql);
    reopen(&f);
    ovf_ledger_report report = audit(&f, "");
    assert_string_equal(ovf_ledger_damage_name(report.damage), ovf_ledger_damage_name(row->damage));
    assert_int_equal(report.entry, row->entry);
    assert_int_equal(report.proven_before, row->before);
    assert_int_equal(report.sound_after, row->after);
    assert_int_equal(report.damaged, row->damaged);
    tear_down(&f);
}

static void misses_what_was_cut_off(void **state)
{
    (void)state;
    fixture f;
    set_up(&f);
    fill(&f, 3);
    ovf_ledger_info early;
    ovf_ledger_info late;
    assert_int_equal(ovf_ledger_info_read(f.ledger, &early, NULL), OVF_OK);
    fill(&f, DOCUMENTS);
    assert_int_equal(ovf_ledger_info_read(f.ledger, &late, NULL), OVF_OK);
    // A head of before is still in the chain.
    assert_int_equal(audit(&f, early.head).damage, OVF_LEDGER_SOUND);
    assert_int_equal(audit(&f, late.head).damage, OVF_LEDGER_SOUND);
    ovf_ledger_free(f.ledger);
    f.ledger = NULL;
    change(f.scratch.path, UNLOCK "PRAGMA foreign_keys = OFF;"
                                  "DELETE FROM entries WHERE number > 4;"
                                  "DELETE FROM facts WHERE sequence > 4;"
                                  "DELETE FROM receipts WHERE sequence > 4;"
                                  "DELETE FROM documents WHERE sequence > 4");
    reopen(&f);
    // By itself it is whole: only who noted the head can tell.
    assert_int_equal(audit(&f, "").damage, OVF_LEDGER_SOUND);
    assert_int_equal(audit(&f, early.head).damage, OVF_LEDGER_SOUND);
    assert_int_equal(audit(&f, late.head).damage, OVF_LEDGER_OTHER_HEAD);
    ovf_ledger_report report;
    assert_int_equal(ovf_ledger_audit(f.ledger, OVF_STR("abc"), &report, NULL), OVF_E_USAGE);
    tear_down(&f);
}

/* Whatever byte of the file is turned: either it is found, or every document is still what it was. */
static void finds_turned_bytes(void **state)
{
    (void)state;
    fixture f;
    set_up(&f);
    fill(&f, 30);
    ovf_ledger_info info;
    assert_int_equal(ovf_ledger_info_read(f.ledger, &info, NULL), OVF_OK);
    ovf_ledger_free(f.ledger); // all of it in the main file
    f.ledger = NULL;
    struct stat about;
    assert_int_equal(stat(f.scratch.path, &about), 0);
    size_t found = 0;
    uint32_t random = 20260103;
    for (int i = 0; i < 120; i++) {
        random = random * 1664525u + 1013904223u;
        long at = (long)((uint64_t)random * (uint64_t)about.st_size >> 32);
        FILE *file = fopen(f.scratch.path, "r+b");
        fseek(file, at, SEEK_SET);
        int old = fgetc(file);
        fseek(file, at, SEEK_SET);
        fputc(old ^ (1 << (i % 8)), file);
        fclose(file);
        ovf_error err = {0};
        ovf_status opened = ovf_ledger_open(f.scratch.path, false, &f.ledger, &err);
        ovf_ledger_report report = {.damage = OVF_LEDGER_PAGE};
        if (opened == OVF_OK)
            assert_int_equal(ovf_ledger_audit(f.ledger, OVF_STR(""), &report, &err), OVF_OK);
        if (report.damage == OVF_LEDGER_SOUND) {
            assert_string_equal(report.head, info.head);
            assert_int_equal(report.proven_before, 30);
        } else {
            found++;
            assert_true(opened != OVF_OK || report.what[0] != '\0');
        }
        ovf_ledger_free(f.ledger);
        f.ledger = NULL;
        file = fopen(f.scratch.path, "r+b");
        fseek(file, at, SEEK_SET);
        fputc(old, file);
        fclose(file);
    }
    print_message("120 bytes turned, %zu found, the others in unused room\n", found);
    assert_true(found > 60);
    reopen(&f);
    assert_int_equal(audit(&f, info.head).damage, OVF_LEDGER_SOUND);
    tear_down(&f);
}

/* ---- withdrawals ---- */

static size_t count_as_of(fixture *f, ovf_time as_of)
{
    ovf_ledger_entry *entries = NULL;
    size_t count = 0;
    assert_int_equal(ovf_ledger_list(f->ledger, as_of, OVF_DOCUMENT_UNKNOWN, false, &f->arena,
                                     &entries, &count, NULL),
                     OVF_OK);
    return count;
}

static ovf_status put_abc(fixture *f, ovf_time known, bool *is_new)
{
    ovf_ledger_entry entry = {.name = OVF_STR("x"),
                              .kind = OVF_DOCUMENT_STATEMENTS,
                              .known = known,
                              .stored = 1,
                              .bytes = OVF_STR("abc")};
    return ovf_ledger_put(f->ledger, &entry, NULL, 0, is_new, NULL);
}

static void withdraws(void **state)
{
    (void)state;
    fixture f;
    set_up(&f);
    reopen(&f);
    const ovf_str abc = OVF_STR("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    bool is_new = false;
    assert_int_equal(ovf_ledger_withdraw(f.ledger, abc, 200, 1, OVF_STR(""), NULL, NULL),
                     OVF_E_NOT_FOUND);
    assert_int_equal(put_abc(&f, 100, &is_new), OVF_OK);
    assert_int_equal(ovf_ledger_withdraw(f.ledger, abc, 99, 1, OVF_STR(""), NULL, NULL),
                     OVF_E_USAGE);
    assert_int_equal(ovf_ledger_withdraw(f.ledger, abc, 200, 1, OVF_STR("wrong"), &is_new, NULL),
                     OVF_OK);
    assert_true(is_new);
    assert_int_equal(ovf_ledger_withdraw(f.ledger, abc, 250, 1, OVF_STR("wrong"), &is_new, NULL),
                     OVF_OK);
    assert_false(is_new);
    assert_int_equal(count_as_of(&f, 99), 0);
    assert_int_equal(count_as_of(&f, 199), 1);
    assert_int_equal(count_as_of(&f, 200), 0);
    assert_int_equal(count_as_of(&f, OVF_TIME_OPEN), 0);
    // Put again, later: it counts again, and what was answered in between stays as it was.
    assert_int_equal(put_abc(&f, 300, &is_new), OVF_OK);
    assert_true(is_new);
    assert_int_equal(count_as_of(&f, 250), 0);
    assert_int_equal(count_as_of(&f, 300), 1);
    assert_int_equal(ovf_ledger_withdraw(f.ledger, abc, 400, 1, OVF_STR(""), &is_new, NULL),
                     OVF_OK);
    assert_true(is_new);
    assert_int_equal(count_as_of(&f, 350), 1);
    assert_int_equal(count_as_of(&f, 400), 0);
    ovf_ledger_report report = audit(&f, "");
    assert_int_equal(report.damage, OVF_LEDGER_SOUND);
    assert_int_equal(report.proven_before, 4);
    tear_down(&f);
}

/* ---- ledgers of version 1 ---- */

/* As version 1 wrote it. */
static const char version1[] =
    "CREATE TABLE documents ("
    " sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
    " sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),"
    " kind INTEGER NOT NULL, origin TEXT NOT NULL, stored INTEGER NOT NULL,"
    " size INTEGER NOT NULL CHECK (size = length(bytes)), bytes BLOB NOT NULL) STRICT;"
    "CREATE TABLE receipts ("
    " sequence INTEGER NOT NULL REFERENCES documents (sequence),"
    " known INTEGER NOT NULL, stored INTEGER NOT NULL, name TEXT NOT NULL,"
    " PRIMARY KEY (sequence, known)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE facts ("
    " sequence INTEGER NOT NULL REFERENCES documents (sequence), number INTEGER NOT NULL,"
    " kind TEXT NOT NULL, id TEXT NOT NULL, issuer TEXT NOT NULL,"
    " valid_from INTEGER NOT NULL, valid_until INTEGER NOT NULL,"
    " span_at INTEGER NOT NULL, span_len INTEGER NOT NULL, status TEXT NOT NULL,"
    " PRIMARY KEY (sequence, number)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX facts_by_id ON facts (kind, id);"
    "CREATE TRIGGER documents_no_UPDATE BEFORE UPDATE ON documents"
    " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;"
    "CREATE TRIGGER receipts_no_UPDATE BEFORE UPDATE ON receipts"
    " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;"
    "PRAGMA application_id = 1331054169; PRAGMA user_version = 1; PRAGMA journal_mode = WAL;"
    "INSERT INTO documents VALUES (1,"
    " 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 1, 'made', 50, 3,"
    " x'616263');"
    "INSERT INTO documents VALUES (2,"
    " '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1', 2, '', 60, 56,"
    " CAST('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq' AS BLOB));"
    "INSERT INTO receipts VALUES (1, 100, 50, 'first'), (2, 110, 60, 'second'),"
    " (1, 90, 70, 'found earlier');"
    "INSERT INTO facts VALUES (1, 0, 'notice', 'A0001/26', 'KICZ', 1, 2, 0, 3, 'ok');";

static void chains_an_old_ledger(void **state)
{
    (void)state;
    fixture f;
    set_up(&f);
    change(f.scratch.path, version1);
    reopen(&f);
    ovf_ledger_info info;
    assert_int_equal(ovf_ledger_info_read(f.ledger, &info, NULL), OVF_OK);
    assert_int_equal(info.entries, 3);
    assert_int_equal(info.documents, 2);
    assert_int_equal(audit(&f, "").damage, OVF_LEDGER_SOUND);
    assert_int_equal(count_as_of(&f, 90), 1);
    assert_int_equal(count_as_of(&f, 89), 0);
    assert_int_equal(count_as_of(&f, 110), 2);
    reopen(&f);
    assert_int_equal(audit(&f, info.head).entry, 0);
    // What came in that order into a new ledger gives the same chain.
    char path[128];
    snprintf(path, sizeof(path), "%s/other.db", f.scratch.folder);
    ovf_ledger *other = NULL;
    assert_int_equal(ovf_ledger_open(path, true, &other, NULL), OVF_OK);
    ovf_ledger_fact fact = {.kind = OVF_STR("notice"),
                            .id = OVF_STR("A0001/26"),
                            .issuer = OVF_STR("KICZ"),
                            .valid = {1, 2},
                            .span = {0, 3},
                            .status = OVF_STR("ok")};
    ovf_ledger_entry one = {.name = OVF_STR("first"),
                            .kind = OVF_DOCUMENT_NOTICES,
                            .origin = OVF_STR("made"),
                            .known = 100,
                            .stored = 50,
                            .bytes = OVF_STR("abc")};
    ovf_ledger_entry two = {
        .name = OVF_STR("second"),
        .kind = OVF_DOCUMENT_STATEMENTS,
        .known = 110,
        .stored = 60,
        .bytes = OVF_STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")};
    ovf_ledger_entry again = one;
    again.name = OVF_STR("found earlier");
    again.known = 90;
    again.stored = 70;
    assert_int_equal(ovf_ledger_put(other, &one, &fact, 1, NULL, NULL), OVF_OK);
    assert_int_equal(ovf_ledger_put(other, &two, NULL, 0, NULL, NULL), OVF_OK);
    assert_int_equal(ovf_ledger_put(other, &again, NULL, 0, NULL, NULL), OVF_OK);
    ovf_ledger_info same;
    assert_int_equal(ovf_ledger_info_read(other, &same, NULL), OVF_OK);
    assert_string_equal(same.head, info.head);
    ovf_ledger_free(other);
    unlink(path);
    tear_down(&f);
}

/* ---- batches ---- */

static void keeps_a_batch_whole_or_not_at_all(void **state)
{
    (void)state;
    fixture f;
    set_up(&f);
    fill(&f, 2);
    for (int round = 0; round < 12; round++) {
        ovf_ledger_free(f.ledger);
        f.ledger = NULL;
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0) {
            reopen(&f);
            for (uint32_t first = 100 + (uint32_t)round * 1000;; first += 10) {
                bool is_good = ovf_ledger_begin(f.ledger, NULL) == OVF_OK;
                for (uint32_t i = 0; i < 10 && is_good; i++)
                    is_good = put_numbered(f.ledger, first + i, f.room, NULL, NULL) == OVF_OK;
                char done = 1;
                if (!is_good || ovf_ledger_commit(f.ledger, NULL) != OVF_OK
                    || write(ends[1], &done, 1) != 1)
                    _exit(1);
            }
        }
        close(ends[1]);
        reopen(&f);
        size_t before = count_as_of(&f, OVF_TIME_OPEN);
        ovf_ledger_free(f.ledger);
        f.ledger = NULL;
        struct timespec wait = {.tv_nsec = (5 + round * 7 % 40) * 1000 * 1000L};
        nanosleep(&wait, NULL);
        kill(child, SIGKILL);
        size_t batches = 0;
        char done;
        while (read(ends[0], &done, 1) == 1)
            batches++;
        close(ends[0]);
        waitpid(child, NULL, 0);
        reopen(&f);
        size_t count = count_as_of(&f, OVF_TIME_OPEN);
        assert_int_equal((count - 2) % 10, 0);
        assert_true(count >= 2 + batches * 10 || before > 2);
        assert_int_equal(audit(&f, "").damage, OVF_LEDGER_SOUND);
    }
    tear_down(&f);
}

static void leaves_a_failed_document_out_of_its_batch(void **state)
{
    (void)state;
    fixture f;
    set_up(&f);
    reopen(&f);
    ovf_ledger_entry bad = {.name = OVF_STR("x"), .known = OVF_TIME_NONE, .bytes = OVF_STR("abc")};
    assert_int_equal(ovf_ledger_begin(f.ledger, NULL), OVF_OK);
    assert_int_equal(ovf_ledger_begin(f.ledger, NULL), OVF_E_USAGE);
    assert_int_equal(put_numbered(f.ledger, 1, f.room, NULL, NULL), OVF_OK);
    assert_int_equal(ovf_ledger_put(f.ledger, &bad, NULL, 0, NULL, NULL), OVF_E_USAGE);
    assert_int_equal(put_numbered(f.ledger, 2, f.room, NULL, NULL), OVF_OK);
    assert_int_equal(ovf_ledger_commit(f.ledger, NULL), OVF_OK);
    assert_int_equal(ovf_ledger_commit(f.ledger, NULL), OVF_E_USAGE);
    assert_int_equal(count_as_of(&f, OVF_TIME_OPEN), 2);
    tear_down(&f);
}

int main(void)
{
    static const struct CMUnitTest plain[] = {
        cmocka_unit_test(hashes_what_the_document_says),
        cmocka_unit_test(misses_what_was_cut_off),
        cmocka_unit_test(finds_turned_bytes),
        cmocka_unit_test(withdraws),
        cmocka_unit_test(chains_an_old_ledger),
        cmocka_unit_test(keeps_a_batch_whole_or_not_at_all),
        cmocka_unit_test(leaves_a_failed_document_out_of_its_batch),
    };
    struct CMUnitTest rows[OVF_COUNTOF(damage_rows)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(damage_rows); i++)
        rows[i] =
            (struct CMUnitTest){damage_rows[i].name, names_damage, NULL, NULL, &damage_rows[i]};
    int failed = _cmocka_run_group_tests("damage", rows, OVF_COUNTOF(rows), NULL, NULL);
    return failed + cmocka_run_group_tests_name("chain", plain, NULL, NULL);
}
