/* SPDX-License-Identifier: Apache-2.0 */
/* A picture made from another one answers as one made anew does, whatever came in which order, and the
 * other one goes on answering as it did. Documents are made by chance with fixed seeds: few numbers of
 * few offices, so that they meet: replacements, cancellations, texts that come twice, references to
 * what is not there, in circles and to themselves, checklists, bulletins, statements. And many threads
 * that ask one picture get the answers that one thread gets, however many read it. */
#include "picture.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define STEPS 24
#define DOCUMENT_BYTES 8192

struct chance {
    uint64_t state;
};

/* The middle of a linear congruential generator (Knuth, MMIX). */
static uint32_t next(struct chance *c, uint32_t below)
{
    c->state = c->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(c->state >> 33) % below;
}

static void put(char *out, const char *fmt, ...)
{
    size_t len = strlen(out);
    va_list args;
    va_start(args, fmt);
    int more = vsnprintf(out + len, DOCUMENT_BYTES - len, fmt, args);
    va_end(args);
    assert_true(more >= 0 && len + (size_t)more < DOCUMENT_BYTES);
}

static const char *const firs[] = {"SVZM", "SKED", "TTZP"};

static void put_area(struct chance *c, char *out)
{
    unsigned south = 700 + 10 * next(c, 5);
    unsigned west = 7000 + 10 * next(c, 5);
    put(out, "%s ACT WI %04uN%05uW %04uN%05uW %04uN%05uW %04uN%05uW %04uN%05uW%s",
        next(c, 2) == 0 ? "DANGER AREA" : "PROHIBITED AREA", south + 30, west + 30, south + 30,
        west, south, west, south, west + 30, south + 30, west + 30,
        next(c, 6) == 0 ? ". FALLING DEBRIS OF A ROCKET." : "");
}

static void put_notice(struct chance *c, char *out)
{
    const char *fir = firs[next(c, 3)];
    char series = next(c, 4) == 0 ? 'B' : 'A';
    uint32_t kind = next(c, 6); // half of them new
    put(out, "%c%04u/26 NOTAM%c", series, 1 + next(c, 12), kind < 3 ? 'N' : kind < 5 ? 'R' : 'C');
    if (kind >= 3)
        put(out, " %c%04u/26", next(c, 8) == 0 ? 'B' : 'A', 1 + next(c, 12));
    put(out, "\nQ) %s/QRDCA/IV/BO/W/000/999/0735N07015W060\nA) %s B) 2603%02u%02u00", fir, fir,
        1 + next(c, 6), next(c, 24));
    if (kind < 5)
        put(out, " C) 2603%02u2359%s", 7 + next(c, 6), next(c, 4) == 0 ? " EST" : "");
    put(out, "\nE) ");
    if (kind == 5)
        put(out, "DANGER AREA CANCELLED");
    else
        put_area(c, out);
    put(out, "\nF) SFC G) %s\n", next(c, 3) == 0 ? "FL200" : "UNL");
    if (next(c, 3) == 0)
        put(out, "CREATED: %02u Mar 2026 %02u:00:00\n", 1 + next(c, 6), next(c, 24));
    put(out, "\n");
}

static void put_checklist(struct chance *c, char *out)
{
    const char *fir = firs[next(c, 3)];
    put(out,
        "%c%04u/26 NOTAMN\nQ) %s/QKKKK/K/K/K/000/999/0735N07015W999\nA) %s B) 2603%02u0000"
        " C) 2604302359 EST\nE) CHECKLIST\nYEAR=2026",
        next(c, 4) == 0 ? 'B' : 'A', 10 + next(c, 9), fir, fir, 2 + next(c, 5));
    for (unsigned number = 1; number <= 12; number++) {
        if (next(c, 2) == 0)
            put(out, " %04u", number);
    }
    put(out, "\nLATEST PUBLICATIONS AIP AMDT 0450\n\n");
}

