/* SPDX-License-Identifier: Apache-2.0 */
/* A way against one restriction. Along a leg place, level and time are each a stretch: the place
 * by the exact geodesic, level and time because they run straight between the knees of the track.
 * What is inside in all three is inside. It is asked three ways:
 *
 *   possible  with the area as it may be, the outer band, the time give or take its doubt
 *   nominal   with the profile and the times as planned, the outer band
 *   certain   with the area as it surely is, the inner band, the whole doubt of time within
 */
#include "conflict_internal.h"

#include <math.h>
#include <string.h>

#define LEAST_DEGREE_M 110574.0 /* a degree of latitude is nowhere shorter */
#define GROUND_STEP_M 60000.0   /* ground is looked up that often: some half of its cells */
#define GROUND_PAD_M 2000.0     /* above what its table and the outlines may be off */

typedef enum view { POSSIBLE = 0, NOMINAL, CERTAIN } view;

/* A share of a leg, from 0 to 1; empty when until < from. */
typedef struct share {
    double from, until;
} share;

static const share nothing = {1.0, 0.0};

/* The share within which a line from a to b is at least `least`. */
static share at_least(double a, double b, double least)
{
    if (a >= least && b >= least)
        return (share){0.0, 1.0};
    if (a < least && b < least)
        return nothing;
    double at = (least - a) / (b - a);
    return a < b ? (share){at, 1.0} : (share){0.0, at};
}

static share at_most(double a, double b, double most)
{
    return at_least(-a, -b, -most);
}

static share both(share a, share b)
{
    return (share){fmax(a.from, b.from), fmin(a.until, b.until)};
}

/* ---- level ---- */

static share level_share(const way *w, const ovf_band *band, const ovf_track_point *p, view v)
{
    if (v == POSSIBLE)
        return both(at_least(p[0].highest_ft, p[1].highest_ft, band->lower_ft),
                    at_most(p[0].lowest_ft, p[1].lowest_ft, band->upper_ft));
    if (w->track->levelled)
        return both(at_least(p[0].level_ft, p[1].level_ft, band->lower_ft),
                    at_most(p[0].level_ft, p[1].level_ft, band->upper_ft));
    // No level is planned: only a band of all levels is met as planned.
    return both(at_least(p[0].lowest_ft, p[1].lowest_ft, band->inner_lower_ft),
                at_most(p[0].highest_ft, p[1].highest_ft, band->inner_upper_ft));
}

/* ---- time ---- */

/* When it is active, in seconds; sure: the text says so, else it may be. */
typedef struct period {
    double from_s, until_s;
    bool sure;
} period;

typedef struct periods {
    period *items;
    size_t count, capacity;
    bool is_fixed; /* the same all along: at one instant, or of a flight without times */
} periods;

static double seconds(ovf_time t)
{
    if (t == OVF_TIME_NONE)
        return -HUGE_VAL;
    return t == OVF_TIME_OPEN ? HUGE_VAL : (double)t;
}

static bool add_period(way *w, periods *out, double from_s, double until_s, bool sure)
{
    if (!(from_s < until_s))
        return true;
    if (w->at == OVF_TIME_NONE && w->track->timed
        && (until_s < w->earliest_s || from_s > w->latest_s))
        return true;
    if (!ovf_arena_grow(w->arena, (void **)&out->items, out->count, &out->capacity, sizeof(period)))
        return false;
    out->items[out->count++] = (period){from_s, until_s, sure};
    return true;
}

static bool is_unread(const ovf_restriction *r)
{
    for (size_t i = 0; !r->active_complete && i < r->notice->finding_count; i++) {
        if (ovf_str_eq(ovf_str_of(r->notice->findings[i].rule), OVF_STR("D_UNPARSED")))
            return true;
    }
    return false;
}

