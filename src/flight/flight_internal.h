/* SPDX-License-Identifier: Apache-2.0 */
/* flight_internal.h - what the files of the room share: letters, points, the elements of item 15,
 * the state of one message while it is read. */
#ifndef OVF_FLIGHT_INTERNAL_H
#define OVF_FLIGHT_INTERNAL_H

#include <overfly/flight.h>

/* ---- letters: ASCII, no locale ---- */

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

/* How many characters from `at` on are letters, digits. */
size_t flight_letters(ovf_str s, size_t at);
size_t flight_digits(ovf_str s, size_t at);

/* Cuts the next run of non-blank bytes off s from *at; false when there is none. */
bool flight_next_token(ovf_str s, size_t *at, ovf_str *token);

/* ---- points (point.c) ---- */

typedef enum point_form {
    POINT_NOT = 0, /* of another form */
    POINT_BAD,     /* of the form, with a value that cannot be: *why says which */
    POINT_GOOD,
} point_form;

/* "46N078W", "4620N07805W", "462000N0780500W". */
point_form flight_read_coordinate(ovf_str text, ovf_point *out, const char **why);
/* "5820N", "07W20": the five characters of ARINC 424 for whole degrees. */
bool flight_read_short_coordinate(ovf_str text, ovf_point *out);
/* Cuts a bearing and distance off the end: "DUB180040" gives "DUB", 180 degrees, 40 NM. */
bool flight_split_bearing(ovf_str text, ovf_str *reference, int *bearing_deg, int *distance_nm);
/* A place by itself: a coordinate, or an airport of the world. For items 13 and 16, DEP/, DEST/. */
bool flight_place_of(const ovf_world *world, ovf_str text, ovf_point *out);

/* ---- speed and level (fields.c) ---- */

typedef struct speed_level {
    ovf_str speed, level; /* as written */
    int32_t speed_kt;     /* 0: not known */
    int32_t level_ft;     /* 0: not known (VFR) */
    int32_t top_ft;       /* cruise climb; 0: none */
} speed_level;

/* "N0450F350", "K0832S1130", "M082VFR"; cruise_climb: two levels or PLUS. err->pos in text. */
ovf_status flight_read_speed_level(ovf_str text, bool cruise_climb, speed_level *out,
                                   ovf_error *err);
/* "0135" as minutes, below `max_hours` hours; -1 when it is not four such digits. */
int32_t flight_read_hhmm(ovf_str text, int max_hours);
/* "260212" as a day; OVF_TIME_NONE when it is none. */
ovf_time flight_read_day(ovf_str text);

/* ---- a record ---- */

typedef struct flight_reading {
    const ovf_world *world;
    ovf_flight_options options;
    ovf_arena *arena;
    ovf_str record;
    ovf_str scan; /* of messages: in capitals, notes blanked; same length */
    ovf_flight *flights;
    size_t count, capacity;
} flight_reading;

/* Nothing known yet. */
ovf_flight flight_blank(const ovf_flight_options *options);
/* One more flight of bytes [from, until) of the record; NULL: no memory. */
ovf_flight *flight_add(flight_reading *all, size_t from, size_t until);
ovf_status flight_add_unreadable(flight_reading *all, size_t from, size_t until, size_t pos,
                                 const char *message, ovf_error *err);
void flight_keep_findings(ovf_flight *flight, const ovf_findings *findings);

/* FIXM (fixm.c), schedules (csv.c, ssim.c): is it one; all of it. */
bool flight_fixm_sniff(ovf_str record);
ovf_status flight_fixm_read(flight_reading *all, ovf_error *err);
bool flight_csv_sniff(ovf_str record);
ovf_status flight_csv_read(flight_reading *all, ovf_error *err);
bool flight_ssim_sniff(ovf_str record);
ovf_status flight_ssim_read(flight_reading *all, ovf_error *err);

/* ---- one message ---- */

typedef struct flight_reader {
    const ovf_world *world; /* may be NULL */
    ovf_arena *arena;
    ovf_flight *flight;
    ovf_findings *findings;
    ovf_str scan;       /* the message in capitals, notes blanked: same length as `text` */
    ovf_str text;       /* the message as it came */
    size_t base;        /* byte of the record where both begin */
    ovf_time filed_day; /* for plans without DOF */
    bool has_from, has_to;
    ovf_point from, to;
    int32_t eobt_min;   /* -1: unknown */
    int32_t landed_min; /* of an ARR; -1: unknown */
    ovf_str delays;     /* DLE/ of item 18 */
    size_t unresolved_capacity, point_capacity, eet_capacity;
} flight_reader;

/* The byte in the record of a part of r->scan. */
size_t flight_pos(const flight_reader *r, ovf_str part);
ovf_span flight_span(const flight_reader *r, ovf_str part);
/* The same part, as it came. */
ovf_str flight_written(const flight_reader *r, ovf_str part);
void flight_add_unresolved(flight_reader *r, ovf_str part, ovf_str why);

