/* SPDX-License-Identifier: Apache-2.0 */
/* A JSON value is checked once, from its first byte to its last, with the nesting in bits instead of
 * on the stack; after that looking into it cannot fail. */
#include <overfly/json_in.h>

#include <math.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_blanks(ovf_str s, size_t at)
{
    while (at < s.len && is_blank(s.ptr[at]))
        at++;
    return at;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int hex_of(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* ---- scalars: the offset behind, or OVF_NOPOS with *bad where it went wrong ---- */

static size_t end_of_string(ovf_str s, size_t at, size_t *bad)
{
    for (size_t i = at + 1; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '"')
            return i + 1;
        if (c < 0x20) {
            *bad = i;
            return OVF_NOPOS;
        }
        if (c != '\\')
            continue;
        i++;
        char kind = i < s.len ? s.ptr[i] : '\0';
        size_t digits = kind == 'u' ? 4 : 0;
        bool is_known = kind != '\0' && strchr("\"\\/bfnrtu", kind) != NULL;
        for (size_t k = 1; is_known && k <= digits; k++)
            is_known = i + k < s.len && hex_of(s.ptr[i + k]) >= 0;
        if (!is_known) {
            *bad = i < s.len ? i : s.len;
            return OVF_NOPOS;
        }
        i += digits;
    }
    *bad = s.len;
    return OVF_NOPOS;
}

static size_t end_of_digits(ovf_str s, size_t at)
{
    while (at < s.len && is_digit(s.ptr[at]))
        at++;
    return at;
}

static size_t end_of_number(ovf_str s, size_t at, size_t *bad)
{
    size_t i = at + (s.ptr[at] == '-');
    size_t end = end_of_digits(s, i);
    bool is_fine = end > i && (end == i + 1 || s.ptr[i] != '0');
    if (is_fine && end < s.len && s.ptr[end] == '.') {
        i = end + 1;
        end = end_of_digits(s, i);
        is_fine = end > i;
    }
    if (is_fine && end < s.len && (s.ptr[end] == 'e' || s.ptr[end] == 'E')) {
        i = end + 1;
        i += i < s.len && (s.ptr[i] == '+' || s.ptr[i] == '-');
        end = end_of_digits(s, i);
        is_fine = end > i;
    }
    if (!is_fine)
        *bad = i < s.len ? i : s.len;
    return is_fine ? end : OVF_NOPOS;
}

static size_t end_of_scalar(ovf_str s, size_t at, size_t *bad)
{
    static const ovf_str words[] = {OVF_STR_INIT("true"), OVF_STR_INIT("false"),
                                    OVF_STR_INIT("null")};
    *bad = at;
    if (at >= s.len)
        return OVF_NOPOS;
    if (s.ptr[at] == '"')
        return end_of_string(s, at, bad);
    if (s.ptr[at] == '-' || is_digit(s.ptr[at]))
        return end_of_number(s, at, bad);
    for (size_t i = 0; i < OVF_COUNTOF(words); i++)
        if (ovf_str_starts(ovf_str_tail(s, at), words[i]))
            return at + words[i].len;
    return OVF_NOPOS;
}

/* ---- a whole value ---- */

struct walk {
    ovf_str s;
    size_t at;
    uint64_t is_array; /* bit d */
    uint32_t depth;
    size_t bad;
};

/* The name of a member and its colon. */
static bool pass_name(struct walk *w)
{
    w->at = skip_blanks(w->s, w->at);
    w->bad = w->at;
    if (w->at >= w->s.len || w->s.ptr[w->at] != '"')
        return false;
    size_t end = end_of_string(w->s, w->at, &w->bad);
    if (end == OVF_NOPOS)
        return false;
    w->at = skip_blanks(w->s, end);
    w->bad = w->at;
    if (w->at >= w->s.len || w->s.ptr[w->at] != ':')
        return false;
    w->at++;
    return true;
}

/* Behind a value: closes what ends there and stands before the next one; *done when none follows. */
static bool pass_ends(struct walk *w, bool *done)
{
    while (w->depth > 0) {
        bool in_array = (w->is_array >> (w->depth - 1) & 1) != 0;
        w->at = skip_blanks(w->s, w->at);
        w->bad = w->at;
        if (w->at >= w->s.len)
            return false;
        char c = w->s.ptr[w->at++];
        if (c == ',')
            return in_array || pass_name(w);
        if (c != (in_array ? ']' : '}'))
            return false;
        w->depth--;
    }
    *done = true;
    return true;
}

ovf_status ovf_json_value_at(ovf_str text, size_t at, ovf_json_value *out, ovf_error *err)
{
    struct walk w = {.s = text, .at = skip_blanks(text, at)};
    size_t start = w.at;
    for (bool done = false; !done;) {
        w.at = skip_blanks(text, w.at);
        char c = w.at < text.len ? text.ptr[w.at] : '\0';
        if (c == '{' || c == '[') {
            if (w.depth >= OVF_JSON_IN_DEPTH)
                return ovf_fail(err, OVF_E_LIMIT, w.at, "nested deeper than %d", OVF_JSON_IN_DEPTH);
            uint64_t bit = (uint64_t)1 << w.depth;
            w.is_array = c == '[' ? w.is_array | bit : w.is_array & ~bit;
            w.depth++;
            w.at++;
            size_t next = skip_blanks(text, w.at);
            bool is_empty = next < text.len && text.ptr[next] == (c == '[' ? ']' : '}');
            if (!is_empty) {
                if (c == '{' && !pass_name(&w))
                    return ovf_fail(err, OVF_E_SYNTAX, w.bad,
                                    "expected a member's name and a colon");
                continue;
            }
        } else {
            size_t end = end_of_scalar(text, w.at, &w.bad);
            if (end == OVF_NOPOS)
                return ovf_fail(err, OVF_E_SYNTAX, w.bad,
                                w.bad >= text.len ? "the document breaks off" : "expected a value");
            w.at = end;
        }
        if (!pass_ends(&w, &done))
            return ovf_fail(err, OVF_E_SYNTAX, w.bad,
                            w.bad >= text.len ? "the document breaks off"
                                              : "expected a comma or an end");
    }
    *out = (ovf_json_value){text.ptr, start, w.at};
    return OVF_OK;
}

/* ---- looking into a value that was checked ---- */

ovf_str ovf_json_raw(ovf_json_value value)
{
    if (value.text == NULL)
        return OVF_STR("");
    return (ovf_str){value.text + value.at, value.end - value.at};
}

char ovf_json_kind(ovf_json_value value)
{
    if (value.text == NULL || value.end <= value.at)
        return '\0';
    char c = value.text[value.at];
    return c == '-' || is_digit(c) ? '0' : c;
}

/* The end of a value inside one that was checked: only quotes and brackets count. */
static size_t end_of_checked(ovf_str s, size_t at)
{
    size_t bad = 0;
    uint32_t depth = 0;
    size_t i = at;
    do {
        char c = s.ptr[i];
        if (c == '"') {
            i = end_of_string(s, i, &bad);
            continue;
        }
        if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            depth--;
        } else if (depth == 0) {
            return end_of_scalar(s, i, &bad);
        }
        i++;
    } while (depth > 0);
    return i;
}

