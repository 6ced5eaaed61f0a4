/* SPDX-License-Identifier: Apache-2.0 */
/* Airlines that go on flying: "Copa said it would continue flying to Caracas", "Laser and Conviasa are
 * operating normally", "maintains its flights". No act of the statement schema; who flies is asked of
 * every closure all the same. */
#include "news_frames.h"
#include "news_slots.h"

static bool has_flights(const frame *f, uint16_t ng)
{
    return ng != NO_CHUNK
           && (nf_has_class(f->c, ng, NN_FLIGHT)
               || WORD_IN(f, chunk(f, ng)->first, chunk(f, ng)->last, "flights", "flight",
                          "services", "operations", "schedule", "schedules", "route", "routes"));
}

/* The verb behind this one that tells what goes on: "continue flying", "keeps on operating". */
static bool goes_on_flying(const frame *f)
{
    for (uint16_t k = (uint16_t)(f->v + 1); k < f->c->count && k <= f->v + 2; k++) {
        const news_chunk *next = chunk(f, k);
        if (next->kind == CH_VG)
            return next->flags & (VG_ING | VG_TO)
                   && BASE_IN(f, k, "fly", "operate", "serve", "land");
        if (next->kind != CH_ADV && next->kind != CH_PREP)
            return false;
    }
    return false;
}

static bool is_told(const frame *f)
{
    const news_chunk *g = f->g;
    uint16_t not_fact = VG_NEG | VG_CONDITION | VG_POSSIBLE | VG_DUTY | VG_PASSIVE | VG_PP;
    if (g->flags & not_fact || nf_is_conditional(f))
        return false;
    if (BASE_IN(f, f->v, "continue", "keep"))
        return goes_on_flying(f) || has_flights(f, g->object);
    if (BASE_IN(f, f->v, "maintain"))
        return has_flights(f, g->object);
    if (g->flags & (VG_PLANNED | VG_TO | VG_ING | VG_BASE)
        || !BASE_IN(f, f->v, "fly", "operate", "serve"))
        return false;
    bool is_still = WORD_IN(f, g->first, g->last, "still")
                    || WORD_IN(f, g->last,
                               g->last + 4 < f->c->chunks[f->c->count - 1].last
                                   ? g->last + 4
                                   : f->c->chunks[f->c->count - 1].last,
                               "normally", "regularly", "uninterrupted");
    bool is_perfect = g->flags & VG_PERFECT;
    return is_still || (g->flags & VG_PROG && !is_perfect)
           || (g->flags & VG_FINITE && g->tense == VF_PAST && !is_perfect);
}

void news_flying(const news_clauses *c, news_drafts *out)
{
    for (uint16_t v = 0; v < c->count; v++) {
        const news_chunk *g = &c->chunks[v];
        if (g->kind != CH_VG || g->subject == NO_CHUNK)
            continue;
        frame f = {.c = c, .out = out, .v = v, .g = g, .object = g->object, .issuer = g->subject};
        news_who who = news_who_is(c, g->subject, c->doc->arena);
        if (!who.found || who.kind != OVF_NEWS_AIRLINE || !is_told(&f))
            continue;
        news_draft *d = nf_emit(&f, OVF_ACT_OPERATE, "FLYING");
        if (d != NULL) { // that it goes on is so now, whatever it will do
            d->modality = OVF_NEWS_FACT;
            d->is_negated = false;
        }
    }
}
