/* SPDX-License-Identifier: Apache-2.0 */
/* The picture that a brief of one area rests on: what its status rests on, and, where somebody claims
 * something there that notices could bear out, the notices of the time and the areas of the claim. */
#include "brief.h"

#define AREAS_MAX 64
#define BEFORE_S \
    (31 * OVF_DAY_S) /* a closure that ended so long ago bears out that it is open again */

typedef struct reach {
    ovf_box boxes[AREAS_MAX];
    ovf_str states[AREAS_MAX];
    size_t count;
    ovf_interval during;
} reach;

static bool add_place(const ovf_world *world, const ovf_place *place, reach *r)
{
    if (r->count == AREAS_MAX)
        return false;
    ovf_point p = place->point;
    ovf_box box = {.south_deg = p.lat_deg,
                   .north_deg = p.lat_deg,
                   .west_deg = p.lon_deg,
                   .east_deg = p.lon_deg};
    if (place->kind == OVF_PLACE_FIR)
        box = ovf_area_bounds(ovf_world_fir_area(world, ovf_world_fir(world, place->index)));
    else if (place->kind == OVF_PLACE_STATE)
        box = ovf_area_bounds(ovf_world_territory(world, place->index));
    if (place->kind == OVF_PLACE_NONE || box.is_empty)
        return false;
    r->boxes[r->count] = box;
    r->states[r->count] =
        place->state == OVF_INDEX_NONE ? (ovf_str){0} : ovf_world_state(world, place->state)->iso3;
    r->count++;
    return true;
}

/* false: what it claims cannot be placed. */
static bool add_claim(const ovf_world *world, const ovf_statement *s, ovf_time at, reach *r)
{
    ovf_interval when = brief_when_of(s, at);
    if (when.from == OVF_TIME_NONE)
        return false;
    if (when.from - BEFORE_S < r->during.from)
        r->during.from = when.from - BEFORE_S;
    if (when.until > r->during.until)
        r->during.until = when.until;
    for (size_t i = 0; i < s->area_count; i++) {
        ovf_place place = {0};
        // What the world does not know nobody can check.
        if (ovf_world_find(world, s->areas[i], &place, NULL) == OVF_OK
            && !add_place(world, &place, r))
            return false;
    }
    return true;
}

int brief_select(const cli_common *common, ovf_interval window, const ovf_query *query,
                 cli_context *context)
{
    ovf_ledger_query first = {.place = &query->place,
                              .during = {query->at, query->at + 1},
                              .operator_state = query->party.operator_state};
    int status = cli_context_select(common, window, &first, context);
    if (status != 0 || !context->is_selected)
        return status;
    reach *r = ovf_arena_array(&context->arena, reach, 1);
    ovf_answer answer = {0};
    ovf_error err = {0};
    if (r == NULL)
        return CLI_INTERNAL;
    ovf_status told = ovf_picture_status(context->picture, query, &context->arena, &answer, &err);
    r->during = first.during;
    bool is_told = told == OVF_OK && add_place(context->world, &query->place, r);
    size_t claims = 0;
    for (size_t i = 0; i < answer.because_count && is_told; i++) {
        const ovf_held_statement *held = answer.because[i].statement;
        if (held == NULL || !ovf_act_is_checked(held->statement->act))
            continue;
        claims++;
        is_told = add_claim(context->world, held->statement, query->at, r);
    }
    if (is_told && claims == 0)
        return 0;
    ovf_ledger_query second = {.boxes = r->boxes,
                               .box_count = r->count,
                               .states = r->states,
                               .state_count = r->count,
                               .during = r->during,
                               .operator_state = query->party.operator_state};
    return cli_context_select(common, window, is_told ? &second : NULL, context);
}
