/* SPDX-License-Identifier: Apache-2.0 */
/* The documents that an answer rests on. First what the index has at the place and the time; then
 * what decides how that stands: texts of the same number, what replaces or cancels it, notices that
 * open the same FIR, checklists of the office issued since, the next issue of a bulletin it stood in,
 * notices that may be one happening with it; then who vouches for the States that may answer here,
 * and what could not be read at all. More than needed changes nothing, since
 * a picture of all documents holds it too; docs/formats/ledger.md argues the other direction. */
#include "select_internal.h"

#include <stdlib.h>
#include <string.h>

#define CIRCLE_STEPS \
    8 /* references followed in search of a circle; a circle has to change series */
#define PARTNER_ITEMS 4000 /* of all events that are touched */

/* ---- sets of numbers ---- */

static size_t slot_of(const number_set *set, int64_t number)
{
    uint64_t hash = (uint64_t)number * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(hash >> 20) & (set->size - 1);
    while (set->slots[at] != 0 && set->slots[at] != number)
        at = (at + 1) & (set->size - 1);
    return at;
}

bool select_set_add(number_set *set, int64_t number, ovf_arena *arena, bool *failed)
{
    if (set->count * 2 >= set->size) {
        number_set grown = {.size = set->size == 0 ? 256 : set->size * 2, .count = set->count};
        grown.slots = ovf_arena_array(arena, int64_t, grown.size);
        if (grown.slots == NULL) {
            *failed = true;
            return false;
        }
        for (size_t i = 0; i < set->size; i++) {
            if (set->slots[i] != 0)
                grown.slots[slot_of(&grown, set->slots[i])] = set->slots[i];
        }
        *set = grown;
    }
    size_t at = slot_of(set, number);
    if (set->slots[at] == number)
        return false;
    set->slots[at] = number;
    set->count++;
    return true;
}

int select_by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* ---- the search ---- */

sqlite3_stmt *select_ask(search *s, index_statement which, size_t count, const int64_t *values)
{
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *statement = index_prepare(s->ledger, which, &ignored, NULL);
    if (statement == NULL && s->code == SQLITE_OK)
        s->code = sqlite3_errcode(s->ledger->db);
    for (size_t i = 0; statement != NULL && i < count; i++)
        sqlite3_bind_int64(statement, (int)i + 1, values[i]);
    return s->code == SQLITE_OK && !s->failed ? statement : NULL;
}

bool select_next(search *s, sqlite3_stmt *row)
{
    if (row == NULL)
        return false;
    int code = sqlite3_step(row);
    if (code == SQLITE_ROW)
        return true;
    sqlite3_reset(row);
    if (code != SQLITE_DONE && s->code == SQLITE_OK)
        s->code = code;
    return false;
}

/* All numbers of a result in the arena: a statement is free again before the next is asked. */
size_t select_numbers(search *s, sqlite3_stmt *row, int64_t **out)
{
    size_t count = 0;
    size_t capacity = 0;
    *out = NULL;
    while (select_next(s, row)) {
        if (!ovf_arena_grow(s->arena, (void **)out, count, &capacity, sizeof(**out))) {
            s->failed = true;
            sqlite3_reset(row);
            return 0;
        }
        (*out)[count++] = sqlite3_column_int64(row, 0);
    }
    return count;
}

void select_add_document(search *s, int64_t sequence)
{
    if (!select_set_add(&s->documents, sequence, s->arena, &s->failed))
        return;
    if (!ovf_arena_grow(s->arena, (void **)&s->sequences, s->sequence_count, &s->sequence_capacity,
                        sizeof(*s->sequences))) {
        s->failed = true;
        return;
    }
    s->sequences[s->sequence_count++] = sequence;
}

/* false: it is not there, or not known yet. */
bool select_fetch_item(search *s, int64_t number, item *out)
{
    sqlite3_stmt *row = ASK(s, INDEX_ITEM, number);
    if (!select_next(s, row))
        return false;
    *out = (item){
        .item = number,
        .sequence = sqlite3_column_int64(row, 0),
        .known = sqlite3_column_int64(row, 1),
        .class = sqlite3_column_int(row, 2),
        .own = sqlite3_column_int64(row, 3),
        .refers = sqlite3_column_int64(row, 4),
        .office = sqlite3_column_int64(row, 5),
        .series = (char)sqlite3_column_int(row, 6),
        .issued = sqlite3_column_int64(row, 7),
        .state = sqlite3_column_int64(row, 8),
        .start = sqlite3_column_int(row, 9),
        .until = sqlite3_column_int(row, 10),
        .number = (uint32_t)sqlite3_column_int64(row, 11),
        .fir = sqlite3_column_int64(row, 12),
    };
    if (!ledger_copy(row, 13, s->arena, &out->firs))
        s->failed = true;
    sqlite3_reset(row);
    return s->query->as_of == OVF_TIME_OPEN || out->known <= s->query->as_of;
}

