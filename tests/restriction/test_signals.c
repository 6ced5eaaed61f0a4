/* SPDX-License-Identifier: Apache-2.0 */
/* The list behind the risk, kind by kind and with whose it is; and what each operator does, from
 * when, by whose word. Expected values: docs/formats/answer.md, "Risk", and the words of the
 * documents, which are ours in the form of the real ones. */
#include "picture.h"

#define NOTAM(id, q, words)                                                                  \
    id "/25 NOTAMN\nQ) SVZM/" q "/IV/BO/W/000/999/0800N06600W100\nA) SVZM B) 2511010000 C) " \
       "2511302359\nE) " words "\nF) SFC G) FL300\nSOURCE: SVMIYNYX\n"
#define SQUARE "WI AREA 0900N06700W 0900N06500W 0700N06500W 0700N06700W"
#define ADVISES(id, words)                                                                            \
    "KICZ " id "/25 NOTAM...SECURITY..UNITED STATES OF AMERICA ADVISORY FOR A POTENTIALLY "           \
    "HAZARDOUS SITUATION IN THE MAIQUETIA FIR (SVZM).\nOPERATORS ARE ADVISED TO EXERCISE "            \
    "CAUTION WHEN OPERATING IN THE MAIQUETIA FLIGHT INFORMATION REGION (SVZM) AT ALL ALTITUDES" words \
    ".\nSFC-UNL: 01 NOV 00:00 UTC 2025 UNTIL 19 FEB 23:59 UTC 2026. CREATED: 01 NOV "                 \
    "00:00 UTC 2025"
#define UK_ADVISES                                                                          \
    "V0003/25 NOTAMN\nQ) EGXX/QROXX/IV/NBO/AE/000/999/5441N00229W999\nA) EGTT EGPX B) "     \
    "2511010000 C) 2602190000 EST\nE) SECURITY - HAZARDOUS SITUATION IN VENEZUELA. UK "     \
    "REGISTERED AIR OPERATORS ARE RECOMMENDED NOT TO ENTER FIR MAIQUETIA (SVZM).\nSOURCE: " \
    "EGGNYNYX\n"
#define SAYS(id, act, who, kind, state, said, more)                                           \
    "{\"id\":\"" id "\",\"act\":\"" act "\",\"speaker\":\"" who "\",\"speaker_kind\":\"" kind \
    "\",\"speaker_state\":\"" state "\",\"said\":\"2025-11-" said ":00Z\",\"area\":"          \
    "[\"Venezuela\"]" more "}\n"
#define STAYS_AWAY(id, icao, name, said) \
    SAYS(id, "suspend_service", name, "airline", "", said, ",\"operators\":[\"" icao "\"]")

