/* SPDX-License-Identifier: Apache-2.0 */
/* Statements and coverage records out of JSON, after docs/formats/statement.md. */
#include <overfly/statement.h>

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#define POST \
    "{\"act\":\"declare_closed\",\"speaker\":\"President\",\"speaker_kind\":\"head_of_state\"}"
#define COVER "{\"type\":\"coverage\",\"issuers\":[\"VEN\"],\"until\":\"2025-12-01T00:00Z\"}"

/* What is read out of a document, and what is left out. */
static struct row {
    const char *name;
    ovf_str text;
    ovf_status status;
    size_t count, coverage_count;
    size_t finding_count;
    size_t finding_line; /* of the first */
} rows[] = {
    {"one object", OVF_STR_INIT(POST), OVF_OK, 1, 0, 0, 0},
    {"an array", OVF_STR_INIT("[" POST ",\n " POST "]"), OVF_OK, 2, 0, 0, 0},
    {"one a line", OVF_STR_INIT(POST "\n" POST "\n" COVER "\n"), OVF_OK, 2, 1, 0, 0},
    {"CRLF", OVF_STR_INIT(POST "\r\n" POST "\r\n"), OVF_OK, 2, 0, 0, 0},
    {"an object over lines", OVF_STR_INIT("{\n \"act\":\n \"warn\"\n}\n" POST), OVF_OK, 2, 0, 0, 0},
    {"a byte order mark", OVF_STR_INIT("\xEF\xBB\xBF" POST), OVF_OK, 1, 0, 0, 0},
    {"behind a header", OVF_STR_INIT("# origin: made\n# x\n\n" POST), OVF_OK, 1, 0, 0, 0},
    {"a broken line between two", OVF_STR_INIT(POST "\n{\"act\": \n" POST), OVF_OK, 2, 0, 1, 0},
    {"a line without its brace", OVF_STR_INIT(POST "\n{\"act\":\"warn\"\n" POST "\n"), OVF_OK, 2, 0,
     1, 0},
    {"a broken record in an array", OVF_STR_INIT("[\n" POST ",\n{\"act\"}\n,\n" POST "]"), OVF_OK,
     2, 0, 1, 0},
    {"words between", OVF_STR_INIT(POST "\nhello there\n" POST), OVF_OK, 2, 0, 1, 2},
    {"a record that ends the file too early", OVF_STR_INIT(POST "\n{\"act\":\"wa"), OVF_OK, 1, 0, 1,
     0},
    {"no act", OVF_STR_INIT("{\"speaker\":\"X\"}\n" POST), OVF_OK, 1, 0, 1, 1},
    {"an act that is none", OVF_STR_INIT(POST "\n{\"act\":\"sing\"}"), OVF_OK, 1, 0, 1, 2},
    {"an act that is a number", OVF_STR_INIT("{\"act\":7}\n" POST), OVF_OK, 1, 0, 2, 1},
    {"another type", OVF_STR_INIT("{\"type\":\"poem\"}\n" POST), OVF_OK, 1, 0, 1, 1},
    {"coverage without issuers", OVF_STR_INIT("{\"type\":\"coverage\",\"until\":\"2025\"}"), OVF_OK,
     0, 0, 1, 1},
    {"coverage whose end cannot be read",
     OVF_STR_INIT("{\"type\":\"coverage\",\"issuers\":\"*\",\"until\":\"soon\"}"), OVF_OK, 0, 0, 2,
     1},
    {"a time that is none", OVF_STR_INIT("{\"act\":\"warn\",\"said\":\"noon\"}"), OVF_OK, 1, 0, 1,
     1},
    {"a State that is none", OVF_STR_INIT("{\"act\":\"warn\",\"speaker_state\":\"US\"}"), OVF_OK, 1,
     0, 1, 1},
    {"no JSON at all", OVF_STR_INIT("The airspace is closed."), OVF_E_SYNTAX, 0, 0, 0, 0},
    {"nothing", OVF_STR_INIT(""), OVF_E_SYNTAX, 0, 0, 0, 0},
    {"a header alone", OVF_STR_INIT("# origin: made\n"), OVF_E_SYNTAX, 0, 0, 0, 0},
    {"an empty array", OVF_STR_INIT("[]"), OVF_E_SYNTAX, 0, 0, 0, 0},
    {"a number", OVF_STR_INIT("7"), OVF_E_SYNTAX, 0, 0, 0, 0},
    {"not UTF-8", OVF_STR_INIT("{\"act\":\"warn\",\"text\":\"\xFF\"}\n" POST), OVF_OK, 1, 0, 1, 0},
};

