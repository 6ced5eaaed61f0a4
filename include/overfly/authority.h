/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/authority.h - who may bind whom: rules as data, applied to a notice or a statement, a
 * piece of airspace and a flight's party; the verdict with the rules that fired, on which facts.
 * Room: authority.  Uses: notice, statement.  Source: Chicago Convention, UNCLOS, national law as
 * cited row by row in data/authority/rules.txt. */
#ifndef OVERFLY_AUTHORITY_H
#define OVERFLY_AUTHORITY_H

#include <overfly/notice.h>
#include <overfly/statement.h>

#ifdef __cplusplus
extern "C" {
#endif

/* In rising weight but for UNKNOWN, which is never lighter than anything. */
typedef enum ovf_verdict {
    OVF_VERDICT_UNKNOWN = 0,
    OVF_VERDICT_NONE,              /* nothing in force */
    OVF_VERDICT_OWN_DECISION,      /* OWN: an operator's own decision */
    OVF_VERDICT_NO_LEGAL_FORCE,    /* NOFORCE */
    OVF_VERDICT_ADVISORY,          /* ADV */
    OVF_VERDICT_SERVICE_WITHDRAWN, /* SVC */
    OVF_VERDICT_CONTESTED,         /* CONTEST */
    OVF_VERDICT_CONDITIONAL,       /* COND */
    OVF_VERDICT_BINDING,           /* BIND */
} ovf_verdict;

/* "binding", "no_legal_force", ... as in the contract; "none" and "unknown". */
OVF_API const char *ovf_verdict_name(ovf_verdict verdict);

typedef enum ovf_use {
    OVF_USE_UNKNOWN = 0,
    OVF_USE_AIRLINE,
    OVF_USE_CARGO,
    OVF_USE_PRIVATE,
    OVF_USE_STATE,
    OVF_USE_MILITARY,
    OVF_USE_HUMANITARIAN,
    OVF_USE_SAR,
    OVF_USE_MEDICAL,
} ovf_use;

OVF_API const char *ovf_use_name(ovf_use use); /* NULL for unknown */
OVF_API bool ovf_use_parse(ovf_str text, ovf_use *out);

/* Who flies. An empty text is "not known", never "none". */
typedef struct ovf_party {
    ovf_str operator_icao;
    ovf_str operator_state; /* ISO3 of the AOC */
    ovf_str registry_state; /* ISO3 */
    ovf_str owner_state;    /* ISO3 */
    ovf_str airman_state;   /* ISO3 of the certificate whose privileges are used */
    ovf_str seller_state;   /* ISO3 of a carrier that sells the flight as its own (code-share) */
    ovf_use use;
    ovf_str aircraft;             /* ICAO type designator */
    ovf_str from, to;             /* ICAO location indicators */
    ovf_str from_state, to_state; /* ISO3 of where it starts and ends, for places without a known
                                     indicator (ZZZZ); empty: asked of the indicator alone */
    ovf_tri is_scheduled;         /* item 8, type S or N; UNKNOWN: nobody says */
} ovf_party;

/* Fills what follows from what is given: operator -> operator_state (world), registry by
 * registration is the caller's. An unknown designator leaves the State unknown. */
OVF_API void ovf_party_complete(ovf_party *party, const ovf_world *world);
/* Is nothing known about the party? */
OVF_API bool ovf_party_is_empty(const ovf_party *party);

/* One fact that a rule rests on. */
typedef struct ovf_fact {
    const char *what; /* "issuer", "instrument", "addressed", "air"; static text */
    ovf_str value;    /* "USA", "closure", "US persons", "territory of VEN" */
    ovf_span span;    /* bytes of the record that gave it; len 0: none, it came from the tables */
} ovf_fact;

#define OVF_RULE_MAX_FACTS 4

typedef struct ovf_rule {
    ovf_str id;    /* "R08" */
    ovf_str cites; /* "Chicago Convention Art. 12; 14 CFR 91.703" */
    ovf_str says;  /* one sentence */
    ovf_str fact;  /* what it fired on here, in words: "issuer USA, airspace of Venezuela" */
    ovf_span span; /* bytes of the record that gave the deciding fact; len 0: none */
    ovf_fact facts[OVF_RULE_MAX_FACTS];
    size_t fact_count;
} ovf_rule;

#define OVF_RULING_MAX_RULES 6

/* Words of ovf_ruling.marks:
 *   discriminatory  singles out a State's aircraft in the issuer's own air (against Art. 9)
 *   de_facto        issued for a State by whoever runs its air traffic service without being
 *                   recognised as its government
 *   rival           two authorities issue notices for this State's air
 *   disputed        over land that several States claim
 *   delegated       over air whose service another State provides
 *   strait          over a strait used for international navigation (UNCLOS Part III)
 *   sea_lanes       over archipelagic waters with a right of passage (UNCLOS Part IV)
 *   relayed         the issuer repeats another's act, which binds as that other's
 *   unchecked       a row of law.txt that was not held against its source, or not to its end */

typedef struct ovf_ruling {
    ovf_verdict verdict;      /* for this party; with an empty party, for those it addresses */
    ovf_verdict on_addressed; /* for those it addresses, whoever asks */
    ovf_tri applies;          /* YES, NO, UNKNOWN ("possible") for this party */
    bool is_remote;       /* of UNKNOWN: it would take an owner, a lease from abroad or a foreign
                                 licence of which nothing known of the party gives a sign: a reserve,
                                 and no answer (docs/formats/authority.md) */
    ovf_str applies_why;  /* "operator KLM holds an AOC of NLD, not USA" */
    ovf_str missing;      /* predicates that are unknown, blank-separated: "registry owner" */
    ovf_str binding;      /* whom it binds, in words: "US air carriers, FAA airmen, ..." */
    ovf_str marks;        /* what else has to be known, blank-separated words; may be empty */
    bool closes_airspace; /* it bars or conditions entry into the air itself for those it addresses;
                             never so for a statement, whatever its verdict */
    ovf_rule rules[OVF_RULING_MAX_RULES];
    size_t rule_count;
} ovf_ruling;

typedef struct ovf_rulebook ovf_rulebook; /* opaque; immutable once made */

/* Reads the rules of the world file. OVF_E_CORRUPT: a row that cannot be read (the reason names
 * the row). The world must outlive the book. */
OVF_API OVF_NODISCARD ovf_status ovf_rulebook_new(const ovf_world *world, ovf_rulebook **out,
                                                  ovf_error *err);
/* The same out of the text of a table (data/authority/rules.txt), copied. world may be NULL: then
 * every State answers for itself alone and membership of the EU is not known. err->pos: the byte
 * of the row that cannot be read. */
OVF_API OVF_NODISCARD ovf_status ovf_rulebook_from_text(const ovf_world *world, ovf_str text,
                                                        ovf_rulebook **out, ovf_error *err);
OVF_API void ovf_rulebook_free(ovf_rulebook *book);
OVF_API size_t ovf_rulebook_count(const ovf_rulebook *book); /* rows */

/* One kind of air by the codes of its States, where no world indexes are at hand. */
typedef struct ovf_air {
    ovf_str territory; /* ISO3; empty over the high seas, and when the place is not known */
    ovf_str service;   /* ISO3 of the State that provides the air traffic service; may be empty */
    ovf_str claimants; /* of disputed land: ISO3 codes, blank-separated; empty: not known */
    ovf_str holders;   /* who holds it in fact, the same; may be empty */
    ovf_str fir;       /* code of the FIR, over the high seas; may be empty */
    ovf_str strait;    /* name, where it lies in a strait or on archipelagic waters; may be empty */
    ovf_point place;   /* some point of it */
    bool has_place;
    bool is_archipelagic;
    bool is_high_seas;
    bool is_disputed;
    bool is_doubtful; /* too near to a border to tell: as ovf_whose */
} ovf_air;

/* The air of a piece. place: some point of it, by which the claim and the strait are found; NULL:
 * then every State that claims any of the land taken to be of whose.state may be a claimant.
 * Texts live in the arena, or as long as the book. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_air_of(const ovf_rulebook *book, ovf_whose whose,
                                            uint32_t service_state, const ovf_point *place,
                                            ovf_arena *arena, ovf_air *out);

/* ---- law that stands without a notice: rows of data/authority/law.txt ---- */

typedef struct ovf_law {
    const ovf_notice *notice; /* as it would read in a notice: form OVF_FORM_LAW, issuer, effect,
                                 addressees, areas with levels, validity; text: what it says */
    ovf_str cites;            /* the instrument, and where it is printed */
    ovf_str checked;          /* how well it is known: "2026-11-22", "not checked", "uncertain" */
} ovf_law;

/* None in a book without a world. In the order of the table. */
OVF_API size_t ovf_rulebook_law_count(const ovf_rulebook *book);
OVF_API const ovf_law *ovf_rulebook_law(const ovf_rulebook *book, size_t index);
/* The row that the notice is of; NULL: it is none. */
OVF_API const ovf_law *ovf_rulebook_law_of(const ovf_rulebook *book, const ovf_notice *notice);
/* Is the party among those whom a row of law addresses, wherever the row holds? It is what
 * ovf_judge_notice gives as `applies` over air that nobody disputes and no border is near; NO: the
 * row binds this party nowhere. Costs no words and next to no memory. party: not NULL.
 * is_remote: of UNKNOWN, as in ovf_ruling; may be NULL. */
OVF_API ovf_tri ovf_law_addresses(const ovf_rulebook *book, const ovf_notice *law,
                                  const ovf_party *party, bool *is_remote);
/* What about the party is not known, where the answer is UNKNOWN: "registry owner"; as in
 * ovf_ruling. ptr NULL: no memory. */
OVF_API ovf_str ovf_law_missing(const ovf_rulebook *book, const ovf_notice *law,
                                const ovf_party *party, ovf_arena *arena);
/* Is the State in the group at the time ("EU", "EASA", other groups of data/authority/groups.txt)?
 * OVF_TIME_NONE: now, as far as the table goes. UNKNOWN: no such group, or no State. */
OVF_API ovf_tri ovf_rulebook_in_group(const ovf_rulebook *book, ovf_str group, ovf_str iso3,
                                      ovf_time at);

/* Judges one area of a notice over one kind of air.
 * area_index  into notice->areas, or SIZE_MAX for a notice without areas.
 * whose       of the piece, from ovf_world_split or ovf_world_cut_leg; disputed air gives
 *             CONTESTED where the claimants' answers differ.
 * service_state  State index of the service in that piece (its FIR), or OVF_INDEX_NONE.
 * No rule fits: UNKNOWN. OVF_E_NOMEM only. Texts live in the arena. */
OVF_API OVF_NODISCARD ovf_status ovf_judge_notice(const ovf_rulebook *book,
                                                  const ovf_notice *notice, size_t area_index,
                                                  ovf_whose whose, uint32_t service_state,
                                                  const ovf_party *party, ovf_arena *arena,
                                                  ovf_ruling *out);
/* The same at a place: whose claim it is and which strait are known there. place may be NULL. */
OVF_API OVF_NODISCARD ovf_status ovf_judge_notice_at(const ovf_rulebook *book,
                                                     const ovf_notice *notice, size_t area_index,
                                                     ovf_whose whose, uint32_t service_state,
                                                     const ovf_point *place, const ovf_party *party,
                                                     ovf_arena *arena, ovf_ruling *out);
OVF_API OVF_NODISCARD ovf_status ovf_judge_notice_air(const ovf_rulebook *book,
                                                      const ovf_notice *notice, size_t area_index,
                                                      ovf_air air, const ovf_party *party,
                                                      ovf_arena *arena, ovf_ruling *out);
/* A statement about the airspace of a State (index, or OVF_INDEX_NONE). Never OVF_VERDICT_BINDING
 * as to airspace: revocations (R20) and orders on a route market (R21) bind the named carriers'
 * commercial service, which `binding` says; `closes_airspace` is false for every statement. */
OVF_API OVF_NODISCARD ovf_status ovf_judge_statement(const ovf_rulebook *book,
                                                     const ovf_statement *statement,
                                                     uint32_t area_state, const ovf_party *party,
                                                     ovf_arena *arena, ovf_ruling *out);
/* area_state: ISO3, empty when not known. */
OVF_API OVF_NODISCARD ovf_status ovf_judge_statement_air(const ovf_rulebook *book,
                                                         const ovf_statement *statement,
                                                         ovf_str area_state, const ovf_party *party,
                                                         ovf_arena *arena, ovf_ruling *out);

#ifdef __cplusplus
}
#endif
#endif
