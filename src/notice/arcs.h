/* SPDX-License-Identifier: Apache-2.0 */
/* Arcs in words and as points, and the tracing of an outline whose legs are not all straight. */
#ifndef OVERFLY_NOTICE_ARCS_H
#define OVERFLY_NOTICE_ARCS_H

#include "notice_internal.h"

/* A chord of an arc is nowhere farther from it. */
#define OVF_ARC_TOLERANCE_M 0.5

/* "CLOCKWISE", "ANTI-CLOCKWISE", "CCW": the token behind, 0: none. *turn 1 or -1. */
size_t ovf_turn_at(const ovf_draft *d, size_t i, int8_t *turn);
bool ovf_is_arc_word(const ovf_draft *d, size_t i);
/* Is the position at token i what the arc is centred on? Then it is taken into the leg. */
bool ovf_take_centre(const ovf_draft *d, ovf_leg_words *leg, size_t i, const ovf_vertex *v);
/* Does the vertex at token i begin the arc ("BTN p AND q", "FROM p TO q")? */
bool ovf_is_anchor(const ovf_draft *d, size_t i, const ovf_leg_words *leg);
/* Words of an arc in [lead, i), before the first position of an outline. */
bool ovf_arc_before(const ovf_draft *d, size_t lead, size_t i, ovf_leg_words *leg);
/* Radius and direction out of the words of an arc. */
void ovf_read_arc_words(const ovf_draft *d, ovf_leg_words *leg);

/* Points with the kind of edge that leads from each to the next. */
typedef struct ovf_trace {
    ovf_point *points;
    uint8_t *edges; /* ovf_edge */
    size_t count, capacity, edge_capacity;
    bool has_parallel;
    bool is_over; /* more points than an outline may have */
} ovf_trace;

bool ovf_trace_add(ovf_draft *d, ovf_trace *trace, ovf_point p, ovf_edge edge);
/* The points of an arc round centre from bearing from_deg, by sweep_deg (clockwise positive), without
 * the first and the last; the radius goes evenly from one to the other. step_deg: the widest step. */
bool ovf_draw_arc(ovf_draft *d, ovf_trace *trace, ovf_point centre, double from_deg,
                   double sweep_deg, double radius_from_m, double radius_to_m, double step_deg);

/* The outline of a run; is_fine: arcs to OVF_ARC_TOLERANCE_M, else in steps of a few degrees. Findings
 * are made when it is fine. false: rule, why and the token say what is missing. */
struct ovf_trace_fault {
    const char *rule;
    const char *why;
    size_t token;
};
bool ovf_trace_run(ovf_draft *d, const ovf_run *run, bool is_fine, ovf_trace *out,
                   struct ovf_trace_fault *fault);

typedef bool ovf_crosses(ovf_draft *d, const ovf_run *run);
/* Chooses a direction for arcs that have none. */
void ovf_settle_turns(ovf_draft *d, ovf_run *run, ovf_crosses *crosses);

#endif
