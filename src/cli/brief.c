/* SPDX-License-Identifier: Apache-2.0 */
/* overfly brief: the whole story of an area at an instant. What is closed for whom and why, whose
 * words have no force, who stopped flying, what each flight meets, and the way round. Given a file
 * of statements: each judged, held against the notices, then the status of every area named. */
#include "brief.h"
#include "brief_news.h"

#include <string.h>

typedef struct options {
    cli_list flights;
    cli_list maps;
    const char *size;
    bool no_routes;
} options;

static void options_done(options *o)
{
    cli_list_done(&o->flights);
    cli_list_done(&o->maps);
}

/* ---- flights ---- */

static void report_flight(const cli_input *input, const ovf_flight *flight, size_t *bad)
{
    for (size_t i = 0; i < flight->finding_count; i++) {
        const ovf_finding *finding = &flight->findings[i];
        if (finding->severity != OVF_ERROR)
            continue;
        (*bad)++;
        cli_error_at(input->name, input->text, finding->pos, OVF_FMT, OVF_ARG(finding->message));
    }
}

/* A way round is looked for when something binding bars the flight, or may bar it. */
static bool wants_route(const ovf_conflict *conflict)
{
    if (conflict->answer == OVF_TOUCH_BLOCKED)
        return true;
    for (size_t i = 0; i < conflict->crossing_count; i++) {
        const ovf_crossing *c = &conflict->crossings[i];
        if (c->ruling.verdict >= OVF_VERDICT_CONTESTED && c->ruling.applies != OVF_TRI_NO)
            return true;
    }
    return false;
}

static ovf_status find_way(const ovf_picture *picture, brief_flight *f, ovf_time at,
                           ovf_arena *arena, ovf_error *err)
{
    const ovf_flight *flight = f->flight;
    ovf_route_request request = {
        .from = flight->points[0].place,
        .to = flight->points[flight->point_count - 1].place,
        .from_ident = flight->from,
        .to_ident = flight->to,
        .from_airport = flight->from_airport,
        .to_airport = flight->to_airport,
        .depart = flight->off_block,
        .at = at,
        .speed_kt = flight->speed_kt,
        .level_ft = flight->level_ft,
        .type = flight->type,
        .party = f->conflict.party,
    };
    ovf_status status = ovf_route_find(picture, &request, arena, &f->route, err);
    f->has_route = status == OVF_OK;
    return status;
}

static int judge_flight(const ovf_picture *picture, const ovf_party *party, ovf_time at,
                        bool no_routes, ovf_arena *arena, brief_flight *f)
{
    ovf_error err = {0};
    ovf_status status = ovf_flight_track(f->flight, arena, &f->track, &err);
    if (status != OVF_OK) {
        f->conflict = (ovf_conflict){.why = ovf_arena_printf(arena, "%s", err.reason)};
        return status == OVF_E_NOMEM ? CLI_INTERNAL : 0;
    }
    f->has_track = true;
    ovf_time judged_at = f->track.timed ? OVF_TIME_NONE : at;
    status = ovf_conflict_flight(picture, f->flight, &f->track, party, judged_at, arena,
                                 &f->conflict, &err);
    if (status == OVF_OK && !no_routes && wants_route(&f->conflict))
        status = find_way(picture, f, at, arena, &err);
    if (status != OVF_OK)
        cli_error(OVF_FMT ": %s", OVF_ARG(f->flight->id), err.reason);
    return cli_status_of(status);
}

int brief_gather_flights(brief *b, const cli_common *common, const cli_list *files, bool no_routes,
                         cli_context *context, cli_input *inputs, size_t *bad)
{
    size_t capacity = 0;
    int status = 0;
    ovf_party party = {0};
    status = cli_party(common, context->world, &party);
    for (size_t i = 0; i < files->count && status == 0; i++) {
        status = cli_input_read(files->items[i], &inputs[i]);
        if (status != 0)
            break;
        ovf_flight_options reading = {.reference = b->query.at};
        ovf_flight *flights = NULL;
        size_t count = 0;
        ovf_error err = {0};
        ovf_status read = ovf_flight_read(context->world, inputs[i].text, &reading, &context->arena,
                                          &flights, &count, &err);
        if (read != OVF_OK) {
            cli_report(inputs[i].name, inputs[i].text, &err);
            return cli_status_of(read);
        }
        for (size_t k = 0; k < count && status == 0; k++) {
            report_flight(&inputs[i], &flights[k], bad);
            if (flights[k].status == OVF_FLIGHT_UNREADABLE)
                continue;
            if (!ovf_arena_grow(&context->arena, (void **)&b->flights, b->flight_count, &capacity,
                                sizeof(*b->flights)))
                return CLI_INTERNAL;
            brief_flight *f = &b->flights[b->flight_count++];
            *f = (brief_flight){.flight = &flights[k]};
            status = judge_flight(b->picture, &party, b->query.at, no_routes, &context->arena, f);
        }
    }
    return status;
}

