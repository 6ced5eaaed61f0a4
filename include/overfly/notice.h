/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/notice.h - official instruments out of their text: NOTAM in the ICAO form, the KICZ
 * form, advisories with named fields. What, where, when, how high, for whom; every value with its
 * bytes. A notice is only read here: whom it binds is the business of authority.h.
 * Room: notice.  Uses: world.  Source: ICAO Annex 15, Doc 10066 App. 3, Doc 8400;
 * docs/formats/notam.md.  Texts and spans borrow the caller's input, which must outlive them. */
#ifndef OVERFLY_NOTICE_H
#define OVERFLY_NOTICE_H

#include <overfly/schedule.h>
#include <overfly/world.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ovf_read_status {
    OVF_READ_UNREADABLE = 0,
    OVF_READ_PARTIAL,
    OVF_READ_OK
} ovf_read_status;

typedef enum ovf_notice_form {
    OVF_FORM_TEXT = 0, /* no known form; item E alone, or prose */
    OVF_FORM_ICAO,
    OVF_FORM_FAA_DOMESTIC,
    OVF_FORM_FAA_TFR,
    OVF_FORM_AIXM,
    OVF_FORM_NAVWARN,
    OVF_FORM_OPENAIR,
    OVF_FORM_GEOJSON,
    OVF_FORM_ADVISORY, /* KICZ text without items, EASA CZIB, State letters with named fields */
    OVF_FORM_SIGMET,   /* and AIRMET */
    OVF_FORM_ASHTAM,
    OVF_FORM_SNOWTAM, /* kept, not decoded */
    OVF_FORM_BIRDTAM, /* kept, not decoded */
    OVF_FORM_LAW,     /* no message: law that stands by itself, out of a table (authority.h) */
} ovf_notice_form;

typedef enum ovf_notice_kind {
    OVF_NOTICE_KIND_UNKNOWN = 0,
    OVF_NOTICE_NEW,
    OVF_NOTICE_REPLACE,
    OVF_NOTICE_CANCEL,
} ovf_notice_kind;

typedef enum ovf_effect {
    OVF_EFFECT_UNKNOWN = 0,
    OVF_EFFECT_CLOSED,
    OVF_EFFECT_PROHIBITED,
    OVF_EFFECT_RESTRICTED,
    OVF_EFFECT_DANGER,
    OVF_EFFECT_WARNING,
    OVF_EFFECT_ADVISORY,
    OVF_EFFECT_FLOW,
    OVF_EFFECT_INFORMATION,
    OVF_EFFECT_LIFTED,
} ovf_effect;

/* What the verb of the text does (domain: hard, conditional, soft, service, opening words). */
typedef enum ovf_strength {
    OVF_STRENGTH_UNKNOWN = 0,
    OVF_STRENGTH_HARD,        /* prohibited, closed, shall not enter */
    OVF_STRENGTH_CONDITIONAL, /* prior permission, only ... permitted */
    OVF_STRENGTH_SOFT,        /* recommended not to, exercise caution */
    OVF_STRENGTH_SERVICE,     /* air traffic services not provided */
    OVF_STRENGTH_OPENING,     /* cancelled, resumed, available */
    OVF_STRENGTH_NONE,        /* says something else */
} ovf_strength;

/* How strong soft words are; the risk axis rests on it. */
typedef enum ovf_advice {
    OVF_ADVICE_NONE = 0,
    OVF_ADVICE_CAUTION, /* exercise caution, take potential risk into account */
    OVF_ADVICE_EXTREME_CAUTION,
    OVF_ADVICE_DO_NOT_FLY, /* recommended not to enter, do not operate, avoid */
} ovf_advice;

/* Who issued it, as far as the text tells. */
typedef struct ovf_issuer {
    ovf_str office; /* "SVMIYNYX", "KICZ", "EASA"; may be empty */
    ovf_str state;  /* ISO3, empty when unknown; empty also for EASA */
    ovf_str kind;   /* "state" | "easa" | "eu" | "un" | "flow" | "unknown" */
    ovf_span span;
} ovf_issuer;

/* Who speaks when it is not the issuer: a State prints another's advice, order or warning. */
typedef struct ovf_relayed {
    ovf_str state;  /* ISO3; empty when unknown, and for EASA */
    ovf_str office; /* as written: "DEPARTMENT FOR TRANSPORT"; may be empty */
    ovf_str id;     /* number of the notice that is repeated, as written; may be empty */
    ovf_span span;  /* the words that say so; len 0: the issuer speaks for itself */
} ovf_relayed;

