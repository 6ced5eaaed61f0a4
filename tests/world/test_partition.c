/* SPDX-License-Identifier: Apache-2.0 */
/* The proof that FIRs part the globe, on small worlds: two polar caps and four blocks between them,
 * one across the 180th meridian. Expected surfaces: zones of the ellipsoid in closed form (J. P.
 * Snyder, Map projections, a working manual, 1987, equation 3-12). */
#include <overfly/world.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define HEAD(code, more)                                                               \
    "fir " code "\nname " code "\nkind fir\nstate AAA\n" more "confidence published\n" \
    "source made up\nlimit\n"
#define ALL_UP "lower SFC\nupper UNL\n"

#define NORTH                                                                                    \
    HEAD("XANN", ALL_UP)                                                                         \
    "point 30 00 N 045 00 E\nparallel to 135 00 E\nparallel to 135 00 W\nparallel to 045 00 W\n" \
    "parallel to origin\nend\n"
#define SOUTH                                                                                    \
    HEAD("XASS", ALL_UP)                                                                         \
    "point 30 00 S 045 00 E\nparallel to 045 00 W\nparallel to 135 00 W\nparallel to 135 00 E\n" \
    "parallel to origin\nend\n"
/* From the meridian `west` to `east`, 30 S to `top`. */
#define BLOCK(code, more, west, east, top)                                                      \
    HEAD(code, more)                                                                            \
    "point 30 00 S " west "\nparallel to " east "\nmeridian to " top "\nparallel to " west "\n" \
    "meridian to 30 00 S\nend\n"

#define EAST BLOCK("XAEE", ALL_UP, "045 00 E", "135 00 E", "30 00 N")
#define PACIFIC BLOCK("XAPP", ALL_UP, "135 00 E", "135 00 W", "30 00 N")
#define WEST BLOCK("XAWW", ALL_UP, "135 00 W", "045 00 W", "30 00 N")
#define MIDDLE BLOCK("XAMM", ALL_UP, "045 00 W", "045 00 E", "30 00 N")
#define REST NORTH SOUTH EAST WEST MIDDLE

struct defect {
    ovf_partition_kind kind;
    const char *codes;
    double south_deg, north_deg, width_deg; /* its surface */
    const char *lower, *upper;
    bool is_declared;
};

static struct row {
    const char *name;
    const char *text;
    size_t unmatched; /* edges; SIZE_MAX: not asked */
    struct defect defects[3];
} rows[] = {
    {"the whole globe", REST PACIFIC, 0, {{0}}},
    {"a block is missing across 180",
     REST,
     4,
     {{OVF_PARTITION_GAP, "XAEE XANN XASS XAWW", -30, 30, 90, "SFC", "UNL", false}}},
    {"a block is a degree short",
     REST BLOCK("XAPP", ALL_UP, "135 00 E", "135 00 W", "29 00 N"),
     6,
     {{OVF_PARTITION_GAP, "XAEE XANN XAPP XAWW", 29, 30, 90, "SFC", "UNL", false}}},
    {"a block reaches too far north",
     REST BLOCK("XAPP", ALL_UP, "135 00 E", "135 00 W", "31 00 N"),
     6,
     {{OVF_PARTITION_OVERLAP, "XANN XAPP", 30, 31, 90, "SFC", "UNL", false}}},
    {"a declared overlap",
     REST BLOCK("XAPP", "overlaps XANN\n" ALL_UP, "135 00 E", "135 00 W", "31 00 N"),
     6,
     {{OVF_PARTITION_OVERLAP, "XANN XAPP", 30, 31, 90, "SFC", "UNL", true}}},
    {"an overlap declared with another",
     REST BLOCK("XAPP", "overlaps XASS\n" ALL_UP, "135 00 E", "135 00 W", "31 00 N"),
     6,
     {{OVF_PARTITION_OVERLAP, "XANN XAPP", 30, 31, 90, "SFC", "UNL", false}}},
    {"two outlines of one place",
     REST PACIFIC BLOCK("XAQQ", ALL_UP, "135 00 E", "135 00 W", "30 00 N"),
     12,
     {{OVF_PARTITION_OVERLAP, "XAPP XAQQ", -30, 30, 90, "SFC", "UNL", false}}},
    {"a FIR above another",
     REST BLOCK("XAPP", "lower SFC\nupper FL245\n", "135 00 E", "135 00 W", "30 00 N")
         BLOCK("XAPQ", "lower FL245\nupper UNL\n", "135 00 E", "135 00 W", "30 00 N"),
     0,
     {{0}}},
    {"nothing between two levels",
     REST BLOCK("XAPP", "lower SFC\nupper FL195\n", "135 00 E", "135 00 W", "30 00 N")
         BLOCK("XAPQ", "lower FL245\nupper UNL\n", "135 00 E", "135 00 W", "30 00 N"),
     4,
     {{OVF_PARTITION_GAP, "XAEE XANN XASS XAWW", -30, 30, 90, "FL195", "FL245", false}}},
    {"both between two levels",
     REST BLOCK("XAPP", "lower SFC\nupper FL285\n", "135 00 E", "135 00 W", "30 00 N")
         BLOCK("XAPQ", "lower FL245\nupper UNL\n", "135 00 E", "135 00 W", "30 00 N"),
     12,
     {{OVF_PARTITION_OVERLAP, "XAPP XAPQ", -30, 30, 90, "FL245", "FL285", false}}},
    {"a point more on one side of a parallel",
     REST HEAD("XAPP", ALL_UP) "point 30 00 S 135 00 E\nparallel to 180 00 E\n"
                               "parallel to 135 00 W\nmeridian to 30 00 N\nparallel to 135 00 E\n"
                               "meridian to origin\nend\n",
     3,
     {{0}}},
    {"a hole",
     NORTH SOUTH EAST WEST MIDDLE HEAD(
         "XAPP",
         ALL_UP) "point 30 00 S 135 00 E\nparallel to 135 00 W\nmeridian to 30 00 N\n"
                 "parallel to 135 00 E\nmeridian to origin\nlimit\npoint 10 00 N 170 00 E\n"
                 "parallel to 170 00 W\nmeridian to 12 00 N\nparallel to 170 00 E\nmeridian to origin\nend\n",
     4,
     {{OVF_PARTITION_GAP, "XAPP", 10, 12, 20, "SFC", "UNL", false}}},
    {"the hole is another FIR",
     NORTH SOUTH EAST WEST MIDDLE HEAD(
         "XAPP",
         ALL_UP) "point 30 00 S 135 00 E\nparallel to 135 00 W\nmeridian to 30 00 N\n"
                 "parallel to 135 00 E\nmeridian to origin\nlimit\npoint 10 00 N 170 00 E\n"
                 "parallel to 170 00 W\nmeridian to 12 00 N\nparallel to 170 00 E\nmeridian to origin\nend\n" HEAD(
                     "XAPQ",
                     ALL_UP) "point 10 00 N 170 00 E\nmeridian to 12 00 N\n"
                             "parallel to 170 00 W\nmeridian to 10 00 N\nparallel to origin\nend\n",
     0,
     {{0}}},
    {"no north",
     SOUTH EAST WEST MIDDLE PACIFIC,
     4,
     {{OVF_PARTITION_GAP, "XAEE XAMM XAPP XAWW", 30, 90, 360, "SFC", "UNL", false}}},
    {"sectors that meet at the pole",
     SOUTH EAST WEST MIDDLE PACIFIC HEAD(
         "XANA", ALL_UP) "point 30 00 N 045 00 W\nparallel to 045 00 E\n"
                         "point 90 00 N 000 00 E\ngeodesic to origin\nend\n" HEAD(
                             "XANB", ALL_UP) "point 30 00 N 045 00 E\nparallel to 135 00 E\n"
                                             "parallel to 135 00 W\nparallel to 045 00 W\n"
                                             "point 90 00 N 180 00 E\ngeodesic to origin\nend\n",
     0,
     {{0}}},
    {"nothing at all", "", 0, {{OVF_PARTITION_GAP, "", -90, 90, 360, "SFC", "UNL", false}}},
};

