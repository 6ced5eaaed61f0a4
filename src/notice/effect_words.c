/* SPDX-License-Identifier: Apache-2.0 */
/* The words by which a notice does something: tables of advice, service, condition and caution, the
 * nouns of areas, and the verbs of closing, barring and lifting, each with the bytes that said it. */
#include "effect.h"
#include "words.h"

/* In order: an earlier row wins over a later one wherever both stand. */
static const ovf_verb_row soft[] = {
    {"ADVISED|ADZ|RECOMMENDED|REQUESTED|ENCOURAGED|URGED|WARNED NOT TO", OVF_STRENGTH_SOFT,
     OVF_EFFECT_ADVISORY, OVF_ADVICE_DO_NOT_FLY},
    {"RECOMMENDED|ADVISED TO|FOR *? *? *? *? NOT TO", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY,
     OVF_ADVICE_DO_NOT_FLY},
    {"RECOMMEND|RECOMMENDS|RECOMMENDED|ADVISED|ADVISES|ADZ|REQUESTED|URGED|ENCOURAGED TO AVOID",
     OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY, OVF_ADVICE_DO_NOT_FLY},
    {"RECOMMENDED|ADVISED|ADVISABLE|ADVISES|RECOMMENDS AGAINST", OVF_STRENGTH_SOFT,
     OVF_EFFECT_ADVISORY, OVF_ADVICE_DO_NOT_FLY},
    {"RECOMMENDED|RECOMMENDS|ADVISED|ADVISES THAT? *? *? *? *? AVOID|AVOIDS", OVF_STRENGTH_SOFT,
     OVF_EFFECT_ADVISORY, OVF_ADVICE_DO_NOT_FLY},
    {"RECOMIENDA|RECOMENDADO|RECOMENDA|ACONSEJA *? NO|NAO|EVITAR", OVF_STRENGTH_SOFT,
     OVF_EFFECT_ADVISORY, OVF_ADVICE_DO_NOT_FLY},
    {"RECOMMANDE|RECOMMANDEE|CONSEILLE *? *? *? NE|EVITER", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY,
     OVF_ADVICE_DO_NOT_FLY},
    {"DECONSEILLE|DECONSEILLEE", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY, OVF_ADVICE_DO_NOT_FLY},
    {"SHOULD NOT BE? ENTER|OPERATE|FLY|OVERFLY|PLAN|PENETRATE|CONDUCT|CONDUCTED|FLOWN|OPERATED",
     OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY, OVF_ADVICE_DO_NOT_FLY},
    {"REMAIN|STAY OUTSIDE|CLEAR OF", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY, OVF_ADVICE_DO_NOT_FLY},
    {"SHOULD AVOID", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY, OVF_ADVICE_DO_NOT_FLY},
    {"DO NOT OPERATE|FLY|ENTER", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY, OVF_ADVICE_DO_NOT_FLY},
    {"NOT TO OPERATE|ENTER|OVERFLY|PENETRATE|FLY", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY,
     OVF_ADVICE_DO_NOT_FLY},
    {"EXER|EXERCISE|EXCERCISE|USE|EXTREME EXTREME|EXTREMELY CAUTION|CTN|CAUTIOUS",
     OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY, OVF_ADVICE_EXTREME_CAUTION},
    {"EXTREME|UTMOST CAUTION|CTN|VIGILANCE", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY,
     OVF_ADVICE_EXTREME_CAUTION},
    {"ADVISED|ADZ|RECOMMENDED|REQUESTED|URGED THAT? OPERATORS? TO? EXER|EXERCISE|EXCERCISE|USE CAUTION|CTN",
     OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY, OVF_ADVICE_CAUTION},
    {"SHOULD|SHALL EXER|EXERCISE|EXCERCISE *? CAUTION|CTN|VIGILANCE", OVF_STRENGTH_SOFT,
     OVF_EFFECT_ADVISORY, OVF_ADVICE_CAUTION},
    {"ADVISED|ADZ|RECOMMENDED TO TAKE|REMAIN VIGILANT|POTENTIAL|ALL|THE|RISK|RISKS|INTO",
     OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY, OVF_ADVICE_CAUTION},
    {"RECOMMENDED|ADVISED|ADZ TO MAINT|MAINTAIN|FLY|OPERATE *? *? *? ABV|ABOVE|HIGHER",
     OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY, OVF_ADVICE_CAUTION},
    {"RECOMMENDED|ADVISED|ADZ TO MAINT|MAINTAIN A? FLIGHT|FL|FLT", OVF_STRENGTH_SOFT,
     OVF_EFFECT_ADVISORY, OVF_ADVICE_CAUTION},
    {"SHOULD TAKE POTENTIAL? RISK|RISKS|THE", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY,
     OVF_ADVICE_CAUTION},
    {"ADVISED|ADZ|RECOMMENDED THAT *? *? *? *? GNSS|GPS", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY,
     OVF_ADVICE_CAUTION},
};

