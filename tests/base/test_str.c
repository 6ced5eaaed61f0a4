/* SPDX-License-Identifier: Apache-2.0 */
/* Borrowed text: numbers, cutting, finding. Numbers: the nearest double as C's literals give it. */
#include <overfly/base.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct number_row {
    const char *name;
    ovf_str text;
    ovf_status status;
    size_t pos;
    double value;
} number_rows[] = {
    {"whole", OVF_STR_INIT("42"), OVF_OK, 0, 42.0},
    {"negative", OVF_STR_INIT("-4.5"), OVF_OK, 0, -4.5},
    {"plus", OVF_STR_INIT("+0.25"), OVF_OK, 0, 0.25},
    {"point first", OVF_STR_INIT(".5"), OVF_OK, 0, 0.5},
    {"point last", OVF_STR_INIT("7."), OVF_OK, 0, 7.0},
    {"leading zeros", OVF_STR_INIT("000012.3400"), OVF_OK, 0, 12.34},
    {"small", OVF_STR_INIT("0.0000001"), OVF_OK, 0, 1e-7},
    {"large", OVF_STR_INIT("123456789012345678901234"), OVF_OK, 0, 123456789012345678e6},
    {"empty", OVF_STR_INIT(""), OVF_E_SYNTAX, 0, 0},
    {"sign only", OVF_STR_INIT("-"), OVF_E_SYNTAX, 1, 0},
    {"point only", OVF_STR_INIT("."), OVF_E_SYNTAX, 1, 0},
    {"two points", OVF_STR_INIT("1.2.3"), OVF_E_SYNTAX, 3, 0},
    {"exponent", OVF_STR_INIT("1e5"), OVF_E_SYNTAX, 1, 0},
    {"blank", OVF_STR_INIT(" 1"), OVF_E_SYNTAX, 0, 0},
    {"not a number", OVF_STR_INIT("nan"), OVF_E_SYNTAX, 0, 0},
    {"NUL inside", OVF_STR_INIT("1\0002"), OVF_E_SYNTAX, 1, 0},
};

static void reads_number(void **state)
{
    const struct number_row *row = *state;
    double value = 99;
    ovf_error err = {0};
    assert_int_equal(ovf_str_to_double(row->text, &value, &err), row->status);
    if (row->status == OVF_OK) {
        double slack = row->value * 4e-16;
        assert_true(value >= row->value - (slack < 0 ? -slack : slack));
        assert_true(value <= row->value + (slack < 0 ? -slack : slack));
    } else {
        assert_int_equal(err.pos, row->pos);
        assert_true(value == 99);
    }
}

static void takes_digits(void **state)
{
    OVF_UNUSED(state);
    uint32_t out = 7;
    assert_int_equal(ovf_str_take_uint(OVF_STR("FL245X"), 2, 999, &out), 5);
    assert_int_equal(out, 245);
    assert_int_equal(ovf_str_take_uint(OVF_STR("X"), 0, 999, &out), 0);
    assert_int_equal(out, 245);
    assert_int_equal(ovf_str_take_uint(OVF_STR("99999999999999999999999"), 0, 999, &out), 23);
    assert_int_equal(out, 1000);
    assert_int_equal(ovf_str_take_uint(OVF_STR("4294967295"), 0, UINT32_MAX, &out), 10);
    assert_true(out == UINT32_MAX);
}

static void cuts(void **state)
{
    OVF_UNUSED(state);
    ovf_str s = OVF_STR("  FIR\tSVZM\r\n");
    assert_true(ovf_str_eq(ovf_str_trim(s), OVF_STR("FIR\tSVZM")));
    assert_true(ovf_str_eq(ovf_str_sub(s, 2, 5), OVF_STR("FIR")));
    assert_true(ovf_str_eq(ovf_str_sub(s, 9, 3), OVF_STR("")));
    assert_int_equal(ovf_str_tail(s, 100).len, 0);
    assert_int_equal(ovf_str_trim(OVF_STR(" \t")).len, 0);
    assert_true(ovf_str_starts(OVF_STR("FL245"), OVF_STR("FL")));
    assert_false(ovf_str_starts(OVF_STR("F"), OVF_STR("FL")));
    assert_true(ovf_str_ends(OVF_STR("900M AMSL"), OVF_STR("AMSL")));
    assert_true(ovf_str_eq_nocase(OVF_STR("svzm"), OVF_STR("SVZM")));
    assert_false(ovf_str_eq_nocase(OVF_STR("svz"), OVF_STR("SVZM")));
    assert_int_equal(ovf_str_of(NULL).len, 0);
    assert_true(ovf_str_cmp(OVF_STR("A"), OVF_STR("AB")) < 0);
    assert_true(ovf_str_cmp(OVF_STR("\xFF"), OVF_STR("A")) > 0);
    assert_true(ovf_str_cmp(OVF_STR(""), OVF_STR("")) == 0);
}

