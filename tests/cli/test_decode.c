/* SPDX-License-Identifier: Apache-2.0 */
/* What overfly decode takes: directories, and lines behind the mark of UTF-8 that editors put before
 * them. argv: program, world. */
#include "program.h"

#include <sys/stat.h>

static const char *program, *world_path;

#define NOTICE(number)                                         \
    "A" number "/26 NOTAMN\n"                                  \
    "Q) EGTT/QRTCA/IV/BO/W/000/050/5129N00028W005\n"           \
    "A) EGTT B) 2601050600 C) 2601051800\n"                    \
    "E) TEMPORARY RESTRICTED AREA, CIRCLE RADIUS 5NM CENTRED " \
    "ON 512900N 0002800W.\n"

static void put_file(const char *folder, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* Each number once, and one behind the other. */
static void are_in_order(ovf_str out, const char *const *numbers, size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        char id[32];
        snprintf(id, sizeof(id), "\"id\":\"%s\"", numbers[i]);
        at = ovf_str_find(out, at, ovf_str_of(id));
        assert_true(at != OVF_NOPOS);
    }
    size_t lines = 0;
    for (size_t i = 0; i < out.len; i++)
        lines += out.ptr[i] == '\n';
    assert_int_equal(lines, count);
}

static void reads_a_directory(void **state)
{
    OVF_UNUSED(state);
    char folder[] = "decode-test-XXXXXX";
    char below[64];
    assert_non_null(mkdtemp(folder));
    snprintf(below, sizeof(below), "%s/b", folder);
    assert_int_equal(mkdir(below, 0700), 0);
    put_file(folder, "c.txt", NOTICE("0003"));
    put_file(folder, "a.txt", NOTICE("0001"));
    put_file(folder, ".hidden", NOTICE("0009"));
    put_file(below, "x.txt", NOTICE("0002"));
    const char *args[] = {program, "decode", folder, "--json", "--world", world_path, NULL};
    outcome got = run_program(args, OVF_STR(""));
    static const char *const numbers[] = {"A0001/26", "A0002/26", "A0003/26"};
    assert_int_equal(got.status, 0);
    are_in_order(got.out, numbers, OVF_COUNTOF(numbers));
    char path[128];
    static const char *const names[] = {"c.txt", "a.txt", ".hidden", "b/x.txt"};
    for (size_t i = 0; i < OVF_COUNTOF(names); i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        remove(path);
    }
    rmdir(below);
    got = run_program(args, OVF_STR("")); // empty now
    assert_int_equal(got.status, 3);
    assert_true(ovf_str_find(got.err, 0, OVF_STR("without files")) != OVF_NOPOS);
    rmdir(folder);
}

static void passes_over_a_mark(void **state)
{
    OVF_UNUSED(state);
    const char *args[] = {program,  "decode",  "-",        "--field", "raw",
                          "--json", "--world", world_path, NULL};
    outcome got =
        run_program(args, OVF_STR("\xef\xbb\xbf{\"raw\":\"A0001/26 NOTAMN\\nQ) EGTT/QRTCA/IV/BO/W/"
                                  "000/050/5129N00028W005\\nA) EGTT B) 2601050600 C) "
                                  "2601051800\\nE) TRA ACT\"}\n"));
    static const char *const numbers[] = {"A0001/26"};
    assert_int_equal(got.status, 0);
    are_in_order(got.out, numbers, OVF_COUNTOF(numbers));
    static const char *const verbs[] = {"at", "who"};
    static const char *const inputs[] = {"\xef\xbb\xbf"
                                         "51,0\n",
                                         "\xef\xbb\xbf"
                                         "DLH5\n"};
    for (size_t i = 0; i < OVF_COUNTOF(verbs); i++) {
        const char *batch[] = {program, "world",   verbs[i],   "--batch",
                               "-",     "--world", world_path, NULL};
        assert_int_equal(run_program(batch, ovf_str_of(inputs[i])).status, 0);
    }
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    program = argv[1];
    world_path = argv[2];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_directory),
        cmocka_unit_test(passes_over_a_mark),
    };
    return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
