/* SPDX-License-Identifier: Apache-2.0 */
/* Who does what: for every verb group its subject, its object, the agent behind "by", and the stretch of
 * its clause. All walks are bounded by WALK chunks. */
#include "news_links.h"

#include <string.h>

/* "declared the airspace closed", "keep the airport shut": the participle tells what became of the
 * object, and whose act it is. */
static bool is_result(const news_clauses *c, uint16_t v)
{
    static const char *const bases[] = {"declare", "consider", "deem",      "keep",   "leave",
                                        "order",   "hold",     "pronounce", "render", "have",
                                        "find",    "get",      "want"};
    const news_chunk *g = at(c, v);
    if (!(g->tense & VF_PP) || g->first != g->head || v < 2)
        return false;
    uint16_t ng = before(c, v);
    if (ng != NO_CHUNK && at(c, ng)->kind == CH_VG && at(c, ng)->flags & VG_PASSIVE
        && (news_vg_is(c, ng, "consider") || news_vg_is(c, ng, "declare")
            || news_vg_is(c, ng, "deem") || news_vg_is(c, ng, "order") || news_vg_is(c, ng, "keep")
            || news_vg_is(c, ng, "hold"))) {
        if (news_vg_is(c, ng, "order"))
            c->chunks[ng].flags |= VG_DONE;                      /* "was ordered shut": one act */
        c->chunks[v].flags &= (uint16_t) ~(VG_FINITE | VG_BASE); /* "should be considered closed" */
        c->chunks[v].flags |= VG_PP | VG_PASSIVE;
        c->chunks[v].parent = ng;
        return true;
    }
    if (ng == NO_CHUNK || at(c, ng)->kind != CH_NG)
        return false;
    uint16_t w = before(c, nl_list_start(c, ng));
    for (int n = 0; n < 3 && w != NO_CHUNK && at(c, w)->kind == CH_PREP;
         n++) { /* "the airspace over X closed" */
        ng = before(c, w);
        if (ng == NO_CHUNK || at(c, ng)->kind != CH_NG)
            return false;
        w = before(c, nl_list_start(c, ng));
    }
    if (w == NO_CHUNK || at(c, w)->kind != CH_VG)
        return false;
    const news_word *lex = news_lex(c->doc, at(c, w)->head);
    bool has = (lex->func & NF_HAVE) != 0;
    for (size_t i = 0; i < OVF_COUNTOF(bases) && !has; i++)
        has = ovf_str_eq(ovf_str_of(lex->base), ovf_str_of(bases[i]));
    if (!has)
        return false;
    c->chunks[v].flags &= (uint16_t) ~(VG_FINITE | VG_BASE);
    c->chunks[v].flags |= VG_PP | VG_PASSIVE;
    c->chunks[v].subject = ng;
    c->chunks[v].parent = w;
    return true;
}

/* "let flights resume": a bare infinitive behind the object of let. */
static void mark_let(news_clauses *c, uint16_t v)
{
    news_chunk *g = &c->chunks[v];
    uint16_t ng = before(c, v);
    if (!(g->tense & VF_BASE) || g->first != g->head || ng == NO_CHUNK || at(c, ng)->kind != CH_NG)
        return;
    uint16_t w = before(c, nl_list_start(c, ng));
    if (w == NO_CHUNK || at(c, w)->kind != CH_VG
        || !ovf_str_eq(ovf_str_of(news_lex(c->doc, at(c, w)->head)->base), OVF_STR("let")))
        return;
    g->flags = (uint16_t)((g->flags & ~(VG_FINITE)) | VG_BASE);
    g->parent = w;
    g->subject = ng;
}

static bool controls_object(const news_clauses *c, uint16_t v)
{
    static const char *const bases[] = {
        "force",  "allow",  "permit",   "cause",     "lead",      "enable",    "invite",
        "press",  "prompt", "want",     "tell",      "press",     "encourage", "help",
        "lobby",  "compel", "require",  "authorise", "authorize", "persuade",  "push",
        "expect", "clear",  "consider", "deem",      "declare"};
    uint8_t k = news_vg_class(c, v);
    if (k == NV_ORDER || k == NV_WARN || k == NV_BAN)
        return true;
    for (size_t i = 0; i < OVF_COUNTOF(bases); i++) {
        if (news_vg_is(c, v, bases[i]))
            return true;
    }
    return false;
}

