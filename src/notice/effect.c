/* SPDX-License-Identifier: Apache-2.0 */
/* What a notice does: the verb of the text decides (domain: hard, conditional, soft, service,
 * opening words), the NOTAM code fills in where the text only names. An advisory never becomes a
 * closure because the word "closed" stands in it somewhere, and a runway that is closed closes no
 * airspace. Where parts of a text do different things, each area has the effect of its own clause. */
#include "effect.h"
#include "words.h"

/* Does one of these words stand within a few before it? */
static bool is_near(const ovf_verbs *v, size_t at, uint32_t kinds)
{
    for (size_t i = at > 8 ? at - 8 : 0; i < at; i++) {
        if ((v->kinds[i] & kinds) != 0)
            return true;
    }
    return false;
}

/* ---- by what the code is about ---- */

static void read_aerodrome(ovf_draft *d, const ovf_verbs *v)
{
    bool is_conditional = ovf_condition_is(d, "AP") || ovf_condition_is(d, "LT")
                          || ovf_condition_is(d, "LB") || ovf_condition_is(d, "AM");
    size_t first = d->token_count < 12 ? d->token_count : 12;
    ovf_verb_hit hit = ovf_verb_close(d, v, d->main_from);
    uint32_t subject = hit.at == OVF_NOPOS ? 0 : ovf_verb_subject(d, v, hit.at);
    bool is_hours = ovf_condition_is(d, "AH") || ovf_condition_is(d, "CH");
    bool is_closed = hit.at != OVF_NOPOS && (subject & OVF_W_SURFACE) == 0
                     && (ovf_condition_is(d, "LC") || is_near(v, hit.at, OVF_W_AERODROME))
                     && (subject & OVF_W_AERODROME || ovf_condition_is(d, "LC"))
                     && (!is_hours || hit.at < 4);
    // "CLSD TO ALL TFC WITHOUT PRIOR PERMISSION": open on a condition.
    bool on_condition =
        is_closed
        && ovf_phrase_find(d, hit.end, d->token_count, "PRIOR PERMISSION|APPROVAL", NULL)
               != OVF_NOPOS;
    if (on_condition) {
        ovf_effect_said(d, OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL, hit);
        return;
    }
    if (is_closed) {
        ovf_effect_said(d, OVF_EFFECT_CLOSED, OVF_STRENGTH_HARD, hit);
        return;
    }
    if (ovf_condition_is(d, "XX")
        && ovf_says(d,
                    "AD|AERODROME|AIRPORT *? *? OPEN|AVBL|AVAILABLE|PPR|RESTRICTED|LTD|LIMITED")) {
        ovf_effect_coded(d, OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL);
        return;
    }
    // "FUEL NOT AVBL", "STAND 5 CLSD" under "aerodrome limited": a service, not the aerodrome.
    bool is_part = false;
    for (size_t i = 0; i < first && !is_part; i++) {
        is_part = (v->kinds[i] & OVF_W_SURFACE) != 0;
        if ((v->kinds[i] & (OVF_W_AERODROME | OVF_W_ACTOR)) != 0)
            break;
    }
    bool is_service =
        !is_part && (v->all & (OVF_W_AERODROME | OVF_W_ACTOR | OVF_W_CLOSE | OVF_W_BAR)) == 0
        && ovf_phrase_find(d, 0, first, "SERVICE|SERVICES|SERVICING|INDEMNITIES|LAMP|TOILET", NULL)
               != OVF_NOPOS;
    if (is_conditional && !((is_part || is_service) && !ovf_condition_is(d, "AP"))) {
        ovf_effect_coded(d, OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL);
        return;
    }
    if ((v->all & OVF_W_SERVICE) == 0 || !ovf_effect_apply(d, &ovf_verbs_service))
        ovf_effect_information(d);
}

