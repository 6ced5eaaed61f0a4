/* SPDX-License-Identifier: Apache-2.0 */
/* Splitting, identification, items Q to C. The texts are made up in the form of ICAO Doc 10066
 * App. 3; expected values follow from that form. */
#include "describe.h"

#define Q "Q) SVZM/QRPCA/IV/NBO/W/000/999/0812N06635W050\n"

static struct row {
    const char *name;
    const char *text;
    const char *want; /* notices parted by " | " */
} rows[] = {
    {"new",
     "A0622/25 NOTAMN\n" Q "A) SVZM B) 2511301810 C) 2603012359\nE) AIRSPACE CLSD.\nF) SFC G) UNL",
     "ok icao A0622/25 new fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=2511301810-2603012359"},
    {"replacement",
     "A0622/25 NOTAMR A0483/25\n" Q "A) SVZM B) 2511301810 C) 2603012359 EST\nE) X CLSD.",
     "ok icao A0622/25 replace ref=A0483/25 fir=SVZM a=SVZM q=QRPCA/IV/NBO/W "
     "valid=2511301810-2603012359EST"},
    {"cancellation has no C", "A0623/25 NOTAMC A0622/25\n" Q "A) SVZM B) 2512011810\nE) AREA CNL.",
     "ok icao A0623/25 cancel ref=A0622/25 fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=2512011810-open"},
    {"glued EST", "A0001/25 NOTAMN\n" Q "A) SVZM B) 2502080000 C) 2502092030EST\nE) X.",
     "ok icao A0001/25 new fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=2502080000-2502092030EST"},
    {"permanent", "A0497/25 NOTAMN\n" Q "A) SVZM B) 2509200000 C) PERM\nE) X.",
     "ok icao A0497/25 new fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=2509200000-openPERM"},
    {"until further notice", "A0258/10 NOTAMN\nA) KZNY B) 1003121253 C) UFN\nE) X.",
     "partial icao A0258/10 new fir=KZNY a=KZNY valid=1003121253-open"},
    {"AFTN envelope, WIE",
     "ZCZC TMA0123 241205\nGG EGLLYNYX LFFAYNYX\n241200 SVMIYNYX\n(A1234/26 NOTAMN\n" Q
     "A) SVZM B) WIE C) 2603012359\nE) AIRSPACE CLSD)\nNNNN",
     "partial icao A1234/26 new fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=none-2603012359"},
    {"created stands for WIE",
     "A1234/26 NOTAMN\n" Q "A) SVZM B) WEF C) 2603012359\nE) AIRSPACE CLSD\n"
     "CREATED: 20 SEP 2025 00:12\nSOURCE: SVMIYNYX",
     "ok icao A1234/26 new fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=2509200012-2603012359"},
    {"one flattened line",
     "A1234/26 NOTAMN  Q) SVZM/QRPCA/IV/NBO/W/000/999/0812N06635W050  A) SVZM B) 2601010000 C) "
     "2601022359  D) DAILY 0000-1000  E) AREA CLSD.  F) SFC G) UNL    CREATED: 01 JAN 2026 06:43  "
     "SOURCE: SVMIYNYX",
     "ok icao A1234/26 new fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=2601010000-2601022359"},
    {"padded item Q",
     "A1/26 NOTAMN\nQ) EPWW/QRDCA/IV/BO /W /000/200/5043N02200E004\nA) EPWW B) 2603230600 "
     "C) 2603240600\nE) X",
     "ok icao A1/26 new fir=EPWW a=EPWW q=QRDCA/IV/BO/W valid=2603230600-2603240600"},
    {"empty fields of Q",
     "A0265/26 NOTAMN\nQ) PHZH/QARXX////000/600/\nA) PHZH B) 2603241850 C) "
     "2603250030\nE) X",
     "ok icao A0265/26 new fir=PHZH a=PHZH q=QARXX/// valid=2603241850-2603250030"},
    {"no blanks behind letters",
     "A1/26 NOTAMN\nQ)ZWUQ/QARLC/IV/NBO/E/000/999/\nA)ZWUQ B)2606250150 C)2606250255\n"
     "E)RTE W187 CLSD\nF)GND G)UNL",
     "ok icao A1/26 new fir=ZWUQ a=ZWUQ q=QARLC/IV/NBO/E valid=2606250150-2606250255"},
    {"a set of FIRs",
     "F0001/26 NOTAMN\nQ) EGXX/QROXX/IV/NBO/W/000/999/5504N00500W999\nA) EGTT EGPX B) "
     "2601010000 C) 2602010000\nE) X",
     "ok icao F0001/26 new fir=EGTT,EGPX a=EGTT EGPX q=QROXX/IV/NBO/W valid=2601010000-2602010000"},
    {"centre of three letters, no number",
     "Q) ZNY/QPIXX/I/NBO/A/000/999/4038N07346W025\nA) KJFK\nB) "
     "2205111440\nC) 2405111439EST\nE) ILS RWY 13L NA",
     "partial icao - unknown fir=KZNY a=KJFK q=QPIXX/I/NBO/A valid=2205111440-2405111439EST"},
    {"FAA number",
     "12/322 NOTAMN \r\nQ) KZNY/QMXLC/IV/M/A/000/999/4038N07346W005 \r\nA) KJFK \r\nB) "
     "2212120000 \r\nC) 2312120000EST \r\nE) TWY Z CLSD",
     "ok icao 12/322 new fir=KZNY a=KJFK q=QMXLC/IV/M/A valid=2212120000-2312120000EST"},
    {"two in one record",
     "A1/26 NOTAMN\n" Q "A) SVZM B) 2601010000 C) 2601022359\nE) AREA ONE.\n\n"
     "A2/26 NOTAMN\n" Q "A) SVZM B) 2602010000 C) 2602022359\nE) AREA TWO.",
     "ok icao A1/26 new fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=2601010000-2601022359 | "
     "ok icao A2/26 new fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=2602010000-2602022359"},
    {"two without numbers",
     Q "A) SVZM\nB) 2601010000\nC) 2601022359\nE) ONE.\n" Q
       "A) SVZM\nB) 2602010000\nC) 2602022359\nE) TWO.",
     "partial icao - unknown fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=2601010000-2601022359 | "
     "partial icao - unknown fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=2602010000-2602022359"},
    {"parts joined",
     "A1/26 NOTAMN\n" Q "A) SVZM PART 1 OF 2 B) 2601010000 C) 2601022359\nE) AREA: "
     "1000N06600W - 1000N06500W -\nEND PART 1 OF 2\nA1/26 NOTAMN\n" Q
     "A) SVZM PART 2 OF 2 B) 2601010000 C) 2601022359\nE) 0900N06500W - 0900N06600W.\nF) SFC G) "
     "FL200\nEND PART 2 OF 2",
     "ok icao A1/26 new part=1/2 fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=2601010000-2601022359"},
    {"a part missing", "A1/26 NOTAMN\n" Q "A) SVZM PART 1 OF 2 B) 2601010000 C) 2601022359\nE) X",
     "partial icao A1/26 new part=1/2! fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=2601010000-2601022359"},
    {"items in lists are not items",
     "A1/26 NOTAMN\n" Q "A) SVZM B) 2601010000 C) 2601022359\nE) RULES: A) "
     "ONE B) TWO C) THREE F) FOUR G) FIVE\nF) SFC G) FL100",
     "ok icao A1/26 new fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=2601010000-2601022359"},
    {"item E alone", "E) AD CLSD DUE WIP.)", "partial text - unknown valid=none-open"},
    {"bad dates", "A1/26 NOTAMN\n" Q "A) SVZM B) 2613010000 C) 26\nE) X",
     "partial icao A1/26 new fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=none-open"},
    {"nothing known", "the quick brown fox", "unreadable text - unknown valid=none-open"},
    {"document header",
     "# real, from a public page\n# second line\nA1/26 NOTAMN\n" Q
     "A) SVZM B) 2601010000 C) 2601022359\nE) X",
     "ok icao A1/26 new fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=2601010000-2601022359"},
    {"entities and look-alikes",
     "A1/26 NOTAMN\nQ)&#32;SVZM/QRPCA/IV/NBO/W/000/999/0812N06635W050\nA)\xC2\xA0SVZM B) "
     "2601010000 C) 2601022359\nE) VOR &apos;DJQ&apos;",
     "ok icao A1/26 new fir=SVZM a=SVZM q=QRPCA/IV/NBO/W valid=2601010000-2601022359"},
    {"KICZ prose",
     "KICZ A0012/25 NOTAM\xE2\x80\xA6SECURITY\xE2\x80\xA6UNITED STATES OF AMERICA ADVISORY FOR "
     "VENEZUELA\nOPERATORS ARE ADVISED TO EXERCISE CAUTION\nSFC-UNL: 21 NOV 17:43 UTC 2025 UNTIL 19 "
     "FEB 23:59 UTC 2026. CREATED: 21 NOV 18:08 UTC 2025",
     "ok advisory A0012/25 new at=KICZ valid=2511211743-2602192359"},
    {"KICZ stamps, day first by the number's year",
     "KICZ A0012/25 SECURITY..UNITED STATES OF AMERICA "
     "ADVISORY FOR VENEZUELA\n2111251743-2602192359",
     "ok advisory A0012/25 new at=KICZ valid=2511211743-2602192359"},
    {"CZIB",
     "CZIB Number: 2026-01\nStatus: Active\nIssue date: 03/01/2026\nValid until: 09/01/2026\n"
     "Affected airspace: FIR MAIQUETIA (SVZM), all altitudes\nRecommendation: do not operate",
     "ok advisory 2026-01 new fir=SVZM valid=2601030000-2601100000"},
    {"warnings at sea",
     "251549Z MAY 26\nHYDROPAC 1564/26.\nSOUTH PACIFIC.\nA.\n\n260000Z MAY 26\nNAVAREA XII "
     "12/26.\nB.",
     "ok navwarn HYDROPAC 1564/26 new valid=2605251549-open | "
     "ok navwarn NAVAREA XII 12/26 new valid=2605260000-open"},
};

