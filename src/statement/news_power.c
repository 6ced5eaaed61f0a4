/* SPDX-License-Identifier: Apache-2.0 */
/* Who has the power: "has no authority to close", "only the ICAO can", "breaks the Chicago Convention",
 * "not legally binding". The speaker is whoever says it, or the article itself. */
#include "news_power.h"

#include <string.h>

bool np_any_word(const news_doc *doc, uint32_t from, uint32_t until, const char *const *words,
                 size_t n)
{
    for (uint32_t i = from; i < until && i < doc->token_count; i++) {
        for (size_t k = 0; k < n; k++) {
            if (news_is_word(doc, i, words[k]))
                return true;
        }
    }
    return false;
}

uint32_t np_clause_first(const news_clauses *c, uint16_t v)
{
    return c->chunks[c->chunks[v].from].first;
}

uint32_t np_clause_last(const news_clauses *c, uint16_t v)
{
    uint16_t until = c->chunks[v].until;
    uint16_t end = until > c->chunks[v].from ? (uint16_t)(until - 1) : v;
    return c->chunks[end].last;
}

news_draft *np_emit(const news_clauses *c, news_drafts *out, uint16_t v, bool negated,
                    const char *rule)
{
    const news_chunk *g = &c->chunks[v];
    if (out->count == out->capacity || g->flags & VG_DONE)
        return NULL;
    if (g->subject != NO_CHUNK && g->subject < v
        && ANY_WORD(c->doc, c->chunks[g->subject].first, c->chunks[g->subject].last, "no", "nobody",
                    "neither", "none"))
        negated = true;
    news_draft *d = &out->items[out->count++];
    *d = (news_draft){.act = OVF_ACT_AUTHORITY,
                      .is_negated = negated,
                      .by_article = true,
                      .vg = v,
                      .speaker = NO_CHUNK,
                      .target = g->subject,
                      .place = NO_CHUNK,
                      .from = g->from,
                      .until = g->until,
                      .says = g->says,
                      .speaker_entity = NEWS_NONE,
                      .source_entity = NEWS_NONE};
    news_rule(d, rule);
    c->chunks[v].flags |= VG_DONE;
    /* what the power is for is no act of its own: "to restrict", "over closing" */
    for (uint16_t k = (uint16_t)(v + 1); k < c->count && k < v + 12; k++) {
        bool result = c->chunks[k].flags & VG_PP && c->chunks[k].parent == v;
        result |= c->chunks[k].flags & VG_BASE && c->chunks[k].parent == v;
        if (c->chunks[k].kind == CH_VG && (c->chunks[k].flags & (VG_TO | VG_ING) || result)) {
            c->chunks[k].flags |= VG_DONE;
            if (c->chunks[k].until > d->until)
                d->until = c->chunks[k].until;
            break;
        }
        if (c->chunks[k].kind == CH_VG || c->chunks[k].kind == CH_SEMI)
            break;
    }
    return d;
}

static const char *base_of(const news_clauses *c, uint16_t v)
{
    const news_word *w = news_lex(c->doc, c->chunks[v].head);
    if (w->base[0] != '\0')
        return w->base;
    return w->func & NF_BE ? "be" : w->func & NF_HAVE ? "have" : w->func & NF_DO ? "do" : "";
}

bool np_base_is(const news_clauses *c, uint16_t v, const char *const *bases, size_t n)
{
    const char *base = base_of(c, v);
    for (size_t i = 0; i < n; i++) {
        if (bases[i][0] == base[0] && strcmp(base, bases[i]) == 0)
            return true;
    }
    return false;
}

/* An airline, an airport, a FIR, or who rules the air, by name. */
static bool names_flyer(const news_doc *doc, uint32_t token)
{
    uint32_t m = doc->mention_at == NULL ? NEWS_NONE : doc->mention_at[token];
    if (m == NEWS_NONE)
        return false;
    const news_mention *k = &doc->mentions[m];
    return k->kind == OVF_NEWS_AIRLINE || k->kind == OVF_NEWS_AVIATION_AUTHORITY
           || k->kind == OVF_NEWS_ANSP || k->place == NEWS_P_FIR;
}

bool np_about_air(const news_clauses *c)
{
    /* with the two sentences before: "The FAA has no say over either" */
    uint32_t before = c->sentence > 1 ? c->sentence - 2 : 0;
    const news_sentence *s = &c->doc->sentences[c->sentence];
    for (uint32_t i = c->doc->sentences[before].first; i < s->last; i++) {
        uint8_t n = news_lex(c->doc, i)->noun;
        if (n == NN_AIR || n == NN_FLIGHT || n == NN_CARRIER || n == NN_PLANE || n == NN_NOTICE
            || n == NN_MEASURE || names_flyer(c->doc, i))
            return true;
    }
    return false;
}

