/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/restriction.h - the picture: what is known of the sky at a moment, out of documents.
 * Notices with their chains resolved become restrictions (4D volumes with effect and binding);
 * statements stay beside them. And the status of an area for somebody at an instant.
 * Room: restriction.  Uses: authority.  A picture is filled by one thread, settled once, and then
 * never changes: many threads may read it. What is dear and seldom asked for (whose air an area
 * covers, which notices are about one happening) is worked out when somebody asks and kept; it
 * depends on the picture alone, is published whole, and no reader waits for another. */
#ifndef OVERFLY_RESTRICTION_H
#define OVERFLY_RESTRICTION_H

#include <overfly/authority.h>
#include <overfly/news.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where a derived thing came from. */
typedef struct ovf_source {
    ovf_str document; /* SHA-256 of the document, 64 hex digits; empty without a ledger */
    ovf_str name;     /* file name or feed */
    ovf_str origin;   /* the document's own header: "real", "reconstructed", "made"; may be empty */
    ovf_time known;   /* when it reached the ledger; OVF_TIME_NONE: not known */
    /* The document is one issue of a bulletin that each time holds all that is in force: its name,
     * the same from issue to issue. Empty: it says nothing of what it does not hold. */
    ovf_str complete;
} ovf_source;

/* The '#' header block of a document of ours (docs/formats/document.md): "# origin: ...",
 * "# known: 2025-11-21T18:08Z", "# facts: ...", "# source: ...", "# complete: ...". Values are
 * borrowed, may be empty. The envelope of a pre-flight bulletin of the European AIS database says
 * two of them in its own way: when it was issued, and, when it is a full one, of which profile. */
typedef struct ovf_document_header {
    ovf_str origin;
    ovf_str facts;
    ovf_str source;
    ovf_str complete;   /* as in ovf_source: ISO3 codes, or a name */
    ovf_str outlet;     /* of a story: who published it */
    ovf_time known;     /* OVF_TIME_NONE when not given */
    ovf_time published; /* of a story; OVF_TIME_NONE when not given */
    bool is_news;       /* "# kind: news": what follows is news, whatever it looks like */
    size_t len;         /* bytes of the block */
} ovf_document_header;

OVF_API ovf_document_header ovf_document_header_read(ovf_str document);

typedef enum ovf_document_kind {
    OVF_DOCUMENT_UNKNOWN = 0,
    OVF_DOCUMENT_NOTICES,
    OVF_DOCUMENT_STATEMENTS,
    OVF_DOCUMENT_FLIGHTS,
    OVF_DOCUMENT_NEWS, /* a story, a page or a feed of them: read for its statements (news.h) */
} ovf_document_kind;

/* By content alone, never by name. */
OVF_API ovf_document_kind ovf_document_sniff(ovf_str document);
OVF_API const char *ovf_document_kind_name(ovf_document_kind kind);
/* Is it what a picture is made of: notices, statements or news? */
OVF_API bool ovf_document_is_told(ovf_document_kind kind);

/* A file's name without folders and ending, as documents are called; borrowed. */
OVF_API ovf_str ovf_document_slug(ovf_str name);
/* What the reader of news has to know of a document of news, out of its header and its source: the
 * id is "S-" and the first 8 digits of its SHA-256, without a ledger its slug; a document that names
 * no outlet is called after its slug. Borrowed from both
 * and the arena; an id that memory did not suffice for is empty. */
OVF_API ovf_news_context ovf_document_news(ovf_str document, const ovf_source *source,
                                           ovf_arena *arena);