/* ---- map ---- */

static int draw_maps(brief *b, const cli_context *context, const options *o, ovf_arena *arena)
{
    ovf_map_request request = {0};
    if (!brief_map_request(b, context->world, arena, &request))
        return CLI_INTERNAL;
    int status = 0;
    for (size_t i = 0; i < o->maps.count && status == 0; i++) {
        ovf_str path = ovf_str_of(o->maps.items[i]);
        bool is_png = ovf_str_ends(path, OVF_STR(".png"));
        if (!is_png && !ovf_str_ends(path, OVF_STR(".svg")))
            return cli_usage("brief", "--map " OVF_FMT ": expected a name ending in .png or .svg",
                             OVF_ARG(path));
        request.format = is_png ? OVF_MAP_PNG : OVF_MAP_SVG;
        ovf_buf buf = {0};
        ovf_error err = {0};
        ovf_status drawn = ovf_map_draw(&request, &buf, &err);
        if (drawn != OVF_OK)
            cli_error("map: %s", err.reason);
        status = drawn == OVF_OK ? brief_write_file(o->maps.items[i], ovf_buf_str(&buf))
                                 : cli_status_of(drawn);
        ovf_buf_done(&buf);
        if (status == 0)
            b->maps[b->map_count++] = o->maps.items[i];
    }
    return status;
}

/* ---- one area ---- */

static const ovf_area *area_of(const ovf_world *world, const ovf_place *place)
{
    if (place->kind == OVF_PLACE_FIR)
        return ovf_world_fir_area(world, ovf_world_fir(world, place->index));
    if (place->kind == OVF_PLACE_STATE)
        return ovf_world_territory(world, place->index);
    return NULL;
}

/* Anything barred, touched or not known: worth an exit status of its own. */
static bool has_found(const brief *b)
{
    if (b->answer.legal != OVF_LEGAL_OPEN)
        return true;
    for (size_t i = 0; i < b->flight_count; i++) {
        if (b->flights[i].conflict.answer != OVF_TOUCH_CLEAR)
            return true;
    }
    return false;
}

/* What was said, held against the notices of its time; of the findings, the newest is told. */
static ovf_status check_claims(brief *b, ovf_arena *arena, ovf_error *err)
{
    const ovf_answer *answer = &b->answer;
    const ovf_statement *newest = NULL;
    b->checks = ovf_arena_array(arena, const ovf_check *, answer->because_count + 1);
    if (b->checks == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < answer->because_count; i++) {
        const ovf_because *because = &answer->because[i];
        if (because->statement == NULL || !ovf_act_is_checked(because->statement->statement->act))
            continue;
        const ovf_statement *s = because->statement->statement;
        ovf_check *check = ovf_arena_array(arena, ovf_check, 1);
        if (check == NULL)
            return OVF_E_NOMEM;
        ovf_status status =
            ovf_picture_check(b->picture, s, brief_when_of(s, b->query.at), arena, check, err);
        if (status != OVF_OK)
            return status;
        b->checks[i] = check;
        if (brief_is_finding(s, &because->ruling, check)
            && (newest == NULL || s->said >= newest->said)) {
            newest = s;
            b->finding = brief_finding(s, check, arena);
        }
    }
    return OVF_OK;
}

