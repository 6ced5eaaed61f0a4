/* SPDX-License-Identifier: Apache-2.0 */
/* Points, aids and airways of an open world, read where they lie in the file: nothing is set up for
 * them when it is opened. */
#include "world_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static ovf_str name_of(const char *name, size_t size)
{
    size_t len = 0;
    while (len < size && name[len] != '\0')
        len++;
    return (ovf_str){name, len};
}

/* A name as the tables hold it: capitals, filled up with NUL. false: longer than any. */
static bool padded(ovf_str name, char *out, size_t size)
{
    memset(out, 0, size);
    if (name.len == 0 || name.len > size)
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        out[i] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    return true;
}

/* ---- points ---- */

static const struct world_fix_item *fixes_of(const ovf_world *world, size_t *count)
{
    return world_items(world, WORLD_FIXES, count);
}

size_t ovf_world_fix_count(const ovf_world *world)
{
    size_t count = 0;
    fixes_of(world, &count);
    return count;
}

ovf_fix ovf_world_fix(const ovf_world *world, uint32_t index)
{
    static const char *const kinds[WORLD_FIX_KINDS] = {"fix", "vor", "ndb", "dme", "tacan"};
    size_t count = 0, source_count = 0;
    const struct world_fix_item *items = fixes_of(world, &count);
    const struct world_text *sources = world_items(world, WORLD_FIX_SOURCES, &source_count);
    if (index >= count)
        return (ovf_fix){.ident = OVF_STR(""), .kind = OVF_STR(""), .source = OVF_STR("")};
    const struct world_fix_item *item = &items[index];
    return (ovf_fix){
        .ident = name_of(item->ident, sizeof item->ident),
        .kind = ovf_str_of(kinds[item->kind < WORLD_FIX_KINDS ? item->kind : WORLD_FIX_FIX]),
        .place = ovf_fixed_point(item->place),
        .source =
            item->source < source_count ? world_text_of(world, sources[item->source]) : OVF_STR(""),
    };
}

uint32_t ovf_world_find_fix(const ovf_world *world, ovf_str ident, size_t *count)
{
    char wanted[WORLD_IDENT_BYTES];
    size_t total = 0;
    const struct world_fix_item *items = fixes_of(world, &total);
    size_t low = 0, high = padded(ident, wanted, sizeof wanted) ? total : 0;
    size_t end = high;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (memcmp(items[mid].ident, wanted, sizeof wanted) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    size_t last = low;
    while (last < end && memcmp(items[last].ident, wanted, sizeof wanted) == 0)
        last++;
    if (count != NULL)
        *count = last - low;
    return last > low ? (uint32_t)low : OVF_INDEX_NONE;
}

uint32_t ovf_world_nearest_fix(const ovf_world *world, ovf_str ident, ovf_point place,
                               double *away_m)
{
    size_t count = 0, total = 0;
    const struct world_fix_item *items = fixes_of(world, &total);
    uint32_t first = ovf_world_find_fix(world, ident, &count);
    uint32_t best = OVF_INDEX_NONE;
    double best_m = HUGE_VAL;
    for (uint32_t i = first; first != OVF_INDEX_NONE && i < first + count; i++) {
        double m = ovf_distance_m(ovf_fixed_point(items[i].place), place);
        if (m < best_m) {
            best_m = m;
            best = i;
        }
    }
    if (away_m != NULL)
        *away_m = best_m;
    return best;
}

/* ---- aids ---- */

size_t ovf_world_navaid_count(const ovf_world *world)
{
    size_t count = 0;
    world_items(world, WORLD_NAVAIDS, &count);
    return count;
}

ovf_navaid ovf_world_navaid(const ovf_world *world, uint32_t index)
{
    size_t count = 0;
    const struct world_navaid_item *items = world_items(world, WORLD_NAVAIDS, &count);
    if (index >= count)
        return (ovf_navaid){.fix = OVF_INDEX_NONE,
                            .kind = OVF_STR(""),
                            .name = OVF_STR(""),
                            .elevation_ft = INT32_MIN};
    const struct world_navaid_item *item = &items[index];
    bool has_variation = item->variation_cdeg != INT16_MIN;
    return (ovf_navaid){
        .fix = item->fix < ovf_world_fix_count(world) ? item->fix : OVF_INDEX_NONE,
        .kind = ovf_str_of(world_navaid_kinds[item->kind < WORLD_NAVAID_KINDS ? item->kind : 0]),
        .name = world_text_of(world, item->name),
        .place = ovf_fixed_point(item->place),
        .frequency_khz = item->frequency_khz,
        .elevation_ft = item->elevation_ft,
        .range_nm = item->range_nm,
        .has_variation = has_variation,
        .variation_deg = has_variation ? item->variation_cdeg / 100.0 : 0.0,
    };
}

uint32_t ovf_world_navaids_at(const ovf_world *world, uint32_t fix, size_t *count)
{
    size_t total = 0;
    const struct world_navaid_item *items = world_items(world, WORLD_NAVAIDS, &total);
    size_t low = 0, high = total;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (items[mid].fix < fix)
            low = mid + 1;
        else
            high = mid;
    }
    size_t last = low;
    while (last < total && items[last].fix == fix)
        last++;
    *count = last - low;
    return last > low ? (uint32_t)low : OVF_INDEX_NONE;
}

