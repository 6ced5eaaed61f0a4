/* SPDX-License-Identifier: Apache-2.0 */
/* Aircraft by address, in a table with open places: 3/4 full at most, and of at most
 * OVF_SURVEILLANCE_MAX_AIRCRAFT, beyond which those heard longest ago go. */
#include "tracks_internal.h"

#include <math.h>
#include <stdlib.h>

#define FIRST_CAPACITY 256
#define EARTH_M 6371008.8
#define DEGREE_RAD 0.017453292519943295
#define SLACK_S 2.0        /* times are often whole seconds, on both sides */
#define SLACK_M 500.0      /* of two places with nothing stated */
#define RADIUS_MAX_M 20000 /* a stated radius counts up to here */

static size_t slot_of(const tracks_fleet *fleet, uint32_t key)
{
    size_t mask = fleet->capacity - 1;
    size_t slot = (key * 2654435761U) >> 7 & mask;
    while (fleet->slots[slot].key != 0 && fleet->slots[slot].key != key)
        slot = (slot + 1) & mask;
    return slot;
}

/* A new table of the capacity with those that were heard at `since` or later. */
static bool rebuild(tracks_fleet *fleet, size_t capacity, uint64_t since)
{
    if (capacity == 0)
        return false;
    tracks_fleet grown = {.slots = calloc(capacity, sizeof(*grown.slots)), .capacity = capacity};
    if (grown.slots == NULL)
        return false;
    for (size_t i = 0; i < fleet->capacity; i++) {
        const tracks_aircraft *a = &fleet->slots[i];
        if (a->key == 0 || a->order < since)
            continue;
        grown.slots[slot_of(&grown, a->key)] = *a;
        grown.count++;
    }
    free(fleet->slots);
    *fleet = grown;
    return true;
}

static bool make_room(tracks_fleet *fleet)
{
    if (fleet->count * 4 < fleet->capacity * 3 && fleet->capacity > 0
        && fleet->count < OVF_SURVEILLANCE_MAX_AIRCRAFT)
        return true;
    if (fleet->count < OVF_SURVEILLANCE_MAX_AIRCRAFT)
        return rebuild(fleet, fleet->capacity == 0 ? FIRST_CAPACITY : fleet->capacity * 2, 0);
    uint64_t oldest = UINT64_MAX;
    uint64_t newest = 0;
    for (size_t i = 0; i < fleet->capacity; i++) {
        if (fleet->slots[i].key == 0)
            continue;
        oldest = fleet->slots[i].order < oldest ? fleet->slots[i].order : oldest;
        newest = fleet->slots[i].order > newest ? fleet->slots[i].order : newest;
    }
    return rebuild(fleet, fleet->capacity, oldest + (newest - oldest) / 2 + 1);
}

tracks_aircraft *tracks_fleet_find(tracks_fleet *fleet, uint32_t key)
{
    if (fleet->capacity > 0) {
        tracks_aircraft *found = &fleet->slots[slot_of(fleet, key)];
        if (found->key == key)
            return found;
    }
    if (!make_room(fleet))
        return NULL;
    tracks_aircraft *a = &fleet->slots[slot_of(fleet, key)];
    *a = (tracks_aircraft){.key = key, .geom_minus_baro_ft = OVF_VALUE_NONE};
    a->seen_ms = a->velocity_ms = a->baro_ms = a->geom_ms = a->squawk_ms = OVF_TIME_NONE;
    for (size_t i = 0; i < 4; i++)
        a->cpr[i / 2][i % 2].at_ms = OVF_TIME_NONE;
    ovf_position_init(&a->is);
    fleet->count++;
    return a;
}

void tracks_fleet_done(tracks_fleet *fleet)
{
    free(fleet->slots);
    *fleet = (tracks_fleet){0};
}

/* ---- positions by themselves ---- */

