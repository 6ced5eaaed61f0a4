/* SPDX-License-Identifier: Apache-2.0 */
/* The index: by what, of all documents, those are found that an answer rests on. It is derived from
 * the documents with a world file, is no part of the chain and proves nothing; it may be thrown away
 * and made again. It says up to which document it reaches and with what it was made: documents
 * behind that are always looked at, and an index of another program or world is not used at all.
 *
 *   items     one row a notice, statement or coverage record: whose, which number, since when known
 *   spots     (R*Tree) box and time of each: 1e-5 degrees, minutes since 1970, rounded outwards
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

#define PARTNERS_MAX 256 /* candidates that one notice is compared with */

static const char index_schema[] =
    "CREATE TABLE index_state (id INTEGER PRIMARY KEY CHECK (id = 1), stamp TEXT NOT NULL,"
    " number INTEGER NOT NULL) STRICT;"
    "CREATE TABLE items (item INTEGER PRIMARY KEY, sequence INTEGER NOT NULL,"
    " known INTEGER NOT NULL, class INTEGER NOT NULL, own INTEGER NOT NULL,"
    " refers INTEGER NOT NULL, office INTEGER NOT NULL, series INTEGER NOT NULL,"
    " issued INTEGER NOT NULL, state INTEGER NOT NULL, start INTEGER NOT NULL,"
    " until INTEGER NOT NULL, firs TEXT NOT NULL, number INTEGER NOT NULL,"
    " fir INTEGER NOT NULL) STRICT;"
    "CREATE VIRTUAL TABLE spots USING rtree_i32(id, west, east, south, north, start, until, +item);"
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
    [INDEX_ADD_SPOT] = "INSERT INTO spots (west, east, south, north, start, until, item)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
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
    [INDEX_SPOTS] = "SELECT item, west, east, south, north FROM spots WHERE west <= ?2 AND east >= ?1 AND south <= ?4"
                    " AND north >= ?3 AND start <= ?6 AND until >= ?5",
    [INDEX_ITEM] = "SELECT sequence, known, class, own, refers, office, series, issued, state,"
                   " start, until, number, fir, firs FROM items WHERE item = ?1",
    [INDEX_LINKS] = "SELECT item FROM links WHERE hash = ?1 AND role <= ?2",
    [INDEX_MENTIONS] = "SELECT item FROM mentions WHERE fir = ?1 AND lifting >= ?2",
    [INDEX_LISTS_OF] = "SELECT item, issued, said, starts, sequence, own, number, fir FROM lists"
                       " WHERE office = ?1 AND issued >= ?2 AND known <= ?3",
    [INDEX_LIST_NUMBERS] = "SELECT numbers FROM list_numbers WHERE item = ?1",
    [INDEX_WITHDRAWN] = "SELECT 1 FROM withdrawals WHERE sequence = ?1 LIMIT 1",
    [INDEX_PARTNERS] = "SELECT b FROM partners WHERE a = ?1",
    [INDEX_VOUCHED] = "SELECT sequence FROM vouched WHERE issuer = ?1 AND start <= ?2"
                      " AND until >= ?2 AND known <= ?3 ORDER BY exact DESC LIMIT 8",
    [INDEX_VOUCHED_DURING] = "SELECT sequence FROM vouched WHERE issuer = ?1 AND start <= ?3"
                             " AND until >= ?2 AND known <= ?4",
    [INDEX_VOUCHED_END] = "SELECT sequence FROM vouched_ends WHERE issuer = ?1 AND until <= ?2"
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
    [INDEX_NEWEST_LISTS] = "SELECT i.sequence FROM lists AS l JOIN items AS i ON i.item = l.item"
                           " WHERE l.office = ?1 AND i.known <= ?2 ORDER BY l.issued DESC LIMIT ?3",
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

/* ---- one document ---- */

typedef struct indexing {
    ovf_ledger *ledger;
    ledger_index *index;
    sqlite3_int64 sequence;
    ovf_str sha256;
    ovf_time known;
    int code; /* SQLite's, the first that is not OK */
} indexing;

static sqlite3_stmt *bound(indexing *in, index_statement which, size_t count, const int64_t *values)
{
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *statement = index_prepare(in->ledger, which, &ignored, NULL);
    for (size_t i = 0; statement != NULL && i < count; i++)
        sqlite3_bind_int64(statement, (int)i + 1, values[i]);
    if (statement == NULL && in->code == SQLITE_OK)
        in->code = sqlite3_errcode(in->ledger->db);
    return statement;
}

