/* SPDX-License-Identifier: Apache-2.0 */
/* From rows of points and legs to the tables of the file: of two points of one name within a mile
 * the first is kept; legs find their ends; the legs of one airway's name are strung into chains. A
 * chain starts where an odd number of legs meet (an end, a fork), else anywhere on the ring. */
#include "world_internal.h"

#include <stdlib.h>
#include <string.h>

struct linker {
    const struct world_build *build;
    ovf_arena *arena;
    struct world_nav *out;
};

static ovf_status no_memory(ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for points and airways");
}

/* ---- points ---- */

struct linked_fix {
    struct world_fix_item item;
    ovf_str source;
};

static int by_ident_and_place(const void *a, const void *b)
{
    const struct world_fix_item *x = &((const struct linked_fix *)a)->item;
    const struct world_fix_item *y = &((const struct linked_fix *)b)->item;
    int order = memcmp(x->ident, y->ident, sizeof x->ident);
    if (order != 0)
        return order;
    if (x->place.lat_e7 != y->place.lat_e7)
        return x->place.lat_e7 < y->place.lat_e7 ? -1 : 1;
    return x->place.lon_e7 < y->place.lon_e7 ? -1 : x->place.lon_e7 > y->place.lon_e7;
}

static uint8_t fix_kind(ovf_str kind)
{
    static const char *const kinds[WORLD_FIX_KINDS] = {"fix", "vor", "ndb", "dme", "tacan"};
    for (unsigned k = 0; k < WORLD_FIX_KINDS; k++)
        if (ovf_str_eq(kind, ovf_str_of(kinds[k])))
            return (uint8_t)k;
    return WORLD_FIX_FIX;
}

/* The number of a source; the last one stands for all further ones. */
static uint8_t source_of(struct world_nav *out, ovf_str source, uint8_t likely)
{
    if (likely < out->source_count && ovf_str_eq(out->sources[likely], source))
        return likely;
    for (size_t i = 0; i < out->source_count; i++)
        if (ovf_str_eq(out->sources[i], source))
            return (uint8_t)i;
    if (out->source_count + 1 >= WORLD_FIX_SOURCES_MAX)
        source = OVF_STR("several");
    if (out->source_count == WORLD_FIX_SOURCES_MAX)
        return WORLD_FIX_SOURCES_MAX - 1;
    out->sources[out->source_count] = source;
    out->source_count++;
    return (uint8_t)(out->source_count - 1);
}

static void fill(char *out, size_t size, ovf_str name)
{
    memset(out, 0, size);
    memcpy(out, name.ptr, name.len < size ? name.len : size);
}

#define MILE_LAT_E7 200000 /* a little more than a mile on a meridian */
#define NAMESAKES_MAX 10000

static bool is_near(ovf_fixed a, ovf_point b, double *away_m)
{
    double lat_e7 = b.lat_deg * 1e7;
    if (a.lat_e7 > lat_e7 + MILE_LAT_E7 || a.lat_e7 < lat_e7 - MILE_LAT_E7)
        return false;
    *away_m = ovf_distance_m(ovf_fixed_point(a), b);
    return *away_m < WORLD_MILE_M;
}

static bool is_twice(const struct linked_fix *kept, size_t count, ovf_point place)
{
    double away_m = 0.0;
    for (size_t i = 0; i < count; i++)
        if (is_near(kept[i].item.place, place, &away_m))
            return true;
    return false;
}

/* The numbers of sources follow the order of the file. */
static void take_fixes(struct world_nav *out, const struct linked_fix *fixes, size_t count)
{
    uint8_t source = 0;
    for (size_t i = 0; i < count; i++) {
        out->fixes[i] = fixes[i].item;
        source = source_of(out, fixes[i].source, source);
        out->fixes[i].source = source;
    }
    out->fix_count = count;
}

