/* SPDX-License-Identifier: Apache-2.0 */
/* Is somebody among those whom a notice addresses? Every predicate has three values; what is not
 * known is listed, and a few readings close the gap where the Convention itself does, each said in
 * the reason. */
#include "authority_internal.h"

/* What is being found out, as it goes along. */
struct inquiry {
    const ovf_rulebook *book;
    const ovf_party *party;
    ovf_time when; /* of the act: membership of a group is asked for then */
    bool by_easa;
    bool is_quiet;  /* only the answer is wanted, no words */
    bool is_remote; /* of an unknown class: nothing that is known points to it */
    ovf_buf why;
    ovf_buf missing;
};

static void lacks(struct inquiry *q, const char *predicate)
{
    if (q->is_quiet)
        return;
    if (q->missing.len > 0
        && ovf_str_find(ovf_buf_str(&q->missing), 0, ovf_str_of(predicate)) != OVF_NOPOS)
        return;
    ovf_buf_printf(&q->missing, "%s%s", q->missing.len > 0 ? " " : "", predicate);
}

#define SAY(q, ...)                                \
    do {                                           \
        if ((q)->is_quiet)                         \
            break;                                 \
        if ((q)->why.len > 0)                      \
            ovf_buf_add(&(q)->why, OVF_STR("; ")); \
        ovf_buf_printf(&(q)->why, __VA_ARGS__);    \
    } while (0)

static bool is_state_flight(const ovf_party *party)
{
    return party->use == OVF_USE_STATE || party->use == OVF_USE_MILITARY;
}

/* ---- the FAA's three classes ---- */

static ovf_tri is_usa(ovf_str state)
{
    if (state.len == 0)
        return OVF_TRI_UNKNOWN;
    return ovf_str_eq(state, OVF_STR("USA")) ? OVF_TRI_YES : OVF_TRI_NO;
}

/* An operator of another State that is not a private one holds that State's authority to carry. */
static ovf_tri is_foreign_carrier(const ovf_party *party)
{
    if (party->use == OVF_USE_PRIVATE)
        return OVF_TRI_NO;
    return ovf_tri_not(is_usa(party->operator_state));
}

/* 14 CFR part 91 subpart M and the KICZ notices, paragraph A:
 *   us_operator OR (faa_airman AND NOT (reg==US AND foreign_carrier))
 *               OR (reg==US AND NOT foreign_carrier) */
static ovf_tri is_us_person(struct inquiry *q)
{
    const ovf_party *party = q->party;
    if (is_state_flight(party)) {
        SAY(q, "State aircraft are outside the Convention (Art. 3) and paragraph A");
        return OVF_TRI_NO;
    }
    ovf_tri us_operator =
        party->use == OVF_USE_PRIVATE ? OVF_TRI_NO : is_usa(party->operator_state);
    ovf_tri foreign_carrier = is_foreign_carrier(party);
    ovf_tri us_registered = is_usa(party->registry_state);
    ovf_tri airman = is_usa(party->airman_state);
    if (airman == OVF_TRI_UNKNOWN && foreign_carrier == OVF_TRI_YES) {
        // Art. 32(a): the crew is licensed by the State of registry; for an N-registered aircraft
        // of a foreign carrier clauses 2 and 3 carry the exception, so neither way leads in.
        airman = OVF_TRI_NO;
        SAY(q,
            "operator " OVF_FMT " is an air carrier of " OVF_FMT ", not of the USA; its crews "
            "hold licences of the State of registry (Chicago Convention Art. 32(a)), and a "
            "US-registered aircraft flown for a foreign carrier is excepted",
            OVF_ARG(party->operator_icao), OVF_ARG(party->operator_state));
    }
    ovf_tri by_airman =
        ovf_tri_and(airman, ovf_tri_not(ovf_tri_and(us_registered, foreign_carrier)));
    ovf_tri by_aircraft = ovf_tri_and(us_registered, ovf_tri_not(foreign_carrier));
    ovf_tri bound = ovf_tri_or(us_operator, ovf_tri_or(by_airman, by_aircraft));
    if (us_operator == OVF_TRI_YES)
        SAY(q, "operator " OVF_FMT " is a US air carrier or commercial operator (clause 1)",
            OVF_ARG(party->operator_icao));
    else if (by_aircraft == OVF_TRI_YES)
        SAY(q, "US-registered, and not flown for a foreign air carrier (clause 3)");
    else if (by_airman == OVF_TRI_YES)
        SAY(q, "the privileges of an FAA airman certificate are used (clause 2)");
    else if (bound == OVF_TRI_NO && q->why.len == 0)
        SAY(q, "neither a US operator, nor US-registered, nor an FAA airman");
    if (bound != OVF_TRI_UNKNOWN)
        return bound;
    if (party->operator_state.len == 0 && party->use != OVF_USE_PRIVATE)
        lacks(q, "operator");
    if (us_registered == OVF_TRI_UNKNOWN)
        lacks(q, "registry");
    if (airman == OVF_TRI_UNKNOWN)
        lacks(q, "airman");
    SAY(q, "an FAA airman certificate, US registry or a US operator cannot be excluded");
    bool is_known = party->operator_state.len > 0 || party->registry_state.len > 0;
    q->is_remote =
        is_known && us_registered != OVF_TRI_YES && is_usa(party->operator_state) != OVF_TRI_YES;
    return OVF_TRI_UNKNOWN;
}

