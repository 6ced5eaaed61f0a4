/* SPDX-License-Identifier: Apache-2.0 */
/* Is the ledger what it was? First the structure of the file as SQLite sees it, then every entry:
 * its document by its SHA-256, its facts, and its hash out of the hash before it. An entry behind a
 * damaged one is tried against the hash that stands in that one, so that what is still sound behind
 * the damage can be told. */
#include "ledger_internal.h"

#include <stdio.h>
#include <string.h>

#define UNREADABLE_MAX 100000 /* entries in a row that cannot be read, then the check ends */

const char *ovf_ledger_damage_name(ovf_ledger_damage damage)
{
    switch (damage) {
    case OVF_LEDGER_SOUND: return "sound";
    case OVF_LEDGER_PAGE: return "page";
    case OVF_LEDGER_MISSING: return "missing";
    case OVF_LEDGER_BYTES: return "bytes";
    case OVF_LEDGER_LINK: return "link";
    case OVF_LEDGER_NOT_CHAINED: return "not_chained";
    case OVF_LEDGER_OTHER_HEAD: return "other_head";
    }
    return "unknown";
}

typedef struct audit {
    ovf_ledger *ledger;
    ovf_ledger_report *report;
    ovf_arena arena; /* of the entry at hand */
    ovf_str head;    /* asked for; empty: none */
    bool head_is_met;
    char previous[OVF_SHA256_HEX + 1]; /* hash that stands in the entry before; "": not readable */
} audit;

/* What the first damage is; further ones are only counted. */
static void note(audit *a, ovf_ledger_damage damage, uint64_t entry, ovf_str document,
                 const char *fmt, ...) OVF_PRINTF(5, 6);

static void note(audit *a, ovf_ledger_damage damage, uint64_t entry, ovf_str document,
                 const char *fmt, ...)
{
    ovf_ledger_report *report = a->report;
    if (report->damage != OVF_LEDGER_SOUND)
        return;
    report->damage = damage;
    report->entry = entry;
    snprintf(report->document, sizeof(report->document), "%.*s",
             document.len > OVF_SHA256_HEX ? OVF_SHA256_HEX : (int)document.len,
             document.ptr == NULL ? "" : document.ptr);
    va_list arguments;
    va_start(arguments, fmt);
    vsnprintf(report->what, sizeof(report->what), fmt, arguments);
    va_end(arguments);
}

