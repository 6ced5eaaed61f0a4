/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of the room. One record is cleaned (clean.c), split into notices (split.c); each
 * notice becomes a draft: its items are found (items.c), read (header.c, qline.c, validity.c), its
 * item E cut into tokens (token.c, coord.c), and the tokens read for limits, shapes, places, effect
 * and addressees. Positions here are offsets into the cleaned text; ovf_raw_pos leads back. */
#ifndef OVERFLY_NOTICE_INTERNAL_H
#define OVERFLY_NOTICE_INTERNAL_H

#include "scan.h"

#include <overfly/notice.h>

#include <string.h>

#define OVF_DEGREE '\x1e' /* a degree sign in cleaned text */

/* ---- cleaned text ---- */

/* ASCII of the same meaning: entities, look-alike letters, typographic signs. map is NULL when
 * nothing had to change (text is then the caller's own bytes); else map[i] is the offset in the
 * record of byte i, with one entry behind the last byte. */
typedef struct ovf_clean {
    ovf_str text;
    const uint32_t *map;
} ovf_clean;

/* base: added to the offsets of the map. false: no memory. */
bool ovf_clean_text(ovf_str raw, uint32_t base, ovf_arena *arena, ovf_clean *out);
/* The raw bytes with only HTML entities resolved, for people to read. */
ovf_str ovf_clean_show(ovf_str raw, ovf_arena *arena);

/* ---- tokens of item E ---- */

typedef enum ovf_token_kind {
    OVF_TOK_END = 0,
    OVF_TOK_WORD,  /* letters and digits, starting with a letter */
    OVF_TOK_NUM,   /* a: value */
    OVF_TOK_COORD, /* a: latitude, b: longitude */
    OVF_TOK_LAT,   /* a: a parallel */
    OVF_TOK_LON,   /* a: a meridian */
    OVF_TOK_SIGN,
} ovf_token_kind;

enum {                           /* ovf_token.flags */
       OVF_TOK_GLUED = 1,        /* no blank before it */
       OVF_TOK_NEW_LINE = 2,     /* first on its line */
       OVF_TOK_BAD = 4,          /* minutes above 59, beyond the pole: cannot be a place */
       OVF_TOK_PADDED = 8,       /* a digit too few or too many, read all the same */
       OVF_TOK_NO_HEMI = 16,     /* a hemisphere letter was taken from the neighbour */
       OVF_TOK_LOOKS = 32,       /* a word or number that looks like a coordinate but is none */
       OVF_TOK_PLACE = 64,       /* a name that stands for a position */
       OVF_TOK_USED = 128,       /* a coordinate that an area is made of already */
       OVF_TOK_DECIMAL = 8 | 16, /* of a coordinate, both: read as decimal degrees */
};

enum {                            /* ovf_token.traits, of words */
       OVF_TRAIT_LETTERS = 1,     /* of nothing but letters */
       OVF_TRAIT_WITH_DIGITS = 2, /* "R295", "EGD123" */
       OVF_TRAIT_CLOCK = 4, /* a number, or a position not written plainly, that may hold one */
};

typedef struct ovf_token {
    uint8_t kind;
    uint8_t flags;
    char sign;
    uint8_t lead; /* phrase.h */
    uint32_t at;
    uint32_t len;
    uint16_t word; /* its number (phrase.h); 0: none of the vocabulary, or no word */
    uint8_t traits;
    double a;
    double b;
} ovf_token;

typedef struct ovf_coord {
    double lat_deg;
    double lon_deg;
    uint8_t flags; /* OVF_TOK_BAD ... */
    bool is_plain; /* four or six digits, a letter, five or seven and a letter */
    size_t end;
} ovf_coord;

/* Reads a latitude and a longitude at `at` (domain: every shape of coordinate); last gives the
 * hemispheres of the coordinate before, 0 when there is none. */
bool ovf_coord_read(ovf_str s, size_t at, char last_lat, char last_lon, ovf_coord *out);
/* One ordinate alone: "57W", "N5020". axis 'N' or 'E'. */
bool ovf_ordinate_read(ovf_str s, size_t at, char *axis, double *value_deg, size_t *end);

/* ---- a notice in the making ---- */