/* Whom the text names. Lists are ISO3 codes or words as written; "EU" among the States stands for
 * every member of the European Union (Reg. (EU) 965/2012; ovf_state.is_eu). */
typedef struct ovf_addressed {
    bool
        everyone; /* no State, owner or airman is singled out; aircraft and flights may narrow it */
    bool us_persons; /* paragraph A of the FAA's international notices, all three classes */
    ovf_str *operator_states; /* operators holding an AOC of */
    ovf_str *registry_states; /* aircraft registered in */
    ovf_str *owner_states;    /* owned, leased, chartered or controlled by persons of */
    ovf_str *airman_states;   /* airmen certificated by */
    bool sellers; /* carriers of operator_states also where they only sell the flight: as marketing
                     carrier in a code-share or blocked-space arrangement */
    ovf_str *aircraft; /* types or classes, as written: "UAS" */
    ovf_str *flights;  /* kinds of flight, as written: "CIVIL", "SCHEDULED", "TO SVMI" */
    ovf_str *except;   /* exceptions, as written */
    size_t operator_state_count, registry_state_count, owner_state_count, airman_state_count;
    size_t aircraft_count, flight_count, except_count;
    ovf_span span;
} ovf_addressed;

typedef enum ovf_shape {
    OVF_SHAPE_NONE = 0,
    OVF_SHAPE_POLYGON,
    OVF_SHAPE_CIRCLE,
    OVF_SHAPE_SECTOR,
    OVF_SHAPE_CORRIDOR,
    OVF_SHAPE_BUFFER,
    OVF_SHAPE_LINE,
    OVF_SHAPE_POINT,
    OVF_SHAPE_FIR,
    OVF_SHAPE_STATE,
    OVF_SHAPE_AIRPORT,
    OVF_SHAPE_ROUTE,
    OVF_SHAPE_NAMED,
} ovf_shape;

typedef enum ovf_certainty {
    OVF_CERTAINTY_UNRESOLVED = 0, /* the words name something that could not be found */
    OVF_CERTAINTY_Q_CIRCLE,       /* only the Q-line circle: a hint */
    OVF_CERTAINTY_REFERENCE,      /* through a published area of the world tables */
    OVF_CERTAINTY_EXACT,          /* from coordinates in the text */
} ovf_certainty;

typedef struct ovf_notice_area {
    ovf_shape shape;
    ovf_certainty certainty;
    ovf_str name; /* "N5", "AREA 1", "MAIQUETIA FIR"; may be empty */
    const ovf_area
        *area; /* never NULL; ovf_area_unresolved() when not found; of a part of a FIR that
                             nobody draws the FIR cut with it, which is not resolved either */
    ovf_level lower, upper;
    ovf_str lower_text, upper_text; /* as written, may be empty */
    bool has_active;                /* a schedule of its own; else that of the notice holds */
    ovf_intervals active;
    ovf_span span_active; /* the words of that schedule */
    ovf_effect effect;    /* of its own, or UNKNOWN: as the notice */
    /* The positions of the text that it is made of: vertices without a repeated first one, the
     * centre of a circle, the ends and bends of a line. None for places by name. */
    const ovf_point *points;
    size_t point_count;
    double radius_m; /* of a circle; half the width of a corridor; 0 */
    ovf_span span;
} ovf_notice_area;

/* One number that a checklist calls valid: "A0092/23" of its series. */
typedef struct ovf_checklist_item {
    char series; /* 'A'; 0 where the checklist does not tell its series */
    int32_t year;
    int32_t number;
} ovf_checklist_item;

#define OVF_CHECKLIST_MAX_ITEMS 20000

#define OVF_NOTICE_MAX_AREAS 500
#define OVF_NOTICE_MAX_VERTICES \
    2500 /* of one outline: telling whether it crosses itself is quadratic */
#define OVF_NOTICE_MAX_BYTES 262144 /* one notice; above it the rest is left unread, flagged */

