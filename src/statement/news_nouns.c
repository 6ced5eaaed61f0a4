/* SPDX-License-Identifier: Apache-2.0 */
/* Acts told by a noun: "Iran's closure of its airspace", "the ban by Brussels", where no verb frame has
 * used the group already. */
#include "news_grammar.h"

#include <string.h>

static bool is_used(const news_clauses *c, uint16_t ng)
{
    for (uint16_t v = 0; v < c->count; v++) {
        const news_chunk *g = &c->chunks[v];
        if (g->kind == CH_VG && g->flags & VG_DONE
            && (g->object == ng || g->subject == ng || g->agent == ng))
            return true;
    }
    return false;
}

static uint32_t possessor(const news_clauses *c, uint16_t ng)
{
    const news_chunk *g = &c->chunks[ng];
    uint32_t found = NEWS_NONE;
    for (uint32_t i = g->first; i < g->head; i++) {
        uint32_t m = c->doc->mention_at == NULL ? NEWS_NONE : c->doc->mention_at[i];
        if (m == NEWS_NONE)
            continue;
        const news_mention *k = &c->doc->mentions[m];
        bool owns = k->flags & NEWS_M_DEMONYM || c->tags[k->last] == TAG_POSS;
        if (owns && k->entity != NEWS_NONE)
            found = k->entity;
    }
    return found;
}

/* End of the group with its "of", "on", "to" phrases. */
static uint16_t phrase_end(const news_clauses *c, uint16_t ng)
{
    uint16_t k = (uint16_t)(ng + 1);
    while (k + 1 < c->count && c->chunks[k].kind == CH_PREP && c->chunks[k + 1].kind == CH_NG)
        k = (uint16_t)(k + 2);
    return k;
}

/* "the revocation of the permit", "the suspension of its licence", "the withdrawal of traffic rights" */
static bool tells_revocation(const news_clauses *c, uint16_t k)
{
    uint32_t head = c->chunks[k].head;
    const news_word *w = news_lex(c->doc, head);
    bool takes = w->act == OVF_ACT_REVOKE_PERMISSION || w->act == OVF_ACT_SUSPEND_SERVICE
                 || NEWS_IS(c->doc, head, "withdrawal") || NEWS_IS(c->doc, head, "loss");
    if (!takes || k + 2 >= c->count || !NEWS_IS(c->doc, c->chunks[k + 1].first, "of")
        || c->chunks[k + 2].kind != CH_NG)
        return false;
    return news_lex(c->doc, c->chunks[k + 2].head)->noun == NN_PERMIT;
}

/* "the airport's closure", "Maduro's capture": who it is done to. */
static bool is_patient(const news_clauses *c, uint16_t k, uint8_t act, uint32_t owner)
{
    static const char *const words[] = {"capture", "arrest",      "abduction",
                                        "killing", "murder",      "assassination",
                                        "downing", "destruction", "seizure"};
    const news_entity *e = &c->doc->entities[owner];
    if (act == OVF_ACT_DECLARE_CLOSED && (e->place == NEWS_P_AIRPORT || e->place == NEWS_P_FIR))
        return true;
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (news_is_word(c->doc, c->chunks[k].head, words[i]))
            return true;
    }
    return false;
}

void news_noun_frames(const news_clauses *c, news_drafts *out)
{
    for (uint16_t k = 0; k < c->count; k++) {
        const news_chunk *g = &c->chunks[k];
        if (g->kind != CH_NG || out->count == out->capacity)
            continue;
        const news_word *w = news_lex(c->doc, g->head);
        bool tells = w->act == OVF_ACT_DECLARE_CLOSED || w->act == OVF_ACT_PROHIBIT
                     || w->act == OVF_ACT_SUSPEND_SERVICE || w->act == OVF_ACT_STRIKE
                     || w->act == OVF_ACT_WARN;
        bool revokes = tells_revocation(c, k);
        tells |= revokes;
        if (!tells || w->noun == NN_WEAPON || is_used(c, k))
            continue;
        uint32_t owner = possessor(c, k);
        if (owner != NEWS_NONE && is_patient(c, k, w->act, owner))
            owner = NEWS_NONE;
        uint16_t end = phrase_end(c, k);
        uint16_t by = NO_CHUNK;
        for (uint16_t i = (uint16_t)(k + 1); i + 1 < end; i++) {
            if (c->chunks[i].kind == CH_PREP && NEWS_IS(c->doc, c->chunks[i].first, "by"))
                by = (uint16_t)(i + 1);
        }
        if (owner == NEWS_NONE && (by == NO_CHUNK || news_entity_of(c, by) == NEWS_NONE))
            continue;
        news_draft *d = &out->items[out->count++];
        *d = (news_draft){.act = (uint8_t)(revokes ? OVF_ACT_REVOKE_PERMISSION : w->act),
                          .is_nominal = true,
                          .vg = NO_CHUNK,
                          .speaker = by,
                          .target = NO_CHUNK,
                          .place = k,
                          .from = k,
                          .until = end,
                          .says = g->says,
                          .speaker_entity = by == NO_CHUNK ? owner : NEWS_NONE,
                          .source_entity = NEWS_NONE};
        news_rule(d, "B1");
    }
}

