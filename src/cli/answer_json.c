/* SPDX-License-Identifier: Apache-2.0 */
/* Answers as JSON. What is not known is null, never a default; the names are the contract's. */
#include "answer_json.h"
#include "members.h"

#define COORDINATE_DECIMALS 7

/* ---- small things ---- */

static const char *applies_name(ovf_tri applies)
{
    return applies == OVF_TRI_YES ? "yes" : applies == OVF_TRI_NO ? "no" : "possible";
}

static void put_level(ovf_json *json, const char *key, ovf_level level, ovf_str written)
{
    ovf_json_key(json, key);
    if (level.ref == OVF_LEVEL_UNKNOWN) {
        ovf_json_null(json);
        return;
    }
    ovf_json_object(json);
    ovf_json_key(json, "ref");
    ovf_json_cstr(json, ovf_level_ref_name(level.ref));
    ovf_json_key(json, "value_ft");
    if (level.ref == OVF_LEVEL_UNL)
        ovf_json_null(json);
    else
        ovf_json_int(json, level.value_ft);
    put_text(json, "text", written);
    ovf_json_end(json);
}

/* ---- rulings ---- */

void answer_put_rules(ovf_json *json, const ovf_ruling *ruling)
{
    ovf_json_key(json, "rules");
    ovf_json_array(json);
    for (size_t i = 0; i < ruling->rule_count; i++) {
        const ovf_rule *rule = &ruling->rules[i];
        ovf_json_object(json);
        put_text(json, "id", rule->id);
        put_text(json, "cites", rule->cites);
        put_text(json, "says", rule->says);
        put_text(json, "fact", rule->fact);
        ovf_json_key(json, "facts");
        ovf_json_array(json);
        for (size_t j = 0; j < rule->fact_count; j++) {
            ovf_json_object(json);
            ovf_json_key(json, "what");
            ovf_json_cstr(json, rule->facts[j].what);
            put_text(json, "value", rule->facts[j].value);
            put_span(json, "span", rule->facts[j].span);
            ovf_json_end(json);
        }
        ovf_json_end(json);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

void answer_put_ruling(ovf_json *json, const ovf_ruling *ruling)
{
    ovf_json_key(json, "verdict");
    ovf_json_cstr(json, ovf_verdict_name(ruling->verdict));
    ovf_json_key(json, "on_addressed");
    ovf_json_cstr(json, ovf_verdict_name(ruling->on_addressed));
    ovf_json_key(json, "applies");
    ovf_json_cstr(json, applies_name(ruling->applies));
    put_text(json, "applies_why", ruling->applies_why);
    ovf_json_key(json, "missing");
    ovf_json_array(json);
    ovf_str rest = ruling->missing;
    ovf_str word = {0};
    while (rest.len > 0 && ovf_str_field(&rest, ' ', &word))
        ovf_json_str(json, word);
    ovf_json_end(json);
    put_text(json, "binding", ruling->binding);
    ovf_json_key(json, "marks");
    ovf_json_array(json);
    rest = ruling->marks;
    while (rest.len > 0 && ovf_str_field(&rest, ' ', &word))
        ovf_json_str(json, word);
    ovf_json_end(json);
    ovf_json_key(json, "closes_airspace");
    ovf_json_bool(json, ruling->closes_airspace);
    answer_put_rules(json, ruling);
}

/* ---- where it comes from ---- */

void answer_put_source(ovf_json *json, const ovf_source *source)
{
    ovf_json_key(json, "source");
    ovf_json_object(json);
    put_text(json, "document", source->document);
    put_text(json, "name", source->name);
    put_text(json, "origin", source->origin);
    put_time(json, "known", source->known);
    ovf_json_end(json);
}

static void put_valid(ovf_json *json, const ovf_restriction *r)
{
    const ovf_notice *notice = r->notice;
    ovf_json_key(json, "valid");
    ovf_json_object(json);
    put_time(json, "from", r->in_force.from);
    put_time(json, "until", r->ended_by.len > 0 ? r->in_force.until : notice->valid_until);
    ovf_json_key(json, "estimated");
    ovf_json_bool(json, notice->until_estimated);
    ovf_json_key(json, "permanent");
    ovf_json_bool(json, notice->until_permanent);
    ovf_json_end(json);
}

static void put_addressed(ovf_json *json, const ovf_addressed *who)
{
    ovf_json_key(json, "addressed");
    ovf_json_object(json);
    ovf_json_key(json, "everyone");
    ovf_json_bool(json, who->everyone);
    ovf_json_key(json, "us_persons");
    ovf_json_bool(json, who->us_persons);
    put_list(json, "operator_states", who->operator_states, who->operator_state_count);
    put_list(json, "registry_states", who->registry_states, who->registry_state_count);
    put_list(json, "owner_states", who->owner_states, who->owner_state_count);
    put_list(json, "airman_states", who->airman_states, who->airman_state_count);
    put_list(json, "aircraft", who->aircraft, who->aircraft_count);
    put_list(json, "flights", who->flights, who->flight_count);
    put_list(json, "except", who->except, who->except_count);
    ovf_json_key(json, "sellers");
    ovf_json_bool(json, who->sellers);
    ovf_json_end(json);
}

static void put_pieces(ovf_json *json, const ovf_picture *picture, const ovf_because *because)
{
    const ovf_world *world = ovf_picture_world(picture);
    ovf_json_key(json, "pieces");
    ovf_json_array(json);
    for (size_t i = 0; i < because->piece_count; i++) {
        const ovf_restriction_piece *piece = &because->pieces[i];
        uint32_t state = piece->piece.whose.state;
        ovf_json_object(json);
        put_text(json, "territory",
                 state == OVF_INDEX_NONE || piece->piece.whose.is_high_seas
                     ? (ovf_str){0}
                     : ovf_world_state(world, state)->iso3);
        ovf_json_key(json, "high_seas");
        ovf_json_bool(json, piece->piece.whose.is_high_seas);
        ovf_json_key(json, "disputed");
        ovf_json_bool(json, piece->piece.whose.is_disputed);
        ovf_json_key(json, "share");
        ovf_json_fixed(json, piece->piece.share, 3);
        answer_put_ruling(json, &piece->ruling);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

/* ---- statements ---- */

static void put_interval(ovf_json *json, ovf_interval valid)
{
    ovf_json_key(json, "valid");
    ovf_json_object(json);
    put_time(json, "from", valid.from);
    put_time(json, "until", valid.until);
    ovf_json_end(json);
}

void answer_put_statement(ovf_json *json, const ovf_statement *s)
{
    put_text(json, "id", s->id);
    ovf_json_key(json, "act");
    ovf_json_cstr(json, ovf_act_name(s->act));
    put_text(json, "speaker", s->speaker);
    put_text(json, "speaker_kind", s->speaker_kind);
    put_text(json, "office", s->office);
    put_text(json, "speaker_state", s->speaker_state);
    put_text(json, "instrument", s->medium);
    put_time(json, "said", s->said);
    put_interval(json, s->valid);
    put_list(json, "area", s->areas, s->area_count);
    put_list(json, "operators", s->operators, s->operator_count);
    put_text(json, "target", s->target);
    ovf_json_key(json, "polarity");
    ovf_json_cstr(json, s->is_negated ? "neg" : "pos");
    put_text(json, "modality", s->modality);
    put_text(json, "text", s->text);
    ovf_json_key(json, "is_quote");
    ovf_json_bool(json, s->is_quote);
    put_text(json, "instrument_ref", s->instrument_ref);
    put_text(json, "reported_by", s->source);
    ovf_json_key(json, "extracted");
    ovf_json_bool(json, s->is_extracted);
    put_span(json, "span", s->span);
}

static void put_because_statement(ovf_json *json, const ovf_because *because)
{
    const ovf_statement *s = because->statement->statement;
    put_text(json, "id", s->id);
    put_text(json, "statement", s->id);
    ovf_json_key(json, "issuer");
    ovf_json_object(json);
    put_text(json, "office", s->office.len > 0 ? s->office : s->speaker);
    put_text(json, "state", s->speaker_state);
    put_text(json, "kind", s->speaker_kind);
    put_text(json, "name", s->speaker);
    ovf_json_end(json);
    put_text(json, "instrument", s->medium);
    ovf_json_key(json, "act");
    ovf_json_cstr(json, ovf_act_name(s->act));
    ovf_json_key(json, "effect");
    ovf_json_cstr(json, "information"); // words change nothing in the air
    answer_put_ruling(json, &because->ruling);
    put_text(json, "quote", because->quote);
    ovf_json_key(json, "is_quote");
    ovf_json_bool(json, s->is_quote);
    answer_put_source(json, &because->statement->source);
    put_text(json, "reported_by", s->source);
    put_time(json, "said", s->said);
    put_interval(json, s->valid);
}

static const char *instrument_name(const ovf_notice *notice)
{
    switch (notice->form) {
    case OVF_FORM_ICAO:
    case OVF_FORM_FAA_DOMESTIC:
    case OVF_FORM_FAA_TFR: return "notam";
    case OVF_FORM_ADVISORY:
        return ovf_str_eq(notice->issuer.kind, OVF_STR("easa")) ? "bulletin" : "notam";
    default: return ovf_notice_form_name(notice->form);
    }
}

/* What became of it, and what makes it doubtful. */
ovf_str answer_event_name(const ovf_picture *picture, const ovf_restriction *r, ovf_buf *buf)
{
    ovf_event event = {0};
    if (ovf_picture_event(picture, r->notice_index, &event, NULL) != OVF_OK || event.id.len == 0)
        return (ovf_str){0};
    ovf_buf_printf(buf, OVF_FMT ":" OVF_FMT, OVF_ARG(event.office), OVF_ARG(event.id));
    return ovf_buf_str(buf);
}

static void put_event(ovf_json *json, const ovf_picture *picture, const ovf_restriction *r)
{
    ovf_buf name = {0};
    put_text(json, "event", answer_event_name(picture, r, &name));
    ovf_buf_done(&name);
}

static void put_standing(ovf_json *json, const ovf_standing *standing, ovf_life life)
{
    bool is_doubtful = life == OVF_LIFE_NOT_IN_CHECKLIST || life == OVF_LIFE_VANISHED;
    put_text(json, "life_why", is_doubtful ? standing->doubt_why : (ovf_str){0});
    put_text(json, "ended_by", standing->ended_by);
    put_text(json, "missing", standing->missing);
    put_cstr(json, "reference_odd", standing->odd);
}

static void put_because_restriction(ovf_json *json, const ovf_picture *picture,
                                    const ovf_because *because)
{
    const ovf_restriction *r = because->restriction;
    const ovf_notice *notice = r->notice;
    const ovf_notice_area *area =
        r->area_index < notice->area_count ? &notice->areas[r->area_index] : NULL;
    put_text(json, "id", r->id);
    put_text(json, "restriction", r->id);
    put_text(json, "notice", notice->id);
    ovf_json_key(json, "issuer");
    ovf_json_object(json);
    put_text(json, "office", notice->issuer.office);
    put_text(json, "state", notice->issuer.state);
    put_text(json, "kind", notice->issuer.kind);
    ovf_json_end(json);
    ovf_json_key(json, "instrument");
    ovf_json_cstr(json, instrument_name(notice));
    ovf_json_key(json, "effect");
    ovf_json_cstr(json, ovf_effect_name(r->effect));
    answer_put_ruling(json, &because->ruling);
    put_addressed(json, &notice->addressed);
    put_pieces(json, picture, because);
    ovf_json_key(json, "share");
    if (because->share < 0.0)
        ovf_json_null(json);
    else
        ovf_json_fixed(json, because->share, 3);
    ovf_json_key(json, "inside");
    ovf_json_cstr(json, applies_name(because->inside));
    ovf_json_key(json, "life");
    ovf_json_cstr(json, ovf_life_name(because->life));
    put_standing(json, r->standing, because->life);
    put_event(json, picture, r);
    ovf_json_key(json, "area");
    ovf_json_cstr(json, area == NULL ? NULL : ovf_shape_name(area->shape));
    put_text(json, "area_name", area == NULL ? (ovf_str){0} : area->name);
    ovf_json_key(json, "certainty");
    ovf_json_cstr(json, ovf_certainty_name(r->certainty));
    put_level(json, "lower", r->lower, area == NULL ? notice->lower_text : area->lower_text);
    put_level(json, "upper", r->upper, area == NULL ? notice->upper_text : area->upper_text);
    put_text(json, "quote", because->quote);
    answer_put_source(json, &r->source);
    put_valid(json, r);
}

void answer_put_because(ovf_json *json, const ovf_picture *picture, const ovf_because *because)
{
    ovf_json_object(json);
    if (because->restriction != NULL)
        put_because_restriction(json, picture, because);
    else
        put_because_statement(json, because);
    ovf_json_key(json, "risk");
    ovf_json_cstr(json, ovf_risk_name(because->risk));
    put_text(json, "risk_why", because->risk_why);
    ovf_json_end(json);
}

/* ---- the answer ---- */

static void put_area(ovf_json *json, const ovf_world *world, const ovf_place *place)
{
    ovf_json_key(json, "area");
    ovf_json_object(json);
    ovf_json_key(json, "kind");
    ovf_json_cstr(json, ovf_place_kind_name(place->kind));
    put_text(json, "code", place->code);
    put_text(json, "name", place->name);
    put_text(json, "state",
             place->state == OVF_INDEX_NONE ? (ovf_str){0}
                                            : ovf_world_state(world, place->state)->iso3);
    if (place->kind == OVF_PLACE_POINT || place->kind == OVF_PLACE_AIRPORT
        || place->kind == OVF_PLACE_FIX) {
        ovf_json_key(json, "lon");
        ovf_json_fixed(json, place->point.lon_deg, COORDINATE_DECIMALS);
        ovf_json_key(json, "lat");
        ovf_json_fixed(json, place->point.lat_deg, COORDINATE_DECIMALS);
    }
    ovf_json_end(json);
}

static void put_party(ovf_json *json, const ovf_party *party)
{
    ovf_json_key(json, "for");
    if (ovf_party_is_empty(party)) {
        ovf_json_null(json);
        return;
    }
    ovf_json_object(json);
    put_text(json, "operator", party->operator_icao);
    put_text(json, "operator_state", party->operator_state);
    put_text(json, "registry", party->registry_state);
    put_text(json, "owner", party->owner_state);
    put_text(json, "airman", party->airman_state);
    put_text(json, "seller", party->seller_state);
    ovf_json_key(json, "use");
    ovf_json_cstr(json, ovf_use_name(party->use));
    put_text(json, "aircraft", party->aircraft);
    put_text(json, "from", party->from);
    put_text(json, "to", party->to);
    ovf_json_end(json);
}

static void put_freshness(ovf_json *json, const ovf_answer *answer)
{
    ovf_json_key(json, "complete_to");
    ovf_json_array(json);
    for (size_t i = 0; i < answer->freshness_count; i++) {
        const ovf_freshness *f = &answer->freshness[i];
        ovf_json_object(json);
        put_text(json, "issuer", f->issuer);
        put_time(json, "complete_to", f->complete);
        put_time(json, "latest", f->latest);
        put_text(json, "basis", f->basis);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

void answer_put_checked(ovf_json *json, const ovf_check *check)
{
    ovf_json_key(json, "checked");
    ovf_json_object(json);
    ovf_json_key(json, "answer");
    ovf_json_cstr(json, ovf_checked_name(check->answer));
    ovf_json_key(json, "against");
    ovf_json_array(json);
    for (size_t i = 0; i < check->against_count; i++)
        ovf_json_str(json, check->against[i]);
    ovf_json_end(json);
    ovf_json_key(json, "why");
    ovf_json_str(json, check->why);
    ovf_json_end(json);
}

static void put_reasons(ovf_json *json, const ovf_picture *picture, const ovf_answer *answer,
                        const ovf_check *const *checks)
{
    ovf_json_key(json, "because");
    ovf_json_array(json);
    for (size_t i = 0; i < answer->because_count; i++)
        answer_put_because(json, picture, &answer->because[i]);
    ovf_json_end(json);
    ovf_json_key(json, "alerts");
    ovf_json_array(json);
    for (size_t i = 0; i < answer->because_count; i++) {
        const ovf_because *because = &answer->because[i];
        if (because->statement == NULL)
            continue;
        ovf_json_object(json);
        answer_put_statement(json, because->statement->statement);
        ovf_json_key(json, "verdict");
        ovf_json_cstr(json, ovf_verdict_name(because->ruling.verdict));
        ovf_json_key(json, "risk");
        ovf_json_cstr(json, ovf_risk_name(because->risk));
        put_text(json, "risk_why", because->risk_why);
        if (checks != NULL && checks[i] != NULL)
            answer_put_checked(json, checks[i]);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

static void put_rest(ovf_json *json, const ovf_answer *answer)
{
    ovf_json_key(json, "contradictions");
    ovf_json_array(json);
    for (size_t i = 0; i < answer->contradiction_count; i++) {
        ovf_json_object(json);
        put_text(json, "a", answer->contradictions[i].a);
        put_text(json, "b", answer->contradictions[i].b);
        put_text(json, "what", answer->contradictions[i].what);
        ovf_json_end(json);
    }
    ovf_json_end(json);
    ovf_json_key(json, "operators");
    ovf_json_array(json);
    for (size_t i = 0; i < answer->posture_count; i++) {
        const ovf_operator_posture *p = &answer->postures[i];
        ovf_json_object(json);
        put_text(json, "operator", p->operator_icao);
        put_text(json, "name", p->name);
        ovf_json_key(json, "posture");
        if (p->posture == OVF_POSTURE_UNKNOWN)
            ovf_json_null(json);
        else
            ovf_json_cstr(json, ovf_posture_name(p->posture));
        put_time(json, "from", p->during.from);
        put_time(json, "until", p->during.until);
        put_text(json, "source", p->source);
        put_text(json, "by", p->by);
        ovf_json_key(json, "extracted");
        ovf_json_bool(json, p->is_extracted);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

void answer_put_json(ovf_buf *buf, const ovf_picture *picture, const ovf_query *query,
                     const ovf_answer *answer, const ovf_check *const *checks,
                     const ovf_str *finding)
{
    ovf_json json;
    ovf_json_init(&json, buf);
    ovf_json_object(&json);
    put_area(&json, ovf_picture_world(picture), &query->place);
    put_time(&json, "at", query->at);
    put_time(&json, "as_of", ovf_picture_options_of(picture).as_of);
    put_party(&json, &query->party);
    ovf_json_key(&json, "level_ft");
    if (query->has_level)
        ovf_json_int(&json, query->level_ft);
    else
        ovf_json_null(&json);
    ovf_json_key(&json, "legal");
    ovf_json_cstr(&json, ovf_legal_name(answer->legal));
    put_text(&json, "legal_why", answer->legal_why);
    ovf_json_key(&json, "risk");
    ovf_json_cstr(&json, ovf_risk_name(answer->risk));
    put_text(&json, "risk_why", answer->risk_why);
    put_freshness(&json, answer);
    put_reasons(&json, picture, answer, checks);
    put_rest(&json, answer);
    if (finding != NULL)
        put_text(&json, "finding", *finding);
    ovf_json_end(&json);
}
