/* SPDX-License-Identifier: Apache-2.0 */
/* news_names.h - do two names name the same speaker or area? Accents, articles, titles and common
 * other names are folded as the scoring of the statement schema says; States by the world. */
#ifndef OVF_TEST_NEWS_NAMES_H
#define OVF_TEST_NEWS_NAMES_H

#include <overfly/world.h>

typedef struct news_alias {
    ovf_str form;  /* folded */
    ovf_str canon; /* folded */
    bool is_code;  /* "VEN": only for a whole name written in capitals */
} news_alias;

typedef struct news_names {
    news_alias *aliases; /* sorted by form; the first of a form counts */
    size_t count;
    size_t capacity;
    ovf_str *capitals; /* folded, sorted: a government as a speaker, a place as an area */
    size_t capital_count;
    size_t capital_capacity;
    ovf_arena *arena;
} news_names;

/* world may be NULL; path (may be NULL): a table of a name and its other forms, tab-separated, a
 * line of capitals starting with "=". */
bool news_names_load(news_names *names, const ovf_world *world, const char *path, ovf_arena *arena);
/* area: a capital is then a place, not its government. */
bool news_names_match(const news_names *names, ovf_str a, ovf_str b, bool is_area);

#endif
