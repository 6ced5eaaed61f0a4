/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of an exported ledger back into one. Nothing of a line is believed: the document's SHA-256
 * and the entry's hash are worked out anew, by the very functions that store any document. */
#include "ledger_internal.h"

#include <overfly/json_in.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BATCH 5000 /* entries acknowledged together */

struct ovf_ledger_import {
    ovf_ledger *ledger;
    ovf_arena arena; /* of the line at hand */
    uint64_t seen, added;
    uint64_t there; /* entries that the ledger held at the start */
    uint64_t in_batch;
    bool is_ended; /* the last line has come */
};

ovf_status ovf_ledger_import_new(ovf_ledger *ledger, ovf_ledger_import **out, ovf_error *err)
{
    ovf_ledger_info info;
    ovf_status status = ovf_ledger_info_read(ledger, &info, err);
    if (status != OVF_OK)
        return status;
    ovf_ledger_import *import = calloc(1, sizeof(*import));
    if (import == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an import");
    import->ledger = ledger;
    import->there = info.entries;
    ovf_arena_init(&import->arena, (size_t)2048 * 1024 * 1024);
    *out = import;
    return OVF_OK;
}

void ovf_ledger_import_free(ovf_ledger_import *import)
{
    if (import == NULL)
        return;
    // Whether that works or not: nobody was told that what is not committed is there.
    if (import->ledger->in_batch && ovf_ledger_commit(import->ledger, NULL) != OVF_OK)
        import->in_batch = 0;
    ovf_arena_done(&import->arena);
    free(import);
}

/* ---- values of a line ---- */

static ovf_status refuse(ovf_json_value value, size_t fallback, const char *what, ovf_error *err)
{
    return ovf_fail(err, OVF_E_SYNTAX, value.text == NULL ? fallback : value.at, "expected %s",
                    what);
}

static int digit_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* RFC 4648, section 4, in the one way of writing it: padded, and no bits beyond the last byte. */
static bool from_base64(ovf_arena *arena, ovf_str text, ovf_str *out)
{
    if (text.len % 4 != 0)
        return false;
    size_t pads = text.len == 0 ? 0 : ovf_str_ends(text, OVF_STR("==")) ? 2 : 0;
    if (pads == 0 && ovf_str_ends(text, OVF_STR("=")))
        pads = 1;
    char *bytes = ovf_arena_array(arena, char, text.len / 4 * 3 + 1);
    size_t len = 0;
    for (size_t i = 0; bytes != NULL && i < text.len; i += 4) {
        bool is_last = i + 4 == text.len;
        uint32_t group = 0;
        for (size_t k = 0; k < 4; k++) {
            int digit = is_last && k >= 4 - pads ? 0 : digit_of(text.ptr[i + k]);
            if (digit < 0)
                return false;
            group = group << 6 | (uint32_t)digit;
        }
        size_t count = is_last ? 3 - pads : 3;
        if ((count == 2 && (group & 0xFF) != 0) || (count == 1 && (group & 0xFFFF) != 0))
            return false;
        for (size_t k = 0; k < count; k++)
            bytes[len++] = (char)(group >> (16 - 8 * k));
    }
    *out = (ovf_str){bytes, len};
    return bytes != NULL;
}

static ovf_status take_bytes(ovf_json_value object, const char *key, ovf_arena *arena, ovf_str *out,
                             ovf_error *err)
{
    char name[32];
    ovf_json_value value = ovf_json_get(object, key);
    if (ovf_json_kind(value) == '"' && ovf_json_string(value, arena, out, NULL))
        return OVF_OK;
    snprintf(name, sizeof(name), "%.16s_base64", key);
    value = ovf_json_get(object, name);
    ovf_str text;
    if (ovf_json_kind(value) == '"' && ovf_json_string(value, arena, &text, NULL)
        && from_base64(arena, text, out))
        return OVF_OK;
    return refuse(value, object.at, name, err);
}

static bool take_digits(ovf_str raw, int64_t *out)
{
    bool is_negative = raw.len > 0 && raw.ptr[0] == '-';
    uint64_t value = 0;
    size_t start = is_negative ? 1 : 0;
    if (raw.len == start || raw.len - start > 18)
        return false;
    for (size_t i = start; i < raw.len; i++) {
        if (raw.ptr[i] < '0' || raw.ptr[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(raw.ptr[i] - '0');
    }
    *out = is_negative ? -(int64_t)value : (int64_t)value;
    return true;
}

static ovf_status take_int(ovf_json_value object, const char *key, int64_t low, int64_t high,
                           int64_t *out, ovf_error *err)
{
    ovf_json_value value = ovf_json_get(object, key);
    int64_t number = 0;
    if (ovf_json_kind(value) != '0' || !take_digits(ovf_json_raw(value), &number) || number < low
        || number > high)
        return refuse(value, object.at, key, err);
    *out = number;
    return OVF_OK;
}

static ovf_status take_seconds(ovf_json_value object, const char *key, ovf_time *out,
                               ovf_error *err)
{
    ovf_json_value value = ovf_json_get(object, key);
    ovf_str raw = value.text == NULL ? OVF_STR("") : ovf_json_raw(value);
    if (ovf_str_eq(raw, OVF_STR("\"none\""))) {
        *out = OVF_TIME_NONE;
        return OVF_OK;
    }
    if (ovf_str_eq(raw, OVF_STR("\"open\""))) {
        *out = OVF_TIME_OPEN;
        return OVF_OK;
    }
    return take_int(object, key, -INT64_C(999999999999999999), INT64_C(999999999999999999), out,
                    err);
}

static ovf_status take_kind(ovf_json_value object, ovf_document_kind *out, ovf_error *err)
{
    ovf_json_value value = ovf_json_get(object, "kind");
    ovf_str raw = value.text == NULL ? OVF_STR("") : ovf_json_raw(value);
    for (int kind = OVF_DOCUMENT_UNKNOWN; kind <= OVF_DOCUMENT_NEWS; kind++) {
        ovf_str name = ovf_str_of(ovf_document_kind_name((ovf_document_kind)kind));
        if (raw.len == name.len + 2 && ovf_str_eq(ovf_str_sub(raw, 1, raw.len - 1), name)) {
            *out = (ovf_document_kind)kind;
            return OVF_OK;
        }
    }
    return refuse(value, object.at, "kind: notices, statements, flights, news or unknown", err);
}

static ovf_status take_fact(ovf_json_value object, ovf_arena *arena, ovf_ledger_fact *out,
                            ovf_error *err)
{
    int64_t at = 0;
    int64_t len = 0;
    ovf_status status = ovf_json_kind(object) == '{'
                            ? take_bytes(object, "kind", arena, &out->kind, err)
                            : refuse(object, object.at, "a fact", err);
    if (status == OVF_OK)
        status = take_bytes(object, "id", arena, &out->id, err);
    if (status == OVF_OK)
        status = take_bytes(object, "issuer", arena, &out->issuer, err);
    if (status == OVF_OK)
        status = take_bytes(object, "status", arena, &out->status, err);
    if (status == OVF_OK)
        status = take_seconds(object, "from", &out->valid.from, err);
    if (status == OVF_OK)
        status = take_seconds(object, "until", &out->valid.until, err);
    if (status == OVF_OK)
        status = take_int(object, "pos", 0, UINT32_MAX, &at, err);
    if (status == OVF_OK)
        status = take_int(object, "len", 0, UINT32_MAX, &len, err);
    out->span = (ovf_span){(uint32_t)at, (uint32_t)len};
    return status;
}

static ovf_status take_facts(ovf_json_value object, ovf_arena *arena, ovf_ledger_fact **out,
                             size_t *count, ovf_error *err)
{
    ovf_json_value list = ovf_json_get(object, "facts");
    if (ovf_json_kind(list) != '[')
        return refuse(list, object.at, "facts, a list", err);
    size_t capacity = 0;
    ovf_json_value item = {0};
    ovf_status status = OVF_OK;
    while (status == OVF_OK && ovf_json_next(list, &item, NULL)) {
        if (*count >= OVF_LEDGER_MAX_FACTS)
            return ovf_fail(err, OVF_E_LIMIT, item.at, "more than %d facts", OVF_LEDGER_MAX_FACTS);
        if (!ovf_arena_grow(arena, (void **)out, *count, &capacity, sizeof(**out)))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the facts");
        (*out)[*count] = (ovf_ledger_fact){0};
        status = take_fact(item, arena, &(*out)[*count], err);
        ++*count;
    }
    return status;
}

/* ---- lines ---- */

typedef struct import_entry {
    ovf_ledger_what what;
    int64_t number;
    ovf_ledger_entry entry;
    ovf_ledger_fact *facts;
    size_t fact_count;
    ovf_str hash;
} import_entry;

static ovf_status take_what(ovf_json_value object, ovf_ledger_what *out, ovf_error *err)
{
    ovf_json_value value = ovf_json_get(object, "what");
    ovf_str raw = value.text == NULL ? OVF_STR("") : ovf_json_raw(value);
    for (int what = OVF_LEDGER_DOCUMENT; what <= OVF_LEDGER_WITHDRAWAL; what++) {
        ovf_str name = ovf_str_of(ovf_ledger_what_name((ovf_ledger_what)what));
        if (raw.len == name.len + 2 && ovf_str_eq(ovf_str_sub(raw, 1, raw.len - 1), name)) {
            *out = (ovf_ledger_what)what;
            return OVF_OK;
        }
    }
    return refuse(value, object.at, "what: document, receipt or withdrawal", err);
}

static ovf_status read_line(ovf_json_value object, ovf_arena *arena, import_entry *out,
                            ovf_error *err)
{
    *out = (import_entry){0};
    ovf_ledger_entry *entry = &out->entry;
    ovf_status status = take_int(object, "entry", 1, INT64_MAX, &out->number, err);
    if (status == OVF_OK)
        status = take_what(object, &out->what, err);
    if (status == OVF_OK)
        status = take_bytes(object, "document", arena, &entry->sha256, err);
    if (status == OVF_OK)
        status = take_bytes(object, "hash", arena, &out->hash, err);
    if (status == OVF_OK
        && (entry->sha256.len != OVF_SHA256_HEX || out->hash.len != OVF_SHA256_HEX))
        status = ovf_fail(err, OVF_E_SYNTAX, object.at, "expected 64 digits of a SHA-256");
    if (status == OVF_OK)
        status = take_seconds(object, "known", &entry->known, err);
    if (status == OVF_OK)
        status = take_seconds(object, "stored", &entry->stored, err);
    if (status == OVF_OK)
        status = take_bytes(object, out->what == OVF_LEDGER_WITHDRAWAL ? "reason" : "name", arena,
                            &entry->name, err);
    if (status != OVF_OK || out->what != OVF_LEDGER_DOCUMENT)
        return status;
    status = take_kind(object, &entry->kind, err);
    if (status == OVF_OK)
        status = take_bytes(object, "origin", arena, &entry->origin, err);
    if (status == OVF_OK)
        status = take_bytes(object, "bytes", arena, &entry->bytes, err);
    if (status == OVF_OK)
        status = take_facts(object, arena, &out->facts, &out->fact_count, err);
    return status;
}

/* The hash of the entry of that number, as the ledger has it. */
static ovf_status hash_there(ovf_ledger *ledger, uint64_t number, ovf_arena *arena, ovf_str *out,
                             ovf_error *err)
{
    ovf_status status = OVF_OK;
    sqlite3_stmt *get = ledger_prepare(ledger, LEDGER_HASH_OF, &status, err);
    if (get == NULL)
        return status;
    sqlite3_bind_int64(get, 1, (sqlite3_int64)number);
    int code = sqlite3_step(get);
    *out = (ovf_str){0};
    if (code == SQLITE_ROW && !ledger_copy(get, 0, arena, out))
        status = ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an entry");
    else if (code != SQLITE_ROW && code != SQLITE_DONE)
        status = ledger_fail(ledger, code, "reading an entry", err);
    sqlite3_reset(get);
    return status;
}

/* A document that cannot have been put so stays out, with SQLite's words kept from the reader. */
static ovf_status store(ovf_ledger_import *import, const import_entry *line, ovf_error *err)
{
    ovf_ledger *ledger = import->ledger;
    const ovf_ledger_entry *entry = &line->entry;
    ovf_ledger_entry whole = *entry;
    bool is_new = false;
    ovf_status status = OVF_OK;
    if (line->what == OVF_LEDGER_WITHDRAWAL) {
        status = ovf_ledger_withdraw(ledger, entry->sha256, entry->known, entry->stored,
                                     entry->name, &is_new, err);
    } else if (line->what == OVF_LEDGER_RECEIPT) {
        status = ledger_find_bytes(ledger, entry->sha256, &import->arena, &whole.bytes, err);
        if (status == OVF_OK)
            status = ovf_ledger_put(ledger, &whole, NULL, 0, &is_new, err);
    } else {
        ovf_str none;
        bool is_there =
            ledger_find_bytes(ledger, entry->sha256, &import->arena, &none, NULL) == OVF_OK;
        if (is_there)
            return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "entry %lld: its document came before",
                            (long long)line->number);
        status = ovf_ledger_put(ledger, &whole, line->facts, line->fact_count, &is_new, err);
    }
    if (status == OVF_E_USAGE || status == OVF_E_NOT_FOUND || (status == OVF_OK && !is_new))
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "entry %lld: %s", (long long)line->number,
                        status == OVF_OK ? "it says nothing new"
                                         : "its document is not what it says");
    return status;
}

/* Stores the entry and holds the hash that it got against the one in the line. */
static ovf_status add_entry(ovf_ledger_import *import, const import_entry *line, ovf_error *err)
{
    ovf_ledger *ledger = import->ledger;
    ovf_status status = OVF_OK;
    if (import->in_batch == 0 && !ledger->in_batch) {
        status = ovf_ledger_begin(ledger, err);
        if (status != OVF_OK)
            return status;
    }
    if (sqlite3_exec(ledger->db, "SAVEPOINT line", NULL, NULL, NULL) != SQLITE_OK)
        return ledger_fail(ledger, sqlite3_errcode(ledger->db), "storing an entry", err);
    status = store(import, line, err);
    ovf_str got = {0};
    if (status == OVF_OK)
        status = hash_there(ledger, (uint64_t)line->number, &import->arena, &got, err);
    if (status == OVF_OK && !ovf_str_eq(got, line->hash))
        status = ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS,
                          "entry %lld: what it says gives the hash %.16s..., it has %.16s...",
                          (long long)line->number, got.ptr == NULL ? "" : got.ptr, line->hash.ptr);
    if (status != OVF_OK && sqlite3_get_autocommit(ledger->db) == 0)
        sqlite3_exec(ledger->db, "ROLLBACK TO line", NULL, NULL, NULL);
    if (sqlite3_get_autocommit(ledger->db) == 0)
        sqlite3_exec(ledger->db, "RELEASE line", NULL, NULL, NULL);
    if (status != OVF_OK)
        return status;
    import->added++;
    import->in_batch++;
    if (import->in_batch >= BATCH) {
        import->in_batch = 0;
        return ovf_ledger_commit(ledger, err);
    }
    return OVF_OK;
}

