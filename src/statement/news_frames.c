/* SPDX-License-Identifier: Apache-2.0 */
/* Verb frames: which act a verb tells with the object that it has. "Suspend" flights is a service, a
 * permit is a revocation, a closure is a reopening. The issuer is the subject, or the agent of a
 * passive; what stands behind an order or a warning is its content and no act of its own. */
#include "news_frames.h"

#include <string.h>

static bool is_content(const frame *f)
{
    uint16_t over = f->g->says;
    if (over != NO_CHUNK && chunk(f, over)->kind == CH_VG && chunk(f, over)->flags & VG_DONE) {
        uint8_t k = news_vg_class(f->c, over);
        if ((k == NV_DENY || k == NV_WARN || k == NV_THREATEN || k == NV_CONDEMN || k == NV_ORDER)
            && over < f->v)
            return true;
    }
    if (over != NO_CHUNK && over > 0 && over < f->v && chunk(f, over)->kind == CH_VG
        && chunk(f, (uint16_t)(over - 1))->kind == CH_WH) {
        for (uint16_t k = 0; k < over; k++) { /* "dismissed a document which claimed that" */
            if (chunk(f, k)->kind == CH_VG && chunk(f, k)->flags & VG_DONE
                && news_vg_class(f->c, k) == NV_DENY)
                return true;
        }
    }
    uint16_t p = f->g->parent;
    if (p == NO_CHUNK || !(f->g->flags & (VG_TO | VG_ING | VG_BASE)))
        return false;
    uint8_t k = news_vg_class(f->c, p);
    const news_chunk *g = chunk(f, p);
    if (f->g->flags & VG_ING) /* "banned from flying", "accused of violating" */
        return (k == NV_BAN || k == NV_STOP || k == NV_CONDEMN || k == NV_RESUME || k == NV_DENY
                || (BASE_IN(f, p, "rule") && NEWS_IS(f->c->doc, g->last, "out")))
               && g->flags & VG_DONE;
    if (f->g->flags & VG_PASSIVE)
        return false;
    if (k == NV_DIVERT && g->flags & VG_DONE && news_vg_class(f->c, f->v) == NV_DIVERT)
        return true;
    bool asks = BASE_IN(f, p, "call", "tell", "give");
    return (k == NV_WARN || k == NV_ORDER || k == NV_BAN || k == NV_GRANT || k == NV_THREATEN
            || asks)
           && g->flags & VG_DONE;
}

/* "issued an order banning", "restrictions that he had signed": who made the measure is the issuer. */
static uint16_t maker_of(const frame *f, uint16_t ng)
{
    uint8_t k = nf_head_class(f->c, ng);
    if (ng == NO_CHUNK || news_entity_of(f->c, ng) != NEWS_NONE)
        return ng;
    bool paper = k == NN_MEASURE || k == NN_NOTICE || k == NN_LAW || k == NN_DEED
                 || k == NN_SANCTION
                 || WORD_IN(f, chunk(f, ng)->head, chunk(f, ng)->head + 1, "decision", "statement",
                            "move", "rule", "rules", "measures", "package", "resolution", "post",
                            "communique", "step", "downgrade", "action");
    if (!paper)
        return ng;
    if (ng > 1 && chunk(f, (uint16_t)(ng - 1))->kind == CH_COMMA && ng < f->v
        && WORD_IN(f, chunk(f, ng)->first, chunk(f, ng)->first + 1, "a", "an")) {
        for (uint16_t v = (uint16_t)(ng - 1); v-- > 0;) { /* "downgraded it, a step that bars" */
            const news_chunk *g = chunk(f, v);
            if (g->kind == CH_VG && g->flags & VG_FINITE && g->subject != NO_CHUNK)
                return g->flags & VG_PASSIVE ? g->agent : g->subject;
        }
    }
    for (uint16_t v = 0; v < f->c->count; v++) {
        const news_chunk *g = chunk(f, v);
        bool same =
            g->object == ng
            || (g->object != NO_CHUNK && g->object + 2 == ng && nf_is_measure_of(f->c, g->object));
        if (g->kind == CH_VG && same && !(g->flags & VG_PASSIVE) && g->subject != NO_CHUNK
            && g->subject != ng)
            return g->subject;
        if (g->kind == CH_VG && g->subject == ng && g->flags & VG_PASSIVE && g->agent != NO_CHUNK
            && v != f->v)
            return g->agent;
    }
    return ng;
}

