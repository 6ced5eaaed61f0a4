/* SPDX-License-Identifier: Apache-2.0 */
/* A world file that is damaged and whose checksum fits all the same: made by somebody, or by a
 * faulty writer. Every section is spoilt in many ways (bytes turned, numbers of a column replaced
 * by awkward ones, items exchanged, the section table, cuts), the file is opened and, unless it is
 * refused, asked every kind of question. What must hold: it is refused as damaged, with a reason,
 * or it answers; it never crashes, and with the sanitizers nothing is read that is not there. The
 * trials are the same everywhere: all chance comes from a seed. argv[1] is the compiled world. */
#include <overfly/identity.h>
#include <overfly/world_index.h>

#include "world_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define TRIALS 6 /* a section, beside one for each of its columns */

static char path[] = "world-damage-XXXXXX";
static unsigned char *whole; /* the good file; whole[0, bytes) */
static size_t bytes;
static unsigned char *file; /* the file at `path`, mapped: written here, read by the world */
static ovf_arena arena;

static double u01(uint64_t *seed)
{
    uint64_t z = *seed += 0x9E3779B97F4A7C15u; // SplitMix64
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

static size_t below(uint64_t *seed, size_t count)
{
    return (size_t)(u01(seed) * (double)count);
}

static struct world_section section_of(uint32_t kind)
{
    struct world_section section;
    memcpy(&section, whole + sizeof(struct world_head) + (kind - 1) * sizeof section,
           sizeof section);
    return section;
}

/* The file as long as it then is, its head and checksum mended. */
static void seal(size_t length)
{
    struct world_head head;
    memcpy(&head, file, sizeof head);
    head.bytes = length;
    head.hash = world_hash(file + sizeof head, length - sizeof head);
    memcpy(file, &head, sizeof head);
    assert_int_equal(truncate(path, (off_t)length), 0);
}

static int heal(void **state)
{
    OVF_UNUSED(state);
    if (truncate(path, (off_t)bytes) != 0) // first: there is nothing to write to behind the end
        return -1;
    memcpy(file, whole, bytes);
    return 0;
}

/* ---- questions: the answers do not matter, only that there are some ---- */

static uint64_t heard; // so that no compiler leaves out what nobody looks at

static void hear(ovf_str text)
{
    for (size_t i = 0; i < text.len; i++)
        heard = heard * 31 + (unsigned char)text.ptr[i];
}

static void ask_points(const ovf_world *world, uint64_t *seed)
{
    for (int i = 0; i < 60; i++) {
        ovf_point p = {180 * u01(seed) - 90, 360 * u01(seed) - 180};
        if (i % 2 == 0 && ovf_world_airport_count(world) > 0)
            p = ovf_world_airport(world, (uint32_t)below(seed, ovf_world_airport_count(world)))
                    ->place;
        uint32_t firs[16];
        ovf_claim claim;
        ovf_whose whose = ovf_world_whose(world, p);
        assert_true(whose.state == OVF_INDEX_NONE || whose.state < ovf_world_state_count(world));
        ovf_world_firs_at(world, p, firs, OVF_COUNTOF(firs));
        if (ovf_world_claim_at(world, p, &claim))
            hear(claim.note);
        ovf_surface ground = ovf_world_surface_at(world, p);
        assert_true(!ground.is_known || ground.floor_ft <= ground.ceiling_ft);
    }
    ovf_claim claims[200];
    size_t count = ovf_world_claims(world, claims, OVF_COUNTOF(claims));
    for (size_t i = 0; i < count && i < OVF_COUNTOF(claims); i++)
        hear(claims[i].name);
}

static void ask_area(const ovf_world *world, const ovf_area *area)
{
    ovf_box box = ovf_area_bounds(area);
    ovf_point middle = {(box.south_deg + box.north_deg) / 2, box.west_deg};
    heard += (uint64_t)ovf_area_contains(area, middle);
    heard += (uint64_t)ovf_world_surface_of(world, area).ceiling_ft;
}

static void ask_areas(const ovf_world *world, uint64_t *seed)
{
    for (int i = 0; i < 6 && ovf_world_state_count(world) > 0; i++) {
        uint32_t state = (uint32_t)below(seed, ovf_world_state_count(world));
        ask_area(world, ovf_world_land(world, state));
        ask_area(world, ovf_world_territory(world, state));
        hear(ovf_world_state_other_names(world, state));
        heard += ovf_world_sovereign(world, state);
    }
    for (uint32_t i = 0; i < ovf_world_airspace_count(world); i++) {
        uint32_t found[4];
        ask_area(world, ovf_world_airspace_area(world, i));
        ovf_world_find_airspace(world, ovf_world_airspace(world, i)->name, found, 4);
    }
    const ovf_area *circle = NULL;
    ovf_piece *pieces = NULL;
    size_t count = 0;
    ovf_point centre = {120 * u01(seed) - 60, 360 * u01(seed) - 180};
    assert_int_equal(ovf_area_circle(&arena, centre, 300000, &circle, NULL), OVF_OK);
    assert_int_equal(ovf_world_split(world, circle, 0, &arena, &pieces, &count), OVF_OK);
    ovf_leg leg;
    ovf_leg_init(&leg, centre, ovf_destination(centre, 360 * u01(seed), 500000));
    ovf_whose_stretch *stretches = NULL;
    assert_int_equal(ovf_world_cut_leg(world, &leg, &arena, &stretches, &count), OVF_OK);
    ovf_fir_stretch *firs = NULL;
    ovf_point ends[2] = {leg.a, leg.b};
    assert_int_equal(ovf_world_firs_along(world, ends, 2, (int32_t)below(seed, 50000), &arena,
                                          &firs, &count, NULL),
                     OVF_OK);
}

static void ask_name(const ovf_world *world, ovf_str name)
{
    ovf_place place;
    ovf_error err;
    if (ovf_world_find(world, name, &place, &err) == OVF_OK) {
        hear(place.code);
        hear(place.name);
    }
}

static void ask_names(const ovf_world *world, uint64_t *seed)
{
    static const char *const names[] = {"SVZM",  "Venezuela", "maiquetia", "CCS", "London",
                                        "DINTY", "Paris",     "-4.5,29.2", "KLM", "zz zz"};
    for (size_t i = 0; i < OVF_COUNTOF(names); i++)
        ask_name(world, ovf_str_of(names[i]));
    for (uint32_t i = 0; i < ovf_world_fir_count(world); i++) {
        const ovf_fir *fir = ovf_world_fir(world, i);
        char level[32];
        hear(fir->ansp);
        heard += ovf_level_format(fir->lower, level, sizeof level);
        heard += (uint64_t)ovf_band_of(fir->lower, fir->upper).upper_ft;
        if (i % 40 == 0)
            ask_name(world, fir->name);
    }
    for (uint32_t i = 0; i < ovf_world_operator_count(world); i += 50)
        heard += ovf_world_find_operator(world, ovf_world_operator(world, i)->name);
    static const char *const marks[] = {"N742AV", "HK-5273", "VP-BXX", "B-1234", "", "4X-ABC", "Z"};
    for (size_t i = 0; i < OVF_COUNTOF(marks); i++) {
        heard += ovf_world_registration_state(world, ovf_str_of(marks[i]));
        heard += ovf_world_is_registration(world, ovf_str_of(marks[i]));
    }
    for (int i = 0; i < 50; i++)
        heard += ovf_world_address_state(world, (uint32_t)below(seed, 1u << 24));
    for (uint32_t i = 0; i < ovf_world_rule_count(world); i++)
        hear(ovf_world_rule(world, i));
    hear(ovf_world_sources(world));
}

static void ask_nav(const ovf_world *world, uint64_t *seed)
{
    for (int i = 0; i < 30 && ovf_world_fix_count(world) > 0; i++) {
        uint32_t index = (uint32_t)below(seed, ovf_world_fix_count(world));
        ovf_fix fix = ovf_world_fix(world, index);
        size_t count = 0;
        hear(fix.source);
        ovf_world_nearest_fix(world, fix.ident, (ovf_point){10, 20}, NULL);
        uint32_t aid = ovf_world_navaids_at(world, index, &count);
        hear(count > 0 ? ovf_world_navaid(world, aid).kind : OVF_STR(""));
    }
    for (uint32_t i = 0; i < ovf_world_navaid_count(world); i += 100)
        hear(ovf_world_navaid(world, i).name);
    for (int i = 0; i < 30 && ovf_world_airway_count(world) > 0; i++) {
        uint32_t number = (uint32_t)below(seed, ovf_world_airway_count(world));
        ovf_airway airway = ovf_world_airway(world, number);
        ovf_airway_leg leg = ovf_world_airway_leg(world, number, airway.leg_count - 1);
        ovf_airway_leg legs[8];
        uint32_t *points = NULL;
        size_t count = 0;
        heard += ovf_world_legs_at(world, leg.from, legs, OVF_COUNTOF(legs));
        ovf_status status = ovf_world_airway_path(world, airway.name, leg.from,
                                                  ovf_world_airway_leg(world, number, 0).from,
                                                  &arena, &points, &count, NULL);
        assert_true(status == OVF_OK || status == OVF_E_NOT_FOUND);
    }
}

static void ask_index(const ovf_world *world, uint64_t *seed)
{
    ovf_world_index *index = NULL;
    ovf_whereabouts where;
    ovf_airport_near near[3];
    assert_int_equal(ovf_world_index_new(world, &index, NULL), OVF_OK);
    for (int i = 0; i < 50; i++) {
        ovf_point p = {180 * u01(seed) - 90, 360 * u01(seed) - 180};
        assert_int_equal(ovf_world_index_at(index, &p, 1, OVF_LEVEL_ANY, &arena, &where), OVF_OK);
        heard += ovf_world_index_airports(index, p, 400000, near, OVF_COUNTOF(near));
    }
    ovf_world_index_free(index);
}

static size_t opened, refused;

/* Opens the file as it is now. */
static void try_it(uint64_t seed, bool with_index)
{
    ovf_world *world = NULL;
    ovf_error err = {0};
    ovf_status status = ovf_world_open(path, &world, &err);
    if (status != OVF_OK) {
        assert_int_equal(status, OVF_E_CORRUPT);
        assert_memory_equal(err.reason, "world file: ", 12);
        assert_null(world);
        refused++;
        return;
    }
    opened++;
    ask_points(world, &seed);
    ask_areas(world, &seed);
    ask_names(world, &seed);
    ask_nav(world, &seed);
    if (with_index)
        ask_index(world, &seed);
    ovf_arena_reset(&arena);
    ovf_world_free(world);
}

/* ---- damage ---- */

/* Numbers at the bounds of everything: of whole numbers, of tables. */
static uint32_t awkward(uint64_t *seed)
{
    static const uint32_t numbers[] = {0, 1, 2, 0x7f, 0xffff, 0x3fffffff, 900000001, 1800000001};
    size_t i = below(seed, OVF_COUNTOF(numbers) + 3);
    if (i < OVF_COUNTOF(numbers))
        return numbers[i];
    uint32_t count = (uint32_t)section_of(1 + (uint32_t)below(seed, WORLD_SECTION_COUNT - 1)).count;
    return count + (uint32_t)below(seed, 3) - 1;
}

static uint32_t extreme(uint64_t *seed)
{
    static const uint32_t numbers[] = {0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff};
    return numbers[below(seed, OVF_COUNTOF(numbers))];
}

static void turn_bytes(unsigned char *at, size_t count, uint64_t *seed)
{
    for (size_t i = 1 + below(seed, 8); i > 0; i--)
        at[below(seed, count)] ^= (unsigned char)(1 + below(seed, 255));
}

/* Columns are four bytes wide where items are. */
static size_t columns_of(struct world_section section)
{
    return section.item_bytes < 4 ? 1 : section.item_bytes / 4;
}

static void spoil_column(unsigned char *at, struct world_section section, size_t column,
                         size_t every, uint32_t number)
{
    size_t width = section.item_bytes < 4 ? section.item_bytes : 4;
    for (size_t i = every / 2; i < section.count; i += every)
        memcpy(at + i * section.item_bytes + column * 4, &number, width);
}

static void exchange_items(unsigned char *at, struct world_section section, uint64_t *seed)
{
    unsigned char kept[256];
    assert_true(section.item_bytes <= sizeof kept);
    for (int i = 0; i < 20; i++) {
        unsigned char *a = at + below(seed, (size_t)section.count) * section.item_bytes;
        unsigned char *b = at + below(seed, (size_t)section.count) * section.item_bytes;
        memcpy(kept, a, section.item_bytes);
        memmove(a, b, section.item_bytes);
        memcpy(b, kept, section.item_bytes);
    }
}

static void spoils_a_section(void **state)
{
    uint32_t kind = *(uint32_t *)*state;
    struct world_section section = section_of(kind);
    size_t size = (size_t)section.count * section.item_bytes;
    unsigned char *at = file + section.offset;
    assert_true(size > 0); // the file has rows in every table
    uint32_t columns = (uint32_t)columns_of(section);
    for (uint32_t trial = 0; trial < columns + TRIALS; trial++) {
        uint64_t seed = kind * 1000 + trial;
        if (trial < columns && trial % 2 == 0) // all of it, so that every question meets some
            spoil_column(at, section, trial, 1, extreme(&seed));
        else if (trial < columns)
            spoil_column(at, section, trial, 1 + below(&seed, 3), awkward(&seed));
        else if (trial % 3 == 0)
            turn_bytes(at, size, &seed);
        else if (trial % 3 == 1)
            spoil_column(at, section, below(&seed, columns), 1 + below(&seed, section.count),
                         awkward(&seed));
        else
            exchange_items(at, section, &seed);
        seal(bytes);
        try_it(seed, trial % 20 == 19);
        memcpy(at, whole + section.offset, size);
    }
}

static void spoils_the_section_table(void **state)
{
    OVF_UNUSED(state);
    size_t columns = (WORLD_SECTION_COUNT - 1) * sizeof(struct world_section) / sizeof(uint32_t);
    for (size_t i = 0; i < columns; i += 5) { // a row has six
        uint64_t seed = 90000 + i;
        unsigned char *at = file + sizeof(struct world_head) + i * sizeof(uint32_t);
        uint32_t number = i % 2 == 0 ? awkward(&seed) : extreme(&seed);
        memcpy(at, &number, sizeof number);
        seal(bytes);
        try_it(seed, false);
        memcpy(at, whole + (at - file), sizeof number);
    }
}

/* Cut at every section, and somewhere within it. */
static void cuts_the_file(void **state)
{
    uint64_t seed = 7;
    size_t before = refused;
    for (uint32_t kind = 1; kind < WORLD_SECTION_COUNT; kind++) {
        struct world_section section = section_of(kind);
        size_t size = (size_t)section.count * section.item_bytes;
        seal((size_t)section.offset + below(&seed, size));
        try_it(seed, false);
        assert_int_equal(heal(state), 0);
    }
    assert_int_equal(refused - before, WORLD_SECTION_COUNT - 1);
}

/* ---- the file: the compiled world with two areas of a user's, so that no table is empty ---- */

static void add_airspaces(const char *from)
{
    ovf_world *world = NULL;
    ovf_world_edit *edit = NULL;
    ovf_airspace_set set = {0};
    ovf_error err = {0};
    ovf_str text = OVF_STR("AC R\nAN R1\nAL SFC\nAH FL100\nDP 45:00:00 N 006:00:00 E\n"
                           "DP 46:00:00 N 006:00:00 E\nDP 46:00:00 N 007:00:00 E\n"
                           "AC P\nAN P2\nAL SFC\nAH UNL\nV X=10:00:00 N 067:00:00 W\nDC 10\n");
    assert_int_equal(ovf_world_open(from, &world, &err), OVF_OK);
    assert_int_equal(ovf_airspaces_read(text, OVF_AIRSPACE_ANY, NULL, &arena, &set, &err), OVF_OK);
    assert_int_equal(ovf_world_edit_new(world, &edit, &err), OVF_OK);
    assert_int_equal(ovf_world_edit_airspaces(edit, &set, OVF_STR("file"), false, NULL, NULL, &err),
                     OVF_OK);
    assert_int_equal(ovf_world_edit_write(edit, path, &err), OVF_OK);
    ovf_world_edit_free(edit);
    ovf_world_free(world);
    ovf_arena_reset(&arena);
}

static const char *world_path;

static int set_up(void **state)
{
    OVF_UNUSED(state);
    int scratch = mkstemp(path);
    ovf_arena_init(&arena, 0);
    if (scratch < 0)
        return -1;
    close(scratch);
    add_airspaces(world_path);
    FILE *stream = fopen(path, "r+b");
    if (stream == NULL || fseek(stream, 0, SEEK_END) != 0)
        return -1;
    bytes = (size_t)ftell(stream);
    void *map = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(stream), 0);
    fclose(stream);
    whole = malloc(bytes);
    if (map == MAP_FAILED || whole == NULL)
        return -1;
    file = map;
    memcpy(whole, file, bytes);
    return 0;
}

static int tear_down(void **state)
{
    OVF_UNUSED(state);
    print_message("%zu opened, %zu refused\n", opened, refused);
    munmap(file, bytes);
    free(whole);
    ovf_arena_done(&arena);
    return remove(path);
}

int main(int argc, char **argv)
{
    static uint32_t kinds[WORLD_SECTION_COUNT];
    static char names[WORLD_SECTION_COUNT][16];
    struct CMUnitTest tests[WORLD_SECTION_COUNT + 1] = {
        {"the section table", spoils_the_section_table, heal, NULL, NULL},
        {"the end cut off", cuts_the_file, heal, NULL, NULL},
    };
    if (argc < 2)
        return 1;
    world_path = argv[1];
    for (uint32_t kind = 1; kind < WORLD_SECTION_COUNT; kind++) {
        kinds[kind] = kind;
        snprintf(names[kind], sizeof names[kind], "section %u", (unsigned)kind);
        tests[kind + 1] =
            (struct CMUnitTest){names[kind], spoils_a_section, heal, NULL, &kinds[kind]};
    }
    return _cmocka_run_group_tests("world_damage", tests, OVF_COUNTOF(tests), set_up, tear_down);
}
