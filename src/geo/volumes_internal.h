/* SPDX-License-Identifier: Apache-2.0 */
/* The index of volumes: what its files share.
 *
 * An area is taken apart into parts: rings, circles, whatever else. The globe is a table of 180 x
 * 360 cells of a degree. A cell names a chain of groups; a group holds up to 16 parts' boxes side
 * by side, in longitude, latitude, level and time, so that one pass of a vector compares a piece of
 * a path with all of them at once: 640 bytes, and no look at any other part. In the plane a part has
 * two circles there besides, one that holds it and one that it holds, and they decide nearly all
 * that passes. The rest is looked at exactly, in the part's own record: its vertices lie in one row.
 *
 * Rings that reach over many cells (FIRs) are not looked at whole. Their edges have groups of their
 * own in the cells, which parts hold a path's first point is asked of the cell index
 * (overfly/cells.h), and from there on each edge that is crossed takes a part out or in.
 *
 * Groups and records lie in one store of words. Whatever a reader may see is never written again:
 * a change writes new groups behind the old ones, and when room runs out what is in use is copied
 * to a new store. So a snapshot is a copy of the table. */
#ifndef OVERFLY_VOLUMES_INTERNAL_H
#define OVERFLY_VOLUMES_INTERNAL_H

#include <overfly/volumes.h>

#include "geo_internal.h"

#include <assert.h>
#include <math.h>
#include <stdatomic.h>

#define VOL_CELL_E7 10000000 /* a degree */
#define VOL_COLUMNS 360
#define VOL_ROWS 180
#define VOL_CELLS (VOL_COLUMNS * VOL_ROWS)
#define VOL_WIDE VOL_CELLS /* a cell more: boxes that reach too far are asked everywhere */
#define VOL_TOP (VOL_CELLS + 1)
#define VOL_WIDE_CELLS 4096 /* from so many cells on */
/* A ring that lies in more cells than this is followed edge by edge, unless it is low and plain: */
#define VOL_RING_CELLS 12
#define VOL_RING_ROWS 5
#define VOL_RING_CORNERS 70
#define VOL_RING_VERTICES 256 /* at most, of one that is looked at whole */
#define VOL_LANES 16
#define VOL_NONE UINT32_MAX

/* Lines of 16 words of a group. A lane that is free has west > east. A group of edges has boxes
 * without level and time, and behind them all that a look at an edge needs: in the plane both ends
 * side by side, else a line for each edge. A group of boxes in the plane has behind them the two
 * circles (struct vol_glance). */
enum {
    VOL_LINE_HEAD, /* word 0: place of the next group or 0; word 1: lanes in use, one bit each */
    VOL_LINE_WEST,
    VOL_LINE_EAST,
    VOL_LINE_SOUTH,
    VOL_LINE_NORTH,
    VOL_LINE_PART, /* number of the part */
    VOL_LINE_LOW,
    VOL_EDGE_HEAD = VOL_LINE_LOW,
    VOL_EDGE_LINES = VOL_EDGE_HEAD + VOL_LANES,
    VOL_LINE_NUMBER = VOL_LINE_LOW, /* of a straight edge; VOL_EDGE_WIDE may be set */
    VOL_LINE_AX,
    VOL_LINE_AY,
    VOL_LINE_BX,
    VOL_LINE_BY,
    VOL_STRAIGHT_LINES,
    VOL_LINE_HIGH = VOL_LINE_LOW + 1,
    VOL_LINE_FROM,
    VOL_LINE_UNTIL,
    VOL_BOX_LINES,
    VOL_LINE_X = VOL_BOX_LINES,
    VOL_LINE_Y,
    VOL_LINE_SCALE,
    VOL_LINE_INNER,
    VOL_LINE_OUTER,
    VOL_PLANE_LINES,
    VOL_LINES_MAX = VOL_PLANE_LINES
};
#define VOL_EDGE_WIDE 0x80000000u    /* differences of longitude may not fit 32 bits */
#define VOL_EDGE_WIDE_E7 300000000   /* from so much on: 30 degrees, and a piece has at most 180 */
#define VOL_GLANCE_WIDE_E7 200000000 /* the same for the circles of a ring */

