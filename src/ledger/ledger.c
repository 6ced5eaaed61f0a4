/* SPDX-License-Identifier: Apache-2.0 */
/* Putting documents in, whole or not at all, and reading them back. */
#include "ledger_internal.h"

#include <stdio.h>
#include <string.h>

static void bind_text(sqlite3_stmt *statement, int at, ovf_str s)
{
    // NULL would be SQL's NULL, which no column takes.
    sqlite3_bind_text64(statement, at, s.len == 0 ? "" : s.ptr, s.len, SQLITE_STATIC, SQLITE_UTF8);
}

/* Runs a statement that gives no rows. */
static int run(sqlite3_stmt *statement)
{
    int code = sqlite3_step(statement);
    sqlite3_reset(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static ovf_status check_entry(const ovf_ledger *ledger, const ovf_ledger_entry *entry,
                              size_t fact_count, char sha256[OVF_SHA256_HEX + 1], ovf_error *err)
{
    if (ledger->is_readonly)
        return ledger_fail(ledger, SQLITE_READONLY, "storing", err);
    if (entry->bytes.len == 0)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "a document of no bytes");
    if (entry->bytes.len > OVF_DOCUMENT_MAX_BYTES)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "document of %zu bytes, the limit is %zu",
                        entry->bytes.len, OVF_DOCUMENT_MAX_BYTES);
    if (fact_count > OVF_LEDGER_MAX_FACTS)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "%zu facts in a document, the limit is %d",
                        fact_count, OVF_LEDGER_MAX_FACTS);
    if (entry->known == OVF_TIME_NONE || entry->known == OVF_TIME_OPEN)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "a document without a known time");
    ovf_sha256_hex(entry->bytes, sha256);
    if (entry->sha256.len > 0 && !ovf_str_eq(entry->sha256, ovf_str_of(sha256)))
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "the SHA-256 given is not that of the bytes");
    return OVF_OK;
}

static int add_document(ovf_ledger *ledger, const ovf_ledger_entry *entry, const char *sha256)
{
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *add = ledger_prepare(ledger, LEDGER_ADD_DOCUMENT, &ignored, NULL);
    bind_text(add, 1, ovf_str_of(sha256));
    sqlite3_bind_int64(add, 2, entry->kind);
    bind_text(add, 3, entry->origin);
    sqlite3_bind_int64(add, 4, entry->stored);
    sqlite3_bind_int64(add, 5, (sqlite3_int64)entry->bytes.len);
    sqlite3_bind_blob64(add, 6, entry->bytes.ptr, entry->bytes.len, SQLITE_STATIC);
    return run(add);
}