/* "an Iranian missile", "Russia's drones": whose it is stands in the group. */
static bool has_owner(const frame *f, uint16_t ng)
{
    for (uint32_t i = chunk(f, ng)->first; i < chunk(f, ng)->head; i++) {
        uint32_t m = f->c->doc->mention_at == NULL ? NEWS_NONE : f->c->doc->mention_at[i];
        if (m != NEWS_NONE
            && (f->c->doc->mentions[m].flags & NEWS_M_DEMONYM || f->c->tags[i + 1] == TAG_POSS
                || f->c->doc->mentions[m].place == NEWS_P_STATE))
            return true;
    }
    return false;
}

/* "the decision to reopen was taken by X", "Poland's decision to close": who decided does it. */
static uint16_t decider_of(const frame *f, uint16_t ng)
{
    if (!WORD_IN(f, chunk(f, ng)->head, chunk(f, ng)->head + 1, "decision", "order", "ruling",
                 "move"))
        return f->issuer;
    if (has_owner(f, ng))
        return ng; /* "Poland's decision to close it was announced by the mayor" */
    for (uint16_t v = (uint16_t)(f->v + 1); v < f->c->count; v++) {
        const news_chunk *g = chunk(f, v);
        if (g->kind == CH_VG && g->subject == ng)
            return g->flags & VG_PASSIVE ? g->agent : ng;
    }
    return maker_of(f, ng);
}

/* "closed by order of the governor", "under an order issued by the ministry, ... is shut": who ordered
 * a passive that names no agent. */
static uint16_t ordered_by(const frame *f)
{
    uint8_t class = news_vg_class(f->c, f->v);
    if (class != NV_CLOSE && class != NV_BAN && class != NV_STOP && class != NV_REVOKE
        && class != NV_REOPEN && class != NV_GRANT)
        return NO_CHUNK;
    uint16_t s = f->g->subject;
    if (s != NO_CHUNK && s < f->v && s > 2 && chunk(f, (uint16_t)(s - 1))->kind == CH_WH
        && chunk(f, (uint16_t)(s - 2))->kind == CH_PREP
        && WORD_IN(f, chunk(f, (uint16_t)(s - 2))->first, chunk(f, (uint16_t)(s - 2))->last, "by",
                   "under")
        && chunk(f, (uint16_t)(s - 3))->kind == CH_NG) {
        uint16_t paper = (uint16_t)(s - 3); /* "a resolution by which the airspace is closed" */
        uint16_t maker = maker_of(f, paper);
        return maker == paper && news_entity_of(f->c, paper) == NEWS_NONE ? NO_CHUNK : maker;
    }
    for (uint16_t k = 0; k + 3 < f->c->count && k < f->v + 10; k++) {
        const news_chunk *p = chunk(f, k);
        if (p->kind != CH_PREP
            || !WORD_IN(f, p->first, p->first + 1, "by", "on", "under", "at", "following", "upon")
            || chunk(f, (uint16_t)(k + 1))->kind != CH_NG)
            continue;
        uint32_t head = chunk(f, (uint16_t)(k + 1))->head;
        if (!WORD_IN(f, head, head + 1, "order", "orders", "decision", "decree", "instruction",
                     "instructions", "directive", "ruling", "request", "behest", "notam", "notice",
                     "proclamation", "edict", "regulation", "regulations", "rules", "ordinance"))
            continue;
        if (has_owner(f, (uint16_t)(k + 1)))
            return (uint16_t)(k + 1);
        uint16_t by = (uint16_t)(k + 2);
        if (chunk(f, by)->kind == CH_VG && chunk(f, by)->flags & VG_PASSIVE
            && chunk(f, by)->agent != NO_CHUNK)
            return chunk(f, by)->agent; /* "an order issued by" */
        if (chunk(f, by)->kind == CH_PREP && WORD_IN(f, head + 1, head + 2, "of", "from", "by")
            && chunk(f, (uint16_t)(k + 3))->kind == CH_NG)
            return (uint16_t)(k + 3);
    }
    return NO_CHUNK;
}

