/* SPDX-License-Identifier: Apache-2.0 */
/* What mail, web pages and other programs did to a record before it came here, undone in this order:
 * UTF-16, QUOTED-PRINTABLE (RFC 2045, 6.7), line ends written as backslash and n, mark-up, carriage
 * returns alone, Greek and Cyrillic letters and full-width signs among Latin ones, small letters.
 * Each step looks first whether it is needed; a clean record is not copied. */
#include "forms.h"

struct wrap {
    ovf_arena *arena;
    ovf_str text;
    const uint32_t *map; /* NULL: the record itself */
    char *out;
    uint32_t *out_map;
    size_t count;
    unsigned holds; /* of the record itself: bytes that a step looks for */
    bool no_memory;
};

/* May the text hold such a byte? What a step put there is not known. */
static bool may_hold(const struct wrap *w, unsigned bytes)
{
    return w->map != NULL || (w->holds & bytes) != 0;
}

static char at(ovf_str s, size_t i)
{
    return i < s.len ? s.ptr[i] : '\0';
}

/* The next place of c at or behind i, or OVF_NOPOS. */
static size_t next_of(ovf_str s, size_t i, char c)
{
    const char *hit = i < s.len ? memchr(s.ptr + i, c, s.len - i) : NULL;
    return hit == NULL ? OVF_NOPOS : (size_t)(hit - s.ptr);
}

/* Begins a step whose output has at most `size` bytes. */
static bool begin(struct wrap *w, size_t size)
{
    w->out = ovf_arena_array(w->arena, char, size + 1);
    w->out_map = ovf_arena_array(w->arena, uint32_t, size + 1);
    w->count = 0;
    w->no_memory = w->out == NULL || w->out_map == NULL;
    return !w->no_memory;
}

static void put(struct wrap *w, char c, size_t from)
{
    w->out_map[w->count] = w->map == NULL ? (uint32_t)from : w->map[from];
    w->out[w->count++] = c;
}

static void end(struct wrap *w)
{
    size_t len = w->text.len;
    w->out_map[w->count] = w->map == NULL ? (uint32_t)len : w->map[len];
    w->text = (ovf_str){w->out, w->count};
    w->map = w->out_map;
}

/* At most three bytes: what lies above U+FFFF is no letter of a notice. */
static void put_code(struct wrap *w, uint32_t c, size_t from)
{
    if (c < 0x80) {
        put(w, (char)c, from);
    } else if (c < 0x800) {
        put(w, (char)(0xC0U | c >> 6), from);
        put(w, (char)(0x80U | (c & 0x3FU)), from);
    } else {
        put(w, (char)(0xE0U | (c >> 12 & 0x0FU)), from);
        put(w, (char)(0x80U | (c >> 6 & 0x3FU)), from);
        put(w, (char)(0x80U | (c & 0x3FU)), from);
    }
}

/* ---- UTF-16 ---- */

/* 1: little end first, 2: big end first, 0: neither. */
static int utf16_order(ovf_str s)
{
    unsigned char a = (unsigned char)at(s, 0);
    unsigned char b = (unsigned char)at(s, 1);
    if (s.len < 8)
        return 0;
    if (a == 0xFF && b == 0xFE)
        return 1;
    if (a == 0xFE && b == 0xFF)
        return 2;
    size_t even = 0;
    size_t odd = 0;
    size_t look = s.len < 128 ? s.len & ~(size_t)1 : 128;
    for (size_t i = 0; i < look; i += 2) {
        even += s.ptr[i] == '\0' && s.ptr[i + 1] != '\0';
        odd += s.ptr[i + 1] == '\0' && s.ptr[i] != '\0';
    }
    return odd > look * 2 / 5 ? 1 : even > look * 2 / 5 ? 2 : 0;
}

static void from_utf16(struct wrap *w)
{
    int order = utf16_order(w->text);
    if (order == 0 || !begin(w, w->text.len / 2 * 3))
        return;
    for (size_t i = 0; i + 1 < w->text.len; i += 2) {
        uint32_t first = (unsigned char)w->text.ptr[i];
        uint32_t second = (unsigned char)w->text.ptr[i + 1];
        uint32_t c = order == 1 ? second << 8 | first : first << 8 | second;
        if (c >= 0xD800 && c < 0xE000)
            c = '?';
        if (c != 0xFEFF && c != 0)
            put_code(w, c, i);
    }
    end(w);
}

/* ---- QUOTED-PRINTABLE ---- */

