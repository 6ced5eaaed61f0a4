/* SPDX-License-Identifier: Apache-2.0 */
/* Names, codes, registrations, addresses and points, against the compiled world (argv[1]).
 * Expected values: ISO 3166-1, ICAO Annex 7 and Doc 7910 and 8585, Annex 10 Vol. III. */
#include <overfly/world.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static ovf_world *world;

static const char *iso3_of(uint32_t state, char code[4])
{
    if (state == OVF_INDEX_NONE)
        return "-";
    memcpy(code, ovf_world_state(world, state)->iso3.ptr, 3);
    code[3] = '\0';
    return code;
}

/* ---- what the user types ---- */

static struct place_row {
    const char *text;
    ovf_place_kind kind; /* OVF_PLACE_NONE: not found */
    const char *code;
    const char *state; /* ISO3, "-" or NULL: whatever it is */
} places[] = {
    {"SVZM", OVF_PLACE_FIR, "SVZM", "VEN"},
    {"svzm", OVF_PLACE_FIR, "SVZM", "VEN"},
    {"Maiquetia", OVF_PLACE_FIR, "SVZM", "VEN"},
    {"TTZP", OVF_PLACE_FIR, "TTZP", "TTO"},
    {"VEN", OVF_PLACE_STATE, "VEN", "VEN"},
    {"Venezuela", OVF_PLACE_STATE, "VEN", "VEN"},
    {"BOLIVARIAN REPUBLIC OF VENEZUELA", OVF_PLACE_STATE, "VEN", "VEN"},
    {"the Netherlands", OVF_PLACE_STATE, "NLD", "NLD"},
    {"Holland", OVF_PLACE_STATE, "NLD", "NLD"},
    {"U.S.", OVF_PLACE_STATE, "USA", "USA"},
    {"United States of America", OVF_PLACE_STATE, "USA", "USA"},
    {"Cura\xC3\xA7"
     "ao",
     OVF_PLACE_STATE, "CUW", "CUW"},
    {"Turkiye", OVF_PLACE_STATE, "TUR", "TUR"},
    {"Aruba", OVF_PLACE_STATE, "ABW", "ABW"},
    {"T\xC3\xBCrkiye", OVF_PLACE_STATE, "TUR", "TUR"},
    {"Curac\xCC\xA7"
     "ao",
     OVF_PLACE_STATE, "CUW", "CUW"},
    {"C\xC3\xB4te d\xE2\x80\x99Ivoire", OVF_PLACE_STATE, "CIV", "CIV"},
    {"Vi\xE1\xBB\x87t Nam", OVF_PLACE_STATE, "VNM", "VNM"},
    {"\xC3\x85land", OVF_PLACE_STATE, "ALA", "ALA"},
    {"S\xC3\xA3o Tom\xC3\xA9", OVF_PLACE_STATE, "STP", "STP"},
    {"Burma", OVF_PLACE_STATE, "MMR", "MMR"},
    {"Swaziland", OVF_PLACE_STATE, "SWZ", "SWZ"},
    {"Cape Verde", OVF_PLACE_STATE, "CPV", "CPV"},
    {"Macedonia", OVF_PLACE_STATE, "MKD", "MKD"},
    {"Persia", OVF_PLACE_STATE, "IRN", "IRN"},
    {"Siam", OVF_PLACE_STATE, "THA", "THA"},
    {"Vatican", OVF_PLACE_STATE, "VAT", "VAT"},
    {"\xC3\x96sterreich", OVF_PLACE_STATE, "AUT", "AUT"},
    {"Ivory Coast", OVF_PLACE_STATE, "CIV", "CIV"},
    {"Maracaibo", OVF_PLACE_AIRPORT, "SVMC", "VEN"},
    {"\xC5\x81\xC3\x93"
     "D\xC5\xB9",
     OVF_PLACE_AIRPORT, "EPLL", "POL"},
    {"Ho Chi Minh City", OVF_PLACE_AIRPORT, "VVTS", "VNM"},
    {"London", OVF_PLACE_NONE, NULL, NULL}, /* has ten airports */
    {"SVMI", OVF_PLACE_AIRPORT, "SVMI", "VEN"},
    {"CCS", OVF_PLACE_AIRPORT, "SVMI", "VEN"},
    {"13N,056W", OVF_PLACE_POINT, "", "-"},
    {"10.49,-66.88", OVF_PLACE_POINT, "", "VEN"},
    {"Atlantis", OVF_PLACE_NONE, NULL, NULL},
    {"", OVF_PLACE_NONE, NULL, NULL},
};

