/* SPDX-License-Identifier: Apache-2.0 */
/* Putting documents in, whole or not at all, and reading them back. */
#include "index_internal.h"

#include <stdio.h>
#include <string.h>

void ledger_bind(sqlite3_stmt *statement, int at, ovf_str s)
{
    // NULL would be SQL's NULL, which no column takes.
    sqlite3_bind_text64(statement, at, s.len == 0 ? "" : s.ptr, s.len, SQLITE_STATIC, SQLITE_UTF8);
}

int ledger_run(sqlite3_stmt *statement)
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
    ledger_bind(add, 1, ovf_str_of(sha256));
    sqlite3_bind_int64(add, 2, entry->kind);
    ledger_bind(add, 3, entry->origin);
    sqlite3_bind_int64(add, 4, entry->stored);
    sqlite3_bind_int64(add, 5, (sqlite3_int64)entry->bytes.len);
    sqlite3_bind_blob64(add, 6, entry->bytes.ptr, entry->bytes.len, SQLITE_STATIC);
    return ledger_run(add);
}

static int add_facts(ovf_ledger *ledger, sqlite3_int64 sequence, const ovf_ledger_fact *facts,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ovf_status ignored = OVF_OK;
        sqlite3_stmt *add = ledger_prepare(ledger, LEDGER_ADD_FACT, &ignored, NULL);
        sqlite3_bind_int64(add, 1, sequence);
        sqlite3_bind_int64(add, 2, (sqlite3_int64)i);
        ledger_bind(add, 3, facts[i].kind);
        ledger_bind(add, 4, facts[i].id);
        ledger_bind(add, 5, facts[i].issuer);
        sqlite3_bind_int64(add, 6, facts[i].valid.from);
        sqlite3_bind_int64(add, 7, facts[i].valid.until);
        sqlite3_bind_int64(add, 8, facts[i].span.at);
        sqlite3_bind_int64(add, 9, facts[i].span.len);
        ledger_bind(add, 10, facts[i].status);
        int code = ledger_run(add);
        if (code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}

/* What the ledger knows of a document. */
typedef struct known_document {
    sqlite3_int64 sequence; /* 0: it is not there */
    ovf_time known;         /* the earliest */
    ovf_time latest;        /* the latest time it was put with */
    ovf_time withdrawn;     /* the latest withdrawal; NONE: none */
    ovf_document_kind kind;
    size_t size;
} known_document;

static int find_document(ovf_ledger *ledger, ovf_str sha256, known_document *out)
{
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *find = ledger_prepare(ledger, LEDGER_FIND, &ignored, NULL);
    ledger_bind(find, 1, sha256);
    int code = sqlite3_step(find);
    *out = (known_document){0};
    if (code == SQLITE_ROW)
        *out = (known_document){
            .sequence = sqlite3_column_int64(find, 0),
            .known = sqlite3_column_int64(find, 1),
            .latest = sqlite3_column_int64(find, 2),
            .withdrawn = sqlite3_column_type(find, 3) == SQLITE_NULL
                             ? OVF_TIME_NONE
                             : sqlite3_column_int64(find, 3),
            .kind = (ovf_document_kind)sqlite3_column_int(find, 4),
            .size = (size_t)sqlite3_column_int64(find, 5),
        };
    sqlite3_reset(find);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

static bool is_withdrawn(const known_document *document)
{
    return document->withdrawn != OVF_TIME_NONE && document->withdrawn >= document->latest;
}

/* Within the transaction: what is missing of the document, its receipt, its facts and its link. */
static int add_missing(ovf_ledger *ledger, const ovf_ledger_entry *entry, const char *sha256,
                       const ovf_ledger_fact *facts, size_t fact_count, bool *is_new)
{
    known_document there;
    int code = find_document(ledger, ovf_str_of(sha256), &there);
    if (code != SQLITE_OK)
        return code;
    bool is_there = there.sequence != 0;
    bool comes_back = is_there && is_withdrawn(&there) && entry->known > there.withdrawn;
    *is_new = !is_there || entry->known < there.known || comes_back;
    if (!*is_new)
        return SQLITE_OK;
    sqlite3_int64 sequence = there.sequence;
    char facts_sha256[OVF_SHA256_HEX + 1];
    if (!is_there) {
        code = add_document(ledger, entry, sha256);
        if (code != SQLITE_OK)
            return code;
        sequence = sqlite3_last_insert_rowid(ledger->db);
        code = add_facts(ledger, sequence, facts, fact_count);
        if (code != SQLITE_OK)
            return code;
    }
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *add = ledger_prepare(ledger, LEDGER_ADD_RECEIPT, &ignored, NULL);
    sqlite3_bind_int64(add, 1, sequence);
    sqlite3_bind_int64(add, 2, entry->known);
    sqlite3_bind_int64(add, 3, entry->stored);
    ledger_bind(add, 4, entry->name);
    code = ledger_run(add);
    if (code != SQLITE_OK)
        return code;
    ledger_hash_facts(facts, is_there ? 0 : fact_count, facts_sha256);
    ledger_link link = {.what = is_there ? OVF_LEDGER_RECEIPT : OVF_LEDGER_DOCUMENT,
                        .sha256 = ovf_str_of(sha256),
                        .kind = is_there ? there.kind : entry->kind,
                        .known = entry->known,
                        .stored = entry->stored,
                        .size = is_there ? there.size : entry->bytes.len,
                        .origin = is_there ? (ovf_str){0} : entry->origin,
                        .name = entry->name,
                        .fact_count = is_there ? 0 : fact_count,
                        .facts_sha256 = ovf_str_of(facts_sha256)};
    int64_t number = 0;
    code = ledger_append(ledger, &link, sequence, &number);
    index_source source = {.sequence = sequence,
                           .sha256 = link.sha256,
                           .kind = link.kind,
                           .known = entry->known,
                           .bytes = entry->bytes};
    return code == SQLITE_OK ? index_follow(ledger, number, &source) : code;
}

/* ---- transactions: a put is one, or a savepoint within a batch ---- */

static ovf_status start(ovf_ledger *ledger, ovf_error *err)
{
    ovf_status status = OVF_OK;
    for (int i = LEDGER_BEGIN; i <= LEDGER_UNDO; i++) {
        if (ledger_prepare(ledger, (ledger_statement)i, &status, err) == NULL)
            return status;
    }
    int code = ledger_run(ledger->statements[ledger->in_batch ? LEDGER_SAVE : LEDGER_BEGIN]);
    return code == SQLITE_OK ? OVF_OK : ledger_fail(ledger, code, "storing the document", err);
}

static ovf_status end(ovf_ledger *ledger, int code, ovf_error *err)
{
    if (code == SQLITE_OK)
        code = ledger_run(ledger->statements[ledger->in_batch ? LEDGER_SAVED : LEDGER_COMMIT]);
    if (code == SQLITE_OK)
        return OVF_OK;
    ovf_status status = ledger_fail(ledger, code, "storing the document", err);
    // A full disk may have ended the whole transaction already.
    if (sqlite3_get_autocommit(ledger->db) == 0)
        ledger_run(ledger->statements[ledger->in_batch ? LEDGER_UNDO : LEDGER_ROLLBACK]);
    if (ledger->in_batch && sqlite3_get_autocommit(ledger->db) == 0)
        ledger_run(ledger->statements[LEDGER_SAVED]);
    return status;
}

ovf_status ovf_ledger_begin(ovf_ledger *ledger, ovf_error *err)
{
    if (ledger->is_readonly)
        return ledger_fail(ledger, SQLITE_READONLY, "storing", err);
    if (ledger->in_batch)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "a batch within a batch");
    ovf_status status = start(ledger, err);
    ledger->in_batch = status == OVF_OK;
    return status;
}

ovf_status ovf_ledger_commit(ovf_ledger *ledger, ovf_error *err)
{
    if (!ledger->in_batch)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "no batch to commit");
    ledger->in_batch = false;
    if (sqlite3_get_autocommit(ledger->db) != 0)
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "the batch was rolled back, nothing was stored");
    return end(ledger, SQLITE_OK, err);
}

