/* SPDX-License-Identifier: Apache-2.0 */
/* JSON values in a stream: where each ends, however the bytes come in; and which kind of document a
 * head of JSON belongs to. */
#include "tracks_internal.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == 0x1E;
}

/* Goes on from where the last look ended; true with *end behind a whole value that begins at 0. */
static bool find_end(ovf_surveillance *r, ovf_str s, size_t *end)
{
    size_t at = r->json_at;
    for (; at < s.len; at++) {
        char c = s.ptr[at];
        if (r->json_in_string) {
            if (r->json_in_escape)
                r->json_in_escape = false;
            else if (c == '\\')
                r->json_in_escape = true;
            else if (c == '"')
                r->json_in_string = false;
            continue;
        }
        if (c == '"')
            r->json_in_string = true;
        else if (c == '{' || c == '[')
            r->json_depth++;
        else if ((c == '}' || c == ']') && r->json_depth > 0)
            r->json_depth--;
        // A value that is no container ends with its line.
        bool is_over = (c == '}' || c == ']' || c == '\n') && r->json_depth == 0;
        if (is_over) {
            *end = at + 1;
            r->json_at = 0;
            return true;
        }
    }
    r->json_at = at;
    return false;
}

/* One value at *at; what is none is passed over to the end of its line. */
static ovf_status take_value(ovf_surveillance *r, ovf_str bytes, size_t *at, ovf_error *err)
{
    ovf_json_value value;
    ovf_error bad = {0};
    if (ovf_json_value_at(bytes, *at, &value, &bad) == OVF_OK) {
        *at = value.end;
        return tracks_read_json(r, value, err);
    }
    tracks_bad(r, r->base + bad.pos, "JSON_SYNTAX", bad.reason);
    const char *line = memchr(bytes.ptr + *at, '\n', bytes.len - *at);
    *at = line == NULL ? bytes.len : (size_t)(line - bytes.ptr) + 1;
    return OVF_OK;
}

ovf_status tracks_take_json(ovf_surveillance *r, ovf_str bytes, size_t *used, ovf_error *err)
{
    size_t at = 0;
    ovf_status status = OVF_OK;
    while (status == OVF_OK && !r->has_ended) {
        if (r->json_at == 0) {
            if (at == 0 && r->base == 0 && ovf_str_starts(bytes, OVF_STR("\xEF\xBB\xBF")))
                at = 3;
            while (at < bytes.len && is_blank(bytes.ptr[at]))
                at++;
            *used = at;
        }
        if (at >= bytes.len)
            break;
        if (r->is_last) {
            status = take_value(r, bytes, &at, err);
        } else {
            size_t end = 0;
            if (!find_end(r, ovf_str_tail(bytes, at), &end))
                break;
            status = take_value(r, ovf_str_sub(bytes, 0, at + end), &at, err);
        }
        *used = at;
    }
    return status;
}

/* ---- what it is ---- */

static bool has(ovf_str head, const char *word)
{
    return ovf_str_find(head, 0, ovf_str_of(word)) != OVF_NOPOS;
}

/* Names of members in the head: is there a place among them, and an aircraft or a time? */
static bool names_positions(ovf_str head)
{
    bool has_lat = false;
    bool has_lon = false;
    bool has_name = false;
    bool has_address = false;
    bool has_time = false;
    bool has_motion = false;
    size_t at = 0;
    while ((at = ovf_str_find(head, at, OVF_STR("\""))) != OVF_NOPOS) {
        size_t end = ovf_str_find(head, at + 1, OVF_STR("\""));
        if (end == OVF_NOPOS)
            break;
        size_t behind = end + 1;
        while (behind < head.len && head.ptr[behind] == ' ')
            behind++;
        if (behind < head.len && head.ptr[behind] == ':') {
            tracks_field field = tracks_column_of(ovf_str_sub(head, at + 1, end)).field;
            has_lat = has_lat || field == FIELD_LAT;
            has_lon = has_lon || field == FIELD_LON;
            has_name = has_name || field == FIELD_ADDRESS || field == FIELD_BARO
                       || field == FIELD_CALLSIGN;
            has_time = has_time || field == FIELD_TIME || field == FIELD_PLACE_TIME
                       || field == FIELD_SEEN_PLACE;
            has_motion = has_motion || field == FIELD_SPEED || field == FIELD_TRACK;
            has_address = has_address || field == FIELD_ADDRESS;
        }
        at = end + 1;
    }
    // An airport has a name, a place and a height as well.
    return has_lat && has_lon && ((has_name && has_time) || (has_address && has_motion));
}

/* Lines and points with times or an aircraft's name; outlines of areas are another matter. */
static bool is_flown_geojson(ovf_str head)
{
    static const char *const marks[] = {"\"coordTimes\"", "\"times\"",     "\"time\"",
                                        "\"timestamp\"",  "\"callsign\"",  "\"icao24\"",
                                        "\"hex\"",        "\"timestamps\""};
    if (!has(head, "\"coordinates\"") || has(head, "Polygon\"")
        || (!has(head, "LineString\"") && !has(head, "\"Point\"")))
        return false;
    for (size_t i = 0; i < OVF_COUNTOF(marks); i++) {
        if (has(head, marks[i]))
            return true;
    }
    return false;
}

ovf_surveillance_form tracks_sniff_json(ovf_str head)
{
    if (has(head, "\"trace\"") && has(head, "\"icao\""))
        return OVF_SURVEILLANCE_TRACE;
    if ((has(head, "\"aircraft\"") || has(head, "\"ac\"")) && has(head, "\"hex\""))
        return OVF_SURVEILLANCE_AIRCRAFT;
    if (has(head, "\"states\"") && has(head, "\"time\""))
        return OVF_SURVEILLANCE_OPENSKY;
    if (has(head, "\"path\"") && has(head, "\"icao24\""))
        return OVF_SURVEILLANCE_OPENSKY;
    if (has(head, "\"aircraft\"") && has(head, "\"now\""))
        return OVF_SURVEILLANCE_AIRCRAFT; // nobody in sight
    if (is_flown_geojson(head))
        return OVF_SURVEILLANCE_GEOJSON;
    return names_positions(head) ? OVF_SURVEILLANCE_RECORDS : OVF_SURVEILLANCE_UNKNOWN;
}