/* "Were either cancelled, delayed or diverted": a participle that shares the auxiliary before it. */
static bool shares_passive(const frame *f)
{
    if (f->g->flags & (VG_PASSIVE | VG_TO | VG_ING) || !(f->g->tense & VF_PP)
        || f->g->object != NO_CHUNK || f->g->last != f->g->first + 1)
        return false;
    uint16_t k = f->v;
    while (k > 0
           && (chunk(f, (uint16_t)(k - 1))->kind == CH_COMMA
               || chunk(f, (uint16_t)(k - 1))->kind == CH_CONJ
               || (chunk(f, (uint16_t)(k - 1))->kind == CH_VG
                   && chunk(f, (uint16_t)(k - 1))->last == chunk(f, (uint16_t)(k - 1))->first + 1)))
        k--;
    return k > 0 && k < f->v && chunk(f, (uint16_t)(k - 1))->kind == CH_VG
           && chunk(f, (uint16_t)(k - 1))->flags & VG_PASSIVE
           && chunk(f, (uint16_t)(k - 1))->subject == f->g->subject;
}

static void settle(frame *f)
{
    const news_chunk *g = f->g;
    f->passive = (g->flags & VG_PASSIVE) != 0 || shares_passive(f);
    f->object = f->passive ? g->subject : g->object;
    f->issuer = f->passive ? g->agent : g->subject;
    if (f->passive && f->issuer == NO_CHUNK && g->parent != NO_CHUNK
        && g->flags & (VG_TO | VG_PP)) {
        uint8_t k = news_vg_class(f->c, g->parent);
        if (k == NV_ORDER || k == NV_IMPOSE
            || BASE_IN(f, g->parent, "consider", "deem", "declare", "keep", "leave", "hold",
                       "pronounce", "render"))
            f->issuer = chunk(f, g->parent)->flags & VG_PASSIVE ? chunk(f, g->parent)->agent
                                                                : chunk(f, g->parent)->subject;
        uint16_t asks = chunk(f, g->parent)->parent;
        if (asks != NO_CHUNK && chunk(f, g->parent)->flags & (VG_TO | VG_BASE)
            && (news_vg_class(f->c, asks) == NV_ORDER || news_vg_class(f->c, asks) == NV_WARN
                || BASE_IN(f, asks, "tell")))
            f->issuer = chunk(f, asks)->subject; /* "asked airlines to consider it closed" */
    }
    f->issuer = maker_of(f, f->issuer);
    if (g->flags & VG_TO && f->v > 0 && chunk(f, (uint16_t)(f->v - 1))->kind == CH_NG)
        f->issuer = decider_of(f, (uint16_t)(f->v - 1));
    if (f->passive && f->issuer != NO_CHUNK && f->issuer == g->agent
        && (nf_has_class(f->c, f->issuer, NN_NOTICE)
            || (nf_head_class(f->c, f->issuer) == NN_WEAPON && !has_owner(f, f->issuer))))
        f->issuer = NO_CHUNK; /* "promulgated by NOTAM", "hit by a missile": nobody is named */
    if (f->passive && f->issuer == NO_CHUNK)
        f->issuer = ordered_by(f);
    f->class_of = nf_head_class(f->c, f->object);
}

/* "would no longer fly to", "will not operate" */
static bool stops_flying(frame *f)
{
    if (!BASE_IN(f, f->v, "fly", "operate", "serve") || !(f->g->flags & VG_NEG)
        || f->g->flags & VG_POSSIBLE || f->passive)
        return false;
    uint8_t s = nf_head_class(f->c, f->g->subject);
    if (!(f->g->flags & VG_PLANNED) && !NEWS_IS(f->c->doc, f->g->head - 1, "longer"))
        return false;
    if (s == NN_PERSON || s == NN_WEAPON)
        return false;
    bool avoids =
        WORD_IN(f, f->g->last, f->g->last + 1, "over", "through", "across", "in", "into", "within");
    news_draft *d = nf_emit(f, avoids ? OVF_ACT_DIVERT : OVF_ACT_SUSPEND_SERVICE, "S5");
    if (d != NULL)
        d->is_negated = false;
    return true;
}

/* Told of as a thing that may be, not as one that was done: "before closing the airspace", "a way of
 * reopening", and whatever a question asks. */
