/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/world_index.h - where millions of points are, and which FIRs a path crosses.
 * Room: world.  Uses: geo, world.  A point or two is asked of the world itself; an index pays from
 * some thousand points on. */
#ifndef OVERFLY_WORLD_INDEX_H
#define OVERFLY_WORLD_INDEX_H

#include <overfly/cells.h>
#include <overfly/world.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Never changes once made: many threads may ask. The world must outlive it. */
typedef struct ovf_world_index ovf_world_index;

/* Takes a fifth of a second and 16 MB for the world's FIRs. OVF_E_NOMEM, OVF_E_LIMIT. */
OVF_API OVF_NODISCARD ovf_status ovf_world_index_new(const ovf_world *world, ovf_world_index **out,
                                                     ovf_error *err);
OVF_API void ovf_world_index_free(ovf_world_index *index); /* NULL is fine */

#define OVF_LEVEL_ANY INT32_MIN

typedef struct ovf_whereabouts {
    ovf_whose whose;
    uint32_t fir_count;
    const uint32_t *firs; /* indexes, ascending; many points share one list */
} ovf_whereabouts;

/* Whose air each point is, as ovf_world_whose, and the FIRs that hold it, as ovf_world_firs_at. A
 * FIR whose limits surely leave out level_ft (feet of pressure altitude) is left out, with
 * OVF_LEVEL_ANY none is. Points are taken to 1e-7 degrees. out: count of them; the lists live as
 * long as the arena. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_world_index_at(const ovf_world_index *index,
                                                    const ovf_point *points, size_t count,
                                                    int32_t level_ft, ovf_arena *arena,
                                                    ovf_whereabouts *out);

typedef struct ovf_airport_near {
    uint32_t airport; /* index */
    double away_m;
} ovf_airport_near;

/* The airports nearest to p within reach_m, nearest first; returns how many of at most max were
 * written. The first looks at every airport of the world. */
OVF_API size_t ovf_world_airports_near(const ovf_world *world, ovf_point p, double reach_m,
                                       ovf_airport_near *out, size_t max);
OVF_API size_t ovf_world_index_airports(const ovf_world_index *index, ovf_point p, double reach_m,
                                        ovf_airport_near *out, size_t max);

/* ---- a path ---- */

/* A piece of a path inside a FIR, or inside none: fir is then OVF_INDEX_NONE, which says that the
 * world has no FIR there and not that there is none. Metres from the path's start. A FIR that the
 * path only touches gives a piece of no length. */
typedef struct ovf_fir_stretch {
    uint32_t fir;
    ovf_tri certainty; /* YES, or UNKNOWN: an unresolved part of its outline decides */
    double from_m, until_m;
    ovf_point entry, exit;
} ovf_fir_stretch;

/* The FIRs along geodesics from point to point, in the order in which they are entered; exact: no
 * densifying. level_ft as above. *out in the arena. OVF_E_USAGE: fewer than two points, or one that
 * is no place on the globe (err->pos is its index).  OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_world_firs_along(const ovf_world *world,
                                                      const ovf_point *points, size_t count,
                                                      int32_t level_ft, ovf_arena *arena,
                                                      ovf_fir_stretch **out, size_t *out_count,
                                                      ovf_error *err);

#ifdef __cplusplus
}
#endif
#endif
