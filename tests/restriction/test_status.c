/* SPDX-License-Identifier: Apache-2.0 */
/* The answer: law and risk of an area at an instant for somebody, out of short documents of ours.
 * Expected values follow from docs/formats/answer.md and the rules of data/authority/rules.txt. */
#include "picture.h"

#define ZONE_TEXT                                                                          \
    "Q) SVZM/QRPCA/IV/NBO/W/000/999/0735N07015W060\nA) SVZM B) 2511010000 C) 2512312359\n" \
    "E) CIVIL FLIGHTS PROHIBITED WI AREA 0750N07130W 0750N06930W 0720N06900W 0720N07100W " \
    "0750N07130W\n"
#define ZONE "A0622/25 NOTAMN\n" ZONE_TEXT "F) SFC G) UNL"
#define LOW_ZONE "A0622/25 NOTAMN\n" ZONE_TEXT "F) SFC G) FL245"
#define GROUND_ZONE "A0622/25 NOTAMN\n" ZONE_TEXT "F) SFC G) 5000FT AGL"
#define FIR_CLOSED                                                                           \
    "A0700/25 NOTAMN\nQ) SVZM/QAFLC/IV/NBO/E/000/999/0800N06600W999\nA) SVZM B) 2511010000 " \
    "C) 2512312359\nE) MAIQUETIA FIR CLOSED TO ALL TRAFFIC\nF) SFC G) UNL"
#define LOST                                                                                  \
    "A0701/25 NOTAMN\nQ) SVZM/QRPCA/IV/NBO/W/000/999/\nA) SVZM B) 2511010000 C) 2512312359\n" \
    "E) FLIGHTS PROHIBITED WI ZONE QUEBRADA HONDA\nF) SFC G) UNL"
#define LOST_AT(fir)                                                                 \
    "A0702/25 NOTAMN\nQ) " fir "/QRPCA/IV/NBO/W/000/999/\nA) " fir " B) 2511010000 " \
    "C) 2512312359\nE) FLIGHTS PROHIBITED WI ZONE QUEBRADA HONDA\nF) SFC G) UNL"
#define LOST_ANYWHERE                                                                         \
    "U0014/26 NOTAMN\nQ) EDXX/QRPCA/IV/NBO/W/000/999/\nA) EDXX B) 2511010000 C) 2512312359\n" \
    "E) FLIGHTS PROHIBITED WI ZONE QUEBRADA HONDA\nF) SFC G) UNL"
#define ROUTE                                                                                \
    "A0123/26 NOTAMN\nQ) SVZM/QARLC/IV/NBO/E/250/999/0800N06600W999\nA) SVZM B) 2511010000 " \
    "C) 2512312359\nE) ATS RTE UL216 BTN SFD/MIQ CLSD\nF) FL250 G) UNL"
#define KICZ_BAN                                                                                \
    "KICZ A0001/26 NOTAM...SECURITY..UNITED STATES OF AMERICA PROHIBITION FOR THE MAIQUETIA "   \
    "FIR (SVZM).\nALL FLIGHT OPERATIONS IN THE MAIQUETIA FIR (SVZM) AT ALL ALTITUDES BY THE "   \
    "PERSONS DESCRIBED IN PARAGRAPH A BELOW ARE PROHIBITED.\nA. APPLICABILITY. (1) ALL U.S. "   \
    "AIR CARRIERS AND U.S. COMMERCIAL OPERATORS; (2) ALL PERSONS EXERCISING THE PRIVILEGES OF " \
    "AN AIRMAN CERTIFICATE ISSUED BY THE FAA, EXCEPT WHEN OPERATING U.S.-REGISTERED AIRCRAFT "  \
    "FOR A FOREIGN AIR CARRIER; (3) ALL OPERATORS OF U.S.-REGISTERED CIVIL AIRCRAFT, EXCEPT "   \
    "WHERE THE OPERATOR OF SUCH AIRCRAFT IS A FOREIGN AIR CARRIER.\nSFC-UNL: 01 NOV 06:00 UTC " \
    "2025 UNTIL 31 DEC 05:00 UTC 2025. CREATED: 01 NOV 06:00 UTC 2025"