/* ---- how it stands ---- */

/* Texts of one number: all that stand alone, and of each bulletin the newest. */
void select_add_same_number(search *s, int64_t hash, int role)
{
    if (hash == 0)
        return;
    int64_t *found = NULL;
    size_t count = select_numbers(s, ASK(s, INDEX_LINKS, hash, role), &found);
    for (size_t i = 0; i < count; i++) {
        item other;
        if (!select_fetch_item(s, found[i], &other))
            continue;
        select_add_document(s, other.sequence);
        // What refers to it counts only where it is not superseded itself.
        if (role > 0 && other.own != hash
            && select_set_add(&s->kin, other.item, s->arena, &s->failed))
            select_add_same_number(s, other.own, 0);
    }
}

/* References that come back to where they started end nothing: then all on the way count. */
static void follow_circle(search *s, const item *start)
{
    int64_t way[CIRCLE_STEPS];
    int64_t hash = start->refers;
    for (size_t steps = 0; hash != 0 && steps < CIRCLE_STEPS; steps++) {
        way[steps] = hash;
        if (hash == start->own) {
            for (size_t i = 0; i <= steps; i++)
                select_add_same_number(s, way[i], 0);
            return;
        }
        int64_t *found = NULL;
        size_t count = select_numbers(s, ASK(s, INDEX_LINKS, hash, 0), &found);
        item other;
        hash = count > 0 && select_fetch_item(s, found[count - 1], &other) ? other.refers : 0;
    }
}

/* It stood in a bulletin: is it gone from the next issue of it? */
static void add_next_issue(search *s, const item *one)
{
    sqlite3_stmt *row = ASK(s, INDEX_ISSUES_OF, one->sequence);
    char bulletin[256];
    bool has = select_next(s, row);
    if (!has)
        return;
    ovf_str name = ovf_str_of((const char *)sqlite3_column_text(row, 0));
    bool fits = name.len < sizeof(bulletin);
    memcpy(bulletin, name.ptr, fits ? name.len : 0);
    sqlite3_reset(row);
    row = ASK(s, INDEX_ISSUES_FROM, 0, one->known, s->query->as_of);
    if (row == NULL)
        return;
    ledger_bind(row, 1, (ovf_str){bulletin, fits ? name.len : 0});
    ovf_time second = OVF_TIME_NONE;
    while (select_next(s, row)) {
        ovf_time known = sqlite3_column_int64(row, 1);
        if (known > one->known && second == OVF_TIME_NONE)
            second = known;
        if (known > one->known && known > second) {
            sqlite3_reset(row);
            return;
        }
        select_add_document(s, sqlite3_column_int64(row, 0));
    }
}

/* Every text of its number that stood in a bulletin, and the issue after each. */
static void add_issues(search *s, const item *seed)
{
    int64_t *found = NULL;
    size_t count =
        seed->own == 0 ? 0 : select_numbers(s, ASK(s, INDEX_LINKS, seed->own, 0), &found);
    item newest = *seed;
    for (size_t i = 0; i < count; i++) {
        item other;
        if (select_fetch_item(s, found[i], &other) && other.known > newest.known)
            newest = other;
    }
    add_next_issue(s, seed);
    if (newest.item != seed->item)
        add_next_issue(s, &newest);
}

static void add_partners(search *s, int64_t number)
{
    if (s->met.count > PARTNER_ITEMS || !select_set_add(&s->met, number, s->arena, &s->failed))
        return;
    int64_t *found = NULL;
    size_t count = select_numbers(s, ASK(s, INDEX_PARTNERS, number), &found);
    for (size_t i = 0; i < count && !s->failed; i++) {
        item other;
        if (!select_fetch_item(s, found[i], &other))
            continue;
        select_add_document(s, other.sequence);
        select_add_same_number(s, other.own, 0);
        add_partners(s, found[i]);
    }
}

static void need_lists(search *s, const item *seed)
{
    if (seed->series < 'A' || seed->series > 'Z')
        return;
    uint32_t bit = UINT32_C(1) << (seed->series - 'A');
    size_t i = 0;
    while (i < s->office_count && s->offices[i].office != seed->office)
        i++;
    if (i == s->office_count) {
        if (!ovf_arena_grow(s->arena, (void **)&s->offices, s->office_count, &s->office_capacity,
                            sizeof(*s->offices))) {
            s->failed = true;
            return;
        }
        s->offices[s->office_count++] =
            (office_need){.office = seed->office, .since = seed->issued, .series = bit};
        return;
    }
    s->offices[i].series |= bit;
    if (seed->issued < s->offices[i].since)
        s->offices[i].since = seed->issued;
}