static bool is_supposed(const frame *f)
{
    const news_sentence *s = &f->c->doc->sentences[f->c->sentence];
    if (f->g->says == NO_CHUNK && s->last > s->first && NEWS_IS(f->c->doc, s->last - 1, "?"))
        return true;
    uint16_t keeps = f->g->parent;
    if (f->g->flags & VG_PP && keeps != NO_CHUNK && keeps < f->v && keeps > 0
        && chunk(f, keeps)->flags & VG_ING && !(chunk(f, keeps)->flags & VG_FINITE)) {
        const news_chunk *p = chunk(f, (uint16_t)(keeps - 1)); /* "blamed for keeping it shut" */
        return p->kind == CH_PREP
               && WORD_IN(f, p->first, p->last, "for", "of", "without", "against", "than");
    }
    if (!(f->g->flags & VG_ING) || f->g->flags & VG_FINITE || f->v == 0)
        return false;
    const news_chunk *before = chunk(f, (uint16_t)(f->v - 1));
    if (before->first > 0 && NEWS_IS(f->c->doc, before->first - 1, "short"))
        return false; /* "stopped short of banning": not banned */
    return (before->kind == CH_PREP || before->kind == CH_SUB || before->kind == CH_CONJ)
           && WORD_IN(f, before->first, before->last, "before", "without", "than", "of", "for",
                      "about", "against", "on", "despite", "to", "towards", "between", "into");
}

/* "pleaded for allies to close the sky", "tried to reopen": wished for or attempted, not done. */
static bool is_wished(const frame *f)
{
    if (!(f->g->flags & VG_TO) || f->v < 2)
        return false;
    uint8_t class = news_vg_class(f->c, f->v);
    if (class != NV_CLOSE && class != NV_REOPEN && class != NV_OPEN && class != NV_BAN
        && class != NV_REVOKE && class != NV_LIFT)
        return false;
    if (chunk(f, (uint16_t)(f->v - 1))->kind == CH_NG
        && NEWS_IS(f->c->doc, chunk(f, (uint16_t)(f->v - 2))->first, "for"))
        return true;
    uint16_t p = f->g->parent;
    return p != NO_CHUNK
           && BASE_IN(f, p, "plead", "beg", "try", "attempt", "lobby", "need", "struggle", "press",
                      "wish", "long", "tempt");
}

/* A noun whose infinitive leaves open whether it was done: "no standing to close". */
static bool hangs_idle(const frame *f, uint16_t ng)
{
    uint32_t head = chunk(f, ng)->head;
    if (WORD_IN(f, head, head + 1, "decision", "order", "orders", "move", "ruling", "intention")
        && WORD_IN(f, chunk(f, ng)->first, head, "no", "any"))
        return true; /* "no decision to close" */
    return nf_head_class(f->c, ng) == NN_POWER
           || WORD_IN(f, head, head + 1, "attempt", "attempts", "term", "permission", "request",
                      "requests", "call", "calls", "need", "right", "rights", "chance", "time",
                      "way", "effort", "efforts", "pressure", "demand", "demands", "ability",
                      "power", "powers", "authority", "capacity", "reason", "reasons", "temptation",
                      "obligation", "duty", "appeal", "appeals", "proposal", "proposals", "threat",
                      "threats", "advice", "option", "deadline", "plan", "plans", "hope", "hopes",
                      "ways", "grounds", "mandate", "ultimatum", "competence", "freedom", "basis",
                      "cause", "excuse", "pretext", "incentive", "plot", "plots", "conspiracy",
                      "bid", "ability", "wish", "desire", "readiness");
}

/* "Any attempt to violate", "the right to close", "pressure to resume": an infinitive behind a noun
 * that leaves open whether it was done; "granted a term to resume". */
static bool is_idle(const frame *f)
{
    if (is_wished(f))
        return true;
    uint16_t p0 = f->g->parent;
    if (f->g->flags & VG_BASE && p0 != NO_CHUNK && p0 > 0 && p0 + 2 == f->v
        && chunk(f, p0)->flags & VG_TO && chunk(f, (uint16_t)(f->v - 1))->kind == CH_CONJ
        && chunk(f, (uint16_t)(p0 - 1))->kind == CH_NG)
        return hangs_idle(f, (uint16_t)(p0 - 1)); /* "the right to open or close" */
    if (f->g->flags & VG_ING && p0 != NO_CHUNK && p0 > 0 && p0 + 1 == f->v
        && chunk(f, p0)->flags & VG_TO && chunk(f, (uint16_t)(p0 - 1))->kind == CH_NG)
        return hangs_idle(f, (uint16_t)(p0 - 1)); /* "no basis to order grounding" */
    if (!(f->g->flags & VG_TO) || f->v == 0)
        return false;
    const news_chunk *before = chunk(f, (uint16_t)(f->v - 1));
    if (before->kind == CH_NG && hangs_idle(f, (uint16_t)(f->v - 1)))
        return true;
    uint16_t p = f->g->parent;
    return p != NO_CHUNK && news_vg_class(f->c, p) == NV_GRANT && !(chunk(f, p)->flags & VG_PASSIVE)
           && !(chunk(f, p)->flags & VG_DONE);
}

