/* SPDX-License-Identifier: Apache-2.0 */
/* Whom a notice names. Paragraph A of the FAA's international notices is a fixed
 * form; elsewhere a State's name beside "operators", "carriers", "registered", "owned" says it. A
 * notice about foreign airspace that names nobody is addressed to the issuer's own operators (14 CFR
 * 91.703 and its like abroad): assumed, and said so. */
#include "notice_internal.h"

#include <assert.h>
#include <stdio.h>

/* ---- the lists ---- */

enum { STATES_LISTED_MAX = 64 }; /* of one list of addressees */

static void add_state(ovf_draft *d, ovf_str **list, size_t *count, ovf_str iso3, size_t from,
                      size_t end)
{
    ovf_push_str(d, list, count, iso3);
    ovf_addressed *a = &d->notice->addressed;
    if (a->span.len == 0)
        a->span = ovf_raw_span(d, d->tokens[from].at, ovf_tok_end(d, end - 1));
}

#define ADD(which, iso3, from, end)                                                               \
    add_state(d, &d->notice->addressed.which##_states, &d->notice->addressed.which##_state_count, \
              iso3, from, end)

static bool is_paragraph_a(const ovf_draft *d, size_t *at, size_t *end)
{
    static const char *const forms[] = {
        "PERSONS DESCRIBED IN PARAGRAPH A",
        "DESCRIBED IN PARAGRAPH A",
        "AIR CARRIERS AND U? S? COMMERCIAL OPERATORS",
        "PERSONS EXERCISING THE PRIVILEGES OF AN AIRMAN CERTIFICATE",
    };
    for (size_t i = 0; i < OVF_COUNTOF(forms); i++) {
        *at = ovf_phrase_find(d, 0, d->token_count, forms[i], end);
        if (*at != OVF_NOPOS)
            return true;
    }
    return false;
}

/* "U.S. OPERATORS", "SPANISH AIR OPERATORS", "OPERATORS OF SPAIN", "UK REGISTERED AIR OPERATORS". */
static const char *const operator_forms[] = {
    "REGISTERED? AIR? OPERATORS|OPERATOR|CARRIERS|CARRIER|AIRLINES|AIRLINE",
    "REG AIR? OPERATORS|CARRIERS",
    "AIRCRAFT|ACFT OPERATORS",
    "CIVIL? AVIATION? OPERATORS",
    "COMMERCIAL AIR? OPERATORS|CARRIERS",
    "AOC HOLDERS",
    "AVIATION|AIRLINE COMPANIES|OPERATORS",
    "CIVIL AIR OPERATORS|CARRIERS",
};

static size_t operators_at(const ovf_draft *d, size_t i, uint32_t there)
{
    for (size_t k = 0; k < OVF_COUNTOF(operator_forms); k++) {
        size_t end = (there >> k & 1) != 0 ? ovf_phrase(d, i, operator_forms[k]) : 0;
        if (end > 0)
            return end;
    }
    return 0;
}

/* 0: no certificate stands before it; 'o' an operator's, 'a' an airman's. */
static char follows_certificate(const ovf_draft *d, size_t i)
{
    size_t from = i > 7 ? i - 7 : 0;
    if (ovf_phrase_find(
            d, from, i,
            "PILOT|PILOTS|AIRMAN|AIRMEN|CREW LICENSE|LICENCE|LICENSES|LICENCES|CERTIFICATE", NULL)
        != OVF_NOPOS)
        return 'a';
    return ovf_phrase_find(d, from, i,
                           "LICENSE|LICENCE|CERTIFICATE|CERTIFICATES|CERTIFCIATE|AOC|OL", NULL)
                   != OVF_NOPOS
               ? 'o'
               : '\0';
}

/* "SPANISH OPERATORS", "UK OPERATORS", "UNITED STATES AIR CARRIERS"; but "ADVISORY FOR VENEZUELA.
 * OPERATORS ARE ADVISED" with its stop lost speaks of two things. */
