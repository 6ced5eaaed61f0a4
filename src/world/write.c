/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the world file: rows become fixed-size items, texts are kept once, tables are sorted by
 * what they are looked up by. The file appears whole or not at all: written beside, then renamed. */
#include "world_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEXT_SLOTS (1u << 19)

struct section_data {
    void *items;
    size_t count, capacity;
    size_t item_bytes;
};

#define RING_SLOTS 65536

struct writer {
    struct world_build *build;
    ovf_arena *arena;
    struct section_data sections[WORLD_SECTION_COUNT];
    ovf_buf text;
    uint32_t *slots; /* hash table of texts: offset + 1 */
    uint32_t *slot_lens;
    uint32_t slots_used;
    struct kept_ring *kept; /* by the hash of its place in memory */
    uint32_t kept_count;
    bool failed;
    ovf_buf land; /* packed rings, behind the lattice that they count on */
    struct world_nav nav;
};

/* Room for one more item of a section; NULL after a failure. */
static void *push(struct writer *w, enum world_section_kind kind, size_t item_bytes)
{
    struct section_data *section = &w->sections[kind];
    section->item_bytes = item_bytes;
    if (!ovf_arena_grow(w->arena, &section->items, section->count, &section->capacity,
                        item_bytes)) {
        w->failed = true;
        return NULL;
    }
    void *item = (char *)section->items + section->count * item_bytes;
    memset(item, 0, item_bytes);
    section->count++;
    return item;
}

#define PUSH(w, kind, type) ((type *)push((w), (kind), sizeof(type)))

static struct world_text keep_text(struct writer *w, ovf_str s)
{
    if (s.len == 0 || s.len > UINT32_MAX / 2)
        return (struct world_text){0, 0};
    uint32_t slot = (uint32_t)(world_hash(s.ptr, s.len) % TEXT_SLOTS);
    while (w->slots[slot] != 0) {
        if (w->slot_lens[slot] == s.len
            && memcmp(w->text.ptr + w->slots[slot] - 1, s.ptr, s.len) == 0)
            return (struct world_text){w->slots[slot] - 1, (uint32_t)s.len};
        slot = (slot + 1) % TEXT_SLOTS;
    }
    if (w->slots_used > TEXT_SLOTS / 4 * 3) {
        w->failed = true;
        return (struct world_text){0, 0};
    }
    uint32_t at = (uint32_t)w->text.len;
    ovf_buf_add(&w->text, s);
    w->slots[slot] = at + 1;
    w->slot_lens[slot] = (uint32_t)s.len;
    w->slots_used++;
    return (struct world_text){at, (uint32_t)s.len};
}

static ovf_str text_of(const struct writer *w, struct world_text t)
{
    return (ovf_str){w->text.ptr + t.at, t.len};
}

/* ---- geometry ---- */

/* Where the vertices of a unit's ring went: a State's territory has most of its rings from there. */
struct kept_ring {
    const ovf_fixed *vertices;
    uint32_t first;
};

static struct kept_ring *kept_ring(struct writer *w, const ovf_fixed *vertices)
{
    uint64_t hash = world_hash(&vertices, sizeof vertices);
    uint32_t slot = (uint32_t)hash % RING_SLOTS;
    while (w->kept[slot].vertices != NULL && w->kept[slot].vertices != vertices)
        slot = (slot + 1) % RING_SLOTS;
    return &w->kept[slot];
}

