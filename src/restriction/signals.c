/* SPDX-License-Identifier: Apache-2.0 */
/* The list behind the risk: every reason that weighs on it, by the kind of signal that it is and by
 * whose it is. No number is made of them beyond the weight that each has by the table of
 * docs/formats/answer.md, "Risk"; the risk of the answer is the heaviest of the list. */
#include "restriction_internal.h"

struct listing {
    struct status_inquiry *q;
    ovf_answer *out;
    size_t capacity;
};

static bool holds_any(ovf_str text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (ovf_str_find(text, 0, ovf_str_of(words[i])) != OVF_NOPOS)
            return true;
    }
    return false;
}

/* Doc 8400 subjects GA and GW, and words of trouble beside the name of the system. */
static bool is_about_gnss(ovf_str qcode, ovf_str text)
{
    static const char *const systems[] = {"GNSS", "GPS", "SATELLITE NAV", "Satellite nav",
                                          "satellite nav"};
    static const char *const troubles[] = {
        "INTERFER", "interfer", "JAM",    "jam",     "SPOOF",   "spoof",       "UNREL",
        "OUTAGE",   "DEGRAD",   "degrad", "LOSS OF", "loss of", "intermittent"};
    ovf_str subject = ovf_str_sub(qcode, 1, 3);
    return ovf_str_eq(subject, OVF_STR("GA")) || ovf_str_eq(subject, OVF_STR("GW"))
           || (holds_any(text, systems, OVF_COUNTOF(systems))
               && holds_any(text, troubles, OVF_COUNTOF(troubles)));
}

/* Doc 8400 subjects of exercises, firing, missiles and military areas; and their words. */
static bool is_military(ovf_str qcode, ovf_str text)
{
    static const char *const subjects[] = {"WE", "WM", "WD", "WF", "WV", "RM"};
    // "EXCEPT MILITARY FLIGHTS" is no activity of theirs.
    static const char *const words[] = {
        "MIL EX",      "MIL ACT",     "MIL OP",      "MIL TRG",       "MILITARY EX",
        "MILITARY AC", "MILITARY OP", "MILITARY TR", "EXERCISE WILL", "FIRING",
        "MISSILE",     "ROCKET",      "AIR DEFEN",   "GUNNERY",       "WAR GAME"};
    ovf_str subject = ovf_str_sub(qcode, 1, 3);
    for (size_t i = 0; i < OVF_COUNTOF(subjects); i++) {
        if (ovf_str_eq(subject, ovf_str_of(subjects[i])))
            return true;
    }
    return holds_any(text, words, OVF_COUNTOF(words));
}

static ovf_signal_kind kind_of_restriction(const ovf_because *because)
{
    static const char *const to_ones_own[] = {"R08", "R09", "R10", "R11", "R16"};
    const ovf_notice *notice = because->restriction->notice;
    const ovf_ruling *ruling = &because->ruling;
    ovf_str rule = ruling->rule_count > 0 ? ruling->rules[0].id : OVF_STR("");
    bool is_all = because->share >= STATUS_CLOSED_SHARE;
    if (ruling->on_addressed == OVF_VERDICT_UNKNOWN)
        return OVF_SIGNAL_UNREAD;
    if (ruling->on_addressed == OVF_VERDICT_ADVISORY && is_about_gnss(notice->qcode, notice->text))
        return OVF_SIGNAL_GNSS;
    for (size_t i = 0; i < OVF_COUNTOF(to_ones_own); i++) {
        if (ovf_str_eq(rule, ovf_str_of(to_ones_own[i])))
            return OVF_SIGNAL_ADVISORY;
    }
    if (ruling->on_addressed == OVF_VERDICT_SERVICE_WITHDRAWN)
        return OVF_SIGNAL_SERVICE;
    if (ruling->on_addressed == OVF_VERDICT_BINDING && is_all)
        return OVF_SIGNAL_CLOSURE;
    if (is_military(notice->qcode, notice->text))
        return OVF_SIGNAL_MILITARY;
    if (ruling->on_addressed >= OVF_VERDICT_CONDITIONAL)
        return OVF_SIGNAL_CLOSURE;
    if (ruling->on_addressed == OVF_VERDICT_ADVISORY)
        return OVF_SIGNAL_HAZARD;
    return OVF_SIGNAL_DISPUTE;
}

