/* SPDX-License-Identifier: Apache-2.0 */
/* Points as item 15 writes them: Doc 4444 App. 2, item 15, (c) 2): two to five characters of a
 * coded designator; degrees only (7 characters); degrees and minutes (11 characters); a reference
 * point with bearing and distance (its designator and six digits). */
#include "flight_internal.h"

size_t flight_letters(ovf_str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.len && is_letter(s.ptr[at + n]))
        n++;
    return n;
}

size_t flight_digits(ovf_str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.len && is_digit(s.ptr[at + n]))
        n++;
    return n;
}

bool flight_next_token(ovf_str s, size_t *at, ovf_str *token)
{
    size_t from = *at;
    while (from < s.len && is_space(s.ptr[from]))
        from++;
    size_t until = from;
    while (until < s.len && !is_space(s.ptr[until]))
        until++;
    *at = until;
    *token = ovf_str_sub(s, from, until);
    return until > from;
}

/* Digits of a half coordinate: whole degrees, then minutes, then seconds, two digits each. */
static bool half_value(ovf_str digits, size_t degree_digits, double *out, bool *in_range)
{
    uint32_t part[3] = {0, 0, 0};
    size_t at = 0;
    for (size_t i = 0; at < digits.len; i++) {
        size_t width = i == 0 ? degree_digits : 2;
        ovf_str_take_uint(ovf_str_sub(digits, at, at + width), 0, 999, &part[i]);
        at += width;
    }
    *out = part[0] + part[1] / 60.0 + part[2] / 3600.0;
    *in_range = part[1] < 60 && part[2] < 60;
    return true;
}

point_form flight_read_coordinate(ovf_str text, ovf_point *out, const char **why)
{
    size_t lat_digits = flight_digits(text, 0);
    if (lat_digits != 2 && lat_digits != 4 && lat_digits != 6)
        return POINT_NOT;
    size_t lon_at = lat_digits + 1;
    size_t lon_digits = flight_digits(text, lon_at);
    if (lon_at > text.len || text.len != lon_at + lon_digits + 1)
        return POINT_NOT;
    char ns = text.ptr[lat_digits];
    char ew = text.ptr[text.len - 1];
    if ((ns != 'N' && ns != 'S') || (ew != 'E' && ew != 'W'))
        return POINT_NOT;
    if (lon_digits != lat_digits + 1) {
        *why = "expected three digits of degrees of longitude, and minutes in both or in none";
        return POINT_BAD;
    }
    ovf_point p;
    bool lat_in_range = true;
    bool lon_in_range = true;
    half_value(ovf_str_sub(text, 0, lat_digits), 2, &p.lat_deg, &lat_in_range);
    half_value(ovf_str_sub(text, lon_at, lon_at + lon_digits), 3, &p.lon_deg, &lon_in_range);
    if (!lat_in_range || !lon_in_range || p.lat_deg > 90.0 || p.lon_deg > 180.0) {
        *why = "expected at most 90 and 180 degrees, and minutes below 60";
        return POINT_BAD;
    }
    if (ns == 'S')
        p.lat_deg = -p.lat_deg;
    if (ew == 'W')
        p.lon_deg = -p.lon_deg;
    *out = p;
    return POINT_GOOD;
}

/* ARINC 424 section 7.2.5: two digits of latitude and two of longitude; the letter says the quadrant,
 * N north and west, E north and east, S south and east, W south and west, and stands last, or
 * between them where 100 degrees are to be added to the longitude. */
bool flight_read_short_coordinate(ovf_str text, ovf_point *out)
{
    size_t first = flight_digits(text, 0);
    if (text.len != 5 || (first != 2 && first != 4))
        return false;
    char quadrant = text.ptr[first];
    size_t lon_at = first == 2 ? 3 : 2;
    uint32_t lat = 0;
    uint32_t lon = 0;
    if (flight_digits(ovf_str_sub(text, lon_at, lon_at + 2), 0) != 2
        || (quadrant != 'N' && quadrant != 'E' && quadrant != 'S' && quadrant != 'W'))
        return false;
    ovf_str_take_uint(ovf_str_sub(text, 0, 2), 0, 99, &lat);
    ovf_str_take_uint(ovf_str_sub(text, lon_at, lon_at + 2), 0, 99, &lon);
    lon += first == 2 ? 100 : 0;
    if (lat > 90 || lon > 180)
        return false;
    bool is_north = quadrant == 'N' || quadrant == 'E';
    bool is_east = quadrant == 'E' || quadrant == 'S';
    *out = (ovf_point){is_north ? lat : -(double)lat, is_east ? lon : -(double)lon};
    return true;
}

bool flight_split_bearing(ovf_str text, ovf_str *reference, int *bearing_deg, int *distance_nm)
{
    if (text.len < 8 || flight_digits(text, text.len - 6) != 6)
        return false;
    ovf_str name = ovf_str_sub(text, 0, text.len - 6);
    if (is_digit(name.ptr[name.len - 1]))
        return false;
    uint32_t bearing = 0;
    uint32_t distance = 0;
    ovf_str_take_uint(ovf_str_sub(text, text.len - 6, text.len - 3), 0, 999, &bearing);
    ovf_str_take_uint(ovf_str_tail(text, text.len - 3), 0, 999, &distance);
    if (bearing > 360)
        return false;
    *reference = name;
    *bearing_deg = (int)bearing;
    *distance_nm = (int)distance;
    return true;
}