static uint16_t controlled(const news_clauses *c, uint16_t parent)
{
    const news_chunk *p = at(c, parent);
    if (p->flags & VG_PASSIVE)
        return p->subject;
    if (controls_object(c, parent)) {
        if (p->object != NO_CHUNK)
            return p->object;
        uint16_t n = next_solid(c, parent); /* "called on X to" */
        if (is_kind(c, n, CH_PREP) && is_kind(c, (uint32_t)n + 1, CH_NG))
            return (uint16_t)(n + 1);
    }
    return p->subject;
}

static void link_nonfinite(news_clauses *c, uint16_t v)
{
    news_chunk *g = &c->chunks[v];
    uint16_t p = before(c, v);
    if (g->flags & VG_PP) {
        if (g->parent != NO_CHUNK) {
            if (g->subject == NO_CHUNK)
                g->subject = at(c, g->parent)->subject;
            return;
        }
        if (p != NO_CHUNK && at(c, p)->kind == CH_COMMA)
            p = before(c, p);
        g->subject = p != NO_CHUNK && at(c, p)->kind == CH_NG ? p : NO_CHUNK;
        return;
    }
    if (g->flags & VG_ING && p != NO_CHUNK && at(c, p)->kind == CH_NG) {
        uint16_t q = before(c, nl_list_start(c, p));
        bool object_of_act = q != NO_CHUNK && at(c, q)->kind == CH_VG;
        g->subject = p;
        g->parent = object_of_act ? q : NO_CHUNK;
        return;
    }
    if (g->flags & VG_BASE && g->parent != NO_CHUNK)
        return;
    uint16_t parent = nl_nearest_vg(c, v, 0);
    if (p != NO_CHUNK && at(c, p)->kind == CH_COMMA && g->flags & VG_ING) {
        uint16_t outer = nl_outer_vg(c, p);
        uint8_t k = news_vg_class(c, v);
        bool speech = nl_is_say(c, v) || k == NV_CONDEMN || k == NV_WARN || k == NV_THREATEN
                      || k == NV_ORDER || k == NV_DENY;
        if (speech && outer != NO_CHUNK)
            parent = outer;
    }
    if (parent == NO_CHUNK)
        return; /* "After closing its airspace, Iran ...": set when the main verb is met */
    g->parent = parent;
    bool from = p != NO_CHUNK && at(c, p)->kind == CH_PREP
                && (is_word(c, p, "from") || is_word(c, p, "of"));
    g->subject = g->flags & VG_TO || g->flags & VG_BASE || from ? controlled(c, parent)
                                                                : at(c, parent)->subject;
    if (from && at(c, parent)->object != NO_CHUNK && !(at(c, parent)->flags & VG_PASSIVE))
        g->subject = at(c, parent)->object;
    if (p != NO_CHUNK && at(c, p)->kind == CH_CONJ)
        g->subject = at(c, parent)->subject;
}

/* "A told B that ..., but added that": the verb of saying that the sentence began with. */
static uint16_t outer_say(const news_clauses *c, uint16_t v, uint16_t i)
{
    uint16_t next = next_solid(c, v);
    if (!nl_is_say(c, v) || next == NO_CHUNK || at(c, next)->kind != CH_SUB)
        return NO_CHUNK;
    for (uint16_t k = 0; k < i && k < WALK; k++) {
        const news_chunk *g = at(c, k);
        if (g->kind == CH_SEMI)
            return NO_CHUNK;
        if (g->kind == CH_VG && g->flags & VG_FINITE && g->subject != NO_CHUNK)
            return nl_is_say(c, k) && !(g->flags & VG_PASSIVE) ? k : NO_CHUNK;
    }
    return NO_CHUNK;
}

/* "which has in turn instructed": the subject of the auxiliary, parted from its verb by a phrase. */
static uint16_t parted_subject(const news_clauses *c, uint16_t v)
{
    uint16_t ng = before(c, v);
    uint16_t prep = ng == NO_CHUNK || at(c, ng)->kind != CH_NG ? NO_CHUNK : before(c, ng);
    uint16_t aux = prep == NO_CHUNK || at(c, prep)->kind != CH_PREP ? NO_CHUNK : before(c, prep);
    if (aux == NO_CHUNK || at(c, aux)->kind != CH_VG || !(at(c, v)->tense & VF_PP)
        || !(news_lex(c->doc, at(c, aux)->head)->func & NF_HAVE))
        return NO_CHUNK;
    return at(c, aux)->subject;
}

