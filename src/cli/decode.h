/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the verb decode share. */
#ifndef OVF_CLI_DECODE_H
#define OVF_CLI_DECODE_H

#include "cli.h"

/* One notice as one JSON object, members as in the contract, into buf. */
void decode_json(ovf_buf *buf, const ovf_notice *notice, bool spans, ovf_arena *arena);
/* And for people. colour: with terminal colours. */
void decode_plain(FILE *file, const ovf_notice *notice, bool colour);

#endif
