/* SPDX-License-Identifier: Apache-2.0 */
/* What a notice does: the verb of the text decides (domain: hard, conditional, soft, service,
 * opening words), the NOTAM code fills in where the text only names. An advisory never becomes a
 * closure because the word "closed" stands in it somewhere, and a runway that is closed closes no
 * airspace. Where parts of a text do different things, each area has the effect of its own clause. */
#include "verbs.h"
#include "words.h"

struct verb {
    const char *phrase;
    ovf_strength strength;
    ovf_effect effect;
    ovf_advice advice;
};

/* In order: an earlier row wins over a later one wherever both stand. */
static const struct verb soft[] = {
    {"ADVISED|ADZ|RECOMMENDED|REQUESTED|ENCOURAGED|URGED|WARNED NOT TO", OVF_STRENGTH_SOFT,
     OVF_EFFECT_ADVISORY, OVF_ADVICE_DO_NOT_FLY},
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
    {"RECOMMENDED|ADVISED|ADZ TO MAINT|MAINTAIN A? FLIGHT|FL|FLT", OVF_STRENGTH_SOFT,
     OVF_EFFECT_ADVISORY, OVF_ADVICE_CAUTION},
    {"SHOULD TAKE POTENTIAL? RISK|RISKS|THE", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY,
     OVF_ADVICE_CAUTION},
    {"ADVISED|ADZ|RECOMMENDED THAT *? *? *? *? GNSS|GPS", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY,
     OVF_ADVICE_CAUTION},
};

static const struct verb service[] = {
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
};

