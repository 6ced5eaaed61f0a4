/* SPDX-License-Identifier: Apache-2.0 */
/* The index: by what, of all documents, those are found that an answer rests on. It is derived from
 * the documents with a world file, is no part of the chain and proves nothing; it may be thrown away
 * and made again. It says up to which document it reaches and with what it was made: documents
 * behind that are always looked at, and an index of another program or world is not used at all.
 *
 *   items     one row a notice, statement or coverage record: whose, which number, since when known
 *   spots     (R*Tree) box and time of each: 1e-5 degrees, minutes since 1970, rounded outwards; its
 *   id tells the item, which saves a look into another table for each that is found
 *   links     hash of a number -> the notice that has it (0), those that refer to it (1)
 *   mentions  FIR -> notices that name it
 *   lists     office -> checklists in the order of their issue, with the series that they speak of;
 *   list_numbers  the numbers that each holds, sorted, 4 bytes each
 *   vouched   (R*Tree) issuer and time of what is declared complete
 *   issues    bulletins that are complete, by name
 *   issuers   State -> documents of its notices, by known time
 *   events    what notices are compared by, partners: pairs that may be one happening
 *   unread    statements that are no JSON: they keep every area from being open */
#include "index_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char index_schema[] =
    "CREATE TABLE index_state (id INTEGER PRIMARY KEY CHECK (id = 1), stamp TEXT NOT NULL,"
    " number INTEGER NOT NULL) STRICT;"
    "CREATE TABLE items (item INTEGER PRIMARY KEY, sequence INTEGER NOT NULL,"
    " known INTEGER NOT NULL, class INTEGER NOT NULL, own INTEGER NOT NULL,"
    " refers INTEGER NOT NULL, office INTEGER NOT NULL, series INTEGER NOT NULL,"
    " issued INTEGER NOT NULL, state INTEGER NOT NULL, start INTEGER NOT NULL,"
    " until INTEGER NOT NULL, firs TEXT NOT NULL, number INTEGER NOT NULL,"
    " fir INTEGER NOT NULL) STRICT;"
    "CREATE VIRTUAL TABLE spots USING rtree_i32(id, west, east, south, north, start, until);"
    "CREATE TABLE links (hash INTEGER NOT NULL, role INTEGER NOT NULL, item INTEGER NOT NULL,"
    " PRIMARY KEY (hash, role, item)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE mentions (fir TEXT NOT NULL, lifting INTEGER NOT NULL, item INTEGER NOT NULL,"
    " PRIMARY KEY (fir, lifting, item)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE lists (office INTEGER NOT NULL, issued INTEGER NOT NULL, item INTEGER NOT NULL,"
    " series INTEGER NOT NULL, said INTEGER NOT NULL, starts INTEGER NOT NULL,"
    " known INTEGER NOT NULL, sequence INTEGER NOT NULL, own INTEGER NOT NULL,"
    " number INTEGER NOT NULL, fir INTEGER NOT NULL,"
    " PRIMARY KEY (office, issued, item)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE list_numbers (item INTEGER PRIMARY KEY, numbers BLOB NOT NULL) STRICT;"
    "CREATE VIRTUAL TABLE vouched USING rtree_i32(id, issuer, issuer_end, start, until, +sequence,"
    " +known, +exact);"
    "CREATE TABLE vouched_ends (issuer INTEGER NOT NULL, until INTEGER NOT NULL,"
    " known INTEGER NOT NULL, sequence INTEGER NOT NULL,"
    " PRIMARY KEY (issuer, until, known, sequence)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE issues (bulletin TEXT NOT NULL, known INTEGER NOT NULL,"
    " sequence INTEGER NOT NULL, PRIMARY KEY (bulletin, known, sequence)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX issues_by_document ON issues (sequence);"
    "CREATE TABLE named (sha256 TEXT NOT NULL, bulletin TEXT NOT NULL,"
    " PRIMARY KEY (sha256, bulletin)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE issuers (state INTEGER NOT NULL, known INTEGER NOT NULL,"
    " sequence INTEGER NOT NULL, PRIMARY KEY (state, known, sequence)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE events (item INTEGER PRIMARY KEY, start INTEGER NOT NULL,"
    " until INTEGER NOT NULL, text INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " launch INTEGER NOT NULL, south REAL NOT NULL, west REAL NOT NULL, north REAL NOT NULL,"
    " east REAL NOT NULL, covered REAL NOT NULL) STRICT;"
    "CREATE INDEX events_by_text ON events (text, start) WHERE text <> 0;"
    "CREATE INDEX events_by_launch ON events (start) WHERE launch <> 0;"
    "CREATE VIRTUAL TABLE event_spots USING rtree_i32(id, west, east, south, north, start, until);"
    "CREATE TABLE partners (a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE unread (sequence INTEGER PRIMARY KEY, known INTEGER NOT NULL) STRICT;";

