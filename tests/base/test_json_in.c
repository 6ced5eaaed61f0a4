/* SPDX-License-Identifier: Apache-2.0 */
/* JSON where it stands: what RFC 8259 allows, the byte where it goes wrong, values with their bytes. */
#include <overfly/json_in.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct row {
    const char *name;
    ovf_str text;
    ovf_status status;
    size_t at; /* of the error, or behind the value */
} rows[] = {
    {"an object", OVF_STR_INIT("{\"a\": [1, 2.5e3, {}], \"b\": null}"), OVF_OK, 32},
    {"blanks before, something behind", OVF_STR_INIT(" 12 x"), OVF_OK, 3},
    {"escapes", OVF_STR_INIT("\"\\u00e9\\n\\\\\""), OVF_OK, 12},
    {"nothing", OVF_STR_INIT(""), OVF_E_SYNTAX, 0},
    {"a member without a colon", OVF_STR_INIT("{\"a\" 1}"), OVF_E_SYNTAX, 5},
    {"a comma too many", OVF_STR_INIT("[1,]"), OVF_E_SYNTAX, 3},
    {"a name without quotes", OVF_STR_INIT("{a:1}"), OVF_E_SYNTAX, 1},
    {"a leading zero", OVF_STR_INIT("01"), OVF_E_SYNTAX, 0},
    {"a point without digits", OVF_STR_INIT("1."), OVF_E_SYNTAX, 2},
    {"a line end in a string", OVF_STR_INIT("\"a\nb\""), OVF_E_SYNTAX, 2},
    {"an escape that is none", OVF_STR_INIT("\"\\x\""), OVF_E_SYNTAX, 2},
    {"an escape cut short", OVF_STR_INIT("\"\\u12"), OVF_E_SYNTAX, 2},
    {"a bracket of the other kind", OVF_STR_INIT("[1}"), OVF_E_SYNTAX, 2},
    {"broken off in an array", OVF_STR_INIT("[1, 2"), OVF_E_SYNTAX, 5},
    {"broken off in a string", OVF_STR_INIT("[\"ab"), OVF_E_SYNTAX, 4},
    {"NaN", OVF_STR_INIT("[NaN]"), OVF_E_SYNTAX, 1},
};

static void reads(void **state)
{
    const struct row *row = *state;
    ovf_json_value value = {0};
    ovf_error err = {0};
    assert_int_equal(ovf_json_value_at(row->text, 0, &value, &err), row->status);
    assert_int_equal(row->status == OVF_OK ? value.end : err.pos, row->at);
}

static void nests_to_a_ceiling(void **state)
{
    OVF_UNUSED(state);
    char text[2 * OVF_JSON_IN_DEPTH + 2];
    ovf_json_value value = {0};
    ovf_error err = {0};
    memset(text, '[', OVF_JSON_IN_DEPTH);
    memset(text + OVF_JSON_IN_DEPTH, ']', OVF_JSON_IN_DEPTH);
    assert_int_equal(ovf_json_value_at((ovf_str){text, 2 * OVF_JSON_IN_DEPTH}, 0, &value, &err),
                     OVF_OK);
    memset(text, '[', OVF_JSON_IN_DEPTH + 1);
    assert_int_equal(ovf_json_value_at((ovf_str){text, 2 * OVF_JSON_IN_DEPTH}, 0, &value, &err),
                     OVF_E_LIMIT);
    assert_int_equal(err.pos, OVF_JSON_IN_DEPTH);
}

static void values_know_their_bytes(void **state)
{
    OVF_UNUSED(state);
    ovf_str text = OVF_STR("{\"a\":1,\"s\":\"x\\u00e9\\ud83d\\ude00\\ud800y\",\"a\":-2.5e1}");
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_json_value all = {0};
    double number = 0.0;
    ovf_str s = {0};
    const uint32_t *map = NULL;
    assert_int_equal(ovf_json_value_at(text, 0, &all, NULL), OVF_OK);
    assert_true(ovf_json_number(ovf_json_get(all, "a"), &number)); // the last of that name
    assert_true(number == -25.0);
    assert_true(ovf_json_string(ovf_json_get(all, "s"), &arena, &s, &map));
    assert_true(ovf_str_eq(s, OVF_STR("x\xc3\xa9\xf0\x9f\x98\x80\xef\xbf\xbdy")));
    assert_int_equal(map[0], 12);
    assert_int_equal(map[1], 13);
    assert_int_equal(map[2], 13);
    assert_int_equal(map[s.len - 1], 37);
    assert_int_equal(ovf_json_kind(ovf_json_get(all, "zz")), '\0');
    ovf_arena_done(&arena);
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 2] = {
        cmocka_unit_test(nests_to_a_ceiling),
        cmocka_unit_test(values_know_their_bytes),
    };
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[2 + i] = (struct CMUnitTest){rows[i].name, reads, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("json_in", tests, OVF_COUNTOF(tests), NULL, NULL);
}
