/* SPDX-License-Identifier: Apache-2.0 */
/* overfly world export: what has a place, as GeoJSON (RFC 7946). Points and airways are in
 * world_export_nav.c. */
#include "members.h"
#include "world.h"

#include <errno.h>
#include <string.h>

/* ---- features ---- */

static int put_geometry(ovf_json *json, const ovf_area *area)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_outline outline = {0};
    ovf_error err = {0};
    ovf_json_key(json, "geometry");
    ovf_status status =
        ovf_area_kind_of(area) == OVF_AREA_EMPTY
            ? OVF_OK
            : ovf_area_outline(area, WORLD_EXPORT_TOLERANCE_M, &arena, &outline, &err);
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

void world_start_feature(ovf_json *json, ovf_str code, const char *kind)
{
    ovf_json_object(json);
    put_cstr(json, "type", "Feature");
    put_text(json, "id", code);
    ovf_json_key(json, "properties");
    ovf_json_object(json);
    put_text(json, "code", code);
    put_cstr(json, "kind", kind);
}

static int export_fir(const world_verb *verb, uint32_t index, ovf_json *json)
{
    const ovf_fir *fir = ovf_world_fir(verb->world, index);
    char kind[8];
    snprintf(kind, sizeof kind, OVF_FMT, OVF_ARG(fir->kind));
    world_start_feature(json, fir->code, kind);
    put_text(json, "name", fir->name);
    put_text(json, "state", world_iso3(verb->world, fir->state));
    put_text(json, "includes", fir->includes);
    put_text(json, "overlaps", fir->overlaps);
    put_limit(json, "lower", fir->lower);
    put_limit(json, "upper", fir->upper);
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
    world_start_feature(json, state->iso3, is_sea ? "sea" : "state");
    put_text(json, "name", state->name);
    put_text(json, "state", state->sovereign);
    put_text(json, "lower", OVF_STR("SFC"));
    put_text(json, "upper", OVF_STR("UNL"));
    put_bool(json, "disputed", state->is_disputed);
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
    world_start_feature(json, airport->icao, "airport");
    put_text(json, "name", airport->name);
    put_text(json, "iata", airport->iata);
    put_text(json, "city", airport->city);
    put_text(json, "state", world_iso3(verb->world, airport->state));
    put_elevation(json, airport->elevation_ft);
    ovf_json_end(json);
    ovf_json_key(json, "geometry");
    ovf_json_object(json);
    put_cstr(json, "type", "Point");
    ovf_json_key(json, "coordinates");
    ovf_geojson_position(json, airport->place);
    ovf_json_end(json);
    ovf_json_end(json);
    return CLI_CLEAR;
}

static int export_airspace(const world_verb *verb, uint32_t index, ovf_json *json)
{
    const ovf_airspace *airspace = ovf_world_airspace(verb->world, index);
    char kind[32];
    snprintf(kind, sizeof kind, OVF_FMT, OVF_ARG(airspace->kind));
    world_start_feature(json, airspace->ident, kind);
    put_text(json, "name", airspace->name);
    put_text(json, "class", airspace->klass);
    put_limit(json, "lower", airspace->lower);
    put_limit(json, "upper", airspace->upper);
    put_text(json, "source", airspace->source);
    ovf_json_end(json);
    int status = put_geometry(json, ovf_world_airspace_area(verb->world, index));
    ovf_json_end(json);
    return status;
}

/* ---- export ---- */

struct exporter {
    const char *kind;
    size_t (*count)(const ovf_world *world);
    uint32_t (*find)(const ovf_world *world, ovf_str code); /* of kinds whose codes are one's own */
    uint32_t (*find_all)(const ovf_world *world, ovf_str name, size_t *count); /* of others */
    int (*put)(const world_verb *verb, uint32_t index, ovf_json *json);
};

