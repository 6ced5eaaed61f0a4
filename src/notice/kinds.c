/* SPDX-License-Identifier: Apache-2.0 */
/* Which kinds of aircraft and of flight a notice is for, and whether a bar for one kind stands beside
 * a sentence that binds all. */
#include "notice_internal.h"

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

/* "ALL FLIGHT FORBIDDEN", "CLSD TO ALL TFC": whatever kinds are named beside it, everybody is barred. */
static bool bars_everybody(const ovf_draft *d)
{
    static const char *const forms[] = {
        "ALL|ANY FLIGHT|FLIGHTS|FLT|FLTS|ACFT|AIRCRAFT|TFC|TRAFFIC|FLYING IS|ARE? "
        "PROHIBITED|FORBIDDEN|BANNED",
        "CLSD|CLOSED|PROHIBITED|FORBIDDEN TO|FOR ALL|ANY FLIGHT|FLIGHTS|FLT|FLTS|ACFT|AIRCRAFT|TFC|"
        "TRAFFIC EXC|EXCEPT|DUE|FROM|FM|WI|WITHIN|UNTIL|TILL|BTN",
    };
    for (size_t i = 0; i < OVF_COUNTOF(forms); i++) {
        if (ovf_text_may_say(d, forms[i])
            && ovf_phrase_find(d, d->main_from, d->token_count, forms[i], NULL) != OVF_NOPOS)
            return true;
    }
    return false;
}

bool ovf_is_behind_exception(const ovf_draft *d, size_t i)
{
    size_t last = ovf_sentence_end(d, i);
    if (ovf_phrase_find(d, ovf_sentence_start(d, i), last, "NOT AFFECT|AFFECTED", NULL)
        != OVF_NOPOS)
        return true;
    for (size_t k = ovf_sentence_start(d, i); k < i; k++) {
        if (ovf_phrase(d, k,
                       "EXC|EXCEPT|EXCEPTING|EXCLUDING|UNLESS|OTHER|THAN|EXEPT|SAUF|EXCEPTO|ONLY")
            > 0)
            return true;
    }
    return false;
}

/* ---- a bar for one kind beside one for all ---- */

/* "FLIGHTS OF ALL UAS": behind the word. */
static bool is_of_kind(const ovf_draft *d, size_t i, const char *kinds)
{
    size_t next = ovf_phrase(d, i, "OF|BY|WITH ALL|ANY?");
    return ovf_phrase(d, next > 0 ? next : i, kinds) > 0;
}

/* What a sentence that speaks of flight as such does: 0 nothing, 1 on conditions, 2 bars. */
static int binds_all(const ovf_draft *d, size_t start, size_t stop)
{
    static const char subjects[] = "FLIGHT|FLIGHTS|FLT|FLTS|ACFT|AIRCRAFT|TFC|TRAFFIC|OVERFLIGHT|"
                                   "OVERFLIGHTS|FLYING|OVERFLYING|ENTRY";
    static const char kinds[] =
        "UNMANNED|UAS|UAV|UA|DRONE|DRONES|RPAS|MODEL|CIVIL|CIVILIAN|VFR|IFR|MIL|MILITARY|CARGO|"
        "TRAINING|TRG|SCHEDULED|SKED|LIGHT|FOREIGN|VISITING|STATE|SPECIAL|PRIVATE|COMMERCIAL|GA|"
        "POLICE|EMERGENCY|AMBULANCE|HUMANITARIAN|SYSTEM|RPA|JET|GLIDER|GLIDERS|BVLOS|VLOS|SUAS";
    for (size_t i = start; (i = ovf_phrase_find(d, i, stop, subjects, NULL)) != OVF_NOPOS; i++) {
        bool is_kind = i > start && ovf_phrase(d, i - 1, kinds) > 0;
        // "ALL OTHER TRAFFIC": with the kind that is barred it is everybody.
        bool is_rest = i > start && ovf_tok_is(d, i - 1, "OTHER");
        bool is_aside =
            is_kind || (!is_rest && ovf_is_behind_exception(d, i)) || is_of_kind(d, i + 1, kinds);
        if (is_aside)
            continue;
        size_t rest = i;
        if (ovf_phrase_find(d, rest, stop, "PROHIBITED|FORBIDDEN|BANNED|CLSD|CLOSED", NULL)
            != OVF_NOPOS)
            return 2;
        if (ovf_phrase_find(d, rest, stop, "SHALL|MUST OBTAIN|HAVE|REQUEST", NULL) != OVF_NOPOS
            || ovf_phrase_find(
                   d, rest, stop,
                   "PERMITTED|ALLOWED|POSSIBLE|AUTHORISED|AUTHORIZED ONLY? WITH|SUBJECT|"
                   "SUBJ|AFTER|UPON|BY|PROVIDED",
                   NULL)
                   != OVF_NOPOS
            || ovf_phrase_find(d, rest, stop,
                               "ONLY? WITH|BY|SUBJECT|SUBJ TO? PRIOR? SPECIAL? PERMISSION|PERM|"
                               "APPROVAL|CLEARANCE|AUTHORISATION|AUTHORIZATION",
                               NULL)
                   != OVF_NOPOS)
            return 1;
    }
    return 0;
}

