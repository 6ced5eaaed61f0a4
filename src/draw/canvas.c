/* SPDX-License-Identifier: Apache-2.0 */
/* One set of drawing calls for both formats. PNG goes to cairo; SVG is written by canvas_svg.c, so
 * that its text stays text (searchable, selectable, read aloud) and the same map gives the same
 * bytes. cairo measures the text of both. */
#include "draw_internal.h"

#include <math.h>
#include <string.h>

/* fonts-dejavu-core; without it fontconfig offers what there is. */
#define FONT_FAMILY "DejaVu Sans"

static void set_font(cairo_t *cr, draw_font font)
{
    cairo_select_font_face(
        cr, FONT_FAMILY,
        font.weight == DRAW_ITALIC ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL,
        font.weight == DRAW_BOLD ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cr, font.size_px);
}

static void set_color(cairo_t *cr, draw_rgba color)
{
    cairo_set_source_rgba(cr, (color >> 24 & 255) / 255.0, (color >> 16 & 255) / 255.0,
                          (color >> 8 & 255) / 255.0, (color & 255) / 255.0);
}

ovf_status draw_canvas_init(draw_canvas *canvas, ovf_map_format format, int32_t width_px,
                            int32_t height_px, ovf_str title, ovf_buf *buf, ovf_error *err)
{
    *canvas = (draw_canvas){
        .format = format,
        .width_px = width_px,
        .height_px = height_px,
        .svg = buf,
    };
    bool is_png = format == OVF_MAP_PNG;
    canvas->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, is_png ? width_px : 1,
                                                 is_png ? height_px : 1);
    canvas->cr = cairo_create(canvas->surface);
    if (cairo_status(canvas->cr) != CAIRO_STATUS_SUCCESS) {
        draw_canvas_done(canvas);
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a picture of %d x %d pixels",
                        (int)width_px, (int)height_px);
    }
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(canvas->cr, options);
    cairo_font_options_destroy(options);
    cairo_set_fill_rule(canvas->cr, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_set_line_join(canvas->cr, CAIRO_LINE_JOIN_ROUND);
    if (is_png) {
        cairo_set_source_rgb(canvas->cr, 1, 1, 1);
        cairo_paint(canvas->cr);
    } else {
        draw_svg_begin(canvas, title);
    }
    return OVF_OK;
}

ovf_status draw_canvas_finish(draw_canvas *canvas, ovf_arena *arena, ovf_buf *buf, ovf_error *err)
{
    cairo_status_t drawn = cairo_status(canvas->cr);
    if (drawn == CAIRO_STATUS_NO_MEMORY)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory to draw the map");
    if (drawn != CAIRO_STATUS_SUCCESS)
        return ovf_fail(err, OVF_E_INTERNAL, OVF_NOPOS, "cairo: %s", cairo_status_to_string(drawn));
    if (canvas->format == OVF_MAP_SVG) {
        draw_svg_end(canvas);
    } else {
        ovf_status status = draw_png_write(canvas->surface, arena, buf, err);
        if (status != OVF_OK)
            return status;
    }
    if (buf->failed)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the picture's bytes");
    return OVF_OK;
}

void draw_canvas_done(draw_canvas *canvas)
{
    if (canvas->cr != NULL)
        cairo_destroy(canvas->cr);
    if (canvas->surface != NULL)
        cairo_surface_destroy(canvas->surface);
    canvas->cr = NULL;
    canvas->surface = NULL;
}

static void trace(cairo_t *cr, const draw_path *path)
{
    cairo_new_path(cr);
    for (size_t part = 0; part < path->part_count; part++) {
        size_t end = draw_path_part_end(path, part);
        for (size_t i = path->starts[part]; i < end; i++) {
            if (i == path->starts[part])
                cairo_move_to(cr, path->pts[i].x, path->pts[i].y);
            else
                cairo_line_to(cr, path->pts[i].x, path->pts[i].y);
        }
    }
}

