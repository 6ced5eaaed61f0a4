/* SPDX-License-Identifier: Apache-2.0 */
/* What writes the index and what selects by it. index.c says what the tables are. */
#ifndef OVERFLY_INDEX_INTERNAL_H
#define OVERFLY_INDEX_INTERNAL_H

#include "ledger_internal.h"

#define LEDGER_INDEX_VERSION 4 /* another one is made anew */
#define INDEX_SPOTS_OF_ITEM 64 /* ids of an item's spots: those of its boxes, each in two at most */

enum { INDEX_NOTICE = 1, INDEX_STATEMENT, INDEX_AERODROME };

typedef enum index_statement {
    INDEX_ADD_ITEM = 0,
    INDEX_ADD_SPOT,
    INDEX_ADD_LINK,
    INDEX_ADD_MENTION,
    INDEX_ADD_LIST,
    INDEX_ADD_LIST_NUMBERS,
    INDEX_ADD_VOUCHED,
    INDEX_ADD_VOUCHED_END,
    INDEX_ADD_ISSUE,
    INDEX_ADD_NAMED,
    INDEX_FIND_NAMED,
    INDEX_ADD_ISSUER,
    INDEX_ADD_EVENT,
    INDEX_ADD_EVENT_SPOT,
    INDEX_EVENTS_BY_TEXT,
    INDEX_EVENTS_BY_LAUNCH,
    INDEX_EVENTS_BY_AREA,
    INDEX_ADD_PARTNER,
    INDEX_ADD_UNREAD,
    INDEX_SET_STATE,
    INDEX_STATE,
    INDEX_NEXT,
    INDEX_SPOTS,
    INDEX_ISSUED,
    INDEX_ITEM,
    INDEX_LINKS,
    INDEX_MENTIONS,
    INDEX_LISTS_OF,
    INDEX_LIST_NUMBERS,
    INDEX_WITHDRAWN,
    INDEX_PARTNERS,
    INDEX_VOUCHED,
    INDEX_VOUCHED_DURING,
    INDEX_VOUCHED_END,
    INDEX_ISSUES_OF,
    INDEX_ISSUES_FROM,
    INDEX_LATEST,
    INDEX_UNREAD,
    INDEX_LAST,
    INDEX_DOCUMENT,
    INDEX_HAS_NUMBER,
    INDEX_NEWEST_LISTS,
    INDEX_STATEMENT_COUNT
} index_statement;

struct ledger_index {
    const ovf_world *world;
    char stamp[OVF_SHA256_HEX + 1];
    ovf_arena arena; /* of the document at hand */
    sqlite3_stmt *statements[INDEX_STATEMENT_COUNT];
};

sqlite3_stmt *index_prepare(ovf_ledger *ledger, index_statement which, ovf_status *status,
                            ovf_error *err);
int64_t index_hash(ovf_str text); /* 0 for no text, else never */
int32_t index_minute(ovf_time time, bool up);
int64_t index_code(ovf_str issuer); /* of a State's code; 0 for "*" */

/* Series, year and number in 32 bits that sort like them: 5, 8 and 17 bits. 0: not of that form, or of
 * a year before 1990 or after 2245. */
uint32_t index_number_of(char series, int32_t year, int32_t number);

typedef struct index_rect {
    int32_t west, east, south, north; /* 1e-5 degrees */
} index_rect;

/* Two of them over the 180th meridian. */
size_t index_rects(ovf_box box, index_rect out[2]);

typedef struct index_source {
    sqlite3_int64 sequence;
    ovf_str sha256;
    ovf_document_kind kind;
    ovf_time known;
    ovf_str bytes;
} index_source;

/* Within a transaction. */
OVF_NODISCARD ovf_status index_document(ovf_ledger *ledger, const index_source *source,
                                        ovf_error *err);
/* The entry that the index reaches to, -1: there is none that fits; SQLite's code. */
int index_number(ovf_ledger *ledger, int64_t *number);
/* An index that reaches the entry before takes this one in. source: NULL, nothing to read. */
int index_follow(ovf_ledger *ledger, int64_t number, const index_source *source);
int index_reached(ovf_ledger *ledger, int64_t number);
/* Empty tables in the database "", of the file, or "temp."; SQLite's code. */
int index_make_tables(sqlite3 *db, const char *database);
/* Forgets what is prepared. */
void index_forget(ovf_ledger *ledger);
OVF_NODISCARD ovf_status index_entry(ovf_ledger *ledger, int64_t number, ovf_error *err);

#endif
