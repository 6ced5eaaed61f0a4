/* SPDX-License-Identifier: Apache-2.0 */
/* The answer for a flight: which crossings there are, how sure, and what follows. Expected values:
 * the rules of conflict.h, the authority rules by their rows (Chicago Convention Art. 1, 9, 12),
 * levels and times by hand. The flight: 10 degrees of longitude along 9 N over Venezuela, 594 NM at
 * 450 kt, FL350, from 14:00; it is over 66 W at about 14:36 and over 64 W at about 14:52. */
#include "picture.h"

#include <stdlib.h>

#define PLAN(who, route, rest)                                                \
    "(FPL-" who "-IS-A320/M-S/S-ZZZZ1400-" route "-ZZZZ0125-DEP/0900N07000W " \
    "DEST/0900N06000W " rest ")"
#define KLM PLAN("KLM1", "N0450F350 DCT", "DOF/260212 REG/PHAOM")
#define AAL PLAN("AAL1", "N0450F350 DCT", "DOF/260212 REG/N721AN")
#define NO_DAY PLAN("KLM1", "N0450F350 DCT", "REG/PHAOM")
#define NO_LEVEL PLAN("KLM1", "N0450VFR DCT", "DOF/260212 REG/PHAOM")
#define AIRWAY PLAN("KLM1", "N0450F350 0900N06800W UA999 0900N06200W", "DOF/260212 REG/PHAOM")
#define AIRWAY_BEHIND \
    PLAN("KLM1", "N0450F350 0900N06300W UA999 0900N06200W", "DOF/260212 REG/PHAOM")

/* Along 8 30 N, by a closure over the Llanos, where no ground is above 3,100 ft (the foot of the Andes and
 * the Guayana highlands are 100 NM off). */
#define LLANOS(level)                                                               \
    "(FPL-KLM1-IS-A320/M-S/S-ZZZZ1400-N0450" level " DCT-ZZZZ0125-DEP/0830N07000W " \
    "DEST/0830N06000W DOF/260212 REG/PHAOM)"
#define NEAR_GROUND(levels)                                         \
    HEAD("A0005/26")                                                \
    ALL_MONTH "E) AIRSPACE CLOSED WI AREA 0845N06720W 0845N06640W " \
              "0815N06640W 0815N06720W\n" levels

#define HEAD(id) id " NOTAMN\nQ) SVZM/QRPCA/IV/NBO/W/000/999/0900N06500W060\nA) SVZM "
#define ALL_MONTH "B) 2602010000 C) 2602282359\n"
#define SQUARE "1000N06600W 1000N06400W 0800N06400W 0800N06600W"
#define CLOSED "E) AIRSPACE CLOSED WI AREA " SQUARE "\n"
#define CLOSURE(from, until, levels) HEAD("A0001/26") "B) " from " C) " until "\n" CLOSED levels
#define US_ONLY                                                                                  \
    "KICZ A0002/26 NOTAMN\nQ) KICZ/QRPLP/IV/NBO/W/000/999/\nA) SVZM " ALL_MONTH "E) SECURITY.. " \
    "UNITED STATES OF AMERICA PROHIBITION FOR MAIQUETIA FIR (SVZM).\nALL FLIGHT OPERATIONS IN "  \
    "THE MAIQUETIA FIR (SVZM) ARE PROHIBITED FOR THE PERSONS DESCRIBED IN PARAGRAPH A BELOW.\n"  \
    "A. APPLICABILITY. THIS NOTAM APPLIES TO: ALL U.S. AIR CARRIERS AND COMMERCIAL OPERATORS; "  \
    "ALL PERSONS EXERCISING THE PRIVILEGES OF AN AIRMAN CERTIFICATE ISSUED BY THE FAA, EXCEPT "  \
    "SUCH PERSONS OPERATING U.S.-REGISTERED AIRCRAFT FOR A FOREIGN AIR CARRIER; AND ALL "        \
    "OPERATORS OF AIRCRAFT REGISTERED IN THE UNITED STATES, EXCEPT WHERE THE OPERATOR OF SUCH "  \
    "AIRCRAFT IS A FOREIGN AIR CARRIER.\nF) SFC G) UNL"
