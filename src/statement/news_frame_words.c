/* SPDX-License-Identifier: Apache-2.0 */
/* What the frames ask of groups and clauses: the class of a noun group, words near a verb, mood and
 * polarity; and putting down a draft. */
#include "news_frames.h"

#include <string.h>

bool nf_base_in(const frame *f, uint16_t v, const char *const *bases, size_t n)
{
    const char *base = news_lex(f->c->doc, chunk(f, v)->head)->base;
    for (size_t i = 0; i < n; i++) {
        if (bases[i][0] == base[0] && strcmp(base, bases[i]) == 0)
            return true;
    }
    return false;
}

bool nf_word_in(const news_doc *doc, uint32_t from, uint32_t until, const char *const *words,
                size_t n)
{
    for (uint32_t i = from; i < until; i++) {
        for (size_t k = 0; k < n; k++) {
            if (news_is_word(doc, i, words[k]))
                return true;
        }
    }
    return false;
}

/* "dozens of drones", "part of its airspace": what is counted or cut tells the class. */
bool nf_is_measure_of(const news_clauses *c, uint16_t ng)
{
    static const char *const words[] = {
        "dozens",   "hundreds",  "thousands", "scores", "number",   "series",    "some",
        "most",     "half",      "all",       "part",   "parts",    "portion",   "portions",
        "swathe",   "swathes",   "section",   "rest",   "majority", "wave",      "waves",
        "group",    "pair",      "one",       "two",    "three",    "many",      "several",
        "handful",  "string",    "barrage",   "salvo",  "bulk",     "much",      "remainder",
        "couple",   "list",      "dozen",     "kind",   "type",     "provision", "acceptance",
        "handling", "operation", "sale",      "side",   "stretch",  "chunk",     "slice",
        "areas",    "area",      "lot",       "lots"};
    if (ng + 2 >= c->count || c->chunks[ng + 1].kind != CH_PREP || c->chunks[ng + 2].kind != CH_NG
        || !NEWS_IS(c->doc, c->chunks[ng + 1].first, "of"))
        return false;
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (news_is_word(c->doc, c->chunks[ng].head, words[i]))
            return true;
    }
    return c->tags[c->chunks[ng].head] == TAG_NUM;
}

/* What a bare number counts: the flights or aircraft named before it in the sentence. */
static uint8_t class_counted(const news_clauses *c, uint32_t token)
{
    if (NEWS_IS(c->doc, token + 1, "%") || NEWS_IS(c->doc, token + 1, "percent")
        || NEWS_IS(c->doc, token + 1, "per"))
        return NN_NONE;
    for (uint32_t i = token; i > c->doc->sentences[c->sentence].first; i--) {
        uint8_t k = news_lex(c->doc, i - 1)->noun;
        if (k == NN_FLIGHT || k == NN_PLANE || k == NN_WEAPON)
            return k;
    }
    return NN_NONE;
}