static int hex_digit(char c)
{
    c = ovf_upper(c);
    return ovf_is_digit(c) ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool is_quoted_printable(ovf_str s)
{
    if (ovf_text_find(s, 0, 8192, "quoted-printable") != OVF_NOPOS)
        return true;
    size_t codes = 0;
    size_t soft = 0;
    for (size_t i = next_of(s, 0, '='); i < s.len && i + 1 < s.len; i = next_of(s, i + 1, '=')) {
        // A SIGMET ends in "=" and a checklist says YEAR=2026: the codes of "=", CR, LF, of a blank
        // at a line's end and of UTF-8 decide.
        codes += ovf_text_at(s, i, "=3D") || ovf_text_at(s, i, "=20\n") || ovf_text_at(s, i, "=0D")
                 || ovf_text_at(s, i, "=0A") || ovf_text_at(s, i, "=C2");
        soft += s.ptr[i + 1] == '\n' || s.ptr[i + 1] == '\r';
    }
    return codes > 0 && codes + soft > 1;
}

static void from_quoted_printable(struct wrap *w)
{
    if (!may_hold(w, OVF_HOLDS_EQUALS) || !is_quoted_printable(w->text) || !begin(w, w->text.len))
        return;
    ovf_str s = w->text;
    for (size_t i = 0; i < s.len; i++) {
        int high = hex_digit(at(s, i + 1));
        int low = hex_digit(at(s, i + 2));
        if (s.ptr[i] != '=') {
            put(w, s.ptr[i], i);
        } else if (at(s, i + 1) == '\n') {
            i++;
        } else if (at(s, i + 1) == '\r' && at(s, i + 2) == '\n') {
            i += 2;
        } else if (high >= 0 && low >= 0) {
            put(w, (char)(high * 16 + low), i);
            i += 2;
        } else {
            put(w, '=', i);
        }
    }
    end(w);
}

/* ---- "\n" in letters ---- */

static bool is_escaped(ovf_str s)
{
    size_t written = 0;
    size_t real = 0;
    ovf_str text = ovf_str_trim(s);
    for (size_t i = 0; i + 1 < text.len; i++) {
        written += text.ptr[i] == '\\' && (text.ptr[i + 1] == 'n' || text.ptr[i + 1] == 'r');
        real += text.ptr[i] == '\n';
    }
    return written > 0 && written > real;
}

static size_t put_escape(struct wrap *w, ovf_str s, size_t i)
{
    size_t k = i + 1;
    while (at(s, k) == '\\') // escaped twice
        k++;
    char c = at(s, k);
    uint32_t code = 0;
    switch (c) {
    case 'n': put(w, '\n', i); return k + 1;
    case 'r':
    case 't': put(w, ' ', i); return k + 1;
    case '"':
    case '/':
    case '\'': put(w, c, i); return k + 1;
    case 'u':
        for (size_t n = 1; n <= 4; n++) {
            int digit = hex_digit(at(s, k + n));
            if (digit < 0) {
                put(w, '\\', i);
                return i + 1;
            }
            code = code * 16 + (uint32_t)digit;
        }
        put_code(w, code >= 0xD800 && code < 0xE000 ? '?' : code, i);
        return k + 5;
    default: put(w, '\\', i); return i + 1;
    }
}

static void from_escapes(struct wrap *w)
{
    if (!may_hold(w, OVF_HOLDS_BACKSLASH) || !is_escaped(w->text) || !begin(w, w->text.len))
        return;
    ovf_str s = w->text;
    size_t first = ovf_text_blanks(s, 0);
    size_t last = s.len;
    while (last > first && ovf_is_blank(s.ptr[last - 1]))
        last--;
    bool is_quoted = at(s, first) == '"' && last > first && s.ptr[last - 1] == '"';
    for (size_t i = 0; i < s.len;) {
        if (s.ptr[i] == '\\') {
            i = put_escape(w, s, i);
            continue;
        }
        bool is_mark = is_quoted && (i == first || i == last - 1);
        put(w, is_mark ? ' ' : s.ptr[i], i);
        i++;
    }
    end(w);
}

/* ---- mark-up ---- */

static const struct {
    const char *from;
    const char *to;
} doubled[] = {
    {"&amp;lt;", "<"},      {"&amp;gt;", ">"},    {"&lt;", "<"},       {"&gt;", ">"},
    {"&amp;apos;", "'"},    {"&amp;quot;", "\""}, {"&amp;nbsp;", " "}, {"&amp;#", "&#"},
    {"&amp;amp;", "&amp;"}, {"&nbsp;", " "},      {"&#160;", " "},     {"&#47;", "/"},
};

/* Does one of the words, which all begin with c, stand anywhere? */
static bool has_any(ovf_str s, char c, const char *const *words, size_t count)
{
    for (size_t i = next_of(s, 0, c); i != OVF_NOPOS; i = next_of(s, i + 1, c)) {
        for (size_t k = 0; k < count; k++) {
            if (ovf_text_at(s, i, words[k]))
                return true;
        }
    }
    return false;
}

static bool has_doubled(ovf_str s)
{
    static const char *const marks[] = {
        "&lt;br",    "&lt;/",     "&lt;p",     "&amp;lt;", "&amp;gt;", "&amp;#", "&amp;apos",
        "&amp;quot", "&amp;nbsp", "&amp;amp;", "&nbsp;",   "&#160;",   "&#47;"};
    return has_any(s, '&', marks, OVF_COUNTOF(marks));
}

static void from_doubled(struct wrap *w)
{
    if (!may_hold(w, OVF_HOLDS_AND) || !has_doubled(w->text) || !begin(w, w->text.len))
        return;
    ovf_str s = w->text;
    for (size_t i = 0; i < s.len;) {
        size_t k = OVF_COUNTOF(doubled);
        if (s.ptr[i] == '&') {
            for (k = 0; k < OVF_COUNTOF(doubled) && !ovf_text_at(s, i, doubled[k].from); k++)
                ;
        }
        if (k == OVF_COUNTOF(doubled)) {
            put(w, s.ptr[i], i);
            i++;
            continue;
        }
        for (const char *c = doubled[k].to; *c != '\0'; c++)
            put(w, *c, i);
        i += strlen(doubled[k].from);
    }
    end(w);
}

static bool is_markup(ovf_str s)
{
    static const char *const marks[] = {"<br",  "<p>",   "<p ",  "<pre",  "<div",
                                        "<td",  "<span", "</p",  "<html", "<b>",
                                        "</b>", "<font", "<li>", "<tr",   "<hr"};
    static const char *const others[] = {"<?xml", "xmlns", "<aixm", "<event:"};
    ovf_range head = {0, (uint32_t)(s.len < 4096 ? s.len : 4096)};
    return has_any(s, '<', marks, OVF_COUNTOF(marks))
           && (ovf_text_has(s, head, "<html")
               || !ovf_text_any(s, head, others, OVF_COUNTOF(others)));
}

/* The end of the tag at i, or 0: a less-than sign. */
static size_t tag_end(ovf_str s, size_t i)
{
    char c = at(s, i + 1);
    if (!ovf_is_letter(c) && c != '/' && c != '!')
        return 0;
    if (ovf_text_at(s, i, "<!--")) {
        size_t close = ovf_str_find(ovf_str_sub(s, 0, i + 65536), i, OVF_STR("-->"));
        return close == OVF_NOPOS ? 0 : close + 3;
    }
    static const char *const closed[][2] = {{"<script", "</script>"}, {"<style", "</style>"}};
    for (size_t k = 0; k < OVF_COUNTOF(closed); k++) {
        if (!ovf_text_at(s, i, closed[k][0]))
            continue;
        size_t close = ovf_text_find(s, i, i + (1U << 20), closed[k][1]);
        if (close != OVF_NOPOS)
            return close + strlen(closed[k][1]);
    }
    for (size_t k = i + 1; k < s.len && k < i + 2000; k++) {
        if (s.ptr[k] == '>')
            return k + 1;
        if (s.ptr[k] == '<')
            return 0;
    }
    return 0;
}

static char tag_means(ovf_str s, size_t i)
{
    static const char *const breaks[] = {"br", "p",  "div", "tr", "li", "pre", "hr",
                                         "h1", "h2", "h3",  "h4", "ul", "ol",  "table"};
    i += 1 + (at(s, i + 1) == '/');
    size_t len = 0;
    while (ovf_is_letter(at(s, i + len)) || ovf_is_digit(at(s, i + len)))
        len++;
    ovf_str name = ovf_str_sub(s, i, i + len);
    for (size_t k = 0; k < OVF_COUNTOF(breaks); k++) {
        if (ovf_str_eq_nocase(name, ovf_str_of(breaks[k])))
            return '\n';
    }
    bool is_cell = ovf_str_eq_nocase(name, OVF_STR("td")) || ovf_str_eq_nocase(name, OVF_STR("th"));
    return is_cell ? ' ' : '\0';
}

static void from_markup(struct wrap *w)
{
    if (!may_hold(w, OVF_HOLDS_LESS) || !is_markup(w->text) || !begin(w, w->text.len))
        return;
    ovf_str s = w->text;
    for (size_t i = 0; i < s.len;) {
        size_t behind = s.ptr[i] == '<' ? tag_end(s, i) : 0;
        if (behind == 0) {
            put(w, s.ptr[i], i);
            i++;
            continue;
        }
        char c = tag_means(s, i);
        if (c != '\0')
            put(w, c, i);
        i = behind;
    }
    end(w);
}

/* ---- carriage returns ---- */

static void from_returns(struct wrap *w)
{
    ovf_str s = w->text;
    bool found = false;
    if (!may_hold(w, OVF_HOLDS_RETURN))
        return;
    for (const char *p = memchr(s.ptr, '\r', s.len); p != NULL && !found;
         p = memchr(p + 1, '\r', (size_t)(s.ptr + s.len - p - 1))) {
        size_t next = (size_t)(p - s.ptr) + 1;
        found = next < s.len && s.ptr[next] != '\n' && s.ptr[next] != '\r';
    }
    found |= memchr(s.ptr, '\f', s.len) != NULL || memchr(s.ptr, '\v', s.len) != NULL;
    if (!found || !begin(w, s.len))
        return;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool is_alone = c == '\r' && at(s, i + 1) != '\n' && at(s, i + 1) != '\r';
        put(w, is_alone || c == '\f' || c == '\v' ? '\n' : c, i);
    }
    end(w);
}

