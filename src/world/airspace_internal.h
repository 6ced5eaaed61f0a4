/* SPDX-License-Identifier: Apache-2.0 */
/* airspace_internal.h - what the readers of airspace files share. */
#ifndef OVERFLY_AIRSPACE_INTERNAL_H
#define OVERFLY_AIRSPACE_INTERNAL_H

#include <overfly/gml.h>

#include "world_internal.h"

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
                                            ovf_airspace_volume *volume, const ovf_trace *trace,
                                            ovf_error *err);
OVF_NODISCARD ovf_status world_airspace_geojson(struct world_airspace_reader *reader);
OVF_NODISCARD ovf_status world_airspace_aixm(struct world_airspace_reader *reader);
OVF_NODISCARD ovf_status world_airspace_openair(struct world_airspace_reader *reader);

#endif
