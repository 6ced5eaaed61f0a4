/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/geofence.h - aircraft as they move: which areas each of them is in, and the moment it comes
 * into one or leaves it. Positions in, entries and exits out; what is known of an aircraft between
 * two positions is kept, so that a position that changes nothing costs a few comparisons.
 * Room: conflict.  Uses: geo (cells, volumes).
 *
 * One thread feeds an ovf_geofences; whoever wants more threads shares the aircraft out among several,
 * which may read one snapshot. */
#ifndef OVERFLY_GEOFENCE_H
#define OVERFLY_GEOFENCE_H

#include <overfly/cells.h>
#include <overfly/volumes.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ovf_geofences ovf_geofences;

#define OVF_GEOFENCE_AIRCRAFT_MAX (1u << 22) /* numbers of aircraft are below it */

typedef struct ovf_geofence_position {
    uint32_t aircraft; /* the caller's number, small and dense */
    ovf_fixed place;   /* a place on the globe */
    int32_t level_ft;  /* of the same kind as the slabs' levels: pressure altitude */
    int64_t time_s;    /* UTC since 1970; may go back */
} ovf_geofence_position;

typedef enum ovf_geofence_what {
    OVF_GEOFENCE_INSIDE = 0, /* by its first position it was in there already */
    OVF_GEOFENCE_ENTERED,
    OVF_GEOFENCE_LEFT,
    OVF_GEOFENCE_DOUBT, /* still in there, but now by an unresolved part of the area, or no longer so */
} ovf_geofence_what;

OVF_API const char *ovf_geofence_what_name(ovf_geofence_what what); /* inside|entered|left|doubt */

typedef struct ovf_geofence_event {
    uint32_t aircraft;
    uint32_t area;   /* its id in the snapshot */
    size_t position; /* index into those of this update */
    ovf_geofence_what what;
    ovf_tri certainty; /* YES, or UNKNOWN: an unresolved part of the area decides */
} ovf_geofence_event;

/* slabs: level band and time window by id of the area, all limits within; ids from count on have none.
 * Both are borrowed and must outlive it. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_geofences_new(const ovf_cells_view *view,
                                                   ovf_cells_engine engine,
                                                   const ovf_volumes_slab *slabs, size_t count,
                                                   ovf_geofences **out, ovf_error *err);
OVF_API void ovf_geofences_free(ovf_geofences *fences); /* NULL is fine */

/* Another snapshot, or other slabs: aircraft stay in what they are in until their next position, which
 * tells what has changed. Ids must mean the same areas. OVF_E_NOMEM: all is as before. */
OVF_API OVF_NODISCARD ovf_status ovf_geofences_move(ovf_geofences *fences,
                                                    const ovf_cells_view *view,
                                                    const ovf_volumes_slab *slabs, size_t count,
                                                    ovf_error *err);

/* Takes positions in their order. *events live until the next call; of one position those of lower ids
 * come first. Positions of an aircraft count as they come, not by their time.
 * OVF_E_USAGE: a number of an aircraft too large, a place off the globe (err->pos is its index;
 * nothing was taken).  OVF_E_NOMEM: positions from err->pos on were not taken. */
OVF_API OVF_NODISCARD ovf_status ovf_geofences_update(ovf_geofences *fences,
                                                      const ovf_geofence_position *positions,
                                                      size_t count,
                                                      const ovf_geofence_event **events,
                                                      size_t *event_count, ovf_error *err);
/* The areas that an aircraft is in, ascending, with OVF_CELLS_UNKNOWN where that is not sure; *ids live
 * until the next update. Returns how many; 0 for one that nobody has seen. */
OVF_API size_t ovf_geofences_inside(const ovf_geofences *fences, uint32_t aircraft,
                                    const uint32_t **ids);
/* Forgets an aircraft: its next position is its first. */
OVF_API void ovf_geofences_forget(ovf_geofences *fences, uint32_t aircraft);

/* Positions taken, and those that had to look at the areas of their set. */
typedef struct ovf_geofence_counts {
    uint64_t positions, looked;
} ovf_geofence_counts;
OVF_API ovf_geofence_counts ovf_geofences_counts(const ovf_geofences *fences);

#ifdef __cplusplus
}
#endif
#endif
