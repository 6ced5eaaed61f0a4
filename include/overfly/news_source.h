/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/news_source.h - the stories of a document: plain text, a web page, a feed (RSS 2.0, RSS 1.0,
 * Atom), each as running text for ovf_news_read, with title, day and outlet where the document tells
 * them, and the way back from a byte of the text to a byte of the document.
 * Room: statement.  Uses: base, time, jansson, libxml2.  Reads nothing but the bytes it is given:
 * no file and no network, no external entity. */
#ifndef OVERFLY_NEWS_SOURCE_H
#define OVERFLY_NEWS_SOURCE_H

#include <overfly/time.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ovf_news_form {
    OVF_NEWS_TEXT = 0,
    OVF_NEWS_HTML,
    OVF_NEWS_FEED,
} ovf_news_form;

/* Bytes [text_at, text_at + len) of the text stand literally at origin_at of the document. */
typedef struct ovf_news_stretch {
    uint32_t text_at, origin_at, len;
} ovf_news_stretch;

typedef struct ovf_news_source {
    ovf_str text;   /* UTF-8, paragraphs parted by empty lines; without title, menus, captions */
    ovf_str title;  /* may be empty */
    ovf_str outlet; /* name of the site or feed, may be empty */
    ovf_str link;   /* of a feed's item or a page's canonical address, may be empty */
    ovf_time published;                /* OVF_TIME_NONE: not told */
    const ovf_news_stretch *stretches; /* by text_at; what came out of entities has none */
    size_t stretch_count;
} ovf_news_source;

typedef struct ovf_news_sources {
    ovf_news_form form;
    ovf_news_source *items; /* one, or one an item of a feed */
    size_t count;
    const ovf_finding *findings; /* items left out, and why */
    size_t finding_count;
} ovf_news_sources;

#define OVF_NEWS_SOURCE_MAX_BYTES ((size_t)32 << 20)
#define OVF_NEWS_SOURCE_MAX_ITEMS 5000

/* What a document looks like; plain text when nothing else. */
OVF_API ovf_news_form ovf_news_sniff(ovf_str document);

/* Reads a document of any of the forms. A page that is damaged gives what can be read of it. Plain
 * text is borrowed, everything else lives in the arena.
 * OVF_E_LIMIT: larger than OVF_NEWS_SOURCE_MAX_BYTES. OVF_E_SYNTAX: a feed that is no XML at all.
 * OVF_E_NOMEM. Safe from any thread. */
OVF_API OVF_NODISCARD ovf_status ovf_news_sources_read(ovf_str document, ovf_arena *arena,
                                                       ovf_news_sources *out, ovf_error *err);

/* The byte of the document that a byte of the text was taken from, or OVF_NOPOS. */
OVF_API size_t ovf_news_origin(const ovf_news_source *source, size_t text_at);

/* A date as pages and feeds write it: RFC 3339 and its shortenings, RFC 5322 ("Sat, 29 Nov 2025
 * 14:05:00 GMT"), "29 November 2025", "November 29, 2025". OVF_TIME_NONE: none of them. */
OVF_API ovf_time ovf_news_date(ovf_str text);

#ifdef __cplusplus
}
#endif
#endif
