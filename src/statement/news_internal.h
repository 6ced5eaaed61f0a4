/* SPDX-License-Identifier: Apache-2.0 */
/* news_internal.h - between the stages of the news reader. One pass: bytes to tokens, sentences and
 * quotes (news_tokens.c); names, times and counts (news_mentions.c and its friends: the lexicon);
 * groups and clauses, frames, attribution, statements (news_clauses.c ...: the grammar).
 * Each stage reads arrays of the document and fills arrays of its own; all live in one arena. */
#ifndef OVF_NEWS_INTERNAL_H
#define OVF_NEWS_INTERNAL_H

#include <overfly/news.h>

#include <string.h>

/* ---- tokens ---- */

/* What a token is made of. Words are cut so: "Russia's" is `Russia` and `'s`; "didn't" is `did`
 * and `n't` ("can't": `ca`, `n't`; "won't": `wo`, `n't`); "no-fly" (all lower case) is one token;
 * "Moscow-based", "Israel-Hamas", "48-hour" are three, the middle one a NEWS_HYPHEN; "F-16",
 * "Su-24", "Covid-19" are one; "1,000", "3.5", "10:30" are one NEWS_NUMBER; "5pm", "24th" are one
 * token with NEWS_DIGIT only. "U.S.", "Gen.", "a.m.", "J." keep their full stop. */
enum {
    NEWS_WORD = 1 << 0,   /* letters in it */
    NEWS_CAP = 1 << 1,    /* first letter is a capital */
    NEWS_ALLCAP = 1 << 2, /* two letters or more, all capitals */
    NEWS_DIGIT = 1 << 3,  /* a digit in it */
    NEWS_NUMBER = 1 << 4, /* digits and , . : only */
    NEWS_POSS = 1 << 5,   /* the token `'s` or `'` behind a name or noun */
    NEWS_HYPHEN = 1 << 6, /* a hyphen inside a compound: no blank at either side */
    NEWS_DASH = 1 << 7,   /* a dash between words */
    NEWS_OPEN = 1 << 8,   /* opening quotation mark */
    NEWS_CLOSE = 1 << 9,  /* closing quotation mark */
    NEWS_PUNCT = 1 << 10, /* any other mark; `word` of `text` tells which */
    NEWS_SENTENCE = 1 << 11 /* first token of its sentence */,
    NEWS_PARAGRAPH = 1 << 12 /* first token of its paragraph */,
    NEWS_QUOTED = 1 << 13, /* between quotation marks */
    NEWS_GLUED = 1 << 14,  /* no blank in front of it */
    NEWS_SHOUT = 1 << 15,  /* in a run of capitals: capitals mean nothing there */
};

typedef struct news_token {
    uint32_t at; /* byte in the text */
    uint16_t len;
    uint16_t flags;
    uint32_t hash; /* news_hash of the folded form */
    uint32_t fold; /* where the folded form stands in doc->folded */
    uint16_t fold_len;
    uint16_t lex; /* row of the grammar's word table, 0: none; the grammar's business */
} news_token;

/* FNV-1a of the folded form; tables are looked up by it and then compared. */
static inline uint32_t news_hash(const char *s, size_t len)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619u;
    return h;
}

typedef struct news_sentence {
    uint32_t first, last; /* tokens [first, last) */
    uint32_t paragraph;
    uint16_t flags; /* NEWS_S_... */
} news_sentence;

enum {
    NEWS_S_HEADLINE = 1 << 0,  /* no full stop, stands alone in front or above a paragraph */
    NEWS_S_BIOGRAPHY = 1 << 1, /* about the author: yields nothing */
    NEWS_S_BYLINE = 1 << 2,
};

/* ---- names: filled by the lexicon ---- */

/* What a mention can be besides a speaker (ovf_news_kind): where it can stand as an area. */
typedef enum news_place {
    NEWS_NO_PLACE = 0,
    NEWS_P_STATE,
    NEWS_P_REGION, /* Crimea, Donbas, Middle East, Caribbean, Black Sea, a state of a federation */
    NEWS_P_CITY,
    NEWS_P_AIRPORT,
    NEWS_P_FIR,
    NEWS_P_BASE,
} news_place;