/* State of a notice in its chain at an instant (domain of Annex 15: in force, overrun, ...). */
typedef enum ovf_life {
    OVF_LIFE_UNKNOWN = 0,
    OVF_LIFE_FUTURE,
    OVF_LIFE_ACTIVE,
    OVF_LIFE_INACTIVE,    /* in force, between two periods of its schedule */
    OVF_LIFE_OVERRUN_EST, /* past an estimated end, neither replaced nor cancelled: still in force */
    OVF_LIFE_EXPIRED,
    OVF_LIFE_REPLACED,
    OVF_LIFE_CANCELLED,
    /* Still in force by its own words, but its office's checklist, which has to name it, does not.
     * Whether it holds is not known. */
    OVF_LIFE_NOT_IN_CHECKLIST,
    /* Still in force by its own words, but gone from a bulletin that is complete and held it before:
     * its cancellation is missing. Whether it holds is not known. */
    OVF_LIFE_VANISHED,
} ovf_life;

OVF_API const char *ovf_life_name(ovf_life life);

/* How a notice stands among the others: its chain, and what speaks for or against it. Numbers count
 * by office and series, so "the same number" means of the same office. */
typedef struct ovf_standing {
    ovf_interval in_force;  /* validity, cut at replacement or cancellation; EST is open */
    ovf_time estimated_end; /* OVF_TIME_NONE when not estimated */
    ovf_str ended_by;       /* id of what replaced or cancelled it */
    bool ended_is_cancel;
    bool is_superseded; /* the same number came again, newer: this text no longer counts */
    bool has_variant;   /* the same number is there with another text, older than this one */
    ovf_str missing;    /* number that it replaces or cancels and that is not here: a gap */
    const char *odd;    /* why what it refers to cannot be: static text; NULL */
    ovf_life doubt;     /* NOT_IN_CHECKLIST or VANISHED from doubt_from on; else UNKNOWN */
    ovf_time doubt_from;
    ovf_str doubt_why; /* one sentence, with the checklist's id or the two bulletins */
} ovf_standing;

typedef struct ovf_restriction_piece {
    ovf_piece piece;
    ovf_ruling ruling; /* with an empty party: as to those it addresses */
} ovf_restriction_piece;

/* Notices about one happening are called after the first of them by office and number: "CHN:A0012/26"
 * is office and id. Both empty: it is one of its own. */
typedef struct ovf_event {
    ovf_str office;
    ovf_str id;
} ovf_event;

/* One area of one notice. A notice that names no area at all, and yet closes or warns, gives one
 * restriction whose area is unresolved. */
typedef struct ovf_restriction {
    uint64_t order;      /* rising from one to the next in the picture */
    size_t notice_index; /* into the notices of the picture */
    ovf_str id;          /* "A0012/25", "A0622/25#2" for the second of several areas */
    const ovf_notice *notice;
    size_t area_index; /* into notice->areas, SIZE_MAX: none */
    const ovf_area *area;
    ovf_certainty certainty;
    ovf_level lower, upper;
    ovf_band band;
    ovf_interval in_force;  /* validity, cut at replacement or cancellation; EST is open */
    ovf_time estimated_end; /* OVF_TIME_NONE when not estimated */
    ovf_intervals active;   /* within `window` */
    bool active_complete;
    bool has_schedule; /* item D, or periods of the area's own: else the whole validity is active */
    ovf_interval window; /* in which the active intervals were worked out */
    ovf_str ended_by;    /* id of what replaced or cancelled it */
    bool ended_is_cancel;
    ovf_effect effect;
    ovf_source source;
    const ovf_standing *standing; /* of its notice; never NULL */
} ovf_restriction;

typedef struct ovf_held_statement {
    const ovf_statement *statement;
    ovf_source source;
} ovf_held_statement;

typedef struct ovf_held_coverage {
    const ovf_coverage *coverage;
    ovf_source source;
} ovf_held_coverage;

typedef struct ovf_picture ovf_picture; /* opaque */

/* as_of: documents known after it are left out (OVF_TIME_OPEN: none). window: in which active
 * intervals are wanted. alone: the documents given are judged alone, as `--notices` does: then an
 * area that none of them closes is "open" as far as they go, if one of them speaks of its FIR or
 * comes from the State responsible; without it an area whose issuers nobody vouches for
 * (ovf_coverage) is "unknown". */