/* Surely farther than some metres: on the sphere, with room for the ellipsoid. */
static bool is_beyond(ovf_point a, ovf_point b, double reach_m)
{
    const double rad = 0.017453292519943295;
    double across = sin((b.lon_deg - a.lon_deg) * rad / 2);
    double along = sin((b.lat_deg - a.lat_deg) * rad / 2);
    double reach = sin(fmin(reach_m / 5.9e6, 3.0) / 2);
    return along * along + cos(a.lat_deg * rad) * cos(b.lat_deg * rad) * across * across
           > reach * reach;
}

bool ovf_world_variation_near(const ovf_world *world, ovf_point place, double reach_m,
                              double *east_deg)
{
    const double degree_m = 1.1e5; // of latitude, and a little less
    size_t count = 0;
    const struct world_navaid_item *items = world_items(world, WORLD_NAVAIDS, &count);
    double nearest_m = reach_m;
    double south_e7 = (place.lat_deg - reach_m / degree_m) * 1e7;
    double north_e7 = (place.lat_deg + reach_m / degree_m) * 1e7;
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        const struct world_navaid_item *item = &items[i];
        if (item->place.lat_e7 < south_e7 || item->place.lat_e7 > north_e7
            || item->variation_cdeg == INT16_MIN)
            continue;
        ovf_point aid = ovf_fixed_point(item->place);
        if (is_beyond(aid, place, reach_m))
            continue;
        double away_m = ovf_distance_m(aid, place);
        if (away_m >= nearest_m)
            continue;
        nearest_m = away_m;
        *east_deg = item->variation_cdeg / 100.0;
        found = true;
    }
    return found;
}

/* ---- airways ---- */

static const struct world_airway_item *airways_of(const ovf_world *world, size_t *count)
{
    return world_items(world, WORLD_AIRWAYS, count);
}

size_t ovf_world_airway_count(const ovf_world *world)
{
    size_t count = 0;
    airways_of(world, &count);
    return count;
}

ovf_airway ovf_world_airway(const ovf_world *world, uint32_t index)
{
    size_t count = 0;
    const struct world_airway_item *items = airways_of(world, &count);
    if (index >= count)
        return (ovf_airway){.name = OVF_STR("")};
    return (ovf_airway){.name = name_of(items[index].name, sizeof items[index].name),
                        .leg_count = items[index].count - 1};
}

