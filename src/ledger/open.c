/* SPDX-License-Identifier: Apache-2.0 */
/* Opening a ledger: is the file one, is it whole enough, is it of our version; and making one.
 *
 *   documents  one row a document, whole, by its SHA-256, in order of arrival
 *   receipts   when a document became known; several times: the earliest counts
 *   facts      what the readers found in it when it was stored
 *   withdrawals  from when on a document no longer counts
 *   entries    the chain: one row for each of the above in order of arrival, with its hash
 *
 * Rows are added and never changed: triggers refuse it even to other programs. A ledger is made in
 * one transaction with a rollback journal and turned to WAL afterwards, so that a program killed
 * in the middle leaves an empty file, which the next one fills. */
#include "ledger_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define CACHE_KB 65536 /* of pages; the inner ones of the index stay in it */

#define STRINGIFY(x) #x
#define IN_TEXT(x) STRINGIFY(x)

#define NEVER(table, verb)                                           \
    "CREATE TRIGGER " table "_no_" verb " BEFORE " verb " ON " table \
    " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;"

static const char schema[] =
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
    "CREATE INDEX facts_by_id ON facts (kind, id);" NEVER("documents", "UPDATE")
        NEVER("documents", "DELETE") NEVER("receipts", "UPDATE") NEVER("receipts", "DELETE")
            NEVER("facts", "UPDATE") NEVER("facts", "DELETE");

/* What version 2 adds. */
static const char schema2[] =
    "CREATE TABLE withdrawals ("
    " sequence INTEGER NOT NULL REFERENCES documents (sequence),"
    " known INTEGER NOT NULL, stored INTEGER NOT NULL, reason TEXT NOT NULL,"
    " PRIMARY KEY (sequence, known)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE entries ("
    " number INTEGER PRIMARY KEY, what INTEGER NOT NULL,"
    " sequence INTEGER NOT NULL REFERENCES documents (sequence), known INTEGER NOT NULL,"
    " hash TEXT NOT NULL CHECK (length(hash) = 64)) STRICT;" NEVER("withdrawals", "UPDATE")
        NEVER("withdrawals", "DELETE") NEVER("entries", "UPDATE") NEVER("entries", "DELETE");

static const char stamp[] = "PRAGMA application_id = " IN_TEXT(
    LEDGER_APPLICATION_ID) ";"
                           "PRAGMA user_version = " IN_TEXT(LEDGER_VERSION) ";";

/* As of ?1: no withdrawal that the document was not put again after. */
#define NOT_WITHDRAWN                                                          \
    "NOT EXISTS (SELECT 1 FROM withdrawals AS w WHERE w.sequence = d.sequence" \
    " AND w.known <= ?1 AND NOT EXISTS (SELECT 1 FROM receipts AS x"           \
    " WHERE x.sequence = d.sequence AND x.known > w.known AND x.known <= ?1))"

