/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold of crossings whatever the areas are: the way back is the way there turned round, two
 * halves of a leg make the whole, the globe may be turned about its axis and mirrored at the equator,
 * and sets obey their identities. Random areas of every kind, some about a pole or on the 180th
 * meridian (fixed seed). */
#include <overfly/area.h>

#include "plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

#define CASES 2500
#define SAME_M 0.02  /* ends are found to a millimetre or so, stored positions lie on 1.1 cm */
#define GRAZE_M 20.0 /* so much of a border that is only grazed may be within or not */
#define CORNERS 9

struct drawn {
    ovf_area_kind kind;
    ovf_fixed corners[CORNERS];
    uint32_t count;
    double size_m;
};

static double between(uint64_t *seed, double low, double high)
{
    return low + plain_random(seed) * (high - low);
}

static ovf_point place(uint64_t *seed)
{
    ovf_point p = plain_random_point(seed);
    double where = plain_random(seed);
    if (where < 0.15)
        p.lat_deg = where < 0.07 ? between(seed, 80, 89.99) : -between(seed, 80, 89.99);
    else if (where < 0.3)
        p.lon_deg = ovf_lon_wrap(180 + between(seed, -5, 5));
    return p;
}

static struct drawn draw(uint64_t *seed, ovf_point centre)
{
    struct drawn a = {.size_m = exp(between(seed, log(5e3), log(2e6)))};
    double kind = plain_random(seed);
    ovf_point p = ovf_destination(centre, between(seed, 0, 360), a.size_m * between(seed, 0, 0.5));
    if (kind < 0.4) {
        a.kind = OVF_AREA_CIRCLE;
        a.corners[a.count++] = ovf_point_fix(p);
        return a;
    }
    a.kind = kind < 0.8 ? OVF_AREA_RINGS : OVF_AREA_CORRIDOR;
    if (a.kind == OVF_AREA_CORRIDOR) {
        for (int i = 0; i < 3; i++) {
            a.corners[a.count++] = ovf_point_fix(p);
            p = ovf_destination(p, between(seed, 0, 360), a.size_m);
        }
        a.size_m *= between(seed, 0.05, 0.3);
        return a;
    }
    for (int i = 0; i < CORNERS; i++)
        a.corners[a.count++] = ovf_point_fix(ovf_destination(
            p, (i + between(seed, 0.1, 0.9)) * 360.0 / CORNERS, a.size_m * between(seed, 0.3, 1)));
    return a;
}

/* The same numbers, turned east by whole 1e-7 degrees and mirrored if asked. */
static ovf_fixed turned(ovf_fixed v, int64_t east_e7, bool mirrored)
{
    int64_t lon = v.lon_e7 + east_e7;
    lon -= lon > 1800000000 ? INT64_C(3600000000) : 0;
    return (ovf_fixed){mirrored ? -v.lat_e7 : v.lat_e7, (int32_t)lon};
}

static const ovf_area *make(const struct drawn *a, int64_t east_e7, bool mirrored, ovf_arena *arena)
{
    const ovf_area *out = NULL;
    ovf_fixed *fixed = ovf_arena_array(arena, ovf_fixed, CORNERS);
    ovf_point points[CORNERS];
    assert_non_null(fixed);
    for (uint32_t i = 0; i < a->count; i++) {
        fixed[i] = turned(a->corners[i], east_e7, mirrored);
        points[i] = ovf_fixed_point(fixed[i]);
    }
    ovf_status status = OVF_OK;
    if (a->kind == OVF_AREA_CIRCLE) {
        status = ovf_area_circle(arena, points[0], a->size_m, &out, NULL);
    } else if (a->kind == OVF_AREA_CORRIDOR) {
        status = ovf_area_corridor(arena, points, a->count, a->size_m, &out, NULL);
    } else {
        ovf_ring ring = {.vertices = fixed, .count = a->count};
        status = ovf_area_rings(arena, &ring, 1, &out, NULL);
    }
    assert_int_equal(status, OVF_OK);
    return out;
}

