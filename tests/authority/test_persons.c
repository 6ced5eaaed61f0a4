/* SPDX-License-Identifier: Apache-2.0 */
/* Whom does the FAA bind abroad? The three classes of 14 CFR part 91 subpart M (for example
 * 91.1607(a)) and of paragraph A of the KICZ notices:
 *   bound = us_operator OR (faa_airman AND NOT (reg==US AND operator.foreign_carrier))
 *           OR (reg==US AND NOT operator.foreign_carrier)
 * and the readings of what is not known (Chicago Convention Art. 3, 32(a)). */
#include "book.h"

static struct row {
    const char *name;
    const char *operator_icao, *operator_state, *registry, *airman;
    ovf_use use;
    ovf_tri applies;
    const char *missing;
} rows[] = {
    {"AAL, nothing else", "AAL", "USA", "", "", 0, OVF_TRI_YES, ""},
    {"AAL on a foreign-registered aircraft", "AAL", "USA", "IRL", "", 0, OVF_TRI_YES, ""},
    {"KLM, registry unknown", "KLM", "NLD", "", "", 0, OVF_TRI_NO, ""},
    {"KLM, PH-", "KLM", "NLD", "NLD", "", 0, OVF_TRI_NO, ""},
    {"N-registered A320 operated by AVA", "AVA", "COL", "USA", "", 0, OVF_TRI_NO, ""},
    {"the same with an FAA airman", "AVA", "COL", "USA", "USA", 0, OVF_TRI_NO, ""},
    {"AVA, HK-, FAA airman", "AVA", "COL", "COL", "USA", 0, OVF_TRI_YES, ""},
    {"KLM, registry unknown, FAA airman", "KLM", "NLD", "", "USA", 0, OVF_TRI_UNKNOWN, "registry"},
    {"N-registered, private", "", "", "USA", "", OVF_USE_PRIVATE, OVF_TRI_YES, ""},
    {"N-registered, operator unknown", "", "", "USA", "", 0, OVF_TRI_UNKNOWN, "operator airman"},
    {"registry VEN, nothing else", "", "", "VEN", "", 0, OVF_TRI_UNKNOWN, "operator airman"},
    {"registry VEN, private, FAA airman", "", "", "VEN", "USA", OVF_USE_PRIVATE, OVF_TRI_YES, ""},
    {"registry VEN, private, VEN airman", "", "", "VEN", "VEN", OVF_USE_PRIVATE, OVF_TRI_NO, ""},
    {"registry VEN, private", "", "", "VEN", "", OVF_USE_PRIVATE, OVF_TRI_UNKNOWN, "airman"},
    {"FAA airman, foreign-registered", "", "", "FRA", "USA", 0, OVF_TRI_YES, ""},
    {"FAA airman alone", "", "", "", "USA", 0, OVF_TRI_UNKNOWN, "operator registry"},
    {"US military", "", "", "USA", "", OVF_USE_MILITARY, OVF_TRI_NO, ""},
    {"US State aircraft", "", "USA", "USA", "", OVF_USE_STATE, OVF_TRI_NO, ""},
    {"private, nothing else", "", "", "", "", OVF_USE_PRIVATE, OVF_TRI_UNKNOWN, "registry airman"},
    {"nobody known", "", "", "", "", 0, OVF_TRI_UNKNOWN, "operator registry airman"},
    {"N-registered, US operator", "", "USA", "USA", "", 0, OVF_TRI_YES, ""},
    {"N-registered cargo, operator unknown", "", "", "USA", "", OVF_USE_CARGO, OVF_TRI_UNKNOWN,
     "operator airman"},
};

static void is_bound(void **state)
{
    const struct row *row = *state;
    const ovf_notice notice = {
        .id = OVF_STR("A0001/26"),
        .location_prefix = OVF_STR("KICZ"),
        .issuer = {.office = OVF_STR("KICZ"), .state = OVF_STR("USA"), .kind = OVF_STR("state")},
        .effect = OVF_EFFECT_PROHIBITED,
        .strength = OVF_STRENGTH_HARD,
        .addressed = {.us_persons = true}};
    const ovf_party party = {.operator_icao = ovf_str_of(row->operator_icao),
                             .operator_state = ovf_str_of(row->operator_state),
                             .registry_state = ovf_str_of(row->registry),
                             .airman_state = ovf_str_of(row->airman),
                             .use = row->use};
    const ovf_air air = {.territory = OVF_STR("VEN"), .service = OVF_STR("VEN")};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_ruling ruling = {0};
    assert_int_equal(ovf_judge_notice_air(book, &notice, SIZE_MAX, air, &party, &arena, &ruling),
                     OVF_OK);
    assert_int_equal(ruling.applies, row->applies);
    assert_int_equal(ruling.on_addressed, OVF_VERDICT_BINDING);
    assert_int_equal(ruling.verdict,
                     row->applies == OVF_TRI_NO ? OVF_VERDICT_NO_LEGAL_FORCE : OVF_VERDICT_BINDING);
    assert_true(ovf_str_eq(ruling.missing, ovf_str_of(row->missing)));
    assert_true(ruling.applies_why.len > 0);
    assert_true(ovf_str_eq(ruling.rules[0].id, OVF_STR("R08")));
    ovf_arena_done(&arena);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, is_bound, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("authority-persons", tests, OVF_COUNTOF(tests), open_book,
                                   close_book);
}
