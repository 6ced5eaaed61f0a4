/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of points, aids and airways while a world is built, and looking points up by name. */
#include "world_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Five times what the world publishes; sizes of the file's tables stay far below 32 bits. */
#define FIXES_MAX 1000000u
#define LEGS_MAX 500000u

const char *const world_navaid_kinds[WORLD_NAVAID_KINDS] = {"vor",     "vor-dme", "vortac", "ndb",
                                                            "ndb-dme", "dme",     "tacan"};

static ovf_status no_memory(ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for points and airways");
}

static ovf_status check_name(ovf_str name, size_t max, ovf_error *err)
{
    if (name.len == 0 || name.len > max)
        return ovf_fail(err, OVF_E_RANGE, 0, "expected a name of 1 to %zu characters", max);
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
            return ovf_fail(err, OVF_E_RANGE, i, "expected capitals and digits in a name");
    }
    return OVF_OK;
}

static ovf_status check_point(ovf_str ident, ovf_point place, ovf_error *err)
{
    if (!ovf_point_is_valid(place))
        return ovf_fail(err, OVF_E_RANGE, 0, "a place that is not on the globe");
    return check_name(ident, WORLD_IDENT_BYTES, err);
}

ovf_status world_build_add_fix(struct world_build *build, const ovf_fix *fix, ovf_error *err)
{
    ovf_status status = check_point(fix->ident, fix->place, err);
    if (status != OVF_OK)
        return status;
    if (build->fix_count == FIXES_MAX)
        return ovf_fail(err, OVF_E_LIMIT, 0, "more than %u points", FIXES_MAX);
    void *items = build->fixes;
    if (!ovf_arena_grow(build->arena, &items, build->fix_count, &build->fix_capacity, sizeof *fix))
        return no_memory(err);
    build->fixes = items;
    build->fixes[build->fix_count] = *fix;
    build->fix_count++;
    return OVF_OK;
}

/* "vor-dme" is a fix of kind "vor". */
static ovf_str fix_kind_of(ovf_str navaid_kind)
{
    if (ovf_str_starts(navaid_kind, OVF_STR("vor")))
        return OVF_STR("vor");
    return ovf_str_starts(navaid_kind, OVF_STR("ndb")) ? OVF_STR("ndb") : navaid_kind;
}

ovf_status world_build_add_navaid(struct world_build *build, const struct world_navaid_row *row,
                                  ovf_str source, ovf_error *err)
{
    ovf_status status = check_point(row->ident, row->fields.place, err);
    if (status != OVF_OK)
        return status;
    bool is_known = false;
    for (size_t k = 0; k < WORLD_NAVAID_KINDS; k++)
        is_known |= ovf_str_eq(row->fields.kind, ovf_str_of(world_navaid_kinds[k]));
    if (!is_known)
        return ovf_fail(err, OVF_E_RANGE, 0, "expected vor, vor-dme, vortac, ndb, dme or tacan");
    void *items = build->navaids;
    if (!ovf_arena_grow(build->arena, &items, build->navaid_count, &build->navaid_capacity,
                        sizeof *row))
        return no_memory(err);
    build->navaids = items;
    ovf_fix fix = {.ident = row->ident,
                   .kind = fix_kind_of(row->fields.kind),
                   .place = row->fields.place,
                   .source = source};
    status = world_build_add_fix(build, &fix, err);
    if (status != OVF_OK)
        return status;
    build->navaids[build->navaid_count] = *row;
    build->navaid_count++;
    return OVF_OK;
}

ovf_status world_build_add_leg(struct world_build *build, const struct world_leg_row *row,
                               ovf_error *err)
{
    ovf_status status = check_name(row->airway, WORLD_AIRWAY_NAME_BYTES, err);
    if (status == OVF_OK)
        status = check_point(row->from, row->from_place, err);
    if (status == OVF_OK)
        status = check_point(row->to, row->to_place, err);
    if (status != OVF_OK)
        return status;
    if (row->lower_fl > row->upper_fl || row->upper_fl > WORLD_LEG_FL)
        return ovf_fail(err, OVF_E_RANGE, 0, "expected flight levels up to %u, the lower first",
                        WORLD_LEG_FL);
    if (build->leg_count == LEGS_MAX)
        return ovf_fail(err, OVF_E_LIMIT, 0, "more than %u legs of airways", LEGS_MAX);
    void *items = build->legs;
    if (!ovf_arena_grow(build->arena, &items, build->leg_count, &build->leg_capacity, sizeof *row))
        return no_memory(err);
    build->legs = items;
    build->legs[build->leg_count] = *row;
    build->leg_count++;
    return OVF_OK;
}

/* ---- points by name ---- */

struct named {
    ovf_str ident;
    uint32_t index;
};

static int by_ident(const void *a, const void *b)
{
    const struct named *x = a;
    const struct named *y = b;
    int order = ovf_str_cmp(x->ident, y->ident);
    return order != 0 ? order : (x->index < y->index ? -1 : x->index > y->index);
}

ovf_status world_fix_names_sort(const struct world_build *build, ovf_arena *arena,
                                struct world_fix_names *out, ovf_error *err)
{
    size_t count = build->fix_count;
    struct named *named = ovf_arena_array(arena, struct named, count + 1);
    uint32_t *order = ovf_arena_array(arena, uint32_t, count + 1);
    if (named == NULL || order == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++)
        named[i] = (struct named){build->fixes[i].ident, (uint32_t)i};
    qsort(named, count, sizeof *named, by_ident);
    for (size_t i = 0; i < count; i++)
        order[i] = named[i].index;
    *out = (struct world_fix_names){.build = build, .order = order, .count = count};
    return OVF_OK;
}

size_t world_fix_names_find(const struct world_fix_names *names, ovf_str ident, size_t *count)
{
    size_t low = 0, high = names->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (ovf_str_cmp(names->build->fixes[names->order[mid]].ident, ident) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    size_t last = low;
    while (last < names->count && ovf_str_eq(names->build->fixes[names->order[last]].ident, ident))
        last++;
    *count = last - low;
    return low;
}

uint32_t world_fix_names_nearest(const struct world_fix_names *names, ovf_str ident,
                                 ovf_point place, double *away_m)
{
    size_t count = 0;
    size_t first = world_fix_names_find(names, ident, &count);
    uint32_t best = count == 0 ? OVF_INDEX_NONE : names->order[first];
    double best_m = HUGE_VAL;
    for (size_t i = first; i < first + count && (count > 1 || away_m != NULL); i++) {
        double m = ovf_distance_m(names->build->fixes[names->order[i]].place, place);
        if (m < best_m) {
            best_m = m;
            best = names->order[i];
        }
    }
    if (away_m != NULL)
        *away_m = best_m;
    return best;
}
