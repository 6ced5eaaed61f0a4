/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/arrow.h - rows as an Apache Arrow IPC stream: a schema, record batches, an end.
 * Room: base.  Source: Arrow columnar format 1.4 (metadata version V5), "Serialization and interprocess
 * communication", Schema.fbs, Message.fbs; FlatBuffers "internals"; docs/formats/arrow.md.
 * Little-endian machines only, as the rest of the program. */
#ifndef OVERFLY_ARROW_H
#define OVERFLY_ARROW_H

#include <overfly/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ovf_arrow_type {
    OVF_ARROW_UTF8 = 0,
    OVF_ARROW_DOUBLE, /* 64 bits */
    OVF_ARROW_INT32,
    OVF_ARROW_TIME, /* timestamp of milliseconds, zone "UTC" */
} ovf_arrow_type;

/* Every column may hold nulls. */
typedef struct ovf_arrow_field {
    const char *name;
    ovf_arrow_type type;
    const char *unit; /* metadata "unit" of the field; NULL: none */
} ovf_arrow_field;

#define OVF_ARROW_MAX_FIELDS 100
#define OVF_ARROW_BATCH_ROWS 8192 /* of one record batch */
#define OVF_ARROW_BATCH_BYTES \
    ((size_t)8 << 20) /* of one record batch's text, unless a row has more */

/* Rows on their way into a record batch. Zeroed and then begun; the memory is freed by _done. */
typedef struct ovf_arrow_rows {
    const ovf_arrow_field *fields; /* borrowed */
    size_t field_count;
    struct ovf_arrow_column *columns; /* private */
    size_t count;                     /* rows that are whole */
    size_t text_bytes;
    bool failed; /* no memory, or a text above 2 GiB: what is there stays whole */
} ovf_arrow_rows;

/* fields must outlive it. */
OVF_API void ovf_arrow_rows_begin(ovf_arrow_rows *rows, const ovf_arrow_field *fields,
                                  size_t count);
OVF_API void ovf_arrow_rows_done(ovf_arrow_rows *rows);
OVF_API void ovf_arrow_rows_reset(ovf_arrow_rows *rows);

/* Cells, one a column in any order; a column that is not given one before the row ends is null.
 * Bytes that are no UTF-8 become U+FFFD. Times are seconds, OVF_TIME_NONE's kin is for the caller. */
OVF_API void ovf_arrow_put_text(ovf_arrow_rows *rows, size_t column, ovf_str text);
OVF_API void ovf_arrow_put_double(ovf_arrow_rows *rows, size_t column, double value);
OVF_API void ovf_arrow_put_int(ovf_arrow_rows *rows, size_t column, int32_t value);
OVF_API void ovf_arrow_put_time(ovf_arrow_rows *rows, size_t column, int64_t time_s);
OVF_API void ovf_arrow_end_row(ovf_arrow_rows *rows);

/* Adds rows [from, until) of another of the same fields. */
OVF_API void ovf_arrow_append(ovf_arrow_rows *rows, const ovf_arrow_rows *other, size_t from,
                              size_t until);

/* The parts of a stream, in this order; out->failed when they do not fit. A batch of no rows is fine. */
OVF_API void ovf_arrow_write_schema(ovf_buf *out, const ovf_arrow_field *fields, size_t count);
OVF_API void ovf_arrow_write_batch(ovf_buf *out, const ovf_arrow_rows *rows);
OVF_API void ovf_arrow_write_end(ovf_buf *out);

#ifdef __cplusplus
}
#endif
#endif
