/* SPDX-License-Identifier: Apache-2.0 */
/* The documents that the index selects give the answer that all documents give: at random places,
 * instants and moments of knowing; with documents that are withdrawn, or known earlier than at
 * first. Without an index that reaches the end it is all of them. */
#include "../../bench/ledger_made.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define DOCUMENTS 1200
#define SEED 7

static ovf_world *world;
static ovf_rulebook *rules;

static void fill(ovf_ledger *ledger, uint64_t total, uint32_t seed)
{
    made_ledger *made = made_ledger_new(world, total, seed);
    ovf_ledger_entry entry;
    assert_int_equal(ovf_ledger_begin(ledger, NULL), OVF_OK);
    while (made_ledger_next(made, &entry))
        assert_int_equal(ovf_ledger_put(ledger, &entry, NULL, 0, NULL, NULL), OVF_OK);
    assert_int_equal(ovf_ledger_commit(ledger, NULL), OVF_OK);
    made_ledger_free(made);
}

static void put_text(ovf_ledger *ledger, const char *text, ovf_document_kind kind, ovf_time known)
{
    ovf_ledger_entry entry = {
        .name = OVF_STR("a test"), .kind = kind, .known = known, .bytes = ovf_str_of(text)};
    assert_int_equal(ovf_ledger_put(ledger, &entry, NULL, 0, NULL, NULL), OVF_OK);
}

static void index_all(ovf_ledger *ledger)
{
    ovf_error err = {0};
    for (uint64_t left = 1; left > 0;) {
        if (ovf_ledger_index(ledger, 500, &left, &err) != OVF_OK)
            fail_msg("%s", err.reason);
    }
}