static inline uint32_t vol_box_lines(ovf_volumes_meaning meaning)
{
    return meaning == OVF_VOLUMES_PLANAR ? VOL_PLANE_LINES : VOL_BOX_LINES;
}
static inline uint32_t vol_edge_lines(ovf_volumes_meaning meaning)
{
    return meaning == OVF_VOLUMES_PLANAR ? VOL_STRAIGHT_LINES : VOL_EDGE_LINES;
}

/* Two circles about one place, in 1e-7 degrees of latitude, where `scale` of longitude makes as much
 * as one of latitude: all within the inner one belongs to a ring, nothing beyond the outer one. */
struct vol_glance {
    int32_t x, y;
    float scale, inner, outer; /* inner < 0: none; outer may be infinite */
};
static_assert(sizeof(struct vol_glance) == 20, "five lines of a group");

/* A geodesic edge of a large part: a line of the cache. */
struct vol_edge {
    double m[6]; /* both ends, metres from the centre of the Earth */
    uint32_t part, number;
    double doubt_m; /* of the part */
};
static_assert(sizeof(struct vol_edge) == 64, "an edge");

/* A box in latitude, longitude, level and time, in an order that the least and the greatest of two
 * points fall into by themselves. */
struct vol_box {
    int32_t south, west, low, from;
    int32_t north, east, until, high;
};
static_assert(sizeof(struct vol_box) == 32, "a box");

/* Boxes of some pieces, side by side, with the rows and columns of cells that they lie in. */
#define VOL_BLOCK 128
struct vol_block {
    _Alignas(64) int32_t west[VOL_BLOCK], east[VOL_BLOCK], south[VOL_BLOCK], north[VOL_BLOCK];
    int32_t low[VOL_BLOCK], high[VOL_BLOCK], from[VOL_BLOCK], until[VOL_BLOCK];
    int32_t south_row[VOL_BLOCK], north_row[VOL_BLOCK];
    int32_t west_column[VOL_BLOCK], east_column[VOL_BLOCK];
    /* Of the points that straight pieces join, and of one more. */
    int32_t lat[VOL_BLOCK + 16], lon[VOL_BLOCK + 16];
};

/* Times are counted from 2026 in the index, 68 years each way; what is beyond counts as there. */
#define VOL_EPOCH_S INT64_C(1767225600)
#define VOL_TIME_MAX_S (INT64_C(1) << 60) /* of a point: what is added must not run over */
static inline int32_t vol_time(int64_t s)
{
    return s >= VOL_EPOCH_S + INT32_MAX   ? INT32_MAX
           : s <= VOL_EPOCH_S - INT32_MAX ? INT32_MIN
                                          : (int32_t)(s - VOL_EPOCH_S);
}

enum vol_kind {
    VOL_RING = 1, /* looked at whole */
    VOL_CIRCLE,
    VOL_EDGES, /* followed edge by edge */
    VOL_SLOW   /* asked of ovf_area_cross */
};

/* A part's record: this head, then, of rings that are looked at whole, rows of vertices, each row
 * on a line of its own. A ring's last vertex repeats the first, and then the row is filled up with
 * it. Planar: two rows of int32. Geodesic: three rows of double, metres from the centre of the
 * Earth; edges cut to 100 km. */
struct vol_part {
    uint32_t number; /* of the part */
    uint32_t slot;   /* number of the volume */
    uint32_t id;
    uint8_t kind;
    bool is_free; /* of any limit in level and time */
    bool is_resolved;
    bool is_lazy; /* all parts of the volume are followed edge by edge, and free */
    struct vol_box box;
    uint32_t count;  /* vertices with the closing one of each ring */
    uint32_t stride; /* of a row, in vertices */
    uint32_t words;  /* of the record */
    uint32_t rings;
    const ovf_area *area; /* geodesic */
    double centre[3];     /* circle, metres */
    double radius_m;
    double chord_m;     /* of the radius, straight through the ground */
    double curvature_m; /* radius of the ground's curvature about the centre */
    double doubt_m;     /* nearer than this to the boundary ovf_area_cross is asked */
};
static_assert(sizeof(struct vol_part) == 128, "the head of a part's record: two lines");
#define VOL_HEAD_WORDS 32 /* where the rows begin */