void select_add_seed(search *s, int64_t number)
{
    item seed;
    if (!select_set_add(&s->seen, number, s->arena, &s->failed)
        || !select_fetch_item(s, number, &seed)
        || (seed.class == INDEX_AERODROME && s->without_aerodromes))
        return;
    select_add_document(s, seed.sequence);
    if (seed.class == INDEX_STATEMENT)
        return;
    if (!ovf_arena_grow(s->arena, (void **)&s->seeds, s->seed_count, &s->seed_capacity,
                        sizeof(*s->seeds))) {
        s->failed = true;
        return;
    }
    s->seeds[s->seed_count++] = seed;
}

/* Notices that open one of the FIRs at that time: they contradict what closes it. */
static void add_openings(search *s, const item *seed)
{
    ovf_str rest = seed->firs;
    ovf_str fir = {0};
    while (ovf_str_field(&rest, ' ', &fir)) {
        if (fir.len == 0 || !select_set_add(&s->fir_keys, index_hash(fir), s->arena, &s->failed))
            continue;
        sqlite3_stmt *row = ASK(s, INDEX_MENTIONS, 0, 1);
        if (row == NULL)
            return;
        ledger_bind(row, 1, fir);
        int64_t *found = NULL;
        size_t count = select_numbers(s, row, &found);
        for (size_t i = 0; i < count; i++) {
            item one;
            if (select_fetch_item(s, found[i], &one) && one.start <= s->until
                && one.until >= s->from)
                select_add_seed(s, found[i]);
        }
    }
}

static void stand(search *s)
{
    // add_openings makes the list longer while it is walked.
    for (size_t i = 0; i < s->seed_count && !s->failed && s->code == SQLITE_OK; i++) {
        const item seed = s->seeds[i];
        select_add_same_number(s, seed.own, 1);
        select_add_same_number(s, seed.refers, 0); // is what it replaces here at all?
        follow_circle(s, &seed);
        add_issues(s, &seed);
        add_partners(s, seed.item);
        need_lists(s, &seed);
        add_openings(s, &seed);
        if (seed.state != 0)
            select_set_add(&s->states, seed.state + 1, s->arena, &s->failed);
    }
    select_add_lists(s);
}

/* ---- the documents ---- */

static int by_arrival(const void *a, const void *b)
{
    const ovf_ledger_entry *x = a;
    const ovf_ledger_entry *y = b;
    if (x->known != y->known)
        return x->known < y->known ? -1 : 1;
    return (x->sequence > y->sequence) - (x->sequence < y->sequence);
}

static bool fetch(search *s, int64_t sequence, ovf_ledger_entry *out)
{
    sqlite3_stmt *row = ASK(s, INDEX_DOCUMENT, s->query->as_of, sequence);
    if (!select_next(s, row))
        return false;
    *out = (ovf_ledger_entry){.sequence = sqlite3_column_int64(row, 0),
                              .kind = (ovf_document_kind)sqlite3_column_int(row, 3),
                              .known = sqlite3_column_int64(row, 5),
                              .stored = sqlite3_column_int64(row, 6),
                              .size = (size_t)sqlite3_column_int64(row, 7)};
    bool is_ours = ovf_document_is_told(out->kind);
    if (is_ours
        && !(ledger_copy(row, 1, s->arena, &out->sha256)
             && ledger_copy(row, 2, s->arena, &out->name)
             && ledger_copy(row, 4, s->arena, &out->origin)
             && ledger_copy(row, 8, s->arena, &out->bytes)))
        s->failed = true;
    sqlite3_reset(row);
    return is_ours && !s->failed;
}

static void find_all(search *s)
{
    select_at_place(s);
    stand(s);
    select_vouchers(s);
    int64_t *found = NULL;
    size_t count = select_numbers(s, ASK(s, INDEX_UNREAD, s->query->as_of), &found);
    for (size_t i = 0; i < count; i++)
        select_add_document(s, found[i]);
}

static ovf_status select_all(ovf_ledger *ledger, const ovf_ledger_query *query, ovf_arena *arena,
                             ovf_ledger_entry **out, size_t *count, ovf_error *err)
{
    ovf_ledger_entry *entries = NULL;
    size_t total = 0;
    ovf_status status = ovf_ledger_list(ledger, query->as_of, OVF_DOCUMENT_UNKNOWN, true, arena,
                                        &entries, &total, err);
    size_t kept = 0;
    for (size_t i = 0; status == OVF_OK && i < total; i++) {
        if (ovf_document_is_told(entries[i].kind))
            entries[kept++] = entries[i];
    }
    *out = entries;
    *count = kept;
    return status;
}

