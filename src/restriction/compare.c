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

/* Of what is repeated it is the one who said it. */
static ovf_str authority_of(const ovf_notice *notice)
{
    if (notice->relayed.span.len > 0 && notice->relayed.state.len > 0)
        return notice->relayed.state;
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

/* What is repeated here stands beside it, and speaks for itself. */
static bool has_original(const struct status_inquiry *q, const ovf_notice *notice)
{
    for (size_t i = 0; i < q->because_count; i++) {
        const ovf_restriction *r = q->because[i].restriction;
        if (r != NULL && r->notice != notice && status_is_number(notice->relayed.id, r->notice->id))
            return true;
    }
    return false;
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
        || is_responsible(q, authority_of(notice)) || q->state_count == 0
        || (notice->relayed.span.len > 0 && has_original(q, notice)))
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

static bool is_fact(const ovf_statement *statement)
{
    return !statement->is_negated
           && (statement->modality.len == 0 || ovf_str_eq(statement->modality, OVF_STR("fact")));
}

/* Is it the speaker's own notice: his State's, or that of the body whose name he bears? */
static bool is_own_notice(const struct status_inquiry *q, const ovf_statement *said,
                          const ovf_notice *notice)
{
    const ovf_world *world = q->picture->world;
    if (notice->issuer.state.len == 0)
        return is_body(notice) && notice->issuer.kind.len > 0
               && ovf_str_eq_nocase(said->speaker, notice->issuer.kind);
    uint32_t ours = ovf_world_find_state(world, said->speaker_state);
    uint32_t theirs = ovf_world_find_state(world, notice->issuer.state);
    return ours != OVF_INDEX_NONE && theirs != OVF_INDEX_NONE
           && ovf_world_sovereign(world, ours) == ovf_world_sovereign(world, theirs);
}

/* "The agency forbids it", somebody wrote, and what the agency has published there only advises: the
 * commonest of wrong headlines (a caution of 21 November 2025 was told as a closure). */
static ovf_status compare_ban_words(struct status_inquiry *q, const ovf_because *said,
                                    ovf_answer *out, size_t *capacity)
{
    const ovf_statement *statement = said->statement->statement;
    const ovf_because *advice = NULL;
    for (size_t i = 0; i < q->because_count; i++) {
        const ovf_because *b = &q->because[i];
        if (b->restriction == NULL || !is_own_notice(q, statement, b->restriction->notice))
            continue;
        if (b->ruling.on_addressed >= OVF_VERDICT_CONDITIONAL)
            return OVF_OK; // it does forbid something there
        bool is_advice = b->ruling.on_addressed == OVF_VERDICT_ADVISORY;
        if (is_advice && (advice == NULL || b->share > advice->share))
            advice = b;
    }
    if (advice == NULL)
        return OVF_OK;
    return status_contradict(q, statement->id, advice->restriction->id,
                             ovf_arena_printf(q->arena,
                                              "said to be forbidden by " OVF_FMT
                                              "; what it has published advises, and bars nobody",
                                              OVF_ARG(statement->speaker)),
                             out, capacity);
}

/* "It is not closed", somebody said, and a notice in force closes all of it. */
static ovf_status compare_denial(struct status_inquiry *q, const ovf_because *said, ovf_answer *out,
                                 size_t *capacity)
{
    const ovf_statement *statement = said->statement->statement;
    for (size_t i = 0; i < q->because_count; i++) {
        const ovf_because *b = &q->because[i];
        if (!is_closure(q, b) || b->share < STATUS_CLOSED_SHARE)
            continue;
        return status_contradict(
            q, statement->id, b->restriction->id,
            ovf_arena_printf(q->arena, "said not to be closed by " OVF_FMT "; the notice closes it",
                             OVF_ARG(statement->speaker)),
            out, capacity);
    }
    return OVF_OK;
}

static bool says_open(const ovf_statement *statement)
{
    return (statement->act == OVF_ACT_REOPEN && is_fact(statement))
           || (statement->act == OVF_ACT_DECLARE_CLOSED && statement->is_negated);
}

/* "Closed", says one, and another "open". Of two who speak for one State the later word is the
 * State's, and no contradiction. */
static ovf_status compare_speakers(struct status_inquiry *q, const ovf_because *closed,
                                   ovf_answer *out, size_t *capacity)
{
    const ovf_statement *a = closed->statement->statement;
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < q->because_count && status == OVF_OK; i++) {
        const ovf_statement *b =
            q->because[i].statement == NULL ? NULL : q->because[i].statement->statement;
        if (b == NULL || !says_open(b)
            || (a->speaker_state.len > 0 && ovf_str_eq(a->speaker_state, b->speaker_state))
            || ovf_str_eq(a->speaker, b->speaker))
            continue;
        status = status_contradict(q, a->id, b->id,
                                   ovf_arena_printf(q->arena,
                                                    "closed, says " OVF_FMT "; open, says " OVF_FMT,
                                                    OVF_ARG(a->speaker), OVF_ARG(b->speaker)),
                                   out, capacity);
    }
    return status;
}

static ovf_status compare_said(struct status_inquiry *q, const ovf_because *said, ovf_answer *out,
                               size_t *capacity)
{
    const ovf_statement *statement = said->statement->statement;
    if (statement->act == OVF_ACT_PROHIBIT && is_fact(statement))
        return compare_ban_words(q, said, out, capacity);
    if (statement->act != OVF_ACT_DECLARE_CLOSED)
        return OVF_OK;
    if (statement->is_negated)
        return compare_denial(q, said, out, capacity);
    ovf_status status = compare_words(q, said, out, capacity);
    return status == OVF_OK ? compare_speakers(q, said, out, capacity) : status;
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
            status = compare_said(q, because, out, &capacity);
            continue;
        }
        status = compare_authorities(q, i, out, &capacity);
        if (status == OVF_OK && because->ruling.on_addressed == OVF_VERDICT_BINDING)
            status = compare_openings(q, because, out, &capacity);
    }
    return status;
}
