/* SPDX-License-Identifier: Apache-2.0 */
/* A path of geodesics, with entry and exit. Long pieces are cut to 100 km; each cut's box goes
 * through the index with a block of others, and what it may meet is looked at by vectors. What they
 * cannot tell is asked of ovf_area_cross, for that piece and part alone. At the end of a piece
 * what was found is put together: borders of large parts in the order in which they are crossed,
 * then parts of one volume, then levels and times, which change evenly along it. */
#include "volumes_way.h"

#include <stdlib.h>
#include <string.h>

#define RECORD_LINES 6 /* a head and a ring of some ten corners */
#define EDGES_MAX \
    512 /* crossed by one cut; of parts that it crosses oftener ovf_area_cross tells */

/* ---- large parts ---- */

static uint32_t index_inside(const ovf_volumes_reader *r, uint32_t number)
{
    uint32_t i = 0;
    while (i < r->inside_count && r->inside[i].number != number)
        i++;
    return i;
}

static void go_in(struct vol_way *w, const struct vol_part *part, double at)
{
    ovf_volumes_reader *r = w->r;
    if (part->is_lazy) {
        struct vol_state *state = vol_state_of(r, part->slot);
        if (state->inside++ == 0 && !vol_goes_on(w, state, at, OVF_TRI_YES))
            (void)vol_open_run(w, part, at, OVF_TRI_YES);
    } else {
        r->limited_count++;
    }
    (void)vol_inside_add(r, (struct vol_inside){part->number, part->slot, at});
}

static void go_out(struct vol_way *w, const struct vol_part *part, uint32_t index, double at)
{
    ovf_volumes_reader *r = w->r;
    double from = r->inside[index].from;
    r->inside[index] = r->inside[--r->inside_count];
    if (part->is_lazy) {
        if (--vol_state_of(r, part->slot)->inside == 0)
            vol_close_run(w, part->slot, at);
        return;
    }
    r->limited_count--;
    vol_note_found(r, part, from, at, OVF_TRI_YES);
}

static void cross_border(struct vol_way *w, uint32_t number, double at)
{
    uint32_t index = index_inside(w->r, number);
    if (index < w->r->inside_count)
        go_out(w, vol_part_of(w->r, number), index, at);
    else
        go_in(w, vol_part_of(w->r, number), at);
}

static void find_inside(struct vol_way *w, ovf_fixed at)
{
    ovf_volumes_reader *r = w->r;
    size_t count = 0;
    uint32_t id = ovf_cells_at(r->cells, at);
    if (id == OVF_CELLS_LOST) {
        r->failed = true;
        return;
    }
    const uint32_t *set = ovf_cells_set(r->cells, id, &count);
    for (size_t k = 0; k < count; k++)
        go_in(w, vol_part_of(r, set[k] & ~OVF_CELLS_UNKNOWN), 0);
}

/* ---- what only ovf_area_cross can tell ---- */

static void drop_noted(ovf_volumes_reader *r, uint32_t number)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < r->event_count; i++)
        if (r->events[i].number != number)
            r->events[kept++] = r->events[i];
    r->event_count = kept;
    kept = 0;
    for (uint32_t i = 0; i < r->found_count; i++)
        if (r->found[i].number != number)
            r->found[kept++] = r->found[i];
    r->found_count = kept;
}

/* The stretches of a large part as borders: from what is held true at the piece's beginning on. */
static void stretches_to_events(struct vol_way *w, const struct vol_part *part,
                                const ovf_stretch *stretches, size_t count, double length_m)
{
    ovf_volumes_reader *r = w->r;
    bool is_inside = index_inside(r, part->number) < r->inside_count;
    double scale = length_m > 0 ? 1 / length_m : 0;
    if (is_inside && (count == 0 || stretches[0].from_m > 0))
        vol_note_event(r, part->number, 0, 0);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 || stretches[i].from_m > 0 || !is_inside)
            vol_note_event(r, part->number, 0, stretches[i].from_m * scale);
        if (stretches[i].until_m < length_m || stretches[i].from_m == stretches[i].until_m)
            vol_note_event(r, part->number, 0, stretches[i].until_m * scale);
    }
}

