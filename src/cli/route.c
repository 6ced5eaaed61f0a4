/* SPDX-License-Identifier: Apache-2.0 */
/* overfly route FROM TO | FLIGHT: the shortest legal way round what bars the flight, as item 15,
 * with its price. */
#include "flight_io.h"
#include "route_select.h"

#include <string.h>

typedef struct options {
    const char *mode;
    int64_t alternatives, speed_kt, margin_nm;
    cli_list avoid;
    ovf_time depart_at;
    const char *field;
} options;

/* ---- requests ---- */

static bool place_of(const ovf_world *world, const char *text, ovf_point *place, ovf_str *ident,
                     uint32_t *airport)
{
    ovf_place found;
    ovf_error err = {0};
    if (ovf_world_find(world, ovf_str_of(text), &found, &err) != OVF_OK) {
        cli_error("\"%s\": %s", text, err.reason);
        return false;
    }
    bool is_place = found.kind == OVF_PLACE_AIRPORT || found.kind == OVF_PLACE_FIX
                    || found.kind == OVF_PLACE_POINT;
    if (!is_place) {
        cli_error("\"%s\" is a %s; expected an airport, a point or LAT,LON", text,
                  ovf_place_kind_name(found.kind));
        return false;
    }
    *place = found.point;
    *ident = found.code.len > 0 ? found.code : ovf_str_of(text);
    *airport = found.kind == OVF_PLACE_AIRPORT ? found.index : OVF_INDEX_NONE;
    return true;
}

static const ovf_area *area_of(const ovf_world *world, const ovf_place *place)
{
    if (place->kind == OVF_PLACE_FIR)
        return ovf_world_fir_area(world, ovf_world_fir(world, place->index));
    if (place->kind == OVF_PLACE_STATE)
        return ovf_world_territory(world, place->index);
    return NULL;
}

/* The areas of --avoid: FIRs and States. */
static int read_avoid(const cli_context *context, const options *o, ovf_arena *arena,
                      ovf_route_request *request)
{
    const ovf_area **areas = ovf_arena_alloc(arena, o->avoid.count + 1, sizeof(*areas));
    request->avoid_names = ovf_arena_array(arena, ovf_str, o->avoid.count + 1);
    if (areas == NULL || request->avoid_names == NULL)
        return CLI_INTERNAL;
    request->avoid = areas;
    for (size_t i = 0; i < o->avoid.count; i++) {
        ovf_place place;
        ovf_error err = {0};
        if (ovf_world_find(context->world, ovf_str_of(o->avoid.items[i]), &place, &err) != OVF_OK) {
            cli_error("--avoid \"%s\": %s", o->avoid.items[i], err.reason);
            return CLI_BAD_INPUT;
        }
        const ovf_area *area = area_of(context->world, &place);
        if (area == NULL)
            return cli_usage("route", "--avoid \"%s\": expected a FIR or a State",
                             o->avoid.items[i]);
        areas[request->avoid_count] = area;
        request->avoid_names[request->avoid_count++] = place.code;
    }
    return 0;
}

/* ---- JSON ---- */

static void put_route(ovf_buf *buf, const ovf_route_request *q, const ovf_route *r,
                      const flight_item *item, const cli_context *context)
{
    ovf_json json;
    ovf_json_init(&json, buf);
    ovf_json_object(&json);
    put_text(&json, "flight", item == NULL ? OVF_STR("") : item->flight->id);
    put_text(&json, "from", q->from_ident);
    put_text(&json, "to", q->to_ident);
    put_way(&json, r, q->speed_kt > 0, context->world);
    put_law(&json, r->law, r->law_count, context->rules, &q->party);
    if (item != NULL)
        put_reading(&json, item);
    ovf_json_end(&json);
}

/* ---- for people ---- */

/* Was the same said of an earlier stretch? */
static bool is_told(const ovf_route *r, size_t index)
{
    const ovf_crossing *c = &r->touched[index];
    for (size_t i = 0; i < index; i++) {
        if (r->touched[i].restriction == c->restriction
            && r->touched[i].ruling.verdict == c->ruling.verdict)
            return true;
    }
    return false;
}

