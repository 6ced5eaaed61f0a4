/* SPDX-License-Identifier: Apache-2.0 */
/* news_groups.h - what the files of groups share: what stands in front of a core, and the cores. */
#ifndef OVF_NEWS_GROUPS_H
#define OVF_NEWS_GROUPS_H

#include "news_lexicon.h"

typedef struct lex_front {
    uint32_t core;            /* where the core begins */
    uint32_t owner;           /* entity of the last owner, or NEWS_NONE */
    uint32_t owner_last;      /* token behind it */
    uint32_t lead_last;       /* end of a name that the group begins with, 0: none */
    uint32_t lead;            /* that name's entity */
    uint32_t body, body_last; /* a body's name behind its owner; 0: none */
    const struct lex_phrase *lead_phrase;
    bool is_owned; /* 's stood behind the owner */
    bool has_number;
    bool has_words; /* numbers or adjectives */
    bool is_linked; /* "Iran-backed": the State is no owner */
} lex_front;

/* Gives an entity the State of its owner where it has none. */
void lex_set_state(news_doc *doc, uint32_t entity, uint32_t owner);
/* "civil aviation authority" of a State that has one by that name, or NEWS_NONE. */
uint32_t lex_body_of_state(lex_work *w, uint32_t core, uint32_t owner);
/* "of X", "for X" behind an office or a head; the end of X, or `token`. */
uint32_t lex_behind_of(lex_work *w, uint32_t token, uint32_t *entity, bool is_role,
                       uint8_t *inner_kind);
bool lex_office_group(lex_work *w, uint32_t token, const lex_front *f, uint32_t core, uint32_t body,
                      lex_group *out);
/* A group around a head noun: news_heads.c. */
bool lex_head_group(lex_work *w, uint32_t token, const lex_front *f, lex_group *out);

#endif
