/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of the timeline: items of one lane and one name share a row, and take as many lines of it as
 * it needs for no bar, mark or label to cover another. Greedy: each item, by its start, goes to the
 * first line that is free from there on. */
#include "story.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LABEL_MAX_PX 640
#define LABEL_MIN_PX 60 /* shorter ones say nothing */
#define GAP_PX 8
#define MARK_PX 5

static double clampd(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

/* Lanes in their order; within a lane rows by their first item; within a row by time. */
static int by_start(const void *a, const void *b)
{
    const ovf_story_item *x = ((const story_place *)a)->item;
    const ovf_story_item *y = ((const story_place *)b)->item;
    if (x->lane != y->lane)
        return x->lane < y->lane ? -1 : 1;
    if (x->during.from != y->during.from)
        return x->during.from < y->during.from ? -1 : 1;
    int order = ovf_str_cmp(x->row, y->row);
    return order != 0 ? order : ovf_str_cmp(x->label, y->label);
}

static bool is_mark(const ovf_story_item *item)
{
    return item->during.until <= item->during.from;
}

static bool is_in_window(const story *s, const ovf_story_item *item)
{
    const ovf_interval window = s->request->window;
    if (is_mark(item))
        return item->during.from >= window.from && item->during.from < window.until;
    return item->during.from < window.until && item->during.until > window.from;
}

static void place(story *s, const ovf_story_item *item)
{
    if (!is_in_window(s, item)) {
        s->left_out++;
        return;
    }
    const ovf_interval window = s->request->window;
    story_place *p = &s->places[s->place_count++];
    *p = (story_place){.item = item, .label_px = (double)NAN};
    p->from_px = clampd(story_x(s, item->during.from), s->left_px, s->right_px);
    p->until_px = is_mark(item) ? p->from_px
                                : clampd(story_x(s, item->during.until), s->left_px, s->right_px);
    p->cut_left = item->during.from < window.from;
    p->cut_right = !is_mark(item) && (item->during.until > window.until || item->is_open);
    if (!is_mark(item) && p->until_px - p->from_px < 3 * s->scale)
        p->until_px = fmin(p->from_px + 3 * s->scale, s->right_px);
}

/* Where the line stands that says when a bar's item became known; negative: there is none. */
static double known_px(const story *s, const story_place *p)
{
    ovf_time known = p->item->known;
    if (known == OVF_TIME_NONE || known == p->item->during.from || is_mark(p->item))
        return -1.0;
    double x = story_x(s, known);
    return x >= p->from_px && x <= p->until_px ? x : -1.0;
}

/* Where its label goes when everything before `free_px` is taken; the room that it takes ends at
 * *end. false: it has no place on this line. */
static bool try_line(story *s, story_place *p, double free_px, double *end)
{
    double k = s->scale;
    double mark = is_mark(p->item) ? MARK_PX * k : 0;
    double start = p->from_px - mark;
    if (start < free_px)
        return false;
    draw_font font = story_type(s, 11.5, DRAW_REGULAR, STORY_INK);
    ovf_str text = draw_clean(s->arena, p->item->label);
    double full = fmin(draw_text_width(&s->canvas, font, text), LABEL_MAX_PX * k);
    double bar = p->until_px - p->from_px;
    p->label_inside = false;
    // Not across the line that says when it became known: behind it, or else outside.
    double inside_px = p->from_px + GAP_PX * k;
    double known = known_px(s, p);
    if (known >= 0 && known < inside_px + full)
        inside_px = known + GAP_PX * k * 0.75;
    if (!is_mark(p->item) && bar >= full + 2 * GAP_PX * k
        && inside_px + full + GAP_PX * k <= p->until_px) {
        p->label_inside = true;
        p->label_px = inside_px;
        p->label = draw_text_fit(&s->canvas, s->arena, font, text, full + 1);
        *end = p->until_px + GAP_PX * k;
        return true;
    }
    double right = p->until_px + mark + GAP_PX * k * 0.75 + (p->cut_right ? 8 * k : 0);
    double room = s->right_px - right;
    if (room >= full) {
        p->label_px = right;
        p->label = draw_text_fit(&s->canvas, s->arena, font, text, full + 1);
        *end = right + full + GAP_PX * k;
        return true;
    }
    // Near the right edge the label stands before its item, if that is free.
    double left = start - GAP_PX * k * 0.75 - full - (p->cut_left ? 8 * k : 0);
    if (left >= free_px && left >= s->left_px) {
        p->label_px = left;
        p->label = draw_text_fit(&s->canvas, s->arena, font, text, full + 1);
        *end = p->until_px + mark + GAP_PX * k;
        return true;
    }
    double inside = bar - 2 * GAP_PX * k;
    if (room < LABEL_MIN_PX * k && inside > LABEL_MIN_PX * k) {
        p->label_inside = true;
        p->label_px = p->from_px + GAP_PX * k;
        p->label = draw_text_fit(&s->canvas, s->arena, font, text, inside);
        *end = p->until_px + GAP_PX * k;
        return true;
    }
    if (room < LABEL_MIN_PX * k && start - free_px > LABEL_MIN_PX * k) {
        room = start - GAP_PX * k * 1.5 - fmax(free_px, s->left_px);
        p->label = draw_text_fit(&s->canvas, s->arena, font, text, room);
        p->label_px = start - GAP_PX * k * 0.75 - draw_text_width(&s->canvas, font, p->label);
        *end = p->until_px + mark + GAP_PX * k;
        return true;
    }
    if (room < LABEL_MIN_PX * k)
        return free_px <= s->left_px; // nowhere is there room for it: it stands without
    p->label_px = right;
    p->label = draw_text_fit(&s->canvas, s->arena, font, text, room);
    *end = s->right_px + GAP_PX * k;
    return true;
}

/* What an operator does next ends what it did: its bars never overlap, whatever their labels need. */
static bool fill_lines(story *s, story_row *row)
{
    double *free_px = ovf_arena_array(s->arena, double, row->count + 1);
    if (free_px == NULL)
        return false;
    row->lines = 1;
    for (size_t i = 0; i <= row->count; i++)
        free_px[i] = s->left_px - 2 * GAP_PX * s->scale;
    for (size_t i = 0; i < row->count; i++) {
        story_place *p = &s->places[row->first + i];
        size_t line = 0;
        double end = p->until_px + GAP_PX * s->scale;
        while (line < row->count && !try_line(s, p, free_px[line], &end))
            line++;
        p->line = line;
        free_px[line] = end;
        if (line + 1 > row->lines)
            row->lines = line + 1;
    }
    return true;
}

/* Statements share one row; the speaker is in the label. */
static ovf_str row_name(const ovf_story_item *item)
{
    return item->lane == OVF_STORY_STATEMENTS ? OVF_STR("") : item->row;
}

static bool group(story *s)
{
    story_place *sorted = ovf_arena_array(s->arena, story_place, s->place_count + 1);
    bool *taken = ovf_arena_array(s->arena, bool, s->place_count + 1);
    s->rows = ovf_arena_array(s->arena, story_row, s->place_count + 1);
    if (sorted == NULL || taken == NULL || s->rows == NULL)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < s->place_count; i++) {
        if (taken[i])
            continue;
        const ovf_story_item *first = s->places[i].item;
        story_row *row = &s->rows[s->row_count++];
        *row = (story_row){.lane = first->lane, .name = row_name(first), .first = count};
        for (size_t k = i; k < s->place_count; k++) {
            const ovf_story_item *item = s->places[k].item;
            if (taken[k] || item->lane != row->lane || !ovf_str_eq(row_name(item), row->name))
                continue;
            taken[k] = true;
            sorted[count++] = s->places[k];
        }
        row->count = count - row->first;
    }
    s->places = sorted;
    return true;
}

