/* SPDX-License-Identifier: Apache-2.0 */
/* News in the ledger: prose, pages and feeds taken in by `ingest`, told by `status` as risk, posture
 * and words without force, never as law; as of a moment before they were known they are not there.
 * Expected values are read by hand out of the stories below. Arguments: the program, the world file. */
#include "program.h"

#include <jansson.h>

static const char *program, *world;

typedef struct fixture {
    char folder[40];
    char ledger[64];
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof(*f));
    strcpy(f->folder, "/tmp/ovf-ingest-news-XXXXXX");
    if (f == NULL || mkdtemp(f->folder) == NULL)
        return -1;
    snprintf(f->ledger, sizeof(f->ledger), "%s/.ledger", f->folder);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    char command[64];
    snprintf(command, sizeof(command), "rm -r %s", f->folder);
    int status = system(command);
    free(f);
    return status;
}

/* Words of the command behind the program, split at '|', with ledger and world. */
static outcome run(fixture *f, int want_status, const char *words, const char *input)
{
    char room[512];
    const char *args[32] = {program};
    size_t count = 1;
    snprintf(room, sizeof(room), "%s", words);
    for (char *word = strtok(room, "|"); word != NULL; word = strtok(NULL, "|"))
        args[count++] = word;
    const char *const last[] = {"--ledger", f->ledger, "--world", world};
    for (size_t i = 0; i < OVF_COUNTOF(last); i++)
        args[count++] = last[i];
    args[count] = NULL;
    outcome ran = run_program(args, ovf_str_of(input == NULL ? "" : input));
    if (ran.status != want_status)
        fail_msg("%s: exit status %d, expected %d: " OVF_FMT, words, ran.status, want_status,
                 OVF_ARG(ran.err));
    return ran;
}

static size_t lines(ovf_str out)
{
    size_t count = 0;
    ovf_str line;
    while (ovf_str_line(&out, &line))
        count++;
    return count;
}

static json_t *object_of(ovf_str out)
{
    ovf_str line = {0};
    assert_true(ovf_str_line(&out, &line));
    json_t *object = json_loadb(line.ptr, line.len, 0, NULL);
    assert_non_null(object);
    return object;
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value == NULL ? "" : value;
}

#define STORY                                                                                \
    "CARACAS - Iberia, TAP and Gol suspended flights to Venezuela on Saturday.\n\n"          \
    "The United States declared the airspace of Venezuela closed on Saturday.\n\n"           \
    "Venezuela revoked the permits of Avianca and Turkish Airlines on Wednesday. Copa said " \
    "it would continue flying to Caracas.\n"
#define STORE "ingest|--news|--published|2025-11-29|--received|2025-11-29T20:00Z|-|--name|desk"

/* ---- what the story says, told where it is asked for ---- */

static const struct {
    const char *operator_icao, *posture, *from;
} postures[] = {
    {"IBE", "suspended", "2025-11-29T00:00:00Z"},
    {"TAP", "suspended", "2025-11-29T00:00:00Z"},
    {"GLO", "suspended", "2025-11-29T00:00:00Z"},
    {"AVA", "permit_revoked", "2025-11-26T00:00:00Z"},
    {"THY", "permit_revoked", "2025-11-26T00:00:00Z"},
    {"CMP", "flying", "2025-11-29T00:00:00Z"}, // no day of its own: when it was published
};

static void tells_postures(void **state)
{
    fixture *f = *state;
    run(f, 0, STORE, STORY);
    json_t *answer =
        object_of(run(f, 1, "status|Venezuela|--at|2025-11-30T12:00Z|--json|--no-law", NULL).out);
    json_t *operators = json_object_get(answer, "operators");
    assert_int_equal(json_array_size(operators), OVF_COUNTOF(postures));
    for (size_t i = 0; i < OVF_COUNTOF(postures); i++) {
        bool is_there = false;
        for (size_t k = 0; k < json_array_size(operators); k++) {
            const json_t *one = json_array_get(operators, k);
            if (strcmp(text_of(one, "operator"), postures[i].operator_icao) != 0)
                continue;
            is_there = true;
            assert_string_equal(text_of(one, "posture"), postures[i].posture);
            assert_string_equal(text_of(one, "from"), postures[i].from);
            assert_string_equal(text_of(one, "by"), i == 5 ? "Copa" : "desk");
            assert_true(json_is_true(json_object_get(one, "extracted")));
        }
        if (!is_there)
            fail_msg("%s is not told of", postures[i].operator_icao);
    }
    json_decref(answer);
}

