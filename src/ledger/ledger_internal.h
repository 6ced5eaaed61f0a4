/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the ledger share: the handle, its statements, SQLite's errors, the chain. */
#ifndef OVERFLY_LEDGER_INTERNAL_H
#define OVERFLY_LEDGER_INTERNAL_H

#include <overfly/ledger.h>

#include <sqlite3.h>

/* "OVFY", at byte 68 of the file: SQLite's own way of saying whose database this is. */
#define LEDGER_APPLICATION_ID 0x4F564659
#define LEDGER_VERSION 2

/* Prepared when first used, kept until the ledger is freed. */
typedef enum ledger_statement {
    LEDGER_BEGIN = 0,
    LEDGER_COMMIT,
    LEDGER_ROLLBACK,
    LEDGER_SAVE,
    LEDGER_SAVED,
    LEDGER_UNDO,
    LEDGER_FIND,
    LEDGER_ADD_DOCUMENT,
    LEDGER_ADD_RECEIPT,
    LEDGER_ADD_FACT,
    LEDGER_LIST,
    LEDGER_BYTES,
    LEDGER_FACTS,
    LEDGER_HEAD,
    LEDGER_ADD_ENTRY,
    LEDGER_ADD_WITHDRAWAL,
    LEDGER_ENTRY,
    LEDGER_HASH_OF,
    LEDGER_FIND_BYTES,
    LEDGER_STATEMENT_COUNT
} ledger_statement;

typedef struct ledger_index ledger_index; /* index_internal.h */

struct ovf_ledger {
    sqlite3 *db;
    sqlite3_stmt *statements[LEDGER_STATEMENT_COUNT];
    bool is_readonly;
    ledger_index *index; /* NULL: no world was given */
    bool in_batch;       /* between ovf_ledger_begin and ovf_ledger_commit */
};

/* Says in our words what SQLite answered; `doing` is "storing the document". */
ovf_status ledger_fail(const ovf_ledger *ledger, int code, const char *doing, ovf_error *err);
/* The statement, reset and without bindings; NULL with *status set when it cannot be made. */
sqlite3_stmt *ledger_prepare(ovf_ledger *ledger, ledger_statement which, ovf_status *status,
                             ovf_error *err);

/* Binds text that may be empty and may hold NUL. */
void ledger_bind(sqlite3_stmt *statement, int at, ovf_str s);
/* Runs a statement that gives no rows. */
int ledger_run(sqlite3_stmt *statement);
void index_free(ledger_index *index); /* NULL is fine */
/* Rolls a batch back. */
void ledger_abandon(ovf_ledger *ledger);
/* A copy of a column in the arena; false: no memory. */
bool ledger_copy(sqlite3_stmt *row, int at, ovf_arena *arena, ovf_str *out);
bool ledger_read_fact(sqlite3_stmt *row, ovf_arena *arena, ovf_ledger_fact *out);
/* The bytes of a document, in the arena; OVF_E_NOT_FOUND. */
OVF_NODISCARD ovf_status ledger_find_bytes(ovf_ledger *ledger, ovf_str sha256, ovf_arena *arena,
                                           ovf_str *out, ovf_error *err);
/* One number out of a statement without parameters. */
int ledger_number(sqlite3 *db, const char *query, sqlite3_int64 *out);

/* ---- sha256.c ---- */

typedef struct ledger_sha {
    uint32_t hash[8];
    unsigned char block[64];
    size_t held; /* bytes in block */
    uint64_t total;
} ledger_sha;

void ledger_sha_init(ledger_sha *s);
void ledger_sha_add(ledger_sha *s, ovf_str bytes);
void ledger_sha_hex(ledger_sha *s, char out[OVF_SHA256_HEX + 1]);

/* ---- chain.c: docs/formats/ledger.md says the same in words ---- */

#define LEDGER_NO_HASH "0000000000000000000000000000000000000000000000000000000000000000"

/* One link of the chain as it is hashed. */
typedef struct ledger_link {
    ovf_ledger_what what;
    ovf_str sha256; /* of the document */
    ovf_document_kind kind;
    ovf_time known, stored;
    uint64_t size;
    ovf_str origin;
    ovf_str name; /* of a withdrawal: the reason */
    uint64_t fact_count;
    ovf_str facts_sha256; /* 64 digits */
} ledger_link;

void ledger_hash_facts(const ovf_ledger_fact *facts, size_t count, char out[OVF_SHA256_HEX + 1]);
void ledger_hash_link(const ledger_link *link, uint64_t number, ovf_str previous,
                      char out[OVF_SHA256_HEX + 1]);
/* Appends the link behind the head; *number: of the new entry. SQLite's code. */
int ledger_append(ovf_ledger *ledger, const ledger_link *link, sqlite3_int64 sequence,
                  int64_t *number);
/* Everything that version 1 holds gets its link; within a transaction. */
int ledger_chain_old(ovf_ledger *ledger);

#endif
