/* SPDX-License-Identifier: Apache-2.0 */
/* authority_internal.h - what the files of this room share: the rows as sets, the facts of a case
 * on one side, and the search for the first row that fits. */
#ifndef OVERFLY_AUTHORITY_INTERNAL_H
#define OVERFLY_AUTHORITY_INTERNAL_H

#include <overfly/authority.h>

#include <string.h>

/* Bits of a row's instrument field for notices. */
enum {
    AUTHORITY_CLOSURE = 1 << 0,
    AUTHORITY_RESTRICTION = 1 << 1,
    AUTHORITY_DANGER = 1 << 2,
    AUTHORITY_ADVISORY = 1 << 3,
    AUTHORITY_SERVICE = 1 << 4,
    AUTHORITY_FLOW = 1 << 5,
    AUTHORITY_HAZARD = 1 << 6,
    AUTHORITY_TFR = 1 << 7,
    AUTHORITY_DIRECTIVE = 1 << 8,
    AUTHORITY_LIFTED = 1 << 9,
    AUTHORITY_PROHIBITED_AREA = 1 << 11, /* a closure that is an area of its own (Annex 2) */
    AUTHORITY_INFORMATION = 1 << 10,     /* says nothing about entry: no row is for it alone */
};

/* Bits of the field air. */
enum {
    AUTHORITY_OWN = 1 << 0,
    AUTHORITY_OWN_DELEGATED = 1 << 1,
    AUTHORITY_SERVED_SEA = 1 << 2,
    AUTHORITY_SEA = 1 << 3,
    AUTHORITY_SEA_UNSERVED = 1 << 4,
    AUTHORITY_SERVED_FOREIGN = 1 << 5,
    AUTHORITY_FOREIGN = 1 << 6,
    AUTHORITY_UNRESOLVED = 1 << 7,
};

/* Bits of the field addressed. */
enum {
    AUTHORITY_TO_EVERYONE = 1 << 0,
    AUTHORITY_TO_OWN = 1 << 1,
    AUTHORITY_TO_US_PERSONS = 1 << 2,
    AUTHORITY_TO_NAMED = 1 << 3,
    AUTHORITY_TO_OWN_PARTY = 1 << 4,
};

#define AUTHORITY_ANY UINT32_MAX
#define AUTHORITY_MAX_ROWS 512

struct authority_row {
    ovf_str id;
    bool is_statement;
    bool needs_primary;
    uint32_t instruments; /* of notices */
    uint32_t acts;        /* bit of ovf_act; of statements */
    ovf_str issuers;      /* as written, separated by commas; "*" */
    uint32_t air;
    uint32_t addressed;
    ovf_verdict on_addressed;
    ovf_verdict on_others;
    ovf_str cites;
    ovf_str says;
};

/* A State in a group ("EU", "EASA", a list that a law names) for a time. */
struct authority_member {
    ovf_str group, iso3;
    ovf_interval during;
};

/* Who speaks for a State's air without being its recognised government, or beside it. */
struct authority_regime {
    ovf_str iso3;
    bool is_rival; /* two authorities issue notices; else one that runs the service in fact */
    ovf_str who;
    ovf_interval during;
    ovf_str cites;
};

/* Service that a State provides in air which the limits of the FIRs give to another. */
struct authority_service {
    ovf_str by,
        over; /* ISO3; over: ISO3 of the territory, or the code of a FIR over the high seas */
    ovf_box box;
    ovf_str cites;
};

/* A strait, or archipelagic waters with sea lanes, as boxes. */
struct authority_strait {
    ovf_str name;
    bool is_lanes;
    ovf_box box;
    ovf_str cites;
};

/* A growing array of the book's arena. */
struct authority_list {
    void *items;
    size_t count, capacity;
};

struct ovf_rulebook {
    const ovf_world *world; /* may be NULL */
    ovf_arena arena;
    struct authority_row *rows;
    size_t row_count;
    size_t row_capacity;
    size_t line_count;             /* rows of all tables read so far */
    struct authority_list members; /* of struct authority_member */
    struct authority_list regimes;
    struct authority_list services;
    struct authority_list straits;
    struct authority_list laws; /* of ovf_law */
};

