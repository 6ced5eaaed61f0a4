/* SPDX-License-Identifier: Apache-2.0 */
/* Instants. Expected seconds: GNU date, `date -u -d TEXT +%s`. */
#include <overfly/time.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

static struct row {
    const char *name;
    ovf_str text;
    bool is_notam;
    ovf_status status;
    size_t pos; /* of the error, when there is one */
    ovf_time t;
} rows[] = {
    {"whole", OVF_STR_INIT("2025-11-30T12:00:00Z"), false, OVF_OK, 0, 1764504000},
    {"no seconds", OVF_STR_INIT("2025-11-30T12:00Z"), false, OVF_OK, 0, 1764504000},
    {"blank, no zone", OVF_STR_INIT("2025-11-30 12:00"), false, OVF_OK, 0, 1764504000},
    {"date only", OVF_STR_INIT("2025-11-30"), false, OVF_OK, 0, 1764460800},
    {"lower case", OVF_STR_INIT("2025-11-30t12:00:00z"), false, OVF_OK, 0, 1764504000},
    {"fraction dropped", OVF_STR_INIT("2025-11-30T12:00:00.999Z"), false, OVF_OK, 0, 1764504000},
    {"offset west", OVF_STR_INIT("2025-11-30T08:00:00-04:00"), false, OVF_OK, 0, 1764504000},
    {"offset east, no colon", OVF_STR_INIT("2025-11-30T17:30:00+0530"), false, OVF_OK, 0,
     1764504000},
    {"epoch", OVF_STR_INIT("1970-01-01T00:00:00Z"), false, OVF_OK, 0, 0},
    {"before the epoch", OVF_STR_INIT("1969-12-31T23:59:59Z"), false, OVF_OK, 0, -1},
    {"first year", OVF_STR_INIT("1900-01-01"), false, OVF_OK, 0, -2208988800},
    {"last second", OVF_STR_INIT("2199-12-31T23:59:59Z"), false, OVF_OK, 0, 7258118399},
    {"leap day", OVF_STR_INIT("2024-02-29"), false, OVF_OK, 0, 1709164800},
    {"leap day of 2000", OVF_STR_INIT("2000-02-29"), false, OVF_OK, 0, 951782400},
    {"leap second", OVF_STR_INIT("2016-12-31T23:59:60Z"), false, OVF_OK, 0, 1483228800},
    {"no leap day in 2100", OVF_STR_INIT("2100-02-29"), false, OVF_E_RANGE, 8, 0},
    {"no leap day", OVF_STR_INIT("2025-02-29"), false, OVF_E_RANGE, 8, 0},
    {"month 13", OVF_STR_INIT("2025-13-01"), false, OVF_E_RANGE, 5, 0},
    {"hour 24", OVF_STR_INIT("2025-11-30T24:00Z"), false, OVF_E_RANGE, 11, 0},
    {"year 1899", OVF_STR_INIT("1899-12-31"), false, OVF_E_RANGE, 0, 0},
    {"offset before 1900", OVF_STR_INIT("1900-01-01T00:00+01:00"), false, OVF_E_RANGE, 0, 0},
    {"empty", OVF_STR_INIT(""), false, OVF_E_SYNTAX, 0, 0},
    {"slash", OVF_STR_INIT("2025/11/30"), false, OVF_E_SYNTAX, 4, 0},
    {"short month", OVF_STR_INIT("2025-1-30"), false, OVF_E_SYNTAX, 6, 0},
    {"half an hour", OVF_STR_INIT("2025-11-30T1"), false, OVF_E_SYNTAX, 12, 0},
    {"zone of letters", OVF_STR_INIT("2025-11-30T12:00 UTC"), false, OVF_E_SYNTAX, 16, 0},
    {"bare point", OVF_STR_INIT("2025-11-30T12:00:00.Z"), false, OVF_E_SYNTAX, 20, 0},
    {"tail", OVF_STR_INIT("2025-11-30T12:00:00Zx"), false, OVF_E_SYNTAX, 20, 0},
    {"item B", OVF_STR_INIT("2511301200"), true, OVF_OK, 0, 1764504000},
    {"item C, end of day", OVF_STR_INIT("2511302400"), true, OVF_OK, 0, 1764547200},
    {"item C, 2359", OVF_STR_INIT("2512312359"), true, OVF_OK, 0, 1767225540},
    {"year 00", OVF_STR_INIT("0001010000"), true, OVF_OK, 0, 946684800},
    {"year 99", OVF_STR_INIT("9912312359"), true, OVF_OK, 0, 4102444740},
    {"hour 2401", OVF_STR_INIT("2511302401"), true, OVF_E_RANGE, 8, 0},
    {"day 31 of November", OVF_STR_INIT("2511311200"), true, OVF_E_RANGE, 4, 0},
    {"nine digits", OVF_STR_INIT("251130120"), true, OVF_E_SYNTAX, 9, 0},
    {"EST behind", OVF_STR_INIT("2511301200EST"), true, OVF_E_SYNTAX, 10, 0},
};

