/* SPDX-License-Identifier: Apache-2.0 */
/* Restrictions: which are shown, each piece hatched by its verdict for the party, and their
 * labels. A restriction over several kinds of air is cut by the territories it was judged by. */
#include "draw_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RING_COUNT 9
#define RING_SPOTS 16
#define SERVICE_FIRS_MAX 8

/* Standing law names carriers of whole States over whole States: it is drawn for those whom it
 * surely addresses, and where one of the flights shown runs into it. Of nobody in particular it is
 * drawn when it addresses everybody. */
static bool is_law_for(const ovf_map_request *request, const ovf_restriction *r)
{
    const ovf_party *party = &request->party;
    const ovf_addressed *who = &r->notice->addressed;
    for (size_t i = 0; i < request->flight_count; i++) {
        const ovf_conflict *conflict = request->flights[i].conflict;
        for (size_t k = 0; conflict != NULL && k < conflict->crossing_count; k++) {
            if (conflict->crossings[k].restriction == r)
                return true;
        }
    }
    if (ovf_party_is_empty(party))
        return who->everyone && who->flight_count == 0;
    return ovf_law_addresses(ovf_picture_rules(request->picture), r->notice, party, NULL)
           == OVF_TRI_YES;
}

static bool is_shown(const ovf_map_request *request, const ovf_restriction *r)
{
    if (r->effect == OVF_EFFECT_LIFTED
        || (r->notice->form == OVF_FORM_LAW && !is_law_for(request, r)))
        return false;
    return request->at == OVF_TIME_NONE || ovf_restriction_is_active(r, request->at);
}

ovf_status draw_restrictions_find(draw_map *map, ovf_error *err)
{
    const ovf_picture *picture = map->request->picture;
    size_t count = picture == NULL ? 0 : ovf_picture_restriction_count(picture);
    map->shown = ovf_arena_array(map->arena, draw_shown, count + 1);
    if (map->shown == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for %zu restrictions", count);
    for (size_t i = 0; i < count; i++) {
        const ovf_restriction *r = ovf_picture_restriction(picture, i);
        if (!is_shown(map->request, r))
            continue;
        if (map->shown_count == OVF_MAP_MAX_RESTRICTIONS)
            return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "more than %d active restrictions",
                            OVF_MAP_MAX_RESTRICTIONS);
        map->shown[map->shown_count++] = (draw_shown){.restriction = r, .anchor_clear_px = -1};
    }
    return OVF_OK;
}

static uint32_t service_state(const ovf_world *world, ovf_point p)
{
    uint32_t firs[SERVICE_FIRS_MAX];
    size_t count = world == NULL ? 0 : ovf_world_firs_at(world, p, firs, SERVICE_FIRS_MAX);
    return count == 0 ? OVF_INDEX_NONE : ovf_world_fir(world, firs[0])->state;
}

/* The piece's verdict for the party; "cannot be told" when judging fails. */
static draw_hatch piece_hatch(draw_map *map, const ovf_restriction *r,
                              const ovf_restriction_piece *piece, bool *possible, ovf_str *binding)
{
    const ovf_map_request *request = map->request;
    const ovf_rulebook *book =
        request->picture == NULL ? NULL : ovf_picture_rules(request->picture);
    ovf_ruling ruling = piece->ruling; // as those that it addresses have it
    if (book != NULL && r->notice != NULL && !ovf_party_is_empty(&request->party)
        && ovf_judge_notice(book, r->notice, r->area_index, piece->piece.whose,
                            service_state(request->world, piece->piece.inside), &request->party,
                            map->arena, &ruling)
               != OVF_OK)
        ruling = (ovf_ruling){0};
    draw_hatch hatch = draw_hatch_of(ruling.verdict, ruling.applies);
    if (ruling.applies == OVF_TRI_UNKNOWN && !ovf_party_is_empty(&request->party)
        && hatch != DRAW_HATCH_NO_FORCE)
        *possible = true;
    *binding = ruling.binding;
    return hatch;
}

/* A restriction as it is judged. */
typedef struct judged {
    ovf_restriction_piece *pieces;
    draw_hatch *hatches; /* one a piece */
    size_t count;
} judged;

/* The part of r over the air of the pieces with this hatch. The high seas are what is left when the
 * other pieces' States are taken away. */
