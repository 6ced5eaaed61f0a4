/* SPDX-License-Identifier: Apache-2.0 */
/* Item E: coordinates of every shape, areas, limits, effect, addressee. Texts are made up in the
 * wording that States use; the numbers expected follow from the coordinates as written. */
#include "describe.h"

static const ovf_world *world;

enum what { AREAS, EFFECT, ADDRESSED, FINDINGS };

static struct row {
    const char *name;
    enum what what;
    bool with_world;
    const char *head; /* number and item Q; NULL: a usual one */
    const char *text; /* item E and behind; with head "": the whole record */
    const char *want;
} rows[] = {
    // rings
    {"ring with dashes", AREAS, false, NULL,
     "WI AREA BOUNDED BY: 1000N06600W - 1000N06500W - 0900N06500W", "polygon exact n=3 SFC..UNL"},
    {"ring, TO, point of origin", AREAS, false, NULL,
     "WI AN AREA DEFINED AS 172900N1382800E TO 170100N1411000E TO 161200N1410100E TO 1640OON13819OOE "
     "TO POINT OF ORIGIN",
     "polygon exact n=4 SFC..UNL"},
    {"letters first, back to start", AREAS, false, NULL,
     "A TEMPORARY DANGER AREA ESTABLISHED BOUNDED BY:N313400E0994400-N313400E1004400-N303400E1004400-"
     "N303400E0994400 BACK TO START. VERTICAL LIMITS:GND-UNL.",
     "polygon exact n=4 SFC..UNL"},
    {"first vertex repeated", AREAS, false, NULL,
     "AREA BOUNDED BY THE FLW COORD: 100000N0660000W 100000N0650000W 090000N0650000W 100000N0660000W",
     "polygon exact n=3 SFC..UNL"},
    {"fold inside a number", AREAS, false, NULL,
     "AREA: N395600E1192100-N395600E1193300-N39\n4300E1192100", "polygon exact n=3 SFC..UNL"},
    {"groups", AREAS, false, NULL,
     "AREA BOUNDED BY 12 39 14N 119 41 06E, 12 39 14N 120 41 06E, S12 36 00 E172 31 00",
     "polygon exact n=3 SFC..UNL"},
    {"degree signs", AREAS, false, NULL,
     "AREA BOUNDED BY 10\xC2\xB0"
     "30'12\"N 067\xC2\xB0"
     "00'12\"W, 11\xC2\xB0"
     "30'12\"N 067\xC2\xB0"
     "00'12\"W, 11.5\xC2\xB0 N, 066.1433\xC2\xB0 W",
     "polygon exact n=3 SFC..UNL"},
    {"sea style", AREAS, false, NULL,
     "IN AREA BOUND BY 31-45.00N 121-09.00W, 31-43.00N 121-15.00W, 34-41.00N 120-39.00W.",
     "polygon exact n=3 SFC..UNL"},
    {"slashes", AREAS, false, NULL, "LIMITS: 382739S/0581704W; 382739S/0571704W; 372739S/0571704W",
     "polygon exact n=3 SFC..UNL"},
    {"fixes in brackets", AREAS, false, NULL,
     "AREA 260000N0970200W (BRO067019) TO 261000N0970200W (BRO060019) TO 261000N0975200W TO ORIGIN",
     "polygon exact n=3 SFC..UNL"},
    {"two numbered rings with own limits", AREAS, false, NULL,
     "AIRSPACE CLSD AS FLW: 1. AREA: 1000N06600W-1000N06500W-0900N06500W-1000N06600W\n200M AMSL-400M "
     "AMSL.\n2. AREA: 1100N06600W-1100N06500W-1030N06500W-1100N06600W\nGND-600M AMSL.",
     "polygon exact '1' n=3 AMSL656..AMSL1313; polygon exact '2' n=3 SFC..AMSL1969"},
    {"named zones", AREAS, false, NULL,
     "ZONE N5: 0700N07200W 0700N07000W 0600N07000W. ZONE N6: 0500N06800W 0500N06600W 0400N06600W.",
     "polygon exact 'ZONE N5' n=3 SFC..UNL; polygon exact 'ZONE N6' n=3 SFC..UNL"},
    {"lettered rings", AREAS, false, NULL,
     "IN AREAS BOUND BY: A. 10-00.00N 066-00.00W, 10-00.00N 065-00.00W, 09-00.00N 065-00.00W. B. "
     "11-00.00N 066-00.00W, 11-00.00N 065-00.00W, 10-30.00N 065-00.00W.",
     "polygon exact 'A' n=3 SFC..UNL; polygon exact 'B' n=3 SFC..UNL"},
    {"numbered vertices", AREAS, false, NULL,
     "LATERAL LIMITS: 1. 1000N06600W 2. 1000N06500W 3. 0900N06500W", "polygon exact n=3 SFC..UNL"},
    {"Z order of four corners", FINDINGS, false, NULL,
     "AREA BOUNDED BY 3459N00231E 3459N00236E 3454N00231E 3454N00236E", " RING_REORDERED@114"},
    // circles and lines
    {"circle, radius first", AREAS, false, NULL, "WI CIRCLE RADIUS 1KM CENTRE 650200N1161500E.",
     "circle exact n=1 r=1000 SFC..UNL"},
    {"circle, radius behind", AREAS, false, NULL,
     "CIRCLE, CENTRED ON N3530.5E01411.0 WITH 8NM RADIUS", "circle exact n=1 r=14816 SFC..UNL"},
    {"within miles of a point", AREAS, false, NULL, "WI 2.2NM RADIUS OF 512929.64N 0000253.39E",
     "circle exact n=1 r=4074 SFC..UNL"},
    {"metres", AREAS, false, NULL, "WI 300M RADIUS PSN 512929N 0000253E",
     "circle exact n=1 r=300 SFC..UNL"},
    {"statute miles", AREAS, false, NULL, "WI 1SM RADIUS OF 512929N 0000253E",
     "circle exact n=1 r=1609 SFC..UNL"},
    {"several centres", AREAS, false, NULL,
     "CENTERED COORD 1000N06600W 1100N06600W 1200N06600W RADIUS 1NM",
     "circle exact n=1 r=1852 SFC..UNL; circle exact n=1 r=1852 SFC..UNL; circle exact n=1 r=1852 "
     "SFC..UNL"},
    {"circles one after the other", AREAS, false, NULL,
     "1. WI CIRCLE RADIUS 1KM CENTRE 540000N1010000E\nSFC-900M AMSL.\n2. WI CIRCLE RADIUS 2KM CENTRE "
     "550000N1010000E\nSFC-600M AMSL.",
     "circle exact '1' n=1 r=1000 SFC..AMSL2953; circle exact '2' n=1 r=2000 SFC..AMSL1969"},
    {"corridor", AREAS, false, NULL,
     "WI 5NM EITHER SIDE OF LINE 1000N06600W - 1100N06600W - 1200N06500W",
     "corridor exact n=3 r=9260 SFC..UNL"},
    {"corridor, full width", AREAS, false, NULL, "CORRIDOR 10NM WIDE 1000N06600W TO 1100N06600W",
     "corridor exact n=2 r=9260 SFC..UNL"},
    {"a point", AREAS, false, NULL, "CRANE AT PSN 521012N 0000809E", "point exact n=1 SFC..UNL"},
    {"a line", AREAS, false, NULL,
     "CABLE LAYING ALONG TRACKLINE JOINING 10-00.00N 050-00.00W, 11-00.00N 050-00.00W, "
     "12-00.00N 051-00.00W.",
     "line exact n=3 SFC..UNL"},
    // what is not drawn
    {"an arc without a centre or a direction", AREAS, false, NULL,
     "AREA: 560519N0374847E THEN ALONG ARC RADIUS 28KM TO 554927N0382950E-554430N0381600E",
     "polygon unresolved n=3 SFC..UNL"},
    {"a border", AREAS, false, NULL,
     "AREA BOUNDED BY 482005N0215007E STATE BORDER 481422N0222950E 475109N0224638E",
     "polygon unresolved n=3 SFC..UNL"},
    {"seconds above 59", FINDINGS, false, NULL,
     "AREA BOUNDED BY 431503N 362298E 434214N 332819E 440628N 324260E",
     " COORD_IMPOSSIBLE@114 COORD_DIGITS@130 COORD_IMPOSSIBLE@146 RING_VERTEX@114"},
    {"digit lost somewhere", AREAS, false, NULL,
     "AREA BOUNDED BY 543200N010000E 553200N0110000E 563200N0110000E",
     "polygon unresolved n=2 SFC..UNL"},
    {"cut off", AREAS, false, NULL,
     "AREA BOUNDED BY N395600E1192100-N395600E1193300-N394300E1192100-N3943",
     "polygon unresolved n=3 SFC..UNL"},
    {"hemisphere lost", FINDINGS, false, NULL,
     "AREA BOUNDED BY: 140000S 1594323E - 140000 1603737E - 150000S 1603737E",
     " COORD_HEMISPHERE@134"},
    {"far from item Q", FINDINGS, false,
     "A1/26 NOTAMN\nQ) KZAK/QWMLW/IV/BO/W/000/999/3732N12200W005\n",
     "WI AREA BOUNDED BY: 1000N16600E 1000N16700E 0900N16700E", " Q_DIFFERS@117"},
    // limits
    {"G over Q", AREAS, false, NULL,
     "WI CIRCLE RADIUS 1KM CENTRE 650200N1161500E.\nF) 500FT AGL\nG) 900M AMSL.",
     "circle exact n=1 r=1000 AGL500..AMSL2953"},
    {"text over F and G", AREAS, false, NULL,
     "AREA BOUNDED BY 1000N06600W 1000N06500W 0900N06500W. VERTICAL LIMITS: SFC TO 4000 FEET AMSL\nF) SFC\nG) UNL",
     "polygon exact n=3 SFC..AMSL4000"},
    {"Q without F and G", AREAS, false,
     "A1/26 NOTAMN\nQ) SVZM/QRDCA/IV/BO/W/045/195/0812N06635W050\n",
     "WI CIRCLE RADIUS 1KM CENTRE 0812N06635W", "circle exact n=1 r=1000 FL4500..FL19500"},
    // names
    {"FIR by code", AREAS, true, NULL, "FLIGHTS PROHIBITED WI MAIQUETIA FIR (SVZM)",
     "fir reference 'SVZM' SFC..UNL"},
    {"several FIRs", AREAS, true, NULL,
     "SHALL NOT ENTER FIR MAIQUETIA (SVZM), FIR CURACAO (TNCF) AND THE PIARCO FIR (TTZP)",
     "fir reference 'SVZM' SFC..UNL; fir reference 'TNCF' SFC..UNL; fir reference 'TTZP' SFC..UNL"},
    {"FIR by name", AREAS, true, NULL, "GNSS INTERFERENCE WI MAIQUETIA FIR",
     "fir reference 'SVZM' SFC..UNL"},
    {"FIR unknown", AREAS, true, NULL, "OPERATIONS PROHIBITED WI FIR NOWHERE (XQZX)",
     "fir unresolved 'XQZX' SFC..UNL"},
    {"FIR without a world", AREAS, false, NULL, "OPERATIONS PROHIBITED WI FIR MAIQUETIA (SVZM)",
     "fir unresolved 'SVZM' SFC..UNL"},
    {"State and limit", AREAS, true, NULL,
     "OPERATIONS IN THE TERRITORY AND AIRSPACE OF VENEZUELA AT ALTITUDES BELOW FL 260",
     "state reference 'VEN' SFC..FL26000-"},
    {"FIR behind the State", AREAS, true, NULL,
     "NOT TO PENETRATE INTO THE AIRSPACE OF VENEZUELA (FIR MAIQUETIA (SVZM))",
     "fir reference 'SVZM' SFC..UNL"},
    {"routes", AREAS, false, "A1/26 NOTAMN\nQ) SVZM/QARLC/IV/NBO/E/000/999/0812N06635W050\n",
     "ATS RTE UL216 BTN SFD/MIQ CLSD\nF) FL250 G) UNL",
     "route unresolved 'UL216 BTN SFD/MIQ' FL25000..UNL"},
    {"published area", AREAS, false, "A1/26 NOTAMN\nQ) EISN/QRDCA/IV/BO/W/000/150/5259N00628W005\n",
     "DANGER AREA EID5 GLEN OF IMAAL ACTIVATED\nF) GND G) 15000FT AMSL",
     "named unresolved 'EID5' SFC..AMSL15000"},
    {"aerodrome", AREAS, true,
     "A1/26 NOTAMN\nQ) SVZM/QMRLC/IV/NBO/A/000/999/1036N06659W005\nA) SVMI B) 2601010000 C) "
     "2601022359\n",
     "RWY 10/28 CLSD", "airport reference 'SVMI' n=1 SFC..UNL"},
    {"nothing but item Q", AREAS, false,
     "A1/26 NOTAMN\nQ) SVZM/QWALW/IV/M/W/000/050/1036N06659W005\n", "AIR DISPLAY WILL TAKE PLACE",
     "circle q_circle n=1 r=9260 SFC..FL5000"},
    // effect
    {"airspace closed", EFFECT, false, NULL,
     "AIRSPACE CLSD WI CIRCLE RADIUS 1KM CENTRE 650200N1161500E.", "closed hard none"},
    {"prohibited", EFFECT, false, NULL, "ALL FLIGHT OPERATIONS WI SVZM FIR ARE PROHIBITED",
     "prohibited hard none"},
    {"shall not enter", EFFECT, false, NULL, "IRISH OPERATORS SHALL NOT ENTER UKBV FIR",
     "prohibited hard none"},
    {"recommended not to", EFFECT, false, NULL,
     "SPANISH OPERATORS ARE RECOMMENDED NOT TO ENTER SVZM FIR", "advisory soft do_not_fly"},
    {"advised caution", EFFECT, false, NULL,
     "OPERATORS ARE ADVISED TO EXERCISE CAUTION WHEN OPERATING IN THE FIR",
     "advisory soft caution"},
    {"extreme caution", EFFECT, false, NULL, "OPERATORS SHOULD EXERCISE EXTREME CAUTION",
     "advisory soft extreme_caution"},
    {"danger area by code", EFFECT, false,
     "A1/26 NOTAMN\nQ) EISN/QRDCA/IV/BO/W/000/150/5259N00628W005\n", "EID5 ACTIVATED",
     "danger soft none"},
    {"restricted area", EFFECT, false,
     "A1/26 NOTAMN\nQ) EISN/QRTCA/IV/BO/W/000/150/5259N00628W005\n",
     "TEMPORARY RESTRICTED AREA ESTABLISHED", "restricted conditional none"},
    {"a control unit stops its service", EFFECT, false, NULL,
     "ATS ARE NOT PROVIDED WITHIN SVZM FIR", "warning service none"},
    {"no service", EFFECT, false, NULL, "NO ATC SERVICE WI SVZM FIR. TIBA APPLIES",
     "warning service none"},
    {"deactivated", EFFECT, false, "A1/26 NOTAMN\nQ) EISN/QRRCD/IV/BO/W/000/150/5259N00628W005\n",
     "R16 DEACTIVATED", "lifted opening none"},
    {"runway is no airspace", EFFECT, false,
     "A1/26 NOTAMN\nQ) SVZM/QMRLC/IV/NBO/A/000/999/1036N06659W005\n", "RWY 10 CLSD",
     "information none none"},
    {"aerodrome closed", EFFECT, false,
     "A1/26 NOTAMN\nQ) SVZM/QFALC/IV/NBO/A/000/999/1036N06659W005\n", "AD CLSD",
     "closed hard none"},
    {"checklist", EFFECT, false, "A1/26 NOTAMN\nQ) SVZM/QKKKK/K/K/K/000/999/1036N06659W999\n",
     "CHECKLIST YEAR=2026 0001", "information none none"},
    // addressee
    {"nobody named", ADDRESSED, true, NULL,
     "AIRSPACE CLSD WI CIRCLE RADIUS 1KM CENTRE 650200N1161500E.", "everyone exc=0"},
    {"UK operators", ADDRESSED, true, NULL,
     "UK REGISTERED AIR OPERATORS ARE RECOMMENDED NOT TO ENTER SVZM FIR", "some op=GBR exc=0"},
    {"Spanish operators", ADDRESSED, true, NULL,
     "SPANISH OPERATORS ARE RECOMMENDED NOT TO ENTER SVZM FIR", "some op=ESP exc=0"},
    {"nationality ban", ADDRESSED, true, NULL,
     "AIRCRAFT REGISTERED IN RUSSIA OR OPERATED BY RUSSIAN AIR CARRIERS OR OWNED BY A PERSON CONNECTED WITH RUSSIA ARE "
     "PROHIBITED TO ENTER THE AIRSPACE OF SPAIN EXCEPT IN CASE OF EMERGENCY.",
     "some op=RUS reg=RUS own=RUS exc=1"},
    {"measure and its cause", ADDRESSED, true, NULL,
     "AS RESPONSE TO THE DECISION OF SPAIN THAT AIRCRAFT REGISTERED IN RUSSIA SHALL NOT ENTER SPANISH AIRSPACE, "
     "AUTHORITIES HEREBY NOTIFY THAT AIRCRAFT REGISTERED IN SPAIN SHALL NOT ENTER THE AIRSPACE OF RUSSIA",
     "some reg=ESP exc=0"},
    {"civil flights", ADDRESSED, true, NULL,
     "ALL CIVIL FLIGHTS PROHIBITED WI AREA 1000N06600W 1000N06500W 0900N06500W",
     "everyone flt=CIVIL exc=0"},
    {"paragraph A", ADDRESSED, true, "",
     "KICZ A0001/26 SECURITY..UNITED STATES OF AMERICA PROHIBITION FOR VENEZUELA\nALL FLIGHT OPERATIONS IN THE MAIQUETIA "
     "FIR (SVZM) BY THE PERSONS DESCRIBED IN PARAGRAPH A ARE PROHIBITED\nA. APPLICABILITY: ALL U.S. AIR CARRIERS AND "
     "COMMERCIAL OPERATORS; ALL PERSONS EXERCISING THE PRIVILEGES OF AN AIRMAN CERTIFICATE ISSUED BY THE FAA, EXCEPT SUCH "
     "PERSONS OPERATING U.S.-REGISTERED AIRCRAFT FOR A FOREIGN AIR CARRIER; AND ALL OPERATORS OF AIRCRAFT REGISTERED IN THE "
     "UNITED STATES, EXCEPT WHERE THE OPERATOR OF SUCH AIRCRAFT IS A FOREIGN AIR CARRIER.\n2601030600-2601040500",
     "some us op=USA reg=USA airmen=USA exc=2"},
    {"foreign and nobody named", ADDRESSED, true,
     "E1/25 NOTAMN\nQ) LECM/QXXXX/IV/NBO/E/000/999/4027N00333W999\nA) LECM B) 2511240000 C) 2512010000\n",
     "IT IS RECOMMENDED NOT TO OPERATE WI MAIQUETIA FIR (SVZM)", "some op=ESP exc=0"},
    {"KICZ advice", ADDRESSED, true, "",
     "KICZ A0012/25 SECURITY..UNITED STATES OF AMERICA ADVISORY FOR VENEZUELA\nOPERATORS ARE ADVISED TO "
     "EXERCISE CAUTION IN THE MAIQUETIA FIR (SVZM)\n2511211743-2602192359",
     "everyone exc=0"},
    {"CZIB", ADDRESSED, true, "",
     "CZIB Number: 2026-01\nValid until: 09/01/2026\nAffected airspace: FIR (SVZM)\nRecommendation: do not operate",
     "some op=EU exc=0"},
};

