/* SPDX-License-Identifier: Apache-2.0 */
/* The risk axis, beside the law and never mixed with it: what each notice and statement signals,
 * whoever asks. The table is docs/formats/answer.md, "Risk". */
#include "restriction_internal.h"

static ovf_risk higher(ovf_risk a, ovf_risk b)
{
    return a > b ? a : b;
}

static ovf_risk of_advice(ovf_advice advice, const char **why)
{
    switch (advice) {
    case OVF_ADVICE_DO_NOT_FLY: *why = "recommends not to fly there"; return OVF_RISK_DO_NOT_FLY;
    case OVF_ADVICE_EXTREME_CAUTION: *why = "advises extreme caution"; return OVF_RISK_HIGH;
    case OVF_ADVICE_CAUTION: *why = "advises caution"; return OVF_RISK_CAUTION;
    case OVF_ADVICE_NONE: break;
    }
    *why = "gives advice";
    return OVF_RISK_CAUTION;
}

static ovf_risk of_restriction(const ovf_because *because, const char **why)
{
    const ovf_restriction *r = because->restriction;
    const ovf_ruling *ruling = &because->ruling;
    ovf_str rule = ruling->rule_count > 0 ? ruling->rules[0].id : OVF_STR("");
    switch (ruling->on_addressed) {
    case OVF_VERDICT_BINDING:
        if (ovf_str_eq(rule, OVF_STR("R06")) || ovf_str_eq(rule, OVF_STR("R07"))) {
            *why = "bars carriers of a State; says nothing about danger";
            return OVF_RISK_NONE;
        }
        if (ovf_str_eq(rule, OVF_STR("R08")) || ovf_str_eq(rule, OVF_STR("R16"))) {
            *why = "a State orders its own not to fly there";
            return OVF_RISK_DO_NOT_FLY;
        }
        if (r->notice->form == OVF_FORM_LAW && r->notice->addressed.flight_count > 0) {
            *why = "bars flights of a kind; says nothing about danger";
            return OVF_RISK_NONE;
        }
        if (because->share >= STATUS_CLOSED_SHARE) {
            *why = "closed by who may close it";
            return OVF_RISK_DO_NOT_FLY;
        }
        *why = "a part of it is closed";
        return OVF_RISK_CAUTION;
    case OVF_VERDICT_CONDITIONAL: *why = "entry on a condition"; return OVF_RISK_CAUTION;
    case OVF_VERDICT_CONTESTED: *why = "control of the air is disputed"; return OVF_RISK_HIGH;
    case OVF_VERDICT_SERVICE_WITHDRAWN: *why = "no air traffic service"; return OVF_RISK_HIGH;
    case OVF_VERDICT_ADVISORY:
        if (r->effect == OVF_EFFECT_DANGER || r->effect == OVF_EFFECT_WARNING) {
            *why = "a hazard is made known";
            return OVF_RISK_CAUTION;
        }
        return of_advice(r->notice->advice, why);
    case OVF_VERDICT_NO_LEGAL_FORCE:
        *why = "another State acts in this air: no law, but a hazard";
        return OVF_RISK_HIGH;
    case OVF_VERDICT_UNKNOWN: *why = "not understood"; return OVF_RISK_UNKNOWN;
    case OVF_VERDICT_NONE:
    case OVF_VERDICT_OWN_DECISION: break;
    }
    *why = "";
    return OVF_RISK_NONE;
}

/* Who has forces that can make a threat true. */
static bool is_armed(ovf_str kind)
{
    static const char *const kinds[] = {"head_of_state", "minister", "ministry",
                                        "state",         "military", "armed_group"};
    for (size_t i = 0; i < OVF_COUNTOF(kinds); i++) {
        if (ovf_str_eq(kind, ovf_str_of(kinds[i])))
            return true;
    }
    return false;
}