/* ---- classes of States ---- */

/* Is the name that of a group, and the State in it? NO for names of States. "EU" of an act of EASA
 * is the reach of Regulation (EU) 965/2012: the Union, and by agreement the EEA and Switzerland. */
static ovf_tri in_group(const struct inquiry *q, ovf_str name, ovf_str state)
{
    bool is_eu = ovf_str_eq(name, OVF_STR("EU"));
    if (is_eu && q->by_easa) {
        ovf_tri in = ovf_rulebook_in_group(q->book, OVF_STR("EASA"), state, q->when);
        if (in != OVF_TRI_UNKNOWN)
            return in;
    }
    if (is_eu)
        return authority_is_eu(q->book, state, q->when);
    return ovf_rulebook_in_group(q->book, name, state, q->when) == OVF_TRI_YES ? OVF_TRI_YES
                                                                               : OVF_TRI_NO;
}

static ovf_tri in_list(const struct inquiry *q, const ovf_str *list, size_t count, ovf_str state)
{
    ovf_tri answer = OVF_TRI_NO;
    if (count == 0)
        return OVF_TRI_NO;
    if (state.len == 0)
        return OVF_TRI_UNKNOWN;
    for (size_t i = 0; i < count; i++) {
        ovf_tri one = in_group(q, list[i], state);
        if (one == OVF_TRI_NO && authority_same_state(q->book, list[i], state))
            one = OVF_TRI_YES;
        answer = ovf_tri_or(answer, one);
    }
    return answer;
}

static ovf_tri ask(struct inquiry *q, const char *words, const ovf_str *list, size_t count,
                   ovf_str state)
{
    ovf_tri answer = in_list(q, list, count, state);
    if (answer == OVF_TRI_YES)
        SAY(q, "%s " OVF_FMT ", which it names", words, OVF_ARG(state));
    else if (answer == OVF_TRI_NO && count > 0)
        SAY(q, "%s " OVF_FMT ", which it does not name", words, OVF_ARG(state));
    return answer;
}

/* "TCO" among the flights names operators, not a kind of flight. */
static bool is_tco(ovf_str words)
{
    return ovf_str_eq(words, OVF_STR("TCO"));
}

/* Carriers of other States fly into the Union under an authorisation of EASA (Reg. (EU) 452/2014):
 * which of them hold one we do not know. */
