/* SPDX-License-Identifier: Apache-2.0 */
/* conflict_internal.h - a flight's way made ready for many questions, and sets of stretches of it.
 * Everything is measured in metres along the track. */
#ifndef OVF_CONFLICT_INTERNAL_H
#define OVF_CONFLICT_INTERNAL_H

#include <overfly/conflict.h>

#define DEGREE_RAD 0.017453292519943295

/* ---- stretches of the way (spans.c) ---- */

typedef struct span {
    double from_m, until_m;
} span;

/* Sorted and disjoint after spans_tidy. */
typedef struct spans {
    span *items;
    size_t count, capacity;
} spans;

/* Ends nearer than this are one: crossings are found to a centimetre or so. */
#define SPAN_JOIN_M 0.05

bool spans_add(spans *set, ovf_arena *arena, double from_m, double until_m);
void spans_tidy(spans *set);
/* Has the set anything of [from_m, until_m]? */
bool spans_meet(const spans *set, double from_m, double until_m);

/* ---- the way (way.c) ---- */

typedef struct fir_span {
    uint32_t fir;
    span on;
} fir_span;

typedef struct fir_spans {
    fir_span *items;
    size_t count, capacity;
} fir_spans;

/* Marks of a leg: it leads from or to a point of an airway that the world tables put there and the
 * plan does not name; it begins, ends at a point that the plan names. */
enum { LEG_EXPANDED = 1, LEG_FROM_FILED = 2, LEG_TO_FILED = 4 };

typedef struct way_leg {
    ovf_leg leg;      /* its ends always, the rest when is_ready */
    ovf_box box;      /* when has_box; it may be wider than the leg */
    double normal[3]; /* of the plane through its ends and the Earth's centre, of length 1 */
    double off_plane; /* sine of how far the geodesic may leave that plane; 2: any far */
    double from_m, until_m;
    bool has_box, is_ready;
    uint8_t marks;
    bool is_far;              /* from the one restriction that is asked about */
    ovf_whose_stretch *whose; /* found when first asked for */
    size_t whose_count;
    bool has_whose;
    fir_spans firs; /* of this leg alone, found when first asked for */
    bool has_firs;
} way_leg;

typedef struct way {
    const ovf_picture *picture;
    const ovf_conflict_index *index; /* NULL: without */
    const struct grid *firs;         /* the same */
    const ovf_world *world;
    const ovf_flight *flight;
    const ovf_track *track;
    ovf_party party;
    ovf_time at;     /* OVF_TIME_NONE: the track's own times */
    double margin_m; /* by which every area is grown */
    ovf_arena *arena;
    way_leg *legs;
    size_t leg_count;
    double south_deg, north_deg; /* of all legs */
    double earliest_s, latest_s; /* of the whole, doubt included */
    int32_t lowest_ft, highest_ft;
    const ovf_notice *law;        /* the row asked about last (standing.c) */
    ovf_tri law_addresses;        /* the party of this flight */
    bool law_is_remote;           /* of UNKNOWN: as in ovf_ruling */
    const ovf_restriction **laws; /* rows that may bind, but by nothing that is known */
    size_t law_count, law_capacity;
} way;

ovf_status way_init(way *w, ovf_error *err);
/* The same of a way that is asked about one restriction, without its limits in place, level and
 * time: legs are made ready when they are come to. */
