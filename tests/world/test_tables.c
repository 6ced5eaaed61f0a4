/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of data/, asked through the public API of the compiled world (its path is the
 * argument): operators, registrations, 24-bit addresses, airports, points, FIRs. Expected values:
 * ICAO Doc 8585 (designators), Annex 7 (marks), Annex 10 Vol. III (addresses), Doc 7910 and the
 * States' AIPs (airports, points, FIRs). */
#include <overfly/world.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *world_path;
static ovf_world *world;

static int open_world(void **state)
{
    (void)state;
    ovf_error err = {0};
    if (ovf_world_open(world_path, &world, &err) == OVF_OK)
        return 0;
    print_error("%s: %s\n", world_path, err.reason);
    return -1;
}

static int close_world(void **state)
{
    (void)state;
    ovf_world_free(world);
    return 0;
}

/* The code of a State, "-" for none. */
static const char *code_of(uint32_t state, char out[4])
{
    if (state == OVF_INDEX_NONE)
        return "-";
    const ovf_state *s = ovf_world_state(world, state);
    assert_int_equal(s->iso3.len, 3);
    memcpy(out, s->iso3.ptr, 3);
    out[3] = '\0';
    return out;
}

struct row {
    const char *name; /* what is asked */
    const char *iso3; /* "-": not known */
};

/* ---- registrations ---- */

static struct row marks[] = {
    {"N742AV", "USA"},
    {"n-742av", "USA"},
    {"N1", "USA"},
    {"Z-ABC", "ZWE"},
    {"ZABC", "ZWE"},
    {"ZA-ABC", "ALB"},
    {"N1AB", "USA"},
    {"NAVY12", "-"},
    {"HK5273", "COL"},
    {"HK-5273", "COL"},
    {"YV3507", "VEN"},
    {"VP-BXX", "BMU"},
    {"VPBXX", "BMU"},
    {"VQ-TXX", "TCA"},
    {"VQ-BXX", "BMU"},
    {"VP-CXX", "CYM"},
    {"VP-LXX", "VGB"},
    {"B-HXX", "HKG"},
    {"B-LRA", "HKG"},
    {"B-KPM", "HKG"},
    {"B-MBM", "MAC"},
    {"B-1234", "CHN"},
    {"B-308A", "CHN"},
    {"B-18901", "TWN"},
    {"G-ABCD", "GBR"},
    {"M-ABCD", "IMN"},
    {"2-ABCD", "GGY"},
    {"ZJ-ABC", "JEY"},
    {"PH-BKA", "NLD"},
    {"PJ-XYZ", "CUW"},
    {"P4-ABC", "ABW"},
    {"P2-ANA", "PNG"},
    {"P-632", "PRK"},
    {"PR-XMA", "BRA"},
    {"PZ-TCO", "SUR"},
    {"9Y-TTO", "TTO"},
    {"8R-GAB", "GUY"},
    {"HP-1234CMP", "PAN"},
    {"CC-BGA", "CHL"},
    {"C-FABC", "CAN"},
    {"CS-TUA", "PRT"},
    {"EC-MIG", "ESP"},
    {"F-GZCP", "FRA"},
    {"F-OABC", "FRA"},
    {"D-ABYA", "DEU"},
    {"D-2123", "DEU"},
    {"D2-TEF", "AGO"},
    {"TC-JJA", "TUR"},
    {"A4O-BA", "OMN"},
    {"A40BA", "-"},
    {"A6-EUA", "ARE"},
    {"A9C-FA", "BHR"},
    {"9XR-WF", "RWA"},
    {"9V-SKA", "SGP"},
    {"RDPL-34188", "LAO"},
    {"RP-C8765", "PHL"},
    {"RA-73001", "RUS"},
    {"T7-ABC", "SMR"},
    {"T8A-001", "PLW"},
    {"Z-WPF", "ZWE"},
    {"ZS-SNA", "ZAF"},
    {"ZA-ABC", "ALB"},
    {"Z3-AAA", "MKD"},
    {"Z8-ABC", "SSD"},
    {"Z6-ABC", "-"},
    {"4X-EKA", "ISR"},
    {"4O-AOA", "MNE"},
    {"4K-AZ01", "AZE"},
    {"3X-GAB", "GIN"},
    {"7Q-YKP", "MWI"},
    {"XA-AMX", "MEX"},
    {"", "-"},
    {"-", "-"},
    {"HK", "-"},
    {"Q-ABC", "-"},
    {"QQQ", "-"},
    {"ABCDEFGHIJKL", "-"},
};

