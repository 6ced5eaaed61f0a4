/* SPDX-License-Identifier: Apache-2.0 */
/* The world file: built out of small tables in a folder of its own, damaged in every way, and bad
 * rows with their place. argv[1] is the compiled world. */
#include <overfly/world.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "world-test-XXXXXX";

static const char states_text[] = "# Source: made up\n"
                                  "AAA\tAA\tAland\tAlander\tXA\tAAA\teu\tA-LAND|OLD A\t-\t-\n"
                                  "BBB\tBB\tBland\tBlandish\tXB\tAAA\t-\t-\t-\t-\n";

static void write_file(const char *name, const char *text, size_t len)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void remove_file(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    remove(path);
}

/* ---- bad rows ---- */

static struct row {
    const char *name;
    const char *file;
    const char *text;
    const char *start; /* of the reason; NULL: it builds */
} rows[] = {
    {"a good airport", "airports.txt", "# c\nXAAA\tAAA\tName\tCity\tAAA\t1.5\t-2.5\t33\n", NULL},
    {"too few fields", "airports.txt", "# c\n\nXAAA\tAAA\tName\n", "airports.txt:3:14: expected 8"},
    {"airport of no State", "airports.txt", "XAAA\t-\tName\t-\tZZZ\t1.5\t-2.5\t-\n",
     "airports.txt:1:15: expected an ISO3 code"},
    {"latitude beyond the pole", "airports.txt", "XAAA\t-\tName\t-\tAAA\t91\t-2.5\t-\n",
     "airports.txt:1:19: expected a latitude"},
    {"longitude in words", "airports.txt", "XAAA\t-\tName\t-\tAAA\t9\twest\t-\n",
     "airports.txt:1:21: expected a longitude"},
    {"elevation in words", "airports.txt", "XAAA\t-\tName\t-\tAAA\t9\t9\thigh\n",
     "airports.txt:1:23: expected an elevation"},
    {"fix of no kind", "fixes.txt", "ABC\tmdb\t1\t2\ts\n", "fixes.txt:1:5: expected fix, vor"},
    {"designator of two letters", "operators.txt", "AB\t-\tName\t-\tAAA\t-\ts\n",
     "operators.txt:1:1: expected a designator"},
    {"designator with a digit", "operators.txt", "A1B\t-\tName\t-\tAAA\t-\ts\n",
     "operators.txt:1:1: expected a designator"},
    {"kind of operator", "operators.txt", "ABC\t-\tName\t-\tAAA\tairline\ts\n",
     "operators.txt:1:18: expected \"state\""},
    {"form with a hyphen", "registrations.txt", "X\tAAA\t@-@\t-\n",
     "registrations.txt:1:8: expected capitals"},
    {"form that ends in a bar", "registrations.txt", "X\tAAA\t@|\t-\n",
     "registrations.txt:1:8: expected capitals"},
    {"mark that begins with a digit's sign", "registrations.txt", "@X\tAAA\t@\t-\n",
     "registrations.txt:1:1: expected a capital"},
    {"small letter in a mark", "registrations.txt", "Xa\tAAA\t-\t-\n",
     "registrations.txt:1:2: expected a capital"},
    {"address not hexadecimal", "addresses.txt", "00000G\t000010\tAAA\t-\n",
     "addresses.txt:1:1: expected six"},
    {"addresses backwards", "addresses.txt", "000010\t000001\tAAA\t-\n",
     "addresses.txt:1:8: expected six"},
    {"State with a wrong flag", "states.txt", "AAA\tAA\tA\tA\tXA\tAAA\teuropean\t-\t-\t-\n",
     "states.txt:1:19: expected eu"},
    {"sovereign that is not there", "states.txt", "AAA\tAA\tA\tA\tXA\tQQQ\t-\t-\t-\t-\n",
     "states.txt:1:15: expected an ISO3"},
    {"State given twice", "states.txt",
     "AAA\tAA\tA\tA\tXA\tAAA\t-\t-\t-\t-\nAAA\tAA\tA\tA\tXA\tAAA\t-\t-\t-\t-\n",
     "states.txt:1:1: code given twice"},
    {"surface out of turn", "terrain/cells.txt", "-89\t0/1*360\n",
     "terrain/cells.txt:1:1: expected the next degree"},
    {"surface with too few cells", "terrain/cells.txt", "-90\t0/1*359\n",
     "terrain/cells.txt:1:12: expected 360 cells"},
    {"surface with too many cells", "terrain/cells.txt", "-90\t0/1*359 0/2 0/3\n",
     "terrain/cells.txt:1:20: more than 360"},
    {"surface upside down", "terrain/cells.txt", "-90\t2/1*360\n",
     "terrain/cells.txt:1:7: expected floor/ceiling"},
    {"surface above the highest", "terrain/cells.txt", "-90\t0/301*360\n",
     "terrain/cells.txt:1:7: expected floor/ceiling"},
    {"surface of one row", "terrain/cells.txt", "-90\t0/1*360\n",
     "terrain/cells.txt: expected 180 rows, found 1"},
    {"vertex in words", "outline/arcs.txt", "step\t0.001\nlat0\t-85\ncolumns\t99999\n1\t1 2 3 x\n",
     "outline/arcs.txt:4:7: expected two"},
    {"arc out of turn", "outline/arcs.txt", "step\t0.001\nlat0\t-85\ncolumns\t99999\n2\t1 2 3 4\n",
     "outline/arcs.txt:4:1: expected the next"},
    {"arc before its unit", "outline/arcs.txt", "1\t1 2 3 4\n",
     "outline/arcs.txt:1:1: expected step"},
};

