/* SPDX-License-Identifier: Apache-2.0 */
/* Tries to close the sky with words, in every way that people do: from the mouths of all who speak,
 * through every medium, about their own sky and another's, in the dress of a notice. No statement may
 * ever bind as to airspace, make a restriction, or shut an area, whatever it says. */
#include <overfly/restriction.h>

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *world_path;
static ovf_world *world;
static ovf_rulebook *book;

static const char *const kinds[] = {
    "head_of_state", "minister",  "ministry", "state",       "aviation_authority",
    "ansp",          "intl_body", "military", "police",      "agency",
    "legislature",   "airport",   "airline",  "company",     "industry_body",
    "outlet",        "tracker",   "court",    "armed_group", "official",
    "expert",        "natural",   "unknown"};
static const char *const media[] = {"notam",    "social_post", "statement",  "website",
                                    "bulletin", "broadcast",   "interview",  "spoken",
                                    "notice",   "message",     "phone_call", "law"};
static const char *const acts[] = {"declare_closed", "prohibit", "order",    "exempt",
                                   "reopen",         "warn",     "threaten", "designate",
                                   "authority",      "deny",     "claim",    "suspend_service"};
static const char *const states[] = {"VEN", "USA", "UKR", ""};
static const char *const areas[] = {"Venezuela", "SVZM", "8N,66W"};
/* What it says; NOTAM words, pasted items and orders among them. */
static const char *const texts[] = {
    "THE AIRSPACE IS CLOSED",
    "BY ORDER OF THE PRESIDENT ALL FLIGHTS ARE PROHIBITED FROM ENTERING THE MAIQUETIA FIR WITH IMMEDIATE EFFECT",
    "A9999/25 NOTAMN\\nQ) SVZM/QAFLC/IV/NBO/E/000/999/0800N06600W400\\nA) SVZM B) 2511010000 C) PERM\\n"
    "E) MAIQUETIA FIR CLOSED TO ALL TRAFFIC\\nF) SFC G) UNL\\nSOURCE: SVMIYNYX",
    "(A9998/25 NOTAMR A9997/25 Q) SVZM/QRPCA/IV/NBO/W/000/999/0800N06600W400 A) SVZM B) 2511010000 C) PERM "
    "E) PROHIBITED AREA ESTABLISHED)",
    "KICZ A9996/25 NOTAM...SECURITY..UNITED STATES OF AMERICA PROHIBITION FOR VENEZUELA. PERSONS DESCRIBED IN "
    "PARAGRAPH A",
    "!FDC 5/9999 ZZZ TEMPORARY FLIGHT RESTRICTIONS PURSUANT TO 14 CFR SECTION 99.7",
    "ZCZC TMA0123 241205\\nGG SVMIYNYX\\nHEREBY DECREED",
};

static char *document(size_t n, char *out, size_t size)
{
    const char *kind = kinds[n % OVF_COUNTOF(kinds)];
    n /= OVF_COUNTOF(kinds);
    const char *medium = media[n % OVF_COUNTOF(media)];
    n /= OVF_COUNTOF(media);
    const char *act = acts[n % OVF_COUNTOF(acts)];
    n /= OVF_COUNTOF(acts);
    const char *state = states[n % OVF_COUNTOF(states)];
    n /= OVF_COUNTOF(states);
    const char *text = texts[n % OVF_COUNTOF(texts)];
    n /= OVF_COUNTOF(texts);
    snprintf(out, size,
             "{\"id\":\"W\",\"act\":\"%s\",\"speaker\":\"Somebody\",\"speaker_kind\":\"%s\","
             "\"speaker_state\":\"%s\",\"instrument\":\"%s\",\"said\":\"2025-11-05T12:00:00Z\","
             "\"area\":[\"%s\"],\"modality\":\"directive\",\"text\":\"%s\",\"is_quote\":true%s}\n",
             act, kind, state, medium, areas[n % OVF_COUNTOF(areas)], text,
             (n & 1) != 0 ? ",\"instrument_ref\":\"Decree 1\"" : "");
    return out;
}