static void run(indexing *in, sqlite3_stmt *statement)
{
    if (statement == NULL || in->code != SQLITE_OK)
        return;
    in->code = ledger_run(statement);
}

static void add(indexing *in, index_statement which, size_t count, const int64_t *values)
{
    run(in, bound(in, which, count, values));
}

#define ADD(in, which, ...) \
    add((in), (which), sizeof((int64_t[]){__VA_ARGS__}) / 8, (int64_t[]){__VA_ARGS__})

uint32_t index_number_of(char series, int32_t year, int32_t number)
{
    if (series < 'A' || series > 'Z' || year < 1990 || year > 2245 || number < 0 || number > 99999)
        return 0;
    return (uint32_t)(series - 'A' + 1) << 25 | (uint32_t)(year - 1990) << 17 | (uint32_t)number;
}

/* By what a notice is compared with the checklists of its office. */
typedef struct counted {
    uint32_t number;
    int64_t fir; /* 0: any of its State's */
    ovf_time issued;
} counted;

/* The year and the number stand at the end of the key: "GBR|A|2025|00012". */
static uint32_t number_of(const ovf_traits *t)
{
    ovf_str rest = t->key;
    ovf_str field = {0};
    ovf_str last[2] = {{0}};
    uint32_t year = 0;
    uint32_t number = 0;
    while (t->series != 0 && ovf_str_field(&rest, '|', &field)) {
        last[0] = last[1];
        last[1] = field;
    }
    if (last[0].len == 0 || ovf_str_take_uint(last[0], 0, 9999, &year) != last[0].len
        || ovf_str_take_uint(last[1], 0, 99999, &number) != last[1].len)
        return 0;
    return index_number_of(t->series, (int32_t)year, (int32_t)number);
}

/* As doubt.c of the restrictions has it: when it was made, else when it begins or became known. */
static counted counted_of(const indexing *in, const ovf_notice *notice, const ovf_traits *t)
{
    ovf_str fir = notice->q_fir;
    ovf_time issued = notice->created != OVF_TIME_NONE      ? notice->created
                      : notice->valid_from != OVF_TIME_NONE ? notice->valid_from
                                                            : in->known;
    return (counted){.number = number_of(t),
                     .fir = ovf_str_ends(fir, OVF_STR("XX")) ? 0 : index_hash(fir),
                     .issued = issued};
}

static sqlite3_int64 add_item(indexing *in, int class, const ovf_traits *t, const counted *by,
                              ovf_str state, ovf_str firs)
{
    const int64_t values[] = {in->sequence,
                              in->known,
                              class,
                              index_hash(t->key),
                              index_hash(t->refers),
                              index_hash(t->office),
                              t->series,
                              by->issued,
                              index_code(state),
                              index_minute(t->from, false),
                              index_minute(t->until, true),
                              by->number,
                              by->fir};
    sqlite3_stmt *statement = bound(in, INDEX_ADD_ITEM, OVF_COUNTOF(values), values);
    if (statement != NULL)
        ledger_bind(statement, 14, firs);
    run(in, statement);
    return sqlite3_last_insert_rowid(in->ledger->db);
}

static void add_spots(indexing *in, const ovf_traits *t, sqlite3_int64 item)
{
    int32_t start = index_minute(t->from, false);
    int32_t until = index_minute(t->until, true);
    static const ovf_box everywhere = {
        .south_deg = -90.0, .north_deg = 90.0, .west_deg = -180.0, .east_deg = 180.0};
    index_rect rects[2];
    for (size_t i = 0; i < (t->is_anywhere ? 1 : t->box_count); i++) {
        size_t count = index_rects(t->is_anywhere ? everywhere : t->boxes[i], rects);
        for (size_t k = 0; k < count; k++)
            ADD(in, INDEX_ADD_SPOT, rects[k].west, rects[k].east, rects[k].south, rects[k].north,
                start, until > start ? until : start, item);
    }
}

static ovf_traits event_of(sqlite3_stmt *row)
{
    return (ovf_traits){
        .has_event = true,
        .event_during = {sqlite3_column_int64(row, 1), sqlite3_column_int64(row, 2)},
        .event_text = (uint64_t)sqlite3_column_int64(row, 3),
        .event_kind = sqlite3_column_int(row, 4),
        .event_launch = sqlite3_column_int(row, 5),
        .event_box = {.south_deg = sqlite3_column_double(row, 6),
                      .west_deg = sqlite3_column_double(row, 7),
                      .north_deg = sqlite3_column_double(row, 8),
                      .east_deg = sqlite3_column_double(row, 9),
                      .is_empty = sqlite3_column_double(row, 10) < 0.0},
        .event_covered = sqlite3_column_double(row, 10),
    };
}

