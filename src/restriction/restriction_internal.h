/* SPDX-License-Identifier: Apache-2.0 */
/* restriction_internal.h - the picture from inside, and one question to it as it is worked out. */
#ifndef OVERFLY_RESTRICTION_INTERNAL_H
#define OVERFLY_RESTRICTION_INTERNAL_H

#include <overfly/restriction.h>

/* Office, series, year and number of a notice: an office counts each series by itself, anew every
 * year. Of ids of another make the text is the key. */
struct notice_key {
    ovf_str text; /* "GBR|A|2025|0012"; empty: it has no id, and no chain */
    ovf_str office;
    char series; /* 0: not of the form A0012/25 */
    int32_t year;
    int32_t number;
    int32_t part; /* parts that were not joined are documents of their own; else 0 */
};

/* A notice as it stands in the picture: its chain, and what became of it. */
struct picture_notice {
    const ovf_notice *notice;
    const ovf_source *source;
    struct notice_key key;
    struct notice_key refers; /* to what it replaces or cancels */
    ovf_standing standing;
    uint8_t mark; /* of a walk along the references */
};

/* Every `source` of a notice in the picture is the first member of one of these. */
struct picture_source {
    ovf_source source;
    size_t issue; /* its place among the bulletins, from 1; 0: it is none */
};

/* Pieces of an area that many notices share (a FIR, a State) or repeat. */
struct picture_split {
    const ovf_area *area;
    ovf_piece *pieces;
    size_t count;
    uint64_t hash;
    uint32_t next; /* in the chain of its hash, + 1; 0: the last */
};

struct ovf_picture {
    const ovf_world *world;
    const ovf_rulebook *book;
    ovf_picture_options options;
    ovf_arena arena;
    struct picture_notice *notices;
    size_t notice_count, notice_capacity;
    struct picture_source **sources; /* of the documents, in the order of arrival */
    size_t source_count, source_capacity;
    ovf_restriction *restrictions;
    size_t restriction_count, restriction_capacity;
    ovf_held_statement *statements;
    size_t statement_count, statement_capacity;
    ovf_held_coverage *coverages;
    size_t coverage_count, coverage_capacity;
    struct picture_split *splits;
    size_t split_count, split_capacity;
    uint32_t *split_heads; /* of the chains, + 1; a power of two of them */
    size_t split_head_count;
    size_t readable_count; /* notices that were read at least in part */
    size_t unread_count; /* documents that are none of ours; judged alone, unreadable notices too */
    bool is_settled;
};

/* keys.c */
OVF_NODISCARD bool notice_key_of(const ovf_notice *notice, ovf_str id, ovf_arena *arena,
                                 struct notice_key *out);
/* One key, and as far as can be told of one count: some States have several offices that count
 * each for itself, told apart by their address and their FIR. */
bool notice_is_same_count(const ovf_notice *a, const ovf_notice *b);
/* When a notice takes effect; what says no item B starts when it was made or became known. */
ovf_time notice_start(const struct picture_notice *entry);

/* chain.c */
OVF_NODISCARD ovf_status picture_resolve_chains(ovf_picture *picture, ovf_error *err);
/* doubt.c: absence from checklists and from complete bulletins. */
OVF_NODISCARD ovf_status picture_find_unlisted(ovf_picture *picture, ovf_error *err);
OVF_NODISCARD ovf_status picture_find_vanished(ovf_picture *picture, ovf_error *err);
/* event.c: notices about one happening. */
OVF_NODISCARD ovf_status picture_group_events(ovf_picture *picture, ovf_error *err);
/* law.c: law that stands without a notice, beside the notices. */
OVF_NODISCARD ovf_status picture_add_law(ovf_picture *picture, ovf_error *err);
/* pieces.c: one restriction an area, each piece judged with nobody asking. */
OVF_NODISCARD ovf_status picture_make_restrictions(ovf_picture *picture, ovf_error *err);
/* State of the service at a point, by the FIRs that hold it: one of `preferred` first. */
uint32_t picture_service_at(const ovf_world *world, ovf_point p, const ovf_notice *preferred);

