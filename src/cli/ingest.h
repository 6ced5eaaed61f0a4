/* SPDX-License-Identifier: Apache-2.0 */
/* ingest.h - overfly ingest: what its files share. */
#ifndef OVERFLY_CLI_INGEST_H
#define OVERFLY_CLI_INGEST_H

#include "cli.h"

#include <overfly/news_source.h>

typedef struct ingest {
    cli_common common;
    ovf_time received;
    const char *name;
    const char *field;
    const char *complete_for; /* the documents hold all that is in force of these issuers */
    bool recursive;
    bool is_news;       /* the documents are stories, whatever they look like */
    ovf_time published; /* of the stories; OVF_TIME_NONE */
    ovf_world *world;
    ovf_ledger *ledger; /* opened when there is something to store */
    ovf_arena arena;    /* of the document at hand */
    ovf_buf out;
    size_t stored, known, broken;
    int worst; /* exit status so far */
} ingest;

/* A document read: facts for the ledger, and what the readers had to say. */
typedef struct reading {
    ovf_document_kind kind;
    ovf_ledger_fact *facts;
    size_t fact_count;
    size_t fact_capacity;
    ovf_findings findings;
    bool is_broken; /* some record of it could not be read */
} reading;

/* ingest_read.c: reads by kind. What the reader refuses is a finding: the document is kept all the
 * same, except where there is no memory to work with. name, sha256: of the document. */
ovf_status ingest_read(ingest *in, ovf_str text, ovf_str name, ovf_str sha256, reading *r,
                       ovf_error *err);

/* ingest_news.c: news as documents. */

/* The text behind a header that says that it is news, and published when (OVF_TIME_NONE: not said);
 * in the arena. Empty: no memory. */
ovf_str ingest_news_dressed(ovf_arena *arena, ovf_str text, ovf_time published);
/* A feed is polled and its stories come again: each is a document of its own, with what the feed
 * tells of it in its header, so that it is known when it comes again. */
bool ingest_is_feed(ovf_str text);
ovf_status ingest_feed_stories(ovf_arena *arena, ovf_str feed, ovf_news_sources *out,
                               ovf_error *err);
ovf_str ingest_feed_story(ovf_arena *arena, ovf_str feed, const ovf_news_source *story,
                          ovf_time published);

#endif
