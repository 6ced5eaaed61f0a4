/* SPDX-License-Identifier: Apache-2.0 */
/* Say clauses: in front ("X said that ..."), behind ("..., X said", "\"...\" said X"), in the middle, and
 * "according to X". Every verb gets the innermost one over it; one that governs no act is a claim
 * of its own, or a report when an outlet vouches. */
#include "news_grammar.h"

#include <string.h>

static const news_chunk *at(const news_clauses *c, uint32_t i)
{
    return &c->chunks[i];
}

static uint8_t kind_at(const news_clauses *c, uint32_t i)
{
    return i < c->count ? c->chunks[i].kind : CH_STOP;
}

static bool first_is(const news_clauses *c, uint32_t i, const char *word)
{
    return i < c->count && news_is_word(c->doc, c->chunks[i].first, word);
}

static const news_word *word_of(const news_clauses *c, uint16_t v)
{
    return news_lex(c->doc, c->chunks[v].head);
}

static bool is_strong(const news_clauses *c, uint16_t v)
{
    const news_word *w = word_of(c, v);
    return w->verb == NV_SAY || w->verb2 == NV_SAY;
}

static bool is_weak(const news_clauses *c, uint16_t v)
{
    const news_word *w = word_of(c, v);
    if (news_vg_is(c, v, "agree") || news_vg_is(c, v, "hold"))
        return true; /* "scholars agree that", "a judge held" */
    return w->verb == NV_WEAK || w->verb2 == NV_WEAK || w->verb == NV_DENY || w->verb == NV_THREATEN
           || w->verb == NV_CONDEMN || w->verb == NV_ORDER || w->verb == NV_WARN;
}

typedef enum complement { NOTHING, CLAUSE, QUOTE, GAP } complement;

/* What stands behind the verb: a clause, a quotation, or nothing. *start: its first chunk. */
static complement complement_of(const news_clauses *c, uint16_t v, uint16_t *start)
{
    uint32_t k = (uint32_t)v + 1;
    bool told = false;
    if (kind_at(c, k) == CH_VG && at(c, k)->flags & VG_FINITE && at(c, v)->subject != NO_CHUNK
        && kind_at(c, at(c, v)->subject == 0 ? NO_CHUNK : at(c, v)->subject - 1u) == CH_WH)
        return *start = (uint16_t)k, GAP;
    if (kind_at(c, k) == CH_VG && at(c, k)->flags & VG_FINITE && at(c, k)->first == at(c, v)->last)
        return *start = (uint16_t)k, GAP;
    for (int n = 0; n < 14 && k < c->count; n++, k++) {
        switch (kind_at(c, k)) {
        case CH_TIME:
        case CH_ADV:
        case CH_OTHER: continue;
        case CH_SUB:
            if (first_is(c, k, "that") || first_is(c, k, "whether") || first_is(c, k, "how")
                || first_is(c, k, "why"))
                return *start = (uint16_t)(k + 1), CLAUSE;
            return NOTHING;
        case CH_OPEN: return *start = (uint16_t)k, QUOTE;
        case CH_COLON: return *start = (uint16_t)(k + 1), QUOTE;
        case CH_COMMA:
            if (kind_at(c, k + 1) == CH_OPEN)
                return *start = (uint16_t)(k + 1), QUOTE;
            if (n > 0 && kind_at(c, k + 1) == CH_SUB && first_is(c, k + 1, "that"))
                return *start = (uint16_t)(k + 2), CLAUSE;
            return NOTHING;
        case CH_PREP:
            if (kind_at(c, k + 1) == CH_NG)
                k++;
            continue;
        case CH_NG: {
            /* Is it the subject of a verb further on? Else whom one tells. */
            for (uint32_t j = k + 1; j < c->count && j < k + 24; j++) {
                if (kind_at(c, j) == CH_VG && at(c, j)->flags & VG_FINITE)
                    if (at(c, j)->subject == k)
                        return *start = (uint16_t)k, CLAUSE;
                if (kind_at(c, j) == CH_SUB || kind_at(c, j) == CH_SEMI || kind_at(c, j) == CH_OPEN)
                    break;
            }
            if (told)
                return NOTHING;
            told = true;
            continue;
        }
        case CH_VG: return NOTHING;
        case CH_CONJ:
            if (told)
                continue;
            return NOTHING;
        default: return NOTHING;
        }
    }
    return NOTHING;
}

