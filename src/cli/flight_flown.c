/* SPDX-License-Identifier: Apache-2.0 */
/* A flown track for people and as JSON: what it is made of, and what was set aside. */
#include "flight_io.h"

#include <math.h>

static void put_ms(ovf_json *json, const char *key, int64_t ms)
{
    put_time(json, key, ms == OVF_TIME_NONE ? OVF_TIME_NONE : ms / 1000);
}

static void put_set_aside(ovf_json *json, const ovf_flown *flown)
{
    ovf_json_key(json, "set_aside");
    ovf_json_object(json);
    for (int i = 1; i < OVF_ASIDE_COUNT; i++) {
        if (flown->set_aside[i] == 0)
            continue;
        ovf_json_key(json, ovf_aside_name((ovf_aside)i));
        ovf_json_int(json, (int64_t)flown->set_aside[i]);
    }
    ovf_json_end(json);
}

static void put_gaps(ovf_json *json, const ovf_flown *flown)
{
    ovf_json_key(json, "gaps");
    ovf_json_array(json);
    for (size_t i = 0; i < flown->gap_count; i++) {
        const ovf_flown_gap *gap = &flown->gaps[i];
        ovf_json_object(json);
        put_ms(json, "from", gap->from_ms);
        put_ms(json, "until", gap->until_ms);
        ovf_json_key(json, "length_nm");
        ovf_json_fixed(json, ovf_m_to_nm(gap->length_m), 1);
        ovf_json_end(json);
    }
    ovf_json_end(json);
}

static void put_position(ovf_json *json, const ovf_position *p, ovf_aside aside)
{
    ovf_json_object(json);
    ovf_json_key(json, "why");
    ovf_json_cstr(json, ovf_aside_name(aside));
    put_ms(json, "time", p->is_relative ? OVF_TIME_NONE : p->time_ms);
    if (p->has_place) {
        put_place(json, p->place);
    } else {
        ovf_json_key(json, "lon");
        ovf_json_null(json);
        ovf_json_key(json, "lat");
        ovf_json_null(json);
    }
    put_count_or_null(json, "baro_ft", p->baro_ft, OVF_VALUE_NONE);
    put_count_or_null(json, "geom_ft", p->geom_ft, OVF_VALUE_NONE);
    put_count_or_null(json, "speed_kt", p->speed_kt < 0 ? -1 : lroundf(p->speed_kt), -1);
    put_count_or_null(json, "nic", p->nic, -1);
    put_count_or_null(json, "rc_m", p->rc_m, -1);
    ovf_json_key(json, "source");
    ovf_json_cstr(json, ovf_position_source_name((ovf_position_source)p->source));
    ovf_json_key(json, "pos");
    ovf_json_int(json, (int64_t)p->at);
    ovf_json_end(json);
}

static void put_positions(ovf_json *json, const ovf_flown *flown)
{
    ovf_json_key(json, "aside");
    ovf_json_array(json);
    for (size_t i = 0; i < flown->count; i++) {
        if (flown->asides[i] != OVF_ASIDE_NOT)
            put_position(json, &flown->positions[i], (ovf_aside)flown->asides[i]);
    }
    ovf_json_end(json);
}

void put_flown(ovf_json *json, const ovf_flight *flight, bool with_aside)
{
    const ovf_flown *flown = flight->flown;
    if (flown == NULL)
        return;
    ovf_json_key(json, "flown");
    ovf_json_object(json);
    char address[8] = "";
    if (flight->address != OVF_ADDRESS_NONE)
        snprintf(address, sizeof(address), "%06X", (unsigned)flight->address & OVF_ADDRESS_MAX);
    put_text(json, "address", ovf_str_of(address));
    ovf_json_key(json, "positions");
    ovf_json_int(json, (int64_t)flown->count);
    ovf_json_key(json, "kept");
    ovf_json_int(json, (int64_t)flown->set_aside[OVF_ASIDE_NOT]);
    put_set_aside(json, flown);
    ovf_json_key(json, "level_spikes");
    ovf_json_int(json, (int64_t)flown->level_spikes);
    put_text(json, "level_by",
             !flown->track.levelled      ? OVF_STR("")
             : flown->level_is_geometric ? OVF_STR("geometric")
                                         : OVF_STR("pressure"));
    ovf_json_key(json, "place_doubt_m");
    if (flown->place_doubt_m > 0)
        ovf_json_fixed(json, flown->place_doubt_m, 0);
    else
        ovf_json_null(json);
    ovf_json_key(json, "length_nm");
    ovf_json_fixed(json, ovf_m_to_nm(flown->track.length_m), 1);
    put_gaps(json, flown);
    if (with_aside)
        put_positions(json, flown);
    ovf_json_end(json);
}

static void print_place(const char *what, const ovf_flight_point *p)
{
    char when[OVF_TIME_TEXT_MAX] = "time not known";
    if (p->time != OVF_TIME_NONE)
        ovf_time_format(p->time, when, sizeof(when));
    printf("    %-6s %9.4f %10.4f  FL%03d  %s\n", what, p->place.lat_deg, p->place.lon_deg,
           p->level_ft / 100, when);
}

bool print_flown(const ovf_flight *flight)
{
    const ovf_flown *flown = flight->flown;
    if (flown == NULL)
        return false;
    if (flight->point_count > 0) {
        print_place("first", &flight->points[0]);
        print_place("last", &flight->points[flight->point_count - 1]);
    }
    printf("    %zu of %zu positions, %.0f NM", flown->set_aside[OVF_ASIDE_NOT], flown->count,
           ovf_m_to_nm(flown->track.length_m));
    if (flown->place_doubt_m > 0)
        printf(", within %.0f m", flown->place_doubt_m);
    printf("\n");
    return true;
}
