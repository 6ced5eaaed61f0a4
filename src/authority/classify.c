/* SPDX-License-Identifier: Apache-2.0 */
/* What kind of instrument a notice is, by its effect and its verb, and whom it addresses once the
 * defaults of its kind have been applied: a territorial closure meets everybody, a notice about
 * somebody else's air meets the issuer's own. */
#include "authority_internal.h"

static bool holds(ovf_str text, ovf_str words)
{
    return ovf_str_find(text, 0, words) != OVF_NOPOS;
}

/* Satellite navigation, volcanic ash, weather: Q-code subjects GA, GW and WW (Doc 8400), and
 * messages that say their own name. */
static bool is_hazard(const ovf_notice *notice)
{
    ovf_str subject = ovf_str_sub(notice->qcode, 1, 3);
    return ovf_str_eq(subject, OVF_STR("GA")) || ovf_str_eq(subject, OVF_STR("GW"))
           || ovf_str_eq(subject, OVF_STR("WW")) || ovf_str_starts(notice->text, OVF_STR("ASHTAM"))
           || holds(ovf_str_sub(notice->text, 0, 80), OVF_STR(" SIGMET "));
}

static uint32_t class_of_effect(ovf_effect effect, ovf_strength strength, const char **why)
{
    bool is_closing = effect == OVF_EFFECT_CLOSED || effect == OVF_EFFECT_PROHIBITED;
    if (strength == OVF_STRENGTH_SERVICE) {
        *why = "air traffic services withdrawn";
        return AUTHORITY_SERVICE;
    }
    if (effect == OVF_EFFECT_DANGER) {
        *why = "danger area";
        return AUTHORITY_DANGER;
    }
    if (strength == OVF_STRENGTH_SOFT || effect == OVF_EFFECT_ADVISORY) {
        *why = "advice, in soft words";
        return AUTHORITY_ADVISORY;
    }
    if (effect == OVF_EFFECT_WARNING) {
        *why = "warning of a hazard";
        return AUTHORITY_DANGER;
    }
    if ((is_closing || effect == OVF_EFFECT_UNKNOWN) && strength == OVF_STRENGTH_CONDITIONAL) {
        *why = "entry on a condition";
        return AUTHORITY_RESTRICTION;
    }
    if (is_closing || strength == OVF_STRENGTH_HARD) {
        *why = "closure or prohibition, in hard words";
        return AUTHORITY_CLOSURE;
    }
    if (effect == OVF_EFFECT_RESTRICTED) {
        *why = "restricted area";
        return AUTHORITY_RESTRICTION;
    }
    if (effect == OVF_EFFECT_INFORMATION || strength == OVF_STRENGTH_NONE) {
        *why = "information";
        return AUTHORITY_INFORMATION;
    }
    *why = "effect not understood";
    return 0;
}

uint32_t authority_classify(const ovf_notice *notice, size_t area_index, const char **why)
{
    ovf_effect effect = notice->effect;
    if (area_index < notice->area_count && notice->areas[area_index].effect != OVF_EFFECT_UNKNOWN)
        effect = notice->areas[area_index].effect;
    if (notice->kind == OVF_NOTICE_CANCEL || effect == OVF_EFFECT_LIFTED
        || notice->strength == OVF_STRENGTH_OPENING) {
        *why = "cancelled or lifted";
        return AUTHORITY_LIFTED;
    }
    if (ovf_str_eq(notice->issuer.kind, OVF_STR("easa"))
        && ovf_str_starts(notice->id, OVF_STR("SD"))) {
        *why = "Safety Directive";
        return AUTHORITY_DIRECTIVE;
    }
    if (effect == OVF_EFFECT_FLOW) {
        *why = "flow measure";
        return AUTHORITY_FLOW;
    }
    uint32_t class = class_of_effect(effect, notice->strength, why);
    if (is_hazard(notice) && (class & (AUTHORITY_CLOSURE | AUTHORITY_RESTRICTION)) == 0) {
        *why = "weather, ash or navigation hazard";
        return AUTHORITY_HAZARD;
    }
    if (class == AUTHORITY_CLOSURE && holds(notice->text, OVF_STR("91.143"))) {
        *why = "temporary flight restriction under 14 CFR 91.143";
        return AUTHORITY_TFR | class;
    }
    // Q-code subject RP, Doc 8400: an area of its own, and not a FIR that is closed.
    if (class == AUTHORITY_CLOSURE
        && (ovf_str_eq(ovf_str_sub(notice->qcode, 1, 3), OVF_STR("RP"))
            || holds(notice->text, OVF_STR("PROHIBITED AREA"))))
        return AUTHORITY_PROHIBITED_AREA | class;
    return class;
}

