/* SPDX-License-Identifier: Apache-2.0 */
/* Verb frames: which act a verb tells with the object that it has. "Suspend" flights is a service, a
 * permit is a revocation, a closure is a reopening. The issuer is the subject, or the agent of a
 * passive; what stands behind an order or a warning is its content and no act of its own. */
#include "news_grammar.h"

#include <string.h>

typedef struct frame {
    const news_clauses *c;
    news_drafts *out;
    uint16_t v;
    const news_chunk *g;
    uint16_t object;  /* what the act is done to: the subject of a passive */
    uint16_t issuer;  /* who does it */
    uint8_t class_of; /* of the object */
    bool passive;
} frame;

static const news_chunk *chunk(const frame *f, uint16_t i)
{
    return &f->c->chunks[i];
}

static bool base_in(const frame *f, uint16_t v, const char *const *bases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (news_vg_is(f->c, v, bases[i]))
            return true;
    }
    return false;
}
#define BASE_IN(f, v, ...)                                   \
    base_in((f), (v), (const char *const[]){__VA_ARGS__},    \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static bool word_in(const news_doc *doc, uint32_t from, uint32_t until, const char *const *words, size_t n)
{
    for (uint32_t i = from; i < until; i++) {
        for (size_t k = 0; k < n; k++) {
            if (news_is(doc, i, ovf_str_of(words[k])))
                return true;
        }
    }
    return false;
}
#define WORD_IN(f, from, until, ...)                                         \
    word_in((f)->c->doc, (from), (until), (const char *const[]){__VA_ARGS__}, \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* ---- what a noun group is ---- */

enum { NN_STATE = 40, NN_CITY, NN_PERSON, NN_BODY };

/* "dozens of drones", "part of its airspace": what is counted or cut tells the class. */
static bool is_measure_of(const news_clauses *c, uint16_t ng)
{
    static const char *const words[] = {"dozens", "hundreds", "thousands", "scores", "number", "series", "some", "most", "half", "all", "part",
        "parts", "portion", "portions", "swathe", "swathes", "section", "rest", "majority", "wave", "waves", "group", "pair", "one", "two", "three",
        "many", "several", "handful", "string", "barrage", "salvo", "bulk", "much", "remainder", "couple", "list", "dozen", "kind", "type"};
    if (ng + 2 >= c->count || c->chunks[ng + 1].kind != CH_PREP || c->chunks[ng + 2].kind != CH_NG || !NEWS_IS(c->doc, c->chunks[ng + 1].first, "of"))
        return false;
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (news_is(c->doc, c->chunks[ng].head, ovf_str_of(words[i])))
            return true;
    }
    return c->tags[c->chunks[ng].head] == TAG_NUM;
}

static uint8_t head_class(const news_clauses *c, uint16_t ng)
{
    if (ng == NO_CHUNK)
        return NN_NONE;
    if (is_measure_of(c, ng))
        ng = (uint16_t)(ng + 2);
    const news_chunk *g = &c->chunks[ng];
    const news_word *w = news_lex(c->doc, g->head);
    const news_mention *named = news_head_mention(c, ng);
    bool is_name = named != NULL && !(named->flags & (NEWS_M_GENERIC | NEWS_M_REFERENCE | NEWS_M_GUESSED));
    if (w->noun != NN_NONE && !is_name)
        return w->noun;
    if ((c->doc->tokens[g->head].flags & (NEWS_WORD | NEWS_DIGIT | NEWS_CAP)) == (NEWS_WORD | NEWS_DIGIT | NEWS_CAP))
        return NN_PLANE; /* "A330", "F-16", "BA165" */
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

static bool has_class(const news_clauses *c, uint16_t ng, uint8_t class)
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
static bool list_has_class(const news_clauses *c, uint16_t ng, uint8_t class)
{
    for (uint16_t k = ng; k != NO_CHUNK && k < c->count && k < ng + 8; k++) {
        uint8_t kind = c->chunks[k].kind;
        if (kind == CH_NG && (head_class(c, k) == class))
            return true;
        if (kind != CH_NG && kind != CH_CONJ && kind != CH_COMMA)
            return false;
    }
    return false;
}

static bool clause_has(const frame *f, uint8_t class)
{
    for (uint16_t k = f->g->from; k < f->g->until; k++) {
        if (chunk(f, k)->kind == CH_NG && (head_class(f->c, k) == class || has_class(f->c, k, class)))
            return true;
    }
    return false;
}

static bool about_flying(const frame *f)
{
    return clause_has(f, NN_AIR) || clause_has(f, NN_FLIGHT) || clause_has(f, NN_PLANE)
           || clause_has(f, NN_CARRIER);
}

static ovf_act noun_act(const news_clauses *c, uint16_t ng)
{
    if (ng == NO_CHUNK)
        return OVF_ACT_UNKNOWN;
    const news_chunk *g = &c->chunks[ng];
    const news_word *w = news_lex(c->doc, g->head);
    if (w->act != OVF_ACT_UNKNOWN)
        return (ovf_act)w->act;
    /* "no-fly zone", "stop order", "airspace ban area" */
    for (uint32_t i = g->first; i < g->last; i++) {
        if (NEWS_IS(c->doc, i, "no-fly") || NEWS_IS(c->doc, i, "no-flight") || NEWS_IS(c->doc, i, "exclusion"))
            return OVF_ACT_PROHIBIT;
    }
    /* "ten days of exercises", "a series of strikes" */
    if (w->noun == NN_NONE && ng + 2 < c->count && c->chunks[ng + 1].kind == CH_PREP && NEWS_IS(c->doc, c->chunks[ng + 1].first, "of")
        && c->chunks[ng + 2].kind == CH_NG && news_head_mention(c, ng) == NULL)
        return (ovf_act)news_lex(c->doc, c->chunks[ng + 2].head)->act;
    return OVF_ACT_UNKNOWN;
}

static uint16_t prep_object(const frame *f, const char *prep)
{
    for (uint16_t k = (uint16_t)(f->v + 1); k + 1 < f->c->count && k < f->v + 16; k++) {
        const news_chunk *x = chunk(f, k);
        if (x->kind == CH_PREP && news_is(f->c->doc, x->first, ovf_str_of(prep)) && chunk(f, (uint16_t)(k + 1))->kind == CH_NG)
            return (uint16_t)(k + 1);
        if (x->kind == CH_VG && x->flags & VG_FINITE)
            break;
        if (x->kind == CH_SEMI || x->kind == CH_STOP)
            break;
    }
    return NO_CHUNK;
}

static bool next_word_is(const frame *f, const char *word)
{
    return news_is(f->c->doc, f->g->last, ovf_str_of(word));
}

/* Word inside the verb group behind its head, or right behind the group: "turned back". */
static bool particle_is(const frame *f, const char *word)
{
    uint32_t i = f->g->head + 1;
    return news_is(f->c->doc, i, ovf_str_of(word));
}

/* ---- modality and polarity ---- */

static bool plans(const frame *f, uint16_t v)
{
    return BASE_IN(f, v, "plan", "intend", "aim", "prepare", "decide", "expect", "promise", "pledge", "vow", "want",
                   "hope", "seek", "propose", "consider", "agree", "offer", "threaten", "schedule", "set", "wish", "mull");
}

static bool refuses(const frame *f, uint16_t v)
{
    bool short_of = BASE_IN(f, v, "stop", "fall") && WORD_IN(f, chunk(f, v)->last, chunk(f, v)->last + 1, "short");
    return short_of || BASE_IN(f, v, "fail", "refuse", "decline");
}

static bool has_no(const frame *f, uint16_t ng)
{
    if (ng == NO_CHUNK)
        return false;
    const news_chunk *g = chunk(f, ng);
    return NEWS_IS(f->c->doc, g->first, "no") || NEWS_IS(f->c->doc, g->first, "none") || NEWS_IS(f->c->doc, g->first, "neither");
}

/* Is the verb inside "if", "unless", "provided"? */
static bool is_conditional(const frame *f)
{
    uint16_t k = f->g->from;
    for (int n = 0; n < 2 && k > 0; n++) {
        const news_chunk *x = chunk(f, --k);
        if (x->kind == CH_SUB)
            return WORD_IN(f, x->first, x->last, "if", "unless", "provided", "providing", "whether");
        if (x->kind == CH_VG || x->kind == CH_NG)
            return false;
    }
    return false;
}

static bool condition_follows(const frame *f)
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
static bool has_nor(const frame *f)
{
    uint16_t k = f->v;
    for (int n = 0; n < 2 && k > 0; n++) {
        const news_chunk *x = chunk(f, --k);
        if (x->kind == CH_CONJ)
            return NEWS_IS(f->c->doc, x->first, "nor");
    }
    return false;
}

static void settle_mood(const frame *f, news_draft *d)
{
    uint16_t flags = f->g->flags;
    uint16_t v = f->v;
    bool negated = (flags & VG_NEG) != 0 || has_nor(f) || has_no(f, f->object) || has_no(f, f->g->subject);
    for (int n = 0; n < 4; n++) { /* "plans to", "did not order", "may be forced to" */
        uint16_t parent = chunk(f, v)->parent;
        if (parent == NO_CHUNK || !(chunk(f, v)->flags & (VG_TO | VG_BASE | VG_ING)))
            break;
        if (chunk(f, v)->flags & VG_ING) {
            negated |= refuses(f, parent);
            break;
        }
        const news_chunk *p = chunk(f, parent);
        flags |= p->flags & (VG_PLANNED | VG_POSSIBLE);
        negated |= (p->flags & VG_NEG) != 0 || refuses(f, parent);
        if (plans(f, parent) || (p->flags & VG_COPULA && chunk(f, v)->flags & VG_TO))
            flags |= VG_PLANNED;
        v = parent;
    }
    d->is_negated = negated;
    if (is_conditional(f) || condition_follows(f))
        d->modality = OVF_NEWS_CONDITIONAL;
    else if (flags & VG_POSSIBLE)
        d->modality = OVF_NEWS_POSSIBLE;
    else if (flags & VG_PLANNED)
        d->modality = OVF_NEWS_PLANNED;
    else if (f->g->flags & VG_PASSIVE && f->g->parent != NO_CHUNK && chunk(f, f->g->parent)->flags & VG_BASE)
        d->modality = OVF_NEWS_DIRECTIVE; /* "consider it to be closed" */
    else if (f->g->flags & VG_DUTY || (f->g->flags & VG_BASE && f->g->parent == NO_CHUNK))
        d->modality = OVF_NEWS_DIRECTIVE;
}

static news_draft *emit(const frame *f, ovf_act act, const char *rule)
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
    settle_mood(f, d);
    if (f->g->flags & VG_SAYS && f->g->content_until > d->until && f->g->content_from >= f->v)
        d->until = f->g->content_until; /* "warned that ..." */
    uint16_t p = f->g->parent;
    if (f->g->flags & (VG_TO | VG_BASE) && p != NO_CHUNK && p < f->v && !(chunk(f, p)->flags & VG_DONE) && chunk(f, p)->from < d->from)
        d->from = chunk(f, p)->from; /* "is flying to Jeddah to mediate" */
    f->c->chunks[f->v].flags |= VG_DONE;
    return d;
}

/* ---- frames, one a class of verbs ---- */

/* "Ataturk Airport reopened": the airport itself is who did it. */
static uint16_t named_airport(const frame *f, uint16_t ng)
{
    const news_mention *m = news_head_mention(f->c, ng);
    return m != NULL && (m->kind == OVF_NEWS_AIRPORT || m->place == NEWS_P_AIRPORT) ? ng : NO_CHUNK;
}

/* Closing and opening: the object is air, an airport, a border, a place that a State shuts. */
static bool is_closable(const frame *f, uint16_t ng)
{
    if (ng == NO_CHUNK)
        return false;
    if (is_measure_of(f->c, ng))
        ng = (uint16_t)(ng + 2);
    uint8_t k = head_class(f->c, ng);
    if (k == NN_AIR || list_has_class(f->c, ng, NN_AIR))
        return true;
    return false;
}

static uint8_t kind_of(const frame *f, uint16_t ng)
{
    uint32_t e = ng == NO_CHUNK ? NEWS_NONE : news_entity_of(f->c, ng);
    return e == NEWS_NONE ? OVF_NEWS_UNKNOWN : f->c->doc->entities[e].kind;
}

/* Somebody with power over others' flights, who bans where an airline suspends. */
static bool is_ruler(const frame *f, uint16_t ng)
{
    uint8_t k = kind_of(f, ng);
    return k == OVF_NEWS_AVIATION_AUTHORITY || k == OVF_NEWS_STATE || k == OVF_NEWS_HEAD_OF_STATE || k == OVF_NEWS_MINISTER || k == OVF_NEWS_MINISTRY
           || k == OVF_NEWS_INTL_BODY || k == OVF_NEWS_COURT;
}

/* "closed its skies to British airlines": a class of operators, so a ban and no closure. */
static bool names_class(const frame *f, uint16_t ng)
{
    uint8_t k = head_class(f->c, ng);
    if (ng == NO_CHUNK)
        return false;
    if (!(k == NN_CARRIER || k == NN_PLANE || k == NN_FLIGHT || k == NN_STATE) && f->c->tags[chunk(f, ng)->head] != TAG_ADJ)
        return false;
    if (k == NN_STATE)
        return true;
    const news_chunk *g = chunk(f, ng);
    for (uint32_t i = g->first; i < g->last; i++) {
        uint32_t m = f->c->doc->mention_at == NULL ? NEWS_NONE : f->c->doc->mention_at[i];
        if (m != NEWS_NONE && (f->c->doc->mentions[m].flags & NEWS_M_DEMONYM || f->c->doc->tokens[i].flags & NEWS_CAP))
            return true;
        if (NEWS_IS(f->c->doc, i, "foreign") || ovf_str_ends(news_fold(f->c->doc, i), OVF_STR("-registered")) || ovf_str_ends(news_fold(f->c->doc, i), OVF_STR("-owned")))
            return true;
    }
    return false;
}

static void frame_close(frame *f)
{
    bool own = is_closable(f, f->object);
    if (own) {
        uint16_t to = prep_object(f, "to");
        if (to == NO_CHUNK)
            to = prep_object(f, "for");
        bool bars = names_class(f, to);
        news_draft *d = emit(f, bars ? OVF_ACT_PROHIBIT : OVF_ACT_DECLARE_CLOSED, bars ? "P5" : f->passive ? "C2" : "C1");
        if (d != NULL) {
            d->place = f->object;
            d->target = to;
        }
        return;
    }
    if (!f->passive && is_closable(f, f->g->subject) && (f->object == NO_CHUNK || head_class(f->c, f->object) == NN_NONE)) {
        f->issuer = named_airport(f, f->g->subject);
        f->object = f->g->subject;
        bool bars = names_class(f, prep_object(f, "to"));
        news_draft *d = emit(f, bars ? OVF_ACT_PROHIBIT : OVF_ACT_DECLARE_CLOSED, "C3");
        if (d != NULL) {
            d->place = f->object;
            d->target = prep_object(f, "to");
        }
    }
}

static void frame_reopen(frame *f)
{
    if (!is_closable(f, f->object)) {
        if (f->passive || f->object != NO_CHUNK || !is_closable(f, f->g->subject))
            return;
        f->object = f->g->subject;
        f->issuer = named_airport(f, f->g->subject);
    }
    news_draft *d = emit(f, OVF_ACT_REOPEN, "O1");
    if (d != NULL)
        d->place = f->object;
}

static void frame_open(frame *f)
{
    if (f->object != NO_CHUNK && WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->head + 1, "fire"))
        emit(f, OVF_ACT_STRIKE, "K2");
    else
        frame_reopen(f);
}

