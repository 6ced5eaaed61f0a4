/* SPDX-License-Identifier: Apache-2.0 */
/* Real files of the forms that name their parts, when they are there: as many notices as the file has,
 * read whole, every span within the file. */
#include "describe.h"

#include <zlib.h>
#include <dirent.h>

#define FILE_MAX ((size_t)8 << 20)

static const ovf_world *world;
static const char *folder;

static struct file_row {
    const char *name;
    ovf_notice_form form;
    size_t count; /* of its notices, counted in the file */
    size_t whole;
} files[] = {
    {"notam/uk_pib/PIB_20230828T0803Z.xml.gz", OVF_FORM_ICAO, 596, 596},
    {"notam/uk_pib/PIB_20230828T0903Z.xml.gz", OVF_FORM_ICAO, 607, 607},
    {"notam/uk_pib/PIB_20230828T1003Z.xml.gz", OVF_FORM_ICAO, 615, 615},
    {"notam/uk_pib/PIB_20230828T1103Z.xml.gz", OVF_FORM_ICAO, 618, 618},
    {"notam/uk_pib/PIB_20230828T1204Z.xml.gz", OVF_FORM_ICAO, 625, 625},
    {"notam/uk_pib/PIB_20230828T1304Z.xml.gz", OVF_FORM_ICAO, 625, 625},
    {"notam/uk_pib/pib3_london_fir_20230828.shtml.gz", OVF_FORM_ICAO, 303, 300},
    {"notam/uk_pib/pib5_danger_restricted_20230828.shtml.gz", OVF_FORM_ICAO, 50, 48},
    {"notam/faa_api_geojson_kosh_a.json", OVF_FORM_GEOJSON, 12, 10},
    {"notam/faa_nms_aixm_sample.xml", OVF_FORM_AIXM, 1, 1},
    {"airspace/france_openair_extended.txt.gz", OVF_FORM_OPENAIR, 1611, 1611},
    {"airspace/france_openair_standard.txt.gz", OVF_FORM_OPENAIR, 1611, 1611},
    {"airspace/aixm_donlon/EA_AIP_DS_FULL_20170701.xml.gz", OVF_FORM_AIXM, 20, 20},
};

static char *read_file(const char *name, size_t *len)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    gzFile file = gzopen(path, "rb"); // also what is not packed
    if (file == NULL)
        return NULL;
    char *bytes = malloc(FILE_MAX);
    assert_non_null(bytes);
    int got = gzread(file, bytes, FILE_MAX);
    gzclose(file);
    assert_true(got > 0);
    *len = (size_t)got;
    return bytes;
}

static void check_spans(const ovf_notice *n, size_t len)
{
    const ovf_span spans[] = {n->raw_span, n->span_id, n->span_q, n->span_a, n->span_b,
                              n->span_c,   n->span_d,  n->span_e, n->span_f, n->span_g};
    for (size_t i = 0; i < OVF_COUNTOF(spans); i++)
        assert_true((size_t)spans[i].at + spans[i].len <= len);
    for (size_t i = 0; i < n->finding_count; i++)
        assert_true(n->findings[i].pos == OVF_NOPOS || n->findings[i].pos <= len);
}

static void read_whole(const char *bytes, size_t len, ovf_notice_form form, size_t *count,
                       size_t *whole)
{
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice *notices = NULL;
    assert_true(ovf_notice_sniff((ovf_str){bytes, len}));
    assert_int_equal(
        ovf_notice_read(world, (ovf_str){bytes, len}, NULL, &arena, &notices, count, NULL), OVF_OK);
    *whole = 0;
    for (size_t i = 0; i < *count; i++) {
        assert_int_equal(notices[i].form, form);
        assert_true(notices[i].id.len > 0);
        check_spans(&notices[i], len);
        *whole += notices[i].status == OVF_READ_OK;
    }
    ovf_arena_done(&arena);
}

static void real_file(void **state)
{
    const struct file_row *row = *state;
    size_t len = 0, count = 0, whole = 0;
    char *bytes = read_file(row->name, &len);
    if (bytes == NULL)
        skip();
    read_whole(bytes, len, row->form, &count, &whole);
    assert_int_equal(count, row->count);
    assert_true(whole >= row->whole);
    free(bytes);
}

/* The event samples of the Digital NOTAM specification: each NOTAM of each. */
static void donlon_events(void **state)
{
    OVF_UNUSED(state);
    char path[512];
    snprintf(path, sizeof path, "%s/airspace/aixm_donlon", folder);
    DIR *samples = opendir(path);
    if (samples == NULL)
        skip();
    size_t events = 0;
    for (struct dirent *entry = readdir(samples); entry != NULL; entry = readdir(samples)) {
        size_t name_len = strlen(entry->d_name);
        if (name_len < 4 || strcmp(entry->d_name + name_len - 4, ".xml") != 0)
            continue;
        char name[400];
        size_t len = 0, count = 0, whole = 0;
        snprintf(name, sizeof name, "airspace/aixm_donlon/%.300s", entry->d_name);
        char *bytes = read_file(name, &len);
        assert_non_null(bytes);
        read_whole(bytes, len, OVF_FORM_AIXM, &count, &whole);
        assert_true(count > 0);
        assert_int_equal(whole, count);
        free(bytes);
        events++;
    }
    closedir(samples);
    assert_int_equal(events, 31);
}

int main(int argc, char **argv)
{
    ovf_error err = {0};
    ovf_world *opened = NULL;
    if (argc > 1 && ovf_world_open(argv[1], &opened, &err) != OVF_OK)
        return 1;
    world = opened;
    folder = argc > 2 ? argv[2] : "../shared/data";
    struct CMUnitTest tests[OVF_COUNTOF(files) + 1] = {cmocka_unit_test(donlon_events)};
    for (size_t i = 0; i < OVF_COUNTOF(files); i++)
        tests[1 + i] = (struct CMUnitTest){files[i].name, real_file, NULL, NULL, &files[i]};
    int failed = _cmocka_run_group_tests("forms_real", tests, OVF_COUNTOF(tests), NULL, NULL);
    ovf_world_free(opened);
    return failed;
}