static bool part_of(draw_map *map, const ovf_restriction *r, const judged *by, draw_hatch hatch,
                    const ovf_area **out)
{
    const draw_hatch *hatches = by->hatches;
    const ovf_world *world = map->request->world;
    const ovf_area **mine = ovf_arena_array(map->arena, const ovf_area *, by->count + 1);
    const ovf_area **others = ovf_arena_array(map->arena, const ovf_area *, by->count + 1);
    size_t mine_count = 0, other_count = 0;
    bool seas = false;
    if (world == NULL || mine == NULL || others == NULL)
        return false;
    for (size_t i = 0; i < by->count; i++) {
        const ovf_whose *whose = &by->pieces[i].piece.whose;
        if (whose->state == OVF_INDEX_NONE)
            seas = seas || hatches[i] == hatch;
        else if (hatches[i] == hatch)
            mine[mine_count++] = ovf_world_territory(world, whose->state);
        else
            others[other_count++] = ovf_world_territory(world, whose->state);
    }
    const ovf_area *joined = NULL;
    if (seas)
        return other_count > 0
               && ovf_area_union(map->arena, others, other_count, &joined, NULL) == OVF_OK
               && ovf_area_difference(map->arena, r->area, joined, out, NULL) == OVF_OK;
    if (mine_count == 0 || ovf_area_union(map->arena, mine, mine_count, &joined, NULL) != OVF_OK)
        return false;
    const ovf_area *both[2] = {r->area, joined};
    return ovf_area_intersection(map->arena, both, 2, out, NULL) == OVF_OK;
}

static void show_part(draw_map *map, draw_shown *shown, const ovf_area *area, draw_hatch hatch)
{
    ovf_outline outline = {0};
    if (!draw_outline(map, area, &outline))
        return;
    draw_path surface, edge;
    draw_path_init(&surface, map->arena);
    draw_path_init(&edge, map->arena);
    draw_path_add_fill(&surface, &map->view, &outline);
    draw_path_add_stroke(&edge, &map->view, &outline, NULL, NULL);
    map->failed = map->failed || surface.failed || edge.failed;
    if (surface.count == 0 && edge.count == 0)
        return;
    draw_hatched(&map->canvas, map->arena, &surface, &edge, hatch, map->scale);
    draw_labels_ink(map->labels, &edge, 0.5);
    map->hatch_used[hatch] = true;
    if (hatch == shown->hatch)
        shown->surface = surface;
}

/* Which hatch each piece gets; the weightiest one of all. */
static bool judge_pieces(draw_map *map, draw_shown *shown, judged *out)
{
    const ovf_restriction *r = shown->restriction;
    if (ovf_picture_judge(map->request->picture, r, NULL, map->arena, &out->pieces, &out->count,
                          NULL)
        != OVF_OK)
        return false;
    draw_hatch *hatches = ovf_arena_array(map->arena, draw_hatch, out->count + 1);
    if (hatches == NULL)
        return false;
    out->hatches = hatches;
    shown->hatch = DRAW_HATCH_NO_FORCE;
    for (size_t i = 0; i < out->count; i++) {
        ovf_str binding = {0};
        hatches[i] = piece_hatch(map, r, &out->pieces[i], &shown->possible, &binding);
        if (i == 0
            || draw_hatch_style_of(hatches[i])->weight
                   > draw_hatch_style_of(shown->hatch)->weight) {
            shown->hatch = hatches[i];
            shown->binding = binding;
        }
    }
    if (out->count == 0)
        shown->hatch = draw_hatch_of(OVF_VERDICT_UNKNOWN, OVF_TRI_UNKNOWN);
    return true;
}

static bool is_one_kind(const draw_shown *shown, const judged *by)
{
    for (size_t i = 0; i < by->count; i++) {
        if (by->hatches[i] != shown->hatch)
            return false;
    }
    return true;
}

/* Draws what of the restriction has this hatch. */
static void draw_kind(draw_map *map, draw_shown *shown, const judged *by, draw_hatch hatch)
{
    const ovf_restriction *r = shown->restriction;
    if (!shown->is_drawn)
        return;
    if (is_one_kind(shown, by)) {
        if (hatch == shown->hatch)
            show_part(map, shown, r->area, hatch);
        return;
    }
    bool has_kind = false;
    for (size_t i = 0; i < by->count; i++)
        has_kind = has_kind || by->hatches[i] == hatch;
    const ovf_area *part = NULL;
    if (!has_kind)
        return;
    if (part_of(map, r, by, hatch, &part))
        show_part(map, shown, part, hatch);
    else if (hatch == shown->hatch) // cannot be cut: the whole of it in its weightiest manner
        show_part(map, shown, r->area, hatch);
}

