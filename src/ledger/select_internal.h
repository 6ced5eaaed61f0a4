/* SPDX-License-Identifier: Apache-2.0 */
/* The search for the documents that an answer rests on, as its files share it. */
#ifndef OVERFLY_SELECT_INTERNAL_H
#define OVERFLY_SELECT_INTERNAL_H

#include "index_internal.h"

#define LIST_SLACK_S (30 * OVF_DAY_S) /* numbers may run ahead of the dates that are printed */

typedef struct number_set {
    int64_t *slots; /* 0: empty */
    size_t size, count;
} number_set;

typedef struct item {
    int64_t item;
    int64_t sequence;
    ovf_time known;
    int class;
    int64_t own, refers, office;
    char series;
    ovf_time issued;
    int64_t state;
    int32_t start, until; /* minutes */
    uint32_t number;      /* index_number_of; 0: not of the form A0012/25 */
    int64_t fir;          /* of its item Q; 0: none, or any of its State's */
    ovf_str firs;
} item;

/* One office's part in what was found: which of its checklists count. */
typedef struct office_need {
    int64_t office;
    ovf_time since;
    uint32_t series;
} office_need;

typedef struct search {
    ovf_ledger *ledger;
    const ovf_ledger_query *query;
    ovf_arena *arena;
    int32_t from, until; /* minutes */
    number_set documents;
    int64_t *sequences; /* the same, in the order found */
    size_t sequence_count, sequence_capacity;
    number_set seen;     /* items whose place in its chain is looked into */
    number_set kin;      /* those that refer to one, and their own number */
    number_set met;      /* items of events */
    number_set states;   /* codes of States, + 1 */
    number_set fir_keys; /* hashes of FIRs that were asked for what opens them */
    item *seeds;
    size_t seed_count, seed_capacity;
    office_need *offices;
    size_t office_count, office_capacity;
    bool without_aerodromes; /* notices about aerodromes alone have no part in the answer */
    bool failed;             /* no memory */
    int code;                /* SQLite's, the first that is not OK */
} search;

/* true: it was not in it before. */
/* Of int64_t, for qsort. */
int select_by_number(const void *a, const void *b);
bool select_set_add(number_set *set, int64_t number, ovf_arena *arena, bool *failed);
sqlite3_stmt *select_ask(search *s, index_statement which, size_t count, const int64_t *values);
#define ASK(s, which, ...) \
    select_ask((s), (which), sizeof((int64_t[]){__VA_ARGS__}) / 8, (int64_t[]){__VA_ARGS__})

bool select_next(search *s, sqlite3_stmt *row);
/* All numbers of a result in the arena: a statement is free again before the next is asked. */
size_t select_numbers(search *s, sqlite3_stmt *row, int64_t **out);
void select_add_document(search *s, int64_t sequence);
/* false: it is not there, or not known yet. */
bool select_fetch_item(search *s, int64_t number, item *out);
/* Texts of one number: all that stand alone, and of each bulletin the newest. */
void select_add_same_number(search *s, int64_t hash, int role);

/* An item at the place: its document, and how it stands is asked later. */
void select_add_seed(search *s, int64_t number);

/* select_place.c: what is there, and who vouches for those who may answer. */
void select_at_place(search *s);
void select_vouchers(search *s);

/* lists.c: checklists that decide whether the seeds are still listed. */
void select_add_lists(search *s);

#endif
