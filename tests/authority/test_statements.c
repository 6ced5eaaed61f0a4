/* SPDX-License-Identifier: Apache-2.0 */
/* Words about airspace. The rows are acts that were really done or said; the last test tries to
 * make a statement close the air with every act, speaker and medium that the schema knows. */
#include "book.h"

static struct row {
    const char *name;
    ovf_act act;
    const char *speaker_kind, *speaker_state, *medium, *ref, *modality;
    const char *about; /* operator that it is about, may be "" */
    const char *area;
    const char *operator_icao, *operator_state; /* who asks */
    ovf_verdict verdict;
    ovf_tri applies;
    const char *rule;
} rows[] = {
    /* 29 November 2025: the post about the air above and around Venezuela (Art. 1, 9) */
    {"the post of 29 November 2025", OVF_ACT_DECLARE_CLOSED, "head_of_state", "USA", "social_post",
     "", "directive", "", "VEN", "AAL", "USA", OVF_VERDICT_NO_LEGAL_FORCE, OVF_TRI_NO, "R12"},
    {"a foreign ministry says another's sky is shut", OVF_ACT_PROHIBIT, "ministry", "RUS",
     "statement", "", "", "", "UKR", "", "", OVF_VERDICT_NO_LEGAL_FORCE, OVF_TRI_NO, "R12"},
    /* Qatar, 23 June 2025: announced by the foreign ministry before the NOTAM (Annex 15) */
    {"Qatar announces, 23 June 2025", OVF_ACT_DECLARE_CLOSED, "ministry", "QAT", "statement", "",
     "fact", "", "QAT", "KLM", "NLD", OVF_VERDICT_NO_LEGAL_FORCE, OVF_TRI_NO, "R13"},
    {"a State's own law read out", OVF_ACT_DECLARE_CLOSED, "head_of_state", "VEN", "law",
     "Decreto 1", "fact", "", "VEN", "KLM", "NLD", OVF_VERDICT_NO_LEGAL_FORCE, OVF_TRI_NO, "R13"},
    /* Sudan 2023: a paramilitary force claims control */
    {"an armed group declares a no-fly zone", OVF_ACT_DECLARE_CLOSED, "armed_group", "",
     "broadcast", "", "", "", "SDN", "", "", OVF_VERDICT_NO_LEGAL_FORCE, OVF_TRI_NO, "R14"},
    /* Airlines, November 2025 */
    {"IBE suspends, IBE asks", OVF_ACT_SUSPEND_SERVICE, "airline", "ESP", "statement", "", "fact",
     "IBE", "VEN", "IBE", "ESP", OVF_VERDICT_OWN_DECISION, OVF_TRI_YES, "R19"},
    {"IBE suspends, KLM asks", OVF_ACT_SUSPEND_SERVICE, "airline", "ESP", "statement", "", "fact",
     "IBE", "VEN", "KLM", "NLD", OVF_VERDICT_OWN_DECISION, OVF_TRI_NO, "R19"},
    /* Gaceta Oficial 43.264, 26 November 2025: six concessions (Art. 6) */
    {"concession of IBE revoked", OVF_ACT_REVOKE_PERMISSION, "aviation_authority", "VEN", "law",
     "Gaceta Oficial 43.264", "fact", "IBE", "VEN", "IBE", "ESP", OVF_VERDICT_BINDING, OVF_TRI_YES,
     "R20"},
    {"the same, another carrier asks", OVF_ACT_REVOKE_PERMISSION, "aviation_authority", "VEN",
     "law", "Gaceta Oficial 43.264", "fact", "IBE", "VEN", "CMP", "PAN", OVF_VERDICT_NO_LEGAL_FORCE,
     OVF_TRI_NO, "R20"},
    {"a revocation without any act", OVF_ACT_REVOKE_PERMISSION, "minister", "VEN", "spoken", "",
     "fact", "IBE", "VEN", "IBE", "ESP", OVF_VERDICT_UNKNOWN, OVF_TRI_YES, "R20"},
    {"a revocation that is only planned", OVF_ACT_REVOKE_PERMISSION, "aviation_authority", "VEN",
     "law", "Gaceta Oficial", "planned", "IBE", "VEN", "IBE", "ESP", OVF_VERDICT_NO_LEGAL_FORCE,
     OVF_TRI_NO, "R20"},
    {"a permit for another's air revoked", OVF_ACT_REVOKE_PERMISSION, "ministry", "USA", "law",
     "Order 1", "fact", "IBE", "VEN", "IBE", "ESP", OVF_VERDICT_NO_LEGAL_FORCE, OVF_TRI_NO, "R12"},
    /* US DOT order 2019-5-5 of 15 May 2019 (49 USC 44907(e)) */
    {"US DOT order on the Venezuelan market, AAL", OVF_ACT_ORDER, "ministry", "USA", "law",
     "DOT Order 2019-5-5", "fact", "", "VEN", "AAL", "USA", OVF_VERDICT_BINDING, OVF_TRI_YES,
     "R21"},
    {"US DOT order, KLM", OVF_ACT_ORDER, "ministry", "USA", "law", "DOT Order 2019-5-5", "fact", "",
     "VEN", "KLM", "NLD", OVF_VERDICT_BINDING, OVF_TRI_UNKNOWN, "R21"},
    {"EASA's warning as the press tells it", OVF_ACT_WARN, "intl_body", "", "bulletin", "", "fact",
     "", "VEN", "KLM", "NLD", OVF_VERDICT_ADVISORY, OVF_TRI_NO, "R10"},
    {"a regulator's warning as reported", OVF_ACT_WARN, "aviation_authority", "ESP", "statement",
     "", "fact", "", "VEN", "IBE", "ESP", OVF_VERDICT_ADVISORY, OVF_TRI_NO, "R09"},
    {"a strike is an event, not a rule", OVF_ACT_STRIKE, "military", "USA", "statement", "", "fact",
     "", "VEN", "", "", OVF_VERDICT_NO_LEGAL_FORCE, OVF_TRI_NO, "R12"},
    {"a newspaper reports", OVF_ACT_REPORT, "outlet", "", "website", "", "fact", "", "VEN", "", "",
     OVF_VERDICT_NO_LEGAL_FORCE, OVF_TRI_NO, "R12"},
};

