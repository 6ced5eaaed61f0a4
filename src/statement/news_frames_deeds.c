/* SPDX-License-Identifier: Apache-2.0 */
/* Frames of speech and of force: warning, ordering, threatening, striking, deploying, meeting, denying. */
#include "news_frames.h"

#include <string.h>

static bool has_threat(const frame *f)
{
    for (uint16_t k = f->v; k < f->c->count; k++) {
        if (WORD_IN(f, chunk(f, k)->first, chunk(f, k)->last, "retaliate", "retaliation",
                    "consequences", "escalating", "escalation", "response", "respond", "revenge",
                    "war", "attack", "strike", "strikes", "target", "targets", "destroy", "shoot",
                    "shot", "force", "punish", "punishment", "severe", "hell", "measures",
                    "countermeasures", "counter-measures", "decisive", "crush", "crushing",
                    "price"))
            return true;
    }
    return false;
}

void frame_warn(frame *f)
{
    if (f->issuer == NO_CHUNK && f->object == NO_CHUNK)
        return; /* "ALERT 13 Apr" */
    uint32_t e = f->issuer == NO_CHUNK ? NEWS_NONE : news_entity_of(f->c, f->issuer);
    uint8_t kind = e == NEWS_NONE ? OVF_NEWS_UNKNOWN : f->c->doc->entities[e].kind;
    bool may_threaten = kind == OVF_NEWS_HEAD_OF_STATE || kind == OVF_NEWS_MILITARY
                        || kind == OVF_NEWS_ARMED_GROUP || kind == OVF_NEWS_STATE
                        || kind == OVF_NEWS_MINISTER;
    if (BASE_IN(f, f->v, "remind", "recommend", "advise", "urge", "counsel", "alert"))
        may_threaten = false;
    bool to_state =
        BASE_IN(f, f->v, "urge", "advise", "counsel")
        && !(kind == OVF_NEWS_AVIATION_AUTHORITY || kind == OVF_NEWS_ANSP)
        && (f->class_of == NN_STATE || f->class_of == NN_BODY || f->class_of == NN_PERSON);
    if (BASE_IN(f, f->v, "urge")
        && WORD_IN(f, f->g->last, f->g->last + 6, "sides", "parties", "governments", "government",
                   "countries", "states", "authorities", "leaders", "nations"))
        to_state = true;
    if (BASE_IN(f, f->v, "urge", "counsel", "advise")
        && WORD_IN(f, f->g->last, f->g->last + 4, "restraint", "calm", "dialogue", "talks",
                   "de-escalation", "ceasefire", "cease-fire", "diplomacy"))
        to_state = true;
    ovf_act act = to_state                        ? OVF_ACT_ORDER
                  : may_threaten && has_threat(f) ? OVF_ACT_THREATEN
                                                  : OVF_ACT_WARN;
    nf_emit(f, act, act == OVF_ACT_WARN ? "W1" : act == OVF_ACT_ORDER ? "D3" : "T2");
}

