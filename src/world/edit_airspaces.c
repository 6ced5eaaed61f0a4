/* SPDX-License-Identifier: Apache-2.0 */
/* Changing a world: named areas of a file over those that are there. */
#include "airspace_internal.h"

#include <stdlib.h>
#include <string.h>

static bool is_area(const ovf_airspace_volume *volume)
{
    static const char *const regions[] = {"FIR", "UIR", "OCA"};
    for (size_t i = 0; i < OVF_COUNTOF(regions); i++)
        if (ovf_str_eq_nocase(volume->facts.kind, ovf_str_of(regions[i])))
            return false;
    return !volume->is_temporary && (volume->facts.ident.len > 0 || volume->facts.name.len > 0);
}

/* What makes two volumes the same area: ident and kind, or without an ident the name. */
static int compare(const ovf_airspace *x, const ovf_airspace *y)
{
    int order = ovf_str_cmp(x->ident, y->ident);
    if (order == 0)
        order = ovf_str_cmp(x->kind, y->kind);
    return order != 0 || x->ident.len > 0 ? order : ovf_str_cmp(x->name, y->name);
}

static int by_identity(const void *a, const void *b)
{
    return compare(*(const ovf_airspace *const *)a, *(const ovf_airspace *const *)b);
}

static bool is_among(const ovf_airspace *const *sorted, size_t count, const ovf_airspace *wanted)
{
    return count > 0
           && bsearch(&wanted, sorted, count, sizeof(const ovf_airspace *), by_identity) != NULL;
}

static const ovf_airspace **sorted_rows(const struct world_build *build)
{
    const ovf_airspace **list =
        ovf_arena_array(build->arena, const ovf_airspace *, build->airspace_count + 1);
    for (size_t i = 0; list != NULL && i < build->airspace_count; i++)
        list[i] = &build->airspaces[i].facts;
    if (list != NULL)
        qsort((void *)list, build->airspace_count, sizeof *list, by_identity);
    return list;
}

static const ovf_airspace **sorted_areas(const struct world_build *build,
                                         const ovf_airspace_set *set, size_t *count)
{
    const ovf_airspace **list = ovf_arena_array(build->arena, const ovf_airspace *, set->count + 1);
    for (size_t i = 0; list != NULL && i < set->count; i++)
        if (is_area(&set->items[i]))
            list[(*count)++] = &set->items[i].facts;
    if (list != NULL)
        qsort((void *)list, *count, sizeof *list, by_identity);
    return list;
}

/* Each area once, however many volumes it has. */
static void count_areas(const ovf_airspace *const *theirs, size_t count,
                        const ovf_airspace *const *ours, size_t own_count,
                        ovf_import_report *report)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && compare(theirs[i - 1], theirs[i]) == 0)
            continue;
        bool is_there = is_among(ours, own_count, theirs[i]);
        report->replaced += is_there;
        report->added += !is_there;
    }
}

static ovf_status put(struct world_build *build, const ovf_airspace_set *set, ovf_str source,
                      const ovf_airspace *const *theirs, size_t count, bool replace_all,
                      ovf_import_report *report)
{
    struct world_airspace_row *rows =
        ovf_arena_array(build->arena, struct world_airspace_row, build->airspace_count + count + 1);
    size_t kept = 0;
    if (rows == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < build->airspace_count; i++) {
        bool is_replaced = is_among(theirs, count, &build->airspaces[i].facts);
        report->removed += replace_all && !is_replaced;
        if (!replace_all && !is_replaced)
            rows[kept++] = build->airspaces[i];
    }
    for (size_t i = 0; i < set->count; i++) {
        const ovf_airspace_volume *volume = &set->items[i];
        if (!is_area(volume)) {
            report->left_out++;
            continue;
        }
        rows[kept] = (struct world_airspace_row){volume->facts, volume->rings, volume->ring_count};
        if (rows[kept].facts.source.len == 0)
            rows[kept].facts.source = source;
        kept++;
    }
    build->airspaces = rows;
    build->airspace_count = kept;
    build->airspace_capacity = kept;
    return OVF_OK;
}

ovf_status ovf_world_edit_airspaces(ovf_world_edit *edit, const ovf_airspace_set *set,
                                    ovf_str source, bool replace_all, ovf_findings *findings,
                                    ovf_import_report *report, ovf_error *err)
{
    struct world_build *build = &edit->build;
    ovf_import_report counted = {0};
    size_t count = 0;
    const ovf_airspace **ours = sorted_rows(build);
    const ovf_airspace **theirs = sorted_areas(build, set, &count);
    ovf_str kept_source = ovf_arena_dup(build->arena, source);
    OVF_UNUSED(findings);
    if (ours == NULL || theirs == NULL || kept_source.ptr == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for airspaces");
    count_areas(theirs, count, ours, build->airspace_count, &counted);
    if (put(build, set, kept_source, theirs, count, replace_all, &counted) != OVF_OK)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for airspaces");
    ovf_buf_printf(&build->sources, "import --airspace: " OVF_FMT "\n", OVF_ARG(source));
    if (report != NULL)
        *report = counted;
    return OVF_OK;
}
