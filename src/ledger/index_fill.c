/* SPDX-License-Identifier: Apache-2.0 */
/* One document into the tables of the index (index.c). */
#include "index_internal.h"

#include <overfly/news_source.h>

#include <stdlib.h>

#define PARTNERS_MAX 256 /* candidates that one notice is compared with */

typedef struct indexing {
    ovf_ledger *ledger;
    ledger_index *index;
    sqlite3_int64 sequence;
    ovf_str sha256;
    ovf_time known;
    int code; /* SQLite's, the first that is not OK */
} indexing;

static sqlite3_stmt *bound(indexing *in, index_statement which, size_t count, const int64_t *values)
{
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *statement = index_prepare(in->ledger, which, &ignored, NULL);
    for (size_t i = 0; statement != NULL && i < count; i++)
        sqlite3_bind_int64(statement, (int)i + 1, values[i]);
    if (statement == NULL && in->code == SQLITE_OK)
        in->code = sqlite3_errcode(in->ledger->db);
    return statement;
}

static void run(indexing *in, sqlite3_stmt *statement)
{
    if (statement == NULL || in->code != SQLITE_OK)
        return;
    in->code = ledger_run(statement);
}

static void add(indexing *in, index_statement which, size_t count, const int64_t *values)
{
    run(in, bound(in, which, count, values));
}

#define ADD(in, which, ...) \
    add((in), (which), sizeof((int64_t[]){__VA_ARGS__}) / 8, (int64_t[]){__VA_ARGS__})

uint32_t index_number_of(char series, int32_t year, int32_t number)
{
    if (series < 'A' || series > 'Z' || year < 1990 || year > 2245 || number < 0 || number > 99999)
        return 0;
    return (uint32_t)(series - 'A' + 1) << 25 | (uint32_t)(year - 1990) << 17 | (uint32_t)number;
}

/* By what a notice is compared with the checklists of its office. */
typedef struct counted {
    uint32_t number;
    int64_t fir; /* 0: any of its State's */
    ovf_time issued;
} counted;

/* The year and the number stand at the end of the key: "GBR|A|2025|00012". */
static uint32_t number_of(const ovf_traits *t)
{
    ovf_str rest = t->key;
    ovf_str field = {0};
    ovf_str last[2] = {{0}};
    uint32_t year = 0;
    uint32_t number = 0;
    while (t->series != 0 && ovf_str_field(&rest, '|', &field)) {
        last[0] = last[1];
        last[1] = field;
    }
    if (last[0].len == 0 || ovf_str_take_uint(last[0], 0, 9999, &year) != last[0].len
        || ovf_str_take_uint(last[1], 0, 99999, &number) != last[1].len)
        return 0;
    return index_number_of(t->series, (int32_t)year, (int32_t)number);
}

/* As doubt.c of the restrictions has it: when it was made, else when it begins or became known. */
static counted counted_of(const indexing *in, const ovf_notice *notice, const ovf_traits *t)
{
    ovf_str fir = notice->q_fir;
    ovf_time issued = notice->created != OVF_TIME_NONE      ? notice->created
                      : notice->valid_from != OVF_TIME_NONE ? notice->valid_from
                                                            : in->known;
    return (counted){.number = number_of(t),
                     .fir = ovf_str_ends(fir, OVF_STR("XX")) ? 0 : index_hash(fir),
                     .issued = issued};
}

static sqlite3_int64 add_item(indexing *in, int class, const ovf_traits *t, const counted *by,
                              ovf_str state, ovf_str firs)
{
    const int64_t values[] = {in->sequence,
                              in->known,
                              class,
                              index_hash(t->key),
                              index_hash(t->refers),
                              index_hash(t->office),
                              t->series,
                              by->issued,
                              index_code(state),
                              index_minute(t->from, false),
                              index_minute(t->until, true),
                              by->number,
                              by->fir};
    sqlite3_stmt *statement = bound(in, INDEX_ADD_ITEM, OVF_COUNTOF(values), values);
    if (statement != NULL)
        ledger_bind(statement, 14, firs);
    run(in, statement);
    return sqlite3_last_insert_rowid(in->ledger->db);
}

