/* SPDX-License-Identifier: Apache-2.0 */
/* Places that are not airspace of a FIR or a State: aerodromes, navigation aids as centres; and what
 * is left when the words name no place at all: the FIR of item A, or the circle of item Q as a
 * hint. Routes and published areas have files of their own (routes.c, designators.c). */
#include "arcs.h"
#include "routes.h"

#include <math.h>

static bool qcode_is(const ovf_draft *d, const char *subjects)
{
    return d->notice->qcode.len == 5 && strchr(subjects, d->notice->qcode.ptr[1]) != NULL;
}

static bool scope_has(const ovf_draft *d, char scope)
{
    ovf_str s = d->notice->scope;
    return s.len > 0 && memchr(s.ptr, scope, s.len) != NULL;
}

static ovf_str first_location(const ovf_draft *d)
{
    return ovf_str_sub(d->notice->locations, 0, 4);
}

static ovf_range item_a(const ovf_draft *d)
{
    ovf_range a = d->items[OVF_ITEM_A];
    return (ovf_range){a.from, a.until - a.from > 4 ? a.from + 4 : a.until};
}

/* ---- aerodromes ---- */

static bool is_fir_code(const ovf_draft *d, ovf_str code)
{
    uint32_t fir = d->world == NULL ? OVF_INDEX_NONE : ovf_world_find_fir(d->world, code);
    return fir != OVF_INDEX_NONE && ovf_str_eq(ovf_world_fir(d->world, fir)->code, code);
}

static bool airport_place(const ovf_draft *d, ovf_str code, ovf_point *out)
{
    if (d->world == NULL)
        return false;
    uint32_t i = ovf_world_find_airport(d->world, code);
    if (i == OVF_INDEX_NONE)
        return false;
    *out = ovf_world_airport(d->world, i)->place;
    return true;
}

static void add_point_area(ovf_draft *d, ovf_shape shape, ovf_str name, bool found, ovf_point p,
                           double radius_m, size_t from, size_t until)
{
    const ovf_area *area = ovf_area_unresolved();
    if (found && ovf_area_circle(d->arena, p, radius_m, &area, NULL) != OVF_OK)
        found = false;
    ovf_notice_area *added =
        ovf_add_area(d, shape, found ? OVF_CERTAINTY_REFERENCE : OVF_CERTAINTY_UNRESOLVED,
                     found ? area : ovf_area_unresolved(), from, until);
    if (added == NULL)
        return;
    added->name = name;
    if (!found)
        return;
    ovf_point *point = ovf_arena_array(d->arena, ovf_point, 1);
    if (point == NULL) {
        d->no_memory = true;
        return;
    }
    *point = p;
    added->points = point;
    added->point_count = 1;
    added->radius_m = shape == OVF_SHAPE_CIRCLE ? radius_m : 0;
}

/* Item A is an aerodrome and the notice is about it. */
static bool read_airport(ovf_draft *d)
{
    ovf_str code = first_location(d);
    bool is_aerodrome_matter = scope_has(d, 'A') || qcode_is(d, "FMLNISP");
    bool is_airspace_matter = qcode_is(d, "RW") && !scope_has(d, 'A');
    if (code.len < 4 || !is_aerodrome_matter || is_airspace_matter || is_fir_code(d, code))
        return false;
    // With no table to ask, an indicator equal to the FIR of item Q is a FIR.
    if (ovf_str_eq(code, d->notice->q_fir) || (code.ptr[2] == 'X' && code.ptr[3] == 'X'))
        return false;
    ovf_point place = {0};
    bool found = airport_place(d, code, &place);
    ovf_range a = item_a(d);
    add_point_area(d, OVF_SHAPE_AIRPORT, code, found, place, 1.0, a.from, a.until);
    return true;
}

/* ---- circles round names ---- */

