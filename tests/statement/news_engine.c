/* SPDX-License-Identifier: Apache-2.0 */
/* The one place that knows the door of the extraction. */
#include "news_engine.h"

#include <overfly/news.h>

#include <stdio.h>

news_engine *news_engine_new(const ovf_world *world)
{
    ovf_news *news = NULL;
    ovf_error err = {0};
    if (ovf_news_new(world, &news, &err) == OVF_OK)
        return news;
    fprintf(stderr, "the reader of news: %s\n", err.reason);
    return NULL;
}

void news_engine_free(news_engine *engine)
{
    ovf_news_free(engine);
}

static ovf_str days_text(ovf_news_days days, bool is_validity, ovf_arena *arena)
{
    ovf_buf buf = {0};
    ovf_news_put_days(&buf, days, is_validity);
    ovf_str kept = ovf_arena_dup(arena, ovf_buf_str(&buf));
    ovf_buf_done(&buf);
    return kept;
}

static void convert(const ovf_news_statement *s, ovf_str text, ovf_arena *arena,
                    news_statement *out)
{
    *out = (news_statement){
        .act = ovf_str_of(ovf_act_name(s->act)),
        .speaker = s->speaker,
        .speaker_kind = ovf_str_of(ovf_news_kind_name(s->speaker_kind)),
        .target = s->target,
        .instrument = s->instrument,
        .modality = ovf_str_of(ovf_news_modality_name(s->modality)),
        .attribution = ovf_str_of(ovf_news_attribution_name(s->attribution)),
        .date = days_text(s->date, false, arena),
        .valid = days_text(s->valid, true, arena),
        .count = s->count,
        .start = s->evidence.at,
        .end = (size_t)s->evidence.at + s->evidence.len,
        .is_negated = s->is_negated,
        .is_nominal = s->is_nominal,
    };
    out->evidence = ovf_str_sub(text, out->start, out->end);
    for (size_t i = 0; i < s->area_count && i < NEWS_LIST_MAX; i++)
        out->areas.items[out->areas.count++] = s->areas[i];
    for (size_t i = 0; i < s->rule_count && i < OVF_COUNTOF(out->rules); i++)
        out->rules[i] = s->rules[i];
    if (s->attribution_by.len > 0)
        out->by.items[out->by.count++] = s->attribution_by;
}

/* Days since 1970 of the document's day; the table's own count begins in the year 1. */
static int32_t published_day(const news_document *document)
{
    int day = 0;
    int epoch = 0;
    if (!news_day(document->published, &day) || !news_day(OVF_STR("1970-01-01"), &epoch))
        return OVF_NEWS_NO_DAY;
    return day - epoch;
}

bool news_engine_read(const news_engine *engine, const news_document *document, ovf_arena *arena,
                      news_statement **out, size_t *count)
{
    ovf_error err = {0};
    ovf_news_result result = {0};
    ovf_news_options options = {.published = published_day(document)};
    if (ovf_news_read(engine, document->text, &options, arena, &result, &err) != OVF_OK)
        return false;
    *out = ovf_arena_array(arena, news_statement, result.count + 1);
    *count = result.count;
    for (size_t i = 0; *out != NULL && i < result.count; i++)
        convert(&result.items[i], document->text, arena, &(*out)[i]);
    return *out != NULL;
}