static const char index_drop[] =
    "DROP TABLE IF EXISTS list_numbers; DROP TABLE IF EXISTS index_state; DROP TABLE IF EXISTS items; DROP TABLE IF EXISTS spots;"
    "DROP TABLE IF EXISTS links; DROP TABLE IF EXISTS mentions; DROP TABLE IF EXISTS lists;"
    "DROP TABLE IF EXISTS vouched; DROP TABLE IF EXISTS vouched_ends; DROP TABLE IF EXISTS issues;"
    "DROP TABLE IF EXISTS named; DROP TABLE IF EXISTS issuers; DROP TABLE IF EXISTS events;"
    "DROP TABLE IF EXISTS event_spots; DROP TABLE IF EXISTS partners; DROP TABLE IF EXISTS unread;";

static const char *const sql[INDEX_STATEMENT_COUNT] = {
    [INDEX_ADD_ITEM] = "INSERT INTO items (sequence, known, class, own, refers, office, series,"
                       " issued, state, start, until, number, fir, firs)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    [INDEX_ADD_SPOT] = "INSERT INTO spots VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [INDEX_ADD_LINK] = "INSERT OR IGNORE INTO links VALUES (?1, ?2, ?3)",
    [INDEX_ADD_MENTION] = "INSERT OR IGNORE INTO mentions VALUES (?1, ?2, ?3)",
    [INDEX_ADD_LIST] =
        "INSERT OR IGNORE INTO lists VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
        " ?11)",
    [INDEX_ADD_LIST_NUMBERS] = "INSERT OR IGNORE INTO list_numbers VALUES (?1, ?2)",
    [INDEX_ADD_VOUCHED] = "INSERT INTO vouched (issuer, issuer_end, start, until, sequence, known,"
                          " exact) VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6)",
    [INDEX_ADD_VOUCHED_END] = "INSERT OR IGNORE INTO vouched_ends VALUES (?1, ?2, ?3, ?4)",
    [INDEX_ADD_ISSUE] = "INSERT OR IGNORE INTO issues VALUES (?1, ?2, ?3)",
    [INDEX_ADD_NAMED] = "INSERT OR IGNORE INTO named VALUES (?1, ?2)",
    [INDEX_FIND_NAMED] = "SELECT bulletin FROM named WHERE sha256 = ?1",
    [INDEX_ADD_ISSUER] = "INSERT OR IGNORE INTO issuers VALUES (?1, ?2, ?3)",
    [INDEX_ADD_EVENT] = "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    [INDEX_ADD_EVENT_SPOT] = "INSERT INTO event_spots VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [INDEX_EVENTS_BY_TEXT] = "SELECT * FROM events WHERE text = ?1 AND text <> 0"
                             " AND start BETWEEN ?2 AND ?3 LIMIT ?4",
    [INDEX_EVENTS_BY_LAUNCH] = "SELECT * FROM events WHERE launch <> 0 AND launch >= ?1"
                               " AND start BETWEEN ?2 AND ?3 LIMIT ?4",
    [INDEX_EVENTS_BY_AREA] =
        "SELECT e.* FROM event_spots AS s JOIN events AS e ON e.item = s.id"
        " WHERE s.west <= ?2 AND s.east >= ?1 AND s.south <= ?4 AND s.north >= ?3"
        " AND s.start <= ?5 AND s.until >= ?5 LIMIT ?6",
    [INDEX_ADD_PARTNER] = "INSERT OR IGNORE INTO partners VALUES (?1, ?2)",
    [INDEX_ADD_UNREAD] = "INSERT OR IGNORE INTO unread VALUES (?1, ?2)",
    [INDEX_SET_STATE] = "INSERT OR REPLACE INTO index_state (id, stamp, number) VALUES (1, ?1, ?2)",
    [INDEX_STATE] = "SELECT stamp, number FROM index_state WHERE id = 1",
    [INDEX_NEXT] =
        "SELECT e.number, e.sequence, d.sha256, d.kind, e.known, d.bytes, r.name, d.origin"
        " FROM entries AS e JOIN documents AS d ON d.sequence = e.sequence"
        " JOIN receipts AS r ON r.sequence = e.sequence AND r.known = e.known"
        " WHERE e.number = ?1 AND e.what <> 3",
    [INDEX_SPOTS] =
        "SELECT id, west, east, south, north FROM spots WHERE west <= ?2 AND east >= ?1 AND south <= ?4"
        " AND north >= ?3 AND start <= ?6 AND until >= ?5",
    [INDEX_ISSUED] = "SELECT item FROM items WHERE issued >= ?1 AND issued < ?2",
    [INDEX_ITEM] = "SELECT sequence, known, class, own, refers, office, series, issued, state,"
                   " start, until, number, fir, firs FROM items WHERE item = ?1",
    [INDEX_LINKS] = "SELECT item FROM links WHERE hash = ?1 AND role <= ?2",
    [INDEX_MENTIONS] = "SELECT item FROM mentions WHERE fir = ?1 AND lifting >= ?2",
    [INDEX_LISTS_OF] = "SELECT item, issued, said, starts, sequence, own, number, fir FROM lists"
                       " WHERE office = ?1 AND issued >= ?2 AND known <= ?3",
    [INDEX_LIST_NUMBERS] = "SELECT numbers FROM list_numbers WHERE item = ?1",
    [INDEX_WITHDRAWN] = "SELECT 1 FROM withdrawals WHERE sequence = ?1 LIMIT 1",
    [INDEX_PARTNERS] = "SELECT b FROM partners WHERE a = ?1",
    [INDEX_VOUCHED] = "SELECT sequence, exact FROM vouched WHERE issuer = ?1 AND start <= ?2"
                      " AND until >= ?2 AND known <= ?3 ORDER BY exact DESC, known LIMIT 8",
    [INDEX_VOUCHED_DURING] = "SELECT sequence FROM vouched WHERE issuer = ?1 AND start <= ?3"
                             " AND until >= ?2 AND known <= ?4",
    [INDEX_VOUCHED_END] =
        "SELECT sequence, until FROM vouched_ends WHERE issuer = ?1 AND until <= ?2"
        " AND known <= ?3 ORDER BY until DESC LIMIT 8",
    [INDEX_ISSUES_OF] = "SELECT bulletin FROM issues WHERE sequence = ?1",
    [INDEX_ISSUES_FROM] = "SELECT sequence, known FROM issues WHERE bulletin = ?1 AND known >= ?2"
                          " AND known <= ?3 ORDER BY known",
    [INDEX_LATEST] = "SELECT known, sequence FROM issuers WHERE state = ?1 AND known <= ?2"
                     " ORDER BY known DESC",
    [INDEX_UNREAD] = "SELECT sequence FROM unread WHERE known <= ?1",
    [INDEX_LAST] = "SELECT coalesce(max(number), 0) FROM entries",
    [INDEX_HAS_NUMBER] = "SELECT 1 FROM links AS l JOIN items AS i ON i.item = l.item"
                         " WHERE l.hash = ?1 AND l.role = 0 AND i.known <= ?2 LIMIT 1",
    [INDEX_NEWEST_LISTS] =
        "SELECT l.sequence, l.said, n.numbers,"
        " EXISTS (SELECT 1 FROM withdrawals AS w WHERE w.sequence = l.sequence)"
        " OR (SELECT count(*) FROM receipts AS r WHERE r.sequence = l.sequence) > 1"
        " FROM lists AS l LEFT JOIN list_numbers AS n ON n.item = l.item"
        " WHERE l.office = ?1 AND l.known <= ?2 ORDER BY l.issued DESC LIMIT ?3",
    [INDEX_DOCUMENT] =
        "SELECT d.sequence, d.sha256, r.name, d.kind, d.origin, r.known, d.stored, d.size, d.bytes"
        " FROM documents AS d JOIN receipts AS r ON r.sequence = d.sequence"
        " WHERE d.sequence = ?2 AND r.known <= ?1"
        " AND NOT EXISTS (SELECT 1 FROM withdrawals AS w WHERE w.sequence = d.sequence"
        " AND w.known <= ?1 AND NOT EXISTS (SELECT 1 FROM receipts AS x"
        " WHERE x.sequence = d.sequence AND x.known > w.known AND x.known <= ?1))"
        " ORDER BY r.known LIMIT 1",
};

