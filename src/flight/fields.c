/* SPDX-License-Identifier: Apache-2.0 */
/* The fixed items of a message: 7 aircraft, 8 rules and type, 9 aircraft type, 13 departure,
 * 16 destination; and the speeds, levels, times that they are made of. Doc 4444 App. 2 and 3. */
#include "flight_internal.h"

#include <math.h>

/* ---- speed and level ---- */

/* ISA: temperature falls 1.9812 K in 1,000 ft from 288.15 K to the tropopause at 36,089 ft; the
 * speed of sound is 38.967854 kt times the root of the temperature in kelvin (Doc 7488). */
static double sound_kt(int32_t level_ft)
{
    double height_ft = level_ft > 36089 ? 36089.0 : level_ft;
    return 38.967854 * sqrt(288.15 - 0.0019812 * height_ft);
}

/* F350, A045, S1130, M0840, VFR, and FL350, as people and some programs write. *used: how many
 * characters. */
static ovf_status read_level(ovf_str text, size_t at, int32_t *level_ft, size_t *used,
                             ovf_error *err)
{
    if (ovf_str_starts(ovf_str_tail(text, at), OVF_STR("VFR"))) {
        *level_ft = 0;
        *used = 3;
        return OVF_OK;
    }
    char unit = at < text.len ? text.ptr[at] : '\0';
    if (unit != 'F' && unit != 'A' && unit != 'S' && unit != 'M')
        return ovf_fail(err, OVF_E_SYNTAX, at,
                        "expected F, A, S or M before the level, or VFR (item 15)");
    size_t width = unit == 'F' || unit == 'A' ? 3 : 4;
    uint32_t value = 0;
    size_t extra = unit == 'F' && at + 1 < text.len && text.ptr[at + 1] == 'L';
    at += extra;
    if (flight_digits(text, at + 1) < width)
        return ovf_fail(err, OVF_E_SYNTAX, at + 1, "expected %zu digits behind %c (item 15)", width,
                        unit);
    ovf_str_take_uint(ovf_str_sub(text, at + 1, at + 1 + width), 0, 9999, &value);
    // F and A count hundreds of feet; S and M tens of metres.
    *level_ft = width == 3 ? (int32_t)value * 100 : (int32_t)lround(value * 10.0 / OVF_FT_M);
    *used = 1 + extra + width;
    return OVF_OK;
}

ovf_status flight_read_speed_level(ovf_str text, bool cruise_climb, speed_level *out,
                                   ovf_error *err)
{
    char unit = text.len > 0 ? text.ptr[0] : '\0';
    if (unit != 'K' && unit != 'N' && unit != 'M')
        return ovf_fail(err, OVF_E_SYNTAX, 0, "expected K, N or M before the speed (item 15)");
    size_t width = unit == 'M' ? 3 : 4;
    if (flight_digits(text, 1) != width)
        return ovf_fail(err, OVF_E_SYNTAX, 1, "expected %zu digits of speed behind %c (item 15)",
                        width, unit);
    uint32_t value = 0;
    ovf_str_take_uint(ovf_str_sub(text, 1, 1 + width), 0, 9999, &value);

    size_t at = 1 + width;
    size_t used = 0;
    int32_t level_ft = 0;
    int32_t top_ft = 0;
    ovf_status status = read_level(text, at, &level_ft, &used, err);
    if (status != OVF_OK)
        return status;
    size_t end = at + used;
    if (cruise_climb && ovf_str_eq(ovf_str_tail(text, end), OVF_STR("PLUS"))) {
        top_ft = OVF_FLIGHT_TOP_FT;
        end = text.len;
    } else if (cruise_climb) {
        status = read_level(text, end, &top_ft, &used, err);
        if (status != OVF_OK)
            return status;
        end += used;
    }
    if (end != text.len)
        return ovf_fail(err, OVF_E_SYNTAX, end, "unexpected text behind the level (item 15)");

    double speed_kt = unit == 'N'   ? value
                      : unit == 'K' ? value * 1000.0 / OVF_NM_M
                                    : value / 100.0 * sound_kt(level_ft > 0 ? level_ft : 35000);
    *out = (speed_level){
        .speed = ovf_str_sub(text, 0, at),
        .level = ovf_str_sub(text, at, end),
        .speed_kt = (int32_t)lround(speed_kt),
        .level_ft = level_ft,
        .top_ft = top_ft > level_ft ? top_ft : 0,
    };
    return OVF_OK;
}

int32_t flight_read_hhmm(ovf_str text, int max_hours)
{
    uint32_t value = 0;
    if (text.len != 4 || ovf_str_take_uint(text, 0, 9999, &value) != 4)
        return -1;
    if (value % 100 > 59 || value / 100 >= (uint32_t)max_hours)
        return -1;
    return (int32_t)(value / 100 * 60 + value % 100);
}