static const char *const sql[LEDGER_STATEMENT_COUNT] = {
    [LEDGER_BEGIN] = "BEGIN IMMEDIATE",
    [LEDGER_COMMIT] = "COMMIT",
    [LEDGER_ROLLBACK] = "ROLLBACK",
    [LEDGER_SAVE] = "SAVEPOINT put",
    [LEDGER_SAVED] = "RELEASE put",
    [LEDGER_UNDO] = "ROLLBACK TO put",
    [LEDGER_FIND] =
        "SELECT sequence, (SELECT min(known) FROM receipts AS r WHERE r.sequence = d.sequence),"
        " (SELECT max(known) FROM receipts AS r WHERE r.sequence = d.sequence),"
        " (SELECT max(known) FROM withdrawals AS w WHERE w.sequence = d.sequence), kind, size"
        " FROM documents AS d WHERE sha256 = ?1",
    [LEDGER_ADD_DOCUMENT] = "INSERT INTO documents (sha256, kind, origin, stored, size, bytes)"
                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [LEDGER_ADD_RECEIPT] = "INSERT INTO receipts (sequence, known, stored, name)"
                           " VALUES (?1, ?2, ?3, ?4)",
    [LEDGER_ADD_FACT] = "INSERT INTO facts (sequence, number, kind, id, issuer, valid_from,"
                        " valid_until, span_at, span_len, status)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    // min() makes SQLite take the bare columns of r from the row that holds the minimum. The bytes
    // are fetched one by one afterwards, so that they need not pass through the sorter.
    [LEDGER_LIST] = "SELECT d.sequence, d.sha256, r.name, d.kind, d.origin, min(r.known), d.stored,"
                    " d.size FROM documents AS d JOIN receipts AS r ON r.sequence = d.sequence"
                    " WHERE r.known <= ?1 AND (?2 = 0 OR d.kind = ?2) AND " NOT_WITHDRAWN
                    " GROUP BY d.sequence ORDER BY min(r.known), d.sequence",
    [LEDGER_BYTES] = "SELECT bytes FROM documents WHERE sequence = ?1",
    [LEDGER_FACTS] = "SELECT kind, id, issuer, valid_from, valid_until, span_at, span_len, status"
                     " FROM facts WHERE sequence = ?1 ORDER BY number",
    [LEDGER_HEAD] = "SELECT number, hash FROM entries ORDER BY number DESC LIMIT 1",
    [LEDGER_ADD_ENTRY] = "INSERT INTO entries (number, what, sequence, known, hash)"
                         " VALUES (?1, ?2, ?3, ?4, ?5)",
    [LEDGER_ADD_WITHDRAWAL] = "INSERT INTO withdrawals (sequence, known, stored, reason)"
                              " VALUES (?1, ?2, ?3, ?4)",
    [LEDGER_HASH_OF] = "SELECT hash FROM entries WHERE number = ?1",
    [LEDGER_FIND_BYTES] = "SELECT bytes FROM documents WHERE sha256 = ?1",
    [LEDGER_ENTRY] =
        "SELECT e.number, e.what, e.known, e.hash, e.sequence, d.sha256, d.kind, d.origin, d.size,"
        " d.bytes, CASE e.what WHEN 3 THEN w.stored ELSE r.stored END,"
        " CASE e.what WHEN 3 THEN w.reason ELSE r.name END FROM entries AS e"
        " LEFT JOIN documents AS d ON d.sequence = e.sequence"
        " LEFT JOIN receipts AS r ON e.what <> 3 AND r.sequence = e.sequence"
        " AND r.known = e.known"
        " LEFT JOIN withdrawals AS w ON e.what = 3 AND w.sequence = e.sequence"
        " AND w.known = e.known WHERE e.number = ?1",
};

ovf_status ledger_fail(const ovf_ledger *ledger, int code, const char *doing, ovf_error *err)
{
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ovf_fail(err, OVF_E_BUSY, OVF_NOPOS, "another writer holds the ledger");
    case SQLITE_FULL:
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "no space left, nothing of it was stored");
    case SQLITE_READONLY: return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "the ledger may only be read");
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "cannot open the file or its -wal beside it");
    case SQLITE_IOERR:
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "%s: reading or writing failed", doing);
    case SQLITE_NOMEM: return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory while %s", doing);
    case SQLITE_TOOBIG:
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "too large for the ledger while %s", doing);
    case SQLITE_NOTADB:
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "not a ledger: no SQLite database");
    case SQLITE_CORRUPT:
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "damaged: %s", sqlite3_errmsg(ledger->db));
    case SQLITE_ERROR: // a table or a column that should be there is not
    case SQLITE_SCHEMA:
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "damaged: %s", sqlite3_errmsg(ledger->db));
    default: break;
    }
    return ovf_fail(err, OVF_E_INTERNAL, OVF_NOPOS, "%s: %s", doing, sqlite3_errstr(code));
}

sqlite3_stmt *ledger_prepare(ovf_ledger *ledger, ledger_statement which, ovf_status *status,
                             ovf_error *err)
{
    sqlite3_stmt *statement = ledger->statements[which];
    if (statement != NULL) {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
        return statement;
    }
    int code = sqlite3_prepare_v3(ledger->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT,
                                  &ledger->statements[which], NULL);
    if (code != SQLITE_OK) {
        *status = ledger_fail(ledger, code, "preparing", err);
        return NULL;
    }
    return ledger->statements[which];
}

int ledger_number(sqlite3 *db, const char *query, sqlite3_int64 *out)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, query, -1, &statement, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW) {
            *out = sqlite3_column_int64(statement, 0);
            code = SQLITE_OK;
        }
    }
    sqlite3_finalize(statement);
    return code;
}