typedef struct ovf_notice {
    uint32_t record;   /* index of the record in the input */
    ovf_str record_id; /* its own id when it came from JSONL; may be empty */
    ovf_read_status status;
    ovf_notice_form form;
    ovf_str id; /* "A0012/25"; empty when it has none */
    ovf_notice_kind kind;
    ovf_str refers_to; /* of a replacement or cancellation; may be empty */
    /* What the text sends its reader to, in its order, each once, with one blank between words:
     * "AIP SUP 207/25", "AIC A 03/2023", "AIRAC AMDT 05/26", "NOTAM A1234/26". */
    ovf_str *references;
    size_t reference_count;
    ovf_str location_prefix; /* "KICZ" where the text puts it before the number; may be empty */
    int32_t part, part_of;   /* 0 when not in parts */
    bool parts_complete;
    ovf_issuer issuer;
    ovf_relayed relayed;
    ovf_str *firs; /* FIRs whose airspace it is about */
    size_t fir_count;
    ovf_str locations;                             /* item A as written */
    ovf_str q_fir, qcode, traffic, purpose, scope; /* as written, may be empty */
    ovf_str subject, condition;                    /* the Q-code in words, may be empty */
    ovf_level q_lower, q_upper;
    bool has_q_circle;
    ovf_point q_centre;
    double q_radius_nm;
    ovf_time valid_from;  /* OVF_TIME_NONE when unknown */
    ovf_time valid_until; /* OVF_TIME_OPEN when permanent or unknown */
    bool until_estimated, until_permanent;
    ovf_time created;     /* CREATED: line, filing time; NONE */
    ovf_str source;       /* SOURCE: line */
    ovf_str schedule;     /* item D as written */
    ovf_str valid_text;   /* SIGMET, ASHTAM: validity as written, days without month or year */
    ovf_intervals active; /* within the window of the reading */
    bool active_complete;
    ovf_effect effect;
    ovf_strength strength;
    ovf_advice advice;
    ovf_addressed addressed;
    ovf_notice_area *areas; /* may be none: nothing spatial in it (an office's hours) */
    size_t area_count;
    ovf_str text;                   /* item E, whole */
    ovf_str lower_text, upper_text; /* items F and G as written */
    ovf_str raw;                    /* the notice's own bytes within the record */
    ovf_span raw_span;              /* and where they are */
    /* Spans of the items, len 0 when absent. */
    ovf_span span_id, span_q, span_a, span_b, span_c, span_d, span_e, span_f, span_g;
    ovf_span span_active; /* a schedule in item E; len 0: item D, or none */
    ovf_span span_effect; /* the words that decided the effect */
    /* A checklist (QKKKK, or so in words): the numbers that it calls valid, sorted by series, year
     * and number; none for a checklist that says NIL, or that could not be read (checklist_whole
     * is then false: its silence says nothing). */
    bool is_checklist;
    bool checklist_whole;
    const ovf_checklist_item *checklist;
    size_t checklist_count;
    ovf_span span_checklist;
    const ovf_finding *findings;
    size_t finding_count;
} ovf_notice;

/* How much of each notice is read. What is not read stays zero, which says "unknown". */
typedef enum ovf_notice_depth {
    OVF_DEPTH_FULL = 0,
    OVF_DEPTH_GEOMETRY, /* items, item D as active intervals, the areas of item E; not whom it binds,
                           what it does, who issued it, nor places that it only mentions */
    OVF_DEPTH_HEAD,     /* the items and what they say, their spans; item D and item E as written */
} ovf_notice_depth;

typedef struct ovf_notice_options {
    ovf_interval window; /* {0,0}: 28 days from each notice's own start */
    uint32_t record;     /* copied into every notice */
    ovf_str record_id;
    ovf_notice_depth depth;
    const char *only_form; /* reserved; NULL */
    /* When the text reached the reader; 0 or OVF_TIME_NONE: not known. Only what does not say its own
     * month or year is placed by it (SIGMET, ASHTAM, warnings at sea: the nearest such date), and a
     * notice "with immediate effect" that tells no filing time begins then; findings say so. */
    ovf_time received;
    /* By which ovf_notice_read reads a text of many notices; 0 and 1: by the caller's alone. The
     * result is the same whatever their number; the arena is the caller's again when it returns. */
    unsigned threads;
} ovf_notice_options;

/* Reads one record: a file or one JSONL text, with one notice or several.
 * world  may be NULL: then names of places stay unresolved.
 * record borrowed; lines that start with '#' before the first notice are the document's own header
 *        (docs/formats/document.md) and are skipped.
 * out    at least one notice for a record that is not blank: what cannot be read at all comes out
 *        with status UNREADABLE, its text kept, and a finding that says what was expected where.
 * OVF_E_NOMEM, OVF_E_LIMIT only. Any bytes are safe. */
