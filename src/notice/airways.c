/* SPDX-License-Identifier: Apache-2.0 */
/* Segments of ATS routes on the world's airways: where both ends lie on a chain, the chain between
 * them; an end may be a distance along the route from a point ("90KM WEST OF MAGOD"). */
#include "routes.h"

#define POINTS_MAX 400 /* of one airway's chain */

/* ---- on the world's airways ---- */

struct chain {
    ovf_point points[POINTS_MAX];
    uint32_t fixes[POINTS_MAX];
    double along_m[POINTS_MAX];
    size_t count;
};

static void load_chain(const ovf_world *world, uint32_t airway, struct chain *out)
{
    uint32_t legs = ovf_world_airway(world, airway).leg_count;
    out->count = 0;
    for (uint32_t i = 0; i < legs && out->count + 1 < POINTS_MAX; i++) {
        ovf_airway_leg leg = ovf_world_airway_leg(world, airway, i);
        for (uint32_t side = out->count == 0 ? 0 : 1; side < 2; side++) {
            uint32_t fix = side == 0 ? leg.from : leg.to;
            size_t n = out->count++;
            out->fixes[n] = fix;
            out->points[n] = ovf_world_fix(world, fix).place;
            out->along_m[n] =
                n == 0 ? 0
                       : out->along_m[n - 1] + ovf_distance_m(out->points[n - 1], out->points[n]);
        }
    }
}

/* Does the airway bear a point of that name? Without a name anything may be its. */
static bool bears(const ovf_world *world, uint32_t airway, ovf_str ident)
{
    uint32_t legs = ovf_world_airway(world, airway).leg_count;
    for (uint32_t i = 0; i < legs && ident.len > 0; i++) {
        ovf_airway_leg leg = ovf_world_airway_leg(world, airway, i);
        if (ovf_str_eq_nocase(ovf_world_fix(world, leg.to).ident, ident)
            || (i == 0 && ovf_str_eq_nocase(ovf_world_fix(world, leg.from).ident, ident)))
            return true;
    }
    return ident.len == 0;
}

/* The place on the chain at some metres from its start. */
static ovf_point chain_at(const struct chain *c, double along_m)
{
    for (size_t i = 1; i < c->count; i++) {
        if (along_m > c->along_m[i] && i + 1 < c->count)
            continue;
        ovf_leg leg;
        ovf_leg_init(&leg, c->points[i - 1], c->points[i]);
        double on = along_m - c->along_m[i - 1];
        return ovf_leg_at(&leg, on < 0 ? 0 : on > leg.length_m ? leg.length_m : on);
    }
    return c->points[0];
}

static double turn_between(double a_deg, double b_deg)
{
    double turn = ovf_lon_wrap(a_deg - b_deg);
    return turn < 0 ? -turn : turn;
}

/* Where on the chain an end lies: metres from its start, -1: it does not. */
static double end_on(const ovf_world *world, const struct chain *c,
                     const struct ovf_segment_end *end)
{
    for (size_t i = 0; i < c->count; i++) {
        bool is_it = end->ident.len > 0
                         ? ovf_str_eq_nocase(ovf_world_fix(world, c->fixes[i]).ident, end->ident)
                         : ovf_distance_m(c->points[i], end->place) < 2 * OVF_NM_M;
        if (is_it && end->has_place && ovf_distance_m(c->points[i], end->place) > 5 * OVF_NM_M)
            is_it = false; // another point of that name, or moved
        if (!is_it)
            continue;
        if (end->off_m <= 0)
            return c->along_m[i];
        double best = -1;
        double least = 80; // degrees: both ways run across the wind named
        for (int way = -1; way <= 1; way += 2) {
            double along = c->along_m[i] + way * end->off_m;
            if (along < 0 || along > c->along_m[c->count - 1])
                continue;
            double bearing = 0;
            ovf_inverse(c->points[i], chain_at(c, along), NULL, &bearing, NULL);
            if (turn_between(bearing, end->bearing_deg) < least) {
                least = turn_between(bearing, end->bearing_deg);
                best = along;
            }
        }
        return best;
    }
    return -1;
}