ovf_airway_leg ovf_world_airway_leg(const ovf_world *world, uint32_t airway, uint32_t leg)
{
    size_t count = 0, point_count = 0, fix_count = 0;
    const struct world_airway_item *items = airways_of(world, &count);
    const struct world_airway_point *points = world_items(world, WORLD_AIRWAY_POINTS, &point_count);
    fixes_of(world, &fix_count);
    ovf_airway_leg out = {
        .airway = airway, .leg = leg, .from = OVF_INDEX_NONE, .to = OVF_INDEX_NONE};
    if (airway >= count || leg + 1 >= items[airway].count)
        return out;
    const struct world_airway_point *at = &points[items[airway].first + leg];
    out.from = at[0].fix < fix_count ? at[0].fix : OVF_INDEX_NONE;
    out.to = at[1].fix < fix_count ? at[1].fix : OVF_INDEX_NONE;
    out.lower_fl = at->lower & WORLD_LEG_FL;
    out.upper_fl = at->upper_fl;
    out.is_low = (at->lower & WORLD_LEG_LOW) != 0;
    out.is_high = (at->lower & WORLD_LEG_HIGH) != 0;
    out.way = (at->lower & WORLD_LEG_FORWARD) != 0    ? OVF_AIRWAY_FORWARD
              : (at->lower & WORLD_LEG_BACKWARD) != 0 ? OVF_AIRWAY_BACKWARD
                                                      : OVF_AIRWAY_BOTH;
    return out;
}

uint32_t ovf_world_find_airway(const ovf_world *world, ovf_str name, size_t *count)
{
    char wanted[WORLD_AIRWAY_NAME_BYTES];
    size_t total = 0;
    const struct world_airway_item *items = airways_of(world, &total);
    size_t low = 0, high = padded(name, wanted, sizeof wanted) ? total : 0;
    size_t end = high;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (memcmp(items[mid].name, wanted, sizeof wanted) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    size_t last = low;
    while (last < end && memcmp(items[last].name, wanted, sizeof wanted) == 0)
        last++;
    if (count != NULL)
        *count = last - low;
    return last > low ? (uint32_t)low : OVF_INDEX_NONE;
}

/* The airway that holds a numbered point. */
static uint32_t airway_at(const struct world_airway_item *items, size_t count, uint32_t number)
{
    size_t low = 0, high = count;
    while (low + 1 < high) {
        size_t mid = low + (high - low) / 2;
        if (items[mid].first <= number)
            low = mid;
        else
            high = mid;
    }
    return (uint32_t)low;
}

size_t ovf_world_legs_at(const ovf_world *world, uint32_t fix, ovf_airway_leg *out, size_t max)
{
    size_t airway_count = 0, point_count = 0;
    const struct world_airway_item *airways = airways_of(world, &airway_count);
    const struct world_airway_point *points = world_items(world, WORLD_AIRWAY_POINTS, &point_count);
    const uint32_t *numbers = world_items(world, WORLD_FIX_AIRWAYS, &point_count);
    size_t low = 0, high = point_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (points[numbers[mid]].fix < fix)
            low = mid + 1;
        else
            high = mid;
    }
    size_t found = 0;
    for (size_t i = low; i < point_count && points[numbers[i]].fix == fix; i++) {
        uint32_t airway = airway_at(airways, airway_count, numbers[i]);
        uint32_t place = numbers[i] - airways[airway].first;
        for (uint32_t leg = place > 0 ? place - 1 : 0; leg <= place; leg++) {
            if (leg + 1 == airways[airway].count)
                continue;
            if (found < max)
                out[found] = ovf_world_airway_leg(world, airway, leg);
            found++;
        }
    }
    return found;
}

/* ---- from one point of an airway to another ---- */

struct stop {
    uint32_t fix;
    uint32_t before; /* index of the stop it was reached from */
    bool is_reached;
};

static int stop_by_fix(const void *a, const void *b)
{
    const struct stop *x = a;
    const struct stop *y = b;
    return x->fix < y->fix ? -1 : x->fix > y->fix;
}

static uint32_t stop_of(const struct stop *stops, size_t count, uint32_t fix)
{
    struct stop wanted = {.fix = fix};
    const struct stop *found = bsearch(&wanted, stops, count, sizeof *stops, stop_by_fix);
    return found == NULL ? OVF_INDEX_NONE : (uint32_t)(found - stops);
}

/* The points of all chains of a name, each once, sorted. */
static struct stop *stops_of(const ovf_world *world, uint32_t first, size_t chains,
                             ovf_arena *arena, size_t *count)
{
    size_t airway_count = 0, point_count = 0;
    const struct world_airway_item *items = airways_of(world, &airway_count);
    const struct world_airway_point *points = world_items(world, WORLD_AIRWAY_POINTS, &point_count);
    size_t from = items[first].first;
    size_t until = items[first + chains - 1].first + (size_t)items[first + chains - 1].count;
    struct stop *stops = ovf_arena_array(arena, struct stop, until - from);
    if (stops == NULL)
        return NULL;
    for (size_t i = from; i < until; i++)
        stops[i - from].fix = points[i].fix;
    qsort(stops, until - from, sizeof *stops, stop_by_fix);
    size_t kept = 0;
    for (size_t i = 0; i < until - from; i++)
        if (kept == 0 || stops[kept - 1].fix != stops[i].fix)
            stops[kept++] = stops[i];
    *count = kept;
    return stops;
}