struct vol_store {
    atomic_uint users;
    uint32_t *words;
    uint32_t count, capacity;
};

struct vol_cell { /* first groups, 0: none */
    uint32_t boxes, edges;
};

/* The cells of large parts as published last, shared by the views since. */
struct vol_cells {
    atomic_uint users;
    ovf_cells_view *view;
};

struct ovf_volumes_view {
    ovf_volumes_meaning meaning;
    struct vol_store *store;
    struct vol_cells *cells; /* NULL: no large parts */
    uint32_t *places;        /* of parts by number; 0: none */
    uint32_t part_count, slot_count;
    uint32_t longest; /* row of a ring that is looked at whole */
    struct vol_cell top[VOL_TOP];
};

static inline const struct vol_part *vol_part_at(const struct vol_store *store, uint32_t place)
{
    return (const struct vol_part *)(const void *)(store->words + place);
}
static inline const int32_t *vol_line_at(const struct vol_store *store, uint32_t place,
                                         uint32_t line)
{
    return (const int32_t *)(const void *)(store->words + place + (size_t)line * VOL_LANES);
}
static inline const struct vol_edge *vol_edge_at(const struct vol_store *store, uint32_t place)
{
    return (const struct vol_edge *)(const void *)(store->words + place);
}
static inline const int32_t *vol_row(const struct vol_part *part, uint32_t row)
{
    return (const int32_t *)(const void *)part + VOL_HEAD_WORDS + (size_t)row * part->stride;
}
static inline const double *vol_row_m(const struct vol_part *part, uint32_t row)
{
    return (const double *)(const void *)((const int32_t *)(const void *)part + VOL_HEAD_WORDS)
           + (size_t)row * part->stride;
}

/* ---- volumes_store.c ---- */

struct vol_volume {
    uint32_t id;
    uint32_t *parts; /* numbers */
    uint32_t part_count;
    bool is_used;
};

struct ovf_volumes {
    ovf_volumes_meaning meaning;
    size_t limit;
    struct vol_store *store;
    uint32_t frozen; /* words before this may be seen by a reader */
    ovf_cells *large;
    struct vol_cells *large_seen; /* as published; NULL: changed since, or none */
    uint32_t *places;             /* of parts by number; 0: free, listed in part_holes */
    uint32_t part_count, part_capacity;
    uint32_t *part_holes;
    uint32_t part_hole_count;
    struct vol_volume *volumes; /* by slot */
    uint32_t slot_count, slot_capacity;
    uint32_t *slot_holes;
    uint32_t slot_hole_count;
    uint32_t *id_slots; /* open addressing, slot + 1; 0 is empty */
    uint32_t id_mask, id_count;
    uint32_t longest;  /* row of a ring that is looked at whole, ever */
    size_t live_words; /* of groups and records that the table names */
    ovf_volumes_stats stats;
    bool is_full;
    struct vol_cell top[VOL_TOP];
};

struct vol_store *vol_store_new(uint32_t capacity);
void vol_store_leave(struct vol_store *store);
/* Room for words, at a multiple of 16; 0: full. */
uint32_t vol_take(ovf_volumes *v, uint32_t words);
/* What is in use, to a new store with room for more; OVF_E_LIMIT, OVF_E_NOMEM. Not limited: to
 * take a volume out there is always room. */
ovf_status vol_move(ovf_volumes *v, size_t more_words, bool is_limited);

/* Puts a lane into the chain of a cell; false: full. lines: of a group of that kind. edge: NULL, or
 * what goes into a line of its own. */
bool vol_lane_put(ovf_volumes *v, uint32_t *top, uint32_t lines, const int32_t *lane,
                  const struct vol_edge *edge);
/* Takes out the lanes of a part; false: full. */
bool vol_lane_drop(ovf_volumes *v, uint32_t *top, uint32_t lines, uint32_t part);

/* ---- volumes_shape.c: areas to records ---- */

/* What a part becomes, before it has a place. Vertices lie in malloc'ed rows. */
struct vol_shape {
    struct vol_part head;
    int32_t *x, *y;        /* planar */
    double *px, *py, *pz;  /* geodesic */
    struct vol_box *boxes; /* of the edge that ends in each vertex; west > east: over the 180th
                              meridian */
    uint32_t count, capacity;
    struct vol_glance glance; /* planar */
    ovf_status status;
};
void vol_shape_done(struct vol_shape *shape);
ovf_status vol_shape_planar(struct vol_shape *shape, const ovf_ring *ring, ovf_error *err);
ovf_status vol_shape_area(struct vol_shape *shape, const ovf_area *area, ovf_error *err);