static void finds_places(void **state)
{
    const struct place_row *row = *state;
    ovf_place place = {0};
    ovf_error err = {0};
    ovf_status status = ovf_world_find(world, ovf_str_of(row->text), &place, &err);
    if (row->kind == OVF_PLACE_NONE) {
        assert_int_equal(status, OVF_E_NOT_FOUND);
        return;
    }
    char code[4];
    assert_int_equal(status, OVF_OK);
    assert_int_equal(place.kind, row->kind);
    assert_true(ovf_str_eq(place.code, ovf_str_of(row->code)));
    assert_string_equal(iso3_of(place.state, code), row->state);
}

/* ---- points ---- */

static struct point_row {
    const char *text;
    ovf_status status;
    double lat_deg, lon_deg;
} points[] = {
    {"4.5S,29.2E", OVF_OK, -4.5, 29.2},
    {"-4.5,29.2", OVF_OK, -4.5, 29.2},
    {"-4.5, -29.2", OVF_OK, -4.5, -29.2},
    {"13N,056W", OVF_OK, 13.0, -56.0},
    {"13N056W", OVF_OK, 13.0, -56.0},
    {"1030N 06700W", OVF_OK, 10.5, -67.0},
    {"1030N06700W", OVF_OK, 10.5, -67.0},
    {"103030N0670000W", OVF_OK, 10.508333333333333, -67.0},
    {"1030.5N 06700W", OVF_OK, 10.508333333333333, -67.0},
    {"90,180", OVF_OK, 90.0, 180.0},
    {"0,-180", OVF_OK, 0.0, -180.0},
    {" 10.5 , 20.25 ", OVF_OK, 10.5, 20.25},
    {"91,0", OVF_E_RANGE, 0, 0},
    {"0,181", OVF_E_RANGE, 0, 0},
    {"1060N 06700W", OVF_E_RANGE, 0, 0},
    {"", OVF_E_SYNTAX, 0, 0},
    {"10", OVF_E_SYNTAX, 0, 0},
    {"10,", OVF_E_SYNTAX, 0, 0},
    {"10,20,30", OVF_E_SYNTAX, 0, 0},
    {"10N,20", OVF_E_SYNTAX, 0, 0},
    {"10E,20N", OVF_E_SYNTAX, 0, 0},
    {"-10N,20E", OVF_E_SYNTAX, 0, 0},
    {"10.,20", OVF_E_SYNTAX, 0, 0},
    {"1e1,20", OVF_E_SYNTAX, 0, 0},
    {"nan,20", OVF_E_SYNTAX, 0, 0},
    {"99999999999999999999999999,20", OVF_E_SYNTAX, 0, 0},
};

static void parses_points(void **state)
{
    const struct point_row *row = *state;
    ovf_point p = {7, 7};
    ovf_error err = {0};
    assert_int_equal(ovf_point_parse(ovf_str_of(row->text), &p, &err), row->status);
    if (row->status != OVF_OK) {
        assert_true(p.lat_deg == 7 && p.lon_deg == 7);
        assert_true(err.pos <= strlen(row->text));
        return;
    }
    assert_true(fabs(p.lat_deg - row->lat_deg) < 1e-9);
    assert_true(fabs(p.lon_deg - row->lon_deg) < 1e-9);
}

/* ---- registrations, addresses, operators ---- */

static struct mark_row {
    const char *registration;
    const char *iso3;
} marks[] = {
    {"N742AV", "USA"}, {"HK-5273", "COL"}, {"HK5273", "COL"},       {"yv3507", "VEN"},
    {"VP-BXX", "BMU"}, {"VP-CAB", "CYM"},  {"B-HNR", "HKG"},        {"B-18901", "TWN"},
    {"B-2447", "CHN"}, {"PJ-KLM", "CUW"},  {"P4-AAA", "ABW"},       {"G-STBA", "GBR"},
    {"D-ABYA", "DEU"}, {"F-GSPA", "FRA"},  {"PH-BVA", "NLD"},       {"EC-MXV", "ESP"},
    {"C-FIVS", "CAN"}, {"9Y-GUY", "TTO"},  {"A9C-AB", "BHR"},       {"", "-"},
    {"N", "-"},        {"QQ-ABC", "-"},    {"NNNNNNNNNNNNNN", "-"},
};

static void knows_registrations(void **state)
{
    const struct mark_row *row = *state;
    char code[4];
    uint32_t found = ovf_world_registration_state(world, ovf_str_of(row->registration));
    assert_string_equal(iso3_of(found, code), row->iso3);
}

