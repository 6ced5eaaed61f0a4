/* SPDX-License-Identifier: Apache-2.0 */
/* The zone language (docs/formats/zone.md), and sea.txt and its boxes: what is read, and where a
 * mistake is found. Two States without land are enough: no row here follows a border. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "world_internal.h"

static struct world_state_row states[] = {{.fields = {.iso3 = OVF_STR_INIT("AAA")}},
                                          {.fields = {.iso3 = OVF_STR_INIT("BBB")}}};

struct read {
    ovf_arena arena;
    struct world_build build;
    ovf_error err;
    ovf_status status;
};

static void read_text(struct read *r, const char *text)
{
    *r = (struct read){0};
    ovf_arena_init(&r->arena, 0);
    r->build = (struct world_build){
        .arena = &r->arena, .states = states, .state_count = OVF_COUNTOF(states)};
    r->status = world_zone_read(&r->build, "t.zone", ovf_str_of(text), &r->err);
}

#define SQUARE "limit\npoint 0000N 00000E - 0000N 00100E - 0100N 00100E\ngeodesic to origin\nend\n"
#define ZONE "zone z\nname A place\nkind disputed\nstate AAA\nfrom AAA BBB\nheld AAA\n"

static struct bad_row {
    const char *name;
    const char *text;
    const char *start; /* of the reason */
} bad_rows[] = {
    {"no zone", "fir z\n", "t.zone:1:1: expected 'zone'"},
    {"no name of the zone", "zone\n", "t.zone:1:1: expected the name"},
    {"file ends in the head", "zone z\nname A\n", "t.zone:3:1: expected 'limit' before"},
    {"unknown word", "zone z\ncolour red\n", "t.zone:2:1: expected a word of the head"},
    {"word without a value", "zone z\nname\n", "t.zone:2:1: expected a value"},
    {"word given twice", "zone z\nname A\nname B\n", "t.zone:3:1: this word has been given"},
    {"unknown kind", "zone z\nkind lake\n", "t.zone:2:6: expected disputed, part,"},
    {"unknown State", "zone z\nstate CCC\n", "t.zone:2:7: expected an ISO3 code"},
    {"unknown claimant", "zone z\nclaimed AAA CCC\n", "t.zone:2:13: expected an ISO3 code"},
    {"accuracy in miles", "zone z\naccuracy 3 NM\n", "t.zone:2:10: expected kilometres"},
    {"accuracy of nothing", "zone z\naccuracy 0 KM\n", "t.zone:2:10: expected kilometres"},
    {"no source", ZONE "claimed AAA\n" SQUARE, "t.zone:8:1: expected 'source' before"},
    {"nobody claims", ZONE "source s\n" SQUARE, "t.zone:8:1: expected 'claimed'"},
    {"cut out of nothing", "zone z\nname A\nkind part\nstate AAA\nsource s\n" SQUARE,
     "t.zone:6:1: expected 'from'"},
    {"archipelago of nobody", "zone z\nname A\nkind archipelago\nstate -\nsource s\n" SQUARE,
     "t.zone:6:1: expected a State"},
    {"bad point", ZONE "claimed AAA\nsource s\nlimit\npoint 9100N 00000E\nend\n",
     "t.zone:10:7: latitude out of range"},
    {"open limit", ZONE "claimed AAA\nsource s\nlimit\npoint 0000N 00000E - 0000N 00100E\nend\n",
     "t.zone:10:22: a limit needs three"},
    {"no end", ZONE "claimed AAA\nsource s\nlimit\npoint 0000N 00000E\n",
     "t.zone:11:1: expected 'end'"},
    {"same name twice",
     "zone z\nname A\nkind waters\nstate AAA\nsource s\n" SQUARE
     "zone z\nname A\nkind waters\nstate AAA\nsource s\n" SQUARE,
     "t.zone:10:6: this name has been given"},
};

static void refuses(void **state)
{
    const struct bad_row *row = *state;
    struct read r;
    read_text(&r, row->text);
    assert_int_not_equal(r.status, OVF_OK);
    size_t len = strlen(row->start);
    if (strncmp(r.err.reason, row->start, len) != 0)
        assert_string_equal(r.err.reason, row->start);
    ovf_arena_done(&r.arena);
}