static void link_finite(news_clauses *c, uint16_t v)
{
    news_chunk *g = &c->chunks[v];
    if (is_word(c, v, "there") && !(v > 0 && at(c, (uint16_t)(v - 1))->kind == CH_NG))
        return; /* "there is": nobody does it; but "flights there were cancelled" */
    g->subject = nl_inverted_subject(c, v);
    if (g->subject != NO_CHUNK || v == 0)
        return;
    uint16_t p = before(c, v);
    if (p != NO_CHUNK && at(c, p)->kind == CH_CONJ) {
        uint16_t q = before(c, p);
        bool comma = q != NO_CHUNK && at(c, q)->kind == CH_COMMA;
        uint16_t said = outer_say(c, v, p);
        g->parent =
            said != NO_CHUNK ? said
            : comma || nl_is_say(c, v)
                ? nl_outer_vg(c, p)
                : nl_nearest_vg(c, p, g->tense & VF_BASE ? VG_FINITE | VG_TO | VG_PP : VG_FINITE);
        if (g->parent == NO_CHUNK)
            g->parent = nl_nearest_vg(c, p, 0);
        if (g->parent != NO_CHUNK) {
            g->subject = at(c, g->parent)->subject;
            if (at(c, g->parent)->flags & VG_PASSIVE && !(g->flags & VG_COPULA)
                && g->tense == (VF_PAST | VF_PP) && !is_kind(c, next_solid(c, v), CH_NG)
                && !(g->flags & VG_PASSIVE))
                g->flags |= VG_PASSIVE; /* "was closed and sealed" */
        }
        return;
    }
    g->subject = nl_walk_to_subject(c, p);
    if (g->subject == NO_CHUNK)
        g->subject = parted_subject(c, v);
    if (g->subject != NO_CHUNK)
        return;
    /* "X, did this, did that and did the third" */
    if (p != NO_CHUNK && at(c, p)->kind == CH_COMMA) {
        g->parent = nl_nearest_vg(c, p, VG_FINITE);
        if (g->parent != NO_CHUNK)
            g->subject = at(c, g->parent)->subject;
    }
}

static void link_object(news_clauses *c, uint16_t v)
{
    news_chunk *g = &c->chunks[v];
    bool free_of_prep = true;
    for (uint16_t k = (uint16_t)(v + 1), n = 0; k < c->count && n < WALK; k++, n++) {
        const news_chunk *x = at(c, k);
        if (x->kind == CH_NG) {
            if (free_of_prep && g->object == NO_CHUNK && k != g->subject)
                g->object = k;
            free_of_prep = false;
        } else if (x->kind == CH_PREP) {
            free_of_prep = false;
            bool again = k > 0 && is_kind(c, (uint32_t)k + 1, CH_NG)
                         && at(c, (uint16_t)(k - 1))->kind == CH_NG
                         && ovf_str_eq(news_fold(c->doc, at(c, (uint16_t)(k - 1))->head),
                                       news_fold(c->doc, at(c, (uint16_t)(k + 1))->head));
            if (is_word(c, k, "by") && is_kind(c, (uint32_t)k + 1, CH_NG) && g->agent == NO_CHUNK
                && !again)
                g->agent = (uint16_t)(k + 1);
        } else if (x->kind == CH_VG && x->flags & VG_TO && at(c, v)->flags & VG_PASSIVE && k > v + 2
                   && at(c, (uint16_t)(k - 1))->kind == CH_NG) {
            free_of_prep = false; /* "stripped of its permission to operate there by EASA" */
        } else if (!is_thin(x)) {
            break;
        }
    }
}

/* "The Forces, led by General X, say": a past form between commas, with a finite verb behind. */
static bool is_inserted(const news_clauses *c, uint16_t v, uint16_t comma)
{
    uint16_t ng = before(c, comma);
    uint16_t k = next_solid(c, v);
    bool owned =
        k != NO_CHUNK && at(c, k)->kind == CH_NG
        && c->doc->tokens[at(c, k)->first].flags & NEWS_POSS; /* "since Tuesday's attacks" */
    if (ng == NO_CHUNK || at(c, ng)->kind != CH_NG || k == NO_CHUNK
        || (at(c, k)->kind != CH_PREP && at(c, k)->kind != CH_COMMA && !owned))
        return false;
    bool closes_one = nl_insertion_start(c, comma) != NO_CHUNK && nl_insertion_start(c, comma) > 0;
    for (int n = 0; n < 12 && k != NO_CHUNK; n++, k = next_solid(c, k)) {
        if (closes_one && n > 1 && at(c, k)->kind == CH_VG && at(c, k)->flags & VG_FINITE)
            return true; /* "aircraft, private or not, registered in X are" */
        if (at(c, k)->kind == CH_COMMA) {
            uint16_t next = next_solid(c, k);
            return next != NO_CHUNK && at(c, next)->kind == CH_VG && at(c, next)->flags & VG_FINITE;
        }
        if (at(c, k)->kind != CH_PREP && at(c, k)->kind != CH_NG && at(c, k)->kind != CH_CONJ)
            return false;
    }
    return false;
}

