/* SPDX-License-Identifier: Apache-2.0 */
/* The compiled tables and the look-up: phrases of one first word are neighbours and sorted, so each
 * further word narrows a range by halves; the longest phrase wins. */
#include "news_lexicon.h"

#include <string.h>

#include "statement/news_lexicon.inc"

enum {
    KEY_MAX = 120,
    TOKENS_MAX = 14,
};

const struct lex_phrase *lex_phrase_at(size_t row)
{
    return &lex_phrases[row];
}

const struct lex_entity *lex_entity_at(size_t index)
{
    return &lex_entities[index];
}

const struct lex_role *lex_role_at(size_t index)
{
    return &lex_roles[index];
}

const struct lex_head *lex_head_at(size_t index)
{
    return &lex_heads[index];
}

const char *lex_instrument_at(size_t index)
{
    return lex_instruments[index];
}

ovf_str lex_text(uint32_t at)
{
    return ovf_str_of(lex_pool + at);
}

bool lex_head_has(const struct lex_head *head, char flag)
{
    return strchr(head->flags, flag) != NULL;
}

size_t lex_entity_total(void)
{
    return LEX_ENTITIES;
}

/* ---- keys ---- */

/* Appends a token in the form of the keys; false: a mark, where every phrase ends. */
static bool append(const news_doc *doc, uint32_t token, char key[KEY_MAX], size_t *len)
{
    const news_token *t = &doc->tokens[token];
    if (t->flags & NEWS_HYPHEN)
        return true;
    ovf_str s = news_fold(doc, token);
    if (t->flags & NEWS_PUNCT && t->flags & NEWS_GLUED && ovf_str_eq(s, OVF_STR("/")))
        return true;
    if (!(t->flags & (NEWS_WORD | NEWS_DIGIT | NEWS_POSS)) || *len + s.len + 2 >= KEY_MAX)
        return false;
    size_t n = *len;
    if (n > 0)
        key[n++] = ' ';
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '-')
            key[n++] = ' ';
        else if (c != '.' && c != '\'')
            key[n++] = c;
    }
    if (n > 0 && key[n - 1] == ' ')
        n--;
    *len = n;
    return true;
}

/* Order of a phrase's key against the words so far. */
static int order_of(size_t row, const char *key, size_t len)
{
    return strncmp(lex_pool + lex_phrases[row].key, key, len);
}

static size_t lower_bound(size_t low, size_t high, const char *key, size_t len)
{
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (order_of(mid, key, len) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Do the capitals of the text allow a phrase that is written so in the table? */
static bool fits_capitals(const news_doc *doc, uint32_t token, uint32_t last,
                          const struct lex_phrase *phrase)
{
    const news_token *t = &doc->tokens[token];
    if (phrase->what == LEX_ROLE) {
        ovf_str key = lex_text(phrase->key);
        bool is_initials = key.len == 2 && !ovf_str_eq(key, OVF_STR("dr"))
                           && !ovf_str_eq(key, OVF_STR("mr")) && !ovf_str_eq(key, OVF_STR("ms"));
        return !is_initials || t->flags & NEWS_CAP;
    }
    if (phrase->what != LEX_NAME)
        return true;
    if (phrase->flags & LEX_CAPS) {
        bool is_short = lex_text(phrase->key).len <= 3;
        bool is_known = ovf_str_eq(lex_text(phrase->key), OVF_STR("us"))
                        || ovf_str_eq(lex_text(phrase->key), OVF_STR("eu"))
                        || ovf_str_eq(lex_text(phrase->key), OVF_STR("un"))
                        || ovf_str_eq(lex_text(phrase->key), OVF_STR("uk"))
                        || ovf_str_eq(lex_text(phrase->key), OVF_STR("faa"));
        /* "Nasa", "Icao", as some papers write them */
        bool is_word = lex_text(phrase->key).len >= 4
                       && lex_entities[phrase->index].type == LEX_BODY && t->flags & NEWS_CAP;
        if (is_word)
            return true;
        return t->flags & (NEWS_ALLCAP | NEWS_DIGIT)
               && !(is_short && !is_known && t->flags & NEWS_SHOUT);
    }
    if (phrase->flags & LEX_CAP)
        return (t->flags & (NEWS_CAP | NEWS_DIGIT)) != 0;
    if (lex_entities[phrase->index].type == LEX_AIRLINE)
        return true;
    for (uint32_t i = token; i < last; i++) {
        if (doc->tokens[i].flags & NEWS_CAP)
            return true;
    }
    return false;
}

/* Notes the phrases of just this key, each sort for itself. */
static void note(const news_doc *doc, uint32_t token, uint32_t last, size_t row, size_t end,
                 const char *key, size_t len, lex_hit out[LEX_WHATS])
{
    bool is_new[LEX_WHATS] = {true, true, true, true};
    for (; row < end; row++) {
        const struct lex_phrase *p = &lex_phrases[row];
        if (order_of(row, key, len) != 0 || lex_pool[p->key + len] != '\0')
            break;
        if (!fits_capitals(doc, token, last, p))
            continue;
        lex_hit *hit = &out[p->what];
        if (is_new[p->what])
            *hit = (lex_hit){.row = (uint16_t)row, .rows = 1, .len = (uint8_t)(last - token)};
        else if (hit->rows < UINT8_MAX)
            hit->rows = (uint8_t)(row - hit->row + 1);
        is_new[p->what] = false;
    }
}

void lex_find(const news_doc *doc, uint32_t token, lex_hit out[LEX_WHATS])
{
    char key[KEY_MAX] = {0};
    size_t len = 0;
    memset(out, 0, LEX_WHATS * sizeof(out[0]));
    if (!(doc->tokens[token].flags & (NEWS_WORD | NEWS_DIGIT)) || !append(doc, token, key, &len)
        || len == 0)
        return;
    const char *blank = memchr(key, ' ', len);
    size_t first_len = blank == NULL ? len : (size_t)(blank - key);
    uint32_t slot = news_hash(key, first_len) % LEX_SLOTS;
    for (;; slot = (slot + 1) % LEX_SLOTS) {
        size_t at = lex_slots[slot][0];
        if (lex_slots[slot][1] == 0)
            return;
        const char *word = lex_pool + lex_phrases[at].key;
        if (strncmp(word, key, first_len) == 0
            && (word[first_len] == '\0' || word[first_len] == ' '))
            break;
    }
    size_t low = lex_slots[slot][0];
    size_t high = lex_slots[slot][1];
    for (uint32_t i = token; i - token < TOKENS_MAX;) {
        low = lower_bound(low, high, key, len);
        if (low == high || order_of(low, key, len) != 0)
            return;
        note(doc, token, i + 1, low, high, key, len, out);
        i++;
        if (i >= doc->token_count || doc->tokens[i].flags & NEWS_PARAGRAPH
            || !append(doc, i, key, &len))
            return;
        while (doc->tokens[i].flags & NEWS_HYPHEN || (doc->tokens[i].flags & NEWS_PUNCT)) {
            i++;
            if (i >= doc->token_count || !append(doc, i, key, &len))
                return;
        }
    }
}
