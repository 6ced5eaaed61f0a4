/* SPDX-License-Identifier: Apache-2.0 */
/* What plain.c, plain_where.c and plain_when.c share: each appends its part of the sentences. */
#ifndef OVERFLY_NOTICE_PLAIN_H
#define OVERFLY_NOTICE_PLAIN_H

#include "expand.h"

void ovf_plain_say(ovf_buf *b, const char *words);
void ovf_plain_state(ovf_buf *b, ovf_str iso3); /* "the United States" */

/* false: the notice has no area. */
bool ovf_plain_where(ovf_buf *b, const ovf_notice *n, bool is_aerodrome_said);
void ovf_plain_height(ovf_buf *b, const ovf_notice *n);
bool ovf_plain_is_first(const ovf_notice *n, ovf_shape shape);

void ovf_plain_when(ovf_buf *b, const ovf_notice *n);
void ovf_plain_reason(ovf_buf *b, const ovf_notice *n);
void ovf_plain_exceptions(ovf_buf *b, const ovf_notice *n);
void ovf_plain_doubts(ovf_buf *b, const ovf_notice *n);

#endif