enum {
    OVF_ITEM_Q,
    OVF_ITEM_A,
    OVF_ITEM_B,
    OVF_ITEM_C,
    OVF_ITEM_D,
    OVF_ITEM_E,
    OVF_ITEM_F,
    OVF_ITEM_G,
    OVF_ITEM_COUNT
};

typedef struct ovf_range {
    uint32_t from;
    uint32_t until; /* from == until: absent */
} ovf_range;

/* Which words a list of tokens holds: a search for a phrase that has another ends here. */
#define OVF_VOCABULARY_SETS 64 /* of 64 numbers each: as many as the vocabulary may have */
typedef struct ovf_word_index {
    const ovf_token *tokens; /* the list it speaks of */
    uint64_t leads;
    uint32_t kinds;                     /* bits by kind of token */
    uint8_t traits;                     /* of any word */
    uint64_t signs[2];                  /* bits by sign */
    uint64_t sets[OVF_VOCABULARY_SETS]; /* bits by number */
} ovf_word_index;
/* A place named in item E without coordinates, where one is wanted: "BARKR", "ABC123045". */
typedef struct ovf_named_place {
    size_t first, end; /* tokens */
    ovf_point place;
    bool is_known;
} ovf_named_place;

enum { OVF_SPARED_MAX = 8 };

typedef struct ovf_draft {
    const ovf_world *world;
    ovf_arena *arena;
    ovf_arena *scratch;    /* until the next notice: what nothing that is handed out points to */
    ovf_str raw;           /* the record */
    ovf_clean clean;       /* of this notice alone */
    const uint32_t *outer; /* offsets in the caller's record of `raw`, when that was unwrapped */
    uint32_t base;         /* where it begins in the record; the map counts from there on its own */
    ovf_range all;         /* of the notice, in cleaned text */
    ovf_range ident;       /* "A0012/25" */
    ovf_range items[OVF_ITEM_COUNT]; /* contents, trimmed, without the letter */
    bool has_item[OVF_ITEM_COUNT];   /* the letter is there, though perhaps nothing behind it */
    uint32_t trailer;                /* where CREATED:, SOURCE: and litter begin */
    ovf_str originator;              /* of the AFTN envelope */
    ovf_token *tokens;               /* item E, ending in OVF_TOK_END */
    size_t token_count;
    ovf_word_index words;   /* of the tokens cut last */
    ovf_named_place *named; /* in the order of the text; their first tokens bear OVF_TOK_PLACE */
    size_t named_count, named_capacity;
    ovf_range spared[OVF_SPARED_MAX]; /* tokens of what it says that it leaves alone: hidden */
    size_t spared_count;
    size_t main_from; /* first token of what the notice itself says: before it, what others said */
    ovf_findings findings;
    ovf_notice *notice;
    ovf_notice_area *areas;
    size_t area_count, area_capacity;
    bool has_more_areas;    /* than the list takes */
    ovf_level lower, upper; /* of items F and G, or of item Q */
    ovf_time filed;         /* by the envelope, NONE */
    ovf_time received;      /* by the options, NONE */
    uint32_t ash_until;     /* of an ASHTAM: areas before it are ash, behind it closed; 0 */
    bool is_kicz;
    bool is_joined; /* out of several parts */
    bool no_memory;
    struct ovf_border_list *borders; /* border.c: those that were asked for */
} ovf_draft;

/* Offset in d->raw. */
static inline uint32_t ovf_inner_pos(const ovf_draft *d, size_t at)
{
    if (d->clean.map == NULL)
        return d->base + (uint32_t)at;
    return d->clean.map[at > d->clean.text.len ? d->clean.text.len : at];
}

/* Offset in the caller's record. */
static inline uint32_t ovf_raw_pos(const ovf_draft *d, size_t at)
{
    uint32_t inner = ovf_inner_pos(d, at);
    return d->outer == NULL ? inner : d->outer[inner > d->raw.len ? d->raw.len : inner];
}

static inline ovf_span ovf_raw_span(const ovf_draft *d, size_t from, size_t until)
{
    uint32_t at = ovf_raw_pos(d, from);
    uint32_t end = until > from ? ovf_raw_pos(d, until - 1) + 1 : at;
    return (ovf_span){at, end > at ? end - at : 0};
}