static uint32_t keep_rings(struct writer *w, const ovf_ring *rings, uint32_t count)
{
    uint32_t first = (uint32_t)w->sections[WORLD_RINGS].count;
    for (uint32_t r = 0; r < count; r++) {
        struct world_ring_item *item = PUSH(w, WORLD_RINGS, struct world_ring_item);
        if (item == NULL)
            return first;
        *item = (struct world_ring_item){.first = (uint32_t)w->sections[WORLD_VERTICES].count,
                                         .count = rings[r].count,
                                         .edges = OVF_INDEX_NONE};
        struct kept_ring *kept = rings[r].edges == NULL ? kept_ring(w, rings[r].vertices) : NULL;
        if (kept != NULL && kept->vertices != NULL) {
            item->first = kept->first;
            continue;
        }
        if (kept != NULL && w->kept_count < RING_SLOTS / 2) {
            *kept = (struct kept_ring){rings[r].vertices, item->first};
            w->kept_count++;
        }
        if (rings[r].edges != NULL)
            item->edges = (uint32_t)w->sections[WORLD_EDGES].count;
        for (uint32_t i = 0; i < rings[r].count; i++) {
            ovf_fixed *vertex = PUSH(w, WORLD_VERTICES, ovf_fixed);
            uint8_t *edge = rings[r].edges == NULL ? NULL : PUSH(w, WORLD_EDGES, uint8_t);
            if (vertex != NULL)
                *vertex = rings[r].vertices[i];
            if (edge != NULL)
                *edge = rings[r].edges[i];
        }
    }
    return first;
}

/* Land is packed; a ring's number is that of WORLD_LAND_RINGS. */
static uint32_t keep_land(struct writer *w, const ovf_ring *rings, uint32_t count)
{
    uint32_t first = (uint32_t)w->sections[WORLD_LAND_RINGS].count;
    const struct world_lattice *lattice = &w->build->lattice;
    if (w->land.len == 0)
        ovf_buf_add(&w->land, (ovf_str){(const char *)lattice, sizeof *lattice});
    for (uint32_t r = 0; r < count; r++) {
        struct world_land_ring *item = PUSH(w, WORLD_LAND_RINGS, struct world_land_ring);
        if (item == NULL)
            return first;
        *item = (struct world_land_ring){.at = (uint32_t)w->land.len, .count = rings[r].count};
        world_ring_pack(lattice, &rings[r], &w->land);
    }
    return first;
}

static uint32_t flags_of(bool is_eu, bool is_disputed)
{
    return (is_eu ? WORLD_IS_EU : 0) | (is_disputed ? WORLD_IS_DISPUTED : 0);
}

static void keep_units(struct writer *w)
{
    const struct world_build *build = w->build;
    for (uint32_t u = 0; u < build->unit_count && !w->failed; u++) {
        const struct world_unit *unit = &build->units[u];
        const struct world_claim *claim = &unit->claim;
        struct world_unit_item item = {
            .name = keep_text(w, claim->name),
            .held_by = keep_text(w, claim->held_by),
            .claimed_by = keep_text(w, claim->claimed_by),
            .note = keep_text(w, claim->note),
            .source = keep_text(w, claim->source),
            .state = unit->state,
            .claim_state = unit->is_overlay ? claim->state : unit->state,
            .flags = flags_of(false, unit->is_disputed) | (unit->is_overlay ? WORLD_IS_OVERLAY : 0)
                     | (unit->is_archipelagic ? WORLD_IS_ARCHIPELAGIC : 0)
                     | (unit->is_doubtful ? WORLD_IS_DOUBTFUL : 0),
            .accuracy_m = (uint32_t)claim->accuracy_m,
            .territory_count = unit->territory_count};
        item.territory_first = keep_rings(w, unit->territory, unit->territory_count);
        struct world_unit_item *slot = PUSH(w, WORLD_UNITS, struct world_unit_item);
        if (slot != NULL)
            *slot = item;
    }
}

/* A State of one unit shares that unit's rings. */
static uint32_t territory_of(struct writer *w, const struct world_state_row *row)
{
    const struct world_build *build = w->build;
    const struct world_unit_item *units = w->sections[WORLD_UNITS].items;
    for (uint32_t u = 0; u < build->unit_count; u++)
        if (row->territory_count > 0 && !build->units[u].is_overlay
            && build->units[u].territory == row->territory)
            return units[u].territory_first;
    return keep_rings(w, row->territory, row->territory_count);
}

/* ---- names ---- */

static void keep_name(struct writer *w, enum world_section_kind kind, ovf_str name, uint32_t index)
{
    char folded[256];
    size_t len = world_fold(name, folded, sizeof folded);
    if (len == 0 || len >= sizeof folded)
        return;
    struct world_text text = keep_text(w, (ovf_str){folded, len});
    struct world_name_item *item = PUSH(w, kind, struct world_name_item);
    if (item != NULL)
        *item = (struct world_name_item){text, index};
}

