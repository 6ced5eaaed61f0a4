/* SPDX-License-Identifier: Apache-2.0 */
/* Who issued a notice and whom it names. Paragraph A of the FAA's international notices is a fixed
 * form; elsewhere a State's name beside "operators", "carriers", "registered", "owned" says it. A
 * notice about foreign airspace that names nobody is addressed to the issuer's own operators (14 CFR
 * 91.703 and its like abroad): assumed, and said so. */
#include "notice_internal.h"

#define EXCEPT_MAX 300 /* bytes kept of an exception */

/* ---- issuer ---- */

static ovf_str office_of(const ovf_draft *d)
{
    if (d->is_kicz)
        return OVF_STR("KICZ");
    if (d->notice->source.len > 0)
        return d->notice->source;
    return d->originator.len > 0 ? d->originator : d->notice->location_prefix;
}

/* The European AIS Database publishes for many States; its address names none. */
static bool names_no_state(ovf_str office)
{
    return ovf_str_starts(office, OVF_STR("EUEC")) || ovf_str_starts(office, OVF_STR("EU"));
}

void ovf_read_issuer(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_issuer *issuer = &n->issuer;
    if (issuer->kind.len > 0)
        return; // an advisory has said it already
    issuer->office = office_of(d);
    ovf_range source = ovf_trailer_value(d, OVF_STR("SOURCE:"));
    if (n->source.len > 0)
        issuer->span = ovf_raw_span(d, source.from, source.from + n->source.len);
    if (!names_no_state(issuer->office))
        issuer->state = ovf_indicator_state(d->world, issuer->office);
    bool is_set = n->q_fir.len == 4 && n->q_fir.ptr[0] == 'Z' && n->q_fir.ptr[1] == 'X';
    if (issuer->state.len == 0 && n->q_fir.len == 4 && !is_set)
        issuer->state = ovf_indicator_state(d->world, n->q_fir);
    if (issuer->state.len == 0 && n->q_fir.len == 3 && n->q_fir.ptr[0] == 'Z')
        issuer->state = OVF_STR("USA");
    if (issuer->state.len == 0 && n->locations.len >= 4)
        issuer->state = ovf_indicator_state(d->world, ovf_str_sub(n->locations, 0, 4));
    issuer->kind =
        issuer->state.len > 0 || issuer->office.len > 0 ? OVF_STR("state") : OVF_STR("unknown");
    if (issuer->span.len == 0)
        issuer->span = n->span_a.len > 0 ? n->span_a : n->span_id;
}

/* ---- the lists ---- */

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
static size_t operators_at(const ovf_draft *d, size_t i)
{
    static const char *const forms[] = {
        "REGISTERED? AIR? OPERATORS|OPERATOR|CARRIERS|CARRIER|AIRLINES|AIRLINE",
        "REG AIR? OPERATORS|CARRIERS",
        "AIRCRAFT|ACFT OPERATORS",
        "CIVIL? AVIATION? OPERATORS",
        "COMMERCIAL AIR? OPERATORS|CARRIERS",
        "AOC HOLDERS",
    };
    for (size_t k = 0; k < OVF_COUNTOF(forms); k++) {
        size_t end = ovf_phrase(d, i, forms[k]);
        if (end > 0)
            return end;
    }
    return 0;
}

static bool follows_certificate(const ovf_draft *d, size_t i)
{
    size_t from = i > 6 ? i - 6 : 0;
    return ovf_phrase_find(d, from, i, "LICENSE|LICENCE|CERTIFICATE|CERTIFCIATE|AOC", NULL)
           != OVF_NOPOS;
}

/* "SPANISH OPERATORS", "UK OPERATORS", "UNITED STATES AIR CARRIERS"; but "ADVISORY FOR VENEZUELA.
 * OPERATORS ARE ADVISED" with its stop lost speaks of two things. */
