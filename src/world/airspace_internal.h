/* SPDX-License-Identifier: Apache-2.0 */
/* airspace_internal.h - what the readers of airspace files share: XML, GML, outlines as drawn. */
#ifndef OVERFLY_AIRSPACE_INTERNAL_H
#define OVERFLY_AIRSPACE_INTERNAL_H

#include "world_internal.h"

/* ---- XML as a tree of elements, for documents whose parts point at each other. expat reads it;
 * a document type, and with it every entity of one's own, is refused ---- */

struct world_xml_attribute {
    ovf_str name; /* without its namespace */
    ovf_str value;
    struct world_xml_attribute *next;
};

struct world_xml {
    ovf_str name; /* without its namespace */
    ovf_str text; /* all character data directly inside, trimmed */
    struct world_xml_attribute *attributes;
    struct world_xml *parent, *first, *last, *next;
    size_t line; /* from 1 */
};

/* Elements of these names (a NULL at the end) are kept with all that is in them; of the others
 * only the fact that they were there. *out: a node without a name whose children are the kept
 * elements. OVF_E_SYNTAX with err->pos, OVF_E_LIMIT (nested deeper than max_depth), OVF_E_NOMEM. */
OVF_NODISCARD ovf_status world_xml_read(ovf_str text, const char *const *kept, uint32_t max_depth,
                                        ovf_arena *arena, struct world_xml **out, ovf_error *err);
const struct world_xml *world_xml_child(const struct world_xml *node, const char *name);
/* The next sibling of that name; NULL name: any. */
const struct world_xml *world_xml_next(const struct world_xml *node, const char *name);
ovf_str world_xml_text(const struct world_xml *node,
                       const char *child); /* empty when it is not there */
ovf_str world_xml_attribute(const struct world_xml *node, const char *name);
bool world_xml_is(const struct world_xml *node, const char *name);

/* ---- what the readers of airspace files share: outlines as files draw them, and
 * the list they fill ---- */

/* ---- lay.c: outlines as drawn, into rings ---- */

struct world_loose_point {
    ovf_point p;
    bool is_straight; /* the way here is straight in longitude and latitude; else geodesic */
};

/* Closed by itself; the first point may be repeated at the end. */
struct world_loose_ring {
    struct world_loose_point *points;
    size_t count, capacity;
    bool is_hole; /* of the ring before it */
};

struct world_trace {
    ovf_arena *arena;
    size_t *vertices_left; /* of the whole file */
    struct world_loose_ring *rings;
    size_t count, capacity;
};

/* Begins a ring. */
OVF_NODISCARD ovf_status world_trace_ring(struct world_trace *trace, ovf_error *err);
OVF_NODISCARD ovf_status world_trace_point(struct world_trace *trace, ovf_point p, bool is_straight,
                                           ovf_error *err);
/* Both ends included; turn_deg clockwise positive. The way to its first point is geodesic. */
OVF_NODISCARD ovf_status world_trace_arc(struct world_trace *trace, ovf_point centre,
                                         double radius_m, double from_deg, double turn_deg,
                                         ovf_error *err);
/* Parts that overlap are united; cuts at the 180th meridian and seams at a pole are mended. */
OVF_NODISCARD ovf_status world_trace_lay(const struct world_trace *trace, const ovf_ring **out,
                                         uint32_t *out_count, ovf_error *err);

/* ---- the readers ---- */

struct world_airspace_reader {
    ovf_str text;
    ovf_arena *arena;
    ovf_airspace_limits limits; /* filled in */
    size_t vertices_left;
    ovf_airspace_set *set;
    ovf_error *err;
};

/* Lays the trace out and adds the volume to the set. */
OVF_NODISCARD ovf_status world_airspace_add(struct world_airspace_reader *reader,
                                            ovf_airspace_volume *volume,
                                            const struct world_trace *trace, ovf_error *err);
OVF_NODISCARD ovf_status world_airspace_geojson(struct world_airspace_reader *reader);
OVF_NODISCARD ovf_status world_airspace_aixm(struct world_airspace_reader *reader);
OVF_NODISCARD ovf_status world_airspace_openair(struct world_airspace_reader *reader);

/* ---- the geometry of AIXM: GML 3.2 curves and surfaces, as "Use of GML for aviation data"
 * (OGC 12-028r1) has them ---- */

/* Every element that has an id, to be pointed at. */
struct world_gml_ids {
    struct world_gml_id {
        ovf_str id;
        const struct world_xml *node;
    } * items;
    size_t count, capacity;
};

/* What "#id" or "urn:uuid:..." points at; NULL. */
const struct world_xml *world_gml_find(const struct world_gml_ids *ids, ovf_str href);
/* Traces the outlines of a Surface. err->reason says what could not be read. */
OVF_NODISCARD ovf_status world_gml_surface(const struct world_gml_ids *ids,
                                           const struct world_xml *surface,
                                           struct world_trace *trace, ovf_error *err);
/* Traces a Curve as one ring of `trace` that is not closed. */
OVF_NODISCARD ovf_status world_gml_curve(const struct world_gml_ids *ids,
                                         const struct world_xml *curve, struct world_trace *trace,
                                         ovf_error *err);
/* A length with its unit of measure: M, KM, FT, NM, "[nmi_i]" ... */
OVF_NODISCARD bool world_gml_length_m(const struct world_xml *node, double *out);

#endif