void frame_order(frame *f)
{
    uint16_t child = nf_content_vg(f);
    if (f->object == NO_CHUNK && f->issuer == NO_CHUNK)
        return; /* "Asked whether" */
    if (BASE_IN(f, f->v, "ask", "demand", "request", "require", "insist", "direct", "mandate",
                "oblige", "compel", "appeal")
        && child == NO_CHUNK && !(f->g->flags & VG_SAYS) && f->object == NO_CHUNK
        && nf_prep_object(f, "for") == NO_CHUNK)
        return;
    if (f->g->flags & VG_ING && f->v > 1
        && NEWS_IS(f->c->doc, chunk(f, (uint16_t)(f->v - 2))->first, "without"))
        return; /* "without anyone asking us" */
    if (BASE_IN(f, f->v, "ask", "request", "beg") && child != NO_CHUNK
        && BASE_IN(f, child, "name", "identify", "quote"))
        return; /* "asked not to be named" */
    uint8_t deed = child == NO_CHUNK ? NV_NONE : news_vg_class(f->c, child);
    if (child != NO_CHUNK && chunk(f, child)->flags & VG_PASSIVE && deed >= NV_CLOSE
        && deed <= NV_EXEMPT)
        return; /* "ordered the airport closed": the closing is the act */
    if (f->g->flags & VG_SAYS && BASE_IN(f, f->v, "demand", "insist", "ask", "order", "request")
        && f->g->content_from > 0 && chunk(f, (uint16_t)(f->g->content_from - 1))->kind == CH_SUB) {
        nf_emit(f, OVF_ACT_ORDER, "D6"); /* "demands that Russia apologise" */
        return;
    }
    ovf_act act = nf_noun_act(f->c, f->object);
    if (BASE_IN(f, f->v, "order", "mandate", "direct")
        && (act == OVF_ACT_DECLARE_CLOSED || act == OVF_ACT_SUSPEND_SERVICE
            || act == OVF_ACT_PROHIBIT)) {
        nf_emit(f, act, "C4");
        return;
    }
    if (BASE_IN(f, f->v, "ask", "require", "mandate") && child == NO_CHUNK && f->passive)
        return;
    if (BASE_IN(f, f->v, "require", "oblige", "compel") && f->passive && f->issuer == NO_CHUNK
        && !(f->g->flags & VG_PLANNED))
        return; /* "was obliged to give notice": nobody obliges it here and now */
    if (BASE_IN(f, f->v, "ask") && child == NO_CHUNK && f->object != NO_CHUNK
        && WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->head + 1, "thing", "question",
                   "questions", "why", "what"))
        return;
    nf_emit(f, OVF_ACT_ORDER, "D2");
}

void frame_designate(frame *f)
{
    if (BASE_IN(f, f->v, "label", "brand", "classify") && nf_prep_object(f, "as") == NO_CHUNK
        && nf_judges(f))
        return;
    if (BASE_IN(f, f->v, "list", "classify", "label", "brand", "categorise", "categorize", "rank")
        && nf_prep_object(f, "as") == NO_CHUNK
        && !WORD_IN(f, f->g->last, f->g->last + 12, "terrorist", "terrorists", "risk", "high-risk",
                    "hostile", "unsafe"))
        return;
    nf_emit(f, OVF_ACT_DESIGNATE, "E1");
}

void frame_threaten(frame *f)
{
    if (BASE_IN(f, f->v, "vow") && !has_threat(f)
        && !WORD_IN(f, f->g->last, f->g->last + 6, "respond", "fight", "avenge", "retaliate"))
        return;
    uint8_t s = nf_head_class(f->c, f->g->subject);
    if (f->v > 0 && chunk(f, (uint16_t)(f->v - 1))->kind == CH_WH)
        return; /* "cargo that threatens us" */
    if (BASE_IN(f, f->v, "threaten")
        && (s == NN_HAZARD || s == NN_VOLCANO || s == NN_DEED || s == NN_MEASURE || s == NN_TALKS))
        return;
    nf_emit(f, OVF_ACT_THREATEN, "T1");
}

/* "used it to attack others", "the ability to strike": what for, and no deed. */
static bool is_purpose(const frame *f)
{
    uint16_t p = f->g->parent;
    if (!(f->g->flags & VG_TO) || f->passive || f->v == 0)
        return false;
    if (p == NO_CHUNK)
        return true;
    uint8_t k = news_vg_class(f->c, p);
    return !(k == NV_ORDER || k == NV_THREATEN || nf_plans(f, p)
             || BASE_IN(f, p, "begin", "start", "continue", "go", "try", "attempt", "manage",
                        "resume", "help", "proceed", "be"));
}

static bool is_within_relative(const frame *f)
{
    uint16_t first = f->g->subject != NO_CHUNK && f->g->subject < f->v ? f->g->subject : f->v;
    return first > 0 && chunk(f, (uint16_t)(first - 1))->kind == CH_WH;
}