/* Bytes to show: the record's own where it was clean, a readable copy else. */
ovf_str ovf_show(ovf_draft *d, size_t from, size_t until);

static inline ovf_str ovf_range_text(const ovf_draft *d, ovf_range range)
{
    return ovf_str_sub(d->clean.text, range.from, range.until);
}

#define OVF_FIND(d, severity, at, ...) \
    ovf_findings_add(&(d)->findings, severity, ovf_raw_pos(d, at), __VA_ARGS__)

static inline bool ovf_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool ovf_is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static inline bool ovf_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static inline char ovf_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* ---- clean text to items ---- */

typedef struct ovf_piece_range {
    ovf_range all;
    ovf_range ident; /* empty: none */
} ovf_piece_range;

#define OVF_PARTS_MAX 99 /* of one notice */

/* Cuts a text into notices, into a list that grows in the arena, or, without one, into a window of
 * fixed size. */
struct ovf_splitter {
    ovf_str s;
    size_t start;  /* where the first notice may begin */
    size_t at;     /* nothing begins before */
    size_t looked; /* lines that begin before lead to a place that was looked at */
    size_t mark;   /* behind the last ZCZC or NNNN; 0: none yet */
    size_t scanned;
    size_t place, place_count; /* of places, next and end */
    ovf_arena *arena;
    ovf_piece_range *items;
    size_t count;
    size_t capacity;
    bool has_begun; /* the first line was looked at */
    bool has_any;   /* a notice was found, perhaps dropped since */
    bool has_q;     /* the notice at hand has its Q) line */
    bool failed;
    uint32_t places[OVF_SCAN_ROOM]; /* last: not zeroed */
};

void ovf_split_start(struct ovf_splitter *sp, ovf_str text, size_t start);
/* Goes on until the window is full; false: the text is at its end and all is there. The last piece
 * ends where the text does until another is found. */
bool ovf_split_more(struct ovf_splitter *sp);
/* Makes room: the first pieces are done with. */
void ovf_split_drop(struct ovf_splitter *sp, size_t count);
/* Where the notices of a record are; at least one for text that is not blank. false: no memory. */
bool ovf_split(ovf_str text, ovf_arena *arena, ovf_piece_range **out, size_t *count);
void ovf_find_items(ovf_draft *d);
/* The value of a line "NAME: value" in the trailer, trimmed. */
ovf_range ovf_trailer_value(const ovf_draft *d, ovf_str name);
/* "PART 2 OF 3" in a range; false when there is none. */
bool ovf_find_part(const ovf_draft *d, ovf_range range, int32_t *part, int32_t *of);

/* The heading and the items of a notice that is regular in every way; false: nothing was read. */
bool ovf_read_regular(ovf_draft *d);
/* As ovf_notice_read, never by that short way: what tests compare it with. */
ovf_status ovf_notice_read_plainly(const ovf_world *world, ovf_str record,
                                   const ovf_notice_options *options, ovf_arena *arena,
                                   ovf_notice **out, size_t *count, ovf_error *err);

void ovf_read_header(ovf_draft *d);
void ovf_read_qline(ovf_draft *d);
void ovf_read_validity(ovf_draft *d);
void ovf_read_active(ovf_draft *d, const ovf_notice_options *options);

/* Hours that stand in the text: of the notice where item D has none, or of single areas (hours.c). */
void ovf_read_hours(ovf_draft *d, ovf_interval window, ovf_schedule_place place);

/* A date and time in words, any order of "21 NOV", "2025", "17:43": the offset behind, or at. */
size_t ovf_prose_time(ovf_str s, size_t at, ovf_time *out);
const char *ovf_qcode_subject(ovf_str letters);   /* "AF": NULL when not in the table */
const char *ovf_qcode_condition(ovf_str letters); /* "LC" */

/* ---- item E ---- */

typedef enum ovf_leg_kind {
    OVF_LEG_STRAIGHT = 0,
    OVF_LEG_ARC,
    OVF_LEG_BORDER,
    OVF_LEG_PARALLEL,
} ovf_leg_kind;