uint8_t nf_head_class(const news_clauses *c, uint16_t ng)
{
    if (ng == NO_CHUNK)
        return NN_NONE;
    if (nf_is_measure_of(c, ng))
        ng = (uint16_t)(ng + 2);
    const news_chunk *g = &c->chunks[ng];
    const news_word *w = news_lex(c->doc, g->head);
    if (g->last == g->first + 1
        && (c->tags[g->head] == TAG_NUM || NEWS_IS(c->doc, g->head, "others")))
        return class_counted(c, g->first); /* "of the 31 flights, 27 were cancelled" */
    if (w->noun == NN_CARRIER && g->head > g->first && NEWS_IS(c->doc, g->head - 1, "aircraft")
        && (news_is_word(c->doc, g->head, "carrier") || news_is_word(c->doc, g->head, "carriers")))
        return NN_VESSEL;
    const news_mention *named = news_head_mention(c, ng);
    bool is_name =
        named != NULL && !(named->flags & (NEWS_M_GENERIC | NEWS_M_REFERENCE | NEWS_M_GUESSED));
    if (w->noun != NN_NONE && !is_name)
        return w->noun;
    static const char *const ships[] = {"hms", "uss", "hmcs", "hmas", "ins"};
    for (size_t i = 0; i < OVF_COUNTOF(ships) && g->head > g->first; i++) {
        for (uint32_t k = g->first; k < g->head; k++) {
            if (c->doc->tokens[k].flags & NEWS_ALLCAP && news_is_word(c->doc, k, ships[i]))
                return NN_VESSEL; /* "HMS Ark Royal" */
        }
    }
    if ((c->doc->tokens[g->head].flags & (NEWS_WORD | NEWS_DIGIT | NEWS_CAP))
        == (NEWS_WORD | NEWS_DIGIT | NEWS_CAP))
        return NN_PLANE; /* "A330", "F-16", "BA165" */
    /* "Boeing's 737 Max", "the MAX 8" */
    for (uint32_t i = g->first; i < g->last; i++) {
        if (NEWS_IS(c->doc, i, "737") || NEWS_IS(c->doc, i, "747") || NEWS_IS(c->doc, i, "777")
            || NEWS_IS(c->doc, i, "787") || NEWS_IS(c->doc, i, "767"))
            return NN_PLANE;
    }
    /* "Flight MD 412", "MD 771" */
    if (g->last > g->first + 1 && c->doc->tokens[g->last - 1].flags & NEWS_NUMBER
        && (NEWS_IS(c->doc, g->first, "flight")
            || (g->last == g->first + 2 && c->doc->tokens[g->first].flags & NEWS_ALLCAP
                && c->doc->tokens[g->first].fold_len == 2)))
        return NN_FLIGHT;
    if (c->doc->tokens[g->head].flags & NEWS_NUMBER && g->head > g->first
        && c->doc->tokens[g->head - 1].flags & NEWS_ALLCAP
        && c->doc->tokens[g->head - 1].fold_len == 2)
        return NN_FLIGHT;
    const news_mention *m = news_head_mention(c, ng);
    if (m == NULL)
        return NN_NONE;
    if (m->flags & NEWS_M_FLEET)
        return NN_PLANE;
    if (m->place == NEWS_P_AIRPORT || m->place == NEWS_P_FIR)
        return NN_AIR;
    if (m->kind == OVF_NEWS_AIRLINE)
        return NN_CARRIER;
    if (m->kind == OVF_NEWS_STATE)
        return NN_STATE;
    if (m->flags & NEWS_M_PERSON)
        return NN_PERSON;
    return m->place != NEWS_NO_PLACE ? NN_CITY : NN_BODY;
}

bool nf_has_class(const news_clauses *c, uint16_t ng, uint8_t class)
{
    if (ng == NO_CHUNK)
        return false;
    for (uint32_t i = c->chunks[ng].first; i < c->chunks[ng].last; i++) {
        if (news_lex(c->doc, i)->noun == class)
            return true;
    }
    return false;
}

/* Any group of the list that begins at ng: "airports and airspace". */
bool nf_list_has_class(const news_clauses *c, uint16_t ng, uint8_t class)
{
    for (uint16_t k = ng; k != NO_CHUNK && k < c->count && k < ng + 8; k++) {
        uint8_t kind = c->chunks[k].kind;
        if (kind == CH_NG && (nf_head_class(c, k) == class))
            return true;
        if (kind != CH_NG && kind != CH_CONJ && kind != CH_COMMA)
            return false;
    }
    return false;
}

bool nf_clause_has(const frame *f, uint8_t class)
{
    for (uint16_t k = f->g->from; k < f->g->until; k++) {
        if (chunk(f, k)->kind == CH_NG
            && (nf_head_class(f->c, k) == class || nf_has_class(f->c, k, class)))
            return true;
    }
    return false;
}

bool nf_about_flying(const frame *f)
{
    return nf_clause_has(f, NN_AIR) || nf_clause_has(f, NN_FLIGHT) || nf_clause_has(f, NN_PLANE)
           || nf_clause_has(f, NN_CARRIER);
}