/* Launch and fire: missiles, an attack, a manoeuvre, or a call. */
static void frame_launch(frame *f)
{
    uint8_t k = f->class_of;
    ovf_act act = nf_noun_act(f->c, f->object);
    bool weapon = k == NN_WEAPON || k == NN_PLANE || nf_list_has_class(f->c, f->object, NN_WEAPON)
                  || nf_has_class(f->c, f->object, NN_WEAPON);
    if (k == NN_PLANE && f->passive && f->issuer == NO_CHUNK && f->g->flags & VG_TO)
        return; /* "the jets were believed to have been launched" */
    bool at = nf_next_word_is(f, "at") || nf_next_word_is(f, "on") || nf_next_word_is(f, "into");
    if (act == OVF_ACT_DEPLOY)
        nf_emit(f, OVF_ACT_DEPLOY, "M2");
    else if (act == OVF_ACT_STRIKE || weapon || (at && BASE_IN(f, f->v, "fire")))
        nf_emit(f, OVF_ACT_STRIKE, "K3");
    else if (act != OVF_ACT_UNKNOWN && BASE_IN(f, f->v, "launch"))
        nf_emit(f, act, "I1");
}

/* Intercepted, foiled: an attack or what it is made with. */
static bool wards_off(const frame *f)
{
    uint8_t k = f->class_of;
    bool armed = k == NN_WEAPON || nf_list_has_class(f->c, f->object, NN_WEAPON)
                 || nf_noun_act(f->c, f->object) == OVF_ACT_STRIKE
                 || (f->object != NO_CHUNK
                     && WORD_IN(f, chunk(f, f->object)->first, chunk(f, f->object)->last, "drone",
                                "drones", "uav", "uavs", "targets", "target", "objects",
                                "projectiles", "leader", "leaders", "commander", "commanders"));
    bool missiles = BASE_IN(f, f->v, "intercept", "repel", "thwart", "foil")
                    && nf_head_class(f->c, f->object) == NN_WEAPON;
    return armed
           && !(
               missiles
               && f->g->says
                      != NO_CHUNK); /* "most missiles were intercepted, he said": how it went, a claim of his */
}

/* Let to strike, done by whoever may, or people killed by nobody in particular. */
static bool is_no_deed(const frame *f)
{
    uint16_t lets = f->g->parent;
    if (lets != NO_CHUNK && f->g->flags & (VG_TO | VG_BASE)
        && (news_vg_class(f->c, lets) == NV_GRANT || BASE_IN(f, lets, "let", "enable")))
        return true; /* "let the army shoot them down" */
    if (nf_is_anybody(f)
        || (f->issuer != NO_CHUNK
            && WORD_IN(f, chunk(f, f->issuer)->head, chunk(f, f->issuer)->head + 1, "clear",
                       "unclear")))
        return true; /* "it is not clear who had shot them" */
    bool kills = BASE_IN(f, f->v, "kill", "wound", "injure", "murder");
    if (kills && f->passive && f->issuer == NO_CHUNK && is_within_relative(f))
        return true; /* "the attack in which 26 people were killed" */
    const news_sentence *all = &f->c->doc->sentences[f->c->sentence];
    bool forces =
        nf_head_class(f->c, f->issuer) == NN_FORCE || nf_kind_of(f, f->issuer) == OVF_NEWS_MILITARY;
    if (kills && !(forces && !(f->g->flags & VG_ING))
        && (f->g->flags & VG_ING
            || !WORD_IN(f, all->first, all->last, "strike", "strikes", "airstrike", "airstrikes",
                        "attack", "attacks", "missile", "missiles", "drone", "drones", "bomb",
                        "bombs", "bombing", "raid", "raids", "shelling", "rocket", "rockets",
                        "fire", "shot", "operation", "gunmen")))
        return true;
    return false;
}

/* Nothing is struck: no object, only possible, not to be, for a purpose; or no thing that can be. */
static bool is_unstruck(const frame *f)
{
    uint8_t k = f->class_of;
    if (!f->passive && f->object == NO_CHUNK)
        return true;
    if (f->passive && f->issuer == NO_CHUNK && f->g->flags & VG_POSSIBLE)
        return true; /* "an aircraft can be hit" */
    if (f->g->flags & VG_NEG && f->g->flags & (VG_TO | VG_POSSIBLE | VG_PLANNED))
        return true; /* "decided not to shoot", "cannot just blast" */
    if (is_purpose(f))
        return true;
    if (k == NN_MEASURE || k == NN_TALKS || k == NN_LAW
        || (k == NN_DEED && BASE_IN(f, f->v, "neutralise", "neutralize")))
        return true;
    return false;
}

