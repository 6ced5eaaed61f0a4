/* SPDX-License-Identifier: Apache-2.0 */
/* Frames of closing, banning, lifting and stopping: what is done to air and flights. */
#include "news_frames.h"

#include <string.h>

/* "closed its skies to British airlines": a class of operators, so a ban and no closure. */
static bool names_class(const frame *f, uint16_t ng)
{
    uint8_t k = nf_head_class(f->c, ng);
    if (ng == NO_CHUNK)
        return false;
    if (k == NN_STATE && (news_head_mention(f->c, ng)->flags & NEWS_M_CAPITAL))
        return false; /* "the road to Damascus" */
    if (!(k == NN_CARRIER || k == NN_PLANE || k == NN_FLIGHT || k == NN_STATE || k == NN_FORCE
          || k == NN_WEAPON)
        && f->c->tags[chunk(f, ng)->head] != TAG_ADJ)
        return false;
    if (k == NN_STATE)
        return true;
    const news_chunk *g = chunk(f, ng);
    if (k == NN_CARRIER
        && (NEWS_IS(f->c->doc, g->last, "of") || NEWS_IS(f->c->doc, g->last, "from")))
        return true; /* "to airlines of 36 countries" */
    for (uint32_t i = g->first; i < g->last; i++) {
        uint32_t m = f->c->doc->mention_at == NULL ? NEWS_NONE : f->c->doc->mention_at[i];
        if (m != NEWS_NONE
            && (f->c->doc->mentions[m].flags & NEWS_M_DEMONYM
                || f->c->doc->tokens[i].flags & NEWS_CAP))
            return true;
        if (NEWS_IS(f->c->doc, i, "foreign")
            || ovf_str_ends(news_fold(f->c->doc, i), OVF_STR("-registered"))
            || ovf_str_ends(news_fold(f->c->doc, i), OVF_STR("-owned")))
            return true;
    }
    return false;
}

/* "closed all crossings except the road to Damascus": not closed to it. */
static bool is_excepted(const frame *f, uint16_t ng)
{
    return WORD_IN(f, f->g->last, chunk(f, ng)->first, "except", "excepting", "excluding", "apart");
}

bool nf_shuts_out(const frame *f)
{
    uint16_t to = nf_prep_object(f, "to");
    if (to == NO_CHUNK)
        to = nf_prep_object(f, "for");
    return to != NO_CHUNK && !is_excepted(f, to) && names_class(f, to);
}

void frame_close(frame *f)
{
    bool own = nf_is_closable(f, f->object);
    if (f->g->flags & VG_POSSIBLE && f->g->subject == NO_CHUNK)
        return; /* "who can close the airspace?" */
    if (f->g->flags & VG_PP && f->g->parent != NO_CHUNK && BASE_IN(f, f->g->parent, "want", "see"))
        return; /* "residents want the airport closed" */
    if (own) {
        uint16_t to = nf_prep_object(f, "to");
        if (to == NO_CHUNK)
            to = nf_prep_object(f, "for");
        if (to != NO_CHUNK && is_excepted(f, to))
            to = NO_CHUNK;
        bool bars = names_class(f, to);
        news_draft *d = nf_emit(f, bars ? OVF_ACT_PROHIBIT : OVF_ACT_DECLARE_CLOSED,
                                bars         ? "P5"
                                : f->passive ? "C2"
                                             : "C1");
        if (d != NULL) {
            d->place = f->object;
            d->target = to;
        }
        return;
    }
    if (!f->passive && nf_is_closable(f, f->g->subject)
        && (f->object == NO_CHUNK || nf_head_class(f->c, f->object) == NN_NONE)) {
        f->issuer = nf_named_airport(f, f->g->subject);
        f->object = f->g->subject;
        bool bars = names_class(f, nf_prep_object(f, "to"));
        news_draft *d = nf_emit(f, bars ? OVF_ACT_PROHIBIT : OVF_ACT_DECLARE_CLOSED, "C3");
        if (d != NULL) {
            d->place = f->object;
            d->target = nf_prep_object(f, "to");
        }
    }
}