void draw_fill(draw_canvas *canvas, const draw_path *path, draw_rgba color)
{
    if (path->count == 0 || (color & 255) == 0)
        return;
    if (canvas->format == OVF_MAP_SVG) {
        draw_svg_path(canvas, path, color, NULL);
        return;
    }
    trace(canvas->cr, path);
    set_color(canvas->cr, color);
    cairo_fill(canvas->cr);
}

void draw_line(draw_canvas *canvas, const draw_path *path, draw_stroke stroke)
{
    if (path->count == 0 || (stroke.color & 255) == 0)
        return;
    if (canvas->format == OVF_MAP_SVG) {
        draw_svg_path(canvas, path, 0, &stroke);
        return;
    }
    trace(canvas->cr, path);
    set_color(canvas->cr, stroke.color);
    cairo_set_line_width(canvas->cr, stroke.width_px);
    cairo_set_line_cap(canvas->cr, stroke.round_cap ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    int dashes = stroke.dash[0] <= 0 ? 0 : stroke.dash[2] > 0 ? 4 : 2;
    cairo_set_dash(canvas->cr, stroke.dash, dashes, 0);
    cairo_stroke(canvas->cr);
}

void draw_box(draw_canvas *canvas, draw_rect r, draw_rgba fill, draw_rgba edge, double width_px)
{
    draw_pt pts[5] = {
        {r.x, r.y}, {r.x + r.w, r.y}, {r.x + r.w, r.y + r.h}, {r.x, r.y + r.h}, {r.x, r.y}};
    size_t start = 0;
    draw_path path = {.pts = pts, .count = 5, .starts = &start, .part_count = 1};
    draw_fill(canvas, &path, fill);
    draw_line(canvas, &path, (draw_stroke){.color = edge, .width_px = width_px, .round_cap = true});
}

void draw_segment(draw_canvas *canvas, draw_pt a, draw_pt b, draw_stroke stroke)
{
    draw_pt pts[2] = {a, b};
    size_t start = 0;
    draw_path path = {.pts = pts, .count = 2, .starts = &start, .part_count = 1};
    draw_line(canvas, &path, stroke);
}

void draw_disc(draw_canvas *canvas, draw_pt at, double radius_px, draw_rgba fill, draw_rgba edge,
               double width_px)
{
    if (canvas->format == OVF_MAP_SVG) {
        draw_svg_disc(canvas, at, radius_px, fill, edge, width_px);
        return;
    }
    cairo_new_path(canvas->cr);
    cairo_arc(canvas->cr, at.x, at.y, radius_px, 0, 2 * DRAW_PI);
    set_color(canvas->cr, fill);
    cairo_fill_preserve(canvas->cr);
    set_color(canvas->cr, edge);
    cairo_set_line_width(canvas->cr, width_px);
    cairo_set_dash(canvas->cr, NULL, 0, 0);
    cairo_stroke(canvas->cr);
}

void draw_triangle(draw_canvas *canvas, draw_pt tip, double bearing_rad, double length_px,
                   draw_rgba fill)
{
    double c = cos(bearing_rad), s = sin(bearing_rad);
    double half = length_px * 0.42;
    draw_pt pts[4] = {
        tip,
        {tip.x - length_px * c - half * s, tip.y - length_px * s + half * c},
        {tip.x - length_px * c + half * s, tip.y - length_px * s - half * c},
        tip,
    };
    size_t start = 0;
    draw_path path = {.pts = pts, .count = 4, .starts = &start, .part_count = 1};
    draw_line(canvas, &path, (draw_stroke){.color = 0xffffffe0, .width_px = length_px * 0.28});
    draw_fill(canvas, &path, fill);
}

double draw_text_width(draw_canvas *canvas, draw_font font, ovf_str text)
{
    if (text.len == 0)
        return 0;
    cairo_text_extents_t extents = {0};
    set_font(canvas->cr, font);
    cairo_text_extents(canvas->cr, text.ptr, &extents);
    return extents.x_advance;
}

void draw_text(draw_canvas *canvas, draw_pt at, draw_font font, ovf_str text)
{
    if (text.len == 0)
        return;
    if (canvas->format == OVF_MAP_SVG) {
        draw_svg_text(canvas, at, font, text, draw_text_width(canvas, font, text));
        return;
    }
    cairo_t *cr = canvas->cr;
    set_font(cr, font);
    if ((font.halo & 255) != 0) {
        cairo_new_path(cr);
        cairo_move_to(cr, at.x, at.y);
        cairo_text_path(cr, text.ptr);
        set_color(cr, font.halo);
        cairo_set_line_width(cr, font.size_px * 0.28);
        cairo_set_dash(cr, NULL, 0, 0);
        cairo_stroke(cr);
    }
    cairo_move_to(cr, at.x, at.y);
    set_color(cr, font.color);
    cairo_show_text(cr, text.ptr);
    cairo_new_path(cr);
}

void draw_clip_push(draw_canvas *canvas, const draw_path *path)
{
    if (canvas->format == OVF_MAP_SVG) {
        draw_svg_clip_push(canvas, path);
        return;
    }
    cairo_save(canvas->cr);
    trace(canvas->cr, path);
    cairo_clip(canvas->cr);
}

void draw_clip_pop(draw_canvas *canvas)
{
    if (canvas->format == OVF_MAP_SVG)
        draw_svg_clip_pop(canvas);
    else
        cairo_restore(canvas->cr);
}

void draw_layer_begin(draw_canvas *canvas, const draw_path *path)
{
    if (canvas->format == OVF_MAP_SVG)
        draw_svg_clip_push(canvas, path);
    else
        cairo_push_group(canvas->cr);
}

void draw_layer_end(draw_canvas *canvas, const draw_path *path)
{
    if (canvas->format == OVF_MAP_SVG) {
        draw_svg_clip_pop(canvas);
        return;
    }
    cairo_pop_group_to_source(canvas->cr);
    trace(canvas->cr, path);
    cairo_fill(canvas->cr);
}

/* Bytes of the well-formed UTF-8 character at p (Unicode 15, table 3-7); 0: there is none. */
static size_t utf8_len(const unsigned char *p, size_t left)
{
    size_t len = p[0] < 0x80   ? 1
                 : p[0] < 0xC2 ? 0
                 : p[0] < 0xE0 ? 2
                 : p[0] < 0xF0 ? 3
                 : p[0] < 0xF5 ? 4
                               : 0;
    if (len == 0 || len > left)
        return 0;
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    }
    bool is_bad = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F)
                  || (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F)
                  || (p[0] == 0xEF && p[1] == 0xBF && p[2] >= 0xBE); // U+FFFE: not in XML
    return is_bad ? 0 : len;
}

