/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/news.h - statements out of running text: who did or said what about which area, on whose
 * word, when, for how long, with how many; every slot with its bytes, every statement with the
 * rules that fired. A cascade of tables and automata (docs/formats/news.md), no model, one answer.
 * Room: statement.  Uses: base, time, world, statement.h.
 * Threads: an ovf_news never changes once made; many threads may read with it, each with its own
 * arena. Time is linear in the text. */
#ifndef OVERFLY_NEWS_H
#define OVERFLY_NEWS_H

#include <overfly/json.h>
#include <overfly/statement.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of the world (States, airports, operators, FIRs) and our own tables, ready for look-up. */
typedef struct ovf_news ovf_news;

/* world may be NULL: then only our own tables are known. It must stay open as long as the reader.
 * OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_news_new(const ovf_world *world, ovf_news **out,
                                              ovf_error *err);
OVF_API void ovf_news_free(ovf_news *news); /* NULL is fine */

/* Whom a name stands for. The names of the statement schema: ovf_news_kind_name. */
typedef enum ovf_news_kind {
    OVF_NEWS_UNKNOWN = 0,
    OVF_NEWS_HEAD_OF_STATE,
    OVF_NEWS_MINISTER,
    OVF_NEWS_MINISTRY,
    OVF_NEWS_STATE,
    OVF_NEWS_AVIATION_AUTHORITY,
    OVF_NEWS_ANSP,
    OVF_NEWS_INTL_BODY,
    OVF_NEWS_MILITARY,
    OVF_NEWS_POLICE,
    OVF_NEWS_AGENCY,
    OVF_NEWS_LEGISLATURE,
    OVF_NEWS_AIRPORT,
    OVF_NEWS_AIRLINE,
    OVF_NEWS_COMPANY,
    OVF_NEWS_INDUSTRY_BODY,
    OVF_NEWS_OUTLET,
    OVF_NEWS_TRACKER,
    OVF_NEWS_ARMED_GROUP,
    OVF_NEWS_COURT,
    OVF_NEWS_OFFICIAL,
    OVF_NEWS_EXPERT,
    OVF_NEWS_NATURAL,
    OVF_NEWS_KIND_COUNT,
} ovf_news_kind;

typedef enum ovf_news_modality {
    OVF_NEWS_FACT = 0,
    OVF_NEWS_PLANNED,
    OVF_NEWS_POSSIBLE,
    OVF_NEWS_CONDITIONAL,
    OVF_NEWS_DIRECTIVE,
} ovf_news_modality;

typedef enum ovf_news_attribution {
    OVF_NEWS_ASSERTED = 0, /* the text's own voice */
    OVF_NEWS_SAID,         /* indirect speech, "according to" */
    OVF_NEWS_QUOTED,       /* at least a word of that party between quotation marks */
    OVF_NEWS_REPORTED,     /* another outlet, agency or tracker vouches */
} ovf_news_attribution;

OVF_API const char *ovf_news_kind_name(ovf_news_kind kind); /* "head_of_state" ... "unknown" */
OVF_API const char *ovf_news_modality_name(ovf_news_modality modality);
OVF_API const char *ovf_news_attribution_name(ovf_news_attribution attribution);

#define OVF_NEWS_NO_DAY INT32_MIN
#define OVF_NEWS_MAX_AREAS 12
#define OVF_NEWS_MAX_OPERATORS 12
#define OVF_NEWS_MAX_RULES 8

/* Days are counted from 1970-01-01; OVF_NEWS_NO_DAY on a side: open, on both: not said. */
typedef struct ovf_news_days {
    int32_t from;
    int32_t until; /* inclusive */
} ovf_news_days;

/* One statement. Texts live as long as the arena and the reader; spans are bytes of the text read. */
typedef struct ovf_news_statement {
    ovf_act act;
    ovf_str speaker; /* canonical name; empty: the text names nobody; "article" */
    ovf_news_kind speaker_kind;
    ovf_str speaker_state; /* ISO3 of the State it acts for, or empty */
    ovf_str areas[OVF_NEWS_MAX_AREAS];
    ovf_str area_codes[OVF_NEWS_MAX_AREAS]; /* ISO3, FIR or ICAO locator where known, else empty */
    size_t area_count;
    /* ICAO designators of the airlines that stop, go on or come back, or whose permit it is about. */
    ovf_str operators[OVF_NEWS_MAX_OPERATORS];
    size_t operator_count;
    ovf_str target;
    ovf_str instrument; /* notam, social_post, ...; empty: not said */
    bool is_negated;
    ovf_news_modality modality;
    ovf_news_attribution attribution;
    ovf_str attribution_by;
    ovf_news_days date;  /* of the act */
    ovf_news_days valid; /* of its effect */
    bool is_date_loose;  /* "last week": keep the interval, guess no day */
    bool is_area_inherited;
    bool is_nominal; /* told by a noun */
    ovf_str count;   /* ">=6 airlines", or empty */
    ovf_span evidence;
    ovf_span trigger;
    ovf_span speaker_at, area_at, target_at, source_at, date_at,
        count_at;                          /* len 0: inherited or none */
    const char *rules[OVF_NEWS_MAX_RULES]; /* ids, in the order they fired; static text */
    size_t rule_count;
} ovf_news_statement;