static ovf_status link_fixes(struct linker *linker, ovf_error *err)
{
    const struct world_build *build = linker->build;
    struct world_fix_names names = {0};
    struct linked_fix *kept =
        ovf_arena_array(linker->arena, struct linked_fix, build->fix_count + 1);
    linker->out->fixes =
        ovf_arena_array(linker->arena, struct world_fix_item, build->fix_count + 1);
    if (kept == NULL || linker->out->fixes == NULL)
        return no_memory(err);
    ovf_status status = world_fix_names_sort(build, linker->arena, &names, err);
    if (status != OVF_OK)
        return status;
    size_t group = 0; /* first kept one of the name at hand */
    size_t count = 0;
    for (size_t i = 0; i < names.count; i++) {
        const ovf_fix *fix = &build->fixes[names.order[i]];
        if (i > 0 && !ovf_str_eq(build->fixes[names.order[i - 1]].ident, fix->ident))
            group = count;
        if (is_twice(kept + group, count - group, fix->place))
            continue;
        if (count - group == NAMESAKES_MAX)
            return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "more than %d points named " OVF_FMT,
                            NAMESAKES_MAX, OVF_ARG(fix->ident));
        struct world_fix_item item = {.place = ovf_point_fix(fix->place),
                                      .kind = fix_kind(fix->kind)};
        fill(item.ident, sizeof item.ident, fix->ident);
        kept[count] = (struct linked_fix){item, fix->source};
        count++;
    }
    qsort(kept, count, sizeof *kept, by_ident_and_place);
    take_fixes(linker->out, kept, count);
    return OVF_OK;
}