void frame_strike(frame *f)
{
    if (!f->passive && nf_is_nameless(f, f->issuer)
        && (nf_head_class(f->c, f->issuer) == NN_WEAPON
            || WORD_IN(f, chunk(f, f->issuer)->head, chunk(f, f->issuer)->head + 1, "drone",
                       "drones", "uav", "uavs")))
        f->issuer = NO_CHUNK; /* "a drone struck the depot" */
    uint8_t k = f->class_of;
    uint8_t s = nf_head_class(f->c, f->g->subject);
    bool weak_verb = BASE_IN(f, f->v, "hit", "fire", "launch", "down", "engage", "target", "seize",
                             "capture", "sink", "destroy", "wound", "injure", "storm", "pound",
                             "kill", "neutralise", "neutralize", "intercept", "strike");
    if (BASE_IN(f, f->v, "strike")
        && WORD_IN(f, f->g->last, f->g->last + 3, "deal", "agreement", "accord", "truce", "balance",
                   "tone", "chord")) {
        nf_emit(f, OVF_ACT_NEGOTIATE, "N3");
        return;
    }
    if (BASE_IN(f, f->v, "launch", "send") && f->object != NO_CHUNK
        && WORD_IN(f, chunk(f, f->object)->first, chunk(f, f->object)->last, "balloons",
                   "balloon")) {
        nf_emit(f, OVF_ACT_INCIDENT, "X3");
        return;
    }
    if (BASE_IN(f, f->v, "launch", "fire")) {
        frame_launch(f);
        return;
    }
    if (BASE_IN(f, f->v, "shoot") && !nf_particle_is(f, "down") && f->object == NO_CHUNK)
        return;
    if (BASE_IN(f, f->v, "intercept", "repel", "thwart", "foil", "repulse", "detonate", "eliminate")
        && !wards_off(f))
        return;
    /* "Anything that crosses will be shot down", X said: a threat of X's, and nothing has happened */
    if (f->passive && f->issuer == NO_CHUNK && f->g->flags & VG_PLANNED && f->g->says != NO_CHUNK
        && !(f->g->flags & VG_NEG) && f->g->says != f->v) {
        f->issuer = chunk(f, f->g->says)->subject;
        nf_emit(f, OVF_ACT_THREATEN, "T5");
        return;
    }
    if (is_no_deed(f))
        return;
    if (BASE_IN(f, f->v, "seize", "capture", "storm")
        && !(k == NN_AIR || k == NN_VESSEL || k == NN_PLANE || k == NN_CITY || k == NN_STATE
             || k == NN_FORCE || k == NN_PERSON))
        return;
    if (BASE_IN(f, f->v, "strike")
        && (WORD_IN(f, f->g->head + 1, f->g->head + 2, "out", "off", "down")
            || nf_kind_of(f, f->issuer) == OVF_NEWS_COURT))
        return;
    if (s == NN_HAZARD || s == NN_VOLCANO
        || (weak_verb
            && WORD_IN(f, f->g->first, f->g->last + 4, "hardest", "hard", "record", "market",
                       "prices")))
        return;
    if (is_unstruck(f))
        return;
    nf_emit(f, OVF_ACT_STRIKE, "K1");
}

