/* SPDX-License-Identifier: Apache-2.0 */
/* Verbs of no class of their own, which tell an act with their company: "called for", "turned back",
 * "took effect". */
#include "news_frames.h"

#include <string.h>

/* "Followed suit and shut their airspace": the verb behind tells it. */
static bool told_behind(const frame *f)
{
    for (uint16_t k = (uint16_t)(f->v + 1); k + 1 < f->c->count && k < f->v + 4; k++) {
        uint16_t next = (uint16_t)(k + 1);
        if (chunk(f, k)->kind == CH_CONJ && chunk(f, next)->kind == CH_VG
            && chunk(f, next)->subject == f->g->subject) {
            uint8_t class = news_vg_class(f->c, next);
            return class == NV_CLOSE || class == NV_BAN || class == NV_REOPEN || class == NV_STOP;
        }
    }
    return false;
}

/* "followed suit", "did the same", "took the same decision": the act told before, by another. */
static bool repeats(frame *f)
{
    uint32_t after = f->g->last;
    if ((f->g->flags & (VG_TO | VG_ING) && !(f->g->flags & (VG_PERFECT | VG_FINITE)))
        || (f->g->subject != NO_CHUNK && NEWS_IS(f->c->doc, chunk(f, f->g->subject)->first, "we")))
        return false;
    if (BASE_IN(f, f->v, "follow") && WORD_IN(f, after, after + 1, "suit"))
        return !told_behind(f);
    if (BASE_IN(f, f->v, "follow") && !f->passive && f->object == NO_CHUNK
        && f->g->flags & VG_FINITE
        && (nf_head_class(f->c, f->g->subject) == NN_STATE
            || nf_head_class(f->c, f->g->subject) == NN_CARRIER
            || (f->g->subject != NO_CHUNK && news_entity_of(f->c, f->g->subject) != NEWS_NONE
                && nf_kind_of(f, f->g->subject) == OVF_NEWS_STATE)))
        return true; /* "Bahrain and Kuwait followed" */
    if (BASE_IN(f, f->v, "follow") && !f->passive && f->object == NO_CHUNK
        && f->g->flags & VG_PLANNED && f->g->subject != NO_CHUNK && f->g->says != NO_CHUNK
        && f->c->tags[chunk(f, f->g->subject)->head] == TAG_PRON
        && (nf_kind_of(f, chunk(f, f->g->says)->subject) == OVF_NEWS_STATE
            || nf_kind_of(f, chunk(f, f->g->says)->subject) == OVF_NEWS_AIRLINE))
        return true; /* "Belgium said it would follow" */
    bool does = (news_lex(f->c->doc, f->g->head)->func & NF_DO) != 0;
    if (does && f->g->first > 0 && NEWS_IS(f->c->doc, f->g->first - 1, "as")
        && f->g->subject == NO_CHUNK && !(f->g->flags & VG_NEG) && f->object != NO_CHUNK
        && (news_entity_of(f->c, f->object) != NEWS_NONE || nf_c_named(f, f->object))) {
        f->issuer = f->object; /* "as did flydubai" */
        f->object = NO_CHUNK;
        return true;
    }
    if (does && !(f->g->flags & (VG_NEG | VG_POSSIBLE))
        && !WORD_IN(f, f->g->first, f->g->last, "ever", "never")
        && (WORD_IN(f, after, after + 2, "so", "likewise")
            || (NEWS_IS(f->c->doc, after, "the") && NEWS_IS(f->c->doc, after + 1, "same"))))
        return true;
    return BASE_IN(f, f->v, "take", "make", "announce", "impose", "introduce", "issue", "adopt")
           && WORD_IN(f, after, after + 3, "same", "similar", "identical", "reciprocal",
                      "comparable")
           && WORD_IN(f, after, after + 4, "step", "steps", "decision", "decisions", "measure",
                      "measures", "action", "move", "moves", "extension", "bans", "ban",
                      "restrictions");
}
/* "officers calling themselves", "what she called": a name, and no proposition of theirs */
static bool is_named_so(const frame *f)
{
    uint32_t t = chunk(f, f->object)->first;
    if (NEWS_IS(f->c->doc, t, "themselves") || NEWS_IS(f->c->doc, t, "itself")
        || NEWS_IS(f->c->doc, t, "himself"))
        return true;
    uint16_t s = f->g->subject;
    for (uint32_t i = f->g->last; i < f->g->last + 4 && i < f->c->doc->token_count; i++) {
        if (f->c->doc->tokens[i].flags & NEWS_QUOTED)
            return false; /* what the Kremlin called a "tragic incident": its own words */
    }
    return s != NO_CHUNK && s > 0 && NEWS_IS(f->c->doc, chunk(f, (uint16_t)(s - 1))->first, "what");
}

