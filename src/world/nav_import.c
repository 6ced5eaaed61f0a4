/* SPDX-License-Identifier: Apache-2.0 */
/* Files of navigation data over a world's tables: which form a file has, points before airways, and
 * which of the points of one name an airway means. The files name the region and the kind of a
 * point; where that leaves several, or none since the point stood in the world before, the two ends
 * that are nearest to each other are taken. */
#include "nav_internal.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *ovf_nav_form_name(ovf_nav_form form)
{
    switch (form) {
    case OVF_NAV_XPLANE_FIX: return "xplane-fix";
    case OVF_NAV_XPLANE_NAV: return "xplane-nav";
    case OVF_NAV_XPLANE_AWY: return "xplane-awy";
    case OVF_NAV_ARINC_424: return "arinc-424";
    case OVF_NAV_UNKNOWN: break;
    }
    return "unknown";
}

ovf_nav_form ovf_nav_sniff(ovf_str text)
{
    uint32_t version = 0;
    if (nav_is_xplane_head(text, &version))
        return version >= 1000 ? nav_xplane_form(text) : OVF_NAV_UNKNOWN;
    return nav_is_arinc(text) ? OVF_NAV_ARINC_424 : OVF_NAV_UNKNOWN;
}

/* ---- rows ---- */

void nav_bad(struct nav_import *import, const char *at, const char *fmt, ...)
{
    char text[200];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    import->file->bad++;
    ovf_findings_add(&import->file->findings, OVF_ERROR, (size_t)(at - import->file->text.ptr),
                     "NAV_ROW", "%s", text);
}

/* A refused row is bad; anything else ends the import. */
static ovf_status judged(struct nav_import *import, ovf_status status, const char *at,
                         const ovf_error *why, ovf_error *err)
{
    if (status == OVF_E_RANGE) {
        nav_bad(import, at, "%s", why->reason);
        return OVF_OK;
    }
    if (status != OVF_OK && err != NULL)
        *err = *why;
    return status;
}

static ovf_status add_key(struct nav_import *import, const struct nav_key *key, ovf_error *err)
{
    void *items = import->keys;
    if (!ovf_arena_grow(import->arena, &items, import->key_count, &import->key_capacity,
                        sizeof *key))
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for points");
    import->keys = items;
    import->keys[import->key_count] = *key;
    import->key_count++;
    return OVF_OK;
}

ovf_status nav_add_fix(struct nav_import *import, const struct nav_key *key, ovf_error *err)
{
    ovf_fix fix = {
        .ident = key->ident, .kind = OVF_STR("fix"), .place = key->place, .source = import->source};
    ovf_error why = {0};
    ovf_status status = world_build_add_fix(import->build, &fix, &why);
    if (status != OVF_OK)
        return judged(import, status, key->ident.ptr, &why, err);
    import->file->fixes++;
    return add_key(import, key, err);
}

ovf_status nav_add_navaid(struct nav_import *import, const struct nav_key *key, ovf_navaid fields,
                          ovf_error *err)
{
    struct world_navaid_row row = {.ident = key->ident, .fields = fields};
    row.fields.place = key->place;
    ovf_error why = {0};
    ovf_status status = world_build_add_navaid(import->build, &row, import->source, &why);
    if (status != OVF_OK)
        return judged(import, status, key->ident.ptr, &why, err);
    import->file->navaids++;
    return add_key(import, key, err);
}

/* ---- which point an airway means ---- */

#define CHOICES_MAX 64

struct choices {
    ovf_point items[CHOICES_MAX];
    size_t count;
};

static int key_order(const void *a, const void *b)
{
    const struct nav_key *x = a;
    const struct nav_key *y = b;
    int order = ovf_str_cmp(x->ident, y->ident);
    if (order != 0)
        return order;
    if (x->place.lat_deg != y->place.lat_deg)
        return x->place.lat_deg < y->place.lat_deg ? -1 : 1;
    return x->place.lon_deg < y->place.lon_deg ? -1 : x->place.lon_deg > y->place.lon_deg;
}

