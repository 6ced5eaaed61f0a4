/* SPDX-License-Identifier: Apache-2.0 */
/* The Arrow IPC stream. Each message is
 *
 *   ff ff ff ff | int32 length of the metadata | metadata (a FlatBuffer, Message), padded to 8 | body
 *
 * and the body of a record batch is, column by column, the validity bits, for text the int32 offsets
 * of its rows and one more, and the values; each part begins at a multiple of 8 bytes. The stream ends
 * with a message of length 0.
 *
 * A FlatBuffer is made from its end to its beginning, so that what a table points at is there before
 * the table: an offset is always the distance forward to what it names. A table begins with the
 * distance back to its vtable, which lies right before it: {its size, the table's size, the place of
 * each member in the table or 0}. Numbers are little-endian and aligned to their size, counted from
 * the end of the whole. */
#include "arrow_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { /* Schema.fbs, Message.fbs */
       METADATA_V5 = 4,
       HEADER_SCHEMA = 1,
       HEADER_RECORD_BATCH = 3,
       TYPE_INT = 2,
       TYPE_FLOATING_POINT = 3,
       TYPE_UTF8 = 5,
       TYPE_TIMESTAMP = 10,
       PRECISION_DOUBLE = 2,
       UNIT_MILLISECOND = 1,
};

/* ---- FlatBuffers ---- */

#define MAX_MEMBERS 8

typedef struct maker {
    uint8_t *bytes; /* the last `used` of `capacity` are written */
    size_t capacity, used;
    uint32_t member[MAX_MEMBERS]; /* of the table at hand: `used` behind it, or 0 */
    uint32_t table_end;           /* `used` when it was begun */
    bool failed;
} maker;

static void make_room(maker *m, size_t len)
{
    if (m->failed || m->used + len <= m->capacity)
        return;
    size_t wanted = m->capacity == 0 ? 4096 : m->capacity * 2;
    while (wanted < m->used + len)
        wanted *= 2;
    uint8_t *bytes = malloc(wanted);
    m->failed = bytes == NULL;
    if (m->failed)
        return;
    if (m->used > 0)
        memcpy(bytes + wanted - m->used, m->bytes + m->capacity - m->used, m->used);
    free(m->bytes);
    m->bytes = bytes;
    m->capacity = wanted;
}

static void put_bytes(maker *m, const void *bytes, size_t len)
{
    make_room(m, len);
    if (m->failed || len == 0)
        return;
    m->used += len;
    memcpy(m->bytes + m->capacity - m->used, bytes, len);
}

/* Zeros, so that after `len` more bytes the place is a multiple of `align`. */
static void pad_for(maker *m, size_t align, size_t len)
{
    static const uint8_t zeros[8];
    put_bytes(m, zeros, (align - (m->used + len) % align) % align);
}

static void put_16(maker *m, uint16_t value)
{
    pad_for(m, 2, 2);
    put_bytes(m, (const uint8_t[]){(uint8_t)value, (uint8_t)(value >> 8)}, 2);
}

static void put_32(maker *m, uint32_t value)
{
    pad_for(m, 4, 4);
    put_16(m, (uint16_t)(value >> 16));
    put_16(m, (uint16_t)value);
}

static void put_64(maker *m, uint64_t value)
{
    pad_for(m, 8, 8);
    put_32(m, (uint32_t)(value >> 32));
    put_32(m, (uint32_t)value);
}

/* The distance forward to something made before; `place` is what made it gave. */
static void put_offset(maker *m, uint32_t place)
{
    pad_for(m, 4, 4);
    put_32(m, (uint32_t)m->used + 4 - place);
}

static uint32_t make_string(maker *m, const char *text)
{
    size_t len = strlen(text);
    pad_for(m, 4, len + 1);
    put_bytes(m, "", 1);
    put_bytes(m, text, len);
    put_32(m, (uint32_t)len);
    return (uint32_t)m->used;
}

static uint32_t make_offsets(maker *m, const uint32_t *places, size_t count)
{
    pad_for(m, 4, count * 4);
    for (size_t i = count; i-- > 0;)
        put_offset(m, places[i]);
    put_32(m, (uint32_t)count);
    return (uint32_t)m->used;
}

static void begin_table(maker *m)
{
    memset(m->member, 0, sizeof(m->member));
    m->table_end = (uint32_t)m->used;
}

/* What was put last is member number `id`. */
static void is_member(maker *m, size_t id)
{
    assert(id < MAX_MEMBERS);
    m->member[id] = (uint32_t)m->used;
}

static void put_member_8(maker *m, size_t id, uint8_t value)
{
    put_bytes(m, &value, 1);
    is_member(m, id);
}

