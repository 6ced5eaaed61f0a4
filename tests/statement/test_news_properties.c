/* SPDX-License-Identifier: Apache-2.0 */
/* What must not change the statements of a text, or must change them in one way only: quotation
 * marks of another kind, line ends of another kind, a paragraph about something else in front, the
 * day of publication. Each is tried on every tuning story and sentence; a row tells how many
 * documents may differ, since a few differ by right (an apostrophe that turns into a quotation
 * mark, a first line that was a headline). Arguments: world, tables. */
#include "news_engine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *world_path, *tables_path;
static ovf_world *world;
static news_engine *engine;
static ovf_arena arena;
static news_set set;

static int open_all(void **state)
{
    (void)state;
    ovf_error err = {0};
    ovf_arena_init(&arena, (size_t)4 << 30);
    if (ovf_world_open(world_path, &world, &err) != OVF_OK) {
        print_error("%s: %s\n", world_path, err.reason);
        return -1;
    }
    engine = news_engine_new(world);
    return engine != NULL && news_set_read(&set, tables_path, "story-", &arena)
                   && news_set_read(&set, tables_path, "sentences-", &arena)
               ? 0
               : -1;
}

static int close_all(void **state)
{
    (void)state;
    news_engine_free(engine);
    ovf_world_free(world);
    ovf_arena_done(&arena);
    return 0;
}

/* ---- the text made other ---- */

static void replace_all(ovf_buf *out, ovf_str text, ovf_str from, ovf_str to)
{
    size_t at = 0, next = 0;
    while ((next = ovf_str_find(text, at, from)) != OVF_NOPOS) {
        ovf_buf_add(out, ovf_str_sub(text, at, next));
        ovf_buf_add(out, to);
        at = next + from.len;
    }
    ovf_buf_add(out, ovf_str_tail(text, at));
}

static ovf_str replaced(ovf_str text, const char *from, const char *to)
{
    ovf_buf buf = {0};
    replace_all(&buf, text, ovf_str_of(from), ovf_str_of(to));
    ovf_str kept = ovf_arena_dup(&arena, ovf_buf_str(&buf));
    ovf_buf_done(&buf);
    return kept;
}

static ovf_str with_straight_quotes(ovf_str text)
{
    text = replaced(replaced(text, "“", "\""), "”", "\"");
    return replaced(replaced(text, "‘", "'"), "’", "'");
}

/* A quotation mark opens behind a blank, a bracket or nothing, and closes elsewhere. */
static ovf_str with_curly_quotes(ovf_str text)
{
    ovf_buf buf = {0};
    for (size_t i = 0; i < text.len; i++) {
        bool opens = i == 0 || strchr(" \n(-", text.ptr[i - 1]) != NULL;
        if (text.ptr[i] == '"')
            ovf_buf_add(&buf, opens ? OVF_STR("“") : OVF_STR("”"));
        else if (text.ptr[i] == '\'' && !opens)
            ovf_buf_add(&buf, OVF_STR("’"));
        else
            ovf_buf_addc(&buf, text.ptr[i]);
    }
    ovf_str kept = ovf_arena_dup(&arena, ovf_buf_str(&buf));
    ovf_buf_done(&buf);
    return kept;
}

static ovf_str with_crlf(ovf_str text)
{
    return replaced(text, "\n", "\r\n");
}

static ovf_str with_preface(ovf_str text)
{
    return ovf_arena_printf(&arena,
                            "The bakery in the square sells bread and cheese from seven in the "
                            "morning, and the queue is long.\n" OVF_FMT,
                            OVF_ARG(text));
}

/* ---- the same statements? ---- */

static bool same(const news_statement *a, const news_statement *b)
{
    if (a->areas.count != b->areas.count || a->is_negated != b->is_negated
        || !ovf_str_eq(a->act, b->act) || !ovf_str_eq(a->speaker_kind, b->speaker_kind)
        || !ovf_str_eq(a->attribution, b->attribution) || !ovf_str_eq(a->modality, b->modality)
        || !ovf_str_eq(a->date, b->date) || !ovf_str_eq(a->count, b->count))
        return false;
    // Names as written carry the apostrophe of the text.
    return ovf_str_eq(with_straight_quotes(a->speaker), with_straight_quotes(b->speaker));
}

