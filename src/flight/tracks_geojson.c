/* SPDX-License-Identifier: Apache-2.0 */
/* Flown tracks in GeoJSON (RFC 7946): a LineString is one track, its times in the properties beside
 * it ("coordTimes", "times", "timestamps"); a Point is one position, all else in its properties. */
#include "tracks_internal.h"

#include <math.h>

#define FT_PER_M (1 / 0.3048)
#define NESTING 6

static bool is_word(ovf_json_value value, const char *word)
{
    ovf_str raw = ovf_json_raw(value);
    return raw.len >= 2 && ovf_str_eq(ovf_str_sub(raw, 1, raw.len - 1), ovf_str_of(word));
}

static bool set_coordinate(ovf_json_value coordinate, ovf_position *p)
{
    ovf_json_value item = {0};
    double values[3] = {(double)NAN, (double)NAN, (double)NAN};
    for (size_t i = 0; i < 3 && ovf_json_next(coordinate, &item, NULL); i++) {
        if (!ovf_json_number(item, &values[i]))
            values[i] = (double)NAN;
    }
    if (isnan(values[0]) || isnan(values[1]))
        return false;
    tracks_set_place(p, values[1], values[0]);
    if (!isnan(values[2]) && p->geom_ft == OVF_VALUE_NONE)
        p->geom_ft = tracks_altitude(values[2] * FT_PER_M);
    return true;
}

static bool emit_coordinate(ovf_surveillance *r, ovf_json_value coordinate, ovf_position p,
                            ovf_json_value time)
{
    r->counts.records++;
    if (!set_coordinate(coordinate, &p)) {
        tracks_bad(r, r->base + coordinate.at, "GEOJSON_PLACE", "expected longitude and latitude");
        return true;
    }
    ovf_str text = ovf_json_raw(time);
    if (text.len >= 2 && text.ptr[0] == '"')
        text = ovf_str_sub(text, 1, text.len - 1);
    if (text.len > 0 && !tracks_time(text, &p.time_ms))
        p.time_ms = OVF_TIME_NONE;
    p.at = r->base + coordinate.at;
    p.len = (uint32_t)(coordinate.end - coordinate.at);
    return tracks_emit(r, &p);
}

/* The list of times, wherever writers put it. */
static ovf_json_value times_of(ovf_json_value properties)
{
    static const char *const names[] = {"coordTimes", "times", "timestamps", "time", "timestamp"};
    ovf_json_value more = ovf_json_get(properties, "coordinateProperties"); // togeojson 5
    for (size_t i = 0; i < OVF_COUNTOF(names); i++) {
        ovf_json_value found = ovf_json_get(properties, names[i]);
        if (ovf_json_kind(found) != '[')
            found = ovf_json_get(more, names[i]);
        if (ovf_json_kind(found) == '[')
            return found;
    }
    return (ovf_json_value){0};
}

static bool read_line(ovf_surveillance *r, ovf_json_value coordinates, ovf_json_value *times,
                      ovf_json_value *time, const ovf_position *base)
{
    ovf_json_value item = {0};
    while (ovf_json_next(coordinates, &item, NULL)) {
        ovf_json_value when = {0};
        if (times->text != NULL && ovf_json_next(*times, time, NULL))
            when = *time;
        if (!emit_coordinate(r, item, *base, when))
            return false;
    }
    return true;
}

static bool read_geometry(ovf_surveillance *r, ovf_json_value geometry, ovf_json_value properties,
                          const ovf_position *base)
{
    ovf_json_value type = ovf_json_get(geometry, "type");
    ovf_json_value coordinates = ovf_json_get(geometry, "coordinates");
    ovf_json_value none = {0};
    if (is_word(type, "Point"))
        return emit_coordinate(r, coordinates, *base, none);
    ovf_position p = *base;
    p.series = ++r->series;
    p.time_ms = OVF_TIME_NONE; // the properties' own is that of the whole
    ovf_json_value times = times_of(properties);
    ovf_json_value time = {0};
    ovf_json_value item = {0};
    if (is_word(type, "LineString"))
        return read_line(r, coordinates, &times, &time, &p);
    if (!is_word(type, "MultiLineString")) {
        tracks_bad(r, r->base + geometry.at, "GEOJSON_KIND", "expected a Point or a LineString");
        return true;
    }
    // Times lie in a list of lists, or in one for all parts.
    ovf_json_value first = {0};
    bool is_nested = ovf_json_next(times, &first, NULL) && ovf_json_kind(first) == '[';
    ovf_json_value part = {0};
    while (ovf_json_next(coordinates, &item, NULL)) {
        if (is_nested) {
            ovf_json_value inner = {0};
            bool has_part = ovf_json_next(times, &part, NULL);
            ovf_json_value own = has_part ? part : none;
            if (!read_line(r, item, &own, &inner, &p))
                return false;
        } else if (!read_line(r, item, &times, &time, &p)) {
            return false;
        }
    }
    return true;
}

static bool read_feature(ovf_surveillance *r, ovf_json_value feature)
{
    ovf_json_value geometry = ovf_json_get(feature, "geometry");
    ovf_json_value properties = ovf_json_get(feature, "properties");
    if (ovf_json_kind(geometry) != '{')
        geometry = feature;
    ovf_position base;
    tracks_row row;
    tracks_row_start(&row, &base);
    if (ovf_json_kind(properties) == '{')
        tracks_read_members(&r->names, properties, &row, &base);
    tracks_row_end(&row, &base, OVF_TIME_NONE);
    return read_geometry(r, geometry, properties, &base);
}

ovf_status tracks_read_geojson(ovf_surveillance *r, ovf_json_value value, ovf_error *err)
{
    OVF_UNUSED(err);
    ovf_json_value features = ovf_json_get(value, "features");
    ovf_json_value item = {0};
    if (ovf_json_kind(features) != '[') {
        (void)read_feature(r, value);
        return OVF_OK;
    }
    while (ovf_json_next(features, &item, NULL)) {
        if (!read_feature(r, item))
            break;
    }
    return OVF_OK;
}
