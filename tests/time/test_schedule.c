/* SPDX-License-Identifier: Apache-2.0 */
/* Item D. Expected values: the rules S1 to S14 of docs/formats/schedule.md worked by hand (Doc 10066
 * App. 3, item D; OPADD), the sun's times from published almanacs. */
#include <overfly/schedule.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#define MAX_TEXT 600

static struct row {
    const char *name;
    const char *from, *until; /* items B and C */
    const char *text;
    const char *active; /* "DDHHMM-DDHHMM ...", day of the month first */
    bool complete;
    const char *rule; /* a finding that must be there */
} rows[] = {
    {"S1 no item D", "2511211743", "2602192359", "", "211743-192359", true, NULL},
    {"S2 over midnight", "2603052320", "2603060520", "05 2320-0520", "052320-060520", true, NULL},
    {"S2 weekdays over midnight", "2603232300", "2603260600", "MON-WED 2300-0600",
     "232300-240600 242300-250600 252300-260600", true, NULL},
    {"S3 2359 joins the next day", "2603010000", "2603022359", "01 0000-2359, 02 0000-1200",
     "010000-021200", true, NULL},
    {"S3 2359 as a start is itself", "2603202359", "2603240600", "SAT-SUN 2359-0600",
     "212359-220600 222359-230600", true, NULL},
    {"S4 the month rolls", "2602282340", "2603010525", "28 2340-0515, 01 0050-0525",
     "282340-010525", true, NULL},
    {"S4 the year rolls", "2512300000", "2601022359", "DEC 30-JAN 02 1000-1100",
     "301000-301100 311000-311100 011000-011100 021000-021100", true, NULL},
    {"S5 one time for two months", "2606130530", "2607052159", "JUN 13-14 JUL 04-05 0530-2159",
     "130530-132159 140530-142159 040530-042159 050530-052159", true, NULL},
    {"S6 several ranges", "2603202320", "2603220300", "20 21 2320-0100 0200-0300",
     "202320-210100 210200-210300 212320-220100", true, NULL},
    {"S7 one block", "2603060000", "2603071300", "06 0000-07 1300", "060000-071300", true, NULL},
    {"S7 two windows", "2603060000", "2603071300", "06-07 0000-1300", "060000-061300 070000-071300",
     true, NULL},
    {"S10 EXC weekdays", "2603200000", "2603232359", "0700-1400 EXC SAT SUN",
     "200700-201400 230700-231400", true, NULL},
    {"S10 EXC dates, no times", "2603200000", "2603312359", "MON-FRI EXC MAR 23-27",
     "200000-210000 300000-312359", true, NULL},
    {"S10 EXC with hours", "2604100600", "2604111200", "0600-1800 EXC APR 10 0600-1300",
     "101300-101800 110600-111200", true, NULL},
    {"S11 no specific hours", "2603010000", "2603020000", "HX", "010000-020000", false,
     "SCHED_UNKNOWN"},
    {"S11 holidays unknown", "2603230000", "2603232359", "MON-FRI 0800-1000 EXC HOL",
     "230800-231000", true, "SCHED_HOL"},
    {"S12 weekday range wraps", "2603200000", "2603242359", "FRI-MON 1000-1100",
     "201000-201100 211000-211100 221000-221100 231000-231100", true, NULL},
    {"S12 slash for hyphen", "2603201700", "2603220300", "DLY BTN 1700/0300",
     "201700-210300 211700-220300", true, NULL},
    {"S14 unreadable", "2603010000", "2603022359", "WHEN THE WIND ALLOWS", "010000-022359", false,
     "D_UNPARSED"},
    {"S14 half a range", "2603010000", "2603022359", "01 0800-", "010000-022359", false,
     "D_UNPARSED"},
    {"daily", "2603240000", "2603252359", "DAILY 0000-1000", "240000-241000 250000-251000", true,
     NULL},
    {"daily behind", "2603240000", "2603252359", "0000-1000 DLY", "240000-241000 250000-251000",
     true, NULL},
    {"plain range", "2603240800", "2603252000", "0800-2000", "240800-242000 250800-252000", true,
     NULL},
    {"two plain ranges with a comma", "2603240544", "2603241050", "0544-0735,0859-1050",
     "240544-240735 240859-241050", true, NULL},
    {"blanks round the hyphen", "2603240600", "2603251000", "DLY FM 0600 - 1000 UTC",
     "240600-241000 250600-251000", true, NULL},
    {"two days, BTN", "2603071130", "2603081856", "07 08 BTN 1130-1856",
     "071130-071856 081130-081856", true, NULL},
    {"date then daily", "2603152204", "2603172359", "15 2204-2359, DLY 1200-2359",
     "152204-160000 161200-170000 171200-172359", true, NULL},
    {"times before dates", "2601230311", "2601240319",
     "0311-0428 AND 0727-0844 ON JAN 23, 0202-0319 ON JAN 24",
     "230311-230428 230727-230844 240202-240319", true, NULL},
    {"times before a day", "2603221436", "2603221701", "1436-1516 22 AND 1621-1701 22",
     "221436-221516 221621-221701", true, NULL},
    {"comma inside a date", "2609280145", "2609280510", "0145-0510 ON SEP,28", "280145-280510",
     true, NULL},
    {"Spanish month behind the day", "2604210100", "2604210300", "21 ABR 0100-0300",
     "210100-210300", true, NULL},
    {"comma before the time", "2606251400", "2606262000", "JUNE 25-26,1400-2000",
     "251400-252000 261400-262000", true, NULL},
    {"ten digits", "2603292335", "2603310431", "2603292335 TO 2603300431 2603302335 TO 2603310431",
     "292335-300431 302335-310431", true, NULL},
    {"day, month, year", "2309061808", "2309061835", "1808-1835 ON 06 SEP 2023", "061808-061835",
     true, NULL},
    {"zero for O in NOV", "2610310000", "2611012359", "OCT 31 N0V 01", "310000-012359", true, NULL},
    {"zero for O in ON", "2610230550", "2610230708", "0550-0708 0N 23", "230550-230708", true,
     NULL},
    {"stray blank", "2603250500", "2603251459", "25 0500- 1459", "250500-251459", true, NULL},
    {"date range and weekday", "2604070000", "2604110400",
     "APR 07-APR 30 MON-THU 1300-0400 FRI 1300-2200",
     "071300-080400 081300-090400 091300-100400 101300-102200", true, NULL},
    {"H24 on two days", "2603010000", "2603090000", "01 AND 08 H24", "010000-020000 080000-090000",
     true, NULL},
    {"months behind both days", "2603260215", "2603271030", "26 MAR - 30 APR 0215-1030",
     "260215-261030 270215-271030", true, NULL},
    {"rows sorted by hour", "2603201145", "2603231230", "20 22 1145-1230, 21 23 0630-0930",
     "201145-201230 210630-210930 221145-221230 230630-230930", true, NULL},
    {"EST and year behind", "2603201145", "2603201230", "MAR 20 2026 1145-1230", "201145-201230",
     true, NULL},
    {"every day but one", "2603060000", "2603092359", "EVERY DAY EXC SUN 0600-1800",
     "060600-061800 070600-071800 090600-091800", true, NULL},
    {"EXC leads", "2603060000", "2603092359", "EXC WEEKENDS 0600-1800",
     "060600-061800 090600-091800", true, NULL},
    {"EXC lists before the hours", "2603060000", "2603092359", "DLY EXC SAT, SUN AND HOL 0600-1800",
     "060600-061800 090600-091800", true, "SCHED_HOL"},
    {"EXC ON", "2603060000", "2603092359", "0600-1800 DAILY EXCEPT ON SAT AND SUN",
     "060600-061800 090600-091800", true, NULL},
    {"EXC in a group of its own", "2603120000", "2603142359", "12-14 0600-1800, EXC 13",
     "120600-121800 140600-141800", true, NULL},
    {"EXC hours of every day", "2603060000", "2603072359", "H24 EXC 0600-0800",
     "060000-060600 060800-070600 070800-072359", true, NULL},
    {"S10 two readings", "2603060000", "2603082359", "FRI 0600-1800, SAT SUN 0800-1000 EXC SUN",
     "060600-061800 070800-071000", true, NULL},
    {"S10 the larger reading stays", "2603060000", "2603082359",
     "DLY 0600-0700, SAT SUN 0800-1000 EXC SUN",
     "060600-060700 070600-070700 070800-071000 080600-080700", true, "D_EXC_SCOPE"},
    {"last weekday of the month", "2603010000", "2604302359", "LAST FRI 0600-1800",
     "270600-271800 240600-241800", true, NULL},
    {"second and fourth", "2603010000", "2603312359", "2ND AND 4TH WED 0800-1200",
     "110800-111200 250800-251200", true, NULL},
    {"first of the month", "2603010000", "2603312359", "EVERY FIRST MONDAY OF THE MONTH 0800-1200",
     "020800-021200", true, NULL},
    {"every second day is nobody's guess", "2603010000", "2603022359", "EV 2ND DAY 0600-1800",
     "010000-022359", false, "D_UNPARSED"},
    {"weekly block", "2603060000", "2603160600", "FRI 2200-MON 0600", "062200-090600 132200-160600",
     true, NULL},
    {"weekly block begun before B", "2603080000", "2603092359", "FROM FRI 2200 TO MON 0600",
     "080000-090600", true, NULL},
    {"block with months behind", "2603120600", "2604011800", "12 MAR 0600 - 01 APR 1800 UTC",
     "120600-011800", true, NULL},
    {"block with years", "2603120600", "2603131800", "12 MAR 2026 0600-13 MAR 2026 1800",
     "120600-131800", true, NULL},
    {"block, clocks first", "2603120600", "2603141800", "FROM 0600 ON 12 MAR TO 1800 ON 14 MAR",
     "120600-141800", true, NULL},
    {"block, day slash clock", "2603120600", "2603141800", "12/0600 - 14/1800", "120600-141800",
     true, NULL},
    {"months without days", "2603310000", "2604012359", "MAR 0600-1800", "310600-311800", true,
     NULL},
    {"a range of months", "2512310000", "2604012359", "JAN TO MAR TUE 0600-0601",
     "060600-060601 "
     "130600-130601 200600-200601 270600-270601 030600-030601 100600-100601 170600-170601 "
     "240600-240601 030600-030601 100600-100601 170600-170601 240600-240601 310600-310601",
     true, NULL},
    {"date in figures", "2603120600", "2603121800", "12.03.2026 0600-1800", "120600-121800", true,
     NULL},
    {"date year first", "2603120600", "2603121800", "2026-03-12 0600-1800", "120600-121800", true,
     NULL},
    {"date with hyphens", "2603120600", "2603121800", "12-MAR-2026 0600-1800", "120600-121800",
     true, NULL},
    {"date with a year of two figures", "2603120600", "2603121800", "12 MAR 26 0600-1800",
     "120600-121800", true, "D_YEAR"},
    {"slash within B", "2603120600", "2603121800", "12/03 0600-1800", "120600-121800", true,
     "D_SLASH"},
    {"slash of two days", "2603010600", "2603021800", "01/02 0600-1800",
     "010600-011800 020600-021800", true, "D_SLASH"},
    {"ordinal days", "2603120600", "2603131800", "12TH AND 13TH MARCH 0600-1800",
     "120600-121800 130600-131800", true, NULL},
    {"hours with H", "2603120600", "2603121800", "12 06H00-18H00", "120600-121800", true, NULL},
    {"24 hours", "2603120000", "2603122359", "24 HRS", "120000-122359", true, NULL},
    {"hours without minutes", "2603120600", "2603131800", "DLY 06-18", "120600-131800", false,
     "D_UNPARSED"},
    {"hours without minutes, as B and C", "2603120600", "2603131800", "06-18", "120600-131800",
     false, "D_UNPARSED"},
    {"a zone with its offset", "2603120600", "2603131400", "DLY 0900-1700 UTC+3",
     "120600-121400 130600-131400", true, "D_LOCAL"},
    {"a zone behind UTC", "2603121400", "2603140100", "DLY 0900-2000 (UTC-5)",
     "121400-130100 131400-140100", true, "D_LOCAL"},
    {"UTC and a hyphen is no zone", "2603120600", "2603121800", "0600UTC-1800UTC", "120600-121800",
     true, NULL},
    {"local time unknown", "2603120600", "2603131400", "DLY 0900-1700 LT", "120600-131400", false,
     "D_LOCAL"},
    {"hours of another season", "2603120500", "2603121800", "0600-1800 (0500-1700)",
     "120500-121800", true, "D_BRACKETS"},
    {"phases", "2603120600", "2603131000", "PHASE 1: 12 0600-1800 PHASE 2: 13 0600-1000",
     "120600-121800 130600-131000", true, NULL},
    {"numbers of a list", "2603120600", "2603131000", "1) 12 0600-1800 2) 13 0600-1000",
     "120600-121800 130600-131000", true, NULL},
    {"primary and backup", "2603120600", "2603140800",
     "PRIMARY: 12 0600-0800, BACKUP: 13 14 0600-0800", "120600-120800 130600-130800 140600-140800",
     true, "D_BACKUP"},
    {"Spanish weekdays, MAR is Tuesday", "2603090000", "2603112359", "LUN MAR MIE 1000-1200",
     "091000-091200 101000-101200 111000-111200", true, NULL},
    {"Portuguese weekdays", "2603130000", "2603162359", "SEG A SEX 1000/1200",
     "131000-131200 161000-161200", true, NULL},
    {"French", "2603130000", "2603162359", "TOUS LES JOURS SAUF SAM DIM DE 0600 A 1000",
     "130600-131000 160600-161000", true, NULL},
    {"to somebody's later word", "2603130000", "2603142359", "ACT BY NOTAM", "130000-142359", false,
     "SCHED_UNKNOWN"},
    {"groups with their month behind", "2604030000", "2605030000",
     "271414Z TO 271644Z, ALTERNATE 301402Z TO 301632Z APR, 011358Z TO 011628Z MAY",
     "271414-271644 301402-301632 011358-011628", true, "D_BACKUP"},
    {"groups and then days", "2605160000", "2605200000",
     "170211Z TO 170635Z MAY, ALTERNATE 0211Z TO 0635Z DAILY 18 THRU 19 MAY",
     "170211-170635 180211-180635 190211-190635", true, NULL},
    {"groups with a year", "2605140000", "2605160000", "151400Z TO 151800Z MAY 26", "151400-151800",
     true, NULL},
    {"days of two months", "2604240000", "2605070000",
     "0430Z TO 0630Z DAILY 25, 29 APR THRU 01 MAY",
     "250430-250630 290430-290630 300430-300630 010430-010630", true, NULL},
    {"until a day", "2604270200", "2604300000", "0200Z TO 0300Z DAILY UNTIL 28 APR",
     "270200-270300 280200-280300", true, NULL},
    {"until a time", "2604270200", "2604300000", "UNTIL 281530Z APR", "270200-281530", true, NULL},
    {"a range with years", "2512310000", "2601022359", "31 DEC 2025 TO 01 JAN 2026 0600-0700",
     "310600-310700 010600-010700", true, NULL},
    {"a block from B", "2603140600", "2603150600", "0600-15/0600", "140600-150600", true, NULL},
    {"never within B and C", "2603200000", "2603210000", "APR 20 1145-1230", "200000-210000", false,
     "D_OUTSIDE"},
    {"no date known as 31 APR", "2604200000", "2604300000", "APR 31 1145-1230", "200000-300000",
     false, "D_UNPARSED"},
};