static void keep_names(struct writer *w, enum world_section_kind kind, ovf_str names,
                       uint32_t index)
{
    ovf_str name;
    while (names.len > 0 && ovf_str_field(&names, '|', &name))
        keep_name(w, kind, name, index);
}

struct sortable {
    ovf_str text;
    struct world_name_item item;
};

static int by_text(const void *a, const void *b)
{
    const struct sortable *x = a;
    const struct sortable *y = b;
    int order = ovf_str_cmp(x->text, y->text);
    if (order != 0)
        return order;
    return x->item.index < y->item.index ? -1 : x->item.index > y->item.index;
}

static void sort_names(struct writer *w, enum world_section_kind kind)
{
    struct section_data *section = &w->sections[kind];
    struct sortable *list = ovf_arena_array(w->arena, struct sortable, section->count + 1);
    struct world_name_item *items = section->items;
    if (list == NULL || w->failed) {
        w->failed = true;
        return;
    }
    for (size_t i = 0; i < section->count; i++)
        list[i] = (struct sortable){text_of(w, items[i].folded), items[i]};
    qsort(list, section->count, sizeof *list, by_text);
    for (size_t i = 0; i < section->count; i++)
        items[i] = list[i].item;
}

/* ---- tables ---- */

static void keep_states(struct writer *w)
{
    const struct world_build *build = w->build;
    for (uint32_t s = 0; s < build->state_count && !w->failed; s++) {
        const struct world_state_row *row = &build->states[s];
        const ovf_state *f = &row->fields;
        struct world_state_item item = {.iso3 = keep_text(w, f->iso3),
                                        .iso2 = keep_text(w, f->iso2),
                                        .name = keep_text(w, f->name),
                                        .demonym = keep_text(w, f->demonym),
                                        .icao = keep_text(w, f->icao),
                                        .other_names = keep_text(w, row->other_names),
                                        .note = keep_text(w, f->note),
                                        .sovereign = world_build_state(build, f->sovereign),
                                        .flags = flags_of(f->is_eu, f->is_disputed),
                                        .land_count = row->land_count,
                                        .territory_count = row->territory_count};
        item.land_first = keep_land(w, row->land, row->land_count);
        item.territory_first = territory_of(w, row);
        struct world_state_item *slot = PUSH(w, WORLD_STATES, struct world_state_item);
        if (slot != NULL)
            *slot = item;
        keep_name(w, WORLD_STATE_NAMES, f->iso3, s);
        keep_name(w, WORLD_STATE_NAMES, f->name, s);
        keep_names(w, WORLD_STATE_NAMES, row->other_names, s);
    }
    sort_names(w, WORLD_STATE_NAMES);
}

static struct world_level_item level_item(ovf_level level)
{
    return (struct world_level_item){.value_ft = level.value_ft,
                                     .ref = (uint8_t)level.ref,
                                     .unit = (uint8_t)level.unit,
                                     .is_open = level.is_open};
}

static int fir_by_code(const void *a, const void *b)
{
    const struct world_fir_row *x = a;
    const struct world_fir_row *y = b;
    // Air without a FIR comes last: world_fir_count stops before it.
    int order = (int)world_fir_is_none(&x->fields) - (int)world_fir_is_none(&y->fields);
    if (order == 0)
        order = ovf_str_cmp(x->fields.code, y->fields.code);
    return order != 0 ? order : ovf_str_cmp(x->fields.kind, y->fields.kind);
}

static void keep_box(struct writer *w, const struct world_fir_row *row, struct world_fir_item *item)
{
    const ovf_area *area = NULL;
    if (row->ring_count == 0)
        return;
    if (ovf_area_rings(w->arena, row->rings, row->ring_count, &area, NULL) != OVF_OK) {
        w->failed = true;
        return;
    }
    ovf_box box = ovf_area_bounds(area);
    item->south_deg = box.south_deg;
    item->west_deg = box.west_deg;
    item->north_deg = box.north_deg;
    item->east_deg = box.east_deg;
}

