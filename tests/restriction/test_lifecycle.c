/* SPDX-License-Identifier: Apache-2.0 */
/* The state of every notice of a set, restricting or not, whatever the order of arrival: broken
 * references, missing links, checklists, bulletins. Each row is read in every order.
 * Doc 8126 ch. 6, Doc 10066 App. 3, Annex 15 6.3. */
#include "picture.h"

#define Q(code) "Q) SVZM/" code "/IV/NBO/W/000/999/0735N07015W060\nA) SVZM "
#define AREA \
    "E) AIRSPACE CLOSED WI AREA 0750N07130W 0750N06930W 0720N06900W 0720N07100W F) SFC G) UNL"
#define MADE(text) "\nCREATED: " text
#define N(id, from, until) id " NOTAMN\n" Q("QRPCA") "B) " from " C) " until "\n" AREA
#define R(id, old, from, until) id " NOTAMR " old "\n" Q("QRPCA") "B) " from " C) " until "\n" AREA
#define C(id, old, from) id " NOTAMC " old "\n" Q("QRPCA") "B) " from "\nE) AIRSPACE OPEN, CNL"
#define LIST(id, from, text)                                                   \
    id " NOTAMN\nQ) SVZM/QKKKK/K/K/K/000/999/0735N07015W999\nA) SVZM B) " from \
       " C) 2601312359 EST\nE) CHECKLIST\n" text "\nLATEST PUBLICATIONS AIP AMDT 0450"
#define LIST_R(id, old, from, text)                                                    \
    id " NOTAMR " old "\nQ) SVZM/QKKKK/K/K/K/000/999/0735N07015W999\nA) SVZM B) " from \
       " C) 2602282359 EST\nE) CHECKLIST\n" text

#define YEAR_END "2512312359"
/* Two offices of one State that count each for itself, told apart by FIR and place. */
#define BOMBAY                                                                      \
    "A0100/25 NOTAMN\nQ) VABF/QRPCA/IV/NBO/W/000/999/1900N07200E020\nA) VABF "      \
    "B) 2511010000 C) 2512312359\nE) AIRSPACE CLOSED WI 20NM RADIUS OF 1900N07200E" \
    " F) SFC G) UNL\nSOURCE: VABBYNYX"
#define CHENNAI_C                                                               \
    "A0101/25 NOTAMC A0100/25\nQ) VOMF/QRPCA/IV/NBO/W/000/999/1300N08000E020\n" \
    "A) VOMF B) 2511050000\nE) AIRSPACE OPEN, CNL\nSOURCE: VOMMYNYX"
#define BULLETIN(known) "# complete: VEN\n# known: " known "\n"

