/* SPDX-License-Identifier: Apache-2.0 */
/* News into the ledger: prose behind a header that says what it is, a feed story by story. */
#include "ingest.h"

/* A value on one line. */
static void add_header(ovf_buf *buf, const char *name, ovf_str value)
{
    value = ovf_str_trim(value);
    if (value.len == 0)
        return;
    ovf_buf_printf(buf, "# %s: ", name);
    for (size_t i = 0; i < value.len; i++) {
        bool is_break = value.ptr[i] == '\n' || value.ptr[i] == '\r';
        ovf_buf_addc(buf, is_break ? ' ' : value.ptr[i]);
    }
    ovf_buf_addc(buf, '\n');
}

static void add_published(ovf_buf *buf, ovf_time published)
{
    char text[OVF_TIME_TEXT_MAX];
    add_header(buf, "kind", OVF_STR("news"));
    if (published == OVF_TIME_NONE)
        return;
    ovf_time_format(published, text, sizeof(text));
    add_header(buf, "published", ovf_str_of(text));
}

static ovf_str finish(ovf_arena *arena, ovf_buf *buf)
{
    ovf_str out = ovf_arena_dup(arena, ovf_buf_str(buf));
    ovf_buf_done(buf);
    return out.ptr == NULL ? OVF_STR("") : out;
}

ovf_str ingest_news_dressed(ovf_arena *arena, ovf_str text, ovf_time published)
{
    ovf_document_header header = ovf_document_header_read(text);
    if (header.is_news && (published == OVF_TIME_NONE || header.published != OVF_TIME_NONE))
        return text;
    ovf_buf buf = {0};
    if (ovf_str_starts(text, OVF_STR("\xEF\xBB\xBF")))
        text = ovf_str_tail(text, 3);
    add_published(&buf, published);
    // An own header goes on behind ours; prose stands apart, so that it cannot be taken for one.
    if (header.len == 0)
        ovf_buf_addc(&buf, '\n');
    ovf_buf_add(&buf, text);
    return finish(arena, &buf);
}

bool ingest_is_feed(ovf_str text)
{
    ovf_str body = ovf_str_tail(text, ovf_document_header_read(text).len);
    return ovf_news_sniff(body) == OVF_NEWS_FEED;
}

ovf_status ingest_feed_stories(ovf_arena *arena, ovf_str feed, ovf_news_sources *out,
                               ovf_error *err)
{
    size_t start = ovf_document_header_read(feed).len;
    return ovf_news_sources_read(ovf_str_tail(feed, start), arena, out, err);
}

ovf_str ingest_feed_story(ovf_arena *arena, ovf_str feed, const ovf_news_source *story,
                          ovf_time published)
{
    ovf_document_header header = ovf_document_header_read(feed);
    ovf_buf buf = {0};
    add_published(&buf, published != OVF_TIME_NONE          ? published
                        : header.published != OVF_TIME_NONE ? header.published
                                                            : story->published);
    if (header.known != OVF_TIME_NONE) {
        char known[OVF_TIME_TEXT_MAX];
        ovf_time_format(header.known, known, sizeof(known));
        add_header(&buf, "known", ovf_str_of(known));
    }
    add_header(&buf, "origin", header.origin);
    add_header(&buf, "outlet", story->outlet.len > 0 ? story->outlet : header.outlet);
    add_header(&buf, "source", story->link);
    add_header(&buf, "title", story->title);
    ovf_buf_addc(&buf, '\n');
    ovf_buf_add(&buf, story->text);
    ovf_buf_addc(&buf, '\n');
    return finish(arena, &buf);
}