static struct address_row {
    const char *name;
    uint32_t address;
    const char *iso3;
} addresses[] = {
    {"first of the USA", 0xA00000, "USA"},
    {"last of the USA", 0xAFFFFF, "USA"},
    {"Venezuela", 0x0D8123, "VEN"},
    {"Colombia", 0x0AC001, "COL"},
    {"Hong Kong inside China", 0x789001, "HKG"},
    {"China", 0x788FFF, "CHN"},
    {"Bermuda inside the UK", 0x400104, "BMU"},
    {"Cayman Islands beside it", 0x400080, "CYM"},
    {"British military before it", 0x40000F, "GBR"},
    {"United Kingdom", 0x406000, "GBR"},
    {"allotted to nobody", 0x000001, "-"},
    {"beyond 24 bits", 0x1000000, "-"},
};

static void knows_addresses(void **state)
{
    const struct address_row *row = *state;
    char code[4];
    assert_string_equal(iso3_of(ovf_world_address_state(world, row->address), code), row->iso3);
}

static void knows_operators(void **state)
{
    OVF_UNUSED(state);
    char code[4];
    uint32_t klm = ovf_world_find_operator(world, OVF_STR("klm"));
    assert_int_not_equal(klm, OVF_INDEX_NONE);
    assert_string_equal(iso3_of(ovf_world_operator(world, klm)->state, code), "NLD");
    assert_int_equal(ovf_world_find_operator(world, ovf_world_operator(world, klm)->name), klm);
    assert_int_equal(ovf_world_find_operator(world, OVF_STR("Q9Q")), OVF_INDEX_NONE);
}

static void knows_sovereigns(void **state)
{
    OVF_UNUSED(state);
    static const char *const pairs[][2] = {{"CUW", "NLD"}, {"ABW", "NLD"}, {"PRI", "USA"},
                                           {"GUF", "FRA"}, {"BMU", "GBR"}, {"VEN", "VEN"}};
    for (size_t i = 0; i < OVF_COUNTOF(pairs); i++) {
        char code[4];
        uint32_t state_index = ovf_world_find_state(world, ovf_str_of(pairs[i][0]));
        assert_string_equal(iso3_of(ovf_world_sovereign(world, state_index), code), pairs[i][1]);
    }
    size_t eu = 0;
    for (uint32_t i = 0; i < ovf_world_state_count(world); i++) {
        const ovf_state *s = ovf_world_state(world, i);
        eu += s->is_eu && ovf_str_eq(s->sovereign, s->iso3);
    }
    assert_int_equal(eu, 27); /* members of the European Union since 2020 */
}

static void knows_sources(void **state)
{
    OVF_UNUSED(state);
    ovf_str sources = ovf_world_sources(world);
    assert_true(ovf_str_find(sources, 0, OVF_STR("Natural Earth")) != OVF_NOPOS);
    assert_true(ovf_str_find(sources, 0, OVF_STR("states.txt: ISO 3166-1")) != OVF_NOPOS);
}

int main(int argc, char **argv)
{
    ovf_error err = {0};
    if (argc < 2 || ovf_world_open(argv[1], &world, &err) != OVF_OK) {
        fprintf(stderr, "no world: %s\n", err.reason);
        return 1;
    }
    struct CMUnitTest tests[OVF_COUNTOF(places) + OVF_COUNTOF(points) + OVF_COUNTOF(marks)
                            + OVF_COUNTOF(addresses) + 3] = {0};
    size_t n = 0;
    for (size_t i = 0; i < OVF_COUNTOF(places); i++)
        tests[n++] = (struct CMUnitTest){places[i].text, finds_places, NULL, NULL, &places[i]};
    for (size_t i = 0; i < OVF_COUNTOF(points); i++)
        tests[n++] = (struct CMUnitTest){points[i].text, parses_points, NULL, NULL, &points[i]};
    for (size_t i = 0; i < OVF_COUNTOF(marks); i++)
        tests[n++] =
            (struct CMUnitTest){marks[i].registration, knows_registrations, NULL, NULL, &marks[i]};
    for (size_t i = 0; i < OVF_COUNTOF(addresses); i++)
        tests[n++] =
            (struct CMUnitTest){addresses[i].name, knows_addresses, NULL, NULL, &addresses[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(knows_operators);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(knows_sovereigns);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(knows_sources);
    int failed = _cmocka_run_group_tests("places", tests, n, NULL, NULL);
    ovf_world_free(world);
    return failed;
}
