/* SPDX-License-Identifier: Apache-2.0 */
/* BaseStation lines (TCP port 30003): 22 fields between commas. A line brings a part of what is
 * known of an aircraft - call sign, place, velocity - and the parts are put together here; a line
 * with a place gives a position. Dates are those of the receiver's own clock. */
#include "tracks_internal.h"

#include <math.h>

#define FIELDS 22
#define FRESH_MS 30000 /* velocity and levels out of other lines hold that long */

enum {
    F_KIND = 0,
    F_HEX = 4,
    F_DATE = 6,
    F_TIME = 7,
    F_LOG_DATE = 8,
    F_LOG_TIME = 9,
    F_CALLSIGN = 10,
    F_ALTITUDE = 11,
    F_SPEED = 12,
    F_TRACK = 13,
    F_LAT = 14,
    F_LON = 15,
    F_RATE = 16,
    F_SQUAWK = 17,
    F_GROUND = 21,
};

static size_t split(ovf_str line, ovf_str fields[FIELDS])
{
    const char *at = line.ptr;
    const char *end = line.ptr + line.len;
    const char *start = at;
    size_t count = 0;
    for (; at < end && count + 1 < FIELDS; at++) {
        if (*at != ',')
            continue;
        fields[count++] = (ovf_str){start, (size_t)(at - start)};
        start = at + 1;
    }
    fields[count++] = (ovf_str){start, (size_t)(end - start)};
    size_t given = count;
    while (count < FIELDS)
        fields[count++] = (ovf_str){end, 0};
    return given;
}

/* Date and time of day, the date kept from line to line. */
static int64_t read_when(ovf_surveillance *r, size_t which, ovf_str date, ovf_str time)
{
    int64_t clock_ms = 0;
    if (date.len != 10 || !tracks_clock(time, &clock_ms))
        return OVF_TIME_NONE;
    if (memcmp(r->date_text[which], date.ptr, 10) != 0) {
        if (!tracks_date(date, &r->date_ms[which]))
            return OVF_TIME_NONE;
        memcpy(r->date_text[which], date.ptr, 10);
    }
    return r->date_ms[which] + clock_ms;
}

static bool is_fresh(int64_t then_ms, int64_t now_ms)
{
    return then_ms == OVF_TIME_NONE || now_ms == OVF_TIME_NONE
           || (now_ms - then_ms <= FRESH_MS && then_ms - now_ms <= FRESH_MS);
}

static void merge(tracks_aircraft *a, const ovf_str f[FIELDS], int64_t when_ms)
{
    ovf_position *is = &a->is;
    double value = 0;
    if (f[F_CALLSIGN].len > 0 && f[F_KIND].ptr[0] != 'S') // of STA: a state
        tracks_name(f[F_CALLSIGN], is->callsign, sizeof(is->callsign));
    if (tracks_number(f[F_ALTITUDE], &value)) {
        is->baro_ft = tracks_altitude(value);
        a->baro_ms = when_ms;
    }
    bool has_velocity = false;
    if (tracks_number(f[F_SPEED], &value)) {
        is->speed_kt = tracks_speed(value);
        has_velocity = true;
    }
    if (tracks_number(f[F_TRACK], &value)) {
        is->track_deg = tracks_track(value);
        has_velocity = true;
    }
    if (tracks_number(f[F_RATE], &value)) {
        is->rate_fpm = tracks_rate(value);
        has_velocity = true;
    }
    if (has_velocity)
        a->velocity_ms = when_ms;
    if (f[F_SQUAWK].len == 4 && tracks_number(f[F_SQUAWK], &value) && value >= 0 && value <= 7777)
        is->squawk = (int32_t)value;
    if (f[F_GROUND].len > 0)
        is->on_ground = f[F_GROUND].ptr[0] == '0' ? OVF_TRI_NO : OVF_TRI_YES;
}

static bool emit(ovf_surveillance *r, tracks_aircraft *a, const ovf_str f[FIELDS], int64_t when_ms,
                 uint64_t at, uint32_t len)
{
    double lat_deg = 0;
    double lon_deg = 0;
    if (!tracks_number(f[F_LAT], &lat_deg) || !tracks_number(f[F_LON], &lon_deg))
        return true;
    ovf_position p = a->is;
    p.time_ms = when_ms;
    p.received_ms = read_when(r, 1, f[F_LOG_DATE], f[F_LOG_TIME]);
    p.at = at;
    p.len = len;
    p.source = f[F_KIND].len == 4 ? OVF_SOURCE_MLAT : OVF_SOURCE_UNKNOWN; // "MLAT,3,..."
    tracks_set_place(&p, lat_deg, lon_deg);
    if (!is_fresh(a->velocity_ms, when_ms)) {
        p.speed_kt = -1;
        p.track_deg = -1;
        p.rate_fpm = OVF_VALUE_NONE;
    }
    if (!is_fresh(a->baro_ms, when_ms))
        p.baro_ft = OVF_VALUE_NONE;
    return tracks_emit(r, &p);
}

static bool is_kind(ovf_str kind)
{
    static const char *const kinds[] = {"MSG", "MLAT", "SEL", "ID", "AIR", "STA", "CLK"};
    for (size_t i = 0; i < OVF_COUNTOF(kinds); i++) {
        if (ovf_str_eq(kind, ovf_str_of(kinds[i])))
            return true;
    }
    return false;
}

/* false: the caller wants no more, or there is no memory (*status). */
static bool take_line(ovf_surveillance *r, ovf_str line, uint64_t at, ovf_status *status)
{
    ovf_str f[FIELDS];
    uint32_t address = 0;
    bool is_anonymous = false;
    r->counts.records++;
    if (split(line, f) < 10 || !is_kind(f[F_KIND])) {
        tracks_bad(r, at, "SBS_LINE", "expected MSG and 21 more fields between commas");
        return true;
    }
    if (f[F_KIND].ptr[0] == 'C')
        return true; // CLK: a click of the program's clock
    if (!tracks_address(f[F_HEX], &address, &is_anonymous)) {
        tracks_bad(r, at, "SBS_ADDRESS", "expected six hexadecimal digits in field 5");
        return true;
    }
    tracks_aircraft *a = tracks_fleet_find(&r->fleet, address | (is_anonymous ? 1U << 24 : 0));
    if (a == NULL) {
        *status = OVF_E_NOMEM;
        return false;
    }
    a->order = ++r->order;
    a->is.address = address;
    a->is.is_anonymous = is_anonymous;
    int64_t when_ms = read_when(r, 0, f[F_DATE], f[F_TIME]);
    a->seen_ms = when_ms;
    merge(a, f, when_ms);
    return emit(r, a, f, when_ms, at, (uint32_t)line.len);
}

ovf_status tracks_take_sbs(ovf_surveillance *r, ovf_str bytes, size_t *used, ovf_error *err)
{
    ovf_str line = {0};
    ovf_status status = OVF_OK;
    size_t at = 0;
    while (tracks_line(bytes, &at, r->is_last, &line)) {
        *used = at;
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        if (!take_line(r, line, r->base + (uint64_t)(line.ptr - bytes.ptr), &status))
            break;
    }
    return status == OVF_OK ? OVF_OK
                            : ovf_fail(err, status, OVF_NOPOS, "no memory for the aircraft");
}