/* "FLIGHTS PERMITTED WITH APPROVAL OF ACC. UAS PROHIBITED": what another sentence than that of the kind
 * does to all flight. A notice has one effect: the one for all; the kind is told beside it. */
static bool binds_others_too(ovf_draft *d, size_t at)
{
    int most = 0;
    for (size_t from = d->main_from; from < d->token_count;) {
        size_t stop = ovf_sentence_end(d, from);
        bool is_own = at >= from && at < stop;
        int here = is_own ? 0 : binds_all(d, from, stop);
        most = here > most ? here : most;
        from = stop + 1;
    }
    if (most == 1 && d->notice->effect == OVF_EFFECT_PROHIBITED) {
        d->notice->effect = OVF_EFFECT_RESTRICTED;
        d->notice->strength = OVF_STRENGTH_CONDITIONAL;
        OVF_FIND(d, OVF_NOTE, d->tokens[at].at, "KIND_BARRED",
                 "one kind is barred and all others are bound to a condition: the effect told is "
                 "that for all");
    }
    return most > 0;
}

/* Kinds of flights that are only spoken of ("AIRSPACE CLOSED. COMMERCIAL FLIGHTS WILL BE REROUTED") are not
 * those that are barred: their sentence says so. */
static bool is_sentence_barring(const ovf_draft *d, size_t at)
{
    static const char words[] =
        "CLSD|CLOSED|PROHIBITED|FORBIDDEN|BANNED|RESTRICTED|SUSPENDED|NOT|NO|SHALL|MUST|ONLY|REQUIRED|"
        "RQRD|SUBJECT|SUBJ|PERMISSION|UNAVBL|UNAVAILABLE|EXCLUDED|FERME|CERRADO|PROHIBIDO|INTERDIT|"
        "PROHIBIDOS|INTERDITS|FECHADO|LTD|LIMITED|CANCELLED|REFUSED|ADVISED|AVOID|FOR|TO";
    return ovf_phrase_find(d, ovf_sentence_start(d, at), ovf_sentence_end(d, at), words, NULL)
           != OVF_NOPOS;
}