/* Fields, each given its text without the hyphen (fields.c). */
void flight_field_7(flight_reader *r, ovf_str field);
void flight_field_8(flight_reader *r, ovf_str field);
void flight_field_9(flight_reader *r, ovf_str field);
void flight_field_13(flight_reader *r, ovf_str field);
void flight_field_16(flight_reader *r, ovf_str field, bool with_time);
/* Item 18, and what follows from it for the other items (item18.c). */
/* "0", or an indicator of the book. */
bool flight_starts_other(ovf_str field);
void flight_field_18(flight_reader *r, ovf_str field);
void flight_read_indicator(flight_reader *r, ovf_str name, ovf_str value);
/* The times of item 18 (eet.c). The second when the points are there: they are looked up. */
void flight_read_eets(flight_reader *r, ovf_str value);
void flight_settle_times(flight_reader *r);
/* Item 15 (item15.c): parses, resolves, fills points. Needs items 13, 16 and 18 before it. */
ovf_status flight_field_15(flight_reader *r, ovf_str field, ovf_error *err);

/* ---- elements of item 15 ---- */

typedef enum element_kind {
    ELEMENT_BAD = 0, /* not understood: why says so */
    ELEMENT_POINT,
    ELEMENT_AIRWAY,    /* or a track, an oceanic transition: a name for a way */
    ELEMENT_PROCEDURE, /* SID or STAR */
    ELEMENT_DIRECT,    /* DCT, and the words IFR, VFR, OAT, GAT: nothing to place */
    ELEMENT_TRUNCATED,
} element_kind;

#define FLIGHT_MAX_CANDIDATES 8 /* places of one name that are weighed */
#define FLIGHT_MAX_NAMESAKES 64 /* places of one name that are told */

typedef struct element {
    element_kind kind;
    ovf_str text;  /* the whole word */
    ovf_str ident; /* without the changes behind it */
    ovf_str why;   /* of ELEMENT_BAD */
    bool has_change;
    speed_level change; /* from here on */
    int32_t stay_min;
    ovf_flight_given given;
    bool is_listed;   /* of a list of all points: the way to it is not said, and not asked */
    bool is_implied;  /* not filed: where two airways meet */
    bool is_kink;     /* its place sends the flight back by hundreds of miles */
    bool is_exact;    /* a coordinate: one candidate, never doubted */
    bool is_doubtful; /* bearing and distance from a point: the bearing is magnetic */
    ovf_point candidates[FLIGHT_MAX_CANDIDATES];
    double turn_deg[FLIGHT_MAX_CANDIDATES]; /* of the aid there: its radial 0 east of true north */
    bool is_turned[FLIGHT_MAX_CANDIDATES];  /* turn_deg is known */
    uint32_t candidate_count;
    uint32_t
        origin[FLIGHT_MAX_CANDIDATES]; /* of `places`: which a candidate is, or is measured from */
    const ovf_point *places;           /* of that name in the whole world */
    uint32_t namesakes, places_capacity;
    uint32_t chosen;
    double away_nm; /* how far off the nearest place of that name lies, when none will do */
} element;

/* Has it the form of an airway's name, or of a track's? */
bool flight_is_airway(ovf_str s);
/* Position, bearing and distance, or name: kind and candidates of e->ident (item15.c). */
void flight_classify_point(flight_reader *r, element *e);
/* Words to elements, candidates filled in from the world (item15.c, point.c). */
void flight_find_candidates(flight_reader *r, element *e);
/* Tells airways from points of the same name by what stands round them, and keeps of the places of a
 * point those that are on the airway before or behind it (airway.c). OVF_E_NOMEM. */
ovf_status flight_settle_airways(const flight_reader *r, element *elements, size_t count);
/* Puts the points in where two airways meet that none is filed between; `elements` has room for twice
 * as many (junction.c). The new count. */
size_t flight_insert_junctions(flight_reader *r, element *elements, size_t count);
/* The points of an airway between two elements whose places are chosen, without the two, in the
 * reader's arena. false: *why says what is missing. */
bool flight_airway_between(const flight_reader *r, const element *airway, const element *before,
                           const element *behind, uint32_t **fixes, size_t *count, ovf_str *why);
/* Chooses among candidates, the shortest way in all, and writes the points (expand.c). */
ovf_status flight_expand_elements(flight_reader *r, element *elements, size_t count,
                                  ovf_error *err);
/* Parses route words: speed and level in front when `has_speed`. */
ovf_status flight_read_route(flight_reader *r, ovf_str route, bool has_speed, ovf_error *err);

/* The message between its brackets (message.c). */
ovf_status flight_read_message(flight_reader *r, ovf_error *err);
/* ADEXP (adexp.c): a message from its title on; where it ends; which ICAO message a title is. */
ovf_status flight_adexp_message(flight_reader *r, ovf_error *err);
size_t flight_adexp_end(ovf_str s, size_t from, size_t limit);
/* The fields of a change in place of those of a plan; all in capitals. */
ovf_str flight_adexp_amended(ovf_str plan, ovf_str change, ovf_arena *arena);
ovf_flight_form flight_kind(const ovf_flight *f);
/* The off-block time out of day and hour. */
void flight_settle_clock(flight_reader *r);
/* What is known only when all items are read: the register, the times, the status. */
void flight_settle(flight_reader *r);
/* The plan with the items of a CHG in place of its own, both in capitals, as one message again. */
ovf_str flight_amended(ovf_str plan, ovf_str change, ovf_arena *arena);
/* A message by itself, in capitals: NULL is no memory (flight.c). */
ovf_status flight_read_alone(const ovf_world *world, ovf_str message, ovf_time reference,
                             ovf_arena *arena, ovf_flight *out, ovf_error *err);

#endif