static void add_spots(indexing *in, const ovf_traits *t, sqlite3_int64 item)
{
    int32_t start = index_minute(t->from, false);
    int32_t until = index_minute(t->until, true);
    static const ovf_box everywhere = {
        .south_deg = -90.0, .north_deg = 90.0, .west_deg = -180.0, .east_deg = 180.0};
    index_rect rects[2];
    for (size_t i = 0; i < (t->is_anywhere ? 1 : t->box_count); i++) {
        size_t count = index_rects(t->is_anywhere ? everywhere : t->boxes[i], rects);
        for (size_t k = 0; k < count; k++)
            ADD(in, INDEX_ADD_SPOT, rects[k].west, rects[k].east, rects[k].south, rects[k].north,
                start, until > start ? until : start, item);
    }
}

static ovf_traits event_of(sqlite3_stmt *row)
{
    return (ovf_traits){
        .has_event = true,
        .event_during = {sqlite3_column_int64(row, 1), sqlite3_column_int64(row, 2)},
        .event_text = (uint64_t)sqlite3_column_int64(row, 3),
        .event_kind = sqlite3_column_int(row, 4),
        .event_launch = sqlite3_column_int(row, 5),
        .event_box = {.south_deg = sqlite3_column_double(row, 6),
                      .west_deg = sqlite3_column_double(row, 7),
                      .north_deg = sqlite3_column_double(row, 8),
                      .east_deg = sqlite3_column_double(row, 9),
                      .is_empty = sqlite3_column_double(row, 10) < 0.0},
        .event_covered = sqlite3_column_double(row, 10),
    };
}

static void add_partners(indexing *in, sqlite3_stmt *found, const ovf_traits *t, sqlite3_int64 item)
{
    if (found == NULL || in->code != SQLITE_OK)
        return;
    int code = sqlite3_step(found);
    for (; code == SQLITE_ROW; code = sqlite3_step(found)) {
        sqlite3_int64 other = sqlite3_column_int64(found, 0);
        ovf_traits theirs = event_of(found);
        if (other == item || !ovf_traits_may_be_one(t, &theirs))
            continue;
        ADD(in, INDEX_ADD_PARTNER, item, other);
        ADD(in, INDEX_ADD_PARTNER, other, item);
    }
    sqlite3_reset(found);
    if (code != SQLITE_DONE && in->code == SQLITE_OK)
        in->code = code;
}

#define LAUNCH_S (40 * OVF_MINUTE_S) /* as the restrictions group launches */