/* ---- volumes_plan.c: what a new volume puts in ---- */

#define VOL_GROUP_WORDS(lines) ((lines)*16u)

struct vol_lane {
    uint32_t cell;
    int32_t words[VOL_LINES_MAX - 1];
    struct vol_edge edge;
};
struct vol_plan {
    ovf_volumes_meaning meaning;
    struct vol_shape *shapes;
    uint32_t count, capacity;
    struct vol_lane *boxes, *edges;
    size_t box_count, box_capacity, edge_count, edge_capacity;
    size_t words;
    ovf_volumes_slab slab;
};

void vol_plan_done(struct vol_plan *plan);
struct vol_shape *vol_plan_shape(struct vol_plan *plan); /* one more, empty; NULL: no memory */
/* The parts have their kinds, but some must be like their sisters. */
void vol_plan_alike(struct vol_plan *plan);
/* Lanes of all parts, which are numbered, and the words that all needs at most; false: no
 * memory. */
bool vol_plan_lanes(struct vol_plan *plan);

/* ---- volumes_ground.c: places in metres, and boxes of short geodesics ---- */

#define VOL_CUT_M 100000.0 /* pieces and edges are no longer */
#define VOL_DOUBT_M 0.05   /* OVF_COINCIDENT_M, the centimetre of such a cut, and as much again */
#define VOL_B_OF_A (1 - 1 / 298.257223563)

struct vol_vec {
    double x, y, z; /* metres from the centre of the Earth */
};
struct vol_vec vol_vec_of(ovf_point p);
struct vol_vec vol_vec_of_fixed(ovf_fixed f);
/* A box around the geodesic between two places no farther apart than VOL_CUT_M, with two metres to
 * spare. west > east: it lies over the 180th meridian. */
void vol_box_of_leg(int32_t a_lat, int32_t a_lon, int32_t b_lat, int32_t b_lon,
                    struct vol_box *box);

/* ---- cells of a box ---- */

static inline uint32_t vol_column(int32_t lon_e7)
{
    uint32_t c = ((uint32_t)lon_e7 + 1800000000u) / VOL_CELL_E7;
    return c < VOL_COLUMNS ? c : VOL_COLUMNS - 1;
}
static inline uint32_t vol_line_of(int32_t lat_e7)
{
    uint32_t r = ((uint32_t)lat_e7 + 900000000u) / VOL_CELL_E7;
    return r < VOL_ROWS ? r : VOL_ROWS - 1;
}

/* ---- volumes_pass.c: boxes of pieces against the groups of their cells ---- */

/* A piece of a block and a group, with those lanes whose boxes meet that of the piece. */
struct vol_hit {
    uint32_t place, piece, mask;
};
struct vol_hits {
    struct vol_hit *items;
    uint32_t count, capacity;
    bool failed;
};
/* Room for one more than there are. */
bool vol_hits_grow(struct vol_hits *hits);

/* All pairs of a piece of [from, until) and the box of a part, once each but for boxes over the
 * 180th meridian, and of a piece and the box of an edge in a cell, in the order of the pieces. Stops
 * soon after there are `many`; the piece that comes next. */
typedef uint32_t vol_pass(const ovf_volumes_view *view, const struct vol_block *block,
                          uint32_t from, uint32_t until, uint32_t many, struct vol_hits *parts,
                          struct vol_hits *edges);
vol_pass *vol_pass_of(ovf_cells_engine engine);
#define VOL_MANY (1u << 16)

/* ---- volumes_glance.c: what has passed, in the plane ---- */

struct vol_pair {
    uint32_t piece; /* number of the box in the block */
    uint32_t part;  /* planar: with VOL_SURE where no look is needed */
    uint32_t edge;  /* geodesic: place of its line; planar: its number * 4 + how it is met */
};
struct vol_pairs {
    struct vol_pair *items;
    uint32_t count, capacity;
    bool failed;
};
bool vol_pairs_grow(struct vol_pairs *pairs); /* room for 16 more */
#define VOL_SURE 0x80000000u