/* What joins a vertex to the next one. */
typedef struct ovf_leg_words {
    ovf_leg_kind kind;
    int8_t turn; /* of an arc: 1 clockwise, -1 anticlockwise, 0 not said */
    bool is_turn_assumed;
    bool has_centre;
    ovf_point centre;
    size_t centre_token;
    double radius_m;    /* as written; 0: not said */
    size_t from, until; /* the words, tokens */
} ovf_leg_words;

typedef struct ovf_vertex {
    ovf_point place;
    size_t token;
    bool is_bad; /* cannot be a place, or a name that nobody knows */
    ovf_leg_words leg;
} ovf_vertex;

typedef struct ovf_run {
    size_t first; /* tokens */
    size_t last;
    ovf_vertex *vertices; /* without centres of arcs */
    size_t count;
    size_t capacity;
    bool is_closed;
    bool is_listed; /* a bullet before each vertex but perhaps the first */
    bool is_line;   /* settled: the words before it, or before the list that it is in, say so */
    bool has_arc;
    bool has_border;
    bool is_cut; /* something that looks like a coordinate but cannot be read stands in or behind */
    size_t odd;  /* the token that made it so */
} ovf_run;

typedef struct ovf_runs {
    ovf_run *items;
    size_t count;
    size_t capacity;
} ovf_runs;

void ovf_find_runs(ovf_draft *d, ovf_runs *runs);
/* A coordinate or a named place at token i: true, and the token behind it. */
bool ovf_vertex_at(const ovf_draft *d, size_t i, ovf_vertex *out, size_t *end);
/* A number or letter that counts: "1.", "A)", "P2:". */
bool ovf_tok_is_bullet(const ovf_draft *d, size_t i);

/* The first token at or behind a byte of the record. */
size_t ovf_token_at(const ovf_draft *d, uint32_t raw_at);
/* Cuts a range into tokens that end in OVF_TOK_END; false: no memory. */
bool ovf_tokenise(ovf_draft *d, ovf_range range, ovf_token **out, size_t *count);

static inline ovf_str ovf_tok_text(const ovf_draft *d, size_t i)
{
    const ovf_token *t = &d->tokens[i];
    return ovf_str_sub(d->clean.text, t->at, t->at + t->len);
}

static inline bool ovf_tok_is(const ovf_draft *d, size_t i, const char *word)
{
    if (i >= d->token_count || d->tokens[i].kind != OVF_TOK_WORD)
        return false;
    const char *text = d->clean.text.ptr + d->tokens[i].at;
    size_t len = d->tokens[i].len;
    for (size_t k = 0; k < len; k++) {
        // Ends at the NUL of a shorter word, too.
        if (ovf_upper(text[k]) != ovf_upper(word[k]))
            return false;
    }
    return word[len] == '\0';
}

static inline bool ovf_tok_sign(const ovf_draft *d, size_t i, char sign)
{
    return i < d->token_count && d->tokens[i].kind == OVF_TOK_SIGN && d->tokens[i].sign == sign;
}

static inline uint32_t ovf_tok_end(const ovf_draft *d, size_t i)
{
    return d->tokens[i].at + d->tokens[i].len;
}

