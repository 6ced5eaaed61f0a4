/* SPDX-License-Identifier: Apache-2.0 */
/* restriction_internal.h - the picture from inside, and one question to it as it is worked out. */
#ifndef OVERFLY_RESTRICTION_INTERNAL_H
#define OVERFLY_RESTRICTION_INTERNAL_H

#include <overfly/restriction.h>

#include <assert.h>
#include <stdatomic.h>

/* ---- what a picture is made of ----
 *
 * A settled picture never changes, and a new one is made from it by adding documents: what the new
 * documents leave as it is belongs to both. So everything that a picture's lists point to lies in
 * stores that are counted: a picture holds its own, which holds the store of the picture that it was
 * made from. The lists are the picture's alone: they are copied, and go when it goes.
 *
 *   notices       8 bytes   to the notice as it stands here (320 bytes, shared)
 *   restrictions  8 bytes   (288 bytes, shared)
 *   reaches      40 bytes   of the same restrictions: what a question is turned away by
 *   chains        8 bytes   a notice: the next of its number, the next that refers to its number
 */

/* Office, series, year and number of a notice: an office counts each series by itself, anew every
 * year. Of ids of another make the text is the key. */
struct notice_key {
    ovf_str office;
    ovf_str id;  /* as written; empty: it has no id, and no chain */
    char series; /* 0: not of the form A0012/25 */
    int32_t year;
    int32_t number;
    int32_t part; /* parts that were not joined are documents of their own; else 0 */
};

/* A notice as it stands in the picture: its chain, and what became of it. Never changes once its
 * picture is settled. */
struct picture_notice {
    const ovf_notice *notice;
    const ovf_source *source;
    uint32_t index; /* among the notices, in the order of arrival */
    uint8_t mark;   /* of a walk along the references */
    uint32_t restriction_count;
    const ovf_restriction *restrictions;
    struct notice_key key;
    struct notice_key refers; /* to what it replaces or cancels */
    ovf_standing standing;
};

/* Every `source` of a notice in the picture is the first member of one of these. */
struct picture_source {
    ovf_source source;
    size_t index; /* among the documents, in the order of arrival */
    size_t issue; /* its place among the bulletins, from 1; 0: it is none */
};

/* The flat side of a restriction: boxes in degrees, rounded outwards. west > east: across the 180th
 * meridian. */
struct picture_reach {
    ovf_time from, until; /* in force */
    float south_deg, west_deg, north_deg, east_deg;
    int32_t lower_ft, upper_ft; /* the outer band */
};
static_assert(sizeof(struct picture_reach) == 40, "the layout above");

/* Notices by number: open addressing into heads, then chains of equal numbers. */
struct picture_links {
    uint32_t *by_key;   /* notice + 1, the first of its number; 0: free */
    uint32_t *by_refer; /* notice + 1, the first that refers to a number; 0: free */
    size_t mask;        /* slots of each, less one */
    uint32_t *next; /* a notice: + 1 of the next with its number; of one number the newest first */
    uint32_t *next_refer;
};

/* Whose air an area covers, found out when first asked for and the same whoever asks: it is
 * published whole, so that readers never wait and never see a half of it. */
struct picture_split {
    const ovf_area *area;
    uint64_t hash;
    struct picture_split *next;  /* of its chain */
    struct picture_split *owned; /* the next one that the same store frees */
    size_t count;
    ovf_piece pieces[];
};

#define PICTURE_NOTICES_MAX 10000000 /* of a picture: indexes have 32 bits */
#define PICTURE_SPLIT_CHAINS 4096    /* a power of two */

/* States and FIRs are told by their letters, as digits to the base of 26. */
#define PICTURE_STATES (26 * 26 * 26)
#define PICTURE_FIRS (26 * 26 * 26 * 26)

/* Of whom and of what the notices are, whatever became of them. */
struct picture_speakers {
    ovf_time *latest; /* a State: known time of the newest document with a notice of it; or NONE */
    uint16_t *states; /* those that issued a notice, or are the area of one, each once */
    uint8_t *has_state; /* a State */
    uint8_t *has_fir;   /* a bit a code: it was looked for */
    ovf_str *firs;      /* of the world, of which a notice speaks, each once */
    size_t state_count, fir_count, fir_capacity;
};

struct event_index;
struct event_features;

/* What those who asked have found out; the one part of a settled picture that is written to. */
struct picture_found {
    _Atomic(struct picture_split *) splits[PICTURE_SPLIT_CHAINS]; /* chains by hash */
    _Atomic(struct event_index *) events;                         /* event.c; NULL: nobody asked */
};

