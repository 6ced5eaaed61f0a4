/* SPDX-License-Identifier: Apache-2.0 */
/* ARINC Specification 424-18: records of 132 columns. Read are the primary records of en-route and
 * terminal waypoints (EA, PC: 4.1.4), VHF aids (D: 4.1.2), NDBs (DB, PN: 4.1.3), airways (ER: 4.1.6)
 * and airports (PA: 4.1.7); continuations and other sections are left out and counted. Columns are
 * numbered from 1, as there. docs/formats/nav.md. */
#include "nav_internal.h"

#include <string.h>

#define RECORD_MIN 100 /* columns that the fields read here reach to, names apart */

struct record {
    ovf_str line;
    char section;
    char subsection;
};

/* Columns `from` to `to`, blanks at the ends cut off. */
static ovf_str columns(const struct record *record, size_t from, size_t to)
{
    return ovf_str_trim(ovf_str_sub(record->line, from - 1, to));
}

static char column(const struct record *record, size_t at)
{
    return at <= record->line.len ? record->line.ptr[at - 1] : ' ';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_record(ovf_str line)
{
    return line.len >= RECORD_MIN && line.len <= 140 && (line.ptr[0] == 'S' || line.ptr[0] == 'T')
           && is_capital(line.ptr[1]) && is_capital(line.ptr[4]);
}

bool nav_is_arinc(ovf_str text)
{
    ovf_str line = {0};
    for (int i = 0; i < 10 && ovf_str_line(&text, &line); i++)
        if (is_record(line))
            return true;
    return false;
}

/* The section of an airport's or a heliport's records has its subsection in column 13, but for
 * terminal NDBs. */
static void open_record(ovf_str line, struct record *out)
{
    *out = (struct record){.line = line, .section = line.ptr[4], .subsection = line.ptr[5]};
    if ((out->section == 'P' || out->section == 'H') && out->subsection == ' ')
        out->subsection = column(out, 13);
}

/* '0' or '1' in the column of the continuation number: the primary record. */
static bool is_primary(const struct record *record, size_t at)
{
    char c = column(record, at);
    return c == '0' || c == '1' || c == ' ';
}

/* ---- fields ---- */

/* "N39513881", "W104450794": degrees, minutes, seconds and hundredths. */
static bool take_angle(ovf_str text, size_t degree_digits, const char *letters, double *out)
{
    uint32_t degrees = 0, minutes = 0, hundredths = 0;
    if (text.len != degree_digits + 7 || (text.ptr[0] != letters[0] && text.ptr[0] != letters[1]))
        return false;
    size_t at = 1 + degree_digits;
    if (ovf_str_take_uint(ovf_str_sub(text, 1, at), 0, 999, &degrees) != degree_digits
        || ovf_str_take_uint(ovf_str_sub(text, at, at + 2), 0, 59, &minutes) != 2
        || ovf_str_take_uint(ovf_str_sub(text, at + 2, at + 6), 0, 5999, &hundredths) != 4)
        return false;
    *out = degrees + minutes / 60.0 + hundredths / 360000.0;
    if (text.ptr[0] == letters[1])
        *out = -*out;
    return minutes <= 59 && hundredths <= 5999;
}

static bool take_place(struct nav_import *import, const struct record *record, size_t at,
                       ovf_point *out)
{
    ovf_str lat = columns(record, at, at + 8);
    ovf_str lon = columns(record, at + 9, at + 18);
    if (!take_angle(lat, 2, "NS", &out->lat_deg) || out->lat_deg < -90.0 || out->lat_deg > 90.0) {
        nav_bad(import, record->line.ptr + at - 1, "expected a latitude such as N39513881");
        return false;
    }
    if (!take_angle(lon, 3, "EW", &out->lon_deg) || out->lon_deg < -180.0 || out->lon_deg > 180.0) {
        nav_bad(import, record->line.ptr + at + 8, "expected a longitude such as W104450794");
        return false;
    }
    return true;
}

/* "01230", "-0012"; false: not given. */
static bool take_feet(ovf_str text, int32_t *out)
{
    bool is_negative = text.len > 0 && text.ptr[0] == '-';
    uint32_t feet = 0;
    ovf_str digits = ovf_str_tail(text, is_negative ? 1 : 0);
    if (digits.len == 0 || ovf_str_take_uint(digits, 0, 30000, &feet) != digits.len || feet > 30000)
        return false;
    *out = is_negative ? -(int32_t)feet : (int32_t)feet;
    return true;
}

/* Station declination (5.66): "E0080", "W0115"; 'T': set to true north. */
static bool take_declination(ovf_str text, double *out)
{
    uint32_t tenths = 0;
    *out = 0.0;
    if (text.len != 5 || ovf_str_take_uint(text, 1, 1800, &tenths) != 5 || tenths > 1800)
        return false;
    if (text.ptr[0] == 'T')
        return true;
    if (text.ptr[0] != 'E' && text.ptr[0] != 'W')
        return false;
    *out = text.ptr[0] == 'E' ? tenths / 10.0 : -(double)tenths / 10.0;
    return true;
}

/* ---- points ---- */

static ovf_status read_waypoint(struct nav_import *import, const struct record *record,
                                ovf_error *err)
{
    struct nav_key key = {.ident = columns(record, 14, 18),
                          .region = columns(record, 20, 21),
                          .class = NAV_FIX,
                          .is_enroute = record->section == 'E'};
    if (!is_primary(record, 22)) {
        import->file->left_out++;
        return OVF_OK;
    }
    return take_place(import, record, 33, &key.place) ? nav_add_fix(import, &key, err) : OVF_OK;
}

/* Class (5.35), columns 28 and 29: 'V' VOR; 'D' DME, 'T' and 'M' TACAN, 'I' 'N' 'P' of landing
 * systems. NULL: none of ours. */
static const char *vhf_kind(char first, char second)
{
    if (second == 'I' || second == 'N' || second == 'P')
        return NULL;
    bool is_tacan = second == 'T' || second == 'M';
    if (first == 'V')
        return is_tacan ? "vortac" : second == 'D' ? "vor-dme" : "vor";
    return is_tacan ? "tacan" : second == 'D' ? "dme" : NULL;
}

static ovf_status read_vhf(struct nav_import *import, const struct record *record, ovf_error *err)
{
    const char *kind = vhf_kind(column(record, 28), column(record, 29));
    if (kind == NULL || !is_primary(record, 22)) {
        import->file->left_out++;
        return OVF_OK;
    }
    struct nav_key key = {.ident = columns(record, 14, 17),
                          .region = columns(record, 20, 21),
                          .class = NAV_VHF,
                          .is_enroute = columns(record, 7, 10).len == 0};
    bool has_vor = columns(record, 33, 41).len > 0;
    if (!take_place(import, record, has_vor ? 33 : 56, &key.place))
        return OVF_OK;
    uint32_t frequency = 0;
    ovf_str digits = columns(record, 23, 27);
    if (ovf_str_take_uint(digits, 0, 99999, &frequency) != digits.len) {
        nav_bad(import, record->line.ptr + 22, "expected a frequency of five digits");
        return OVF_OK;
    }
    ovf_navaid aid = {.kind = ovf_str_of(kind),
                      .name = columns(record, 94, 118),
                      .frequency_khz = frequency * 10,
                      .elevation_ft = INT32_MIN};
    take_feet(columns(record, 80, 84), &aid.elevation_ft);
    aid.has_variation = has_vor && take_declination(columns(record, 75, 79), &aid.variation_deg);
    return nav_add_navaid(import, &key, aid, err);
}

static ovf_status read_ndb(struct nav_import *import, const struct record *record, ovf_error *err)
{
    if (!is_primary(record, 22)) {
        import->file->left_out++;
        return OVF_OK;
    }
    struct nav_key key = {.ident = columns(record, 14, 17),
                          .region = columns(record, 20, 21),
                          .class = NAV_NDB,
                          .is_enroute = record->section == 'D'};
    if (!take_place(import, record, 33, &key.place))
        return OVF_OK;
    uint32_t tenths = 0;
    ovf_str digits = columns(record, 23, 27);
    if (ovf_str_take_uint(digits, 0, 99999, &tenths) != digits.len) {
        nav_bad(import, record->line.ptr + 22, "expected a frequency of five digits");
        return OVF_OK;
    }
    ovf_navaid aid = {.kind = OVF_STR("ndb"),
                      .name = columns(record, 94, 123),
                      .frequency_khz = tenths / 10,
                      .elevation_ft = INT32_MIN};
    return nav_add_navaid(import, &key, aid, err);
}

/* ---- airports ---- */

static bool is_indicator(ovf_str icao)
{
    for (size_t i = 0; i < icao.len; i++)
        if (!is_capital(icao.ptr[i]))
            return false;
    return icao.len == 4;
}

/* The State by the longest nationality letters that the indicator begins with. */
static uint32_t state_of_indicator(const struct world_build *build, ovf_str icao)
{
    uint32_t best = OVF_INDEX_NONE;
    size_t best_len = 0;
    for (uint32_t s = 0; s < build->state_count; s++) {
        ovf_str rest = build->states[s].fields.icao, letters = {0};
        while (rest.len > 0 && ovf_str_field(&rest, ' ', &letters))
            if (letters.len > best_len && ovf_str_starts(icao, letters)) {
                best = s;
                best_len = letters.len;
            }
    }
    return best;
}

/* The rows that the world had are sorted by indicator; of new ones only the last may come again. */
static ovf_airport *own_airport(struct nav_import *import, ovf_str icao)
{
    struct world_build *build = import->build;
    size_t low = 0, high = import->before->airport_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = ovf_str_cmp(build->airports[mid].icao, icao);
        if (order == 0)
            return &build->airports[mid];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    ovf_airport *last =
        build->airport_count > 0 ? &build->airports[build->airport_count - 1] : NULL;
    return last != NULL && ovf_str_eq(last->icao, icao) ? last : NULL;
}

static ovf_status read_airport(struct nav_import *import, const struct record *record,
                               ovf_error *err)
{
    struct world_build *build = import->build;
    ovf_airport airport = {.icao = columns(record, 7, 10),
                           .iata = columns(record, 14, 16),
                           .name = columns(record, 94, 123),
                           .city = OVF_STR(""),
                           .elevation_ft = INT32_MIN};
    if (!is_primary(record, 22) || !is_indicator(airport.icao)) {
        import->file->left_out++; /* fields of local identifiers only are not in our table */
        return OVF_OK;
    }
    if (!take_place(import, record, 33, &airport.place))
        return OVF_OK;
    take_feet(columns(record, 57, 61), &airport.elevation_ft);
    airport.state = state_of_indicator(build, airport.icao);
    import->file->airports++;
    ovf_airport *own = own_airport(import, airport.icao);
    if (own != NULL) {
        own->place = airport.place;
        own->elevation_ft =
            airport.elevation_ft == INT32_MIN ? own->elevation_ft : airport.elevation_ft;
        own->iata = airport.iata.len > 0 ? airport.iata : own->iata;
        return OVF_OK;
    }
    void *items = build->airports;
    if (!ovf_arena_grow(build->arena, &items, build->airport_count, &build->airport_capacity,
                        sizeof airport))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for airports");
    build->airports = items;
    build->airports[build->airport_count] = airport;
    build->airport_count++;
    return OVF_OK;
}

ovf_status nav_arinc_points(struct nav_import *import, ovf_error *err)
{
    ovf_str rest = import->file->text, line = {0};
    ovf_status status = OVF_OK;
    while (status == OVF_OK && ovf_str_line(&rest, &line)) {
        if (ovf_str_trim(line).len == 0 || ovf_str_starts(line, OVF_STR("HDR")))
            continue;
        if (!is_record(line)) {
            nav_bad(import, line.ptr, "expected a record of 132 columns that begins with S or T");
            continue;
        }
        struct record record;
        open_record(line, &record);
        char s = record.section, sub = record.subsection;
        if (s == 'E' && sub == 'R')
            continue; /* the second pass */
        if ((s == 'E' && sub == 'A') || (s == 'P' && sub == 'C'))
            status = read_waypoint(import, &record, err);
        else if (s == 'D' && sub == ' ')
            status = read_vhf(import, &record, err);
        else if ((s == 'D' && sub == 'B') || (s == 'P' && sub == 'N'))
            status = read_ndb(import, &record, err);
        else if (s == 'P' && sub == 'A')
            status = read_airport(import, &record, err);
        else
            import->file->left_out++;
    }
    return status;
}

/* ---- airways ---- */

/* "05000", "FL245", "UNLTD", "UNKNN", or blank. Feet are rounded outwards. */
static uint16_t take_level(ovf_str text, bool is_upper)
{
    uint32_t value = 0;
    uint32_t none = is_upper ? 999 : 0;
    if (ovf_str_starts(text, OVF_STR("FL"))) {
        size_t end = ovf_str_take_uint(text, 2, 999, &value);
        return (uint16_t)(end == text.len && end > 2 && value <= 999 ? value : none);
    }
    if (text.len == 0 || ovf_str_take_uint(text, 0, 99900, &value) != text.len || value > 99900)
        return (uint16_t)none;
    return (uint16_t)(is_upper ? (value + 99) / 100 : value / 100);
}

struct airway_reader {
    struct nav_import *import;
    bool has_before;
    ovf_str route;            /* of the record before */
    struct nav_key fix;       /* of it */
    struct world_leg_row leg; /* from it: levels and direction stand in the record of its start */
};

static enum nav_class class_of(char section, char subsection)
{
    if ((section == 'D' && subsection == 'B') || (section == 'P' && subsection == 'N'))
        return NAV_NDB;
    if (section == 'D')
        return NAV_VHF;
    return section == 'E' || (section == 'P' && subsection == 'C') ? NAV_FIX : NAV_ANY;
}

static ovf_status read_airway(struct airway_reader *reader, const struct record *record,
                              ovf_error *err)
{
    struct nav_import *import = reader->import;
    if (!is_primary(record, 39)) {
        import->file->left_out++;
        return OVF_OK;
    }
    ovf_str route = columns(record, 14, 18);
    struct nav_key fix = {.ident = columns(record, 30, 34),
                          .region = columns(record, 35, 36),
                          .class = class_of(column(record, 37), column(record, 38))};
    if (route.len == 0 || fix.ident.len == 0) {
        nav_bad(import, record->line.ptr + (route.len == 0 ? 13 : 29),
                "expected an airway and a point");
        reader->has_before = false;
        return OVF_OK;
    }
    ovf_status status = OVF_OK;
    if (reader->has_before && ovf_str_eq(reader->route, route))
        status = nav_add_leg(import, &reader->fix, &fix, reader->leg, err);
    char level = column(record, 46), way = column(record, 47);
    reader->route = route;
    reader->fix = fix;
    reader->leg = (struct world_leg_row){.airway = route,
                                         .lower_fl = take_level(columns(record, 84, 88), false),
                                         .upper_fl = take_level(columns(record, 94, 98), true),
                                         .is_low = level != 'H',
                                         .is_high = level != 'L',
                                         .way = way == 'F'   ? OVF_AIRWAY_FORWARD
                                                : way == 'B' ? OVF_AIRWAY_BACKWARD
                                                             : OVF_AIRWAY_BOTH};
    if (reader->leg.lower_fl > reader->leg.upper_fl)
        reader->leg.upper_fl = 999; /* two minima without a maximum, or a misprint */
    reader->has_before = column(record, 41) != 'E'; /* end of a continuous segment (5.17) */
    return status;
}

ovf_status nav_arinc_airways(struct nav_import *import, ovf_error *err)
{
    struct airway_reader reader = {.import = import};
    ovf_str rest = import->file->text, line = {0};
    ovf_status status = OVF_OK;
    while (status == OVF_OK && ovf_str_line(&rest, &line)) {
        struct record record;
        if (!is_record(line))
            continue; /* reported by the first pass */
        open_record(line, &record);
        if (record.section == 'E' && record.subsection == 'R')
            status = read_airway(&reader, &record, err);
    }
    return status;
}
