/* SPDX-License-Identifier: Apache-2.0 */
/* A track made ready: its legs with boxes, the time and level at every place, the FIRs it
 * crosses. */
#include "index.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FLATTENING (1.0 / 298.257223563)
#define WHOLE_LEAST_M 10.0 /* of a part whose FIRs are told by cells alone: more than a graze */
#define FIRS_MAX 64        /* that one leg meets by its cells; beyond, all are asked */
#define BOX_PAD_DEG 1e-6   /* 11 cm: more than the arithmetic loses */

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

/* A geodesic up to that long and below that latitude rises above its higher end by less than its
 * sagitta, L^2 / 8R, times the tangent of the latitude. */
#define PLAIN_LEG_M 600e3
#define PLAIN_LAT_DEG 75.0
#define LEAST_CURVE_M 6335000.0
#define LEAST_DEGREE_M 110574.0

bool way_plain_box(ovf_point from, ovf_point to, double length_m, ovf_box *out)
{
    double top_deg = fmax(fabs(from.lat_deg), fabs(to.lat_deg));
    if (length_m > PLAIN_LEG_M || top_deg > PLAIN_LAT_DEG)
        return false;
    double rise_deg = length_m * length_m / (8 * LEAST_CURVE_M) * tan((top_deg + 1.0) * DEGREE_RAD)
                      / LEAST_DEGREE_M;
    bool runs_east = ovf_lon_wrap(to.lon_deg - from.lon_deg) >= 0;
    *out = (ovf_box){.south_deg = fmin(from.lat_deg, to.lat_deg) - rise_deg - BOX_PAD_DEG,
                     .north_deg = fmax(from.lat_deg, to.lat_deg) + rise_deg + BOX_PAD_DEG,
                     .west_deg = ovf_lon_wrap((runs_east ? from : to).lon_deg - BOX_PAD_DEG),
                     .east_deg = ovf_lon_wrap((runs_east ? to : from).lon_deg + BOX_PAD_DEG)};
    return true;
}

/* ---- planes and circles ----
 * The plane through the ends of a leg and the Earth's centre cuts the ellipsoid along a line that
 * bends sideways by the angle between plumb line and centre line at most, 0.00337: over a length L
 * the geodesic leaves it by 0.00337 L^2 / 8R. Twice that is taken. */

#define CENTRE_FACTOR ((1.0 - FLATTENING) * (1.0 - FLATTENING))
#define LEAST_RADIUS_M 6356752.0
#define OFF_PLANE (2.0 * 0.00337 / 8.0)
#define OFF_LEAST 2e-7    /* a metre and a bit */
#define LEG_MOST_M 5000e3 /* beyond that a chord's plane says too little */

static void direction(double lat_deg, double lon_deg, double out[3])
{
    double lat = lat_deg * DEGREE_RAD;
    double lon = lon_deg * DEGREE_RAD;
    double x = cos(lat) * cos(lon);
    double y = cos(lat) * sin(lon);
    double z = CENTRE_FACTOR * sin(lat);
    double length = sqrt(x * x + y * y + z * z);
    out[0] = x / length;
    out[1] = y / length;
    out[2] = z / length;
}

static double dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

void way_set_plane(way_leg *leg, ovf_point from, ovf_point to)
{
    double a[3];
    double b[3];
    double length_m = leg->until_m - leg->from_m;
    leg->off_plane = 2;
    if (!(length_m > 100.0 && length_m < LEG_MOST_M))
        return;
    direction(from.lat_deg, from.lon_deg, a);
    direction(to.lat_deg, to.lon_deg, b);
    double n[3] = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    double length = sqrt(dot(n, n));
    for (size_t i = 0; i < 3; i++)
        leg->normal[i] = n[i] / length;
    double arc = length_m / LEAST_RADIUS_M;
    leg->off_plane = OFF_LEAST + OFF_PLANE * arc * arc;
}

way_cap way_cap_of(ovf_box box)
{
    way_cap cap = {.radius = 2};
    double wide_deg = box.east_deg - box.west_deg + (box.east_deg < box.west_deg ? 360.0 : 0.0);
    if (box.is_empty || wide_deg > 40.0 || box.north_deg - box.south_deg > 40.0)
        return cap;
    direction((box.south_deg + box.north_deg) / 2, box.west_deg + wide_deg / 2, cap.centre);
    // From the middle the corners are the farthest of a box this small.
    double least = 1;
    const double lats[] = {box.south_deg, box.north_deg};
    for (size_t i = 0; i < 2; i++) {
        double corner[3];
        direction(lats[i], box.west_deg, corner);
        least = fmin(least, dot(corner, cap.centre));
    }
    cap.radius = sqrt(fmax(0.0, 1.0 - least * least)) + OFF_LEAST;
    return cap;
}