static void keep_firs(struct writer *w)
{
    struct world_build *build = w->build;
    if (build->fir_count > 0)
        qsort(build->firs, build->fir_count, sizeof *build->firs, fir_by_code);
    for (uint32_t i = 0; i < build->fir_count && !w->failed; i++) {
        const struct world_fir_row *row = &build->firs[i];
        const ovf_fir *f = &row->fields;
        struct world_fir_item item = {.code = keep_text(w, f->code),
                                      .name = keep_text(w, f->name),
                                      .kind = keep_text(w, f->kind),
                                      .includes = keep_text(w, f->includes),
                                      .overlaps = keep_text(w, f->overlaps),
                                      .nof = keep_text(w, f->nof),
                                      .ansp = keep_text(w, f->ansp),
                                      .source = keep_text(w, f->source),
                                      .confidence = keep_text(w, f->confidence),
                                      .lower = level_item(f->lower),
                                      .upper = level_item(f->upper),
                                      .state = f->state,
                                      .ring_count = row->ring_count};
        item.ring_first = keep_rings(w, row->rings, row->ring_count);
        keep_box(w, row, &item);
        struct world_fir_item *slot = PUSH(w, WORLD_FIRS, struct world_fir_item);
        if (slot != NULL)
            *slot = item;
        keep_name(w, WORLD_FIR_NAMES, f->code, i);
        keep_name(w, WORLD_FIR_NAMES, f->name, i);
        keep_names(w, WORLD_FIR_NAMES, row->other_names, i);
    }
    sort_names(w, WORLD_FIR_NAMES);
}

static int airport_by_icao(const void *a, const void *b)
{
    const ovf_airport *x = a;
    const ovf_airport *y = b;
    return ovf_str_cmp(x->icao, y->icao);
}

static void keep_airports(struct writer *w)
{
    struct world_build *build = w->build;
    if (build->airport_count > 0)
        qsort(build->airports, build->airport_count, sizeof *build->airports, airport_by_icao);
    for (uint32_t i = 0; i < build->airport_count && !w->failed; i++) {
        const ovf_airport *f = &build->airports[i];
        struct world_airport_item item = {.icao = keep_text(w, f->icao),
                                          .iata = keep_text(w, f->iata),
                                          .name = keep_text(w, f->name),
                                          .city = keep_text(w, f->city),
                                          .place = ovf_point_fix(f->place),
                                          .state = f->state,
                                          .elevation_ft = f->elevation_ft};
        struct world_airport_item *slot = PUSH(w, WORLD_AIRPORTS, struct world_airport_item);
        if (slot != NULL)
            *slot = item;
        keep_name(w, WORLD_AIRPORT_IATA, f->iata, i);
    }
    sort_names(w, WORLD_AIRPORT_IATA);
}

static void set_section(struct writer *w, enum world_section_kind kind, void *items, size_t count)
{
    w->sections[kind].items = items;
    w->sections[kind].count = count;
}

static ovf_status keep_nav(struct writer *w, ovf_error *err)
{
    struct world_nav *nav = &w->nav;
    ovf_status status = world_link_nav(w->build, w->arena, nav, err);
    if (status != OVF_OK)
        return status;
    for (size_t i = 0; i < nav->source_count; i++) {
        struct world_text source = keep_text(w, nav->sources[i]);
        struct world_text *slot = PUSH(w, WORLD_FIX_SOURCES, struct world_text);
        if (slot != NULL)
            *slot = source;
    }
    for (size_t i = 0; i < nav->navaid_count && !w->failed; i++)
        nav->navaids[i].name = keep_text(w, nav->navaid_names[i]);
    set_section(w, WORLD_FIXES, nav->fixes, nav->fix_count);
    set_section(w, WORLD_NAVAIDS, nav->navaids, nav->navaid_count);
    set_section(w, WORLD_AIRWAYS, nav->airways, nav->airway_count);
    set_section(w, WORLD_AIRWAY_POINTS, nav->points, nav->point_count);
    set_section(w, WORLD_FIX_AIRWAYS, nav->fix_airways, nav->point_count);
    return OVF_OK;
}

