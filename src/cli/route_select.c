/* SPDX-License-Identifier: Apache-2.0 */
/* The picture that a way round rests on: out of the ledger what lies where the way leads. A way that
 * is the shortest among fewer restrictions, and meets none of the others, is the shortest among all
 * of them: where it leaves what was read, more is read, and in the end everything. */
#include "route_select.h"

#include <math.h>

#define BOXES_MAX 256
#define TURNS 4
#define PAD_DEG 2.0 /* about the direct way, so that a way round mostly lies within */

static ovf_box padded(ovf_box box)
{
    double lat = fmax(fabs(box.south_deg), fabs(box.north_deg)) + PAD_DEG;
    double width = box.east_deg - box.west_deg;
    if (width < 0.0)
        width += 360.0;
    double pad_deg = lat > 80.0 ? 360.0 : PAD_DEG / cos(lat * 3.14159265358979323846 / 180.0);
    box.south_deg = fmax(-90.0, box.south_deg - PAD_DEG);
    box.north_deg = fmin(90.0, box.north_deg + PAD_DEG);
    bool is_round = width + 2.0 * pad_deg >= 360.0;
    box.west_deg = is_round ? -180.0 : ovf_lon_wrap(box.west_deg - pad_deg);
    box.east_deg = is_round ? 180.0 : ovf_lon_wrap(box.east_deg + pad_deg);
    return box;
}

static bool is_within(ovf_box inner, ovf_box outer)
{
    if (inner.south_deg < outer.south_deg || inner.north_deg > outer.north_deg)
        return false;
    double from_west = inner.west_deg - outer.west_deg;
    double inner_width = inner.east_deg - inner.west_deg;
    double outer_width = outer.east_deg - outer.west_deg;
    from_west += from_west < 0.0 ? 360.0 : 0.0;
    inner_width += inner_width < 0.0 ? 360.0 : 0.0;
    outer_width += outer_width < 0.0 ? 360.0 : 0.0;
    return outer_width >= 360.0 || from_west + inner_width <= outer_width;
}

/* Adds the boxes of the legs that nothing read so far holds; *added: how many. false: too many. */
static bool add_legs(const ovf_route *route, ovf_box *boxes, size_t *count, size_t *added)
{
    *added = 0;
    for (size_t i = 1; i < route->point_count; i++) {
        ovf_box leg = ovf_conflict_box(route->points[i - 1].place, route->points[i].place);
        bool is_held = false;
        for (size_t k = 0; k < *count && !is_held; k++)
            is_held = is_within(leg, boxes[k]);
        if (is_held)
            continue;
        if (*count == BOXES_MAX)
            return false;
        boxes[(*count)++] = padded(leg);
        (*added)++;
    }
    return true;
}

int route_select(const cli_common *common, ovf_interval window, const ovf_route_request *request,
                 ovf_arena *arena, cli_context *context)
{
    ovf_box *boxes = ovf_arena_array(arena, ovf_box, BOXES_MAX);
    if (boxes == NULL)
        return CLI_INTERNAL;
    boxes[0] = padded(ovf_conflict_box(request->from, request->to));
    size_t count = 1;
    ovf_ledger_query query = {
        .boxes = boxes, .during = window, .operator_state = request->party.operator_state};
    for (int turn = 0; turn < TURNS; turn++) {
        query.box_count = count;
        int status = cli_context_select(common, window, &query, context);
        if (status != 0 || !context->is_selected)
            return status;
        ovf_route route = {0};
        size_t added = 0;
        ovf_error err = {0};
        ovf_status found = ovf_route_find(context->picture, request, arena, &route, &err);
        if (found != OVF_OK || !route.found || !add_legs(&route, boxes, &count, &added))
            break; // whoever is told why has to be told by all of it
        if (added == 0)
            return 0;
    }
    return cli_context_select(common, window, NULL, context);
}
