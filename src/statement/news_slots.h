/* SPDX-License-Identifier: Apache-2.0 */
/* news_slots.h - what a whole story is about, and filling a statement from a draft. */
#ifndef OVF_NEWS_SLOTS_H
#define OVF_NEWS_SLOTS_H

#include "news_grammar.h"

typedef struct news_story {
    uint32_t topic;        /* entity: the place that the story is most about, or NEWS_NONE */
    uint32_t second_topic; /* the next */
    uint32_t spot;         /* the city, airport or region that the story is about, if any */
    uint32_t region;       /* the region or FIR that the story is about, if any */
    uint32_t last_place;   /* entity: where the act told before applies, when its text said so */
    uint32_t last_sentence;
    uint32_t
        *paragraph_place; /* of each sentence: the last place named up to it in its paragraph */
} news_story;

void news_fill(news_story *story, const news_clauses *c, const news_draft *d,
               ovf_news_statement *out);
/* The airlines that a filled statement is about, by their designators (news_operators.c). */
void news_fill_operators(const news_doc *doc, ovf_news_statement *s);
/* Airlines told to go on flying (news_flying.c). */
void news_flying(const news_clauses *c, news_drafts *out);

#endif
