/* SPDX-License-Identifier: Apache-2.0 */
/* arrow_internal.h - a column of rows that are not written yet. */
#ifndef OVF_BASE_ARROW_INTERNAL_H
#define OVF_BASE_ARROW_INTERNAL_H

#include <overfly/arrow.h>

/* 8 bytes a cell, whatever its type. */
typedef union arrow_value {
    double number;
    int64_t count; /* int32, milliseconds; of text: where it ends in `text` */
} arrow_value;

typedef struct ovf_arrow_column {
    uint8_t *is_valid; /* one a row */
    arrow_value *values;
    size_t capacity;
    ovf_buf text;
    bool is_set; /* in the row that is being made */
} arrow_column;

#endif
