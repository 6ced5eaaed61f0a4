/* SPDX-License-Identifier: Apache-2.0 */
/* timeline.h - what the two files of the verb timeline share: the list of events and the picture. */
#ifndef OVF_CLI_TIMELINE_H
#define OVF_CLI_TIMELINE_H

#include "cli.h"

typedef struct event {
    ovf_time valid; /* when it happens or takes effect */
    const char *kind;
    ovf_str id;
    ovf_str what; /* one sentence */
    ovf_str who;
    const ovf_source *source;
    ovf_str says_who; /* of a statement: who reports it */
    size_t order;     /* as found, to settle ties */
} event;

typedef struct timeline {
    cli_common common;
    ovf_interval window;
    const char *output, *format, *size; /* of the picture; NULL: none, by its name, as needed */
    cli_context context;
    ovf_place place;
    double here_m2; /* surface of the area; 0: not worked out yet */
    const ovf_area *area;
    event *events;
    size_t count;
    size_t capacity;
    bool out_of_memory;
} timeline;

bool timeline_notice_concerns(timeline *t, const ovf_notice *notice);
bool timeline_statement_concerns(timeline *t, const ovf_statement *statement);
ovf_str timeline_issuer_words(timeline *t, const ovf_notice *notice);
ovf_str timeline_effect_words(timeline *t, const ovf_notice *notice);
/* timeline_picture.c: writes the picture; an exit status. Checks format and size before anything
 * is read: CLI_USAGE. */
int timeline_check_picture(const timeline *t, ovf_story_request *request);
int timeline_draw(timeline *t, ovf_story_request *request);

#endif