static bool is_adjective(const ovf_draft *d, size_t from, size_t end)
{
    ovf_str text = ovf_str_sub(d->clean.text, d->tokens[from].at, ovf_tok_end(d, end - 1));
    if (text.len <= 4 || ovf_tok_is(d, from, "UNITED"))
        return true;
    static const char *const names[] = {"RUSSIA",  "SPAIN",    "FRANCE", "GERMANY",
                                        "IRELAND", "PORTUGAL", "CANADA", "VENEZUELA"};
    for (size_t i = 0; i < OVF_COUNTOF(names); i++) {
        if (ovf_tok_is(d, from, names[i]))
            return false;
    }
    return d->world == NULL || ovf_world_find_state(d->world, text) == OVF_INDEX_NONE;
}

static void read_states(ovf_draft *d)
{
    for (size_t i = d->main_from; i < d->token_count && !d->no_memory; i++) {
        if (d->tokens[i].kind != OVF_TOK_WORD)
            continue;
        // Cheap tests first: the State is looked up only beside one of these words.
        size_t next = ovf_phrase(d, i, "REGISTERED IN|BY THE?");
        size_t end = 0;
        ovf_str state = OVF_STR("");
        if (next > 0 && (state = ovf_state_code_at(d, next, &end)).len > 0)
            ADD(registry, state, i, end);
        next = ovf_phrase(d, i, "CONNECTED WITH THE?");
        if (next > 0 && (state = ovf_state_code_at(d, next, &end)).len > 0)
            ADD(owner, state, i, end);
        next = ovf_phrase(d, i, "ISSUED|DELIVERED|GRANTED BY THE? AUTHORITIES? OF? THE?");
        if (next > 0 && follows_certificate(d, i)
            && (state = ovf_state_code_at(d, next, &end)).len > 0)
            ADD(operator, state, i, end);
        next = ovf_phrase(d, i, "CITIZENS|NATIONALS|PERSONS|PERSON|ENTITIES|ENTITY OF|FROM THE?");
        if (next > 0 && (state = ovf_state_code_at(d, next, &end)).len > 0)
            ADD(owner, state, i, end);
        next = ovf_phrase(d, i, "OPERATORS|CARRIERS|AIRLINES OF|FROM THE?");
        if (next > 0 && (state = ovf_state_code_at(d, next, &end)).len > 0)
            ADD(operator, state, i, end);
        size_t words = operators_at(d, i);
        size_t registered =
            ovf_phrase(d, i, "REGISTERED|REG CIVIL? AIRCRAFT|ACFT|AEROPLANES|PLANES");
        size_t persons = ovf_phrase(d, i, "NATURAL|LEGAL|PERSON|PERSONS|ENTITY|CITIZENS");
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

/* ---- aircraft, flights, exceptions ---- */

/* "ACFT OF TYPE B737 MAX (B38M/B39M)": the words of the type. */
static void read_types(ovf_draft *d)
{
    size_t first = 0;
    size_t at =
        ovf_phrase_find(d, d->main_from, d->token_count, "AIRCRAFT|ACFT OF? TYPE|TYPES", &first);
    size_t end = first;
    while (at != OVF_NOPOS && end < d->token_count && end < first + 4
           && d->tokens[end].kind == OVF_TOK_WORD && !ovf_tok_is(d, end, "IN")
           && !ovf_tok_is(d, end, "ARE") && !ovf_tok_is(d, end, "AND"))
        end++;
    if (at == OVF_NOPOS || end == first)
        return;
    ovf_addressed *a = &d->notice->addressed;
    ovf_push_str(d, &a->aircraft, &a->aircraft_count,
                 ovf_show(d, d->tokens[first].at, ovf_tok_end(d, end - 1)));
}

static void read_aircraft(ovf_draft *d)
{
    size_t end = 0;
    read_types(d);
    size_t at = ovf_phrase_find(d, d->main_from, d->token_count,
                                "UAS|UA|UAV|DRONES|DRONE|RPAS|UNMANNED *? *? *? *? *? *? *? "
                                "PROHIBITED|FORBIDDEN|BANNED",
                                &end);
    if (at == OVF_NOPOS)
        return;
    ovf_addressed *a = &d->notice->addressed;
    ovf_push_str(d, &a->aircraft, &a->aircraft_count, OVF_STR("UAS"));
    if (a->span.len == 0)
        a->span = ovf_raw_span(d, d->tokens[at].at, ovf_tok_end(d, end - 1));
}

static void read_flights(ovf_draft *d)
{
    static const char *const forms[] = {
        "ALL? CIVIL|CIVILIAN FLIGHTS|FLIGHT|AIRCRAFT|ACFT|OPERATIONS|OPS|AVIATION|AIR",
        "VFR FLIGHTS|FLIGHT|FLT|FLTS|TRAFFIC|TFC *? *? *? NOT|PROHIBITED|FORBIDDEN",
        "SCHEDULED FLIGHTS|SERVICE|SERVICES",
        "OVERFLIGHTS|OVERFLYING *? *? PROHIBITED|NOT",
    };
    static const char *const names[] = {"CIVIL", "VFR", "SCHEDULED", "OVERFLIGHT"};
    ovf_addressed *a = &d->notice->addressed;
    bool is_bar = d->notice->effect == OVF_EFFECT_PROHIBITED
                  || d->notice->effect == OVF_EFFECT_CLOSED
                  || d->notice->effect == OVF_EFFECT_RESTRICTED;
    for (size_t i = 0; i < OVF_COUNTOF(forms) && is_bar; i++) {
        size_t end = 0;
        size_t at = ovf_phrase_find(d, 0, d->token_count, forms[i], &end);
        if (at == OVF_NOPOS)
            continue;
        ovf_push_str(d, &a->flights, &a->flight_count, ovf_str_of(names[i]));
        if (a->span.len == 0)
            a->span = ovf_raw_span(d, d->tokens[at].at, ovf_tok_end(d, end - 1));
    }
}

/* From the word of exception to the end of its sentence, or to the next list number. */
static void read_exceptions(ovf_draft *d)
{
    static const char *const starts[] = {"EXC|EXCEPT|EXCEPTING|EXCEPTION|EXCEPTIONS|EXCLUDING",
                                         "DOES NOT APPLY TO", "ARE|IS EXEMPT|EXEMPTED",
                                         "OTHER THAN"};
    ovf_addressed *a = &d->notice->addressed;
    for (size_t i = d->main_from; i < d->token_count && a->except_count < 16; i++) {
        size_t next = 0;
        for (size_t k = 0; k < OVF_COUNTOF(starts) && next == 0; k++)
            next = ovf_phrase(d, i, starts[k]);
        ovf_limits limits = {0};
        size_t behind = 0;
        if (next == 0)
            continue;
        limits = ovf_limits_find(d, next, next + 2, &behind);
        size_t last = ovf_sentence_end(d, i);
        for (size_t k = next; k < last; k++) {
            if (ovf_tok_sign(d, k, ';'))
                last = k;
        }
        if (limits.found || last <= next || ovf_excludes_airspace(d, i, next))
            continue; // "EXC ABV FL320" is a limit, "EXC R123" a part of the area
        uint32_t until = ovf_tok_end(d, last - 1);
        if (until - d->tokens[i].at > EXCEPT_MAX)
            until = d->tokens[i].at + EXCEPT_MAX;
        ovf_push_str(d, &a->except, &a->except_count, ovf_show(d, d->tokens[i].at, until));
        i = last;
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
    bool is_general_advice = d->is_kicz && d->notice->strength == OVF_STRENGTH_SOFT;
    if (!names_states && !is_general_advice && (d->is_kicz || is_foreign(d))) {
        ovf_str own = d->is_kicz ? OVF_STR("USA") : d->notice->issuer.state;
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
    } else if (!names) {
        read_states(d);
    }
    read_aircraft(d);
    read_flights(d);
    read_exceptions(d);
    settle(d);
}
