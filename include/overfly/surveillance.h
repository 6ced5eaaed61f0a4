/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/surveillance.h - where aircraft were seen: positions out of whatever a receiver, a network
 * or a logger writes, one by one as the bytes come in; and flown tracks made of them, with what
 * cannot be true set aside and the reason kept.
 * Room: flight.  Uses: world, expat, zlib.  Source: docs/formats/tracks.md.
 * Pure: bytes come from the caller, from a file or a socket alike. */
#ifndef OVERFLY_SURVEILLANCE_H
#define OVERFLY_SURVEILLANCE_H

#include <overfly/flight.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- positions ---- */

/* Who says where the aircraft was. */
typedef enum ovf_position_source {
    OVF_SOURCE_UNKNOWN = 0,
    OVF_SOURCE_ADSB,    /* itself, by its own navigation */
    OVF_SOURCE_ADSR,    /* the same, sent on by a ground station from another link */
    OVF_SOURCE_MLAT,    /* receivers, by the times of arrival */
    OVF_SOURCE_TISB,    /* a ground station, by its radar */
    OVF_SOURCE_ASTERIX, /* a radar or a tracker behind it */
    OVF_SOURCE_FLARM,
    OVF_SOURCE_ADSC, /* itself, by satellite, under contract */
    OVF_SOURCE_LOG,  /* a logger on board: GPX, KML */
    OVF_SOURCE_OTHER,
} ovf_position_source;

OVF_API const char *ovf_position_source_name(ovf_position_source source); /* "adsb" ... */

#define OVF_VALUE_NONE INT32_MIN /* altitudes and rates that are not given */

/* One aircraft at one place and time. Nothing is guessed: what the format did not say is NONE,
 * negative where that cannot be a value, or an empty text. */
typedef struct ovf_position {
    int64_t time_ms;     /* of the place, UTC since 1970; OVF_TIME_NONE: not known */
    int64_t received_ms; /* when it was received or written; OVF_TIME_NONE */
    ovf_point place;     /* says nothing without has_place */
    uint64_t at;         /* its record in the stream: byte and length (unpacked, for gzip) */
    uint32_t len;
    uint32_t address;  /* 24 bits; OVF_ADDRESS_NONE */
    uint32_t series;   /* which track of the document, from 1; 0: the format has none */
    int32_t baro_ft;   /* pressure altitude (1013.25 hPa); OVF_VALUE_NONE */
    int32_t geom_ft;   /* above the ellipsoid, or the geoid in GPX and KML; OVF_VALUE_NONE */
    int32_t rate_fpm;  /* OVF_VALUE_NONE */
    int32_t rc_m;      /* radius that contains the true place, by the navigation; -1 */
    float speed_kt;    /* over ground; -1 */
    float track_deg;   /* true, [0, 360); -1 */
    int32_t squawk;    /* the four octal digits as written: 7700; -1 */
    int8_t nic, nac_p; /* DO-260B categories; -1 */
    int8_t sil;        /* -1 */
    uint8_t source;    /* ovf_position_source */
    uint8_t on_ground; /* ovf_tri */
    bool has_place;
    bool is_anonymous; /* the address is not one of a registry: TIS-B, privacy */
    bool is_relative;  /* time_ms counts from the start of the recording: no clock was given */
    bool leg_starts;   /* the format says that a new flight begins here */
    char callsign[9];
    char registration[OVF_REGISTRATION_SIZE];
    char type[5];        /* ICAO type designator */
    char from[5], to[5]; /* airports, where the format names them */
} ovf_position;

/* A position of which nothing is known yet. */
OVF_API void ovf_position_init(ovf_position *position);

/* Could one aircraft have gone from the first place to the second? By time, level, the speeds
 * reported and the accuracies stated; true as well where a time or a place is not known. */
OVF_API bool ovf_position_reaches(const ovf_position *from, const ovf_position *to);

/* ---- reading ---- */

