/* SPDX-License-Identifier: Apache-2.0 */
/* Messages about a plan and the plan itself, brought together (Doc 4444, 11.4.2.2; App. 3): the same
 * aircraft identification, departure and destination, and of several days the one nearest to the
 * time that the message names. Messages may come before the plan. */
#include "flight_internal.h"

#include <stdlib.h>

typedef struct entry {
    ovf_flight *flight;
    size_t order; /* in the input */
} entry;

typedef struct linker {
    const ovf_world *world;
    ovf_arena *arena;
    entry *plans; /* sorted by identification, then order */
    size_t plan_count;
} linker;

/* A message whose own hour is so far from a plan's is of another day's flight. */
#define SAME_FLIGHT_S (20 * (ovf_time)OVF_HOUR_S)

static int compare(const void *a, const void *b)
{
    const entry *x = a;
    const entry *y = b;
    int order = ovf_str_cmp(x->flight->id, y->flight->id);
    return order != 0 ? order : x->order < y->order ? -1 : x->order > y->order;
}

static bool is_plan(const ovf_flight *f)
{
    return flight_kind(f) == OVF_FLIGHT_FPL && f->form != OVF_FLIGHT_SCHEDULE && f->id.len > 0;
}

static bool is_about_plan(const ovf_flight *f)
{
    switch (flight_kind(f)) {
    case OVF_FLIGHT_CHG:
    case OVF_FLIGHT_DLA:
    case OVF_FLIGHT_CNL:
    case OVF_FLIGHT_DEP:
    case OVF_FLIGHT_ARR: return f->id.len > 0;
    default: return false;
    }
}

static bool is_same_or_empty(ovf_str a, ovf_str b)
{
    return a.len == 0 || b.len == 0 || ovf_str_eq_nocase(a, b);
}

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

/* ---- which plan ---- */

/* How far a plan's time is from that of the message; SAME_FLIGHT_S and more: another flight. */
static ovf_time time_apart(const ovf_flight *message, const ovf_flight *plan)
{
    if (message->plan_id.len > 0 && ovf_str_eq(message->plan_id, plan->plan_id))
        return 0;
    if (!is_same_or_empty(message->from, plan->from) || !is_same_or_empty(message->to, plan->to))
        return SAME_FLIGHT_S;
    ovf_time t = message->off_block != OVF_TIME_NONE ? message->off_block : message->departed;
    bool knows_both = t != OVF_TIME_NONE && plan->off_block != OVF_TIME_NONE;
    if (!knows_both || message->day_assumed || plan->day_assumed)
        return 1; // no day to compare: the identification and the aerodromes decide
    ovf_time apart = t > plan->off_block ? t - plan->off_block : plan->off_block - t;
    return apart == 0 ? 0 : apart;
}

/* More plans of one identification in one input are not weighed: a year has 366 days. */
#define MAX_SAME_ID 2000

typedef struct match {
    ovf_flight *plan;
    ovf_time apart;
    size_t rivals; /* other plans as near, of another time */
} match;

/* Can the one amend the other as it is written? */
static bool is_of_one_form(const ovf_flight *message, const ovf_flight *plan)
{
    bool is_icao = plan->form == OVF_FLIGHT_FPL;
    return message->form == OVF_FLIGHT_ADEXP ? plan->form == OVF_FLIGHT_ADEXP : is_icao;
}

/* A plan of the message's own form comes before others, and one that was filed before the message
 * before one that was filed behind it. */
static bool is_better(const entry *message, const entry *plan, ovf_time apart, const match *best,
                      size_t best_order)
{
    if (best->plan == NULL || apart != best->apart)
        return best->plan == NULL || apart < best->apart;
    bool is_own = is_of_one_form(message->flight, plan->flight);
    if (is_own != is_of_one_form(message->flight, best->plan))
        return is_own;
    bool is_before = plan->order < message->order;
    bool was_before = best_order < message->order;
    return is_before && (!was_before || plan->order > best_order);
}

static match find_plan(const linker *l, const entry *message)
{
    match best = {.apart = SAME_FLIGHT_S};
    size_t best_order = 0;
    size_t low = 0;
    size_t high = l->plan_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ovf_str_cmp(l->plans[middle].flight->id, message->flight->id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low + MAX_SAME_ID < l->plan_count
        && ovf_str_eq(l->plans[low + MAX_SAME_ID].flight->id, message->flight->id))
        return (match){.plan = l->plans[low].flight, .rivals = MAX_SAME_ID};
    for (; low < l->plan_count && ovf_str_eq(l->plans[low].flight->id, message->flight->id);
         low++) {
        ovf_flight *plan = l->plans[low].flight;
        ovf_time apart = time_apart(message->flight, plan);
        if (apart >= SAME_FLIGHT_S)
            continue;
        bool is_rival =
            best.plan != NULL && apart == best.apart && plan->off_block != best.plan->off_block;
        if (best.plan != NULL && apart < best.apart)
            best.rivals = 0;
        best.rivals += is_rival;
        if (is_better(message, &l->plans[low], apart, &best, best_order)) {
            best.plan = plan;
            best.apart = apart;
            best_order = l->plans[low].order;
        }
    }
    return best;
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

#define MAX_CHANGE_BYTES 16384 /* of an amendment in ADEXP: each of its fields is looked for */

static ovf_status change(linker *l, ovf_flight *message, ovf_flight *plan, ovf_error *err)
{
    ovf_flight *now = effective_of(l, plan);
    if (now == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an amended plan");
    if (!is_of_one_form(message, now)) {
        tell(l, message, OVF_WARNING, "CHG_OTHER_FORM",
             "the amendment is of another form than the plan: the plan stands unchanged");
        plan->effective = now->state == OVF_FLIGHT_FILED ? NULL : now;
        return OVF_OK;
    }
    bool is_adexp = message->form == OVF_FLIGHT_ADEXP;
    if (is_adexp && message->raw.len > MAX_CHANGE_BYTES) {
        tell(l, message, OVF_WARNING, "CHG_LONG", "the amendment is too long to be applied");
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

static ovf_status link_one(linker *l, const entry *message, ovf_error *err)
{
    match found = find_plan(l, message);
    if (found.plan == NULL) {
        tell(l, message->flight, OVF_NOTE, "PLAN_NOT_HERE",
             "the plan that this message is about is not in the same input");
        return OVF_OK;
    }
    if (found.rivals > 0) {
        tell(l, message->flight, OVF_WARNING, "PLAN_SEVERAL",
             "several plans of this identification fit, and no date of flight tells them apart");
        return OVF_OK;
    }
    message->flight->plan = found.plan;
    return apply(l, message->flight, found.plan, err);
}

ovf_status ovf_flight_link(const ovf_world *world, ovf_flight *const *flights, size_t count,
                           ovf_arena *arena, ovf_error *err)
{
    linker l = {.world = world, .arena = arena};
    l.plans = ovf_arena_array(arena, entry, count + 1);
    if (l.plans == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory to link plans");
    size_t messages = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_plan(flights[i]))
            l.plans[l.plan_count++] = (entry){flights[i], i};
        messages += is_about_plan(flights[i]);
    }
    if (messages == 0)
        return OVF_OK;
    qsort(l.plans, l.plan_count, sizeof(*l.plans), compare);
    ovf_status status = OVF_OK;
    for (int turn = 0; turn < 4; turn++) {
        for (size_t i = 0; i < count && status == OVF_OK; i++) {
            entry message = {flights[i], i};
            if (is_about_plan(flights[i]) && turn_of(flights[i]) == turn)
                status = link_one(&l, &message, err);
        }
    }
    return status;
}