bool nf_judges(frame *f)
{
    uint32_t after = f->g->last;
    uint32_t until = f->g->until < f->c->count ? chunk(f, f->g->until)->first : after + 12;
    bool bad = WORD_IN(
        f, after, until, "illegal", "unlawful", "unacceptable", "aggression", "violation",
        "provocation", "outrageous", "reckless", "irresponsible", "absurd", "hostile", "criminal",
        "arbitrary", "colonialist", "terrorism", "piracy", "blackmail", "disgrace", "unjustified",
        "disproportionate", "inadmissible", "hijacking", "terrorism", "piracy", "war", "murder",
        "hybrid", "crime", "threat", "blatant", "flagrant", "provocative", "hypocritical",
        "shameful", "cowardly", "barbaric", "unilateral", "act", "dangerous", "wrong", "stab",
        "betrayal", "insult", "farce", "treason", "colonialism", "cynical", "brutal", "outrage",
        "grave", "scandal", "harassment", "intimidation", "sabotage", "bullying", "coercion",
        "siege", "punishment", "blockade", "theft", "hypocrisy", "genocide", "massacre",
        "escalation", "hunt", "scam", "crazy", "stunt", "circus", "charade", "hysteria", "vestige",
        "bullies", "lawless", "russophobic", "premature", "unwarranted", "unfair", "regrettable",
        "excessive", "immoral", "inhumane", "affront", "abuse", "slap", "persecution", "vandalism",
        "robbery", "discriminatory", "failure", "overreaction", "embarrassing", "disappointing",
        "deplorable", "heinous", "treacherous", "vile", "brazen", "unfriendly", "humiliating",
        "humiliation", "fiasco", "mistake", "madness", "insane", "disgraceful", "heavy-handed",
        "unreasonable", "unlawfully", "politicised", "politicized");
    bool untrue =
        WORD_IN(f, after, after + 10, "nonsense", "ridiculous", "false", "untrue", "fake",
                "baseless", "lie", "lies", "groundless", "unfounded", "fabricated", "fiction",
                "disinformation", "propaganda", "fabrication", "speculation", "speculative");
    if (bad)
        nf_emit(f, OVF_ACT_CONDEMN, "Z2");
    else if (untrue)
        nf_emit(f, OVF_ACT_DENY, "Y2");
    return bad || untrue;
}

/* "called for", "called off", "called X", "called it illegal" */
static void frame_call(frame *f)
{
    const news_doc *doc = f->c->doc;
    uint32_t after = f->g->last;
    uint16_t behind = f->object == NO_CHUNK ? NO_CHUNK : (uint16_t)(f->object + 1);
    bool alone = behind == NO_CHUNK || behind >= f->c->count || chunk(f, behind)->kind == CH_TIME
                 || chunk(f, behind)->kind == CH_STOP || chunk(f, behind)->kind == CH_COMMA
                 || chunk(f, behind)->kind == CH_PREP;
    if (f->class_of == NN_PERSON && alone && f->object != NO_CHUNK && nf_c_named(f, f->object)) {
        nf_emit(f, OVF_ACT_NEGOTIATE, "N4");
        return;
    }
    bool for_or_on =
        NEWS_IS(doc, after, "for") || NEWS_IS(doc, after, "on") || NEWS_IS(doc, after, "upon");
    if (for_or_on && !f->passive)
        nf_emit(f, OVF_ACT_ORDER, "D4");
    else if (NEWS_IS(doc, after, "off") && nf_about_flying(f))
        nf_emit(f, OVF_ACT_SUSPEND_SERVICE, "S4");
    else if (f->passive && f->issuer == NO_CHUNK)
        return;
    else if (nf_judges(f))
        return;
    else if (f->object != NO_CHUNK && f->issuer != NO_CHUNK && !is_named_so(f))
        nf_emit(f, OVF_ACT_CLAIM, "Q4");
}

