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
    struct authority_actor actor; /* who acts: the issuer, or whose act it repeats */
    ovf_time when;
    bool is_served_by_agreement;
};

static uint32_t air_of_sea(const struct judging *j, ovf_str issuer)
{
    if (j->air.service.len == 0)
        return AUTHORITY_SEA_UNSERVED;
    return authority_same_state(j->book, j->air.service, issuer) || j->is_served_by_agreement
               ? AUTHORITY_SERVED_SEA
               : AUTHORITY_SEA;
}

/* What the air is to the issuer. */
static uint32_t relation(const struct judging *j)
{
    ovf_str issuer = j->actor.state;
    if (j->air.is_high_seas)
        return air_of_sea(j, issuer);
    if (j->air.territory.len == 0)
        return AUTHORITY_UNRESOLVED;
    if (ovf_str_eq(j->actor.kind, OVF_STR("eu")))
        return authority_is_eu(j->book, j->air.territory, j->when) == OVF_TRI_YES
                   ? AUTHORITY_OWN
                   : AUTHORITY_FOREIGN;
    bool is_served =
        authority_same_state(j->book, j->air.service, issuer) || j->is_served_by_agreement;
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
    ovf_str issuer = j->actor.state.len > 0 ? j->actor.state : j->actor.kind;
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
    return authority_same_state(j->book, j->party->operator_state, j->actor.state)
           && j->party->use != OVF_USE_STATE && j->party->use != OVF_USE_MILITARY;
}

