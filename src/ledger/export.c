/* SPDX-License-Identifier: Apache-2.0 */
/* The whole ledger as lines of JSON: one entry a line in the order of the chain, and a last line
 * that says how many there were and with which head it ends. docs/formats/ledger.md. */
#include "ledger_internal.h"

#include <overfly/json.h>

#include <stdio.h>
#include <string.h>

static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* RFC 4648, section 4. The text lives in the arena; ptr NULL: no memory. */
static ovf_str base64(ovf_arena *arena, ovf_str bytes)
{
    size_t len = (bytes.len + 2) / 3 * 4;
    char *out = ovf_arena_array(arena, char, len + 1);
    if (out == NULL)
        return (ovf_str){0};
    for (size_t i = 0, o = 0; i < bytes.len; i += 3, o += 4) {
        size_t left = bytes.len - i;
        uint32_t group = (uint32_t)(unsigned char)bytes.ptr[i] << 16;
        if (left > 1)
            group |= (uint32_t)(unsigned char)bytes.ptr[i + 1] << 8;
        if (left > 2)
            group |= (unsigned char)bytes.ptr[i + 2];
        out[o] = base64_digits[group >> 18];
        out[o + 1] = base64_digits[group >> 12 & 63];
        out[o + 2] = left > 1 ? base64_digits[group >> 6 & 63] : '=';
        out[o + 3] = left > 2 ? base64_digits[group & 63] : '=';
    }
    return (ovf_str){out, len};
}

/* RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
static bool is_utf8(ovf_str s)
{
    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.ptr[i];
        size_t more = c < 0x80 ? 0 : c >= 0xC2 && c < 0xE0 ? 1 : c >= 0xE0 && c < 0xF0 ? 2 : 3;
        if (c >= 0x80 && (c < 0xC2 || c > 0xF4))
            return false;
        if (i + more >= s.len)
            return false;
        unsigned char next = more > 0 ? (unsigned char)s.ptr[i + 1] : 0x80;
        if ((c == 0xE0 && next < 0xA0) || (c == 0xED && next > 0x9F) || (c == 0xF0 && next < 0x90)
            || (c == 0xF4 && next > 0x8F))
            return false;
        for (size_t k = 1; k <= more; k++) {
            if (((unsigned char)s.ptr[i + k] & 0xC0) != 0x80)
                return false;
        }
        i += more + 1;
    }
    return true;
}

/* Text as text where JSON can hold it, else as "<key>_base64". */
static bool put_bytes(ovf_json *json, ovf_arena *arena, const char *key, ovf_str bytes)
{
    if (is_utf8(bytes)) {
        ovf_json_key(json, key);
        ovf_json_str(json, bytes);
        return true;
    }
    char name[32];
    snprintf(name, sizeof(name), "%.16s_base64", key);
    ovf_str text = base64(arena, bytes);
    ovf_json_key(json, name);
    ovf_json_str(json, text);
    return text.ptr != NULL;
}

static void put_int(ovf_json *json, const char *key, int64_t value)
{
    ovf_json_key(json, key);
    ovf_json_int(json, value);
}

/* Seconds since 1970, "none" or "open". */
static void put_seconds(ovf_json *json, const char *key, ovf_time time)
{
    ovf_json_key(json, key);
    if (time == OVF_TIME_NONE)
        ovf_json_cstr(json, "none");
    else if (time == OVF_TIME_OPEN)
        ovf_json_cstr(json, "open");
    else
        ovf_json_int(json, time);
}

static bool put_facts(ovf_json *json, ovf_arena *arena, const ovf_ledger_fact *facts, size_t count)
{
    bool is_good = true;
    ovf_json_key(json, "facts");
    ovf_json_array(json);
    for (size_t i = 0; i < count && is_good; i++) {
        ovf_json_object(json);
        is_good = put_bytes(json, arena, "kind", facts[i].kind)
                  && put_bytes(json, arena, "id", facts[i].id)
                  && put_bytes(json, arena, "issuer", facts[i].issuer)
                  && put_bytes(json, arena, "status", facts[i].status);
        put_seconds(json, "from", facts[i].valid.from);
        put_seconds(json, "until", facts[i].valid.until);
        put_int(json, "pos", facts[i].span.at);
        put_int(json, "len", facts[i].span.len);
        ovf_json_end(json);
    }
    ovf_json_end(json);
    return is_good;
}

