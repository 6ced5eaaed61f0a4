/* SPDX-License-Identifier: Apache-2.0 */
/* Flown tracks in XML. GPX 1.0 and 1.1: <trk> with <trkpt>. KML 2.2: <gx:Track> with <when> and
 * <gx:coord>, a <Point> with a <TimeStamp>, a <LineString> without times. Heights are metres above
 * the sea, levels by the logger's own navigation. */
#include "tracks_internal.h"

#include <overfly/xml.h>

#include <math.h>

#define FT_PER_M (1 / 0.3048)
#define KT_PER_MPS (3600.0 / 1852.0)

typedef struct xml_reader {
    ovf_surveillance *r;
    bool is_gpx;
    bool failed;
} xml_reader;

static void locate(const ovf_surveillance *r, const ovf_xml *element, ovf_position *p)
{
    p->at = r->base + element->at;
    p->len = (uint32_t)(element->end > element->at ? element->end - element->at : 0);
}

static bool finish(ovf_surveillance *r, const ovf_xml *element, ovf_position *p)
{
    r->counts.records++;
    p->source = OVF_SOURCE_LOG;
    locate(r, element, p);
    return tracks_emit(r, p);
}

/* A track's name when it is a call sign or a registration by its form: letters and digits. */
static void set_identity(ovf_str name, ovf_position *p)
{
    bool has_letter = false;
    for (size_t i = 0; i < name.len; i++)
        has_letter = has_letter || ((name.ptr[i] | 0x20) >= 'a' && (name.ptr[i] | 0x20) <= 'z');
    if (has_letter)
        tracks_name(name, p->callsign, sizeof(p->callsign));
}

/* ---- GPX ---- */

static bool read_trkpt(ovf_surveillance *r, const ovf_xml *point, const ovf_position *base)
{
    ovf_position p = *base;
    double lat = 0;
    double lon = 0;
    double value = 0;
    if (!tracks_number(ovf_xml_attribute(point, "lat"), &lat)
        || !tracks_number(ovf_xml_attribute(point, "lon"), &lon)) {
        tracks_bad(r, r->base + point->at, "GPX_PLACE", "expected attributes lat and lon");
        return true;
    }
    tracks_set_place(&p, lat, lon);
    if (tracks_number(ovf_xml_text(point, "ele"), &value))
        p.geom_ft = tracks_altitude(value * FT_PER_M);
    if (!tracks_time(ovf_xml_text(point, "time"), &p.time_ms))
        p.time_ms = OVF_TIME_NONE;
    const ovf_xml *speed = ovf_xml_within(point, "speed");
    const ovf_xml *course = ovf_xml_within(point, "course");
    if (speed != NULL && tracks_number(speed->text, &value))
        p.speed_kt = tracks_speed(value * KT_PER_MPS);
    if (course != NULL && tracks_number(course->text, &value))
        p.track_deg = tracks_track(value);
    return finish(r, point, &p);
}

static bool read_trk(ovf_surveillance *r, const ovf_xml *trk)
{
    ovf_position base;
    ovf_position_init(&base);
    base.series = ++r->series;
    set_identity(ovf_xml_text(trk, "name"), &base);
    for (const ovf_xml *part = ovf_xml_child(trk, "trkseg"); part != NULL;
         part = ovf_xml_next(part, "trkseg")) {
        for (const ovf_xml *point = ovf_xml_child(part, "trkpt"); point != NULL;
             point = ovf_xml_next(point, "trkpt")) {
            if (!read_trkpt(r, point, &base))
                return false;
        }
    }
    return true;
}

/* ---- KML ---- */

/* "lon,lat,alt" or "lon lat alt": cuts it off the text. false: nothing left. */
static bool next_coordinate(ovf_str text, size_t *at, bool with_commas, double v[3])
{
    while (*at < text.len && (unsigned char)text.ptr[*at] <= ' ')
        (*at)++;
    if (*at >= text.len)
        return false;
    v[0] = v[1] = v[2] = (double)NAN;
    for (size_t i = 0; i < 3 && *at < text.len; i++) {
        size_t end = *at;
        while (end < text.len && text.ptr[end] != ',' && (unsigned char)text.ptr[end] > ' ')
            end++;
        if (!tracks_number(ovf_str_sub(text, *at, end), &v[i]))
            v[i] = (double)NAN;
        bool ends = end >= text.len || (with_commas && text.ptr[end] != ',');
        *at = end + 1;
        if (ends)
            break;
    }
    return true;
}

/* Heights mean something only when they are above the sea. */
static bool is_absolute(const ovf_xml *geometry)
{
    return ovf_str_eq(ovf_xml_text(geometry, "altitudeMode"), OVF_STR("absolute"));
}

