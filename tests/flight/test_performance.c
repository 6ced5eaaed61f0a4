/* SPDX-License-Identifier: Apache-2.0 */
/* The table of performance: the standard atmosphere behind it, climbs against published times, every
 * row within reason, which row a flight takes, and the same types as OpenAP has them (its folder
 * lies beside the source tree; without it that test is skipped). Argument: that folder. */
#include <overfly/atmosphere.h>
#include <overfly/performance.h>

#include <ctype.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *folder;

/* ICAO Doc 7488, tables of pressure altitude. */
static struct isa_row {
    const char *name;
    double level_ft, pressure_hpa, temperature_k, sound_kt;
} isa_rows[] = {
    {"ISA at sea level", 0, 1013.25, 288.15, 661.48},
    {"ISA at FL050", 5000, 843.07, 278.24, 650.0},
    {"ISA at FL100", 10000, 696.82, 268.34, 638.3},
    {"ISA at FL200", 20000, 465.63, 248.53, 614.3},
    {"ISA at FL300", 30000, 300.90, 228.71, 589.3},
    {"ISA at FL400", 40000, 187.54, 216.65, 573.6},
    {"ISA at FL500", 50000, 115.97, 216.65, 573.6},
};

static void is_standard(void **state)
{
    const struct isa_row *row = *state;
    assert_true(fabs(ovf_isa_pressure_hpa(row->level_ft) - row->pressure_hpa) < 0.03);
    assert_true(fabs(ovf_isa_temperature_k(row->level_ft) - row->temperature_k) < 0.02);
    assert_true(fabs(ovf_isa_sound_kt(row->level_ft) - row->sound_kt) < 0.3);
    assert_true(fabs(ovf_isa_level_ft(row->pressure_hpa) - row->level_ft) < 3.0);
}

/* Mach 0.78, 0.80, 0.84 and 0.85 above the tropopause are 447, 459, 482 and 488 kt, as flight plans
 * have them; 250 kt calibrated at FL100 are 288 kt true by any flight computer. */
static void speeds_are_true(void **state)
{
    OVF_UNUSED(state);
    assert_true(fabs(ovf_tas_of_mach_kt(0.78, 38000) - 447) < 0.6);
    assert_true(fabs(ovf_tas_of_mach_kt(0.80, 38000) - 459) < 0.6);
    assert_true(fabs(ovf_tas_of_mach_kt(0.84, 38000) - 482) < 0.6);
    assert_true(fabs(ovf_tas_of_mach_kt(0.85, 38000) - 488) < 0.6);
    assert_true(fabs(ovf_tas_of_cas_kt(250, 10000) - 288) < 1.0);
    assert_true(fabs(ovf_tas_of_cas_kt(250, 0) - 250) < 0.01);
    // The slower of the two holds.
    assert_true(fabs(ovf_tas_of_schedule_kt(290, 0.78, 39000) - 447.4) < 0.6);
    assert_true(fabs(ovf_tas_of_schedule_kt(290, 0.78, 0) - 290) < 0.01);
}

/* Times to climb at the greatest mass, as the manufacturers' brochures give them. A table for the
 * flights of every day may be quicker by a quarter. */
static struct climb_row {
    const char *type;
    double level_ft, minutes;
} climb_rows[] = {
    {"C25B", 45000, 27}, {"C56X", 45000, 29}, {"C68A", 43000, 23}, {"E55P", 45000, 26},
    {"TBM9", 31000, 18.75}, {"AT76", 17000, 17.5}, {"A320", 35000, 23}, {"C172", 10000, 17.5},
};

static void climbs_as_published(void **state)
{
    const struct climb_row *row = *state;
    static const double limits_ft[] = {0, OVF_PERFORMANCE_LOW_FT, OVF_PERFORMANCE_MIDDLE_FT, 1e9};
    const ovf_performance *p = ovf_performance_find(ovf_str_of(row->type));
    assert_non_null(p);
    double minutes = 0;
    for (int i = 0; i < 3; i++) {
        double part_ft = fmin(row->level_ft, limits_ft[i + 1]) - limits_ft[i];
        minutes += fmax(0, part_ft) / p->climb_ft_per_min[i];
    }
    print_message("%s to FL%.0f: %.1f min, published %.1f\n", row->type, row->level_ft / 100,
                  minutes, row->minutes);
    assert_true(minutes < 1.25 * row->minutes && minutes > 0.75 * row->minutes);
}