/* Adds those parts that a piece meets, or may meet. How many there were. */
typedef uint64_t vol_glancer(const ovf_volumes_view *view, const struct vol_block *block,
                             const struct vol_hits *hits, struct vol_pairs *parts);
vol_glancer *vol_glancer_of(ovf_cells_engine engine);
struct vol_glance vol_glance_of(const struct vol_shape *ring);

/* Adds the edges that a piece meets. AT_END: an end of the piece lies on the edge. */
enum vol_meeting { VOL_TOUCHES = 1, VOL_CROSSES, VOL_AT_END };
typedef uint64_t vol_meeter(const ovf_volumes_view *view, const struct vol_block *block,
                            const struct vol_hits *hits, struct vol_pairs *edges);
vol_meeter *vol_meeter_of(ovf_cells_engine engine);

/* ---- volumes_boxes.c: boxes of pieces ---- */

/* Boxes of straight pieces: piece i joins points i and i + 1. */
enum {
    VOL_POINTS_WRONG = 1,
    VOL_LEFT_OUT = 2
}; /* among them: a point that cannot be one, a piece left out */
typedef unsigned vol_boxes(const ovf_volumes_point *points, uint32_t count, ovf_volumes_doubt doubt,
                           struct vol_block *out);
vol_boxes *vol_boxes_of(ovf_cells_engine engine);
/* Boxes of geodesics, as vol_box_of_leg makes them; VOL_LEFT_OUT: one of them is longer than
 * VOL_CUT_M, or lies near a pole or the 180th meridian, and the block must be gone through one by
 * one. */
vol_boxes *vol_near_boxes_of(ovf_cells_engine engine);
bool vol_is_short(ovf_fixed a, ovf_fixed b); /* surely no longer than VOL_CUT_M */
/* A box, which does not go over the 180th meridian, as number i of a block. */
void vol_block_set(struct vol_block *block, uint32_t i, const struct vol_box *box);

/* ---- volumes_ring.c, volumes_pass.c: shapes ---- */

/* Does a straight piece touch the ring? Exact. */
typedef bool vol_ring_test(const struct vol_part *ring, ovf_fixed p, ovf_fixed q);
vol_ring_test *vol_ring_test_of(ovf_cells_engine engine);
/* Writes for each vertex of a geodesic ring how far left of a plane it lies. */
typedef void vol_sides(const struct vol_part *ring, const double normal[3], double offset,
                       double *sides);
vol_sides *vol_sides_of(ovf_cells_engine engine);

/* ---- volumes_meet.c: a short geodesic and a part, in shares of that geodesic ---- */

/* A geodesic no longer than VOL_CUT_M: the plane through its ends and the plumb line half-way. */
struct vol_cut {
    struct vol_vec p, q;
    struct vol_vec way;    /* q - p */
    struct vol_vec up;     /* unit, half-way */
    struct vol_vec normal; /* unit, to the left */
    double offset;         /* of the plane */
    double chord_m;
};
struct vol_cut vol_cut_of(struct vol_vec p, struct vol_vec q);

/* Where a short geodesic goes in and out, ascending, as shares of it. */
#define VOL_MEETS_MAX 64
struct vol_meets {
    bool begins_inside;
    uint32_t count;
    double at[VOL_MEETS_MAX];
};
/* false: too near to a border, or to touching it, to tell. */
bool vol_meet_circle(const struct vol_part *circle, const struct vol_cut *cut,
                     struct vol_meets *out);
bool vol_meet_ring(const struct vol_part *ring, const struct vol_cut *cut, vol_sides *sides_of,
                   double *sides, struct vol_meets *out);
enum vol_edge_meets { VOL_APART, VOL_CROSSED, VOL_UNSURE };
enum vol_edge_meets vol_meet_edge(const struct vol_edge *edge, const struct vol_cut *cut,
                                  double *at);

/* ---- volumes_ask.c: a reader ---- */

/* A volume on the path that is asked about. */
struct vol_state {
    uint32_t path;   /* serial; another: nothing is known yet */
    uint32_t run;    /* its last stretch, or VOL_NONE */
    uint32_t inside; /* how many of its large parts hold the place that has been reached */
};

