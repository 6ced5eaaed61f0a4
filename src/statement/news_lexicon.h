/* SPDX-License-Identifier: Apache-2.0 */
/* news_lexicon.h - the names of data/news (compiled by tools/make_lexicon.c), how they are found
 * among tokens, and what the stages of the lexicon share: hits, groups, the document's entities. */
#ifndef OVF_NEWS_LEXICON_H
#define OVF_NEWS_LEXICON_H

#include "news_internal.h"

enum lex_what { LEX_NAME, LEX_ROLE, LEX_HEAD, LEX_INSTRUMENT, LEX_WHATS };

/* Of a phrase; the same in tools/make_lexicon.c. */
enum {
    LEX_CAP = 1,      /* begins with a capital */
    LEX_CAPS = 2,     /* an acronym: capitals only */
    LEX_WEAK = 4,     /* an ordinary word, or the name of something else, as well */
    LEX_DEMONYM = 8,  /* adjective or people of a State */
    LEX_SHORT = 16,   /* surname or the like */
    LEX_CAPITAL = 32, /* capital of a State */
    LEX_THE = 64,     /* only behind "the" */
    LEX_DERIVED = 128 /* out of a table of the world */
};

enum lex_type {
    LEX_STATE = 1,
    LEX_PERSON,
    LEX_BODY,
    LEX_AIRLINE,
    LEX_AIRPORT,
    LEX_CITY,
    LEX_REGION,
    LEX_BASE,
    LEX_VOLCANO,
    LEX_OUTLET,
    LEX_FIR,
};

struct lex_entity {
    uint32_t name; /* in the pool */
    char iso3[4];
    char code[5];
    uint8_t type, kind, place, role;
    int16_t from, until; /* years of an office */
};

struct lex_phrase {
    uint32_t key;
    uint16_t index; /* of the entity, office, head or instrument */
    uint8_t what, flags;
};

struct lex_role {
    const char *id;
    uint8_t kind; /* LEX_KIND_ORG: of the body that is spoken for */
};

struct lex_head {
    uint8_t kind;
    const char *flags; /* number (s, p), then r, o, g, f, c, a, t, n: data/news/heads.txt */
};

enum { LEX_KIND_ORG = OVF_NEWS_KIND_COUNT };

/* The longest phrase of one sort at a token. len 0: none. */
typedef struct lex_hit {
    uint16_t row; /* first of the phrases of that key and sort */
    uint8_t rows;
    uint8_t len; /* in tokens */
} lex_hit;

/* All sorts at one token. */
void lex_find(const news_doc *doc, uint32_t token, lex_hit out[LEX_WHATS]);
/* As lex_find, out of what ovf_news_mentions has looked up for every token. */
static inline const lex_hit *lex_hits_at(const news_doc *doc, uint32_t token)
{
    return doc->hits + (size_t)token * LEX_WHATS;
}
const struct lex_phrase *lex_phrase_at(size_t row);
const struct lex_entity *lex_entity_at(size_t index);
const struct lex_role *lex_role_at(size_t index);
const struct lex_head *lex_head_at(size_t index);
const char *lex_instrument_at(size_t index);
ovf_str lex_text(uint32_t at);
bool lex_head_has(const struct lex_head *head, char flag);
size_t lex_entity_total(void);

/* ---- finding mentions: one for a document while ovf_news_mentions runs ---- */

enum { LEX_ALIAS_SLOTS = 1 << 13 }; /* at most: a short text needs, and clears, fewer */

typedef struct lex_alias {
    uint32_t hash;     /* of a folded form */
    uint32_t entity_1; /* of the document, + 1; 0: a free slot */
} lex_alias;

typedef struct lex_work {
    news_doc *doc;
    lex_hit (*hits)[LEX_WHATS]; /* of each token */
    lex_alias *seen;            /* of each lexicon entity met: that of the document, by index */
    uint32_t seen_slots, seen_count; /* slots: a power of two */
    lex_alias *aliases; /* surnames, acronyms in brackets, guessed names: open addressing */
    uint32_t alias_slots, alias_count; /* slots: a power of two */
    uint8_t *is_titled;                /* of each sentence: capitals on most words mean nothing */
    int year;                          /* of publication, 0: not known */
    bool failed;
} lex_work;

/* What stands at a token, as far as a group goes. */
typedef struct lex_group {
    uint32_t first, last;
    uint32_t entity;
    uint16_t flags;
    uint8_t kind, place;
} lex_group;

/* Which phrase of a hit is meant here; NULL: none (an ordinary word). */
const struct lex_phrase *lex_choose(lex_work *w, uint32_t token);
uint32_t lex_entity_of_phrase(lex_work *w, const struct lex_phrase *phrase);
uint32_t lex_new_entity(lex_work *w, ovf_str name, uint8_t kind, uint8_t place, uint16_t flags);
/* The State of that code as an entity of the document, or NEWS_NONE. */
uint32_t lex_state_entity(lex_work *w, ovf_str iso3);
/* Its capital as an entity of the document, or NEWS_NONE. */
uint32_t lex_capital_of(lex_work *w, uint32_t state);
const struct lex_phrase *lex_in_office(const lex_work *w, lex_hit hit, uint8_t kind);
void lex_put_alias(lex_work *w, uint32_t hash, uint32_t entity);
uint32_t lex_get_alias(const lex_work *w, uint32_t hash);
/* A run of capitalised words that no table knows; where it ends (== token: none). */
uint32_t lex_capital_run(const lex_work *w, uint32_t token);
bool lex_is_determiner(const news_doc *doc, uint32_t token);
bool lex_is_adjective(const news_doc *doc, uint32_t token);
bool lex_is_number_word(const news_doc *doc, uint32_t token);
bool lex_is_word(const news_doc *doc, uint32_t token, const char *word);
bool lex_word_in(const news_doc *doc, uint32_t token, const char *const *words, size_t count);
/* "airport", "flight information region" and the like behind a name: where it ends, and the kind of
 * place; `token` when there is none. */
uint32_t lex_place_suffix(const news_doc *doc, uint32_t token, uint8_t *place);
/* The kind that the first or last word of an unknown name tells ("Foo Airlines"); *place too. */
uint8_t lex_kind_of_run(const news_doc *doc, uint32_t first, uint32_t last, uint8_t *place);
uint32_t lex_entity_of(lex_work *w, size_t index);
/* The document's entity for it + 1, as far as the text has named it; 0: not yet. */
uint32_t lex_seen_as(const lex_work *w, size_t index);
/* The longest group that begins at a token; false: none. */
bool lex_group_at(lex_work *w, uint32_t token, lex_group *out);

#endif