/* ---- letters that look Latin ---- */

/* The next byte above ASCII at or behind i, or s.len. */
static size_t next_high(ovf_str s, size_t i)
{
    for (; i + 8 <= s.len; i += 8) {
        uint64_t word = 0;
        memcpy(&word, s.ptr + i, sizeof(word));
        if ((word & 0x8080808080808080U) != 0)
            break;
    }
    while (i < s.len && (unsigned char)s.ptr[i] < 0x80)
        i++;
    return i;
}

static bool may_look_latin(ovf_str s)
{
    for (size_t i = next_high(s, 0); i + 1 < s.len; i = next_high(s, i + 1)) {
        unsigned char c = (unsigned char)s.ptr[i];
        unsigned char d = (unsigned char)s.ptr[i + 1];
        if (c == 0xD0 || c == 0xD1 || c == 0xCE || c == 0xCF || (c == 0xC2 && d == 0xA0)
            || (c == 0xEF && (d == 0xBC || d == 0xBD)) || (c == 0xE3 && d == 0x80))
            return true;
    }
    return false;
}

static bool is_plain(char c)
{
    return (c >= 'A' && c <= 'Z') || ovf_is_digit(c) || c == '/' || c == ')' || c == '(';
}

static void from_look_alikes(struct wrap *w)
{
    if (!may_hold(w, OVF_HOLDS_HIGH) || !may_look_latin(w->text) || !begin(w, w->text.len))
        return;
    ovf_str s = w->text;
    for (size_t i = 0; i < s.len;) {
        size_t len = 1;
        uint32_t code = ovf_code_point(s, i, &len);
        char plain = code < 0x80 ? '\0' : ovf_look_alike(code);
        // Among Latin letters only: a text in Russian or Greek stays as it is.
        bool is_wide = code >= 0xFF01 && code <= 0xFF5E;
        bool is_among =
            is_wide || (w->count > 0 && is_plain(w->out[w->count - 1])) || is_plain(at(s, i + len));
        if (code == 0x3000 || code == 0xA0) {
            put(w, ' ', i);
        } else if (plain != '\0' && is_among) {
            put(w, plain, i);
        } else {
            for (size_t k = 0; k < len; k++)
                put(w, s.ptr[i + k], i + k);
        }
        i += len;
    }
    end(w);
}