static ovf_time stamp(const char *text)
{
    ovf_time t = 0;
    assert_int_equal(ovf_time_parse_notam(ovf_str_of(text), &t, NULL), OVF_OK);
    return t;
}

static void format(const ovf_intervals *set, char *out, size_t size)
{
    size_t len = 0;
    out[0] = '\0';
    for (size_t i = 0; i < set->count && len + 20 < size; i++) {
        ovf_civil a = ovf_time_civil(set->items[i].from);
        ovf_civil b = ovf_time_civil(set->items[i].until);
        len +=
            (size_t)snprintf(out + len, size - len, "%s%02d%02d%02d-%02d%02d%02d",
                             i == 0 ? "" : " ", a.day, a.hour, a.minute, b.day, b.hour, b.minute);
    }
}

static void expands(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_findings findings = {.arena = &arena};
    ovf_interval valid = {stamp(row->from), stamp(row->until)};
    ovf_intervals active = {0};
    bool complete = false;
    assert_int_equal(ovf_schedule_expand(ovf_str_of(row->text), valid, valid,
                                         (ovf_schedule_place){.known = true, .lat_deg = 51.5},
                                         &arena, &active, &complete, &findings),
                     OVF_OK);
    char text[MAX_TEXT];
    format(&active, text, sizeof(text));
    assert_string_equal(text, row->active);
    assert_int_equal(complete, row->complete);
    bool is_found = row->rule == NULL;
    for (size_t i = 0; i < findings.count; i++) {
        is_found |= row->rule != NULL && strcmp(findings.items[i].rule, row->rule) == 0;
        assert_true(findings.items[i].pos <= strlen(row->text));
    }
    assert_true(is_found);
    ovf_arena_done(&arena);
}

