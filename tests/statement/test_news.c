/* SPDX-License-Identifier: Apache-2.0 */
/* Statements out of news text, scored on our own tables (news/, and news/held/, which nobody tunes
 * on) and on the seed article beside this tree. The tables are gold made by reading, after the
 * rules of the statement schema; the floors are a little below what was reached, so that a change
 * that loses ground fails. Arguments: world, tables, folder of the seed. */
#include "news_engine.h"
#include "news_score.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *world_path, *tables_path, *seed_path;
static ovf_world *world;
static news_engine *engine;
static ovf_arena arena;
static news_names names;

static int open_all(void **state)
{
    (void)state;
    ovf_error err = {0};
    ovf_arena_init(&arena, 0);
    if (ovf_world_open(world_path, &world, &err) != OVF_OK) {
        print_error("%s: %s\n", world_path, err.reason);
        return -1;
    }
    ovf_str aliases = ovf_arena_printf(&arena, "%s/ALIASES.tsv", tables_path);
    engine = news_engine_new(world);
    return engine != NULL && news_names_load(&names, world, aliases.ptr, &arena) ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    news_engine_free(engine);
    ovf_world_free(world);
    ovf_arena_done(&arena);
    return 0;
}

/* ---- the names ---- */

static struct name_row {
    const char *name;
    const char *a, *b;
    bool is_area, is_match;
} name_rows[] = {
    {"demonym", "Venezuelan", "Venezuela", true, true},
    {"a capital is a place as an area", "Caracas", "Venezuela", true, false},
    {"a capital is its government as a speaker", "Caracas", "Venezuela", false, true},
    {"title dropped", "Defense Secretary Pete Hegseth", "Pete Hegseth", false, true},
    {"generic words alone", "Civil Aviation Authority", "Airports Authority", false, false},
    {"initials", "FAA", "the Federal Aviation Administration", false, true},
    {"points in U.S.", "the U.S.", "United States", false, true},
    {"U.S. within a name", "U.S. officials", "United States officials", false, true},
    {"accent", "Nicolas Maduro", "Nicolás Maduro", false, true},
    {"surname within a name", "Maduro", "Nicolás Maduro", false, true},
    {"code of a State", "VE", "Venezuela", true, true},
    {"a code in small letters is a word", "are", "United Arab Emirates", true, false},
    {"another speaker", "EASA", "Federal Aviation Administration", false, false},
    {"possessive", "Pakistan's airspace", "Pakistan", true, true},
    {"Niger is not Nigeria", "Niger", "Nigeria", true, false},
    {"nobody", "", "Venezuela", false, false},
};

static void names_match(void **state)
{
    const struct name_row *row = *state;
    assert_int_equal(news_names_match(&names, ovf_str_of(row->a), ovf_str_of(row->b), row->is_area),
                     row->is_match);
}

/* ---- the scoring, on the rows of the schema's own check ---- */

static news_statement model(void)
{
    return (news_statement){
        .act = OVF_STR("warn"),
        .speaker = OVF_STR("Federal Aviation Administration"),
        .speaker_kind = OVF_STR("aviation_authority"),
        .areas = {{OVF_STR("Venezuela")}, 1},
        .modality = OVF_STR("fact"),
        .attribution = OVF_STR("asserted"),
        .date = OVF_STR("2025-11-17/2025-11-23"),
        .start = 10,
        .end = 90,
    };
}

static double f1_of(news_statement *gold, size_t gold_count, const news_statement *predicted,
                    size_t count, news_level level)
{
    static char text[5000];
    news_document d = {.text = {text, sizeof text}, .statements = gold, .count = gold_count};
    news_result result = {0};
    assert_true(news_score(&names, &d, predicted, count, &arena, &result, NULL));
    return news_f1(result.levels[level]);
}

static void scores_as_the_schema(void **state)
{
    (void)state;
    news_statement g = model(), p = model(), two[2] = {model(), model()};
    p.speaker = OVF_STR("FAA");
    p.areas.items[0] = OVF_STR("VE");
    assert_true(f1_of(&g, 1, &p, 1, NEWS_FULL) == 1.0);
    assert_true(f1_of(&g, 1, NULL, 0, NEWS_CORE) == 0.0);
    p.speaker = OVF_STR("EASA");
    assert_true(f1_of(&g, 1, &p, 1, NEWS_CORE) == 0.0);
    assert_true(f1_of(&g, 1, &p, 1, NEWS_DETECT) == 1.0);
    p = model();
    p.areas.items[0] = OVF_STR("Cuba");
    assert_true(f1_of(&g, 1, &p, 1, NEWS_CORE) == 0.0);
    p = model();
    p.start = 0;
    p.end = 4000;
    assert_true(f1_of(&g, 1, &p, 1, NEWS_CORE) == 0.0);
    double f1 = f1_of(&g, 1, two, 2, NEWS_CORE); // the second of them is a false alarm
    assert_true(f1 > 0.6666 && f1 < 0.6667);
    p = model();
    p.date = OVF_STR("2025-11-21");
    assert_true(f1_of(&g, 1, &p, 1, NEWS_FULL) == 1.0);
    p.date = OVF_STR("2025-11-24");
    assert_true(f1_of(&g, 1, &p, 1, NEWS_FULL) == 0.0);
    p = model();
    p.count = OVF_STR("6");
    assert_true(f1_of(&g, 1, &p, 1, NEWS_FULL) == 0.0);
    two[1].act = OVF_STR("claim");
    two[1].is_optional = true;
    two[1].start = 200;
    two[1].end = 260;
    assert_true(f1_of(two, 2, two, 2, NEWS_CORE) == 1.0);
    assert_true(f1_of(two, 2, &g, 1, NEWS_CORE) == 1.0);
    g.speaker = OVF_STR("");
    p = model();
    assert_true(f1_of(&g, 1, &p, 1, NEWS_WHO) == 0.0); // an invented issuer
}