/* Answers both ways and holds them against each other; how many documents were selected. */
static size_t ask(ovf_ledger *ledger, const made_question *q, size_t *all_count)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_buf one = {0};
    ovf_buf all = {0};
    ovf_ledger_query query = {.place = &q->place,
                              .as_of = q->as_of,
                              .during = {q->at, q->at + 1},
                              .operator_state = q->party.operator_state};
    ovf_ledger_entry *entries = NULL;
    size_t count = 0;
    bool is_selected = false;
    ovf_error err = {0};
    if (ovf_ledger_select(ledger, &query, &arena, &entries, &count, &is_selected, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    assert_true(is_selected);
    size_t selected = count;
    assert_int_equal(made_answer(world, rules, q, entries, count, ledger, &arena, &one, NULL, &err),
                     OVF_OK);
    assert_int_equal(ovf_ledger_list(ledger, q->as_of, OVF_DOCUMENT_UNKNOWN, true, &arena, &entries,
                                     all_count, &err),
                     OVF_OK);
    assert_int_equal(
        made_answer(world, rules, q, entries, *all_count, NULL, &arena, &all, NULL, &err), OVF_OK);
    assert_string_equal(one.ptr, all.ptr);
    ovf_buf_done(&one);
    ovf_buf_done(&all);
    ovf_arena_done(&arena);
    return selected;
}

static void ask_many(ovf_ledger *ledger, uint32_t seed, size_t questions)
{
    made_ledger *made = made_ledger_new(world, 1, seed);
    size_t selected = 0;
    size_t total = 0;
    for (size_t i = 0; i < questions; i++) {
        made_question q = made_ledger_question(made, MADE_FROM + MADE_S);
        size_t all = 0;
        selected += ask(ledger, &q, &all);
        total += all;
    }
    made_ledger_free(made);
    print_message("%zu questions: %zu of %zu documents read\n", questions, selected, total);
    assert_true(selected < total);
}

static void is_the_answer_of_all_documents(void **state)
{
    (void)state;
    scratch s;
    scratch_init(&s);
    ovf_ledger *ledger = NULL;
    assert_int_equal(ovf_ledger_open(s.path, true, &ledger, NULL), OVF_OK);
    assert_int_equal(ovf_ledger_use_world(ledger, world, NULL), OVF_OK);
    int64_t reach = 0;
    bool is_usable = true;
    assert_int_equal(ovf_ledger_index_reach(ledger, &reach, &is_usable, NULL), OVF_OK);
    assert_false(is_usable);
    fill(ledger, DOCUMENTS, SEED);
    index_all(ledger);
    assert_int_equal(ovf_ledger_index_reach(ledger, &reach, &is_usable, NULL), OVF_OK);
    assert_true(is_usable);
    assert_int_equal(reach, DOCUMENTS);
    ask_many(ledger, 11, 15);
    // The index takes in what is put, by itself.
    fill(ledger, 60, SEED + 1);
    assert_int_equal(ovf_ledger_index_reach(ledger, &reach, &is_usable, NULL), OVF_OK);
    assert_int_equal(reach, DOCUMENTS + 60);
    ask_many(ledger, 12, 12);
    ovf_ledger_free(ledger);
    scratch_done(&s);
}

#define CLOSES                                                                    \
    "(A0001/24 NOTAMN\nQ) SVZM/QRPCA/IV/BO/W/000/999/1000N06500W025\nA) SVZM B) " \
    "2401010000 C) 2412312359\nE) PROHIBITED AREA ESTABLISHED. ALL FLIGHTS "      \
    "PROHIBITED WI A CIRCLE RADIUS 20NM CENTRED ON 100000N0650000W.\nF) SFC G) UNL)\n"

/* What is done to a ledger in which A0001/24 closes a circle, and what of it is then asked. */
static struct turn {
    const char *name;
    const char *text; /* put in; NULL: the notice itself is withdrawn at `known` */
    ovf_document_kind kind;
    ovf_time known;
    size_t selected; /* documents that the answer of 1 July 2024 needs, with the notice */
} turns[] = {
    {"replaced by a notice that lies elsewhere",
     "(A0002/24 NOTAMR A0001/24\nQ) SVZM/QRPCA/IV/BO/W/000/999/0500N06000W025\nA) SVZM B) "
     "2406010000 C) 2412312359\nE) PROHIBITED AREA ESTABLISHED. ALL FLIGHTS PROHIBITED WI A "
     "CIRCLE RADIUS 20NM CENTRED ON 050000N0600000W.\nF) SFC G) UNL)\n",
     OVF_DOCUMENT_NOTICES, 1717200000, 2},
    {"cancelled",
     "(A0003/24 NOTAMC A0001/24\nQ) SVZM/QRPCN/IV/BO/W/000/999/1000N06500W025\nA) SVZM B) "
     "2406010000\nE) AREA CNL)\n",
     OVF_DOCUMENT_NOTICES, 1717200000, 2},
    {"cancelled before it came",
     "(A0003/24 NOTAMC A0001/24\nQ) SVZM/QRPCN/IV/BO/W/000/999/1000N06500W025\nA) SVZM B) "
     "2406010000\nE) AREA CNL)\n",
     OVF_DOCUMENT_NOTICES, 1600000000, 2},
    {"corrected: the same number, elsewhere",
     "(A0001/24 NOTAMN\nQ) SVZM/QRPCA/IV/BO/W/000/999/0500N06000W025\nA) SVZM B) 2401010000 C) "
     "2412312359\nE) PROHIBITED AREA ESTABLISHED. ALL FLIGHTS PROHIBITED WI A CIRCLE RADIUS 20NM "
     "CENTRED ON 050000N0600000W.\nF) SFC G) UNL\nCREATED: 02 Jan 2024 00:00:00)\n",
     OVF_DOCUMENT_NOTICES, 1704153600, 2},
    {"gone from the checklist",
     "(A0050/24 NOTAMN\nQ) SVZM/QKKKK/K/K/K/000/999/0000N00000E999\nA) SVZM B) 2403010000 C) "
     "2404010000 EST\nE) CHECKLIST\nYEAR=2024 0004 0005\nLATEST PUBLICATIONS\nAIP AMDT NIL)\n",
     OVF_DOCUMENT_NOTICES, 1709251200, 2},
    {"opened by a notice of the FIR",
     "(A0060/24 NOTAMN\nQ) SVZM/QAFXX/IV/BO/E/000/999/1000N06500W999\nA) SVZM B) 2403010000 C) "
     "2412312359\nE) AIRSPACE SVZM FIR OPEN. OPERATIONS RESUMED.\nF) SFC G) UNL)\n",
     OVF_DOCUMENT_NOTICES, 1709251200, 2},
    {"statements that are no JSON", "{\"act\": \"warn\", ", OVF_DOCUMENT_STATEMENTS, 1709251200, 2},
    {"vouched for",
     "{\"type\":\"coverage\",\"issuers\":[\"VEN\"],\"from\":\"2020-01-01T00:00:00Z\",\"until\":\"2024-07-01T12:00:00Z\","
     "\"basis\":\"feed\"}\n",
     OVF_DOCUMENT_STATEMENTS, 1719835200, 2},
    {"vouched for, not far enough",
     "{\"type\":\"coverage\",\"issuers\":[\"*\"],\"from\":\"2020-01-01T00:00:00Z\",\"until\":\"2024-06-01T00:00:00Z\","
     "\"basis\":\"feed\"}\n",
     OVF_DOCUMENT_STATEMENTS, 1719000000, 2},
    {"an airline stays away, years before",
     "{\"act\":\"suspend_service\",\"speaker\":\"Iberia\",\"speaker_kind\":\"airline\",\"operators\":"
     "[\"IBE\"],\"area\":[\"Venezuela\"],\"said\":\"2021-01-01T00:00:00Z\",\"text\":\"stops\"}\n",
     OVF_DOCUMENT_STATEMENTS, 1609459200, 2},
    {"a story of an airline that stays away, years before",
     "# kind: news\n# published: 2021-01-01\n\nIberia suspended flights to Venezuela on Friday.\n",
     OVF_DOCUMENT_NEWS, 1609459200, 2},
    {"a story of the day before, without a day of its own",
     "# kind: news\n\nRussia declared the airspace of Venezuela closed.\n", OVF_DOCUMENT_NEWS,
     1719705600, 2},
    {"a story of another place",
     "# kind: news\n# published: 2024-06-30\n\nIndia closed its airspace on Sunday.\n",
     OVF_DOCUMENT_NEWS, 1719705600, 1},
    {"a warning that is too old to count",
     "{\"act\":\"warn\",\"speaker\":\"somebody\",\"area\":[\"Venezuela\"],\"said\":"
     "\"2021-01-01T00:00:00Z\",\"text\":\"beware\"}\n",
     OVF_DOCUMENT_STATEMENTS, 1609459200, 1},
    {"another State's notice, far away",
     "(B0001/24 NOTAMN\nQ) EGTT/QRDCA/IV/BO/W/000/999/5200N00000W025\nA) EGTT B) 2401010000 C) "
     "2412312359\nE) DANGER AREA ACTIVATED WI A CIRCLE RADIUS 5NM CENTRED ON "
     "520000N0000000W.\nF) SFC G) FL100)\n",
     OVF_DOCUMENT_NOTICES, 1704067200, 1},
    {"withdrawn", NULL, OVF_DOCUMENT_NOTICES, 1717200000, 0},
};

static void needs_what_decides(void **state)
{
    const struct turn *turn = *state;
    const ovf_time july = 1719792000; // 2024-07-01
    // Indexed as it comes, and all at once afterwards.
    for (int is_late = 0; is_late < 2; is_late++) {
        scratch s;
        scratch_init(&s);
        ovf_ledger *ledger = NULL;
        assert_int_equal(ovf_ledger_open(s.path, true, &ledger, NULL), OVF_OK);
        assert_int_equal(ovf_ledger_use_world(ledger, world, NULL), OVF_OK);
        put_text(ledger, CLOSES, OVF_DOCUMENT_NOTICES, 1704067200);
        if (!is_late)
            index_all(ledger);
        if (turn->text != NULL) {
            put_text(ledger, turn->text, turn->kind, turn->known);
        } else {
            char sha256[OVF_SHA256_HEX + 1];
            ovf_sha256_hex(OVF_STR(CLOSES), sha256);
            assert_int_equal(ovf_ledger_withdraw(ledger, ovf_str_of(sha256), turn->known, 1,
                                                 OVF_STR(""), NULL, NULL),
                             OVF_OK);
        }
        if (is_late)
            index_all(ledger);
        const char *const places[] = {"SVZM", "VEN", "10.0,-65.0", "5.0,-60.0", "SVMI", "TTZP"};
        for (size_t i = 0; i < OVF_COUNTOF(places); i++) {
            made_question q = {.at = july, .as_of = OVF_TIME_OPEN};
            assert_int_equal(ovf_world_find(world, ovf_str_of(places[i]), &q.place, NULL), OVF_OK);
            size_t all = 0;
            size_t selected = ask(ledger, &q, &all);
            if (i == 2)
                assert_int_equal(selected, turn->selected);
            // And before any of it was known.
            q.as_of = 1500000000;
            q.at = 1500000000;
            assert_int_equal(ask(ledger, &q, &all), 0);
        }
        ovf_ledger_free(ledger);
        scratch_done(&s);
    }
}

/* The same bytes with an earlier known time: as of the time between they count, too. */
static void knows_a_document_earlier(void **state)
{
    (void)state;
    scratch s;
    scratch_init(&s);
    ovf_ledger *ledger = NULL;
    assert_int_equal(ovf_ledger_open(s.path, true, &ledger, NULL), OVF_OK);
    assert_int_equal(ovf_ledger_use_world(ledger, world, NULL), OVF_OK);
    put_text(ledger, CLOSES, OVF_DOCUMENT_NOTICES, 1717200000);
    index_all(ledger);
    put_text(ledger, CLOSES, OVF_DOCUMENT_NOTICES, 1704067200);
    made_question q = {.at = 1710000000, .as_of = 1710000000};
    assert_int_equal(ovf_world_find(world, OVF_STR("10.0,-65.0"), &q.place, NULL), OVF_OK);
    size_t all = 0;
    assert_int_equal(ask(ledger, &q, &all), 1);
    assert_int_equal(all, 1);
    ovf_ledger_free(ledger);
    scratch_done(&s);
}

/* Put by a program that knows nothing of a world: then nothing is left out. */
static void leaves_nothing_out_behind_the_index(void **state)
{
    (void)state;
    scratch s;
    scratch_init(&s);
    ovf_ledger *ledger = NULL;
    ovf_ledger *other = NULL;
    assert_int_equal(ovf_ledger_open(s.path, true, &ledger, NULL), OVF_OK);
    assert_int_equal(ovf_ledger_use_world(ledger, world, NULL), OVF_OK);
    fill(ledger, 20, SEED);
    index_all(ledger);
    assert_int_equal(ovf_ledger_open(s.path, false, &other, NULL), OVF_OK);
    put_text(other, CLOSES, OVF_DOCUMENT_NOTICES, 1704067200);
    ovf_ledger_free(other);
    ovf_place place;
    assert_int_equal(ovf_world_find(world, OVF_STR("EGTT"), &place, NULL), OVF_OK);
    ovf_ledger_query query = {
        .place = &place, .as_of = OVF_TIME_OPEN, .during = {1719792000, 1719792001}};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_ledger_entry *entries = NULL;
    size_t count = 0;
    bool is_selected = true;
    assert_int_equal(
        ovf_ledger_select(ledger, &query, &arena, &entries, &count, &is_selected, NULL), OVF_OK);
    assert_false(is_selected);
    assert_int_equal(count, 21);
    index_all(ledger);
    assert_int_equal(
        ovf_ledger_select(ledger, &query, &arena, &entries, &count, &is_selected, NULL), OVF_OK);
    assert_true(is_selected);
    assert_true(count < 21);
    ovf_arena_done(&arena);
    ovf_ledger_free(ledger);
    scratch_done(&s);
}

int main(void)
{
    const char *path = getenv("OVERFLY_WORLD");
    ovf_error err = {0};
    if (path == NULL || ovf_world_open(path, &world, &err) != OVF_OK
        || ovf_rulebook_new(world, &rules, &err) != OVF_OK) {
        fprintf(stderr, "no world: %s\n", err.reason);
        return 1;
    }
    static const struct CMUnitTest plain[] = {
        cmocka_unit_test(is_the_answer_of_all_documents),
        cmocka_unit_test(knows_a_document_earlier),
        cmocka_unit_test(leaves_nothing_out_behind_the_index),
    };
    struct CMUnitTest rows[OVF_COUNTOF(turns)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(turns); i++)
        rows[i] = (struct CMUnitTest){turns[i].name, needs_what_decides, NULL, NULL, &turns[i]};
    int failed = _cmocka_run_group_tests("what decides", rows, OVF_COUNTOF(rows), NULL, NULL);
    failed += cmocka_run_group_tests_name("select", plain, NULL, NULL);
    ovf_rulebook_free(rules);
    ovf_world_free(world);
    return failed;
}
