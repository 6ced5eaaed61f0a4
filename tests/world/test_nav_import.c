/* SPDX-License-Identifier: Apache-2.0 */
/* Navigation data files over a world's tables. The rows are written here after the published
 * descriptions: X-Plane FIX1101, NAV1100/1150/1200 and AWY1100 (developer.x-plane.com), ARINC
 * Specification 424-18 chapter 4, whose columns the records are laid out by. Positions, frequencies
 * and names of real aids are those of the FAA chart supplement; the airways' courses are made up. */
#include "nav_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define FIX_HEAD "I\n1101 Version - data cycle 1802, build 20180201, metadata FixXP1101.\n\n"
#define NAV_HEAD "I\n1150 Version - data cycle 1802, build 20180201, metadata NavXP1150.\n\n"
#define AWY_HEAD "I\n1100 Version - data cycle 1802, build 20180201, metadata AwyXP1100.\n\n"

#define FIXES                                                        \
    FIX_HEAD " 46.646819444 -123.722388889  AAYRR KSEA K1 4530263\n" \
             " 47.000000000 -122.000000000  BETTA ENRT K1 2105430\n" \
             " 48.000000000 -122.000000000  GAMMA ENRT K1 2105430\n" \
             "-33.000000000  151.000000000  BETTA ENRT YM 2105430\n99\n"
#define NAVS                                                                                       \
    NAV_HEAD                                                                                       \
    " 2  47.600000000 -122.500000000      0   362   50    0.000 SEA  ENRT K1 NOT SEATTLE NDB\n"    \
    " 3  47.435372222 -122.309616667    354 11680  130   19.000 SEA  ENRT K1 SEATTLE VORTAC\n"     \
    "12  47.435372222 -122.309616667    354 11680  130    0.000 SEA  ENRT K1 SEATTLE VORTAC DME\n" \
    " 4  47.434333333 -122.308055556    338 11030   18  180.343 ISNQ KSEA K1 16L ILS-cat-III\n"    \
    "12  47.434000000 -122.308000000    338 11030   18    0.000 ISNQ KSEA K1 16L DME-ILS\n"        \
    "13  47.100000000 -122.600000000    284 11040   75    0.000 GRF  ENRT K1 GRAY ARMY TACAN\n99\n"