static void make_document(struct chance *c, unsigned step, bool has_bulletins, char *out)
{
    out[0] = '\0';
    put(out, "# known: 2026-03-%02uT%02u:%02uZ\n", 1 + step / 5, step % 5 * 4, next(c, 60));
    if (has_bulletins && next(c, 3) == 0)
        put(out, "# complete: %s\n", next(c, 2) == 0 ? "VEN COL" : "TTO");
    put(out, "\n");
    for (uint32_t left = 1 + next(c, 3); left > 0; left--) {
        if (next(c, 12) == 0)
            put_checklist(c, out);
        else
            put_notice(c, out);
    }
}

/* ---- what is compared ---- */

static void same_text(ovf_str a, ovf_str b)
{
    assert_int_equal(a.len, b.len);
    if (a.len > 0)
        assert_memory_equal(a.ptr, b.ptr, a.len);
}

static void same_standing(const ovf_standing *a, const ovf_standing *b)
{
    assert_true(a->in_force.from == b->in_force.from && a->in_force.until == b->in_force.until);
    assert_true(a->estimated_end == b->estimated_end && a->doubt_from == b->doubt_from);
    assert_int_equal(a->ended_is_cancel, b->ended_is_cancel);
    assert_int_equal(a->is_superseded, b->is_superseded);
    assert_int_equal(a->has_variant, b->has_variant);
    assert_int_equal(a->doubt, b->doubt);
    assert_true((a->odd == NULL) == (b->odd == NULL));
    same_text(ovf_str_of(a->odd), ovf_str_of(b->odd));
    same_text(a->ended_by, b->ended_by);
    same_text(a->missing, b->missing);
    same_text(a->doubt_why, b->doubt_why);
}

static void same_restrictions(const ovf_picture *a, const ovf_picture *b)
{
    assert_int_equal(ovf_picture_restriction_count(a), ovf_picture_restriction_count(b));
    for (size_t i = 0; i < ovf_picture_restriction_count(a); i++) {
        const ovf_restriction *x = ovf_picture_restriction(a, i);
        const ovf_restriction *y = ovf_picture_restriction(b, i);
        same_text(x->id, y->id);
        same_standing(x->standing, y->standing);
        assert_true(x->order == y->order && x->notice_index == y->notice_index);
        assert_true(x->in_force.from == y->in_force.from && x->in_force.until == y->in_force.until);
        assert_int_equal(x->band.upper_ft, y->band.upper_ft);
        assert_true(ovf_area_is_same(x->area, y->area));
        assert_true(ovf_picture_standing(a, x->notice_index) == x->standing);
    }
}

static void same_events(const ovf_picture *a, const ovf_picture *b)
{
    for (size_t i = 0; i < ovf_picture_notice_count(a); i++) {
        ovf_event x = {0};
        ovf_event y = {0};
        assert_int_equal(ovf_picture_event(a, i, &x, NULL), OVF_OK);
        assert_int_equal(ovf_picture_event(b, i, &y, NULL), OVF_OK);
        same_text(x.office, y.office);
        same_text(x.id, y.id);
    }
}

static ovf_answer ask(const ovf_picture *picture, const char *place, ovf_arena *arena)
{
    ovf_query query = {.at = at("2026-03-05T12:00Z")};
    ovf_answer answer = {0};
    assert_int_equal(ovf_world_find(world, ovf_str_of(place), &query.place, NULL), OVF_OK);
    assert_int_equal(ovf_picture_status(picture, &query, arena, &answer, NULL), OVF_OK);
    return answer;
}

