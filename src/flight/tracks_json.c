/* SPDX-License-Identifier: Apache-2.0 */
/* Positions in JSON: aircraft.json and traces of readsb, state vectors and tracks of OpenSky, and
 * objects whose members bear the names of a table's columns. Values come one behind the other, a
 * document or a line each. */
#include "tracks_internal.h"

#include <math.h>

#define NESTING 4 /* lists of objects within objects */
#define FT_PER_M (1 / 0.3048)
#define KT_PER_MPS (3600.0 / 1852.0)
#define FPM_PER_MPS (60.0 / 0.3048)

static ovf_str text_of(ovf_json_value value)
{
    ovf_str raw = ovf_json_raw(value);
    return raw.len >= 2 && raw.ptr[0] == '"' ? ovf_str_sub(raw, 1, raw.len - 1) : raw;
}

static void locate(const ovf_surveillance *r, ovf_json_value value, ovf_position *p)
{
    p->at = r->base + value.at;
    p->len = (uint32_t)(value.end - value.at);
}

/* ---- objects with names ---- */

static bool read_object(ovf_surveillance *r, ovf_json_value object, const ovf_position *base,
                        const tracks_row *base_row, int64_t now_ms)
{
    ovf_position p = *base;
    tracks_row row = *base_row;
    tracks_read_members(&r->names, object, &row, &p);
    tracks_row_end(&row, &p, now_ms);
    r->counts.records++;
    if (p.address == OVF_ADDRESS_NONE && p.callsign[0] == '\0' && p.registration[0] == '\0'
        && !p.has_place) {
        tracks_bad(r, r->base + object.at, "RECORD_EMPTY",
                   "expected an aircraft and its place among the members");
        return true;
    }
    locate(r, object, &p);
    return tracks_emit(r, &p);
}

/* A list of objects within this value. */
static ovf_json_value list_in(ovf_json_value object)
{
    ovf_json_value value = {0};
    ovf_json_value none = {0};
    while (ovf_json_next(object, &value, NULL)) {
        ovf_json_value first = {0};
        if (ovf_json_kind(value) == '[' && ovf_json_next(value, &first, NULL)
            && ovf_json_kind(first) == '{')
            return value;
    }
    return none;
}

/* What stands beside a list holds for all that is in it. */
static bool read_records(ovf_surveillance *r, ovf_json_value value, const ovf_position *base,
                         const tracks_row *base_row, int depth)
{
    ovf_json_value item = {0};
    if (ovf_json_kind(value) == '[') {
        while (ovf_json_next(value, &item, NULL)) {
            if (ovf_json_kind(item) != '{') {
                tracks_bad(r, r->base + item.at, "RECORD_KIND", "expected an object");
                continue;
            }
            if (!read_records(r, item, base, base_row, depth))
                return false;
        }
        return true;
    }
    ovf_json_value list = depth < NESTING ? list_in(value) : item;
    if (list.text == NULL)
        return read_object(r, value, base, base_row, OVF_TIME_NONE);
    ovf_position p = *base;
    tracks_row row = *base_row;
    tracks_read_members(&r->names, value, &row, &p);
    // A time beside the list is that of the document, not of each row.
    p.time_ms = OVF_TIME_NONE;
    return read_records(r, list, &p, &row, depth + 1);
}

/* ---- aircraft.json ---- */

static bool read_aircraft(ovf_surveillance *r, ovf_json_value document)
{
    ovf_position base;
    tracks_row row;
    tracks_row_start(&row, &base);
    ovf_json_value list = ovf_json_get(document, "aircraft");
    if (list.text == NULL)
        list = ovf_json_get(document, "ac");
    if (ovf_json_kind(list) != '[')
        return read_records(r, document, &base, &row, 0);
    int64_t now_ms = OVF_TIME_NONE;
    if (!tracks_time(ovf_json_raw(ovf_json_get(document, "now")), &now_ms))
        now_ms = OVF_TIME_NONE;
    ovf_json_value item = {0};
    while (ovf_json_next(list, &item, NULL)) {
        if (ovf_json_kind(item) != '{') {
            tracks_bad(r, r->base + item.at, "RECORD_KIND", "expected an object");
            continue;
        }
        if (!read_object(r, item, &base, &row, now_ms))
            return false;
    }
    return true;
}

/* ---- traces ---- */

enum {
    T_SECONDS = 0,
    T_LAT,
    T_LON,
    T_ALT,
    T_SPEED,
    T_TRACK,
    T_FLAGS,
    T_RATE,
    T_MORE,
    T_SOURCE,
    T_GEOM,
    T_FIELDS
};
enum { FLAG_LEG = 2, FLAG_GEOM_RATE = 4, FLAG_GEOM_ALT = 8 };

static double number_or(ovf_json_value value, double otherwise)
{
    double number = 0;
    return ovf_json_number(value, &number) ? number : otherwise;
}

