/* SPDX-License-Identifier: Apache-2.0 */
/* Real notices and history: who could close what, for whom. Each case of the files asks as `overfly
 * status` does, through the public API, and says what the law answers and by which rule. Expected
 * answers are reasoned from the instruments that each case cites, by hand. */
#include <overfly/restriction.h>

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "case_file.h"

static struct case_book cases;
static ovf_world *world;
static ovf_rulebook *book;
static const char *world_path;

/* The tables as they are in the source tree, one behind the other. */
static ovf_str tables(void)
{
    static const char *const names[] = {"rules", "groups", "regimes", "services", "straits", "law"};
    static char text[1 << 19];
    size_t len = 0;
    for (size_t i = 0; i < OVF_COUNTOF(names); i++) {
        char path[1024];
        snprintf(path, sizeof(path), "%s/%s.txt", OVF_AUTHORITY_DIR, names[i]);
        FILE *file = fopen(path, "rb");
        if (file == NULL)
            fail_msg("%s cannot be opened", path);
        len += fread(text + len, 1, sizeof(text) - len, file);
        fclose(file);
    }
    assert_in_range(len, 1, sizeof(text) - 1);
    return (ovf_str){text, len};
}

static int open_all(void **state)
{
    ovf_error err = {0};
    OVF_UNUSED(state);
    if (ovf_world_open(world_path, &world, &err) != OVF_OK
        || ovf_rulebook_from_text(world, tables(), &book, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    return 0;
}

static int close_all(void **state)
{
    OVF_UNUSED(state);
    ovf_rulebook_free(book);
    ovf_world_free(world);
    return 0;
}

/* Underscores as blanks; file values keep "FL" names apart with them. */
static ovf_str blanks(ovf_str text, ovf_arena *arena)
{
    char *bytes = ovf_arena_alloc(arena, text.len + 1, 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < text.len; i++)
        bytes[i] = text.ptr[i] == '_' ? ' ' : text.ptr[i];
    return (ovf_str){bytes, text.len};
}

static ovf_query question(const struct case_row *row, ovf_arena *arena)
{
    ovf_error err = {0};
    ovf_query query = {.party = {.operator_icao = case_value(row->party, "operator"),
                                 .operator_state = case_value(row->party, "operator-state"),
                                 .registry_state = case_value(row->party, "registry"),
                                 .owner_state = case_value(row->party, "owner"),
                                 .airman_state = case_value(row->party, "airman"),
                                 .seller_state = case_value(row->party, "seller"),
                                 .aircraft = case_value(row->party, "aircraft"),
                                 .from = case_value(row->party, "from"),
                                 .to = case_value(row->party, "to")}};
    ovf_str use = case_value(row->party, "use");
    if (use.len > 0)
        assert_true(ovf_use_parse(use, &query.party.use));
    uint32_t level = 0;
    ovf_str fl = case_value(row->party, "level");
    if (fl.len > 0 && ovf_str_take_uint(fl, 0, 999, &level) == fl.len) {
        query.has_level = true;
        query.level_ft = (int32_t)level * 100;
    }
    if (ovf_time_parse(row->at, &query.at, &err) != OVF_OK)
        fail_msg("line %u: " OVF_FMT ": %s", row->line, OVF_ARG(row->at), err.reason);
    if (ovf_world_find(world, blanks(row->area, arena), &query.place, &err) != OVF_OK)
        fail_msg("line %u: " OVF_FMT ": %s", row->line, OVF_ARG(row->area), err.reason);
    ovf_party_complete(&query.party, world);
    return query;
}

static ovf_picture *picture_of(const struct case_row *row, ovf_time at)
{
    ovf_picture *picture = NULL;
    ovf_error err = {0};
    ovf_picture_options options = {.as_of = OVF_TIME_OPEN,
                                   .alone = true,
                                   .with_law = case_has(row->party, "law"),
                                   .window = {at - 60 * OVF_DAY_S, at + 60 * OVF_DAY_S}};
    assert_int_equal(ovf_picture_new(world, book, &options, &picture, &err), OVF_OK);
    for (size_t i = 0; i < row->document_count; i++) {
        const struct case_document *d = &cases.documents[row->documents[i]];
        const ovf_source source = {.name = d->name, .known = OVF_TIME_NONE};
        if (ovf_picture_add(picture, d->text, &source, NULL, &err) != OVF_OK)
            fail_msg(OVF_FMT ": %s", OVF_ARG(d->name), err.reason);
    }
    assert_int_equal(ovf_picture_settle(picture, &err), OVF_OK);
    return picture;
}

static ovf_str id_of(const ovf_because *because)
{
    return because->restriction != NULL ? because->restriction->id
                                        : because->statement->statement->id;
}

static const ovf_because *find(const ovf_answer *answer, ovf_str id)
{
    for (size_t i = 0; i < answer->because_count; i++) {
        const ovf_because *because = &answer->because[i];
        if (id.len == 0 || ovf_str_eq(id_of(because), id)
            || (because->restriction != NULL && ovf_str_eq(because->restriction->notice->id, id)))
            return because;
    }
    return NULL;
}

static const char *tri_name(ovf_tri tri)
{
    return tri == OVF_TRI_YES ? "yes" : tri == OVF_TRI_NO ? "no" : "possible";
}

static const char *text_of(ovf_str value, ovf_arena *arena)
{
    char *text = ovf_arena_alloc(arena, value.len + 1, 1);
    assert_non_null(text);
    memcpy(text, value.ptr, value.len);
    text[value.len] = '\0';
    return text;
}

/* What the answer has for a word of "wants"; NULL: not a word of it. */
static bool answer_has(const ovf_answer *answer, const ovf_because *because, ovf_str key,
                       ovf_str value, ovf_arena *arena, ovf_str *found)
{
    *found = OVF_STR("nothing");
    if (ovf_str_eq(key, OVF_STR("legal"))) {
        *found = ovf_str_of(ovf_legal_name(answer->legal));
    } else if (ovf_str_eq(key, OVF_STR("risk"))) {
        *found = ovf_str_of(ovf_risk_name(answer->risk));
    } else if (ovf_str_eq(key, OVF_STR("not"))) {
        return find(answer, blanks(value, arena)) == NULL;
    } else if (because == NULL) {
        return ovf_str_eq(key, OVF_STR("of")) && ovf_str_eq(value, OVF_STR("none"));
    } else if (ovf_str_eq(key, OVF_STR("of"))) {
        return !ovf_str_eq(value, OVF_STR("none"));
    } else if (ovf_str_eq(key, OVF_STR("verdict"))) {
        *found = ovf_str_of(ovf_verdict_name(because->ruling.verdict));
    } else if (ovf_str_eq(key, OVF_STR("addressed"))) {
        *found = ovf_str_of(ovf_verdict_name(because->ruling.on_addressed));
    } else if (ovf_str_eq(key, OVF_STR("applies"))) {
        *found = ovf_str_of(tri_name(because->ruling.applies));
    } else if (ovf_str_eq(key, OVF_STR("inside"))) {
        *found = ovf_str_of(tri_name(because->inside));
    } else if (ovf_str_eq(key, OVF_STR("life"))) {
        *found = ovf_str_of(ovf_life_name(because->life));
    } else if (ovf_str_eq(key, OVF_STR("marks"))) {
        *found = because->ruling.marks;
        return value.len == 0 ? because->ruling.marks.len == 0
                              : case_has(because->ruling.marks, text_of(value, arena));
    } else if (ovf_str_eq(key, OVF_STR("missing"))) {
        return case_has(because->ruling.missing, "") == false
               && ovf_str_find(because->ruling.missing, 0, value) != OVF_NOPOS;
    } else if (ovf_str_eq(key, OVF_STR("rule"))) {
        for (size_t i = 0; i < because->ruling.rule_count; i++) {
            *found = because->ruling.rules[i].id;
            if (ovf_str_eq(*found, value))
                return true;
        }
        return ovf_str_eq(value, OVF_STR("none")) && because->ruling.rule_count == 0;
    } else {
        fail_msg("\"" OVF_FMT "\" is no word of wants", OVF_ARG(key));
    }
    return ovf_str_eq(*found, value);
}

static void hold_wants(const struct case_row *row, const ovf_answer *answer, ovf_arena *arena)
{
    ovf_str of = blanks(case_value(row->wants, "of"), arena);
    bool is_none = ovf_str_eq(of, OVF_STR("none"));
    const ovf_because *because = find(answer, is_none ? (ovf_str){0} : of);
    ovf_str rest = row->wants;
    ovf_str word = {0};
    while (ovf_str_field(&rest, ' ', &word)) {
        size_t eq = ovf_str_find(word, 0, OVF_STR("="));
        ovf_str key = ovf_str_sub(word, 0, eq == OVF_NOPOS ? word.len : eq);
        ovf_str value = eq == OVF_NOPOS ? (ovf_str){0} : ovf_str_tail(word, eq + 1);
        ovf_str found = {0};
        if (!answer_has(answer, because, key, value, arena, &found))
            fail_msg(OVF_FMT ":%u: " OVF_FMT " expected, found " OVF_FMT " (of " OVF_FMT
                             "; %zu reasons)\n  law: " OVF_FMT "\n  risk: " OVF_FMT
                             "\n  why: " OVF_FMT "\n  rule: " OVF_FMT " " OVF_FMT,
                     OVF_ARG(row->file), row->line, OVF_ARG(word), OVF_ARG(found),
                     OVF_ARG(because == NULL ? OVF_STR("nothing") : id_of(because)),
                     answer->because_count, OVF_ARG(answer->legal_why), OVF_ARG(answer->risk_why),
                     OVF_ARG(because == NULL ? OVF_STR("-") : because->ruling.applies_why),
                     OVF_ARG(because == NULL || because->ruling.rule_count == 0
                                 ? OVF_STR("-")
                                 : because->ruling.rules[0].id),
                     OVF_ARG(because == NULL || because->ruling.rule_count == 0
                                 ? OVF_STR("-")
                                 : because->ruling.rules[0].fact));
    }
}

/* "VEN=binding SEA=service_withdrawn": some piece over that State, or over the high seas. */
static void hold_pieces(const struct case_row *row, const ovf_answer *answer, ovf_arena *arena)
{
    const ovf_because *because = find(answer, blanks(case_value(row->wants, "of"), arena));
    ovf_str rest = row->pieces;
    ovf_str word = {0};
    while (ovf_str_field(&rest, ' ', &word)) {
        ovf_str code = ovf_str_sub(word, 0, 3);
        ovf_str want = ovf_str_tail(word, 4);
        bool is_there = false;
        for (size_t i = 0; because != NULL && i < because->piece_count; i++) {
            const ovf_restriction_piece *p = &because->pieces[i];
            ovf_str is = p->piece.whose.is_high_seas ? OVF_STR("SEA")
                         : p->piece.whose.state == OVF_INDEX_NONE
                             ? OVF_STR("---")
                             : ovf_world_state(world, p->piece.whose.state)->iso3;
            is_there = is_there
                       || (ovf_str_eq(is, code)
                           && ovf_str_eq(ovf_str_of(ovf_verdict_name(p->ruling.verdict)), want));
        }
        if (is_there)
            continue;
        char list[512] = "";
        for (size_t i = 0; because != NULL && i < because->piece_count; i++) {
            const ovf_restriction_piece *p = &because->pieces[i];
            size_t at = strlen(list);
            snprintf(list + at, sizeof(list) - at, " %.3s%s=%s",
                     p->piece.whose.is_high_seas ? "SEA"
                     : p->piece.whose.state == OVF_INDEX_NONE
                         ? "---"
                         : ovf_world_state(world, p->piece.whose.state)->iso3.ptr,
                     p->piece.whose.is_disputed ? "!" : "", ovf_verdict_name(p->ruling.verdict));
        }
        fail_msg(OVF_FMT ":%u: no piece " OVF_FMT " among%s", OVF_ARG(row->file), row->line,
                 OVF_ARG(word), list);
    }
}

static bool is_told(const ovf_answer *answer, ovf_str a, ovf_str b)
{
    for (size_t i = 0; i < answer->contradiction_count; i++) {
        const ovf_contradiction *c = &answer->contradictions[i];
        if ((ovf_str_eq(c->a, a) && ovf_str_eq(c->b, b))
            || (ovf_str_eq(c->a, b) && ovf_str_eq(c->b, a)))
            return true;
    }
    return false;
}

/* "only A B C D": the pairs A, B and C, D are told, and no other. */
static bool hold_only(const struct case_row *row, const ovf_answer *answer, ovf_arena *arena)
{
    ovf_str rest = row->against;
    ovf_str word = {0}, a = {0}, b = {0};
    size_t pairs = 0;
    bool are_told = true;
    ovf_str_field(&rest, ' ', &word);
    while (ovf_str_field(&rest, ' ', &a) && ovf_str_field(&rest, ' ', &b)) {
        pairs++;
        are_told = are_told && is_told(answer, blanks(a, arena), blanks(b, arena));
    }
    return are_told && pairs == answer->contradiction_count;
}

static void hold_against(const struct case_row *row, const ovf_answer *answer, ovf_arena *arena)
{
    ovf_str rest = row->against;
    ovf_str a = {0}, b = {0};
    if (row->against.len == 0)
        return;
    bool is_only = ovf_str_starts(row->against, OVF_STR("only "));
    if (is_only && hold_only(row, answer, arena))
        return;
    bool is_none = ovf_str_eq(row->against, OVF_STR("none"));
    ovf_str_field(&rest, ' ', &a);
    ovf_str_field(&rest, ' ', &b);
    a = blanks(a, arena);
    b = blanks(b, arena);
    if (is_told(answer, a, b) && !is_only)
        return;
    if (is_none && answer->contradiction_count == 0)
        return;
    for (size_t i = 0; i < answer->contradiction_count; i++)
        print_message("  " OVF_FMT " against " OVF_FMT ": " OVF_FMT "\n",
                      OVF_ARG(answer->contradictions[i].a), OVF_ARG(answer->contradictions[i].b),
                      OVF_ARG(answer->contradictions[i].what));
    fail_msg(OVF_FMT ":%u: not told, or more is: against " OVF_FMT, OVF_ARG(row->file), row->line,
             OVF_ARG(row->against));
}

static void answers(void **state)
{
    const struct case_row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_query query = question(row, &arena);
    ovf_picture *picture = picture_of(row, query.at);
    ovf_answer answer = {0};
    ovf_error err = {0};
    assert_int_equal(ovf_picture_status(picture, &query, &arena, &answer, &err), OVF_OK);
    hold_wants(row, &answer, &arena);
    hold_pieces(row, &answer, &arena);
    hold_against(row, &answer, &arena);
    ovf_arena_done(&arena);
    ovf_picture_free(picture);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    world_path = argv[1];
    ovf_arena_init(&cases.arena, 0);
    for (int i = 2; i < argc; i++)
        case_book_add(&cases, argv[i]);
    struct CMUnitTest *tests = calloc(cases.row_count + 1, sizeof(*tests));
    if (tests == NULL)
        return 2;
    for (size_t i = 0; i < cases.row_count; i++)
        tests[i] = (struct CMUnitTest){cases.rows[i].title, answers, NULL, NULL, &cases.rows[i]};
    int failed =
        _cmocka_run_group_tests("authority-cases", tests, cases.row_count, open_all, close_all);
    free(tests);
    ovf_arena_done(&cases.arena);
    return failed;
}
