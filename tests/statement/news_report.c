/* SPDX-License-Identifier: Apache-2.0 */
/* For the desk, not for the test run:
 *   news_report WORLD TABLES                      figures of every set of tables
 *   news_report WORLD TABLES sentences|stories    every miss, false alarm, near miss (SPEAKER, AREA)
 *                                                 and wrong attribute of what may be tuned on
 *   news_report WORLD TABLES gold                 the tables as JSON lines, to compare scorers
 *   news_report WORLD TABLES score GOLD.json PREDICTED.jsonl
 *   news_report WORLD TABLES predict GOLD.json    what is found in its text, as JSON lines
 *   news_report WORLD TABLES read FILE DAY        the same of plain text, a line a statement
 * The held-back tables give figures only: who reads their mistakes tunes on them. */
#include "news_engine.h"
#include "news_score.h"

#include <overfly/json.h>

#include <string.h>

static const struct set_of {
    const char *name, *folder, *prefix;
    bool is_held;
} sets[] = {
    {"sentences", "", "sentences-", false},
    {"stories", "", "story-", false},
    {"held sentences", "/held", "sentences-", true},
    {"held stories", "/held", "story-", true},
};

static void print_result(const char *name, const news_set *set, const news_result *result)
{
    printf("%s: %zu documents, %zu statements\n", name, set->count, set->statement_count);
    for (int level = 0; level < NEWS_LEVELS; level++) {
        news_tally t = result->levels[level];
        printf("  %-7s found %4zu missed %4zu false %4zu  precision %.3f recall %.3f F1 %.3f\n",
               news_level_names[level], t.found, t.missed, t.false_alarms, news_precision(t),
               news_recall(t), news_f1(t));
    }
    for (size_t a = 0; a < NEWS_ACTS; a++) {
        news_tally t = result->acts[a];
        printf("  %-17s found %4zu missed %4zu false %4zu  precision %.3f recall %.3f F1 %.3f\n",
               news_act_names[a], t.found, t.missed, t.false_alarms, news_precision(t),
               news_recall(t), news_f1(t));
    }
    printf(" ");
    for (size_t a = 0; a < NEWS_ATTRIBUTES; a++)
        printf(" %s %zu/%zu", news_attribute_names[a], result->attribute_right[a],
               result->attribute_asked[a]);
    printf("\n");
}

static bool score_set(const news_engine *engine, const news_names *names, const news_set *set,
                      FILE *list, ovf_arena *arena)
{
    news_result result = {0};
    for (size_t i = 0; i < set->count; i++) {
        news_statement *predicted = NULL;
        size_t count = 0;
        if (!news_engine_read(engine, &set->documents[i], arena, &predicted, &count)
            || !news_score(names, &set->documents[i], predicted, count, arena, &result, list))
            return false;
    }
    print_result(set->name, set, &result);
    return true;
}

static bool score_files(const news_names *names, const char *gold, const char *predictions,
                        ovf_arena *arena)
{
    news_set set = {.name = gold};
    news_result result = {0};
    news_statement *predicted = NULL;
    size_t count = 0;
    if (!news_set_read_json(&set, gold, arena)
        || !news_predictions_read(predictions, set.documents[0].id, arena, &predicted, &count)
        || !news_score(names, &set.documents[0], predicted, count, arena, &result, stdout))
        return false;
    print_result(gold, &set, &result);
    return true;
}

/* ---- statements as JSON ---- */

static void put(ovf_json *j, const char *name, ovf_str value)
{
    ovf_json_key(j, name);
    ovf_json_str(j, value);
}

static void put_list(ovf_json *j, const char *name, const news_list *list, size_t from)
{
    if (list->count <= from)
        return;
    ovf_json_key(j, name);
    ovf_json_array(j);
    for (size_t i = from; i < list->count; i++)
        ovf_json_str(j, list->items[i]);
    ovf_json_end(j);
}

static void print_json(const news_document *d, const news_statement *s)
{
    ovf_buf buf = {0};
    ovf_json json = {0}, *j = &json;
    ovf_json_init(j, &buf);
    ovf_json_object(j);
    put(j, "doc", d->id);
    put(j, "published", d->published);
    put(j, "act", s->act);
    put_list(j, "act_alt", &s->act_alt, 0);
    put(j, "speaker", s->speaker);
    put_list(j, "speaker_alt", &s->speaker_alt, 0);
    put(j, "speaker_kind", s->speaker_kind);
    put_list(j, "area", &s->areas, 0);
    put(j, "target", s->target);
    put(j, "instrument", s->instrument);
    put(j, "polarity", s->is_negated ? OVF_STR("neg") : OVF_STR("pos"));
    put(j, "modality", s->modality);
    ovf_json_key(j, "attribution");
    ovf_json_object(j);
    put(j, "kind", s->attribution);
    put(j, "by", s->by.count > 0 ? s->by.items[0] : OVF_STR(""));
    put_list(j, "by_alt", &s->by, 1);
    ovf_json_end(j);
    put(j, "date_resolved", s->date);
    put(j, "valid", s->valid);
    put(j, "count", s->count);
    put(j, "evidence", s->evidence);
    ovf_json_key(j, "start");
    ovf_json_int(j, (int64_t)s->start);
    ovf_json_key(j, "end");
    ovf_json_int(j, (int64_t)s->end);
    if (s->is_optional) {
        ovf_json_key(j, "optional");
        ovf_json_bool(j, true);
    }
    if (s->is_nominal) {
        ovf_json_key(j, "nominal");
        ovf_json_bool(j, true);
    }
    if (s->is_speaker_free) {
        ovf_json_key(j, "speaker_none_ok");
        ovf_json_bool(j, true);
    }
    ovf_json_end(j);
    printf(OVF_FMT "\n", OVF_ARG(ovf_buf_str(&buf)));
    ovf_buf_done(&buf);
}