/* What somebody says of a thing: "described as", "promised a harsh answer", "voiced outrage". */
static bool tells_of(frame *f, ovf_act act)
{
    uint32_t after = f->g->last;
    if (BASE_IN(f, f->v, "describe") && nf_prep_object(f, "as") == NO_CHUNK
        && !WORD_IN(f, after, after + 10, "as"))
        return true;
    if (BASE_IN(f, f->v, "describe") && f->issuer != NO_CHUNK) {
        bool bad = WORD_IN(f, after, after + 16, "illegal", "unlawful", "unacceptable",
                           "aggression", "violation", "provocation", "reckless", "irresponsible",
                           "absurd", "hostile", "criminal", "arbitrary", "terrorism", "piracy",
                           "blackmail", "unjustified", "hijacking", "threat", "dangerous",
                           "embarrassment", "disgrace", "mess", "shambles", "fiasco", "outrageous",
                           "scandal", "failure", "premature", "disproportionate");
        news_draft *d = nf_emit(f, bad ? OVF_ACT_CONDEMN : OVF_ACT_CLAIM, bad ? "Z2" : "Q4");
        uint16_t end = nf_prep_object(f, "as");
        while (d != NULL && end == NO_CHUNK && d->until < f->c->count
               && chunk(f, d->until)->kind != CH_COMMA && chunk(f, d->until)->kind != CH_STOP
               && chunk(f, d->until)->kind != CH_SEMI)
            d->until++; /* "described the way it had been handled as ..." */
        return true;
    }
    if (BASE_IN(f, f->v, "tell") && nf_content_vg(f) != NO_CHUNK && !(f->g->flags & VG_SAYS)
        && chunk(f, nf_content_vg(f))->flags & VG_TO) {
        if (BASE_IN(f, nf_content_vg(f), "expect", "avoid", "beware")) {
            nf_emit(f, OVF_ACT_WARN, "W1"); /* "told pilots to expect delays" */
            return true;
        }
        nf_emit(f, OVF_ACT_ORDER, "D5");
        return true;
    }
    if (BASE_IN(f, f->v, "repeat", "reiterate", "update", "reaffirm", "confirm", "circulate")
        && f->class_of == NN_MEASURE && !(f->g->flags & VG_POSSIBLE)
        && (f->issuer != NO_CHUNK || !BASE_IN(f, f->v, "repeat"))) {
        nf_emit(f, act, "I5");
        return true;
    }
    if (BASE_IN(f, f->v, "promise", "pledge")
        && WORD_IN(f, after, after + 8, "punishment", "retaliation", "revenge", "response",
                   "consequences", "sanctions", "countermeasures", "counter-measures", "retaliate",
                   "respond")) {
        nf_emit(f, OVF_ACT_THREATEN, "T4");
        return true;
    }
    if (BASE_IN(f, f->v, "give", "set") && !f->passive && f->issuer != NO_CHUNK
        && WORD_IN(f, after, f->g->until < f->c->count ? chunk(f, f->g->until)->first : after + 10,
                   "hours", "days", "deadline", "ultimatum")
        && nf_content_vg(f) != NO_CHUNK && chunk(f, nf_content_vg(f))->flags & VG_TO) {
        nf_emit(f, OVF_ACT_THREATEN, "T6"); /* "gave them 48 hours to leave" */
        return true;
    }
    if (BASE_IN(f, f->v, "respond", "retaliate", "react") && !f->passive && f->g->flags & VG_PLANNED
        && !(f->g->flags & VG_NEG) && f->g->says != NO_CHUNK && f->g->says != f->v) {
        f->issuer = chunk(f, f->g->says)->subject;
        nf_emit(f, OVF_ACT_THREATEN, "T7"); /* "said Berlin would respond" */
        return true;
    }
    if (BASE_IN(f, f->v, "reserve") && WORD_IN(f, after, after + 3, "right")) {
        nf_emit(f, OVF_ACT_THREATEN, "T3");
        return true;
    }
    if (BASE_IN(f, f->v, "express", "voice", "lodge", "file") && act == OVF_ACT_CONDEMN) {
        nf_emit(f, OVF_ACT_CONDEMN, "Z3");
        return true;
    }
    return false;
}

