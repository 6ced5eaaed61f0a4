/* SPDX-License-Identifier: Apache-2.0 */
/* The news reader: who, what, where of single sentences, and what must hold of any text. The scored
 * tables stand in news/ (test_news.c). */
#include <overfly/news.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { PUBLISHED = 20421 }; /* 2025-11-29, a Saturday */

typedef struct reading {
    ovf_arena arena;
    ovf_news *news;
    ovf_news_result result;
} reading;

static reading read_text(ovf_str text, int32_t published)
{
    reading r = {0};
    ovf_error err = {0};
    ovf_news_options options = {.published = published};
    ovf_arena_init(&r.arena, 0);
    assert_int_equal(ovf_news_new(NULL, &r.news, &err), OVF_OK);
    assert_int_equal(ovf_news_read(r.news, text, &options, &r.arena, &r.result, &err), OVF_OK);
    return r;
}

static void done(reading *r)
{
    ovf_news_free(r->news);
    ovf_arena_done(&r->arena);
}

/* ---- sentences ---- */

static struct row {
    const char *name;
    const char *text;
    ovf_act act;
    const char *speaker; /* NULL: any */
    const char *area;    /* NULL: any */
    bool is_negated;
    ovf_news_modality modality;
} rows[] = {
    {"a State closes its own", "Kenya closed its airspace on Friday.", OVF_ACT_DECLARE_CLOSED,
     "Kenya", "Kenya", false, OVF_NEWS_FACT},
    {"not yet closed", "Kenya has not closed its airspace.", OVF_ACT_DECLARE_CLOSED, "Kenya",
     "Kenya", true, OVF_NEWS_FACT},
    {"a headline's future", "Kenya to close airspace at midnight", OVF_ACT_DECLARE_CLOSED, "Kenya",
     "Kenya", false, OVF_NEWS_PLANNED},
    {"declared closed", "The president declared Kenyan airspace closed.", OVF_ACT_DECLARE_CLOSED,
     NULL, "Kenya", false, OVF_NEWS_FACT},
    {"closed to a class is a ban", "Kenya closed its airspace to Ugandan airlines.",
     OVF_ACT_PROHIBIT, "Kenya", "Kenya", false, OVF_NEWS_FACT},
    {"may not enter", "Peru barred Chilean aircraft from its airspace.", OVF_ACT_PROHIBIT, "Peru",
     "Peru", false, OVF_NEWS_FACT},
    {"flights stopped", "KLM has suspended all flights to Kenya.", OVF_ACT_SUSPEND_SERVICE, "KLM",
     "Kenya", false, OVF_NEWS_FACT},
    {"no longer flies", "KLM said it would no longer fly to Kenya.", OVF_ACT_SUSPEND_SERVICE, "KLM",
     "Kenya", false, OVF_NEWS_PLANNED},
    {"a permit, not a service", "Kenya suspended the operating permit of KLM.",
     OVF_ACT_REVOKE_PERMISSION, "Kenya", NULL, false, OVF_NEWS_FACT},
    {"a ban lifted", "Kenya lifted its ban on Ugandan flights.", OVF_ACT_REOPEN, "Kenya", NULL,
     false, OVF_NEWS_FACT},
    {"no authority", "The governor has no authority to close Kenyan airspace.", OVF_ACT_AUTHORITY,
     "article", "Kenya", true, OVF_NEWS_FACT},
    {"only one can", "Only Kenya can close Kenyan airspace.", OVF_ACT_AUTHORITY, "article", "Kenya",
     false, OVF_NEWS_FACT},
    {"denied", "Kenya denied that it had closed its airspace.", OVF_ACT_DENY, "Kenya", NULL, false,
     OVF_NEWS_FACT},
    {"carriers barred from a place speak", "Airlines barred from Kenya said they would appeal.",
     OVF_ACT_CLAIM, NULL, NULL, false, OVF_NEWS_FACT},
    {"an airliner diverted", "KLM diverted two flights over Kenya.", OVF_ACT_DIVERT, "KLM", "Kenya",
     false, OVF_NEWS_FACT},
    {"says who", "\"We are safe,\" the Kenyan transport minister said.", OVF_ACT_CLAIM, NULL, NULL,
     false, OVF_NEWS_FACT},
};

