/* SPDX-License-Identifier: Apache-2.0 */
/* A notice over one kind of air: whose air it is to the issuer, the first rule that fits, and what
 * that means for the one who asks. Disputed air is judged once as the issuer's own and once as
 * another's; air too near to a border, once as territory and once as high seas. Where the two
 * answers differ the verdict says so. */
#include "authority_internal.h"

/* One notice over one piece, for one party. */
struct judging {
    const ovf_rulebook *book;
    const ovf_notice *notice;
    size_t area_index;
    ovf_air air;
    const ovf_party *party;
    ovf_arena *arena;
    uint32_t instruments;
    const char *instrument_words;
};

static bool is_kind(const ovf_notice *notice, const char *kind)
{
    return ovf_str_eq(notice->issuer.kind, ovf_str_of(kind));
}

static uint32_t air_of_sea(const struct judging *j, ovf_str issuer)
{
    if (j->air.service.len == 0)
        return AUTHORITY_SEA_UNSERVED;
    return authority_same_state(j->book, j->air.service, issuer) ? AUTHORITY_SERVED_SEA
                                                                 : AUTHORITY_SEA;
}

/* What the air is to the issuer. */
static uint32_t relation(const struct judging *j)
{
    ovf_str issuer = j->notice->issuer.state;
    if (j->air.is_high_seas)
        return air_of_sea(j, issuer);
    if (j->air.territory.len == 0)
        return AUTHORITY_UNRESOLVED;
    if (is_kind(j->notice, "eu"))
        return authority_is_eu(j->book, j->air.territory) == OVF_TRI_YES ? AUTHORITY_OWN
                                                                         : AUTHORITY_FOREIGN;
    bool is_served = authority_same_state(j->book, j->air.service, issuer);
    if (authority_same_state(j->book, j->air.territory, issuer))
        return is_served || j->air.service.len == 0 ? AUTHORITY_OWN : AUTHORITY_OWN_DELEGATED;
    return is_served ? AUTHORITY_SERVED_FOREIGN : AUTHORITY_FOREIGN;
}

static ovf_str air_words(const struct judging *j, uint32_t air)
{
    ovf_str place = j->air.territory;
    ovf_str service = j->air.service;
    switch (air) {
    case AUTHORITY_SERVED_SEA:
    case AUTHORITY_SEA:
        return ovf_arena_printf(j->arena, "high seas in a FIR served by " OVF_FMT,
                                OVF_ARG(service));
    case AUTHORITY_SEA_UNSERVED: return OVF_STR("high seas");
    case AUTHORITY_UNRESOLVED:
        return j->air.is_disputed ? OVF_STR("air that no one State answers for")
                                  : OVF_STR("a place that could not be found");
    case AUTHORITY_OWN_DELEGATED:
    case AUTHORITY_SERVED_FOREIGN:
        return ovf_arena_printf(j->arena, "territory of " OVF_FMT " in a FIR served by " OVF_FMT,
                                OVF_ARG(place), OVF_ARG(service));
    default:
        return ovf_arena_printf(j->arena, "%sterritory of " OVF_FMT,
                                j->air.is_disputed ? "disputed " : "", OVF_ARG(place));
    }
}

static ovf_span area_span(const struct judging *j)
{
    if (j->area_index < j->notice->area_count)
        return j->notice->areas[j->area_index].span;
    return j->notice->span_e;
}

static void add_fact(ovf_rule *rule, const char *what, ovf_str value, ovf_span span)
{
    rule->facts[rule->fact_count++] = (ovf_fact){.what = what, .value = value, .span = span};
    if (rule->span.len == 0)
        rule->span = span;
}

/* The row with the facts that it rests on; the deciding one is the first with bytes. */
static ovf_status add_rule(const struct judging *j, const struct authority_row *row, uint32_t air,
                           ovf_str addressees, ovf_ruling *out)
{
    if (out->rule_count >= OVF_RULING_MAX_RULES)
        return OVF_OK;
    ovf_str issuer =
        j->notice->issuer.state.len > 0 ? j->notice->issuer.state : j->notice->issuer.kind;
    ovf_str place = air_words(j, air);
    ovf_rule rule = {.id = row->id, .cites = row->cites, .says = row->says};
    rule.fact = ovf_arena_printf(j->arena, "%s by " OVF_FMT ", " OVF_FMT ", for: " OVF_FMT,
                                 j->instrument_words, OVF_ARG(issuer), OVF_ARG(place),
                                 OVF_ARG(ovf_str_sub(addressees, 0, 400)));
    if (rule.fact.ptr == NULL || place.ptr == NULL)
        return OVF_E_NOMEM;
    add_fact(&rule, "instrument", ovf_str_of(j->instrument_words), j->notice->span_effect);
    add_fact(&rule, "issuer", issuer, j->notice->issuer.span);
    add_fact(&rule, "addressed", addressees, j->notice->addressed.span);
    add_fact(&rule, "air", place, area_span(j));
    for (size_t i = 0; i < out->rule_count; i++) {
        if (ovf_str_eq(out->rules[i].id, rule.id) && ovf_str_eq(out->rules[i].fact, rule.fact))
            return OVF_OK;
    }
    out->rules[out->rule_count++] = rule;
    return OVF_OK;
}