sqlite3_stmt *index_prepare(ovf_ledger *ledger, index_statement which, ovf_status *status,
                            ovf_error *err)
{
    ledger_index *index = ledger->index;
    sqlite3_stmt *statement = index->statements[which];
    if (statement != NULL) {
        sqlite3_reset(statement);
        return statement;
    }
    int code = sqlite3_prepare_v3(ledger->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT,
                                  &index->statements[which], NULL);
    if (code != SQLITE_OK) {
        *status = ledger_fail(ledger, code, "preparing", err);
        return NULL;
    }
    return index->statements[which];
}

/* ---- values ---- */

int64_t index_hash(ovf_str text)
{
    if (text.len == 0)
        return 0;
    uint64_t hash = 14695981039346656037ULL; // FNV-1a: two numbers of one hash only cost time
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * 1099511628211ULL;
    return (int64_t)(hash | 1);
}

int32_t index_minute(ovf_time time, bool up)
{
    if (time == OVF_TIME_NONE)
        return INT32_MIN;
    if (time == OVF_TIME_OPEN)
        return INT32_MAX;
    int64_t minute = time / 60;
    if (time % 60 != 0)
        minute += time > 0 ? (up ? 1 : 0) : (up ? 0 : -1);
    return minute > INT32_MAX - 1   ? INT32_MAX - 1
           : minute < INT32_MIN + 1 ? INT32_MIN + 1
                                    : (int32_t)minute;
}

