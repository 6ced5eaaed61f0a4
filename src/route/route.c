/* SPDX-License-Identifier: Apache-2.0 */
/* The way round. Obstacles are added as they are met: the shortest way round those known so far is
 * flown through the picture, and what bars it there becomes an obstacle too, until nothing new does.
 * Since every obstacle only lengthens the way, a way that is the shortest round some of them and
 * keeps clear of all is the shortest round all. The last step moves the points to whole minutes and
 * asks the picture again. */
#include "route_internal.h"

#include <math.h>
#include <string.h>

#define DEFAULT_MARGIN_NM 5.0
#define ROUNDS_MAX 8
#define STAND_OFF_M 20.0 /* of corners from obstacles: far above what is lost in rounding */
#define BOUND_STAND_OFF_M 1.0
#define ASSUMED_SPEED_KT 450 /* to know when it is where, if the request does not say */
#define PROVEN_GAP_PERCENT 0.1

typedef struct obstacle {
    const ovf_restriction *restriction; /* NULL: an area of the request */
    ovf_str name;
    const ovf_area *area;
    bool is_whole; /* all of the restriction, not only the pieces that bar */
} obstacle;

typedef struct finder {
    const ovf_picture *picture;
    const ovf_route_request *request;
    ovf_arena *arena;
    double margin_m;
    obstacle *obstacles;
    size_t obstacle_count, obstacle_capacity;
    hull *hulls;
    size_t hull_count, hull_capacity;
    ovf_point *points; /* of the way found last */
    size_t point_count;
    double length_m;
    bool is_exact; /* every point stands on whole minutes */
    ovf_flight flight;
    ovf_track track;
    ovf_conflict conflict;
    ovf_route out;
    ovf_error *err;
} finder;

static ovf_status no_memory(finder *f)
{
    return ovf_fail(f->err, OVF_E_NOMEM, OVF_NOPOS, "no memory for a route");
}

/* No way is an answer, not an error: the reason is kept, and the search ends. */
static ovf_status give_up(finder *f, ovf_str why)
{
    if (f->out.why_not.len == 0)
        f->out.why_not = why;
    return why.ptr == NULL ? no_memory(f) : OVF_OK;
}

static bool has_given_up(const finder *f)
{
    return f->out.why_not.len > 0;
}

/* ---- obstacles ---- */

static ovf_status add_hulls(finder *f, const hull *hulls, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!ovf_arena_grow(f->arena, (void **)&f->hulls, f->hull_count, &f->hull_capacity,
                            sizeof(*f->hulls)))
            return no_memory(f);
        f->hulls[f->hull_count++] = hulls[i];
    }
    return OVF_OK;
}

static bool holds_end(const finder *f, const hull *hulls, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (ovf_area_contains(hulls[i].area, f->request->from) == OVF_TRI_YES
            || ovf_area_contains(hulls[i].area, f->request->to) == OVF_TRI_YES)
            return true;
    }
    return false;
}

/* The margin that both ends allow: half of their distance where they stand nearer than it. */
static ovf_status hulls_of(finder *f, const ovf_area *area, double margin_m, hull **out,
                           size_t *count)
{
    double from_m = ovf_area_border_distance_m(area, f->request->from);
    double to_m = ovf_area_border_distance_m(area, f->request->to);
    double near_m = fmin(from_m, to_m);
    if (near_m < 2 * margin_m)
        margin_m = near_m / 2;
    ovf_status status = hull_make(area, margin_m, HULL_MAX_VERTICES, f->arena, out, count, f->err);
    while (status == OVF_OK && holds_end(f, *out, *count) && margin_m > 1.0) {
        margin_m = margin_m > 500.0 ? margin_m / 4 : 0;
        status = hull_make(area, margin_m, HULL_MAX_VERTICES, f->arena, out, count, f->err);
    }
    return status;
}

/* Is an end of the way within? Says so and gives up. */
static ovf_status check_ends(finder *f, const obstacle *o)
{
    const ovf_route_request *q = f->request;
    bool from_in = ovf_area_contains(o->area, q->from) != OVF_TRI_NO;
    bool to_in = ovf_area_contains(o->area, q->to) != OVF_TRI_NO;
    if (!from_in && !to_in)
        return OVF_OK;
    ovf_str ident = from_in ? q->from_ident : q->to_ident;
    return give_up(f, ovf_arena_printf(f->arena,
                                       "no way: the %s" OVF_FMT "%s lies inside " OVF_FMT
                                       ", which bars this flight",
                                       from_in ? "departure " : "destination ", OVF_ARG(ident),
                                       from_in && to_in ? ", as the destination," : "",
                                       OVF_ARG(o->name)));
}

