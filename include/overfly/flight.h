/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/flight.h - filed flight plans, their routes expanded over the world's points, and a 4D
 * trajectory with a plain climb, cruise and descent.
 * Room: flight.  Uses: world.  Source: ICAO Doc 4444 App. 2 and 3; docs/formats/fpl.md.
 * Texts borrow the caller's input. */
#ifndef OVERFLY_FLIGHT_H
#define OVERFLY_FLIGHT_H

#include <overfly/identity.h>
#include <overfly/time.h>

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
    OVF_FLIGHT_TRACK, /* flown: made of positions, see surveillance.h */
} ovf_flight_form;

/* "fpl" and so on; "unknown". */
OVF_API const char *ovf_flight_form_name(ovf_flight_form form);

typedef enum ovf_flight_status {
    OVF_FLIGHT_UNREADABLE = 0,
    OVF_FLIGHT_PARTIAL,
    OVF_FLIGHT_OK,
} ovf_flight_status;

typedef struct ovf_flight_point {
    ovf_str ident; /* as filed: "POS", "1030N06700W", "TTPP"; of an expanded point the world's */
    ovf_point place;
    ovf_str via;        /* "DCT", an airway, empty for the first */
    int32_t level_ft;   /* cruising level from this point on; 0: not known */
    int32_t speed_kt;   /* true airspeed from this point on; 0: not known */
    int32_t top_ft;     /* cruise climb: upper end of the block; 0: none */
    int32_t stay_min;   /* STAY: time spent about the point */
    ovf_time time;      /* over it, by the trajectory; OVF_TIME_NONE before */
    uint32_t ambiguous; /* how many other places bear that name */
    bool is_bridged;    /* the leg that ends here stands for an airway or for points that are not in
                           the tables: straight for want of better */
    bool is_expanded;   /* not filed by name: a point of the airway in `via` */
    ovf_span span;      /* of an expanded point that of the airway */
} ovf_flight_point;

typedef struct ovf_unresolved {
    ovf_str text;
    ovf_str why;
    size_t pos; /* byte in the record */
} ovf_unresolved;

typedef struct ovf_flight {
    uint32_t record;
    ovf_flight_form form;
    ovf_flight_status status;
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
    ovf_str raw;
    ovf_span raw_span;
    const ovf_finding *findings;
    size_t finding_count;
    const struct ovf_flown *flown; /* of OVF_FLIGHT_TRACK: positions, what was set aside; else NULL */
} ovf_flight;

#define OVF_FLIGHT_MAX_POINTS 1000    /* elements of one item 15 */
#define OVF_FLIGHT_MAX_EXPANDED 5000  /* points of a route, those of its airways among them */
#define OVF_FLIGHT_MAX_BYTES 65536    /* of one message; what is behind is left unread, flagged */
#define OVF_FLIGHT_MAX_MESSAGES 50000 /* of one record; what is behind is left unread, flagged */

typedef struct ovf_flight_options {
    ovf_time reference; /* day for plans without DOF; OVF_TIME_NONE: off_block stays unknown */
    uint32_t record;
} ovf_flight_options;

/* Reads every message of a record (a file with '#' header lines, blank lines between, AFTN
 * headings): at least one flight for a record that is not blank, UNREADABLE with a finding when it
 * is no message. OVF_E_NOMEM, OVF_E_LIMIT only. Any bytes are safe. */
OVF_API OVF_NODISCARD ovf_status ovf_flight_read(const ovf_world *world, ovf_str record,
                                                 const ovf_flight_options *options,
                                                 ovf_arena *arena, ovf_flight **out, size_t *count,
                                                 ovf_error *err);
OVF_API bool ovf_flight_sniff(ovf_str record);

/* Reads the route of item 15 alone (speed and level in front may be there or not), between
 * flight->from and flight->to, which may be empty: writes speed and level, points, unresolved,
 * route_complete. Positions are bytes of `route`. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_flight_expand(const ovf_world *world, ovf_str route,
                                                   ovf_arena *arena, ovf_flight *flight,
                                                   ovf_findings *findings);

/* Walks item 18: cuts the next indicator and its value off other, from *at (0 at first). */
OVF_API bool ovf_flight_other_next(ovf_str other, size_t *at, ovf_str *indicator, ovf_str *value);

/* ---- trajectory ---- */

#define OVF_FLIGHT_TOP_FT 60000 /* as high as a flight of unknown level may be */

typedef struct ovf_track_point {
    ovf_point place;
    ovf_time time;
    double along_m;
    int32_t level_ft;
    int32_t lowest_ft, highest_ft; /* between which it is, whatever the climb and the descent */
    int32_t route_point;           /* index into flight->points, or -1 (a knee of the profile) */
    bool is_bridged; /* the leg that ends here is not the filed way: see ovf_flight_point */
} ovf_track_point;

/* Straight in time and level (and in its bounds) between neighbours, which a geodesic joins.
 * A STAY gives two neighbours at one place. */
typedef struct ovf_track {
    ovf_track_point *points;
    size_t count;
    double length_m;
    bool timed;             /* false: no off-block time; times count from 0 */
    bool levelled;          /* false: no cruising level is known; level_ft says nothing */
    bool complete;          /* false: parts of the route are missing */
    int32_t start_doubt_s;  /* plus or minus, at the start */
    int32_t time_doubt_s;   /* plus or minus, at the far end */
    int32_t level_doubt_ft; /* the widest of the bounds in climb and descent; 0 in cruise */
} ovf_track;

/* Plain profile: climb at 2,000 ft/min and descent at 1,800 ft/min or 3 degrees, at 0.75 of the
 * cruising speed below; total time scaled to item 16 where it is given and plausible (a factor of
 * 0.5 to 2; else a finding is added). The bounds of level take 0.6 to 1.6 of these gradients. The
 * doubt of time is 15 minutes at departure (the tolerance of the IFPS Users Manual before a DLA is
 * due), and of the time flown 3 % with item 16 and 10 % without, since no wind is known.
 * Writes the times over route points into flight->points. OVF_E_GEOMETRY: fewer than 2 points. */
OVF_API OVF_NODISCARD ovf_status ovf_flight_track(ovf_flight *flight, ovf_arena *arena,
                                                  ovf_track *out, ovf_error *err);

#ifdef __cplusplus
}
#endif
#endif