/* Airlines that leave, courses that change, aircraft that turn. */
static bool tells_course(frame *f)
{
    uint32_t after = f->g->last;
    uint8_t s = nf_head_class(f->c, f->g->subject);
    bool flies = s == NN_FLIGHT || s == NN_PLANE || s == NN_CARRIER;
    /* An airline that leaves: "pulled out of", "withdrew from", "stayed away", "kept its aircraft on the ground" */
    if (s == NN_CARRIER
        && ((BASE_IN(f, f->v, "withdraw", "retreat") && NEWS_IS(f->c->doc, after, "from"))
            || (BASE_IN(f, f->v, "pull") && WORD_IN(f, f->g->head + 1, after + 1, "out"))
            || (BASE_IN(f, f->v, "stay", "keep") && WORD_IN(f, f->g->head + 1, after + 1, "away"))
            || (BASE_IN(f, f->v, "keep", "park", "leave") && f->class_of == NN_PLANE
                && WORD_IN(f, after, after + 7, "ground", "grounded")))) {
        nf_emit(f, OVF_ACT_SUSPEND_SERVICE, "S6");
        return true;
    }
    if (BASE_IN(f, f->v, "bring") && WORD_IN(f, f->g->head + 1, after + 4, "down")) {
        nf_emit(f, OVF_ACT_STRIKE, "K4");
        return true;
    }
    if (BASE_IN(f, f->v, "change", "alter", "adjust", "take", "file", "choose", "opt", "plan")
        && WORD_IN(f, after, after + 4, "course", "detours", "detour", "routes", "routing",
                   "routings", "route", "routing")
        && nf_about_flying(f)
        && !(BASE_IN(f, f->v, "take", "file", "choose", "opt", "plan")
             && !WORD_IN(f, after, after + 4, "alternative", "longer", "detour", "detours",
                         "different", "other", "southern", "northern", "costly"))) {
        nf_emit(f, OVF_ACT_DIVERT, "V4");
        return true;
    }
    if (BASE_IN(f, f->v, "go") && WORD_IN(f, after, after + 1, "round", "around")
        && nf_head_class(f->c, f->g->subject) != NN_PERSON) {
        nf_emit(f, OVF_ACT_DIVERT, "V5");
        return true;
    }
    if (BASE_IN(f, f->v, "route") && f->class_of != NN_NONE && nf_about_flying(f)) {
        nf_emit(f, OVF_ACT_DIVERT, "V6");
        return true;
    }
    if (BASE_IN(f, f->v, "fly", "return") && WORD_IN(f, after, after + 5, "again")
        && nf_head_class(f->c, f->g->subject) == NN_CARRIER && !(f->g->flags & VG_NEG)) {
        nf_emit(f, OVF_ACT_RESUME_SERVICE, "U3");
        return true;
    }
    if (BASE_IN(f, f->v, "force", "push", "funnel", "drive", "squeeze", "send", "steer")
        && !f->passive && (f->class_of == NN_PLANE || f->class_of == NN_FLIGHT)
        && (nf_prep_object(f, "onto") != NO_CHUNK || nf_prep_object(f, "around") != NO_CHUNK)) {
        f->issuer = NO_CHUNK; /* "has forced airliners onto a narrow corridor" */
        nf_emit(f, OVF_ACT_DIVERT, "V6");
        return true;
    }
    if (BASE_IN(f, f->v, "make", "perform", "do", "execute", "pull")
        && WORD_IN(f, after, after + 3, "u-turn", "u-turns", "about-turn")) {
        nf_emit(f, OVF_ACT_DIVERT, "V2");
        return true;
    }
    if (BASE_IN(f, f->v, "come", "head", "double", "fly", "go") && flies
        && WORD_IN(f, f->g->head + 1, after + 1, "back") && !nf_next_word_is(f, "to")) {
        nf_emit(f, OVF_ACT_DIVERT, "V2");
        return true;
    }
    if (BASE_IN(f, f->v, "turn")
        && (WORD_IN(f, f->g->head + 1, after + 2, "back", "around", "round", "aside")
            || ((f->class_of == NN_FLIGHT || f->class_of == NN_PLANE)
                && WORD_IN(f, after, after + 6, "back", "around", "round")))) {
        nf_emit(f, OVF_ACT_DIVERT, "V2");
        return true;
    }
    return false;
}

