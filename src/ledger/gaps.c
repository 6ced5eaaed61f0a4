/* SPDX-License-Identifier: Apache-2.0 */
/* What is known to be missing. An office numbers each series from 0001 every year (Annex 15, 6.3):
 * a number that was passed over is a notice that never came. And a checklist names all that is
 * valid: a number in it that is not here is a valid notice nobody has read. */
#include "index_internal.h"

#include <stdlib.h>
#include <string.h>

#define LISTS_MAX 64 /* newest checklists of an office that are read: it has some per series */
#define NUMBERS_MAX 2000000

/* ---- numbers that were passed over ---- */

typedef struct number_row {
    ovf_str office;
    char series;
    int32_t year;
    int32_t number;
} number_row;

/* "A0012/25" */
static bool read_id(ovf_str id, number_row *out)
{
    uint32_t number = 0;
    uint32_t year = 0;
    if (id.len < 5 || id.ptr[0] < 'A' || id.ptr[0] > 'Z')
        return false;
    size_t slash = ovf_str_take_uint(id, 1, 99999, &number);
    if (slash < 5 || slash >= id.len || id.ptr[slash] != '/' || number == 0)
        return false;
    size_t end = ovf_str_take_uint(id, slash + 1, 9999, &year);
    if (end != id.len || end - slash - 1 != 2)
        return false;
    out->series = id.ptr[0];
    out->number = (int32_t)number;
    out->year = 2000 + (int32_t)year;
    return true;
}

static int by_number(const void *a, const void *b)
{
    const number_row *x = a;
    const number_row *y = b;
    int order = ovf_str_cmp(x->office, y->office);
    if (order != 0)
        return order;
    if (x->series != y->series)
        return x->series < y->series ? -1 : 1;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static ovf_status read_numbers(ovf_ledger *ledger, ovf_time as_of, ovf_arena *arena,
                               number_row **out, size_t *count, ovf_error *err)
{
    sqlite3_stmt *rows = NULL;
    int code = sqlite3_prepare_v2(
        ledger->db,
        "SELECT f.issuer, f.id FROM facts AS f WHERE f.kind = 'notice' AND f.id GLOB '[A-Z][0-9]*/*'"
        " AND EXISTS (SELECT 1 FROM receipts AS r WHERE r.sequence = f.sequence AND r.known <= ?1)",
        -1, &rows, NULL);
    size_t capacity = 0;
    bool has_room = true;
    if (code == SQLITE_OK) {
        sqlite3_bind_int64(rows, 1, as_of);
        for (code = sqlite3_step(rows); code == SQLITE_ROW && has_room; code = sqlite3_step(rows)) {
            number_row row = {0};
            ovf_str last = *count > 0 ? (*out)[*count - 1].office : (ovf_str){0};
            ovf_str office = ovf_str_of((const char *)sqlite3_column_text(rows, 0));
            if (!read_id(ovf_str_of((const char *)sqlite3_column_text(rows, 1)), &row))
                continue;
            row.office = ovf_str_eq(office, last) ? last : ovf_arena_dup(arena, office);
            has_room = *count < NUMBERS_MAX && row.office.ptr != NULL
                       && ovf_arena_grow(arena, (void **)out, *count, &capacity, sizeof(**out));
            if (has_room)
                (*out)[(*count)++] = row;
        }
    }
    sqlite3_finalize(rows);
    if (!has_room)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "more than %d numbers", NUMBERS_MAX);
    return code == SQLITE_DONE ? OVF_OK : ledger_fail(ledger, code, "reading the numbers", err);
}

ovf_status ovf_ledger_gaps(ovf_ledger *ledger, ovf_time as_of, ovf_arena *arena,
                           ovf_ledger_gap **out, size_t *count, ovf_error *err)
{
    number_row *rows = NULL;
    size_t total = 0;
    ovf_status status = read_numbers(ledger, as_of, arena, &rows, &total, err);
    if (status != OVF_OK)
        return status;
    if (total > 0)
        qsort(rows, total, sizeof(*rows), by_number);
    ovf_ledger_gap *gaps = NULL;
    size_t found = 0;
    size_t capacity = 0;
    for (size_t i = 1; i < total; i++) {
        const number_row *before = &rows[i - 1];
        const number_row *row = &rows[i];
        bool is_next = ovf_str_eq(row->office, before->office) && row->series == before->series
                       && row->year == before->year;
        if (!is_next || row->number <= before->number + 1)
            continue;
        if (!ovf_arena_grow(arena, (void **)&gaps, found, &capacity, sizeof(*gaps)))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the gaps");
        gaps[found++] = (ovf_ledger_gap){.office = row->office,
                                         .series = row->series,
                                         .year = row->year,
                                         .first = before->number + 1,
                                         .last = row->number - 1};
    }
    *out = gaps;
    *count = found;
    return OVF_OK;
}

/* ---- numbers that a checklist names ---- */

typedef struct list_row {
    int64_t sequence;
    uint32_t said; /* series */
    uint32_t *numbers; /* NULL: the document has to be read */
    size_t count;
} list_row;

typedef struct missing {
    ovf_ledger *ledger;
    ovf_str iso3;
    ovf_time as_of;
    ovf_arena *arena;
    ovf_str *ids;
    size_t count, capacity;
    uint32_t series_done; /* of newer lists */
    bool failed;
    int code;
} missing;

static bool is_here(missing *m, char series, int32_t year, int32_t number)
{
    ovf_str key = ovf_notice_number_key(m->iso3, series, year, number, m->arena);
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *row = index_prepare(m->ledger, INDEX_HAS_NUMBER, &ignored, NULL);
    m->failed = m->failed || key.ptr == NULL || row == NULL;
    if (m->failed)
        return true;
    sqlite3_bind_int64(row, 1, index_hash(key));
    sqlite3_bind_int64(row, 2, m->as_of);
    int code = sqlite3_step(row);
    sqlite3_reset(row);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        m->code = code;
    return code == SQLITE_ROW;
}