static void judges(void **state)
{
    const struct row *row = *state;
    ovf_str about = ovf_str_of(row->about);
    const ovf_statement statement = {.id = OVF_STR("S-1"),
                                     .act = row->act,
                                     .speaker = OVF_STR("Somebody"),
                                     .speaker_kind = ovf_str_of(row->speaker_kind),
                                     .speaker_state = ovf_str_of(row->speaker_state),
                                     .medium = ovf_str_of(row->medium),
                                     .instrument_ref = ovf_str_of(row->ref),
                                     .modality = ovf_str_of(row->modality),
                                     .operators = &about,
                                     .operator_count = about.len > 0};
    const ovf_party party = {.operator_icao = ovf_str_of(row->operator_icao),
                             .operator_state = ovf_str_of(row->operator_state)};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_ruling ruling = {0};
    assert_int_equal(
        ovf_judge_statement_air(book, &statement, ovf_str_of(row->area), &party, &arena, &ruling),
        OVF_OK);
    assert_string_equal(ovf_verdict_name(ruling.verdict), ovf_verdict_name(row->verdict));
    assert_int_equal(ruling.applies, row->applies);
    assert_int_equal(ruling.rule_count, 1);
    assert_true(ovf_str_eq(ruling.rules[0].id, ovf_str_of(row->rule)));
    assert_false(ruling.closes_airspace);
    ovf_arena_done(&arena);
}

static void tries_to_close(void **state)
{
    static const char *const kinds[] = {"head_of_state",
                                        "minister",
                                        "ministry",
                                        "state",
                                        "aviation_authority",
                                        "ansp",
                                        "intl_body",
                                        "military",
                                        "police",
                                        "agency",
                                        "legislature",
                                        "airport",
                                        "airline",
                                        "company",
                                        "industry_body",
                                        "outlet",
                                        "tracker",
                                        "court",
                                        "armed_group",
                                        "official",
                                        "expert",
                                        "natural",
                                        "unknown",
                                        ""};
    static const char *const media[] = {
        "notam",  "social_post", "statement", "website",    "bulletin", "broadcast", "interview",
        "spoken", "notice",      "message",   "phone_call", "law",      ""};
    static const char *const states[] = {"VEN", "USA", ""};
    static const char *const modalities[] = {"fact",        "planned",   "possible",
                                             "conditional", "directive", ""};
    size_t tried = 0;
    OVF_UNUSED(state);
    ovf_str about = OVF_STR("AAL");
    const ovf_party party = {.operator_icao = about, .operator_state = OVF_STR("USA")};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (int act = OVF_ACT_UNKNOWN; act <= OVF_ACT_OPERATE; act++) {
        for (size_t i = 0; i < OVF_COUNTOF(kinds) * OVF_COUNTOF(media); i++) {
            for (size_t j = 0; j < OVF_COUNTOF(states) * OVF_COUNTOF(modalities) * 4; j++) {
                const ovf_statement statement = {
                    .act = (ovf_act)act,
                    .speaker = OVF_STR("Somebody"),
                    .speaker_kind = ovf_str_of(kinds[i % OVF_COUNTOF(kinds)]),
                    .medium = ovf_str_of(media[i / OVF_COUNTOF(kinds)]),
                    .modality = ovf_str_of(modalities[j % OVF_COUNTOF(modalities)]),
                    .speaker_state =
                        ovf_str_of(states[j / OVF_COUNTOF(modalities) % OVF_COUNTOF(states)]),
                    .instrument_ref = (j & 1) != 0 ? OVF_STR("Decree 1") : OVF_STR(""),
                    .operators = &about,
                    .operator_count = (j & 2) != 0};
                ovf_ruling ruling = {0};
                ovf_arena_reset(&arena);
                assert_int_equal(ovf_judge_statement_air(book, &statement, OVF_STR("VEN"), &party,
                                                         &arena, &ruling),
                                 OVF_OK);
                assert_false(ruling.closes_airspace);
                assert_int_not_equal(ruling.verdict, OVF_VERDICT_CONDITIONAL);
                bool is_commerce = act == OVF_ACT_REVOKE_PERMISSION || act == OVF_ACT_ORDER
                                   || act == OVF_ACT_SUSPEND_SERVICE;
                if (ruling.verdict == OVF_VERDICT_BINDING) {
                    assert_true(is_commerce);
                    assert_true(ovf_str_eq(ruling.rules[0].id, OVF_STR("R20"))
                                || ovf_str_eq(ruling.rules[0].id, OVF_STR("R21")));
                }
                tried++;
            }
        }
    }
    ovf_arena_done(&arena);
    assert_int_equal(tried, 24 * 24 * 13 * 3 * 6 * 4);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 1] = {
        {"no words close the air", tries_to_close, NULL, NULL, NULL}};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i + 1] = (struct CMUnitTest){rows[i].name, judges, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("authority-statements", tests, OVF_COUNTOF(tests), open_book,
                                   close_book);
}
