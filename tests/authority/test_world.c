/* SPDX-License-Identifier: Apache-2.0 */
/* Rulings that need the tables of the world: who is in the Union, who answers for whom, the rules
 * as they are compiled in. Membership: europa.eu list of member countries; Curaçao and Aruba are
 * countries of the Kingdom of the Netherlands (Statuut voor het Koninkrijk). */
#include <overfly/authority.h>

#include <setjmp.h>

#include <cmocka.h>

static const char *world_path;
static ovf_world *world;
static ovf_rulebook *book;

static struct row {
    const char *name;
    const char *issuer, *kind, *class; /* class "": everyone */
    ovf_effect effect;
    ovf_strength strength;
    const char *territory, *service; /* "": high seas */
    const char *operator_icao;
    ovf_verdict verdict;
    ovf_tri applies;
    const char *rule;
} rows[] = {
    {"CZIB 2026-01, KLM of the Union", "", "easa", "EU", OVF_EFFECT_PROHIBITED, OVF_STRENGTH_HARD,
     "VEN", "VEN", "KLM", OVF_VERDICT_ADVISORY, OVF_TRI_YES, "R10"},
    {"CZIB 2026-01, AAL", "", "easa", "EU", OVF_EFFECT_PROHIBITED, OVF_STRENGTH_HARD, "VEN", "VEN",
     "AAL", OVF_VERDICT_NO_LEGAL_FORCE, OVF_TRI_NO, "R10"},
    {"CZIB 2026-01 that names nobody, IBE", "", "easa", "", OVF_EFFECT_ADVISORY, OVF_STRENGTH_SOFT,
     "VEN", "VEN", "IBE", OVF_VERDICT_ADVISORY, OVF_TRI_YES, "R10"},
    /* Regulation (EU) 833/2014 Art. 3d */
    {"the Union bars Russian carriers, over France", "", "eu", "RUS", OVF_EFFECT_PROHIBITED,
     OVF_STRENGTH_HARD, "FRA", "FRA", "AFL", OVF_VERDICT_BINDING, OVF_TRI_YES, "R07"},
    {"the same over the United Kingdom: no rule of the Union's", "", "eu", "RUS",
     OVF_EFFECT_PROHIBITED, OVF_STRENGTH_HARD, "GBR", "GBR", "AFL", OVF_VERDICT_UNKNOWN,
     OVF_TRI_UNKNOWN, NULL},
    {"the Union's bar, KLM", "", "eu", "RUS", OVF_EFFECT_PROHIBITED, OVF_STRENGTH_HARD, "FRA",
     "FRA", "KLM", OVF_VERDICT_NO_LEGAL_FORCE, OVF_TRI_NO, "R07"},
    {"Curaçao closes its air: the Kingdom's own", "CUW", "state", "", OVF_EFFECT_CLOSED,
     OVF_STRENGTH_HARD, "CUW", "NLD", "AAL", OVF_VERDICT_BINDING, OVF_TRI_YES, "R01"},
    {"Curaçao's FIR over Aruba: one Kingdom", "CUW", "state", "", OVF_EFFECT_CLOSED,
     OVF_STRENGTH_HARD, "ABW", "NLD", "AAL", OVF_VERDICT_BINDING, OVF_TRI_YES, "R01"},
    {"Curaçao's FIR over the high seas", "CUW", "state", "", OVF_EFFECT_CLOSED, OVF_STRENGTH_HARD,
     "", "NLD", "AAL", OVF_VERDICT_SERVICE_WITHDRAWN, OVF_TRI_YES, "R02"},
    {"Piarco closes, over Barbados", "TTO", "state", "", OVF_EFFECT_CLOSED, OVF_STRENGTH_HARD,
     "BRB", "TTO", "AAL", OVF_VERDICT_SERVICE_WITHDRAWN, OVF_TRI_YES, "R24"},
    {"Spain's recommendation, IBE", "ESP", "state", "ESP", OVF_EFFECT_PROHIBITED, OVF_STRENGTH_SOFT,
     "VEN", "VEN", "IBE", OVF_VERDICT_ADVISORY, OVF_TRI_YES, "R09"},
    {"Spain's recommendation, TAP", "ESP", "state", "ESP", OVF_EFFECT_PROHIBITED, OVF_STRENGTH_SOFT,
     "VEN", "VEN", "TAP", OVF_VERDICT_NO_LEGAL_FORCE, OVF_TRI_NO, "R09"},
};

static uint32_t index_of(const char *code)
{
    return code[0] == '\0' ? OVF_INDEX_NONE : ovf_world_find_state(world, ovf_str_of(code));
}

static void judges(void **state)
{
    const struct row *row = *state;
    ovf_str class = ovf_str_of(row->class);
    const ovf_notice notice = {
        .id = OVF_STR("T1"),
        .issuer = {.state = ovf_str_of(row->issuer), .kind = ovf_str_of(row->kind)},
        .effect = row->effect,
        .strength = row->strength,
        .addressed = {.everyone = class.len == 0,
                      .operator_states = &class,
                      .operator_state_count = class.len > 0}};
    const ovf_whose whose = {.state = index_of(row->territory),
                             .is_high_seas = row->territory[0] == '\0'};
    ovf_party party = {.operator_icao = ovf_str_of(row->operator_icao)};
    ovf_party_complete(&party, world);
    assert_int_equal(party.operator_state.len, 3);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_ruling ruling = {0};
    assert_int_equal(ovf_judge_notice(book, &notice, SIZE_MAX, whose, index_of(row->service),
                                      &party, &arena, &ruling),
                     OVF_OK);
    assert_string_equal(ovf_verdict_name(ruling.verdict), ovf_verdict_name(row->verdict));
    assert_int_equal(ruling.applies, row->applies);
    if (row->rule != NULL)
        assert_true(ovf_str_eq(ruling.rules[0].id, ovf_str_of(row->rule)));
    ovf_arena_done(&arena);
}

static int open_all(void **state)
{
    ovf_error err = {0};
    OVF_UNUSED(state);
    if (ovf_world_open(world_path, &world, &err) != OVF_OK
        || ovf_rulebook_new(world, &book, &err) != OVF_OK)
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

int main(int argc, char **argv)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows)] = {0};
    if (argc != 2)
        return 2;
    world_path = argv[1];
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, judges, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("authority-world", tests, OVF_COUNTOF(tests), open_all,
                                   close_all);
}
