/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of words that are compiled into the library (tools/make_words.c), and what the NOTAM code
 * alone says of a notice. */
#ifndef OVERFLY_NOTICE_WORDS_H
#define OVERFLY_NOTICE_WORDS_H

#include "notice_internal.h"

struct word_row {
    const char *key;
    const char *what;
    const char *effect;
    const char *words;
    const char *standing;
};

/* By halves, letters of either case; NULL when not there. */
const struct word_row *ovf_word_find(const struct word_row *rows, size_t count, ovf_str key);

/* What a code's subject is: the column of data/qcodes.txt, in this order. */
typedef enum ovf_matter {
    OVF_MATTER_TEXT = 0, /* only the text tells; also no code at all */
    OVF_MATTER_AIR,
    OVF_MATTER_AREA,
    OVF_MATTER_ROUTE,
    OVF_MATTER_HAZARD,
    OVF_MATTER_AERODROME,
    OVF_MATTER_KIT,
    OVF_MATTER_GNSS,
    OVF_MATTER_FLOW,
    OVF_MATTER_LIST,
} ovf_matter;

ovf_matter ovf_qcode_matter(ovf_str code); /* "QAFLC" */
/* What a notice of this code does when its text says nothing clearer; UNKNOWN: the text must say. */
ovf_effect ovf_qcode_effect(ovf_str code, ovf_strength *strength);

#endif
