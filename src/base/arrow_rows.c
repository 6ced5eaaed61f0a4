/* SPDX-License-Identifier: Apache-2.0 */
/* Columns in memory, as the body of a record batch has them but for the validity, which is a byte a
 * row here and a bit there. */
#include "arrow_internal.h"

#include <stdlib.h>
#include <string.h>

void ovf_arrow_rows_begin(ovf_arrow_rows *rows, const ovf_arrow_field *fields, size_t count)
{
    *rows = (ovf_arrow_rows){.fields = fields, .field_count = count};
    rows->columns = calloc(count, sizeof(*rows->columns));
    rows->failed = rows->columns == NULL || count > OVF_ARROW_MAX_FIELDS;
}

void ovf_arrow_rows_done(ovf_arrow_rows *rows)
{
    for (size_t i = 0; rows->columns != NULL && i < rows->field_count; i++) {
        free(rows->columns[i].is_valid);
        free(rows->columns[i].values);
        ovf_buf_done(&rows->columns[i].text);
    }
    free(rows->columns);
    *rows = (ovf_arrow_rows){0};
}

void ovf_arrow_rows_reset(ovf_arrow_rows *rows)
{
    rows->count = 0;
    rows->text_bytes = 0;
    for (size_t i = 0; rows->columns != NULL && i < rows->field_count; i++) {
        rows->columns[i].is_set = false;
        ovf_buf_reset(&rows->columns[i].text);
    }
}

/* Room for the row that is being made, and the end of its text behind it. */
static arrow_column *column_of(ovf_arrow_rows *rows, size_t column)
{
    if (rows->failed || column >= rows->field_count)
        return NULL;
    arrow_column *c = &rows->columns[column];
    if (rows->count + 2 <= c->capacity)
        return c;
    size_t wanted = c->capacity == 0 ? 64 : c->capacity * 2;
    uint8_t *is_valid = realloc(c->is_valid, wanted);
    if (is_valid != NULL)
        c->is_valid = is_valid;
    arrow_value *values = realloc(c->values, wanted * sizeof(*values));
    if (values != NULL)
        c->values = values;
    rows->failed = is_valid == NULL || values == NULL;
    if (rows->failed)
        return NULL;
    c->capacity = wanted;
    return c;
}

static arrow_column *start_cell(ovf_arrow_rows *rows, size_t column)
{
    arrow_column *c = column_of(rows, column);
    if (c == NULL || c->is_set)
        return NULL;
    c->is_set = true;
    c->is_valid[rows->count] = 1;
    return c;
}

/* How many bytes from `at` on are one character of UTF-8 (RFC 3629); 0: none. */
static size_t utf8_length(ovf_str s, size_t at)
{
    uint8_t lead = (uint8_t)s.ptr[at];
    if (lead < 0x80)
        return 1;
    size_t len = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || at + len > s.len)
        return 0;
    for (size_t i = 1; i < len; i++) {
        if (((uint8_t)s.ptr[at + i] & 0xc0) != 0x80)
            return 0;
    }
    uint8_t second = (uint8_t)s.ptr[at + 1];
    bool is_bad = (lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f)
                  || (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f);
    return is_bad ? 0 : len;
}

void ovf_arrow_put_text(ovf_arrow_rows *rows, size_t column, ovf_str text)
{
    arrow_column *c = start_cell(rows, column);
    if (c == NULL)
        return;
    size_t before = c->text.len;
    size_t good = 0; // up to there the bytes are taken
    for (size_t at = 0; at < text.len;) {
        size_t len = utf8_length(text, at);
        at += len;
        if (len > 0)
            continue;
        ovf_buf_add(&c->text, ovf_str_sub(text, good, at));
        ovf_buf_add(&c->text, OVF_STR("\xef\xbf\xbd"));
        good = ++at;
    }
    ovf_buf_add(&c->text, ovf_str_tail(text, good));
    rows->failed = rows->failed || c->text.failed || c->text.len > INT32_MAX;
    rows->text_bytes += c->text.len - before;
}

void ovf_arrow_put_double(ovf_arrow_rows *rows, size_t column, double value)
{
    arrow_column *c = start_cell(rows, column);
    if (c != NULL)
        c->values[rows->count].number = value;
}

void ovf_arrow_put_int(ovf_arrow_rows *rows, size_t column, int32_t value)
{
    arrow_column *c = start_cell(rows, column);
    if (c != NULL)
        c->values[rows->count].count = value;
}

void ovf_arrow_put_time(ovf_arrow_rows *rows, size_t column, int64_t time_s)
{
    arrow_column *c = start_cell(rows, column);
    if (c != NULL && (time_s > INT64_MAX / 1000 || time_s < INT64_MIN / 1000))
        c->is_valid[rows->count] = 0;
    else if (c != NULL)
        c->values[rows->count].count = time_s * 1000;
}

void ovf_arrow_end_row(ovf_arrow_rows *rows)
{
    for (size_t i = 0; i < rows->field_count && !rows->failed; i++) {
        arrow_column *c = column_of(rows, i);
        if (c == NULL)
            return;
        bool is_null = !c->is_set || c->is_valid[rows->count] == 0;
        c->is_valid[rows->count] = !is_null;
        if (is_null)
            c->values[rows->count].count = 0;
        if (rows->fields[i].type == OVF_ARROW_UTF8)
            c->values[rows->count].count = (int64_t)c->text.len; // where the text ends
        c->is_set = false;
    }
    rows->count += !rows->failed;
}

static int64_t text_start(const arrow_column *c, size_t row)
{
    return row == 0 ? 0 : c->values[row - 1].count;
}

void ovf_arrow_append(ovf_arrow_rows *rows, const ovf_arrow_rows *other, size_t from, size_t until)
{
    for (size_t row = from; row < until && row < other->count && !rows->failed; row++) {
        for (size_t i = 0; i < rows->field_count; i++) {
            const arrow_column *c = &other->columns[i];
            arrow_value value = c->values[row];
            if (c->is_valid[row] == 0)
                continue;
            arrow_column *own = start_cell(rows, i);
            if (own == NULL)
                return;
            own->values[rows->count] = value;
            if (rows->fields[i].type == OVF_ARROW_UTF8) { // checked when it was put there
                size_t start = (size_t)text_start(c, row);
                size_t len = (size_t)value.count - start;
                ovf_buf_add(&own->text, (ovf_str){c->text.ptr + start, len});
                rows->text_bytes += len;
                rows->failed = own->text.failed || own->text.len > INT32_MAX;
            }
        }
        ovf_arrow_end_row(rows);
    }
}
