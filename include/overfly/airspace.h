/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/airspace.h - named volumes of airspace as files of others give them: GeoJSON (RFC 7946,
 * as VAT-Spy, EUROCONTROL's atlas and `overfly world export` write it), AIXM 5.1 and 5.1.1,
 * OpenAir. docs/formats/airspace-files.md says what is read.
 * Room: world.  Uses: geo.  Pure; one thread at a time. */
#ifndef OVERFLY_AIRSPACE_H
#define OVERFLY_AIRSPACE_H

#include <overfly/area.h>
#include <overfly/level.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is known of one volume. Texts may be empty; UTF-8. */
typedef struct ovf_airspace {
    ovf_str ident; /* "SVZM", "LFR31A" */
    ovf_str name;  /* "MAIQUETIA", "LF-R 31 A CAZAUX" */
    ovf_str kind;  /* as AIXM's CodeAirspaceType: FIR, UIR, OCA, P, R, D, TMA, CTR, CTA ... */
    ovf_str klass; /* "A" to "G", "UNC" */
    ovf_level lower, upper; /* OVF_LEVEL_UNKNOWN: the file gives none */
    ovf_str source;
} ovf_airspace;

/* A volume as read. rings: inside an odd number of them, edges geodesic or along parallels; circles
 * and arcs are laid out within 2 m. */
typedef struct ovf_airspace_volume {
    ovf_airspace facts;
    ovf_str state;      /* ISO3 of the State in charge, when the file says so */
    ovf_str includes;   /* of a FIR: further States */
    ovf_str nof;        /* of a FIR */
    ovf_str ansp;       /* of a FIR */
    ovf_str confidence; /* of a FIR: published | approximate | empty */
    bool is_temporary;  /* AIXM: out of a TEMPDELTA slice */
    const ovf_ring *rings;
    uint32_t ring_count;
    const ovf_area *area; /* of the rings */
    bool is_circle;       /* drawn as one: about `centre`, of radius_m; the rings lay it out */
    ovf_point centre;
    double radius_m;
    const ovf_point *vertices; /* of one outline without arcs or holes: as the file has them */
    size_t vertex_count;
    uint32_t feature; /* its number in the file, from 1 */
    size_t line;      /* where it begins, from 1; 0: not known (GeoJSON) */
} ovf_airspace_volume;

typedef enum ovf_airspace_format {
    OVF_AIRSPACE_ANY = 0, /* told by the first characters */
    OVF_AIRSPACE_GEOJSON,
    OVF_AIRSPACE_AIXM,
    OVF_AIRSPACE_OPENAIR,
} ovf_airspace_format;

/* Ceilings; a field of 0 stands for the default. */
typedef struct ovf_airspace_limits {
    size_t bytes;    /* of the text: 256 MiB */
    uint32_t depth;  /* of nested elements or brackets: 64 */
    size_t vertices; /* of the whole file: 4,000,000 */
} ovf_airspace_limits;

typedef struct ovf_airspace_set {
    ovf_airspace_volume *items;
    size_t count;
    size_t capacity;
    size_t features;       /* airspaces met, good or bad */
    size_t bad;            /* features left out because they could not be read */
    size_t left_out;       /* features left out on purpose: a sector of a FIR, a feature of no code,
                        a State, sea, airport, point or airway of `overfly world export` */
    ovf_findings findings; /* of each bad one: "feature 12 (EDGGFIR): why", "line 7: why" */
} ovf_airspace_set;

/* Reads a file. A bad feature is left out, counted and named in out->findings; the rest goes on.
 * Results live in the arena; texts may borrow from `text`, which must live as long.
 * OVF_E_SYNTAX: not such a file at all (err->pos: where; OVF_NOPOS for GeoJSON of another shape).
 * OVF_E_LIMIT: above a ceiling.  OVF_E_NOMEM. XML with a document type or entities is refused. */
OVF_API OVF_NODISCARD ovf_status ovf_airspaces_read(ovf_str text, ovf_airspace_format format,
                                                    const ovf_airspace_limits *limits,
                                                    ovf_arena *arena, ovf_airspace_set *out,
                                                    ovf_error *err);

#ifdef __cplusplus
}
#endif
#endif
