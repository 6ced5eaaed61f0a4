/* SPDX-License-Identifier: Apache-2.0 */
/* From the words of a route to its points. Among places of one name the ones are taken that make
 * the whole way shortest (two points named DVL, 3,600 NM apart, stopped the United Kingdom's
 * flight planning on 28 August 2023): dynamic programming over the candidates of every point. */
#include "flight_internal.h"

#include <math.h>

/* A procedure leads to or from a point near the aerodrome; beyond this its own points matter. */
#define PROCEDURE_REACH_NM 150.0
/* Bends that are flown: round closed airspace, to a procedure, over an ocean's tracks. */
#define STRAY_NM 400.0
/* What a long leg may bend more, by half its length up to this: a closed country is flown round by
 * many points. */
#define STRAY_LONG_NM 500.0
/* A point that bends the way by so much, and by more than the way between its neighbours or by the
 * second figure, is often another of its name than meant. */
#define KINK_NM 200.0
#define KINK_LONG_NM 600.0
#define MAX_STRAYS 32 /* of one route */
/* With a magnetic variation of 20 degrees a point 15 NM off its reference is 5 NM out. */
#define BEARING_REACH_NM 15.0
#define FAR_NM 1000.0 /* and half of the way: a position off it by more is remarked upon */
#define RAD 0.017453292519943295

void flight_add_unresolved(flight_reader *r, ovf_str part, ovf_str why)
{
    ovf_flight *f = r->flight;
    if (!ovf_arena_grow(r->arena, (void **)&f->unresolved, f->unresolved_count,
                        &r->unresolved_capacity, sizeof(*f->unresolved)))
        return; // route_complete is false already: nothing is lost but the reason
    f->unresolved[f->unresolved_count++] =
        (ovf_unresolved){.text = flight_written(r, part), .why = why, .pos = flight_pos(r, part)};
}

/* ---- which of the places of a name ---- */

typedef struct layer {
    const ovf_point *places;
    uint32_t count;
    element *element;                       /* NULL: departure or destination */
    double length_m[FLIGHT_MAX_CANDIDATES]; /* of the shortest way up to each place */
    uint32_t before[FLIGHT_MAX_CANDIDATES]; /* the place of the layer before on that way */
} layer;

static void weigh(layer *at, const layer *before)
{
    for (uint32_t i = 0; i < at->count; i++) {
        at->length_m[i] = before == NULL ? 0 : HUGE_VAL;
        for (uint32_t k = 0; before != NULL && k < before->count; k++) {
            // One place on both sides needs no measuring: most names have one.
            bool is_plain = at->count == 1 && before->count == 1;
            double leg_m = is_plain ? 0 : ovf_distance_m(before->places[k], at->places[i]);
            if (before->length_m[k] + leg_m < at->length_m[i]) {
                at->length_m[i] = before->length_m[k] + leg_m;
                at->before[i] = k;
            }
        }
    }
}

static size_t choose(const flight_reader *r, element *elements, size_t count, layer *layers)
{
    size_t n = 0;
    if (r->has_from)
        layers[n++] = (layer){.places = &r->from, .count = 1};
    for (size_t i = 0; i < count; i++) {
        if (elements[i].kind == ELEMENT_POINT && elements[i].candidate_count > 0)
            layers[n++] = (layer){.places = elements[i].candidates,
                                  .count = elements[i].candidate_count,
                                  .element = &elements[i]};
    }
    if (r->has_to)
        layers[n++] = (layer){.places = &r->to, .count = 1};
    for (size_t i = 0; i < n; i++)
        weigh(&layers[i], i == 0 ? NULL : &layers[i - 1]);
    uint32_t best = 0;
    for (uint32_t k = 1; n > 0 && k < layers[n - 1].count; k++) {
        if (layers[n - 1].length_m[k] < layers[n - 1].length_m[best])
            best = k;
    }
    for (size_t i = n; i-- > 0;) {
        if (layers[i].element != NULL)
            layers[i].element->chosen = best;
        best = layers[i].before[best];
    }
    return n;
}

static ovf_point place_of(const layer *l)
{
    return l->places[l->element == NULL ? 0 : l->element->chosen];
}

/* How much longer the way becomes over a layer's point. */
static double bend_m(const layer *l, double *direct_m)
{
    *direct_m = ovf_distance_m(place_of(l - 1), place_of(l + 1));
    return ovf_distance_m(place_of(l - 1), place_of(l))
           + ovf_distance_m(place_of(l), place_of(l + 1)) - *direct_m;
}

/* The same past what is flown. */
static double stray_m(const layer *l)
{
    double direct_m = 0;
    double by_m = bend_m(l, &direct_m);
    return by_m - fmin(0.5 * direct_m, ovf_nm_to_m(STRAY_LONG_NM)) - ovf_nm_to_m(STRAY_NM);
}