static int operator_by_icao(const void *a, const void *b)
{
    const ovf_operator *x = a;
    const ovf_operator *y = b;
    return ovf_str_cmp(x->icao, y->icao);
}

static void keep_operators(struct writer *w)
{
    struct world_build *build = w->build;
    if (build->operator_count > 0)
        qsort(build->operators, build->operator_count, sizeof *build->operators, operator_by_icao);
    for (uint32_t i = 0; i < build->operator_count && !w->failed; i++) {
        const ovf_operator *f = &build->operators[i];
        struct world_operator_item item = {.icao = keep_text(w, f->icao),
                                           .iata = keep_text(w, f->iata),
                                           .name = keep_text(w, f->name),
                                           .telephony = keep_text(w, f->telephony),
                                           .source = keep_text(w, f->source),
                                           .state = f->state,
                                           .flags = f->is_state ? WORLD_IS_STATE_OPERATOR : 0};
        struct world_operator_item *slot = PUSH(w, WORLD_OPERATORS, struct world_operator_item);
        if (slot != NULL)
            *slot = item;
        keep_name(w, WORLD_OPERATOR_NAMES, f->name, i);
    }
    sort_names(w, WORLD_OPERATOR_NAMES);
}

/* A lookup finds the marks of one first character, then tries the longest first. */
static int mark_order(const void *a, const void *b)
{
    const struct world_registration_row *x = a;
    const struct world_registration_row *y = b;
    if (x->mark.ptr[0] != y->mark.ptr[0])
        return x->mark.ptr[0] < y->mark.ptr[0] ? -1 : 1;
    if (x->mark.len != y->mark.len)
        return x->mark.len > y->mark.len ? -1 : 1;
    return ovf_str_cmp(y->mark, x->mark); /* '#' and '@' come after the letters they stand for */
}

static int airspace_by_ident(const void *a, const void *b)
{
    const struct world_airspace_row *x = a;
    const struct world_airspace_row *y = b;
    int order = ovf_str_cmp(x->facts.ident, y->facts.ident);
    if (order == 0)
        order = ovf_str_cmp(x->facts.name, y->facts.name);
    return order != 0 ? order : x->facts.lower.value_ft - y->facts.lower.value_ft;
}

static void keep_airspaces(struct writer *w)
{
    struct world_build *build = w->build;
    if (build->airspace_count > 0)
        qsort(build->airspaces, build->airspace_count, sizeof *build->airspaces, airspace_by_ident);
    for (uint32_t i = 0; i < build->airspace_count && !w->failed; i++) {
        const struct world_airspace_row *row = &build->airspaces[i];
        const ovf_airspace *f = &row->facts;
        struct world_airspace_item item = {.ident = keep_text(w, f->ident),
                                           .name = keep_text(w, f->name),
                                           .kind = keep_text(w, f->kind),
                                           .klass = keep_text(w, f->klass),
                                           .source = keep_text(w, f->source),
                                           .lower = level_item(f->lower),
                                           .upper = level_item(f->upper),
                                           .ring_count = row->ring_count};
        item.ring_first = keep_rings(w, row->rings, row->ring_count);
        struct world_airspace_item *slot = PUSH(w, WORLD_AIRSPACES, struct world_airspace_item);
        if (slot != NULL)
            *slot = item;
        char compact[256];
        size_t len = world_fold_compact(f->ident, compact, sizeof compact);
        keep_name(w, WORLD_AIRSPACE_NAMES, f->ident, i);
        keep_name(w, WORLD_AIRSPACE_NAMES, f->name, i);
        keep_name(w, WORLD_AIRSPACE_NAMES, (ovf_str){compact, len < sizeof compact ? len : 0}, i);
    }
    sort_names(w, WORLD_AIRSPACE_NAMES);
}

