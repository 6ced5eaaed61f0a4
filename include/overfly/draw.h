/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/draw.h - the map of an answer as SVG or PNG.
 * Room: draw.  Uses: restriction, route; cairo.  One thread a call; the same request gives the same
 * bytes.  Source of the projections: Snyder, USGS Professional Paper 1395; Savric, Patterson, Jenny,
 * The Equal Earth map projection (2019). */
#ifndef OVERFLY_DRAW_H
#define OVERFLY_DRAW_H

#include <overfly/route.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OVF_MAP_MIN_PX 200
#define OVF_MAP_MAX_PX 8000
#define OVF_MAP_MAX_FLIGHTS 2000
#define OVF_MAP_MAX_RESTRICTIONS \
    5000                           /* drawn; more of them are an error, never left out silently */
#define OVF_MAP_MAX_POINTS 4000000 /* of one path in the picture */

typedef enum ovf_map_format { OVF_MAP_SVG = 0, OVF_MAP_PNG } ovf_map_format;

typedef struct ovf_map_flight {
    const ovf_flight *flight;
    const ovf_track *track;
    const ovf_conflict *conflict; /* may be NULL */
    const ovf_route *route;       /* the way round, may be NULL */
} ovf_map_flight;

typedef struct ovf_map_request {
    ovf_map_format format;
    int32_t width_px, height_px; /* 0: 1600 and 1200; else OVF_MAP_MIN_PX .. OVF_MAP_MAX_PX */
    ovf_str title;               /* "Maiquetia FIR, 30 NOV 2025 12:00Z" */
    ovf_str subtitle;            /* for whom */
    ovf_box frame; /* is_empty: around `focus` and the flights' ways through it, or the world.
                      A frame of no size (an airport) is widened to half a degree. */
    const ovf_area *focus; /* the area asked about, may be NULL */
    ovf_place place;       /* an airport, fix or point asked about is marked; kind NONE: none */
    const ovf_picture
        *picture; /* its restrictions that are active at `at` are drawn; may be NULL */
    ovf_time at;  /* OVF_TIME_NONE: all of the picture's restrictions, whenever they are active */
    ovf_party party; /* the hatching shows the verdict for it */
    const ovf_map_flight *flights;
    size_t flight_count;
    const ovf_world *world; /* may be NULL: no land, FIRs or airports */
    /* FIRs as surfaces, coloured by the State that answers for them; without a frame the globe in the
     * Equal Earth projection. Nothing but title, world and size is then looked at. */
    bool all_firs;
} ovf_map_request;

/* Adds the picture to buf (SVG text, or PNG bytes). Labels never overlap: what finds no place is
 * left out, and the foot of the map says how many. A restriction whose area is unresolved is listed
 * beside the map as not drawn. Texts that are not UTF-8 are shown with question marks.
 * OVF_E_RANGE: a frame or size that cannot be drawn. OVF_E_LIMIT: above a ceiling named here.
 * OVF_E_NOMEM. On failure what was added to buf is of no use. */
OVF_API OVF_NODISCARD ovf_status ovf_map_draw(const ovf_map_request *request, ovf_buf *buf,
                                              ovf_error *err);

#ifdef __cplusplus
}
#endif
#endif
