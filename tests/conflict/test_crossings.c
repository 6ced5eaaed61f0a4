/* SPDX-License-Identifier: Apache-2.0 */
/* Crossings against a slow plain twin: random areas, bands, hours and ways (fixed seed), some round
 * a pole and across the 180th meridian. The twin walks the track in small steps and asks at each
 * whether place, level and time are within; it knows nothing of legs, stretches or exact ends. */
#include "picture.h"

#include <math.h>
#include <stdlib.h>

#define CASES 300
#define STEP_M 2000.0
#define NEAR_M 60.0 /* of an end the twin and the engine may differ: whole seconds, whole feet */

static double next_random(uint64_t *seed)
{
    *seed += UINT64_C(0x9E3779B97F4A7C15); // SplitMix64
    uint64_t z = *seed;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    z ^= z >> 31;
    return (double)(z >> 11) / 9007199254740992.0;
}

static void add_position(ovf_buf *buf, ovf_point p, bool with_seconds)
{
    long unit = with_seconds ? 3600 : 60;
    long lat = lround(fabs(p.lat_deg) * (double)unit);
    long lon = lround(fabs(p.lon_deg) * (double)unit);
    char ns = p.lat_deg < 0 ? 'S' : 'N';
    char ew = p.lon_deg < 0 ? 'W' : 'E';
    if (with_seconds)
        ovf_buf_printf(buf, " %02ld%02ld%02ld%c%03ld%02ld%02ld%c", lat / 3600, lat / 60 % 60,
                       lat % 60, ns, lon / 3600, lon / 60 % 60, lon % 60, ew);
    else
        ovf_buf_printf(buf, " %02ld%02ld%c%03ld%02ld%c", lat / 60, lat % 60, ns, lon / 60, lon % 60,
                       ew);
}

/* A closure about the centre: four to eight corners, a band, some hours of the day. */
static void add_notice(ovf_buf *buf, int number, ovf_point centre, uint64_t *seed)
{
    int corners = 4 + (int)(next_random(seed) * 5);
    double reach_m = 60000.0 + next_random(seed) * 400000.0;
    int lower = (int)(next_random(seed) * 300);
    int upper = lower + 20 + (int)(next_random(seed) * 200);
    int from = 8 + (int)(next_random(seed) * 10);
    int until = from + 1 + (int)(next_random(seed) * 5);
    ovf_buf_printf(buf,
                   "A%04d/26 NOTAMN\nQ) SVZM/QRPCA/IV/NBO/W/000/999/0900N06500W060\nA) SVZM B) "
                   "260212%02d00 C) 260212%02d00\nE) AIRSPACE CLOSED WI AREA",
                   number, from, until);
    for (int i = 0; i < corners; i++)
        add_position(buf,
                     ovf_destination(centre, 360.0 * i / corners - 180.0,
                                     reach_m * (0.4 + 0.6 * next_random(seed))),
                     true);
    ovf_buf_printf(buf, "\nF) FL%03d G) FL%03d\n\n", lower, upper);
}

static void add_plan(ovf_buf *buf, ovf_point centre, uint64_t *seed)
{
    int departs = 8 + (int)(next_random(seed) * 8);
    ovf_buf_printf(buf, "(FPL-KLM1-IS-A320/M-S/S-ZZZZ%02d00-N0450F%03d", departs,
                   250 + (int)(next_random(seed) * 15) * 10);
    double bearing = next_random(seed) * 360.0 - 180.0;
    double reach_m = 500000.0 + next_random(seed) * 1500000.0;
    ovf_point from = ovf_destination(centre, bearing, reach_m);
    ovf_point to = ovf_destination(
        centre, remainder(bearing + 150.0 + 60.0 * next_random(seed), 360.0), reach_m);
    for (int i = 0; i < 3; i++)
        add_position(buf,
                     ovf_destination(centre, next_random(seed) * 360.0 - 180.0,
                                     reach_m * 0.5 * next_random(seed)),
                     false);
    ovf_buf_printf(buf, "-ZZZZ-DEP/");
    add_position(buf, from, false);
    ovf_buf_printf(buf, " DEST/");
    add_position(buf, to, false);
    ovf_buf_printf(buf, " DOF/260212 REG/PHAOM)");
}

typedef struct sample {
    ovf_point place;
    double level_ft, time_s;
} sample;

static sample sample_at(const ovf_track *t, double along_m)
{
    size_t i = 1;
    while (i + 1 < t->count && t->points[i].along_m < along_m)
        i++;
    const ovf_track_point *a = &t->points[i - 1];
    const ovf_track_point *b = &t->points[i];
    double length_m = b->along_m - a->along_m;
    double share = length_m > 0 ? fmin(1.0, fmax(0.0, (along_m - a->along_m) / length_m)) : 0;
    ovf_leg leg;
    ovf_leg_init(&leg, a->place, b->place);
    return (sample){.place = ovf_leg_at(&leg, share * leg.length_m),
                    .level_ft = a->level_ft + share * (b->level_ft - a->level_ft),
                    .time_s = (double)a->time + share * (double)(b->time - a->time)};
}

/* Inside at this place of the way, as planned? */
static bool is_inside(const ovf_restriction *r, const sample *s)
{
    return s->level_ft >= r->lower.value_ft && s->level_ft <= r->upper.value_ft
           && s->time_s >= (double)r->in_force.from && s->time_s < (double)r->in_force.until
           && ovf_area_contains(r->area, s->place) == OVF_TRI_YES;
}

