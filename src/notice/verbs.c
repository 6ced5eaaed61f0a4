/* SPDX-License-Identifier: Apache-2.0 */
/* Words by what they can be, then the verbs among them. A word alone decides nothing: "PROHIBITED
 * AREA" is a noun, "NO LONGER CLSD" is an opening, "WHEN AD CLSD" says when. */
#include "verbs.h"

#include "lexicon.h"

static uint32_t kinds_of(ovf_str word)
{
    char key[20];
    if (word.len < 2 || word.len >= sizeof(key))
        return 0;
    for (size_t i = 0; i < word.len; i++)
        key[i] = ovf_upper(word.ptr[i]);
    key[word.len] = '\0';
    size_t low = 0;
    size_t high = OVF_COUNTOF(lexicon);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(lexicon[middle].word, key);
        if (order == 0)
            return lexicon[middle].kinds;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

bool ovf_verbs_read(ovf_draft *d, ovf_verbs *out)
{
    uint32_t *kinds = ovf_arena_array(d->arena, uint32_t, d->token_count + 1);
    *out = (ovf_verbs){.kinds = kinds};
    if (kinds == NULL) {
        d->no_memory = true;
        return false;
    }
    for (size_t i = 0; i < d->token_count; i++) {
        kinds[i] = d->tokens[i].kind == OVF_TOK_WORD ? kinds_of(ovf_tok_text(d, i)) : 0;
        // "AIRSPACE REGULATION OPERATIONS WILL BE CLOSED": an office.
        if ((kinds[i] & OVF_W_AIR) != 0
            && ovf_phrase(d, i,
                          "* REGULATION|MANAGEMENT|POLICY|CELL|UNIT|OFFICE|SECTION|BRANCH|TEAM|"
                          "DEPARTMENT|COORDINATION|UTILISATION|UTILIZATION")
                   > 0)
            kinds[i] = OVF_W_UNIT;
        out->all |= kinds[i];
    }
    kinds[d->token_count] = 0;
    return true;
}

static bool any(const ovf_verbs *v, size_t from, size_t until, uint32_t kinds)
{
    for (size_t i = from; i < until; i++) {
        if ((v->kinds[i] & kinds) != 0)
            return true;
    }
    return false;
}

static size_t back(size_t i, size_t steps, size_t floor)
{
    return i > floor + steps ? i - steps : floor;
}

/* The start of what stands before a verb: its sentence's, but not far. */
static size_t clause_start(const ovf_draft *d, size_t i)
{
    size_t start = ovf_sentence_start(d, i);
    return start > d->main_from ? start : d->main_from < i ? d->main_from : i;
}

/* "NOT CLSD", "NO LONGER PROHIBITED", "DOES NOT PROHIBIT". */
static bool is_denied(const ovf_draft *d, const ovf_verbs *v, size_t i)
{
    size_t from = back(i, 3, clause_start(d, i));
    for (size_t k = from; k < i; k++) {
        if ((v->kinds[k] & OVF_W_NOT) != 0
            && (ovf_phrase(d, k, "NOT|NO|NON|PAS|NAO LONGER|MORE|BE|BEEN?") == i || k + 1 == i
                || ovf_phrase(d, k, "NO|NOT LONGER|BE BE?") == i))
            return true;
    }
    return false;
}

static bool is_lifting_word(const ovf_draft *d, size_t i)
{
    return ovf_phrase(d, i,
                      "IS|ARE|HAS|HAVE|WAS|WERE? BEEN? "
                      "CANCELLED|CANCELED|CNL|CNLD|LIFTED|REVOKED|REMOVED|WITHDRAWN|TERMINATED|"
                      "RESCINDED|LEVANTADA|LEVANTADO|CANCELADA|CANCELADO|LEVEE|ANNULE|ANNULEE")
           > 0;
}

/* "CLOSURE OF RWY 09 CANCELLED", "PROHIBITION LIFTED": an end within the sentence. */
static bool is_ended(const ovf_draft *d, const ovf_verbs *v, size_t i)
{
    size_t until = ovf_sentence_end(d, i);
    if (until > i + 9)
        until = i + 9;
    for (size_t k = i + 1; k < until; k++) {
        if ((v->kinds[k] & (OVF_W_CLOSE | OVF_W_BAR)) != 0)
            return false;
        if (is_lifting_word(d, k))
            return true;
    }
    // "CANCELLATION OF THE PROHIBITION", "LIFTING OF THE BAN".
    return i > d->main_from + 1
           && (ovf_phrase(d, back(i, 3, 0), "CANCELLATION|LIFTING|REMOVAL|END OF THE?") == i
               || ovf_phrase(d, back(i, 2, 0), "CANCELLATION|LIFTING|REMOVAL|END OF") == i);
}

/* "IF CLSD", "WHEN AD CLSD", "DURING CLOSURE", "OUTSIDE THESE HOURS: AD CLSD": says when, not that. */
static bool is_in_if(const ovf_draft *d, const ovf_verbs *v, size_t i)
{
    size_t from = back(i, 7, clause_start(d, i));
    for (size_t k = i; k-- > from;) {
        if (ovf_tok_sign(d, k, ',') || (v->kinds[k] & (OVF_W_BAR | OVF_W_CLOSE)) != 0)
            return false;
        if ((v->kinds[k] & OVF_W_IF) != 0)
            return !ovf_tok_is(d, k, "DURING") || i - k <= 4;
    }
    return false;
}

/* "PROHIBITED AREA LF-P40": a noun. */
static bool is_area_noun(const ovf_draft *d, size_t i)
{
    return ovf_phrase(
               d, i, "PROHIBITED|PROHIBIDA|PROHIBIDAS|INTERDITE AREA|AREAS|ZONE|ZONES|AIRSPACE|ARP")
               > 0
           || (ovf_phrase(d, i,
                          "PROHIBITED|PROHIBIDA|INTERDITE RESTRICTED|RESTRICTED AND|OR|DANGER")
               > 0)
           || (i > 0
               && ovf_phrase(d, i - 1,
                             "ZONA|ZONAS|ZONE|ZONES|AREA|AREAS PROHIBIDA|PROHIBIDAS|INTERDITE|"
                             "INTERDITES|PROIBIDA|PROIBIDAS")
                      > 0);
}

/* A noun of barring alone bars when it says what: "PROHIBITION OF", "BAN ON", "PROHIBITION APPLIES". */
static bool is_barring(const ovf_draft *d, const ovf_verbs *v, size_t i)
{
    if (is_area_noun(d, i) || is_denied(d, v, i) || is_ended(d, v, i))
        return false;
    if (ovf_phrase(d, i, "PROHIBITION|PROHIBITIONS|INTERDICTION|BAN|BANS") > 0)
        return ovf_phrase(d, i, "* OF|FOR|ON|TO|APPLIES|DE|D|DU|AGAINST|IN|IS|ARE|CONCERNING") > 0;
    // "MAY BE PROHIBITED", "DOES NOT PROHIBIT" leave it open.
    return !(i >= 2 && ovf_phrase(d, i - 2, "MAY|MIGHT|COULD BE") == i);
}

/* "SHALL NOT ENTER", "MUST NOT BE OVERFLOWN". */
static size_t shall_not(const ovf_draft *d, size_t i)
{
    size_t clear = ovf_phrase(d, i, "SHALL|MUST REMAIN|STAY|KEEP CLEAR|AWAY");
    // Who takes part in a contest or a survey is told to stay out of other airspace.
    if (ovf_phrase(d, i,
                   "SHALL|MUST REMAIN|STAY|KEEP CLEAR|AWAY OF|FROM ALL? "
                   "CONTROLLED|CTL|CLASS|REGULATED|ADJACENT|NEIGHBOURING")
        > 0)
        return 0;
    if (clear == 0) // "OUTSIDE CONTROLLED AIRSPACE" is said to those who take part
        clear = ovf_phrase(d, i, "SHALL|MUST REMAIN|STAY|KEEP OUTSIDE OF? THE|THIS|THESE");
    if (clear > 0)
        return clear;
    return ovf_phrase(
        d, i,
        "SHALL|MUST|MAY|CAN NOT BE? "
        "ENTER|OPERATE|FLY|OVERFLY|PENETRATE|CONDUCT|CONDUCTED|FLOWN|OVERFLOWN|ENTERED|"
        "OPERATED|PERFORMED|TRANSIT|CROSS|PLAN|PROCEED|PERFORM|USE|LAND|DEPART");
}

/* "NO AIRCRAFT WHICH IS OWNED BY ... SHALL FLY", "NO PERSON MAY OPERATE". */
static size_t nobody_may(const ovf_draft *d, const ovf_verbs *v, size_t i)
{
    if (ovf_phrase(d, i, "NO") == 0
        || !any(v, i + 1, i + 4 < d->token_count ? i + 4 : i, OVF_W_ACTOR))
        return 0;
    size_t until = ovf_sentence_end(d, i);
    if (until > i + 90)
        until = i + 90;
    for (size_t k = i + 2; k < until; k++) {
        size_t is_to = ovf_phrase(d, k, "IS|ARE TO FLY|ENTER|OPERATE|OVERFLY|TAKE|LAND|PENETRATE");
        if (is_to > 0)
            return is_to;
        if ((v->kinds[k] & OVF_W_SHALL) == 0)
            continue;
        size_t end = ovf_phrase(d, k,
                                "SHALL|MAY|MUST|CAN FLY|ENTER|OPERATE|CONDUCT|OVERFLY|LAND|TAKE|BE|"
                                "PENETRATE|DEPART|TRANSIT|CROSS|USE|PROCEED|ENGAGE");
        if (end > 0)
            return end;
    }
    return 0;
}

/* "NOT ALLOWED", "NO ENTRY PERMITTED", "NO FLIGHTS", "NO SE AUTORIZA". */
static size_t not_permitted(const ovf_draft *d, const ovf_verbs *v, size_t i)
{
    bool may_be = i > 0 && ovf_phrase(d, i - 1, "MAY|MIGHT NOT BE") > 0;
    size_t end =
        may_be ? 0
               : ovf_phrase(
                   d, i,
                   "NOT|NO|PAS BE? "
                   "ALLOWED|PERMITTED|PERMISSIBLE|AUTHORIZED|AUTHORISED|AUTH|AUTORIZADO|AUTORISE|"
                   "PERMITIDO|PERMITIDA|PERMIS");
    if (end > 0)
        return end;
    if (ovf_phrase(d, i, "NO ENTRY|ENTRIES|PENETRATION|OVERFLIGHT|OVERFLIGHTS") > 0)
        return i + 2;
    end = ovf_phrase(d, i, "NO OVF|OVFLT|OVERFLYING *? *? PERMITTED|ALLOWED|PERMISSIBLE");
    if (end > 0)
        return end;
    if (ovf_phrase(d, i, "NO SE PERMITE|PERMITEN|AUTORIZA|AUTORIZAN") > 0)
        return i + 3;
    for (size_t k = i + 2; k < i + 6 && k < d->token_count && ovf_tok_is(d, i, "NO"); k++) {
        if ((v->kinds[k] & OVF_W_PERMIT) != 0 && any(v, i + 1, k, OVF_W_ACTOR))
            return k + 1;
    }
    return 0;
}

ovf_verb_hit ovf_verb_bar(const ovf_draft *d, const ovf_verbs *v, size_t from)
{
    ovf_verb_hit none = {OVF_NOPOS, 0};
    if ((v->all & (OVF_W_BAR | OVF_W_NOT | OVF_W_SHALL)) == 0)
        return none;
    for (size_t i = from; i < d->token_count; i++) {
        uint32_t kinds = v->kinds[i];
        if ((kinds & (OVF_W_BAR | OVF_W_NOT | OVF_W_SHALL)) == 0)
            continue;
        if ((kinds & OVF_W_BAR) != 0 && is_barring(d, v, i))
            return (ovf_verb_hit){i, i + 1};
        size_t end = (kinds & OVF_W_SHALL) != 0 ? shall_not(d, i) : 0;
        if (end == 0 && (kinds & OVF_W_NOT) != 0)
            end = nobody_may(d, v, i);
        if (end == 0 && (kinds & OVF_W_NOT) != 0)
            end = not_permitted(d, v, i);
        if (end > 0)
            return (ovf_verb_hit){i, end};
    }
    return none;
}

/* "SUBJECT TO CLOSURE", "POSSIBLE CLOSURES", "DUE CLOSURE OF": speaks of one, closes nothing. */
static bool is_mentioned(const ovf_draft *d, size_t i)
{
    // "AIRSPACE BLOCKED DUE TO": a closure; "MEASURES FOR AIRSPACE BLOCKED" only names one.
    if (ovf_tok_is(d, i, "BLOCKED") && i >= 2
        && ovf_phrase(d, i - 2, "FOR|OF|DURING AIRSPACE|AIRSPACES BLOCKED") > 0)
        return true;
    if (ovf_tok_is(d, i, "BLOCKED"))
        return ovf_phrase(d, i, "* DUE|FROM|FM|WI|WITHIN|BTN|BETWEEN|AS") == 0;
    if (ovf_phrase(d, i, "CLOSURE|CLOSURES|CIERRE|FERMETURE|FECHAMENTO") == 0)
        return false;
    for (size_t k = back(i, 4, d->main_from); k < i; k++) {
        if (ovf_phrase(
                d, k,
                "SUBJECT|SUBJ|POSSIBLE|POSS|FOR|DUE|DURING|AFTER|FOLLOWING|BECAUSE|WI|WITHIN|"
                "EXPECT|EXP|CASE|SEE|TO|THESE|ABOVE")
            > 0)
            return true;
    }
    return false;
}

/* Behind "OF THE STATE", "OVER STATE (FIR)", "ABCD AND EFGH IS": whose air it is, and the verb. */
static size_t behind_name(const ovf_draft *d, size_t k, size_t until)
{
    while (k < until) {
        size_t end = 0;
        bool is_fill = ovf_phrase(d, k,
                                  "IS|ARE|WILL|SHALL|BE|EST|ESTA|SERA|OF|OVER|THE|DE|DU|DEL|DA|DO|"
                                  "LA|AND|ET|Y|E|FIR|UIR|REPUBLIC|KINGDOM")
                       > 0;
        if (ovf_state_at(d, k, &end) != OVF_INDEX_NONE && end > k && end <= until)
            k = end;
        else if (is_fill || d->tokens[k].kind == OVF_TOK_SIGN || ovf_tok_text(d, k).len == 4)
            k++;
        else
            break;
    }
    return k;
}

/* "AIRSPACE NOT AVAILABLE FOR ...", "ESPACE AERIEN NON DISPONIBLE": air that is not to be
 * had is closed. Of a service or a route the same words say something else. */
static size_t is_withheld(const ovf_draft *d, const ovf_verbs *v, size_t i)
{
    size_t end = (v->kinds[i] & OVF_W_NOT) != 0
                     ? ovf_phrase(d, i,
                                  "NOT|NO|NON|NAO BE? AVBL|AVAILABLE|USABLE|DISPONIBLE|DISPONIVEL|"
                                  "UTILISABLE|UTILIZABLE")
                     : 0;
    if (end == 0)
        end = ovf_phrase(d, i, "UNAVBL|UNAVAILABLE|INDISPONIBLE|INDISPONIVEL");
    // A reserved area that is not to be had is idle, and a sector or zone may be either.
    for (size_t k = back(i, 9, d->main_from); end > 0 && k < i; k++) {
        if (ovf_phrase(d, k, "AIRSPACE|AIRSPACES|AIRSPC|AIRSAPCE|AERIEN|AEREO|FIR|FIRS|UIR") > 0
            && (k == 0 || ovf_phrase(d, k - 1, "IN|WI|WITHIN|INSIDE|OF|DE") == 0)
            && behind_name(d, k + 1, i) == i)
            return end;
    }
    return 0;
}

ovf_verb_hit ovf_verb_close(const ovf_draft *d, const ovf_verbs *v, size_t from)
{
    if ((v->all & (OVF_W_CLOSE | OVF_W_AIR)) == 0)
        return (ovf_verb_hit){OVF_NOPOS, 0};
    for (size_t i = from; i < d->token_count; i++) {
        size_t withheld = (v->all & OVF_W_AIR) != 0 ? is_withheld(d, v, i) : 0;
        if (withheld > 0)
            return (ovf_verb_hit){i, withheld};
        if ((v->kinds[i] & OVF_W_CLOSE) == 0)
            continue;
        bool may_be = i >= 2 && ovf_phrase(d, i - 2, "MAY|MIGHT|COULD BE") == i;
        if (!may_be && !is_mentioned(d, i) && !is_denied(d, v, i) && !is_ended(d, v, i)
            && !is_in_if(d, v, i)
            && ovf_phrase(d, i, "* TO? BE? CONFIRMED|ANNOUNCED|EXPECTED") == 0)
            return (ovf_verb_hit){i, i + 1};
    }
    return (ovf_verb_hit){OVF_NOPOS, 0};
}

/* "NO LONGER CLSD", "NOT PROHIBITED ANY MORE": was so once. */
static bool is_no_longer(const ovf_draft *d, size_t i)
{
    for (size_t k = back(i, 3, 0); k < i; k++) {
        if (ovf_phrase(d, k, "NO|NOT LONGER|MORE") > 0)
            return true;
    }
    return ovf_phrase(d, i, "* ANY MORE|LONGER") > 0 && i > 0 && ovf_phrase(d, i - 1, "NOT") > 0;
}

ovf_verb_hit ovf_verb_lift(const ovf_draft *d, const ovf_verbs *v, size_t from)
{
    for (size_t i = from; i < d->token_count; i++) {
        uint32_t kinds = v->kinds[i];
        bool is_barring_word =
            (kinds & (OVF_W_CLOSE | OVF_W_BAR)) != 0 && ovf_phrase(d, i, "PROHIBIT|PROHIBITS") == 0;
        if (is_barring_word && (is_no_longer(d, i) || is_ended(d, v, i)))
            return (ovf_verb_hit){i, i + 1};
        if ((kinds & OVF_W_LIFT) == 0 || is_in_if(d, v, i))
            continue;
        // "ACTIVATION/DEACTIVATION", "MAY BE DEACTIVATED", "DEACTIVATION IS POSSIBLE": not asserted.
        bool is_beside = (i > 0 && (ovf_tok_sign(d, i - 1, '/') || ovf_tok_is(d, i - 1, "OR")))
                         || (i >= 2 && ovf_phrase(d, i - 2, "MAY|MIGHT|CAN|COULD BE") == i)
                         || ovf_tok_sign(d, i + 1, '/') || is_denied(d, v, i);
        if (is_beside)
            continue;
        if (ovf_phrase(
                d, i,
                "DEACTIVATED|DEACT|DEACTIVED|INACTIVE|REOPENED|REOPEN|REOPENS|DESACTIVADA|DESACTIVADO|"
                "DESACTIVE|DESACTIVEE|REABIERTO|REANUDADAS|REOUVERT")
                > 0
            || ovf_phrase(
                   d, i, "RESUMED|RESUME|RESUMES NORMAL? OPS|OPERATIONS|OPERATION|SERVICE|SERVICES")
                   > 0
            || (i > 0
                && ovf_phrase(d, i - 1,
                              "RESTRICTION|RESTRICTIONS|MEASURES|LIMITATION|LIMITATIONS *")
                       > i
                && is_lifting_word(d, i)))
            return (ovf_verb_hit){i, i + 1};
        if (i >= 2
            && ovf_phrase(d, i - 2, "RESTRICTION|RESTRICTIONS|MEASURES IS|ARE|HAS|HAVE BEEN?") == i
            && is_lifting_word(d, i))
            return (ovf_verb_hit){i, i + 1};
    }
    return (ovf_verb_hit){OVF_NOPOS, 0};
}

uint32_t ovf_verb_subject(const ovf_draft *d, const ovf_verbs *v, size_t at)
{
    const uint32_t nouns = OVF_W_SURFACE | OVF_W_UNIT | OVF_W_AIR | OVF_W_ROUTE | OVF_W_AERODROME;
    size_t start = d->main_from < at ? d->main_from : 0;
    // "CLOSURE OF THE AIRSPACE", "CERRADA PISTA 10": what follows, when it follows at once.
    bool is_noun =
        ovf_phrase(d, at, "CLOSURE|CLOSURES|CIERRE|FERMETURE|FECHAMENTO OF|DE|DU|DEL|DES|DO|DA")
        > 0;
    for (size_t k = at + 1; is_noun && k < at + 6 && k < d->token_count; k++) {
        if ((v->kinds[k] & nouns) != 0)
            return v->kinds[k] & nouns;
    }
    for (size_t k = at; k-- > start && at - k < 60;) {
        if ((v->kinds[k] & nouns) != 0)
            return v->kinds[k] & nouns;
    }
    for (size_t k = at + 1; k < at + 5 && k < d->token_count; k++) {
        if ((v->kinds[k] & nouns) != 0)
            return v->kinds[k] & nouns;
    }
    return 0;
}
