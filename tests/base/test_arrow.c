/* SPDX-License-Identifier: Apache-2.0 */
/* The Arrow stream against the published format: FlatBuffers are read here by the rules of their
 * "internals" document, a few lines that share nothing with the writer; the body of a record batch is
 * worked by hand from the columnar format. tools/check-arrow.mjs reads it with another program. */
#include <overfly/arrow.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- a reader of FlatBuffers ---- */

static uint64_t read_at(const uint8_t *p, size_t len)
{
    uint64_t value = 0;
    for (size_t i = 0; i < len; i++)
        value |= (uint64_t)p[i] << (8 * i);
    return value;
}

/* What a table says of its member; NULL: nothing, the default holds. */
static const uint8_t *member(const uint8_t *table, size_t id)
{
    const uint8_t *vtable = table - (int32_t)read_at(table, 4);
    size_t size = read_at(vtable, 2);
    size_t place = 4 + 2 * id < size ? read_at(vtable + 4 + 2 * id, 2) : 0;
    assert_true(size >= 4 && size % 2 == 0);
    assert_true(place < read_at(vtable + 2, 2));
    return place == 0 ? NULL : table + place;
}

static const uint8_t *follow(const uint8_t *offset)
{
    assert_non_null(offset);
    return offset + read_at(offset, 4);
}

static void assert_text(const uint8_t *offset, const char *expected)
{
    const uint8_t *text = follow(offset);
    assert_int_equal(read_at(text, 4), strlen(expected));
    assert_memory_equal(text + 4, expected, strlen(expected) + 1);
}

typedef struct message {
    const uint8_t *header; /* a table */
    const uint8_t *body;
    size_t body_len;
    const uint8_t *next;
} message;

static message read_message(const ovf_buf *buf, const uint8_t *at, uint8_t header_type)
{
    size_t offset = (size_t)(at - (const uint8_t *)buf->ptr);
    assert_int_equal(offset % 8, 0);
    assert_int_equal(read_at(at, 4), 0xffffffff);
    size_t len = read_at(at + 4, 4);
    assert_true(len > 0 && len % 8 == 0);
    const uint8_t *root = follow(at + 8);
    assert_int_equal(read_at(member(root, 0), 2), 4); // V5
    assert_int_equal(*member(root, 1), header_type);
    message m = {.header = follow(member(root, 2)), .body = at + 8 + len};
    m.body_len = member(root, 3) == NULL ? 0 : read_at(member(root, 3), 8);
    assert_int_equal(m.body_len % 8, 0);
    m.next = m.body + m.body_len;
    assert_true(m.next <= (const uint8_t *)buf->ptr + buf->len);
    return m;
}

/* ---- the schema ---- */

static const ovf_arrow_field fields[] = {
    {"name", OVF_ARROW_UTF8, NULL},
    {"length_nm", OVF_ARROW_DOUBLE, "nautical_mile"},
    {"level_ft", OVF_ARROW_INT32, "foot"},
    {"time", OVF_ARROW_TIME, NULL},
};

static void schema(void **state)
{
    (void)state;
    static const uint8_t types[] = {5, 3, 2, 10}; // Utf8, FloatingPoint, Int, Timestamp
    ovf_buf buf = {0};
    ovf_arrow_write_schema(&buf, fields, OVF_COUNTOF(fields));
    assert_false(buf.failed);
    message m = read_message(&buf, (const uint8_t *)buf.ptr, 1);
    assert_int_equal(m.body_len, 0);
    assert_ptr_equal(m.next, buf.ptr + buf.len);
    assert_true(member(m.header, 0) == NULL || read_at(member(m.header, 0), 2) == 0);
    const uint8_t *list = follow(member(m.header, 1));
    assert_int_equal(read_at(list, 4), OVF_COUNTOF(fields));
    for (size_t i = 0; i < OVF_COUNTOF(fields); i++) {
        const uint8_t *field = follow(list + 4 + 4 * i);
        assert_text(member(field, 0), fields[i].name);
        assert_int_equal(*member(field, 1), 1); // nullable
        assert_int_equal(*member(field, 2), types[i]);
        assert_null(member(field, 4)); // no dictionary
        assert_int_equal(read_at(follow(member(field, 5)), 4), 0);
        const uint8_t *type = follow(member(field, 3));
        if (types[i] == 3)
            assert_int_equal(read_at(member(type, 0), 2), 2); // DOUBLE
        if (types[i] == 2) {
            assert_int_equal(read_at(member(type, 0), 4), 32);
            assert_int_equal(*member(type, 1), 1);
        }
        if (types[i] == 10) {
            assert_int_equal(read_at(member(type, 0), 2), 1); // MILLISECOND
            assert_text(member(type, 1), "UTC");
        }
        if (fields[i].unit == NULL) {
            assert_null(member(field, 6));
        } else {
            const uint8_t *pair = follow(follow(member(field, 6)) + 4);
            assert_text(member(pair, 0), "unit");
            assert_text(member(pair, 1), fields[i].unit);
        }
    }
    ovf_buf_done(&buf);
}

