/* SPDX-License-Identifier: Apache-2.0 */
/* Ways round random areas (fixed seed), some at a pole and across the 180th meridian, against a slow
 * plain twin: every way is walked in small steps and keeps its margin; and no way in a full graph
 * over points that stand on circles of the margin round every corner, each pair tested on the exact
 * areas grown by the margin, is shorter than what was found by more than whole minutes cost. */
#include "picture.h"

#include <math.h>

#define CASES 21
#define AREAS 3
#define CORNERS 6
#define AROUND 12 /* points on each circle */
#define NODES_MAX (2 + AREAS * CORNERS * AROUND)
#define MARGIN_M (5.0 * 1852.0)

static double next_random(uint64_t *seed)
{
    *seed += UINT64_C(0x9E3779B97F4A7C15); // SplitMix64
    uint64_t z = *seed;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    z ^= z >> 31;
    return (double)(z >> 11) / 9007199254740992.0;
}

typedef struct scene {
    ovf_point corners[AREAS][CORNERS];
    const ovf_area *areas[AREAS];
    const ovf_area *grown[AREAS];
    ovf_point from, to;
} scene;

static ovf_point whole_seconds(ovf_point p)
{
    return (ovf_point){round(p.lat_deg * 3600.0) / 3600.0, round(p.lon_deg * 3600.0) / 3600.0};
}

static void make_scene(scene *s, ovf_point centre, uint64_t *seed, ovf_arena *arena)
{
    double bearing = next_random(seed) * 360.0 - 180.0;
    s->from = ovf_destination(centre, bearing, 900000.0);
    s->to = ovf_destination(centre, remainder(bearing + 180.0, 360.0), 900000.0);
    for (size_t i = 0; i < AREAS; i++) {
        ovf_point at = ovf_destination(centre, next_random(seed) * 360.0 - 180.0,
                                       next_random(seed) * 350000.0);
        double reach_m = 80000.0 + next_random(seed) * 200000.0;
        for (size_t k = 0; k < CORNERS; k++)
            s->corners[i][k] =
                whole_seconds(ovf_destination(at, 360.0 * (double)k / CORNERS - 180.0,
                                              reach_m * (0.35 + 0.65 * next_random(seed))));
        assert_int_equal(ovf_area_polygon(arena, s->corners[i], CORNERS, &s->areas[i], NULL),
                         OVF_OK);
        assert_int_equal(ovf_area_buffer(arena, s->areas[i], MARGIN_M - 2.0, &s->grown[i], NULL),
                         OVF_OK);
    }
}

static void write_notices(const scene *s, ovf_buf *buf)
{
    for (size_t i = 0; i < AREAS; i++) {
        ovf_buf_printf(buf,
                       "A%04zu/26 NOTAMN\nQ) SVZM/QRPCA/IV/NBO/W/000/999/0900N06500W060\nA) SVZM "
                       "B) 2602010000 C) 2602282359\nE) AIRSPACE CLOSED WI AREA",
                       i + 1);
        for (size_t k = 0; k < CORNERS; k++) {
            ovf_point p = s->corners[i][k];
            long lat = lround(fabs(p.lat_deg) * 3600.0);
            long lon = lround(fabs(p.lon_deg) * 3600.0);
            ovf_buf_printf(buf, " %02ld%02ld%02ld%c%03ld%02ld%02ld%c", lat / 3600, lat / 60 % 60,
                           lat % 60, p.lat_deg < 0 ? 'S' : 'N', lon / 3600, lon / 60 % 60, lon % 60,
                           p.lon_deg < 0 ? 'W' : 'E');
        }
        ovf_buf_printf(buf, "\nF) SFC G) UNL\n\n");
    }
}

/* ---- the twin ---- */

static bool is_free(const scene *s, ovf_point a, ovf_point b, ovf_arena *scratch)
{
    ovf_leg leg;
    ovf_leg_init(&leg, a, b);
    for (int grown = 0; grown < 2; grown++) { // the bare areas turn most away, and quickly
        for (size_t i = 0; i < AREAS; i++) {
            ovf_stretch *stretches = NULL;
            size_t count = 0;
            assert_int_equal(ovf_area_cross(grown ? s->grown[i] : s->areas[i], &leg, scratch,
                                            &stretches, &count),
                             OVF_OK);
            for (size_t k = 0; k < count; k++) {
                if (stretches[k].until_m - stretches[k].from_m > 0.5)
                    return false;
            }
        }
    }
    return true;
}

static size_t place_nodes(const scene *s, ovf_point *nodes)
{
    size_t n = 0;
    nodes[n++] = s->from;
    nodes[n++] = s->to;
    // Circumscribed: a way over neighbours on the circle stays outside of it.
    double radius_m = MARGIN_M / cos(3.14159265358979 / AROUND);
    for (size_t i = 0; i < AREAS; i++) {
        for (size_t k = 0; k < CORNERS; k++) {
            for (size_t b = 0; b < AROUND; b++) {
                ovf_point p =
                    ovf_destination(s->corners[i][k], 360.0 * (double)b / AROUND - 180.0, radius_m);
                bool is_in = false;
                for (size_t j = 0; j < AREAS; j++)
                    is_in = is_in || ovf_area_contains(s->grown[j], p) == OVF_TRI_YES;
                if (!is_in)
                    nodes[n++] = p;
            }
        }
    }
    return n;
}