static struct row {
    const char *name;
    const char *texts[3];
    const char *expected;      /* form: fixes navaids legs airports left-out bad; files by ';' */
    const char *airways;       /* "NAME points (low-high levels, way)" */
    size_t at_line, at_column; /* of the first finding of the first file that has one */
} rows[] = {
    {"fixes", {FIXES}, "xplane-fix: 4 0 0 0 0 0", "", 0, 0},
    {"fixes of X-Plane 12 have a spoken name behind",
     {"I\n1200 Version - data cycle 2208, metadata FixXP1200.\n\n"
      " 47.000000000 -122.000000000  BETTA ENRT K1 2105430 BETTA\n99\n"},
     "xplane-fix: 1 0 0 0 0 0",
     "",
     0,
     0},
    {"aids", {NAVS}, "xplane-nav: 0 3 0 0 3 0", "", 0, 0},
    {"airways, before the points they name",
     {AWY_HEAD "SEA K1 3 BETTA K1 11 N 1 60 180 V1-T2\nSEA K1 3 BETTA K1 11 N 2 180 450 V1\n"
               "GAMMA K1 11 BETTA K1 11 B 1 0 180 V1\n99\n",
      FIXES, NAVS},
     "xplane-awy: 0 0 4 0 0 0; xplane-fix: 4 0 0 0 0 0; xplane-nav: 0 3 0 0 3 0",
     "T2 BETTA L60-180 SEA; V1 GAMMA <L0-180 BETTA B60-450 SEA",
     0,
     0},
    {"the aid is asked for by its kind",
     {AWY_HEAD "SEA K1 2 BETTA K1 11 N 1 60 180 V1\n99\n", FIXES, NAVS},
     "xplane-awy: 0 0 1 0 0 0; xplane-fix: 4 0 0 0 0 0; xplane-nav: 0 3 0 0 3 0",
     "V1 BETTA L60-180 SEA@-122.5",
     0,
     0},
    {"a point that is in no file is reported",
     {AWY_HEAD "SEA K1 3 DELTA K1 11 N 1 60 180 V1\nBETTA K1 11 GAMMA K1 11 F 1 60 180 V1\n99\n",
      FIXES, NAVS},
     "xplane-awy: 0 0 1 0 0 1; xplane-fix: 4 0 0 0 0 0; xplane-nav: 0 3 0 0 3 0",
     "V1 BETTA >L60-180 GAMMA",
     4,
     10},
    {"of another region it is another point",
     {AWY_HEAD "GAMMA YM 11 BETTA YM 11 N 1 60 180 V1\n99\n", FIXES},
     "xplane-awy: 0 0 0 0 0 1; xplane-fix: 4 0 0 0 0 0",
     "",
     4,
     1},
    {"bad rows of airways",
     {AWY_HEAD "SEA K1 3 BETTA K1 12 N 1 60 180 V1\nSEA K1 3 BETTA K1 11 X 1 60 180 V1\n"
               "SEA K1 3 BETTA K1 11 N 3 60 180 V1\nSEA K1 3 BETTA K1 11 N 1 6x 180 V1\n"
               "SEA K1 3 BETTA K1 11 N 1 60 V1\nSEA K1 3 BETTA K1 11 N 1 180 60 V1\n"
               "SEA K1 3 BETTA K1 11 N 1 60 180 V1 B\nSEA K1 3 BETTA K1 11 N 1 60 180 V1\n99\n",
      FIXES, NAVS},
     "xplane-awy: 0 0 1 0 0 7; xplane-fix: 4 0 0 0 0 0; xplane-nav: 0 3 0 0 3 0",
     "V1 BETTA L60-180 SEA",
     4,
     19},
    {"bad rows of fixes",
     {FIX_HEAD
      " 47.0 -122.0  BETTA ENRT K1 1\n 97.0 -122.0  BETTA ENRT K1 1\n"
      " 47.0 -222.0  BETTA ENRT K1 1\n 47.0 -122.0  TOOLONG ENRT K1 1\n"
      " 47.0 -122.0  B.TTA ENRT K1 1\n 47.0 -122.0  BETTA\n 48.0 -122.0 GAMMA ENRT K1\n99\n"},
     "xplane-fix: 2 0 0 0 0 5",
     "",
     5,
     2},
    {"bad rows of aids",
     {NAV_HEAD " 3  47.4 -122.3  354 11680  130  19.0 SEA  ENRT K1 SEATTLE VORTAC\n"
               " 3  47.4 -122.3  high 11680  130  19.0 SEA  ENRT K1 SEATTLE VORTAC\n"
               " x  47.4 -122.3  354 11680  130  19.0 SEA  ENRT K1 SEATTLE VORTAC\n"
               " 3  47.4 -122.3  354 11680\n99\n"},
     "xplane-nav: 0 1 0 0 0 3",
     "",
     5,
     18},
    {"nothing behind 99",
     {FIX_HEAD " 47.0 -122.0 BETTA ENRT K1\n99\n 48.0 -122.0 GAMMA ENRT K1\n"},
     "xplane-fix: 1 0 0 0 0 0",
     "",
     0,
     0},
};

/* ---- describing what was read ---- */

static void put_airways(ovf_buf *out, const struct world_nav *nav)
{
    for (size_t i = 0; i < nav->airway_count; i++) {
        const struct world_airway_item *airway = &nav->airways[i];
        ovf_buf_printf(out, "%s%.8s", i > 0 ? "; " : "", airway->name);
        for (uint32_t k = 0; k < airway->count; k++) {
            const struct world_airway_point *point = &nav->points[airway->first + k];
            const struct world_fix_item *fix = &nav->fixes[point->fix];
            ovf_buf_printf(out, " %.6s", fix->ident);
            if (fix->kind == WORLD_FIX_NDB)
                ovf_buf_printf(out, "@%.1f", fix->place.lon_e7 / 1e7);
            if (k + 1 == airway->count)
                continue;
            bool low = (point->lower & WORLD_LEG_LOW) != 0;
            bool high = (point->lower & WORLD_LEG_HIGH) != 0;
            ovf_buf_printf(out, " %s%s%s%u-%u", (point->lower & WORLD_LEG_FORWARD) != 0 ? ">" : "",
                           (point->lower & WORLD_LEG_BACKWARD) != 0 ? "<" : "",
                           low && high ? "B"
                           : low       ? "L"
                                       : "H",
                           point->lower & WORLD_LEG_FL, point->upper_fl);
        }
    }
}

static void open_edit(ovf_world_edit *edit)
{
    *edit = (ovf_world_edit){0};
    ovf_arena_init(&edit->arena, 0);
    edit->build.arena = &edit->arena;
}

static void close_edit(ovf_world_edit *edit)
{
    ovf_buf_done(&edit->build.sources);
    ovf_arena_done(&edit->arena);
}

