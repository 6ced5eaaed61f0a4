/* SPDX-License-Identifier: Apache-2.0 */
/* A path in the plane of longitude and latitude, exactly. Small parts are looked at piece by piece;
 * of large ones the edges that a piece crosses take the path in and out, and where an end of a
 * piece lies on an edge the cell index is asked anew. */
#include "volumes_internal.h"

#define MET_MAX 64 /* edges met by one piece and kept to tell their second mention */

struct walk {
    ovf_volumes_reader *r;
    const ovf_volumes_point *points;
    struct vol_block block;
    uint32_t first; /* piece of the first box */
    uint32_t met[MET_MAX][2];
    uint32_t met_count;
};

static void touch(ovf_volumes_reader *r, const struct vol_part *part, uint32_t piece)
{
    struct vol_state *state = vol_state_of(r, part->slot);
    if (state->inside > 0)
        return; // the stretch is open
    if (state->run != VOL_NONE && r->runs[state->run].last + 1 >= piece) {
        r->runs[state->run].last = piece;
        return;
    }
    ovf_volumes_stretch *run = vol_run_new(r, state);
    if (run == NULL)
        return;
    run->id = part->id;
    run->first = run->last = piece;
    run->exit = 1;
    run->certainty = OVF_TRI_YES;
}

/* ---- large parts ---- */

static void go_in(ovf_volumes_reader *r, const struct vol_part *part, uint32_t piece)
{
    if (part->is_free) {
        touch(r, part, piece);
        vol_state_of(r, part->slot)->inside++;
    } else {
        r->limited_count++;
    }
    (void)vol_inside_add(r, (struct vol_inside){.number = part->number, .slot = part->slot});
}

static void go_out(ovf_volumes_reader *r, const struct vol_part *part, uint32_t index,
                   uint32_t piece)
{
    r->inside[index] = r->inside[--r->inside_count];
    if (!part->is_free) {
        r->limited_count--;
        return;
    }
    struct vol_state *state = vol_state_of(r, part->slot);
    if (--state->inside == 0 && state->run != VOL_NONE)
        r->runs[state->run].last = piece;
}

static void cross_part(ovf_volumes_reader *r, const struct vol_part *part, uint32_t piece)
{
    for (uint32_t i = 0; i < r->inside_count; i++)
        if (r->inside[i].number == part->number) {
            go_out(r, part, i, piece);
            return;
        }
    go_in(r, part, piece);
}

/* Which large parts hold a point of the path: those that hold it no longer are left with
 * `piece`. */
static void find_inside(ovf_volumes_reader *r, ovf_fixed at, uint32_t piece)
{
    size_t count = 0;
    uint32_t id = ovf_cells_at(r->cells, at);
    if (id == OVF_CELLS_LOST) {
        r->failed = true;
        return;
    }
    const uint32_t *set = ovf_cells_set(r->cells, id, &count);
    uint32_t old = r->inside_count;
    for (size_t k = 0; k < count; k++) {
        const struct vol_part *part = vol_part_of(r, set[k] & ~OVF_CELLS_UNKNOWN);
        uint32_t i = 0;
        while (i < r->inside_count && r->inside[i].number != part->number)
            i++;
        if (i == r->inside_count)
            go_in(r, part, piece);
    }
    for (uint32_t i = old; i-- > 0;) {
        bool is_held = false;
        for (size_t k = 0; k < count; k++)
            is_held |= (set[k] & ~OVF_CELLS_UNKNOWN) == r->inside[i].number;
        if (!is_held)
            go_out(r, vol_part_of(r, r->inside[i].number), i, piece);
    }
}

static bool is_met(struct walk *w, uint32_t part, uint32_t edge)
{
    for (uint32_t i = 0; i < w->met_count; i++)
        if (w->met[i][0] == part && w->met[i][1] == edge)
            return true;
    if (w->met_count < MET_MAX) {
        w->met[w->met_count][0] = part;
        w->met[w->met_count++][1] = edge;
        return false;
    }
    return false; // the caller sees a full list and asks anew
}

static void touch_limited(struct walk *w, uint32_t piece)
{
    for (uint32_t i = 0; i < w->r->inside_count; i++) {
        const struct vol_part *part = vol_part_of(w->r, w->r->inside[i].number);
        if (!part->is_free && vol_meets_limits(&part->box, &w->block, piece - w->first))
            touch(w->r, part, piece);
    }
}

