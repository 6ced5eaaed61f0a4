/* SPDX-License-Identifier: Apache-2.0 */
/* The times of item 18 (Doc 4444 App. 2): EET/, when the flight is over points and at the boundaries
 * of FIRs; DLE/, how long it stays about a point of its way.
 *
 *   EET/ := { place hhmm }      place: FIR, significant point, position, a meridian such as 150E
 *   DLE/ := { point hhmm }
 */
#include "flight_internal.h"

/* "UKLV0406EPWW0427": two of them without a blank between, as they occur. */
static size_t joined_length(ovf_str token)
{
    if (token.len < 16 || token.len % 8 != 0)
        return token.len;
    for (size_t at = 0; at < token.len; at += 8) {
        if (flight_letters(token, at) != 4 || flight_digits(token, at + 4) != 4)
            return token.len;
    }
    return 8;
}

/* Cuts the next place and its time off value. false at the end; *minutes is -1 where it is neither. */
static bool next_timed(ovf_str value, size_t *at, ovf_str *place, int32_t *minutes, ovf_str *whole)
{
    ovf_str token = {0};
    if (!flight_next_token(value, at, &token))
        return false;
    size_t length = joined_length(token);
    *at -= token.len - length;
    token.len = length;
    *whole = token;
    *minutes = -1;
    if (token.len < 6)
        return true;
    *place = ovf_str_sub(token, 0, token.len - 4);
    *minutes = flight_read_hhmm(ovf_str_tail(token, token.len - 4), 100);
    return true;
}

void flight_read_eets(flight_reader *r, ovf_str value)
{
    ovf_flight *f = r->flight;
    ovf_str place = {0};
    ovf_str whole = {0};
    int32_t minutes = -1;
    for (size_t at = 0; next_timed(value, &at, &place, &minutes, &whole);) {
        if (minutes < 0) {
            ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, whole), "FPL_18_EET",
                             "expected a FIR or a point and four digits, such as SVZM0040 (EET/)");
            continue;
        }
        if (f->eet_count == OVF_FLIGHT_MAX_EET) {
            ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, whole), "FPL_18_EET",
                             "more than %d times; the rest is not read (EET/)", OVF_FLIGHT_MAX_EET);
            return;
        }
        if (!ovf_arena_grow(r->arena, (void **)&f->eets, f->eet_count, &r->eet_capacity,
                            sizeof(*f->eets)))
            return;
        uint32_t fir = r->world != NULL && place.len == 4 && flight_letters(place, 0) == 4
                           ? ovf_world_find_fir(r->world, place)
                           : OVF_INDEX_NONE;
        f->eets[f->eet_count++] = (ovf_flight_eet){.at = flight_written(r, place),
                                                   .min = minutes,
                                                   .fir = fir,
                                                   .point = -1,
                                                   .span = flight_span(r, whole)};
    }
}

/* The filed point of that name, from `from` on; -1. */
static int32_t point_named(const ovf_flight *f, ovf_str name, size_t from)
{
    for (size_t i = from; i < f->point_count; i++) {
        if (ovf_str_eq_nocase(f->points[i].ident, name))
            return (int32_t)i;
    }
    return -1;
}

static void apply_delays(flight_reader *r, ovf_str value)
{
    ovf_flight *f = r->flight;
    ovf_str place = {0};
    ovf_str whole = {0};
    int32_t minutes = -1;
    for (size_t at = 0; next_timed(value, &at, &place, &minutes, &whole);) {
        int32_t point = minutes < 0 ? -1 : point_named(f, place, 0);
        if (point >= 0)
            f->points[point].stay_min += minutes;
        else
            ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, whole), "FPL_18_DLE",
                             minutes < 0
                                 ? "expected a point and four digits, such as MDG0030 (DLE/)"
                                 : "the point of this delay is not on the way (DLE/)");
    }
}

void flight_settle_times(flight_reader *r)
{
    ovf_flight *f = r->flight;
    apply_delays(r, r->delays);
    size_t from = 0;
    for (size_t i = 0; i < f->eet_count; i++) {
        if (f->eets[i].fir != OVF_INDEX_NONE)
            continue;
        int32_t point = point_named(f, f->eets[i].at, from);
        f->eets[i].point = point >= 0 ? point : point_named(f, f->eets[i].at, 0);
        from = point >= 0 ? (size_t)point : from;
    }
}