ovf_time flight_read_day(ovf_str text)
{
    uint32_t value = 0;
    if (text.len != 6 || ovf_str_take_uint(text, 0, 999999, &value) != 6)
        return OVF_TIME_NONE;
    ovf_civil civil = {.year = 2000 + (int32_t)(value / 10000),
                       .month = (int32_t)(value / 100 % 100),
                       .day = (int32_t)(value % 100)};
    ovf_time day = OVF_TIME_NONE;
    return ovf_time_from_civil(civil, &day, NULL) == OVF_OK ? day : OVF_TIME_NONE;
}

/* ---- the state of one message ---- */

/* The offset in the message of a part of it; OVF_NOPOS of a text from elsewhere. */
static size_t offset_of(const flight_reader *r, ovf_str part)
{
    uintptr_t at = (uintptr_t)part.ptr;
    uintptr_t from = (uintptr_t)r->scan.ptr;
    return part.ptr == NULL || at < from || at > from + r->scan.len ? OVF_NOPOS : at - from;
}

size_t flight_pos(const flight_reader *r, ovf_str part)
{
    size_t at = offset_of(r, part);
    return at == OVF_NOPOS ? r->base : r->base + at;
}

ovf_span flight_span(const flight_reader *r, ovf_str part)
{
    bool is_within = offset_of(r, part) != OVF_NOPOS;
    return (ovf_span){(uint32_t)flight_pos(r, part), is_within ? (uint32_t)part.len : 0};
}

ovf_str flight_written(const flight_reader *r, ovf_str part)
{
    size_t at = offset_of(r, part);
    return at == OVF_NOPOS ? part : ovf_str_sub(r->text, at, at + part.len);
}

static void bad(flight_reader *r, ovf_str part, const char *rule, const char *message)
{
    ovf_findings_add(r->findings, OVF_ERROR, flight_pos(r, part), rule, "%s", message);
}

/* ---- item 7 ---- */

/* "AVA142": a designator, then a flight identification that starts with a digit. */
static bool has_designator(ovf_str id)
{
    return flight_letters(id, 0) == 3 && id.len > 3 && is_digit(id.ptr[3]);
}

void flight_field_7(flight_reader *r, ovf_str field)
{
    ovf_flight *f = r->flight;
    ovf_str rest = field;
    ovf_str id = field;
    if (ovf_str_field(&rest, '/', &id) && rest.ptr != NULL) {
        // The SSR mode and code: A and four octal digits.
        bool is_ssr = rest.len == 5 && rest.ptr[0] == 'A';
        for (size_t i = 1; i < rest.len && is_ssr; i++)
            is_ssr = rest.ptr[i] >= '0' && rest.ptr[i] <= '7';
        if (!is_ssr)
            ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, rest), "FPL_7_SSR",
                             "expected A and four octal digits behind the stroke (item 7)");
    }
    size_t good = 0;
    while (good < id.len && (is_letter(id.ptr[good]) || is_digit(id.ptr[good])))
        good++;
    if (good < id.len) {
        bad(r, ovf_str_tail(id, good), "FPL_7",
            "expected letters and digits of the aircraft identification, then '-' (item 7)");
        id = ovf_str_sub(id, 0, good);
    }
    if (id.len == 0 || id.len > 7) {
        if (good == field.len || id.len == 0)
            bad(r, field, "FPL_7", "expected one to seven letters and digits (item 7)");
        return;
    }
    f->id = flight_written(r, id);
    if (has_designator(id)) {
        f->operator_icao = ovf_str_sub(id, 0, 3);
        if (r->world != NULL)
            f->operator_index = ovf_world_find_operator(r->world, f->operator_icao);
    } else if (r->world == NULL || ovf_world_is_registration(r->world, id)) {
        f->registration = id; // FORTE12 is neither: a call sign that tells nobody's State
    }
}

/* ---- items 8 and 9 ---- */

void flight_field_8(flight_reader *r, ovf_str field)
{
    ovf_flight *f = r->flight;
    char rules = field.len > 0 ? field.ptr[0] : '\0';
    if (rules != 'I' && rules != 'V' && rules != 'Y' && rules != 'Z') {
        bad(r, field, "FPL_8", "expected I, V, Y or Z for the flight rules (item 8)");
        return;
    }
    f->rules = ovf_str_sub(field, 0, 1);
    if (field.len == 1)
        return;
    ovf_str use = ovf_str_tail(field, 1);
    char c = use.ptr[0];
    if (use.len != 1 || (c != 'S' && c != 'N' && c != 'G' && c != 'M' && c != 'X')) {
        bad(r, use, "FPL_8", "expected S, N, G, M or X for the type of flight (item 8)");
        return;
    }
    f->use = use;
}