/* ---- the tables ---- */

static struct set_row {
    const char *name;
    const char *folder, *prefix; /* NULL: the seed */
    size_t documents_min, statements_min;
    double core_min, full_min; /* F1 */
} set_rows[] = {
    {"sentences", "", "sentences-", 670, 1005, 0.805, 0.59},
    {"stories", "", "story-", 58, 1450, 0.82, 0.585},
    {"held sentences", "/held", "sentences-", 240, 400, 0.65, 0.45},
    {"held stories", "/held", "story-", 29, 725, 0.71, 0.53},
    {"seed", NULL, NULL, 1, 20, 0.95, 0.75},
};

static bool read_set(const struct set_row *row, news_set *set)
{
    set->name = row->name;
    if (row->folder == NULL) {
        ovf_str path = ovf_arena_printf(&arena, "%s/00-seed.json", seed_path);
        return access(path.ptr, R_OK) == 0 && news_set_read_json(set, path.ptr, &arena);
    }
    ovf_str folder = ovf_arena_printf(&arena, "%s%s", tables_path, row->folder);
    return news_set_read(set, folder.ptr, row->prefix, &arena);
}

static void gold_is_sound(void **state)
{
    const struct set_row *row = *state;
    news_set set = {0};
    if (!read_set(row, &set) && row->folder == NULL)
        skip();
    assert_int_equal(set.mistakes, 0);
    assert_true(set.count >= row->documents_min);
    assert_true(set.statement_count >= row->statements_min);
    for (size_t i = 0; i < set.count; i++) {
        const news_document *d = &set.documents[i];
        for (size_t j = 0; j < d->count; j++) {
            const news_statement *s = &d->statements[j];
            assert_true(s->start < s->end && s->end <= d->text.len);
            assert_true(ovf_str_eq(ovf_str_sub(d->text, s->start, s->end), s->evidence));
            assert_true(news_is_act(s->act) && news_is_kind(s->speaker_kind));
        }
    }
}

static void reaches_its_floor(void **state)
{
    const struct set_row *row = *state;
    news_set set = {0};
    news_result result = {0};
    if (!read_set(row, &set)) {
        skip();
        return;
    }
    for (size_t i = 0; i < set.count; i++) {
        news_statement *predicted = NULL;
        size_t count = 0;
        assert_true(news_engine_read(engine, &set.documents[i], &arena, &predicted, &count));
        assert_true(news_score(&names, &set.documents[i], predicted, count, &arena, &result, NULL));
    }
    for (int level = 0; level < NEWS_LEVELS; level++) {
        news_tally t = result.levels[level];
        print_message("%-15s %-7s precision %.3f recall %.3f F1 %.3f\n", row->name,
                      news_level_names[level], news_precision(t), news_recall(t), news_f1(t));
    }
    assert_true(news_f1(result.levels[NEWS_CORE]) >= row->core_min);
    assert_true(news_f1(result.levels[NEWS_FULL]) >= row->full_min);
}

int main(int argc, char **argv)
{
    static struct CMUnitTest tests[OVF_COUNTOF(name_rows) + 2 * OVF_COUNTOF(set_rows) + 1];
    static char labels[2 * OVF_COUNTOF(set_rows)][64];
    size_t count = 0;
    if (argc < 4) {
        fprintf(stderr, "usage: test_news WORLD TABLES SEED\n");
        return 2;
    }
    world_path = argv[1];
    tables_path = argv[2];
    seed_path = argv[3];
    for (size_t i = 0; i < OVF_COUNTOF(name_rows); i++)
        tests[count++] =
            (struct CMUnitTest){name_rows[i].name, names_match, NULL, NULL, &name_rows[i]};
    tests[count++] = (struct CMUnitTest){"scoring", scores_as_the_schema, NULL, NULL, NULL};
    for (size_t i = 0; i < OVF_COUNTOF(set_rows); i++) {
        snprintf(labels[2 * i], sizeof labels[0], "%s: gold is sound", set_rows[i].name);
        snprintf(labels[2 * i + 1], sizeof labels[0], "%s: floor", set_rows[i].name);
        tests[count++] =
            (struct CMUnitTest){labels[2 * i], gold_is_sound, NULL, NULL, &set_rows[i]};
        tests[count++] =
            (struct CMUnitTest){labels[2 * i + 1], reaches_its_floor, NULL, NULL, &set_rows[i]};
    }
    return _cmocka_run_group_tests("news", tests, count, open_all, close_all);
}
