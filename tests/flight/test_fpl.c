/* SPDX-License-Identifier: Apache-2.0 */
/* Flight plan messages, item by item. Each row reads a text and compares one thing read. Expected
 * values: ICAO Doc 4444 (16th ed.), Appendix 2 and 3, by the rules of the item named in the row;
 * places of the world file by the States' AIPs. The argument is the world file. */
#include <overfly/flight.h>

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "(FPL-AVA142-IS-A320/M-SDE2FGIRWY/LB1-SKBO1410-"
#define TAIL "-SVMI0135 TNCC-DOF/260212)"
#define ROUTE(r) HEAD r TAIL
#define WITH(other) HEAD "N0450F350 DCT-SVMI0135 TNCC-" other ")"
#define NAMESAKES(r) \
    "(FPL-FBU731-IS-A359/H-S/S-KLAX2300-N0490F350 DCT " r " DCT-LFPO1010-DOF/230827)"
#define TYPE_OF(item_9) "(FPL-AVA142-IS-" item_9 "-S/S-SKBO1410-N0450F350 DCT-SVMI0135-0)"

static const char *world_path;
static ovf_world *world;

typedef struct row {
    const char *name;
    const char *text;
    const char *what; /* member, or "points", "unresolved", "errors", ... : see show() */
    const char *expected;
} row;

/* A text as wide as any row needs. */
typedef struct line {
    char text[2000];
    size_t len;
} line;

static void add(line *out, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(out->text + out->len, sizeof(out->text) - out->len, fmt, args);
    va_end(args);
    out->len += (size_t)n;
    assert_true(out->len < sizeof(out->text));
}

static void show_points(const ovf_flight *f, line *out)
{
    for (size_t i = 0; i < f->point_count; i++) {
        const ovf_flight_point *p = &f->points[i];
        add(out, "%s" OVF_FMT, i > 0 ? " " : "", OVF_ARG(p->ident));
        if (p->via.len > 0 && !ovf_str_eq(p->via, OVF_STR("DCT")))
            add(out, "<" OVF_FMT ">", OVF_ARG(p->via));
        if (p->is_bridged)
            add(out, "~");
    }
}

static void show_changes(const ovf_flight *f, line *out)
{
    for (size_t i = 0; i < f->point_count; i++) {
        const ovf_flight_point *p = &f->points[i];
        add(out, "%s%d/%d", i > 0 ? " " : "", p->speed_kt, p->level_ft);
        if (p->top_ft > 0)
            add(out, "-%d", p->top_ft);
        if (p->stay_min > 0)
            add(out, "+%dmin", p->stay_min);
    }
}

static void show_findings(const ovf_flight *f, ovf_severity severity, line *out)
{
    for (size_t i = 0; i < f->finding_count; i++) {
        if (f->findings[i].severity == severity)
            add(out, "%s%s@%zu", out->len > 0 ? " " : "", f->findings[i].rule, f->findings[i].pos);
    }
}

static void show_place(const ovf_flight *f, size_t i, line *out)
{
    if (i < f->point_count)
        add(out, "%.5f %.5f", f->points[i].place.lat_deg, f->points[i].place.lon_deg);
}

static bool show_text(const ovf_flight *f, const char *what, line *out)
{
    const struct {
        const char *what;
        ovf_str value;
    } texts[] = {
        {"id", f->id},
        {"operator", f->operator_icao},
        {"reg", f->registration},
        {"rules", f->rules},
        {"use", f->use},
        {"type", f->type},
        {"wake", f->wake},
        {"from", f->from},
        {"to", f->to},
        {"alternates", f->alternates},
        {"speed", f->speed},
        {"level", f->level},
        {"route", f->route},
        {"sts", f->sts},
        {"other", f->other},
        {"rif", f->rif},
        {"landed_at", f->landed_at},
    };
    for (size_t i = 0; i < OVF_COUNTOF(texts); i++) {
        if (strcmp(texts[i].what, what) == 0) {
            add(out, OVF_FMT, OVF_ARG(texts[i].value));
            return true;
        }
    }
    return false;
}

static int whole(double degrees)
{
    return (int)(degrees < 0 ? degrees - 0.5 : degrees + 0.5);
}

/* Points between the ends, with the places of their name that were not taken. */
static void show_chosen(const ovf_flight *f, line *out)
{
    for (size_t i = 1; i + 1 < f->point_count; i++) {
        const ovf_flight_point *p = &f->points[i];
        add(out, "%s" OVF_FMT " %d %d", i > 1 ? "; " : "", OVF_ARG(p->ident),
            whole(p->place.lat_deg), whole(p->place.lon_deg));
        for (uint32_t k = 0; k < p->ambiguous; k++)
            add(out, "%s%d %d", k == 0 ? " not " : ", ", whole(p->others[k].lat_deg),
                whole(p->others[k].lon_deg));
    }
}

