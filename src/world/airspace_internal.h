/* SPDX-License-Identifier: Apache-2.0 */
/* airspace_internal.h - what the readers of airspace files share: outlines as files draw them, and
 * the list they fill. */
#ifndef OVERFLY_AIRSPACE_INTERNAL_H
#define OVERFLY_AIRSPACE_INTERNAL_H

#include <overfly/airspace.h>

#include "world_internal.h"

/* ---- lay.c: outlines as drawn, into rings ---- */

struct world_loose_point {
    ovf_point p;
    bool is_straight; /* the way here is straight in longitude and latitude; else geodesic */
};

/* Closed by itself; the first point may be repeated at the end. */
struct world_loose_ring {
    struct world_loose_point *points;
    size_t count, capacity;
    bool is_hole; /* of the ring before it */
};

struct world_trace {
    ovf_arena *arena;
    size_t *vertices_left; /* of the whole file */
    struct world_loose_ring *rings;
    size_t count, capacity;
};

/* Begins a ring. */
OVF_NODISCARD ovf_status world_trace_ring(struct world_trace *trace, ovf_error *err);
OVF_NODISCARD ovf_status world_trace_point(struct world_trace *trace, ovf_point p, bool is_straight,
                                           ovf_error *err);
/* Both ends included; turn_deg clockwise positive. The way to its first point is geodesic. */
OVF_NODISCARD ovf_status world_trace_arc(struct world_trace *trace, ovf_point centre,
                                         double radius_m, double from_deg, double turn_deg,
                                         ovf_error *err);
/* Parts that overlap are united; cuts at the 180th meridian and seams at a pole are mended. */
OVF_NODISCARD ovf_status world_trace_lay(const struct world_trace *trace, const ovf_ring **out,
                                         uint32_t *out_count, ovf_error *err);

/* ---- the readers ---- */

struct world_airspace_reader {
    ovf_str text;
    ovf_arena *arena;
    ovf_airspace_limits limits; /* filled in */
    size_t vertices_left;
    ovf_airspace_set *set;
    ovf_error *err;
};

/* Lays the trace out and adds the volume to the set. */
OVF_NODISCARD ovf_status world_airspace_add(struct world_airspace_reader *reader,
                                            ovf_airspace_volume *volume,
                                            const struct world_trace *trace, ovf_error *err);
OVF_NODISCARD ovf_status world_airspace_geojson(struct world_airspace_reader *reader);
OVF_NODISCARD ovf_status world_airspace_aixm(struct world_airspace_reader *reader);
OVF_NODISCARD ovf_status world_airspace_openair(struct world_airspace_reader *reader);

#endif
