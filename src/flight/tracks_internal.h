/* SPDX-License-Identifier: Apache-2.0 */
/* tracks_internal.h - what the readers of positions share: the reader itself, fields by name,
 * aircraft whose messages fill piecewise, Mode S frames. */
#ifndef OVF_TRACKS_INTERNAL_H
#define OVF_TRACKS_INTERNAL_H

#include <overfly/json_in.h>
#include <overfly/surveillance.h>

#include <zlib.h>
#include <string.h>

#define TRACKS_HEAD 16384       /* bytes that settle the form */
#define TRACKS_MAX_LINE 1048576 /* a longer line is none */
#define TRACKS_MAX_COLUMNS 256
#define TRACKS_TIMELESS_ORDER 50 /* frames without times are one after the other within so many */

/* ---- numbers (tracks_value.c) ---- */

/* The whole text as a number, an exponent allowed; false when it is none or out of +-1e15. */
bool tracks_number(ovf_str text, double *out);
/* Seconds, milli-, micro- or nanoseconds since 1970 by their size, or RFC 3339 and its shortenings,
 * a fraction kept: milliseconds. false: neither, or no year of 1990 to 2100. */
bool tracks_time(ovf_str text, int64_t *out_ms);
/* "2008/11/28" or with '-': midnight. "23:48:18.611": of the day. */
bool tracks_date(ovf_str text, int64_t *out_ms);
bool tracks_clock(ovf_str text, int64_t *out_ms);
bool tracks_address(ovf_str text, uint32_t *address, bool *is_anonymous);
/* Letters and digits, blanks cut off; empty when it is not such a name or longer than the field. */
void tracks_name(ovf_str text, char *out, size_t size);
void tracks_set_place(ovf_position *p, double lat_deg, double lon_deg);
/* Rounded; NONE outside of what an aircraft can do. */
int32_t tracks_altitude(double value_ft);
int32_t tracks_rate(double value_fpm);
float tracks_track(double value_deg);
float tracks_speed(double value_kt);

static inline bool tracks_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- fields by name (tracks_field.c) ---- */

typedef enum tracks_field {
    FIELD_NONE = 0,
    FIELD_ADDRESS,
    FIELD_CALLSIGN,
    FIELD_REGISTRATION,
    FIELD_TYPE, /* of the aircraft, or of the source: told apart by the value */
    FIELD_TIME,
    FIELD_DATE,
    FIELD_CLOCK,
    FIELD_PLACE_TIME, /* of the position, where another column has the time of the row */
    FIELD_RECEIVED,
    FIELD_LAT,
    FIELD_LON,
    FIELD_PLACE, /* "51.47,-0.45" */
    FIELD_BARO,
    FIELD_GEOM,
    FIELD_SPEED,
    FIELD_TRACK,
    FIELD_RATE,
    FIELD_GROUND,
    FIELD_SQUAWK,
    FIELD_NIC,
    FIELD_RC,
    FIELD_SIL,
    FIELD_NACP,
    FIELD_FROM,
    FIELD_TO,
    FIELD_SOURCE,
    FIELD_SEEN, /* age of the last message, s */
    FIELD_SEEN_PLACE,
    FIELD_MLAT, /* lists of what came by these */
    FIELD_TISB,
} tracks_field;

typedef struct tracks_column {
    tracks_field field;
    float factor; /* to ft, kt, ft/min, m */
} tracks_column;

/* What a row says besides the position itself. */
typedef struct tracks_row {
    int64_t date_ms, clock_ms, place_time_ms;
    double seen_s, seen_place_s; /* -1: not given */
    double lat_deg, lon_deg;     /* NAN: not given */
} tracks_row;

tracks_column tracks_column_of(ovf_str name);
/* OpenSky's names go with metric units where other tables have the same name for feet. */
void tracks_columns_settle(tracks_column *columns, size_t count, bool is_metric);
bool tracks_name_is_metric(ovf_str name);
void tracks_row_start(tracks_row *row, ovf_position *p);
/* quoted: the value stood in quotes. */
void tracks_set(const tracks_column *column, ovf_str value, tracks_row *row, ovf_position *p);
/* now_ms: of the document; OVF_TIME_NONE. */
void tracks_row_end(tracks_row *row, ovf_position *p, int64_t now_ms);
ovf_position_source tracks_source_of(ovf_str name);

/* Members whose names come in the same order time and again. */
typedef struct tracks_names {
    struct {
        char text[28];
        uint8_t len;
        tracks_column column;
        bool is_metric;
    } items[64];
} tracks_names;

/* All scalar members of an object into p; is_metric: the object names OpenSky's fields. */
void tracks_read_members(tracks_names *names, ovf_json_value object, tracks_row *row,
                         ovf_position *p);

/* ---- aircraft that fill piecewise (tracks_aircraft.c) ---- */

typedef struct tracks_cpr {
    uint32_t lat, lon;
    int64_t at_ms; /* OVF_TIME_NONE: none */
    uint64_t order;
} tracks_cpr;

typedef struct tracks_aircraft {
    uint32_t key;    /* address, bit 24: anonymous; 0: free */
    ovf_position is; /* as last known: identity, levels, velocity, place */
    int64_t seen_ms, velocity_ms, baro_ms, geom_ms, squawk_ms;
    uint64_t order; /* of its last record */
    uint64_t place_order;
    tracks_cpr cpr[2][2];       /* [on the ground][odd] */
    int32_t geom_minus_baro_ft; /* OVF_VALUE_NONE */
    uint8_t version;            /* of its ADS-B; 0 until told otherwise */
    bool nic_a, nic_c;
    uint8_t misses; /* positions in a row that it cannot be at */
} tracks_aircraft;