static void show_eets(const ovf_flight *f, line *out)
{
    for (size_t i = 0; i < f->eet_count; i++) {
        add(out, "%s" OVF_FMT "=%d%s", i > 0 ? " " : "", OVF_ARG(f->eets[i].at), f->eets[i].min,
            f->eets[i].fir != OVF_INDEX_NONE ? "*" : "");
        if (f->eets[i].point >= 0)
            add(out, "#%d", f->eets[i].point);
    }
}

static void show(const ovf_flight *f, const char *what, line *out)
{
    static const char *const statuses[] = {"unreadable", "partial", "ok"};
    char text[OVF_TIME_TEXT_MAX];
    *out = (line){.text = ""};
    if (show_text(f, what, out))
        return;
    if (strcmp(what, "points") == 0)
        show_points(f, out);
    else if (strcmp(what, "changes") == 0)
        show_changes(f, out);
    else if (strcmp(what, "errors") == 0)
        show_findings(f, OVF_ERROR, out);
    else if (strcmp(what, "warnings") == 0)
        show_findings(f, OVF_WARNING, out);
    else if (strcmp(what, "notes") == 0)
        show_findings(f, OVF_NOTE, out);
    else if (strcmp(what, "place") == 0)
        show_place(f, 1, out);
    else if (strcmp(what, "ends") == 0) {
        show_place(f, 0, out);
        add(out, ", ");
        show_place(f, f->point_count - 1, out);
    } else if (strcmp(what, "form") == 0)
        add(out, "%s", ovf_flight_form_name(f->form));
    else if (strcmp(what, "status") == 0)
        add(out, "%s", statuses[f->status]);
    else if (strcmp(what, "eet") == 0)
        add(out, "%d", f->eet_min);
    else if (strcmp(what, "chosen") == 0)
        show_chosen(f, out);
    else if (strcmp(what, "eets") == 0)
        show_eets(f, out);
    else if (strcmp(what, "numbers") == 0)
        add(out, "%d %d", f->speed_kt, f->level_ft);
    else if (strcmp(what, "complete") == 0)
        add(out, "%s", f->route_complete ? "yes" : "no");
    else if (strcmp(what, "off_block") == 0) {
        ovf_time_format(f->off_block, text, sizeof(text));
        add(out, "%s%s", text, f->day_assumed ? " assumed" : "");
    } else if (strcmp(what, "registry") == 0)
        add(out, OVF_FMT,
            OVF_ARG(f->registry_state == OVF_INDEX_NONE
                        ? OVF_STR("-")
                        : ovf_world_state(world, f->registry_state)->iso3));
    else if (strcmp(what, "unresolved") == 0) {
        for (size_t i = 0; i < f->unresolved_count; i++)
            add(out, "%s" OVF_FMT "@%zu", i > 0 ? " " : "", OVF_ARG(f->unresolved[i].text),
                f->unresolved[i].pos);
    } else
        fail_msg("no such member: %s", what);
}