static bool cut_chain(ovf_draft *d, const struct chain *c, double from_m, double to_m,
                      struct ovf_segment_line *out)
{
    out->points = ovf_arena_array(d->arena, ovf_point, c->count + 2);
    if (out->points == NULL) {
        d->no_memory = true;
        return false;
    }
    bool is_back = from_m > to_m;
    double low = is_back ? to_m : from_m;
    double high = is_back ? from_m : to_m;
    out->count = 0;
    out->points[out->count++] = chain_at(c, low);
    for (size_t i = 0; i < c->count; i++) {
        if (c->along_m[i] > low + 1 && c->along_m[i] < high - 1)
            out->points[out->count++] = c->points[i];
    }
    out->points[out->count++] = chain_at(c, high);
    for (size_t i = 0; is_back && i < out->count / 2; i++) {
        ovf_point swapped = out->points[i];
        out->points[i] = out->points[out->count - 1 - i];
        out->points[out->count - 1 - i] = swapped;
    }
    return true;
}

/* A place near which points of the text are to be looked for: of item Q, else of the FIR of item A. */
static bool region_of(const ovf_draft *d, ovf_point *out)
{
    if (d->notice->has_q_circle) {
        *out = d->notice->q_centre;
        return true;
    }
    ovf_str codes[] = {ovf_str_sub(d->notice->locations, 0, 4), d->notice->q_fir};
    for (size_t i = 0; i < OVF_COUNTOF(codes); i++) {
        uint32_t fir = codes[i].len == 4 ? ovf_world_find_fir(d->world, codes[i]) : OVF_INDEX_NONE;
        if (fir == OVF_INDEX_NONE)
            continue;
        ovf_box box = ovf_world_fir(d->world, fir)->box;
        double width = ovf_lon_wrap(box.east_deg - box.west_deg);
        width = width < 0 ? width + 360 : width;
        *out = (ovf_point){(box.south_deg + box.north_deg) / 2,
                           ovf_lon_wrap(box.west_deg + width / 2)};
        return true;
    }
    return false;
}

#define REGION_M (2000.0 * OVF_NM_M) /* the largest FIRs reach as far from their middle */

/* Points of one name on arms of a forked airway: the way over the junction. */
static bool join_arms(ovf_draft *d, ovf_str name, const struct ovf_segment *s, ovf_point region,
                      struct ovf_segment_line *out)
{
    if (s->from.off_m > 0 || s->to.off_m > 0 || s->from.ident.len == 0 || s->to.ident.len == 0)
        return false;
    double away = 0;
    uint32_t from = ovf_world_nearest_fix(d->world, s->from.ident, region, &away);
    if (from == OVF_INDEX_NONE || away > REGION_M)
        return false;
    uint32_t to = ovf_world_nearest_fix(d->world, s->to.ident, region, &away);
    uint32_t *path = NULL;
    if (to == OVF_INDEX_NONE || away > REGION_M
        || ovf_world_airway_path(d->world, name, from, to, d->arena, &path, &out->count, NULL)
               != OVF_OK)
        return false;
    out->points = ovf_arena_array(d->arena, ovf_point, out->count);
    if (out->points == NULL) {
        d->no_memory = true;
        return false;
    }
    for (size_t i = 0; i < out->count; i++)
        out->points[i] = ovf_world_fix(d->world, path[i]).place;
    return out->count > 1;
}

static bool find_segment(ovf_draft *d, ovf_str name, const struct ovf_segment *s,
                         struct ovf_segment_line *out)
{
    ovf_point region = {0};
    size_t chains = 0;
    if (d->world == NULL || !region_of(d, &region))
        return false;
    uint32_t first = ovf_world_find_airway(d->world, name, &chains);
    if (chains == 0)
        return false;
    struct chain chain; // filled by load_chain: 11 kB that would be zeroed for each segment
    struct chain *c = &chain;
    for (uint32_t i = first; i < first + chains && !d->no_memory; i++) {
        if (!bears(d->world, i, s->from.ident) || !bears(d->world, i, s->to.ident))
            continue;
        load_chain(d->world, i, c);
        if (c->count < 2)
            continue;
        double from = end_on(d->world, c, &s->from);
        double to = from < 0 ? -1 : end_on(d->world, c, &s->to);
        if (to < 0 || from == to || ovf_distance_m(chain_at(c, from), region) > REGION_M)
            continue;
        return cut_chain(d, c, from, to, out);
    }
    return join_arms(d, name, s, region, out);
}