static ovf_tri as_third_country(struct inquiry *q, const ovf_addressed *who, ovf_tri answer)
{
    const ovf_party *party = q->party;
    bool carries = party->use == OVF_USE_AIRLINE || party->use == OVF_USE_CARGO
                   || party->use == OVF_USE_UNKNOWN;
    for (size_t i = 0; i < who->flight_count && answer == OVF_TRI_NO; i++) {
        if (!is_tco(who->flights[i]) || !carries || party->operator_state.len == 0
            || in_group(q, OVF_STR("EU"), party->operator_state) == OVF_TRI_YES)
            continue;
        SAY(q,
            "it also names third country operators: " OVF_FMT
            " may hold an EASA authorisation (Regulation (EU) No 452/2014)",
            OVF_ARG(party->operator_icao.len > 0 ? party->operator_icao : party->operator_state));
        answer = OVF_TRI_UNKNOWN;
    }
    return answer;
}

/* One kind of class that a notice names, and whether the party is in it. */
typedef struct class_asked {
    const char *predicate;
    const ovf_str *states;
    size_t count;
    ovf_tri answer;
} class_asked;

/* A carrier flies what is registered at home, an aircraft is flown from where it is registered, and
 * who operates it has it by title or by lease: so a predicate that is not told goes with the States
 * that are, as a rule (Chicago Convention Art. 17, 31, 32(a); Art. 83 bis is for the exceptions). It
 * settles nothing; but where none of these States is named it takes an exception to be addressed. */
static bool is_pointed_at(const struct inquiry *q, const class_asked *asked)
{
    const ovf_party *party = q->party;
    const ovf_str known[] = {party->operator_state, party->registry_state, party->owner_state,
                             party->airman_state};
    for (size_t i = 0; i < OVF_COUNTOF(known); i++) {
        if (known[i].len > 0 && in_list(q, asked->states, asked->count, known[i]) != OVF_TRI_NO)
            return true;
    }
    return party->operator_state.len == 0 && party->registry_state.len == 0;
}

static void tell_unknown(struct inquiry *q, const class_asked *asked, size_t count)
{
    q->is_remote = true;
    for (size_t i = 0; i < count; i++) {
        if (asked[i].answer != OVF_TRI_UNKNOWN)
            continue;
        bool is_likely = is_pointed_at(q, &asked[i]);
        q->is_remote = q->is_remote && !is_likely;
        lacks(q, asked[i].predicate);
        if (q->party->operator_state.len == 0 && q->party->registry_state.len == 0)
            continue;
        SAY(q, "%s is not known: %s " OVF_FMT "%s%s", asked[i].predicate,
            is_likely ? "as a rule it goes with the State that it names," : "it would take one of",
            OVF_ARG(asked[i].states[0]), asked[i].count > 1 ? " or of another that it names" : "",
            is_likely ? "" : ", of which nothing known gives a sign");
    }
}

static ovf_tri in_classes(struct inquiry *q, const ovf_addressed *who)
{
    const ovf_party *party = q->party;
    ovf_str operated = party->use == OVF_USE_PRIVATE && party->operator_state.len == 0
                           ? (ovf_str){0}
                           : party->operator_state;
    class_asked asked[] = {
        {"operator", who->operator_states, who->operator_state_count, OVF_TRI_NO},
        {"registry", who->registry_states, who->registry_state_count, OVF_TRI_NO},
        {"owner", who->owner_states, who->owner_state_count, OVF_TRI_NO},
        {"airman", who->airman_states, who->airman_state_count, OVF_TRI_NO},
    };
    static const char *const words[] = {"the operator is of", "the aircraft is registered in",
                                        "the owner is of", "the airman is certificated by"};
    const ovf_str told[] = {operated, party->registry_state, party->owner_state,
                            party->airman_state};
    ovf_tri answer = OVF_TRI_NO;
    for (size_t i = 0; i < OVF_COUNTOF(asked); i++) {
        asked[i].answer = ask(q, words[i], asked[i].states, asked[i].count, told[i]);
        answer = ovf_tri_or(answer, asked[i].answer);
    }
    // A carrier that only sells the flight is known when it is told; else nobody is taken to.
    ovf_tri by_seller =
        who->sellers && party->seller_state.len > 0
            ? ask(q, "the flight is also sold by a carrier of", who->operator_states,
                  who->operator_state_count, party->seller_state)
            : OVF_TRI_NO;
    answer = ovf_tri_or(answer, by_seller);
    if (answer != OVF_TRI_UNKNOWN)
        return as_third_country(q, who, answer);
    tell_unknown(q, asked, OVF_COUNTOF(asked));
    return answer;
}