static void knows_the_mark(void **state)
{
    const struct row *row = *state;
    char code[4];
    uint32_t found = ovf_world_registration_state(world, ovf_str_of(row->name));
    assert_string_equal(code_of(found, code), row->iso3);
}

/* ---- addresses ---- */

static struct row addresses[] = {
    {"A00001", "USA"}, {"ADF7C7", "USA"}, {"A00000", "USA"}, {"AFFFFF", "USA"}, {"B00000", "-"},
    {"0D8123", "VEN"}, {"0D8000", "VEN"}, {"0DFFFF", "VEN"}, {"0E0000", "-"},   {"0AC123", "COL"},
    {"0ACFFF", "COL"}, {"0AD000", "-"},   {"789012", "HKG"}, {"788FFF", "CHN"}, {"78A000", "CHN"},
    {"780000", "CHN"}, {"899012", "TWN"}, {"400001", "GBR"}, {"400080", "CYM"}, {"40008D", "BMU"},
    {"4001BF", "BMU"}, {"4001C0", "CYM"}, {"400200", "GBR"}, {"400300", "TCA"}, {"424200", "BMU"},
    {"424135", "CYM"}, {"424134", "CYM"}, {"43E700", "IMN"}, {"43EAFE", "GGY"}, {"43EF00", "GBR"},
    {"43BE10", "BMU"}, {"43FFFF", "GBR"}, {"484123", "NLD"}, {"340000", "ESP"}, {"37FFFF", "ESP"},
    {"4951D3", "PRT"}, {"4BA123", "TUR"}, {"0C2123", "PAN"}, {"0C6123", "TTO"}, {"E80123", "CHL"},
    {"E49123", "BRA"}, {"004000", "ZWE"}, {"004400", "-"},   {"501C00", "HRV"}, {"501800", "-"},
    {"F00000", "-"},   {"000000", "-"},   {"FFFFFF", "-"},   {"100000", "RUS"}, {"1FFFFF", "RUS"},
    {"71BC00", "KOR"}, {"06A123", "QAT"},
};

static void knows_the_address(void **state)
{
    const struct row *row = *state;
    char code[4];
    uint32_t address = 0;
    for (const char *c = row->name; *c != '\0'; c++)
        address = address << 4 | (uint32_t)(*c <= '9' ? *c - '0' : *c - 'A' + 10);
    assert_string_equal(code_of(ovf_world_address_state(world, address), code), row->iso3);
}

/* ---- operators: the State is that of the AOC ---- */

static struct row operators[] = {
    {"AAL", "USA"},
    {"KLM", "NLD"},
    {"AVA", "COL"},
    {"ARE", "COL"},
    {"LAN", "CHL"},
    {"RPB", "COL"},
    {"CMP", "PAN"},
    {"IBE", "ESP"},
    {"AEA", "ESP"},
    {"PUE", "ESP"},
    {"PVG", "ESP"},
    {"TAP", "PRT"},
    {"THY", "TUR"},
    {"GLO", "BRA"},
    {"TAM", "BRA"},
    {"LER", "VEN"},
    {"VCV", "VEN"},
    {"ETR", "VEN"},
    {"BWA", "TTO"},
    {"SLM", "SUR"},
    {"NSE", "COL"},
    {"BOV", "BOL"},
    {"ACA", "CAN"},
    {"ROU", "CAN"},
    {"EJU", "AUT"},
    {"EZS", "CHE"},
    {"EZY", "GBR"},
    {"WUK", "GBR"},
    {"BRX", "SWE"},
    {"NSZ", "SWE"},
    {"TFL", "NLD"},
    {"JBU", "USA"},
    {"FDX", "USA"},
    {"GTI", "USA"},
    {"AJT", "USA"},
    {"ARU", "ABW"},
    {"WIA", "SXM"},
    {"DWI", "DOM"},
    {"CPA", "HKG"},
    {"EVA", "TWN"},
    {"ZZZ", "-"},
    {"", "-"},
    // Given again: who flies under it today, not who once did.
    {"AZV", "RUS"},
    {"CXI", "MLT"},
    {"USA", "UZB"},
    {"DAT", "CAN"},
    {"CHG", "BEL"},
    {"SYA", "TUN"},
    {"ABB", "BEL"},
    {"BBG", "GRC"},
    {"KEM", "ZAF"},
    {"SWU", "ITA"},
    {"LAU", "COL"},
    {"FWI", "GLP"},
    // State aircraft.
    {"GAF", "DEU"},
    {"RCH", "USA"},
    {"CNV", "USA"},
    {"RRR", "GBR"},
    {"CTM", "FRA"},
    {"CFC", "CAN"},
    {"IAM", "ITA"},
    {"AME", "ESP"},
    {"BRS", "BRA"},
    {"FAC", "COL"},
    {"UNO", "-"},
    // Borne by flights of others or of more than one: left out on purpose.
    {"GOL", "-"},
    {"APO", "-"},
    {"ABC", "-"},
};