/* Dijkstra over all pairs; INFINITY when there is no way. */
static double twin_shortest_m(const scene *s, ovf_arena *scratch)
{
    static ovf_point nodes[NODES_MAX];
    static double length_m[NODES_MAX];
    static bool settled[NODES_MAX];
    size_t n = place_nodes(s, nodes);
    for (size_t i = 0; i < n; i++) {
        length_m[i] = i == 0 ? 0 : HUGE_VAL;
        settled[i] = false;
    }
    for (;;) {
        size_t best = n;
        for (size_t i = 0; i < n; i++) {
            if (!settled[i] && length_m[i] < HUGE_VAL
                && (best == n || length_m[i] < length_m[best]))
                best = i;
        }
        if (best == n || best == 1)
            return length_m[1];
        settled[best] = true;
        for (size_t i = 1; i < n; i++) {
            double m = length_m[best] + ovf_distance_m(nodes[best], nodes[i]);
            if (!settled[i] && m < length_m[i] && is_free(s, nodes[best], nodes[i], scratch))
                length_m[i] = m;
            ovf_arena_reset(scratch);
        }
    }
}

/* ---- the comparison ---- */

static void check_margin(const scene *s, const ovf_route *r)
{
    for (size_t i = 1; i < r->point_count; i++) {
        ovf_leg leg;
        ovf_leg_init(&leg, r->points[i - 1].place, r->points[i].place);
        for (double m = 0; m < leg.length_m; m += 1000.0) {
            for (size_t k = 0; k < AREAS; k++) {
                ovf_point p = ovf_leg_at(&leg, m);
                assert_int_equal(ovf_area_contains(s->areas[k], p), OVF_TRI_NO);
                double border_m = ovf_area_border_distance_m(s->areas[k], p);
                if (border_m < MARGIN_M - 1.0)
                    fail_msg("%.5f %.5f on " OVF_FMT " is %.1f m from area %zu", p.lat_deg,
                             p.lon_deg, OVF_ARG(r->text), border_m, k + 1);
            }
        }
    }
}

static const ovf_point centres[] = {{9, -65},   {10, 179.5}, {-30, -179.8}, {88.5, 20},
                                    {-89, 100}, {0, 0},      {35, -40}};

static void finds_the_shortest(void **state)
{
    OVF_UNUSED(state);
    uint64_t seed = 4;
    double worst_percent = 0;
    double worst_gap_percent = 0;
    size_t compared = 0;
    for (size_t n = 0; n < CASES; n++) {
        ovf_arena arena;
        ovf_arena scratch;
        ovf_arena_init(&arena, 0);
        ovf_arena_init(&scratch, 0);
        scene s;
        make_scene(&s, centres[n % OVF_COUNTOF(centres)], &seed, &arena);
        ovf_buf notices = {0};
        write_notices(&s, &notices);
        ovf_picture *picture = picture_of(ovf_buf_str(&notices), true);
        ovf_route_request q = {.from = s.from,
                               .to = s.to,
                               .from_ident = OVF_STR_INIT("AAAA"),
                               .to_ident = OVF_STR_INIT("BBBB"),
                               .from_airport = OVF_INDEX_NONE,
                               .to_airport = OVF_INDEX_NONE,
                               .depart = OVF_TIME_NONE,
                               .at = NOON,
                               .speed_kt = 450,
                               .level_ft = 35000};
        ovf_route r = {0};
        ovf_error err = {0};
        if (ovf_route_find(picture, &q, &arena, &r, &err) != OVF_OK)
            fail_msg("%s", err.reason);
        double twin_m = twin_shortest_m(&s, &scratch);
        if (!r.found)
            fail_msg("case %zu: " OVF_FMT " (the twin: %.0f m)\n" OVF_FMT, n, OVF_ARG(r.why_not),
                     twin_m, OVF_ARG(ovf_buf_str(&notices)));
        check_margin(&s, &r);
        compared++;
        worst_percent = fmax(worst_percent, (r.distance_m / twin_m - 1.0) * 100.0);
        worst_gap_percent = fmax(worst_gap_percent, r.gap_percent);
        if (r.bound_m > twin_m + 1.0 || r.distance_m > twin_m * 1.002)
            fail_msg("case %zu: bound %.0f, found %.0f, the twin %.0f m\n" OVF_FMT, n, r.bound_m,
                     r.distance_m, twin_m, OVF_ARG(ovf_buf_str(&notices)));
        ovf_picture_free(picture);
        ovf_buf_done(&notices);
        ovf_arena_done(&scratch);
        ovf_arena_done(&arena);
    }
    print_message("%zu ways, at most %.3f %% longer than the twin's, gaps at most %.3f %%\n",
                  compared, worst_percent, worst_gap_percent);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_the_shortest)};
    world_path = argc > 1 ? argv[1] : "overfly.world";
    return _cmocka_run_group_tests("route ways", tests, OVF_COUNTOF(tests), open_all, close_all);
}
