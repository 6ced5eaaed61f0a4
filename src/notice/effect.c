/* SPDX-License-Identifier: Apache-2.0 */
/* What a notice does: the verb of the text decides (domain: hard, conditional, soft, service,
 * opening words), the NOTAM code fills in where the text only names. An advisory never becomes a
 * closure because the word "closed" stands in it somewhere. */
#include "notice_internal.h"

struct verb {
    const char *phrase;
    ovf_strength strength;
    ovf_effect effect;
    ovf_advice advice;
};

/* In order: an earlier row wins over a later one wherever both stand. */
static const struct verb soft[] = {
    {"ADVISED|ADZ|RECOMMENDED|REQUESTED|ENCOURAGED|URGED NOT TO", OVF_STRENGTH_SOFT,
     OVF_EFFECT_ADVISORY, OVF_ADVICE_DO_NOT_FLY},
    {"RECOMMEND|RECOMMENDS|RECOMMENDED|ADVISED|ADVISES|ADZ TO AVOID", OVF_STRENGTH_SOFT,
     OVF_EFFECT_ADVISORY, OVF_ADVICE_DO_NOT_FLY},
    {"RECOMMENDED|ADVISED|ADVISABLE AGAINST", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY,
     OVF_ADVICE_DO_NOT_FLY},
    {"RECOMIENDA|RECOMENDADO NO", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY, OVF_ADVICE_DO_NOT_FLY},
    {"SHOULD NOT ENTER|OPERATE|FLY|OVERFLY|PLAN|PENETRATE", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY,
     OVF_ADVICE_DO_NOT_FLY},
    {"DO NOT OPERATE|FLY|ENTER", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY, OVF_ADVICE_DO_NOT_FLY},
    {"NOT TO OPERATE|ENTER|OVERFLY|PENETRATE", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY,
     OVF_ADVICE_DO_NOT_FLY},
    {"EXER|EXERCISE|USE EXTREME CAUTION|CTN", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY,
     OVF_ADVICE_EXTREME_CAUTION},
    {"ADVISED|ADZ TO EXER|EXERCISE CAUTION|CTN", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY,
     OVF_ADVICE_CAUTION},
    {"ADVISED|ADZ TO TAKE", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY, OVF_ADVICE_CAUTION},
    {"POTENTIAL RISK", OVF_STRENGTH_SOFT, OVF_EFFECT_ADVISORY, OVF_ADVICE_CAUTION},
};

static const struct verb hard[] = {
    {"NO AIRCRAFT|ACFT *? *? *? *? *? SHALL|MAY", OVF_STRENGTH_HARD, OVF_EFFECT_PROHIBITED, 0},
    {"SHALL|MUST NOT ENTER|OPERATE|FLY|OVERFLY|PENETRATE|CONDUCT", OVF_STRENGTH_HARD,
     OVF_EFFECT_PROHIBITED, 0},
    {"SHALL|MUST NOT BE CONDUCTED|FLOWN|OVERFLOWN|ENTERED|OPERATED|PERFORMED", OVF_STRENGTH_HARD,
     OVF_EFFECT_PROHIBITED, 0},
    {"NO PERSON|PILOT|PILOTS MAY|SHALL", OVF_STRENGTH_HARD, OVF_EFFECT_PROHIBITED, 0},
    {"ARE|IS|BE PROHIBITED|FORBIDDEN|BANNED", OVF_STRENGTH_HARD, OVF_EFFECT_PROHIBITED, 0},
    {"PROHIBITED|FORBIDDEN|PROHIBIDO|INTERDIT FROM|TO|FOR|WI|WITHIN", OVF_STRENGTH_HARD,
     OVF_EFFECT_PROHIBITED, 0},
    {"PROHIBITION|PROHIBITIONS OF|FOR", OVF_STRENGTH_HARD, OVF_EFFECT_PROHIBITED, 0},
    {"NOT ALLOWED|PERMITTED|AUTHORIZED|AUTHORISED|AUTH", OVF_STRENGTH_HARD, OVF_EFFECT_PROHIBITED,
     0},
    {"ALL *? *? OPS|OPERATIONS|FLIGHTS PROHIBITED", OVF_STRENGTH_HARD, OVF_EFFECT_PROHIBITED, 0},
    {"PROHIBITED|FORBIDDEN|PROHIBIDAS|PROHIBIDOS", OVF_STRENGTH_HARD, OVF_EFFECT_PROHIBITED, 0},
};