/* tables.c: a row of a table other than that of the rules; *is_one: its first field says so. */
OVF_NODISCARD ovf_status authority_read_table(ovf_rulebook *book, ovf_str line, size_t number,
                                              bool *is_one, ovf_error *err);
/* law.c: "law" rows, split into fields. */
OVF_NODISCARD ovf_status authority_read_law(ovf_rulebook *book, const ovf_str *fields,
                                            size_t number, ovf_error *err);
#define AUTHORITY_LAW_FIELDS 14
bool authority_is_checked(ovf_str checked);
bool authority_read_date(ovf_str text, ovf_time open, ovf_time *out);
OVF_NODISCARD bool authority_push(ovf_rulebook *book, struct authority_list *list, const void *item,
                                  size_t size);
const struct authority_regime *authority_regime_of(const ovf_rulebook *book, ovf_str iso3,
                                                   ovf_time at);
/* Does `by` provide service over that territory, or in the high seas of that other State's FIRs,
 * by an agreement that the FIRs' limits do not show? */
const struct authority_service *authority_service_by(const ovf_rulebook *book, ovf_str by,
                                                     ovf_str over, ovf_point p);
const struct authority_strait *authority_strait_at(const ovf_rulebook *book, ovf_point p);
/* When a notice speaks: its start, else when it was made; NONE. */
ovf_time authority_moment(const ovf_notice *notice);

/* The facts of a case as a row sees them. */
struct authority_case {
    bool is_statement;
    bool is_primary;
    uint32_t instruments;
    ovf_act act;
    ovf_str issuer_kind;
    ovf_str issuer_state;
    uint32_t air; /* one bit */
    uint32_t addressed;
};

/* The first row that fits, or NULL. */
const struct authority_row *authority_find(const ovf_rulebook *book,
                                           const struct authority_case *facts);
/* Do two codes answer to one State: CUW and NLD? Empty codes never do. */
bool authority_same_state(const ovf_rulebook *book, ovf_str a, ovf_str b);
/* State of an airport by its indicator; empty when it is not known. */
ovf_str authority_airport_state(const ovf_rulebook *book, ovf_str icao);
/* Is the State a member of the EU at the time? UNKNOWN without a table or a world. */
ovf_tri authority_is_eu(const ovf_rulebook *book, ovf_str iso3, ovf_time at);
/* Who acts: the issuer, or the other State whose act it repeats. */
struct authority_actor {
    ovf_str state, kind;
    bool is_relayed;
};
struct authority_actor authority_actor_of(const ovf_notice *notice);

/* Classes of a notice's instrument; *why in words (static). */
uint32_t authority_classify(const ovf_notice *notice, size_t area_index, const char **why);

/* Whom the notice addresses after the defaults of D5.4 have been applied. */
struct authority_addressee {
    uint32_t to; /* AUTHORITY_TO_... */
    ovf_addressed who;
    bool is_default; /* the text names nobody: read as its kind of notice is read */
    bool by_easa;    /* "EU" stands for every State where Regulation (EU) 965/2012 applies */
};
OVF_NODISCARD ovf_status authority_addressee_of(const ovf_rulebook *book, const ovf_notice *notice,
                                                uint32_t instruments, uint32_t air,
                                                ovf_arena *arena, struct authority_addressee *out);
/* The addressees in words: "US air carriers and commercial operators, FAA airmen, ...". */
ovf_str authority_addressee_words(const struct authority_addressee *to, ovf_arena *arena);

struct authority_match {
    ovf_tri applies;
    bool on_permission; /* excepted, but only with a permission */
    bool is_remote;     /* as in ovf_ruling */
    ovf_str why;
    ovf_str missing;
};
/* Is the party among them? */
OVF_NODISCARD ovf_status authority_match_party(const ovf_rulebook *book,
                                               const struct authority_addressee *to,
                                               const ovf_party *party, ovf_time when,
                                               ovf_arena *arena, struct authority_match *out);

#endif
