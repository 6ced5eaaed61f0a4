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

int brief_news_text(const char *name, ovf_str text, const ovf_world *world,
                    const cli_common *common, const brief_news_options *o, ovf_arena *arena,
                    ovf_news_result *out)
{
    ovf_news *news = NULL;
    ovf_error err = {0};
    ovf_status status = ovf_news_new(world, &news, &err);
    ovf_news_options options = {.published = o->published};
    if (status == OVF_OK)
        status = ovf_news_read(news, text, &options, arena, out, &err);
    if (status != OVF_OK) {
        cli_report(name, text, &err);
        ovf_news_free(news);
        return cli_status_of(status);
    }
    for (size_t i = 0; i < out->finding_count; i++)
        cli_error_at(name, text, out->findings[i].pos, OVF_FMT, OVF_ARG(out->findings[i].message));
    bool colour = cli_colour(common, stdout);
    ovf_buf buf = {0};
    for (size_t i = 0; i < out->count; i++) {
        if (common->json || o->statements) {
            ovf_news_put_json(&buf, &out->items[i], slug_of(name), i + 1, text, o->explain);
            cli_put_line(&buf);
        } else {
            print_one(&out->items[i], text, o, colour);
        }
    }
    ovf_buf_done(&buf);
    ovf_news_free(news);
    return 0;
}