void ovf_position_init(ovf_position *p)
{
    *p = (ovf_position){
        .time_ms = OVF_TIME_NONE,
        .received_ms = OVF_TIME_NONE,
        .address = OVF_ADDRESS_NONE,
        .baro_ft = OVF_VALUE_NONE,
        .geom_ft = OVF_VALUE_NONE,
        .rate_fpm = OVF_VALUE_NONE,
        .rc_m = -1,
        .speed_kt = -1,
        .track_deg = -1,
        .squawk = -1,
        .nic = -1,
        .nac_p = -1,
        .sil = -1,
    };
}

/* On a sphere: 0.5 % are nothing beside the slack. */
static double apart_m(ovf_point a, ovf_point b)
{
    double north = sin((b.lat_deg - a.lat_deg) * DEGREE_RAD / 2);
    double east = sin((b.lon_deg - a.lon_deg) * DEGREE_RAD / 2);
    double h =
        north * north + cos(a.lat_deg * DEGREE_RAD) * cos(b.lat_deg * DEGREE_RAD) * east * east;
    return 2 * EARTH_M * asin(sqrt(fmin(1.0, h)));
}

static double radius_m(const ovf_position *p)
{
    return p->rc_m < 0 ? 0 : p->rc_m > RADIUS_MAX_M ? RADIUS_MAX_M : p->rc_m;
}

/* The fastest over ground that is believed: 500 kt at sea level, 900 kt from 40,000 ft on (the
 * record of a subsonic airliner in a jet stream is 825 kt); where both places come with a speed,
 * half as fast again. */
static double fastest_kt(const ovf_position *a, const ovf_position *b, double between_s)
{
    int32_t high_ft = OVF_VALUE_NONE;
    const int32_t levels[] = {a->baro_ft, a->geom_ft, b->baro_ft, b->geom_ft};
    for (size_t i = 0; i < OVF_COUNTOF(levels); i++)
        high_ft = levels[i] > high_ft ? levels[i] : high_ft;
    double kt = 900.0;
    if (high_ft != OVF_VALUE_NONE)
        kt = fmin(900.0, 500.0 + fmax(0.0, high_ft) / 100.0);
    double told = (double)fmaxf(a->speed_kt, b->speed_kt);
    if (told > kt)
        return fmin(told * 1.2,
                    2500.0); // military: it says so all along, or its level would not fit
    if (a->speed_kt >= 50.0F && b->speed_kt >= 50.0F)
        kt = fmin(kt, told * 1.5 + 100.0 + 3.0 * between_s);
    return kt;
}

bool ovf_position_reaches(const ovf_position *from, const ovf_position *to)
{
    if (!from->has_place || !to->has_place || from->time_ms == OVF_TIME_NONE
        || to->time_ms == OVF_TIME_NONE)
        return true;
    double between_s = fabs((double)(to->time_ms - from->time_ms)) / 1000.0;
    double speed_mps = fastest_kt(from, to, between_s) * OVF_NM_M / 3600.0;
    double reach_m = speed_mps * (between_s + SLACK_S) + SLACK_M + radius_m(from) + radius_m(to);
    // A degree of latitude is 111 km: most pairs are settled without a sine.
    if ((fabs(to->place.lat_deg - from->place.lat_deg)
         + fabs(to->place.lon_deg - from->place.lon_deg))
            * 111400.0
        < reach_m)
        return true;
    return apart_m(from->place, to->place) <= reach_m;
}

const char *ovf_position_source_name(ovf_position_source source)
{
    static const char *const names[] = {
        [OVF_SOURCE_UNKNOWN] = "unknown", [OVF_SOURCE_ADSB] = "adsb",
        [OVF_SOURCE_ADSR] = "adsr",       [OVF_SOURCE_MLAT] = "mlat",
        [OVF_SOURCE_TISB] = "tisb",       [OVF_SOURCE_ASTERIX] = "asterix",
        [OVF_SOURCE_FLARM] = "flarm",     [OVF_SOURCE_ADSC] = "adsc",
        [OVF_SOURCE_LOG] = "log",         [OVF_SOURCE_OTHER] = "other",
    };
    return (unsigned)source < OVF_COUNTOF(names) ? names[source] : "unknown";
}
