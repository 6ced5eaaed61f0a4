/* SPDX-License-Identifier: Apache-2.0 */
/* The cell index: what its files share.
 *
 * The globe is a table of 180 x 360 cells of a degree and two caps about the poles. A cell says
 * either "this set of areas, everywhere in me" or "look into my leaf". A leaf parts its cell in
 * 16 x 16; each small cell is one byte that picks a value from the leaf's palette: again a set, or
 * a border record. A border record has the members that decide there (parts of areas), the pieces
 * of edges that run through, and what to start from. Whatever a reader sees is written once and
 * never again: a change writes new leaves and records behind the old ones, and when room runs out
 * what is still in use is copied to a new store. So a snapshot is a copy of the table.
 *
 * What a lookup touches: the point (8 bytes), the table (259 kB: second-level cache), then for one
 * point in six the leaf (256 bytes and its palette, some 4 MB in all for the world's FIRs), and
 * for one in sixty its record and pieces. */
#ifndef OVERFLY_CELLS_INTERNAL_H
#define OVERFLY_CELLS_INTERNAL_H

#include <overfly/cells.h>

#include "geo_internal.h"

#include <assert.h>
#include <math.h>
#include <stdatomic.h>

#define CELLS_SUB_E7 625000 /* a small cell: a sixteenth of a degree */
#define CELLS_SUB_COLUMNS 5760
#define CELLS_SUB_ROWS 2880
#define CELLS_COLUMNS 360
#define CELLS_ROWS 180
#define CELLS_CAP_SOUTH (CELLS_COLUMNS * CELLS_ROWS)
#define CELLS_CAP_NORTH (CELLS_CAP_SOUTH + 1)
#define CELLS_TOP (CELLS_CAP_SOUTH + 2)
#define CELLS_CAP_E7 899990000 /* beyond this latitude lie the caps, 111 m about the poles */

/* A value: a tag in the two high bits, and below it the number of a set or a place in words. */
#define CELLS_TAG 0xc0000000u
#define CELLS_SET 0u
#define CELLS_LEAF 0x40000000u   /* at a multiple of 16 words: 256 bytes, then the palette */
#define CELLS_BORDER 0x80000000u /* see struct cells_border */
#define CELLS_PLACE 0x3fffffffu
#define CELLS_NONE UINT32_MAX /* no room */
#define CELLS_GRID_WORDS 64
#define CELLS_EXTRA_MAX 1000000

/* A piece of an edge: a chord between whole 1e-7 degrees, and how far the edge lies to its left,
 * w (1 - w) (bow + skew (2 w - 1)) at the share w of the chord. Lengths are in 1e-7 degrees, of
 * latitude and longitude alike. West end first. */
struct cells_piece {
    int32_t ax, ay, bx, by;
    double ux, uy; /* the chord's direction */
    float length, per_length;
    float bow, skew;
    float doubt; /* nearer than this to the edge the sign means nothing */
    uint32_t spare;
};
static_assert(sizeof(struct cells_piece) == 56, "a piece of an edge");

/* What decides: an area or, of a union, one of its parts. area is NULL in a planar index. */
struct cells_part {
    const ovf_area *area;
    uint32_t id;
    bool is_resolved;
};

/* Members of border records: a part, and whether it is asked itself wherever in the cell. */
#define CELLS_ASKED 1u
#define CELLS_MEMBERS_MAX 32  /* a record; more go to a chain of records */
#define CELLS_TABLE_MEMBERS 4 /* up to so many the sets of all outcomes are ready */

/* A list, in words: base set, members, table (place of the first of 2^members sets, 0: none), then
 * the members, part << 1 | CELLS_ASKED. */
enum { CELLS_LIST_BASE, CELLS_LIST_COUNT, CELLS_LIST_TABLE, CELLS_LIST_MEMBERS };
/* A border record, in words: its list, how many pieces, the members that hold the reference, the
 * next record of the chain or 0; then the pieces: number << 4 | members when there are at most
 * four members, else number and members. */
enum {
    CELLS_BORDER_LIST,
    CELLS_BORDER_COUNT,
    CELLS_BORDER_START,
    CELLS_BORDER_NEXT,
    CELLS_BORDER_PIECES
};

struct cells_store {
    atomic_uint users;
    bool is_planar;
    uint32_t *words;
    uint32_t word_count, word_capacity;
    struct cells_piece *pieces;
    uint32_t piece_count, piece_capacity;
    struct cells_part *parts;
    uint32_t part_count, part_capacity;
    uint32_t *sets; /* place of a set in words: its count, then its entries */
    uint32_t set_count, set_capacity;
};

/* ---- cells_store.c: the writer's side of a store: what is the same is kept once ---- */

struct cells_table { /* open addressing, values are place + 1; 0 is empty */
    uint32_t *slots;
    uint32_t count, mask;
};

