/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/ledger.h - documents, kept whole by their SHA-256, with the time when each became known.
 * Nothing is ever overwritten, and a chain of hashes tells when somebody did it all the same.
 * SQLite, one file; what put() acknowledged survives kill -9.
 * Room: ledger.  Uses: restriction, flight. One handle, one thread at a time; several processes
 * may share a file. */
#ifndef OVERFLY_LEDGER_H
#define OVERFLY_LEDGER_H

#include <overfly/flight.h>
#include <overfly/restriction.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ovf_ledger ovf_ledger;

#define OVF_DOCUMENT_MAX_BYTES ((size_t)64 * 1024 * 1024)
#define OVF_SHA256_HEX 64

/* SHA-256 (FIPS 180-4) as 64 hex digits and a NUL. */
OVF_API void ovf_sha256_hex(ovf_str bytes, char out[OVF_SHA256_HEX + 1]);

/* Opens, and makes if missing and `create`; without `create` a ledger that may only be read is
 * fine. OVF_E_IO (missing, a directory, no such folder, may not be written), OVF_E_CORRUPT (not a
 * ledger, damaged, newer version), OVF_E_BUSY. A file that is refused is left as it was. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_open(const char *path, bool create, ovf_ledger **out,
                                                 ovf_error *err);
OVF_API void ovf_ledger_free(ovf_ledger *ledger); /* NULL is fine */

/* How long a call waits for another writer before OVF_E_BUSY; 5,000 ms when not set. */
#define OVF_LEDGER_WAIT_MS 5000
OVF_API void ovf_ledger_set_wait(ovf_ledger *ledger, int wait_ms);

typedef struct ovf_ledger_entry {
    ovf_str sha256;
    ovf_str name; /* file name or feed, as given */
    ovf_document_kind kind;
    ovf_str origin;  /* from the document's header */
    ovf_time known;  /* known time */
    ovf_time stored; /* when it was put, by the clock of the caller */
    ovf_str bytes;   /* whole; empty in listings that did not ask for it */
    size_t size;
    int64_t sequence; /* order of arrival, from 1 */
} ovf_ledger_entry;

typedef struct ovf_ledger_fact {
    ovf_str kind;   /* "notice", "statement", "coverage", "flight" */
    ovf_str id;     /* A0012/25, S-..., callsign */
    ovf_str issuer; /* office or speaker */
    ovf_interval valid;
    ovf_span span;  /* in the document */
    ovf_str status; /* ok | partial | unreadable */
} ovf_ledger_fact;

/* Stores one document with its derived facts, all or nothing: when it returns OVF_OK the document
 * survives kill -9 and a power cut; else nothing of it is there. A document that is already there,
 * known at the same time or before, changes nothing (*is_new false); the same bytes with an earlier
 * known time are a new fact about it (*is_new true): the earliest counts, both are kept.
 * entry   bytes, name, kind, origin, known, stored are read; sha256 is computed here, and where
 *         it is given it has to agree; size and sequence are ignored.
 * is_new  may be NULL.
 * OVF_E_LIMIT: above OVF_DOCUMENT_MAX_BYTES or OVF_LEDGER_MAX_FACTS. OVF_E_USAGE: no bytes, no
 * known time, another SHA-256. OVF_E_BUSY, OVF_E_IO (disk full, read-only), OVF_E_CORRUPT. */
#define OVF_LEDGER_MAX_FACTS 1000000
OVF_API OVF_NODISCARD ovf_status ovf_ledger_put(ovf_ledger *ledger, const ovf_ledger_entry *entry,
                                                const ovf_ledger_fact *facts, size_t fact_count,
                                                bool *is_new, ovf_error *err);
/* Documents known at or before as_of (OVF_TIME_OPEN: all) and not withdrawn by then, oldest first,
 * with their bytes; kind UNKNOWN: every kind. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_list(ovf_ledger *ledger, ovf_time as_of,
                                                 ovf_document_kind kind, bool with_bytes,
                                                 ovf_arena *arena, ovf_ledger_entry **out,
                                                 size_t *count, ovf_error *err);
/* The facts derived from one document when it was put, in the order given; none is no error.
 * OVF_E_NOT_FOUND: no such document. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_facts(ovf_ledger *ledger, ovf_str sha256,
                                                  ovf_arena *arena, ovf_ledger_fact **out,
                                                  size_t *count, ovf_error *err);
/* Withdraws a document: a new fact, known at `known`. From then on it does not count, before it
 * does, and nothing of it is removed; put again with a later known time it counts again. *is_new:
 * false when it is withdrawn already at that time or before and was not put again since.
 * OVF_E_NOT_FOUND: no such document. OVF_E_USAGE: no known time, or one before the latest that the
 * document was put with. Else as ovf_ledger_put. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_withdraw(ovf_ledger *ledger, ovf_str sha256,
                                                     ovf_time known, ovf_time stored,
                                                     ovf_str reason, bool *is_new, ovf_error *err);

/* Many documents in one transaction: what is put between the two is acknowledged by the commit, all
 * of it or nothing; a put that fails leaves out itself alone. Other writers wait meanwhile. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_begin(ovf_ledger *ledger, ovf_error *err);
OVF_API OVF_NODISCARD ovf_status ovf_ledger_commit(ovf_ledger *ledger, ovf_error *err);

/* ---- the chain: docs/formats/ledger.md ---- */

