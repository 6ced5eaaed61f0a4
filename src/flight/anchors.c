/* SPDX-License-Identifier: Apache-2.0 */
/* The times that a plan itself gives: EET/ of item 18 over points and at the boundaries of FIRs, 4D
 * points of ADEXP and FIXM, item 16, a reported departure or landing. Those that fit the way and
 * each other hold the trajectory; the others are said and left aside. */
#include "trajectory.h"

#include <math.h>

/* A time fits when the way from the anchor before takes as long as it says within this: winds of a
 * third of the airspeed are about the strongest, and the limits of a FIR that a flight plan system
 * has may lie some tens of miles from those of the world file. */
#define FIT_S 600.0
#define FIT_SHARE 0.35
/* Item 16 against the way at the filed speed. */
#define SCALE_MIN 0.5
#define SCALE_MAX 2.0
/* How long after off-block a plan may say that it takes off. */
#define TAXI_MAX_S 7200.0

/* ---- where the way enters FIRs ---- */

/* A box that surely holds a leg. A geodesic of L degrees strays from its ends' latitudes by about
 * L^2/458 times the tangent of the latitude: by L^2/100 below 75 degrees. */
static ovf_box leg_box(ovf_point a, ovf_point b, double length_m)
{
    double length_deg = length_m / (60.0 * OVF_NM_M);
    double margin_deg = 1e-4 + length_deg * length_deg / 100.0;
    ovf_box box = {.south_deg = fmin(a.lat_deg, b.lat_deg) - margin_deg,
                   .north_deg = fmax(a.lat_deg, b.lat_deg) + margin_deg,
                   .west_deg = -180.0,
                   .east_deg = 180.0};
    double east_deg = ovf_lon_wrap(b.lon_deg - a.lon_deg);
    if (fmax(fabs(a.lat_deg), fabs(b.lat_deg)) > 75.0 || length_deg > 30.0
        || fabs(east_deg) > 175.0)
        return length_deg > 30.0
                   ? (ovf_box){.south_deg = -90, .north_deg = 90, .west_deg = -180, .east_deg = 180}
                   : box;
    box.west_deg = ovf_lon_wrap((east_deg >= 0 ? a.lon_deg : b.lon_deg) - margin_deg);
    box.east_deg = ovf_lon_wrap((east_deg >= 0 ? b.lon_deg : a.lon_deg) + margin_deg);
    return box;
}

typedef enum entry_found { ENTRY_NONE = 0, ENTRY_AT_START, ENTRY_FOUND, ENTRY_NO_MEMORY } entry_found;

/* The first place from a leg on at which the way comes into the FIR. */
static entry_found enter(track_builder *b, const ovf_fir *fir, size_t *leg_from, double *along_m)
{
    const ovf_flight *f = b->flight;
    for (size_t i = *leg_from; i + 1 < f->point_count; i++) {
        double length_m = b->along_m[i + 1] - b->along_m[i];
        if (length_m <= 0
            || !ovf_box_overlaps(fir->box,
                                 leg_box(f->points[i].place, f->points[i + 1].place, length_m)))
            continue;
        ovf_leg leg;
        ovf_leg_init(&leg, f->points[i].place, f->points[i + 1].place);
        ovf_stretch *stretches = NULL;
        size_t count = 0;
        if (ovf_area_cross(ovf_world_fir_area(b->options->world, fir), &leg, b->arena, &stretches,
                           &count)
            != OVF_OK)
            return ENTRY_NO_MEMORY;
        if (count == 0)
            continue;
        *leg_from = i;
        *along_m = b->along_m[i] + fmax(0, fmin(length_m, stretches[0].from_m));
        return *along_m < 1.0 ? ENTRY_AT_START : ENTRY_FOUND;
    }
    return ENTRY_NONE;
}

static bool knows_whole_way(const ovf_flight *f)
{
    for (size_t i = 0; i < f->point_count; i++) {
        if (f->points[i].is_bridged)
            return false;
    }
    return f->route_complete;
}

