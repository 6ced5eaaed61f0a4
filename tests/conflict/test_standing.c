/* SPDX-License-Identifier: Apache-2.0 */
/* Law that stands without a notice against flights: who is barred where, by the instruments themselves.
 * Each row names the one that decides, as data/authority/law.txt cites it. No notice is there, and
 * all issuers are vouched for, so that without the law every way would be clear. */
#include "picture.h"

#define COVERED                                                                            \
    "[{\"type\": \"coverage\", \"issuers\": [\"*\"], \"from\": \"2026-01-01T00:00:00Z\", " \
    "\"until\": \"2026-03-01T00:00:00Z\", \"basis\": \"test\"}]"

/* A plan of an hour or so between two places in the middle of somewhere. */
#define BETWEEN(who, level, from, to, more)                                              \
    "(FPL-" who "-A320/M-S/S-ZZZZ1200-N0450" level " DCT-ZZZZ0125-DEP/" from " DEST/" to \
    " DOF/260212 " more ")"
#define OVER_GERMANY(who, more) BETWEEN(who, "F350", "5200N01100E", "4900N01100E", more)
#define OVER_RUSSIA(who, more) BETWEEN(who, "F350", "5600N04000E", "5500N05000E", more)
#define OVER_IRAN(who, more) BETWEEN(who, "F350", "3400N05200E", "3100N05500E", more)
#define OVER_LIBYA(who, more) BETWEEN(who, "F350", "2800N01600E", "2600N02000E", more)
#define OVER_MALI(who, more) BETWEEN(who, "F350", "1800N00200W", "1500N00400W", more)
#define OVER_ENGLAND(who, more) BETWEEN(who, "F350", "5230N00130W", "5330N00130W", more)
#define OVER_ALGERIA(who, ends) "(FPL-" who "-A320/M-S/S-" ends " DOF/260212)"

