/* SPDX-License-Identifier: Apache-2.0 */
#include "case_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MAX_BYTES (1 << 20)

struct reading {
    struct case_book *book;
    const char *path;
    ovf_str file;
    uint32_t line;
    bool in_document; /* else in a case */
};

static void give_up(const struct reading *r, const char *why)
{
    fprintf(stderr, "%s:%u: %s\n", r->path, r->line, why);
    exit(1);
}

static ovf_str slurp(struct reading *r)
{
    FILE *file = fopen(r->path, "rb");
    if (file == NULL)
        give_up(r, "cannot be opened");
    char *bytes = ovf_arena_alloc(&r->book->arena, FILE_MAX_BYTES, 1);
    if (bytes == NULL)
        give_up(r, "no memory");
    size_t len = fread(bytes, 1, FILE_MAX_BYTES, file);
    fclose(file);
    if (len == FILE_MAX_BYTES)
        give_up(r, "too large");
    return (ovf_str){bytes, len};
}

static ovf_str join(struct reading *r, ovf_str a, const char *between, ovf_str b)
{
    if (a.len == 0 && between[0] != '\n')
        return b;
    ovf_str both =
        ovf_arena_printf(&r->book->arena, OVF_FMT "%s" OVF_FMT, OVF_ARG(a), between, OVF_ARG(b));
    if (both.ptr == NULL)
        give_up(r, "no memory");
    return both;
}

static struct case_document *last_document(struct reading *r)
{
    return &r->book->documents[r->book->document_count - 1];
}

static struct case_row *last_row(struct reading *r)
{
    return &r->book->rows[r->book->row_count - 1];
}

static void begin_document(struct reading *r, ovf_str name)
{
    struct case_book *b = r->book;
    for (size_t i = 0; i < b->document_count; i++) {
        if (ovf_str_eq(b->documents[i].name, name))
            give_up(r, "a document of that name is there already");
    }
    if (name.len == 0
        || !ovf_arena_grow(&b->arena, (void **)&b->documents, b->document_count,
                           &b->document_capacity, sizeof(*b->documents)))
        give_up(r, "expected the name of a document");
    b->documents[b->document_count++] = (struct case_document){.name = name};
    r->in_document = true;
}

static void begin_case(struct reading *r, ovf_str name)
{
    struct case_book *b = r->book;
    if (name.len == 0
        || !ovf_arena_grow(&b->arena, (void **)&b->rows, b->row_count, &b->row_capacity,
                           sizeof(*b->rows)))
        give_up(r, "expected the name of a case");
    ovf_str title = ovf_arena_printf(&b->arena, OVF_FMT ": " OVF_FMT "%c", OVF_ARG(r->file),
                                     OVF_ARG(name), '\0');
    b->rows[b->row_count++] =
        (struct case_row){.file = r->file, .name = name, .title = title.ptr, .line = r->line};
    r->in_document = false;
}

static void hears(struct reading *r, ovf_str names)
{
    struct case_row *row = last_row(r);
    ovf_str rest = names;
    ovf_str name = {0};
    while (ovf_str_field(&rest, ' ', &name)) {
        if (ovf_str_eq(name, OVF_STR("-")))
            continue; // nothing is heard: the law that stands is asked alone
        size_t i = 0;
        while (i < r->book->document_count && !ovf_str_eq(r->book->documents[i].name, name))
            i++;
        if (i == r->book->document_count || row->document_count >= CASE_MAX_DOCUMENTS)
            give_up(r, "no such document");
        row->documents[row->document_count++] = i;
    }
}

static void asks(struct reading *r, ovf_str words)
{
    struct case_row *row = last_row(r);
    ovf_str rest = words;
    ovf_str area = {0};
    if (!ovf_str_field(&rest, ' ', &area) || !ovf_str_field(&rest, ' ', &row->at))
        give_up(r, "expected an area and a time");
    row->area = area;
    row->party = rest;
}

static void read_line(struct reading *r, ovf_str line)
{
    ovf_str words = ovf_str_trim(line);
    if (words.len == 0 || words.ptr[0] == '#')
        return;
    bool is_text = words.ptr[0] == '|';
    if (is_text && r->in_document && r->book->document_count > 0) {
        struct case_document *d = last_document(r);
        ovf_str text = ovf_str_tail(words, words.len > 1 && words.ptr[1] == ' ' ? 2 : 1);
        d->text = d->text.len == 0 ? join(r, (ovf_str){0}, "", text) : join(r, d->text, "\n", text);
        return;
    }
    ovf_str rest = words;
    ovf_str key = {0};
    ovf_str_field(&rest, ' ', &key);
    rest = ovf_str_trim(rest);
    if (ovf_str_eq(key, OVF_STR("document")))
        begin_document(r, rest);
    else if (ovf_str_eq(key, OVF_STR("case")))
        begin_case(r, rest);
    else if (r->in_document && ovf_str_eq(key, OVF_STR("cite")))
        last_document(r)->cite = join(r, last_document(r)->cite, " ", rest);
    else if (r->in_document || r->book->row_count == 0)
        give_up(r, "expected \"cite\", a line that starts with \"|\", or a case");
    else if (ovf_str_eq(key, OVF_STR("hears")))
        hears(r, rest);
    else if (ovf_str_eq(key, OVF_STR("asks")))
        asks(r, rest);
    else if (ovf_str_eq(key, OVF_STR("wants")))
        last_row(r)->wants = rest;
    else if (ovf_str_eq(key, OVF_STR("pieces")))
        last_row(r)->pieces = rest;
    else if (ovf_str_eq(key, OVF_STR("against")))
        last_row(r)->against = rest;
    else if (ovf_str_eq(key, OVF_STR("why")))
        last_row(r)->why = join(r, last_row(r)->why, " ", rest);
    else
        give_up(r, "expected hears, asks, wants, pieces, against or why");
}

void case_book_add(struct case_book *book, const char *path)
{
    struct reading r = {.book = book, .path = path};
    const char *slash = strrchr(path, '/');
    r.file = ovf_str_of(slash == NULL ? path : slash + 1);
    size_t first = book->row_count;
    ovf_str rest = slurp(&r);
    ovf_str line = {0};
    while (ovf_str_line(&rest, &line)) {
        r.line++;
        read_line(&r, line);
    }
    for (size_t i = first; i < book->row_count; i++) {
        const struct case_row *row = &book->rows[i];
        r.line = row->line;
        if (row->area.len == 0 || row->wants.len == 0)
            give_up(&r, "a case needs asks and wants");
        if (row->why.len < 20)
            give_up(&r, "a case needs its reason in law");
        for (size_t k = 0; k < row->document_count; k++) {
            if (book->documents[row->documents[k]].cite.len < 20)
                give_up(&r, "its document names no source");
        }
    }
}

ovf_str case_value(ovf_str words, const char *key)
{
    ovf_str rest = words;
    ovf_str word = {0};
    size_t len = strlen(key);
    while (ovf_str_field(&rest, ' ', &word)) {
        if (word.len > len && memcmp(word.ptr, key, len) == 0 && word.ptr[len] == '=')
            return ovf_str_tail(word, len + 1);
    }
    return (ovf_str){0};
}

bool case_has(ovf_str words, const char *word)
{
    ovf_str rest = words;
    ovf_str found = {0};
    while (ovf_str_field(&rest, ' ', &found)) {
        if (ovf_str_eq(found, ovf_str_of(word)))
            return true;
    }
    return false;
}
