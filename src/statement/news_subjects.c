/* SPDX-License-Identifier: Apache-2.0 */
/* Who does it: lists, insertions, and the walk from a verb back to its subject. All walks are bounded by
 * WALK chunks. */
#include "news_links.h"

/* First group of a list: "X, Y and Z" from Z. */
uint16_t nl_list_start(const news_clauses *c, uint16_t i)
{
    bool had_conj = false;
    for (int n = 0; n < WALK; n++) {
        uint16_t p = before(c, i);
        if (p == NO_CHUNK)
            return i;
        bool comma = at(c, p)->kind == CH_COMMA;
        bool conj = at(c, p)->kind == CH_CONJ;
        bool bare = comma && !had_conj && is_named(c, i) && before(c, p) != NO_CHUNK
                    && is_named(c, before(c, p)) && same_kind(c, i, before(c, p))
                    && i < 10 /* "Lebanon, Iraq, Jordan reopen", not "In Moscow, the Kremlin" */
                    && c->tags[at(c, i)->first] != TAG_DET && !follows_prep(c, before(c, p));
        if (conj && p > 0 && at(c, (uint16_t)(p - 1))->kind == CH_TIME)
            return i; /* "closed it for six hours and Icelandair scrapped" */
        if (!(conj || (comma && had_conj) || bare) || is_word(c, p, "but")
            || c->tags[at(c, i)->head] == TAG_PRON)
            return i;
        uint16_t q = before(c, p);
        if (conj && q != NO_CHUNK && at(c, q)->kind == CH_COMMA) {
            /* "A, B, and C", but not "airspace, and officials" */
            uint16_t r = before(c, q);
            uint16_t more = r == NO_CHUNK ? NO_CHUNK : before(c, r);
            if (more == NO_CHUNK || at(c, more)->kind != CH_COMMA || before(c, more) == NO_CHUNK
                || at(c, before(c, more))->kind != CH_NG)
                return i;
            q = r;
        }
        if (q == NO_CHUNK || at(c, q)->kind != CH_NG)
            return i;
        had_conj = true;
        i = q;
    }
    return i;
}

/* Left end of an insertion that ends at the comma or dash i: the mark that opens it. */
uint16_t nl_insertion_start(const news_clauses *c, uint16_t i)
{
    uint8_t kind = at(c, i)->kind == CH_RPAREN ? CH_LPAREN : at(c, i)->kind;
    uint16_t k = i;
    for (int n = 0; n < WALK && k > 0; n++) {
        k--;
        if (at(c, k)->kind == CH_SEMI || at(c, k)->kind == CH_STOP)
            return NO_CHUNK;
        if (at(c, k)->kind != kind)
            continue;
        const news_chunk *first = at(c, (uint16_t)(k + 1));
        if (kind != CH_COMMA)
            return k;
        if (first->kind == CH_WH || first->kind == CH_ADV || first->kind == CH_PREP
            || first->kind == CH_TIME || (first->kind == CH_NG)
            || (first->kind == CH_VG && !(first->flags & VG_FINITE)) || first->kind == CH_SUB
            || first->kind == CH_CONJ)
            return k;
    }
    return NO_CHUNK;
}

uint16_t nl_nearest_vg(const news_clauses *c, uint16_t i, uint16_t flags)
{
    uint16_t k = i;
    for (int n = 0; n < WALK && k > 0; n++) {
        k--;
        if (at(c, k)->kind == CH_SEMI)
            return NO_CHUNK;
        if (at(c, k)->kind == CH_VG && (flags == 0 || at(c, k)->flags & flags))
            return k;
    }
    return NO_CHUNK;
}

/* "..., and warned": the verb that opened the sentence rather than the one of an inner clause. */
uint16_t nl_outer_vg(const news_clauses *c, uint16_t i)
{
    uint16_t best = NO_CHUNK;
    uint16_t k = i;
    for (int n = 0; n < WALK && k > 0; n++) {
        k--;
        const news_chunk *g = at(c, k);
        if (g->kind == CH_SEMI)
            break;
        if (g->kind == CH_VG && g->flags & VG_FINITE && g->subject != NO_CHUNK) {
            uint16_t p = before(c, g->subject < k ? g->subject : k);
            bool inner =
                p != NO_CHUNK
                && (at(c, p)->kind == CH_SUB || at(c, p)->kind == CH_WH || at(c, p)->kind == CH_VG);
            if (!inner)
                return k;
            if (best == NO_CHUNK)
                best = k;
        }
    }
    return best;
}

