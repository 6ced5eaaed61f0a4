/* SPDX-License-Identifier: Apache-2.0 */
/* An airway as lines that a map can draw: each leg is a geodesic, laid out in chords, and the whole
 * is cut where it crosses the 180th meridian (RFC 7946 section 3.1.9). */
#include "world.h"

#include <math.h>
#include <string.h>

/* Halvings of a leg: chords of 10 m of error are 20 km long at 60 degrees of latitude, and no leg
 * is longer than half the globe. */
#define HALVINGS_MAX 12

struct layer {
    ovf_point *points;
    size_t count, room;
    ovf_arena *arena;
    bool failed;
};

/* A place that is there already is none: points on the 180th meridian are where it is cut. */
static void add(struct layer *l, ovf_point p)
{
    const ovf_point *last = l->count > 0 ? &l->points[l->count - 1] : NULL;
    if (last != NULL && last->lat_deg == p.lat_deg && last->lon_deg == p.lon_deg)
        return;
    if (l->points == NULL || l->count == l->room) {
        size_t room = l->points == NULL ? 64 : 2 * l->room;
        ovf_point *points = ovf_arena_array(l->arena, ovf_point, room);
        l->failed = l->failed || points == NULL;
        if (points == NULL)
            return;
        if (last != NULL)
            memcpy(points, l->points, l->count * sizeof *points);
        l->points = points;
        l->room = room;
    }
    l->points[l->count++] = p;
}

/* Half way between two points on the map, and not on the globe. */
static ovf_point middle_of_chord(ovf_point a, ovf_point b)
{
    return (ovf_point){(a.lat_deg + b.lat_deg) / 2,
                       ovf_lon_wrap(a.lon_deg + ovf_lon_wrap(b.lon_deg - a.lon_deg) / 2)};
}

/* Adds what lies behind a, up to and with b. */
static void lay(struct layer *l, const ovf_leg *leg, double from_m, double until_m, ovf_point a,
                ovf_point b, int halvings)
{
    double middle_m = (from_m + until_m) / 2;
    ovf_point middle = ovf_leg_at(leg, middle_m);
    bool is_near = ovf_distance_m(middle, middle_of_chord(a, b)) <= WORLD_EXPORT_TOLERANCE_M;
    if (halvings == HALVINGS_MAX || is_near) {
        add(l, b);
        return;
    }
    lay(l, leg, from_m, middle_m, a, middle, halvings + 1);
    lay(l, leg, middle_m, until_m, middle, b, halvings + 1);
}

/* Where the chord from a to b meets the 180th meridian. */
static double lat_at_180(ovf_point a, ovf_point b)
{
    double span = ovf_lon_wrap(b.lon_deg - a.lon_deg);
    double until_180 = (span > 0 ? 180.0 : -180.0) - a.lon_deg;
    return a.lat_deg + (b.lat_deg - a.lat_deg) * (until_180 / span);
}

static bool is_cut(ovf_point a, ovf_point b)
{
    return fabs(b.lon_deg - a.lon_deg) > 180.0;
}

static void end_part(struct layer *part, ovf_outline *lines)
{
    if (part->count > 1)
        lines->rings[lines->count++] =
            (ovf_outline_ring){.points = part->points, .count = (uint32_t)part->count};
    *part = (struct layer){.arena = part->arena, .failed = part->failed};
}

/* Parts the points where they cross the meridian; what is less than a line is left out. */
static bool cut(const struct layer *whole, ovf_outline *out)
{
    struct layer part = {.arena = whole->arena};
    size_t cuts = 0;
    for (size_t i = 1; i < whole->count; i++)
        cuts += is_cut(whole->points[i - 1], whole->points[i]);
    ovf_outline lines = {.rings = ovf_arena_array(whole->arena, ovf_outline_ring, cuts + 1)};
    if (lines.rings == NULL)
        return false;
    for (size_t i = 0; i < whole->count; i++) {
        ovf_point p = whole->points[i];
        if (i > 0 && is_cut(whole->points[i - 1], p)) {
            double lat_deg = lat_at_180(whole->points[i - 1], p);
            add(&part, (ovf_point){lat_deg, p.lon_deg > 0 ? -180.0 : 180.0});
            end_part(&part, &lines);
            add(&part, (ovf_point){lat_deg, p.lon_deg > 0 ? 180.0 : -180.0});
        }
        add(&part, p);
    }
    end_part(&part, &lines);
    *out = lines;
    return !part.failed;
}

bool world_airway_lines(const ovf_world *world, uint32_t airway, ovf_arena *arena, ovf_outline *out)
{
    struct layer whole = {.arena = arena};
    uint32_t legs = ovf_world_airway(world, airway).leg_count;
    add(&whole, ovf_world_fix(world, ovf_world_airway_leg(world, airway, 0).from).place);
    for (uint32_t i = 0; i < legs && !whole.failed; i++) {
        ovf_leg leg;
        ovf_point a = whole.points[whole.count - 1];
        ovf_point b = ovf_world_fix(world, ovf_world_airway_leg(world, airway, i).to).place;
        ovf_leg_init(&leg, a, b);
        lay(&whole, &leg, 0.0, leg.length_m, a, b, 0);
    }
    return !whole.failed && cut(&whole, out);
}
