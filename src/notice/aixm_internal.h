/* SPDX-License-Identifier: Apache-2.0 */
/* aixm_internal.h - between the files that read AIXM messages. */
#ifndef OVERFLY_AIXM_INTERNAL_H
#define OVERFLY_AIXM_INTERNAL_H

#include "structured_internal.h"

struct aixm {
    ovf_structured *s;
    ovf_arena *scratch; /* of the message at hand */
    const ovf_xml *unit;
    ovf_gml_ids ids;
    size_t event_count;
};

struct aixm_event {
    const ovf_xml *event, *slice;
    const ovf_xml *notam; /* NULL: it has none */
    ovf_str scenario;     /* "SAA.ACT" */
    ovf_interval valid;   /* {NONE, OPEN}: not said */
    bool is_estimated;
    bool is_only; /* of its message: features that point at no event are its own */
};

/* ---- aixm.c ---- */

/* Features of the message, one behind the other; NULL begins. */
const ovf_xml *ovf_aixm_next_feature(const struct aixm *x, const ovf_xml *before);

/* ---- aixm_feature.c ---- */

/* Lays what the event's features say over the notice, or makes it out of them. */
void ovf_aixm_overlay(struct aixm *x, const struct aixm_event *e, ovf_notice *n);
/* An airspace that no event speaks of. */
void ovf_aixm_airspace(struct aixm *x, const ovf_xml *airspace);
/* How many references to events the slices of a feature hold. */
size_t ovf_aixm_events_of(const struct aixm *x, const ovf_xml *feature);

/* ---- aixm_time.c ---- */

/* gml:validTime of a slice. */
void ovf_aixm_valid_time(const ovf_xml *slice, ovf_interval *out, bool *is_estimated);
/* The times of the Timesheets in `node` (an activation, an availability) within `valid`, added to
 * *out. false: there are none. *said: in words of item D, of the first one; *complete is cleared
 * for what could not be read. */
bool ovf_aixm_times(struct aixm *x, const ovf_xml *node, ovf_interval valid, ovf_interval window,
                    ovf_schedule_place place, ovf_intervals *out, bool *complete, ovf_str *said);

#endif