static void knows_the_operator(void **state)
{
    const struct row *row = *state;
    char code[4];
    uint32_t found = ovf_world_find_operator(world, ovf_str_of(row->name));
    if (found == OVF_INDEX_NONE) {
        assert_string_equal(row->iso3, "-");
        return;
    }
    const ovf_operator *op = ovf_world_operator(world, found);
    assert_true(ovf_str_eq(op->icao, ovf_str_of(row->name)));
    assert_true(op->name.len > 0);
    assert_string_equal(code_of(op->state, code), row->iso3);
}

static void operators_are_whole(void **state)
{
    (void)state;
    assert_true(ovf_world_operator_count(world) >= 2400);
    for (uint32_t i = 0; i < ovf_world_operator_count(world); i++) {
        const ovf_operator *op = ovf_world_operator(world, i);
        bool has_no_state = ovf_str_eq(op->icao, OVF_STR("UNO"))
                            || ovf_str_eq(op->icao, OVF_STR("OAN"))
                            || ovf_str_eq(op->icao, OVF_STR("ALB"));
        assert_true(has_no_state == (op->state == OVF_INDEX_NONE));
        // No two designators and no two names are one: each is found by both.
        assert_int_equal(ovf_world_find_operator(world, op->icao), i);
        if (op->name.len != 3) // a name of three letters may be another's designator
            assert_int_equal(ovf_world_find_operator(world, op->name), i);
    }
    uint32_t klm = ovf_world_find_operator(world, OVF_STR("KLM Royal Dutch Airlines"));
    assert_int_not_equal(klm, OVF_INDEX_NONE);
    assert_true(ovf_str_eq(ovf_world_operator(world, klm)->iata, OVF_STR("KL")));
    assert_true(ovf_str_eq(ovf_world_operator(world, klm)->telephony, OVF_STR("KLM")));
}

/* ---- airports ---- */

static struct airport_row {
    const char *name; /* ICAO or IATA */
    const char *icao;
    const char *iso3;
    ovf_point place; /* aerodrome reference point, to a tenth of a degree */
} airports[] = {
    {"SVMI", "SVMI", "VEN", {10.6, -67.0}},  {"CCS", "SVMI", "VEN", {10.6, -67.0}},
    {"TNCC", "TNCC", "CUW", {12.2, -69.0}},  {"TNCA", "TNCA", "ABW", {12.5, -70.0}},
    {"TNCB", "TNCB", "BES", {12.1, -68.3}},  {"TTPP", "TTPP", "TTO", {10.6, -61.3}},
    {"TJSJ", "TJSJ", "PRI", {18.4, -66.0}},  {"SKBO", "SKBO", "COL", {4.7, -74.1}},
    {"MPTO", "MPTO", "PAN", {9.1, -79.4}},   {"SBGR", "SBGR", "BRA", {-23.4, -46.5}},
    {"LEMD", "LEMD", "ESP", {40.5, -3.6}},   {"LPPT", "LPPT", "PRT", {38.8, -9.1}},
    {"EHAM", "EHAM", "NLD", {52.3, 4.8}},    {"KMIA", "KMIA", "USA", {25.8, -80.3}},
    {"SPJC", "SPJC", "PER", {-12.0, -77.1}}, {"TFFF", "TFFF", "MTQ", {14.6, -61.0}},
    {"SOCA", "SOCA", "GUF", {4.8, -52.4}},   {"SYCJ", "SYCJ", "GUY", {6.5, -58.3}},
    {"TBPB", "TBPB", "BRB", {13.1, -59.5}},  {"MDSD", "MDSD", "DOM", {18.4, -69.7}},
};

static void knows_the_airport(void **state)
{
    const struct airport_row *row = *state;
    char code[4];
    uint32_t found = ovf_world_find_airport(world, ovf_str_of(row->name));
    assert_int_not_equal(found, OVF_INDEX_NONE);
    const ovf_airport *a = ovf_world_airport(world, found);
    assert_true(ovf_str_eq(a->icao, ovf_str_of(row->icao)));
    assert_string_equal(code_of(a->state, code), row->iso3);
    assert_true(ovf_distance_m(a->place, row->place) < 15000.0);
}