bool ovf_json_next(ovf_json_value container, ovf_json_value *value, ovf_str *name)
{
    char kind = ovf_json_kind(container);
    if (kind != '{' && kind != '[')
        return false;
    ovf_str s = {container.text, container.end};
    size_t at = value->text == NULL ? container.at + 1 : value->end;
    at = skip_blanks(s, at);
    if (s.ptr[at] == ',')
        at = skip_blanks(s, at + 1);
    if (s.ptr[at] == ']' || s.ptr[at] == '}')
        return false;
    if (kind == '{') {
        size_t bad = 0;
        size_t end = end_of_string(s, at, &bad);
        if (name != NULL)
            *name = ovf_str_sub(s, at + 1, end - 1);
        at = skip_blanks(s, skip_blanks(s, end) + 1);
    }
    *value = (ovf_json_value){container.text, at, end_of_checked(s, at)};
    return true;
}

ovf_json_value ovf_json_get(ovf_json_value object, const char *name)
{
    ovf_json_value value = {0}, found = {0};
    ovf_str wanted = ovf_str_of(name), key;
    if (ovf_json_kind(object) != '{')
        return found;
    while (ovf_json_next(object, &value, &key))
        if (ovf_str_eq(key, wanted))
            found = value;
    return found;
}

bool ovf_json_number(ovf_json_value value, double *out)
{
    if (ovf_json_kind(value) != '0')
        return false;
    ovf_str s = ovf_json_raw(value);
    size_t e = 0;
    while (e < s.len && s.ptr[e] != 'e' && s.ptr[e] != 'E')
        e++;
    double number = 0.0, power = 0.0;
    if (ovf_str_to_double(ovf_str_sub(s, 0, e), &number, NULL) != OVF_OK)
        return false;
    if (e < s.len
        && (ovf_str_to_double(ovf_str_tail(s, e + 1), &power, NULL) != OVF_OK
            || fabs(power) > 300.0))
        return false;
    number *= pow(10.0, power);
    if (!isfinite(number))
        return false;
    *out = number;
    return true;
}