static struct signal_row {
    const char *name;
    const char *documents[4];
    ovf_signal_kind kind;
    ovf_risk risk; /* of the kind */
    size_t sources, ids;
    const char *who, *id; /* one of them */
    ovf_risk whose;       /* risk of `who` */
} signal_rows[] = {
    {"advice of two States, each with its weight",
     {ADVISES("A0001", ""), UK_ADVISES},
     OVF_SIGNAL_ADVISORY,
     OVF_RISK_DO_NOT_FLY,
     2,
     2,
     "GBR",
     "V0003/25",
     OVF_RISK_DO_NOT_FLY},
    {"of the same two the lighter",
     {ADVISES("A0001", ""), UK_ADVISES},
     OVF_SIGNAL_ADVISORY,
     OVF_RISK_DO_NOT_FLY,
     2,
     2,
     "USA",
     "A0001/25",
     OVF_RISK_CAUTION},
    {"two notices of one State are one State",
     {ADVISES("A0001", "") "\n\n" ADVISES("A0002", " AND TO REPORT INCIDENTS")},
     OVF_SIGNAL_ADVISORY,
     OVF_RISK_CAUTION,
     1,
     2,
     "USA",
     "A0002/25",
     OVF_RISK_CAUTION},
    {"a warning as reported is an advisory",
     {SAYS("W1", "warn", "AESA", "aviation_authority", "ESP", "08T09:00", "")},
     OVF_SIGNAL_ADVISORY,
     OVF_RISK_CAUTION,
     1,
     1,
     "ESP",
     "W1",
     OVF_RISK_CAUTION},
    {"a notice of satellite navigation, by its Q-code",
     {NOTAM("C0001", "QGWXX", "GPS SIGNAL UNRELIABLE " SQUARE)},
     OVF_SIGNAL_GNSS,
     OVF_RISK_CAUTION,
     1,
     1,
     "VEN",
     "C0001/25",
     OVF_RISK_CAUTION},
    {"a notice of satellite navigation, by its words",
     {NOTAM("C0002", "QWXXX", "GNSS INTERFERENCE AND SPOOFING REPORTED " SQUARE)},
     OVF_SIGNAL_GNSS,
     OVF_RISK_CAUTION,
     1,
     1,
     "VEN",
     "C0002/25",
     OVF_RISK_CAUTION},
    {"an incident with satellite navigation",
     {SAYS("G1", "incident", "Copa Airlines", "airline", "", "08T09:00",
           ",\"text\":\"GPS signal jammed on approach\"")},
     OVF_SIGNAL_GNSS,
     OVF_RISK_CAUTION,
     1,
     1,
     "Copa Airlines",
     "G1",
     OVF_RISK_CAUTION},
    {"an incident",
     {SAYS("I1", "incident", "a pilot", "unknown", "", "08T09:00",
           ",\"text\":\"near collision with a tanker\"")},
     OVF_SIGNAL_INCIDENT,
     OVF_RISK_CAUTION,
     1,
     1,
     "a pilot",
     "I1",
     OVF_RISK_CAUTION},
    {"a strike",
     {SAYS("K1", "strike", "US forces", "military", "USA", "09T09:00", "")},
     OVF_SIGNAL_STRIKE,
     OVF_RISK_HIGH,
     1,
     1,
     "USA",
     "K1",
     OVF_RISK_HIGH},
    {"military activity by notice",
     {NOTAM("C0003", "QWELW", "MILITARY EXERCISE WILL TAKE PLACE " SQUARE)},
     OVF_SIGNAL_MILITARY,
     OVF_RISK_CAUTION,
     1,
     1,
     "VEN",
     "C0003/25",
     OVF_RISK_CAUTION},
    {"military activity as reported",
     {SAYS("M1", "deploy", "Venezuelan forces", "military", "VEN", "09T09:00", "")},
     OVF_SIGNAL_MILITARY,
     OVF_RISK_CAUTION,
     1,
     1,
     "VEN",
     "M1",
     OVF_RISK_CAUTION},
    {"an operator stays away",
     {STAYS_AWAY("S1", "IBE", "Iberia", "08T09:00")},
     OVF_SIGNAL_SUSPENSION,
     OVF_RISK_CAUTION,
     1,
     1,
     "IBE",
     "S1",
     OVF_RISK_CAUTION},
    {"three operators stay away",
     {STAYS_AWAY("S1", "IBE", "Iberia", "08T09:00") STAYS_AWAY("S2", "TAP", "TAP", "08T10:00")
          STAYS_AWAY("S3", "GLO", "Gol", "08T11:00")},
     OVF_SIGNAL_SUSPENSION,
     OVF_RISK_HIGH,
     3,
     3,
     "GLO",
     "S3",
     OVF_RISK_CAUTION},
    {"who has come back is not among them",
     {STAYS_AWAY("S1", "IBE", "Iberia", "08T09:00") STAYS_AWAY("S2", "TAP", "TAP", "08T10:00") SAYS(
         "R1", "resume_service", "TAP", "airline", "", "09T10:00", ",\"operators\":[\"TAP\"]")},
     OVF_SIGNAL_SUSPENSION,
     OVF_RISK_CAUTION,
     1,
     1,
     "IBE",
     "S1",
     OVF_RISK_CAUTION},
    {"a threat",
     {SAYS("T1", "threaten", "an armed group", "armed_group", "", "09T09:00", "")},
     OVF_SIGNAL_CLAIM,
     OVF_RISK_HIGH,
     1,
     1,
     "an armed group",
     "T1",
     OVF_RISK_HIGH},
    {"a closure that is said",
     {SAYS("D1", "declare_closed", "President of the United States", "head_of_state", "USA",
           "09T09:00", "")},
     OVF_SIGNAL_CLAIM,
     OVF_RISK_CAUTION,
     1,
     1,
     "USA",
     "D1",
     OVF_RISK_CAUTION},
    {"another hazard",
     {NOTAM("C0004", "QWLLW", "ASCENT OF FREE BALLOONS WILL TAKE PLACE " SQUARE)},
     OVF_SIGNAL_HAZARD,
     OVF_RISK_CAUTION,
     1,
     1,
     "VEN",
     "C0004/25",
     OVF_RISK_CAUTION},
    {"closed by who may close it",
     {"A0005/25 NOTAMN\nQ) SVZM/QAFLC/IV/NBO/E/000/999/0800N06600W999\nA) SVZM B) 2511010000 C) "
      "2511302359\nE) MAIQUETIA FIR CLOSED FOR ALL TRAFFIC.\nF) SFC G) UNL\nSOURCE: SVMIYNYX\n"},
     OVF_SIGNAL_CLOSURE,
     OVF_RISK_DO_NOT_FLY,
     1,
     1,
     "VEN",
     "A0005/25",
     OVF_RISK_DO_NOT_FLY},
};