/* Ways that aircraft take: round, back, down, again. */
static bool tells_way(frame *f)
{
    uint32_t after = f->g->last;
    uint8_t s = nf_head_class(f->c, f->g->subject);
    bool flies = s == NN_FLIGHT || s == NN_PLANE || s == NN_CARRIER;
    if (BASE_IN(f, f->v, "see", "report", "find", "notice") && f->passive && s == NN_PLANE
        && f->g->subject != NO_CHUNK
        && WORD_IN(f, chunk(f, f->g->subject)->first, chunk(f, f->g->subject)->last, "drone",
                   "drones", "balloon", "balloons", "uavs", "quadcopters")) {
        nf_emit(f, OVF_ACT_INCIDENT, "X5");
        return true;
    }
    if (BASE_IN(f, f->v, "steer", "stay", "keep") && (flies || nf_clause_has(f, NN_AIR))
        && WORD_IN(f, f->g->head + 1, after + 1, "clear")) {
        nf_emit(f, OVF_ACT_DIVERT, "V8");
        return true;
    }
    if (BASE_IN(f, f->v, "send") && f->passive && (s == NN_FLIGHT || s == NN_PLANE)
        && WORD_IN(f, after, after + 2, "to", "back", "elsewhere")) {
        nf_emit(f, OVF_ACT_DIVERT, "V7");
        return true;
    }
    if (BASE_IN(f, f->v, "send") && !f->passive
        && (f->class_of == NN_PLANE || f->class_of == NN_FLIGHT)
        && WORD_IN(f, after, after + 6, "back", "elsewhere")) {
        nf_emit(f, OVF_ACT_DIVERT, "V7");
        return true;
    }
    if (BASE_IN(f, f->v, "end") && flies && WORD_IN(f, f->g->head + 1, after + 2, "up")) {
        nf_emit(f, OVF_ACT_DIVERT, "V7");
        return true;
    }
    if (BASE_IN(f, f->v, "force", "oblige", "make") && f->passive
        && (s == NN_FLIGHT || s == NN_PLANE) && nf_content_vg(f) != NO_CHUNK
        && BASE_IN(f, nf_content_vg(f), "land", "return", "turn")) {
        nf_emit(f, OVF_ACT_DIVERT, "V7");
        return true;
    }
    if (BASE_IN(f, f->v, "refrain") && s == NN_CARRIER && nf_clause_has(f, NN_CITY)) {
        nf_emit(f, OVF_ACT_SUSPEND_SERVICE, "S6"); /* "refrains from flying to Moscow" */
        return true;
    }
    return tells_course(f);
}