int64_t index_code(ovf_str issuer)
{
    int64_t code = 0; // "*": all
    if (ovf_str_eq(issuer, OVF_STR("*")))
        return 0;
    for (size_t i = 0; i < issuer.len && i < 4; i++)
        code = code << 7 | (issuer.ptr[i] & 127);
    return code + 1;
}

static int32_t low(double deg)
{
    return (int32_t)floor(deg * 1e5 - 1.0);
}

static int32_t high(double deg)
{
    return (int32_t)ceil(deg * 1e5 + 1.0);
}

size_t index_rects(ovf_box box, index_rect out[2])
{
    index_rect r = {low(box.west_deg), high(box.east_deg), low(box.south_deg), high(box.north_deg)};
    if (box.west_deg <= box.east_deg) {
        out[0] = r;
        return 1;
    }
    out[0] = (index_rect){r.west, high(180.0), r.south, r.north};
    out[1] = (index_rect){low(-180.0), r.east, r.south, r.north};
    return 2;
}

/* ---- the stamp: with what was the index made? ---- */

static void stamp_of(const ovf_world *world, char out[OVF_SHA256_HEX + 1])
{
    ledger_sha s;
    ledger_sha_init(&s);
    char text[160];
    snprintf(text, sizeof(text), "overfly " OVF_VERSION " index %d\n", LEDGER_INDEX_VERSION);
    ledger_sha_add(&s, ovf_str_of(text));
    ledger_sha_add(&s, ovf_world_sources(world));
    for (size_t i = 0; i < ovf_world_fir_count(world); i++) {
        const ovf_fir *fir = ovf_world_fir(world, (uint32_t)i);
        int len =
            snprintf(text, sizeof(text), "%.8s %.6f %.6f %.6f %.6f\n", fir->code.ptr,
                     fir->box.south_deg, fir->box.west_deg, fir->box.north_deg, fir->box.east_deg);
        ledger_sha_add(&s, (ovf_str){text, (size_t)len});
    }
    int len = snprintf(text, sizeof(text), "%zu %zu %zu\n", ovf_world_airspace_count(world),
                       ovf_world_airport_count(world), ovf_world_fix_count(world));
    ledger_sha_add(&s, (ovf_str){text, (size_t)len});
    ledger_sha_hex(&s, out);
}

