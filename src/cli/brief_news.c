/* SPDX-License-Identifier: Apache-2.0 */
/* overfly brief FILE of news: the statements that a story tells, one a line with --json or
 * --statements, with the rules and the bytes of every slot with --explain. */
#include "brief_news.h"

#include <string.h>

#define WIDTH 100

/* The file's name without folders and ending: the slug of the document. */
static ovf_str slug_of(const char *name)
{
    ovf_str s = ovf_str_of(name);
    for (size_t i = s.len; i > 0; i--) {
        if (s.ptr[i - 1] == '/') {
            s = ovf_str_tail(s, i);
            break;
        }
    }
    for (size_t i = s.len; i > 1; i--) {
        if (s.ptr[i - 1] == '.')
            return ovf_str_sub(s, 0, i - 1);
    }
    return s;
}

static void print_slot(const char *name, ovf_span span, ovf_str text)
{
    if (span.len > 0)
        printf("    %-8s bytes %u..%u  \"" OVF_FMT "\"\n", name, span.at, span.at + span.len,
               OVF_ARG(ovf_str_sub(text, span.at, (size_t)span.at + span.len)));
}

static void print_rules(const ovf_news_statement *s, ovf_str text)
{
    printf("    rules    ");
    for (size_t i = 0; i < s->rule_count; i++)
        printf("%s%s", i > 0 ? ", " : "", s->rules[i]);
    printf("\n");
    print_slot("trigger", s->trigger, text);
    print_slot("speaker", s->speaker_at, text);
    print_slot("area", s->area_at, text);
    print_slot("target", s->target_at, text);
    print_slot("source", s->source_at, text);
    print_slot("date", s->date_at, text);
    print_slot("count", s->count_at, text);
}

static void print_one(const ovf_news_statement *s, ovf_str text, const brief_news_options *o,
                      bool colour)
{
    ovf_buf buf = {0};
    ovf_buf_printf(&buf, "%s%s%s  " OVF_FMT, cli_ink_on(colour, CLI_BOLD), ovf_act_name(s->act),
                   cli_ink_off(colour),
                   OVF_ARG(s->speaker.len > 0 ? s->speaker : OVF_STR("nobody named")));
    ovf_buf_printf(&buf, " (%s)", ovf_news_kind_name(s->speaker_kind));
    for (size_t i = 0; i < s->area_count; i++)
        ovf_buf_printf(&buf, "%s" OVF_FMT, i > 0 ? ", " : "  ", OVF_ARG(s->areas[i]));
    if (s->is_negated)
        ovf_buf_printf(&buf, "  negated");
    if (s->modality != OVF_NEWS_FACT)
        ovf_buf_printf(&buf, "  %s", ovf_news_modality_name(s->modality));
    if (s->attribution != OVF_NEWS_ASSERTED)
        ovf_buf_printf(&buf, "  %s by " OVF_FMT, ovf_news_attribution_name(s->attribution),
                       OVF_ARG(s->attribution_by));
    ovf_buf_printf(&buf, "  ");
    ovf_news_put_days(&buf, s->date, false);
    cli_put_line(&buf);
    ovf_buf_done(&buf);
    cli_put_folded(stdout,
                   ovf_str_sub(text, s->evidence.at, (size_t)s->evidence.at + s->evidence.len), 4,
                   WIDTH);
    if (o->explain)
        print_rules(s, text);
}

static void print_all(const ovf_news_result *result, ovf_str doc, ovf_str text,
                      const cli_common *common, const brief_news_options *o)
{
    bool colour = cli_colour(common, stdout);
    ovf_buf buf = {0};
    for (size_t i = 0; i < result->count; i++) {
        if (common->json || o->statements) {
            ovf_news_put_json(&buf, &result->items[i], doc, i + 1, text, o->explain);
            cli_put_line(&buf);
        } else {
            print_one(&result->items[i], text, o, colour);
        }
    }
    ovf_buf_done(&buf);
}

/* One story of the document; the day that --published gives goes before the page's own. */
static ovf_status read_story(const ovf_news *news, const ovf_news_source *story, ovf_str doc,
                             const cli_common *common, const brief_news_options *o,
                             ovf_arena *arena, ovf_news_result *out, ovf_error *err)
{
    ovf_news_options options = {.published = o->published};
    if (options.published == OVF_NEWS_NO_DAY && story->published != OVF_TIME_NONE)
        options.published = (int32_t)(story->published / OVF_DAY_S);
    ovf_status status = ovf_news_read(news, story->text, &options, arena, out, err);
    if (status == OVF_OK)
        print_all(out, doc, story->text, common, o);
    return status;
}

int brief_news_text(const char *name, ovf_str text, const ovf_world *world,
                    const cli_common *common, const brief_news_options *o, ovf_arena *arena,
                    ovf_news_result *out)
{
    ovf_news *news = NULL;
    ovf_error err = {0};
    ovf_news_sources stories = {0};
    ovf_str slug = slug_of(name);
    ovf_status status = ovf_news_new(world, &news, &err);
    if (status == OVF_OK)
        status = ovf_news_sources_read(text, arena, &stories, &err);
    for (size_t i = 0; i < stories.finding_count; i++)
        cli_error_at(name, text, stories.findings[i].pos, OVF_FMT,
                     OVF_ARG(stories.findings[i].message));
    for (size_t i = 0; i < stories.count && status == OVF_OK; i++) {
        ovf_str doc = stories.count == 1
                          ? slug
                          : ovf_arena_printf(arena, OVF_FMT "-%zu", OVF_ARG(slug), i + 1);
        status = read_story(news, &stories.items[i], doc, common, o, arena, out, &err);
        for (size_t k = 0; status == OVF_OK && k < out->finding_count; k++)
            cli_error("%s: " OVF_FMT, name, OVF_ARG(out->findings[k].message));
    }
    ovf_news_free(news);
    if (status != OVF_OK)
        cli_report(name, text, &err);
    return cli_status_of(status);
}