static void read_aircraft(ovf_draft *d)
{
    static const struct {
        const char *phrase;
        const char *name;
    } forms[] = {
        {"UAS|UA|UAV|DRONES|DRONE|RPAS|UNMANNED *? *? *? *? *? *? *? PROHIBITED|FORBIDDEN|BANNED",
         "UAS"},
        {"NO UNMANNED|UAS|UA|UAV|DRONE|DRONES|RPAS AIRCRAFT? ACFT? SYSTEM? SYSTEMS? IS|ARE|MAY|SHALL|"
         "OPS|OPERATIONS|FLT|FLIGHTS",
         "UAS"},
        {"FOR UNMANNED|UAS|UA|UAV|DRONE|DRONES|RPAS AIRCRAFT? SYSTEMS? ONLY", "UAS"},
        {"CLSD|CLOSED|PROHIBITED|FORBIDDEN TO|FOR ALL? UAS|UAV|DRONES|RPAS", "UAS"},
        {"CLSD|CLOSED|PROHIBITED|FORBIDDEN TO|FOR ALL? HELICOPTERS|HEL|HELICOPTER", "HELICOPTER"},
        {"CLSD|CLOSED|PROHIBITED|FORBIDDEN TO|FOR ALL? GLIDERS", "GLIDER"},
        {"CLSD|CLOSED|PROHIBITED|FORBIDDEN|AVBL TO|FOR ALL? FIXED WING", "FIXED WING"},
        {"CLSD|CLOSED|PROHIBITED|FORBIDDEN TO|FOR ALL? JET", "JET"},
    };
    ovf_addressed *a = &d->notice->addressed;
    read_types(d);
    for (size_t i = 0; i < OVF_COUNTOF(forms); i++) {
        size_t end = 0;
        size_t at = ovf_phrase_find(d, d->main_from, d->token_count, forms[i].phrase, &end);
        bool is_among = at != OVF_NOPOS && at > 0 && ovf_tok_is(d, at - 1, "INCLUDING");
        if (at == OVF_NOPOS || is_among || bars_everybody(d) || binds_others_too(d, at))
            continue;
        ovf_push_str(d, &a->aircraft, &a->aircraft_count, ovf_str_of(forms[i].name));
        if (a->span.len == 0)
            a->span = ovf_raw_span(d, d->tokens[at].at, ovf_tok_end(d, end - 1));
    }
}

void ovf_add_flight(ovf_draft *d, ovf_str words, size_t at, size_t end)
{
    ovf_addressed *a = &d->notice->addressed;
    ovf_push_str(d, &a->flights, &a->flight_count, words);
    if (a->span.len == 0)
        a->span = ovf_raw_span(d, d->tokens[at].at, ovf_tok_end(d, end - 1));
}

/* Whom an opening leaves out: the kinds that are named, or else the words as they stand. */
static bool read_left_out(ovf_draft *d)
{
    static const struct {
        const char *phrase;
        const char *name;
    } kinds[] = {
        {"MILITARY|MIL|MILITAIRES|MILITARES", "MILITARY"},
        {"STATE AIRCRAFT|ACFT|FLIGHTS", "STATE"},
        {"SPECIAL FLIGHT|FLIGHTS|FLT|FLTS", "SPECIAL"},
        {"CARGO|FREIGHT", "CARGO"},
        {"COMMERCIAL", "COMMERCIAL"},
        {"NON SCHEDULED|SKED", "NON-SCHEDULED"},
        {"VFR", "VFR"},
        {"IFR", "IFR"},
    };
    size_t from = 0, end = 0;
    if (!ovf_open_but(d, &from, &end))
        return false;
    ovf_addressed *a = &d->notice->addressed;
    for (size_t i = 0; i < OVF_COUNTOF(kinds); i++) {
        size_t behind = 0;
        size_t at = ovf_phrase_find(d, from, end, kinds[i].phrase, &behind);
        if (at != OVF_NOPOS)
            ovf_add_flight(d, ovf_str_of(kinds[i].name), at, behind);
    }
    bool is_named =
        a->operator_state_count + a->registry_state_count + a->owner_state_count + a->flight_count
        > 0;
    if (!is_named)
        ovf_add_flight(d, ovf_show(d, d->tokens[from].at, ovf_tok_end(d, end - 1)), from, end);
    return true;
}