#define KICZ_ADVICE                                                                          \
    "KICZ A0012/25 NOTAM...SECURITY..UNITED STATES OF AMERICA ADVISORY FOR POTENTIALLY "     \
    "HAZARDOUS SITUATION IN THE MAIQUETIA FIR (SVZM).\nOPERATORS ARE ADVISED TO EXERCISE "   \
    "CAUTION AT ALL ALTITUDES IN THE MAIQUETIA FIR (SVZM).\nSFC-UNL: 01 NOV 17:43 UTC 2025 " \
    "UNTIL 31 DEC 23:59 UTC 2025. CREATED: 01 NOV 18:08 UTC 2025"
#define POST                                                                                       \
    "{\"id\":\"POST\",\"act\":\"declare_closed\",\"speaker\":\"President of the United States\","  \
    "\"speaker_kind\":\"head_of_state\",\"speaker_state\":\"USA\",\"instrument\":\"social_post\"," \
    "\"said\":\"2025-11-05T13:00Z\",\"area\":[\"Venezuela\"],\"modality\":\"directive\"}"
#define COVER_ALL                                                         \
    "{\"type\":\"coverage\",\"issuers\":[\"*\"],\"from\":\"2025-10-01\"," \
    "\"until\":\"2025-12-31\",\"basis\":\"test\"}"
#define COVER_COL \
    "{\"type\":\"coverage\",\"issuers\":[\"COL\"],\"from\":\"2025-10-01\",\"until\":\"2025-12-31\"}"
#define COVER_OLD \
    "{\"type\":\"coverage\",\"issuers\":[\"*\"],\"from\":\"2025-10-01\",\"until\":\"2025-11-02\"}"
#define SUSPENDS(id, op)                                                                       \
    "{\"id\":\"" id "\",\"act\":\"suspend_service\",\"speaker\":\"" op                         \
    "\",\"speaker_kind\":\"airline\",\"said\":\"2025-11-05T13:00Z\",\"area\":[\"Venezuela\"]," \
    "\"operators\":[\"" op "\"]}\n"
#define REVOKED                                                                            \
    "{\"id\":\"REV\",\"act\":\"revoke_permission\",\"speaker\":\"INAC\",\"speaker_kind\":" \
    "\"aviation_authority\",\"speaker_state\":\"VEN\",\"instrument\":\"law\",\"said\":"    \
    "\"2025-11-06T13:00Z\",\"area\":[\"Venezuela\"],\"operators\":[\"IBE\"],"              \
    "\"instrument_ref\":\"Gaceta Oficial 43.264\"}"