/* The row of LEDGER_ENTRY as a line. */
static ovf_status put_entry(ovf_ledger *ledger, sqlite3_stmt *row, ovf_arena *arena, ovf_buf *buf,
                            ovf_error *err)
{
    ovf_ledger_what what = (ovf_ledger_what)sqlite3_column_int(row, 1);
    ovf_str hash, sha256, origin, name, bytes;
    if (!ledger_copy(row, 3, arena, &hash) || !ledger_copy(row, 5, arena, &sha256)
        || !ledger_copy(row, 7, arena, &origin) || !ledger_copy(row, 11, arena, &name)
        || !ledger_copy(row, 9, arena, &bytes))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an entry");
    if (sqlite3_column_type(row, 5) == SQLITE_NULL || sqlite3_column_type(row, 10) == SQLITE_NULL)
        return ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "entry %lld: its document is gone",
                        (long long)sqlite3_column_int64(row, 0));
    ovf_json json;
    ovf_json_init(&json, buf);
    ovf_json_object(&json);
    put_int(&json, "entry", sqlite3_column_int64(row, 0));
    ovf_json_key(&json, "what");
    ovf_json_cstr(&json, ovf_ledger_what_name(what));
    ovf_json_key(&json, "document");
    ovf_json_str(&json, sha256);
    put_seconds(&json, "known", sqlite3_column_int64(row, 2));
    put_seconds(&json, "stored", sqlite3_column_int64(row, 10));
    bool is_good = put_bytes(&json, arena, what == OVF_LEDGER_WITHDRAWAL ? "reason" : "name", name);
    if (what == OVF_LEDGER_DOCUMENT) {
        ovf_ledger_fact *facts = NULL;
        size_t count = 0;
        ovf_status status = ovf_ledger_facts(ledger, sha256, arena, &facts, &count, err);
        if (status != OVF_OK)
            return status;
        ovf_json_key(&json, "kind");
        ovf_json_cstr(&json, ovf_document_kind_name((ovf_document_kind)sqlite3_column_int(row, 6)));
        is_good = is_good && put_bytes(&json, arena, "origin", origin)
                  && put_bytes(&json, arena, "bytes", bytes)
                  && put_facts(&json, arena, facts, count);
    }
    ovf_json_key(&json, "hash");
    ovf_json_str(&json, hash);
    ovf_json_end(&json);
    if (!is_good || buf->failed)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an entry");
    return OVF_OK;
}

static ovf_status put_entries(ovf_ledger *ledger, uint64_t count, ovf_arena *arena, ovf_buf *buf,
                              ovf_ledger_sink sink, void *context, ovf_error *err)
{
    ovf_status status = OVF_OK;
    for (uint64_t n = 1; n <= count && status == OVF_OK; n++) {
        sqlite3_stmt *get = ledger_prepare(ledger, LEDGER_ENTRY, &status, err);
        if (get == NULL)
            return status;
        ovf_arena_reset(arena);
        ovf_buf_reset(buf);
        sqlite3_bind_int64(get, 1, (sqlite3_int64)n);
        int code = sqlite3_step(get);
        if (code == SQLITE_ROW)
            status = put_entry(ledger, get, arena, buf, err);
        else if (code == SQLITE_DONE)
            status = ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "entry %llu is gone",
                              (unsigned long long)n);
        else
            status = ledger_fail(ledger, code, "reading an entry", err);
        sqlite3_reset(get);
        if (status == OVF_OK)
            status = sink(context, ovf_buf_str(buf));
    }
    return status;
}

ovf_status ovf_ledger_export(ovf_ledger *ledger, ovf_ledger_sink sink, void *context,
                             ovf_error *err)
{
    int code = sqlite3_exec(ledger->db, "BEGIN", NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return ledger_fail(ledger, code, "reading", err);
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)1024 * 1024 * 1024);
    ovf_buf buf = {.limit = OVF_LEDGER_LINE_MAX};
    ovf_ledger_info info;
    ovf_status status = ovf_ledger_info_read(ledger, &info, err);
    if (status == OVF_OK)
        status = put_entries(ledger, info.entries, &arena, &buf, sink, context, err);
    if (status == OVF_OK) {
        ovf_buf_reset(&buf);
        ovf_json json;
        ovf_json_init(&json, &buf);
        ovf_json_object(&json);
        put_int(&json, "entries", (int64_t)info.entries);
        ovf_json_key(&json, "head");
        ovf_json_cstr(&json, info.head);
        ovf_json_end(&json);
        status = sink(context, ovf_buf_str(&buf));
    }
    ovf_buf_done(&buf);
    ovf_arena_done(&arena);
    sqlite3_exec(ledger->db, "COMMIT", NULL, NULL, NULL);
    return status;
}
