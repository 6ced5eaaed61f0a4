/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/cells.h - which areas hold a point, for any number of areas and points: a cell index on
 * the globe. Areas come and go one at a time; readers work on snapshots that never change.
 * Room: geo.  Uses: base, geo, area.
 *
 * The answer to a point is the id of a set of areas. Ids are small and dense: what a set means to
 * the caller is worked out once per id, and a million points are a million table look-ups.
 *
 * Who may do what at the same time: one thread changes an ovf_cells and publishes; any number of
 * threads each hold a reader of their own on any published snapshot. */
#ifndef OVERFLY_CELLS_H
#define OVERFLY_CELLS_H

#include <overfly/area.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ovf_cells_meaning {
    OVF_CELLS_GEODESIC = 0, /* the meaning of ovf_area_contains: edges on WGS84 */
    OVF_CELLS_PLANAR,       /* edges straight in longitude and latitude, exact in whole 1e-7
                               degrees; the boundary belongs to the area; for comparisons */
} ovf_cells_meaning;

typedef struct ovf_cells ovf_cells;               /* the writer's side */
typedef struct ovf_cells_view ovf_cells_view;     /* a snapshot */
typedef struct ovf_cells_reader ovf_cells_reader; /* one thread's way into a snapshot */

#define OVF_CELLS_ID_MAX 0x7fffffffu /* of an area */
/* With an area's id: nobody can tell whether the point lies within (an unresolved part decides). */
#define OVF_CELLS_UNKNOWN 0x80000000u
#define OVF_CELLS_LOST UINT32_MAX /* in place of the id of a set: no memory to say which */
#define OVF_CELLS_DEFAULT_LIMIT ((size_t)1 << 30)

/* Never NULL but for want of memory. limit_bytes: ceiling on the index's memory, 0 is the
 * default; it may be held up to three times while it is moved to a larger place. */
OVF_API ovf_cells *ovf_cells_new(ovf_cells_meaning meaning, size_t limit_bytes);
OVF_API void ovf_cells_free(ovf_cells *cells); /* snapshots live on */

/* Adds an area under an id that is not in use. The area is borrowed: it must outlive the index and
 * every snapshot that holds it. On failure nothing has changed.
 * OVF_E_USAGE: the id is taken or too large, the index is planar.  OVF_E_LIMIT, OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_cells_add(ovf_cells *cells, uint32_t id, const ovf_area *area,
                                               ovf_error *err);
/* The same for a planar index: the union of rings (edges and orientation of them are ignored, no
 * edge goes over the 180th meridian), which are not needed afterwards.
 * OVF_E_GEOMETRY: a vertex off the globe; err->pos is the index of the ring. */
OVF_API OVF_NODISCARD ovf_status ovf_cells_add_planar(ovf_cells *cells, uint32_t id,
                                                      const ovf_ring *rings, size_t count,
                                                      ovf_error *err);
/* OVF_E_NOT_FOUND: no area has that id. */
OVF_API OVF_NODISCARD ovf_status ovf_cells_withdraw(ovf_cells *cells, uint32_t id, ovf_error *err);

/* Hands out what the index holds now; costs a copy of 260 kB. Free it from any thread. */
OVF_API OVF_NODISCARD ovf_status ovf_cells_publish(ovf_cells *cells, ovf_cells_view **out);
OVF_API void ovf_cells_view_free(ovf_cells_view *view);

/* Which machine code a reader runs. All give the same answers. */
typedef enum ovf_cells_engine {
    OVF_CELLS_BEST = 0, /* what this processor has */
    OVF_CELLS_PORTABLE,
    OVF_CELLS_AVX2,
    OVF_CELLS_AVX512,
} ovf_cells_engine;

/* The view must outlive the reader. An engine that the processor lacks gives the next lower one. */
OVF_API OVF_NODISCARD ovf_status ovf_cells_reader_new(const ovf_cells_view *view,
                                                      ovf_cells_engine engine,
                                                      ovf_cells_reader **out);
OVF_API void ovf_cells_reader_free(ovf_cells_reader *reader);
OVF_API ovf_cells_engine ovf_cells_reader_engine(const ovf_cells_reader *reader);

/* The id of the set of areas that hold p, which must be a place on the globe. Every reader numbers
 * alike up to ovf_cells_set_count; rare sets beyond that are numbered by the reader that met them.
 * OVF_CELLS_LOST: no memory for such a set (at most a million), so the answer is not known. */
OVF_API uint32_t ovf_cells_at(ovf_cells_reader *reader, ovf_fixed p);
/* The same for many points. OVF_E_NOMEM: some id is OVF_CELLS_LOST. */
OVF_API OVF_NODISCARD ovf_status ovf_cells_at_many(ovf_cells_reader *reader,
                                                   const ovf_fixed *points, size_t count,
                                                   uint32_t *ids);
/* The ids of a set's areas, ascending, with OVF_CELLS_UNKNOWN where that is so. Lives as long as
 * the reader. */
OVF_API const uint32_t *ovf_cells_set(const ovf_cells_reader *reader, uint32_t id, size_t *count);
OVF_API uint32_t ovf_cells_set_count(const ovf_cells_reader *reader); /* with the reader's own */

typedef struct ovf_cells_stats {
    size_t bytes; /* held by the index: table, cells, pieces of edges, sets */
    size_t areas;
    size_t sets;
    size_t split_cells;  /* cells of a degree that are parted in 16 x 16 */
    size_t border_cells; /* of those small cells: with an edge in them */
    size_t pieces;       /* of edges */
} ovf_cells_stats;
OVF_API ovf_cells_stats ovf_cells_stats_of(const ovf_cells *cells);

/* Points that this reader answered in all, in border cells, and by the exact predicate. */
typedef struct ovf_cells_counts {
    uint64_t points, border, exact;
} ovf_cells_counts;
OVF_API ovf_cells_counts ovf_cells_reader_counts(const ovf_cells_reader *reader);

#ifdef __cplusplus
}
#endif
#endif