static void add_partners(indexing *in, sqlite3_stmt *found, const ovf_traits *t, sqlite3_int64 item)
{
    if (found == NULL || in->code != SQLITE_OK)
        return;
    int code = sqlite3_step(found);
    for (; code == SQLITE_ROW; code = sqlite3_step(found)) {
        sqlite3_int64 other = sqlite3_column_int64(found, 0);
        ovf_traits theirs = event_of(found);
        if (other == item || !ovf_traits_may_be_one(t, &theirs))
            continue;
        ADD(in, INDEX_ADD_PARTNER, item, other);
        ADD(in, INDEX_ADD_PARTNER, other, item);
    }
    sqlite3_reset(found);
    if (code != SQLITE_DONE && in->code == SQLITE_OK)
        in->code = code;
}

#define LAUNCH_S (40 * OVF_MINUTE_S) /* as the restrictions group launches */

static void add_event(indexing *in, const ovf_traits *t, sqlite3_int64 item)
{
    if (!t->has_event || (t->event_text == 0 && t->event_kind == 0 && t->event_launch == 0))
        return;
    ovf_interval during = t->event_during;
    ovf_time length = during.until > during.from ? during.until - during.from : 0;
    const int64_t values[] = {item,          during.from,    during.until, (int64_t)t->event_text,
                              t->event_kind, t->event_launch};
    sqlite3_stmt *statement = bound(in, INDEX_ADD_EVENT, OVF_COUNTOF(values), values);
    if (statement == NULL)
        return;
    sqlite3_bind_double(statement, 7, t->event_box.is_empty ? 0.0 : t->event_box.south_deg);
    sqlite3_bind_double(statement, 8, t->event_box.is_empty ? 0.0 : t->event_box.west_deg);
    sqlite3_bind_double(statement, 9, t->event_box.is_empty ? 0.0 : t->event_box.north_deg);
    sqlite3_bind_double(statement, 10, t->event_box.is_empty ? 0.0 : t->event_box.east_deg);
    sqlite3_bind_double(statement, 11, t->event_box.is_empty ? -1.0 : t->event_covered);
    run(in, statement);
    // Who shares half of the time of both starts at most one length before, and half of one after.
    if (t->event_text != 0)
        add_partners(in,
                     bound(in, INDEX_EVENTS_BY_TEXT, 4,
                           (int64_t[]){(int64_t)t->event_text, during.from - length,
                                       during.from + length / 2, PARTNERS_MAX}),
                     t, item);
    if (t->event_launch != 0)
        add_partners(in,
                     bound(in, INDEX_EVENTS_BY_LAUNCH, 4,
                           (int64_t[]){t->event_launch == 2 ? 1 : 2, during.from - LAUNCH_S,
                                       during.from + LAUNCH_S, PARTNERS_MAX}),
                     t, item);
    if (t->event_box.is_empty || t->event_kind == 0)
        return;
    index_rect rects[2];
    (void)index_rects(t->event_box, rects);
    int32_t middle = index_minute(during.from + length / 2, false);
    add_partners(in,
                 bound(in, INDEX_EVENTS_BY_AREA, 6,
                       (int64_t[]){rects[0].west, rects[0].east, rects[0].south, rects[0].north,
                                   middle, PARTNERS_MAX}),
                 t, item);
    ADD(in, INDEX_ADD_EVENT_SPOT, item, rects[0].west, rects[0].east, rects[0].south,
        rects[0].north, index_minute(during.from, false), index_minute(during.until, true));
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static ovf_str join(ovf_arena *arena, const ovf_str *items, size_t count)
{
    ovf_str all = OVF_STR("");
    for (size_t i = 0; i < count && all.ptr != NULL; i++)
        all = ovf_arena_printf(arena, OVF_FMT "%s" OVF_FMT, OVF_ARG(all), i == 0 ? "" : " ",
                               OVF_ARG(items[i]));
    return all;
}

/* A checklist with the numbers that it holds. One whose numbers do not fit is kept without them: then
 * it counts as one that may hold anything. */
static bool add_list(indexing *in, const ovf_notice *notice, const ovf_traits *t, const counted *by,
                     sqlite3_int64 item)
{
    size_t count = notice->checklist_count;
    uint32_t *numbers = ovf_arena_array(&in->index->arena, uint32_t, count + 1);
    uint32_t said = 0;
    bool fits = by->number != 0;
    if (numbers == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const ovf_checklist_item *one = &notice->checklist[i];
        char series = one->series != 0 ? one->series : t->series;
        numbers[i] = index_number_of(series, one->year, one->number);
        fits = fits && numbers[i] != 0;
        if (series >= 'A' && series <= 'Z')
            said |= UINT32_C(1) << (series - 'A');
    }
    if (count == 0 && t->series >= 'A' && t->series <= 'Z')
        said = UINT32_C(1) << (t->series - 'A');
    if (count > 1)
        qsort(numbers, count, sizeof(*numbers), by_number);
    ovf_time starts = notice->valid_from != OVF_TIME_NONE ? notice->valid_from
                      : notice->created != OVF_TIME_NONE  ? notice->created
                                                          : in->known;
    ADD(in, INDEX_ADD_LIST, index_hash(t->office), by->issued, item, t->list_series, said, starts,
        in->known, in->sequence, index_hash(t->key), by->number, by->fir);
    sqlite3_stmt *add = fits ? bound(in, INDEX_ADD_LIST_NUMBERS, 1, (int64_t[]){item}) : NULL;
    if (add != NULL)
        sqlite3_bind_blob(add, 2, numbers, (int)(count * sizeof(*numbers)), SQLITE_TRANSIENT);
    run(in, add);
    return true;
}

static bool index_notice(indexing *in, const ovf_notice *notice)
{
    ovf_arena *arena = &in->index->arena;
    ovf_traits t;
    if (ovf_notice_traits(in->index->world, notice, in->known, arena, &t, NULL) != OVF_OK)
        return false;
    ovf_str firs = join(arena, notice->firs, notice->fir_count);
    if (firs.ptr == NULL)
        return false;
    const counted by = counted_of(in, notice, &t);
    sqlite3_int64 item = add_item(in, INDEX_NOTICE, &t, &by, notice->issuer.state, firs);
    add_spots(in, &t, item);
    if (t.key.len > 0)
        ADD(in, INDEX_ADD_LINK, index_hash(t.key), 0, item);
    if (t.refers.len > 0)
        ADD(in, INDEX_ADD_LINK, index_hash(t.refers), 1, item);
    for (size_t i = 0; i < notice->fir_count; i++) {
        sqlite3_stmt *statement =
            bound(in, INDEX_ADD_MENTION, 3, (int64_t[]){0, t.is_lifting, item});
        if (statement != NULL)
            ledger_bind(statement, 1, notice->firs[i]);
        run(in, statement);
    }
    if (t.list_series != 0 && !add_list(in, notice, &t, &by, item))
        return false;
    if (notice->issuer.state.len > 0)
        ADD(in, INDEX_ADD_ISSUER, index_code(notice->issuer.state), in->known, in->sequence);
    add_event(in, &t, item);
    return true;
}

static void add_issue(indexing *in, ovf_str bulletin, ovf_time known, sqlite3_int64 sequence)
{
    sqlite3_stmt *statement = bound(in, INDEX_ADD_ISSUE, 3, (int64_t[]){0, known, sequence});
    if (statement != NULL)
        ledger_bind(statement, 1, bulletin);
    run(in, statement);
}

static void add_vouched(indexing *in, ovf_str issuer, ovf_interval during)
{
    int64_t code = index_code(issuer);
    ADD(in, INDEX_ADD_VOUCHED, code, index_minute(during.from, false),
        index_minute(during.until, true), in->sequence, in->known, during.until);
    ADD(in, INDEX_ADD_VOUCHED_END, code, during.until, in->known, in->sequence);
}

/* What the document says of itself, or another of it: one issue of a bulletin. */
static void index_bulletin(indexing *in, ovf_str bytes)
{
    ovf_str complete = ovf_document_header_read(bytes).complete;
    if (complete.len > 0) {
        add_issue(in, complete, in->known, in->sequence);
        ovf_str word = {0};
        ovf_str rest = complete;
        while (ovf_str_field(&rest, ' ', &word)) {
            if (word.len == 3)
                add_vouched(in, word, (ovf_interval){in->known, in->known});
        }
    }
    sqlite3_stmt *find = bound(in, INDEX_FIND_NAMED, 0, NULL);
    if (find == NULL)
        return;
    ledger_bind(find, 1, in->sha256);
    int code = sqlite3_step(find);
    ovf_str bulletin = {0};
    bool is_named = code == SQLITE_ROW && ledger_copy(find, 0, &in->index->arena, &bulletin);
    sqlite3_reset(find);
    if (is_named)
        add_issue(in, bulletin, in->known, in->sequence);
}

static ovf_status index_notices(indexing *in, ovf_str bytes, ovf_error *err)
{
    ovf_notice *notices = NULL;
    size_t count = 0;
    // The window has no bearing on what the traits tell; a short one costs little.
    ovf_notice_options options = {.received = in->known, .window = {in->known, in->known + 60}};
    ovf_status status = ovf_notice_read(in->index->world, bytes, &options, &in->index->arena,
                                        &notices, &count, err);
    if (status != OVF_OK)
        return status;
    index_bulletin(in, bytes);
    for (size_t i = 0; i < count; i++) {
        if (!index_notice(in, &notices[i]))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the index");
    }
    return OVF_OK;
}

static void index_coverage(indexing *in, const ovf_coverage *coverage)
{
    for (size_t i = 0; i < coverage->issuer_count; i++)
        add_vouched(in, coverage->issuers[i], coverage->during);
    if (coverage->document.len == 0 || coverage->issuer_count == 0)
        return;
    sqlite3_stmt *named = bound(in, INDEX_ADD_NAMED, 0, NULL);
    if (named == NULL)
        return;
    ledger_bind(named, 1, coverage->document);
    ledger_bind(named, 2, coverage->issuers[0]);
    run(in, named);
    // The bulletin itself is most often there already.
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *find = ledger_prepare(in->ledger, LEDGER_FIND, &ignored, NULL);
    if (find == NULL)
        return;
    ledger_bind(find, 1, coverage->document);
    bool is_there = sqlite3_step(find) == SQLITE_ROW;
    sqlite3_int64 sequence = is_there ? sqlite3_column_int64(find, 0) : 0;
    ovf_time known = is_there ? sqlite3_column_int64(find, 1) : 0;
    sqlite3_reset(find);
    if (is_there)
        add_issue(in, coverage->issuers[0], known, sequence);
}

static ovf_status index_statements(indexing *in, ovf_str bytes, ovf_error *err)
{
    ovf_statements read = {0};
    ovf_status status = ovf_statement_read(bytes, &in->index->arena, &read, err);
    if (status == OVF_E_SYNTAX) {
        ADD(in, INDEX_ADD_UNREAD, in->sequence, in->known);
        return OVF_OK;
    }
    for (size_t i = 0; i < read.count && status == OVF_OK; i++) {
        ovf_traits t;
        ovf_statement_traits(in->index->world, &read.items[i], &t);
        if (t.box_count > 0 || t.is_anywhere)
            add_spots(in, &t,
                      add_item(in, INDEX_STATEMENT, &t, &(counted){.issued = t.issued}, OVF_STR(""),
                               OVF_STR("")));
    }
    for (size_t i = 0; i < read.coverage_count && status == OVF_OK; i++)
        index_coverage(in, &read.coverages[i]);
    return status;
}

ovf_status index_document(ovf_ledger *ledger, const index_source *source, ovf_error *err)
{
    ledger_index *index = ledger->index;
    indexing in = {.ledger = ledger,
                   .index = index,
                   .sequence = source->sequence,
                   .sha256 = source->sha256,
                   .known = source->known,
                   .code = SQLITE_OK};
    ovf_arena_reset(&index->arena);
    ovf_status status = OVF_OK;
    if (source->kind == OVF_DOCUMENT_NOTICES)
        status = index_notices(&in, source->bytes, err);
    else if (source->kind == OVF_DOCUMENT_STATEMENTS)
        status = index_statements(&in, source->bytes, err);
    // What the readers refuse outright an answer cannot rest on; it is among the unread ones.
    if (status != OVF_OK && status != OVF_E_NOMEM) {
        status = OVF_OK;
        ADD(&in, INDEX_ADD_UNREAD, in.sequence, in.known);
    }
    if (status == OVF_OK && in.code != SQLITE_OK)
        status = ledger_fail(ledger, in.code, "indexing a document", err);
    return status;
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

/* An index that does not fit is made anew. */
static ovf_status make_tables(ovf_ledger *ledger, int64_t *number, ovf_error *err)
{
    int code = read_state(ledger, number);
    if (code == SQLITE_OK && *number >= 0)
        return OVF_OK;
    for (size_t i = 0; i < INDEX_STATEMENT_COUNT; i++) {
        sqlite3_finalize(ledger->index->statements[i]);
        ledger->index->statements[i] = NULL;
    }
    if (code == SQLITE_OK)
        code = sqlite3_exec(ledger->db, index_drop, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(ledger->db, index_schema, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = index_reached(ledger, 0);
    *number = 0;
    return code == SQLITE_OK ? OVF_OK : ledger_fail(ledger, code, "making the index", err);
}

static ovf_status index_entry(ovf_ledger *ledger, int64_t number, ovf_error *err)
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