static struct row {
    const char *name;
    const char *documents[5];
    const char *area, *operator_icao, *registry;
    const char *when;  /* 10 November 2025 at noon unless given */
    const char *as_of; /* NULL: all */
    bool vouched;      /* not alone: coverage records count */
    int level_ft;      /* 0: none asked */
    ovf_legal legal;
    ovf_risk risk;
    const char *because; /* id that must be among the reasons, or NULL */
    ovf_verdict verdict; /* of it */
} rows[] = {
    {"a point in the zone",
     {ZONE},
     "7.6N,70.3W",
     "CMP",
     .legal = OVF_LEGAL_CLOSED,
     .risk = OVF_RISK_DO_NOT_FLY,
     .because = "A0622/25",
     .verdict = OVF_VERDICT_BINDING},
    {"a point in the zone, nobody asks",
     {ZONE},
     "7.6N,70.3W",
     .legal = OVF_LEGAL_CLOSED,
     .risk = OVF_RISK_DO_NOT_FLY,
     .because = "A0622/25",
     .verdict = OVF_VERDICT_BINDING},
    {"a point outside",
     {ZONE},
     "10.2N,67.5W",
     "CMP",
     .legal = OVF_LEGAL_OPEN,
     .risk = OVF_RISK_NONE},
    {"the FIR with a zone",
     {ZONE},
     "SVZM",
     "CMP",
     .legal = OVF_LEGAL_RESTRICTED,
     .risk = OVF_RISK_CAUTION,
     .because = "A0622/25",
     .verdict = OVF_VERDICT_BINDING},
    /* contract.md: without data the answer is unknown, never open */
    {"another FIR", {ZONE}, "SYGC", "CMP", .legal = OVF_LEGAL_UNKNOWN, .risk = OVF_RISK_UNKNOWN},
    {"before it starts",
     {ZONE},
     "7.6N,70.3W",
     "CMP",
     .when = "2025-10-31T12:00Z",
     .legal = OVF_LEGAL_OPEN,
     .risk = OVF_RISK_NONE},
    {"below the ceiling",
     {LOW_ZONE},
     "7.6N,70.3W",
     "CMP",
     .level_ft = 10000,
     .legal = OVF_LEGAL_CLOSED,
     .risk = OVF_RISK_DO_NOT_FLY},
    {"above the ceiling",
     {LOW_ZONE},
     "7.6N,70.3W",
     "CMP",
     .level_ft = 35000,
     .legal = OVF_LEGAL_OPEN,
     .risk = OVF_RISK_NONE},
    /* the western Llanos, by the foot of the Andes: no ground there is above 10,300 ft */
    {"a level above a limit that follows the ground",
     {GROUND_ZONE},
     "7.6N,70.3W",
     .level_ft = 18000,
     .legal = OVF_LEGAL_OPEN,
     .risk = OVF_RISK_NONE},
    {"a level that may be below such a limit",
     {GROUND_ZONE},
     "7.6N,70.3W",
     .level_ft = 9000,
     .legal = OVF_LEGAL_UNKNOWN,
     .risk = OVF_RISK_DO_NOT_FLY,
     .because = "A0622/25",
     .verdict = OVF_VERDICT_BINDING},
    {"no level asked",
     {LOW_ZONE},
     "7.6N,70.3W",
     "CMP",
     .legal = OVF_LEGAL_RESTRICTED,
     .risk = OVF_RISK_DO_NOT_FLY},
    /* Art. 1 against UNCLOS 87: binding over land only */
    {"the whole FIR closed, over land",
     {FIR_CLOSED},
     "8N,66W",
     "KLM",
     .legal = OVF_LEGAL_CLOSED,
     .risk = OVF_RISK_DO_NOT_FLY,
     .because = "A0700/25",
     .verdict = OVF_VERDICT_BINDING},
    {"the whole FIR closed, over the high seas",
     {FIR_CLOSED},
     "14N,66W",
     "KLM",
     .legal = OVF_LEGAL_RESTRICTED,
     .risk = OVF_RISK_HIGH,
     .because = "A0700/25",
     .verdict = OVF_VERDICT_SERVICE_WITHDRAWN},
    {"the whole FIR closed, all of it",
     {FIR_CLOSED},
     "SVZM",
     "KLM",
     .legal = OVF_LEGAL_RESTRICTED,
     .risk = OVF_RISK_DO_NOT_FLY,
     .because = "A0700/25",
     .verdict = OVF_VERDICT_BINDING},
    /* 49 USC 40105 */
    {"the FAA's own are barred",
     {KICZ_BAN},
     "SVZM",
     "AAL",
     .legal = OVF_LEGAL_CLOSED,
     .risk = OVF_RISK_DO_NOT_FLY,
     .because = "A0001/26",
     .verdict = OVF_VERDICT_BINDING},
    {"others are not",
     {KICZ_BAN},
     "SVZM",
     "KLM",
     .legal = OVF_LEGAL_OPEN,
     .risk = OVF_RISK_DO_NOT_FLY,
     .because = "A0001/26",
     .verdict = OVF_VERDICT_NO_LEGAL_FORCE},
    {"nobody named: a class is barred",
     {KICZ_BAN},
     "SVZM",
     .legal = OVF_LEGAL_RESTRICTED,
     .risk = OVF_RISK_DO_NOT_FLY,
     .because = "A0001/26",
     .verdict = OVF_VERDICT_BINDING},
    {"N-registered, operator unknown",
     {KICZ_BAN},
     "SVZM",
     .registry = "USA",
     .legal = OVF_LEGAL_RESTRICTED,
     .risk = OVF_RISK_DO_NOT_FLY},
    {"an advisory bars nobody",
     {KICZ_ADVICE},
     "SVZM",
     "AAL",
     .legal = OVF_LEGAL_OPEN,
     .risk = OVF_RISK_CAUTION,
     .because = "A0012/25",
     .verdict = OVF_VERDICT_ADVISORY},
    /* Words */
    {"a post closes nothing",
     {KICZ_ADVICE, POST},
     "SVZM",
     "AAL",
     .legal = OVF_LEGAL_OPEN,
     .risk = OVF_RISK_CAUTION,
     .because = "POST",
     .verdict = OVF_VERDICT_NO_LEGAL_FORCE},
    {"a post alone is no notice",
     {POST},
     "SVZM",
     "AAL",
     .legal = OVF_LEGAL_UNKNOWN,
     .risk = OVF_RISK_CAUTION},
    {"a post that is not known yet",
     {KICZ_ADVICE, POST},
     "SVZM",
     "AAL",
     .as_of = "2025-11-04T00:00Z",
     .legal = OVF_LEGAL_OPEN,
     .risk = OVF_RISK_CAUTION},
    /* What is not known is never open */
    {"a place that nobody can find",
     {LOST},
     "SVZM",
     "KLM",
     .legal = OVF_LEGAL_UNKNOWN,
     .risk = OVF_RISK_UNKNOWN,
     .because = "A0701/25",
     .verdict = OVF_VERDICT_UNKNOWN},
    {"the same, far away",
     {LOST},
     "LPPC",
     "KLM",
     .legal = OVF_LEGAL_UNKNOWN,
     .risk = OVF_RISK_UNKNOWN},
    {"a lost place in a FIR of Russia, which is in no table",
     {LOST_AT("UWWW")},
     "SVZM",
     "KLM",
     .legal = OVF_LEGAL_UNKNOWN,
     .risk = OVF_RISK_UNKNOWN},
    {"a lost place in a FIR that is none",
     {LOST_AT("XXXX")},
     "SVZM",
     "KLM",
     .legal = OVF_LEGAL_UNKNOWN,
     .risk = OVF_RISK_UNKNOWN},
    /* R15: nobody closes another's air, wherever it was meant to be */
    {"a lost place of a foreign office that names no FIR",
     {LOST_ANYWHERE},
     "7.6N,70.3W",
     "KLM",
     .legal = OVF_LEGAL_UNKNOWN,
     .risk = OVF_RISK_UNKNOWN},
    {"an airway of the FIR, closed",
     {ROUTE},
     "SVZM",
     "KLM",
     .legal = OVF_LEGAL_RESTRICTED,
     .risk = OVF_RISK_CAUTION},
    {"a point beside the airway",
     {ROUTE},
     "7.6N,70.3W",
     "KLM",
     .legal = OVF_LEGAL_OPEN,
     .risk = OVF_RISK_NONE},
    {"found no place, but closed by another",
     {LOST, ZONE},
     "7.6N,70.3W",
     "KLM",
     .legal = OVF_LEGAL_CLOSED,
     .risk = OVF_RISK_DO_NOT_FLY},
    {"nobody vouches",
     {KICZ_ADVICE},
     "SVZM",
     "KLM",
     .vouched = true,
     .legal = OVF_LEGAL_UNKNOWN,
     .risk = OVF_RISK_CAUTION},
    {"somebody vouches",
     {KICZ_ADVICE, COVER_ALL},
     "SVZM",
     "KLM",
     .vouched = true,
     .legal = OVF_LEGAL_OPEN,
     .risk = OVF_RISK_CAUTION},
    {"somebody vouches for another State",
     {KICZ_ADVICE, COVER_COL},
     "SVZM",
     "KLM",
     .vouched = true,
     .legal = OVF_LEGAL_UNKNOWN,
     .risk = OVF_RISK_CAUTION},
    {"vouched for, but not up to then",
     {KICZ_ADVICE, COVER_OLD},
     "SVZM",
     "KLM",
     .vouched = true,
     .legal = OVF_LEGAL_UNKNOWN,
     .risk = OVF_RISK_CAUTION},
    {"vouched for, and quiet",
     {COVER_ALL},
     "SVZM",
     "KLM",
     .vouched = true,
     .legal = OVF_LEGAL_OPEN,
     .risk = OVF_RISK_NONE},
    {"not vouched for, but closed",
     {ZONE},
     "7.6N,70.3W",
     "KLM",
     .vouched = true,
     .legal = OVF_LEGAL_CLOSED,
     .risk = OVF_RISK_DO_NOT_FLY},
    {"nothing at all", {NULL}, "SVZM", "KLM", .legal = OVF_LEGAL_UNKNOWN, .risk = OVF_RISK_UNKNOWN},
    /* Operators */
    {"one airline stays away",
     {KICZ_ADVICE, SUSPENDS("S1", "IBE")},
     "SVZM",
     "KLM",
     .legal = OVF_LEGAL_OPEN,
     .risk = OVF_RISK_CAUTION,
     .because = "S1",
     .verdict = OVF_VERDICT_OWN_DECISION},
    {"three airlines stay away",
     {KICZ_ADVICE, SUSPENDS("S1", "IBE") SUSPENDS("S2", "TAP") SUSPENDS("S3", "GLO")},
     "SVZM",
     "KLM",
     .legal = OVF_LEGAL_OPEN,
     .risk = OVF_RISK_HIGH},
    {"a revoked permit closes no air",
     {KICZ_ADVICE, REVOKED},
     "SVZM",
     "IBE",
     .legal = OVF_LEGAL_OPEN,
     .risk = OVF_RISK_CAUTION,
     .because = "REV",
     .verdict = OVF_VERDICT_BINDING},
};

