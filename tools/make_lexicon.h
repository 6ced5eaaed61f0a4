/* SPDX-License-Identifier: Apache-2.0 */
/* make_lexicon.h - what the two halves of make-lexicon share: entities, and the phrases that name them. */
#ifndef OVF_MAKE_LEXICON_H
#define OVF_MAKE_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LINE_BYTES = 8000,
    COLUMNS = 8,
    KEY_BYTES = 120,
    WORDS_MAX = 11,
    PHRASES_MAX = 65000,
    ENTITIES_MAX = 32000,
    POOL_BYTES = 2 << 20,
    ROLES_MAX = 200,
};

/* The same as in src/statement/news_lexicon.h. */
enum { PHRASE_NAME, PHRASE_ROLE, PHRASE_HEAD, PHRASE_INSTRUMENT };
enum {
    F_CAP = 1,
    F_CAPS = 2,
    F_WEAK = 4,
    F_DEMONYM = 8,
    F_SHORT = 16,
    F_CAPITAL = 32,
    F_THE = 64,
    F_DERIVED = 128,
};
enum {
    T_STATE = 1,
    T_PERSON,
    T_BODY,
    T_AIRLINE,
    T_AIRPORT,
    T_CITY,
    T_REGION,
    T_BASE,
    T_VOLCANO,
    T_OUTLET,
    T_FIR
};
enum { P_NONE, P_STATE, P_REGION, P_CITY, P_AIRPORT, P_FIR, P_BASE };

typedef struct entity {
    uint32_t name;
    char iso3[4];
    char code[5];
    uint8_t type, kind, place, role;
    int from, until;
} entity;

typedef struct phrase {
    uint32_t key;
    uint16_t index;
    uint8_t what, flags;
    uint32_t order; /* the earlier table goes first */
} phrase;

typedef struct role_row {
    char id[32];
    uint8_t kind;
} role_row;

typedef struct head_row {
    uint8_t kind;
    char flags[8];
} head_row;

extern char pool[POOL_BYTES];
extern size_t pool_len;
extern phrase phrases[PHRASES_MAX];
extern size_t phrase_count;
extern const char *table_name;
extern size_t line_number;

/* Says where in the tables, and ends with status 3. */
_Noreturn void die(const char *fmt, ...);
/* Copies a text into the pool; where. */
uint32_t keep(const char *text);
/* Small letters without accents and dots, words parted by one blank; false: a mark that no name has. */
bool make_key(const char *text, char key[KEY_BYTES]);
const phrase *find_phrase(const char *key, uint8_t what);
/* Is the phrase there already, as a thing of that sort? */
bool has_phrase(const char *key, uint8_t what);
/* Adds a phrase; "~" in front makes it weak. */
void add_phrase(const char *text, uint8_t what, size_t index, uint8_t flags);
/* The same for a list parted by ";". */
void add_phrases(char *list, uint8_t what, size_t index, uint8_t flags);

#endif
