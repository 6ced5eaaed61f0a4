/* SPDX-License-Identifier: Apache-2.0 */
/* Reads data/islets.txt: small islands that Natural Earth leaves out, each a circle of about its
 * size, as an outline with a closed arc of its own. They have a territorial sea like any coast. */
#include "world_internal.h"

#include <stdio.h>

#define ISLET_CORNERS 8
#define ISLETS_MAX 5000

enum islet_field {
    NAME,
    STATE,
    LAT,
    LON,
    RADIUS_M,
    HELD_BY,
    CLAIMED_BY,
    NOTE,
    SOURCE,
    ISLET_FIELDS
};

struct islets {
    struct world_build *build;
    struct world_table table;
    size_t arc_capacity, outline_capacity;
};

static bool grow(struct islets *r, uint32_t index)
{
    struct world_build *build = r->build;
    void *arcs = build->arcs;
    void *outlines = build->outlines;
    /* the lists are another reader's: full, as far as is known here */
    r->arc_capacity = r->arc_capacity == 0 ? build->arc_count : r->arc_capacity;
    r->outline_capacity = r->outline_capacity == 0 ? build->outline_count : r->outline_capacity;
    if (!ovf_arena_grow(build->arena, &arcs, build->arc_count, &r->arc_capacity,
                        sizeof *build->arcs)
        || !ovf_arena_grow(build->arena, &outlines, index, &r->outline_capacity,
                           sizeof *build->outlines))
        return false;
    build->arcs = arcs;
    build->outlines = outlines;
    return true;
}

static ovf_status add_islet(struct islets *r, uint32_t state, ovf_point centre, double radius_m,
                            const struct world_claim *claim, ovf_error *err)
{
    struct world_build *build = r->build;
    uint32_t index = build->outline_count;
    ovf_fixed *ring = ovf_arena_array(build->arena, ovf_fixed, ISLET_CORNERS + 1);
    int32_t *signed_arc = ovf_arena_array(build->arena, int32_t, 1);
    uint32_t *ring_end = ovf_arena_array(build->arena, uint32_t, 1);
    if (ring == NULL || signed_arc == NULL || ring_end == NULL || !grow(r, index))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for islets");
    for (int k = 0; k < ISLET_CORNERS; k++) /* clockwise, as outer rings run here */
        ring[k] = ovf_point_fix(ovf_destination(centre, 360.0 * k / ISLET_CORNERS, radius_m));
    ring[ISLET_CORNERS] = ring[0];
    signed_arc[0] = (int32_t)build->arc_count;
    ring_end[0] = 1;
    build->arcs[build->arc_count++] = (struct world_arc){
        .vertices = ring, .count = ISLET_CORNERS + 1, .outline = {index, OVF_INDEX_NONE}};
    build->outlines[index] = (struct world_outline){.id = r->table.fields[NAME],
                                                    .name = r->table.fields[NAME],
                                                    .signed_arcs = signed_arc,
                                                    .ring_ends = ring_end,
                                                    .ring_count = 1,
                                                    .state = state,
                                                    .is_disputed = claim != NULL,
                                                    .claim = claim};
    build->outline_count++;
    return OVF_OK;
}

static ovf_status take_row(struct islets *r, ovf_error *err)
{
    const ovf_str *f = r->table.fields;
    uint32_t state = OVF_INDEX_NONE;
    ovf_point centre = {0};
    double radius_m = 0.0;
    ovf_status status = world_table_state(r->build, &r->table, STATE, &state, err);
    if (status == OVF_OK)
        status = world_table_point(&r->table, LAT, &centre, err);
    if (status != OVF_OK)
        return status;
    if (ovf_str_to_double(f[RADIUS_M], &radius_m, NULL) != OVF_OK
        || !(radius_m >= 10.0 && radius_m <= 20000.0))
        return world_table_fail(&r->table, RADIUS_M, err, "expected 10 to 20000 metres");
    if (state == OVF_INDEX_NONE && f[CLAIMED_BY].len == 0)
        return world_table_fail(&r->table, STATE, err, "expected a State, or who claims it");
    if (r->build->outline_count == ISLETS_MAX)
        return world_table_fail(&r->table, NAME, err, "too many islets");
    struct world_claim *claim = NULL;
    if (f[CLAIMED_BY].len > 0) {
        claim = ovf_arena_array(r->build->arena, struct world_claim, 1);
        if (claim == NULL)
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for islets");
        *claim = (struct world_claim){.name = f[NAME],
                                      .held_by = f[HELD_BY],
                                      .claimed_by = f[CLAIMED_BY],
                                      .note = f[NOTE],
                                      .source = f[SOURCE]};
    }
    return add_islet(r, state, centre, radius_m, claim, err);
}

ovf_status world_read_islets(struct world_build *build, ovf_error *err)
{
    if (build->outline_count == 0)
        return OVF_OK;
    char path[4096];
    snprintf(path, sizeof path, "%s/islets.txt", build->data_dir);
    struct islets r = {.build = build};
    ovf_str text = {0};
    ovf_status status = world_read_text(build->arena, path, &text, err);
    if (status == OVF_E_NOT_FOUND)
        return OVF_OK;
    world_table_init(&r.table, "islets.txt", text);
    while (status == OVF_OK && world_table_next(&r.table, ISLET_FIELDS, &status, err))
        status = take_row(&r, err);
    return status;
}
