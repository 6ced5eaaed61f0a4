/* SPDX-License-Identifier: Apache-2.0 */
/* news_ways.h - rows of data/news/ways.txt: a verb and its company that tell an act together ("put a
 * stop to flights", "is back in the air"). */
#ifndef OVF_NEWS_WAYS_H
#define OVF_NEWS_WAYS_H

#include "news_frames.h"

#include <assert.h>

/* A noun group by its class in bits 0 to 31, or by the act that its head tells in those above. */
#define WAY_CLASS(class) (UINT64_C(1) << (class))
#define WAY_ACT(act) (UINT64_C(1) << (32 + (act)))

/* Classes that only a row asks for. */
enum { NN_ARMED = NN_VESSEL + 1, NN_RULER = 28, NN_NAMED, NN_ANY, NN_PRONOUN };
static_assert(NN_PRONOUN < 32 && 32 + OVF_ACT_OPERATE < 64, "a mask holds all classes and acts");

/* Who performs the act. */
enum {
    WAY_OWN,     /* the subject, or the agent of a passive */
    WAY_NONE,    /* nobody that is named */
    WAY_SAYS,    /* whoever says it */
    WAY_PORT,    /* the subject when it is an airport by name */
    WAY_CARRIER, /* the subject when it is an airline, a flight of one, or somebody's */
    WAY_FLEET,   /* the airline of the subject, or nobody */
};

enum {
    WAY_NEG = 1 << 0,  /* only under a negation, which is part of the way: "will not let" */
    WAY_SAID = 1 << 1, /* only as something that somebody says */
    WAY_FREE = 1 << 2, /* whatever hedge or question stands around it */
    WAY_AIR = 1 << 3,  /* only in a clause about flying */
    WAY_NEAR = 1 << 4, /* the words stand right behind the verb */
    WAY_WILL = 1 << 5, /* only of the future */
    WAY_STAY = 1 << 6, /* only when the verb stands in a plain statement: no infinitive, no -ing */
    WAY_SAME = 1 << 7, /* the subject is who says it, or a pronoun */
    WAY_POS = 1 << 8,  /* not under a negation */
    WAY_MUST = 1 << 9, /* with must, may or shall */
    WAY_CAN = 1 << 10, /* with can */
    WAY_SHALL = 1 << 11, /* of the future, with will or shall and not with would */
    WAY_MAYBE = 1 << 12, /* what is told is only thought of */
    WAY_PLAN = 1 << 13,  /* or planned */
};

typedef struct news_way {
    const char *rule;
    const char
        *words; /* alternatives between '|': words between blanks, '*' for up to four others */
    const char *what;         /* "obj", "subj", "clause", a preposition, or "-" */
    uint64_t subject, object; /* masks; 0: any, or none */
    uint8_t act;              /* ovf_act */
    char voice;               /* 'a', 'p' or '-' */
    uint8_t issuer;
    uint16_t marks;
} news_way;

/* The first of a word's way_count rows, in the order of the table. */
const news_way *news_ways_of(const news_word *word);

#endif