static void check_files(ovf_world_edit *edit, ovf_nav_file *files, size_t count,
                        const struct row *row)
{
    ovf_buf found = {0}, airways = {0};
    const ovf_nav_file *bad = NULL;
    for (size_t i = 0; i < count; i++) {
        const ovf_nav_file *f = &files[i];
        ovf_buf_printf(&found, "%s%s: %zu %zu %zu %zu %zu %zu", i > 0 ? "; " : "",
                       ovf_nav_form_name(f->form), f->fixes, f->navaids, f->legs, f->airports,
                       f->left_out, f->bad);
        assert_int_equal(f->findings.count, f->bad);
        if (bad == NULL && f->bad > 0)
            bad = f;
    }
    ovf_error err = {0};
    struct world_nav nav;
    assert_int_equal(world_link_nav(&edit->build, &edit->arena, &nav, &err), OVF_OK);
    put_airways(&airways, &nav);
    for (size_t i = 0; bad != NULL && i < bad->findings.count; i++)
        print_message("  " OVF_FMT "\n", OVF_ARG(bad->findings.items[i].message));
    assert_string_equal(ovf_arena_dup(&edit->arena, ovf_buf_str(&found)).ptr, row->expected);
    assert_string_equal(ovf_arena_dup(&edit->arena, ovf_buf_str(&airways)).ptr, row->airways);
    size_t line = 0, column = 0;
    if (bad != NULL)
        ovf_str_line_column(bad->text, bad->findings.items[0].pos, &line, &column);
    assert_int_equal(line, row->at_line);
    assert_int_equal(column, row->at_column);
    ovf_buf_done(&found);
    ovf_buf_done(&airways);
}

static void reads(void **state)
{
    const struct row *row = *state;
    ovf_world_edit edit;
    open_edit(&edit);
    ovf_nav_file files[3];
    memset(files, 0, sizeof files);
    size_t count = 0;
    for (; count < 3 && row->texts[count] != NULL; count++) {
        files[count] =
            (ovf_nav_file){.name = OVF_STR("file.dat"), .text = ovf_str_of(row->texts[count])};
        files[count].findings.arena = &edit.arena;
    }
    ovf_error err = {0};
    assert_int_equal(ovf_world_edit_nav(&edit, files, count, false, &err), OVF_OK);
    check_files(&edit, files, count, row);
    close_edit(&edit);
}

/* ---- ARINC 424: records laid out by columns ---- */

struct field {
    size_t column;
    const char *text;
};

