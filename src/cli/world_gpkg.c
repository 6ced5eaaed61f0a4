/* SPDX-License-Identifier: Apache-2.0 */
/* overfly world export --format gpkg: every kind of thing that has a place, a layer each. */
#include "gpkg.h"
#include "world.h"

#include <string.h>

#define EXPORT_TOLERANCE_M 10.0

struct exporter {
    const ovf_world *world;
    gpkg *file;
    ovf_arena arena; /* of the feature at hand */
};

struct layer {
    const char *kind;
    const char *description;
    gpkg_shape shape;
    const gpkg_column *columns;
    size_t column_count;
    size_t (*count)(const ovf_world *world);
    uint32_t (*find)(const ovf_world *world, ovf_str code); /* NULL: by number only */
    bool (*put)(struct exporter *e, uint32_t index);
};

static gpkg_value text(ovf_str value)
{
    return (gpkg_value){.text = value};
}

static gpkg_value number(int64_t value)
{
    return (gpkg_value){.number = value};
}

static gpkg_value level(struct exporter *e, ovf_level value)
{
    char words[32];
    size_t len = ovf_level_format(value, words, sizeof words);
    return value.ref == OVF_LEVEL_UNKNOWN ? text(OVF_STR(""))
                                          : text(ovf_arena_dup(&e->arena, (ovf_str){words, len}));
}

static gpkg_value iso3(const struct exporter *e, uint32_t state)
{
    return text(state == OVF_INDEX_NONE ? OVF_STR("") : ovf_world_state(e->world, state)->iso3);
}

static bool put_area(struct exporter *e, const gpkg_value *values, const ovf_area *area)
{
    ovf_outline outline = {0};
    ovf_error err = {0};
    if (ovf_area_kind_of(area) != OVF_AREA_EMPTY
        && ovf_area_outline(area, EXPORT_TOLERANCE_M, &e->arena, &outline, &err) != OVF_OK) {
        cli_error("%s", err.reason);
        return false;
    }
    return gpkg_area(e->file, values, &outline);
}

/* ---- layers ---- */

static const gpkg_column fir_columns[] = {
    {"code", GPKG_TEXT},  {"kind", GPKG_TEXT},  {"name", GPKG_TEXT},     {"state", GPKG_TEXT},
    {"lower", GPKG_TEXT}, {"upper", GPKG_TEXT}, {"includes", GPKG_TEXT}, {"overlaps", GPKG_TEXT},
    {"nof", GPKG_TEXT},   {"ansp", GPKG_TEXT},  {"source", GPKG_TEXT},   {"confidence", GPKG_TEXT},
};

static bool put_fir(struct exporter *e, uint32_t index)
{
    const ovf_fir *f = ovf_world_fir(e->world, index);
    const gpkg_value values[] = {
        text(f->code),      text(f->kind),      text(f->name),     iso3(e, f->state),
        level(e, f->lower), level(e, f->upper), text(f->includes), text(f->overlaps),
        text(f->nof),       text(f->ansp),      text(f->source),   text(f->confidence),
    };
    return put_area(e, values, ovf_world_fir_area(e->world, f));
}

static const gpkg_column state_columns[] = {
    {"code", GPKG_TEXT},        {"name", GPKG_TEXT},  {"sovereign", GPKG_TEXT},
    {"disputed", GPKG_BOOLEAN}, {"eu", GPKG_BOOLEAN}, {"note", GPKG_TEXT},
};

static bool put_territory(struct exporter *e, uint32_t index, const ovf_area *area)
{
    const ovf_state *s = ovf_world_state(e->world, index);
    const gpkg_value values[] = {text(s->iso3),          text(s->name),    text(s->sovereign),
                                 number(s->is_disputed), number(s->is_eu), text(s->note)};
    return put_area(e, values, area);
}

static bool put_state(struct exporter *e, uint32_t index)
{
    return put_territory(e, index, ovf_world_land(e->world, index));
}

static bool put_sea(struct exporter *e, uint32_t index)
{
    return put_territory(e, index, ovf_world_territory(e->world, index));
}

static const gpkg_column airport_columns[] = {
    {"icao", GPKG_TEXT}, {"iata", GPKG_TEXT},  {"name", GPKG_TEXT},
    {"city", GPKG_TEXT}, {"state", GPKG_TEXT}, {"elevation_ft", GPKG_INTEGER},
};

static bool put_airport(struct exporter *e, uint32_t index)
{
    const ovf_airport *a = ovf_world_airport(e->world, index);
    gpkg_value elevation = number(a->elevation_ft);
    elevation.is_null = a->elevation_ft == INT32_MIN;
    const gpkg_value values[] = {text(a->icao), text(a->iata),     text(a->name),
                                 text(a->city), iso3(e, a->state), elevation};
    return gpkg_point(e->file, values, a->place);
}