static struct row {
    const char *name;
    const char *plan;
    ovf_touch answer;
    const char *by; /* id of the row of law that is crossed first; NULL: none is crossed */
    ovf_verdict verdict;
    size_t listed; /* rows that may bind it by what is not known of it, mostly its owner */
} rows[] = {
    /* Regulation (EU) 833/2014 Art. 3d, in force since 28 February 2022 */
    {"a Russian carrier over the Union", OVER_GERMANY("AFL1-IS", "REG/RA73111"), OVF_TOUCH_BLOCKED,
     "(EU) 833/2014 Art. 3d", OVF_VERDICT_BINDING, 0},
    {"an aircraft registered in Russia, private", OVER_GERMANY("RA12345-IG", ""), OVF_TOUCH_BLOCKED,
     "(EU) 833/2014 Art. 3d", OVF_VERDICT_BINDING, 1},
    {"another's carrier on an aircraft registered in Russia",
     OVER_GERMANY("THY1-IS", "REG/RA73111"), OVF_TOUCH_BLOCKED, "(EU) 833/2014 Art. 3d",
     OVF_VERDICT_BINDING, 0},
    {"Art. 3d(2): humanitarian, with an authorisation that nobody told of",
     OVER_GERMANY("AFL1-IN", "REG/RA73111 STS/HUM"), OVF_TOUCH_BLOCKED, "(EU) 833/2014 Art. 3d",
     OVF_VERDICT_CONDITIONAL, 0},
    {"a Russian carrier over the high seas of the Baltic",
     BETWEEN("AFL1-IS", "F350", "5800N02020E", "5630N02000E", "REG/RA73111"), OVF_TOUCH_CLEAR, NULL,
     OVF_VERDICT_NONE, 0},
    /* Regulation (EC) 765/2006 Art. 8b, in force since 5 June 2021 */
    {"a Belarusian carrier over the Union", OVER_GERMANY("BRU1-IS", "REG/EW455PA"),
     OVF_TOUCH_BLOCKED, "(EC) 765/2006 Art. 8b", OVF_VERDICT_BINDING, 1},
    /* Whom neither names: D5.3 R07 binds the class alone */
    {"a carrier of the Union over it", OVER_GERMANY("KLM1-IS", "REG/PHBXA"), OVF_TOUCH_CLEAR, NULL,
     OVF_VERDICT_NONE, 1},
    {"the same without a registration", OVER_GERMANY("KLM1-IS", ""), OVF_TOUCH_CLEAR, NULL,
     OVF_VERDICT_NONE, 1},
    {"a Turkish carrier over the Union", OVER_GERMANY("THY1-IS", "REG/TCJJA"), OVF_TOUCH_CLEAR,
     NULL, OVF_VERDICT_NONE, 1},
    {"a Serbian carrier over the Union", OVER_GERMANY("ASL1-IS", "REG/YUAPA"), OVF_TOUCH_CLEAR,
     NULL, OVF_VERDICT_NONE, 1},
    {"a private flight of a known registry", OVER_GERMANY("GABCD-IG", ""), OVF_TOUCH_CLEAR, NULL,
     OVF_VERDICT_NONE, 2},
    {"nobody can tell who flies", OVER_GERMANY("QQQ1-IS", ""), OVF_TOUCH_UNKNOWN,
     "(EU) 833/2014 Art. 3d", OVF_VERDICT_BINDING, 0},
    /* Rosaviatsia, 25 and 28 February 2022; Ministry of Transport, 25 October 2015 */
    {"a carrier of the Union over Russia", OVER_RUSSIA("DLH1-IS", "REG/DAINA"), OVF_TOUCH_BLOCKED,
     "RUS reply to 36 States", OVF_VERDICT_BINDING, 1},
    {"a British carrier over Russia", OVER_RUSSIA("BAW1-IS", "REG/GZBJA"), OVF_TOUCH_BLOCKED,
     "RUS reply to the United Kingdom", OVF_VERDICT_BINDING, 0},
    {"a Ukrainian carrier over Russia", OVER_RUSSIA("AUI1-IS", "REG/URPSA"), OVF_TOUCH_BLOCKED,
     "RUS reply to Ukraine", OVF_VERDICT_BINDING, 1},
    {"a Turkish carrier over Russia", OVER_RUSSIA("THY1-IS", "REG/TCJJA"), OVF_TOUCH_CLEAR, NULL,
     OVF_VERDICT_NONE, 1},
    {"a Serbian carrier over Russia", OVER_RUSSIA("ASL1-IS", "REG/YUAPA"), OVF_TOUCH_CLEAR, NULL,
     OVF_VERDICT_NONE, 1},
    /* Ordinance SR 946.231.176.72; Aeronautics Act s. 5.1, announcement of 27 February 2022 */
    {"a Russian carrier over Switzerland",
     BETWEEN("AFL1-IS", "F350", "4650N00730E", "4645N00850E", "REG/RA73111"), OVF_TOUCH_BLOCKED,
     "CHE SR 946.231.176.72", OVF_VERDICT_BINDING, 0},
    {"a Russian carrier over Canada",
     BETWEEN("AFL1-IS", "F350", "5500N10000W", "5200N09000W", "REG/RA73111"), OVF_TOUCH_BLOCKED,
     "CAN closure to Russia", OVF_VERDICT_BINDING, 1},
    {"a Russian carrier over the ocean in the air that Canada serves",
     BETWEEN("AFL1-IS", "F350", "5000N03500W", "4800N03800W", "REG/RA73111"), OVF_TOUCH_CLEAR, NULL,
     OVF_VERDICT_NONE, 0},
    /* 14 CFR part 91 subpart M: whom paragraph A names, and the levels */
    {"SFAR 117: a US carrier over Iran", OVER_IRAN("AAL1-IS", "REG/N742AV"), OVF_TOUCH_BLOCKED,
     "SFAR 117", OVF_VERDICT_BINDING, 0},
    {"SFAR 117: a carrier of the Union over Iran", OVER_IRAN("KLM1-IS", "REG/PHBXA"),
     OVF_TOUCH_CLEAR, NULL, OVF_VERDICT_NONE, 0},
    {"SFAR 112: US-registered, private, over Libya", OVER_LIBYA("N742AV-IG", ""), OVF_TOUCH_BLOCKED,
     "SFAR 112", OVF_VERDICT_BINDING, 0},
    {"SFAR 112: US-registered, flown for a foreign carrier", OVER_LIBYA("KLM1-IS", "REG/N742AV"),
     OVF_TOUCH_CLEAR, NULL, OVF_VERDICT_NONE, 0},
    {"SFAR 77: below FL320 in the Baghdad FIR",
     BETWEEN("AAL1-IS", "F300", "3300N04300E", "3100N04600E", "REG/N742AV"), OVF_TOUCH_BLOCKED,
     "SFAR 77", OVF_VERDICT_BINDING, 0},
    {"SFAR 115: in which part of the Sanaa FIR cannot be told",
     BETWEEN("AAL1-IS", "F350", "1500N04500E", "1500N04900E", "REG/N742AV"), OVF_TOUCH_UNKNOWN,
     "SFAR 115", OVF_VERDICT_BINDING, 0},
    /* High Security Council of Algeria, 22 September 2021; Ministry of National Defence, 7 April 2025 */
    {"a Moroccan carrier over Algeria",
     OVER_ALGERIA("RAM1-IS", "GMMN1200-N0450F350 DCT 3000N00200E DCT-DTTA0225-REG/CNRGA"),
     OVF_TOUCH_BLOCKED, "DZA closure to Morocco", OVF_VERDICT_BINDING, 0},
    {"anybody's flight to Mali over Algeria",
     OVER_ALGERIA("THY1-IS", "DTTA1200-N0450F350 DCT 3000N00500E DCT-GABS0425-REG/TCJJA"),
     OVF_TOUCH_BLOCKED, "DZA closure to Mali", OVF_VERDICT_BINDING, 0},
    {"the same carrier over Algeria on its way to Niger",
     OVER_ALGERIA("THY1-IS", "DTTA1200-N0450F350 DCT 3000N00500E DCT-DRRN0425-REG/TCJJA"),
     OVF_TOUCH_CLEAR, NULL, OVF_VERDICT_NONE, 1},
    /* Notice of Dakar for Mali of 31 January 2026, on aircraft registered in Algeria. A carrier flies what
     * is registered at home (Chicago Convention Art. 17, 31; Art. 83 bis for what is leased abroad), so
     * that what the plan does not tell goes with its own State, and is no more than a reserve of others */
    {"a carrier of the registry's State, registered there", OVER_MALI("DAH1-IS", "REG/7TVJA"),
     OVF_TOUCH_BLOCKED, "MLI closure to Algeria (2026)", OVF_VERDICT_BINDING, 0},
    {"the same without a registration: never clear", OVER_MALI("DAH1-IS", ""), OVF_TOUCH_UNKNOWN,
     "MLI closure to Algeria (2026)", OVF_VERDICT_BINDING, 0},
    {"the same on a lease from abroad", OVER_MALI("DAH1-IS", "REG/ECLVQ"), OVF_TOUCH_CLEAR, NULL,
     OVF_VERDICT_NONE, 0},
    {"another's carrier without a registration: a reserve", OVER_MALI("AFR1-IS", ""),
     OVF_TOUCH_CLEAR, NULL, OVF_VERDICT_NONE, 1},
    {"another's carrier on a lease from there", OVER_MALI("AFR1-IS", "REG/7TVJA"),
     OVF_TOUCH_BLOCKED, "MLI closure to Algeria (2026)", OVF_VERDICT_BINDING, 0},
    /* Art. 8b of 765/2006 names carriers: whether a private aircraft of the State's register is flown by
     * one is not told, and its register points there */
    {"registered in Belarus, its operator not known", OVER_GERMANY("EW455PA-IX", ""),
     OVF_TOUCH_UNKNOWN, "(EC) 765/2006 Art. 8b", OVF_VERDICT_BINDING, 1},
    /* S.I. 2021/1475 names scheduled services; item 8 of the plan says which are */
    {"a scheduled Belarusian flight over England", OVER_ENGLAND("BRU1-IS", "REG/EW455PA"),
     OVF_TOUCH_BLOCKED, "GBR S.I. 2021/1475", OVF_VERDICT_BINDING, 2},
    {"the same without a registration", OVER_ENGLAND("BRU1-IS", ""), OVF_TOUCH_BLOCKED,
     "GBR S.I. 2021/1475", OVF_VERDICT_BINDING, 2},
    {"a Belarusian flight that is not scheduled", OVER_ENGLAND("BRU1-IN", "REG/EW455PA"),
     OVF_TOUCH_CLEAR, NULL, OVF_VERDICT_NONE, 2},
    {"a Belarusian flight, scheduled or not", OVER_ENGLAND("BRU1-IX", "REG/EW455PA"),
     OVF_TOUCH_UNKNOWN, "GBR S.I. 2021/1475", OVF_VERDICT_BINDING, 2},
    /* 14 CFR part 91 subpart M, clauses 2 and 3: an airman of the FAA on a foreign register */
    {"a private aircraft of another register over Iran", OVER_IRAN("GABCD-IG", ""), OVF_TOUCH_CLEAR,
     NULL, OVF_VERDICT_NONE, 2},
    {"US-registered over Iran, its operator not known", OVER_IRAN("QQQ1-IS", "REG/N742AV"),
     OVF_TOUCH_UNKNOWN, "SFAR 117", OVF_VERDICT_BINDING, 1},
    /* A field without a location indicator is placed by item 18 (Doc 4444 App. 2, DEST/) */
    {"to a field in Mali that has no indicator",
     BETWEEN("THY1-IS", "F350", "2600N00200E", "1800N00200W", "REG/TCJJA"), OVF_TOUCH_BLOCKED,
     "DZA closure to Mali", OVF_VERDICT_BINDING, 0},
    /* Council of Ministers of Belarus, April 2022: a row that says that it is uncertain */
    {"a carrier of the Union over Belarus",
     BETWEEN("LOT1-IS", "F350", "5330N02600E", "5330N02900E", "REG/SPLWA"), OVF_TOUCH_BLOCKED,
     "BLR reply to the Union", OVF_VERDICT_BINDING, 0},
};