/* Names that bend the way far: they are kept, and in doubt. */
static void mark_kinks(layer *layers, size_t n)
{
    for (size_t i = 1; i + 1 < n && n > 3; i++) {
        element *e = layers[i].element;
        double direct_m = 0;
        if (e == NULL || e->is_exact)
            continue;
        double by_m = bend_m(&layers[i], &direct_m);
        e->is_kink =
            by_m > ovf_nm_to_m(KINK_NM) && by_m > fmin(direct_m, ovf_nm_to_m(KINK_LONG_NM));
    }
}

/* A name whose right place is in no table, and whose others all lie elsewhere, must not bend the way
 * there: the worst is left out, and the rest chosen anew. A single point between the ends may be
 * what a flight turns at. */
static ovf_status choose_and_drop(const flight_reader *r, element *elements, size_t count,
                                  ovf_error *err)
{
    layer *layers = ovf_arena_array(r->arena, layer, count + 2);
    if (layers == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a route");
    for (int turn = 0; turn <= MAX_STRAYS; turn++) {
        size_t n = choose(r, elements, count, layers);
        size_t worst = 0;
        double worst_m = 0;
        for (size_t i = 1; i + 1 < n && n > 3 && turn < MAX_STRAYS; i++) {
            bool may_stray = layers[i].element != NULL && !layers[i].element->is_exact;
            double by_m = may_stray ? stray_m(&layers[i]) : 0;
            worst = by_m > worst_m ? i : worst;
            worst_m = by_m > worst_m ? by_m : worst_m;
        }
        element *e = layers[worst].element;
        if (worst == 0 || e == NULL) {
            mark_kinks(layers, n);
            break;
        }
        e->candidate_count = 0;
        if (flight_is_airway(e->ident) && !e->is_listed)
            e->kind = ELEMENT_AIRWAY; // N5 is a beacon somewhere, too
        e->away_nm = ovf_m_to_nm(worst_m) / 2 + STRAY_NM / 2;
        for (size_t i = 0; i < n; i++)
            layers[i] = (layer){0};
    }
    return OVF_OK;
}

/* ---- points ---- */

typedef struct builder {
    flight_reader *r;
    int32_t speed_kt, level_ft, top_ft;
    ovf_str via;       /* how the next point is reached */
    ovf_str procedure; /* SID or STAR on the way to it; len 0: none */
    bool is_bridged;
    bool is_complete;
} builder;

/* What a point of the way is called, and where that stands. */
typedef struct label {
    ovf_str ident;
    ovf_span span;
    bool is_expanded; /* from the tables, not filed: the span is that of the airway */
} label;

static label filed(const flight_reader *r, ovf_str ident)
{
    return (label){flight_written(r, ident), flight_span(r, ident), false};
}

/* The places of an element's name but the one that is taken. */
static const ovf_point *other_places(const flight_reader *r, const element *e, uint32_t *count)
{
    *count = 0;
    ovf_point *others =
        e == NULL || e->namesakes < 2 ? NULL : ovf_arena_array(r->arena, ovf_point, e->namesakes);
    for (uint32_t i = 0; others != NULL && i < e->namesakes; i++) {
        if (i != e->origin[e->chosen])
            others[(*count)++] = e->places[i];
    }
    return others;
}

static ovf_status add_point(builder *b, label name, ovf_point place, const element *e,
                            ovf_error *err)
{
    flight_reader *r = b->r;
    ovf_flight *f = r->flight;
    const ovf_flight_point *before = f->point_count > 0 ? &f->points[f->point_count - 1] : NULL;
    if (b->procedure.len > 0 && before != NULL
        && ovf_distance_m(before->place, place) > ovf_nm_to_m(PROCEDURE_REACH_NM)) {
        b->is_bridged = true;
        b->is_complete = false;
        flight_add_unresolved(r, b->procedure,
                              OVF_STR("the points of this procedure are not in the world tables"));
    }
    if (!ovf_arena_grow(r->arena, (void **)&f->points, f->point_count, &r->point_capacity,
                        sizeof(*f->points)))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a route");
    bool is_first = f->point_count == 0;
    uint32_t ambiguous = 0;
    const ovf_point *others = other_places(r, e, &ambiguous);
    f->points[f->point_count++] = (ovf_flight_point){
        .ident = name.ident,
        .place = place,
        .via = is_first || (e != NULL && e->is_listed && b->via.len == 0) ? OVF_STR("")
               : b->via.len > 0 ? flight_written(r, b->via)
                                : OVF_STR("DCT"),
        .level_ft = b->level_ft,
        .top_ft = b->top_ft,
        .stay_min = e == NULL ? 0 : e->stay_min,
        .speed_kt = b->speed_kt,
        .time = OVF_TIME_NONE,
        .given = e == NULL ? (ovf_flight_given){0} : e->given,
        .ambiguous = ambiguous,
        .others = others,
        .is_bridged = b->is_bridged && !is_first,
        .is_expanded = name.is_expanded,
        .span = name.span,
    };
    b->via = OVF_STR("");
    b->procedure = OVF_STR("");
    b->is_bridged = false;
    return OVF_OK;
}

static void leave_out(builder *b, ovf_str part, ovf_str why)
{
    flight_add_unresolved(b->r, part, why);
    b->is_bridged = true;
    b->is_complete = false;
}

static ovf_str unplaced_why(const builder *b, const element *e)
{
    if (e->why.len > 0)
        return e->why;
    if (e->namesakes == 0)
        return ovf_arena_printf(b->r->arena, "point " OVF_FMT " is not in the world tables",
                                OVF_ARG(e->ident));
    return ovf_arena_printf(b->r->arena,
                            "the only places known as " OVF_FMT " lie %.0f NM or more off the way",
                            OVF_ARG(e->ident), e->away_nm);
}

/* An arc of the sphere. */
static double rough_m(ovf_point a, ovf_point b)
{
    double lat_a = a.lat_deg * RAD;
    double lat_b = b.lat_deg * RAD;
    double half_lat = sin((lat_b - lat_a) / 2);
    double half_lon = sin((b.lon_deg - a.lon_deg) * (RAD / 2));
    double h = half_lat * half_lat + cos(lat_a) * cos(lat_b) * half_lon * half_lon;
    return 2 * 6371008.8 * asin(sqrt(fmin(1.0, h)));
}

/* Surely not far off the way? Told by arcs of the sphere, which are off by 0.57 % at most: nearly every position lies on
 * the way, and three geodesics for each were half the time of reading a plan. */
static bool is_surely_near(ovf_point before, ovf_point place, ovf_point to)
{
    double direct_m = rough_m(before, to);
    double over_m = rough_m(before, place) + rough_m(place, to);
    double off_m = 0.006 * (over_m + 1.5 * direct_m);
    return over_m + off_m < 1.5 * direct_m + ovf_nm_to_m(FAR_NM);
}

/* What there is to say of a point that was placed. */
static void remark(builder *b, const element *e, ovf_point place)
{
    flight_reader *r = b->r;
    // Namesakes on other continents are the rule, not a doubt.
    if (e->namesakes > 1)
        ovf_findings_add(r->findings, e->candidate_count > 1 ? OVF_WARNING : OVF_NOTE,
                         flight_pos(r, e->ident), "POINT_AMBIGUOUS",
                         "%u places are named " OVF_FMT
                         "; taken is the one that makes the way shortest, %.2f %.2f",
                         e->namesakes, OVF_ARG(e->ident), place.lat_deg, place.lon_deg);
    const ovf_flight *f = r->flight;
    if (e->is_exact && f->point_count > 0 && r->has_to
        && !is_surely_near(f->points[f->point_count - 1].place, place, r->to)) {
        double direct_m = ovf_distance_m(f->points[f->point_count - 1].place, r->to);
        double over_m = ovf_distance_m(f->points[f->point_count - 1].place, place)
                        + ovf_distance_m(place, r->to);
        if (over_m - direct_m > 0.5 * direct_m + ovf_nm_to_m(FAR_NM))
            ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, e->ident), "POINT_FAR",
                             OVF_FMT " lies far off the way: are N, S, E, W as meant?",
                             OVF_ARG(e->ident));
    }
}