/* "airlines barred from X said": a past form between a noun and another finite verb is a participle. */
static bool is_reduced(const news_clauses *c, uint16_t v)
{
    const news_chunk *g = at(c, v);
    if (!(g->flags & VG_FINITE) || g->tense & VF_BASE
        || (g->tense & (VF_PAST | VF_PP)) != (VF_PAST | VF_PP) || g->first != g->head
        || nl_is_say(c, v) || news_lex(c->doc, g->head)->func != 0)
        return false;
    uint16_t p = before(c, v);
    if (p != NO_CHUNK && at(c, p)->kind == CH_COMMA)
        return is_inserted(c, v, p);
    if (p == NO_CHUNK || at(c, p)->kind != CH_NG || c->tags[at(c, p)->head] == TAG_PRON)
        return false;
    uint16_t k = next_solid(c, v);
    if (k == NO_CHUNK)
        return false;
    if (is_word(c, k, "by") && is_kind(c, (uint32_t)k + 1, CH_NG))
        return true;
    if (at(c, k)->kind == CH_NG)
        return false;
    uint16_t q = before(c, nl_list_start(c, p));
    if (q != NO_CHUNK && at(c, q)->kind == CH_PREP) {
        uint16_t w = before(c, q);
        if (w != NO_CHUNK && (at(c, w)->kind == CH_VG) && !nl_is_say(c, w))
            return true;
    }
    if (q != NO_CHUNK && at(c, q)->kind == CH_VG && at(c, q)->flags & VG_FINITE && !nl_is_say(c, q))
        return true;
    for (int n = 0; n < WALK && k < c->count; n++, k++) {
        const news_chunk *x = at(c, k);
        if (x->kind == CH_VG)
            return (x->flags & VG_FINITE) != 0;
        if (x->kind == CH_CONJ) {
            if (!is_kind(c, (uint32_t)k + 1, CH_NG) || at(c, k - 1u)->kind != CH_NG)
                return false; /* "the airport reopened at noon and flights resumed" */
        } else if (x->kind != CH_PREP && x->kind != CH_NG && !is_thin(x)) {
            return false;
        }
    }
    return false;
}

/* Does a new clause begin at chunk k, seen from inside another? */
static bool breaks(const news_clauses *c, uint16_t k)
{
    const news_chunk *x = at(c, k);
    if (x->kind == CH_SUB || x->kind == CH_SEMI || x->kind == CH_STOP || x->kind == CH_WH
        || x->kind == CH_COLON)
        return true;
    if (x->kind == CH_VG)
        return !(x->flags & (VG_TO | VG_ING | VG_PP | VG_BASE));
    if (x->kind != CH_COMMA && x->kind != CH_CONJ && x->kind != CH_DASH)
        return false;
    uint16_t n = next_solid(c, k);
    if (n != NO_CHUNK && at(c, n)->kind == CH_CONJ)
        n = next_solid(c, n);
    if (n == NO_CHUNK)
        return true;
    if (at(c, n)->kind == CH_VG || at(c, n)->kind == CH_WH || at(c, n)->kind == CH_SUB)
        return true;
    if (is_word(c, n, "according"))
        return true;
    for (int i = 0; i < 8 && n != NO_CHUNK; i++, n = next_solid(c, n)) {
        if (at(c, n)->kind == CH_VG)
            return (at(c, n)->flags & VG_FINITE) != 0;
        if (at(c, n)->kind != CH_NG && at(c, n)->kind != CH_PREP)
            return false;
    }
    return false;
}