bool way_leg_misses(const way_leg *leg, const way_cap *cap)
{
    return fabs(dot(leg->normal, cap->centre)) > cap->radius + leg->off_plane;
}

/* ---- places, times, levels ---- */

ovf_interval way_window(const way *w)
{
    if (w->at != OVF_TIME_NONE)
        return (ovf_interval){w->at, w->at};
    if (!w->track->timed)
        return (ovf_interval){OVF_TIME_NONE, OVF_TIME_OPEN};
    return (ovf_interval){(ovf_time)floor(w->earliest_s), (ovf_time)ceil(w->latest_s)};
}

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

way_doubt way_doubt_at(const way *w, double along_m)
{
    size_t i = way_leg_at(w, along_m);
    const ovf_track_point *p = &w->track->points[i];
    double share = share_of_leg(&w->legs[i], along_m);
    return (way_doubt){p[0].early_s + share * (p[1].early_s - p[0].early_s),
                       p[0].late_s + share * (p[1].late_s - p[0].late_s)};
}

ovf_crossing_end way_end(way *w, double along_m)
{
    size_t i = way_leg_at(w, along_m);
    const way_leg *leg = way_leg_ready(w, i);
    const ovf_track_point *p = &w->track->points[i];
    double share = share_of_leg(leg, along_m);
    ovf_time time = w->track->timed ? (ovf_time)llround(way_time_s(w, along_m)) : w->at;
    bool has_doubt = w->track->timed && w->at == OVF_TIME_NONE;
    way_doubt doubt = has_doubt ? way_doubt_at(w, along_m) : (way_doubt){0, 0};
    return (ovf_crossing_end){
        .place = ovf_leg_at(&leg->leg, share * leg->leg.length_m),
        .time = time,
        .level_ft = (int32_t)lround(p[0].level_ft + share * (p[1].level_ft - p[0].level_ft)),
        .along_m = along_m,
        .early_s = (int32_t)ceil(doubt.early_s),
        .late_s = (int32_t)ceil(doubt.late_s),
        .lowest_ft = (int32_t)floor(p[0].lowest_ft + share * (p[1].lowest_ft - p[0].lowest_ft)),
        .highest_ft = (int32_t)ceil(p[0].highest_ft + share * (p[1].highest_ft - p[0].highest_ft)),
    };
}

ovf_status way_whose(way *w, size_t leg)
{
    way_leg *l = way_leg_ready(w, leg);
    if (l->has_whose)
        return OVF_OK;
    ovf_status status = ovf_world_cut_leg(w->world, &l->leg, w->arena, &l->whose, &l->whose_count);
    l->has_whose = status == OVF_OK;
    return status;
}

/* ---- FIRs ---- */

/* A FIR below a UIR, or the UIR: is the flight surely above or below it on the whole leg? */
static bool passes_by(const way *w, size_t leg, ovf_band band)
{
    const ovf_track_point *p = &w->track->points[leg];
    int32_t lowest_ft = p[0].lowest_ft < p[1].lowest_ft ? p[0].lowest_ft : p[1].lowest_ft;
    int32_t highest_ft = p[0].highest_ft > p[1].highest_ft ? p[0].highest_ft : p[1].highest_ft;
    return lowest_ft > band.upper_ft || highest_ft < band.lower_ft;
}

static bool add_fir(const way *w, fir_spans *out, uint32_t fir, double from_m, double until_m)
{
    if (!ovf_arena_grow(w->arena, (void **)&out->items, out->count, &out->capacity,
                        sizeof(fir_span)))
        return false;
    out->items[out->count++] = (fir_span){fir, {from_m, until_m}};
    return true;
}

static ovf_status cut_fir(const way *w, size_t index, uint32_t number, fir_spans *out)
{
    const way_leg *leg = &w->legs[index];
    const ovf_fir *fir = ovf_world_fir(w->world, number);
    if (!ovf_box_overlaps(fir->box, leg->box)
        || passes_by(w, index, ovf_band_of(fir->lower, fir->upper)))
        return OVF_OK;
    ovf_stretch *stretches = NULL;
    size_t count = 0;
    ovf_status status =
        ovf_area_cross(ovf_world_fir_area(w->world, fir), &leg->leg, w->arena, &stretches, &count);
    for (size_t k = 0; status == OVF_OK && k < count; k++) {
        if (!add_fir(w, out, number, leg->from_m + stretches[k].from_m,
                     leg->from_m + stretches[k].until_m))
            status = OVF_E_NOMEM;
    }
    return status;
}

