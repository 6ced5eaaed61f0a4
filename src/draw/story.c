/* SPDX-License-Identifier: Apache-2.0 */
/* The picture of a timeline: lanes for those who have authority, for operators, and for what was
 * said and happened, over one axis of time. Intervals are bars, instants marks. */
#include "story.h"

#include <math.h>

#define DEFAULT_WIDTH_PX 1600
#define MEASURED_HEIGHT_PX 200 /* of the canvas that only measures text */
#define WARNING 0xa0001cff

double story_x(const story *s, ovf_time t)
{
    const ovf_interval window = s->request->window;
    return s->left_px
           + (s->right_px - s->left_px) * ((double)t - (double)window.from)
                 / ((double)window.until - (double)window.from);
}

draw_font story_type(const story *s, double size, draw_weight weight, draw_rgba color)
{
    return (draw_font){.size_px = size * s->scale, .weight = weight, .color = color};
}

draw_rgba story_color(const ovf_story_item *item)
{
    switch (item->tone) {
    case OVF_STORY_SAID: return 0x3b4a57ff;
    case OVF_STORY_INCIDENT: return 0xc0182bff;
    case OVF_STORY_FLYING: return 0x1a7f37ff;
    case OVF_STORY_SUSPENDED: return 0xd9730dff;
    case OVF_STORY_REVOKED: return 0x7b3294ff;
    case OVF_STORY_RESUMED: return 0x1f5fbfff;
    case OVF_STORY_BY_VERDICT: break;
    }
    if (item->verdict == OVF_VERDICT_NONE)
        return 0x8a97a3ff;
    return draw_hatch_style_of(draw_hatch_of(item->verdict, OVF_TRI_UNKNOWN))->color;
}

static ovf_str tone_words(const ovf_story_item *item)
{
    switch (item->tone) {
    case OVF_STORY_SAID: return OVF_STR("Said");
    case OVF_STORY_INCIDENT: return OVF_STR("Incident, use of force");
    case OVF_STORY_FLYING: return OVF_STR("Flying");
    case OVF_STORY_SUSPENDED: return OVF_STR("Suspended");
    case OVF_STORY_REVOKED: return OVF_STR("Permission revoked");
    case OVF_STORY_RESUMED: return OVF_STR("Resumed");
    case OVF_STORY_BY_VERDICT: break;
    }
    if (item->verdict == OVF_VERDICT_NONE)
        return OVF_STR("Restricts nothing by itself");
    return ovf_str_of(draw_hatch_style_of(draw_hatch_of(item->verdict, OVF_TRI_UNKNOWN))->words);
}

static ovf_status check(const ovf_story_request *request, ovf_error *err)
{
    const ovf_interval window = request->window;
    if (request->item_count > OVF_STORY_MAX_ITEMS)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "%zu items in a timeline, the limit is %d",
                        request->item_count, OVF_STORY_MAX_ITEMS);
    if (window.from == OVF_TIME_NONE || window.until == OVF_TIME_OPEN
        || window.until - window.from < OVF_MINUTE_S
        || window.from < -62135596800 /* year 1 */ || window.until > 253402300800 /* year 10000 */)
        return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS, "a window of time that cannot be drawn");
    const int32_t sizes[] = {request->width_px, request->height_px};
    for (size_t i = 0; i < OVF_COUNTOF(sizes); i++) {
        if (sizes[i] != 0 && (sizes[i] < OVF_MAP_MIN_PX || sizes[i] > OVF_MAP_MAX_PX))
            return ovf_fail(err, OVF_E_RANGE, OVF_NOPOS,
                            "a picture has from %d to %d pixels a side", OVF_MAP_MIN_PX,
                            OVF_MAP_MAX_PX);
    }
    return OVF_OK;
}

static void heading(story *s)
{
    double k = s->scale;
    draw_font title = story_type(s, 25, DRAW_BOLD, STORY_INK);
    draw_font subtitle = story_type(s, 13.5, DRAW_REGULAR, STORY_PALE);
    double room = s->right_px - s->name_px;
    draw_text(
        &s->canvas, (draw_pt){s->name_px, 44 * k}, title,
        draw_text_fit(&s->canvas, s->arena, title, draw_clean(s->arena, s->request->title), room));
    draw_text(&s->canvas, (draw_pt){s->name_px, 67 * k}, subtitle,
              draw_text_fit(&s->canvas, s->arena, subtitle,
                            draw_clean(s->arena, s->request->subtitle), room));
}