static void reads(void **state)
{
    const struct row *row = *state;
    reading r = read_text(ovf_str_of(row->text), PUBLISHED);
    const ovf_news_statement *found = NULL;
    for (size_t i = 0; i < r.result.count && found == NULL; i++) {
        if (r.result.items[i].act == row->act)
            found = &r.result.items[i];
    }
    assert_non_null(found);
    if (row->speaker != NULL)
        assert_true(ovf_str_eq(found->speaker, ovf_str_of(row->speaker)));
    if (row->area != NULL)
        assert_true(found->area_count > 0 && ovf_str_eq(found->areas[0], ovf_str_of(row->area)));
    assert_int_equal(found->is_negated, row->is_negated);
    assert_int_equal(found->modality, row->modality);
    done(&r);
}

/* Sentences that tell nothing of the kind. */
static const char *const silent[] = {
    "The company closed the deal on Friday.",
    "Bookings lifted off in June.",
    "The government suspended the treaty.",
    "",
    "\n\n \n",
};

static void tells_nothing(void **state)
{
    OVF_UNUSED(state);
    for (size_t i = 0; i < OVF_COUNTOF(silent); i++) {
        reading r = read_text(ovf_str_of(silent[i]), PUBLISHED);
        assert_int_equal(r.result.count, 0);
        done(&r);
    }
}

/* ---- properties ---- */

static const char story[] =
    "NAIROBI, Nov 28 - Kenya closed its airspace to all flights on Thursday, the transport ministry "
    "said.\n"
    "\"Nobody else can close our sky,\" Transport Minister Jane Example told reporters. \"We'll reopen "
    "it until Friday.\"\n"
    "KLM has suspended flights to Kenya since Tuesday after Uganda's regulator warned of \"military "
    "activity\".\n"
    "Uganda denied that it had fired missiles last week.\n";

static void same(const ovf_news_result *a, const ovf_news_result *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const ovf_news_statement *x = &a->items[i];
        const ovf_news_statement *y = &b->items[i];
        assert_int_equal(x->act, y->act);
        assert_true(ovf_str_eq(x->speaker, y->speaker));
        assert_int_equal(x->area_count, y->area_count);
        assert_int_equal(x->attribution, y->attribution);
        assert_int_equal(x->modality, y->modality);
        assert_int_equal(x->is_negated, y->is_negated);
    }
}

/* Every straight quotation mark and apostrophe as a curly one, or every LF as CR LF. */
static ovf_str dress(ovf_arena *arena, bool curly)
{
    ovf_str out = {0};
    bool open = false;
    for (const char *c = story; *c != '\0'; c++) {
        const char *piece = NULL;
        if (curly && *c == '"') {
            piece = open ? "\xE2\x80\x9D" : "\xE2\x80\x9C";
            open = !open;
        } else if (curly && *c == '\'') {
            piece = "\xE2\x80\x99";
        } else if (!curly && *c == '\n') {
            piece = "\r\n";
        }
        out = piece != NULL ? ovf_arena_printf(arena, OVF_FMT "%s", OVF_ARG(out), piece)
                            : ovf_arena_printf(arena, OVF_FMT "%c", OVF_ARG(out), *c);
    }
    return out;
}

static void dressed_the_same(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    reading plain = read_text(ovf_str_of(story), PUBLISHED);
    assert_true(plain.result.count >= 5);
    for (int curly = 0; curly < 2; curly++) {
        reading other = read_text(dress(&arena, curly), PUBLISHED);
        same(&plain.result, &other.result);
        done(&other);
    }
    done(&plain);
    ovf_arena_done(&arena);
}

static void a_week_later(void **state)
{
    OVF_UNUSED(state);
    reading now = read_text(ovf_str_of(story), PUBLISHED);
    reading later = read_text(ovf_str_of(story), PUBLISHED + 7);
    size_t dated = 0;
    same(&now.result, &later.result);
    for (size_t i = 0; i < now.result.count; i++) {
        ovf_news_days a = now.result.items[i].date;
        ovf_news_days b = later.result.items[i].date;
        if (a.from == OVF_NEWS_NO_DAY)
            continue;
        dated++;
        assert_int_equal(a.from + 7, b.from);
        assert_int_equal(a.until + 7, b.until);
    }
    assert_true(dated >= 2);
    done(&now);
    done(&later);
}