/* Ruled out, used by nobody, reserved, lost; whom a measure leaves out. */
static bool tells_use(frame *f)
{
    if (BASE_IN(f, f->v, "rule") && nf_particle_is(f, "out")
        && (f->object != NO_CHUNK
            || (f->v + 2 < f->c->count && chunk(f, (uint16_t)(f->v + 2))->flags & VG_ING))
        && !(f->g->flags & VG_NEG)) {
        nf_emit(f, OVF_ACT_DENY, "Y4");
        return true;
    }
    /* "will not use Iraqi airspace", "the airspace will not be used by our flights" */
    if (BASE_IN(f, f->v, "use") && f->g->flags & VG_NEG && f->class_of == NN_AIR
        && !(f->g->flags & (VG_POSSIBLE | VG_DUTY))
        && (f->g->flags & (VG_PLANNED | VG_PERFECT | VG_PROG)
            || WORD_IN(f, f->g->first, f->g->last, "longer"))
        && (f->passive
                ? f->g->agent != NO_CHUNK
                : nf_head_class(f->c, f->g->subject) == NN_CARRIER
                      || (f->g->says != NO_CHUNK
                          && nf_kind_of(f, chunk(f, f->g->says)->subject) == OVF_NEWS_AIRLINE))) {
        news_draft *d = nf_emit(f, OVF_ACT_DIVERT, "V9");
        if (d != NULL)
            d->is_negated = false;
        return true;
    }
    if (BASE_IN(f, f->v, "reserve") && f->object != NO_CHUNK
        && (f->class_of == NN_AIR || nf_head_class(f->c, f->object) == NN_AIR)) {
        nf_emit(f, OVF_ACT_PROHIBIT, "I6"); /* "reserved seven zones of airspace" */
        return true;
    }
    if (BASE_IN(f, f->v, "lose") && f->class_of == NN_PERMIT
        && !(f->g->flags & (VG_BASE | VG_TO | VG_POSSIBLE))) {
        f->object = f->g->subject;
        f->issuer = NO_CHUNK;
        nf_emit(f, OVF_ACT_REVOKE_PERMISSION, "R3");
        return true;
    }
    if (BASE_IN(f, f->v, "apply", "affect", "cover", "include", "concern")
        && f->g->flags & VG_NEG) {
        uint8_t who = nf_head_class(f->c, f->g->subject);
        bool let_off = f->g->agent != NO_CHUNK
                       || ((who == NN_FLIGHT || who == NN_CARRIER || who == NN_PLANE)
                           && !(f->g->flags & VG_PERFECT));
        if (BASE_IN(f, f->v, "affect", "cover", "include") && f->passive
                ? let_off
                : BASE_IN(f, f->v, "apply")
                      || nf_noun_act(f->c, f->g->subject) != OVF_ACT_UNKNOWN) {
            news_draft *d = nf_emit(f, OVF_ACT_EXEMPT, "X2");
            if (d != NULL) {
                d->is_negated = false;
                d->speaker = NO_CHUNK;
                d->target = BASE_IN(f, f->v, "apply") ? nf_prep_object(f, "to") : f->object;
            }
        }
        return true;
    }
    return false;
}