void draw_restrictions(draw_map *map)
{
    judged *all = ovf_arena_array(map->arena, judged, map->shown_count + 1);
    if (all == NULL) {
        map->failed = true;
        return;
    }
    for (size_t i = 0; i < map->shown_count; i++) {
        draw_shown *shown = &map->shown[i];
        const ovf_restriction *r = shown->restriction;
        if (!judge_pieces(map, shown, &all[i])) {
            map->failed = true;
            return;
        }
        shown->is_drawn = r->area != NULL && ovf_area_is_resolved(r->area);
    }
    for (int weight = 0; weight <= DRAW_HATCH_COUNT; weight++) {
        for (int h = 0; h < DRAW_HATCH_COUNT; h++) {
            if (draw_hatch_style_of((draw_hatch)h)->weight != weight)
                continue;
            for (size_t i = 0; i < map->shown_count && !map->failed; i++)
                draw_kind(map, &map->shown[i], &all[i], (draw_hatch)h);
        }
    }
}

/* ---- labels ---- */

/* Where the leaders start: apart from each other, and each kept free of other labels. */
static void find_anchors(draw_map *map)
{
    draw_pt *taken = ovf_arena_array(map->arena, draw_pt, map->shown_count + 1);
    if (taken == NULL) {
        map->failed = true;
        return;
    }
    size_t count = 0;
    for (size_t i = 0; i < map->shown_count; i++) {
        draw_shown *shown = &map->shown[i];
        if (!draw_path_inner_point(&shown->surface, map->view.map, taken, count, &shown->anchor,
                                   &shown->anchor_clear_px))
            continue;
        taken[count++] = shown->anchor;
        double r = 3 * map->scale;
        draw_labels_block(map->labels,
                          (draw_rect){shown->anchor.x - r, shown->anchor.y - r, 2 * r, 2 * r});
    }
}

/* A label over another restriction would seem to speak of that one, and hide it. */
static double place_cost(const draw_shown *shown, const draw_shown *const *others, size_t count,
                         draw_rect box)
{
    draw_pt middle = {box.x + box.w / 2, box.y + box.h / 2};
    const draw_pt points[5] = {middle,
                               {box.x, box.y},
                               {box.x + box.w, box.y},
                               {box.x + box.w, box.y + box.h},
                               {box.x, box.y + box.h}};
    double cost = draw_path_contains(&shown->surface, middle) ? 0 : 1;
    for (size_t i = 0; i < count; i++) {
        if (!draw_rect_overlaps(box, others[i]->box))
            continue;
        for (int k = 0; k < 5; k++)
            cost += draw_path_contains(&others[i]->surface, points[k]) ? 15 : 0;
    }
    return cost;
}

/* Those that a label should not cover: all that the anchor does not lie in. */
static size_t find_others(const draw_map *map, const draw_shown *shown, const draw_shown **others)
{
    const draw_rect at = {shown->anchor.x, shown->anchor.y, 0, 0};
    size_t count = 0;
    for (size_t i = 0; i < map->shown_count; i++) {
        const draw_shown *other = &map->shown[i];
        bool is_in = draw_rect_overlaps(at, other->box)
                     && draw_path_contains(&other->surface, shown->anchor);
        if (other != shown && !is_in)
            others[count++] = other;
    }
    return count;
}

/* On rings round the anchor, with a leader: nearer, and to the sides, is better. */
static size_t ring_spots(const draw_map *map, const draw_shown *shown, double w, double h,
                         const draw_shown **others, draw_spot *out)
{
    double s = map->scale;
    size_t count = 0;
    size_t other_count = find_others(map, shown, others);
    for (int ring = 0; ring < RING_COUNT; ring++) {
        double radius = (14 + 26 * ring) * s;
        for (int k = 0; k < RING_SPOTS; k++) {
            double angle = 2 * DRAW_PI * (k + 0.5) / RING_SPOTS;
            draw_pt c = {shown->anchor.x + (radius + w / 2) * cos(angle),
                         shown->anchor.y + (radius + h / 2) * sin(angle)};
            draw_rect box = {c.x - w / 2, c.y - h / 2, w, h};
            out[count++] = (draw_spot){
                .box = box,
                .cost = 2.4 * ring + 0.3 * fabs(sin(angle))
                        + place_cost(shown, others, other_count, box),
                .has_leader = true,
                .anchor = shown->anchor,
            };
        }
    }
    return count;
}

