/* SPDX-License-Identifier: Apache-2.0 */
/* Where parts of a text do different things, each area has the effect of its own clause. */
#include "effect.h"

#include <overfly/geo.h>

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

/* ---- tiers of a presidential or VIP restriction (FAA Order 7930.2, 14 CFR 91.141) ---- */

/* Half the height of an area, in metres: the radius of a circle. */
static double half_size_m(const ovf_notice_area *area)
{
    double south = 90;
    double north = -90;
    if (area->shape == OVF_SHAPE_CIRCLE)
        return area->radius_m;
    for (size_t i = 0; i < area->point_count; i++) {
        south = area->points[i].lat_deg < south ? area->points[i].lat_deg : south;
        north = area->points[i].lat_deg > north ? area->points[i].lat_deg : north;
    }
    return north > south ? ovf_nm_to_m((north - south) * 30) : 0;
}

/* The radius of the core that the text states, "THE 10 NMR AREA(S) ... KNOWN AS THE INNER CORE". */
static double core_radius_m(const ovf_draft *d, size_t core)
{
    for (size_t i = core; i-- > 0 && core - i < 16;) {
        if (d->tokens[i].kind == OVF_TOK_NUM && ovf_phrase(d, i + 1, "NMR|NM|NAUTICAL") > 0)
            return ovf_nm_to_m(d->tokens[i].a);
    }
    return 0;
}

/* In the core all flight is barred, in the ring round it flight is bound to conditions: a flight
 * plan, a discrete code and two-way radio. */
static bool read_tiers(ovf_draft *d)
{
    const double slack = 1.2; // an outline of a core is seldom the circle that it is called
    size_t end = 0;
    size_t core = ovf_phrase_find(d, 0, d->token_count, "INNER CORE|CORES|RING", &end);
    size_t ring = ovf_phrase_find(d, 0, d->token_count, "OUTER RING|RINGS|CORE|AREA", &end);
    if (core == OVF_NOPOS || ring == OVF_NOPOS || d->notice->effect != OVF_EFFECT_PROHIBITED)
        return false;
    double least_m = 0;
    double most_m = 0;
    for (size_t i = 0; i < d->area_count; i++) {
        double size_m = half_size_m(&d->areas[i]);
        if (size_m > 0 && (least_m == 0 || size_m < least_m))
            least_m = size_m;
        most_m = size_m > most_m ? size_m : most_m;
    }
    double stated_m = core_radius_m(d, core);
    double limit_m = (stated_m > least_m ? stated_m : least_m) * slack;
    if (least_m == 0 || most_m <= limit_m)
        return false; // one tier only
    for (size_t i = 0; i < d->area_count; i++) {
        if (half_size_m(&d->areas[i]) > limit_m)
            d->areas[i].effect = OVF_EFFECT_RESTRICTED;
    }
    return true;
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
    if (d->area_count < 2 || read_tiers(d))
        return;
    if (!is_verbal || d->is_joined || !ovf_verbs_read(d, &v))
        return;
    size_t count = clause_verbs(d, &v, verbs);
    bool is_mixed = false;
    for (size_t i = 1; i < count; i++)
        is_mixed |= verbs[i].effect != verbs[0].effect;
    for (size_t i = 0; is_mixed && i < d->area_count; i++) {
        ovf_notice_area *area = &d->areas[i];
        if (area->span.len == 0 || area->effect != OVF_EFFECT_UNKNOWN)
            continue;
        size_t at = ovf_token_at(d, area->span.at);
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