/* Each document, each earlier known time of one and each withdrawal is an entry; its hash covers
 * what it says and the hash of the entry before it. */
typedef enum ovf_ledger_what {
    OVF_LEDGER_DOCUMENT = 1,
    OVF_LEDGER_RECEIPT,    /* the same bytes, known at another time */
    OVF_LEDGER_WITHDRAWAL, /* of a document that is there */
} ovf_ledger_what;

OVF_API const char *ovf_ledger_what_name(ovf_ledger_what what); /* document|receipt|withdrawal */

typedef struct ovf_ledger_info {
    uint64_t entries, documents, withdrawals;
    uint64_t bytes;       /* of the documents */
    ovf_time first_known; /* NONE: empty */
    ovf_time last_known;
    char head[OVF_SHA256_HEX + 1]; /* of an empty ledger 64 zeros */
} ovf_ledger_info;

OVF_API OVF_NODISCARD ovf_status ovf_ledger_info_read(ovf_ledger *ledger, ovf_ledger_info *out,
                                                      ovf_error *err);

/* Entries alone, at once: the figures above read the whole ledger. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_entries(ovf_ledger *ledger, uint64_t *out,
                                                    ovf_error *err);

typedef enum ovf_ledger_damage {
    OVF_LEDGER_SOUND = 0,
    OVF_LEDGER_PAGE,        /* SQLite cannot read it, or finds the file's structure damaged */
    OVF_LEDGER_MISSING,     /* the entry, or its document or receipt, is gone */
    OVF_LEDGER_BYTES,       /* the document's bytes are not those of its SHA-256 */
    OVF_LEDGER_LINK,        /* something that the hash covers was changed, or the hash was */
    OVF_LEDGER_NOT_CHAINED, /* a document, receipt or withdrawal that no entry vouches for */
    OVF_LEDGER_OTHER_HEAD,  /* the head that was asked for is not in the chain */
} ovf_ledger_damage;

OVF_API const char *ovf_ledger_damage_name(ovf_ledger_damage damage);

/* What a check found. Where several entries are damaged the first is named and all are counted. */
typedef struct ovf_ledger_report {
    ovf_ledger_damage damage;          /* the first; SOUND: none */
    uint64_t entry;                    /* its number, 0: not of one entry */
    char document[OVF_SHA256_HEX + 1]; /* of that entry, empty when it cannot be read */
    char what[256]; /* what differs, where: "page 17", the hash that is wanted and is there */
    char file[128]; /* the first complaint of SQLite about the structure: "Page 6: ..."; or empty */
    uint64_t checked;       /* entries looked at */
    uint64_t proven_before; /* entries from 1 on that the chain proves, without a gap */
    uint64_t sound_after;   /* behind the first damage: those that follow from the hash that is
                                 written in the entry before them, and whose document is whole */
    uint64_t damaged;       /* entries that are neither */
    char head[OVF_SHA256_HEX + 1]; /* the last hash that was read */
} ovf_ledger_report;

/* Reads all of it: the structure of the file, each entry, its document and its facts.
 * head  64 digits, or empty: a head noted at an earlier time, which has to be in the chain; without
 *       one nobody can tell whether entries were cut off the end.
 * OVF_OK whatever was found; other answers only when the check could not be made at all. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_audit(ovf_ledger *ledger, ovf_str head,
                                                  ovf_ledger_report *out, ovf_error *err);
/* The same in one word: OVF_E_CORRUPT with the first damage as its reason. *checked: entries that
 * the chain proves. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_verify(ovf_ledger *ledger, size_t *checked,
                                                   ovf_error *err);

/* ---- the whole ledger as text, one entry a line: docs/formats/ledger.md ---- */

#define OVF_LEDGER_LINE_MAX ((size_t)512 * 1024 * 1024)

/* Called with each line, without its newline; any other answer than OVF_OK ends the writing. */
typedef ovf_status (*ovf_ledger_sink)(void *context, ovf_str line);
OVF_API OVF_NODISCARD ovf_status ovf_ledger_export(ovf_ledger *ledger, ovf_ledger_sink sink,
                                                   void *context, ovf_error *err);

typedef struct ovf_ledger_import ovf_ledger_import;