bool np_is_air_named(const news_clauses *c)
{
    const news_sentence *s = &c->doc->sentences[c->sentence];
    for (uint32_t i = s->first; i < s->last; i++) {
        uint8_t n = news_lex(c->doc, i)->noun;
        if (n == NN_AIR || n == NN_FLIGHT || n == NN_CARRIER || n == NN_PLANE || n == NN_NOTICE
            || NEWS_IS(c->doc, i, "fir") || NEWS_IS(c->doc, i, "traffic"))
            return true;
    }
    return false;
}

bool np_object_has(const news_clauses *c, uint16_t ng, uint8_t class)
{
    if (ng == NO_CHUNK)
        return false;
    if (class == NN_POWER
        && ANY_WORD(c->doc, c->chunks[ng].head, c->chunks[ng].head + 1, "effect", "validity",
                    "weight"))
        return ANY_WORD(c->doc, c->chunks[ng].first, c->chunks[ng].last, "legal", "binding",
                        "juridical", "validity");
    return news_lex(c->doc, c->chunks[ng].head)->noun == class;
}

/* have, lack, exercise + authority, power, jurisdiction ... */
static bool power_verb(const news_clauses *c, news_drafts *out, uint16_t v)
{
    const news_chunk *g = &c->chunks[v];
    const news_doc *doc = c->doc;
    uint32_t last = np_clause_last(c, v);
    if (!BASE_IS(c, v, "have", "lack", "exercise", "hold", "possess", "enjoy", "claim", "wield",
                 "retain", "carry", "exceed", "give", "cede"))
        return false;
    if (BASE_IS(c, v, "give") && g->object != NO_CHUNK && g->object + 1 < c->count
        && c->chunks[g->object + 1].kind == CH_NG
        && np_object_has(c, (uint16_t)(g->object + 1), NN_POWER) && np_about_air(c)) {
        np_emit(c, out, v, (g->flags & VG_NEG) != 0, "A6");
        return true;
    }
    uint8_t paper =
        g->subject == NO_CHUNK ? NN_NONE : news_lex(doc, c->chunks[g->subject].head)->noun;
    bool it = g->subject != NO_CHUNK && c->tags[c->chunks[g->subject].head] == TAG_PRON
              && g->object != NO_CHUNK
              && ANY_WORD(doc, c->chunks[g->object].first, c->chunks[g->object].last, "validity",
                          "legal", "binding");
    if (BASE_IS(c, v, "have", "carry", "lack") && g->object != NO_CHUNK
        && (it || paper == NN_MEASURE || paper == NN_NOTICE || paper == NN_DEED || paper == NN_LAW
            || ANY_WORD(doc, c->chunks[g->subject == NO_CHUNK ? v : g->subject].first, g->first,
                        "post", "posts", "tweet", "statement", "announcement", "declaration",
                        "decree", "decrees"))
        && ANY_WORD(doc, c->chunks[g->object].head, c->chunks[g->object].head + 1, "force",
                    "standing", "effect", "validity", "weight", "basis", "bearing")
        && (ANY_WORD(doc, c->chunks[g->object].first, c->chunks[g->object].last, "no", "legal",
                     "binding", "little")
            || g->flags & VG_NEG)
        && np_about_air(c)) {
        bool none =
            ANY_WORD(doc, c->chunks[g->object].first, c->chunks[g->object].last, "no", "little")
            || g->flags & VG_NEG || BASE_IS(c, v, "lack");
        np_emit(c, out, v, none, "A1");
        return true;
    }
    bool right = g->object != NO_CHUNK
                 && ANY_WORD(doc, c->chunks[g->object].head, c->chunks[g->object].head + 1, "right",
                             "rights");
    bool sole =
        BASE_IS(c, v, "have", "hold", "retain", "exercise", "lack", "enjoy", "possess", "claim");
    bool in_law = g->object != NO_CHUNK
                  && ANY_WORD(doc, c->chunks[g->object].first, c->chunks[g->object].last, "legal",
                              "jurisdiction", "competence");
    if (!(np_object_has(c, g->object, NN_POWER) || (right && sole)) || !(in_law || np_about_air(c)))
        return false;
    if (BASE_IS(c, v, "carry", "give", "claim", "cede", "hold")
        && !ANY_WORD(doc, g->first, last, "legal", "authority", "jurisdiction", "sovereignty",
                     "force"))
        return false;
    bool over = ANY_WORD(doc, g->last, last, "over", "in", "on")
                && ANY_WORD(doc, c->chunks[g->object].head, c->chunks[g->object].head + 1, "say");
    uint16_t to = (uint16_t)(g->object + 1);
    uint8_t what = to < c->count && c->chunks[to].kind == CH_VG && c->chunks[to].flags & VG_TO
                       ? news_vg_class(c, to)
                       : NV_NONE;
    bool acts = what == NV_CLOSE || what == NV_BAN || what == NV_STOP || what == NV_IMPOSE
                || what == NV_REOPEN || what == NV_REVOKE;
    if (!over && !acts
        && ANY_WORD(doc, c->chunks[g->object].head, c->chunks[g->object].head + 1, "force", "say",
                    "basis", "standing")
        && !ANY_WORD(doc, g->first, last, "legal", "legally", "law"))
        return false;
    if (right && !ANY_WORD(doc, g->last, last + 3, "to", "over"))
        return false;
    bool no =
        ANY_WORD(doc, c->chunks[g->object].first, c->chunks[g->object].last, "no", "little", "any")
        || g->flags & VG_NEG || BASE_IS(c, v, "lack", "exceed");
    np_emit(c, out, v, no, "A1");
    return true;
}

