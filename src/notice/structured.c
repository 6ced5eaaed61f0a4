/* SPDX-License-Identifier: Apache-2.0 */
/* Which form with named parts a record has, told by its own first bytes, and its reader. */
#include "structured_internal.h"

#define HEAD_BYTES 65536

/* The name of the first element behind declarations and comments, without its prefix. */
static ovf_str first_element(ovf_str s)
{
    size_t at = 0;
    while (at < s.len) {
        at = ovf_str_find(s, at, OVF_STR("<"));
        if (at == OVF_NOPOS)
            break;
        ovf_str rest = ovf_str_tail(s, at);
        if (ovf_str_starts(rest, OVF_STR("<!--"))) {
            at = ovf_str_find(s, at, OVF_STR("-->"));
            continue;
        }
        if (!ovf_str_starts(rest, OVF_STR("<?")) && !ovf_str_starts(rest, OVF_STR("<!"))) {
            size_t end = 1;
            while (end < rest.len && strchr(" \t\r\n/>", rest.ptr[end]) == NULL)
                end++;
            ovf_str name = ovf_str_sub(rest, 1, end);
            size_t colon = ovf_str_find(name, 0, OVF_STR(":"));
            return colon == OVF_NOPOS ? name : ovf_str_tail(name, colon + 1);
        }
        at++;
    }
    return OVF_STR("");
}

/* UTF-16, with or without its mark: every second byte of the beginning is 0. */
static bool is_wide(ovf_str s)
{
    return s.len >= 4 && (s.ptr[0] == '\0' || s.ptr[1] == '\0') && s.ptr[0] != s.ptr[1];
}

static bool has(ovf_str head, const char *word)
{
    return ovf_str_find(head, 0, ovf_str_of(word)) != OVF_NOPOS;
}

static ovf_structure of_markup(ovf_str s)
{
    ovf_str head = ovf_str_sub(s, 0, HEAD_BYTES);
    ovf_str name = first_element(head);
    if (ovf_str_eq_nocase(name, OVF_STR("html")) || has(ovf_str_sub(head, 0, 512), "!DOCTYPE html")
        || has(ovf_str_sub(head, 0, 512), "!doctype html"))
        return OVF_STRUCTURE_HTML;
    if (ovf_str_eq_nocase(name, OVF_STR("Pib")) || has(head, "<Notam ") || has(head, "<Notam>")
        || has(head, "<AreaPIBHeader>"))
        return OVF_STRUCTURE_PIB;
    if (has(head, "aixm.aero/schema") || has(head, "AIXMBasicMessage") || has(head, "<aixm:"))
        return OVF_STRUCTURE_AIXM;
    bool is_page = has(head, "<div") || has(head, "<p>") || has(head, "<br") || has(head, "<table")
                   || has(head, "<pre") || has(head, "<body") || has(head, "<DIV")
                   || has(head, "<PRE") || has(head, "<TABLE");
    return is_page ? OVF_STRUCTURE_HTML : OVF_STRUCTURE_NONE;
}

/* "AC R" as the first line that is no comment, and further records behind it. */
static bool is_openair(ovf_str s)
{
    ovf_str line;
    bool has_class = false;
    size_t records = 0;
    for (size_t lines = 0; lines < 5000 && ovf_str_line(&s, &line); lines++) {
        line = ovf_str_trim(line);
        if (line.len == 0 || line.ptr[0] == '*')
            continue;
        bool has_value = line.len > 2 && (line.ptr[2] == ' ' || line.ptr[2] == '\t');
        if (!has_value)
            return false;
        if (!has_class) {
            if (!ovf_str_starts(line, OVF_STR("AC")) || line.len > 24)
                return false;
            has_class = true;
            continue;
        }
        static const char *const names[] = {"AN", "AY", "AI", "AL", "AH", "DP", "DC", "V "};
        for (size_t i = 0; i < OVF_COUNTOF(names); i++)
            records += ovf_str_starts(line, ovf_str_of(names[i]));
        if (records >= 2)
            return true;
    }
    return false;
}

static bool is_json(ovf_str s)
{
    size_t at = 1;
    while (at < s.len && ovf_is_blank(s.ptr[at]))
        at++;
    char next = at < s.len ? s.ptr[at] : '\0';
    // "{"id": ..." or "[{": a text may begin with a bracket too.
    return s.ptr[0] == '{' ? next == '"' || next == '}' : next == '{' || next == '"' || next == ']';
}

/* A first letter that only text begins with, unless every second byte is 0. */
static bool begins_as_text(ovf_str text)
{
    return text.len >= 4 && text.ptr[0] > 'A' && text.ptr[0] <= 'Z' && text.ptr[1] != '\0';
}