/* ---- kinds of aircraft and flight ---- */

static bool has_word(ovf_str text, const char *word)
{
    return ovf_str_find(text, 0, ovf_str_of(word)) != OVF_NOPOS;
}

static bool is_unmanned(ovf_str text)
{
    return has_word(text, "UAS") || has_word(text, "UAV") || has_word(text, "DRONE")
           || has_word(text, "RPA") || has_word(text, "UNMANNED");
}

static ovf_tri in_aircraft(struct inquiry *q, const ovf_addressed *who)
{
    ovf_tri answer = OVF_TRI_NO;
    const ovf_party *party = q->party;
    if (who->aircraft_count == 0)
        return OVF_TRI_YES;
    for (size_t i = 0; i < who->aircraft_count; i++) {
        ovf_tri one = OVF_TRI_UNKNOWN;
        bool carries = party->use == OVF_USE_AIRLINE || party->use == OVF_USE_CARGO;
        if (party->aircraft.len > 0 && ovf_str_eq_nocase(who->aircraft[i], party->aircraft))
            one = OVF_TRI_YES;
        else if (is_unmanned(who->aircraft[i]))
            one = party->aircraft.len > 0
                      ? (is_unmanned(party->aircraft) ? OVF_TRI_YES : OVF_TRI_NO)
                  : carries ? OVF_TRI_NO
                            : OVF_TRI_UNKNOWN;
        answer = ovf_tri_or(answer, one);
    }
    if (answer == OVF_TRI_UNKNOWN)
        lacks(q, "aircraft");
    if (answer == OVF_TRI_NO)
        SAY(q, "not an aircraft of the kind that it names");
    return answer;
}

/* "TO SVMI", "FROM COL": compared with where the flight goes. */
static ovf_tri on_route(struct inquiry *q, ovf_str words)
{
    bool is_to = ovf_str_starts(words, OVF_STR("TO "));
    ovf_str place = ovf_str_trim(ovf_str_tail(words, is_to ? 3 : 5));
    ovf_str given = is_to ? q->party->to : q->party->from;
    ovf_str given_state = is_to ? q->party->to_state : q->party->from_state;
    if (given.len == 0 && given_state.len == 0) {
        lacks(q, is_to ? "to" : "from");
        return OVF_TRI_UNKNOWN;
    }
    if (place.len == 3) {
        ovf_str state = authority_airport_state(q->book, given);
        if (state.len == 0)
            state = given_state;
        if (state.len == 0) {
            lacks(q, is_to ? "to" : "from");
            return OVF_TRI_UNKNOWN;
        }
        return authority_same_state(q->book, state, place) ? OVF_TRI_YES : OVF_TRI_NO;
    }
    if (place.len != 4)
        return OVF_TRI_UNKNOWN;
    return ovf_str_eq_nocase(place, given) ? OVF_TRI_YES : OVF_TRI_NO;
}

static bool is_on_route(ovf_str words)
{
    return ovf_str_starts(words, OVF_STR("TO ")) || ovf_str_starts(words, OVF_STR("FROM "));
}