static ovf_status add_obstacle(finder *f, obstacle o)
{
    ovf_status status = check_ends(f, &o);
    if (status != OVF_OK || has_given_up(f))
        return status;
    hull *hulls = NULL;
    size_t count = 0;
    status = hulls_of(f, o.area, f->margin_m, &hulls, &count);
    if (status == OVF_E_GEOMETRY)
        return give_up(f, ovf_arena_printf(f->arena,
                                           "where " OVF_FMT " lies is not known well enough to "
                                           "keep clear of it",
                                           OVF_ARG(o.name)));
    if (status != OVF_OK)
        return status;
    if (holds_end(f, hulls, count))
        return give_up(f, ovf_arena_printf(f->arena,
                                           "an end of the way lies too near to " OVF_FMT
                                           ", or in a pocket of it",
                                           OVF_ARG(o.name)));
    if (!ovf_arena_grow(f->arena, (void **)&f->obstacles, f->obstacle_count, &f->obstacle_capacity,
                        sizeof(o)))
        return no_memory(f);
    f->obstacles[f->obstacle_count++] = o;
    return add_hulls(f, hulls, count);
}

static const obstacle *find_obstacle(const finder *f, const ovf_restriction *r)
{
    const obstacle *found = NULL;
    for (size_t i = 0; i < f->obstacle_count; i++) {
        if (f->obstacles[i].restriction == r && (found == NULL || f->obstacles[i].is_whole))
            found = &f->obstacles[i];
    }
    return found;
}

/* ---- a way through what is known so far ---- */

static ovf_status find_path(finder *f)
{
    const ovf_route_request *q = f->request;
    search s;
    ovf_status status =
        search_init(&s, f->hulls, f->hull_count, f->arena, q->from, q->to, STAND_OFF_M);
    if (status == OVF_E_LIMIT)
        return ovf_fail(f->err, OVF_E_LIMIT, OVF_NOPOS, "more than %d corners to go round",
                        OVF_ROUTE_MAX_OBSTACLE_VERTICES);
    if (status != OVF_OK)
        return no_memory(f);
    bool found = false;
    status = search_path(&s, &f->points, &f->point_count, &f->length_m, &found);
    if (status == OVF_OK && found) {
        minutes_round(&s, f->points, f->point_count, &f->is_exact);
        minutes_thin(&s, f->points, &f->point_count);
    }
    search_done(&s);
    if (status != OVF_OK)
        return no_memory(f);
    if (!found)
        return give_up(f, OVF_STR("no way: the areas that bar this flight enclose an end of it"));
    return OVF_OK;
}

static ovf_status make_flight(finder *f)
{
    const ovf_route_request *q = f->request;
    const ovf_world *world = ovf_picture_world(f->picture);
    ovf_flight_point *points = ovf_arena_array(f->arena, ovf_flight_point, f->point_count);
    if (points == NULL)
        return no_memory(f);
    int32_t speed_kt = q->speed_kt > 0 ? q->speed_kt : ASSUMED_SPEED_KT;
    for (size_t i = 0; i < f->point_count; i++) {
        bool is_first = i == 0;
        bool is_last = i + 1 == f->point_count;
        ovf_str ident = is_first  ? q->from_ident
                        : is_last ? q->to_ident
                                  : minutes_text(f->points[i], f->arena);
        points[i] = (ovf_flight_point){.ident = ident,
                                       .place = f->points[i],
                                       .via = is_first ? OVF_STR("") : OVF_STR("DCT"),
                                       .level_ft = q->level_ft,
                                       .speed_kt = speed_kt,
                                       .time = OVF_TIME_NONE};
    }
    f->flight = (ovf_flight){
        .form = OVF_FLIGHT_FPL,
        .status = OVF_FLIGHT_OK,
        .operator_index = OVF_INDEX_NONE,
        .registry_state = OVF_INDEX_NONE,
        .type = q->type,
        .from = q->from_ident,
        .to = q->to_ident,
        .from_airport = q->from_airport,
        .to_airport = q->to_airport,
        .off_block = q->depart,
        .eet_min = -1,
        .speed_kt = speed_kt,
        .level_ft = q->level_ft,
        .points = points,
        .point_count = f->point_count,
        .route_complete = true,
    };
    uint32_t ends[] = {q->from_airport, q->to_airport};
    int32_t *elevations[] = {&f->flight.from_ft, &f->flight.to_ft};
    for (size_t i = 0; i < 2; i++) {
        if (ends[i] == OVF_INDEX_NONE)
            continue;
        int32_t elevation_ft = ovf_world_airport(world, ends[i])->elevation_ft;
        *elevations[i] = elevation_ft == INT32_MIN ? 0 : elevation_ft;
    }
    return OVF_OK;
}

