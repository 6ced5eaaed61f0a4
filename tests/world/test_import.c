/* SPDX-License-Identifier: Apache-2.0 */
/* Files of others over a world: what a FIR keeps, what it takes, what goes; named areas and how
 * they are found. */
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

static char folder[] = "import-test-XXXXXX";
static char base[64], out[64];

static const char states_text[] = "AAA\tAA\tAland\tAlander\tXA\tAAA\t-\t-\t-\t-\n"
                                  "BBB\tBB\tBland\tBlandish\tX XB\tBBB\t-\t-\t-\t-\n";
/* Two FIRs of one code, lower and upper, and one alone. */
#define LIMIT                                                                                     \
    "confidence published\nsource made up\nlimit\npoint 40 00 N 010 00 E\nparallel to 020 00 E\n" \
    "meridian to 50 00 N\nparallel to 010 00 E\nmeridian to origin\nend\n"
static const char firs_text[] =
    "fir XAAA\nname ALPHA\nother ZULU\nkind fir\nstate AAA\nnof XAAAYNYX\nansp A\noverlaps XAAB\n"
    "lower SFC\nupper FL245\n" LIMIT;
static const char upper_text[] =
    "fir XAAB\nname BETA\nkind oca\nstate AAA\nlower SFC\nupper UNL\n" LIMIT;

#define BOX(properties)                                                                         \
    "{\"type\":\"Feature\",\"properties\":{" properties "},\"geometry\":{\"type\":\"Polygon\"," \
    "\"coordinates\":[[[10,40],[20,40],[20,55],[10,55],[10,40]]]}}"
#define SET(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"

static struct row {
    const char *name;
    const char *text;
    bool replace_all;
    ovf_import_report report;
    size_t fir_count;
    const char *code, *fir_name, *kind, *state, *nof, *lower, *upper, *source; /* of one FIR */
    double north_deg;                                                          /* its edge */
} rows[] = {
    {"an outline alone keeps the head",
     SET(BOX("\"id\":\"XAAA\"")),
     false,
     {0, 1, 0, 0},
     2,
     "XAAA",
     "ALPHA",
     "fir",
     "AAA",
     "XAAAYNYX",
     "SFC",
     "FL245",
     "file",
     55},
    {"levels of the file are taken",
     SET(BOX("\"AV_AIRSPAC\":\"XAAAFIR\",\"MIN_FLIGHT\":0,\"MAX_FLIGHT\":195")),
     false,
     {0, 1, 0, 0},
     2,
     "XAAA",
     "ALPHA",
     "fir",
     "AAA",
     "XAAAYNYX",
     "SFC",
     "FL195",
     "file",
     55},
    {"what the file says goes first",
     SET(BOX(
         "\"code\":\"XAAA\",\"kind\":\"fir\",\"state\":\"BBB\",\"nof\":\"XBBBYNYX\",\"source\":\"S\"")),
     false,
     {0, 1, 0, 0},
     2,
     "XAAA",
     "ALPHA",
     "fir",
     "BBB",
     "XBBBYNYX",
     "SFC",
     "FL245",
     "S",
     55},
    {"a new FIR, its State by its letters",
     SET(BOX("\"id\":\"XBCD\"")),
     false,
     {1, 0, 0, 0},
     3,
     "XBCD",
     "XBCD",
     "fir",
     "BBB",
     "",
     "SFC",
     "UNL",
     "file",
     55},
    {"longer letters first",
     SET(BOX("\"id\":\"XACD\"")),
     false,
     {1, 0, 0, 0},
     3,
     "XACD",
     "XACD",
     "fir",
     "AAA",
     "",
     "SFC",
     "UNL",
     "file",
     55},
    {"a UIR beside the FIR",
     SET(BOX("\"AV_AIRSPAC\":\"XAAAFIR\",\"MIN_FLIGHT\":0,\"MAX_FLIGHT\":195") "," BOX(
         "\"AV_AIRSPAC\":\"XAAAUIR\",\"MIN_FLIGHT\":195,\"MAX_FLIGHT\":999")),
     false,
     {0, 1, 0, 0},
     3,
     "XAAA",
     "ALPHA",
     "fir",
     "AAA",
     "XAAAYNYX",
     "SFC",
     "FL195",
     "file",
     55},
    {"everything else goes",
     SET(BOX("\"id\":\"XAAA\"")),
     true,
     {0, 1, 1, 0},
     1,
     "XAAA",
     "ALPHA",
     "fir",
     "AAA",
     "XAAAYNYX",
     "SFC",
     "FL245",
     "file",
     55},
    {"other kinds are left out",
     SET(BOX("\"code\":\"XAAA\",\"kind\":\"tma\"")),
     false,
     {0, 0, 0, 1},
     2,
     "XAAA",
     "ALPHA",
     "fir",
     "AAA",
     "XAAAYNYX",
     "SFC",
     "FL245",
     "made up",
     50},
};

