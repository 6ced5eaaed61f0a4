/* SPDX-License-Identifier: Apache-2.0 */
/* news_source.h - between the readers of documents (src/statement/news_source.c, news_html.c,
 * news_feed.c) and the writer of their text. */
#ifndef OVF_NEWS_SOURCE_INTERNAL_H
#define OVF_NEWS_SOURCE_INTERNAL_H

#include <overfly/news_source.h>

/* Text that grows, in paragraphs, with the way back to the document. */
typedef struct source_writer {
    ovf_arena *arena;
    ovf_str document; /* empty: no way back is kept (another encoding) */
    size_t cursor;    /* what was found so far lies before it */
    size_t misses;    /* searches that found nothing: a ceiling on them */
    char *text;
    size_t len, capacity;
    ovf_news_stretch *stretches;
    size_t stretch_count, stretch_capacity;
    size_t break_at; /* length at the last paragraph's end */
    bool wants_blank;
    bool failed; /* no memory */
} source_writer;

/* Character data: blanks are folded. */
void source_put(source_writer *w, ovf_str chars);
/* Ends a paragraph. */
void source_break(source_writer *w);
/* What was written, without a blank at either end. */
ovf_str source_text(const source_writer *w);

/* One story out of the elements of a page (or a piece of one); out is filled where the page tells. */
ovf_status source_read_html(ovf_str html, ovf_str document, size_t from, bool is_page,
                            ovf_arena *arena, ovf_news_source *out, ovf_error *err);
ovf_status source_read_feed(ovf_str document, ovf_arena *arena, ovf_news_sources *out,
                            ovf_error *err);

#endif