static void frame_ban(frame *f)
{
    uint8_t k = f->class_of;
    bool strong = BASE_IN(f, f->v, "ban", "bar", "prohibit", "forbid", "blacklist", "disallow", "outlaw");
    bool fits = k == NN_AIR || k == NN_FLIGHT || k == NN_CARRIER || k == NN_PLANE || k == NN_PEOPLE || k == NN_STATE;
    if (BASE_IN(f, f->v, "refuse")) {
        uint16_t second = f->object == NO_CHUNK ? NO_CHUNK : (uint16_t)(f->object + 1);
        if (second != NO_CHUNK && second < f->c->count && chunk(f, second)->kind == CH_NG && (head_class(f->c, second) == NN_PERMIT || head_class(f->c, second) == NN_FLIGHT))
            k = NN_PERMIT;
        if (k == NN_PERMIT || (k == NN_FLIGHT && !f->passive))
            emit(f, OVF_ACT_PROHIBIT, "P4");
        return;
    }
    if (strong ? !(fits || about_flying(f)) : !(fits && about_flying(f)))
        return;
    news_draft *d = emit(f, OVF_ACT_PROHIBIT, f->passive ? "P2" : "P1");
    if (d != NULL)
        d->place = prep_object(f, "from");
}

/* "issued a notice closing ...", "restrictions that prohibit ...": the verb behind tells the act. */
static bool content_of_paper(const frame *f)
{
    for (uint16_t v = (uint16_t)(f->v + 1); v < f->c->count && v < f->v + 8; v++) {
        const news_chunk *g = chunk(f, v);
        bool same = f->object != NO_CHUNK && (g->subject == f->object || (is_measure_of(f->c, f->object) && g->subject == f->object + 2)
                     || (g->flags & VG_ING && g->parent == f->v));
        if (g->kind != CH_VG || !same)
            continue;
        uint8_t k = news_vg_class(f->c, v);
        if (!(g->flags & VG_PASSIVE) && (k == NV_CLOSE || k == NV_BAN || k == NV_WARN || k == NV_STOP || k == NV_ORDER || k == NV_REOPEN || k == NV_EXEMPT || k == NV_LIFT || k == NV_GRANT))
            return true;
    }
    return false;
}

