/* SPDX-License-Identifier: Apache-2.0 */
/* A world file loaded back into rows and written again is the same file, section by section and
 * byte by byte: nothing that a file holds is forgotten by an import. argv[1] is the compiled world;
 * a small one is made of tables that have every kind of row. */
#include "world_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char *world_path;
static char folder[] = "edit-test-XXXXXX";

static const struct {
    const char *file;
    const char *text;
} tables[] = {
    {"states.txt", "# Source: made up\n"
                   "AAA\tAA\tAland\tAlander\tXA\tAAA\teu\tA-LAND|OLD A\t-\ta note\n"
                   "BBB\tBB\tBland\tBlandish\tXB\tAAA\tdisputed\t-\t-\t-\n"},
    {"airports.txt", "XAAA\tAAA\tName\tCity\tAAA\t1.5\t-2.5\t33\n"
                     "XAAB\t-\tOther\t-\tBBB\t-89.9999999\t179.9999999\t-\n"},
    {"fixes.txt", "ABC\tfix\t1\t2\ts\nABC\tvor\t1.1234567\t-2\ts\n"},
    {"operators.txt", "ABC\tAB\tAir A\tAIRA\tAAA\tstate\ts\nABD\t-\tAir B\t-\t-\t-\ts\n"},
    {"registrations.txt", "X\tAAA\t-\t-\nX#\tBBB\t@@@\t-\n"},
    {"nav/navaids.txt", "ABC\tvor-dme\t1.123\t-2\t33\t113200\t130\t-1.5\tALPHA\n"
                        "ABC\tndb\t1.123\t-2.001\t-\t333\t50\t-\t-\n"},
    {"nav/fixes.txt", "=\t1\t1\nDEF 50000 00001\nGHI 50000 99999\n"},
    {"nav/airways.txt", "UL1\tB60-460 ABC/1.1,-2 DEF H245-660 GHI\nV2\tL0-100 DEF GHI\n"},
    {"addresses.txt", "000010\t000020\tAAA\t-\n000011\t000011\tBBB\t-\n"},
    {"authority/rules.txt", "a\trule\nanother\trule\n"},
    {"fir/a.fir",
     "fir XAAA\n name ALPHA\n other ZULU|ALPHA CONTROL|XAAA\n kind fir\n state AAA\n"
     " includes BBB\n overlaps XABC\n ansp A\n nof XAAAYNYX\n lower SFC\n upper FL245\n"
     " confidence published\n source made up\nlimit\n point 01 00 N 001 00 E\n"
     " parallel to 002 00 E\n point 02 00 N 002 00 E\n geodesic to origin\nend\n"
     "fir XABC\n name BRAVO\n kind oca\n state BBB\n lower 900M AMSL\n upper UNL\n"
     " confidence approximate\n source made up\n"
     "limit\n circle centre 01 00 N 179 59 E radius 90 NM\n"
     "limit\n circle centre 10 00 N 179 59 E radius 90 NM\nend\n"},
};

static void make_tables(void)
{
    char path[256];
    snprintf(path, sizeof path, "%s/fir", folder);
    assert_int_equal(mkdir(path, 0777), 0);
    snprintf(path, sizeof path, "%s/authority", folder);
    assert_int_equal(mkdir(path, 0777), 0);
    snprintf(path, sizeof path, "%s/nav", folder);
    assert_int_equal(mkdir(path, 0777), 0);
    for (size_t i = 0; i < OVF_COUNTOF(tables); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, tables[i].file);
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(tables[i].text, 1, strlen(tables[i].text), file),
                         strlen(tables[i].text));
        assert_int_equal(fclose(file), 0);
    }
}

/* Says which section differs, and whether by count or content. */
static void assert_same_files(const ovf_world *before, const ovf_world *after)
{
    for (uint32_t kind = 1; kind < WORLD_SECTION_COUNT; kind++) {
        size_t count = 0, again = 0;
        const void *items = world_items(before, (enum world_section_kind)kind, &count);
        const void *items_again = world_items(after, (enum world_section_kind)kind, &again);
        size_t bytes = count * world_item_bytes((enum world_section_kind)kind);
        if (count != again)
            fail_msg("section %u: %zu items, %zu after loading and writing", kind, count, again);
        if (bytes > 0 && memcmp(items, items_again, bytes) != 0)
            fail_msg("section %u: other bytes after loading and writing", kind);
    }
    assert_int_equal(before->bytes, after->bytes);
    assert_memory_equal(before->map, after->map, before->bytes);
}

