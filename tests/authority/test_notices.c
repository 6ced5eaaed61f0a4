/* SPDX-License-Identifier: Apache-2.0 */
/* Real and historic instruments over one kind of air each: which rule fires, and what it means for
 * whom. Expected verdicts: Chicago Convention, UNCLOS and the national law named in each row. */
#include "book.h"

enum addressee { EVERYONE, US_PERSONS, NOBODY_NAMED, CLASS };

static struct row {
    const char *name; /* the instrument, and where it is from */
    const char *issuer, *kind, *office, *id;
    ovf_effect effect;
    ovf_strength strength;
    enum addressee to;
    const char *class; /* operators and registered aircraft of, for CLASS */
    const char *owner; /* and owned from, may be NULL */
    const char *flights, *except, *text, *qcode;
    const char *territory, *service; /* territory "": high seas; "?": not found */
    bool disputed, doubtful;
    const char *operator_icao, *operator_state, *registry;
    ovf_use use;
    ovf_verdict verdict, on_addressed;
    ovf_tri applies;
    const char *rule;
} rows[] = {
#define CLOSE OVF_EFFECT_CLOSED, OVF_STRENGTH_HARD
#define PROHIBIT OVF_EFFECT_PROHIBITED, OVF_STRENGTH_HARD
#define ADVISE OVF_EFFECT_ADVISORY, OVF_STRENGTH_SOFT
#define RECOMMEND OVF_EFFECT_PROHIBITED, OVF_STRENGTH_SOFT
#define DANGER OVF_EFFECT_DANGER, OVF_STRENGTH_UNKNOWN
#define NO_SERVICE OVF_EFFECT_CLOSED, OVF_STRENGTH_SERVICE
#define BIND OVF_VERDICT_BINDING
#define COND OVF_VERDICT_CONDITIONAL
#define ADV OVF_VERDICT_ADVISORY
#define SVC OVF_VERDICT_SERVICE_WITHDRAWN
#define CONTEST OVF_VERDICT_CONTESTED
#define NOFORCE OVF_VERDICT_NO_LEGAL_FORCE
#define YES OVF_TRI_YES
#define NO OVF_TRI_NO
#define MAYBE OVF_TRI_UNKNOWN
    /* Art. 1, 9(b): INAC A0622/25 of 30 Nov 2025 over land, civil flights */
    {"A0622/25 zone over Venezuela, KLM", "VEN", "state", "SVMIYNYX", "A0622/25", PROHIBIT,
     EVERYONE, .flights = "CIVIL", .territory = "VEN", .service = "VEN", .operator_icao = "KLM",
     .operator_state = "NLD", .verdict = BIND, .on_addressed = BIND, .applies = YES, .rule = "R01"},
    {"A0622/25, a Venezuelan military flight", "VEN", "state", "SVMIYNYX", "A0622/25", PROHIBIT,
     EVERYONE, .flights = "CIVIL", .territory = "VEN", .service = "VEN", .use = OVF_USE_MILITARY,
     .operator_state = "VEN", .verdict = BIND, .on_addressed = BIND, .applies = NO, .rule = "R01"},
    {"A0622/25, nobody asks", "VEN", "state", "SVMIYNYX", "A0622/25", PROHIBIT, EVERYONE,
     .flights = "CIVIL", .territory = "VEN", .service = "VEN", .verdict = BIND,
     .on_addressed = BIND, .applies = YES, .rule = "R01"},
    /* UNCLOS 87, Annex 11: the same State over the sea of its FIR */
    {"a FIR closed by INAC, over the high seas, KLM", "VEN", "state", "SVMIYNYX", "A0700/25", CLOSE,
     EVERYONE, .territory = "", .service = "VEN", .operator_icao = "KLM", .operator_state = "NLD",
     .verdict = SVC, .on_addressed = SVC, .applies = YES, .rule = "R02"},
    {"the same for CONVIASA, an operator of Venezuela", "VEN", "state", "SVMIYNYX", "A0700/25",
     CLOSE, EVERYONE, .territory = "", .service = "VEN", .operator_icao = "VCV",
     .operator_state = "VEN", .verdict = BIND, .on_addressed = SVC, .applies = YES, .rule = "R02"},
    /* Art. 1: a State's notice over another's land */
    {"U0406/26, a Russian danger area over Ukraine", "RUS", "state", "UUUUYNYX", "U0406/26", DANGER,
     EVERYONE, .territory = "UKR", .service = "UKR", .operator_icao = "KLM",
     .operator_state = "NLD", .verdict = NOFORCE, .on_addressed = NOFORCE, .applies = NO,
     .rule = "R15"},
    {"a FIR of another State closed by notice", "RUS", "state", "UUUUYNYX", "U0407/26", CLOSE,
     EVERYONE, .territory = "UKR", .service = "UKR", .verdict = NOFORCE, .on_addressed = NOFORCE,
     .applies = NO, .rule = "R15"},
    /* Crimea: closed by Ukraine for all since 2014, claimed by the Russian Federation */
    {"Ukraine closes UKFV over Crimea", "UKR", "state", "UKKRYNYX", "A0569/22", CLOSE, EVERYONE,
     .territory = "UKR", .service = "UKR", .disputed = true, .verdict = CONTEST,
     .on_addressed = CONTEST, .applies = MAYBE, .rule = "R01"},
    {"the FAA bars its own over Crimea, whosever it is", "USA", "state", "KICZ", "A0004/22",
     PROHIBIT, US_PERSONS, .territory = "UKR", .service = "UKR", .disputed = true,
     .operator_icao = "AAL", .operator_state = "USA", .verdict = BIND, .on_addressed = BIND,
     .applies = YES, .rule = "R08"},
    /* 49 USC 40105, 46105: the prohibitions of 3 January 2026 */
    {"KICZ prohibition SVZM, land, AAL", "USA", "state", "KICZ", "A0001/26", PROHIBIT, US_PERSONS,
     .territory = "VEN", .service = "VEN", .operator_icao = "AAL", .operator_state = "USA",
     .verdict = BIND, .on_addressed = BIND, .applies = YES, .rule = "R08"},
    {"KICZ prohibition SVZM, high seas, AAL", "USA", "state", "KICZ", "A0001/26", PROHIBIT,
     US_PERSONS, .territory = "", .service = "VEN", .operator_icao = "AAL", .operator_state = "USA",
     .verdict = BIND, .on_addressed = BIND, .applies = YES, .rule = "R08"},
    {"KICZ prohibition SVZM, KLM", "USA", "state", "KICZ", "A0001/26", PROHIBIT, US_PERSONS,
     .territory = "VEN", .service = "VEN", .operator_icao = "KLM", .operator_state = "NLD",
     .verdict = NOFORCE, .on_addressed = BIND, .applies = NO, .rule = "R08"},
    {"KICZ prohibition whose paragraph A is cut off", "USA", "state", "KICZ", "A0013/19", PROHIBIT,
     EVERYONE, .territory = "VEN", .service = "VEN", .operator_icao = "KLM",
     .operator_state = "NLD", .verdict = NOFORCE, .on_addressed = BIND, .applies = NO,
     .rule = "R08"},
    {"KICZ prohibition TJZS over Puerto Rico, IBE", "USA", "state", "KICZ", "A0003/26", PROHIBIT,
     US_PERSONS, .territory = "USA", .service = "USA", .operator_icao = "IBE",
     .operator_state = "ESP", .verdict = NOFORCE, .on_addressed = BIND, .applies = NO,
     .rule = "R08"},
    /* A0012/25: "operators are advised": nobody is named, nobody is barred */
    {"A0012/25, AAL", "USA", "state", "KICZ", "A0012/25", ADVISE, EVERYONE, .territory = "VEN",
     .service = "VEN", .operator_icao = "AAL", .operator_state = "USA", .verdict = ADV,
     .on_addressed = ADV, .applies = YES, .rule = "R09"},
    {"A0012/25, AVA", "USA", "state", "KICZ", "A0012/25", ADVISE, EVERYONE, .territory = "VEN",
     .service = "VEN", .operator_icao = "AVA", .operator_state = "COL", .verdict = ADV,
     .on_addressed = ADV, .applies = YES, .rule = "R09"},
    {"an advisory that names US persons, AVA", "USA", "state", "KICZ", "A0016/25", ADVISE,
     US_PERSONS, .territory = "VEN", .service = "VEN", .operator_icao = "AVA",
     .operator_state = "COL", .verdict = NOFORCE, .on_addressed = ADV, .applies = NO,
     .rule = "R09"},
    /* UK AIP ENR 1.1: V-series, "recommended not to enter" */
    {"UK recommendation on Libya, BAW", "GBR", "state", "EGGNYNYX", "V0012/23", RECOMMEND, CLASS,
     "GBR", .territory = "LBY", .service = "LBY", .operator_icao = "BAW", .operator_state = "GBR",
     .verdict = ADV, .on_addressed = ADV, .applies = YES, .rule = "R09"},
    {"UK recommendation on Libya, DLH", "GBR", "state", "EGGNYNYX", "V0012/23", RECOMMEND, CLASS,
     "GBR", .territory = "LBY", .service = "LBY", .operator_icao = "DLH", .operator_state = "DEU",
     .registry = "DEU", .verdict = NOFORCE, .on_addressed = ADV, .applies = NO, .rule = "R09"},
    /* Irish Aviation Authority B1494/23: "shall not enter" */
    {"EI B1494/23 on Ukraine, RYR", "IRL", "state", "EINNYNYX", "B1494/23", PROHIBIT, CLASS, "IRL",
     .territory = "UKR", .service = "UKR", .operator_icao = "RYR", .operator_state = "IRL",
     .verdict = BIND, .on_addressed = BIND, .applies = YES, .rule = "R08"},
    {"EI B1494/23, BAW with an EI- aircraft", "IRL", "state", "EINNYNYX", "B1494/23", PROHIBIT,
     CLASS, "IRL", .territory = "UKR", .service = "UKR", .operator_icao = "BAW",
     .operator_state = "GBR", .registry = "IRL", .verdict = BIND, .on_addressed = BIND,
     .applies = YES, .rule = "R08"},
    {"EI B1494/23, BAW, registry unknown", "IRL", "state", "EINNYNYX", "B1494/23", PROHIBIT, CLASS,
     "IRL", .territory = "UKR", .service = "UKR", .operator_icao = "BAW", .operator_state = "GBR",
     .verdict = BIND, .on_addressed = BIND, .applies = MAYBE, .rule = "R08"},
    /* LuftVG 26a: German aircraft and operators */
    {"German ban on Niger, DLH", "DEU", "state", "EDDZYNYX", "B0800/23", PROHIBIT, CLASS, "DEU",
     .territory = "NER", .service = "NER", .operator_icao = "DLH", .operator_state = "DEU",
     .verdict = BIND, .on_addressed = BIND, .applies = YES, .rule = "R08"},
    {"German ban over the high seas, KLM PH-", "DEU", "state", "EDDZYNYX", "B0801/23", PROHIBIT,
     CLASS, "DEU", .territory = "", .service = "YEM", .operator_icao = "KLM",
     .operator_state = "NLD", .registry = "NLD", .verdict = NOFORCE, .on_addressed = BIND,
     .applies = NO, .rule = "R08"},
    {"a German State aircraft is outside (Art. 3)", "DEU", "state", "EDDZYNYX", "B0800/23",
     PROHIBIT, CLASS, "DEU", .territory = "NER", .service = "NER", .operator_state = "DEU",
     .use = OVF_USE_STATE, .verdict = NOFORCE, .on_addressed = BIND, .applies = NO, .rule = "R08"},
    /* Pakistan A0220/25 of 24 April 2025: Indian aircraft and operators, owned or leased */
    {"A0220/25 over Pakistan, AIC", "PAK", "state", "OPKCYNYX", "A0220/25", CLOSE, CLASS, "IND",
     "IND", .territory = "PAK", .service = "PAK", .operator_icao = "AIC", .operator_state = "IND",
     .verdict = BIND, .on_addressed = BIND, .applies = YES, .rule = "R06"},
    {"A0220/25, KLM, owner unknown", "PAK", "state", "OPKCYNYX", "A0220/25", CLOSE, CLASS, "IND",
     "IND", .territory = "PAK", .service = "PAK", .operator_icao = "KLM", .operator_state = "NLD",
     .registry = "NLD", .verdict = BIND, .on_addressed = BIND, .applies = MAYBE, .rule = "R06"},
    /* UK B0473/22 of 25 February 2022: Russian carriers */
    {"B0473/22 over the UK, AFL", "GBR", "state", "EGGNYNYX", "B0473/22", PROHIBIT, CLASS, "RUS",
     .territory = "GBR", .service = "GBR", .operator_icao = "AFL", .operator_state = "RUS",
     .verdict = BIND, .on_addressed = BIND, .applies = YES, .rule = "R06"},
    {"B0473/22, THY on TC-", "GBR", "state", "EGGNYNYX", "B0473/22", PROHIBIT, CLASS, "RUS",
     .territory = "GBR", .service = "GBR", .operator_icao = "THY", .operator_state = "TUR",
     .registry = "TUR", .verdict = NOFORCE, .on_addressed = BIND, .applies = NO, .rule = "R06"},
    /* Niger A0990/23 of 6 August 2023 */
    {"A0990/23 over Niger, AFR", "NER", "state", "DRRRYNYX", "A0990/23", CLOSE, EVERYONE,
     .territory = "NER", .service = "NER", .operator_icao = "AFR", .operator_state = "FRA",
     .verdict = BIND, .on_addressed = BIND, .applies = YES, .rule = "R01"},
    {"Niamey's closure over Burkina Faso, which it only serves", "NER", "state", "DRRRYNYX",
     "A0990/23", CLOSE, EVERYONE, .territory = "BFA", .service = "NER", .verdict = SVC,
     .on_addressed = SVC, .applies = YES, .rule = "R24"},
    /* Sudan, 15 April 2023: services withdrawn in HSSS and above FL245 over South Sudan */
    {"HSSS services withdrawn, over Sudan", "SDN", "state", "HSSSYNYX", "A0100/23", NO_SERVICE,
     EVERYONE, .territory = "SDN", .service = "SDN", .verdict = SVC, .on_addressed = SVC,
     .applies = YES, .rule = "R17"},
    {"HSSS services withdrawn, over South Sudan", "SDN", "state", "HSSSYNYX", "A0100/23",
     NO_SERVICE, EVERYONE, .territory = "SSD", .service = "SDN", .verdict = SVC,
     .on_addressed = SVC, .applies = YES, .rule = "R24"},
    {"closed but for humanitarian flights, such a flight", "SDN", "state", "HSSSYNYX", "A0101/23",
     CLOSE, EVERYONE, .except = "HUMANITARIAN FLIGHTS", .territory = "SDN", .service = "SDN",
     .use = OVF_USE_HUMANITARIAN, .verdict = BIND, .on_addressed = BIND, .applies = NO,
     .rule = "R01"},
    {"the same, with a permission", "SDN", "state", "HSSSYNYX", "A0101/23", CLOSE, EVERYONE,
     .except = "HUMANITARIAN FLIGHTS WITH PERMISSION", .territory = "SDN", .service = "SDN",
     .use = OVF_USE_HUMANITARIAN, .verdict = COND, .on_addressed = BIND, .applies = YES,
     .rule = "R01"},
    {"South Sudan closes its own air, served by Sudan", "SSD", "state", "HJJJYNYX", "A0007/23",
     CLOSE, EVERYONE, .territory = "SSD", .service = "SDN", .verdict = BIND, .on_addressed = BIND,
     .applies = YES, .rule = "R23"},
    /* Annex 2: danger areas anywhere, prohibited and restricted ones over territory only */
    {"a danger area over the sea of its own FIR", "GBR", "state", "EGGNYNYX", "H0001/23", DANGER,
     EVERYONE, .territory = "", .service = "GBR", .verdict = ADV, .on_addressed = ADV,
     .applies = YES, .rule = "R03"},
    {"A5935/25, a Turkish exercise in the Athinai FIR", "TUR", "state", "LTAAYNYX", "A5935/25",
     DANGER, EVERYONE, .territory = "", .service = "GRC", .verdict = CONTEST,
     .on_addressed = CONTEST, .applies = YES, .rule = "R03"},
    {"a restricted area over the high seas", "GBR", "state", "EGGNYNYX", "H0002/23",
     OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL, EVERYONE, .territory = "", .service = "GBR",
     .verdict = CONTEST, .on_addressed = CONTEST, .applies = YES, .rule = "R04"},
    {"a restricted area over land", "GBR", "state", "EGGNYNYX", "H0003/23", OVF_EFFECT_RESTRICTED,
     OVF_STRENGTH_UNKNOWN, EVERYONE, .territory = "GBR", .service = "GBR", .verdict = COND,
     .on_addressed = COND, .applies = YES, .rule = "R05"},
    {"a prohibited area over land", "FRA", "state", "LFFAYNYX", "R0001/24", PROHIBIT, EVERYONE,
     .territory = "FRA", .service = "FRA", .verdict = BIND, .on_addressed = BIND, .applies = YES,
     .rule = "R01"},
    /* FDC 1/8002, Boca Chica: 14 CFR 91.143, split at 12 NM */
    {"FDC 1/8002 within 12 NM, KLM", "USA", "state", "FDC", "FDC 1/8002", PROHIBIT, EVERYONE,
     .text = "PURSUANT TO 14 CFR SECTION 91.143", .territory = "USA", .service = "USA",
     .operator_icao = "KLM", .operator_state = "NLD", .verdict = BIND, .on_addressed = BIND,
     .applies = YES, .rule = "R01"},
    {"FDC 1/8002 beyond 12 NM, AMX on XA-, airman unknown", "USA", "state", "FDC", "FDC 1/8002",
     PROHIBIT, EVERYONE, .text = "PURSUANT TO 14 CFR SECTION 91.143", .territory = "",
     .service = "USA", .operator_icao = "AMX", .operator_state = "MEX", .registry = "MEX",
     .verdict = BIND, .on_addressed = BIND, .applies = MAYBE, .rule = "R22"},
    {"FDC 1/8002 beyond 12 NM, N-registered", "USA", "state", "FDC", "FDC 1/8002", PROHIBIT,
     EVERYONE, .text = "PURSUANT TO 14 CFR SECTION 91.143", .territory = "", .service = "USA",
     .registry = "USA", .verdict = BIND, .on_addressed = BIND, .applies = YES, .rule = "R22"},
    /* Regulation (EU) 2018/1139 Art. 88: CZIB 2026-01 */
    {"CZIB 2026-01 on SVZM, a US operator", "", "easa", "EASA", "2026-01", PROHIBIT, CLASS, "EU",
     .territory = "VEN", .service = "VEN", .verdict = ADV, .on_addressed = ADV, .applies = MAYBE,
     .rule = "R10"},
    {"EASA SD-2021-02", "", "easa", "EASA", "SD-2021-02", PROHIBIT, CLASS, "EU", .territory = "BLR",
     .service = "BLR", .verdict = ADV, .on_addressed = ADV, .applies = MAYBE, .rule = "R11"},
    /* Security Council resolution 1973 (2011) */
    {"resolution 1973 over Libya", "", "un", "UNSC", "1973 (2011)", PROHIBIT, EVERYONE,
     .territory = "LBY", .service = "LBY", .verdict = BIND, .on_addressed = BIND, .applies = YES,
     .rule = "R16"},
    {"a zero rate of the network manager", "", "flow", "EUROCONTROL", "EH123A", OVF_EFFECT_FLOW,
     OVF_STRENGTH_UNKNOWN, EVERYONE, .territory = "FRA", .service = "FRA", .verdict = COND,
     .on_addressed = COND, .applies = YES, .rule = "R18"},
    {"GNSS interference, Emirates A1147/26", "ARE", "state", "OMAEYNYX", "A1147/26",
     OVF_EFFECT_WARNING, OVF_STRENGTH_UNKNOWN, EVERYONE, .qcode = "QGWAU", .territory = "ARE",
     .service = "ARE", .verdict = ADV, .on_addressed = ADV, .applies = YES, .rule = "R26"},
    {"Niger reopened, A1096/23", "NER", "state", "DRRRYNYX", "A1096/23", OVF_EFFECT_LIFTED,
     OVF_STRENGTH_OPENING, EVERYONE, .territory = "NER", .service = "NER",
     .verdict = OVF_VERDICT_NONE, .on_addressed = OVF_VERDICT_NONE, .applies = NO, .rule = "R25"},
    /* What cannot be told */
    {"a closure whose place was not found", "VEN", "state", "SVMIYNYX", "A0622/25", PROHIBIT,
     EVERYONE, .territory = "?", .verdict = 0, .on_addressed = 0, .applies = MAYBE, .rule = NULL},
    {"an order to one's own, wherever it is", "USA", "state", "KICZ", "A0001/26", PROHIBIT,
     US_PERSONS, .territory = "?", .operator_icao = "AAL", .operator_state = "USA", .verdict = BIND,
     .on_addressed = BIND, .applies = YES, .rule = "R08"},
    {"at the coast: territory or high seas?", "VEN", "state", "SVMIYNYX", "A0700/25", CLOSE,
     EVERYONE, .territory = "VEN", .service = "VEN", .doubtful = true, .verdict = 0,
     .on_addressed = 0, .applies = MAYBE, .rule = "R01"},
    {"at the coast, but bound on either side", "USA", "state", "KICZ", "A0001/26", PROHIBIT,
     US_PERSONS, .territory = "VEN", .service = "VEN", .doubtful = true, .operator_icao = "AAL",
     .operator_state = "USA", .verdict = BIND, .on_addressed = BIND, .applies = YES, .rule = "R08"},
    {"an effect that was not understood", "VEN", "state", "SVMIYNYX", "A0800/25",
     OVF_EFFECT_UNKNOWN, OVF_STRENGTH_UNKNOWN, EVERYONE, .territory = "VEN", .service = "VEN",
     .verdict = 0, .on_addressed = 0, .applies = MAYBE, .rule = NULL},
};