ovf_structure ovf_structure_of(ovf_str text)
{
    if (begins_as_text(text))
        return OVF_STRUCTURE_NONE;
    if (ovf_str_starts(text, OVF_STR("\xef\xbb\xbf")))
        text = ovf_str_tail(text, 3);
    if (is_wide(ovf_str_starts(text, OVF_STR("\xff\xfe")) ? ovf_str_tail(text, 2) : text)
        || ovf_str_starts(text, OVF_STR("\xfe\xff"))) {
        char head[2048];
        size_t len = 0;
        for (size_t i = 0; i < text.len && len < sizeof head; i++)
            if (text.ptr[i] > 0)
                head[len++] = text.ptr[i];
        ovf_str narrow = ovf_str_trim((ovf_str){head, len});
        ovf_structure found =
            narrow.len > 0 && narrow.ptr[0] == '<' ? of_markup(narrow) : OVF_STRUCTURE_NONE;
        return found == OVF_STRUCTURE_HTML ? OVF_STRUCTURE_NONE : found;
    }
    ovf_str s = ovf_str_trim(text);
    if (s.len == 0)
        return OVF_STRUCTURE_NONE;
    if (s.ptr[0] == '<')
        return of_markup(s);
    if (s.ptr[0] == '{' || s.ptr[0] == '[')
        return is_json(s) ? OVF_STRUCTURE_JSON : OVF_STRUCTURE_NONE;
    bool may_be_openair = s.ptr[0] == '*' || ovf_str_starts(s, OVF_STR("AC"));
    return may_be_openair && is_openair(s) ? OVF_STRUCTURE_OPENAIR : OVF_STRUCTURE_NONE;
}

/* ---- XML ---- */

/* Where the next document begins behind an error that says that something follows the root. */
static size_t next_document(ovf_str record, size_t pos)
{
    while (pos < record.len && ovf_is_blank(record.ptr[pos]))
        pos++;
    if (ovf_str_starts(ovf_str_tail(record, pos), OVF_STR("\xef\xbb\xbf")))
        pos += 3;
    return pos;
}

/* Behind the last notice that came out of the document: what broke begins there. */
static size_t broken_from(const ovf_structured *s, size_t first, size_t start)
{
    if (s->count == first)
        return start;
    ovf_span last = s->notices[s->count - 1].raw_span;
    return (size_t)last.at + last.len;
}

void ovf_structured_xml(ovf_structured *s, size_t start, ovf_xml_options *options,
                        ovf_notice_form form,
                        void (*done)(ovf_structured *s, void *data, const ovf_xml *root))
{
    for (size_t at = next_document(s->record, start); at < s->record.len && !s->no_memory;) {
        ovf_xml *root = NULL;
        ovf_error err = {0};
        size_t first = s->count;
        options->base = at;
        ovf_status status =
            ovf_xml_read(ovf_str_tail(s->record, at), options, s->arena, &root, &err);
        if (status == OVF_E_NOMEM)
            s->no_memory = true;
        if (done != NULL && root != NULL && !s->no_memory)
            done(s, options->data, root);
        if (status == OVF_OK || s->no_memory)
            return;
        size_t next = next_document(s->record, err.pos);
        bool is_next = next > at && ovf_str_starts(ovf_str_tail(s->record, next), OVF_STR("<"))
                       && strstr(err.reason, "not at start") != NULL;
        is_next |= next > at && strstr(err.reason, "junk after") != NULL
                   && ovf_str_starts(ovf_str_tail(s->record, next), OVF_STR("<"));
        if (!is_next) {
            ovf_structured_broken(s, form, broken_from(s, first, at), err.pos, err.reason);
            return;
        }
        at = next;
    }
}

bool ovf_is_structured(ovf_str record, size_t start)
{
    return ovf_structure_of(ovf_str_tail(record, start)) != OVF_STRUCTURE_NONE;
}

bool ovf_structure_has_notices(ovf_str record, size_t start)
{
    ovf_str text = ovf_str_tail(record, start);
    ovf_structure structure = ovf_structure_of(text);
    ovf_str head = ovf_str_sub(text, 0, HEAD_BYTES);
    if (structure == OVF_STRUCTURE_NONE)
        return false;
    if (structure == OVF_STRUCTURE_HTML || structure == OVF_STRUCTURE_JSON)
        return has(head, "NOTAM") || has(head, "Q) ") || has(head, "\"FeatureCollection\"")
               || has(head, "\"Feature\"");
    return true;
}

/* An arc of ten bytes is worth hundreds of vertices; a file in which every airspace is a circle, two a
 * byte. */
static size_t vertices_for(size_t bytes)
{
    size_t least = 200000;
    if (bytes >= OVF_STRUCTURED_MAX_VERTICES / 4)
        return OVF_STRUCTURED_MAX_VERTICES;
    return bytes * 4 > least ? bytes * 4 : least;
}

ovf_status ovf_read_structured(const ovf_world *world, ovf_str record, size_t start,
                               const ovf_notice_options *options, ovf_arena *arena,
                               ovf_notice **out, size_t *count, ovf_error *err)
{
    ovf_structured s = {.world = world,
                        .record = record,
                        .options = options,
                        .arena = arena,
                        .vertices_left = vertices_for(record.len)};
    switch (ovf_structure_of(ovf_str_tail(record, start))) {
    case OVF_STRUCTURE_PIB: ovf_read_pib(&s, start); break;
    case OVF_STRUCTURE_AIXM: ovf_read_aixm(&s, start); break;
    case OVF_STRUCTURE_HTML: ovf_read_html(&s, start); break;
    case OVF_STRUCTURE_JSON: ovf_read_json(&s, start); break;
    case OVF_STRUCTURE_OPENAIR: ovf_read_openair(&s, start); break;
    case OVF_STRUCTURE_NONE: break;
    }
    if (s.no_memory)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the notices of a record");
    if (s.count == 0) // a whole document without a notice in it
        return ovf_read_text(world, record, options, arena, out, count, err);
    *out = s.notices;
    *count = s.count;
    return OVF_OK;
}