static const struct verb conditional[] = {
    {"SUBJ|SUBJECT TO PPR|PRIOR|PERMISSION|ATC|APPROVAL|AUTH|AUTHORISATION|AUTHORIZATION",
     OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"PPR|PPO", OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"PRIOR PERMISSION|APPROVAL|AUTHORISATION|AUTHORIZATION|CONSENT|COORDINATION",
     OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"PERMISSION|AUTHORISATION|AUTHORIZATION REQUIRED|RQRD|REQ", OVF_STRENGTH_CONDITIONAL,
     OVF_EFFECT_RESTRICTED, 0},
    {"SHALL|MUST BE? AVOID|AVOIDED", OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"AVBL|AVAILABLE|OPEN ONLY *? FOR|TO", OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"OPEN|AVBL|AVAILABLE TO|FOR *? *? *? *? *? ONLY", OVF_STRENGTH_CONDITIONAL,
     OVF_EFFECT_RESTRICTED, 0},
    {"ONLY *? *? *? *? PERMITTED|ALLOWED|ACCEPTED|AUTHORISED|AUTHORIZED", OVF_STRENGTH_CONDITIONAL,
     OVF_EFFECT_RESTRICTED, 0},
    {"PREVIA AUTORIZACION|COORDINACION", OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"AUTORISATION PREALABLE", OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
};

static const struct verb caution[] = {
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
    {"LANZAMIENTO|TIR|TIRS|DISPARO|DISPAROS|LANCAMENTO", OVF_STRENGTH_NONE, OVF_EFFECT_WARNING,
     OVF_ADVICE_NONE},
    {"GNSS|GPS UNREL|UNRELIABLE|OUTAGE|NOT|DEGRADED|FAILURE", OVF_STRENGTH_NONE, OVF_EFFECT_WARNING,
     OVF_ADVICE_NONE},
};

/* ---- helpers ---- */

static void set_hit(ovf_draft *d, ovf_effect effect, ovf_strength strength, ovf_verb_hit hit)
{
    ovf_notice *n = d->notice;
    n->effect = effect;
    n->strength = strength;
    n->span_effect = ovf_raw_span(d, d->tokens[hit.at].at, ovf_tok_end(d, hit.end - 1));
}

/* Said by the code: the bytes are those of item Q. */
static void set_coded(ovf_draft *d, ovf_effect effect, ovf_strength strength)
{
    ovf_notice *n = d->notice;
    n->effect = effect;
    n->strength = strength;
    if (d->items[OVF_ITEM_Q].until > d->items[OVF_ITEM_Q].from && n->qcode.len == 5)
        n->span_effect = ovf_raw_span(d, d->items[OVF_ITEM_Q].from, d->items[OVF_ITEM_Q].until);
}

static size_t find_verb(const ovf_draft *d, const struct verb *verbs, size_t count,
                        const struct verb **verb, size_t *end)
{
    for (size_t k = 0; k < count; k++) {
        size_t at = ovf_phrase_find(d, d->main_from, d->token_count, verbs[k].phrase, end);
        if (at != OVF_NOPOS) {
            *verb = &verbs[k];
            return at;
        }
    }
    return OVF_NOPOS;
}

static bool apply(ovf_draft *d, const struct verb *verbs, size_t count)
{
    const struct verb *verb = NULL;
    size_t end = 0;
    size_t at = find_verb(d, verbs, count, &verb, &end);
    if (at == OVF_NOPOS)
        return false;
    set_hit(d, verb->effect, verb->strength, (ovf_verb_hit){at, end});
    d->notice->advice = verb->advice;
    return true;
}

/* How strong the words of advice are, whatever else the notice does. */
static void add_advice(ovf_draft *d, const ovf_verbs *v)
{
    const struct verb *verb = NULL;
    size_t end = 0;
    if ((v->all & (OVF_W_ADVISE | OVF_W_AVOID | OVF_W_CAUTION)) != 0
        && find_verb(d, soft, OVF_COUNTOF(soft), &verb, &end) != OVF_NOPOS)
        d->notice->advice = verb->advice;
    else if ((v->all & OVF_W_CAUTION) != 0 && find_verb(d, caution, 4, &verb, &end) != OVF_NOPOS)
        d->notice->advice = verb->advice;
}

static bool has(const ovf_draft *d, const char *phrase)
{
    return ovf_phrase_find(d, d->main_from, d->token_count, phrase, NULL) != OVF_NOPOS;
}

static bool starts_with_word(const ovf_draft *d, const char *phrase)
{
    size_t until = d->token_count < 6 ? d->token_count : 6;
    return ovf_phrase_find(d, 0, until, phrase, NULL) != OVF_NOPOS;
}

static bool subject_is(const ovf_draft *d, const char *letters)
{
    return d->notice->qcode.len == 5
           && memcmp(d->notice->qcode.ptr + 1, letters, strlen(letters)) == 0;
}

static bool condition_is(const ovf_draft *d, const char *letters)
{
    return d->notice->qcode.len == 5 && memcmp(d->notice->qcode.ptr + 3, letters, 2) == 0;
}

/* ---- nouns that say what kind of area it is ---- */

enum { KINDS_OF_AREA = 9 }; /* rows of kinds[] that name an area, before those that name a rule */

static bool by_area_kind(ovf_draft *d, const ovf_verbs *v, bool is_area)
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
    if ((v->all & OVF_W_KIND) == 0 && !has(d, "NO FLY|DRONE"))
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
    set_hit(d, kinds[best].effect, kinds[best].strength, hit); // the first that is named
    return true;
}

static bool by_code(ovf_draft *d)
{
    ovf_strength strength = OVF_STRENGTH_UNKNOWN;
    ovf_effect effect = ovf_qcode_effect(d->notice->qcode, &strength);
    if (effect == OVF_EFFECT_UNKNOWN || effect == OVF_EFFECT_LIFTED)
        return false;
    set_coded(d, effect, strength);
    return true;
}

static void set_information(ovf_draft *d)
{
    bool is_blank = d->token_count == 0;
    set_coded(d, is_blank ? OVF_EFFECT_UNKNOWN : OVF_EFFECT_INFORMATION,
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
        bool is_coded = subject == 0 && condition_is(d, "LC");
        if (is_place || is_coded) {
            set_hit(d, OVF_EFFECT_CLOSED, OVF_STRENGTH_HARD, hit);
            return true;
        }
        from = hit.end;
    }
    return false;
}

