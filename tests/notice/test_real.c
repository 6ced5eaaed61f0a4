/* SPDX-License-Identifier: Apache-2.0 */
/* Every record of the collections of real notices, when they are there: nothing is lost, every span
 * lies in its record, no reading fails; and UK notices equal the fields of their bulletin. */
#include "describe.h"

#include <zlib.h>
#include <jansson.h>

#define LINE_BYTES (1 << 20)
#define STRIDE 7 /* each seventh of the large set: the run stays short */

static const ovf_world *world;
static const char *folder;

static struct file_row {
    const char *name;
    const char *field;
    size_t stride;
    size_t at_least; /* notices that are expected to be read whole, in a hundred */
} files[] = {
    {"world_icao.jsonl.gz", "raw", 1, 95},
    {"launch_icao.jsonl.gz", "raw", 1, 95},
    {"israel_item_e.jsonl.gz", "raw", 1, 0},
    {"nav_warnings_a.jsonl.gz", "raw", 1, 0},
    {"nav_warnings_b.jsonl.gz", "raw", 1, 0},
    {"faa_tfr_pages.jsonl.gz", "raw", 1, 0},
    {"world_other.jsonl.gz", "raw", 1, 0},
    {"avwx_KJFK.jsonl", "raw", 1, 0},
    {"uk_ead_2022_2023.jsonl.gz", "text_rebuilt_from_fields", STRIDE, 95},
};

static const char *member(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text == NULL ? "" : text;
}

/* The bulletin's own fields against what was read out of the rebuilt text. */
static void compare_fields(const json_t *record, const ovf_notice *n)
{
    const json_t *fields = json_object_get(record, "fields");
    if (fields == NULL)
        return;
    const json_t *q = json_object_get(fields, "QLine");
    line want = {.len = 0};
    line got = {.len = 0};
    put(&want, "%s %s Q%s%s %s %s %s", member(record, "id"), member(q, "FIR"), member(q, "Code23"),
        member(q, "Code45"), member(q, "Traffic"), member(q, "Purpose"), member(q, "Scope"));
    put(&got, "%.*s %.*s %.*s %.*s %.*s %.*s", OVF_ARG(n->id), OVF_ARG(n->q_fir), OVF_ARG(n->qcode),
        OVF_ARG(n->traffic), OVF_ARG(n->purpose), OVF_ARG(n->scope));
    assert_string_equal(got.text, want.text);
    ovf_str e = ovf_str_trim(ovf_str_of(member(fields, "ItemE")));
    assert_true(ovf_str_eq(ovf_str_trim(n->text), e));
    assert_true(ovf_str_eq(n->lower_text, ovf_str_trim(ovf_str_of(member(fields, "ItemF")))));
    assert_true(ovf_str_eq(n->upper_text, ovf_str_trim(ovf_str_of(member(fields, "ItemG")))));
    line from = {.len = 0};
    put_time(&from, n->valid_from);
    assert_string_equal(from.text, member(fields, "StartValidity"));
}

/* Every code that is one is in words, and the sentences write out what Doc 8400 shortens. */
static void hold_words(const ovf_notice *n, ovf_arena *arena)
{
    static const char *const raw_words[] = {" RWY ",  " TWY ",  " CLSD ",
                                            " ACFT ", " AVBL ", " FLT "};
    if (n->qcode.len == 5 && n->qcode.ptr[0] == 'Q') {
        assert_true(n->subject.len > 0);
        assert_true(n->condition.len > 0);
    }
    ovf_str plain = {0};
    assert_int_equal(ovf_notice_plain(n, arena, &plain), OVF_OK);
    assert_true(plain.len > 0);
    for (size_t i = 0; i < OVF_COUNTOF(raw_words); i++)
        assert_true(ovf_str_find(plain, 0, ovf_str_of(raw_words[i])) == OVF_NOPOS);
}

static void read_line(const char *text, size_t len, const struct file_row *row, ovf_arena *arena,
                      size_t *whole, size_t *total)
{
    json_t *record = json_loadb(text, len, JSON_ALLOW_NUL, NULL);
    const json_t *value = json_object_get(record, row->field);
    if (json_is_string(value)) {
        ovf_str raw = {json_string_value(value), json_string_length(value)};
        ovf_notice *notices = NULL;
        size_t count = 0;
        assert_int_equal(ovf_notice_read(world, raw, NULL, arena, &notices, &count, NULL), OVF_OK);
        assert_true(count >= 1 || ovf_str_trim(raw).len == 0);
        for (size_t i = 0; i < count; i++) {
            hold_spans(&notices[i], raw.len);
            hold_words(&notices[i], arena);
            *whole += notices[i].status == OVF_READ_OK;
        }
        *total += count;
        if (count == 1)
            compare_fields(record, &notices[0]);
    }
    json_decref(record);
    ovf_arena_reset(arena);
}

static void reads_all(void **state)
{
    const struct file_row *row = *state;
    char path[1000];
    snprintf(path, sizeof(path), "%s/%s", folder == NULL ? "" : folder, row->name);
    gzFile file = folder == NULL ? NULL : gzopen(path, "rb");
    if (file == NULL) {
        print_message("%s is not there: skipped\n", row->name);
        skip();
    }
    char *buffer = malloc(LINE_BYTES);
    assert_non_null(buffer);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    size_t whole = 0;
    size_t total = 0;
    for (size_t i = 0; gzgets(file, buffer, LINE_BYTES) != NULL; i++) {
        if (i % row->stride == 0)
            read_line(buffer, strlen(buffer), row, &arena, &whole, &total);
    }
    print_message("%s: %zu notices, %zu read whole\n", row->name, total, whole);
    assert_true(whole * 100 >= total * row->at_least);
    ovf_arena_done(&arena);
    free(buffer);
    gzclose(file);
}

int main(int argc, char **argv)
{
    ovf_world *opened = NULL;
    ovf_error err = {0};
    if (argc < 2 || ovf_world_open(argv[1], &opened, &err) != OVF_OK) {
        fprintf(stderr, "expected the world file: %s\n", err.reason);
        return 1;
    }
    world = opened;
    folder = argc > 2 ? argv[2] : NULL;
    static struct CMUnitTest tests[OVF_COUNTOF(files)];
    for (size_t i = 0; i < OVF_COUNTOF(files); i++)
        tests[i] = (struct CMUnitTest){files[i].name, reads_all, NULL, NULL, &files[i]};
    int failed = _cmocka_run_group_tests("notice_real", tests, OVF_COUNTOF(files), NULL, NULL);
    ovf_world_free(opened);
    return failed;
}
