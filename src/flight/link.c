/* SPDX-License-Identifier: Apache-2.0 */
/* Messages about a plan brought to it, and what it says then (Doc 4444, 11.4.2.2; App. 3). Which plan
 * a message is about is found in link_match.c. */
#include <overfly/flight_link.h>

#include "flight_internal.h"

typedef struct linker {
    const ovf_world *world;
    ovf_arena *arena;
} linker;

static void tell(linker *l, ovf_flight *f, ovf_severity severity, const char *rule,
                 const char *text)
{
    ovf_finding *grown = ovf_arena_array(l->arena, ovf_finding, f->finding_count + 1);
    if (grown == NULL || f->finding_count >= OVF_FINDINGS_MAX)
        return;
    for (size_t i = 0; i < f->finding_count; i++)
        grown[i] = f->findings[i];
    grown[f->finding_count] = (ovf_finding){
        .severity = severity, .pos = f->raw_span.at, .rule = rule, .message = ovf_str_of(text)};
    f->findings = grown;
    f->finding_count++;
}

/* ---- what a message does to it ---- */

static ovf_str capitals(ovf_str text, ovf_arena *arena)
{
    ovf_str copy = ovf_arena_dup(arena, text);
    for (size_t i = 0; i < copy.len; i++) {
        if (copy.ptr[i] >= 'a' && copy.ptr[i] <= 'z')
            ((char *)copy.ptr)[i] = (char)(copy.ptr[i] - 'a' + 'A');
    }
    return copy;
}

/* The plan as it stands: a copy of its own from the first message on that changes what it says. */
static ovf_flight *effective_of(linker *l, ovf_flight *plan)
{
    if (plan->effective != NULL)
        return plan->effective;
    ovf_flight *copy = ovf_arena_array(l->arena, ovf_flight, 1);
    ovf_flight_point *points = ovf_arena_array(l->arena, ovf_flight_point, plan->point_count + 1);
    if (copy == NULL || points == NULL)
        return NULL;
    *copy = *plan;
    for (size_t i = 0; i < plan->point_count; i++)
        points[i] = plan->points[i];
    copy->points = points;
    plan->effective = copy;
    return copy;
}

/* Can the one amend the other as it is written? */
static bool is_of_one_form(const ovf_flight *message, const ovf_flight *plan)
{
    return message->form == OVF_FLIGHT_ADEXP ? plan->form == OVF_FLIGHT_ADEXP
                                             : plan->form == OVF_FLIGHT_FPL;
}

#define MAX_CHANGE_BYTES 16384 /* of an amendment in ADEXP: each of its fields is looked for */

