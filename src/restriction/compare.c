/* SPDX-License-Identifier: Apache-2.0 */
/* What does not agree, shown side by side and never merged: words against notices, one authority
 * against another, a notice against a notice of the same office. */
#include "restriction_internal.h"

#define CONTRADICTIONS_MAX 32

ovf_status status_contradict(struct status_inquiry *q, ovf_str a, ovf_str b, ovf_str what,
                             ovf_answer *out, size_t *capacity)
{
    if (out->contradiction_count >= CONTRADICTIONS_MAX)
        return OVF_OK;
    if (what.ptr == NULL
        || !ovf_arena_grow(q->arena, (void **)&out->contradictions, out->contradiction_count,
                           capacity, sizeof(*out->contradictions)))
        return OVF_E_NOMEM;
    out->contradictions[out->contradiction_count++] =
        (ovf_contradiction){.a = a, .b = b, .what = what};
    return OVF_OK;
}

static bool is_responsible(const struct status_inquiry *q, ovf_str issuer)
{
    const ovf_world *world = q->picture->world;
    uint32_t index = ovf_world_find_state(world, issuer);
    for (size_t i = 0; i < q->state_count && index != OVF_INDEX_NONE; i++) {
        if (q->states[i] == index
            || ovf_world_sovereign(world, q->states[i]) == ovf_world_sovereign(world, index))
            return true;
    }
    return false;
}

/* Closing for everyone, by the responsible State? */
static bool is_closure(const struct status_inquiry *q, const ovf_because *because)
{
    return because->restriction != NULL && because->ruling.on_addressed == OVF_VERDICT_BINDING
           && because->restriction->notice->addressed.everyone
           && is_responsible(q, because->restriction->notice->issuer.state);
}

/* "Closed", somebody said: which notice of the responsible State says so? */
static ovf_status compare_words(struct status_inquiry *q, const ovf_because *said, ovf_answer *out,
                                size_t *capacity)
{
    const ovf_statement *statement = said->statement->statement;
    ovf_str state = q->state_count > 0 ? ovf_world_state(q->picture->world, q->states[0])->iso3
                                       : OVF_STR("the responsible State");
    const ovf_because *best = NULL;
    for (size_t i = 0; i < q->because_count; i++) {
        if (is_closure(q, &q->because[i]) && (best == NULL || q->because[i].share > best->share))
            best = &q->because[i];
    }
    if (best != NULL && best->share >= STATUS_CLOSED_SHARE)
        return OVF_OK;
    ovf_str what = best == NULL
                       ? ovf_arena_printf(q->arena,
                                          "declared closed by " OVF_FMT "; no notice of " OVF_FMT
                                          " in force then closes it",
                                          OVF_ARG(statement->speaker), OVF_ARG(state))
                       : ovf_arena_printf(q->arena,
                                          "declared closed by " OVF_FMT "; the notice of " OVF_FMT
                                          " closes a part of it only",
                                          OVF_ARG(statement->speaker),
                                          OVF_ARG(best->restriction->notice->issuer.state));
    return status_contradict(q, statement->id, best == NULL ? state : best->restriction->id, what,
                             out, capacity);
}

static ovf_str authority_of(const ovf_notice *notice)
{
    if (notice->issuer.state.len > 0)
        return notice->issuer.state;
    return notice->issuer.office.len > 0 ? notice->issuer.office : notice->issuer.kind;
}

/* A body that rules for its member States, over their own air: that a member says nothing, or less, is no
 * contradiction, since the act holds there without it (TFEU Art. 288; UN Charter Art. 25). */
static bool is_body(const ovf_notice *notice)
{
    return notice->issuer.state.len == 0
           && (ovf_str_eq(notice->issuer.kind, OVF_STR("eu"))
               || ovf_str_eq(notice->issuer.kind, OVF_STR("un"))
               || ovf_str_eq(notice->issuer.kind, OVF_STR("easa")));
}

/* Two authorities on one piece of sky: one forbids its own the whole of it by notice, and the State that
 * is responsible for it forbids nobody the whole of it. Advice beside a prohibition is no contradiction,
 * and neither is law that stands for years: each binds its own addressees, and both are shown. */
static ovf_status compare_authorities(struct status_inquiry *q, size_t i, ovf_answer *out,
                                      size_t *capacity)
{
    const ovf_because *a = &q->because[i];
    const ovf_notice *notice = a->restriction->notice;
    bool is_whole =
        a->ruling.on_addressed == OVF_VERDICT_BINDING && a->share >= STATUS_CLOSED_SHARE;
    if (!is_whole || is_body(notice) || notice->form == OVF_FORM_LAW
        || is_responsible(q, notice->issuer.state) || q->state_count == 0)
        return OVF_OK;
    for (size_t j = 0; j < q->because_count; j++) {
        if (is_closure(q, &q->because[j]) && q->because[j].share >= STATUS_CLOSED_SHARE)
            return OVF_OK;
    }
    ovf_str state = ovf_world_state(q->picture->world, q->states[0])->iso3;
    return status_contradict(q, a->restriction->id, state,
                             ovf_arena_printf(q->arena,
                                              OVF_FMT
                                              " forbids all of it to those it may bind; " OVF_FMT
                                              ", the State responsible, forbids nobody all of it",
                                              OVF_ARG(authority_of(notice)), OVF_ARG(state)),
                             out, capacity);
}

static bool shares_fir(const ovf_notice *a, const ovf_notice *b)
{
    for (size_t i = 0; i < a->fir_count; i++) {
        for (size_t j = 0; j < b->fir_count; j++) {
            if (ovf_str_eq(a->firs[i], b->firs[j]))
                return true;
        }
    }
    return false;
}

/* A notice that opens, of the office whose closure is still in force and not ended by it. */
static ovf_status compare_openings(struct status_inquiry *q, const ovf_because *closed,
                                   ovf_answer *out, size_t *capacity)
{
    const ovf_notice *closing = closed->restriction->notice;
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < q->picture->opening_count && status == OVF_OK; i++) {
        const struct picture_notice *entry = q->picture->notices[q->picture->openings[i]];
        const ovf_notice *notice = entry->notice;
        if (entry->standing.is_superseded
            || !ovf_interval_holds(entry->standing.in_force, q->query->at)
            || !ovf_str_eq(notice->issuer.state, closing->issuer.state)
            || !shares_fir(notice, closing))
            continue;
        status = status_contradict(
            q, closed->restriction->id, notice->id,
            OVF_STR("one closes, the other opens, and neither ends the other"), out, capacity);
    }
    return status;
}

ovf_status status_contradictions(struct status_inquiry *q, ovf_answer *out)
{
    size_t capacity = 0;
    ovf_status status = status_compare_rivals(q, out, &capacity);
    for (size_t i = 0; i < q->because_count && status == OVF_OK; i++) {
        const ovf_because *because = &q->because[i];
        if (because->statement != NULL) {
            const ovf_statement *statement = because->statement->statement;
            if (statement->act == OVF_ACT_DECLARE_CLOSED && !statement->is_negated)
                status = compare_words(q, because, out, &capacity);
            continue;
        }
        status = compare_authorities(q, i, out, &capacity);
        if (status == OVF_OK && because->ruling.on_addressed == OVF_VERDICT_BINDING)
            status = compare_openings(q, because, out, &capacity);
    }
    return status;
}
