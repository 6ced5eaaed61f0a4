/* SPDX-License-Identifier: Apache-2.0 */
/* Beside the map: the legend (only what is in the picture), the restrictions with whom they bind,
 * the flights with their answers. A narrow picture has the legend in a corner of the map. */
#include "draw_internal.h"

#include <math.h>

#define INK 0x1d2730ff
#define PALE 0x5b6975ff
#define RULE 0xc5cfd6ff
#define SWATCH_W 30.0
#define LEGEND_ROW 19.0
#define HEAD_ROW 26.0

typedef struct column {
    draw_map *map;
    double x, y, w, until;
    int tightness; /* 0..4: what the lists leave out so that they fit; see tighten */
} column;

static draw_pt below(const column *c, double dx, double dy)
{
    double s = c->map->scale;
    return (draw_pt){c->x + dx * s, c->y + dy * s};
}

static void heading(column *c, ovf_str text)
{
    double s = c->map->scale;
    draw_font font = draw_type(c->map, 12, DRAW_BOLD, INK);
    draw_text(&c->map->canvas, below(c, 0, 11), font,
              draw_text_fit(&c->map->canvas, c->map->arena, font, text, c->w));
    draw_segment(&c->map->canvas, below(c, 0, 16), (draw_pt){c->x + c->w, c->y + 16 * s},
                 (draw_stroke){.color = RULE, .width_px = 1 * s});
    c->y += HEAD_ROW * s;
}

/* ---- legend ---- */

static void legend_text(column *c, ovf_str text)
{
    double s = c->map->scale;
    draw_font font = draw_type(c->map, 11, DRAW_REGULAR, INK);
    draw_text(&c->map->canvas, below(c, SWATCH_W + 8, 11), font,
              draw_text_fit(&c->map->canvas, c->map->arena, font, text, c->w - (SWATCH_W + 8) * s));
    c->y += LEGEND_ROW * s;
}

static void swatch(column *c, draw_hatch hatch)
{
    double s = c->map->scale;
    draw_pt a = below(c, 1, 0), b = below(c, SWATCH_W - 1, c->tightness >= 4 ? 12 : 14);
    draw_pt pts[5] = {a, {b.x, a.y}, b, {a.x, b.y}, a};
    size_t start = 0;
    draw_path path = {.pts = pts, .count = 5, .starts = &start, .part_count = 1};
    draw_hatched(&c->map->canvas, c->map->arena, &path, &path, hatch, s);
    if (hatch == DRAW_HATCH_UNKNOWN) // the pattern's own grid may miss so small a box
        draw_text(&c->map->canvas, below(c, 11, 12),
                  draw_type(c->map, 13, DRAW_BOLD, draw_hatch_style_of(hatch)->color),
                  OVF_STR("?"));
}

static void legend_stroke(column *c, draw_stroke stroke, ovf_str text)
{
    draw_segment(&c->map->canvas, below(c, 0, 7), below(c, SWATCH_W, 7),
                 draw_stroke_scaled(stroke, c->map->scale));
    legend_text(c, text);
}

static void legend_mark(column *c, bool is_entry)
{
    double s = c->map->scale;
    draw_rgba color = draw_line_style_of(DRAW_LINE_BLOCKED)->stroke.color;
    draw_disc(&c->map->canvas, below(c, SWATCH_W / 2, 7), 3.6 * s, is_entry ? color : 0xffffffff,
              is_entry ? 0xffffffff : color, 1.5 * s);
    legend_text(c, is_entry ? OVF_STR("Enters, with time") : OVF_STR("Leaves, with time"));
}

static int legend_rows(const draw_map *map)
{
    int rows = map->request->all_firs + map->has_firs + map->has_focus + map->has_sea_limit
               + (map->airport_count > 0) + (map->mark_count > 0 ? 2 : 0);
    for (int i = 0; i < DRAW_HATCH_COUNT; i++)
        rows += map->hatch_used[i];
    for (int i = 0; i < DRAW_LINE_COUNT; i++)
        rows += map->line_used[i];
    return rows;
}