static ovf_signal_kind kind_of_statement(const ovf_statement *statement)
{
    switch (statement->act) {
    case OVF_ACT_STRIKE: return OVF_SIGNAL_STRIKE;
    case OVF_ACT_DEPLOY: return OVF_SIGNAL_MILITARY;
    case OVF_ACT_WARN:
        return is_about_gnss(OVF_STR(""), statement->text) ? OVF_SIGNAL_GNSS : OVF_SIGNAL_ADVISORY;
    case OVF_ACT_INCIDENT:
        return is_about_gnss(OVF_STR(""), statement->text) ? OVF_SIGNAL_GNSS : OVF_SIGNAL_INCIDENT;
    case OVF_ACT_SUSPEND_SERVICE:
    case OVF_ACT_DIVERT: return OVF_SIGNAL_SUSPENSION;
    default: return OVF_SIGNAL_CLAIM;
    }
}

/* ---- the list ---- */

static ovf_signal *signal_of(struct listing *l, ovf_signal_kind kind)
{
    ovf_answer *out = l->out;
    for (size_t i = 0; i < out->signal_count; i++) {
        if (out->signals[i].kind == kind)
            return &out->signals[i];
    }
    if (!ovf_arena_grow(l->q->arena, (void **)&out->signals, out->signal_count, &l->capacity,
                        sizeof(*out->signals)))
        return NULL;
    out->signals[out->signal_count] = (ovf_signal){.kind = kind};
    return &out->signals[out->signal_count++];
}

static ovf_signal_source *source_of(struct listing *l, ovf_signal *signal, ovf_str who)
{
    for (size_t i = 0; i < signal->by_count; i++) {
        if (ovf_str_eq(signal->by[i].who, who))
            return &signal->by[i];
    }
    if (!ovf_arena_grow(l->q->arena, (void **)&signal->by, signal->by_count, &signal->by_capacity,
                        sizeof(*signal->by)))
        return NULL;
    signal->by[signal->by_count] = (ovf_signal_source){.who = who};
    return &signal->by[signal->by_count++];
}

static ovf_status add(struct listing *l, ovf_signal_kind kind, ovf_str who, ovf_risk risk,
                      ovf_str id)
{
    ovf_signal *signal = signal_of(l, kind);
    ovf_signal_source *by = signal == NULL ? NULL : source_of(l, signal, who);
    if (by == NULL
        || !ovf_arena_grow(l->q->arena, (void **)&by->ids, by->id_count, &by->id_capacity,
                           sizeof(*by->ids)))
        return OVF_E_NOMEM;
    by->ids[by->id_count++] = id;
    by->risk = risk > by->risk ? risk : by->risk;
    signal->risk = risk > signal->risk ? risk : signal->risk;
    signal->count++;
    return OVF_OK;
}

static ovf_str issuer_of(const ovf_notice *notice)
{
    if (notice->relayed.span.len > 0 && notice->relayed.state.len > 0)
        return notice->relayed.state;
    if (notice->issuer.state.len > 0)
        return notice->issuer.state;
    return notice->issuer.office.len > 0 ? notice->issuer.office : notice->issuer.kind;
}

/* One operator a line; who is told by name only stays by name. */
static ovf_status add_operators(struct listing *l, const ovf_statement *statement, ovf_risk risk)
{
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < statement->operator_count && status == OVF_OK; i++) {
        if (status_still_stays_away(l->out, statement, statement->operators[i]))
            status = add(l, OVF_SIGNAL_SUSPENSION, statement->operators[i], risk, statement->id);
    }
    if (statement->operator_count == 0
        && status_still_stays_away(l->out, statement, statement->speaker))
        status = add(l, OVF_SIGNAL_SUSPENSION, statement->speaker, risk, statement->id);
    return status;
}