/* The point of that name within a mile: what was kept of the one that was added. */
static uint32_t find_fix(const struct world_nav *nav, ovf_str ident, ovf_point place)
{
    char wanted[WORLD_IDENT_BYTES];
    fill(wanted, sizeof wanted, ident);
    const size_t count = nav->fixes == NULL ? 0 : nav->fix_count;
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (memcmp(nav->fixes[mid].ident, wanted, sizeof wanted) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    uint32_t best = OVF_INDEX_NONE;
    double best_m = WORLD_MILE_M;
    for (size_t i = low; i < count && memcmp(nav->fixes[i].ident, wanted, sizeof wanted) == 0;
         i++) {
        double away_m = 0.0;
        if (is_near(nav->fixes[i].place, place, &away_m) && away_m < best_m) {
            best_m = away_m;
            best = (uint32_t)i;
        }
    }
    return best;
}

/* ---- aids ---- */

struct linked_navaid {
    struct world_navaid_item item;
    ovf_str name;
    size_t row;
};

static int by_fix(const void *a, const void *b)
{
    const struct linked_navaid *x = a;
    const struct linked_navaid *y = b;
    if (x->item.fix != y->item.fix)
        return x->item.fix < y->item.fix ? -1 : 1;
    if (x->item.kind != y->item.kind)
        return x->item.kind < y->item.kind ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static struct world_navaid_item navaid_item(const struct world_nav *nav,
                                            const struct world_navaid_row *row)
{
    const ovf_navaid *f = &row->fields;
    bool has_variation =
        f->has_variation && f->variation_deg >= -180.0 && f->variation_deg <= 180.0;
    struct world_navaid_item item = {
        .fix = find_fix(nav, row->ident, f->place),
        .place = ovf_point_fix(f->place),
        .frequency_khz = f->frequency_khz,
        .elevation_ft = f->elevation_ft,
        .range_nm = (uint16_t)(f->range_nm < UINT16_MAX ? f->range_nm : UINT16_MAX),
        .variation_cdeg = INT16_MIN,
    };
    if (has_variation)
        item.variation_cdeg =
            (int16_t)(f->variation_deg * 100.0 + (f->variation_deg < 0.0 ? -0.5 : 0.5));
    while (!ovf_str_eq(f->kind, ovf_str_of(world_navaid_kinds[item.kind])))
        item.kind++; /* world_build_add_navaid takes no other kinds */
    return item;
}

static ovf_status link_navaids(struct linker *linker, ovf_error *err)
{
    const struct world_build *build = linker->build;
    struct world_nav *out = linker->out;
    size_t count = build->navaid_count;
    struct linked_navaid *all = ovf_arena_array(linker->arena, struct linked_navaid, count + 1);
    out->navaids = ovf_arena_array(linker->arena, struct world_navaid_item, count + 1);
    out->navaid_names = ovf_arena_array(linker->arena, ovf_str, count + 1);
    if (all == NULL || out->navaids == NULL || out->navaid_names == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++) {
        const struct world_navaid_row *row = &build->navaids[i];
        all[i] = (struct linked_navaid){navaid_item(out, row), row->fields.name, i};
    }
    qsort(all, count, sizeof *all, by_fix);
    for (size_t i = 0; i < count; i++) {
        bool is_again = i > 0 && all[i].item.fix == all[i - 1].item.fix
                        && all[i].item.kind == all[i - 1].item.kind;
        if (is_again || all[i].item.fix == OVF_INDEX_NONE)
            continue;
        out->navaids[out->navaid_count] = all[i].item;
        out->navaid_names[out->navaid_count] = all[i].name;
        out->navaid_count++;
    }
    return OVF_OK;
}

/* ---- airways ---- */

struct leg {
    char airway[WORLD_AIRWAY_NAME_BYTES];
    uint32_t a, b; /* a < b */
    uint16_t lower_fl, upper_fl;
    uint16_t flags; /* FORWARD: from a to b */
    bool is_done;
};

/* One end of a leg. */
struct half {
    uint32_t fix, other;
    struct leg *leg;
    uint32_t used; /* of the first half of a fix: so many from here on are done */
};

static int by_name_and_ends(const void *p, const void *q)
{
    const struct leg *x = p;
    const struct leg *y = q;
    int order = memcmp(x->airway, y->airway, sizeof x->airway);
    if (order != 0)
        return order;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static int half_by_fix(const void *p, const void *q)
{
    const struct half *x = p;
    const struct half *y = q;
    if (x->fix != y->fix)
        return x->fix < y->fix ? -1 : 1;
    return x->other < y->other ? -1 : x->other > y->other;
}

#define ONE_WAY (WORLD_LEG_FORWARD | WORLD_LEG_BACKWARD)

/* FORWARD for BACKWARD and the other way round. */
static uint16_t turned(uint16_t flags)
{
    uint16_t way = flags & ONE_WAY;
    return way == 0 ? flags : (uint16_t)(flags ^ ONE_WAY);
}

/* A leg that is listed twice (low and high, or both ways) is one. */
static void merge(struct leg *into, const struct leg *leg)
{
    if ((into->flags & ONE_WAY) != (leg->flags & ONE_WAY))
        into->flags &= (uint16_t)~ONE_WAY;
    into->flags |= leg->flags & (WORLD_LEG_LOW | WORLD_LEG_HIGH);
    if (leg->lower_fl < into->lower_fl)
        into->lower_fl = leg->lower_fl;
    if (leg->upper_fl > into->upper_fl)
        into->upper_fl = leg->upper_fl;
}

static ovf_status collect_legs(struct linker *linker, struct leg **legs, size_t *count,
                               ovf_error *err)
{
    const struct world_build *build = linker->build;
    struct leg *all = ovf_arena_array(linker->arena, struct leg, build->leg_count + 1);
    if (all == NULL)
        return no_memory(err);
    size_t n = 0;
    for (size_t i = 0; i < build->leg_count; i++) {
        const struct world_leg_row *row = &build->legs[i];
        uint32_t from = find_fix(linker->out, row->from, row->from_place);
        uint32_t to = find_fix(linker->out, row->to, row->to_place);
        if (from == OVF_INDEX_NONE || to == OVF_INDEX_NONE)
            return ovf_fail(err, OVF_E_NOT_FOUND, OVF_NOPOS,
                            "airway " OVF_FMT ": no point " OVF_FMT " where it says",
                            OVF_ARG(row->airway),
                            OVF_ARG(from == OVF_INDEX_NONE ? row->from : row->to));
        if (from == to)
            continue; /* two points that became one */
        struct leg leg = {.a = from, .b = to, .lower_fl = row->lower_fl, .upper_fl = row->upper_fl};
        leg.flags =
            (uint16_t)((row->is_low ? WORLD_LEG_LOW : 0) | (row->is_high ? WORLD_LEG_HIGH : 0)
                       | (row->way == OVF_AIRWAY_FORWARD ? WORLD_LEG_FORWARD : 0)
                       | (row->way == OVF_AIRWAY_BACKWARD ? WORLD_LEG_BACKWARD : 0));
        if (from > to) {
            leg.a = to;
            leg.b = from;
            leg.flags = turned(leg.flags);
        }
        fill(leg.airway, sizeof leg.airway, row->airway);
        all[n] = leg;
        n++;
    }
    qsort(all, n, sizeof *all, by_name_and_ends);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && by_name_and_ends(&all[kept - 1], &all[i]) == 0)
            merge(&all[kept - 1], &all[i]);
        else
            all[kept++] = all[i];
    }
    *legs = all;
    *count = kept;
    return OVF_OK;
}

static struct half *halves_at(struct half *halves, size_t count, uint32_t fix)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (halves[mid].fix < fix)
            low = mid + 1;
        else
            high = mid;
    }
    return &halves[low];
}

