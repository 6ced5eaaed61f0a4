/* SPDX-License-Identifier: Apache-2.0 */
/* XML as elements: texts with their places, and what is refused where. */
#include <overfly/xml.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const kept[] = {"n", NULL};

static struct row {
    const char *name;
    ovf_str document;
    ovf_status status;
    size_t pos;       /* of the error */
    size_t whole;     /* elements n that came out all the same */
    const char *text; /* of the first */
} rows[] = {
    {"text and entities", OVF_STR_INIT("<a><n> x &amp;&#65; </n></a>"), OVF_OK, 0, 1, "x &A"},
    {"a prefix is no part of the name", OVF_STR_INIT("<p:a xmlns:p='u'><p:n>1</p:n></p:a>"), OVF_OK,
     0, 1, "1"},
    {"text round a child is joined by a blank", OVF_STR_INIT("<n> a <b>c</b> d </n>"), OVF_OK, 0, 1,
     "a d"},
    {"CDATA is text", OVF_STR_INIT("<n><![CDATA[<x>]]></n>"), OVF_OK, 0, 1, "<x>"},
    {"broken off", OVF_STR_INIT("<a><n>1</n><n>2"), OVF_E_SYNTAX, 15, 1, "1"},
    {"end tag of another", OVF_STR_INIT("<a><n>1</n><n>2</m></a>"), OVF_E_SYNTAX, 17, 1, "1"},
    {"a document type", OVF_STR_INIT("<!DOCTYPE a [<!ENTITY x 'y'>]><a><n>&x;</n></a>"),
     OVF_E_SYNTAX, 12, 0, NULL}, /* where its head ends */
    {"an entity from outside", OVF_STR_INIT("<!DOCTYPE a SYSTEM 'file:///etc/x'><a/>"),
     OVF_E_SYNTAX, 34, 0, NULL},
    {"an entity nobody declared", OVF_STR_INIT("<a><n>&x;</n></a>"), OVF_E_SYNTAX, 6, 0, NULL},
    {"bytes that are no UTF-8", OVF_STR_INIT("<a><n>1</n>\xff</a>"), OVF_E_SYNTAX, 11, 1, "1"},
    {"Latin-1 that says so", OVF_STR_INIT("<?xml version='1.0' encoding='ISO-8859-1'?><n>\xe9</n>"),
     OVF_OK, 0, 1, "\xc3\xa9"},
    {"nested too deep", OVF_STR_INIT("<a><b><c><d><e/></d></c></b></a>"), OVF_E_LIMIT, 12, 0, NULL},
};

static void reads(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_xml *root = NULL;
    ovf_error err = {0};
    const ovf_xml_options options = {.kept = kept, .max_depth = 4, .with_map = true};
    assert_int_equal(ovf_xml_read(row->document, &options, &arena, &root, &err), row->status);
    if (row->status != OVF_OK)
        assert_int_equal(err.pos, row->pos);
    size_t whole = 0;
    for (const ovf_xml *n = ovf_xml_child(root, "n"); n != NULL; n = ovf_xml_next(n, "n"))
        whole++;
    assert_int_equal(whole, row->whole);
    if (row->text != NULL)
        assert_true(ovf_str_eq(ovf_xml_text(root, "n"), ovf_str_of(row->text)));
    ovf_arena_done(&arena);
}

static void knows_its_bytes(void **state)
{
    OVF_UNUSED(state);
    ovf_str document = OVF_STR("<a>\n<n k='v'>x&amp;y</n></a>");
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_xml *root = NULL;
    const ovf_xml_options options = {.kept = kept, .with_map = true, .base = 100};
    assert_int_equal(ovf_xml_read(document, &options, &arena, &root, NULL), OVF_OK);
    const ovf_xml *n = ovf_xml_child(root, "n");
    assert_int_equal(n->at, 104);
    assert_int_equal(n->end, 124);
    assert_int_equal(n->line, 2);
    const uint32_t places[] = {113, 114, 119};
    assert_memory_equal(n->map, places, sizeof places);
    assert_true(ovf_str_eq(ovf_xml_attribute(n, "k"), OVF_STR("v")));
    ovf_arena_done(&arena);
}

/* 100,000 pieces of text round children: memory stays a small multiple of the document. */
static void mixed_text_stays_linear(void **state)
{
    OVF_UNUSED(state);
    ovf_buf buf = {0};
    ovf_buf_printf(&buf, "<n>");
    for (int i = 0; i < 100000; i++)
        ovf_buf_printf(&buf, "a<b/>");
    ovf_buf_printf(&buf, "</n>");
    ovf_arena arena;
    ovf_arena_init(&arena, (size_t)64 << 20);
    ovf_xml *root = NULL;
    const ovf_xml_options options = {.kept = kept, .with_map = true};
    assert_int_equal(ovf_xml_read(ovf_buf_str(&buf), &options, &arena, &root, NULL), OVF_OK);
    assert_int_equal(ovf_xml_text(root, "n").len, 199999);
    ovf_arena_done(&arena);
    ovf_buf_done(&buf);
}

static void attributes_have_a_ceiling(void **state)
{
    OVF_UNUSED(state);
    ovf_buf buf = {0};
    ovf_buf_printf(&buf, "<n k='");
    for (int i = 0; i < OVF_XML_MAX_ATTRIBUTE; i++)
        ovf_buf_addc(&buf, 'x');
    ovf_buf_printf(&buf, "'/>");
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_xml *root = NULL;
    ovf_error err = {0};
    const ovf_xml_options options = {.kept = kept};
    assert_int_equal(ovf_xml_read(ovf_buf_str(&buf), &options, &arena, &root, &err), OVF_E_LIMIT);
    const ovf_xml_options few = {.kept = kept, .max_elements = 1};
    assert_int_equal(ovf_xml_read(OVF_STR("<n><b/></n>"), &few, &arena, &root, &err), OVF_E_LIMIT);
    assert_int_equal(err.pos, 3);
    ovf_arena_done(&arena);
    ovf_buf_done(&buf);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 3] = {
        cmocka_unit_test(knows_its_bytes),
        cmocka_unit_test(mixed_text_stays_linear),
        cmocka_unit_test(attributes_have_a_ceiling),
    };
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[3 + i] = (struct CMUnitTest){rows[i].name, reads, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("xml", tests, OVF_COUNTOF(tests), NULL, NULL);
}