#define COMBINATIONS                                                                   \
    (OVF_COUNTOF(kinds) * OVF_COUNTOF(media) * OVF_COUNTOF(acts) * OVF_COUNTOF(states) \
     * OVF_COUNTOF(texts) * OVF_COUNTOF(areas) * 2)
#define AT_ONCE 600 /* statements in one picture */
#define STRIDE 31   /* of the combinations: prime to all of their counts */

static void hold(const ovf_answer *answer, const char *area)
{
    // Nobody vouches and no notice is there: nothing may be closed, restricted or open.
    if (answer->legal != OVF_LEGAL_UNKNOWN)
        fail_msg("%s is %s: " OVF_FMT, area, ovf_legal_name(answer->legal),
                 OVF_ARG(answer->legal_why));
    for (size_t i = 0; i < answer->because_count; i++) {
        const ovf_because *because = &answer->because[i];
        assert_null(because->restriction);
        assert_false(because->ruling.closes_airspace);
        const ovf_statement *s = because->statement->statement;
        bool is_commerce = s->act == OVF_ACT_ORDER || s->act == OVF_ACT_SUSPEND_SERVICE;
        if (because->ruling.verdict == OVF_VERDICT_BINDING
            || because->ruling.on_addressed == OVF_VERDICT_BINDING) {
            // An order on a route market binds commerce (R21), and says that the air stays as it is.
            assert_true(is_commerce);
            assert_true(ovf_str_eq(because->ruling.rules[0].id, OVF_STR("R21")));
            assert_true(ovf_str_find(because->ruling.binding, 0, OVF_STR("commercial service"))
                        != OVF_NOPOS);
        }
        assert_int_not_equal(because->ruling.verdict, OVF_VERDICT_CONDITIONAL);
        assert_int_not_equal(because->ruling.verdict, OVF_VERDICT_SERVICE_WITHDRAWN);
        assert_int_not_equal(because->ruling.verdict, OVF_VERDICT_CONTESTED);
    }
}

static void words_bind_nobody(void **state)
{
    static char text[4096];
    OVF_UNUSED(state);
    ovf_time at = OVF_TIME_NONE;
    assert_int_equal(ovf_time_parse(OVF_STR("2025-11-06T12:00:00Z"), &at, NULL), OVF_OK);
    size_t tried = 0;
    for (size_t from = 0; from < COMBINATIONS; from += AT_ONCE * STRIDE) {
        ovf_picture *picture = NULL;
        ovf_picture_options options = {
            .as_of = OVF_TIME_OPEN, .alone = true, .window = {at - OVF_DAY_S, at + OVF_DAY_S}};
        assert_int_equal(ovf_picture_new(world, book, &options, &picture, NULL), OVF_OK);
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        for (size_t n = from; n < from + AT_ONCE * STRIDE && n < COMBINATIONS; n += STRIDE) {
            ovf_str one = ovf_arena_dup(&arena, ovf_str_of(document(n, text, sizeof(text))));
            const ovf_source source = {.name = OVF_STR("post"), .known = OVF_TIME_NONE};
            assert_int_equal(ovf_picture_add(picture, one, &source, NULL, NULL), OVF_OK);
            tried++;
        }
        assert_int_equal(ovf_picture_settle(picture, NULL), OVF_OK);
        assert_int_equal(ovf_picture_restriction_count(picture), 0);
        for (size_t i = 0; i < OVF_COUNTOF(areas); i += 2) {
            ovf_query query = {.at = at, .party = {.operator_icao = OVF_STR("AAL")}};
            ovf_party_complete(&query.party, world);
            assert_int_equal(ovf_world_find(world, ovf_str_of(areas[i]), &query.place, NULL),
                             OVF_OK);
            ovf_answer answer = {0};
            assert_int_equal(ovf_picture_status(picture, &query, &arena, &answer, NULL), OVF_OK);
            hold(&answer, areas[i]);
        }
        ovf_arena_done(&arena);
        ovf_picture_free(picture);
    }
    assert_true(tried * STRIDE >= COMBINATIONS);
    print_message("%zu statements tried\n", tried);
}

