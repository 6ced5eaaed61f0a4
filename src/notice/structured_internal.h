/* SPDX-License-Identifier: Apache-2.0 */
/* structured_internal.h - notices out of forms that name their parts: XML, JSON, HTML, OpenAir. What
 * such a form says in ICAO items is composed into a message, each byte with the place it came from,
 * and read as one; what it says in its own way (geometry, time slices) is laid over that reading. */
#ifndef OVERFLY_NOTICE_STRUCTURED_INTERNAL_H
#define OVERFLY_NOTICE_STRUCTURED_INTERNAL_H

#include "notice_internal.h"

#include <overfly/gml.h>
#include <overfly/json_in.h>

#define OVF_STRUCTURED_MAX_NOTICES 200000
#define OVF_STRUCTURED_MAX_VERTICES 4000000

/* The notices of one record so far. */
typedef struct ovf_structured {
    const ovf_world *world;
    ovf_str record;
    const ovf_notice_options *options;
    ovf_arena *arena;
    ovf_notice *notices;
    size_t count, capacity;
    size_t vertices_left;
    bool no_memory;
    bool is_over; /* above a ceiling: said once */
} ovf_structured;

/* Which reader a record is for; NONE: it is text. */
typedef enum ovf_structure {
    OVF_STRUCTURE_NONE = 0,
    OVF_STRUCTURE_PIB, /* EAD bulletin, XML */
    OVF_STRUCTURE_AIXM,
    OVF_STRUCTURE_HTML,
    OVF_STRUCTURE_JSON,
    OVF_STRUCTURE_OPENAIR,
} ovf_structure;

/* text: without the document's own header. */
ovf_structure ovf_structure_of(ovf_str text);
/* start: where the document begins in s->record. */
void ovf_read_structure(ovf_structured *s, ovf_structure structure, size_t start);

/* A message in the making; map[i] is where byte i stands in the record. */
typedef struct ovf_composed {
    ovf_arena *arena;
    char *text;
    uint32_t *map;
    size_t len, capacity;
    ovf_range ident;
    bool failed;
} ovf_composed;

/* Our own words, standing for what is at `at`. */
void ovf_compose_words(ovf_composed *c, const char *words, size_t at);
/* Text of the record; map NULL: its bytes follow each other from `at`. */
void ovf_compose_text(ovf_composed *c, ovf_str text, const uint32_t *map, size_t at);
/* The text of an element or nothing. */
void ovf_compose_element(ovf_composed *c, const ovf_xml *node);
void ovf_compose_printf(ovf_composed *c, size_t at, const char *fmt, ...) OVF_PRINTF(3, 4);

/* An empty notice at the end of the list that lies at `whole`; NULL: no memory or too many. */
ovf_notice *ovf_structured_push(ovf_structured *s, ovf_span whole);
/* Reads the message as one notice. NULL as above. */
ovf_notice *ovf_structured_read(ovf_structured *s, const ovf_composed *c, ovf_span whole);
/* Reads it as a text that holds any number of notices; how many there were. */
size_t ovf_structured_read_all(ovf_structured *s, const ovf_composed *c, ovf_span whole);
/* What could not be read: an object of its own, with its bytes and the finding. */
void ovf_structured_broken(ovf_structured *s, ovf_notice_form form, size_t from, size_t pos,
                           const char *why);
/* Adds to a notice that is in the list. */
void ovf_structured_find(ovf_structured *s, ovf_notice *n, ovf_severity severity, const char *rule,
                         size_t pos, const char *fmt, ...) OVF_PRINTF(6, 7);
bool ovf_structured_has(const ovf_notice *n, const char *rule);
/* Takes findings of a rule away, when the form answers what the text left open. */
void ovf_structured_settle(ovf_notice *n, const char *rule);
/* The areas of a notice, to be added to; the new one is zeroed, unresolved. NULL as above. */
ovf_notice_area *ovf_structured_area(ovf_structured *s, ovf_notice *n, size_t *capacity);
/* The centre of a circle, or the vertices of the file itself when the outline has no arcs. */
void ovf_structured_points(ovf_structured *s, ovf_notice_area *area, const ovf_trace *trace);
/* Those of the text stand before areas[data], those of the data from there on. */
void ovf_structured_merge(ovf_structured *s, ovf_notice *n, size_t data);
/* Traces a GeoJSON geometry and adds its areas: surfaces as one, lines and points each. */
void ovf_json_geometry(ovf_structured *s, ovf_notice *n, ovf_json_value geometry, double radius_m,
                       size_t *capacity);
/* One Feature, or a bare geometry. */
void ovf_json_feature(ovf_structured *s, ovf_json_value feature);
/* Text that looks like a NOTAM and not only speaks of one. */
bool ovf_looks_like_notam(ovf_str text);
/* The string of a member, composed with its places; false: there is none. */
bool ovf_compose_member(ovf_composed *c, ovf_json_value object, const char *name);
ovf_str ovf_json_text(ovf_structured *s, ovf_json_value object, const char *name);
/* The active intervals anew, out of its validity and schedule. */
void ovf_structured_active(ovf_structured *s, ovf_notice *n);

/* Reads one XML document after the other (a file may hold several); after each one, also one that
 * broke off, `done` with its elements is called, or options->each for every element. */
void ovf_structured_xml(ovf_structured *s, size_t start, ovf_xml_options *options,
                        ovf_notice_form form,
                        void (*done)(ovf_structured *s, void *data, const ovf_xml *root));

/* Text of HTML with its map; line ends where blocks end. */
void ovf_html_text(ovf_composed *c, ovf_str record, size_t from, size_t until);

void ovf_read_pib(ovf_structured *s, size_t start);
void ovf_read_html(ovf_structured *s, size_t start);
void ovf_read_aixm(ovf_structured *s, size_t start);
void ovf_read_json(ovf_structured *s, size_t start);
void ovf_read_openair(ovf_structured *s, size_t start);

#endif