/* What air, a permit or a measure is or is not: "is off limits", "lost its licence", "does not apply to". */
static bool tells_state(frame *f)
{
    const news_doc *doc = f->c->doc;
    uint32_t after = f->g->last;
    if (BASE_IN(f, f->v, "receive", "accept", "handle", "serve") && f->g->flags & VG_NEG
        && nf_is_closable(f, f->g->subject)
        && (f->class_of == NN_FLIGHT || f->class_of == NN_PLANE || f->object == NO_CHUNK)) {
        f->object = f->g->subject;
        f->issuer = NO_CHUNK;
        news_draft *d = nf_emit(f, OVF_ACT_DECLARE_CLOSED, "C6");
        if (d != NULL)
            d->is_negated = false;
        return true;
    }
    if (f->g->flags & VG_COPULA && f->g->subject != NO_CHUNK && !(f->g->flags & VG_POSSIBLE)
        && nf_head_class(f->c, f->g->subject) == NN_PERMIT
        && (WORD_IN(f, after, after + 3, "void", "invalid", "null")
            || (WORD_IN(f, f->g->first, after + 2, "longer")
                && WORD_IN(f, after, after + 4, "valid")))) {
        f->object = f->g->subject; /* "its clearance is no longer valid" */
        f->issuer = NO_CHUNK;
        for (uint16_t k = 0; k < f->v;
             k++) { /* "the regulator has told us that permits are void" */
            if (chunk(f, k)->kind == CH_VG
                && (chunk(f, k)->flags & VG_SAYS || BASE_IN(f, k, "tell", "inform", "notify"))
                && nf_is_ruler(f, chunk(f, k)->subject))
                f->issuer = chunk(f, k)->subject;
        }
        nf_emit(f, OVF_ACT_REVOKE_PERMISSION, "R4");
        return true;
    }
    if (f->g->flags & VG_COPULA && nf_is_closable(f, f->g->subject)) {
        bool open = WORD_IN(f, after, after + 2, "open");
        bool shut = WORD_IN(f, after, after + 3, "off-limits", "closed", "shut", "unavailable")
                    || (NEWS_IS(doc, after, "off") && NEWS_IS(doc, after + 1, "limits"));
        if (NEWS_IS(doc, after, "to"))
            return true; /* "are to stay closed": told by the verb behind */
        bool stays = BASE_IN(f, f->v, "remain", "stay", "keep");
        open = open && !stays && WORD_IN(f, after + 1, after + 5, "again", "to", "for", "once");
        if (open || shut) {
            f->object = f->g->subject;
            f->issuer = nf_named_airport(f, f->g->subject);
            nf_emit(f, open ? OVF_ACT_REOPEN : OVF_ACT_DECLARE_CLOSED, open ? "O2" : "C5");
            return true;
        }
    }
    if (f->g->flags & VG_COPULA && WORD_IN(f, after, after + 3, "exempt")) {
        news_draft *d = nf_emit(f, OVF_ACT_EXEMPT, "X4");
        if (d != NULL) {
            d->speaker = NO_CHUNK;
            d->target = f->g->subject;
        }
        return true;
    }
    if (BASE_IN(f, f->v, "declare", "name") && f->object != NO_CHUNK
        && WORD_IN(f, after, after + 8, "terrorist", "terrorism", "terror")) {
        nf_emit(f, OVF_ACT_DESIGNATE, "E3"); /* "declared Cuba a sponsor of terrorism" */
        return true;
    }
    if (BASE_IN(f, f->v, "add", "put", "place")
        && WORD_IN(f, after, after + 12, "list", "blacklist")) {
        bool airlines = f->class_of == NN_CARRIER || nf_list_has_class(f->c, f->object, NN_CARRIER);
        nf_emit(f, airlines ? OVF_ACT_PROHIBIT : OVF_ACT_DESIGNATE, airlines ? "P7" : "E2");
        return true;
    }
    if (f->g->subject != NO_CHUNK && nf_head_class(f->c, f->g->subject) == NN_TALKS && !f->passive
        && nf_noun_act(f->c, f->g->subject) == OVF_ACT_NEGOTIATE && f->g->says != NO_CHUNK
        && (f->g->flags & VG_COPULA ? WORD_IN(f, after, after + 3, "under", "underway", "ongoing",
                                              "continuing", "planned")
                                    : BASE_IN(f, f->v, "continue", "begin", "start", "resume"))) {
        f->issuer = chunk(f, f->g->says)->subject;
        nf_emit(f, OVF_ACT_NEGOTIATE, "N5"); /* "talks were under way, diplomats said" */
        return true;
    }
    if (BASE_IN(f, f->v, "offer") && !f->passive && f->class_of == NN_AIR
        && nf_prep_object(f, "to") != NO_CHUNK) {
        nf_emit(f, OVF_ACT_GRANT_PERMISSION, "G3"); /* "offered its airspace to Qatari planes" */
        return true;
    }
    return tells_use(f);
}

static void frame_speak(frame *f)
{
    const news_doc *doc = f->c->doc;
    uint32_t after = f->g->last;
    uint16_t who = nf_prep_object(f, NEWS_IS(doc, after, "to") ? "to" : "with");
    uint8_t k = nf_head_class(f->c, who);
    const news_mention *m = news_head_mention(f->c, who);
    bool press = m == NULL || m->kind == OVF_NEWS_OUTLET
                 || WORD_IN(f, chunk(f, who)->first, chunk(f, who)->last, "paper", "newspaper",
                            "reporters", "journalists", "media", "press");
    if (!press && (k == NN_PERSON || k == NN_STATE || k == NN_BODY))
        nf_emit(f, OVF_ACT_NEGOTIATE, "N1");
}