/* Sunrise and sunset in towns at solstices, as almanacs print them (to the minute, local clock
 * turned into UTC): London, Sydney, Anchorage. */
static struct sun_row {
    const char *name;
    double lat_deg, lon_deg;
    const char *day;
    int rise_min, set_min; /* of the UTC day; -1: none */
    bool is_up;
} sun_rows[] = {
    {"London, June", 51.507, -0.128, "2406200000", 3 * 60 + 43, 20 * 60 + 21, false},
    {"London, December", 51.507, -0.128, "2412210000", 8 * 60 + 4, 15 * 60 + 53, false},
    {"Sydney, December", -33.868, 151.209, "2412210000", 18 * 60 + 41, 9 * 60 + 5, false},
    {"New York, June", 40.7128, -74.006, "2406200000", 9 * 60 + 25, 0 * 60 + 30, false},
    {"Tromso, June", 69.65, 18.96, "2406200000", -1, -1, true},
    {"Tromso, December", 69.65, 18.96, "2412200000", -1, -1, false},
};

static void sun_rises(void **state)
{
    const struct sun_row *row = *state;
    ovf_time rise = 0;
    ovf_time set = 0;
    bool is_up = false;
    ovf_time day = stamp(row->day);
    bool both = ovf_sun_times(row->lat_deg, row->lon_deg, day, &rise, &set, &is_up);
    assert_int_equal(both, row->rise_min >= 0);
    if (!both) {
        assert_int_equal(is_up, row->is_up);
        return;
    }
    assert_true(llabs((rise - day) / 60 - row->rise_min) <= 2);
    assert_true(llabs((set - day) / 60 - row->set_min) <= 2);
}

