/* SPDX-License-Identifier: Apache-2.0 */
/* Points, aids and airways. First the stringing of legs into chains, on rows made here; then the
 * world file (argv[1]) against rows read by eye in nav.dat and awy.dat of cycle 2013.10 and against
 * what States publish (each row says which); skipped where the world was built without them. */
#include "world_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char *world_path;
static ovf_world *world;

/* ---- chains ---- */

/* Points on the equator, a degree apart: the letter says where. */
static ovf_point place_of(char letter)
{
    return (ovf_point){0.0, letter - 'A'};
}

static struct chain_row {
    const char *name;
    const char *legs;     /* pairs of letters; a '>' between them: one way */
    const char *expected; /* chains, separated by blanks; '>' and '<': one way */
} chain_rows[] = {
    {"one leg", "AB", "AB"},
    {"in any order and direction", "CB DC AB", "ABCD"},
    {"two parts of the world", "AB CD", "AB CD"},
    {"a ring", "AB BC CA", "ABCA"},
    {"a fork: the longest walk from each odd end", "AB BC BD", "ABC BD"},
    {"a crossing", "AB BC DB BE", "ABC DBE"},
    {"a ring with a tail", "AB BC CD DB", "ABCDB"},
    {"listed twice", "AB BA", "AB"},
    {"one way", "B>A", "A<B"},
    {"one way, then both", "A>B B>A", "AB"},
    {"one way along", "A>B B>C", "A>B>C"},
    {"from a point to itself", "AA AB", "AB"},
};

static void add_leg(struct world_build *build, const char *text, size_t len)
{
    ovf_error err = {0};
    struct world_leg_row leg = {.airway = OVF_STR("UL1"),
                                .from = {text, 1},
                                .to = {text + len - 1, 1},
                                .from_place = place_of(text[0]),
                                .to_place = place_of(text[len - 1]),
                                .lower_fl = 60,
                                .upper_fl = 460,
                                .is_low = true,
                                .way = len == 3 ? OVF_AIRWAY_FORWARD : OVF_AIRWAY_BOTH};
    assert_int_equal(world_build_add_leg(build, &leg, &err), OVF_OK);
}

static void strings_chains(void **state)
{
    const struct chain_row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    struct world_build build = {.arena = &arena};
    ovf_error err = {0};
    for (char c = 'A'; c <= 'E'; c++) {
        ovf_fix fix = {.ident = ovf_arena_dup(&arena, (ovf_str){&c, 1}),
                       .kind = OVF_STR("fix"),
                       .place = place_of(c),
                       .source = OVF_STR("made up")};
        assert_int_equal(world_build_add_fix(&build, &fix, &err), OVF_OK);
    }
    ovf_str rest = ovf_str_of(row->legs);
    ovf_str leg = {0};
    while (ovf_str_field(&rest, ' ', &leg))
        add_leg(&build, leg.ptr, leg.len);
    struct world_nav nav;
    assert_int_equal(world_link_nav(&build, &arena, &nav, &err), OVF_OK);
    ovf_buf found = {0};
    for (size_t i = 0; i < nav.airway_count; i++) {
        if (i > 0)
            ovf_buf_addc(&found, ' ');
        for (uint32_t k = 0; k < nav.airways[i].count; k++) {
            const struct world_airway_point *point = &nav.points[nav.airways[i].first + k];
            ovf_buf_addc(&found, nav.fixes[point->fix].ident[0]);
            if ((point->lower & WORLD_LEG_FORWARD) != 0)
                ovf_buf_addc(&found, '>');
            if ((point->lower & WORLD_LEG_BACKWARD) != 0)
                ovf_buf_addc(&found, '<');
        }
    }
    assert_string_equal(ovf_arena_dup(&arena, ovf_buf_str(&found)).ptr, row->expected);
    ovf_buf_done(&found);
    ovf_arena_done(&arena);
}

