/* SPDX-License-Identifier: Apache-2.0 */
/* Question: how far are the entries and exits that ovf_area_cross reports from the exact geodesic,
 * and does it ever say inside where outside is true?
 *
 * Random legs of 10 to 10,000 km against rings of 3 to 20 vertices from 1 NM to 4,000 km with
 * geodesic edges or two parallels, circles, half planes and corridors, anywhere on the globe; a
 * part of them about the poles and on the 180th meridian. The plain version (tests/geo/plain.c)
 * shares no code with the library. Each reported end must lie on the boundary; each of many places
 * along the leg, most of them near the area, must be inside or outside as the plain version says,
 * unless it lies within 0.5 m of the boundary. Then the crossings are timed. */
#include "../tests/geo/plain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef OVF_BENCH_FLAGS
#define OVF_BENCH_FLAGS "not known"
#endif
#define DEG (3.14159265358979323846 / 180.0)
#define SAMPLES 96
#define CLOSE_M 0.5
#define END_M 0.01 /* an end farther from the boundary than this is a wrong answer */

struct tally {
    size_t cases;
    size_t crossed;
    size_t ends;
    size_t touches;
    size_t wrong;
    size_t places;
    size_t cannot_tell;
    double off_m;   /* worst distance of an end from the boundary */
    double along_m; /* worst error along the leg, where it is not grazing */
    double *times_ns;
};

/* How two shapes make one area. */
enum join { JOIN_NONE, JOIN_RINGS, JOIN_UNION, JOIN_INTERSECTION, JOIN_DIFFERENCE };

struct test_case {
    plain_shape shape;
    plain_shape other; /* unless join is JOIN_NONE */
    enum join join;
    const ovf_area *area;
    ovf_leg leg;
    uint64_t seed;
};

static double between(uint64_t *seed, double low, double high)
{
    return low + plain_random(seed) * (high - low);
}

/* Evenly spread in the order of magnitude. */
static double magnitude(uint64_t *seed, double low, double high)
{
    return exp(between(seed, log(low), log(high)));
}

static ovf_point random_centre(uint64_t *seed)
{
    double where = plain_random(seed);
    ovf_point p = plain_random_point(seed);
    if (where < 0.1)
        p.lat_deg = (where < 0.05 ? 1 : -1) * (90 - magnitude(seed, 1e-3, 10));
    else if (where < 0.25)
        p.lon_deg = ovf_lon_wrap(180 + between(seed, -1, 1) * magnitude(seed, 1e-3, 10));
    else if (where < 0.3)
        p.lat_deg = between(seed, -1, 1) * magnitude(seed, 1e-3, 1);
    return p;
}

/* A star about its centre: simple whatever the lengths of its rays. */
static void make_star(plain_shape *s, uint64_t *seed)
{
    s->kind = PLAIN_RING;
    s->size_m = magnitude(seed, 1852, 4e6);
    s->count = 3 + (uint32_t)(plain_random(seed) * 18);
    for (uint32_t i = 0; i < s->count; i++) {
        double bearing = (i + between(seed, 0.1, 0.9)) * 360.0 / s->count;
        double ray_m = s->size_m * between(seed, 0.3, 1);
        s->vertices[i] = ovf_point_fix(ovf_destination(s->centre, bearing, ray_m));
        s->edges[i] = OVF_EDGE_GEODESIC;
    }
}

/* Two parallels joined by geodesics. */
static void make_band(plain_shape *s, uint64_t *seed)
{
    double half_lat = magnitude(seed, 0.02, 8);
    double half_lon = magnitude(seed, 0.02, 40);
    s->kind = PLAIN_RING;
    s->centre.lat_deg = between(seed, -79 + half_lat, 79 - half_lat);
    s->size_m = 111e3 * half_lon;
    s->count = 4;
    for (uint32_t i = 0; i < 4; i++) {
        double lat = s->centre.lat_deg + (i < 2 ? -half_lat : half_lat);
        double lon = s->centre.lon_deg + (i == 0 || i == 3 ? -half_lon : half_lon);
        s->vertices[i] = ovf_point_fix((ovf_point){lat, ovf_lon_wrap(lon)});
        s->edges[i] = i % 2 == 0 ? OVF_EDGE_PARALLEL : OVF_EDGE_GEODESIC;
    }
    s->vertices[1].lat_e7 = s->vertices[0].lat_e7;
    s->vertices[3].lat_e7 = s->vertices[2].lat_e7;
}