static void reads(void **state)
{
    const struct row *row = *state;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_statements out = {0};
    ovf_error err = {0};
    assert_int_equal(ovf_statement_read(row->text, &arena, &out, &err), row->status);
    if (row->status == OVF_OK) {
        assert_int_equal(out.count, row->count);
        assert_int_equal(out.coverage_count, row->coverage_count);
        assert_int_equal(out.finding_count, row->finding_count);
    } else {
        assert_true(err.pos <= row->text.len);
    }
    for (size_t i = 0; i < out.finding_count; i++)
        assert_true(out.findings[i].pos < row->text.len);
    if (row->finding_line > 0) {
        size_t line = 0;
        size_t column = 0;
        ovf_str_line_column(row->text, out.findings[0].pos, &line, &column);
        assert_int_equal(line, row->finding_line);
    }
    ovf_arena_done(&arena);
}

static void reads_members(void **state)
{
    static const char text[] =
        "{\"id\":\"POST\",\"act\":\"declare_closed\",\"speaker\":\"President of Erewhon\","
        "\"speaker_kind\":\"head_of_state\",\"speaker_state\":\"USA\",\"office\":\"President\","
        "\"instrument\":\"social_post\",\"said\":\"2025-11-29T13:00:00Z\","
        "\"valid\":\"2025-11-29T13:00:00Z/2025-12-31\",\"area\":[\"Venezuela\",\"SVZM\"],"
        "\"operators\":\"AAL\",\"target\":\"airlines\",\"polarity\":\"neg\","
        "\"modality\":\"directive\",\"text\":\"closed in its entirety\",\"is_quote\":true,"
        "\"instrument_ref\":\"none\",\"source\":\"Reuters\"}";
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_statements out = {0};
    OVF_UNUSED(state);
    assert_int_equal(ovf_statement_read(ovf_str_of(text), &arena, &out, NULL), OVF_OK);
    assert_int_equal(out.count, 1);
    const ovf_statement *s = &out.items[0];
    assert_true(ovf_str_eq(s->id, OVF_STR("POST")));
    assert_int_equal(s->act, OVF_ACT_DECLARE_CLOSED);
    assert_true(ovf_str_eq(s->speaker_state, OVF_STR("USA")));
    assert_true(ovf_str_eq(s->medium, OVF_STR("social_post")));
    ovf_time expected = 0;
    assert_int_equal(ovf_time_parse(OVF_STR("2025-11-29T13:00Z"), &expected, NULL), OVF_OK);
    assert_true(s->said == expected && s->valid.from == expected);
    // "until 31 December" includes that day.
    assert_int_equal(ovf_time_parse(OVF_STR("2026-01-01T00:00Z"), &expected, NULL), OVF_OK);
    assert_true(s->valid.until == expected);
    assert_int_equal(s->area_count, 2);
    assert_true(ovf_str_eq(s->areas[1], OVF_STR("SVZM")));
    assert_int_equal(s->operator_count, 1);
    assert_true(s->is_negated && s->is_quote);
    assert_true(s->span.at == 0 && s->span.len == sizeof(text) - 1);
    ovf_arena_done(&arena);
}