/* Flies the way through the picture. Times run as on the unrestricted way: with its average
 * speed, which item 16 of a plan may have set. */
static ovf_status fly(finder *f)
{
    const ovf_route_request *q = f->request;
    ovf_status status = make_flight(f);
    if (status == OVF_OK)
        status = ovf_flight_track(&f->flight, f->arena, &f->track, f->err);
    if (status != OVF_OK)
        return status;
    const ovf_track *plain = q->unrestricted;
    if (plain != NULL && plain->timed && plain->count >= 2 && plain->length_m > 0) {
        double plain_s = (double)(plain->points[plain->count - 1].time - plain->points[0].time);
        f->flight.eet_min = (int32_t)lround(plain_s * f->track.length_m / plain->length_m / 60.0);
        status = ovf_flight_track(&f->flight, f->arena, &f->track, f->err);
    }
    if (status != OVF_OK)
        return status;
    ovf_time at = q->depart == OVF_TIME_NONE ? q->at : OVF_TIME_NONE;
    return ovf_conflict_flight(f->picture, &f->flight, &f->track, &q->party, at, f->arena,
                               &f->conflict, f->err);
}

/* Takes up what bars the way now; *added: how many there were. What bars it still although its
 * barring pieces are kept clear of is kept clear of as a whole. */
static ovf_status add_met(finder *f, size_t *added)
{
    for (size_t i = 0; i < f->conflict.crossing_count && !has_given_up(f); i++) {
        const ovf_crossing *c = &f->conflict.crossings[i];
        const obstacle *known = find_obstacle(f, c->restriction);
        if (!obstacle_is_barring(&c->ruling) || (known != NULL && known->is_whole)
            || !obstacle_is_for(f->picture, c->restriction, &f->conflict.party))
            continue;
        if (ovf_area_kind_of(c->restriction->area) == OVF_AREA_UNRESOLVED)
            continue; // nobody can keep clear of it: it stays among what is touched
        obstacle o = {.restriction = c->restriction, .name = c->restriction->id};
        ovf_status status = OVF_OK;
        if (known == NULL)
            status = obstacle_area(f->picture, c->restriction, &f->conflict.party, f->arena,
                                   &o.area, f->err);
        if (status == OVF_OK && o.area == NULL)
            o.area = c->restriction->area;
        o.is_whole = o.area == c->restriction->area;
        if (status == OVF_OK)
            status = add_obstacle(f, o);
        if (status != OVF_OK)
            return status;
        (*added)++;
    }
    return OVF_OK;
}

/* Does the way found keep the margin from these? */
static bool keeps_clear(finder *f, const hull *hulls, size_t count)
{
    search s = {.hulls = hulls, .hull_count = count};
    ovf_arena_init(&s.scratch, 0);
    bool is_free = true;
    for (size_t i = 1; i < f->point_count && is_free; i++)
        is_free = search_is_free(&s, f->points[i - 1], f->points[i]);
    search_done(&s);
    return is_free;
}

/* Areas that the way does not enter, but passes within the margin. */
static ovf_status add_near(finder *f, size_t *added)
{
    const ovf_route_request *q = f->request;
    ovf_time at = q->depart == OVF_TIME_NONE ? q->at : OVF_TIME_NONE;
    const ovf_restriction **near = NULL;
    size_t count = 0;
    ovf_status status = ovf_conflict_near(f->picture, &f->flight, &f->track, at, f->margin_m,
                                          f->arena, &near, &count, f->err);
    for (size_t i = 0; i < count && status == OVF_OK && !has_given_up(f); i++) {
        obstacle o = {.restriction = near[i], .name = near[i]->id};
        if (find_obstacle(f, near[i]) != NULL
            || ovf_area_kind_of(near[i]->area) == OVF_AREA_UNRESOLVED
            || !obstacle_is_for(f->picture, near[i], &f->conflict.party))
            continue;
        status = obstacle_area(f->picture, near[i], &f->conflict.party, f->arena, &o.area, f->err);
        if (status != OVF_OK || o.area == NULL)
            continue;
        hull *hulls = NULL;
        size_t hull_count = 0;
        status = hulls_of(f, o.area, f->margin_m, &hulls, &hull_count);
        if (status == OVF_E_GEOMETRY || (status == OVF_OK && keeps_clear(f, hulls, hull_count))) {
            status = OVF_OK;
            continue;
        }
        o.is_whole = o.area == near[i]->area;
        if (status == OVF_OK)
            status = add_obstacle(f, o);
        (*added)++;
    }
    return status;
}

