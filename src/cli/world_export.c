/* SPDX-License-Identifier: Apache-2.0 */
/* overfly world export: FIRs, States, seas and airports as GeoJSON (RFC 7946). */
#include "members.h"
#include "world.h"

#include <string.h>

#define EXPORT_TOLERANCE_M 10.0

static ovf_str iso3_of(const world_verb *verb, uint32_t state)
{
    return state == OVF_INDEX_NONE ? OVF_STR("") : ovf_world_state(verb->world, state)->iso3;
}

static void put_level(ovf_json *json, const char *key, ovf_level level)
{
    char text[32] = "";
    if (level.ref != OVF_LEVEL_UNKNOWN)
        ovf_level_format(level, text, sizeof text);
    put_text(json, key, ovf_str_of(text));
}

/* ---- features ---- */

static int put_geometry(ovf_json *json, const ovf_area *area)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_outline outline = {0};
    ovf_error err = {0};
    ovf_json_key(json, "geometry");
    ovf_status status = ovf_area_kind_of(area) == OVF_AREA_EMPTY
                            ? OVF_OK
                            : ovf_area_outline(area, EXPORT_TOLERANCE_M, &arena, &outline, &err);
    if (status == OVF_OK)
        ovf_geojson_outline(json, &outline);
    else
        ovf_json_null(json);
    ovf_arena_done(&arena);
    if (status == OVF_OK)
        return CLI_CLEAR;
    cli_error("%s", err.reason);
    return cli_status_of(status);
}

static void start_feature(ovf_json *json, ovf_str code)
{
    ovf_json_object(json);
    ovf_json_key(json, "type");
    ovf_json_cstr(json, "Feature");
    put_text(json, "id", code);
}

static int export_fir(const world_verb *verb, uint32_t index, ovf_json *json)
{
    const ovf_fir *fir = ovf_world_fir(verb->world, index);
    start_feature(json, fir->code);
    ovf_json_key(json, "properties");
    ovf_json_object(json);
    put_text(json, "code", fir->code);
    put_text(json, "kind", fir->kind);
    put_text(json, "name", fir->name);
    put_text(json, "state", iso3_of(verb, fir->state));
    put_text(json, "includes", fir->includes);
    put_text(json, "overlaps", fir->overlaps);
    put_level(json, "lower", fir->lower);
    put_level(json, "upper", fir->upper);
    put_text(json, "nof", fir->nof);
    put_text(json, "ansp", fir->ansp);
    put_text(json, "source", fir->source);
    put_text(json, "confidence", fir->confidence);
    ovf_json_end(json);
    int status = put_geometry(json, ovf_world_fir_area(verb->world, fir));
    ovf_json_end(json);
    return status;
}

/* What a State's outline rests on; the tables have no source a row. */
static void put_outline_source(ovf_json *json)
{
    put_text(json, "source",
             OVF_STR("Natural Earth 1:10m, land; sea 12 NM and medians of our own"));
    put_text(json, "confidence", OVF_STR("approximate"));
}

static int export_territory(const world_verb *verb, uint32_t index, bool is_sea, ovf_json *json)
{
    const ovf_state *state = ovf_world_state(verb->world, index);
    start_feature(json, state->iso3);
    ovf_json_key(json, "properties");
    ovf_json_object(json);
    put_text(json, "code", state->iso3);
    put_text(json, "kind", is_sea ? OVF_STR("sea") : OVF_STR("state"));
    put_text(json, "name", state->name);
    put_text(json, "state", state->sovereign);
    put_text(json, "lower", OVF_STR("SFC"));
    put_text(json, "upper", OVF_STR("UNL"));
    ovf_json_key(json, "disputed");
    ovf_json_bool(json, state->is_disputed);
    put_outline_source(json);
    ovf_json_end(json);
    int status = put_geometry(json, is_sea ? ovf_world_territory(verb->world, index)
                                           : ovf_world_land(verb->world, index));
    ovf_json_end(json);
    return status;
}

