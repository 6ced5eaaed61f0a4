/* SPDX-License-Identifier: Apache-2.0 */
/* brief_news.h - the statements of a story, printed. */
#ifndef OVF_CLI_BRIEF_NEWS_H
#define OVF_CLI_BRIEF_NEWS_H

#include "cli.h"

typedef struct brief_news_options {
    int32_t published; /* day, or OVF_NEWS_NO_DAY */
    bool explain;
    bool statements;  /* JSON lines of statements and nothing else */
    bool is_at_given; /* areas are told as of --at; else as of the end of the day of the story */
} brief_news_options;

/* Reads and prints the statements of a document: plain text, a web page, or every item of a feed; with
 * a context each is judged, held against the notices of its time, and the status of every area
 * named follows. context: NULL: the statements alone. *found: as for an exit status; may be NULL
 * without a context. 0, or an exit status after a message. */
int brief_news_text(const char *name, ovf_str text, const ovf_world *world,
                    const cli_common *common, const brief_news_options *o, ovf_arena *arena,
                    cli_context *context, bool *found);

#endif