static void finds(void **state)
{
    OVF_UNUSED(state);
    ovf_str s = OVF_STR("A) SVZM B) 25 C) 26 B)");
    assert_int_equal(ovf_str_find(s, 0, OVF_STR("B)")), 8);
    assert_int_equal(ovf_str_find(s, 9, OVF_STR("B)")), 20);
    assert_true(ovf_str_find(s, 21, OVF_STR("B)")) == OVF_NOPOS);
    assert_true(ovf_str_find(OVF_STR(""), 0, OVF_STR("x")) == OVF_NOPOS);
    assert_int_equal(ovf_str_find(s, 3, OVF_STR("")), 3);
    assert_int_equal(ovf_str_find(OVF_STR("aab"), 0, OVF_STR("ab")), 1);
}

static void splits(void **state)
{
    OVF_UNUSED(state);
    ovf_str rest = OVF_STR("one\r\n\ntwo");
    ovf_str line = {0};
    assert_true(ovf_str_line(&rest, &line) && ovf_str_eq(line, OVF_STR("one")));
    assert_true(ovf_str_line(&rest, &line) && line.len == 0);
    assert_true(ovf_str_line(&rest, &line) && ovf_str_eq(line, OVF_STR("two")));
    assert_false(ovf_str_line(&rest, &line));
    rest = OVF_STR("a,,b");
    ovf_str field = {0};
    assert_true(ovf_str_field(&rest, ',', &field) && ovf_str_eq(field, OVF_STR("a")));
    assert_true(ovf_str_field(&rest, ',', &field) && field.len == 0);
    assert_true(ovf_str_field(&rest, ',', &field) && ovf_str_eq(field, OVF_STR("b")));
    assert_false(ovf_str_field(&rest, ',', &field));
    size_t line_no = 0;
    size_t column = 0;
    ovf_str_line_column(OVF_STR("ab\ncd"), 4, &line_no, &column);
    assert_int_equal(line_no, 2);
    assert_int_equal(column, 2);
    ovf_str_line_column(OVF_STR("ab"), 99, &line_no, &column);
    assert_int_equal(column, 3);
}

static void three_values(void **state)
{
    OVF_UNUSED(state);
    const ovf_tri u = OVF_TRI_UNKNOWN;
    const ovf_tri n = OVF_TRI_NO;
    const ovf_tri y = OVF_TRI_YES;
    assert_int_equal(ovf_tri_and(u, n), n);
    assert_int_equal(ovf_tri_and(u, y), u);
    assert_int_equal(ovf_tri_and(y, y), y);
    assert_int_equal(ovf_tri_or(u, y), y);
    assert_int_equal(ovf_tri_or(u, n), u);
    assert_int_equal(ovf_tri_or(n, n), n);
    assert_int_equal(ovf_tri_not(u), u);
    assert_int_equal(ovf_tri_not(y), n);
}

static void fails_with_a_place(void **state)
{
    OVF_UNUSED(state);
    ovf_error err = {0};
    assert_int_equal(ovf_fail(&err, OVF_E_RANGE, 7, "level above %d ft", 100), OVF_E_RANGE);
    assert_int_equal(err.pos, 7);
    assert_string_equal(err.reason, "level above 100 ft");
    assert_int_equal(ovf_fail(NULL, OVF_E_IO, 0, "x"), OVF_E_IO);
    assert_string_equal(ovf_status_name(OVF_E_RANGE), "range");
    assert_non_null(ovf_status_name((ovf_status)999));
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(number_rows) + 6] = {0};
    size_t n = 0;
    for (; n < OVF_COUNTOF(number_rows); n++)
        tests[n] =
            (struct CMUnitTest){number_rows[n].name, reads_number, NULL, NULL, &number_rows[n]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(takes_digits);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(cuts);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(finds);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(splits);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(three_values);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(fails_with_a_place);
    return _cmocka_run_group_tests("str", tests, n, NULL, NULL);
}