/* The nested object says what has changed; identity and integrity hold until the next one. */
static void read_more(ovf_surveillance *r, ovf_json_value more, ovf_position *held)
{
    if (ovf_json_kind(more) != '{')
        return;
    ovf_position p = *held;
    tracks_row row;
    ovf_position unused;
    tracks_row_start(&row, &unused);
    p.nic = p.nac_p = p.sil = -1;
    p.rc_m = -1;
    tracks_read_members(&r->names, more, &row, &p);
    p.baro_ft = p.geom_ft = p.rate_fpm = OVF_VALUE_NONE;
    p.speed_kt = p.track_deg = -1;
    *held = p;
}

static bool read_point(ovf_surveillance *r, ovf_json_value point, int64_t start_ms,
                       ovf_position *held)
{
    ovf_json_value v[T_FIELDS] = {{0}};
    ovf_json_value item = {0};
    for (size_t i = 0; i < T_FIELDS && ovf_json_next(point, &item, NULL); i++)
        v[i] = item;
    r->counts.records++;
    double seconds = number_or(v[T_SECONDS], (double)NAN);
    double lat = number_or(v[T_LAT], (double)NAN);
    double lon = number_or(v[T_LON], (double)NAN);
    if (isnan(seconds) || fabs(seconds) > 1e7 || isnan(lat) || isnan(lon)) {
        tracks_bad(r, r->base + point.at, "TRACE_POINT", "expected seconds, latitude, longitude");
        return true;
    }
    read_more(r, v[T_MORE], held);
    ovf_position p = *held;
    unsigned flags = (unsigned)(int)number_or(v[T_FLAGS], 0) & 0xFF;
    p.time_ms = start_ms == OVF_TIME_NONE ? OVF_TIME_NONE : start_ms + llround(seconds * 1000);
    tracks_set_place(&p, lat, lon);
    bool on_ground = ovf_str_eq(text_of(v[T_ALT]), OVF_STR("ground"));
    p.on_ground = on_ground ? OVF_TRI_YES : OVF_TRI_NO;
    int32_t level_ft = tracks_altitude(number_or(v[T_ALT], (double)NAN));
    p.baro_ft = (flags & FLAG_GEOM_ALT) != 0 ? OVF_VALUE_NONE : level_ft;
    p.geom_ft = tracks_altitude(number_or(v[T_GEOM], (double)NAN));
    if ((flags & FLAG_GEOM_ALT) != 0 && p.geom_ft == OVF_VALUE_NONE)
        p.geom_ft = level_ft;
    p.speed_kt = tracks_speed(number_or(v[T_SPEED], (double)NAN));
    p.track_deg = on_ground ? -1 : tracks_track(number_or(v[T_TRACK], (double)NAN));
    p.rate_fpm = tracks_rate(number_or(v[T_RATE], (double)NAN));
    p.leg_starts = (flags & FLAG_LEG) != 0;
    if (ovf_json_kind(v[T_SOURCE]) == '"')
        p.source = (uint8_t)tracks_source_of(text_of(v[T_SOURCE]));
    locate(r, point, &p);
    return tracks_emit(r, &p);
}

static bool read_trace(ovf_surveillance *r, ovf_json_value document)
{
    ovf_position held;
    tracks_row row;
    int64_t start_ms = OVF_TIME_NONE;
    tracks_row_start(&row, &held);
    tracks_read_members(&r->names, document, &row, &held);
    held.time_ms = OVF_TIME_NONE;
    ovf_json_value trace = ovf_json_get(document, "trace");
    if (!tracks_time(ovf_json_raw(ovf_json_get(document, "timestamp")), &start_ms))
        start_ms = OVF_TIME_NONE;
    if (ovf_json_kind(trace) != '[')
        tracks_bad(r, r->base + document.at, "TRACE_LIST", "expected a member 'trace' with a list");
    ovf_json_value point = {0};
    while (ovf_json_next(trace, &point, NULL)) {
        if (!read_point(r, point, start_ms, &held))
            return false;
    }
    return true;
}

/* ---- OpenSky ---- */

enum {
    S_ADDRESS = 0,
    S_CALLSIGN,
    S_COUNTRY,
    S_PLACE_TIME,
    S_CONTACT,
    S_LON,
    S_LAT,
    S_BARO,
    S_GROUND,
    S_SPEED,
    S_TRACK,
    S_RATE,
    S_SENSORS,
    S_GEOM,
    S_SQUAWK,
    S_SPI,
    S_SOURCE,
    S_FIELDS
};

static void read_ground(ovf_json_value value, ovf_position *p)
{
    char kind = ovf_json_kind(value);
    p->on_ground = kind == 't' ? OVF_TRI_YES : kind == 'f' ? OVF_TRI_NO : OVF_TRI_UNKNOWN;
}

static void set_fields(const tracks_field *fields, const ovf_json_value *v, size_t count,
                       tracks_row *row, ovf_position *p)
{
    for (size_t i = 0; i < count; i++) {
        tracks_column column = {fields[i], 1.0F};
        if (fields[i] != FIELD_NONE && v[i].text != NULL && ovf_json_kind(v[i]) != 'n')
            tracks_set(&column, text_of(v[i]), row, p);
    }
}