static int export_state(const world_verb *verb, uint32_t index, ovf_json *json)
{
    return export_territory(verb, index, false, json);
}

static int export_sea(const world_verb *verb, uint32_t index, ovf_json *json)
{
    return export_territory(verb, index, true, json);
}

static int export_airport(const world_verb *verb, uint32_t index, ovf_json *json)
{
    const ovf_airport *airport = ovf_world_airport(verb->world, index);
    start_feature(json, airport->icao);
    ovf_json_key(json, "properties");
    ovf_json_object(json);
    put_text(json, "code", airport->icao);
    put_text(json, "kind", OVF_STR("airport"));
    put_text(json, "name", airport->name);
    put_text(json, "iata", airport->iata);
    put_text(json, "city", airport->city);
    put_text(json, "state", iso3_of(verb, airport->state));
    ovf_json_key(json, "elevation_ft");
    if (airport->elevation_ft == INT32_MIN)
        ovf_json_null(json);
    else
        ovf_json_int(json, airport->elevation_ft);
    ovf_json_end(json);
    ovf_json_key(json, "geometry");
    ovf_json_object(json);
    ovf_json_key(json, "type");
    ovf_json_cstr(json, "Point");
    ovf_json_key(json, "coordinates");
    ovf_geojson_position(json, airport->place);
    ovf_json_end(json);
    ovf_json_end(json);
    return CLI_CLEAR;
}

/* ---- export ---- */

struct exporter {
    const char *kind;
    size_t (*count)(const ovf_world *world);
    uint32_t (*find)(const ovf_world *world, ovf_str code);
    int (*put)(const world_verb *verb, uint32_t index, ovf_json *json);
};

static const struct exporter exporters[] = {
    {"fir", ovf_world_fir_count, ovf_world_find_fir, export_fir},
    {"state", ovf_world_state_count, ovf_world_find_state, export_state},
    {"sea", ovf_world_state_count, ovf_world_find_state, export_sea},
    {"airport", ovf_world_airport_count, ovf_world_find_airport, export_airport},
};

/* Written feature by feature, so that the whole world never stands in memory at once. */
static int put_features(const world_verb *verb, const struct exporter *exporter,
                        const cli_list *codes)
{
    size_t count = codes->count > 1 ? codes->count - 1 : exporter->count(verb->world);
    int worst = CLI_CLEAR;
    bool is_first = true;
    ovf_buf buf = {0};
    printf("{\"type\":\"FeatureCollection\",\"features\":[\n");
    for (size_t i = 0; i < count; i++) {
        uint32_t index = (uint32_t)i;
        if (codes->count > 1)
            index = exporter->find(verb->world, ovf_str_of(codes->items[i + 1]));
        if (index == OVF_INDEX_NONE) {
            cli_error("no %s \"%s\"", exporter->kind, codes->items[i + 1]);
            worst = CLI_BAD_INPUT;
            continue;
        }
        ovf_json json;
        ovf_json_init(&json, &buf);
        if (!is_first)
            printf(",\n");
        is_first = false;
        int status = exporter->put(verb, index, &json);
        worst = status > worst ? status : worst;
        fwrite(buf.ptr, 1, buf.len, stdout);
        ovf_buf_reset(&buf);
    }
    printf("\n]}\n");
    ovf_buf_done(&buf);
    return worst;
}

int world_export(world_verb *verb, const cli_list *operands)
{
    if (verb->format != NULL && strcmp(verb->format, "gpkg") == 0)
        return world_export_gpkg(verb, operands);
    if (verb->format != NULL && strcmp(verb->format, "geojson") != 0)
        return cli_usage("world", "no --format %s; there are geojson and gpkg", verb->format);
    if (verb->kind == NULL)
        return cli_usage("world", "export needs --kind fir, state, sea or airport");
    for (size_t i = 0; i < OVF_COUNTOF(exporters); i++)
        if (strcmp(verb->kind, exporters[i].kind) == 0)
            return put_features(verb, &exporters[i], operands);
    return cli_usage("world", "no --kind %s; there are fir, state, sea and airport", verb->kind);
}
