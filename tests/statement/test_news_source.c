/* SPDX-License-Identifier: Apache-2.0 */
/* Stories out of documents: what is text and what is furniture, title, day, outlet, and the way back
 * to the bytes. The pages and feeds are written here, in the forms that sites use. */
#include <overfly/news_source.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LOREM                                                                                       \
    "Qatar closed its airspace on Monday evening until further notice, the foreign ministry said, " \
    "and airlines began to turn flights back over the Gulf. Bahrain and Kuwait followed within "    \
    "two hours, and dozens of aircraft went round by way of Egypt and Turkey instead."

static struct row {
    const char *name;
    const char *document;
    ovf_news_form form;
    const char *title, *outlet, *day, *text;
} rows[] = {
    {"plain text stays as it is", "Airspace closed.\nSaid he.", OVF_NEWS_TEXT, "", "", "unknown",
     "Airspace closed.\nSaid he."},
    {"a less-than sign makes no page", "<3 from Caracas", OVF_NEWS_TEXT, "", "", "unknown",
     "<3 from Caracas"},
    {"article without menu, script, caption",
     "<!DOCTYPE html><html><head><title>Qatar shuts sky | Gulf Wire</title>"
     "<meta property=\"article:published_time\" content=\"2025-06-23T19:04:00+03:00\">"
     "<meta property='og:site_name' content='Gulf Wire'></head><body>"
     "<nav><a>Home</a> <a>World</a></nav><article><h1>Qatar shuts its sky</h1>"
     "<script>var a = '<p>no</p>';</script><p>" LOREM "</p>"
     "<figure><img><figcaption>A jet at Doha.</figcaption></figure>"
     "<div class='related-links'><p>Read also: nothing</p></div><p>It said no more.</p></article>"
     "<footer><p>All rights reserved</p></footer></body></html>",
     OVF_NEWS_HTML, "Qatar shuts its sky", "Gulf Wire", "2025-06-23T16:04:00Z",
     LOREM "\n\nIt said no more."},
    {"no article element: the richest paragraphs",
     "<html><body><div id=menu><p>a</p></div><div><p>" LOREM
     "</p><p>More &amp; more.</p></div><div><p>Short</p></div></body></html>",
     OVF_NEWS_HTML, "", "", "unknown", LOREM "\n\nMore & more."},
    {"JSON-LD tells day, headline, publisher",
     "<html><head><script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"NewsArticle\","
     "\"headline\":\"Sky shut\",\"datePublished\":\"2022-02-24\",\"publisher\":{\"name\":\"Daily\"}}]}"
     "</script></head><body><main><p>" LOREM "</p></main></body></html>",
     OVF_NEWS_HTML, "Sky shut", "Daily", "2022-02-24T00:00:00Z", LOREM},
    {"time element",
     "<html><body><article><time datetime=\"2019-02-27\">27 Feb</time><p>" LOREM
     "</p></article></body></html>",
     OVF_NEWS_HTML, "", "", "2019-02-27T00:00:00Z", "27 Feb\n\n" LOREM},
    {"broken nesting reads on", "<html><body><p>One<b>two<p>Three</body>", OVF_NEWS_HTML, "", "",
     "unknown", "Onetwo\n\nThree"},
    {"entities and line breaks", "<html><body><p>It&rsquo;s&nbsp;closed<br>now</p></body></html>",
     OVF_NEWS_HTML, "", "", "unknown", "It\xE2\x80\x99s closed\n\nnow"},
    {"Latin-1 by its meta",
     "<html><head><meta charset=\"iso-8859-1\"></head><body><p>Nicol\xE1s Maduro</p></body></html>",
     OVF_NEWS_HTML, "", "", "unknown", "Nicol\xC3\xA1s Maduro"},
    {"RSS 2.0",
     "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Wire</title><item><title>Sky shut</title>"
     "<link>https://example.org/1</link><pubDate>Mon, 23 Jun 2025 19:04:00 +0300</pubDate>"
     "<description><![CDATA[<p>Qatar closed its airspace.</p><p>So did Bahrain.</p>]]></description></item></channel></rss>",
     OVF_NEWS_FEED, "Sky shut", "Wire", "2025-06-23T16:04:00Z",
     "Qatar closed its airspace.\n\nSo did Bahrain."},
    {"Atom with text in XHTML",
     "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Wire</title><entry><title>Sky shut</title>"
     "<link href=\"https://example.org/1\"/><published>2025-06-23T16:04:00Z</published><updated>2025-06-24T00:00:00Z</updated>"
     "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Qatar closed its airspace.</p></div></content></entry></feed>",
     OVF_NEWS_FEED, "Sky shut", "Wire", "2025-06-23T16:04:00Z", "Qatar closed its airspace."},
    {"content:encoded before a summary",
     "<rss><channel><title>W</title><item><title>T</title><description>Short.</description>"
     "<content:encoded><![CDATA[<p>The whole story is here.</p>]]></content:encoded></item></channel></rss>",
     OVF_NEWS_FEED, "T", "W", "unknown", "The whole story is here."},
    {"escaped markup in a description",
     "<rss><channel><item><description>&lt;p&gt;Niger closed its skies.&lt;/p&gt;</description></item></channel></rss>",
     OVF_NEWS_FEED, "", "", "unknown", "Niger closed its skies."},
};

