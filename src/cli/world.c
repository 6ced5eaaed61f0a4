/* SPDX-License-Identifier: Apache-2.0 */
/* overfly world: builds the world file out of its tables, and shows what is in it. */
#include "world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- build ---- */

static int run_build(const world_verb *verb, const cli_list *operands)
{
    if (operands->count != 3)
        return cli_usage("world", "build takes the folder of the tables and the file to write");
    ovf_world_build_options options = {.without_nav = verb->without_nav};
    cli_progress bar;
    cli_progress_start(&bar, "world", 0);
    ovf_error err = {0};
    ovf_status status =
        ovf_world_build_with(operands->items[1], operands->items[2], &options, &err);
    cli_progress_end(&bar);
    if (status == OVF_OK)
        return CLI_CLEAR;
    cli_error("%s: %s", operands->items[1], err.reason);
    return cli_status_of(status);
}

/* ---- list ---- */

static void list_line(const world_verb *verb, ovf_buf *buf, const char *kind, ovf_str code,
                      ovf_str name, uint32_t state)
{
    ovf_str iso3 =
        state == OVF_INDEX_NONE ? OVF_STR("") : ovf_world_state(verb->world, state)->iso3;
    if (verb->common.json) {
        ovf_json json;
        ovf_json_init(&json, buf);
        ovf_json_object(&json);
        ovf_json_key(&json, "kind");
        ovf_json_cstr(&json, kind);
        ovf_json_key(&json, "code");
        ovf_json_str(&json, code);
        ovf_json_key(&json, "name");
        ovf_json_str_or_null(&json, name);
        ovf_json_key(&json, "state");
        ovf_json_str_or_null(&json, iso3);
        ovf_json_end(&json);
    } else {
        ovf_buf_printf(buf, OVF_FMT "\t" OVF_FMT "\t" OVF_FMT, OVF_ARG(code), OVF_ARG(iso3),
                       OVF_ARG(name));
    }
    cli_put_line(buf);
}

static void list_states(const world_verb *verb, ovf_buf *buf)
{
    for (uint32_t i = 0; i < ovf_world_state_count(verb->world); i++) {
        const ovf_state *s = ovf_world_state(verb->world, i);
        list_line(verb, buf, "state", s->iso3, s->name, ovf_world_sovereign(verb->world, i));
    }
}

static void list_firs(const world_verb *verb, ovf_buf *buf)
{
    for (uint32_t i = 0; i < ovf_world_fir_count(verb->world); i++) {
        const ovf_fir *f = ovf_world_fir(verb->world, i);
        char kind[8];
        snprintf(kind, sizeof kind, OVF_FMT, OVF_ARG(f->kind));
        list_line(verb, buf, kind, f->code, f->name, f->state);
    }
}

static void list_airports(const world_verb *verb, ovf_buf *buf)
{
    for (uint32_t i = 0; i < ovf_world_airport_count(verb->world); i++) {
        const ovf_airport *a = ovf_world_airport(verb->world, i);
        list_line(verb, buf, "airport", a->icao, a->name, a->state);
    }
}

static void list_airspaces(const world_verb *verb, ovf_buf *buf)
{
    for (uint32_t i = 0; i < ovf_world_airspace_count(verb->world); i++) {
        const ovf_airspace *a = ovf_world_airspace(verb->world, i);
        list_line(verb, buf, "airspace", a->ident, a->name, OVF_INDEX_NONE);
    }
}

static void list_operators(const world_verb *verb, ovf_buf *buf)
{
    for (uint32_t i = 0; i < ovf_world_operator_count(verb->world); i++) {
        const ovf_operator *o = ovf_world_operator(verb->world, i);
        list_line(verb, buf, "operator", o->icao, o->name, o->state);
    }
}

