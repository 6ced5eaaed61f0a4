/* SPDX-License-Identifier: Apache-2.0 */
/* The chain: what each entry says, as lines of text, and its SHA-256. The lines are such that another
 * program can put them together with nothing but a SHA-256 (docs/formats/ledger.md):
 *
 *   overfly-ledger 1\n
 *   previous <64 hex>\n
 *   entry <number> <document|receipt|withdrawal>\n
 *   document <64 hex> <size> <kind>\n
 *   known <seconds>\n
 *   stored <seconds>\n
 *   origin <bytes>:<origin>\n
 *   name <bytes>:<name>\n
 *   facts <count> <64 hex>\n
 *
 * Every text has its length before it, so that no two entries have the same lines. */
#include "ledger_internal.h"

#include <stdio.h>
#include <string.h>

const char *ovf_ledger_what_name(ovf_ledger_what what)
{
    switch (what) {
    case OVF_LEDGER_DOCUMENT: return "document";
    case OVF_LEDGER_RECEIPT: return "receipt";
    case OVF_LEDGER_WITHDRAWAL: return "withdrawal";
    }
    return "unknown";
}

static void add_line(ledger_sha *s, const char *fmt, ...) OVF_PRINTF(2, 3);

static void add_line(ledger_sha *s, const char *fmt, ...)
{
    char line[256];
    va_list arguments;
    va_start(arguments, fmt);
    int len = vsnprintf(line, sizeof(line), fmt, arguments);
    va_end(arguments);
    if (len > 0)
        ledger_sha_add(
            s, (ovf_str){line, (size_t)len < sizeof(line) ? (size_t)len : sizeof(line) - 1});
}

/* "name 5:hello\n" */
static void add_text(ledger_sha *s, const char *name, ovf_str text)
{
    add_line(s, "%s %zu:", name, text.len);
    ledger_sha_add(s, text);
    ledger_sha_add(s, OVF_STR("\n"));
}

void ledger_hash_facts(const ovf_ledger_fact *facts, size_t count, char out[OVF_SHA256_HEX + 1])
{
    ledger_sha s;
    ledger_sha_init(&s);
    for (size_t i = 0; i < count; i++) {
        add_text(&s, "kind", facts[i].kind);
        add_text(&s, "id", facts[i].id);
        add_text(&s, "issuer", facts[i].issuer);
        add_line(&s, "valid %lld %lld\n", (long long)facts[i].valid.from,
                 (long long)facts[i].valid.until);
        add_line(&s, "span %llu %llu\n", (unsigned long long)facts[i].span.at,
                 (unsigned long long)facts[i].span.len);
        add_text(&s, "status", facts[i].status);
    }
    ledger_sha_hex(&s, out);
}

void ledger_hash_link(const ledger_link *link, uint64_t number, ovf_str previous,
                      char out[OVF_SHA256_HEX + 1])
{
    ledger_sha s;
    ledger_sha_init(&s);
    ledger_sha_add(&s, OVF_STR("overfly-ledger 1\n"));
    add_line(&s, "previous %.64s\n",
             previous.len == OVF_SHA256_HEX ? previous.ptr : LEDGER_NO_HASH);
    add_line(&s, "entry %llu %s\n", (unsigned long long)number, ovf_ledger_what_name(link->what));
    add_line(&s, "document %.*s %llu %s\n", (int)link->sha256.len, link->sha256.ptr,
             (unsigned long long)link->size, ovf_document_kind_name(link->kind));
    add_line(&s, "known %lld\n", (long long)link->known);
    add_line(&s, "stored %lld\n", (long long)link->stored);
    add_text(&s, "origin", link->origin);
    add_text(&s, "name", link->name);
    add_line(&s, "facts %llu %.*s\n", (unsigned long long)link->fact_count,
             (int)link->facts_sha256.len, link->facts_sha256.ptr);
    ledger_sha_hex(&s, out);
}