/* The navigation aid of that name nearest to the circle of item Q. */
static bool navaid_place(const ovf_draft *d, ovf_str ident, ovf_point *out)
{
    if (d->world == NULL)
        return false;
    size_t count = 0;
    uint32_t first = ovf_world_find_fix(d->world, ident, &count);
    double nearest = HUGE_VAL;
    for (uint32_t i = first; first != OVF_INDEX_NONE && i < first + count; i++) {
        ovf_point p = ovf_world_fix(d->world, i).place;
        double away = d->notice->has_q_circle ? ovf_distance_m(p, d->notice->q_centre) : 0;
        if (away < nearest) {
            nearest = away;
            *out = p;
        }
    }
    return nearest < 1000.0 * OVF_NM_M && (d->notice->has_q_circle || count == 1);
}

#define NAME_WORDS_MAX 4
#define AIRPORT_NEAR_M (500.0 * OVF_NM_M)

/* Where item A or item Q lie, to tell places of one name apart. */
static bool home_of(const ovf_draft *d, ovf_point *out)
{
    if (airport_place(d, first_location(d), out))
        return true;
    *out = d->notice->q_centre;
    return d->notice->has_q_circle;
}

/* "LALLO AERODROME", "BIRMINGHAM ARP": an aerodrome by its name or city, near where item A is. */
static size_t airport_name(const ovf_draft *d, size_t i, ovf_point *out)
{
    ovf_point home = {0};
    if (d->world == NULL || !home_of(d, &home))
        return 0;
    for (size_t words = NAME_WORDS_MAX; words >= 1; words--) {
        size_t end = ovf_phrase(d, i + words, "ARP|AD|ARPT|AERODROME|AIRPORT|APT|AP|AIRFIELD");
        if (end == 0 || d->tokens[i].kind != OVF_TOK_WORD)
            continue;
        ovf_str name = ovf_str_sub(d->clean.text, d->tokens[i].at, ovf_tok_end(d, i + words - 1));
        ovf_place place;
        if (name.len < 4 || name.len > 60 || ovf_world_find(d->world, name, &place, NULL) != OVF_OK
            || place.kind != OVF_PLACE_AIRPORT
            || ovf_distance_m(place.point, home) > AIRPORT_NEAR_M)
            continue;
        *out = place.point;
        return end;
    }
    return 0;
}

struct centre {
    ovf_str ident; /* of a navigation aid or an aerodrome's indicator */
    ovf_point place;
    size_t end; /* token behind; 0: no centre by name */
    bool found;
};

/* "ARP", "ARP EGLL", "AD OF EGLL": that of item A where none is named. */
static struct centre aerodrome_at(const ovf_draft *d, size_t behind)
{
    struct centre c = {.ident = first_location(d), .end = behind};
    size_t named = behind + ovf_tok_is(d, behind, "OF");
    if (named < d->token_count && d->tokens[named].kind == OVF_TOK_WORD && d->tokens[named].len == 4
        && airport_place(d, ovf_tok_text(d, named), &c.place)) {
        c.ident = ovf_tok_text(d, named);
        c.end = named + 1;
    }
    c.found = airport_place(d, c.ident, &c.place);
    return c;
}

/* What stands at token i as the centre of a circle. */
static struct centre centre_at(const ovf_draft *d, size_t i)
{
    struct centre c = {0};
    i += ovf_tok_is(d, i, "THE");
    if (i >= d->token_count || d->tokens[i].kind != OVF_TOK_WORD)
        return c;
    size_t aerodrome = ovf_phrase(d, i, "ARP|AD|ARPT|AERODROME|AIRPORT|APT|AIRFIELD");
    if (aerodrome > 0)
        return aerodrome_at(d, aerodrome);
    ovf_str word = ovf_tok_text(d, i);
    if (word.len == 4 && airport_place(d, word, &c.place)) {
        c = (struct centre){word, c.place, i + 1, true};
        c.end += ovf_phrase(d, c.end, "ARP|AD|AERODROME|AIRPORT") > 0;
        return c;
    }
    c.end = airport_name(d, i, &c.place);
    c.found = c.end > 0;
    if (c.found)
        return c;
    c.end = ovf_aid_at(d, i, &c.ident);
    if (c.end > 0)
        c.found = navaid_place(d, c.ident, &c.place);
    return c;
}

