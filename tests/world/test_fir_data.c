/* SPDX-License-Identifier: Apache-2.0 */
/* The FIRs of data/fir as they are laid out: which one holds a place, and that they fit together.
 * Places are airports and corner points out of the States' AIPs; the test of inside is a plain
 * even-odd count on edges densified to 20 km, independent of the room geo's areas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world_internal.h"

#define DENSE_M 20000.0
#define POINTS_MAX 200000

struct outline {
    ovf_str code;
    ovf_point *points;
    size_t count;
};

static struct {
    ovf_arena arena;
    struct world_build build;
    struct outline *outlines;
} world;

static void densify(const struct world_fir_row *row, struct outline *out)
{
    const ovf_ring *ring = &row->rings[0];
    assert_int_equal(row->ring_count, 1);
    out->code = row->fields.code;
    out->points = calloc(POINTS_MAX, sizeof(ovf_point));
    assert_non_null(out->points);
    for (uint32_t i = 0; i < ring->count; i++) {
        ovf_point a = ovf_fixed_point(ring->vertices[i]);
        ovf_point b = ovf_fixed_point(ring->vertices[(i + 1) % ring->count]);
        out->points[out->count++] = a;
        if (ring->edges[i] == OVF_EDGE_PARALLEL)
            continue;
        ovf_leg leg;
        ovf_leg_init(&leg, a, b);
        for (double at_m = DENSE_M; at_m < leg.length_m; at_m += DENSE_M)
            out->points[out->count++] = ovf_leg_at(&leg, at_m);
        assert_true(out->count < POINTS_MAX - 1000);
    }
}

static bool holds(const struct outline *o, ovf_point p)
{
    bool is_inside = false;
    for (size_t i = 0; i < o->count; i++) {
        ovf_point a = o->points[i];
        ovf_point b = o->points[(i + 1) % o->count];
        if ((a.lat_deg > p.lat_deg) == (b.lat_deg > p.lat_deg))
            continue;
        double share = (p.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg);
        is_inside ^= a.lon_deg + share * (b.lon_deg - a.lon_deg) > p.lon_deg;
    }
    return is_inside;
}

static int open_world(void **state)
{
    (void)state;
    ovf_error err = {0};
    ovf_arena_init(&world.arena, 0);
    world.build = (struct world_build){.arena = &world.arena, .data_dir = DATA_DIR};
    ovf_status status = world_read_outlines(&world.build, &err);
    if (status == OVF_OK)
        status = world_read_states(&world.build, &err);
    if (status == OVF_OK)
        status = world_build_firs(&world.build, DATA_DIR "/fir", &err);
    if (status != OVF_OK) {
        print_error("%s\n", err.reason);
        return -1;
    }
    world.outlines = calloc(world.build.fir_count, sizeof(struct outline));
    for (size_t i = 0; i < world.build.fir_count; i++)
        densify(&world.build.firs[i], &world.outlines[i]);
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    for (size_t i = 0; i < world.build.fir_count; i++)
        free(world.outlines[i].points);
    free(world.outlines);
    ovf_buf_done(&world.build.sources);
    ovf_arena_done(&world.arena);
    return 0;
}

static struct place_row {
    const char *name;
    ovf_point place;
    const char *fir;
} place_rows[] = {
    {"north of Caracas", {10.6, -67.0}, "SVZM"},
    {"Margarita", {11.0, -63.9}, "SVZM"},
    {"Los Roques", {11.95, -66.67}, "SVZM"},
    {"high seas north of Venezuela, 15N 066W", {15.0, -66.0}, "SVZM"},
    {"San Antonio del Tachira", {7.84, -72.44}, "SVZM"},
    {"Curacao", {12.2, -68.9}, "TNCF"},
    {"Aruba", {12.5, -70.0}, "TNCF"},
    {"Bonaire", {12.15, -68.28}, "TNCF"},
    {"Trinidad", {10.6, -61.3}, "TTZP"},
    {"Tobago", {11.15, -60.83}, "TTZP"},
    {"oceanic, 13N 056W", {13.0, -56.0}, "TTZP"},
    {"oceanic, 15N 042W", {15.0, -42.0}, "TTZP"},
    {"Saint Kitts", {17.31, -62.72}, "TTZP"},
    {"San Juan", {18.4, -66.0}, "TJZS"},
    {"Sint Maarten", {18.04, -63.11}, "TJZS"},
    {"Isla de Aves", {15.67, -63.6}, "TJZS"},
    {"Santo Domingo", {18.43, -69.67}, "MDCS"},
    {"Port-au-Prince", {18.58, -72.29}, "MTEG"},
    {"Habana", {22.99, -82.41}, "MUFH"},
    {"Grand Cayman", {19.29, -81.36}, "MKJK"},
    {"Barranquilla", {10.89, -74.78}, "SKEC"},
    {"Bogota", {4.7, -74.15}, "SKED"},
    {"Cucuta", {7.93, -72.51}, "SKED"},
    {"Panama", {9.07, -79.38}, "MPZL"},
    {"San Andres", {12.58, -81.7}, "MPZL"},
    {"Tegucigalpa", {14.06, -87.22}, "MHTG"},
    {"Belize", {17.54, -88.31}, "MHTG"},
    {"Lethem", {3.37, -59.79}, "SYGC"},
    {"Zanderij", {5.45, -55.19}, "SMPM"},
    {"Cayenne", {4.82, -52.36}, "SOOO"},
    {"Boa Vista", {2.84, -60.69}, "SBAZ"},
    {"Manaus", {-3.04, -60.05}, "SBAZ"},
    {"Miami", {25.79, -80.29}, "KZMA"},
    {"Nassau", {25.04, -77.47}, "KZMA"},
    {"Bermuda", {32.36, -64.68}, "KZWY"},
    {"Azores", {37.74, -25.7}, "LPPO"},
    {"Funchal", {32.7, -16.77}, "LPPC"},
    {"Porto", {41.25, -8.68}, "LPPC"},
    {"Vigo", {42.23, -8.63}, "LECM"},
    {"Sevilla", {37.42, -5.89}, "LECM"},
    {"Tenerife", {28.04, -16.57}, "GCCC"},
    {"London: none of these", {51.47, -0.46}, ""},
};

static void finds(void **state)
{
    const struct place_row *row = *state;
    char found[100] = "";
    size_t len = 0;
    for (size_t i = 0; i < world.build.fir_count; i++)
        if (holds(&world.outlines[i], row->place))
            len += (size_t)snprintf(found + len, sizeof found - len, "%s" OVF_FMT,
                                    len > 0 ? " " : "", OVF_ARG(world.outlines[i].code));
    assert_string_equal(found, row->fir);
}

/* In a box that the FIRs fill, every point lies in exactly one of them. */
static void no_gap_no_overlap(void **state)
{
    (void)state;
    for (double lat = 2.013; lat < 19.4; lat += 0.171) {
        for (double lon = -76.987; lon < -52.0; lon += 0.193) {
            unsigned count = 0;
            for (size_t i = 0; i < world.build.fir_count; i++)
                count += holds(&world.outlines[i], (ovf_point){lat, lon});
            if (count != 1)
                print_error("%.3f %.3f lies in %u FIRs\n", lat, lon, count);
            assert_int_equal(count, 1);
        }
    }
}

