/* SPDX-License-Identifier: Apache-2.0 */
/* Is the index what the documents give? It is derived, so no hash vouches for it, and a row of it that
 * was changed could hide a document from an answer. It is worked out anew in temporary tables of the
 * same names, which SQLite finds before those of the file, and compared row by row; the structure of
 * its tables is checked by SQLite, that of its R*Trees by their own check. */
#include "index_internal.h"

#include <stdio.h>
#include <string.h>

typedef struct checked_table {
    const char *name;
    bool is_rtree;
} checked_table;

static const checked_table tables[] = {
    {"items", false},      {"spots", true},         {"links", false},   {"mentions", false},
    {"lists", false},      {"list_numbers", false}, {"vouched", true},  {"vouched_ends", false},
    {"issues", false},     {"named", false},        {"issuers", false}, {"events", false},
    {"event_spots", true}, {"partners", false},     {"unread", false},
};

static void found(ovf_ledger_index_report *out, const char *table, const char *what)
{
    if (out->is_sound) {
        snprintf(out->table, sizeof(out->table), "%s", table);
        snprintf(out->what, sizeof(out->what), "%s", what);
    }
    out->is_sound = false;
}

/* What SQLite says of its structure: "ok", or the first complaint. */
static void check_structure(ovf_ledger *ledger, const checked_table *table,
                            ovf_ledger_index_report *out)
{
    static const char *const parts[] = {"_node", "_rowid", "_parent"};
    char query[128];
    for (size_t i = 0; i < (table->is_rtree ? OVF_COUNTOF(parts) + 1 : 1); i++) {
        if (!table->is_rtree || i < OVF_COUNTOF(parts))
            snprintf(query, sizeof(query), "PRAGMA main.integrity_check('%s%s')", table->name,
                     table->is_rtree ? parts[i] : "");
        else
            snprintf(query, sizeof(query), "SELECT rtreecheck('main', '%s')", table->name);
        sqlite3_stmt *row = NULL;
        int code = sqlite3_prepare_v2(ledger->db, query, -1, &row, NULL);
        if (code == SQLITE_OK)
            code = sqlite3_step(row);
        const char *said = code == SQLITE_ROW ? (const char *)sqlite3_column_text(row, 0)
                                              : sqlite3_errmsg(ledger->db);
        if (said == NULL || strcmp(said, "ok") != 0)
            found(out, table->name, said == NULL ? "cannot be read" : said);
        sqlite3_finalize(row);
    }
}

/* Rows of one that the other does not have. */
static uint64_t count_missing(ovf_ledger *ledger, const char *table, const char *in,
                              const char *from, ovf_ledger_index_report *out)
{
    char query[160];
    sqlite3_int64 count = 0;
    snprintf(query, sizeof(query),
             "SELECT count(*) FROM (SELECT * FROM %s.%s EXCEPT SELECT * FROM %s.%s)", from, table,
             in, table);
    if (ledger_number(ledger->db, query, &count) != SQLITE_OK)
        found(out, table, sqlite3_errmsg(ledger->db));
    return (uint64_t)count;
}

static void compare(ovf_ledger *ledger, const checked_table *table, ovf_ledger_index_report *out)
{
    uint64_t missing = count_missing(ledger, table->name, "main", "temp", out);
    uint64_t extra = count_missing(ledger, table->name, "temp", "main", out);
    char what[96];
    snprintf(what, sizeof(what), "%llu rows are missing, %llu are there that no document gives",
             (unsigned long long)missing, (unsigned long long)extra);
    if (missing + extra > 0)
        found(out, table->name, what);
    out->missing += missing;
    out->extra += extra;
}

static ovf_status check(ovf_ledger *ledger, int64_t reached, ovf_ledger_index_report *out,
                        ovf_error *err)
{
    for (size_t i = 0; i < OVF_COUNTOF(tables); i++)
        check_structure(ledger, &tables[i], out);
    int code = index_make_tables(ledger->db, "temp.");
    if (code != SQLITE_OK)
        return ledger_fail(ledger, code, "checking the index", err);
    ovf_status status = OVF_OK;
    for (int64_t number = 1; status == OVF_OK && number <= reached; number++)
        status = index_entry(ledger, number, err);
    for (size_t i = 0; status == OVF_OK && i < OVF_COUNTOF(tables); i++)
        compare(ledger, &tables[i], out);
    return status;
}

ovf_status ovf_ledger_index_check(ovf_ledger *ledger, ovf_ledger_index_report *out, ovf_error *err)
{
    *out = (ovf_ledger_index_report){.is_sound = true};
    if (ledger->index == NULL || ledger->in_batch)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "%s",
                        ledger->in_batch ? "the index is checked outside of a batch"
                                         : "an index without a world");
    // One state of the ledger; nothing of the file is written, and the temporary tables go with it.
    int code = sqlite3_exec(ledger->db, "BEGIN", NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return ledger_fail(ledger, code, "checking the index", err);
    int64_t reached = -1;
    code = index_number(ledger, &reached);
    ovf_status status =
        code == SQLITE_OK ? OVF_OK : ledger_fail(ledger, code, "checking the index", err);
    if (status == OVF_OK && reached < 0)
        status = ovf_fail(err, OVF_E_NOT_FOUND, OVF_NOPOS,
                          "there is no index of this program and world");
    out->entries = reached < 0 ? 0 : (uint64_t)reached;
    // Statements that were prepared before name the tables of the file.
    index_forget(ledger);
    if (status == OVF_OK)
        status = check(ledger, reached, out, err);
    index_forget(ledger);
    sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

ovf_status ovf_ledger_index_drop(ovf_ledger *ledger, ovf_error *err)
{
    if (ledger->is_readonly)
        return ledger_fail(ledger, SQLITE_READONLY, "dropping the index", err);
    ovf_status status = ovf_ledger_begin(ledger, err);
    if (status != OVF_OK)
        return status;
    if (ledger->index != NULL)
        index_forget(ledger);
    // The state alone: the tables behind it are dropped when they are made anew.
    int code = sqlite3_exec(ledger->db, "DROP TABLE IF EXISTS index_state", NULL, NULL, NULL);
    if (code != SQLITE_OK) {
        status = ledger_fail(ledger, code, "dropping the index", err);
        ledger_abandon(ledger);
        return status;
    }
    return ovf_ledger_commit(ledger, err);
}