OVF_API OVF_NODISCARD ovf_status ovf_notice_read(const ovf_world *world, ovf_str record,
                                                 const ovf_notice_options *options,
                                                 ovf_arena *arena, ovf_notice **out, size_t *count,
                                                 ovf_error *err);

/* Called with each notice of a bulletin, in order; any other answer than OVF_OK ends the reading and
 * is handed on. The notice lives until the call returns. */
typedef ovf_status (*ovf_notice_sink)(void *context, const ovf_notice *notice);

/* As ovf_notice_read, for whole files of any number of notices: one at a time, and the arena, which
 * is emptied between them, holds no more than the largest. Parts of one notice are joined when they
 * stand one behind the other. */
OVF_API OVF_NODISCARD ovf_status ovf_notice_read_each(const ovf_world *world, ovf_str bulletin,
                                                      const ovf_notice_options *options,
                                                      ovf_arena *arena, ovf_notice_sink sink,
                                                      void *context, ovf_error *err);

/* ---- back to text ---- */

enum {                           /* flags of ovf_notice_emit */
       OVF_EMIT_ORIGINAL = 1,    /* a notice that was read in the ICAO form: its own bytes */
       OVF_EMIT_NO_BRACKETS = 2, /* without the brackets that open and close a message */
};

#define OVF_EMIT_COLUMNS 69 /* of a line; Annex 10 Vol. II, 4.4.5: the line of a teleprinter */

/* Writes the notice in the ICAO form, out of its fields: identification, Q line, A) B) C) on one
 * line, D), E) as it stands, folded at blanks, F) G), and the lines CREATED: and SOURCE: behind it.
 * Reading the result gives the same fields. What the fields do not say is left out or left empty,
 * never filled in; of a notice without a text (an outline in GeoJSON) item E lists its areas.
 * Parts that were joined come out as one. out: in the arena. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_notice_emit(const ovf_notice *notice, unsigned flags,
                                                 ovf_arena *arena, ovf_str *out, ovf_error *err);

/* ---- where each value came from ---- */

/* One decoded value with its bytes. */
typedef struct ovf_notice_span {
    const char *what; /* "id", "q_lower", "valid_until", "area", "area_name"; static text */
    size_t index;     /* of the area, FIR or listed word; 0 */
    size_t sub;       /* of the word in its list; 0 */
    ovf_span span;    /* never of length 0 */
    ovf_str value;    /* the value in short words, in the arena */
} ovf_notice_span;

/* Every value of the notice that has a place in the record's text, in the order of their bytes, the
 * longer one first where several begin together. OVF_E_NOMEM. */
OVF_API OVF_NODISCARD ovf_status ovf_notice_spans(const ovf_notice *notice, ovf_arena *arena,
                                                  ovf_notice_span **out, size_t *count,
                                                  ovf_error *err);

/* Does this look like a notice at all (and not a flight plan, a statement, an article)? */
OVF_API bool ovf_notice_sniff(ovf_str record);

/* The notice in two or three English sentences, abbreviations written out: who says, what, for whom,
 * where, how high; when; the reason stated, exceptions, and what could not be resolved. Never more
 * than the notice says; no clock, so nothing of "now".
 * out    in the arena, UTF-8; written only on OVF_OK.  OVF_E_NOMEM only. */
OVF_API OVF_NODISCARD ovf_status ovf_notice_plain(const ovf_notice *notice, ovf_arena *arena,
                                                  ovf_str *out);

/* Words for JSON, as in the contract. Never NULL. */
OVF_API const char *ovf_read_status_name(ovf_read_status status);
OVF_API const char *ovf_notice_form_name(ovf_notice_form form);
OVF_API const char *ovf_notice_kind_name(ovf_notice_kind kind);
OVF_API const char *ovf_effect_name(ovf_effect effect);
OVF_API const char *ovf_strength_name(ovf_strength strength);
OVF_API const char *ovf_advice_name(ovf_advice advice);
OVF_API const char *ovf_shape_name(ovf_shape shape);
OVF_API const char *ovf_certainty_name(ovf_certainty certainty);

#ifdef __cplusplus
}
#endif
#endif
