/* SPDX-License-Identifier: Apache-2.0 */
/* What the user typed as AREA: a point, a FIR, a State, an airport, a fix. A point's coordinates
 * are degrees ("4.5S", "-4.5", "013N") or, with a letter and four digits or more, degrees and
 * minutes and seconds as in item 15 and Q lines ("1030N", "06700W", "103000N"). */
#include "world_internal.h"

#include <string.h>

struct coordinate {
    double value_deg;
    bool is_lat; /* said by its letter */
    bool is_lon;
};

static size_t skip_blanks(ovf_str text, size_t at)
{
    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t'))
        at++;
    return at;
}

/* Degrees out of "103000.5": the last two digits before the stop are minutes, or seconds with
 * minutes before them, when there are four digits or more. */
static bool sexagesimal(ovf_str number, size_t whole_digits, double *out)
{
    double value = 0.0;
    if (ovf_str_to_double(number, &value, NULL) != OVF_OK)
        return false;
    if (whole_digits < 4) {
        *out = value;
        return true;
    }
    uint32_t whole = 0;
    ovf_str_take_uint(number, 0, 9999999, &whole);
    double fraction = value - whole;
    uint32_t degrees = whole_digits >= 6 ? whole / 10000 : whole / 100;
    uint32_t minutes = whole_digits >= 6 ? whole / 100 % 100 : whole % 100;
    uint32_t seconds = whole_digits >= 6 ? whole % 100 : 0;
    if (minutes > 59 || seconds > 59)
        return false;
    *out = whole_digits >= 6 ? degrees + minutes / 60.0 + (seconds + fraction) / 3600.0
                             : degrees + (minutes + fraction) / 60.0;
    return true;
}

static ovf_status take_coordinate(ovf_str text, size_t *at, struct coordinate *out, ovf_error *err)
{
    size_t start = *at;
    size_t end = start;
    bool has_sign = end < text.len && (text.ptr[end] == '-' || text.ptr[end] == '+');
    bool is_negative = has_sign && text.ptr[end] == '-';
    if (has_sign)
        end++;
    size_t digits = end;
    while (end < text.len && text.ptr[end] >= '0' && text.ptr[end] <= '9')
        end++;
    size_t whole_digits = end - digits;
    if (end < text.len && text.ptr[end] == '.') {
        end++;
        while (end < text.len && text.ptr[end] >= '0' && text.ptr[end] <= '9')
            end++;
    }
    if (whole_digits == 0 || whole_digits > 7 || end - digits > 24)
        return ovf_fail(err, OVF_E_SYNTAX, start, "expected a latitude and a longitude");
    size_t letter_at = skip_blanks(text, end);
    char letter = letter_at < text.len ? (char)(text.ptr[letter_at] & ~0x20) : '\0';
    bool is_lat = letter == 'N' || letter == 'S';
    bool is_lon = letter == 'E' || letter == 'W';
    if (has_sign && (is_lat || is_lon))
        return ovf_fail(err, OVF_E_SYNTAX, start, "a sign and a letter together");
    double value_deg = 0.0;
    ovf_str number = ovf_str_sub(text, digits, end);
    if (number.ptr[number.len - 1] == '.')
        return ovf_fail(err, OVF_E_SYNTAX, end, "expected digits behind the point");
    if (!sexagesimal(number, is_lat || is_lon ? whole_digits : 0, &value_deg))
        return ovf_fail(err, OVF_E_RANGE, start, "minutes or seconds above 59");
    if (is_negative || letter == 'S' || letter == 'W')
        value_deg = -value_deg;
    *out = (struct coordinate){value_deg, is_lat, is_lon};
    *at = is_lat || is_lon ? letter_at + 1 : end;
    return OVF_OK;
}

ovf_status ovf_point_parse(ovf_str text, ovf_point *out, ovf_error *err)
{
    struct coordinate lat = {0}, lon = {0};
    size_t at = skip_blanks(text, 0);
    ovf_status status = take_coordinate(text, &at, &lat, err);
    if (status != OVF_OK)
        return status;
    size_t gap = at;
    at = skip_blanks(text, at);
    if (at < text.len && text.ptr[at] == ',')
        at = skip_blanks(text, at + 1);
    else if (at == gap && !lat.is_lat)
        return ovf_fail(err, OVF_E_SYNTAX, at, "expected a comma and a longitude");
    status = take_coordinate(text, &at, &lon, err);
    if (status != OVF_OK)
        return status;
    if (skip_blanks(text, at) != text.len)
        return ovf_fail(err, OVF_E_SYNTAX, at, "unexpected text behind a point");
    if (lat.is_lon || lon.is_lat || lat.is_lat != lon.is_lon)
        return ovf_fail(err, OVF_E_SYNTAX, 0, "expected a latitude, then a longitude");
    if (lat.value_deg < -90.0 || lat.value_deg > 90.0)
        return ovf_fail(err, OVF_E_RANGE, 0, "latitude outside 90 degrees");
    if (lon.value_deg < -180.0 || lon.value_deg > 180.0)
        return ovf_fail(err, OVF_E_RANGE, gap, "longitude outside 180 degrees");
    *out = (ovf_point){lat.value_deg, lon.value_deg};
    return OVF_OK;
}

const char *ovf_place_kind_name(ovf_place_kind kind)
{
    switch (kind) {
    case OVF_PLACE_FIR: return "fir";
    case OVF_PLACE_STATE: return "state";
    case OVF_PLACE_AIRPORT: return "airport";
    case OVF_PLACE_POINT: return "point";
    case OVF_PLACE_FIX: return "fix";
    case OVF_PLACE_NONE: break;
    }
    return "none";
}