/* Every operator's line: what, since when, by whose word, of what kind. */
static struct posture_row {
    const char *name;
    const char *documents[4];
    const char *operator_icao;
    ovf_posture posture;
    const char *from, *source, *by, *by_kind;
} posture_rows[] = {
    {"flies, by a tracker's word",
     {SAYS("P1", "operate", "a tracker", "tracker", "", "08T09:00", ",\"operators\":[\"CMP\"]")},
     "CMP",
     OVF_POSTURE_FLYING,
     "2025-11-08T09:00Z",
     "P1",
     "a tracker",
     "tracker"},
    {"suspended, by its own word",
     {STAYS_AWAY("P1", "IBE", "Iberia", "08T09:00")},
     "IBE",
     OVF_POSTURE_SUSPENDED,
     "2025-11-08T09:00Z",
     "P1",
     "Iberia",
     "airline"},
    {"suspended, by the word of its association",
     {SAYS("P1", "suspend_service", "ALAV", "industry_body", "VEN", "08T09:00",
           ",\"operators\":[\"TAP\"]")},
     "TAP",
     OVF_POSTURE_SUSPENDED,
     "2025-11-08T09:00Z",
     "P1",
     "ALAV",
     "industry_body"},
    {"suspended from a day that is announced",
     {SAYS("P1", "suspend_service", "Air Europa", "airline", "ESP", "06T09:00",
           ",\"operators\":[\"AEA\"],\"valid\":\"2025-11-09T00:00:00Z/\"")},
     "AEA",
     OVF_POSTURE_SUSPENDED,
     "2025-11-09T00:00Z",
     "P1",
     "Air Europa",
     "airline"},
    {"lost its permit, by the authority that took it",
     {SAYS("P1", "revoke_permission", "INAC", "aviation_authority", "VEN", "08T09:00",
           ",\"operators\":[\"IBE\",\"TAP\"],\"instrument\":\"law\"")},
     "TAP",
     OVF_POSTURE_PERMIT_REVOKED,
     "2025-11-08T09:00Z",
     "P1",
     "INAC",
     "aviation_authority"},
    {"a lost permit stays lost when the carrier says that it suspends",
     {SAYS("P1", "revoke_permission", "INAC", "aviation_authority", "VEN", "08T09:00",
           ",\"operators\":[\"IBE\"],\"instrument\":\"law\"")
          STAYS_AWAY("P2", "IBE", "Iberia", "09T09:00")},
     "IBE",
     OVF_POSTURE_PERMIT_REVOKED,
     "2025-11-08T09:00Z",
     "P1",
     "INAC",
     "aviation_authority"},
    {"resumed, by its own word",
     {STAYS_AWAY("P1", "GLO", "Gol", "07T09:00") SAYS(
         "P2", "resume_service", "Gol", "airline", "BRA", "09T09:00", ",\"operators\":[\"GLO\"]")},
     "GLO",
     OVF_POSTURE_RESUMED,
     "2025-11-09T09:00Z",
     "P2",
     "Gol",
     "airline"},
    {"resumed, by the permit that is given back",
     {SAYS("P1", "revoke_permission", "INAC", "aviation_authority", "VEN", "07T09:00",
           ",\"operators\":[\"THY\"],\"instrument\":\"law\"")
          SAYS("P2", "grant_permission", "INAC", "aviation_authority", "VEN", "09T09:00",
               ",\"operators\":[\"THY\"],\"instrument\":\"law\"")},
     "THY",
     OVF_POSTURE_RESUMED,
     "2025-11-09T09:00Z",
     "P2",
     "INAC",
     "aviation_authority"},
    {"the order of reading decides nothing",
     {SAYS("P2", "resume_service", "Gol", "airline", "BRA", "09T09:00", ",\"operators\":[\"GLO\"]"),
      STAYS_AWAY("P1", "GLO", "Gol", "07T09:00")},
     "GLO",
     OVF_POSTURE_RESUMED,
     "2025-11-09T09:00Z",
     "P2",
     "Gol",
     "airline"},
    {"what is planned is not done",
     {STAYS_AWAY("P1", "GLO", "Gol", "07T09:00")
          SAYS("P2", "resume_service", "Gol", "airline", "BRA", "09T09:00",
               ",\"operators\":[\"GLO\"],\"modality\":\"planned\"")},
     "GLO",
     OVF_POSTURE_SUSPENDED,
     "2025-11-07T09:00Z",
     "P1",
     "Gol",
     "airline"},
    {"an announced end that is past leaves it unknown",
     {SAYS("P1", "suspend_service", "Iberia", "airline", "ESP", "05T09:00",
           ",\"operators\":[\"IBE\"],\"valid\":\"2025-11-05T09:00:00Z/2025-11-08T00:00:00Z\"")},
     "IBE",
     OVF_POSTURE_UNKNOWN,
     "2025-11-05T09:00Z",
     "P1",
     "Iberia",
     "airline"},
};