ovf_act nf_noun_act(const news_clauses *c, uint16_t ng)
{
    if (ng == NO_CHUNK)
        return OVF_ACT_UNKNOWN;
    const news_chunk *g = &c->chunks[ng];
    const news_word *w = news_lex(c->doc, g->head);
    if (w->act != OVF_ACT_UNKNOWN)
        return (ovf_act)w->act;
    if ((NEWS_IS(c->doc, g->head, "stop") || NEWS_IS(c->doc, g->head, "stops"))
        && g->head > g->first && NEWS_IS(c->doc, g->head - 1, "ground"))
        return OVF_ACT_SUSPEND_SERVICE;
    bool zone = NEWS_IS(c->doc, g->head, "zone") || NEWS_IS(c->doc, g->head, "zones")
                || NEWS_IS(c->doc, g->head, "area") || NEWS_IS(c->doc, g->head, "areas");
    for (uint32_t i = g->first; zone && i < g->head; i++) {
        if (NEWS_IS(c->doc, i, "exercise") || NEWS_IS(c->doc, i, "drill")
            || NEWS_IS(c->doc, i, "firing") || NEWS_IS(c->doc, i, "live-fire"))
            return OVF_ACT_DEPLOY;
        if (NEWS_IS(c->doc, i, "danger") || NEWS_IS(c->doc, i, "restricted")
            || NEWS_IS(c->doc, i, "prohibited"))
            return OVF_ACT_PROHIBIT;
    }
    /* "no-fly zone", "stop order", "airspace ban area" */
    for (uint32_t i = g->first; i < g->last; i++) {
        if (NEWS_IS(c->doc, i, "no-fly") || NEWS_IS(c->doc, i, "no-flight")
            || NEWS_IS(c->doc, i, "exclusion"))
            return OVF_ACT_PROHIBIT;
    }
    /* "ten days of exercises", "a series of strikes" */
    if (w->noun == NN_NONE && ng + 2 < c->count && c->chunks[ng + 1].kind == CH_PREP
        && NEWS_IS(c->doc, c->chunks[ng + 1].first, "of") && c->chunks[ng + 2].kind == CH_NG
        && news_head_mention(c, ng) == NULL
        && !(NEWS_IS(c->doc, g->head, "cost") || NEWS_IS(c->doc, g->head, "costs")
             || NEWS_IS(c->doc, g->head, "effect") || NEWS_IS(c->doc, g->head, "effects")
             || NEWS_IS(c->doc, g->head, "impact") || NEWS_IS(c->doc, g->head, "consequences")
             || NEWS_IS(c->doc, g->head, "risk") || NEWS_IS(c->doc, g->head, "threat")
             || NEWS_IS(c->doc, g->head, "possibility") || NEWS_IS(c->doc, g->head, "prospect")
             || NEWS_IS(c->doc, g->head, "news") || NEWS_IS(c->doc, g->head, "time")))
        return (ovf_act)news_lex(c->doc, c->chunks[ng + 2].head)->act;
    return OVF_ACT_UNKNOWN;
}

uint16_t nf_prep_object(const frame *f, const char *prep)
{
    for (uint16_t k = (uint16_t)(f->v + 1); k + 1 < f->c->count && k < f->v + 16; k++) {
        const news_chunk *x = chunk(f, k);
        if (x->kind == CH_PREP && news_is_word(f->c->doc, x->first, prep)
            && chunk(f, (uint16_t)(k + 1))->kind == CH_NG)
            return (uint16_t)(k + 1);
        if (x->kind == CH_VG && x->flags & VG_FINITE)
            break;
        if (x->kind == CH_SEMI || x->kind == CH_STOP)
            break;
    }
    return NO_CHUNK;
}

bool nf_next_word_is(const frame *f, const char *word)
{
    return news_is_word(f->c->doc, f->g->last, word);
}

/* Word inside the verb group behind its head, or right behind the group: "turned back". */
bool nf_particle_is(const frame *f, const char *word)
{
    uint32_t i = f->g->head + 1;
    return news_is_word(f->c->doc, i, word);
}

bool nf_plans(const frame *f, uint16_t v)
{
    return BASE_IN(f, v, "plan", "intend", "aim", "prepare", "decide", "expect", "promise",
                   "pledge", "vow", "want", "hope", "seek", "propose", "consider", "agree", "offer",
                   "threaten", "schedule", "set", "wish", "mull");
}

bool nf_refuses(const frame *f, uint16_t v)
{
    bool short_of = BASE_IN(f, v, "stop", "fall")
                    && WORD_IN(f, chunk(f, v)->last, chunk(f, v)->last + 1, "short");
    return short_of || BASE_IN(f, v, "fail", "refuse", "decline");
}

bool nf_has_no(const frame *f, uint16_t ng)
{
    if (ng == NO_CHUNK)
        return false;
    const news_chunk *g = chunk(f, ng);
    return NEWS_IS(f->c->doc, g->first, "no") || NEWS_IS(f->c->doc, g->first, "none")
           || NEWS_IS(f->c->doc, g->first, "neither");
}

/* Is the verb inside "if", "unless", "provided"? */
bool nf_is_conditional(const frame *f)
{
    uint16_t k = f->g->from;
    for (int n = 0; n < 2 && k > 0; n++) {
        const news_chunk *x = chunk(f, --k);
        if (x->kind == CH_SUB)
            return WORD_IN(f, x->first, x->last, "if", "unless", "provided", "providing",
                           "whether");
        if (x->kind == CH_VG || x->kind == CH_NG)
            return false;
    }
    return false;
}

