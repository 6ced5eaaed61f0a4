/* SPDX-License-Identifier: Apache-2.0 */
/* check.h - what `overfly check` shares between its two ways: plan by plan, and in batches. */
#ifndef OVF_CLI_CHECK_H
#define OVF_CLI_CHECK_H

#include "flight_io.h"

/* One plan, judged. */
typedef struct checked {
    const flight_item *item;
    const ovf_flight *flight; /* as judged: with what the messages of the input change */
    ovf_conflict conflict;
    bool has_track;
    const ovf_rulebook *rules; /* by which the law on its way is told */
} checked;

/* What all are judged with. */
typedef struct check_judge {
    const cli_common *common;
    const cli_context *context;
    const ovf_conflict_index *index; /* NULL: without */
    ovf_party party;
} check_judge;

/* 0, or an exit status with err filled in. */
int check_flight(const check_judge *judge, const flight_item *item, ovf_arena *arena, checked *out,
                 ovf_error *err);

/* Writers of one answer (check_write.c). */
void check_put_json(ovf_buf *buf, const checked *c, const ovf_world *world);
void check_put_text(FILE *out, const checked *c, const ovf_world *world, bool colour);
/* The first line of CSV, and the rows of a flight: one a crossing, or one without. */
void check_put_csv_head(ovf_buf *buf);
void check_put_csv(ovf_buf *buf, const checked *c, const ovf_world *world);

#define CHECK_MAX_THREADS 64

typedef struct check_batch_options {
    const char *field;
    const char *format; /* "json", "csv", "arrow"; NULL: for people */
    int64_t threads;    /* 0: as many as there are processors */
    bool summary_json;
    bool touched_only; /* the notices are a new closure: only the flights that it touches */
} check_batch_options;

/* All files, share by share (check_batch.c). Returns the exit status. */
int check_batch(const cli_common *common, const cli_list *files,
                const check_batch_options *options);

#endif