/* "began exercises", "presided over a build-up" */
static void frame_begin(frame *f, ovf_act act)
{
    if (act == OVF_ACT_UNKNOWN && nf_prep_object(f, "over") != NO_CHUNK)
        act = nf_noun_act(f->c, nf_prep_object(f, "over"));
    bool forces = nf_clause_has(f, NN_FORCE)
                  && WORD_IN(f, f->g->last, f->g->last + 14, "presence", "increase", "build-up",
                             "buildup", "deployment");
    if (forces)
        act = OVF_ACT_DEPLOY;
    if (act == OVF_ACT_DEPLOY || act == OVF_ACT_STRIKE || act == OVF_ACT_NEGOTIATE
        || (act != OVF_ACT_UNKNOWN && BASE_IN(f, f->v, "begin", "start", "commence")
            && act != OVF_ACT_INCIDENT))
        nf_emit(f, act, "M3");
}

/* "The ban took effect", "restrictions remain in place", "the closure will last until" */
static void frame_holds(frame *f)
{
    uint32_t after = f->g->last;
    ovf_act own = nf_noun_act(f->c, f->g->subject);
    bool relative = f->v > 0 && chunk(f, (uint16_t)(f->v - 1))->kind == CH_WH;
    if (f->g->subject != NO_CHUNK
        && WORD_IN(f, chunk(f, f->g->subject)->first, chunk(f, f->g->subject)->last, "a", "similar",
                   "previous", "earlier"))
        relative = true;
    bool side = own == OVF_ACT_DECLARE_CLOSED && BASE_IN(f, f->v, "affect", "cover", "run");
    if (!f->passive && !relative && !side && f->g->flags & VG_FINITE
        && (own == OVF_ACT_DECLARE_CLOSED || own == OVF_ACT_PROHIBIT
            || own == OVF_ACT_SUSPEND_SERVICE)) {
        bool holds = BASE_IN(f, f->v, "remain", "apply", "last", "continue", "cover", "run",
                             "affect", "stay", "begin", "start", "persist")
                     || (BASE_IN(f, f->v, "take", "come", "go", "enter")
                         && WORD_IN(f, after, after + 3, "effect", "force"))
                     || (f->g->flags & VG_COPULA
                         && WORD_IN(f, after, after + 3, "place", "force", "effect"));
        if (holds) {
            f->object = f->g->subject;
            f->issuer = news_entity_of(f->c, f->g->subject) != NEWS_NONE ? f->g->subject : NO_CHUNK;
            nf_emit(f, own, "I3");
        }
    }
}

void frame_other(frame *f)
{
    const news_doc *doc = f->c->doc;
    uint32_t after = f->g->last;
    ovf_act act = nf_noun_act(f->c, f->object);
    if (repeats(f)) {
        if (!nf_is_conditional(f)) /* "whether France would do the same" */
            nf_emit(f, OVF_ACT_UNKNOWN, "SAME");
        return;
    }
    if (BASE_IN(f, f->v, "call")) {
        frame_call(f);
        return;
    }
    if (tells_of(f, act) || tells_way(f) || tells_state(f))
        return;
    if (BASE_IN(f, f->v, "speak")
        && (NEWS_IS(doc, after, "to") || NEWS_IS(doc, after, "with")
            || NEWS_IS(doc, after, "by"))) {
        frame_speak(f);
        return;
    }
    if (BASE_IN(f, f->v, "preside", "build", "raise", "boost", "increase", "ramp", "step", "lead",
                "oversee", "stage", "begin", "start", "commence", "complete", "host", "run",
                "carry", "hold", "kick", "fly", "undertake", "perform")) {
        frame_begin(f, act);
        return;
    }
    if (BASE_IN(f, f->v, "make", "give", "deliver", "send", "file", "submit", "put", "receive",
                "take")
        && act != OVF_ACT_UNKNOWN && act != OVF_ACT_INCIDENT && !BASE_IN(f, f->v, "receive", "take")
        && f->class_of != NN_CALL && act != OVF_ACT_NEGOTIATE)
        nf_emit(f, act, "I2");
    frame_holds(f);
}