/* A large part that holds the place that has been reached; from: share of the piece in hand where
 * it was entered. */
struct vol_inside {
    uint32_t number, slot;
    double from;
};

/* What was found of a part on the piece in hand: shares. */
struct vol_found {
    uint32_t slot, number;
    double from, until;
    ovf_tri certainty;
};
/* A border of a large part that the piece in hand goes over. */
struct vol_event {
    uint32_t number, edge; /* of the part; which of its edges, or 0 */
    double at;
};

struct ovf_volumes_reader {
    const ovf_volumes_view *view;
    ovf_cells_engine engine;
    ovf_cells_reader *cells; /* NULL: no large parts */
    vol_pass *pass;
    vol_boxes *boxes_of, *near_boxes_of;
    vol_glancer *glance;
    vol_meeter *meet;
    vol_ring_test *ring_test;
    vol_sides *sides_of;
    uint32_t path, serial;    /* of the path, of the piece */
    struct vol_state *states; /* by slot */
    uint32_t *seen;           /* by part: the last piece that looked at it */
    uint32_t *doubted;        /* by part: the last piece on which it was doubtful */
    uint32_t ways;            /* serial of the piece in hand */
    ovf_volumes_stretch *runs;
    uint32_t run_count, run_capacity;
    struct vol_inside *inside; /* large parts that hold the place that has been reached */
    uint32_t inside_count, inside_capacity, limited_count; /* of them: with limits */
    struct vol_hits part_hits, edge_hits;
    struct vol_pairs parts, edges;
    struct vol_found *found;
    uint32_t found_count, found_capacity;
    struct vol_event *events;
    uint32_t event_count, event_capacity;
    uint32_t *doubtful; /* parts that ovf_area_cross is asked about on the piece in hand */
    uint32_t doubtful_count, doubtful_capacity;
    double *sides;   /* of vertices, room for the largest ring */
    ovf_arena arena; /* of ovf_area_cross */
    ovf_volumes_counts counts;
    bool failed; /* no memory */
};

static inline const struct vol_part *vol_part_of(const ovf_volumes_reader *r, uint32_t number)
{
    return vol_part_at(r->view->store, r->view->places[number]);
}
struct vol_state *vol_state_of(ovf_volumes_reader *r, uint32_t slot);
/* A stretch more; NULL: no memory. */
ovf_volumes_stretch *vol_run_new(ovf_volumes_reader *r, struct vol_state *state);
bool vol_inside_add(ovf_volumes_reader *r, struct vol_inside in);

/* volumes_planar.c, volumes_way.c. false: a point is wrong. */
bool vol_ask_planar(ovf_volumes_reader *r, const ovf_volumes_point *points, size_t count,
                    ovf_volumes_doubt doubt);
bool vol_ask_geodesic(ovf_volumes_reader *r, const ovf_volumes_point *points, size_t count,
                      ovf_volumes_doubt doubt);

static inline bool vol_is_wrong(const ovf_volumes_point *p)
{
    return p->place.lat_e7 > OVF_GEO_POLE_E7 || p->place.lat_e7 < -OVF_GEO_POLE_E7
           || p->place.lon_e7 > OVF_GEO_HALF_E7 || p->place.lon_e7 < -OVF_GEO_HALF_E7
           || p->low_ft > p->high_ft || p->time_s < -VOL_TIME_MAX_S || p->time_s > VOL_TIME_MAX_S;
}
/* Limits of a piece in level and time. */
static inline void vol_limits_of(struct vol_box *box, const ovf_volumes_point *a,
                                 const ovf_volumes_point *b, ovf_volumes_doubt doubt)
{
    box->low = a->low_ft < b->low_ft ? a->low_ft : b->low_ft;
    box->high = a->high_ft > b->high_ft ? a->high_ft : b->high_ft;
    box->from = vol_time(a->time_s - doubt.early_s);
    box->until = vol_time(b->time_s + doubt.late_s);
}
static inline bool vol_meets_limits(const struct vol_box *part, const struct vol_block *b,
                                    uint32_t i)
{
    return part->low <= b->high[i] && part->high >= b->low[i] && part->from <= b->until[i]
           && part->until >= b->from[i];
}

#endif
