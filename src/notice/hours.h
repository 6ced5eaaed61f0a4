/* SPDX-License-Identifier: Apache-2.0 */
/* Hours in the text of a notice: where runs of dates and times stand and what the words round them
 * make of them (hours_find.c), and what they do to the notice and its areas (hours.c).
 * Room: notice, private. */
#ifndef OVERFLY_NOTICE_HOURS_H
#define OVERFLY_NOTICE_HOURS_H

#include "notice_internal.h"

#define OVF_HOURS_MAX_RUNS 64 /* in one text */

struct ovf_hours_run {
    uint32_t from, until; /* cleaned text */
    unsigned has;
    ovf_intervals active;
    bool is_complete;
};

struct ovf_hours {
    ovf_draft *d;
    ovf_str s;
    ovf_interval valid;
    ovf_interval window;
    size_t count;
    bool is_mixed;                                 /* others of its kind were not taken */
    struct ovf_hours_run runs[OVF_HOURS_MAX_RUNS]; /* last: not zeroed */
};

/* false: more than the ceiling; then none are kept (HOURS_LIMIT). */
bool ovf_hours_runs(struct ovf_hours *h, ovf_range text);
/* Warnings at sea that give no clocks, or one: days alone; as above. */
bool ovf_hours_days(struct ovf_hours *h, ovf_range text);
void ovf_hours_drop(struct ovf_hours *h, size_t i);
/* Do the words before it say that something is active then? */
bool ovf_hours_announced(ovf_str s, size_t low, const struct ovf_hours_run *run);
/* Are they those of an office, a telephone, another notice? */
bool ovf_hours_anothers(ovf_str s, size_t low, size_t at);
bool ovf_hours_enough(const struct ovf_hours_run *run); /* more than a clock alone */
bool ovf_hours_word_start(ovf_str s, size_t i);
/* Where the sentence begins in which `at` stands. */
size_t ovf_hours_sentence(ovf_str s, size_t low, size_t at);
/* What a word near hours makes of them. */
enum {
    OVF_HOURS_ANNOUNCES = 1,   /* something is active then */
    OVF_HOURS_ANOTHERS = 2,    /* they are not those of the notice */
    OVF_HOURS_CANCELS = 4,     /* a warning ends then */
    OVF_HOURS_MEASURES = 8,    /* the number before it is no clock */
    OVF_HOURS_BEHIND_DAY = 16, /* may stand glued to a number that is a day or a clock */
};
/* Is there a word of that role? */
bool ovf_hours_has(ovf_str s, size_t from, size_t until, unsigned role);

#endif
