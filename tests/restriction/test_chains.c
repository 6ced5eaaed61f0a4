/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of a notice: replaced at the item B of its successor, cancelled, overrun, dead on
 * arrival. Every case is read in every order of arrival. Doc 8126 ch. 6, Doc 10066 App. 3. */
#include "picture.h"

#define BODY " F) SFC G) UNL"
#define AREA "E) AIRSPACE CLOSED WI AREA 0750N07130W 0750N06930W 0720N06900W 0720N07100W"
#define Q "Q) SVZM/QRPCA/IV/NBO/W/000/999/0735N07015W060\nA) SVZM "
/* A, replaced by B at its own start, replaced by C. */
#define A "A0100/25 NOTAMN\n" Q "B) 2511010000 C) 2512312359\n" AREA BODY
#define A_EST "A0100/25 NOTAMN\n" Q "B) 2511010000 C) 2511052359 EST\n" AREA BODY
#define B "A0110/25 NOTAMR A0100/25\n" Q "B) 2511101200 C) 2512312359\n" AREA BODY
#define C "A0120/25 NOTAMR A0110/25\n" Q "B) 2511201200 C) 2512312359\n" AREA BODY
#define CNL_A "A0130/25 NOTAMC A0100/25\n" Q "B) 2511080600\nE) AIRSPACE OPEN, CNL"
#define CNL_B "A0131/25 NOTAMC A0110/25\n" Q "B) 2511150600\nE) AIRSPACE OPEN, CNL"
#define A_LATER \
    "A0100/25 NOTAMN\n" Q "B) 2511010000 C) 2511022359\n" AREA BODY "\nCREATED: 01 NOV 2025 06:00"
#define A_EARLIER \
    "A0100/25 NOTAMN\n" Q "B) 2511010000 C) 2512312359\n" AREA BODY "\nCREATED: 31 OCT 2025 06:00"
#define OTHER_OFFICE                                                                    \
    "A0110/25 NOTAMR A0100/25\nQ) SKED/QRPCA/IV/NBO/W/000/999/0500N07300W060\nA) SKED " \
    "B) 2511101200 C) 2512312359\nE) AIRSPACE CLOSED WI 10NM RADIUS OF 0500N07300W" BODY

static struct row {
    const char *name;
    const char *documents[4];
    const char *id; /* asked about */
    const char *when;
    ovf_life life;
    const char *ended_by;
} rows[] = {
    {"alone, before", {A}, "A0100/25", "2025-10-31T12:00Z", OVF_LIFE_FUTURE, ""},
    {"alone, within", {A}, "A0100/25", "2025-11-05T12:00Z", OVF_LIFE_ACTIVE, ""},
    {"alone, after", {A}, "A0100/25", "2026-01-02T12:00Z", OVF_LIFE_EXPIRED, ""},
    {"estimated end passed", {A_EST}, "A0100/25", "2025-11-20T12:00Z", OVF_LIFE_OVERRUN_EST, ""},
    {"estimated, before its end", {A_EST}, "A0100/25", "2025-11-03T12:00Z", OVF_LIFE_ACTIVE, ""},
    {"to be replaced", {A, B}, "A0100/25", "2025-11-10T11:59Z", OVF_LIFE_ACTIVE, "A0110/25"},
    {"replaced at item B", {A, B}, "A0100/25", "2025-11-10T12:00Z", OVF_LIFE_REPLACED, "A0110/25"},
    {"the replacement takes over", {A, B}, "A0110/25", "2025-11-10T12:00Z", OVF_LIFE_ACTIVE, ""},
    {"a chain of three, the first",
     {A, B, C},
     "A0100/25",
     "2025-11-25T12:00Z",
     OVF_LIFE_REPLACED,
     "A0110/25"},
    {"a chain of three, the second",
     {A, B, C},
     "A0110/25",
     "2025-11-25T12:00Z",
     OVF_LIFE_REPLACED,
     "A0120/25"},
    {"a chain of three, the last", {A, B, C}, "A0120/25", "2025-11-25T12:00Z", OVF_LIFE_ACTIVE, ""},
    {"a gap: the middle is missing", {A, C}, "A0120/25", "2025-11-25T12:00Z", OVF_LIFE_ACTIVE, ""},
    {"cancelled", {A, CNL_A}, "A0100/25", "2025-11-08T06:00Z", OVF_LIFE_CANCELLED, "A0130/25"},
    {"not yet cancelled", {A, CNL_A}, "A0100/25", "2025-11-08T05:59Z", OVF_LIFE_ACTIVE, "A0130/25"},
    {"an overrun one is cancelled",
     {A_EST, CNL_A},
     "A0100/25",
     "2025-11-08T06:00Z",
     OVF_LIFE_CANCELLED,
     "A0130/25"},
    {"cancelling the replacement revives nobody",
     {A, B, CNL_B},
     "A0100/25",
     "2025-11-16T12:00Z",
     OVF_LIFE_REPLACED,
     "A0110/25"},
    {"the cancelled replacement",
     {A, B, CNL_B},
     "A0110/25",
     "2025-11-16T12:00Z",
     OVF_LIFE_CANCELLED,
     "A0131/25"},
    {"of one id twice the newest CREATED wins",
     {A_EARLIER, A_LATER},
     "A0100/25",
     "2025-11-05T12:00Z",
     OVF_LIFE_EXPIRED,
     ""},
    {"numbers are an office's own",
     {A, OTHER_OFFICE},
     "A0100/25",
     "2025-11-15T12:00Z",
     OVF_LIFE_ACTIVE,
     ""},
};

static const ovf_restriction *find(const ovf_picture *picture, const char *id)
{
    const ovf_restriction *found = NULL;
    for (size_t i = 0; i < ovf_picture_restriction_count(picture); i++) {
        const ovf_restriction *r = ovf_picture_restriction(picture, i);
        if (!ovf_str_eq(r->id, ovf_str_of(id)))
            continue;
        if (found != NULL)
            fail_msg("%s twice", id);
        found = r;
    }
    return found;
}

static void check(const struct row *row, const size_t *order, size_t count)
{
    ovf_picture *picture = new_picture(OVF_TIME_OPEN, true, at(row->when));
    for (size_t i = 0; i < count; i++)
        assert_int_equal(add(picture, row->documents[order[i]]), OVF_OK);
    assert_int_equal(ovf_picture_settle(picture, NULL), OVF_OK);
    const ovf_restriction *r = find(picture, row->id);
    if (r == NULL)
        fail_msg("no restriction %s", row->id);
    assert_string_equal(ovf_life_name(ovf_restriction_life(r, at(row->when))),
                        ovf_life_name(row->life));
    assert_true(ovf_str_eq(r->ended_by, ovf_str_of(row->ended_by)));
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
    size_t order[] = {0, 1, 2, 3};
    size_t count = 0;
    while (count < 4 && row->documents[count] != NULL)
        count++;
    every_order(row, order, count, count);
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows)] = {0};
    if (argc != 2)
        return 2;
    world_path = argv[1];
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, lives, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("restriction-chains", tests, OVF_COUNTOF(tests), open_all,
                                   close_all);
}