static void make_line(plain_shape *s, uint64_t *seed, ovf_point *points)
{
    s->kind = PLAIN_CORRIDOR;
    s->size_m = magnitude(seed, 1000, 100000);
    s->count = 2 + (uint32_t)(plain_random(seed) * 2);
    ovf_point p = s->centre;
    for (uint32_t i = 0; i < s->count; i++) {
        s->vertices[i] = ovf_point_fix(p);
        points[i] = ovf_fixed_point(s->vertices[i]);
        p = ovf_destination(p, between(seed, 0, 360), magnitude(seed, 10000, 1.5e6));
    }
}

/* A leg that a person would draw: from corner to corner, along an edge and past both its ends, or
 * through a corner from anywhere. */
static bool make_corner_leg(struct test_case *c, uint64_t *seed)
{
    const plain_shape *s = &c->shape;
    if (s->kind != PLAIN_RING)
        return false;
    uint32_t i = (uint32_t)(plain_random(seed) * s->count);
    ovf_point a = ovf_fixed_point(s->vertices[i]);
    ovf_point b = ovf_fixed_point(s->vertices[(i + 1) % s->count]);
    double way = plain_random(seed);
    if (way < 0.4) {
        ovf_leg_init(&c->leg, a, b);
    } else if (way < 0.6) {
        uint32_t step = 1 + (uint32_t)(plain_random(seed) * (s->count - 1));
        ovf_leg_init(&c->leg, a, ovf_fixed_point(s->vertices[(i + step) % s->count]));
    } else {
        double bearing = between(seed, 0, 360);
        double reach_m = magnitude(seed, 5000, 1e6);
        ovf_leg_init(&c->leg, ovf_destination(a, bearing + 180, reach_m),
                     ovf_destination(a, bearing, reach_m));
    }
    return c->leg.length_m > 1;
}

/* A leg through the neighbourhood of the shape. */
static void make_leg(struct test_case *c, uint64_t *seed)
{
    plain_shape *s = &c->shape;
    if (plain_random(seed) < 0.06 && make_corner_leg(c, seed))
        return;
    double near_m = s->size_m * sqrt(plain_random(seed)) * 1.2;
    ovf_point via = ovf_destination(s->centre, between(seed, 0, 360), fmin(near_m, 5e6));
    double length_m = magnitude(seed, 10000, 1e7);
    double share = plain_random(seed);
    double bearing = between(seed, 0, 360);
    if (plain_random(seed) < 0.05)
        bearing = floor(bearing / 90) * 90; // due north, east, south, west
    ovf_point a = ovf_destination(via, bearing + 180, share * length_m);
    ovf_point b = ovf_destination(via, bearing, (1 - share) * length_m);
    ovf_leg_init(&c->leg, a, b);
}

static ovf_ring ring_of(const plain_shape *s)
{
    return (ovf_ring){.vertices = s->vertices, .edges = s->edges, .count = s->count};
}

/* One shape of a random kind about its centre. */
static ovf_status make_shape(plain_shape *s, uint64_t *seed, ovf_arena *arena, const ovf_area **out)
{
    ovf_point points[PLAIN_VERTICES_MAX];
    double kind = plain_random(seed);
    if (kind < 0.65) {
        if (kind < 0.5)
            make_star(s, seed);
        else
            make_band(s, seed);
        ovf_ring ring = ring_of(s);
        return ovf_area_rings(arena, &ring, 1, out, NULL);
    }
    if (kind < 0.85) {
        s->kind = PLAIN_CIRCLE;
        s->size_m = magnitude(seed, 1852, 4e6);
        return ovf_area_circle(arena, s->centre, s->size_m, out, NULL);
    }
    if (kind < 0.95) {
        s->kind = PLAIN_PARALLEL;
        s->size_m = 3e6;
        s->is_north = plain_random(seed) < 0.5;
        return ovf_area_half(arena, s->is_north ? OVF_NORTH_OF : OVF_SOUTH_OF, s->centre.lat_deg,
                             out, NULL);
    }
    make_line(s, seed, points);
    return ovf_area_corridor(arena, points, s->count, s->size_m, out, NULL);
}