#define OVF_PICTURE_MAX_THREADS 64

typedef struct ovf_picture_options {
    ovf_time as_of;
    ovf_interval window;
    bool alone;
    unsigned threads; /* that read a document of many notices; 0 and 1: the caller's alone. The
                         picture is the same whatever their number */
    bool with_law; /* law that stands without a notice (ovf_rulebook_law) is in the picture too */
} ovf_picture_options;

OVF_API OVF_NODISCARD ovf_status ovf_picture_new(const ovf_world *world, const ovf_rulebook *book,
                                                 const ovf_picture_options *options,
                                                 ovf_picture **out, ovf_error *err);
OVF_API void ovf_picture_free(ovf_picture *picture);
/* Reads a document of notices, statements or news into the picture; bytes are borrowed until the picture
 * is freed. Findings of the document (unreadable parts) go to `findings`, may be NULL. Flights and
 * unknown kinds: OVF_E_USAGE. */
OVF_API OVF_NODISCARD ovf_status ovf_picture_add(ovf_picture *picture, ovf_str document,
                                                 const ovf_source *source, ovf_findings *findings,
                                                 ovf_error *err);
/* A new picture that begins with all that a settled one holds, to add documents to; the old one stays
 * as it is, and its readers keep it. The two share what the new documents leave as it was, so the
 * old one may be freed before the new one, but not before the new one is settled; the bytes of its
 * documents are borrowed until both are freed. Settled, it answers as a picture made anew of all
 * the documents in their order would; that costs what the new notices touch, and a copy of the lists
 * (see docs/performance.md). What is superseded is not forgotten: who updates for days makes a
 * picture anew now and then. OVF_E_USAGE: not settled; OVF_E_NOMEM. Many threads may do it at once. */
OVF_API OVF_NODISCARD ovf_status ovf_picture_from(const ovf_picture *settled, ovf_picture **out,
                                                  ovf_error *err);
/* Resolves the chains (in any order of arrival; a cancellation that came first is kept as a
 * tombstone; of one id twice the newest CREATED wins) and makes the restrictions. Once, after the
 * last document. */
OVF_API OVF_NODISCARD ovf_status ovf_picture_settle(ovf_picture *picture, ovf_error *err);

OVF_API const ovf_world *ovf_picture_world(const ovf_picture *picture);
OVF_API const ovf_rulebook *ovf_picture_rules(const ovf_picture *picture);
OVF_API ovf_picture_options ovf_picture_options_of(const ovf_picture *picture);
OVF_API size_t ovf_picture_restriction_count(const ovf_picture *picture);
OVF_API const ovf_restriction *ovf_picture_restriction(const ovf_picture *picture, size_t index);

/* What a question can touch. A zeroed box list, and a window of {OVF_TIME_NONE, OVF_TIME_OPEN}, leave
 * nothing out. */
typedef struct ovf_reach {
    const ovf_box *boxes; /* in degrees; any of them; NULL: anywhere */
    size_t box_count;
    ovf_interval window;        /* in force at some time of it; its end counts as within */
    int32_t lower_ft, upper_ft; /* pressure altitude, both ends within */
} ovf_reach;

