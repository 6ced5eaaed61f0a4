/* SPDX-License-Identifier: Apache-2.0 */
/* A notice written back and read again says the same; every span lies in the notice and is where
 * its value stands. Rows of ours, and every record of the collections of real notices, when they
 * are there. */
#include <overfly/notice.h>

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>
#include <cmocka.h>
#include <jansson.h>

#define LINE_BYTES (1 << 20)
#define LISTED_BYTES 150

static ovf_world *world;
static const char *folder;

/* ---- what has to be the same ---- */

/* Blanks are the writer's own: one stands for any number of them, with or without a line break. */
static void put_words(ovf_buf *out, const char *name, ovf_str text)
{
    ovf_buf_printf(out, "\n%s ", name);
    bool is_blank = true;
    text = ovf_str_trim(text);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (!blank)
            ovf_buf_addc(out, c);
        else if (!is_blank)
            ovf_buf_addc(out, ' ');
        is_blank = blank;
    }
}

static void put_list(ovf_buf *out, const char *name, const ovf_str *items, size_t count)
{
    ovf_buf_printf(out, "\n%s %zu", name, count);
    for (size_t i = 0; i < count; i++) {
        ovf_buf words = {0};
        put_words(&words, name, items[i]);
        // Long ones are cut by the reader, by bytes.
        ovf_buf_add(out, ovf_str_sub(ovf_buf_str(&words), 0, LISTED_BYTES));
        ovf_buf_done(&words);
    }
}

static void put_level(ovf_buf *out, ovf_level level)
{
    ovf_buf_printf(out, " %d:%d", (int)level.ref, (int)level.value_ft);
}

static void put_area(ovf_buf *out, const ovf_notice_area *area)
{
    ovf_buf_printf(out, "\narea %d %d %zu %.0f", (int)area->shape, (int)area->certainty,
                   area->point_count, area->radius_m);
    put_level(out, area->lower);
    put_level(out, area->upper);
    for (size_t i = 0; i < area->point_count; i++)
        ovf_buf_printf(out, " %.5f,%.5f", area->points[i].lat_deg, area->points[i].lon_deg);
    put_words(out, "name", area->name);
}

static void describe(const ovf_notice *n, ovf_buf *out)
{
    ovf_buf_printf(out, "kind %d effect %d strength %d advice %d", (int)n->kind, (int)n->effect,
                   (int)n->strength, (int)n->advice);
    const struct {
        const char *name;
        ovf_str value;
    } texts[] = {
        {"id", n->id},           {"refers", n->refers_to}, {"prefix", n->location_prefix},
        {"a", n->locations},     {"q_fir", n->q_fir},      {"qcode", n->qcode},
        {"traffic", n->traffic}, {"purpose", n->purpose},  {"scope", n->scope},
        {"d", n->schedule},      {"e", n->text},           {"f", n->lower_text},
        {"g", n->upper_text},    {"source", n->source},    {"state", n->issuer.state},
    };
    for (size_t i = 0; i < OVF_COUNTOF(texts); i++)
        put_words(out, texts[i].name, texts[i].value);
    ovf_buf_printf(out, "\nq");
    put_level(out, n->q_lower);
    put_level(out, n->q_upper);
    if (n->has_q_circle)
        ovf_buf_printf(out, " %.3f %.3f %.0f", n->q_centre.lat_deg, n->q_centre.lon_deg,
                       n->q_radius_nm);
    ovf_buf_printf(out, "\nvalid %lld %lld %d %d created %lld active %zu %d",
                   (long long)n->valid_from, (long long)n->valid_until, n->until_estimated,
                   n->until_permanent, (long long)n->created, n->active.count, n->active_complete);
    put_list(out, "firs", n->firs, n->fir_count);
    const ovf_addressed *a = &n->addressed;
    put_list(out, "operators", a->operator_states, a->operator_state_count);
    put_list(out, "registered", a->registry_states, a->registry_state_count);
    put_list(out, "except", a->except, a->except_count);
    ovf_buf_printf(out, "\nchecklist %zu", n->checklist_count);
    for (size_t i = 0; i < n->area_count; i++)
        put_area(out, &n->areas[i]);
}

/* ---- spans ---- */

static void hold_spans(const ovf_notice *n, ovf_arena *arena)
{
    ovf_notice_span *spans = NULL;
    size_t count = 0;
    assert_int_equal(ovf_notice_spans(n, arena, &spans, &count, NULL), OVF_OK);
    size_t end = (size_t)n->raw_span.at + n->raw.len;
    for (size_t i = 0; i < count; i++) {
        assert_true(spans[i].span.len > 0);
        assert_true(spans[i].span.at >= n->raw_span.at);
        assert_true((size_t)spans[i].span.at + spans[i].span.len <= end);
        if (i > 0)
            assert_true(spans[i].span.at >= spans[i - 1].span.at);
    }
}

/* ---- rows ---- */