/* Issue, announce, impose, extend and the noun that tells the act. */
static void frame_impose(frame *f, const char *rule)
{
    ovf_act act = noun_act(f->c, f->object);
    if (f->class_of == NN_NOTICE || (act == OVF_ACT_UNKNOWN && head_class(f->c, f->object) == NN_NOTICE))
        act = f->passive || content_of_paper(f) ? OVF_ACT_UNKNOWN : OVF_ACT_WARN;
    if (act != OVF_ACT_UNKNOWN && content_of_paper(f))
        return;
    if (act == OVF_ACT_UNKNOWN || act == OVF_ACT_INCIDENT)
        return;
    if (f->class_of == NN_CALL && !BASE_IN(f, f->v, "issue"))
        return;
    news_draft *d = emit(f, act, rule);
    if (d != NULL)
        d->target = prep_object(f, "on");
}

static void frame_lift(frame *f)
{
    ovf_act act = noun_act(f->c, f->object);
    if (f->class_of == NN_PERMIT && BASE_IN(f, f->v, "withdraw", "rescind", "lapse", "end")) {
        emit(f, OVF_ACT_REVOKE_PERMISSION, "R2");
        return;
    }
    if (f->class_of == NN_FLIGHT && BASE_IN(f, f->v, "end", "withdraw")) {
        emit(f, OVF_ACT_SUSPEND_SERVICE, "S3");
        return;
    }
    if (!f->passive && f->object == NO_CHUNK && BASE_IN(f, f->v, "expire", "lapse", "end")) {
        f->object = f->g->subject;
        f->issuer = NO_CHUNK;
        act = noun_act(f->c, f->object);
    }
    if (f->g->flags & VG_ING && BASE_IN(f, f->v, "end") && f->g->parent != NO_CHUNK && chunk(f, f->g->parent)->flags & VG_DONE)
        return; /* "reopened its skies, ending months of restrictions" */
    if (act == OVF_ACT_SUSPEND_SERVICE)
        emit(f, OVF_ACT_RESUME_SERVICE, "L2");
    else if (act == OVF_ACT_DECLARE_CLOSED || act == OVF_ACT_PROHIBIT)
        emit(f, OVF_ACT_REOPEN, "L1");
    else if (act == OVF_ACT_WARN || (f->class_of == NN_NOTICE && f->object != NO_CHUNK))
        emit(f, OVF_ACT_REOPEN, "L3");
}

/* "stopped the airline from flying" */
static bool next_is_from(const frame *f)
{
    return f->object != NO_CHUNK && f->object + 1 < f->c->count && NEWS_IS(f->c->doc, chunk(f, (uint16_t)(f->object + 1))->first, "from");
}

/* "stopped flying to", "resumed flying" */
static uint16_t flying_child(const frame *f)
{
    uint16_t k = (uint16_t)(f->v + 1);
    if (k < f->c->count && chunk(f, k)->kind == CH_VG && chunk(f, k)->flags & VG_ING
        && BASE_IN(f, k, "fly", "operate", "serve", "sell", "land", "use", "cross", "overfly", "enter"))
        return k;
    return NO_CHUNK;
}

static void frame_stop(frame *f)
{
    uint8_t k = f->class_of;
    bool rules = is_ruler(f, f->issuer);
    if (rules && (BASE_IN(f, f->v, "ground") || (BASE_IN(f, f->v, "stop", "halt", "pull") && (next_is_from(f) || k == NN_CARRIER))) && (k == NN_PLANE || k == NN_CARRIER)) {
        emit(f, OVF_ACT_PROHIBIT, "P6");
        return;
    }
    if (k == NN_NOTICE && BASE_IN(f, f->v, "cancel")) {
        emit(f, OVF_ACT_REOPEN, "L3");
        return;
    }
    if (BASE_IN(f, f->v, "cut") && !(k == NN_FLIGHT && about_flying(f)))
        return;
    uint16_t child = flying_child(f);
    if (child != NO_CHUNK) {
        f->c->chunks[child].flags |= VG_DONE;
        bool avoids = BASE_IN(f, child, "use", "cross", "overfly", "enter") || WORD_IN(f, chunk(f, child)->last, chunk(f, child)->last + 1, "over", "through", "across");
        emit(f, avoids ? OVF_ACT_DIVERT : OVF_ACT_SUSPEND_SERVICE, avoids ? "V3" : "S2");
        return;
    }
    if (k == NN_PERMIT && !BASE_IN(f, f->v, "ground", "axe", "cease")) {
        emit(f, OVF_ACT_REVOKE_PERMISSION, "R1");
        return;
    }
    ovf_act act = noun_act(f->c, f->object);
    if (act == OVF_ACT_DECLARE_CLOSED || act == OVF_ACT_PROHIBIT) {
        emit(f, OVF_ACT_REOPEN, "L1");
        return;
    }
    bool pronoun = f->object != NO_CHUNK && !f->passive && f->c->tags[chunk(f, f->object)->head] == TAG_PRON && BASE_IN(f, f->v, "suspend", "cancel", "halt")
                   && (head_class(f->c, f->g->subject) == NN_CARRIER || is_ruler(f, f->g->subject));
    bool drops_place = pronoun || ((k == NN_STATE || k == NN_CITY || (k == NN_AIR && f->object != NO_CHUNK && news_head_mention(f->c, f->object) != NULL)) && head_class(f->c, f->g->subject) == NN_CARRIER
                       && BASE_IN(f, f->v, "drop", "suspend", "cancel", "axe", "discontinue", "cut", "scrap", "halt"));
    bool fits = drops_place || k == NN_FLIGHT || list_has_class(f->c, f->object, NN_FLIGHT) || (k == NN_AIR && has_class(f->c, f->object, NN_FLIGHT));
    if (BASE_IN(f, f->v, "ground"))
        fits |= k == NN_PLANE || k == NN_CARRIER || k == NN_FORCE;
    if (!fits && !f->passive && f->object == NO_CHUNK) {
        uint8_t s = head_class(f->c, f->g->subject);
        if (s != NN_FLIGHT || BASE_IN(f, f->v, "abandon", "pull", "drop"))
            return;
        f->object = f->g->subject;
        f->issuer = NO_CHUNK;
        fits = true;
    }
    if (BASE_IN(f, f->v, "drop", "pull", "abandon", "interrupt", "delay") && !about_flying(f))
        return;
    if (!fits && k == NN_AIR && BASE_IN(f, f->v, "suspend", "halt", "cancel", "drop", "axe"))
        fits = WORD_IN(f, chunk(f, f->object)->first, chunk(f, f->object)->last, "route", "routes", "airspace");
    if (fits)
        emit(f, OVF_ACT_SUSPEND_SERVICE, "S1");
}