size_t ovf_centre_at(const ovf_draft *d, size_t i, ovf_point *out)
{
    struct centre c = centre_at(d, i);
    *out = c.place;
    return c.found ? c.end : 0;
}

/* Words between a radius and its centre; without any only ARP or AD may follow at once. */
static size_t lead_to_centre(const ovf_draft *d, size_t next)
{
    static const char *const leads[] = {
        "RADIUS? CENTRED|CENTERED|CENTRE|CENTER ON|AT|OF? THE? PSN?",
        "RADIUS? OF|FM|FROM|AROUND|ARND|ABOUT THE? PSN?",
        "CENTRADO|CENTRADA|CENTRE EN|SUR|NO EL|LA|L?",
        "ALREDEDOR|AUTOUR|TORNO DE|DU|DEL|D? LA|L?",
        "DESDE|DEL|DE|DU|DO EL|LA|L?",
    };
    for (size_t k = 0; k < OVF_COUNTOF(leads); k++) {
        size_t of = ovf_phrase(d, next, leads[k]);
        if (of > 0)
            return of;
    }
    if (ovf_tok_is(d, next, "RADIUS"))
        return next + 1;
    return ovf_phrase(d, next, "ARP|AD") > 0 ? next : 0;
}

bool ovf_place_circle(ovf_draft *d, size_t i)
{
    double radius = 0;
    size_t next = ovf_length_at(d, i, &radius);
    if (next == 0 || radius <= 0)
        return false;
    bool has_radius = ovf_tok_is(d, next, "RADIUS")
                      || (i > 0 && ovf_phrase(d, i - 1, "RADIUS|RAD|RDS") > 0)
                      || (i > 0 && ovf_phrase(d, i - 1, "RADIO|RAYON|RAIO") > 0)
                      || (i > 1 && ovf_phrase(d, i - 2, "RADIUS|RADIO|RAYON|RAIO OF|DE") > 0);
    bool is_within = i > 0 && ovf_phrase(d, i - 1, "WI|WITHIN|INSIDE") > 0;
    size_t of = lead_to_centre(d, next);
    if (!is_within && !has_radius)
        return false;
    bool is_bare = of == 0; // "WI 10NM MTPP": a known place at once
    of = is_bare ? next : of;
    struct centre c = centre_at(d, of);
    if (is_bare && !c.found)
        return false;
    // "30NM RADIUS OF ABC VOR (251519N 0541501E)": the position that is written is the centre.
    size_t behind = c.end + (ovf_tok_sign(d, c.end, '(') || ovf_tok_sign(d, c.end, ','));
    behind += ovf_phrase(d, behind, "PSN|POSITION|COORD|AT") > 0;
    if (c.end == 0 || (behind < d->token_count && d->tokens[behind].kind == OVF_TOK_COORD))
        return false;
    ovf_str name = ovf_show(d, d->tokens[of].at, ovf_tok_end(d, c.end - 1));
    add_point_area(d, OVF_SHAPE_CIRCLE, name, c.found, c.place, radius, d->tokens[i].at,
                   ovf_tok_end(d, c.end - 1));
    if (!c.found)
        OVF_FIND(d, OVF_WARNING, d->tokens[of].at, "NAME_UNKNOWN",
                 "the centre %.*s is not in the world's tables", OVF_ARG(ovf_str_sub(name, 0, 40)));
    return true;
}

/* ---- areas in words ---- */