/* "except humanitarian flights", "with the exception of", "apart from" behind a closure or a ban: who
 * is let off, by whoever closed. */
void news_exception_frames(const news_clauses *c, news_drafts *out)
{
    uint32_t count = out->count;
    for (uint16_t k = 1; k + 1 < c->count && out->count < out->capacity; k++) {
        uint32_t t = c->chunks[k].first;
        bool except = NEWS_IS(c->doc, t, "except") || NEWS_IS(c->doc, t, "excluding")
                      || NEWS_IS(c->doc, t, "excepting");
        bool phrase = (NEWS_IS(c->doc, t, "apart") && NEWS_IS(c->doc, t + 1, "from"))
                      || (NEWS_IS(c->doc, t, "exception") || NEWS_IS(c->doc, t + 1, "exception"));
        if (!except && !(phrase && c->chunks[k].kind != CH_VG))
            continue;
        const news_draft *over = NULL;
        for (uint32_t i = 0; i < count; i++) {
            const news_draft *d = &out->items[i];
            bool closes = d->act == OVF_ACT_DECLARE_CLOSED || d->act == OVF_ACT_PROHIBIT
                          || d->act == OVF_ACT_SUSPEND_SERVICE;
            if (closes && d->vg != NO_CHUNK && d->vg < k)
                over = d;
        }
        uint16_t ng = k;
        while (ng < c->count && ng < k + 5 && !(c->chunks[ng].kind == CH_NG && ng > k))
            ng++;
        if (over == NULL || ng >= c->count || c->chunks[ng].kind != CH_NG)
            continue;
        news_draft d = *over;
        d.act = OVF_ACT_EXEMPT;
        d.target = ng;
        d.from = k > 0 && NEWS_IS(c->doc, c->chunks[k - 1].first, "with") ? (uint16_t)(k - 1) : k;
        d.until = phrase_end(c, ng);
        d.is_negated = false;
        d.rule_count = 0;
        news_rule(&d, "X3");
        out->items[out->count++] = d;
        k = ng;
    }
}

/* "Germany: an outright ban until Jan 31", "The UK: do not enter": a list of who holds what, by name and
 * measure, without a verb that says so. */
void news_label_frames(const news_clauses *c, news_drafts *out)
{
    if (c->count < 4 || c->chunks[0].kind != CH_NG || c->chunks[1].kind != CH_COLON
        || out->count == out->capacity)
        return;
    uint32_t who = news_entity_of(c, 0);
    if (who == NEWS_NONE)
        return;
    uint8_t kind = c->doc->entities[who].kind;
    if (kind != OVF_NEWS_STATE && kind != OVF_NEWS_AVIATION_AUTHORITY && kind != OVF_NEWS_MINISTRY
        && kind != OVF_NEWS_INTL_BODY && kind != OVF_NEWS_AIRLINE)
        return;
    uint8_t act = OVF_ACT_UNKNOWN;
    uint16_t until = 2;
    for (; until < c->count && c->chunks[until].kind != CH_STOP && c->chunks[until].kind != CH_SEMI;
         until++) {
        const news_chunk *g = &c->chunks[until];
        const news_word *w = news_lex(c->doc, g->head);
        bool enters = g->kind == CH_VG && g->flags & VG_NEG && g->subject == NO_CHUNK
                      && g->flags & VG_FINITE && NEWS_IS(c->doc, g->first, "do")
                      && (strcmp(w->base, "enter") == 0 || strcmp(w->base, "overfly") == 0
                          || strcmp(w->base, "fly") == 0 || strcmp(w->base, "operate") == 0
                          || strcmp(w->base, "use") == 0);
        if (enters && until == 2)
            act = OVF_ACT_PROHIBIT;
        else if (g->kind == CH_VG && g->flags & (VG_FINITE | VG_DONE))
            return;
        if (until == 2 && g->kind == CH_NG
            && (w->act == OVF_ACT_PROHIBIT || w->act == OVF_ACT_WARN
                || w->act == OVF_ACT_SUSPEND_SERVICE || w->act == OVF_ACT_DECLARE_CLOSED))
            act = w->act;
    }
    if (act == OVF_ACT_UNKNOWN || (kind == OVF_NEWS_AIRLINE && act != OVF_ACT_SUSPEND_SERVICE))
        return;
    news_draft *d = &out->items[out->count++];
    *d = (news_draft){.act = act,
                      .vg = NO_CHUNK,
                      .speaker = 0,
                      .target = NO_CHUNK,
                      .place = NO_CHUNK,
                      .from = 0,
                      .until = until,
                      .says = NO_CHUNK,
                      .speaker_entity = NEWS_NONE,
                      .source_entity = NEWS_NONE};
    news_rule(d, "B2");
    c->chunks[1].flags |= VG_DONE; /* nobody says it */
    for (uint16_t k = 2; k < until; k++) {
        if (c->chunks[k].kind == CH_VG)
            c->chunks[k].flags |= VG_DONE;
    }
}