static ovf_risk of_statement(const ovf_statement *statement, const char **why)
{
    if (statement->is_negated) {
        *why = "";
        return OVF_RISK_NONE;
    }
    bool armed = is_armed(statement->speaker_kind);
    switch (statement->act) {
    case OVF_ACT_STRIKE: *why = "attacks are reported"; return OVF_RISK_HIGH;
    case OVF_ACT_THREATEN:
        *why = "a threat";
        return armed && ovf_str_eq(statement->speaker_kind, OVF_STR("armed_group"))
                   ? OVF_RISK_HIGH
                   : OVF_RISK_CAUTION;
    case OVF_ACT_DECLARE_CLOSED:
    case OVF_ACT_PROHIBIT:
        *why = armed ? "said by somebody with armed forces: no law, but a signal"
                     : "said, without any force of law";
        return ovf_str_eq(statement->speaker_kind, OVF_STR("armed_group")) ? OVF_RISK_HIGH
               : armed                                                     ? OVF_RISK_CAUTION
                                                                           : OVF_RISK_NONE;
    case OVF_ACT_INCIDENT: *why = "an incident is reported"; return OVF_RISK_CAUTION;
    case OVF_ACT_DEPLOY: *why = "forces move or exercise"; return OVF_RISK_CAUTION;
    case OVF_ACT_WARN: *why = "a warning is reported"; return OVF_RISK_CAUTION;
    case OVF_ACT_SUSPEND_SERVICE:
    case OVF_ACT_DIVERT: *why = "an operator stays away"; return OVF_RISK_CAUTION;
    default: break;
    }
    *why = "";
    return OVF_RISK_NONE;
}

void status_risk_of(ovf_because *because)
{
    const char *why = "";
    because->risk = because->restriction != NULL
                        ? of_restriction(because, &why)
                        : of_statement(because->statement->statement, &why);
    because->risk_why = ovf_str_of(why);
}

static ovf_str id_of(const ovf_because *because)
{
    return because->restriction != NULL ? because->restriction->id
                                        : because->statement->statement->id;
}

/* Did all who were said to stay away come back? */
static bool is_over(const ovf_because *because, const ovf_answer *out)
{
    const ovf_statement *statement =
        because->statement == NULL ? NULL : because->statement->statement;
    if (statement == NULL || statement->act != OVF_ACT_SUSPEND_SERVICE)
        return false;
    for (size_t i = 0; i < statement->operator_count; i++) {
        if (status_still_stays_away(out, statement, statement->operators[i]))
            return false;
    }
    return statement->operator_count > 0;
}

void status_risk(const struct status_inquiry *q, ovf_answer *out)
{
    const ovf_because *heaviest = NULL;
    bool is_blind = false;
    for (size_t i = 0; i < q->because_count; i++) {
        const ovf_because *because = &q->because[i];
        is_blind = is_blind || because->risk == OVF_RISK_UNKNOWN;
        if (because->risk > OVF_RISK_NONE && !is_over(because, out)
            && (heaviest == NULL || because->risk > heaviest->risk))
            heaviest = because;
    }
    if (heaviest == NULL) {
        out->risk = is_blind || out->legal == OVF_LEGAL_UNKNOWN ? OVF_RISK_UNKNOWN : OVF_RISK_NONE;
        out->risk_why = out->risk == OVF_RISK_NONE ? OVF_STR("no signal in the documents at hand")
                                                   : OVF_STR("not enough is known to tell");
        return;
    }
    out->risk = heaviest->risk;
    out->risk_why = ovf_arena_printf(q->arena, OVF_FMT ": " OVF_FMT, OVF_ARG(id_of(heaviest)),
                                     OVF_ARG(heaviest->risk_why));
    for (size_t i = 0; i < out->signal_count; i++) {
        const ovf_signal *signal = &out->signals[i];
        if (signal->kind != OVF_SIGNAL_SUSPENSION || signal->by_count < STATUS_SUSPENSIONS_HIGH)
            continue;
        out->risk = higher(out->risk, signal->risk);
        out->risk_why = ovf_arena_printf(q->arena, OVF_FMT "; %zu operators stay away",
                                         OVF_ARG(out->risk_why), signal->by_count);
    }
}

const char *ovf_risk_name(ovf_risk risk)
{
    switch (risk) {
    case OVF_RISK_UNKNOWN: break;
    case OVF_RISK_NONE: return "none";
    case OVF_RISK_CAUTION: return "caution";
    case OVF_RISK_HIGH: return "high";
    case OVF_RISK_DO_NOT_FLY: return "do_not_fly";
    }
    return "unknown";
}