static ovf_picture *picture_with(bool with_law)
{
    ovf_picture *picture = NULL;
    ovf_error err = {0};
    ovf_picture_options options = {.as_of = OVF_TIME_OPEN,
                                   .with_law = with_law,
                                   .window = {NOON - 20 * OVF_DAY_S, NOON + 20 * OVF_DAY_S}};
    assert_int_equal(ovf_picture_new(world, book, &options, &picture, &err), OVF_OK);
    assert_int_equal(ovf_picture_add(picture, OVF_STR(COVERED), NULL, NULL, &err), OVF_OK);
    assert_int_equal(ovf_picture_settle(picture, &err), OVF_OK);
    return picture;
}

static bool has_mark(const ovf_crossing *c, const char *word)
{
    return ovf_str_find(c->ruling.marks, 0, ovf_str_of(word)) != OVF_NOPOS;
}

/* The owner is in no plan: what hangs on it alone is listed and makes no reserve. */
static bool needs_reserve(const ovf_conflict *found, ovf_arena *arena)
{
    bool needs = false;
    for (size_t i = 0; i < found->law_count; i++)
        needs |= !ovf_str_eq(ovf_law_missing(book, found->law[i]->notice, &found->party, arena),
                             OVF_STR("owner"));
    return needs;
}

static void is_judged(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_picture *picture = picture_with(true);
    flown f;
    fly(picture, ovf_str_of(row->plan), OVF_TIME_NONE, &arena, &f);
    const ovf_conflict *found = &f.conflict;
    if (found->answer != row->answer || found->law_count != row->listed)
        print_message("%s, %zu crossings, %zu listed: " OVF_FMT "\n", ovf_touch_name(found->answer),
                      found->crossing_count, found->law_count, OVF_ARG(found->why));
    assert_int_equal(found->answer, row->answer);
    assert_int_equal(found->law_count, row->listed);
    assert_int_equal(found->crossing_count > 0, row->by != NULL);
    bool has_reserve = ovf_str_find(found->why, 0, OVF_STR("not known of it")) != OVF_NOPOS;
    assert_int_equal(has_reserve, needs_reserve(found, &arena) && found->answer == OVF_TOUCH_CLEAR);
    for (size_t i = 0; i < found->law_count; i++)
        assert_true(ovf_law_missing(book, found->law[i]->notice, &found->party, &arena).len > 0);
    if (row->by != NULL) {
        const ovf_crossing *c = &found->crossings[0];
        const ovf_law *law = ovf_rulebook_law_of(book, c->restriction->notice);
        assert_true(ovf_str_eq(c->restriction->notice->id, ovf_str_of(row->by)));
        assert_int_equal(c->ruling.verdict, row->verdict);
        // How well the row is known goes with it wherever it is told.
        bool is_dated = law->checked.ptr[0] >= '0' && law->checked.ptr[0] <= '9';
        assert_int_equal(has_mark(c, "unchecked"), !is_dated);
        assert_true(is_dated
                    || ovf_str_find(c->ruling.applies_why, 0, OVF_STR("law.txt")) != OVF_NOPOS);
        assert_true(is_dated || row->answer != OVF_TOUCH_BLOCKED
                    || ovf_str_find(found->why, 0, OVF_STR("not checked")) != OVF_NOPOS);
    }
    ovf_picture_free(picture);
    ovf_arena_done(&arena);
}