/* "restrictions on receiving and releasing aircraft were": the noun that the gerund p hangs on. */
static uint16_t gerund_governor(const news_clauses *c, uint16_t p)
{
    for (int n = 0; n < 3 && p != NO_CHUNK; n++) {
        if (at(c, p)->kind != CH_VG || !(at(c, p)->flags & VG_ING) || at(c, p)->flags & VG_FINITE)
            return NO_CHUNK;
        uint16_t q = before(c, p);
        if (q == NO_CHUNK)
            return NO_CHUNK;
        if (at(c, q)->kind == CH_PREP) {
            uint16_t ng = before(c, q);
            return ng != NO_CHUNK && at(c, ng)->kind == CH_NG ? ng : NO_CHUNK;
        }
        if (at(c, q)->kind != CH_CONJ && at(c, q)->kind != CH_COMMA)
            return NO_CHUNK;
        p = before(c, q);
    }
    return NO_CHUNK;
}

/* "The power to grant or refuse overflight is": the noun of two infinitives, seen from the second. */
static uint16_t choice_governor(const news_clauses *c, uint16_t second)
{
    if (second == NO_CHUNK || at(c, second)->kind != CH_VG || !(at(c, second)->flags & VG_BASE))
        return NO_CHUNK;
    uint16_t conj = before(c, second);
    uint16_t to = conj != NO_CHUNK && at(c, conj)->kind == CH_CONJ ? before(c, conj) : NO_CHUNK;
    if (to == NO_CHUNK || at(c, to)->kind != CH_VG || !(at(c, to)->flags & VG_TO))
        return NO_CHUNK;
    uint16_t ng = before(c, to);
    return ng != NO_CHUNK && at(c, ng)->kind == CH_NG ? ng : NO_CHUNK;
}

/* "Air Europa and Plus Ultra, which had ...": both, where a comma parts the clause from names. */
static uint16_t antecedent(const news_clauses *c, uint16_t ng, uint16_t wh)
{
    if (before(c, wh) == ng || !is_named(c, ng) || !is_word(c, wh, "which"))
        return ng;
    uint16_t p = before(c, ng);
    if (p != NO_CHUNK && at(c, p)->kind == CH_PREP && (is_word(c, p, "in") || is_word(c, p, "at"))
        && mention_in(c, ng)->place != NEWS_NO_PLACE && mention_in(c, before(c, p)) != NULL
        && mention_in(c, before(c, p))->kind != OVF_NEWS_AIRLINE)
        return before(c, p); /* "The embassy in Doha, which had advised" */
    uint16_t start = nl_list_start(c, ng);
    return same_kind(c, start, ng) ? start : ng;
}

/* "Airlines that would cross Sudan on the way are flying round": the noun of the clause whose verb v is. */
static uint16_t relative_of(const news_clauses *c, uint16_t v)
{
    if (v == NO_CHUNK || at(c, v)->kind != CH_VG || !(at(c, v)->flags & VG_FINITE))
        return NO_CHUNK;
    uint16_t wh = before(c, v);
    if (wh == NO_CHUNK || at(c, wh)->kind != CH_WH
        || !(is_word(c, wh, "that") || is_word(c, wh, "which") || is_word(c, wh, "who")))
        return NO_CHUNK;
    uint16_t ng = before(c, wh);
    return ng != NO_CHUNK && at(c, ng)->kind == CH_NG ? ng : NO_CHUNK;
}

/* Names alone between commas behind a word for them: "Two airlines, Badr and Tarco, stopped". */
static bool is_list_of_names(const news_clauses *c, uint16_t from, uint16_t until)
{
    bool any = false;
    for (uint16_t k = from; k < until; k++) {
        uint8_t kind = at(c, k)->kind;
        if (kind == CH_NG && is_named(c, k))
            any = true;
        else if (kind != CH_COMMA && kind != CH_CONJ)
            return false;
    }
    return any;
}

