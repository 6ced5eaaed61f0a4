/* SPDX-License-Identifier: Apache-2.0 */
/* The kind of a document by its content, and its header (docs/formats/document.md). */
#include <overfly/restriction.h>

#include <setjmp.h>

#include <cmocka.h>

static struct row {
    const char *name;
    ovf_str text;
    ovf_document_kind kind;
    size_t header_len;
} rows[] = {
    {"a NOTAM", OVF_STR_INIT("A0012/25 NOTAMN\nQ) SVZM/QRPCA/IV/NBO/W/000/999/\nA) SVZM\nE) X"),
     OVF_DOCUMENT_NOTICES, 0},
    {"a NOTAM behind a header", OVF_STR_INIT("# origin: made\nA0012/25 NOTAMN\nA) SVZM\nE) X"),
     OVF_DOCUMENT_NOTICES, 15},
    {"a statement", OVF_STR_INIT("{\"act\": \"warn\"}"), OVF_DOCUMENT_STATEMENTS, 0},
    {"statements behind a header and a blank line",
     OVF_STR_INIT("# origin: made\n\n[{\"act\": \"warn\"}]"), OVF_DOCUMENT_STATEMENTS, 15},
    {"a flight plan", OVF_STR_INIT("(FPL-KLM743-IS\n-B77W/H-S/S\n)"), OVF_DOCUMENT_FLIGHTS, 0},
    {"a flight plan behind an AFTN heading",
     OVF_STR_INIT("ZCZC ABC123 301200\nFF SVMIZPZX\n301159 EHAMZPZX\n(FPL-KLM743-IS)"),
     OVF_DOCUMENT_FLIGHTS, 0},
    {"other JSON", OVF_STR_INIT("{\"type\": \"Topology\"}"), OVF_DOCUMENT_UNKNOWN, 0},
    {"nothing", OVF_STR_INIT(""), OVF_DOCUMENT_UNKNOWN, 0},
    {"a header alone", OVF_STR_INIT("# origin: made\n# x"), OVF_DOCUMENT_UNKNOWN, 18},
    {"a web page", OVF_STR_INIT("<!DOCTYPE html><html><p>Iran closed its airspace.</p></html>"),
     OVF_DOCUMENT_NEWS, 0},
    {"a feed", OVF_STR_INIT("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel/></rss>"),
     OVF_DOCUMENT_NEWS, 0},
    {"prose", OVF_STR_INIT("Iran closed its airspace on Friday."), OVF_DOCUMENT_UNKNOWN, 0},
    {"prose that says what it is", OVF_STR_INIT("# kind: news\nIran closed its airspace."),
     OVF_DOCUMENT_NEWS, 13},
    {"prose that begins with a hashtag",
     OVF_STR_INIT("# Kind: News\n# published: 2025-06-13\n\n#Iran closed its airspace."),
     OVF_DOCUMENT_NEWS, 37},
    {"news that repeat a notice", OVF_STR_INIT("# kind: news\nA0012/25 NOTAMN\nA) SVZM\nE) X"),
     OVF_DOCUMENT_NEWS, 13},
    {"a notice with a day of publication",
     OVF_STR_INIT("# published: 2025-06-13\nA0012/25 NOTAMN\nA) SVZM\nE) X"), OVF_DOCUMENT_NOTICES,
     24},
    {"a page that holds a notice",
     OVF_STR_INIT("<html><pre>A0012/25 NOTAMN\nQ) SVZM/QRPCA/IV/NBO/W/000/999/\nA) SVZM\nE) X"
                  "</pre></html>"),
     OVF_DOCUMENT_NOTICES, 0},
    {"noise", OVF_STR_INIT("\x01\x02\x03\xFF\xFE"), OVF_DOCUMENT_UNKNOWN, 0},
};

static void sniffs(void **state)
{
    const struct row *row = *state;
    assert_int_equal(ovf_document_sniff(row->text), row->kind);
    assert_int_equal(ovf_document_header_read(row->text).len, row->header_len);
}

static void reads_header(void **state)
{
    OVF_UNUSED(state);
    ovf_document_header header = ovf_document_header_read(
        OVF_STR("# Origin: reconstructed\r\n#known: 2025-11-21T18:08Z\r\n# facts: number: A0012/25"
                "\r\n# a remark\r\n# source: press\r\n# origin: made\r\nA0012/25 NOTAMN"));
    ovf_time known = 0;
    assert_int_equal(ovf_time_parse(OVF_STR("2025-11-21T18:08Z"), &known, NULL), OVF_OK);
    assert_true(ovf_str_eq(header.origin, OVF_STR("reconstructed")));
    assert_true(ovf_str_eq(header.facts, OVF_STR("number: A0012/25")));
    assert_true(ovf_str_eq(header.source, OVF_STR("press")));
    assert_true(header.known == known);
    header = ovf_document_header_read(OVF_STR("# known: yesterday\n# known: 2025-11-21T18:08Z\n"));
    assert_true(header.known == known);
    header =
        ovf_document_header_read(OVF_STR("# kind: news\n# outlet: Wire\n# published: 2025-11-21"
                                         "T18:08Z\nIran"));
    assert_true(header.is_news && header.published == known);
    assert_true(ovf_str_eq(header.outlet, OVF_STR("Wire")));
    header = ovf_document_header_read(OVF_STR("A0012/25"));
    assert_true(header.known == OVF_TIME_NONE && header.len == 0);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 1] = {{"header", reads_header, NULL, NULL, NULL}};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i + 1] = (struct CMUnitTest){rows[i].name, sniffs, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("document", tests, OVF_COUNTOF(tests), NULL, NULL);
}