bool story_lay_rows(story *s)
{
    s->places = ovf_arena_array(s->arena, story_place, s->request->item_count + 1);
    if (s->places == NULL)
        return false;
    for (size_t i = 0; i < s->request->item_count; i++)
        place(s, &s->request->items[i]);
    qsort(s->places, s->place_count, sizeof(*s->places), by_start);
    if (!group(s))
        return false;
    for (size_t i = 0; i < s->row_count; i++) {
        if (!fill_lines(s, &s->rows[i]))
            return false;
    }
    return true;
}

/* Sets where each row and lane stands, from top_px on; returns the height of all of them. */
double story_rows_height(story *s)
{
    double y = s->top_px + 4 * s->scale;
    for (size_t lane = 0; lane < OVF_STORY_LANE_COUNT; lane++) {
        s->lane_top_px[lane] = (double)NAN;
        for (size_t i = 0; i < s->row_count; i++) {
            story_row *row = &s->rows[i];
            if ((size_t)row->lane != lane)
                continue;
            if (isnan(s->lane_top_px[lane])) {
                s->lane_top_px[lane] = y;
                y += s->lane_px;
            }
            row->top_px = y;
            y += (double)row->lines * s->line_px + s->row_gap_px;
        }
        s->lane_bottom_px[lane] = y;
        if (!isnan(s->lane_top_px[lane]))
            y += 10 * s->scale;
    }
    return y - s->top_px;
}

