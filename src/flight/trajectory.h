/* SPDX-License-Identifier: Apache-2.0 */
/* trajectory.h - from a plan to place, level and time: the vertical profile, the points of the
 * track, the times that a plan gives and those that are worked out. */
#ifndef OVF_FLIGHT_TRAJECTORY_H
#define OVF_FLIGHT_TRAJECTORY_H

#include <overfly/flight.h>

/* ---- the vertical profile (profile.c) ---- */

typedef enum profile_bound { PROFILE_PLAIN = 0, PROFILE_LOWEST, PROFILE_HIGHEST } profile_bound;
#define PROFILE_BOUNDS 3

/* A climb from the departure, or a descent seen backwards from the destination: straight between
 * knots, and on behind the last of them. */
#define PROFILE_KNOTS 4
typedef struct profile_line {
    double along_m[PROFILE_KNOTS];
    double ft[PROFILE_KNOTS];
    double ft_per_m[PROFILE_KNOTS]; /* from the knot on */
    size_t count;
} profile_line;

typedef struct profile_step {
    double along_m;
    double level_ft, top_ft; /* from here on */
    double speed_mps;
    double from_ft[PROFILE_BOUNDS]; /* where the change to it begins: flight_profile_settle */
} profile_step;

typedef struct profile {
    double length_m;
    bool climbs, descends; /* false: it is in the air there already */
    profile_line climb[PROFILE_BOUNDS], descent[PROFILE_BOUNDS];
    profile_step *steps; /* the first at 0 */
    size_t step_count;
    double up_ft_per_m, down_ft_per_m; /* of a change of the cruising level */
    double gentle, steep;              /* the least and the greatest share of a gradient flown */
    double top_ft;                     /* as high as an unknown level may be */
} profile;

/* Fills in from_ft of the steps; everything else stands. */
void flight_profile_settle(profile *p);
double flight_profile_at(const profile *p, profile_bound bound, double along_m);
/* Is the plain profile in its first climb, or its last descent, there? */
bool flight_profile_climbs(const profile *p, double along_m);
bool flight_profile_descends(const profile *p, double along_m);
const profile_step *flight_profile_step(const profile *p, double along_m);
/* Where the three lines bend, sorted, each once, ends included; in the arena. */
ovf_status flight_profile_knees(const profile *p, ovf_arena *arena, double **out, size_t *count);

/* ---- the track in the making (track.c) ---- */

/* The boundary of a FIR that EET/ names, where the way enters it. */
typedef struct track_entry {
    double along_m;
    size_t eet; /* index into flight->eets */
} track_entry;

typedef struct track_builder {
    ovf_flight *flight;
    const ovf_track_options *options; /* never NULL */
    ovf_arena *arena;
    const ovf_performance *performance; /* NULL: the plain profile */
    ovf_performance_basis basis;
    ovf_performance_part climb[3], descent[2]; /* of it, or of the plain profile */
    size_t climb_parts, descent_parts;
    profile profile;
    double *along_m; /* of each route point */
    track_entry *entries;
    size_t entry_count;
    ovf_track_point *points;
    double *air_s;  /* flown up to each track point, STAYs not counted */
    double *stay_s; /* spent on STAYs up to each track point */
    size_t count;
    ovf_error *err;
} track_builder;

ovf_status track_no_memory(track_builder *b);
void track_finding(track_builder *b, const char *rule, ovf_str message);

/* ---- times that the plan gives (anchors.c) ---- */

typedef enum anchor_kind {
    ANCHOR_START = 0,
    ANCHOR_PLANNED, /* by the plan: it moves with the departure */
    ANCHOR_ACTUAL,  /* by a report: it stands whatever was before */
} anchor_kind;

typedef struct track_anchor {
    size_t at;        /* index of the track point */
    double elapsed_s; /* from the start to there */
    anchor_kind kind;
    ovf_str text; /* for findings: "EET/SVZM" */
    size_t pos;
} track_anchor;

/* Places at which the way enters the FIRs of EET/; fills in entries. */
ovf_status track_find_entries(track_builder *b);
/* The times that fit the way, in order along it, the first at the start; what does not fit becomes
 * a finding. start: the instant that elapsed times count from. */
ovf_status track_find_anchors(track_builder *b, ovf_time start, track_anchor **out, size_t *count);

/* ---- times worked out (times.c) ---- */

ovf_status track_set_times(track_builder *b, ovf_track *track);

#endif