/* Every restriction that may touch it, in their order; a few that do not are among them. What has no
 * place that is known may be anywhere. out: in the arena. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_picture_find(const ovf_picture *picture,
                                                  const ovf_reach *reach, ovf_arena *arena,
                                                  const ovf_restriction ***out, size_t *count,
                                                  ovf_error *err);

/* Whose air the restriction covers; pieces below 0.2 % of it are left out. Lives as long as the
 * picture. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_picture_pieces(const ovf_picture *picture,
                                                    const ovf_restriction *restriction,
                                                    const ovf_piece **out, size_t *count,
                                                    ovf_error *err);
/* What it means in each piece for a party; NULL: for those it addresses. out: in the arena; as many,
 * and in the order, as ovf_picture_pieces gives. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_picture_judge(const ovf_picture *picture,
                                                   const ovf_restriction *restriction,
                                                   const ovf_party *party, ovf_arena *arena,
                                                   ovf_restriction_piece **out, size_t *count,
                                                   ovf_error *err);

OVF_API size_t ovf_picture_statement_count(const ovf_picture *picture);
OVF_API const ovf_held_statement *ovf_picture_statement(const ovf_picture *picture, size_t index);
OVF_API size_t ovf_picture_coverage_count(const ovf_picture *picture);
OVF_API const ovf_held_coverage *ovf_picture_coverage(const ovf_picture *picture, size_t index);
/* Every notice read, restricting or not (checklists, cancellations), for the timeline. */
OVF_API size_t ovf_picture_notice_count(const ovf_picture *picture);
OVF_API const ovf_notice *ovf_picture_notice(const ovf_picture *picture, size_t index,
                                             const ovf_source **source);

/* How the notice of that index stands; not NULL. Once settled. */
OVF_API const ovf_standing *ovf_picture_standing(const ovf_picture *picture, size_t index);
/* Which happening the notice of that index is about, with others. Texts live as long as the picture.
 * OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_picture_event(const ovf_picture *picture, size_t index,
                                                   ovf_event *out, ovf_error *err);
/* The state of any notice of the picture, restricting or not; a superseded text has none. */
OVF_API ovf_life ovf_picture_notice_life(const ovf_picture *picture, size_t index, ovf_time at);

OVF_API ovf_life ovf_restriction_life(const ovf_restriction *restriction, ovf_time at);
/* In force and in an active period (or the schedule is not known) at the instant. */
OVF_API bool ovf_restriction_is_active(const ovf_restriction *restriction, ovf_time at);

/* Why silence in this picture is no answer: a document that could not be read, or, judged alone, a
 * notice that could not, or no notice at all. Static text; empty when silence may count. */
OVF_API ovf_str ovf_picture_gap(const ovf_picture *picture);

/* Up to when an issuer's documents are vouched to be complete at `at`; NONE: nobody vouches. */
OVF_API ovf_time ovf_picture_complete_to(const ovf_picture *picture, ovf_str issuer_iso3,
                                         ovf_time at);

/* ---- status of an area for a party at an instant ---- */

typedef enum ovf_legal {
    OVF_LEGAL_UNKNOWN = 0,
    OVF_LEGAL_OPEN,
    OVF_LEGAL_RESTRICTED, /* part of it, or conditions, or only for some when nobody is named */
    OVF_LEGAL_CLOSED,     /* all of it, for this party (or for everybody, when nobody is named) */
} ovf_legal;

typedef enum ovf_risk {
    OVF_RISK_UNKNOWN = 0,
    OVF_RISK_NONE,
    OVF_RISK_CAUTION,
    OVF_RISK_HIGH,
    OVF_RISK_DO_NOT_FLY, /* somebody competent recommends, or orders his own, not to fly */
} ovf_risk;

OVF_API const char *ovf_legal_name(ovf_legal legal);
OVF_API const char *ovf_risk_name(ovf_risk risk);

typedef enum ovf_posture {
    OVF_POSTURE_UNKNOWN = 0,
    OVF_POSTURE_FLYING,
    OVF_POSTURE_SUSPENDED,
    OVF_POSTURE_PERMIT_REVOKED,
    OVF_POSTURE_RESUMED,
} ovf_posture;

OVF_API const char *ovf_posture_name(ovf_posture posture);

typedef struct ovf_query {
    ovf_place place;
    const ovf_area *area; /* NULL: that of the place (a point for points and airports) */
    ovf_time at;
    ovf_party party;
    bool has_level;
    int32_t level_ft; /* pressure altitude */
} ovf_query;

