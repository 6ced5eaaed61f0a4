/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON writer: RFC 8259 for the text, RFC 3629 and Unicode's table 3-7 for what is UTF-8. */
#include <overfly/json.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <jansson.h>
#include <math.h>

static struct row {
    const char *name;
    ovf_str text;
    const char *written;
} rows[] = {
    {"plain", OVF_STR_INIT("SVZM"), "\"SVZM\""},
    {"empty", OVF_STR_INIT(""), "\"\""},
    {"quote and backslash", OVF_STR_INIT("a\"b\\c"), "\"a\\\"b\\\\c\""},
    {"line feed", OVF_STR_INIT("a\nb"), "\"a\\nb\""},
    {"controls", OVF_STR_INIT("\t\r\x01\x7F"), "\"\\u0009\\u000d\\u0001\\u007f\""},
    {"NUL", OVF_STR_INIT("a\0b"), "\"a\\u0000b\""},
    {"two bytes", OVF_STR_INIT("\xC3\xA9"), "\"\xC3\xA9\""},
    {"three bytes", OVF_STR_INIT("\xE2\x82\xAC"), "\"\xE2\x82\xAC\""},
    {"four bytes", OVF_STR_INIT("\xF0\x9F\x9B\xA9"), "\"\xF0\x9F\x9B\xA9\""},
    {"last code point", OVF_STR_INIT("\xF4\x8F\xBF\xBF"), "\"\xF4\x8F\xBF\xBF\""},
    {"lone continuation", OVF_STR_INIT("a\x80z"), "\"a\\ufffdz\""},
    {"Latin-1", OVF_STR_INIT("caf\xE9"), "\"caf\\ufffd\""},
    {"cut short", OVF_STR_INIT("\xE2\x82"), "\"\\ufffd\\ufffd\""},
    {"cut by a letter",
     OVF_STR_INIT("\xC3"
                  "A"),
     "\"\\ufffdA\""},
    {"overlong slash", OVF_STR_INIT("\xC0\xAF"), "\"\\ufffd\\ufffd\""},
    {"overlong three", OVF_STR_INIT("\xE0\x80\x80"), "\"\\ufffd\\ufffd\\ufffd\""},
    {"surrogate", OVF_STR_INIT("\xED\xA0\x80"), "\"\\ufffd\\ufffd\\ufffd\""},
    {"above the last", OVF_STR_INIT("\xF4\x90\x80\x80"), "\"\\ufffd\\ufffd\\ufffd\\ufffd\""},
    {"no such byte", OVF_STR_INIT("\xFF\xFE"), "\"\\ufffd\\ufffd\""},
};

static void writes_text(void **state)
{
    const struct row *row = *state;
    ovf_buf buf = {0};
    ovf_json json;
    ovf_json_init(&json, &buf);
    ovf_json_array(&json);
    ovf_json_str(&json, row->text);
    ovf_json_end(&json);
    assert_false(buf.failed);
    assert_true(
        ovf_str_eq(ovf_str_sub(ovf_buf_str(&buf), 1, buf.len - 1), ovf_str_of(row->written)));
    json_t *read = json_loadb(buf.ptr, buf.len, JSON_ALLOW_NUL, NULL);
    assert_non_null(read);
    json_decref(read);
    ovf_buf_done(&buf);
}

static void writes_an_object(void **state)
{
    OVF_UNUSED(state);
    ovf_buf buf = {0};
    ovf_json json;
    ovf_json_init(&json, &buf);
    ovf_json_object(&json);
    ovf_json_key(&json, "a");
    ovf_json_array(&json);
    ovf_json_int(&json, -5);
    ovf_json_bool(&json, true);
    ovf_json_null(&json);
    ovf_json_fixed(&json, 66.25, 6);
    ovf_json_fixed(&json, (double)NAN, 2);
    ovf_json_fixed(&json, HUGE_VAL, 2);
    ovf_json_end(&json);
    ovf_json_key(&json, "b");
    ovf_json_str_or_null(&json, OVF_STR(""));
    ovf_json_key(&json, "c");
    ovf_json_cstr(&json, NULL);
    ovf_json_key(&json, "d");
    ovf_json_object(&json);
    ovf_json_end(&json);
    ovf_json_end(&json);
    assert_false(buf.failed);
    assert_string_equal(
        buf.ptr, "{\"a\":[-5,true,null,66.250000,null,null],\"b\":null,\"c\":null,\"d\":{}}");
    ovf_buf_done(&buf);
}

static void refuses_calls_out_of_place(void **state)
{
    OVF_UNUSED(state);
    for (int i = 0; i < 5; i++) {
        ovf_buf buf = {0};
        ovf_json json;
        ovf_json_init(&json, &buf);
        if (i == 0)
            ovf_json_end(&json);
        if (i == 1)
            ovf_json_key(&json, "a");
        if (i == 2) {
            ovf_json_object(&json);
            ovf_json_int(&json, 1); // a value without a key
        }
        if (i == 3) {
            ovf_json_object(&json);
            ovf_json_key(&json, "a");
            ovf_json_end(&json);
        }
        for (int k = 0; i == 4 && k < OVF_JSON_DEPTH_MAX + 1; k++)
            ovf_json_array(&json);
        assert_true(buf.failed);
        ovf_buf_done(&buf);
    }
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 2] = {0};
    size_t n = 0;
    for (; n < OVF_COUNTOF(rows); n++)
        tests[n] = (struct CMUnitTest){rows[n].name, writes_text, NULL, NULL, &rows[n]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(writes_an_object);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(refuses_calls_out_of_place);
    return _cmocka_run_group_tests("json", tests, n, NULL, NULL);
}