static bool emit_coordinate(ovf_surveillance *r, const ovf_xml *element, const double v[3],
                            bool with_height, ovf_position p)
{
    if (isnan(v[0]) || isnan(v[1])) {
        tracks_bad(r, r->base + element->at, "KML_PLACE", "expected longitude and latitude");
        return true;
    }
    tracks_set_place(&p, v[1], v[0]);
    if (with_height && !isnan(v[2]))
        p.geom_ft = tracks_altitude(v[2] * FT_PER_M);
    return finish(r, element, &p);
}

static bool read_gx_track(ovf_surveillance *r, const ovf_xml *track, ovf_position base)
{
    const ovf_xml *when = ovf_xml_child(track, "when");
    base.series = ++r->series;
    for (const ovf_xml *coord = ovf_xml_child(track, "coord"); coord != NULL;
         coord = ovf_xml_next(coord, "coord")) {
        double v[3];
        size_t at = 0;
        ovf_position p = base;
        if (when == NULL || !tracks_time(when->text, &p.time_ms))
            p.time_ms = OVF_TIME_NONE;
        when = when == NULL ? NULL : ovf_xml_next(when, "when");
        if (next_coordinate(coord->text, &at, false, v)
            && !emit_coordinate(r, coord, v, is_absolute(track), p))
            return false;
    }
    return true;
}

static bool read_line_string(ovf_surveillance *r, const ovf_xml *line, ovf_position base)
{
    ovf_str text = ovf_xml_text(line, "coordinates");
    double v[3];
    base.series = ++r->series;
    base.time_ms = OVF_TIME_NONE;
    for (size_t at = 0; next_coordinate(text, &at, true, v);) {
        if (!emit_coordinate(r, line, v, is_absolute(line), base))
            return false;
    }
    return true;
}

static bool read_placemark(ovf_surveillance *r, const ovf_xml *placemark)
{
    ovf_position base;
    ovf_position_init(&base);
    const ovf_xml *stamp = ovf_xml_child(placemark, "TimeStamp");
    bool is_timed = tracks_time(ovf_xml_text(stamp, "when"), &base.time_ms);
    if (!is_timed)
        base.time_ms = OVF_TIME_NONE;
    for (const ovf_xml *e = placemark; e != NULL; e = ovf_xml_following(e, placemark)) {
        bool goes_on = true;
        double v[3];
        size_t at = 0;
        if (ovf_xml_is(e, "Point") && is_timed) {
            if (next_coordinate(ovf_xml_text(e, "coordinates"), &at, true, v))
                goes_on = emit_coordinate(r, e, v, is_absolute(e), base);
        } else if (ovf_xml_is(e, "Track") || ovf_xml_is(e, "LineString")) {
            ovf_position named = base;
            set_identity(ovf_xml_text(placemark, "name"), &named);
            goes_on =
                ovf_xml_is(e, "Track") ? read_gx_track(r, e, named) : read_line_string(r, e, named);
        }
        if (!goes_on)
            return false;
    }
    return true;
}

static bool read_element(void *data, const ovf_xml *element)
{
    xml_reader *x = data;
    if (x->r->has_ended)
        return true;
    if (x->is_gpx)
        (void)read_trk(x->r, element);
    else
        (void)read_placemark(x->r, element);
    return true;
}

ovf_status tracks_take_xml(ovf_surveillance *r, ovf_str bytes, size_t *used, ovf_error *err)
{
    static const char *const gpx[] = {"trk", NULL};
    static const char *const kml[] = {"Placemark", NULL};
    if (!r->is_last)
        return OVF_OK; // the document has to be whole
    xml_reader x = {.r = r, .is_gpx = r->form == OVF_SURVEILLANCE_GPX};
    ovf_xml_options options = {
        .kept = x.is_gpx ? gpx : kml, .each = read_element, .data = &x, .scratch = &r->scratch};
    ovf_xml *root = NULL;
    ovf_error bad = {0};
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_status status = ovf_xml_read(bytes, &options, &arena, &root, &bad);
    ovf_arena_done(&arena);
    *used = bytes.len;
    if (status == OVF_E_SYNTAX || status == OVF_E_LIMIT) {
        // What was whole before is read; the rest cannot be.
        tracks_bad(r, r->base + (bad.pos == OVF_NOPOS ? 0 : bad.pos), "XML_SYNTAX", bad.reason);
        return OVF_OK;
    }
    return status == OVF_OK ? OVF_OK
                            : ovf_fail(err, status, OVF_NOPOS, "no memory for the document");
}