/* What a row names and a plan does not tell is asked for: with a registry it is the owner alone. */
static void says_what_is_missing(void **state)
{
    OVF_UNUSED(state);
    static const struct {
        const char *plan, *missing;
    } asked[] = {
        {OVER_GERMANY("KLM1-IS", ""), "registry owner"},
        {OVER_GERMANY("KLM1-IS", "REG/PHBXA"), "owner"},
        {OVER_GERMANY("GABCD-IG", ""), "operator owner"},
    };
    ovf_picture *picture = picture_with(true);
    for (size_t i = 0; i < OVF_COUNTOF(asked); i++) {
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        flown f;
        fly(picture, ovf_str_of(asked[i].plan), OVF_TIME_NONE, &arena, &f);
        assert_true(f.conflict.law_count > 0);
        const ovf_notice *law = f.conflict.law[0]->notice;
        assert_true(ovf_str_eq(law->id, OVF_STR("(EU) 833/2014 Art. 3d")));
        assert_true(ovf_str_eq(ovf_law_missing(book, law, &f.conflict.party, &arena),
                               ovf_str_of(asked[i].missing)));
        ovf_arena_done(&arena);
    }
    ovf_picture_free(picture);
}

/* Without the law all of them are clear: nothing else is in the picture. */
static void is_left_out(void **state)
{
    OVF_UNUSED(state);
    ovf_picture *picture = picture_with(false);
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++) {
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        flown f;
        fly(picture, ovf_str_of(rows[i].plan), OVF_TIME_NONE, &arena, &f);
        assert_int_equal(f.conflict.answer, OVF_TOUCH_CLEAR);
        ovf_arena_done(&arena);
    }
    ovf_picture_free(picture);
}