struct crossed {
    ovf_stretch *items;
    size_t count;
    double inside_m;
};

static struct crossed cross(const ovf_area *area, const ovf_leg *leg, ovf_arena *arena)
{
    struct crossed c = {0};
    assert_int_equal(ovf_area_cross(area, leg, arena, &c.items, &c.count), OVF_OK);
    for (size_t i = 0; i < c.count; i++)
        c.inside_m += c.items[i].until_m - c.items[i].from_m;
    return c;
}

/* Stretches that a grazed border may make or not do not count. */
static size_t sturdy(const struct crossed *c, ovf_stretch *out, size_t max)
{
    size_t count = 0;
    for (size_t i = 0; i < c->count && count < max; i++) {
        if (c->items[i].until_m - c->items[i].from_m > GRAZE_M)
            out[count++] = c->items[i];
    }
    return count;
}

static size_t met; /* stretches compared: that the scenes are not empty */

static void same_ends(const struct crossed *a, const struct crossed *b, double from_m, double sign,
                      uint64_t seed)
{
    ovf_stretch x[64];
    ovf_stretch y[64];
    size_t count = sturdy(a, x, 64);
    if (count != sturdy(b, y, 64))
        fail_msg("case %llu: %zu stretches, and %zu", (unsigned long long)seed, a->count, b->count);
    met += count;
    for (size_t i = 0; i < count; i++) {
        const ovf_stretch *other = sign > 0 ? &y[i] : &y[count - 1 - i];
        double low_m = sign > 0 ? other->from_m : from_m - other->until_m;
        double high_m = sign > 0 ? other->until_m : from_m - other->from_m;
        if (fabs(x[i].from_m - low_m) > SAME_M || fabs(x[i].until_m - high_m) > SAME_M)
            fail_msg("case %llu: %.4f to %.4f m, and %.4f to %.4f m", (unsigned long long)seed,
                     x[i].from_m, x[i].until_m, low_m, high_m);
    }
}

struct scene {
    struct drawn a, b;
    ovf_fixed from, to;
    ovf_leg leg;
    uint64_t seed;
};

static void set_scene(struct scene *s, uint64_t seed)
{
    s->seed = seed;
    ovf_point centre = place(&seed);
    s->a = draw(&seed, centre);
    s->b = draw(&seed, centre);
    double bearing = between(&seed, 0, 360);
    double reach_m = exp(between(&seed, log(2e4), log(4e6)));
    ovf_point near = ovf_destination(centre, between(&seed, 0, 360), s->a.size_m * 0.3);
    s->from = ovf_point_fix(ovf_destination(near, bearing, reach_m));
    s->to = ovf_point_fix(ovf_destination(near, bearing + between(&seed, 150, 210), reach_m));
    ovf_leg_init(&s->leg, ovf_fixed_point(s->from), ovf_fixed_point(s->to));
}

static void each(void (*check)(const struct scene *, ovf_arena *))
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (uint64_t i = 0; i < CASES; i++) {
        struct scene s;
        ovf_arena_reset(&arena);
        set_scene(&s, i * 7919 + 17);
        check(&s, &arena);
    }
    ovf_arena_done(&arena);
}

static void check_back(const struct scene *s, ovf_arena *arena)
{
    const ovf_area *area = make(&s->a, 0, false, arena);
    ovf_leg back;
    ovf_leg_init(&back, ovf_fixed_point(s->to), ovf_fixed_point(s->from));
    struct crossed there = cross(area, &s->leg, arena);
    struct crossed again = cross(area, &back, arena);
    same_ends(&there, &again, s->leg.length_m, -1, s->seed);
}

static void back_and_forth(void **state)
{
    (void)state;
    met = 0;
    each(check_back);
    assert_true(met > CASES / 2);
}

