/* SPDX-License-Identifier: Apache-2.0 */
/* POINT AIRWAY POINT of item 15. Expected points are rows of awy.dat, cycle 2013.10, read by eye:
 * "AMGOD BERGI UL602", "AMGOD SUPUR UL602", "BERGI SPY UL602". Argument: the world file; skipped
 * when it was built without airways. */
#include <overfly/flight.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char *world_path;
static ovf_world *world;

static struct row {
    const char *name;
    const char *from, *to, *route;
    const char *points;     /* '+': expanded, '~': the leg before it stands for what is missing */
    const char *unresolved; /* words */
} rows[] = {
    {"expanded", "EHAM", "EGNT", "SPY UL602 SUPUR", "EHAM SPY +BERGI +AMGOD SUPUR EGNT", ""},
    {"against it", "EGNT", "EHAM", "SUPUR UL602 SPY", "EGNT SUPUR +AMGOD +BERGI SPY EHAM", ""},
    {"neighbours", "EHAM", "EGNT", "AMGOD UL602 SUPUR", "EHAM AMGOD SUPUR EGNT", ""},
    {"with a change of level", "EHAM", "EGNT", "BERGI/N0450F350 UL602 SUPUR/N0440F370 DCT",
     "EHAM BERGI +AMGOD SUPUR EGNT", ""},
    {"an airway that is not known", "EHAM", "EGNT", "BERGI UX999 SUPUR", "EHAM BERGI ~SUPUR EGNT",
     "UX999"},
    {"a point that is not on it", "EHAM", "EGNT", "BERGI UL602 00MKK", "EHAM BERGI ~EGNT",
     "UL602 00MKK"},
    {"a point that is not known", "EHAM", "EGNT", "BERGI UL602 QQQQQ", "EHAM BERGI ~EGNT",
     "UL602 QQQQQ"},
    {"no point behind", "EHAM", "EGNT", "BERGI UL602", "EHAM BERGI ~EGNT", "UL602"},
    {"no point between", "EHAM", "EGNT", "BERGI UL602 UL603 SUPUR", "EHAM BERGI ~SUPUR EGNT",
     "UL602 UL603"},
    /* ABA: Aruba and three elsewhere. awy.dat: LIDOL DUNER, DUNER ABA UG442 */
    {"the namesake on the airway", "TNCA", "MKJP", "ABA UG442 LIDOL", "TNCA ABA +DUNER LIDOL MKJP",
     ""},
};

static void expands(void **state)
{
    const struct row *row = *state;
    if (ovf_world_airway_count(world) == 0)
        skip();
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_findings findings = {.arena = &arena};
    ovf_flight f = {.from = ovf_str_of(row->from), .to = ovf_str_of(row->to)};
    assert_int_equal(ovf_flight_expand(world, ovf_str_of(row->route), &arena, &f, &findings),
                     OVF_OK);
    ovf_buf points = {0}, unresolved = {0};
    size_t route_len = strlen(row->route);
    for (size_t i = 0; i < f.point_count; i++) {
        const ovf_flight_point *p = &f.points[i];
        ovf_buf_printf(&points, "%s%s%s" OVF_FMT, i == 0 ? "" : " ", p->is_expanded ? "+" : "",
                       p->is_bridged ? "~" : "", OVF_ARG(p->ident));
        if (p->is_expanded) {
            assert_true(p->span.at + p->span.len <= route_len);
            assert_memory_equal(row->route + p->span.at, p->via.ptr, p->via.len);
        }
    }
    for (size_t i = 0; i < f.unresolved_count; i++)
        ovf_buf_printf(&unresolved, "%s" OVF_FMT, i == 0 ? "" : " ", OVF_ARG(f.unresolved[i].text));
    assert_string_equal(ovf_arena_dup(&arena, ovf_buf_str(&points)).ptr, row->points);
    assert_string_equal(ovf_arena_dup(&arena, ovf_buf_str(&unresolved)).ptr, row->unresolved);
    assert_int_equal(f.route_complete, row->unresolved[0] == '\0');
    ovf_buf_done(&points);
    ovf_buf_done(&unresolved);
    ovf_arena_done(&arena);
}

/* MIQ VOR is set to 11 degrees west (nav.dat): radial 180 leads to 169 true, and 40 NM on that
 * course from 10-36-34N 066-59-23W are 39.27 NM south and 7.63 NM east (plane sines). */
static void turns_radials(void **state)
{
    (void)state;
    if (ovf_world_airway_count(world) == 0)
        skip();
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_findings findings = {.arena = &arena};
    ovf_flight f = {.from = OVF_STR_INIT("SKBO"), .to = OVF_STR_INIT("SVMI")};
    assert_int_equal(ovf_flight_expand(world, OVF_STR("MIQ180040"), &arena, &f, &findings), OVF_OK);
    assert_true(f.route_complete);
    assert_int_equal(f.point_count, 3);
    ovf_point expected = {10.0 + 36.57 / 60.0 - 39.27 / 60.0,
                          -66.0 - 59.38 / 60.0 + 7.63 / 60.0 / 0.9831};
    assert_true(ovf_distance_m(f.points[1].place, expected) < 600.0);
    ovf_arena_done(&arena);
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
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 1] = {0};
    world_path = argc > 1 ? argv[1] : "overfly.world";
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, expands, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] = (struct CMUnitTest)cmocka_unit_test(turns_radials);
    return _cmocka_run_group_tests("airways", tests, OVF_COUNTOF(tests), open_world, close_world);
}
