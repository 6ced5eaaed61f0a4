/* SPDX-License-Identifier: Apache-2.0 */
/* What each operator does about the area at the instant, by the last word on it. A carrier whose
 * permit is withdrawn stays so until it is given back or it is seen to fly again, whatever it says
 * of suspending. */
#include "restriction_internal.h"

struct event {
    ovf_str operator_icao;
    ovf_posture posture;
    ovf_time from;
    ovf_time until;
    ovf_str source;
    ovf_str by, by_kind;
    bool is_extracted;
};

static ovf_posture posture_of(const ovf_statement *statement)
{
    bool is_planned = ovf_str_eq(statement->modality, OVF_STR("planned"))
                      || ovf_str_eq(statement->modality, OVF_STR("possible"))
                      || ovf_str_eq(statement->modality, OVF_STR("conditional"));
    if (statement->is_negated)
        return OVF_POSTURE_UNKNOWN;
    switch (statement->act) {
    case OVF_ACT_SUSPEND_SERVICE:
        return ovf_str_eq(statement->modality, OVF_STR("possible")) ? OVF_POSTURE_UNKNOWN
                                                                    : OVF_POSTURE_SUSPENDED;
    case OVF_ACT_REVOKE_PERMISSION:
        return is_planned ? OVF_POSTURE_UNKNOWN : OVF_POSTURE_PERMIT_REVOKED;
    case OVF_ACT_GRANT_PERMISSION:
    case OVF_ACT_RESUME_SERVICE: return is_planned ? OVF_POSTURE_UNKNOWN : OVF_POSTURE_RESUMED;
    case OVF_ACT_OPERATE: return is_planned ? OVF_POSTURE_UNKNOWN : OVF_POSTURE_FLYING;
    default: return OVF_POSTURE_UNKNOWN;
    }
}

static bool touches(struct status_inquiry *q, const ovf_statement *statement)
{
    for (size_t i = 0; i < statement->area_count; i++) {
        uint32_t state = OVF_INDEX_NONE;
        if (status_names(q, statement->areas[i], &state) == OVF_TRI_YES)
            return true;
    }
    return false;
}

static void merge(ovf_operator_posture *known, const struct event *event)
{
    bool is_later = event->from >= known->during.from;
    if (!is_later)
        return;
    if (known->posture == OVF_POSTURE_PERMIT_REVOKED && event->posture == OVF_POSTURE_SUSPENDED)
        return;
    // Told again it goes on since it was told first, to the end that the last word gives.
    if (known->posture == event->posture
        && (known->during.until == OVF_TIME_OPEN || known->during.until >= event->from)) {
        // A story tells the day; who typed the record knew the hour.
        bool is_closer = known->is_extracted && !event->is_extracted
                         && event->from < known->during.from + OVF_DAY_S;
        if (event->until != OVF_TIME_OPEN)
            known->during.until = event->until;
        if (!is_closer)
            return;
        known->during.from = event->from;
        known->source = event->source;
        known->by = event->by;
        known->by_kind = event->by_kind;
        known->is_extracted = false;
        return;
    }
    known->posture = event->posture;
    known->during = (ovf_interval){event->from, event->until};
    known->source = event->source;
    known->by = event->by;
    known->by_kind = event->by_kind;
    known->is_extracted = event->is_extracted;
}

static ovf_status add_event(struct status_inquiry *q, const struct event *event, ovf_answer *out,
                            size_t *capacity)
{
    const ovf_world *world = q->picture->world;
    for (size_t i = 0; i < out->posture_count; i++) {
        if (ovf_str_eq(out->postures[i].operator_icao, event->operator_icao)) {
            merge(&out->postures[i], event);
            return OVF_OK;
        }
    }
    if (!ovf_arena_grow(q->arena, (void **)&out->postures, out->posture_count, capacity,
                        sizeof(*out->postures)))
        return OVF_E_NOMEM;
    uint32_t index = ovf_world_find_operator(world, event->operator_icao);
    out->postures[out->posture_count++] = (ovf_operator_posture){
        .operator_icao = event->operator_icao,
        .name = index == OVF_INDEX_NONE ? (ovf_str){0} : ovf_world_operator(world, index)->name,
        .posture = event->posture,
        .during = {event->from, event->until},
        .source = event->source,
        .by = event->by,
        .by_kind = event->by_kind,
        .is_extracted = event->is_extracted};
    return OVF_OK;
}