static void reads(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const char *head = row->head == NULL
                           ? "A1/26 NOTAMN\nQ) SVZM/QXXXX/IV/NBO/E/000/999/0812N06635W999\n"
                           : row->head;
    bool has_a = strstr(head, "A) ") != NULL;
    char text[4000];
    if (head[0] == '\0')
        snprintf(text, sizeof(text), "%s", row->text);
    else
        snprintf(text, sizeof(text), "%s%sE) %s", head,
                 has_a ? "" : "A) SVZM B) 2601010000 C) 2601022359\n", row->text);
    ovf_notice *n = NULL;
    size_t count = 0;
    assert_int_equal(ovf_notice_read(row->with_world ? world : NULL, ovf_str_of(text), NULL, &arena,
                                     &n, &count, NULL),
                     OVF_OK);
    assert_int_equal(count, 1);
    hold_spans(n, strlen(text));
    line out = {.len = 0};
    switch (row->what) {
    case AREAS: put_areas(&out, n); break;
    case EFFECT: put_effect(&out, n); break;
    case ADDRESSED: put_addressed(&out, n); break;
    case FINDINGS: put_findings(&out, n, OVF_WARNING); break;
    }
    assert_string_equal(out.text, row->want);
    ovf_arena_done(&arena);
}

/* The January prohibition spoke of the Piarco FIR west of 57W only (FAA, 3 January 2026): 13N 056W is
 * outside, 13N 058W inside. */