static void read_kit(ovf_draft *d, const ovf_verbs *v)
{
    if (ovf_condition_is(d, "LF")) {
        ovf_effect_coded(d, OVF_EFFECT_WARNING, OVF_STRENGTH_NONE);
        return;
    }
    // Only a control unit that stops its service is felt in the air.
    bool is_unit = ovf_subject_is(d, "S") && !ovf_subject_is(d, "SA") && !ovf_subject_is(d, "SV");
    if (!is_unit || (v->all & OVF_W_SERVICE) == 0 || !ovf_effect_apply(d, &ovf_verbs_service))
        ovf_effect_information(d);
}

static void read_route(ovf_draft *d, const ovf_verbs *v)
{
    static const char *const shut[] = {"NOT AVBL|AVAILABLE|USABLE|USEABLE",
                                       "UNAVAILABLE|UNUSABLE|UNAVBL|SUSPENDED|WITHDRAWN",
                                       "NO|NON DISPONIBLE|DISPONIBLES|UTILISABLE|UTILIZABLE"};
    if (ovf_effect_lifts(d, v) || ovf_effect_closes_or_bars(d, v, OVF_W_AIR | OVF_W_ROUTE, false))
        return;
    ovf_verb_hit closed = ovf_verb_close(d, v, d->main_from);
    if (ovf_condition_is(d, "LC") && closed.at != OVF_NOPOS) {
        ovf_effect_said(d, OVF_EFFECT_CLOSED, OVF_STRENGTH_HARD, closed);
        return;
    }
    for (size_t i = 0; i < OVF_COUNTOF(shut); i++) {
        size_t end = 0;
        size_t at = ovf_phrase_find(d, d->main_from, d->token_count, shut[i], &end);
        bool is_correction = ovf_condition_is(d, "CH") || ovf_condition_is(d, "XX")
                             || ovf_condition_is(d, "CA") || ovf_condition_is(d, "TT");
        if (at == OVF_NOPOS || is_correction)
            continue;
        ovf_effect_said(d, OVF_EFFECT_CLOSED, OVF_STRENGTH_HARD, (ovf_verb_hit){at, end});
        return;
    }
    if (ovf_condition_is(d, "LT")) {
        ovf_effect_coded(d,
                         ovf_says(d, "AIP|AIC SUP|SUPPLEMENT|AMDT") ? OVF_EFFECT_INFORMATION
                                                                    : OVF_EFFECT_RESTRICTED,
                         ovf_says(d, "AIP|AIC SUP|SUPPLEMENT|AMDT") ? OVF_STRENGTH_NONE
                                                                    : OVF_STRENGTH_CONDITIONAL);
        return;
    }
    if (ovf_effect_apply(d, &ovf_verbs_conditional))
        return;
    ovf_effect_information(d);
}

/* "AMEND AIP ... WHERE IT SAYS ... SHOULD READ": a correction of a book does nothing in the air. */
static bool is_correction(const ovf_draft *d)
{
    size_t until = d->token_count < 80 ? d->token_count : 80;
    static const char *const forms[] = {
        "SHOULD|TO|SHALL READ|SAY",
        "INSTEAD OF",
        "AMEND|AMENDED|AMD|REF|CORRECT|MODIFY AIP|ENR",
        "DONDE DICE",
        "DEBE DECIR|LEER",
        "AU LIEU DE",
        "AIP|ENR *? *? *? *? AMEND|AMENDED|AMD|CORRECTION",
    };
    for (size_t i = 0; i < OVF_COUNTOF(forms); i++) {
        if (ovf_phrase_find(d, 0, until, forms[i], NULL) != OVF_NOPOS)
            return true;
    }
    return false;
}

static bool is_security_advice(const ovf_draft *d)
{
    return ovf_says(d, "ISSUED AN|THE|A? ADVISORY")
           || ovf_says(d, "ADVISORY FOR|REGARDING|CONCERNING")
           || ovf_says(d, "OPERATORS|CARRIERS|AIRLINES");
}

