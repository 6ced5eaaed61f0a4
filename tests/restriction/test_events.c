/* SPDX-License-Identifier: Apache-2.0 */
/* Notices about one happening, and what became of each from one bulletin to the next. */
#include "picture.h"

#define N(id, fir, from, until, text)                                                  \
    id " NOTAMN\nQ) " fir "/QRDCA/IV/BO/W/000/999/0735N07015W060\nA) " fir " B) " from \
       " C) " until "\nE) " text "\nF) SFC G) UNL\n\n"
#define SQUARE "DANGER AREA ACT WI 0750N07130W 0750N06930W 0720N06930W 0720N07130W 0750N07130W"
#define NEARLY "PROHIBITED AREA WI 0751N07131W 0750N06930W 0720N06931W 0719N07130W 0751N07131W"
#define BESIDE "DANGER AREA ACT WI 0750N06930W 0750N06730W 0720N06730W 0720N06930W 0750N06930W"
#define WORDS \
    "AVOID THE NORTHERN PART OF THE REGION, HEAVY SMOKE OF FOREST FIRES UP TO THE TROPOPAUSE"
#define DROP_ZONE \
    "DANGER AREA ACT WI 1450N06130W 1450N06030W 1420N06030W 1420N06130W 1450N06130W. FALLING DEBRIS OF A ROCKET."
#define LIFT_OFF "DANGER AREA ACT WI 0530N05250W 0530N05200W 0500N05200W 0500N05250W 0530N05250W"

static struct row {
    const char *name;
    const char *text;
    bool is_one; /* the first two belong together */
} rows[] = {
    {"one area told by two States",
     N("A0001/26", "SVZM", "2603011200", "2603011500", SQUARE)
         N("B0001/26", "SKED", "2603011200", "2603011500", NEARLY),
     true},
    {"one area at two times",
     N("A0001/26", "SVZM", "2603011200", "2603011500", SQUARE)
         N("B0001/26", "SKED", "2603021200", "2603021500", NEARLY),
     false},
    {"two areas at one time",
     N("A0001/26", "SVZM", "2603011200", "2603011900", SQUARE)
         N("B0001/26", "SKED", "2603011200", "2603011900", BESIDE),
     false},
    {"one text under two numbers",
     N("A0001/26", "SVZM", "2603011200", "2603051500", WORDS)
         N("C0009/26", "SVZM", "2603011200", "2603051500", WORDS),
     true},
    {"one text a month apart",
     N("A0001/26", "SVZM", "2603011200", "2603051500", WORDS)
         N("C0009/26", "SVZM", "2604011200", "2604051500", WORDS),
     false},
    {"a short text says nothing",
     N("A0001/26", "SVZM", "2603011200", "2603051500", "TRAINING")
         N("C0009/26", "SVZM", "2603011200", "2603051500", "TRAINING"),
     false},
    {"lift-off and drop zone of one launch",
     N("A0001/26", "SOOO", "2603011200", "2603011230", LIFT_OFF)
         N("B0001/26", "TTZP", "2603011210", "2603011250", DROP_ZONE),
     true},
    {"a launch of another hour",
     N("A0001/26", "SOOO", "2603011200", "2603011230", LIFT_OFF)
         N("B0001/26", "TTZP", "2603011310", "2603011350", DROP_ZONE),
     false},
    {"two short closures that speak of no launch",
     N("A0001/26", "SOOO", "2603011200", "2603011230", LIFT_OFF)
         N("B0001/26", "SVZM", "2603011210", "2603011250", BESIDE),
     false},
};

/* The id of the event that the notice belongs to; empty: none. */
static ovf_str event_of(const ovf_picture *picture, size_t notice)
{
    ovf_event event = {0};
    assert_int_equal(ovf_picture_event(picture, notice, &event, NULL), OVF_OK);
    assert_int_equal(event.id.len > 0, event.office.len > 0);
    return event.id;
}

static void groups(void **state)
{
    const struct row *row = *state;
    ovf_picture *picture = new_picture(OVF_TIME_OPEN, true, at("2026-03-01"));
    assert_int_equal(add(picture, row->text), OVF_OK);
    assert_int_equal(ovf_picture_settle(picture, NULL), OVF_OK);
    assert_int_equal(ovf_picture_notice_count(picture), 2);
    ovf_str a = event_of(picture, 0);
    ovf_str b = event_of(picture, 1);
    assert_true(ovf_str_eq(a, b)); // one event, or none
    assert_int_equal(a.len > 0, row->is_one);
    ovf_picture_free(picture);
}

/* ---- two issues of a bulletin ---- */

#define R(id, old, from, until)                                                          \
    id " NOTAMR " old "\nQ) SVZM/QRDCA/IV/BO/W/000/999/0735N07015W060\nA) SVZM B) " from \
       " C) " until "\nE) " SQUARE "\nF) SFC G) UNL\n\n"