void frame_deploy(frame *f)
{
    uint8_t k = f->class_of;
    if (BASE_IN(f, f->v, "send") && f->object != NO_CHUNK
        && WORD_IN(f, chunk(f, f->object)->first, chunk(f, f->object)->last, "balloons",
                   "balloon")) {
        nf_emit(f, OVF_ACT_INCIDENT, "X3");
        return;
    }
    ovf_act act = nf_noun_act(f->c, f->object);
    bool force = k == NN_FORCE || nf_list_has_class(f->c, f->object, NN_FORCE)
                 || nf_has_class(f->c, f->object, NN_FORCE);
    bool loose = BASE_IN(f, f->v, "send", "move", "station", "position", "gather", "assemble",
                         "concentrate", "dispatch");
    if (BASE_IN(f, f->v, "conduct", "rehearse")) {
        if (act != OVF_ACT_UNKNOWN && act != OVF_ACT_INCIDENT)
            nf_emit(f, act, "M2");
        return;
    }
    if (BASE_IN(f, f->v, "scramble") && f->object == NO_CHUNK && !f->passive)
        return; /* "airlines scrambled to redraw their routes" */
    if (BASE_IN(f, f->v, "patrol")) {
        if (nf_head_class(f->c, f->g->subject) == NN_FORCE
            || nf_head_class(f->c, f->g->subject) == NN_PLANE
            || nf_head_class(f->c, f->g->subject) == NN_VESSEL
            || nf_kind_of(f, f->g->subject) == OVF_NEWS_MILITARY)
            nf_emit(f, OVF_ACT_DEPLOY, "M1");
        return;
    }
    bool jets = k == NN_PLANE && f->object != NO_CHUNK && BASE_IN(f, f->v, "send", "move")
                && (nf_is_ruler(f, f->issuer) || nf_kind_of(f, f->issuer) == OVF_NEWS_MILITARY)
                && nf_prep_object(f, "to") != NO_CHUNK
                && WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->head + 1, "jets",
                           "fighters", "warplanes", "helicopters", "gunships");
    if (jets) {
        nf_emit(f, OVF_ACT_DEPLOY, "M1");
        return;
    }
    if (loose ? force || k == NN_VESSEL
                    || (k == NN_PLANE && BASE_IN(f, f->v, "dispatch", "station", "position"))
              : force || k == NN_PLANE || k == NN_VESSEL || k == NN_WEAPON
                    || BASE_IN(f, f->v, "deploy", "mobilise", "mobilize", "redeploy", "scramble"))
        nf_emit(f, OVF_ACT_DEPLOY, "M1");
}

/* "no aircraft may enter it without clearance": a ban. */
static bool frame_keeps_out(frame *f)
{
    bool lets = f->g->flags & (VG_POSSIBLE | VG_PLANNED)
                && (f->g->flags & VG_NEG || nf_has_no(f, f->g->subject));
    if (lets && BASE_IN(f, f->v, "enter", "cross", "fly", "approach", "overfly")) {
        uint8_t who = nf_head_class(f->c, f->g->subject);
        if (who == NN_PLANE || who == NN_FLIGHT
            || (who == NN_CARRIER && f->g->says != NO_CHUNK
                && nf_kind_of(f, chunk(f, f->g->says)->subject) != OVF_NEWS_AIRLINE)) {
            f->object = f->g->subject; /* "no aircraft may enter it without clearance" */
            f->issuer = NO_CHUNK;
            news_draft *d = nf_emit(f, OVF_ACT_PROHIBIT, "P9");
            if (d != NULL)
                d->is_negated = false;
            return true;
        }
    }
    return false;
}