ovf_str draw_clean(ovf_arena *arena, ovf_str text)
{
    char *out = ovf_arena_array(arena, char, text.len + 1);
    if (out == NULL)
        return OVF_STR("");
    size_t len = 0;
    for (size_t i = 0; i < text.len;) {
        const unsigned char *p = (const unsigned char *)text.ptr + i;
        size_t n = utf8_len(p, text.len - i);
        if (n == 1 && (*p == '\n' || *p == '\t' || *p == '\r')) {
            out[len++] = ' ';
        } else if (n == 0 || *p < 0x20 || *p == 0x7F) {
            out[len++] = '?';
            n = 1;
        } else {
            memcpy(out + len, p, n);
            len += n;
        }
        i += n;
    }
    out[len] = '\0';
    return (ovf_str){out, len};
}

ovf_str draw_text_fit(draw_canvas *canvas, ovf_arena *arena, draw_font font, ovf_str text,
                      double width_px)
{
    if (draw_text_width(canvas, font, text) <= width_px)
        return text;
    size_t low = 0, high = text.len; // bytes that fit, bytes that do not
    ovf_str best = OVF_STR("");
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        size_t cut = middle;
        while (cut > 0 && ((unsigned char)text.ptr[cut] & 0xC0) == 0x80)
            cut--;
        ovf_str head = ovf_str_trim(ovf_str_sub(text, 0, cut));
        ovf_str tried = ovf_arena_printf(arena, OVF_FMT "\xE2\x80\xA6", OVF_ARG(head));
        if (tried.ptr != NULL && draw_text_width(canvas, font, tried) <= width_px) {
            best = tried;
            low = middle;
        } else {
            high = middle;
        }
    }
    return best;
}
