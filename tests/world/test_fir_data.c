/* SPDX-License-Identifier: Apache-2.0 */
/* The FIRs of data/fir as they are laid out: which one holds a place, and that they fit together.
 * Places are airports and corner points out of the States' AIPs; the test of inside is a plain
 * even-odd count of the edges (densified to 20 km) on the meridian north of the place, independent
 * of the room geo's areas. */
#include <math.h>
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

/* The rings of a FIR, one behind the other. */
struct outline {
    ovf_str code;
    ovf_point *points;
    size_t *ends; /* of ring r: points[ends[r - 1], ends[r]) */
    size_t ring_count;
    size_t count;
};

static struct {
    ovf_arena arena;
    struct world_build build;
    struct outline *outlines;
} world;

static void densify_ring(const ovf_ring *ring, struct outline *out)
{
    for (uint32_t i = 0; i < ring->count; i++) {
        ovf_point a = ovf_fixed_point(ring->vertices[i]);
        ovf_point b = ovf_fixed_point(ring->vertices[(i + 1) % ring->count]);
        out->points[out->count++] = a;
        if (ring->edges != NULL && ring->edges[i] == OVF_EDGE_PARALLEL)
            continue;
        ovf_leg leg;
        ovf_leg_init(&leg, a, b);
        for (double at_m = DENSE_M; at_m < leg.length_m; at_m += DENSE_M)
            out->points[out->count++] = ovf_leg_at(&leg, at_m);
        assert_true(out->count < POINTS_MAX - 1000);
    }
}

static void densify(const struct world_fir_row *row, struct outline *out)
{
    out->code = row->fields.code;
    out->points = calloc(POINTS_MAX, sizeof(ovf_point));
    out->ends = calloc(row->ring_count, sizeof(size_t));
    assert_non_null(out->points);
    assert_non_null(out->ends);
    out->ring_count = row->ring_count;
    for (uint32_t r = 0; r < row->ring_count; r++) {
        densify_ring(&row->rings[r], out);
        out->ends[r] = out->count;
    }
}

/* Does the edge lie across the way from p north to the pole? A pole is a vertex on every meridian. */
static bool is_north(ovf_point a, ovf_point b, ovf_point p)
{
    if (a.lat_deg <= p.lat_deg && b.lat_deg <= p.lat_deg)
        return false;
    if (fabs(a.lat_deg) == 90.0)
        a.lon_deg = b.lon_deg;
    if (fabs(b.lat_deg) == 90.0)
        b.lon_deg = a.lon_deg;
    double from_deg = ovf_lon_wrap(a.lon_deg - p.lon_deg);
    double turn_deg = ovf_lon_wrap(b.lon_deg - a.lon_deg);
    double until_deg = from_deg + turn_deg;
    if (until_deg > 180.0 || until_deg <= -180.0)
        return false; // it passes behind, over the other half of the meridian
    if ((from_deg > 0) == (until_deg > 0))
        return false;
    return a.lat_deg - from_deg / turn_deg * (b.lat_deg - a.lat_deg) > p.lat_deg;
}

/* At a pole a ring passes from one meridian to another: what lies between is north of p too. */
static bool is_below_pole(ovf_point before, ovf_point pole, ovf_point after, ovf_point p)
{
    return pole.lat_deg == 90.0
           && is_north((ovf_point){89.9999999, before.lon_deg},
                       (ovf_point){89.9999999, after.lon_deg}, p);
}