/* A restricted, danger or prohibited area, a reservation: the verb, else the noun, else the code. */
static void read_area(ovf_draft *d, const ovf_verbs *v)
{
    bool is_note = ovf_condition_is(d, "CH") || ovf_condition_is(d, "XX")
                   || ovf_condition_is(d, "CS") || ovf_condition_is(d, "CI")
                   || ovf_condition_is(d, "CL");
    bool is_about_book = is_note && is_correction(d);
    if (is_about_book && !ovf_says(d, "IS|ARE PROHIBITED|FORBIDDEN")) {
        ovf_effect_information(d);
        return;
    }
    bool is_soft = (v->all & (OVF_W_ADVISE | OVF_W_AVOID)) != 0;
    if (ovf_effect_closes_or_bars(d, v, OVF_W_AIR | OVF_W_ROUTE, true)) {
        ovf_effect_add_advice(d, v);
        return;
    }
    if (ovf_effect_lifts(d, v))
        return;
    // "ADVISED TO AVOID" takes from a reservation its force, and an advisory is none.
    bool is_reservation = ovf_subject_is(d, "RA");
    if (is_soft && (is_reservation || is_security_advice(d))
        && ovf_effect_apply(d, &ovf_verbs_soft))
        return;
    if (!ovf_effect_by_kind(d, v, true) && !ovf_effect_by_code(d)
        && (is_note || !ovf_effect_apply(d, &ovf_verbs_conditional)))
        ovf_effect_information(d);
    ovf_effect_add_advice(d, v);
}

/* Something goes on in the air: a hazard, unless the text bars entry or sets up an area. */
static void read_hazard(ovf_draft *d, const ovf_verbs *v)
{
    if (ovf_effect_closes_or_bars(d, v, OVF_W_AIR | OVF_W_ROUTE, true)) {
        ovf_effect_add_advice(d, v);
        return;
    }
    if (ovf_effect_lifts(d, v))
        return;
    if (!ovf_effect_by_kind(d, v, false))
        ovf_effect_coded(d, OVF_EFFECT_WARNING, OVF_STRENGTH_NONE);
    ovf_effect effect = d->notice->effect;
    const ovf_verb_list warning = {ovf_verbs_caution.rows, 7};
    const ovf_verb_row *verb = NULL;
    size_t end = 0;
    if (ovf_says(d, "ADVISORY|ADVISORIES") && ovf_effect_apply(d, &ovf_verbs_soft))
        return;
    ovf_effect_add_advice(d, v);
    if (effect == OVF_EFFECT_WARNING && d->notice->advice != OVF_ADVICE_NONE)
        d->notice->strength = OVF_STRENGTH_SOFT;
    else if (effect == OVF_EFFECT_WARNING
             && ovf_effect_find(d, &warning, &verb, &end) != OVF_NOPOS) {
        d->notice->strength = verb->strength;
        d->notice->advice = verb->advice;
    }
}

static bool is_flow(const ovf_draft *d)
{
    static const char *const forms[] = {
        "ATFM|ATFCM",
        ("FLOW CONTROL|CTL|RESTRICTION|RESTRICTIONS|MEASURE|MEASURES|"
         "REGULATION|RATE|MANAGEMENT"),
        "ZERO RATE",
        "SLOT ALLOCATION",
        "CTOT",
        "MINUTES IN TRAIL",
        "MILES IN TRAIL",
        "GROUND DELAY|STOP PROGRAM"};
    for (size_t i = 0; i < OVF_COUNTOF(forms); i++) {
        if (ovf_says(d, forms[i]))
            return true;
    }
    return false;
}

