/* SPDX-License-Identifier: Apache-2.0 */
/* overfly world along: the FIRs that a path crosses, in order, with the places of entry and exit. */
#include "members.h"
#include "world.h"

#include <stdlib.h>

static ovf_str code_of(const ovf_world *world, uint32_t fir)
{
    return fir == OVF_INDEX_NONE ? OVF_STR("") : ovf_world_fir(world, fir)->code;
}

static void put_json(const ovf_world *world, const ovf_fir_stretch *s, ovf_buf *buf)
{
    const ovf_fir *fir = s->fir == OVF_INDEX_NONE ? NULL : ovf_world_fir(world, s->fir);
    ovf_json json;
    ovf_json_init(&json, buf);
    ovf_json_object(&json);
    put_text(&json, "fir", code_of(world, s->fir));
    put_text(&json, "name", fir == NULL ? OVF_STR("") : fir->name);
    put_text(&json, "state",
             fir == NULL || fir->state == OVF_INDEX_NONE
                 ? OVF_STR("")
                 : ovf_world_state(world, fir->state)->iso3);
    put_limit(&json, "lower", fir == NULL ? (ovf_level){0} : fir->lower);
    put_limit(&json, "upper", fir == NULL ? (ovf_level){0} : fir->upper);
    ovf_json_key(&json, "certain");
    ovf_json_bool(&json, s->certainty == OVF_TRI_YES);
    ovf_json_key(&json, "from_nm");
    ovf_json_fixed(&json, ovf_m_to_nm(s->from_m), 3);
    ovf_json_key(&json, "until_nm");
    ovf_json_fixed(&json, ovf_m_to_nm(s->until_m), 3);
    ovf_json_key(&json, "entry");
    ovf_geojson_position(&json, s->entry);
    ovf_json_key(&json, "exit");
    ovf_geojson_position(&json, s->exit);
    ovf_json_end(&json);
}

static void put_row(const ovf_world *world, const ovf_fir_stretch *s, ovf_buf *buf)
{
    ovf_str code = s->fir == OVF_INDEX_NONE ? OVF_STR("-") : code_of(world, s->fir);
    ovf_str name = s->fir == OVF_INDEX_NONE ? OVF_STR("no FIR in the tables")
                                            : ovf_world_fir(world, s->fir)->name;
    char lower[32] = "-", upper[32] = "-";
    if (s->fir != OVF_INDEX_NONE) {
        ovf_level_format(ovf_world_fir(world, s->fir)->lower, lower, sizeof lower);
        ovf_level_format(ovf_world_fir(world, s->fir)->upper, upper, sizeof upper);
    }
    ovf_buf_printf(buf, OVF_FMT "\t%.1f\t%.1f\t%.4f,%.4f\t%.4f,%.4f\t%s\t%s\t" OVF_FMT "%s",
                   OVF_ARG(code), ovf_m_to_nm(s->from_m), ovf_m_to_nm(s->until_m), s->entry.lat_deg,
                   s->entry.lon_deg, s->exit.lat_deg, s->exit.lon_deg, lower, upper, OVF_ARG(name),
                   s->certainty == OVF_TRI_YES ? "" : " (cannot tell)");
}

/* An airport, a fix or a bare point; CLI_BAD_INPUT after a message. */
static int read_points(const world_verb *verb, const cli_list *operands, ovf_point *points)
{
    for (size_t i = 1; i < operands->count; i++) {
        ovf_place place = {0};
        ovf_error err = {0};
        ovf_str text = ovf_str_of(operands->items[i]);
        if (ovf_world_find(verb->world, text, &place, &err) != OVF_OK) {
            cli_error("%s", err.reason);
            return CLI_BAD_INPUT;
        }
        if (place.kind == OVF_PLACE_FIR || place.kind == OVF_PLACE_STATE) {
            cli_error("\"%s\" is a %s: a path goes from point to point", operands->items[i],
                      place.kind == OVF_PLACE_FIR ? "FIR" : "State");
            return CLI_BAD_INPUT;
        }
        points[i - 1] = place.point;
    }
    return CLI_CLEAR;
}

static int put_along(const world_verb *verb, const ovf_point *points, size_t count)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_fir_stretch *stretches = NULL;
    size_t found = 0;
    ovf_error err = {0};
    ovf_buf buf = {0};
    int32_t level_ft = verb->common.level.given ? verb->common.level.level_ft : OVF_LEVEL_ANY;
    ovf_status status = ovf_world_firs_along(verb->world, points, count, level_ft, &arena,
                                             &stretches, &found, &err);
    if (status != OVF_OK)
        cli_error("%s", err.reason);
    for (size_t i = 0; status == OVF_OK && i < found; i++) {
        if (verb->common.json)
            put_json(verb->world, &stretches[i], &buf);
        else
            put_row(verb->world, &stretches[i], &buf);
        cli_put_line(&buf);
    }
    ovf_buf_done(&buf);
    ovf_arena_done(&arena);
    return status == OVF_OK ? CLI_CLEAR : cli_status_of(status);
}

int world_along(world_verb *verb, const cli_list *operands)
{
    if (operands->count < 3)
        return cli_usage("world", "along takes two points or more");
    ovf_point *points = calloc(operands->count, sizeof *points);
    if (points == NULL) {
        cli_error("no memory for a path");
        return CLI_INTERNAL;
    }
    int status = read_points(verb, operands, points);
    if (status == CLI_CLEAR)
        status = put_along(verb, points, operands->count - 1);
    free(points);
    return status;
}