bool nf_condition_follows(const frame *f)
{
    uint16_t k = f->g->until;
    for (int n = 0; n < 3 && k < f->c->count; n++, k++) {
        const news_chunk *x = chunk(f, k);
        if (x->kind == CH_SUB)
            return WORD_IN(f, x->first, x->last, "unless", "if", "provided", "providing");
        if (x->kind == CH_VG || x->kind == CH_NG)
            return false;
    }
    return false;
}

/* "neither closed nor grounded" */
bool nf_has_nor(const frame *f)
{
    uint16_t k = f->v;
    for (int n = 0; n < 2 && k > 0; n++) {
        const news_chunk *x = chunk(f, --k);
        if (x->kind == CH_CONJ)
            return NEWS_IS(f->c->doc, x->first, "nor");
    }
    return false;
}

void nf_settle_mood(const frame *f, news_draft *d)
{
    uint16_t flags = f->g->flags;
    uint16_t v = f->v;
    bool negated = (flags & VG_NEG) != 0 || nf_has_nor(f) || nf_has_no(f, f->object)
                   || nf_has_no(f, f->g->subject);
    for (int n = 0; n < 4; n++) { /* "plans to", "did not order", "may be forced to" */
        uint16_t parent = chunk(f, v)->parent;
        if (parent == NO_CHUNK || !(chunk(f, v)->flags & (VG_TO | VG_BASE | VG_ING)))
            break;
        if (chunk(f, v)->flags & VG_ING) {
            negated |= nf_refuses(f, parent);
            break;
        }
        const news_chunk *p = chunk(f, parent);
        flags |= p->flags & (VG_PLANNED | VG_POSSIBLE);
        negated |= (p->flags & VG_NEG) != 0 || nf_refuses(f, parent);
        bool is_to = p->flags & VG_COPULA && chunk(f, v)->flags & VG_TO && parent + 1 == v;
        bool deems = BASE_IN(f, parent, "consider") && chunk(f, v)->flags & VG_PASSIVE;
        if ((nf_plans(f, parent) && !deems)
            || is_to) /* "is to close", not "was the first to close" */
            flags |= VG_PLANNED;
        v = parent;
    }
    if (f->g->flags & VG_PP && f->g->parent != NO_CHUNK) { /* "should be considered closed" */
        const news_chunk *p = chunk(f, f->g->parent);
        flags |= p->flags & (VG_PLANNED | VG_POSSIBLE | VG_DUTY);
        negated |= (p->flags & VG_NEG) != 0;
    }
    d->is_negated = negated;
    if (nf_is_conditional(f) || nf_condition_follows(f))
        d->modality = OVF_NEWS_CONDITIONAL;
    else if (flags & VG_POSSIBLE)
        d->modality = OVF_NEWS_POSSIBLE;
    else if (flags & VG_PLANNED)
        d->modality = OVF_NEWS_PLANNED;
    else if (f->g->flags & VG_PASSIVE && f->g->parent != NO_CHUNK
             && chunk(f, f->g->parent)->flags & VG_BASE)
        d->modality = OVF_NEWS_DIRECTIVE; /* "consider it to be closed" */
    else if ((flags & VG_DUTY && !NEWS_IS(f->c->doc, f->g->first, "had"))
             || (f->g->flags & VG_BASE && f->g->parent == NO_CHUNK))
        d->modality = OVF_NEWS_DIRECTIVE;
}

news_draft *nf_emit(const frame *f, ovf_act act, const char *rule)
{
    if (f->out->count == f->out->capacity)
        return NULL;
    news_draft *d = &f->out->items[f->out->count++];
    *d = (news_draft){.act = (uint8_t)act,
                      .vg = f->v,
                      .speaker = f->issuer,
                      .target = f->object,
                      .place = NO_CHUNK,
                      .from = f->g->from,
                      .until = f->g->until,
                      .says = f->g->says,
                      .speaker_entity = NEWS_NONE,
                      .source_entity = NEWS_NONE};
    news_rule(d, rule);
    nf_settle_mood(f, d);
    if (f->g->flags & VG_SAYS && f->g->content_until > d->until && f->g->content_from >= f->v)
        d->until = f->g->content_until; /* "warned that ..." */
    if (f->g->flags & VG_SAYS && f->g->content_until <= f->v && f->g->content_until > 0
        && f->g->content_from < d->from)
        d->from = f->g->content_from; /* "..., he warned" */
    uint16_t p = f->g->parent;
    if (f->g->flags & (VG_TO | VG_BASE) && p != NO_CHUNK && p < f->v
        && !(chunk(f, p)->flags & VG_DONE) && chunk(f, p)->from < d->from)
        d->from = chunk(f, p)->from; /* "is flying to Jeddah to mediate" */
    f->c->chunks[f->v].flags |= VG_DONE;
    return d;
}