static void put_member_16(maker *m, size_t id, uint16_t value)
{
    put_16(m, value);
    is_member(m, id);
}

static void put_member_offset(maker *m, size_t id, uint32_t place)
{
    put_offset(m, place);
    is_member(m, id);
}

static uint32_t end_table(maker *m)
{
    size_t count = MAX_MEMBERS;
    while (count > 0 && m->member[count - 1] == 0)
        count--;
    uint16_t vtable_size = (uint16_t)(4 + 2 * count);
    put_32(m, vtable_size); // the vtable lies right before: that far back
    uint32_t table = (uint32_t)m->used;
    for (size_t i = count; i-- > 0;)
        put_16(m, (uint16_t)(m->member[i] == 0 ? 0 : table - m->member[i]));
    put_16(m, (uint16_t)(table - m->table_end));
    put_16(m, vtable_size);
    return table;
}

/* ---- the messages ---- */

/* A message whose header is made: its metadata, in front of a body of so many bytes. */
static void write_message(ovf_buf *out, maker *m, uint8_t header_type, uint32_t header,
                          size_t body_len)
{
    begin_table(m);
    put_64(m, body_len);
    is_member(m, 3);
    put_member_offset(m, 2, header);
    put_member_16(m, 0, METADATA_V5);
    put_member_8(m, 1, header_type);
    uint32_t message = end_table(m);
    pad_for(m, 8, 4); // the whole is a multiple of 8
    put_offset(m, message);
    out->failed = out->failed || m->failed;
    if (!m->failed) {
        uint32_t len = (uint32_t)m->used;
        ovf_buf_add(out, OVF_STR("\xff\xff\xff\xff"));
        ovf_buf_add(out, (ovf_str){(const char *)&len, sizeof(len)});
        ovf_buf_add(out, (ovf_str){(const char *)m->bytes + m->capacity - m->used, m->used});
    }
    free(m->bytes);
    *m = (maker){0};
}

static uint32_t make_type(maker *m, ovf_arrow_type type, uint8_t *number)
{
    static const uint8_t numbers[] = {[OVF_ARROW_UTF8] = TYPE_UTF8,
                                      [OVF_ARROW_DOUBLE] = TYPE_FLOATING_POINT,
                                      [OVF_ARROW_INT32] = TYPE_INT,
                                      [OVF_ARROW_TIME] = TYPE_TIMESTAMP};
    uint32_t zone = type == OVF_ARROW_TIME ? make_string(m, "UTC") : 0;
    *number = numbers[type];
    begin_table(m);
    if (type == OVF_ARROW_DOUBLE)
        put_member_16(m, 0, PRECISION_DOUBLE);
    if (type == OVF_ARROW_INT32) {
        put_32(m, 32);
        is_member(m, 0);
        put_member_8(m, 1, true); // signed
    }
    if (type == OVF_ARROW_TIME) {
        put_member_offset(m, 1, zone);
        put_member_16(m, 0, UNIT_MILLISECOND);
    }
    return end_table(m);
}

/* One pair of metadata, in a vector of its own. */
static uint32_t make_metadata(maker *m, const char *key, const char *value)
{
    uint32_t value_at = make_string(m, value);
    uint32_t key_at = make_string(m, key);
    begin_table(m);
    put_member_offset(m, 1, value_at);
    put_member_offset(m, 0, key_at);
    uint32_t pair = end_table(m);
    return make_offsets(m, &pair, 1);
}

static uint32_t make_field(maker *m, const ovf_arrow_field *field)
{
    uint8_t number = 0;
    uint32_t type = make_type(m, field->type, &number);
    uint32_t metadata = field->unit == NULL ? 0 : make_metadata(m, "unit", field->unit);
    uint32_t children = make_offsets(m, NULL, 0); // some readers want the empty list
    uint32_t name = make_string(m, field->name);
    begin_table(m);
    if (metadata != 0)
        put_member_offset(m, 6, metadata);
    put_member_offset(m, 5, children);
    put_member_offset(m, 3, type);
    put_member_offset(m, 0, name);
    put_member_8(m, 2, number);
    put_member_8(m, 1, true); // may be null
    return end_table(m);
}

void ovf_arrow_write_schema(ovf_buf *out, const ovf_arrow_field *fields, size_t count)
{
    uint32_t places[OVF_ARROW_MAX_FIELDS];
    if (count > OVF_ARROW_MAX_FIELDS) {
        out->failed = true;
        return;
    }
    maker m = {0};
    for (size_t i = 0; i < count; i++)
        places[i] = make_field(&m, &fields[i]);
    uint32_t list = make_offsets(&m, places, count);
    begin_table(&m);
    put_member_offset(&m, 1, list); // member 0, the byte order, is little-endian by default
    uint32_t schema = end_table(&m);
    write_message(out, &m, HEADER_SCHEMA, schema, 0);
}

