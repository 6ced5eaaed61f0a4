/* SPDX-License-Identifier: Apache-2.0 */
/* The words that decide what a notice does, by what each can be in a sentence, and the verbs that
 * they make: English as States write it, French, Spanish, Portuguese and some German and Italian. */
#ifndef OVERFLY_NOTICE_VERBS_H
#define OVERFLY_NOTICE_VERBS_H

#include "notice_internal.h"

enum {
    OVF_W_CLOSE = 1 << 0,
    OVF_W_BAR = 1 << 1,
    OVF_W_NOT = 1 << 2,
    OVF_W_PERMIT = 1 << 3,
    OVF_W_SHALL = 1 << 4,
    OVF_W_ADVISE = 1 << 5,
    OVF_W_AVOID = 1 << 6,
    OVF_W_CAUTION = 1 << 7,
    OVF_W_CONDITION = 1 << 8,
    OVF_W_LIFT = 1 << 9,
    OVF_W_SURFACE = 1 << 10,
    OVF_W_AIR = 1 << 11,
    OVF_W_ROUTE = 1 << 12,
    OVF_W_AERODROME = 1 << 13,
    OVF_W_SERVICE = 1 << 14,
    OVF_W_HAZARD = 1 << 15,
    OVF_W_KIND = 1 << 16,
    OVF_W_ACTIVATE = 1 << 17,
    OVF_W_FLOW = 1 << 18,
    OVF_W_ACTOR = 1 << 19,
    OVF_W_IF = 1 << 20,
};

/* What every token of a draft can be; OR of OVF_W_... */
typedef struct ovf_verbs {
    const uint32_t *kinds; /* of each token */
    uint32_t all;          /* of all of them together */
} ovf_verbs;

/* false: no memory. */
bool ovf_verbs_read(ovf_draft *d, ovf_verbs *out);

typedef struct ovf_verb_hit {
    size_t at;  /* first token; OVF_NOPOS: none */
    size_t end; /* behind the last */
} ovf_verb_hit;

/* The first at or after `from` that is asserted: not denied, not lifted, not in an if-clause. */
ovf_verb_hit ovf_verb_bar(const ovf_draft *d, const ovf_verbs *v, size_t from);
ovf_verb_hit ovf_verb_close(const ovf_draft *d, const ovf_verbs *v, size_t from);
/* "REOPENED", "NO LONGER CLSD", "CLOSURE CANCELLED", "DEACTIVATED". */
ovf_verb_hit ovf_verb_lift(const ovf_draft *d, const ovf_verbs *v, size_t from);
/* What a word of closing is said of: the nearest noun before it, else behind it. OVF_W_AIR,
 * OVF_W_ROUTE, OVF_W_AERODROME, OVF_W_SURFACE, or 0. */
uint32_t ovf_verb_subject(const ovf_draft *d, const ovf_verbs *v, size_t at);

#endif