/* "It reopened two days later": what the sentence before has closed. */
static bool is_it_reopened(const frame *f, uint16_t ng)
{
    const news_doc *doc = f->c->doc;
    if (ng == NO_CHUNK || !BASE_IN(f, f->v, "reopen")
        || !(NEWS_IS(doc, chunk(f, ng)->first, "it") || NEWS_IS(doc, chunk(f, ng)->first, "they"))
        || chunk(f, ng)->last != chunk(f, ng)->first + 1)
        return false;
    const news_sentence *s = &doc->sentences[f->c->sentence];
    uint32_t first = f->c->sentence > 0 && s[-1].paragraph == s->paragraph ? s[-1].first : s->first;
    bool closes = false;
    bool air = false;
    for (uint32_t i = first; i < chunk(f, ng)->first; i++) {
        closes |=
            news_lex(doc, i)->verb == NV_CLOSE || news_lex(doc, i)->act == OVF_ACT_DECLARE_CLOSED;
        air |= news_lex(doc, i)->noun == NN_AIR;
    }
    return closes && air;
}

void frame_reopen(frame *f)
{
    uint16_t what = f->passive || f->object != NO_CHUNK ? f->object : f->g->subject;
    if (is_it_reopened(f, what)) {
        f->issuer = f->passive || f->object != NO_CHUNK ? f->issuer : NO_CHUNK;
        f->object = what;
        nf_emit(f, OVF_ACT_REOPEN, "O4");
        return;
    }
    if (!nf_is_closable(f, f->object)) {
        if (f->passive || f->object != NO_CHUNK || !nf_is_closable(f, f->g->subject))
            return;
        f->object = f->g->subject;
        f->issuer = nf_named_airport(f, f->g->subject);
    }
    news_draft *d = nf_emit(f, OVF_ACT_REOPEN, "O1");
    if (d != NULL)
        d->place = f->object;
}

void frame_open(frame *f)
{
    if (f->object != NO_CHUNK
        && WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->head + 1, "fire"))
        nf_emit(f, OVF_ACT_STRIKE, "K2");
    else
        frame_reopen(f);
}

void frame_ban(frame *f)
{
    if (!f->passive && f->object == NO_CHUNK && f->g->subject != NO_CHUNK
        && BASE_IN(f, f->v, "bar", "ban", "block", "exclude", "prohibit", "forbid")
        && f->g->tense & VF_PP && NEWS_IS(f->c->doc, f->g->last, "from")) {
        uint8_t s = nf_head_class(f->c, f->g->subject);
        if (s == NN_PLANE || s == NN_CARRIER || s == NN_FLIGHT || s == NN_PEOPLE) {
            f->object = f->g->subject; /* "Jet barred from French airspace", as headlines put it */
            f->issuer = NO_CHUNK;
            f->class_of = s;
        }
    }
    uint8_t k = f->class_of;
    if (!f->passive && f->g->subject != NO_CHUNK
        && (nf_head_class(f->c, f->g->subject) == NN_MEASURE
                ? BASE_IN(f, f->v, "block", "limit", "restrict", "curb")
                : f->g->flags & VG_PLANNED
                      && WORD_IN(f, chunk(f, f->g->subject)->head,
                                 chunk(f, f->g->subject)->head + 1, "bill", "draft", "proposal",
                                 "motion", "amendment", "plan")))
        return; /* "the closure blocks its routes", "a bill that would bar" */
    bool strong =
        BASE_IN(f, f->v, "ban", "bar", "prohibit", "forbid", "blacklist", "disallow", "outlaw");
    bool fits = k == NN_AIR || k == NN_FLIGHT || k == NN_CARRIER || k == NN_PLANE || k == NN_PEOPLE
                || k == NN_STATE;
    if (BASE_IN(f, f->v, "refuse")) {
        uint16_t second = f->object == NO_CHUNK ? NO_CHUNK : (uint16_t)(f->object + 1);
        if (second != NO_CHUNK && second < f->c->count && chunk(f, second)->kind == CH_NG
            && (nf_head_class(f->c, second) == NN_PERMIT
                || nf_head_class(f->c, second) == NN_FLIGHT))
            k = NN_PERMIT;
        bool entry = f->object != NO_CHUNK && nf_about_flying(f)
                     && WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->head + 1,
                                "entry", "access", "passage", "transit", "landing", "overflight");
        if (k == NN_PERMIT || (k == NN_FLIGHT && !f->passive) || entry)
            nf_emit(f, OVF_ACT_PROHIBIT, "P4");
        else
            frame_denies_use(f);
        return;
    }
    uint16_t next = f->object == NO_CHUNK ? NO_CHUNK : (uint16_t)(f->object + 2);
    bool flies = next < f->c->count && chunk(f, next)->kind == CH_VG
                 && BASE_IN(f, next, "arrive", "depart", "overfly", "fly", "land", "operate",
                            "enter", "use", "cross"); /* "barred them from arriving" */
    if (strong ? !(fits || flies || nf_about_flying(f)) : !(fits && nf_about_flying(f)))
        return;
    news_draft *d = nf_emit(f, OVF_ACT_PROHIBIT, f->passive ? "P2" : "P1");
    if (d != NULL)
        d->place = nf_prep_object(f, "from");
}

