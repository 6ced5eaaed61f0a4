/* SPDX-License-Identifier: Apache-2.0 */
/* Outlines as GeoJSON geometry, and their size. The one place where longitude comes first. */
#include <overfly/geojson.h>

#define OUTLINE_DECIMALS 6
#define POSITION_DECIMALS 7

static void write_position(ovf_json *json, ovf_point p, int decimals)
{
    ovf_json_array(json);
    ovf_json_fixed(json, p.lon_deg, decimals);
    ovf_json_fixed(json, p.lat_deg, decimals);
    ovf_json_end(json);
}

void ovf_geojson_position(ovf_json *json, ovf_point p)
{
    write_position(json, p, POSITION_DECIMALS);
}

static void write_ring(ovf_json *json, const ovf_outline_ring *ring)
{
    ovf_json_array(json);
    for (uint32_t i = 0; i < ring->count; i++)
        write_position(json, ring->points[i], OUTLINE_DECIMALS);
    ovf_json_end(json);
}

void ovf_geojson_outline(ovf_json *json, const ovf_outline *outline)
{
    uint32_t polygons = 0;
    for (uint32_t i = 0; i < outline->count; i++)
        polygons += !outline->rings[i].is_hole;
    if (polygons == 0) {
        ovf_json_null(json);
        return;
    }
    bool is_multi = polygons > 1;
    ovf_json_object(json);
    ovf_json_key(json, "type");
    ovf_json_cstr(json, is_multi ? "MultiPolygon" : "Polygon");
    ovf_json_key(json, "coordinates");
    if (is_multi)
        ovf_json_array(json);
    for (uint32_t i = 0; i < outline->count;) {
        ovf_json_array(json);
        do {
            write_ring(json, &outline->rings[i++]);
        } while (i < outline->count && outline->rings[i].is_hole);
        ovf_json_end(json);
    }
    if (is_multi)
        ovf_json_end(json);
    ovf_json_end(json);
}