/* An area in words alone ("CRETAN SEA SECTOR A2"): the first words of the text are its name. */
static void add_words(ovf_draft *d)
{
    if (d->token_count == 0)
        return;
    size_t last = 0;
    while (last + 1 < d->token_count && last < 9 && d->tokens[last + 1].kind != OVF_TOK_SIGN
           && (d->tokens[last + 1].flags & OVF_TOK_NEW_LINE) == 0)
        last++;
    ovf_notice_area *area =
        ovf_add_area(d, OVF_SHAPE_NAMED, OVF_CERTAINTY_UNRESOLVED, ovf_area_unresolved(),
                     d->tokens[0].at, ovf_tok_end(d, last));
    if (area == NULL)
        return;
    area->name = ovf_show(d, d->tokens[0].at, ovf_tok_end(d, last));
    OVF_FIND(d, OVF_WARNING, d->tokens[0].at, "NAME_UNKNOWN",
             "an area in words only: it is not resolved");
}

/* ---- the rest ---- */

static bool speaks_of_airspace(const ovf_draft *d)
{
    return ovf_phrase_find(d, d->main_from, d->token_count, "FIR|UIR|AIRSPACE|AIRSAPCE", NULL)
           != OVF_NOPOS;
}

/* "FIR CLSD", and every notice whose subject is the FIR: the FIRs of item A. */
static bool read_item_a_firs(ovf_draft *d)
{
    bool is_fir_matter = d->notice->qcode.len == 5
                         && (memcmp(d->notice->qcode.ptr + 1, "AF", 2) == 0
                             || memcmp(d->notice->qcode.ptr + 1, "AU", 2) == 0);
    bool is_whole = d->notice->q_radius_nm >= 999 || !d->notice->has_q_circle;
    if (!is_fir_matter && !(is_whole && speaks_of_airspace(d)))
        return false;
    ovf_str rest = d->notice->locations;
    ovf_str code;
    bool any = false;
    size_t at = d->items[OVF_ITEM_A].from;
    while (rest.len > 0 && ovf_str_field(&rest, ' ', &code)) {
        size_t from = at;
        at += code.len + 1;
        if (code.len != 4 || (d->world != NULL && !is_fir_code(d, code)))
            continue;
        uint32_t fir = d->world == NULL ? OVF_INDEX_NONE : ovf_world_find_fir(d->world, code);
        const ovf_area *area = fir == OVF_INDEX_NONE
                                   ? ovf_area_unresolved()
                                   : ovf_world_fir_area(d->world, ovf_world_fir(d->world, fir));
        bool found =
            fir != OVF_INDEX_NONE && area != NULL && ovf_area_kind_of(area) != OVF_AREA_EMPTY;
        ovf_notice_area *added = ovf_add_area(
            d, OVF_SHAPE_FIR, found ? OVF_CERTAINTY_REFERENCE : OVF_CERTAINTY_UNRESOLVED,
            found ? area : ovf_area_unresolved(), from, from + 4);
        if (added != NULL)
            added->name = code;
        any = true;
        if (rest.ptr == NULL)
            break;
    }
    return any;
}

#define Q_FIR_ROOM_M (30 * OVF_NM_M) /* what the limits of FIRs in the tables may be off */

/* Does the circle of item Q lie off the FIR that it names? Some offices put their own place there:
 * then it tells nothing of where the area is. */
static bool is_circle_elsewhere(const ovf_draft *d)
{
    const ovf_notice *n = d->notice;
    if (d->world == NULL || !is_fir_code(d, n->q_fir))
        return false;
    uint32_t fir = ovf_world_find_fir(d->world, n->q_fir);
    const ovf_area *area = ovf_world_fir_area(d->world, ovf_world_fir(d->world, fir));
    return area != NULL && ovf_area_contains(area, n->q_centre) == OVF_TRI_NO
           && ovf_area_border_distance_m(area, n->q_centre)
                  > ovf_nm_to_m(n->q_radius_nm) + Q_FIR_ROOM_M;
}