static void check_turned(const struct scene *s, ovf_arena *arena)
{
    uint64_t seed = s->seed;
    int64_t east_e7 = (int64_t)between(&seed, 0, 3600000000.0);
    for (int mirrored = 0; mirrored < 2; mirrored++) {
        ovf_leg leg;
        ovf_leg_init(&leg, ovf_fixed_point(turned(s->from, east_e7, mirrored == 1)),
                     ovf_fixed_point(turned(s->to, east_e7, mirrored == 1)));
        struct crossed a = cross(make(&s->a, 0, false, arena), &s->leg, arena);
        struct crossed b = cross(make(&s->a, east_e7, mirrored == 1, arena), &leg, arena);
        same_ends(&a, &b, 0, 1, s->seed);
    }
}

static void turned_globe(void **state)
{
    (void)state;
    met = 0;
    each(check_turned);
    assert_true(met > CASES);
}

static void check_split(const struct scene *s, ovf_arena *arena)
{
    uint64_t seed = s->seed;
    const ovf_area *area = make(&s->a, 0, false, arena);
    double at_m = s->leg.length_m * between(&seed, 0.05, 0.95);
    ovf_point middle = ovf_leg_at(&s->leg, at_m);
    ovf_leg first;
    ovf_leg second;
    ovf_leg_init(&first, ovf_fixed_point(s->from), middle);
    ovf_leg_init(&second, middle, ovf_fixed_point(s->to));
    double whole_m = cross(area, &s->leg, arena).inside_m;
    double halves_m = cross(area, &first, arena).inside_m + cross(area, &second, arena).inside_m;
    if (fabs(whole_m - halves_m) > GRAZE_M)
        fail_msg("case %llu: %.4f m inside, and %.4f m in two halves", (unsigned long long)s->seed,
                 whole_m, halves_m);
}

static void two_halves(void **state)
{
    (void)state;
    each(check_split);
}

static void same_m(double a_m, double b_m, const char *what, uint64_t seed)
{
    if (fabs(a_m - b_m) > GRAZE_M)
        fail_msg("case %llu: %s: %.4f m, and %.4f m", (unsigned long long)seed, what, a_m, b_m);
}

static void check_sets(const struct scene *s, ovf_arena *arena)
{
    const ovf_area *a = make(&s->a, 0, false, arena);
    const ovf_area *b = make(&s->b, 0, false, arena);
    const ovf_area *parts[2] = {a, b};
    const ovf_area *both = NULL;
    const ovf_area *either = NULL;
    const ovf_area *less = NULL;
    const ovf_area *not_a = NULL;
    const ovf_area *not_b = NULL;
    const ovf_area *neither = NULL;
    assert_int_equal(ovf_area_intersection(arena, parts, 2, &both, NULL), OVF_OK);
    assert_int_equal(ovf_area_union(arena, parts, 2, &either, NULL), OVF_OK);
    assert_int_equal(ovf_area_difference(arena, a, b, &less, NULL), OVF_OK);
    assert_int_equal(ovf_area_difference(arena, ovf_area_globe(), a, &not_a, NULL), OVF_OK);
    assert_int_equal(ovf_area_difference(arena, ovf_area_globe(), b, &not_b, NULL), OVF_OK);
    const ovf_area *outside[2] = {not_a, not_b};
    assert_int_equal(ovf_area_intersection(arena, outside, 2, &neither, NULL), OVF_OK);
    double a_m = cross(a, &s->leg, arena).inside_m;
    double b_m = cross(b, &s->leg, arena).inside_m;
    double both_m = cross(both, &s->leg, arena).inside_m;
    double either_m = cross(either, &s->leg, arena).inside_m;
    same_m(either_m, a_m + b_m - both_m, "a union", s->seed);
    same_m(cross(less, &s->leg, arena).inside_m, a_m - both_m, "a difference", s->seed);
    same_m(cross(neither, &s->leg, arena).inside_m, s->leg.length_m - either_m, "De Morgan",
           s->seed);
}

static void sets(void **state)
{
    (void)state;
    each(check_sets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(back_and_forth),
        cmocka_unit_test(turned_globe),
        cmocka_unit_test(two_halves),
        cmocka_unit_test(sets),
    };
    return cmocka_run_group_tests_name("properties", tests, NULL, NULL);
}
