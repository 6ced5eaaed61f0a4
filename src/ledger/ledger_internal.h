/* SPDX-License-Identifier: Apache-2.0 */
/* What the two halves of the ledger share: the handle, its statements and SQLite's errors. */
#ifndef OVERFLY_LEDGER_INTERNAL_H
#define OVERFLY_LEDGER_INTERNAL_H

#include <overfly/ledger.h>

#include <sqlite3.h>

/* "OVFY", at byte 68 of the file: SQLite's own way of saying whose database this is. */
#define LEDGER_APPLICATION_ID 0x4F564659
#define LEDGER_VERSION 1

/* Prepared when first used, kept until the ledger is freed. */
typedef enum ledger_statement {
    LEDGER_BEGIN = 0,
    LEDGER_COMMIT,
    LEDGER_ROLLBACK,
    LEDGER_FIND,
    LEDGER_ADD_DOCUMENT,
    LEDGER_ADD_RECEIPT,
    LEDGER_ADD_FACT,
    LEDGER_LIST,
    LEDGER_BYTES,
    LEDGER_FACTS,
    LEDGER_EVERY,
    LEDGER_STATEMENT_COUNT
} ledger_statement;

struct ovf_ledger {
    sqlite3 *db;
    sqlite3_stmt *statements[LEDGER_STATEMENT_COUNT];
    bool is_readonly;
};

/* Says in our words what SQLite answered; `doing` is "storing the document". */
ovf_status ledger_fail(const ovf_ledger *ledger, int code, const char *doing, ovf_error *err);
/* The statement, reset and without bindings; NULL with *status set when it cannot be made. */
sqlite3_stmt *ledger_prepare(ovf_ledger *ledger, ledger_statement which, ovf_status *status,
                             ovf_error *err);

#endif
