/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/table.h - delimited text (RFC 4180 and its kin) where it stands, and the columns by which a
 * table of scheduled flights is known.
 * Room: base.  Uses: base.  Pure.  Source: RFC 4180; docs/formats/schedule-files.md. */
#ifndef OVERFLY_TABLE_H
#define OVERFLY_TABLE_H

#include <overfly/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OVF_TABLE_MAX_FIELDS 256
#define OVF_TABLE_MAX_RECORD 65536 /* bytes; a quote that is open for longer is none */

typedef struct ovf_table {
    ovf_str text;
    size_t at;      /* the next record */
    char delimiter; /* ',', ';', tab or '|' */
} ovf_table;

/* Finds the delimiter by the first record, passing over a byte order mark and lines of '#'. false:
 * no delimiter in it, so no table. */
OVF_API bool ovf_table_open(ovf_str text, ovf_table *out);
/* The next record that is not blank: its fields, trimmed, without the quotes round them (doubled
 * quotes within stay doubled), and its bytes. Fields above max are dropped. false: the end. */
OVF_API bool ovf_table_next(ovf_table *table, ovf_str *fields, size_t max, size_t *count,
                            size_t *from, size_t *until);

/* ---- tables of flights ---- */

typedef enum ovf_timetable_column {
    OVF_COLUMN_OTHER = 0,
    OVF_COLUMN_FLIGHT,  /* call sign or flight number */
    OVF_COLUMN_CARRIER, /* designator of the operator, ICAO or IATA */
    OVF_COLUMN_FROM,
    OVF_COLUMN_TO,
    OVF_COLUMN_AIRPORTS,  /* all of them, joined: "KONT-KGSO" */
    OVF_COLUMN_DATE,      /* of departure */
    OVF_COLUMN_OFF_BLOCK, /* time, perhaps with its date */
    OVF_COLUMN_ON_BLOCK,
    OVF_COLUMN_ELAPSED,
    OVF_COLUMN_TYPE,
    OVF_COLUMN_REGISTRATION,
    OVF_COLUMN_DAYS, /* of operation */
    OVF_COLUMN_VALID_FROM,
    OVF_COLUMN_VALID_UNTIL,
    OVF_COLUMN_ROUTE, /* item 15 */
    OVF_COLUMN_SPEED,
    OVF_COLUMN_LEVEL,
    OVF_COLUMN_COUNT
} ovf_timetable_column;

/* By the letters and digits of a heading, whatever else stands between: "Dep. Airport". *is_local:
 * its times are said to be local. */
OVF_API ovf_timetable_column ovf_timetable_column_of(ovf_str heading, bool *is_local);
/* Is the first record a heading of flights with their airports, and not of positions? */
OVF_API bool ovf_timetable_sniff(ovf_str text);
/* Rows without a heading of airline, number, from, number, to, number, codeshare, stops, aircraft:
 * the route table of OpenFlights. */
OVF_API bool ovf_timetable_sniff_routes(ovf_str text);

#ifdef __cplusplus
}
#endif
#endif
