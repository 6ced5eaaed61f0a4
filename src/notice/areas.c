/* SPDX-License-Identifier: Apache-2.0 */
/* The areas of a notice as a list, and what belongs to all of them once they are found: limits (of
 * the text over items F and G over item Q), the FIRs they are in, the check against item Q. */
#include "notice_internal.h"

#include <math.h>

ovf_notice_area *ovf_add_area(ovf_draft *d, ovf_shape shape, ovf_certainty certainty,
                              const ovf_area *area, size_t from, size_t until)
{
    if (d->area_count >= OVF_NOTICE_MAX_AREAS) {
        d->has_more_areas = true;
        return NULL;
    }
    if (!ovf_arena_grow(d->arena, (void **)&d->areas, d->area_count, &d->area_capacity,
                        sizeof(*d->areas))) {
        d->no_memory = true;
        return NULL;
    }
    ovf_notice_area *out = &d->areas[d->area_count++];
    *out = (ovf_notice_area){
        .shape = shape,
        .certainty = certainty,
        .area = area,
        .span = ovf_raw_span(d, from, until),
    };
    return out;
}

/* What stands beyond the ceiling may lie anywhere: the last place of the list says so, that no answer
 * is clear for want of room. */
static void end_list(ovf_draft *d)
{
    if (!d->has_more_areas || d->no_memory)
        return;
    uint32_t at = d->tokens[0].at;
    OVF_FIND(d, OVF_ERROR, at, "AREA_LIMIT",
             "more than %d areas: the rest is one that is not resolved", OVF_NOTICE_MAX_AREAS);
    if (d->area_count == OVF_NOTICE_MAX_AREAS)
        d->area_count--;
    (void)ovf_add_area(d, OVF_SHAPE_NAMED, OVF_CERTAINTY_UNRESOLVED, ovf_area_unresolved(), at,
                       d->items[OVF_ITEM_E].until);
}

/* ---- limits ---- */