static void say_off_way(track_builder *b, const ovf_flight_eet *eet)
{
    track_finding(b, "EET_OFF_WAY",
                  ovf_arena_printf(b->arena,
                                   "EET/" OVF_FMT "%02d%02d: the way does not enter that FIR as the "
                                   "world tables have it; the time is left aside",
                                   OVF_ARG(eet->at), eet->min / 60, eet->min % 60));
}

ovf_status track_find_entries(track_builder *b)
{
    const ovf_flight *f = b->flight;
    if (b->options->world == NULL || f->eet_count == 0)
        return OVF_OK;
    b->entries = ovf_arena_array(b->arena, track_entry, f->eet_count);
    if (b->entries == NULL)
        return track_no_memory(b);
    size_t leg = 0;
    for (size_t i = 0; i < f->eet_count; i++) {
        const ovf_flight_eet *eet = &f->eets[i];
        if (eet->fir == OVF_INDEX_NONE || eet->fir >= ovf_world_fir_count(b->options->world))
            continue;
        const ovf_fir *fir = ovf_world_fir(b->options->world, eet->fir);
        double along_m = 0;
        // They are listed in the order of the way; one that is not may lie further back.
        entry_found found = enter(b, fir, &leg, &along_m);
        if (found == ENTRY_NONE && leg > 0) {
            leg = 0;
            found = enter(b, fir, &leg, &along_m);
        }
        if (found == ENTRY_NO_MEMORY)
            return track_no_memory(b);
        if (found == ENTRY_FOUND)
            b->entries[b->entry_count++] = (track_entry){along_m, i};
        else if (found == ENTRY_NONE && knows_whole_way(f))
            say_off_way(b, eet);
    }
    return OVF_OK;
}

/* ---- candidates in the order of the way ---- */

typedef struct candidates {
    track_anchor *items;
    size_t count, capacity;
    track_builder *b;
} candidates;

static void offer(candidates *c, track_anchor anchor)
{
    if (c->count == c->capacity)
        return;
    size_t at = c->count++;
    // Of two at one place the one that is read first stays first.
    for (; at > 0 && c->items[at - 1].at > anchor.at; at--)
        c->items[at] = c->items[at - 1];
    c->items[at] = anchor;
}

/* The track point at a boundary; the count when it is not there. */
static size_t point_at(const track_builder *b, double along_m)
{
    size_t low = 0;
    size_t high = b->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (b->points[middle].along_m < along_m - 1.5)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_there = low < b->count && fabs(b->points[low].along_m - along_m) <= 1.5;
    return is_there ? low : b->count;
}

static size_t track_point_of(const track_builder *b, int32_t route_point)
{
    for (size_t i = 0; i < b->count; i++) {
        if (b->points[i].route_point == route_point)
            return i;
    }
    return b->count;
}

static void offer_eets(candidates *c)
{
    const track_builder *b = c->b;
    const ovf_flight *f = b->flight;
    for (size_t i = 0; i < f->eet_count; i++) {
        const ovf_flight_eet *eet = &f->eets[i];
        size_t at = eet->point > 0 ? track_point_of(b, eet->point) : b->count;
        for (size_t k = 0; k < b->entry_count && at == b->count; k++) {
            if (b->entries[k].eet == i)
                at = point_at(b, b->entries[k].along_m);
        }
        if (at > 0 && at < b->count)
            offer(c, (track_anchor){.at = at,
                                    .elapsed_s = eet->min * 60.0,
                                    .kind = ANCHOR_PLANNED,
                                    .text = eet->at,
                                    .pos = eet->span.at});
    }
}

static void offer_given(candidates *c, ovf_time start)
{
    const track_builder *b = c->b;
    const ovf_flight *f = b->flight;
    for (size_t i = 0; i < b->count && start != OVF_TIME_NONE; i++) {
        int32_t point = b->points[i].route_point;
        if (point < 0 || (i > 0 && b->points[i - 1].route_point == point))
            continue;
        const ovf_flight_given *given = &f->points[point].given;
        if (given->source == OVF_FLIGHT_SOURCE_NONE || given->time == OVF_TIME_NONE)
            continue;
        bool is_actual = given->source == OVF_FLIGHT_SOURCE_ACTUAL;
        offer(c, (track_anchor){.at = i,
                                .elapsed_s = (double)given->time - (double)start,
                                .kind = is_actual ? ANCHOR_ACTUAL : ANCHOR_PLANNED,
                                .text = f->points[point].ident,
                                .pos = OVF_NOPOS});
    }
}

