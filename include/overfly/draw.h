/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/draw.h - the map of an answer as SVG or PNG.
 * Room: draw.  Uses: restriction, route; cairo. */
#ifndef OVERFLY_DRAW_H
#define OVERFLY_DRAW_H

#include <overfly/route.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ovf_map_format { OVF_MAP_SVG = 0, OVF_MAP_PNG } ovf_map_format;

typedef struct ovf_map_flight {
    const ovf_flight *flight;
    const ovf_track *track;
    const ovf_conflict *conflict; /* may be NULL */
    const ovf_route *route;       /* the way round, may be NULL */
} ovf_map_flight;

typedef struct ovf_map_request {
    ovf_map_format format;
    int32_t width_px, height_px; /* 0: 1600 x 1200; at most 8000 */
    ovf_str title;               /* "Maiquetia FIR, 30 NOV 2025 12:00Z" */
    ovf_str subtitle;            /* for whom */
    ovf_box frame;               /* is_empty: around `focus` and the flights' ways through it */
    const ovf_area *focus;       /* the area asked about, may be NULL */
    const ovf_picture
        *picture; /* its restrictions that are active at `at` are drawn; may be NULL */
    ovf_time at;
    ovf_party party; /* the hatching shows the verdict for it */
    const ovf_map_flight *flights;
    size_t flight_count;
    const ovf_world *world;
} ovf_map_request;

/* Writes the picture into buf (SVG text, or PNG bytes). OVF_E_RANGE: a frame or size that cannot be
 * drawn. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_map_draw(const ovf_map_request *request, ovf_buf *buf,
                                              ovf_error *err);

#ifdef __cplusplus
}
#endif
#endif