/* "issued a notice closing ...", "restrictions that prohibit ...": the verb behind tells the act. */
bool nf_content_of_paper(const frame *f)
{
    for (uint16_t v = (uint16_t)(f->v + 1); v < f->c->count && v < f->v + 8; v++) {
        const news_chunk *g = chunk(f, v);
        bool same = f->object != NO_CHUNK
                    && (g->subject == f->object
                        || (nf_is_measure_of(f->c, f->object) && g->subject == f->object + 2)
                        || (g->flags & VG_ING && g->parent == f->v
                            && chunk(f, (uint16_t)(v - 1))->kind != CH_COMMA));
        if (g->kind != CH_VG || !same)
            continue;
        uint8_t k = news_vg_class(f->c, v);
        if (!(g->flags & VG_PASSIVE)
            && (k == NV_CLOSE || k == NV_BAN || k == NV_WARN || k == NV_STOP || k == NV_ORDER
                || k == NV_REOPEN || k == NV_EXEMPT || k == NV_LIFT || k == NV_GRANT
                || news_vg_is(f->c, v, "tell")))
            return true;
    }
    return false;
}

/* "the closure of its airspace to Indian aircraft": a class of operators, so a ban. */
static bool closes_to_class(const frame *f)
{
    uint16_t k = f->object;
    while (k != NO_CHUNK && k + 2 < f->c->count && k < f->object + 8
           && chunk(f, (uint16_t)(k + 1))->kind == CH_PREP
           && chunk(f, (uint16_t)(k + 2))->kind == CH_NG) {
        if (WORD_IN(f, chunk(f, (uint16_t)(k + 1))->first, chunk(f, (uint16_t)(k + 1))->last, "to",
                    "for"))
            return names_class(f, (uint16_t)(k + 2));
        k = (uint16_t)(k + 2);
    }
    return false;
}