static void parses(void **state)
{
    const struct row *row = *state;
    ovf_time t = 42;
    ovf_error err = {0};
    ovf_status status = row->is_notam ? ovf_time_parse_notam(row->text, &t, &err)
                                      : ovf_time_parse(row->text, &t, &err);
    assert_int_equal(status, row->status);
    if (status == OVF_OK) {
        assert_true(t == row->t);
    } else {
        assert_true(t == 42);
        assert_int_equal(err.pos, row->pos);
        assert_int_equal(err.status, row->status);
    }
}

/* Every day from 1900 to 2199 against a calendar counted on from day to day. */
static void counts_every_day(void **state)
{
    OVF_UNUSED(state);
    int weekday = 1; // 1 January 1900 was a Monday
    ovf_time t = -2208988800;
    for (int year = OVF_TIME_MIN_YEAR; year <= OVF_TIME_MAX_YEAR; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; day <= ovf_month_days(year, month); day++) {
                ovf_time made = 0;
                ovf_civil civil = {year, month, day, 23, 59, 59};
                assert_int_equal(ovf_time_from_civil(civil, &made, NULL), OVF_OK);
                assert_true(made == t + OVF_DAY_S - 1);
                ovf_civil back = ovf_time_civil(made);
                assert_memory_equal(&back, &civil, sizeof(back));
                assert_int_equal(ovf_time_weekday(made), weekday);
                assert_true(ovf_time_day_start(made) == t);
                weekday = (weekday + 1) % 7;
                t += OVF_DAY_S;
            }
        }
    }
    assert_true(t == 7258118400); // 1 January 2200
}

static void formats(void **state)
{
    OVF_UNUSED(state);
    char text[OVF_TIME_TEXT_MAX];
    assert_int_equal(ovf_time_format(1764504000, text, sizeof(text)), 20);
    assert_string_equal(text, "2025-11-30T12:00:00Z");
    assert_int_equal(ovf_time_format_plain(1764504000, text, sizeof(text)), 18);
    assert_string_equal(text, "30 NOV 2025 12:00Z");
    ovf_time_format(OVF_TIME_NONE, text, sizeof(text));
    assert_string_equal(text, "unknown");
    ovf_time_format_plain(OVF_TIME_OPEN, text, sizeof(text));
    assert_string_equal(text, "open");
    assert_int_equal(ovf_time_format(1764504000, text, 5), 20);
    assert_string_equal(text, "2025");
    ovf_time_format(INT64_MAX - 1, text, sizeof(text));
    assert_string_equal(text, "2199-12-31T23:59:59Z");
}

static void rejects_civil(void **state)
{
    OVF_UNUSED(state);
    static const ovf_civil bad[] = {{1899, 1, 1, 0, 0, 0},  {2200, 1, 1, 0, 0, 0},
                                    {2025, 0, 1, 0, 0, 0},  {2025, 4, 31, 0, 0, 0},
                                    {2025, 1, 1, 24, 0, 0}, {2025, 1, 1, 0, 60, 0},
                                    {2025, 1, 1, 0, 0, 60}, {2025, 1, 1, -1, 0, 0}};
    for (size_t i = 0; i < OVF_COUNTOF(bad); i++) {
        ovf_time t = 42;
        assert_int_equal(ovf_time_from_civil(bad[i], &t, NULL), OVF_E_RANGE);
        assert_true(t == 42);
    }
    assert_int_equal(ovf_month_days(2025, 13), 0);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 3] = {0};
    size_t n = 0;
    for (; n < OVF_COUNTOF(rows); n++)
        tests[n] = (struct CMUnitTest){rows[n].name, parses, NULL, NULL, &rows[n]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(counts_every_day);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(formats);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(rejects_civil);
    return _cmocka_run_group_tests("time", tests, n, NULL, NULL);
}
