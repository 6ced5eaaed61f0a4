/* SPDX-License-Identifier: Apache-2.0 */
/* overfly world show and list: points, navigation aids, airways. */
#include "members.h"
#include "world.h"

#include <string.h>

/* ---- list ---- */

void world_list_fixes(const world_verb *verb, ovf_buf *buf)
{
    for (uint32_t i = 0; i < ovf_world_fix_count(verb->world); i++) {
        ovf_fix fix = ovf_world_fix(verb->world, i);
        world_put_row(verb, buf, "fix", fix.ident, fix.kind, OVF_INDEX_NONE);
    }
}

void world_list_navaids(const world_verb *verb, ovf_buf *buf)
{
    for (uint32_t i = 0; i < ovf_world_navaid_count(verb->world); i++) {
        ovf_navaid aid = ovf_world_navaid(verb->world, i);
        char kind[16];
        snprintf(kind, sizeof kind, OVF_FMT, OVF_ARG(aid.kind));
        world_put_row(verb, buf, kind, ovf_world_fix(verb->world, aid.fix).ident, aid.name,
                      OVF_INDEX_NONE);
    }
}

void world_list_airways(const world_verb *verb, ovf_buf *buf)
{
    for (uint32_t i = 0; i < ovf_world_airway_count(verb->world); i++) {
        ovf_airway airway = ovf_world_airway(verb->world, i);
        ovf_str from =
            ovf_world_fix(verb->world, ovf_world_airway_leg(verb->world, i, 0).from).ident;
        ovf_str to = ovf_world_fix(verb->world,
                                   ovf_world_airway_leg(verb->world, i, airway.leg_count - 1).to)
                         .ident;
        char ends[32];
        int len = snprintf(ends, sizeof ends, OVF_FMT "-" OVF_FMT, OVF_ARG(from), OVF_ARG(to));
        world_put_row(verb, buf, "airway", airway.name, (ovf_str){ends, (size_t)len},
                      OVF_INDEX_NONE);
    }
}

/* ---- show ---- */

static void put_navaid(ovf_json *json, const ovf_navaid *aid)
{
    ovf_json_object(json);
    put_text(json, "kind", aid->kind);
    put_text(json, "name", aid->name);
    ovf_json_key(json, "frequency_khz");
    if (aid->frequency_khz > 0)
        ovf_json_int(json, aid->frequency_khz);
    else
        ovf_json_null(json);
    put_elevation(json, aid->elevation_ft);
    ovf_json_key(json, "range_nm");
    if (aid->range_nm > 0)
        ovf_json_int(json, aid->range_nm);
    else
        ovf_json_null(json);
    ovf_json_key(json, "variation_deg");
    if (aid->has_variation)
        ovf_json_fixed(json, aid->variation_deg, 2);
    else
        ovf_json_null(json);
    ovf_json_key(json, "place");
    ovf_geojson_position(json, aid->place);
    ovf_json_end(json);
}

/* The names of the airways over a fix, each once: legs come airway by airway. */
static void put_airways_at(ovf_json *json, const ovf_world *world, uint32_t fix)
{
    ovf_airway_leg legs[256]; /* the busiest point of cycle 2013.10 has 55 */
    size_t count = ovf_world_legs_at(world, fix, legs, OVF_COUNTOF(legs));
    ovf_str last = OVF_STR("");
    ovf_json_key(json, "airways");
    ovf_json_array(json);
    for (size_t i = 0; i < count && i < OVF_COUNTOF(legs); i++) {
        ovf_str name = ovf_world_airway(world, legs[i].airway).name;
        if (!ovf_str_eq(name, last))
            ovf_json_str(json, name);
        last = name;
    }
    ovf_json_end(json);
}

