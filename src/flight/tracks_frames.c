/* SPDX-License-Identifier: Apache-2.0 */
/* Mode S frames in hexadecimal, one a line: AVR ("*8D...;", with a 12 MHz time "@0123456789AB8D...;",
 * with time and signal "<...;"), or fields of a table of which one is a frame of 14 or 28 digits and
 * one a time. */
#include "tracks_internal.h"

#define TICKS_PER_MS 12000
#define FIELDS 16

static int hex_digit(char c)
{
    if (tracks_is_digit(c))
        return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Bytes out of hexadecimal digits; false: others among them. */
static bool read_hex(ovf_str text, uint8_t *out)
{
    for (size_t i = 0; i + 1 < text.len; i += 2) {
        int high = hex_digit(text.ptr[i]);
        int low = hex_digit(text.ptr[i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i / 2] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static bool is_frame(ovf_str text)
{
    uint8_t out[14];
    return (text.len == 14 || text.len == 28) && read_hex(text, out);
}

static ovf_str unquoted(ovf_str field)
{
    field = ovf_str_trim(field);
    if (field.len >= 2 && (field.ptr[0] == '"' || field.ptr[0] == '\'')
        && field.ptr[field.len - 1] == field.ptr[0])
        field = ovf_str_sub(field, 1, field.len - 1);
    return ovf_str_trim(field);
}

typedef struct hex_line {
    ovf_str frame;
    int64_t time_ms; /* OVF_TIME_NONE */
    bool is_relative;
} hex_line;

/* "*", "@", "<", "%" or ":" in front and ';' behind. */
static bool read_avr(ovf_surveillance *r, ovf_str line, hex_line *out)
{
    size_t stamp_digits = line.ptr[0] == '@'                         ? 12
                          : line.ptr[0] == '<' || line.ptr[0] == '%' ? 14
                                                                     : 0;
    size_t end = ovf_str_find(line, 1, OVF_STR(";"));
    ovf_str body = ovf_str_sub(line, 1, end == OVF_NOPOS ? line.len : end);
    out->frame = ovf_str_tail(body, stamp_digits);
    uint8_t stamp[7] = {0};
    if (stamp_digits == 0 || body.len < stamp_digits)
        return is_frame(out->frame);
    if (!read_hex(ovf_str_sub(body, 0, 12), stamp) || !is_frame(out->frame))
        return false;
    int64_t ticks = 0;
    for (size_t i = 0; i < 6; i++)
        ticks = ticks << 8 | stamp[i];
    if (r->start_tick == INT64_MIN)
        r->start_tick = ticks;
    out->time_ms = (ticks - r->start_tick) / TICKS_PER_MS;
    out->is_relative = r->options.reference == OVF_TIME_NONE;
    if (!out->is_relative)
        out->time_ms += r->options.reference * 1000;
    return true;
}

static bool is_separator(char c)
{
    return c == ',' || c == ';' || c == '\t' || c == ' ' || c == '|';
}

static bool read_fields(ovf_str line, hex_line *out)
{
    size_t at = 0;
    bool has_frame = false;
    for (size_t n = 0; n < FIELDS && at < line.len; n++) {
        size_t end = at;
        while (end < line.len && !is_separator(line.ptr[end]))
            end++;
        ovf_str field = unquoted(ovf_str_sub(line, at, end));
        int64_t ms = 0;
        if (!has_frame && is_frame(field)) {
            out->frame = field;
            has_frame = true;
        } else if (out->time_ms == OVF_TIME_NONE && field.len >= 9 && tracks_time(field, &ms)) {
            out->time_ms = ms;
        }
        at = end + 1;
    }
    return has_frame;
}

static bool read_line(ovf_surveillance *r, ovf_str line, hex_line *out)
{
    *out = (hex_line){.time_ms = OVF_TIME_NONE};
    if (line.len > 0 && strchr("*@<%:", line.ptr[0]) != NULL)
        return read_avr(r, line, out);
    return read_fields(line, out);
}

ovf_status tracks_take_frames(ovf_surveillance *r, ovf_str bytes, size_t *used, ovf_error *err)
{
    ovf_str line = {0};
    size_t at = 0;
    while (tracks_line(bytes, &at, r->is_last, &line)) {
        *used = at;
        ovf_str text = ovf_str_trim(line);
        uint64_t pos = r->base + (uint64_t)(line.ptr - bytes.ptr);
        if (text.len == 0 || text.ptr[0] == '#')
            continue;
        hex_line found;
        uint8_t frame[14];
        if (!read_line(r, text, &found) || !read_hex(found.frame, frame)) {
            // "*1234;" is a Mode A/C reply of four digits.
            bool is_mode_ac = text.ptr[0] == '*' && text.len == 6;
            r->counts.records++;
            r->counts.mode_ac += is_mode_ac;
            if (!is_mode_ac && (pos > 0 || r->counts.records > 1)) // the first may name the columns
                tracks_bad(r, pos, "FRAME_LINE", "expected a frame of 14 or 28 hexadecimal digits");
            continue;
        }
        if (!tracks_mode_s(r, frame, found.frame.len / 2, found.time_ms, found.is_relative, false,
                           pos, (uint32_t)line.len)) {
            if (r->has_ended)
                return OVF_OK;
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the aircraft");
        }
    }
    return OVF_OK;
}