static const struct verb conditional[] = {
    {"SUBJ|SUBJECT TO PPR|PRIOR|PERMISSION|ATC|APPROVAL", OVF_STRENGTH_CONDITIONAL,
     OVF_EFFECT_RESTRICTED, 0},
    {"PPR|PPO", OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"PRIOR PERMISSION|APPROVAL|AUTHORISATION|AUTHORIZATION", OVF_STRENGTH_CONDITIONAL,
     OVF_EFFECT_RESTRICTED, 0},
    {"PERMISSION REQUIRED|RQRD", OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
    {"SHALL BE AVOIDED", OVF_STRENGTH_CONDITIONAL, OVF_EFFECT_RESTRICTED, 0},
};

static const struct verb service[] = {
    {"ATS|ATC|AIS *? *? NOT PROVIDED|AVBL|AVAILABLE", OVF_STRENGTH_SERVICE, OVF_EFFECT_WARNING, 0},
    {"NO AIR? ATC|ATS|TFC|TRAFFIC CONTROL|CTL? SVC|SERVICE|SERVICES", OVF_STRENGTH_SERVICE,
     OVF_EFFECT_WARNING, 0},
    {"AIR NAVIGATION SERVICES|SERVICE *? NOT AVBL|AVAILABLE|PROVIDED", OVF_STRENGTH_SERVICE,
     OVF_EFFECT_WARNING, 0},
    {"TIBA", OVF_STRENGTH_SERVICE, OVF_EFFECT_WARNING, 0},
    {"UNCONTROLLED AIRSPACE", OVF_STRENGTH_SERVICE, OVF_EFFECT_WARNING, 0},
};

static const struct verb opening[] = {
    {"DEACTIVATED|DEACT|DEACTIVATION", OVF_STRENGTH_OPENING, OVF_EFFECT_LIFTED, 0},
    {"RESUMED NORMAL? OPS|OPERATIONS|OPERATION?", OVF_STRENGTH_OPENING, OVF_EFFECT_LIFTED, 0},
    {"REOPENED|REOPEN|REOPENS", OVF_STRENGTH_OPENING, OVF_EFFECT_LIFTED, 0},
    {"RESTRICTION|RESTRICTIONS|PROHIBITION IS|ARE LIFTED|CANCELLED|REMOVED", OVF_STRENGTH_OPENING,
     OVF_EFFECT_LIFTED, 0},
};

static const struct verb caution[] = {
    {"EXER|EXERCISE|USE CAUTION|CTN", OVF_STRENGTH_SOFT, OVF_EFFECT_WARNING, OVF_ADVICE_CAUTION},
    {"CAUTION|CTN ADVISED|ADZ|REQUIRED", OVF_STRENGTH_SOFT, OVF_EFFECT_WARNING, OVF_ADVICE_CAUTION},
    {"MAY|MIGHT BE AFFECTED", OVF_STRENGTH_SOFT, OVF_EFFECT_WARNING, OVF_ADVICE_CAUTION},
    {"HAZARDOUS OPERATIONS|OPS", OVF_STRENGTH_NONE, OVF_EFFECT_WARNING, OVF_ADVICE_NONE},
    {"GUNNERY|MISSILE|ROCKET|FIRING|BOMBING EXERCISES|EXERCISE|OPERATIONS|LAUNCHING|LAUNCH",
     OVF_STRENGTH_NONE, OVF_EFFECT_WARNING, OVF_ADVICE_NONE},
    {"SPACE DEBRIS", OVF_STRENGTH_NONE, OVF_EFFECT_WARNING, OVF_ADVICE_NONE},
    {"INTERFERENCE|INTERFERENCES|JAMMING|SPOOFING", OVF_STRENGTH_NONE, OVF_EFFECT_WARNING,
     OVF_ADVICE_CAUTION},
};

static size_t find_verb(const ovf_draft *d, const struct verb *verbs, size_t count,
                        const struct verb **verb, size_t *end)
{
    for (size_t k = 0; k < count; k++) {
        size_t at = ovf_phrase_find(d, 0, d->token_count, verbs[k].phrase, end);
        if (at != OVF_NOPOS) {
            *verb = &verbs[k];
            return at;
        }
    }
    return OVF_NOPOS;
}

static void set(ovf_draft *d, const struct verb *verb, size_t at, size_t end)
{
    ovf_notice *n = d->notice;
    n->strength = verb->strength;
    n->effect = verb->effect;
    n->advice = verb->advice;
    n->span_effect = ovf_raw_span(d, d->tokens[at].at, ovf_tok_end(d, end - 1));
}

static bool apply(ovf_draft *d, const struct verb *verbs, size_t count)
{
    const struct verb *verb = NULL;
    size_t end = 0;
    size_t at = find_verb(d, verbs, count, &verb, &end);
    if (at == OVF_NOPOS)
        return false;
    set(d, verb, at, end);
    return true;
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

static bool is_aerodrome_kit(const ovf_draft *d)
{
    char group = d->notice->qcode.len == 5 ? d->notice->qcode.ptr[1] : '\0';
    return group != '\0' && strchr("MLNICSPOGF", group) != NULL && !subject_is(d, "GW")
           && !subject_is(d, "OE") && !subject_is(d, "OA") && !subject_is(d, "PF")
           && !subject_is(d, "PL");
}

static void set_plain(ovf_draft *d, ovf_effect effect, ovf_strength strength, const char *pattern)
{
    ovf_notice *n = d->notice;
    n->effect = effect;
    n->strength = strength;
    size_t end = 0;
    size_t at = pattern == NULL ? OVF_NOPOS : ovf_phrase_find(d, 0, d->token_count, pattern, &end);
    if (at != OVF_NOPOS)
        n->span_effect = ovf_raw_span(d, d->tokens[at].at, ovf_tok_end(d, end - 1));
    else if (d->items[OVF_ITEM_Q].until > d->items[OVF_ITEM_Q].from && n->qcode.len == 5)
        n->span_effect = ovf_raw_span(d, d->items[OVF_ITEM_Q].from, d->items[OVF_ITEM_Q].until);
}

/* Nouns that say what kind of area it is: "TEMPORARY PROHIBITED AREA", "DANGER AREA". */
static bool by_area_kind(ovf_draft *d)
{
    static const struct {
        const char *phrase;
        ovf_effect effect;
        ovf_strength strength;
    } kinds[] = {
        {"PROHIBITED AREA|AREAS|ZONE", OVF_EFFECT_PROHIBITED, OVF_STRENGTH_HARD},
        {"RESTRICTED AREA|AREAS|ZONE|AIRSPACE", OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL},
        {"DANGER|DANGEROUS AREA|AREAS|ZONE", OVF_EFFECT_DANGER, OVF_STRENGTH_SOFT},
        {"SEGREGATED|RESERVED AREA|AREAS|AIRSPACE", OVF_EFFECT_RESTRICTED,
         OVF_STRENGTH_CONDITIONAL},
        {"AIRSPACE RESERVATION", OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL},
    };
    for (size_t k = 0; k < OVF_COUNTOF(kinds); k++) {
        if (ovf_phrase_find(d, 0, d->token_count, kinds[k].phrase, NULL) == OVF_NOPOS)
            continue;
        set_plain(d, kinds[k].effect, kinds[k].strength, kinds[k].phrase);
        return true;
    }
    return false;
}

static bool by_code(ovf_draft *d)
{
    static const struct {
        const char *subject;
        ovf_effect effect;
        ovf_strength strength;
    } rows[] = {
        {"RP", OVF_EFFECT_PROHIBITED, OVF_STRENGTH_HARD},
        {"RR", OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL},
        {"RT", OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL},
        {"RA", OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL},
        {"RM", OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL},
        {"RD", OVF_EFFECT_DANGER, OVF_STRENGTH_SOFT},
        {"PF", OVF_EFFECT_FLOW, OVF_STRENGTH_CONDITIONAL},
        {"GW", OVF_EFFECT_WARNING, OVF_STRENGTH_NONE},
        {"W", OVF_EFFECT_WARNING, OVF_STRENGTH_NONE},
    };
    if (condition_is(d, "LP")) {
        set_plain(d, OVF_EFFECT_PROHIBITED, OVF_STRENGTH_HARD, NULL);
        return true;
    }
    for (size_t k = 0; k < OVF_COUNTOF(rows); k++) {
        if (!subject_is(d, rows[k].subject))
            continue;
        set_plain(d, rows[k].effect, rows[k].strength, NULL);
        return true;
    }
    return false;
}

#define CLOSED_WORDS "CLSD|CLOSED|CERRADO|FERME|CLOSURE"

/* Is the first soft phrase what the text is about, and not a remark behind a prohibition? */
static bool is_soft_first(const ovf_draft *d)
{
    const struct verb *verb = NULL;
    size_t end = 0;
    size_t at = find_verb(d, soft, OVF_COUNTOF(soft), &verb, &end);
    if (at == OVF_NOPOS)
        return false;
    const struct verb *other = NULL;
    size_t firm = find_verb(d, hard, OVF_COUNTOF(hard), &other, &end);
    if (ovf_phrase_find(d, 0, d->token_count, "ADVISORY FOR", NULL) != OVF_NOPOS)
        return true;
    if (ovf_phrase_find(d, 0, d->token_count, "PROHIBITION FOR|OF", NULL) != OVF_NOPOS)
        return false;
    return firm == OVF_NOPOS;
}

/* What is it that is closed? The last noun before the word says: airspace, or a runway. */
static bool closes_airspace(const ovf_draft *d)
{
    for (size_t i = d->main_from; i < d->token_count; i++) {
        if (ovf_phrase(d, i, CLOSED_WORDS) == 0)
            continue;
        if (condition_is(d, "LC") || subject_is(d, "R"))
            return true;
        for (size_t k = i; k-- > 0 && i - k < 60;) {
            if (ovf_phrase(d, k,
                           "RWY|TWY|APRON|APN|STAND|STANDS|TWYS|RWYS|GATE|RAMP|HELIPAD|ROAD|"
                           "OFFICE|TERMINAL|SWY|TERMINALS|FATO")
                > 0)
                break;
            if (ovf_phrase(d, k,
                           "FIR|AIRSPACE|AIRSAPCE|AREA|AREAS|ZONE|ZONES|AD|AERODROME|AIRPORT|"
                           "RTE|RTES|ROUTE|ROUTES|AWY|SEGMENT|SEGMENTS|CTR|TMA|UIR|CTA|SECTOR")
                > 0)
                return true;
        }
    }
    return false;
}

static void read_verbs(ovf_draft *d)
{
    if (is_aerodrome_kit(d)) {
        bool is_aerodrome = subject_is(d, "FA") || subject_is(d, "FP");
        bool is_closed = is_aerodrome && condition_is(d, "LC")
                         && ovf_phrase_find(d, 0, d->token_count, CLOSED_WORDS, NULL) != OVF_NOPOS;
        if (is_closed)
            set_plain(d, OVF_EFFECT_CLOSED, OVF_STRENGTH_HARD, CLOSED_WORDS);
        else if (is_aerodrome && (condition_is(d, "AP") || condition_is(d, "LT")))
            set_plain(d, OVF_EFFECT_RESTRICTED, OVF_STRENGTH_CONDITIONAL, NULL);
        else if (!apply(d, service, OVF_COUNTOF(service))) // a control unit that stops its service
            set_plain(d, OVF_EFFECT_INFORMATION, OVF_STRENGTH_NONE, NULL);
        return;
    }
    if (is_soft_first(d) && apply(d, soft, OVF_COUNTOF(soft)))
        return;
    if (closes_airspace(d)) {
        set_plain(d, OVF_EFFECT_CLOSED, OVF_STRENGTH_HARD, CLOSED_WORDS);
        return;
    }
    if (apply(d, opening, OVF_COUNTOF(opening)))
        return;
    size_t end = 0;
    size_t noun = ovf_phrase_find(d, 0, d->token_count, "PROHIBITED AREA|AREAS|ZONE", &end);
    const struct verb *verb = NULL;
    size_t verb_end = 0;
    size_t at = find_verb(d, hard, OVF_COUNTOF(hard), &verb, &verb_end);
    if (at != OVF_NOPOS && at != noun) {
        set(d, verb, at, verb_end);
        return;
    }
    bool is_kind = by_area_kind(d) || by_code(d);
    ovf_effect effect = d->notice->effect;
    if (is_kind && effect != OVF_EFFECT_WARNING) {
        const struct verb *gentle = NULL;
        if (find_verb(d, caution, 2, &gentle, &end) != OVF_NOPOS)
            d->notice->advice = OVF_ADVICE_CAUTION;
        return;
    }
    if (apply(d, service, OVF_COUNTOF(service)) || apply(d, conditional, OVF_COUNTOF(conditional)))
        return;
    bool is_warning = is_kind;
    if (apply(d, soft, OVF_COUNTOF(soft)) || apply(d, caution, OVF_COUNTOF(caution))) {
        if (is_warning)
            d->notice->effect = OVF_EFFECT_WARNING;
        return;
    }
    if (!is_warning)
        set_plain(d, d->token_count > 0 ? OVF_EFFECT_INFORMATION : OVF_EFFECT_UNKNOWN,
                  d->token_count > 0 ? OVF_STRENGTH_NONE : OVF_STRENGTH_UNKNOWN, NULL);
}

void ovf_read_effect(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    if (n->kind == OVF_NOTICE_CANCEL || condition_is(d, "CD") || condition_is(d, "CN")
        || condition_is(d, "AK") || condition_is(d, "HQ") || condition_is(d, "CC")) {
        set_plain(d, OVF_EFFECT_LIFTED, OVF_STRENGTH_OPENING, NULL);
        return;
    }
    if (subject_is(d, "KK") || condition_is(d, "TT")) {
        set_plain(d, OVF_EFFECT_INFORMATION, OVF_STRENGTH_NONE, NULL);
        OVF_FIND(d, OVF_NOTE, d->items[OVF_ITEM_Q].from,
                 subject_is(d, "KK") ? "CHECKLIST" : "TRIGGER",
                 subject_is(d, "KK") ? "a checklist of valid notices"
                                     : "announces a publication and does nothing by itself");
        return;
    }
    read_verbs(d);
}
