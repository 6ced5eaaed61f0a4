/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON writer. Depth d of the open containers is bit d of two words; no memory of its own. */
#include <overfly/json.h>

#include <inttypes.h>
#include <math.h>

void ovf_json_init(ovf_json *json, ovf_buf *buf)
{
    *json = (ovf_json){.buf = buf};
}

static uint32_t bit(const ovf_json *json)
{
    return UINT32_C(1) << (json->depth & 31);
}

/* Before any value: the comma in an array, and the check that an object got its key. */
static void before_value(ovf_json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->depth == 0)
        return;
    if ((json->is_array & bit(json)) == 0) {
        json->buf->failed = true;
        return;
    }
    if ((json->has_item & bit(json)) != 0)
        ovf_buf_addc(json->buf, ',');
    json->has_item |= bit(json);
}

static void open_container(ovf_json *json, char bracket, bool is_array)
{
    before_value(json);
    if (json->depth + 1 >= OVF_JSON_DEPTH_MAX) {
        json->buf->failed = true;
        return;
    }
    json->depth++;
    json->has_item &= ~bit(json);
    if (is_array)
        json->is_array |= bit(json);
    else
        json->is_array &= ~bit(json);
    ovf_buf_addc(json->buf, bracket);
}

void ovf_json_object(ovf_json *json)
{
    open_container(json, '{', false);
}

void ovf_json_array(ovf_json *json)
{
    open_container(json, '[', true);
}

void ovf_json_end(ovf_json *json)
{
    if (json->depth == 0 || json->after_key) {
        json->buf->failed = true;
        return;
    }
    ovf_buf_addc(json->buf, (json->is_array & bit(json)) != 0 ? ']' : '}');
    json->depth--;
}

/* Length of the well-formed UTF-8 sequence at s[at], or 0 (RFC 3629, section 4). */
static size_t utf8_len(ovf_str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    size_t left = s.len - at;
    if (p[0] < 0x80)
        return 1;
    size_t len = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || left < len)
        return 0;
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    }
    bool is_bad = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F)
                  || (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F);
    return is_bad ? 0 : len;
}

static void write_text(ovf_json *json, ovf_str s)
{
    ovf_buf *buf = json->buf;
    ovf_buf_addc(buf, '"');
    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.ptr[i];
        size_t len = utf8_len(s, i);
        if (len == 0) {
            ovf_buf_add(buf, OVF_STR("\\ufffd"));
            i++;
            continue;
        }
        if (c == '"' || c == '\\')
            ovf_buf_printf(buf, "\\%c", c);
        else if (c == '\n')
            ovf_buf_add(buf, OVF_STR("\\n"));
        else if (c < 0x20 || c == 0x7F)
            ovf_buf_printf(buf, "\\u%04x", c);
        else
            ovf_buf_add(buf, ovf_str_sub(s, i, i + len));
        i += len;
    }
    ovf_buf_addc(buf, '"');
}

void ovf_json_key(ovf_json *json, const char *key)
{
    if (json->depth == 0 || json->after_key || (json->is_array & bit(json)) != 0) {
        json->buf->failed = true;
        return;
    }
    if ((json->has_item & bit(json)) != 0)
        ovf_buf_addc(json->buf, ',');
    json->has_item |= bit(json);
    write_text(json, ovf_str_of(key));
    ovf_buf_addc(json->buf, ':');
    json->after_key = true;
}

void ovf_json_str(ovf_json *json, ovf_str s)
{
    before_value(json);
    write_text(json, s);
}

void ovf_json_str_or_null(ovf_json *json, ovf_str s)
{
    if (s.len == 0)
        ovf_json_null(json);
    else
        ovf_json_str(json, s);
}

void ovf_json_cstr(ovf_json *json, const char *s)
{
    if (s == NULL)
        ovf_json_null(json);
    else
        ovf_json_str(json, ovf_str_of(s));
}

void ovf_json_int(ovf_json *json, int64_t value)
{
    before_value(json);
    ovf_buf_printf(json->buf, "%" PRId64, value);
}

void ovf_json_bool(ovf_json *json, bool value)
{
    before_value(json);
    ovf_buf_add(json->buf, value ? OVF_STR("true") : OVF_STR("false"));
}

void ovf_json_null(ovf_json *json)
{
    before_value(json);
    ovf_buf_add(json->buf, OVF_STR("null"));
}

void ovf_json_fixed(ovf_json *json, double value, int decimals)
{
    if (!isfinite(value)) {
        ovf_json_null(json);
        return;
    }
    before_value(json);
    ovf_buf_printf(json->buf, "%.*f", decimals, value);
}