/* One swatch for each look that is in the picture. Returns the height it took. */
static double legend(story *s, double y, bool is_drawn)
{
    double k = s->scale;
    draw_rgba seen[32];
    size_t seen_count = 0;
    double x = s->name_px;
    double top = y;
    draw_font font = story_type(s, 11, DRAW_REGULAR, STORY_INK);
    for (size_t i = 0; i < s->place_count; i++) {
        const ovf_story_item *item = s->places[i].item;
        draw_rgba color = story_color(item);
        bool is_new = seen_count < OVF_COUNTOF(seen);
        for (size_t n = 0; n < seen_count && is_new; n++)
            is_new = seen[n] != (color ^ (draw_rgba)item->lane);
        if (!is_new)
            continue;
        seen[seen_count++] = color ^ (draw_rgba)item->lane;
        ovf_str words = tone_words(item);
        double w = draw_text_width(&s->canvas, font, words);
        if (x + 30 * k + w > s->right_px && x > s->name_px) {
            x = s->name_px;
            y += 20 * k;
        }
        if (is_drawn) {
            draw_rect swatch = {x, y + 2 * k, 20 * k, 11 * k};
            if (item->lane == OVF_STORY_STATEMENTS && item->tone == OVF_STORY_INCIDENT)
                draw_triangle(&s->canvas, (draw_pt){x + 10 * k, y + 1 * k}, -DRAW_PI / 2, 11 * k,
                              color);
            else if (item->lane == OVF_STORY_STATEMENTS)
                draw_disc(&s->canvas, (draw_pt){x + 10 * k, y + 7.5 * k}, 4 * k, color, 0xffffffff,
                          1.2 * k);
            else
                draw_box(&s->canvas, swatch, (color & 0xffffff00u) | 0x38u, color, 1.0 * k);
            draw_text(&s->canvas, (draw_pt){x + 27 * k, y + 11.5 * k}, font, words);
        }
        x += 27 * k + w + 24 * k;
    }
    return y + 24 * k - top;
}

static void footer(story *s, double y)
{
    double k = s->scale;
    draw_font warning = story_type(s, 13, DRAW_BOLD, WARNING);
    ovf_str words = OVF_STR("NOT FOR NAVIGATION");
    double w = draw_text_width(&s->canvas, warning, words);
    draw_text(&s->canvas, (draw_pt){s->right_px - w, y + 14 * k}, warning, words);
    draw_font small = story_type(s, 10.5, DRAW_REGULAR, STORY_PALE);
    ovf_str note = OVF_STR("Times are UTC. A pointed end: it goes on beyond, or nobody has said "
                           "until when. A dotted line in a bar: when it became known.");
    if (s->left_out > 0)
        note = ovf_arena_printf(s->arena, OVF_FMT " %zu earlier or later %s not shown.",
                                OVF_ARG(note), s->left_out, s->left_out == 1 ? "is" : "are");
    draw_text(
        &s->canvas, (draw_pt){s->name_px, y + 13 * k}, small,
        draw_text_fit(&s->canvas, s->arena, small, note, s->right_px - w - 24 * k - s->name_px));
}

/* Everything but the canvas: sizes and places. A canvas of one size measures the text of any. */
static ovf_status lay_out(story *s, double *height, ovf_error *err)
{
    double width = s->canvas.width_px;
    s->scale = fmin(fmax(width / DEFAULT_WIDTH_PX, 0.6), 5.0);
    double k = s->scale;
    s->name_px = 30 * k;
    s->left_px = fmin(s->name_px + 190 * k, width * 0.3);
    s->right_px = width - 40 * k;
    s->top_px = 126 * k;
    s->line_px = 23 * k;
    s->row_gap_px = 4 * k;
    s->lane_px = 22 * k;
    if (!story_lay_rows(s))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a timeline");
    s->bottom_px = s->top_px + story_rows_height(s);
    *height = s->bottom_px + 44 * k + legend(s, 0, false) + 30 * k;
    return OVF_OK;
}

static ovf_status draw_on(story *s, ovf_buf *buf, ovf_error *err)
{
    heading(s);
    story_draw_rows(s);
    double y = s->bottom_px + 44 * s->scale;
    y += legend(s, y, true);
    footer(s, y);
    return draw_canvas_finish(&s->canvas, s->arena, buf, err);
}

static ovf_status draw(story *s, ovf_buf *buf, ovf_error *err)
{
    const ovf_story_request *request = s->request;
    int32_t width = request->width_px != 0 ? request->width_px : DEFAULT_WIDTH_PX;
    ovf_str title = draw_clean(s->arena, request->title);
    // A first canvas measures; the rows tell how high the real one has to be.
    ovf_buf unused = {0};
    ovf_status status =
        draw_canvas_init(&s->canvas, OVF_MAP_SVG, width, MEASURED_HEIGHT_PX, title, &unused, err);
    if (status != OVF_OK)
        return status;
    double height = 0;
    status = lay_out(s, &height, err);
    draw_canvas_done(&s->canvas);
    ovf_buf_done(&unused);
    if (status != OVF_OK)
        return status;
    int32_t wanted = (int32_t)fmin(ceil(height), 1e6);
    if (wanted > (request->height_px != 0 ? request->height_px : OVF_MAP_MAX_PX))
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS,
                        "the rows need %d pixels of height: a shorter window, or a wider picture",
                        (int)wanted);
    if (wanted < OVF_MAP_MIN_PX)
        wanted = OVF_MAP_MIN_PX;
    status =
        draw_canvas_init(&s->canvas, request->format, width,
                         request->height_px != 0 ? request->height_px : wanted, title, buf, err);
    if (status != OVF_OK)
        return status;
    status = draw_on(s, buf, err);
    draw_canvas_done(&s->canvas);
    return status;
}

ovf_status ovf_story_draw(const ovf_story_request *request, ovf_buf *buf, ovf_error *err)
{
    ovf_status status = check(request, err);
    if (status != OVF_OK)
        return status;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    story s = {.request = request, .arena = &arena};
    status = draw(&s, buf, err);
    ovf_arena_done(&arena);
    return status;
}