static ovf_str binding_words(const struct judging *j, ovf_verdict verdict, ovf_str addressees)
{
    switch (verdict) {
    case OVF_VERDICT_BINDING:
        return ovf_arena_printf(j->arena,
                                OVF_FMT "; an aircraft in distress and a pilot's "
                                        "emergency authority are always excepted",
                                OVF_ARG(addressees));
    case OVF_VERDICT_CONDITIONAL:
        return ovf_arena_printf(j->arena,
                                "on a condition: " OVF_FMT "; emergencies are always "
                                "excepted",
                                OVF_ARG(addressees));
    case OVF_VERDICT_ADVISORY:
        return ovf_arena_printf(j->arena, "nobody; advice for: " OVF_FMT, OVF_ARG(addressees));
    case OVF_VERDICT_SERVICE_WITHDRAWN:
        return OVF_STR("nobody; but flights that need a clearance or a service get none");
    case OVF_VERDICT_CONTESTED:
        return OVF_STR("disputed: claimed for all, without the title that others would accept");
    default: return OVF_STR("nobody");
    }
}

/* Is the one who asks an operator of the issuing State? */
static bool is_own_party(const struct judging *j)
{
    return authority_same_state(j->book, j->party->operator_state, j->notice->issuer.state)
           && j->party->use != OVF_USE_STATE && j->party->use != OVF_USE_MILITARY;
}

/* The ruling with the air taken to be `air` to the issuer. */
static ovf_status judge_as(const struct judging *j, uint32_t air, ovf_ruling *out)
{
    struct authority_addressee to = {0};
    ovf_status status =
        authority_addressee_of(j->book, j->notice, j->instruments, air, j->arena, &to);
    if (status != OVF_OK)
        return status;
    struct authority_match match = {0};
    status = authority_match_party(j->book, &to, j->party, j->arena, &match);
    ovf_str addressees = authority_addressee_words(&to, j->arena);
    if (status != OVF_OK || addressees.ptr == NULL)
        return OVF_E_NOMEM;

    struct authority_case facts = {.instruments = j->instruments,
                                   .issuer_kind = j->notice->issuer.kind,
                                   .issuer_state = j->notice->issuer.state,
                                   .air = air,
                                   .addressed = to.to};
    const struct authority_row *row = authority_find(j->book, &facts);
    out->applies = match.applies;
    out->applies_why = match.why;
    out->missing = match.missing;
    if (row == NULL) {
        out->applies = OVF_TRI_UNKNOWN;
        out->applies_why = ovf_arena_printf(j->arena, "no rule fits: %s, " OVF_FMT,
                                            j->instrument_words, OVF_ARG(air_words(j, air)));
        out->binding = OVF_STR("not known");
        return out->applies_why.ptr == NULL ? OVF_E_NOMEM : OVF_OK;
    }
    status = add_rule(j, row, air, addressees, out);
    if (status != OVF_OK)
        return status;
    out->on_addressed = row->on_addressed;
    out->verdict = match.applies == OVF_TRI_NO ? row->on_others : row->on_addressed;
    facts.addressed = AUTHORITY_TO_OWN_PARTY;
    const struct authority_row *own = authority_find(j->book, &facts);
    if (own != NULL && to.to == AUTHORITY_TO_EVERYONE && match.applies != OVF_TRI_NO
        && is_own_party(j) && own->on_addressed > out->verdict) {
        out->verdict = own->on_addressed;
        out->applies_why = OVF_STR("an operator of the issuing State itself");
        status = add_rule(j, own, air, OVF_STR("operators of the issuing State"), out);
    }
    if (match.on_permission && out->verdict == OVF_VERDICT_BINDING)
        out->verdict = OVF_VERDICT_CONDITIONAL;
    bool is_void =
        row->on_addressed == OVF_VERDICT_NO_LEGAL_FORCE || row->on_addressed == OVF_VERDICT_NONE;
    if (is_void) {
        out->applies = OVF_TRI_NO;
        out->applies_why = row->says;
        out->missing = (ovf_str){0};
    }
    out->binding = binding_words(j, row->on_addressed, addressees);
    out->closes_airspace =
        row->on_addressed == OVF_VERDICT_BINDING || row->on_addressed == OVF_VERDICT_CONDITIONAL;
    return out->binding.ptr == NULL ? OVF_E_NOMEM : status;
}