static void reads_rows(void **state)
{
    const struct row *row = *state;
    char out[256];
    snprintf(out, sizeof out, "%s/out.world", folder);
    write_file("states.txt", states_text, sizeof states_text - 1);
    write_file(row->file, row->text, strlen(row->text));
    ovf_error err = {0};
    ovf_status status = ovf_world_build(folder, out, &err);
    remove_file(row->file);
    if (row->start == NULL) {
        assert_int_equal(status, OVF_OK);
        return;
    }
    assert_int_equal(status, OVF_E_SYNTAX);
    assert_memory_equal(err.reason, row->start, strlen(row->start));
}

/* A bad build leaves the file that was there. */
static void bad_build_keeps_the_file(void **state)
{
    OVF_UNUSED(state);
    char out[256];
    snprintf(out, sizeof out, "%s/kept.world", folder);
    write_file("states.txt", states_text, sizeof states_text - 1);
    ovf_error err = {0};
    assert_int_equal(ovf_world_build(folder, out, &err), OVF_OK);
    write_file("fixes.txt", "bad\n", 4);
    assert_int_equal(ovf_world_build(folder, out, &err), OVF_E_SYNTAX);
    remove_file("fixes.txt");
    ovf_world *world = NULL;
    assert_int_equal(ovf_world_open(out, &world, &err), OVF_OK);
    assert_int_equal(ovf_world_state_count(world), 2);
    assert_int_equal(ovf_world_find_state(world, OVF_STR("old a")), 0);
    assert_int_equal(ovf_world_sovereign(world, 1), 0);
    assert_int_equal(ovf_area_kind_of(ovf_world_territory(world, 0)), OVF_AREA_EMPTY);
    assert_true(ovf_world_whose(world, (ovf_point){1, 2}).is_high_seas);
    assert_int_equal(ovf_world_fir_count(world), 0);
    assert_int_equal(ovf_world_rule_count(world), 0);
    assert_false(ovf_world_surface_at(world, (ovf_point){1, 2}).is_known); // no table, no bound
    ovf_world_free(world);
    remove(out);
}

/* A square of one degree in the sea: its territory reaches 12 NM beyond it, no more. */
static void sea_round_a_square(void **state)
{
    OVF_UNUSED(state);
    char out[256], outline[256];
    snprintf(out, sizeof out, "%s/square.world", folder);
    snprintf(outline, sizeof outline, "%s/outline", folder);
    mkdir(outline, 0700);
    static const char states[] = "AAA\tAA\tAland\tA\tXA\tAAA\t-\t-\tsq\t-\n";
    static const char arcs[] =
        "step\t0.01\nlat0\t0\ncolumns\t36000\n1\t18000 0 100 0 0 100 -100 0 0 -100\n";
    static const char polygons[] = "sq\tSquare\t1\n";
    write_file("states.txt", states, sizeof states - 1);
    write_file("outline/arcs.txt", arcs, sizeof arcs - 1);
    write_file("outline/states.txt", polygons, sizeof polygons - 1);
    ovf_error err = {0};
    ovf_world *world = NULL;
    assert_int_equal(ovf_world_build(folder, out, &err), OVF_OK);
    assert_int_equal(ovf_world_open(out, &world, &err), OVF_OK);
    /* 0.2 degrees of latitude are 22,115 m at the equator (WGS84), 12 NM are 22,224 m. */
    const ovf_area *territory = ovf_world_territory(world, 0);
    assert_int_equal(ovf_area_contains(territory, (ovf_point){1.2, 0.5}), OVF_TRI_YES);
    assert_int_equal(ovf_area_contains(territory, (ovf_point){1.202, 0.5}), OVF_TRI_NO);
    assert_int_equal(ovf_area_contains(territory, (ovf_point){-0.2, 0.5}), OVF_TRI_YES);
    assert_int_equal(ovf_area_contains(territory, (ovf_point){0.5, -0.199}), OVF_TRI_YES);
    assert_int_equal(ovf_area_contains(territory, (ovf_point){0.5, -0.201}), OVF_TRI_NO);
    assert_int_equal(ovf_area_contains(territory, (ovf_point){1.18, 1.18}), OVF_TRI_NO);
    assert_int_equal(ovf_area_contains(ovf_world_land(world, 0), (ovf_point){1.1, 0.5}),
                     OVF_TRI_NO);
    ovf_world_free(world);
    remove(out);
    remove_file("outline/arcs.txt");
    remove_file("outline/states.txt");
    write_file("states.txt", states_text, sizeof states_text - 1);
}

