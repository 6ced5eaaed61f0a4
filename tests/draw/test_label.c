/* SPDX-License-Identifier: Apache-2.0 */
/* The placer of labels: over thousands of random labels none ever covers another, a blocked box or
 * a leader, or leaves its area; and every label is either placed or counted. */
#include "draw_internal.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define LABELS 700
#define SPOTS 24

/* SplitMix64: the same labels every time. */
static uint64_t next(uint64_t *seed)
{
    uint64_t z = *seed += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static double within(uint64_t *seed, double low, double high)
{
    return low + (high - low) * ((double)(next(seed) >> 11) / 9007199254740992.0);
}

/* Plain: does the segment run through the inside of the box? By a thousand points. */
static bool runs_through(draw_pt a, draw_pt b, draw_rect r)
{
    draw_rect inner = draw_rect_grown(r, -0.01);
    for (int i = 0; i <= 1000; i++) {
        draw_pt p = {a.x + (b.x - a.x) * i / 1000, a.y + (b.y - a.y) * i / 1000};
        if (draw_rect_holds(inner, p))
            return true;
    }
    return false;
}

typedef struct placed {
    draw_rect box;
    bool has_leader;
    draw_pt from, to;
} placed;

static struct row {
    const char *name;
    uint64_t seed;
    draw_rect area;
    double label_w, label_h, spread; /* of the anchors, a share of the area */
    bool leaders;
} rows[] = {
    {"roomy", 1, {40, 60, 1200, 900}, 50, 12, 1, false},
    {"with leaders", 2, {40, 60, 1200, 900}, 90, 28, 1, true},
    {"all at one place", 3, {0, 0, 800, 600}, 60, 14, 0.001, true},
    {"labels as large as the area", 4, {0, 0, 100, 80}, 95, 75, 1, false},
    {"labels larger than the area", 5, {10, 10, 100, 80}, 200, 75, 1, false},
    {"tiny area", 6, {3, 3, 2, 2}, 1, 1, 1, true},
    {"crowded with leaders", 7, {-50, -50, 500, 400}, 45, 11, 1, true},
};

static size_t spots_round(draw_pt anchor, double w, double h, bool leaders, draw_spot *spots)
{
    for (size_t k = 0; k < SPOTS; k++) {
        double angle = 2 * DRAW_PI * (double)k / 8;
        double away = 8 + 22 * (double)(k / 8);
        draw_pt c = {anchor.x + (away + w / 2) * cos(angle),
                     anchor.y + (away + h / 2) * sin(angle)};
        spots[k] = (draw_spot){
            .box = {c.x - w / 2, c.y - h / 2, w, h},
            .cost = (double)(k / 8),
            .has_leader = leaders && k >= 8,
            .anchor = anchor,
        };
    }
    return SPOTS;
}

static void check_new(const struct row *row, const placed *all, size_t count)
{
    const placed *p = &all[count];
    assert_true(p->box.x >= row->area.x && p->box.x + p->box.w <= row->area.x + row->area.w);
    assert_true(p->box.y >= row->area.y && p->box.y + p->box.h <= row->area.y + row->area.h);
    for (size_t i = 0; i < count; i++) {
        assert_false(draw_rect_overlaps(p->box, all[i].box));
        if (all[i].has_leader)
            assert_false(runs_through(all[i].from, all[i].to, p->box));
    }
}

static void never_overlap(void **state)
{
    const struct row *row = *state;
    uint64_t seed = row->seed;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    draw_labels *labels = draw_labels_new(&arena, row->area);
    assert_non_null(labels);
    placed *all = ovf_arena_array(&arena, placed, LABELS + 20);
    size_t count = 0, placed_count = 0;
    for (; count < 20; count++) { // symbols
        all[count].box = (draw_rect){within(&seed, row->area.x, row->area.x + row->area.w),
                                     within(&seed, row->area.y, row->area.y + row->area.h), 6, 6};
        draw_labels_block(labels, all[count].box);
    }
    for (size_t i = 0; i < LABELS; i++) {
        draw_pt anchor = {
            row->area.x + row->area.w * (0.5 + within(&seed, -0.5, 0.5) * row->spread),
            row->area.y + row->area.h * (0.5 + within(&seed, -0.5, 0.5) * row->spread)};
        draw_spot spots[SPOTS];
        double w = row->label_w * within(&seed, 0.7, 1.3), h = row->label_h;
        size_t at =
            draw_labels_place(labels, spots, spots_round(anchor, w, h, row->leaders, spots));
        if (at == SIZE_MAX)
            continue;
        all[count] = (placed){spots[at].box, spots[at].has_leader, anchor,
                              draw_leader_end(spots[at].box, anchor)};
        check_new(row, all, count);
        count++;
        placed_count++;
    }
    assert_int_equal(placed_count + draw_labels_left_out(labels), LABELS);
    ovf_arena_done(&arena);
}

static void prefers_less_ink(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    draw_labels *labels = draw_labels_new(&arena, (draw_rect){0, 0, 200, 100});
    draw_path line;
    draw_path_init(&line, &arena);
    draw_path_move(&line, (draw_pt){0, 20});
    draw_path_line(&line, (draw_pt){200, 20});
    draw_labels_ink(labels, &line, 2);
    draw_spot spots[2] = {{.box = {50, 14, 60, 12}}, {.box = {50, 60, 60, 12}, .cost = 0.5}};
    assert_int_equal(draw_labels_place(labels, spots, 2), 1);
    ovf_arena_done(&arena);
}

static void refuses_odd_areas(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    assert_null(draw_labels_new(&arena, (draw_rect){0, 0, 0, 10}));
    assert_null(draw_labels_new(&arena, (draw_rect){0, 0, (double)NAN, 10}));
    assert_null(draw_labels_new(&arena, (draw_rect){0, 0, 1e9, 10}));
    draw_labels *labels = draw_labels_new(&arena, (draw_rect){0, 0, 10, 10});
    draw_spot odd = {.box = {(double)NAN, 0, 1, 1}};
    assert_int_equal(draw_labels_place(labels, &odd, 1), SIZE_MAX);
    assert_int_equal(draw_labels_place(labels, NULL, 0), SIZE_MAX);
    assert_int_equal(draw_labels_left_out(labels), 2);
    ovf_arena_done(&arena);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 2] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, never_overlap, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] =
        (struct CMUnitTest){"keeps off lines", prefers_less_ink, NULL, NULL, NULL};
    tests[OVF_COUNTOF(rows) + 1] =
        (struct CMUnitTest){"odd areas and spots", refuses_odd_areas, NULL, NULL, NULL};
    return _cmocka_run_group_tests("label", tests, OVF_COUNTOF(tests), NULL, NULL);
}
