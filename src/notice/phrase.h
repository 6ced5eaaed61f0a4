/* SPDX-License-Identifier: Apache-2.0 */
/* Words as numbers, for phrases and for everything that asks which word a token is.
 * Room: notice, private.
 *
 * Every word in capitals of a string literal of this room's sources, or of src/time/schedule_words.c,
 * has a number (tools/make_vocabulary.c makes vocabulary.h of them when the library is built). Each
 * word token carries it: d->tokens[i].word, 0 for a word that no source speaks of. So
 *
 *     #include "vocabulary.h"
 *     switch (ovf_tok_word(d, i)) { case OVF_WORD_FT: ... }       // no comparing of letters
 *     static const uint8_t month[OVF_VOCABULARY_SIZE] = {[OVF_WORD_JAN] = 1, ...}; // month[t->word]
 *     if (!ovf_text_holds(d, OVF_WORD_RADIUS)) return;              // is it anywhere in the text?
 *     if (!ovf_text_may_say(d, "ALONG|FOLLOWING THE? BORDER")) return; // a whole reader's gate
 *
 * A new OVF_WORD_X needs nothing else: naming it makes the number. Words of more than 16 letters have
 * none. ovf_word_of gives the number of a word of any text. */
#ifndef OVERFLY_NOTICE_PHRASE_H
#define OVERFLY_NOTICE_PHRASE_H

#include "notice_internal.h"

/* ovf_token.lead: 1 to OVF_LEAD_WORDS for words of the vocabulary, by their number; 0: any other. */
enum { OVF_LEAD_WORDS = 60, OVF_LEAD_NUMBER = 61, OVF_LEAD_OTHER = 62, OVF_LEAD_END = 63 };

/* The number of a word of letters and digits in either case; 0: not in the vocabulary. */
uint16_t ovf_word_of(ovf_str word);
/* Notes which words the tokens hold. Who changes words of a list of tokens calls it again. */
void ovf_index_words(ovf_draft *d, const ovf_token *tokens, size_t count);
/* The patterns met so far, for tests: NULL behind the last. */
const char *ovf_phrase_known(size_t i);

#endif
