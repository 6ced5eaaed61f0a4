/* SPDX-License-Identifier: Apache-2.0 */
/* news_tags.h - the tagger at one token: what stands there, and whether it is a verb (news_tag_verbs.c). */
#ifndef OVF_NEWS_TAGS_H
#define OVF_NEWS_TAGS_H

#include "news_grammar.h"

typedef struct tagger {
    news_doc *doc;
    uint8_t *tags;
    uint32_t i, first, last; /* this token; the sentence */
    news_tag before;         /* of the token before, adverbs and marks of emphasis skipped */
    uint32_t before_at;
    bool had_base; /* the last verb was a bare form: "to close, divert or delay" */
    uint8_t waits; /* auxiliaries whose verb has not come: 1 be, 2 have, 4 do or modal or to */
} tagger;

static inline const news_word *row_at(const tagger *t, uint32_t i)
{
    return i < t->last ? news_lex(t->doc, i) : news_word_row(0);
}

static inline const news_mention *mention_of(const news_doc *doc, uint32_t i)
{
    uint32_t m = doc->mention_at == NULL ? NEWS_NONE : doc->mention_at[i];
    return m == NEWS_NONE ? NULL : &doc->mentions[m];
}

static inline bool is_name(const tagger *t, uint32_t i)
{
    const news_mention *m = i < t->last ? mention_of(t->doc, i) : NULL;
    return m != NULL && !(m->flags & NEWS_M_REFERENCE);
}

static inline bool has_ending(const tagger *t, uint32_t i, const char *ending)
{
    return i < t->last && ovf_str_ends(news_fold(t->doc, i), ovf_str_of(ending));
}

static inline bool is_group_tag(news_tag tag)
{
    return tag == TAG_NOUN || tag == TAG_NAME || tag == TAG_PRON || tag == TAG_NUM;
}

static inline bool wants_noun(news_tag tag)
{
    return tag == TAG_DET || tag == TAG_ADJ || tag == TAG_POSS || tag == TAG_PREP || tag == TAG_NUM;
}

/* Can token i begin or go on a noun group, as far as one word shows? */
bool nt_is_nounish(const tagger *t, uint32_t i);
/* Does token i open one: an article, a pronoun, a name, a number? */
bool nt_opens_group(const tagger *t, uint32_t i);
/* The first token from i on that is no adverb. */
uint32_t nt_skip_adverbs(const tagger *t, uint32_t i);
/* Can the form be a noun? */
bool nt_has_noun(const tagger *t, const news_word *w);
/* Does the noun before stand for several? */
bool nt_before_is_plural(const tagger *t);
/* Is the word at hand a verb, and in which of its forms? */
bool nt_is_verb(tagger *t, const news_word *w, uint8_t *forms);

#endif