static void list_sources(const world_verb *verb, ovf_buf *buf)
{
    ovf_str rest = ovf_world_sources(verb->world);
    ovf_str line;
    while (ovf_str_line(&rest, &line)) {
        size_t colon = ovf_str_find(line, 0, OVF_STR(":"));
        list_line(verb, buf, "source", ovf_str_sub(line, 0, colon),
                  ovf_str_trim(ovf_str_tail(line, colon + 1)), OVF_INDEX_NONE);
    }
}

static void list_claims(const world_verb *verb, ovf_buf *buf)
{
    size_t count = ovf_world_claims(verb->world, NULL, 0);
    ovf_claim *claims = calloc(count + 1, sizeof *claims);
    if (claims == NULL)
        return;
    ovf_world_claims(verb->world, claims, count);
    for (size_t i = 0; i < count; i++)
        list_line(verb, buf, "claim", claims[i].claimed_by, claims[i].name, claims[i].state);
    free(claims);
}

static int run_list(world_verb *verb, const cli_list *operands)
{
    static const struct {
        const char *kind;
        void (*run)(const world_verb *verb, ovf_buf *buf);
    } lists[] = {
        {"state", list_states},         {"fir", list_firs},
        {"airport", list_airports},     {"fix", world_list_fixes},
        {"navaid", world_list_navaids}, {"airway", world_list_airways},
        {"operator", list_operators},   {"airspace", list_airspaces},
        {"source", list_sources},       {"claim", list_claims},
    };
    if (operands->count != 2)
        return cli_usage("world", "list takes one of state, fir, airport, fix, navaid, airway, "
                                  "operator, airspace, source, claim");
    for (size_t i = 0; i < OVF_COUNTOF(lists); i++)
        if (strcmp(operands->items[1], lists[i].kind) == 0) {
            ovf_buf buf = {0};
            lists[i].run(verb, &buf);
            ovf_buf_done(&buf);
            return CLI_CLEAR;
        }
    return cli_usage("world",
                     "no list of \"%s\"; there are state, fir, airport, fix, navaid, airway, "
                     "operator, airspace, source, claim",
                     operands->items[1]);
}

/* ---- show ---- */

void world_put_text(ovf_json *json, const char *key, ovf_str value)
{
    ovf_json_key(json, key);
    ovf_json_str_or_null(json, value);
}

static void put_level(ovf_json *json, const char *key, ovf_level level)
{
    char text[32];
    ovf_level_format(level, text, sizeof text);
    ovf_json_key(json, key);
    ovf_json_cstr(json, text);
}

static void show_fir(ovf_json *json, const world_verb *verb, const ovf_fir *fir)
{
    world_put_text(json, "service", fir->kind);
    put_level(json, "lower", fir->lower);
    put_level(json, "upper", fir->upper);
    world_put_text(json, "includes", fir->includes);
    world_put_text(json, "overlaps", fir->overlaps);
    world_put_text(json, "nof", fir->nof);
    world_put_text(json, "ansp", fir->ansp);
    world_put_text(json, "source", fir->source);
    world_put_text(json, "confidence", fir->confidence);
    OVF_UNUSED(verb);
}

static void show_state(ovf_json *json, const world_verb *verb, uint32_t index)
{
    const ovf_state *state = ovf_world_state(verb->world, index);
    world_put_text(json, "iso2", state->iso2);
    world_put_text(json, "demonym", state->demonym);
    world_put_text(json, "icao_letters", state->icao);
    world_put_text(json, "sovereign", state->sovereign);
    world_put_text(json, "other_names", ovf_world_state_other_names(verb->world, index));
    ovf_json_key(json, "disputed");
    ovf_json_bool(json, state->is_disputed);
    ovf_json_key(json, "eu");
    ovf_json_bool(json, state->is_eu);
    world_put_text(json, "note", state->note);
}

static const ovf_area *area_of(const ovf_world *world, const ovf_place *place)
{
    if (place->kind == OVF_PLACE_FIR)
        return ovf_world_fir_area(world, ovf_world_fir(world, place->index));
    return place->kind == OVF_PLACE_STATE ? ovf_world_territory(world, place->index) : NULL;
}

