/* SPDX-License-Identifier: Apache-2.0 */
/* SVG 1.1 as text: paths with one decimal of a pixel, text as text. Numbers are written without
 * printf's decimals, which follow the program's locale. */
#include "draw_internal.h"

#include <math.h>
#include <stdlib.h>

static long tenths_of(double value)
{
    return lround(fmin(fmax(value, -1e7), 1e7) * 10);
}

static void put_tenths(ovf_buf *buf, long tenths)
{
    if (tenths < 0)
        ovf_buf_addc(buf, '-');
    unsigned long size = (unsigned long)labs(tenths);
    if (size % 10 == 0)
        ovf_buf_printf(buf, "%lu", size / 10);
    else if (size < 10)
        ovf_buf_printf(buf, ".%lu", size);
    else
        ovf_buf_printf(buf, "%lu.%lu", size / 10, size % 10);
}

static void put_number(ovf_buf *buf, double value)
{
    put_tenths(buf, tenths_of(value));
}

static void put_attribute(ovf_buf *buf, const char *name, double value)
{
    ovf_buf_printf(buf, " %s=\"", name);
    put_number(buf, value);
    ovf_buf_addc(buf, '"');
}

static void put_color(ovf_buf *buf, const char *what, draw_rgba color)
{
    unsigned alpha = color & 255;
    if (alpha == 0) {
        ovf_buf_printf(buf, " %s=\"none\"", what);
        return;
    }
    ovf_buf_printf(buf, " %s=\"#%06x\"", what, (unsigned)(color >> 8));
    if (alpha != 255) // thousandths, rounded
        ovf_buf_printf(buf, " %s-opacity=\"0.%03u\"", what, (alpha * 1000 + 127) / 255);
}

static void put_escaped(ovf_buf *buf, ovf_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.ptr[i]) {
        case '<': ovf_buf_add(buf, OVF_STR("&lt;")); break;
        case '>': ovf_buf_add(buf, OVF_STR("&gt;")); break;
        case '&': ovf_buf_add(buf, OVF_STR("&amp;")); break;
        case '"': ovf_buf_add(buf, OVF_STR("&quot;")); break;
        default: ovf_buf_addc(buf, text.ptr[i]);
        }
    }
}

void draw_svg_begin(draw_canvas *canvas, ovf_str title)
{
    ovf_buf *buf = canvas->svg;
    int w = (int)canvas->width_px, h = (int)canvas->height_px;
    ovf_buf_printf(buf,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"%d\" "
                   "height=\"%d\" viewBox=\"0 0 %d %d\" fill-rule=\"evenodd\" "
                   "stroke-linejoin=\"round\" "
                   "font-family=\"'DejaVu Sans',Verdana,Arial,sans-serif\">\n<title>",
                   w, h, w, h);
    put_escaped(buf, title);
    ovf_buf_printf(buf, "</title>\n<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", w, h);
}

void draw_svg_end(draw_canvas *canvas)
{
    while (canvas->clip_depth > 0)
        draw_svg_clip_pop(canvas);
    ovf_buf_add(canvas->svg, OVF_STR("</svg>\n"));
}

/* Steps from point to point take half the bytes of places; rounded places are what is stepped
 * between, so no error adds up. */
static void put_path_data(ovf_buf *buf, const draw_path *path)
{
    ovf_buf_add(buf, OVF_STR(" d=\""));
    for (size_t part = 0; part < path->part_count; part++) {
        size_t end = draw_path_part_end(path, part);
        long x = 0, y = 0;
        for (size_t i = path->starts[part]; i < end; i++) {
            bool is_first = i == path->starts[part];
            long next_x = tenths_of(path->pts[i].x), next_y = tenths_of(path->pts[i].y);
            if (!is_first && next_x == x && next_y == y && end - path->starts[part] > 2)
                continue;
            ovf_buf_addc(buf, is_first ? 'M' : 'l');
            put_tenths(buf, next_x - (is_first ? 0 : x));
            if (next_y - (is_first ? 0 : y) >= 0)
                ovf_buf_addc(buf, ' ');
            put_tenths(buf, next_y - (is_first ? 0 : y));
            x = next_x;
            y = next_y;
        }
    }
    ovf_buf_addc(buf, '"');
}

