/* SPDX-License-Identifier: Apache-2.0 */
/* The verb `world` as a user calls it: what is refused, and GeoJSON of points and airways. argv:
 * program, world. */
#include "program.h"

static const char *program, *world_path;

static struct row {
    const char *name;
    const char *args[6];
    int status;
    const char *said; /* in the message, or in the output where the status is 0 */
} rows[] = {
    {"all verbs are in the synopsis", {"bogus"}, 2, "export|import|check"},
    {"a batch and a point", {"at", "--batch", "-", "1,2"}, 2, "at takes"},
    {"fixes of a name, all of them",
     {"export", "--kind", "fix", "MIQ"},
     0,
     "\"kind\":\"fix\",\"name\":\"MAIQUETIA\""},
    {"no such fix", {"export", "--kind", "fix", "ZZZZZ"}, 3, "no fix \"ZZZZZ\""},
    {"no such airway", {"export", "--kind", "airway", "ZZZZZ"}, 3, "no airway \"ZZZZZ\""},
    {"airspaces have no code", {"export", "--kind", "airspace", "X"}, 2, "takes no CODE"},
    {"kinds are told", {"export", "--kind", "bogus"}, 2, "fix, airway or airspace"},
    {"a folder that is not there",
     {"export", "--kind", "airport", "-o", "nowhere/at/all"},
     3,
     "nowhere/at/all: No such file"},
    {"an operator by its designator", {"show", "UAL"}, 0, "United Airlines"},
    {"an operator where a name is something else, too",
     {"show", "--kind", "operator", "KLM"},
     0,
     "NLD"},
    {"no such operator", {"show", "--kind", "operator", "QQQ"}, 3, "no operator is named 'QQQ'"},
    {"a name that is none", {"show", "ZZZZZZZ"}, 3, "'ZZZZZZZ'"},
};

static bool has(ovf_str text, const char *part)
{
    return ovf_str_find(text, 0, ovf_str_of(part)) < text.len;
}

static void answers(void **state)
{
    const struct row *row = *state;
    const char *args[12] = {program, "world"};
    size_t count = 2;
    for (size_t i = 0; i < OVF_COUNTOF(row->args) && row->args[i] != NULL; i++)
        args[count++] = row->args[i];
    args[count++] = "--world";
    args[count] = world_path;
    outcome got = run_program(args, OVF_STR(""));
    assert_int_equal(got.status, row->status);
    assert_true(has(row->status == 0 ? got.out : got.err, row->said));
}

/* -o is a file of the same bytes. */
static void writes_to_a_file(void **state)
{
    OVF_UNUSED(state);
    char folder[] = "world-verb-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/out.geojson", folder);
    const char *to_file[] = {program, "world", "export",  "--kind",   "fir", "SVZM",
                             "-o",    path,    "--world", world_path, NULL};
    assert_int_equal(run_program(to_file, OVF_STR("")).status, 0);
    const char *to_output[] = {program, "world",   "export",   "--kind", "fir",
                               "SVZM",  "--world", world_path, NULL};
    outcome got = run_program(to_output, OVF_STR(""));
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *room = NULL;
    ovf_str written = read_back(file, &room);
    assert_true(ovf_str_eq(written, got.out));
    free(room);
    remove(path);
    rmdir(folder);
}

/* The place of a bad line, of many; the rest is answered. */
static void tells_the_line(void **state)
{
    OVF_UNUSED(state);
    static const char *const verbs[] = {"at", "who"};
    static const char *const inputs[] = {"1,2\n\n \t91,0\r\n3,4\n", "KLM12\n\n \t*\r\nDLH5\n"};
    for (size_t i = 0; i < OVF_COUNTOF(verbs); i++) {
        const char *args[] = {program, "world",   verbs[i],   "--batch",
                              "-",     "--world", world_path, NULL};
        outcome got = run_program(args, ovf_str_of(inputs[i]));
        assert_int_equal(got.status, 3);
        assert_true(has(got.err, ":3:"));
        size_t lines = 0;
        ovf_str line;
        while (ovf_str_line(&got.out, &line))
            lines++;
        assert_int_equal(lines, 2);
    }
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    program = argv[1];
    world_path = argv[2];
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 2] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, answers, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] = (struct CMUnitTest)cmocka_unit_test(writes_to_a_file);
    tests[OVF_COUNTOF(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(tells_the_line);
    return _cmocka_run_group_tests("the verb world", tests, OVF_COUNTOF(tests), NULL, NULL);
}
