/* SPDX-License-Identifier: Apache-2.0 */
/* Borders of States as lines, against the compiled world (argv[1]): shared edges and near outlines
 * held to plain versions that compare everything with everything; States by the letters of location
 * indicators (ICAO Doc 7910: of some only longer beginnings tell them apart). */
#include <overfly/world.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static ovf_world *world;

static uint32_t state_of(const char *iso3)
{
    uint32_t state = ovf_world_find_state(world, ovf_str_of(iso3));
    assert_true(state != OVF_INDEX_NONE);
    return state;
}

/* ---- letters ---- */

static struct letters_row {
    const char *name;
    const char *indicator;
    const char *iso3;
} letters[] = {
    {"one letter: New York", "KJFK", "USA"},
    {"two letters: London", "EGLL", "GBR"},
    {"Belgrade and Podgorica share two letters: Belgrade", "LYBE", "SRB"},
    {"Belgrade and Podgorica share two letters: Podgorica", "LYPG", "MNE"},
    {"Tivat", "LYTV", "MNE"},
    {"Zurich", "LSZH", "CHE"},
    {"Balzers", "LSXB", "LIE"},
    {"Ashgabat", "UTAA", "TKM"},
    {"Dushanbe", "UTDD", "TJK"},
    {"Moroni", "FMCH", "COM"},
    {"Dzaoudzi", "FMCZ", "MYT"},
    {"Saint-Denis de La Reunion", "FMEE", "REU"},
    {"Antananarivo", "FMMI", "MDG"},
    {"Bandar Seri Begawan", "WBSB", "BRN"},
    {"Kuching", "WBGG", "MYS"},
};

static void finds_by_letters(void **state)
{
    const struct letters_row *row = *state;
    uint32_t found = ovf_world_indicator_state(world, ovf_str_of(row->indicator));
    assert_true(found != OVF_INDEX_NONE);
    ovf_str iso3 = ovf_world_state(world, found)->iso3;
    assert_true(ovf_str_eq(iso3, ovf_str_of(row->iso3)));
}

/* ---- boxes ---- */

static bool holds(ovf_box rough, ovf_box box)
{
    ovf_point corners[] = {{box.south_deg, box.west_deg}, {box.north_deg, box.east_deg}};
    return box.is_empty
           || (ovf_box_holds(rough, corners[0]) && ovf_box_holds(rough, corners[1])
               && (box.west_deg <= box.east_deg || rough.east_deg - rough.west_deg >= 360));
}

static void rough_boxes_hold(void **state)
{
    (void)state;
    size_t narrow = 0;
    for (uint32_t i = 0; i < ovf_world_state_count(world); i++) {
        ovf_box rough = ovf_world_rough_box(world, i);
        assert_true(holds(rough, ovf_area_bounds(ovf_world_land(world, i))));
        assert_true(holds(rough, ovf_area_bounds(ovf_world_territory(world, i))));
        narrow += rough.east_deg - rough.west_deg < 90;
    }
    assert_true(narrow > 150); // or they are of no use
}

/* ---- shared edges ---- */

struct rings {
    ovf_ring *items;
    size_t count;
};

static struct rings rings_of(const ovf_area *area, ovf_arena *arena)
{
    struct rings out = {.count = ovf_area_ring_list(area, NULL, 0)};
    out.items = ovf_arena_array(arena, ovf_ring, out.count + 1);
    assert_non_null(out.items);
    ovf_area_ring_list(area, out.items, out.count);
    return out;
}

