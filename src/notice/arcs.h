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

/* ---- reach.c ---- */

/* A length, also "THREE MILES", "5 MILES": nautical ones, in warnings to ships as in those to aircraft. */
size_t ovf_reach_length_at(const ovf_draft *d, size_t i, double *length_m);
/* A radius between tokens from and until: metres; *end behind it. 0: none. near_end: the last one counts
 * (before the position, which is at `until`), else the first (behind the position). */
double ovf_radius_in(const ovf_draft *d, size_t from, size_t until, bool near_end, size_t *end);
/* "1NM EITHER SIDE OF LINE", "WITHIN 30NM OF LINE", "CORRIDOR 10NM WIDE": half the width in metres,
 * 0 when the words speak of no corridor. */
double ovf_half_width_in(const ovf_draft *d, size_t from, size_t until, size_t *end);
/* "WI 5NM OF THE AREA BOUNDED BY": metres by which the outline behind is grown, 0: none. */
double ovf_growth_in(const ovf_draft *d, size_t from, size_t until);

/* ---- rings.c ---- */

/* The positions of a run that are places; *bad: the first token that is none, or OVF_NOPOS. */
ovf_point *ovf_run_places(ovf_draft *d, const ovf_run *run, size_t *count, size_t *bad);
void ovf_put_points(ovf_notice_area *area, const ovf_point *points, size_t count);
/* An area that cannot be drawn, with the finding that says why at token `at`. */
void ovf_add_unresolved(ovf_draft *d, const ovf_run *run, ovf_shape shape, ovf_str name,
                        const char *rule, size_t at, const char *why);
/* Exact for a coordinate of the text, reference for a name out of the tables. */
ovf_certainty ovf_vertex_certainty(const ovf_draft *d, const ovf_vertex *vertex);
void ovf_make_ring(ovf_draft *d, ovf_run *run, ovf_str name);

/* ---- rects.c ---- */

/* Two positions that are opposite corners of a rectangle; false: they are not. */
bool ovf_corner_pair(ovf_draft *d, const ovf_run *run, size_t lead, ovf_str name);

/* "BTN 10N AND 12N, 070W AND 068W": areas whose inner pair looks like a coordinate. */
void ovf_read_joined_boxes(ovf_draft *d);

/* ---- positions.c ---- */

/* Where the notice is about, roughly: item Q, else the airport of item A, else its first position. */
bool ovf_near_place(const ovf_draft *d, ovf_point *out);
/* Degrees by which magnetic north lies east of true north there, by the nearest VOR. */
bool ovf_variation_at(const ovf_draft *d, ovf_point place, double *east_deg);
/* "XYZ VOR", "VOR XYZ", "EGLL ARP", "NY" at token i: the token behind, 0. must_say: only with a word
 * that says what it is. */
size_t ovf_place_named_at(const ovf_draft *d, size_t i, bool must_say, ovf_point *out);
/* Names that stand for positions become vertices. */
void ovf_mark_places(ovf_draft *d);

/* ---- sectors.c ---- */

struct ovf_sector {
    ovf_point centre;
    double inner_m, outer_m;
    double from_deg, to_deg; /* true, clockwise */
    size_t from, until;      /* bytes */
    ovf_str name;
};
bool ovf_make_sector(ovf_draft *d, const struct ovf_sector *s);
void ovf_read_sectors(ovf_draft *d);
bool ovf_half_words(const ovf_draft *d, size_t from, size_t until, double *from_deg,
                    double *to_deg);
bool ovf_two_radii(const ovf_draft *d, size_t from, size_t until, double *inner_m, double *outer_m);

/* "15NM Y 30NM", "5-15 NM" at token i: the token behind, or 0. inner_m 0: one length. */
size_t ovf_range_at(const ovf_draft *d, size_t i, double *inner_m, double *outer_m);

/* ---- ellipse.c ---- */

/* Round the one position of the run, by the words of tokens [from, until); false: no axis is told. */
bool ovf_make_ellipse(ovf_draft *d, const ovf_run *run, size_t from, size_t until, ovf_str name);

/* ---- combine.c ---- */

void ovf_subtract_excluded(ovf_draft *d, size_t lead, size_t first, size_t added);
void ovf_read_belts(ovf_draft *d);
void ovf_report_excluded(ovf_draft *d);

/* ---- shapes.c ---- */

/* "AREA 1", "ZONE N5", "2": what the tokens [from, until) call the area behind them. */
ovf_str ovf_area_label(ovf_draft *d, size_t from, size_t until);

#endif