bool flight_place_of(const ovf_world *world, ovf_str text, ovf_point *out)
{
    const char *why = NULL;
    if (flight_read_coordinate(text, out, &why) == POINT_GOOD)
        return true;
    if (world == NULL || text.len != 4)
        return false;
    uint32_t airport = ovf_world_find_airport(world, text);
    if (airport == OVF_INDEX_NONE)
        return false;
    *out = ovf_world_airport(world, airport)->place;
    return true;
}

/* ---- names ---- */

#define SAME_FACILITY_NM 5.0 /* a VOR, its DME and a fix of that name are one place */

static bool is_listed(const element *e, ovf_point p)
{
    for (uint32_t i = 0; i < e->namesakes; i++) {
        if (ovf_distance_m(e->places[i], p) < ovf_nm_to_m(SAME_FACILITY_NM))
            return true;
    }
    return false;
}

/* false: it is told already, or there are more than can be. */
static bool list_place(flight_reader *r, element *e, ovf_point p)
{
    ovf_point *places = (ovf_point *)e->places; // ours until the element is done
    size_t capacity = e->places_capacity;
    if (is_listed(e, p) || e->namesakes == FLIGHT_MAX_NAMESAKES
        || !ovf_arena_grow(r->arena, (void **)&places, e->namesakes, &capacity, sizeof(*places)))
        return false;
    places[e->namesakes++] = p;
    e->places = places;
    e->places_capacity = (uint32_t)capacity;
    return true;
}

/* How much longer the way from departure to destination becomes over p; 0 when either is not
 * known. */
static double detour_m(const flight_reader *r, ovf_point p)
{
    if (!r->has_from || !r->has_to)
        return 0;
    return ovf_distance_m(r->from, p) + ovf_distance_m(p, r->to) - ovf_distance_m(r->from, r->to);
}

/* A real route may bend, but a point that makes it half as long again and 500 NM more is a
 * namesake elsewhere, unless the filed time allows for it. */
static double detour_limit_m(const flight_reader *r)
{
    double direct_m = ovf_distance_m(r->from, r->to);
    double limit_m = 0.5 * direct_m + ovf_nm_to_m(500.0);
    const ovf_flight *f = r->flight;
    if (f->eet_min > 0 && f->speed_kt > 0) {
        double reach_m = ovf_nm_to_m(1.2 * f->speed_kt * f->eet_min / 60.0) - direct_m;
        if (reach_m > limit_m)
            limit_m = reach_m;
    }
    return limit_m;
}

/* The variation that an aid at the fix was set to; a VOR's radials are magnetic. */
static bool aid_turn(const ovf_world *world, uint32_t fix, double *turn_deg)
{
    size_t count = 0;
    uint32_t first = fix == OVF_INDEX_NONE ? fix : ovf_world_navaids_at(world, fix, &count);
    for (size_t i = 0; first != OVF_INDEX_NONE && i < count; i++) {
        ovf_navaid aid = ovf_world_navaid(world, first + (uint32_t)i);
        *turn_deg = aid.variation_deg;
        if (aid.has_variation)
            return true;
    }
    return false;
}

static void set_candidate(const flight_reader *r, element *e, uint32_t i, ovf_point p, uint32_t fix)
{
    e->candidates[i] = p;
    e->origin[i] = e->namesakes - 1; // listed a moment ago
    e->is_turned[i] = aid_turn(r->world, fix, &e->turn_deg[i]);
}

/* fix: OVF_INDEX_NONE for an airport. */
static void offer(flight_reader *r, element *e, ovf_point p, uint32_t fix)
{
    if (!list_place(r, e, p))
        return;
    double detour = detour_m(r, p);
    if (r->has_from && r->has_to && detour > detour_limit_m(r)) {
        double away_nm = ovf_m_to_nm(detour) / 2;
        if (e->away_nm == 0 || away_nm < e->away_nm)
            e->away_nm = away_nm;
        return;
    }
    if (e->candidate_count < FLIGHT_MAX_CANDIDATES) {
        set_candidate(r, e, e->candidate_count, p, fix);
        e->candidate_count++;
        return;
    }
    // Full: the one that bends the way most gives place.
    uint32_t worst = 0;
    for (uint32_t i = 1; i < e->candidate_count; i++) {
        if (detour_m(r, e->candidates[i]) > detour_m(r, e->candidates[worst]))
            worst = i;
    }
    if (detour < detour_m(r, e->candidates[worst]))
        set_candidate(r, e, worst, p, fix);
}

void flight_find_candidates(flight_reader *r, element *e)
{
    if (r->world == NULL)
        return;
    size_t count = 0;
    uint32_t first = ovf_world_find_fix(r->world, e->ident, &count);
    for (size_t i = 0; first != OVF_INDEX_NONE && i < count; i++)
        offer(r, e, ovf_world_fix(r->world, first + (uint32_t)i).place, first + (uint32_t)i);
    if (e->ident.len == 4) {
        uint32_t airport = ovf_world_find_airport(r->world, e->ident);
        if (airport != OVF_INDEX_NONE)
            offer(r, e, ovf_world_airport(r->world, airport)->place, OVF_INDEX_NONE);
    }
}