static void read_q_circle(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    if (!n->has_q_circle || n->q_radius_nm <= 0 || n->q_radius_nm >= 999)
        return;
    if (is_circle_elsewhere(d)) {
        OVF_FIND(d, OVF_WARNING, d->items[OVF_ITEM_Q].from, "Q_ELSEWHERE",
                 "the text draws no place, and the circle of item Q lies off its FIR: where it is "
                 "is not known");
        return;
    }
    const ovf_area *circle = NULL;
    if (ovf_area_circle(d->arena, n->q_centre, ovf_nm_to_m(n->q_radius_nm), &circle, NULL)
        != OVF_OK)
        return;
    ovf_range q = d->items[OVF_ITEM_Q];
    ovf_notice_area *area =
        ovf_add_area(d, OVF_SHAPE_CIRCLE, OVF_CERTAINTY_Q_CIRCLE, circle, q.from, q.until);
    ovf_point *point = ovf_arena_array(d->arena, ovf_point, 1);
    if (area == NULL || point == NULL)
        return;
    *point = n->q_centre;
    area->points = point;
    area->point_count = 1;
    area->radius_m = ovf_nm_to_m(n->q_radius_nm);
    OVF_FIND(d, OVF_NOTE, q.from, "GEOM_FROM_Q",
             "the text draws no area: the circle of item Q stands as a hint");
}

static bool is_any_resolved(const ovf_draft *d)
{
    for (size_t i = 0; i < d->area_count; i++) {
        if (d->areas[i].certainty != OVF_CERTAINTY_UNRESOLVED)
            return true;
    }
    return false;
}

/* Places and no area: what restricts the air there reaches somewhere, and the text does not say how far. */
static bool are_points(const ovf_draft *d)
{
    for (size_t i = 0; i < d->area_count; i++) {
        if (d->areas[i].shape != OVF_SHAPE_POINT)
            return false;
    }
    return true;
}

/* "CIRCULO 15NM ... Y ANILLO ENTRE 15NM Y 30NM DEL MISMO CENTRO": a ring round the circle before it. */
static void read_ring_alone(ovf_draft *d, size_t i)
{
    double inner = 0;
    double outer = 0;
    size_t next = ovf_range_at(d, i, &inner, &outer);
    if (next == 0 || inner <= 0)
        return;
    uint32_t at = ovf_raw_pos(d, d->tokens[i].at);
    const ovf_notice_area *one = NULL;
    for (size_t k = 0; k < d->area_count; k++) {
        const ovf_notice_area *area = &d->areas[k];
        if (area->shape == OVF_SHAPE_CIRCLE && area->point_count == 1 && area->span.at < at
            && fabs(area->radius_m - inner) < 0.01 * inner)
            one = area;
    }
    if (one == NULL)
        return;
    struct ovf_sector ring = {.centre = one->points[0],
                              .inner_m = inner,
                              .outer_m = outer,
                              .to_deg = 360.0,
                              .from = d->tokens[i].at,
                              .until = ovf_tok_end(d, next - 1)};
    if (ovf_make_sector(d, &ring))
        OVF_FIND(d, OVF_NOTE, d->tokens[i].at, "CENTRE_ASSUMED",
                 "a ring that begins where a circle before it ends: its centre is taken");
}

/* "WI 10NM RADIUS OF p GND-FL100 AND RESTRICTED AIRSPACE WI 30NM RADIUS GND-FL195": a circle without a
 * centre of its own has that of the only centre before it. */
