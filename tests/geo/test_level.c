/* SPDX-License-Identifier: Apache-2.0 */
/* Levels as items F and G write them (Doc 10066 App. 3; forms seen in real notices of the United
 * States, Russia and Europe). Feet of metres: 1 ft is 0.3048 m exactly. */
#include <overfly/level.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct row {
    const char *name;
    ovf_str text;
    bool is_upper;
    ovf_status status;
    size_t pos;
    ovf_level_ref ref;
    int32_t value_ft;
    ovf_level_unit unit;
    bool is_open;
    bool is_assumed;
    const char *written;
} rows[] = {
    {"GND", OVF_STR_INIT("GND"), false, OVF_OK, 0, OVF_LEVEL_SFC, 0, OVF_UNIT_FT, false, false,
     "SFC"},
    {"SFC", OVF_STR_INIT("SFC"), false, OVF_OK, 0, OVF_LEVEL_SFC, 0, OVF_UNIT_FT, false, false,
     "SFC"},
    {"UNL", OVF_STR_INIT("UNL"), true, OVF_OK, 0, OVF_LEVEL_UNL, 0, OVF_UNIT_FT, false, false,
     "UNL"},
    {"flight level", OVF_STR_INIT("FL245"), true, OVF_OK, 0, OVF_LEVEL_FL, 24500, OVF_UNIT_FT,
     false, false, "FL245"},
    {"flight level, blank", OVF_STR_INIT("FL 110"), true, OVF_OK, 0, OVF_LEVEL_FL, 11000,
     OVF_UNIT_FT, false, false, "FL110"},
    {"flight level 50", OVF_STR_INIT("FL50"), false, OVF_OK, 0, OVF_LEVEL_FL, 5000, OVF_UNIT_FT,
     false, false, "FL050"},
    {"feet AMSL", OVF_STR_INIT("2500FT AMSL"), true, OVF_OK, 0, OVF_LEVEL_AMSL, 2500, OVF_UNIT_FT,
     false, false, "2500FT AMSL"},
    {"feet, blank", OVF_STR_INIT("2500 FT AMSL"), true, OVF_OK, 0, OVF_LEVEL_AMSL, 2500,
     OVF_UNIT_FT, false, false, "2500FT AMSL"},
    {"feet MSL, as the FAA", OVF_STR_INIT("18000FT MSL"), true, OVF_OK, 0, OVF_LEVEL_AMSL, 18000,
     OVF_UNIT_FT, false, false, "18000FT AMSL"},
    {"feet AGL", OVF_STR_INIT("400FT AGL"), true, OVF_OK, 0, OVF_LEVEL_AGL, 400, OVF_UNIT_FT, false,
     false, "400FT AGL"},
    {"above surface", OVF_STR_INIT("400FT ASFC"), true, OVF_OK, 0, OVF_LEVEL_AGL, 400, OVF_UNIT_FT,
     false, false, "400FT AGL"},
    {"metres, upper", OVF_STR_INIT("900M AMSL"), true, OVF_OK, 0, OVF_LEVEL_AMSL, 2953, OVF_UNIT_M,
     false, false, "900M AMSL"},
    {"metres, lower", OVF_STR_INIT("900M AMSL"), false, OVF_OK, 0, OVF_LEVEL_AMSL, 2952, OVF_UNIT_M,
     false, false, "900M AMSL"},
    {"metres in brackets", OVF_STR_INIT("150M(AGL)"), true, OVF_OK, 0, OVF_LEVEL_AGL, 493,
     OVF_UNIT_M, false, false, "150M AGL"},
    {"metres STD", OVF_STR_INIT("4500M STD"), false, OVF_OK, 0, OVF_LEVEL_FL, 14763, OVF_UNIT_M,
     false, false, "4500M STD"},
    {"exact metres", OVF_STR_INIT("3048M AMSL"), true, OVF_OK, 0, OVF_LEVEL_AMSL, 10000, OVF_UNIT_M,
     false, false, "3048M AMSL"},
    {"no datum", OVF_STR_INIT("5000FT"), true, OVF_OK, 0, OVF_LEVEL_AMSL, 5000, OVF_UNIT_FT, false,
     true, "5000FT AMSL"},
    {"below", OVF_STR_INIT("BELOW FL260"), true, OVF_OK, 0, OVF_LEVEL_FL, 26000, OVF_UNIT_FT, true,
     false, "FL260"},
    {"above", OVF_STR_INIT("ABV FL245"), false, OVF_OK, 0, OVF_LEVEL_FL, 24500, OVF_UNIT_FT, true,
     false, "FL245"},
    {"QNH and below", OVF_STR_INIT("QNH 900M AND BELOW"), true, OVF_OK, 0, OVF_LEVEL_AMSL, 2953,
     OVF_UNIT_M, false, false, "900M AMSL"},
    {"top of the range", OVF_STR_INIT("FL10000"), true, OVF_OK, 0, OVF_LEVEL_FL, 1000000,
     OVF_UNIT_FT, false, false, "FL10000"},
    {"above the range", OVF_STR_INIT("FL10001"), true, OVF_E_RANGE, 2, 0, 0, 0, false, false, NULL},
    {"feet above the range", OVF_STR_INIT("1000001FT AMSL"), true, OVF_E_RANGE, 0, 0, 0, 0, false,
     false, NULL},
    {"metres above the range", OVF_STR_INIT("304801M AMSL"), true, OVF_E_RANGE, 0, 0, 0, 0, false,
     false, NULL},
    {"huge", OVF_STR_INIT("99999999999999999999FT AMSL"), true, OVF_E_RANGE, 0, 0, 0, 0, false,
     false, NULL},
    {"empty", OVF_STR_INIT(""), true, OVF_E_SYNTAX, 0, 0, 0, 0, false, false, NULL},
    {"no unit", OVF_STR_INIT("2500"), true, OVF_E_SYNTAX, 4, 0, 0, 0, false, false, NULL},
    {"unit lost", OVF_STR_INIT("2500MSL"), true, OVF_E_SYNTAX, 4, 0, 0, 0, false, false, NULL},
    {"no digits", OVF_STR_INIT("FL"), true, OVF_E_SYNTAX, 2, 0, 0, 0, false, false, NULL},
    {"letters behind", OVF_STR_INIT("FL245X"), true, OVF_E_SYNTAX, 5, 0, 0, 0, false, false, NULL},
    {"no such datum", OVF_STR_INIT("2500FT XYZ"), true, OVF_E_SYNTAX, 7, 0, 0, 0, false, false,
     NULL},
    {"place behind a prefix", OVF_STR_INIT("BELOW FLX"), true, OVF_E_SYNTAX, 8, 0, 0, 0, false,
     false, NULL},
    {"minus", OVF_STR_INIT("-5FT AMSL"), true, OVF_E_SYNTAX, 0, 0, 0, 0, false, false, NULL},
};

