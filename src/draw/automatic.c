/* SPDX-License-Identifier: Apache-2.0 */
/* The frame when nobody gave one: the area asked about, and what the flights do near it. */
#include "draw_internal.h"

#include <math.h>

/* Of the area's size: how far round it places still count. */
#define CROSSING_SHARE 0.45
#define TRACK_SHARE 0.2
#define PAD_SHARE 0.05
#define FRAME_MIN_DEG 0.5
#define HUGE_DEG 150.0 /* a restriction this wide says nothing about where to look */
/* Whole world: most of the land and of the air routes, in Miller's projection. */
static const draw_extent world_extent = {-62.0, 82.0, -180.0, 180.0, false};

static bool is_huge(ovf_box box)
{
    double east = box.east_deg < box.west_deg ? box.east_deg + 360.0 : box.east_deg;
    return east - box.west_deg > HUGE_DEG || box.north_deg - box.south_deg > HUGE_DEG;
}

static bool may_frame(const ovf_area *area)
{
    return area != NULL && ovf_area_is_resolved(area) && ovf_area_kind_of(area) != OVF_AREA_GLOBE
           && !ovf_area_bounds(area).is_empty;
}

static void add_restrictions(draw_extent *extent, const ovf_map_request *request)
{
    if (request->picture == NULL)
        return;
    for (size_t i = 0; i < ovf_picture_restriction_count(request->picture); i++) {
        const ovf_restriction *r = ovf_picture_restriction(request->picture, i);
        if ((request->at == OVF_TIME_NONE || ovf_restriction_is_active(r, request->at))
            && may_frame(r->area) && !is_huge(ovf_area_bounds(r->area)))
            draw_extent_add_box(extent, ovf_area_bounds(r->area));
    }
}

static void add_track(draw_extent *extent, const ovf_map_flight *f, const draw_extent *near)
{
    size_t count = f->track != NULL    ? f->track->count
                   : f->flight != NULL ? f->flight->point_count
                                       : 0;
    for (size_t i = 0; i < count; i++) {
        ovf_point p = f->track != NULL ? f->track->points[i].place : f->flight->points[i].place;
        if (near == NULL || draw_extent_holds(near, p))
            draw_extent_add(extent, p);
    }
}

static void add_flights_near(draw_extent *extent, const ovf_map_request *request,
                             const draw_extent *near, const draw_extent *close)
{
    for (size_t i = 0; i < request->flight_count; i++) {
        const ovf_map_flight *f = &request->flights[i];
        if (f->conflict != NULL) {
            for (size_t k = 0; k < f->conflict->crossing_count; k++) {
                const ovf_crossing *c = &f->conflict->crossings[k];
                if (draw_extent_holds(near, c->entry.place))
                    draw_extent_add(extent, c->entry.place);
                if (draw_extent_holds(near, c->exit.place))
                    draw_extent_add(extent, c->exit.place);
            }
        }
        if (f->route != NULL && f->route->found) {
            for (size_t k = 0; k < f->route->point_count; k++) {
                if (draw_extent_holds(near, f->route->points[k].place))
                    draw_extent_add(extent, f->route->points[k].place);
            }
        }
        add_track(extent, f, close);
    }
}

draw_extent draw_automatic_extent(const ovf_map_request *request)
{
    draw_extent extent = {.is_empty = true};
    if (!request->frame.is_empty) {
        draw_extent_add_box(&extent, request->frame);
        return draw_extent_padded(extent, 0, FRAME_MIN_DEG);
    }
    if (request->all_firs)
        return world_extent;
    if (may_frame(request->focus)) {
        draw_extent_add_box(&extent, ovf_area_bounds(request->focus));
    } else {
        add_restrictions(&extent, request);
        if (extent.is_empty) {
            for (size_t i = 0; i < request->flight_count; i++)
                add_track(&extent, &request->flights[i], NULL);
            return extent.is_empty ? world_extent
                                   : draw_extent_padded(extent, 2 * PAD_SHARE, FRAME_MIN_DEG);
        }
    }
    draw_extent near = draw_extent_padded(extent, CROSSING_SHARE, FRAME_MIN_DEG);
    draw_extent close = draw_extent_padded(extent, TRACK_SHARE, FRAME_MIN_DEG);
    add_flights_near(&extent, request, &near, &close);
    return draw_extent_padded(extent, PAD_SHARE, FRAME_MIN_DEG);
}