static bool find_periods(way *w, const ovf_restriction *r, periods *out)
{
    bool sure = !is_unread(r);
    double start_s = seconds(r->in_force.from);
    double end_s = seconds(r->in_force.until);
    bool ok = true;
    for (size_t i = 0; i < r->active.count && ok; i++)
        ok = add_period(w, out, fmax(start_s, seconds(r->active.items[i].from)),
                        fmin(end_s, seconds(r->active.items[i].until)), sure);
    if (r->active_complete || !ok)
        return ok;
    // Beyond the window of the picture nothing was worked out: it may be active there.
    ovf_interval window = ovf_picture_options_of(w->picture).window;
    return add_period(w, out, start_s, fmin(end_s, seconds(window.from)), false)
           && add_period(w, out, fmax(start_s, seconds(window.until)), end_s, false);
}

static share time_share(const way *w, const period *when, size_t leg, view v)
{
    if (w->at != OVF_TIME_NONE) {
        bool is_in = (double)w->at >= when->from_s && (double)w->at < when->until_s;
        return is_in && (v == POSSIBLE || when->sure) ? (share){0.0, 1.0} : nothing;
    }
    if (!w->track->timed)
        return v == POSSIBLE ? (share){0.0, 1.0} : nothing;
    if (v != POSSIBLE && !when->sure)
        return nothing;
    const ovf_track_point *p = &w->track->points[leg];
    double a = (double)p[0].time;
    double b = (double)p[1].time;
    if (v == NOMINAL)
        return both(at_least(a, b, when->from_s), at_most(a, b, when->until_s));
    if (v == POSSIBLE)
        return both(at_least(a + p[0].late_s, b + p[1].late_s, when->from_s),
                    at_most(a - p[0].early_s, b - p[1].early_s, when->until_s));
    return both(at_least(a - p[0].early_s, b - p[1].early_s, when->from_s),
                at_most(a + p[0].late_s, b + p[1].late_s, when->until_s));
}

/* ---- place ---- */

/* An unresolved part may be anywhere, but a notice is about the FIRs that it names: the rest of
 * the way is free of it. Without such a list, or with an unknown FIR in it, the whole way is met. */
static bool may_be_there(way *w, const ovf_restriction *r, spans *out)
{
    const ovf_notice *n = r->notice;
    bool is_anywhere = n->fir_count == 0;
    for (size_t i = 0; i < n->fir_count && !is_anywhere; i++)
        is_anywhere = ovf_world_find_fir(w->world, n->firs[i]) == OVF_INDEX_NONE;
    if (is_anywhere)
        return spans_add(out, w->arena, 0, w->track->length_m);
    fir_spans firs;
    if (way_firs(w, (span){0, w->track->length_m}, &firs) != OVF_OK)
        return false;
    for (size_t i = 0; i < firs.count; i++) {
        const ovf_fir *fir = ovf_world_fir(w->world, firs.items[i].fir);
        for (size_t k = 0; k < n->fir_count; k++) {
            if (ovf_str_eq(fir->code, n->firs[k])
                && !spans_add(out, w->arena, firs.items[i].on.from_m, firs.items[i].on.until_m))
                return false;
        }
    }
    spans_tidy(out);
    return true;
}

/* ---- all three ---- */

typedef struct search {
    way *w;
    const ovf_restriction *r;
    const ovf_area *area; /* its own, or grown by the margin */
    periods when;
    spans anywhere;     /* for what is unresolved */
    bool needs_ground;  /* its limits are counted from the ground */
    ovf_surface ground; /* of all of it */
    contact *out;
} search;

static bool add_share(const search *s, spans *set, const way_leg *leg, span place, share part)
{
    double length_m = leg->until_m - leg->from_m;
    double end_m = part.until >= 1.0 ? leg->until_m : leg->from_m + part.until * length_m;
    double from_m = fmax(place.from_m, leg->from_m + part.from * length_m);
    double until_m = fmin(place.until_m, end_m);
    return part.until < part.from || spans_add(set, s->w->arena, from_m, until_m);
}