/* What kind of file is it, before SQLite is let near it? *is_empty: missing or of no bytes. */
static ovf_status look_at(const char *path, bool create, bool *is_empty, ovf_error *err)
{
    *is_empty = true;
    // SQLite would take these for a database in memory, gone with the program.
    if (path[0] == '\0' || strcmp(path, ":memory:") == 0)
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "expected the path of a ledger");
    struct stat about;
    if (stat(path, &about) != 0) {
        if (errno == ENOENT && create)
            return OVF_OK;
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "%s", strerror(errno));
    }
    if (S_ISDIR(about.st_mode))
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "is a directory, expected a ledger");
    if (!S_ISREG(about.st_mode))
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "is no regular file");
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "%s", strerror(errno));
    char head[16] = {0};
    size_t got = fread(head, 1, sizeof(head), file);
    fclose(file);
    *is_empty = got == 0;
    if (got == 0 && !create)
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "not a ledger: the file is empty");
    if (got != 0 && memcmp(head, "SQLite format 3", sizeof(head)) != 0)
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "not a ledger: no SQLite database");
    return OVF_OK;
}

/* The folder of a ledger that is to be made has to be there: we make files, not trees. */
static ovf_status check_folder(const char *path, ovf_error *err)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL || slash == path)
        return OVF_OK;
    char folder[4096];
    size_t len = (size_t)(slash - path);
    if (len >= sizeof(folder))
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "the path is too long");
    memcpy(folder, path, len);
    folder[len] = '\0';
    struct stat about;
    if (stat(folder, &about) != 0)
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "its folder: %s", strerror(errno));
    if (!S_ISDIR(about.st_mode))
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "its folder is no folder");
    return OVF_OK;
}

/* Turning a new ledger to WAL wants it alone for a moment, and SQLite does not wait for that by
 * itself when two programs make the same ledger at once. */