static void heads(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice *notices = NULL;
    size_t count = 0;
    ovf_str text = ovf_str_of(row->text);
    assert_int_equal(ovf_notice_read(NULL, text, NULL, &arena, &notices, &count, NULL), OVF_OK);
    line out = {.len = 0};
    for (size_t i = 0; i < count; i++) {
        put(&out, "%s", i == 0 ? "" : " | ");
        put_head(&out, &notices[i]);
        hold_spans(&notices[i], text.len);
    }
    assert_string_equal(out.text, row->want);
    ovf_arena_done(&arena);
}

static void item_q_is_read_whole(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice *n = NULL;
    size_t count = 0;
    ovf_str text = OVF_STR("A1/26 NOTAMN\nQ) SVZM/QRDCA/IV/BO/W/045/195/0812N06635W050\nA) SVZM B) "
                           "2601010000 C) 2601022359\nD) DAILY 1000-1200\nE) X\nF) 4500FT AMSL G) "
                           "FL195\nCREATED: 30 DEC 2025 12:00:00\nSOURCE: SVMIYNYX");
    assert_int_equal(ovf_notice_read(NULL, text, NULL, &arena, &n, &count, NULL), OVF_OK);
    assert_int_equal(count, 1);
    assert_true(ovf_str_eq(n->subject, OVF_STR("danger area")));
    assert_true(ovf_str_eq(n->condition, OVF_STR("activated")));
    assert_int_equal(n->q_lower.value_ft, 4500);
    assert_int_equal(n->q_upper.value_ft, 19500);
    assert_true(n->has_q_circle);
    assert_true(n->q_centre.lat_deg > 8.1999 && n->q_centre.lat_deg < 8.2001);
    assert_true(n->q_centre.lon_deg > -66.5834 && n->q_centre.lon_deg < -66.5833);
    assert_true(n->q_radius_nm > 49.9 && n->q_radius_nm < 50.1);
    assert_true(ovf_str_eq(n->schedule, OVF_STR("DAILY 1000-1200")));
    assert_int_equal(n->active.count, 2);
    assert_true(ovf_str_eq(n->source, OVF_STR("SVMIYNYX")));
    assert_true(ovf_str_eq(n->text, OVF_STR("X")));
    assert_true(ovf_str_eq(n->lower_text, OVF_STR("4500FT AMSL")));
    assert_true(ovf_str_eq(ovf_str_sub(text, n->span_g.at, n->span_g.at + n->span_g.len),
                           OVF_STR("FL195")));
    line out = {.len = 0};
    put_time(&out, n->created);
    assert_string_equal(out.text, "2512301200");
    ovf_arena_done(&arena);
}