static void frame_resume(frame *f)
{
    uint16_t child = flying_child(f);
    if (child != NO_CHUNK)
        f->c->chunks[child].flags |= VG_DONE;
    bool pronoun = f->object != NO_CHUNK && f->c->tags[chunk(f, f->object)->head] == TAG_PRON && head_class(f->c, f->g->subject) == NN_CARRIER;
    bool fits = child != NO_CHUNK || pronoun || f->class_of == NN_FLIGHT || list_has_class(f->c, f->object, NN_FLIGHT);
    if (!fits && !f->passive && f->object == NO_CHUNK && head_class(f->c, f->g->subject) == NN_FLIGHT) {
        f->object = f->g->subject;
        f->issuer = NO_CHUNK;
        fits = true;
    }
    if (!fits && f->class_of == NN_AIR && BASE_IN(f, f->v, "restore", "resume"))
        fits = true;
    if (!fits && f->class_of == NN_TALKS) {
        emit(f, OVF_ACT_NEGOTIATE, "N2");
        return;
    }
    if (!fits)
        return;
    /* Flights that somebody lets resume, or that may: the closure is lifted. */
    bool let = f->g->flags & VG_BASE && f->g->parent != NO_CHUNK && f->issuer == NO_CHUNK;
    bool may = f->issuer == NO_CHUNK && f->g->flags & VG_POSSIBLE && f->g->says != NO_CHUNK;
    if (let)
        f->issuer = chunk(f, f->g->parent)->subject;
    emit(f, let || may ? OVF_ACT_REOPEN : OVF_ACT_RESUME_SERVICE, let || may ? "O3" : "U1");
}

static void frame_divert(frame *f)
{
    uint8_t k = f->class_of;
    uint8_t s = head_class(f->c, f->g->subject);
    bool mover = s == NN_PLANE || s == NN_CARRIER || s == NN_FLIGHT || k == NN_PLANE || k == NN_FLIGHT;
    if (BASE_IN(f, f->v, "return") && (s == NN_CARRIER || WORD_IN(f, f->g->last, f->g->last + 4, "skies", "service", "normal", "schedule"))) {
        if (prep_object(f, "to") != NO_CHUNK)
            emit(f, OVF_ACT_RESUME_SERVICE, "U2");
        return;
    }
    if (BASE_IN(f, f->v, "return", "reverse", "redirect") && !(mover && (s == NN_PLANE || s == NN_FLIGHT || k == NN_FLIGHT)))
        return;
    bool fits = mover || k == NN_AIR || (k == NN_STATE || k == NN_CITY) || clause_has(f, NN_AIR) || clause_has(f, NN_FLIGHT) || clause_has(f, NN_PLANE);
    if (fits)
        emit(f, OVF_ACT_DIVERT, "V1");
}

static void frame_revoke(frame *f)
{
    bool strip = BASE_IN(f, f->v, "strip", "deprive");
    uint16_t of = strip ? prep_object(f, "of") : NO_CHUNK;
    if (strip ? of != NO_CHUNK && (head_class(f->c, of) == NN_PERMIT || list_has_class(f->c, of, NN_PERMIT)) : f->class_of == NN_PERMIT || list_has_class(f->c, f->object, NN_PERMIT))
        emit(f, OVF_ACT_REVOKE_PERMISSION, "R1");
    else if (noun_act(f->c, f->object) == OVF_ACT_PROHIBIT || noun_act(f->c, f->object) == OVF_ACT_DECLARE_CLOSED)
        emit(f, OVF_ACT_REOPEN, "L1");
}

static void frame_grant(frame *f)
{
    uint8_t k = f->class_of;
    bool verb_needs = BASE_IN(f, f->v, "give", "award", "grant");
    uint16_t second = f->object == NO_CHUNK ? NO_CHUNK : (uint16_t)(f->object + 1);
    bool second_permit = second != NO_CHUNK && second < f->c->count && chunk(f, second)->kind == CH_NG && head_class(f->c, second) == NN_PERMIT;
    ovf_act deed = noun_act(f->c, f->object);
    if (deed == OVF_ACT_RESUME_SERVICE || deed == OVF_ACT_REOPEN || deed == OVF_ACT_DECLARE_CLOSED || deed == OVF_ACT_SUSPEND_SERVICE) {
        emit(f, deed, "G2");
        return;
    }
    bool fits = k == NN_PERMIT || second_permit || (f->passive && f->g->object != NO_CHUNK && head_class(f->c, f->g->object) == NN_PERMIT);
    if (!verb_needs)
        fits |= k == NN_FLIGHT || k == NN_CARRIER || k == NN_PLANE || (k == NN_AIR && !f->passive) || (k == NN_PEOPLE && about_flying(f));
    if (!fits)
        return;
    news_draft *d = emit(f, OVF_ACT_GRANT_PERMISSION, "G1");
    if (d != NULL && d->is_negated && (k == NN_FLIGHT || k == NN_CARRIER || k == NN_PLANE)) {
        d->act = OVF_ACT_PROHIBIT; /* "will not be allowed to enter" */
        d->is_negated = false;
        news_rule(d, "P3");
    }
}

static bool has_threat(const frame *f)
{
    for (uint16_t k = f->v; k < f->c->count; k++) {
        if (WORD_IN(f, chunk(f, k)->first, chunk(f, k)->last, "retaliate", "retaliation", "consequences", "escalating", "escalation",
                    "response", "respond", "revenge", "war", "attack", "strike", "strikes", "target", "targets", "destroy", "shoot", "shot", "force", "punish", "punishment", "severe", "hell", "measures", "countermeasures", "counter-measures", "decisive", "crush", "crushing", "price"))
            return true;
    }
    return false;
}

static void frame_warn(frame *f)
{
    if (f->issuer == NO_CHUNK && f->object == NO_CHUNK)
        return; /* "ALERT 13 Apr" */
    uint32_t e = f->issuer == NO_CHUNK ? NEWS_NONE : news_entity_of(f->c, f->issuer);
    uint8_t kind = e == NEWS_NONE ? OVF_NEWS_UNKNOWN : f->c->doc->entities[e].kind;
    bool may_threaten = kind == OVF_NEWS_HEAD_OF_STATE || kind == OVF_NEWS_MILITARY || kind == OVF_NEWS_ARMED_GROUP || kind == OVF_NEWS_STATE || kind == OVF_NEWS_MINISTER;
    if (BASE_IN(f, f->v, "remind", "recommend", "advise", "urge", "counsel", "alert"))
        may_threaten = false;
    bool to_state = BASE_IN(f, f->v, "urge", "advise", "counsel") && !(kind == OVF_NEWS_AVIATION_AUTHORITY || kind == OVF_NEWS_AIRLINE || kind == OVF_NEWS_ANSP) && (f->class_of == NN_STATE || f->class_of == NN_BODY || f->class_of == NN_PERSON);
    if (BASE_IN(f, f->v, "urge") && WORD_IN(f, f->g->last, f->g->last + 6, "sides", "parties", "governments", "government", "countries", "states", "authorities", "leaders", "nations"))
        to_state = true;
    ovf_act act = to_state ? OVF_ACT_ORDER : may_threaten && has_threat(f) ? OVF_ACT_THREATEN : OVF_ACT_WARN;
    emit(f, act, act == OVF_ACT_WARN ? "W1" : act == OVF_ACT_ORDER ? "D3" : "T2");
}

/* Content of an order: a verb in the infinitive behind it. */
static uint16_t content_vg(const frame *f)
{
    for (uint16_t k = (uint16_t)(f->v + 1); k < f->c->count && k < f->v + 14; k++) {
        if (chunk(f, k)->kind == CH_VG)
            return chunk(f, k)->parent == f->v ? k : NO_CHUNK;
    }
    return NO_CHUNK;
}

static void frame_order(frame *f)
{
    uint16_t child = content_vg(f);
    if (f->object == NO_CHUNK && f->issuer == NO_CHUNK)
        return; /* "Asked whether" */
    if (BASE_IN(f, f->v, "ask", "demand", "request", "require", "insist", "direct", "mandate", "oblige", "compel", "appeal") && child == NO_CHUNK && !(f->g->flags & VG_SAYS)
        && f->object == NO_CHUNK && prep_object(f, "for") == NO_CHUNK)
        return;
    if (child != NO_CHUNK && chunk(f, child)->flags & VG_PASSIVE)
        return; /* "ordered the airport closed": the closing is the act */
    if (f->g->flags & VG_SAYS && BASE_IN(f, f->v, "demand", "insist", "ask", "order", "request") && f->g->content_from > 0
        && chunk(f, (uint16_t)(f->g->content_from - 1))->kind == CH_SUB) {
        emit(f, OVF_ACT_ORDER, "D6"); /* "demands that Russia apologise" */
        return;
    }
    ovf_act act = noun_act(f->c, f->object);
    if (BASE_IN(f, f->v, "order", "mandate", "direct") && (act == OVF_ACT_DECLARE_CLOSED || act == OVF_ACT_SUSPEND_SERVICE || act == OVF_ACT_PROHIBIT)) {
        emit(f, act, "C4");
        return;
    }
    if (BASE_IN(f, f->v, "ask", "require", "mandate") && child == NO_CHUNK && f->passive)
        return;
    emit(f, OVF_ACT_ORDER, "D2");
}