static void write_again(const char *path, const char *out)
{
    ovf_world *world = NULL, *again = NULL;
    ovf_error err = {0};
    assert_int_equal(ovf_world_open(path, &world, &err), OVF_OK);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    struct world_build build = {.arena = &arena};
    assert_int_equal(world_load(world, &build, &err), OVF_OK);
    assert_int_equal(world_write(&build, out, &err), OVF_OK);
    ovf_buf_done(&build.sources);
    ovf_arena_done(&arena);
    assert_int_equal(ovf_world_open(out, &again, &err), OVF_OK);
    assert_same_files(world, again);
    ovf_world_free(again);
    ovf_world_free(world);
}

static void the_world_is_written_again(void **state)
{
    OVF_UNUSED(state);
    char out[256];
    snprintf(out, sizeof out, "%s/again.world", folder);
    write_again(world_path, out);
    remove(out);
}

/* What no table brings: named areas, put in by an import. */
static void add_airspaces(const char *path)
{
    ovf_world *world = NULL;
    ovf_world_edit *edit = NULL;
    ovf_airspace_set set = {0};
    ovf_error err = {0};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_str text = OVF_STR("AC R\nAN LF-R31B CAZAUX\nAL GND\nAH FL095\n"
                           "V X=45:00:00 N 001:00:00 W\nDC 10\nAC D\nAN TMA X\nAL 900m AMSL\n"
                           "AH UNL\nV X=45:00:00 N 179:59:00 W\nDC 10\n");
    assert_int_equal(ovf_world_open(path, &world, &err), OVF_OK);
    assert_int_equal(ovf_airspaces_read(text, OVF_AIRSPACE_ANY, NULL, &arena, &set, &err), OVF_OK);
    assert_int_equal(ovf_world_edit_new(world, &edit, &err), OVF_OK);
    assert_int_equal(ovf_world_edit_airspaces(edit, &set, OVF_STR("file"), false, NULL, NULL, &err),
                     OVF_OK);
    assert_int_equal(ovf_world_edit_write(edit, path, &err), OVF_OK);
    ovf_world_edit_free(edit);
    ovf_world_free(world);
    ovf_arena_done(&arena);
}

/* Every table of the small world has rows, so that a section of no rows cannot pass for one that
 * was carried over. */
static void a_small_world_is_written_again(void **state)
{
    OVF_UNUSED(state);
    char small[256], out[256];
    snprintf(small, sizeof small, "%s/small.world", folder);
    snprintf(out, sizeof out, "%s/again.world", folder);
    ovf_error err = {0};
    ovf_status status = ovf_world_build(folder, small, &err);
    if (status != OVF_OK)
        fail_msg("%s", err.reason);
    add_airspaces(small);
    write_again(small, out);
    write_again(out, out); // over itself
    ovf_world *world = NULL;
    assert_int_equal(ovf_world_open(out, &world, &err), OVF_OK);
    assert_int_equal(ovf_world_find_fir(world, OVF_STR("zulu")), 0);
    assert_int_equal(ovf_world_find_fir(world, OVF_STR("ALPHA CONTROL")), 0);
    assert_int_equal(ovf_world_find_fir(world, OVF_STR("bravo")), 1);
    assert_int_equal(ovf_world_rule_count(world), 2);
    ovf_world_free(world);
    remove(small);
    remove(out);
}

static int make_folder(void **state)
{
    OVF_UNUSED(state);
    if (mkdtemp(folder) == NULL)
        return -1;
    make_tables();
    return 0;
}

static int remove_folder(void **state)
{
    OVF_UNUSED(state);
    char path[256];
    for (size_t i = 0; i < OVF_COUNTOF(tables); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, tables[i].file);
        remove(path);
    }
    snprintf(path, sizeof path, "%s/fir", folder);
    rmdir(path);
    snprintf(path, sizeof path, "%s/nav", folder);
    rmdir(path);
    snprintf(path, sizeof path, "%s/authority", folder);
    rmdir(path);
    return rmdir(folder);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    world_path = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_world_is_written_again),
        cmocka_unit_test(a_small_world_is_written_again),
    };
    return cmocka_run_group_tests_name("edit", tests, make_folder, remove_folder);
}