/* "decided on the closure of its airspace", "agreed on a ban". */
bool frame_decides_on(frame *f)
{
    ovf_act signs = BASE_IN(f, f->v, "sign") ? nf_noun_act(f->c, f->object) : OVF_ACT_UNKNOWN;
    if ((signs == OVF_ACT_DECLARE_CLOSED || signs == OVF_ACT_PROHIBIT) && !nf_content_of_paper(f)) {
        nf_emit(f, closes_to_class(f) ? OVF_ACT_PROHIBIT : signs, "I8");
        return true;
    }
    if (f->passive || !BASE_IN(f, f->v, "decide", "agree", "settle", "vote", "opt"))
        return false;
    uint16_t on = nf_prep_object(f, BASE_IN(f, f->v, "vote", "opt") ? "for" : "on");
    ovf_act act = nf_noun_act(f->c, on);
    if (act != OVF_ACT_DECLARE_CLOSED && act != OVF_ACT_PROHIBIT && act != OVF_ACT_REOPEN)
        return false;
    f->object = on;
    if (act == OVF_ACT_DECLARE_CLOSED && closes_to_class(f))
        act = OVF_ACT_PROHIBIT;
    nf_emit(f, act, "I8");
    return true;
}

/* Issue, announce, impose, extend and the noun that tells the act. */
void frame_impose(frame *f, const char *rule)
{
    ovf_act act = nf_noun_act(f->c, f->object);
    if (f->class_of == NN_PERMIT && f->object != NO_CHUNK
        && BASE_IN(f, f->v, "issue", "renew", "reinstate", "extend", "restore")) {
        nf_emit(f, OVF_ACT_GRANT_PERMISSION, "G4");
        return;
    }
    if (f->class_of == NN_NOTICE
        || (act == OVF_ACT_UNKNOWN && nf_head_class(f->c, f->object) == NN_NOTICE))
        act = f->passive || nf_content_of_paper(f) ? OVF_ACT_UNKNOWN : OVF_ACT_WARN;
    if (act != OVF_ACT_UNKNOWN && nf_content_of_paper(f))
        return;
    if (act == OVF_ACT_UNKNOWN || act == OVF_ACT_INCIDENT)
        return;
    if (act == OVF_ACT_THREATEN && BASE_IN(f, f->v, "create", "establish", "place"))
        return; /* "is creating a threat to aviation": blame, if anything */
    if (f->class_of == NN_CALL && !BASE_IN(f, f->v, "issue"))
        return;
    if (act == OVF_ACT_ORDER && f->v > 0 && f->object != NO_CHUNK
        && chunk(f, (uint16_t)(f->v - 1))->kind == CH_WH
        && NEWS_IS(f->c->doc, chunk(f, f->object)->first, "the"))
        return; /* "the regulator, which issued the order": one told before */
    if (act == OVF_ACT_DECLARE_CLOSED && closes_to_class(f))
        act = OVF_ACT_PROHIBIT;
    if (BASE_IN(f, f->v, "enforce") && nf_head_class(f->c, f->g->subject) == NN_PLANE)
        act = OVF_ACT_DEPLOY; /* "its jets were enforcing the no-fly zone" */
    news_draft *d = nf_emit(f, act, rule);
    if (d != NULL)
        d->target = nf_prep_object(f, "on");
}

/* "the suspension of its operating permit", "the permit suspension": what the measure takes away. */
static bool of_permit(const frame *f)
{
    uint16_t of = (uint16_t)(f->object + 1);
    if (f->object == NO_CHUNK || of >= f->c->count)
        return false;
    if (nf_has_class(f->c, f->object, NN_PERMIT))
        return true;
    return chunk(f, of)->kind == CH_PREP && NEWS_IS(f->c->doc, chunk(f, of)->first, "of")
           && of + 1 < f->c->count && chunk(f, (uint16_t)(of + 1))->kind == CH_NG
           && nf_head_class(f->c, (uint16_t)(of + 1)) == NN_PERMIT;
}

