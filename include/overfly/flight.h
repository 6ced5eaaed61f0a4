/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/flight.h - filed flight plans and schedules, their routes expanded over the world's points,
 * and a 4D trajectory with bounds.
 * Room: flight.  Uses: world.  Source: ICAO Doc 4444 App. 2 and 3; EUROCONTROL ADEXP; FIXM 4; IATA
 * SSIM ch. 7; docs/formats/fpl.md, adexp.md, fixm.md, schedule-files.md.
 * Texts borrow the caller's input, or live as long as the arena. */
#ifndef OVERFLY_FLIGHT_H
#define OVERFLY_FLIGHT_H

#include <overfly/identity.h>
#include <overfly/performance.h>
#include <overfly/time.h>
#include <overfly/wind.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ovf_flight_form {
    OVF_FLIGHT_UNKNOWN = 0,
    OVF_FLIGHT_FPL,
    OVF_FLIGHT_CHG,
    OVF_FLIGHT_DLA,
    OVF_FLIGHT_CNL,
    OVF_FLIGHT_DEP,
    OVF_FLIGHT_ARR,
    OVF_FLIGHT_CPL,      /* current flight plan, of one unit to the next */
    OVF_FLIGHT_EST,      /* estimate over a boundary point */
    OVF_FLIGHT_RQP,      /* request for a flight plan */
    OVF_FLIGHT_RQS,      /* request for the supplementary part */
    OVF_FLIGHT_SPL,      /* the supplementary part */
    OVF_FLIGHT_ALR,      /* alerting */
    OVF_FLIGHT_ADEXP,    /* any title: ovf_flight.title */
    OVF_FLIGHT_FIXM,     /* 4.x, one flight */
    OVF_FLIGHT_SCHEDULE, /* one flight of a timetable: airports and times, no route */
    OVF_FLIGHT_TRACK,    /* flown: made of positions, see surveillance.h */
} ovf_flight_form;

/* "fpl" and so on; "unknown". */
OVF_API const char *ovf_flight_form_name(ovf_flight_form form);

typedef enum ovf_flight_status {
    OVF_FLIGHT_UNREADABLE = 0,
    OVF_FLIGHT_PARTIAL,
    OVF_FLIGHT_OK,
} ovf_flight_status;

/* Who says when and how high a flight is over a point. */
typedef enum ovf_flight_source {
    OVF_FLIGHT_SOURCE_NONE = 0,
    OVF_FLIGHT_SOURCE_ESTIMATE, /* the plan's 4D point: ETO of ADEXP, a route point of FIXM */
    OVF_FLIGHT_SOURCE_ACTUAL,   /* over it, as reported: ATO, a position report */
} ovf_flight_source;

OVF_API const char *ovf_flight_source_name(ovf_flight_source source); /* "estimate"; "none" */

/* Zeroed: nothing is given. The trajectory takes it before what it would compute itself. */
typedef struct ovf_flight_given {
    ovf_flight_source source;
    ovf_time time;    /* OVF_TIME_NONE: only a level is given */
    int32_t level_ft; /* over the point, climbing or not; -1: only a time is given */
} ovf_flight_given;

typedef struct ovf_flight_point {
    ovf_str ident; /* as filed: "POS", "1030N06700W", "TTPP"; of an expanded point the world's */
    ovf_point place;
    ovf_str via;      /* "DCT", an airway, empty for the first */
    int32_t level_ft; /* cruising level from this point on; 0: not known */
    int32_t speed_kt; /* true airspeed from this point on; 0: not known */
    int32_t top_ft;   /* cruise climb: upper end of the block; 0: none */
    int32_t stay_min; /* STAY: time spent about the point */
    ovf_time time;    /* over it, by the trajectory; OVF_TIME_NONE before */
    ovf_flight_given given;
    uint32_t ambiguous;      /* how many other places bear that name */
    const ovf_point *others; /* these: `ambiguous` of them */
    bool is_bridged;  /* the leg that ends here stands for an airway or for points that are not in
                           the tables: straight for want of better */
    bool is_expanded; /* not filed by name: a point of the airway in `via` */
    ovf_span span;    /* of an expanded point that of the airway */
} ovf_flight_point;

typedef struct ovf_unresolved {
    ovf_str text;
    ovf_str why;
    size_t pos; /* byte in the record */
} ovf_unresolved;

/* EET/ of item 18, or a message's own such list: over a point, or at the boundary of a FIR, so many
 * minutes after take-off. In the order of the text. */
typedef struct ovf_flight_eet {
    ovf_str at;    /* as filed: "SVZM", "NETKI", "15N040W", "150E" (a meridian) */
    int32_t min;   /* accumulated, of the whole flight */
    uint32_t fir;  /* of the world, when it is one; OVF_INDEX_NONE */
    int32_t point; /* index into ovf_flight.points, when it is one; -1 */
    ovf_span span;
} ovf_flight_eet;

#define OVF_FLIGHT_MAX_EET 200