static const struct exporter exporters[] = {
    {"fir", ovf_world_fir_count, ovf_world_find_fir, NULL, export_fir},
    {"state", ovf_world_state_count, ovf_world_find_state, NULL, export_state},
    {"sea", ovf_world_state_count, ovf_world_find_state, NULL, export_sea},
    {"airport", ovf_world_airport_count, ovf_world_find_airport, NULL, export_airport},
    {"fix", ovf_world_fix_count, NULL, ovf_world_find_fix, world_export_fix},
    {"airway", ovf_world_airway_count, NULL, ovf_world_find_airway, world_export_airway},
    {"airspace", ovf_world_airspace_count, NULL, NULL, export_airspace},
};

struct sink {
    FILE *file;
    const world_verb *verb;
    const struct exporter *exporter;
    ovf_buf buf;
    bool has_any;
    int worst;
};

/* Written feature by feature, so that the whole world never stands in memory at once. */
static void put_range(struct sink *sink, uint32_t first, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ovf_json json;
        ovf_json_init(&json, &sink->buf);
        if (sink->has_any)
            fputs(",\n", sink->file);
        sink->has_any = true;
        int status = sink->exporter->put(sink->verb, first + (uint32_t)i, &json);
        sink->worst = status > sink->worst ? status : sink->worst;
        fwrite(sink->buf.ptr, 1, sink->buf.len, sink->file);
        ovf_buf_reset(&sink->buf);
    }
}

static void put_named(struct sink *sink, const char *name)
{
    const struct exporter *exporter = sink->exporter;
    const ovf_world *world = sink->verb->world;
    size_t count = 1;
    uint32_t first = exporter->find != NULL ? exporter->find(world, ovf_str_of(name))
                                            : exporter->find_all(world, ovf_str_of(name), &count);
    if (first != OVF_INDEX_NONE) {
        put_range(sink, first, count);
        return;
    }
    cli_error("no %s \"%s\"", exporter->kind, name);
    sink->worst = CLI_BAD_INPUT > sink->worst ? CLI_BAD_INPUT : sink->worst;
}

static int put_features(const world_verb *verb, const struct exporter *exporter,
                        const cli_list *codes)
{
    bool to_file = verb->output != NULL && strcmp(verb->output, "-") != 0;
    struct sink sink = {.file = to_file ? fopen(verb->output, "wb") : stdout,
                        .verb = verb,
                        .exporter = exporter,
                        .worst = CLI_CLEAR};
    if (sink.file == NULL) {
        cli_error("%s: %s", verb->output, strerror(errno));
        return CLI_BAD_INPUT;
    }
    fputs("{\"type\":\"FeatureCollection\",\"features\":[\n", sink.file);
    if (codes->count <= 1)
        put_range(&sink, 0, exporter->count(verb->world));
    for (size_t i = 1; i < codes->count; i++)
        put_named(&sink, codes->items[i]);
    fputs("\n]}\n", sink.file);
    ovf_buf_done(&sink.buf);
    bool is_written = ferror(sink.file) == 0;
    if (to_file)
        is_written = fclose(sink.file) == 0 && is_written;
    if (!is_written && to_file) {
        cli_error("%s: cannot write", verb->output);
        return CLI_BAD_INPUT;
    }
    return sink.worst;
}

#define KINDS "fir, state, sea, airport, fix, airway or airspace"

int world_export(world_verb *verb, const cli_list *operands)
{
    if (verb->format != NULL && strcmp(verb->format, "gpkg") == 0)
        return world_export_gpkg(verb, operands);
    if (verb->format != NULL && strcmp(verb->format, "geojson") != 0)
        return cli_usage("world", "no --format %s; there are geojson and gpkg", verb->format);
    if (verb->kind == NULL)
        return cli_usage("world", "export needs --kind " KINDS);
    for (size_t i = 0; i < OVF_COUNTOF(exporters); i++) {
        if (strcmp(verb->kind, exporters[i].kind) != 0)
            continue;
        if (operands->count > 1 && exporters[i].find == NULL && exporters[i].find_all == NULL)
            return cli_usage("world", "--kind %s takes no CODE", verb->kind);
        return put_features(verb, &exporters[i], operands);
    }
    return cli_usage("world", "no --kind %s; there are " KINDS, verb->kind);
}