static void keep_marks(struct writer *w)
{
    struct world_build *build = w->build;
    if (build->registration_count > 0)
        qsort(build->registrations, build->registration_count, sizeof *build->registrations,
              mark_order);
    for (size_t i = 0; i < build->registration_count && !w->failed; i++) {
        struct world_text mark = keep_text(w, build->registrations[i].mark);
        struct world_text form = keep_text(w, build->registrations[i].form);
        struct world_registration_item *slot =
            PUSH(w, WORLD_REGISTRATIONS, struct world_registration_item);
        if (slot != NULL)
            *slot = (struct world_registration_item){mark, form, build->registrations[i].state};
    }
    for (size_t i = 0; i < build->rule_count && !w->failed; i++) {
        struct world_text rule = keep_text(w, build->rules[i]);
        struct world_text *slot = PUSH(w, WORLD_RULES, struct world_text);
        if (slot != NULL)
            *slot = rule;
    }
    struct world_text sources = keep_text(w, ovf_buf_str(&build->sources));
    struct world_text *slot = PUSH(w, WORLD_SOURCES, struct world_text);
    if (slot != NULL)
        *slot = sources;
}

static ovf_status keep_addresses(struct writer *w, ovf_error *err)
{
    struct world_address_row *rows = NULL;
    size_t count = 0;
    ovf_status status = world_flatten_addresses(w->build, w->arena, &rows, &count, err);
    if (status == OVF_OK)
        set_section(w, WORLD_ADDRESSES, rows, count);
    return status;
}

static ovf_status keep_cells(struct writer *w, ovf_error *err)
{
    struct world_grid grid = {0};
    ovf_status status = world_build_cells(w->build, w->arena, &grid, err);
    if (status != OVF_OK)
        return status;
    set_section(w, WORLD_CELL_FIRST, grid.first, WORLD_CELLS + 1);
    set_section(w, WORLD_CELL_UNITS, grid.units, grid.first[WORLD_CELLS]);
    set_section(w, WORLD_CHUNKS, grid.chunks, grid.chunk_count);
    set_section(w, WORLD_CELL_CHUNK_FIRST, grid.chunk_first, WORLD_CELLS + 1);
    set_section(w, WORLD_CELL_CHUNKS, grid.chunk_list, grid.chunk_first[WORLD_CELLS]);
    set_section(w, WORLD_SURFACE, w->build->surface, w->build->surface == NULL ? 0 : WORLD_CELLS);
    return OVF_OK;
}

/* ---- the file ---- */

static ovf_status write_bytes(const char *path, const char *bytes, size_t count, ovf_error *err)
{
    char beside[4096];
    int len = snprintf(beside, sizeof beside, "%s.%ld.new", path, (long)getpid());
    if (len < 0 || (size_t)len >= sizeof beside)
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "path too long");
    FILE *file = fopen(beside, "wb");
    if (file == NULL)
        return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "cannot write %.80s", path);
    bool is_fine = fwrite(bytes, 1, count, file) == count;
    is_fine = fflush(file) == 0 && is_fine;
    is_fine = fsync(fileno(file)) == 0 && is_fine;
    is_fine = fclose(file) == 0 && is_fine;
    if (is_fine && rename(beside, path) == 0)
        return OVF_OK;
    remove(beside);
    return ovf_fail(err, OVF_E_IO, OVF_NOPOS, "cannot write %.80s", path);
}