#define CELLS_MEMO 256
struct cells_memo { /* the last results of one operation */
    uint32_t keys[CELLS_MEMO], operands[CELLS_MEMO], results[CELLS_MEMO];
};

struct cells_edge { /* pieces made of it: an edge that two areas share is cut once */
    ovf_fixed a, b;
    uint32_t kind, first, count;
    uint32_t user; /* serial of the last raster that took it */
};

struct cells_writer {
    struct cells_store *store;
    struct cells_table sets, lists, edge_slots;
    struct cells_edge *edges;
    uint32_t edge_count, edge_capacity;
    struct cells_memo with, without, based;
    uint32_t *scratch; /* of sets being made */
    size_t scratch_capacity;
    bool is_full; /* something did not fit: the store must be moved */
};

struct cells_sizes {
    uint32_t words, pieces, parts, sets;
};
size_t cells_sizes_bytes(struct cells_sizes sizes);
ovf_status cells_writer_init(struct cells_writer *w, bool is_planar, struct cells_sizes sizes);
void cells_writer_done(struct cells_writer *w); /* leaves the store to its users */
void cells_store_leave(struct cells_store *store);

uint32_t cells_words(struct cells_writer *w, uint32_t count, uint32_t align); /* 0: full */
uint32_t cells_set_of(struct cells_writer *w, const uint32_t *entries, uint32_t count);
uint32_t cells_set_with(struct cells_writer *w, uint32_t set, uint32_t entry);
uint32_t cells_set_without(struct cells_writer *w, uint32_t set, uint32_t id);
bool cells_set_has(const struct cells_store *store, uint32_t set, uint32_t entry);
uint32_t cells_list_of(struct cells_writer *w, uint32_t base, const uint32_t *members,
                       uint32_t count);
/* A list whose sets are known already; outcomes: of 2^count sets, or NULL. */
uint32_t cells_list_put(struct cells_writer *w, uint32_t base, const uint32_t *members,
                        uint32_t count, const uint32_t *outcomes);
uint32_t cells_list_based(struct cells_writer *w, uint32_t list, uint32_t base);
uint32_t cells_part_of(struct cells_writer *w, struct cells_part part);
uint32_t cells_piece_of(struct cells_writer *w, const struct cells_piece *piece);

/* ---- cells_raster.c: pieces to cells; cells_pieces.c: edges to pieces ---- */

struct cells_span { /* pieces [first, first + count) */
    uint32_t first, count;
};
struct cells_touch { /* a piece in a small cell */
    uint32_t cell;   /* cell << 8 | row in it << 4 | column in it */
    uint32_t piece;
};
/* What one part does to the cells. Grown by malloc; kept between operations. */
struct cells_raster {
    struct cells_touch *touches, *sorted;
    size_t count, capacity, sorted_capacity;
    struct cells_span *spans;
    size_t span_count, span_capacity;
    uint32_t serial; /* of the part */
    ovf_status status;
};
/* Edges whose pieces have new numbers; the others are forgotten. */
bool cells_edges_move(const struct cells_writer *from, struct cells_writer *to,
                      const uint32_t *pieces);
void cells_raster_done(struct cells_raster *raster);
void cells_raster_reset(struct cells_raster *raster);
/* Adds the pieces of a part to the store and to the raster. false: no room, or raster->status. */
bool cells_raster_planar(struct cells_writer *w, struct cells_raster *raster, const ovf_ring *ring);
bool cells_raster_area(struct cells_writer *w, struct cells_raster *raster, const ovf_area *area);
bool cells_raster_sort(struct cells_raster *raster);
bool cells_touch(struct cells_raster *raster, const struct cells_piece *e, uint32_t piece,
                 bool is_planar);
/* How far from its chord a piece may matter, in 1e-7 degrees. */
double cells_margin(const struct cells_piece *e, bool is_planar);
/* Is it of a kind whose border these pieces can follow? */
bool cells_has_pieces(const ovf_area *area);

/* ---- cells_border.c: records taken apart and put together ---- */

struct cells_link {
    uint32_t piece, member;
};
struct cells_border {
    uint32_t base;
    uint32_t *members;
    bool *starts; /* does the member hold the reference? */
    uint32_t member_count, member_capacity;
    struct cells_link *links;
    uint32_t link_count, link_capacity;
    ovf_status status;
};
void cells_border_done(struct cells_border *border);
void cells_border_read(const struct cells_store *store, uint32_t value, struct cells_border *out);
uint32_t cells_border_write(struct cells_writer *w, struct cells_border *border);
void cells_border_member(struct cells_border *border, uint32_t member, bool starts);
void cells_border_link(struct cells_border *border, uint32_t piece, uint32_t member);

/* ---- a piece and a point ---- */

