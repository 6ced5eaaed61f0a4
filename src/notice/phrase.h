/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of words, for phrases: made when a text is cut into tokens, read by phrase.c.
 * Room: notice, private. */
#ifndef OVERFLY_NOTICE_PHRASE_H
#define OVERFLY_NOTICE_PHRASE_H

#include "notice_internal.h"

/* ovf_token.lead: 1 to OVF_LEAD_WORDS for words by their first two letters. 0: not known, which
 * passes every sieve. */
enum { OVF_LEAD_WORDS = 60, OVF_LEAD_NUMBER = 61, OVF_LEAD_OTHER = 62, OVF_LEAD_END = 63 };

/* Equal for words that differ in nothing but case; other words may share it. Never 0. */
uint32_t ovf_word_key(ovf_str word);
uint8_t ovf_word_lead(ovf_str word);
/* Notes which words the tokens hold. Who changes words of a list of tokens calls it again. */
void ovf_index_words(ovf_draft *d, const ovf_token *tokens, size_t count);
/* The patterns met so far, for tests: NULL behind the last. */
const char *ovf_phrase_known(size_t i);

#endif
