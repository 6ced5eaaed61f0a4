/* SPDX-License-Identifier: Apache-2.0 */
/* brief.h - a briefing, gathered by brief.c, printed by brief_text.c, drawn by map.c. */
#ifndef OVF_CLI_BRIEF_H
#define OVF_CLI_BRIEF_H

#include "brief_news.h"
#include "cli.h"

typedef struct brief_flight {
    ovf_flight *flight;
    ovf_track track;
    bool has_track;
    ovf_conflict conflict;
    bool has_route;
    ovf_route route;
} brief_flight;

typedef struct brief {
    const ovf_picture *picture;
    ovf_query query;
    ovf_time as_of;
    ovf_answer answer;
    const ovf_check *
        *checks;     /* one a reason of the answer; NULL: no claim that notices could bear out */
    ovf_str finding; /* the first line; empty: there is none */
    brief_flight *flights;
    size_t flight_count;
    const char **maps; /* files written */
    size_t map_count;
    bool colour;
} brief;

/* Reads and judges all plans of the files, and finds ways round. *bad counts what could not be
 * read. inputs: room for files->count; the plans borrow them. Needs b->picture and b->query. */
int brief_gather_flights(brief *b, const cli_common *common, const cli_list *files, bool no_routes,
                         cli_context *context, cli_input *inputs, size_t *bad);
/* The map of the brief: title, for whom, focus, picture, flights. false: no memory. */
bool brief_map_request(const brief *b, const ovf_world *world, ovf_arena *arena,
                       ovf_map_request *out);
/* 0, or CLI_BAD_INPUT after a message. */
int brief_write_file(const char *path, ovf_str bytes);

void brief_print(const brief *b);
void brief_put_json(const brief *b);

/* A statement as the rules and the notices have it. */
typedef struct brief_judged {
    ovf_ruling ruling;
    ovf_check check;
} brief_judged;

/* at: when it was said, where the statement does not tell. 0, or an exit status after a message. */
int brief_judge(const ovf_statement *statement, ovf_time at, cli_context *context,
                brief_judged *out);
/* The members `verdict`, `rules` and `checked`, into an open object. */
void brief_put_judged(ovf_json *json, const brief_judged *judged);
void brief_print_rules(const brief_judged *judged);
/* The time that a statement is about: its validity, else the day from when it was said, else from
 * `at`. */
ovf_interval brief_when_of(const ovf_statement *statement, ovf_time at);
/* "Closed", said by somebody without power, and confirmed by no notice? */
bool brief_is_finding(const ovf_statement *statement, const ovf_ruling *ruling,
                      const ovf_check *check);
/* "A0483/25, C9001/25": the notices that decided, each once. */
void brief_put_against(const ovf_check *check, ovf_buf *buf);
/* That in a sentence, with the notices that say otherwise. */
ovf_str brief_finding(const ovf_statement *statement, const ovf_check *check, ovf_arena *arena);
void brief_print_headline(const ovf_statements *statements, const brief_judged *all, bool colour,
                          ovf_arena *arena);
/* The status of every area that they name, as of common->at. */
int brief_put_areas(const ovf_statements *statements, const cli_common *common,
                    cli_context *context, bool colour, bool *found);

/* Is the operand a file (or "-") rather than the name of an area? */
bool brief_is_file(const char *operand);
/* The statements of a file (records, or news that tells them), each judged and held against the notices of its time. */
int brief_file(const char *path, const cli_common *common, bool is_at_given,
               const brief_news_options *news, cli_context *context, cli_input *input, bool *found);

/* brief_select.c: the picture, after cli_context_begin; the query as it will be asked. With
 * everything read already it does nothing. */
int brief_select(const cli_common *common, ovf_interval window, const ovf_query *query,
                 cli_context *context);

#endif