static void legend(column *c)
{
    draw_map *map = c->map;
    static const draw_hatch order[] = {
        DRAW_HATCH_BINDING, DRAW_HATCH_CONDITIONAL, DRAW_HATCH_UNKNOWN,  DRAW_HATCH_CONTESTED,
        DRAW_HATCH_SERVICE, DRAW_HATCH_ADVISORY,    DRAW_HATCH_NO_FORCE,
    };
    for (size_t i = 0; i < OVF_COUNTOF(order); i++) {
        if (!map->hatch_used[order[i]])
            continue;
        swatch(c, order[i]);
        legend_text(c, ovf_str_of(draw_hatch_style_of(order[i])->words));
    }
    for (int i = DRAW_LINE_COUNT - 1; i >= 0; i--) {
        const draw_line_style *style = draw_line_style_of((draw_line_kind)i);
        if (!map->line_used[i])
            continue;
        legend_stroke(c, style->stroke,
                      i == DRAW_LINE_WAY_ROUND
                          ? OVF_STR("Way round, with what it costs")
                          : ovf_arena_printf(map->arena, "Flight: %s", style->words));
    }
    if (map->mark_count > 0) {
        legend_mark(c, true);
        legend_mark(c, false);
    }
    if (map->airport_count > 0) {
        draw_airport_symbol(&map->canvas, below(c, SWATCH_W / 2, 7), map->scale);
        legend_text(c, OVF_STR("Airport used"));
    }
    if (map->request->all_firs) {
        for (int i = 0; i < 3; i++)
            draw_box(&map->canvas,
                     (draw_rect){c->x + i * SWATCH_W / 3 * map->scale, c->y + 1 * map->scale,
                                 SWATCH_W / 3 * map->scale, 12 * map->scale},
                     draw_state_color((size_t)i), 0, 0);
        legend_text(c, OVF_STR("One colour a State's FIRs"));
    }
    if (map->has_focus)
        legend_stroke(c, (draw_stroke){.color = 0x3a6fd838, .width_px = 9},
                      OVF_STR("Area asked about"));
    if (map->has_firs)
        legend_stroke(c, (draw_stroke){.color = 0x3a4f7ccc, .width_px = 1.3}, OVF_STR("FIR limit"));
    if (map->has_sea_limit)
        legend_stroke(c, (draw_stroke){0x8fa9bbff, 1.0, {4, 3, 0, 0}, false},
                      OVF_STR("Territorial sea, 12 NM"));
}

void draw_corner_legend(draw_map *map)
{
    double s = map->scale;
    draw_rect m = map->view.map;
    double w = 240 * s, h = (legend_rows(map) * LEGEND_ROW + 12) * s;
    if (map->panel.w > 0 || legend_rows(map) == 0 || w > m.w * 0.6 || h > m.h * 0.6)
        return;
    const double gap = 8 * s;
    draw_spot corners[4] = {
        {.box = {m.x + gap, m.y + m.h - gap - h, w, h}},
        {.box = {m.x + m.w - gap - w, m.y + m.h - gap - h, w, h}, .cost = 0.5},
        {.box = {m.x + gap, m.y + gap, w, h}, .cost = 1},
        {.box = {m.x + m.w - gap - w, m.y + gap, w, h}, .cost = 1},
    };
    size_t at = draw_labels_place(map->labels, corners, OVF_COUNTOF(corners));
    if (at == SIZE_MAX)
        return;
    draw_rect b = corners[at].box;
    draw_box(&map->canvas, b, 0xfffffff0, RULE, 1 * s);
    column c = {map, b.x + 9 * s, b.y + 8 * s, b.w - 18 * s, b.y + b.h, 0};
    legend(&c);
}

/* ---- lists ---- */

static ovf_str levels_of(draw_map *map, const ovf_restriction *r)
{
    char lower[40], upper[40];
    ovf_level_format(r->lower, lower, sizeof lower);
    ovf_level_format(r->upper, upper, sizeof upper);
    return ovf_arena_printf(map->arena, "%s\xE2\x80\x93%s", lower, upper);
}