/* A post saved as a text file, in the dress of an order: who issued it cannot be told, and nobody is
 * bound by it. Not understood is not closed. */
static void bare_posts_bind_nobody(void **state)
{
    static const char *const posts[] = {
        "TO ALL AIRLINES AND PILOTS: CONSIDER THE AIRSPACE ABOVE VENEZUELA CLOSED IN ITS ENTIRETY",
        "BY ORDER OF THE PRESIDENT: MAIQUETIA FIR (SVZM) CLOSED TO ALL TRAFFIC UNTIL FURTHER NOTICE",
        "NOTAM: AIRSPACE OF VENEZUELA CLOSED. ALL FLIGHTS PROHIBITED",
        "E) MAIQUETIA FIR CLOSED TO ALL TRAFFIC",
        "BREAKING: VENEZUELA SHUTS ITS AIRSPACE",
    };
    OVF_UNUSED(state);
    ovf_time at = OVF_TIME_NONE;
    assert_int_equal(ovf_time_parse(OVF_STR("2025-11-06T12:00:00Z"), &at, NULL), OVF_OK);
    for (size_t i = 0; i < OVF_COUNTOF(posts); i++) {
        ovf_picture *picture = NULL;
        ovf_picture_options options = {
            .as_of = OVF_TIME_OPEN, .alone = true, .window = {at - OVF_DAY_S, at + OVF_DAY_S}};
        assert_int_equal(ovf_picture_new(world, book, &options, &picture, NULL), OVF_OK);
        const ovf_source source = {.name = OVF_STR("post"), .known = at - 3600};
        ovf_error err = {0};
        ovf_status added = ovf_picture_add(picture, ovf_str_of(posts[i]), &source, NULL, &err);
        assert_true(added == OVF_OK || added == OVF_E_USAGE);
        assert_int_equal(ovf_picture_settle(picture, NULL), OVF_OK);
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        ovf_query query = {.at = at, .party = {.operator_icao = OVF_STR("AAL")}};
        ovf_party_complete(&query.party, world);
        assert_int_equal(ovf_world_find(world, OVF_STR("8N,66W"), &query.place, NULL), OVF_OK);
        ovf_answer answer = {0};
        assert_int_equal(ovf_picture_status(picture, &query, &arena, &answer, NULL), OVF_OK);
        if (answer.legal == OVF_LEGAL_CLOSED || answer.legal == OVF_LEGAL_OPEN)
            fail_msg("\"%s\": %s, " OVF_FMT, posts[i], ovf_legal_name(answer.legal),
                     OVF_ARG(answer.legal_why));
        for (size_t k = 0; k < answer.because_count; k++)
            assert_int_not_equal(answer.because[k].ruling.verdict, OVF_VERDICT_BINDING);
        ovf_arena_done(&arena);
        ovf_picture_free(picture);
    }
}

static int open_all(void **state)
{
    ovf_error err = {0};
    OVF_UNUSED(state);
    if (ovf_world_open(world_path, &world, &err) != OVF_OK
        || ovf_rulebook_new(world, &book, &err) != OVF_OK)
        fail_msg("%s", err.reason);
    return 0;
}

static int close_all(void **state)
{
    OVF_UNUSED(state);
    ovf_rulebook_free(book);
    ovf_world_free(world);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        {"words in every dress", words_bind_nobody, NULL, NULL, NULL},
        {"posts saved as text", bare_posts_bind_nobody, NULL, NULL, NULL},
    };
    if (argc != 2)
        return 2;
    world_path = argv[1];
    return _cmocka_run_group_tests("authority-words", tests, OVF_COUNTOF(tests), open_all,
                                   close_all);
}
