/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/volumes.h - which volumes a way goes through, and where it enters and leaves each: an
 * index of areas with a level band and a time window, asked with paths. Volumes come and go one at
 * a time; readers work on snapshots that never change.
 * Room: geo.  Uses: base, geo, area, cells.
 *
 * A path is points with level and time; a piece of it joins two neighbouring points. Whoever wants
 * a million paths answered gives every thread a reader of its own and shares out the paths.
 *
 * Who may do what at the same time: one thread changes an ovf_volumes and publishes; any number of
 * threads each hold a reader of their own on any published snapshot. */
#ifndef OVERFLY_VOLUMES_H
#define OVERFLY_VOLUMES_H

#include <overfly/area.h>
#include <overfly/cells.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ovf_volumes_meaning {
    /* The meaning of ovf_area_cross: pieces and edges are geodesics on WGS84, circles are circles.
     * Entry and exit lie within a metre of it. */
    OVF_VOLUMES_GEODESIC = 0,
    /* Pieces and edges straight in longitude and latitude, exact in whole 1e-7 degrees; boundaries
     * belong to the area; a piece whose longitudes differ by more than 180 degrees is left out;
     * whole pieces are told, no places in them. For comparisons with planar programs. */
    OVF_VOLUMES_PLANAR,
} ovf_volumes_meaning;

typedef struct ovf_volumes ovf_volumes;               /* the writer's side */
typedef struct ovf_volumes_view ovf_volumes_view;     /* a snapshot */
typedef struct ovf_volumes_reader ovf_volumes_reader; /* one thread's way into a snapshot */

/* When and how high a volume reaches; all four limits belong to it. Seconds are UTC since 1970
 * (ovf_time). Compared as they are: what the levels are measured from is the caller's business. */
typedef struct ovf_volumes_slab {
    int32_t floor_ft, ceiling_ft; /* INT32_MIN, INT32_MAX: no limit */
    int64_t from_s, until_s;      /* INT64_MIN, INT64_MAX: no limit */
} ovf_volumes_slab;

#define OVF_VOLUMES_ALWAYS ((ovf_volumes_slab){INT32_MIN, INT32_MAX, INT64_MIN, INT64_MAX})
#define OVF_VOLUMES_ID_MAX OVF_CELLS_ID_MAX
#define OVF_VOLUMES_DEFAULT_LIMIT ((size_t)1 << 30)
#define OVF_VOLUMES_MAX 4000000 /* at a time, and parts of unions */

/* Never NULL but for want of memory. limit_bytes: ceiling on the index's memory, 0 is the default;
 * it may be held up to three times while it is moved to a larger place. */
OVF_API ovf_volumes *ovf_volumes_new(ovf_volumes_meaning meaning, size_t limit_bytes);
OVF_API void ovf_volumes_free(ovf_volumes *volumes); /* snapshots live on */

/* Adds a volume under an id that is not in use. The area is borrowed: it must outlive the index
 * and every snapshot that holds it. On failure nothing has changed.
 * OVF_E_USAGE: the id is taken or too large, the index is planar, floor above ceiling, from after
 * until.  OVF_E_LIMIT, OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_volumes_add(ovf_volumes *volumes, uint32_t id,
                                                 const ovf_area *area, ovf_volumes_slab slab,
                                                 ovf_error *err);
/* The same for a planar index: the union of rings (edge kinds and orientation are ignored, no edge
 * goes over the 180th meridian, inside is even-odd), which are not needed afterwards.
 * OVF_E_GEOMETRY: a vertex off the globe; err->pos is the index of the ring. */
OVF_API OVF_NODISCARD ovf_status ovf_volumes_add_planar(ovf_volumes *volumes, uint32_t id,
                                                        const ovf_ring *rings, size_t count,
                                                        ovf_volumes_slab slab, ovf_error *err);
/* OVF_E_NOT_FOUND: no volume has that id. */
OVF_API OVF_NODISCARD ovf_status ovf_volumes_withdraw(ovf_volumes *volumes, uint32_t id,
                                                      ovf_error *err);

/* Hands out what the index holds now; costs a copy of 520 kB and, when a large area has changed
 * since the last time, of 260 kB more. Free it from any thread. */
