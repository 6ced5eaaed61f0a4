/* SPDX-License-Identifier: Apache-2.0 */
/* Texts made to cost: 64 kB of one thing over and over. However long, areas, findings and memory stay
 * under their ceilings; the time is printed and not held. Argument: the world file. */
#include <overfly/notice.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
// cmocka wants the headers above
#include <cmocka.h>

#define TEXT_BYTES 65000
#define HELD_MAX ((size_t)192 << 20)
#define FINDINGS_MAX 4000

static ovf_world *world;

/* A text: a head, then `unit` until it is full, then a tail. In a unit %N is a place, another each
 * time; %d its count. */
struct row {
    const char *name;
    const char *head;
    const char *unit;
    const char *tail;
};

#define ICAO                                                                                   \
    "A0001/26 NOTAMN\nQ) XXAA/QRTCA/IV/BO/W/000/999/5000N01000E100\nA) LFFF B) 2601010000 C) " \
    "2602010000\nE) "

static const struct row rows[] = {
    {"one word", ICAO, "AREA ", NULL},
    {"no blank at all", ICAO, "A", NULL},
    {"blanks", ICAO, " ", "X"},
    {"lines", ICAO, "\n", "X"},
    {"coordinates", ICAO, "%N ", NULL},
    {"coordinates with dashes", ICAO " AREA BOUNDED BY ", "%N - ", NULL},
    {"coordinates all in one place", ICAO " AREA BOUNDED BY ", "5000N01000E ", NULL},
    {"circles", ICAO, "CIRCLE RADIUS 5NM CENTRED ON %N ", NULL},
    {"radius with no centre", ICAO, "5NM RADIUS OF ", NULL},
    {"small rings", ICAO, "AREA: 5000N01000E 5100N01000E 5100N01100E 5000N01000E. ", NULL},
    {"numbered areas", ICAO, "AREA %d: 5000N01000E 5100N01000E 5100N01100E 5000N01000E\n", NULL},
    {"area labels", ICAO, "AREA %d: ", NULL},
    {"bullets", ICAO, "%d. ", NULL},
    {"borders", ICAO, "%N THENCE ALONG THE BORDER FRANCE/GERMANY TO ", NULL},
    {"borders of one State", ICAO, "%N ALONG THE FRENCH BORDER - ", NULL},
    {"borders of a FIR", ICAO, "%N ALONG THE FIR BOUNDARY - ", NULL},
    {"borders of many FIRs", ICAO, "%N ALONG PARIS/LONDON FIR BOUNDARY - ", NULL},
    {"along the border and no place", ICAO, "ALONG THE BORDER ", NULL},
    {"along the coast", ICAO, "%N ALONG THE COAST LINE - ", NULL},
    {"arcs", ICAO, "%N CLOCKWISE ALONG AN ARC OF A CIRCLE RADIUS 20NM CENTRED ON %N TO ", NULL},
    {"clockwise", ICAO, "CLOCKWISE ", NULL},
    {"routes", ICAO, "ATS ROUTE UN%d BTN ABCDE AND FGHIJ CLSD. ", NULL},
    {"route matter",
     "A0001/26 NOTAMN\nQ) LFFF/QARLC/IV/BO/E/000/999/5000N01000E100\nA) LFFF B) 2601010000 C) "
     "2602010000\nE) ",
     "UN%d BTN ABCDE AND FGHIJ, ", NULL},
    {"points of routes", ICAO, "BTN ABCDE AND FGHIJ ", NULL},
    {"names that are points", ICAO, "VIA BARKR DCT ", NULL},
    {"bearings", ICAO, "ABC%d045010 ", NULL},
    {"exceptions", ICAO, "EXCEPT AIRCRAFT OF FRANCE, ", NULL},
    {"excluding airspace", ICAO, "EXCLUDING THE AREA WITHIN 5NM OF %N ", NULL},
    {"FIR list", ICAO, "PARIS FIR, LONDON FIR, ", NULL},
    {"FIR words", ICAO, "FIR ", NULL},
    {"FIR codes", ICAO, "LFFF EGTT EDGG OIIX UKBV ", NULL},
    {"State names", ICAO, "FRANCE, GERMANY, IRAN, ISRAEL, UKRAINE, ", NULL},
    {"State airspace", ICAO, "THE AIRSPACE OF UKRAINE AND ", NULL},
    {"operators of", ICAO, "OPERATORS OF FRANCE AND ", NULL},
    {"airports", ICAO, "5NM OF EGLL, LFPG, EDDF ", NULL},
    {"designators", ICAO, "LFR%d, EGD%d, ", NULL},
    {"designators lead", ICAO, "TRA %d ACTIVE, ", NULL},
    {"half planes", ICAO, "NORTH OF 50N, SOUTH OF 51N, ", NULL},
    {"half plane of a line", ICAO, "NORTH OF LINE %N %N ", NULL},
    {"between and no end", ICAO, "BTN ", NULL},
    {"aids", ICAO, "VOR ", NULL},
    {"radials", ICAO, "ABC VOR RDL 123/45NM ", NULL},
    {"aerodrome reference points", ICAO, "EGLL ARP, LFPG ARP, ", NULL},
    {"sectors", ICAO, "SECTOR BTN RADIALS 010 AND 020 FROM %N RADIUS 20NM ", NULL},
    {"corridors", ICAO, "5NM EITHER SIDE OF LINE %N - %N ", NULL},
    {"strips", ICAO, "WITHIN 5NM OF A LINE JOINING %N %N ", NULL},
    {"levels", ICAO, "FROM FL100 TO FL200 ", NULL},
    {"levels and feet", ICAO, "SFC-5000FT AMSL ", NULL},
    {"heights without datum", ICAO, "BELOW %d FT ", NULL},
    {"verbs", ICAO, "PROHIBITED CLOSED NOT RECOMMENDED CAUTION ", NULL},
    {"negation", ICAO, "NOT ", NULL},
    {"flow", ICAO, "ATFM FLOW CONTROL ZERO RATE ", NULL},
    {"hours", ICAO, "MON-FRI 0800-1600 ", NULL},
    {"dates", ICAO, "01 JAN 2026 0800-1600, ", NULL},
    {"hours of areas", ICAO, "AREA %d: %N %N %N 0800-1600 ", NULL},
    {"sunrises", ICAO, "SR ", NULL},
    {"sun", ICAO, "SR-SS ", NULL},
    {"item D hours",
     "A0001/26 NOTAMN\nQ) XXAA/QRTCA/IV/BO/W/000/999/5000N01000E100\nA) LFFF B) 2601010000 C) "
     "2802010000\nD) ",
     "0800-1600 ", "\nE) X"},
    {"item D dates",
     "A0001/26 NOTAMN\nQ) XXAA/QRTCA/IV/BO/W/000/999/5000N01000E100\nA) LFFF B) 2601010000 C) "
     "2802010000\nD) ",
     "JAN 01 0800-1600, ", "\nE) X"},
    {"item D days and except",
     "A0001/26 NOTAMN\nQ) XXAA/QRTCA/IV/BO/W/000/999/5000N01000E100\nA) LFFF B) 2601010000 C) "
     "2802010000\nD) ",
     "MON-FRI 0800-1600 EXC HOL, ", "\nE) X"},
    {"item A", "A0001/26 NOTAMN\nQ) XXAA/QRTCA/IV/BO/W/000/999/5000N01000E100\nA) ", "LFFF ",
     "B) 2601010000 C) 2602010000\nE) X"},
    {"items", "A0001/26 NOTAMN\n", "A) B) C) D) E) ", NULL},
    {"items E", "A0001/26 NOTAMN\n", "E) X ", NULL},
    {"Q lines", "A0001/26 NOTAMN\n", "Q) XXAA/QRTCA/IV/BO/W/000/999/5000N01000E100\n", NULL},
    {"heads", "", "A%d/26 NOTAMN\n", NULL},
    {"small notices", "", "A%d/26 NOTAMN\nA) LFFF B) 2601010000 C) PERM\nE) X\n\n", NULL},
    {"parts of one", "", "A0001/26 NOTAMN\nA) LFFF PART %d OF 99 B) 2601010000 C) PERM\nE) X\n\n",
     NULL},
    {"part words", ICAO, "PART 1 OF 99 ", NULL},
    {"checklist",
     "A0001/26 NOTAMN\nQ) LFFF/QKKKK/K/K/K/000/999/5000N01000E999\nA) LFFF B) 2601010000 C) "
     "2602010000 EST\nE) CHECKLIST YEAR=2026 ",
     "%d ", NULL},
    {"checklist years",
     "A0001/26 NOTAMN\nQ) LFFF/QKKKK/K/K/K/000/999/5000N01000E999\nA) LFFF B) 2601010000 C) "
     "2602010000 EST\nE) CHECKLIST ",
     "YEAR=2026 ", NULL},
    {"FAA domestic", "!FDC 6/0001 ZNY AIRSPACE ", "WI AN AREA DEFINED AS 5NM RADIUS OF JFK ", NULL},
    {"FAA heads", "", "!FDC 6/%d ZNY AIRSPACE CLSD\n", NULL},
    {"FAA TFR",
     "FDC 6/0001 ZNY PART 1 OF 1 NY..AIRSPACE NEW YORK, NY..TEMPORARY FLIGHT RESTRICTIONS ",
     "WI AN AREA DEFINED AS 5NM RADIUS OF 400000N0730000W (JFK VOR/DME 010005.0) SFC-1999FT AGL ",
     NULL},
    {"KICZ persons", "KICZ A0001/26 THOSE PERSONS DESCRIBED IN PARAGRAPH A BELOW ARE PROHIBITED ",
     "A. APPLICABILITY ALL U.S. AIR CARRIERS B. EXCEPT ", NULL},
    {"NAVWARN", "NAVAREA IV 1/26\n",
     "DANGER AREA BOUND BY 25-00.0N 070-00.0W, 26-00.0N 070-00.0W. ", NULL},
    {"NAVWARN letters", "HYDROPAC 1/26\n", "A. IN AREA BOUND BY 25-00N 070-00W. ", NULL},
    {"SIGMET", "LFFF SIGMET 1 VALID 010000/010400 LFPW-\nLFFF PARIS FIR SEV TURB FCST WI ",
     "N5000 E01000 - ", NULL},
    {"ASHTAM", "ASHTAM 001\nA) XXAA B) 01010000\n", "E) %N - FL100 FL200 ", NULL},
    {"OpenAir", "", "AC R\nAN X\nAL SFC\nAH FL100\nDP 50:00:00 N 010:00:00 E\n", NULL},
    {"OpenAir points", "AC R\nAN X\nAL SFC\nAH FL100\n", "DP 50:00:00 N 010:00:00 E\n", NULL},
    {"OpenAir arcs", "AC R\nAN X\nAL SFC\nAH FL100\nV X=50:00:00 N 010:00:00 E\n", "DA 10,0,359\n",
     NULL},
    {"OpenAir circles", "", "AC R\nAN X\nAL SFC\nAH FL100\nV X=50:00:00 N 010:00:00 E\nDC 50\n",
     NULL},
    {"deep JSON", "", "[", NULL},
    {"deep JSON objects", "", "{\"a\":", NULL},
    {"JSON notices", "{\"items\":[", "{\"id\":\"A0001/26\",\"text\":\"X\"},", "{}]}"},
    {"GeoJSON features", "{\"type\":\"FeatureCollection\",\"features\":[",
     "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,"
     "2]}},",
     "{\"type\":\"Feature\",\"properties\":{},\"geometry\":null}]}"},
    {"GeoJSON vertices",
     "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
     "[[[0,0],",
     "[1,2],[2,1],", "[0,0]]]}}"},
    {"deep XML", "<a>", "<a>", NULL},
    {"XML siblings", "<a>", "<b/>", "</a>"},
    {"XML attributes", "<a ", "b%d=\"1\" ", "/>"},
    {"HTML", "<html><body>", "<p>A%d/26 NOTAMN A) LFFF B) 2601010000 C) PERM E) X<br>",
     "</body></html>"},
    {"HTML tables", "<html><body>", "<table><tr><td>X", NULL},
    {"entities", ICAO, "&amp;&deg;&#176;", NULL},
    {"brackets", ICAO, "(", NULL},
    {"brackets in pairs", ICAO, "(AREA) ", NULL},
    {"quotes", ICAO, "\"X\" ", NULL},
    {"references", ICAO, "SEE NOTAM A%d/26 ", NULL},
    {"sups", ICAO, "AIP SUP %d/26 AREA ", NULL},
    {"CREATED lines", ICAO "X", "\nCREATED: 01 JAN 2026 10:00:00\nSOURCE: X", NULL},
    {"sea names", ICAO, "BLACK SEA, CASPIAN SEA, HIGH SEAS ", NULL},
    {"relayed", ICAO, "DEPARTMENT FOR TRANSPORT OF THE UNITED KINGDOM ADVISES ", NULL},
    {"sentences", ICAO, "X. ", NULL},
    {"numbers", ICAO, "%d ", NULL},
    {"decimal degrees", ICAO, "50.1234,10.1234 ", NULL},
    {"decimal minutes", ICAO, "50-12.34N 010-12.34E ", NULL},
    {"wrong coordinates", ICAO, "5099N01099E ", NULL},
    {"half coordinates", ICAO, "5000N ", NULL},
    {"latitudes by words", ICAO, "N50 E010 ", NULL},
    {"TO", ICAO, "TO ", NULL},
    {"commas", ICAO, ",", NULL},
    {"full stops", ICAO, ".", NULL},
    {"slashes", ICAO, "/", NULL},
    {"WITHIN", ICAO, "WITHIN ", NULL},
    {"BETWEEN AND", ICAO, "BTN X AND ", NULL},
    {"AND", ICAO, "FRANCE AND ", NULL},
    {"high bytes", ICAO, "\xC3\xA9\xE2\x80\x93", NULL},
    {"nul words", ICAO, "\x01\x7f", NULL},
};