static bool lifts(ovf_draft *d, const ovf_verbs *v)
{
    if ((v->all & (OVF_W_LIFT | OVF_W_NOT)) == 0)
        return false;
    ovf_verb_hit hit = ovf_verb_lift(d, v, d->main_from);
    if (hit.at == OVF_NOPOS)
        return false;
    set_hit(d, OVF_EFFECT_LIFTED, OVF_STRENGTH_OPENING, hit);
    return true;
}

static bool bars(ovf_draft *d, const ovf_verbs *v)
{
    ovf_verb_hit hit = ovf_verb_bar(d, v, d->main_from);
    if (hit.at == OVF_NOPOS)
        return false;
    set_hit(d, OVF_EFFECT_PROHIBITED, OVF_STRENGTH_HARD, hit);
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
static bool closes_or_bars(ovf_draft *d, const ovf_verbs *v, uint32_t wanted, bool is_area)
{
    ovf_verb_hit bar = ovf_verb_bar(d, v, d->main_from);
    size_t closed_at = OVF_NOPOS;
    if (closes(d, v, wanted))
        closed_at = d->notice->span_effect.at;
    if (bar.at == OVF_NOPOS
        || (closed_at != OVF_NOPOS && closed_at < ovf_raw_pos(d, d->tokens[bar.at].at)))
        return closed_at != OVF_NOPOS;
    if (is_area && is_on_condition(d, v, bar))
        set_hit(d, OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL, bar);
    else
        set_hit(d, OVF_EFFECT_PROHIBITED, OVF_STRENGTH_HARD, bar);
    return true;
}

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
    bool is_conditional = condition_is(d, "AP") || condition_is(d, "LT") || condition_is(d, "LB")
                          || condition_is(d, "AM");
    size_t first = d->token_count < 12 ? d->token_count : 12;
    ovf_verb_hit hit = ovf_verb_close(d, v, d->main_from);
    uint32_t subject = hit.at == OVF_NOPOS ? 0 : ovf_verb_subject(d, v, hit.at);
    bool is_hours = condition_is(d, "AH") || condition_is(d, "CH");
    bool is_closed = hit.at != OVF_NOPOS && (subject & OVF_W_SURFACE) == 0
                     && (condition_is(d, "LC") || is_near(v, hit.at, OVF_W_AERODROME))
                     && (subject & OVF_W_AERODROME || condition_is(d, "LC"))
                     && (!is_hours || hit.at < 4);
    // "CLSD TO ALL TFC WITHOUT PRIOR PERMISSION": open on a condition.
    bool on_condition =
        is_closed
        && ovf_phrase_find(d, hit.end, d->token_count, "PRIOR PERMISSION|APPROVAL", NULL)
               != OVF_NOPOS;
    if (on_condition) {
        set_hit(d, OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL, hit);
        return;
    }
    if (is_closed) {
        set_hit(d, OVF_EFFECT_CLOSED, OVF_STRENGTH_HARD, hit);
        return;
    }
    if (condition_is(d, "XX")
        && has(d, "AD|AERODROME|AIRPORT *? *? OPEN|AVBL|AVAILABLE|PPR|RESTRICTED|LTD|LIMITED")) {
        set_coded(d, OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL);
        return;
    }
    // "FUEL NOT AVBL", "STAND 5 CLSD" under "aerodrome limited": a service, not the aerodrome.
    bool is_part = false;
    for (size_t i = 0; i < first && !is_part; i++) {
        is_part = (v->kinds[i] & OVF_W_SURFACE) != 0;
        if ((v->kinds[i] & (OVF_W_AERODROME | OVF_W_ACTOR)) != 0)
            break;
    }
    if (is_conditional && !(is_part && !condition_is(d, "AP"))) {
        set_coded(d, OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL);
        return;
    }
    if ((v->all & OVF_W_SERVICE) == 0 || !apply(d, service, OVF_COUNTOF(service)))
        set_information(d);
}