/* 1: within a crossing; 0: without; -1: too near to an end to be told. */
static int engine_says(const ovf_conflict *c, const ovf_restriction *r, double along_m)
{
    for (size_t i = 0; i < c->crossing_count; i++) {
        const ovf_crossing *x = &c->crossings[i];
        if (x->restriction != r)
            continue;
        if (fabs(along_m - x->entry.along_m) < NEAR_M || fabs(along_m - x->exit.along_m) < NEAR_M)
            return -1;
        if (along_m > x->entry.along_m && along_m < x->exit.along_m)
            return 1;
    }
    return 0;
}

/* Only where the plan itself is inside; a crossing of doubt alone is no such. */
static bool is_planned(const ovf_conflict *c, const ovf_restriction *r, double along_m,
                       const ovf_track *t)
{
    for (size_t i = 0; i < c->crossing_count; i++) {
        const ovf_crossing *x = &c->crossings[i];
        if (x->restriction != r || along_m < x->entry.along_m || along_m > x->exit.along_m)
            continue;
        if (x->certainty == OVF_TRI_YES)
            return true;
        sample s = sample_at(t, (x->entry.along_m + x->exit.along_m) / 2);
        return is_inside(r, &s);
    }
    return true;
}

static const ovf_point centres[] = {{9, -65},     {10, 179.5}, {-30, -179.8}, {88.5, 20},
                                    {-89.5, 100}, {0, 0},      {55, 10}};

static void agrees_with_the_twin(void **state)
{
    OVF_UNUSED(state);
    uint64_t seed = 20260212;
    size_t samples = 0;
    size_t inside = 0;
    size_t crossings = 0;
    for (int n = 0; n < CASES; n++) {
        ovf_point centre = centres[(size_t)n % OVF_COUNTOF(centres)];
        ovf_buf notices = {0};
        ovf_buf plan = {0};
        for (int i = 1; i <= 3; i++)
            add_notice(&notices, i, centre, &seed);
        add_plan(&plan, centre, &seed);
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        ovf_picture *picture = picture_of(ovf_buf_str(&notices), true);
        flown f;
        fly(picture, ovf_buf_str(&plan), OVF_TIME_NONE, &arena, &f);
        assert_int_equal(ovf_picture_restriction_count(picture), 3);
        crossings += f.conflict.crossing_count;
        for (double along_m = 1.0; along_m < f.track.length_m; along_m += STEP_M) {
            sample s = sample_at(&f.track, along_m);
            for (size_t i = 0; i < 3; i++) {
                const ovf_restriction *r = ovf_picture_restriction(picture, i);
                bool twin = is_inside(r, &s);
                int engine = engine_says(&f.conflict, r, along_m);
                samples++;
                inside += twin;
                if (engine < 0 || twin == (engine == 1))
                    continue;
                if (!twin && !is_planned(&f.conflict, r, along_m, &f.track))
                    continue;
                fail_msg("case %d, A%04zu/26 at %.0f m (%.5f %.5f, %.0f ft): the twin says %s\n%.*s"
                         "\n%.*s",
                         n, i + 1, along_m, s.place.lat_deg, s.place.lon_deg, s.level_ft,
                         twin ? "inside" : "outside", OVF_ARG(ovf_buf_str(&notices)),
                         OVF_ARG(ovf_buf_str(&plan)));
            }
        }
        ovf_picture_free(picture);
        ovf_arena_done(&arena);
        ovf_buf_done(&notices);
        ovf_buf_done(&plan);
    }
    print_message("%zu samples, %zu inside, %zu crossings\n", samples, inside, crossings);
    assert_true(inside > 1000 && crossings > 100);
}

/* The end of a crossing that the border gives lies on the border. */
static void ends_on_the_border(void **state)
{
    OVF_UNUSED(state);
    uint64_t seed = 7;
    double worst_m = 0;
    size_t ends = 0;
    for (int n = 0; n < CASES; n++) {
        ovf_point centre = centres[(size_t)n % OVF_COUNTOF(centres)];
        ovf_buf notices = {0};
        ovf_buf plan = {0};
        add_notice(&notices, 1, centre, &seed);
        add_plan(&plan, centre, &seed);
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        ovf_picture *picture = picture_of(ovf_buf_str(&notices), true);
        flown f;
        fly(picture, ovf_buf_str(&plan), OVF_TIME_NONE, &arena, &f);
        const ovf_restriction *r = ovf_picture_restriction(picture, 0);
        for (size_t i = 0; i < f.conflict.crossing_count; i++) {
            const ovf_crossing *c = &f.conflict.crossings[i];
            if (c->certainty != OVF_TRI_YES)
                continue;
            double m = ovf_area_border_distance_m(r->area, c->entry.place);
            bool by_level = c->entry.level_ft <= r->lower.value_ft + 1
                            || c->entry.level_ft >= r->upper.value_ft - 1;
            bool by_time = llabs(c->entry.time - r->in_force.from) <= 1;
            bool joins = i > 0 && f.conflict.crossings[i - 1].exit.along_m == c->entry.along_m;
            if (by_level || by_time || joins)
                continue;
            ends++;
            worst_m = fmax(worst_m, m);
        }
        ovf_picture_free(picture);
        ovf_arena_done(&arena);
        ovf_buf_done(&notices);
        ovf_buf_done(&plan);
    }
    print_message("%zu ends, the worst %.4f m from the border\n", ends, worst_m);
    assert_true(ends > 20);
    assert_true(worst_m < 1.0); // design: within 10 m of the exact answer
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_twin),
        cmocka_unit_test(ends_on_the_border),
    };
    world_path = argc > 1 ? argv[1] : "overfly.world";
    return _cmocka_run_group_tests("conflict crossings", tests, OVF_COUNTOF(tests), open_all,
                                   close_all);
}