/* Every stretch between two neighbours has the same vertices on both sides: away from the outer
 * limits no vertex belongs to one FIR only. */
static void vertices_are_shared(void **state)
{
    (void)state;
    for (size_t i = 0; i < world.build.fir_count; i++) {
        const ovf_ring *ring = &world.build.firs[i].rings[0];
        for (uint32_t v = 0; v < ring->count; v++) {
            ovf_point p = ovf_fixed_point(ring->vertices[v]);
            if (p.lat_deg < 2.0 || p.lat_deg > 19.4 || p.lon_deg < -77.0 || p.lon_deg > -52.0)
                continue;
            unsigned others = 0;
            for (size_t k = 0; k < world.build.fir_count; k++)
                for (uint32_t n = 0; k != i && n < world.build.firs[k].rings[0].count; n++)
                    others += memcmp(&world.build.firs[k].rings[0].vertices[n], &ring->vertices[v],
                                     sizeof(ovf_fixed))
                              == 0;
            if (others == 0)
                print_error(OVF_FMT ": %.5f %.5f is its own\n",
                            OVF_ARG(world.build.firs[i].fields.code), p.lat_deg, p.lon_deg);
            assert_int_not_equal(others, 0);
        }
    }
}

static void no_limit_crosses_itself(void **state)
{
    (void)state;
    for (size_t i = 0; i < world.build.fir_count; i++) {
        size_t at = 0;
        bool is_simple = ovf_ring_is_simple(&world.build.firs[i].rings[0], &at);
        if (!is_simple)
            print_error(OVF_FMT ": edge %zu\n", OVF_ARG(world.build.firs[i].fields.code), at);
        assert_true(is_simple);
    }
}

/* The FIRs of the case, each with what an answer needs. */
static void heads_are_whole(void **state)
{
    (void)state;
    assert_int_equal(world.build.fir_count, 22);
    for (size_t i = 0; i < world.build.fir_count; i++) {
        const ovf_fir *fir = &world.build.firs[i].fields;
        assert_int_equal(fir->code.len, 4);
        assert_int_equal(fir->nof.len, 8);
        assert_true(fir->ansp.len > 0 && fir->source.len > 0 && fir->name.len > 0);
        assert_int_equal(fir->lower.ref, OVF_LEVEL_SFC);
        assert_int_equal(fir->upper.ref, OVF_LEVEL_UNL);
    }
}

int main(void)
{
    static struct CMUnitTest tests[OVF_COUNTOF(place_rows) + 4];
    size_t count = 0;
    for (size_t i = 0; i < OVF_COUNTOF(place_rows); i++)
        tests[count++] = (struct CMUnitTest){place_rows[i].name, finds, NULL, NULL, &place_rows[i]};
    tests[count++] = (struct CMUnitTest){"no gap, no overlap", no_gap_no_overlap, NULL, NULL, NULL};
    tests[count++] =
        (struct CMUnitTest){"vertices are shared", vertices_are_shared, NULL, NULL, NULL};
    tests[count++] =
        (struct CMUnitTest){"no limit crosses itself", no_limit_crosses_itself, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"heads are whole", heads_are_whole, NULL, NULL, NULL};
    return _cmocka_run_group_tests("fir_data", tests, count, open_world, close_world);
}