#define CAUTION                                                                         \
    "A0003/26 NOTAMN\nQ) SVZM/QWELW/IV/BO/W/000/999/0900N06500W060\nA) SVZM " ALL_MONTH \
    "E) EXERCISE CAUTION WI AREA " SQUARE " DUE TO MIL EXER\nF) SFC G) UNL"
#define UNRESOLVED(fir)                                                                        \
    "A0004/26 NOTAMN\nQ) " fir "/QRPCA/IV/NBO/W/000/999/0900N06500W005\nA) " fir " " ALL_MONTH \
    "E) PROHIBITED AREA XYZZY FORTRESS ACT\nF) SFC G) UNL"
#define HINT                                                                             \
    "A0005/26 NOTAMN\nQ) SVZM/QXXXX/IV/NBO/W/000/999/0900N06500W060\nA) SVZM " ALL_MONTH \
    "E) ENTRY PROHIBITED DUE TO FLOODS.\nF) SFC G) UNL"
#define BANNED(whom)                                                                     \
    "A0006/26 NOTAMN\nQ) SVZM/QAFLC/IV/NBO/E/000/999/0800N06600W999\nA) SVZM " ALL_MONTH \
    "E) AIRSPACE OF VENEZUELA NOT AVAILABLE FOR " whom "\nF) SFC G) UNL"
#define COLOMBIAN                                                                              \
    BANNED("COLOMBIAN REGISTERED AIRCRAFT AND AIRCRAFT OPERATED/OWNED OR LEASED BY COLOMBIAN " \
           "AIRLINES/OPERATORS.")
#define REGISTERED BANNED("COLOMBIAN REGISTERED AIRCRAFT.")
#define BY(who) PLAN(who, "N0450F350 DCT", "DOF/260212")
#define COVERED                                                                            \
    "[{\"type\": \"coverage\", \"issuers\": [\"*\"], \"from\": \"2026-01-01T00:00:00Z\", " \
    "\"until\": \"2026-03-01T00:00:00Z\", \"basis\": \"test\"}]"