ovf_box touch_grown(ovf_box box, double by_m)
{
    double by_deg = by_m / LEAST_DEGREE_M;
    box.south_deg = fmax(-90.0, box.south_deg - by_deg);
    box.north_deg = fmin(90.0, box.north_deg + by_deg);
    double least = cos(fmax(fabs(box.south_deg), fabs(box.north_deg)) * DEGREE_RAD);
    double wide_deg = box.east_deg - box.west_deg + (box.east_deg < box.west_deg ? 360.0 : 0.0);
    if (wide_deg + 2 * by_deg / fmax(least, 1e-6) >= 360.0) {
        box.west_deg = -180.0;
        box.east_deg = 180.0;
        return box;
    }
    box.west_deg = ovf_lon_wrap(box.west_deg - by_deg / least);
    box.east_deg = ovf_lon_wrap(box.east_deg + by_deg / least);
    return box;
}

/* Its levels over the ground below this piece of a leg. */
static ovf_band band_on(const search *s, const way_leg *leg, span place)
{
    if (!s->needs_ground)
        return s->r->band;
    ovf_leg part;
    ovf_leg_init(&part, ovf_leg_at(&leg->leg, place.from_m - leg->from_m),
                 ovf_leg_at(&leg->leg, place.until_m - leg->from_m));
    ovf_box box = touch_grown(way_box(&part), s->w->margin_m + GROUND_PAD_M);
    ovf_surface below = ovf_world_surface_in(s->w->world, box);
    return ovf_band_over(s->r->lower, s->r->upper, ovf_surface_both(s->ground, below));
}

/* When the level is within for sure, on a leg whose way is in doubt: only at an end of it that the
 * plan names, however the way leads there. */
static bool add_sure(search *s, const way_leg *leg, span place, share then, share not_above,
                     share not_below)
{
    contact *t = s->out;
    return spans_add(&t->sure_place, s->w->arena, place.from_m, place.until_m)
           && add_share(s, &t->sure, leg, place, then)
           && add_share(s, &t->not_above, leg, place, both(then, not_above))
           && add_share(s, &t->not_below, leg, place, both(then, not_below));
}

static bool add_sure_parts(search *s, const way_leg *leg, span place, share then, share not_above,
                           share not_below)
{
    if ((leg->marks & LEG_EXPANDED) == 0)
        return add_sure(s, leg, place, then, not_above, not_below);
    span start = {leg->from_m, leg->from_m};
    span end = {leg->until_m, leg->until_m};
    bool ok = true;
    if ((leg->marks & LEG_FROM_FILED) != 0 && place.from_m <= leg->from_m + SPAN_JOIN_M)
        ok = add_sure(s, leg, start, then, not_above, not_below);
    if ((leg->marks & LEG_TO_FILED) != 0 && place.until_m >= leg->until_m - SPAN_JOIN_M)
        ok = ok && add_sure(s, leg, end, then, not_above, not_below);
    return ok;
}

/* One stretch of place on one leg, cut by level and time. */
static bool cut_piece(search *s, size_t index, span place, bool is_sure)
{
    way *w = s->w;
    contact *t = s->out;
    const way_leg *leg = &w->legs[index];
    const ovf_track_point *p = &w->track->points[index];
    bool sure_place = is_sure && !p[1].is_bridged;
    const ovf_band over = band_on(s, leg, place);
    const ovf_band *band = &over;
    share not_above = at_most(p[0].highest_ft, p[1].highest_ft, band->inner_upper_ft);
    share not_below = at_least(p[0].lowest_ft, p[1].lowest_ft, band->inner_lower_ft);
    bool ok = true;
    for (size_t i = 0; i < s->when.count && ok; i++) {
        const period *when = &s->when.items[i];
        share may = both(level_share(w, band, p, POSSIBLE), time_share(w, when, index, POSSIBLE));
        share planned = both(level_share(w, band, p, NOMINAL), time_share(w, when, index, NOMINAL));
        share then = time_share(w, when, index, CERTAIN);
        ok = add_share(s, &t->possible, leg, place, may)
             && add_share(s, &t->nominal, leg, place, planned)
             && add_share(s, &t->sure_time, leg, place, then);
        if (ok && sure_place)
            ok = add_sure_parts(s, leg, place, then, not_above, not_below);
    }
    return ok;
}