/* Walks unused legs from `start` to where none is left. */
static void walk(struct world_nav *out, const char *airway, struct half *halves, size_t count,
                 uint32_t start)
{
    struct world_airway_item item = {.first = (uint32_t)out->point_count};
    memcpy(item.name, airway, sizeof item.name);
    uint32_t at = start;
    for (;;) {
        struct world_airway_point *point = &out->points[out->point_count];
        *point = (struct world_airway_point){.fix = at};
        out->point_count++;
        struct half *half = halves_at(halves, count, at);
        struct half *first = half;
        half += first->used;
        while (half < halves + count && half->fix == at && half->leg->is_done)
            half++;
        first->used = (uint32_t)(half - first);
        if (half == halves + count || half->fix != at)
            break;
        struct leg *leg = half->leg;
        uint16_t flags = at == leg->a ? leg->flags : turned(leg->flags);
        point->lower = (uint16_t)(leg->lower_fl | flags);
        point->upper_fl = leg->upper_fl;
        leg->is_done = true;
        at = half->other;
    }
    item.count = (uint32_t)out->point_count - item.first;
    if (item.count < 2) {
        out->point_count--;
        return;
    }
    out->airways[out->airway_count] = item;
    out->airway_count++;
}

/* The chains of one name: first those with ends, then the rings. */
static void string_together(struct world_nav *out, struct leg *legs, size_t leg_count,
                            struct half *halves)
{
    size_t count = 0;
    for (size_t i = 0; i < leg_count; i++) {
        halves[count++] = (struct half){legs[i].a, legs[i].b, &legs[i], 0};
        halves[count++] = (struct half){legs[i].b, legs[i].a, &legs[i], 0};
    }
    qsort(halves, count, sizeof *halves, half_by_fix);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0, next = 0; i < count; i = next) {
            size_t left = 0;
            for (next = i; next < count && halves[next].fix == halves[i].fix; next++)
                left += !halves[next].leg->is_done;
            if (left > 0 && (pass == 1 || left % 2 == 1))
                walk(out, legs[0].airway, halves, count, halves[i].fix);
        }
}

static int number_by_fix(const void *p, const void *q)
{
    uint64_t x = *(const uint64_t *)p;
    uint64_t y = *(const uint64_t *)q;
    return x < y ? -1 : x > y;
}

/* The numbers of airway points, by their fix. */
static ovf_status index_points(struct linker *linker, ovf_error *err)
{
    struct world_nav *out = linker->out;
    uint64_t *keys = ovf_arena_array(linker->arena, uint64_t, out->point_count + 1);
    out->fix_airways = ovf_arena_array(linker->arena, uint32_t, out->point_count + 1);
    if (keys == NULL || out->fix_airways == NULL)
        return no_memory(err);
    for (size_t i = 0; i < out->point_count; i++)
        keys[i] = (uint64_t)out->points[i].fix << 32 | i;
    qsort(keys, out->point_count, sizeof *keys, number_by_fix);
    for (size_t i = 0; i < out->point_count; i++)
        out->fix_airways[i] = (uint32_t)keys[i];
    return OVF_OK;
}

static ovf_status link_airways(struct linker *linker, ovf_error *err)
{
    struct world_nav *out = linker->out;
    struct leg *legs = NULL;
    size_t count = 0;
    ovf_status status = collect_legs(linker, &legs, &count, err);
    if (status != OVF_OK)
        return status;
    /* A chain has one point more than legs, and at least one leg. */
    out->points = ovf_arena_array(linker->arena, struct world_airway_point, 2 * count + 2);
    out->airways = ovf_arena_array(linker->arena, struct world_airway_item, count + 1);
    struct half *halves = ovf_arena_array(linker->arena, struct half, 2 * count + 1);
    if (out->points == NULL || out->airways == NULL || halves == NULL)
        return no_memory(err);
    for (size_t i = 0, next = 0; i < count; i = next) {
        for (next = i;
             next < count && memcmp(legs[next].airway, legs[i].airway, sizeof legs[i].airway) == 0;)
            next++;
        string_together(out, legs + i, next - i, halves);
    }
    return index_points(linker, err);
}

ovf_status world_link_nav(const struct world_build *build, ovf_arena *arena, struct world_nav *out,
                          ovf_error *err)
{
    *out = (struct world_nav){0};
    struct linker linker = {.build = build, .arena = arena, .out = out};
    ovf_status status = link_fixes(&linker, err);
    if (status == OVF_OK)
        status = link_navaids(&linker, err);
    if (status == OVF_OK)
        status = link_airways(&linker, err);
    return status;
}
