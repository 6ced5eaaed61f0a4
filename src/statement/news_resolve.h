/* SPDX-License-Identifier: Apache-2.0 */
/* news_resolve.h - what the files of references share: the search for whom a mention stands for. */
#ifndef OVF_NEWS_RESOLVE_H
#define OVF_NEWS_RESOLVE_H

#include "news_lexicon.h"

enum {
    BACK_MENTIONS = 160, /* how far a search goes: linear time */
    BACK_PRONOUN = 48,
    SENTENCES_PRONOUN = 3,
    SENTENCES_PERSON = 5,
};

typedef struct resolver {
    news_doc *doc;
    uint32_t topic; /* the State that the text names most, or NEWS_NONE */
    bool failed;
} resolver;

typedef enum want {
    WANT_HE,
    WANT_SHE,
    WANT_IT,
    WANT_THEY,
    WANT_PERSON,
    WANT_BODY,
    WANT_STATE,
    WANT_NATION, /* a State, or a body of one */
    WANT_ACTOR,  /* a State that does something, or owns it: no place that flights go to */
    WANT_PLACE
} want;

/* Score of the best mention before `index`, and which it is (NEWS_NONE: none fits). */
typedef struct sought {
    uint32_t mention;
    uint32_t entity; /* the mention's, or the body that a person or an aircraft of it belongs to */
    int score;
} sought;

sought nr_seek(const news_doc *doc, const news_mention *me, uint32_t index, want what, uint8_t kind,
               uint8_t place);
static inline uint32_t seek(const news_doc *doc, uint32_t index, want what, uint8_t kind,
                            uint8_t place)
{
    return nr_seek(doc, &doc->mentions[index], index, what, kind, place).mention;
}

int nr_role_weight(uint8_t role);
bool nr_same_kind(uint8_t asked, uint8_t have);
/* The State of an entity (itself when it is one), or NEWS_NONE. */
uint32_t nr_state_of(const news_doc *doc, uint32_t entity);
void nr_answer(const news_doc *doc, news_mention *m, uint32_t entity);
void nr_copy(news_doc *doc, news_mention *m, uint32_t from);

static inline const news_entity *nr_entity(const news_doc *doc, const news_mention *m)
{
    return m->entity == NEWS_NONE ? NULL : &doc->entities[m->entity];
}

/* "the two countries", "all three", "both": news_refer.c. */
void nr_several(resolver *r, uint32_t index);
/* "They" of a list that did something before; false: no list, or one further off than `score`. */
bool nr_they(news_doc *doc, uint32_t index, int score);
/* "the former", "the latter". */
bool nr_former_or_latter(news_doc *doc, uint32_t index);
/* "the Cologne-based agency", "the Irish carrier": one of that kind and State named before, or NEWS_NONE. */
uint32_t nr_described(const news_doc *doc, uint32_t index);

#endif
