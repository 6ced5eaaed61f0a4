/* SPDX-License-Identifier: Apache-2.0 */
/* A track made ready: its legs with boxes, the time and level at every place, the FIRs it
 * crosses. */
#include "conflict_internal.h"

#include <math.h>
#include <stdlib.h>

#define FLATTENING (1.0 / 298.257223563)
#define BOX_PAD_DEG 1e-6 /* 11 cm: more than the arithmetic loses */

/* ---- boxes ---- */

/* The greatest latitude that a geodesic reaches: with reduced latitudes, the sine of its bearing
 * times the cosine of the latitude is the same all along (Clairaut). */
static double vertex_deg(const ovf_leg *leg)
{
    double reduced = atan((1.0 - FLATTENING) * tan(leg->a.lat_deg * DEGREE_RAD));
    double cosine = fabs(sin(leg->bearing_a_deg * DEGREE_RAD)) * cos(reduced);
    double top = acos(fmin(1.0, cosine));
    return top > 1.5707 ? 90.0 : atan(tan(top) / (1.0 - FLATTENING)) / DEGREE_RAD;
}

ovf_box way_box(const ovf_leg *leg)
{
    ovf_box box = {.south_deg = fmin(leg->a.lat_deg, leg->b.lat_deg),
                   .north_deg = fmax(leg->a.lat_deg, leg->b.lat_deg)};
    double arrival_deg = 0;
    ovf_point end;
    ovf_leg_at_bearing(leg, leg->length_m, &end, &arrival_deg);
    bool starts_north = fabs(leg->bearing_a_deg) <= 90.0;
    bool ends_north = fabs(arrival_deg) <= 90.0;
    if (starts_north && !ends_north)
        box.north_deg = vertex_deg(leg);
    if (!starts_north && ends_north)
        box.south_deg = -vertex_deg(leg);
    bool is_eastward = sin(leg->bearing_a_deg * DEGREE_RAD) >= 0;
    box.west_deg = is_eastward ? leg->a.lon_deg : leg->b.lon_deg;
    box.east_deg = is_eastward ? leg->b.lon_deg : leg->a.lon_deg;
    bool is_polar = box.north_deg > 89.99 || box.south_deg < -89.99;
    bool is_meridian = fabs(sin(leg->bearing_a_deg * DEGREE_RAD)) < 1e-7;
    if (is_polar || (is_meridian && fabs(leg->a.lon_deg - leg->b.lon_deg) > 1e-5)) {
        box.west_deg = -180.0;
        box.east_deg = 180.0;
        return box;
    }
    box.south_deg -= BOX_PAD_DEG;
    box.north_deg += BOX_PAD_DEG;
    box.west_deg -= BOX_PAD_DEG;
    box.east_deg += BOX_PAD_DEG;
    if (box.west_deg < -180.0)
        box.west_deg += 360.0;
    if (box.east_deg > 180.0)
        box.east_deg -= 360.0;
    return box;
}

/* ---- places, times, levels ---- */