enum { CELLS_ODD = 1, CELLS_NEAR = 2, CELLS_ON = 4 };

__extension__ typedef __int128 cells_wide;

/* The exact sign of "left of the chord". */
static inline int cells_side(const struct cells_piece *e, int32_t x, int32_t y)
{
    cells_wide left = (cells_wide)((int64_t)e->bx - e->ax) * ((int64_t)y - e->ay);
    cells_wide right = (cells_wide)((int64_t)e->by - e->ay) * ((int64_t)x - e->ax);
    return left > right ? 1 : left < right ? -1 : 0;
}

/* The latitude below which all of a cell's column counts as below it. The south pole itself does. */
static inline int32_t cells_floor_e7(uint32_t sub_row)
{
    return (int32_t)(sub_row * CELLS_SUB_E7) - OVF_GEO_POLE_E7 + (sub_row == 0);
}

/* What a piece adds to the parity of a point. Parity is counted on a way inside the cell, from
 * the cell's reference to the point. A chord flips what lies above it, and so that this is true
 * of every way in the cell, a chord's end below the cell goes on down to the south (the cell sees
 * that as a flip east of it); ends inside the cell are ends of two chords and cancel. Then the
 * sliver between chord and edge is put to its right side. Nothing here needs the edge to be
 * monotone. floor_e7: of the cell. */
static inline unsigned cells_look(const struct cells_piece *e, int32_t x, int32_t y,
                                  int32_t floor_e7, bool is_planar)
{
    double ex = (double)x - e->ax;
    double ey = (double)y - e->ay;
    double along = ex * e->ux + ey * e->uy;
    double left = ey * e->ux - ex * e->uy;
    bool spans = (e->ax <= x) & (x < e->bx);
    bool falls = ((e->ay < floor_e7) & (e->ax <= x)) ^ ((e->by < floor_e7) & (e->bx <= x));
    if (is_planar) {
        bool is_above = left > 0;
        unsigned on = 0;
        if (fabs(left) <= (double)e->doubt) {
            int side = cells_side(e, x, y);
            int32_t low = e->ay < e->by ? e->ay : e->by;
            int32_t high = e->ay < e->by ? e->by : e->ay;
            is_above = side > 0;
            if (side == 0 && x >= e->ax && x <= e->bx && y >= low && y <= high)
                on = CELLS_ON;
        }
        return (unsigned)((spans & is_above) ^ falls) | on;
    }
    double w = along * (double)e->per_length;
    bool is_beside = (w > 0) & (w < 1);
    double bow = is_beside ? w * (1 - w) * ((double)e->bow + (double)e->skew * (2 * w - 1)) : 0.0;
    bool is_above = left > 0;
    bool in_sliver = bow > 0 ? is_above & (left < bow) : !is_above & (left > bow);
    bool is_near = (fabs(left - bow) <= (double)e->doubt) & (along >= -(double)e->doubt)
                   & (along <= (double)e->length + (double)e->doubt);
    return (unsigned)((spans & is_above) ^ falls ^ (is_beside & in_sliver))
           | (is_near ? CELLS_NEAR : 0u);
}

/* ---- cells_find.c ---- */

struct ovf_cells_view {
    struct cells_store *store;
    uint32_t set_count;
    uint32_t top[CELLS_TOP];
};

struct ovf_cells_reader {
    const struct cells_store *store;
    const uint32_t *top;
    uint32_t set_count; /* of the view */
    ovf_cells_engine engine;
    ovf_cells_counts counts;
    ovf_arena arena; /* of the reader's own sets */
    const uint32_t **extra;
    size_t extra_count, extra_capacity;
    uint32_t *extra_slots; /* number + 1; 0 is empty */
    uint32_t extra_mask;
    uint32_t *scratch;
    size_t scratch_capacity;
};

struct cells_spot {
    uint32_t cell, sub; /* of the table, of the leaf */
};
static inline uint32_t cells_sub_of(uint32_t from_west_e7)
{
    return from_west_e7 / CELLS_SUB_E7;
}
struct cells_spot cells_spot_of(bool is_planar, ovf_fixed p);
/* The set of a point whose value is a border record. */
uint32_t cells_settle(ovf_cells_reader *reader, uint32_t value, ovf_fixed p);

/* ---- cells_avx.c: passes over a block of points ---- */

#define CELLS_BLOCK 512
/* Writes each point's value, and lists the points whose value is a border record; returns how many. */
typedef uint32_t cells_pass(const struct cells_store *store, const uint32_t *top,
                            const ovf_fixed *points, uint32_t count, uint32_t *values,
                            uint32_t *borders);
cells_pass cells_pass_portable;
ovf_cells_engine cells_best_engine(ovf_cells_engine wanted);
cells_pass *cells_pass_of(ovf_cells_engine engine);

#endif
