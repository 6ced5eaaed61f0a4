/* SPDX-License-Identifier: Apache-2.0 */
/* Schedules as tables and as SSIM chapter 7 (columns by the manual's own numbers; the lines are ours).
 * Weekdays: 2026-02-09 is a Monday. The argument is the world file. */
#include <overfly/flight.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *world_path;
static ovf_world *world;

#define SEASON "flight,from,to,std,sta,type,days,valid from,valid until\n"
#define DAY(d) 1769904000 + ((d)-1) * (ovf_time)OVF_DAY_S /* of February 2026 */

/* Fields of a flight leg, put at their columns. */
typedef struct leg {
    const char *carrier, *number, *period, *days, *rate, *from, *off, *off_variation, *to, *on,
        *on_variation, *type, *date_variation;
} leg;

static struct row {
    const char *name;
    const char *text; /* NULL: an SSIM set of `leg` */
    leg leg;
    char mode; /* of an SSIM set: U or L */
    ovf_time from, until;
    const char *expected; /* id operator from-to off-block elapsed, a flight each */
} rows[] = {
    {"table: a day of the week",
     SEASON "AV142,BOG,CCS,14:10,15:45,A320,1.3.5..,2026-02-01,2026-02-28", .from = DAY(11),
     .until = DAY(12), .expected = "AV142 AVA SKBO-SVMI 2026-02-11T14:10:00Z 95\n"},
    {"table: not on that day",
     SEASON "AV142,BOG,CCS,14:10,15:45,A320,1.3.5..,2026-02-01,2026-02-28", .from = DAY(10),
     .until = DAY(11), .expected = ""},
    {"table: a week", SEASON "AV142,BOG,CCS,14:10,15:45,A320,\"Mon,Wed\",2026-02-01,2026-02-28",
     .from = DAY(9), .until = DAY(16),
     .expected = "AV142 AVA SKBO-SVMI 2026-02-09T14:10:00Z 95\n"
                 "AV142 AVA SKBO-SVMI 2026-02-11T14:10:00Z 95\n"},
    {"table: the last day of the period is one of it",
     SEASON "AV142,BOG,CCS,14:10,15:45,A320,daily,01FEB26,11FEB26", .from = DAY(11),
     .until = DAY(14), .expected = "AV142 AVA SKBO-SVMI 2026-02-11T14:10:00Z 95\n"},
    {"table: over midnight", SEASON "AVA143,SVMI,SKBO,2330,0105,A320,daily,,", .from = DAY(11),
     .until = DAY(12), .expected = "AVA143 AVA SVMI-SKBO 2026-02-11T23:30:00Z 95\n"},
    {"table: no window, no day", SEASON "AVA143,SVMI,SKBO,2330,0105,A320,daily,,",
     .expected = "AVA143 AVA SVMI-SKBO unknown 95\n"},
    {"table: date and time in one", "callsign;adep;ades;eobt\nAVA143;SVMI;SKBO;2026-02-11 23:30",
     .from = DAY(11), .until = DAY(12),
     .expected = "AVA143 AVA SVMI-SKBO 2026-02-11T23:30:00Z -1\n"},
    {"table: local times stay unknown",
     "flight,from,to,std local,sta local\nAVA143,SVMI,SKBO,23:30,01:05", .from = DAY(11),
     .until = DAY(12), .expected = "AVA143 AVA SVMI-SKBO unknown -1\n"},
    {"table: carrier and bare number", "airline,flightno,origin,dest\nAV,142,BOG,CCS",
     .expected = "AV142 AVA SKBO-SVMI unknown -1\n"},
    {"table: joined airports are legs",
     "Callsign,AirlineCode,AirportCodes\nAVA1,AVA,SKBO-SVMI-TNCC",
     .expected = "AVA1 AVA SKBO-SVMI unknown -1\nAVA1 AVA SVMI-TNCC unknown -1\n"},
    {"table: OpenFlights, no heading", "AV,515,BOG,2709,CCS,2851,,0,320 319\n",
     .expected = " AVA SKBO-SVMI unknown -1\n"},
    {"table: a bad date is no flight", SEASON "AV142,BOG,CCS,14:10,15:45,A320,daily,31FEB26,",
     .from = DAY(11), .until = DAY(12), .expected = "unreadable\n"},
    {"table: a row without airports is told", SEASON "AV142,,CCS,14:10,15:45,A320,daily,,",
     .expected = "unreadable\n"},
    {"ssim: UTC",
     .leg = {"AV ", "0142", "01FEB2628FEB26", "1 3 5  ", " ", "BOG", "1410", "-0500", "CCS", "1545",
             "-0400", "320", "00"},
     .mode = 'U', .from = DAY(11), .until = DAY(12),
     .expected = "AV142 AVA SKBO-SVMI 2026-02-11T14:10:00Z 95\n"},
    {"ssim: local",
     .leg = {"AV ", "0142", "01FEB2628FEB26", "1 3 5  ", " ", "BOG", "0910", "-0500", "CCS", "1145",
             "-0400", "320", "00"},
     .mode = 'L', .from = DAY(11), .until = DAY(12),
     .expected = "AV142 AVA SKBO-SVMI 2026-02-11T14:10:00Z 95\n"},
    {"ssim: a local evening is the next day in UTC",
     .leg = {"AV ", "0142", "01FEB2628FEB26", "  3    ", " ", "BOG", "2210", "-0500", "CCS", "0045",
             "-0400", "320", "01"},
     .mode = 'L', .from = DAY(12), .until = DAY(13),
     .expected = "AV142 AVA SKBO-SVMI 2026-02-12T03:10:00Z 95\n"},
    {"ssim: arrival two days later",
     .leg = {"AV ", "0142", "01FEB2628FEB26", "1234567", " ", "BOG", "2210", "+0000", "CCS", "0045",
             "+0000", "320", "02"},
     .mode = 'U', .from = DAY(12), .until = DAY(13),
     .expected = "AV142 AVA SKBO-SVMI 2026-02-12T22:10:00Z 1595\n"},
    {"ssim: every other week",
     .leg = {"AV ", "0142", "02FEB2628FEB26", "1      ", "2", "BOG", "1410", "+0000", "CCS", "1545",
             "+0000", "320", "00"},
     .mode = 'U', .from = DAY(2), .until = DAY(28),
     .expected = "AV142 AVA SKBO-SVMI 2026-02-02T14:10:00Z 95\n"
                 "AV142 AVA SKBO-SVMI 2026-02-16T14:10:00Z 95\n"},
    {"ssim: an open period",
     .leg = {"AV ", "0142", "02FEB2600XXX00", "1      ", " ", "BOG", "1410", "+0000", "CCS", "1545",
             "+0000", "320", "00"},
     .mode = 'U', .from = DAY(9), .until = DAY(10),
     .expected = "AV142 AVA SKBO-SVMI 2026-02-09T14:10:00Z 95\n"},
    {"ssim: local without its variation stays unknown",
     .leg = {"AV ", "0142", "01FEB2628FEB26", "1234567", " ", "BOG", "0910", "     ", "CCS", "1145",
             "     ", "320", "00"},
     .mode = 'L', .from = DAY(11), .until = DAY(12),
     .expected = "AV142 AVA SKBO-SVMI unknown -1\n"},
    {"ssim: no such period",
     .leg = {"AV ", "0142", "31FEB2628FEB26", "1234567", " ", "BOG", "0910", "-0500", "CCS", "1145",
             "-0400", "320", "00"},
     .mode = 'U', .from = DAY(11), .until = DAY(12), .expected = "unreadable\n"},
};