static int add_facts(ovf_ledger *ledger, sqlite3_int64 sequence, const ovf_ledger_fact *facts,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ovf_status ignored = OVF_OK;
        sqlite3_stmt *add = ledger_prepare(ledger, LEDGER_ADD_FACT, &ignored, NULL);
        sqlite3_bind_int64(add, 1, sequence);
        sqlite3_bind_int64(add, 2, (sqlite3_int64)i);
        bind_text(add, 3, facts[i].kind);
        bind_text(add, 4, facts[i].id);
        bind_text(add, 5, facts[i].issuer);
        sqlite3_bind_int64(add, 6, facts[i].valid.from);
        sqlite3_bind_int64(add, 7, facts[i].valid.until);
        sqlite3_bind_int64(add, 8, facts[i].span.at);
        sqlite3_bind_int64(add, 9, facts[i].span.len);
        bind_text(add, 10, facts[i].status);
        int code = run(add);
        if (code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}

/* Within the transaction: what is missing of the document, its receipt and its facts. */
static int add_missing(ovf_ledger *ledger, const ovf_ledger_entry *entry, const char *sha256,
                       const ovf_ledger_fact *facts, size_t fact_count, bool *is_new)
{
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *find = ledger_prepare(ledger, LEDGER_FIND, &ignored, NULL);
    bind_text(find, 1, ovf_str_of(sha256));
    int code = sqlite3_step(find);
    bool is_there = code == SQLITE_ROW;
    sqlite3_int64 sequence = is_there ? sqlite3_column_int64(find, 0) : 0;
    bool is_earlier = is_there && entry->known < sqlite3_column_int64(find, 1);
    sqlite3_reset(find);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return code;

    *is_new = !is_there || is_earlier;
    if (!*is_new)
        return SQLITE_OK;
    if (!is_there) {
        code = add_document(ledger, entry, sha256);
        if (code != SQLITE_OK)
            return code;
        sequence = sqlite3_last_insert_rowid(ledger->db);
        code = add_facts(ledger, sequence, facts, fact_count);
        if (code != SQLITE_OK)
            return code;
    }
    sqlite3_stmt *add = ledger_prepare(ledger, LEDGER_ADD_RECEIPT, &ignored, NULL);
    sqlite3_bind_int64(add, 1, sequence);
    sqlite3_bind_int64(add, 2, entry->known);
    sqlite3_bind_int64(add, 3, entry->stored);
    bind_text(add, 4, entry->name);
    return run(add);
}

ovf_status ovf_ledger_put(ovf_ledger *ledger, const ovf_ledger_entry *entry,
                          const ovf_ledger_fact *facts, size_t fact_count, bool *is_new,
                          ovf_error *err)
{
    char sha256[OVF_SHA256_HEX + 1];
    ovf_status status = check_entry(ledger, entry, fact_count, sha256, err);
    if (status != OVF_OK)
        return status;
    sqlite3_stmt *begin = ledger_prepare(ledger, LEDGER_BEGIN, &status, err);
    sqlite3_stmt *commit = ledger_prepare(ledger, LEDGER_COMMIT, &status, err);
    sqlite3_stmt *rollback = ledger_prepare(ledger, LEDGER_ROLLBACK, &status, err);
    if (begin == NULL || commit == NULL || rollback == NULL)
        return status;

    int code = run(begin);
    if (code != SQLITE_OK)
        return ledger_fail(ledger, code, "storing the document", err);
    bool added = false;
    code = add_missing(ledger, entry, sha256, facts, fact_count, &added);
    if (code == SQLITE_OK)
        code = run(commit);
    if (code != SQLITE_OK) {
        status = ledger_fail(ledger, code, "storing the document", err);
        if (sqlite3_get_autocommit(ledger->db) == 0)
            run(rollback);
        return status;
    }
    if (is_new != NULL)
        *is_new = added;
    return OVF_OK;
}

/* A copy of a column in the arena; false: no memory. */
static bool copy_column(sqlite3_stmt *row, int at, ovf_arena *arena, ovf_str *out)
{
    const void *bytes = sqlite3_column_blob(row, at); // before the length, as SQLite asks
    int len = sqlite3_column_bytes(row, at);
    *out = ovf_arena_dup(arena, (ovf_str){bytes, len > 0 ? (size_t)len : 0});
    return out->ptr != NULL;
}

static bool read_entry(sqlite3_stmt *row, ovf_arena *arena, ovf_ledger_entry *out)
{
    *out = (ovf_ledger_entry){
        .sequence = sqlite3_column_int64(row, 0),
        .kind = (ovf_document_kind)sqlite3_column_int(row, 3),
        .known = sqlite3_column_int64(row, 5),
        .stored = sqlite3_column_int64(row, 6),
        .size = (size_t)sqlite3_column_int64(row, 7),
    };
    return copy_column(row, 1, arena, &out->sha256) && copy_column(row, 2, arena, &out->name)
           && copy_column(row, 4, arena, &out->origin);
}

static ovf_status no_memory(ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the ledger's documents");
}

static ovf_status fetch_bytes(ovf_ledger *ledger, ovf_ledger_entry *entries, size_t count,
                              ovf_arena *arena, ovf_error *err)
{
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < count && status == OVF_OK; i++) {
        sqlite3_stmt *bytes = ledger_prepare(ledger, LEDGER_BYTES, &status, err);
        if (bytes == NULL)
            return status;
        sqlite3_bind_int64(bytes, 1, entries[i].sequence);
        int code = sqlite3_step(bytes);
        if (code != SQLITE_ROW)
            status = ledger_fail(ledger, code == SQLITE_DONE ? SQLITE_CORRUPT : code,
                                 "reading a document", err);
        else if (!copy_column(bytes, 0, arena, &entries[i].bytes))
            status = no_memory(err);
        sqlite3_reset(bytes);
    }
    return status;
}

ovf_status ovf_ledger_list(ovf_ledger *ledger, ovf_time as_of, ovf_document_kind kind,
                           bool with_bytes, ovf_arena *arena, ovf_ledger_entry **out, size_t *count,
                           ovf_error *err)
{
    ovf_status status = OVF_OK;
    sqlite3_stmt *list = ledger_prepare(ledger, LEDGER_LIST, &status, err);
    if (list == NULL)
        return status;
    sqlite3_bind_int64(list, 1, as_of);
    sqlite3_bind_int64(list, 2, kind);
    ovf_ledger_entry *items = NULL;
    size_t found = 0;
    size_t capacity = 0;
    int code = sqlite3_step(list);
    for (; code == SQLITE_ROW; code = sqlite3_step(list)) {
        if (!ovf_arena_grow(arena, (void **)&items, found, &capacity, sizeof(*items))
            || !read_entry(list, arena, &items[found])) {
            sqlite3_reset(list);
            return no_memory(err);
        }
        found++;
    }
    if (code != SQLITE_DONE)
        status = ledger_fail(ledger, code, "listing the documents", err);
    sqlite3_reset(list);
    if (status == OVF_OK && with_bytes)
        status = fetch_bytes(ledger, items, found, arena, err);
    if (status != OVF_OK)
        return status;
    *out = items;
    *count = found;
    return OVF_OK;
}