/* ---- which of them hold ---- */

/* From departure to destination, so that item 16 is about this very way? */
static bool reaches_both_ends(const ovf_flight *f)
{
    return ovf_str_eq(f->points[0].ident, f->from)
           && ovf_str_eq(f->points[f->point_count - 1].ident, f->to);
}

/* The factor by which item 16 stretches the flying time; 0: it says nothing that can be used. */
static double item16_factor(track_builder *b)
{
    const ovf_flight *f = b->flight;
    double flown_s = b->air_s[b->count - 1];
    double filed_s = f->eet_min * 60.0 - b->stay_s[b->count - 1];
    if (f->eet_min <= 0 || filed_s <= 0 || flown_s <= 0 || !reaches_both_ends(f))
        return 0;
    double factor = filed_s / flown_s;
    if (f->speed_kt <= 0 || (factor >= SCALE_MIN && factor <= SCALE_MAX))
        return factor;
    track_finding(b, "EET_IMPLAUSIBLE",
                  ovf_arena_printf(b->arena,
                                   "elapsed time %d:%02d does not fit the way, which takes "
                                   "%d:%02d at the filed speed; the latter is used",
                                   f->eet_min / 60, f->eet_min % 60, (int)(flown_s / 3600),
                                   (int)(flown_s / 60) % 60));
    return 0;
}

/* Does the flying time between two track points fit what the way takes? */
static bool fits(const track_builder *b, const track_anchor *from, const track_anchor *until,
                 double factor)
{
    double way_s = (b->air_s[until->at] - b->air_s[from->at]) * factor;
    double given_s = (until->elapsed_s - from->elapsed_s)
                     - (b->stay_s[until->at] - b->stay_s[from->at]);
    return given_s >= 0 && fabs(given_s - way_s) <= FIT_S + FIT_SHARE * way_s
           && (given_s > 0 || way_s < 60.0);
}

static void say_contradicts(track_builder *b, const track_anchor *c, double factor)
{
    double way_s = b->air_s[c->at] * factor + b->stay_s[c->at];
    track_finding(b, "EET_CONTRADICTS",
                  ovf_arena_printf(b->arena,
                                   OVF_FMT ": %d:%02d after take-off does not fit the way and the "
                                           "other times, by which it is about %d:%02d; it is left "
                                           "aside",
                                   OVF_ARG(c->text), (int)(c->elapsed_s / 3600),
                                   (int)fabs(c->elapsed_s / 60) % 60, (int)(way_s / 3600),
                                   (int)(way_s / 60) % 60));
}

static void say_way_contradicts(track_builder *b, size_t odd, size_t all)
{
    track_finding(b, "EET_CONTRADICTS",
                  ovf_arena_printf(b->arena,
                                   "%zu of %zu elapsed times do not fit the way as it was resolved "
                                   "and are left aside: a place of it may be another of its name",
                                   odd, all));
}

/* Item 16 or the landing, at the far end. */
static bool find_end(const track_builder *b, ovf_time start, double factor, double take_off_s,
                     track_anchor *out)
{
    const ovf_flight *f = b->flight;
    bool has_landed = f->state == OVF_FLIGHT_ARRIVED && f->arrived != OVF_TIME_NONE
                      && start != OVF_TIME_NONE && f->arrived > start && reaches_both_ends(f)
                      && (f->landed_at.len == 0 || ovf_str_eq(f->landed_at, f->to));
    *out = (track_anchor){.at = b->count - 1, .kind = has_landed ? ANCHOR_ACTUAL : ANCHOR_PLANNED};
    if (has_landed)
        out->elapsed_s = (double)(f->arrived - start);
    else
        out->elapsed_s = take_off_s + f->eet_min * 60.0;
    return has_landed || factor > 0;
}

/* A take-off that the 4D points tell apart from off-block: the time over the first place, or what
 * the first time over another one leaves for the way up to it. A reported departure stands. */
