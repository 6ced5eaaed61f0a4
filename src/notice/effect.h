/* SPDX-License-Identifier: Apache-2.0 */
/* What effect.c, effect_words.c and effect_clauses.c share: the words by which a notice does
 * something. */
#ifndef OVERFLY_NOTICE_EFFECT_H
#define OVERFLY_NOTICE_EFFECT_H

#include "verbs.h"

typedef struct ovf_verb_row {
    const char *phrase; /* as ovf_phrase() takes it */
    ovf_strength strength;
    ovf_effect effect;
    ovf_advice advice;
} ovf_verb_row;

/* In order: an earlier row wins over a later one wherever both stand. */
typedef struct ovf_verb_list {
    const ovf_verb_row *rows;
    size_t count;
} ovf_verb_list;

extern const ovf_verb_list ovf_verbs_soft;
extern const ovf_verb_list ovf_verbs_service;
extern const ovf_verb_list ovf_verbs_conditional;
/* The first 4 rows counsel caution outright, the second of them as "CAUTION ADVISED", the first 7 warn, the rest name what goes on. */
extern const ovf_verb_list ovf_verbs_caution;

/* Sets effect and strength; the bytes are those of the words, or of item Q. */
void ovf_effect_said(ovf_draft *d, ovf_effect effect, ovf_strength strength, ovf_verb_hit hit);
void ovf_effect_coded(ovf_draft *d, ovf_effect effect, ovf_strength strength);
void ovf_effect_information(ovf_draft *d);

/* Each is true when the text says so, and has then set the effect. */
bool ovf_effect_apply(ovf_draft *d, const ovf_verb_list *list);
bool ovf_effect_by_kind(ovf_draft *d, const ovf_verbs *v, bool is_area);
bool ovf_effect_by_code(ovf_draft *d);
bool ovf_effect_lifts(ovf_draft *d, const ovf_verbs *v);
bool ovf_effect_bars(ovf_draft *d, const ovf_verbs *v);
/* The closure of what is wanted (OVF_W_AIR ...), or the bar, whichever stands first. */
bool ovf_effect_closes_or_bars(ovf_draft *d, const ovf_verbs *v, uint32_t wanted, bool is_area);
/* How strong the words of advice are, whatever else the notice does. */
void ovf_effect_add_advice(ovf_draft *d, const ovf_verbs *v);

/* The first token of the first row that stands in the text, or OVF_NOPOS. */
size_t ovf_effect_find(const ovf_draft *d, const ovf_verb_list *list, const ovf_verb_row **verb,
                       size_t *end);
bool ovf_says(const ovf_draft *d, const char *phrase);
bool ovf_starts_with(const ovf_draft *d, const char *phrase);
bool ovf_subject_is(const ovf_draft *d, const char *letters);
bool ovf_condition_is(const ovf_draft *d, const char *letters);

#endif
