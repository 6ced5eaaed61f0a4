/* SPDX-License-Identifier: Apache-2.0 */
/* Which checklists decide how a notice stands at an instant? Of those that speak of its series and
 * were issued after it, in the order of issue: the last one up to the instant that names it, and the
 * first one behind that which does not. One issued later that names it proves those wrong that did
 * not, if it begins while the notice still holds: the first of those is enough, for the others begin
 * later. All further ones leave it as it is, whether they are read or not. For every instant of a time
 * that is: the same before and behind it, and all that begin within.
 *
 * A list of which it cannot be told from the index whether it counts (it has several texts, was
 * withdrawn, is of another FIR, or its numbers are not there) is taken and decides nothing. Where
 * lists begin in another order than they are issued, all are taken. */
#include "select_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct list_row {
    int64_t item, sequence, own, fir;
    ovf_time issued, starts;
    uint32_t said;   /* series that it speaks of */
    uint32_t number; /* its own */
    bool is_known;   /* what follows was looked up */
    bool is_certain;
    const uint32_t *numbers;
    size_t count;
} list_row;

typedef struct office_lists {
    list_row *rows;
    size_t count;
    bool is_in_order;
} office_lists;

static int by_issue(const void *a, const void *b)
{
    const list_row *x = a;
    const list_row *y = b;
    if (x->issued != y->issued)
        return x->issued < y->issued ? -1 : 1;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

static ovf_time with_slack(ovf_time since)
{
    return since > OVF_TIME_NONE + LIST_SLACK_S ? since - LIST_SLACK_S : since;
}

static void read_office(search *s, const office_need *need, office_lists *out)
{
    size_t capacity = 0;
    *out = (office_lists){.is_in_order = true};
    sqlite3_stmt *row =
        ASK(s, INDEX_LISTS_OF, need->office, with_slack(need->since), s->query->as_of);
    while (select_next(s, row)) {
        uint32_t said = (uint32_t)sqlite3_column_int64(row, 2);
        if ((said & need->series) == 0)
            continue;
        if (!ovf_arena_grow(s->arena, (void **)&out->rows, out->count, &capacity,
                            sizeof(*out->rows))) {
            s->failed = true;
            sqlite3_reset(row);
            return;
        }
        out->rows[out->count++] = (list_row){.item = sqlite3_column_int64(row, 0),
                                             .issued = sqlite3_column_int64(row, 1),
                                             .said = said,
                                             .starts = sqlite3_column_int64(row, 3),
                                             .sequence = sqlite3_column_int64(row, 4),
                                             .own = sqlite3_column_int64(row, 5),
                                             .number = (uint32_t)sqlite3_column_int64(row, 6),
                                             .fir = sqlite3_column_int64(row, 7)};
    }
    if (out->count > 1)
        qsort(out->rows, out->count, sizeof(*out->rows), by_issue);
    for (size_t i = 1; i < out->count; i++)
        out->is_in_order = out->is_in_order && out->rows[i - 1].starts <= out->rows[i].starts;
}

/* Looks up what it holds, and whether another text of it, or a withdrawal, may put it out. */
static void know(search *s, list_row *list)
{
    if (list->is_known)
        return;
    list->is_known = true;
    sqlite3_stmt *row = ASK(s, INDEX_LIST_NUMBERS, list->item);
    bool has_numbers = select_next(s, row);
    if (has_numbers) {
        size_t bytes = (size_t)sqlite3_column_bytes(row, 0);
        uint32_t *numbers = ovf_arena_array(s->arena, uint32_t, bytes / sizeof(uint32_t) + 1);
        s->failed = s->failed || numbers == NULL;
        if (numbers != NULL && bytes > 0)
            memcpy(numbers, sqlite3_column_blob(row, 0), bytes);
        list->numbers = numbers;
        list->count = numbers == NULL ? 0 : bytes / sizeof(uint32_t);
        sqlite3_reset(row);
    }
    int64_t *texts = NULL;
    size_t text_count = select_numbers(s, ASK(s, INDEX_LINKS, list->own, 0), &texts);
    row = ASK(s, INDEX_WITHDRAWN, list->sequence);
    bool is_withdrawn = select_next(s, row);
    if (is_withdrawn)
        sqlite3_reset(row);
    list->is_certain = has_numbers && text_count == 1 && !is_withdrawn;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool names(const list_row *list, uint32_t number)
{
    return list->count > 0
           && bsearch(&number, list->numbers, list->count, sizeof(number), by_number) != NULL;
}

/* Within a series numbers run with time; across series only the dates tell. */
static bool is_after(const list_row *list, const item *seed)
{
    uint32_t bit = UINT32_C(1) << (seed->series - 'A');
    if ((list->said & bit) == 0 || list->item == seed->item)
        return false;
    bool is_one_series = list->number >> 25 == seed->number >> 25;
    return is_one_series ? list->number > seed->number : list->issued > seed->issued;
}

static void take(search *s, const list_row *list)
{
    select_add_document(s, list->sequence);
    select_add_same_number(s, list->own, 0);
}

static bool is_certain_for(const list_row *list, const item *seed)
{
    return list->is_certain && (list->fir == 0 || seed->fir == 0 || list->fir == seed->fir);
}

/* Up to the time asked about, from the newest on. */
static void add_before(search *s, office_lists *lists, size_t end, const item *seed)
{
    list_row *first_without = NULL;
    for (size_t i = end; i-- > 0 && lists->rows[i].issued >= with_slack(seed->issued);) {
        list_row *list = &lists->rows[i];
        if (!is_after(list, seed))
            continue;
        know(s, list);
        bool is_certain = is_certain_for(list, seed);
        bool is_named = names(list, seed->number);
        if (is_named || !is_certain)
            take(s, list);
        if (is_named && is_certain)
            break;
        if (is_certain)
            first_without = list;
    }
    if (first_without != NULL)
        take(s, first_without);
}

/* Within it. */
static void add_within(search *s, office_lists *lists, size_t start, size_t end, const item *seed)
{
    for (size_t i = start; i < end; i++) {
        if (is_after(&lists->rows[i], seed))
            take(s, &lists->rows[i]);
    }
}

/* Behind it, as long as the notice may hold. */
static void add_behind(search *s, office_lists *lists, size_t start, const item *seed)
{
    bool is_done = false;
    for (size_t i = start; i < lists->count && !is_done; i++) {
        list_row *list = &lists->rows[i];
        is_done = seed->until != INT32_MAX && list->starts / 60 >= seed->until;
        if (is_done || !is_after(list, seed))
            continue;
        know(s, list);
        bool is_certain = is_certain_for(list, seed);
        bool is_named = names(list, seed->number);
        if (is_named || !is_certain)
            take(s, list);
        is_done = is_named && is_certain;
    }
}

static void add_all(search *s, const office_lists *lists)
{
    for (size_t i = 0; i < lists->count; i++)
        take(s, &lists->rows[i]);
}

/* The first list that begins at the moment or later. */
static size_t first_from(const office_lists *lists, ovf_time moment)
{
    size_t i = 0;
    while (i < lists->count && lists->rows[i].starts < moment)
        i++;
    return i;
}

void select_add_lists(search *s)
{
    ovf_interval during = s->query->during;
    ovf_time behind_first = during.from == OVF_TIME_NONE ? OVF_TIME_NONE : during.from + 1;
    for (size_t i = 0; i < s->office_count && !s->failed && s->code == SQLITE_OK; i++) {
        const office_need *need = &s->offices[i];
        office_lists lists;
        read_office(s, need, &lists);
        size_t within = first_from(&lists, behind_first);
        size_t behind = first_from(&lists, during.until);
        bool is_told = lists.is_in_order && behind >= within;
        for (size_t k = 0; k < s->seed_count && is_told; k++) {
            const item *seed = &s->seeds[k];
            if (seed->office != need->office || seed->series < 'A' || seed->series > 'Z')
                continue;
            is_told = seed->number != 0;
            add_before(s, &lists, within, seed);
            add_within(s, &lists, within, behind, seed);
            add_behind(s, &lists, behind, seed);
        }
        if (!is_told)
            add_all(s, &lists);
    }
}