/* "Lufthansa and KLM are among the carriers that avoid": those of the carriers that are named. */
static uint16_t one_among(const news_clauses *c, uint16_t ng)
{
    uint16_t prep = before(c, ng);
    if (prep == NO_CHUNK || at(c, prep)->kind != CH_PREP)
        return NO_CHUNK;
    uint16_t v = before(c, prep);
    if (is_word(c, prep, "of") && v != NO_CHUNK && at(c, v)->kind == CH_NG && is_word(c, v, "one"))
        v = before(c, v); /* "is one of the carriers that" */
    else if (!is_word(c, prep, "among"))
        return NO_CHUNK;
    return v != NO_CHUNK && at(c, v)->kind == CH_VG && at(c, v)->flags & VG_COPULA
               ? at(c, v)->subject
               : NO_CHUNK;
}

/* "three days after Dobrolet grounded": the group is a time, and the clause behind has its own subject. */
static bool is_stretch_of_time(const news_clauses *c, uint16_t prep)
{
    static const char *const words[] = {"days", "hours", "weeks", "minutes", "months", "years",
                                        "day",  "hour",  "week",  "month",   "year",   "moments"};
    bool parts =
        is_word(c, prep, "after") || is_word(c, prep, "before") || is_word(c, prep, "until");
    uint16_t ng = before(c, prep);
    if (!parts || ng == NO_CHUNK)
        return false;
    for (size_t i = 0; i < OVF_COUNTOF(words) && at(c, ng)->kind == CH_NG; i++) {
        if (news_is_word(c->doc, at(c, ng)->head, words[i]))
            return true;
    }
    return false;
}

/* From a group: its own start as the subject (*found), or where the walk goes on. */
static uint16_t step_over_group(const news_clauses *c, uint16_t i, bool *found)
{
    bool reflexive = is_word(c, i, "itself") || is_word(c, i, "themselves")
                     || is_word(c, i, "himself") || is_word(c, i, "herself");
    if (reflexive && before(c, i) != NO_CHUNK && at(c, before(c, i))->kind == CH_NG)
        i = before(c, i); /* "Caracas itself closed" */
    uint16_t start = nl_list_start(c, i);
    uint16_t p = before(c, start);
    /* "balloons carrying cigarettes drifted": the object of a participle behind its noun */
    if (p != NO_CHUNK && at(c, p)->kind == CH_VG && at(c, p)->flags & (VG_ING | VG_TO)
        && !(at(c, p)->flags & VG_FINITE) && before(c, p) != NO_CHUNK
        && at(c, before(c, p))->kind == CH_NG)
        return before(c, p);
    uint16_t governor = relative_of(c, p);
    if (governor == NO_CHUNK)
        governor = gerund_governor(c, p);
    if (governor == NO_CHUNK)
        governor = choice_governor(c, p);
    if (governor != NO_CHUNK)
        return governor;
    *found = p == NO_CHUNK || at(c, p)->kind != CH_PREP || is_stretch_of_time(c, p);
    if (*found)
        return start;
    i = before(c, p);
    for (int k = 0; k < 3 && i != NO_CHUNK
                    && (at(c, i)->kind == CH_PREP || (k == 0 && at(c, i)->kind == CH_CONJ));
         k++)
        i = before(c, i); /* "flights to and from" */
    return i;
}

/* From a verb in a relative clause, or a participle or infinitive behind its noun: over it. */
static uint16_t step_over_verb(const news_clauses *c, uint16_t i)
{
    const news_chunk *g = at(c, i);
    if (!(g->flags & (VG_PP | VG_TO | VG_ING)) && !(g->flags & VG_FINITE && g->subject != NO_CHUNK))
        return NO_CHUNK;
    uint16_t p = before(c, i);
    if (p != NO_CHUNK && at(c, p)->kind == CH_WH)
        return before(c, p);
    if (!(g->flags & VG_FINITE))
        return p;
    uint16_t q = p != NO_CHUNK && at(c, p)->kind == CH_NG ? before(c, p) : NO_CHUNK;
    return q != NO_CHUNK && at(c, q)->kind == CH_WH ? before(c, q) : NO_CHUNK;
}