/* The same, piece by piece where the levels follow the ground. */
static bool cut_stretch(search *s, size_t index, span place, bool is_sure)
{
    double from_m = place.from_m;
    while (s->needs_ground && place.until_m - from_m > GROUND_STEP_M) {
        if (!cut_piece(s, index, (span){from_m, from_m + GROUND_STEP_M}, is_sure))
            return false;
        from_m += GROUND_STEP_M;
    }
    return cut_piece(s, index, (span){from_m, place.until_m}, is_sure);
}

static bool cut_leg(search *s, size_t index, const ovf_stretch *stretches, size_t count)
{
    const way_leg *leg = &s->w->legs[index];
    for (size_t i = 0; i < count; i++) {
        // The track counts in its own metres; the last bit of a leg belongs to its end.
        bool to_end = stretches[i].until_m >= leg->leg.length_m - SPAN_JOIN_M;
        span place = {leg->from_m + stretches[i].from_m,
                      to_end ? leg->until_m : leg->from_m + stretches[i].until_m};
        if (stretches[i].certainty == OVF_TRI_YES) {
            // The circle of item Q holds the area somewhere in it: a hint, never for certain.
            if (!cut_stretch(s, index, place, s->r->certainty != OVF_CERTAINTY_Q_CIRCLE))
                return false;
            continue;
        }
        for (size_t k = 0; k < s->anywhere.count; k++) {
            span part = {fmax(place.from_m, s->anywhere.items[k].from_m),
                         fmin(place.until_m, s->anywhere.items[k].until_m)};
            if (part.from_m <= part.until_m && !cut_stretch(s, index, part, false))
                return false;
        }
    }
    return true;
}

/* May the leg be at its level while it is active? If not, none of the sets below gets anything of it
 * that is asked for: what is planned or sure is possible, and the ends of legs are shared. */
static bool may_hold_then(const search *s, size_t index)
{
    const way *w = s->w;
    const ovf_track_point *p = &w->track->points[index];
    share level = {0.0, 1.0};
    if (!s->needs_ground)
        level = level_share(w, &s->r->band, p, POSSIBLE);
    for (size_t i = 0; i < s->when.count && level.from <= level.until; i++) {
        share may = both(level, time_share(w, &s->when.items[i], index, POSSIBLE));
        if (may.from <= may.until)
            return true;
    }
    return false;
}

static bool cross_legs(search *s)
{
    way *w = s->w;
    ovf_box box = ovf_area_bounds(s->area);
    bool is_resolved = ovf_area_is_resolved(s->area);
    way_cap cap = way_cap_of(box);
    for (size_t i = 0; i < w->leg_count; i++) {
        const way_leg *leg = &w->legs[i];
        if (leg->is_far || (is_resolved && leg->has_box && !ovf_box_overlaps(box, leg->box)))
            continue;
        if (!may_hold_then(s, i) || (is_resolved && way_leg_misses(leg, &cap)))
            continue;
        leg = way_leg_ready(w, i);
        if (is_resolved && !ovf_box_overlaps(box, leg->box))
            continue;
        ovf_stretch *stretches = NULL;
        size_t count = 0;
        if (ovf_area_cross(s->area, &leg->leg, w->arena, &stretches, &count) != OVF_OK
            || !cut_leg(s, i, stretches, count))
            return false;
    }
    return true;
}

/* The cheap tests, which turn most restrictions away. */
static bool is_out_of_reach(const way *w, const ovf_restriction *r)
{
    if (r->effect == OVF_EFFECT_LIFTED || r->band.lower_ft > w->highest_ft
        || r->band.upper_ft < w->lowest_ft)
        return true;
    if (w->at != OVF_TIME_NONE && !ovf_interval_holds(r->in_force, w->at))
        return true;
    if (w->at == OVF_TIME_NONE && w->track->timed
        && (seconds(r->in_force.from) > w->latest_s || seconds(r->in_force.until) < w->earliest_s))
        return true;
    if (!ovf_area_is_resolved(r->area))
        return false;
    ovf_box box = ovf_area_bounds(r->area);
    double pad_deg = w->margin_m / LEAST_DEGREE_M;
    return box.is_empty || box.south_deg - pad_deg > w->north_deg
           || box.north_deg + pad_deg < w->south_deg;
}