static void keeps_points_once(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    struct world_build build = {.arena = &arena};
    ovf_error err = {0};
    const ovf_fix fixes[] = {
        {OVF_STR_INIT("AB"), OVF_STR_INIT("vor"), {10.0, 20.0}, OVF_STR_INIT("first")},
        {OVF_STR_INIT("AB"), OVF_STR_INIT("ndb"), {10.01, 20.0}, OVF_STR_INIT("0.6 NM off")},
        {OVF_STR_INIT("AB"), OVF_STR_INIT("ndb"), {10.02, 20.0}, OVF_STR_INIT("1.2 NM off")},
        {OVF_STR_INIT("AC"), OVF_STR_INIT("ndb"), {10.0, 20.0}, OVF_STR_INIT("another name")},
        {OVF_STR_INIT("AB"), OVF_STR_INIT("fix"), {0.0, 179.999}, OVF_STR_INIT("far")},
        {OVF_STR_INIT("AB"), OVF_STR_INIT("fix"), {0.0, -179.999}, OVF_STR_INIT("over the line")},
    };
    for (size_t i = 0; i < OVF_COUNTOF(fixes); i++)
        assert_int_equal(world_build_add_fix(&build, &fixes[i], &err), OVF_OK);
    struct world_nav nav;
    assert_int_equal(world_link_nav(&build, &arena, &nav, &err), OVF_OK);
    assert_int_equal(nav.fix_count, 4);
    assert_int_equal(nav.fixes[0].kind, WORLD_FIX_FIX); /* sorted by latitude within a name */
    assert_int_equal(nav.fixes[1].kind, WORLD_FIX_VOR);
    assert_int_equal(nav.fixes[2].kind, WORLD_FIX_NDB);
    assert_true(ovf_str_eq(nav.sources[nav.fixes[2].source], OVF_STR("1.2 NM off")));
    ovf_arena_done(&arena);
}

static void refuses_rows(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    struct world_build build = {.arena = &arena};
    ovf_error err = {0};
    ovf_fix fix = {.ident = OVF_STR("TOOLONG"), .kind = OVF_STR("fix")};
    assert_int_equal(world_build_add_fix(&build, &fix, &err), OVF_E_RANGE);
    fix.ident = OVF_STR("A-B");
    assert_int_equal(world_build_add_fix(&build, &fix, &err), OVF_E_RANGE);
    fix.ident = OVF_STR("");
    assert_int_equal(world_build_add_fix(&build, &fix, &err), OVF_E_RANGE);
    fix = (ovf_fix){.ident = OVF_STR("AB"), .place = {91.0, 0.0}};
    assert_int_equal(world_build_add_fix(&build, &fix, &err), OVF_E_RANGE);
    struct world_leg_row leg = {.airway = OVF_STR("UL1"),
                                .from = OVF_STR("A"),
                                .to = OVF_STR("B"),
                                .lower_fl = 100,
                                .upper_fl = 50};
    assert_int_equal(world_build_add_leg(&build, &leg, &err), OVF_E_RANGE);
    leg.lower_fl = 50;
    leg.airway = OVF_STR("NINELONGS");
    assert_int_equal(world_build_add_leg(&build, &leg, &err), OVF_E_RANGE);
    /* A leg to a point that is in no table: an error, not a point less. */
    leg.airway = OVF_STR("UL1");
    assert_int_equal(world_build_add_leg(&build, &leg, &err), OVF_OK);
    struct world_nav nav;
    assert_int_equal(world_link_nav(&build, &arena, &nav, &err), OVF_E_NOT_FOUND);
    ovf_arena_done(&arena);
}

/* ---- packed rings ---- */

static struct ring_row {
    const char *name;
    char form;
    ovf_fixed vertices[4];
} ring_rows[] = {
    /* step 0.5 from -90, 720 columns: half degrees */
    {"on the lattice", 'l', {{5000000, -5000000}, {-895000000, 1795000000}, {0, 0}, {0, 5000000}}},
    {"over 180 degrees", 'l', {{0, 1795000000}, {0, -1795000000}, {5000000, -1800000000}, {0, 0}}},
    {"beside it", 'f', {{5000001, 0}, {900000000, 1800000000}, {-900000000, -1800000000}, {0, 0}}},
};