static void print_route(const ovf_route_request *q, const ovf_route *r, const ovf_rulebook *rules,
                        bool colour)
{
    printf("%s" OVF_FMT "-" OVF_FMT "%s\n", cli_ink_on(colour, CLI_BOLD), OVF_ARG(q->from_ident),
           OVF_ARG(q->to_ident), cli_ink_off(colour));
    if (!r->found) {
        cli_put_folded(stdout, r->why_not, 2, 100);
        return;
    }
    cli_put_folded(stdout, r->text, 2, 100);
    printf("  %.0f NM", ovf_m_to_nm(r->distance_m));
    if (q->speed_kt > 0)
        printf(", %.0f min", r->time_s / 60.0);
    if (r->has_fuel)
        printf(", %.0f kg fuel, %.0f kg CO2", r->fuel_kg, r->co2_kg);
    printf("\n  against the shortest way without any restriction: %+.1f NM",
           ovf_m_to_nm(r->extra_m));
    if (q->speed_kt > 0)
        printf(", %+.1f min", r->extra_s / 60.0);
    if (r->has_fuel)
        printf(", %+.0f kg fuel", r->extra_kg);
    if (r->has_filed)
        printf("\n  against the filed way: %+.1f NM", ovf_m_to_nm(r->extra_filed_m));
    if (r->proven)
        printf("\n  shortest (proven to 0.1 %%)\n");
    else
        printf("\n  at most %.2f %% above the shortest\n", r->gap_percent);
    if (r->avoided_count > 0) {
        printf("  keeps clear of:");
        for (size_t i = 0; i < r->avoided_count; i++)
            printf(" " OVF_FMT, OVF_ARG(r->avoided[i]));
        printf("\n");
    }
    for (size_t i = 0; i < r->touched_count; i++) {
        if (!is_told(r, i))
            printf("  crosses " OVF_FMT " (%s): " OVF_FMT "\n",
                   OVF_ARG(r->touched[i].restriction->id),
                   ovf_verdict_name(r->touched[i].ruling.verdict),
                   OVF_ARG(r->touched[i].ruling.applies_why));
    }
    print_law(stdout, r->law, r->law_count, rules, &q->party);
}

/* ---- the answers ---- */

/* What the options add to the request. */
static int complete(const cli_context *context, const options *o, ovf_arena *arena,
                    ovf_route_request *q)
{
    q->margin_m = o->margin_nm > 0 ? ovf_nm_to_m((double)o->margin_nm) : 0;
    return read_avoid(context, o, arena, q);
}

static int answer(const cli_context *context, const cli_common *common, ovf_route_request *q,
                  const flight_item *item, ovf_arena *arena, bool *found)
{
    ovf_route route = {0};
    ovf_error err = {0};
    ovf_status made = ovf_route_find(context->picture, q, arena, &route, &err);
    if (made != OVF_OK) {
        cli_error(OVF_FMT "-" OVF_FMT ": %s", OVF_ARG(q->from_ident), OVF_ARG(q->to_ident),
                  err.reason);
        return cli_status_of(made);
    }
    *found = *found || !route.found || route.touched_count > 0 || route.avoided_count > 0;
    if (common->json) {
        ovf_buf buf = {0};
        put_route(&buf, q, &route, item, context);
        cli_put_line(&buf);
        ovf_buf_done(&buf);
    } else {
        print_route(q, &route, context->rules, cli_colour(common, stdout));
    }
    return 0;
}

static int answer_flight(const cli_context *context, const cli_common *common, const options *o,
                         const ovf_party *given, const flight_item *item, ovf_arena *arena,
                         bool *found)
{
    ovf_flight *f = item->flight;
    if (common->level.given)
        flight_set_level(f, common->level.level_ft);
    ovf_error err = {0};
    ovf_track track;
    ovf_conflict conflict;
    ovf_status status = ovf_flight_track(f, arena, &track, &err);
    if (status == OVF_OK) // for the party: the plan's, with what the caller knows better
        status = ovf_conflict_flight(context->picture, f, &track, given, common->at, arena,
                                     &conflict, &err);
    if (status == OVF_E_GEOMETRY) {
        cli_error("%s: " OVF_FMT ": %s", item->input->name, OVF_ARG(f->id), err.reason);
        return CLI_BAD_INPUT;
    }
    if (status != OVF_OK) {
        cli_error(OVF_FMT ": %s", OVF_ARG(f->id), err.reason);
        return cli_status_of(status);
    }
    ovf_route_request q = {
        .from = f->points[0].place,
        .to = f->points[f->point_count - 1].place,
        .from_ident = f->points[0].ident,
        .to_ident = f->points[f->point_count - 1].ident,
        .from_airport = f->from_airport,
        .to_airport = f->to_airport,
        .depart = common->at == OVF_TIME_NONE ? f->off_block : OVF_TIME_NONE,
        .at = common->at,
        .speed_kt = f->speed_kt,
        .level_ft = f->level_ft,
        .type = f->type,
        .party = conflict.party,
        .unrestricted = &track,
    };
    int completed = complete(context, o, arena, &q);
    return completed != 0 ? completed : answer(context, common, &q, item, arena, found);
}

