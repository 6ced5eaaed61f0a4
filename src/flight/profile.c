/* SPDX-License-Identifier: Apache-2.0 */
/* The level along a flight: the lowest of three lines, the climb out of the departure, the filed
 * levels with a ramp where they change, the descent into the destination. All three are straight
 * between their knees; so are the bounds, which take other gradients for the same lines. */
#include "flight_internal.h"

#include <math.h>
#include <stdlib.h>

/* Real climbs and descents run from 0.6 to 1.6 of the plain gradient: 1,200 to 3,200 ft/min, from
 * a loaded long-haul to an empty short-haul flight. */
#define GENTLE 0.6
#define STEEP 1.6

static double gradient_factor(profile_bound bound)
{
    return bound == PROFILE_PLAIN ? 1.0 : bound == PROFILE_LOWEST ? GENTLE : STEEP;
}

static double climb_line(const profile *p, profile_bound bound, double along_m)
{
    if (!p->climbs)
        return HUGE_VAL;
    return p->start_ft + along_m * p->climb_ft_per_m * gradient_factor(bound);
}

static double descent_line(const profile *p, profile_bound bound, double along_m)
{
    if (!p->descends)
        return HUGE_VAL;
    return p->end_ft + (p->length_m - along_m) * p->descent_ft_per_m * gradient_factor(bound);
}

/* The filed level from a step on, by bound; a level of 0 is not known and may be any. */
static double filed_level(const profile_step *step, profile_bound bound)
{
    if (bound == PROFILE_HIGHEST)
        return step->level_ft <= 0             ? OVF_FLIGHT_TOP_FT
               : step->top_ft > step->level_ft ? step->top_ft
                                               : step->level_ft;
    return step->level_ft;
}

/* How far a change of level reaches: gently for the bound that lags behind, steeply for the other. */
static double ramp_m(const profile *p, profile_bound bound, double change_ft)
{
    double factor = 1.0;
    if (bound != PROFILE_PLAIN)
        factor = (change_ft > 0) == (bound == PROFILE_HIGHEST) ? STEEP : GENTLE;
    return fabs(change_ft) / (p->climb_ft_per_m * factor);
}

static double filed_line(const profile *p, profile_bound bound, double along_m)
{
    size_t i = p->step_count - 1;
    while (i > 0 && p->steps[i].along_m > along_m)
        i--;
    double level_ft = filed_level(&p->steps[i], bound);
    if (i == 0)
        return level_ft;
    double before_ft = filed_level(&p->steps[i - 1], bound);
    double ramp = ramp_m(p, bound, level_ft - before_ft);
    double into_m = along_m - p->steps[i].along_m;
    return into_m >= ramp ? level_ft : before_ft + (level_ft - before_ft) * into_m / ramp;
}

double flight_profile_at(const profile *p, profile_bound bound, double along_m)
{
    double filed_ft = filed_line(p, bound, along_m);
    double line_ft = fmin(climb_line(p, bound, along_m), descent_line(p, bound, along_m));
    return fmax(0.0, fmin(filed_ft, line_ft));
}

/* ---- knees ---- */

typedef struct knees {
    double *items;
    size_t count, capacity;
    ovf_arena *arena;
    double length_m;
    bool failed;
} knees;

static void add_knee(knees *k, double along_m)
{
    if (!(along_m >= 0 && along_m <= k->length_m))
        return;
    if (!ovf_arena_grow(k->arena, (void **)&k->items, k->count, &k->capacity, sizeof(double))) {
        k->failed = true;
        return;
    }
    k->items[k->count++] = along_m;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorts and leaves out what is within a metre of its neighbour; the ends stay as they are. */
static void tidy(knees *k)
{
    if (k->count == 0)
        return;
    qsort(k->items, k->count, sizeof(double), by_value);
    size_t kept = 0;
    for (size_t i = 0; i < k->count; i++) {
        if (kept == 0 || k->items[i] - k->items[kept - 1] > 1.0)
            k->items[kept++] = k->items[i];
    }
    if (kept > 0 && k->length_m - k->items[kept - 1] <= 1.0)
        k->items[kept - 1] = k->length_m;
    k->count = kept;
}

typedef double line(const profile *p, profile_bound bound, double along_m);

/* Where two lines, straight from a to b, cut each other. */
static void add_meeting(knees *k, const profile *p, profile_bound bound, line *one, line *two,
                        double a, double b)
{
    double at_a = one(p, bound, a) - two(p, bound, a);
    // Just before b: a step may begin there.
    double end = b - 1e-6 * (b - a);
    double at_b = one(p, bound, end) - two(p, bound, end);
    if (isfinite(at_a) && isfinite(at_b) && (at_a < 0) != (at_b < 0))
        add_knee(k, a + (end - a) * at_a / (at_a - at_b));
}

ovf_status flight_profile_knees(const profile *p, ovf_arena *arena, double **out, size_t *count)
{
    static const profile_bound bounds[] = {PROFILE_PLAIN, PROFILE_LOWEST, PROFILE_HIGHEST};
    knees k = {.arena = arena, .length_m = p->length_m};
    add_knee(&k, 0);
    add_knee(&k, p->length_m);
    for (size_t i = 1; i < p->step_count; i++) {
        add_knee(&k, p->steps[i].along_m);
        for (size_t b = 0; b < OVF_COUNTOF(bounds); b++)
            add_knee(&k, p->steps[i].along_m
                             + ramp_m(p, bounds[b],
                                      filed_level(&p->steps[i], bounds[b])
                                          - filed_level(&p->steps[i - 1], bounds[b])));
    }
    if (k.failed)
        return OVF_E_NOMEM;
    tidy(&k);
    // Between these the filed line is straight: the other lines are cut with it there.
    size_t straight = k.count;
    for (size_t i = 0; i + 1 < straight; i++) {
        for (size_t b = 0; b < OVF_COUNTOF(bounds); b++) {
            double from = k.items[i];
            double until = k.items[i + 1];
            add_meeting(&k, p, bounds[b], climb_line, filed_line, from, until);
            add_meeting(&k, p, bounds[b], descent_line, filed_line, from, until);
            add_meeting(&k, p, bounds[b], climb_line, descent_line, from, until);
        }
    }
    if (k.failed)
        return OVF_E_NOMEM;
    tidy(&k);
    *out = k.items;
    *count = k.count;
    return OVF_OK;
}