static void add_event(indexing *in, const ovf_traits *t, sqlite3_int64 item)
{
    if (!t->has_event || (t->event_text == 0 && t->event_kind == 0 && t->event_launch == 0))
        return;
    ovf_interval during = t->event_during;
    ovf_time length = during.until > during.from ? during.until - during.from : 0;
    const int64_t values[] = {item,          during.from,    during.until, (int64_t)t->event_text,
                              t->event_kind, t->event_launch};
    sqlite3_stmt *statement = bound(in, INDEX_ADD_EVENT, OVF_COUNTOF(values), values);
    if (statement == NULL)
        return;
    sqlite3_bind_double(statement, 7, t->event_box.is_empty ? 0.0 : t->event_box.south_deg);
    sqlite3_bind_double(statement, 8, t->event_box.is_empty ? 0.0 : t->event_box.west_deg);
    sqlite3_bind_double(statement, 9, t->event_box.is_empty ? 0.0 : t->event_box.north_deg);
    sqlite3_bind_double(statement, 10, t->event_box.is_empty ? 0.0 : t->event_box.east_deg);
    sqlite3_bind_double(statement, 11, t->event_box.is_empty ? -1.0 : t->event_covered);
    run(in, statement);
    // Who shares half of the time of both starts at most one length before, and half of one after.
    if (t->event_text != 0)
        add_partners(in,
                     bound(in, INDEX_EVENTS_BY_TEXT, 4,
                           (int64_t[]){(int64_t)t->event_text, during.from - length,
                                       during.from + length / 2, PARTNERS_MAX}),
                     t, item);
    if (t->event_launch != 0)
        add_partners(in,
                     bound(in, INDEX_EVENTS_BY_LAUNCH, 4,
                           (int64_t[]){t->event_launch == 2 ? 1 : 2, during.from - LAUNCH_S,
                                       during.from + LAUNCH_S, PARTNERS_MAX}),
                     t, item);
    if (t->event_box.is_empty || t->event_kind == 0)
        return;
    index_rect rects[2];
    (void)index_rects(t->event_box, rects);
    int32_t middle = index_minute(during.from + length / 2, false);
    add_partners(in,
                 bound(in, INDEX_EVENTS_BY_AREA, 6,
                       (int64_t[]){rects[0].west, rects[0].east, rects[0].south, rects[0].north,
                                   middle, PARTNERS_MAX}),
                 t, item);
    ADD(in, INDEX_ADD_EVENT_SPOT, item, rects[0].west, rects[0].east, rects[0].south,
        rects[0].north, index_minute(during.from, false), index_minute(during.until, true));
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static ovf_str join(ovf_arena *arena, const ovf_str *items, size_t count)
{
    ovf_str all = OVF_STR("");
    for (size_t i = 0; i < count && all.ptr != NULL; i++)
        all = ovf_arena_printf(arena, OVF_FMT "%s" OVF_FMT, OVF_ARG(all), i == 0 ? "" : " ",
                               OVF_ARG(items[i]));
    return all;
}

/* A checklist with the numbers that it holds. One whose numbers do not fit is kept without them: then
 * it counts as one that may hold anything. */
static bool add_list(indexing *in, const ovf_notice *notice, const ovf_traits *t, const counted *by,
                     sqlite3_int64 item)
{
    size_t count = notice->checklist_count;
    uint32_t *numbers = ovf_arena_array(&in->index->arena, uint32_t, count + 1);
    uint32_t said = 0;
    bool fits = by->number != 0;
    if (numbers == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const ovf_checklist_item *one = &notice->checklist[i];
        char series = one->series != 0 ? one->series : t->series;
        numbers[i] = index_number_of(series, one->year, one->number);
        fits = fits && numbers[i] != 0;
        if (series >= 'A' && series <= 'Z')
            said |= UINT32_C(1) << (series - 'A');
    }
    if (count == 0 && t->series >= 'A' && t->series <= 'Z')
        said = UINT32_C(1) << (t->series - 'A');
    if (count > 1)
        qsort(numbers, count, sizeof(*numbers), by_number);
    ovf_time starts = notice->valid_from != OVF_TIME_NONE ? notice->valid_from
                      : notice->created != OVF_TIME_NONE  ? notice->created
                                                          : in->known;
    ADD(in, INDEX_ADD_LIST, index_hash(t->office), by->issued, item, t->list_series, said, starts,
        in->known, in->sequence, index_hash(t->key), by->number, by->fir);
    sqlite3_stmt *add = fits ? bound(in, INDEX_ADD_LIST_NUMBERS, 1, (int64_t[]){item}) : NULL;
    if (add != NULL)
        sqlite3_bind_blob(add, 2, numbers, (int)(count * sizeof(*numbers)), SQLITE_TRANSIENT);
    run(in, add);
    return true;
}

/* Does it speak of aerodromes alone, and opens nothing? */
static int class_of(const ovf_notice *notice, const ovf_traits *t)
{
    if (notice->area_count == 0 || t->is_anywhere || t->is_lifting || notice->is_checklist)
        return INDEX_NOTICE;
    for (size_t i = 0; i < notice->area_count; i++) {
        if (notice->areas[i].shape != OVF_SHAPE_AIRPORT)
            return INDEX_NOTICE;
    }
    return INDEX_AERODROME;
}

static bool index_notice(indexing *in, const ovf_notice *notice)
{
    ovf_arena *arena = &in->index->arena;
    ovf_traits t;
    if (ovf_notice_traits(in->index->world, notice, in->known, arena, &t, NULL) != OVF_OK)
        return false;
    ovf_str firs = join(arena, notice->firs, notice->fir_count);
    if (firs.ptr == NULL)
        return false;
    const counted by = counted_of(in, notice, &t);
    sqlite3_int64 item = add_item(in, class_of(notice, &t), &t, &by, notice->issuer.state, firs);
    add_spots(in, &t, item);
    if (t.key.len > 0)
        ADD(in, INDEX_ADD_LINK, index_hash(t.key), 0, item);
    if (t.refers.len > 0)
        ADD(in, INDEX_ADD_LINK, index_hash(t.refers), 1, item);
    for (size_t i = 0; i < notice->fir_count; i++) {
        sqlite3_stmt *statement =
            bound(in, INDEX_ADD_MENTION, 3, (int64_t[]){0, t.is_lifting, item});
        if (statement != NULL)
            ledger_bind(statement, 1, notice->firs[i]);
        run(in, statement);
    }
    if (t.list_series != 0 && !add_list(in, notice, &t, &by, item))
        return false;
    if (notice->issuer.state.len > 0)
        ADD(in, INDEX_ADD_ISSUER, index_code(notice->issuer.state), in->known, in->sequence);
    add_event(in, &t, item);
    return true;
}

static void add_issue(indexing *in, ovf_str bulletin, ovf_time known, sqlite3_int64 sequence)
{
    sqlite3_stmt *statement = bound(in, INDEX_ADD_ISSUE, 3, (int64_t[]){0, known, sequence});
    if (statement != NULL)
        ledger_bind(statement, 1, bulletin);
    run(in, statement);
}

static void add_vouched(indexing *in, ovf_str issuer, ovf_interval during)
{
    int64_t code = index_code(issuer);
    ADD(in, INDEX_ADD_VOUCHED, code, index_minute(during.from, false),
        index_minute(during.until, true), in->sequence, in->known, during.until);
    ADD(in, INDEX_ADD_VOUCHED_END, code, during.until, in->known, in->sequence);
}

/* What the document says of itself, or another of it: one issue of a bulletin. */
static void index_bulletin(indexing *in, ovf_str bytes)
{
    ovf_str complete = ovf_document_header_read(bytes).complete;
    if (complete.len > 0) {
        add_issue(in, complete, in->known, in->sequence);
        ovf_str word = {0};
        ovf_str rest = complete;
        while (ovf_str_field(&rest, ' ', &word)) {
            if (word.len == 3)
                add_vouched(in, word, (ovf_interval){in->known, in->known});
        }
    }
    sqlite3_stmt *find = bound(in, INDEX_FIND_NAMED, 0, NULL);
    if (find == NULL)
        return;
    ledger_bind(find, 1, in->sha256);
    int code = sqlite3_step(find);
    ovf_str bulletin = {0};
    bool is_named = code == SQLITE_ROW && ledger_copy(find, 0, &in->index->arena, &bulletin);
    sqlite3_reset(find);
    if (is_named)
        add_issue(in, bulletin, in->known, in->sequence);
}

static ovf_status index_notices(indexing *in, ovf_str bytes, ovf_error *err)
{
    ovf_notice *notices = NULL;
    size_t count = 0;
    // The window has no bearing on what the traits tell; a short one costs little.
    ovf_notice_options options = {.received = in->known, .window = {in->known, in->known + 60}};
    ovf_status status = ovf_notice_read(in->index->world, bytes, &options, &in->index->arena,
                                        &notices, &count, err);
    if (status != OVF_OK)
        return status;
    index_bulletin(in, bytes);
    for (size_t i = 0; i < count; i++) {
        if (!index_notice(in, &notices[i]))
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the index");
    }
    return OVF_OK;
}

static void index_coverage(indexing *in, const ovf_coverage *coverage)
{
    for (size_t i = 0; i < coverage->issuer_count; i++)
        add_vouched(in, coverage->issuers[i], coverage->during);
    if (coverage->document.len == 0 || coverage->issuer_count == 0)
        return;
    sqlite3_stmt *named = bound(in, INDEX_ADD_NAMED, 0, NULL);
    if (named == NULL)
        return;
    ledger_bind(named, 1, coverage->document);
    ledger_bind(named, 2, coverage->issuers[0]);
    run(in, named);
    // The bulletin itself is most often there already.
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *find = ledger_prepare(in->ledger, LEDGER_FIND, &ignored, NULL);
    if (find == NULL)
        return;
    ledger_bind(find, 1, coverage->document);
    bool is_there = sqlite3_step(find) == SQLITE_ROW;
    sqlite3_int64 sequence = is_there ? sqlite3_column_int64(find, 0) : 0;
    ovf_time known = is_there ? sqlite3_column_int64(find, 1) : 0;
    sqlite3_reset(find);
    if (is_there)
        add_issue(in, coverage->issuers[0], known, sequence);
}

static void index_said(indexing *in, const ovf_statements *read, bool is_dated)
{
    for (size_t i = 0; i < read->count; i++) {
        ovf_traits t;
        ovf_statement_traits(in->index->world, &read->items[i], &t);
        if (!is_dated) {
            t.from = OVF_TIME_NONE;
            t.until = OVF_TIME_OPEN;
        }
        if (t.box_count > 0 || t.is_anywhere)
            add_spots(in, &t,
                      add_item(in, INDEX_STATEMENT, &t, &(counted){.issued = t.issued}, OVF_STR(""),
                               OVF_STR("")));
    }
}

static ovf_status index_statements(indexing *in, ovf_str bytes, ovf_error *err)
{
    ovf_statements read = {0};
    ovf_status status = ovf_statement_read(bytes, &in->index->arena, &read, err);
    if (status == OVF_E_SYNTAX) {
        ADD(in, INDEX_ADD_UNREAD, in->sequence, in->known);
        return OVF_OK;
    }
    index_said(in, &read, true);
    for (size_t i = 0; i < read.coverage_count && status == OVF_OK; i++)
        index_coverage(in, &read.coverages[i]);
    return status;
}

/* A story without a day of its own is dated by when it became known, which an earlier receipt may
 * still change. */
static bool is_dated(indexing *in, ovf_str bytes, const ovf_news_context *context)
{
    ovf_news_sources sources = {0};
    if (context->published != OVF_TIME_NONE)
        return true;
    if (ovf_news_sources_read(ovf_str_tail(bytes, context->start), &in->index->arena, &sources,
                              NULL)
        != OVF_OK)
        return false;
    for (size_t i = 0; i < sources.count; i++) {
        if (sources.items[i].published == OVF_TIME_NONE)
            return false;
    }
    return true;
}

/* What a story tells; one that cannot be read is known to nobody, and leaves no gap in the law. */
static ovf_status index_news(indexing *in, ovf_str bytes, ovf_error *err)
{
    ovf_news *news = NULL;
    ovf_arena *arena = &in->index->arena;
    ovf_status status = ovf_news_new(in->index->world, &news, err);
    if (status != OVF_OK)
        return status;
    const ovf_source source = {.document = in->sha256, .known = in->known};
    ovf_news_context context = ovf_document_news(bytes, &source, arena);
    ovf_statements read = {0};
    status = ovf_news_statements(news, bytes, &context, arena, &read, err);
    ovf_news_free(news);
    if (status == OVF_OK)
        index_said(in, &read, is_dated(in, bytes, &context));
    return status == OVF_E_NOMEM ? status : OVF_OK;
}

ovf_status index_document(ovf_ledger *ledger, const index_source *source, ovf_error *err)
{
    ledger_index *index = ledger->index;
    indexing in = {.ledger = ledger,
                   .index = index,
                   .sequence = source->sequence,
                   .sha256 = source->sha256,
                   .known = source->known,
                   .code = SQLITE_OK};
    ovf_arena_reset(&index->arena);
    ovf_status status = OVF_OK;
    if (source->kind == OVF_DOCUMENT_NOTICES)
        status = index_notices(&in, source->bytes, err);
    else if (source->kind == OVF_DOCUMENT_STATEMENTS)
        status = index_statements(&in, source->bytes, err);
    else if (source->kind == OVF_DOCUMENT_NEWS)
        status = index_news(&in, source->bytes, err);
    // What the readers refuse outright an answer cannot rest on; it is among the unread ones.
    if (status != OVF_OK && status != OVF_E_NOMEM) {
        status = OVF_OK;
        ADD(&in, INDEX_ADD_UNREAD, in.sequence, in.known);
    }
    if (status == OVF_OK && in.code != SQLITE_OK)
        status = ledger_fail(ledger, in.code, "indexing a document", err);
    return status;
}