static void mark(const struct judging *j, ovf_ruling *out, const char *word)
{
    if (ovf_str_find(out->marks, 0, ovf_str_of(word)) != OVF_NOPOS)
        return;
    ovf_str marks = out->marks.len == 0
                        ? ovf_str_of(word)
                        : ovf_arena_printf(j->arena, OVF_FMT " %s", OVF_ARG(out->marks), word);
    if (marks.ptr != NULL)
        out->marks = marks;
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
    status = authority_match_party(j->book, &to, j->party, j->when, j->arena, &match);
    ovf_str addressees = authority_addressee_words(&to, j->arena);
    if (status != OVF_OK || addressees.ptr == NULL)
        return OVF_E_NOMEM;

    struct authority_case facts = {.instruments = j->instruments,
                                   .issuer_kind = j->actor.kind,
                                   .issuer_state = j->actor.state,
                                   .air = air,
                                   .addressed = to.to};
    const struct authority_row *row = authority_find(j->book, &facts);
    out->applies = match.applies;
    out->is_remote = match.is_remote;
    out->applies_why = match.why;
    out->missing = match.missing;
    if (row == NULL) {
        out->applies = OVF_TRI_UNKNOWN;
        out->is_remote = false;
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
    if (to.to == AUTHORITY_TO_NAMED && out->closes_airspace
        && (air & (AUTHORITY_OWN | AUTHORITY_OWN_DELEGATED)) != 0)
        mark(j, out, "discriminatory");
    if ((air & (AUTHORITY_OWN_DELEGATED | AUTHORITY_SERVED_FOREIGN)) != 0)
        mark(j, out, "delegated");
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

/* A rule that adds to the ruling without deciding it. */
static void note_rule(const struct judging *j, ovf_ruling *out, ovf_rule rule)
{
    bool is_full = out->rule_count >= OVF_RULING_MAX_RULES;
    for (size_t i = 0; i < out->rule_count && !is_full; i++)
        is_full =
            ovf_str_eq(out->rules[i].id, rule.id) && ovf_str_eq(out->rules[i].fact, rule.fact);
    if (is_full || rule.fact.ptr == NULL)
        return;
    add_fact(&rule, "issuer", j->actor.state, j->notice->issuer.span);
    out->rules[out->rule_count++] = rule;
}

/* Does the ruling do anything to the air? Of advice and hazards it does not matter who rules. */
static bool acts_on_air(const ovf_ruling *out)
{
    return out->on_addressed >= OVF_VERDICT_SERVICE_WITHDRAWN
           || out->on_addressed == OVF_VERDICT_UNKNOWN;
}

/* Whoever runs a State's air traffic service closes its air in fact, recognised or not (D5.3, R14:
 * Niger 2023); where two do, neither can be taken for the State without saying so. */
static void note_regime(const struct judging *j, ovf_ruling *out)
{
    const struct authority_regime *regime = authority_regime_of(j->book, j->actor.state, j->when);
    bool is_home =
        authority_same_state(j->book, j->actor.state, j->air.territory)
        || (j->air.is_high_seas && authority_same_state(j->book, j->actor.state, j->air.service));
    if (regime == NULL || !is_home || !acts_on_air(out))
        return;
    mark(j, out, regime->is_rival ? "rival" : "de_facto");
    note_rule(
        j, out,
        (ovf_rule){.id = OVF_STR("R14"),
                   .cites = regime->cites,
                   .says = regime->is_rival
                               ? OVF_STR("Two authorities issue notices for this air: each is "
                                         "shown, and neither is taken for the other.")
                               : OVF_STR("Issued by the authority that runs the air traffic "
                                         "service in fact: followed like the State's own, and "
                                         "said so."),
                   .fact = ovf_arena_printf(j->arena, OVF_FMT, OVF_ARG(regime->who))});
}

/* A row of law that nobody held against its source counts like any other, for what it bars is
 * barred if it is right; but nobody is left to think that it was looked up. */
static ovf_status note_unchecked(const struct judging *j, ovf_ruling *out)
{
    const ovf_law *law = ovf_rulebook_law_of(j->book, j->notice);
    if (law == NULL || out->applies == OVF_TRI_NO || authority_is_checked(law->checked))
        return OVF_OK;
    mark(j, out, "unchecked");
    out->applies_why =
        ovf_arena_printf(j->arena, OVF_FMT "; its row of law.txt is %s", OVF_ARG(out->applies_why),
                         ovf_str_eq(law->checked, OVF_STR("uncertain"))
                             ? "uncertain: its words say what of it was not seen in the source"
                             : "not checked against its source");
    return out->applies_why.ptr == NULL ? OVF_E_NOMEM : OVF_OK;
}

/* UNCLOS 38, 44, 53, 54: passage through straits and sea lanes is not to be suspended, by air
 * neither. Who closes is obeyed; the limit of his right is said. */
static void note_strait(const struct judging *j, ovf_ruling *out)
{
    bool is_own = authority_same_state(j->book, j->actor.state, j->air.territory);
    if (j->air.strait.len == 0 || !is_own || !out->closes_airspace)
        return;
    bool is_lanes = j->air.is_archipelagic;
    mark(j, out, is_lanes ? "sea_lanes" : "strait");
    note_rule(
        j, out,
        (ovf_rule){.id = OVF_STR("R01"),
                   .cites = is_lanes ? OVF_STR("UNCLOS Art. 53, 54")
                                     : OVF_STR("UNCLOS Art. 38, 44; Montreux Convention where "
                                               "it applies"),
                   .says = is_lanes ? OVF_STR("Overflight in archipelagic sea lanes passage is not "
                                              "to be suspended: the closure may be disputed there.")
                                    : OVF_STR("Transit passage through a strait, overflight "
                                              "included, is not to be suspended: the closure may "
                                              "be disputed there."),
                   .fact = j->air.strait});
}

/* How many of the blank-separated States, and is the actor among them? */
static size_t count_states(const struct judging *j, ovf_str codes, bool *has_actor)
{
    ovf_str rest = codes;
    ovf_str code = {0};
    ovf_str first = {0};
    size_t count = 0;
    while (ovf_str_field(&rest, ' ', &code)) {
        if (code.len == 0 || authority_same_state(j->book, code, first))
            continue;
        first = count == 0 ? code : first;
        count++;
        *has_actor = *has_actor || authority_same_state(j->book, code, j->actor.state);
    }
    return count;
}

/* Claimed by the actor alone it is his, whoever else may hold it; by several it is judged both ways;
 * who has no part in the dispute acts on another's air in any case. */
static ovf_status judge_disputed(const struct judging *j, uint32_t seen, ovf_ruling *out)
{
    bool is_claimant = false;
    bool is_holder = false;
    size_t claims = count_states(j, j->air.claimants, &is_claimant);
    size_t holders = count_states(j, j->air.holders, &is_holder);
    bool is_served =
        authority_same_state(j->book, j->air.service, j->actor.state) || j->is_served_by_agreement;
    uint32_t others = is_served ? AUTHORITY_SERVED_FOREIGN : AUTHORITY_FOREIGN;
    bool is_state = ovf_str_eq(j->actor.kind, OVF_STR("state"));
    mark(j, out, "disputed");
    if (!is_state)
        return judge_as(j, seen, out);
    // Where nobody holds the land (Antarctica, whose claims rest) no State is the one to ask.
    if (claims > 0 && holders > 0 && !is_claimant && !is_holder)
        return judge_as(j, others, out);
    if (claims == 1 && is_claimant)
        return judge_as(j, AUTHORITY_OWN, out);
    return judge_both(j, AUTHORITY_OWN, j, others, true, out);
}

/* An office publishes for every State whose air its FIRs hold (Dakar for Mali, Port of Spain for
 * Barbados). Where its text names the territory of that State, and not its own FIR, the act is that
 * State's (D5.3, R23 and not R24). */
static bool is_published_for(const struct judging *j)
{
    if (j->area_index >= j->notice->area_count || j->air.is_high_seas
        || !ovf_str_eq(j->actor.kind, OVF_STR("state")))
        return false;
    const ovf_notice_area *area = &j->notice->areas[j->area_index];
    return area->shape == OVF_SHAPE_STATE
           && !authority_same_state(j->book, j->actor.state, j->air.territory)
           && authority_same_state(j->book, j->air.service, j->actor.state)
           && authority_same_state(j->book, area->name, j->air.territory);
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
                        .arena = arena,
                        .actor = authority_actor_of(notice),
                        .when = authority_moment(notice)};
    j.is_served_by_agreement =
        air.has_place
        && authority_service_by(book, j.actor.state, air.is_high_seas ? air.fir : air.territory,
                                air.place)
               != NULL;
    j.instruments = authority_classify(notice, area_index, &j.instrument_words);
    bool is_for_another = is_published_for(&j);
    if (is_for_another)
        j.actor.state = air.territory;
    ovf_ruling ruling = {0};
    ovf_status status = OVF_OK;
    uint32_t seen = is_for_another ? AUTHORITY_OWN_DELEGATED : relation(&j);
    bool is_land = !air.is_high_seas && air.territory.len > 0;
    if (air.is_disputed && (is_land || air.claimants.len > 0)) {
        status = judge_disputed(&j, seen, &ruling);
    } else if (air.is_doubtful) {
        struct judging sea = j;
        sea.air = (ovf_air){.service = air.service, .is_high_seas = true};
        status = is_land ? judge_both(&j, seen, &sea, relation(&sea), false, &ruling)
                         : judge_both(&j, seen, &j, AUTHORITY_FOREIGN, false, &ruling);
    } else {
        status = judge_as(&j, seen, &ruling);
    }
    if (status != OVF_OK)
        return status;
    if (j.actor.is_relayed)
        mark(&j, &ruling, "relayed");
    note_regime(&j, &ruling);
    note_strait(&j, &ruling);
    status = note_unchecked(&j, &ruling);
    if (status != OVF_OK)
        return status;
    *out = ruling;
    return OVF_OK;
}

static ovf_str code_of(const ovf_rulebook *book, uint32_t state)
{
    if (book->world == NULL || state == OVF_INDEX_NONE
        || state >= ovf_world_state_count(book->world))
        return (ovf_str){0};
    return ovf_world_state(book->world, state)->iso3;
}

/* All who claim, or hold, any of the disputed land that is taken to be of the State, or nobody's. */
static bool find_claims(const ovf_rulebook *book, uint32_t state, ovf_arena *arena, ovf_air *air)
{
    ovf_claim claims[128];
    size_t count = ovf_world_claims(book->world, claims, OVF_COUNTOF(claims));
    ovf_buf claimed = {.limit = 2048};
    ovf_buf held = {.limit = 2048};
    for (size_t i = 0; i < count && i < OVF_COUNTOF(claims); i++) {
        if (claims[i].state != state)
            continue;
        ovf_buf_printf(&claimed, "%s" OVF_FMT, claimed.len > 0 ? " " : "",
                       OVF_ARG(claims[i].claimed_by));
        ovf_buf_printf(&held, "%s" OVF_FMT, held.len > 0 ? " " : "", OVF_ARG(claims[i].held_by));
    }
    air->claimants = ovf_arena_dup(arena, ovf_buf_str(&claimed));
    air->holders = ovf_arena_dup(arena, ovf_buf_str(&held));
    ovf_buf_done(&claimed);
    ovf_buf_done(&held);
    return air->claimants.ptr != NULL && air->holders.ptr != NULL;
}

ovf_status ovf_air_of(const ovf_rulebook *book, ovf_whose whose, uint32_t service_state,
                      const ovf_point *place, ovf_arena *arena, ovf_air *out)
{
    ovf_air air = {.territory = code_of(book, whose.state),
                   .service = code_of(book, service_state),
                   .is_high_seas = whose.is_high_seas,
                   .is_archipelagic = whose.is_archipelagic,
                   .is_disputed = whose.is_disputed,
                   .is_doubtful = whose.is_doubtful};
    ovf_claim claim = {0};
    if (air.is_disputed && book->world != NULL) {
        if (place != NULL && ovf_world_claim_at(book->world, *place, &claim)) {
            air.claimants = claim.claimed_by;
            air.holders = claim.held_by;
        } else if (!find_claims(book, whose.state, arena, &air)) {
            return OVF_E_NOMEM;
        }
    }
    uint32_t fir = OVF_INDEX_NONE;
    if (place != NULL) {
        air.has_place = true;
        air.place = *place;
    }
    if (place != NULL && air.is_high_seas && book->services.count > 0
        && ovf_world_firs_at(book->world, *place, &fir, 1) > 0)
        air.fir = ovf_world_fir(book->world, fir)->code;
    const struct authority_strait *strait =
        place == NULL || air.is_high_seas ? NULL : authority_strait_at(book, *place);
    if (strait != NULL && (!strait->is_lanes || air.is_archipelagic))
        air.strait = strait->name;
    *out = air;
    return OVF_OK;
}

ovf_status ovf_judge_notice(const ovf_rulebook *book, const ovf_notice *notice, size_t area_index,
                            ovf_whose whose, uint32_t service_state, const ovf_party *party,
                            ovf_arena *arena, ovf_ruling *out)
{
    return ovf_judge_notice_at(book, notice, area_index, whose, service_state, NULL, party, arena,
                               out);
}

ovf_status ovf_judge_notice_at(const ovf_rulebook *book, const ovf_notice *notice,
                               size_t area_index, ovf_whose whose, uint32_t service_state,
                               const ovf_point *place, const ovf_party *party, ovf_arena *arena,
                               ovf_ruling *out)
{
    ovf_air air = {0};
    ovf_status status = ovf_air_of(book, whose, service_state, place, arena, &air);
    if (status != OVF_OK)
        return status;
    return ovf_judge_notice_air(book, notice, area_index, air, party, arena, out);
}
