/* SPDX-License-Identifier: Apache-2.0 */
/* A statement about somebody's air. Words close nothing: whatever row fits, closes_airspace stays
 * false, and a verdict of binding is only ever about a named carrier's commercial service. */
#include "authority_internal.h"

/* Is the legal act itself before us, or at least named? (D5.5: a report is not the instrument.) */
static bool is_primary(const ovf_statement *statement)
{
    return ovf_str_eq(statement->medium, OVF_STR("law"))
           || ovf_str_eq(statement->medium, OVF_STR("notice")) || statement->instrument_ref.len > 0;
}

static uint32_t relation(const ovf_rulebook *book, const ovf_statement *statement,
                         ovf_str area_state)
{
    if (statement->speaker_state.len == 0 || area_state.len == 0)
        return AUTHORITY_UNRESOLVED;
    return authority_same_state(book, statement->speaker_state, area_state) ? AUTHORITY_OWN
                                                                            : AUTHORITY_FOREIGN;
}

/* The State whose nationality letters an indicator starts with, the longest match (Doc 7910). */
static ovf_str state_of_letters(const ovf_world *world, ovf_str icao)
{
    ovf_str found = {0};
    size_t longest = 0;
    for (uint32_t i = 0; i < ovf_world_state_count(world) && icao.len == 4; i++) {
        const ovf_state *state = ovf_world_state(world, i);
        ovf_str rest = state->icao;
        ovf_str letters = {0};
        while (rest.len > 0 && ovf_str_field(&rest, ' ', &letters)) {
            if (letters.len > longest && ovf_str_starts(icao, letters)) {
                longest = letters.len;
                found = state->iso3;
            }
        }
    }
    return found;
}

ovf_str authority_airport_state(const ovf_rulebook *book, ovf_str icao)
{
    if (book->world == NULL || icao.len == 0)
        return (ovf_str){0};
    uint32_t index = ovf_world_find_airport(book->world, icao);
    if (index == OVF_INDEX_NONE)
        return state_of_letters(book->world, icao);
    uint32_t state = ovf_world_airport(book->world, index)->state;
    return state == OVF_INDEX_NONE ? (ovf_str){0} : ovf_world_state(book->world, state)->iso3;
}

/* Does the flight serve the market between the speaker's State and that of the area (R21)? */
static ovf_tri is_on_market(const ovf_rulebook *book, const ovf_statement *statement,
                            ovf_str area_state, const ovf_party *party)
{
    ovf_str from = authority_airport_state(book, party->from);
    ovf_str to = authority_airport_state(book, party->to);
    if (from.len == 0 || to.len == 0)
        return OVF_TRI_UNKNOWN;
    bool outward = authority_same_state(book, from, statement->speaker_state)
                   && authority_same_state(book, to, area_state);
    bool homeward = authority_same_state(book, to, statement->speaker_state)
                    && authority_same_state(book, from, area_state);
    return outward || homeward ? OVF_TRI_YES : OVF_TRI_NO;
}

/* Is the party one of the carriers that it is about? Without a list, those on the route market, and
 * as far as the flight is not known those of the speaker's State. */
static ovf_tri is_about(const ovf_rulebook *book, const ovf_statement *statement,
                        ovf_str area_state, const ovf_party *party)
{
    for (size_t i = 0; i < statement->operator_count; i++) {
        if (party->operator_icao.len > 0
            && ovf_str_eq_nocase(statement->operators[i], party->operator_icao))
            return OVF_TRI_YES;
    }
    if (statement->operator_count > 0)
        return party->operator_icao.len > 0 ? OVF_TRI_NO : OVF_TRI_UNKNOWN;
    ovf_tri market = is_on_market(book, statement, area_state, party);
    if (market == OVF_TRI_UNKNOWN
        && authority_same_state(book, party->operator_state, statement->speaker_state))
        return OVF_TRI_YES;
    return market;
}

static ovf_status add_rule(const ovf_statement *statement, const struct authority_row *row,
                           uint32_t air, ovf_str area_state, ovf_arena *arena, ovf_ruling *out)
{
    ovf_str who = statement->speaker.len > 0 ? statement->speaker : OVF_STR("somebody unnamed");
    ovf_str where = air == AUTHORITY_UNRESOLVED
                        ? OVF_STR("air that could not be placed")
                        : ovf_arena_printf(arena, "%s, air of " OVF_FMT,
                                           air == AUTHORITY_OWN ? "its own State" : "another State",
                                           OVF_ARG(area_state));
    ovf_str medium = statement->medium.len > 0 ? statement->medium : OVF_STR("words");
    ovf_rule rule = {
        .id = row->id, .cites = row->cites, .says = row->says, .span = statement->span};
    rule.fact = ovf_arena_printf(
        arena, "%s by " OVF_FMT " (" OVF_FMT "%s" OVF_FMT ") through " OVF_FMT " about " OVF_FMT,
        ovf_act_name(statement->act), OVF_ARG(who),
        OVF_ARG(statement->speaker_kind.len > 0 ? statement->speaker_kind : OVF_STR("unknown")),
        statement->speaker_state.len > 0 ? ", " : "", OVF_ARG(statement->speaker_state),
        OVF_ARG(medium), OVF_ARG(where));
    if (rule.fact.ptr == NULL)
        return OVF_E_NOMEM;
    const ovf_fact facts[] = {
        {"instrument", medium, statement->span},
        {"issuer", who, statement->span},
        {"addressed", statement->target, statement->span},
        {"air", where, statement->span},
    };
    for (size_t i = 0; i < OVF_COUNTOF(facts) && i < OVF_RULE_MAX_FACTS; i++)
        rule.facts[rule.fact_count++] = facts[i];
    out->rules[out->rule_count++] = rule;
    return OVF_OK;
}

