/* SPDX-License-Identifier: Apache-2.0 */
/* airspace_rows.h - one row of a test of airspace files, and the test. Surfaces are those of zones
 * of the ellipsoid (Snyder 1987, equation 3-12) and of circles of the plane, in closed form. */
#ifndef TESTS_WORLD_AIRSPACE_ROWS_H
#define TESTS_WORLD_AIRSPACE_ROWS_H

#include <overfly/airspace.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NONE                     \
    {                            \
        (double)NAN, (double)NAN \
    }

struct row {
    const char *name;
    const char *text;
    ovf_status status;
    size_t features, count, bad, left_out;
    const char *ident, *kind, *klass, *lower, *upper; /* of the first volume; NULL: not asked */
    double zone[3];                                   /* south, north, width: its surface */
    double radius_nm;                                 /* or that of a circle */
    double share;                                     /* of that surface */
    ovf_point in, out;                                /* latitude NAN: not asked */
    const char *finding;                              /* the first one has this in it */
};

static double zone_m2(double south_deg, double north_deg, double width_deg)
{
    const double pi = acos(-1.0), a_m = 6378137.0, f = 1.0 / 298.257223563;
    const double e = sqrt(f * (2.0 - f));
    double q[2];
    for (int i = 0; i < 2; i++) {
        double s = sin((i == 0 ? south_deg : north_deg) * pi / 180.0);
        q[i] = (1.0 - e * e) * (s / (1.0 - e * e * s * s) + atanh(e * s) / e);
    }
    return a_m * a_m / 2.0 * (q[1] - q[0]) * width_deg * pi / 180.0;
}

static double surface_m2(ovf_arena *arena, const ovf_area *area)
{
    ovf_outline outline = {0};
    assert_int_equal(ovf_area_outline(area, 1.0, arena, &outline, NULL), OVF_OK);
    return ovf_outline_area_m2(&outline);
}

static void assert_level(ovf_level level, const char *wanted)
{
    char text[32];
    ovf_level_format(level, text, sizeof text);
    if (wanted != NULL)
        assert_string_equal(text, wanted);
}

static void assert_text(ovf_str text, const char *wanted)
{
    if (wanted != NULL && !ovf_str_eq(text, ovf_str_of(wanted)))
        fail_msg("\"" OVF_FMT "\", wanted \"%s\"", OVF_ARG(text), wanted);
}

static void check_volume(const struct row *row, const ovf_airspace_volume *volume, ovf_arena *arena)
{
    assert_text(volume->facts.ident, row->ident);
    assert_text(volume->facts.kind, row->kind);
    assert_text(volume->facts.klass, row->klass);
    assert_level(volume->facts.lower, row->lower);
    assert_level(volume->facts.upper, row->upper);
    const double pi = acos(-1.0);
    double wanted_m2 = row->radius_nm > 0.0 ? pi * pow(row->radius_nm * 1852.0, 2.0)
                                            : zone_m2(row->zone[0], row->zone[1], row->zone[2]);
    if (row->share > 0.0) {
        double is_m2 = surface_m2(arena, volume->area);
        if (fabs(is_m2 / (wanted_m2 * row->share) - 1.0) > (row->radius_nm > 0.0 ? 5e-3 : 1e-5))
            fail_msg("%.0f m2, wanted %.0f", is_m2, wanted_m2 * row->share);
    }
    if (!isnan(row->in.lat_deg))
        assert_int_equal(ovf_area_contains(volume->area, row->in), OVF_TRI_YES);
    if (!isnan(row->out.lat_deg))
        assert_int_equal(ovf_area_contains(volume->area, row->out), OVF_TRI_NO);
}

static void reads(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_airspace_set set = {0};
    ovf_error err = {0};
    ovf_str text = ovf_str_of(row->text);
    assert_int_equal(ovf_airspaces_read(text, OVF_AIRSPACE_ANY, NULL, &arena, &set, &err),
                     row->status);
    if (row->status == OVF_OK) {
        if (set.count != row->count && set.findings.count > 0)
            print_message(OVF_FMT "\n", OVF_ARG(set.findings.items[0].message));
        assert_int_equal(set.features, row->features);
        assert_int_equal(set.count, row->count);
        assert_int_equal(set.bad, row->bad);
        assert_int_equal(set.left_out, row->left_out);
        if (row->finding != NULL
            && ovf_str_find(set.findings.items[0].message, 0, ovf_str_of(row->finding))
                   == OVF_NOPOS)
            fail_msg(OVF_FMT, OVF_ARG(set.findings.items[0].message));
        assert_int_equal(set.findings.count > 0, row->bad > 0);
        if (row->count > 0)
            check_volume(row, &set.items[0], &arena);
    } else {
        assert_true(err.reason[0] != '\0');
        assert_true(err.pos == OVF_NOPOS || err.pos <= text.len);
    }
    ovf_arena_done(&arena);
}

static int run_rows(const char *name, struct row *rows, size_t count, CMUnitTestFunction more)
{
    struct CMUnitTest *tests = calloc(count + 1, sizeof *tests);
    if (tests == NULL)
        return 1;
    for (size_t i = 0; i < count; i++)
        tests[i] = (struct CMUnitTest){rows[i].name, reads, NULL, NULL, &rows[i]};
    if (more != NULL)
        tests[count] = (struct CMUnitTest){"ceilings", more, NULL, NULL, NULL};
    int failed = _cmocka_run_group_tests(name, tests, count + (more != NULL), NULL, NULL);
    free(tests);
    return failed;
}

#endif