static void daylight_follows_the_sun(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_interval valid = {stamp("2406200000"), stamp("2406210000")};
    ovf_schedule_place london = {.known = true, .lat_deg = 51.507, .lon_deg = -0.128};
    static const char *const texts[] = {"HJ", "SR-SS", "DAILY SR-SS", "20 SR-SS"};
    for (size_t i = 0; i < OVF_COUNTOF(texts); i++) {
        ovf_intervals active = {0};
        bool complete = false;
        assert_int_equal(ovf_schedule_expand(ovf_str_of(texts[i]), valid, valid, london, &arena,
                                             &active, &complete, NULL),
                         OVF_OK);
        assert_int_equal(active.count, 1);
        assert_true(llabs(active.items[0].from - stamp("2406200343")) <= 120);
        assert_true(llabs(active.items[0].until - stamp("2406202021")) <= 120);
    }
    ovf_intervals wider = {0};
    bool complete = false;
    assert_int_equal(ovf_schedule_expand(OVF_STR("SR MINUS30-SS PLUS30"), valid, valid, london,
                                         &arena, &wider, &complete, NULL),
                     OVF_OK);
    assert_true(llabs(wider.items[0].from - stamp("2406200313")) <= 120);
    assert_true(llabs(wider.items[0].until - stamp("2406202051")) <= 120);
    ovf_arena_done(&arena);
}

