/* SPDX-License-Identifier: Apache-2.0 */
/* The level along a flight: the lowest of three lines, the climb out of the departure, the filed
 * levels with a ramp where they change, the descent into the destination. All three are straight
 * between their knees; so are the bounds, which take other gradients for the same lines. */
#include "trajectory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BEND_FT 1.0 /* a line that strays less from its chord is straight */

static double on_line(const profile_line *line, double m)
{
    size_t i = line->count - 1;
    while (i > 0 && line->along_m[i] > m)
        i--;
    return line->ft[i] + (m - line->along_m[i]) * line->ft_per_m[i];
}

static double climb_line(const profile *p, profile_bound bound, double along_m)
{
    return p->climbs ? on_line(&p->climb[bound], along_m) : HUGE_VAL;
}

static double descent_line(const profile *p, profile_bound bound, double along_m)
{
    return p->descends ? on_line(&p->descent[bound], p->length_m - along_m) : HUGE_VAL;
}

/* The filed level from a step on, by bound; a level of 0 is not known and may be any. */
static double filed_level(const profile *p, const profile_step *step, profile_bound bound)
{
    if (bound == PROFILE_HIGHEST)
        return step->level_ft <= 0             ? p->top_ft
               : step->top_ft > step->level_ft ? step->top_ft
                                               : step->level_ft;
    return step->level_ft;
}

/* How far a change of level reaches: gently for the bound that lags behind, steeply for the other. */
static double ramp_m(const profile *p, profile_bound bound, double change_ft)
{
    double factor = 1.0;
    if (bound != PROFILE_PLAIN)
        factor = (change_ft > 0) == (bound == PROFILE_HIGHEST) ? p->steep : p->gentle;
    return fabs(change_ft) / ((change_ft > 0 ? p->up_ft_per_m : p->down_ft_per_m) * factor);
}

static double on_step(const profile *p, const profile_step *step, profile_bound bound,
                      double along_m)
{
    double level_ft = filed_level(p, step, bound);
    double change_ft = level_ft - step->from_ft[bound];
    if (change_ft == 0)
        return level_ft;
    double ramp = ramp_m(p, bound, change_ft);
    double into_m = along_m - step->along_m;
    return into_m >= ramp ? level_ft : step->from_ft[bound] + change_ft * into_m / ramp;
}

const profile_step *flight_profile_step(const profile *p, double along_m)
{
    size_t i = p->step_count - 1;
    while (i > 0 && p->steps[i].along_m > along_m)
        i--;
    return &p->steps[i];
}

static double filed_line(const profile *p, profile_bound bound, double along_m)
{
    return on_step(p, flight_profile_step(p, along_m), bound, along_m);
}

void flight_profile_settle(profile *p)
{
    for (size_t i = 0; i < p->step_count; i++) {
        profile_step *step = &p->steps[i];
        for (int bound = 0; bound < PROFILE_BOUNDS; bound++)
            step->from_ft[bound] =
                i == 0 ? filed_level(p, step, bound) : on_step(p, step - 1, bound, step->along_m);
    }
}

double flight_profile_at(const profile *p, profile_bound bound, double along_m)
{
    double filed_ft = filed_line(p, bound, along_m);
    double line_ft = fmin(climb_line(p, bound, along_m), descent_line(p, bound, along_m));
    return fmax(0.0, fmin(filed_ft, line_ft));
}

bool flight_profile_climbs(const profile *p, double along_m)
{
    double climb_ft = climb_line(p, PROFILE_PLAIN, along_m);
    return climb_ft < filed_line(p, PROFILE_PLAIN, along_m)
           && climb_ft <= descent_line(p, PROFILE_PLAIN, along_m);
}