void frame_incident(frame *f)
{
    if (frame_keeps_out(f))
        return;
    if (f->g->flags & VG_DUTY || (f->g->flags & VG_TO && !(f->g->flags & VG_PERFECT)))
        return; /* "should be allowed to jam": it has not happened */
    if (f->v > 0 && chunk(f, (uint16_t)(f->v - 1))->kind == CH_WH && f->v > 1
        && chunk(f, (uint16_t)(f->v - 2))->kind == CH_NG) {
        for (uint16_t k = 0; k < f->v; k++) { /* "shot down drones that entered": part of that */
            if (chunk(f, k)->kind == CH_VG && chunk(f, k)->flags & VG_DONE
                && (news_vg_class(f->c, k) == NV_STRIKE || news_vg_class(f->c, k) == NV_INCIDENT))
                return;
        }
    }
    uint8_t k = f->class_of;
    uint8_t s = nf_head_class(f->c, f->g->subject);
    bool mover =
        s == NN_PLANE || s == NN_WEAPON || s == NN_HAZARD || s == NN_FORCE || s == NN_STATE;
    bool fits = false;
    if (BASE_IN(f, f->v, "violate", "breach", "infringe", "penetrate", "enter", "cross",
                "transgress", "approach")) {
        if (k == NN_LAW)
            return; /* authority: news_power.c */
        bool hard = BASE_IN(f, f->v, "violate", "breach", "infringe", "penetrate");
        uint32_t e = f->g->last;
        bool into = WORD_IN(f, e, e + 1, "into")
                    || ((k == NN_STATE || k == NN_CITY) && BASE_IN(f, f->v, "enter", "cross"));
        bool object_moves =
            s == NN_PLANE || s == NN_WEAPON
            || (f->g->subject != NO_CHUNK
                && WORD_IN(f, chunk(f, f->g->subject)->first, chunk(f, f->g->subject)->last,
                           "balloons", "balloon", "rocket"));
        bool line = mover && BASE_IN(f, f->v, "cross", "penetrate", "approach")
                    && f->object != NO_CHUNK
                    && WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->head + 1, "line",
                               "border", "frontier", "boundary");
        fits = line || (into && object_moves && !(f->g->flags & (VG_TO | VG_NEG)))
               || (nf_has_class(f->c, f->object, NN_AIR)
                       ? hard || mover
                       : hard && k == NN_POWER
                             && WORD_IN(f, chunk(f, f->object)->first, chunk(f, f->object)->last,
                                        "sovereignty"));
    } else if (BASE_IN(f, f->v, "spot", "sight", "detect", "observe")) {
        fits = k == NN_PLANE || nf_list_has_class(f->c, f->object, NN_PLANE);
    } else if (BASE_IN(f, f->v, "buzz", "drift", "hover", "loiter")) {
        fits = s == NN_PLANE || s == NN_HAZARD;
    } else if (BASE_IN(f, f->v, "erupt", "spew", "belch", "emit")) {
        fits = true;
    } else if (BASE_IN(f, f->v, "jam", "spoof", "interfere")) {
        fits = true;
    } else if (BASE_IN(f, f->v, "fly", "stray", "intrude", "infiltrate", "overfly")) {
        if (BASE_IN(f, f->v, "fly")
            && (nf_next_word_is(f, "round") || nf_next_word_is(f, "around"))) {
            nf_emit(f, OVF_ACT_DIVERT, "V5");
            return;
        }
        if (BASE_IN(f, f->v, "fly") && !f->passive && f->class_of == NN_PLANE
            && nf_prep_object(f, "into") != NO_CHUNK) {
            nf_emit(f, OVF_ACT_STRIKE, "K7"); /* "flew airliners into the towers" */
            return;
        }
        bool into = nf_next_word_is(f, "into") || nf_next_word_is(f, "over")
                    || nf_next_word_is(f, "near") || nf_next_word_is(f, "across");
        fits = (s == NN_PLANE && into && !BASE_IN(f, f->v, "fly"))
               || BASE_IN(f, f->v, "intrude", "stray", "infiltrate")
               || (s == NN_PLANE && into
                   && (nf_clause_has(f, NN_AIR)
                       || (nf_next_word_is(f, "into")
                           && (nf_head_class(f->c, nf_prep_object(f, "into")) == NN_STATE
                               || WORD_IN(f, f->g->last, f->g->last + 3, "country")))));
    } else if (BASE_IN(f, f->v, "crash", "explode", "collide", "plunge", "fall", "land", "rain",
                       "damage", "scatter", "hijack")) {
        fits = s == NN_HAZARD || s == NN_WEAPON
               || (BASE_IN(f, f->v, "crash", "explode", "collide", "plunge", "hijack")
                   && (s == NN_PLANE || k == NN_PLANE || s == NN_FLIGHT));
    }
    if (fits && nf_is_nameless(f, f->issuer))
        f->issuer = NO_CHUNK;
    if (fits)
        nf_emit(f, OVF_ACT_INCIDENT, "X1");
}

void frame_negotiate(frame *f)
{
    ovf_act act = nf_noun_act(f->c, f->object);
    if (BASE_IN(f, f->v, "hold", "convene")) {
        if (act == OVF_ACT_NEGOTIATE || act == OVF_ACT_DEPLOY)
            nf_emit(f, act, "N1");
        else if (f->class_of == NN_CALL)
            nf_emit(f, OVF_ACT_NEGOTIATE, "N1");
        return;
    }
    if (BASE_IN(f, f->v, "agree")) {
        if (act == OVF_ACT_NEGOTIATE || nf_prep_object(f, "on") != NO_CHUNK
            || nf_noun_act(f->c, nf_prep_object(f, "to")) == OVF_ACT_NEGOTIATE)
            nf_emit(f, OVF_ACT_NEGOTIATE, "N3");
        return;
    }
    if (BASE_IN(f, f->v, "sign", "broker", "mediate")) {
        if (act == OVF_ACT_NEGOTIATE || f->class_of == NN_TALKS || BASE_IN(f, f->v, "mediate"))
            nf_emit(f, OVF_ACT_NEGOTIATE, "N3");
        return;
    }
    if (BASE_IN(f, f->v, "meet")) {
        bool person = f->class_of == NN_PERSON || f->class_of == NN_BODY || f->class_of == NN_STATE
                      || nf_next_word_is(f, "with");
        if (person && !f->passive)
            nf_emit(f, OVF_ACT_NEGOTIATE, "N1");
        return;
    }
    if (BASE_IN(f, f->v, "talk", "parley")
        && !(nf_next_word_is(f, "to") || nf_next_word_is(f, "with")))
        return;
    nf_emit(f, OVF_ACT_NEGOTIATE, "N1");
}

