/* SPDX-License-Identifier: Apache-2.0 */
/* decode --explain: the notice as it came, every part that was understood marked with a number, and
 * beneath each line what the numbered parts were read as. On a terminal the parts are coloured;
 * elsewhere they stand in brackets. What was found out without a place in the text follows. */
#include "decode.h"

#include <string.h>

#define EXPLAIN_WIDTH 96
#define VALUE_SHOWN 120
#define OPEN_MAX 32 /* marks within marks */

struct mark {
    const ovf_notice_span *span;
    size_t until; /* clipped to the mark that it lies in */
    unsigned number;
    bool is_shown; /* a part of the text; items as wholes are not, their values are */
};

struct page {
    FILE *file;
    bool colour;
    const ovf_notice *n;
    struct mark *marks;
    size_t count;
    size_t next;           /* the first mark not yet opened */
    size_t open[OPEN_MAX]; /* marks open at this byte, outermost first */
    size_t open_count;
    size_t told; /* marks whose reading has been printed */
    size_t finding;
};

static cli_ink ink_of(const char *what)
{
    static const struct {
        const char *start;
        cli_ink ink;
    } inks[] = {
        {"area", CLI_GOOD},     {"effect", CLI_BAD},    {"addressed", CLI_NOTE},
        {"operator", CLI_NOTE}, {"registry", CLI_NOTE}, {"owner", CLI_NOTE},
        {"airman", CLI_NOTE},   {"aircraft", CLI_NOTE}, {"flight", CLI_NOTE},
        {"except", CLI_NOTE},   {"valid", CLI_WARN},    {"schedule", CLI_WARN},
        {"lower", CLI_GOOD},    {"upper", CLI_GOOD},    {"id", CLI_BOLD},
    };
    for (size_t i = 0; i < OVF_COUNTOF(inks); i++) {
        if (strncmp(what, inks[i].start, strlen(inks[i].start)) == 0)
            return inks[i].ink;
    }
    return CLI_NOTE;
}

static void put_colour(const struct page *page)
{
    if (!page->colour)
        return;
    fputs(cli_ink_off(true), page->file);
    if (page->open_count > 0) {
        const struct mark *top = &page->marks[page->open[page->open_count - 1]];
        fputs(cli_ink_on(true, ink_of(top->span->what)), page->file);
    }
}

static void open_mark(struct page *page, size_t index)
{
    struct mark *mark = &page->marks[index];
    if (page->open_count == OPEN_MAX)
        return;
    // A mark that reaches out of the one it begins in ends with it.
    if (page->open_count > 0) {
        size_t outer = page->marks[page->open[page->open_count - 1]].until;
        mark->until = mark->until < outer ? mark->until : outer;
    }
    page->open[page->open_count++] = index;
    if (page->colour)
        fprintf(page->file, "%s%s%u%s", cli_ink_off(true), cli_ink_on(true, CLI_DIM), mark->number,
                cli_ink_off(true));
    else
        fprintf(page->file, "[%u ", mark->number);
    put_colour(page);
}

static void close_marks(struct page *page, size_t at)
{
    bool has_closed = false;
    while (page->open_count > 0 && page->marks[page->open[page->open_count - 1]].until <= at) {
        if (!page->colour)
            fputc(']', page->file);
        page->open_count--;
        has_closed = true;
    }
    if (has_closed)
        put_colour(page);
}

/* ---- readings ---- */

/* Values of areas say of which. */
static void put_label(const ovf_notice_span *span, char *out, size_t size)
{
    if (strncmp(span->what, "area", 4) == 0)
        snprintf(out, size, "%s %zu", span->what, span->index + 1);
    else
        snprintf(out, size, "%s", span->what);
}

static void tell_findings(struct page *page, size_t until)
{
    for (; page->finding < page->n->finding_count; page->finding++) {
        const ovf_finding *f = &page->n->findings[page->finding];
        if (f->pos >= until && until != SIZE_MAX)
            break;
        fprintf(page->file, "      %s! %s %s: " OVF_FMT "%s\n",
                cli_ink_on(page->colour, f->severity == OVF_NOTE ? CLI_DIM : CLI_WARN),
                ovf_severity_name(f->severity), f->rule, OVF_ARG(f->message),
                cli_ink_off(page->colour));
    }
}

