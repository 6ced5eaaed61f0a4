/* SPDX-License-Identifier: Apache-2.0 */
/* The NOTAM code in words (Doc 8400), who speaks when a notice repeats another's words, parts of a
 * text with an effect of their own, and plain sentences: what must and what must not stand in them. */
#include "describe.h"

enum what { CODE, PLAIN, RELAYED, AREA_EFFECTS };

#define HEAD(code) "A0001/26 NOTAMN\nQ) SVZM/" code "/IV/NBO/E/000/999/1036N06659W999\n"
#define ITEMS "A) SVZM B) 2601010600 C) 2601020600\n"

static struct row {
    const char *name;
    enum what what;
    const char *record;
    const char *has[4]; /* PLAIN; of the others has[0] is the whole */
    const char *lacks[3];
} rows[] = {
    {"FIR closed", CODE, HEAD("QAFLC") ITEMS "E) X", {"flight information region: closed"}, {0}},
    {"danger area activated", CODE, HEAD("QRDCA") ITEMS "E) X", {"danger area: activated"}, {0}},
    {"trigger", CODE, HEAD("QRTTT") ITEMS "E) X", {"temporary restricted area: trigger"}, {0}},
    {"interference",
     CODE,
     HEAD("QGWLF") ITEMS "E) X",
     {"GNSS area-wide operations: interference from"},
     {0}},
    {"stopbar on test", CODE, HEAD("QMOCT") ITEMS "E) X", {"stopbar: on test, do not use"}, {0}},
    {"letters that mean nothing", CODE, HEAD("QQQQQ") ITEMS "E) X", {": "}, {0}},
    {"nobody's words but its own",
     RELAYED,
     HEAD("QAFXX") ITEMS "E) AIRSPACE CLSD. AOC ISSUED BY SPAIN.",
     {" , , "},
     {0}},
    {"a government has issued",
     RELAYED,
     HEAD("QAFXX") ITEMS
     "E) THE GOVERNMENT OF THE UNITED STATES OF AMERICA HAS ISSUED AN ADVISORY.",
     {"USA, , "},
     {0}},
    {"issued by a department",
     RELAYED,
     HEAD("QAFXX") ITEMS
     "E) AIRSPACE RESTRICTION ISSUED BY THE UNITED KINGDOM DEPARTMENT FOR TRANSPORT.",
     {"GBR, DEPARTMENT FOR TRANSPORT, "},
     {0}},
    {"on behalf of",
     RELAYED,
     HEAD("QAFXX") ITEMS "E) AIRSPACE CLSD. PUBLISHED ON BEHALF OF THE REPUBLIC OF CHAD.",
     {"TCD, , "},
     {0}},
    {"number of what is quoted",
     RELAYED,
     HEAD("QAFXX") ITEMS
     "E) THIS NOTAM IS PUBLISHED BY THE RUSSIAN FEDERATION. QUOTE NOTAM U0123/26: X",
     {"RUS, , U0123/26"},
     {0}},
    {"barred here, cautioned there",
     AREA_EFFECTS,
     HEAD("QAFXX") ITEMS
     "E) OPERATORS SHALL NOT ENTER FIR BOGOTA (SKED). OPERATORS SHOULD EXERCISE CAUTION IN FIR CURACAO (TNCF).",
     {"prohibited advisory"},
     {0}},
    {"closed area",
     PLAIN,
     HEAD("QRTCA") ITEMS
     "E) AIRSPACE CLSD WI 5NM RADIUS OF 100000N 0660000W DUE MIL EXER.\nF) SFC G) FL195",
     {"A0001/26: Venezuela closes the airspace within 5 nautical miles of 10\xC2\xB0"
      "00'N 066\xC2\xB0"
      "00'W",
      "from the surface up to flight level 195",
      "from 1 January 2026 06:00 to 2 January 2026 06:00 UTC",
      "The reason given is military exercise."},
     {"CLSD", "MIL ", " WI "}},
    {"information keeps the words",
     PLAIN,
     HEAD("QMRXX") ITEMS "E) RWY 09/27 THR LGT U/S DUE WIP. CTC TWR.",
     {"Venezuela gives notice", "runway 09/27 threshold lights unserviceable due work in progress",
      "contact tower"},
     {"RWY", "U/S", "closes"}},
    {"whom an order is for",
     PLAIN,
     HEAD("QAFLP") ITEMS
     "E) ACFT REGISTERED IN SPAIN ARE PROHIBITED TO ENTER THE MAIQUETIA FIR EXC HUM FLT.",
     {"prohibits flight by aircraft registered in Spain", "Exceptions: humanitarian flight."},
     {"everyone", "HUM", "EXC"}},
    {"advice is no order",
     PLAIN,
     HEAD("QAFXX") ITEMS "E) OPERATORS ARE ADVISED TO EXERCISE CAUTION IN THE BOGOTA FIR (SKED)",
     {"to exercise caution", "in the flight information region SKED"},
     {"prohibits", "closes", NULL}},
    {"the speaker is named",
     PLAIN,
     HEAD("QAFXX") ITEMS
     "E) THE GOVERNMENT OF THE UNITED STATES OF AMERICA HAS ISSUED AN ADVISORY. IT IS "
     "RECOMMENDED THAT OPERATORS EXERCISE CAUTION IN BOGOTA FIR (SKED)",
     {"Venezuela, repeating the United States, advises"},
     {0}},
    {"what has no place says so",
     PLAIN,
     HEAD("QRDCA") ITEMS "E) DANGER AREA XQD99 ACT\nF) SFC G) 5000FT AMSL",
     {"could not be resolved", "5000 feet above sea level"},
     {0}},
    {"a cancellation",
     PLAIN,
     "A0002/26 NOTAMC A0001/26\nQ) SVZM/QRTCN/IV/NBO/E/000/999/1036N06659W999\nA) SVZM B) 2601010600\nE) X",
     {"cancels A0001/26"},
     {0}},
    {"schedule in words",
     PLAIN,
     HEAD(
         "QWMLW") "A) SVZM B) 2601010600 C) 2601092000\nD) MON-FRI 0800-1600\nE) GUN FRNG WI 1NM RADIUS OF "
                  "100000N 0660000W",
     {"missile, gun or rocket firing within 1 nautical mile of",
      "active Monday-Friday 08:00 to 16:00"},
     {"0800-1600", "MON-FRI", NULL}},
};