static void parses(void **state)
{
    const struct row *row = *state;
    ovf_level level = {.ref = OVF_LEVEL_UNL, .value_ft = 77};
    bool assumed = true;
    ovf_error err = {0};
    assert_int_equal(ovf_level_parse(row->text, row->is_upper, &level, &assumed, &err),
                     row->status);
    if (row->status != OVF_OK) {
        assert_int_equal(err.pos, row->pos);
        assert_int_equal(level.value_ft, 77);
        return;
    }
    assert_int_equal(level.ref, row->ref);
    assert_int_equal(level.value_ft, row->value_ft);
    assert_int_equal(level.unit, row->unit);
    assert_int_equal(level.is_open, row->is_open);
    assert_int_equal(assumed, row->is_assumed);
    char text[40];
    ovf_level_format(level, text, sizeof(text));
    assert_string_equal(text, row->written);
    ovf_level again = {0};
    assert_int_equal(ovf_level_parse(ovf_str_of(text), row->is_upper, &again, NULL, NULL), OVF_OK);
    again.is_open = level.is_open; // a level alone does not say on which side it is open
    assert_memory_equal(&again, &level, sizeof(again));
}

static struct band_row {
    const char *name;
    ovf_level lower;
    ovf_level upper;
    int32_t level_ft;
    ovf_tri holds;
} band_rows[] = {
    {"between flight levels",
     {OVF_LEVEL_FL, 10000, 0, 0},
     {OVF_LEVEL_FL, 24500, 0, 0},
     20000,
     OVF_TRI_YES},
    {"at the upper limit",
     {OVF_LEVEL_SFC, 0, 0, 0},
     {OVF_LEVEL_FL, 24500, 0, 0},
     24500,
     OVF_TRI_YES},
    {"above it", {OVF_LEVEL_SFC, 0, 0, 0}, {OVF_LEVEL_FL, 24500, 0, 0}, 24600, OVF_TRI_NO},
    {"below FL260 at FL260",
     {OVF_LEVEL_SFC, 0, 0, 0},
     {OVF_LEVEL_FL, 26000, 0, true},
     26000,
     OVF_TRI_NO},
    {"below FL260 at FL255",
     {OVF_LEVEL_SFC, 0, 0, 0},
     {OVF_LEVEL_FL, 26000, 0, true},
     25500,
     OVF_TRI_YES},
    {"surface to unlimited", {OVF_LEVEL_SFC, 0, 0, 0}, {OVF_LEVEL_UNL, 0, 0, 0}, -500, OVF_TRI_YES},
    {"AMSL near the limit",
     {OVF_LEVEL_SFC, 0, 0, 0},
     {OVF_LEVEL_AMSL, 10000, 0, 0},
     11000,
     OVF_TRI_UNKNOWN},
    {"AMSL far above", {OVF_LEVEL_SFC, 0, 0, 0}, {OVF_LEVEL_AMSL, 10000, 0, 0}, 12100, OVF_TRI_NO},
    {"AMSL far below", {OVF_LEVEL_SFC, 0, 0, 0}, {OVF_LEVEL_AMSL, 10000, 0, 0}, 7900, OVF_TRI_YES},
    {"AGL upper limit",
     {OVF_LEVEL_SFC, 0, 0, 0},
     {OVF_LEVEL_AGL, 1000, 0, 0},
     20000,
     OVF_TRI_UNKNOWN},
    {"above the AGL limit on Everest",
     {OVF_LEVEL_SFC, 0, 0, 0},
     {OVF_LEVEL_AGL, 1000, 0, 0},
     32200,
     OVF_TRI_NO},
    {"AGL lower limit", {OVF_LEVEL_AGL, 5000, 0, 0}, {OVF_LEVEL_UNL, 0, 0, 0}, 2900, OVF_TRI_NO},
    {"unknown upper limit",
     {OVF_LEVEL_SFC, 0, 0, 0},
     {OVF_LEVEL_UNKNOWN, 0, 0, 0},
     35000,
     OVF_TRI_UNKNOWN},
    {"unknown lower limit",
     {OVF_LEVEL_UNKNOWN, 0, 0, 0},
     {OVF_LEVEL_FL, 10000, 0, 0},
     5000,
     OVF_TRI_UNKNOWN},
    {"above a known upper limit",
     {OVF_LEVEL_UNKNOWN, 0, 0, 0},
     {OVF_LEVEL_FL, 10000, 0, 0},
     15000,
     OVF_TRI_NO},
    {"the wrong way round",
     {OVF_LEVEL_FL, 24500, 0, 0},
     {OVF_LEVEL_FL, 10000, 0, 0},
     50000,
     OVF_TRI_UNKNOWN},
};

static void holds(void **state)
{
    const struct band_row *row = *state;
    assert_int_equal(ovf_band_holds(ovf_band_of(row->lower, row->upper), row->level_ft),
                     row->holds);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(band_rows)] = {0};
    size_t n = 0;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, parses, NULL, NULL, &rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(band_rows); i++)
        tests[n++] = (struct CMUnitTest){band_rows[i].name, holds, NULL, NULL, &band_rows[i]};
    return _cmocka_run_group_tests("level", tests, n, NULL, NULL);
}