static struct row {
    const char *name;
    const char *documents[5];
    const char *id; /* asked about */
    const char *when;
    const char *life;
    const char *missing;
    const char *odd;
} rows[] = {
    {"a cancellation of nothing is kept",
     {C("A0102/25", "A0099/25", "2511050000")},
     "A0102/25",
     "2025-11-06",
     "active",
     "A0099/25",
     NULL},
    {"dead on arrival",
     {N("A0100/25", "2511100000", YEAR_END), C("A0102/25", "A0100/25", "2511050000")},
     "A0100/25",
     "2025-11-11",
     "cancelled",
     NULL,
     NULL},
    {"dead before it began, but not before it was cancelled",
     {N("A0100/25", "2511100000", YEAR_END), C("A0102/25", "A0100/25", "2511050000")},
     "A0100/25",
     "2025-11-04",
     "future",
     NULL,
     NULL},
    {"the middle is missing: the gap is told",
     {N("A0100/25", "2511010000", YEAR_END), R("A0120/25", "A0110/25", "2511200000", YEAR_END)},
     "A0120/25",
     "2025-11-25",
     "active",
     "A0110/25",
     NULL},
    {"a replacement of the future leaves the old one until then",
     {N("A0100/25", "2511010000", YEAR_END), R("A0110/25", "A0100/25", "2512010000", YEAR_END)},
     "A0100/25",
     "2025-11-25",
     "active",
     NULL,
     NULL},
    {"and ends it then",
     {N("A0100/25", "2511010000", YEAR_END), R("A0110/25", "A0100/25", "2512010000", YEAR_END)},
     "A0100/25",
     "2025-12-02",
     "replaced",
     NULL,
     NULL},
    {"over the turn of the year",
     {N("A9998/25", "2512010000", "2603312359"), C("A0001/26", "A9998/25", "2601010600")},
     "A9998/25",
     "2026-01-02",
     "cancelled",
     NULL,
     NULL},
    {"names itself",
     {C("A0100/25", "A0100/25", "2511050000")},
     "A0100/25",
     "2025-11-06",
     "active",
     NULL,
     "it names itself"},
    {"a number that was not yet given ends nothing",
     {N("A0200/25", "2511010000", YEAR_END), C("A0150/25", "A0200/25", "2511050000")},
     "A0200/25",
     "2025-11-06",
     "active",
     NULL,
     NULL},
    {"a circle of two lets nobody go",
     {R("A0300/25", "B0300/25", "2511010000", YEAR_END),
      R("B0300/25", "A0300/25", "2511020000", YEAR_END)},
     "A0300/25",
     "2025-11-20",
     "active",
     NULL,
     "the references go round in a circle"},
    {"short and long form of one number",
     {N("A0012/25", "2511010000", YEAR_END), C("A0013/25", "A12/25", "2511050000")},
     "A0012/25",
     "2025-11-06",
     "cancelled",
     NULL,
     NULL},
    {"another series is another count",
     {N("B0012/25", "2511010000", YEAR_END), C("A0013/25", "A0012/25", "2511050000")},
     "B0012/25",
     "2025-11-06",
     "active",
     NULL,
     NULL},
    {"two offices of one State count each for itself",
     {BOMBAY, CHENNAI_C},
     "A0100/25",
     "2025-11-06",
     "active",
     NULL,
     NULL},
    {"a corrected text counts, and its end",
     {N("A0100/25", "2511010000", "2511022359") MADE("01 NOV 2025 00:01"),
      N("A0100/25", "2511010000", "2511302359") MADE("01 NOV 2025 03:01")},
     "A0100/25",
     "2025-11-05",
     "active",
     NULL,
     NULL},
    {"not in the checklist",
     {N("A0100/25", "2511010000", YEAR_END), LIST("A0150/25", "2511150000", "YEAR=2025 0090 0101")},
     "A0100/25",
     "2025-11-16",
     "unknown_not_in_checklist",
     NULL,
     NULL},
    {"before that checklist",
     {N("A0100/25", "2511010000", YEAR_END), LIST("A0150/25", "2511150000", "YEAR=2025 0090 0101")},
     "A0100/25",
     "2025-11-14",
     "active",
     NULL,
     NULL},
    {"in the checklist",
     {N("A0100/25", "2511010000", YEAR_END), LIST("A0150/25", "2511150000", "YEAR=2025 0090 0100")},
     "A0100/25",
     "2025-11-16",
     "active",
     NULL,
     NULL},
    {"the checklist is of another series",
     {N("A0100/25", "2511010000", YEAR_END),
      LIST("B0150/25", "2511150000", "SERIES B YEAR=2025 0090")},
     "A0100/25",
     "2025-11-16",
     "active",
     NULL,
     NULL},
    {"issued after the checklist",
     {N("A0160/25", "2511010000", YEAR_END), LIST("A0150/25", "2511150000", "YEAR=2025 0090")},
     "A0160/25",
     "2025-11-16",
     "active",
     NULL,
     NULL},
    {"a checklist that says NIL",
     {N("A0100/25", "2511010000", YEAR_END), LIST("A0150/25", "2511150000", "NIL")},
     "A0100/25",
     "2025-11-16",
     "unknown_not_in_checklist",
     NULL,
     NULL},
    {"a checklist that cannot be read says nothing",
     {N("A0100/25", "2511010000", YEAR_END), LIST("A0150/25", "2511150000", "SEE WEB SITE")},
     "A0100/25",
     "2025-11-16",
     "active",
     NULL,
     NULL},
    {"the next checklist names it again",
     {N("A0100/25", "2511010000", YEAR_END), LIST("A0150/25", "2511150000", "YEAR=2025 0090"),
      LIST_R("A0180/25", "A0150/25", "2512010000", "YEAR=2025 0100 0150")},
     "A0100/25",
     "2025-12-02",
     "active",
     NULL,
     NULL},
    {"cancelled all the same",
     {N("A0100/25", "2511010000", YEAR_END), LIST("A0150/25", "2511150000", "YEAR=2025 0090"),
      C("A0155/25", "A0100/25", "2511200000")},
     "A0100/25",
     "2025-11-21",
     "cancelled",
     NULL,
     NULL},
    {"an older year is in a section of its own",
     {N("A0700/24", "2411010000", "PERM"),
      LIST("A0150/25", "2511150000", "YEAR=2024 0700 0701 YEAR=2025 0090")},
     "A0700/24",
     "2025-11-16",
     "active",
     NULL,
     NULL},
    {"vanished from a bulletin",
     {BULLETIN("2025-11-10T08:00Z")
          N("A0100/25", "2511010000", YEAR_END) "\n\n" N("A0101/25", "2511010000", YEAR_END),
      BULLETIN("2025-11-10T09:00Z") N("A0101/25", "2511010000", YEAR_END)},
     "A0100/25",
     "2025-11-10T09:30Z",
     "vanished",
     NULL,
     NULL},
    {"still there",
     {BULLETIN("2025-11-10T08:00Z")
          N("A0100/25", "2511010000", YEAR_END) "\n\n" N("A0101/25", "2511010000", YEAR_END),
      BULLETIN("2025-11-10T09:00Z") N("A0101/25", "2511010000", YEAR_END)},
     "A0101/25",
     "2025-11-10T09:30Z",
     "active",
     NULL,
     NULL},
    {"gone for an hour and back",
     {BULLETIN("2025-11-10T08:00Z") N("A0100/25", "2511010000", YEAR_END),
      BULLETIN("2025-11-10T09:00Z") N("A0101/25", "2511010000", YEAR_END),
      BULLETIN("2025-11-10T10:00Z") N("A0100/25", "2511010000", YEAR_END)},
     "A0100/25",
     "2025-11-10T10:30Z",
     "active",
     NULL,
     NULL},
    {"gone because it expired",
     {BULLETIN("2025-11-10T08:00Z") N("A0100/25", "2511010000", "2511100830"),
      BULLETIN("2025-11-10T09:00Z") N("A0101/25", "2511010000", YEAR_END)},
     "A0100/25",
     "2025-11-10T09:30Z",
     "expired",
     NULL,
     NULL},
    {"gone because it was replaced",
     {BULLETIN("2025-11-10T08:00Z") N("A0100/25", "2511010000", YEAR_END),
      BULLETIN("2025-11-10T09:00Z") R("A0105/25", "A0100/25", "2511100845", YEAR_END)},
     "A0100/25",
     "2025-11-10T09:30Z",
     "replaced",
     NULL,
     NULL},
};