static ovf_answer ask(const struct row *row, ovf_picture *picture, ovf_arena *arena)
{
    ovf_query query = {.at = at(row->when == NULL ? "2025-11-10T12:00Z" : row->when),
                       .party = {.operator_icao = ovf_str_of(row->operator_icao),
                                 .registry_state = ovf_str_of(row->registry)},
                       .has_level = row->level_ft > 0,
                       .level_ft = row->level_ft};
    ovf_party_complete(&query.party, world);
    assert_int_equal(ovf_world_find(world, ovf_str_of(row->area), &query.place, NULL), OVF_OK);
    ovf_answer answer = {0};
    assert_int_equal(ovf_picture_status(picture, &query, arena, &answer, NULL), OVF_OK);
    return answer;
}

static const ovf_because *find(const ovf_answer *answer, const char *id)
{
    for (size_t i = 0; i < answer->because_count; i++) {
        const ovf_because *because = &answer->because[i];
        ovf_str found = because->restriction != NULL ? because->restriction->id
                                                     : because->statement->statement->id;
        if (ovf_str_eq(found, ovf_str_of(id)))
            return because;
    }
    return NULL;
}

static void answers(void **state)
{
    const struct row *row = *state;
    ovf_picture *picture = new_picture(row->as_of == NULL ? OVF_TIME_OPEN : at(row->as_of),
                                       !row->vouched, at("2025-11-10T12:00Z"));
    for (size_t i = 0; i < OVF_COUNTOF(row->documents) && row->documents[i] != NULL; i++)
        assert_int_equal(add(picture, row->documents[i]), OVF_OK);
    assert_int_equal(ovf_picture_settle(picture, NULL), OVF_OK);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_answer answer = ask(row, picture, &arena);
    if (answer.legal != row->legal)
        fail_msg("legal %s, expected %s: " OVF_FMT, ovf_legal_name(answer.legal),
                 ovf_legal_name(row->legal), OVF_ARG(answer.legal_why));
    if (answer.risk != row->risk)
        fail_msg("risk %s, expected %s: " OVF_FMT, ovf_risk_name(answer.risk),
                 ovf_risk_name(row->risk), OVF_ARG(answer.risk_why));
    assert_true(answer.legal_why.len > 0 && answer.risk_why.len > 0);
    bool is_scored = answer.risk > OVF_RISK_NONE;
    assert_true(!is_scored || (answer.signal_count > 0 && answer.signals[0].risk == answer.risk));
    if (row->because != NULL) {
        const ovf_because *because = find(&answer, row->because);
        if (because == NULL)
            fail_msg("%s is no reason", row->because);
        assert_string_equal(ovf_verdict_name(because->ruling.verdict),
                            ovf_verdict_name(row->verdict));
    }
    ovf_arena_done(&arena);
    ovf_picture_free(picture);
}