static struct row {
    const char *name;
    const char *documents;
    const char *plan;
    bool alone;
    const char *at; /* or NULL */
    ovf_touch answer;
    size_t crossings;
    ovf_tri certainty; /* of the first */
} rows[] = {
    /* contract.md: without data the answer is unknown, never open */
    {"nothing there", "", KLM, true, NULL, OVF_TOUCH_UNKNOWN, 0, OVF_TRI_UNKNOWN},
    {"nothing there but words", COVERED, KLM, true, NULL, OVF_TOUCH_UNKNOWN, 0, OVF_TRI_UNKNOWN},
    {"closed by its State, all levels", CLOSURE("2602010000", "2602282359", "F) SFC G) UNL"), KLM,
     true, NULL, OVF_TOUCH_BLOCKED, 1, OVF_TRI_YES},
    {"closed up to below it", CLOSURE("2602010000", "2602282359", "F) SFC G) FL300"), KLM, true,
     NULL, OVF_TOUCH_CLEAR, 0, OVF_TRI_UNKNOWN},
    {"closed from above it", CLOSURE("2602010000", "2602282359", "F) FL360 G) UNL"), KLM, true,
     NULL, OVF_TOUCH_CLEAR, 0, OVF_TRI_UNKNOWN},
    {"closed from its level", CLOSURE("2602010000", "2602282359", "F) FL350 G) UNL"), KLM, true,
     NULL, OVF_TOUCH_BLOCKED, 1, OVF_TRI_YES},
    {"an altitude near it cannot be told from a flight level",
     CLOSURE("2602010000", "2602282359", "F) SFC G) 34000FT AMSL"), KLM, true, NULL,
     OVF_TOUCH_UNKNOWN, 1, OVF_TRI_UNKNOWN},
    {"closed up to 2500 ft above the Llanos, at FL090", NEAR_GROUND("F) SFC G) 2500FT AGL"),
     LLANOS("F090"), true, NULL, OVF_TOUCH_CLEAR, 0, OVF_TRI_UNKNOWN},
    {"closed up to 2500 ft above the Llanos, at FL050", NEAR_GROUND("F) SFC G) 2500FT AGL"),
     LLANOS("F050"), true, NULL, OVF_TOUCH_UNKNOWN, 1, OVF_TRI_UNKNOWN},
    {"closed from 15000 ft above the Llanos, at FL090", NEAR_GROUND("F) 15000FT AGL G) UNL"),
     LLANOS("F090"), true, NULL, OVF_TOUCH_CLEAR, 0, OVF_TRI_UNKNOWN},
    {"closed from 7000 ft above the Llanos, at FL090", NEAR_GROUND("F) 7000FT AGL G) UNL"),
     LLANOS("F090"), true, NULL, OVF_TOUCH_UNKNOWN, 1, OVF_TRI_UNKNOWN},
    {"closed up to 2500 ft above the ground, far above",
     CLOSURE("2602010000", "2602282359", "F) SFC G) 2500FT AGL"),
     PLAN("KLM1", "N0450F250 DCT", "DOF/260212 REG/PHAOM"), true, NULL, OVF_TOUCH_CLEAR, 0,
     OVF_TRI_UNKNOWN},
    {"ended the day before", CLOSURE("2602010000", "2602112359", "F) SFC G) UNL"), KLM, true, NULL,
     OVF_TOUCH_CLEAR, 0, OVF_TRI_UNKNOWN},
    {"ends an hour before", CLOSURE("2602010000", "2602121330", "F) SFC G) UNL"), KLM, true, NULL,
     OVF_TOUCH_CLEAR, 0, OVF_TRI_UNKNOWN},
    {"ends five minutes before it comes", CLOSURE("2602010000", "2602121430", "F) SFC G) UNL"), KLM,
     true, NULL, OVF_TOUCH_UNKNOWN, 1, OVF_TRI_UNKNOWN},
    {"begins while it is inside, for sure", CLOSURE("2602121300", "2602282359", "F) SFC G) UNL"),
     KLM, true, NULL, OVF_TOUCH_BLOCKED, 1, OVF_TRI_YES},
    {"begins just behind it", CLOSURE("2602121455", "2602282359", "F) SFC G) UNL"), KLM, true, NULL,
     OVF_TOUCH_UNKNOWN, 1, OVF_TRI_UNKNOWN},
    {"asked about an instant, closed then", CLOSURE("2602200000", "2602282359", "F) SFC G) UNL"),
     KLM, true, "2026-02-20T00:00Z", OVF_TOUCH_BLOCKED, 1, OVF_TRI_YES},
    {"asked about an instant, open then", CLOSURE("2602200000", "2602282359", "F) SFC G) UNL"), KLM,
     true, "2026-02-19T23:59Z", OVF_TOUCH_CLEAR, 0, OVF_TRI_UNKNOWN},
    {"the day of the flight is not known", CLOSURE("2602120000", "2602130000", "F) SFC G) UNL"),
     NO_DAY, true, NULL, OVF_TOUCH_UNKNOWN, 1, OVF_TRI_UNKNOWN},
    {"the level is not known, all levels are closed",
     CLOSURE("2602010000", "2602282359", "F) SFC G) UNL"), NO_LEVEL, true, NULL, OVF_TOUCH_BLOCKED,
     1, OVF_TRI_YES},
    {"the level is not known, some are closed",
     CLOSURE("2602010000", "2602282359", "F) SFC G) FL100"), NO_LEVEL, true, NULL,
     OVF_TOUCH_UNKNOWN, 1, OVF_TRI_UNKNOWN},
    {"another State's order to its own, of another State", US_ONLY, KLM, true, NULL,
     OVF_TOUCH_TOUCHED, 2, OVF_TRI_YES},
    {"another State's order to its own, of that State", US_ONLY, AAL, true, NULL, OVF_TOUCH_BLOCKED,
     2, OVF_TRI_YES},
    {"advice bars nobody", CAUTION, KLM, true, NULL, OVF_TOUCH_TOUCHED, 1, OVF_TRI_YES},
    {"an area that nobody finds, in a FIR on the way", UNRESOLVED("SVZM"), KLM, true, NULL,
     OVF_TOUCH_UNKNOWN, 2, OVF_TRI_UNKNOWN},
    {"an area that nobody finds, in a FIR elsewhere", UNRESOLVED("TJZS"), KLM, true, NULL,
     OVF_TOUCH_CLEAR, 0, OVF_TRI_UNKNOWN},
    {"an area that nobody finds does not hide a closure",
     UNRESOLVED("SVZM") "\n\n" CLOSURE("2602010000", "2602282359", "F) SFC G) UNL"), KLM, true,
     NULL, OVF_TOUCH_BLOCKED, 3, OVF_TRI_UNKNOWN},
    {"only the circle of item Q tells where", HINT, KLM, true, NULL, OVF_TOUCH_UNKNOWN, 1,
     OVF_TRI_UNKNOWN},
    {"an unknown way over a closure", CLOSURE("2602010000", "2602282359", "F) SFC G) UNL"), AIRWAY,
     true, NULL, OVF_TOUCH_UNKNOWN, 1, OVF_TRI_UNKNOWN},
    {"an unknown way elsewhere does not hide a closure",
     CLOSURE("2602010000", "2602282359", "F) SFC G) UNL"), AIRWAY_BEHIND, true, NULL,
     OVF_TOUCH_BLOCKED, 1, OVF_TRI_YES},
    {"an unknown way is never clear", "", AIRWAY, true, NULL, OVF_TOUCH_UNKNOWN, 0,
     OVF_TRI_UNKNOWN},
    /* What is not known of the flight (docs/formats/authority.md, "What is not known of who flies"): it
     * counts where what is known points to it, and is a reserve where nothing does */
    {"a ban by nationality, of that nationality", COLOMBIAN, BY("AVA1"), true, NULL,
     OVF_TOUCH_BLOCKED, 1, OVF_TRI_YES},
    {"a ban by nationality, of another, its owner not known", COLOMBIAN, KLM, true, NULL,
     OVF_TOUCH_TOUCHED, 1, OVF_TRI_YES},
    {"a ban by nationality, of another carrier, its register not known", COLOMBIAN, BY("KLM1"),
     true, NULL, OVF_TOUCH_TOUCHED, 1, OVF_TRI_YES},
    {"a ban by nationality, nobody can tell who flies", COLOMBIAN, BY("QQQ1"), true, NULL,
     OVF_TOUCH_UNKNOWN, 1, OVF_TRI_YES},
    {"a ban by register, a carrier of that State, its register not known", REGISTERED, BY("AVA1"),
     true, NULL, OVF_TOUCH_UNKNOWN, 1, OVF_TRI_YES},
    {"a ban by register, a carrier of another, its register not known", REGISTERED, BY("KLM1"),
     true, NULL, OVF_TOUCH_TOUCHED, 1, OVF_TRI_YES},
    {"a ban by register, another's", REGISTERED, KLM, true, NULL, OVF_TOUCH_TOUCHED, 1,
     OVF_TRI_YES},
    {"nobody vouches for the FIRs", "", KLM, false, NULL, OVF_TOUCH_UNKNOWN, 0, OVF_TRI_UNKNOWN},
    {"somebody vouches for all", COVERED, KLM, false, NULL, OVF_TOUCH_CLEAR, 0, OVF_TRI_UNKNOWN},
};