/* What is turned away by the party alone is what judging it over its own air gives. */
static void addresses_as_judged(void **state)
{
    OVF_UNUSED(state);
    static const char *const states[] = {"RUS", "BLR", "NLD", "USA", "TUR", "GBR", "DZA", ""};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (size_t i = 0; i < ovf_rulebook_law_count(book); i++) {
        const ovf_notice *law = ovf_rulebook_law(book, i)->notice;
        for (size_t k = 0; k < OVF_COUNTOF(states) * OVF_COUNTOF(states); k++) {
            const ovf_party party = {
                .operator_state = ovf_str_of(states[k % OVF_COUNTOF(states)]),
                .registry_state = ovf_str_of(states[k / OVF_COUNTOF(states)]),
                .use = k % 3 == 0 ? OVF_USE_AIRLINE : OVF_USE_UNKNOWN,
            };
            bool is_state = law->areas[0].shape == OVF_SHAPE_STATE;
            uint32_t over =
                is_state ? ovf_world_find_state(world, law->areas[0].name)
                         : ovf_world_fir(world, ovf_world_find_fir(world, law->firs[0]))->state;
            ovf_ruling ruling = {0};
            bool is_remote = false;
            assert_int_equal(ovf_judge_notice(book, law, 0, (ovf_whose){.state = over}, over,
                                              &party, &arena, &ruling),
                             OVF_OK);
            assert_int_equal(ovf_law_addresses(book, law, &party, &is_remote), ruling.applies);
            assert_int_equal(is_remote, ruling.is_remote);
        }
    }
    ovf_arena_done(&arena);
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(says_what_is_missing),
        cmocka_unit_test(is_left_out),
        cmocka_unit_test(addresses_as_judged),
    };
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(others)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, is_judged, NULL, NULL, &rows[i]};
    memcpy(tests + OVF_COUNTOF(rows), others, sizeof(others));
    world_path = argc > 1 ? argv[1] : "overfly.world";
    return _cmocka_run_group_tests("conflict standing", tests, OVF_COUNTOF(tests), open_all,
                                   close_all);
}