const ovf_verb_list ovf_verbs_soft = {soft, OVF_COUNTOF(soft)};

static const ovf_verb_row service[] = {
    {"ATS|ATC|AIS *? *? NOT PROVIDED|AVBL|AVAILABLE", OVF_STRENGTH_SERVICE, OVF_EFFECT_WARNING, 0},
    {"NO AIR? ATC|ATS|TFC|TRAFFIC CONTROL|CTL? SVC|SERVICE|SERVICES|SER", OVF_STRENGTH_SERVICE,
     OVF_EFFECT_WARNING, 0},
    {"AIR NAVIGATION|TRAFFIC SERVICES|SERVICE *? NOT AVBL|AVAILABLE|PROVIDED", OVF_STRENGTH_SERVICE,
     OVF_EFFECT_WARNING, 0},
    {"ATS|ATC|TWR|TOWER WITHDRAWN|SUSPENDED|CLSD|CLOSED", OVF_STRENGTH_SERVICE, OVF_EFFECT_WARNING,
     0},
    {"AIR TRAFFIC|TFC SERVICES|SERVICE|CONTROL|SVC *? *? WITHDRAWN|SUSPENDED|DISCONTINUED|CEASED",
     OVF_STRENGTH_SERVICE, OVF_EFFECT_WARNING, 0},
    {"SERVICIO|SERVICIOS|SERVICE|SERVICES ATS|ATC|CONTROL *? NO|NON DISPONIBLE|DISPONIBLES|ASSURE",
     OVF_STRENGTH_SERVICE, OVF_EFFECT_WARNING, 0},
    {"TIBA", OVF_STRENGTH_SERVICE, OVF_EFFECT_WARNING, 0},
    {"UNCONTROLLED AIRSPACE", OVF_STRENGTH_SERVICE, OVF_EFFECT_WARNING, 0},
    {"AIRSPACE|FIR|TRANSIT|OVERFLIGHT|FLIGHTS *? *? *? *? *? IS|ARE|BE UNCONTROLLED",
     OVF_STRENGTH_SERVICE, OVF_EFFECT_WARNING, 0},
};

const ovf_verb_list ovf_verbs_service = {service, OVF_COUNTOF(service)};

