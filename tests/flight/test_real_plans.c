/* SPDX-License-Identifier: Apache-2.0 */
/* Real messages, quoted in public repositories: read whole, each with what stands in it by eye.
 * The collection lies beside the source tree and is not part of it: without it the test is skipped.
 * Arguments: the world file, the folder of the collection. */
#include <overfly/flight.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *world_path;
static const char *folder;

static struct row {
    const char *id;
    ovf_flight_form form;
    ovf_flight_status status;
    const char *from, *to;
    int32_t eet_min;
    const char *off_block;
} rows[] = {
    {"AAL280", OVF_FLIGHT_FPL, OVF_FLIGHT_OK, "RKSI", "KDFW", 737, "2015-01-18T09:00:00Z"},
    {"AAL281", OVF_FLIGHT_FPL, OVF_FLIGHT_OK, "KDFW", "RKSI", 845, "2015-01-17T16:30:00Z"},
    {"AFR054", OVF_FLIGHT_FPL, OVF_FLIGHT_OK, "LFPG", "KIAD", 385, "2021-04-03T11:40:00Z"},
    {"AFR010", OVF_FLIGHT_FPL, OVF_FLIGHT_OK, "LFPG", "KJFK", 425, "2019-09-27T14:50:00Z"},
    {"AFR009", OVF_FLIGHT_FPL, OVF_FLIGHT_OK, "KJFK", "LFPG", 354, "2015-03-27T05:45:00Z"},
    {"GEC8145", OVF_FLIGHT_FPL, OVF_FLIGHT_OK, "EGGL", "KJFK", 1380, "2014-05-01T10:40:00Z"},
    {"DAL18", OVF_FLIGHT_FPL, OVF_FLIGHT_OK, "KDTW", "EGLL", 435, "2017-03-24T03:14:00Z"},
    /* the same with the unit of speed missing */
    {"DAL18", OVF_FLIGHT_FPL, OVF_FLIGHT_PARTIAL, "KDTW", "EGLL", 435, "2017-03-24T03:14:00Z"},
    {"DLH4EL", OVF_FLIGHT_FPL, OVF_FLIGHT_OK, "EPWA", "EDDF", 77, "2011-10-18T12:00:00Z"},
    /* an underscore for the hyphen, and no closing bracket */
    {"DLH560", OVF_FLIGHT_FPL, OVF_FLIGHT_PARTIAL, "EGLL", "EKCH", 435, "unknown"},
    {"TAM3542", OVF_FLIGHT_FPL, OVF_FLIGHT_OK, "SBBR", "SBGO", 25, "2026-06-06T18:40:00Z"},
    {"SIA001", OVF_FLIGHT_FPL, OVF_FLIGHT_OK, "KSFO", "WSSS", 990, "unknown"},
    {"ABC123", OVF_FLIGHT_DEP, OVF_FLIGHT_OK, "NZAA", "VTBS", -1, "2009-11-20T23:47:00Z"},
    {"CSA406", OVF_FLIGHT_ARR, OVF_FLIGHT_OK, "LHBP", "LKPR", -1, "unknown"},
    {"ABC123", OVF_FLIGHT_DLA, OVF_FLIGHT_OK, "NZAA", "VTBS", -1, "2009-11-20T23:45:00Z"},
    {"ABC123", OVF_FLIGHT_CNL, OVF_FLIGHT_OK, "NZAA", "VTBS", -1, "2009-11-20T23:00:00Z"},
};

static struct row adexp_rows[] = {
    {"DLH5KF", OVF_FLIGHT_ADEXP, OVF_FLIGHT_OK, "EDDM", "EDDH", 65, "2018-10-23T07:02:00Z"},
    {"KIM1", OVF_FLIGHT_ADEXP, OVF_FLIGHT_OK, "EDDF", "LGTS", 130, "2017-07-29T07:15:00Z"},
    {"EIN604", OVF_FLIGHT_ADEXP, OVF_FLIGHT_OK, "EIDW", "EHAM", 56, "2007-06-14T08:40:00Z"},
};

static ovf_str read_file(const char *name, ovf_arena *arena)
{
    char path[1024];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        print_message("%s is not there\n", path);
        skip();
    }
    char *bytes = ovf_arena_array(arena, char, 1 << 20);
    size_t len = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return (ovf_str){bytes, len};
}

static void read_messages(const char *name, const struct row *expected, size_t expected_count)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_str text = read_file(name, &arena);
    ovf_world *world = NULL;
    ovf_error err = {0};
    assert_int_equal(ovf_world_open(world_path, &world, &err), OVF_OK);
    ovf_flight *flights = NULL;
    size_t count = 0;
    assert_int_equal(ovf_flight_read(world, text, NULL, &arena, &flights, &count, &err), OVF_OK);
    assert_int_equal(count, expected_count);
    for (size_t i = 0; i < count; i++) {
        const ovf_flight *f = &flights[i];
        char off_block[OVF_TIME_TEXT_MAX];
        ovf_time_format(f->off_block, off_block, sizeof(off_block));
        print_message("%s\n", expected[i].id);
        assert_true(ovf_str_eq(f->id, ovf_str_of(expected[i].id)));
        assert_int_equal(f->form, expected[i].form);
        assert_int_equal(f->status, expected[i].status);
        assert_true(ovf_str_eq(f->from, ovf_str_of(expected[i].from)));
        assert_true(ovf_str_eq(f->to, ovf_str_of(expected[i].to)));
        assert_int_equal(f->eet_min, expected[i].eet_min);
        assert_string_equal(off_block, expected[i].off_block);
        ovf_track track;
        ovf_status status = ovf_flight_track(&flights[i], &arena, &track, &err);
        assert_true(status == OVF_OK || status == OVF_E_GEOMETRY);
    }
    ovf_world_free(world);
    ovf_arena_done(&arena);
}

static void reads_real_messages(void **state)
{
    (void)state;
    read_messages("real_fpl_messages.txt", rows, OVF_COUNTOF(rows));
}

static void reads_real_adexp(void **state)
{
    (void)state;
    read_messages("real_adexp_messages.txt", adexp_rows, OVF_COUNTOF(adexp_rows));
}

int main(int argc, char **argv)
{
    world_path = argc > 1 ? argv[1] : "overfly.world";
    folder = argc > 2 ? argv[2] : "../shared/data/flights";
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_real_messages),
                                       cmocka_unit_test(reads_real_adexp)};
    return cmocka_run_group_tests_name("real plans", tests, NULL, NULL);
}
