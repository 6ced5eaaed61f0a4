/* SPDX-License-Identifier: Apache-2.0 */
/* Borrowed text: comparing, cutting, reading numbers. Bytes, not characters; no locale. */
#include <overfly/base.h>

#include <math.h>
#include <string.h>

ovf_str ovf_str_of(const char *c_string)
{
    if (c_string == NULL)
        return (ovf_str){"", 0};
    return (ovf_str){c_string, strlen(c_string)};
}

bool ovf_str_eq(ovf_str a, ovf_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static char fold(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool ovf_str_eq_nocase(ovf_str a, ovf_str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (fold(a.ptr[i]) != fold(b.ptr[i]))
            return false;
    }
    return true;
}

int ovf_str_cmp(ovf_str a, ovf_str b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared == 0 ? 0 : memcmp(a.ptr, b.ptr, shared);
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

ovf_str ovf_str_sub(ovf_str s, size_t from, size_t until)
{
    if (until > s.len)
        until = s.len;
    if (from > until)
        from = until;
    return (ovf_str){s.len == 0 ? s.ptr : s.ptr + from, until - from};
}

ovf_str ovf_str_tail(ovf_str s, size_t from)
{
    return ovf_str_sub(s, from, s.len);
}

bool ovf_str_starts(ovf_str s, ovf_str prefix)
{
    return s.len >= prefix.len && ovf_str_eq(ovf_str_sub(s, 0, prefix.len), prefix);
}

bool ovf_str_ends(ovf_str s, ovf_str suffix)
{
    return s.len >= suffix.len && ovf_str_eq(ovf_str_tail(s, s.len - suffix.len), suffix);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

ovf_str ovf_str_trim(ovf_str s)
{
    size_t from = 0;
    size_t until = s.len;
    while (from < until && is_blank(s.ptr[from]))
        from++;
    while (until > from && is_blank(s.ptr[until - 1]))
        until--;
    return ovf_str_sub(s, from, until);
}

size_t ovf_str_find(ovf_str s, size_t from, ovf_str needle)
{
    if (needle.len == 0)
        return from <= s.len ? from : OVF_NOPOS;
    while (from < s.len && s.len - from >= needle.len) {
        const char *hit = memchr(s.ptr + from, needle.ptr[0], s.len - from - needle.len + 1);
        if (hit == NULL)
            return OVF_NOPOS;
        from = (size_t)(hit - s.ptr);
        if (memcmp(hit, needle.ptr, needle.len) == 0)
            return from;
        from++;
    }
    return OVF_NOPOS;
}

bool ovf_str_line(ovf_str *rest, ovf_str *line)
{
    if (rest->len == 0)
        return false;
    const char *end = memchr(rest->ptr, '\n', rest->len);
    size_t len = end == NULL ? rest->len : (size_t)(end - rest->ptr);
    *line = ovf_str_sub(*rest, 0, len);
    if (line->len > 0 && line->ptr[line->len - 1] == '\r')
        line->len--;
    *rest = ovf_str_tail(*rest, end == NULL ? len : len + 1);
    return true;
}

bool ovf_str_field(ovf_str *rest, char sep, ovf_str *field)
{
    if (rest->ptr == NULL)
        return false;
    const char *end = rest->len == 0 ? NULL : memchr(rest->ptr, sep, rest->len);
    if (end == NULL) {
        *field = *rest;
        *rest = (ovf_str){NULL, 0};
        return true;
    }
    size_t len = (size_t)(end - rest->ptr);
    *field = ovf_str_sub(*rest, 0, len);
    *rest = (ovf_str){end + 1, rest->len - len - 1};
    return true;
}

size_t ovf_str_take_uint(ovf_str s, size_t start, uint32_t max, uint32_t *out)
{
    uint64_t value = 0;
    size_t at = start;
    for (; at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9'; at++) {
        if (value <= max)
            value = value * 10 + (uint64_t)(s.ptr[at] - '0');
    }
    if (at > start)
        *out = value > max ? (max == UINT32_MAX ? max : max + 1) : (uint32_t)value;
    return at;
}

ovf_status ovf_str_to_double(ovf_str s, double *out, ovf_error *err)
{
    size_t at = 0;
    bool negative = false;
    if (s.len > 0 && (s.ptr[0] == '-' || s.ptr[0] == '+')) {
        negative = s.ptr[0] == '-';
        at = 1;
    }
    // Up to 18 significant digits are exact in 64 bits; further ones only move the scale.
    uint64_t digits = 0;
    int scale = 0;
    int taken = 0;
    bool seen_point = false;
    bool seen_digit = false;
    for (; at < s.len; at++) {
        char c = s.ptr[at];
        if (c == '.' && !seen_point) {
            seen_point = true;
            continue;
        }
        if (c < '0' || c > '9')
            return ovf_fail(err, OVF_E_SYNTAX, at, "expected digits in a number");
        seen_digit = true;
        if (taken < 18) {
            digits = digits * 10 + (uint64_t)(c - '0');
            taken += digits != 0;
            scale -= seen_point;
        } else {
            scale += !seen_point;
        }
    }
    if (!seen_digit)
        return ovf_fail(err, OVF_E_SYNTAX, s.len, "expected a number");
    if (scale > 300 || scale < -300)
        return ovf_fail(err, OVF_E_RANGE, 0, "number out of range");
    double value = scale < 0 ? (double)digits / pow(10, -scale) : (double)digits * pow(10, scale);
    *out = negative ? -value : value;
    return OVF_OK;
}

void ovf_str_line_column(ovf_str s, size_t pos, size_t *line, size_t *column)
{
    size_t lines = 1;
    size_t start = 0;
    if (pos > s.len)
        pos = s.len;
    for (size_t i = 0; i < pos; i++) {
        if (s.ptr[i] == '\n') {
            lines++;
            start = i + 1;
        }
    }
    *line = lines;
    *column = pos - start + 1;
}