/* ---- the state of the index ---- */

int index_reached(ovf_ledger *ledger, int64_t number)
{
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *set = index_prepare(ledger, INDEX_SET_STATE, &ignored, NULL);
    if (set == NULL)
        return SQLITE_ERROR;
    ledger_bind(set, 1, ovf_str_of(ledger->index->stamp));
    sqlite3_bind_int64(set, 2, number);
    return ledger_run(set);
}

/* Up to which entry does it reach? -1: there is none that fits. */
static int read_state(ovf_ledger *ledger, int64_t *number)
{
    sqlite3_int64 tables = 0;
    *number = -1;
    int code = ledger_number(
        ledger->db, "SELECT count(*) FROM sqlite_schema WHERE name = 'index_state'", &tables);
    if (code != SQLITE_OK || tables == 0)
        return code;
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *state = index_prepare(ledger, INDEX_STATE, &ignored, NULL);
    if (state == NULL)
        return sqlite3_errcode(ledger->db);
    code = sqlite3_step(state);
    if (code == SQLITE_ROW
        && ovf_str_eq(ovf_str_of((const char *)sqlite3_column_text(state, 0)),
                      ovf_str_of(ledger->index->stamp)))
        *number = sqlite3_column_int64(state, 1);
    sqlite3_reset(state);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

int index_number(ovf_ledger *ledger, int64_t *number)
{
    return read_state(ledger, number);
}

int index_follow(ovf_ledger *ledger, int64_t number, const index_source *source)
{
    int64_t reached = -1;
    if (ledger->index == NULL)
        return SQLITE_OK;
    int code = read_state(ledger, &reached);
    // One that lags behind, or that is not there, is for ovf_ledger_index.
    if (code != SQLITE_OK || reached != number - 1)
        return code;
    if (source != NULL && index_document(ledger, source, NULL) != OVF_OK)
        return SQLITE_NOMEM;
    return index_reached(ledger, number);
}

void index_free(ledger_index *index)
{
    if (index == NULL)
        return;
    for (size_t i = 0; i < INDEX_STATEMENT_COUNT; i++)
        sqlite3_finalize(index->statements[i]);
    ovf_arena_done(&index->arena);
    free(index);
}

ovf_status ovf_ledger_use_world(ovf_ledger *ledger, const ovf_world *world, ovf_error *err)
{
    index_free(ledger->index);
    ledger->index = calloc(1, sizeof(*ledger->index));
    if (ledger->index == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the index");
    ledger->index->world = world;
    ovf_arena_init(&ledger->index->arena, 0);
    stamp_of(world, ledger->index->stamp);
    return OVF_OK;
}

ovf_status ovf_ledger_index_reach(ovf_ledger *ledger, int64_t *entries, bool *is_usable,
                                  ovf_error *err)
{
    if (ledger->index == NULL)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "an index without a world");
    int code = read_state(ledger, entries);
    if (code != SQLITE_OK)
        return ledger_fail(ledger, code, "reading the index", err);
    *is_usable = *entries >= 0;
    return OVF_OK;
}

int index_make_tables(sqlite3 *db, const char *database)
{
    static const char *const verbs[] = {"CREATE TABLE ", "CREATE VIRTUAL TABLE ", "CREATE INDEX "};
    ovf_buf text = {0};
    ovf_str rest = ovf_str_of(index_schema);
    ovf_str one = {0};
    while (ovf_str_field(&rest, ';', &one)) {
        for (size_t i = 0; i < OVF_COUNTOF(verbs); i++) {
            ovf_str verb = ovf_str_of(verbs[i]);
            if (ovf_str_starts(one, verb))
                ovf_buf_printf(&text, OVF_FMT "%s" OVF_FMT ";", OVF_ARG(verb), database,
                               OVF_ARG(ovf_str_tail(one, verb.len)));
        }
    }
    int code = text.failed ? SQLITE_NOMEM : sqlite3_exec(db, text.ptr, NULL, NULL, NULL);
    ovf_buf_done(&text);
    return code;
}

void index_forget(ovf_ledger *ledger)
{
    for (size_t i = 0; i < INDEX_STATEMENT_COUNT; i++) {
        sqlite3_finalize(ledger->index->statements[i]);
        ledger->index->statements[i] = NULL;
    }
}

/* An index that does not fit is made anew. */
static ovf_status make_tables(ovf_ledger *ledger, int64_t *number, ovf_error *err)
{
    int code = read_state(ledger, number);
    if (code == SQLITE_OK && *number >= 0)
        return OVF_OK;
    index_forget(ledger);
    if (code == SQLITE_OK)
        code = sqlite3_exec(ledger->db, index_drop, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = index_make_tables(ledger->db, "");
    if (code == SQLITE_OK)
        code = index_reached(ledger, 0);
    *number = 0;
    return code == SQLITE_OK ? OVF_OK : ledger_fail(ledger, code, "making the index", err);
}

ovf_status index_entry(ovf_ledger *ledger, int64_t number, ovf_error *err)
{
    ovf_status status = OVF_OK;
    sqlite3_stmt *next = index_prepare(ledger, INDEX_NEXT, &status, err);
    if (next == NULL)
        return status;
    sqlite3_bind_int64(next, 1, number);
    int code = sqlite3_step(next);
    if (code == SQLITE_ROW) {
        index_source source = {
            .sequence = sqlite3_column_int64(next, 1),
            .sha256 = ovf_str_of((const char *)sqlite3_column_text(next, 2)),
            .kind = (ovf_document_kind)sqlite3_column_int(next, 3),
            .known = sqlite3_column_int64(next, 4),
            .bytes = {sqlite3_column_blob(next, 5), (size_t)sqlite3_column_bytes(next, 5)},
        };
        status = index_document(ledger, &source, err);
    } else if (code != SQLITE_DONE) {
        status = ledger_fail(ledger, code, "reading a document for the index", err);
    }
    sqlite3_reset(next);
    return status;
}

ovf_status ovf_ledger_index(ovf_ledger *ledger, uint64_t limit, uint64_t *left, ovf_error *err)
{
    if (ledger->index == NULL)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "an index without a world");
    if (ledger->is_readonly)
        return ledger_fail(ledger, SQLITE_READONLY, "indexing", err);
    int64_t number = 0;
    ovf_status status = ovf_ledger_begin(ledger, err);
    if (status != OVF_OK)
        return status;
    sqlite3_int64 last = 0;
    status = make_tables(ledger, &number, err);
    if (status == OVF_OK
        && ledger_number(ledger->db, "SELECT coalesce(max(number), 0) FROM entries", &last)
               != SQLITE_OK)
        status = ledger_fail(ledger, SQLITE_CORRUPT, "indexing", err);
    for (uint64_t i = 0; status == OVF_OK && number < last && i < limit; i++)
        status = index_entry(ledger, ++number, err);
    if (status == OVF_OK && index_reached(ledger, number) != SQLITE_OK)
        status = ledger_fail(ledger, sqlite3_errcode(ledger->db), "indexing", err);
    if (status != OVF_OK) {
        ledger_abandon(ledger);
        return status;
    }
    *left = (uint64_t)(last - number);
    return ovf_ledger_commit(ledger, err);
}