static ovf_str one(const char *text)
{
    return ovf_str_of(text);
}

static void judges(void **state)
{
    const struct row *row = *state;
    ovf_str class = one(row->class), owner = one(row->owner);
    ovf_str flights = one(row->flights), except = one(row->except);
    const ovf_notice notice = {
        .id = one(row->id),
        .location_prefix =
            ovf_str_eq(one(row->office), OVF_STR("KICZ")) ? OVF_STR("KICZ") : OVF_STR(""),
        .issuer = {.office = one(row->office), .state = one(row->issuer), .kind = one(row->kind)},
        .effect = row->effect,
        .strength = row->strength,
        .qcode = one(row->qcode),
        .text = one(row->text),
        .addressed = {.everyone = row->to == EVERYONE,
                      .us_persons = row->to == US_PERSONS,
                      .operator_states = &class,
                      .operator_state_count = row->to == CLASS,
                      .registry_states = &class,
                      .registry_state_count = row->to == CLASS && !ovf_str_eq(class, OVF_STR("EU")),
                      .owner_states = &owner,
                      .owner_state_count = row->owner != NULL,
                      .flights = &flights,
                      .flight_count = row->flights != NULL,
                      .except = &except,
                      .except_count = row->except != NULL},
    };
    const ovf_party party = {.operator_icao = one(row->operator_icao),
                             .operator_state = one(row->operator_state),
                             .registry_state = one(row->registry),
                             .use = row->use};
    bool is_lost = ovf_str_eq(one(row->territory), OVF_STR("?"));
    const ovf_air air = {.territory = is_lost ? (ovf_str){0} : one(row->territory),
                         .service = one(row->service),
                         .is_high_seas = one(row->territory).len == 0,
                         .is_disputed = row->disputed,
                         .is_doubtful = row->doubtful};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_ruling ruling = {0};
    assert_int_equal(ovf_judge_notice_air(book, &notice, SIZE_MAX, air, &party, &arena, &ruling),
                     OVF_OK);
    assert_string_equal(ovf_verdict_name(ruling.verdict), ovf_verdict_name(row->verdict));
    assert_string_equal(ovf_verdict_name(ruling.on_addressed), ovf_verdict_name(row->on_addressed));
    assert_int_equal(ruling.applies, row->applies);
    if (row->rule == NULL) {
        assert_int_equal(ruling.rule_count, 0);
    } else {
        assert_true(ruling.rule_count > 0);
        assert_true(ovf_str_eq(ruling.rules[0].id, one(row->rule)));
        assert_true(ruling.rules[0].cites.len > 0 && ruling.rules[0].fact.len > 0);
    }
    ovf_arena_done(&arena);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, judges, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("authority-notices", tests, OVF_COUNTOF(tests), open_book,
                                   close_book);
}