/* Line by line into a ledger that is empty or holds the beginning of what is imported: entries that
 * are there already are compared and passed over, so that an import that was cut off goes on where
 * it stopped. Every hash is worked out anew. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_import_new(ovf_ledger *ledger, ovf_ledger_import **out,
                                                       ovf_error *err);
/* OVF_E_SYNTAX: not such a line (err->pos in it). OVF_E_CORRUPT: a hash, a number or a document is
 * not what it says. OVF_E_USAGE: the ledger has another history. Nothing of a refused line is
 * stored; the lines before it stay. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_import_line(ovf_ledger_import *import, ovf_str line,
                                                        ovf_error *err);
/* Stores what is left. OVF_E_CORRUPT: the last line, which says how many there are, did not come. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_import_finish(ovf_ledger_import *import,
                                                          uint64_t *added, uint64_t *known,
                                                          ovf_error *err);
OVF_API void ovf_ledger_import_free(ovf_ledger_import *import); /* NULL is fine */

/* ---- the index: an answer out of a million documents ---- */

/* With a world the ledger can keep an index of what its documents are about. The world is borrowed
 * until the ledger is freed. The index lies in the same file, is derived, and no part of the chain. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_use_world(ovf_ledger *ledger, const ovf_world *world,
                                                      ovf_error *err);
/* Indexes the next `limit` entries, in one transaction; *left: those that remain. The first call
 * makes the index, or makes it anew when it is another program's or another world's. From then on
 * what is put through a handle with the same world is indexed by the same transaction. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_index(ovf_ledger *ledger, uint64_t limit,
                                                  uint64_t *left, ovf_error *err);
/* How many entries the index reaches; false: there is none that fits this program and world. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_index_reach(ovf_ledger *ledger, int64_t *entries,
                                                        bool *is_usable, ovf_error *err);

typedef struct ovf_ledger_index_report {
    bool is_sound;
    char table[32];          /* of the index, the first that is not as the documents give it */
    char what[160];          /* SQLite's word on it, or how many rows differ */
    uint64_t missing, extra; /* rows that the documents give, or do not give */
    uint64_t entries;        /* that it was compared with */
} ovf_ledger_index_report;

/* Works the index out anew beside the one that is there and compares; takes as long as indexing. The
 * file may be read only, and is not changed. OVF_OK whatever was found. OVF_E_NOT_FOUND: there is no
 * index of this program and world. OVF_E_USAGE: no world, or within a batch. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_index_check(ovf_ledger *ledger,
                                                        ovf_ledger_index_report *out,
                                                        ovf_error *err);
/* From then on everything is read, until ovf_ledger_index makes the index anew. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_index_drop(ovf_ledger *ledger, ovf_error *err);

typedef struct ovf_ledger_query {
    const ovf_place *place; /* NULL: the boxes */
    const ovf_area *area;   /* NULL: that of the place */
    const ovf_box *boxes;   /* in degrees, any of them, as of a way; only without a place */
    size_t box_count;
    const ovf_str *states; /* ISO3 of further States that somebody has to vouch for */
    size_t state_count;
    ovf_time as_of;      /* OVF_TIME_OPEN: everything */
    ovf_interval during; /* what holds at some moment of it counts; at an instant: {at, at + 1} */
    ovf_str operator_state; /* of the one who asks; may be empty */
    ovf_interval
        issued; /* also what was issued within it, wherever; {0, 0}, or open: nothing more */
    bool with_mentions; /* also what only names the FIRs of the area, as a timeline tells */
} ovf_ledger_query;

/* The documents of notices and statements that the answer about an area rests on, or that about a way
 * whose legs lie in the boxes and whose time lies in `during`, in the order of
 * ovf_ledger_list and with their bytes: a picture made of these gives the answer that the picture
 * of all of them gives (all but ovf_freshness.latest, see ovf_ledger_latest).
 * *is_selected: false where there is no index that reaches the last entry; then it is all of them. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_select(ovf_ledger *ledger,
                                                   const ovf_ledger_query *query, ovf_arena *arena,
                                                   ovf_ledger_entry **out, size_t *count,
                                                   bool *is_selected, ovf_error *err);
/* Known time of the newest document with a notice of that State; NONE: none. Needs the index. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_latest(ovf_ledger *ledger, ovf_str iso3, ovf_time as_of,
                                                   ovf_time *out, ovf_error *err);

/* ---- what is known to be missing ---- */

/* Numbers of one office, series and year that were passed over: notices that never came. */
typedef struct ovf_ledger_gap {
    ovf_str office; /* issuer, as the facts name it */
    char series;
    int32_t year;
    int32_t first, last;
} ovf_ledger_gap;

/* Every gap between the lowest and the highest number that is here, out of the facts, sorted by
 * office, series, year and number. Whoever takes in a part of what an office issues has gaps that say
 * nothing. Reads all facts. OVF_E_LIMIT: more than two million numbers. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_gaps(ovf_ledger *ledger, ovf_time as_of,
                                                 ovf_arena *arena, ovf_ledger_gap **out,
                                                 size_t *count, ovf_error *err);
/* Numbers ("A0013/25") that the newest checklists of a State's office call valid, and that are not
 * here: as long as there is one, its silence about an area says nothing. Needs the index. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_missing(ovf_ledger *ledger, ovf_str iso3,
                                                    ovf_time as_of, ovf_arena *arena, ovf_str **ids,
                                                    size_t *count, ovf_error *err);

#ifdef __cplusplus
}
#endif
#endif
