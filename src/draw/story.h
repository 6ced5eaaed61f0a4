/* SPDX-License-Identifier: Apache-2.0 */
/* story.h - the inside of the picture of a timeline: its axis, its rows, and who draws them. */
#ifndef OVF_DRAW_STORY_H
#define OVF_DRAW_STORY_H

#include "draw_internal.h"

#define STORY_INK 0x1d2730ff
#define STORY_PALE 0x5b6975ff

/* One item where it is drawn. */
typedef struct story_place {
    const ovf_story_item *item;
    double from_px, until_px; /* of the bar or the mark */
    bool cut_left, cut_right; /* it goes on outside of the window */
    double label_px;          /* where the label starts; NAN: it has no room and no place */
    ovf_str label;            /* cut to its room */
    bool label_inside;        /* on the bar */
    size_t line;              /* within its row */
} story_place;

typedef struct story_row {
    ovf_story_lane lane;
    ovf_str name;
    size_t first, count; /* into places, which are sorted by row */
    size_t lines;
    double top_px;
} story_row;

typedef struct story {
    const ovf_story_request *request;
    ovf_arena *arena;
    draw_canvas canvas;
    double scale;
    double left_px, right_px; /* of the axis */
    double top_px, bottom_px; /* of the rows */
    double name_px;           /* where names of rows start */
    double line_px, row_gap_px, lane_px;
    story_place *places;
    size_t place_count;
    story_row *rows;
    size_t row_count;
    size_t left_out;                          /* marks outside of the window */
    double lane_top_px[OVF_STORY_LANE_COUNT]; /* NAN: the lane is empty */
    double lane_bottom_px[OVF_STORY_LANE_COUNT];
} story;

double story_x(const story *s, ovf_time t);
draw_font story_type(const story *s, double size, draw_weight weight, draw_rgba color);
draw_rgba story_color(const ovf_story_item *item);
/* story_rows.c: who stands where; false: no memory. The canvas measures the labels. */
bool story_lay_rows(story *s);
double story_rows_height(story *s); /* sets where they stand */
void story_draw_rows(story *s);
/* story_axis.c */
void story_draw_axis(story *s);

#endif