/* "rescinded the order on Sunday": the one that the sentence before closed or banned by. */
static bool lifts_order(const frame *f)
{
    const news_doc *doc = f->c->doc;
    const news_chunk *g = chunk(f, f->object);
    if (f->c->sentence == 0 || !BASE_IN(f, f->v, "lift", "rescind", "withdraw", "end", "void"))
        return false;
    for (uint32_t i = g->first; i < g->head; i++) { /* an "evacuation order" is another */
        if (f->c->tags[i] == TAG_NOUN)
            return false;
    }
    const news_sentence *s = &doc->sentences[f->c->sentence - 1];
    for (uint32_t i = s->first; i < s->last; i++) {
        uint8_t k = news_lex(doc, i)->verb;
        if (k == NV_CLOSE || k == NV_BAN || news_lex(doc, i)->act == OVF_ACT_DECLARE_CLOSED
            || news_lex(doc, i)->act == OVF_ACT_PROHIBIT)
            return true;
    }
    return false;
}

void frame_lift(frame *f)
{
    ovf_act act = nf_noun_act(f->c, f->object);
    if (f->class_of == NN_PERMIT
        && BASE_IN(f, f->v, "withdraw", "rescind", "lapse", "end", "remove")) {
        nf_emit(f, OVF_ACT_REVOKE_PERMISSION, "R2");
        return;
    }
    bool intransitive = !f->passive && f->object == NO_CHUNK;
    if (intransitive && nf_head_class(f->c, f->g->subject) == NN_PERMIT
        && BASE_IN(f, f->v, "expire", "lapse")) {
        f->object = f->g->subject; /* "its certificate lapsed" */
        f->issuer = NO_CHUNK;
        nf_emit(f, OVF_ACT_REVOKE_PERMISSION, "R2");
        return;
    }
    if (act == OVF_ACT_SUSPEND_SERVICE && of_permit(f)) {
        nf_emit(f, OVF_ACT_GRANT_PERMISSION, "L4"); /* "lifted the suspension of its certificate" */
        return;
    }
    if (f->class_of == NN_FLIGHT && BASE_IN(f, f->v, "end", "withdraw")) {
        nf_emit(f, OVF_ACT_SUSPEND_SERVICE, "S3");
        return;
    }
    bool clock = f->object != NO_CHUNK && NEWS_IS(f->c->doc, chunk(f, f->object)->head, "time");
    if (!f->passive && (f->object == NO_CHUNK || clock)
        && BASE_IN(f, f->v, "expire", "lapse", "end")) {
        f->object = f->g->subject; /* "expires at midnight Eastern time" */
        f->issuer = NO_CHUNK;
        act = nf_noun_act(f->c, f->object);
    }
    uint16_t lets = f->g->parent;
    if (!f->passive && f->g->flags & VG_BASE && lets != NO_CHUNK && BASE_IN(f, lets, "let")
        && BASE_IN(f, f->v, "expire", "lapse", "end", "run")) {
        f->object = f->g->subject != NO_CHUNK && f->g->subject > lets ? f->g->subject
                                                                      : chunk(f, lets)->object;
        f->issuer = chunk(f, lets)->subject; /* "let its ban lapse" */
        f->class_of = nf_head_class(f->c, f->object);
        act = nf_noun_act(f->c, f->object);
    }
    if (f->g->flags & VG_ING && BASE_IN(f, f->v, "end") && f->g->parent != NO_CHUNK
        && chunk(f, f->g->parent)->flags & VG_DONE)
        return; /* "reopened its skies, ending months of restrictions" */
    bool it = f->object != NO_CHUNK && !f->passive
              && (NEWS_IS(f->c->doc, chunk(f, f->object)->first, "it")
                  || NEWS_IS(f->c->doc, chunk(f, f->object)->first, "them"))
              && chunk(f, f->object)->last == chunk(f, f->object)->first + 1;
    if ((act == OVF_ACT_ORDER || it) && lifts_order(f)) {
        nf_emit(f, OVF_ACT_REOPEN, "L3");
        return;
    }
    bool ruled = f->passive && f->issuer == NO_CHUNK && f->g->says != NO_CHUNK
                 && chunk(f, f->g->says)->kind == CH_VG
                 && nf_is_ruler(f, chunk(f, f->g->says)->subject);
    if (act == OVF_ACT_SUSPEND_SERVICE && (ruled || nf_is_ruler(f, f->issuer)))
        nf_emit(f, OVF_ACT_REOPEN, "L1"); /* "the FAA lifted its ground stop" */
    else if (act == OVF_ACT_SUSPEND_SERVICE)
        nf_emit(f, OVF_ACT_RESUME_SERVICE, "L2");
    else if (act == OVF_ACT_DECLARE_CLOSED || act == OVF_ACT_PROHIBIT)
        nf_emit(f, OVF_ACT_REOPEN, "L1");
    else if (act == OVF_ACT_WARN || (f->class_of == NN_NOTICE && f->object != NO_CHUNK))
        nf_emit(f, OVF_ACT_REOPEN, "L3");
}