typedef enum ovf_surveillance_form {
    OVF_SURVEILLANCE_UNKNOWN = 0,
    OVF_SURVEILLANCE_SBS,      /* BaseStation lines */
    OVF_SURVEILLANCE_AIRCRAFT, /* readsb and dump1090 aircraft.json, one or one a line */
    OVF_SURVEILLANCE_TRACE,    /* readsb trace_full and trace_recent */
    OVF_SURVEILLANCE_BEAST,    /* Mode S Beast frames */
    OVF_SURVEILLANCE_FRAMES,   /* Mode S frames as hexadecimal lines: AVR, or with a time */
    OVF_SURVEILLANCE_OPENSKY,  /* state vectors and tracks of the OpenSky REST interface */
    OVF_SURVEILLANCE_TABLE,    /* lines of fields under a line of names */
    OVF_SURVEILLANCE_RECORDS,  /* JSON objects with such names, in an array or one a line */
    OVF_SURVEILLANCE_GEOJSON,
    OVF_SURVEILLANCE_GPX,
    OVF_SURVEILLANCE_KML,
} ovf_surveillance_form;

OVF_API const char *ovf_surveillance_form_name(ovf_surveillance_form form); /* "sbs" ... */

/* By the first bytes (16 kB are enough), never by name; UNKNOWN: none of these, or gzip. */
OVF_API ovf_surveillance_form ovf_surveillance_sniff(ovf_str head);

/* Zeroed, with `each`, is the default but for `reference`, which is then 1970. */
typedef struct ovf_surveillance_options {
    ovf_surveillance_form form; /* UNKNOWN: by content */
    ovf_time reference; /* when the recording began, for clocks that only count (Beast, AVR);
                                   OVF_TIME_NONE: such times stay relative */
    bool clock_is_gps;  /* Beast times are seconds of the day and nanoseconds (Radarcape) */
    bool has_receiver;  /* its place settles positions on the ground */
    ovf_point receiver;
    size_t max_bytes; /* of one document that has to be held whole; 0: 1 GiB */
    /* Takes a position, which lives as long as the call; false ends the reading with OVF_E_LIMIT. */
    bool (*each)(void *data, const ovf_position *position);
    void *data;
} ovf_surveillance_options;

typedef struct ovf_surveillance_counts {
    uint64_t bytes;        /* unpacked */
    uint64_t records;      /* lines, frames, objects, points */
    uint64_t positions;    /* handed out with a place */
    uint64_t placeless;    /* handed out without one, by formats that tell all they know of it */
    uint64_t bad;          /* records that could not be read */
    uint64_t mode_ac;      /* Mode A/C replies, which name no aircraft: left alone */
    uint64_t mode_s_other; /* Mode S replies that carry no position */
    uint64_t bad_parity;   /* frames whose parity is wrong */
    uint64_t unpaired;     /* position frames that no second one or reference settled */
    uint64_t refused;      /* position frames that decode to where the aircraft cannot be */
    uint64_t aircraft;     /* addresses held at the end, by the formats that fill piecewise */
} ovf_surveillance_counts;

#define OVF_SURVEILLANCE_MAX_AIRCRAFT 262144 /* held at once; the oldest make room */

typedef struct ovf_surveillance ovf_surveillance;

/* NULL: no memory. One thread at a time. */
OVF_API ovf_surveillance *ovf_surveillance_new(const ovf_surveillance_options *options);
OVF_API void ovf_surveillance_free(ovf_surveillance *reader);
/* The next bytes, in pieces of any size, plain or gzip. What is not whole yet waits. Records that
 * cannot be read are counted and passed over. OVF_E_NOMEM, OVF_E_LIMIT; OVF_E_SYNTAX: the bytes
 * are of no form that is known; OVF_E_CORRUPT: gzip that cannot be unpacked. */
OVF_API OVF_NODISCARD ovf_status ovf_surveillance_feed(ovf_surveillance *reader, ovf_str bytes,
                                                       ovf_error *err);