/* "is illegal under", "is not legally binding", "is responsible for the airspace" */
static bool power_be(const news_clauses *c, news_drafts *out, uint16_t v)
{
    const news_chunk *g = &c->chunks[v];
    const news_doc *doc = c->doc;
    /* "each State decides for itself" */
    if (BASE_IS(c, v, "decide", "determine") && g->subject != NO_CHUNK && g->flags & VG_FINITE
        && ANY_WORD(doc, c->chunks[g->subject].first > 0 ? c->chunks[g->subject].first - 1 : 0,
                    c->chunks[g->subject].first + 1, "each", "every")
        && ANY_WORD(doc, c->chunks[g->subject].first, c->chunks[g->subject].last, "state",
                    "country", "nation")
        && np_is_air_named(c)) {
        np_emit(c, out, v, (g->flags & VG_NEG) != 0, "A4");
        return true;
    }
    uint32_t first = np_clause_first(c, v);
    uint32_t last = np_clause_last(c, v);
    bool neg = (g->flags & VG_NEG) != 0 || ANY_WORD(doc, g->last, last, "no");
    uint32_t near = g->last + 8 < last ? g->last + 8 : last;
    if (BASE_IS(c, v, "be", "remain", "constitute", "amount", "represent")) {
        bool whole = np_object_has(c, g->subject, NN_POWER) && g->subject < v
                     && ANY_WORD(doc, g->last, g->last + 3, "exclusive", "absolute", "complete",
                                 "limited", "unlimited", "undisputed", "total");
        if (whole && np_about_air(c)) {
            np_emit(c, out, v, neg, "A4"); /* "sovereignty over the airspace is exclusive" */
            return true;
        }
        bool unlawful =
            ANY_WORD(doc, g->last, near, "illegal", "unlawful", "illegitimate", "unconstitutional");
        bool binding = ANY_WORD(doc, g->last, near, "binding", "enforceable", "void");
        if (binding && ANY_WORD(doc, g->last, near, "void") && g->subject != NO_CHUNK
            && news_lex(doc, c->chunks[g->subject].head)->noun == NN_PERMIT)
            return false; /* "permits are void": taken away */
        bool legal = ANY_WORD(doc, g->last, near, "lawful", "legal", "legally");
        bool breach = ANY_WORD(doc, g->last, near, "violation", "breach", "contravention")
                      && ANY_WORD(doc, g->last, last, "law", "convention", "charter", "sovereignty",
                                  "treaty");
        bool charge = ANY_WORD(doc, g->last, near, "responsible")
                      && ((ANY_WORD(doc, g->last, last, "airspace", "fir", "navigation", "control")
                           && ANY_WORD(doc, g->last, last, "for"))
                          || ANY_WORD(doc, g->last, last, "convention"));
        bool entitled = ANY_WORD(doc, g->last, near, "sovereign", "competent", "entitled",
                                 "empowered", "authorised", "authorized")
                        && ANY_WORD(doc, g->last, last, "to", "over");
        if ((unlawful || binding || breach || (legal && neg)) && np_about_air(c)) {
            np_emit(c, out, v, unlawful || breach ? true : neg, "A3");
            return true;
        }
        bool sole = ANY_WORD(doc, g->last, near, "sole", "only", "competent")
                    && ANY_WORD(doc, g->last, near, "authority", "body", "power");
        bool competent = entitled && ANY_WORD(doc, g->last, near, "competent", "empowered");
        if ((charge || entitled || sole)
            && (np_is_air_named(c) || ((competent || sole) && np_about_air(c)))) {
            np_emit(c, out, v, neg, "A4");
            return true;
        }
        return false;
    }
    OVF_UNUSED(first);
    if (BASE_IS(c, v, "entitle", "empower") && g->flags & VG_PASSIVE) {
        np_emit(c, out, v, neg, "A4");
        return true;
    }
    /* "the FAA alone controls the airspace" */
    if (BASE_IS(c, v, "control") && np_object_has(c, g->object, NN_AIR)
        && (ANY_WORD(doc, first, last, "alone", "only", "exclusively", "not", "solely"))) {
        np_emit(c, out, v, neg, "A7");
        return true;
    }
    /* "authority over the airspace rests with" */
    if (BASE_IS(c, v, "rest", "lie", "belong", "reside", "vest") && g->subject != NO_CHUNK
        && ANY_WORD(doc, g->last, g->last + 3, "with", "to", "in", "solely", "exclusively")
        && (np_object_has(c, g->subject, NN_POWER) || np_object_has(c, g->subject, NN_AIR))) {
        np_emit(c, out, v, neg, "A5");
        return true;
    }
    return false;
}