static bool is_adjective(const ovf_draft *d, size_t from, size_t end)
{
    ovf_str text = ovf_str_sub(d->clean.text, d->tokens[from].at, ovf_tok_end(d, end - 1));
    if (text.len <= 4 || ovf_tok_is(d, from, "UNITED"))
        return true;
    // "OWNED OR LEASED BY PAKISTAN AIRLINES"
    if (from > 0 && (ovf_tok_is(d, from - 1, "BY") || ovf_tok_is(d, from - 1, "ALL")))
        return true;
    static const char *const names[] = {"RUSSIA",  "SPAIN",    "FRANCE", "GERMANY",
                                        "IRELAND", "PORTUGAL", "CANADA", "VENEZUELA"};
    for (size_t i = 0; i < OVF_COUNTOF(names); i++) {
        if (ovf_tok_is(d, from, names[i]))
            return false;
    }
    return d->world == NULL || ovf_world_find_state(d->world, text) == OVF_INDEX_NONE;
}

/* The State behind a word: "REGISTERED IN X", "OPERATORS OF X", "AOC ISSUED BY X", "OWNED BY X". */
static void add_to(ovf_draft *d, char list, ovf_str state, size_t i, size_t end)
{
    if (list == 'r')
        ADD(registry, state, i, end);
    else if (list == 'p')
        ADD(owner, state, i, end);
    else if (list == 'a')
        ADD(airman, state, i, end);
    else
        ADD(operator, state, i, end);
}

/* "OF SWEDEN", "OF THE FOLLOWING STATES: ALBANIA, AUSTRIA AND BELGIUM": all that are listed. */
static void add_listed(ovf_draft *d, size_t i, size_t next, char list)
{
    size_t flw = ovf_phrase(d, next, "THE? FLW|FOLLOWING STATES|STATE|COUNTRIES|COUNTRY");
    next = flw > 0 ? flw + ovf_tok_sign(d, flw, ':') : next;
    list = list == 'c' ? follows_certificate(d, i) : list;
    for (size_t taken = 0; taken < STATES_LISTED_MAX && list != '\0'; taken++) {
        size_t end = 0;
        ovf_str state = ovf_state_behind(d, next, &end);
        if (state.len == 0)
            return;
        add_to(d, list, state, i, end);
        bool is_list = ovf_tok_sign(d, end, ',') || ovf_tok_sign(d, end, '/');
        next = end + is_list;
        size_t joined = ovf_phrase(d, next, "AND|OR|ET|OU|Y");
        is_list |= joined > 0;
        next = joined > 0 ? joined : next;
        if (!is_list)
            return;
    }
}

static const char *const state_forms[] = {
    "REGISTERED IN|BY|UNDER|WITH THE? REGISTRY? OF? THE?",
    "REGISTRATION OF THE?",
    "MATRICULADAS|MATRICULADOS|IMMATRICULES|IMMATRICULEES EN|AU|A|DE|DU",
    "CONNECTED|ASSOCIATED|AFFILIATED|LINKED WITH|TO THE?",
    "ISSUED|DELIVERED|GRANTED|MANAGED BY|IN THE? CIVIL? AVIATION? AUTHORITIES|AUTHORITY? OF? THE?",
    "CITIZENS|NATIONALS|PERSONS|PERSON|ENTITIES|ENTITY|INDIVIDUALS|COMPANIES OF|FROM|IN THE?",
    "OPERATORS|CARRIERS|AIRLINES|COMPANIES OF|FROM|IN THE?",
    "OPERATORS|CARRIERS|AIRLINES|AIRCRAFT|ACFT BELONGING TO THE?",
    "OWNED|CHARTERED|LEASED|CONTROLLED BY THE?",
    "LEGISLATION|LAW|LAWS OF THE?",
    "OPERADORES|AEROLINEAS|OPERATEURS|TRANSPORTEURS|COMPAGNIES DE|DU|DEL|DES LA?",
    "BASED|DOMICILED IN THE?",
    "REGISTERED IN|BY|UNDER? OR|AND BASED|OPERATED|OWNED|DOMICILED IN|BY THE?",
    // "AERONEFS CIVILS ET MILITAIRES MAROCAINS", "AEROLINEAS VENEZOLANAS": the State behind, as an adjective
    ("AERONEFS|AERONAVES|AVIONS|AVIOES CIVILS|CIVILES|CIVIS? ET|Y|E|OU|O? "
     "MILITAIRES|MILITARES|ETAT?"),
    "IMMATRICULATION|IMMATRICULATIONS|MATRICULA|MATRICULAS|MATRICULE",
    ("COMPAGNIES|EXPLOITANTS|TRANSPORTEURS|AEROLINEAS|OPERADORES|COMPANIAS|COMPANHIAS "
     "AERIENNES|AERIENS|AEREAS|AEREOS?"),
};

