/* SPDX-License-Identifier: Apache-2.0 */
/* Crossings against a slow plain twin: random areas, bands, hours and ways (fixed seed), some round
 * a pole and across the 180th meridian. The twin walks the track in small steps and asks at each
 * whether place, level and time are within; it knows nothing of legs, stretches or exact ends. */
#include "drawn.h"

#include <math.h>
#include <stdlib.h>

#define CASES 300
#define STEP_M 2000.0
#define NEAR_M 60.0 /* of an end the twin and the engine may differ: whole seconds, whole feet */

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