/* ---- points and FIRs ---- */

static void knows_the_points(void **state)
{
    (void)state;
    size_t count = 0;
    double away_m = 0.0;
    uint32_t miq = ovf_world_nearest_fix(world, OVF_STR("miq"), (ovf_point){10.6, -66.99}, &away_m);
    assert_true(away_m < 2500.0);
    ovf_fix fix = ovf_world_fix(world, miq);
    assert_true(ovf_str_eq(fix.kind, OVF_STR("vor")));
    assert_true(ovf_distance_m(fix.place, (ovf_point){10.6, -66.99}) < 2500.0);
    assert_int_equal(ovf_world_find_fix(world, OVF_STR("QQQQQ"), &count), OVF_INDEX_NONE);
    assert_int_equal(count, 0);
}

static struct fir_row {
    const char *name;
    ovf_point place;
    const char *fir;
    const char *iso3;
} firs[] = {
    {"north of Caracas", {10.6, -67.0}, "SVZM", "VEN"},
    {"Curacao", {12.2, -68.9}, "TNCF", "NLD"},
    {"Aruba", {12.5, -70.0}, "TNCF", "NLD"},
    {"Trinidad", {10.6, -61.3}, "TTZP", "TTO"},
    {"13N 056W", {13.0, -56.0}, "TTZP", "TTO"},
    {"San Juan", {18.4, -66.0}, "TJZS", "USA"},
    {"Margarita", {11.0, -63.9}, "SVZM", "VEN"},
    {"Isla de Aves", {15.67, -63.6}, "TJZS", "USA"},
    {"near the corner of SVZM, TNCF and TJZS", {15.69, -67.07}, "TJZS", "USA"},
};

static void knows_the_fir(void **state)
{
    const struct fir_row *row = *state;
    char code[4];
    uint32_t at[4];
    assert_int_equal(ovf_world_firs_at(world, row->place, at, OVF_COUNTOF(at)), 1);
    const ovf_fir *fir = ovf_world_fir(world, at[0]);
    assert_true(ovf_str_eq(fir->code, ovf_str_of(row->fir)));
    assert_string_equal(code_of(fir->state, code), row->iso3);
}

static void fir_by_name(void **state)
{
    (void)state;
    uint32_t svzm = ovf_world_find_fir(world, OVF_STR("SVZM"));
    assert_int_not_equal(svzm, OVF_INDEX_NONE);
    assert_int_equal(ovf_world_find_fir(world, OVF_STR("Maiquetia")), svzm);
    assert_int_equal(ovf_world_find_fir(world, OVF_STR("CENAMER")),
                     ovf_world_find_fir(world, OVF_STR("MHTG")));
    const ovf_fir *tncf = ovf_world_fir(world, ovf_world_find_fir(world, OVF_STR("TNCF")));
    assert_true(ovf_str_eq(tncf->includes, OVF_STR("CUW ABW BES")));
    assert_true(ovf_str_eq(tncf->nof, OVF_STR("TNCCYNYX")));
    assert_int_equal(ovf_world_find_fir(world, OVF_STR("XXXX")), OVF_INDEX_NONE);
}

#define ROWS(array, count, function)                           \
    for (size_t i = 0; i < OVF_COUNTOF(array); i++)            \
        tests[count++] = (struct CMUnitTest)                   \
        {                                                      \
            (array)[i].name, function, NULL, NULL, &(array)[i] \
        }

int main(int argc, char **argv)
{
    static struct CMUnitTest tests[OVF_COUNTOF(marks) + OVF_COUNTOF(addresses)
                                   + OVF_COUNTOF(operators) + OVF_COUNTOF(airports)
                                   + OVF_COUNTOF(firs) + 3];
    if (argc < 2) {
        fprintf(stderr, "usage: test_tables WORLD\n");
        return 2;
    }
    world_path = argv[1];
    size_t count = 0;
    ROWS(marks, count, knows_the_mark);
    ROWS(addresses, count, knows_the_address);
    ROWS(operators, count, knows_the_operator);
    ROWS(airports, count, knows_the_airport);
    ROWS(firs, count, knows_the_fir);
    tests[count++] = (struct CMUnitTest){"operators", operators_are_whole, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"points", knows_the_points, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"FIR by name", fir_by_name, NULL, NULL, NULL};
    return _cmocka_run_group_tests("tables", tests, count, open_world, close_world);
}