static void a_paragraph_in_front(void **state)
{
    OVF_UNUSED(state);
    static const char front[] = "It was a quiet day in the newsroom.\n\n";
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_str text = ovf_arena_printf(&arena, "%s%s", front, story);
    reading plain = read_text(ovf_str_of(story), PUBLISHED);
    reading moved = read_text(text, PUBLISHED);
    same(&plain.result, &moved.result);
    for (size_t i = 0; i < plain.result.count; i++)
        assert_int_equal(plain.result.items[i].evidence.at + strlen(front),
                         moved.result.items[i].evidence.at);
    done(&plain);
    done(&moved);
    ovf_arena_done(&arena);
}

static void spans_on_characters(void **state)
{
    OVF_UNUSED(state);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_str text = dress(&arena, true);
    reading r = read_text(text, PUBLISHED);
    for (size_t i = 0; i < r.result.count; i++) {
        ovf_span e = r.result.items[i].evidence;
        assert_true(((unsigned char)text.ptr[e.at] & 0xC0) != 0x80);
        assert_true(e.at + e.len == text.len
                    || ((unsigned char)text.ptr[e.at + e.len] & 0xC0) != 0x80);
    }
    done(&r);
    ovf_arena_done(&arena);
}

static void countries_swap(void **state)
{
    OVF_UNUSED(state);
    reading a =
        read_text(OVF_STR("Kenya closed its airspace to Uganda. Uganda condemned it."), PUBLISHED);
    reading b =
        read_text(OVF_STR("Uganda closed its airspace to Kenya. Kenya condemned it."), PUBLISHED);
    assert_int_equal(a.result.count, b.result.count);
    for (size_t i = 0; i < a.result.count; i++) {
        bool kenya = ovf_str_eq(a.result.items[i].speaker, OVF_STR("Kenya"));
        assert_int_equal(a.result.items[i].act, b.result.items[i].act);
        assert_true(
            ovf_str_eq(b.result.items[i].speaker, kenya ? OVF_STR("Uganda") : OVF_STR("Kenya")));
    }
    done(&a);
    done(&b);
}

/* A megabyte of one sentence, of open quotations, of noise: read, bounded, and said so. */
static void bounded(void **state)
{
    OVF_UNUSED(state);
    static const char *const pieces[] = {"Iran closed its airspace and ",
                                         ("\"Iran said \xE2\x80\x9C"
                                          "closed 'it "),
                                         "\xFF\xE2\x80 U.S. ",
                                         "((((((",
                                         "a-a-a-a-",
                                         "said X said "};
    size_t size = (size_t)1 << 20;
    char *text = malloc(size);
    assert_non_null(text);
    for (size_t k = 0; k < OVF_COUNTOF(pieces); k++) {
        size_t len = strlen(pieces[k]);
        for (size_t i = 0; i < size; i++)
            text[i] = pieces[k][i % len];
        reading r = read_text((ovf_str){text, size}, PUBLISHED);
        assert_true(r.result.count <= OVF_NEWS_MAX_STATEMENTS);
        if (r.result.count == OVF_NEWS_MAX_STATEMENTS)
            assert_true(r.result.finding_count > 0);
        done(&r);
    }
    free(text);
}

static void refuses_too_much(void **state)
{
    OVF_UNUSED(state);
    reading r = read_text(OVF_STR("x"), PUBLISHED);
    ovf_news_result out = {0};
    ovf_error err = {0};
    assert_int_equal(
        ovf_news_read(r.news, (ovf_str){"x", OVF_NEWS_MAX_BYTES + 1}, NULL, &r.arena, &out, &err),
        OVF_E_LIMIT);
    done(&r);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 8] = {0};
    size_t n = 0;
    for (; n < OVF_COUNTOF(rows); n++)
        tests[n] = (struct CMUnitTest){rows[n].name, reads, NULL, NULL, &rows[n]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(tells_nothing);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(dressed_the_same);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_week_later);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_paragraph_in_front);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(spans_on_characters);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(countries_swap);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(bounded);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(refuses_too_much);
    return _cmocka_run_group_tests("news reader", tests, n, NULL, NULL);
}
