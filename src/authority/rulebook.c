/* SPDX-License-Identifier: Apache-2.0 */
/* The table of rules: nine fields a row, separated by tabs; data/authority/rules.txt says what they
 * mean. Read once into sets of bits, so that finding the row of a case is a walk over an array. */
#include "authority_internal.h"

#include <stdlib.h>

#define FIELD_COUNT 9

struct word {
    const char *name;
    uint32_t bit;
};

static const struct word instrument_words[] = {
    {"closure", AUTHORITY_CLOSURE},
    {"restriction", AUTHORITY_RESTRICTION},
    {"danger", AUTHORITY_DANGER},
    {"advisory", AUTHORITY_ADVISORY},
    {"service", AUTHORITY_SERVICE},
    {"flow", AUTHORITY_FLOW},
    {"hazard", AUTHORITY_HAZARD},
    {"tfr", AUTHORITY_TFR},
    {"directive", AUTHORITY_DIRECTIVE},
    {"lifted", AUTHORITY_LIFTED},
    {"prohibited_area", AUTHORITY_PROHIBITED_AREA},
};
static const struct word air_words[] = {
    {"own", AUTHORITY_OWN},
    {"own_delegated", AUTHORITY_OWN_DELEGATED},
    {"served_sea", AUTHORITY_SERVED_SEA},
    {"sea", AUTHORITY_SEA},
    {"sea_unserved", AUTHORITY_SEA_UNSERVED},
    {"served_foreign", AUTHORITY_SERVED_FOREIGN},
    {"foreign", AUTHORITY_FOREIGN},
    {"unresolved", AUTHORITY_UNRESOLVED},
};
static const struct word addressed_words[] = {
    {"everyone", AUTHORITY_TO_EVERYONE},     {"own", AUTHORITY_TO_OWN},
    {"us_persons", AUTHORITY_TO_US_PERSONS}, {"named", AUTHORITY_TO_NAMED},
    {"own_party", AUTHORITY_TO_OWN_PARTY},
};

static const char *const verdict_names[] = {
    [OVF_VERDICT_UNKNOWN] = "unknown",
    [OVF_VERDICT_NONE] = "none",
    [OVF_VERDICT_OWN_DECISION] = "own_decision",
    [OVF_VERDICT_NO_LEGAL_FORCE] = "no_legal_force",
    [OVF_VERDICT_ADVISORY] = "advisory",
    [OVF_VERDICT_SERVICE_WITHDRAWN] = "service_withdrawn",
    [OVF_VERDICT_CONTESTED] = "contested",
    [OVF_VERDICT_CONDITIONAL] = "conditional",
    [OVF_VERDICT_BINDING] = "binding",
};

const char *ovf_verdict_name(ovf_verdict verdict)
{
    if ((size_t)verdict >= OVF_COUNTOF(verdict_names))
        return verdict_names[OVF_VERDICT_UNKNOWN];
    return verdict_names[verdict];
}

/* ---- reading ---- */

/* A list of words as bits; false: a word that is none, left in *bad. "*" is all of them. */
static bool read_words(ovf_str list, const struct word *words, size_t count, uint32_t *out,
                       ovf_str *bad)
{
    *out = 0;
    if (ovf_str_eq(list, OVF_STR("*"))) {
        *out = AUTHORITY_ANY;
        return true;
    }
    ovf_str rest = list;
    ovf_str word = {0};
    while (ovf_str_field(&rest, ',', &word)) {
        uint32_t bit = 0;
        for (size_t i = 0; i < count && bit == 0; i++) {
            if (ovf_str_eq(word, ovf_str_of(words[i].name)))
                bit = words[i].bit;
        }
        *bad = word;
        if (bit == 0)
            return false;
        *out |= bit;
    }
    return *out != 0;
}

static bool read_acts(ovf_str list, uint32_t *out, ovf_str *bad)
{
    *out = 0;
    if (ovf_str_eq(list, OVF_STR("*"))) {
        *out = AUTHORITY_ANY;
        return true;
    }
    ovf_str rest = list;
    ovf_str word = {0};
    while (ovf_str_field(&rest, ',', &word)) {
        ovf_act act = OVF_ACT_UNKNOWN;
        *bad = word;
        if (!ovf_act_parse(word, &act))
            return false;
        *out |= (uint32_t)1 << act;
    }
    return *out != 0;
}

