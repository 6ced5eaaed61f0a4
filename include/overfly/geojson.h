/* SPDX-License-Identifier: Apache-2.0 */
/* overfly/geojson.h - writes outlines and points as GeoJSON geometry (RFC 7946), longitude first.
 * Room: geo.  Uses: base, area. */
#ifndef OVERFLY_GEOJSON_H
#define OVERFLY_GEOJSON_H

#include <overfly/area.h>
#include <overfly/json.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Polygon or MultiPolygon; null for no ring. 6 decimals (0.1 m). */
OVF_API void ovf_geojson_outline(ovf_json *json, const ovf_outline *outline);
/* The bare [lon, lat] pair, 7 decimals. */
OVF_API void ovf_geojson_position(ovf_json *json, ovf_point p);

#ifdef __cplusplus
}
#endif
#endif
