/* SPDX-License-Identifier: Apache-2.0 */
/* news_grammar.h - tags, groups and clauses of news text: what the frames read. */
#ifndef OVF_NEWS_GRAMMAR_H
#define OVF_NEWS_GRAMMAR_H

#include "news_internal.h"

/* ---- words of data/news (tools/make_news.c makes the rows) ---- */

enum {
    NF_DET = 1,
    NF_PRON = 2,
    NF_PREP = 4,
    NF_CONJ = 8,
    NF_SUB = 16,
    NF_WH = 32,
    NF_MODAL = 64,
    NF_BE = 128,
    NF_HAVE = 256,
    NF_DO = 512,
    NF_NEG = 1024,
    NF_ADV = 2048,
    NF_ADJ = 4096,
    NF_QUANT = 8192
};
enum { VF_BASE = 1, VF_S = 2, VF_PAST = 4, VF_PP = 8, VF_ING = 16 };

typedef enum news_verb_class {
    NV_NONE,
    NV_CLOSE,
    NV_REOPEN,
    NV_OPEN,
    NV_BAN,
    NV_IMPOSE,
    NV_EXTEND,
    NV_LIFT,
    NV_STOP,
    NV_RESUME,
    NV_DIVERT,
    NV_REVOKE,
    NV_GRANT,
    NV_EXEMPT,
    NV_WARN,
    NV_ORDER,
    NV_DESIGNATE,
    NV_THREATEN,
    NV_STRIKE,
    NV_DEPLOY,
    NV_INCIDENT,
    NV_DENY,
    NV_CONDEMN,
    NV_NEGOTIATE,
    NV_SAY,
    NV_WEAK, /* says something only with "that", or around a quotation */
} news_verb_class;

typedef enum news_noun_class {
    NN_NONE,
    NN_AIR,
    NN_FLIGHT,
    NN_CARRIER,
    NN_PLANE,
    NN_PERMIT,
    NN_MEASURE,
    NN_DEED,
    NN_SANCTION,
    NN_NOTICE,
    NN_CALL,
    NN_WEAPON,
    NN_FORCE,
    NN_VIOLATION,
    NN_HAZARD,
    NN_VOLCANO,
    NN_SIGNAL,
    NN_TALKS,
    NN_LIST,
    NN_POWER,
    NN_LAW,
    NN_PEOPLE,
    NN_VESSEL,
} news_noun_class;

typedef struct news_word {
    const char *form;
    const char *base; /* of the verb, or "" */
    uint16_t func;    /* NF_... */
    uint8_t len;
    uint8_t forms; /* VF_... */
    uint8_t verb;  /* news_verb_class */
    uint8_t verb2;
    uint8_t noun; /* news_noun_class */
    uint8_t act;  /* ovf_act that the noun tells */
    bool is_plural;
    uint8_t way_count; /* rows of data/news/ways.txt that begin with the verb */
    uint16_t first_way;
} news_word;

/* Row 0 is the unknown word. */
const news_word *news_word_row(uint16_t lex);
uint16_t news_word_find(const char *fold, size_t len, uint32_t hash);

/* ---- tags, one a token ---- */

typedef enum news_tag {
    TAG_OTHER,
    TAG_NOUN,
    TAG_NAME,
    TAG_NUM,
    TAG_DET,
    TAG_ADJ,
    TAG_PRON,
    TAG_PREP,
    TAG_CONJ,
    TAG_SUB,
    TAG_WH,
    TAG_VERB,
    TAG_AUX,
    TAG_MODAL,
    TAG_NEG,
    TAG_ADV,
    TAG_TO,
    TAG_COMMA,
    TAG_COLON,
    TAG_SEMI,
    TAG_STOP,
    TAG_OPEN,
    TAG_CLOSE,
    TAG_LPAREN,
    TAG_RPAREN,
    TAG_DASH,
    TAG_POSS,
    TAG_HYPHEN,
    TAG_TIME,
} news_tag;

/* ---- groups ---- */

typedef enum news_chunk_kind {
    CH_NG,
    CH_VG,
    CH_PREP,
    CH_CONJ,
    CH_SUB,
    CH_WH,
    CH_COMMA,
    CH_COLON,
    CH_SEMI,
    CH_OPEN,
    CH_CLOSE,
    CH_LPAREN,
    CH_RPAREN,
    CH_DASH,
    CH_ADV,
    CH_TIME,
    CH_STOP,
    CH_OTHER,
} news_chunk_kind;

enum {
    VG_FINITE = 1 << 0,
    VG_PASSIVE = 1 << 1,
    VG_PERFECT = 1 << 2,
    VG_NEG = 1 << 3,
    VG_PLANNED = 1 << 4,    /* will, would, shall; plans to, is to, is set to */
    VG_POSSIBLE = 1 << 5,   /* may, might, could, can */
    VG_DUTY = 1 << 6,       /* must, should */
    VG_TO = 1 << 7,         /* infinitive with to */
    VG_ING = 1 << 8,        /* participle or gerund, not finite */
    VG_PP = 1 << 9,         /* participle behind its noun, not finite: "airlines barred from X" */
    VG_COPULA = 1 << 10,    /* be, remain, become ... without a verb behind */
    VG_DONE = 1 << 11,      /* a frame or a say clause has used it */
    VG_SAYS = 1 << 12,      /* head of a say clause */
    VG_BASE = 1 << 13,      /* bare infinitive, imperative */
    VG_CONDITION = 1 << 14, /* inside if, unless, provided */
    VG_PROG = 1 << 15,
};