/* Number and hash of the last entry; 0 and zeros for none. */
static int read_head(ovf_ledger *ledger, uint64_t *number, char hash[OVF_SHA256_HEX + 1])
{
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *head = ledger_prepare(ledger, LEDGER_HEAD, &ignored, NULL);
    *number = 0;
    snprintf(hash, OVF_SHA256_HEX + 1, "%s", LEDGER_NO_HASH);
    if (head == NULL)
        return SQLITE_ERROR;
    int code = sqlite3_step(head);
    if (code == SQLITE_ROW) {
        *number = (uint64_t)sqlite3_column_int64(head, 0);
        const char *text = (const char *)sqlite3_column_text(head, 1);
        snprintf(hash, OVF_SHA256_HEX + 1, "%s", text == NULL ? "" : text);
    }
    sqlite3_reset(head);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

int ledger_append(ovf_ledger *ledger, const ledger_link *link, sqlite3_int64 sequence,
                  int64_t *appended)
{
    uint64_t number = 0;
    char previous[OVF_SHA256_HEX + 1];
    char hash[OVF_SHA256_HEX + 1];
    int code = read_head(ledger, &number, previous);
    if (code != SQLITE_OK)
        return code;
    ledger_hash_link(link, number + 1, ovf_str_of(previous), hash);
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *add = ledger_prepare(ledger, LEDGER_ADD_ENTRY, &ignored, NULL);
    if (add == NULL)
        return SQLITE_ERROR;
    sqlite3_bind_int64(add, 1, (sqlite3_int64)number + 1);
    sqlite3_bind_int64(add, 2, link->what);
    sqlite3_bind_int64(add, 3, sequence);
    sqlite3_bind_int64(add, 4, link->known);
    ledger_bind(add, 5, ovf_str_of(hash));
    *appended = (int64_t)number + 1;
    return ledger_run(add);
}

/* ---- version 1 ---- */

/* A document's first receipt is the one with the latest known time: later ones had to be earlier to
 * be kept. Documents in the order of arrival, then the further receipts as they were stored. */
static const char old_receipts[] =
    "SELECT d.sequence, d.sha256, d.kind, d.origin, d.size, r.known, r.stored, r.name,"
    " r.known = (SELECT max(x.known) FROM receipts AS x WHERE x.sequence = d.sequence) AS is_first"
    " FROM documents AS d JOIN receipts AS r ON r.sequence = d.sequence"
    " ORDER BY is_first DESC, CASE is_first WHEN 1 THEN d.sequence ELSE r.stored END,"
    " d.sequence, r.known DESC";

static int chain_one(ovf_ledger *ledger, sqlite3_stmt *row, ovf_arena *arena)
{
    bool is_first = sqlite3_column_int(row, 8) != 0;
    sqlite3_int64 sequence = sqlite3_column_int64(row, 0);
    ledger_link link = {.what = is_first ? OVF_LEDGER_DOCUMENT : OVF_LEDGER_RECEIPT,
                        .kind = (ovf_document_kind)sqlite3_column_int(row, 2),
                        .size = (uint64_t)sqlite3_column_int64(row, 4),
                        .known = sqlite3_column_int64(row, 5),
                        .stored = sqlite3_column_int64(row, 6)};
    ovf_ledger_fact *facts = NULL;
    size_t count = 0;
    if (!ledger_copy(row, 1, arena, &link.sha256)
        || (is_first && !ledger_copy(row, 3, arena, &link.origin))
        || !ledger_copy(row, 7, arena, &link.name))
        return SQLITE_NOMEM;
    if (is_first && ovf_ledger_facts(ledger, link.sha256, arena, &facts, &count, NULL) != OVF_OK)
        return SQLITE_CORRUPT;
    char facts_sha256[OVF_SHA256_HEX + 1];
    ledger_hash_facts(facts, count, facts_sha256);
    link.fact_count = count;
    link.facts_sha256 = ovf_str_of(facts_sha256);
    int64_t number = 0;
    return ledger_append(ledger, &link, sequence, &number);
}

int ledger_chain_old(ovf_ledger *ledger)
{
    sqlite3_stmt *every = NULL;
    int code = sqlite3_prepare_v2(ledger->db, old_receipts, -1, &every, NULL);
    if (code != SQLITE_OK)
        return code;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    int step = sqlite3_step(every);
    for (; step == SQLITE_ROW && code == SQLITE_OK; step = sqlite3_step(every)) {
        ovf_arena_reset(&arena);
        code = chain_one(ledger, every, &arena);
    }
    ovf_arena_done(&arena);
    sqlite3_finalize(every);
    if (code == SQLITE_OK && step != SQLITE_DONE)
        code = step;
    return code;
}

/* ---- in figures ---- */

ovf_status ovf_ledger_entries(ovf_ledger *ledger, uint64_t *out, ovf_error *err)
{
    char head[OVF_SHA256_HEX + 1];
    int code = read_head(ledger, out, head);
    return code == SQLITE_OK ? OVF_OK : ledger_fail(ledger, code, "reading", err);
}

ovf_status ovf_ledger_info_read(ovf_ledger *ledger, ovf_ledger_info *out, ovf_error *err)
{
    *out = (ovf_ledger_info){.first_known = OVF_TIME_NONE, .last_known = OVF_TIME_NONE};
    int code = read_head(ledger, &out->entries, out->head);
    sqlite3_int64 values[5] = {0};
    static const char *const queries[] = {
        "SELECT count(*) FROM documents", "SELECT coalesce(sum(size), 0) FROM documents",
        "SELECT count(*) FROM withdrawals", "SELECT coalesce(min(known), 0) FROM receipts",
        "SELECT coalesce(max(known), 0) FROM receipts"};
    for (size_t i = 0; i < OVF_COUNTOF(queries) && code == SQLITE_OK; i++)
        code = ledger_number(ledger->db, queries[i], &values[i]);
    if (code != SQLITE_OK)
        return ledger_fail(ledger, code, "reading", err);
    out->documents = (uint64_t)values[0];
    out->bytes = (uint64_t)values[1];
    out->withdrawals = (uint64_t)values[2];
    if (out->documents > 0) {
        out->first_known = values[3];
        out->last_known = values[4];
    }
    return OVF_OK;
}