/* The area of the case out of its first shape and a second one near it. */
static ovf_status make_joined(struct test_case *c, uint64_t *seed, ovf_arena *arena)
{
    const ovf_area *parts[2] = {c->area, NULL};
    double away_m = fmin(c->shape.size_m, 4e6) * plain_random(seed);
    c->other.centre = ovf_destination(c->shape.centre, between(seed, 0, 360), away_m);
    c->join = (enum join)(JOIN_RINGS + (int)(plain_random(seed) * 4));
    if (c->join == JOIN_RINGS && c->shape.kind == PLAIN_RING) {
        make_star(&c->other, seed);
        ovf_ring rings[2] = {ring_of(&c->shape), ring_of(&c->other)};
        return ovf_area_rings(arena, rings, 2, &c->area, NULL);
    }
    ovf_status status = make_shape(&c->other, seed, arena, &parts[1]);
    if (status != OVF_OK)
        return status;
    if (c->join == JOIN_UNION)
        return ovf_area_union(arena, parts, 2, &c->area, NULL);
    if (c->join == JOIN_INTERSECTION)
        return ovf_area_intersection(arena, parts, 2, &c->area, NULL);
    c->join = JOIN_DIFFERENCE;
    return ovf_area_difference(arena, parts[0], parts[1], &c->area, NULL);
}

static void make_case(struct test_case *c, ovf_arena *arena)
{
    uint64_t seed = c->seed;
    c->join = JOIN_NONE;
    c->shape.centre = random_centre(&seed);
    ovf_status status = make_shape(&c->shape, &seed, arena, &c->area);
    if (status == OVF_OK && plain_random(&seed) < 0.33)
        status = make_joined(c, &seed, arena);
    if (status != OVF_OK) {
        fprintf(stderr, "case %llu: no area\n", (unsigned long long)c->seed);
        exit(EXIT_FAILURE);
    }
    make_leg(c, &seed);
    plain_prepare(&c->shape, 40000.0);
    if (c->join != JOIN_NONE)
        plain_prepare(&c->other, 40000.0);
}

static bool contains(const struct test_case *c, ovf_point p)
{
    bool first = plain_contains(&c->shape, p);
    switch (c->join) {
    case JOIN_NONE: return first;
    case JOIN_RINGS: return first != plain_contains(&c->other, p);
    case JOIN_UNION: return first || plain_contains(&c->other, p);
    case JOIN_INTERSECTION: return first && plain_contains(&c->other, p);
    case JOIN_DIFFERENCE: break;
    }
    return first && !plain_contains(&c->other, p);
}

/* The border of what is joined lies on the borders of its parts. */
static double boundary_m(const struct test_case *c, ovf_point p)
{
    double first_m = plain_boundary_m(&c->shape, p, 100.0);
    return c->join == JOIN_NONE ? first_m : fmin(first_m, plain_boundary_m(&c->other, p, 100.0));
}

static void complain(const struct test_case *c, struct tally *tally, const char *what,
                     double along_m, double off_m)
{
    tally->wrong++;
    if (tally->wrong <= 20)
        printf("WRONG seed %llu kind %d size %.0f: %s at %.4f of %.4f m, %.6f m from the border\n",
               (unsigned long long)c->seed, c->shape.kind, c->shape.size_m, what, along_m,
               c->leg.length_m, off_m);
}

static void check_end(const struct test_case *c, struct tally *tally, double along_m)
{
    if (along_m <= 0 || along_m >= c->leg.length_m)
        return;
    double off_m = boundary_m(c, ovf_leg_at(&c->leg, along_m));
    double aside_m = boundary_m(c, ovf_leg_at(&c->leg, along_m + 1.0));
    tally->ends++;
    tally->off_m = fmax(tally->off_m, off_m);
    if (fabs(aside_m - off_m) > 0.01)
        tally->along_m = fmax(tally->along_m, off_m / fabs(aside_m - off_m));
    if (off_m > END_M)
        complain(c, tally, "an end off the border", along_m, off_m);
}

static bool is_inside(const ovf_stretch *stretches, size_t count, double along_m)
{
    for (size_t i = 0; i < count; i++) {
        if (along_m >= stretches[i].from_m && along_m <= stretches[i].until_m)
            return true;
    }
    return false;
}

