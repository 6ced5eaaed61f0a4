/* SPDX-License-Identifier: Apache-2.0 */
/* Geodesics against published values:
 *   Karney 2013: C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87, 43-55, tables 2 to 4;
 *   GeographicLib: the examples of its Python documentation. */
#include <overfly/geo.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

static void close_to(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.12f is not %.12f", value, expected);
}

static struct inverse_row {
    const char *name;
    ovf_point a, b;
    double length_m;
    double bearing_a_deg;
    double bearing_b_deg;
} inverse_rows[] = {
    {"Karney 2013, nearly opposite",
     {-30, 0},
     {29.9, 179.8},
     19989832.827610,
     161.890524736,
     18.090737246},
    {"GeographicLib, Wellington to Salamanca",
     {-41.32, 174.81},
     {40.96, -5.5},
     19959679.26735382,
     161.06766998615882,
     18.825195123248392},
    {"a degree of the equator", {0, 179.5}, {0, -179.5}, 111319.490793274, 90, 90},
    {"a quarter meridian", {0, 20}, {90, 20}, 10001965.729312723, 0, 0},
    {"pole to pole", {-90, 20}, {90, 20}, 20003931.458625446, 0, 0},
};

static void solves_inverse(void **state)
{
    const struct inverse_row *row = *state;
    double length_m = 0;
    double at_a = 0;
    double at_b = 0;
    ovf_inverse(row->a, row->b, &length_m, &at_a, &at_b);
    close_to(length_m, row->length_m, 1e-6);
    close_to(at_a, row->bearing_a_deg, 1e-8);
    close_to(at_b, row->bearing_b_deg, 1e-8);
    close_to(ovf_distance_m(row->b, row->a), row->length_m, 1e-6);
    ovf_leg leg;
    ovf_leg_init(&leg, row->a, row->b);
    close_to(leg.length_m, row->length_m, 1e-6);
    close_to(ovf_distance_m(ovf_leg_at(&leg, leg.length_m), row->b), 0, 1e-6);
    close_to(ovf_distance_m(ovf_leg_at(&leg, leg.length_m / 4), row->a), row->length_m / 4, 1e-6);
}

static void solves_direct(void **state)
{
    OVF_UNUSED(state);
    ovf_point p = ovf_destination((ovf_point){40, 0}, 30, 10e6); // Karney 2013, table 2
    close_to(p.lat_deg, 41.79331020506, 1e-10);
    close_to(p.lon_deg, 137.84490004377, 1e-10);
    p = ovf_destination((ovf_point){-32.06, 115.74}, 225, 20000e3); // GeographicLib
    close_to(p.lat_deg, 32.11195529, 1e-8);
    close_to(p.lon_deg, -63.95925278, 1e-8);
}

/* Of near ways another series is used: the two have to agree within a micrometre, at any latitude and
 * bearing, over the 180th meridian, and where the short one is not meant to be asked. */
static void near_is_direct(void **state)
{
    OVF_UNUSED(state);
    static const double lats_deg[] = {-89.5, -87.9, -60, -33.3, -1e-6, 0,
                                      12.5,  51.47, 70,  87.9,  90};
    static const double lons_deg[] = {-180, -179.9999, 0, 13.4, 179.9999};
    static const double lengths_m[] = {0, 0.5, 926, 18520, 99999, 100001, 5e6};
    for (size_t i = 0; i < OVF_COUNTOF(lats_deg) * OVF_COUNTOF(lons_deg); i++) {
        ovf_point from = {lats_deg[i / OVF_COUNTOF(lons_deg)], lons_deg[i % OVF_COUNTOF(lons_deg)]};
        for (int bearing_deg = -360; bearing_deg <= 720; bearing_deg += 15) {
            for (size_t k = 0; k < OVF_COUNTOF(lengths_m); k++) {
                ovf_point want = ovf_destination(from, bearing_deg, lengths_m[k]);
                ovf_point got = ovf_destination_near(from, bearing_deg, lengths_m[k]);
                assert_true(ovf_point_is_valid(got));
                close_to(ovf_distance_m(got, want), 0, 1e-6);
            }
        }
    }
}

static void zero_length_leg(void **state)
{
    OVF_UNUSED(state);
    ovf_leg leg;
    ovf_leg_init(&leg, (ovf_point){10, 20}, (ovf_point){10, 20});
    close_to(leg.length_m, 0, 0);
    ovf_point p = ovf_leg_at(&leg, 0);
    close_to(p.lat_deg, 10, 1e-12);
    close_to(p.lon_deg, 20, 1e-12);
}

static void leg_over_the_pole(void **state)
{
    OVF_UNUSED(state);
    ovf_leg leg;
    ovf_leg_init(&leg, (ovf_point){80, -30}, (ovf_point){80, 150});
    close_to(ovf_leg_at(&leg, leg.length_m / 2).lat_deg, 90, 1e-9);
    close_to(ovf_leg_at(&leg, leg.length_m * 0.75).lon_deg, 150, 1e-9);
}

static void wraps_longitudes(void **state)
{
    OVF_UNUSED(state);
    close_to(ovf_lon_wrap(180), -180, 0);
    close_to(ovf_lon_wrap(-180), -180, 0);
    close_to(ovf_lon_wrap(190), -170, 0);
    close_to(ovf_lon_wrap(-541), 179, 0);
    close_to(ovf_lon_wrap(359.5), -0.5, 0);
}

static void keeps_positions(void **state)
{
    OVF_UNUSED(state);
    ovf_fixed f = ovf_point_fix((ovf_point){-12.34567894, 179.99999996});
    assert_int_equal(f.lat_e7, -123456789);
    assert_int_equal(f.lon_e7, 1800000000);
    close_to(ovf_fixed_point(f).lat_deg, -12.3456789, 1e-12);
    assert_true(ovf_point_is_valid((ovf_point){90, -180}));
    assert_false(ovf_point_is_valid((ovf_point){90.1, 0}));
    assert_false(ovf_point_is_valid((ovf_point){0, 180.1}));
    assert_false(ovf_point_is_valid((ovf_point){(double)NAN, 0}));
    assert_false(ovf_point_is_valid((ovf_point){0, HUGE_VAL}));
    close_to(ovf_nm_to_m(60), 111120, 0);
    close_to(ovf_m_to_nm(1852), 1, 0);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(inverse_rows) + 6] = {0};
    size_t n = 0;
    for (; n < OVF_COUNTOF(inverse_rows); n++)
        tests[n] =
            (struct CMUnitTest){inverse_rows[n].name, solves_inverse, NULL, NULL, &inverse_rows[n]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(solves_direct);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(near_is_direct);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(zero_length_leg);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(leg_over_the_pole);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(wraps_longitudes);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(keeps_positions);
    return _cmocka_run_group_tests("geo", tests, n, NULL, NULL);
}