/* Edges that a piece meets: pairs [from, until). */
static void cross_edges(struct walk *w, uint32_t piece, uint32_t from, uint32_t until)
{
    ovf_volumes_reader *r = w->r;
    bool is_unsure = false;
    w->met_count = 0;
    for (uint32_t i = from; i < until; i++) {
        const struct vol_pair *pair = &r->edges.items[i];
        unsigned meeting = pair->edge & 3;
        if (is_met(w, pair->part, pair->edge))
            continue;
        const struct vol_part *part = vol_part_of(r, pair->part);
        is_unsure |= meeting == VOL_AT_END || w->met_count == MET_MAX;
        if (part->is_free || vol_meets_limits(&part->box, &w->block, piece - w->first))
            touch(r, part, piece);
        if (meeting == VOL_CROSSES)
            cross_part(r, part, piece);
    }
    if (is_unsure)
        find_inside(r, w->points[piece + 1].place, piece);
}

/* Pieces [from, until) of the block. */
static void cross_block(struct walk *w, uint32_t from, uint32_t until)
{
    ovf_volumes_reader *r = w->r;
    uint32_t at = 0;
    for (uint32_t i = from; i < until; i++) {
        uint32_t first = at;
        if (r->limited_count > 0)
            touch_limited(w, w->first + i);
        else if (at == r->edges.count)
            return;
        else
            i = r->edges.items[at].piece;
        while (at < r->edges.count && r->edges.items[at].piece == i)
            at++;
        if (at > first)
            cross_edges(w, w->first + i, first, at);
    }
}

/* ---- small parts ---- */

#define RECORD_LINES 6 /* a head and a ring of some 30 corners */

static void look_block(struct walk *w)
{
    ovf_volumes_reader *r = w->r;
    const uint32_t *words = r->view->store->words;
    for (uint32_t i = 0; i < r->parts.count; i++) {
        uint32_t part = r->parts.items[i].part;
        const uint32_t *record = words + r->view->places[part & ~VOL_SURE];
        uint32_t lines = (part & VOL_SURE) != 0 ? 1 : RECORD_LINES;
        for (uint32_t line = 0; line < lines; line++)
            __builtin_prefetch(record + line * VOL_LANES);
    }
    for (uint32_t i = 0; i < r->parts.count; i++) {
        const struct vol_pair *pair = &r->parts.items[i];
        uint32_t piece = w->first + pair->piece;
        const struct vol_part *part = vol_part_of(r, pair->part & ~VOL_SURE);
        if ((pair->part & VOL_SURE) == 0) {
            r->counts.shapes++;
            if (!r->ring_test(part, w->points[piece].place, w->points[piece + 1].place))
                continue;
        }
        touch(r, part, piece);
    }
}

/* The first pieces of the block. */
static void walk_block(struct walk *w, uint32_t count)
{
    ovf_volumes_reader *r = w->r;
    for (uint32_t i = 0; i < count && !r->failed && !r->part_hits.failed && !r->edge_hits.failed;) {
        r->part_hits.count = r->edge_hits.count = r->parts.count = r->edges.count = 0;
        uint32_t end =
            r->pass(r->view, &w->block, i, count, VOL_MANY, &r->part_hits, &r->edge_hits);
        r->counts.boxes += r->glance(r->view, &w->block, &r->part_hits, &r->parts);
        r->counts.boxes += r->meet(r->view, &w->block, &r->edge_hits, &r->edges);
        if (r->edges.count > 0 || r->limited_count > 0)
            cross_block(w, i, end);
        look_block(w);
        i = end;
    }
}

static void leave_all(ovf_volumes_reader *r, uint32_t piece)
{
    while (r->inside_count > 0) {
        uint32_t last = r->inside_count - 1;
        go_out(r, vol_part_of(r, r->inside[last].number), last, piece);
    }
}

/* Of the pieces of a block those before the first that is left out. */
static uint32_t before_gap(const struct walk *w, uint32_t count)
{
    uint32_t i = 0;
    while (i < count && (int64_t)w->block.east[i] - w->block.west[i] <= OVF_GEO_HALF_E7)
        i++;
    return i;
}

bool vol_ask_planar(ovf_volumes_reader *r, const ovf_volumes_point *points, size_t count,
                    ovf_volumes_doubt doubt)
{
    struct walk w;
    w.r = r;
    w.points = points;
    uint32_t pieces = (uint32_t)count - 1;
    bool is_begun = false;
    for (uint32_t piece = 0; piece < pieces && !r->failed;) {
        uint32_t some = pieces - piece < VOL_BLOCK ? pieces - piece : VOL_BLOCK;
        unsigned flags = r->boxes_of(points + piece, some, doubt, &w.block);
        if ((flags & VOL_POINTS_WRONG) != 0)
            return false;
        if ((flags & VOL_LEFT_OUT) != 0) {
            some = before_gap(&w, some);
            if (some == 0) {
                if (piece > 0)
                    leave_all(r, piece - 1);
                is_begun = false;
                piece++;
                continue;
            }
        }
        if (r->cells != NULL && !is_begun)
            find_inside(r, points[piece].place, piece);
        is_begun = true;
        w.first = piece;
        walk_block(&w, some);
        r->counts.pieces += some;
        piece += some;
    }
    leave_all(r, pieces - 1);
    return true;
}