ovf_status touch_find(way *w, const ovf_restriction *r, contact *out, ovf_error *err)
{
    memset(out, 0, sizeof(*out));
    if (is_out_of_reach(w, r))
        return OVF_OK;
    search s = {.w = w, .r = r, .area = r->area, .out = out};
    s.needs_ground = ovf_limits_need_ground(r->lower, r->upper);
    if (s.needs_ground)
        s.ground = ovf_world_surface_of(w->world, r->area);
    if (w->margin_m > 0 && ovf_area_is_resolved(r->area)) {
        ovf_status status = ovf_area_buffer(w->arena, r->area, w->margin_m, &s.area, err);
        if (status != OVF_OK)
            return status;
    }
    if (!find_periods(w, r, &s.when))
        return no_memory(err);
    if (s.when.count == 0)
        return OVF_OK;
    out->is_unread = is_unread(r);
    if (!ovf_area_is_resolved(r->area) && !may_be_there(w, r, &s.anywhere))
        return no_memory(err);
    if (!cross_legs(&s))
        return no_memory(err);
    spans *sets[] = {&out->possible,  &out->nominal,    &out->sure,     &out->not_above,
                     &out->not_below, &out->sure_place, &out->sure_time};
    for (size_t i = 0; i < OVF_COUNTOF(sets); i++)
        spans_tidy(sets[i]);
    return OVF_OK;
}

/* ---- certain, and why not ---- */

bool touch_is_certain(const contact *t, span part)
{
    for (size_t i = 0; i < t->sure.count; i++) {
        span on = t->sure.items[i];
        bool is_met = on.from_m <= part.until_m && on.until_m >= part.from_m;
        if (is_met && spans_meet(&t->not_above, on.from_m, on.until_m)
            && spans_meet(&t->not_below, on.from_m, on.until_m))
            return true;
    }
    return false;
}

static bool is_expanded_on(const way *w, span part)
{
    size_t last = way_leg_at(w, part.until_m);
    for (size_t i = way_leg_at(w, part.from_m); i <= last; i++) {
        if ((w->legs[i].marks & LEG_EXPANDED) != 0)
            return true;
    }
    return false;
}

ovf_str touch_why(const way *w, const contact *t, span part)
{
    if (!spans_meet(&t->sure_place, part.from_m, part.until_m)) {
        size_t leg = way_leg_at(w, (part.from_m + part.until_m) / 2);
        bool is_bridged = w->track->points[leg + 1].is_bridged;
        if (is_bridged && w->flight->route_assumed)
            return OVF_STR("no route is given; the great circle between the airports meets it");
        if (is_bridged && w->flight->form == OVF_FLIGHT_TRACK)
            return OVF_STR("no position was received on this stretch; the straight line meets it");
        if (is_bridged)
            return OVF_STR("the filed way of this stretch is not in the world tables; "
                           "the straight line meets it");
        return is_expanded_on(w, part)
                   ? OVF_STR(
                       "the airway here is laid out by the world tables and no point of it is "
                       "filed; it may lead another way today")
                   : OVF_STR("where the restricted area lies could not be resolved");
    }
    if (t->is_unread)
        return OVF_STR("the schedule of the notice could not be read");
    if (!w->track->timed && w->at == OVF_TIME_NONE)
        return OVF_STR("the time of the flight is not known");
    if (!spans_meet(&t->sure_time, part.from_m, part.until_m)) {
        way_doubt doubt = way_doubt_at(w, (part.from_m + part.until_m) / 2);
        return ovf_arena_printf(w->arena,
                                "whether it is active then: the flight may be %.0f minutes early "
                                "or %.0f late",
                                ceil(doubt.early_s / 60.0), ceil(doubt.late_s / 60.0));
    }
    if (!w->track->levelled)
        return OVF_STR("the level of the flight is not known");
    if (spans_meet(&t->sure, part.from_m, part.until_m))
        return OVF_STR("climb, descent or the reference of the limits leave the level in doubt");
    return OVF_STR("place, time and level are each certain somewhere, never all at once");
}