static void take_start(const candidates *c, double pace, bool has_departed, track_anchor *start)
{
    const track_builder *b = c->b;
    for (size_t i = 0; i < c->count && !has_departed; i++) {
        const track_anchor *first = &c->items[i];
        if (first->pos != OVF_NOPOS)
            continue; // of EET/: counted from the take-off itself
        double taxi_s = first->elapsed_s - b->air_s[first->at] * pace - b->stay_s[first->at];
        if (taxi_s >= 0 && taxi_s <= TAXI_MAX_S)
            *start = (track_anchor){.at = 0,
                                    .elapsed_s = taxi_s,
                                    .kind = first->at == 0 ? first->kind : ANCHOR_PLANNED};
        return;
    }
}

static size_t choose(track_builder *b, candidates *c, double factor, ovf_time start,
                     track_anchor *out)
{
    double pace = factor > 0 ? factor : 1.0;
    out[0] = (track_anchor){.at = 0, .kind = ANCHOR_START};
    take_start(c, pace, start == b->flight->departed, &out[0]);
    size_t next = 0;
    while (next < c->count && c->items[next].at == 0)
        next++;
    size_t count = 1;
    track_anchor end;
    bool has_end = find_end(b, start, factor, out[0].elapsed_s, &end);
    if (has_end && end.kind == ANCHOR_ACTUAL && b->air_s[end.at] > 0)
        pace = fmax(SCALE_MIN, fmin(SCALE_MAX, (end.elapsed_s - out[0].elapsed_s
                                                - b->stay_s[end.at])
                                                   / b->air_s[end.at]));
    double late_s = 0; // behind the plan, by the last report
    size_t odd = 0;    // times that contradict, by their places in the list
    for (; next < c->count; next++) {
        track_anchor a = c->items[next];
        bool is_eet = a.pos != OVF_NOPOS;
        a.elapsed_s += is_eet ? out[0].elapsed_s : 0;
        if (a.kind == ANCHOR_PLANNED)
            a.elapsed_s += late_s;
        bool holds = a.at > out[count - 1].at && a.elapsed_s >= out[count - 1].elapsed_s
                     && (!has_end || a.elapsed_s <= end.elapsed_s || end.kind != a.kind);
        // A report is what happened, whatever the way is thought to take.
        if (holds && a.kind != ANCHOR_ACTUAL)
            holds = fits(b, &out[count - 1], &a, pace)
                    && (!has_end || a.at == end.at || end.kind != a.kind
                        || fits(b, &a, &end, pace));
        if (holds && a.at == end.at && has_end)
            continue; // item 16 and the landing say it already
        if (holds && a.kind == ANCHOR_ACTUAL)
            late_s = a.elapsed_s - (out[0].elapsed_s + b->air_s[a.at] * pace + b->stay_s[a.at]);
        if (holds)
            out[count++] = a;
        else if (a.at > out[count - 1].at)
            c->items[odd++] = a;
    }
    // One or two of them are odd; where most are, the way is.
    if (odd > 2 && odd >= count)
        say_way_contradicts(b, odd, c->count);
    for (size_t i = 0; i < odd && !(odd > 2 && odd >= count); i++)
        say_contradicts(b, &c->items[i], pace);
    if (has_end && end.kind == ANCHOR_PLANNED)
        end.elapsed_s += late_s;
    if (has_end && (count == 1 || end.elapsed_s > out[count - 1].elapsed_s))
        out[count++] = end;
    return count;
}

ovf_status track_find_anchors(track_builder *b, ovf_time start, track_anchor **out, size_t *count)
{
    const ovf_flight *f = b->flight;
    size_t most = f->eet_count + f->point_count + 2;
    candidates c = {.b = b, .capacity = most};
    c.items = ovf_arena_array(b->arena, track_anchor, most);
    *out = ovf_arena_array(b->arena, track_anchor, most);
    if (c.items == NULL || *out == NULL)
        return track_no_memory(b);
    offer_given(&c, start);
    offer_eets(&c);
    *count = choose(b, &c, item16_factor(b), start, *out);
    return OVF_OK;
}