static bool read_instrument(ovf_str field, struct authority_row *row, ovf_str *bad)
{
    const ovf_str mark = OVF_STR("say:");
    if (!ovf_str_starts(field, mark))
        return read_words(field, instrument_words, OVF_COUNTOF(instrument_words), &row->instruments,
                          bad);
    row->is_statement = true;
    ovf_str rest = ovf_str_tail(field, mark.len);
    ovf_str acts = {0};
    if (!ovf_str_field(&rest, '/', &acts))
        return false;
    row->needs_primary = ovf_str_eq(rest, OVF_STR("primary"));
    *bad = rest;
    if (rest.len > 0 && !row->needs_primary)
        return false;
    return read_acts(acts, &row->acts, bad);
}

static bool read_verdict(ovf_str field, ovf_verdict *out)
{
    for (size_t i = 0; i < OVF_COUNTOF(verdict_names); i++) {
        if (ovf_str_eq(field, ovf_str_of(verdict_names[i]))) {
            *out = (ovf_verdict)i;
            return true;
        }
    }
    return false;
}

/* A statement must never carry a row that binds the air: such a row is only allowed where the act
 * is a matter of commerce (R20, R21). */
static bool is_sane(const struct authority_row *row)
{
    const uint32_t commerce = (uint32_t)1 << OVF_ACT_REVOKE_PERMISSION
                              | (uint32_t)1 << OVF_ACT_ORDER
                              | (uint32_t)1 << OVF_ACT_SUSPEND_SERVICE;
    bool binds = row->on_addressed == OVF_VERDICT_BINDING || row->on_others == OVF_VERDICT_BINDING
                 || row->on_addressed == OVF_VERDICT_CONDITIONAL
                 || row->on_others == OVF_VERDICT_CONDITIONAL;
    return !row->is_statement || !binds || (row->needs_primary && (row->acts & ~commerce) == 0);
}

static ovf_status read_row(ovf_str line, size_t number, struct authority_row *row, ovf_error *err)
{
    ovf_str fields[FIELD_COUNT] = {0};
    ovf_str rest = line;
    size_t count = 0;
    ovf_str bad = {0};
    while (count < FIELD_COUNT && ovf_str_field(&rest, '\t', &fields[count]))
        count++;
    if (count < FIELD_COUNT || rest.len > 0)
        return ovf_fail(err, OVF_E_CORRUPT, 0, "rule %zu: expected %d fields separated by tabs",
                        number, FIELD_COUNT);
    row->id = fields[0];
    row->issuers = fields[2];
    row->cites = fields[7];
    row->says = fields[8];
    if (!read_instrument(fields[1], row, &bad)
        || !read_words(fields[3], air_words, OVF_COUNTOF(air_words), &row->air, &bad)
        || !read_words(fields[4], addressed_words, OVF_COUNTOF(addressed_words), &row->addressed,
                       &bad))
        return ovf_fail(err, OVF_E_CORRUPT, 0,
                        "rule %zu (" OVF_FMT "): unknown word \"" OVF_FMT "\"", number,
                        OVF_ARG(ovf_str_sub(row->id, 0, 8)), OVF_ARG(ovf_str_sub(bad, 0, 30)));
    if (!read_verdict(fields[5], &row->on_addressed) || !read_verdict(fields[6], &row->on_others))
        return ovf_fail(err, OVF_E_CORRUPT, 0, "rule %zu (" OVF_FMT "): unknown verdict", number,
                        OVF_ARG(ovf_str_sub(row->id, 0, 8)));
    if (row->id.len == 0 || row->issuers.len == 0 || row->cites.len == 0 || row->says.len == 0)
        return ovf_fail(err, OVF_E_CORRUPT, 0, "rule %zu: an empty field", number);
    if (!is_sane(row))
        return ovf_fail(err, OVF_E_CORRUPT, 0,
                        "rule %zu (" OVF_FMT "): a statement cannot bind the air", number,
                        OVF_ARG(ovf_str_sub(row->id, 0, 8)));
    return OVF_OK;
}

static ovf_status add_line(ovf_rulebook *book, ovf_str line, ovf_error *err)
{
    ovf_str words = ovf_str_trim(line);
    if (words.len == 0 || words.ptr[0] == '#')
        return OVF_OK;
    if (book->row_count >= AUTHORITY_MAX_ROWS)
        return ovf_fail(err, OVF_E_LIMIT, 0, "more than %d rules", AUTHORITY_MAX_ROWS);
    bool is_table = false;
    ovf_status status = authority_read_table(book, line, ++book->line_count, &is_table, err);
    if (is_table || status != OVF_OK)
        return status;
    struct authority_row row = {0};
    status = read_row(line, book->row_count + 1, &row, err);
    if (status != OVF_OK)
        return status;
    if (!ovf_arena_grow(&book->arena, (void **)&book->rows, book->row_count, &book->row_capacity,
                        sizeof(row)))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for rules");
    book->rows[book->row_count++] = row;
    return OVF_OK;
}