/* No more bytes follow: reads what waits. */
OVF_API OVF_NODISCARD ovf_status ovf_surveillance_finish(ovf_surveillance *reader, ovf_error *err);
OVF_API ovf_surveillance_form ovf_surveillance_form_of(const ovf_surveillance *reader);
OVF_API ovf_surveillance_counts ovf_surveillance_counts_of(const ovf_surveillance *reader);
/* What could not be read, with its byte in the stream; lives as long as the reader. */
OVF_API const ovf_findings *ovf_surveillance_findings(const ovf_surveillance *reader);

/* ---- flown tracks ---- */

/* Why a position is no part of its track. */
typedef enum ovf_aside {
    OVF_ASIDE_NOT = 0,    /* kept */
    OVF_ASIDE_NO_PLACE,   /* none was given, or none that is one */
    OVF_ASIDE_NO_TIME,    /* none was given */
    OVF_ASIDE_SURFACE,    /* on the ground */
    OVF_ASIDE_RADAR,      /* TIS-B: a radar's view of it */
    OVF_ASIDE_REPEATED,   /* the same place and time again */
    OVF_ASIDE_STALE,      /* the last place held while the aircraft flew on */
    OVF_ASIDE_CLOCK,      /* its time is out of order with its neighbours', or ahead of receipt */
    OVF_ASIDE_TWO_PLACES, /* another place at the same time */
    OVF_ASIDE_JUMP,       /* farther from its neighbours than it can have flown */
    OVF_ASIDE_TELEPORT,   /* the same, for minutes on end */
    OVF_ASIDE_SHARED,     /* jumped to a place where others jumped to: spoofed */
    OVF_ASIDE_CIRCLE,     /* jumped to a circle: spoofed */
    OVF_ASIDE_INTEGRITY,  /* its navigation no longer vouches for the place (NIC, Rc, SIL) */
} ovf_aside;
#define OVF_ASIDE_COUNT 14

OVF_API const char *ovf_aside_name(ovf_aside aside);   /* "kept", "no_place" ... */
OVF_API const char *ovf_aside_reason(ovf_aside aside); /* for people: "on the ground" */

/* A stretch without positions. The track runs straight over it, which is not how it was flown:
 * what it meets there is possible, not certain. */
typedef struct ovf_flown_gap {
    int64_t from_ms, until_ms;
    uint64_t at; /* byte of the position behind it */
    ovf_point from, until;
    double length_m;
} ovf_flown_gap;

/* What one flight is made of; ovf_flight.flown. */
typedef struct ovf_flown {
    ovf_track track;
    const ovf_position *positions; /* all of them in order of time, kept or not */
    const uint8_t *asides;         /* ovf_aside of each */
    size_t count;
    size_t set_aside[OVF_ASIDE_COUNT]; /* how many for which reason; [0]: kept */
    size_t level_spikes;               /* kept places whose altitude is not believed */
    const ovf_flown_gap *gaps;
    size_t gap_count;
    double place_doubt_m; /* the largest containment radius of a kept place; 0: none was stated */
    bool level_is_geometric; /* no pressure altitude: levels by the ellipsoid, with their doubt */
} ovf_flown;

typedef struct ovf_flown_options {
    int32_t gap_s;   /* longer without a position is a gap; 0: 120 */
    bool with_radar; /* TIS-B positions count as good */
    uint32_t record; /* into the flights */
    ovf_str raw;     /* the record's text, into the flights; may be empty */
} ovf_flown_options;

/* Sorts positions by aircraft and time, cuts them into flights, sets aside what cannot be true, and
 * makes of each a flight of the form OVF_FLIGHT_TRACK with its trajectory. An aircraft without any
 * place still gets a flight, without points, so that nothing is lost. The order is that of the first
 * position in the input. The positions are copied. world may be NULL. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_flown_flights(const ovf_world *world,
                                                   const ovf_position *positions, size_t count,
                                                   const ovf_flown_options *options,
                                                   ovf_arena *arena, ovf_flight **out,
                                                   size_t *flight_count, ovf_error *err);

#ifdef __cplusplus
}
#endif
#endif