typedef struct ovf_because {
    const ovf_restriction *restriction;  /* or NULL */
    const ovf_held_statement *statement; /* or NULL */
    ovf_ruling ruling;                   /* for the party: the weightiest piece within the area */
    const ovf_restriction_piece *pieces; /* judged for the party; none for a statement */
    size_t piece_count;
    double share;   /* part of the area asked about that it covers, 0..1; -1 not known */
    ovf_tri inside; /* level and place: UNKNOWN when it cannot be told */
    ovf_life life;
    ovf_str quote; /* the deciding words */
    ovf_risk risk; /* what it adds to the risk axis */
    ovf_str risk_why;
} ovf_because;

typedef struct ovf_contradiction {
    ovf_str a, b; /* ids */
    ovf_str what;
} ovf_contradiction;

typedef struct ovf_operator_posture {
    ovf_str operator_icao;
    ovf_str name;
    ovf_posture posture;
    ovf_interval during;
    ovf_str source;    /* statement id */
    ovf_str by;        /* on whose word: who reports it, else whose act it is; empty: nobody's */
    bool is_extracted; /* out of running text, to the day */
} ovf_operator_posture;

typedef struct ovf_freshness {
    ovf_str issuer;    /* ISO3, or "*" */
    ovf_time complete; /* NONE: nobody vouches */
    ovf_time latest;   /* known time of the newest document of that issuer; NONE: none */
    ovf_str basis;
} ovf_freshness;

typedef struct ovf_answer {
    ovf_legal legal;
    ovf_str legal_why; /* one sentence */
    ovf_risk risk;
    ovf_str risk_why;
    ovf_because *because;
    size_t because_count;
    ovf_contradiction *contradictions;
    size_t contradiction_count;
    ovf_operator_posture *postures;
    size_t posture_count;
    ovf_freshness *freshness;
    size_t freshness_count;
} ovf_answer;

/* OVF_E_NOMEM; everything in the answer lives in the arena or the picture. */
OVF_API OVF_NODISCARD ovf_status ovf_picture_status(const ovf_picture *picture,
                                                    const ovf_query *query, ovf_arena *arena,
                                                    ovf_answer *out, ovf_error *err);

/* ---- a statement against the notices of its time ---- */

typedef enum ovf_checked {
    OVF_CHECKED_NOT_COVERED =
        0,                    /* the notices at hand do not reach so far, or it cannot be asked */
    OVF_CHECKED_SILENT,       /* they are complete, and none says so */
    OVF_CHECKED_CONTRADICTED, /* they say something else: less, a part of it, the opposite */
    OVF_CHECKED_CONFIRMED,
} ovf_checked;

OVF_API const char *ovf_checked_name(ovf_checked checked);
/* Is it an act that a notice could bear out? declare_closed, reopen, prohibit, warn. */
OVF_API bool ovf_act_is_checked(ovf_act act);

typedef struct ovf_check {
    ovf_checked answer;
    ovf_str *against; /* ids of the notices that decided, as of restrictions; at most 40 */
    size_t against_count;
    ovf_time at; /* an instant that decided; NONE: none was asked about */
    ovf_str why; /* one sentence; static text */
} ovf_check;

/* declare_closed: all of the area has to be closed for everybody by notices that bind. prohibit, warn:
 * a notice of the speaker's State has to bar, or to warn. reopen: closed no longer, and a closure
 * ended within 30 days before. Any other act: not covered. Several areas: each has to be. A negated
 * statement is confirmed by the silence of complete notices.
 * when  the time that it is about, half-open, looked at by the hour or in 48 steps; without a start
 * or an end, or longer than 400 days: not covered. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_picture_check(const ovf_picture *picture,
                                                   const ovf_statement *statement,
                                                   ovf_interval when, ovf_arena *arena,
                                                   ovf_check *out, ovf_error *err);

/* ---- two issues of a bulletin ---- */