/* "Article 9 lets a State restrict flights", "the Constitution reserves air traffic to": a law says who may. */
static bool law_allows(const news_clauses *c, news_drafts *out, uint16_t v)
{
    const news_chunk *g = &c->chunks[v];
    if (!BASE_IS(c, v, "let", "allow", "permit", "give", "grant", "empower", "entitle", "authorise",
                 "authorize", "require", "oblige", "prohibit", "forbid", "bar", "reserve", "bind",
                 "ban")
        || g->subject == NO_CHUNK || g->flags & VG_PASSIVE)
        return false;
    const news_chunk *who = &c->chunks[g->subject];
    bool nothing = NEWS_IS(c->doc, who->head, "nothing") && g->subject < v
                   && ANY_WORD(c->doc, who->last, g->first, "law", "treaty", "convention",
                               "constitution", "agreement", "charter", "resolution", "article");
    if (nothing && np_about_air(c)) { /* "nothing in the treaty gives one party a right to" */
        np_emit(c, out, v, true, "A8");
        return true;
    }
    bool law = ANY_WORD(c->doc, who->first, who->last, "article", "articles", "convention",
                        "constitution", "treaty", "law", "charter", "statute", "annex",
                        "resolution", "resolutions", "code", "act", "rules", "section", "provision")
               && news_lex(c->doc, who->head)->noun != NN_MEASURE;
    law |=
        news_lex(c->doc, who->head)->noun == NN_POWER
        && BASE_IS(c, v, "entitle", "empower", "allow", "permit"); /* "its sovereignty entitles" */
    bool binds = BASE_IS(c, v, "bind")
                 || (BASE_IS(c, v, "oblige")
                     && ANY_WORD(c->doc, who->head, who->head + 1, "certificate", "licence",
                                 "license", "notice", "notam", "advisory", "bulletin", "order",
                                 "recommendation", "recommendations"));
    if (!(law || binds) || !np_about_air(c) || (g->flags & VG_ING && !(g->flags & VG_FINITE)))
        return false; /* "passed a law allowing airlines to keep leased planes" */
    bool no = (g->flags & VG_NEG) != 0 || BASE_IS(c, v, "prohibit", "forbid", "bar", "ban");
    np_emit(c, out, v, no, "A8");
    return true;
}

/* "violates international law", "contravenes the Chicago Convention" */
static bool breaks_law(const news_clauses *c, news_drafts *out, uint16_t v)
{
    const news_chunk *g = &c->chunks[v];
    if (!BASE_IS(c, v, "violate", "breach", "contravene", "break", "infringe", "flout",
                 "contradict"))
        return false;
    if (!np_object_has(c, g->object, NN_LAW) || !(np_about_air(c) || g->says != NO_CHUNK))
        return false;
    np_emit(c, out, v, true, "A3");
    return true;
}

