/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/statement.h - what somebody said or did, as a typed record: speaker, office, medium,
 * time, text, target. It never makes a closure. Also the record by which a feed declares up to
 * when it is complete. Read from JSON (docs/formats/statement.md); extraction out of prose is a
 * later door of the same room.
 * Room: statement.  Uses: world, time, jansson. */
#ifndef OVERFLY_STATEMENT_H
#define OVERFLY_STATEMENT_H

#include <overfly/time.h>
#include <overfly/world.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ovf_act {
    OVF_ACT_UNKNOWN = 0,
    OVF_ACT_DECLARE_CLOSED,
    OVF_ACT_REOPEN,
    OVF_ACT_PROHIBIT,
    OVF_ACT_EXEMPT,
    OVF_ACT_WARN,
    OVF_ACT_SUSPEND_SERVICE,
    OVF_ACT_RESUME_SERVICE,
    OVF_ACT_DIVERT,
    OVF_ACT_REVOKE_PERMISSION,
    OVF_ACT_GRANT_PERMISSION,
    OVF_ACT_DESIGNATE,
    OVF_ACT_ORDER,
    OVF_ACT_THREATEN,
    OVF_ACT_STRIKE,
    OVF_ACT_DEPLOY,
    OVF_ACT_INCIDENT,
    OVF_ACT_DENY,
    OVF_ACT_CONDEMN,
    OVF_ACT_CLAIM,
    OVF_ACT_REPORT,
    OVF_ACT_NEGOTIATE,
    OVF_ACT_AUTHORITY,
    OVF_ACT_OPERATE, /* an operator is reported to go on flying */
} ovf_act;

/* "declare_closed" and so on; "unknown". */
OVF_API const char *ovf_act_name(ovf_act act);
/* false: not one of the names; *out is untouched. "unknown" is not one. */
OVF_API bool ovf_act_parse(ovf_str name, ovf_act *out);

typedef struct ovf_statement {
    ovf_str id; /* given, or "S-" and the first 8 digits of its document and a number */
    ovf_act act;
    ovf_str speaker;       /* "President of the United States" */
    ovf_str speaker_kind;  /* head_of_state, minister, ministry, state, aviation_authority, ansp,
                             intl_body, military, airline, armed_group, ... as in the statement schema */
    ovf_str office;        /* "President", may be empty */
    ovf_str speaker_state; /* ISO3 of the State the speaker acts for; empty: unknown */
    ovf_str medium;        /* instrument: social_post, statement, law, notam, spoken, ... */
    ovf_time said;         /* when, OVF_TIME_NONE unknown */
    ovf_time said_until;   /* where only days are told: their end; else 0 */
    ovf_interval valid;    /* of what it announces; {NONE, OPEN} when not said */
    ovf_str text;          /* its own words, or a short account of ours */
    bool is_quote;         /* text is quoted from the speaker */
    ovf_str target;        /* whom or what it acts on, may be empty */
    ovf_str *areas;        /* as written: "Venezuela", "SVZM" */
    size_t area_count;
    ovf_str *operators; /* ICAO designators it is about: the airline that suspends, or those
                             whose permit is revoked */
    size_t operator_count;
    bool is_negated;        /* polarity "neg": it says that the act is not so */
    ovf_str modality;       /* fact, planned, possible, conditional, directive; may be empty */
    ovf_str instrument_ref; /* "Gaceta Oficial 43.264", may be empty */
    ovf_str source;         /* who reports it */
    bool is_extracted;      /* read out of running text by rules (news.h), not typed by anybody */
    ovf_span span;          /* of the record in its document */
} ovf_statement;

/* Somebody vouches that the documents of these issuers are all there, up to a moment. */
typedef struct ovf_coverage {
    ovf_str *issuers; /* ISO3 codes, or "*" for all */
    size_t issuer_count;
    ovf_interval during; /* complete for what was issued within */
    ovf_str basis;       /* in words: "hourly feed", "example: only the notices in this folder" */
    ovf_str document;    /* SHA-256 of the bulletin that holds all of them at `until`; empty */
    ovf_span span;
} ovf_coverage;

typedef struct ovf_statements {
    ovf_statement *items;
    size_t count;
    ovf_coverage *coverages;
    size_t coverage_count;
    const ovf_finding *findings; /* records left out, with line and reason */
    size_t finding_count;
} ovf_statements;

#define OVF_STATEMENT_MAX_RECORDS 100000

/* Reads one JSON object, an array of them, or one object a line. Members: docs/formats/statement.md.
 * A record that cannot be used is left out with a finding (error) that says why; the rest is read.
 * OVF_E_SYNTAX: nothing in it is JSON at all (err->pos). OVF_E_NOMEM, OVF_E_LIMIT.
 * Texts are copied into the arena. */
OVF_API OVF_NODISCARD ovf_status ovf_statement_read(ovf_str document, ovf_arena *arena,
                                                    ovf_statements *out, ovf_error *err);
/* Does the document look like such records? */
OVF_API bool ovf_statement_sniff(ovf_str document);

#ifdef __cplusplus
}
#endif
#endif