static void unknown_place_is_the_whole_day(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_interval valid = {stamp("2406200000"), stamp("2406210000")};
    ovf_intervals active = {0};
    bool complete = true;
    assert_int_equal(ovf_schedule_expand(OVF_STR("SR-SS"), valid, valid, (ovf_schedule_place){0},
                                         &arena, &active, &complete, NULL),
                     OVF_OK);
    assert_int_equal(active.count, 1);
    assert_int_equal(active.items[0].until - active.items[0].from, OVF_DAY_S);
    assert_false(complete);
    ovf_arena_done(&arena);
}

static void window_cuts(void **state)
{
    (void)state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_interval valid = {stamp("2603010000"), OVF_TIME_OPEN};
    ovf_interval window = {stamp("2603020000"), stamp("2603040000")};
    ovf_intervals active = {0};
    bool complete = true;
    assert_int_equal(ovf_schedule_expand(OVF_STR("DAILY 1000-1100"), valid, window,
                                         (ovf_schedule_place){0}, &arena, &active, &complete, NULL),
                     OVF_OK);
    assert_int_equal(active.count, 2);
    assert_false(complete);
    ovf_arena_done(&arena);
}

/* Day where the sun does not set is the whole day, where it does not rise it is never (S8). */
static void polar_days(void **state)
{
    (void)state;
    static const struct {
        const char *day, *next, *text;
        size_t count;
    } cases[] = {{"2406200000", "2406210000", "HJ", 1},
                 {"2406200000", "2406210000", "HN", 0},
                 {"2412200000", "2412210000", "HN", 1},
                 {"2412200000", "2412210000", "SR-SS", 0}};
    ovf_schedule_place tromso = {.known = true, .lat_deg = 69.65, .lon_deg = 18.96};
    for (size_t i = 0; i < OVF_COUNTOF(cases); i++) {
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        ovf_findings findings = {.arena = &arena};
        // A day more than asked for, so that no time at all is not taken for a misprint.
        ovf_interval valid = {stamp(cases[i].day), stamp(cases[i].next) + OVF_DAY_S};
        ovf_interval window = {stamp(cases[i].day), stamp(cases[i].next)};
        ovf_intervals active = {0};
        bool complete = true;
        assert_int_equal(ovf_schedule_expand(ovf_str_of(cases[i].text), valid, window, tromso,
                                             &arena, &active, &complete, &findings),
                         OVF_OK);
        assert_int_equal(active.count, cases[i].count);
        assert_false(complete);
        assert_string_equal(findings.items[0].rule, "SUN_POLAR");
        ovf_arena_done(&arena);
    }
}