static void set_extent(news_clauses *c, uint16_t v)
{
    news_chunk *g = &c->chunks[v];
    g->from = v;
    bool result = g->flags & VG_PP && g->parent != NO_CHUNK && at(c, g->parent)->subject != NO_CHUNK
                  && at(c, g->parent)->subject < v;
    if (result)
        g->from = at(c, g->parent)->subject;
    else if (g->subject != NO_CHUNK && g->subject < v) {
        bool whole = true;
        for (uint16_t k = g->subject; k < v && whole; k++)
            whole = !(at(c, k)->kind == CH_VG && at(c, k)->flags & VG_FINITE
                      && at(c, k)->subject == g->subject);
        if (whole)
            g->from = g->subject;
    }
    uint16_t k = (uint16_t)(v + 1);
    for (; k < c->count; k++) {
        if (!breaks(c, k))
            continue;
        /* a finite verb ends the clause before the group that is its subject */
        if (at(c, k)->kind == CH_VG && at(c, k)->subject != NO_CHUNK && at(c, k)->subject > v
            && at(c, k)->subject < k)
            k = at(c, k)->subject;
        break;
    }
    g->until = k;
    if (is_kind(c, (uint32_t)g->until - 1, CH_STOP) || is_kind(c, (uint32_t)g->until - 1, CH_COMMA))
        g->until--;
}

/* "launched what it called precise strikes": the object is what stands behind. */
static void see_through(news_clauses *c, uint16_t v)
{
    uint16_t what = at(c, v)->object;
    if (what == NO_CHUNK || at(c, what)->last != at(c, what)->first + 1
        || !is_word(c, what, "what"))
        return;
    uint16_t who = next_solid(c, what);
    uint16_t call = who == NO_CHUNK ? NO_CHUNK : next_solid(c, who);
    if (call == NO_CHUNK || at(c, who)->kind != CH_NG || at(c, call)->kind != CH_VG
        || !(news_vg_is(c, call, "call") || news_vg_is(c, call, "describe")
             || news_vg_is(c, call, "term") || news_vg_is(c, call, "say")
             || news_vg_is(c, call, "label")))
        return;
    uint16_t ng = next_solid(c, call);
    if (ng != NO_CHUNK && (is_word(c, ng, "as") || is_word(c, ng, "was") || is_word(c, ng, "were")))
        ng = next_solid(c, ng);
    if (ng == NO_CHUNK || at(c, ng)->kind != CH_NG)
        return;
    c->chunks[v].object = ng;
    c->chunks[call].flags &= (uint16_t)~VG_FINITE;
    c->chunks[call].flags |= VG_PP | VG_DONE;
}

/* "Indian officials, speaking to this paper, dispute that": the verb of many, behind an insertion. */
static bool is_bare_present(const news_clauses *c, uint16_t v)
{
    uint16_t comma = before(c, v);
    if (!(at(c, v)->flags & VG_BASE) || at(c, v)->parent != NO_CHUNK || comma == NO_CHUNK
        || at(c, comma)->kind != CH_COMMA || nl_nearest_vg(c, v, VG_FINITE) != NO_CHUNK)
        return false;
    uint16_t start = nl_insertion_start(c, comma);
    if (start == NO_CHUNK || start == 0)
        return false;
    const news_mention *m = mention_in(c, (uint16_t)(start - 1));
    return m != NULL && m->flags & NEWS_M_PLURAL;
}

/* "The decision to close", "Its permission to operate": the infinitive is the noun's, no future. */
static bool wants_infinitive(const news_clauses *c, uint16_t ng)
{
    static const char *const words[] = {
        "decision", "right",    "rights",     "power",         "powers",        "authority",
        "order",    "orders",   "attempt",    "attempts",      "move",          "moves",
        "bid",      "ability",  "refusal",    "request",       "requests",      "call",
        "calls",    "proposal", "threat",     "threats",       "failure",       "need",
        "effort",   "efforts",  "push",       "agreement",     "deal",          "vow",
        "pledge",   "promise",  "permission", "permit",        "permits",       "licence",
        "license",  "plan",     "plans",      "authorisation", "authorization", "clearance",
        "approval", "freedom",  "duty",       "obligation",    "pressure",      "demand",
        "offer",    "choice",   "reason",     "jurisdiction",  "mandate",       "competence"};
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (news_is_word(c->doc, at(c, ng)->head, words[i]))
            return true;
    }
    return false;
}

/* "Airspace above the eastern border": the group that phrases hang on. */
static uint16_t head_of_phrases(const news_clauses *c, uint16_t ng)
{
    uint16_t start = nl_list_start(c, ng);
    for (int n = 0; n < 4; n++) {
        uint16_t p = before(c, start);
        uint16_t q = p != NO_CHUNK && at(c, p)->kind == CH_PREP ? before(c, p) : NO_CHUNK;
        if (q == NO_CHUNK || at(c, q)->kind != CH_NG)
            break;
        start = nl_list_start(c, q);
    }
    return start;
}

