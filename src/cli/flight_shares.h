/* SPDX-License-Identifier: Apache-2.0 */
/* flight_shares.h - files of flights cut into shares of some dozens, so that a batch of any length
 * is read, judged and written in bounded memory. */
#ifndef OVF_CLI_FLIGHT_SHARES_H
#define OVF_CLI_FLIGHT_SHARES_H

#include "flight_io.h"

/* A part of one input that is read by itself. With --field it holds whole lines; else whole messages
 * of an ICAO form where they can be told apart, or the whole file. */
typedef struct flight_share {
    const cli_input *input;
    ovf_str text;
    size_t offset;  /* byte of the input where it starts */
    size_t line;    /* from 1, where it starts */
    uint32_t index; /* record of its first line, with --field */
} flight_share;

typedef struct flight_cutter {
    const cli_input *input;
    const char *field;
    size_t at, line;
    uint32_t index;
} flight_cutter;

void flight_cutter_start(flight_cutter *cutter, const cli_input *input, const char *field);
/* The next share; false at the end. */
bool flight_cutter_next(flight_cutter *cutter, flight_share *out);

/* Something that could not be read. */
typedef struct flight_error {
    size_t line, column; /* from 1; column 0: not known */
    size_t pos;          /* byte of the record; OVF_NOPOS */
    ovf_str reason;
} flight_error;

/* The flights of one share. All lives in the arena. */
typedef struct flight_batch {
    flight_item *items;
    size_t count, capacity;
    flight_error *errors; /* at most FLIGHT_ERRORS_MAX are told, all are counted */
    size_t error_count, error_capacity;
    size_t bad;    /* flights and records with an error */
    size_t broken; /* records that gave no flight at all */
} flight_batch;

#define FLIGHT_ERRORS_MAX 1000

/* Positions in flights are bytes of the record, wherever the share begins. false: no memory; what
 * was read till then is there. */
bool flight_share_read(const ovf_world *world, const flight_share *share, const char *field,
                       ovf_time reference, ovf_arena *arena, flight_batch *out);

#endif