static bool is_break(const news_clauses *c, uint16_t v, uint32_t k, bool in_quote)
{
    uint8_t kind = kind_at(c, k);
    if (in_quote)
        return false;
    if (kind == CH_SEMI)
        return true;
    if (kind == CH_SUB)
        return first_is(c, k, "while") || first_is(c, k, "although") || first_is(c, k, "though")
               || first_is(c, k, "whereas");
    if (kind == CH_CONJ && first_is(c, k, "but") && kind_at(c, k - 1) == CH_COMMA)
        return true;
    if (kind == CH_VG && at(c, k)->flags & VG_FINITE && at(c, k)->parent == v
        && at(c, k)->subject == at(c, v)->subject)
        return true; /* "has denied ties and has said" */
    if (kind == CH_VG && at(c, k)->flags & VG_ING
        && (kind_at(c, k - 1) == CH_COMMA || kind_at(c, k - 1) == CH_CLOSE)
        && is_strong(c, (uint16_t)k))
        return true; /* ", adding" */
    return false;
}

static bool is_quoted(const news_clauses *c, uint32_t k)
{
    return (c->doc->tokens[at(c, k)->first].flags & NEWS_QUOTED) != 0;
}

static void cover(news_clauses *c, uint16_t s, uint16_t from, uint16_t until, bool overrides)
{
    for (uint16_t k = from; k < until; k++) {
        news_chunk *g = &c->chunks[k];
        if (k != s && (g->says == NO_CHUNK || overrides))
            g->says = s;
    }
}

static void lead(news_clauses *c, uint16_t s, uint16_t start, bool quote)
{
    uint16_t k = start;
    while (k < c->count && !is_break(c, s, k, quote ? is_quoted(c, k) : false)
           && kind_at(c, k) != CH_STOP)
        k++;
    news_chunk *g = &c->chunks[s];
    if (kind_at(c, k) == CH_STOP && k + 1 < c->count && kind_at(c, k + 1u) == CH_CLOSE)
        k++;
    g->content_from = start;
    g->content_until = k;
    cover(c, s, start, k, true);
}

/* The mark in front of a say clause that stands behind its content. */
static bool stands_behind(const news_clauses *c, uint16_t from)
{
    uint16_t k = from;
    while (k > 0 && (kind_at(c, k - 1u) == CH_ADV || kind_at(c, k - 1u) == CH_TIME))
        k--;
    if (k == 0)
        return false;
    uint8_t kind = kind_at(c, k - 1u);
    return kind == CH_COMMA || kind == CH_CLOSE || kind == CH_DASH;
}

static void trail(news_clauses *c, uint16_t s, uint16_t until)
{
    uint16_t from = until;
    while (from > 0) {
        uint8_t kind = kind_at(c, from - 1u);
        if (kind == CH_SEMI
            || (kind == CH_VG && at(c, from - 1u)->flags & VG_SAYS
                && at(c, from - 1u)->content_until == from - 1u && 0))
            break;
        from--;
    }
    while (from < until && (kind_at(c, from) == CH_CONJ || kind_at(c, from) == CH_COMMA))
        from++;
    news_chunk *g = &c->chunks[s];
    g->content_from = from;
    g->content_until = until;
    cover(c, s, from, until, false);
    /* "Any violation, he warned, would be met": goes on behind */
    if (kind_at(c, s + 1u) == CH_COMMA && kind_at(c, s + 2u) == CH_VG
        && at(c, s + 2u)->flags & VG_FINITE && until > 0 && kind_at(c, until - 1u) == CH_COMMA) {
        uint16_t end = c->count;
        cover(c, s, (uint16_t)(s + 2), end, false);
        g->until = end;
    }
    /* "...," X said, "and ..." */
    for (uint32_t k = (uint32_t)s + 1; k < c->count && k < s + 12u; k++) {
        uint8_t kind = kind_at(c, k);
        if (kind == CH_OPEN) {
            cover(c, s, (uint16_t)k, c->count, false);
            g->until = c->count;
            break;
        }
        if (kind == CH_VG || kind == CH_SEMI || kind == CH_SUB)
            break;
    }
}