static void west_of_57(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice *n = NULL;
    size_t count = 0;
    ovf_str text =
        OVF_STR("KICZ A0004/26 SECURITY..UNITED STATES OF AMERICA PROHIBITION FOR THE PIARCO "
                "FIR (TTZP) WEST OF 57W\nALL FLIGHT OPERATIONS AT ALL ALTITUDES BY THE "
                "PERSONS DESCRIBED IN PARAGRAPH A ARE PROHIBITED\n2601030600-2601040500");
    assert_int_equal(ovf_notice_read(world, text, NULL, &arena, &n, &count, NULL), OVF_OK);
    assert_int_equal(count, 1);
    assert_int_equal(n->area_count, 1);
    assert_int_equal(ovf_area_contains(n->areas[0].area, (ovf_point){13, -56}), OVF_TRI_NO);
    assert_int_equal(ovf_area_contains(n->areas[0].area, (ovf_point){13, -58}), OVF_TRI_YES);
    assert_int_equal(n->effect, OVF_EFFECT_PROHIBITED);
    assert_true(n->addressed.us_persons);
    ovf_arena_done(&arena);
}

/* "Areas over water of the Pacific within the Bogota FIR" (FAA, 16 January 2026): Bogota itself is
 * out, the sea off Buenaventura is in. */
