/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/ledger.h - documents, kept whole by their SHA-256, with the time when each became known.
 * Nothing is ever overwritten. SQLite, one file; what put() acknowledged survives kill -9.
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
/* Documents known at or before as_of (OVF_TIME_OPEN: all), oldest first, with their bytes;
 * kind UNKNOWN: every kind. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_list(ovf_ledger *ledger, ovf_time as_of,
                                                 ovf_document_kind kind, bool with_bytes,
                                                 ovf_arena *arena, ovf_ledger_entry **out,
                                                 size_t *count, ovf_error *err);
/* The facts derived from one document when it was put, in the order given; none is no error.
 * OVF_E_NOT_FOUND: no such document. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_facts(ovf_ledger *ledger, ovf_str sha256,
                                                  ovf_arena *arena, ovf_ledger_fact **out,
                                                  size_t *count, ovf_error *err);
/* Checks the structure of the file (the reason names the damaged page), then reads every document
 * and compares its SHA-256; OVF_E_CORRUPT names the first that differs. *checked: those that agree. */
OVF_API OVF_NODISCARD ovf_status ovf_ledger_verify(ovf_ledger *ledger, size_t *checked,
                                                   ovf_error *err);

#ifdef __cplusplus
}
#endif
#endif