static ovf_rulebook *new_book(const ovf_world *world)
{
    ovf_rulebook *book = calloc(1, sizeof(*book));
    if (book == NULL)
        return NULL;
    book->world = world;
    ovf_arena_init(&book->arena, 0);
    return book;
}

static ovf_status finish(ovf_rulebook *book, ovf_status status, ovf_rulebook **out, ovf_error *err)
{
    if (status == OVF_OK && book->row_count == 0)
        status = ovf_fail(err, OVF_E_CORRUPT, OVF_NOPOS, "no authority rules");
    if (status == OVF_OK)
        *out = book;
    else
        ovf_rulebook_free(book);
    return status;
}

ovf_status ovf_rulebook_new(const ovf_world *world, ovf_rulebook **out, ovf_error *err)
{
    ovf_rulebook *book = new_book(world);
    if (book == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for rules");
    ovf_status status = OVF_OK;
    size_t count = ovf_world_rule_count(world);
    for (size_t i = 0; i < count && status == OVF_OK; i++)
        status = add_line(book, ovf_world_rule(world, (uint32_t)i), err);
    return finish(book, status, out, err);
}

ovf_status ovf_rulebook_from_text(const ovf_world *world, ovf_str text, ovf_rulebook **out,
                                  ovf_error *err)
{
    ovf_rulebook *book = new_book(world);
    ovf_str rest = {0};
    if (book != NULL)
        rest = ovf_arena_dup(&book->arena, text);
    if (book == NULL || rest.ptr == NULL) {
        ovf_rulebook_free(book);
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for rules");
    }
    const char *start = rest.ptr;
    ovf_status status = OVF_OK;
    ovf_str line = {0};
    while (status == OVF_OK && ovf_str_line(&rest, &line)) {
        status = add_line(book, line, err);
        if (status == OVF_E_CORRUPT && err != NULL)
            err->pos = (size_t)(line.ptr - start);
    }
    return finish(book, status, out, err);
}

void ovf_rulebook_free(ovf_rulebook *book)
{
    if (book == NULL)
        return;
    ovf_arena_done(&book->arena);
    free(book);
}

size_t ovf_rulebook_count(const ovf_rulebook *book)
{
    return book->row_count;
}

/* ---- finding ---- */

static bool names_issuer(ovf_str list, const struct authority_case *facts)
{
    ovf_str rest = list;
    ovf_str word = {0};
    while (ovf_str_field(&rest, ',', &word)) {
        if (ovf_str_eq(word, OVF_STR("*")) || ovf_str_eq(word, facts->issuer_kind))
            return true;
        if (facts->issuer_state.len > 0 && ovf_str_eq(word, facts->issuer_state))
            return true;
    }
    return false;
}

const struct authority_row *authority_find(const ovf_rulebook *book,
                                           const struct authority_case *facts)
{
    for (size_t i = 0; i < book->row_count; i++) {
        const struct authority_row *row = &book->rows[i];
        if (row->is_statement != facts->is_statement || (row->air & facts->air) == 0
            || (row->addressed & facts->addressed) == 0)
            continue;
        if (row->is_statement) {
            if ((row->acts & (uint32_t)1 << facts->act) == 0
                || (row->needs_primary && !facts->is_primary))
                continue;
        } else if ((row->instruments & facts->instruments) == 0) {
            continue;
        }
        if (names_issuer(row->issuers, facts))
            return row;
    }
    return NULL;
}

/* ---- States ---- */

bool authority_same_state(const ovf_rulebook *book, ovf_str a, ovf_str b)
{
    if (a.len == 0 || b.len == 0)
        return false;
    if (ovf_str_eq(a, b))
        return true;
    if (book->world == NULL)
        return false;
    uint32_t x = ovf_world_find_state(book->world, a);
    uint32_t y = ovf_world_find_state(book->world, b);
    if (x == OVF_INDEX_NONE || y == OVF_INDEX_NONE)
        return false;
    return ovf_world_sovereign(book->world, x) == ovf_world_sovereign(book->world, y);
}