/* ---- a record batch ---- */

static void fill(ovf_arrow_rows *rows)
{
    ovf_arrow_rows_begin(rows, fields, OVF_COUNTOF(fields));
    ovf_arrow_put_text(rows, 0, OVF_STR("ab"));
    ovf_arrow_put_double(rows, 1, 1.5);
    ovf_arrow_put_int(rows, 2, -2);
    ovf_arrow_put_time(rows, 3, 1);
    ovf_arrow_end_row(rows);
    ovf_arrow_end_row(rows); // all null
    ovf_arrow_put_int(rows, 2, 35000);
    ovf_arrow_put_text(rows, 0, OVF_STR("c\xff"));
    ovf_arrow_end_row(rows);
}

/* 1.5 is 3ff8000000000000; -2 fffffffe; 35000 88b8; 1 s 1000 ms, 3e8; ff no UTF-8: ef bf bd. */
static const uint8_t body[] = {
    5,    0,    0,    0,    0,    0,    0,    0, /* name: rows 0 and 2 */
    0,    0,    0,    0,    2,    0,    0,    0,    2,    0,    0, 0, 6, 0, 0, 0, /* 0, 2, 2, 6 */
    'a',  'b',  'c',  0xef, 0xbf, 0xbd, 0,    0,                                  /* 6 bytes */
    1,    0,    0,    0,    0,    0,    0,    0, /* length_nm: row 0 */
    0,    0,    0,    0,    0,    0,    0xf8, 0x3f, 0,    0,    0, 0, 0, 0, 0, 0,
    0,    0,    0,    0,    0,    0,    0,    0, /* 24 bytes */
    5,    0,    0,    0,    0,    0,    0,    0, /* level_ft: rows 0 and 2 */
    0xfe, 0xff, 0xff, 0xff, 0,    0,    0,    0,    0xb8, 0x88, 0, 0, 0, 0, 0, 0, /* 12 bytes */
    1,    0,    0,    0,    0,    0,    0,    0,                                  /* time: row 0 */
    0xe8, 3,    0,    0,    0,    0,    0,    0,    0,    0,    0, 0, 0, 0, 0, 0,
    0,    0,    0,    0,    0,    0,    0,    0,
};

static void check_batch(const ovf_arrow_rows *rows)
{
    static const uint64_t nulls[] = {1, 2, 1, 2};
    static const uint64_t buffers[][2] = {{0, 1},  {8, 16},  {24, 6}, {32, 1}, {40, 24},
                                          {64, 1}, {72, 12}, {88, 1}, {96, 24}};
    ovf_buf buf = {0};
    ovf_arrow_write_batch(&buf, rows);
    assert_false(buf.failed);
    message m = read_message(&buf, (const uint8_t *)buf.ptr, 3);
    assert_int_equal(read_at(member(m.header, 0), 8), 3);
    const uint8_t *list = follow(member(m.header, 1));
    assert_int_equal(read_at(list, 4), 4);
    assert_int_equal((size_t)(list + 4 - (const uint8_t *)buf.ptr) % 8, 0);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(read_at(list + 4 + 16 * i, 8), 3);
        assert_int_equal(read_at(list + 12 + 16 * i, 8), nulls[i]);
    }
    list = follow(member(m.header, 2));
    assert_int_equal(read_at(list, 4), OVF_COUNTOF(buffers));
    for (size_t i = 0; i < OVF_COUNTOF(buffers); i++) {
        assert_int_equal(read_at(list + 4 + 16 * i, 8), buffers[i][0]);
        assert_int_equal(read_at(list + 12 + 16 * i, 8), buffers[i][1]);
    }
    assert_null(member(m.header, 3)); // not compressed
    assert_int_equal(m.body_len, sizeof(body));
    assert_memory_equal(m.body, body, sizeof(body));
    ovf_buf_done(&buf);
}