static ovf_place fir_place(const ovf_world *world, uint32_t index)
{
    const ovf_fir *fir = ovf_world_fir(world, index);
    return (ovf_place){.kind = OVF_PLACE_FIR,
                       .index = index,
                       .code = fir->code,
                       .name = fir->name,
                       .state = fir->state};
}

static ovf_place state_place(const ovf_world *world, uint32_t index)
{
    const ovf_state *state = ovf_world_state(world, index);
    return (ovf_place){.kind = OVF_PLACE_STATE,
                       .index = index,
                       .code = state->iso3,
                       .name = state->name,
                       .state = index};
}

static ovf_place airport_place(const ovf_world *world, uint32_t index)
{
    const ovf_airport *airport = ovf_world_airport(world, index);
    return (ovf_place){.kind = OVF_PLACE_AIRPORT,
                       .index = index,
                       .point = airport->place,
                       .code = airport->icao,
                       .name = airport->name,
                       .state = airport->state};
}

static ovf_place fix_place(const ovf_world *world, uint32_t index)
{
    ovf_fix fix = ovf_world_fix(world, index);
    size_t count = 0;
    uint32_t aid = ovf_world_navaids_at(world, index, &count);
    ovf_str name = count > 0 ? ovf_world_navaid(world, aid).name : OVF_STR("");
    return (ovf_place){.kind = OVF_PLACE_FIX,
                       .index = index,
                       .point = fix.place,
                       .code = fix.ident,
                       .name = name.len > 0 ? name : fix.ident,
                       .state = ovf_world_whose(world, fix.place).state};
}

/* Looks like the beginning of a coordinate. */
static bool starts_as_point(ovf_str text)
{
    char c = text.len > 0 ? text.ptr[0] : '\0';
    return c == '-' || c == '+' || (c >= '0' && c <= '9');
}

/* The airport of a place: by its city, or by its own name. How many there are; *first is one. A
 * last resort, so that some thousand names may be folded. */
static size_t airports_of(const ovf_world *world, ovf_str name, uint32_t *first)
{
    char wanted[128], folded[128];
    size_t len = world_fold(name, wanted, sizeof wanted);
    if (len == 0 || len >= sizeof wanted)
        return 0;
    size_t count = 0;
    for (uint32_t i = 0; i < ovf_world_airport_count(world); i++) {
        const ovf_airport *airport = ovf_world_airport(world, i);
        bool is_it = (world_fold(airport->city, folded, sizeof folded) == len
                      && memcmp(folded, wanted, len) == 0)
                     || (world_fold(airport->name, folded, sizeof folded) == len
                         && memcmp(folded, wanted, len) == 0);
        if (is_it && count++ == 0)
            *first = i;
    }
    return count;
}

static ovf_status find_by_city(const ovf_world *world, ovf_str name, ovf_place *out, ovf_error *err)
{
    uint32_t index = OVF_INDEX_NONE;
    size_t count = airports_of(world, name, &index);
    if (count == 1) {
        *out = airport_place(world, index);
        return OVF_OK;
    }
    ovf_str start = ovf_str_sub(name, 0, 40);
    if (count > 1)
        return ovf_fail(err, OVF_E_NOT_FOUND, 0,
                        OVF_FMT " has %zu airports, " OVF_FMT " for one; give a code",
                        OVF_ARG(start), count, OVF_ARG(ovf_world_airport(world, index)->icao));
    return ovf_fail(err, OVF_E_NOT_FOUND, 0,
                    "no FIR, State, airport or point is named '" OVF_FMT "'", OVF_ARG(start));
}

ovf_status ovf_world_find(const ovf_world *world, ovf_str text, ovf_place *out, ovf_error *err)
{
    ovf_str name = ovf_str_trim(text);
    if (starts_as_point(name)) {
        ovf_point p = {0};
        ovf_status status = ovf_point_parse(name, &p, err);
        if (status != OVF_OK)
            return status;
        *out = (ovf_place){
            .kind = OVF_PLACE_POINT, .point = p, .state = ovf_world_whose(world, p).state};
        return OVF_OK;
    }
    size_t count = 0;
    uint32_t index = ovf_world_find_fir(world, name);
    if (index != OVF_INDEX_NONE && name.len == 4) {
        *out = fir_place(world, index);
        return OVF_OK;
    }
    uint32_t state = ovf_world_find_state(world, name);
    if (state != OVF_INDEX_NONE) { /* "Venezuela" is the State, also where a FIR is named so */
        *out = state_place(world, state);
        return OVF_OK;
    }
    if (index != OVF_INDEX_NONE) {
        *out = fir_place(world, index);
        return OVF_OK;
    }
    index = ovf_world_find_airport(world, name);
    if (index != OVF_INDEX_NONE) {
        *out = airport_place(world, index);
        return OVF_OK;
    }
    index = ovf_world_find_fix(world, name, &count);
    if (count == 1) {
        *out = fix_place(world, index);
        return OVF_OK;
    }
    if (count > 1)
        return ovf_fail(err, OVF_E_NOT_FOUND, 0, "%zu points are named " OVF_FMT "; give LAT,LON",
                        count, OVF_ARG(ovf_str_sub(name, 0, 20)));
    return find_by_city(world, name, out, err);
}