static row rows[] = {
    /* item 7 */
    {"7 call sign", WITH("0"), "id", "AVA142"},
    {"7 designator", WITH("0"), "operator", "AVA"},
    {"7 ssr code is no part of it", "(FPL-ABC123/A4007-IS)", "id", "ABC123"},
    {"7 bad ssr code", "(FPL-ABC123/A4008-IS)", "warnings", "FPL_18@20 FPL_7_SSR@12"},
    {"7 registration", "(FPL-N742AV-IG)", "reg", "N742AV"},
    {"7 registration has no designator", "(FPL-N742AV-IG)", "operator", ""},
    {"7 State of the registration", "(FPL-HK5273-IG)", "registry", "COL"},
    {"7 tactical call sign is no registration", "(FPL-FORTE12-IM)", "reg", ""},
    {"7 tactical call sign tells no register", "(FPL-DUKE01-IM)", "registry", "-"},
    {"7 State aircraft have operators too", "(FPL-RCH4501-IM)", "operator", "RCH"},
    {"7 letters behind the number", "(FPL-DLH4EL-IS)", "operator", "DLH"},
    {"7 too long", "(FPL-ABC12345-IS-A320/M-S/S-SKBO1410-N0450F350 DCT-SVMI0135-0)", "errors",
     "FPL_7@5"},
    {"7 underscore for the hyphen", "(FPL-DLH560_IS-A319/M-S/S-SKBO0600-N0420F370 DCT-SVMI0715-0)",
     "id", "DLH560"},
    {"7 underscore, item 8 is still read",
     "(FPL-DLH560_IS-A319/M-S/S-SKBO0600-N0420F370 DCT-SVMI0715-0)", "rules", "I"},
    {"7 underscore, error at the sign",
     "(FPL-DLH560_IS-A319/M-S/S-SKBO0600-N0420F370 DCT-SVMI0715-0)", "errors", "FPL_7@11"},

    /* items 8 and 9 */
    {"8 rules", WITH("0"), "rules", "I"},
    {"8 type of flight", WITH("0"), "use", "S"},
    {"8 IFR first, then VFR", "(FPL-ABC1-YG-C172/L-S/S-SKBO1410-N0120VFR DCT-SVMI0135-0)", "rules",
     "Y"},
    {"8 unknown type of flight", "(FPL-ABC1-IQ-C172/L-S/S-SKBO1410-N0120VFR DCT-SVMI0135-0)",
     "errors", "FPL_8@11"},
    {"8 missing", "(FPL-ABC1-C172/L-S/S-SKBO1410-N0120VFR DCT-SVMI0135-0)", "errors",
     "FPL_MISSING@10"},
    {"9 type", WITH("0"), "type", "A320"},
    {"9 wake", WITH("0"), "wake", "M"},
    {"9 number of aircraft", TYPE_OF("2F16/M"), "type", "F16"},
    {"9 super", TYPE_OF("A388/J"), "wake", "J"},
    {"9 no wake category", TYPE_OF("A320"), "errors", "FPL_9@19"},
    {"9 unknown wake category", TYPE_OF("A320/X"), "errors", "FPL_9@20"},
    {"9 ZZZZ is told by TYP/",
     "(FPL-ABC1-VG-ZZZZ/L-S/S-SKBO1410-N0120VFR DCT-SVMI0135-TYP/PITTS S2 DOF/260212)", "type",
     "PITTS S2"},

    /* items 13 and 16 */
    {"13 departure", WITH("0"), "from", "SKBO"},
    {"13 and DOF", WITH("DOF/260212"), "off_block", "2026-02-12T14:10:00Z"},
    {"13 without DOF the day asked about", WITH("0"), "off_block", "2026-02-01T14:10:00Z assumed"},
    {"13 a wrong DOF is not replaced by a guess", WITH("DOF/260231"), "off_block", "unknown"},
    {"13 a wrong DOF is an error", WITH("DOF/260231"), "errors", "FPL_18_DOF@78"},
    {"13 strokes between the indicators", WITH("DOF/260212/REG/HK1234"), "off_block",
     "2026-02-12T14:10:00Z"},
    {"13 a letter in DOF is an error", WITH("DOF/26021A"), "off_block", "unknown"},
    {"15 FL350, as people write", "(FPL-ABC1-IS-A320/M-S/S-SKBO1410-N0450FL350 DCT-SVMI0135-0)",
     "level", "FL350"},
    {"15 FL350 is no error", "(FPL-ABC1-IS-A320/M-S/S-SKBO1410-N0450FL350 DCT-SVMI0135-0)",
     "errors", ""},
    {"13 text behind DOF", WITH("DOF/260212 /V/"), "off_block", "2026-02-12T14:10:00Z"},
    {"13 time above 2359", "(FPL-ABC1-IS-A320/M-S/S-SKBO2460-N0450F350 DCT-SVMI0135-0)", "errors",
     "FPL_13@28"},
    {"13 and 16 as places", WITH("0"), "ends", "4.70159 -74.14690, 10.60119 -66.99122"},
    {"13 ZZZZ is told by DEP/",
     "(FPL-ABC1-VG-C172/L-S/S-ZZZZ1410-N0120A045 DCT-SVMI0135-DEP/0830N06715W FARM DOF/260212)",
     "ends", "8.50000 -67.25000, 10.60119 -66.99122"},
    {"13 ZZZZ without DEP/", "(FPL-ABC1-VG-C172/L-S/S-ZZZZ1410-N0120A045 DCT-SVMI0135-0)",
     "unresolved", "ZZZZ@24"},
    {"13 AFIL starts in the air",
     "(FPL-ABC1-IS-A320/M-S/S-AFIL1410-N0450F350 1030N06700W DCT-SVMI0135-DEP/SVMI DOF/260212)",
     "complete", "yes"},
    {"13 aerodrome of no table", "(FPL-ABC1-IS-A320/M-S/S-QQQQ1410-N0450F350 DCT-SVMI0135-0)",
     "unresolved", "QQQQ@24"},
    {"13 missing", "(FPL-ABC1-IS-A320/M-S/S-N0450F350 DCT-SVMI0135-0)", "errors", "FPL_MISSING@24"},
    {"16 destination", WITH("0"), "to", "SVMI"},
    {"16 elapsed time", WITH("0"), "eet", "95"},
    {"16 above a day", "(FPL-ABC1-IS-A320/M-S/S-SKBO1410-N0450F350 DCT-SVMI2515-0)", "eet", "1515"},
    {"16 two alternates", "(FPL-ABC1-IS-A320/M-S/S-SKBO1410-N0450F350 DCT-SVMI0135 TNCC TTPP-0)",
     "alternates", "TNCC TTPP"},
    {"16 three alternates",
     "(FPL-ABC1-IS-A320/M-S/S-SKBO1410-N0450F350 DCT-SVMI0135 TNCC TTPP TBPB-0)", "warnings",
     "FPL_16_ALTN@66"},
    {"16 minutes above 59", "(FPL-ABC1-IS-A320/M-S/S-SKBO1410-N0450F350 DCT-SVMI0175-0)", "errors",
     "FPL_16@51"},
    {"16 ZZZZ is told by DEST/",
     "(FPL-ABC1-VG-C172/L-S/S-SVMI1410-N0120A045 DCT-ZZZZ0135-DEST/0830N06715W DOF/260212)", "ends",
     "10.60119 -66.99122, 8.50000 -67.25000"},

    /* item 15: speed and level */
    {"15 knots and flight level", ROUTE("N0450F350 DCT"), "numbers", "450 35000"},
    {"15 as written", ROUTE("N0450F350 DCT"), "speed", "N0450"},
    /* 833 km/h / 1.852 = 449.8 kt */
    {"15 km/h", ROUTE("K0833F350 DCT"), "numbers", "450 35000"},
    /* Mach 0.78 at FL350: 0.78 * 576.4 kt, the speed of sound of the ISA there */
    {"15 Mach", ROUTE("M078F350 DCT"), "numbers", "450 35000"},
    {"15 altitude in hundreds of feet", ROUTE("N0120A045 DCT"), "numbers", "120 4500"},
    /* 11,300 m = 37,073 ft */
    {"15 standard metric level", ROUTE("K0833S1130 DCT"), "numbers", "450 37073"},
    {"15 altitude in tens of metres", ROUTE("K0222M0840 DCT"), "numbers", "120 27559"},
    {"15 VFR has no level", ROUTE("N0120VFR DCT"), "numbers", "120 0"},
    {"15 unit of speed missing", ROUTE("0454F330 DCT 12N068W"), "errors", "FPL_15@46"},
    {"15 unit of speed missing, the route is still read", ROUTE("0454F330 DCT 12N068W"), "points",
     "SKBO 12N068W SVMI"},
    {"15 unit of speed missing, the plan is partial", ROUTE("0454F330 DCT"), "status", "partial"},
    {"15 three digits of knots", ROUTE("N450F350 DCT"), "errors", "FPL_15@47"},
    {"15 unit of level missing", ROUTE("N0450350 DCT"), "errors", "FPL_15@47"},
    {"15 level too short", ROUTE("N0450F35 DCT"), "errors", "FPL_15@52"},
    {"15 missing", "(FPL-ABC1-IS-A320/M-S/S-SKBO1410-SVMI0135-0)", "errors", "FPL_MISSING@33"},

    /* item 15: points */
    {"15 direct", ROUTE("N0450F350 DCT"), "points", "SKBO SVMI"},
    {"15 whole degrees", ROUTE("N0450F350 DCT 10N070W DCT"), "place", "10.00000 -70.00000"},
    {"15 degrees and minutes", ROUTE("N0450F350 0945N07030W"), "place", "9.75000 -70.50000"},
    {"15 south and east", ROUTE("N0450F350 05S175E"), "place", "-5.00000 175.00000"},
    {"15 sixty minutes", ROUTE("N0450F350 0960N07030W"), "errors", "FPL_15_POINT@56"},
    {"15 sixty minutes, kept as unresolved", ROUTE("N0450F350 0960N07030W"), "unresolved",
     "0960N07030W@56"},
    {"15 two digits of longitude", ROUTE("N0450F350 10N70W"), "errors", "FPL_15_POINT@56"},
    {"15 above 180 degrees", ROUTE("N0450F350 10N181W"), "errors", "FPL_15_POINT@56"},
    {"15 navaid", ROUTE("N0450F350 DCT BRM DCT"), "points", "SKBO BRM SVMI"},
    {"15 navaid as a place, AIP Venezuela ENR 4.1 (rounded)", ROUTE("N0450F350 DCT PBL DCT"),
     "points", "SKBO PBL SVMI"},
    {"15 aerodrome on the way", ROUTE("N0450F350 DCT SKBG DCT"), "points", "SKBO SKBG SVMI"},
    {"15 point of no table", ROUTE("N0450F350 DCT XQZWY DCT"), "unresolved", "XQZWY@60"},
    {"15 point of no table, the leg bridges it", ROUTE("N0450F350 DCT XQZWY DCT 10N068W"), "points",
     "SKBO 10N068W~ SVMI"},
    {"15 point of no table, the route is not complete", ROUTE("N0450F350 DCT XQZWY DCT"),
     "complete", "no"},
    /* 10 NM on 090 from 10N 068W: 10 NM / cos(10 deg) in longitude, near enough to 0.17 deg */
    {"15 bearing and distance from a coordinate", ROUTE("N0450F350 10N068W090010"), "points",
     "SKBO 10N068W090010 SVMI"},
    {"15 bearing and distance from a navaid", ROUTE("N0450F350 MIQ180010"), "complete", "yes"},
    {"15 a long bearing is in doubt, being magnetic", ROUTE("N0450F350 SVMI180040"), "unresolved",
     "SVMI180040@56"},
    {"15 bearing above 360", ROUTE("N0450F350 MIQ361010"), "unresolved", "MIQ361010@56"},

    /* item 15: changes */
    {"15 change of speed and level at a point", ROUTE("N0450F350 10N072W/N0440F370 10N070W"),
     "changes", "450/35000 440/37000 440/37000 440/37000"},
    {"15 change at an unknown point counts from the next",
     ROUTE("N0450F350 XQZWY/N0440F370 10N070W"), "changes", "450/35000 440/37000 440/37000"},
    {"15 cruise climb", ROUTE("N0450F350 C/10N072W/N0440F290F350 10N070W"), "changes",
     "450/35000 440/29000-35000 440/29000-35000 440/29000-35000"},
    {"15 cruise climb without end", ROUTE("N0450F350 C/10N072W/N0440F290PLUS"), "changes",
     "450/35000 440/29000-60000 440/29000-60000"},
    {"15 a change that is none", ROUTE("N0450F350 10N072W/25R"), "warnings", "FPL_15_CHANGE@64"},
    {"15 change of rules", ROUTE("N0450F350 10N072W/N0120VFR VFR"), "changes",
     "450/35000 120/0 120/0"},
    {"15 stay at a point", ROUTE("N0200F200 10N072W/STAY1/0030 10N070W"), "changes",
     "200/20000 200/20000+30min 200/20000 200/20000"},
    {"15 stay behind a change", ROUTE("N0200F200 10N072W/N0180F090/STAY1/0015"), "changes",
     "200/20000 180/9000+15min 180/9000"},
    {"15 stay as a word", ROUTE("N0200F200 10N072W STAY1/0030 10N070W"), "changes",
     "200/20000 200/20000+30min 200/20000 200/20000"},

    /* item 15: ways */
    {"15 airway of no table", ROUTE("N0450F350 10N072W UA567 10N070W"), "unresolved", "UA567@64"},
    {"15 airway of no table, the leg stands for it", ROUTE("N0450F350 10N072W UA567 10N070W"),
     "points", "SKBO 10N072W 10N070W<UA567>~ SVMI"},
    {"15 track by letter", ROUTE("N0450F350 10N072W NATB 10N070W"), "unresolved", "NATB@64"},
    {"15 departure procedure", ROUTE("N0450F350 BOG1A 06N073W DCT"), "points",
     "SKBO 06N073W<BOG1A> SVMI"},
    {"15 departure procedure is noted", ROUTE("N0450F350 BOG1A 06N073W DCT"), "notes",
     "PROCEDURE_DIRECT@56"},
    {"15 departure procedure that leads too far", ROUTE("N0450F350 BOG1A 10N068W DCT"),
     "unresolved", "BOG1A@56"},
    {"15 arrival procedure", ROUTE("N0450F350 DCT 10N068W LARK3"), "points",
     "SKBO 10N068W SVMI<LARK3>"},
    {"15 the words SID and STAR", ROUTE("N0450F350 SID 06N073W DCT 10N068W STAR"), "points",
     "SKBO 06N073W<SID> 10N068W SVMI<STAR>"},
    {"15 an airway of two letters is no procedure", ROUTE("N0450F350 UP6 10N068W"), "unresolved",
     "UP6@56"},
    {"15 a procedure in the middle is not taken for one",
     ROUTE("N0450F350 06N073W BOG1A 10N068W DCT"), "complete", "no"},
    {"15 truncated", ROUTE("N0450F350 10N072W T"), "unresolved", "T@64"},
    {"15 a word that is nothing", ROUTE("N0450F350 10N072W CLOSED 10N070W"), "unresolved",
     "CLOSED@64"},
    {"15 rules and kinds of traffic are no points", ROUTE("N0450F350 OAT 10N072W GAT IFR DCT"),
     "points", "SKBO 10N072W SVMI"},
    {"15 folded over lines", ROUTE("N0450F350 DCT\r\n 10N072W\r\n DCT\r\n 10N070W"), "points",
     "SKBO 10N072W 10N070W SVMI"},
    {"15 far off the way is remarked", ROUTE("N0450F350 DCT 10N110E DCT"), "warnings",
     "POINT_FAR@60"},

    /* item 18 */
    {"18 registration", WITH("REG/N742AV"), "reg", "N742AV"},
    {"18 registration gives the State, not the operator", WITH("REG/N742AV"), "registry", "USA"},
    {"18 address gives the State of registry", WITH("CODE/0D8123"), "registry", "VEN"},
    {"18 address in the block of the registration's State", WITH("CODE/A9F3C1 REG/N742AV"),
     "registry", "USA"},
    {"18 address of another State than the registration", WITH("REG/N742AV CODE/0D8123"),
     "registry", "-"},
    {"18 address that is none", WITH("CODE/0D812"), "registry", "-"},
    {"18 operator outranks the call sign", WITH("OPR/KLM"), "operator", "KLM"},
    {"18 operator by name", WITH("OPR/KLM ROYAL DUTCH AIRLINES"), "id", "AVA142"},
    {"18 operator of no table stays out", WITH("OPR/PR"), "operator", "AVA"},
    {"18 special handling", WITH("STS/MEDEVAC HUM REG/N1AB"), "sts", "MEDEVAC HUM"},
    {"18 strokes within a remark", WITH("DOF/260212 RMK/TCAS N/A EST/15 REG/N742AV"), "reg",
     "N742AV"},
    {"18 hyphen within a remark", WITH("RMK/A-B-C DOF/260212"), "off_block",
     "2026-02-12T14:10:00Z"},
    {"18 as written", WITH("DOF/260212 RMK/ok"), "other", "DOF/260212 RMK/ok"},
    {"18 item 19 ends it", WITH("DOF/260212 -E/0740 P/3 R/E"), "other", "DOF/260212"},
    {"18 missing", "(FPL-ABC1-IS-A320/M-S/S-SKBO1410-N0450F350 DCT-SVMI0135)", "warnings",
     "FPL_18@55"},
    {"10 equipment that looks like item 18",
     "(FPL-ABC1-IS-A320/M-SUR/S-SKBO1410-N0450F350 DCT-SVMI0135-0)", "from", "SKBO"},

    /* envelopes */
    {"aftn heading", "FF KZOBZZQA\r\n240049 KATLDALQ\r\n" WITH("0"), "id", "AVA142"},
    {"heading on the same line", "DGA3942 FF RKSIZPZX 180620 KTULAALD  " WITH("0"), "id", "AVA142"},
    {"blank lines between fields",
     "(FPL-TAM3542-IS\n\n-A321/M-S/C\n\n-SKBO1840\n\n-N0400F160 06N073W\n\n-SVMI0025\n\n-0)",
     "points", "SKBO 06N073W SVMI"},
    {"notes before and between", "# (FPL-NOT-THIS)\n(FPL-ABC1-IS\n# nor this\n-A320/M)", "type",
     "A320"},
    {"small letters", "(fpl-ava142-is-a320/m-s/s-skbo1410-n0450f350 dct-svmi0135-0)", "from",
     "SKBO"},
    {"no brackets", "FPL-ABC1-IS\n-A320/M-S/S", "id", "ABC1"},
    {"closing bracket missing", "(FPL-ABC1-IS-A320/M-S/S-SKBO1410-N0450F350 DCT-SVMI0135-0",
     "errors", "FPL_OPEN@57"},
    {"message numbers in the title", "(FPLA/B001-ABC1-IS-A320/M)", "id", "ABC1"},
    {"not a message", "hello, world", "status", "unreadable"},
    {"not a message, where", "\n\n  hello", "errors", "FPL_NONE@4"},
    {"the front of a message lost", "-A320/M-S/S\n-SKBO1410", "errors", "FPL_NONE@0"},
    {"another message of the services", "(CDN-ABC1-SKBO-SVMI-0)", "errors", "FPL_TITLE@1"},
    {"estimate", "(EST-ABC1-SKBO1410-BOG/1430F350-SVMI)", "form", "est"},
    {"estimate, item 14 is known by its form", "(EST-ABC1-SKBO1410-BOG/1430F350F330A-SVMI)", "to",
     "SVMI"},
    {"current plan, item 14 before item 15",
     "(CPL-ABC1/A4520-IS-A320/M-S/C-SKBO-BOG/1430F350-N0450F350 10N070W-SVMI-0)", "points",
     "SKBO 10N070W SVMI"},
    {"request for a plan", "(RQP-ABC1-SKBO1410-SVMI-0)", "form", "rqp"},
    {"supplementary", "(SPL-ABC1-SKBO1410-SVMI0135-0-E/0640 P/9 R/E C/SMITH)", "to", "SVMI"},
    {"alerting, the phase comes first",
     "(ALR-INCERFA/EINNZQZX/OVERDUE-ABC1/A3624-IG-A320/M-S/C-SKBO1410-N0450F350 "
     "10N070W-SVMI0135-0)",
     "id", "ABC1"},
    {"an empty message", "(FPL-)", "status", "unreadable"},

    /* what stands at the ends of a route, and shorthands, as they are filed */
    {"15 aerodromes with their runways", ROUTE("N0450F350 SKBO/14R BOG1A 06N074W SVMI/28"),
     "points", "SKBO 06N074W<BOG1A> SVMI"},
    {"15 a level of its own", ROUTE("N0450F350 SKBO/14R N0440F330 10N070W"), "changes",
     "450/35000 440/33000 440/33000"},
    {"15 FAA points between words", ROUTE("N0450F350 10N072W..10N070W"), "points",
     "SKBO 10N072W 10N070W SVMI"},
    {"15 whole degrees as in ARINC 424", ROUTE("N0450F350 0872N"), "place", "8.00000 -72.00000"},
    {"15 the letter stands for a hundred degrees",
     "(FPL-AVA142-IS-A320/M-S/S-MPTO1410-N0450F350 07W20-NTAA0900-0)", "place",
     "-7.00000 -120.00000"},
    {"15 procedure with two letters", ROUTE("N0450F350 IDKEX9YD 06N074W"), "unresolved", ""},

    /* One name, three places: on 28 August 2023 a plan from Los Angeles to Paris had Devils Lake and
       Deauville in it, both DVL, and the system of the United Kingdom took one for the other and
       stopped (NATS Major Incident Investigation, final report, 2024). */
    {"15 one name twice in one route", NAMESAKES("DVL DCT 60N040W DCT 55N020W DCT DVL"), "chosen",
     "DVL 48 -99 not -14 34, 49 0; 60N040W 60 -40; 55N020W 55 -20; DVL 49 0 not -14 34, 48 -99"},
    {"15 the second of them alone", NAMESAKES("60N040W DCT 55N020W DCT DVL"), "chosen",
     "60N040W 60 -40; 55N020W 55 -20; DVL 49 0 not -14 34, 48 -99"},
    {"15 the first of them alone", NAMESAKES("DVL DCT 60N040W DCT 55N020W"), "chosen",
     "DVL 48 -99 not -14 34, 49 0; 60N040W 60 -40; 55N020W 55 -20"},
    {"15 both are told", NAMESAKES("DVL DCT 60N040W DCT 55N020W DCT DVL"), "warnings",
     "POINT_AMBIGUOUS@49 POINT_AMBIGUOUS@81"},

    /* item 18: times */
    {"18 eet", WITH("EET/SVZM0040 BRM0052 150E0212"), "eets", "SVZM=40* BRM=52 150E=132"},
    {"18 eet joined", WITH("EET/UKLV0406EPWW0427"), "eets", "UKLV=246* EPWW=267*"},
    {"18 eet without its time", WITH("EET/SVZM"), "warnings", "FPL_18_EET@78"},
    {"18 eet finds its point", HEAD "N0450F350 BRM-SVMI0135-EET/BRM0052)", "eets", "BRM=52#1"},
    {"18 dle", HEAD "N0450F350 BRM-SVMI0135-DLE/BRM0030)", "changes",
     "450/35000 450/35000+30min 450/35000"},
    {"18 dle off the way", HEAD "N0450F350 DCT-SVMI0135-DLE/BRM0030)", "warnings", "FPL_18_DLE@73"},
    {"18 rif", WITH("RIF/DCT CBL SVMC"), "rif", "DCT CBL SVMC"},

    /* movement messages: Doc 4444 App. 3 */
    {"dep", "(DEP-CSA4311-SKBO1923-SVMI-DOF/260212)", "form", "dep"},
    {"dep time", "(DEP-CSA4311-SKBO1923-SVMI-DOF/260212)", "off_block", "2026-02-12T19:23:00Z"},
    {"dep with ssr", "(DEP-ABC123/A0254-SKBO2347-SVMI-DOF/260212)", "id", "ABC123"},
    {"arr", "(ARR-CSA406-SKBO-SVMI0913)", "to", "SVMI"},
    {"arr after a diversion", "(ARR-CSA406-SKBO1400-SVMI-SVMC0913)", "landed_at", "SVMC"},
    {"arr after a diversion, bound for", "(ARR-CSA406-SKBO1400-SVMI-SVMC0913)", "to", "SVMI"},
    {"arr at a place without a code", "(ARR-CSA406-SKBO-SVMI-ZZZZ1620 LA CARLOTA)", "landed_at",
     "LA CARLOTA"},
    {"arr without its hour", "(ARR-CSA406-SKBO-SVMI09)", "errors", "FPL_16@21"},
    {"arr has no elapsed time", "(ARR-CSA406-SKBO-SVMI0913)", "eet", "-1"},
    {"dla", "(DLA-KLM671-SVMI2345-SKBO-DOF/260212)", "off_block", "2026-02-12T23:45:00Z"},
    {"cnl", "(CNL-DLH522-SKBO2300-SVMI-0)", "form", "cnl"},
    {"chg with a new route", "(CHG-ABC1-SKBO1410-SVMI-DOF/260212-8/I-15/N0440F330 10N070W)",
     "points", "SKBO 10N070W SVMI"},
    {"chg with a new time", "(CHG-ABC1-SKBO1410-SVMI-DOF/260212-13/SKBO1530)", "off_block",
     "2026-02-12T15:30:00Z"},
    {"dla without aerodrome", "(DLA-KLM671)", "errors", "FPL_MISSING@11"},
};

