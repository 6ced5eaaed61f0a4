/* SPDX-License-Identifier: Apache-2.0 */
/* The answer about an area at an instant for somebody: the law out of notices alone, the risk beside
 * it, and what it all rests on. docs/formats/answer.md states the rules of the answer. */
#include "restriction_internal.h"

static bool is_closed(const struct status_inquiry *q)
{
    size_t closed = 0;
    for (size_t i = 0; i < q->sample_count; i++)
        closed += q->samples[i].is_closed;
    return q->sample_count > 0 && (double)closed >= STATUS_CLOSED_SHARE * (double)q->sample_count;
}

static ovf_str asker(const struct status_inquiry *q)
{
    const ovf_party *party = &q->query->party;
    if (!q->is_named)
        return OVF_STR("everyone");
    if (party->operator_icao.len > 0)
        return party->operator_icao;
    if (party->operator_state.len > 0)
        return ovf_arena_printf(q->arena, "operators of " OVF_FMT, OVF_ARG(party->operator_state));
    return OVF_STR("this flight");
}

static bool is_service_of(const struct status_inquiry *q, ovf_str fir_code)
{
    const ovf_world *world = q->picture->world;
    const ovf_place *place = &q->query->place;
    if (place->kind == OVF_PLACE_FIR && ovf_str_eq(place->code, fir_code))
        return true;
    uint32_t index = ovf_world_find_fir(world, fir_code);
    if (index == OVF_INDEX_NONE)
        return false;
    const ovf_area *fir = ovf_world_fir_area(world, ovf_world_fir(world, index));
    for (size_t i = 0; i < q->sample_count; i++) {
        if (ovf_area_contains(fir, q->samples[i].place) == OVF_TRI_YES)
            return true;
    }
    return false;
}

/* Does one of the notices given speak of this sky at all, at whatever time: of its FIR, or as the
 * State responsible? Without that they are no data about it. */
static bool is_spoken_of(const struct status_inquiry *q)
{
    const ovf_world *world = q->picture->world;
    for (size_t i = 0; i < q->because_count; i++) {
        const ovf_restriction *r = q->because[i].restriction;
        if (r != NULL && r->notice->form != OVF_FORM_LAW)
            return true;
    }
    const struct picture_speakers *speakers = &q->picture->speakers;
    for (size_t i = 0; i < speakers->state_count; i++) {
        unsigned code = speakers->states[i];
        const char iso3[] = {(char)('A' + code / 676), (char)('A' + code / 26 % 26),
                             (char)('A' + code % 26)};
        uint32_t issuer = ovf_world_find_state(world, (ovf_str){iso3, sizeof(iso3)});
        for (size_t k = 0; k < q->state_count && issuer != OVF_INDEX_NONE; k++) {
            if (ovf_world_sovereign(world, q->states[k]) == ovf_world_sovereign(world, issuer))
                return true;
        }
    }
    for (size_t i = 0; i < speakers->fir_count; i++) {
        if (is_service_of(q, speakers->firs[i]))
            return true;
    }
    return false;
}

/* May silence be taken for "open"? *why not. */
static bool may_be_open(const struct status_inquiry *q, ovf_str *why)
{
    const ovf_picture *picture = q->picture;
    ovf_str lacking = {0};
    *why = ovf_picture_gap(picture);
    if (why->len > 0)
        return false;
    if (picture->options.alone) {
        *why = OVF_STR("the notices given say nothing about this airspace");
        return is_spoken_of(q) || status_is_vouched(q, &lacking);
    }
    bool vouched = status_is_vouched(q, &lacking);
    if (!vouched)
        *why = ovf_arena_printf(q->arena,
                                "nobody vouches that the notices of " OVF_FMT
                                " are all here up to that moment",
                                OVF_ARG(lacking));
    return vouched;
}

static void answer_law(const struct status_inquiry *q, ovf_answer *out)
{
    ovf_str why = {0};
    if (is_closed(q)) {
        out->legal = OVF_LEGAL_CLOSED;
        out->legal_why = ovf_arena_printf(q->arena, "closed for " OVF_FMT " by " OVF_FMT,
                                          OVF_ARG(asker(q)), OVF_ARG(q->closed_by));
    } else if (q->is_unknown) {
        out->legal = OVF_LEGAL_UNKNOWN;
        out->legal_why = q->unknown_why;
    } else if (q->sample_count == 0) {
        out->legal = OVF_LEGAL_UNKNOWN;
        out->legal_why = OVF_STR("the outline of the area asked about is not known");
    } else if (q->is_restricted) {
        out->legal = OVF_LEGAL_RESTRICTED;
        out->legal_why = q->restricted_why;
    } else if (may_be_open(q, &why)) {
        out->legal = OVF_LEGAL_OPEN;
        out->legal_why = ovf_arena_printf(q->arena, "no notice in force closes it for " OVF_FMT,
                                          OVF_ARG(asker(q)));
    } else {
        out->legal = OVF_LEGAL_UNKNOWN;
        out->legal_why = why;
    }
}

ovf_status ovf_picture_status(const ovf_picture *picture, const ovf_query *query, ovf_arena *arena,
                              ovf_answer *out, ovf_error *err)
{
    struct status_inquiry q = {.picture = picture,
                               .query = query,
                               .arena = arena,
                               .is_named = !ovf_party_is_empty(&query->party)};
    ovf_answer answer = {0};
    ovf_status status = status_take_samples(&q);
    if (status == OVF_OK)
        status = status_weigh_restrictions(&q);
    if (status == OVF_OK)
        status = status_weigh_statements(&q);
    if (status == OVF_OK)
        status = status_postures(&q, &answer);
    if (status == OVF_OK)
        status = status_contradictions(&q, &answer);
    if (status == OVF_OK)
        status = status_signals(&q, &answer);
    if (status == OVF_OK)
        status = status_freshness(&q, &answer);
    if (status != OVF_OK)
        return ovf_fail(err, status, OVF_NOPOS, "no memory for an answer");
    answer_law(&q, &answer);
    status_risk(&q, &answer);
    answer.because = q.because;
    answer.because_count = q.because_count;
    *out = answer;
    return OVF_OK;
}

const char *ovf_legal_name(ovf_legal legal)
{
    switch (legal) {
    case OVF_LEGAL_UNKNOWN: break;
    case OVF_LEGAL_OPEN: return "open";
    case OVF_LEGAL_RESTRICTED: return "restricted";
    case OVF_LEGAL_CLOSED: return "closed";
    }
    return "unknown";
}
