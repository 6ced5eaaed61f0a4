/* SPDX-License-Identifier: Apache-2.0 */
/* Airspace files: which format it is, the ceilings, and a volume into the list. */
#include "airspace_internal.h"

#include <string.h>

#define BYTES_DEFAULT ((size_t)256 << 20)
#define DEPTH_DEFAULT 64
#define VERTICES_DEFAULT 4000000

static ovf_airspace_format format_of(ovf_str text)
{
    ovf_str rest = ovf_str_starts(text, OVF_STR("\xef\xbb\xbf")) ? ovf_str_tail(text, 3) : text;
    rest = ovf_str_trim(rest);
    char first = rest.len > 0 ? rest.ptr[0] : '\0';
    if (first == '{' || first == '[')
        return OVF_AIRSPACE_GEOJSON;
    return first == '<' || ovf_str_starts(text, OVF_STR("\xff\xfe"))
                   || ovf_str_starts(text, OVF_STR("\xfe\xff"))
               ? OVF_AIRSPACE_AIXM
               : OVF_AIRSPACE_OPENAIR;
}

/* What of the outline stands in the file itself. */
static ovf_status keep_drawn(ovf_arena *arena, ovf_airspace_volume *volume, const ovf_trace *trace,
                             ovf_error *err)
{
    if (trace->count != 1)
        return OVF_OK;
    const ovf_trace_line *ring = &trace->rings[0];
    volume->is_circle = ring->is_circle;
    volume->centre = ring->centre;
    volume->radius_m = ring->is_circle ? ring->radius_m : 0.0;
    for (size_t i = 0; i < ring->count; i++)
        if (ring->points[i].is_laid)
            return OVF_OK;
    ovf_point *points = ovf_arena_array(arena, ovf_point, ring->count + 1);
    if (points == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for airspaces");
    for (size_t i = 0; i < ring->count; i++)
        points[i] = ring->points[i].p;
    volume->vertices = points;
    volume->vertex_count = ring->count;
    return OVF_OK;
}

ovf_status world_airspace_add(struct world_airspace_reader *reader, ovf_airspace_volume *volume,
                              const ovf_trace *trace, ovf_error *err)
{
    ovf_status status = ovf_trace_lay(trace, &volume->rings, &volume->ring_count, err);
    if (status == OVF_OK)
        status =
            ovf_area_rings(reader->arena, volume->rings, volume->ring_count, &volume->area, err);
    if (status == OVF_OK)
        status = keep_drawn(reader->arena, volume, trace, err);
    if (status != OVF_OK)
        return status;
    void *items = reader->set->items;
    if (!ovf_arena_grow(reader->arena, &items, reader->set->count, &reader->set->capacity,
                        sizeof *volume))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for airspaces");
    reader->set->items = items;
    reader->set->items[reader->set->count] = *volume;
    reader->set->count++;
    return OVF_OK;
}

ovf_status ovf_airspaces_read(ovf_str text, ovf_airspace_format format,
                              const ovf_airspace_limits *limits, ovf_arena *arena,
                              ovf_airspace_set *out, ovf_error *err)
{
    ovf_airspace_set set = {.findings = {.arena = arena}};
    struct world_airspace_reader reader = {.text = text, .arena = arena, .set = &set, .err = err};
    if (limits != NULL)
        reader.limits = *limits;
    if (reader.limits.bytes == 0)
        reader.limits.bytes = BYTES_DEFAULT;
    if (reader.limits.depth == 0)
        reader.limits.depth = DEPTH_DEFAULT;
    if (reader.limits.vertices == 0)
        reader.limits.vertices = VERTICES_DEFAULT;
    reader.vertices_left = reader.limits.vertices;
    if (text.len > reader.limits.bytes)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "more than %zu bytes", reader.limits.bytes);
    if (format == OVF_AIRSPACE_ANY)
        format = format_of(text);
    ovf_status status = OVF_OK;
    switch (format) {
    case OVF_AIRSPACE_GEOJSON: status = world_airspace_geojson(&reader); break;
    case OVF_AIRSPACE_AIXM: status = world_airspace_aixm(&reader); break;
    default: status = world_airspace_openair(&reader); break;
    }
    if (status == OVF_OK)
        *out = set;
    return status;
}