static void blank_record_has_none(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice *n = NULL;
    size_t count = 7;
    assert_int_equal(ovf_notice_read(NULL, OVF_STR(" \n\t"), NULL, &arena, &n, &count, NULL),
                     OVF_OK);
    assert_int_equal(count, 0);
    ovf_arena_done(&arena);
}

static void sniffs(void **state)
{
    (void)state;
    assert_true(ovf_notice_sniff(OVF_STR("A1/26 NOTAMN\nQ) X")));
    assert_true(ovf_notice_sniff(OVF_STR(Q "A) SVZM")));
    assert_true(ovf_notice_sniff(OVF_STR("# note\nE) AD CLSD.")));
    assert_true(ovf_notice_sniff(OVF_STR("!FDC 5/9106 ZJX AIRSPACE")));
    assert_false(ovf_notice_sniff(OVF_STR("(FPL-AVA123-IS\n-A320/M-S/S\n-SKBO0000)")));
    assert_false(ovf_notice_sniff(OVF_STR("{\"speaker\": \"someone\"}")));
    assert_false(ovf_notice_sniff(OVF_STR("")));
}

static void words_of_the_contract(void **state)
{
    (void)state;
    assert_string_equal(ovf_notice_form_name(OVF_FORM_FAA_DOMESTIC), "faa-domestic");
    assert_string_equal(ovf_certainty_name(OVF_CERTAINTY_Q_CIRCLE), "q_circle");
    assert_string_equal(ovf_advice_name(OVF_ADVICE_DO_NOT_FLY), "do_not_fly");
    assert_string_equal(ovf_shape_name(OVF_SHAPE_NAMED), "named");
}

int main(void)
{
    static struct CMUnitTest tests[OVF_COUNTOF(rows) + 4];
    size_t count = 0;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[count++] = (struct CMUnitTest){rows[i].name, heads, NULL, NULL, &rows[i]};
    tests[count++] = (struct CMUnitTest){"item Q whole", item_q_is_read_whole, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"blank record", blank_record_has_none, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"sniff", sniffs, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"words", words_of_the_contract, NULL, NULL, NULL};
    return _cmocka_run_group_tests("notice_head", tests, count, NULL, NULL);
}
