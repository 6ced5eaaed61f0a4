/* SPDX-License-Identifier: Apache-2.0 */
/* tracks_doubt.h - the positions of one aircraft while they are weighed: what tracks_group.c gathers,
 * tracks_doubt.c sets aside, tracks_split.c cuts and tracks_flight.c makes flights of. */
#ifndef OVF_TRACKS_DOUBT_H
#define OVF_TRACKS_DOUBT_H

#include "tracks_internal.h"

#define NO_CHAIN UINT32_MAX

/* One position in the order of time. */
typedef struct seen {
    const ovf_position *p;
    uint32_t index; /* in the input */
    uint32_t chain; /* which unbroken way it is on; NO_CHAIN: on none */
    uint8_t aside;  /* ovf_aside */
    bool is_halted; /* on the ground, by its flag or by its speed for a minute */
    bool starts;    /* a flight begins here */
    bool no_level;  /* its altitude is not believed */
} seen;

/* Positions each of which the aircraft can have reached from the one before. */
typedef struct chain {
    int64_t from_ms, until_ms;
    uint32_t count;
    uint32_t last; /* into seen */
    bool is_kept;
} chain;

typedef struct one_aircraft {
    seen *items;
    size_t count;
    bool is_timed;    /* some position has a time */
    bool is_relative; /* times count from the start of a recording */
    chain *chains;
    size_t chain_count, chain_capacity;
    ovf_arena *arena;
    const ovf_flown_options *options;
} one_aircraft;

static inline bool seen_is_good(const seen *s)
{
    return s->aside == OVF_ASIDE_NOT || s->aside == OVF_ASIDE_SURFACE;
}

/* Makes the trajectory out of the kept ones of one flight; false: no memory (tracks_way.c). */
bool tracks_way(const seen *items, size_t count, bool is_timed, bool is_relative, int32_t gap_s,
                ovf_arena *arena, ovf_flight *flight, ovf_flown *out);

/* Sorts by time and sets aside; false: no memory (tracks_doubt.c). */
bool tracks_weigh(one_aircraft *a);
/* Within one flight, when its limits are known: held places, integrity, altitudes. */
void tracks_weigh_flight(seen *items, size_t count);
/* Places that several aircraft jump to at once (tracks_spoof.c). all: of each aircraft. */
bool tracks_find_shared(one_aircraft *all, size_t count, ovf_arena *scratch);
/* A set-aside way that is a circle. */
void tracks_find_circles(one_aircraft *a);
/* Marks where flights begin (tracks_split.c). */
void tracks_split(one_aircraft *a);

#endif