static bool read_text(const news_document *document, ovf_str text, news_statement **out,
                      size_t *count)
{
    news_document other = *document;
    other.text = text;
    return news_engine_read(engine, &other, &arena, out, count);
}

static struct row {
    const char *name;
    ovf_str (*change)(ovf_str text);
    size_t differ_max; /* documents */
} rows[] = {
    {"straight quotation marks", with_straight_quotes, 0},
    {"curly quotation marks", with_curly_quotes, 0},
    {"line ends of two bytes", with_crlf, 0},
    {"a paragraph about something else in front", with_preface, 8},
};

static void keeps_the_statements(void **state)
{
    const struct row *row = *state;
    size_t differ = 0;
    for (size_t i = 0; i < set.count; i++) {
        const news_document *d = &set.documents[i];
        news_statement *a = NULL, *b = NULL;
        size_t a_count = 0, b_count = 0;
        assert_true(read_text(d, d->text, &a, &a_count));
        assert_true(read_text(d, row->change(d->text), &b, &b_count));
        bool is_same = a_count == b_count;
        for (size_t j = 0; is_same && j < a_count; j++)
            is_same = same(&a[j], &b[j]);
        differ += !is_same;
        if (!is_same)
            print_message("%s: " OVF_FMT "\n", row->name, OVF_ARG(d->id));
    }
    assert_true(differ <= row->differ_max);
}

/* ---- days ---- */

static bool names_a_weekday(ovf_str text)
{
    static const char *const names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
    for (size_t i = 0; i < OVF_COUNTOF(names); i++)
        if (ovf_str_find(text, 0, ovf_str_of(names[i])) != OVF_NOPOS)
            return true;
    return false;
}

static const char *const months[] = {"Jan", "Feb", "March", "April", "May",  "June", "July",
                                     "Aug", "Sep", "Oct",   "Nov",   "Dec.", "Dec"};

static bool names_a_month_or_number(ovf_str text)
{
    for (size_t i = 0; i < OVF_COUNTOF(months); i++)
        if (ovf_str_find(text, 0, ovf_str_of(months[i])) != OVF_NOPOS)
            return true;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
            return true;
    return false;
}

/* A week later, a day told by its weekday alone is a week later too. */
static void weekdays_move_with_the_day(void **state)
{
    (void)state;
    size_t moved = 0;
    for (size_t i = 0; i < set.count; i++) {
        news_document d = set.documents[i], later = d;
        news_statement *a = NULL, *b = NULL;
        size_t a_count = 0, b_count = 0;
        ovf_str day = ovf_str_tail(d.published, 8);
        uint32_t number = 0;
        ovf_str_take_uint(day, 0, 31, &number);
        if (number > 21 || names_a_month_or_number(d.text) || !names_a_weekday(d.text))
            continue; // within the month the shift needs no calendar here
        later.published = ovf_arena_printf(&arena, OVF_FMT "%02u",
                                           OVF_ARG(ovf_str_sub(d.published, 0, 8)), number + 7);
        assert_true(news_engine_read(engine, &d, &arena, &a, &a_count));
        assert_true(news_engine_read(engine, &later, &arena, &b, &b_count));
        assert_int_equal(a_count, b_count);
        for (size_t j = 0; j < a_count; j++) {
            int a_first = 0, a_last = 0, b_first = 0, b_last = 0;
            if (!news_days(a[j].date, &a_first, &a_last))
                continue;
            assert_true(news_days(b[j].date, &b_first, &b_last));
            assert_int_equal(b_first - a_first, 7);
            assert_int_equal(b_last - a_last, 7);
            moved++;
        }
    }
    assert_true(moved >= 30);
}

/* ---- bytes ---- */