static int brief_area(const char *name, const cli_common *common, const options *o,
                      ovf_interval window, cli_context *context, bool *found)
{
    brief b = {.colour = cli_colour(common, stdout)};
    b.query.at = common->at;
    b.query.has_level = common->level.given;
    b.query.level_ft = common->level.level_ft;
    ovf_error err = {0};
    if (ovf_world_find(context->world, ovf_str_of(name), &b.query.place, &err) != OVF_OK) {
        cli_error("\"%s\": %s", name, err.reason);
        return CLI_BAD_INPUT;
    }
    b.query.area = area_of(context->world, &b.query.place);
    int status = cli_party(common, context->world, &b.query.party);
    if (status == 0)
        status = brief_select(common, window, &b.query, context);
    if (status != 0)
        return status;
    b.picture = context->picture;
    b.as_of = ovf_picture_options_of(b.picture).as_of;
    ovf_status answered = cli_context_status(context, &b.query, &context->arena, &b.answer, &err);
    if (answered == OVF_OK)
        answered = check_claims(&b, &context->arena, &err);
    if (answered != OVF_OK) {
        cli_error("%s: %s", name, err.reason);
        return cli_status_of(answered);
    }
    cli_input *inputs = ovf_arena_array(&context->arena, cli_input, o->flights.count + 1);
    b.maps = ovf_arena_array(&context->arena, const char *, o->maps.count + 1);
    if (inputs == NULL || b.maps == NULL)
        return CLI_INTERNAL;
    size_t bad = 0;
    status = brief_gather_flights(&b, common, &o->flights, o->no_routes, context, inputs, &bad);
    if (status == 0)
        status = draw_maps(&b, context, o, &context->arena);
    if (status == 0 && common->json)
        brief_put_json(&b);
    else if (status == 0)
        brief_print(&b);
    *found = *found || has_found(&b);
    for (size_t i = 0; i < o->flights.count; i++)
        cli_input_done(&inputs[i]);
    return status == 0 && bad > 0 ? CLI_BAD_INPUT : status;
}

/* --statements: what the files tell, without ledger and notices. */
static int brief_statements(const cli_list *operands, const cli_common *common,
                            const brief_news_options *news)
{
    ovf_world *world = NULL;
    int status = cli_world_open(common, &world);
    for (size_t i = 0; i < operands->count && status == 0; i++) {
        cli_input input = {0};
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        status = cli_input_read(operands->items[i], &input);
        if (status == 0)
            status =
                brief_news_text(input.name, input.text, world, common, news, &arena, NULL, NULL);
        ovf_arena_done(&arena);
        cli_input_done(&input);
    }
    ovf_world_free(world);
    return status;
}

int cli_brief(int argc, char **argv)
{
    cli_common common;
    cli_common_init(&common);
    options o = {0};
    cli_list operands = {0};
    ovf_time published = OVF_TIME_NONE;
    brief_news_options news = {.published = OVF_NEWS_NO_DAY};
    const cli_option own[] = {
        {"--flights", CLI_LIST, &o.flights},     {"--map", CLI_LIST, &o.maps},
        {"--no-routes", CLI_FLAG, &o.no_routes}, {"--published", CLI_TIME, &published},
        {"--explain", CLI_FLAG, &news.explain},  {"--statements", CLI_FLAG, &news.statements},
    };
    int status = cli_parse(argc, argv, &common, own, OVF_COUNTOF(own), &operands);
    if (status == 0 && operands.count == 0)
        status = cli_usage("brief", "expected an area or a file of statements");
    bool is_at_given = common.at != OVF_TIME_NONE;
    if (!is_at_given)
        common.at = published != OVF_TIME_NONE ? published : cli_now();
    if (published != OVF_TIME_NONE)
        news.published = (int32_t)(published / OVF_DAY_S);
    bool found = false;
    cli_context context = {0};
    if (status == 0 && news.statements) {
        status = brief_statements(&operands, &common, &news);
    } else if (status == 0) {
        // A long flight may leave a day before and land a day after.
        ovf_interval window = {common.at - 3 * OVF_DAY_S, common.at + 4 * OVF_DAY_S};
        // Flights, pictures and stories lead elsewhere: for them everything is read.
        bool is_area = o.flights.count == 0 && o.maps.count == 0;
        for (size_t i = 0; i < operands.count; i++)
            is_area = is_area && !brief_is_file(operands.items[i]);
        status = is_area ? cli_context_begin(&common, &context)
                         : cli_context_open(&common, window, &context);
        size_t bad = context.bad_records;
        for (size_t i = 0; i < operands.count && status == 0; i++) {
            cli_input input = {0};
            if (brief_is_file(operands.items[i]))
                status = brief_file(operands.items[i], &common, is_at_given, &news, &context,
                                    &input, &found);
            else
                status = brief_area(operands.items[i], &common, &o, window, &context, &found);
            cli_input_done(&input);
        }
        if (status == 0 && (bad > 0 || context.bad_records > 0))
            status = CLI_BAD_INPUT;
        cli_context_done(&context);
    }
    options_done(&o);
    cli_list_done(&operands);
    cli_list_done(&common.notices);
    if (status < 0)
        return CLI_CLEAR;
    return status != 0 ? status : found ? CLI_FOUND : CLI_CLEAR;
}