OVF_API OVF_NODISCARD ovf_status ovf_volumes_publish(ovf_volumes *volumes, ovf_volumes_view **out);
OVF_API void ovf_volumes_view_free(ovf_volumes_view *view);

/* The view must outlive the reader. An engine that the processor lacks gives the next lower one;
 * all give the same answers. */
OVF_API OVF_NODISCARD ovf_status ovf_volumes_reader_new(const ovf_volumes_view *view,
                                                        ovf_cells_engine engine,
                                                        ovf_volumes_reader **out);
OVF_API void ovf_volumes_reader_free(ovf_volumes_reader *reader);
OVF_API ovf_cells_engine ovf_volumes_reader_engine(const ovf_volumes_reader *reader);

/* A point of a path. Between two points place, level and time run on evenly, levels by their lowest
 * and by their highest. */
typedef struct ovf_volumes_point {
    ovf_fixed place;
    int32_t low_ft, high_ft; /* the level, or what it lies between; low_ft <= high_ft */
    int64_t time_s;          /* not before the point before it */
} ovf_volumes_point;

#define OVF_VOLUMES_POINTS_MAX 1000000 /* of a path */

/* How sure the times are: every point may be passed up to early_s before and late_s after its
 * time. */
typedef struct ovf_volumes_doubt {
    uint32_t early_s, late_s; /* a century at most */
} ovf_volumes_doubt;

/* An unbroken stretch of a path in one volume: where place, level and time may all be within.
 * Piece i joins points i and i + 1; a share of it is one of its length (and so of its time and of
 * its levels), in [0, 1]. A touch has no length. Planar: the pieces first to last touch the
 * volume, piece by piece (box of levels and times of a piece against the slab); shares and metres
 * are those of whole pieces. */
typedef struct ovf_volumes_stretch {
    uint32_t id;
    uint32_t first, last;   /* pieces of entry and exit */
    uint8_t certainty;      /* ovf_tri: YES, or UNKNOWN: an unresolved part of the area decides */
    bool is_again;          /* the path was in this volume before */
    double entry, exit;     /* shares of those pieces */
    double entry_m, exit_m; /* metres from the beginning of those pieces; planar: 0 */
} ovf_volumes_stretch;

/* The stretches of a path, geodesic in the order of entry, planar in no order; *out lives until
 * the reader is asked again or freed. A path of one point is asked as one that stays there; of
 * none, nothing. doubt may be NULL. OVF_E_USAGE: a place off the globe, levels or times out of
 * order. OVF_E_LIMIT: too many points. OVF_E_NOMEM. After a failure there is no answer. */
OVF_API OVF_NODISCARD ovf_status ovf_volumes_ask(ovf_volumes_reader *reader,
                                                 const ovf_volumes_point *points, size_t count,
                                                 const ovf_volumes_doubt *doubt,
                                                 const ovf_volumes_stretch **out,
                                                 size_t *stretch_count, ovf_error *err);

/* Where a path is at a share of a piece: on the geodesic, or planar; level half-way between the
 * bounds. */
typedef struct ovf_volumes_place {
    ovf_point place;
    double level_ft, time_s;
} ovf_volumes_place;
OVF_API ovf_volumes_place ovf_volumes_place_of(ovf_volumes_meaning meaning,
                                               const ovf_volumes_point *points, size_t count,
                                               uint32_t piece, double share);

typedef struct ovf_volumes_stats {
    size_t bytes; /* held by the index: table, blocks, shapes, and the cells of large areas */
    size_t volumes, parts; /* an area of several parts counts each */
    size_t large;          /* parts followed edge by edge */
    size_t slow;           /* parts answered by ovf_area_cross alone */
    size_t entries;        /* of boxes in cells */
    size_t edges;          /* of large parts in cells */
} ovf_volumes_stats;
OVF_API ovf_volumes_stats ovf_volumes_stats_of(const ovf_volumes *volumes);

/* What this reader did: pieces; boxes that passed the vector test; shapes looked at exactly; pieces
 * that ovf_area_cross was asked about. */
typedef struct ovf_volumes_counts {
    uint64_t pieces, boxes, shapes, slow;
} ovf_volumes_counts;
OVF_API ovf_volumes_counts ovf_volumes_reader_counts(const ovf_volumes_reader *reader);

#ifdef __cplusplus
}
#endif
#endif
