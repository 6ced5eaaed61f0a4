/* SPDX-License-Identifier: Apache-2.0 */
/* Messages about a plan, in any order, and what the plan is then: Doc 4444, 11.4.2.2 and App. 3. The
 * texts are ours, in the forms of the book. */
#include <overfly/flight.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define PLAN "(FPL-AVA142-IS-A320/M-S/C-SKBO1410-N0450F350 10N072W-SVMI0135 TNCC-DOF/260212)\n"
#define ANOTHER_DAY \
    "(FPL-AVA142-IS-A320/M-S/C-SKBO1410-N0450F350 10N072W-SVMI0135 TNCC-DOF/260213)\n"
#define ADEXP_PLAN                                                                            \
    "-TITLE IFPL -ARCID AVA142 -ADEP SKBO -ADES SVMI -EOBD 260212 -EOBT 1410 -TTLEET 0135 "   \
    "-IFPLID AA00000001 -ROUTE N0450F350 10N072W -BEGIN RTEPTS -PT -PTID SKBO -ETO "          \
    "260212141500 -PT -PTID 10N072W -ETO 260212150000 -PT -PTID SVMI -ETO 260212155000 -END " \
    "RTEPTS\n\n"

static struct row {
    const char *name;
    const char *text;
    size_t which;         /* flight of the text, from 0 */
    const char *expected; /* state; off-block time as it stands; route as it stands; arrival */
    const char *brought;  /* forms of the messages brought to it, in turn; "?" behind: doubtful */
} rows[] = {
    {"nothing but the plan", PLAN, 0, "filed 2026-02-12T14:10:00Z 10N072W -", NULL},
    {"changed route", PLAN "(CHG-AVA142-SKBO1410-SVMI-DOF/260212-15/N0440F330 09N070W)", 0,
     "changed 2026-02-12T14:10:00Z 09N070W -", NULL},
    {"the change comes first", "(CHG-AVA142-SKBO1410-SVMI-DOF/260212-15/N0440F330 09N070W)\n" PLAN,
     1, "changed 2026-02-12T14:10:00Z 09N070W -", NULL},
    {"two changes",
     PLAN "(CHG-AVA142-SKBO1410-SVMI-DOF/260212-15/N0440F330 09N070W)\n"
          "(CHG-AVA142-SKBO1410-SVMI-DOF/260212-13/SKBO1530)",
     0, "changed 2026-02-12T15:30:00Z 09N070W -", NULL},
    {"a change of another day", PLAN "(CHG-AVA142-SKBO1410-SVMI-DOF/260214-13/SKBO1530)", 0,
     "filed 2026-02-12T14:10:00Z 10N072W -", NULL},
    {"the day tells two plans apart",
     PLAN ANOTHER_DAY "(CHG-AVA142-SKBO1410-SVMI-DOF/260213-15/N0440F330 09N070W)", 1,
     "changed 2026-02-13T14:10:00Z 09N070W -", NULL},
    {"without a day no plan is chosen of two", PLAN ANOTHER_DAY "(CNL-AVA142-SKBO1410-SVMI-0)", 1,
     "filed 2026-02-13T14:10:00Z 10N072W -", NULL},
    {"without a day the only plan is", PLAN "(CNL-AVA142-SKBO1410-SVMI-0)", 0,
     "cancelled 2026-02-12T14:10:00Z 10N072W -", NULL},
    {"delayed", PLAN "(DLA-AVA142-SKBO1700-SVMI-DOF/260212)", 0,
     "delayed 2026-02-12T17:00:00Z 10N072W -", NULL},
    {"delayed past midnight", PLAN "(DLA-AVA142-SKBO0030-SVMI-DOF/260212)", 0,
     "delayed 2026-02-13T00:30:00Z 10N072W -", NULL},
    {"cancelled and filed anew", PLAN "(CNL-AVA142-SKBO1410-SVMI-DOF/260212)\n" PLAN, 0,
     "cancelled 2026-02-12T14:10:00Z 10N072W -", NULL},
    {"filed anew stands", PLAN "(CNL-AVA142-SKBO1410-SVMI-DOF/260212)\n" PLAN, 2,
     "filed 2026-02-12T14:10:00Z 10N072W -", NULL},
    {"departed and arrived", PLAN "(ARR-AVA142-SKBO-SVMI1556)\n(DEP-AVA142-SKBO1422-SVMI-0)", 0,
     "arrived 2026-02-12T14:10:00Z 10N072W 2026-02-12T15:56:00Z SVMI", NULL},
    {"diverted", PLAN "(ARR-AVA142-SKBO1410-SVMI-TNCC1601)", 0,
     "arrived 2026-02-12T14:10:00Z 10N072W 2026-02-12T16:01:00Z TNCC", NULL},
    {"another destination is another flight", PLAN "(DEP-AVA142-SKBO1422-SKCL-DOF/260212)", 0,
     "filed 2026-02-12T14:10:00Z 10N072W -", NULL},
    {"adexp change of the route",
     ADEXP_PLAN "-TITLE ICHG -ARCID AVA142 -ADEP SKBO -ADES SVMI -EOBD 260212 -EOBT 1410 -ROUTE "
                "N0450F350 09N070W",
     0, "changed 2026-02-12T14:10:00Z 09N070W -", NULL},
    {"adexp by the plan's own number", ADEXP_PLAN "-TITLE ICNL -ARCID AVA142 -IFPLID AA00000001", 0,
     "cancelled 2026-02-12T14:10:00Z 10N072W -", NULL},
    {"adexp delay",
     ADEXP_PLAN "-TITLE IDLA -ARCID AVA142 -ADEP SKBO -ADES SVMI -EOBD 260212 -EOBT "
                "1500",
     0, "delayed 2026-02-12T15:00:00Z 10N072W -", NULL},
    {"adexp arrival",
     ADEXP_PLAN "-TITLE IARR -ARCID AVA142 -ADEP SKBO -ADES SVMI -EOBD 260212 "
                "-EOBT 1410 -ADARR TNCC -ATA 1601",
     0, "arrived 2026-02-12T14:10:00Z 10N072W 2026-02-12T16:01:00Z TNCC", NULL},
    {"what it rests on, in turn",
     "(CNL-AVA142-SKBO1410-SVMI-DOF/260212)\n(DLA-AVA142-SKBO1700-SVMI-DOF/260212)\n" PLAN
     "(CHG-AVA142-SKBO1410-SVMI-DOF/260212-15/N0440F330 09N070W)",
     2, "cancelled 2026-02-12T17:00:00Z 09N070W -", "chg dla cnl"},
    {"a change without a day leaves both plans in doubt",
     PLAN ANOTHER_DAY "(CHG-AVA142-SKBO1410-SVMI-0-15/N0440F330 09N070W)", 0,
     "filed 2026-02-12T14:10:00Z 10N072W -", "?"},
    {"a cancellation without a day does not", PLAN ANOTHER_DAY "(CNL-AVA142-SKBO1410-SVMI-0)", 0,
     "filed 2026-02-12T14:10:00Z 10N072W -", ""},
    {"a change of another form leaves it in doubt",
     PLAN "-TITLE ICHG -ARCID AVA142 -ADEP SKBO -ADES SVMI -EOBD 260212 -EOBT 1410 -ROUTE "
          "N0450F350 09N070W",
     0, "filed 2026-02-12T14:10:00Z 10N072W -", "adexp ?"},
    {"small letters in the message",
     PLAN "(chg-ava142-skbo1410-svmi-dof/260212-15/n0440f330 09n070w)", 0,
     "changed 2026-02-12T14:10:00Z 09N070W -", "chg"},
    {"thirteen letters of which twelve agree",
     "(FPL-ABCDEFGHIJKLM-IS-A320/M-S/C-SKBO1410-N0450F350 10N072W-SVMI0135-DOF/260212)\n"
     "(CNL-ABCDEFGHIJKLN-SKBO1410-SVMI-DOF/260212)",
     0, "filed 2026-02-12T14:10:00Z 10N072W -", ""},
};