static const ovf_world *world;

static void check_plain(const struct row *row, const ovf_notice *n, ovf_arena *arena)
{
    ovf_str out = {0};
    assert_int_equal(ovf_notice_plain(n, arena, &out), OVF_OK);
    for (size_t i = 0; i < OVF_COUNTOF(row->has) && row->has[i] != NULL; i++) {
        if (ovf_str_find(out, 0, ovf_str_of(row->has[i])) == OVF_NOPOS)
            fail_msg("lacks \"%s\": %.*s", row->has[i], OVF_ARG(out));
    }
    for (size_t i = 0; i < OVF_COUNTOF(row->lacks) && row->lacks[i] != NULL; i++) {
        if (ovf_str_find(out, 0, ovf_str_of(row->lacks[i])) != OVF_NOPOS)
            fail_msg("holds \"%s\": %.*s", row->lacks[i], OVF_ARG(out));
    }
}

static void speaks(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice *n = NULL;
    size_t count = 0;
    assert_int_equal(
        ovf_notice_read(world, ovf_str_of(row->record), NULL, &arena, &n, &count, NULL), OVF_OK);
    assert_int_equal(count, 1);
    line got = {.len = 0};
    switch (row->what) {
    case CODE: put(&got, "%.*s: %.*s", OVF_ARG(n->subject), OVF_ARG(n->condition)); break;
    case RELAYED:
        put(&got, "%s%.*s, %.*s, %.*s", n->relayed.span.len == 0 ? " " : "",
            OVF_ARG(n->relayed.state), OVF_ARG(n->relayed.office), OVF_ARG(n->relayed.id));
        break;
    case AREA_EFFECTS:
        for (size_t i = 0; i < n->area_count; i++)
            put(&got, "%s%s", i == 0 ? "" : " ",
                ovf_effect_name(n->areas[i].effect == OVF_EFFECT_UNKNOWN ? n->effect
                                                                         : n->areas[i].effect));
        break;
    case PLAIN: check_plain(row, n, &arena); break;
    }
    if (row->what != PLAIN)
        assert_string_equal(got.text, row->has[0]);
    ovf_arena_done(&arena);
}

int main(int argc, char **argv)
{
    ovf_error err = {0};
    ovf_world *opened = NULL;
    if (argc < 2 || ovf_world_open(argv[1], &opened, &err) != OVF_OK) {
        fprintf(stderr, "words: no world: %s\n", err.reason);
        return 1;
    }
    world = opened;
    struct CMUnitTest tests[OVF_COUNTOF(rows)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, speaks, NULL, NULL, &rows[i]};
    int failed = _cmocka_run_group_tests("words", tests, OVF_COUNTOF(tests), NULL, NULL);
    ovf_world_free(opened);
    return failed;
}
