/* SPDX-License-Identifier: Apache-2.0 */
/* How verdicts and answers look. Every kind has a colour and a pattern of its own, so that a
 * print in black and white still tells them apart. */
#include "draw_internal.h"

#include <math.h>

static const draw_hatch_style hatch_styles[DRAW_HATCH_COUNT] = {
    [DRAW_HATCH_UNKNOWN] = {"Cannot be told: treat as closed", 0x8a6d00ff, 0xffe06650, 6},
    [DRAW_HATCH_BINDING] = {"Binding: must not enter", 0xc0182bff, 0xc0182b1e, 7},
    [DRAW_HATCH_CONDITIONAL] = {"Binding with conditions", 0xd9730dff, 0xd9730d1c, 5},
    [DRAW_HATCH_CONTESTED] = {"Contested authority", 0x7b3294ff, 0x7b32941a, 4},
    [DRAW_HATCH_SERVICE] = {"Air traffic service withdrawn", 0x7a6652ff, 0x7a665218, 3},
    [DRAW_HATCH_ADVISORY] = {"Advisory: binds nobody", 0x2b6cb0ff, 0x2b6cb010, 2},
    [DRAW_HATCH_NO_FORCE] = {"No legal force here", 0x7f7f7fff, 0x00000000, 1},
};

static const draw_line_style line_styles[DRAW_LINE_COUNT] = {
    [DRAW_LINE_NOT_JUDGED] = {"Not judged", {0x4a4a4aff, 1.6, {0}, false}},
    [DRAW_LINE_CLEAR] = {"Clear", {0x1a7f37ff, 1.8, {0}, false}},
    [DRAW_LINE_TOUCHED] = {"Touched, may fly", {0x1f5fbfff, 2.0, {12, 3}, false}},
    [DRAW_LINE_BLOCKED] = {"Blocked", {0xb00020ff, 2.8, {0}, false}},
    [DRAW_LINE_UNKNOWN] = {"Unknown", {0xb86e00ff, 2.2, {9, 4, 2, 4}, false}},
    [DRAW_LINE_WAY_ROUND] = {"Way round", {0x005a4fff, 3.2, {13, 7}, false}},
};

const draw_hatch_style *draw_hatch_style_of(draw_hatch hatch)
{
    return &hatch_styles[hatch];
}

const draw_line_style *draw_line_style_of(draw_line_kind kind)
{
    return &line_styles[kind];
}

/* A verdict that binds others but not this party looks like one without force. */
draw_hatch draw_hatch_of(ovf_verdict verdict, ovf_tri applies)
{
    switch (verdict) {
    case OVF_VERDICT_BINDING:
        return applies == OVF_TRI_NO ? DRAW_HATCH_NO_FORCE : DRAW_HATCH_BINDING;
    case OVF_VERDICT_CONDITIONAL:
        return applies == OVF_TRI_NO ? DRAW_HATCH_NO_FORCE : DRAW_HATCH_CONDITIONAL;
    case OVF_VERDICT_CONTESTED: return DRAW_HATCH_CONTESTED;
    case OVF_VERDICT_SERVICE_WITHDRAWN: return DRAW_HATCH_SERVICE;
    case OVF_VERDICT_ADVISORY: return DRAW_HATCH_ADVISORY;
    case OVF_VERDICT_NO_LEGAL_FORCE:
    case OVF_VERDICT_OWN_DECISION:
    case OVF_VERDICT_NONE: return DRAW_HATCH_NO_FORCE;
    case OVF_VERDICT_UNKNOWN: break;
    }
    return DRAW_HATCH_UNKNOWN;
}

draw_line_kind draw_line_of(const ovf_conflict *conflict)
{
    if (conflict == NULL)
        return DRAW_LINE_NOT_JUDGED;
    switch (conflict->answer) {
    case OVF_TOUCH_CLEAR: return DRAW_LINE_CLEAR;
    case OVF_TOUCH_TOUCHED: return DRAW_LINE_TOUCHED;
    case OVF_TOUCH_BLOCKED: return DRAW_LINE_BLOCKED;
    case OVF_TOUCH_UNKNOWN: break;
    }
    return DRAW_LINE_UNKNOWN;
}

draw_stroke draw_stroke_scaled(draw_stroke stroke, double scale)
{
    stroke.width_px *= scale;
    for (int i = 0; i < 4; i++)
        stroke.dash[i] *= scale;
    return stroke;
}

/* Parallel lines over the box, `step` apart, rising to the right (slope 1), falling (-1) or level
 * (0). They hang on the picture's corner, so that hatchings of neighbours meet. */