typedef struct ovf_news_options {
    int32_t published; /* day number, or OVF_NEWS_NO_DAY: relative days then stay unresolved */
    /* Also OVF_ACT_OPERATE, an airline told to go on flying, which the statement schema has not. */
    bool with_flying;
} ovf_news_options;

/* Text beyond OVF_NEWS_MAX_BYTES is refused; a document keeps at most OVF_NEWS_MAX_STATEMENTS (a
 * finding says how many were left out). */
#define OVF_NEWS_MAX_BYTES ((size_t)64 << 20)
#define OVF_NEWS_MAX_STATEMENTS 20000

typedef struct ovf_news_result {
    ovf_news_statement *items; /* by start of evidence, then by act */
    size_t count;
    const ovf_finding *findings;
    size_t finding_count;
} ovf_news_result;

/* Reads plain text (UTF-8; bad bytes are skipped). options may be NULL. An empty text has no
 * statements, which is no error. OVF_E_LIMIT, OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_news_read(const ovf_news *news, ovf_str text,
                                               const ovf_news_options *options, ovf_arena *arena,
                                               ovf_news_result *out, ovf_error *err);

/* One statement as a JSON object in the members of the statement schema, without line end.
 * doc: goes into "doc"; number: into "id" ("DOC-s01"). text: what was read, for "evidence". */
OVF_API void ovf_news_put_json(ovf_buf *buf, const ovf_news_statement *statement, ovf_str doc,
                               size_t number, ovf_str text, bool with_spans);
/* The same members into an object that is open. */
OVF_API void ovf_news_put_members(ovf_json *json, const ovf_news_statement *statement, ovf_str doc,
                                  size_t number, ovf_str text, bool with_spans);
/* The statement as a record (statement.h), so that it is judged and checked as one: said within its
 * days, valid as far as the text says so. Of areas that it does not name itself only the
 * nearest is taken over. Texts live in the arena, or as long as the statement's. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_news_record(const ovf_news_statement *statement, ovf_str text,
                                                 ovf_str doc, size_t number, ovf_arena *arena,
                                                 ovf_statement *out);
/* What is known of a document of news besides its bytes. */
typedef struct ovf_news_context {
    ovf_str id;         /* of the document; its statements are ID-s01, those of a feed ID-2-s01 */
    ovf_str outlet;     /* who publishes it, where the document does not say; may be empty */
    size_t start;       /* bytes in front of the story: the document's header block */
    ovf_time published; /* goes before the document's own; OVF_TIME_NONE */
    ovf_time known;     /* a day to count from where nobody tells one; OVF_TIME_NONE */
} ovf_news_context;

/* All statements of a document of any form (news_source.h) as records, those of operators that go on
 * flying among them. What the text gives no time for was said by the time it was published; an act
 * that lies ahead was said then and is valid from its day. `source` is on whose word the text tells
 * it: the party it names, else the outlet, else the id. spans: bytes of the document, len 0 where
 * the words do not stand there literally. Texts are copied into the arena, and only they.
 * OVF_E_LIMIT, OVF_E_SYNTAX as ovf_news_sources_read, OVF_E_NOMEM. A story that cannot be read, and
 * what is beyond OVF_STATEMENT_MAX_RECORDS, is a finding. */
OVF_API OVF_NODISCARD ovf_status ovf_news_statements(const ovf_news *news, ovf_str document,
                                                     const ovf_news_context *context,
                                                     ovf_arena *arena, ovf_statements *out,
                                                     ovf_error *err);
/* "2025-11-17/2025-11-23", "2025-11-29", or empty; appended. */
OVF_API void ovf_news_put_days(ovf_buf *buf, ovf_news_days days, bool is_validity);

#ifdef __cplusplus
}
#endif
#endif
