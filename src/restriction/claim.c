/* SPDX-License-Identifier: Apache-2.0 */
/* A statement held against the notices of its time. What the notices say is asked of the picture
 * itself, as anybody would ask it: for everybody, at instants within the time that the statement
 * is about. Silence counts only where the issuers are vouched for. */
#include "restriction_internal.h"

#include <string.h>

enum {
    STEPS = 48,         /* instants at which a time is looked at, at most */
    AREAS_MAX = 16,     /* areas of one statement that are looked up; more are not covered */
    IDS_MAX = 40,       /* notices named, at most */
    ENDED_MAX = 40,     /* closures that ended and are looked at for one that opens */
    LOOK_BACK_DAYS = 30 /* how long before a reopening the closure may have ended */
};

struct claim {
    const ovf_picture *picture;
    const ovf_statement *statement;
    ovf_interval when;
    ovf_arena *arena;
    ovf_error *err;
    ovf_check *out;
    ovf_place place; /* of the area in hand */
    const ovf_area *area;
};

const char *ovf_checked_name(ovf_checked checked)
{
    switch (checked) {
    case OVF_CHECKED_NOT_COVERED: break;
    case OVF_CHECKED_SILENT: return "silent";
    case OVF_CHECKED_CONTRADICTED: return "contradicted";
    case OVF_CHECKED_CONFIRMED: return "confirmed";
    }
    return "not_covered";
}

static ovf_status add_id(struct claim *c, ovf_str id)
{
    ovf_check *out = c->out;
    for (size_t i = 0; i < out->against_count; i++) {
        if (ovf_str_eq(out->against[i], id))
            return OVF_OK;
    }
    if (out->against == NULL)
        out->against = ovf_arena_array(c->arena, ovf_str, IDS_MAX);
    if (out->against == NULL)
        return OVF_E_NOMEM;
    if (out->against_count < IDS_MAX)
        out->against[out->against_count++] = id;
    return OVF_OK;
}

static ovf_status ask(const struct claim *c, ovf_time at, ovf_answer *answer)
{
    ovf_query query = {.place = c->place, .area = c->area, .at = at};
    return ovf_picture_status(c->picture, &query, c->arena, answer, c->err);
}

/* ---- what the notices say at one instant ---- */

static bool shuts(const ovf_because *b)
{
    return b->restriction != NULL && b->ruling.on_addressed >= OVF_VERDICT_CONDITIONAL
           && (b->restriction->effect == OVF_EFFECT_CLOSED
               || b->restriction->effect == OVF_EFFECT_PROHIBITED
               || b->restriction->effect == OVF_EFFECT_RESTRICTED);
}

/* All of it, for everybody. Over the high seas within a FIR no notice bars (Annex 11), so that of a FIR
 * the closure of its air is what can be closed. */
static bool shuts_all(const ovf_because *b)
{
    return shuts(b) && b->restriction->effect != OVF_EFFECT_RESTRICTED && b->share >= 0.95
           && b->restriction->notice->addressed.everyone;
}

static bool is_shut(const ovf_answer *answer)
{
    bool is_closed = answer->legal == OVF_LEGAL_CLOSED;
    for (size_t i = 0; i < answer->because_count && !is_closed; i++)
        is_closed = shuts_all(&answer->because[i]);
    return is_closed;
}

/* Weaker words about the area as a whole, or hard words about a part of it. */
static bool says_less(const ovf_because *b)
{
    if (b->restriction == NULL)
        return false;
    bool is_advice = b->ruling.on_addressed == OVF_VERDICT_ADVISORY
                     && b->restriction->effect == OVF_EFFECT_ADVISORY;
    return shuts(b) || (is_advice && (b->share < 0 || b->share >= 0.5));
}

static ovf_status add_all(struct claim *c, const ovf_answer *answer,
                          bool (*wanted)(const ovf_because *), size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < answer->because_count; i++) {
        const ovf_because *b = &answer->because[i];
        if (!wanted(b))
            continue;
        (*count)++;
        if (add_id(c, b->restriction->id) != OVF_OK)
            return OVF_E_NOMEM;
    }
    return OVF_OK;
}

/* "Closed": all of it, for everybody, by notices that bind. */
static ovf_status check_closed(struct claim *c, ovf_time at, ovf_checked *out)
{
    ovf_answer answer = {0};
    size_t count = 0;
    ovf_status status = ask(c, at, &answer);
    if (status != OVF_OK)
        return status;
    if (is_shut(&answer)) {
        *out = OVF_CHECKED_CONFIRMED;
        return add_all(c, &answer, shuts, &count);
    }
    status = add_all(c, &answer, says_less, &count);
    *out = answer.legal == OVF_LEGAL_UNKNOWN ? OVF_CHECKED_NOT_COVERED
           : count > 0                       ? OVF_CHECKED_CONTRADICTED
                                             : OVF_CHECKED_SILENT;
    return status;
}