static void put(char *line, size_t column, const char *text)
{
    memcpy(line + column - 1, text, strlen(text));
}

static void make_ssim(const struct row *row, char *out)
{
    char lines[5][201];
    for (size_t i = 0; i < OVF_COUNTOF(lines); i++) {
        memset(lines[i], ' ', 200);
        lines[i][200] = '\0';
    }
    const leg *l = &row->leg;
    put(lines[0], 1, "1AIRLINE STANDARD SCHEDULE DATA SET");
    memset(lines[1], '0', 200);
    put(lines[2], 1, "2");
    lines[2][1] = row->mode;
    put(lines[2], 3, l->carrier);
    put(lines[3], 1, "3");
    put(lines[3], 3, l->carrier);
    put(lines[3], 6, l->number);
    put(lines[3], 10, "0101J");
    put(lines[3], 15, l->period);
    put(lines[3], 29, l->days);
    put(lines[3], 36, l->rate);
    put(lines[3], 37, l->from);
    put(lines[3], 40, l->off);
    put(lines[3], 44, l->off);
    put(lines[3], 48, l->off_variation);
    put(lines[3], 55, l->to);
    put(lines[3], 58, l->on);
    put(lines[3], 62, l->on);
    put(lines[3], 66, l->on_variation);
    put(lines[3], 73, l->type);
    put(lines[3], 193, l->date_variation);
    put(lines[4], 1, "5");
    out[0] = '\0';
    for (size_t i = 0; i < OVF_COUNTOF(lines); i++) {
        strcat(out, lines[i]);
        strcat(out, "\r\n");
    }
}