static size_t find(const ovf_picture *picture, const char *id)
{
    for (size_t i = 0; i < ovf_picture_notice_count(picture); i++) {
        if (ovf_str_eq(ovf_picture_notice(picture, i, NULL)->id, ovf_str_of(id))
            && !ovf_picture_standing(picture, i)->is_superseded)
            return i;
    }
    return SIZE_MAX;
}

static void check(const struct row *row, const size_t *order, size_t count)
{
    ovf_time when = at(row->when);
    ovf_picture *picture = new_picture(OVF_TIME_OPEN, true, when);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(add(picture, row->documents[order[i]]), OVF_OK);
    assert_int_equal(ovf_picture_settle(picture, NULL), OVF_OK);
    size_t index = find(picture, row->id);
    assert_int_not_equal(index, SIZE_MAX);
    const ovf_standing *standing = ovf_picture_standing(picture, index);
    assert_string_equal(ovf_life_name(ovf_picture_notice_life(picture, index, when)), row->life);
    assert_true(ovf_str_eq(standing->missing, ovf_str_of(row->missing)));
    if (row->odd == NULL)
        assert_null(standing->odd);
    else
        assert_string_equal(standing->odd, row->odd);
    ovf_picture_free(picture);
}

/* Heap's permutations: every order of arrival. */
static void every_order(const struct row *row, size_t *order, size_t count, size_t left)
{
    if (left <= 1) {
        check(row, order, count);
        return;
    }
    for (size_t i = 0; i < left; i++) {
        every_order(row, order, count, left - 1);
        size_t j = left % 2 == 0 ? i : 0;
        size_t held = order[j];
        order[j] = order[left - 1];
        order[left - 1] = held;
    }
}

static void lives(void **state)
{
    const struct row *row = *state;
    size_t order[] = {0, 1, 2, 3, 4};
    size_t count = 0;
    while (count < OVF_COUNTOF(order) && row->documents[count] != NULL)
        count++;
    every_order(row, order, count, count);
}

/* ---- one picture out of every order ---- */

/* Originals, replacements, cancellations, an estimated end, missing links, a number twice. */
static const char *const mixed[] = {
    N("A0100/25", "2511010000", YEAR_END),
    R("A0110/25", "A0100/25", "2511050000", "2511202359 EST"),
    R("A0130/25", "A0120/25", "2511080000", YEAR_END),
    C("A0140/25", "A0110/25", "2511250000"),
    N("A0139/25", "2511100000", YEAR_END) MADE("10 NOV 2025 00:00"),
    N("A0139/25", "2511100000", "2511110000") MADE("10 NOV 2025 01:00"),
};