static void frame_designate(frame *f)
{
    if (BASE_IN(f, f->v, "list", "classify", "label", "brand", "categorise", "categorize", "rank")
        && prep_object(f, "as") == NO_CHUNK && !WORD_IN(f, f->g->last, f->g->last + 12, "terrorist", "terrorists", "risk", "high-risk", "hostile", "unsafe"))
        return;
    emit(f, OVF_ACT_DESIGNATE, "E1");
}

static void frame_threaten(frame *f)
{
    if (BASE_IN(f, f->v, "vow") && !has_threat(f) && !WORD_IN(f, f->g->last, f->g->last + 6, "respond", "fight", "avenge", "retaliate"))
        return;
    uint8_t s = head_class(f->c, f->g->subject);
    if (BASE_IN(f, f->v, "threaten") && (s == NN_HAZARD || s == NN_VOLCANO || s == NN_DEED || s == NN_MEASURE || s == NN_TALKS))
        return;
    emit(f, OVF_ACT_THREATEN, "T1");
}

static void frame_strike(frame *f)
{
    uint8_t k = f->class_of;
    uint8_t s = head_class(f->c, f->g->subject);
    bool weak_verb = BASE_IN(f, f->v, "hit", "fire", "launch", "down", "engage", "target", "seize", "capture", "sink", "destroy", "wound", "injure", "storm", "pound", "kill", "neutralise", "neutralize", "intercept", "strike");
    if (BASE_IN(f, f->v, "strike") && WORD_IN(f, f->g->last, f->g->last + 3, "deal", "agreement", "accord", "truce", "balance", "tone", "chord")) {
        emit(f, OVF_ACT_NEGOTIATE, "N3");
        return;
    }
    if (BASE_IN(f, f->v, "launch", "send") && f->object != NO_CHUNK && WORD_IN(f, chunk(f, f->object)->first, chunk(f, f->object)->last, "balloons", "balloon")) {
        emit(f, OVF_ACT_INCIDENT, "X3");
        return;
    }
    if (BASE_IN(f, f->v, "launch", "fire")) {
        ovf_act act = noun_act(f->c, f->object);
        bool weapon = k == NN_WEAPON || k == NN_PLANE || list_has_class(f->c, f->object, NN_WEAPON) || has_class(f->c, f->object, NN_WEAPON);
        bool at = next_word_is(f, "at") || next_word_is(f, "on");
        if (act == OVF_ACT_DEPLOY)
            emit(f, OVF_ACT_DEPLOY, "M2");
        else if (act == OVF_ACT_STRIKE || weapon || (at && BASE_IN(f, f->v, "fire")))
            emit(f, OVF_ACT_STRIKE, "K3");
        else if (act != OVF_ACT_UNKNOWN && BASE_IN(f, f->v, "launch"))
            emit(f, act, "I1");
        return;
    }
    if (BASE_IN(f, f->v, "shoot") && !particle_is(f, "down") && f->object == NO_CHUNK)
        return;
    bool kills = BASE_IN(f, f->v, "kill", "wound", "injure", "murder");
    const news_sentence *all = &f->c->doc->sentences[f->c->sentence];
    if (kills && (f->g->flags & VG_ING || !WORD_IN(f, all->first, all->last, "strike", "strikes", "airstrike", "airstrikes", "attack", "attacks", "missile", "missiles", "drone", "drones", "bomb", "bombs", "bombing", "raid", "raids", "shelling", "rocket", "rockets", "fire", "shot", "operation", "gunmen")))
        return;
    if (BASE_IN(f, f->v, "seize", "capture", "storm") && !(k == NN_AIR || k == NN_VESSEL || k == NN_PLANE || k == NN_CITY || k == NN_STATE || k == NN_FORCE || k == NN_PERSON))
        return;
    if (BASE_IN(f, f->v, "strike") && (WORD_IN(f, f->g->head + 1, f->g->head + 2, "out", "off", "down") || kind_of(f, f->issuer) == OVF_NEWS_COURT))
        return;
    if (s == NN_HAZARD || s == NN_VOLCANO || (weak_verb && WORD_IN(f, f->g->first, f->g->last + 4, "hardest", "hard", "record", "market", "prices")))
        return;
    if (!f->passive && f->object == NO_CHUNK)
        return;
    if (k == NN_MEASURE || k == NN_TALKS || k == NN_LAW)
        return;
    emit(f, OVF_ACT_STRIKE, "K1");
}

static void frame_deploy(frame *f)
{
    uint8_t k = f->class_of;
    if (BASE_IN(f, f->v, "send") && f->object != NO_CHUNK && WORD_IN(f, chunk(f, f->object)->first, chunk(f, f->object)->last, "balloons", "balloon")) {
        emit(f, OVF_ACT_INCIDENT, "X3");
        return;
    }
    ovf_act act = noun_act(f->c, f->object);
    bool force = k == NN_FORCE || list_has_class(f->c, f->object, NN_FORCE) || has_class(f->c, f->object, NN_FORCE);
    bool loose = BASE_IN(f, f->v, "send", "move", "station", "position", "gather", "assemble", "concentrate", "dispatch");
    if (BASE_IN(f, f->v, "conduct", "rehearse")) {
        if (act != OVF_ACT_UNKNOWN && act != OVF_ACT_INCIDENT)
            emit(f, act, "M2");
        return;
    }
    if (loose ? force || (k == NN_PLANE && BASE_IN(f, f->v, "dispatch", "station", "position")) : force || k == NN_PLANE || k == NN_VESSEL || k == NN_WEAPON || BASE_IN(f, f->v, "deploy", "mobilise", "mobilize", "redeploy", "scramble"))
        emit(f, OVF_ACT_DEPLOY, "M1");
}

static void frame_incident(frame *f)
{
    if (f->v > 0 && chunk(f, (uint16_t)(f->v - 1))->kind == CH_WH && f->v > 1 && chunk(f, (uint16_t)(f->v - 2))->kind == CH_NG)
        return; /* "shot down drones that entered its airspace": part of that */
    uint8_t k = f->class_of;
    uint8_t s = head_class(f->c, f->g->subject);
    bool mover = s == NN_PLANE || s == NN_WEAPON || s == NN_HAZARD || s == NN_FORCE || s == NN_STATE;
    bool fits = false;
    if (BASE_IN(f, f->v, "violate", "breach", "infringe", "penetrate", "enter", "cross", "transgress", "approach")) {
        if (k == NN_LAW)
            return; /* authority: news_power.c */
        bool hard = BASE_IN(f, f->v, "violate", "breach", "infringe", "penetrate");
        uint32_t e = f->g->last;
        bool into = WORD_IN(f, e, e + 1, "into") || ((k == NN_STATE || k == NN_CITY) && BASE_IN(f, f->v, "enter", "cross"));
        bool object_moves = s == NN_PLANE || s == NN_WEAPON || (f->g->subject != NO_CHUNK && WORD_IN(f, chunk(f, f->g->subject)->first, chunk(f, f->g->subject)->last, "balloons", "balloon", "rocket"));
        fits = (into && object_moves && !(f->g->flags & (VG_TO | VG_NEG))) || (has_class(f->c, f->object, NN_AIR) ? hard || mover : hard && k == NN_POWER && WORD_IN(f, chunk(f, f->object)->first, chunk(f, f->object)->last, "sovereignty"));
    } else if (BASE_IN(f, f->v, "spot", "sight", "detect", "observe")) {
        fits = k == NN_PLANE || list_has_class(f->c, f->object, NN_PLANE);
    } else if (BASE_IN(f, f->v, "erupt", "spew", "belch", "emit")) {
        fits = true;
    } else if (BASE_IN(f, f->v, "jam", "spoof", "interfere")) {
        fits = true;
    } else if (BASE_IN(f, f->v, "fly", "stray", "intrude", "infiltrate", "overfly")) {
        if (BASE_IN(f, f->v, "fly") && (next_word_is(f, "round") || next_word_is(f, "around"))) {
            emit(f, OVF_ACT_DIVERT, "V5");
            return;
        }
        bool into = next_word_is(f, "into") || next_word_is(f, "over") || next_word_is(f, "near") || next_word_is(f, "across");
        fits = (s == NN_PLANE && into && !BASE_IN(f, f->v, "fly")) || BASE_IN(f, f->v, "intrude", "stray", "infiltrate") || (s == NN_PLANE && into && clause_has(f, NN_AIR));
    } else if (BASE_IN(f, f->v, "crash", "explode", "collide", "plunge", "fall", "land", "rain", "damage", "scatter", "hijack")) {
        fits = s == NN_HAZARD || s == NN_WEAPON || (BASE_IN(f, f->v, "crash", "explode", "collide", "plunge", "hijack") && (s == NN_PLANE || k == NN_PLANE || s == NN_FLIGHT));
    }
    if (fits)
        emit(f, OVF_ACT_INCIDENT, "X1");
}