#define ROW 19.0
#define TIGHT_ROW 15.5
#define NOTE 13.0
#define MORE_ROW 16.0

/* In the picture, or nowhere: what has no place may well be here. */
static bool is_listed(const draw_shown *shown)
{
    return !shown->is_drawn || shown->surface.count > 0;
}

static void list_more(column *c, size_t count, const char *what)
{
    if (count == 0)
        return;
    draw_text(&c->map->canvas, below(c, SWATCH_W + 8, 10),
              draw_type(c->map, 10.5, DRAW_ITALIC, PALE),
              ovf_arena_printf(c->map->arena, "and %zu %s", count, what));
    c->y += MORE_ROW * c->map->scale;
}

static ovf_str restriction_note(draw_map *map, const draw_shown *shown)
{
    if (!shown->is_drawn)
        return OVF_STR("not drawn: its area could not be resolved");
    if (shown->binding.len == 0)
        return shown->possible ? OVF_STR("may apply") : OVF_STR("");
    return ovf_arena_printf(map->arena, "%sbinds " OVF_FMT, shown->possible ? "may apply; " : "",
                            OVF_ARG(shown->binding));
}

static double row_height(const column *c, bool has_note)
{
    return ((c->tightness >= 4 ? TIGHT_ROW : ROW) + (has_note ? NOTE : 0)) * c->map->scale;
}

static bool has_restriction_note(const column *c, const draw_shown *shown)
{
    return restriction_note(c->map, shown).len > 0 && (c->tightness < 1 || !shown->is_drawn);
}

static void restriction_row(column *c, const draw_shown *shown)
{
    draw_map *map = c->map;
    double s = map->scale;
    const ovf_restriction *r = shown->restriction;
    swatch(c, shown->hatch);
    draw_font bold = draw_type(map, 11.5, DRAW_BOLD, INK);
    draw_font plain = draw_type(map, 11, DRAW_REGULAR, INK);
    draw_font small = draw_type(map, 10, DRAW_REGULAR, PALE);
    double text_x = c->x + (SWATCH_W + 8) * s, text_w = c->w - (SWATCH_W + 8) * s;
    ovf_str id = draw_clean(map->arena, r->id);
    double id_w = draw_text_width(&map->canvas, bold, id);
    draw_text(&map->canvas, (draw_pt){text_x, c->y + 11 * s}, bold, id);
    ovf_str issuer = r->notice == NULL                 ? OVF_STR("")
                     : r->notice->issuer.state.len > 0 ? r->notice->issuer.state
                                                       : r->notice->issuer.office;
    ovf_str text = draw_clean(
        map->arena, ovf_arena_printf(map->arena, OVF_FMT " %s, " OVF_FMT, OVF_ARG(issuer),
                                     ovf_effect_name(r->effect), OVF_ARG(levels_of(map, r))));
    draw_text(&map->canvas, (draw_pt){text_x + id_w + 7 * s, c->y + 11 * s}, plain,
              draw_text_fit(&map->canvas, map->arena, plain, text, text_w - id_w - 7 * s));
    bool has_note = has_restriction_note(c, shown);
    if (has_note) {
        ovf_str note = draw_clean(map->arena, restriction_note(map, shown));
        draw_text(&map->canvas, (draw_pt){text_x, c->y + 24 * s}, small,
                  draw_text_fit(&map->canvas, map->arena, small, note, text_w));
    }
    c->y += row_height(c, has_note);
}