static ovf_status change(linker *l, ovf_flight *message, ovf_flight *plan, ovf_error *err)
{
    ovf_flight *now = effective_of(l, plan);
    if (now == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an amended plan");
    if (!is_of_one_form(message, now)) {
        tell(l, message, OVF_WARNING, "CHG_OTHER_FORM",
             "the amendment is of another form than the plan: the plan stands unchanged");
        plan->is_doubtful = true;
        plan->effective = now->state == OVF_FLIGHT_FILED ? NULL : now;
        return OVF_OK;
    }
    bool is_adexp = message->form == OVF_FLIGHT_ADEXP;
    if (is_adexp && message->raw.len > MAX_CHANGE_BYTES) {
        tell(l, message, OVF_WARNING, "CHG_LONG", "the amendment is too long to be applied");
        plan->is_doubtful = true;
        plan->effective = now->state == OVF_FLIGHT_FILED ? NULL : now;
        return OVF_OK;
    }
    ovf_str old = capitals(now->raw, l->arena);
    ovf_str amendment = capitals(message->raw, l->arena);
    ovf_str text = is_adexp ? flight_adexp_amended(old, amendment, l->arena)
                            : flight_amended(old, amendment, l->arena);
    ovf_flight amended;
    ovf_status status = flight_read_alone(l->world, text, plan->off_block, l->arena, &amended, err);
    if (status != OVF_OK)
        return status;
    amended.record = plan->record;
    amended.day_assumed = amended.day_assumed && plan->day_assumed;
    amended.state = OVF_FLIGHT_CHANGED;
    *now = amended;
    plan->state = OVF_FLIGHT_CHANGED;
    return OVF_OK;
}

static ovf_status delay(linker *l, ovf_flight *message, ovf_flight *plan, ovf_error *err)
{
    ovf_flight *now = effective_of(l, plan);
    if (now == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a delayed plan");
    ovf_time t = message->off_block;
    if (t != OVF_TIME_NONE && now->off_block != OVF_TIME_NONE && t < now->off_block) {
        // The hour alone is new: DOF/ may still be the day of the plan.
        t += OVF_DAY_S;
        tell(l, message, OVF_NOTE, "DLA_NEXT_DAY",
             "the new hour lies before the old one: the day behind is taken");
    }
    now->off_block = t != OVF_TIME_NONE ? t : now->off_block;
    now->state = plan->state = OVF_FLIGHT_DELAYED;
    return OVF_OK;
}

/* The hour behind a place in a message that has no day: "-SVMI0913" of an ARR. It is the first such
 * hour behind `from`. */
static ovf_time hour_of(const ovf_flight *message, ovf_str place, ovf_time from)
{
    ovf_str raw = message->raw;
    int32_t minute = -1;
    for (size_t at = 0; place.len == 4 && from != OVF_TIME_NONE;) {
        at = ovf_str_find(raw, at, place);
        if (at == OVF_NOPOS)
            break;
        at += place.len;
        int32_t read = flight_read_hhmm(ovf_str_sub(raw, at, at + 4), 24);
        minute = read >= 0 ? read : minute;
    }
    if (minute < 0)
        return OVF_TIME_NONE;
    ovf_time t = ovf_time_day_start(from) + (ovf_time)minute * OVF_MINUTE_S;
    return t < from ? t + OVF_DAY_S : t;
}

static void take_movement(const ovf_flight *message, ovf_flight *plan)
{
    bool is_arrival = flight_kind(message) == OVF_FLIGHT_ARR;
    const ovf_flight *now = plan->effective != NULL ? plan->effective : plan;
    plan->state =
        is_arrival || plan->state == OVF_FLIGHT_ARRIVED ? OVF_FLIGHT_ARRIVED : OVF_FLIGHT_DEPARTED;
    if (message->departed != OVF_TIME_NONE)
        plan->departed = message->departed;
    else if (!is_arrival && now->off_block != OVF_TIME_NONE) // it may leave a little early
        plan->departed = hour_of(message, message->from, now->off_block - 2 * OVF_HOUR_S);
    ovf_time from = plan->departed != OVF_TIME_NONE ? plan->departed : now->off_block;
    if (message->arrived != OVF_TIME_NONE)
        plan->arrived = message->arrived;
    else if (is_arrival)
        plan->arrived = hour_of(message, message->landed_at, from);
    if (message->landed_at.len > 0)
        plan->landed_at = message->landed_at;
}

static bool is_over(const ovf_flight *plan)
{
    return plan->state == OVF_FLIGHT_DEPARTED || plan->state == OVF_FLIGHT_ARRIVED;
}

static ovf_status apply(linker *l, ovf_flight *message, ovf_flight *plan, ovf_error *err)
{
    ovf_flight_form kind = flight_kind(message);
    bool is_late = is_over(plan) || plan->state == OVF_FLIGHT_CANCELLED;
    if (kind == OVF_FLIGHT_CHG && !is_late)
        return change(l, message, plan, err);
    if (kind == OVF_FLIGHT_DLA && !is_late)
        return delay(l, message, plan, err);
    bool is_against = (kind == OVF_FLIGHT_CNL && is_over(plan))
                      || (kind != OVF_FLIGHT_CNL && plan->state == OVF_FLIGHT_CANCELLED);
    if (is_against)
        tell(
            l, message, OVF_WARNING, "PLAN_STATE",
            "another message of the same input says that this flight was cancelled or has departed");
    if (kind == OVF_FLIGHT_CNL && !is_over(plan))
        plan->state = OVF_FLIGHT_CANCELLED;
    if (kind == OVF_FLIGHT_DEP || kind == OVF_FLIGHT_ARR)
        take_movement(message, plan);
    if (plan->effective != NULL) {
        plan->effective->state = plan->state;
        plan->effective->departed = plan->departed;
        plan->effective->arrived = plan->arrived;
        plan->effective->landed_at = plan->landed_at;
    }
    return OVF_OK;
}

#define TURNS 4

/* Amendments first, then delays, then what became of it: the input may have them in any order. */
static int turn_of(const ovf_flight *message)
{
    switch (flight_kind(message)) {
    case OVF_FLIGHT_CHG: return 0;
    case OVF_FLIGHT_DLA: return 1;
    case OVF_FLIGHT_CNL: return 3;
    default: return 2;
    }
}

/* The plan's list of what was brought to it. */
static bool remember(linker *l, ovf_flight *plan, ovf_flight *const *messages, size_t count)
{
    const ovf_flight **list = ovf_arena_array(l->arena, const ovf_flight *, count + 1);
    if (list == NULL)
        return false;
    size_t n = 0;
    for (int turn = 0; turn < TURNS; turn++) {
        for (size_t i = 0; i < count; i++) {
            if (turn_of(messages[i]) == turn)
                list[n++] = messages[i];
        }
    }
    plan->messages = list;
    plan->message_count = n;
    return true;
}

ovf_status ovf_flight_amend(const ovf_world *world, ovf_flight *plan, ovf_flight *const *messages,
                            size_t count, ovf_arena *arena, ovf_error *err)
{
    linker l = {.world = world, .arena = arena};
    if (!remember(&l, plan, messages, count))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory to link plans");
    ovf_status status = OVF_OK;
    for (int turn = 0; turn < TURNS; turn++) {
        for (size_t i = 0; i < count && status == OVF_OK; i++) {
            if (turn_of(messages[i]) != turn)
                continue;
            messages[i]->plan = plan;
            status = apply(&l, messages[i], plan, err);
        }
    }
    return status;
}

void ovf_flight_unlinked(ovf_flight *message, uint32_t why, ovf_arena *arena)
{
    linker l = {.arena = arena};
    if (why == OVF_LINK_SEVERAL)
        tell(&l, message, OVF_WARNING, "PLAN_SEVERAL",
             "several plans of this identification fit, and no date of flight tells them apart");
    else
        tell(&l, message, OVF_NOTE, "PLAN_NOT_HERE",
             "the plan that this message is about is not in the same input");
}

/* ---- all of an input ---- */

typedef struct input {
    const ovf_world *world;
    ovf_flight *const *flights;
    size_t count;
    ovf_link_key *keys;
    uint32_t *plans;
    bool *is_doubtful;
    size_t *first; /* count + 2; [i + 1]: where the messages of flight i begin in `messages` */
    ovf_flight **messages;
} input;

/* Messages in the order of their plans, and of one plan in that of the input: counted, then laid. */
static void sort_messages(input *in)
{
    for (size_t i = 0; i < in->count; i++) {
        if (in->keys[i].role == OVF_LINK_MESSAGE && in->plans[i] < in->count)
            in->first[in->plans[i] + 1]++;
    }
    for (size_t i = 0; i < in->count; i++)
        in->first[i + 1] += in->first[i];
    in->first[in->count + 1] = in->first[in->count];
    // From the end: what was the end of a plan's messages moves down to their beginning.
    for (size_t i = in->count; i-- > 0;) {
        if (in->keys[i].role == OVF_LINK_MESSAGE && in->plans[i] < in->count)
            in->messages[--in->first[in->plans[i] + 1]] = in->flights[i];
    }
}

static ovf_status amend_all(const input *in, ovf_arena *arena, ovf_error *err)
{
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < in->count && status == OVF_OK; i++) {
        ovf_flight *f = in->flights[i];
        if (in->keys[i].role == OVF_LINK_MESSAGE && in->plans[i] >= in->count)
            ovf_flight_unlinked(f, in->plans[i], arena);
        f->is_doubtful = f->is_doubtful || in->is_doubtful[i];
        size_t from = in->first[i + 1];
        size_t until = in->first[i + 2];
        if (until > from)
            status = ovf_flight_amend(in->world, f, in->messages + from, until - from, arena, err);
    }
    return status;
}

ovf_status ovf_flight_link(const ovf_world *world, ovf_flight *const *flights, size_t count,
                           ovf_arena *arena, ovf_error *err)
{
    input in = {.world = world, .flights = flights, .count = count};
    in.keys = ovf_arena_array(arena, ovf_link_key, count + 1);
    in.plans = ovf_arena_array(arena, uint32_t, count + 1);
    in.is_doubtful = ovf_arena_array(arena, bool, count + 1);
    in.first = ovf_arena_array(arena, size_t, count + 2);
    in.messages = ovf_arena_array(arena, ovf_flight *, count + 1);
    if (in.keys == NULL || in.plans == NULL || in.is_doubtful == NULL || in.first == NULL
        || in.messages == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory to link plans");
    size_t messages = 0;
    for (size_t i = 0; i < count; i++) {
        in.keys[i] = ovf_flight_link_key(flights[i]);
        messages += in.keys[i].role == OVF_LINK_MESSAGE;
    }
    if (messages == 0)
        return OVF_OK;
    ovf_status status = ovf_flight_link_match(in.keys, count, in.plans, in.is_doubtful, err);
    if (status != OVF_OK)
        return status;
    sort_messages(&in);
    return amend_all(&in, arena, err);
}
