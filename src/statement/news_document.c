/* SPDX-License-Identifier: Apache-2.0 */
/* A document of news as records: every story of it read, every statement of it dated. */
#include <overfly/news.h>
#include <overfly/news_source.h>

#include <string.h>

typedef struct story {
    const ovf_news *news;
    const ovf_news_context *context;
    const ovf_news_source *source;
    ovf_str id;
    ovf_time published; /* OVF_TIME_NONE */
    ovf_arena *room;    /* what reading needs, thrown away behind each story */
    ovf_arena *arena;   /* what is handed out */
    ovf_statements *out;
    ovf_findings findings;
    size_t capacity;
} story;

static ovf_status no_memory(ovf_error *err)
{
    return ovf_fail(err, OVF_E_NOMEM, OVF_NOPOS, "no memory for the statements of a story");
}

static bool copy(ovf_arena *arena, ovf_str *text)
{
    if (text->len == 0) {
        *text = (ovf_str){0};
        return true;
    }
    *text = ovf_arena_dup(arena, *text);
    return text->ptr != NULL;
}

static bool copy_list(ovf_arena *arena, ovf_str **list, size_t count)
{
    ovf_str *copies = ovf_arena_array(arena, ovf_str, count + 1);
    bool ok = copies != NULL;
    for (size_t i = 0; i < count && ok; i++) {
        copies[i] = (*list)[i];
        ok = copy(arena, &copies[i]);
    }
    *list = copies;
    return ok;
}

static bool copy_statement(ovf_arena *arena, ovf_statement *s)
{
    ovf_str *const texts[] = {&s->id,   &s->speaker, &s->speaker_kind,  &s->office, &s->medium,
                              &s->text, &s->target,  &s->speaker_state, &s->source, &s->modality};
    bool ok = true;
    for (size_t i = 0; i < OVF_COUNTOF(texts) && ok; i++)
        ok = copy(arena, texts[i]);
    return ok && copy_list(arena, &s->areas, s->area_count)
           && copy_list(arena, &s->operators, s->operator_count);
}

/* Where the evidence stands in the document; len 0: nowhere literally. */
static ovf_span span_of(const story *t, ovf_span evidence)
{
    size_t first = ovf_news_origin(t->source, evidence.at);
    size_t last =
        evidence.len == 0 ? OVF_NOPOS : ovf_news_origin(t->source, evidence.at + evidence.len - 1);
    if (first == OVF_NOPOS || last == OVF_NOPOS || last < first
        || last + t->context->start >= UINT32_MAX)
        return (ovf_span){0};
    return (ovf_span){(uint32_t)(first + t->context->start), (uint32_t)(last - first + 1)};
}

/* By the time it was published it had been said; what lies ahead was announced then. */
static void date(const story *t, ovf_statement *s)
{
    ovf_time by = t->published;
    if (by == OVF_TIME_NONE)
        return;
    if (s->said == OVF_TIME_NONE) {
        s->said = by;
        s->said_until = 0;
    } else if (s->said > by) {
        if (s->valid.from == OVF_TIME_NONE)
            s->valid.from = s->said;
        s->said = by;
        s->said_until = 0;
    }
}

static ovf_status add(story *t, const ovf_news_statement *told, size_t number, ovf_error *err)
{
    ovf_statements *out = t->out;
    ovf_statement s;
    if (ovf_news_record(told, t->source->text, t->id, number, t->room, &s) != OVF_OK)
        return no_memory(err);
    if (told->attribution_by.len == 0) {
        ovf_str outlet = t->source->outlet.len > 0 ? t->source->outlet : t->context->outlet;
        s.source = outlet.len > 0 ? outlet : t->id;
    }
    s.span = span_of(t, told->evidence);
    date(t, &s);
    if (!copy_statement(t->arena, &s)
        || !ovf_arena_grow(t->arena, (void **)&out->items, out->count, &t->capacity,
                           sizeof(*out->items)))
        return no_memory(err);
    out->items[out->count++] = s;
    return OVF_OK;
}

