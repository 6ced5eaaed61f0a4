/* SPDX-License-Identifier: Apache-2.0 */
/* The surface of whole States as their outlines draw it: nothing is lost on the way. Expected: total
 * areas as the States' own statistical offices give them, inland water included (IBGE, Statistics
 * Canada, Geoscience Australia, Stats SA, ISTAT, INE Venezuela without Guayana Esequiba, IGAC, Guyana Bureau of Statistics). Brazil's mainland touches
 * itself in one point. */
#include <overfly/overfly.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define SHARE \
    0.02 /* Natural Earth 1:10m smooths coasts, and counts lakes and estuaries its own way */

static ovf_world *world;

static struct row {
    const char *iso3;
    double km2;
} rows[] = {
    {"BRA", 8515767}, {"CAN", 9984670}, {"AUS", 7688287}, {"ZAF", 1220813},
    {"ITA", 302073},  {"VEN", 912050},  {"COL", 1141748}, {"GUY", 214969},
};

static void has_its_surface(void **state)
{
    const struct row *row = *state;
    uint32_t index = ovf_world_find_state(world, ovf_str_of(row->iso3));
    assert_int_not_equal(index, OVF_INDEX_NONE);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_outline outline = {0};
    ovf_error err = {0};
    assert_int_equal(ovf_area_outline(ovf_world_land(world, index), 200.0, &arena, &outline, &err),
                     OVF_OK);
    double km2 = ovf_outline_area_m2(&outline) / 1e6;
    print_message("%s: %.0f km2, published %.0f\n", row->iso3, km2, row->km2);
    assert_true(fabs(km2 - row->km2) < SHARE * row->km2);
    ovf_arena_done(&arena);
}

int main(int argc, char **argv)
{
    ovf_error err = {0};
    if (argc < 2 || ovf_world_open(argv[1], &world, &err) != OVF_OK) {
        print_error("needs the world file: %s\n", err.reason);
        return 1;
    }
    struct CMUnitTest tests[OVF_COUNTOF(rows)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].iso3, has_its_surface, NULL, NULL, &rows[i]};
    int failed = _cmocka_run_group_tests("land sizes", tests, OVF_COUNTOF(tests), NULL, NULL);
    ovf_world_free(world);
    return failed;
}
