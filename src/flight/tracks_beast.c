/* SPDX-License-Identifier: Apache-2.0 */
/* Mode S Beast frames: 0x1A, a type, six bytes of time, one of signal, the message; a 0x1A within is
 * written twice. The time counts at 12 MHz from the start of the receiver, or is the second of the
 * day in 18 bits and the nanosecond in 30 (Radarcape with GPS).
 * Source: the Mode-S Beast and Radarcape wikis of jetvision; readsb's net_io. */
#include "tracks_internal.h"

#define ESCAPE 0x1A
#define HEAD_BYTES 7 /* time and signal */
#define TICKS_PER_MS 12000
#define MLAT_TIME 0xFF004D4C4154ULL /* what mlat-client writes: "\xff\0MLAT" */
#define DAY_MS 86400000LL

static size_t payload_of(uint8_t type)
{
    switch (type) {
    case '1': return 2;
    case '2': return 7;
    case '3':
    case '4': return 14; // '4': the receiver's own state
    default: return 0;
    }
}

typedef enum taken { TAKEN = 0, TAKEN_SHORT, TAKEN_BROKEN } taken;

/* Bytes behind the type with the escapes undone: *end behind them. Broken: an 0x1A alone. */
static taken undo_escapes(ovf_str bytes, size_t at, size_t count, uint8_t *out, size_t *end)
{
    if (at + count <= bytes.len && memchr(bytes.ptr + at, ESCAPE, count) == NULL) {
        memcpy(out, bytes.ptr + at, count);
        *end = at + count;
        return TAKEN;
    }
    for (size_t i = 0; i < count; i++, at++) {
        if (at >= bytes.len)
            return TAKEN_SHORT;
        out[i] = (uint8_t)bytes.ptr[at];
        if (out[i] != ESCAPE)
            continue;
        if (at + 1 >= bytes.len)
            return TAKEN_SHORT;
        if ((uint8_t)bytes.ptr[at + 1] != ESCAPE) {
            *end = at;
            return TAKEN_BROKEN;
        }
        at++;
    }
    *end = at;
    return TAKEN;
}

static int64_t gps_time(ovf_surveillance *r, uint64_t stamp)
{
    int64_t ms = (int64_t)(stamp >> 30) * 1000 + (int64_t)(stamp & 0x3FFFFFFF) / 1000000;
    if (r->options.reference == OVF_TIME_NONE)
        return ms;
    if (r->last_tick == INT64_MIN)
        r->day_ms = ovf_time_day_start(r->options.reference) * 1000;
    else if (ms < r->last_tick - DAY_MS / 2)
        r->day_ms += DAY_MS; // past midnight
    r->last_tick = ms;
    return r->day_ms + ms;
}

/* In UTC with a reference, from the start of the recording without. */
static int64_t time_of(ovf_surveillance *r, uint64_t stamp)
{
    if (stamp == MLAT_TIME || stamp == 0)
        return r->last_tick == INT64_MIN ? OVF_TIME_NONE : r->day_ms; // none of its own
    if (r->options.clock_is_gps)
        return gps_time(r, stamp);
    if (r->start_tick == INT64_MIN)
        r->start_tick = (int64_t)stamp;
    int64_t ms = ((int64_t)stamp - r->start_tick) / TICKS_PER_MS;
    if (r->options.reference != OVF_TIME_NONE)
        ms += r->options.reference * 1000;
    r->last_tick = (int64_t)stamp;
    r->day_ms = ms;
    return ms;
}

static bool take_frame(ovf_surveillance *r, uint8_t type, const uint8_t *body, uint64_t at,
                       uint32_t len)
{
    if (type == '1') {
        r->counts.records++;
        r->counts.mode_ac++;
        return true;
    }
    if (type == '4')
        return true;
    uint64_t stamp = 0;
    for (size_t i = 0; i < 6; i++)
        stamp = stamp << 8 | body[i];
    return tracks_mode_s(r, body + HEAD_BYTES, type == '3' ? 14 : 7, time_of(r, stamp),
                         r->options.reference == OVF_TIME_NONE, stamp == MLAT_TIME, at, len);
}

ovf_status tracks_take_beast(ovf_surveillance *r, ovf_str bytes, size_t *used, ovf_error *err)
{
    uint8_t body[HEAD_BYTES + 14];
    size_t at = 0;
    bool in_step = true;
    while (at + 1 < bytes.len) {
        uint8_t type = (uint8_t)bytes.ptr[at + 1];
        size_t payload = (uint8_t)bytes.ptr[at] == ESCAPE ? payload_of(type) : 0;
        if (payload == 0) {
            // Out of step: on to the next 0x1A with a type behind it, told once.
            if (in_step)
                tracks_bad(r, r->base + at, "BEAST_STEP", "expected 0x1a and a type of frame");
            in_step = false;
            const char *next = memchr(bytes.ptr + at + 1, ESCAPE, bytes.len - at - 1);
            at = next == NULL ? bytes.len : (size_t)(next - bytes.ptr);
            *used = at;
            continue;
        }
        size_t end = at;
        taken how = undo_escapes(bytes, at + 2, HEAD_BYTES + payload, body, &end);
        if (how == TAKEN_SHORT)
            break;
        if (how == TAKEN_BROKEN)
            tracks_bad(r, r->base + end, "BEAST_ESCAPE", "a frame is cut off by the next 0x1a");
        in_step = true;
        if (how == TAKEN && !take_frame(r, type, body, r->base + at, (uint32_t)(end - at)))
            return r->has_ended
                       ? OVF_OK
                       : ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the aircraft");
        at = end;
        *used = at;
    }
    if (r->is_last && *used < bytes.len) {
        tracks_bad(r, r->base + *used, "BEAST_CUT", "the last frame is cut off");
        *used = bytes.len;
    }
    return OVF_OK;
}
