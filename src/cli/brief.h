/* SPDX-License-Identifier: Apache-2.0 */
/* brief.h - a briefing, gathered by brief.c, printed by brief_text.c. */
#ifndef OVF_CLI_BRIEF_H
#define OVF_CLI_BRIEF_H

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
    brief_flight *flights;
    size_t flight_count;
    const char **maps; /* files written */
    size_t map_count;
    bool colour;
} brief;

void brief_print(const brief *b);
void brief_put_json(const brief *b);

/* Is the operand a file (or "-") rather than the name of an area? */
bool brief_is_file(const char *operand);
/* The statements of a file, each judged and held against the notices of its time. */
int brief_file(const char *path, const cli_common *common, bool is_at_given, cli_context *context,
               cli_input *input, bool *found);

#endif