static void ask_exactly(struct vol_way *w)
{
    ovf_volumes_reader *r = w->r;
    const ovf_volumes_point *a = &w->points[w->piece];
    ovf_leg leg;
    ovf_leg_init(&leg, ovf_fixed_point(a->place), ovf_fixed_point(a[1].place));
    w->length_m = leg.length_m;
    double scale = leg.length_m > 0 ? 1 / leg.length_m : 0;
    for (uint32_t i = 0; i < r->doubtful_count; i++) {
        const struct vol_part *part = vol_part_of(r, r->doubtful[i]);
        ovf_stretch *stretches = NULL;
        size_t count = 0;
        drop_noted(r, part->number);
        ovf_arena_reset(&r->arena);
        r->counts.slow++;
        if (ovf_area_cross(part->area, &leg, &r->arena, &stretches, &count) != OVF_OK) {
            r->failed = true;
            return;
        }
        if (part->kind == VOL_EDGES) {
            stretches_to_events(w, part, stretches, count, leg.length_m);
            continue;
        }
        for (size_t k = 0; k < count; k++) {
            bool is_end = stretches[k].until_m >= leg.length_m && leg.length_m > 0;
            vol_note_found(r, part, stretches[k].from_m * scale,
                           is_end ? 1 : stretches[k].until_m * scale, stretches[k].certainty);
        }
    }
}

/* ---- a piece's end ---- */

