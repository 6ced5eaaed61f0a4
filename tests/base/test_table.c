/* SPDX-License-Identifier: Apache-2.0 */
/* Delimited text by RFC 4180 and its kin, and headings of tables of flights. */
#include <overfly/table.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct row {
    const char *name;
    const char *text;
    const char *expected; /* fields in brackets, records by line ends */
} rows[] = {
    {"commas", "a,b\nc,d", "[a][b]\n[c][d]\n"},
    {"CR LF and no end at the end", "a,b\r\nc,d\r\n", "[a][b]\n[c][d]\n"},
    {"semicolons with commas inside", "a;b\n1,5;2,5", "[a][b]\n[1,5][2,5]\n"},
    {"tabs", "a\tb\nc\t", "[a][b]\n[c][]\n"},
    {"bars", "a|b", "[a][b]\n"},
    {"empty fields", "a,,c\n,,", "[a][][c]\n[][][]\n"},
    {"a quoted delimiter", "\"a,b\",c", "[a,b][c]\n"},
    {"a quoted line end", "\"a\nb\",c\nd,e", "[a\nb][c]\n[d][e]\n"},
    {"a doubled quote stays", "\"a\"\"b\",c", "[a\"\"b][c]\n"},
    {"a quote that is not closed is none", "\"a,b\nc,d", "[\"a][b]\n[c][d]\n"},
    {"blank lines and notes", "# made\n\na,b\n\n# more\nc,d\n", "[a][b]\n[c][d]\n"},
    {"byte order mark",
     "\xEF\xBB\xBF"
     "a,b",
     "[a][b]\n"},
    {"blanks round fields", " a , \"b\" ,c", "[a][b][c]\n"},
    {"no table", "only words here", ""},
};

static void cuts(void **state)
{
    const struct row *row = *state;
    ovf_table table;
    ovf_str fields[8];
    char shown[300] = "";
    size_t n = 0;
    size_t count = 0;
    size_t from = 0;
    size_t until = 0;
    bool is_table = ovf_table_open(ovf_str_of(row->text), &table);
    assert_int_equal(is_table, row->expected[0] != '\0');
    while (is_table && ovf_table_next(&table, fields, OVF_COUNTOF(fields), &count, &from, &until)) {
        assert_true(from <= until && until <= strlen(row->text));
        for (size_t i = 0; i < count; i++)
            n +=
                (size_t)snprintf(shown + n, sizeof(shown) - n, "[" OVF_FMT "]", OVF_ARG(fields[i]));
        n += (size_t)snprintf(shown + n, sizeof(shown) - n, "\n");
    }
    assert_string_equal(shown, row->expected);
}

static void knows_headings(void **state)
{
    (void)state;
    static const struct {
        const char *heading;
        ovf_timetable_column column;
        bool is_local;
    } headings[] = {
        {"Callsign", OVF_COLUMN_FLIGHT, false},
        {"Dep. Airport", OVF_COLUMN_FROM, false},
        {"ADES", OVF_COLUMN_TO, false},
        {"STD (UTC)", OVF_COLUMN_OFF_BLOCK, false},
        {"STD local", OVF_COLUMN_OFF_BLOCK, true},
        {"Scheduled_Arrival", OVF_COLUMN_ON_BLOCK, false},
        {"AirportCodes", OVF_COLUMN_AIRPORTS, false},
        {"Days of Operation", OVF_COLUMN_DAYS, false},
        {"effective date", OVF_COLUMN_VALID_FROM, false},
        {"Tail Number", OVF_COLUMN_REGISTRATION, false},
        {"Gate", OVF_COLUMN_OTHER, false},
        {"", OVF_COLUMN_OTHER, false},
    };
    for (size_t i = 0; i < OVF_COUNTOF(headings); i++) {
        bool is_local = true;
        assert_int_equal(ovf_timetable_column_of(ovf_str_of(headings[i].heading), &is_local),
                         headings[i].column);
        assert_int_equal(is_local, headings[i].is_local);
    }
}

static void sniffs(void **state)
{
    (void)state;
    assert_true(ovf_timetable_sniff(OVF_STR("flight,from,to\nAB1,SKBO,SVMI\n")));
    assert_true(ovf_timetable_sniff(OVF_STR("Callsign,AirlineCode,AirportCodes\n")));
    assert_false(ovf_timetable_sniff(OVF_STR("callsign,from,to,lat,lon\n"))); // positions
    assert_false(ovf_timetable_sniff(OVF_STR("name,size\na,1\n")));
    assert_false(ovf_timetable_sniff(OVF_STR("")));
    assert_true(ovf_timetable_sniff_routes(OVF_STR("2B,410,AER,2965,KZN,2990,,0,CR2\n")));
    assert_false(ovf_timetable_sniff_routes(OVF_STR("1,2,3,4,5,6,7,8,9\n")));
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 2] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, cuts, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] = (struct CMUnitTest)cmocka_unit_test(knows_headings);
    tests[OVF_COUNTOF(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(sniffs);
    return _cmocka_run_group_tests("table", tests, OVF_COUNTOF(tests), NULL, NULL);
}