static void answers(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_picture *picture = picture_of(ovf_str_of(row->documents), row->alone);
    ovf_time at = OVF_TIME_NONE;
    if (row->at != NULL)
        assert_int_equal(ovf_time_parse(ovf_str_of(row->at), &at, NULL), OVF_OK);
    flown f;
    fly(picture, ovf_str_of(row->plan), at, &arena, &f);
    if (f.conflict.answer != row->answer || f.conflict.crossing_count != row->crossings)
        print_message("%s, %zu crossings: " OVF_FMT "\n", ovf_touch_name(f.conflict.answer),
                      f.conflict.crossing_count, OVF_ARG(f.conflict.why));
    assert_int_equal(f.conflict.answer, row->answer);
    assert_int_equal(f.conflict.crossing_count, row->crossings);
    if (row->crossings > 0)
        assert_int_equal(f.conflict.crossings[0].certainty, row->certainty);
    for (size_t i = 0; i < f.conflict.crossing_count; i++) {
        const ovf_crossing *c = &f.conflict.crossings[i];
        assert_true(c->certainty == OVF_TRI_YES || c->certainty_why.len > 0);
        assert_true(c->entry.along_m <= c->exit.along_m);
    }
    assert_true(f.conflict.why.len > 0);
    ovf_picture_free(picture);
    ovf_arena_done(&arena);
}