static bool is_at(ovf_fixed a, ovf_fixed b)
{
    return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

static bool has_edge(const struct rings *rings, ovf_fixed a, ovf_fixed b)
{
    for (size_t r = 0; r < rings->count; r++) {
        const ovf_ring *ring = &rings->items[r];
        for (uint32_t i = 0; i < ring->count; i++) {
            ovf_fixed p = ring->vertices[i];
            ovf_fixed q = ring->vertices[i + 1 < ring->count ? i + 1 : 0];
            if ((is_at(a, p) && is_at(b, q)) || (is_at(a, q) && is_at(b, p)))
                return true;
        }
    }
    return false;
}

/* Of each edge of an outline: is every State said to share it that does, and no other? */
static void compare_shared(const ovf_area *outline, const uint32_t *others, size_t other_count,
                           const ovf_shared_edge *shared, size_t count)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    struct rings own = rings_of(outline, &arena);
    uint32_t edge = 0;
    size_t met = 0;
    for (size_t r = 0; r < own.count; r++) {
        for (uint32_t i = 0; i < own.items[r].count; i++, edge++) {
            ovf_fixed a = own.items[r].vertices[i];
            ovf_fixed b = own.items[r].vertices[i + 1 < own.items[r].count ? i + 1 : 0];
            for (size_t k = 0; k < other_count; k++) {
                struct rings land = rings_of(ovf_world_land(world, others[k]), &arena);
                bool is_said = false;
                for (size_t n = 0; n < count; n++)
                    is_said |= shared[n].edge == edge && shared[n].state == others[k];
                assert_int_equal(is_said, has_edge(&land, a, b));
                met += is_said;
            }
        }
    }
    assert_true(met > 0);
    for (size_t n = 1; n < count; n++)
        assert_true(
            shared[n - 1].edge < shared[n].edge
            || (shared[n - 1].edge == shared[n].edge && shared[n - 1].state < shared[n].state));
    ovf_arena_done(&arena);
}

static void shares_land_borders(void **state)
{
    (void)state;
    uint32_t others[] = {state_of("CHE"), state_of("AUT"), state_of("DEU")};
    size_t count = 0;
    const ovf_shared_edge *shared = ovf_world_land_shared(world, state_of("LIE"), &count);
    assert_non_null(shared);
    compare_shared(ovf_world_land(world, state_of("LIE")), others, OVF_COUNTOF(others), shared,
                   count);
    // Asked again it is the same list.
    assert_ptr_equal(ovf_world_land_shared(world, state_of("LIE"), &count), shared);
}

static void shares_coasts(void **state)
{
    (void)state;
    // Territory that goes beyond the land by its sea: Slovenia's few miles of coast.
    uint32_t others[] = {state_of("SVN"), state_of("HRV"), state_of("ITA")};
    size_t count = 0;
    const ovf_shared_edge *shared = ovf_world_territory_shared(world, state_of("SVN"), &count);
    assert_non_null(shared);
    compare_shared(ovf_world_territory(world, state_of("SVN")), others, OVF_COUNTOF(others), shared,
                   count);
}

/* ---- near an outline ---- */

static void within_is_as_by_distance(void **state)
{
    (void)state;
    static const char *const names[] = {"HUN", "ITA", "LIE", "FJI", "ATA"};
    size_t near = 0;
    size_t tried = 0;
    for (size_t n = 0; n < OVF_COUNTOF(names); n++) {
        const ovf_area *area = ovf_world_territory(world, state_of(names[n]));
        ovf_ring ring;
        if (ovf_area_ring_list(area, &ring, 1) == 0)
            continue;
        for (uint32_t i = 0; i < 40; i++) {
            ovf_point at = ovf_fixed_point(ring.vertices[i * 7 % ring.count]);
            ovf_point p = ovf_destination(at, i * 33.0, 250.0 * i);
            double away_m = ovf_area_border_distance_m(area, p);
            for (double reach_m = 1000; reach_m < 20000; reach_m *= 2) {
                bool is_within = ovf_area_border_is_within(area, p, reach_m);
                assert_int_equal(is_within, away_m <= reach_m);
                near += is_within;
                tried++;
            }
        }
    }
    assert_true(near > 50 && near < tried);
}

int main(int argc, char **argv)
{
    ovf_error err = {0};
    if (argc < 2 || ovf_world_open(argv[1], &world, &err) != OVF_OK) {
        fprintf(stderr, "no world: %s\n", err.reason);
        return 1;
    }
    struct CMUnitTest tests[OVF_COUNTOF(letters) + 4] = {0};
    size_t count = 0;
    for (; count < OVF_COUNTOF(letters); count++)
        tests[count] =
            (struct CMUnitTest){letters[count].name, finds_by_letters, NULL, NULL, &letters[count]};
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(rough_boxes_hold);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(shares_land_borders);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(shares_coasts);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(within_is_as_by_distance);
    int failed = _cmocka_run_group_tests("borders", tests, count, NULL, NULL);
    ovf_world_free(world);
    return failed;
}