/* FIRs, control areas, entry rules, and texts without a code: the words alone. */
static void read_words(ovf_draft *d, const ovf_verbs *v, ovf_matter matter)
{
    bool is_zone = matter == OVF_MATTER_AIR
                   && (ovf_subject_is(d, "AC") || ovf_subject_is(d, "AE") || ovf_subject_is(d, "AT")
                       || ovf_subject_is(d, "AZ"));
    uint32_t closable = OVF_W_AIR | OVF_W_ROUTE;
    if (!is_zone)
        closable |= OVF_W_AERODROME; // the hours of a zone name its aerodrome's
    const ovf_verb_row *verb = NULL;
    size_t end = 0;
    size_t soft_at = (v->all & (OVF_W_ADVISE | OVF_W_AVOID | OVF_W_CAUTION)) != 0
                         ? ovf_effect_find(d, &ovf_verbs_soft, &verb, &end)
                         : OVF_NOPOS;
    ovf_verb_hit bar = ovf_verb_bar(d, v, d->main_from);
    // What is advised first is the matter, unless something is barred: "advisory", then no bar counts.
    bool bars_first = bar.at != OVF_NOPOS && bar.at < soft_at;
    if (ovf_says(d, "ADVISORY FOR") && soft_at != OVF_NOPOS && !bars_first) {
        ovf_effect_apply(d, &ovf_verbs_soft);
        return;
    }
    bool is_closing = ovf_effect_closes_or_bars(d, v, closable, false);
    bool is_later = soft_at != OVF_NOPOS && bar.at == OVF_NOPOS && is_closing
                    && d->notice->span_effect.at > ovf_raw_pos(d, d->tokens[soft_at].at);
    if (is_closing && !is_later) {
        // "CTN ADZ" at the end goes with the closure; caution counselled elsewhere has areas of its own.
        const ovf_verb_list adz = {ovf_verbs_caution.rows + 1, 1};
        if ((v->all & OVF_W_CAUTION) != 0 && ovf_effect_find(d, &adz, &verb, &end) != OVF_NOPOS)
            d->notice->advice = OVF_ADVICE_CAUTION;
        return;
    }
    if (soft_at != OVF_NOPOS && ovf_effect_apply(d, &ovf_verbs_soft)) {
        // A control unit that asks crossing traffic to stay out warns of no danger.
        if (is_zone && d->notice->advice == OVF_ADVICE_DO_NOT_FLY)
            d->notice->advice = OVF_ADVICE_CAUTION;
        return;
    }
    if (ovf_effect_lifts(d, v))
        return;
    if (((matter == OVF_MATTER_AIR && !is_zone) || ovf_subject_is(d, "OA"))
        && (is_correction(d) || ovf_says(d, "AMEND|AMENDED|AMD|MODIFY * AIP"))) {
        ovf_effect_information(d);
        return;
    }
    if (ovf_effect_by_kind(d, v, false)) {
        ovf_effect_add_advice(d, v);
        return;
    }
    if (ovf_condition_is(d, "LP") && ovf_effect_by_code(d))
        return;
    if ((v->all & OVF_W_SERVICE) != 0 && !is_zone && ovf_effect_apply(d, &ovf_verbs_service))
        return;
    if ((v->all & OVF_W_FLOW) != 0 && is_flow(d)) {
        ovf_effect_coded(d, OVF_EFFECT_FLOW, OVF_STRENGTH_CONDITIONAL);
        return;
    }
    if (!is_zone && (v->all & (OVF_W_CONDITION | OVF_W_AVOID | OVF_W_SHALL)) != 0
        && ovf_effect_apply(d, &ovf_verbs_conditional))
        return;
    if ((v->all & (OVF_W_CAUTION | OVF_W_HAZARD | OVF_W_SHALL)) != 0
        && ovf_effect_apply(d, &ovf_verbs_caution))
        return;
    if (matter == OVF_MATTER_AIR && ovf_condition_is(d, "LC") && ovf_effect_by_code(d))
        return;
    ovf_effect_information(d);
}

/* ---- all of it ---- */

/* Weather and ash say their own name: hazards, never closures (Annex 3). */
static bool read_met(ovf_draft *d)
{
    if (d->notice->qcode.len > 0 || !ovf_starts_with(d, "SIGMET|AIRMET|ASHTAM"))
        return false;
    if (ovf_says(d, "CNL SIGMET|AIRMET"))
        ovf_effect_coded(d, OVF_EFFECT_LIFTED, OVF_STRENGTH_OPENING);
    else
        ovf_effect_coded(d, OVF_EFFECT_WARNING, OVF_STRENGTH_NONE);
    return true;
}