/* "While the airspace is closed", "if the airport is shut": a circumstance of what is told. */
static bool is_circumstance(const frame *f)
{
    uint8_t s = nf_head_class(f->c, f->g->subject);
    if (f->issuer != NO_CHUNK && s != NN_FLIGHT && s != NN_AIR)
        return false;
    uint16_t first = f->g->subject != NO_CHUNK && f->g->subject < f->v ? f->g->subject : f->v;
    if (first == 0)
        return false;
    const news_chunk *before = chunk(f, (uint16_t)(first - 1));
    return before->kind == CH_SUB
           && WORD_IN(f, before->first, before->last, "while", "when", "whenever", "where",
                      "whether", "how", "unless", "if");
}

/* "until its licence has been renewed", "once the airspace is reopened": not yet. */
static bool is_pending(const frame *f)
{
    uint16_t first = f->g->subject != NO_CHUNK && f->g->subject < f->v ? f->g->subject : f->v;
    if (first == 0 || !(f->g->flags & VG_FINITE))
        return false;
    const news_chunk *before = chunk(f, (uint16_t)(first - 1));
    return WORD_IN(f, before->first, before->last, "until", "till", "once", "unless");
}

/* "Asked whether it would lift its warning": a question, within which nothing is done. */
static bool is_asked(const frame *f)
{
    uint16_t first = f->g->subject != NO_CHUNK && f->g->subject < f->v ? f->g->subject : f->v;
    if (f->v > 0 && NEWS_IS(f->c->doc, chunk(f, (uint16_t)(f->v - 1))->first, "whether"))
        return true; /* "deciding whether to revoke" */
    if (first == 0)
        return false;
    const news_chunk *before = chunk(f, (uint16_t)(first - 1));
    if (before->kind != CH_SUB)
        return false;
    if (NEWS_IS(f->c->doc, before->first, "whether"))
        return true;
    return NEWS_IS(f->c->doc, before->first, "if") && first > 1
           && chunk(f, (uint16_t)(first - 2))->kind == CH_VG
           && BASE_IN(f, (uint16_t)(first - 2), "ask", "wonder", "know", "see", "decide");
}

/* "Operators should exercise caution, the agency said", "travellers must check": advice or an order by
 * whoever says it. */
static void frame_duty(frame *f)
{
    uint8_t s = nf_head_class(f->c, f->g->subject);
    if (!(f->g->flags & VG_DUTY) || f->passive || f->g->flags & VG_PERFECT || f->g->says == NO_CHUNK
        || f->g->says == f->v || (s != NN_CARRIER && s != NN_PEOPLE && s != NN_PLANE))
        return;
    uint32_t until = f->g->until < f->c->count ? chunk(f, f->g->until)->first : f->g->last + 8;
    bool warns = f->g->flags & VG_NEG || BASE_IN(f, f->v, "avoid", "expect", "beware")
                 || WORD_IN(f, f->g->last, until, "caution", "risk", "risks", "care");
    uint16_t speaker = chunk(f, f->g->says)->subject;
    bool crew = s == NN_PEOPLE
                && WORD_IN(f, chunk(f, f->g->subject)->head, chunk(f, f->g->subject)->head + 1,
                           "pilots", "crews", "aircrews", "dispatchers");
    warns = warns && (s != NN_PEOPLE || crew); /* "pilots should avoid the summit" */
    news_draft *d = nf_emit(f, warns ? OVF_ACT_WARN : OVF_ACT_ORDER, warns ? "W2" : "D7");
    if (d == NULL)
        return;
    d->speaker = speaker;
    d->target = f->g->subject;
    d->is_negated = false;
    d->modality = OVF_NEWS_DIRECTIVE;
}

