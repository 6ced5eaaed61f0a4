/* SPDX-License-Identifier: Apache-2.0 */
/* The answers of a batch as an Arrow stream. Shares come in the order of the input, and where a record
 * batch ends depends on the rows alone: the bytes are the same whatever the threads. */
#include "check.h"

static void put_out(check_arrow *a)
{
    if (a->out.len > 0)
        cli_put_bytes(ovf_buf_str(&a->out));
    ovf_buf_reset(&a->out);
}

void check_arrow_start(check_arrow *a)
{
    size_t count = 0;
    const ovf_arrow_field *fields = check_columns(&count);
    *a = (check_arrow){0};
    ovf_arrow_rows_begin(&a->rows, fields, count);
    ovf_arrow_write_schema(&a->out, fields, count);
    put_out(a);
}

static void put_batch(check_arrow *a)
{
    ovf_arrow_write_batch(&a->out, &a->rows);
    ovf_arrow_rows_reset(&a->rows);
    put_out(a);
}

void check_arrow_take(check_arrow *a, ovf_arrow_rows *rows)
{
    for (size_t i = 0; i < rows->count && !a->rows.failed; i++) {
        ovf_arrow_append(&a->rows, rows, i, i + 1);
        if (a->rows.count >= OVF_ARROW_BATCH_ROWS || a->rows.text_bytes >= OVF_ARROW_BATCH_BYTES)
            put_batch(a);
    }
    a->rows.failed = a->rows.failed || rows->failed;
    ovf_arrow_rows_reset(rows);
}

bool check_arrow_end(check_arrow *a)
{
    if (a->rows.failed || a->out.failed)
        return false;
    if (a->rows.count > 0)
        put_batch(a);
    ovf_arrow_write_end(&a->out);
    put_out(a);
    return !a->out.failed;
}

void check_arrow_done(check_arrow *a)
{
    ovf_arrow_rows_done(&a->rows);
    ovf_buf_done(&a->out);
}