static bool read_state(ovf_surveillance *r, ovf_json_value state, int64_t looked_ms)
{
    static const tracks_field fields[S_FIELDS] = {
        [S_ADDRESS] = FIELD_ADDRESS,
        [S_CALLSIGN] = FIELD_CALLSIGN,
        [S_PLACE_TIME] = FIELD_PLACE_TIME,
        [S_CONTACT] = FIELD_RECEIVED,
        [S_LON] = FIELD_LON,
        [S_LAT] = FIELD_LAT,
        [S_TRACK] = FIELD_TRACK,
        [S_SQUAWK] = FIELD_SQUAWK,
        [S_SOURCE] = FIELD_SOURCE,
    };
    ovf_json_value v[S_FIELDS] = {{0}};
    ovf_json_value item = {0};
    ovf_position p;
    tracks_row row;
    tracks_row_start(&row, &p);
    for (size_t i = 0; i < S_FIELDS && ovf_json_next(state, &item, NULL); i++)
        v[i] = item;
    r->counts.records++;
    set_fields(fields, v, S_FIELDS, &row, &p);
    p.baro_ft = tracks_altitude(number_or(v[S_BARO], (double)NAN) * FT_PER_M);
    p.geom_ft = tracks_altitude(number_or(v[S_GEOM], (double)NAN) * FT_PER_M);
    p.speed_kt = tracks_speed(number_or(v[S_SPEED], (double)NAN) * KT_PER_MPS);
    p.rate_fpm = tracks_rate(number_or(v[S_RATE], (double)NAN) * FPM_PER_MPS);
    read_ground(v[S_GROUND], &p);
    tracks_row_end(&row, &p, looked_ms);
    if (p.address == OVF_ADDRESS_NONE) {
        tracks_bad(r, r->base + state.at, "STATE_ADDRESS",
                   "expected a list that begins with six "
                   "hexadecimal digits");
        return true;
    }
    locate(r, state, &p);
    return tracks_emit(r, &p);
}

static bool read_waypoint(ovf_surveillance *r, ovf_json_value point, const ovf_position *base)
{
    enum { W_TIME = 0, W_LAT, W_LON, W_BARO, W_TRACK, W_GROUND, W_FIELDS };
    static const tracks_field fields[W_FIELDS] = {FIELD_TIME, FIELD_LAT,   FIELD_LON,
                                                  FIELD_NONE, FIELD_TRACK, FIELD_NONE};
    ovf_json_value v[W_FIELDS] = {{0}};
    ovf_json_value item = {0};
    ovf_position p;
    tracks_row row;
    tracks_row_start(&row, &p);
    p = *base;
    for (size_t i = 0; i < W_FIELDS && ovf_json_next(point, &item, NULL); i++)
        v[i] = item;
    r->counts.records++;
    set_fields(fields, v, W_FIELDS, &row, &p);
    p.baro_ft = tracks_altitude(number_or(v[W_BARO], (double)NAN) * FT_PER_M);
    read_ground(v[W_GROUND], &p);
    tracks_row_end(&row, &p, OVF_TIME_NONE);
    locate(r, point, &p);
    return tracks_emit(r, &p);
}

static bool read_opensky(ovf_surveillance *r, ovf_json_value document)
{
    ovf_json_value states = ovf_json_get(document, "states");
    ovf_json_value path = ovf_json_get(document, "path");
    ovf_json_value item = {0};
    int64_t looked_ms = OVF_TIME_NONE;
    if (!tracks_time(ovf_json_raw(ovf_json_get(document, "time")), &looked_ms))
        looked_ms = OVF_TIME_NONE;
    while (ovf_json_next(states, &item, NULL)) {
        if (!read_state(r, item, looked_ms))
            return false;
    }
    ovf_position base;
    tracks_row row;
    tracks_row_start(&row, &base);
    if (ovf_json_kind(path) == '[')
        tracks_read_members(&r->names, document, &row, &base);
    base.time_ms = OVF_TIME_NONE;
    item = (ovf_json_value){0};
    while (ovf_json_next(path, &item, NULL)) {
        if (!read_waypoint(r, item, &base))
            return false;
    }
    return true;
}

ovf_status tracks_read_json(ovf_surveillance *r, ovf_json_value value, ovf_error *err)
{
    ovf_position base;
    tracks_row row;
    char kind = ovf_json_kind(value);
    if (kind != '{' && kind != '[') {
        tracks_bad(r, r->base + value.at, "JSON_KIND", "expected an object or a list");
        return OVF_OK;
    }
    switch (r->form) {
    case OVF_SURVEILLANCE_AIRCRAFT: (void)read_aircraft(r, value); break;
    case OVF_SURVEILLANCE_TRACE: (void)read_trace(r, value); break;
    case OVF_SURVEILLANCE_OPENSKY: (void)read_opensky(r, value); break;
    case OVF_SURVEILLANCE_GEOJSON: return tracks_read_geojson(r, value, err);
    default:
        tracks_row_start(&row, &base);
        (void)read_records(r, value, &base, &row, 0);
        break;
    }
    return OVF_OK;
}
