/* SPDX-License-Identifier: Apache-2.0 */
/* Round the map: title and subtitle above, scale, projection and sources below. */
#include "draw_internal.h"

#include <math.h>

#define INK 0x1d2730ff
#define PALE 0x5b6975ff
#define WARNING 0xa0001cff
#define SOURCES_MAX 12

void draw_heading(draw_map *map)
{
    double s = map->scale;
    draw_rect m = map->view.map;
    double right = map->panel.w > 0 ? map->panel.x + map->panel.w : m.x + m.w;
    draw_font title_font = draw_type(map, 25, DRAW_BOLD, INK);
    draw_font subtitle_font = draw_type(map, 13.5, DRAW_REGULAR, PALE);
    double left = map->left_px;
    ovf_str title = draw_clean(map->arena, map->request->title);
    ovf_str subtitle = draw_clean(map->arena, map->request->subtitle);
    draw_text(&map->canvas, (draw_pt){left, 44 * s}, title_font,
              draw_text_fit(&map->canvas, map->arena, title_font, title, right - left));
    draw_text(&map->canvas, (draw_pt){left, 67 * s}, subtitle_font,
              draw_text_fit(&map->canvas, map->arena, subtitle_font, subtitle, right - left));
}

/* The roundest length of 1, 2 or 5 times a power of ten that is no longer than max. */
static double round_length(double max)
{
    double power = pow(10, floor(log10(max)));
    double lead = max / power;
    return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power;
}

static ovf_str number_text(ovf_arena *arena, double value)
{
    if (value >= 1 || value <= 0)
        return ovf_arena_printf(arena, "%ld", lround(value));
    return ovf_arena_printf(arena, "0.%02ld", lround(value * 100));
}

/* Four fields, black and white; true in the middle of the map. Returns its right end. */
static double scale_bar(draw_map *map, draw_pt at)
{
    double s = map->scale;
    double px_per_nm = OVF_NM_M / draw_view_m_per_px(&map->view);
    double length_nm = round_length(230 * s / px_per_nm);
    double field = length_nm * px_per_nm / 4;
    draw_font font = draw_type(map, 10.5, DRAW_REGULAR, INK);
    for (int i = 0; i < 4; i++)
        draw_box(&map->canvas, (draw_rect){at.x + i * field, at.y, field, 6 * s},
                 i % 2 == 0 ? INK : 0xffffffff, INK, 0.8 * s);
    const double marks[3] = {0, 0.5, 1};
    double right = at.x;
    for (int i = 0; i < 3; i++) {
        ovf_str text = number_text(map->arena, marks[i] * length_nm);
        if (i == 2)
            text = ovf_arena_printf(map->arena, OVF_FMT " NM", OVF_ARG(text));
        double w =
            draw_text_width(&map->canvas, font, number_text(map->arena, marks[i] * length_nm));
        draw_pt place = {at.x + marks[i] * 4 * field - (i == 0 ? 0 : w / 2), at.y + 18 * s};
        draw_text(&map->canvas, place, font, text);
        right = place.x + draw_text_width(&map->canvas, font, text);
    }
    return fmax(right, at.x + 4 * field);
}

static ovf_str projection_text(const draw_map *map)
{
    const draw_view *view = &map->view;
    switch (view->projection.kind) {
    case DRAW_LAMBERT:
        return OVF_STR("Lambert conformal conic, WGS84; scale true in the middle of the map");
    case DRAW_MERCATOR: return OVF_STR("Mercator, WGS84; scale true in the middle of the map");
    case DRAW_POLAR:
        return OVF_STR("Polar stereographic, WGS84; scale true in the middle of the map");
    case DRAW_EQUAL_EARTH: return OVF_STR("Equal Earth, WGS84: every region at its true size");
    case DRAW_MILLER: break;
    }
    return OVF_STR("Miller cylindrical; scale true along the parallel in the middle of the map");
}

/* Up to the first remark: "AIP Panama ENR 2.1; San Andres lies in it" is AIP Panama ENR 2.1. */
static ovf_str short_source(ovf_str source)
{
    size_t end = source.len;
    const ovf_str stops[2] = {OVF_STR_INIT(";"), OVF_STR_INIT("(")};
    for (int i = 0; i < 2; i++) {
        size_t at = ovf_str_find(source, 0, stops[i]);
        if (at != OVF_NOPOS && at < end)
            end = at;
    }
    return ovf_str_trim(ovf_str_sub(source, 0, end));
}

