/* SPDX-License-Identifier: Apache-2.0 */
/* What the sea narrows a FIR or a State to: "OVER THE HIGH SEAS PART OF", "OVER INTERNATIONAL WATERS",
 * "OVER WATER", "OVER TERRITORIAL WATERS" (UNCLOS arts. 2, 86 and 87: the high seas begin where no State
 * has territory). */
#include "places.h"

#define STATES_NEAR_MAX 96

static const ovf_area *without_land(ovf_draft *d, const ovf_area *area, bool is_high_seas)
{
    ovf_box box = ovf_area_bounds(area);
    const ovf_area *lands[STATES_NEAR_MAX];
    size_t count = 0;
    uint32_t states = (uint32_t)ovf_world_state_count(d->world);
    for (uint32_t i = 0; i < states && count < OVF_COUNTOF(lands); i++) {
        if (!ovf_box_overlaps(ovf_world_rough_box(d->world, i), box))
            continue;
        const ovf_area *land =
            is_high_seas ? ovf_world_territory(d->world, i) : ovf_world_land(d->world, i);
        if (land != NULL && ovf_area_kind_of(land) != OVF_AREA_EMPTY
            && ovf_box_overlaps(ovf_area_bounds(land), box))
            lands[count++] = land;
    }
    const ovf_area *all = NULL;
    const ovf_area *out = area;
    if (count == 0)
        return area;
    if (count == OVF_COUNTOF(lands) || ovf_area_union(d->arena, lands, count, &all, NULL) != OVF_OK
        || ovf_area_difference(d->arena, area, all, &out, NULL) != OVF_OK)
        return ovf_area_unresolved();
    return out;
}

/* Which part of the sea the sentence of a mention narrows it to. */
enum sea_zone { SEA_NONE, SEA_WATER, SEA_HIGH, SEA_TERRITORIAL };

static enum sea_zone sea_zone_of(const ovf_draft *d, const ovf_mention *m)
{
    size_t start = ovf_sentence_start(d, m->first);
    size_t stop = ovf_sentence_end(d, m->first);
    size_t from = m->first > start + 14 ? m->first - 14 : start;
    size_t until = m->end + 12 < stop ? m->end + 12 : stop;
    size_t end = 0;
    size_t at = ovf_phrase_find(d, from, until, "HIGH SEA|SEAS", &end);
    size_t other = ovf_phrase_find(d, from, until, "INTERNATIONAL WATERS|WATER", &end);
    if (at != OVF_NOPOS || other != OVF_NOPOS)
        return SEA_HIGH;
    at = ovf_phrase_find(d, from, until, "OVER|ABOVE THE? *? TERRITORIAL SEA|SEAS|WATER|WATERS",
                         &end);
    if (at != OVF_NOPOS) {
        // "... AIRSPACE, INCLUDING THE AIRSPACE ABOVE THE TERRITORIAL SEA" takes nothing away
        size_t lead = at > 8 ? at - 8 : 0;
        bool adds = ovf_phrase_find(d, lead, at, "INCLUDING|INCL|AND|AS", NULL) != OVF_NOPOS;
        return adds ? SEA_NONE : SEA_TERRITORIAL;
    }
    if (ovf_phrase_find(d, from, until, "OVER|ABOVE THE? OPEN? SEA|WATER|WATERS|OCEAN", &end)
            != OVF_NOPOS
        || ovf_phrase_find(d, from, until, "OVERWATER", &end) != OVF_NOPOS)
        return SEA_WATER;
    return SEA_NONE;
}

/* The territorial seas of the States whose territory meets a FIR; of a State its own. */
static const ovf_area *territorial(ovf_draft *d, const ovf_mention *m, const ovf_area *area)
{
    const ovf_area *water = without_land(d, area, false);
    const ovf_area *high = without_land(d, area, true);
    const ovf_area *out = NULL;
    if (m->shape == OVF_SHAPE_STATE)
        return water;
    if (ovf_area_difference(d->arena, water, high, &out, NULL) != OVF_OK)
        return ovf_area_unresolved();
    return out;
}

const ovf_area *ovf_sea_part(ovf_draft *d, const ovf_mention *m, const ovf_area *area)
{
    switch (sea_zone_of(d, m)) {
    case SEA_WATER: return without_land(d, area, false);
    case SEA_HIGH: return m->shape == OVF_SHAPE_FIR ? without_land(d, area, true) : area;
    case SEA_TERRITORIAL: return territorial(d, m, area);
    case SEA_NONE: break;
    }
    return area;
}