static void read_all(ovf_str text, ovf_arena *arena, ovf_flight **flights, size_t *count)
{
    ovf_error err = {0};
    assert_int_equal(ovf_flight_read(NULL, text, NULL, arena, flights, count, &err), OVF_OK);
    ovf_flight **list = ovf_arena_array(arena, ovf_flight *, *count + 1);
    assert_non_null(list);
    for (size_t i = 0; i < *count; i++)
        list[i] = &(*flights)[i];
    assert_int_equal(ovf_flight_link(NULL, list, *count, arena, &err), OVF_OK);
}

static void links(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_flight *flights = NULL;
    size_t count = 0;
    read_all(ovf_str_of(row->text), &arena, &flights, &count);
    assert_true(row->which < count);
    const ovf_flight *f = &flights[row->which];
    const ovf_flight *now = f->effective != NULL ? f->effective : f;
    char off_block[OVF_TIME_TEXT_MAX];
    char arrived[OVF_TIME_TEXT_MAX];
    char shown[200];
    ovf_time_format(now->off_block, off_block, sizeof(off_block));
    ovf_time_format(f->arrived, arrived, sizeof(arrived));
    int length =
        snprintf(shown, sizeof(shown), "%s %s %.*s ", ovf_flight_state_name(f->state), off_block, 7,
                 now->route.len >= 7 ? now->route.ptr + now->route.len - 7 : "");
    if (f->state == OVF_FLIGHT_ARRIVED)
        snprintf(shown + length, sizeof(shown) - (size_t)length, "%s " OVF_FMT, arrived,
                 OVF_ARG(f->landed_at));
    else
        snprintf(shown + length, sizeof(shown) - (size_t)length, "-");
    assert_string_equal(shown, row->expected);
    char brought[100] = "";
    for (size_t i = 0; i < f->message_count; i++)
        snprintf(brought + strlen(brought), sizeof(brought) - strlen(brought), "%s%s",
                 i == 0 ? "" : " ", ovf_flight_form_name(f->messages[i]->form));
    if (f->is_doubtful)
        snprintf(brought + strlen(brought), sizeof(brought) - strlen(brought), "%s?",
                 brought[0] == '\0' ? "" : " ");
    if (row->brought != NULL)
        assert_string_equal(brought, row->brought);
    ovf_arena_done(&arena);
}

/* Thousands of plans and messages of one identification: refused, not weighed one by one. */
static void keeps_its_ceiling(void **state)
{
    (void)state;
    ovf_buf buf = {0};
    for (int i = 0; i < 5000; i++)
        ovf_buf_add(&buf, OVF_STR("(FPL-A1-IS-A320/M-S/C-SKBO1410-N0450F350 DCT-SVMI0135-0)\n"
                                  "(CNL-A1-SKBO1410-SVMI-0)\n"));
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_flight *flights = NULL;
    size_t count = 0;
    read_all(ovf_buf_str(&buf), &arena, &flights, &count);
    assert_int_equal(count, 10000);
    assert_int_equal(flights[0].state, OVF_FLIGHT_FILED);
    assert_string_equal(flights[1].findings[flights[1].finding_count - 1].rule, "PLAN_SEVERAL");
    ovf_arena_done(&arena);
    ovf_buf_done(&buf);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 1] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, links, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] = (struct CMUnitTest)cmocka_unit_test(keeps_its_ceiling);
    return _cmocka_run_group_tests("plan_link", tests, OVF_COUNTOF(tests), NULL, NULL);
}