static void same_answers(const ovf_picture *a, const ovf_picture *b)
{
    static const char *const places[] = {"SVZM", "7.7,-70.4", "TTPP"};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (size_t i = 0; i < OVF_COUNTOF(places); i++) {
        ovf_answer x = ask(a, places[i], &arena);
        ovf_answer y = ask(b, places[i], &arena);
        assert_int_equal(x.legal, y.legal);
        same_text(x.legal_why, y.legal_why);
        assert_int_equal(x.risk, y.risk);
        assert_int_equal(x.because_count, y.because_count);
        for (size_t k = 0; k < x.because_count; k++) {
            same_text(x.because[k].restriction->id, y.because[k].restriction->id);
            assert_int_equal(x.because[k].piece_count, y.because[k].piece_count);
            assert_int_equal(x.because[k].ruling.verdict, y.because[k].ruling.verdict);
            assert_int_equal(x.because[k].life, y.because[k].life);
        }
        assert_int_equal(x.contradiction_count, y.contradiction_count);
        assert_int_equal(x.freshness_count, y.freshness_count);
        for (size_t k = 0; k < x.freshness_count; k++)
            assert_true(x.freshness[k].latest == y.freshness[k].latest);
    }
    ovf_arena_done(&arena);
}

static void same_picture(const ovf_picture *a, const ovf_picture *b)
{
    assert_int_equal(ovf_picture_notice_count(a), ovf_picture_notice_count(b));
    for (size_t i = 0; i < ovf_picture_notice_count(a); i++) {
        same_standing(ovf_picture_standing(a, i), ovf_picture_standing(b, i));
        assert_int_equal(ovf_picture_notice_life(a, i, at("2026-03-05")),
                         ovf_picture_notice_life(b, i, at("2026-03-05")));
    }
    same_restrictions(a, b);
    same_events(a, b);
    same_answers(a, b);
}

/* ---- sequences ---- */

/* What chance has brought about, in all sequences. */
static struct {
    size_t superseded, odd, missing, ended, unlisted, vanished, events, parts;
} seen;

static void take_note(const ovf_picture *picture)
{
    for (size_t i = 0; i < ovf_picture_notice_count(picture); i++) {
        const ovf_standing *standing = ovf_picture_standing(picture, i);
        ovf_event event = {0};
        assert_int_equal(ovf_picture_event(picture, i, &event, NULL), OVF_OK);
        seen.superseded += standing->is_superseded;
        seen.odd += standing->odd != NULL;
        seen.missing += standing->missing.len > 0;
        seen.ended += standing->ended_by.len > 0;
        seen.unlisted += standing->doubt == OVF_LIFE_NOT_IN_CHECKLIST;
        seen.vanished += standing->doubt == OVF_LIFE_VANISHED;
        seen.events += event.id.len > 0;
        seen.parts += ovf_picture_notice(picture, i, NULL)->part_of > 1;
    }
}

static void met_all_there_is(void **state)
{
    OVF_UNUSED(state);
    assert_true(seen.superseded > 0 && seen.odd > 0 && seen.missing > 0 && seen.ended > 0);
    assert_true(seen.unlisted > 0 && seen.vanished > 0 && seen.events > 0 && seen.parts > 0);
}

static struct row {
    const char *name;
    uint64_t seed;
    bool has_bulletins;
    bool is_kept; /* every picture lives to the end; else each dies with the next one */
} rows[] = {
    {"notices, the old picture freed", 1, false, false},
    {"notices, all pictures kept", 2, false, true},
    {"more notices", 3, false, false},
    {"yet more notices", 4, false, true},
    {"bulletins, the old picture freed", 5, true, false},
    {"bulletins, all pictures kept", 6, true, true},
};

static ovf_picture *anew(char (*documents)[DOCUMENT_BYTES], size_t count)
{
    ovf_picture *picture = new_picture(OVF_TIME_OPEN, true, at("2026-03-05"));
    for (size_t i = 0; i < count; i++)
        assert_int_equal(add(picture, documents[i]), OVF_OK);
    assert_int_equal(ovf_picture_settle(picture, NULL), OVF_OK);
    return picture;
}

