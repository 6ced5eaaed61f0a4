/* SPDX-License-Identifier: Apache-2.0 */
/* The picture that checking a few flights rests on: out of the ledger what their legs, their time and
 * their operators need. Of many flights nearly all of it would be needed, and it is read as a whole. */
#include "flight_io.h"

#define FLIGHTS_MAX 32 /* whose documents are looked for one by one */
#define BOXES_MAX 400  /* legs of all of them */

typedef struct need {
    ovf_box boxes[BOXES_MAX];
    size_t box_count;
    ovf_str states[FLIGHTS_MAX];
    size_t state_count;
} need;

/* The legs of one flight; false: they cannot be told, or there are too many. */
static bool add_flight(need *n, ovf_flight *f, const ovf_world *world, ovf_arena *arena)
{
    ovf_track track;
    n->states[n->state_count++] = ovf_flight_party(f, world).operator_state;
    if (ovf_flight_track(f, arena, &track, NULL) != OVF_OK)
        return true; // nothing to check: it crosses nothing
    // Without its own time it may be there at any.
    if (!track.timed || track.count < 2 || track.count - 1 > BOXES_MAX - n->box_count)
        return false;
    for (size_t i = 1; i < track.count; i++)
        n->boxes[n->box_count++] =
            ovf_conflict_box(track.points[i - 1].place, track.points[i].place);
    return true;
}

int cli_context_open_for(const cli_common *common, const flight_list *list, ovf_interval window,
                         cli_context *out)
{
    int status = cli_context_begin(common, out);
    if (status != 0)
        return status;
    need *n = list->count <= FLIGHTS_MAX ? ovf_arena_array(&out->arena, need, 1) : NULL;
    bool is_told = n != NULL;
    ovf_party given = {0};
    status = cli_party(common, out->world, &given);
    for (size_t i = 0; i < list->count && is_told && status == 0; i++)
        is_told = add_flight(n, list->items[i].flight, out->world, &out->arena);
    if (status != 0)
        return status;
    if (!is_told)
        return cli_context_select(common, window, NULL, out);
    const ovf_ledger_query query = {
        .boxes = n->boxes,
        .box_count = n->box_count,
        .states = n->states,
        .state_count = n->state_count,
        .operator_state = given.operator_state,
        .during = common->at == OVF_TIME_NONE ? window : (ovf_interval){common->at, common->at + 1},
    };
    return cli_context_select(common, window, &query, out);
}