static const gpkg_column fix_columns[] = {
    {"ident", GPKG_TEXT}, {"kind", GPKG_TEXT}, {"source", GPKG_TEXT}};

static bool put_fix(struct exporter *e, uint32_t index)
{
    ovf_fix f = ovf_world_fix(e->world, index);
    const gpkg_value values[] = {text(f.ident), text(f.kind), text(f.source)};
    return gpkg_point(e->file, values, f.place);
}

static const gpkg_column airspace_columns[] = {
    {"ident", GPKG_TEXT}, {"name", GPKG_TEXT},  {"kind", GPKG_TEXT},  {"class", GPKG_TEXT},
    {"lower", GPKG_TEXT}, {"upper", GPKG_TEXT}, {"source", GPKG_TEXT}};

static bool put_airspace(struct exporter *e, uint32_t index)
{
    const ovf_airspace *a = ovf_world_airspace(e->world, index);
    const gpkg_value values[] = {text(a->ident), text(a->name),      text(a->kind),
                                 text(a->klass), level(e, a->lower), level(e, a->upper),
                                 text(a->source)};
    return put_area(e, values, ovf_world_airspace_area(e->world, index));
}

static const struct layer layers[] = {
    {"fir", "Flight information regions", GPKG_AREA, fir_columns, OVF_COUNTOF(fir_columns),
     ovf_world_fir_count, ovf_world_find_fir, put_fir},
    {"state", "Land of States", GPKG_AREA, state_columns, OVF_COUNTOF(state_columns),
     ovf_world_state_count, ovf_world_find_state, put_state},
    {"sea", "Land of States with the territorial sea", GPKG_AREA, state_columns,
     OVF_COUNTOF(state_columns), ovf_world_state_count, ovf_world_find_state, put_sea},
    {"airport", "Airports", GPKG_POINT, airport_columns, OVF_COUNTOF(airport_columns),
     ovf_world_airport_count, ovf_world_find_airport, put_airport},
    {"fix", "Points and radio aids", GPKG_POINT, fix_columns, OVF_COUNTOF(fix_columns),
     ovf_world_fix_count, NULL, put_fix},
    {"airspace", "Named areas, imported", GPKG_AREA, airspace_columns,
     OVF_COUNTOF(airspace_columns), ovf_world_airspace_count, NULL, put_airspace},
};

/* ---- export ---- */

static int put_layer(const world_verb *verb, gpkg *file, const struct layer *layer,
                     const cli_list *codes)
{
    struct exporter e = {.world = verb->world, .file = file};
    bool by_code = codes->count > 1;
    size_t count = by_code ? codes->count - 1 : layer->count(verb->world);
    int worst = CLI_CLEAR;
    if (!gpkg_layer(file, layer->kind, layer->description, layer->shape, layer->columns,
                    layer->column_count))
        return CLI_INTERNAL;
    ovf_arena_init(&e.arena, 0);
    for (size_t i = 0; i < count && worst != CLI_INTERNAL; i++) {
        uint32_t index = (uint32_t)i;
        if (by_code)
            index = layer->find(verb->world, ovf_str_of(codes->items[i + 1]));
        if (index == OVF_INDEX_NONE) {
            cli_error("no %s \"%s\"", layer->kind, codes->items[i + 1]);
            worst = CLI_BAD_INPUT;
            continue;
        }
        if (!layer->put(&e, index))
            worst = CLI_INTERNAL;
        ovf_arena_reset(&e.arena);
    }
    ovf_arena_done(&e.arena);
    return gpkg_end_layer(file) ? worst : CLI_INTERNAL;
}

int world_export_gpkg(world_verb *verb, const cli_list *operands)
{
    const struct layer *only = NULL;
    for (size_t i = 0; verb->kind != NULL && i < OVF_COUNTOF(layers); i++)
        if (strcmp(verb->kind, layers[i].kind) == 0)
            only = &layers[i];
    if (verb->output == NULL)
        return cli_usage("world", "a GeoPackage needs -o FILE");
    if (verb->kind != NULL && only == NULL)
        return cli_usage("world",
                         "no --kind %s; there are fir, state, sea, airport, fix and airspace",
                         verb->kind);
    if (operands->count > 1 && (only == NULL || only->find == NULL))
        return cli_usage("world", "CODE needs --kind fir, state, sea or airport");
    gpkg *file = gpkg_open(verb->output);
    if (file == NULL)
        return CLI_BAD_INPUT;
    int worst = CLI_CLEAR;
    for (size_t i = 0; i < OVF_COUNTOF(layers) && worst != CLI_INTERNAL; i++) {
        if (only != NULL && only != &layers[i])
            continue;
        int status = put_layer(verb, file, &layers[i], operands);
        worst = status > worst ? status : worst;
    }
    bool is_written = gpkg_close(file, worst != CLI_INTERNAL);
    return is_written ? worst : CLI_INTERNAL;
}