static bool holds(const struct outline *o, ovf_point p)
{
    bool is_inside = false;
    for (size_t r = 0; r < o->ring_count; r++) {
        size_t first = r == 0 ? 0 : o->ends[r - 1];
        size_t count = o->ends[r] - first;
        for (size_t i = 0; i < count; i++) {
            ovf_point before = o->points[first + (i + count - 1) % count];
            ovf_point a = o->points[first + i];
            ovf_point b = o->points[first + (i + 1) % count];
            is_inside ^= is_north(a, b, p);
            is_inside ^= is_below_pole(before, a, b, p);
        }
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
    for (size_t i = 0; i < world.build.fir_count; i++) {
        free(world.outlines[i].points);
        free(world.outlines[i].ends);
    }
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
    {"London", {51.47, -0.46}, "EGTT"},
    {"Nuuk's part of the polar sea", {86.0, -30.0}, "BGGL"},
    {"north of Alaska", {80.0, -155.0}, "PAZA"},
    {"Ellesmere", {80.0, -75.5}, "CZEG"},
    {"Wrangel, beyond 180 degrees", {71.2, -179.4}, "UHMM"},
    {"Fiji, west of 180 degrees", {-17.75, 177.44}, "NFFF"},
    {"Fiji, east of 180 degrees", {-17.7, -178.8}, "NFFF"},
    {"Niue", {-19.08, -169.92}, "NZZO"},
    {"the South Pole from New Zealand", {-88.0, 175.0}, "NZZO"},
    {"Scott Base's neighbours at Dumont d'Urville", {-66.66, 140.0}, "YMMM"},
    {"Marion Island", {-46.9, 37.75}, "FAJO"},
    {"Diego Garcia", {-7.3, 72.4}, "FIMM"},
    {"Honolulu", {21.32, -157.92}, "KZAK PHZH"},
    {"Guam", {13.48, 144.8}, "KZAK PGZU"},
    {"Juba", {4.87, 31.6}, "HJJJ HSSS"},
    {"Kigali", {-1.97, 30.14}, "HRYR HTDC"},
    {"Bujumbura", {-3.32, 29.32}, "HBBA HTDC"},
    {"Berlin, FIR and UIR", {52.36, 13.5}, "EDVV EDWW"},
    {"Frankfurt, FIR and UIR", {50.03, 8.56}, "EDGG EDUU"},
    {"Kyiv, FIR and UIR", {50.34, 30.89}, "UKBU UKBV"},
    {"Brussels, FIR and UIR", {50.9, 4.48}, "EBBU EBUR"},
    {"no FIR, eastern Pacific", {5.0, -110.0}, "XPAC"},
    {"no FIR, Barents Sea", {75.0, 33.0}, "XBAR"},
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

static bool is_lower_layer(const struct outline *o)
{
    static const char *const layers[] = {"EDVV", "EDUU", "EBUR", "UKBU", "PHZH",
                                         "PGZU", "HJJJ", "HRYR", "HBBA"};
    for (size_t i = 0; i < OVF_COUNTOF(layers); i++)
        if (ovf_str_eq(o->code, ovf_str_of(layers[i])))
            return false;
    return true;
}

/* Over the globe every point lies in exactly one FIR, but for the UIRs above and the declared
 * overlaps (docs/formats/fir.md); `world check` proves it, this counts. */
static void no_gap_no_overlap(void **state)
{
    (void)state;
    for (double lat = -89.013; lat < 90.0; lat += 4.171) {
        for (double lon = -179.987; lon < 180.0; lon += 6.193) {
            unsigned count = 0;
            bool is_gulf = lat > 25.0 && lat < 27.0 && lon > 51.0 && lon < 54.0; // OBBB over OTDF
            for (size_t i = 0; i < world.build.fir_count; i++)
                count += is_lower_layer(&world.outlines[i])
                         && holds(&world.outlines[i], (ovf_point){lat, lon});
            if (is_gulf && count == 2)
                count = 1;
            if (count != 1)
                print_error("%.3f %.3f lies in %u FIRs\n", lat, lon, count);
            assert_int_equal(count, 1);
        }
    }
}

static void no_limit_crosses_itself(void **state)
{
    (void)state;
    unsigned crossed = 0;
    for (size_t i = 0; i < world.build.fir_count; i++) {
        const struct world_fir_row *row = &world.build.firs[i];
        for (uint32_t r = 0; r < row->ring_count; r++) {
            size_t at = 0;
            bool is_simple = ovf_ring_is_simple(&row->rings[r], &at);
            ovf_point p = ovf_fixed_point(row->rings[r].vertices[at]);
            if (!is_simple)
                print_error(OVF_FMT ": at %.4f %.4f\n", OVF_ARG(row->fields.code), p.lat_deg,
                            p.lon_deg);
            crossed += !is_simple;
        }
    }
    assert_int_equal(crossed, 0);
}

/* Doc 7910 knows about 340 FIRs and UIRs; where the two have the same limits ours are one. */
static void heads_are_whole(void **state)
{
    (void)state;
    size_t none = 0;
    for (size_t i = 0; i < world.build.fir_count; i++) {
        const ovf_fir *fir = &world.build.firs[i].fields;
        bool is_none = world_fir_is_none(fir);
        none += is_none;
        assert_int_equal(fir->code.len, 4);
        assert_true(fir->nof.len == 0 || fir->nof.len == 8);
        assert_true(fir->source.len > 0 && fir->name.len > 0);
        assert_true(is_none ? fir->state == OVF_INDEX_NONE : fir->ansp.len > 0);
    }
    assert_int_equal(none, 2);
    assert_true(world.build.fir_count >= 250);
}

int main(void)
{
    static struct CMUnitTest tests[OVF_COUNTOF(place_rows) + 3];
    size_t count = 0;
    for (size_t i = 0; i < OVF_COUNTOF(place_rows); i++)
        tests[count++] = (struct CMUnitTest){place_rows[i].name, finds, NULL, NULL, &place_rows[i]};
    tests[count++] = (struct CMUnitTest){"no gap, no overlap", no_gap_no_overlap, NULL, NULL, NULL};
    tests[count++] =
        (struct CMUnitTest){"no limit crosses itself", no_limit_crosses_itself, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"heads are whole", heads_are_whole, NULL, NULL, NULL};
    return _cmocka_run_group_tests("fir_data", tests, count, open_world, close_world);
}
