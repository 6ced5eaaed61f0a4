/* SPDX-License-Identifier: Apache-2.0 */
/* A document of news as records: whom a statement is about, by designator, when it was said, on whose
 * word, and where it stands. Expected values are read by hand out of each text; designators are those
 * of data/operators.txt. Argument: the world file. */
#include <overfly/news.h>

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static ovf_world *world;
static ovf_news *news;

/* Saturday, 29 November 2025, noon. */
#define PUBLISHED INT64_C(1764417600)

/* act, operators, first day: of every statement that names an operator. */
static struct row {
    const char *name, *text, *want;
} rows[] = {
    {"a list in front", "Iberia, TAP and Gol suspended flights to Caracas on Friday.",
     "suspend_service IBE TAP GLO 2025-11-28;"},
    {"one that said so itself", "Qatar Airways said it had suspended flights to Iraq.",
     "suspend_service QTR 2025-11-29;"},
    {"a number of carriers nobody names", "Six airlines suspended flights to Caracas on Friday.",
     ""},
    {"permits by an office",
     "INAC revoked the permits of Avianca, Iberia and Turkish Airlines on "
     "Wednesday.",
     "revoke_permission AVA IBE THY 2025-11-26;"},
    {"permits in the passive",
     "The permits of Iberia and TAP were revoked on Wednesday by Venezuela.",
     "revoke_permission IBE TAP 2025-11-26;"},
    {"back again", "Lufthansa resumed flights to Tel Aviv on Monday.",
     "resume_service DLH 2025-11-24;"},
    {"goes on", "Copa said it would continue flying to Caracas.", "operate CMP 2025-11-29;"},
    {"goes on, a list", "Estelar, Laser and Conviasa kept flying to Caracas on Friday.",
     "operate ETR LER VCV 2025-11-28;"},
    {"still operates", "Copa is still operating flights to Caracas.", "operate CMP 2025-11-29;"},
    {"maintains", "Boliviana de Aviación maintained its flights to Caracas.",
     "operate BOV 2025-11-29;"},
    {"may go on", "Air Europa may continue flying to Caracas.", ""},
    {"does not", "Plus Ultra is not flying to Caracas.", ""},
    {"goes on, nobody says where", "Copa continued flying.", ""},
    {"a newspaper's name for it", "Azul suspended flights to Caracas on Friday.",
     "suspend_service AZU 2025-11-28;"},
};

static void day_of(ovf_time t, char out[32])
{
    ovf_civil c = ovf_time_civil(t);
    snprintf(out, 32, "%04d-%02d-%02d", c.year, c.month, c.day);
}

static ovf_statements read_all(const char *text, const ovf_news_context *context, ovf_arena *arena)
{
    ovf_statements out = {0};
    assert_int_equal(ovf_news_statements(news, ovf_str_of(text), context, arena, &out, NULL),
                     OVF_OK);
    return out;
}

static void names_operators(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_news_context context = {
        .id = OVF_STR_INIT("D"), .published = PUBLISHED, .known = OVF_TIME_NONE};
    ovf_statements read = read_all(row->text, &context, &arena);
    ovf_buf got = {0};
    for (size_t i = 0; i < read.count; i++) {
        const ovf_statement *s = &read.items[i];
        char day[32];
        if (s->operator_count == 0)
            continue;
        ovf_buf_printf(&got, "%s", ovf_act_name(s->act));
        for (size_t k = 0; k < s->operator_count; k++)
            ovf_buf_printf(&got, " " OVF_FMT, OVF_ARG(s->operators[k]));
        day_of(s->said, day);
        ovf_buf_printf(&got, " %s;", day);
    }
    if (!ovf_str_eq(ovf_buf_str(&got), ovf_str_of(row->want)))
        fail_msg("\"" OVF_FMT "\", expected \"%s\"", OVF_ARG(ovf_buf_str(&got)), row->want);
    ovf_buf_done(&got);
    ovf_arena_done(&arena);
}

/* Told as what the airline does, and not again as its claim. */
static void tells_flying_once(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_news_context context = {
        .id = OVF_STR_INIT("D"), .published = PUBLISHED, .known = OVF_TIME_NONE};
    ovf_statements read =
        read_all("Copa said it would continue flying to Caracas.", &context, &arena);
    assert_int_equal(read.count, 1);
    assert_int_equal(read.items[0].act, OVF_ACT_OPERATE);
    assert_true(ovf_str_eq(read.items[0].source, OVF_STR("Copa")));
    ovf_arena_done(&arena);
}