static size_t place(char *out, size_t size, size_t i)
{
    // A spiral: no two the same, no crossing.
    size_t lat = 2000 + (i * 37) % 1000 * 4;
    size_t lon = 1000 + (i * 53) % 1700 * 2;
    return (size_t)snprintf(out, size, "%04zuN%05zuE", lat / 100 * 100 + lat % 60,
                            lon / 100 * 100 + lon % 60);
}

static size_t add_unit(char *out, size_t room, const char *unit, size_t n)
{
    size_t len = 0;
    for (const char *p = unit; *p != '\0' && len + 24 < room; p++) {
        if (p[0] == '%' && p[1] == 'N') {
            len += place(out + len, room - len, n * 2 + (p != unit));
            p++;
        } else if (p[0] == '%' && p[1] == 'd') {
            len += (size_t)snprintf(out + len, room - len, "%zu", n % 9999 + 1);
            p++;
        } else {
            out[len++] = *p;
        }
    }
    return len;
}

static ovf_str make(const struct row *row, char *out, size_t size)
{
    size_t tail = row->tail == NULL ? 0 : strlen(row->tail);
    size_t len = strlen(row->head);
    memcpy(out, row->head, len);
    for (size_t n = 0; len + tail + 400 < size; n++)
        len += add_unit(out + len, size - tail - len, row->unit, n);
    memcpy(out + len, row->tail == NULL ? "" : row->tail, tail);
    return (ovf_str){out, len + tail};
}

