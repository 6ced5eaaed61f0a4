/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the verb decode share. */
#ifndef OVF_CLI_DECODE_H
#define OVF_CLI_DECODE_H

#include "cli.h"

/* Outlines of the world's own areas, which come again and again: a State's sea takes a second. */
#define DECODE_CACHE_MAX 256
typedef struct decode_cache {
    ovf_arena arena;
    const ovf_area *areas[DECODE_CACHE_MAX];
    ovf_outline outlines[DECODE_CACHE_MAX];
    size_t count;
} decode_cache;

/* One notice as one JSON object, members as in the contract, into buf. */
void decode_json(ovf_buf *buf, const ovf_notice *notice, bool spans, ovf_arena *arena,
                 decode_cache *cache);
/* And for people. world: may be NULL; colour: with terminal colours. */
void decode_plain(FILE *file, const ovf_world *world, const ovf_notice *notice, bool colour);

/* --explain: the text with its parts marked and what each was read as. false: no memory. */
bool decode_explain(FILE *file, const ovf_notice *notice, bool colour, ovf_arena *arena);

#endif