static int turn_to_wal(sqlite3 *db)
{
    int code = SQLITE_BUSY;
    for (int tries = 0; tries < 200 && (code & 0xFF) == SQLITE_BUSY; tries++) {
        code = sqlite3_exec(db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
        struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
        if ((code & 0xFF) == SQLITE_BUSY)
            nanosleep(&pause, NULL);
    }
    return code;
}

static ovf_status make_schema(ovf_ledger *ledger, ovf_error *err)
{
    sqlite3_int64 tables = 0;
    int code = sqlite3_exec(ledger->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return ledger_fail(ledger, code, "making the ledger", err);
    // Another program may have made it while this one waited.
    code = ledger_number(ledger->db, "SELECT count(*) FROM sqlite_schema", &tables);
    const char *const parts[] = {schema, schema2, stamp};
    for (size_t i = 0; code == SQLITE_OK && tables == 0 && i < OVF_COUNTOF(parts); i++)
        code = sqlite3_exec(ledger->db, parts[i], NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(ledger->db, "COMMIT", NULL, NULL, NULL);
    if (code != SQLITE_OK) {
        ovf_status status = ledger_fail(ledger, code, "making the ledger", err);
        sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
        return status;
    }
    code = turn_to_wal(ledger->db);
    if (code != SQLITE_OK)
        return ledger_fail(ledger, code, "making the ledger", err);
    return OVF_OK;
}

/* Version 1 has no chain: what it holds is chained in the order of arrival, in one transaction. */
static ovf_status migrate(ovf_ledger *ledger, ovf_error *err)
{
    if (sqlite3_db_readonly(ledger->db, "main") == 1)
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS,
                        "ledger of version 1, which may only be read: to be answered from it has "
                        "to be brought to version %d, by opening it once where it may be written",
                        LEDGER_VERSION);
    int code = sqlite3_exec(ledger->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return ledger_fail(ledger, code, "bringing the ledger to version 2", err);
    sqlite3_int64 version = 0;
    code = ledger_number(ledger->db, "PRAGMA user_version", &version);
    // Another program may have done it while this one waited.
    if (code == SQLITE_OK && version == 1) {
        code = sqlite3_exec(ledger->db, schema2, NULL, NULL, NULL);
        if (code == SQLITE_OK)
            code = ledger_chain_old(ledger);
        if (code == SQLITE_OK)
            code = sqlite3_exec(ledger->db, stamp, NULL, NULL, NULL);
    }
    if (code == SQLITE_OK)
        code = sqlite3_exec(ledger->db, "COMMIT", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        return OVF_OK;
    ovf_status status = ledger_fail(ledger, code, "bringing the ledger to version 2", err);
    sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

static ovf_status check_version(ovf_ledger *ledger, bool create, ovf_error *err)
{
    sqlite3_int64 application = 0;
    sqlite3_int64 version = 0;
    sqlite3_int64 tables = 0;
    // One look: another program may be making the ledger between two.
    int code = sqlite3_exec(ledger->db, "BEGIN", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = ledger_number(ledger->db, "PRAGMA application_id", &application);
    if (code == SQLITE_OK)
        code = ledger_number(ledger->db, "PRAGMA user_version", &version);
    if (code == SQLITE_OK)
        code = ledger_number(ledger->db, "SELECT count(*) FROM sqlite_schema", &tables);
    sqlite3_exec(ledger->db, "COMMIT", NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return ledger_fail(ledger, code, "opening", err);
    if (application == 0 && version == 0 && tables == 0) {
        if (create)
            return make_schema(ledger, err);
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "not a ledger: an empty database");
    }
    if (application != LEDGER_APPLICATION_ID)
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS,
                        "not a ledger: a database of another program");
    if (version == 1)
        return migrate(ledger, err);
    if (version != LEDGER_VERSION)
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS,
                        "ledger of version %lld, this program reads version %d", (long long)version,
                        LEDGER_VERSION);
    return OVF_OK;
}

static ovf_status set_up(ovf_ledger *ledger, bool create, ovf_error *err)
{
    sqlite3_busy_timeout(ledger->db, OVF_LEDGER_WAIT_MS);
    // A ledger may come from a stranger: its schema runs nothing of his, and no page is trusted.
    sqlite3_db_config(ledger->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    int code = sqlite3_exec(ledger->db,
                            "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                            "PRAGMA cache_size = -" IN_TEXT(CACHE_KB),
                            NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return ledger_fail(ledger, code, "opening", err);
    ovf_status status = check_version(ledger, create, err);
    if (status != OVF_OK)
        return status;
    ledger->is_readonly = sqlite3_db_readonly(ledger->db, "main") == 1;
    if (create && ledger->is_readonly)
        return ledger_fail(ledger, SQLITE_READONLY, "opening", err);
    // Killed between the making and the turning, a ledger still has its first journal mode.
    if (!ledger->is_readonly && (code = turn_to_wal(ledger->db)) != SQLITE_OK)
        return ledger_fail(ledger, code, "opening", err);
    // All tables and columns are there, or the file is damaged: better now than half-way.
    for (int i = LEDGER_FIND; i < LEDGER_STATEMENT_COUNT; i++) {
        if (ledger_prepare(ledger, (ledger_statement)i, &status, err) == NULL)
            return status;
    }
    return OVF_OK;
}

ovf_status ovf_ledger_open(const char *path, bool create, ovf_ledger **out, ovf_error *err)
{
    bool is_empty = false;
    ovf_status status = look_at(path, create, &is_empty, err);
    if (status == OVF_OK && is_empty)
        status = check_folder(path, err);
    if (status != OVF_OK)
        return status;

    ovf_ledger *ledger = calloc(1, sizeof(*ledger));
    if (ledger == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a ledger");
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(path, &ledger->db, flags, NULL);
    if (ledger->db == NULL)
        status = ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a ledger");
    else if (code != SQLITE_OK)
        status = ledger_fail(ledger, code, "opening", err);
    else
        status = set_up(ledger, create, err);
    if (status != OVF_OK) {
        ovf_ledger_free(ledger);
        return status;
    }
    *out = ledger;
    return OVF_OK;
}

void ovf_ledger_set_wait(ovf_ledger *ledger, int wait_ms)
{
    sqlite3_busy_timeout(ledger->db, wait_ms);
}

void ovf_ledger_free(ovf_ledger *ledger)
{
    if (ledger == NULL)
        return;
    for (size_t i = 0; i < LEDGER_STATEMENT_COUNT; i++)
        sqlite3_finalize(ledger->statements[i]);
    index_free(ledger->index);
    sqlite3_close(ledger->db);
    free(ledger);
}