static void packs_rings(void **state)
{
    const struct ring_row *row = *state;
    const struct world_lattice lattice = {.step_deg = 0.5, .lat0_deg = -90.0, .columns = 720.0};
    ovf_ring ring = {.vertices = row->vertices, .count = 4};
    ovf_buf packed = {0};
    world_ring_pack(&lattice, &ring, &packed);
    assert_int_equal(packed.ptr[0], row->form);
    ovf_fixed back[4];
    const unsigned char *bytes = (const unsigned char *)packed.ptr;
    assert_true(world_ring_unpack(&lattice, bytes, packed.len, back, 4));
    assert_memory_equal(back, row->vertices, sizeof back);
    for (size_t len = 0; len < packed.len; len++) /* cut anywhere, it is no ring */
        assert_false(world_ring_unpack(&lattice, bytes, len, back, 4));
    ovf_buf_done(&packed);
}

/* ---- the world ---- */

static void need_airways(void)
{
    if (ovf_world_airway_count(world) == 0)
        skip();
}

static struct navaid_row {
    const char *ident, *kind;
    ovf_point near; /* to tell namesakes apart */
    uint32_t frequency_khz;
    const char *name;
} navaid_rows[] = {
    /* AIP Venezuela ENR 4.1; AIP Nederland ENR 4.1; FAA chart supplement; AIP France ENR 4.1 */
    {"MIQ", "vor-dme", {10.6, -67.0}, 114800, "MAIQUETIA"},
    {"SPY", "vor-dme", {52.5, 4.9}, 113300, "SPIJKERBOOR"},
    {"JFK", "vor-dme", {40.6, -73.8}, 115900, "KENNEDY"},
    {"AMB", "vor-dme", {47.4, 1.1}, 113700, "AMBOISE"},
};

static void knows_navaids(void **state)
{
    const struct navaid_row *row = *state;
    need_airways();
    double away_m = 0.0;
    uint32_t fix = ovf_world_nearest_fix(world, ovf_str_of(row->ident), row->near, &away_m);
    assert_true(away_m < 30000.0);
    size_t count = 0;
    uint32_t first = ovf_world_navaids_at(world, fix, &count);
    assert_true(count > 0);
    ovf_navaid aid = ovf_world_navaid(world, first);
    print_message("%.*s %.*s %u\n", OVF_ARG(aid.kind), OVF_ARG(aid.name), aid.frequency_khz);
    assert_true(ovf_str_eq(aid.kind, ovf_str_of(row->kind)));
    assert_int_equal(aid.frequency_khz, row->frequency_khz);
    assert_true(ovf_str_eq(aid.name, ovf_str_of(row->name)));
    assert_int_equal(aid.fix, fix);
}

static struct path_row {
    const char *name;
    const char *airway, *from, *to;
    ovf_point near;       /* both ends */
    const char *expected; /* points; NULL: not found */
} path_rows[] = {
    /* awy.dat: AMGOD BERGI 195 660 UL602, AMGOD SUPUR, BERGI SPY */
    {"UL602 over the North Sea", "UL602", "SPY", "SUPUR", {53, 4}, "SPY BERGI AMGOD SUPUR"},
    {"the other way", "UL602", "SUPUR", "SPY", {53, 4}, "SUPUR AMGOD BERGI SPY"},
    /* awy.dat: BITTA 00MKK, 00MKK CKH99 R464 */
    {"R464 off Hawaii", "R464", "BITTA", "CKH99", {22.5, -156}, "BITTA 00MKK CKH99"},
    {"to itself", "R464", "BITTA", "BITTA", {22.5, -156}, "BITTA"},
    {"small letters", "r464", "BITTA", "00MKK", {22.5, -156}, "BITTA 00MKK"},
    {"not on it", "R464", "BITTA", "SUPUR", {22.5, -156}, NULL},
    {"no such airway", "ZZ999", "BITTA", "SUPUR", {22.5, -156}, NULL},
};