static ovf_status add_element_point(builder *b, const element *e, ovf_error *err)
{
    if (e->candidate_count == 0) {
        leave_out(b, e->ident, unplaced_why(b, e));
        return OVF_OK;
    }
    ovf_point place = e->candidates[e->chosen];
    remark(b, e, place);
    double reference_nm = 0;
    ovf_str name = {0};
    int bearing_deg = 0;
    int distance_nm = 0;
    if (e->is_doubtful && flight_split_bearing(e->ident, &name, &bearing_deg, &distance_nm))
        reference_nm = distance_nm;
    bool is_out = reference_nm > BEARING_REACH_NM && !e->is_turned[e->chosen];
    if (is_out)
        leave_out(b, e->ident,
                  OVF_STR("the bearing is magnetic and the variation not in the world tables: "
                          "placed by the true bearing"));
    if (e->is_kink)
        leave_out(b, e->ident,
                  OVF_STR("this place bends the way far: the name may be meant of another"));
    label name_of =
        e->is_implied ? (label){e->ident, flight_span(b->r, e->text), true} : filed(b->r, e->ident);
    ovf_status status = add_point(b, name_of, place, e, err);
    b->is_bridged = is_out || e->is_kink; // the leg behind it is as doubtful
    return status;
}

/* The points between the one before and the one behind, or what is missing. */
static ovf_status add_airway(builder *b, const element *elements, size_t count, size_t at,
                             ovf_error *err)
{
    flight_reader *r = b->r;
    const element *e = &elements[at];
    const element *before = at > 0 ? &elements[at - 1] : NULL;
    const element *behind = at + 1 < count ? &elements[at + 1] : NULL;
    uint32_t *fixes = NULL;
    size_t fix_count = 0;
    ovf_str why = {0};
    b->via = e->ident;
    if (!flight_airway_between(r, e, before, behind, &fixes, &fix_count, &why)) {
        leave_out(b, e->ident, why);
        return OVF_OK;
    }
    for (size_t i = 0; i < fix_count; i++) {
        ovf_fix fix = ovf_world_fix(r->world, fixes[i]);
        if (r->flight->point_count >= OVF_FLIGHT_MAX_EXPANDED) {
            leave_out(b, e->ident, OVF_STR("the route has too many points"));
            return OVF_OK;
        }
        label name = {fix.ident, flight_span(r, e->ident), true};
        ovf_status status = add_point(b, name, fix.place, NULL, err);
        if (status != OVF_OK)
            return status;
        b->via = e->ident;
    }
    return OVF_OK;
}