void news_link_clauses(news_clauses *c)
{
    for (uint16_t v = 1; v < c->count; v++) {
        if (at(c, v)->kind == CH_VG)
            mark_let(c, v);
    }
    for (uint16_t v = 0; v < c->count; v++) {
        if (at(c, v)->kind != CH_VG || is_result(c, v))
            continue;
        if (is_reduced(c, v)) {
            c->chunks[v].flags &= (uint16_t)~VG_FINITE;
            c->chunks[v].flags |= VG_PP | VG_PASSIVE;
        }
    }
    for (uint16_t v = 0; v < c->count && v < 8; v++) {
        news_chunk *g = &c->chunks[v];
        if (g->kind != CH_VG)
            continue;
        /* "Israel to close airspace", as headlines put the future */
        uint16_t p = before(c, v);
        if (g->flags & VG_TO && p != NO_CHUNK && at(c, p)->kind == CH_NG && !wants_infinitive(c, p)
            && (before(c, head_of_phrases(c, p)) == NO_CHUNK
                || at(c, before(c, head_of_phrases(c, p)))->kind == CH_COLON))
            g->flags = (uint16_t)((g->flags & ~VG_TO) | VG_FINITE | VG_PLANNED);
        break;
    }
    for (uint16_t v = 0; v < c->count; v++) {
        if (at(c, v)->kind != CH_VG)
            continue;
        uint16_t comma = before(c, v);
        uint16_t first = comma == NO_CHUNK ? NO_CHUNK : nl_nearest_vg(c, comma, VG_FINITE);
        if (at(c, v)->flags & VG_BASE && at(c, v)->parent == NO_CHUNK && first != NO_CHUNK
            && at(c, comma)->kind == CH_COMMA && at(c, first)->tense & VF_BASE
            && !(at(c, first)->flags & (VG_PLANNED | VG_POSSIBLE | VG_DUTY)))
            c->chunks[v].flags = (uint16_t)((at(c, v)->flags & ~VG_BASE) | VG_FINITE);
        if (is_bare_present(c, v))
            c->chunks[v].flags = (uint16_t)((at(c, v)->flags & ~VG_BASE) | VG_FINITE);
        if (at(c, v)->flags & VG_FINITE)
            link_finite(c, v);
        else
            link_nonfinite(c, v);
        link_object(c, v);
    }
    for (uint16_t v = 0; v < c->count; v++) {
        if (at(c, v)->kind != CH_VG)
            continue;
        /* "After closing its airspace, Iran said": the subject of the verb that follows */
        if (at(c, v)->subject == NO_CHUNK && at(c, v)->flags & (VG_ING | VG_TO | VG_PP)
            && at(c, v)->parent == NO_CHUNK) {
            for (uint16_t k = (uint16_t)(v + 1), n = 0; k < c->count && n < WALK; k++, n++) {
                if (at(c, k)->kind == CH_VG && at(c, k)->flags & VG_FINITE) {
                    c->chunks[v].subject = at(c, k)->subject;
                    break;
                }
            }
        }
        /* "the airspace, which Iraq reopened", "the closure that it had ordered" */
        uint16_t s = at(c, v)->subject;
        uint16_t w = s == NO_CHUNK || s > v ? NO_CHUNK : before(c, nl_list_start(c, s));
        if (at(c, v)->object == NO_CHUNK && at(c, v)->flags & VG_FINITE && w != NO_CHUNK
            && !(at(c, v)->flags & (VG_PASSIVE | VG_COPULA)) && at(c, w)->kind == CH_WH
            && (is_word(c, w, "which") || is_word(c, w, "that") || is_word(c, w, "whom"))) {
            uint16_t ng = before(c, w);
            if (ng != NO_CHUNK && at(c, ng)->kind == CH_COMMA)
                ng = before(c, ng);
            if (ng != NO_CHUNK && at(c, ng)->kind == CH_NG)
                c->chunks[v].object = ng;
        }
        see_through(c, v);
        /* "cancelled or diverted dozens of flights": one object for both */
        uint16_t n = next_solid(c, v);
        if (at(c, v)->object == NO_CHUNK && n != NO_CHUNK && at(c, n)->kind == CH_CONJ
            && is_kind(c, next_solid(c, n), CH_VG) && !(at(c, v)->flags & VG_PASSIVE))
            c->chunks[v].object = at(c, next_solid(c, n))->object;
        set_extent(c, v);
    }
}