/* Kinds of flight that a bar is for, where the words stand beside it. */
static void read_flights(ovf_draft *d)
{
    if (read_left_out(d))
        return;
    static const struct {
        const char *phrase;
        const char *name;
    } forms[] = {
        {"ALL? CIVIL|CIVILIAN FLIGHTS|FLIGHT|AIRCRAFT|ACFT|OPERATIONS|OPS|AVIATION|AIR|TRAFFIC|TFC|USERS|FLT|FLTS",
         "CIVIL"},
        {"VFR FLIGHTS|FLIGHT|FLT|FLTS|TRAFFIC|TFC *? *? *? NOT|PROHIBITED|FORBIDDEN|CLSD", "VFR"},
        {"IFR FLIGHTS|FLIGHT|FLT|FLTS|TRAFFIC|TFC *? *? *? NOT|PROHIBITED|FORBIDDEN|CLSD", "IFR"},
        {"CLSD|CLOSED|PROHIBITED|FORBIDDEN|CERRADO|FERME TO|FOR|AL|AUX ALL? VFR", "VFR"},
        {"CLSD|CLOSED|PROHIBITED|FORBIDDEN TO|FOR ALL? IFR", "IFR"},
        {"NON SCHEDULED|SKED|SCHED FLIGHTS|FLIGHT|FLT|FLTS|TRAFFIC|TFC|OPERATIONS",
         "NON-SCHEDULED"},
        {"SCHEDULED|SKED FLIGHTS|FLIGHT|FLT|FLTS|SERVICE|SERVICES", "SCHEDULED"},
        {"OVERFLIGHTS|OVERFLYING *? *? PROHIBITED|NOT", "OVERFLIGHT"},
        {"MILITARY|MIL AIRCRAFT|ACFT|FLIGHTS|FLT *? *? *? SHALL|MUST|PROHIBITED|REQUESTED",
         "MILITARY"},
        {"CARGO|FREIGHT FLIGHTS|FLT|FLTS|AIRCRAFT|ACFT|OPERATIONS", "CARGO"},
        {"GENERAL AVIATION", "GENERAL AVIATION"},
        {"COMMERCIAL AIR? FLIGHTS|FLT|FLTS|OPERATIONS|TRANSPORT|OPS", "COMMERCIAL"},
        {"TRAINING|TRG FLIGHTS|FLT|FLTS", "TRAINING"},
        {"TO|FOR ALL? VISITING AIRCRAFT|ACFT|TRAFFIC|TFC", "VISITING"},
        {"FOREIGN REGISTERED? CIVIL? AIRCRAFT|ACFT|OPERATORS|AIRLINES|CARRIERS", "FOREIGN"},
    };
    // A kind that few are: beside it the others may be bound by a sentence of their own.
    static const bool is_narrow[OVF_COUNTOF(forms)] = {
        [1] = true, [5] = true, [9] = true, [10] = true, [12] = true};
    bool is_bar = d->notice->effect == OVF_EFFECT_PROHIBITED
                  || d->notice->effect == OVF_EFFECT_CLOSED
                  || d->notice->effect == OVF_EFFECT_RESTRICTED;
    bool has_state =
        ovf_phrase_find(d, d->main_from, d->token_count, "CIVIL AND|OR MILITARY|STATE", NULL)
        != OVF_NOPOS;
    for (size_t i = 0; i < OVF_COUNTOF(forms) && is_bar; i++) {
        size_t end = 0;
        size_t from = d->main_from;
        size_t at = ovf_phrase_find(d, from, d->token_count, forms[i].phrase, &end);
        while (at != OVF_NOPOS && ovf_is_behind_exception(d, at)) {
            from = at + 1;
            at = ovf_phrase_find(d, from, d->token_count, forms[i].phrase, &end);
        }
        bool is_both =
            at != OVF_NOPOS && at > 0 && (i == 5 || i == 14) && ovf_phrase(d, at - 1, "AND|OR") > 0;
        if (at == OVF_NOPOS || is_both || (has_state && (i == 0 || i == 8))
            || !is_sentence_barring(d, at) || bars_everybody(d)
            || (is_narrow[i] && binds_others_too(d, at)))
            continue;
        // "NON SCHEDULED" is not "SCHEDULED".
        if (i == 6 && at > d->main_from
            && (ovf_tok_is(d, at - 1, "NON") || ovf_tok_sign(d, at - 1, '-')))
            continue;
        ovf_add_flight(d, ovf_str_of(forms[i].name), at, end);
    }
}

void ovf_read_kinds(ovf_draft *d)
{
    read_aircraft(d);
    read_flights(d);
}
