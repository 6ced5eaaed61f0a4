/* SPDX-License-Identifier: Apache-2.0 */
/* Every statement that touches the question. Statements touch only the risk. */
#include "restriction_internal.h"

/* A permit withdrawn or a market closed by a legal act stays so until it is given back. */
static bool is_standing_act(const ovf_statement *statement)
{
    return (statement->act == OVF_ACT_REVOKE_PERMISSION || statement->act == OVF_ACT_ORDER)
           && statement->instrument_ref.len > 0;
}

bool status_statement_is_current(const ovf_statement *statement, ovf_time at)
{
    ovf_time start = statement->said;
    if (start == OVF_TIME_NONE
        || (statement->valid.from != OVF_TIME_NONE && statement->valid.from > start))
        start = statement->valid.from != OVF_TIME_NONE ? statement->valid.from : start;
    if (start != OVF_TIME_NONE && start > at)
        return false;
    if (statement->valid.until != OVF_TIME_OPEN)
        return at < statement->valid.until;
    return start == OVF_TIME_NONE || is_standing_act(statement)
           || at - start < STATUS_SIGNAL_DAYS * OVF_DAY_S;
}

static bool share_a_name(const ovf_str *a, size_t a_count, const ovf_str *b, size_t b_count)
{
    for (size_t i = 0; i < a_count; i++) {
        for (size_t j = 0; j < b_count; j++) {
            if (ovf_str_eq_nocase(a[i], b[j]))
                return true;
        }
    }
    return false;
}

/* Has the same State given back since what this act took, for the same area and every carrier? */
static bool is_given_back(const struct status_inquiry *q, const ovf_statement *taken)
{
    for (size_t i = 0; is_standing_act(taken) && i < q->picture->statement_count; i++) {
        const ovf_statement *given = q->picture->statements[i].statement;
        if (given->act == OVF_ACT_GRANT_PERMISSION && !given->is_negated
            && given->operator_count == 0 && given->instrument_ref.len > 0
            && given->said > taken->said && given->said <= q->query->at
            && ovf_str_eq(given->speaker_state, taken->speaker_state)
            && share_a_name(given->areas, given->area_count, taken->areas, taken->area_count))
            return true;
    }
    return false;
}

#define ANNOUNCED_EARLY_S (3 * OVF_DAY_S) /* what is announced is promulgated within days */

/* "We close it", a State says of its own air, does so by notice, and the notice ends: with it ends what
 * was said (Annex 15: the notice is what holds). */
static ovf_status is_done_and_over(const struct status_inquiry *q, const ovf_statement *said,
                                   bool *is_over)
{
    *is_over = false;
    uint32_t state = ovf_world_find_state(q->picture->world, said->speaker_state);
    if (said->act != OVF_ACT_DECLARE_CLOSED || said->is_negated || state == OVF_INDEX_NONE
        || said->said == OVF_TIME_NONE)
        return OVF_OK;
    ovf_box box = status_asked_box(q);
    const ovf_reach reach = {
        .boxes = &box,
        .box_count = 1,
        .window = {said->said - OVF_DAY_S, said->said + ANNOUNCED_EARLY_S},
        .lower_ft = INT32_MIN,
        .upper_ft = INT32_MAX,
    };
    const ovf_restriction **found = NULL;
    size_t count = 0;
    ovf_status status = ovf_picture_find(q->picture, &reach, q->arena, &found, &count, NULL);
    for (size_t i = 0; status == OVF_OK && i < count && !*is_over; i++) {
        const ovf_restriction *r = found[i];
        bool closes = r->effect == OVF_EFFECT_CLOSED || r->effect == OVF_EFFECT_PROHIBITED;
        uint32_t issuer = ovf_world_find_state(q->picture->world, r->notice->issuer.state);
        *is_over = closes && r->notice->addressed.everyone && issuer != OVF_INDEX_NONE
                   && ovf_world_sovereign(q->picture->world, issuer)
                          == ovf_world_sovereign(q->picture->world, state)
                   && r->in_force.until <= q->query->at;
    }
    return status;
}

static ovf_status weigh_statement(struct status_inquiry *q, const ovf_held_statement *held)
{
    const ovf_statement *statement = held->statement;
    ovf_because because = {.statement = held, .share = -1.0, .inside = OVF_TRI_NO};
    uint32_t state = OVF_INDEX_NONE;
    for (size_t i = 0; i < statement->area_count && because.inside != OVF_TRI_YES; i++) {
        uint32_t named = OVF_INDEX_NONE;
        ovf_tri meets = status_names(q, statement->areas[i], &named);
        if (named == OVF_INDEX_NONE && meets == OVF_TRI_UNKNOWN)
            continue; // a name that is in no table: it may be anywhere, and closes nothing
        because.inside = ovf_tri_or(because.inside, meets);
        if (meets == OVF_TRI_YES || state == OVF_INDEX_NONE)
            state = named;
    }
    if (because.inside == OVF_TRI_NO)
        return OVF_OK;
    ovf_status status = ovf_judge_statement(q->picture->book, statement, state, &q->query->party,
                                            q->arena, &because.ruling);
    if (status != OVF_OK)
        return status;
    because.quote = statement->text;
    status_risk_of(&because);
    return status_add_because(q, &because);
}

ovf_status status_weigh_statements(struct status_inquiry *q)
{
    const ovf_picture *picture = q->picture;
    for (size_t i = 0; i < picture->statement_count; i++) {
        const ovf_statement *statement = picture->statements[i].statement;
        if (!status_statement_is_current(statement, q->query->at) || is_given_back(q, statement))
            continue;
        bool is_over = false;
        ovf_status status = is_done_and_over(q, statement, &is_over);
        if (status == OVF_OK && !is_over)
            status = weigh_statement(q, &picture->statements[i]);
        if (status != OVF_OK)
            return status;
    }
    return OVF_OK;
}