static ovf_answer ask(const char *const *documents, size_t count, ovf_picture **picture,
                      ovf_arena *arena)
{
    *picture = new_picture(OVF_TIME_OPEN, true, at("2025-11-10T12:00Z"));
    for (size_t i = 0; i < count && documents[i] != NULL; i++)
        assert_int_equal(add(*picture, documents[i]), OVF_OK);
    assert_int_equal(ovf_picture_settle(*picture, NULL), OVF_OK);
    ovf_query query = {.at = at("2025-11-10T12:00Z")};
    ovf_answer answer = {0};
    assert_int_equal(ovf_world_find(world, OVF_STR("SVZM"), &query.place, NULL), OVF_OK);
    assert_int_equal(ovf_picture_status(*picture, &query, arena, &answer, NULL), OVF_OK);
    return answer;
}

static bool has_id(const ovf_signal_source *by, const char *id)
{
    for (size_t i = 0; i < by->id_count; i++) {
        if (ovf_str_eq(by->ids[i], ovf_str_of(id)))
            return true;
    }
    return false;
}

static void lists_signals(void **state)
{
    const struct signal_row *row = *state;
    ovf_picture *picture = NULL;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_answer answer = ask(row->documents, OVF_COUNTOF(row->documents), &picture, &arena);
    assert_true(answer.signal_count > 0);
    // Never a score without the list behind it: the risk is that of the first.
    assert_int_equal(answer.risk, answer.signals[0].risk);
    const ovf_signal *signal = NULL;
    for (size_t i = 0; i < answer.signal_count; i++) {
        if (answer.signals[i].kind == row->kind)
            signal = &answer.signals[i];
    }
    if (signal == NULL) {
        fail_msg("no signal %s; the first is %s", ovf_signal_name(row->kind),
                 ovf_signal_name(answer.signals[0].kind));
        return;
    }
    assert_int_equal(signal->risk, row->risk);
    assert_int_equal(signal->by_count, row->sources);
    assert_int_equal(signal->count, row->ids);
    bool is_there = false;
    for (size_t i = 0; i < signal->by_count; i++) {
        const ovf_signal_source *by = &signal->by[i];
        is_there |= ovf_str_eq(by->who, ovf_str_of(row->who)) && has_id(by, row->id)
                    && by->risk == row->whose;
    }
    assert_true(is_there);
    ovf_arena_done(&arena);
    ovf_picture_free(picture);
}

static void tells_posture(void **state)
{
    const struct posture_row *row = *state;
    ovf_picture *picture = NULL;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_answer answer = ask(row->documents, OVF_COUNTOF(row->documents), &picture, &arena);
    const ovf_operator_posture *found = NULL;
    for (size_t i = 0; i < answer.posture_count; i++) {
        if (ovf_str_eq(answer.postures[i].operator_icao, ovf_str_of(row->operator_icao)))
            found = &answer.postures[i];
    }
    if (found == NULL) {
        fail_msg("%s is told of nowhere", row->operator_icao);
        return;
    }
    assert_string_equal(ovf_posture_name(found->posture), ovf_posture_name(row->posture));
    assert_int_equal(found->during.from, at(row->from));
    assert_true(ovf_str_eq(found->source, ovf_str_of(row->source)));
    assert_true(ovf_str_eq(found->by, ovf_str_of(row->by)));
    assert_true(ovf_str_eq(found->by_kind, ovf_str_of(row->by_kind)));
    ovf_arena_done(&arena);
    ovf_picture_free(picture);
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[OVF_COUNTOF(signal_rows) + OVF_COUNTOF(posture_rows)] = {0};
    if (argc != 2)
        return 2;
    world_path = argv[1];
    for (size_t i = 0; i < OVF_COUNTOF(signal_rows); i++)
        tests[i] =
            (struct CMUnitTest){signal_rows[i].name, lists_signals, NULL, NULL, &signal_rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(posture_rows); i++)
        tests[OVF_COUNTOF(signal_rows) + i] =
            (struct CMUnitTest){posture_rows[i].name, tells_posture, NULL, NULL, &posture_rows[i]};
    return _cmocka_run_group_tests("restriction-signals", tests, OVF_COUNTOF(tests), open_all,
                                   close_all);
}