static ovf_str carriers(const ovf_statement *statement, ovf_arena *arena)
{
    ovf_buf buf = {.limit = 2048};
    for (size_t i = 0; i < statement->operator_count; i++)
        ovf_buf_printf(&buf, "%s" OVF_FMT, i > 0 ? ", " : "", OVF_ARG(statement->operators[i]));
    if (statement->operator_count == 0)
        ovf_buf_printf(&buf, OVF_FMT,
                       OVF_ARG(statement->target.len > 0 ? ovf_str_sub(statement->target, 0, 400)
                                                         : OVF_STR("the carriers that it names")));
    ovf_str words = ovf_arena_dup(arena, ovf_buf_str(&buf));
    ovf_buf_done(&buf);
    return words;
}

static ovf_status explain(const ovf_rulebook *book, const ovf_statement *statement,
                          const struct authority_row *row, ovf_str area_state,
                          const ovf_party *party, ovf_arena *arena, ovf_ruling *out)
{
    out->on_addressed = row->on_addressed;
    out->verdict = row->on_addressed;
    out->applies = OVF_TRI_NO;
    out->applies_why = OVF_STR("it binds nobody as to the airspace");
    out->binding = OVF_STR("nobody");
    switch (row->on_addressed) {
    case OVF_VERDICT_BINDING:
    case OVF_VERDICT_OWN_DECISION:
    case OVF_VERDICT_UNKNOWN: break;
    case OVF_VERDICT_ADVISORY: out->binding = OVF_STR("nobody; advice"); return OVF_OK;
    default: return OVF_OK;
    }
    ovf_str names = carriers(statement, arena);
    out->applies = is_about(book, statement, area_state, party);
    if (out->applies == OVF_TRI_NO)
        out->verdict = row->on_others;
    if (out->applies == OVF_TRI_UNKNOWN)
        out->missing = OVF_STR("operator");
    out->applies_why = out->applies == OVF_TRI_YES  ? OVF_STR("it is about this operator")
                       : out->applies == OVF_TRI_NO ? OVF_STR("it is about other operators")
                                                    : OVF_STR("it is about named operators");
    out->binding = row->on_addressed == OVF_VERDICT_BINDING
                       ? ovf_arena_printf(arena,
                                          "the commercial service of " OVF_FMT
                                          "; the air itself stays as it is",
                                          OVF_ARG(names))
                   : row->on_addressed == OVF_VERDICT_OWN_DECISION
                       ? ovf_arena_printf(arena, OVF_FMT ", by its own decision", OVF_ARG(names))
                       : OVF_STR("not known: no act is named that does it");
    return names.ptr == NULL || out->binding.ptr == NULL ? OVF_E_NOMEM : OVF_OK;
}

ovf_status ovf_judge_statement_air(const ovf_rulebook *book, const ovf_statement *statement,
                                   ovf_str area_state, const ovf_party *party, ovf_arena *arena,
                                   ovf_ruling *out)
{
    static const ovf_party nobody = {0};
    struct authority_case facts = {.is_statement = true,
                                   .is_primary = is_primary(statement),
                                   .act = statement->act,
                                   .issuer_kind = statement->speaker_kind,
                                   .air = relation(book, statement, area_state),
                                   .addressed = AUTHORITY_TO_EVERYONE};
    ovf_ruling ruling = {.applies = OVF_TRI_NO,
                         .applies_why = OVF_STR("no rule speaks of it"),
                         .binding = OVF_STR("nobody")};
    const struct authority_row *row = authority_find(book, &facts);
    if (row != NULL) {
        ovf_status status = add_rule(statement, row, facts.air, area_state, arena, &ruling);
        if (status == OVF_OK)
            status = explain(book, statement, row, area_state, party == NULL ? &nobody : party,
                             arena, &ruling);
        if (status != OVF_OK)
            return status;
    }
    // What is denied, planned or merely possible has not been done: nobody is bound by it.
    bool is_done =
        !statement->is_negated
        && (statement->modality.len == 0 || ovf_str_eq(statement->modality, OVF_STR("fact"))
            || ovf_str_eq(statement->modality, OVF_STR("directive")));
    if (!is_done && ruling.on_addressed == OVF_VERDICT_BINDING) {
        ruling.verdict = OVF_VERDICT_NO_LEGAL_FORCE;
        ruling.on_addressed = OVF_VERDICT_NO_LEGAL_FORCE;
        ruling.applies = OVF_TRI_NO;
        ruling.applies_why = OVF_STR("denied, planned or possible, and so not done");
        ruling.binding = OVF_STR("nobody");
    }
    *out = ruling;
    return OVF_OK;
}

ovf_status ovf_judge_statement(const ovf_rulebook *book, const ovf_statement *statement,
                               uint32_t area_state, const ovf_party *party, ovf_arena *arena,
                               ovf_ruling *out)
{
    ovf_str code = {0};
    if (book->world != NULL && area_state != OVF_INDEX_NONE
        && area_state < ovf_world_state_count(book->world))
        code = ovf_world_state(book->world, area_state)->iso3;
    return ovf_judge_statement_air(book, statement, code, party, arena, out);
}
