/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/conflict.h - a flight against the picture: where it enters and leaves each restriction,
 * when, how high, and whether that binds this flight.
 * Room: conflict.  Uses: restriction, flight. */
#ifndef OVERFLY_CONFLICT_H
#define OVERFLY_CONFLICT_H

#include <overfly/flight.h>
#include <overfly/restriction.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ovf_touch {
    OVF_TOUCH_UNKNOWN = 0,
    OVF_TOUCH_CLEAR,
    OVF_TOUCH_TOUCHED, /* crosses something that does not bar it */
    OVF_TOUCH_BLOCKED, /* crosses something binding that applies to it, or may not enter freely */
} ovf_touch;

OVF_API const char *ovf_touch_name(ovf_touch touch); /* clear|touched|blocked|unknown */

typedef struct ovf_crossing_end {
    ovf_point place;
    ovf_time time;
    int32_t level_ft;
    double along_m;
    /* It is there no sooner than early_s before time and no later than late_s after it, between
     * lowest_ft and highest_ft; 0 where no time is known or all is judged at one instant. */
    int32_t early_s, late_s;
    int32_t lowest_ft, highest_ft;
} ovf_crossing_end;

/* One unbroken stretch of the track inside one restriction, over one kind of air. */
typedef struct ovf_crossing {
    const ovf_restriction *restriction;
    ovf_whose whose;
    ovf_ruling ruling; /* for this flight */
    ovf_crossing_end entry, exit;
    double inside_m;
    /* Within these moments it may be inside on this stretch and where doubt alone makes it longer, times
     * and levels at their bounds, while the restriction is active. OVF_TIME_NONE: no time is known. */
    ovf_time may_from, may_until;
    ovf_tri certainty;     /* YES, or UNKNOWN: time, level or place cannot settle it */
    ovf_str certainty_why; /* "level within 2,000 ft of the limit" */
} ovf_crossing;

typedef struct ovf_conflict {
    ovf_touch answer;
    ovf_str why;             /* one sentence */
    ovf_party party;         /* who was judged */
    ovf_crossing *crossings; /* in order of entry */
    size_t crossing_count;
    ovf_str *uncovered; /* FIR codes crossed for which nobody vouches; answer is not clear */
    size_t uncovered_count;
    /* Standing law on the way that may bind this flight by what is not known of it: the carrier, the
     * registry, the owner, the airman; one restriction a row. It does not weigh on the answer, whose
     * `why` says that it stands under this reserve, unless the owner alone is missing, who is in no plan;
     * ovf_law_missing says what would settle it. Where
     * neither carrier nor registry is known the rows are crossings that cannot be settled. */
    const ovf_restriction **law;
    size_t law_count;
} ovf_conflict;

#define OVF_CONFLICT_MAX_CROSSINGS 10000

/* party: what the caller adds or overrides (may be NULL); the rest comes from the flight.
 * at: with OVF_TIME_NONE the track's own times hold; otherwise the whole flight is judged as if
 * flown at that instant. OVF_E_NOMEM, OVF_E_LIMIT. */
OVF_API OVF_NODISCARD ovf_status ovf_conflict_flight(const ovf_picture *picture,
                                                     const ovf_flight *flight,
                                                     const ovf_track *track, const ovf_party *party,
                                                     ovf_time at, ovf_arena *arena,
                                                     ovf_conflict *out, ovf_error *err);
/* What many flights are judged with: made once for a settled picture, which must outlive it; many
 * threads may read it. It changes no answer, only how soon it is there. */
typedef struct ovf_conflict_index ovf_conflict_index; /* opaque */

/* OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_conflict_index_new(const ovf_picture *picture,
                                                        ovf_conflict_index **out, ovf_error *err);
OVF_API void ovf_conflict_index_free(ovf_conflict_index *index);
/* As ovf_conflict_flight, with its picture. */
OVF_API OVF_NODISCARD ovf_status ovf_conflict_indexed(
    const ovf_conflict_index *index, const ovf_flight *flight, const ovf_track *track,
    const ovf_party *party, ovf_time at, ovf_arena *arena, ovf_conflict *out, ovf_error *err);
/* The restrictions that the way may be inside of, or nearer to than margin_m (>= 0), at a level and
 * time when they hold; whom they bind is not asked. Level, time, at: as above. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_conflict_near(const ovf_picture *picture,
                                                   const ovf_flight *flight, const ovf_track *track,
                                                   ovf_time at, double margin_m, ovf_arena *arena,
                                                   const ovf_restriction ***out, size_t *count,
                                                   ovf_error *err);
/* Latitudes and longitudes that surely hold the geodesic between two points: what of a ledger an
 * answer about the way can rest on lies in the boxes of its legs (ovf_ledger_query). */
OVF_API ovf_box ovf_conflict_box(ovf_point from, ovf_point to);
/* The party that a plan tells of: operator, registry, use by item 8 and STS/. */
OVF_API ovf_party ovf_flight_party(const ovf_flight *flight, const ovf_world *world);

#ifdef __cplusplus
}
#endif
#endif