/* One number of a list. false: no memory. */
static void note_number(missing *m, char series, int32_t year, int32_t number, uint32_t *series_here)
{
    if (series < 'A' || series > 'Z')
        return;
    uint32_t bit = UINT32_C(1) << (series - 'A');
    *series_here |= bit;
    if ((m->series_done & bit) != 0 || is_here(m, series, year, number))
        return;
    if (!ovf_arena_grow(m->arena, (void **)&m->ids, m->count, &m->capacity, sizeof(*m->ids))) {
        m->failed = true;
        return;
    }
    m->ids[m->count++] =
        ovf_arena_printf(m->arena, "%c%04d/%02d", series, (int)number, (int)(year % 100));
}

static void read_list(missing *m, const ovf_notice *notice, char own_series)
{
    uint32_t series_here = 0;
    for (size_t i = 0; i < notice->checklist_count && !m->failed; i++) {
        const ovf_checklist_item *item = &notice->checklist[i];
        note_number(m, item->series != 0 ? item->series : own_series, item->year, item->number,
                    &series_here);
    }
    m->series_done |= series_here;
}

/* As the index has them. */
static void read_numbers_of(missing *m, const uint32_t *numbers, size_t count)
{
    uint32_t series_here = 0;
    for (size_t i = 0; i < count && !m->failed; i++)
        note_number(m, (char)('A' + (numbers[i] >> 25) - 1), 1990 + (int32_t)(numbers[i] >> 17 & 255),
                    (int32_t)(numbers[i] & 0x1FFFF), &series_here);
    m->series_done |= series_here;
}

/* A list whose numbers the index could not hold, or that was withdrawn at some time. */
static void read_document(missing *m, int64_t sequence)
{
    ovf_status status = OVF_OK;
    sqlite3_stmt *row = index_prepare(m->ledger, INDEX_DOCUMENT, &status, NULL);
    if (row == NULL) {
        m->failed = true;
        return;
    }
    sqlite3_bind_int64(row, 1, m->as_of);
    sqlite3_bind_int64(row, 2, sequence);
    ovf_str bytes = {0};
    bool has = sqlite3_step(row) == SQLITE_ROW && ledger_copy(row, 8, m->arena, &bytes);
    ovf_time known = has ? sqlite3_column_int64(row, 5) : 0;
    sqlite3_reset(row);
    ovf_notice *notices = NULL;
    size_t count = 0;
    ovf_notice_options options = {.received = known};
    if (!has
        || ovf_notice_read(m->ledger->index->world, bytes, &options, m->arena, &notices, &count,
                           NULL)
               != OVF_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        const ovf_notice *notice = &notices[i];
        if (notice->is_checklist && notice->checklist_whole
            && ovf_str_eq(notice->issuer.state, m->iso3))
            read_list(m, notice, notice->id.len > 0 ? notice->id.ptr[0] : 0);
    }
}

ovf_status ovf_ledger_missing(ovf_ledger *ledger, ovf_str iso3, ovf_time as_of, ovf_arena *arena,
                              ovf_str **ids, size_t *count, ovf_error *err)
{
    *ids = NULL;
    *count = 0;
    if (ledger->index == NULL)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "an index without a world");
    ovf_status status = OVF_OK;
    sqlite3_stmt *lists = index_prepare(ledger, INDEX_NEWEST_LISTS, &status, err);
    if (lists == NULL)
        return status;
    missing m = {.ledger = ledger, .iso3 = iso3, .as_of = as_of, .arena = arena, .code = SQLITE_OK};
    list_row rows[LISTS_MAX];
    size_t found = 0;
    sqlite3_bind_int64(lists, 1, index_hash(iso3));
    sqlite3_bind_int64(lists, 2, as_of);
    sqlite3_bind_int64(lists, 3, LISTS_MAX);
    int code = sqlite3_step(lists);
    for (; code == SQLITE_ROW && found < LISTS_MAX; code = sqlite3_step(lists)) {
        list_row *row = &rows[found++];
        *row = (list_row){.sequence = sqlite3_column_int64(lists, 0),
                          .said = (uint32_t)sqlite3_column_int64(lists, 1)};
        bool is_told = sqlite3_column_type(lists, 2) == SQLITE_BLOB && sqlite3_column_int(lists, 3) == 0;
        size_t bytes = (size_t)sqlite3_column_bytes(lists, 2);
        row->numbers = is_told ? ovf_arena_array(arena, uint32_t, bytes / sizeof(uint32_t) + 1) : NULL;
        m.failed = m.failed || (is_told && row->numbers == NULL);
        if (row->numbers != NULL && bytes > 0)
            memcpy(row->numbers, sqlite3_column_blob(lists, 2), bytes);
        row->count = bytes / sizeof(uint32_t);
    }
    sqlite3_reset(lists);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return ledger_fail(ledger, code, "reading the checklists", err);
    for (size_t i = 0; i < found && !m.failed; i++) {
        if (rows[i].numbers == NULL)
            read_document(&m, rows[i].sequence);
        else if ((rows[i].said & ~m.series_done) != 0) // a newer one has spoken of all of it else
            read_numbers_of(&m, rows[i].numbers, rows[i].count);
    }
    if (m.failed)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the checklists");
    if (m.code != SQLITE_OK)
        return ledger_fail(ledger, m.code, "reading the numbers", err);
    *ids = m.ids;
    *count = m.count;
    return OVF_OK;
}
