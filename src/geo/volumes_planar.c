/* SPDX-License-Identifier: Apache-2.0 */
/* A path in the plane of longitude and latitude, exactly. Small parts are looked at piece by piece;
 * of large ones the edges that a piece crosses take the path in and out, and where an end of a
 * piece lies on an edge the cell index is asked anew. */
#include "volumes_internal.h"

#define MET_MAX 64 /* edges met by one piece and kept to tell their second mention */

__extension__ typedef __int128 wide;

struct walk {
    ovf_volumes_reader *r;
    const ovf_volumes_point *points;
    _Alignas(64) struct vol_query queries[VOL_BLOCK];
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

static int sign(wide v)
{
    return (v > 0) - (v < 0);
}

enum meeting { APART, TOUCHED, CROSSED, AT_END };

/* Of a piece with an edge of a large part. AT_END: an end of the piece lies on the edge. */
static enum meeting meet_edge(const struct vol_edge *edge, ovf_fixed p, ovf_fixed q)
{
    int64_t ax = edge->e7[0], ay = edge->e7[1], bx = edge->e7[2], by = edge->e7[3];
    int64_t ex = bx - ax, ey = by - ay;
    int64_t dx = (int64_t)q.lon_e7 - p.lon_e7, dy = (int64_t)q.lat_e7 - p.lat_e7;
    int side_a = sign((wide)dx * (ay - p.lat_e7) - (wide)dy * (ax - p.lon_e7));
    int side_b = sign((wide)dx * (by - p.lat_e7) - (wide)dy * (bx - p.lon_e7));
    if (side_a * side_b > 0)
        return APART;
    int at_p = sign((wide)ex * (p.lat_e7 - ay) - (wide)ey * (p.lon_e7 - ax));
    int at_q = sign((wide)ex * (q.lat_e7 - ay) - (wide)ey * (q.lon_e7 - ax));
    if (at_p * at_q > 0)
        return APART;
    if ((side_a == 0 && side_b == 0) || (at_p == 0 && at_q == 0)) {
        // On one line, or one of them is a point: the boxes, which overlap, decide if all is zero.
        if (side_a != 0 || side_b != 0 || at_p != 0 || at_q != 0)
            return APART;
        int64_t west = dx < 0 ? q.lon_e7 : p.lon_e7, east = dx < 0 ? p.lon_e7 : q.lon_e7;
        int64_t south = dy < 0 ? q.lat_e7 : p.lat_e7, north = dy < 0 ? p.lat_e7 : q.lat_e7;
        bool is_apart = (ax < west && bx < west) || (ax > east && bx > east)
                        || (ay < south && by < south) || (ay > north && by > north);
        return is_apart ? APART : AT_END;
    }
    if (at_p == 0 || at_q == 0)
        return AT_END;
    return (side_a > 0) != (side_b > 0) ? CROSSED : TOUCHED;
}

static void touch_limited(struct walk *w, uint32_t piece)
{
    for (uint32_t i = 0; i < w->r->inside_count; i++) {
        const struct vol_part *part = vol_part_of(w->r, w->r->inside[i].number);
        if (!part->is_free && vol_meets_limits(&part->box, &w->queries[piece - w->first].box))
            touch(w->r, part, piece);
    }
}

/* Edges that a piece may meet: pairs [from, until). */
static void cross_edges(struct walk *w, uint32_t piece, uint32_t from, uint32_t until)
{
    ovf_volumes_reader *r = w->r;
    ovf_fixed p = w->points[piece].place;
    ovf_fixed q = w->points[piece + 1].place;
    bool is_unsure = false;
    w->met_count = 0;
    for (uint32_t i = from; i < until; i++) {
        const struct vol_pair *pair = &r->edges.items[i];
        const struct vol_edge *edge = vol_edge_at(r->view->store, pair->edge);
        enum meeting meeting = meet_edge(edge, p, q);
        if (meeting == APART || is_met(w, edge->part, edge->number))
            continue;
        const struct vol_part *part = vol_part_of(r, edge->part);
        is_unsure |= meeting == AT_END || w->met_count == MET_MAX;
        if (part->is_free || vol_meets_limits(&part->box, &w->queries[piece - w->first].box))
            touch(r, part, piece);
        if (meeting == CROSSED)
            cross_part(r, part, piece);
    }
    if (is_unsure)
        find_inside(r, q, piece);
}

static void cross_block(struct walk *w, uint32_t count)
{
    ovf_volumes_reader *r = w->r;
    uint32_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t from = at;
        while (at < r->edges.count && r->edges.items[at].piece == i)
            at++;
        if (r->limited_count > 0)
            touch_limited(w, w->first + i);
        if (at > from)
            cross_edges(w, w->first + i, from, at);
        else if (at == r->edges.count && r->limited_count == 0)
            return;
    }
}

/* ---- small parts ---- */

static void look_block(struct walk *w)
{
    ovf_volumes_reader *r = w->r;
    for (uint32_t i = 0; i < r->parts.count; i++) {
        const struct vol_pair *pair = &r->parts.items[i];
        uint32_t serial = r->serial + pair->piece + 1;
        uint32_t piece = w->first + pair->piece;
        if (r->seen[pair->part] == serial)
            continue;
        r->seen[pair->part] = serial;
        r->counts.shapes++;
        const struct vol_part *part = vol_part_of(r, pair->part);
        if (r->ring_test(part, w->points[piece].place, w->points[piece + 1].place))
            touch(r, part, piece);
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
    while (i < count && (int64_t)w->queries[i].box.east - w->queries[i].box.west <= OVF_GEO_HALF_E7)
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
        unsigned flags = r->boxes_of(points + piece, some, doubt, w.queries);
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
        r->parts.count = r->edges.count = 0;
        r->pass(r->view, w.queries, some, &r->parts, &r->edges);
        r->counts.pieces += some;
        r->counts.boxes += r->parts.count + r->edges.count;
        if (r->inside_count > 0 || r->edges.count > 0)
            cross_block(&w, some);
        look_block(&w);
        r->serial += some;
        piece += some;
    }
    leave_all(r, pieces - 1);
    return true;
}