static void read_kit(ovf_draft *d, const ovf_verbs *v)
{
    if (condition_is(d, "LF")) {
        set_coded(d, OVF_EFFECT_WARNING, OVF_STRENGTH_NONE);
        return;
    }
    // Only a control unit that stops its service is felt in the air.
    bool is_unit = subject_is(d, "S") && !subject_is(d, "SA") && !subject_is(d, "SV");
    if (!is_unit || (v->all & OVF_W_SERVICE) == 0 || !apply(d, service, OVF_COUNTOF(service)))
        set_information(d);
}

static void read_route(ovf_draft *d, const ovf_verbs *v)
{
    static const char *const shut[] = {"NOT AVBL|AVAILABLE|USABLE|USEABLE",
                                       "UNAVAILABLE|UNUSABLE|UNAVBL|SUSPENDED|WITHDRAWN",
                                       "NO|NON DISPONIBLE|DISPONIBLES|UTILISABLE|UTILIZABLE"};
    if (lifts(d, v) || closes_or_bars(d, v, OVF_W_AIR | OVF_W_ROUTE, false))
        return;
    ovf_verb_hit closed = ovf_verb_close(d, v, d->main_from);
    if (condition_is(d, "LC") && closed.at != OVF_NOPOS) {
        set_hit(d, OVF_EFFECT_CLOSED, OVF_STRENGTH_HARD, closed);
        return;
    }
    for (size_t i = 0; i < OVF_COUNTOF(shut); i++) {
        size_t end = 0;
        size_t at = ovf_phrase_find(d, d->main_from, d->token_count, shut[i], &end);
        bool is_correction = condition_is(d, "CH") || condition_is(d, "XX") || condition_is(d, "CA")
                             || condition_is(d, "TT");
        if (at == OVF_NOPOS || is_correction)
            continue;
        set_hit(d, OVF_EFFECT_CLOSED, OVF_STRENGTH_HARD, (ovf_verb_hit){at, end});
        return;
    }
    if (condition_is(d, "LT")) {
        set_coded(
            d,
            has(d, "AIP|AIC SUP|SUPPLEMENT|AMDT") ? OVF_EFFECT_INFORMATION : OVF_EFFECT_RESTRICTED,
            has(d, "AIP|AIC SUP|SUPPLEMENT|AMDT") ? OVF_STRENGTH_NONE : OVF_STRENGTH_CONDITIONAL);
        return;
    }
    if (apply(d, conditional, OVF_COUNTOF(conditional)))
        return;
    set_information(d);
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
    return has(d, "ISSUED AN|THE|A? ADVISORY") || has(d, "ADVISORY FOR|REGARDING|CONCERNING")
           || has(d, "OPERATORS|CARRIERS|AIRLINES");
}

/* A restricted, danger or prohibited area, a reservation: the verb, else the noun, else the code. */
static void read_area(ovf_draft *d, const ovf_verbs *v)
{
    bool is_note = condition_is(d, "CH") || condition_is(d, "XX") || condition_is(d, "CS")
                   || condition_is(d, "CI") || condition_is(d, "CL");
    bool is_about_book = is_note && is_correction(d);
    if (is_about_book && !has(d, "IS|ARE PROHIBITED|FORBIDDEN")) {
        set_information(d);
        return;
    }
    bool is_soft = (v->all & (OVF_W_ADVISE | OVF_W_AVOID)) != 0;
    if (closes_or_bars(d, v, OVF_W_AIR | OVF_W_ROUTE, true)) {
        add_advice(d, v);
        return;
    }
    if (lifts(d, v))
        return;
    // "ADVISED TO AVOID" takes from a reservation its force, and an advisory is none.
    bool is_reservation = subject_is(d, "RA");
    if (is_soft && (is_reservation || is_security_advice(d)) && apply(d, soft, OVF_COUNTOF(soft)))
        return;
    if (!by_area_kind(d, v, true) && !by_code(d))
        set_information(d);
    add_advice(d, v);
}

