/* SPDX-License-Identifier: Apache-2.0 */
/* ADEXP by EUROCONTROL-SPEC-0107: fields, lists, compounds, points in four dimensions. The texts are
 * ours. The argument is the world file. */
#include <overfly/flight.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *world_path;
static ovf_world *world;

#define HEAD                                                                                  \
    "-TITLE IFPL -BEGIN ADDR -FAC CFMUTACT -FAC SKBOZPZX -END ADDR -ARCID AVA142 -ADEP SKBO " \
    "-ADES SVMI -ALTRNT1 TNCC -ALTRNT2 SVMC -ARCTYP A320 -WKTRC M -FLTRUL I -FLTTYP S "       \
    "-EOBD 260212 -EOBT 1410 -TTLEET 0135 -REG N742AV -ARCADDR A9F5B2 -OPR AVA "              \
    "-SPEED N0450 -RFL F350 "
#define POINTS                                                                              \
    "-BEGIN RTEPTS -AD -ADID SKBO -FL F084 -ETO 260212142500 -PT -PTID 08N072W -FL F310 "   \
    "-ETO 260212145000 -PT -PTID GEO01 -FL F350 -ETO 260212152030 -PT -PTID SVMI -FL F002 " \
    "-ETO 260212155500 -END RTEPTS -GEO -GEOID GEO01 -LATTD 100000N -LONGTD 0693000W "

static struct row {
    const char *name;
    const char *text;
    const char *what;
    const char *expected;
} rows[] = {
    {"form", HEAD, "form", "adexp IFPL"},
    {"who", HEAD, "who", "AVA142 AVA N742AV A9F5B2 A320/M I S"},
    {"ends", HEAD, "ends", "SKBO SVMI TNCC SVMC"},
    {"times", HEAD, "times", "2026-02-12T14:10:00Z 95"},
    {"a year of four digits", "-TITLE IFPL -ARCID ABC1 -EOBD 20260212 -EOBT 1410", "times",
     "2026-02-12T14:10:00Z -1"},
    {"item 18 out of its fields", HEAD "-STS HUM -RMK TEST", "other",
     "REG/N742AV CODE/A9F5B2 OPR/AVA STS/HUM RMK/TEST"},
    {"route by ROUTE", HEAD "-ROUTE N0450F350 DCT 08N072W/N0440F370 DCT", "points",
     "SKBO 35000 -, 08N072W 37000 -, SVMI 37000 -"},
    {"route by RTEPTS", HEAD "-ROUTE N0450F350 DCT 08N072W/N0440F370 DCT " POINTS, "points",
     "SKBO 35000 14:25:00 8400, 08N072W 37000 14:50:00 31000, 100000N0693000W 37000 15:20:30 "
     "35000, SVMI 37000 15:55:00 200"},
    {"points without ROUTE", HEAD POINTS, "points",
     "SKBO 35000 14:25:00 8400, 08N072W 35000 14:50:00 31000, 100000N0693000W 35000 15:20:30 "
     "35000, SVMI 35000 15:55:00 200"},
    {"times of a point in the past are those of the next day",
     "-TITLE IFPL -ARCID ABC1 -ADEP SKBO -ADES SVMI -EOBD 260212 -EOBT 2310 -BEGIN RTEPTS -PT "
     "-PTID SKBO -TO 2320 -PT -PTID 08N072W -TO 0001 -END RTEPTS",
     "points", "SKBO 0 23:20:00 -1, 08N072W 0 00:01:00 -1, SVMI 0 -"},
    {"metric level and a date of eight digits",
     "-TITLE IFPL -ARCID ABC1 -ADEP SKBO -ADES SVMI -EOBD 260212 -EOBT 1410 -BEGIN RTEPTS -PT "
     "-PTID SKBO -FL S0841 -ETO 20260212142500 -ISPASS N -PT -PTID 08N072W -FL S0980 -ETO "
     "20260212145000 -ISPASS N -END RTEPTS",
     "points", "SKBO 0 14:25:00 27592, 08N072W 0 14:50:00 32152, SVMI 0 -"},
    {"renamed and referred points",
     HEAD "-BEGIN RTEPTS -PT -PTID REN01 -PT -PTID REF01 -END RTEPTS -RENAME -RENID REN01 -PTID "
          "08N072W -REF -REFID REF01 -PTID BRM -BRNG 090 -DISTNC 010",
     "names", "SKBO 08N072W BRM090010 SVMI"},
    {"an unknown point is told", HEAD "-BEGIN RTEPTS -PT -PTID 08N072W -PT -PTID *1ROL -END RTEPTS",
     "unresolved", "*1ROL"},
    {"elapsed times", HEAD "-EETFIR SVZM 0040 -EETPT GEO01 0112 " POINTS, "eets",
     "SVZM=40 100000N0693000W=72"},
    {"departure", "-TITLE IDEP -ARCID ABC1 -ADEP SKBO -ADES SVMI -EOBD 260212 -EOBT 1410 -ATD 1422",
     "state", "departed 2026-02-12T14:22:00Z"},
    {"state of a central unit", HEAD "-FLTSTATE CA", "state", "cancelled unknown"},
    {"behind a telegram's heading",
     "ZCZC\nFF SKBOZPZX\n121200 LFPYZMFP\n-TITLE IFPL -ARCID ABC1\nNNNN", "who", "ABC1 ABC   /  "},
    {"no identification", "-TITLE IFPL -ADEP SKBO -ADES SVMI", "errors", "ADEXP_ARCID@0"},
    {"a bad day", "-TITLE IFPL -ARCID ABC1 -EOBD 261312", "errors", "ADEXP_EOBD@30"},
    {"without its title", "-ARCID ABC1 -ADEP SKBO -ADES SVMI", "errors", "ADEXP_TITLE@0"},
};