/* "ICAO does not open or close routes", "EASA does not close airspace": what a body is not there for. */
static bool never_does(const news_clauses *c, news_drafts *out, uint16_t v)
{
    const news_chunk *g = &c->chunks[v];
    const news_doc *doc = c->doc;
    uint32_t who = g->subject == NO_CHUNK ? NEWS_NONE : news_entity_of(c, g->subject);
    uint8_t kind = who == NEWS_NONE ? OVF_NEWS_UNKNOWN : doc->entities[who].kind;
    bool habit = (NEWS_IS(doc, g->first, "does") || NEWS_IS(doc, g->first, "do"))
                 && g->flags & VG_NEG && !(g->flags & VG_PASSIVE);
    bool plural = g->object != NO_CHUNK
                  && (news_lex(doc, c->chunks[g->object].head)->is_plural
                      || c->chunks[g->object].first == c->chunks[g->object].head);
    uint8_t k = news_vg_class(c, v);
    if (!habit || !plural || !np_object_has(c, g->object, NN_AIR) || k == NV_GRANT
        || (kind != OVF_NEWS_INTL_BODY && kind != OVF_NEWS_ANSP
            && kind != OVF_NEWS_AVIATION_AUTHORITY && kind != OVF_NEWS_INDUSTRY_BODY))
        return false;
    news_draft *d = np_emit(c, out, v, true, "A9");
    if (d != NULL && v + 2 < c->count && c->chunks[v + 1].kind == CH_CONJ
        && c->chunks[v + 2].kind == CH_VG) {
        c->chunks[v + 2].flags |= VG_DONE;
        d->until = c->chunks[v + 2].until > d->until ? c->chunks[v + 2].until : d->until;
    }
    return true;
}

/* Is a closing, or a ban, told of here or in the sentence before? */
static bool tells_closing(const news_clauses *c)
{
    uint32_t before = c->sentence > 0 ? c->sentence - 1 : 0;
    const news_sentence *s = &c->doc->sentences[c->sentence];
    for (uint32_t i = c->doc->sentences[before].first; i < s->last; i++) {
        const news_word *w = news_lex(c->doc, i);
        if (w->verb == NV_CLOSE || w->verb == NV_BAN || w->act == OVF_ACT_DECLARE_CLOSED
            || w->act == OVF_ACT_PROHIBIT)
            return true;
    }
    return false;
}