size_t ovf_token_at(const ovf_draft *d, uint32_t raw_at)
{
    size_t low = 0;
    size_t high = d->token_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ovf_raw_pos(d, d->tokens[middle].at) < raw_at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* "SHALL REMAIN AT OR ABV FL260", "ONLY PERMITTED ABV FL320", "ADVISED TO MAINTAIN FL320 OR ABOVE": the
 * levels that traffic is kept to; what is barred or advised against are the others. */
static bool is_kept_to(const ovf_draft *d, const ovf_limits *limits)
{
    bool is_one_sided = limits->lower.ref == OVF_LEVEL_SFC || limits->upper.ref == OVF_LEVEL_UNL;
    bool is_both = limits->lower.ref == OVF_LEVEL_SFC && limits->upper.ref == OVF_LEVEL_UNL;
    if (!is_one_sided || is_both)
        return false;
    size_t at = ovf_token_at(d, ovf_raw_pos(d, limits->from));
    size_t start = ovf_sentence_start(d, at);
    for (size_t i = at > start + 4 ? at - 4 : start; i < at; i++) {
        size_t verb =
            ovf_phrase(d, i,
                       "REMAIN|MAINTAIN|MAINT|OPERATE|FLY|OVERFLY|CROSS|TRANSIT|PERMITTED|"
                       "ALLOWED|ACCEPTED|AUTHORIZED|AUTHORISED AT|ON|FLIGHT|LEVEL? OR?");
        size_t from = i > start + 10 ? i - 10 : start;
        if (verb > 0
            && ovf_phrase_find(d, from, at, "NOT|NO|NEVER|PROHIBITED|EXC|EXCEPT", NULL)
                   == OVF_NOPOS)
            return ovf_phrase_find(
                       d, from, at,
                       "SHALL|MUST|ONLY|ADVISED|ADZ|RECOMMENDED|REQUESTED|REQUIRED|URGED|"
                       "SHOULD",
                       NULL)
                   != OVF_NOPOS;
    }
    return false;
}

static void set_limits(ovf_draft *d, ovf_notice_area *area, const ovf_limits *limits)
{
    area->lower = limits->lower;
    area->upper = limits->upper;
    if (is_kept_to(d, limits)) {
        bool is_above = limits->upper.ref == OVF_LEVEL_UNL;
        area->lower = is_above ? (ovf_level){.ref = OVF_LEVEL_SFC} : limits->upper;
        area->upper = is_above ? limits->lower : (ovf_level){.ref = OVF_LEVEL_UNL};
        ovf_level *bound = is_above ? &area->upper : &area->lower; // kept to it: it is not barred
        bound->is_open = !bound->is_open;
    }
    ovf_str text = ovf_show(d, limits->from, limits->until);
    area->lower_text = text;
    area->upper_text = text;
}

static bool near(const ovf_draft *d, size_t from, const ovf_limits *limits, size_t tokens)
{
    size_t to = ovf_token_at(d, ovf_raw_pos(d, limits->from));
    return to <= from + tokens;
}

/* One area: limits anywhere in the text count when the text says that they are the limits, or when
 * they stand next to the area. */
static void limit_single(ovf_draft *d, ovf_notice_area *area, size_t first, size_t behind)
{
    size_t next = 0;
    size_t word = ovf_phrase_find(
        d, 0, d->token_count,
        "VERTICAL|VER|VERT|HEIGHT LIMITS|LIMIT|LMT|ALTITUDE|EXTENT|DIMENSIONS", &next);
    size_t after = next;
    ovf_limits limits = {0};
    if (word != OVF_NOPOS)
        limits = ovf_limits_find(d, after, after + 14, &next);
    if (!limits.found) {
        limits = ovf_limits_find(d, behind, behind + 24, &next);
        bool is_shape = area->shape == OVF_SHAPE_FIR || area->shape == OVF_SHAPE_STATE;
        if (limits.found && !near(d, behind, &limits, is_shape ? 20 : 6))
            limits.found = false;
    }
    if (!limits.found && first > 0) {
        size_t from = first > 16 ? first - 16 : 0;
        limits = ovf_limits_find(d, from, first, &next);
        if (limits.found && next > first)
            limits.found = false;
    }
    if (limits.found)
        set_limits(d, area, &limits);
}

/* Several areas: the limits that follow each one are its own; when they stand before each one, those;
 * limits once before the first or behind the last hold for all. */
static void limit_several(ovf_draft *d)
{
    size_t count = d->area_count;
    size_t *first = ovf_arena_array(d->arena, size_t, count + 1);
    ovf_limits *after = ovf_arena_array(d->arena, ovf_limits, count);
    if (first == NULL || after == NULL) {
        d->no_memory = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        first[i] = ovf_token_at(d, d->areas[i].span.at);
    first[count] = d->token_count;
    size_t next = 0;
    ovf_limits before = ovf_limits_find(d, 0, first[0], &next);
    size_t between = 0;
    bool in_last = false;
    for (size_t i = 0; i < count; i++) {
        size_t behind = ovf_token_at(d, d->areas[i].span.at + d->areas[i].span.len);
        size_t until = first[i + 1];
        after[i] = ovf_limits_find(d, behind, until, &next);
        between += after[i].found && i + 1 < count;
        in_last |= after[i].found && i + 1 == count;
    }
    if (between == 0 && in_last && !before.found) { // one line behind the list
        for (size_t i = 0; i < count; i++)
            set_limits(d, &d->areas[i], &after[count - 1]);
        return;
    }
    bool leads = before.found && between > 0 && !in_last; // before each
    for (size_t i = 0; i < count; i++) {
        const ovf_limits *own = leads ? (i == 0 ? &before : &after[i - 1]) : &after[i];
        if (own->found)
            set_limits(d, &d->areas[i], own);
        else if (before.found && !leads)
            set_limits(d, &d->areas[i], &before);
    }
}

/* The numbered point of a list that token i stands in: [*from, *until); all of it without a list. */
static void point_round(const ovf_draft *d, size_t i, size_t *from, size_t *until)
{
    *from = 0;
    *until = d->token_count;
    for (size_t k = 0; k + 1 < d->token_count; k++) {
        const ovf_token *t = &d->tokens[k];
        bool is_number = t->kind == OVF_TOK_NUM && t->len <= 2 && ovf_tok_is_bullet(d, k)
                         && (t->flags & OVF_TOK_GLUED) == 0;
        if (is_number && k <= i)
            *from = k;
        else if (is_number && k < *until)
            *until = k;
    }
}

/* FIRs and States: one statement of limits for the list, unless the point of the text that names
 * them has its own ("1. ... ALL LEVELS IN: X (FIR A) 2. NOT BELOW FL320 WITHIN THE AIRSPACE OF Y"). */
static void limit_names(ovf_draft *d)
{
    size_t next = 0;
    ovf_limits limits = ovf_limits_find(d, 0, d->token_count, &next);
    for (size_t i = 0; i < d->area_count && limits.found; i++) {
        size_t from = 0;
        size_t until = 0;
        point_round(d, ovf_token_at(d, d->areas[i].span.at), &from, &until);
        ovf_limits own = from > 0 ? ovf_limits_find(d, from, until, &next) : (ovf_limits){0};
        set_limits(d, &d->areas[i], own.found && next <= until ? &own : &limits);
    }
}

/* A text without items F, G and Q: the only limits that it gives, wherever. */
static void limit_by_text(ovf_draft *d, ovf_notice_area *area)
{
    bool has_items = d->notice->lower_text.len > 0 || d->notice->upper_text.len > 0;
    bool is_open = area->lower.ref == OVF_LEVEL_UNKNOWN && area->upper.ref == OVF_LEVEL_UNKNOWN;
    // Item Q says no more than "all levels": a pair in the text is what holds.
    bool is_air = d->notice->qcode.len == 5 && strchr("RWAX", d->notice->qcode.ptr[1]) != NULL;
    bool is_all = is_air && !has_items && area->lower_text.len == 0 && area->upper_text.len == 0
                  && area->upper.ref == OVF_LEVEL_UNL && area->lower.value_ft == 0;
    if (!is_open && !is_all)
        return;
    size_t next = 0;
    size_t last = 0;
    ovf_limits limits = ovf_limits_find(d, 0, d->token_count, &next);
    bool is_only = limits.found && !ovf_limits_find(d, next, d->token_count, &last).found;
    bool is_pair =
        limits.upper.ref != OVF_LEVEL_UNL && next > 2
        && ovf_phrase(d, next, "OR|AND ABOVE|ABV|HIGHER") == 0
        && ovf_phrase_find(d, next > 6 ? next - 6 : 0, next, "TO|TILL|UP", NULL) != OVF_NOPOS;
    if (is_only && (is_open || is_pair))
        set_limits(d, area, &limits);
}

/* Those of items F and G, or of item Q, for the areas from `first` on. */
static void take_item_limits(ovf_draft *d, size_t first)
{
    for (size_t i = first; i < d->area_count; i++) {
        ovf_notice_area *area = &d->areas[i];
        // A published area has limits of its own, which hold where the notice gives none.
        bool is_published = area->shape == OVF_SHAPE_NAMED && area->lower.ref != OVF_LEVEL_UNKNOWN;
        bool gives_limits = d->notice->lower_text.len > 0 || d->notice->upper_text.len > 0;
        if (gives_limits || !is_published) {
            area->lower = d->lower;
            area->upper = d->upper;
        }
        area->lower_text = d->notice->lower_text;
        area->upper_text = d->notice->upper_text;
    }
}

static void settle_limits(ovf_draft *d)
{
    take_item_limits(d, 0);
    bool has_hint = d->area_count == 2 && d->areas[1].certainty == OVF_CERTAINTY_Q_CIRCLE;
    if ((d->area_count == 1 || has_hint) && d->areas[0].certainty != OVF_CERTAINTY_Q_CIRCLE) {
        ovf_notice_area *area = &d->areas[0];
        limit_single(d, area, ovf_token_at(d, area->span.at),
                     ovf_token_at(d, area->span.at + area->span.len));
        limit_by_text(d, area);
        if (has_hint) { // the same place, only wider
            d->areas[1].lower = area->lower;
            d->areas[1].upper = area->upper;
            d->areas[1].lower_text = area->lower_text;
            d->areas[1].upper_text = area->upper_text;
        }
        return;
    }
    bool are_shapes = d->area_count > 1;
    bool are_names = d->area_count > 1;
    for (size_t i = 0; i < d->area_count; i++) {
        ovf_shape shape = d->areas[i].shape;
        are_shapes &= shape == OVF_SHAPE_POLYGON || shape == OVF_SHAPE_CIRCLE
                      || shape == OVF_SHAPE_CORRIDOR || shape == OVF_SHAPE_NAMED
                      || shape == OVF_SHAPE_SECTOR || shape == OVF_SHAPE_BUFFER;
        are_names &= shape == OVF_SHAPE_FIR || shape == OVF_SHAPE_STATE;
    }
    if (are_shapes)
        limit_several(d);
    if (are_names)
        limit_names(d);
}

/* ---- FIRs ---- */

static void add_fir(ovf_draft *d, ovf_str code)
{
    if (code.len == 3 && code.ptr[0] == 'Z') { // the FAA's centres without their K
        ovf_str full = ovf_arena_printf(d->arena, "K%.*s", OVF_ARG(code));
        code = full.len == 4 ? full : code;
    }
    if (code.len != 4 || (code.ptr[2] == 'X' && code.ptr[3] == 'X'))
        return;
    if (code.ptr[1] == 'X' && code.ptr[2] == 'X' && code.ptr[3] == 'X')
        return; // "ZXXX": a set of FIRs, item A lists them
    ovf_push_str(d, &d->notice->firs, &d->notice->fir_count, code);
}

/* "EDXX", "LFXX", "ZXXX", "KXXX" stand for all FIRs of the State that has those letters (Doc 10066
 * App. 3, item A: where they are more than can be listed). */
static void add_group(ovf_draft *d, ovf_str code)
{
    size_t letters = code.len;
    while (letters > 0 && code.ptr[letters - 1] == 'X')
        letters--;
    if (d->world == NULL || code.len != 4 || letters == 0 || letters > 2)
        return;
    ovf_str prefix = ovf_str_sub(code, 0, letters);
    ovf_str state = letters == 2           ? ovf_indicator_state(d->world, prefix)
                    : prefix.ptr[0] == 'Z' ? OVF_STR("CHN")
                    : prefix.ptr[0] == 'K' ? OVF_STR("USA")
                                           : OVF_STR("");
    uint32_t index = state.len > 0 ? ovf_world_find_state(d->world, state) : OVF_INDEX_NONE;
    for (uint32_t i = 0; i < ovf_world_fir_count(d->world); i++) {
        const ovf_fir *fir = ovf_world_fir(d->world, i);
        bool is_it = ovf_str_starts(fir->code, prefix) && ovf_str_eq(fir->kind, OVF_STR("fir"))
                     && (index == OVF_INDEX_NONE || fir->state == index);
        if (is_it)
            ovf_push_str(d, &d->notice->firs, &d->notice->fir_count, fir->code);
    }
}

static void settle_firs(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    for (size_t i = 0; i < d->area_count; i++) {
        if (d->areas[i].shape == OVF_SHAPE_FIR)
            add_fir(d, d->areas[i].name);
    }
    if (n->fir_count > 0)
        return;
    bool is_about_state = d->area_count > 0 && d->areas[0].shape == OVF_SHAPE_STATE;
    if (is_about_state && d->is_kicz)
        return;
    add_fir(d, n->q_fir);
    bool is_aerodrome = n->scope.len == 1 && n->scope.ptr[0] == 'A';
    if (n->fir_count > 0 && (is_aerodrome || n->locations.len < 9))
        return;
    ovf_str rest = n->locations;
    ovf_str code;
    while (!d->is_kicz && rest.len > 0 && ovf_str_field(&rest, ' ', &code)) {
        bool is_fir = d->world == NULL || ovf_world_find_fir(d->world, code) != OVF_INDEX_NONE;
        if (code.len == 4 && is_fir)
            add_fir(d, code);
        if (rest.ptr == NULL)
            break;
    }
    bool is_placed = n->scope.len > 0 && memchr(n->scope.ptr, 'A', n->scope.len) != NULL;
    if (n->fir_count == 0 && !is_placed) // "CXXX" with scope A: one aerodrome without an indicator
        add_group(d, n->q_fir);
}

/* ---- item Q as a check ---- */

/* A shape of which nothing is near the circle of item Q: one of the two has a misprint. The FAA's
 * oceanic notices carry the place of an office, so this is a note and never a correction. */
/* Metres on a sphere, within one in a hundred of the ellipsoid's: enough where an area lies well
 * within the circle of item Q, which nearly all do. */
static double rough_distance_m(ovf_point a, ovf_point b)
{
    const double rad = 3.14159265358979323846 / 180;
    double half_lat = sin((b.lat_deg - a.lat_deg) * rad / 2);
    double half_lon = sin((b.lon_deg - a.lon_deg) * rad / 2);
    double h =
        half_lat * half_lat + cos(a.lat_deg * rad) * cos(b.lat_deg * rad) * half_lon * half_lon;
    return 2 * 6371008.8 * asin(sqrt(h < 1 ? h : 1));
}

/* No point is farther than reach_m, by one cosine for all of them: of two points whose latitudes
 * differ by u and longitudes by v, sin^2(d/2) is at most (u^2 + c (c + u) v^2) / 4, with c the cosine
 * of the first latitude. Up to half a radian an arc is at most a fiftieth more than twice its sine. */
static bool is_surely_within(ovf_point centre, const ovf_notice_area *area, double reach_m)
{
    const double rad = 3.14159265358979323846 / 180;
    double cosine = cos(centre.lat_deg * rad);
    double most = 0;
    for (size_t k = 0; k < area->point_count; k++) {
        double u = fabs(area->points[k].lat_deg - centre.lat_deg) * rad;
        double v = (area->points[k].lon_deg - centre.lon_deg) * rad;
        double square = u * u + cosine * (cosine + u) * v * v;
        most = square > most ? square : most;
    }
    double reach = reach_m / (6371008.8 * 1.02);
    return most < 0.25 && most < reach * reach;
}

/* All of it so near that item Q cannot be in doubt. */
static bool is_near_q(const ovf_notice *n, const ovf_notice_area *area)
{
    double radius_m = ovf_nm_to_m(n->q_radius_nm) + area->radius_m;
    double near_m = (radius_m * 1.3 + ovf_nm_to_m(5)) / 1.01;
    double far_m = (radius_m * 2.5 + ovf_nm_to_m(20)) / 1.01;
    if (is_surely_within(n->q_centre, area, near_m < far_m ? near_m : far_m))
        return true;
    double nearest = HUGE_VAL;
    double farthest = 0;
    for (size_t k = 0; k < area->point_count; k++) {
        double away = rough_distance_m(area->points[k], n->q_centre);
        nearest = away < nearest ? away : nearest;
        farthest = away > farthest ? away : farthest;
    }
    return nearest * 1.01 < radius_m * 1.3 + ovf_nm_to_m(5)
           && farthest * 1.01 < radius_m * 2.5 + ovf_nm_to_m(20);
}

static void check_q(ovf_draft *d)
{
    const ovf_notice *n = d->notice;
    if (!n->has_q_circle || n->q_radius_nm <= 0 || n->q_radius_nm >= 999)
        return;
    for (size_t i = 0; i < d->area_count; i++) {
        const ovf_notice_area *area = &d->areas[i];
        if (area->certainty != OVF_CERTAINTY_EXACT || area->point_count == 0 || is_near_q(n, area))
            continue;
        double nearest = HUGE_VAL;
        double farthest = 0;
        for (size_t k = 0; k < area->point_count; k++) {
            double away = ovf_distance_m(area->points[k], n->q_centre);
            nearest = away < nearest ? away : nearest;
            farthest = away > farthest ? away : farthest;
        }
        double radius_m = ovf_nm_to_m(n->q_radius_nm) + area->radius_m;
        bool has_centre = ovf_area_contains(area->area, n->q_centre) == OVF_TRI_YES;
        // Item Q is in whole minutes and miles; a third more and five miles are not worth a word.
        if (nearest > radius_m * 1.3 + ovf_nm_to_m(5) && !has_centre)
            ovf_findings_add(&d->findings, OVF_WARNING, area->span.at, "Q_DIFFERS",
                             "the area lies %.0f NM from the centre of item Q, whose radius is "
                             "%.0f NM: one of them is wrong",
                             ovf_m_to_nm(nearest), n->q_radius_nm);
        else if (area->shape == OVF_SHAPE_POLYGON && farthest > radius_m * 2.5 + ovf_nm_to_m(20))
            ovf_findings_add(&d->findings, OVF_NOTE, area->span.at, "Q_SMALL",
                             "a vertex lies %.0f NM from the centre of item Q, whose radius is "
                             "%.0f NM",
                             ovf_m_to_nm(farthest), n->q_radius_nm);
    }
}

/* How high a level is, for telling contradictions: feet, all of them by one scale but above ground. */
static bool height_of(const ovf_level *level, double *feet)
{
    bool is_known = level->ref == OVF_LEVEL_SFC || level->ref == OVF_LEVEL_UNL
                    || level->ref == OVF_LEVEL_AMSL || level->ref == OVF_LEVEL_FL;
    *feet = level->ref == OVF_LEVEL_SFC   ? 0
            : level->ref == OVF_LEVEL_UNL ? HUGE_VAL
                                          : (double)level->value_ft;
    return is_known;
}

/* Does a band reach well outside another? Levels of unlike datum are not compared. */
static bool reaches_out(const ovf_level *lower, const ovf_level *upper, const ovf_level *floor,
                        const ovf_level *ceiling)
{
    double low = 0;
    double high = 0;
    double bottom = 0;
    double top = 0;
    if (!height_of(lower, &low) || !height_of(upper, &high) || !height_of(floor, &bottom)
        || !height_of(ceiling, &top))
        return false;
    // Metres are rounded; a flight level and feet differ with the pressure by some 2,000 FT.
    double under_ft = lower->ref == OVF_LEVEL_SFC || lower->ref == floor->ref ? 150 : 2500;
    double over_ft = upper->ref == OVF_LEVEL_UNL || upper->ref == ceiling->ref ? 150 : 2500;
    return low + under_ft < bottom || high > top + over_ft;
}

/* Item E may speak of a part of what items F and G span; beyond them one of the two is wrong
 * (Doc 10066 App. 3: F and G are the limits of what item E describes). */
static void check_levels(ovf_draft *d)
{
    const ovf_notice *n = d->notice;
    double low = 0;
    double high = 0;
    if (n->lower_text.len == 0 || n->upper_text.len == 0)
        return;
    if (height_of(&d->lower, &low) && height_of(&d->upper, &high) && low > high) {
        ovf_findings_add(&d->findings, OVF_WARNING, n->span_f.at, "LEVELS_ORDER",
                         "item F lies above item G");
        return;
    }
    for (size_t i = 0; i < d->area_count; i++) {
        const ovf_notice_area *area = &d->areas[i];
        if (!reaches_out(&area->lower, &area->upper, &d->lower, &d->upper))
            continue;
        ovf_findings_add(&d->findings, OVF_WARNING, area->span.at, "LEVELS_DIFFER",
                         "limits in item E reach beyond items F and G: those of item E are taken");
        return;
    }
}

void ovf_settle_areas(ovf_draft *d)
{
    end_list(d);
    settle_limits(d);
    size_t drawn = d->area_count;
    ovf_read_routes_beside(d);
    take_item_limits(d, drawn);
    check_levels(d);
    settle_firs(d);
    check_q(d);
    d->notice->areas = d->areas;
    d->notice->area_count = d->area_count;
}