static struct arinc_row {
    const char *name;
    struct field fields[14]; /* the last one has no text */
} records[] = {
    {"EA: an en-route waypoint",
     {{1, "SUSAEAENRT"},
      {14, "BETTA"},
      {20, "K1"},
      {22, "0"},
      {27, "R"},
      {33, "N47000000W122000000"}}},
    {"EA: its continuation",
     {{1, "SUSAEAENRT"},
      {14, "BETTA"},
      {20, "K1"},
      {22, "2"},
      {27, "R"},
      {33, "N47000000W122000000"}}},
    {"EA: on the other side",
     {{1, "SUSAEAENRT"}, {14, "GAMMA"}, {20, "K1"}, {22, "1"}, {33, "S33303050E151153075"}}},
    {"PC: a terminal waypoint",
     {{1, "SUSAP KSEAK1C"}, {14, "AAYRR"}, {20, "K1"}, {22, "0"}, {33, "N46384855W123432060"}}},
    {"D: a VORTAC",
     {{1, "SUSAD "},
      {14, "SEA "},
      {20, "K1"},
      {22, "0"},
      {23, "11680"},
      {28, "VTHW"},
      {33, "N47260734W122183462"},
      {52, "SEA "},
      {56, "N47260734W122183462"},
      {75, "E0190"},
      {80, "00354"},
      {94, "SEATTLE"}}},
    {"D: a TACAN, placed by its DME",
     {{1, "SUSAD "},
      {14, "GRF "},
      {20, "K1"},
      {22, "0"},
      {23, "11040"},
      {28, " THW"},
      {52, "GRF "},
      {56, "N47060000W122360000"},
      {80, "00284"},
      {94, "GRAY ARMY"}}},
    {"D: the DME of a landing system is left out",
     {{1, "SUSAD KSEAK1"},
      {14, "ISNQ"},
      {20, "K1"},
      {22, "0"},
      {23, "11030"},
      {28, " ITW"},
      {56, "N47260240W122182880"}}},
    {"DB: an NDB",
     {{1, "SUSADB"},
      {14, "LAC "},
      {20, "K1"},
      {22, "0"},
      {23, "03280"},
      {28, "H HW"},
      {33, "N47000600W122300000"},
      {75, "E0190"},
      {94, "LACOMAS"}}},
    {"PN: a terminal NDB",
     {{1, "SUSAPNKSEAK1"},
      {14, "SE  "},
      {20, "K1"},
      {22, "0"},
      {23, "02810"},
      {28, "H  W"},
      {33, "N47300600W122180000"},
      {94, "BOEING"}}},
    {"PA: an airport",
     {{1, "SUSAP KSEAK1ASEA"},
      {22, "0"},
      {33, "N47265990W122184240"},
      {57, "00432"},
      {94, "SEATTLE-TACOMA INTL"}}},
    {"PA: one without a location indicator is left out",
     {{1, "SUSAP S50 K1A"}, {22, "0"}, {33, "N47194000W122133600"}, {57, "00063"}, {94, "AUBURN"}}},
    {"ER: an airway begins",
     {{1, "SUSAER"},
      {14, "V1"},
      {26, "0100"},
      {30, "BETTA"},
      {35, "K1EA0"},
      {45, "OL"},
      {84, "06000"},
      {94, "17500"}}},
    {"ER: and goes on, one way",
     {{1, "SUSAER"},
      {14, "V1"},
      {26, "0110"},
      {30, "SEA"},
      {35, "K1D 0"},
      {45, "OLF"},
      {84, "FL180"},
      {94, "UNLTD"}}},
    {"ER: and ends",
     {{1, "SUSAER"}, {14, "V1"}, {26, "0120"}, {30, "LAC"}, {35, "K1DB0"}, {41, "E"}, {45, "OL"}}},
    {"ER: another part of the name",
     {{1, "SUSAER"}, {14, "V1"}, {26, "0130"}, {30, "GRF"}, {35, "K1D 0"}, {45, "OB"}}},
    {"ER: over a point that is nowhere",
     {{1, "SUSAER"}, {14, "V1"}, {26, "0140"}, {30, "DELTA"}, {35, "K1EA0"}, {45, "OB"}}},
    {"EA: a latitude that is none",
     {{1, "SUSAEAENRT"}, {14, "OMEGA"}, {20, "K1"}, {22, "0"}, {33, "N47600000W122000000"}}},
    {"another section", {{1, "SUSAPDKSEAK1DSUMMA1"}, {22, "0"}}},
};

static size_t lay_out(char *text, size_t size)
{
    size_t len =
        (size_t)snprintf(text, size, "HDR01FAACIFP18      001P013203974502401  25-JAN-2024\n");
    for (size_t i = 0; i < OVF_COUNTOF(records); i++) {
        char *record = text + len;
        memset(record, ' ', 132);
        for (const struct field *f = records[i].fields; f->text != NULL; f++)
            memcpy(record + f->column - 1, f->text, strlen(f->text));
        record[132] = '\n';
        len += 133;
    }
    return len;
}

static void reads_arinc(void **state)
{
    (void)state;
    char text[133 * (OVF_COUNTOF(records) + 2)];
    ovf_world_edit edit;
    open_edit(&edit);
    ovf_nav_file file = {.name = OVF_STR("FAACIFP18"), .text = {text, lay_out(text, sizeof text)}};
    file.findings.arena = &edit.arena;
    ovf_error err = {0};
    assert_int_equal(ovf_world_edit_nav(&edit, &file, 1, false, &err), OVF_OK);
    const struct row expected = {
        .expected = "arinc-424: 3 4 2 1 4 2",
        .airways = "V1 BETTA L60-175 SEA >L180-999 LAC@-122.5",
        .at_line = 18, /* the head, 16 records and this one: a latitude of 60 minutes */
        .at_column = 33,
    };
    check_files(&edit, &file, 1, &expected);
    const ovf_airport *airport = &edit.build.airports[0];
    assert_true(ovf_str_eq(airport->icao, OVF_STR("KSEA")));
    assert_true(ovf_str_eq(airport->iata, OVF_STR("SEA")));
    assert_int_equal(airport->elevation_ft, 432);
    const struct world_navaid_row *sea = &edit.build.navaids[0];
    assert_true(ovf_str_eq(sea->fields.kind, OVF_STR("vortac")));
    assert_int_equal(sea->fields.frequency_khz, 116800);
    assert_int_equal(sea->fields.elevation_ft, 354);
    assert_true(sea->fields.has_variation && sea->fields.variation_deg == 19.0);
    assert_true(ovf_distance_m(sea->fields.place, (ovf_point){47.4353722, -122.3096167}) < 1.0);
    assert_true(ovf_str_eq(edit.build.navaids[1].fields.kind, OVF_STR("tacan")));
    assert_true(ovf_distance_m(edit.build.navaids[1].fields.place, (ovf_point){47.1, -122.6})
                < 1.0);
    assert_int_equal(edit.build.navaids[2].fields.frequency_khz, 328);
    close_edit(&edit);
}