static void finds_paths(void **state)
{
    const struct path_row *row = *state;
    need_airways();
    uint32_t from = ovf_world_nearest_fix(world, ovf_str_of(row->from), row->near, NULL);
    uint32_t to = ovf_world_nearest_fix(world, ovf_str_of(row->to), row->near, NULL);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    uint32_t *path = NULL;
    size_t count = 0;
    ovf_error err = {0};
    ovf_status status = ovf_world_airway_path(world, ovf_str_of(row->airway), from, to, &arena,
                                              &path, &count, &err);
    assert_int_equal(status, row->expected == NULL ? OVF_E_NOT_FOUND : OVF_OK);
    ovf_buf found = {0};
    for (size_t i = 0; status == OVF_OK && i < count; i++) {
        if (i > 0)
            ovf_buf_addc(&found, ' ');
        ovf_buf_add(&found, ovf_world_fix(world, path[i]).ident);
    }
    if (row->expected != NULL)
        assert_string_equal(ovf_arena_dup(&arena, ovf_buf_str(&found)).ptr, row->expected);
    ovf_buf_done(&found);
    ovf_arena_done(&arena);
}

/* Every leg begins and ends at a fix that lists it, and no name has two points within a mile. */
static void hangs_together(void **state)
{
    (void)state;
    need_airways();
    size_t legs = 0;
    for (uint32_t i = 0; i < ovf_world_airway_count(world); i++) {
        ovf_airway airway = ovf_world_airway(world, i);
        assert_true(airway.name.len > 0 && airway.leg_count > 0);
        for (uint32_t k = 0; k < airway.leg_count; k++, legs++) {
            ovf_airway_leg leg = ovf_world_airway_leg(world, i, k);
            assert_true(leg.from != OVF_INDEX_NONE && leg.to != OVF_INDEX_NONE);
            assert_true(leg.lower_fl <= leg.upper_fl && (leg.is_low || leg.is_high));
            ovf_airway_leg at[128];
            size_t count = ovf_world_legs_at(world, leg.from, at, OVF_COUNTOF(at));
            assert_true(count <= OVF_COUNTOF(at));
            size_t seen = 0;
            for (size_t n = 0; n < count; n++)
                seen += at[n].airway == i && at[n].leg == k;
            assert_int_equal(seen, 1);
        }
    }
    assert_int_equal(legs,
                     62874); /* 62,867 names and pairs of points in awy.dat, and those of MT E */
    for (uint32_t i = 1; i < ovf_world_fix_count(world); i++) {
        ovf_fix a = ovf_world_fix(world, i - 1);
        ovf_fix b = ovf_world_fix(world, i);
        assert_true(ovf_str_cmp(a.ident, b.ident) <= 0);
        if (ovf_str_eq(a.ident, b.ident))
            assert_true(ovf_distance_m(a.place, b.place) >= OVF_NM_M - 0.1);
    }
    ovf_fix none = ovf_world_fix(world, OVF_INDEX_NONE);
    assert_int_equal(none.ident.len, 0);
    assert_int_equal(ovf_world_airway_leg(world, OVF_INDEX_NONE, 0).from, OVF_INDEX_NONE);
}

static int open_world(void **state)
{
    (void)state;
    ovf_error err = {0};
    return ovf_world_open(world_path, &world, &err) == OVF_OK ? 0 : 1;
}

static int close_world(void **state)
{
    (void)state;
    ovf_world_free(world);
    return 0;
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[OVF_COUNTOF(chain_rows) + OVF_COUNTOF(ring_rows)
                            + OVF_COUNTOF(navaid_rows) + OVF_COUNTOF(path_rows) + 3] = {0};
    size_t n = 0;
    world_path = argc > 1 ? argv[1] : "overfly.world";
    for (size_t i = 0; i < OVF_COUNTOF(chain_rows); i++)
        tests[n++] =
            (struct CMUnitTest){chain_rows[i].name, strings_chains, NULL, NULL, &chain_rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(ring_rows); i++)
        tests[n++] = (struct CMUnitTest){ring_rows[i].name, packs_rings, NULL, NULL, &ring_rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(navaid_rows); i++)
        tests[n++] =
            (struct CMUnitTest){navaid_rows[i].ident, knows_navaids, NULL, NULL, &navaid_rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(path_rows); i++)
        tests[n++] = (struct CMUnitTest){path_rows[i].name, finds_paths, NULL, NULL, &path_rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(keeps_points_once);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(refuses_rows);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(hangs_together);
    return _cmocka_run_group_tests("nav", tests, n, open_world, close_world);
}
