/* SPDX-License-Identifier: Apache-2.0 */
/* Reads data/sea.txt: where the territorial sea, or the air that a State claims over the sea, is
 * not 12 NM broad. The first row that fits a coast counts. */
#include "world_internal.h"

#include <stdio.h>

#define SEA_WIDEST_NM 15.0 /* what the medians reach for: median.c */
#define SEA_RULES_MAX 1000

enum sea_field { STATE, SEA_NM, AIR_NM, SOUTH, WEST, NORTH, EAST, NOTE, SOURCE, SEA_FIELDS };

static ovf_status take_width(const struct world_table *table, uint32_t field, double *out_m,
                             ovf_error *err)
{
    double nm = 0.0;
    if (ovf_str_to_double(table->fields[field], &nm, NULL) != OVF_OK
        || !(nm >= 0.0 && nm <= SEA_WIDEST_NM))
        return world_table_fail(table, field, err, "expected 0 to 15 NM");
    *out_m = nm * OVF_NM_M;
    return OVF_OK;
}

static ovf_status take_rule(struct world_build *build, const struct world_table *table,
                            ovf_error *err)
{
    struct world_sea_rule rule = {.note = table->fields[NOTE], .source = table->fields[SOURCE]};
    ovf_status status = world_table_state(build, table, STATE, &rule.state, err);
    if (status == OVF_OK && rule.state == OVF_INDEX_NONE)
        return world_table_fail(table, STATE, err, "expected a State");
    if (status == OVF_OK)
        status = take_width(table, SEA_NM, &rule.sea_m, err);
    if (status == OVF_OK)
        status = take_width(table, AIR_NM, &rule.air_m, err);
    ovf_point corner = {0};
    if (status == OVF_OK)
        status = world_table_point(table, SOUTH, &corner, err);
    rule.south_deg = corner.lat_deg;
    rule.west_deg = corner.lon_deg;
    if (status == OVF_OK)
        status = world_table_point(table, NORTH, &corner, err);
    rule.north_deg = corner.lat_deg;
    rule.east_deg = corner.lon_deg;
    if (status != OVF_OK)
        return status;
    if (rule.north_deg <= rule.south_deg || rule.east_deg <= rule.west_deg)
        return world_table_fail(table, NORTH, err, "expected a box: south, west, north, east");
    if (rule.air_m < rule.sea_m)
        return world_table_fail(table, AIR_NM, err, "expected air as wide as the sea, or wider");
    if (build->sea_rule_count == SEA_RULES_MAX)
        return world_table_fail(table, STATE, err, "too many rows");
    void *rules = build->sea_rules;
    if (!ovf_arena_grow(build->arena, &rules, build->sea_rule_count, &build->sea_rule_capacity,
                        sizeof rule))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for sea.txt");
    build->sea_rules = rules;
    build->sea_rules[build->sea_rule_count++] = rule;
    return OVF_OK;
}

ovf_status world_read_sea_rules(struct world_build *build, ovf_error *err)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/sea.txt", build->data_dir);
    ovf_str text = {0};
    ovf_status status = world_read_text(build->arena, path, &text, err);
    if (status == OVF_E_NOT_FOUND)
        return OVF_OK;
    struct world_table table;
    world_table_init(&table, "sea.txt", text);
    while (status == OVF_OK && world_table_next(&table, SEA_FIELDS, &status, err))
        status = take_rule(build, &table, err);
    return status;
}

const struct world_sea_rule *world_sea_rule_at(const struct world_build *build, uint32_t state,
                                               ovf_point p)
{
    for (size_t i = 0; i < build->sea_rule_count; i++) {
        const struct world_sea_rule *rule = &build->sea_rules[i];
        if (rule->state == state && p.lat_deg >= rule->south_deg && p.lat_deg <= rule->north_deg
            && p.lon_deg >= rule->west_deg && p.lon_deg <= rule->east_deg)
            return rule;
    }
    return NULL;
}