static void updates(void **state)
{
    const struct row *row = *state;
    static char documents[STEPS][DOCUMENT_BYTES];
    struct chance chance = {row->seed};
    ovf_picture *kept[STEPS] = {NULL};
    for (unsigned step = 0; step < STEPS; step++) {
        make_document(&chance, step, row->has_bulletins, documents[step]);
        if (step == 0) {
            kept[0] = anew(documents, 1);
            continue;
        }
        assert_int_equal(ovf_picture_from(kept[step - 1], &kept[step], NULL), OVF_OK);
        assert_int_equal(add(kept[step], documents[step]), OVF_OK);
        assert_int_equal(ovf_picture_settle(kept[step], NULL), OVF_OK);
        if (!row->is_kept) {
            ovf_picture_free(kept[step - 1]);
            kept[step - 1] = NULL;
        }
        ovf_picture *whole = anew(documents, step + 1);
        same_picture(kept[step], whole);
        ovf_picture_free(whole);
    }
    for (unsigned step = 0; step < STEPS; step++) {
        if (kept[step] == NULL)
            continue;
        ovf_picture *whole = anew(documents, step + 1);
        same_picture(kept[step], whole);
        ovf_picture_free(whole);
    }
    take_note(kept[STEPS - 1]);
    for (unsigned step = 0; step < STEPS; step++)
        ovf_picture_free(kept[step]);
}

static void refuses_what_is_not_settled(void **state)
{
    OVF_UNUSED(state);
    ovf_error err = {0};
    ovf_picture *next_one = NULL;
    ovf_picture *picture = new_picture(OVF_TIME_OPEN, true, at("2026-03-05"));
    assert_int_equal(ovf_picture_from(picture, &next_one, &err), OVF_E_USAGE);
    assert_null(next_one);
    assert_int_equal(ovf_picture_settle(picture, NULL), OVF_OK);
    assert_int_equal(ovf_picture_from(picture, &next_one, &err), OVF_OK); // of nothing
    assert_int_equal(ovf_picture_settle(next_one, NULL), OVF_OK);
    assert_int_equal(ovf_picture_restriction_count(next_one), 0);
    ovf_picture_free(picture);
    ovf_picture_free(next_one);
}

/* ---- threads ---- */

#define READERS 4
#define BULLETIN_NOTICES 300

static char *bulletin(void)
{
    struct chance chance = {77};
    char *text = calloc(BULLETIN_NOTICES, 1024);
    assert_non_null(text);
    for (size_t i = 0, len = 0; i < BULLETIN_NOTICES; i++) {
        char notice[DOCUMENT_BYTES] = "";
        put_notice(&chance, notice);
        if (i % 50 == 17) // two parts of one notice, which have to be read by one thread
            snprintf(
                notice, sizeof(notice),
                "C%04zu/26 NOTAMN\nQ) SVZM/QRDCA/IV/BO/W/000/999/0735N07015W060\nA) SVZM PART 1 OF 2 "
                "B) 2603010000 C) 2603100000\nE) DANGER AREA ACT WI 0730N07030W 0730N07000W\n"
                "END PART 1 OF 2\nC%04zu/26 NOTAMN\nQ) SVZM/QRDCA/IV/BO/W/000/999/"
                "0735N07015W060\nA) SVZM PART 2 OF 2 B) 2603010000 C) 2603100000\n"
                "E) 0700N07000W 0700N07030W 0730N07030W\nF) SFC G) UNL\nEND PART 2 OF 2\n\n",
                i + 1, i + 1);
        memcpy(text + len, notice, strlen(notice));
        len += strlen(notice);
    }
    return text;
}

static ovf_picture *read_by(const char *text, unsigned threads)
{
    ovf_picture *picture = NULL;
    const ovf_picture_options options = {
        .as_of = OVF_TIME_OPEN,
        .alone = true,
        .window = {at("2026-03-01"), at("2026-03-20")},
        .threads = threads,
    };
    assert_int_equal(ovf_picture_new(world, book, &options, &picture, NULL), OVF_OK);
    assert_int_equal(add(picture, text), OVF_OK);
    assert_int_equal(ovf_picture_settle(picture, NULL), OVF_OK);
    return picture;
}