/* Something goes on in the air: a hazard, unless the text bars entry or sets up an area. */
static void read_hazard(ovf_draft *d, const ovf_verbs *v)
{
    if (closes_or_bars(d, v, OVF_W_AIR | OVF_W_ROUTE, true)) {
        add_advice(d, v);
        return;
    }
    if (lifts(d, v))
        return;
    if (!by_area_kind(d, v, false))
        set_coded(d, OVF_EFFECT_WARNING, OVF_STRENGTH_NONE);
    ovf_effect effect = d->notice->effect;
    const struct verb *verb = NULL;
    size_t end = 0;
    if (has(d, "ADVISORY|ADVISORIES") && apply(d, soft, OVF_COUNTOF(soft)))
        return;
    add_advice(d, v);
    if (effect == OVF_EFFECT_WARNING && d->notice->advice != OVF_ADVICE_NONE)
        d->notice->strength = OVF_STRENGTH_SOFT;
    else if (effect == OVF_EFFECT_WARNING && find_verb(d, caution, 7, &verb, &end) != OVF_NOPOS) {
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
        if (has(d, forms[i]))
            return true;
    }
    return false;
}

/* FIRs, control areas, entry rules, and texts without a code: the words alone. */
static void read_words(ovf_draft *d, const ovf_verbs *v, ovf_matter matter)
{
    bool is_zone = matter == OVF_MATTER_AIR
                   && (subject_is(d, "AC") || subject_is(d, "AE") || subject_is(d, "AT")
                       || subject_is(d, "AZ"));
    uint32_t closable = OVF_W_AIR | OVF_W_ROUTE;
    if (!is_zone)
        closable |= OVF_W_AERODROME; // the hours of a zone name its aerodrome's
    const struct verb *verb = NULL;
    size_t end = 0;
    size_t soft_at = (v->all & (OVF_W_ADVISE | OVF_W_AVOID | OVF_W_CAUTION)) != 0
                         ? find_verb(d, soft, OVF_COUNTOF(soft), &verb, &end)
                         : OVF_NOPOS;
    ovf_verb_hit bar = ovf_verb_bar(d, v, d->main_from);
    // What is advised first is the matter, unless something is barred: "advisory", then no bar counts.
    if (has(d, "ADVISORY FOR") && soft_at != OVF_NOPOS) {
        apply(d, soft, OVF_COUNTOF(soft));
        return;
    }
    bool is_closing = closes_or_bars(d, v, closable, false);
    bool is_later = soft_at != OVF_NOPOS && bar.at == OVF_NOPOS && is_closing
                    && d->notice->span_effect.at > ovf_raw_pos(d, d->tokens[soft_at].at);
    if (is_closing && !is_later)
        return;
    if (soft_at != OVF_NOPOS && apply(d, soft, OVF_COUNTOF(soft))) {
        // A control unit that asks crossing traffic to stay out warns of no danger.
        if (is_zone && d->notice->advice == OVF_ADVICE_DO_NOT_FLY)
            d->notice->advice = OVF_ADVICE_CAUTION;
        return;
    }
    if (lifts(d, v))
        return;
    if (((matter == OVF_MATTER_AIR && !is_zone) || subject_is(d, "OA")) && is_correction(d)) {
        set_information(d);
        return;
    }
    if (by_area_kind(d, v, false)) {
        add_advice(d, v);
        return;
    }
    if (condition_is(d, "LP") && by_code(d))
        return;
    if ((v->all & OVF_W_SERVICE) != 0 && !is_zone && apply(d, service, OVF_COUNTOF(service)))
        return;
    if ((v->all & OVF_W_FLOW) != 0 && is_flow(d)) {
        set_coded(d, OVF_EFFECT_FLOW, OVF_STRENGTH_CONDITIONAL);
        return;
    }
    if (!is_zone && (v->all & (OVF_W_CONDITION | OVF_W_AVOID)) != 0
        && apply(d, conditional, OVF_COUNTOF(conditional)))
        return;
    if ((v->all & (OVF_W_CAUTION | OVF_W_HAZARD | OVF_W_SHALL)) != 0
        && apply(d, caution, OVF_COUNTOF(caution)))
        return;
    if (matter == OVF_MATTER_AIR && condition_is(d, "LC") && by_code(d))
        return;
    set_information(d);
}