/* "Copa said it would continue flying" is told as what Copa does; that it said so is in its source. */
static bool is_told_as_flying(const ovf_news_result *result, size_t index)
{
    const ovf_news_statement *s = &result->items[index];
    for (size_t i = index; s->act == OVF_ACT_CLAIM && i-- > 0;) {
        if (result->items[i].evidence.at != s->evidence.at)
            break;
        if (result->items[i].act == OVF_ACT_OPERATE)
            return true;
    }
    for (size_t i = index + 1; s->act == OVF_ACT_CLAIM && i < result->count; i++) {
        if (result->items[i].evidence.at != s->evidence.at)
            break;
        if (result->items[i].act == OVF_ACT_OPERATE)
            return true;
    }
    return false;
}

static ovf_status read_story(story *t, ovf_error *err)
{
    ovf_news_options options = {.published = OVF_NEWS_NO_DAY, .with_flying = true};
    if (t->published != OVF_TIME_NONE)
        options.published = (int32_t)(ovf_time_day_start(t->published) / OVF_DAY_S);
    ovf_news_result result = {0};
    ovf_status status = ovf_news_read(t->news, t->source->text, &options, t->room, &result, err);
    if (status == OVF_E_NOMEM)
        return status;
    if (status != OVF_OK) { // this one alone; the feed's other stories are read
        ovf_findings_add(&t->findings, OVF_ERROR, t->context->start, ovf_status_name(status), "%s",
                         err->reason);
        return OVF_OK;
    }
    size_t left = OVF_STATEMENT_MAX_RECORDS - t->out->count;
    if (result.count > left)
        ovf_findings_add(&t->findings, OVF_WARNING, t->context->start, "NEWS_MANY",
                         "%zu statements beyond the first %d are left out", result.count - left,
                         OVF_STATEMENT_MAX_RECORDS);
    for (size_t i = 0; i < result.finding_count; i++)
        ovf_findings_add(&t->findings, result.findings[i].severity, t->context->start,
                         result.findings[i].rule, OVF_FMT, OVF_ARG(result.findings[i].message));
    for (size_t i = 0; i < result.count && i < left && status == OVF_OK; i++) {
        if (!is_told_as_flying(&result, i))
            status = add(t, &result.items[i], i + 1, err);
    }
    return status;
}

static ovf_time published_of(const ovf_news_context *context, const ovf_news_source *source)
{
    return context->published != OVF_TIME_NONE  ? context->published
           : source->published != OVF_TIME_NONE ? source->published
                                                : context->known;
}

ovf_status ovf_news_statements(const ovf_news *news, ovf_str document,
                               const ovf_news_context *context, ovf_arena *arena,
                               ovf_statements *out, ovf_error *err)
{
    ovf_arena pages;
    ovf_arena room;
    ovf_arena_init(&pages, 0);
    ovf_arena_init(&room, 0);
    *out = (ovf_statements){0};
    ovf_news_sources sources = {0};
    story t = {.news = news,
               .context = context,
               .room = &room,
               .arena = arena,
               .out = out,
               .findings = {.arena = arena}};
    ovf_status status =
        ovf_news_sources_read(ovf_str_tail(document, context->start), &pages, &sources, err);
    for (size_t i = 0; i < sources.finding_count; i++)
        ovf_findings_add(&t.findings, sources.findings[i].severity,
                         sources.findings[i].pos == OVF_NOPOS
                             ? OVF_NOPOS
                             : sources.findings[i].pos + context->start,
                         sources.findings[i].rule, OVF_FMT, OVF_ARG(sources.findings[i].message));
    if (status == OVF_OK && sources.count == 0)
        ovf_findings_add(&t.findings, OVF_WARNING, context->start, "NEWS_EMPTY",
                         "no story in it that could be read");
    for (size_t i = 0; i < sources.count && status == OVF_OK; i++) {
        ovf_arena_reset(&room);
        t.source = &sources.items[i];
        t.published = published_of(context, t.source);
        t.id = sources.form != OVF_NEWS_FEED
                   ? context->id
                   : ovf_arena_printf(&room, OVF_FMT "-%zu", OVF_ARG(context->id), i + 1);
        status = t.id.ptr == NULL ? no_memory(err) : read_story(&t, err);
    }
    out->findings = t.findings.items;
    out->finding_count = t.findings.count;
    ovf_arena_done(&room);
    ovf_arena_done(&pages);
    return status;
}