static void is_read_alike_by_many_threads(void **state)
{
    OVF_UNUSED(state);
    char *text = bulletin();
    ovf_picture *one = read_by(text, 1);
    for (unsigned threads = 2; threads < 9; threads += 3) {
        ovf_picture *many = read_by(text, threads);
        same_picture(one, many);
        for (size_t i = 0; i < ovf_picture_notice_count(one); i++) {
            const ovf_notice *a = ovf_picture_notice(one, i, NULL);
            const ovf_notice *b = ovf_picture_notice(many, i, NULL);
            same_text(a->raw, b->raw);
            assert_int_equal(a->part_of, b->part_of);
            assert_int_equal(a->finding_count, b->finding_count);
        }
        ovf_picture_free(many);
    }
    take_note(one);
    ovf_picture_free(one);
    free(text);
}

struct reader {
    const ovf_picture *picture;
    uint64_t sum; /* of what it was told */
    bool failed;
};

/* No assertions off the main thread. */
static void *read_all(void *context)
{
    struct reader *r = context;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (size_t i = 0; i < ovf_picture_restriction_count(r->picture); i++) {
        const ovf_restriction *restriction = ovf_picture_restriction(r->picture, i);
        ovf_restriction_piece *pieces = NULL;
        size_t count = 0;
        ovf_event event = {0};
        if (ovf_picture_judge(r->picture, restriction, NULL, &arena, &pieces, &count, NULL)
                != OVF_OK
            || ovf_picture_event(r->picture, restriction->notice_index, &event, NULL) != OVF_OK)
            r->failed = true;
        for (size_t k = 0; k < count; k++)
            r->sum = r->sum * 31 + pieces[k].piece.whose.state + pieces[k].ruling.verdict;
        for (size_t k = 0; k < event.id.len; k++)
            r->sum = r->sum * 31 + (unsigned char)event.id.ptr[k];
        ovf_arena_reset(&arena);
    }
    ovf_arena_done(&arena);
    return NULL;
}

/* Another one makes new pictures of it meanwhile. */
static void *update_all(void *context)
{
    struct reader *r = context;
    for (int i = 0; i < 8; i++) {
        ovf_picture *new = NULL;
        r->failed = r->failed || ovf_picture_from(r->picture, &new, NULL) != OVF_OK
                    || add(new, "A0900/26 NOTAMC A0003/26\nQ) SVZM/QRDXX/IV/BO/W/000/999/"
                                "0735N07015W060\nA) SVZM B) 2603050000\nE) CANCELLED\n\n")
                           != OVF_OK
                    || ovf_picture_settle(new, NULL) != OVF_OK;
        struct reader reader = {.picture = new};
        if (!r->failed)
            read_all(&reader);
        r->failed = r->failed || reader.failed;
        ovf_picture_free(new);
    }
    return NULL;
}

static void answers_many_threads_alike(void **state)
{
    OVF_UNUSED(state);
    char *text = bulletin();
    ovf_picture *alone = read_by(text, 1);
    struct reader first = {.picture = alone};
    read_all(&first);
    ovf_picture *shared = read_by(text, 2);
    struct reader readers[READERS + 1];
    pthread_t threads[READERS + 1];
    for (size_t i = 0; i <= READERS; i++) {
        readers[i] = (struct reader){.picture = shared};
        assert_int_equal(
            pthread_create(&threads[i], NULL, i < READERS ? read_all : update_all, &readers[i]), 0);
    }
    for (size_t i = 0; i <= READERS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_false(readers[i].failed);
        assert_true(i == READERS || readers[i].sum == first.sum);
    }
    ovf_picture_free(alone);
    ovf_picture_free(shared);
    free(text);
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 4] = {0};
    size_t count = 0;
    if (argc != 2)
        return 2;
    world_path = argv[1];
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[count++] = (struct CMUnitTest){rows[i].name, updates, NULL, NULL, &rows[i]};
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(refuses_what_is_not_settled);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(is_read_alike_by_many_threads);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(answers_many_threads_alike);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(met_all_there_is);
    return _cmocka_run_group_tests("restriction-updates", tests, count, open_all, close_all);
}