enum {
    NEWS_M_DEMONYM = 1 << 0, /* adjective: Venezuelan, Moscow-based; the entity is the State */
    NEWS_M_GENERIC = 1 << 1, /* no proper name: "six airlines", "U.S. officials", "the regulator" */
    NEWS_M_REFERENCE = 1 << 2, /* pronoun or definite description that stands for another mention:
                                  "he", "it", "they", "the agency", "the country", "the two men" */
    NEWS_M_PLURAL = 1 << 3,
    NEWS_M_PERSON = 1 << 4,
    NEWS_M_FEMALE = 1 << 5,
    NEWS_M_MALE = 1 << 6,
    NEWS_M_POSS = 1 << 7,    /* followed by 's */
    NEWS_M_CAPITAL = 1 << 8, /* a capital city: the State when subject of an act or say verb,
                                the city behind in, at, to, from, near, over */
    NEWS_M_GUESSED = 1 << 9, /* unknown capitalised run; kind from title, apposition, head noun */
    NEWS_M_FLEET =
        1 << 10, /* aircraft, flights, ships of somebody: "Russian aircraft": no issuer */
    NEWS_M_MULTI = 1 << 11, /* stands for several entities: "the two men" (see parts) */
};

#define NEWS_NONE UINT32_MAX

/* Somebody or some place, once for a document. */
typedef struct news_entity {
    ovf_str name;  /* canonical: "Donald Trump", "Venezuela", "Federal Aviation Administration" */
    ovf_str state; /* ISO3 of its State, or empty */
    ovf_str code;  /* ISO3, FIR or airport locator, operator designator, or empty */
    uint8_t kind;  /* ovf_news_kind: as a speaker */
    uint8_t place; /* news_place: as an area */
    uint16_t flags;
    uint32_t where; /* entity of the State it lies in or belongs to, or NEWS_NONE */
} news_entity;

/* A stretch of tokens that names an entity, determiner left out, title and role kept
 * ("Defense Secretary Pete Hegseth"). Sorted by first; they do not overlap; the longest wins. A
 * generic group with a role head ("the Ukrainian defence ministry", "two U.S. airlines") is one
 * mention whose entity has the group's own words as its name, without article and hedge. */
typedef struct news_mention {
    uint32_t first, last; /* tokens [first, last) */
    uint32_t entity;      /* doc->entities, NEWS_NONE: a reference not resolved */
    uint16_t flags;
    uint8_t kind;  /* as the entity's, or what a reference asks for ("the agency") */
    uint8_t place; /* as the entity's */
    uint8_t role;  /* news_role: set by the grammar before ovf_news_resolve */
    uint8_t part_count;
    uint32_t parts[4]; /* entities of a NEWS_M_MULTI mention */
} news_mention;

typedef enum news_role {
    NEWS_R_OTHER = 0,
    NEWS_R_SUBJECT, /* of a finite verb */
    NEWS_R_SPEAKER, /* subject of a say verb, "according to" */
    NEWS_R_OBJECT,
    NEWS_R_MODIFIER, /* inside another noun group, possessor */
} news_role;

/* ---- times, counts, instruments: filled by the lexicon ---- */

typedef enum news_time_kind {
    NEWS_T_DATE = 0, /* day or interval of an act: "on Saturday", "last week", "in early May" */
    NEWS_T_UNTIL,    /* validity: "until March 31", "for 30 days", "through Friday" */
    NEWS_T_FROM,     /* validity that begins: "from Monday", "effective 1 May", "as of midnight" */
    NEWS_T_BOTH,     /* "from 4 to 9 May", "between May 4 and 9" */
    NEWS_T_SINCE,    /* "since September" */
    NEWS_T_CLOCK, /* a time of day only: no day; "at 10:30 GMT", "on Tuesday morning" is a date */
} news_time_kind;

typedef struct news_time {
    uint32_t first, last; /* tokens, preposition included */
    ovf_news_days days;
    /* A bare weekday (or day and month without year) as a future day: the grammar takes `next`
     * instead of `days` with will, would, until. OVF_NEWS_NO_DAY when the same. */
    ovf_news_days next;
    uint8_t kind; /* news_time_kind */
    bool is_loose;
} news_time;

typedef struct news_count {
    uint32_t first, last; /* tokens, hedge and unit included */
    uint8_t op;           /* 0, '>', '<', '~', 'g' (>=), 'l' (<=) */
    ovf_str text;         /* as the schema prints it: ">=6 airlines", "dozens people" */
    ovf_str unit;         /* "airlines" */
} news_count;