static void is_no_law(void **state)
{
    fixture *f = *state;
    json_t *before =
        object_of(run(f, 0, "ingest|--json|-|--received|2025-11-29T19:00Z|--name|x",
                      "{\"act\": \"claim\", \"speaker\": \"nobody\", \"area\": [\"Chad\"]}\n")
                      .out);
    json_decref(before);
    before =
        object_of(run(f, 1, "status|Venezuela|--at|2025-11-30T12:00Z|--json|--no-law", NULL).out);
    run(f, 0, STORE, STORY);
    json_t *after =
        object_of(run(f, 1, "status|Venezuela|--at|2025-11-30T12:00Z|--json|--no-law", NULL).out);
    assert_string_equal(text_of(json_object_get(after, "legal"), "status"),
                        text_of(json_object_get(before, "legal"), "status"));
    assert_true(json_equal(json_object_get(after, "legal"), json_object_get(before, "legal")));
    size_t declared = 0;
    json_t *because = json_object_get(after, "because");
    for (size_t i = 0; i < json_array_size(because); i++) {
        const json_t *one = json_array_get(because, i);
        if (strcmp(text_of(one, "act"), "declare_closed") != 0)
            continue;
        declared++;
        assert_string_equal(text_of(one, "verdict"), "no_legal_force");
    }
    assert_int_equal(declared, 1);
    json_decref(before);
    json_decref(after);
}

#define TYPED                                                                                \
    "{\"act\": \"suspend_service\", \"speaker\": \"Iberia\", \"speaker_kind\": \"airline\"," \
    " \"operators\": [\"IBE\"], \"area\": [\"Venezuela\"], \"said\": \"2025-11-27T12:00:00Z\"}\n"

/* A story may be read wrongly: that a carrier is back is told, and takes no weight off what somebody
 * typed. */
static void lifts_no_typed_signal(void **state)
{
    fixture *f = *state;
    run(f, 0, "ingest|-|--name|typed|--received|2025-11-27T13:00Z", TYPED);
    run(f, 0, STORE, "Iberia resumed flights to Venezuela on Saturday.\n");
    json_t *answer =
        object_of(run(f, 1, "status|Venezuela|--at|2025-11-30T12:00Z|--json|--no-law", NULL).out);
    const json_t *one = json_array_get(json_object_get(answer, "operators"), 0);
    assert_string_equal(text_of(one, "posture"), "resumed");
    assert_true(json_is_true(json_object_get(one, "extracted")));
    size_t suspended = 0;
    json_t *signals = json_object_get(answer, "signals");
    for (size_t i = 0; i < json_array_size(signals); i++)
        suspended += strcmp(text_of(json_array_get(signals, i), "kind"), "suspension") == 0;
    assert_int_equal(suspended, 1);
    json_decref(answer);
}

static void was_not_known_before(void **state)
{
    fixture *f = *state;
    run(f, 0, STORE, STORY);
    json_t *answer =
        object_of(run(f, 1,
                      "status|Venezuela|--at|2025-11-30T12:00Z|--as-of|2025-11-29T19:59Z"
                      "|--json|--no-law",
                      NULL)
                      .out);
    assert_int_equal(json_array_size(json_object_get(answer, "operators")), 0);
    assert_int_equal(json_array_size(json_object_get(answer, "because")), 0);
    json_decref(answer);
}

/* ---- forms ---- */

#define PAGE                                                                                     \
    "<!DOCTYPE html><html><head><title>Airline halts flights</title>"                            \
    "<meta property=\"article:published_time\" content=\"2025-06-23T18:00:00Z\">"                \
    "<meta property=\"og:site_name\" content=\"Gulf Wire\"></head><body><article>"               \
    "<p>Qatar closed its airspace on Monday. Air India suspended flights to Doha on Monday.</p>" \
    "</article></body></html>"

static void reads_a_page(void **state)
{
    fixture *f = *state;
    outcome ran = run(f, 0, "ingest|--json|-|--name|page|--received|2025-06-23T19:00Z", PAGE);
    json_t *document = object_of(ran.out);
    assert_string_equal(text_of(document, "kind"), "news");
    assert_int_equal(json_array_size(json_object_get(document, "facts")), 2);
    json_decref(document);
    json_t *answer =
        object_of(run(f, 1, "status|Qatar|--at|2025-06-23T20:00Z|--json|--no-law", NULL).out);
    const json_t *one = json_array_get(json_object_get(answer, "operators"), 0);
    assert_string_equal(text_of(one, "operator"), "AIC");
    assert_string_equal(text_of(one, "from"), "2025-06-23T00:00:00Z");
    assert_string_equal(text_of(one, "by"), "Gulf Wire");
    json_decref(answer);
}

#define ITEM(n, text)                                                        \
    "<item><title>T" n "</title><link>https://news.example/" n "</link>"     \
    "<pubDate>Mon, 23 Jun 2025 1" n ":00:00 GMT</pubDate><description>" text \
    "</description></item>"
