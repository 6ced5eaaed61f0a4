/* SPDX-License-Identifier: Apache-2.0 */
/* The made flights: SplitMix64 with seed 3, two airports 200 to 15,000 km apart, a departure within
 * the day, a level. Their ways are great circles of the sphere; a plan tells them by positions. */
#include "day_made.h"

#include "firs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SPHERE_M 6371008.8
#define STEP_M 250000.0
#define SPEED_MPS 240.0
#define SPEED_KT 467 /* the same */
#define PLAN_MAX 2048

static const double rad = 3.14159265358979323846 / 180.0;

struct made_flight {
    const bench_airport *from, *to;
    double a[3], b[3]; /* unit vectors of the two */
    double arc;
    int64_t departs_s;
    int level_ft;
};

static void unit_vector(const bench_airport *a, double out[3])
{
    double lat = a->lat_e7 / 1e7 * rad;
    double lon = a->lon_e7 / 1e7 * rad;
    out[0] = cos(lat) * cos(lon);
    out[1] = cos(lat) * sin(lon);
    out[2] = sin(lat);
}

static double arc_between(const double a[3], const double b[3])
{
    double dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    double cross[3] = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2],
                       a[0] * b[1] - a[1] * b[0]};
    return atan2(sqrt(cross[0] * cross[0] + cross[1] * cross[1] + cross[2] * cross[2]), dot);
}

static struct made_flight draw(uint64_t *state, const bench_airport *airports)
{
    struct made_flight f;
    double length_m = 0;
    do {
        f.from = &airports[bench_next(state) % BENCH_AIRPORTS];
        f.to = &airports[bench_next(state) % BENCH_AIRPORTS];
        unit_vector(f.from, f.a);
        unit_vector(f.to, f.b);
        f.arc = arc_between(f.a, f.b);
        length_m = f.arc * SPHERE_M;
    } while (f.from == f.to || length_m < 200000.0 || length_m > 15000000.0);
    f.departs_s = (int64_t)(bench_next(state) % 86400);
    f.level_ft = 30000 + 1000 * (int)(bench_next(state) % 12);
    return f;
}

/* "4620N07805W" of a share of the way. */
static size_t put_position(char *out, size_t room, const struct made_flight *f, double share)
{
    double p = sin((1 - share) * f->arc) / sin(f->arc);
    double q = sin(share * f->arc) / sin(f->arc);
    double v[3];
    for (int i = 0; i < 3; i++)
        v[i] = p * f->a[i] + q * f->b[i];
    double lat_deg = atan2(v[2], hypot(v[0], v[1])) / rad;
    double lon_deg = atan2(v[1], v[0]) / rad;
    long lat = lround(fabs(lat_deg) * 60);
    long lon = lround(fabs(lon_deg) * 60);
    int len = snprintf(out, room, " %02ld%02ld%c%03ld%02ld%c DCT", lat / 60, lat % 60,
                       lat_deg < 0 ? 'S' : 'N', lon / 60, lon % 60, lon_deg < 0 ? 'W' : 'E');
    return len > 0 ? (size_t)len : 0;
}

static size_t put_plan(char *out, const struct made_flight *f, size_t index)
{
    static const char *const operators[] = {"KLM", "DLH", "AFR", "BAW", "UAE", "QTR", "THY", "AAL"};
    static const char *const types[] = {"A320", "B738", "A359", "B77W"};
    long minutes = lround(f->arc * SPHERE_M / SPEED_MPS / 60);
    int len =
        snprintf(out, PLAN_MAX, "(FPL-%s%zu-IS\n-%s/M-SDFGIRWY/LB1\n-%s%02d%02d\n-N%04dF%03d DCT",
                 operators[index % OVF_COUNTOF(operators)], index % 9000 + 1,
                 types[index % OVF_COUNTOF(types)], f->from->ident, (int)(f->departs_s / 3600),
                 (int)(f->departs_s / 60 % 60), SPEED_KT, f->level_ft / 100);
    size_t at = (size_t)len;
    int steps = (int)ceil(f->arc * SPHERE_M / STEP_M);
    for (int i = 1; i < steps; i++)
        at += put_position(out + at, PLAN_MAX - at, f, (double)i / steps);
    len = snprintf(out + at, PLAN_MAX - at, "\n-%s%02ld%02ld\n-DOF/260101)", f->to->ident,
                   minutes / 60, minutes % 60);
    return at + (size_t)len;
}

char *bench_made_plans(const bench_airport *airports, size_t count, size_t *len, size_t *ends)
{
    size_t capacity = (size_t)1 << 20;
    char *text = malloc(capacity);
    size_t at = 0;
    uint64_t state = 3;
    for (size_t i = 0; text != NULL && i < count; i++) {
        if (capacity - at < PLAN_MAX + 4) {
            char *grown = realloc(text, capacity *= 2);
            if (grown == NULL)
                free(text);
            text = grown;
            if (text == NULL)
                break;
        }
        struct made_flight f = draw(&state, airports);
        at += put_plan(text + at, &f, i);
        ends[i] = at;
        text[at++] = '\n';
        text[at++] = '\n';
    }
    *len = at;
    return text;
}
