/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/json.h - writes JSON (RFC 8259) into a buffer, one value at a time.
 * Room: base.  Uses: base.  Bytes that are not UTF-8 come out as U+FFFD; NaN and infinity as null.
 * Commas and colons are the writer's business. A call out of place sets buf->failed. */
#ifndef OVERFLY_JSON_H
#define OVERFLY_JSON_H

#include <overfly/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OVF_JSON_DEPTH_MAX 32

typedef struct ovf_json {
    ovf_buf *buf;
    uint32_t has_item; /* bit d: the container at depth d has an item already */
    uint32_t is_array; /* bit d */
    int depth;
    bool after_key;
} ovf_json;

OVF_API void ovf_json_init(ovf_json *json, ovf_buf *buf);
OVF_API void ovf_json_object(ovf_json *json); /* { */
OVF_API void ovf_json_array(ovf_json *json);  /* [ */
OVF_API void ovf_json_end(ovf_json *json);    /* closes the innermost of them */
OVF_API void ovf_json_key(ovf_json *json, const char *key);
OVF_API void ovf_json_str(ovf_json *json, ovf_str s);
OVF_API void ovf_json_str_or_null(ovf_json *json, ovf_str s); /* empty gives null */
OVF_API void ovf_json_cstr(ovf_json *json, const char *s);    /* NULL gives null */
OVF_API void ovf_json_int(ovf_json *json, int64_t value);
OVF_API void ovf_json_bool(ovf_json *json, bool value);
OVF_API void ovf_json_null(ovf_json *json);
/* Fixed notation with `decimals` digits behind the point, trailing zeros kept. */
OVF_API void ovf_json_fixed(ovf_json *json, double value, int decimals);

#ifdef __cplusplus
}
#endif
#endif