static int route_flights(const cli_common *common, const options *o, const cli_list *files,
                         bool *found, size_t *bad)
{
    ovf_time day = common->at != OVF_TIME_NONE ? common->at : cli_now();
    flight_list list = {0};
    cli_context context = {0};
    ovf_party party = {0};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    int status = flight_list_read(common, files, o->field, day, &list);
    if (status == 0)
        status = cli_context_open(common, flight_list_window(&list, day), &context);
    if (status == 0)
        status = cli_party(common, context.world, &party);
    *bad = list.bad + context.bad_records;
    for (size_t i = 0; i < list.count && status == 0; i++) {
        status = answer_flight(&context, common, o, &party, &list.items[i], &arena, found);
        if (status == CLI_BAD_INPUT) { // said; the other plans are still asked
            (*bad)++;
            status = 0;
        }
        ovf_arena_reset(&arena);
    }
    ovf_arena_done(&arena);
    cli_context_done(&context);
    flight_list_done(&list);
    return status;
}

static int route_pair(const cli_common *common, const options *o, const cli_list *operands,
                      bool *found, size_t *bad)
{
    ovf_time at = common->at != OVF_TIME_NONE ? common->at : cli_now();
    ovf_time asked = o->depart_at != OVF_TIME_NONE ? o->depart_at : at;
    cli_context context = {0};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_route_request q = {
        .depart = o->depart_at,
        .at = at,
        .speed_kt = (int32_t)o->speed_kt,
        .level_ft = common->level.given ? common->level.level_ft : 0,
        .type = ovf_str_of(common->aircraft),
    };
    ovf_interval window = {asked - OVF_DAY_S, asked + 2 * OVF_DAY_S};
    int status = cli_context_begin(common, &context);
    if (status == 0)
        status = cli_party(common, context.world, &q.party);
    if (status == 0
        && (!place_of(context.world, operands->items[0], &q.from, &q.from_ident, &q.from_airport)
            || !place_of(context.world, operands->items[1], &q.to, &q.to_ident, &q.to_airport)))
        status = CLI_BAD_INPUT;
    if (q.party.from.len == 0)
        q.party.from = q.from_ident;
    if (q.party.to.len == 0)
        q.party.to = q.to_ident;
    if (status == 0)
        status = complete(&context, o, &arena, &q);
    if (status == 0)
        status = route_select(common, window, &q, &arena, &context);
    if (status == 0)
        status = answer(&context, common, &q, NULL, &arena, found);
    *bad = context.bad_records;
    ovf_arena_done(&arena);
    cli_context_done(&context);
    return status;
}

int cli_route(int argc, char **argv)
{
    cli_common common;
    cli_common_init(&common);
    options o = {.depart_at = OVF_TIME_NONE};
    cli_list operands = {0};
    const cli_option own[] = {
        {"--avoid", CLI_LIST, &o.avoid},
        {"--mode", CLI_TEXT, &o.mode},
        {"--alternatives", CLI_COUNT, &o.alternatives},
        {"--margin", CLI_COUNT, &o.margin_nm},
        {"--speed", CLI_COUNT, &o.speed_kt},
        {"--depart", CLI_TIME, &o.depart_at},
        {"--field", CLI_TEXT, &o.field},
    };
    int status = cli_parse(argc, argv, &common, own, OVF_COUNTOF(own), &operands);
    if (status == 0 && (operands.count == 0 || operands.count > 2))
        status = cli_usage("route", "expected two places, or a file of flight plans");
    if (status == 0 && o.mode != NULL && strcmp(o.mode, "free") != 0)
        status = cli_usage("route",
                           "--mode %s: only \"free\" is there; the world tables hold no "
                           "airways",
                           o.mode);
    if (status == 0 && o.alternatives > 1)
        status = cli_usage("route", "--alternatives: only the shortest way is found");
    if (status == 0 && o.speed_kt > 2000)
        status = cli_usage("route", "--speed: expected knots, at most 2000");
    bool found = false;
    size_t bad = 0;
    if (status == 0)
        status = operands.count == 2 ? route_pair(&common, &o, &operands, &found, &bad)
                                     : route_flights(&common, &o, &operands, &found, &bad);
    cli_list_done(&operands);
    cli_list_done(&o.avoid);
    cli_list_done(&common.notices);
    if (status != 0)
        return status < 0 ? CLI_CLEAR : status;
    return bad > 0 ? CLI_BAD_INPUT : found ? CLI_FOUND : CLI_CLEAR;
}