#define C(id, old, from)                                                                 \
    id " NOTAMC " old "\nQ) SVZM/QRDXX/IV/BO/W/000/999/0735N07015W060\nA) SVZM B) " from \
       "\nE) CNL\n\n"
#define OLD(until) N("A0001/26", "SVZM", "2603011200", until, SQUARE)
#define STAYS N("A0005/26", "SVZM", "2603011200", "2603301200", SQUARE)

static struct change_row {
    const char *name;
    const char *before;
    const char *after;
    const char *change; /* of A0001/26, at 10 March 09:00 */
    const char *by;
} changes[] = {
    {"stays", OLD("2603301200") STAYS, STAYS OLD("2603301200"), "same", ""},
    {"ends later now", OLD("2603301200") STAYS, STAYS OLD("2603311200"), "altered", ""},
    {"new", STAYS, STAYS OLD("2603301200"), "new", ""},
    {"expired", OLD("2603100830") STAYS, STAYS, "expired", ""},
    {"an estimated end does not expire", OLD("2603100830 EST") STAYS, STAYS, "vanished", ""},
    {"gone before its end", OLD("2603301200") STAYS, STAYS, "vanished", ""},
    {"permanent, and gone", OLD("PERM") STAYS, STAYS, "vanished", ""},
    {"replaced", OLD("2603301200") STAYS,
     STAYS R("A0009/26", "A0001/26", "2603100845", "2603301200"), "replaced", "A0009/26"},
    {"cancelled", OLD("2603301200") STAYS, STAYS C("A0009/26", "A0001/26", "2603100845"),
     "cancelled", "A0009/26"},
    {"twice in one issue", OLD("2603301200") OLD("2603301200") STAYS, STAYS OLD("2603301200"),
     "same", ""},
};

static void becomes(void **state)
{
    const struct change_row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice *before = NULL;
    ovf_notice *after = NULL;
    ovf_notice_change *list = NULL;
    size_t before_count = 0;
    size_t after_count = 0;
    size_t count = 0;
    assert_int_equal(
        ovf_notice_read(world, ovf_str_of(row->before), NULL, &arena, &before, &before_count, NULL),
        OVF_OK);
    assert_int_equal(
        ovf_notice_read(world, ovf_str_of(row->after), NULL, &arena, &after, &after_count, NULL),
        OVF_OK);
    assert_int_equal(ovf_notice_changes(before, before_count, after, after_count,
                                        at("2026-03-10T09:00Z"), &arena, &list, &count, NULL),
                     OVF_OK);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const ovf_notice *notice = list[i].after != NULL ? list[i].after : list[i].before;
        if (!ovf_str_eq(notice->id, OVF_STR("A0001/26")))
            continue;
        found++;
        assert_string_equal(ovf_change_name(list[i].change), row->change);
        assert_true(
            ovf_str_eq(list[i].by == NULL ? OVF_STR("") : list[i].by->id, ovf_str_of(row->by)));
    }
    assert_int_equal(found, 1);
    ovf_arena_done(&arena);
}

/* ---- how a document says that it is complete ---- */

static void says_complete(void **state)
{
    OVF_UNUSED(state);
    ovf_document_header named = ovf_document_header_read(
        OVF_STR("# complete: GBR IRL\n# known: 2026-03-01T08:00Z\nA0001/26"));
    assert_true(ovf_str_eq(named.complete, OVF_STR("GBR IRL")));
    ovf_document_header full = ovf_document_header_read(
        OVF_STR("<?xml version=\"1.0\"?><Pib PIBType=\"F\" PIBId=\"12\"><AreaPIBHeader>"
                "<ProfileId>77</ProfileId><Issued>2026-03-01T08:00:05+00:00</Issued>"));
    assert_true(ovf_str_eq(full.complete, OVF_STR("77")));
    assert_int_equal(full.known, at("2026-03-01T08:00:05Z"));
    ovf_document_header update = ovf_document_header_read(OVF_STR(
        "<Pib PIBType=\"U\"><ProfileId>77</ProfileId><Issued>2026-03-01T08:00:05Z</Issued>"));
    assert_int_equal(update.complete.len, 0);
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(changes) + 1] = {0};
    size_t count = 0;
    if (argc != 2)
        return 2;
    world_path = argv[1];
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[count++] = (struct CMUnitTest){rows[i].name, groups, NULL, NULL, &rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(changes); i++)
        tests[count++] = (struct CMUnitTest){changes[i].name, becomes, NULL, NULL, &changes[i]};
    tests[count++] =
        (struct CMUnitTest){"complete by header or envelope", says_complete, NULL, NULL, NULL};
    return _cmocka_run_group_tests("restriction-events", tests, count, open_all, close_all);
}