static bool predict(const news_engine *engine, const char *gold, ovf_arena *arena)
{
    news_set set = {.name = gold};
    news_statement *predicted = NULL;
    size_t count = 0;
    if (!news_set_read_json(&set, gold, arena)
        || !news_engine_read(engine, &set.documents[0], arena, &predicted, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        print_json(&set.documents[0], &predicted[i]);
    return true;
}

static bool read_plain(const news_engine *engine, const char *path, const char *day,
                       ovf_arena *arena)
{
    news_document d = {.id = OVF_STR("text"), .published = ovf_str_of(day)};
    news_statement *items = NULL;
    size_t count = 0;
    d.text = news_file(path, arena);
    if (d.text.ptr == NULL || !news_engine_read(engine, &d, arena, &items, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        const news_statement *s = &items[i];
        printf(OVF_FMT " | " OVF_FMT " (" OVF_FMT ") | ", OVF_ARG(s->act), OVF_ARG(s->speaker),
               OVF_ARG(s->speaker_kind));
        for (size_t a = 0; a < s->areas.count; a++)
            printf("%s" OVF_FMT, a > 0 ? "; " : "", OVF_ARG(s->areas.items[a]));
        printf(" | " OVF_FMT " " OVF_FMT " | %s" OVF_FMT " " OVF_FMT " " OVF_FMT " | " OVF_FMT "\n",
               OVF_ARG(s->attribution), OVF_ARG(s->by.count > 0 ? s->by.items[0] : OVF_STR("")),
               s->is_negated ? "neg " : "", OVF_ARG(s->modality), OVF_ARG(s->date),
               OVF_ARG(s->count), OVF_ARG(s->evidence));
    }
    return true;
}

static bool run(const news_engine *engine, const news_names *names, const char *tables,
                const char *what, ovf_arena *arena)
{
    for (size_t i = 0; i < OVF_COUNTOF(sets); i++) {
        news_set set = {.name = sets[i].name};
        ovf_str folder = ovf_arena_printf(arena, "%s%s", tables, sets[i].folder);
        bool is_listed = strcmp(what, sets[i].name) == 0 && !sets[i].is_held;
        bool is_gold = strcmp(what, "gold") == 0;
        if (what[0] != '\0' && !is_listed && !is_gold)
            continue;
        if (!news_set_read(&set, folder.ptr, sets[i].prefix, arena))
            return false;
        if (!is_gold && !score_set(engine, names, &set, is_listed ? stdout : NULL, arena))
            return false;
        for (size_t d = 0; is_gold && d < set.count; d++)
            for (size_t s = 0; s < set.documents[d].count; s++)
                print_json(&set.documents[d], &set.documents[d].statements[s]);
    }
    return true;
}

int main(int argc, char **argv)
{
    ovf_arena arena;
    ovf_world *world = NULL;
    ovf_error err = {0};
    news_names names = {0};
    if (argc < 3) {
        fprintf(stderr, "usage: news_report WORLD TABLES [sentences|stories|gold|predict GOLD|"
                        "score GOLD PREDICTED]\n");
        return 2;
    }
    ovf_arena_init(&arena, (size_t)8 << 30);
    if (ovf_world_open(argv[1], &world, &err) != OVF_OK) {
        fprintf(stderr, "%s: %s\n", argv[1], err.reason);
        return 3;
    }
    ovf_str aliases = ovf_arena_printf(&arena, "%s/ALIASES.tsv", argv[2]);
    news_engine *engine = news_engine_new(world);
    bool is_done = engine != NULL && news_names_load(&names, world, aliases.ptr, &arena);
    if (is_done && argc >= 6 && strcmp(argv[3], "score") == 0)
        is_done = score_files(&names, argv[4], argv[5], &arena);
    else if (is_done && argc >= 5 && strcmp(argv[3], "predict") == 0)
        is_done = predict(engine, argv[4], &arena);
    else if (is_done && argc >= 6 && strcmp(argv[3], "read") == 0)
        is_done = read_plain(engine, argv[4], argv[5], &arena);
    else if (is_done)
        is_done = run(engine, &names, argv[2], argc > 3 ? argv[3] : "", &arena);
    news_engine_free(engine);
    ovf_world_free(world);
    ovf_arena_done(&arena);
    return is_done ? 0 : 1;
}