/* ---- addressees ---- */

static bool names_own(const ovf_rulebook *book, const ovf_notice *notice, const ovf_str *list,
                      size_t count)
{
    // Another State's order that is only repeated here addresses that State's own.
    struct authority_actor actor = authority_actor_of(notice);
    for (size_t i = 0; i < count; i++) {
        if (ovf_str_eq(list[i], OVF_STR("EU"))
            && (ovf_str_eq(actor.kind, OVF_STR("easa")) || ovf_str_eq(actor.kind, OVF_STR("eu"))))
            return true;
        if (authority_same_state(book, list[i], actor.state))
            return true;
    }
    return false;
}

static bool has_class(const ovf_addressed *who)
{
    return who->operator_state_count > 0 || who->registry_state_count > 0
           || who->owner_state_count > 0 || who->airman_state_count > 0;
}

/* Operators and registered aircraft of one State, or operators of the EU. */
static ovf_status fill_own(struct authority_addressee *out, ovf_str state, bool with_registry,
                           ovf_arena *arena)
{
    ovf_str *one = ovf_arena_array(arena, ovf_str, 1);
    if (one == NULL)
        return OVF_E_NOMEM;
    *one = state;
    out->to = AUTHORITY_TO_OWN;
    out->is_default = true;
    out->who.everyone = false;
    out->who.operator_states = one;
    out->who.operator_state_count = 1;
    if (with_registry) {
        out->who.registry_states = one;
        out->who.registry_state_count = 1;
    }
    return OVF_OK;
}

/* The pseudo location of the FAA's security notices about other States' air. */
static bool is_kicz(const ovf_notice *notice)
{
    return ovf_str_eq(notice->location_prefix, OVF_STR("KICZ"))
           || ovf_str_eq(notice->issuer.office, OVF_STR("KICZ"))
           || ovf_str_starts(notice->locations, OVF_STR("KICZ"));
}

/* 14 CFR 91.143 itself speaks of US-registered aircraft and of airmen with an FAA certificate; a
 * wider class in the notice cannot reach farther than the rule does beyond territory. */
static ovf_status fill_tfr(struct authority_addressee *out, ovf_arena *arena)
{
    ovf_status status = fill_own(out, OVF_STR("USA"), true, arena);
    if (status != OVF_OK)
        return status;
    out->who.airman_states = out->who.registry_states;
    out->who.airman_state_count = 1;
    out->who.operator_state_count = 0;
    return OVF_OK;
}

