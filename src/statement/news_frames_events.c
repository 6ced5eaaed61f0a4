/* SPDX-License-Identifier: Apache-2.0 */
/* What happens in the air and what somebody says it amounts to: debris, jamming and near misses that
 * take many verbs; "was a provocation", "is behind the attack"; "claimed the attack". */
#include "news_frames.h"

static bool subject_has(const frame *f, bool (*test)(const frame *f, uint16_t ng))
{
    return f->g->subject != NO_CHUNK && test(f, f->g->subject);
}

static bool is_mishap(const frame *f, uint16_t ng)
{
    return nf_noun_act(f->c, ng) == OVF_ACT_INCIDENT || nf_head_class(f->c, ng) == NN_HAZARD
           || WORD_IN(f, chunk(f, ng)->first, chunk(f, ng)->last, "jamming", "spoofing", "debris",
                      "shrapnel", "wreckage", "explosion", "explosions", "blasts");
}

static bool is_flier(const frame *f, uint16_t ng)
{
    uint8_t k = nf_head_class(f->c, ng);
    return k == NN_PLANE || k == NN_FLIGHT || k == NN_WEAPON;
}

static bool happens(frame *f)
{
    uint32_t after = f->g->last;
    uint32_t until = f->g->until < f->c->count ? chunk(f, f->g->until)->first : after + 10;
    bool mishap = f->object != NO_CHUNK && is_mishap(f, f->object);
    bool fits = false;
    bool relative = f->v > 0 && chunk(f, (uint16_t)(f->v - 1))->kind == CH_WH;
    if (relative || f->g->flags & (VG_NEG | VG_TO | VG_POSSIBLE))
        return false;
    if (subject_has(f, is_mishap) && !f->passive)
        fits = BASE_IN(f, f->v, "disrupt", "affect", "injure", "hit", "rob", "spread", "occur",
                       "happen", "shake", "rock", "damage", "reach", "blanket", "cover", "strike",
                       "fall", "land", "drift", "rain", "block");
    if (!fits && mishap)
        fits = f->passive ? BASE_IN(f, f->v, "record", "report", "register", "document", "hear",
                                    "log", "observe", "confirm")
                          : BASE_IN(f, f->v, "record", "register", "experience", "suffer",
                                    "encounter", "hear", "detect", "log", "document");
    if (!fits && subject_has(f, is_flier) && !f->passive) {
        fits =
            (BASE_IN(f, f->v, "come", "pass", "fly", "land", "fall")
             && WORD_IN(f, after, after + 4, "within", "close", "near"))
            || (BASE_IN(f, f->v, "make", "perform") && WORD_IN(f, after, until, "emergency"))
            || (BASE_IN(f, f->v, "spend") && nf_clause_has(f, NN_AIR))
            || (BASE_IN(f, f->v, "break") && WORD_IN(f, f->g->head + 1, after + 1, "up", "apart"))
            || (BASE_IN(f, f->v, "disappear", "vanish") && WORD_IN(f, after, until, "radar"));
    }
    if (!fits)
        return false;
    if (f->issuer != NO_CHUNK && news_entity_of(f->c, f->issuer) == NEWS_NONE
        && !is_flier(f, f->issuer))
        f->issuer = NO_CHUNK;
    nf_emit(f, OVF_ACT_INCIDENT, "X6");
    return true;
}

/* "said Russia was behind the jamming", "called it": blame and judgement on the word of somebody. */
static bool judges(frame *f)
{
    uint32_t after = f->g->last;
    if (f->g->says == NO_CHUNK || f->g->says == f->v || f->g->flags & VG_NEG)
        return false;
    bool is = f->g->flags & VG_COPULA || BASE_IN(f, f->v, "amount", "constitute", "represent");
    if (!is)
        return false;
    bool named = f->g->subject != NO_CHUNK && news_entity_of(f->c, f->g->subject) != NEWS_NONE;
    bool blames = named
                  && (WORD_IN(f, after, after + 1, "behind")
                      || (WORD_IN(f, after, after + 1, "responsible")
                          && !BASE_IN(f, f->v, "remain", "stay") && !nf_clause_has(f, NN_AIR)));
    bool bad =
        WORD_IN(f, after, after + 6, "aggression", "provocation", "provocative", "unacceptable",
                "reckless", "irresponsible", "unjustified", "outrageous", "blackmail", "terrorism",
                "piracy", "hostile", "barbaric", "cowardly", "shameful", "disproportionate",
                "inexcusable", "deplorable", "inadmissible", "arbitrary");
    if (f->g->flags & VG_COPULA && !blames && !bad
        && WORD_IN(f, after, after + 2, "false", "untrue", "baseless", "unfounded", "fake",
                   "groundless", "fabricated", "nonsense")) {
        f->issuer = chunk(f, f->g->says)->subject;
        nf_emit(f, OVF_ACT_DENY, "Y2"); /* "reports are false, the ministry said" */
        return true;
    }
    if (!blames && !bad)
        return false;
    f->issuer = chunk(f, f->g->says)->subject;
    nf_emit(f, OVF_ACT_CONDEMN, blames ? "Z5" : "Z4");
    return true;
}

bool nf_tells_event(frame *f)
{
    if (BASE_IN(f, f->v, "claim") && !f->passive && f->object != NO_CHUNK
        && !(f->g->flags & (VG_SAYS | VG_NEG))) {
        bool deed = nf_noun_act(f->c, f->object) == OVF_ACT_STRIKE
                    || (WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->head + 1,
                                "responsibility")
                        && nf_noun_act(f->c, nf_prep_object(f, "for")) == OVF_ACT_STRIKE);
        if (deed) {
            nf_emit(f, OVF_ACT_STRIKE, "K5");
            return true;
        }
    }
    if (BASE_IN(f, f->v, "claim", "purport", "profess") && !f->passive && f->v + 1 < f->c->count
        && chunk(f, (uint16_t)(f->v + 1))->flags & VG_TO && f->g->subject != NO_CHUNK
        && !(f->g->flags & VG_SAYS)) {
        news_draft *d = nf_emit(f, OVF_ACT_CLAIM, "Q5"); /* "both claim to hold the airport" */
        if (d != NULL && chunk(f, (uint16_t)(f->v + 1))->until > d->until)
            d->until = chunk(f, (uint16_t)(f->v + 1))->until;
        return true;
    }
    if (BASE_IN(f, f->v, "set") && WORD_IN(f, f->g->last, f->g->last + 8, "ablaze", "fire")
        && nf_head_class(f->c, f->g->subject) == NN_PLANE) {
        nf_emit(f, OVF_ACT_STRIKE, "K6");
        return true;
    }
    return happens(f) || judges(f);
}
