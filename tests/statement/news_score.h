/* SPDX-License-Identifier: Apache-2.0 */
/* news_score.h - scores predicted statements against gold ones, as SCHEMA.md "Scoring" says. */
#ifndef OVF_TEST_NEWS_SCORE_H
#define OVF_TEST_NEWS_SCORE_H

#include "news_names.h"
#include "news_table.h"

#include <stdio.h>

typedef enum news_level { NEWS_DETECT = 0, NEWS_WHO, NEWS_CORE, NEWS_FULL, NEWS_LEVELS } news_level;

extern const char *const news_level_names[NEWS_LEVELS];

typedef struct news_tally {
    size_t found, missed, false_alarms;
} news_tally;

/* What is asked of a matched pair beyond its level, in the order of news_attribute_names. */
#define NEWS_ATTRIBUTES 13
extern const char *const news_attribute_names[NEWS_ATTRIBUTES];

typedef struct news_result {
    news_tally levels[NEWS_LEVELS];
    size_t attribute_right[NEWS_ATTRIBUTES];
    size_t attribute_asked[NEWS_ATTRIBUTES];
    news_tally acts[NEWS_ACTS]; /* at the core level, in the order of news_act_names */
} news_result;

double news_precision(news_tally t);
double news_recall(news_tally t);
double news_f1(news_tally t);

/* Adds one document to the result. list (may be NULL): every miss, false alarm and wrong attribute
 * at the core level is written there. false: no memory. */
bool news_score(const news_names *names, const news_document *gold, const news_statement *predicted,
                size_t predicted_count, ovf_arena *arena, news_result *result, FILE *list);

#endif
