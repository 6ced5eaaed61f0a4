/* SPDX-License-Identifier: Apache-2.0 */
/* Gold files and predictions in the JSON of the statement schema. */
#include "news_table.h"

#include <overfly/json_in.h>

#include <stdio.h>
#include <string.h>

static ovf_str text_of(ovf_json_value object, const char *name, ovf_arena *arena)
{
    ovf_str out = OVF_STR("");
    ovf_json_value value = ovf_json_get(object, name);
    if (ovf_json_kind(value) == '"' && !ovf_json_string(value, arena, &out, NULL))
        return OVF_STR("");
    return out;
}

/* A string or a list of strings. */
static void texts_of(ovf_json_value object, const char *name, ovf_arena *arena, news_list *list)
{
    ovf_json_value value = ovf_json_get(object, name), item = {0};
    ovf_str one = text_of(object, name, arena);
    if (one.len > 0 && list->count < NEWS_LIST_MAX)
        list->items[list->count++] = one;
    if (ovf_json_kind(value) != '[')
        return;
    while (ovf_json_next(value, &item, NULL) && list->count < NEWS_LIST_MAX)
        if (ovf_json_string(item, arena, &one, NULL) && one.len > 0)
            list->items[list->count++] = one;
}

static bool flag_of(ovf_json_value object, const char *name)
{
    return ovf_json_kind(ovf_json_get(object, name)) == 't';
}

static size_t number_of(ovf_json_value object, const char *name)
{
    double value = 0;
    return ovf_json_number(ovf_json_get(object, name), &value) && value >= 0 ? (size_t)value : 0;
}

static ovf_str or_else(ovf_str s, ovf_str fallback)
{
    return s.len > 0 ? s : fallback;
}

static news_statement statement_of(ovf_json_value object, ovf_arena *arena)
{
    ovf_json_value attribution = ovf_json_get(object, "attribution");
    news_statement s = {
        .act = text_of(object, "act", arena),
        .speaker = text_of(object, "speaker", arena),
        .speaker_kind = text_of(object, "speaker_kind", arena),
        .target = text_of(object, "target", arena),
        .instrument = text_of(object, "instrument", arena),
        .modality = or_else(text_of(object, "modality", arena), OVF_STR("fact")),
        .attribution = or_else(text_of(attribution, "kind", arena), OVF_STR("asserted")),
        .date = text_of(object, "date_resolved", arena),
        .valid = text_of(object, "valid", arena),
        .count = text_of(object, "count", arena),
        .evidence = text_of(object, "evidence", arena),
        .start = number_of(object, "start"),
        .end = number_of(object, "end"),
        .is_negated = ovf_str_eq(text_of(object, "polarity", arena), OVF_STR("neg")),
        .is_optional = flag_of(object, "optional"),
        .is_nominal = flag_of(object, "nominal"),
        .is_speaker_free = flag_of(object, "speaker_none_ok"),
    };
    texts_of(object, "act_alt", arena, &s.act_alt);
    texts_of(object, "speaker_alt", arena, &s.speaker_alt);
    texts_of(object, "area", arena, &s.areas);
    texts_of(attribution, "by", arena, &s.by);
    texts_of(attribution, "by_alt", arena, &s.by);
    return s;
}

bool news_set_read_json(news_set *set, const char *path, ovf_arena *arena)
{
    ovf_str gold = news_file(path, arena);
    ovf_json_value root = {0}, item = {0};
    ovf_error err = {0};
    if (gold.ptr == NULL || ovf_json_value_at(gold, 0, &root, &err) != OVF_OK)
        return false;
    const char *slash = strrchr(path, '/');
    int folder = slash == NULL ? 0 : (int)(slash - path + 1);
    ovf_str name = text_of(root, "text_file", arena);
    ovf_str text_path = ovf_arena_printf(arena, "%.*s" OVF_FMT, folder, path, OVF_ARG(name));
    if (!ovf_arena_grow(arena, (void **)&set->documents, set->count, &set->capacity,
                        sizeof *set->documents))
        return false;
    news_document d = {.id = text_of(root, "doc", arena),
                       .published = text_of(root, "pub_date", arena),
                       .style = OVF_STR("seed"),
                       .text = news_file(text_path.ptr, arena)};
    ovf_json_value list = ovf_json_get(root, "statements");
    size_t capacity = 0;
    while (ovf_json_next(list, &item, NULL)) {
        if (!ovf_arena_grow(arena, (void **)&d.statements, d.count, &capacity,
                            sizeof *d.statements))
            return false;
        d.statements[d.count++] = statement_of(item, arena);
    }
    set->documents[set->count++] = d;
    set->statement_count += d.count;
    return d.text.ptr != NULL;
}

bool news_predictions_read(const char *path, ovf_str doc, ovf_arena *arena, news_statement **out,
                           size_t *count)
{
    ovf_str rest = news_file(path, arena), line = {0};
    size_t capacity = 0;
    *out = NULL;
    *count = 0;
    if (rest.ptr == NULL)
        return false;
    while (ovf_str_line(&rest, &line)) {
        ovf_json_value object = {0};
        ovf_error err = {0};
        if (ovf_str_trim(line).len == 0)
            continue;
        if (ovf_json_value_at(line, 0, &object, &err) != OVF_OK)
            return false;
        if (doc.len > 0 && !ovf_str_eq(text_of(object, "doc", arena), doc))
            continue;
        if (!ovf_arena_grow(arena, (void **)out, *count, &capacity, sizeof **out))
            return false;
        (*out)[(*count)++] = statement_of(object, arena);
    }
    return true;
}