static ovf_flight read_first(const char *text, ovf_arena *arena, size_t *count)
{
    ovf_flight_options options = {.reference = 1769904000}; // 2026-02-01T00:00:00Z
    ovf_flight *flights = NULL;
    ovf_error err = {0};
    assert_int_equal(
        ovf_flight_read(world, ovf_str_of(text), &options, arena, &flights, count, &err), OVF_OK);
    assert_true(*count >= 1);
    return flights[0];
}

static void reads(void **state)
{
    const row *r = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    size_t count = 0;
    ovf_flight f = read_first(r->text, &arena, &count);
    line shown;
    show(&f, r->what, &shown);
    assert_string_equal(shown.text, r->expected);
    ovf_arena_done(&arena);
}

/* Several messages of one record, each with its own bytes. */
static void reads_several(void **state)
{
    (void)state;
    static const char text[] = "# made\n" WITH("0") "\n\n(DLA-KLM671-SVMI2345-SKBO-0)\n"
                                                    "junk\n-A320/M\n" WITH("REG/N1AB");
    static const char *const forms[] = {"fpl", "dla", "unknown", "fpl"};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    assert_int_equal(ovf_flight_read(world, ovf_str_of(text), NULL, &arena, &flights, &count, &err),
                     OVF_OK);
    assert_int_equal(count, 4);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(ovf_flight_form_name(flights[i].form), forms[i]);
        assert_memory_equal(flights[i].raw.ptr, text + flights[i].raw_span.at,
                            flights[i].raw_span.len);
    }
    ovf_arena_done(&arena);
}