ovf_status way_init_bare(way *w, ovf_error *err);
/* The marks of all legs of a track, by its plan (may be NULL: none). */
void way_marks(const ovf_flight *flight, const ovf_track *track, uint8_t *marks);
/* Makes a leg ready for geometry. */
way_leg *way_leg_ready(way *w, size_t index);
/* Latitudes and longitudes that surely hold the leg. */
ovf_box way_box(const ovf_leg *leg);
/* The same without solving the geodesic, for a leg that is not too long or too near to a pole. */
bool way_plain_box(ovf_point from, ovf_point to, double length_m, ovf_box *out);
/* A circle of directions from the Earth's centre that holds a box. */
typedef struct way_cap {
    double centre[3]; /* of length 1 */
    double radius;    /* sine of it; 2: no such circle is small enough to be of use */
} way_cap;
way_cap way_cap_of(ovf_box box);
/* The leg's plane, out of its ends and its length in metres. */
void way_set_plane(way_leg *leg, ovf_point from, ovf_point to);
/* Surely nothing of the leg lies in the circle: most boxes that a slanting leg's box meets. */
bool way_leg_misses(const way_leg *leg, const way_cap *cap);
/* When it is flown, in whole seconds that hold all doubt; all time without times. */
ovf_interval way_window(const way *w);
/* How much sooner, how much later than planned the flight may be at a place of the way. */
typedef struct way_doubt {
    double early_s, late_s;
} way_doubt;
way_doubt way_doubt_at(const way *w, double along_m);
double way_time_s(const way *w, double along_m);
ovf_crossing_end way_end(way *w, double along_m);
ovf_status way_whose(way *w, size_t leg);
/* Which FIRs a part of the way crosses where, in order of entry, cut off at its ends or at those of its
 * legs; what only grazes one is left out. */
ovf_status way_firs(way *w, span on, fir_spans *out);
/* Does part of the way lie in none of these FIRs, which are all that it crosses? */
ovf_status way_has_gap(const way *w, const fir_spans *firs, bool *out);
/* Leg that holds the place; of two that meet there, the one that goes on. */
size_t way_leg_at(const way *w, double along_m);

/* ---- who is judged, and what with (conflict.c) ---- */

/* The plan's party with what the caller knows better (may be NULL). */
ovf_party conflict_party(const ovf_flight *flight, const ovf_party *given, const ovf_world *world);

/* ---- one restriction (touch.c) ---- */

/* Where the way may be inside, and is inside as planned. And where place and time are sure, with
 * those parts of it where the level is surely not above the upper limit, not below the lower one:
 * where one stretch has both, the level passes through the band somewhere on it, for it cannot
 * jump. */
typedef struct contact {
    spans possible, nominal;
    spans sure, not_above, not_below;
    spans sure_place, sure_time; /* each for itself, to tell why it is not certain */
    bool is_unread;              /* its schedule could not be read */
} contact;

/* A box grown by metres on every side. */
ovf_box touch_grown(ovf_box box, double by_m);
ovf_status touch_find(way *w, const ovf_restriction *r, contact *out, ovf_error *err);
/* Is the way surely inside somewhere on this part? */
bool touch_is_certain(const contact *t, span part);
ovf_str touch_why(const way *w, const contact *t, span part);

/* ---- rulings along it (judge_way.c) ---- */

typedef struct crossing_list {
    ovf_crossing *items;
    size_t count, capacity;
} crossing_list;

/* All crossings of one restriction, as they come (conflict.c). */
ovf_status cross_one(way *w, const ovf_restriction *r, crossing_list *out, ovf_error *err);
/* In order of entry (conflict.c). */
void crossings_sort(crossing_list *list);
ovf_status judge_part(way *w, const ovf_restriction *r, span part, ovf_tri certainty, ovf_str why,
                      crossing_list *out, ovf_error *err);

/* ---- law without a notice (standing.c) ---- */

/* *is_met: the restriction has to be looked at; always so for what is no law. A row that may bind, but
 * by nothing that is known, is kept for standing_list. */
ovf_status standing_sort(way *w, const ovf_restriction *r, bool *is_met, ovf_error *err);
/* Those of them that the way meets, into out->law. */
ovf_status standing_list(way *w, ovf_conflict *out, ovf_error *err);
/* Law over a State's territory, in what is surely another's: where outlines of neighbours overlap by
 * metres, the neighbour's own row answers. */
bool standing_is_sliver(const way *w, const ovf_restriction *r, const ovf_whose *whose);

/* ---- the answer (answer.c) ---- */

ovf_status answer_all(way *w, ovf_conflict *out, ovf_error *err);
/* The worst of them, and which one that is (NULL: none is worse than clear). */
ovf_touch answer_worst(const ovf_crossing *crossings, size_t count, const ovf_crossing **decisive);

static inline ovf_status no_memory(ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for crossings");
}

#endif