void flight_field_9(flight_reader *r, ovf_str field)
{
    ovf_flight *f = r->flight;
    size_t number = flight_digits(field, 0);
    ovf_str rest = ovf_str_tail(field, number);
    ovf_str type = rest;
    if (!ovf_str_field(&rest, '/', &type) || number > 2 || type.len < 2 || type.len > 4
        || flight_letters(type, 0) == 0) {
        bad(r, field, "FPL_9", "expected a type designator, such as A320/M (item 9)");
        return;
    }
    f->type = type;
    if (rest.ptr == NULL || rest.len != 1
        || (rest.ptr[0] != 'L' && rest.ptr[0] != 'M' && rest.ptr[0] != 'H' && rest.ptr[0] != 'J')) {
        bad(r, rest.ptr == NULL ? ovf_str_tail(field, field.len) : rest, "FPL_9",
            "expected '/' and L, M, H or J for the wake turbulence category (item 9)");
        return;
    }
    f->wake = rest;
}

/* ---- items 13 and 16 ---- */

/* Four letters or digits of a location, looked up. */
static bool read_location(flight_reader *r, ovf_str field, const char *rule, ovf_str *ident,
                          uint32_t *airport, ovf_point *place, bool *has_place,
                          int32_t *elevation_ft)
{
    ovf_str code = ovf_str_sub(field, 0, 4);
    bool is_code = code.len == 4 && is_letter(code.ptr[0]);
    for (size_t i = 1; i < code.len && is_code; i++)
        is_code = is_letter(code.ptr[i]) || is_digit(code.ptr[i]);
    if (!is_code) {
        bad(r, field, rule, "expected four letters of an aerodrome");
        return false;
    }
    *ident = code;
    if (ovf_str_eq(code, OVF_STR("ZZZZ")) || ovf_str_eq(code, OVF_STR("AFIL")))
        return true;
    *airport = r->world == NULL ? OVF_INDEX_NONE : ovf_world_find_airport(r->world, code);
    *has_place = *airport != OVF_INDEX_NONE;
    if (*has_place) {
        const ovf_airport *found = ovf_world_airport(r->world, *airport);
        *place = found->place;
        *elevation_ft = found->elevation_ft == INT32_MIN ? 0 : found->elevation_ft;
    } else {
        ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, code), "AIRPORT_UNKNOWN",
                         "aerodrome " OVF_FMT " is not in the world tables", OVF_ARG(code));
    }
    return true;
}

void flight_field_13(flight_reader *r, ovf_str field)
{
    ovf_flight *f = r->flight;
    ovf_str text = ovf_str_trim(field);
    if (!read_location(r, text, "FPL_13", &f->from, &f->from_airport, &r->from, &r->has_from,
                       &f->from_ft))
        return;
    ovf_str hour = ovf_str_tail(text, 4);
    if (hour.len == 0 && f->form != OVF_FLIGHT_FPL)
        return; // ARR may leave the time out
    r->eobt_min = flight_read_hhmm(hour, 24);
    if (r->eobt_min < 0)
        bad(r, hour.len == 0 ? field : hour, "FPL_13",
            "expected hour and minute of departure, four digits below 2400 (item 13)");
}

void flight_field_16(flight_reader *r, ovf_str field, bool with_time)
{
    ovf_flight *f = r->flight;
    size_t at = 0;
    ovf_str first = {0};
    if (!flight_next_token(field, &at, &first)
        || !read_location(r, first, "FPL_16", &f->to, &f->to_airport, &r->to, &r->has_to,
                          &f->to_ft))
        return;
    ovf_str hours = ovf_str_tail(first, 4);
    if (hours.len > 0 || with_time) {
        f->eet_min = flight_read_hhmm(hours, 100);
        if (f->eet_min < 0)
            bad(r, hours.len == 0 ? first : hours, "FPL_16",
                "expected the elapsed time, hours and minutes in four digits (item 16)");
    }
    ovf_str alternates = ovf_str_trim(ovf_str_tail(field, at));
    f->alternates = alternates;
    ovf_str token = {0};
    size_t count = 0;
    for (at = 0; flight_next_token(alternates, &at, &token); count++) {
        if (token.len != 4 || count >= 2)
            ovf_findings_add(r->findings, OVF_WARNING, flight_pos(r, token), "FPL_16_ALTN",
                             "expected at most two alternates of four letters (item 16)");
    }
}