/* "UL216" of the text may be "L216" of the tables and the other way round: upper and lower routes
 * of one number are one line (Annex 11 App. 1, 3.2). */
static ovf_str twin_of(ovf_draft *d, ovf_str name)
{
    if (name.len > 2 && name.ptr[0] == 'U')
        return ovf_str_tail(name, 1);
    return ovf_arena_printf(d->arena, "U%.*s", OVF_ARG(name));
}

bool ovf_airways_segment(ovf_draft *d, const ovf_str *group, size_t group_count, size_t which,
                         const struct ovf_segment *s, struct ovf_segment_line *out)
{
    if (find_segment(d, group[which], s, out))
        return true;
    for (size_t i = 0; i < group_count; i++) {
        // One segment of several routes is one line: any of them that the tables have will do.
        if (i != which && find_segment(d, group[i], s, out))
            return true;
    }
    return find_segment(d, twin_of(d, group[which]), s, out);
}

/* ---- whole routes ---- */

static const ovf_area *item_a_air(const ovf_draft *d)
{
    ovf_str codes[] = {ovf_str_sub(d->notice->locations, 0, 4), d->notice->q_fir};
    for (size_t i = 0; d->world != NULL && i < OVF_COUNTOF(codes); i++) {
        uint32_t fir = codes[i].len == 4 ? ovf_world_find_fir(d->world, codes[i]) : OVF_INDEX_NONE;
        if (fir != OVF_INDEX_NONE)
            return ovf_world_fir_area(d->world, ovf_world_fir(d->world, fir));
    }
    return NULL;
}

struct parts {
    const ovf_area **items;
    size_t count, capacity;
    struct ovf_segment_line last;
};

static void keep_part(ovf_draft *d, struct parts *parts, const struct chain *c, size_t first,
                      size_t last)
{
    struct ovf_segment_line line = {0};
    const ovf_area *area = NULL;
    if (last <= first || !cut_chain(d, c, c->along_m[first], c->along_m[last], &line)
        || ovf_area_corridor(d->arena, line.points, line.count, 1.0, &area, NULL) != OVF_OK)
        return;
    if (!ovf_arena_grow(d->arena, (void **)&parts->items, parts->count, &parts->capacity,
                        sizeof(*parts->items))) {
        d->no_memory = true;
        return;
    }
    parts->items[parts->count++] = area;
    parts->last = line;
}

/* The legs of the airway that have an end or their middle in the FIR. */
const ovf_area *ovf_airways_whole(ovf_draft *d, ovf_str name, struct ovf_segment_line *line)
{
    const ovf_area *air = item_a_air(d);
    size_t chains = 0;
    uint32_t first = air == NULL ? OVF_INDEX_NONE : ovf_world_find_airway(d->world, name, &chains);
    struct chain chain;
    struct chain *c = &chain;
    struct parts parts = {0};
    for (uint32_t k = first; k < first + chains && parts.count < 16; k++) {
        load_chain(d->world, k, c);
        bool was_in = false;
        size_t start = 0;
        for (size_t i = 0; i + 1 < c->count; i++) {
            double middle = (c->along_m[i] + c->along_m[i + 1]) / 2;
            bool is_in = ovf_area_contains(air, c->points[i]) == OVF_TRI_YES
                         || ovf_area_contains(air, c->points[i + 1]) == OVF_TRI_YES
                         || ovf_area_contains(air, chain_at(c, middle)) == OVF_TRI_YES;
            if (is_in && !was_in)
                start = i;
            if (!is_in && was_in)
                keep_part(d, &parts, c, start, i);
            was_in = is_in;
        }
        if (was_in)
            keep_part(d, &parts, c, start, c->count - 1);
    }
    const ovf_area *out = NULL;
    if (parts.count == 1)
        *line = parts.last;
    if (parts.count == 0
        || ovf_area_union(d->arena, parts.items, parts.count, &out, NULL) != OVF_OK)
        return NULL;
    return out;
}