static void rows_are_within_reason(void **state)
{
    OVF_UNUSED(state);
    size_t count = 0;
    const ovf_performance *rows = ovf_performance_rows(&count);
    size_t types = 0;
    for (size_t i = 0; i < count; i++) {
        const ovf_performance *p = &rows[i];
        types += p->designator[0] != '*';
        assert_ptr_equal(ovf_performance_find(ovf_str_of(p->designator)), p);
        for (int k = 0; k < 3; k++) {
            // 1 to 10 degrees up; jets but fighters no more than 8.
            assert_true(p->climb[k].ft_per_m > 0.05 && p->climb[k].ft_per_m < 0.75);
            assert_true(p->climb[k].speed_mps > 20 && p->climb[k].speed_mps < 275);
        }
        for (int k = 0; k < 2; k++)
            assert_true(p->descent[k].ft_per_m > 0.1 && p->descent[k].ft_per_m < 0.25);
        // The cruise that the Mach number gives at the usual level is the one that stands there.
        if (p->cruise_mach > 0 && p->usual_to_ft >= 30000)
            assert_true(fabs(ovf_tas_of_mach_kt(p->cruise_mach, p->usual_to_ft) - p->cruise_kt)
                        < 16.0);
        assert_true(p->engine != 'J' || p->craft == 'L');
    }
    assert_true(types >= 40);
}

static struct choice_row {
    const char *name;
    const char *type, *wake;
    int32_t speed_kt, level_ft;
    ovf_performance_basis basis;
    const char *row; /* NULL: none */
} choice_rows[] = {
    {"its own row", "A320", "M", 450, 35000, OVF_PERFORMANCE_TYPE, "A320"},
    {"a heavy of no row", "A225", "J", 430, 33000, OVF_PERFORMANCE_FAMILY, "*JJ"},
    {"a heavy jet", "B703", "H", 460, 33000, OVF_PERFORMANCE_FAMILY, "*HJ"},
    {"a heavy turboprop", "A50", "H", 320, 25000, OVF_PERFORMANCE_FAMILY, "*HT"},
    {"a medium jet by its speed", "YK42", "M", 420, 30000, OVF_PERFORMANCE_FAMILY, "*MJ"},
    {"a medium jet by its level", "LJ23", "M", 0, 37000, OVF_PERFORMANCE_FAMILY, "*MJ"},
    {"a medium turboprop", "AN32", "M", 250, 20000, OVF_PERFORMANCE_FAMILY, "*MT"},
    {"a light jet", "LJ24", "L", 420, 39000, OVF_PERFORMANCE_FAMILY, "*LJ"},
    {"a light turboprop", "MU2", "L", 280, 22000, OVF_PERFORMANCE_FAMILY, "*LT"},
    {"a light piston", "PA24", "L", 140, 8000, OVF_PERFORMANCE_FAMILY, "*LP"},
    {"a light one that tells nothing", "PA24", "L", 0, 0, OVF_PERFORMANCE_PLAIN, NULL},
    {"a medium one that tells nothing", "YK42", "M", 0, 0, OVF_PERFORMANCE_PLAIN, NULL},
    {"no wake category", "YK42", "", 420, 30000, OVF_PERFORMANCE_PLAIN, NULL},
    {"nothing at all", "", "", 0, 0, OVF_PERFORMANCE_PLAIN, NULL},
    {"no type is named as a family", "*HJ", "", 0, 0, OVF_PERFORMANCE_PLAIN, NULL},
    {"too long for a type", "A320A", "M", 450, 35000, OVF_PERFORMANCE_FAMILY, "*MJ"},
};

static void chooses(void **state)
{
    const struct choice_row *row = *state;
    ovf_performance_basis basis = OVF_PERFORMANCE_TYPE;
    const ovf_performance *p = ovf_performance_for(ovf_str_of(row->type), ovf_str_of(row->wake),
                                                   row->speed_kt, row->level_ft, &basis);
    assert_int_equal(basis, row->basis);
    assert_int_equal(p == NULL, row->row == NULL);
    if (p != NULL)
        assert_string_equal(p->designator, row->row);
}

/* ---- OpenAP ---- */

/* The value behind "key:" in a file of such lines, after the line `under` when that is given. */
static double value_in(const char *text, const char *under, const char *key)
{
    const char *at = under != NULL ? strstr(text, under) : text;
    if (at != NULL)
        at = strstr(at, key);
    return at != NULL ? strtod(at + strlen(key), NULL) : (double)NAN;
}