typedef struct news_instrument {
    uint32_t first, last;
    const char *value; /* "notam", "social_post", ... */
} news_instrument;

/* ---- the document ---- */

typedef struct news_doc {
    const ovf_news *news;
    const ovf_world *world; /* may be NULL */
    ovf_arena *arena;
    ovf_str text;
    int32_t published; /* day, or OVF_NEWS_NO_DAY */
    char *folded;
    news_token *tokens;
    uint32_t token_count;
    news_sentence *sentences;
    uint32_t sentence_count;
    uint32_t *sentence_of; /* of each token */
    news_mention *mentions;
    uint32_t mention_count;
    uint32_t mention_capacity;
    uint32_t *mention_at; /* of each token: the mention that covers it, or NEWS_NONE */
    news_entity *entities;
    uint32_t entity_count;
    uint32_t entity_capacity;
    news_time *times;
    uint32_t time_count;
    uint32_t time_capacity;
    news_count *counts;
    uint32_t count_count;
    uint32_t count_capacity;
    news_instrument *instruments;
    uint32_t instrument_count;
    uint32_t instrument_capacity;
    const struct lex_hit *hits; /* LEX_WHATS of each token (news_lexicon.h), kept by the lexicon */
    ovf_findings *findings;
} news_doc;

static inline ovf_str news_fold(const news_doc *doc, uint32_t token)
{
    return (ovf_str){doc->folded + doc->tokens[token].fold, doc->tokens[token].fold_len};
}
/* Is the folded form of the token this word? False beyond the last token. */
static inline bool news_is(const news_doc *doc, uint32_t token, ovf_str word)
{
    return token < doc->token_count && doc->tokens[token].fold_len == word.len
           && memcmp(doc->folded + doc->tokens[token].fold, word.ptr, word.len) == 0;
}
/* The same for a word out of a list: most differ in the first letter, so its length is never
 * counted. A NUL in the text ends no word. */
static inline bool news_is_word(const news_doc *doc, uint32_t token, const char *word)
{
    if (token >= doc->token_count)
        return false;
    const char *fold = doc->folded + doc->tokens[token].fold;
    size_t len = doc->tokens[token].fold_len;
    for (size_t i = 0; i < len; i++) {
        if (fold[i] != word[i] || word[i] == '\0')
            return false;
    }
    return word[len] == '\0';
}
#define NEWS_IS(doc, token, word) news_is((doc), (token), OVF_STR(word))
/* The bytes of tokens [first, last) as they stand in the text. */
ovf_str news_words(const news_doc *doc, uint32_t first, uint32_t last);

/* The airline of "Qatar Airways flights", or NEWS_NONE (news_who.c). */
uint32_t news_fleet_owner(const news_doc *doc, const news_mention *m);

/* The grammar's. OVF_E_NOMEM through false. */
bool ovf_news_tokens(news_doc *doc);
bool ovf_news_sentences(news_doc *doc); /* and paragraphs, quotation marks */

/* The lexicon's. Called in this order, each once for a document; false: no memory.
 *  names    at ovf_news_new: whatever is built out of the world; freed by ovf_news_names_free.
 *  mentions names, generic groups, pronouns and definite descriptions, in the order of the text;
 *           fills mentions, mention_at, entities. References stay with entity NEWS_NONE.
 *  times, counts, instruments: as above, sorted, not overlapping.
 *  resolve  after the grammar has set news_mention.role: gives references their entity. */
struct news_names;
struct news_names *ovf_news_names_new(const ovf_world *world);
void ovf_news_names_free(struct news_names *names);
bool ovf_news_mentions(news_doc *doc);
bool ovf_news_times(news_doc *doc);
bool ovf_news_counts(news_doc *doc);
bool ovf_news_instruments(news_doc *doc);
bool ovf_news_resolve(news_doc *doc);

struct ovf_news {
    const ovf_world *world;
    struct news_names *names; /* the lexicon's look-up tables */
};

/* ---- readers of documents (the lexicon's, declared in news.h when they are there) ----
 * HTML, RSS/Atom and plain files to text with paragraphs parted by empty lines, with title, date of
 * publication and the outlet's own name where the file tells them. */

#endif
