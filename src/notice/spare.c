/* SPDX-License-Identifier: Apache-2.0 */
/* What a notice says that it leaves alone: "THE EASTERN PART REMAINS OPEN ABV FL280", "TFC ON B646 NOT
 * AFFECTED", "FLIGHTS TO EDDF EXEMPTED". The places, levels, hours and persons of such words are not
 * those of the closure beside them: taken for its own they turn it round. So the words are kept as an
 * exception and hidden from all other readers, which leaves the closure the larger of the two. */
#include "phrase.h"
#include "words.h"

#define PERMITTED "IS|ARE|BE ACCEPTED|PERMITTED|ALLOWED|APPROVED|AUTHORIZED|AUTHORISED"

static const char *const spared[] = {
    "NOT AFFECTED|CONCERNED|IMPACTED|INCLUDED",
    "UNAFFECTED|EXEMPT|EXEMPTED",
    "NOT SUBJECT TO",
    "NO RESTRICTION|RESTRICTIONS|LIMITATIONS FOR|ON|TO",
    "REMAIN|REMAINS|REMAINING|STAY|STAYS|STILL OPEN|OPENED|AVBL|AVAILABLE|PERMITTED|ALLOWED|NORMAL",
    "OTHERWISE OPEN|AVBL|AVAILABLE",
    "EXCLUDED FROM|FM THE|THIS? ~RESTRICT|~CLOSURE|~PROHIBIT|~BAN",
    "NO AFECTADO|AFECTADOS|AFECTADA|AFECTADAS|AFECTA",
    "NAO AFETADO|AFETADOS|AFETADA|AFETADAS|AFETA",
    "NON AFFECTE|AFFECTEE|AFFECTES|AFFECTEES|CONCERNE|CONCERNEE|CONCERNES|CONCERNEES",
    "PERMANECE|PERMANECEN|PERMANECEM|QUEDA|QUEDAN ~ABIERT|~ABERT|~DISPONIB",
    "RESTE|RESTENT ~OUVERT|~DISPONIB",
    PERMITTED,
};

/* What bars, in the words of a clause beside it. */
static const char *const barring[] = {
    "CLSD|CLOSED|CLOSE|CLOSURE|PROHIBITED|FORBIDDEN|RESTRICTED|BANNED|SUSPENDED|EMBARGO|DANGER|EXERCISE|EXER",
    "NOT AVBL|AVAILABLE|PERMITTED|ALLOWED|AUTHORIZED|AUTHORISED|USABLE",
    "SHALL|MUST|MAY|SHOULD NOT|AVOID|REMAIN|KEEP",
    "~FERME|~INTERDI|~CERRAD|~PROHIBI|~PROIBI|~FECHAD|~INTERDIT|~RESTRING|~RESTRIT|~REGLEMENT",
    "UNAVBL|UNAVAILABLE|~FIRING|LAUNCH|FRNG",
    "SHALL|MUST MAINTAIN|REMAIN|FLY|OPERATE|PROCEED|OBTAIN|CROSS|AVOID|KEEP|REQUEST",
};

static bool says(const ovf_draft *d, size_t i, const char *const *list, size_t count,
                 uint32_t there, size_t *end)
{
    for (size_t k = 0; k < count; k++) {
        *end = (there >> k & 1) != 0 ? ovf_phrase(d, i, list[k]) : 0;
        if (*end > 0)
            return true;
    }
    return false;
}

/* A joint between two clauses: the token behind it, or 0. */
static size_t clause_joint(const ovf_draft *d, size_t i)
{
    bool is_row = i > 0 && (d->tokens[i].flags & OVF_TOK_NEW_LINE) != 0
                  && d->tokens[i - 1].kind == OVF_TOK_NUM; // behind a row of hours
    if (is_row)
        return i;
    if (ovf_tok_sign(d, i, ';'))
        return i + 1;
    size_t end =
        ovf_phrase(d, i, "BUT|WHILE|WHILST|HOWEVER|WHEREAS|ALTHOUGH|MAIS|PERO|TANDIS|MIENTRAS");
    if (end > 0)
        return end;
    return ovf_tok_sign(d, i, ',') ? i + 1 : 0;
}

/* The clause round the words at `at`, without what bars in the same sentence; false: the two cannot be
 * told apart. */
static bool clause_round(const ovf_draft *d, size_t at, size_t end, uint32_t bars, ovf_range *out)
{
    size_t first = ovf_sentence_start(d, at);
    size_t last = ovf_sentence_end(d, at);
    size_t joint = 0, behind = 0;
    bool is_barred = false;
    for (size_t i = first; i < at; i++) {
        size_t next = clause_joint(d, i);
        if (next > 0) {
            joint = next;
        } else if (says(d, i, barring, OVF_COUNTOF(barring), bars, &behind) && behind <= at) {
            is_barred = true;
            joint = 0;
        }
    }
    if (is_barred && joint == 0)
        return false;
    first = is_barred ? joint : first;
    joint = 0;
    for (size_t i = end; i < last; i++) {
        joint = joint == 0 && clause_joint(d, i) > 0 ? i : joint;
        if (!says(d, i, barring, OVF_COUNTOF(barring), bars, &behind))
            continue;
        if (joint == 0)
            return false;
        last = joint;
    }
    *out = (ovf_range){(uint32_t)first, (uint32_t)last};
    return first < at || end < last;
}