/* "reminded members that responsibility lies with Ukraine": the innermost act is the power told. */
static bool passes_on_power(const frame *f)
{
    if (!(f->g->flags & VG_SAYS))
        return false;
    for (uint32_t i = 0; i < f->out->count; i++) {
        if (f->out->items[i].act == OVF_ACT_AUTHORITY && f->out->items[i].says == f->v)
            return true;
    }
    return false;
}

/* Nobody has done it: supposed, left idle, asked, pending, a mere circumstance. */
bool nf_is_left_open(const frame *f, uint8_t class)
{
    bool closing = class == NV_CLOSE || class == NV_REOPEN || class == NV_OPEN || class == NV_BAN;
    bool moving = class == NV_STOP || class == NV_RESUME || class == NV_DIVERT;
    if ((closing || moving || class == NV_REVOKE || class == NV_GRANT) && is_supposed(f))
        return true;
    if (is_idle(f))
        return true;
    bool deed = closing || moving || class == NV_LIFT || class == NV_REVOKE || class == NV_GRANT
                || class == NV_IMPOSE;
    if (deed && (is_asked(f) || is_pending(f)))
        return true;
    /* "could be closed", "whether it would close": nobody has closed anything */
    bool mulls = f->g->flags & VG_POSSIBLE && !f->passive && f->issuer != NO_CHUNK
                 && nf_is_ruler(f, f->issuer)
                 && WORD_IN(f, f->g->first, f->g->head, "might", "could", "may")
                 && !(f->g->flags & VG_NEG); /* "said it might close the routes" */
    if (class == NV_CLOSE && ((f->g->flags & VG_POSSIBLE && !mulls) || nf_is_conditional(f)))
        return true;
    return (class == NV_CLOSE || class == NV_REOPEN || class == NV_RESUME) && is_circumstance(f);
}

static void frame_one(frame *f, uint8_t class)
{
    if (nf_is_left_open(f, class))
        return;
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
    case NV_EXEMPT: nf_emit(f, OVF_ACT_EXEMPT, "X2"); break;
    case NV_WARN:
        if (!passes_on_power(f))
            frame_warn(f);
        break;
    case NV_ORDER: frame_order(f); break;
    case NV_DESIGNATE: frame_designate(f); break;
    case NV_THREATEN: frame_threaten(f); break;
    case NV_STRIKE: frame_strike(f); break;
    case NV_DEPLOY: frame_deploy(f); break;
    case NV_INCIDENT: frame_incident(f); break;
    case NV_DENY:
        if (!frame_denies_use(f))
            frame_deny(f);
        break;
    case NV_CONDEMN: frame_condemn(f); break;
    case NV_NEGOTIATE:
        if (!frame_decides_on(f))
            frame_negotiate(f);
        break;
    default:
        if (!frame_denies_use(f) && !frame_decides_on(f))
            frame_other(f);
        break;
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
    return g->agent == NO_CHUNK
           || !(k == NV_CLOSE || k == NV_BAN || k == NV_REVOKE || k == NV_STRIKE);
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
        if (is_modifier(&f)) {
            nf_tells_clipped(&f);
            continue;
        }
        const news_word *w = news_lex(c->doc, g->head);
        uint32_t count = out->count;
        if (nf_tells_way(&f))
            continue;
        settle(&f);
        frame_one(&f, w->verb);
        if (out->count == count && w->verb2 != NV_NONE && w->verb2 != NV_SAY
            && w->verb2 != NV_WEAK) {
            settle(&f);
            frame_one(&f, w->verb2);
        }
        if (out->count == count && w->verb != NV_NONE
            && (w->verb == NV_SAY || w->verb == NV_WEAK || w->verb == NV_EXTEND
                || w->verb == NV_INCIDENT || w->verb == NV_DIVERT || w->verb == NV_DEPLOY
                || w->verb == NV_STOP || w->verb == NV_LIFT || w->verb == NV_IMPOSE)) {
            settle(&f);
            frame_other(&f);
        }
        if (out->count == count) {
            settle(&f);
            if (!nf_tells_idiom(&f) && !nf_tells_event(&f) && !nf_tells_clipped(&f))
                frame_duty(&f);
        }
    }
}