size_t way_leg_at(const way *w, double along_m)
{
    size_t low = 0;
    size_t high = w->leg_count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (w->legs[middle].from_m <= along_m)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static double share_of_leg(const way_leg *leg, double along_m)
{
    double length_m = leg->until_m - leg->from_m;
    if (length_m <= 0)
        return 0;
    return fmin(1.0, fmax(0.0, (along_m - leg->from_m) / length_m));
}

double way_time_s(const way *w, double along_m)
{
    size_t i = way_leg_at(w, along_m);
    const ovf_track_point *p = &w->track->points[i];
    double share = share_of_leg(&w->legs[i], along_m);
    return (double)p[0].time + share * (double)(p[1].time - p[0].time);
}

double way_time_doubt_s(const way *w, double along_m)
{
    const ovf_track *t = w->track;
    double share = t->length_m > 0 ? along_m / t->length_m : 0;
    return t->start_doubt_s + share * (t->time_doubt_s - t->start_doubt_s);
}

ovf_crossing_end way_end(const way *w, double along_m)
{
    size_t i = way_leg_at(w, along_m);
    const way_leg *leg = &w->legs[i];
    const ovf_track_point *p = &w->track->points[i];
    double share = share_of_leg(leg, along_m);
    ovf_time time = w->track->timed ? (ovf_time)llround(way_time_s(w, along_m)) : w->at;
    return (ovf_crossing_end){
        .place = ovf_leg_at(&leg->leg, share * leg->leg.length_m),
        .time = time,
        .level_ft = (int32_t)lround(p[0].level_ft + share * (p[1].level_ft - p[0].level_ft)),
        .along_m = along_m,
    };
}

ovf_status way_whose(way *w, size_t leg)
{
    way_leg *l = &w->legs[leg];
    if (l->has_whose)
        return OVF_OK;
    ovf_status status = ovf_world_cut_leg(w->world, &l->leg, w->arena, &l->whose, &l->whose_count);
    l->has_whose = status == OVF_OK;
    return status;
}

/* ---- FIRs ---- */

static int by_place(const void *a, const void *b)
{
    const fir_span *x = a;
    const fir_span *y = b;
    if (x->on.from_m != y->on.from_m)
        return x->on.from_m < y->on.from_m ? -1 : 1;
    return (x->fir > y->fir) - (x->fir < y->fir);
}

/* A FIR below a UIR, or the UIR: is the flight surely above or below it on the whole leg? */
static bool passes_by(const way *w, size_t leg, ovf_band band)
{
    const ovf_track_point *p = &w->track->points[leg];
    int32_t lowest_ft = p[0].lowest_ft < p[1].lowest_ft ? p[0].lowest_ft : p[1].lowest_ft;
    int32_t highest_ft = p[0].highest_ft > p[1].highest_ft ? p[0].highest_ft : p[1].highest_ft;
    return lowest_ft > band.upper_ft || highest_ft < band.lower_ft;
}

static ovf_status cross_fir(way *w, uint32_t index, spans *out)
{
    const ovf_fir *fir = ovf_world_fir(w->world, index);
    ovf_box box = fir->box;
    ovf_band band = ovf_band_of(fir->lower, fir->upper);
    for (size_t i = 0; i < w->leg_count; i++) {
        const way_leg *leg = &w->legs[i];
        if (!ovf_box_overlaps(box, leg->box) || passes_by(w, i, band))
            continue;
        ovf_stretch *stretches = NULL;
        size_t count = 0;
        ovf_status status = ovf_area_cross(ovf_world_fir_area(w->world, fir), &leg->leg, w->arena,
                                           &stretches, &count);
        if (status != OVF_OK)
            return status;
        for (size_t k = 0; k < count; k++) {
            if (!spans_add(out, w->arena, leg->from_m + stretches[k].from_m,
                           leg->from_m + stretches[k].until_m))
                return OVF_E_NOMEM;
        }
    }
    spans_tidy(out);
    return OVF_OK;
}

static ovf_status find_firs(way *w)
{
    size_t capacity = 0;
    spans covered = {0};
    for (uint32_t i = 0; i < ovf_world_fir_count(w->world); i++) {
        spans on = {0};
        ovf_status status = cross_fir(w, i, &on);
        if (status != OVF_OK)
            return status;
        for (size_t k = 0; k < on.count; k++) {
            if (on.items[k].until_m - on.items[k].from_m < 1.0 && w->track->length_m > 1.0)
                continue; // grazed only
            if (!ovf_arena_grow(w->arena, (void **)&w->firs, w->fir_count, &capacity,
                                sizeof(*w->firs))
                || !spans_add(&covered, w->arena, on.items[k].from_m - 100.0,
                              on.items[k].until_m + 100.0))
                return OVF_E_NOMEM;
            w->firs[w->fir_count++] = (fir_span){i, on.items[k]};
        }
    }
    if (w->fir_count > 0)
        qsort(w->firs, w->fir_count, sizeof(*w->firs), by_place);
    spans_tidy(&covered);
    // Slivers between outlines of neighbours are no gap: 100 m on both sides close them.
    w->has_gap = covered.count != 1 || covered.items[0].from_m > 0
                 || covered.items[0].until_m < w->track->length_m;
    return OVF_OK;
}

/* ---- the whole ---- */

static void widen(way *w, size_t i)
{
    const ovf_track_point *p = &w->track->points[i];
    const way_leg *leg = &w->legs[i];
    w->south_deg = i == 0 ? leg->box.south_deg : fmin(w->south_deg, leg->box.south_deg);
    w->north_deg = i == 0 ? leg->box.north_deg : fmax(w->north_deg, leg->box.north_deg);
    for (size_t k = 0; k < 2; k++) {
        bool is_first = i == 0 && k == 0;
        w->lowest_ft = is_first || p[k].lowest_ft < w->lowest_ft ? p[k].lowest_ft : w->lowest_ft;
        w->highest_ft =
            is_first || p[k].highest_ft > w->highest_ft ? p[k].highest_ft : w->highest_ft;
    }
}

ovf_status way_init(way *w, ovf_error *err)
{
    const ovf_track *t = w->track;
    if (t->count < 2)
        return ovf_fail(err, OVF_E_GEOMETRY, OVF_NOPOS, "expected a track of two points or more");
    w->leg_count = t->count - 1;
    w->legs = ovf_arena_array(w->arena, way_leg, w->leg_count);
    if (w->legs == NULL)
        return no_memory(err);
    for (size_t i = 0; i < w->leg_count; i++) {
        way_leg *leg = &w->legs[i];
        ovf_leg_init(&leg->leg, t->points[i].place, t->points[i + 1].place);
        leg->box = way_box(&leg->leg);
        leg->from_m = t->points[i].along_m;
        leg->until_m = t->points[i + 1].along_m;
        widen(w, i);
    }
    w->earliest_s = (double)t->points[0].time - t->start_doubt_s;
    w->latest_s = (double)t->points[t->count - 1].time + t->time_doubt_s;
    return find_firs(w) == OVF_OK ? OVF_OK : no_memory(err);
}