static ovf_time start_of(const ovf_statement *statement)
{
    return statement->valid.from != OVF_TIME_NONE ? statement->valid.from : statement->said;
}

/* Statements in order of effect, so that the order of reading decides nothing. */
static const ovf_statement **in_order(struct status_inquiry *q, size_t *count)
{
    const ovf_picture *picture = q->picture;
    const ovf_statement **list =
        ovf_arena_alloc(q->arena, picture->statement_count + 1, sizeof(ovf_statement *));
    *count = 0;
    for (size_t i = 0; list != NULL && i < picture->statement_count; i++) {
        const ovf_statement *statement = picture->statements[i].statement;
        ovf_time start = start_of(statement);
        if (posture_of(statement) == OVF_POSTURE_UNKNOWN || start > q->query->at
            || (statement->said != OVF_TIME_NONE && statement->said > q->query->at)
            || !touches(q, statement))
            continue;
        size_t j = (*count)++;
        for (; j > 0; j--) {
            ovf_time before = start_of(list[j - 1]);
            bool is_before =
                before < start
                || (before == start && ovf_str_cmp(list[j - 1]->id, statement->id) <= 0);
            if (is_before)
                break;
            list[j] = list[j - 1];
        }
        list[j] = statement;
    }
    return list;
}

static ovf_status add_statement(struct status_inquiry *q, const ovf_statement *statement,
                                ovf_answer *out, size_t *capacity)
{
    struct event event = {.posture = posture_of(statement),
                          .from = start_of(statement),
                          .until = statement->valid.until,
                          .source = statement->id,
                          .by = statement->source.len > 0 ? statement->source : statement->speaker,
                          .by_kind =
                              statement->source.len > 0 ? OVF_STR("") : statement->speaker_kind,
                          .is_extracted = statement->is_extracted};
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < statement->operator_count && status == OVF_OK; i++) {
        event.operator_icao = statement->operators[i];
        status = add_event(q, &event, out, capacity);
    }
    if (statement->operator_count > 0 || !ovf_str_eq(statement->speaker_kind, OVF_STR("airline")))
        return status;
    uint32_t index = ovf_world_find_operator(q->picture->world, statement->speaker);
    if (index == OVF_INDEX_NONE)
        return status;
    event.operator_icao = ovf_world_operator(q->picture->world, index)->icao;
    return add_event(q, &event, out, capacity);
}

ovf_status status_postures(struct status_inquiry *q, ovf_answer *out)
{
    size_t count = 0;
    size_t capacity = 0;
    const ovf_statement **list = in_order(q, &count);
    if (list == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        ovf_status status = add_statement(q, list[i], out, &capacity);
        if (status != OVF_OK)
            return status;
    }
    // An announced end that has passed says only that nobody knows what came after it.
    for (size_t i = 0; i < out->posture_count; i++) {
        if (out->postures[i].during.until <= q->query->at)
            out->postures[i].posture = OVF_POSTURE_UNKNOWN;
    }
    return OVF_OK;
}

const char *ovf_posture_name(ovf_posture posture)
{
    switch (posture) {
    case OVF_POSTURE_UNKNOWN: break;
    case OVF_POSTURE_FLYING: return "flying";
    case OVF_POSTURE_SUSPENDED: return "suspended";
    case OVF_POSTURE_PERMIT_REVOKED: return "permit_revoked";
    case OVF_POSTURE_RESUMED: return "resumed";
    }
    return "unknown";
}
