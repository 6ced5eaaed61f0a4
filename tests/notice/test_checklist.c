/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers that a checklist calls valid. Doc 8126 ch. 6, OPADD: YEAR= and four digits, a series
 * of its own per checklist; other wordings as offices write them. */
#include <overfly/notice.h>

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define Q "Q) LPPC/QKKKK/K/K/K/000/999/3830N00900W999\nA) LPPC B) 2603010000 C) 2604052359 EST\nE) "
#define A(text) "A0150/26 NOTAMR A0100/26\n" Q text

static struct row {
    const char *name;
    const char *text;
    bool is_checklist;
    bool is_whole;
    const char *valid; /* "-0012/26": of the checklist's own series; 0: nil */
} rows[] = {
    {"as the manual has it",
     A("CHECKLIST\nYEAR=2025 0901 1044\nYEAR=2026 0002 0113\nLATEST PUBLICATIONS\nAIP AMDT 003/2026"),
     true, true, "-901/2025 -1044/2025 -2/2026 -113/2026"},
    {"on one line", A("CHECKLIST YEAR=2025 0901 1044 YEAR=2026 0002"), true, true,
     "-901/2025 -1044/2025 -2/2026"},
    {"blanks round the sign", A("CHECKLIST YEAR = 2026 0002 0003"), true, true, "-2/2026 -3/2026"},
    {"a year of two digits", A("CHECKLIST YEAR=26 0002"), true, true, "-2/2026"},
    {"a series in words", A("CHECKLIST SERIES D\nSERIES D\nYEAR=2026 0473 0568"), true, true,
     "D473/2026 D568/2026"},
    {"two series in one", A("CHECKLIST SERIES A YEAR=2026 0001 SERIES B YEAR=2026 0002"), true,
     true, "A1/2026 B2/2026"},
    {"whole numbers", A("CHECKLIST A0001/26 A0044/25, B0002/26"), true, true,
     "A44/2025 A1/2026 B2/2026"},
    {"numbers out of order are sorted", A("CHECKLIST YEAR=2026 0113 0002"), true, true,
     "-2/2026 -113/2026"},
    {"a number of five digits", A("CHECKLIST YEAR=2026 9999 10001"), true, true,
     "-9999/2026 -10001/2026"},
    {"nothing is valid", A("CHECKLIST NIL"), true, true, "-0/0"},
    {"one year has none", A("CHECKLIST YEAR=2025 NIL YEAR=2026 0002"), true, true,
     "-0/2025 -2/2026"},
    {"numbers of publications are none of it",
     A("CHECKLIST YEAR=2026 0002\nAIP SUP 0012 0014\nAIC A0003/26"), true, true, "-2/2026"},
    {"dates behind the list are none of it",
     A("CHECKLIST YEAR=2026 0002 LATEST PUBLICATIONS AIRAC AMDT 0326 EFFECTIVE 2603 1900"), true,
     true, "-2/2026"},
    {"years as headings", A("CHECKLIST 2025: 0901 1044 2026: 0002"), true, true,
     "-901/2025 -1044/2025 -2/2026"},
    {"in French", A("CHECKLIST ANNEE=2026 0002 DERNIERES PUBLICATIONS 0044"), true, true,
     "-2/2026"},
    {"in Spanish", A("CHECKLIST ANO 2026 0002 0007"), true, true, "-2/2026 -7/2026"},
    {"nothing that can be read", A("CHECKLIST SEE WWW.AIS.EXAMPLE"), true, false, ""},
    {"without its code, but in words",
     "A0150/26 NOTAMN\nQ) LPPC/QXXXX/K/K/K/000/999/3830N00900W999\nA) LPPC B) 2603010000 C) "
     "2604052359\nE) CHECKLIST YEAR=2026 0002",
     true, true, "-2/2026"},
    {"a word in a text makes none",
     "A0150/26 NOTAMN\nQ) LPPC/QXXXX/IV/M/E/000/999/3830N00900W999\nA) LPPC B) 2603010000 C) "
     "2604052359\nE) PREFLIGHT CHECKLIST OF THE SCHOOL IS REVISED",
     false, false, ""},
    {"its cancellation lists nothing",
     "A0151/26 NOTAMC A0150/26\nQ) LPPC/QKKKK/K/K/K/000/999/3830N00900W999\nA) LPPC B) "
     "2603010000\nE) CHECKLIST YEAR=2026 0002 CNL",
     false, false, ""},
    {"a part alone says nothing by its silence",
     "A0150/26 NOTAMN\nQ) LPPC/QKKKK/K/K/K/000/999/3830N00900W999\nA) LPPC PART 1 OF 2 B) "
     "2603010000 C) 2604052359 EST\nE) CHECKLIST YEAR=2026 0002 END PART 1 OF 2",
     true, false, "-2/2026"},
};

static void lists(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice *notices = NULL;
    size_t count = 0;
    assert_int_equal(
        ovf_notice_read(NULL, ovf_str_of(row->text), NULL, &arena, &notices, &count, NULL), OVF_OK);
    assert_int_equal(count, 1);
    const ovf_notice *n = &notices[0];
    assert_int_equal(n->is_checklist, row->is_checklist);
    assert_int_equal(n->checklist_whole, row->is_whole);
    ovf_buf valid = {0};
    for (size_t i = 0; i < n->checklist_count; i++)
        ovf_buf_printf(&valid, "%s%c%d/%d", i == 0 ? "" : " ",
                       n->checklist[i].series == 0 ? '-' : n->checklist[i].series,
                       (int)n->checklist[i].number, (int)n->checklist[i].year);
    assert_string_equal(valid.ptr == NULL ? "" : valid.ptr, row->valid);
    ovf_buf_done(&valid);
    ovf_arena_done(&arena);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, lists, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("checklist", tests, OVF_COUNTOF(tests), NULL, NULL);
}