static void hatch_lines(draw_path *path, draw_rect r, int slope, double step, double shift)
{
    if (slope == 0) {
        double d = fmax(round(step), 2);
        for (double y = ceil((r.y - shift) / d) * d + shift; y < r.y + r.h; y += d) {
            draw_path_move(path, (draw_pt){r.x, y});
            draw_path_line(path, (draw_pt){r.x + r.w, y});
        }
        return;
    }
    // Along the axis, in whole pixels: then a row repeats the one above, shifted, and PNG stays small.
    double d = fmax(round(step * sqrt(2.0)), 2);
    double from = slope > 0 ? r.x + r.y : r.x - r.y - r.h;
    double until = from + r.w + r.h;
    for (double c = ceil((from - shift) / d) * d + shift; c < until; c += d) {
        double y0 = r.y, y1 = r.y + r.h;
        draw_path_move(path, (draw_pt){slope > 0 ? c - y0 : c + y0, y0});
        draw_path_line(path, (draw_pt){slope > 0 ? c - y1 : c + y1, y1});
    }
}

static void question_marks(draw_canvas *canvas, draw_rect r, double scale)
{
    double step = 34 * scale;
    draw_font font = {.size_px = 15 * scale, .weight = DRAW_BOLD, .color = 0x8a6d00d0};
    double y0 = floor(r.y / step) * step;
    for (int row = 0; y0 + row * step < r.y + r.h + step; row++) {
        double x0 = floor(r.x / step) * step + (row % 2 == 0 ? 0 : step / 2);
        for (double x = x0; x < r.x + r.w; x += step)
            draw_text(canvas, (draw_pt){x, y0 + row * step}, font, OVF_STR("?"));
    }
}

static void hatch_pattern(draw_canvas *canvas, ovf_arena *arena, draw_rect r, draw_hatch hatch,
                          double scale)
{
    draw_path lines;
    draw_path_init(&lines, arena);
    draw_stroke stroke = {.color = (hatch_styles[hatch].color & 0xffffff00) | 0xa0,
                          .width_px = 0.9 * scale};
    switch (hatch) {
    case DRAW_HATCH_BINDING:
        hatch_lines(&lines, r, 1, 9 * scale, 0);
        hatch_lines(&lines, r, -1, 9 * scale, 0);
        stroke.color = (stroke.color & 0xffffff00) | 0x70;
        break;
    case DRAW_HATCH_CONDITIONAL: hatch_lines(&lines, r, 1, 7 * scale, 0); break;
    case DRAW_HATCH_CONTESTED:
        hatch_lines(&lines, r, -1, 13 * scale, 0);
        hatch_lines(&lines, r, -1, 13 * scale, round(6 * scale));
        break;
    case DRAW_HATCH_SERVICE: hatch_lines(&lines, r, 0, 7 * scale, 0); break;
    case DRAW_HATCH_ADVISORY:
        hatch_lines(&lines, r, 1, 17 * scale, 0);
        stroke.dash[0] = 9 * scale;
        stroke.dash[1] = 7 * scale;
        break;
    case DRAW_HATCH_UNKNOWN: question_marks(canvas, r, scale); return;
    case DRAW_HATCH_NO_FORCE:
    case DRAW_HATCH_COUNT: return;
    }
    draw_line(canvas, &lines, stroke);
}

void draw_hatched(draw_canvas *canvas, ovf_arena *arena, const draw_path *surface,
                  const draw_path *edge, draw_hatch hatch, double scale)
{
    const draw_hatch_style *style = &hatch_styles[hatch];
    if (surface->count > 0 && hatch != DRAW_HATCH_NO_FORCE) {
        draw_fill(canvas, surface, style->tint);
        draw_clip_push(canvas, surface);
        hatch_pattern(canvas, arena, draw_path_bounds(surface), hatch, scale);
        draw_clip_pop(canvas);
    }
    draw_stroke stroke = {.color = style->color, .width_px = 1.6 * scale};
    if (hatch == DRAW_HATCH_NO_FORCE)
        stroke = (draw_stroke){style->color, 1.8 * scale, {0.1, 4.5 * scale, 0, 0}, true};
    else if (hatch == DRAW_HATCH_UNKNOWN || hatch == DRAW_HATCH_ADVISORY)
        stroke = (draw_stroke){style->color, 1.6 * scale, {7 * scale, 4 * scale, 0, 0}, false};
    draw_line(canvas, edge, stroke);
}