/* "stopped the airline from flying" */
static bool next_is_from(const frame *f)
{
    return f->object != NO_CHUNK && f->object + 1 < f->c->count
           && NEWS_IS(f->c->doc, chunk(f, (uint16_t)(f->object + 1))->first, "from");
}

/* "stopped flying to", "resumed flying" */
static uint16_t flying_child(const frame *f)
{
    uint16_t k = (uint16_t)(f->v + 1);
    if (k < f->c->count && chunk(f, k)->kind == CH_VG && chunk(f, k)->flags & VG_ING
        && BASE_IN(f, k, "fly", "operate", "serve", "sell", "land", "use", "cross", "overfly",
                   "enter"))
        return k;
    return NO_CHUNK;
}

/* "grounded Voepass": a carrier that no table names. */
static bool is_name_only(const frame *f)
{
    if (f->object == NO_CHUNK || f->passive)
        return false;
    const news_chunk *g = chunk(f, f->object);
    const news_mention *m = news_head_mention(f->c, f->object);
    return f->c->doc->tokens[g->head].flags & NEWS_CAP
           && (m == NULL || (m->flags & NEWS_M_GUESSED && m->place == NEWS_NO_PLACE));
}

void frame_stop(frame *f)
{
    if (!f->passive && nf_is_nameless(f, f->issuer))
        f->issuer = NO_CHUNK; /* "drones ground flights" */
    uint8_t k = f->class_of;
    bool rules = nf_is_ruler(f, f->issuer);
    if (rules
        && (BASE_IN(f, f->v, "ground")
            || (BASE_IN(f, f->v, "stop", "halt", "pull") && (next_is_from(f) || k == NN_CARRIER)))
        && (k == NN_PLANE || k == NN_CARRIER
            || ((k == NN_FLIGHT || k == NN_FORCE || is_name_only(f))
                && BASE_IN(f, f->v, "ground")))) {
        nf_emit(f, OVF_ACT_PROHIBIT, "P6");
        return;
    }
    if (k == NN_NOTICE && BASE_IN(f, f->v, "cancel", "pull")) {
        nf_emit(f, OVF_ACT_REOPEN, "L3");
        return;
    }
    if (BASE_IN(f, f->v, "cut") && !(k == NN_FLIGHT && nf_about_flying(f)))
        return;
    uint16_t child = flying_child(f);
    if (child != NO_CHUNK) {
        f->c->chunks[child].flags |= VG_DONE;
        bool avoids = BASE_IN(f, child, "use", "cross", "overfly", "enter")
                      || WORD_IN(f, chunk(f, child)->last, chunk(f, child)->last + 1, "over",
                                 "through", "across");
        nf_emit(f, avoids ? OVF_ACT_DIVERT : OVF_ACT_SUSPEND_SERVICE, avoids ? "V3" : "S2");
        return;
    }
    if (k == NN_PERMIT && !BASE_IN(f, f->v, "ground", "axe", "cease")) {
        nf_emit(f, OVF_ACT_REVOKE_PERMISSION, "R1");
        return;
    }
    ovf_act act = nf_noun_act(f->c, f->object);
    if (act == OVF_ACT_DECLARE_CLOSED || act == OVF_ACT_PROHIBIT) {
        nf_emit(f, OVF_ACT_REOPEN, "L1");
        return;
    }
    bool pronoun =
        f->object != NO_CHUNK && !f->passive
        && (f->c->tags[chunk(f, f->object)->head] == TAG_PRON
            || NEWS_IS(f->c->doc, chunk(f, f->object)->head, "own"))
        && BASE_IN(f, f->v, "suspend", "cancel", "halt", "postpone", "scrap", "axe", "drop",
                   "pause", "discontinue", "shelve", "scrub", "stop")
        && (nf_head_class(f->c, f->g->subject) == NN_CARRIER || nf_is_ruler(f, f->g->subject));
    bool drops_place = pronoun
                       || ((k == NN_STATE || k == NN_CITY
                            || (k == NN_AIR && f->object != NO_CHUNK
                                && news_head_mention(f->c, f->object) != NULL))
                           && nf_head_class(f->c, f->g->subject) == NN_CARRIER
                           && BASE_IN(f, f->v, "drop", "suspend", "cancel", "axe", "discontinue",
                                      "cut", "scrap", "halt"));
    bool handles = f->object != NO_CHUNK && nf_clause_has(f, NN_PLANE)
                   && WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->head + 1,
                              "reception", "acceptance", "release", "handling", "servicing");
    bool jet = k == NN_PLANE && f->passive && BASE_IN(f, f->v, "cancel", "scrub");
    bool fits = drops_place || jet || handles || k == NN_FLIGHT
                || nf_list_has_class(f->c, f->object, NN_FLIGHT)
                || (k == NN_AIR && nf_has_class(f->c, f->object, NN_FLIGHT));
    if (BASE_IN(f, f->v, "ground"))
        fits |= k == NN_PLANE || k == NN_CARRIER || k == NN_FORCE
                || (k == NN_AIR && nf_head_class(f->c, f->g->subject) == NN_CARRIER);
    if (!fits && !f->passive && f->object == NO_CHUNK) {
        uint8_t s = nf_head_class(f->c, f->g->subject);
        if (BASE_IN(f, f->v, "abandon", "pull", "drop"))
            return;
        if (s == NN_CARRIER && BASE_IN(f, f->v, "cancel", "suspend")) {
            nf_emit(f, OVF_ACT_SUSPEND_SERVICE, "S1"); /* "Plus Ultra, which also cancelled" */
            return;
        }
        if (s != NN_FLIGHT)
            return;
        f->object = f->g->subject;
        f->issuer = NO_CHUNK;
        fits = true;
    }
    if (BASE_IN(f, f->v, "drop", "pull", "abandon", "interrupt", "delay") && !nf_about_flying(f))
        return;
    if (!fits && k == NN_AIR && BASE_IN(f, f->v, "suspend", "halt", "cancel", "drop", "axe"))
        fits = WORD_IN(f, chunk(f, f->object)->first, chunk(f, f->object)->last, "route", "routes",
                       "airspace");
    uint16_t p = f->g->parent;
    bool may =
        f->g->flags & VG_POSSIBLE
        || (p != NO_CHUNK && chunk(f, p)->flags & VG_POSSIBLE && chunk(f, p)->flags & VG_PASSIVE);
    if (fits && may && f->issuer == NO_CHUNK)
        return; /* "flights may be delayed or cancelled" */
    if (fits)
        nf_emit(f, OVF_ACT_SUSPEND_SERVICE, "S1");
}

