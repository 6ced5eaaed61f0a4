/* SPDX-License-Identifier: Apache-2.0 */
/* The heading of a notice: AFTN lines, identification, kind, what it refers to, item A, parts, and
 * the trailer lines that repositories add (CREATED, SOURCE). */
#include "forms.h"

static size_t skip_blanks(ovf_str s, size_t i)
{
    while (i < s.len && ovf_is_blank(s.ptr[i]))
        i++;
    return i;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* "241200 EUECYIYN" on a line of its own before the notice: filing time and originator. */
static void read_envelope(ovf_draft *d)
{
    ovf_str head = ovf_str_sub(d->clean.text, d->all.from, d->ident.from);
    ovf_str line;
    while (ovf_str_line(&head, &line)) {
        ovf_str text = ovf_str_trim(line);
        if (text.len != 15 || text.ptr[6] != ' ')
            continue;
        bool fits = true;
        for (size_t i = 0; i < text.len; i++)
            fits &= i == 6 || (i < 6 ? ovf_is_digit(text.ptr[i]) : is_upper(text.ptr[i]));
        if (fits)
            d->originator = ovf_str_tail(text, 7);
    }
}

ovf_str ovf_ident_text(ovf_draft *d, size_t from, size_t until)
{
    ovf_str s = ovf_str_sub(d->clean.text, from, until);
    size_t slash = ovf_str_find(s, 0, OVF_STR("/"));
    bool is_long = slash != OVF_NOPOS && slash >= 4 && s.len == slash + 5
                   && ovf_str_eq(ovf_str_sub(s, slash + 1, slash + 3), OVF_STR("20"))
                   && memchr(s.ptr, ' ', s.len) == NULL;
    bool has_letter =
        s.len > 6 && memchr(s.ptr, ' ', s.len) == NULL && memchr(s.ptr + 1, 'O', s.len - 1) != NULL;
    char *text = is_long || has_letter ? ovf_arena_array(d->arena, char, s.len + 1) : NULL;
    if (text == NULL || !ovf_is_digit(s.ptr[s.len - 1]))
        return s;
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (is_long && (i == slash + 1 || i == slash + 2))
            continue;
        text[count++] = i > 0 && s.ptr[i] == 'O' ? '0' : s.ptr[i];
    }
    return (ovf_str){text, count};
}

/* The next identification behind NOTAMR or NOTAMC. */
static void read_reference(ovf_draft *d, size_t from)
{
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->all.until);
    size_t at = skip_blanks(s, from);
    size_t end = at;
    while (end < s.len && (is_upper(s.ptr[end]) || ovf_is_digit(s.ptr[end]) || s.ptr[end] == '/'))
        end++;
    ovf_str word = ovf_str_sub(s, at, end);
    size_t slash = ovf_str_find(word, 0, OVF_STR("/"));
    if (slash == OVF_NOPOS || slash == 0 || slash + 3 > word.len) {
        OVF_FIND(d, OVF_WARNING, at, "REFERENCE", "expected the number of the notice that is %s",
                 d->notice->kind == OVF_NOTICE_CANCEL ? "cancelled" : "replaced");
        return;
    }
    d->notice->refers_to = ovf_ident_text(d, at, end);
}

static void read_kind(ovf_draft *d)
{
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->all.until);
    size_t at = skip_blanks(s, d->ident.until);
    if (d->ident.from == d->ident.until)
        at = skip_blanks(s, d->all.from);
    if (!ovf_str_eq(ovf_str_sub(s, at, at + 5), OVF_STR("NOTAM")))
        return;
    size_t letter = at + 5;
    if (letter + 1 < s.len && s.ptr[letter] == ' ')
        letter++;
    bool ends = letter + 1 >= s.len || !ovf_is_letter(s.ptr[letter + 1]);
    char kind = letter < s.len && ends ? s.ptr[letter] : '\0';
    d->notice->kind = kind == 'N'   ? OVF_NOTICE_NEW
                      : kind == 'R' ? OVF_NOTICE_REPLACE
                      : kind == 'C' ? OVF_NOTICE_CANCEL
                                    : OVF_NOTICE_KIND_UNKNOWN;
    if (kind == 'R' || kind == 'C')
        read_reference(d, letter + 1);
}

/* Four capital letters just before the number: "KICZ A0012/25", "CZQX H2286/21". */
static void read_prefix(ovf_draft *d)
{
    if (d->ident.from == d->ident.until)
        return;
    size_t end = d->ident.from;
    while (end > d->all.from && d->clean.text.ptr[end - 1] == ' ')
        end--;
    size_t from = end;
    while (from > d->all.from && is_upper(d->clean.text.ptr[from - 1]))
        from--;
    bool is_word = end - from == 4 && end < d->ident.from;
    if (is_word && !ovf_str_eq(ovf_str_sub(d->clean.text, from, end), OVF_STR("NNNN")))
        d->notice->location_prefix = ovf_show(d, from, end);
}

static void read_locations(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    ovf_range a = d->items[OVF_ITEM_A];
    if (a.from == a.until)
        return;
    // "A) EDGG PART 1 OF 2": what follows the indicators is no indicator.
    ovf_str text = ovf_range_text(d, a);
    size_t part = ovf_str_find(text, 0, OVF_STR("PART "));
    if (part != OVF_NOPOS && ovf_find_part(d, a, &n->part, &n->part_of)) {
        a.until = a.from + (uint32_t)part;
        while (a.until > a.from && ovf_is_blank(d->clean.text.ptr[a.until - 1]))
            a.until--;
    }
    n->locations = ovf_show(d, a.from, a.until);
    n->span_a = ovf_raw_span(d, a.from, a.until);
}

static void read_trailer(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    n->created = OVF_TIME_NONE;
    ovf_range created = ovf_trailer_value(d, OVF_STR("CREATED:"));
    if (created.until > created.from) {
        ovf_time t = OVF_TIME_NONE;
        ovf_str s = ovf_str_sub(d->clean.text, 0, created.until);
        if (ovf_prose_time(s, created.from, &t) > created.from)
            n->created = t;
        else
            OVF_FIND(d, OVF_NOTE, created.from, "CREATED", "expected a date as 20 SEP 2025 00:12");
    }
    ovf_range source = ovf_trailer_value(d, OVF_STR("SOURCE:"));
    uint32_t end = source.from;
    while (end < source.until && is_upper(d->clean.text.ptr[end]))
        end++;
    if (end > source.from)
        n->source = ovf_show(d, source.from, end);
}

void ovf_read_header(ovf_draft *d)
{
    ovf_notice *n = d->notice;
    read_envelope(d);
    read_prefix(d);
    if (d->ident.until > d->ident.from) {
        n->id = ovf_ident_text(d, d->ident.from, d->ident.until);
        n->span_id = ovf_raw_span(d, d->ident.from, d->ident.until);
    }
    read_kind(d);
    read_locations(d);
    read_trailer(d);
    d->is_kicz = ovf_str_eq(n->location_prefix, OVF_STR("KICZ"))
                 || ovf_str_eq(n->locations, OVF_STR("KICZ"));
    bool has_items = d->has_item[OVF_ITEM_Q] || d->has_item[OVF_ITEM_A] || d->has_item[OVF_ITEM_B]
                     || n->kind != OVF_NOTICE_KIND_UNKNOWN;
    if (has_items)
        n->form = OVF_FORM_ICAO;
    ovf_range e = d->items[OVF_ITEM_E];
    n->span_e = ovf_raw_span(d, e.from, e.until);
    if (n->part_of == 0)
        ovf_find_part(d, (ovf_range){e.until, d->trailer}, &n->part, &n->part_of);
}