static ovf_status add_element(builder *b, const element *elements, size_t count, size_t at,
                              ovf_error *err)
{
    const element *e = &elements[at];
    flight_reader *r = b->r;
    if (e->has_change) {
        b->speed_kt = e->change.speed_kt;
        b->level_ft = e->change.level_ft;
        b->top_ft = e->change.top_ft;
    }
    switch (e->kind) {
    case ELEMENT_POINT: return add_element_point(b, e, err);
    case ELEMENT_AIRWAY: return add_airway(b, elements, count, at, err);
    case ELEMENT_PROCEDURE:
        b->via = e->ident;
        b->procedure = e->ident;
        ovf_findings_add(r->findings, OVF_NOTE, flight_pos(r, e->ident), "PROCEDURE_DIRECT",
                         "procedure " OVF_FMT " is taken as a direct leg", OVF_ARG(e->ident));
        break;
    case ELEMENT_TRUNCATED:
        leave_out(b, e->text, OVF_STR("the route is truncated (T): its rest is not in the plan"));
        break;
    case ELEMENT_DIRECT:
        if (e->stay_min > 0 && r->flight->point_count > 0)
            r->flight->points[r->flight->point_count - 1].stay_min += e->stay_min;
        break;
    case ELEMENT_BAD:
        leave_out(b, e->text,
                  e->why.len > 0 ? e->why : OVF_STR("no point, airway or procedure that is known"));
        break;
    }
    return OVF_OK;
}

/* Departure and destination are points of the way, unless they are not known. */
static ovf_status add_end(builder *b, ovf_str ident, bool has_place, ovf_point place,
                          ovf_error *err)
{
    flight_reader *r = b->r;
    if (has_place) {
        ovf_flight *f = r->flight;
        bool is_there = f->point_count > 0 && !b->is_bridged
                        && ovf_distance_m(f->points[f->point_count - 1].place, place) < 1.0;
        return is_there ? OVF_OK : add_point(b, filed(r, ident), place, NULL, err);
    }
    if (!ovf_str_eq(ident, OVF_STR("AFIL"))) {
        b->is_complete = false;
        if (ident.ptr == NULL)
            return OVF_OK; // the item is missing and reported as such
        flight_add_unresolved(r, ident,
                              ovf_str_eq(ident, OVF_STR("ZZZZ"))
                                  ? OVF_STR("no position of ZZZZ is given in item 18")
                                  : OVF_STR("this aerodrome is not in the world tables"));
    }
    b->is_bridged = false;
    return OVF_OK;
}

ovf_status flight_expand_elements(flight_reader *r, element *elements, size_t count, ovf_error *err)
{
    ovf_flight *f = r->flight;
    ovf_status status = choose_and_drop(r, elements, count, err);
    if (status != OVF_OK)
        return status;
    f->points = NULL;
    f->point_count = 0;
    r->point_capacity = 0;
    builder b = {.r = r,
                 .speed_kt = f->speed_kt,
                 .level_ft = f->level_ft,
                 .is_complete = f->unresolved_count == 0};
    status = add_end(&b, f->from, r->has_from, r->from, err);
    for (size_t i = 0; i < count && status == OVF_OK; i++)
        status = add_element(&b, elements, count, i, err);
    if (status == OVF_OK)
        status = add_end(&b, f->to, r->has_to, r->to, err);
    f->route_complete = b.is_complete && f->point_count >= 2;
    return status;
}