static size_t first_key(const struct nav_import *import, ovf_str ident)
{
    size_t low = 0, high = import->key_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (ovf_str_cmp(import->keys[mid].ident, ident) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void choose(struct choices *out, ovf_point place)
{
    if (out->count < CHOICES_MAX)
        out->items[out->count++] = place;
}

/* Points of the files that fit: of the region and class asked for, en-route ones if there are any. */
static void find_keys(const struct nav_import *import, const struct nav_key *wanted,
                      bool only_enroute, struct choices *out)
{
    for (size_t i = first_key(import, wanted->ident);
         i < import->key_count && ovf_str_eq(import->keys[i].ident, wanted->ident); i++) {
        const struct nav_key *key = &import->keys[i];
        bool fits = (wanted->class == NAV_ANY || key->class == wanted->class)
                    && (wanted->region.len == 0 || ovf_str_eq(key->region, wanted->region))
                    && (key->is_enroute || !only_enroute);
        if (fits)
            choose(out, key->place);
    }
}

static void find_point(const struct nav_import *import, const struct nav_key *wanted,
                       struct choices *out)
{
    out->count = 0;
    find_keys(import, wanted, true, out);
    if (out->count == 0)
        find_keys(import, wanted, false, out);
    if (out->count > 0)
        return;
    size_t count = 0;
    size_t first = import->names_before.order == NULL
                       ? 0
                       : world_fix_names_find(&import->names_before, wanted->ident, &count);
    for (size_t i = first; i < first + count; i++)
        choose(out, import->before->fixes[import->names_before.order[i]].place);
}

static double pair_up(const struct choices *from, const struct choices *to, ovf_point *a,
                      ovf_point *b)
{
    double best_m = HUGE_VAL;
    for (size_t i = 0; i < from->count; i++)
        for (size_t k = 0; k < to->count; k++) {
            double m = from->count == 1 && to->count == 1
                           ? 0.0
                           : ovf_distance_m(from->items[i], to->items[k]);
            if (m < best_m) {
                best_m = m;
                *a = from->items[i];
                *b = to->items[k];
            }
        }
    return best_m;
}

ovf_status nav_add_leg(struct nav_import *import, const struct nav_key *from,
                       const struct nav_key *to, struct world_leg_row leg, ovf_error *err)
{
    struct choices a, b;
    find_point(import, from, &a);
    find_point(import, to, &b);
    if (a.count == 0 || b.count == 0) {
        const struct nav_key *missing = a.count == 0 ? from : to;
        nav_bad(import, missing->ident.ptr,
                "airway " OVF_FMT ": point " OVF_FMT " of region '" OVF_FMT "' is in no file",
                OVF_ARG(ovf_str_sub(leg.airway, 0, 12)),
                OVF_ARG(ovf_str_sub(missing->ident, 0, 12)),
                OVF_ARG(ovf_str_sub(missing->region, 0, 4)));
        return OVF_OK;
    }
    pair_up(&a, &b, &leg.from_place, &leg.to_place);
    leg.from = from->ident;
    leg.to = to->ident;
    ovf_error why = {0};
    ovf_status status = world_build_add_leg(import->build, &leg, &why);
    if (status != OVF_OK)
        return judged(import, status, from->ident.ptr, &why, err);
    import->file->legs++;
    return OVF_OK;
}

/* ---- the whole ---- */

/* The first line that says what the file is, for the world's list of sources. */
static ovf_str head_line(const ovf_nav_file *file)
{
    ovf_str rest = file->text, line = {0};
    while (ovf_str_line(&rest, &line)) {
        line = ovf_str_trim(line);
        if (file->form == OVF_NAV_ARINC_424
                ? ovf_str_starts(line, OVF_STR("HDR"))
                : ovf_str_find(line, 0, OVF_STR("Version")) != OVF_NOPOS)
            return ovf_str_sub(line, 0, 300);
        if (file->form == OVF_NAV_ARINC_424)
            break;
    }
    return OVF_STR("ARINC 424 records");
}

/* The sources of what was replaced go with it. */
static void drop_sources(struct world_build *build)
{
    ovf_buf kept = {0};
    ovf_str rest = ovf_buf_str(&build->sources), line = {0};
    while (ovf_str_line(&rest, &line)) {
        if (ovf_str_starts(line, OVF_STR("nav/")) || ovf_str_starts(line, OVF_STR("fixes.txt:")))
            continue;
        ovf_buf_add(&kept, line);
        ovf_buf_addc(&kept, '\n');
    }
    ovf_buf_done(&build->sources);
    build->sources = kept;
}

static ovf_status read_pass(struct nav_import *import, ovf_nav_file *files, size_t count,
                            bool airways, ovf_error *err)
{
    ovf_status status = OVF_OK;
    for (size_t i = 0; i < count && status == OVF_OK; i++) {
        import->file = &files[i];
        import->source = files[i].name;
        if (files[i].form == OVF_NAV_ARINC_424)
            status = airways ? nav_arinc_airways(import, err) : nav_arinc_points(import, err);
        else if ((files[i].form == OVF_NAV_XPLANE_AWY) == airways)
            status = airways ? nav_xplane_airways(import, err) : nav_xplane_points(import, err);
    }
    return status;
}

static void *joined(ovf_arena *arena, const void *a, size_t a_count, const void *b, size_t b_count,
                    size_t size)
{
    char *out = ovf_arena_alloc(arena, a_count + b_count + 1, size);
    if (out == NULL)
        return NULL;
    if (a_count > 0)
        memcpy(out, a, a_count * size);
    if (b_count > 0)
        memcpy(out + a_count * size, b, b_count * size);
    return out;
}

/* New rows first: of two points within a mile the first is kept. */
static ovf_status put_behind(struct world_build *build, const struct world_build *before,
                             ovf_error *err)
{
    build->fixes = joined(build->arena, build->fixes, build->fix_count, before->fixes,
                          before->fix_count, sizeof *build->fixes);
    build->navaids = joined(build->arena, build->navaids, build->navaid_count, before->navaids,
                            before->navaid_count, sizeof *build->navaids);
    build->legs = joined(build->arena, build->legs, build->leg_count, before->legs,
                         before->leg_count, sizeof *build->legs);
    if (build->fixes == NULL || build->navaids == NULL || build->legs == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for points");
    build->fix_capacity = build->fix_count += before->fix_count;
    build->navaid_capacity = build->navaid_count += before->navaid_count;
    build->leg_capacity = build->leg_count += before->leg_count;
    return OVF_OK;
}

static ovf_status import_files(struct nav_import *import, ovf_nav_file *files, size_t count,
                               bool keep, ovf_error *err)
{
    struct world_build *build = import->build;
    ovf_status status =
        keep ? world_fix_names_sort(import->before, import->arena, &import->names_before, err)
             : OVF_OK;
    if (status == OVF_OK)
        status = read_pass(import, files, count, false, err);
    if (status != OVF_OK)
        return status;
    if (import->key_count > 0)
        qsort(import->keys, import->key_count, sizeof *import->keys, key_order);
    status = read_pass(import, files, count, true, err);
    if (status == OVF_OK && keep)
        status = put_behind(build, import->before, err);
    if (status != OVF_OK)
        return status;
    if (!keep)
        drop_sources(build);
    for (size_t i = 0; i < count; i++)
        ovf_buf_printf(&build->sources, "nav/" OVF_FMT ": " OVF_FMT "\n", OVF_ARG(files[i].name),
                       OVF_ARG(head_line(&files[i])));
    return OVF_OK;
}

ovf_status ovf_world_edit_nav(ovf_world_edit *edit, ovf_nav_file *files, size_t count, bool keep,
                              ovf_error *err)
{
    for (size_t i = 0; i < count; i++) {
        files[i].form = ovf_nav_sniff(files[i].text);
        if (files[i].form == OVF_NAV_UNKNOWN)
            return ovf_fail(err, OVF_E_SYNTAX, i,
                            "expected earth_fix, earth_nav or earth_awy of X-Plane 11 or 12, or "
                            "ARINC 424 records");
    }
    struct world_build *build = &edit->build;
    const struct world_build before = *build;
    build->fixes = NULL;
    build->navaids = NULL;
    build->legs = NULL;
    build->fix_count = build->fix_capacity = 0;
    build->navaid_count = build->navaid_capacity = 0;
    build->leg_count = build->leg_capacity = 0;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    struct nav_import import = {.build = build, .before = &before, .arena = &arena};
    ovf_status status = import_files(&import, files, count, keep, err);
    ovf_arena_done(&arena);
    return status;
}
