/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/json_in.h - reads JSON (RFC 8259) where it stands: a value is a span of the text, looked
 * into when asked. Nothing is built, every value knows its bytes.
 * Room: base.  Uses: base.  Pure. */
#ifndef OVERFLY_JSON_IN_H
#define OVERFLY_JSON_IN_H

#include <overfly/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OVF_JSON_IN_DEPTH 64

typedef struct ovf_json_value {
    const char *text; /* of the whole document; NULL: no such value */
    size_t at, end;   /* its bytes */
} ovf_json_value;

/* The value at `at` (blanks before it are passed over), checked to its end by the grammar.
 * OVF_E_SYNTAX with err->pos; OVF_E_LIMIT: nested deeper than OVF_JSON_IN_DEPTH. */
OVF_API OVF_NODISCARD ovf_status ovf_json_value_at(ovf_str text, size_t at, ovf_json_value *out,
                                                   ovf_error *err);
/* '{', '[', '"', '0' (a number), 't', 'f', 'n'; 0: no value. */
OVF_API char ovf_json_kind(ovf_json_value value);
/* A member of an object, the last of that name; a value without text when there is none. */
OVF_API ovf_json_value ovf_json_get(ovf_json_value object, const char *name);
/* The elements of an array or the values of an object one behind the other: start with a value
 * {0}; false behind the last. name: may be NULL; of a member, as written between the quotes. */
OVF_API bool ovf_json_next(ovf_json_value container, ovf_json_value *value, ovf_str *name);
OVF_API bool ovf_json_number(ovf_json_value value, double *out);
/* The text of a string with its escapes resolved, and where each byte of it stands (may be NULL).
 * false: not a string, or no memory. */
OVF_API bool ovf_json_string(ovf_json_value value, ovf_arena *arena, ovf_str *out,
                             const uint32_t **map);
/* The bytes of a value as they stand. */
OVF_API ovf_str ovf_json_raw(ovf_json_value value);

#ifdef __cplusplus
}
#endif
#endif