static char folder[] = "partition-test-XXXXXX";

static void write_file(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

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

static void finds(void **state)
{
    const struct row *row = *state;
    char out[256];
    snprintf(out, sizeof out, "%s/out.world", folder);
    write_file("fir/a.fir", row->text);
    ovf_error err = {0};
    if (ovf_world_build(folder, out, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    ovf_world *world = NULL;
    assert_int_equal(ovf_world_open(out, &world, &err), OVF_OK);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_partition partition = {0};
    assert_int_equal(ovf_world_partition(world, 1e4, &arena, &partition, &err), OVF_OK);
    assert_true(fabs(partition.globe_m2 / zone_m2(-90, 90, 360) - 1.0) < 1e-9);
    size_t count = 0;
    while (count < OVF_COUNTOF(row->defects) && row->defects[count].codes != NULL)
        count++;
    assert_int_equal(partition.count, count);
    double sum_m2 = 0.0;
    for (size_t i = 0; i < count; i++) {
        const ovf_partition_finding *finding = &partition.findings[i];
        const struct defect *defect = &row->defects[i];
        double wanted_m2 = zone_m2(defect->south_deg, defect->north_deg, defect->width_deg);
        char lower[32], upper[32];
        ovf_level_format(finding->lower, lower, sizeof lower);
        ovf_level_format(finding->upper, upper, sizeof upper);
        assert_int_equal(finding->kind, defect->kind);
        assert_true(ovf_str_eq(finding->codes, ovf_str_of(defect->codes)));
        assert_true(fabs(finding->area_m2 - wanted_m2) < 1e-6 * wanted_m2);
        assert_string_equal(lower, defect->lower);
        assert_string_equal(upper, defect->upper);
        assert_int_equal(finding->is_declared, defect->is_declared);
        assert_true(finding->place.lat_deg > defect->south_deg
                    && finding->place.lat_deg < defect->north_deg);
        sum_m2 += defect->is_declared ? 0.0 : wanted_m2;
    }
    assert_true(fabs(partition.worst_m2 - sum_m2) < 1e-6 * partition.globe_m2 * 1e-3);
    if (row->unmatched != SIZE_MAX)
        assert_int_equal(partition.unmatched_edges, row->unmatched);
    ovf_arena_done(&arena);
    ovf_world_free(world);
    remove(out);
}

static int make_folder(void **state)
{
    OVF_UNUSED(state);
    if (mkdtemp(folder) == NULL)
        return -1;
    char path[256];
    snprintf(path, sizeof path, "%s/fir", folder);
    if (mkdir(path, 0777) != 0)
        return -1;
    write_file("states.txt", "AAA\tAA\tAland\tAlander\tXA\tAAA\t-\t-\t-\t-\n");
    return 0;
}

static int remove_folder(void **state)
{
    OVF_UNUSED(state);
    static const char *const names[] = {"fir/a.fir", "fir", "states.txt"};
    for (size_t i = 0; i < OVF_COUNTOF(names); i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        remove(path);
    }
    return rmdir(folder);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, finds, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("partition", tests, OVF_COUNTOF(tests), make_folder,
                                   remove_folder);
}