/* The best estimate of a variable in a table of climbs and descents: the number behind its name. */
static double estimate_in(const char *text, const char *name)
{
    const char *at = strstr(text, name);
    while (at != NULL && *at != '\n' && !(isdigit((unsigned char)*at) && at[-1] == ' '))
        at++;
    return at != NULL && *at != '\n' ? strtod(at, NULL) : (double)NAN;
}

static bool read_text(const char *part, const char *type, const char *end, char *out, size_t size)
{
    char path[1024];
    char name[8] = "";
    for (size_t i = 0; type[i] != '\0'; i++)
        name[i] = (char)tolower((unsigned char)type[i]);
    snprintf(path, sizeof(path), "%s/%s/%s.%s", folder, part, name, end);
    FILE *in = fopen(path, "r");
    if (in == NULL)
        return false;
    out[fread(out, 1, size - 1, in)] = '\0';
    fclose(in);
    return true;
}

static size_t compared, strayed;

static void near(const char *type, const char *what, double ours, double theirs, double share)
{
    if (!isfinite(theirs) || theirs <= 0)
        return;
    compared++;
    if (fabs(ours - theirs) <= share * theirs)
        return;
    strayed++;
    print_message("%s %s: %.4g, OpenAP %.4g\n", type, what, ours, theirs);
}

static void agrees_with_openap(void **state)
{
    OVF_UNUSED(state);
    static char text[20000];
    size_t count = 0;
    const ovf_performance *rows = ovf_performance_rows(&count);
    for (size_t i = 0; i < count; i++) {
        const ovf_performance *p = &rows[i];
        if (read_text("aircraft", p->designator, "yml", text, sizeof(text))) {
            near(p->designator, "ceiling ft", p->ceiling_ft,
                 value_in(text, NULL, "\nceiling:") / 0.3048, 0.04);
            near(p->designator, "cruise Mach", p->cruise_mach, value_in(text, "cruise:", "mach:"),
                 0.04);
        }
        if (!read_text("wrap", p->designator, "txt", text, sizeof(text)))
            continue;
        const double fpm = 196.8504;
        const double kt = 1.943844;
        near(p->designator, "climb kt", p->climb_ias_kt, kt * estimate_in(text, "cl_v_cas_const"), 0.06);
        near(p->designator, "climb Mach", p->climb_mach, estimate_in(text, "cl_v_mach_const"), 0.04);
        near(p->designator, "ft/min to FL100", p->climb_ft_per_min[0],
             fpm * estimate_in(text, "cl_vs_avg_pre_cas"), 0.3);
        near(p->designator, "ft/min to FL240", p->climb_ft_per_min[1],
             fpm * estimate_in(text, "cl_vs_avg_cas_const"), 0.3);
        near(p->designator, "ft/min above", p->climb_ft_per_min[2],
             fpm * estimate_in(text, "cl_vs_avg_mach_const"), 0.3);
        near(p->designator, "descent kt", p->descent_ias_kt,
             kt * estimate_in(text, "de_v_cas_const"), 0.06);
        near(p->designator, "descent Mach", p->descent_mach, estimate_in(text, "de_v_mach_const"),
             0.04);
    }
    if (compared == 0)
        skip();
    print_message("%zu figures compared, %zu stray\n", compared, strayed);
    assert_true(compared > 100 && strayed * 20 < compared);
}

int main(int argc, char **argv)
{
    folder = argc > 1 ? argv[1] : "/nowhere";
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(speeds_are_true),
        cmocka_unit_test(rows_are_within_reason),
        cmocka_unit_test(agrees_with_openap),
    };
    struct CMUnitTest tests[OVF_COUNTOF(isa_rows) + OVF_COUNTOF(climb_rows)
                            + OVF_COUNTOF(choice_rows) + OVF_COUNTOF(others)];
    size_t n = 0;
    for (size_t i = 0; i < OVF_COUNTOF(isa_rows); i++)
        tests[n++] = (struct CMUnitTest){isa_rows[i].name, is_standard, NULL, NULL, &isa_rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(climb_rows); i++)
        tests[n++] = (struct CMUnitTest){climb_rows[i].type, climbs_as_published, NULL, NULL,
                                         &climb_rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(choice_rows); i++)
        tests[n++] = (struct CMUnitTest){choice_rows[i].name, chooses, NULL, NULL, &choice_rows[i]};
    memcpy(tests + n, others, sizeof(others));
    return _cmocka_run_group_tests("performance", tests, OVF_COUNTOF(tests), NULL, NULL);
}