static void check_place(const struct test_case *c, struct tally *tally,
                        const ovf_stretch *stretches, size_t count, double along_m)
{
    if (along_m < 0 || along_m > c->leg.length_m)
        return;
    ovf_point p = ovf_leg_at(&c->leg, along_m);
    bool said = is_inside(stretches, count, along_m);
    bool right = contains(c, p);
    ovf_tri alone = ovf_area_contains(c->area, p);
    tally->places++;
    tally->cannot_tell += alone == OVF_TRI_UNKNOWN;
    bool alone_wrong = alone == (right ? OVF_TRI_NO : OVF_TRI_YES);
    if (said == right && !alone_wrong)
        return;
    double off_m = boundary_m(c, p);
    if (off_m > CLOSE_M && said != right)
        complain(c, tally, said ? "said inside" : "said outside", along_m, off_m);
    if (off_m > CLOSE_M && alone_wrong)
        complain(c, tally, right ? "point said outside" : "point said inside", along_m, off_m);
}

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void run_case(struct test_case *c, ovf_arena *arena, struct tally *tally)
{
    ovf_stretch *stretches = NULL;
    size_t count = 0;
    make_case(c, arena);
    double started_ns = now_ns();
    ovf_status status = ovf_area_cross(c->area, &c->leg, arena, &stretches, &count);
    tally->times_ns[tally->cases++] = now_ns() - started_ns;
    if (status != OVF_OK)
        complain(c, tally, ovf_status_name(status), 0, 0);
    tally->crossed += count > 0;
    for (size_t i = 0; i < count; i++) {
        tally->cannot_tell += stretches[i].certainty == OVF_TRI_UNKNOWN;
        if (stretches[i].from_m == stretches[i].until_m) {
            tally->touches++;
            continue;
        }
        check_end(c, tally, stretches[i].from_m);
        check_end(c, tally, stretches[i].until_m);
        check_place(c, tally, stretches, count, stretches[i].from_m - 1);
        check_place(c, tally, stretches, count, stretches[i].from_m + 1);
        check_place(c, tally, stretches, count, stretches[i].until_m - 1);
        check_place(c, tally, stretches, count, stretches[i].until_m + 1);
    }
    uint64_t seed = c->seed ^ UINT64_C(0x5851F42D4C957F2D);
    double length_m = c->leg.length_m;
    int samples = c->shape.kind == PLAIN_CORRIDOR ? SAMPLES / 8 : SAMPLES;
    double middle_m = count > 0 ? (stretches[0].from_m + stretches[count - 1].until_m) / 2
                                : length_m * plain_random(&seed);
    double reach_m = fmin(length_m, c->shape.size_m * 2.5);
    for (int i = 0; i < samples; i++) {
        double along_m = i % 4 == 0 ? length_m * plain_random(&seed)
                                    : middle_m + reach_m * (plain_random(&seed) - 0.5);
        check_place(c, tally, stretches, count, along_m);
    }
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static void print_machine(uint64_t seed)
{
    char line[256];
    char cpu[256] = "not known";
    FILE *file = fopen("/proc/cpuinfo", "r");
    while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
        const char *value = strchr(line, ':');
        if (strncmp(line, "model name", 10) == 0 && value != NULL) {
            snprintf(cpu, sizeof(cpu), "%s", value + 2);
            cpu[strcspn(cpu, "\n")] = '\0';
            break;
        }
    }
    if (file != NULL)
        fclose(file);
    printf("cpu       %s\ncompiler  %s\nflags     %s\nseed      %llu\n", cpu, __VERSION__,
           OVF_BENCH_FLAGS, (unsigned long long)seed);
}

int main(int argc, char **argv)
{
    size_t cases = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 1000;
    uint64_t seed = argc > 2 ? (uint64_t)strtoull(argv[2], NULL, 10) : 20251130;
    struct tally tally = {.times_ns = calloc(cases + 1, sizeof(double))};
    struct test_case *c = calloc(1, sizeof(*c));
    double(*arcs)[3] = calloc(2 * (PLAIN_ARCS_MAX + 1), sizeof(*arcs));
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    if (tally.times_ns == NULL || c == NULL || arcs == NULL || cases == 0)
        return EXIT_FAILURE;
    c->shape.arcs = arcs;
    c->other.arcs = arcs + PLAIN_ARCS_MAX + 1;
    for (size_t i = 0; i < cases; i++) {
        c->seed = seed * 1000003 + i;
        ovf_arena_reset(&arena);
        run_case(c, &arena, &tally);
    }
    qsort(tally.times_ns, tally.cases, sizeof(double), ascending);
    printf("cases     %zu, crossed %zu, ends checked %zu, touches %zu\n", tally.cases,
           tally.crossed, tally.ends, tally.touches);
    printf("places    %zu, of places and crossings cannot tell %zu\n", tally.places,
           tally.cannot_tell);
    printf("wrong     %zu\nworst     %.2e m from the boundary, %.2e m along the leg\n", tally.wrong,
           tally.off_m, tally.along_m);
    printf("time      median %.0f ns, p95 %.0f ns a crossing\n", tally.times_ns[tally.cases / 2],
           tally.times_ns[tally.cases * 95 / 100]);
    print_machine(seed);
    ovf_arena_done(&arena);
    free(arcs);
    free(c);
    free(tally.times_ns);
    return tally.wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