static void show_fix(const world_verb *verb, uint32_t index, ovf_buf *buf)
{
    ovf_fix fix = ovf_world_fix(verb->world, index);
    size_t count = 0;
    uint32_t first = ovf_world_navaids_at(verb->world, index, &count);
    uint32_t state = ovf_world_whose(verb->world, fix.place).state;
    ovf_json json;
    ovf_json_init(&json, buf);
    ovf_json_object(&json);
    put_cstr(&json, "kind", "fix");
    put_text(&json, "code", fix.ident);
    put_text(&json, "name", count > 0 ? ovf_world_navaid(verb->world, first).name : OVF_STR(""));
    put_text(&json, "state", world_iso3(verb->world, state));
    put_text(&json, "aid", fix.kind);
    ovf_json_key(&json, "place");
    ovf_geojson_position(&json, fix.place);
    ovf_json_key(&json, "navaids");
    ovf_json_array(&json);
    for (size_t i = 0; i < count; i++) {
        ovf_navaid aid = ovf_world_navaid(verb->world, first + (uint32_t)i);
        put_navaid(&json, &aid);
    }
    ovf_json_end(&json);
    put_airways_at(&json, verb->world, index);
    put_text(&json, "source", fix.source);
    ovf_json_end(&json);
}

static void put_leg(ovf_json *json, const ovf_world *world, const ovf_airway_leg *leg)
{
    static const char *const ways[] = {"both", "forward", "backward"};
    ovf_fix to = ovf_world_fix(world, leg->to);
    ovf_json_object(json);
    put_text(json, "to", to.ident);
    ovf_json_key(json, "place");
    ovf_geojson_position(json, to.place);
    ovf_json_key(json, "lower_fl");
    ovf_json_int(json, leg->lower_fl);
    ovf_json_key(json, "upper_fl");
    ovf_json_int(json, leg->upper_fl);
    put_bool(json, "low", leg->is_low);
    put_bool(json, "high", leg->is_high);
    put_cstr(json, "way", ways[leg->way]);
    ovf_json_end(json);
}

static void show_airway(const world_verb *verb, uint32_t index, ovf_buf *buf)
{
    ovf_airway airway = ovf_world_airway(verb->world, index);
    ovf_fix from = ovf_world_fix(verb->world, ovf_world_airway_leg(verb->world, index, 0).from);
    ovf_json json;
    ovf_json_init(&json, buf);
    ovf_json_object(&json);
    put_cstr(&json, "kind", "airway");
    put_text(&json, "code", airway.name);
    put_text(&json, "from", from.ident);
    ovf_json_key(&json, "place");
    ovf_geojson_position(&json, from.place);
    ovf_json_key(&json, "legs");
    ovf_json_array(&json);
    for (uint32_t i = 0; i < airway.leg_count; i++) {
        ovf_airway_leg leg = ovf_world_airway_leg(verb->world, index, i);
        put_leg(&json, verb->world, &leg);
    }
    ovf_json_end(&json);
    ovf_json_end(&json);
}

/* For people: one line a chain. */
static void show_airway_line(const world_verb *verb, uint32_t index, ovf_buf *buf)
{
    ovf_airway airway = ovf_world_airway(verb->world, index);
    ovf_buf_printf(buf, OVF_FMT "\t", OVF_ARG(airway.name));
    for (uint32_t i = 0; i < airway.leg_count; i++) {
        ovf_airway_leg leg = ovf_world_airway_leg(verb->world, index, i);
        if (i == 0)
            ovf_buf_add(buf, ovf_world_fix(verb->world, leg.from).ident);
        ovf_buf_printf(buf, " %s(FL%u-%u)%s " OVF_FMT, leg.way == OVF_AIRWAY_BACKWARD ? "<" : "",
                       leg.lower_fl, leg.upper_fl, leg.way == OVF_AIRWAY_FORWARD ? ">" : "",
                       OVF_ARG(ovf_world_fix(verb->world, leg.to).ident));
    }
    cli_put_line(buf);
}

size_t world_show_fixes(const world_verb *verb, ovf_str name, ovf_buf *buf)
{
    size_t count = 0;
    uint32_t first = ovf_world_find_fix(verb->world, name, &count);
    for (size_t i = 0; i < count; i++) {
        show_fix(verb, first + (uint32_t)i, buf);
        world_put_object(verb, buf);
    }
    return count;
}

size_t world_show_airways(const world_verb *verb, ovf_str name, ovf_buf *buf)
{
    size_t count = 0;
    uint32_t first = ovf_world_find_airway(verb->world, name, &count);
    for (size_t i = 0; i < count; i++) {
        if (!verb->common.json) {
            show_airway_line(verb, first + (uint32_t)i, buf);
            continue;
        }
        show_airway(verb, first + (uint32_t)i, buf);
        cli_put_line(buf);
    }
    return count;
}
