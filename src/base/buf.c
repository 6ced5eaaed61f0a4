/* SPDX-License-Identifier: Apache-2.0 */
/* A growing output buffer. Once something did not fit, `failed` stays set and nothing is added. */
#include <overfly/base.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUF_DEFAULT_LIMIT ((size_t)1 << 30)

void ovf_buf_done(ovf_buf *buf)
{
    free(buf->ptr);
    *buf = (ovf_buf){.limit = buf->limit};
}

void ovf_buf_reset(ovf_buf *buf)
{
    buf->len = 0;
    buf->failed = false;
}

static bool make_room(ovf_buf *buf, size_t extra)
{
    size_t limit = buf->limit == 0 ? BUF_DEFAULT_LIMIT : buf->limit;
    if (buf->failed || extra >= limit || buf->len >= limit - extra) {
        buf->failed = true;
        return false;
    }
    size_t wanted = buf->len + extra + 1;
    if (wanted <= buf->capacity)
        return true;
    size_t capacity = buf->capacity < 256 ? 256 : buf->capacity * 2;
    if (capacity < wanted)
        capacity = wanted;
    char *grown = realloc(buf->ptr, capacity);
    if (grown == NULL) {
        buf->failed = true;
        return false;
    }
    buf->ptr = grown;
    buf->capacity = capacity;
    return true;
}

void ovf_buf_add(ovf_buf *buf, ovf_str s)
{
    if (s.len == 0 || !make_room(buf, s.len))
        return;
    memcpy(buf->ptr + buf->len, s.ptr, s.len);
    buf->len += s.len;
    buf->ptr[buf->len] = '\0';
}

void ovf_buf_addc(ovf_buf *buf, char c)
{
    ovf_buf_add(buf, (ovf_str){&c, 1});
}

void ovf_buf_printf(ovf_buf *buf, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len < 0) {
        buf->failed = true;
        return;
    }
    if (!make_room(buf, (size_t)len))
        return;
    va_start(args, fmt);
    vsnprintf(buf->ptr + buf->len, (size_t)len + 1, fmt, args);
    va_end(args);
    buf->len += (size_t)len;
}

ovf_str ovf_buf_str(const ovf_buf *buf)
{
    return buf->len == 0 ? (ovf_str){"", 0} : (ovf_str){buf->ptr, buf->len};
}
