/* SPDX-License-Identifier: Apache-2.0 */
/* Everything of ../shared/data/adsb read: positions, what is set aside, flights. The numbers of
 * records, places, grounds and segments are those of a short program of its own in another language
 * (parity by long division, places by pairs, segments by half an hour and call sign). */
#include <overfly/surveillance.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *folder;
static const char *world_path;
static ovf_world *world;

static bool is_missing(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file != NULL)
        fclose(file);
    return file == NULL;
}

static int open_world(void **state)
{
    ovf_error err = {0};
    OVF_UNUSED(state);
    return ovf_world_open(world_path, &world, &err) == OVF_OK ? 0 : -1;
}

static int close_world(void **state)
{
    OVF_UNUSED(state);
    ovf_world_free(world);
    return 0;
}

typedef struct gathering {
    ovf_position *items;
    size_t count, capacity;
} gathering;

static bool gather(void *data, const ovf_position *p)
{
    gathering *g = data;
    if (g->count == g->capacity) {
        g->capacity = g->capacity == 0 ? 1024 : g->capacity * 2;
        g->items = realloc(g->items, g->capacity * sizeof(*g->items));
        assert_non_null(g->items);
    }
    g->items[g->count++] = *p;
    return true;
}

/* As it comes, gzip or not, in pieces of an odd size. */
static ovf_surveillance *read_file(const char *path, gathering *g)
{
    ovf_surveillance_options options = {.reference = OVF_TIME_NONE, .each = gather, .data = g};
    ovf_surveillance *reader = ovf_surveillance_new(&options);
    FILE *file = fopen(path, "rb");
    char bytes[4099];
    size_t got = 0;
    ovf_error err = {0};
    assert_non_null(file);
    while ((got = fread(bytes, 1, sizeof(bytes), file)) > 0) {
        if (ovf_surveillance_feed(reader, (ovf_str){bytes, got}, &err) != OVF_OK)
            fail_msg("%s: %s", path, err.reason);
    }
    fclose(file);
    if (ovf_surveillance_finish(reader, &err) != OVF_OK)
        fail_msg("%s: %s", path, err.reason);
    return reader;
}

static struct row {
    const char *name;
    ovf_surveillance_form form;
    size_t positions, placeless, parity;
    size_t flights, kept;
    ovf_aside reason;
    size_t set_aside;
    ovf_aside other;
    size_t other_count;
    size_t gaps;
    const char *first; /* call sign of the first flight */
    const char *operator_icao;
    const char *registry;
} rows[] = {
    {"dump1090_beast_sample.bin", OVF_SURVEILLANCE_BEAST, 3, 0, 0, 1, 3, OVF_ASIDE_JUMP, 0,
     OVF_ASIDE_JUMP, 0, 0, "TRA89M", "TRA", "NLD"},
    {"modes_adsb_hex.csv.gz", OVF_SURVEILLANCE_FRAMES, 933, 0, 0, 1, 932, OVF_ASIDE_REPEATED, 1,
     OVF_ASIDE_JUMP, 0, 0, "EZY85MH", "EZY", "GBR"},
    {"opensky_a319.csv", OVF_SURVEILLANCE_TABLE, 116, 0, 0, 1, 116, OVF_ASIDE_JUMP, 0,
     OVF_ASIDE_JUMP, 0, 0, "AFR91HL", "AFR", "FRA"},
    {"readsb_aircraft_examples.json", OVF_SURVEILLANCE_AIRCRAFT, 5, 1, 0, 6, 4, OVF_ASIDE_SURFACE,
     1, OVF_ASIDE_NO_PLACE, 1, 0, "SWR48X", "SWR", "CHE"},
    {"readsb_trace_full_ac671b.json.gz", OVF_SURVEILLANCE_TRACE, 2500, 0, 0, 4, 2106,
     OVF_ASIDE_SURFACE, 394, OVF_ASIDE_JUMP, 0, 9, "DAL1812", "DAL", "USA"},
    {"sbs_basestation_examples.txt", OVF_SURVEILLANCE_SBS, 1, 0, 0, 1, 1, OVF_ASIDE_JUMP, 0,
     OVF_ASIDE_JUMP, 0, 0, "RYR1427", "RYR", "ISR"},
    {"switzerland_20180801_a.csv.gz", OVF_SURVEILLANCE_TABLE, 66416, 0, 0, 601, 66306,
     OVF_ASIDE_STALE, 110, OVF_ASIDE_JUMP, 0, 0, "LDM150", "LDM", "AUT"},
    {"traffic_border_control.json.gz", OVF_SURVEILLANCE_RECORDS, 1465, 0, 0, 1, 1444,
     OVF_ASIDE_SURFACE, 21, OVF_ASIDE_JUMP, 0, 0, "GTEKV", "", "GBR"},
    {"traffic_elal747.json.gz", OVF_SURVEILLANCE_RECORDS, 2110, 0, 0, 1, 1791, OVF_ASIDE_SURFACE,
     319, OVF_ASIDE_JUMP, 0, 0, "ELY1747", "ELY", "ISR"},
    {"traffic_kingston.json.gz", OVF_SURVEILLANCE_RECORDS, 1455, 0, 0, 1, 1424, OVF_ASIDE_SURFACE,
     31, OVF_ASIDE_JUMP, 0, 0, "YS111N", "", "SLV"},
};

static void reads(void **state)
{
    const struct row *row = *state;
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", folder, row->name);
    if (is_missing(path))
        skip();
    gathering g = {0};
    ovf_surveillance *reader = read_file(path, &g);
    ovf_surveillance_counts counts = ovf_surveillance_counts_of(reader);
    assert_int_equal(ovf_surveillance_form_of(reader), row->form);
    assert_int_equal(counts.positions, row->positions);
    assert_int_equal(counts.placeless, row->placeless);
    assert_int_equal(counts.bad, 0);
    assert_int_equal(counts.bad_parity, row->parity);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_flight *flights = NULL;
    size_t count = 0;
    size_t asides[OVF_ASIDE_COUNT] = {0};
    size_t gaps = 0;
    ovf_error err = {0};
    assert_int_equal(
        ovf_flown_flights(world, g.items, g.count, NULL, &arena, &flights, &count, &err), OVF_OK);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < OVF_ASIDE_COUNT; k++)
            asides[k] += flights[i].flown->set_aside[k];
        gaps += flights[i].flown->gap_count;
    }
    assert_int_equal(count, row->flights);
    assert_int_equal(asides[OVF_ASIDE_NOT], row->kept);
    assert_int_equal(asides[row->reason], row->set_aside);
    assert_int_equal(asides[row->other], row->other_count);
    assert_int_equal(gaps, row->gaps);
    assert_true(ovf_str_eq(flights[0].id, ovf_str_of(row->first)));
    assert_true(ovf_str_eq(flights[0].operator_icao, ovf_str_of(row->operator_icao)));
    assert_true(ovf_str_eq(ovf_world_state(world, flights[0].registry_state)->iso3,
                           ovf_str_of(row->registry)));
    ovf_arena_done(&arena);
    ovf_surveillance_free(reader);
    free(g.items);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    world_path = argv[1];
    folder = argv[2];
    struct CMUnitTest tests[OVF_COUNTOF(rows)] = {0};
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, reads, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("real_tracks", tests, OVF_COUNTOF(tests), open_world,
                                   close_world);
}