static ovf_status settle(finder *f)
{
    for (size_t round = 0; round < ROUNDS_MAX; round++) {
        ovf_status status = find_path(f);
        if (status == OVF_OK && !has_given_up(f))
            status = fly(f);
        size_t added = 0;
        if (status == OVF_OK && !has_given_up(f))
            status = add_met(f, &added);
        if (status == OVF_OK && !has_given_up(f) && added == 0)
            status = add_near(f, &added);
        if (status != OVF_OK || has_given_up(f) || added == 0)
            return status;
    }
    return give_up(f, ovf_arena_printf(f->arena, "no way found in %d rounds: each met other areas",
                                       ROUNDS_MAX));
}

/* ---- how good it is ---- */

/* A way that keeps the margin also keeps out of any smaller obstacle: the shortest way round such
 * ones is a bound for all. */
static ovf_status find_bound(finder *f)
{
    const ovf_route_request *q = f->request;
    f->out.bound_m = ovf_distance_m(q->from, q->to);
    hull *inner = NULL;
    size_t inner_count = 0;
    size_t capacity = 0;
    for (size_t i = 0; i < f->obstacle_count; i++) {
        double margin_m = f->margin_m;
        hull *hulls = NULL;
        size_t count = 0;
        bool fits = false;
        // Each attempt leaves out of the margin what the simplification added.
        for (int attempt = 0; attempt < 3 && !fits && margin_m > 0; attempt++) {
            margin_m = fmax(0, margin_m - (attempt == 0 ? 3 * HULL_TOLERANCE_M : margin_m / 2));
            ovf_status status = hull_make(f->obstacles[i].area, margin_m, HULL_BOUND_VERTICES,
                                          f->arena, &hulls, &count, f->err);
            if (status != OVF_OK)
                return status;
            fits = true;
            for (size_t k = 0; k < count; k++)
                fits = fits && margin_m + hulls[k].excess_m <= f->margin_m;
        }
        for (size_t k = 0; fits && k < count; k++) {
            if (!ovf_arena_grow(f->arena, (void **)&inner, inner_count, &capacity, sizeof(hull)))
                return no_memory(f);
            inner[inner_count++] = hulls[k];
        }
    }
    search s;
    ovf_status status =
        search_init(&s, inner, inner_count, f->arena, q->from, q->to, BOUND_STAND_OFF_M);
    if (status == OVF_E_LIMIT)
        return OVF_OK; // the geodesic stays the bound
    if (status != OVF_OK)
        return no_memory(f);
    ovf_point *points = NULL;
    size_t count = 0;
    double length_m = 0;
    bool found = false;
    status = search_path(&s, &points, &count, &length_m, &found);
    search_done(&s);
    if (status == OVF_OK && found && length_m > f->out.bound_m)
        f->out.bound_m = length_m;
    return status;
}

/* ---- the answer ---- */

static ovf_status put_points(finder *f)
{
    ovf_route *out = &f->out;
    out->points = ovf_arena_array(f->arena, ovf_route_point, f->flight.point_count);
    if (out->points == NULL)
        return no_memory(f);
    out->point_count = f->flight.point_count;
    ovf_str text = OVF_STR("");
    const ovf_route_request *q = f->request;
    if (q->speed_kt > 0 && q->speed_kt <= 9999 && q->level_ft > 0 && q->level_ft < 100000)
        text = ovf_arena_printf(f->arena, "N%04dF%03d ", q->speed_kt, q->level_ft / 100);
    for (size_t i = 0; i < out->point_count; i++) {
        const ovf_flight_point *p = &f->flight.points[i];
        out->points[i] = (ovf_route_point){.ident = p->ident,
                                           .place = p->place,
                                           .via = p->via,
                                           .level_ft = p->level_ft,
                                           .time = f->track.timed ? p->time : OVF_TIME_NONE};
        if (i > 0 && i + 1 < out->point_count)
            text = ovf_arena_printf(f->arena, OVF_FMT "DCT " OVF_FMT " ", OVF_ARG(text),
                                    OVF_ARG(p->ident));
    }
    out->text = ovf_arena_printf(f->arena, OVF_FMT "DCT", OVF_ARG(text));
    return out->text.ptr == NULL ? no_memory(f) : OVF_OK;
}