/* Memory that a picture has in common with those made from it. */
struct picture_store {
    atomic_size_t holders;
    struct picture_store *below; /* of the picture that this one was made from; NULL */
    ovf_arena arena;
    _Atomic(struct picture_split *) splits; /* what it has to free */
};

struct ovf_picture {
    const ovf_world *world;
    const ovf_rulebook *book;
    ovf_picture_options options;
    struct picture_store *store;
    ovf_arena lists; /* what belongs to this picture alone */
    struct picture_notice **notices;
    size_t notice_count, notice_capacity;
    struct picture_source **sources; /* of the documents, in the order of arrival */
    size_t source_count, source_capacity;
    const ovf_restriction **restrictions;
    struct picture_reach *reaches;
    size_t restriction_count;
    ovf_held_statement *statements;
    size_t statement_count, statement_capacity;
    ovf_held_coverage *coverages;
    size_t coverage_count, coverage_capacity;
    uint32_t *openings; /* notices that lift something */
    size_t opening_count, opening_capacity;
    uint32_t *checklists; /* notices that are lists of what is valid */
    size_t checklist_count, checklist_capacity;
    struct picture_speakers speakers;
    struct picture_links links;
    struct picture_found *found;
    struct event_features *features; /* of the one that it was made from; NULL: not known */
    const ovf_picture *from;         /* not settled yet, and made from this one; else NULL */
    size_t from_count;               /* notices that came with it */
    size_t readable_count;           /* notices that were read at least in part */
    size_t unread_count; /* documents that are none of ours; judged alone, unreadable notices too */
    bool is_settled;
};

/* store.c */
OVF_NODISCARD struct picture_store *picture_store_new(struct picture_store *below);
void picture_store_release(struct picture_store *store);

/* speakers.c: takes the notices from that one on. */
OVF_NODISCARD bool picture_hear(ovf_picture *picture, size_t from);
/* Known time of the newest document with a notice of that State; NONE. */
ovf_time picture_latest_of(const ovf_picture *picture, ovf_str state);
/* keys.c */
void notice_key_of(const ovf_notice *notice, ovf_str id, struct notice_key *out);
/* As the text "GBR|A|2025|0012" sorts. Parts do not count. */
int notice_key_cmp(const struct notice_key *a, const struct notice_key *b);
bool notice_key_eq(const struct notice_key *a, const struct notice_key *b);
uint64_t notice_key_hash(const struct notice_key *key);
/* One key, and as far as can be told of one count: some States have several offices that count
 * each for itself, told apart by their address and their FIR. */
bool notice_is_same_count(const ovf_notice *a, const ovf_notice *b);
/* When a notice takes effect; what says no item B starts when it was made or became known. */
ovf_time notice_start(const struct picture_notice *entry);

/* A set of notices of a picture, on which something is worked out. */
struct picture_work {
    ovf_picture *picture;
    struct picture_notice **items;
    size_t count;
};

/* links.c: notices [from, notice_count) into the chains by number. */
OVF_NODISCARD bool picture_link(ovf_picture *picture, size_t from);
/* First notice of the number, + 1, or 0; onwards by links.next. */
uint32_t picture_first_of(const ovf_picture *picture, const struct notice_key *key);
/* First notice that refers to the number, + 1, or 0; onwards by links.next_refer. */
uint32_t picture_first_to(const ovf_picture *picture, const struct notice_key *key);
/* Puts the notices of one number in order: by part, then the newest first. first: of its chain. */
OVF_NODISCARD bool picture_sort_chain(ovf_picture *picture, uint32_t first);

/* chain.c: the standing of every notice of the work, which holds whole chains. */
OVF_NODISCARD bool picture_resolve_chains(struct picture_work *work);
/* doubt.c: absence from checklists and from complete bulletins. */
OVF_NODISCARD bool picture_find_unlisted(struct picture_work *work);
/* Is there anything to compare by? */
bool picture_has_bulletins(const ovf_picture *picture);
OVF_NODISCARD bool picture_find_vanished(ovf_picture *picture);
/* restrictions.c: one restriction an area of each notice of the work. */
OVF_NODISCARD bool picture_make_restrictions(struct picture_work *work);
/* All of the picture in a row: those of the work, in the order of arrival, and of every other
 * notice those of the picture that it was made from; NULL: there are no others. */