static void frame_negotiate(frame *f)
{
    ovf_act act = noun_act(f->c, f->object);
    if (BASE_IN(f, f->v, "hold", "convene")) {
        if (act == OVF_ACT_NEGOTIATE || act == OVF_ACT_DEPLOY)
            emit(f, act, "N1");
        else if (f->class_of == NN_CALL)
            emit(f, OVF_ACT_NEGOTIATE, "N1");
        return;
    }
    if (BASE_IN(f, f->v, "agree")) {
        if (act == OVF_ACT_NEGOTIATE || prep_object(f, "on") != NO_CHUNK || noun_act(f->c, prep_object(f, "to")) == OVF_ACT_NEGOTIATE)
            emit(f, OVF_ACT_NEGOTIATE, "N3");
        return;
    }
    if (BASE_IN(f, f->v, "sign", "broker", "mediate")) {
        if (act == OVF_ACT_NEGOTIATE || f->class_of == NN_TALKS || BASE_IN(f, f->v, "mediate"))
            emit(f, OVF_ACT_NEGOTIATE, "N3");
        return;
    }
    if (BASE_IN(f, f->v, "meet")) {
        bool person = f->class_of == NN_PERSON || f->class_of == NN_BODY || f->class_of == NN_STATE || next_word_is(f, "with");
        if (person && !f->passive)
            emit(f, OVF_ACT_NEGOTIATE, "N1");
        return;
    }
    if (BASE_IN(f, f->v, "talk", "parley") && !(next_word_is(f, "to") || next_word_is(f, "with")))
        return;
    emit(f, OVF_ACT_NEGOTIATE, "N1");
}

static void frame_deny(frame *f)
{
    if (f->passive && f->issuer == NO_CHUNK && f->class_of == NN_PEOPLE)
        return;
    uint16_t second = f->object == NO_CHUNK ? NO_CHUNK : (uint16_t)(f->object + 1);
    bool entry = f->class_of == NN_PERMIT || (second != NO_CHUNK && second < f->c->count && chunk(f, second)->kind == CH_NG
                 && (head_class(f->c, second) == NN_PERMIT || WORD_IN(f, chunk(f, second)->head, chunk(f, second)->head + 1, "entry", "access", "overflight")));
    bool carrier = f->class_of == NN_CARRIER || f->class_of == NN_PLANE || f->class_of == NN_FLIGHT || f->class_of == NN_PERMIT;
    if (BASE_IN(f, f->v, "deny") && entry && (carrier || f->passive)) {
        emit(f, OVF_ACT_PROHIBIT, "P4"); /* "denied the airline entry" */
        return;
    }
    if (has_nor(f) || (f->g->parent != NO_CHUNK && BASE_IN(f, f->g->parent, "confirm")))
        return; /* "would neither confirm nor deny" */
    emit(f, OVF_ACT_DENY, "Y1");
}

static void frame_condemn(frame *f)
{
    if (BASE_IN(f, f->v, "object", "lash") && f->object == NO_CHUNK && !next_word_is(f, "to") && !next_word_is(f, "out"))
        return;
    emit(f, OVF_ACT_CONDEMN, "Z1");
}

static uint16_t content_vg(const frame *f);

static bool c_named(const frame *f, uint16_t ng)
{
    const news_mention *m = news_head_mention(f->c, ng);
    return m != NULL && !(m->flags & (NEWS_M_GENERIC | NEWS_M_REFERENCE));
}

/* "followed suit", "did the same", "took the same decision": the act told before, by another. */
static bool repeats(const frame *f)
{
    uint32_t after = f->g->last;
    if (f->g->flags & VG_TO || (f->g->subject != NO_CHUNK && NEWS_IS(f->c->doc, chunk(f, f->g->subject)->first, "we")))
        return false;
    if (BASE_IN(f, f->v, "follow") && WORD_IN(f, after, after + 1, "suit"))
        return true;
    bool does = (news_lex(f->c->doc, f->g->head)->func & NF_DO) != 0;
    if (does && (WORD_IN(f, after, after + 2, "so", "likewise") || (NEWS_IS(f->c->doc, after, "the") && NEWS_IS(f->c->doc, after + 1, "same"))))
        return true;
    return BASE_IN(f, f->v, "take", "make") && WORD_IN(f, after, after + 3, "same", "similar") && WORD_IN(f, after, after + 4, "step", "steps", "decision", "decisions", "measure", "measures", "action", "move");
}

/* ---- verbs of no class that tell an act with their company ---- */

