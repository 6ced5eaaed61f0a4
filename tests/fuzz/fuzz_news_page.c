/* SPDX-License-Identifier: Apache-2.0 */
/* Documents of any bytes as stories. Held: every byte that has a way back stands at it in the document;
 * stretches are sorted and inside the text; texts of pages and feeds are UTF-8 without NUL; the same bytes read twice give
 * the same. */
#include <overfly/news.h>
#include <overfly/news_source.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool it_holds)
{
    if (!it_holds)
        abort();
}

static void check(ovf_str document, const ovf_news_source *source)
{
    size_t end = 0;
    for (size_t i = 0; i < source->stretch_count; i++) {
        ovf_news_stretch s = source->stretches[i];
        hold(s.text_at >= end && (size_t)s.origin_at + s.len <= document.len);
        end = (size_t)s.text_at + s.len;
    }
    for (size_t i = 0; i < source->text.len; i++) {
        size_t at = ovf_news_origin(source, i);
        hold(at == OVF_NOPOS || (at < document.len && document.ptr[at] == source->text.ptr[i]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ovf_str document = {(const char *)data, size};
    ovf_arena arena;
    ovf_news_sources first = {0};
    ovf_news_sources second = {0};
    ovf_error err = {.pos = 0};
    ovf_arena_init(&arena, (size_t)256 << 20);
    ovf_status status = ovf_news_sources_read(document, &arena, &first, &err);
    if (status != OVF_OK) {
        hold(err.status == status && err.reason[0] != '\0');
    } else {
        for (size_t i = 0; i < first.count; i++)
            check(document, &first.items[i]);
        hold(ovf_news_sources_read(document, &arena, &second, &err) != OVF_OK
             || (second.count == first.count
                 && (first.count == 0 || ovf_str_eq(first.items[0].text, second.items[0].text))));
    }
    ovf_news *news = NULL;
    ovf_statements records = {0};
    const ovf_news_context context = {
        .id = OVF_STR_INIT("d"), .published = OVF_TIME_NONE, .known = 1764417600};
    if (ovf_news_new(NULL, &news, &err) == OVF_OK
        && ovf_news_statements(news, document, &context, &arena, &records, &err) == OVF_OK) {
        for (size_t i = 0; i < records.count; i++) {
            const ovf_statement *s = &records.items[i];
            hold((size_t)s->span.at + s->span.len <= size && s->said != OVF_TIME_NONE);
            hold(s->operator_count <= OVF_NEWS_MAX_OPERATORS && s->id.len > 0);
        }
    }
    ovf_news_free(news);
    ovf_arena_done(&arena);
    return 0;
}