static void mark_verb(news_clauses *c, uint16_t v)
{
    news_chunk *g = &c->chunks[v];
    uint16_t start = 0;
    bool strong = is_strong(c, v);
    if (!strong && !is_weak(c, v))
        return;
    complement k = complement_of(c, v, &start);
    bool by_that = k == CLAUSE && start > 0 && kind_at(c, start - 1u) == CH_SUB;
    if (k == CLAUSE && !strong && !by_that)
        k = NOTHING;
    if (k == GAP && !strong)
        k = NOTHING;
    if (k != NOTHING && !(g->flags & VG_TO)) {
        g->flags |= VG_SAYS;
        lead(c, v, start, k == QUOTE);
        uint16_t front = g->subject != NO_CHUNK && g->subject < v ? g->subject : v;
        if (k == QUOTE && stands_behind(c, front) && front > 1 && is_quoted(c, front - 2u))
            cover(c, v, 0, front, false); /* "A," X said, "B" */
        return;
    }
    if (!(g->flags & VG_FINITE) || g->flags & VG_PASSIVE
        || (g->object != NO_CHUNK && g->object != g->subject && at(c, v)->first != at(c, v)->last
            && !strong))
        return;
    uint16_t front =
        g->subject != NO_CHUNK && g->subject < v && g->subject + 16 > v ? g->subject : v;
    bool as_clause = front > 0 && kind_at(c, front - 1u) == CH_SUB && first_is(c, front - 1u, "as");
    if (as_clause && front > 1)
        front--;
    if (front == 0 || !stands_behind(c, front))
        return;
    bool inverted = g->subject != NO_CHUNK && g->subject > v;
    bool owns_object = g->object != NO_CHUNK && !inverted && !news_vg_is(c, v, "tell");
    if (owns_object || (!inverted && g->subject == NO_CHUNK))
        return;
    if (!inverted && g->parent != NO_CHUNK && kind_at(c, v - 1u) == CH_CONJ)
        return;
    g->flags |= VG_SAYS;
    trail(c, v, front);
}

static void mark_according(news_clauses *c, uint16_t k)
{
    if (!first_is(c, k, "according") || !first_is(c, k + 1u, "to") || kind_at(c, k + 2u) != CH_NG)
        return;
    news_chunk *g = &c->chunks[k + 1];
    g->flags |= VG_SAYS;
    g->subject = (uint16_t)(k + 2);
    g->from = k;
    g->until = (uint16_t)(k + 3);
    bool leads = k == 0 || (k == 1 && kind_at(c, 0) != CH_VG && kind_at(c, 0) != CH_NG);
    if (leads) {
        g->content_from = (uint16_t)(k + 3);
        g->content_until = c->count;
        cover(c, (uint16_t)(k + 1), (uint16_t)(k + 3), c->count, false);
    } else {
        trail(c, (uint16_t)(k + 1), k);
    }
}

/* "Rubio: we will ..." and, in a headline, "Airspace closed - minister". */
static void mark_colon(news_clauses *c)
{
    for (uint16_t k = 1; k < c->count && k < 6; k++) {
        if (kind_at(c, k) != CH_COLON)
            continue;
        const news_mention *m = news_head_mention(c, (uint16_t)(k - 1));
        if (m == NULL || kind_at(c, k + 1u) == CH_STOP || m->kind == OVF_NEWS_UNKNOWN
            || m->place == NEWS_P_CITY)
            return;
        for (uint16_t i = 0; i < k; i++) {
            if (kind_at(c, i) == CH_VG)
                return;
        }
        news_chunk *g = &c->chunks[k];
        g->flags |= VG_SAYS;
        g->subject = (uint16_t)(k - 1);
        g->from = 0;
        g->until = c->count;
        g->content_from = (uint16_t)(k + 1);
        g->content_until = c->count;
        cover(c, k, (uint16_t)(k + 1), c->count, false);
        return;
    }
}

/* "transport ministry", "officials": an office without article, as headlines have it */
static bool is_office(const news_clauses *c, uint16_t ng)
{
    static const char *const words[] = {
        "ministry",  "minister",     "official",   "officials", "army",        "military",
        "police",    "media",        "sources",    "source",    "agency",      "authority",
        "spokesman", "regulator",    "airline",    "tv",        "airlines",    "report",
        "reports",   "president",    "government", "governor",  "authorities", "tracker",
        "diplomats", "spokesperson", "operator"};
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (news_is_word(c->doc, at(c, ng)->head, words[i]))
            return true;
    }
    return false;
}

