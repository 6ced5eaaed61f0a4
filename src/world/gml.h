/* SPDX-License-Identifier: Apache-2.0 */
/* gml.h - the geometry of AIXM: GML 3.2 curves and surfaces, as "Use of GML for aviation data"
 * (OGC 12-028r1) has them. */
#ifndef OVERFLY_WORLD_GML_H
#define OVERFLY_WORLD_GML_H

#include "airspace_internal.h"
#include "xml.h"

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
