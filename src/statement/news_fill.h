/* SPDX-License-Identifier: Apache-2.0 */
/* news_fill.h - one statement while its slots are filled (news_slots.c, news_areas.c). */
#ifndef OVF_NEWS_FILL_H
#define OVF_NEWS_FILL_H

#include "news_slots.h"

typedef struct filler {
    news_story *story;
    const news_clauses *c;
    const news_draft *d;
    ovf_news_statement *s;
    uint32_t first, last; /* evidence, tokens */
    uint32_t speaker;     /* entity */
    uint32_t source;      /* entity of who says it, NEWS_NONE */
    bool firm;            /* an area that is named as a place, not only as somebody's adjective */
    news_who source_who;
} filler;

static inline const news_chunk *chunk(const filler *f, uint16_t i)
{
    return &f->c->chunks[i];
}

static inline const news_doc *doc_of(const filler *f)
{
    return f->c->doc;
}

static inline ovf_span span_of(const news_doc *doc, uint32_t first, uint32_t last)
{
    if (first >= last || last > doc->token_count)
        return (ovf_span){0};
    const news_token *a = &doc->tokens[first];
    const news_token *b = &doc->tokens[last - 1];
    return (ovf_span){a->at, b->at + b->len - a->at};
}

/* "its airspace": does the group begin with the speaker's own? */
bool news_says_own(const filler *f, uint16_t ng);
/* Entity of the State that `entity` acts for, or NEWS_NONE. */
uint32_t news_state_of(const filler *f, uint32_t entity);
void news_fill_areas(filler *f);
/* A group of people or an office that no table names: its own words. */
news_who news_own_words(const filler *f, uint16_t ng);
/* Whose word it is; then who performs the act (news_speaker.c). */
void news_find_source(filler *f);
void news_fill_speaker(filler *f);

#endif