/* The route alone, as `route` and scripts give it. */
static void expands(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_findings findings = {.arena = &arena};
    ovf_flight f = {.from = OVF_STR_INIT("SKBO"), .to = OVF_STR_INIT("SVMI")};
    assert_int_equal(
        ovf_flight_expand(world, OVF_STR("n0450f350 dct brm 10N070W"), &arena, &f, &findings),
        OVF_OK);
    assert_int_equal(f.point_count, 4);
    assert_int_equal(f.level_ft, 35000);
    assert_true(f.route_complete);
    for (size_t i = 0; i < findings.count; i++) // there is a BRM elsewhere: a note
        assert_int_equal(findings.items[i].severity, OVF_NOTE);
    assert_int_equal(ovf_flight_expand(world, OVF_STR("BRM"), &arena, &f, &findings), OVF_OK);
    assert_int_equal(f.point_count, 3);
    ovf_arena_done(&arena);
}

static void walks_item_18(void **state)
{
    (void)state;
    ovf_str other = OVF_STR("PBN/A1B1 EET/SVZM0040 TNCF0102 RMK/SEE N/A X/Y DOF/260212");
    static const char *const expected[][2] = {
        {"PBN", "A1B1"}, {"EET", "SVZM0040 TNCF0102"}, {"RMK", "SEE N/A X/Y"}, {"DOF", "260212"}};
    ovf_str key = {0};
    ovf_str value = {0};
    size_t n = 0;
    for (size_t at = 0; ovf_flight_other_next(other, &at, &key, &value); n++) {
        assert_true(n < OVF_COUNTOF(expected));
        assert_true(ovf_str_eq(key, ovf_str_of(expected[n][0])));
        assert_true(ovf_str_eq(value, ovf_str_of(expected[n][1])));
    }
    assert_int_equal(n, OVF_COUNTOF(expected));
}