static void show_bounds(ovf_json *json, const ovf_area *area)
{
    ovf_json_key(json, "bounds");
    ovf_box box = area == NULL ? (ovf_box){.is_empty = true} : ovf_area_bounds(area);
    if (box.is_empty) {
        ovf_json_null(json);
        return;
    }
    ovf_json_array(json);
    ovf_json_fixed(json, box.west_deg, 6);
    ovf_json_fixed(json, box.south_deg, 6);
    ovf_json_fixed(json, box.east_deg, 6);
    ovf_json_fixed(json, box.north_deg, 6);
    ovf_json_end(json);
}

static void show_place(const world_verb *verb, const ovf_place *place, ovf_buf *buf)
{
    ovf_json json;
    ovf_json_init(&json, buf);
    ovf_json_object(&json);
    ovf_json_key(&json, "kind");
    ovf_json_cstr(&json, ovf_place_kind_name(place->kind));
    world_put_text(&json, "code", place->code);
    world_put_text(&json, "name", place->name);
    world_put_text(&json, "state",
                   place->state == OVF_INDEX_NONE
                       ? OVF_STR("")
                       : ovf_world_state(verb->world, place->state)->iso3);
    if (place->kind == OVF_PLACE_FIR)
        show_fir(&json, verb, ovf_world_fir(verb->world, place->index));
    if (place->kind == OVF_PLACE_STATE)
        show_state(&json, verb, place->index);
    if (place->kind == OVF_PLACE_AIRPORT) {
        const ovf_airport *airport = ovf_world_airport(verb->world, place->index);
        world_put_text(&json, "iata", airport->iata);
        world_put_text(&json, "city", airport->city);
        ovf_json_key(&json, "elevation_ft");
        if (airport->elevation_ft == INT32_MIN)
            ovf_json_null(&json);
        else
            ovf_json_int(&json, airport->elevation_ft);
    }
    const ovf_area *area = area_of(verb->world, place);
    if (area == NULL) {
        ovf_json_key(&json, "place");
        ovf_geojson_position(&json, place->point);
    } else {
        show_bounds(&json, area);
    }
    ovf_json_end(&json);
}

/* A point's name may be borne by several, and an airway's, too: all are shown. */
static int show_name(const world_verb *verb, ovf_str name, ovf_buf *buf)
{
    ovf_place place = {0};
    ovf_error err = {0};
    if (verb->kind != NULL && strcmp(verb->kind, "fix") == 0) {
        if (world_show_fixes(verb, name, buf) > 0)
            return CLI_CLEAR;
    } else if (verb->kind != NULL) {
        if (world_show_airways(verb, name, buf) > 0)
            return CLI_CLEAR;
    } else {
        ovf_status status = ovf_world_find(verb->world, name, &place, &err);
        if (status == OVF_OK && place.kind != OVF_PLACE_FIX) {
            show_place(verb, &place, buf);
            if (verb->common.json)
                cli_put_line(buf);
            else
                world_put_members(buf);
            return CLI_CLEAR;
        }
        size_t found = world_show_fixes(verb, name, buf);
        if (found + world_show_airways(verb, name, buf) > 0)
            return CLI_CLEAR;
        cli_error("%s", err.reason);
        return CLI_BAD_INPUT;
    }
    cli_error("no %s is named '" OVF_FMT "'", verb->kind, OVF_ARG(name));
    return CLI_BAD_INPUT;
}

static int run_show(world_verb *verb, const cli_list *operands)
{
    if (operands->count < 2)
        return cli_usage("world", "show takes the name of a FIR, State, airport, point or airway");
    if (verb->kind != NULL && strcmp(verb->kind, "fix") != 0 && strcmp(verb->kind, "airway") != 0)
        return cli_usage("world", "show --kind takes fix or airway");
    ovf_buf buf = {0};
    int worst = CLI_CLEAR;
    for (size_t i = 1; i < operands->count; i++) {
        int status = show_name(verb, ovf_str_of(operands->items[i]), &buf);
        worst = status > worst ? status : worst;
    }
    ovf_buf_done(&buf);
    return worst;
}

