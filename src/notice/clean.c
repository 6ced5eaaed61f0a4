/* SPDX-License-Identifier: Apache-2.0 */
/* Text as it came to text as it was meant: HTML entities, typographic signs, full-width and Cyrillic
 * letters that look like Latin ones. One pass; a copy only when something has to change. Every
 * sequence becomes one byte, so nothing grows. */
#include "forms.h"

/* Code point of a UTF-8 sequence, its length in *len; a stray byte counts as Latin-1. */
uint32_t ovf_code_point(ovf_str s, size_t at, size_t *len)
{
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    size_t left = s.len - at;
    size_t want = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : p[0] >= 0xC2 ? 2 : 1;
    *len = 1;
    if (p[0] < 0x80 || want == 1 || left < want)
        return p[0];
    uint32_t value = p[0] & (0x7FU >> want);
    for (size_t i = 1; i < want; i++) {
        if ((p[i] & 0xC0U) != 0x80)
            return p[0];
        value = value << 6 | (p[i] & 0x3FU);
    }
    *len = want;
    return value;
}

/* U+0410 to U+042F that look like Latin capitals; 0 where none does. */
static const char cyrillic[] = "A\0B\0\0E\0\0\0\0K\0MHO\0PCTY\0X\0\0\0\0\0\0\0\0\0\0";
/* U+00C0 to U+00DF without their marks. */
static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTS";

/* U+0391 to U+03A9 that look like Latin capitals. */
static const char greek[] = "AB\0\0EZH\0IK\0MN\0O\0P\0\0TY\0X\0\0";

char ovf_look_alike(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        return (char)(c - 0xFEE0);
    if (c >= 0x391 && c <= 0x3A9)
        return greek[c - 0x391];
    if (c >= 0x410 && c <= 0x42F)
        return cyrillic[c - 0x410];
    return c == 0x405 ? 'S' : c == 0x406 ? 'I' : '\0';
}

static char plain_letter(uint32_t c)
{
    if (c >= 0x391 && c <= 0x3A9)
        return greek[c - 0x391];
    if (c >= 0x410 && c <= 0x42F)
        return cyrillic[c - 0x410];
    if (c >= 0x430 && c <= 0x44F)
        return cyrillic[c - 0x430];
    if (c == 0x405 || c == 0x455)
        return 'S';
    if (c == 0x406 || c == 0x456)
        return 'I';
    if (c >= 0xC0 && c <= 0xDF)
        return latin[c - 0xC0];
    if (c >= 0xE0 && c <= 0xFE && c != 0xF7)
        return latin[c - 0xE0];
    return 0;
}

static char plain_sign(uint32_t c)
{
    switch (c) {
    case 0xA0:
    case 0x3000:
    case 0x202F:
    case 0x200B:
    case 0x2060:
    case 0xFEFF: return ' ';
    case 0xAD:
    case 0x2212: return '-';
    case 0xB0:
    case 0xBA:
    case 0x2DA: return OVF_DEGREE;
    case 0xB4:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x2032: return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2033: return '"';
    case 0x2026:
    case 0xB7:
    case 0x2022: return '.';
    case 0xD7: return 'x';
    default: break;
    }
    if (c >= 0x2000 && c <= 0x200A)
        return ' ';
    return c >= 0x2010 && c <= 0x2015 ? '-' : '?';
}

static char plain(uint32_t c)
{
    if (c < 0x80)
        return c < 0x20 && !ovf_is_blank((char)c) ? ' ' : c == 0x7F ? ' ' : (char)c;
    if (c >= 0xFF01 && c <= 0xFF5E)
        return (char)(c - 0xFEE0);
    char letter = plain_letter(c);
    return letter != 0 ? letter : plain_sign(c);
}

/* "&apos;", "&#39;", "&#x27;": the code point, and the length in *len; 0: not an entity. */
static uint32_t entity(ovf_str s, size_t at, size_t *len)
{
    static const struct {
        const char *name;
        uint32_t c;
    } names[] = {{"amp", '&'},    {"lt", '<'},     {"gt", '>'},     {"quot", '"'},
                 {"apos", '\''},  {"nbsp", 0xA0},  {"deg", 0xB0},   {"ndash", '-'},
                 {"mdash", '-'},  {"rsquo", '\''}, {"lsquo", '\''}, {"hellip", 0x2026},
                 {"prime", '\''}, {"Prime", '"'}};
    size_t end = at + 1;
    while (end < s.len && end - at <= 8 && s.ptr[end] != ';')
        end++;
    if (end >= s.len || s.ptr[end] != ';' || end == at + 1)
        return 0;
    ovf_str name = ovf_str_sub(s, at + 1, end);
    *len = end + 1 - at;
    if (name.ptr[0] != '#') {
        for (size_t i = 0; i < OVF_COUNTOF(names); i++) {
            if (ovf_str_eq(name, ovf_str_of(names[i].name)))
                return names[i].c;
        }
        return 0;
    }
    uint32_t value = 0;
    bool is_hex = name.len > 1 && (name.ptr[1] == 'x' || name.ptr[1] == 'X');
    size_t i = is_hex ? 2 : 1;
    if (i >= name.len)
        return 0;
    for (; i < name.len; i++) {
        char c = ovf_upper(name.ptr[i]);
        uint32_t digit = ovf_is_digit(c)                  ? (uint32_t)(c - '0')
                         : is_hex && c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                                                          : 99;
        if (digit == 99 || value > 0x10FFFF)
            return 0;
        value = value * (is_hex ? 16 : 10) + digit;
    }
    return value;
}

bool ovf_clean_text(ovf_str raw, uint32_t base, ovf_arena *arena, ovf_clean *out)
{
    *out = (ovf_clean){.text = raw};
    if (ovf_scan_is_plain(raw, ovf_scan_best()))
        return true;
    char *text = ovf_arena_array(arena, char, raw.len + 1);
    uint32_t *map = ovf_arena_array(arena, uint32_t, raw.len + 1);
    if (text == NULL || map == NULL)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < raw.len;) {
        size_t len = 1;
        uint32_t c = raw.ptr[i] == '&' ? entity(raw, i, &len) : 0;
        if (c == 0) {
            len = 1;
            c = ovf_code_point(raw, i, &len);
        }
        map[count] = base + (uint32_t)i;
        text[count++] = plain(c);
        i += len;
    }
    map[count] = base + (uint32_t)raw.len;
    *out = (ovf_clean){.text = {text, count}, .map = map};
    return true;
}

ovf_str ovf_clean_show(ovf_str raw, ovf_arena *arena)
{
    if (raw.len == 0 || memchr(raw.ptr, '&', raw.len) == NULL)
        return raw;
    char *text = ovf_arena_array(arena, char, raw.len + 1);
    if (text == NULL)
        return raw;
    size_t count = 0;
    for (size_t i = 0; i < raw.len;) {
        size_t len = 1;
        uint32_t c = raw.ptr[i] == '&' ? entity(raw, i, &len) : 0;
        if (c == 0)
            len = 1;
        text[count++] = c == 0 ? raw.ptr[i] : plain(c) == OVF_DEGREE ? '*' : plain(c);
        i += len;
    }
    return (ovf_str){text, count};
}