/* Are both the same stored position? Most are told apart before they are rounded. */
static inline bool ovf_is_same_place(ovf_point p, ovf_point q)
{
    const double apart_deg = 2e-7;
    if (p.lat_deg - q.lat_deg > apart_deg || q.lat_deg - p.lat_deg > apart_deg
        || p.lon_deg - q.lon_deg > apart_deg || q.lon_deg - p.lon_deg > apart_deg)
        return false;
    ovf_fixed a = ovf_point_fix(p);
    ovf_fixed b = ovf_point_fix(q);
    return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

/* The number of the word at token i; 0 for other tokens and beyond the end. */
static inline unsigned ovf_tok_word(const ovf_draft *d, size_t i)
{
    return i < d->token_count ? d->tokens[i].word : 0;
}

/* Does the text hold the word of that number? */
static inline bool ovf_text_holds(const ovf_draft *d, unsigned word)
{
    return d->words.tokens != d->tokens || (d->words.sets[word / 64] >> (word & 63) & 1) != 0;
}

/* A token of that kind, a word with that trait, that sign of ASCII? */
static inline bool ovf_text_has_kind(const ovf_draft *d, ovf_token_kind kind)
{
    return d->words.tokens != d->tokens || (d->words.kinds >> kind & 1) != 0;
}

static inline bool ovf_text_has_trait(const ovf_draft *d, uint8_t trait)
{
    return d->words.tokens != d->tokens || (d->words.traits & trait) != 0;
}

static inline bool ovf_text_has_sign(const ovf_draft *d, char sign)
{
    return d->words.tokens != d->tokens || (d->words.signs[sign >> 6 & 1] >> (sign & 63) & 1) != 0;
}

/* pattern is a literal: what it was compiled to is found by its address.
 * Words from token i on: "RADIUS|RAD OF? #" - alternatives by |, ? for may be missing, # a number,
 * % a unit of length, * any one token, ~ a prefix match ("~CENT"). Commas and colons between words
 * are passed over. Returns the index behind the last token matched, or 0. */
size_t ovf_phrase(const ovf_draft *d, size_t i, const char *pattern);
/* May the phrase stand anywhere in the text? false: it has no token for a part that the phrase needs. */
bool ovf_text_may_say(const ovf_draft *d, const char *pattern);
/* Of a list of at most 32 patterns a bit for each that may stand in the text, the first one lowest. */
static inline uint32_t ovf_text_may_say_any(const ovf_draft *d, const char *const *patterns,
                                            size_t count)
{
    uint32_t bits = 0;
    for (size_t k = 0; k < count; k++)
        bits |= (uint32_t)ovf_text_may_say(d, patterns[k]) << k;
    return bits;
}

/* The first place at or after `from` and before `until`, or OVF_NOPOS; *end the index behind. */
size_t ovf_phrase_find(const ovf_draft *d, size_t from, size_t until, const char *pattern,
                       size_t *end);
/* A number and its unit at i ("5NM", "0.5 KM", "300 M"): metres, and the index behind; or 0. */
size_t ovf_length_at(const ovf_draft *d, size_t i, double *length_m);
/* First and last token of the sentence round i (a full stop that ends a word ends a sentence). */
size_t ovf_sentence_start(const ovf_draft *d, size_t i);
size_t ovf_sentence_end(const ovf_draft *d, size_t i);

typedef struct ovf_limits {
    ovf_level lower, upper;
    uint32_t from, until; /* bytes */
    bool found;
} ovf_limits;

/* One level in words at token i: the index behind it, or 0. */
size_t ovf_level_at(const ovf_draft *d, size_t i, bool is_upper, const char *default_unit,
                    ovf_level *out);
/* The first pair of limits in tokens [from, until): "GND-600M AMSL", "BELOW FL260", "AT ALL
 * ALTITUDES". *next: the token behind. */
ovf_limits ovf_limits_find(const ovf_draft *d, size_t from, size_t until, size_t *next);
void ovf_read_limits(ovf_draft *d); /* items F and G, Q line behind them */

/* Appends an area; NULL: no memory or the ceiling. */
ovf_notice_area *ovf_add_area(ovf_draft *d, ovf_shape shape, ovf_certainty certainty,
                              const ovf_area *area, size_t from, size_t until);
void ovf_read_shapes(ovf_draft *d); /* coordinates: rings, circles, corridors, points */
void ovf_read_places(ovf_draft *d); /* FIRs, States, half-planes, airports, routes, names */
/* Routes that are closed beside an area that is drawn: each an area more, with that effect. */
void ovf_read_routes_beside(ovf_draft *d);
void ovf_settle_areas(ovf_draft *d); /* limits of each area, the Q line's hint, the list of FIRs */
/* "ARP" (of item A), "EGLL", "LALLO AERODROME", "XYZ VOR" at token i: the token behind, 0. */
size_t ovf_centre_at(const ovf_draft *d, size_t i, ovf_point *out);
bool ovf_place_circle(ovf_draft *d, size_t i); /* "5NM RADIUS OF EGLL ARP" at token i */
/* A notice whose subject is an ATS route: routes, and whatever coordinates it has are theirs. */
bool ovf_read_route_matter(ovf_draft *d);
void ovf_read_names(ovf_draft *d); /* aerodromes, routes, designators, FIRs of item A, item Q */

/* Do the words of exception at token `at`, ending before `end`, except airspace and nobody? */
bool ovf_excludes_airspace(const ovf_draft *d, size_t at, size_t end);
void ovf_read_references(ovf_draft *d); /* AIP SUP, AMDT, AIC and other notices that it names */
void ovf_read_checklist(ovf_draft *d);  /* needs items, header and item Q */

void ovf_read_effect(ovf_draft *d);
void ovf_read_area_effects(ovf_draft *d); /* of parts that do something else */
void ovf_read_issuer(ovf_draft *d);
void ovf_read_relayed(ovf_draft *d); /* who speaks, when it is not the issuer */
/* State named at token i, behind "THE REPUBLIC OF" and the like; empty when there is none. */
ovf_str ovf_state_behind(const ovf_draft *d, size_t i, size_t *end);
/* "AIRSPACE OPEN EXCEPT FOR ...": the tokens of whom the opening leaves out; false: none. */
bool ovf_open_but(const ovf_draft *d, size_t *from, size_t *end);
void ovf_read_exceptions(ovf_draft *d); /* addressed.except */
/* Finds what the text leaves alone ("REMAINS OPEN", "NOT AFFECTED") and hides its tokens (spare.c). */
void ovf_hide_spared(ovf_draft *d);
void ovf_read_addressed(ovf_draft *d);
void ovf_read_kinds(ovf_draft *d); /* of aircraft and of flights: kinds.c */
/* Does a word of exception stand between the start of its sentence and token i? */
bool ovf_is_behind_exception(const ovf_draft *d, size_t i);
/* A kind of flight that is addressed, told by the tokens from at up to end. */
void ovf_add_flight(ovf_draft *d, ovf_str words, size_t at, size_t end);
/* State named at token i by name, demonym or code; *end the index behind. OVF_INDEX_NONE. */
uint32_t ovf_state_at(const ovf_draft *d, size_t i, size_t *end);
/* ISO3 of the State named at token i, also without a world for the few that are built in. */
ovf_str ovf_state_code_at(const ovf_draft *d, size_t i, size_t *end);
/* State of a location indicator by its nationality letters; empty when unknown. */
ovf_str ovf_indicator_state(const ovf_world *world, ovf_str indicator);

/* KICZ texts without items, EASA bulletins: fills what items would have. */
bool ovf_is_advisory(ovf_str text);
void ovf_read_advisory(ovf_draft *d);
void ovf_read_prose_validity(ovf_draft *d);

/* Forms without items that are only recognised: their text is kept, their coordinates are read. */
bool ovf_is_navwarn(ovf_str text);
void ovf_read_other(ovf_draft *d);

/* The pieces of one notice in several parts become one draft; false: not all of them are here. */
bool ovf_join_parts(const ovf_draft *parts, size_t count, ovf_draft *out);

/* Nothing found is an error or leaves a hole in what the notice says. */
bool ovf_is_whole(const ovf_finding *findings, size_t count);

/* One notice that lies in `piece` of a text, read into *out; false: no memory. */
bool ovf_read_piece(const ovf_world *world, ovf_str text, const ovf_piece_range *piece,
                    const ovf_notice_options *options, ovf_arena *arena, ovf_notice *out);
/* As ovf_notice_read, of a record that is known to be text. */
ovf_status ovf_read_text(const ovf_world *world, ovf_str record, const ovf_notice_options *options,
                         ovf_arena *arena, ovf_notice **out, size_t *count, ovf_error *err);
/* A record in a form that names its parts (structured.c); false: it is text. */
bool ovf_is_structured(ovf_str record, size_t start);
/* And by its beginning one that notices come in. */
bool ovf_structure_has_notices(ovf_str record, size_t start);
ovf_status ovf_read_structured(const ovf_world *world, ovf_str record, size_t start,
                               const ovf_notice_options *options, ovf_arena *arena,
                               ovf_notice **out, size_t *count, ovf_error *err);

bool ovf_push_str(ovf_draft *d, ovf_str **items, size_t *count, ovf_str value);

#endif