/* ---- damage ---- */

static char *whole;
static size_t whole_bytes;

static struct damage {
    const char *name;
    size_t at; /* byte to change, from the end when from_end */
    bool from_end;
    size_t cut; /* bytes to cut off */
    const char *reason;
} damages[] = {
    {"magic", 0, false, 0, "world file: not one (its first bytes are others)"},
    {"version", 8, false, 0,
     "world file: version 251, this program reads version 4; build it anew"},
    {"count of sections", 12, false, 0, "world file: not the sections of this version"},
    {"length", 16, false, 0, "world file: "},
    {"checksum", 24, false, 0, "world file: damaged (the checksum does not fit)"},
    {"section table", 40, false, 0, "world file: damaged (the checksum does not fit)"},
    {"a text", 600, false, 0, "world file: damaged (the checksum does not fit)"},
    {"the last byte but a few", 16, true, 0, "world file: damaged (the checksum does not fit)"},
    {"one byte missing", 0, false, 1, "world file: "},
    {"half of it missing", 0, false, SIZE_MAX, "world file: "},
    {"only the magic", 0, false, SIZE_MAX - 1, "world file: too short to be one"},
};

static void refuses_damage(void **state)
{
    const struct damage *damage = *state;
    char *copy = malloc(whole_bytes);
    assert_non_null(copy);
    memcpy(copy, whole, whole_bytes);
    size_t bytes = damage->cut == SIZE_MAX       ? whole_bytes / 2
                   : damage->cut == SIZE_MAX - 1 ? 8
                                                 : whole_bytes - damage->cut;
    if (damage->cut == 0) {
        size_t at = damage->from_end ? whole_bytes - damage->at : damage->at;
        copy[at] = (char)(copy[at] ^ 0xff);
    }
    write_file("damaged.world", copy, bytes);
    free(copy);
    char path[256];
    snprintf(path, sizeof path, "%s/damaged.world", folder);
    ovf_world *world = NULL;
    ovf_error err = {0};
    assert_int_equal(ovf_world_open(path, &world, &err), OVF_E_CORRUPT);
    assert_memory_equal(err.reason, damage->reason, strlen(damage->reason));
    assert_null(world);
    remove(path);
}

static void refuses_what_is_no_file(void **state)
{
    OVF_UNUSED(state);
    ovf_world *world = NULL;
    ovf_error err = {0};
    assert_int_equal(ovf_world_open("no-such-file.world", &world, &err), OVF_E_IO);
    assert_int_equal(ovf_world_open(folder, &world, &err), OVF_E_IO);
    assert_int_equal(ovf_world_build("no-such-folder", "x.world", &err), OVF_E_NOT_FOUND);
}

static int set_up(void **state)
{
    OVF_UNUSED(state);
    if (mkdtemp(folder) == NULL)
        return -1;
    char path[256];
    snprintf(path, sizeof path, "%s/terrain", folder);
    if (mkdir(path, 0700) != 0)
        return -1;
    snprintf(path, sizeof path, "%s/outline", folder);
    return mkdir(path, 0700);
}

static int tear_down(void **state)
{
    OVF_UNUSED(state);
    char path[256];
    snprintf(path, sizeof path, "%s/outline", folder);
    rmdir(path);
    snprintf(path, sizeof path, "%s/terrain", folder);
    rmdir(path);
    remove_file("states.txt");
    remove_file("out.world");
    rmdir(folder);
    return 0;
}

int main(int argc, char **argv)
{
    FILE *file = argc < 2 ? NULL : fopen(argv[1], "rb");
    if (file == NULL) {
        fprintf(stderr, "no world file\n");
        return 1;
    }
    fseek(file, 0, SEEK_END);
    whole_bytes = (size_t)ftell(file);
    fseek(file, 0, SEEK_SET);
    whole = malloc(whole_bytes);
    if (whole == NULL || fread(whole, 1, whole_bytes, file) != whole_bytes)
        return 1;
    fclose(file);
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(damages) + 3] = {0};
    size_t count = 0;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[count++] = (struct CMUnitTest){rows[i].name, reads_rows, NULL, NULL, &rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(damages); i++)
        tests[count++] =
            (struct CMUnitTest){damages[i].name, refuses_damage, NULL, NULL, &damages[i]};
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(bad_build_keeps_the_file);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(sea_round_a_square);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(refuses_what_is_no_file);
    int failed = _cmocka_run_group_tests("world_file", tests, count, set_up, tear_down);
    free(whole);
    return failed;
}