#define FEED(items)                                                                  \
    "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Wire</title>" items \
    "</channel></rss>"

/* A feed is polled: what it still holds is known, what is new is new. */
static void takes_a_feed_story_by_story(void **state)
{
    fixture *f = *state;
    static const char first[] = FEED(ITEM("1", "Qatar closed its airspace on Monday.")
                                         ITEM("2", "Air India suspended flights to Doha."));
    static const char second[] = FEED(ITEM("2", "Air India suspended flights to Doha.")
                                          ITEM("3", "Qatar reopened its airspace."));
    outcome ran = run(f, 0, "ingest|-|--name|feed|--received|2025-06-23T20:00Z", first);
    assert_int_equal(lines(ran.out), 2);
    assert_true(ovf_str_find(ran.out, 0, OVF_STR("known")) == OVF_NOPOS);
    ran = run(f, 0, "ingest|-|--name|feed|--received|2025-06-23T21:00Z", second);
    assert_int_equal(lines(ran.out), 2);
    assert_true(ovf_str_starts(ran.out, OVF_STR("known")));
    assert_true(ovf_str_find(ran.out, 0, OVF_STR("new")) != OVF_NOPOS);
    assert_true(ovf_str_find(ran.out, 0, OVF_STR("feed#https://news.example/3")) != OVF_NOPOS);
    json_t *answer =
        object_of(run(f, 1, "status|Qatar|--at|2025-06-23T22:00Z|--json|--no-law", NULL).out);
    const json_t *one = json_array_get(json_object_get(answer, "operators"), 0);
    assert_string_equal(text_of(one, "operator"), "AIC");
    assert_string_equal(text_of(one, "from"), "2025-06-23T12:00:00Z");
    assert_string_equal(text_of(one, "by"), "Wire");
    json_decref(answer);
}

static void keeps_a_broken_feed(void **state)
{
    fixture *f = *state;
    outcome ran = run(f, 0, "ingest|--json|-|--name|feed", "<rss version=\"2.0\"><<<");
    json_t *document = object_of(ran.out);
    assert_string_equal(text_of(document, "kind"), "news");
    assert_string_equal(text_of(document, "status"), "new");
    assert_int_equal(json_array_size(json_object_get(document, "findings")), 1);
    json_decref(document);
    run(f, 1, "status|Qatar|--at|2025-06-23T22:00Z|--json|--no-law", NULL);
}

/* Prose is news only where somebody says so, and the same prose is known when it comes again. */
static void takes_prose_where_told(void **state)
{
    fixture *f = *state;
    outcome ran = run(f, 3, "ingest|-|--name|a", "Qatar closed its airspace on Monday.\n");
    assert_true(ovf_str_find(ran.err, 0, OVF_STR("--news")) != OVF_NOPOS);
    ran = run(f, 0, STORE, "#Breaking Qatar closed its airspace.\n");
    assert_true(ovf_str_find(ran.out, 0, OVF_STR("-s01")) != OVF_NOPOS);
    ran = run(f, 0, STORE, "#Breaking Qatar closed its airspace.\n");
    assert_true(ovf_str_starts(ran.out, OVF_STR("known")));
    ran = run(f, 0, "ingest|-|--name|b",
              "# kind: news\n# published: 2025-11-29\nIran closed its "
              "airspace.\n");
    assert_true(ovf_str_find(ran.out, 0, OVF_STR("-s01")) != OVF_NOPOS);
}

/* Out and in again it is the same ledger, with the same answer. */
static void goes_out_and_in(void **state)
{
    fixture *f = *state;
    run(f, 0, STORE, STORY);
    outcome ran = run(f, 0, "ledger|export", NULL);
    char *text = strndup(ran.out.ptr, ran.out.len);
    ran = run(f, 1, "status|Venezuela|--at|2025-11-30T12:00Z|--json|--no-law", NULL);
    char *want = strndup(ran.out.ptr, ran.out.len);
    snprintf(f->ledger, sizeof(f->ledger), "%s/.second", f->folder);
    run(f, 0, "ledger|import|-", text);
    run(f, 0, "ledger|verify", NULL);
    ran = run(f, 1, "status|Venezuela|--at|2025-11-30T12:00Z|--json|--no-law", NULL);
    assert_true(ovf_str_eq(ran.out, ovf_str_of(want)));
    free(text);
    free(want);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    program = argv[1];
    world = argv[2];
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(tells_postures),        TEST(is_no_law),
        TEST(lifts_no_typed_signal), TEST(was_not_known_before),
        TEST(reads_a_page),          TEST(takes_a_feed_story_by_story),
        TEST(keeps_a_broken_feed),   TEST(takes_prose_where_told),
        TEST(goes_out_and_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