/* "Iraq closes airspace until 05:30 - transport ministry" */
static void mark_dash(news_clauses *c)
{
    uint32_t k = c->count;
    while (k > 0
           && (kind_at(c, k - 1) == CH_STOP || kind_at(c, k - 1) == CH_TIME
               || kind_at(c, k - 1) == CH_OTHER))
        k--;
    if (k < 4 || kind_at(c, k - 1) != CH_NG || kind_at(c, k - 2) != CH_DASH)
        return;
    const news_mention *m = news_head_mention(c, (uint16_t)(k - 1));
    bool office = m == NULL && is_office(c, (uint16_t)(k - 1));
    if (!office && (m == NULL || m->kind == OVF_NEWS_UNKNOWN || m->kind == OVF_NEWS_AIRPORT))
        return;
    bool tells = false; /* "February 27 - Ottawa - Transport Canada" says nothing */
    for (uint32_t i = 0; i < k - 2; i++)
        tells |= kind_at(c, i) == CH_VG;
    if (!tells)
        return;
    news_chunk *g = &c->chunks[k - 2];
    g->flags |= VG_SAYS;
    g->subject = (uint16_t)(k - 1);
    g->from = (uint16_t)(k - 2);
    g->until = (uint16_t)k;
    g->content_from = 0;
    g->content_until = (uint16_t)(k - 2);
    cover(c, (uint16_t)(k - 2), 0, (uint16_t)(k - 2), false);
}

void news_say_clauses(news_clauses *c)
{
    for (uint16_t v = 0; v < c->count; v++) {
        if (kind_at(c, v) == CH_VG)
            mark_verb(c, v);
    }
    for (uint16_t k = 0; k + 2 < c->count; k++)
        mark_according(c, k);
    mark_colon(c);
    mark_dash(c);
}

/* ---- claims ---- */

/* "The facts indicate that ...", the minister said; "They say it was ...", he told us; "were told
 * that": within what somebody says, no source of its own. */
static bool is_hollow(const news_clauses *c, uint16_t k)
{
    const news_chunk *g = at(c, k);
    if (g->kind != CH_VG)
        return false;
    if (g->subject == NO_CHUNK || (g->flags & VG_PASSIVE && g->agent == NO_CHUNK))
        return true;
    if (news_entity_of(c, g->subject) == NEWS_NONE
        && (news_vg_is(c, k, "indicate") || news_vg_is(c, k, "suggest") || news_vg_is(c, k, "show")
            || news_vg_is(c, k, "mean") || news_vg_is(c, k, "prove")
            || news_vg_is(c, k, "demonstrate")))
        return true;
    uint8_t tag = c->tags[at(c, g->subject)->head];
    return tag == TAG_PRON && is_quoted(c, k);
}

static bool governs_draft(const news_clauses *c, const news_drafts *out, uint16_t s)
{
    for (uint32_t i = 0; i < out->count; i++) {
        uint16_t v = out->items[i].vg;
        uint16_t over = out->items[i].says;
        for (int n = 0;
             n < 3 && over != NO_CHUNK && over != s && over < c->count && is_hollow(c, over); n++)
            over = at(c, over)->says; /* "I've told him that we close", Trump said */
        if (over == s)
            return true;
        if (v != NO_CHUNK && v < c->count && at(c, v)->says == s)
            return true;
    }
    for (uint16_t k = 0; k < c->count; k++) { /* a nested say clause will make its own */
        if (k != s && at(c, k)->says == s && at(c, k)->flags & VG_SAYS && !is_hollow(c, k))
            return true;
    }
    return false;
}

/* "That is not true", "This is a lie": a denial and nothing else. */
static bool is_denial(const news_clauses *c, const news_chunk *g)
{
    static const char *const words[] = {
        "untrue",     "lie",       "lies",  "nonsense",    "baseless",   "fake",
        "groundless", "unfounded", "false", "fabrication", "fabricated", "miscommunication",
        "ridiculous"};
    if (g->content_until <= g->content_from || g->content_until > c->count)
        return false;
    uint32_t first = at(c, g->content_from)->first;
    uint32_t last = at(c, g->content_until - 1u)->last;
    if (last - first > 14)
        return false;
    for (uint32_t i = first; i < last; i++) {
        for (size_t k = 0; k < OVF_COUNTOF(words); k++) {
            if (news_is_word(c->doc, i, words[k]))
                return true;
        }
        if (NEWS_IS(c->doc, i, "not") || NEWS_IS(c->doc, i, "n't"))
            if (NEWS_IS(c->doc, i + 1, "true") || NEWS_IS(c->doc, i + 1, "correct"))
                return true;
    }
    return false;
}