/* An airspace that is open but to some is closed to those, whatever the code. */
static bool read_open_but(ovf_draft *d, const ovf_verbs *v)
{
    size_t from = 0, end = 0;
    if ((v->all & OVF_W_AIR) == 0 || !ovf_open_but(d, &from, &end))
        return false;
    bool on_condition = ovf_phrase_find(d, from, end,
                                        "PERMISSION|AUTHORISATION|AUTHORIZATION|APPROVAL|PPR|"
                                        "CLEARANCE|AUTORISATION|AUTORIZACION",
                                        NULL)
                        != OVF_NOPOS;
    ovf_effect_said(d, on_condition ? OVF_EFFECT_RESTRICTED : OVF_EFFECT_PROHIBITED,
                    on_condition ? OVF_STRENGTH_CONDITIONAL : OVF_STRENGTH_HARD,
                    (ovf_verb_hit){from - 1, end});
    return true;
}

static void read_matter(ovf_draft *d, const ovf_verbs *v)
{
    ovf_matter matter = ovf_qcode_matter(d->notice->qcode);
    if (matter != OVF_MATTER_AERODROME && matter != OVF_MATTER_KIT && read_open_but(d, v))
        return;
    switch (matter) {
    case OVF_MATTER_KIT: read_kit(d, v); return;
    case OVF_MATTER_AERODROME: read_aerodrome(d, v); return;
    case OVF_MATTER_ROUTE: read_route(d, v); return;
    case OVF_MATTER_AREA: read_area(d, v); return;
    case OVF_MATTER_HAZARD: read_hazard(d, v); return;
    case OVF_MATTER_GNSS:
        ovf_effect_coded(d, OVF_EFFECT_WARNING, OVF_STRENGTH_NONE);
        ovf_effect_add_advice(d, v);
        if (d->notice->advice != OVF_ADVICE_NONE)
            d->notice->strength = OVF_STRENGTH_SOFT;
        else if (ovf_says(d, "INTERFERENCE|INTERFERENCES|JAMMING|SPOOFING|JAMMERS"))
            d->notice->advice = OVF_ADVICE_CAUTION;
        return;
    case OVF_MATTER_FLOW:
        if (!ovf_effect_lifts(d, v) && !ovf_effect_bars(d, v))
            ovf_effect_coded(d, OVF_EFFECT_FLOW, OVF_STRENGTH_CONDITIONAL);
        return;
    case OVF_MATTER_LIST:
    case OVF_MATTER_AIR:
    case OVF_MATTER_TEXT: break;
    }
    if (!read_met(d))
        read_words(d, v, matter);
}

void ovf_read_effect(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_strength strength = OVF_STRENGTH_UNKNOWN;
    if (n->kind == OVF_NOTICE_CANCEL
        || ovf_qcode_effect(n->qcode, &strength) == OVF_EFFECT_LIFTED) {
        ovf_effect_coded(d, OVF_EFFECT_LIFTED, OVF_STRENGTH_OPENING);
        return;
    }
    bool is_list =
        ovf_subject_is(d, "KK") || (n->qcode.len == 0 && ovf_starts_with(d, "CHECKLIST"));
    bool is_trigger = ovf_condition_is(d, "TT") || ovf_starts_with(d, "TRIGGER NOTAM");
    if (is_list || is_trigger) {
        ovf_effect_coded(d, OVF_EFFECT_INFORMATION, OVF_STRENGTH_NONE);
        OVF_FIND(d, OVF_NOTE, d->items[OVF_ITEM_Q].from, is_list ? "CHECKLIST" : "TRIGGER",
                 is_list ? "a checklist of valid notices"
                         : "announces a publication and does nothing by itself");
        return;
    }
    ovf_verbs v;
    if (d->tokens == NULL) {
        ovf_effect_information(d);
        return;
    }
    if (ovf_verbs_read(d, &v))
        read_matter(d, &v);
}