static void read_radius_alone(ovf_draft *d, size_t i)
{
    double radius = 0;
    size_t next = ovf_length_at(d, i, &radius);
    bool is_circle = next > 0 && radius > 0 && i > 0 && ovf_phrase(d, i - 1, "WI|WITHIN|INSIDE") > 0
                     && ovf_tok_is(d, next, "RADIUS");
    // "RADIUS 10KM OF THE CENTER: ALL FLIGHT FORBIDDEN"
    bool is_same = next > 0 && radius > 0 && i > 0
                   && ovf_phrase(d, i - 1, "RADIUS|WI|WITHIN|INSIDE") > 0
                   && ovf_phrase(d, next, "OF|FM|FROM THE|THIS|SAME SAME? CENTRE|CENTER") > 0;
    if (!is_circle && !is_same)
        return;
    bool is_placed = ovf_phrase(d, next + 1,
                                "OF|FM|FROM|CENTRED|CENTERED|CENTRE|CENTER|AROUND|ARND|"
                                "ABOUT|AT|PSN|ARP|AD")
                         > 0
                     || (next + 1 < d->token_count && d->tokens[next + 1].kind == OVF_TOK_COORD);
    if (!is_same && is_placed)
        return;
    uint32_t at = ovf_raw_pos(d, d->tokens[i].at);
    const ovf_notice_area *one = NULL;
    for (size_t k = 0; k < d->area_count; k++) {
        const ovf_notice_area *area = &d->areas[k];
        if (area->shape != OVF_SHAPE_CIRCLE || area->point_count != 1
            || fabs(area->radius_m - radius) < 1.0
            || (at >= area->span.at && at < area->span.at + area->span.len)
            || (one != NULL
                && (area->points->lat_deg != one->points->lat_deg
                    || area->points->lon_deg != one->points->lon_deg)))
            return;
        one = area->span.at < at ? area : one;
    }
    if (one == NULL)
        return;
    ovf_point centre = one->points[0];
    add_point_area(d, OVF_SHAPE_CIRCLE, OVF_STR(""), true, centre, radius, d->tokens[i].at,
                   ovf_tok_end(d, next));
    OVF_FIND(d, OVF_NOTE, d->tokens[i].at, "CENTRE_ASSUMED",
             "a radius without a centre: that of the circle before is taken");
}

void ovf_read_names(ovf_draft *d)
{
    bool is_trigger = d->notice->qcode.len == 5 && memcmp(d->notice->qcode.ptr + 3, "TT", 2) == 0;
    bool is_aside = qcode_is(d, "K") || is_trigger || d->notice->kind == OVF_NOTICE_CANCEL;
    for (size_t i = 0; i < d->token_count && !d->has_more_areas; i++) {
        if (d->tokens[i].kind == OVF_TOK_NUM)
            ovf_place_circle(d, i);
    }
    for (size_t i = 0; i < d->token_count && d->area_count > 0 && !d->has_more_areas; i++) {
        if (d->tokens[i].kind != OVF_TOK_NUM)
            continue;
        read_radius_alone(d, i);
        read_ring_alone(d, i);
    }
    bool is_point_alone = d->area_count > 0 && qcode_is(d, "R") && are_points(d);
    if (is_point_alone && !is_aside)
        read_q_circle(d);
    if (d->area_count > 0 || is_aside || d->token_count == 0)
        return;
    // "WSD15 AND WSD16 ACTIVE. FLIGHTS ON M753 SHALL ...": the areas are the matter, not the routes.
    if (qcode_is(d, "R") && d->notice->form == OVF_FORM_ICAO && ovf_read_designators(d))
        return;
    if (read_airport(d) || ovf_read_routes(d))
        return;
    bool is_area_matter =
        qcode_is(d, "RW") || qcode_is(d, "A") || qcode_is(d, "X") || d->notice->qcode.len != 5;
    if (is_area_matter && d->notice->form == OVF_FORM_ICAO && ovf_read_designators(d)) {
        if (qcode_is(d, "A") && !is_any_resolved(d))
            read_q_circle(d);
        return;
    }
    if (read_item_a_firs(d))
        return;
    if (qcode_is(d, "R")) {
        add_words(d);
        read_q_circle(d);
        return;
    }
    if (d->notice->form == OVF_FORM_ICAO && (scope_has(d, 'E') || scope_has(d, 'W')))
        read_q_circle(d);
}