static void over_water(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice *n = NULL;
    size_t count = 0;
    ovf_str text = OVF_STR(
        "KICZ A0013/26 SECURITY..UNITED STATES OF AMERICA ADVISORY FOR AREAS OVER WATER OF THE "
        "PACIFIC OCEAN WITHIN THE BOGOTA FIR (SKED)\nOPERATORS ARE ADVISED TO EXERCISE CAUTION\n"
        "2601160000-2603170000");
    assert_int_equal(ovf_notice_read(world, text, NULL, &arena, &n, &count, NULL), OVF_OK);
    assert_int_equal(n->area_count, 1);
    assert_int_equal(ovf_area_contains(n->areas[0].area, (ovf_point){4.7, -74.1}), OVF_TRI_NO);
    assert_int_equal(ovf_area_contains(n->areas[0].area, (ovf_point){3.9, -78.5}), OVF_TRI_YES);
    ovf_arena_done(&arena);
}

int main(int argc, char **argv)
{
    ovf_world *opened = NULL;
    ovf_error err = {0};
    if (argc < 2 || ovf_world_open(argv[1], &opened, &err) != OVF_OK) {
        fprintf(stderr, "expected the world file: %s\n", err.reason);
        return 1;
    }
    world = opened;
    static struct CMUnitTest tests[OVF_COUNTOF(rows) + 2];
    size_t count = 0;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[count++] = (struct CMUnitTest){rows[i].name, reads, NULL, NULL, &rows[i]};
    tests[count++] = (struct CMUnitTest){"west of 57W", west_of_57, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"over water", over_water, NULL, NULL, NULL};
    int failed = _cmocka_run_group_tests("notice_text", tests, count, NULL, NULL);
    ovf_world_free(opened);
    return failed;
}