ovf_status authority_addressee_of(const ovf_rulebook *book, const ovf_notice *notice,
                                  uint32_t instruments, uint32_t air, ovf_arena *arena,
                                  struct authority_addressee *out)
{
    const uint32_t over_sea = AUTHORITY_SERVED_SEA | AUTHORITY_SEA | AUTHORITY_SEA_UNSERVED;
    const ovf_addressed *who = &notice->addressed;
    struct authority_actor actor = authority_actor_of(notice);
    bool by_easa = ovf_str_eq(actor.kind, OVF_STR("easa"));
    *out =
        (struct authority_addressee){.who = *who, .to = AUTHORITY_TO_EVERYONE, .by_easa = by_easa};
    if ((instruments & AUTHORITY_TFR) != 0 && (air & over_sea) != 0)
        return fill_tfr(out, arena);
    if ((instruments & AUTHORITY_TFR) != 0
        && (air & (AUTHORITY_OWN | AUTHORITY_OWN_DELEGATED)) != 0) {
        // The class that it names is for the part beyond territory; within it all are barred.
        ovf_addressed all = {.everyone = true,
                             .aircraft = who->aircraft,
                             .aircraft_count = who->aircraft_count,
                             .flights = who->flights,
                             .flight_count = who->flight_count,
                             .except = who->except,
                             .except_count = who->except_count,
                             .span = who->span};
        out->who = all;
        return OVF_OK;
    }
    if (who->us_persons) {
        out->to = AUTHORITY_TO_US_PERSONS;
        return OVF_OK;
    }
    if (has_class(who)) {
        bool own = names_own(book, notice, who->operator_states, who->operator_state_count)
                   || names_own(book, notice, who->registry_states, who->registry_state_count)
                   || names_own(book, notice, who->owner_states, who->owner_state_count)
                   || names_own(book, notice, who->airman_states, who->airman_state_count);
        out->to = own ? AUTHORITY_TO_OWN : AUTHORITY_TO_NAMED;
        return OVF_OK;
    }
    if (by_easa)
        return fill_own(out, OVF_STR("EU"), false, arena);
    bool is_hard = (instruments & (AUTHORITY_CLOSURE | AUTHORITY_RESTRICTION)) != 0;
    if (is_kicz(notice) && is_hard) {
        out->to = AUTHORITY_TO_US_PERSONS;
        out->is_default = true;
        return OVF_OK;
    }
    bool is_elsewhere = (air & (AUTHORITY_FOREIGN | AUTHORITY_SEA | AUTHORITY_UNRESOLVED)) != 0;
    if (!who->everyone && is_hard && is_elsewhere && actor.state.len > 0
        && air != AUTHORITY_UNRESOLVED)
        return fill_own(out, actor.state, true, arena);
    out->is_default = !who->everyone;
    out->who.everyone = true;
    return OVF_OK;
}

static void add_words(ovf_buf *buf, const char *what, const ovf_str *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ovf_buf_printf(buf, "%s%s" OVF_FMT, buf->len == 0 ? "" : (i == 0 ? "; " : ", "),
                       i == 0 ? what : "", OVF_ARG(list[i]));
}

ovf_str authority_addressee_words(const struct authority_addressee *to, ovf_arena *arena)
{
    const ovf_addressed *who = &to->who;
    ovf_buf buf = {.limit = 4096};
    if (to->to == AUTHORITY_TO_US_PERSONS) {
        ovf_buf_printf(&buf,
                       "US air carriers and commercial operators; persons using an FAA airman "
                       "certificate and operators of US-registered aircraft, but not on "
                       "US-registered aircraft flown for a foreign air carrier");
    } else { // paragraph A says all of this in its own three clauses
        add_words(&buf, "operators of ", who->operator_states, who->operator_state_count);
        add_words(&buf, "aircraft registered in ", who->registry_states, who->registry_state_count);
        add_words(&buf, "aircraft owned, leased or controlled from ", who->owner_states,
                  who->owner_state_count);
        add_words(&buf, "airmen certificated by ", who->airman_states, who->airman_state_count);
        if (who->sellers)
            ovf_buf_printf(&buf, "; those operators also as sellers of another's flight");
    }
    if (buf.len == 0)
        ovf_buf_printf(&buf, "all aircraft");
    add_words(&buf, "of the kind: ", who->aircraft, who->aircraft_count);
    add_words(&buf, "flights: ", who->flights, who->flight_count);
    if (to->to != AUTHORITY_TO_US_PERSONS)
        add_words(&buf, "except: ", who->except, who->except_count);
    ovf_str words = ovf_arena_dup(arena, ovf_buf_str(&buf));
    ovf_buf_done(&buf);
    return words;
}