static int by_share(const void *a, const void *b)
{
    const struct vol_event *x = a;
    const struct vol_event *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

static void end_piece(struct vol_way *w)
{
    ovf_volumes_reader *r = w->r;
    if (r->doubtful_count > 0)
        ask_exactly(w);
    if (r->event_count > 1)
        qsort(r->events, r->event_count, sizeof *r->events, by_share);
    for (uint32_t i = 0; i < r->event_count; i++)
        cross_border(w, r->events[i].number, r->events[i].at);
    r->event_count = r->doubtful_count = 0;
    r->ways++;
    if (r->limited_count > 0)
        for (uint32_t i = 0; i < r->inside_count; i++) {
            const struct vol_part *part = vol_part_of(r, r->inside[i].number);
            if (part->is_lazy)
                continue;
            vol_note_found(r, part, r->inside[i].from, 1, OVF_TRI_YES);
            r->inside[i].from = 0;
        }
    if (r->found_count > 0)
        vol_add_found(w);
}

static void begin_piece(struct vol_way *w, uint32_t piece)
{
    ovf_volumes_reader *r = w->r;
    while (w->piece < piece) {
        bool is_idle = r->limited_count == 0 && r->found_count == 0 && r->event_count == 0
                       && r->doubtful_count == 0;
        if (is_idle) { // nothing is noted, and nothing will be before `piece`
            w->piece = piece;
        } else {
            end_piece(w);
            w->piece++;
        }
        w->length_m = -1;
    }
}

/* ---- a block ---- */

static struct vol_cut cut_of_span(struct vol_way *w, const struct vol_span *span)
{
    struct vol_vec p = span->from == 0 ? vol_vec_of_point(w, span->piece) : vol_vec_of(span->a);
    struct vol_vec q =
        span->until == 1 ? vol_vec_of_point(w, span->piece + 1) : vol_vec_of(span->b);
    return vol_cut_of(p, q);
}

static double share_in(const struct vol_span *span, double at)
{
    return span->from + (span->until - span->from) * at;
}

static void look_at(struct vol_way *w, const struct vol_span *span, const struct vol_cut *cut,
                    uint32_t number)
{
    ovf_volumes_reader *r = w->r;
    const struct vol_part *part = vol_part_of(r, number);
    struct vol_meets meets;
    if (r->seen[number] == r->serial)
        return;
    r->seen[number] = r->serial;
    r->counts.shapes++;
    bool is_told = part->kind == VOL_CIRCLE ? vol_meet_circle(part, cut, &meets)
                   : part->kind == VOL_RING
                       ? vol_meet_ring(part, cut, r->sides_of, r->sides, &meets)
                       : false;
    if (!is_told) {
        vol_note_doubt(r, number);
        return;
    }
    double from = span->from;
    bool is_inside = meets.begins_inside;
    for (uint32_t i = 0; i < meets.count; i++) {
        double at = share_in(span, meets.at[i]);
        if (is_inside)
            vol_note_found(r, part, from, at, OVF_TRI_YES);
        from = at;
        is_inside = !is_inside;
    }
    if (is_inside)
        vol_note_found(r, part, from, span->until, OVF_TRI_YES);
}

/* An edge comes once from each cell that it shares with the cut. Two edges of one part may be met
 * at the very same place: a border that runs out to an island and back. */
static bool is_told_already(const ovf_volumes_reader *r, const struct vol_edge *edge,
                            uint32_t first)
{
    for (uint32_t i = first; i < r->event_count; i++)
        if (r->events[i].edge == edge->number && r->events[i].number == edge->part)
            return true;
    return false;
}

static void look_at_edges(struct vol_way *w, const struct vol_span *span, const struct vol_cut *cut,
                          uint32_t from, uint32_t until)
{
    ovf_volumes_reader *r = w->r;
    uint32_t first = r->event_count;
    for (uint32_t i = from; i < until; i++) {
        const struct vol_pair *pair = &r->edges.items[i];
        const struct vol_edge *edge = vol_edge_at(r->view->store, pair->edge);
        double at = 0;
        enum vol_edge_meets meets = vol_meet_edge(edge, cut, &at);
        if (meets == VOL_UNSURE || (meets == VOL_CROSSED && r->event_count - first > EDGES_MAX))
            vol_note_doubt(r, edge->part);
        else if (meets == VOL_CROSSED && !is_told_already(r, edge, first))
            vol_note_event(r, edge->part, edge->number, share_in(span, at));
    }
}

/* The pairs of queries [first, end) of one block. */
static uint32_t pairs_until(const struct vol_pairs *pairs, uint32_t at, uint32_t end)
{
    while (at < pairs->count && pairs->items[at].piece < end)
        at++;
    return at;
}

/* One by one, each on its way into the cache when it is looked at. */
static void take_parts(ovf_volumes_reader *r)
{
    const uint32_t *words = r->view->store->words;
    for (uint32_t k = 0; k < r->part_hits.count; k++) {
        const struct vol_hit *hit = &r->part_hits.items[k];
        const uint32_t *parts = words + hit->place + VOL_LINE_PART * VOL_LANES;
        if (r->parts.capacity - r->parts.count < VOL_LANES && !vol_pairs_grow(&r->parts))
            return;
        for (uint32_t mask = hit->mask; mask != 0; mask &= mask - 1) {
            uint32_t part = parts[__builtin_ctz(mask)];
            const uint32_t *record = words + r->view->places[part];
            for (uint32_t line = 0; line < RECORD_LINES; line++)
                __builtin_prefetch(record + line * VOL_LANES);
            r->parts.items[r->parts.count++] = (struct vol_pair){hit->piece, part, 0};
        }
    }
}

static void take_edges(ovf_volumes_reader *r)
{
    const uint32_t *words = r->view->store->words;
    for (uint32_t k = 0; k < r->edge_hits.count; k++) {
        const struct vol_hit *hit = &r->edge_hits.items[k];
        const uint32_t *parts = words + hit->place + VOL_LINE_PART * VOL_LANES;
        if (r->edges.capacity - r->edges.count < VOL_LANES && !vol_pairs_grow(&r->edges))
            return;
        for (uint32_t mask = hit->mask; mask != 0; mask &= mask - 1) {
            uint32_t i = (uint32_t)__builtin_ctz(mask);
            uint32_t edge = hit->place + (VOL_EDGE_HEAD + i) * VOL_LANES;
            __builtin_prefetch(words + edge);
            r->edges.items[r->edges.count++] = (struct vol_pair){hit->piece, parts[i], edge};
        }
    }
}

static void go_through(struct vol_way *w)
{
    ovf_volumes_reader *r = w->r;
    uint32_t part_at = 0;
    uint32_t edge_at = 0;
    r->parts.count = r->edges.count = r->part_hits.count = r->edge_hits.count = 0;
    (void)r->pass(r->view, &w->block, 0, w->count, UINT32_MAX, &r->part_hits, &r->edge_hits);
    take_parts(r);
    take_edges(r);
    r->counts.pieces += w->count;
    r->counts.boxes += r->parts.count + r->edges.count;
    while (part_at < r->parts.count || edge_at < r->edges.count) {
        uint32_t next_part = part_at < r->parts.count ? r->parts.items[part_at].piece : UINT32_MAX;
        uint32_t next_edge = edge_at < r->edges.count ? r->edges.items[edge_at].piece : UINT32_MAX;
        uint32_t first = next_part < next_edge ? next_part : next_edge;
        uint32_t end = first + 1;
        while (w->in_a_row == VOL_NONE && end < w->count && !w->spans[end].is_first)
            end++;
        struct vol_span whole = {.piece = w->in_a_row + first, .until = 1, .length_m = -1};
        const struct vol_span *span = w->in_a_row == VOL_NONE ? &w->spans[first] : &whole;
        uint32_t part_end = pairs_until(&r->parts, part_at, end);
        uint32_t edge_end = pairs_until(&r->edges, edge_at, end);
        begin_piece(w, span->piece);
        if (span->length_m >= 0)
            w->length_m = span->length_m;
        struct vol_cut cut = cut_of_span(w, span);
        r->serial++;
        look_at_edges(w, span, &cut, edge_at, edge_end);
        for (; part_at < part_end; part_at++)
            look_at(w, span, &cut, r->parts.items[part_at].part);
        edge_at = edge_end;
    }
    w->count = 0;
    w->in_a_row = VOL_NONE;
}

static void add_query(struct vol_way *w, const struct vol_span *span, const struct vol_box *box)
{
    vol_block_set(&w->block, w->count, box);
    w->spans[w->count++] = *span;
}

static void add_span(struct vol_way *w, uint32_t piece, double from, double until, ovf_fixed a,
                     ovf_fixed b, double length_m)
{
    struct vol_span span = {
        .piece = piece, .is_first = true, .from = from, .until = until, .length_m = length_m};
    struct vol_box box;
    if (w->count + 2 > VOL_BLOCK)
        go_through(w);
    vol_box_of_leg(a.lat_e7, a.lon_e7, b.lat_e7, b.lon_e7, &box);
    vol_limits_of(&box, &w->points[piece], &w->points[piece + 1], w->doubt);
    if (from != 0)
        span.a = ovf_fixed_point(a);
    if (until != 1)
        span.b = ovf_fixed_point(b);
    if (box.west <= box.east) {
        add_query(w, &span, &box);
        return;
    }
    struct vol_box half = box;
    half.east = (int32_t)OVF_GEO_HALF_E7;
    add_query(w, &span, &half);
    span.is_first = false;
    half.east = box.east;
    half.west = -(int32_t)OVF_GEO_HALF_E7;
    add_query(w, &span, &half);
}

static void add_piece(struct vol_way *w, uint32_t piece)
{
    ovf_fixed a = w->points[piece].place;
    ovf_fixed b = w->points[piece + 1].place;
    if (vol_is_short(a, b)) {
        add_span(w, piece, 0, 1, a, b, -1);
        return;
    }
    ovf_leg leg;
    ovf_leg_init(&leg, ovf_fixed_point(a), ovf_fixed_point(b));
    uint32_t parts = (uint32_t)ceil(leg.length_m / VOL_CUT_M);
    ovf_fixed from = a;
    for (uint32_t i = 1; i <= parts; i++) {
        ovf_fixed to = i == parts ? b : ovf_point_fix(ovf_leg_at(&leg, leg.length_m * i / parts));
        add_span(w, piece, (double)(i - 1) / parts, i == parts ? 1 : (double)i / parts, from, to,
                 leg.length_m);
        from = to;
    }
}

/* false: a point is wrong. */
static bool add_block(struct vol_way *w, uint32_t piece, uint32_t count)
{
    const ovf_volumes_point *points = w->points;
    go_through(w);
    unsigned flags = w->r->near_boxes_of(points + piece, count, w->doubt, &w->block);
    if ((flags & VOL_POINTS_WRONG) != 0)
        return false;
    if (flags == 0) {
        w->in_a_row = piece;
        w->count = count;
        return true;
    }
    for (uint32_t end = piece + count; piece < end; piece++) {
        if (vol_is_wrong(&points[piece + 1]) || points[piece + 1].time_s < points[piece].time_s)
            return false;
        add_piece(w, piece);
    }
    return true;
}

static int by_entry(const void *a, const void *b)
{
    const ovf_volumes_stretch *x = a;
    const ovf_volumes_stretch *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

bool vol_ask_geodesic(ovf_volumes_reader *r, const ovf_volumes_point *points, size_t count,
                      ovf_volumes_doubt doubt)
{
    struct vol_way w;
    w.r = r;
    w.points = points;
    w.doubt = doubt;
    w.count = w.piece = 0;
    w.in_a_row = VOL_NONE;
    w.length_m = -1;
    w.place[0] = w.place[1] = UINT32_MAX;
    uint32_t pieces = (uint32_t)count - 1;
    r->found_count = r->event_count = r->doubtful_count = 0;
    r->ways++;
    if (vol_is_wrong(&points[0]))
        return false;
    if (r->cells != NULL)
        find_inside(&w, points[0].place);
    for (uint32_t piece = 0; piece < pieces && !r->failed;) {
        uint32_t some = pieces - piece < VOL_BLOCK ? pieces - piece : VOL_BLOCK;
        if (!add_block(&w, piece, some))
            return false;
        piece += some;
    }
    go_through(&w);
    begin_piece(&w, pieces - 1);
    end_piece(&w);
    while (r->inside_count > 0) { // those without limits; of the others all has been told
        const struct vol_part *part = vol_part_of(r, r->inside[r->inside_count - 1].number);
        if (part->is_lazy)
            go_out(&w, part, r->inside_count - 1, 1);
        else
            r->inside_count--;
    }
    if (r->run_count > 1)
        qsort(r->runs, r->run_count, sizeof *r->runs, by_entry);
    return true;
}