static void frame_other(frame *f)
{
    const news_doc *doc = f->c->doc;
    uint32_t after = f->g->last;
    ovf_act act = noun_act(f->c, f->object);
    if (repeats(f)) {
        emit(f, OVF_ACT_UNKNOWN, "SAME");
        return;
    }
    if (BASE_IN(f, f->v, "describe") && prep_object(f, "as") == NO_CHUNK && !WORD_IN(f, after, after + 10, "as"))
        return;
    if (BASE_IN(f, f->v, "describe") && f->issuer != NO_CHUNK) {
        bool bad = WORD_IN(f, after, after + 16, "illegal", "unlawful", "unacceptable", "aggression", "violation", "provocation", "reckless", "irresponsible", "absurd", "hostile", "criminal", "arbitrary", "terrorism", "piracy", "blackmail", "unjustified", "hijacking", "threat", "dangerous");
        emit(f, bad ? OVF_ACT_CONDEMN : OVF_ACT_CLAIM, bad ? "Z2" : "Q4");
        return;
    }
    if (BASE_IN(f, f->v, "receive", "accept", "handle", "serve") && f->g->flags & VG_NEG && is_closable(f, f->g->subject) && (f->class_of == NN_FLIGHT || f->class_of == NN_PLANE || f->object == NO_CHUNK)) {
        f->object = f->g->subject;
        f->issuer = NO_CHUNK;
        news_draft *d = emit(f, OVF_ACT_DECLARE_CLOSED, "C6");
        if (d != NULL)
            d->is_negated = false;
        return;
    }
    if (BASE_IN(f, f->v, "call")) {
        uint16_t behind = f->object == NO_CHUNK ? NO_CHUNK : (uint16_t)(f->object + 1);
        bool alone = behind == NO_CHUNK || behind >= f->c->count || chunk(f, behind)->kind == CH_TIME || chunk(f, behind)->kind == CH_STOP || chunk(f, behind)->kind == CH_COMMA || chunk(f, behind)->kind == CH_PREP;
        if (f->class_of == NN_PERSON && alone && f->object != NO_CHUNK && c_named(f, f->object)) {
            emit(f, OVF_ACT_NEGOTIATE, "N4");
            return;
        }
        bool for_or_on = NEWS_IS(doc, after, "for") || NEWS_IS(doc, after, "on") || NEWS_IS(doc, after, "upon");
        if (for_or_on && !f->passive)
            emit(f, OVF_ACT_ORDER, "D4");
        else if (NEWS_IS(doc, after, "off") && about_flying(f))
            emit(f, OVF_ACT_SUSPEND_SERVICE, "S4");
        else if (f->passive && f->issuer == NO_CHUNK)
            return;
        else if (WORD_IN(f, after, f->g->until < f->c->count ? chunk(f, f->g->until)->first : after + 12, "illegal", "unlawful", "unacceptable", "aggression", "violation", "provocation",
                         "outrageous", "reckless", "irresponsible", "absurd", "hostile", "criminal", "arbitrary", "colonialist", "terrorism", "piracy", "blackmail", "disgrace", "unjustified", "disproportionate", "inadmissible",
                         "hijacking", "terrorism", "piracy", "war", "murder", "hybrid", "crime", "threat", "blatant", "flagrant", "provocative", "hypocritical", "shameful", "cowardly", "barbaric", "unilateral", "act", "dangerous", "wrong"))
            emit(f, OVF_ACT_CONDEMN, "Z2");
        else if (WORD_IN(f, after, after + 10, "nonsense", "ridiculous", "false", "untrue", "fake", "baseless", "lie", "lies", "groundless", "unfounded"))
            emit(f, OVF_ACT_DENY, "Y2");
        else if (f->object != NO_CHUNK && f->issuer != NO_CHUNK)
            emit(f, OVF_ACT_CLAIM, "Q4");
        return;
    }
    if (BASE_IN(f, f->v, "tell") && content_vg(f) != NO_CHUNK && chunk(f, content_vg(f))->flags & VG_TO) {
        emit(f, OVF_ACT_ORDER, "D5");
        return;
    }
    if (BASE_IN(f, f->v, "bring") && WORD_IN(f, f->g->head + 1, after + 4, "down")) {
        emit(f, OVF_ACT_STRIKE, "K4");
        return;
    }
    if (BASE_IN(f, f->v, "change", "alter", "adjust", "take") && WORD_IN(f, after, after + 4, "course", "detours", "detour", "routes", "routing", "routings", "route", "routing") && about_flying(f)
        && !(BASE_IN(f, f->v, "take") && !WORD_IN(f, after, after + 4, "alternative", "longer", "detour", "detours", "different", "other", "southern", "northern", "costly"))) {
        emit(f, OVF_ACT_DIVERT, "V4");
        return;
    }
    if (BASE_IN(f, f->v, "repeat", "reiterate", "update", "reaffirm", "confirm", "circulate") && f->class_of == NN_MEASURE) {
        emit(f, act, "I5");
        return;
    }
    if (BASE_IN(f, f->v, "go") && WORD_IN(f, after, after + 1, "round", "around") && head_class(f->c, f->g->subject) != NN_PERSON) {
        emit(f, OVF_ACT_DIVERT, "V5");
        return;
    }
    if (BASE_IN(f, f->v, "route") && f->class_of != NN_NONE && about_flying(f)) {
        emit(f, OVF_ACT_DIVERT, "V6");
        return;
    }
    if (BASE_IN(f, f->v, "fly", "return") && WORD_IN(f, after, after + 5, "again") && head_class(f->c, f->g->subject) == NN_CARRIER && !(f->g->flags & VG_NEG)) {
        emit(f, OVF_ACT_RESUME_SERVICE, "U3");
        return;
    }
    if (BASE_IN(f, f->v, "promise", "pledge") && WORD_IN(f, after, after + 8, "punishment", "retaliation", "revenge", "response", "consequences", "sanctions", "countermeasures", "counter-measures", "retaliate", "respond")) {
        emit(f, OVF_ACT_THREATEN, "T4");
        return;
    }
    if (BASE_IN(f, f->v, "reserve") && WORD_IN(f, after, after + 3, "right")) {
        emit(f, OVF_ACT_THREATEN, "T3");
        return;
    }
    if (BASE_IN(f, f->v, "express", "voice", "lodge", "file") && act == OVF_ACT_CONDEMN) {
        emit(f, OVF_ACT_CONDEMN, "Z3");
        return;
    }
    if (f->g->flags & VG_COPULA && is_closable(f, f->g->subject)) {
        bool open = WORD_IN(f, after, after + 2, "open");
        bool shut = WORD_IN(f, after, after + 3, "off-limits", "closed", "shut") || (NEWS_IS(doc, after, "off") && NEWS_IS(doc, after + 1, "limits"));
        bool stays = BASE_IN(f, f->v, "remain", "stay", "keep");
        open = open && !stays && WORD_IN(f, after + 1, after + 5, "again", "to", "for", "once");
        if (open || shut) {
            f->object = f->g->subject;
            f->issuer = named_airport(f, f->g->subject);
            emit(f, open ? OVF_ACT_REOPEN : OVF_ACT_DECLARE_CLOSED, open ? "O2" : "C5");
            return;
        }
    }
    if (BASE_IN(f, f->v, "turn") && WORD_IN(f, f->g->head + 1, after + 2, "back", "around", "round", "aside")) {
        emit(f, OVF_ACT_DIVERT, "V2");
        return;
    }
    if (BASE_IN(f, f->v, "speak") && (NEWS_IS(doc, after, "to") || NEWS_IS(doc, after, "with") || NEWS_IS(doc, after, "by"))) {
        uint16_t who = prep_object(f, NEWS_IS(doc, after, "to") ? "to" : "with");
        uint8_t k = head_class(f->c, who);
        const news_mention *m = news_head_mention(f->c, who);
        bool press = m == NULL || m->kind == OVF_NEWS_OUTLET || WORD_IN(f, chunk(f, who)->first, chunk(f, who)->last, "paper", "newspaper", "reporters", "journalists", "media", "press");
        if (!press && (k == NN_PERSON || k == NN_STATE || k == NN_BODY))
            emit(f, OVF_ACT_NEGOTIATE, "N1");
        return;
    }
    if (BASE_IN(f, f->v, "add") && WORD_IN(f, after, after + 12, "list", "blacklist")) {
        bool airlines = f->class_of == NN_CARRIER || list_has_class(f->c, f->object, NN_CARRIER);
        emit(f, airlines ? OVF_ACT_PROHIBIT : OVF_ACT_DESIGNATE, airlines ? "P7" : "E2");
        return;
    }
    if (BASE_IN(f, f->v, "lose") && f->class_of == NN_PERMIT) {
        f->object = f->g->subject;
        f->issuer = NO_CHUNK;
        emit(f, OVF_ACT_REVOKE_PERMISSION, "R3");
        return;
    }
    if (BASE_IN(f, f->v, "apply", "affect", "cover", "include") && f->g->flags & VG_NEG) {
        if (BASE_IN(f, f->v, "affect", "cover", "include") && f->passive ? true : BASE_IN(f, f->v, "apply") || noun_act(f->c, f->g->subject) != OVF_ACT_UNKNOWN) {
            news_draft *d = emit(f, OVF_ACT_EXEMPT, "X2");
            if (d != NULL) {
                d->is_negated = false;
                d->speaker = NO_CHUNK;
                d->target = BASE_IN(f, f->v, "apply") ? prep_object(f, "to") : f->object;
            }
        }
        return;
    }
    if (BASE_IN(f, f->v, "preside", "build", "raise", "boost", "increase", "ramp", "step", "lead", "oversee", "stage", "begin", "start", "commence", "complete", "host", "run", "carry", "hold", "kick", "fly", "undertake", "perform")) {
        if (act == OVF_ACT_UNKNOWN && prep_object(f, "over") != NO_CHUNK)
            act = noun_act(f->c, prep_object(f, "over"));
        bool forces = clause_has(f, NN_FORCE) && WORD_IN(f, f->g->last, f->g->last + 14, "presence", "increase", "build-up", "buildup", "deployment");
        if (forces)
            act = OVF_ACT_DEPLOY;
        if (act == OVF_ACT_DEPLOY || act == OVF_ACT_STRIKE || act == OVF_ACT_NEGOTIATE || (act != OVF_ACT_UNKNOWN && BASE_IN(f, f->v, "begin", "start", "commence") && act != OVF_ACT_INCIDENT))
            emit(f, act, "M3");
        return;
    }
    if (BASE_IN(f, f->v, "make", "give", "deliver", "send", "file", "submit", "put", "receive", "take") && act != OVF_ACT_UNKNOWN && act != OVF_ACT_INCIDENT
        && !BASE_IN(f, f->v, "receive", "take") && f->class_of != NN_CALL && act != OVF_ACT_NEGOTIATE)
        emit(f, act, "I2");
    /* "The ban took effect", "restrictions remain in place", "the closure will last until" */
    ovf_act own = noun_act(f->c, f->g->subject);
    bool relative = f->v > 0 && chunk(f, (uint16_t)(f->v - 1))->kind == CH_WH;
    if (f->g->subject != NO_CHUNK && WORD_IN(f, chunk(f, f->g->subject)->first, chunk(f, f->g->subject)->last, "a", "similar", "previous", "earlier"))
        relative = true;
    if (!f->passive && !relative && (own == OVF_ACT_DECLARE_CLOSED || own == OVF_ACT_PROHIBIT || own == OVF_ACT_SUSPEND_SERVICE)) {
        bool holds = BASE_IN(f, f->v, "remain", "apply", "last", "continue", "cover", "run", "affect", "stay", "begin", "start", "persist")
                     || (BASE_IN(f, f->v, "take", "come", "go", "enter") && WORD_IN(f, after, after + 3, "effect", "force")) ||
                     (f->g->flags & VG_COPULA && WORD_IN(f, after, after + 3, "place", "force", "effect"));
        if (holds) {
            f->object = f->g->subject;
            f->issuer = news_entity_of(f->c, f->g->subject) != NEWS_NONE ? f->g->subject : NO_CHUNK;
            emit(f, own, "I3");
        }
    }
}