/* All FIRs that the leg meets, by the index where it can tell. */
static ovf_status find_firs(way *w, size_t index)
{
    way_leg *leg = way_leg_ready(w, index);
    uint32_t whole[FIRS_MAX];
    uint32_t cut[FIRS_MAX];
    size_t whole_count = 0;
    size_t cut_count = 0;
    ovf_status status = OVF_OK;
    if (w->firs == NULL
        || !index_firs(w->firs, leg, whole, &whole_count, cut, &cut_count, FIRS_MAX, FIRS_MAX)) {
        for (uint32_t i = 0; status == OVF_OK && i < ovf_world_fir_count(w->world); i++)
            status = cut_fir(w, index, i, &leg->firs);
    } else {
        for (size_t i = 0; status == OVF_OK && i < whole_count; i++) {
            const ovf_fir *fir = ovf_world_fir(w->world, whole[i]);
            if (!passes_by(w, index, ovf_band_of(fir->lower, fir->upper))
                && !add_fir(w, &leg->firs, whole[i], leg->from_m, leg->from_m + leg->leg.length_m))
                status = OVF_E_NOMEM;
        }
        for (size_t i = 0; status == OVF_OK && i < cut_count; i++)
            status = cut_fir(w, index, cut[i], &leg->firs);
    }
    leg->has_firs = status == OVF_OK;
    return status;
}

static int by_fir(const void *a, const void *b)
{
    const fir_span *x = a;
    const fir_span *y = b;
    if (x->fir != y->fir)
        return x->fir < y->fir ? -1 : 1;
    return (x->on.from_m > y->on.from_m) - (x->on.from_m < y->on.from_m);
}

static int by_place(const void *a, const void *b)
{
    const fir_span *x = a;
    const fir_span *y = b;
    if (x->on.from_m != y->on.from_m)
        return x->on.from_m < y->on.from_m ? -1 : 1;
    return (x->fir > y->fir) - (x->fir < y->fir);
}

/* What goes on from one leg to the next is one span; what only grazes is none. */
static void join_firs(const way *w, fir_spans *all)
{
    if (all->count > 1)
        qsort(all->items, all->count, sizeof(fir_span), by_fir);
    size_t kept = 0;
    for (size_t i = 0; i < all->count;) {
        fir_span one = all->items[i++];
        while (i < all->count && all->items[i].fir == one.fir
               && all->items[i].on.from_m <= one.on.until_m + SPAN_JOIN_M) {
            one.on.until_m = fmax(one.on.until_m, all->items[i].on.until_m);
            i++;
        }
        if (one.on.until_m - one.on.from_m >= 1.0 || w->track->length_m <= 1.0)
            all->items[kept++] = one;
    }
    all->count = kept;
    if (kept > 1)
        qsort(all->items, kept, sizeof(fir_span), by_place);
}

/* Nearly every crossing lies wholly within its FIRs: then no outline needs to be cut. *is_found: no
 * outline comes near this part of a leg, and what holds all of it is in `out`. */
static ovf_status find_whole(way *w, size_t index, span on, fir_spans *out, bool *is_found)
{
    const way_leg *leg = way_leg_ready(w, index);
    span part = {fmax(on.from_m, leg->from_m), fmin(on.until_m, leg->until_m)};
    way_leg piece = *leg;
    uint32_t whole[FIRS_MAX];
    uint32_t cut[1];
    size_t whole_count = 0;
    size_t cut_count = 0;
    *is_found = false;
    if (w->firs == NULL || part.until_m - part.from_m < WHOLE_LEAST_M)
        return OVF_OK;
    piece.leg.a = ovf_leg_at(&leg->leg, part.from_m - leg->from_m);
    piece.leg.b = ovf_leg_at(&leg->leg, part.until_m - leg->from_m);
    if (!way_plain_box(piece.leg.a, piece.leg.b, part.until_m - part.from_m, &piece.box)
        || !index_firs(w->firs, &piece, whole, &whole_count, cut, &cut_count, 0, FIRS_MAX))
        return OVF_OK;
    for (size_t i = 0; i < whole_count; i++) {
        const ovf_fir *fir = ovf_world_fir(w->world, whole[i]);
        if (!passes_by(w, index, ovf_band_of(fir->lower, fir->upper))
            && !add_fir(w, out, whole[i], part.from_m, part.until_m))
            return OVF_E_NOMEM;
    }
    *is_found = true;
    return OVF_OK;
}