/* ---- drawing ---- */

static void draw_bar(story *s, const story_place *p, double y)
{
    double k = s->scale;
    draw_rgba color = story_color(p->item);
    double height = s->line_px - 6 * k;
    double top = y + 3 * k;
    draw_rgba tint = (color & 0xffffff00u) | 0x38u;
    draw_box(&s->canvas, (draw_rect){p->from_px, top, p->until_px - p->from_px, height}, tint,
             color, 1.0 * k);
    draw_pt middle_left = {p->from_px, top + height / 2};
    draw_pt middle_right = {p->until_px, top + height / 2};
    if (p->cut_left)
        draw_triangle(&s->canvas, (draw_pt){middle_left.x - 7 * k, middle_left.y}, DRAW_PI, 7 * k,
                      color);
    else
        draw_box(&s->canvas, (draw_rect){p->from_px, top, 3 * k, height}, color, color, 0);
    if (p->cut_right)
        draw_triangle(&s->canvas, (draw_pt){middle_right.x + 7 * k, middle_right.y}, 0, 7 * k,
                      color);
}

static void draw_item(story *s, const story_place *p, double y)
{
    double k = s->scale;
    double middle = y + s->line_px / 2;
    draw_rgba color = story_color(p->item);
    if (!is_mark(p->item))
        draw_bar(s, p, y);
    else if (p->item->tone == OVF_STORY_INCIDENT)
        draw_triangle(&s->canvas, (draw_pt){p->from_px, middle - 6 * k}, -DRAW_PI / 2, 11 * k,
                      color);
    else
        draw_disc(&s->canvas, (draw_pt){p->from_px, middle}, 4 * k, color, 0xffffffff, 1.2 * k);
    double x = known_px(s, p);
    if (x >= 0)
        draw_segment(&s->canvas, (draw_pt){x, y + 3 * k}, (draw_pt){x, y + s->line_px - 3 * k},
                     (draw_stroke){.color = STORY_INK, .width_px = 1.2 * k, .dash = {2, 2}});
    if (!isnan(p->label_px) && p->label.len > 0)
        draw_text(&s->canvas, (draw_pt){p->label_px, middle + 4 * k},
                  story_type(s, 11.5, DRAW_REGULAR, STORY_INK), p->label);
}

void story_draw_rows(story *s)
{
    static const char *const lane_names[] = {"AUTHORITIES", "OPERATORS", "SAID AND HAPPENED"};
    static const draw_rgba lane_fills[] = {0xf6f8faff, 0xf4f8f4ff, 0xfaf7f2ff};
    double k = s->scale;
    for (size_t lane = 0; lane < OVF_STORY_LANE_COUNT; lane++) {
        if (isnan(s->lane_top_px[lane]))
            continue;
        draw_rect box = {s->name_px - 8 * k, s->lane_top_px[lane],
                         s->right_px + 8 * k - s->name_px + 8 * k,
                         s->lane_bottom_px[lane] - s->lane_top_px[lane]};
        draw_box(&s->canvas, box, lane_fills[lane], 0, 0);
    }
    story_draw_axis(s);
    for (size_t lane = 0; lane < OVF_STORY_LANE_COUNT; lane++) {
        if (!isnan(s->lane_top_px[lane]))
            draw_text(&s->canvas, (draw_pt){s->name_px, s->lane_top_px[lane] + 15 * k},
                      story_type(s, 11, DRAW_BOLD, STORY_PALE), ovf_str_of(lane_names[lane]));
    }
    draw_font name_font = story_type(s, 12, DRAW_BOLD, STORY_INK);
    for (size_t i = 0; i < s->row_count; i++) {
        const story_row *row = &s->rows[i];
        ovf_str name =
            draw_text_fit(&s->canvas, s->arena, name_font, draw_clean(s->arena, row->name),
                          s->left_px - s->name_px - 12 * k);
        draw_text(&s->canvas, (draw_pt){s->name_px, row->top_px + s->line_px / 2 + 4.5 * k},
                  name_font, name);
        for (size_t n = 0; n < row->count; n++) {
            const story_place *p = &s->places[row->first + n];
            draw_item(s, p, row->top_px + (double)p->line * s->line_px);
        }
    }
}