/* Schedules in running text: where they end, and what is none. */
static struct span_row {
    const char *name;
    const char *text; /* from its first byte on */
    const char *found;
    unsigned has;
} span_rows[] = {
    {"span: daily hours", "DAILY 0600-1800 UTC. CONTACT", "DAILY 0600-1800",
     OVF_SCHEDULE_HAS_HOURS | OVF_SCHEDULE_HAS_WEEK | OVF_SCHEDULE_HAS_UTC},
    {"span: no sign at the end", "0600-1800, AND THE REST", "0600-1800", OVF_SCHEDULE_HAS_HOURS},
    {"span: a position behind", "0600Z-1800Z DAILY 17 MAY IN 13-33.88N", "0600Z-1800Z DAILY 17 MAY",
     OVF_SCHEDULE_HAS_HOURS | OVF_SCHEDULE_HAS_WEEK | OVF_SCHEDULE_HAS_DATES
         | OVF_SCHEDULE_HAS_MONTH | OVF_SCHEDULE_HAS_UTC},
    {"span: the next paragraph", "UNTIL 281530Z APR.  2. CANCEL", "UNTIL 281530Z APR",
     OVF_SCHEDULE_HAS_BLOCK | OVF_SCHEDULE_HAS_MONTH | OVF_SCHEDULE_HAS_UTC},
    {"span: local time", "0600-1800 LT ONLY", "0600-1800 LT",
     OVF_SCHEDULE_HAS_HOURS | OVF_SCHEDULE_HAS_LOCAL},
    {"span: none", "THE AREA", "", 0},
    {"span: feet", "1000-1500FT", "", OVF_SCHEDULE_HAS_HOURS},
    {"span: a circular's number", "2026-03-0019 REFERS", "", 0},
};

