/* SPDX-License-Identifier: Apache-2.0 */
/* authority_internal.h - what the files of this room share: the rows as sets, the facts of a case
 * on one side, and the search for the first row that fits. */
#ifndef OVERFLY_AUTHORITY_INTERNAL_H
#define OVERFLY_AUTHORITY_INTERNAL_H

#include <overfly/authority.h>

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
    AUTHORITY_INFORMATION = 1 << 10, /* says nothing about entry: no row is for it alone */
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

struct ovf_rulebook {
    const ovf_world *world; /* may be NULL */
    ovf_arena arena;
    struct authority_row *rows;
    size_t row_count;
    size_t row_capacity;
};

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
/* Is the State a member of the EU? UNKNOWN without a world. */
ovf_tri authority_is_eu(const ovf_rulebook *book, ovf_str iso3);

/* Classes of a notice's instrument; *why in words (static). */
uint32_t authority_classify(const ovf_notice *notice, size_t area_index, const char **why);

/* Whom the notice addresses after the defaults of D5.4 have been applied. */
struct authority_addressee {
    uint32_t to; /* AUTHORITY_TO_... */
    ovf_addressed who;
    bool is_default; /* the text names nobody: read as its kind of notice is read */
};
OVF_NODISCARD ovf_status authority_addressee_of(const ovf_rulebook *book, const ovf_notice *notice,
                                                uint32_t instruments, uint32_t air,
                                                ovf_arena *arena, struct authority_addressee *out);
/* The addressees in words: "US air carriers and commercial operators, FAA airmen, ...". */
ovf_str authority_addressee_words(const struct authority_addressee *to, ovf_arena *arena);

struct authority_match {
    ovf_tri applies;
    bool on_permission; /* excepted, but only with a permission */
    ovf_str why;
    ovf_str missing;
};
/* Is the party among them? */
OVF_NODISCARD ovf_status authority_match_party(const ovf_rulebook *book,
                                               const struct authority_addressee *to,
                                               const ovf_party *party, ovf_arena *arena,
                                               struct authority_match *out);

#endif
