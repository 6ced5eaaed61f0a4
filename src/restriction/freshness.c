/* SPDX-License-Identifier: Apache-2.0 */
/* Up to when the picture is vouched for, issuer by issuer. No data is never "open". */
#include "restriction_internal.h"

static bool names_issuer(const ovf_coverage *coverage, ovf_str issuer)
{
    for (size_t i = 0; i < coverage->issuer_count; i++) {
        if (ovf_str_eq(coverage->issuers[i], OVF_STR("*"))
            || ovf_str_eq(coverage->issuers[i], issuer))
            return true;
    }
    return false;
}

ovf_str ovf_picture_gap(const ovf_picture *picture)
{
    if (picture->unread_count > 0)
        return OVF_STR("a document or notice could not be read; what it says is not known");
    if (picture->options.alone && picture->readable_count == 0)
        return OVF_STR("no readable notice was given");
    return OVF_STR("");
}

static const ovf_coverage *best_coverage(const ovf_picture *picture, ovf_str issuer, ovf_time at)
{
    const ovf_coverage *best = NULL;
    for (size_t i = 0; i < picture->coverage_count; i++) {
        const ovf_coverage *coverage = picture->coverages[i].coverage;
        if (!names_issuer(coverage, issuer) || coverage->during.from > at)
            continue;
        if (best == NULL || coverage->during.until > best->during.until)
            best = coverage;
    }
    return best;
}

ovf_time ovf_picture_complete_to(const ovf_picture *picture, ovf_str issuer_iso3, ovf_time at)
{
    const ovf_coverage *best = best_coverage(picture, issuer_iso3, at);
    return best == NULL ? OVF_TIME_NONE : best->during.until;
}

/* What is asked about may lie ahead of what is known: then the picture has to reach the moment from
 * which it is seen. */
static ovf_time needed_to(const struct status_inquiry *q)
{
    ovf_time as_of = q->picture->options.as_of;
    return q->query->at < as_of ? q->query->at : as_of;
}

static bool is_state_vouched(const struct status_inquiry *q, uint32_t state)
{
    const ovf_world *world = q->picture->world;
    const uint32_t codes[] = {state, ovf_world_sovereign(world, state)};
    for (size_t i = 0; i < OVF_COUNTOF(codes); i++) {
        if (codes[i] == OVF_INDEX_NONE)
            continue;
        ovf_time to = ovf_picture_complete_to(q->picture, ovf_world_state(world, codes[i])->iso3,
                                              needed_to(q));
        if (to != OVF_TIME_NONE && to >= needed_to(q))
            return true;
    }
    return false;
}

bool status_is_vouched(const struct status_inquiry *q, ovf_str *lacking)
{
    if (q->state_count == 0) {
        ovf_time to = ovf_picture_complete_to(q->picture, OVF_STR("*"), needed_to(q));
        *lacking = OVF_STR("any State responsible here");
        return to != OVF_TIME_NONE && to >= needed_to(q);
    }
    for (size_t i = 0; i < q->state_count; i++) {
        if (is_state_vouched(q, q->states[i]))
            continue;
        *lacking = ovf_world_state(q->picture->world, q->states[i])->iso3;
        return false;
    }
    return true;
}

static ovf_status add(struct status_inquiry *q, ovf_str issuer, ovf_answer *out, size_t *capacity)
{
    if (issuer.len == 0)
        return OVF_OK;
    for (size_t i = 0; i < out->freshness_count; i++) {
        if (ovf_str_eq(out->freshness[i].issuer, issuer))
            return OVF_OK;
    }
    if (!ovf_arena_grow(q->arena, (void **)&out->freshness, out->freshness_count, capacity,
                        sizeof(*out->freshness)))
        return OVF_E_NOMEM;
    const ovf_coverage *coverage = best_coverage(q->picture, issuer, needed_to(q));
    out->freshness[out->freshness_count++] =
        (ovf_freshness){.issuer = issuer,
                        .complete = coverage == NULL ? OVF_TIME_NONE : coverage->during.until,
                        .latest = picture_latest_of(q->picture, issuer),
                        .basis = coverage == NULL ? (ovf_str){0} : coverage->basis};
    return OVF_OK;
}

/* The responsible States, the State of the one who asks, and whoever issued something. */
ovf_status status_freshness(struct status_inquiry *q, ovf_answer *out)
{
    const ovf_world *world = q->picture->world;
    size_t capacity = 0;
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < q->state_count && status == OVF_OK; i++)
        status = add(q, ovf_world_state(world, q->states[i])->iso3, out, &capacity);
    if (status == OVF_OK)
        status = add(q, q->query->party.operator_state, out, &capacity);
    for (size_t i = 0; i < q->because_count && status == OVF_OK; i++) {
        if (q->because[i].restriction != NULL)
            status = add(q, q->because[i].restriction->notice->issuer.state, out, &capacity);
    }
    return status;
}