/* Of each: the list that it adds to; c asks the words before it. */
static const char state_lists[] = "rrrpcpooppoorrro";

static void read_state_behind(ovf_draft *d, size_t i, uint32_t there)
{
    for (size_t k = 0; k < OVF_COUNTOF(state_forms); k++) {
        size_t next = (there >> k & 1) != 0 ? ovf_phrase(d, i, state_forms[k]) : 0;
        if (next > 0)
            add_listed(d, i, next, state_lists[k]);
    }
}

/* Addressees by a word of their own: Canada's classes, the German law, the European Union. */
static void read_classes(ovf_draft *d)
{
    ovf_str own = d->notice->issuer.state;
    size_t end = 0;
    size_t at = ovf_phrase_find(d, d->main_from, d->token_count, "CAO|OARC", &end);
    if (at != OVF_NOPOS && ovf_str_eq(own, OVF_STR("CAN"))) {
        if (ovf_phrase_find(d, d->main_from, d->token_count, "CAO", &end) != OVF_NOPOS)
            ADD(operator, OVF_STR("CAN"), at, at + 1);
        if (ovf_phrase_find(d, d->main_from, d->token_count, "OARC", &end) != OVF_NOPOS)
            ADD(registry, OVF_STR("CAN"), at, at + 1);
    }
    // LuftVG 1a(1): aircraft on the German register and German operators, wherever they fly.
    at = ovf_phrase_find(d, d->main_from, d->token_count, "LUFTVG", &end);
    if (at != OVF_NOPOS && ovf_str_eq(own, OVF_STR("DEU"))) {
        ADD(operator, OVF_STR("DEU"), at, at + 1);
        ADD(registry, OVF_STR("DEU"), at, at + 1);
    }
    static const char *const european[] = {
        "EU|COMMUNITY|UNION|EASA AIR? CARRIERS|OPERATORS|AIRLINES",
        "OPERATORS|CARRIERS|AIRLINES OF|FROM THE? EU|EUROPEAN UNION? MEMBER? STATES?",
        "EUROPEAN UNION AIR? CARRIERS|OPERATORS|AIRLINES",
        "EU MEMBER STATES? AIR? CARRIERS|OPERATORS|AIRLINES",
    };
    for (size_t k = 0; k < OVF_COUNTOF(european); k++) {
        at = ovf_phrase_find(d, d->main_from, d->token_count, european[k], &end);
        if (at != OVF_NOPOS)
            ADD(operator, OVF_STR("EU"), at, end);
    }
    // "AS MARKETING CARRIER IN CODE-SHARING OR BLOCKED-SPACE ARRANGEMENTS" (Reg. (EU) 833/2014 Art. 3d).
    d->notice->addressed.sellers =
        ovf_phrase_find(d, d->main_from, d->token_count, "MARKETING CARRIER|CARRIERS", &end)
        != OVF_NOPOS;
    // Operators of other States that EASA has authorised (Reg. (EU) 452/2014), beside the Union's own.
    at = ovf_phrase_find(d, d->main_from, d->token_count, "TCO|TCOS", &end);
    if (at == OVF_NOPOS)
        at = ovf_phrase_find(d, d->main_from, d->token_count, "THIRD COUNTRY OPERATORS|OPERATOR",
                             &end);
    if (at != OVF_NOPOS)
        ovf_push_str(d, &d->notice->addressed.flights, &d->notice->addressed.flight_count,
                     OVF_STR("TCO"));
    at = ovf_phrase_find(d, d->main_from, d->token_count,
                         "NATIONAL AIR? CIVIL? CARRIERS|OPERATORS|AIRLINES|AIRCRAFT", &end);
    if (at != OVF_NOPOS && own.len > 0 && d->notice->addressed.operator_state_count == 0)
        ADD(operator, own, at, end);
}