static bool read_fact(sqlite3_stmt *row, ovf_arena *arena, ovf_ledger_fact *out)
{
    *out = (ovf_ledger_fact){
        .valid = {sqlite3_column_int64(row, 3), sqlite3_column_int64(row, 4)},
        .span = {(uint32_t)sqlite3_column_int64(row, 5), (uint32_t)sqlite3_column_int64(row, 6)},
    };
    return copy_column(row, 0, arena, &out->kind) && copy_column(row, 1, arena, &out->id)
           && copy_column(row, 2, arena, &out->issuer) && copy_column(row, 7, arena, &out->status);
}

ovf_status ovf_ledger_facts(ovf_ledger *ledger, ovf_str sha256, ovf_arena *arena,
                            ovf_ledger_fact **out, size_t *count, ovf_error *err)
{
    ovf_status status = OVF_OK;
    sqlite3_stmt *find = ledger_prepare(ledger, LEDGER_FIND, &status, err);
    sqlite3_stmt *list = ledger_prepare(ledger, LEDGER_FACTS, &status, err);
    if (find == NULL || list == NULL)
        return status;
    bind_text(find, 1, sha256);
    int code = sqlite3_step(find);
    sqlite3_int64 sequence = code == SQLITE_ROW ? sqlite3_column_int64(find, 0) : 0;
    sqlite3_reset(find);
    if (code == SQLITE_DONE)
        return ovf_fail(err, OVF_E_NOT_FOUND, OVF_NOPOS, "no document with that SHA-256");
    if (code != SQLITE_ROW)
        return ledger_fail(ledger, code, "reading facts", err);

    sqlite3_bind_int64(list, 1, sequence);
    ovf_ledger_fact *items = NULL;
    size_t found = 0;
    size_t capacity = 0;
    for (code = sqlite3_step(list); code == SQLITE_ROW; code = sqlite3_step(list)) {
        if (!ovf_arena_grow(arena, (void **)&items, found, &capacity, sizeof(*items))
            || !read_fact(list, arena, &items[found])) {
            sqlite3_reset(list);
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the document's facts");
        }
        found++;
    }
    if (code != SQLITE_DONE)
        status = ledger_fail(ledger, code, "reading facts", err);
    sqlite3_reset(list);
    if (status != OVF_OK)
        return status;
    *out = items;
    *count = found;
    return OVF_OK;
}

/* SQLite's own check; its first complaint names the page or the index. */
static ovf_status check_structure(const ovf_ledger *ledger, ovf_error *err)
{
    sqlite3_stmt *check = NULL;
    int code = sqlite3_prepare_v2(ledger->db, "PRAGMA integrity_check(1)", -1, &check, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(check);
    ovf_status status = OVF_OK;
    if (code != SQLITE_ROW) {
        status = ledger_fail(ledger, code, "checking", err);
    } else {
        ovf_str says = ovf_str_of((const char *)sqlite3_column_text(check, 0));
        // "*** in database main ***" stands on a line of its own before the page.
        ovf_str line = says;
        while (ovf_str_starts(line, OVF_STR("***")) && ovf_str_line(&says, &line))
            line = says;
        if (!ovf_str_eq(line, OVF_STR("ok")))
            status = ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "damaged: " OVF_FMT, OVF_ARG(line));
    }
    sqlite3_finalize(check);
    return status;
}

ovf_status ovf_ledger_verify(ovf_ledger *ledger, size_t *checked, ovf_error *err)
{
    *checked = 0;
    ovf_status status = check_structure(ledger, err);
    sqlite3_stmt *every =
        status == OVF_OK ? ledger_prepare(ledger, LEDGER_EVERY, &status, err) : NULL;
    if (every == NULL)
        return status;
    int code = sqlite3_step(every);
    for (; code == SQLITE_ROW; code = sqlite3_step(every)) {
        const char *bytes = sqlite3_column_blob(every, 2);
        size_t len = (size_t)sqlite3_column_bytes(every, 2);
        char sha256[OVF_SHA256_HEX + 1];
        ovf_sha256_hex((ovf_str){bytes, len}, sha256);
        const char *want = (const char *)sqlite3_column_text(every, 1);
        if (want == NULL || strcmp(sha256, want) != 0) {
            status = ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS,
                              "document %lld (%.16s...) differs from its SHA-256",
                              (long long)sqlite3_column_int64(every, 0), want == NULL ? "" : want);
            break;
        }
        ++*checked;
    }
    if (status == OVF_OK && code != SQLITE_DONE)
        status = ledger_fail(ledger, code, "checking the documents", err);
    sqlite3_reset(every);
    return status;
}