static ovf_tri is_flight(struct inquiry *q, ovf_str words)
{
    ovf_use use = q->party->use;
    bool carries = use == OVF_USE_AIRLINE || use == OVF_USE_CARGO;
    if (is_on_route(words))
        return on_route(q, words);
    if (has_word(words, "CIVIL")) // an unknown use is taken as civil: the larger restriction
        return is_state_flight(q->party) ? OVF_TRI_NO : OVF_TRI_YES;
    if (has_word(words, "MILITARY") || has_word(words, "STATE")) {
        if (use == OVF_USE_UNKNOWN)
            lacks(q, "use");
        return use == OVF_USE_UNKNOWN      ? OVF_TRI_UNKNOWN
               : is_state_flight(q->party) ? OVF_TRI_YES
                                           : OVF_TRI_NO;
    }
    if (has_word(words, "NON-SCHEDULED")
        || has_word(words, "SPECIAL")) { // carriers fly such flights too, and so do others
        if (has_word(words, "NON-SCHEDULED") && q->party->is_scheduled != OVF_TRI_UNKNOWN)
            return ovf_tri_not(q->party->is_scheduled);
        lacks(q, "use");
        return OVF_TRI_UNKNOWN;
    }
    if (has_word(words, "SCHEDULED") && q->party->is_scheduled != OVF_TRI_UNKNOWN)
        return q->party->is_scheduled;
    if (has_word(words, "SCHEDULED") || has_word(words, "COMMERCIAL")
        || has_word(words, "CHARTER")) {
        if (use == OVF_USE_UNKNOWN || carries)
            lacks(q, "use");
        return use == OVF_USE_UNKNOWN          ? OVF_TRI_UNKNOWN
               : !carries                      ? OVF_TRI_NO
               : has_word(words, "COMMERCIAL") ? OVF_TRI_YES
                                               : OVF_TRI_UNKNOWN;
    }
    if (has_word(words, "VFR") || has_word(words, "IFR")) {
        lacks(q, "flight-rules");
        return OVF_TRI_UNKNOWN;
    }
    return OVF_TRI_YES; // a kind that we do not know is not a way out
}

static ovf_tri in_flights(struct inquiry *q, const ovf_addressed *who)
{
    ovf_tri answer = OVF_TRI_NO;
    size_t kinds = 0;
    for (size_t i = 0; i < who->flight_count; i++)
        kinds += !is_tco(who->flights[i]);
    if (kinds == 0)
        return OVF_TRI_YES;
    // Whoever flies is barred by what names a kind of flight, but not by what names its ends.
    bool is_nobody = ovf_party_is_empty(q->party);
    for (size_t i = 0; i < who->flight_count; i++) {
        if (!is_tco(who->flights[i]))
            answer = ovf_tri_or(answer, is_nobody && !is_on_route(who->flights[i])
                                            ? OVF_TRI_YES
                                            : is_flight(q, who->flights[i]));
    }
    if (answer == OVF_TRI_NO)
        SAY(q, "not a flight of the kind that it names");
    return answer;
}

/* ---- exceptions ---- */

static bool excepts(ovf_str words, ovf_use use)
{
    switch (use) {
    case OVF_USE_HUMANITARIAN: return has_word(words, "HUM");
    case OVF_USE_SAR: return has_word(words, "SAR") || has_word(words, "SEARCH");
    case OVF_USE_MEDICAL:
        return has_word(words, "MED") || has_word(words, "AMBULANCE") || has_word(words, "HOSP");
    case OVF_USE_STATE: return has_word(words, "STATE") || has_word(words, "GOV");
    case OVF_USE_MILITARY: return has_word(words, "MIL");
    case OVF_USE_CARGO: return has_word(words, "CARGO") || has_word(words, "FREIGHT");
    case OVF_USE_UNKNOWN:
    case OVF_USE_AIRLINE:
    case OVF_USE_PRIVATE: return false;
    }
    return false;
}

static void apply_exceptions(struct inquiry *q, const ovf_addressed *who,
                             struct authority_match *out)
{
    for (size_t i = 0; i < who->except_count && out->applies != OVF_TRI_NO; i++) {
        ovf_str words = who->except[i];
        if (!excepts(words, q->party->use))
            continue;
        if (has_word(words, "PERM") || has_word(words, "PPR") || has_word(words, "AUTH")
            || has_word(words, "APPROV")) {
            out->on_permission = true;
            SAY(q, "excepted with a permission: " OVF_FMT, OVF_ARG(ovf_str_sub(words, 0, 200)));
        } else {
            out->applies = OVF_TRI_NO;
            SAY(q, "excepted: " OVF_FMT, OVF_ARG(ovf_str_sub(words, 0, 200)));
        }
    }
}