/* "Only Venezuela can close its airspace", "cannot legally close" */
static bool only_can(const news_clauses *c, news_drafts *out, uint16_t v)
{
    const news_chunk *g = &c->chunks[v];
    const news_doc *doc = c->doc;
    uint8_t k = news_vg_class(c, v);
    if (BASE_IS(c, v, "do") && g->flags & VG_POSSIBLE && g->subject != NO_CHUNK && g->subject < v
        && ANY_WORD(doc, g->last, g->last + 1, "that", "so", "this")
        && c->chunks[g->subject].first > 0 && NEWS_IS(doc, c->chunks[g->subject].first - 1, "only")
        && tells_closing(c)) {
        np_emit(c, out, v, false, "A2"); /* "Only the country in question can do that" */
        return true;
    }
    if (!(k == NV_CLOSE || k == NV_BAN || k == NV_STOP || k == NV_IMPOSE || k == NV_REVOKE
          || k == NV_ORDER || k == NV_REOPEN || k == NV_OPEN || k == NV_EXEMPT || k == NV_GRANT
          || BASE_IS(c, v, "tell", "force", "oblige", "compel", "dictate", "impose")))
        return false;
    if (!(g->flags & VG_POSSIBLE))
        return never_does(c, out, v);
    uint32_t first = np_clause_first(c, v);
    if (g->flags & VG_PASSIVE && ANY_WORD(doc, g->head, g->last + 1, "only")
        && NEWS_IS(doc, g->last + (NEWS_IS(doc, g->last, "only") ? 1 : 0), "by")
        && g->agent != NO_CHUNK && np_about_air(c)) { /* "can be issued only by the State" */
        news_draft *d = np_emit(c, out, v, false, "A2");
        if (d != NULL)
            d->target = g->agent;
        return true;
    }
    bool only = ANY_WORD(doc, first > 0 ? first - 1 : 0, g->head, "only") && g->subject != NO_CHUNK
                && g->subject < v;
    bool legally = ANY_WORD(doc, g->first, g->last, "legally", "lawfully", "unilaterally");
    bool can = NEWS_IS(doc, g->first, "can") || NEWS_IS(doc, g->first, "cannot")
               || NEWS_IS(doc, g->first, "may") || NEWS_IS(doc, g->first, "ca");
    bool tells =
        BASE_IS(c, v, "tell", "force", "oblige", "compel", "dictate", "order") && np_about_air(c);
    bool nobody = can && g->subject != NO_CHUNK && (k == NV_CLOSE || tells)
                  && ANY_WORD(doc, c->chunks[g->subject].first, c->chunks[g->subject].last, "no",
                              "nobody", "neither", "none");
    bool anyone = g->subject != NO_CHUNK && k == NV_BAN
                  && ANY_WORD(doc, c->chunks[g->subject].first, c->chunks[g->subject].last, "you",
                              "one", "anybody", "anyone");
    uint8_t whose =
        g->subject == NO_CHUNK ? NN_NONE : news_lex(doc, c->chunks[g->subject].head)->noun;
    bool others = (k == NV_BAN || k == NV_CLOSE || k == NV_REOPEN) && np_is_air_named(c)
                  && whose != NN_CARRIER && whose != NN_PLANE && whose != NN_FLIGHT
                  && ANY_WORD(doc, g->last, np_clause_last(c, v) + 4, "airspace", "sky", "skies");
    bool barred = can && g->flags & VG_NEG && g->subject != NO_CHUNK
                  && (((k == NV_CLOSE || anyone) && np_object_has(c, g->object, NN_AIR)) || others);
    /* "A State may restrict foreign aircraft over its own territory", "may bar persons under its jurisdiction" */
    bool any_state =
        can && g->subject != NO_CHUNK
        && (k == NV_CLOSE || k == NV_BAN || k == NV_EXEMPT || k == NV_ORDER)
        && ((ANY_WORD(doc, c->chunks[g->subject].first, c->chunks[g->subject].last, "state",
                      "states")
             && ANY_WORD(doc, c->chunks[g->subject].first, c->chunks[g->subject].first + 1, "a",
                         "any", "every", "each", "all", "states", "the"))
            || ANY_WORD(doc, g->last, np_clause_last(c, v), "jurisdiction"));
    /* "the president may not order strikes", "ICAO cannot close any airspace" */
    uint32_t who = g->subject == NO_CHUNK ? NEWS_NONE : news_entity_of(c, g->subject);
    uint8_t kind = who == NEWS_NONE ? OVF_NEWS_UNKNOWN : c->doc->entities[who].kind;
    barred |= can && g->flags & VG_NEG
              && (kind == OVF_NEWS_HEAD_OF_STATE || kind == OVF_NEWS_AVIATION_AUTHORITY
                  || kind == OVF_NEWS_INTL_BODY || kind == OVF_NEWS_INDUSTRY_BODY)
              && k != NV_STOP && (tells || !BASE_IS(c, v, "tell", "force", "oblige", "compel"));
    if (!only && !legally && !barred && !nobody && !any_state)
        return false;
    np_emit(c, out, v, nobody || (!only && g->flags & VG_NEG), "A2");
    return true;
}

/* "Whether he has the authority", "it is unclear who controls": a question, and no answer. */
static bool is_open(const news_clauses *c, uint16_t v)
{
    const news_chunk *g = &c->chunks[v];
    const news_sentence *s = &c->doc->sentences[c->sentence];
    if (g->says == NO_CHUNK && s->last > s->first && NEWS_IS(c->doc, s->last - 1, "?"))
        return true;
    uint16_t first = g->subject != NO_CHUNK && g->subject < v ? g->subject : v;
    if (first == 0)
        return false;
    uint32_t t = c->chunks[first - 1].first;
    if (NEWS_IS(c->doc, t, "whether"))
        return true;
    return NEWS_IS(c->doc, c->chunks[v - 1u].first, "who") && v > 1
           && ANY_WORD(c->doc, c->chunks[v - 1u].first > 2 ? c->chunks[v - 1u].first - 2 : 0,
                       c->chunks[v - 1u].first, "unclear", "ask", "asked", "know", "over", "about",
                       "dispute", "question");
}

/* "has the power", "it is up to", "under the convention every State has sovereignty" */
void news_power_frames(const news_clauses *c, news_drafts *out)
{
    for (uint16_t v = 0; v < c->count; v++) {
        if (c->chunks[v].kind != CH_VG || c->chunks[v].flags & VG_DONE)
            continue;
        if (is_open(c, v))
            continue;
        if (power_verb(c, out, v) || power_be(c, out, v) || breaks_law(c, out, v)
            || law_allows(c, out, v) || np_seat(c, out, v) || np_permitted(c, out, v))
            continue;
        only_can(c, out, v);
    }
}