/* ---- what was there before ---- */

static void keeps_what_was_there(void **state)
{
    (void)state;
    for (int keep = 0; keep < 2; keep++) {
        ovf_world_edit edit;
        open_edit(&edit);
        ovf_error err = {0};
        const ovf_fix olds[] = {
            {OVF_STR_INIT("DELTA"), OVF_STR_INIT("fix"), {47.5, -121.0}, OVF_STR_INIT("old")},
            {OVF_STR_INIT("BETTA"), OVF_STR_INIT("fix"), {47.001, -122.0}, OVF_STR_INIT("old")},
        };
        for (size_t i = 0; i < OVF_COUNTOF(olds); i++)
            assert_int_equal(world_build_add_fix(&edit.build, &olds[i], &err), OVF_OK);
        ovf_buf_printf(&edit.build.sources, "states.txt: x\nnav/fixes.txt: y\n");
        ovf_nav_file files[] = {
            {.name = OVF_STR("earth_fix.dat"), .text = OVF_STR(FIXES)},
            {.name = OVF_STR("earth_awy.dat"),
             .text = OVF_STR(AWY_HEAD "BETTA K1 11 DELTA K1 11 N 1 60 180 V1\n99\n")},
        };
        files[0].findings.arena = files[1].findings.arena = &edit.arena;
        assert_int_equal(ovf_world_edit_nav(&edit, files, 2, keep == 1, &err), OVF_OK);
        assert_int_equal(files[1].legs, keep);
        assert_int_equal(files[1].bad, 1 - keep);
        struct world_nav nav;
        assert_int_equal(world_link_nav(&edit.build, &edit.arena, &nav, &err), OVF_OK);
        assert_int_equal(nav.fix_count, keep == 1 ? 5 : 4); /* the new BETTA, not the old */
        for (size_t i = 0; i < nav.fix_count; i++) {
            bool is_old = ovf_str_eq(nav.sources[nav.fixes[i].source], OVF_STR("old"));
            assert_int_equal(is_old, memcmp(nav.fixes[i].ident, "DELTA", 6) == 0);
        }
        ovf_str sources = ovf_buf_str(&edit.build.sources);
        assert_int_equal(ovf_str_find(sources, 0, OVF_STR("nav/fixes.txt")) != OVF_NOPOS, keep);
        assert_true(ovf_str_find(sources, 0, OVF_STR("states.txt")) != OVF_NOPOS);
        assert_true(ovf_str_find(sources, 0, OVF_STR("nav/earth_fix.dat: 1101 Version"))
                    != OVF_NOPOS);
        close_edit(&edit);
    }
}

static void refuses_other_forms(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", "I\n", "no such thing\n",
        "I\n640 Version - data cycle 2013.10\n\n00MKK 22.5 -156.1 BITTA 23.5 -155.4 1 012 460 R464\n",
        "I\n1100 Version\n\nx y z\n"};
    for (size_t i = 0; i < OVF_COUNTOF(texts); i++) {
        ovf_world_edit edit;
        open_edit(&edit);
        ovf_error err = {0};
        ovf_fix old = {OVF_STR("DELTA"), OVF_STR("fix"), {47.5, -121.0}, OVF_STR("old")};
        assert_int_equal(world_build_add_fix(&edit.build, &old, &err), OVF_OK);
        ovf_nav_file files[] = {{.text = OVF_STR(FIXES)}, {.text = ovf_str_of(texts[i])}};
        assert_int_equal(ovf_world_edit_nav(&edit, files, 2, false, &err), OVF_E_SYNTAX);
        assert_int_equal(err.pos, 1);
        assert_int_equal(edit.build.fix_count, 1); /* untouched */
        close_edit(&edit);
    }
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 3] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, reads, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] = (struct CMUnitTest)cmocka_unit_test(reads_arinc);
    tests[OVF_COUNTOF(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(keeps_what_was_there);
    tests[OVF_COUNTOF(rows) + 2] = (struct CMUnitTest)cmocka_unit_test(refuses_other_forms);
    return _cmocka_run_group_tests("nav_import", tests, OVF_COUNTOF(tests), NULL, NULL);
}
