/* SPDX-License-Identifier: Apache-2.0 */
/* overfly world import from the outside: what it counts, what it complains of, how it ends.
 * argv: program, world. */
#include "program.h"

#include <unistd.h>

static const char *program, *world_path;
static char folder[] = "world-import-test-XXXXXX";
static char out[64];

#define FEATURE(code, ring)                                \
    "{\"type\":\"Feature\",\"properties\":{\"id\":\"" code \
    "\"},\"geometry\":{\"type\":\"Polygon\","              \
    "\"coordinates\":[" ring "]}}"
#define SET(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define BOX "[[10,40],[20,40],[20,50],[10,50],[10,40]]"

static struct row {
    const char *name;
    const char *kind;
    const char *input;
    int status;
    const char *out; /* within standard output */
    const char *err; /* within standard error */
    bool is_written;
} rows[] = {
    {"a FIR that is new", "--fir", SET(FEATURE("SVQQ", BOX)), 0,
     "\"features\":1,\"added\":1,\"replaced\":0,\"removed\":0,\"left_out\":0,\"bad\":0", "", true},
    {"one that is there, a sector", "--fir", SET(FEATURE("SVZM", BOX) "," FEATURE("SVZM-E", BOX)),
     0, "\"features\":2,\"added\":0,\"replaced\":1,\"removed\":0,\"left_out\":1,\"bad\":0", "",
     true},
    {"a bad one: the rest goes on", "--fir",
     SET(FEATURE("SVZM", BOX) "," FEATURE("SVQQ", "[[10,40],[20,95],[20,50]]")), 3,
     "\"replaced\":1,\"removed\":0,\"left_out\":0,\"bad\":1",
     "<stdin>: feature 2 (SVQQ): position out of range", true},
    {"no JSON: place of the error", "--fir", "{\"type\":\n  [1,,2]}", 3, "", ":2:", false},
    {"XML with entities", "--fir", "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"c\">]><a/>",
     3, "", ":2:", false},
    {"areas", "--airspace", "AC R\nAN LF-R1 X\nAL GND\nAH UNL\nV X=45:00:00 N 001:00:00 E\nDC 5\n",
     0, "\"kind\":\"airspace\"", "", true},
};

static void imports(void **state)
{
    const struct row *row = *state;
    const char *args[] = {program, "world",  "import",  row->kind,  "-", "-o",
                          out,     "--json", "--world", world_path, NULL};
    outcome done = run_program(args, ovf_str_of(row->input));
    assert_int_equal(done.status, row->status);
    if (ovf_str_find(done.out, 0, ovf_str_of(row->out)) == OVF_NOPOS)
        fail_msg("out: " OVF_FMT, OVF_ARG(done.out));
    if (ovf_str_find(done.err, 0, ovf_str_of(row->err)) == OVF_NOPOS)
        fail_msg("err: " OVF_FMT, OVF_ARG(done.err));
    assert_int_equal(access(out, F_OK) == 0, row->is_written);
    remove(out);
}

/* An area is found by its ident, however it is spelled, and exported with its outline. */
static void shows_an_area(void **state)
{
    OVF_UNUSED(state);
    const char *import[] = {program, "world", "import",  "--airspace", "-",
                            "-o",    out,     "--world", world_path,   NULL};
    assert_int_equal(run_program(import, ovf_str_of(rows[5].input)).status, 0);
    const char *show[] = {program, "world", "show", "lfr1", "--json", "--world", out, NULL};
    outcome done = run_program(show, OVF_STR(""));
    assert_int_equal(done.status, 0);
    assert_true(ovf_str_find(done.out, 0, OVF_STR("\"type\":\"R\"")) != OVF_NOPOS);
    assert_true(ovf_str_find(done.out, 0, OVF_STR("\"upper\":\"UNL\"")) != OVF_NOPOS);
    const char *export[] = {program, "world", "export", "--kind", "airspace", "--world", out, NULL};
    done = run_program(export, OVF_STR(""));
    assert_int_equal(done.status, 0);
    assert_true(ovf_str_find(done.out, 0, OVF_STR("\"id\":\"LF-R1\"")) != OVF_NOPOS);
    assert_true(ovf_str_find(done.out, 0, OVF_STR("\"Polygon\"")) != OVF_NOPOS);
    remove(out);
}

static void knows_its_usage(void **state)
{
    OVF_UNUSED(state);
    const char *no_output[] = {program, "world",   "import",   "--fir",
                               "-",     "--world", world_path, NULL};
    const char *no_file[] = {program, "world", "import", "-o", out, "--world", world_path, NULL};
    const char *limit[] = {program, "world",   "check",    "--limit",
                           "much",  "--world", world_path, NULL};
    assert_int_equal(run_program(no_output, OVF_STR("")).status, 2);
    assert_int_equal(run_program(no_file, OVF_STR("")).status, 2);
    assert_int_equal(run_program(limit, OVF_STR("")).status, 2);
}

static int make_folder(void **state)
{
    OVF_UNUSED(state);
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(out, sizeof out, "%s/out.world", folder);
    return 0;
}

static int remove_folder(void **state)
{
    OVF_UNUSED(state);
    remove(out);
    return rmdir(folder);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    program = argv[1];
    world_path = argv[2];
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 2] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, imports, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] = (struct CMUnitTest)cmocka_unit_test(knows_its_usage);
    tests[OVF_COUNTOF(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(shows_an_area);
    return _cmocka_run_group_tests("world import", tests, OVF_COUNTOF(tests), make_folder,
                                   remove_folder);
}