static size_t cut_lists; /* of areas, seen so far */

/* What did not fit into the list may lie anywhere: its last place is one that nobody can find. */
static void hold_end_of_list(const ovf_notice *n)
{
    if (n->area_count < OVF_NOTICE_MAX_AREAS)
        return;
    cut_lists++;
    assert_int_equal(n->areas[n->area_count - 1].certainty, OVF_CERTAINTY_UNRESOLVED);
    assert_int_not_equal(n->status, OVF_READ_OK);
}

/* Behind all rows: some of them did meet that ceiling. */
static void lists_were_cut(void **state)
{
    OVF_UNUSED(state);
    assert_true(cut_lists > 0);
}

static void reads(void **state)
{
    const struct row *row = *state;
    char *text = malloc(TEXT_BYTES);
    assert_non_null(text);
    ovf_str record = make(row, text, TEXT_BYTES);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice *notices = NULL;
    size_t count = 0;
    ovf_error err = {0};
    clock_t start = clock();
    ovf_status status = ovf_notice_read(world, record, NULL, &arena, &notices, &count, &err);
    double took_s = (double)(clock() - start) / CLOCKS_PER_SEC;
    size_t areas = 0, findings = 0, vertices = 0;
    for (size_t i = 0; i < count; i++) {
        assert_true(notices[i].area_count <= OVF_NOTICE_MAX_AREAS);
        hold_end_of_list(&notices[i]);
        assert_true(notices[i].finding_count <= FINDINGS_MAX);
        areas += notices[i].area_count;
        findings += notices[i].finding_count;
        for (size_t k = 0; k < notices[i].area_count; k++)
            vertices += notices[i].areas[k].point_count;
    }
    size_t held = arena.held;
    start = clock();
    for (size_t i = 0; i < count; i++) {
        ovf_str plain = {0}, emitted = {0};
        ovf_notice_span *spans = NULL;
        size_t span_count = 0;
        assert_int_equal(ovf_notice_plain(&notices[i], &arena, &plain), OVF_OK);
        assert_int_equal(ovf_notice_spans(&notices[i], &arena, &spans, &span_count, NULL), OVF_OK);
        (void)!ovf_notice_emit(&notices[i], 0, &arena, &emitted, NULL);
    }
    double after_s = (double)(clock() - start) / CLOCKS_PER_SEC;
    printf("%-32s %6.2f s + %5.2f s %6zu notices %5zu areas %6zu points %6zu findings %7zu kB\n",
           row->name, took_s, after_s, count, areas, vertices, findings, held >> 10);
    fflush(stdout);
    assert_int_equal(status, OVF_OK);
    assert_true(count > 0);
    assert_true(held <= HELD_MAX);
    ovf_arena_done(&arena);
    free(text);
}

int main(int argc, char **argv)
{
    ovf_error err = {0};
    if (argc > 1 && ovf_world_open(argv[1], &world, &err) != OVF_OK) {
        fprintf(stderr, "world: %s\n", err.reason);
        return 1;
    }
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 1];
    for (size_t n = 0; n < OVF_COUNTOF(rows); n++)
        tests[n] = (struct CMUnitTest){rows[n].name, reads, NULL, NULL, (void *)&rows[n]};
    tests[OVF_COUNTOF(rows)] = (struct CMUnitTest)cmocka_unit_test(lists_were_cut);
    if (argc > 2)
        cmocka_set_test_filter(argv[2]);
    int failed = _cmocka_run_group_tests("notice_ceilings", tests, OVF_COUNTOF(tests), NULL, NULL);
    ovf_world_free(world);
    return failed;
}