void frame_resume(frame *f)
{
    uint16_t child = flying_child(f);
    if (child != NO_CHUNK)
        f->c->chunks[child].flags |= VG_DONE;
    bool pronoun = f->object != NO_CHUNK && f->c->tags[chunk(f, f->object)->head] == TAG_PRON
                   && nf_head_class(f->c, f->g->subject) == NN_CARRIER;
    bool fits = child != NO_CHUNK || pronoun || f->class_of == NN_FLIGHT
                || nf_list_has_class(f->c, f->object, NN_FLIGHT);
    if (!fits && !f->passive && f->object == NO_CHUNK
        && nf_head_class(f->c, f->g->subject) == NN_FLIGHT) {
        f->object = f->g->subject;
        f->issuer = NO_CHUNK;
        fits = true;
    }
    if (!fits && f->class_of == NN_AIR && BASE_IN(f, f->v, "restore") && f->object != NO_CHUNK
        && WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->head + 1, "airspace",
                   "airspaces", "skies", "sky", "airport", "airports")) {
        news_draft *d = nf_emit(f, OVF_ACT_REOPEN, "O1");
        if (d != NULL)
            d->place = f->object;
        return;
    }
    if (!fits && f->class_of == NN_AIR && BASE_IN(f, f->v, "restore", "resume"))
        fits = true;
    if (!fits && f->class_of == NN_TALKS) {
        nf_emit(f, OVF_ACT_NEGOTIATE, "N2");
        return;
    }
    if (!fits)
        return;
    /* Flights that somebody lets resume, or that may: the closure is lifted. */
    bool let = f->g->flags & VG_BASE && f->g->parent != NO_CHUNK && f->issuer == NO_CHUNK;
    bool may = f->issuer == NO_CHUNK && f->g->flags & VG_POSSIBLE && f->g->says != NO_CHUNK;
    if (let)
        f->issuer = chunk(f, f->g->parent)->subject;
    nf_emit(f, let || may ? OVF_ACT_REOPEN : OVF_ACT_RESUME_SERVICE, let || may ? "O3" : "U1");
}