static bool is_issued_by(const struct claim *c, const ovf_because *b)
{
    const ovf_world *world = c->picture->world;
    uint32_t ours = ovf_world_find_state(world, c->statement->speaker_state);
    uint32_t theirs = b->restriction == NULL
                          ? OVF_INDEX_NONE
                          : ovf_world_find_state(world, b->restriction->notice->issuer.state);
    return ours != OVF_INDEX_NONE && theirs != OVF_INDEX_NONE
           && ovf_world_sovereign(world, ours) == ovf_world_sovereign(world, theirs);
}

/* A ban or a warning: by a notice of the State that is said to have issued it. */
static ovf_status check_issued(struct claim *c, ovf_time at, ovf_checked *out)
{
    ovf_answer answer = {0};
    ovf_status status = ask(c, at, &answer);
    *out = OVF_CHECKED_NOT_COVERED;
    bool is_ban = c->statement->act == OVF_ACT_PROHIBIT;
    for (size_t i = 0; i < answer.because_count && status == OVF_OK; i++) {
        const ovf_because *b = &answer.because[i];
        if (!is_issued_by(c, b))
            continue;
        bool is_hard = shuts(b);
        bool is_word = is_hard || b->ruling.on_addressed == OVF_VERDICT_ADVISORY;
        if (!is_word)
            continue;
        ovf_checked here = is_ban && !is_hard ? OVF_CHECKED_CONTRADICTED : OVF_CHECKED_CONFIRMED;
        *out = here > *out ? here : *out;
        status = add_id(c, b->restriction->id);
    }
    if (status != OVF_OK || *out != OVF_CHECKED_NOT_COVERED)
        return status;
    ovf_time to = ovf_picture_complete_to(c->picture, c->statement->speaker_state, at);
    bool is_vouched = c->statement->speaker_state.len > 0 && to != OVF_TIME_NONE && to >= at;
    if (is_vouched && ovf_picture_gap(c->picture).len == 0)
        *out = OVF_CHECKED_SILENT;
    return OVF_OK;
}

/* "Open again": not closed at the end, and a closure of the area has ended. */
static ovf_status check_reopened(struct claim *c, ovf_checked *out)
{
    ovf_answer answer = {0};
    size_t count = 0;
    ovf_time last = c->when.until - 1;
    ovf_status status = ask(c, last, &answer);
    if (status != OVF_OK)
        return status;
    if (is_shut(&answer)) {
        *out = OVF_CHECKED_CONTRADICTED;
        return add_all(c, &answer, shuts, &count);
    }
    *out = answer.legal == OVF_LEGAL_UNKNOWN ? OVF_CHECKED_NOT_COVERED : OVF_CHECKED_SILENT;
    ovf_time first = c->when.from - LOOK_BACK_DAYS * OVF_DAY_S;
    size_t looked = 0;
    for (size_t i = 0; i < ovf_picture_restriction_count(c->picture) && looked < ENDED_MAX; i++) {
        const ovf_restriction *r = ovf_picture_restriction(c->picture, i);
        bool closes = r->effect == OVF_EFFECT_CLOSED || r->effect == OVF_EFFECT_PROHIBITED;
        if (!closes || r->in_force.until > last || r->in_force.until < first
            || r->in_force.from >= r->in_force.until)
            continue;
        looked++;
        ovf_answer before = {0};
        status = ask(c, r->in_force.until - 1, &before);
        for (size_t k = 0; k < before.because_count && status == OVF_OK; k++) {
            if (before.because[k].restriction != r || !shuts(&before.because[k]))
                continue;
            status = add_id(c, r->id);
            if (*out == OVF_CHECKED_SILENT)
                *out = OVF_CHECKED_CONFIRMED;
        }
        if (status != OVF_OK)
            return status;
    }
    return OVF_OK;
}

/* ---- over time, over areas ---- */

/* One instant that confirms is enough, and one that nobody vouches for leaves silence unproven. */
static ovf_checked over_time(ovf_checked a, ovf_checked b)
{
    if (a == OVF_CHECKED_CONFIRMED || b == OVF_CHECKED_CONFIRMED)
        return OVF_CHECKED_CONFIRMED;
    if (a == OVF_CHECKED_CONTRADICTED || b == OVF_CHECKED_CONTRADICTED)
        return OVF_CHECKED_CONTRADICTED;
    return a < b ? a : b;
}

