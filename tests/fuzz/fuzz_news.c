/* SPDX-License-Identifier: Apache-2.0 */
/* Statements out of any bytes as news. Held: every span lies inside the text and on a character's
 * boundary where the text is UTF-8; an evidence is never empty; ceilings hold; the same bytes read
 * twice give the same. */
#include <overfly/news.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool it_holds)
{
    if (!it_holds)
        abort();
}

static void check_span(ovf_span span, size_t size)
{
    hold((size_t)span.at + span.len <= size);
}

static void check(const ovf_news_statement *s, size_t size)
{
    hold(s->act != OVF_ACT_UNKNOWN && s->evidence.len > 0);
    check_span(s->evidence, size);
    check_span(s->trigger, size);
    check_span(s->speaker_at, size);
    check_span(s->area_at, size);
    check_span(s->target_at, size);
    check_span(s->source_at, size);
    check_span(s->date_at, size);
    check_span(s->count_at, size);
    hold(s->area_count <= OVF_NEWS_MAX_AREAS && s->rule_count <= OVF_NEWS_MAX_RULES);
    hold(s->rule_count > 0);
    hold(s->speaker_kind < OVF_NEWS_KIND_COUNT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ovf_str text = {(const char *)data, size};
    ovf_news *news = NULL;
    ovf_error err = {0};
    ovf_arena arena;
    ovf_news_result first = {0};
    ovf_news_result second = {0};
    ovf_news_options options = {.published = 20421};
    if (ovf_news_new(NULL, &news, &err) != OVF_OK)
        return 0;
    ovf_arena_init(&arena, (size_t)256 << 20);
    if (ovf_news_read(news, text, &options, &arena, &first, &err) == OVF_OK) {
        ovf_buf buf = {0};
        hold(first.count <= OVF_NEWS_MAX_STATEMENTS);
        for (size_t i = 0; i < first.count; i++) {
            check(&first.items[i], size);
            hold(i == 0 || first.items[i - 1].evidence.at <= first.items[i].evidence.at);
            ovf_news_put_json(&buf, &first.items[i], OVF_STR("d"), i, text, true);
        }
        hold(!buf.failed);
        ovf_buf_done(&buf);
        if (ovf_news_read(news, text, &options, &arena, &second, &err) == OVF_OK) {
            hold(second.count == first.count);
            for (size_t i = 0; i < first.count; i++)
                hold(memcmp(&first.items[i].evidence, &second.items[i].evidence, sizeof(ovf_span))
                     == 0);
        }
    }
    ovf_arena_done(&arena);
    ovf_news_free(news);
    return 0;
}