/* "FIR limits, approximate, after: AIP Venezuela ENR 2.1; AIP ...; outlines: Natural Earth 1:10m" */
static ovf_str sources_text(draw_map *map)
{
    if (map->request->world == NULL)
        return OVF_STR("Drawn without a world file: no coasts, borders or FIR limits.");
    ovf_str list = OVF_STR("");
    ovf_str seen[SOURCES_MAX];
    size_t seen_count = 0, more = 0;
    for (size_t i = 0; i < map->fir_count; i++) {
        ovf_str source = short_source(map->firs[i]->source);
        bool is_new = source.len > 0;
        for (size_t k = 0; k < seen_count && is_new; k++)
            is_new = !ovf_str_eq(seen[k], source);
        if (!is_new)
            continue;
        if (seen_count == SOURCES_MAX) {
            more++;
            continue;
        }
        seen[seen_count++] = source;
        list = ovf_arena_printf(
            map->arena, OVF_FMT "%s" OVF_FMT, OVF_ARG(list),
            list.len > 0 ? ", " : "FIR limits, approximate, after: ", OVF_ARG(source));
    }
    if (more > 0)
        list = ovf_arena_printf(map->arena, OVF_FMT " and %zu more", OVF_ARG(list), more);
    return draw_clean(map->arena, ovf_arena_printf(map->arena, OVF_FMT "%sOutlines: Natural Earth.",
                                                   OVF_ARG(list), list.len > 0 ? ". " : ""));
}

/* Writes text into at most `lines` lines of this width; the last is cut with an ellipsis. */
static void paragraph(draw_map *map, draw_pt at, draw_font font, ovf_str text, double width_px,
                      int lines)
{
    for (int line = 0; line < lines && text.len > 0; line++) {
        size_t end = text.len;
        if (line + 1 < lines) {
            while (draw_text_width(&map->canvas, font,
                                   ovf_arena_dup(map->arena, ovf_str_sub(text, 0, end)))
                   > width_px) {
                size_t cut = end;
                while (cut > 0 && text.ptr[cut - 1] != ' ')
                    cut--;
                if (cut <= 1)
                    break;
                end = cut - 1;
            }
        }
        ovf_str part = ovf_arena_dup(map->arena, ovf_str_trim(ovf_str_sub(text, 0, end)));
        draw_text(&map->canvas, (draw_pt){at.x, at.y + line * font.size_px * 1.35}, font,
                  draw_text_fit(&map->canvas, map->arena, font, part, width_px));
        text = ovf_str_trim(ovf_str_tail(text, end));
    }
}

void draw_footer(draw_map *map)
{
    double s = map->scale;
    draw_rect m = map->view.map;
    double top = m.y + m.h + 34 * s;
    double right = map->panel.w > 0 ? map->panel.x + map->panel.w : m.x + m.w;
    double bar_end = scale_bar(map, (draw_pt){map->left_px, top});

    draw_font warning = draw_type(map, 13, DRAW_BOLD, WARNING);
    ovf_str warning_text = OVF_STR("NOT FOR NAVIGATION");
    double warning_w = draw_text_width(&map->canvas, warning, warning_text);
    draw_text(&map->canvas, (draw_pt){right - warning_w, top + 9 * s}, warning, warning_text);

    draw_font small = draw_type(map, 10, DRAW_REGULAR, PALE);
    ovf_str note = projection_text(map);
    size_t left_out = draw_labels_left_out(map->labels);
    if (left_out > 0)
        note = ovf_arena_printf(map->arena, OVF_FMT ". %zu label%s left out for want of room",
                                OVF_ARG(note), left_out, left_out == 1 ? "" : "s");
    double note_x = bar_end + 24 * s;
    double note_w = right - warning_w - 20 * s - note_x;
    if (note_w > 120 * s)
        paragraph(map, (draw_pt){note_x, top + 7 * s}, small, note, note_w, 2);
    paragraph(map, (draw_pt){map->left_px, top + 36 * s}, small, sources_text(map),
              right - map->left_px, 2);
}