/* All of them have to be confirmed. */
static ovf_checked over_areas(ovf_checked a, ovf_checked b)
{
    if (a == OVF_CHECKED_CONTRADICTED || b == OVF_CHECKED_CONTRADICTED)
        return OVF_CHECKED_CONTRADICTED;
    return a < b ? a : b;
}

static ovf_status check_area(struct claim *c, ovf_checked *out)
{
    ovf_act act = c->statement->act;
    if (act == OVF_ACT_REOPEN)
        return check_reopened(c, out);
    ovf_time length = c->when.until - c->when.from;
    ovf_time step = length / STEPS > 3600 ? length / STEPS : 3600;
    bool is_first = true;
    for (ovf_time at = c->when.from; at < c->when.until; at += step) {
        ovf_checked here = OVF_CHECKED_NOT_COVERED;
        ovf_status status =
            act == OVF_ACT_DECLARE_CLOSED ? check_closed(c, at, &here) : check_issued(c, at, &here);
        if (status != OVF_OK)
            return status;
        *out = is_first ? here : over_time(*out, here);
        is_first = false;
        if (c->out->at == OVF_TIME_NONE || (here == *out && here >= OVF_CHECKED_CONTRADICTED))
            c->out->at = at;
        if (*out == OVF_CHECKED_CONFIRMED)
            break;
    }
    return OVF_OK;
}

bool ovf_act_is_checked(ovf_act act)
{
    return act == OVF_ACT_DECLARE_CLOSED || act == OVF_ACT_REOPEN || act == OVF_ACT_PROHIBIT
           || act == OVF_ACT_WARN;
}

static bool take_area(struct claim *c, ovf_str name)
{
    const ovf_world *world = c->picture->world;
    if (ovf_world_find(world, name, &c->place, NULL) != OVF_OK)
        return false;
    c->area = c->place.kind == OVF_PLACE_FIR
                  ? ovf_world_fir_area(world, ovf_world_fir(world, c->place.index))
              : c->place.kind == OVF_PLACE_STATE ? ovf_world_territory(world, c->place.index)
                                                 : NULL;
    return true;
}

/* "Has not closed": silence of complete notices bears it out. */
static ovf_checked negated(ovf_checked answer)
{
    switch (answer) {
    case OVF_CHECKED_CONFIRMED: return OVF_CHECKED_CONTRADICTED;
    case OVF_CHECKED_CONTRADICTED:
    case OVF_CHECKED_SILENT: return OVF_CHECKED_CONFIRMED;
    case OVF_CHECKED_NOT_COVERED: break;
    }
    return OVF_CHECKED_NOT_COVERED;
}

static const char *why(const struct claim *c, bool is_open_ended)
{
    if (!ovf_act_is_checked(c->statement->act))
        return "no notice is published about such an act";
    if (c->statement->area_count == 0)
        return "it names no area";
    if (is_open_ended)
        return "when it was is not known";
    switch (c->out->answer) {
    case OVF_CHECKED_CONFIRMED:
        return c->statement->is_negated ? "no notice in force says otherwise"
                                        : "a notice in force says so";
    case OVF_CHECKED_CONTRADICTED: return "the notices in force say something else";
    case OVF_CHECKED_SILENT: return "the notices are complete, and none says so";
    case OVF_CHECKED_NOT_COVERED: break;
    }
    return "the notices at hand do not reach so far";
}

ovf_status ovf_picture_check(const ovf_picture *picture, const ovf_statement *statement,
                             ovf_interval when, ovf_arena *arena, ovf_check *out, ovf_error *err)
{
    *out = (ovf_check){.at = OVF_TIME_NONE};
    struct claim c = {.picture = picture,
                      .statement = statement,
                      .when = when,
                      .arena = arena,
                      .err = err,
                      .out = out};
    if (when.from != OVF_TIME_NONE && when.until <= when.from)
        c.when.until = when.from + 1;
    bool is_open_ended = when.from == OVF_TIME_NONE || when.until == OVF_TIME_OPEN
                         || when.until - when.from > (ovf_time)400 * OVF_DAY_S;
    bool is_asked = ovf_act_is_checked(statement->act) && !is_open_ended;
    for (size_t i = 0; is_asked && i < statement->area_count; i++) {
        ovf_checked here = OVF_CHECKED_NOT_COVERED;
        if (i < AREAS_MAX && take_area(&c, statement->areas[i])) {
            ovf_status status = check_area(&c, &here);
            if (status != OVF_OK)
                return status;
        }
        out->answer = i == 0 ? here : over_areas(out->answer, here);
    }
    if (statement->is_negated)
        out->answer = negated(out->answer);
    out->why = ovf_str_of(why(&c, is_open_ended));
    return OVF_OK;
}