static void write_file(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

typedef ovf_status edit_function(ovf_world_edit *edit, const ovf_airspace_set *set, ovf_str source,
                                 bool replace_all, ovf_findings *findings,
                                 ovf_import_report *report, ovf_error *err);

/* Imports the text over the world at `from` and opens what comes of it. */
static ovf_world *import(const char *from, edit_function *put, const char *text, bool replace_all,
                         ovf_import_report *report)
{
    ovf_world *world = NULL, *made = NULL;
    ovf_world_edit *edit = NULL;
    ovf_airspace_set set = {0};
    ovf_error err = {0};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    assert_int_equal(ovf_world_open(from, &world, &err), OVF_OK);
    assert_int_equal(
        ovf_airspaces_read(ovf_str_of(text), OVF_AIRSPACE_ANY, NULL, &arena, &set, &err), OVF_OK);
    assert_int_equal(ovf_world_edit_new(world, &edit, &err), OVF_OK);
    assert_int_equal(put(edit, &set, OVF_STR("file"), replace_all, NULL, report, &err), OVF_OK);
    assert_int_equal(ovf_world_edit_write(edit, out, &err), OVF_OK);
    ovf_world_edit_free(edit);
    ovf_world_free(world);
    ovf_arena_done(&arena);
    assert_int_equal(ovf_world_open(out, &made, &err), OVF_OK);
    return made;
}

static void assert_text(ovf_str text, const char *wanted)
{
    if (!ovf_str_eq(text, ovf_str_of(wanted)))
        fail_msg("\"" OVF_FMT "\", wanted \"%s\"", OVF_ARG(text), wanted);
}

static void imports_firs(void **state)
{
    const struct row *row = *state;
    ovf_import_report report = {0};
    ovf_world *world = import(base, ovf_world_edit_firs, row->text, row->replace_all, &report);
    assert_int_equal(report.added, row->report.added);
    assert_int_equal(report.replaced, row->report.replaced);
    assert_int_equal(report.removed, row->report.removed);
    assert_int_equal(report.left_out, row->report.left_out);
    assert_int_equal(ovf_world_fir_count(world), row->fir_count);
    uint32_t index = ovf_world_find_fir(world, ovf_str_of(row->code));
    assert_int_not_equal(index, OVF_INDEX_NONE);
    const ovf_fir *fir = ovf_world_fir(world, index);
    char lower[32], upper[32];
    ovf_level_format(fir->lower, lower, sizeof lower);
    ovf_level_format(fir->upper, upper, sizeof upper);
    assert_text(fir->name, row->fir_name);
    assert_text(fir->kind, row->kind);
    assert_text(ovf_world_state(world, fir->state)->iso3, row->state);
    assert_text(fir->nof, row->nof);
    assert_text(fir->source, row->source);
    assert_string_equal(lower, row->lower);
    assert_string_equal(upper, row->upper);
    ovf_point inside = {row->north_deg - 0.5, 15}, outside = {row->north_deg + 0.5, 15};
    assert_int_equal(ovf_area_contains(ovf_world_fir_area(world, fir), inside), OVF_TRI_YES);
    assert_int_equal(ovf_area_contains(ovf_world_fir_area(world, fir), outside), OVF_TRI_NO);
    if (strcmp(row->code, "XAAA") == 0) {
        assert_int_equal(ovf_world_find_fir(world, OVF_STR("zulu")), index);
        assert_text(fir->overlaps, "XAAB");
    }
    ovf_world_free(world);
}

static const char areas_text[] =
    "AC R\nAN LF-R31B CAZAUX\nAL GND\nAH FL095\nV X=45:00:00 N 001:00:00 W\nDC 10\n"
    "AC R\nAN LF-R31B CAZAUX\nAL FL095\nAH FL195\nV X=45:00:00 N 001:00:00 W\nDC 5\n"
    "AC D\nAY TMA\nAN TMA BIARRITZ 9.2\nAL FL065\nAH FL115\nV X=43:00:00 N 001:00:00 W\nDC 20\n"
    "AC E\nAY FIR\nAN XAAA ALPHA\nAL GND\nAH FL195\nV X=43:00:00 N 001:00:00 W\nDC 200\n";

static void imports_areas(void **state)
{
    OVF_UNUSED(state);
    ovf_import_report report = {0};
    ovf_world *world = import(base, ovf_world_edit_airspaces, areas_text, false, &report);
    assert_int_equal(report.added, 2);
    assert_int_equal(report.left_out, 1);
    assert_int_equal(ovf_world_airspace_count(world), 3);
    static const char *const names[] = {"LF-R31B", "lfr31b", "LF R31B", "LF-R31B CAZAUX"};
    for (size_t i = 0; i < OVF_COUNTOF(names); i++) {
        uint32_t found[4];
        assert_int_equal(ovf_world_find_airspace(world, ovf_str_of(names[i]), found, 4), 2);
        const ovf_airspace *lower = ovf_world_airspace(world, found[0]);
        assert_text(lower->ident, "LF-R31B");
        assert_text(lower->kind, "R");
        assert_text(lower->source, "file");
        assert_int_equal(lower->upper.value_ft, 9500);
        assert_int_equal(ovf_world_airspace(world, found[1])->upper.value_ft, 19500);
        // 8 NM north: within 10, not within 5
        ovf_point p = {45.0 + 8.0 / 60.0, -1.0};
        assert_int_equal(ovf_area_contains(ovf_world_airspace_area(world, found[0]), p),
                         OVF_TRI_YES);
        assert_int_equal(ovf_area_contains(ovf_world_airspace_area(world, found[1]), p),
                         OVF_TRI_NO);
    }
    assert_int_equal(ovf_world_find_airspace(world, OVF_STR("TMA BIARRITZ 9.2"), NULL, 0), 1);
    assert_int_equal(ovf_world_find_airspace(world, OVF_STR("R31"), NULL, 0), 0);
    assert_int_equal(ovf_world_fir_count(world), 2);
    ovf_world_free(world);

    static const char newer[] =
        "AC R\nAN LF-R31B CAZAUX\nAL GND\nAH FL065\nV X=45:00:00 N 001:00:00 W\nDC 3\n";
    world = import(out, ovf_world_edit_airspaces, newer, false, &report);
    assert_int_equal(report.replaced, 1);
    assert_int_equal(ovf_world_airspace_count(world), 2);
    ovf_world_free(world);
    world = import(out, ovf_world_edit_airspaces, newer, true, &report);
    assert_int_equal(report.removed, 1);
    assert_int_equal(ovf_world_airspace_count(world), 1);
    ovf_world_free(world);
}

static int make_world(void **state)
{
    OVF_UNUSED(state);
    if (mkdtemp(folder) == NULL)
        return -1;
    char path[256];
    snprintf(path, sizeof path, "%s/fir", folder);
    if (mkdir(path, 0777) != 0)
        return -1;
    snprintf(base, sizeof base, "%s/base.world", folder);
    snprintf(out, sizeof out, "%s/out.world", folder);
    write_file("states.txt", states_text);
    write_file("fir/a.fir", firs_text);
    write_file("fir/b.fir", upper_text);
    ovf_error err = {0};
    return ovf_world_build(folder, base, &err) == OVF_OK ? 0 : -1;
}

static int remove_world(void **state)
{
    OVF_UNUSED(state);
    static const char *const names[] = {"fir/a.fir",  "fir/b.fir",  "fir",
                                        "states.txt", "base.world", "out.world"};
    for (size_t i = 0; i < OVF_COUNTOF(names); i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        remove(path);
    }
    return rmdir(folder);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 1] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, imports_firs, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] = (struct CMUnitTest)cmocka_unit_test(imports_areas);
    return _cmocka_run_group_tests("import", tests, OVF_COUNTOF(tests), make_world, remove_world);
}