static ovf_status end_line(ovf_ledger_import *import, ovf_json_value object, ovf_error *err)
{
    int64_t entries = 0;
    ovf_str head = {0};
    ovf_ledger_info info;
    ovf_status status = take_int(object, "entries", 0, INT64_MAX, &entries, err);
    if (status == OVF_OK)
        status = take_bytes(object, "head", &import->arena, &head, err);
    if (status == OVF_OK)
        status = ovf_ledger_info_read(import->ledger, &info, err);
    if (status != OVF_OK)
        return status;
    if ((uint64_t)entries != import->seen)
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "the end names %lld entries, %llu came",
                        (long long)entries, (unsigned long long)import->seen);
    if (import->there <= import->seen && !ovf_str_eq(head, ovf_str_of(info.head)))
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "the end names another head than %.16s...",
                        info.head);
    import->is_ended = true;
    return OVF_OK;
}

ovf_status ovf_ledger_import_line(ovf_ledger_import *import, ovf_str text, ovf_error *err)
{
    if (ovf_str_trim(text).len == 0)
        return OVF_OK;
    if (import->is_ended)
        return ovf_fail(err, OVF_E_SYNTAX, 0, "a line behind the last one");
    ovf_arena_reset(&import->arena);
    ovf_json_value object;
    ovf_status status = ovf_json_value_at(text, 0, &object, err);
    if (status != OVF_OK)
        return status;
    if (ovf_json_kind(object) != '{' || ovf_str_trim(ovf_str_tail(text, object.end)).len != 0)
        return ovf_fail(err, OVF_E_SYNTAX, ovf_json_kind(object) != '{' ? object.at : object.end,
                        "expected one JSON object a line");
    if (ovf_json_get(object, "entries").text != NULL)
        return end_line(import, object, err);
    import_entry line;
    status = read_line(object, &import->arena, &line, err);
    if (status != OVF_OK)
        return status;
    if ((uint64_t)line.number != import->seen + 1)
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "expected entry %llu, found %lld",
                        (unsigned long long)import->seen + 1, (long long)line.number);
    if (import->seen < import->there) {
        ovf_str there = {0};
        status = hash_there(import->ledger, import->seen + 1, &import->arena, &there, err);
        if (status == OVF_OK && !ovf_str_eq(there, line.hash))
            status = ovf_fail(err, OVF_E_USAGE, OVF_NOPOS,
                              "entry %lld is another one in this ledger: it has its own history",
                              (long long)line.number);
    } else {
        status = add_entry(import, &line, err);
    }
    if (status == OVF_OK)
        import->seen++;
    return status;
}

ovf_status ovf_ledger_import_finish(ovf_ledger_import *import, uint64_t *added, uint64_t *known,
                                    ovf_error *err)
{
    ovf_status status = OVF_OK;
    if (import->ledger->in_batch) {
        status = ovf_ledger_commit(import->ledger, err);
        if (status != OVF_OK) { // the batch is gone, and with it what it held
            import->added -= import->in_batch;
            import->seen -= import->in_batch;
        }
        import->in_batch = 0;
    }
    *added = import->added;
    *known = import->seen - import->added;
    if (status == OVF_OK && !import->is_ended)
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS,
                        "cut off behind entry %llu: the last line did not come",
                        (unsigned long long)import->seen);
    return status;
}
