/* SPDX-License-Identifier: Apache-2.0 */
/* The grammar's word table, made out of data/news at build, and finding a form in it. */
#include "news_ways.h"

#include "statement/news_words.inc"

#include <string.h>

const news_word *news_word_row(uint16_t lex)
{
    return &news_word_rows[lex];
}

uint16_t news_word_find(const char *fold, size_t len, uint32_t hash)
{
    for (uint32_t at = hash % NEWS_WORD_SLOTS;; at = (at + 1) % NEWS_WORD_SLOTS) {
        uint16_t row = news_word_slots[at];
        if (row == 0)
            return 0;
        const news_word *w = &news_word_rows[row];
        if (w->len == len && memcmp(w->form, fold, len) == 0)
            return row;
    }
}

const news_way *news_ways_of(const news_word *word)
{
    return &news_ways[word->first_way];
}