bool flight_profile_descends(const profile *p, double along_m)
{
    double descent_ft = descent_line(p, PROFILE_PLAIN, along_m);
    return descent_ft < filed_line(p, PROFILE_PLAIN, along_m)
           && descent_ft < climb_line(p, PROFILE_PLAIN, along_m);
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
    if (k->count == k->capacity
        && !ovf_arena_grow(k->arena, (void **)&k->items, k->count, &k->capacity, sizeof(double))) {
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

/* The three lines of each bound at one place. */
typedef struct lines {
    double ft[PROFILE_BOUNDS][3];
} lines;

static lines lines_at(const profile *p, double along_m)
{
    lines out;
    for (int bound = 0; bound < PROFILE_BOUNDS; bound++) {
        out.ft[bound][0] = climb_line(p, bound, along_m);
        out.ft[bound][1] = filed_line(p, bound, along_m);
        out.ft[bound][2] = descent_line(p, bound, along_m);
    }
    return out;
}

/* Where two of the lines, straight from a to b, cut each other. */
static void add_meetings(knees *k, double a, const lines *at_a, double b, const lines *at_b)
{
    for (int bound = 0; bound < PROFILE_BOUNDS; bound++) {
        const double *from_ft = at_a->ft[bound];
        const double *until_ft = at_b->ft[bound];
        for (int i = 0; i < 3; i++) {
            int other = (i + 1) % 3;
            double above_a = from_ft[i] - from_ft[other];
            double above_b = until_ft[i] - until_ft[other];
            if ((above_a < 0) != (above_b < 0) && isfinite(above_a) && isfinite(above_b))
                add_knee(k, a + (b - a) * above_a / (above_a - above_b));
        }
    }
}

static void add_knots(knees *k, const profile_line *line, bool is_climb)
{
    for (size_t i = 1; i < line->count; i++)
        add_knee(k, is_climb ? line->along_m[i] : k->length_m - line->along_m[i]);
}

/* Leaves out where nothing bends: knots of a line above the others, meetings above the third. */
static void straighten(knees *k, const profile *p)
{
    double before_ft[PROFILE_BOUNDS];
    double here_ft[PROFILE_BOUNDS];
    double ahead_ft[PROFILE_BOUNDS];
    for (int bound = 0; bound < PROFILE_BOUNDS; bound++) {
        before_ft[bound] = flight_profile_at(p, bound, k->items[0]);
        here_ft[bound] = k->count > 1 ? flight_profile_at(p, bound, k->items[1]) : 0;
    }
    size_t kept = 1;
    for (size_t i = 1; i + 1 < k->count; i++) {
        double before_m = k->items[kept - 1];
        double share = (k->items[i] - before_m) / (k->items[i + 1] - before_m);
        bool is_straight = true;
        for (int bound = 0; bound < PROFILE_BOUNDS; bound++) {
            ahead_ft[bound] = flight_profile_at(p, bound, k->items[i + 1]);
            double chord_ft = before_ft[bound] + share * (ahead_ft[bound] - before_ft[bound]);
            is_straight = is_straight && fabs(here_ft[bound] - chord_ft) < BEND_FT;
        }
        if (!is_straight) {
            k->items[kept++] = k->items[i];
            memcpy(before_ft, here_ft, sizeof(before_ft));
        }
        memcpy(here_ft, ahead_ft, sizeof(here_ft));
    }
    if (k->count > 1)
        k->items[kept++] = k->items[k->count - 1];
    k->count = kept;
}

ovf_status flight_profile_knees(const profile *p, ovf_arena *arena, double **out, size_t *count)
{
    knees k = {.arena = arena, .length_m = p->length_m};
    add_knee(&k, 0);
    add_knee(&k, p->length_m);
    for (int bound = 0; bound < PROFILE_BOUNDS; bound++) {
        if (p->climbs)
            add_knots(&k, &p->climb[bound], true);
        if (p->descends)
            add_knots(&k, &p->descent[bound], false);
    }
    for (size_t i = 1; i < p->step_count; i++) {
        const profile_step *step = &p->steps[i];
        add_knee(&k, step->along_m);
        for (int bound = 0; bound < PROFILE_BOUNDS; bound++)
            add_knee(&k,
                     step->along_m
                         + ramp_m(p, bound, filed_level(p, step, bound) - step->from_ft[bound]));
    }
    if (k.failed || k.count == 0)
        return OVF_E_NOMEM;
    tidy(&k);
    // Between these all lines are straight: they are cut with each other there.
    size_t straight = k.count;
    lines from = lines_at(p, k.items[0]);
    for (size_t i = 0; i + 1 < straight; i++) {
        lines until = lines_at(p, k.items[i + 1]);
        add_meetings(&k, k.items[i], &from, k.items[i + 1], &until);
        from = until;
    }
    if (k.failed)
        return OVF_E_NOMEM;
    tidy(&k);
    straighten(&k, p);
    *out = k.items;
    *count = k.count;
    return OVF_OK;
}