/* ---- strings ---- */

static size_t put_utf8(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0};
    out[0] = (char)(lead[more] | c >> (6 * more));
    for (size_t i = 1; i <= more; i++)
        out[i] = (char)(0x80 | (c >> (6 * (more - i)) & 0x3f));
    return more + 1;
}

static uint32_t unit_at(const char *s)
{
    uint32_t unit = 0;
    for (int i = 0; i < 4; i++)
        unit = unit << 4 | (uint32_t)hex_of(s[i]);
    return unit;
}

/* One escape at the backslash: the bytes of it, those it stands for in out. A half of a surrogate
 * pair alone becomes U+FFFD. */
static size_t read_escape(ovf_str s, size_t at, char *out, size_t *count)
{
    static const char from[] = "bfnrt";
    static const char to[] = "\b\f\n\r\t";
    char kind = s.ptr[at + 1];
    if (kind != 'u') {
        const char *found = strchr(from, kind);
        out[0] = found == NULL ? kind : to[found - from];
        *count = 1;
        return 2;
    }
    uint32_t c = unit_at(s.ptr + at + 2);
    size_t used = 6;
    bool is_high = c >= 0xd800 && c < 0xdc00;
    if (is_high && at + 12 <= s.len && s.ptr[at + 6] == '\\' && s.ptr[at + 7] == 'u') {
        uint32_t low = unit_at(s.ptr + at + 8);
        if (low >= 0xdc00 && low < 0xe000) {
            c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
            used = 12;
        }
    }
    if (c >= 0xd800 && c < 0xe000)
        c = 0xfffd;
    *count = put_utf8(out, c);
    return used;
}

bool ovf_json_string(ovf_json_value value, ovf_arena *arena, ovf_str *out, const uint32_t **map)
{
    if (ovf_json_kind(value) != '"')
        return false;
    ovf_str s = {value.text, value.end - 1};
    size_t size = value.end - value.at;
    char *bytes = ovf_arena_array(arena, char, size);
    uint32_t *places = map == NULL ? NULL : ovf_arena_array(arena, uint32_t, size);
    if (bytes == NULL || (map != NULL && places == NULL))
        return false;
    size_t len = 0;
    for (size_t i = value.at + 1; i < s.len;) {
        size_t count = 1, used = 1;
        if (s.ptr[i] == '\\')
            used = read_escape(s, i, bytes + len, &count);
        else
            bytes[len] = s.ptr[i];
        for (size_t k = 0; places != NULL && k < count; k++)
            places[len + k] = (uint32_t)i;
        len += count;
        i += used;
    }
    *out = (ovf_str){bytes, len};
    if (map != NULL)
        *map = places;
    return true;
}