/* "Avoid the Baghdad FIR", "Keep avoiding it": advice of whoever writes. */
static bool is_advice(const frame *f)
{
    uint32_t first = f->c->doc->sentences[f->c->sentence].first;
    bool keep = f->g->flags & VG_ING && !(f->g->flags & VG_FINITE) && f->g->first == first + 1
                && NEWS_IS(f->c->doc, first, "keep");
    return keep || (f->g->flags & VG_BASE && f->g->first == first && f->g->subject == NO_CHUNK);
}

void frame_divert(frame *f)
{
    if (BASE_IN(f, f->v, "avoid") && is_advice(f) && f->class_of != NN_NONE) {
        f->issuer = NO_CHUNK;
        nf_emit(f, OVF_ACT_WARN, "W10");
        return;
    }
    uint8_t k = f->class_of;
    uint8_t s = nf_head_class(f->c, f->g->subject);
    bool mover =
        s == NN_PLANE || s == NN_CARRIER || s == NN_FLIGHT || k == NN_PLANE || k == NN_FLIGHT;
    if (BASE_IN(f, f->v, "return")
        && WORD_IN(f, f->g->last, f->g->last + 4, "safely", "home", "base", "bases"))
        return;
    if (BASE_IN(f, f->v, "return")
        && (s == NN_CARRIER
            || WORD_IN(f, f->g->last, f->g->last + 4, "skies", "service", "normal", "schedule"))) {
        if (nf_prep_object(f, "to") != NO_CHUNK)
            nf_emit(f, OVF_ACT_RESUME_SERVICE, "U2");
        return;
    }
    if (BASE_IN(f, f->v, "return", "reverse", "redirect")
        && !(mover && (s == NN_PLANE || s == NN_FLIGHT || k == NN_FLIGHT)))
        return;
    bool fits = mover || k == NN_AIR || (k == NN_STATE || k == NN_CITY) || nf_clause_has(f, NN_AIR)
                || nf_clause_has(f, NN_FLIGHT) || nf_clause_has(f, NN_PLANE);
    if (fits)
        nf_emit(f, OVF_ACT_DIVERT, "V1");
}