/* Notices of the US forces' own office bind their flights. */
static bool read_military(ovf_draft *d)
{
    size_t end = 0;
    size_t at = ovf_phrase_find(d, 0, d->token_count, "US? DOD PROCEDURAL NOTAM", &end);
    if (at == OVF_NOPOS && !ovf_str_starts(d->notice->source, OVF_STR("KQZC")))
        return false;
    ovf_addressed *a = &d->notice->addressed;
    ovf_push_str(d, &a->operator_states, &a->operator_state_count, OVF_STR("USA"));
    ovf_push_str(d, &a->flights, &a->flight_count, OVF_STR("MILITARY"));
    if (at != OVF_NOPOS)
        a->span = ovf_raw_span(d, d->tokens[at].at, ovf_tok_end(d, end - 1));
    return true;
}

static const char *const registry_forms[] = {
    "REGISTERED|REG|REGISTRATION CIVIL? AIRCRAFT|ACFT|AEROPLANES|PLANES",
    "CIVIL? AIRCRAFT|ACFT|AIRCRAFTS REGISTRATION|REGISTER",
    "REGISTRATIONS|REGISTRATION NUMBERS|NUMBER|MARKS|MARK",
};
#define PERSONS "NATURAL|LEGAL|PERSON|PERSONS|ENTITY|CITIZENS"

static void read_states(ovf_draft *d)
{
    uint32_t states = ovf_text_may_say_any(d, state_forms, OVF_COUNTOF(state_forms));
    uint32_t operators = ovf_text_may_say_any(d, operator_forms, OVF_COUNTOF(operator_forms));
    uint32_t registries = ovf_text_may_say_any(d, registry_forms, OVF_COUNTOF(registry_forms));
    bool has_persons = ovf_text_may_say(d, PERSONS);
    if (states == 0 && operators == 0 && registries == 0 && !has_persons)
        return;
    for (size_t i = d->main_from; i < d->token_count && !d->no_memory; i++) {
        if (d->tokens[i].kind != OVF_TOK_WORD)
            continue;
        // Cheap tests first: the State is looked up only beside one of these words.
        read_state_behind(d, i, states);
        size_t end = 0;
        ovf_str state = OVF_STR("");
        size_t words = operators_at(d, i, operators);
        size_t registered = 0;
        for (size_t k = 0; k < OVF_COUNTOF(registry_forms) && registered == 0; k++)
            registered = (registries >> k & 1) != 0 ? ovf_phrase(d, i, registry_forms[k]) : 0;
        size_t persons = has_persons ? ovf_phrase(d, i, PERSONS) : 0;
        if (words == 0 && registered == 0 && persons == 0)
            continue;
        for (size_t back = 4; back >= 1; back--) {
            if (back > i)
                continue;
            state = ovf_state_code_at(d, i - back, &end);
            bool is_beside = end == i || (end < i && ovf_tok_sign(d, end, '-') && end + 1 == i);
            if (state.len == 0 || !is_beside)
                continue;
            if (words > 0 && !is_adjective(d, i - back, end))
                continue;
            if (persons > 0)
                ADD(owner, state, i - back, i + 1);
            else if (words > 0)
                ADD(operator, state, i - back, words);
            else
                ADD(registry, state, i - back, registered);
            break;
        }
    }
}

/* ---- the ends of a flight ---- */