static void spans(void **state)
{
    const struct span_row *row = *state;
    unsigned has = 0;
    ovf_str text = ovf_str_of(row->text);
    size_t end = ovf_schedule_span(text, 0, &has);
    ovf_str found = ovf_str_sub(text, 0, end);
    assert_int_equal(found.len, strlen(row->found));
    assert_memory_equal(found.ptr, row->found, found.len);
    assert_int_equal(has, row->has);
}

/* Words that a schedule in running text can take in, and some that end it. */
static void knows_its_words(void **state)
{
    OVF_UNUSED(state);
    static const char *const words[] = {"MON",    "saturdays", "MAR",    "0CT",     "DIARIAMENTE",
                                        "BACKUP", "UTC",       "SECTOR", "MINUTES", "APRES",
                                        "Z",      "A",         "0N",     "SUNSET",  "CONTINUOUSLY"};
    static const char *const others[] = {"BORDER", "",     "MO",       "MONDAYSS",
                                         "0",      "CALL", "ALTITUDE", "-"};
    for (size_t i = 0; i < OVF_COUNTOF(words); i++)
        assert_true(ovf_schedule_knows(ovf_str_of(words[i])));
    for (size_t i = 0; i < OVF_COUNTOF(others); i++)
        assert_false(ovf_schedule_knows(ovf_str_of(others[i])));
}

int main(void)
{
    static struct CMUnitTest
        tests[OVF_COUNTOF(rows) + OVF_COUNTOF(sun_rows) + OVF_COUNTOF(span_rows) + 5];
    size_t count = 0;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[count++] = (struct CMUnitTest){rows[i].name, expands, NULL, NULL, &rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(sun_rows); i++)
        tests[count++] = (struct CMUnitTest){sun_rows[i].name, sun_rises, NULL, NULL, &sun_rows[i]};
    tests[count++] = (struct CMUnitTest){"knows its words", knows_its_words, NULL, NULL, NULL};
    tests[count++] =
        (struct CMUnitTest){"daylight follows the sun", daylight_follows_the_sun, NULL, NULL, NULL};
    tests[count++] =
        (struct CMUnitTest){"unknown place", unknown_place_is_the_whole_day, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"window", window_cuts, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"polar days", polar_days, NULL, NULL, NULL};
    for (size_t i = 0; i < OVF_COUNTOF(span_rows); i++)
        tests[count++] = (struct CMUnitTest){span_rows[i].name, spans, NULL, NULL, &span_rows[i]};
    return _cmocka_run_group_tests("schedule", tests, count, NULL, NULL);
}
