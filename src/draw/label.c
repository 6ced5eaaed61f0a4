/* SPDX-License-Identifier: Apache-2.0 */
/* A placer of labels. Every label brings the spots it could take, with what each costs; it gets
 * the cheapest that touches no label, symbol or leader already there and covers little of the
 * lines. First come, first served: the caller asks in order of weight. Boxes are found through a
 * grid of cells, lines through a finer one that counts their ink. */
#include "draw_internal.h"

#include <math.h>

#define CELL_PX 64.0
#define INK_PX 4.0
#define INK_COST 0.9 /* for one cell of ink under a label: twenty outweigh a worse side */
#define LEADERS_MAX 2000
#define GAP_PX 1.5 /* between two labels */

typedef struct box_node {
    draw_rect box;
    struct box_node *next;
} box_node;

typedef struct leader {
    draw_pt a, b;
} leader;

struct draw_labels {
    ovf_arena *arena;
    draw_rect area;
    size_t columns, rows;
    box_node **cells;
    size_t ink_columns, ink_rows;
    uint8_t *ink;
    leader *leaders;
    size_t leader_count, leader_capacity;
    size_t left_out;
};

draw_labels *draw_labels_new(ovf_arena *arena, draw_rect area)
{
    draw_labels *labels = ovf_arena_array(arena, draw_labels, 1);
    if (labels == NULL || !(area.w > 0) || !(area.h > 0) || area.w > 20000 || area.h > 20000)
        return NULL;
    *labels = (draw_labels){
        .arena = arena,
        .area = area,
        .columns = (size_t)(area.w / CELL_PX) + 1,
        .rows = (size_t)(area.h / CELL_PX) + 1,
        .ink_columns = (size_t)(area.w / INK_PX) + 1,
        .ink_rows = (size_t)(area.h / INK_PX) + 1,
    };
    labels->cells = ovf_arena_array(arena, box_node *, labels->columns * labels->rows);
    labels->ink = ovf_arena_array(arena, uint8_t, labels->ink_columns * labels->ink_rows);
    return labels->cells == NULL || labels->ink == NULL ? NULL : labels;
}

/* Cells [*from, *until) of an axis that a stretch covers. */
static void cells_of(double at, double size, double cell, size_t count, size_t *from, size_t *until)
{
    double a = fmin(fmax(floor(at / cell), 0), (double)count);
    double b = fmin(fmax(floor((at + size) / cell) + 1, 0), (double)count);
    *from = (size_t)a;
    *until = (size_t)b;
}

void draw_labels_block(draw_labels *labels, draw_rect box)
{
    size_t x0 = 0, x1 = 0, y0 = 0, y1 = 0;
    cells_of(box.x - labels->area.x, box.w, CELL_PX, labels->columns, &x0, &x1);
    cells_of(box.y - labels->area.y, box.h, CELL_PX, labels->rows, &y0, &y1);
    for (size_t y = y0; y < y1; y++) {
        for (size_t x = x0; x < x1; x++) {
            box_node *node = ovf_arena_array(labels->arena, box_node, 1);
            if (node == NULL)
                return; // the map ends with OVF_E_NOMEM anyhow
            box_node **head = &labels->cells[y * labels->columns + x];
            *node = (box_node){box, *head};
            *head = node;
        }
    }
}

void draw_labels_ink(draw_labels *labels, const draw_path *path, double weight)
{
    uint8_t add = (uint8_t)fmin(fmax(weight * 8, 1), 64);
    for (size_t part = 0; part < path->part_count; part++) {
        size_t end = draw_path_part_end(path, part);
        for (size_t i = path->starts[part] + 1; i < end; i++) {
            draw_pt a = path->pts[i - 1], b = path->pts[i];
            int steps = (int)fmin(hypot(b.x - a.x, b.y - a.y) / INK_PX, 20000) + 1;
            for (int s = 0; s < steps; s++) {
                double x = a.x + (b.x - a.x) * s / steps - labels->area.x;
                double y = a.y + (b.y - a.y) * s / steps - labels->area.y;
                if (!(x >= 0) || !(y >= 0) || x >= labels->area.w || y >= labels->area.h)
                    continue;
                uint8_t *cell =
                    &labels->ink[(size_t)(y / INK_PX) * labels->ink_columns + (size_t)(x / INK_PX)];
                *cell = (uint8_t)(*cell > 255 - add ? 255 : *cell + add);
            }
        }
    }
}