/* SQLite's own check; its first complaint names the page or the index. */
static void check_structure(audit *a)
{
    sqlite3_stmt *check = NULL;
    int code = sqlite3_prepare_v2(a->ledger->db, "PRAGMA integrity_check(1)", -1, &check, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(check);
    ovf_str says = ovf_str_of(code == SQLITE_ROW ? (const char *)sqlite3_column_text(check, 0)
                                                 : sqlite3_errmsg(a->ledger->db));
    // "*** in database main ***" stands on a line of its own before the page.
    ovf_str line = says;
    while (ovf_str_starts(line, OVF_STR("***")) && ovf_str_line(&says, &line))
        line = says;
    if (!ovf_str_eq(line, OVF_STR("ok"))) {
        snprintf(a->report->file, sizeof(a->report->file), OVF_FMT, OVF_ARG(line));
        note(a, OVF_LEDGER_PAGE, 0, OVF_STR(""), "the structure of the file: " OVF_FMT,
             OVF_ARG(line));
    }
    sqlite3_finalize(check);
}

/* The facts of a document as they are there, and their hash. */
static int hash_facts(audit *a, sqlite3_int64 sequence, size_t *count, char out[OVF_SHA256_HEX + 1])
{
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *list = ledger_prepare(a->ledger, LEDGER_FACTS, &ignored, NULL);
    ovf_ledger_fact *facts = NULL;
    size_t capacity = 0;
    *count = 0;
    sqlite3_bind_int64(list, 1, sequence);
    int code = sqlite3_step(list);
    for (; code == SQLITE_ROW; code = sqlite3_step(list)) {
        if (!ovf_arena_grow(&a->arena, (void **)&facts, *count, &capacity, sizeof(*facts))
            || !ledger_read_fact(list, &a->arena, &facts[*count])) {
            sqlite3_reset(list);
            return SQLITE_NOMEM;
        }
        ++*count;
    }
    sqlite3_reset(list);
    if (code != SQLITE_DONE)
        return code;
    ledger_hash_facts(facts, *count, out);
    return SQLITE_OK;
}

typedef struct link_row {
    ledger_link link;
    ovf_str hash; /* as it stands there */
    sqlite3_int64 sequence;
    ovf_str bytes;
    bool has_document, has_receipt;
} link_row;

static bool read_row(sqlite3_stmt *row, ovf_arena *arena, link_row *out)
{
    *out = (link_row){
        .link = {.what = (ovf_ledger_what)sqlite3_column_int(row, 1),
                 .known = sqlite3_column_int64(row, 2),
                 .kind = (ovf_document_kind)sqlite3_column_int(row, 6),
                 .size = (uint64_t)sqlite3_column_int64(row, 8),
                 .stored = sqlite3_column_int64(row, 10)},
        .sequence = sqlite3_column_int64(row, 4),
        .has_document = sqlite3_column_type(row, 5) != SQLITE_NULL,
        .has_receipt = sqlite3_column_type(row, 10) != SQLITE_NULL,
    };
    // The bytes are hashed before the row is let go.
    const void *bytes = sqlite3_column_blob(row, 9);
    int len = sqlite3_column_bytes(row, 9);
    out->bytes = (ovf_str){bytes, len > 0 ? (size_t)len : 0};
    bool is_document = out->link.what == OVF_LEDGER_DOCUMENT;
    return ledger_copy(row, 3, arena, &out->hash) && ledger_copy(row, 5, arena, &out->link.sha256)
           && (!is_document || ledger_copy(row, 7, arena, &out->link.origin))
           && ledger_copy(row, 11, arena, &out->link.name);
}

/* Is the entry what its hash says, given the hash before it? */
static bool check_row(audit *a, uint64_t number, const link_row *row)
{
    ovf_str document = row->link.sha256;
    if (!row->has_document || !row->has_receipt) {
        note(a, OVF_LEDGER_MISSING, number, document, "entry %llu: its %s is gone",
             (unsigned long long)number, row->has_document ? "receipt" : "document");
        return false;
    }
    char hash[OVF_SHA256_HEX + 1];
    if (row->link.what == OVF_LEDGER_DOCUMENT) {
        ovf_sha256_hex(row->bytes, hash);
        if (!ovf_str_eq(document, ovf_str_of(hash))) {
            note(
                a, OVF_LEDGER_BYTES, number, document,
                "entry %llu: document %lld (%.16s...) differs from its SHA-256, its bytes give %.16s...",
                (unsigned long long)number, (long long)row->sequence, document.ptr, hash);
            return false;
        }
    }
    ledger_link link = row->link;
    size_t fact_count = 0;
    char facts[OVF_SHA256_HEX + 1];
    ledger_hash_facts(NULL, 0, facts);
    if (link.what == OVF_LEDGER_DOCUMENT
        && hash_facts(a, row->sequence, &fact_count, facts) != SQLITE_OK) {
        note(a, OVF_LEDGER_PAGE, number, document, "entry %llu: its facts cannot be read: %s",
             (unsigned long long)number, sqlite3_errmsg(a->ledger->db));
        return false;
    }
    link.fact_count = fact_count;
    link.facts_sha256 = ovf_str_of(facts);
    if (a->previous[0] == '\0')
        return false; // the entry before cannot be read: nothing to hold this one against
    ledger_hash_link(&link, number, ovf_str_of(a->previous), hash);
    if (ovf_str_eq(row->hash, ovf_str_of(hash)))
        return true;
    note(
        a, OVF_LEDGER_LINK, number, document,
        "entry %llu: its hash is %.16s..., what it says (known and stored time, name, kind, origin, "
        "facts, the entry before) gives %.16s...",
        (unsigned long long)number, row->hash.ptr, hash);
    return false;
}

/* 1: sound, 0: damaged, -1: there is no such entry, -2: not readable. */
static int check_entry(audit *a, uint64_t number)
{
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *get = ledger_prepare(a->ledger, LEDGER_ENTRY, &ignored, NULL);
    if (get == NULL)
        return -2;
    sqlite3_bind_int64(get, 1, (sqlite3_int64)number);
    int code = sqlite3_step(get);
    int result = code == SQLITE_DONE ? -1 : -2;
    link_row row;
    if (code == SQLITE_ROW && read_row(get, &a->arena, &row)) {
        result = check_row(a, number, &row) ? 1 : 0;
        snprintf(a->previous, sizeof(a->previous), OVF_FMT, OVF_ARG(row.hash));
        a->head_is_met = a->head_is_met || ovf_str_eq(a->head, row.hash);
        snprintf(a->report->head, sizeof(a->report->head), "%s", a->previous);
    } else {
        a->previous[0] = '\0';
    }
    sqlite3_reset(get);
    if (result == -2)
        note(a, OVF_LEDGER_PAGE, number, OVF_STR(""), "entry %llu cannot be read: %s",
             (unsigned long long)number, sqlite3_errmsg(a->ledger->db));
    return result;
}

/* What stands in the tables without an entry has come in behind the chain. */
static void check_uncounted(audit *a)
{
    static const struct {
        const char *query;
        const char *words;
    } checks[] = {
        {"SELECT count(*) FROM documents AS d WHERE NOT EXISTS (SELECT 1 FROM receipts AS r"
         " WHERE r.sequence = d.sequence)",
         "documents without a receipt"},
        {"SELECT (SELECT count(*) FROM receipts) - (SELECT count(*) FROM entries WHERE what <> 3)",
         "receipts that no entry vouches for"},
        {"SELECT (SELECT count(*) FROM withdrawals) - (SELECT count(*) FROM entries"
         " WHERE what = 3)",
         "withdrawals that no entry vouches for"},
        {"SELECT count(*) FROM facts AS f WHERE NOT EXISTS (SELECT 1 FROM documents AS d"
         " WHERE d.sequence = f.sequence)",
         "facts without a document"},
    };
    for (size_t i = 0; i < OVF_COUNTOF(checks); i++) {
        sqlite3_int64 count = 0;
        if (ledger_number(a->ledger->db, checks[i].query, &count) == SQLITE_OK && count > 0)
            note(a, OVF_LEDGER_NOT_CHAINED, 0, OVF_STR(""), "%lld %s", (long long)count,
                 checks[i].words);
    }
}

static void walk(audit *a)
{
    ovf_ledger_report *report = a->report;
    sqlite3_int64 last = INT64_MAX;
    uint64_t unreadable = 0;
    bool is_gapless = true;
    // Where the last number cannot be read the entries end with the first one that is not there.
    bool has_last =
        ledger_number(a->ledger->db, "SELECT coalesce(max(number), 0) FROM entries", &last)
        == SQLITE_OK;
    for (uint64_t n = 1; n <= (uint64_t)last && unreadable < UNREADABLE_MAX; n++) {
        ovf_arena_reset(&a->arena);
        int result = check_entry(a, n);
        if (result == -1 && !has_last)
            break;
        if (result == -1)
            note(a, OVF_LEDGER_MISSING, n, OVF_STR(""), "entry %llu is gone",
                 (unsigned long long)n);
        unreadable = result == -2 ? unreadable + 1 : 0;
        report->checked++;
        is_gapless = is_gapless && result == 1;
        if (result != 1)
            report->damaged++;
        else if (is_gapless)
            report->proven_before++;
        else
            report->sound_after++;
    }
}

ovf_status ovf_ledger_audit(ovf_ledger *ledger, ovf_str head, ovf_ledger_report *out,
                            ovf_error *err)
{
    if (head.len != 0 && head.len != OVF_SHA256_HEX)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "a head has 64 hexadecimal digits");
    *out = (ovf_ledger_report){.head = LEDGER_NO_HASH};
    audit a = {.ledger = ledger, .report = out, .head = head, .previous = LEDGER_NO_HASH};
    ovf_arena_init(&a.arena, 0);
    // One state of the ledger, whatever other programs append meanwhile.
    int code = sqlite3_exec(ledger->db, "BEGIN", NULL, NULL, NULL);
    if (code != SQLITE_OK) {
        ovf_arena_done(&a.arena);
        return ledger_fail(ledger, code, "checking", err);
    }
    walk(&a);
    check_uncounted(&a);
    // Last, since an entry says more of a damage than the number of a page does.
    check_structure(&a);
    if (head.len > 0 && !a.head_is_met && !ovf_str_eq(head, OVF_STR(LEDGER_NO_HASH)))
        note(
            &a, OVF_LEDGER_OTHER_HEAD, 0, OVF_STR(""),
            "the head %.16s... is not in the chain: entries were cut off its end, or it is another "
            "ledger's",
            head.ptr);
    sqlite3_exec(ledger->db, "COMMIT", NULL, NULL, NULL);
    ovf_arena_done(&a.arena);
    return OVF_OK;
}

ovf_status ovf_ledger_verify(ovf_ledger *ledger, size_t *checked, ovf_error *err)
{
    ovf_ledger_report report;
    *checked = 0;
    ovf_status status = ovf_ledger_audit(ledger, OVF_STR(""), &report, err);
    if (status != OVF_OK)
        return status;
    *checked = (size_t)report.proven_before;
    if (report.damage != OVF_LEDGER_SOUND)
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "damaged: %s",
                        report.file[0] != '\0' ? report.file : report.what);
    return OVF_OK;
}