/* ---- clauses ---- */

struct clause_verb {
    size_t at;
    ovf_effect effect;
};

enum { CLAUSE_VERB_MAX = 64 };

/* The verbs of a text in their order, at most CLAUSE_VERB_MAX. */
static size_t clause_verbs(const ovf_draft *d, const ovf_verbs *v, struct clause_verb *out)
{
    size_t count = 0;
    for (size_t i = d->main_from; i < d->token_count && count < CLAUSE_VERB_MAX; i++) {
        ovf_effect effect = OVF_EFFECT_UNKNOWN;
        if ((v->kinds[i] & (OVF_W_BAR | OVF_W_NOT | OVF_W_SHALL)) != 0) {
            ovf_verb_hit hit = ovf_verb_bar(d, v, i);
            if (hit.at == i)
                effect = OVF_EFFECT_PROHIBITED;
        }
        if (effect == OVF_EFFECT_UNKNOWN && (v->kinds[i] & OVF_W_CLOSE) != 0
            && ovf_verb_close(d, v, i).at == i && (ovf_verb_subject(d, v, i) & OVF_W_SURFACE) == 0)
            effect = OVF_EFFECT_CLOSED;
        bool is_soft = (v->kinds[i] & OVF_W_ADVISE) != 0 || ovf_tok_is(d, i, "EXERCISE")
                       || ovf_tok_is(d, i, "EXER");
        for (size_t k = 0; is_soft && effect == OVF_EFFECT_UNKNOWN && k < OVF_COUNTOF(soft); k++) {
            if (ovf_phrase(d, i, soft[k].phrase) > 0)
                effect = OVF_EFFECT_ADVISORY;
        }
        if (effect != OVF_EFFECT_UNKNOWN)
            out[count++] = (struct clause_verb){i, effect};
    }
    return count;
}

