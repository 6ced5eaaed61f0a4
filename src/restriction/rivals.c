/* SPDX-License-Identifier: Apache-2.0 */
/* Two who act on one piece of sky: States that both claim to rule on it, a notice and the one that it
 * repeats, a word that all is open and a notice that closes. Each stays as it is; what does not agree
 * is told, by both ids. */
#include "restriction_internal.h"

#define PAIRS_MAX 65536 /* of reasons that are held against each other; beyond it none further */

static bool has_mark(const ovf_ruling *ruling, const char *word)
{
    return ovf_str_find(ruling->marks, 0, ovf_str_of(word)) != OVF_NOPOS;
}

/* Does it rule on the air for everybody? Advice and orders to one's own rule on nobody's air. */
static bool rules_on_air(const ovf_because *because)
{
    static const char *const rules[] = {"R01", "R02", "R03", "R04", "R05", "R15", "R23", "R24"};
    if (because->restriction == NULL || because->ruling.rule_count == 0
        || because->restriction->notice->form == OVF_FORM_LAW)
        return false;
    for (size_t i = 0; i < OVF_COUNTOF(rules); i++) {
        if (ovf_str_eq(because->ruling.rules[0].id, ovf_str_of(rules[i])))
            return true;
    }
    return false;
}

/* Is its title to do so open to dispute? */
static bool is_disputable(const ovf_because *because)
{
    const ovf_ruling *ruling = &because->ruling;
    return ruling->on_addressed == OVF_VERDICT_CONTESTED || has_mark(ruling, "disputed")
           || has_mark(ruling, "rival") || ovf_str_eq(ruling->rules[0].id, OVF_STR("R15"));
}

static bool same_sovereign(const struct status_inquiry *q, ovf_str a, ovf_str b)
{
    const ovf_world *world = q->picture->world;
    uint32_t x = ovf_world_find_state(world, a);
    uint32_t y = ovf_world_find_state(world, b);
    if (x == OVF_INDEX_NONE || y == OVF_INDEX_NONE)
        return ovf_str_eq(a, b);
    return ovf_world_sovereign(world, x) == ovf_world_sovereign(world, y);
}

static ovf_str id_of(const ovf_because *because)
{
    return because->restriction->notice->id.len > 0 ? because->restriction->notice->id
                                                    : because->restriction->id;
}

static ovf_status compare_claims(struct status_inquiry *q, const ovf_because *a,
                                 const ovf_because *b, ovf_answer *out, size_t *capacity)
{
    if (!rules_on_air(a) || !rules_on_air(b) || (!is_disputable(a) && !is_disputable(b)))
        return OVF_OK;
    ovf_str one = a->restriction->notice->issuer.state;
    ovf_str other = b->restriction->notice->issuer.state;
    if (one.len == 0 || other.len == 0 || same_sovereign(q, one, other))
        return OVF_OK;
    ovf_str what =
        ovf_arena_printf(q->arena,
                         OVF_FMT " (%s) and " OVF_FMT
                                 " (%s) both act on this air; whose it is to rule on is disputed",
                         OVF_ARG(one), ovf_effect_name(a->restriction->effect), OVF_ARG(other),
                         ovf_effect_name(b->restriction->effect));
    return status_contradict(q, id_of(a), id_of(b), what, out, capacity);
}

/* "KICZ A0012/25" and "A0012/25" are one number. */
bool status_is_number(ovf_str written, ovf_str id)
{
    return written.len >= id.len && id.len > 0
           && ovf_str_eq(ovf_str_tail(written, written.len - id.len), id);
}

static bool same_levels(const ovf_restriction *a, const ovf_restriction *b)
{
    return a->lower.ref == b->lower.ref && a->lower.value_ft == b->lower.value_ft
           && a->upper.ref == b->upper.ref && a->upper.value_ft == b->upper.value_ft;
}

/* What a State repeats of another's notice against that notice itself. */
static ovf_status compare_relay(struct status_inquiry *q, const ovf_because *relay,
                                const ovf_because *original, ovf_answer *out, size_t *capacity)
{
    const ovf_restriction *a = relay->restriction;
    const ovf_restriction *b = original->restriction;
    if (a == NULL || b == NULL || a->notice == b->notice || a->notice->relayed.span.len == 0
        || !status_is_number(a->notice->relayed.id, b->notice->id))
        return OVF_OK;
    const char *how = a->notice->strength != b->notice->strength ? "in other words, of other force"
                      : !same_levels(a, b)                       ? "with other levels"
                      : a->in_force.until != b->in_force.until   ? "with another end"
                                                                 : NULL;
    if (how == NULL)
        return OVF_OK;
    ovf_str what =
        ovf_arena_printf(q->arena, OVF_FMT " repeats " OVF_FMT " %s; the original counts",
                         OVF_ARG(id_of(relay)), OVF_ARG(id_of(original)), how);
    return status_contradict(q, id_of(relay), id_of(original), what, out, capacity);
}

/* "Open again", somebody said: a notice in force still closes it for all. */
static ovf_status compare_opening_words(struct status_inquiry *q, const ovf_because *said,
                                        const ovf_because *closed, ovf_answer *out,
                                        size_t *capacity)
{
    if (said->statement == NULL || closed->restriction == NULL)
        return OVF_OK;
    const ovf_statement *statement = said->statement->statement;
    if (statement->act != OVF_ACT_REOPEN || statement->is_negated
        || closed->ruling.on_addressed != OVF_VERDICT_BINDING
        || !closed->restriction->notice->addressed.everyone)
        return OVF_OK;
    ovf_str what =
        ovf_arena_printf(q->arena, "said to be open by " OVF_FMT "; the notice is still in force",
                         OVF_ARG(statement->speaker));
    return status_contradict(q, statement->id, id_of(closed), what, out, capacity);
}

ovf_status status_compare_rivals(struct status_inquiry *q, ovf_answer *out, size_t *capacity)
{
    ovf_status status = OVF_OK;
    size_t pairs = 0;
    for (size_t i = 0; i < q->because_count && status == OVF_OK; i++) {
        for (size_t j = 0; j < q->because_count && status == OVF_OK && pairs < PAIRS_MAX; j++) {
            if (i == j)
                continue;
            pairs++;
            const ovf_because *a = &q->because[i];
            const ovf_because *b = &q->because[j];
            if (i < j)
                status = compare_claims(q, a, b, out, capacity);
            if (status == OVF_OK)
                status = compare_relay(q, a, b, out, capacity);
            if (status == OVF_OK)
                status = compare_opening_words(q, a, b, out, capacity);
        }
    }
    return status;
}
