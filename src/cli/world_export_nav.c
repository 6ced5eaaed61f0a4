/* SPDX-License-Identifier: Apache-2.0 */
/* overfly world export: points and airways as GeoJSON features. */
#include "members.h"
#include "world.h"

int world_export_fix(const world_verb *verb, uint32_t index, ovf_json *json)
{
    ovf_fix fix = ovf_world_fix(verb->world, index);
    size_t aids = 0;
    uint32_t first = ovf_world_navaids_at(verb->world, index, &aids);
    world_start_feature(json, fix.ident, "fix");
    put_text(json, "name", aids > 0 ? ovf_world_navaid(verb->world, first).name : OVF_STR(""));
    put_text(json, "aid", fix.kind);
    put_text(json, "source", fix.source);
    ovf_json_end(json);
    ovf_json_key(json, "geometry");
    ovf_json_object(json);
    put_cstr(json, "type", "Point");
    ovf_json_key(json, "coordinates");
    ovf_geojson_position(json, fix.place);
    ovf_json_end(json);
    ovf_json_end(json);
    return CLI_CLEAR;
}

void world_airway_levels(const ovf_world *world, uint32_t airway, uint32_t *lower_fl,
                         uint32_t *upper_fl)
{
    uint32_t legs = ovf_world_airway(world, airway).leg_count;
    for (uint32_t i = 0; i < legs; i++) {
        ovf_airway_leg leg = ovf_world_airway_leg(world, airway, i);
        if (i == 0 || leg.lower_fl < *lower_fl)
            *lower_fl = leg.lower_fl;
        if (i == 0 || leg.upper_fl > *upper_fl)
            *upper_fl = leg.upper_fl;
    }
}

static void put_lines(ovf_json *json, const ovf_outline *lines)
{
    bool is_one = lines->count == 1;
    ovf_json_object(json);
    put_cstr(json, "type", is_one ? "LineString" : "MultiLineString");
    ovf_json_key(json, "coordinates");
    if (!is_one)
        ovf_json_array(json);
    for (uint32_t l = 0; l < lines->count; l++) {
        ovf_json_array(json);
        for (uint32_t i = 0; i < lines->rings[l].count; i++)
            ovf_geojson_position(json, lines->rings[l].points[i]);
        ovf_json_end(json);
    }
    if (!is_one)
        ovf_json_end(json);
    ovf_json_end(json);
}

int world_export_airway(const world_verb *verb, uint32_t index, ovf_json *json)
{
    ovf_arena arena;
    ovf_outline lines = {0};
    ovf_airway airway = ovf_world_airway(verb->world, index);
    uint32_t lower_fl = 0, upper_fl = 0;
    world_airway_levels(verb->world, index, &lower_fl, &upper_fl);
    world_start_feature(json, airway.name, "airway");
    ovf_json_key(json, "points");
    ovf_json_array(json);
    for (uint32_t i = 0; i < airway.leg_count; i++) {
        ovf_airway_leg leg = ovf_world_airway_leg(verb->world, index, i);
        if (i == 0)
            ovf_json_str(json, ovf_world_fix(verb->world, leg.from).ident);
        ovf_json_str(json, ovf_world_fix(verb->world, leg.to).ident);
    }
    ovf_json_end(json);
    ovf_json_key(json, "lower_fl");
    ovf_json_int(json, lower_fl);
    ovf_json_key(json, "upper_fl");
    ovf_json_int(json, upper_fl);
    ovf_json_end(json);
    ovf_json_key(json, "geometry");
    ovf_arena_init(&arena, 0);
    bool is_fine = world_airway_lines(verb->world, index, &arena, &lines);
    if (is_fine)
        put_lines(json, &lines);
    else
        ovf_json_null(json);
    ovf_json_end(json);
    ovf_arena_done(&arena);
    if (is_fine)
        return CLI_CLEAR;
    cli_error("airway " OVF_FMT ": no memory", OVF_ARG(airway.name));
    return CLI_INTERNAL;
}