static size_t token_at(const ovf_draft *d, uint32_t raw_at)
{
    size_t low = 0;
    size_t high = d->token_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ovf_raw_pos(d, d->tokens[middle].at) < raw_at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* "SHALL NOT ENTER: FIR A, FIR B. ADDITIONALLY, OPERATORS SHOULD EXERCISE CAUTION IN FIR C": the
 * verb of an area is the last one before it in its sentence, else the next in it, else the last
 * before. */
void ovf_read_area_effects(ovf_draft *d)
{
    struct clause_verb verbs[CLAUSE_VERB_MAX];
    ovf_verbs v;
    ovf_effect main = d->notice->effect;
    bool is_verbal =
        main == OVF_EFFECT_CLOSED || main == OVF_EFFECT_PROHIBITED || main == OVF_EFFECT_ADVISORY;
    if (d->area_count < 2 || !is_verbal || d->is_joined || !ovf_verbs_read(d, &v))
        return;
    size_t count = clause_verbs(d, &v, verbs);
    bool is_mixed = false;
    for (size_t i = 1; i < count; i++)
        is_mixed |= verbs[i].effect != verbs[0].effect;
    for (size_t i = 0; is_mixed && i < d->area_count; i++) {
        ovf_notice_area *area = &d->areas[i];
        if (area->span.len == 0 || area->effect != OVF_EFFECT_UNKNOWN)
            continue;
        size_t at = token_at(d, area->span.at);
        size_t start = ovf_sentence_start(d, at);
        size_t end = ovf_sentence_end(d, at);
        ovf_effect before = OVF_EFFECT_UNKNOWN;
        ovf_effect inside = OVF_EFFECT_UNKNOWN;
        ovf_effect behind = OVF_EFFECT_UNKNOWN;
        for (size_t k = 0; k < count; k++) {
            if (verbs[k].at <= at)
                before = verbs[k].effect;
            if (verbs[k].at >= start && verbs[k].at <= at)
                inside = verbs[k].effect;
            if (verbs[k].at > at && verbs[k].at < end && behind == OVF_EFFECT_UNKNOWN)
                behind = verbs[k].effect;
        }
        ovf_effect effect = inside != OVF_EFFECT_UNKNOWN   ? inside
                            : behind != OVF_EFFECT_UNKNOWN ? behind
                                                           : before;
        if (effect != OVF_EFFECT_UNKNOWN && effect != main)
            area->effect = effect;
    }
}

/* ---- all of it ---- */

/* Weather and ash say their own name: hazards, never closures (Annex 3). */
static bool read_met(ovf_draft *d)
{
    if (d->notice->qcode.len > 0 || !starts_with_word(d, "SIGMET|AIRMET|ASHTAM"))
        return false;
    if (has(d, "CNL SIGMET|AIRMET"))
        set_coded(d, OVF_EFFECT_LIFTED, OVF_STRENGTH_OPENING);
    else
        set_coded(d, OVF_EFFECT_WARNING, OVF_STRENGTH_NONE);
    return true;
}

static void read_matter(ovf_draft *d, const ovf_verbs *v)
{
    ovf_matter matter = ovf_qcode_matter(d->notice->qcode);
    switch (matter) {
    case OVF_MATTER_KIT: read_kit(d, v); return;
    case OVF_MATTER_AERODROME: read_aerodrome(d, v); return;
    case OVF_MATTER_ROUTE: read_route(d, v); return;
    case OVF_MATTER_AREA: read_area(d, v); return;
    case OVF_MATTER_HAZARD: read_hazard(d, v); return;
    case OVF_MATTER_GNSS:
        set_coded(d, OVF_EFFECT_WARNING, OVF_STRENGTH_NONE);
        add_advice(d, v);
        if (d->notice->advice != OVF_ADVICE_NONE)
            d->notice->strength = OVF_STRENGTH_SOFT;
        else if (has(d, "INTERFERENCE|INTERFERENCES|JAMMING|SPOOFING|JAMMERS"))
            d->notice->advice = OVF_ADVICE_CAUTION;
        return;
    case OVF_MATTER_FLOW:
        if (!lifts(d, v) && !bars(d, v))
            set_coded(d, OVF_EFFECT_FLOW, OVF_STRENGTH_CONDITIONAL);
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
        set_coded(d, OVF_EFFECT_LIFTED, OVF_STRENGTH_OPENING);
        return;
    }
    bool is_list = subject_is(d, "KK") || (n->qcode.len == 0 && starts_with_word(d, "CHECKLIST"));
    bool is_trigger = condition_is(d, "TT") || starts_with_word(d, "TRIGGER NOTAM");
    if (is_list || is_trigger) {
        set_coded(d, OVF_EFFECT_INFORMATION, OVF_STRENGTH_NONE);
        OVF_FIND(d, OVF_NOTE, d->items[OVF_ITEM_Q].from, is_list ? "CHECKLIST" : "TRIGGER",
                 is_list ? "a checklist of valid notices"
                         : "announces a publication and does nothing by itself");
        return;
    }
    ovf_verbs v;
    if (d->tokens == NULL) {
        set_information(d);
        return;
    }
    if (ovf_verbs_read(d, &v))
        read_matter(d, &v);
}