/* What "which", "who" stand for. */
static uint16_t subject_of_relative(const news_clauses *c, uint16_t wh)
{
    uint16_t p = before(c, wh);
    if (p != NO_CHUNK && at(c, p)->kind == CH_COMMA)
        p = before(c, p);
    if (p != NO_CHUNK && at(c, p)->kind == CH_PREP)
        p = before(c, p);
    if (p == NO_CHUNK || at(c, p)->kind != CH_NG)
        return NO_CHUNK;
    uint16_t one = one_among(c, p);
    return one != NO_CHUNK ? one : antecedent(c, p, wh);
}

uint16_t nl_walk_to_subject(const news_clauses *c, uint16_t i)
{
    for (int n = 0; n < WALK && i != NO_CHUNK; n++) {
        i = back_over_thin(c, i);
        if (i == NO_CHUNK)
            break;
        bool found = false;
        uint16_t start = NO_CHUNK;
        switch (at(c, i)->kind) {
        case CH_NG:
            i = step_over_group(c, i, &found);
            if (found)
                return i;
            break;
        case CH_COMMA:
        case CH_DASH:
        case CH_RPAREN:
            start = nl_insertion_start(c, i);
            if (start == NO_CHUNK || start == 0)
                return NO_CHUNK;
            if (is_list_of_names(c, (uint16_t)(start + 1), i)
                && names_generic(c, (uint16_t)(start - 1))
                && (start + 2 == i || same_kind(c, (uint16_t)(start - 1), (uint16_t)(start + 1))))
                return (uint16_t)(start + 1); /* "A German carrier, Air Berlin, said" */
            i = (uint16_t)(start - 1);
            break;
        case CH_WH: return subject_of_relative(c, i);
        case CH_VG: i = step_over_verb(c, i); break;
        case CH_PREP: i = before(c, i); break;
        default: return NO_CHUNK;
        }
    }
    return NO_CHUNK;
}

bool nl_is_say(const news_clauses *c, uint16_t v)
{
    const news_word *w = news_lex(c->doc, at(c, v)->head);
    return w->verb == NV_SAY || w->verb2 == NV_SAY || w->verb == NV_WEAK;
}

/* "..., said X", "\"...\" said X": the subject stands behind. */
uint16_t nl_inverted_subject(const news_clauses *c, uint16_t v)
{
    if (!nl_is_say(c, v) || !(at(c, v)->flags & VG_FINITE)
        || at(c, v)->flags & (VG_PLANNED | VG_PASSIVE))
        return NO_CHUNK;
    uint16_t p = v == 0 ? NO_CHUNK : (uint16_t)(v - 1);
    if (p == NO_CHUNK
        || !(at(c, p)->kind == CH_COMMA || at(c, p)->kind == CH_CLOSE || at(c, p)->kind == CH_DASH))
        return NO_CHUNK;
    uint16_t ng = (uint16_t)(v + 1); /* "points out X" */
    if (is_kind(c, ng, CH_ADV) && is_word(c, ng, "out"))
        ng++;
    if (!is_kind(c, ng, CH_NG) || news_vg_is(c, v, "tell"))
        return NO_CHUNK;
    uint8_t k1 = news_lex(c->doc, at(c, ng)->head)->noun;
    bool can_speak = k1 == NN_NONE || k1 == NN_PEOPLE || k1 == NN_CARRIER || k1 == NN_FORCE
                     || k1 == NN_POWER || is_named(c, ng);
    bool has_content = at(c, p)->kind == CH_CLOSE || nl_nearest_vg(c, p, VG_FINITE) != NO_CHUNK;
    if (!can_speak || !has_content)
        return NO_CHUNK; /* "X, spokesman for Y, announced the closure" */
    /* "Ortega, said flights to Caracas would stay suspended": the group is a subject of its own */
    uint16_t q = back_over_thin(c, p);
    bool quote = at(c, p)->kind == CH_CLOSE;
    for (uint32_t k = (uint32_t)ng + 1; !quote && q != NO_CHUNK && k < c->count && k < v + 10u;
         k++) {
        const news_chunk *x = at(c, (uint16_t)k);
        if (x->kind == CH_VG && x->flags & VG_FINITE)
            return NO_CHUNK;
        if (x->kind != CH_PREP && x->kind != CH_NG && !is_thin(x))
            break;
    }
    return ng;
}