void ledger_abandon(ovf_ledger *ledger)
{
    ledger->in_batch = false;
    if (sqlite3_get_autocommit(ledger->db) == 0)
        ledger_run(ledger->statements[LEDGER_ROLLBACK]);
}

ovf_status ovf_ledger_put(ovf_ledger *ledger, const ovf_ledger_entry *entry,
                          const ovf_ledger_fact *facts, size_t fact_count, bool *is_new,
                          ovf_error *err)
{
    char sha256[OVF_SHA256_HEX + 1];
    ovf_status status = check_entry(ledger, entry, fact_count, sha256, err);
    if (status == OVF_OK)
        status = start(ledger, err);
    if (status != OVF_OK)
        return status;
    bool added = false;
    int code = add_missing(ledger, entry, sha256, facts, fact_count, &added);
    status = end(ledger, code, err);
    if (status == OVF_OK && is_new != NULL)
        *is_new = added;
    return status;
}

static int add_withdrawal(ovf_ledger *ledger, const known_document *there, const ledger_link *link)
{
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *add = ledger_prepare(ledger, LEDGER_ADD_WITHDRAWAL, &ignored, NULL);
    sqlite3_bind_int64(add, 1, there->sequence);
    sqlite3_bind_int64(add, 2, link->known);
    sqlite3_bind_int64(add, 3, link->stored);
    ledger_bind(add, 4, link->name);
    int code = ledger_run(add);
    int64_t number = 0;
    if (code == SQLITE_OK)
        code = ledger_append(ledger, link, there->sequence, &number);
    return code == SQLITE_OK ? index_follow(ledger, number, NULL) : code;
}