static void reads(void **state)
{
    const struct row *row = *state;
    char ssim[1100];
    if (row->text == NULL)
        make_ssim(row, ssim);
    ovf_str text = ovf_str_of(row->text == NULL ? ssim : row->text);
    ovf_flight_options options = {.reference = OVF_TIME_NONE, .window = {row->from, row->until}};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    assert_true(ovf_flight_sniff(text));
    assert_int_equal(ovf_flight_read(world, text, &options, &arena, &flights, &count, &err),
                     OVF_OK);
    char shown[600] = "";
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        const ovf_flight *f = &flights[i];
        char when[OVF_TIME_TEXT_MAX];
        ovf_time_format(f->off_block, when, sizeof(when));
        assert_string_equal(ovf_flight_form_name(f->form), "schedule");
        if (f->status == OVF_FLIGHT_UNREADABLE) {
            n += (size_t)snprintf(shown + n, sizeof(shown) - n, "unreadable\n");
            assert_true(f->finding_count == 1 && f->findings[0].pos < text.len);
            continue;
        }
        n += (size_t)snprintf(shown + n, sizeof(shown) - n,
                              OVF_FMT " " OVF_FMT " " OVF_FMT "-" OVF_FMT " %s %d\n",
                              OVF_ARG(f->id), OVF_ARG(f->operator_icao), OVF_ARG(f->from),
                              OVF_ARG(f->to), when, f->eet_min);
        // The great circle is what is assumed, and never a way that is known.
        assert_true(f->route_assumed && !f->route_complete && f->unresolved_count == 1);
        assert_int_equal(f->point_count, 2);
        assert_true(f->points[1].is_bridged);
    }
    assert_string_equal(shown, row->expected);
    ovf_arena_done(&arena);
}

/* Types in a timetable: IATA SSIM appendix A against ICAO Doc 8643. */
static struct type_row {
    const char *name;
    const char *written, *expected;
    const char *rule; /* of the finding; NULL: none */
} type_rows[] = {
    {"type: 738", "738", "B738", "TYPE_IATA"},
    {"type: 77W in small letters", "77w", "B77W", "TYPE_IATA"},
    {"type: with winglets", "73H", "B738", "TYPE_IATA"},
    {"type: first of the table", "100", "F100", "TYPE_IATA"},
    {"type: last of the table", "YK4", "YK40", "TYPE_IATA"},
    {"type: 737 is any of them", "737", "737", "TYPE_FAMILY"},
    {"type: two designators of one code", "E75", "E75", "TYPE_FAMILY"},
    {"type: a designator", "A320", "A320", NULL},
    {"type: not in the table", "ZZ9", "ZZ9", NULL},
};

static void types(void **state)
{
    const struct type_row *row = *state;
    char text[200];
    snprintf(text, sizeof(text),
             SEASON "AV142,BOG,CCS,14:10,15:45,%s,daily,2026-02-11,2026-02-11\n", row->written);
    ovf_str table = ovf_str_of(text);
    ovf_flight_options options = {.reference = OVF_TIME_NONE, .window = {DAY(11), DAY(12)}};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    assert_int_equal(ovf_flight_read(world, table, &options, &arena, &flights, &count, &err),
                     OVF_OK);
    assert_int_equal(count, 1);
    assert_int_equal(flights[0].type.len, strlen(row->expected));
    assert_memory_equal(flights[0].type.ptr, row->expected, strlen(row->expected));
    const char *rule = NULL;
    for (size_t i = 0; i < flights[0].finding_count; i++) {
        if (strncmp(flights[0].findings[i].rule, "TYPE_", 5) == 0)
            rule = flights[0].findings[i].rule;
    }
    assert_int_equal(rule == NULL, row->rule == NULL);
    if (rule != NULL)
        assert_string_equal(rule, row->rule);
    ovf_arena_done(&arena);
}

/* A season of many lines: cut at the ceiling, and said so. */
static void keeps_its_ceiling(void **state)
{
    (void)state;
    ovf_buf buf = {0};
    ovf_buf_add(&buf, OVF_STR(SEASON));
    for (int i = 0; i < 600; i++)
        ovf_buf_add(&buf, OVF_STR("AV142,BOG,CCS,14:10,15:45,A320,daily,,\n"));
    ovf_flight_options options = {.reference = OVF_TIME_NONE, .window = {0, DAY(1)}};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_flight *flights = NULL;
    size_t count = 0;
    ovf_error err = {0};
    assert_int_equal(
        ovf_flight_read(NULL, ovf_buf_str(&buf), &options, &arena, &flights, &count, &err), OVF_OK);
    assert_int_equal(count, 200001);
    assert_int_equal(flights[count - 1].status, OVF_FLIGHT_UNREADABLE);
    ovf_arena_done(&arena);
    ovf_buf_done(&buf);
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
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 1 + OVF_COUNTOF(type_rows)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, reads, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] = (struct CMUnitTest)cmocka_unit_test(keeps_its_ceiling);
    for (size_t i = 0; i < OVF_COUNTOF(type_rows); i++)
        tests[OVF_COUNTOF(rows) + 1 + i] =
            (struct CMUnitTest){type_rows[i].name, types, NULL, NULL, &type_rows[i]};
    world_path = argc > 1 ? argv[1] : "overfly.world";
    return _cmocka_run_group_tests("schedule_files", tests, OVF_COUNTOF(tests), open_world,
                                   close_world);
}
