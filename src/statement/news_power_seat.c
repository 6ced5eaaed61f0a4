/* SPDX-License-Identifier: Apache-2.0 */
/* Where power sits: "jurisdiction over X rests with Y", "is up to Y", "falls outside its remit", "the
 * competent authority is Y", "Y alone decides"; and what somebody may do: "is not allowed to close",
 * "under the Aviation Act the general may restrict". */
#include "news_power.h"

static bool has_law_word(const news_doc *doc, uint32_t first, uint32_t last)
{
    return ANY_WORD(doc, first, last, "law", "laws", "act", "constitution", "convention", "article",
                    "articles", "treaty", "code", "statute", "annex", "resolution", "regulations",
                    "rules", "charter", "title");
}

static bool is_ng(const news_clauses *c, uint32_t k)
{
    return k < c->count && c->chunks[k].kind == CH_NG;
}

static bool is_power_noun(const news_clauses *c, uint16_t ng)
{
    if (ng == NO_CHUNK || c->chunks[ng].kind != CH_NG)
        return false;
    const news_chunk *g = &c->chunks[ng];
    return np_object_has(c, ng, NN_POWER)
           || ANY_WORD(c->doc, g->head, g->head + 1, "right", "rights", "decision", "decisions",
                       "call", "control", "privilege", "preserve", "prerogatives", "word");
}

/* "rests with", "belongs to", "is vested in", "lies within the remit of", "falls outside". */
static bool sits_with(const news_clauses *c, news_drafts *out, uint16_t v)
{
    const news_chunk *g = &c->chunks[v];
    const news_doc *doc = c->doc;
    if (!BASE_IS(c, v, "rest", "lie", "belong", "reside", "vest", "fall", "remain", "come", "be",
                 "go", "stay")
        || g->subject == NO_CHUNK || g->subject > v)
        return false;
    bool seat = BASE_IS(c, v, "rest", "lie", "belong", "reside", "vest", "fall", "remain", "stay")
                && ANY_WORD(doc, g->last, g->last + 3, "with", "to", "in");
    if (seat && is_power_noun(c, g->subject) && np_is_air_named(c)) {
        np_emit(c, out, v, (g->flags & VG_NEG) != 0, "A5");
        return true;
    }
    bool within = ANY_WORD(doc, g->last, g->last + 2, "within", "under", "inside");
    bool beyond = ANY_WORD(doc, g->last, g->last + 3, "outside", "beyond");
    if (!within && !beyond)
        return false;
    for (uint32_t k = (uint32_t)v + 1; k < c->count && k < v + 7u; k++) {
        if (c->chunks[k].kind == CH_VG || c->chunks[k].kind == CH_COMMA)
            break;
        if (is_ng(c, k) && np_object_has(c, (uint16_t)k, NN_POWER) && np_about_air(c)) {
            np_emit(c, out, v, beyond || g->flags & VG_NEG, "A10");
            return true;
        }
    }
    return false;
}

/* "It is for Caracas to decide", "is up to the regulator", "is a matter for the State", "is Jordan's
 * prerogative". */