static void batch(void **state)
{
    (void)state;
    ovf_arrow_rows rows;
    fill(&rows);
    check_batch(&rows);
    ovf_arrow_rows_done(&rows);
}

static void appended_rows_are_the_same(void **state)
{
    (void)state;
    ovf_arrow_rows rows;
    ovf_arrow_rows joined;
    fill(&rows);
    ovf_arrow_rows_begin(&joined, fields, OVF_COUNTOF(fields));
    for (size_t round = 0; round < 2; round++) { // the second time in memory that was used before
        ovf_arrow_append(&joined, &rows, 0, 1);
        ovf_arrow_append(&joined, &rows, 1, 3);
        check_batch(&joined);
        ovf_arrow_rows_reset(&joined);
    }
    ovf_arrow_rows_done(&joined);
    ovf_arrow_rows_done(&rows);
}

static void no_rows(void **state)
{
    (void)state;
    ovf_arrow_rows rows;
    ovf_buf buf = {0};
    ovf_arrow_rows_begin(&rows, fields, OVF_COUNTOF(fields));
    ovf_arrow_write_batch(&buf, &rows);
    message m = read_message(&buf, (const uint8_t *)buf.ptr, 3);
    assert_int_equal(m.body_len, 8); // the one offset of the text, 0, padded
    assert_int_equal(read_at(m.body, 8), 0);
    ovf_arrow_rows_done(&rows);
    ovf_buf_done(&buf);
}

static void end_of_stream(void **state)
{
    (void)state;
    ovf_buf buf = {0};
    ovf_arrow_write_end(&buf);
    assert_int_equal(buf.len, 8);
    assert_memory_equal(buf.ptr, "\xff\xff\xff\xff\0\0\0\0", 8);
    ovf_buf_done(&buf);
}

static struct text_row {
    const char *name;
    ovf_str text;
    const char *expected;
} text_rows[] = {
    {"letters of two, three and four bytes", OVF_STR_INIT("\xc3\xa9\xe2\x82\xac\xf0\x9f\x9b\xa9"),
     "\xc3\xa9\xe2\x82\xac\xf0\x9f\x9b\xa9"},
    {"too long a form", OVF_STR_INIT("\xc0\xaf"), "\xef\xbf\xbd\xef\xbf\xbd"},
    {"half of a pair", OVF_STR_INIT("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    {"cut off", OVF_STR_INIT("x\xe2\x82"), "x\xef\xbf\xbd\xef\xbf\xbd"},
    {"above U+10FFFF", OVF_STR_INIT("\xf4\x90\x80\x80"),
     "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    {"nothing", OVF_STR_INIT(""), ""},
};

static void texts(void **state)
{
    const struct text_row *row = *state;
    ovf_arrow_rows rows;
    ovf_buf buf = {0};
    ovf_arrow_rows_begin(&rows, fields, 1);
    ovf_arrow_put_text(&rows, 0, row->text);
    ovf_arrow_end_row(&rows);
    ovf_arrow_write_batch(&buf, &rows);
    message m = read_message(&buf, (const uint8_t *)buf.ptr, 3);
    assert_int_equal(read_at(m.body + 12, 4), strlen(row->expected));
    assert_memory_equal(m.body + 16, row->expected, strlen(row->expected));
    ovf_arrow_rows_done(&rows);
    ovf_buf_done(&buf);
}

int main(void)
{
    struct CMUnitTest tests[5 + OVF_COUNTOF(text_rows)] = {
        cmocka_unit_test(schema),
        cmocka_unit_test(batch),
        cmocka_unit_test(appended_rows_are_the_same),
        cmocka_unit_test(no_rows),
        cmocka_unit_test(end_of_stream),
    };
    for (size_t i = 0; i < OVF_COUNTOF(text_rows); i++)
        tests[5 + i] = (struct CMUnitTest){text_rows[i].name, texts, NULL, NULL, &text_rows[i]};
    return _cmocka_run_group_tests("arrow", tests, OVF_COUNTOF(tests), NULL, NULL);
}