/* Is the main verb of what is said negated? */
static bool is_negated(const news_clauses *c, uint16_t s)
{
    const news_chunk *g = at(c, s);
    for (uint32_t k = g->content_from; k < g->content_until && k < c->count; k++) {
        const news_chunk *v = at(c, k);
        if (v->kind != CH_VG || !(v->flags & VG_FINITE) || v->says != s)
            continue;
        if (k > 0 && v->subject != NO_CHUNK && v->subject > 0
            && kind_at(c, v->subject - 1u) == CH_SUB && v->subject > g->content_from)
            continue; /* "although a handful were running drugs, ..." */
        if (v->flags & VG_NEG)
            return true;
        uint16_t ng[2] = {v->subject, v->object};
        for (int i = 0; i < 2; i++) {
            if (ng[i] != NO_CHUNK && first_is(c, ng[i], "no"))
                return true;
        }
        return false;
    }
    return false;
}

/* "Cargo: limited capacity", "Syria: Damascus is open again": what a line is about, and nobody's word. */
static bool is_label(const news_clauses *c, uint16_t s)
{
    const news_mention *m = news_head_mention(c, at(c, s)->subject);
    if (m == NULL)
        return true;
    bool person = (m->flags & NEWS_M_PERSON) != 0;
    bool may = person || m->kind == OVF_NEWS_MINISTRY || m->kind == OVF_NEWS_HEAD_OF_STATE
               || m->kind == OVF_NEWS_MINISTER || m->kind == OVF_NEWS_MILITARY
               || m->kind == OVF_NEWS_AVIATION_AUTHORITY || m->kind == OVF_NEWS_ANSP
               || m->kind == OVF_NEWS_INTL_BODY || m->kind == OVF_NEWS_OUTLET
               || m->kind == OVF_NEWS_TRACKER || m->kind == OVF_NEWS_OFFICIAL
               || m->kind == OVF_NEWS_EXPERT || m->kind == OVF_NEWS_POLICE;
    return !may && s + 1 < c->count && !is_quoted(c, s + 1u);
}

static bool is_vouching(uint8_t kind)
{
    return kind == OVF_NEWS_OUTLET || kind == OVF_NEWS_TRACKER;
}

void news_say_claims(const news_clauses *c, news_drafts *out)
{
    uint32_t before = out->count;
    for (uint16_t s = 0; s < c->count; s++) {
        const news_chunk *g = at(c, s);
        if (!(g->flags & VG_SAYS) || g->flags & (VG_DONE | VG_NEG) || out->count == out->capacity)
            continue;
        if (g->kind == CH_VG && g->flags & VG_PASSIVE && g->agent == NO_CHUNK)
            continue;
        if (g->says != NO_CHUNK && g->says != s && is_hollow(c, s))
            continue;
        news_drafts old = {.items = out->items, .count = before};
        if (governs_draft(c, &old, s) || g->subject == NO_CHUNK)
            continue;
        if (g->kind == CH_COLON && is_label(c, s))
            continue;
        uint32_t e = news_entity_of(c, g->subject);
        bool vouching = e != NEWS_NONE && is_vouching(c->doc->entities[e].kind);
        news_draft *d = &out->items[out->count++];
        uint16_t from = g->from < g->content_from ? g->from : g->content_from;
        uint16_t until = g->until > g->content_until ? g->until : g->content_until;
        if (g->subject > s && g->subject >= until)
            until = (uint16_t)(g->subject + 1);
        *d = (news_draft){.act = (uint8_t)(vouching ? OVF_ACT_REPORT : OVF_ACT_CLAIM),
                          .vg = s,
                          .speaker = g->subject,
                          .target = NO_CHUNK,
                          .place = NO_CHUNK,
                          .from = from,
                          .until = until,
                          .says = s,
                          .speaker_entity = NEWS_NONE,
                          .source_entity = NEWS_NONE};
        d->is_negated = is_negated(c, s);
        if (!vouching && is_denial(c, g)) {
            d->act = OVF_ACT_DENY;
            d->is_negated = false;
        }
        news_rule(d, vouching ? "Q2" : d->act == OVF_ACT_DENY ? "Y3" : "Q1");
    }
}
