/* SPDX-License-Identifier: Apache-2.0 */
/* Changing a world: the handle, and FIRs of a file over ours. */
#include "world_internal.h"

#include <stdlib.h>
#include <string.h>

ovf_status ovf_world_edit_new(const ovf_world *world, ovf_world_edit **out, ovf_error *err)
{
    ovf_world_edit *edit = calloc(1, sizeof *edit);
    if (edit == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the world's rows");
    ovf_arena_init(&edit->arena, 0);
    edit->build.arena = &edit->arena;
    ovf_status status = world_load(world, &edit->build, err);
    if (status != OVF_OK) {
        ovf_world_edit_free(edit);
        return status;
    }
    *out = edit;
    return OVF_OK;
}

void ovf_world_edit_free(ovf_world_edit *edit)
{
    if (edit == NULL)
        return;
    ovf_buf_done(&edit->build.sources);
    ovf_arena_done(&edit->arena);
    free(edit);
}

ovf_status ovf_world_edit_write(ovf_world_edit *edit, const char *out_path, ovf_error *err)
{
    return world_write(&edit->build, out_path, err);
}

/* ---- FIRs ---- */

struct import {
    struct world_build *build;
    ovf_str source;
    ovf_findings *findings;
    ovf_import_report *report;
    size_t own_count; /* rows that were there before */
    bool *is_gone;    /* by row */
};

static const char *fir_kind(ovf_str kind)
{
    static const char *const kinds[] = {"fir", "uir", "oca"};
    for (size_t i = 0; i < OVF_COUNTOF(kinds); i++)
        if (ovf_str_eq_nocase(kind, ovf_str_of(kinds[i])))
            return kinds[i];
    return NULL;
}

/* A file of FIRs may leave the kind to the reader: four letters are a FIR. */
static bool is_fir(const ovf_airspace_volume *volume)
{
    if (volume->is_temporary || volume->facts.ident.len != 4)
        return false;
    return volume->facts.kind.len == 0 || fir_kind(volume->facts.kind) != NULL;
}

/* The State with the longest nationality letters that the code begins with. */
static uint32_t state_of_code(const struct world_build *build, ovf_str code)
{
    uint32_t best = OVF_INDEX_NONE;
    size_t best_len = 0;
    for (uint32_t s = 0; s < build->state_count; s++) {
        ovf_str rest = build->states[s].fields.icao;
        ovf_str letters;
        while (rest.len > 0 && ovf_str_field(&rest, ' ', &letters))
            if (letters.len > best_len && ovf_str_starts(code, letters)) {
                best = s;
                best_len = letters.len;
            }
    }
    return best;
}

static ovf_str either(ovf_str first, ovf_str second)
{
    return first.len > 0 ? first : second;
}

/* What the row says: the file first, then the row it goes over (may be NULL). */
static void fill_row(struct import *import, const ovf_airspace_volume *volume,
                     const struct world_fir_row *ours, struct world_fir_row *row)
{
    static const struct world_fir_row none = {.fields.state = OVF_INDEX_NONE};
    const struct world_fir_row *old = ours != NULL ? ours : &none;
    const char *kind = fir_kind(volume->facts.kind);
    *row = *old;
    ovf_fir *f = &row->fields;
    f->code = volume->facts.ident;
    f->name = either(old->fields.name, either(volume->facts.name, f->code));
    f->kind = kind != NULL ? ovf_str_of(kind) : either(old->fields.kind, OVF_STR("fir"));
    f->includes = either(volume->includes, old->fields.includes);
    f->nof = either(volume->nof, old->fields.nof);
    f->ansp = either(volume->ansp, old->fields.ansp);
    f->source = either(volume->facts.source, import->source);
    f->confidence = either(volume->confidence, OVF_STR("approximate"));
    if (volume->facts.upper.ref != OVF_LEVEL_UNKNOWN) {
        f->lower = volume->facts.lower;
        f->upper = volume->facts.upper;
    } else if (ours == NULL) {
        f->lower = (ovf_level){.ref = OVF_LEVEL_SFC};
        f->upper = (ovf_level){.ref = OVF_LEVEL_UNL};
    }
    uint32_t state = world_build_state(import->build, volume->state);
    if (state != OVF_INDEX_NONE)
        f->state = state;
    if (f->state == OVF_INDEX_NONE)
        f->state = state_of_code(import->build, f->code);
    if (f->state == OVF_INDEX_NONE && import->findings != NULL)
        ovf_findings_add(import->findings, OVF_WARNING, OVF_NOPOS, "NO_STATE",
                         OVF_FMT ": no State has these letters", OVF_ARG(f->code));
    row->rings = volume->rings;
    row->ring_count = volume->ring_count;
}

/* Our row that a volume goes over: of its code and kind, else of its code. */
static const struct world_fir_row *row_under(const struct import *import,
                                             const ovf_airspace_volume *volume)
{
    const struct world_fir_row *found = NULL;
    const char *kind = fir_kind(volume->facts.kind);
    for (size_t i = 0; i < import->own_count; i++) {
        const struct world_fir_row *row = &import->build->firs[i];
        if (!ovf_str_eq(row->fields.code, volume->facts.ident))
            continue;
        if (kind != NULL && ovf_str_eq(row->fields.kind, ovf_str_of(kind)))
            return row;
        if (found == NULL)
            found = row;
    }
    return found;
}

static bool has_levels(const ovf_airspace_volume *volume)
{
    return volume->facts.upper.ref != OVF_LEVEL_UNKNOWN;
}

/* An outline alone, and we have the code: under each row of the code. */
static bool put_under_rows(struct import *import, const ovf_airspace_volume *volume)
{
    bool is_there = false;
    for (size_t i = 0; i < import->own_count; i++) {
        struct world_fir_row *row = &import->build->firs[i];
        if (import->is_gone[i] || !ovf_str_eq(row->fields.code, volume->facts.ident))
            continue;
        struct world_fir_row made;
        fill_row(import, volume, row, &made);
        made.fields.kind = row->fields.kind;
        *row = made;
        import->is_gone[i] = false;
        is_there = true;
    }
    return is_there;
}

static bool is_first_of_code(const ovf_airspace_set *set, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (is_fir(&set->items[i])
            && ovf_str_eq(set->items[i].facts.ident, set->items[at].facts.ident))
            return false;
    return true;
}

static bool is_only_of_code(const ovf_airspace_set *set, size_t at)
{
    for (size_t i = 0; i < set->count; i++)
        if (i != at && is_fir(&set->items[i])
            && ovf_str_eq(set->items[i].facts.ident, set->items[at].facts.ident))
            return false;
    return true;
}

static ovf_status take(struct import *import, const ovf_airspace_set *set, size_t at)
{
    const ovf_airspace_volume *volume = &set->items[at];
    const struct world_fir_row *ours = row_under(import, volume);
    bool is_first = is_first_of_code(set, at);
    if (ours != NULL)
        import->report->replaced += is_first;
    else
        import->report->added += is_first;
    if (!has_levels(volume) && is_only_of_code(set, at) && put_under_rows(import, volume))
        return OVF_OK;
    struct world_fir_row row;
    fill_row(import, volume, ours, &row);
    if (ours != NULL && !has_levels(volume)) { // several outlines of one code: each all the way up
        row.fields.lower = (ovf_level){.ref = OVF_LEVEL_SFC};
        row.fields.upper = (ovf_level){.ref = OVF_LEVEL_UNL};
    }
    for (size_t i = 0; i < import->own_count; i++)
        if (ovf_str_eq(import->build->firs[i].fields.code, volume->facts.ident))
            import->is_gone[i] = true;
    return world_build_add_fir(import->build, &row);
}

static void drop_rows(struct import *import)
{
    size_t kept = 0;
    for (size_t i = 0; i < import->build->fir_count; i++) {
        if (i < import->own_count && import->is_gone[i])
            continue;
        import->build->firs[kept] = import->build->firs[i];
        kept++;
    }
    import->build->fir_count = kept;
}

static bool is_in_set(const ovf_airspace_set *set, ovf_str code)
{
    for (size_t i = 0; i < set->count; i++)
        if (is_fir(&set->items[i]) && ovf_str_eq(set->items[i].facts.ident, code))
            return true;
    return false;
}

ovf_status ovf_world_edit_firs(ovf_world_edit *edit, const ovf_airspace_set *set, ovf_str source,
                               bool replace_all, ovf_findings *findings, ovf_import_report *report,
                               ovf_error *err)
{
    struct world_build *build = &edit->build;
    ovf_import_report counted = {0};
    struct import import = {.build = build,
                            .source = ovf_arena_dup(build->arena, source),
                            .findings = findings,
                            .report = &counted,
                            .own_count = build->fir_count,
                            .is_gone = ovf_arena_array(build->arena, bool, build->fir_count + 1)};
    if (import.is_gone == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for FIRs");
    for (size_t i = 0; i < import.own_count && replace_all; i++)
        if (!is_in_set(set, build->firs[i].fields.code)) {
            import.is_gone[i] = true;
            counted.removed++;
        }
    for (size_t i = 0; i < set->count; i++) {
        if (!is_fir(&set->items[i])) {
            counted.left_out++;
            continue;
        }
        if (take(&import, set, i) != OVF_OK)
            return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for FIRs");
    }
    drop_rows(&import);
    ovf_buf_printf(&build->sources, "import --fir: " OVF_FMT "\n", OVF_ARG(source));
    if (report != NULL)
        *report = counted;
    return OVF_OK;
}