static ovf_status add_reason(struct listing *l, const ovf_because *because)
{
    if (because->restriction != NULL) {
        ovf_signal_kind kind = kind_of_restriction(because);
        bool is_signal = because->risk > OVF_RISK_NONE || kind == OVF_SIGNAL_UNREAD;
        return is_signal ? add(l, kind, issuer_of(because->restriction->notice), because->risk,
                               because->restriction->id)
                         : OVF_OK;
    }
    const ovf_statement *statement = because->statement->statement;
    if (because->risk <= OVF_RISK_NONE)
        return OVF_OK;
    ovf_signal_kind kind = kind_of_statement(statement);
    if (kind == OVF_SIGNAL_SUSPENSION)
        return add_operators(l, statement, because->risk);
    return add(l, kind,
               statement->speaker_state.len > 0 ? statement->speaker_state : statement->speaker,
               because->risk, statement->id);
}

/* A carrier that has flown again since has not stayed away. Who is in no list of postures is taken at
 * his word. What rules read out of a story may be wrong: it takes no weight off what somebody typed. */
bool status_still_stays_away(const ovf_answer *answer, const ovf_statement *statement,
                             ovf_str operator_icao)
{
    if (statement->act != OVF_ACT_SUSPEND_SERVICE)
        return true;
    for (size_t i = 0; i < answer->posture_count; i++) {
        const ovf_operator_posture *p = &answer->postures[i];
        if (ovf_str_eq(p->operator_icao, operator_icao))
            return (p->is_extracted && !statement->is_extracted)
                   || (p->posture != OVF_POSTURE_RESUMED && p->posture != OVF_POSTURE_FLYING);
    }
    return true;
}

static bool is_heavier(const ovf_signal *a, const ovf_signal *b)
{
    return a->risk != b->risk ? a->risk > b->risk : a->kind < b->kind;
}

ovf_status status_signals(struct status_inquiry *q, ovf_answer *out)
{
    struct listing l = {.q = q, .out = out};
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < q->because_count && status == OVF_OK; i++)
        status = add_reason(&l, &q->because[i]);
    for (size_t i = 0; i < out->signal_count; i++) {
        ovf_signal *signal = &out->signals[i];
        if (signal->kind == OVF_SIGNAL_SUSPENSION && signal->by_count >= STATUS_SUSPENSIONS_HIGH)
            signal->risk = signal->risk > OVF_RISK_HIGH ? signal->risk : OVF_RISK_HIGH;
    }
    // Heaviest first. Insertion: there are a dozen kinds.
    for (size_t i = 1; i < out->signal_count; i++) {
        ovf_signal moved = out->signals[i];
        size_t j = i;
        for (; j > 0 && is_heavier(&moved, &out->signals[j - 1]); j--)
            out->signals[j] = out->signals[j - 1];
        out->signals[j] = moved;
    }
    return status;
}

const char *ovf_signal_name(ovf_signal_kind kind)
{
    switch (kind) {
    case OVF_SIGNAL_ADVISORY: return "advisory";
    case OVF_SIGNAL_CLOSURE: return "closure";
    case OVF_SIGNAL_SERVICE: return "service";
    case OVF_SIGNAL_STRIKE: return "strike";
    case OVF_SIGNAL_MILITARY: return "military";
    case OVF_SIGNAL_GNSS: return "gnss";
    case OVF_SIGNAL_INCIDENT: return "incident";
    case OVF_SIGNAL_SUSPENSION: return "suspension";
    case OVF_SIGNAL_CLAIM: return "claim";
    case OVF_SIGNAL_HAZARD: return "hazard";
    case OVF_SIGNAL_DISPUTE: return "dispute";
    case OVF_SIGNAL_UNREAD: break;
    }
    return "unread";
}