#define HEAD                                                                     \
    "(A0100/25 NOTAMR A0090/25\nQ) SVZM/QRPCA/IV/NBO/W/000/999/0735N07015W060\n" \
    "A) SVZM B) 2511010000 C) 2512312359 EST\nD) DAILY 1000-1200\n"

static struct row {
    const char *name;
    const char *text;
    unsigned flags;
    const char *expected;
} rows[] = {
    {"in order already",
     HEAD "E) AIRSPACE CLOSED WI AREA 0750N07130W 0750N06930W 0720N06900W.\nF) SFC G) FL245)\n", 0,
     HEAD "E) AIRSPACE CLOSED WI AREA 0750N07130W 0750N06930W 0720N06900W.\nF) SFC G) FL245)\n"},
    {"one flattened line is laid out",
     "A0100/25 NOTAMN  Q) SVZM/QRPCA/IV/NBO/W/000/999/0735N07015W060  A) SVZM  B) 2511010000  "
     "C) PERM  E) AIRSPACE CLOSED WI AREA  0750N07130W  0750N06930W  0720N06900W.  F) SFC  G) UNL",
     0,
     "(A0100/25 NOTAMN\nQ) SVZM/QRPCA/IV/NBO/W/000/999/0735N07015W060\n"
     "A) SVZM B) 2511010000 C) PERM\n"
     "E) AIRSPACE CLOSED WI AREA 0750N07130W 0750N06930W 0720N06900W.\nF) SFC G) UNL)\n"},
    {"the original bytes of an unchanged one",
     "A0100/25 NOTAMN  Q) SVZM/QRPCA/IV/NBO/W/000/999/0735N07015W060  A) SVZM  B) 2511010000  "
     "C) PERM  E) AIRSPACE CLOSED.  F) SFC  G) UNL",
     OVF_EMIT_ORIGINAL,
     "A0100/25 NOTAMN  Q) SVZM/QRPCA/IV/NBO/W/000/999/0735N07015W060  A) SVZM  B) 2511010000  "
     "C) PERM  E) AIRSPACE CLOSED.  F) SFC  G) UNL"},
    {"a cancellation has no end",
     "A0101/25 NOTAMC A0100/25\nQ) SVZM/QRPXX/IV/NBO/W/000/999/0735N07015W060\n"
     "A) SVZM B) 2511080600\nE) CNL",
     0,
     "(A0101/25 NOTAMC A0100/25\nQ) SVZM/QRPXX/IV/NBO/W/000/999/0735N07015W060\n"
     "A) SVZM B) 2511080600\nE) CNL)\n"},
    {"long lines are folded at 69 columns",
     "A0102/25 NOTAMN\nQ) SVZM/QWELW/IV/BO/W/000/100/0735N07015W060\nA) SVZM B) 2511080600 C) "
     "2511081200\nE) MILITARY EXERCISE WILL TAKE PLACE NEAR THE RIVER, PILOTS ARE ASKED TO KEEP "
     "CLEAR OF THE PLACE AND TO LISTEN OUT.",
     OVF_EMIT_NO_BRACKETS,
     "A0102/25 NOTAMN\nQ) SVZM/QWELW/IV/BO/W/000/100/0735N07015W060\nA) SVZM B) 2511080600 C) "
     "2511081200\nE) MILITARY EXERCISE WILL TAKE PLACE NEAR THE RIVER, PILOTS ARE ASKED\nTO KEEP "
     "CLEAR OF THE PLACE AND TO LISTEN OUT.\n"},
    {"an hour of 24 is the next day",
     "A0103/25 NOTAMN\nQ) SVZM/QWELW/IV/BO/W/000/100/0735N07015W060\nA) SVZM B) 2511080600 C) "
     "2511082400\nE) EXERCISE.",
     OVF_EMIT_NO_BRACKETS,
     "A0103/25 NOTAMN\nQ) SVZM/QWELW/IV/BO/W/000/100/0735N07015W060\nA) SVZM B) 2511080600 C) "
     "2511090000\nE) EXERCISE.\n"},
};

static void writes(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice *notices = NULL;
    size_t count = 0;
    ovf_str text = {0};
    assert_int_equal(
        ovf_notice_read(world, ovf_str_of(row->text), NULL, &arena, &notices, &count, NULL),
        OVF_OK);
    assert_int_equal(count, 1);
    hold_spans(&notices[0], &arena);
    assert_int_equal(ovf_notice_emit(&notices[0], row->flags, &arena, &text, NULL), OVF_OK);
    assert_string_equal(text.ptr, row->expected);
    ovf_arena_done(&arena);
}

/* ---- where values stand ---- */

static struct span_row {
    const char *what;
    size_t index;
    const char *bytes;
} span_rows[] = {
    {"id", 0, "A0100/25"},
    {"kind", 0, "NOTAMR"},
    {"refers_to", 0, "A0090/25"},
    {"q_fir", 0, "SVZM"},
    {"qcode", 0, "QRPCA"},
    {"traffic", 0, "IV"},
    {"purpose", 0, "NBO"},
    {"scope", 0, "W"},
    {"q_lower", 0, "000"},
    {"q_upper", 0, "999"},
    {"q_area", 0, "0735N07015W060"},
    {"locations", 0, "SVZM"},
    {"valid_from", 0, "2511010000"},
    {"valid_until", 0, "2512312359 EST"},
    {"schedule", 0, "DAILY 1000-1200"},
    {"lower", 0, "SFC"},
    {"upper", 0, "FL245"},
};