static void sniffs(void **state)
{
    (void)state;
    assert_true(ovf_flight_sniff(OVF_STR("# note\n\n(FPL-ABC1-IS)")));
    assert_true(ovf_flight_sniff(OVF_STR("FF KZOBZZQA\n(DLA-ABC1-KZOB0000-KZOB-0)")));
    assert_false(ovf_flight_sniff(OVF_STR("A0012/25 NOTAMN\nQ) KICZ/QXXXX")));
    assert_false(ovf_flight_sniff(OVF_STR("# (FPL-ABC1-IS)")));
    assert_false(ovf_flight_sniff(OVF_STR("")));
}

/* Past the ceilings the rest is said to be unread, and nothing is lost in silence. */
static void keeps_ceilings(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_buf buf = {0};
    ovf_buf_add(&buf, OVF_STR(HEAD "N0450F350"));
    for (int i = 0; i < OVF_FLIGHT_MAX_POINTS + 10; i++)
        ovf_buf_add(&buf, OVF_STR(" 10N070W"));
    ovf_buf_add(&buf, OVF_STR(TAIL));
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    assert_int_equal(
        ovf_flight_read(world, ovf_buf_str(&buf), NULL, &arena, &flights, &count, &err), OVF_OK);
    assert_int_equal(count, 1);
    assert_false(flights[0].route_complete);
    assert_true(flights[0].unresolved_count >= 1);
    ovf_buf_reset(&buf);
    for (size_t i = 0; i < OVF_FLIGHT_MAX_MESSAGES + 5; i++)
        ovf_buf_add(&buf, OVF_STR("(CNL-A1-SKBO0000-SVMI-0)\n"));
    assert_int_equal(ovf_flight_read(NULL, ovf_buf_str(&buf), NULL, &arena, &flights, &count, &err),
                     OVF_OK);
    assert_int_equal(count, OVF_FLIGHT_MAX_MESSAGES + 1);
    assert_int_equal(flights[count - 1].status, OVF_FLIGHT_UNREADABLE);
    ovf_buf_done(&buf);
    ovf_arena_done(&arena);
}

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

int main(int argc, char **argv)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test(reads_several),  cmocka_unit_test(expands),
        cmocka_unit_test(walks_item_18),  cmocka_unit_test(sniffs),
        cmocka_unit_test(keeps_ceilings),
    };
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(others)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, reads, NULL, NULL, &rows[i]};
    memcpy(tests + OVF_COUNTOF(rows), others, sizeof(others));
    world_path = argc > 1 ? argv[1] : "overfly.world";
    return _cmocka_run_group_tests("fpl", tests, OVF_COUNTOF(tests), open_world, close_world);
}
