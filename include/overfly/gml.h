/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/gml.h - outlines as files of others draw them, and the geometry of AIXM: GML 3.2 curves
 * and surfaces as "Use of GML for aviation data" (OGC 12-028r1) has them.
 * Room: world.  Uses: base, geo.  Pure; results live in the arena. */
#ifndef OVERFLY_GML_H
#define OVERFLY_GML_H

#include <overfly/area.h>
#include <overfly/level.h>
#include <overfly/xml.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- outlines as drawn, into rings ---- */

typedef struct ovf_trace_vertex {
    ovf_point p;
    bool is_straight; /* the way here is straight in longitude and latitude; else geodesic */
    bool is_laid;     /* of an arc, not of the file */
} ovf_trace_vertex;

/* Closed by itself; the first point may be repeated at the end. */
typedef struct ovf_trace_line {
    ovf_trace_vertex *points;
    size_t count, capacity;
    bool is_hole;   /* of the ring before it */
    bool is_circle; /* nothing but a full turn */
    ovf_point centre;
    double radius_m;
} ovf_trace_line;

typedef struct ovf_trace {
    ovf_arena *arena;
    size_t *vertices_left; /* of the whole file */
    ovf_trace_line *rings;
    size_t count, capacity;
} ovf_trace;

/* Begins a ring. */
OVF_API OVF_NODISCARD ovf_status ovf_trace_ring(ovf_trace *trace, ovf_error *err);
OVF_API OVF_NODISCARD ovf_status ovf_trace_point(ovf_trace *trace, ovf_point p, bool is_straight,
                                                 ovf_error *err);
/* Both ends included; turn_deg clockwise positive. The way to its first point is geodesic; chords
 * are within 2 m of the arc. */
OVF_API OVF_NODISCARD ovf_status ovf_trace_arc(ovf_trace *trace, ovf_point centre, double radius_m,
                                               double from_deg, double turn_deg, ovf_error *err);
/* Parts that overlap are united; cuts at the 180th meridian and seams at a pole are mended. */
OVF_API OVF_NODISCARD ovf_status ovf_trace_lay(const ovf_trace *trace, const ovf_ring **out,
                                               uint32_t *out_count, ovf_error *err);
/* The area: a circle stays one, the rest as ovf_trace_lay has it. */
OVF_API OVF_NODISCARD ovf_status ovf_trace_area(const ovf_trace *trace, const ovf_area **out,
                                                ovf_error *err);

/* ---- GML ---- */

/* Every element that has an id or a gml:identifier, to be pointed at. */
typedef struct ovf_gml_id {
    ovf_str id;
    const ovf_xml *node;
} ovf_gml_id;

typedef struct ovf_gml_ids {
    ovf_gml_id *items;
    size_t count, capacity;
} ovf_gml_ids;

/* OVF_E_LIMIT: more than 5,000,000. */
OVF_API OVF_NODISCARD ovf_status ovf_gml_index(const ovf_xml *root, ovf_arena *arena,
                                               ovf_gml_ids *out, ovf_error *err);
/* What "#id" or "urn:uuid:..." points at; NULL. */
OVF_API const ovf_xml *ovf_gml_find(const ovf_gml_ids *ids, ovf_str href);
/* Traces the outlines of a Surface. err->reason says what could not be read. */
OVF_API OVF_NODISCARD ovf_status ovf_gml_surface(const ovf_gml_ids *ids, const ovf_xml *surface,
                                                 ovf_trace *trace, ovf_error *err);
/* Traces a Curve as one ring of `trace` that is not closed. */
OVF_API OVF_NODISCARD ovf_status ovf_gml_curve(const ovf_gml_ids *ids, const ovf_xml *curve,
                                               ovf_trace *trace, ovf_error *err);
/* Traces the positions of a Point (its pos) as one ring of one vertex. */
OVF_API OVF_NODISCARD ovf_status ovf_gml_point(const ovf_gml_ids *ids, const ovf_xml *point,
                                               ovf_trace *trace, ovf_error *err);
/* A length with its unit of measure: M, KM, FT, NM, "[nmi_i]" ... */
OVF_API OVF_NODISCARD bool ovf_gml_length_m(const ovf_xml *node, double *out);

/* ---- AIXM ---- */

/* A limit with its unit and reference (both children of `node`): "lowerLimit" uom FT and
 * "lowerLimitReference" MSL. true and UNKNOWN when it is not there; false: not readable. */
OVF_API bool ovf_aixm_level(ovf_arena *arena, const ovf_xml *node, const char *limit,
                            const char *reference, bool is_upper, ovf_level *out);

/* One band of levels of an airspace. */
typedef struct ovf_aixm_part {
    ovf_level lower, upper; /* UNKNOWN: not given */
    const ovf_area *area;
    ovf_trace trace; /* as drawn; of no use when is_changed */
    bool is_changed; /* by a set operation: the trace is no longer it */
} ovf_aixm_part;

/* The geometry components of an AirspaceTimeSlice put together by their operations. findings: what
 * was left as it is. *count may be 0 with OVF_OK: no component at all. */
OVF_API OVF_NODISCARD ovf_status ovf_aixm_parts(const ovf_gml_ids *ids, const ovf_xml *slice,
                                                size_t *vertices_left, ovf_arena *arena,
                                                ovf_findings *findings, ovf_aixm_part **out,
                                                size_t *count, ovf_error *err);

#ifdef __cplusplus
}
#endif
#endif