/* What lies ahead was announced when it was published, and holds from its day. */
static void dates_what_lies_ahead(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    const ovf_news_context context = {
        .id = OVF_STR_INIT("D"), .published = PUBLISHED, .known = OVF_TIME_NONE};
    ovf_statements read =
        read_all("Iran will close its airspace on 5 December 2025.", &context, &arena);
    assert_int_equal(read.count, 1);
    char day[32];
    assert_true(read.items[0].said == PUBLISHED);
    day_of(read.items[0].valid.from, day);
    assert_string_equal(day, "2025-12-05");
    ovf_arena_done(&arena);
}

/* A day counts from the page's own, else from when it became known; the caller's goes before both. */
static void counts_from_a_day(void **state)
{
    OVF_UNUSED(state);
    static const char page[] =
        "<html><head><meta property=\"article:published_time\" content=\"2025-06-23T18:00:00Z\">"
        "</head><body><article><p>Qatar closed its airspace on Sunday.</p></article></body></html>";
    static const struct {
        ovf_time published, known;
        const char *text, *day;
    } cases[] = {
        {OVF_TIME_NONE, PUBLISHED, page, "2025-06-22"},
        {PUBLISHED, OVF_TIME_NONE, page, "2025-11-23"},
        {OVF_TIME_NONE, PUBLISHED, "Qatar closed its airspace on Sunday.", "2025-11-23"},
    };
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    for (size_t i = 0; i < OVF_COUNTOF(cases); i++) {
        const ovf_news_context context = {
            .id = OVF_STR_INIT("D"), .published = cases[i].published, .known = cases[i].known};
        ovf_statements read = read_all(cases[i].text, &context, &arena);
        assert_int_equal(read.count, 1);
        char day[32];
        day_of(read.items[0].said, day);
        assert_string_equal(day, cases[i].day);
        assert_true(read.items[0].said_until == read.items[0].said + OVF_DAY_S);
    }
    ovf_arena_done(&arena);
}

/* Bytes of the document, its header counted; ids and words of each story of a feed. */
static void tells_where_and_who(void **state)
{
    OVF_UNUSED(state);
    static const char text[] = "# kind: news\nIran closed its airspace, state television said.\n";
    static const char feed[] =
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Wire</title>"
        "<item><description>Iran closed its airspace.</description></item>"
        "<item><description>Iraq closed its airspace.</description></item></channel></rss>";
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_news_context context = {
        .id = OVF_STR_INIT("D"), .start = 13, .published = PUBLISHED, .known = OVF_TIME_NONE};
    ovf_statements read = read_all(text, &context, &arena);
    assert_int_equal(read.count, 1);
    ovf_span span = read.items[0].span;
    assert_true(ovf_str_starts(ovf_str_tail(ovf_str_of(text), span.at), OVF_STR("Iran closed")));
    assert_true(read.items[0].is_extracted);
    context.start = 0;
    context.outlet = OVF_STR("desk");
    read = read_all(feed, &context, &arena);
    assert_int_equal(read.count, 2);
    assert_true(ovf_str_eq(read.items[0].id, OVF_STR("D-1-s01")));
    assert_true(ovf_str_eq(read.items[1].id, OVF_STR("D-2-s01")));
    assert_true(ovf_str_eq(read.items[1].speaker, OVF_STR("Iraq")));
    assert_true(ovf_str_eq(read.items[1].source, OVF_STR("Wire")));
    read = read_all("Iran closed its airspace.", &context, &arena);
    assert_true(ovf_str_eq(read.items[0].source, OVF_STR("desk")));
    ovf_arena_done(&arena);
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 4] = {
        {"tells flying once", tells_flying_once, NULL, NULL, NULL},
        {"dates what lies ahead", dates_what_lies_ahead, NULL, NULL, NULL},
        {"counts from a day", counts_from_a_day, NULL, NULL, NULL},
        {"tells where and who", tells_where_and_who, NULL, NULL, NULL},
    };
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[4 + i] = (struct CMUnitTest){rows[i].name, names_operators, NULL, NULL, &rows[i]};
    if (argc < 2 || ovf_world_open(argv[1], &world, NULL) != OVF_OK
        || ovf_news_new(world, &news, NULL) != OVF_OK)
        return 2;
    int failed = cmocka_run_group_tests_name("news document", tests, NULL, NULL);
    ovf_news_free(news);
    ovf_world_free(world);
    return failed;
}