/* ---- small letters ---- */

static void from_small(struct wrap *w)
{
    ovf_str s = w->text;
    ovf_range head = {0, (uint32_t)(s.len < 4096 ? s.len : 4096)};
    size_t small = 0;
    size_t capital = 0;
    for (size_t i = 0; i < head.until; i++) {
        small += s.ptr[i] >= 'a' && s.ptr[i] <= 'z';
        capital += s.ptr[i] >= 'A' && s.ptr[i] <= 'Z';
    }
    bool has_items =
        ovf_str_find(ovf_str_sub(s, 0, head.until), 0, OVF_STR("q)")) != OVF_NOPOS
        || ovf_str_find(ovf_str_sub(s, 0, head.until), 0, OVF_STR(" notam")) != OVF_NOPOS;
    bool has_e = ovf_str_find(ovf_str_sub(s, 0, head.until), 0, OVF_STR("e)")) != OVF_NOPOS;
    if (small <= capital * 4 || !has_items || !has_e || !begin(w, s.len))
        return;
    for (size_t i = 0; i < s.len; i++)
        put(w, ovf_upper(s.ptr[i]), i);
    end(w);
}

bool ovf_unwrap(ovf_str record, ovf_arena *arena, ovf_str *out, const uint32_t **map)
{
    struct wrap w = {.arena = arena, .text = record};
    void (*const steps[])(struct wrap *) = {
        from_utf16,  from_quoted_printable, from_escapes,     from_doubled,
        from_markup, from_returns,          from_look_alikes, from_small};
    *out = record;
    *map = NULL;
    if (ovf_scan_is_bare(record, ovf_scan_best())) // none of the steps would find anything
        return true;
    w.holds = ovf_scan_holds(record, ovf_scan_best());
    for (size_t i = 0; i < OVF_COUNTOF(steps) && !w.no_memory; i++)
        steps[i](&w);
    *out = w.text;
    *map = w.map;
    return !w.no_memory;
}