/* What has become of a plan by the messages behind it, or of the plan that a message is about. */
typedef enum ovf_flight_state {
    OVF_FLIGHT_FILED = 0,
    OVF_FLIGHT_CHANGED,
    OVF_FLIGHT_DELAYED,
    OVF_FLIGHT_CANCELLED,
    OVF_FLIGHT_DEPARTED,
    OVF_FLIGHT_ARRIVED,
} ovf_flight_state;

OVF_API const char *ovf_flight_state_name(ovf_flight_state state); /* "filed" ... "arrived" */

typedef struct ovf_flight {
    uint32_t record;
    ovf_flight_form form;
    ovf_flight_status status;
    ovf_str title;           /* of the message: "FPL", "IFPL"; empty where the form has none */
    ovf_str id;              /* item 7 without the SSR code */
    ovf_str operator_icao;   /* three letters before a digit, or OPR/ when it is a designator */
    uint32_t operator_index; /* in the world; OVF_INDEX_NONE */
    ovf_str registration;    /* REG/, or item 7 when that is one by its form */
    uint32_t address;        /* 24 bits, CODE/; OVF_ADDRESS_NONE */
    uint32_t registry_state; /* index, by registration or address; OVF_INDEX_NONE */
    ovf_str rules;           /* I V Y Z */
    ovf_str use;             /* item 8 type: S N G M X */
    ovf_str sts;             /* STS/ values, blank-separated */
    ovf_str type;            /* "B738"; TYP/ for ZZZZ */
    ovf_str wake;
    ovf_str from, to;                  /* as in items 13 and 16 */
    uint32_t from_airport, to_airport; /* OVF_INDEX_NONE */
    int32_t from_ft, to_ft;            /* their elevations; 0 when not known */
    ovf_str alternates;
    ovf_time off_block;         /* DOF with item 13 time; NONE when the day is not known */
    bool day_assumed;           /* no DOF: the day was given by the caller */
    int32_t eet_min;            /* item 16; -1 unknown */
    ovf_str speed, level;       /* item 15 as written */
    int32_t speed_kt, level_ft; /* 0: not known */
    ovf_str route;              /* item 15 behind speed and level, as written */
    ovf_str other;              /* item 18 as written */
    ovf_flight_point *points;   /* departure, route, destination: those that are resolved */
    size_t point_count;
    ovf_unresolved *unresolved;
    size_t unresolved_count;
    bool route_complete; /* every element of item 15 is understood and placed */
    bool route_assumed;  /* no route is given: the great circle between the aerodromes, whose leg is
                            marked as bridged; route_complete is false */
    ovf_flight_eet *eets;
    size_t eet_count;
    ovf_str rif;     /* RIF/: the route to another destination, as written */
    ovf_str plan_id; /* of the message or plan where it has one: IFPLID, GUFI, schedule number */
    ovf_flight_state state;
    ovf_time departed; /* DEP, ATD; of states DEPARTED and ARRIVED only, and OVF_TIME_NONE where
                            nobody says */
    ovf_time arrived;  /* of state ARRIVED only; OVF_TIME_NONE where nobody says */
    ovf_str landed_at; /* ARR: where it did; empty: not known */
    /* By ovf_flight_link. Of a message about a plan: that plan. Of a plan: itself as it stands with
     * every amendment and delay (its positions are bytes of its own `raw`); NULL: as filed. */
    const struct ovf_flight *plan;
    struct ovf_flight *effective;
    /* Of a plan: what was brought to it, in the order in which it is taken: CHG, DLA, DEP and ARR, CNL. */
    const struct ovf_flight **messages;
    size_t message_count;
    bool is_doubtful; /* of a plan: a message changes, or may change, when or where it flies, and
                           could not be applied: what is said of the plan may be of one that is gone */
    ovf_str raw;
    ovf_span raw_span;
    const ovf_finding *findings;
    size_t finding_count;
    const struct ovf_flown
        *flown; /* of OVF_FLIGHT_TRACK: positions, what was set aside; else NULL */
} ovf_flight;

#define OVF_FLIGHT_MAX_POINTS 1000    /* elements of one item 15 */
#define OVF_FLIGHT_MAX_EXPANDED 5000  /* points of a route, those of its airways among them */
#define OVF_FLIGHT_MAX_BYTES 65536    /* of one message; what is behind is left unread, flagged */
#define OVF_FLIGHT_MAX_MESSAGES 50000 /* of one record; what is behind is left unread, flagged */

typedef struct ovf_flight_options {
    ovf_time reference; /* day for plans without DOF; OVF_TIME_NONE: off_block stays unknown */
    uint32_t record;
    /* Schedules are laid out for the days of this window; empty (zeroed): for the reference day, and
     * without one each line gives one flight whose day is not known. */
    ovf_interval window;
} ovf_flight_options;