typedef struct tracks_fleet {
    tracks_aircraft *slots;
    size_t capacity, count;
} tracks_fleet;

/* The aircraft of that key, made when it is new; NULL: no memory. */
tracks_aircraft *tracks_fleet_find(tracks_fleet *fleet, uint32_t key);
void tracks_fleet_done(tracks_fleet *fleet);

/* ---- Mode S (tracks_modes.c, tracks_cpr.c) ---- */

uint32_t tracks_parity(const uint8_t *bytes, size_t count);
/* NL, the number of longitude zones at a latitude. */
int tracks_cpr_zones(double lat_deg);
/* Both parities: 1 where the newer one is odd. On the ground `near` picks one of four. */
bool tracks_cpr_global(const tracks_cpr pair[2], bool newer_is_odd, bool on_ground,
                       const ovf_point *near, ovf_point *out);
bool tracks_cpr_local(const tracks_cpr *frame, bool is_odd, bool on_ground, ovf_point near,
                      ovf_point *out);

/* ---- the reader (tracks_reader.c) ---- */

struct ovf_surveillance {
    ovf_surveillance_options options;
    ovf_surveillance_form form;
    ovf_surveillance_counts counts;
    ovf_arena arena;
    ovf_findings findings;
    ovf_arena scratch;
    bool has_ended; /* `each` wants no more */
    bool is_last;
    bool is_settled; /* the form is known */
    uint64_t base;   /* byte of the stream at which the bytes at hand begin */
    char *held;      /* what waits */
    size_t held_len, held_capacity;
    /* gzip */
    bool looked, is_packed, is_unpacked;
    char magic;
    bool has_magic;
    z_stream unpacker;
    /* JSON, value by value */
    size_t json_at; /* scanned so far of what is held */
    uint32_t json_depth;
    bool json_in_string, json_in_escape, json_has_value, json_in_scalar;
    tracks_names names;
    /* tables */
    tracks_column columns[TRACKS_MAX_COLUMNS];
    size_t column_count;
    bool has_columns;
    uint8_t preamble; /* lines before the one that names the columns */
    char separator;
    /* Mode S, SBS */
    tracks_fleet fleet;
    uint64_t order;
    int64_t start_tick; /* the first stamp; INT64_MIN: none yet */
    int64_t last_tick, day_ms;
    char date_text[2][10];
    int64_t date_ms[2];
    uint32_t series;
};

/* Hands one out; false: the caller wants no more. */
bool tracks_emit(ovf_surveillance *r, ovf_position *p);
void tracks_bad(ovf_surveillance *r, uint64_t pos, const char *rule, const char *why);

/* Each takes whole records off the front and says how many bytes they were. */
typedef ovf_status (*tracks_take)(ovf_surveillance *r, ovf_str bytes, size_t *used, ovf_error *err);
ovf_status tracks_take_sbs(ovf_surveillance *r, ovf_str bytes, size_t *used, ovf_error *err);
ovf_status tracks_take_beast(ovf_surveillance *r, ovf_str bytes, size_t *used, ovf_error *err);
ovf_status tracks_take_frames(ovf_surveillance *r, ovf_str bytes, size_t *used, ovf_error *err);
ovf_status tracks_take_table(ovf_surveillance *r, ovf_str bytes, size_t *used, ovf_error *err);
ovf_status tracks_take_json(ovf_surveillance *r, ovf_str bytes, size_t *used, ovf_error *err);
ovf_status tracks_take_xml(ovf_surveillance *r, ovf_str bytes, size_t *used, ovf_error *err);

/* One JSON value of the form, at stream byte `base + at` (tracks_json.c, tracks_geojson.c). */
ovf_status tracks_read_json(ovf_surveillance *r, ovf_json_value value, ovf_error *err);
ovf_status tracks_read_geojson(ovf_surveillance *r, ovf_json_value value, ovf_error *err);
ovf_surveillance_form tracks_sniff_json(ovf_str head);
bool tracks_sniff_table(ovf_str head);
/* One Mode S frame of 7 or 14 bytes at stream byte `at`; time_ms may be NONE. false: no more. */
bool tracks_mode_s(ovf_surveillance *r, const uint8_t *frame, size_t len, int64_t time_ms,
                   bool is_relative, bool is_mlat, uint64_t at, uint32_t record_len);

/* The next line of whole bytes: line without its end; false when none is whole. */
static inline bool tracks_line(ovf_str bytes, size_t *at, bool is_last, ovf_str *line)
{
    if (*at >= bytes.len)
        return false;
    const char *start = bytes.ptr + *at;
    const char *end = memchr(start, '\n', bytes.len - *at);
    if (end == NULL && !is_last)
        return false;
    size_t len = end == NULL ? bytes.len - *at : (size_t)(end - start);
    *at += len + (end != NULL);
    while (len > 0 && start[len - 1] == '\r')
        len--;
    *line = (ovf_str){start, len};
    return true;
}

/* All of a record at once, without a copy of what need not be kept. */
ovf_status tracks_read_whole(ovf_surveillance *r, ovf_str bytes, ovf_error *err);

/* ---- a list's hook (tracks_flight.c): a record of a form above as flights ---- */

ovf_status tracks_read_flights(const ovf_world *world, ovf_str record,
                               const ovf_flight_options *options, ovf_arena *arena,
                               ovf_flight **out, size_t *count, ovf_error *err);

#endif