static void dates_stand_in(void **state)
{
    static const struct {
        const char *text;
        const char *said; /* NULL: not known */
    } cases[] = {
        {"{\"act\":\"warn\",\"date_resolved\":\"2025-11-22\"}", "2025-11-22T00:00Z"},
        {"{\"act\":\"warn\",\"date_resolved\":\"2025-11-17/2025-11-23\"}", "2025-11-17T00:00Z"},
        {"{\"act\":\"warn\",\"date_resolved\":\"2021\"}", NULL},
        {"{\"act\":\"warn\"}", NULL},
    };
    OVF_UNUSED(state);
    for (size_t i = 0; i < OVF_COUNTOF(cases); i++) {
        ovf_arena arena;
        ovf_arena_init(&arena, 0);
        ovf_statements out = {0};
        assert_int_equal(ovf_statement_read(ovf_str_of(cases[i].text), &arena, &out, NULL), OVF_OK);
        ovf_time expected = OVF_TIME_NONE;
        if (cases[i].said != NULL)
            assert_int_equal(ovf_time_parse(ovf_str_of(cases[i].said), &expected, NULL), OVF_OK);
        assert_true(out.items[0].said == expected);
        assert_true(ovf_str_eq(out.items[0].id, OVF_STR("S-1")));
        ovf_arena_done(&arena);
    }
}

static void sniffs(void **state)
{
    OVF_UNUSED(state);
    assert_true(ovf_statement_sniff(OVF_STR(POST)));
    assert_true(ovf_statement_sniff(OVF_STR("# origin: made\n[\n" COVER "]")));
    assert_false(ovf_statement_sniff(OVF_STR("{\"type\":\"FeatureCollection\"}")));
    assert_false(ovf_statement_sniff(OVF_STR("A0012/25 NOTAMN")));
    assert_false(ovf_statement_sniff(OVF_STR("")));
    for (int act = OVF_ACT_UNKNOWN + 1; act <= OVF_ACT_OPERATE; act++) {
        ovf_act read = OVF_ACT_UNKNOWN;
        assert_true(ovf_act_parse(ovf_str_of(ovf_act_name((ovf_act)act)), &read));
        assert_int_equal(read, act);
    }
}

/* A file of open braces must not take the square of its length: 2 MB in well under a second. */
static void stays_linear(void **state)
{
    static char noise[2 << 20];
    OVF_UNUSED(state);
    for (size_t i = 0; i < sizeof(noise); i++)
        noise[i] = i % 2 == 0 ? '{' : '\n';
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_statements out = {0};
    ovf_error err = {0};
    assert_int_equal(ovf_statement_read((ovf_str){noise, sizeof(noise)}, &arena, &out, &err),
                     OVF_E_SYNTAX);
    ovf_arena_done(&arena);
}

/* Every ceiling of memory gives an answer or OVF_E_NOMEM, and never a half-written result. */
static void survives_little_memory(void **state)
{
    OVF_UNUSED(state);
    for (size_t limit = 1; limit < 200000; limit += 4999) {
        ovf_arena arena;
        ovf_arena_init(&arena, limit);
        ovf_statements out = {0};
        ovf_error err = {0};
        ovf_status status =
            ovf_statement_read(OVF_STR(POST "\n" COVER "\n" POST), &arena, &out, &err);
        assert_true(status == OVF_E_NOMEM ? out.count == 0 : out.count == 2);
        ovf_arena_done(&arena);
    }
}

int main(void)
{
    struct CMUnitTest tests[OVF_COUNTOF(rows) + 5] = {
        {"members", reads_members, NULL, NULL, NULL},
        {"dates stand in for the hour", dates_stand_in, NULL, NULL, NULL},
        {"tells statements from the rest", sniffs, NULL, NULL, NULL},
        {"a file of braces", stays_linear, NULL, NULL, NULL},
        {"little memory", survives_little_memory, NULL, NULL, NULL},
    };
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[i + 5] = (struct CMUnitTest){rows[i].name, reads, NULL, NULL, &rows[i]};
    return _cmocka_run_group_tests("statement", tests, OVF_COUNTOF(tests), NULL, NULL);
}