/* ---- the body ---- */

typedef struct part {
    size_t offset, len;
} part;

typedef struct body {
    ovf_buf *out; /* NULL: only measured */
    part parts[3 * OVF_ARROW_MAX_FIELDS];
    size_t count, len;
} body;

static void end_part(body *b, size_t len)
{
    static const char zeros[8];
    size_t padding = (8 - len % 8) % 8;
    b->parts[b->count++] = (part){b->len, len};
    b->len += len + padding;
    if (b->out != NULL)
        ovf_buf_add(b->out, (ovf_str){zeros, padding});
}

static void put_validity(body *b, const arrow_column *c, size_t rows)
{
    for (size_t i = 0; b->out != NULL && i < rows; i += 8) {
        uint8_t bits = 0;
        for (size_t k = i; k < rows && k < i + 8; k++)
            bits |= (uint8_t)(c->is_valid[k] << (k - i));
        ovf_buf_addc(b->out, (char)bits);
    }
    end_part(b, (rows + 7) / 8);
}

static void put_ints(body *b, const arrow_column *c, size_t rows, bool is_text)
{
    int32_t zero = 0;
    if (b->out != NULL && is_text)
        ovf_buf_add(b->out, (ovf_str){(const char *)&zero, sizeof(zero)});
    for (size_t i = 0; b->out != NULL && i < rows; i++) {
        int32_t value = (int32_t)c->values[i].count;
        ovf_buf_add(b->out, (ovf_str){(const char *)&value, sizeof(value)});
    }
    end_part(b, (rows + (is_text ? 1 : 0)) * sizeof(int32_t));
}

static void put_column(body *b, const arrow_column *c, ovf_arrow_type type, size_t rows)
{
    put_validity(b, c, rows);
    if (type == OVF_ARROW_UTF8 || type == OVF_ARROW_INT32)
        put_ints(b, c, rows, type == OVF_ARROW_UTF8);
    ovf_str last = type == OVF_ARROW_UTF8
                       ? (ovf_str){c->text.ptr, rows == 0 ? 0 : (size_t)c->values[rows - 1].count}
                       : (ovf_str){(const char *)c->values, rows * sizeof(*c->values)};
    if (type == OVF_ARROW_INT32)
        return;
    if (b->out != NULL)
        ovf_buf_add(b->out, last);
    end_part(b, last.len);
}

static void put_all(body *b, const ovf_arrow_rows *rows)
{
    for (size_t i = 0; i < rows->field_count; i++)
        put_column(b, &rows->columns[i], rows->fields[i].type, rows->count);
}

static size_t count_nulls(const arrow_column *c, size_t rows)
{
    size_t count = 0;
    for (size_t i = 0; i < rows; i++)
        count += c->is_valid[i] == 0;
    return count;
}

/* Structures {int64, int64} lie in their vector as they are. */
static uint32_t make_buffers(maker *m, const body *b)
{
    pad_for(m, 8, 0);
    for (size_t i = b->count; i-- > 0;) {
        put_64(m, b->parts[i].len);
        put_64(m, b->parts[i].offset);
    }
    put_32(m, (uint32_t)b->count);
    return (uint32_t)m->used;
}

static uint32_t make_nodes(maker *m, const ovf_arrow_rows *rows)
{
    pad_for(m, 8, 0);
    for (size_t i = rows->field_count; i-- > 0;) {
        put_64(m, count_nulls(&rows->columns[i], rows->count));
        put_64(m, rows->count);
    }
    put_32(m, (uint32_t)rows->field_count);
    return (uint32_t)m->used;
}

void ovf_arrow_write_batch(ovf_buf *out, const ovf_arrow_rows *rows)
{
    if (rows->failed) {
        out->failed = true;
        return;
    }
    body measured = {0};
    put_all(&measured, rows);
    maker m = {0};
    uint32_t buffers = make_buffers(&m, &measured);
    uint32_t nodes = make_nodes(&m, rows);
    begin_table(&m);
    put_64(&m, rows->count);
    is_member(&m, 0);
    put_member_offset(&m, 2, buffers);
    put_member_offset(&m, 1, nodes);
    uint32_t batch = end_table(&m);
    write_message(out, &m, HEADER_RECORD_BATCH, batch, measured.len);
    body written = {.out = out};
    put_all(&written, rows);
}

void ovf_arrow_write_end(ovf_buf *out)
{
    ovf_buf_add(out, OVF_STR("\xff\xff\xff\xff\0\0\0\0"));
}