static bool hits_box(const draw_labels *labels, draw_rect box)
{
    size_t x0 = 0, x1 = 0, y0 = 0, y1 = 0;
    cells_of(box.x - labels->area.x, box.w, CELL_PX, labels->columns, &x0, &x1);
    cells_of(box.y - labels->area.y, box.h, CELL_PX, labels->rows, &y0, &y1);
    for (size_t y = y0; y < y1; y++) {
        for (size_t x = x0; x < x1; x++) {
            for (const box_node *node = labels->cells[y * labels->columns + x]; node != NULL;
                 node = node->next) {
                if (draw_rect_overlaps(box, node->box))
                    return true;
            }
        }
    }
    return false;
}

static double ink_under(const draw_labels *labels, draw_rect box)
{
    size_t x0 = 0, x1 = 0, y0 = 0, y1 = 0;
    cells_of(box.x - labels->area.x, box.w, INK_PX, labels->ink_columns, &x0, &x1);
    cells_of(box.y - labels->area.y, box.h, INK_PX, labels->ink_rows, &y0, &y1);
    double sum = 0;
    for (size_t y = y0; y < y1; y++) {
        for (size_t x = x0; x < x1; x++)
            sum += labels->ink[y * labels->ink_columns + x];
    }
    return sum / 8.0;
}

static double cross(draw_pt a, draw_pt b, draw_pt c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static bool segments_cross(draw_pt a, draw_pt b, draw_pt c, draw_pt d)
{
    return (cross(a, b, c) > 0) != (cross(a, b, d) > 0)
           && (cross(c, d, a) > 0) != (cross(c, d, b) > 0);
}

static bool segment_meets_rect(draw_pt a, draw_pt b, draw_rect r)
{
    draw_pt c[4] = {{r.x, r.y}, {r.x + r.w, r.y}, {r.x + r.w, r.y + r.h}, {r.x, r.y + r.h}};
    if (draw_rect_holds(r, a) || draw_rect_holds(r, b))
        return true;
    for (int i = 0; i < 4; i++) {
        if (segments_cross(a, b, c[i], c[(i + 1) % 4]))
            return true;
    }
    return false;
}

draw_pt draw_leader_end(draw_rect box, draw_pt anchor)
{
    return (draw_pt){
        fmin(fmax(anchor.x, box.x), box.x + box.w),
        fmin(fmax(anchor.y, box.y), box.y + box.h),
    };
}

/* A leader goes over no other label and crosses no other leader; it may leave from a symbol. */
static bool leader_is_free(const draw_labels *labels, draw_pt anchor, draw_pt end)
{
    for (size_t i = 0; i < labels->leader_count; i++) {
        if (segments_cross(anchor, end, labels->leaders[i].a, labels->leaders[i].b))
            return false;
    }
    int steps = (int)fmin(hypot(end.x - anchor.x, end.y - anchor.y) / 3.0, 10000);
    for (int s = 4; s < steps; s++) {
        draw_rect dot = {anchor.x + (end.x - anchor.x) * s / steps - 0.5,
                         anchor.y + (end.y - anchor.y) * s / steps - 0.5, 1, 1};
        if (hits_box(labels, dot))
            return false;
    }
    return true;
}

static bool spot_is_free(const draw_labels *labels, const draw_spot *spot)
{
    draw_rect b = spot->box;
    draw_rect a = labels->area;
    if (!(b.x >= a.x) || !(b.y >= a.y) || !(b.x + b.w <= a.x + a.w) || !(b.y + b.h <= a.y + a.h)
        || hits_box(labels, draw_rect_grown(b, GAP_PX)))
        return false;
    for (size_t i = 0; i < labels->leader_count; i++) {
        if (segment_meets_rect(labels->leaders[i].a, labels->leaders[i].b, b))
            return false;
    }
    return !spot->has_leader
           || (labels->leader_count < LEADERS_MAX
               && leader_is_free(labels, spot->anchor, draw_leader_end(b, spot->anchor)));
}

size_t draw_labels_place(draw_labels *labels, const draw_spot *spots, size_t count)
{
    size_t best = SIZE_MAX;
    double best_cost = HUGE_VAL;
    for (size_t i = 0; i < count; i++) {
        if (spots[i].cost >= best_cost)
            continue;
        double cost = spots[i].cost + INK_COST * ink_under(labels, spots[i].box);
        if (cost < best_cost && spot_is_free(labels, &spots[i])) {
            best = i;
            best_cost = cost;
        }
    }
    if (best == SIZE_MAX) {
        labels->left_out++;
        return SIZE_MAX;
    }
    draw_labels_block(labels, spots[best].box);
    if (spots[best].has_leader
        && ovf_arena_grow(labels->arena, (void **)&labels->leaders, labels->leader_count,
                          &labels->leader_capacity, sizeof(leader)))
        labels->leaders[labels->leader_count++] =
            (leader){spots[best].anchor, draw_leader_end(spots[best].box, spots[best].anchor)};
    return best;
}

size_t draw_labels_left_out(const draw_labels *labels)
{
    return labels->left_out;
}
