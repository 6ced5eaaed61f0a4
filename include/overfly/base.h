/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/base.h - borrowed text, errors with a position, findings, arenas, growing buffers.
 * Room: base.  Uses: the C library.  Threads: every object by one thread at a time. */
#ifndef OVERFLY_BASE_H
#define OVERFLY_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define OVF_API __attribute__((visibility("default")))
#define OVF_NODISCARD __attribute__((warn_unused_result))
#define OVF_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define OVF_API
#define OVF_NODISCARD
#define OVF_PRINTF(fmt, args)
#endif
#define OVF_COUNTOF(a) (sizeof(a) / sizeof((a)[0]))
#define OVF_UNUSED(x) ((void)(x))
#define OVF_NOPOS SIZE_MAX

/* Three-valued answers. Zero means "cannot tell", so a zeroed answer is never a "no". */
typedef enum ovf_tri { OVF_TRI_UNKNOWN = 0, OVF_TRI_NO, OVF_TRI_YES } ovf_tri;

OVF_API ovf_tri ovf_tri_and(ovf_tri a, ovf_tri b);
OVF_API ovf_tri ovf_tri_or(ovf_tri a, ovf_tri b);
OVF_API ovf_tri ovf_tri_not(ovf_tri a);

/* Status values are only ever appended: scripts rely on them. */
typedef enum ovf_status {
    OVF_OK = 0,
    OVF_E_SYNTAX,    /* the text does not follow its grammar */
    OVF_E_RANGE,     /* a value outside its stated range */
    OVF_E_NOMEM,     /* no memory, or an arena's ceiling */
    OVF_E_LIMIT,     /* a stated ceiling of the program (bytes, vertices, nesting) */
    OVF_E_IO,        /* reading or writing a file */
    OVF_E_NOT_FOUND, /* a name that is in no table */
    OVF_E_GEOMETRY,  /* a shape that cannot be one */
    OVF_E_CORRUPT,   /* a file of ours that is damaged, or of another version */
    OVF_E_BUSY,      /* another writer holds the ledger */
    OVF_E_USAGE,     /* a call or a command line that makes no sense */
    OVF_E_INTERNAL,  /* our own mistake */
} ovf_status;

/* "syntax", "range", ... for messages. Never NULL. */
OVF_API const char *ovf_status_name(ovf_status status);

/* A plain value: reporting OVF_E_NOMEM needs no memory. Zeroed is "no error". */
typedef struct ovf_error {
    ovf_status status;
    size_t pos;       /* byte offset into the text that was read, or OVF_NOPOS */
    const char *rule; /* the clause broken, static text, or NULL */
    char reason[120]; /* lower case, no full stop: "expected digits in a level" */
} ovf_error;

/* Fills err (which may be NULL) and returns status, for `return ovf_fail(...)`. */
OVF_API ovf_status ovf_fail(ovf_error *err, ovf_status status, size_t pos, const char *fmt, ...)
    OVF_PRINTF(4, 5);

/* ---- text: borrowed bytes, may hold NUL, never owned ---- */

typedef struct ovf_str {
    const char *ptr;
    size_t len;
} ovf_str;

#define OVF_STR_INIT(s)     \
    {                       \
        "" s, sizeof(s) - 1 \
    }
#ifdef __cplusplus
#define OVF_STR(s) (ovf_str OVF_STR_INIT(s))
#else
#define OVF_STR(s) ((ovf_str)OVF_STR_INIT(s))
#endif
#define OVF_FMT "%.*s"
#define OVF_ARG(s) (int)(s).len, (s).ptr

/* Where a value came from: bytes [at, at + len) of the record. len 0: from nowhere in the text. */
typedef struct ovf_span {
    uint32_t at;
    uint32_t len;
} ovf_span;

OVF_API ovf_str ovf_str_of(const char *c_string); /* NULL gives the empty text */
OVF_API bool ovf_str_eq(ovf_str a, ovf_str b);
OVF_API bool ovf_str_eq_nocase(ovf_str a, ovf_str b); /* ASCII only */
OVF_API int ovf_str_cmp(ovf_str a, ovf_str b);        /* bytewise, as memcmp */
OVF_API bool ovf_str_starts(ovf_str s, ovf_str prefix);
OVF_API bool ovf_str_ends(ovf_str s, ovf_str suffix);
OVF_API ovf_str ovf_str_sub(ovf_str s, size_t from, size_t until); /* clamped */
OVF_API ovf_str ovf_str_tail(ovf_str s, size_t from);              /* clamped */
OVF_API ovf_str ovf_str_trim(ovf_str s);                           /* blanks, tabs, CR, LF */
/* Offset of the first needle at or after `from`, or OVF_NOPOS. */
OVF_API size_t ovf_str_find(ovf_str s, size_t from, ovf_str needle);
/* Cuts the next line off *rest (without CR LF); false when nothing is left. */
OVF_API bool ovf_str_line(ovf_str *rest, ovf_str *line);
/* Cuts the next field off *rest at `sep`; false when nothing is left. "a,,b" has three fields. */
OVF_API bool ovf_str_field(ovf_str *rest, char sep, ovf_str *field);
/* Reads decimal digits at `start`, stopping before a value above max; returns the offset behind
 * the last digit read (== start when there is none). Counts above max give max + 1. */