static void stands(void **state)
{
    const struct span_row *row = *state;
    ovf_str record = ovf_str_of(rows[0].text);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_notice *notices = NULL;
    size_t count = 0;
    ovf_notice_span *spans = NULL;
    size_t span_count = 0;
    assert_int_equal(ovf_notice_read(world, record, NULL, &arena, &notices, &count, NULL), OVF_OK);
    assert_int_equal(ovf_notice_spans(&notices[0], &arena, &spans, &span_count, NULL), OVF_OK);
    bool found = false;
    for (size_t i = 0; i < span_count; i++) {
        if (strcmp(spans[i].what, row->what) != 0 || spans[i].index != row->index)
            continue;
        ovf_str bytes =
            ovf_str_sub(record, spans[i].span.at, (size_t)spans[i].span.at + spans[i].span.len);
        found = ovf_str_eq(bytes, ovf_str_of(row->bytes));
    }
    assert_true(found);
    ovf_arena_done(&arena);
}

/* ---- every real notice ---- */

static struct file_row {
    const char *name;
    const char *field;
    size_t stride;
    double at_least; /* share of the notices in the ICAO form that come back the same */
} files[] = {
    {"world_icao.jsonl.gz", "raw", 1, 0.99},
    {"launch_icao.jsonl.gz", "raw", 1, 0.99},
    {"uk_ead_2022_2023.jsonl.gz", "text_rebuilt_from_fields", 7, 0.99},
    {"avwx_KJFK.jsonl", "raw", 1, 0.99},
    {"avwx_KMCO.jsonl", "raw", 1, 0.9},
};

static bool comes_back(const ovf_notice *notice, ovf_arena *arena, const char *show)
{
    ovf_str text = {0};
    ovf_notice *again = NULL;
    size_t count = 0;
    ovf_buf before = {0};
    ovf_buf after = {0};
    assert_int_equal(ovf_notice_emit(notice, 0, arena, &text, NULL), OVF_OK);
    assert_int_equal(ovf_notice_read(world, text, NULL, arena, &again, &count, NULL), OVF_OK);
    describe(notice, &before);
    if (count == 1)
        describe(&again[0], &after);
    bool is_same = count == 1 && ovf_str_eq(ovf_buf_str(&before), ovf_buf_str(&after));
    if (!is_same && show != NULL)
        printf("---- %zu\n" OVF_FMT "\n==\n" OVF_FMT "\n==\n" OVF_FMT "\n", count, OVF_ARG(text),
               OVF_ARG(ovf_buf_str(&before)), OVF_ARG(ovf_buf_str(&after)));
    ovf_buf_done(&before);
    ovf_buf_done(&after);
    return is_same;
}

static void goes_round(void **state)
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
    size_t same = 0;
    size_t total = 0;
    for (size_t i = 0; gzgets(file, buffer, LINE_BYTES) != NULL; i++) {
        if (i % row->stride != 0)
            continue;
        json_t *record = json_loads(buffer, JSON_ALLOW_NUL, NULL);
        const char *raw = json_string_value(json_object_get(record, row->field));
        ovf_notice *notices = NULL;
        size_t count = 0;
        if (raw != NULL)
            assert_int_equal(
                ovf_notice_read(world, ovf_str_of(raw), NULL, &arena, &notices, &count, NULL),
                OVF_OK);
        for (size_t k = 0; k < count; k++) {
            hold_spans(&notices[k], &arena);
            if (notices[k].form != OVF_FORM_ICAO)
                continue;
            total++;
            same += comes_back(&notices[k], &arena, getenv("SHOW"));
        }
        json_decref(record);
        ovf_arena_reset(&arena);
    }
    print_message("%s: %zu of %zu come back the same\n", row->name, same, total);
    assert_true((double)same >= row->at_least * (double)total);
    ovf_arena_done(&arena);
    free(buffer);
    gzclose(file);
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(span_rows) + OVF_COUNTOF(files)] = {0};
    size_t count = 0;
    if (argc < 2 || ovf_world_open(argv[1], &world, NULL) != OVF_OK)
        return 2;
    folder = argc > 2 ? argv[2] : NULL;
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[count++] = (struct CMUnitTest){rows[i].name, writes, NULL, NULL, &rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(span_rows); i++)
        tests[count++] = (struct CMUnitTest){span_rows[i].what, stands, NULL, NULL, &span_rows[i]};
    for (size_t i = 0; i < OVF_COUNTOF(files); i++)
        tests[count++] = (struct CMUnitTest){files[i].name, goes_round, NULL, NULL, &files[i]};
    int failed = _cmocka_run_group_tests("notice-emit", tests, count, NULL, NULL);
    ovf_world_free(world);
    return failed;
}