static bool is_for(const news_clauses *c, news_drafts *out, uint16_t v)
{
    const news_chunk *g = &c->chunks[v];
    const news_doc *doc = c->doc;
    if (!BASE_IS(c, v, "be", "remain") || !np_about_air(c))
        return false;
    uint32_t i = g->last;
    while (i < g->last + 2
           && ANY_WORD(doc, i, i + 1, "not", "only", "solely", "entirely", "always", "still"))
        i++;
    bool up_to = NEWS_IS(doc, i, "up") && NEWS_IS(doc, i + 1, "to");
    bool matter = g->object != NO_CHUNK
                  && ANY_WORD(doc, c->chunks[g->object].head, c->chunks[g->object].head + 1,
                              "matter", "decision", "question")
                  && ANY_WORD(doc, c->chunks[g->object].last, c->chunks[g->object].last + 1, "for");
    bool decides = false;
    if (NEWS_IS(doc, i, "for")) {
        for (uint32_t k = (uint32_t)v + 1; k < c->count && k < v + 10u && !decides; k++)
            decides = c->chunks[k].kind == CH_VG && c->chunks[k].flags & VG_TO
                      && BASE_IS(c, (uint16_t)k, "decide", "determine", "say", "close", "open",
                                 "authorise", "authorize", "rule", "judge", "grant", "set");
    }
    bool owned =
        g->object != NO_CHUNK
        && ANY_WORD(doc, c->chunks[g->object].head, c->chunks[g->object].head + 1, "responsibility",
                    "prerogative", "preserve", "competence", "privilege", "remit")
        && (ANY_WORD(doc, c->chunks[g->object].last, c->chunks[g->object].last + 1, "of")
            || ANY_WORD(doc, c->chunks[g->object].first, c->chunks[g->object].last, "its", "their",
                        "'s", "\xE2\x80\x99s", "sovereign", "exclusive", "sole"));
    if (!up_to && !matter && !decides && !owned)
        return false;
    news_draft *d = np_emit(c, out, v, (g->flags & VG_NEG) != 0, "A10");
    for (uint32_t k = (uint32_t)v + 1; d != NULL && k + 1 < c->count && k < v + 6u; k++) {
        bool for_to =
            NEWS_IS(doc, c->chunks[k].first, "for") || NEWS_IS(doc, c->chunks[k].first, "to");
        if (for_to && is_ng(c, k + 1)) {
            d->target = (uint16_t)(k + 1);
            break;
        }
    }
    return true;
}

/* "The competent authority for the FIR is", "is not recognised as the authority". */
static bool is_the_authority(const news_clauses *c, news_drafts *out, uint16_t v)
{
    const news_chunk *g = &c->chunks[v];
    const news_doc *doc = c->doc;
    if (g->subject == NO_CHUNK || g->subject > v)
        return false;
    bool recognised = BASE_IS(c, v, "recognise", "recognize", "regard", "accept")
                      && g->flags & VG_PASSIVE && NEWS_IS(doc, g->last, "as")
                      && ANY_WORD(doc, g->last, g->last + 6, "authority", "regulator", "competent",
                                  "responsible");
    const news_chunk *who = &c->chunks[g->subject];
    bool named = BASE_IS(c, v, "be", "remain")
                 && ANY_WORD(doc, who->first, who->last, "authority", "body", "regulator", "state")
                 && ANY_WORD(doc, who->first, who->last, "competent", "responsible", "designated",
                             "lawful", "legitimate", "recognised", "recognized", "only", "sole");
    if (!(recognised || named) || !np_is_air_named(c))
        return false;
    news_draft *d = np_emit(c, out, v, (g->flags & VG_NEG) != 0, "A4");
    if (d != NULL && named && g->object != NO_CHUNK)
        d->target = g->object;
    return true;
}

/* "under the Aviation Security Act", "by treaty": a law in the sentence of the verb. */
static bool is_under_law(const news_clauses *c, uint16_t v)
{
    for (uint16_t k = 0; k + 1 < c->count && k < v + 14; k++) {
        const news_chunk *p = &c->chunks[k];
        bool under = p->kind == CH_PREP
                     && (NEWS_IS(c->doc, p->first, "under") || NEWS_IS(c->doc, p->first, "by"));
        if (under && is_ng(c, k + 1u)
            && has_law_word(c->doc, c->chunks[k + 1].first, c->chunks[k + 1].last))
            return true;
    }
    return false;
}