/* "FLIGHTS TO AND FROM X", "COMING FROM OR GOING TO X": X a State or an aerodrome. */
static void read_ends(ovf_draft *d)
{
    static const struct {
        const char *phrase;
        bool is_to, is_from;
    } forms[] = {
        {"FLIGHTS|FLIGHT|FLTS|FLT|TRAFFIC|TFC|AIRCRAFT|ACFT|AIRCRAFTS TO AND|OR FROM", true, true},
        {"FLIGHTS|FLIGHT|FLTS|FLT|TRAFFIC|TFC|AIRCRAFT|ACFT|AIRCRAFTS FROM AND|OR TO", true, true},
        {"COMING|ARRIVING FROM AND|OR? GOING|DEPARTING? TO|FOR", true, true},
        {"DEPARTING|ORIGINATING|COMING FROM OR|AND ARRIVING|DESTINED|LANDING AT|IN|TO", true, true},
        {"COMING|ARRIVING|ORIGINATING|DEPARTING FROM AND|OR BOUND|DESTINED|GOING|HEADING FOR|TO",
         true, true},
        {"EN? PROVENANCE OU|ET A? DESTINATION DE|DU|DES|D", true, true},
        {"A? DESTINATION OU|ET EN? PROVENANCE DE|DU|DES|D", true, true},
        {"PROCEDENTES|PROCEDENTE|PROVENIENTES DE|DEL|DO|DA Y|O|E|OU CON|COM? DESTINO A|AO", true,
         true},
        {"CON|COM DESTINO O|Y|E|OU PROCEDENTES|PROCEDENCIA|PROVENIENTES DE|DEL|DO|DA", true, true},
        {"EN PROVENANCE DE|DU|DES|D", false, true},
        {"A DESTINATION DE|DU|DES|D", true, false},
        {"PROCEDENTES|PROCEDENTE|PROVENIENTES DE|DEL|DO|DA", false, true},
        {"CON|COM DESTINO A|AO", true, false},
        {"BOUND|DESTINED|DESTINATED FOR|TO", true, false},
        {"DEPARTING|ORIGINATING FROM|IN", false, true},
        {"FLIGHTS|FLIGHT|FLTS|FLT TO", true, false},
        {"FLIGHTS|FLIGHT|FLTS|FLT FROM", false, true},
    };
    bool is_bar = d->notice->effect == OVF_EFFECT_PROHIBITED
                  || d->notice->effect == OVF_EFFECT_CLOSED || d->notice->effect == OVF_EFFECT_FLOW;
    static_assert(OVF_COUNTOF(forms) < 32, "a bit for each");
    uint32_t may_be = 0;
    for (size_t k = 0; k < OVF_COUNTOF(forms) && is_bar; k++)
        may_be |= ovf_text_may_say(d, forms[k].phrase) ? UINT32_C(1) << k : 0;
    for (size_t i = d->main_from; i < d->token_count && may_be != 0; i++) {
        size_t next = 0;
        size_t k = 0;
        for (; may_be >> k != 0 && next == 0; k++)
            next = (may_be >> k & 1) != 0 ? ovf_phrase(d, i, forms[k].phrase) : 0;
        if (next == 0 || ovf_is_behind_exception(d, i))
            continue;
        size_t of = ovf_phrase(d, next, "ONE? OR? MORE? AERODROMES|AIRPORTS|AIRPORT|AD OF|IN");
        next = of > 0 ? of : next;
        next += ovf_phrase(d, next, "ONE OR MORE") > 0 ? 3 : 0;
        // "DE L'ALGERIE", "DE LA REPUBLICA".
        next += ovf_phrase(d, next, "L|LA|LE|LES|EL") > 0;
        next += ovf_tok_sign(d, next, '\'');
        size_t end = 0;
        ovf_str place = ovf_state_behind(d, next, &end);
        ovf_str word = next < d->token_count ? ovf_tok_text(d, next) : OVF_STR("");
        if (place.len == 0 && word.len == 4 && d->tokens[next].kind == OVF_TOK_WORD
            && ovf_indicator_state(d->world, word).len > 0 && d->world != NULL
            && ovf_world_find_airport(d->world, word) != OVF_INDEX_NONE) {
            place = word;
            end = next + 1;
        }
        if (place.len == 0)
            continue;
        char text[16];
        for (int way = 0; way < 2; way++) {
            if (way == 0 ? !forms[k - 1].is_to : !forms[k - 1].is_from)
                continue;
            int len =
                snprintf(text, sizeof(text), "%s %.*s", way == 0 ? "TO" : "FROM", OVF_ARG(place));
            ovf_str words = ovf_arena_dup(d->arena, (ovf_str){text, (size_t)len});
            if (words.ptr != NULL)
                ovf_add_flight(d, words, i, end);
        }
        i = end;
    }
}

/* ---- nobody named ---- */