static void restriction_list(column *c)
{
    draw_map *map = c->map;
    char at[40];
    ovf_time_format_plain(map->request->at, at, sizeof at);
    heading(c, map->request->at == OVF_TIME_NONE
                   ? OVF_STR("RESTRICTIONS")
                   : ovf_arena_printf(map->arena, "RESTRICTIONS, %s", at));
    size_t left = 0, outside = 0;
    for (size_t i = 0; i < map->shown_count; i++) {
        left += is_listed(&map->shown[i]);
        outside += !is_listed(&map->shown[i])
                   && map->request->place.kind
                          == OVF_PLACE_NONE; // of an area: what lies elsewhere is not told
    }
    double end = c->until - (outside > 0 ? MORE_ROW * map->scale : 0);
    for (int weight = DRAW_HATCH_COUNT; weight >= 0; weight--) {
        for (size_t i = 0; i < map->shown_count; i++) {
            const draw_shown *shown = &map->shown[i];
            if (draw_hatch_style_of(shown->hatch)->weight != weight || !is_listed(shown))
                continue;
            double need = row_height(c, has_restriction_note(c, shown))
                          + (left > 1 ? MORE_ROW : 0) * map->scale;
            if (c->y + need > end)
                continue;
            restriction_row(c, shown);
            left--;
        }
    }
    list_more(c, left, "more");
    list_more(c, outside, "outside of this map");
    c->y += 10 * map->scale;
}

/* What to say of a flight below its line; empty: nothing. */
static ovf_str flight_note(draw_map *map, const ovf_map_flight *f)
{
    draw_line_kind kind = draw_line_of(f->conflict);
    if (f->route != NULL && f->route->found)
        return ovf_arena_printf(map->arena, "way round %ld NM: %+ld NM, %+ld min",
                                lround(ovf_m_to_nm(f->route->distance_m)),
                                lround(ovf_m_to_nm(f->route->extra_m)),
                                lround(f->route->extra_s / 60));
    if (f->route != NULL)
        return ovf_arena_printf(
            map->arena, "%s" OVF_FMT,
            ovf_str_starts(f->route->why_not, OVF_STR("no way")) ? "" : "no way round: ",
            OVF_ARG(f->route->why_not));
    if (f->conflict != NULL && (kind == DRAW_LINE_BLOCKED || kind == DRAW_LINE_UNKNOWN))
        return f->conflict->why;
    return OVF_STR("");
}

static bool has_flight_note(const column *c, const ovf_map_flight *f)
{
    return c->tightness < 3 && (c->tightness < 2 || f->route != NULL)
           && flight_note(c->map, f).len > 0;
}

/* From where to where, in what; in tight lists what the way round costs instead of the type. */
static ovf_str flight_way(const column *c, const ovf_map_flight *f)
{
    ovf_arena *arena = c->map->arena;
    ovf_str last = f->flight->type;
    if (c->tightness >= 3 && f->route != NULL && f->route->found)
        last = ovf_arena_printf(arena, "%+ld NM %+ld min", lround(ovf_m_to_nm(f->route->extra_m)),
                                lround(f->route->extra_s / 60));
    else if (c->tightness >= 3 && f->route != NULL)
        last = OVF_STR("no way round");
    return draw_clean(arena, ovf_arena_printf(arena, OVF_FMT "\xE2\x80\x93" OVF_FMT " " OVF_FMT,
                                              OVF_ARG(f->flight->from), OVF_ARG(f->flight->to),
                                              OVF_ARG(last)));
}

