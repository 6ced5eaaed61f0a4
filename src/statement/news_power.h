/* SPDX-License-Identifier: Apache-2.0 */
/* news_power.h - what the files about legal power share. */
#ifndef OVF_NEWS_POWER_H
#define OVF_NEWS_POWER_H

#include "news_grammar.h"

/* One of the words among tokens [from, until)? */
bool np_any_word(const news_doc *doc, uint32_t from, uint32_t until, const char *const *words,
                 size_t n);
#define ANY_WORD(doc, from, until, ...)                                     \
    np_any_word((doc), (from), (until), (const char *const[]){__VA_ARGS__}, \
                sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* Is the verb one of these base forms ("be" and "have" among them)? */
bool np_base_is(const news_clauses *c, uint16_t v, const char *const *bases, size_t n);
#define BASE_IS(c, v, ...)                                   \
    np_base_is((c), (v), (const char *const[]){__VA_ARGS__}, \
               sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* Tokens of the clause of a verb. */
uint32_t np_clause_first(const news_clauses *c, uint16_t v);
uint32_t np_clause_last(const news_clauses *c, uint16_t v);

/* Is air, a flight, a carrier or a notice told of: in the sentence, or in it and the one before? */
bool np_is_air_named(const news_clauses *c);
bool np_about_air(const news_clauses *c);

/* Has the group a head of this class (NN_POWER: jurisdiction, competence, "legal effect")? */
bool np_object_has(const news_clauses *c, uint16_t ng, uint8_t class);

/* Puts an authority down; NULL when the verb is used already or the drafts are full. */
news_draft *np_emit(const news_clauses *c, news_drafts *out, uint16_t v, bool negated,
                    const char *rule);

/* Whose the power is, told by a noun or by what one may do: news_power_seat.c. */
bool np_seat(const news_clauses *c, news_drafts *out, uint16_t v);
bool np_permitted(const news_clauses *c, news_drafts *out, uint16_t v);

#endif
