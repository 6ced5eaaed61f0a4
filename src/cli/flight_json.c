/* SPDX-License-Identifier: Apache-2.0 */
/* A judged flight and a way round as JSON, for check, route and brief. */
#include "flight_io.h"

static void put_flight(ovf_json *json, const ovf_flight *f, const ovf_party *party)
{
    ovf_json_key(json, "flight");
    ovf_json_object(json);
    put_text(json, "id", f->id);
    put_text(json, "operator", party->operator_icao);
    put_text(json, "operator_state", party->operator_state);
    put_text(json, "registration", f->registration);
    put_text(json, "registry_state", party->registry_state);
    ovf_json_key(json, "use");
    ovf_json_cstr(json, ovf_use_name(party->use));
    put_text(json, "type", f->type);
    put_text(json, "from", f->from);
    put_text(json, "to", f->to);
    put_time(json, "off_block", f->off_block);
    ovf_json_key(json, "state");
    ovf_json_cstr(json, ovf_flight_state_name(f->state));
    ovf_json_end(json);
}

static void put_mention(ovf_json *json, const flight_mention *m)
{
    ovf_json_object(json);
    ovf_json_key(json, "form");
    ovf_json_cstr(json, ovf_flight_form_name(m->form));
    put_text(json, "title", m->title);
    ovf_json_key(json, "source");
    ovf_json_cstr(json, m->source);
    ovf_json_key(json, "record");
    if (m->record_id.len > 0)
        ovf_json_str(json, m->record_id);
    else
        ovf_json_int(json, m->record);
    ovf_json_key(json, "pos");
    ovf_json_int(json, (int64_t)m->pos);
    ovf_json_end(json);
}

void put_mentions(ovf_json *json, const flight_item *item)
{
    ovf_json_key(json, "messages");
    ovf_json_array(json);
    for (size_t i = 0; i < item->message_count; i++)
        put_mention(json, &item->messages[i]);
    ovf_json_end(json);
    ovf_json_key(json, "plan");
    if (item->plan == NULL)
        ovf_json_null(json);
    else
        put_mention(json, item->plan);
}

void put_judged(ovf_json *json, const ovf_flight *flight, const ovf_conflict *conflict,
                const ovf_world *world)
{
    put_flight(json, flight, &conflict->party);
    ovf_json_key(json, "answer");
    ovf_json_cstr(json, ovf_touch_name(conflict->answer));
    put_text(json, "why", conflict->why);
    put_crossings(json, "crossings", conflict->crossings, conflict->crossing_count, world);
    put_unresolved(json, flight);
    ovf_json_key(json, "uncovered");
    ovf_json_array(json);
    for (size_t i = 0; i < conflict->uncovered_count; i++)
        ovf_json_str(json, conflict->uncovered[i]);
    ovf_json_end(json);
}

void put_law(ovf_json *json, const ovf_restriction *const *law, size_t count,
             const ovf_rulebook *book, const ovf_party *party)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_json_key(json, "law");
    ovf_json_array(json);
    for (size_t i = 0; i < count; i++) {
        const ovf_notice *notice = law[i]->notice;
        const ovf_law *row = ovf_rulebook_law_of(book, notice);
        ovf_json_object(json);
        put_text(json, "id", notice->id);
        put_text(json, "issuer", notice->issuer.office);
        ovf_json_key(json, "effect");
        ovf_json_cstr(json, ovf_effect_name(notice->effect));
        ovf_json_key(json, "applies");
        ovf_json_cstr(json, "possible");
        put_text(json, "missing", ovf_law_missing(book, notice, party, &arena));
        put_text(json, "cites", row == NULL ? OVF_STR("") : row->cites);
        put_text(json, "checked", row == NULL ? OVF_STR("") : row->checked);
        put_text(json, "says", notice->text);
        ovf_json_end(json);
        ovf_arena_reset(&arena);
    }
    ovf_json_end(json);
    ovf_arena_done(&arena);
}