/* Prints an object one member a line, for people. */
void world_put_members(ovf_buf *buf)
{
    bool in_text = false;
    int depth = 0;
    ovf_buf out = {0};
    for (size_t i = 0; i < buf->len; i++) {
        char c = buf->ptr[i];
        if (c == '"' && (i == 0 || buf->ptr[i - 1] != '\\'))
            in_text = !in_text;
        if (!in_text && (c == '{' || c == '['))
            depth++;
        if (!in_text && (c == '}' || c == ']'))
            depth--;
        bool is_outer = depth == 1 && !in_text;
        if (is_outer && c == ',')
            ovf_buf_addc(&out, '\n');
        else if (is_outer && c == ':')
            ovf_buf_add(&out, OVF_STR("\t"));
        else if (c != '"' && !(depth <= 1 && !in_text && (c == '{' || (c == '}' && depth == 0))))
            ovf_buf_addc(&out, c);
    }
    cli_put_line(&out);
    ovf_buf_done(&out);
    ovf_buf_reset(buf);
}

/* ---- the verb ---- */

static int run_open(world_verb *verb, const cli_list *operands)
{
    static const struct {
        const char *name;
        int (*run)(world_verb *verb, const cli_list *operands);
    } subs[] = {
        {"show", run_show},       {"list", run_list},     {"at", world_at},
        {"along", world_along},   {"check", world_check}, {"export", world_export},
        {"import", world_import}, {"who", world_who},
    };
    for (size_t i = 0; i < OVF_COUNTOF(subs); i++) {
        if (strcmp(operands->items[0], subs[i].name) != 0)
            continue;
        int status = cli_world_open(&verb->common, &verb->world);
        if (status != 0)
            return status;
        status = subs[i].run(verb, operands);
        ovf_world_free(verb->world);
        return status;
    }
    return cli_usage(
        "world", "no \"%s\"; there are build, show, list, at, along, who, export, import, check",
        operands->items[0]);
}

int cli_world(int argc, char **argv)
{
    world_verb verb = {0};
    cli_list operands = {0};
    const cli_option own[] = {
        {"--callsign", CLI_TEXT, &verb.callsign},
        {"--registration", CLI_TEXT, &verb.registration},
        {"--address", CLI_TEXT, &verb.address},
        {"--kind", CLI_TEXT, &verb.kind},
        {"--format", CLI_TEXT, &verb.format},
        {"--batch", CLI_TEXT, &verb.batch},
        {"--without-nav", CLI_FLAG, &verb.without_nav},
        {"--fir", CLI_LIST, &verb.firs},
        {"--airspace", CLI_LIST, &verb.airspaces},
        {"--nav", CLI_LIST, &verb.navs},
        {"--add", CLI_FLAG, &verb.add},
        {"--limit", CLI_TEXT, &verb.limit},
        {"--replace-all", CLI_FLAG, &verb.replace_all},
        {"--output", CLI_TEXT, &verb.output},
        {"-o", CLI_TEXT, &verb.output},
    };
    cli_common_init(&verb.common);
    int status = cli_parse(argc, argv, &verb.common, own, OVF_COUNTOF(own), &operands);
    if (status != 0)
        status = status < 0 ? CLI_CLEAR : status;
    else if (operands.count == 0)
        status = cli_usage("world",
                           "expected build, show, list, at, along, who, export, import or check");
    else if (strcmp(operands.items[0], "build") == 0)
        status = run_build(&verb, &operands);
    else
        status = run_open(&verb, &operands);
    cli_list_done(&operands);
    cli_list_done(&verb.firs);
    cli_list_done(&verb.navs);
    cli_list_done(&verb.airspaces);
    cli_list_done(&verb.common.notices);
    return status;
}