static ovf_str levels_text(draw_map *map, const ovf_restriction *r)
{
    char lower[40], upper[40];
    ovf_level_format(r->lower, lower, sizeof lower);
    ovf_level_format(r->upper, upper, sizeof upper);
    return ovf_arena_printf(map->arena, "%s\xE2\x80\x93%s", lower, upper);
}

/* others: room for all that are shown */
static void restriction_label(draw_map *map, const draw_shown *shown, const draw_shown **others)
{
    double s = map->scale;
    const ovf_restriction *r = shown->restriction;
    const draw_hatch_style *style = draw_hatch_style_of(shown->hatch);
    draw_font id_font = draw_type(map, 11.5, DRAW_BOLD, style->color);
    draw_font text_font = draw_type(map, 10, DRAW_REGULAR, 0x222b33ff);
    ovf_str id = draw_clean(map->arena, r->id);
    ovf_str text = draw_clean(map->arena, ovf_arena_printf(map->arena, "%s%s, " OVF_FMT,
                                                           ovf_effect_name(r->effect),
                                                           shown->possible ? " (may apply)" : "",
                                                           OVF_ARG(levels_text(map, r))));
    double w = fmax(draw_text_width(&map->canvas, id_font, id),
                    draw_text_width(&map->canvas, text_font, text))
               + 14 * s;
    double h = 30 * s;
    draw_spot spots[RING_COUNT * RING_SPOTS];
    size_t count = ring_spots(map, shown, w, h, others, spots);
    size_t at = draw_labels_place(map->labels, spots, count);
    if (at == SIZE_MAX)
        return;
    draw_rect b = spots[at].box;
    if (spots[at].has_leader) {
        draw_segment(&map->canvas, shown->anchor, draw_leader_end(b, shown->anchor),
                     (draw_stroke){.color = 0xffffffd0, .width_px = 2.6 * s});
        draw_segment(&map->canvas, shown->anchor, draw_leader_end(b, shown->anchor),
                     (draw_stroke){.color = style->color, .width_px = 1.1 * s});
        draw_disc(&map->canvas, shown->anchor, 2.6 * s, style->color, 0xffffffff, 0.8 * s);
    }
    draw_box(&map->canvas, b, 0xfffffff0, style->color, 0.9 * s);
    draw_box(&map->canvas, (draw_rect){b.x, b.y, 4 * s, b.h}, style->color, 0, 0);
    draw_text(&map->canvas, (draw_pt){b.x + 9 * s, b.y + 12.5 * s}, id_font, id);
    draw_text(&map->canvas, (draw_pt){b.x + 9 * s, b.y + 25 * s}, text_font, text);
}

/* The weightier first; of two alike the smaller, which has fewer places for its label. */
static int label_order(const void *a, const void *b)
{
    const draw_shown *const *x = a, *const *y = b;
    int weight_x = draw_hatch_style_of((*x)->hatch)->weight;
    int weight_y = draw_hatch_style_of((*y)->hatch)->weight;
    if (weight_x != weight_y)
        return weight_y - weight_x;
    draw_rect rx = (*x)->box, ry = (*y)->box;
    if (rx.w * rx.h < ry.w * ry.h || rx.w * rx.h > ry.w * ry.h)
        return rx.w * rx.h < ry.w * ry.h ? -1 : 1;
    return *x < *y ? -1 : *x > *y; // in one array: by place, so that the order is one
}

void draw_restriction_labels(draw_map *map)
{
    const draw_shown **order =
        ovf_arena_array(map->arena, const draw_shown *, map->shown_count + 1);
    const draw_shown **others =
        ovf_arena_array(map->arena, const draw_shown *, map->shown_count + 1);
    if (order == NULL || others == NULL) {
        map->failed = true;
        return;
    }
    find_anchors(map);
    for (size_t i = 0; i < map->shown_count; i++)
        map->shown[i].box = draw_path_bounds(&map->shown[i].surface);
    size_t count = 0;
    for (size_t i = 0; i < map->shown_count; i++) {
        if (map->shown[i].anchor_clear_px >= 0)
            order[count++] = &map->shown[i];
    }
    if (count > 1)
        qsort((void *)order, count, sizeof(*order), label_order);
    for (size_t i = 0; i < count; i++)
        restriction_label(map, order[i], others);
}
