/* SPDX-License-Identifier: Apache-2.0 */
/* brief_news.h - the statements of a story, printed. */
#ifndef OVF_CLI_BRIEF_NEWS_H
#define OVF_CLI_BRIEF_NEWS_H

#include "cli.h"

typedef struct brief_news_options {
    int32_t published; /* day, or OVF_NEWS_NO_DAY */
    bool explain;
    bool statements; /* JSON lines of statements and nothing else */
} brief_news_options;

/* Reads and prints the statements of a document: plain text, a web page, or every item of a feed.
 * *out keeps those of the last story for what is printed after (their
 * verdicts, the notices they are held against, the areas that they name). name, text and arena
 * must outlive *out. 0, or an exit status after a message. */
int brief_news_text(const char *name, ovf_str text, const ovf_world *world,
                    const cli_common *common, const brief_news_options *o, ovf_arena *arena,
                    ovf_news_result *out);

#endif