static ovf_status lay_out(struct writer *w, const char *path, ovf_error *err)
{
    struct world_section table[WORLD_SECTION_COUNT - 1] = {{0}};
    uint64_t at = sizeof(struct world_head) + sizeof table;
    for (uint32_t kind = 1; kind < WORLD_SECTION_COUNT; kind++) {
        const struct section_data *section = &w->sections[kind];
        table[kind - 1] = (struct world_section){.kind = kind,
                                                 .item_bytes = (uint32_t)section->item_bytes,
                                                 .offset = at,
                                                 .count = section->count};
        at = (at + section->item_bytes * section->count + 7) / 8 * 8;
    }
    char *bytes = ovf_arena_array(w->arena, char, (size_t)at);
    if (bytes == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the world file");
    memcpy(bytes + sizeof(struct world_head), table, sizeof table);
    for (uint32_t kind = 1; kind < WORLD_SECTION_COUNT; kind++) {
        const struct section_data *section = &w->sections[kind];
        if (section->count > 0)
            memcpy(bytes + table[kind - 1].offset, section->items,
                   section->count * section->item_bytes);
    }
    struct world_head head = {.version = WORLD_VERSION,
                              .section_count = WORLD_SECTION_COUNT - 1,
                              .bytes = at,
                              .hash = world_hash(bytes + sizeof head, (size_t)at - sizeof head)};
    memcpy(head.magic, WORLD_MAGIC, sizeof head.magic);
    memcpy(bytes, &head, sizeof head);
    return write_bytes(path, bytes, (size_t)at, err);
}

static ovf_status fill_and_write(struct writer *w, const char *path, ovf_error *err)
{
    w->slots = ovf_arena_array(w->arena, uint32_t, TEXT_SLOTS);
    w->slot_lens = ovf_arena_array(w->arena, uint32_t, TEXT_SLOTS);
    w->kept = ovf_arena_array(w->arena, struct kept_ring, RING_SLOTS);
    if (w->slots == NULL || w->slot_lens == NULL || w->kept == NULL)
        return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the world file");
    for (uint32_t kind = 1; kind < WORLD_SECTION_COUNT; kind++)
        w->sections[kind].item_bytes = world_item_bytes((enum world_section_kind)kind);
    keep_units(w);
    keep_states(w);
    keep_firs(w);
    keep_airports(w);
    keep_operators(w);
    keep_marks(w);
    keep_airspaces(w);
    ovf_status status = keep_addresses(w, err);
    if (status == OVF_OK)
        status = keep_nav(w, err);
    if (status == OVF_OK)
        status = keep_cells(w, err);
    if (status != OVF_OK)
        return status;
    set_section(w, WORLD_LAND, w->land.ptr, w->land.len);
    if (w->failed || w->text.failed || w->land.failed || w->land.len > UINT32_MAX
        || w->text.len > UINT32_MAX || w->sections[WORLD_VERTICES].count > UINT32_MAX)
        return ovf_fail(err, OVF_E_LIMIT, OVF_NOPOS, "world file too large");
    w->sections[WORLD_TEXT] =
        (struct section_data){.items = w->text.ptr, .count = w->text.len, .item_bytes = 1};
    return lay_out(w, path, err);
}

ovf_status world_write(struct world_build *build, const char *out_path, ovf_error *err)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    struct writer writer = {.build = build, .arena = &arena};
    ovf_status status = fill_and_write(&writer, out_path, err);
    ovf_buf_done(&writer.text);
    ovf_buf_done(&writer.land);
    ovf_arena_done(&arena);
    return status;
}

ovf_status ovf_world_build(const char *data_dir, const char *out_path, ovf_error *err)
{
    return ovf_world_build_with(data_dir, out_path, NULL, err);
}

ovf_status ovf_world_build_with(const char *data_dir, const char *out_path,
                                const ovf_world_build_options *options, ovf_error *err)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    struct world_build build = {.arena = &arena, .data_dir = data_dir};
    char firs[4096];
    snprintf(firs, sizeof firs, "%s/fir", data_dir);
    ovf_status status = world_read_outlines(&build, err);
    if (status == OVF_OK)
        status = world_read_states(&build, err);
    if (status == OVF_OK)
        status = world_read_sea_rules(&build, err);
    if (status == OVF_OK)
        status = world_read_zones(&build, err);
    if (status == OVF_OK)
        status = world_read_tables(&build, err);
    if (status == OVF_OK && (options == NULL || !options->without_nav))
        status = world_read_nav(&build, err);
    if (status == OVF_OK)
        status = world_build_seas(&build, err);
    if (status == OVF_OK)
        status = world_build_firs(&build, firs, err);
    if (status == OVF_OK)
        status = world_write(&build, out_path, err);
    ovf_buf_done(&build.sources);
    ovf_arena_done(&arena);
    return status;
}