static void reads_a_zone(void **state)
{
    OVF_UNUSED(state);
    struct read r;
    read_text(&r,
              "# comment\n" ZONE
              "  claimed AAA BBB   # both\n  accuracy 2.5 KM\n  note a: b\n  source law\n" SQUARE
              "zone y\nname B\nkind waters\nstate -\nsource s\n" SQUARE);
    if (r.status != OVF_OK)
        print_error("%s\n", r.err.reason);
    assert_int_equal(r.status, OVF_OK);
    assert_int_equal(r.build.zone_count, 2);
    const struct world_zone *zone = &r.build.zones[0];
    assert_int_equal(zone->kind, WORLD_ZONE_DISPUTED);
    assert_int_equal(zone->state, 0);
    assert_int_equal(zone->from_count, 2);
    assert_int_equal(zone->from[1], 1);
    assert_true(ovf_str_eq(zone->claim.name, OVF_STR("A place")));
    assert_true(ovf_str_eq(zone->claim.held_by, OVF_STR("AAA")));
    assert_true(ovf_str_eq(zone->claim.claimed_by, OVF_STR("AAA BBB")));
    assert_true(ovf_str_eq(zone->claim.note, OVF_STR("a: b")));
    assert_true(zone->claim.accuracy_m == 2500.0);
    assert_int_equal(zone->ring_count, 1);
    assert_int_equal(zone->rings[0].count, 3);
    assert_int_equal(r.build.zones[1].state, OVF_INDEX_NONE);
    ovf_arena_done(&r.arena);
}

/* A zone's geodesic edges are laid straight in degrees, along parallels they are as they are. */
static void lays_edges(void **state)
{
    OVF_UNUSED(state);
    struct read r;
    read_text(&r,
              "zone z\nname A\nkind waters\nstate AAA\nsource s\nlimit\npoint 6000N 00000E\n"
              "parallel to 010 00 E\npoint 6200N 01000E - 6200N 00000E\ngeodesic to origin\nend\n");
    assert_int_equal(r.status, OVF_OK);
    ovf_fixed *line = NULL;
    uint32_t count = 0;
    assert_true(world_zone_line(&r.build.zones[0].rings[0], &r.arena, &line, &count));
    assert_int_equal(line[1].lat_e7, 600000000);
    assert_int_equal(line[1].lon_e7, 100000000); /* one edge along the parallel */
    assert_true(count > 4 + 20);                 /* 524 km at 62 N, and two of 223 km */
    int32_t highest_e7 = 0;
    for (uint32_t i = 0; i < count; i++)
        highest_e7 = line[i].lat_e7 > highest_e7 ? line[i].lat_e7 : highest_e7;
    assert_true(highest_e7 > 620900000); /* the geodesic bends to the pole, by 0.0905 degrees */
    assert_true(highest_e7 < 620910000);
    ovf_arena_done(&r.arena);
}

static void takes_the_first_rule(void **state)
{
    OVF_UNUSED(state);
    struct world_sea_rule rules[] = {
        {.state = 0, .sea_m = 1, .south_deg = 0, .west_deg = 0, .north_deg = 5, .east_deg = 5},
        {.state = 0, .sea_m = 2, .south_deg = 0, .west_deg = 0, .north_deg = 9, .east_deg = 9},
        {.state = 1, .sea_m = 3, .south_deg = 0, .west_deg = 0, .north_deg = 5, .east_deg = 5},
    };
    struct world_build build = {.sea_rules = rules, .sea_rule_count = OVF_COUNTOF(rules)};
    assert_ptr_equal(world_sea_rule_at(&build, 0, (ovf_point){1, 1}), &rules[0]);
    assert_ptr_equal(world_sea_rule_at(&build, 0, (ovf_point){6, 1}), &rules[1]);
    assert_ptr_equal(world_sea_rule_at(&build, 1, (ovf_point){5, 5}), &rules[2]);
    assert_null(world_sea_rule_at(&build, 1, (ovf_point){5.01, 5}));
    assert_null(world_sea_rule_at(&build, OVF_INDEX_NONE, (ovf_point){1, 1}));
}

int main(void)
{
    enum { BAD = OVF_COUNTOF(bad_rows) };
    static struct CMUnitTest tests[BAD + 3];
    for (size_t i = 0; i < BAD; i++)
        tests[i] = (struct CMUnitTest){bad_rows[i].name, refuses, NULL, NULL, &bad_rows[i]};
    tests[BAD] = (struct CMUnitTest){"a zone", reads_a_zone, NULL, NULL, NULL};
    tests[BAD + 1] = (struct CMUnitTest){"edges", lays_edges, NULL, NULL, NULL};
    tests[BAD + 2] = (struct CMUnitTest){"first rule", takes_the_first_rule, NULL, NULL, NULL};
    return _cmocka_run_group_tests("zone_text", tests, OVF_COUNTOF(tests), NULL, NULL);
}