/* The readings of the marks that begin before `until`, several on a line. */
static void tell(struct page *page, size_t until)
{
    size_t column = 0;
    for (; page->told < page->count && page->marks[page->told].span->span.at < until;
         page->told++) {
        const struct mark *mark = &page->marks[page->told];
        char label[40];
        char reading[240];
        if (!mark->is_shown)
            continue;
        put_label(mark->span, label, sizeof(label));
        ovf_str value = ovf_str_sub(mark->span->value, 0, VALUE_SHOWN);
        size_t len = (size_t)snprintf(reading, sizeof(reading), "%u %s%s" OVF_FMT, mark->number,
                                      label, value.len > 0 ? ": " : "", OVF_ARG(value));
        for (char *c = reading; *c != '\0'; c++)
            *c = *c == '\n' || *c == '\r' || *c == '\t' ? ' ' : *c;
        if (column > 0 && column + 3 + len > EXPLAIN_WIDTH) {
            fputc('\n', page->file);
            column = 0;
        }
        fprintf(page->file, "%s%s%s%s", column == 0 ? "      " : "   ",
                cli_ink_on(page->colour, ink_of(mark->span->what)), reading,
                cli_ink_off(page->colour));
        column += len + 3;
    }
    if (column > 0)
        fputc('\n', page->file);
    tell_findings(page, until);
}

/* ---- lines ---- */

/* The end of the line to print: at a line break, or at the last blank within the width. */
static size_t line_end(ovf_str raw, size_t from)
{
    size_t last_blank = 0;
    for (size_t i = from; i < raw.len; i++) {
        if (raw.ptr[i] == '\n')
            return i + 1;
        if (raw.ptr[i] == ' ')
            last_blank = i + 1;
        if (i - from >= EXPLAIN_WIDTH)
            return last_blank > from ? last_blank : i;
    }
    return raw.len;
}

static void put_byte(FILE *file, char c)
{
    if (c == '\n' || c == '\r')
        return;
    fputc((unsigned char)c < 0x20 && c != '\t' ? '.' : c, file);
}

static void put_text_line(struct page *page, size_t from, size_t until)
{
    size_t base = page->n->raw_span.at;
    put_colour(page);
    for (size_t i = from; i < until; i++) {
        close_marks(page, base + i);
        while (page->next < page->count && page->marks[page->next].span->span.at <= base + i) {
            size_t index = page->next++;
            if (page->marks[index].is_shown)
                open_mark(page, index);
        }
        put_byte(page->file, page->n->raw.ptr[i]);
    }
    close_marks(page, base + until);
    fprintf(page->file, "%s\n", cli_ink_off(page->colour));
    tell(page, base + until);
}

/* Items as wholes would mark the whole text: their parts are marked. Of two values with the same
 * bytes each has its number. */
static bool is_whole(const char *what)
{
    return strcmp(what, "q") == 0 || strcmp(what, "text") == 0 || strcmp(what, "addressed") == 0;
}

static void put_rest(struct page *page)
{
    const ovf_notice *n = page->n;
    tell(page, SIZE_MAX);
    fprintf(page->file, "   %s, %s, effect %s", ovf_notice_form_name(n->form),
            ovf_read_status_name(n->status), ovf_effect_name(n->effect));
    if (n->issuer.state.len > 0)
        fprintf(page->file, ", issued for " OVF_FMT, OVF_ARG(n->issuer.state));
    if (n->addressed.everyone)
        fprintf(page->file, ", for everyone");
    fprintf(page->file, "\n");
    for (size_t i = 0; i < n->area_count; i++) {
        if (n->areas[i].span.len == 0)
            fprintf(page->file, "   area %zu, from no words of the text: %s, %s\n", i + 1,
                    ovf_shape_name(n->areas[i].shape), ovf_certainty_name(n->areas[i].certainty));
    }
}

bool decode_explain(FILE *file, const ovf_notice *n, bool colour, ovf_arena *arena)
{
    ovf_notice_span *spans = NULL;
    size_t count = 0;
    if (ovf_notice_spans(n, arena, &spans, &count, NULL) != OVF_OK)
        return false;
    struct page page = {.file = file,
                        .colour = colour,
                        .n = n,
                        .marks = ovf_arena_array(arena, struct mark, count + 1),
                        .count = count};
    if (page.marks == NULL)
        return false;
    unsigned number = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_shown = !is_whole(spans[i].what);
        number += is_shown;
        page.marks[i] = (struct mark){.span = &spans[i],
                                      .until = (size_t)spans[i].span.at + spans[i].span.len,
                                      .number = number,
                                      .is_shown = is_shown};
    }
    for (size_t at = 0; at < n->raw.len;) {
        size_t end = line_end(n->raw, at);
        put_text_line(&page, at, end);
        at = end;
    }
    put_rest(&page);
    fputc('\n', file);
    return true;
}