static bool is_boundary(ovf_str text, size_t at)
{
    return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

static void evidence_lies_between_characters(void **state)
{
    (void)state;
    for (size_t i = 0; i < set.count; i++) {
        const news_document *d = &set.documents[i];
        news_statement *s = NULL;
        size_t count = 0;
        assert_true(news_engine_read(engine, d, &arena, &s, &count));
        for (size_t j = 0; j < count; j++) {
            assert_true(s[j].start < s[j].end && s[j].end <= d->text.len);
            assert_true(is_boundary(d->text, s[j].start) && is_boundary(d->text, s[j].end));
            assert_true(news_is_act(s[j].act) && news_is_kind(s[j].speaker_kind));
            assert_true(news_is_modality(s[j].modality) && news_is_instrument(s[j].instrument));
            assert_true(s[j].speaker.len > 0 || ovf_str_eq(s[j].speaker_kind, OVF_STR("unknown")));
            assert_true(ovf_str_eq(s[j].attribution, OVF_STR("asserted")) == (s[j].by.count == 0));
        }
    }
}

/* ---- large texts ---- */

#define LARGE_BYTES ((size_t)1 << 20)

static struct large_row {
    const char *name;
    const char *unit; /* repeated; NULL: random bytes */
} large_rows[] = {
    {"a megabyte in one sentence", "Qatar closed its airspace and Kuwait said that "},
    {"a megabyte of opening quotation marks", "“said "},
    {"a megabyte of straight quotation marks", "\"he said\" "},
    {"a megabyte of brackets", "(Qatar ("},
    {"a megabyte of short sentences", "Doha shut it. "},
    {"a megabyte of commas", "Doha, Paris, "},
    {"a megabyte of random bytes", NULL},
};

/* Grown texts end, and within the time that the test has for all of them. */
static void reads_large_texts(void **state)
{
    const struct large_row *row = *state;
    ovf_buf buf = {0};
    uint32_t seed = 20251129;
    while (buf.len < LARGE_BYTES) {
        seed = seed * 1664525u + 1013904223u; // Numerical Recipes, an LCG
        if (row->unit != NULL)
            ovf_buf_add(&buf, ovf_str_of(row->unit));
        else
            ovf_buf_addc(&buf, (char)(seed >> 24));
    }
    ovf_arena own;
    ovf_arena_init(&own, (size_t)4 << 30);
    news_document d = {
        .id = OVF_STR("large"), .published = OVF_STR("2025-11-29"), .text = ovf_buf_str(&buf)};
    news_statement *s = NULL;
    size_t count = 0;
    assert_true(news_engine_read(engine, &d, &own, &s, &count));
    for (size_t i = 0; i < count; i++)
        assert_true(s[i].start < s[i].end && s[i].end <= d.text.len);
    ovf_arena_done(&own);
    ovf_buf_done(&buf);
}

int main(int argc, char **argv)
{
    static struct CMUnitTest tests[OVF_COUNTOF(rows) + OVF_COUNTOF(large_rows) + 2];
    size_t count = 0;
    if (argc < 3) {
        fprintf(stderr, "usage: test_news_properties WORLD TABLES\n");
        return 2;
    }
    world_path = argv[1];
    tables_path = argv[2];
    for (size_t i = 0; i < OVF_COUNTOF(rows); i++)
        tests[count++] =
            (struct CMUnitTest){rows[i].name, keeps_the_statements, NULL, NULL, &rows[i]};
    tests[count++] = (struct CMUnitTest){"weekdays move with the day of publication",
                                         weekdays_move_with_the_day, NULL, NULL, NULL};
    tests[count++] = (struct CMUnitTest){"evidence lies between characters",
                                         evidence_lies_between_characters, NULL, NULL, NULL};
    for (size_t i = 0; i < OVF_COUNTOF(large_rows); i++)
        tests[count++] =
            (struct CMUnitTest){large_rows[i].name, reads_large_texts, NULL, NULL, &large_rows[i]};
    return _cmocka_run_group_tests("news properties", tests, count, open_all, close_all);
}
