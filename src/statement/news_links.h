/* SPDX-License-Identifier: Apache-2.0 */
/* news_links.h - what the files of clauses share: steps among the chunks of a sentence. */
#ifndef OVF_NEWS_LINKS_H
#define OVF_NEWS_LINKS_H

#include "news_grammar.h"

enum { WALK = 40 };

static inline const news_chunk *at(const news_clauses *c, uint16_t i)
{
    return &c->chunks[i];
}

static inline bool is_kind(const news_clauses *c, uint32_t i, uint8_t kind)
{
    return i < c->count && c->chunks[i].kind == kind;
}

static inline bool is_thin(const news_chunk *g) /* what a walk steps over */
{
    return g->kind == CH_ADV || g->kind == CH_TIME || g->kind == CH_OTHER || g->kind == CH_OPEN
           || g->kind == CH_CLOSE;
}

static inline uint16_t back_over_thin(const news_clauses *c, uint16_t i)
{
    while (i != NO_CHUNK && is_thin(at(c, i)))
        i = i == 0 ? NO_CHUNK : (uint16_t)(i - 1);
    return i;
}

static inline uint16_t before(const news_clauses *c, uint16_t i)
{
    return i == 0 || i == NO_CHUNK ? NO_CHUNK : back_over_thin(c, (uint16_t)(i - 1));
}

static inline uint16_t next_solid(const news_clauses *c, uint16_t i)
{
    for (uint32_t k = (uint32_t)i + 1; k < c->count; k++) {
        if (!is_thin(at(c, (uint16_t)k)))
            return (uint16_t)k;
    }
    return NO_CHUNK;
}

static inline bool is_word(const news_clauses *c, uint16_t i, const char *word)
{
    return i != NO_CHUNK && news_is_word(c->doc, at(c, i)->first, word);
}

static inline const news_mention *mention_in(const news_clauses *c, uint16_t ng)
{
    if (ng == NO_CHUNK || at(c, ng)->kind != CH_NG || c->doc->mention_at == NULL)
        return NULL;
    uint32_t m = c->doc->mention_at[at(c, ng)->head];
    return m == NEWS_NONE ? NULL : &c->doc->mentions[m];
}

static inline bool same_kind(const news_clauses *c, uint16_t a, uint16_t b)
{
    const news_mention *x = mention_in(c, a);
    const news_mention *y = mention_in(c, b);
    return x != NULL && y != NULL && x->kind == y->kind;
}

static inline bool is_named(const news_clauses *c, uint16_t ng)
{
    const news_mention *m = mention_in(c, ng);
    return m != NULL && !(m->flags & (NEWS_M_GENERIC | NEWS_M_REFERENCE | NEWS_M_DEMONYM));
}

static inline bool names_generic(const news_clauses *c, uint16_t ng)
{
    const news_mention *m = mention_in(c, ng);
    return at(c, ng)->kind == CH_NG && (m == NULL || m->flags & NEWS_M_GENERIC);
}

static inline bool follows_prep(const news_clauses *c, uint16_t ng)
{
    uint16_t p = before(c, ng);
    return p != NO_CHUNK && at(c, p)->kind == CH_PREP;
}

/* First group of a list: "X, Y and Z" from Z. */
uint16_t nl_list_start(const news_clauses *c, uint16_t i);
/* Left end of an insertion that ends at the comma, dash or bracket i, or NO_CHUNK. */
uint16_t nl_insertion_start(const news_clauses *c, uint16_t i);
/* The verb group before i with one of the flags (0: any), or NO_CHUNK. */
uint16_t nl_nearest_vg(const news_clauses *c, uint16_t i, uint16_t flags);
/* The verb that opened the sentence rather than one of an inner clause. */
uint16_t nl_outer_vg(const news_clauses *c, uint16_t i);
/* From the group just left of a finite verb to its subject, or NO_CHUNK. */
uint16_t nl_walk_to_subject(const news_clauses *c, uint16_t i);
/* "..., said X": the subject behind the verb, or NO_CHUNK. */
uint16_t nl_inverted_subject(const news_clauses *c, uint16_t v);
bool nl_is_say(const news_clauses *c, uint16_t v);

#endif