/* The same picture asked a second time, and with the documents the other way round. */
static void shows_postures_and_contradictions(void **state)
{
    static const char *const documents[] = {KICZ_ADVICE, KICZ_BAN, POST,
                                            SUSPENDS("S1", "IBE") SUSPENDS("S2", "TAP"), REVOKED};
    OVF_UNUSED(state);
    for (int turn = 0; turn < 2; turn++) {
        ovf_picture *picture = new_picture(OVF_TIME_OPEN, true, at("2025-11-10T12:00Z"));
        for (size_t i = 0; i < OVF_COUNTOF(documents); i++) {
            size_t j = turn == 0 ? i : OVF_COUNTOF(documents) - 1 - i;
            assert_int_equal(add(picture, documents[j]), OVF_OK);
        }
        assert_int_equal(ovf_picture_settle(picture, NULL), OVF_OK);
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        ovf_answer answer =
            ask(&(struct row){.area = "SVZM", .operator_icao = "KLM"}, picture, &arena);
        assert_int_equal(answer.posture_count, 2);
        for (size_t i = 0; i < 2; i++) {
            bool is_iberia = ovf_str_eq(answer.postures[i].operator_icao, OVF_STR("IBE"));
            assert_int_equal(answer.postures[i].posture,
                             is_iberia ? OVF_POSTURE_PERMIT_REVOKED : OVF_POSTURE_SUSPENDED);
        }
        bool has_post = false;
        for (size_t i = 0; i < answer.contradiction_count; i++)
            has_post = has_post || ovf_str_eq(answer.contradictions[i].a, OVF_STR("POST"));
        assert_true(has_post);
        ovf_arena_done(&arena);
        ovf_picture_free(picture);
    }
}