static void check_way_back(ovf_str document, const ovf_news_source *source)
{
    for (size_t i = 0; i < source->text.len; i++) {
        size_t at = ovf_news_origin(source, i);
        if (at == OVF_NOPOS)
            continue;
        assert_true(at < document.len);
        assert_int_equal(document.ptr[at], source->text.ptr[i]);
    }
}

static void reads(void **state)
{
    const struct row *row = *state;
    ovf_str document = ovf_str_of(row->document);
    ovf_arena arena;
    ovf_news_sources sources = {0};
    char day[OVF_TIME_TEXT_MAX];
    ovf_arena_init(&arena, 0);
    assert_int_equal(ovf_news_sources_read(document, &arena, &sources, NULL), OVF_OK);
    assert_int_equal(sources.form, row->form);
    assert_int_equal(sources.count, 1);
    const ovf_news_source *source = &sources.items[0];
    assert_string_equal(ovf_arena_dup(&arena, source->text).ptr, row->text);
    assert_string_equal(ovf_arena_dup(&arena, source->title).ptr, row->title);
    assert_string_equal(ovf_arena_dup(&arena, source->outlet).ptr, row->outlet);
    ovf_time_format(source->published, day, sizeof(day));
    assert_string_equal(day, row->day);
    check_way_back(document, source);
    ovf_arena_done(&arena);
}

/* Paragraphs that stand literally in the page are found again, to the byte. */
static void finds_the_way_back(void **state)
{
    OVF_UNUSED(state);
    ovf_str page = OVF_STR("<html><body><script>Iran</script>\n<article><p>" LOREM
                           "</p>\n<p>Iran said &quot;no&quot; twice.</p></article></body></html>");
    ovf_arena arena;
    ovf_news_sources sources = {0};
    ovf_arena_init(&arena, 0);
    assert_int_equal(ovf_news_sources_read(page, &arena, &sources, NULL), OVF_OK);
    const ovf_news_source *source = &sources.items[0];
    size_t iran = ovf_str_find(source->text, 0, OVF_STR("Iran said"));
    assert_int_equal(ovf_news_origin(source, iran), ovf_str_find(page, 0, OVF_STR("Iran said")));
    assert_int_equal(ovf_news_origin(source, 0), ovf_str_find(page, 0, OVF_STR("Qatar")));
    check_way_back(page, source);
    ovf_arena_done(&arena);
}

/* Nesting, noise and size cannot hang or balloon it. */
static void bears_anything(void **state)
{
    OVF_UNUSED(state);
    size_t n = 200000;
    char *deep = malloc(n * 5 + 16);
    ovf_arena arena;
    ovf_news_sources sources = {0};
    ovf_error err = {0};
    assert_non_null(deep);
    memcpy(deep, "<html>", 6);
    for (size_t i = 0; i < n; i++)
        memcpy(deep + 6 + i * 5, "<div>", 5);
    ovf_arena_init(&arena, 0);
    ovf_status status = ovf_news_sources_read((ovf_str){deep, 6 + n * 5}, &arena, &sources, &err);
    assert_true(status == OVF_OK || status == OVF_E_NOMEM);
    assert_int_equal(ovf_news_sources_read((ovf_str){deep, OVF_NEWS_SOURCE_MAX_BYTES + 1}, &arena,
                                           &sources, &err),
                     OVF_E_LIMIT);
    assert_int_equal(ovf_news_sources_read(OVF_STR("<!-- <rss> -->"), &arena, &sources, &err),
                     OVF_E_SYNTAX);
    ovf_arena_done(&arena);
    free(deep);
}

static struct date_row {
    const char *name, *text, *want;
} dates[] = {
    {"RFC 3339", "2025-11-29T14:05:00Z", "2025-11-29T14:05:00Z"},
    {"offset without colon", "2025-11-29T14:05:00+0100", "2025-11-29T13:05:00Z"},
    {"day alone", "2025-11-29", "2025-11-29T00:00:00Z"},
    {"RFC 5322", "Sat, 29 Nov 2025 14:05:00 GMT", "2025-11-29T14:05:00Z"},
    {"RFC 5322 with zone", "Sat, 29 Nov 2025 14:05:00 -0400", "2025-11-29T18:05:00Z"},
    {"in words", "November 29, 2025", "2025-11-29T00:00:00Z"},
    {"in words, day first", "29 November 2025", "2025-11-29T00:00:00Z"},
    {"no date", "last Saturday", "unknown"},
    {"no such day", "31 February 2025", "unknown"},
};

static void reads_date(void **state)
{
    const struct date_row *row = *state;
    char day[OVF_TIME_TEXT_MAX];
    ovf_time_format(ovf_news_date(ovf_str_of(row->text)), day, sizeof(day));
    assert_string_equal(day, row->want);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(dates) + 2] = {0};
    size_t n = 0;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, reads, NULL, NULL, &rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(dates); i++)
        tests[n++] = (struct CMUnitTest){dates[i].name, reads_date, NULL, NULL, &dates[i]};
    tests[n++] = (struct CMUnitTest){"the way back", finds_the_way_back, NULL, NULL, NULL};
    tests[n++] = (struct CMUnitTest){"noise", bears_anything, NULL, NULL, NULL};
    return _cmocka_run_group_tests("news_source", tests, n, NULL, NULL);
}
