/* SPDX-License-Identifier: Apache-2.0 */
/* Where parts of a text do different things, each area has the effect of its own clause. */
#include "effect.h"

struct clause_verb {
    size_t at;
    ovf_effect effect;
};

enum { CLAUSE_VERB_MAX = 64 };

/* The verbs of a text in their order, at most CLAUSE_VERB_MAX. */
static size_t clause_verbs(const ovf_draft *d, const ovf_verbs *v, struct clause_verb *out)
{
    size_t count = 0;
    for (size_t i = d->main_from; i < d->token_count && count < CLAUSE_VERB_MAX; i++) {
        ovf_effect effect = OVF_EFFECT_UNKNOWN;
        if ((v->kinds[i] & (OVF_W_BAR | OVF_W_NOT | OVF_W_SHALL)) != 0) {
            ovf_verb_hit hit = ovf_verb_bar(d, v, i);
            if (hit.at == i)
                effect = OVF_EFFECT_PROHIBITED;
        }
        if (effect == OVF_EFFECT_UNKNOWN && (v->kinds[i] & OVF_W_CLOSE) != 0
            && ovf_verb_close(d, v, i).at == i && (ovf_verb_subject(d, v, i) & OVF_W_SURFACE) == 0)
            effect = OVF_EFFECT_CLOSED;
        bool is_soft = (v->kinds[i] & OVF_W_ADVISE) != 0 || ovf_tok_is(d, i, "EXERCISE")
                       || ovf_tok_is(d, i, "EXER");
        for (size_t k = 0; is_soft && effect == OVF_EFFECT_UNKNOWN && k < ovf_verbs_soft.count;
             k++) {
            if (ovf_phrase(d, i, ovf_verbs_soft.rows[k].phrase) > 0)
                effect = OVF_EFFECT_ADVISORY;
        }
        if (effect != OVF_EFFECT_UNKNOWN)
            out[count++] = (struct clause_verb){i, effect};
    }
    return count;
}

static size_t token_at(const ovf_draft *d, uint32_t raw_at)
{
    size_t low = 0;
    size_t high = d->token_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ovf_raw_pos(d, d->tokens[middle].at) < raw_at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* "SHALL NOT ENTER: FIR A, FIR B. ADDITIONALLY, OPERATORS SHOULD EXERCISE CAUTION IN FIR C": the
 * verb of an area is the last one before it in its sentence, else the next in it, else the last
 * before. */
void ovf_read_area_effects(ovf_draft *d)
{
    struct clause_verb verbs[CLAUSE_VERB_MAX];
    ovf_verbs v;
    ovf_effect main = d->notice->effect;
    bool is_verbal =
        main == OVF_EFFECT_CLOSED || main == OVF_EFFECT_PROHIBITED || main == OVF_EFFECT_ADVISORY;
    if (d->area_count < 2 || !is_verbal || d->is_joined || !ovf_verbs_read(d, &v))
        return;
    size_t count = clause_verbs(d, &v, verbs);
    bool is_mixed = false;
    for (size_t i = 1; i < count; i++)
        is_mixed |= verbs[i].effect != verbs[0].effect;
    for (size_t i = 0; is_mixed && i < d->area_count; i++) {
        ovf_notice_area *area = &d->areas[i];
        if (area->span.len == 0 || area->effect != OVF_EFFECT_UNKNOWN)
            continue;
        size_t at = token_at(d, area->span.at);
        size_t start = ovf_sentence_start(d, at);
        size_t end = ovf_sentence_end(d, at);
        ovf_effect before = OVF_EFFECT_UNKNOWN;
        ovf_effect inside = OVF_EFFECT_UNKNOWN;
        ovf_effect behind = OVF_EFFECT_UNKNOWN;
        for (size_t k = 0; k < count; k++) {
            if (verbs[k].at <= at)
                before = verbs[k].effect;
            if (verbs[k].at >= start && verbs[k].at <= at)
                inside = verbs[k].effect;
            if (verbs[k].at > at && verbs[k].at < end && behind == OVF_EFFECT_UNKNOWN)
                behind = verbs[k].effect;
        }
        ovf_effect effect = inside != OVF_EFFECT_UNKNOWN   ? inside
                            : behind != OVF_EFFECT_UNKNOWN ? behind
                                                           : before;
        if (effect != OVF_EFFECT_UNKNOWN && effect != main)
            area->effect = effect;
    }
}