static void describe(const ovf_picture *picture, ovf_buf *out)
{
    static const char *const ids[] = {"A0100/25", "A0110/25", "A0130/25", "A0140/25", "A0139/25"};
    for (size_t i = 0; i < OVF_COUNTOF(ids); i++) {
        size_t index = find(picture, ids[i]);
        const ovf_standing *standing = ovf_picture_standing(picture, index);
        ovf_buf_printf(out, "%s %lld %lld " OVF_FMT " " OVF_FMT " %d", ids[i],
                       (long long)standing->in_force.from, (long long)standing->in_force.until,
                       OVF_ARG(standing->ended_by), OVF_ARG(standing->missing),
                       standing->has_variant);
        for (ovf_time t = at("2025-10-30"); t < at("2025-12-05"); t += OVF_DAY_S / 2)
            ovf_buf_printf(out, " %s", ovf_life_name(ovf_picture_notice_life(picture, index, t)));
        ovf_buf_printf(out, "\n");
    }
}

static void one_picture(const size_t *order, ovf_buf *out)
{
    ovf_picture *picture = new_picture(OVF_TIME_OPEN, true, at("2025-11-15"));
    for (size_t i = 0; i < OVF_COUNTOF(mixed); i++)
        assert_int_equal(add(picture, mixed[order[i]]), OVF_OK);
    assert_int_equal(ovf_picture_settle(picture, NULL), OVF_OK);
    describe(picture, out);
    ovf_picture_free(picture);
}

static size_t tried;

static void same_in_every_order(size_t *order, size_t left, const ovf_buf *first)
{
    if (left <= 1) {
        ovf_buf out = {0};
        one_picture(order, &out);
        tried++;
        assert_true(ovf_str_eq(ovf_buf_str(&out), ovf_buf_str(first)));
        ovf_buf_done(&out);
        return;
    }
    for (size_t i = 0; i < left; i++) {
        same_in_every_order(order, left - 1, first);
        size_t j = left % 2 == 0 ? i : 0;
        size_t held = order[j];
        order[j] = order[left - 1];
        order[left - 1] = held;
    }
}

static void order_decides_nothing(void **state)
{
    size_t order[] = {0, 1, 2, 3, 4, 5};
    ovf_buf first = {0};
    OVF_UNUSED(state);
    one_picture(order, &first);
    same_in_every_order(order, OVF_COUNTOF(order), &first);
    assert_int_equal(tried, 720);
    ovf_buf_done(&first);
}

/* ---- what the answer makes of doubt ---- */

static void doubt_is_no_opening(void **state)
{
    OVF_UNUSED(state);
    ovf_picture *picture = new_picture(OVF_TIME_OPEN, true, at("2025-11-16"));
    assert_int_equal(add(picture, N("A0100/25", "2511010000", YEAR_END)), OVF_OK);
    assert_int_equal(add(picture, LIST("A0150/25", "2511150000", "YEAR=2025 0090")), OVF_OK);
    assert_int_equal(ovf_picture_settle(picture, NULL), OVF_OK);
    ovf_query query = {.at = at("2025-11-16")};
    assert_int_equal(ovf_world_find(world, OVF_STR("7.6,-70.2"), &query.place, NULL), OVF_OK);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_answer answer = {0};
    assert_int_equal(ovf_picture_status(picture, &query, &arena, &answer, NULL), OVF_OK);
    assert_string_equal(ovf_legal_name(answer.legal), "unknown");
    assert_int_equal(answer.because_count, 1);
    assert_string_equal(ovf_life_name(answer.because[0].life), "unknown_not_in_checklist");
    assert_int_not_equal(
        ovf_str_find(answer.because[0].restriction->standing->doubt_why, 0, OVF_STR("A0150/25")),
        OVF_NOPOS);
    ovf_arena_done(&arena);
    ovf_picture_free(picture);
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 2] = {0};
    if (argc != 2)
        return 2;
    world_path = argv[1];
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, lives, NULL, NULL, &rows[i]};
    tests[OVF_COUNTOF(rows)] =
        (struct CMUnitTest){"720 orders of six messages", order_decides_nothing, NULL, NULL, NULL};
    tests[OVF_COUNTOF(rows) + 1] =
        (struct CMUnitTest){"doubt is never an opening", doubt_is_no_opening, NULL, NULL, NULL};
    return _cmocka_run_group_tests("restriction-lifecycle", tests, OVF_COUNTOF(tests), open_all,
                                   close_all);
}