void draw_svg_path(draw_canvas *canvas, const draw_path *path, draw_rgba fill,
                   const draw_stroke *stroke)
{
    ovf_buf *buf = canvas->svg;
    ovf_buf_add(buf, OVF_STR("<path"));
    put_color(buf, "fill", fill);
    if (stroke != NULL) {
        put_color(buf, "stroke", stroke->color);
        put_attribute(buf, "stroke-width", stroke->width_px);
        if (stroke->round_cap)
            ovf_buf_add(buf, OVF_STR(" stroke-linecap=\"round\""));
        if (stroke->dash[0] > 0) {
            ovf_buf_add(buf, OVF_STR(" stroke-dasharray=\""));
            for (int i = 0; i < (stroke->dash[2] > 0 ? 4 : 2); i++) {
                if (i > 0)
                    ovf_buf_addc(buf, ' ');
                put_number(buf, stroke->dash[i]);
            }
            ovf_buf_addc(buf, '"');
        }
    }
    put_path_data(buf, path);
    ovf_buf_add(buf, OVF_STR("/>\n"));
}

void draw_svg_disc(draw_canvas *canvas, draw_pt at, double radius_px, draw_rgba fill,
                   draw_rgba edge, double width_px)
{
    ovf_buf *buf = canvas->svg;
    ovf_buf_add(buf, OVF_STR("<circle"));
    put_attribute(buf, "cx", at.x);
    put_attribute(buf, "cy", at.y);
    put_attribute(buf, "r", radius_px);
    put_color(buf, "fill", fill);
    put_color(buf, "stroke", edge);
    put_attribute(buf, "stroke-width", width_px);
    ovf_buf_add(buf, OVF_STR("/>\n"));
}

void draw_svg_text(draw_canvas *canvas, draw_pt at, draw_font font, ovf_str text, double width_px)
{
    ovf_buf *buf = canvas->svg;
    ovf_buf_add(buf, OVF_STR("<text"));
    put_attribute(buf, "x", at.x);
    put_attribute(buf, "y", at.y);
    put_attribute(buf, "font-size", font.size_px);
    // With another font than the one measured the text is still as wide as the place it has.
    put_attribute(buf, "textLength", width_px);
    ovf_buf_add(buf, OVF_STR(" lengthAdjust=\"spacingAndGlyphs\""));
    if (font.weight == DRAW_BOLD)
        ovf_buf_add(buf, OVF_STR(" font-weight=\"bold\""));
    if (font.weight == DRAW_ITALIC)
        ovf_buf_add(buf, OVF_STR(" font-style=\"italic\""));
    put_color(buf, "fill", font.color);
    if ((font.halo & 255) != 0) {
        put_color(buf, "stroke", font.halo);
        put_attribute(buf, "stroke-width", font.size_px * 0.28);
        ovf_buf_add(buf, OVF_STR(" paint-order=\"stroke\""));
    }
    ovf_buf_addc(buf, '>');
    put_escaped(buf, text);
    ovf_buf_add(buf, OVF_STR("</text>\n"));
}

void draw_svg_clip_push(draw_canvas *canvas, const draw_path *path)
{
    ovf_buf *buf = canvas->svg;
    unsigned id = ++canvas->clip_count;
    canvas->clip_depth++;
    ovf_buf_printf(buf, "<clipPath id=\"c%u\"><path clip-rule=\"evenodd\"", id);
    put_path_data(buf, path);
    ovf_buf_printf(buf, "/></clipPath>\n<g clip-path=\"url(#c%u)\">\n", id);
}

void draw_svg_clip_pop(draw_canvas *canvas)
{
    if (canvas->clip_depth == 0)
        return;
    canvas->clip_depth--;
    ovf_buf_add(canvas->svg, OVF_STR("</g>\n"));
}