static ovf_status select_some(search *s, ovf_ledger_entry **out, size_t *count, ovf_error *err)
{
    find_all(s);
    if (s->sequence_count > 1)
        qsort(s->sequences, s->sequence_count, sizeof(*s->sequences), select_by_number);
    ovf_ledger_entry *entries = ovf_arena_array(s->arena, ovf_ledger_entry, s->sequence_count + 1);
    size_t kept = 0;
    for (size_t i = 0; entries != NULL && i < s->sequence_count; i++) {
        if (fetch(s, s->sequences[i], &entries[kept]))
            kept++;
    }
    if (s->code != SQLITE_OK)
        return ledger_fail(s->ledger, s->code, "selecting documents", err);
    if (s->failed || entries == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the ledger's documents");
    qsort(entries, kept, sizeof(*entries), by_arrival);
    *out = entries;
    *count = kept;
    return OVF_OK;
}

static bool read_last(ovf_ledger *ledger, sqlite3_int64 *out)
{
    ovf_status ignored = OVF_OK;
    sqlite3_stmt *row = index_prepare(ledger, INDEX_LAST, &ignored, NULL);
    bool has = row != NULL && sqlite3_step(row) == SQLITE_ROW;
    if (has)
        *out = sqlite3_column_int64(row, 0);
    if (row != NULL)
        sqlite3_reset(row);
    return has;
}

ovf_status ovf_ledger_select(ovf_ledger *ledger, const ovf_ledger_query *query, ovf_arena *arena,
                             ovf_ledger_entry **out, size_t *count, bool *is_selected,
                             ovf_error *err)
{
    int64_t reached = -1;
    *is_selected = false;
    // One state of the ledger for all that is asked of it.
    bool is_own = sqlite3_get_autocommit(ledger->db) != 0;
    if (is_own && sqlite3_exec(ledger->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
        return ledger_fail(ledger, sqlite3_errcode(ledger->db), "selecting documents", err);
    sqlite3_int64 last = 0;
    bool has_index = ledger->index != NULL && index_number(ledger, &reached) == SQLITE_OK
                     && read_last(ledger, &last) && reached >= 0 && reached == last;
    ovf_status status;
    if (!has_index) {
        status = select_all(ledger, query, arena, out, count, err);
    } else {
        search s = {.ledger = ledger,
                    .query = query,
                    .arena = arena,
                    .from = index_minute(query->during.from, false),
                    .until =
                        index_minute(query->during.until == OVF_TIME_OPEN ? OVF_TIME_OPEN
                                                                          : query->during.until - 1,
                                     false)};
        status = select_some(&s, out, count, err);
        *is_selected = status == OVF_OK;
    }
    if (is_own)
        sqlite3_exec(ledger->db, "COMMIT", NULL, NULL, NULL);
    return status;
}

ovf_status ovf_ledger_latest(ovf_ledger *ledger, ovf_str iso3, ovf_time as_of, ovf_time *out,
                             ovf_error *err)
{
    *out = OVF_TIME_NONE;
    if (ledger->index == NULL)
        return ovf_fail(err, OVF_E_USAGE, OVF_NOPOS, "an index without a world");
    ovf_status status = OVF_OK;
    sqlite3_stmt *row = index_prepare(ledger, INDEX_LATEST, &status, err);
    sqlite3_stmt *document =
        row == NULL ? NULL : index_prepare(ledger, INDEX_DOCUMENT, &status, err);
    if (document == NULL)
        return status;
    sqlite3_bind_int64(row, 1, index_code(iso3));
    sqlite3_bind_int64(row, 2, as_of);
    int code = sqlite3_step(row);
    for (; code == SQLITE_ROW && *out == OVF_TIME_NONE; code = sqlite3_step(row)) {
        // A document that was also known earlier counts from then on.
        sqlite3_bind_int64(document, 1, as_of);
        sqlite3_bind_int64(document, 2, sqlite3_column_int64(row, 1));
        if (sqlite3_step(document) == SQLITE_ROW
            && sqlite3_column_int64(document, 5) == sqlite3_column_int64(row, 0))
            *out = sqlite3_column_int64(row, 0);
        sqlite3_reset(document);
        if (*out != OVF_TIME_NONE)
            break;
    }
    sqlite3_reset(row);
    return code == SQLITE_ROW || code == SQLITE_DONE ? OVF_OK
                                                     : ledger_fail(ledger, code, "reading", err);
}