/* *on_permission: excepted, but only with a permission. */
static ovf_tri answer(struct inquiry *q, const struct authority_addressee *to, bool *on_permission)
{
    struct authority_match match = {.applies = OVF_TRI_YES};
    if (to->to == AUTHORITY_TO_US_PERSONS)
        match.applies = is_us_person(q);
    else if (to->to != AUTHORITY_TO_EVERYONE)
        match.applies = in_classes(q, &to->who);
    if (to->to == AUTHORITY_TO_OWN && is_state_flight(q->party)) {
        match.applies = OVF_TRI_NO;
        SAY(q, "State aircraft are outside the Convention (Art. 3)");
    }
    if (match.applies != OVF_TRI_NO) {
        match.applies = ovf_tri_and(match.applies, in_aircraft(q, &to->who));
        match.applies = ovf_tri_and(match.applies, in_flights(q, &to->who));
        apply_exceptions(q, &to->who, &match);
    }
    q->is_remote = q->is_remote && match.applies == OVF_TRI_UNKNOWN;
    *on_permission = match.on_permission;
    return match.applies;
}

ovf_status authority_match_party(const ovf_rulebook *book, const struct authority_addressee *to,
                                 const ovf_party *party, ovf_time when, ovf_arena *arena,
                                 struct authority_match *out)
{
    struct inquiry q = {.book = book,
                        .party = party,
                        .when = when,
                        .by_easa = to->by_easa,
                        .why = {.limit = 8192},
                        .missing = {.limit = 256}};
    struct authority_match match = {0};
    match.applies = answer(&q, to, &match.on_permission);
    match.is_remote = q.is_remote;
    if (match.applies != OVF_TRI_UNKNOWN)
        ovf_buf_reset(&q.missing);
    if (q.why.len == 0)
        SAY(&q, "%s",
            to->to == AUTHORITY_TO_EVERYONE ? "addressed to everyone"
                                            : "not enough is known about the flight");
    match.why = ovf_arena_dup(arena, ovf_buf_str(&q.why));
    match.missing = ovf_arena_dup(arena, ovf_buf_str(&q.missing));
    bool no_memory = match.why.ptr == NULL || match.missing.ptr == NULL;
    ovf_buf_done(&q.why);
    ovf_buf_done(&q.missing);
    if (no_memory)
        return OVF_E_NOMEM;
    *out = match;
    return OVF_OK;
}

/* ---- law, wherever it is met ---- */

/* A row of law says itself whom it addresses (law.c), so that no default of its kind or of its air
 * comes in, but for those of EASA's. */
static ovf_status addressee_of_law(const ovf_rulebook *book, const ovf_notice *law,
                                   ovf_arena *arena, struct authority_addressee *out)
{
    const char *words = NULL;
    return authority_addressee_of(book, law, authority_classify(law, 0, &words), AUTHORITY_OWN,
                                  arena, out);
}

ovf_tri ovf_law_addresses(const ovf_rulebook *book, const ovf_notice *law, const ovf_party *party,
                          bool *is_remote)
{
    bool on_permission = false;
    ovf_arena scratch;
    ovf_arena_init(&scratch, 0);
    struct authority_addressee to = {0};
    struct inquiry q = {
        .book = book, .party = party, .when = authority_moment(law), .is_quiet = true};
    ovf_status status = addressee_of_law(book, law, &scratch, &to);
    q.by_easa = to.by_easa;
    ovf_tri applies = status == OVF_OK ? answer(&q, &to, &on_permission) : OVF_TRI_UNKNOWN;
    ovf_arena_done(&scratch);
    if (is_remote != NULL)
        *is_remote = q.is_remote;
    return applies;
}

ovf_str ovf_law_missing(const ovf_rulebook *book, const ovf_notice *law, const ovf_party *party,
                        ovf_arena *arena)
{
    struct authority_addressee to = {0};
    struct authority_match match = {0};
    if (addressee_of_law(book, law, arena, &to) != OVF_OK
        || authority_match_party(book, &to, party, authority_moment(law), arena, &match) != OVF_OK)
        return (ovf_str){0};
    return match.missing;
}