static const ovf_verb_row conditional[] = {
    {"SUBJ|SUBJECT TO PPR|PRIOR|PERMISSION|ATC|APPROVAL|AUTH|AUTHORISATION|AUTHORIZATION",
     OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"PPR|PPO", OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"PRIOR PERMISSION|APPROVAL|AUTHORISATION|AUTHORIZATION|CONSENT|COORDINATION",
     OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"ONLY WITH|BY|AFTER|UPON|ON A|THE? SPECIAL|PRIOR|WRITTEN? "
     "PERMISSION|APPROVAL|AUTHORISATION|AUTHORIZATION|CLEARANCE",
     OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"SHALL|MUST REMAIN|MAINTAIN|MAINT|OPERATE|FLY|OVERFLY|CROSS AT? OR? ABV|ABOVE|BLW|BELOW",
     OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"SHALL|MUST REMAIN|MAINTAIN|MAINT|OPERATE|FLY|OVERFLY|CROSS AT? ~FL", OVF_STRENGTH_CONDITIONAL,
     OVF_EFFECT_RESTRICTED, 0},
    {"MINIMUM|MINIMAL|LOWEST USABLE|AVBL|AVAILABLE? FLIGHT? FL|LEVEL|LEVELS|~FL *? *? *? *? "
     "OVERFLIGHT|OVERFLIGHTS|OVERFLYING|TFC|TRAFFIC|ACFT|AIRCRAFT|FIR|AIRSPACE",
     OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"PERMISSION|AUTHORISATION|AUTHORIZATION REQUIRED|RQRD|REQ", OVF_STRENGTH_CONDITIONAL,
     OVF_EFFECT_RESTRICTED, 0},
    {"SHALL|MUST BE? AVOID|AVOIDED", OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"IS|ARE TO AVOID OVERFLYING|FLYING|OVERFLIGHT", OVF_STRENGTH_CONDITIONAL,
     OVF_EFFECT_RESTRICTED, 0},
    {"OBTAIN|REQUIRE|REQUIRES|NEED|NEEDS|HOLD|REQUEST A? PRIOR|OVERFLIGHT|FLIGHT|DIPLOMATIC|LANDING? "
     "CLEARANCE|PERMISSION|PERMIT|APPROVAL|AUTHORISATION|AUTHORIZATION",
     OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"WITHOUT A|AN|ANY|VALID|PRIOR? FLIGHT|OVERFLIGHT|DIPLOMATIC|PRIOR? "
     "CLEARANCE|PERMISSION|PERMIT|APPROVAL|AUTHORISATION|AUTHORIZATION *? *? *? "
     "ACCEPTED|INTERCEPTED|REFUSED|DENIED|REJECTED",
     OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"AVBL|AVAILABLE|OPEN ONLY *? FOR|TO", OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"OPEN|AVBL|AVAILABLE TO|FOR *? *? *? *? *? ONLY", OVF_STRENGTH_CONDITIONAL,
     OVF_EFFECT_RESTRICTED, 0},
    {"ONLY *? *? *? *? PERMITTED|ALLOWED|ACCEPTED|AUTHORISED|AUTHORIZED", OVF_STRENGTH_CONDITIONAL,
     OVF_EFFECT_RESTRICTED, 0},
    {"FLYING|FLIGHT|FLIGHTS|FLT|FLTS|OVERFLIGHT|OVERFLIGHTS|OVERFLYING IS|ARE? RESTRICTED",
     OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"PREVIA AUTORIZACION|COORDINACION", OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"AUTORISATION PREALABLE", OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
};

const ovf_verb_list ovf_verbs_conditional = {conditional, OVF_COUNTOF(conditional)};

static const ovf_verb_row caution[] = {
    {"EXER|EXERCISE|EXCERCISE|USE *? CAUTION|CTN|VIGILANCE", OVF_STRENGTH_SOFT, OVF_EFFECT_WARNING,
     OVF_ADVICE_CAUTION},
    {"CAUTION|CTN|PRECAUTION|VIGILANCE ADVISED|ADZ|REQUIRED|RECOMMENDED", OVF_STRENGTH_SOFT,
     OVF_EFFECT_WARNING, OVF_ADVICE_CAUTION},
    {"EJERCER|TOMAR|EXTREMAR PRECAUCION|PRECAUCIONES", OVF_STRENGTH_SOFT, OVF_EFFECT_WARNING,
     OVF_ADVICE_CAUTION},
    {"PRUDENCE|VIGILANCE RECOMMANDEE|ACCRUE", OVF_STRENGTH_SOFT, OVF_EFFECT_WARNING,
     OVF_ADVICE_CAUTION},
    {"FLIGHT SAFETY *? *? *? *? *? *? MAY BE? AFFECTED", OVF_STRENGTH_SOFT, OVF_EFFECT_WARNING,
     OVF_ADVICE_CAUTION},
    {"POTENTIAL RISK|HAZARD", OVF_STRENGTH_SOFT, OVF_EFFECT_WARNING, OVF_ADVICE_CAUTION},
    {"MAY|MIGHT BE AFFECTED", OVF_STRENGTH_SOFT, OVF_EFFECT_WARNING, OVF_ADVICE_CAUTION},
    {"INTERFERENCE|INTERFERENCES|JAMMING|SPOOFING", OVF_STRENGTH_NONE, OVF_EFFECT_WARNING,
     OVF_ADVICE_CAUTION},
    {"HAZARDOUS|DANGEROUS OPERATIONS|OPS|ACTIVITY|ACTIVITIES", OVF_STRENGTH_NONE,
     OVF_EFFECT_WARNING, OVF_ADVICE_NONE},
    {"GUNNERY|MISSILE|MISSILES|ROCKET|ROCKETS|FIRING|FRNG|BOMBING|MORTAR|ARTILLERY|TORPEDO *? "
     "EXERCISES|EXERCISE|EXER|OPERATIONS|OPS|LAUNCHING|LAUNCHES|LAUNCH|FIRING|FRNG|PRACTICE|TEST|"
     "TESTS|WILL|TAKE",
     OVF_STRENGTH_NONE, OVF_EFFECT_WARNING, OVF_ADVICE_NONE},
    {"SPACE|ROCKET|UNBURNED|UNBURNT|FALLING DEBRIS", OVF_STRENGTH_NONE, OVF_EFFECT_WARNING,
     OVF_ADVICE_NONE},
    {"HIRTA", OVF_STRENGTH_NONE, OVF_EFFECT_WARNING, OVF_ADVICE_NONE},
    {"LANZAMIENTO|TIR|TIRS|DISPARO|DISPAROS|LANCAMENTO", OVF_STRENGTH_NONE, OVF_EFFECT_WARNING,
     OVF_ADVICE_NONE},
    {"GNSS|GPS UNREL|UNRELIABLE|OUTAGE|NOT|DEGRADED|FAILURE", OVF_STRENGTH_NONE, OVF_EFFECT_WARNING,
     OVF_ADVICE_NONE},
};

const ovf_verb_list ovf_verbs_caution = {caution, OVF_COUNTOF(caution)};

/* ---- helpers ---- */

void ovf_effect_said(ovf_draft *d, ovf_effect effect, ovf_strength strength, ovf_verb_hit hit)
{
    ovf_notice *n = d->notice;
    n->effect = effect;
    n->strength = strength;
    n->span_effect = ovf_raw_span(d, d->tokens[hit.at].at, ovf_tok_end(d, hit.end - 1));
}

/* Said by the code: the bytes are those of item Q. */
void ovf_effect_coded(ovf_draft *d, ovf_effect effect, ovf_strength strength)
{
    ovf_notice *n = d->notice;
    n->effect = effect;
    n->strength = strength;
    if (d->items[OVF_ITEM_Q].until > d->items[OVF_ITEM_Q].from && n->qcode.len == 5)
        n->span_effect = ovf_raw_span(d, d->items[OVF_ITEM_Q].from, d->items[OVF_ITEM_Q].until);
}

size_t ovf_effect_find(const ovf_draft *d, const ovf_verb_list *list, const ovf_verb_row **verb,
                       size_t *end)
{
    for (size_t k = 0; k < list->count; k++) {
        size_t at = ovf_phrase_find(d, d->main_from, d->token_count, list->rows[k].phrase, end);
        if (at != OVF_NOPOS) {
            *verb = &list->rows[k];
            return at;
        }
    }
    return OVF_NOPOS;
}

bool ovf_effect_apply(ovf_draft *d, const ovf_verb_list *list)
{
    const ovf_verb_row *verb = NULL;
    size_t end = 0;
    size_t at = ovf_effect_find(d, list, &verb, &end);
    if (at == OVF_NOPOS)
        return false;
    ovf_effect_said(d, verb->effect, verb->strength, (ovf_verb_hit){at, end});
    d->notice->advice = verb->advice;
    return true;
}

/* How strong the words of advice are, whatever else the notice does. */
void ovf_effect_add_advice(ovf_draft *d, const ovf_verbs *v)
{
    const ovf_verb_list cautioning = {caution, 4};
    const ovf_verb_row *verb = NULL;
    size_t end = 0;
    if ((v->all & (OVF_W_ADVISE | OVF_W_AVOID | OVF_W_CAUTION)) != 0
        && ovf_effect_find(d, &ovf_verbs_soft, &verb, &end) != OVF_NOPOS)
        d->notice->advice = verb->advice;
    else if ((v->all & OVF_W_CAUTION) != 0
             && ovf_effect_find(d, &cautioning, &verb, &end) != OVF_NOPOS)
        d->notice->advice = verb->advice;
}

bool ovf_says(const ovf_draft *d, const char *phrase)
{
    return ovf_phrase_find(d, d->main_from, d->token_count, phrase, NULL) != OVF_NOPOS;
}

bool ovf_starts_with(const ovf_draft *d, const char *phrase)
{
    size_t until = d->token_count < 6 ? d->token_count : 6;
    return ovf_phrase_find(d, 0, until, phrase, NULL) != OVF_NOPOS;
}

bool ovf_subject_is(const ovf_draft *d, const char *letters)
{
    return d->notice->qcode.len == 5
           && memcmp(d->notice->qcode.ptr + 1, letters, strlen(letters)) == 0;
}

bool ovf_condition_is(const ovf_draft *d, const char *letters)
{
    return d->notice->qcode.len == 5 && memcmp(d->notice->qcode.ptr + 3, letters, 2) == 0;
}

/* ---- nouns that say what kind of area it is ---- */

enum { KINDS_OF_AREA = 9 }; /* rows of kinds[] that name an area, before those that name a rule */

bool ovf_effect_by_kind(ovf_draft *d, const ovf_verbs *v, bool is_area)
{
    static const struct {
        const char *phrase;
        ovf_effect effect;
        ovf_strength strength;
    } kinds[] = {
        {"PROHIBITED AREA|AREAS|ZONE", OVF_EFFECT_PROHIBITED, OVF_STRENGTH_HARD},
        {"ZONA|ZONAS|ZONE|AREA PROHIBIDA|INTERDITE|PROIBIDA", OVF_EFFECT_PROHIBITED,
         OVF_STRENGTH_HARD},
        {"NO FLY|DRONE ZONE|ZONES|AREA", OVF_EFFECT_PROHIBITED, OVF_STRENGTH_HARD},
        {"RESTRICTED AREA|AREAS|ZONE|AIRSPACE", OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL},
        {"ZONA|ZONAS|ZONE|AREA RESTRINGIDA|RESTRINGIDAS|RESTRITA|REGLEMENTEE",
         OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL},
        {"DANGER|DANGEROUS AREA|AREAS|ZONE", OVF_EFFECT_DANGER, OVF_STRENGTH_SOFT},
        {"ZONA|ZONAS|ZONE|AREA PELIGROSA|PELIGRO|DANGEREUSE|PERIGOSA", OVF_EFFECT_DANGER,
         OVF_STRENGTH_SOFT},
        {"SEGREGATED|RESERVED AREA|AREAS|AIRSPACE", OVF_EFFECT_RESTRICTED,
         OVF_STRENGTH_CONDITIONAL},
        {"AIRSPACE RESERVATION", OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL},
        {"FLIGHT|FLYING|AIRSPACE RESTRICTION|RESTRICTIONS", OVF_EFFECT_RESTRICTED,
         OVF_STRENGTH_CONDITIONAL},
        {"RESTRICTION OF FLYING", OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL},
    };
    if ((v->all & OVF_W_KIND) == 0 && !ovf_says(d, "NO FLY|DRONE"))
        return false;
    size_t best = OVF_COUNTOF(kinds);
    ovf_verb_hit hit = {OVF_NOPOS, 0};
    for (size_t k = 0; k < (is_area ? KINDS_OF_AREA : OVF_COUNTOF(kinds)); k++) {
        size_t end = 0;
        size_t at = ovf_phrase_find(d, d->main_from, d->token_count, kinds[k].phrase, &end);
        if (at == OVF_NOPOS || (hit.at != OVF_NOPOS && at >= hit.at))
            continue;
        // Outside the codes of areas one that is only mentioned does nothing: it is set up, or active.
        bool is_set_up = is_area;
        size_t until = end + 25 < d->token_count ? end + 25 : d->token_count;
        for (size_t i = at > 6 ? at - 6 : 0; i < until && !is_set_up; i++)
            is_set_up = (v->kinds[i] & OVF_W_ACTIVATE) != 0;
        if (!is_set_up)
            continue;
        best = k;
        hit = (ovf_verb_hit){at, end};
    }
    if (hit.at == OVF_NOPOS)
        return false;
    ovf_effect_said(d, kinds[best].effect, kinds[best].strength, hit); // the first that is named
    return true;
}

bool ovf_effect_by_code(ovf_draft *d)
{
    ovf_strength strength = OVF_STRENGTH_UNKNOWN;
    ovf_effect effect = ovf_qcode_effect(d->notice->qcode, &strength);
    if (effect == OVF_EFFECT_UNKNOWN || effect == OVF_EFFECT_LIFTED)
        return false;
    ovf_effect_coded(d, effect, strength);
    return true;
}

void ovf_effect_information(ovf_draft *d)
{
    bool is_blank = d->token_count == 0;
    ovf_effect_coded(d, is_blank ? OVF_EFFECT_UNKNOWN : OVF_EFFECT_INFORMATION,
                     is_blank ? OVF_STRENGTH_UNKNOWN : OVF_STRENGTH_NONE);
}

/* ---- what is closed ---- */

/* The first word of closing that is said of airspace or a route; of an aerodrome too, if asked. */
static bool closes(ovf_draft *d, const ovf_verbs *v, uint32_t wanted)
{
    for (size_t from = d->main_from; from < d->token_count;) {
        ovf_verb_hit hit = ovf_verb_close(d, v, from);
        if (hit.at == OVF_NOPOS)
            return false;
        uint32_t subject = ovf_verb_subject(d, v, hit.at);
        bool is_place = (subject & (OVF_W_SURFACE | OVF_W_UNIT)) == 0 && (subject & wanted) != 0;
        // "CLOSED" alone under a code of closing: the code names what is.
        bool is_coded = subject == 0 && ovf_condition_is(d, "LC");
        if (is_place || is_coded) {
            ovf_effect_said(d, OVF_EFFECT_CLOSED, OVF_STRENGTH_HARD, hit);
            return true;
        }
        from = hit.end;
    }
    return false;
}

bool ovf_effect_lifts(ovf_draft *d, const ovf_verbs *v)
{
    if ((v->all & (OVF_W_LIFT | OVF_W_NOT)) == 0)
        return false;
    ovf_verb_hit hit = ovf_verb_lift(d, v, d->main_from);
    if (hit.at == OVF_NOPOS)
        return false;
    ovf_effect_said(d, OVF_EFFECT_LIFTED, OVF_STRENGTH_OPENING, hit);
    return true;
}

bool ovf_effect_bars(ovf_draft *d, const ovf_verbs *v)
{
    ovf_verb_hit hit = ovf_verb_bar(d, v, d->main_from);
    if (hit.at == OVF_NOPOS)
        return false;
    ovf_effect_said(d, OVF_EFFECT_PROHIBITED, OVF_STRENGTH_HARD, hit);
    return true;
}

/* "PROHIBITED WITHOUT PRIOR PERMISSION", "NO FLIGHT PERMITTED UNLESS AUTHORISED": a condition. */
static bool is_on_condition(const ovf_draft *d, const ovf_verbs *v, ovf_verb_hit hit)
{
    size_t until = hit.end + 24 < d->token_count ? hit.end + 24 : d->token_count;
    size_t end = 0;
    size_t at = ovf_phrase_find(d, hit.end, until, "WITHOUT|UNLESS|EXC|EXCEPT", &end);
    size_t last = at == OVF_NOPOS ? 0 : end + 8 < d->token_count ? end + 8 : d->token_count;
    for (size_t i = end; i < last; i++) {
        if (ovf_phrase(d, i,
                       "PERMISSION|APPROVAL|AUTHORISATION|AUTHORIZATION|AUTHORISED|AUTHORIZED|AUTH|"
                       "CLEARANCE|CLR|PPR|COORDINATION|COOR")
            > 0)
            return (v->kinds[hit.at] & OVF_W_NOT) != 0 || ovf_phrase(d, at, "WITHOUT|UNLESS") > 0;
    }
    return false;
}

/* The closure of the air, or the bar, whichever stands first. */
bool ovf_effect_closes_or_bars(ovf_draft *d, const ovf_verbs *v, uint32_t wanted, bool is_area)
{
    ovf_verb_hit bar = ovf_verb_bar(d, v, d->main_from);
    size_t closed_at = OVF_NOPOS;
    if (closes(d, v, wanted))
        closed_at = d->notice->span_effect.at;
    if (bar.at == OVF_NOPOS
        || (closed_at != OVF_NOPOS && closed_at < ovf_raw_pos(d, d->tokens[bar.at].at)))
        return closed_at != OVF_NOPOS;
    if (is_area && is_on_condition(d, v, bar))
        ovf_effect_said(d, OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL, bar);
    else
        ovf_effect_said(d, OVF_EFFECT_PROHIBITED, OVF_STRENGTH_HARD, bar);
    return true;
}