ovf_status ovf_ledger_withdraw(ovf_ledger *ledger, ovf_str sha256, ovf_time known, ovf_time stored,
                               ovf_str reason, bool *is_new, ovf_error *err)
{
    if (ledger->is_readonly)
        return ledger_fail(ledger, SQLITE_READONLY, "storing", err);
    if (known == OVF_TIME_NONE || known == OVF_TIME_OPEN)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "a withdrawal without a known time");
    ovf_status status = start(ledger, err);
    if (status != OVF_OK)
        return status;
    known_document there;
    int code = find_document(ledger, sha256, &there);
    bool is_missing = code == SQLITE_OK && there.sequence == 0;
    bool is_before = code == SQLITE_OK && !is_missing && known < there.latest;
    bool added = code == SQLITE_OK && !is_missing && !is_before
                 && !(is_withdrawn(&there) && there.withdrawn <= known);
    if (added) {
        char none[OVF_SHA256_HEX + 1];
        ledger_hash_facts(NULL, 0, none);
        ledger_link link = {.what = OVF_LEDGER_WITHDRAWAL,
                            .sha256 = sha256,
                            .kind = there.kind,
                            .known = known,
                            .stored = stored,
                            .size = there.size,
                            .name = reason,
                            .facts_sha256 = ovf_str_of(none)};
        code = add_withdrawal(ledger, &there, &link);
    }
    status = end(ledger, code, err);
    if (status == OVF_OK && is_missing)
        return ovf_fail(err, OVF_E_NOT_FOUND, OVF_NOPOS, "no document with that SHA-256");
    if (status == OVF_OK && is_before)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS,
                        "withdrawn before the moment at which it was put last");
    if (status == OVF_OK && is_new != NULL)
        *is_new = added;
    return status;
}

bool ledger_copy(sqlite3_stmt *row, int at, ovf_arena *arena, ovf_str *out)
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
    return ledger_copy(row, 1, arena, &out->sha256) && ledger_copy(row, 2, arena, &out->name)
           && ledger_copy(row, 4, arena, &out->origin);
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
        else if (!ledger_copy(bytes, 0, arena, &entries[i].bytes))
            status = no_memory(err);
        sqlite3_reset(bytes);
    }
    return status;
}

ovf_status ledger_find_bytes(ovf_ledger *ledger, ovf_str sha256, ovf_arena *arena, ovf_str *out,
                             ovf_error *err)
{
    ovf_status status = OVF_OK;
    sqlite3_stmt *get = ledger_prepare(ledger, LEDGER_FIND_BYTES, &status, err);
    if (get == NULL)
        return status;
    ledger_bind(get, 1, sha256);
    int code = sqlite3_step(get);
    if (code == SQLITE_DONE)
        status = ovf_fail(err, OVF_E_NOT_FOUND, OVF_NOPOS, "no document with that SHA-256");
    else if (code != SQLITE_ROW)
        status = ledger_fail(ledger, code, "reading a document", err);
    else if (!ledger_copy(get, 0, arena, out))
        status = no_memory(err);
    sqlite3_reset(get);
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

bool ledger_read_fact(sqlite3_stmt *row, ovf_arena *arena, ovf_ledger_fact *out)
{
    *out = (ovf_ledger_fact){
        .valid = {sqlite3_column_int64(row, 3), sqlite3_column_int64(row, 4)},
        .span = {(uint32_t)sqlite3_column_int64(row, 5), (uint32_t)sqlite3_column_int64(row, 6)},
    };
    return ledger_copy(row, 0, arena, &out->kind) && ledger_copy(row, 1, arena, &out->id)
           && ledger_copy(row, 2, arena, &out->issuer) && ledger_copy(row, 7, arena, &out->status);
}

ovf_status ovf_ledger_facts(ovf_ledger *ledger, ovf_str sha256, ovf_arena *arena,
                            ovf_ledger_fact **out, size_t *count, ovf_error *err)
{
    ovf_status status = OVF_OK;
    sqlite3_stmt *find = ledger_prepare(ledger, LEDGER_FIND, &status, err);
    sqlite3_stmt *list = ledger_prepare(ledger, LEDGER_FACTS, &status, err);
    if (find == NULL || list == NULL)
        return status;
    ledger_bind(find, 1, sha256);
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
            || !ledger_read_fact(list, arena, &items[found])) {
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