typedef enum ovf_change {
    OVF_CHANGE_SAME = 0,
    OVF_CHANGE_ALTERED, /* the same number with another text or other times */
    OVF_CHANGE_NEW,
    OVF_CHANGE_REPLACED,
    OVF_CHANGE_CANCELLED,
    OVF_CHANGE_EXPIRED,
    OVF_CHANGE_VANISHED, /* gone, and nothing that is here ended it */
} ovf_change;

OVF_API const char *ovf_change_name(ovf_change change);

typedef struct ovf_notice_change {
    ovf_change change;
    const ovf_notice *before; /* NULL: new */
    const ovf_notice *after;  /* NULL: gone */
    const ovf_notice *by;     /* what replaced or cancelled it; NULL */
} ovf_notice_change;

/* What became of each notice between two issues of a bulletin that each hold all that is in force,
 * by number; one a number, of a number that comes twice the first. Notices without a number are
 * left out: nobody can tell whether they are the same.
 * at  moment of the second issue; what ended before it has expired. */
OVF_API OVF_NODISCARD ovf_status ovf_notice_changes(const ovf_notice *before, size_t before_count,
                                                    const ovf_notice *after, size_t after_count,
                                                    ovf_time at, ovf_arena *arena,
                                                    ovf_notice_change **out, size_t *count,
                                                    ovf_error *err);

/* Words of the text that decided: the span of the effect widened to its sentence, at most 240
 * bytes, blanks folded; in the arena. */
OVF_API ovf_str ovf_notice_quote(const ovf_notice *notice, ovf_arena *arena);

/* ---- for whoever keeps documents: which of them does an answer need? ---- */

#define OVF_TRAITS_MAX_BOXES 16

/* What a picture puts together with what. Everything errs to the larger: a document that is kept out
 * by its traits cannot change the answer about an area, one that is let in may turn out not to. */
typedef struct ovf_traits {
    /* Its number by office, series and year, and that of what it replaces or cancels: texts that are
     * equal for the same notice. Empty: none. */
    ovf_str key, refers;
    ovf_str office; /* that counts the numbers */
    char series;    /* 0: not of the form A0012/25 */
    /* When it may hold, whatever ends it; NONE: from when it became known. A statement: as long as it
     * says something of what holds. */
    ovf_time from, until;
    ovf_time issued;      /* NONE: not known */
    uint32_t list_series; /* of a checklist that can be used: series it speaks of, A is bit 0 */
    bool is_lifting;      /* it opens, and is no cancellation */
    bool is_anywhere;     /* it may concern any place */
    ovf_box boxes[OVF_TRAITS_MAX_BOXES]; /* what it may concern; none: nothing */
    size_t box_count;
    /* Notices about one happening. */
    bool has_event;
    ovf_interval event_during;
    ovf_box event_box;    /* is_empty: no exact area */
    double event_covered; /* square degrees of the box that it covers */
    uint64_t event_text;  /* hash of the words; 0: too few */
    int event_kind;       /* 0: it bars nothing */
    int event_launch;     /* 0 no, 1 may be, 2 it says so */
} ovf_traits;

/* known: when the document became known. Texts live in the arena. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_notice_traits(const ovf_world *world, const ovf_notice *notice,
                                                   ovf_time known, ovf_arena *arena,
                                                   ovf_traits *out, ovf_error *err);
OVF_API void ovf_statement_traits(const ovf_world *world, const ovf_statement *statement,
                                  ovf_traits *out);
/* The key of a number, as ovf_traits has it; ptr NULL: no memory. */
OVF_API ovf_str ovf_notice_number_key(ovf_str office, char series, int32_t year, int32_t number,
                                      ovf_arena *arena);
/* May the two be about one happening? false: surely not. */
OVF_API bool ovf_traits_may_be_one(const ovf_traits *a, const ovf_traits *b);

#ifdef __cplusplus
}
#endif
#endif