/* A document that nobody can read is never silence. */
static void unread_is_not_open(void **state)
{
    OVF_UNUSED(state);
    ovf_picture *picture = new_picture(OVF_TIME_OPEN, true, at("2025-11-10T12:00Z"));
    assert_int_equal(add(picture, KICZ_ADVICE), OVF_OK);
    assert_int_equal(add(picture, "\x01\x02 no notice, no statement"), OVF_E_USAGE);
    assert_int_equal(add(picture, "(FPL-KLM743-IS\n-B77W/H-S/S)"), OVF_E_USAGE);
    assert_int_equal(ovf_picture_settle(picture, NULL), OVF_OK);
    assert_int_equal(ovf_picture_settle(picture, NULL), OVF_E_USAGE);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_answer answer = ask(&(struct row){.area = "SVZM", .operator_icao = "KLM"}, picture, &arena);
    assert_int_equal(answer.legal, OVF_LEGAL_UNKNOWN);
    ovf_arena_done(&arena);
    ovf_picture_free(picture);
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 2] = {
        {"postures and contradictions", shows_postures_and_contradictions, NULL, NULL, NULL},
        {"what is not read is not open", unread_is_not_open, NULL, NULL, NULL},
    };
    if (argc != 2)
        return 2;
    world_path = argv[1];
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i + 2] = (struct CMUnitTest){rows[i].name, answers, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("restriction-status", tests, OVF_COUNTOF(tests), open_all,
                                   close_all);
}