static ovf_status join_rules(ovf_ruling *out, const ovf_ruling *other)
{
    for (size_t i = 0; i < other->rule_count && out->rule_count < OVF_RULING_MAX_RULES; i++)
        out->rules[out->rule_count++] = other->rules[i];
    return OVF_OK;
}

/* Two ways to see one air. Equal answers are the answer; different ones are CONTESTED for disputed
 * land, and cannot be told near a border. */
static ovf_status judge_both(const struct judging *first, uint32_t air_a,
                             const struct judging *second, uint32_t air_b, bool is_dispute,
                             ovf_ruling *out)
{
    ovf_ruling other = {0};
    ovf_status status = judge_as(first, air_a, out);
    if (status == OVF_OK)
        status = judge_as(second, air_b, &other);
    if (status != OVF_OK
        || (other.verdict == out->verdict && other.on_addressed == out->on_addressed))
        return status;
    status = join_rules(out, &other);
    out->verdict = is_dispute ? OVF_VERDICT_CONTESTED : OVF_VERDICT_UNKNOWN;
    out->on_addressed = out->verdict;
    out->applies = OVF_TRI_UNKNOWN;
    out->applies_why =
        is_dispute ? OVF_STR("whose territory it is, is disputed; the answer depends on it")
                   : OVF_STR("nearer to the border than the outlines are accurate; the answer "
                             "depends on the side");
    out->binding = is_dispute ? OVF_STR("depends on whose territory it is") : OVF_STR("not known");
    out->closes_airspace = false;
    return status;
}

ovf_status ovf_judge_notice_air(const ovf_rulebook *book, const ovf_notice *notice,
                                size_t area_index, ovf_air air, const ovf_party *party,
                                ovf_arena *arena, ovf_ruling *out)
{
    static const ovf_party nobody = {0};
    struct judging j = {.book = book,
                        .notice = notice,
                        .area_index = area_index,
                        .air = air,
                        .party = party == NULL ? &nobody : party,
                        .arena = arena};
    j.instruments = authority_classify(notice, area_index, &j.instrument_words);
    ovf_ruling ruling = {0};
    ovf_status status = OVF_OK;
    uint32_t seen = relation(&j);
    bool is_land = !air.is_high_seas && air.territory.len > 0;
    if (air.is_disputed && is_land) {
        bool is_served = authority_same_state(book, air.service, notice->issuer.state);
        status =
            judge_both(&j, AUTHORITY_OWN, &j,
                       is_served ? AUTHORITY_SERVED_FOREIGN : AUTHORITY_FOREIGN, true, &ruling);
    } else if (air.is_doubtful) {
        struct judging sea = j;
        sea.air = (ovf_air){.service = air.service, .is_high_seas = true};
        status = is_land ? judge_both(&j, seen, &sea, relation(&sea), false, &ruling)
                         : judge_both(&j, seen, &j, AUTHORITY_FOREIGN, false, &ruling);
    } else {
        status = judge_as(&j, seen, &ruling);
    }
    if (status == OVF_OK)
        *out = ruling;
    return status;
}

static ovf_str code_of(const ovf_rulebook *book, uint32_t state)
{
    if (book->world == NULL || state == OVF_INDEX_NONE
        || state >= ovf_world_state_count(book->world))
        return (ovf_str){0};
    return ovf_world_state(book->world, state)->iso3;
}

ovf_status ovf_judge_notice(const ovf_rulebook *book, const ovf_notice *notice, size_t area_index,
                            ovf_whose whose, uint32_t service_state, const ovf_party *party,
                            ovf_arena *arena, ovf_ruling *out)
{
    ovf_air air = {.territory = code_of(book, whose.state),
                   .service = code_of(book, service_state),
                   .is_high_seas = whose.is_high_seas,
                   .is_disputed = whose.is_disputed,
                   .is_doubtful = whose.is_doubtful};
    return ovf_judge_notice_air(book, notice, area_index, air, party, arena, out);
}