/* ---- one question ---- */

#define STATUS_SAMPLES 1024 /* points spread evenly over the area asked about: shares to 0.1 % */
#define STATUS_CLOSED_SHARE \
    0.99 /* covering that much of the samples is covering the area: borders of the outlines */

struct status_sample {
    ovf_point place;
    ovf_whose whose;
    uint32_t service;
    bool has_whose; /* whose and service are known */
    bool is_closed; /* a binding restriction for the party holds it */
};

/* What was found out about an area or a name once, for this question: many notices share a FIR, and
 * many statements name one State. */
struct status_meeting {
    const ovf_area *area; /* or NULL: of the name */
    ovf_str name;
    ovf_tri meets;
    double share;
    uint32_t state;
};

struct status_inquiry {
    const ovf_picture *picture;
    const ovf_query *query;
    ovf_arena *arena;
    const ovf_area *area; /* NULL for a point */
    bool is_point;
    bool is_named; /* somebody asks: the party is not empty */
    struct status_sample *samples;
    size_t sample_count;
    struct status_meeting *meetings;
    size_t meeting_count, meeting_capacity;
    uint32_t states[16]; /* responsible: of the territory and of the service, without repeats */
    size_t state_count;
    ovf_because *because;
    size_t because_count, because_capacity;
    bool is_restricted;
    ovf_str restricted_why;
    bool is_unknown; /* something of binding strength cannot be told */
    ovf_str unknown_why;
    ovf_str closed_by; /* what closes the most of it */
    double closed_share;
};

/* sample.c */
OVF_NODISCARD ovf_status status_take_samples(struct status_inquiry *q);
const struct status_sample *status_sample_whose(struct status_inquiry *q, size_t index);
void status_add_state(struct status_inquiry *q, uint32_t state);
/* Has the area asked about a piece in common with another, more than a common border? *share: part
 * of the samples within it. reference: both outlines come from the tables, where neighbours overlap
 * in slivers. */
ovf_tri status_meets(struct status_inquiry *q, const ovf_area *other, bool is_reference,
                     double *share);
/* Does a place that a text names touch what is asked about? *state: whose it is. */
ovf_tri status_names(struct status_inquiry *q, ovf_str name, uint32_t *state);

/* weigh.c: restrictions and statements into q->because, and the legal axis. */
OVF_NODISCARD ovf_status status_weigh_restrictions(struct status_inquiry *q);
OVF_NODISCARD ovf_status status_weigh_statements(struct status_inquiry *q);
bool status_same_air(ovf_whose a, ovf_whose b);
/* law.c: may it have air in common with what is asked about? By boxes alone. */
bool status_law_is_near(const struct status_inquiry *q, const ovf_restriction *r);
/* Its pieces within the area asked about, out of the samples, judged for the party. */
OVF_NODISCARD ovf_status status_judge_law(struct status_inquiry *q, const ovf_restriction *r,
                                          ovf_because *because);
bool status_statement_is_current(const ovf_statement *statement, ovf_time at);

/* risk.c */
void status_risk_of(ovf_because *because);
void status_risk(const struct status_inquiry *q, ovf_answer *out);
/* compare.c, rivals.c, posture.c, freshness.c */
OVF_NODISCARD ovf_status status_contradict(struct status_inquiry *q, ovf_str a, ovf_str b,
                                           ovf_str what, ovf_answer *out, size_t *capacity);
OVF_NODISCARD ovf_status status_compare_rivals(struct status_inquiry *q, ovf_answer *out,
                                               size_t *capacity);
OVF_NODISCARD ovf_status status_contradictions(struct status_inquiry *q, ovf_answer *out);
OVF_NODISCARD ovf_status status_postures(struct status_inquiry *q, ovf_answer *out);
OVF_NODISCARD ovf_status status_freshness(struct status_inquiry *q, ovf_answer *out);
/* Does somebody vouch for the notices of every responsible State at the instant? Else the name of
 * one for whom nobody does, in *lacking. */
bool status_is_vouched(const struct status_inquiry *q, ovf_str *lacking);

#endif