static void show(const ovf_flight *f, const char *what, char *out, size_t size)
{
    char text[OVF_TIME_TEXT_MAX];
    size_t n = 0;
    out[0] = '\0';
#define ADD(...) n += (size_t)snprintf(out + n, size - n, __VA_ARGS__)
    if (strcmp(what, "form") == 0)
        ADD("%s " OVF_FMT, ovf_flight_form_name(f->form), OVF_ARG(f->title));
    else if (strcmp(what, "who") == 0) {
        ADD(OVF_FMT " " OVF_FMT " " OVF_FMT " ", OVF_ARG(f->id), OVF_ARG(f->operator_icao),
            OVF_ARG(f->registration));
        if (f->address != OVF_ADDRESS_NONE)
            ADD("%06X", f->address);
        ADD(" " OVF_FMT "/" OVF_FMT " " OVF_FMT " " OVF_FMT, OVF_ARG(f->type), OVF_ARG(f->wake),
            OVF_ARG(f->rules), OVF_ARG(f->use));
    } else if (strcmp(what, "ends") == 0)
        ADD(OVF_FMT " " OVF_FMT " " OVF_FMT, OVF_ARG(f->from), OVF_ARG(f->to),
            OVF_ARG(f->alternates));
    else if (strcmp(what, "times") == 0) {
        ovf_time_format(f->off_block, text, sizeof(text));
        ADD("%s %d", text, f->eet_min);
    } else if (strcmp(what, "other") == 0)
        ADD(OVF_FMT, OVF_ARG(f->other));
    else if (strcmp(what, "state") == 0) {
        ovf_time_format(f->departed, text, sizeof(text));
        ADD("%s %s", ovf_flight_state_name(f->state), text);
    }
    for (size_t i = 0; strcmp(what, "names") == 0 && i < f->point_count; i++)
        ADD("%s" OVF_FMT, i > 0 ? " " : "", OVF_ARG(f->points[i].ident));
    for (size_t i = 0; strcmp(what, "points") == 0 && i < f->point_count; i++) {
        const ovf_flight_point *p = &f->points[i];
        ADD("%s" OVF_FMT " %d ", i > 0 ? ", " : "", OVF_ARG(p->ident), p->level_ft);
        if (p->given.source == OVF_FLIGHT_SOURCE_NONE) {
            ADD("-");
            continue;
        }
        ovf_time_format(p->given.time, text, sizeof(text));
        ADD("%.8s %d", text + 11, p->given.level_ft);
    }
    for (size_t i = 0; strcmp(what, "unresolved") == 0 && i < f->unresolved_count; i++)
        ADD("%s" OVF_FMT, i > 0 ? " " : "", OVF_ARG(f->unresolved[i].text));
    for (size_t i = 0; strcmp(what, "eets") == 0 && i < f->eet_count; i++)
        ADD("%s" OVF_FMT "=%d", i > 0 ? " " : "", OVF_ARG(f->eets[i].at), f->eets[i].min);
    for (size_t i = 0; strcmp(what, "errors") == 0 && i < f->finding_count; i++)
        if (f->findings[i].severity == OVF_ERROR)
            ADD("%s%s@%zu", n > 0 ? " " : "", f->findings[i].rule, f->findings[i].pos);
#undef ADD
}

static void reads(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    assert_int_equal(
        ovf_flight_read(world, ovf_str_of(row->text), NULL, &arena, &flights, &count, &err),
        OVF_OK);
    assert_int_equal(count, 1);
    char shown[1000];
    show(&flights[0], row->what, shown, sizeof(shown));
    assert_string_equal(shown, row->expected);
    ovf_arena_done(&arena);
}

/* ICAO messages and ADEXP one behind the other, as a line recorder has them. */
static void reads_both_forms(void **state)
{
    (void)state;
    ovf_str text = OVF_STR("-TITLE IFPL -ARCID ABC1 -ADEP SKBO -ADES SVMI\n\nFF SKBOZPZX\n"
                           "(DLA-ABC2-SKBO1410-SVMI-0)\n\n-ADEXP\n-TITLE ICNL -ARCID ABC3");
    static const char *const ids[] = {"ABC1", "ABC2", "ABC3"};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    assert_int_equal(ovf_flight_read(world, text, NULL, &arena, &flights, &count, &err), OVF_OK);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++)
        assert_true(ovf_str_eq(flights[i].id, ovf_str_of(ids[i])));
    ovf_arena_done(&arena);
}

static int open_world(void **state)
{
    (void)state;
    ovf_error err = {0};
    return ovf_world_open(world_path, &world, &err) == OVF_OK ? 0 : -1;
}

static int close_world(void **state)
{
    (void)state;
    ovf_world_free(world);
    return 0;
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 1] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, reads, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] = (struct CMUnitTest)cmocka_unit_test(reads_both_forms);
    world_path = argc > 1 ? argv[1] : "overfly.world";
    return _cmocka_run_group_tests("adexp", tests, OVF_COUNTOF(tests), open_world, close_world);
}