static void flight_row(column *c, const ovf_map_flight *f)
{
    draw_map *map = c->map;
    double s = map->scale;
    const draw_line_style *style = draw_line_style_of(draw_line_of(f->conflict));
    draw_segment(&map->canvas, below(c, 0, 7), below(c, SWATCH_W, 7),
                 draw_stroke_scaled(style->stroke, s));
    draw_font bold = draw_type(map, 11.5, DRAW_BOLD, INK);
    draw_font plain = draw_type(map, 11, DRAW_REGULAR, INK);
    draw_font answer = draw_type(map, 11, DRAW_BOLD, style->stroke.color);
    draw_font small = draw_type(map, 10, DRAW_REGULAR, PALE);
    double text_x = c->x + (SWATCH_W + 8) * s, text_w = c->w - (SWATCH_W + 8) * s;
    ovf_str word =
        ovf_str_of(f->conflict == NULL ? "not judged" : ovf_touch_name(f->conflict->answer));
    double word_w = draw_text_width(&map->canvas, answer, word);
    draw_text(&map->canvas, (draw_pt){c->x + c->w - word_w, c->y + 11 * s}, answer, word);
    ovf_str id = draw_clean(map->arena, f->flight->id);
    double id_w = draw_text_width(&map->canvas, bold, id);
    draw_text(&map->canvas, (draw_pt){text_x, c->y + 11 * s}, bold, id);
    ovf_str way = flight_way(c, f);
    double way_x = text_x + fmax(id_w, 58 * s) + 6 * s;
    draw_text(
        &map->canvas, (draw_pt){way_x, c->y + 11 * s}, plain,
        draw_text_fit(&map->canvas, map->arena, plain, way, c->x + c->w - word_w - 6 * s - way_x));
    bool has_note = has_flight_note(c, f);
    ovf_str note = has_note ? draw_clean(map->arena, flight_note(map, f)) : OVF_STR("");
    draw_text(&map->canvas, (draw_pt){text_x, c->y + 24 * s}, small,
              draw_text_fit(&map->canvas, map->arena, small, note, text_w));
    c->y += row_height(c, has_note);
}

static void flight_list(column *c)
{
    static const draw_line_kind order[] = {DRAW_LINE_BLOCKED, DRAW_LINE_UNKNOWN, DRAW_LINE_TOUCHED,
                                           DRAW_LINE_CLEAR, DRAW_LINE_NOT_JUDGED};
    const ovf_map_request *request = c->map->request;
    heading(c, OVF_STR("FLIGHTS"));
    size_t left = request->flight_count;
    for (size_t k = 0; k < OVF_COUNTOF(order); k++) {
        for (size_t i = 0; i < request->flight_count; i++) {
            const ovf_map_flight *f = &request->flights[i];
            if (f->flight == NULL || draw_line_of(f->conflict) != order[k]
                || c->y + row_height(c, has_flight_note(c, f))
                           + (left > 1 ? MORE_ROW * c->map->scale : 0)
                       > c->until)
                continue;
            flight_row(c, f);
            left--;
        }
    }
    list_more(c, left, "more");
}

static double restrictions_height(const column *c)
{
    double sum = c->map->shown_count > 0 ? (HEAD_ROW + MORE_ROW + 10) * c->map->scale : 0;
    for (size_t i = 0; i < c->map->shown_count; i++)
        sum += is_listed(&c->map->shown[i])
                   ? row_height(c, has_restriction_note(c, &c->map->shown[i]))
                   : 0;
    return sum;
}

static double flights_height(const column *c)
{
    const ovf_map_request *request = c->map->request;
    double sum = request->flight_count > 0 ? HEAD_ROW * c->map->scale : 0;
    for (size_t i = 0; i < request->flight_count; i++)
        sum += row_height(c, has_flight_note(c, &request->flights[i]));
    return sum;
}

/* Leaves out one thing after the other until both lists fit: whom restrictions bind; why flights are
 * answered so; ways round on lines of their own; last the space between lines. What is not drawn is
 * always told. */
static void tighten(column *c, double room)
{
    c->tightness = 0;
    while (c->tightness < 4 && restrictions_height(c) + flights_height(c) > room)
        c->tightness++;
}

void draw_panel(draw_map *map)
{
    if (map->panel.w <= 0)
        return;
    const ovf_map_request *request = map->request;
    double s = map->scale;
    draw_rect p = map->panel;
    column c = {map, p.x, p.y, p.w, p.y + p.h, 0};
    if (legend_rows(map) > 0) {
        heading(&c, OVF_STR("LEGEND"));
        legend(&c);
        c.y += 12 * s;
    }
    double room = c.until - c.y;
    tighten(&c, room);
    if (map->shown_count > 0) {
        c.until = c.y + fmin(restrictions_height(&c), fmax(room * 0.45, room - flights_height(&c)));
        restriction_list(&c);
    }
    c.until = p.y + p.h;
    if (request->flight_count > 0)
        flight_list(&c);
}