/* "Ataturk Airport reopened": the airport itself is who did it. */
uint16_t nf_named_airport(const frame *f, uint16_t ng)
{
    const news_mention *m = news_head_mention(f->c, ng);
    if (ng != NO_CHUNK && WORD_IN(f, chunk(f, ng)->first, chunk(f, ng)->last, "airports"))
        return NO_CHUNK; /* several of them are closed by somebody else */
    return m != NULL && (m->kind == OVF_NEWS_AIRPORT || m->place == NEWS_P_AIRPORT) ? ng : NO_CHUNK;
}

/* Closing and opening: the object is air, an airport, a border, a place that a State shuts. */
bool nf_is_closable(const frame *f, uint16_t ng)
{
    if (ng == NO_CHUNK)
        return false;
    if (nf_is_measure_of(f->c, ng))
        ng = (uint16_t)(ng + 2);
    uint8_t k = nf_head_class(f->c, ng);
    if (k == NN_AIR || nf_list_has_class(f->c, ng, NN_AIR))
        return true;
    const news_doc *doc = f->c->doc;
    const news_chunk *g = chunk(f, ng);
    bool own = NEWS_IS(doc, g->head, "own") || NEWS_IS(doc, g->head, "theirs");
    bool them =
        g->last == g->first + 1 && (NEWS_IS(doc, g->head, "them") || NEWS_IS(doc, g->head, "it"));
    if (ng < f->v || !(own || them))
        return false;
    if (f->g->flags & VG_ING && f->v > 0
        && (NEWS_IS(doc, chunk(f, (uint16_t)(f->v - 1))->first, "after")
            || NEWS_IS(doc, chunk(f, (uint16_t)(f->v - 1))->first, "since")))
        return false; /* "23 hours after closing it" */
    uint32_t first = doc->sentences[f->c->sentence].first;
    if (own && f->c->sentence > 0)
        first = doc->sentences[f->c->sentence - 1].first; /* "Amman closed its own" */
    for (uint32_t i = first; i < g->first; i++) {
        if (news_lex(doc, i)->noun == NN_AIR)
            return true; /* "opened the airports and then closed them again" */
    }
    return false;
}

uint8_t nf_kind_of(const frame *f, uint16_t ng)
{
    uint32_t e = ng == NO_CHUNK ? NEWS_NONE : news_entity_of(f->c, ng);
    return e == NEWS_NONE ? OVF_NEWS_UNKNOWN : f->c->doc->entities[e].kind;
}

/* Somebody with power over others' flights, who bans where an airline suspends. */
bool nf_is_ruler(const frame *f, uint16_t ng)
{
    uint8_t k = nf_kind_of(f, ng);
    return k == OVF_NEWS_AVIATION_AUTHORITY || k == OVF_NEWS_STATE || k == OVF_NEWS_HEAD_OF_STATE
           || k == OVF_NEWS_MINISTER || k == OVF_NEWS_MINISTRY || k == OVF_NEWS_INTL_BODY
           || k == OVF_NEWS_COURT;
}

/* Content of an order: a verb in the infinitive behind it. */
uint16_t nf_content_vg(const frame *f)
{
    for (uint16_t k = (uint16_t)(f->v + 1); k < f->c->count && k < f->v + 14; k++) {
        bool behind = chunk(f, k)->flags & VG_PP && !(chunk(f, k)->flags & VG_FINITE)
                      && chunk(f, k)->parent != f->v; /* "airlines based in the bloc" */
        if (chunk(f, k)->kind == CH_VG && !behind)
            return chunk(f, k)->parent == f->v ? k : NO_CHUNK;
    }
    return NO_CHUNK;
}

bool nf_c_named(const frame *f, uint16_t ng)
{
    const news_mention *m = news_head_mention(f->c, ng);
    return m != NULL && !(m->flags & (NEWS_M_GENERIC | NEWS_M_REFERENCE));
}
