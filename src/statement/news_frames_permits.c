/* SPDX-License-Identifier: Apache-2.0 */
/* Frames of permits: taken away, given, refused. */
#include "news_frames.h"

void frame_revoke(frame *f)
{
    bool strip = BASE_IN(f, f->v, "strip", "deprive");
    uint16_t of = strip ? nf_prep_object(f, "of") : NO_CHUNK;
    if (strip ? of != NO_CHUNK
                    && (nf_head_class(f->c, of) == NN_PERMIT
                        || nf_list_has_class(f->c, of, NN_PERMIT))
              : f->class_of == NN_PERMIT || nf_list_has_class(f->c, f->object, NN_PERMIT))
        nf_emit(f, OVF_ACT_REVOKE_PERMISSION, "R1");
    else if (nf_noun_act(f->c, f->object) == OVF_ACT_PROHIBIT
             || nf_noun_act(f->c, f->object) == OVF_ACT_DECLARE_CLOSED)
        nf_emit(f, OVF_ACT_REOPEN, "L1");
}

void frame_grant(frame *f)
{
    uint8_t k = f->class_of;
    if (f->g->flags & VG_ING && !(f->g->flags & VG_FINITE) && f->g->parent != NO_CHUNK
        && chunk(f, f->g->parent)->flags & VG_DONE)
        return; /* "lifted its restrictions, allowing flights to resume" */
    if (BASE_IN(f, f->v, "clear") && k == NN_AIR && nf_head_class(f->c, f->issuer) == NN_CARRIER)
        return; /* "airlines clear Gulf skies" */
    bool verb_needs = BASE_IN(f, f->v, "give", "award", "grant");
    uint16_t second = f->object == NO_CHUNK ? NO_CHUNK : (uint16_t)(f->object + 1);
    bool second_permit = second != NO_CHUNK && second < f->c->count
                         && chunk(f, second)->kind == CH_NG
                         && (nf_head_class(f->c, second) == NN_PERMIT
                             || (WORD_IN(f, chunk(f, second)->head, chunk(f, second)->head + 1,
                                         "light", "nod", "all-clear")
                                 && nf_about_flying(f)));
    ovf_act deed = nf_noun_act(f->c, f->object);
    uint16_t given = f->passive ? f->g->object : second;
    if (deed == OVF_ACT_EXEMPT
        || (given != NO_CHUNK && given < f->c->count && chunk(f, given)->kind == CH_NG
            && nf_noun_act(f->c, given) == OVF_ACT_EXEMPT)) {
        nf_emit(f, OVF_ACT_EXEMPT, "X5"); /* "was granted an exemption" */
        return;
    }
    if (deed == OVF_ACT_RESUME_SERVICE || deed == OVF_ACT_REOPEN || deed == OVF_ACT_DECLARE_CLOSED
        || deed == OVF_ACT_SUSPEND_SERVICE) {
        nf_emit(f, deed, "G2");
        return;
    }
    bool fits = k == NN_PERMIT || second_permit
                || (f->passive && f->g->object != NO_CHUNK
                    && nf_head_class(f->c, f->g->object) == NN_PERMIT);
    if (!verb_needs)
        fits |= k == NN_FLIGHT || k == NN_CARRIER || k == NN_PLANE || (k == NN_AIR && !f->passive)
                || (k == NN_PEOPLE && nf_about_flying(f));
    if (!fits)
        return;
    news_draft *d = nf_emit(f, OVF_ACT_GRANT_PERMISSION, "G1");
    if (d != NULL && d->is_negated && (k == NN_FLIGHT || k == NN_CARRIER || k == NN_PLANE)) {
        d->act = OVF_ACT_PROHIBIT; /* "will not be allowed to enter" */
        d->is_negated = false;
        news_rule(d, "P3");
    }
}

bool frame_denies_use(frame *f)
{
    if (f->passive && f->g->object != NO_CHUNK && BASE_IN(f, f->v, "deny", "refuse")
        && (nf_head_class(f->c, f->g->object) == NN_PERMIT
            || WORD_IN(f, chunk(f, f->g->object)->head, chunk(f, f->g->object)->head + 1, "use",
                       "entry", "access", "passage", "transit", "landing", "overflight"))
        && nf_about_flying(f)) {
        nf_emit(f, OVF_ACT_PROHIBIT, "P4"); /* "has been denied permission to land" */
        return true;
    }
    if (f->passive || f->object == NO_CHUNK
        || !BASE_IN(f, f->v, "deny", "refuse", "reject", "turn", "decline", "rebuff"))
        return false;
    if (BASE_IN(f, f->v, "deny", "refuse")
        && WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->head + 1, "use", "entry",
                   "access", "passage", "overflight")
        && (nf_has_class(f->c, f->object, NN_PLANE) || nf_has_class(f->c, f->object, NN_CARRIER)
            || nf_has_class(f->c, f->object, NN_FLIGHT))) {
        nf_emit(f, OVF_ACT_PROHIBIT, "P4"); /* "Spain denies US bombers use of bases" */
        return true;
    }
    uint16_t to_whom = nf_prep_object(f, "to");
    uint8_t whom = nf_head_class(f->c, to_whom);
    if (BASE_IN(f, f->v, "deny", "refuse")
        && WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->head + 1, "entry", "access",
                   "permission", "passage", "landing", "overflight", "clearance")
        && (whom == NN_PLANE || whom == NN_CARRIER || whom == NN_FLIGHT)) {
        f->object = to_whom; /* "denied entry to foreign-owned jets" */
        nf_emit(f, OVF_ACT_PROHIBIT, "P4");
        return true;
    }
    uint16_t second = (uint16_t)(f->object + 1);
    while (
        second < f->c->count && second < f->object + 6 && chunk(f, second)->kind != CH_COMMA
        && !(chunk(f, second)->kind == CH_NG && chunk(f, (uint16_t)(second - 1))->kind != CH_PREP))
        second++; /* over "bound for Syria" */
    uint8_t k = f->class_of;
    bool barred = (k == NN_PLANE || k == NN_FLIGHT || k == NN_CARRIER || k == NN_STATE
                   || k == NN_PEOPLE || f->c->tags[chunk(f, f->object)->head] == TAG_PRON)
                  && BASE_IN(f, f->v, "deny", "refuse") && second < f->c->count
                  && chunk(f, second)->kind == CH_NG
                  && (nf_head_class(f->c, second) == NN_PERMIT
                      || WORD_IN(f, chunk(f, second)->head, chunk(f, second)->head + 1, "use",
                                 "entry", "access", "passage", "transit", "landing", "overflight"));
    bool asked = WORD_IN(f, chunk(f, f->object)->head, chunk(f, f->object)->head + 1, "request",
                         "requests", "application", "applications", "bid")
                 && !BASE_IN(f, f->v, "deny", "refuse") && nf_about_flying(f)
                 && (!BASE_IN(f, f->v, "turn") || nf_particle_is(f, "down"));
    uint16_t to = NO_CHUNK;
    for (uint16_t v = (uint16_t)(f->v + 1); asked && v < f->c->count && v < f->v + 10; v++) {
        if (chunk(f, v)->kind == CH_VG && chunk(f, v)->flags & VG_TO
            && BASE_IN(f, v, "fly", "land", "overfly", "cross", "use", "enter", "operate",
                       "transit", "serve", "route"))
            to = v;
    }
    asked = asked && to != NO_CHUNK;
    if (!barred && !asked)
        return false;
    nf_emit(f, OVF_ACT_PROHIBIT, "P4");
    if (to != NO_CHUNK)
        f->c->chunks[to].flags |= VG_DONE;
    return true;
}