OVF_API size_t ovf_str_take_uint(ovf_str s, size_t start, uint32_t max, uint32_t *out);
/* The whole text as a number: "[+-]digits[.digits]". No exponent, blank, NaN or infinity. */
OVF_API OVF_NODISCARD ovf_status ovf_str_to_double(ovf_str s, double *out, ovf_error *err);

/* Line and column, from 1, of a byte offset: for "file:line:column" messages. */
OVF_API void ovf_str_line_column(ovf_str s, size_t pos, size_t *line, size_t *column);

/* ---- findings: what a parser that could go on has to say ---- */

typedef enum ovf_severity { OVF_NOTE = 0, OVF_WARNING, OVF_ERROR } ovf_severity;

typedef struct ovf_finding {
    ovf_severity severity;
    size_t pos;       /* byte offset in the record's text, or OVF_NOPOS */
    const char *rule; /* short id: "D_UNPARSED", "GEOM_FROM_Q"; static text */
    ovf_str message;  /* lives as long as the arena it was made with */
} ovf_finding;

OVF_API const char *ovf_severity_name(ovf_severity severity); /* note | warning | error */

/* ---- arena: results live as long as it does, nobody frees them one by one ---- */

typedef struct ovf_arena {
    struct ovf_arena_block *blocks; /* private */
    size_t held;                    /* bytes taken from the system */
    size_t limit;                   /* ceiling on held */
} ovf_arena;

#define OVF_ARENA_DEFAULT_LIMIT ((size_t)1 << 30)

OVF_API void ovf_arena_init(ovf_arena *arena, size_t limit); /* 0: the default limit */
OVF_API void ovf_arena_reset(ovf_arena *arena);              /* empties, keeps one block */
OVF_API void ovf_arena_done(ovf_arena *arena);
/* All that `from` holds lives on as long as the arena, and `from` is empty. false: above the ceiling;
 * then both are as they were. */
OVF_API OVF_NODISCARD bool ovf_arena_take(ovf_arena *arena, ovf_arena *from);
/* Zeroed memory for any type, or NULL (no memory, ceiling, or overflow of count * size). */
OVF_API void *ovf_arena_alloc(ovf_arena *arena, size_t count, size_t size);
#define ovf_arena_array(arena, type, n) ((type *)ovf_arena_alloc((arena), (n), sizeof(type)))
/* Copies; on no memory gives {NULL, 0}. The copy ends in a NUL that len does not count. */
OVF_API ovf_str ovf_arena_dup(ovf_arena *arena, ovf_str s);
OVF_API ovf_str ovf_arena_printf(ovf_arena *arena, const char *fmt, ...) OVF_PRINTF(2, 3);
/* Room for one more element at *items[*count]: grows *items (copying) when *count == *capacity.
 * false: no memory; *items is untouched. Use through ovf_arena_push. */
OVF_API bool ovf_arena_grow(ovf_arena *arena, void **items, size_t count, size_t *capacity,
                            size_t size);

/* A list of findings, growing in an arena, with a ceiling so that noise cannot balloon it: a heavier
 * one then takes the place of a lighter one. */
#define OVF_FINDINGS_MAX 256
typedef struct ovf_findings {
    ovf_finding *items;
    size_t count;
    size_t capacity;
    ovf_arena *arena;
    size_t dropped; /* findings above OVF_FINDINGS_MAX, counted only */
} ovf_findings;

OVF_API void ovf_findings_add(ovf_findings *list, ovf_severity severity, size_t pos,
                              const char *rule, const char *fmt, ...) OVF_PRINTF(5, 6);

/* ---- buffer: output that grows, with a ceiling; malloc'ed, released by ovf_buf_done ---- */

typedef struct ovf_buf {
    char *ptr; /* ends in NUL when len > 0 */
    size_t len;
    size_t capacity;
    size_t limit; /* 0: 1 GiB */
    bool failed;  /* set when something did not fit; what is there stays whole */
} ovf_buf;

OVF_API void ovf_buf_done(ovf_buf *buf);
OVF_API void ovf_buf_reset(ovf_buf *buf);
OVF_API void ovf_buf_add(ovf_buf *buf, ovf_str s);
OVF_API void ovf_buf_addc(ovf_buf *buf, char c);
OVF_API void ovf_buf_printf(ovf_buf *buf, const char *fmt, ...) OVF_PRINTF(2, 3);
OVF_API ovf_str ovf_buf_str(const ovf_buf *buf);

#ifdef __cplusplus
}
#endif
#endif