void frame_deny(frame *f)
{
    if (f->passive && f->issuer == NO_CHUNK && f->class_of == NN_PEOPLE)
        return;
    uint16_t second = f->object == NO_CHUNK ? NO_CHUNK : (uint16_t)(f->object + 1);
    bool entry = f->class_of == NN_PERMIT
                 || (second != NO_CHUNK && second < f->c->count && chunk(f, second)->kind == CH_NG
                     && (nf_head_class(f->c, second) == NN_PERMIT
                         || WORD_IN(f, chunk(f, second)->head, chunk(f, second)->head + 1, "entry",
                                    "access", "overflight")));
    bool carrier = f->class_of == NN_CARRIER || f->class_of == NN_PLANE || f->class_of == NN_FLIGHT
                   || f->class_of == NN_PERMIT;
    if (BASE_IN(f, f->v, "deny") && entry && (carrier || f->passive)) {
        nf_emit(f, OVF_ACT_PROHIBIT, "P4"); /* "denied the airline entry" */
        return;
    }
    if (BASE_IN(f, f->v, "reject", "refuse", "decline", "dismiss", "deny", "contest", "dispute")
        && f->passive && f->issuer == NO_CHUNK && f->g->says != NO_CHUNK
        && (f->class_of == NN_FLIGHT || f->class_of == NN_PLANE
            || nf_has_class(f->c, f->object, NN_FLIGHT))) {
        if (nf_kind_of(f, chunk(f, f->g->says)->subject) == OVF_NEWS_ANSP)
            f->issuer = chunk(f, f->g->says)->subject;
        nf_emit(f, OVF_ACT_PROHIBIT, "P8"); /* "flight plans will be rejected" */
        return;
    }
    if (BASE_IN(f, f->v, "dismiss", "reject", "discredit") && f->object != NO_CHUNK
        && (f->class_of == NN_PEOPLE
            || WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->head + 1, "employees",
                       "staff", "workers", "minister", "chief", "official", "officials", "head",
                       "director", "boss", "manager", "executive", "general", "commander")))
        return; /* sacked, and nothing denied */
    if (nf_has_nor(f) || (f->g->parent != NO_CHUNK && BASE_IN(f, f->g->parent, "confirm")))
        return; /* "would neither confirm nor deny" */
    nf_emit(f, OVF_ACT_DENY, "Y1");
}

void frame_condemn(frame *f)
{
    if (BASE_IN(f, f->v, "blame") && f->g->flags & VG_DUTY && f->object == NO_CHUNK) {
        if (f->g->says == NO_CHUNK) /* "Russia was to blame": whoever says so blames */
            return;
        f->object = f->g->subject;
        f->issuer = chunk(f, f->g->says)->subject;
    }
    if (BASE_IN(f, f->v, "slam")
        && WORD_IN(f, f->g->head + 1, f->g->last + 1, "shut", "closed", "its", "their")) {
        if (WORD_IN(f, f->g->head + 1, f->g->last + 1, "shut", "closed"))
            frame_close(f); /* "slammed shut its skies" */
        return;
    }
    if (BASE_IN(f, f->v, "blast") && !f->passive && f->g->flags & VG_POSSIBLE)
        return;
    if (BASE_IN(f, f->v, "object", "lash") && f->object == NO_CHUNK && !nf_next_word_is(f, "to")
        && !nf_next_word_is(f, "out"))
        return;
    nf_emit(f, OVF_ACT_CONDEMN, "Z1");
}