/* "OPEN TO ALL EXCEPT", "AVBL FL310 AND ABV ONLY": an opening that bars the others. */
static bool bars_others(const ovf_draft *d, const ovf_range *clause)
{
    for (size_t i = clause->from; i < clause->until; i++) {
        if (ovf_phrase(d, i, "ONLY|EXC|EXCEPT|EXCEPTING|EXCLUDING|UNLESS|SAUF|EXCEPTO|SALVO|EXCETO")
            > 0)
            return true;
    }
    return false;
}

/* At an aerodrome kit and services stay as they are, which excepts nobody. */
static bool is_about_flights(const ovf_draft *d, const ovf_range *clause)
{
    ovf_matter matter = ovf_qcode_matter(d->notice->qcode);
    if (matter != OVF_MATTER_AERODROME && matter != OVF_MATTER_KIT)
        return true;
    for (size_t i = clause->from; i < clause->until; i++) {
        if (ovf_phrase(d, i, "FLIGHT|FLIGHTS|FLT|FLTS|ACFT|AIRCRAFT|TFC|TRAFFIC|MISSIONS|CAT") > 0)
            return true;
    }
    return false;
}

/* "NO FLIGHTS ARE PERMITTED". */
static bool is_denied(const ovf_draft *d, const ovf_range *clause, size_t at)
{
    if (ovf_phrase(d, at, PERMITTED) == 0)
        return false;
    if (at > 0 && ovf_phrase(d, at - 1, "MUST|SHALL|TO|SHOULD") > 0)
        return true; // "MUST BE APPROVED" is a condition
    // A permission for a place that is drawn there is about that place: hidden, it would be lost.
    for (size_t i = clause->from; i < clause->until; i++) {
        if (d->tokens[i].kind == OVF_TOK_COORD)
            return true;
    }
    for (size_t i = clause->from; i < at; i++) {
        if (ovf_phrase(d, i,
                       "NO|NOT|NONE|NEITHER|NOR|NIL|WITHOUT|UNTIL|BEFORE|IF|WHEN|WHERE|EVENT|"
                       "EMERGENCY")
            > 0)
            return true;
    }
    return false;
}

static bool is_within(const ovf_draft *d, size_t i)
{
    for (size_t k = 0; k < d->spared_count; k++) {
        if (i >= d->spared[k].from && i < d->spared[k].until)
            return true;
    }
    return false;
}

/* Something bars outside of them: else the notice is an opening, whose places are its matter. */
static bool is_barred_beside(const ovf_draft *d, uint32_t bars)
{
    size_t behind = 0;
    for (size_t i = 0; i < d->token_count; i++) {
        if (!is_within(d, i) && says(d, i, barring, OVF_COUNTOF(barring), bars, &behind))
            return true;
    }
    return false;
}

/* Where nothing bars, "TFC TO EGLL EXEMPT" is an exception all the same, and "REMAINS OPEN" none. */
static void keep_exempt(ovf_draft *d)
{
    size_t count = 0;
    for (size_t k = 0; k < d->spared_count; k++) {
        for (size_t i = d->spared[k].from; i < d->spared[k].until; i++) {
            if (ovf_phrase(d, i, "EXEMPT|EXEMPTED|UNAFFECTED") == 0
                && ovf_phrase(d, i, "NOT AFFECTED|CONCERNED") == 0)
                continue;
            d->spared[count++] = d->spared[k];
            break;
        }
    }
    d->spared_count = count;
}

static void hide(ovf_draft *d)
{
    for (size_t k = 0; k < d->spared_count; k++) {
        for (size_t i = d->spared[k].from; i < d->spared[k].until; i++) {
            ovf_token *t = &d->tokens[i];
            *t = (ovf_token){.kind = OVF_TOK_SIGN,
                             .flags = (uint8_t)(t->flags & (OVF_TOK_GLUED | OVF_TOK_NEW_LINE)),
                             .sign = '.',
                             .lead = OVF_LEAD_OTHER,
                             .at = t->at,
                             .len = t->len};
        }
    }
    ovf_index_words(d, d->tokens, d->token_count);
}

void ovf_hide_spared(ovf_draft *d)
{
    uint32_t there = ovf_text_may_say_any(d, spared, OVF_COUNTOF(spared));
    if (there == 0)
        return;
    uint32_t bars = ovf_text_may_say_any(d, barring, OVF_COUNTOF(barring));
    for (size_t i = 0; i < d->token_count && d->spared_count < OVF_SPARED_MAX; i++) {
        size_t end = 0;
        ovf_range clause;
        if (!says(d, i, spared, OVF_COUNTOF(spared), there, &end) || bars == 0
            || !clause_round(d, i, end, bars, &clause) || bars_others(d, &clause)
            || !is_about_flights(d, &clause) || is_denied(d, &clause, i))
            continue;
        d->spared[d->spared_count++] = clause;
        i = clause.until;
    }
    if (d->spared_count > 0 && !is_barred_beside(d, bars))
        keep_exempt(d);
    if (d->spared_count > 0)
        hide(d);
}