OVF_NODISCARD bool picture_lay_restrictions(struct picture_work *work, const ovf_picture *from);
/* settle.c: all of it, or what is new beside the picture that it was made from. */
OVF_NODISCARD bool picture_settle(ovf_picture *picture);
/* event.c */
void picture_events_free(struct event_index *index);
/* What was found out to tell events by; counted. */
struct event_features *picture_features_of(const ovf_picture *picture);
void picture_features_release(struct event_features *features);
/* law.c: law that stands without a notice, beside the notices. */
OVF_NODISCARD bool picture_add_law(ovf_picture *picture);
/* State of the service at a point, by the FIRs that hold it: one of `preferred` first. */
uint32_t picture_service_at(const ovf_world *world, ovf_point p, const ovf_notice *preferred);
/* The same for a piece of the restriction; OVF_INDEX_NONE where nobody knows where it is. */
uint32_t picture_service_in(const ovf_picture *picture, const ovf_restriction *r,
                            const ovf_piece *piece);
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

/* weigh.c, weigh_said.c: restrictions and statements into q->because, and the legal axis. */
OVF_NODISCARD ovf_status status_add_because(struct status_inquiry *q, const ovf_because *because);
OVF_NODISCARD ovf_status status_weigh_restrictions(struct status_inquiry *q);
OVF_NODISCARD ovf_status status_weigh_statements(struct status_inquiry *q);
bool status_same_air(ovf_whose a, ovf_whose b);
/* law.c: its pieces within the area asked about, out of the samples, judged for the party. */
OVF_NODISCARD ovf_status status_judge_law(struct status_inquiry *q, const ovf_restriction *r,
                                          ovf_because *because);
bool status_statement_is_current(const ovf_statement *statement, ovf_time at);

/* risk.c */
void status_risk_of(ovf_because *because);
/* A little more than the area asked about. */
ovf_box status_asked_box(const struct status_inquiry *q);
void status_risk(const struct status_inquiry *q, ovf_answer *out);
#define STATUS_SUSPENSIONS_HIGH 3 /* operators that stay away: together they weigh high */
ovf_status status_signals(struct status_inquiry *q, ovf_answer *out);
/* Does what it says of the operator still hold, by the postures of the answer? */
bool status_still_stays_away(const ovf_answer *answer, const ovf_statement *statement,
                             ovf_str operator_icao);
/* compare.c, rivals.c, posture.c, freshness.c */
OVF_NODISCARD ovf_status status_contradict(struct status_inquiry *q, ovf_str a, ovf_str b,
                                           ovf_str what, ovf_answer *out, size_t *capacity);
/* "KICZ A0012/25" and "A0012/25" are one number. */
bool status_is_number(ovf_str written, ovf_str id);
OVF_NODISCARD ovf_status status_compare_rivals(struct status_inquiry *q, ovf_answer *out,
                                               size_t *capacity);
OVF_NODISCARD ovf_status status_contradictions(struct status_inquiry *q, ovf_answer *out);
OVF_NODISCARD ovf_status status_postures(struct status_inquiry *q, ovf_answer *out);
OVF_NODISCARD ovf_status status_freshness(struct status_inquiry *q, ovf_answer *out);
/* Does somebody vouch for the notices of every responsible State at the instant? Else the name of
 * one for whom nobody does, in *lacking. */
bool status_is_vouched(const struct status_inquiry *q, ovf_str *lacking);

/* ---- what is also told to those who keep notices (traits.c) ---- */

#define EVENT_TIME_SHARE 0.5          /* of the time that either holds, held by both */
#define EVENT_AREA_SHARE 0.5          /* of what either covers, covered by both */
#define EVENT_OPEN_S (90 * OVF_DAY_S) /* length of a validity without an end */
/* From lift-off to the last stage's splash-down in the same region; between two starts. */
#define EVENT_LAUNCH_FLIGHT_S (40 * OVF_MINUTE_S)
enum { EVENT_LAUNCH_NO, EVENT_LAUNCH_MAY_BE, EVENT_LAUNCH_SAID };
int event_kind_of(const ovf_notice *notice);
uint64_t event_hash_text(ovf_str text); /* 0: too short to tell */
int event_launch_of(const ovf_notice *notice, ovf_interval during);
ovf_box event_box_of(const ovf_notice *notice);
bool event_covers(const ovf_notice *notice, ovf_point p);
/* restrictions.c: does it, or an area of it with that effect, restrict anybody? */
bool notice_is_restricting(const ovf_notice *notice, ovf_effect effect);

#define STATUS_SIGNAL_DAYS 90 /* a statement without an end is news for so long */

#endif