/* Breadth first from `start` until `goal` is reached. */
static ovf_status search(const ovf_world *world, uint32_t first, size_t chains, struct stop *stops,
                         size_t count, uint32_t start, uint32_t goal, ovf_arena *arena)
{
    uint32_t *queue = ovf_arena_array(arena, uint32_t, count);
    if (queue == NULL)
        return OVF_E_NOMEM;
    size_t tail = 1;
    queue[0] = start;
    stops[start].is_reached = true;
    stops[start].before = OVF_INDEX_NONE;
    for (size_t head = 0; head < tail && !stops[goal].is_reached; head++) {
        size_t leg_count = ovf_world_legs_at(world, stops[queue[head]].fix, NULL, 0);
        ovf_airway_leg *legs = ovf_arena_array(arena, ovf_airway_leg, leg_count + 1);
        if (legs == NULL)
            return OVF_E_NOMEM;
        ovf_world_legs_at(world, stops[queue[head]].fix, legs, leg_count);
        for (size_t i = 0; i < leg_count; i++) {
            if (legs[i].airway < first || legs[i].airway >= first + chains)
                continue;
            uint32_t other = legs[i].from == stops[queue[head]].fix ? legs[i].to : legs[i].from;
            uint32_t next = stop_of(stops, count, other);
            if (next == OVF_INDEX_NONE || stops[next].is_reached)
                continue;
            stops[next].is_reached = true;
            stops[next].before = queue[head];
            queue[tail++] = next;
        }
    }
    return OVF_OK;
}

ovf_status ovf_world_airway_path(const ovf_world *world, ovf_str name, uint32_t from, uint32_t to,
                                 ovf_arena *arena, uint32_t **out, size_t *count, ovf_error *err)
{
    size_t chains = 0, stop_count = 0;
    uint32_t first = ovf_world_find_airway(world, name, &chains);
    if (first == OVF_INDEX_NONE)
        return ovf_fail(err, OVF_E_NOT_FOUND, 0, "no airway is named " OVF_FMT,
                        OVF_ARG(ovf_str_sub(name, 0, 20)));
    struct stop *stops = stops_of(world, first, chains, arena, &stop_count);
    if (stops == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an airway");
    uint32_t start = stop_of(stops, stop_count, from);
    uint32_t goal = stop_of(stops, stop_count, to);
    if (start == OVF_INDEX_NONE || goal == OVF_INDEX_NONE) {
        ovf_fix missing = ovf_world_fix(world, start == OVF_INDEX_NONE ? from : to);
        return ovf_fail(err, OVF_E_NOT_FOUND, 0, OVF_FMT " is not on airway " OVF_FMT,
                        OVF_ARG(missing.ident), OVF_ARG(name));
    }
    if (search(world, first, chains, stops, stop_count, start, goal, arena) != OVF_OK)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an airway");
    if (!stops[goal].is_reached)
        return ovf_fail(err, OVF_E_NOT_FOUND, 0,
                        "airway " OVF_FMT " does not join " OVF_FMT " and " OVF_FMT, OVF_ARG(name),
                        OVF_ARG(ovf_world_fix(world, from).ident),
                        OVF_ARG(ovf_world_fix(world, to).ident));
    size_t length = 0;
    for (uint32_t at = goal; at != OVF_INDEX_NONE; at = stops[at].before)
        length++;
    uint32_t *path = ovf_arena_array(arena, uint32_t, length);
    if (path == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for an airway");
    size_t at_path = length;
    for (uint32_t at = goal; at != OVF_INDEX_NONE; at = stops[at].before)
        path[--at_path] = stops[at].fix;
    *out = path;
    *count = length;
    return OVF_OK;
}