/* ---- one verb ---- */

static bool is_content(const frame *f)
{
    uint16_t over = f->g->says;
    if (over != NO_CHUNK && chunk(f, over)->kind == CH_VG && chunk(f, over)->flags & VG_DONE) {
        uint8_t k = news_vg_class(f->c, over);
        if ((k == NV_DENY || k == NV_WARN || k == NV_THREATEN || k == NV_CONDEMN || k == NV_ORDER) && over < f->v)
            return true;
    }
    uint16_t p = f->g->parent;
    if (p == NO_CHUNK || !(f->g->flags & (VG_TO | VG_ING | VG_BASE)))
        return false;
    uint8_t k = news_vg_class(f->c, p);
    const news_chunk *g = chunk(f, p);
    if (f->g->flags & VG_ING) /* "banned from flying", "accused of violating" */
        return (k == NV_BAN || k == NV_STOP || k == NV_CONDEMN || k == NV_RESUME) && g->flags & VG_DONE;
    if (f->g->flags & VG_PASSIVE)
        return false;
    if (k == NV_DIVERT && g->flags & VG_DONE && news_vg_class(f->c, f->v) == NV_DIVERT)
        return true;
    bool asks = BASE_IN(f, p, "call", "tell");
    return (k == NV_WARN || k == NV_ORDER || k == NV_BAN || k == NV_GRANT || asks) && g->flags & VG_DONE;
}

/* "issued an order banning", "restrictions that he had signed": who made the measure is the issuer. */
static uint16_t maker_of(const frame *f, uint16_t ng)
{
    uint8_t k = head_class(f->c, ng);
    if (ng == NO_CHUNK || news_entity_of(f->c, ng) != NEWS_NONE)
        return ng;
    bool paper = k == NN_MEASURE || k == NN_NOTICE || k == NN_LAW || k == NN_DEED || k == NN_SANCTION
                 || WORD_IN(f, chunk(f, ng)->head, chunk(f, ng)->head + 1, "decision", "statement", "move", "rule", "rules", "measures", "package", "resolution", "post", "communique");
    if (!paper)
        return ng;
    for (uint16_t v = 0; v < f->c->count; v++) {
        const news_chunk *g = chunk(f, v);
        bool same = g->object == ng || (g->object != NO_CHUNK && g->object + 2 == ng && is_measure_of(f->c, g->object));
        if (g->kind == CH_VG && same && !(g->flags & VG_PASSIVE) && g->subject != NO_CHUNK && g->subject != ng)
            return g->subject;
        if (g->kind == CH_VG && g->subject == ng && g->flags & VG_PASSIVE && g->agent != NO_CHUNK && v != f->v)
            return g->agent;
    }
    return ng;
}

static void settle(frame *f)
{
    const news_chunk *g = f->g;
    f->passive = (g->flags & VG_PASSIVE) != 0;
    f->object = f->passive ? g->subject : g->object;
    f->issuer = f->passive ? g->agent : g->subject;
    if (f->passive && f->issuer == NO_CHUNK && g->parent != NO_CHUNK && g->flags & (VG_TO | VG_PP)) {
        uint8_t k = news_vg_class(f->c, g->parent);
        if (k == NV_ORDER || k == NV_IMPOSE || BASE_IN(f, g->parent, "consider", "deem", "declare", "keep", "leave", "hold", "pronounce", "render"))
            f->issuer = chunk(f, g->parent)->subject;
    }
    f->issuer = maker_of(f, f->issuer);
    f->class_of = head_class(f->c, f->object);
}

/* "would no longer fly to", "will not operate" */
static bool stops_flying(frame *f)
{
    if (!BASE_IN(f, f->v, "fly", "operate", "serve") || !(f->g->flags & VG_NEG) || f->g->flags & VG_POSSIBLE || f->passive)
        return false;
    uint8_t s = head_class(f->c, f->g->subject);
    if (!(f->g->flags & VG_PLANNED) && !NEWS_IS(f->c->doc, f->g->head - 1, "longer"))
        return false;
    if (s == NN_PERSON || s == NN_WEAPON)
        return false;
    bool avoids = WORD_IN(f, f->g->last, f->g->last + 1, "over", "through", "across", "in", "into", "within");
    news_draft *d = emit(f, avoids ? OVF_ACT_DIVERT : OVF_ACT_SUSPEND_SERVICE, "S5");
    if (d != NULL)
        d->is_negated = false;
    return true;
}

static void frame_one(frame *f, uint8_t class)
{
    if (stops_flying(f))
        return;
    switch (class) {
    case NV_CLOSE: frame_close(f); break;
    case NV_REOPEN: frame_reopen(f); break;
    case NV_OPEN: frame_open(f); break;
    case NV_BAN: frame_ban(f); break;
    case NV_IMPOSE: frame_impose(f, "I1"); break;
    case NV_EXTEND: frame_impose(f, "I4"); break;
    case NV_LIFT: frame_lift(f); break;
    case NV_STOP: frame_stop(f); break;
    case NV_RESUME: frame_resume(f); break;
    case NV_DIVERT: frame_divert(f); break;
    case NV_REVOKE: frame_revoke(f); break;
    case NV_GRANT: frame_grant(f); break;
    case NV_EXEMPT: emit(f, OVF_ACT_EXEMPT, "X2"); break;
    case NV_WARN: frame_warn(f); break;
    case NV_ORDER: frame_order(f); break;
    case NV_DESIGNATE: frame_designate(f); break;
    case NV_THREATEN: frame_threaten(f); break;
    case NV_STRIKE: frame_strike(f); break;
    case NV_DEPLOY: frame_deploy(f); break;
    case NV_INCIDENT: frame_incident(f); break;
    case NV_DENY: frame_deny(f); break;
    case NV_CONDEMN: frame_condemn(f); break;
    case NV_NEGOTIATE: frame_negotiate(f); break;
    default: frame_other(f); break;
    }
}

/* "the restrictions imposed", "operations approved by": a participle behind its noun tells nothing
 * new, unless it names who closed or banned. */
static bool is_modifier(const frame *f)
{
    const news_chunk *g = f->g;
    if (!(g->flags & VG_PP) || g->parent != NO_CHUNK)
        return false;
    uint8_t k = news_vg_class(f->c, f->v);
    return g->agent == NO_CHUNK || !(k == NV_CLOSE || k == NV_BAN || k == NV_REVOKE || k == NV_STRIKE);
}

void news_frames(const news_clauses *c, news_drafts *out)
{
    for (uint16_t v = 0; v < c->count; v++) {
        const news_chunk *g = &c->chunks[v];
        if (g->kind != CH_VG || g->flags & VG_DONE)
            continue;
        frame f = {.c = c, .out = out, .v = v, .g = g};
        settle(&f);
        if (is_content(&f)) {
            c->chunks[v].flags |= VG_DONE;
            continue;
        }
        if (is_modifier(&f))
            continue;
        const news_word *w = news_lex(c->doc, g->head);
        uint32_t count = out->count;
        frame_one(&f, w->verb);
        if (out->count == count && w->verb2 != NV_NONE && w->verb2 != NV_SAY && w->verb2 != NV_WEAK) {
            settle(&f);
            frame_one(&f, w->verb2);
        }
        if (out->count == count && w->verb != NV_NONE && (w->verb == NV_SAY || w->verb == NV_WEAK || w->verb == NV_EXTEND || w->verb == NV_INCIDENT || w->verb == NV_DIVERT)) {
            settle(&f);
            frame_other(&f);
        }
    }
}