/* The climb goes through a band: entry and exit where the profile meets its limits. An A320's 2,200
 * ft/min at 268.7 kt true to FL100 and 1,800 at 371.2 above: FL100 after 20.4 NM, FL200 after 54.7
 * (tests/flight/test_track.c). */
static void enters_by_level(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_picture *picture = picture_of(
        OVF_STR(HEAD("A0001/26") ALL_MONTH
                "E) AIRSPACE CLOSED WI AREA 1000N07100W 1000N06800W 0800N06800W 0800N07100W\n"
                "F) FL100 G) FL200"),
        true);
    flown f;
    fly(picture, OVF_STR(KLM), OVF_TIME_NONE, &arena, &f);
    assert_int_equal(f.conflict.crossing_count, 1);
    const ovf_crossing *c = &f.conflict.crossings[0];
    assert_true(abs(c->entry.level_ft - 10000) <= 1 && abs(c->exit.level_ft - 20000) <= 1);
    assert_true(ovf_m_to_nm(c->entry.along_m) > 20.2 && ovf_m_to_nm(c->entry.along_m) < 20.5);
    assert_true(ovf_m_to_nm(c->exit.along_m) > 54.6 && ovf_m_to_nm(c->exit.along_m) < 54.9);
    assert_int_equal(c->certainty, OVF_TRI_YES);
    ovf_picture_free(picture);
    ovf_arena_done(&arena);
}

/* What the plan tells of who flies, and what the caller knows better. */
static void knows_the_party(void **state)
{
    OVF_UNUSED(state);
    static const struct {
        const char *plan;
        const char *operator_state, *registry_state;
        ovf_use use;
    } plans[] = {
        {KLM, "NLD", "NLD", OVF_USE_AIRLINE},
        {AAL, "USA", "USA", OVF_USE_AIRLINE},
        {"(FPL-N742AV-IG-GLF5/M-S/S-ZZZZ1400-N0450F350 DCT-ZZZZ0125-0)", "", "USA",
         OVF_USE_PRIVATE},
        {"(FPL-AVA1-IS-A320/M-S/S-ZZZZ1400-N0450F350 DCT-ZZZZ0125-REG/N742AV)", "COL", "USA",
         OVF_USE_AIRLINE},
        {"(FPL-KLM1-IS-A320/M-S/S-ZZZZ1400-N0450F350 DCT-ZZZZ0125-STS/HOSP)", "NLD", "",
         OVF_USE_MEDICAL},
        {"(FPL-KLM1-IS-A320/M-S/S-ZZZZ1400-N0450F350 DCT-ZZZZ0125-STS/STATE)", "NLD", "",
         OVF_USE_STATE},
        {"(FPL-KLM1-IX-A320/M-S/S-ZZZZ1400-N0450F350 DCT-ZZZZ0125-0)", "NLD", "", OVF_USE_UNKNOWN},
    };
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (size_t i = 0; i < OVF_COUNTOF(plans); i++) {
        ovf_flight *flights = NULL;
        size_t count = 0;
        assert_int_equal(
            ovf_flight_read(world, ovf_str_of(plans[i].plan), NULL, &arena, &flights, &count, NULL),
            OVF_OK);
        ovf_party party = ovf_flight_party(&flights[0], world);
        assert_true(ovf_str_eq(party.operator_state, ovf_str_of(plans[i].operator_state)));
        assert_true(ovf_str_eq(party.registry_state, ovf_str_of(plans[i].registry_state)));
        assert_int_equal(party.use, plans[i].use);
    }
    ovf_arena_done(&arena);
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(enters_by_level),
        cmocka_unit_test(knows_the_party),
    };
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(others)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, answers, NULL, NULL, &rows[i]};
    memcpy(tests + OVF_COUNTOF(rows), others, sizeof(others));
    world_path = argc > 1 ? argv[1] : "overfly.world";
    return _cmocka_run_group_tests("conflict answers", tests, OVF_COUNTOF(tests), open_all,
                                   close_all);
}
