/* SPDX-License-Identifier: Apache-2.0 */
/* Notices in HTML. The tags go, the text stays with its places. A page of the European AIS Database
 * has the items of a NOTAM under headings of its own (Q), A), the text, the number, FROM, TO,
 * SCHEDULE, LOWER, UPPER): each becomes a message. Other pages are read as the text that they show. */
#include "structured_internal.h"

#define NAME_MAX 12

/* ---- tags away ---- */

/* The lower-case name of the tag at '<', "/" before it when it closes. */
static size_t tag_name(ovf_str s, size_t at, char out[NAME_MAX])
{
    size_t len = 0;
    for (size_t i = at + 1; i < s.len && len + 1 < NAME_MAX; i++) {
        char c = s.ptr[i];
        if (!ovf_is_letter(c) && !ovf_is_digit(c) && !(c == '/' && len == 0))
            break;
        out[len++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    out[len] = '\0';
    return len;
}

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* Ends a line: what a browser begins on a new one. */
static bool is_block(const char *name)
{
    static const char *const blocks[] = {
        "br", "p",  "div", "tr", "li", "table", "pre", "h1", "h2",   "h3",   "h4",   "h5",
        "h6", "hr", "ul",  "ol", "dt", "dd",    "td",  "th", "body", "html", "form", "section"};
    return is_one_of(*name == '/' ? name + 1 : name, blocks, OVF_COUNTOF(blocks));
}

static size_t end_of_tag(ovf_str s, size_t at)
{
    if (ovf_str_starts(ovf_str_tail(s, at), OVF_STR("<!--"))) {
        size_t end = ovf_str_find(s, at, OVF_STR("-->"));
        return end == OVF_NOPOS ? s.len : end + 3;
    }
    char quote = '\0';
    size_t limit = at + 65536 < s.len ? at + 65536 : s.len;
    for (size_t i = at + 1; i < limit; i++) {
        char c = s.ptr[i];
        if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i + 1;
    }
    size_t end = ovf_str_find(s, at, OVF_STR(">")); // a quote that nobody closed
    return end == OVF_NOPOS ? s.len : end + 1;
}

/* Behind </script> or </style>: what is between is for machines. */
static size_t end_of_hidden(ovf_str s, size_t at, const char *name)
{
    char closing[NAME_MAX + 1];
    while (at < s.len) {
        at = ovf_str_find(s, at, OVF_STR("</"));
        if (at == OVF_NOPOS)
            return s.len;
        tag_name(s, at, closing);
        if (strcmp(closing + 1, name) == 0)
            return end_of_tag(s, at);
        at += 2;
    }
    return s.len;
}

static bool is_tag(ovf_str s, size_t at)
{
    char next = at + 1 < s.len ? s.ptr[at + 1] : '\0';
    return ovf_is_letter(next) || next == '/' || next == '!' || next == '?';
}

void ovf_html_text(ovf_composed *c, ovf_str record, size_t from, size_t until)
{
    ovf_str s = ovf_str_sub(record, 0, until);
    char name[NAME_MAX];
    size_t at = from;
    while (at < s.len && !c->failed) {
        if (s.ptr[at] != '<' || !is_tag(s, at)) {
            size_t end = at + 1;
            while (end < s.len && s.ptr[end] != '<')
                end++;
            ovf_compose_text(c, ovf_str_sub(s, at, end), NULL, at);
            at = end;
            continue;
        }
        size_t tag = at;
        tag_name(s, tag, name);
        at = end_of_tag(s, tag);
        if (strcmp(name, "script") == 0 || strcmp(name, "style") == 0)
            at = end_of_hidden(s, at, name);
        if (is_block(name) && c->len > 0 && c->text[c->len - 1] != '\n')
            ovf_compose_words(c, "\n", tag);
    }
}

/* ---- bulletins ---- */

enum { FIELD_Q, FIELD_A, FIELD_FROM, FIELD_TO, FIELD_SCHEDULE, FIELD_LOWER, FIELD_UPPER, FIELDS };

static const char *const labels[FIELDS] = {
    "Q) ", "A) ", "FROM: ", "TO: ", "SCHEDULE: ", "LOWER: ", "UPPER: "};

/* One notice of a bulletin, as ranges of the text. */
struct entry {
    ovf_range fields[FIELDS];
    ovf_range ident;
    ovf_range text;
};

static bool is_ident(ovf_str line)
{
    return line.len >= 6 && line.len <= 9 && ovf_is_letter(line.ptr[0]) && ovf_is_digit(line.ptr[1])
           && line.ptr[line.len - 3] == '/' && ovf_is_digit(line.ptr[line.len - 1])
           && ovf_is_digit(line.ptr[line.len - 2]);
}

static ovf_range trimmed(ovf_str s, size_t from, size_t until)
{
    while (until > from && ovf_is_blank(s.ptr[until - 1]))
        until--;
    while (from < until && ovf_is_blank(s.ptr[from]))
        from++;
    return (ovf_range){(uint32_t)from, (uint32_t)until};
}

/* Takes a line that begins with a label; "FROM: ... TO: ..." may share one. */
static bool take_labels(ovf_str s, ovf_range line, struct entry *out)
{
    ovf_str text = ovf_str_sub(s, line.from, line.until);
    for (int i = 0; i < FIELDS; i++) {
        ovf_str label = ovf_str_trim(ovf_str_of(labels[i]));
        if (!ovf_str_starts(text, label))
            continue;
        size_t end = line.until;
        if (i == FIELD_FROM) {
            size_t to = ovf_str_find(text, 0, OVF_STR("TO:"));
            if (to != OVF_NOPOS) {
                end = line.from + to;
                out->fields[FIELD_TO] = trimmed(s, end + 3, line.until);
            }
        }
        out->fields[i] = trimmed(s, line.from + label.len, end);
        return true;
    }
    return false;
}

/* Lines from `at` on until the next Q) or FIR heading; the offset behind the entry. */
static size_t read_entry(ovf_str s, size_t at, struct entry *out)
{
    *out = (struct entry){0};
    bool in_text = true;
    size_t end = at;
    while (at < s.len) {
        size_t stop = ovf_str_find(s, at, OVF_STR("\n"));
        stop = stop == OVF_NOPOS ? s.len : stop;
        ovf_range line = trimmed(s, at, stop);
        ovf_str words = ovf_str_sub(s, line.from, line.until);
        bool is_q = ovf_str_starts(words, OVF_STR("Q)"));
        if (is_q && out->fields[FIELD_Q].until > 0)
            break;
        bool is_marker = words.len == 1 && (words.ptr[0] == '+' || words.ptr[0] == '*');
        if (is_ident(words) && out->ident.until == 0) {
            out->ident = line;
            in_text = false;
        } else if (take_labels(s, line, out)) {
            in_text = in_text && (is_q || out->fields[FIELD_FROM].until == 0);
        } else if (in_text && words.len > 0 && !is_marker && out->fields[FIELD_LOWER].until == 0) {
            if (out->text.until == 0)
                out->text.from = line.from;
            out->text.until = line.until;
        }
        end = stop < s.len ? stop + 1 : s.len;
        at = end;
    }
    return end;
}

static void put(ovf_composed *c, const ovf_composed *page, ovf_range range)
{
    ovf_str s = {page->text, page->len};
    ovf_compose_text(c, ovf_str_sub(s, range.from, range.until), page->map + range.from, 0);
}

/* "28 AUG 2023 08:00" or "2308280800" as ten digits. */
static void put_time(ovf_composed *c, const ovf_composed *page, const char *item, ovf_range range)
{
    ovf_str s = ovf_str_sub((ovf_str){page->text, page->len}, range.from, range.until);
    ovf_time at = 0;
    size_t end = ovf_prose_time(s, 0, &at);
    uint32_t place = page->map[range.from];
    ovf_compose_words(c, item, place);
    if (end == 0) { // PERM, UFN, ten digits already
        put(c, page, range);
        return;
    }
    ovf_civil t = ovf_time_civil(at);
    ovf_compose_printf(c, place, "%02d%02d%02d%02d%02d", t.year % 100, t.month, t.day, t.hour,
                       t.minute);
    range.from += (uint32_t)end;
    put(c, page, range);
}

static void put_field(ovf_composed *c, const ovf_composed *page, const char *item, ovf_range range)
{
    if (range.until <= range.from)
        return;
    ovf_compose_words(c, item, page->map[range.from]);
    put(c, page, range);
}

/* "EGTT  -  LONDON FIR" on a line of its own, the last one before `until`. */
static void find_heading(ovf_str s, size_t from, size_t until, ovf_range *heading)
{
    while (from < until) {
        size_t stop = ovf_str_find(s, from, OVF_STR("\n"));
        stop = stop == OVF_NOPOS || stop > until ? until : stop;
        ovf_range line = trimmed(s, from, stop);
        ovf_str words = ovf_str_sub(s, line.from, line.until);
        size_t letters = 0;
        while (letters < words.len && words.ptr[letters] >= 'A' && words.ptr[letters] <= 'Z')
            letters++;
        ovf_str rest = ovf_str_trim(ovf_str_tail(words, letters));
        if (letters == 4 && ovf_str_starts(rest, OVF_STR("-")) && ovf_str_ends(rest, OVF_STR("IR")))
            *heading = (ovf_range){line.from, line.from + 4};
        from = stop + 1;
    }
}

static void compose_entry(ovf_composed *c, const ovf_composed *page, const struct entry *e,
                          ovf_range heading)
{
    const ovf_range *f = e->fields;
    put(c, page, e->ident);
    c->ident = (ovf_range){0, (uint32_t)c->len};
    put_field(c, page, "\nQ) ", f[FIELD_Q]);
    ovf_range fir = {f[FIELD_Q].from, f[FIELD_Q].from + 4};
    ovf_str code = ovf_str_sub((ovf_str){page->text, page->len}, fir.from, fir.until);
    // Of a notice for a FIR the bulletin has the FIR in the heading only; "EGXX" is none.
    if (f[FIELD_A].until > f[FIELD_A].from)
        put_field(c, page, "\nA) ", f[FIELD_A]);
    else if (code.len == 4 && !ovf_str_ends(code, OVF_STR("XX")))
        put_field(c, page, "\nA) ", fir);
    else
        put_field(c, page, "\nA) ", heading);
    put_time(c, page, "\nB) ", f[FIELD_FROM]);
    if (f[FIELD_TO].until > f[FIELD_TO].from)
        put_time(c, page, " C) ", f[FIELD_TO]);
    put_field(c, page, "\nD) ", f[FIELD_SCHEDULE]);
    put_field(c, page, "\nE) ", e->text);
    put_field(c, page, "\nF) ", f[FIELD_LOWER]);
    put_field(c, page, "\nG) ", f[FIELD_UPPER]);
}

static bool is_bulletin(ovf_str s)
{
    size_t q = ovf_str_find(s, 0, OVF_STR("Q)"));
    return q != OVF_NOPOS && ovf_str_find(s, q, OVF_STR("FROM:")) != OVF_NOPOS;
}

static void read_bulletin(ovf_structured *s, const ovf_composed *page)
{
    ovf_str text = {page->text, page->len};
    size_t at = ovf_str_find(text, 0, OVF_STR("Q)"));
    size_t before = 0;
    ovf_range heading = {0};
    while (at < text.len && !s->no_memory && !s->is_over) {
        struct entry e;
        find_heading(text, before, at, &heading);
        size_t end = read_entry(text, at, &e);
        before = at;
        ovf_composed c = {.arena = s->arena};
        uint32_t last = page->map[end > at ? end - 1 : at];
        ovf_span whole = {page->map[at], last + 1 - page->map[at]};
        if (e.ident.until == 0 || e.fields[FIELD_FROM].until == 0) {
            ovf_compose_text(&c, ovf_str_sub(text, at, end), page->map + at, 0);
            ovf_structured_read_all(s, &c, whole);
        } else {
            compose_entry(&c, page, &e, heading);
            ovf_structured_read(s, &c, whole);
        }
        at = ovf_str_find(text, end, OVF_STR("Q)"));
    }
}

void ovf_read_html(ovf_structured *s, size_t start)
{
    ovf_composed page = {.arena = s->arena};
    ovf_html_text(&page, s->record, start, s->record.len);
    if (page.failed) {
        s->no_memory = true;
        return;
    }
    if (page.len == 0)
        return;
    page.map[page.len] = (uint32_t)s->record.len;
    if (is_bulletin((ovf_str){page.text, page.len})) {
        read_bulletin(s, &page);
        return;
    }
    ovf_span whole = {(uint32_t)start, (uint32_t)(s->record.len - start)};
    ovf_structured_read_all(s, &page, whole);
}