/* "has no business issuing notices", "Kuwait alone decides on the use", "we decide who lands". */
static bool decides_alone(const news_clauses *c, news_drafts *out, uint16_t v)
{
    const news_chunk *g = &c->chunks[v];
    const news_doc *doc = c->doc;
    if (BASE_IS(c, v, "have") && g->object != NO_CHUNK && np_is_air_named(c)
        && ANY_WORD(doc, c->chunks[g->object].head, c->chunks[g->object].head + 1, "business")
        && (ANY_WORD(doc, c->chunks[g->object].first, c->chunks[g->object].last, "no")
            || g->flags & VG_NEG)) {
        np_emit(c, out, v, true, "A1");
        return true;
    }
    if (!BASE_IS(c, v, "decide", "determine", "control", "govern", "manage", "regulate", "issue",
                 "grant", "set", "run", "authorise", "authorize")
        || g->subject == NO_CHUNK || g->subject > v || g->flags & (VG_PASSIVE | VG_PLANNED))
        return false;
    uint32_t behind = c->chunks[g->subject].last;
    bool alone = ANY_WORD(doc, behind > 0 ? behind - 1 : 0, g->head, "alone")
                 || (c->chunks[g->subject].first > 0
                     && NEWS_IS(doc, c->chunks[g->subject].first - 1, "only"));
    bool who = BASE_IS(c, v, "decide", "determine")
               && (NEWS_IS(doc, g->last, "who") || NEWS_IS(doc, g->last, "which"))
               && !(g->flags & (VG_TO | VG_POSSIBLE));
    bool habit = BASE_IS(c, v, "decide") && NEWS_IS(doc, g->last, "on") && g->first == g->head
                 && g->tense & (VF_S | VF_BASE) && is_under_law(c, v); /* "by law X decides on" */
    if (!(alone || who || habit) || !np_is_air_named(c))
        return false;
    np_emit(c, out, v, (g->flags & VG_NEG) != 0, "A7");
    return true;
}

bool np_seat(const news_clauses *c, news_drafts *out, uint16_t v)
{
    return sits_with(c, out, v) || is_the_authority(c, out, v) || is_for(c, out, v)
           || decides_alone(c, out, v);
}

static bool acts_on_air(uint8_t class)
{
    return class == NV_CLOSE || class == NV_BAN || class == NV_IMPOSE || class == NV_REOPEN
           || class == NV_OPEN || class == NV_REVOKE;
}

/* "Neither governor is allowed to shut the airspace"; "under Polish law the commander may restrict". */
bool np_permitted(const news_clauses *c, news_drafts *out, uint16_t v)
{
    const news_chunk *g = &c->chunks[v];
    const news_doc *doc = c->doc;
    if (g->subject == NO_CHUNK)
        return false;
    uint8_t who = news_lex(doc, c->chunks[g->subject].head)->noun;
    if (who == NN_CARRIER || who == NN_PLANE || who == NN_FLIGHT || who == NN_AIR)
        return false;
    bool is_charged = BASE_IS(c, v, "authorise", "authorize", "mandate")
                      && (NEWS_IS(doc, g->first, "is") || NEWS_IS(doc, g->first, "are"));
    if ((is_charged || BASE_IS(c, v, "allow", "permit")) && g->flags & VG_PASSIVE
        && v + 1 < c->count) {
        uint16_t to = (uint16_t)(v + 1);
        uint16_t what = c->chunks[to].object;
        bool closes =
            c->chunks[to].kind == CH_VG && c->chunks[to].flags & VG_TO
            && (acts_on_air(news_vg_class(c, to))
                || (is_charged && news_vg_class(c, to) == NV_GRANT))
            && (np_object_has(c, what, NN_AIR)
                || (is_charged
                    && (np_object_has(c, what, NN_PERMIT) || np_object_has(c, what, NN_NOTICE))));
        if (!closes)
            return false;
        np_emit(c, out, v, (g->flags & VG_NEG) != 0, "A2");
        return true;
    }
    uint8_t k = news_vg_class(c, v);
    bool may = g->flags & VG_POSSIBLE
               && (NEWS_IS(doc, g->first, "may") || NEWS_IS(doc, g->first, "can")
                   || NEWS_IS(doc, g->first, "cannot"));
    if (!may || g->flags & VG_PASSIVE
        || !(acts_on_air(k) || k == NV_ORDER || k == NV_EXEMPT || k == NV_STOP)
        || !is_under_law(c, v) || !np_is_air_named(c))
        return false;
    np_emit(c, out, v, (g->flags & VG_NEG) != 0, "A2");
    return true;
}
