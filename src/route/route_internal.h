/* SPDX-License-Identifier: Apache-2.0 */
/* route_internal.h - obstacles as polygons that hold the areas to be avoided and the margin round
 * them, and the shortest path between two places round their corners. */
#ifndef OVF_ROUTE_INTERNAL_H
#define OVF_ROUTE_INTERNAL_H

#include <overfly/route.h>

/* ---- polygons round areas (hull.c) ---- */

/* Of one ring: of those that the way goes round, and of those that only bound its length, where no
 * accuracy may be lost. */
#define HULL_MAX_VERTICES 200
#define HULL_BOUND_VERTICES 1000
/* A chord of the outline may cut a round corner by so much; half of what rounding to a minute of
 * arc costs, so that it never decides. */
#define HULL_TOLERANCE_M 250.0

/* One ring, the inside to the left of every edge. It holds the area grown by margin_m, and reaches
 * beyond that by no more than excess_m. */
typedef struct hull {
    ovf_point *points;
    double (*vectors)[3]; /* the same on the unit sphere */
    uint32_t count;
    const ovf_area *area; /* the ring as an area */
    double excess_m;
} hull;

/* The rings of one area grown by margin_m >= 0, of `most` corners each. OVF_E_GEOMETRY: nothing that can be drawn. */
ovf_status hull_make(const ovf_area *area, double margin_m, uint32_t most, ovf_arena *arena,
                     hull **out, size_t *count, ovf_error *err);

/* ---- shortest paths (search.c) ---- */

/* A place where a way may bend, with its neighbours on the ring; of start and goal all three are
 * the place itself. */
typedef struct bend {
    double at[3], before[3], after[3]; /* unit vectors */
} bend;

typedef struct search {
    const hull *hulls;
    size_t hull_count;
    ovf_arena *arena;  /* for the result */
    ovf_arena scratch; /* emptied now and then */
    ovf_point *nodes;  /* 0: start, 1: goal, then corners */
    bend *bends;       /* of each node */
    size_t node_count;
    size_t tests; /* legs that were tested */
} search;

ovf_status search_init(search *s, const hull *hulls, size_t count, ovf_arena *arena, ovf_point from,
                       ovf_point to, double stand_off_m);
void search_done(search *s);
/* Does the leg keep out of every hull? */
bool search_is_free(search *s, ovf_point a, ovf_point b);
/* Is the place inside a hull? */
bool search_is_inside(const search *s, ovf_point p);
/* The shortest way; *found false: there is none. Points from start to goal. */
ovf_status search_path(search *s, ovf_point **out, size_t *count, double *length_m, bool *found);

/* Moves the points between the ends to whole minutes where the legs stay free (minutes.c).
 * *moved_all false: some point found no such place and stays as it is. */
void minutes_round(search *s, ovf_point *points, size_t count, bool *moved_all);
/* Fewer points where that costs next to nothing: drops those that are not needed, joins near ones. */
void minutes_thin(search *s, ovf_point *points, size_t *count);
/* "1234N05612W", or "13N057W" for whole degrees. */
ovf_str minutes_text(ovf_point p, ovf_arena *arena);

/* ---- what is to be avoided (obstacle.c) ---- */

/* The part of a restriction's area that bars this party; NULL: none of it does. */
ovf_status obstacle_area(const ovf_picture *picture, const ovf_restriction *r,
                         const ovf_party *party, ovf_arena *arena, const ovf_area **out,
                         ovf_error *err);
bool obstacle_is_barring(const ovf_ruling *ruling);
/* Has the party to do with it at all? NO only of standing law that does not surely address it. */
bool obstacle_is_for(const ovf_picture *picture, const ovf_restriction *r, const ovf_party *party);

#endif