/* Reads every flight of a record, whose form is known by its content: ICAO messages and ADEXP (a file
 * with '#' header lines, blank lines between, AFTN headings), a FIXM document, a schedule (CSV, SSIM
 * chapter 7). At least one flight for a record that is not blank, but for a schedule of which nothing
 * leaves in the window; UNREADABLE with a finding when it is nothing of these. OVF_E_NOMEM, OVF_E_LIMIT only. Any bytes are safe. */
OVF_API OVF_NODISCARD ovf_status ovf_flight_read(const ovf_world *world, ovf_str record,
                                                 const ovf_flight_options *options,
                                                 ovf_arena *arena, ovf_flight **out, size_t *count,
                                                 ovf_error *err);
OVF_API bool ovf_flight_sniff(ovf_str record);

/* Brings together what came in any order out of any records of one input: CHG, DLA, CNL, DEP, ARR
 * (and their ADEXP kin) and the plans that they are about: the same identification, aerodromes and
 * day (flight_link.h does the same in steps). Writes plan, state, departed, arrived, landed_at, effective,
 * messages, is_doubtful; adds a finding to a message whose
 * plan is not there or cannot be told. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_flight_link(const ovf_world *world, ovf_flight *const *flights,
                                                 size_t count, ovf_arena *arena, ovf_error *err);

/* Reads the route of item 15 alone (speed and level in front may be there or not), between
 * flight->from and flight->to, which may be empty: writes speed and level, points, unresolved,
 * route_complete. Positions are bytes of `route`. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_flight_expand(const ovf_world *world, ovf_str route,
                                                   ovf_arena *arena, ovf_flight *flight,
                                                   ovf_findings *findings);

/* Walks item 18: cuts the next indicator and its value off other, from *at (0 at first). */
OVF_API bool ovf_flight_other_next(ovf_str other, size_t *at, ovf_str *indicator, ovf_str *value);

/* ---- trajectory ---- */

#define OVF_FLIGHT_TOP_FT 60000 /* as high as a flight of unknown level and type may be */

typedef struct ovf_track_point {
    ovf_point place;
    ovf_time time;
    double along_m;
    int32_t level_ft;
    int32_t lowest_ft, highest_ft; /* between which it is, whatever the climb and the descent */
    int32_t early_s,
        late_s; /* it is there no sooner than time - early_s, no later than time + late_s */
    int32_t route_point; /* index into flight->points, or -1 (a knee of the profile, a boundary) */
    bool is_bridged;     /* the leg that ends here is not the filed way: see ovf_flight_point */
} ovf_track_point;

/* Straight in time, level and the bounds of both between neighbours, which a geodesic joins.
 * A STAY gives two neighbours at one place. */
typedef struct ovf_track {
    ovf_track_point *points;
    size_t count;
    double length_m;
    bool timed;    /* false: no off-block time; times count from 0 */
    bool levelled; /* false: no cruising level is known; level_ft says nothing */
    bool complete; /* false: parts of the route are missing */
    /* The doubts of all points in two numbers: plus or minus, at the start and at the far end, and
     * straight along the way between them no less than early_s and late_s of any point. */
    int32_t start_doubt_s, time_doubt_s;
    int32_t level_doubt_ft; /* the widest of the bounds in climb and descent; 0 in cruise */
    const ovf_performance *performance; /* what it is flown with; NULL: the plain profile */
    ovf_performance_basis basis;
    double windy;      /* the share of its length on which the wind was known, 0 to 1 */
    uint32_t anchored; /* times of item 18, of 4D points and of item 16 that were kept to */
} ovf_track;

typedef struct ovf_track_options {
    const ovf_world *world; /* NULL: times at the boundaries of FIRs are left aside */
    const ovf_wind *wind;   /* NULL: none is known; checked by ovf_wind_check */
} ovf_track_options;

/* Climb, cruise and descent of the type (ovf_performance_for: its own, its family's, or a plain
 * 2,000 ft/min up, 1,800 down or 3 degrees at 0.75 of the cruising speed); cruise at the filed
 * speeds and levels; the descent is laid backwards from the destination.
 * Times: from the filed off-block time, or the take-off where it is known. The flying time is
 * scaled to item 16 where it is plausible (a factor of 0.5 to 2), and piece by piece to the times
 * of points (`given`), of item 18 (EET/) and the landing, as far as they fit the way; what does not
 * is a finding (EET_IMPLAUSIBLE, EET_CONTRADICTS, EET_OFF_WAY). A level above the type's ceiling is
 * one too (LEVEL_ABOVE_CEILING).
 * Bounds: docs/formats/performance.md says how they are made and how real flights kept to them.
 * Writes the times over route points into flight->points. options may be NULL.
 * OVF_E_GEOMETRY: fewer than 2 points. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_flight_track_with(ovf_flight *flight,
                                                       const ovf_track_options *options,
                                                       ovf_arena *arena, ovf_track *out,
                                                       ovf_error *err);
/* The same without options. */
OVF_API OVF_NODISCARD ovf_status ovf_flight_track(ovf_flight *flight, ovf_arena *arena,
                                                  ovf_track *out, ovf_error *err);

#ifdef __cplusplus
}
#endif
#endif