enum { NO_CHUNK = 0xFFFF };

typedef struct news_chunk {
    uint32_t first, last; /* tokens [first, last) */
    uint32_t head;        /* noun or verb */
    uint16_t flags;       /* VG_... */
    uint8_t kind;
    uint8_t tense;        /* VF_... of the head */
    uint16_t subject;     /* of a VG: chunk, or NO_CHUNK */
    uint16_t object;      /* first noun group behind */
    uint16_t agent;       /* "by NG" */
    uint16_t parent;      /* VG this one hangs on (to-infinitive, participle, coordination) */
    uint16_t says;        /* VG of the say clause over it, or NO_CHUNK */
    uint16_t from, until; /* of a VG: its clause, chunks [from, until) */
    uint16_t content_from, content_until; /* of a say clause: what is said */
} news_chunk;

typedef struct news_clauses {
    const news_doc *doc;
    const uint8_t *tags;
    news_chunk *chunks;
    uint16_t count;
    uint32_t sentence;
    uint8_t *covered; /* of each chunk: 1 when a frame has used it */
} news_clauses;

/* ---- what the frames yield ---- */

enum { DRAFT_RULES = 6 };

typedef struct news_draft {
    uint8_t act;      /* ovf_act */
    uint8_t modality; /* ovf_news_modality */
    bool is_negated;
    bool is_nominal;
    bool by_article;  /* the text itself judges: authority */
    bool no_claim;    /* told by somebody, but no claim of theirs */
    uint16_t vg;      /* its verb, or NO_CHUNK for a noun */
    uint16_t speaker; /* chunk of who performs it, or NO_CHUNK */
    uint16_t target;
    uint16_t place;          /* chunk whose places come first, or NO_CHUNK */
    uint16_t from, until;    /* evidence, chunks */
    uint16_t says;           /* say clause over it: a VG, a "to" of "according to", or NO_CHUNK */
    uint32_t speaker_entity; /* instead of a chunk: NEWS_NONE */
    uint32_t source_entity;  /* whose quotation goes on over sentences: NEWS_NONE */
    const char *rules[DRAFT_RULES];
    uint8_t rule_count;
} news_draft;

typedef struct news_drafts {
    news_draft *items;
    uint32_t count;
    uint32_t capacity; /* a sentence yields no more */
} news_drafts;

static inline void news_rule(news_draft *d, const char *rule)
{
    if (d->rule_count < DRAFT_RULES)
        d->rules[d->rule_count++] = rule;
}

/* Who a noun group stands for. */
typedef struct news_who {
    ovf_str name;
    ovf_str state;
    uint32_t entity; /* NEWS_NONE: only a name */
    uint8_t kind;
    bool found;
    ovf_span at;
} news_who;

news_who news_who_is(const news_clauses *c, uint16_t ng, ovf_arena *arena);
/* Entity that "its", "his", "their" at this token stands for, or NEWS_NONE; after ovf_news_resolve. */
uint32_t news_owner_at(const news_doc *doc, uint32_t token);
/* Entity that the head of the group (or its possessor) names, or NEWS_NONE. */
uint32_t news_entity_of(const news_clauses *c, uint16_t ng);
const news_mention *news_head_mention(const news_clauses *c, uint16_t ng);

void news_frames(const news_clauses *c, news_drafts *out);
void news_power_frames(const news_clauses *c, news_drafts *out);
void news_noun_frames(const news_clauses *c, news_drafts *out);
void news_label_frames(const news_clauses *c, news_drafts *out);
void news_exception_frames(const news_clauses *c, news_drafts *out);

/* Marks for every verb the say clause over it (chunks[].says) and makes claims of what is left. */
void news_say_clauses(news_clauses *c);
void news_say_claims(const news_clauses *c, news_drafts *out);

bool news_tag_all(news_doc *doc, uint8_t *tags);
/* Chunks of one sentence into a buffer of as many as it has tokens. */
void news_chunk_sentence(news_clauses *c);
void news_link_clauses(news_clauses *c);

static inline const news_word *news_lex(const news_doc *doc, uint32_t token)
{
    return news_word_row(doc->tokens[token].lex);
}
static inline bool news_vg_is(const news_clauses *c, uint16_t v, const char *base)
{
    const char *own = news_lex(c->doc, c->chunks[v].head)->base;
    return own[0] == base[0] && strcmp(own, base) == 0;
}
static inline uint8_t news_vg_class(const news_clauses *c, uint16_t v)
{
    return news_lex(c->doc, c->chunks[v].head)->verb;
}

#endif