ovf_status way_firs(way *w, span on, fir_spans *out)
{
    size_t first = way_leg_at(w, on.from_m);
    size_t last = way_leg_at(w, on.until_m);
    *out = (fir_spans){0};
    // It ends where the last leg begins: nothing of that is asked about.
    if (last > first && w->legs[last].from_m >= on.until_m)
        last--;
    for (size_t i = first; i <= last; i++) {
        const way_leg *leg = &w->legs[i];
        bool is_found = false;
        ovf_status status = leg->has_firs ? OVF_OK : find_whole(w, i, on, out, &is_found);
        if (is_found)
            continue;
        if (status == OVF_OK && !leg->has_firs)
            status = find_firs(w, i);
        for (size_t k = 0; status == OVF_OK && k < leg->firs.count; k++) {
            const fir_span *f = &leg->firs.items[k];
            if (!add_fir(w, out, f->fir, f->on.from_m, f->on.until_m))
                status = OVF_E_NOMEM;
        }
        if (status != OVF_OK)
            return status;
    }
    join_firs(w, out);
    return OVF_OK;
}

ovf_status way_has_gap(const way *w, const fir_spans *firs, bool *out)
{
    spans covered = {0};
    for (size_t i = 0; i < firs->count; i++) {
        if (!spans_add(&covered, w->arena, firs->items[i].on.from_m - 100.0,
                       firs->items[i].on.until_m + 100.0))
            return OVF_E_NOMEM;
    }
    spans_tidy(&covered);
    // Slivers between outlines of neighbours are no gap: 100 m on both sides close them.
    *out = covered.count != 1 || covered.items[0].from_m > 0
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

static const ovf_flight_point *route_point(const ovf_flight *flight, const ovf_track_point *p)
{
    bool is_one = p->route_point >= 0 && (size_t)p->route_point < flight->point_count;
    return is_one ? &flight->points[p->route_point] : NULL;
}

void way_marks(const ovf_flight *flight, const ovf_track *track, uint8_t *marks)
{
    const ovf_flight_point *beyond = NULL; // the route point that the leg leads to
    memset(marks, 0, track->count - 1);
    for (size_t i = track->count - 1; flight != NULL && i > 0; i--) {
        const ovf_flight_point *to = route_point(flight, &track->points[i]);
        const ovf_flight_point *from = route_point(flight, &track->points[i - 1]);
        beyond = to != NULL ? to : beyond;
        if (beyond != NULL && beyond->is_expanded)
            marks[i - 1] |= LEG_EXPANDED;
        if (to != NULL && !to->is_expanded)
            marks[i - 1] |= LEG_TO_FILED;
        if (from != NULL && !from->is_expanded)
            marks[i - 1] |= LEG_FROM_FILED;
    }
    const ovf_flight_point *behind = NULL; // the one that it comes from
    for (size_t i = 0; flight != NULL && i + 1 < track->count; i++) {
        const ovf_flight_point *from = route_point(flight, &track->points[i]);
        behind = from != NULL ? from : behind;
        if (behind != NULL && behind->is_expanded)
            marks[i] |= LEG_EXPANDED;
    }
}

ovf_status way_init_bare(way *w, ovf_error *err)
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
        leg->from_m = t->points[i].along_m;
        leg->until_m = t->points[i + 1].along_m;
    }
    w->earliest_s = (double)t->points[0].time - t->start_doubt_s;
    w->latest_s = (double)t->points[t->count - 1].time + t->time_doubt_s;
    return OVF_OK;
}

way_leg *way_leg_ready(way *w, size_t index)
{
    way_leg *leg = &w->legs[index];
    const ovf_track_point *p = &w->track->points[index];
    if (leg->is_ready)
        return leg;
    ovf_leg_init(&leg->leg, p[0].place, p[1].place);
    if (!leg->has_box
        && !way_plain_box(p[0].place, p[1].place, leg->until_m - leg->from_m, &leg->box))
        leg->box = way_box(&leg->leg);
    leg->has_box = true;
    leg->is_ready = true;
    return leg;
}

ovf_status way_init(way *w, ovf_error *err)
{
    ovf_status status = way_init_bare(w, err);
    uint8_t *marks = status == OVF_OK ? ovf_arena_array(w->arena, uint8_t, w->leg_count) : NULL;
    if (status == OVF_OK && marks == NULL)
        return no_memory(err);
    if (status == OVF_OK)
        way_marks(w->flight, w->track, marks);
    for (size_t i = 0; status == OVF_OK && i < w->leg_count; i++) {
        const ovf_track_point *p = &w->track->points[i];
        way_leg *leg = &w->legs[i];
        leg->leg.a = p[0].place;
        leg->leg.b = p[1].place;
        leg->has_box = way_plain_box(p[0].place, p[1].place, leg->until_m - leg->from_m, &leg->box);
        if (!leg->has_box)
            leg = way_leg_ready(w, i);
        way_set_plane(leg, p[0].place, p[1].place);
        leg->marks = marks[i];
        widen(w, i);
    }
    return status;
}