static bool same_sovereign(const ovf_draft *d, ovf_str iso3, uint32_t state)
{
    uint32_t own = ovf_world_find_state(d->world, iso3);
    if (own == OVF_INDEX_NONE || state == OVF_INDEX_NONE)
        return true; // not known: nothing is assumed
    return own == state
           || ovf_world_sovereign(d->world, own) == ovf_world_sovereign(d->world, state);
}

/* Is every area some other State's, named in the text? */
static bool is_foreign(const ovf_draft *d)
{
    if (d->notice->issuer.state.len == 0 || d->world == NULL || d->area_count == 0)
        return false;
    bool is_foreign = true;
    for (size_t i = 0; i < d->area_count && is_foreign; i++) {
        const ovf_notice_area *area = &d->areas[i];
        uint32_t state = OVF_INDEX_NONE;
        if (area->shape == OVF_SHAPE_FIR) {
            uint32_t fir = ovf_world_find_fir(d->world, area->name);
            state = fir == OVF_INDEX_NONE ? OVF_INDEX_NONE : ovf_world_fir(d->world, fir)->state;
            bool is_own_fir = ovf_str_eq(area->name, d->notice->q_fir);
            if (is_own_fir)
                return false;
        } else if (area->shape == OVF_SHAPE_STATE) {
            state = ovf_world_find_state(d->world, area->name);
        }
        is_foreign = !same_sovereign(d, d->notice->issuer.state, state);
    }
    // A State may serve another's airspace: then item Q names the FIR that holds it.
    uint32_t q = ovf_world_find_fir(d->world, d->notice->q_fir);
    if (is_foreign && q != OVF_INDEX_NONE) {
        const ovf_area *fir = ovf_world_fir_area(d->world, ovf_world_fir(d->world, q));
        for (size_t i = 0; i < d->area_count; i++) {
            if (d->areas[i].shape == OVF_SHAPE_STATE
                && ovf_area_meets(d->areas[i].area, fir, d->arena) == OVF_TRI_YES)
                return false;
        }
    }
    return is_foreign;
}

static void settle(ovf_draft *d)
{
    ovf_addressed *a = &d->notice->addressed;
    bool names_states = a->operator_state_count + a->registry_state_count + a->owner_state_count
                            + a->airman_state_count
                        > 0;
    // The FAA's advisories say "operators", whoever they are: advice that names no class is
    // information for everybody. Its prohibitions always bind the persons of paragraph A alone.
    const ovf_relayed *relayed = &d->notice->relayed;
    bool is_relayed = relayed->state.len > 0;
    bool is_general_advice = (d->is_kicz || is_relayed) && d->notice->strength == OVF_STRENGTH_SOFT;
    if (!names_states && !is_general_advice && (d->is_kicz || is_foreign(d))) {
        // Who repeats another's order does not address its own operators.
        ovf_str own = d->is_kicz   ? OVF_STR("USA")
                      : is_relayed ? relayed->state
                                   : d->notice->issuer.state;
        ovf_push_str(d, &a->operator_states, &a->operator_state_count, own);
        OVF_FIND(d, OVF_NOTE, d->items[OVF_ITEM_E].from, "ADDRESSEE_ASSUMED",
                 "a notice about foreign airspace names nobody: taken as addressed to operators of "
                 "%.*s",
                 OVF_ARG(own));
        names_states = true;
    }
    a->everyone = !names_states && d->token_count > 0;
}

void ovf_read_addressed(ovf_draft *d)
{
    ovf_addressed *a = &d->notice->addressed;
    size_t at = 0;
    size_t end = 0;
    bool names = a->operator_state_count > 0; // an advisory with named fields has said it
    if (!names && (d->is_kicz || ovf_str_eq(d->notice->issuer.state, OVF_STR("USA")))
        && is_paragraph_a(d, &at, &end)) {
        a->us_persons = true;
        ADD(operator, OVF_STR("USA"), at, end);
        ADD(registry, OVF_STR("USA"), at, end);
        ADD(airman, OVF_STR("USA"), at, end);
    } else if (!names && !read_military(d)) {
        read_states(d);
        read_classes(d);
    }
    ovf_read_kinds(d);
    read_ends(d);
    ovf_read_exceptions(d);
    settle(d);
}