static ovf_status put_avoided(finder *f)
{
    f->out.avoided = ovf_arena_array(f->arena, ovf_str, f->obstacle_count + 1);
    if (f->out.avoided == NULL)
        return no_memory(f);
    for (size_t i = 0; i < f->obstacle_count; i++) {
        bool is_named = false;
        for (size_t k = 0; k < i; k++)
            is_named = is_named || ovf_str_eq(f->obstacles[k].name, f->obstacles[i].name);
        if (!is_named)
            f->out.avoided[f->out.avoided_count++] = f->obstacles[i].name;
    }
    f->out.touched = f->conflict.crossings;
    f->out.touched_count = f->conflict.crossing_count;
    f->out.law = f->conflict.law;
    f->out.law_count = f->conflict.law_count;
    return OVF_OK;
}

static void put_price(finder *f)
{
    const ovf_route_request *q = f->request;
    ovf_route *out = &f->out;
    const ovf_track *plain = q->unrestricted;
    bool has_plain = plain != NULL && plain->count >= 2 && plain->length_m > 0;
    double plain_m = ovf_distance_m(q->from, q->to);
    out->distance_m = f->track.length_m;
    out->extra_m = fmax(0, out->distance_m - plain_m);
    out->has_filed = has_plain;
    out->extra_filed_m = has_plain ? out->distance_m - plain->length_m : 0;
    out->time_s = (double)(f->track.points[f->track.count - 1].time - f->track.points[0].time);
    double speed_mps = out->time_s > 0 ? out->distance_m / out->time_s : 0;
    out->extra_s = speed_mps > 0 ? out->extra_m / speed_mps : 0;
    double fuel_kg = ovf_fuel_kg(q->type, out->distance_m);
    out->has_fuel = fuel_kg >= 0;
    out->fuel_kg = out->extra_kg = out->co2_kg = -1.0;
    if (out->has_fuel) {
        out->fuel_kg = fuel_kg;
        out->extra_kg = fmax(0, fuel_kg - ovf_fuel_kg(q->type, plain_m));
        out->co2_kg = fuel_kg * OVF_CO2_PER_FUEL;
    }
    out->gap_percent =
        out->bound_m > 0 ? fmax(0, (out->distance_m / out->bound_m - 1.0) * 100.0) : 0;
    out->proven = out->gap_percent <= PROVEN_GAP_PERCENT;
}

/* What bars it still, although it was to be avoided: then there is no way. */
static ovf_status check_clear(finder *f)
{
    for (size_t i = 0; i < f->conflict.crossing_count; i++) {
        const ovf_crossing *c = &f->conflict.crossings[i];
        bool is_known = ovf_area_kind_of(c->restriction->area) != OVF_AREA_UNRESOLVED;
        if (is_known && obstacle_is_barring(&c->ruling)
            && obstacle_is_for(f->picture, c->restriction, &f->conflict.party))
            return give_up(f, ovf_arena_printf(f->arena,
                                               "no way was found that keeps clear of " OVF_FMT,
                                               OVF_ARG(c->restriction->id)));
    }
    if (!f->is_exact)
        return give_up(f, OVF_STR("a way exists, but not over points of whole minutes"));
    return OVF_OK;
}

static ovf_status run(finder *f)
{
    const ovf_route_request *q = f->request;
    for (size_t i = 0; i < q->avoid_count && !has_given_up(f); i++) {
        ovf_status status =
            add_obstacle(f, (obstacle){.name = q->avoid_names[i], .area = q->avoid[i]});
        if (status != OVF_OK)
            return status;
    }
    ovf_status status = has_given_up(f) ? OVF_OK : settle(f);
    if (status == OVF_OK)
        status = put_avoided(f);
    if (status == OVF_OK && !has_given_up(f))
        status = check_clear(f);
    if (status != OVF_OK || has_given_up(f))
        return status;
    status = find_bound(f);
    if (status == OVF_OK)
        status = put_points(f);
    if (status == OVF_OK)
        put_price(f);
    f->out.found = status == OVF_OK;
    return status;
}

ovf_status ovf_route_find(const ovf_picture *picture, const ovf_route_request *request,
                          ovf_arena *arena, ovf_route *out, ovf_error *err)
{
    if (!ovf_point_is_valid(request->from) || !ovf_point_is_valid(request->to))
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "expected two places on the globe");
    finder f = {.picture = picture,
                .request = request,
                .arena = arena,
                .margin_m =
                    request->margin_m > 0 ? request->margin_m : ovf_nm_to_m(DEFAULT_MARGIN_NM),
                .err = err};
    f.out.fuel_kg = f.out.extra_kg = f.out.co2_kg = -1.0;
    ovf_status status = run(&f);
    if (status == OVF_OK)
        *out = f.out;
    return status;
}
