/* SPDX-License-Identifier: Apache-2.0 */
/* Words of a notice written out, for plain.c. */
#ifndef OVERFLY_NOTICE_EXPAND_H
#define OVERFLY_NOTICE_EXPAND_H

#include "words.h"

/* Appends text with its abbreviations in full; cut at about max_bytes, then " ..." says so. */
void ovf_expand(ovf_buf *out, ovf_str text, size_t max_bytes);
/* The same for the words of a route, whose points keep their capitals. */
void ovf_expand_route(ovf_buf *out, ovf_str text, size_t max_bytes);
/* "VEN": "Venezuela"; the code itself when it is not in data/states.txt. */
ovf_str ovf_state_english(ovf_str iso3);

#endif