/* Rows that lack the same come on one line: of a carrier that is named in none there are many. The owner
 * is in no plan: what hangs on it alone stands in the JSON only. */
void print_law(FILE *out, const ovf_restriction *const *law, size_t count, const ovf_rulebook *book,
               const ovf_party *party)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_str *missing = ovf_arena_array(&arena, ovf_str, count + 1);
    for (size_t i = 0; missing != NULL && i < count; i++)
        missing[i] = ovf_law_missing(book, law[i]->notice, party, &arena);
    for (size_t i = 0; missing != NULL && i < count; i++) {
        size_t first = 0;
        while (!ovf_str_eq(missing[first], missing[i]))
            first++;
        if (first < i || ovf_str_eq(missing[i], OVF_STR("owner")))
            continue;
        fprintf(out, "    standing law that may bind it, not known: " OVF_FMT ": " OVF_FMT,
                OVF_ARG(missing[i]), OVF_ARG(law[i]->notice->id));
        for (size_t k = i + 1; k < count; k++) {
            if (ovf_str_eq(missing[k], missing[i]))
                fprintf(out, "; " OVF_FMT, OVF_ARG(law[k]->notice->id));
        }
        fputc('\n', out);
    }
    ovf_arena_done(&arena);
}

static void put_number(ovf_json *json, const char *key, double value, bool known, int decimals)
{
    ovf_json_key(json, key);
    if (known)
        ovf_json_fixed(json, value, decimals);
    else
        ovf_json_null(json);
}

static void put_optimal(ovf_json *json, const ovf_route *r)
{
    ovf_json_key(json, "optimal");
    if (!r->found) {
        ovf_json_null(json);
        return;
    }
    if (r->proven) {
        ovf_json_cstr(json, "proven");
    } else {
        ovf_json_object(json);
        ovf_json_key(json, "bound");
        ovf_json_object(json);
        put_number(json, "gap_percent", r->gap_percent, true, 3);
        ovf_json_end(json);
        ovf_json_end(json);
    }
    put_number(json, "gap_percent", r->gap_percent, true, 3);
}

static void put_points(ovf_json *json, const ovf_route *r)
{
    ovf_json_key(json, "points");
    ovf_json_array(json);
    for (size_t i = 0; i < r->point_count; i++) {
        const ovf_route_point *p = &r->points[i];
        ovf_json_object(json);
        put_text(json, "ident", p->ident);
        put_place(json, p->place);
        put_count_or_null(json, "level_ft", p->level_ft, 0);
        put_time(json, "time", p->time);
        put_text(json, "via", p->via);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

void put_way(ovf_json *json, const ovf_route *r, bool has_speed, const ovf_world *world)
{
    bool timed = r->found && has_speed;
    ovf_json_key(json, "found");
    ovf_json_bool(json, r->found);
    put_text(json, "why_not", r->why_not);
    put_text(json, "route", r->text);
    put_points(json, r);
    put_number(json, "distance_nm", ovf_m_to_nm(r->distance_m), r->found, 2);
    put_number(json, "time_min", r->time_s / 60.0, timed, 1);
    put_number(json, "fuel_kg", r->fuel_kg, r->found && r->has_fuel, 0);
    put_number(json, "co2_kg", r->co2_kg, r->found && r->has_fuel, 0);
    put_number(json, "extra_nm", ovf_m_to_nm(r->extra_m), r->found, 2);
    put_number(json, "extra_min", r->extra_s / 60.0, timed, 1);
    put_number(json, "extra_kg", r->extra_kg, r->found && r->has_fuel, 0);
    put_number(json, "extra_filed_nm", ovf_m_to_nm(r->extra_filed_m), r->found && r->has_filed, 2);
    put_optimal(json, r);
    ovf_json_key(json, "avoided");
    ovf_json_array(json);
    for (size_t i = 0; i < r->avoided_count; i++)
        ovf_json_str(json, r->avoided[i]);
    ovf_json_end(json);
    put_crossings(json, "touched", r->touched, r->touched_count, world);
}
