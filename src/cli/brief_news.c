/* SPDX-License-Identifier: Apache-2.0 */
/* overfly brief FILE of news: the statements that a story tells, one a line with --json or
 * --statements, with the rules and the bytes of every slot with --explain. */
#include "brief.h"

#include <string.h>

#define WIDTH 100

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

/* Acts on the sky, which rules speak of; strikes, talks and claims are no acts of law on it. */
static bool is_about_air(ovf_act act)
{
    switch (act) {
    case OVF_ACT_DECLARE_CLOSED:
    case OVF_ACT_REOPEN:
    case OVF_ACT_PROHIBIT:
    case OVF_ACT_EXEMPT:
    case OVF_ACT_WARN:
    case OVF_ACT_SUSPEND_SERVICE:
    case OVF_ACT_RESUME_SERVICE:
    case OVF_ACT_REVOKE_PERMISSION:
    case OVF_ACT_GRANT_PERMISSION: return true;
    default: return false;
    }
}

static void print_one(const ovf_news_statement *s, const brief_judged *j, ovf_str text,
                      const brief_news_options *o, bool colour)
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
    bool is_judged = j != NULL && s->area_count > 0 && is_about_air(s->act);
    if (is_judged)
        ovf_buf_printf(&buf, "  %s; %s by the notices of its time",
                       ovf_verdict_name(j->ruling.verdict), ovf_checked_name(j->check.answer));
    cli_put_line(&buf);
    ovf_buf_done(&buf);
    cli_put_folded(stdout,
                   ovf_str_sub(text, s->evidence.at, (size_t)s->evidence.at + s->evidence.len), 4,
                   WIDTH);
    if (is_judged)
        brief_print_rules(j);
    if (o->explain)
        print_rules(s, text);
}

/* What a story needs while it is read. */
struct story {
    const ovf_news_source *source;
    ovf_str doc;
    const cli_common *common;
    const brief_news_options *o;
    ovf_arena *arena;
    cli_context *context; /* NULL: nothing is judged */
    int32_t published;    /* day, or OVF_NEWS_NO_DAY */
    ovf_statements statements;
    brief_judged *judged; /* NULL without a context */
};

static void print_all(const struct story *t, const ovf_news_result *result)
{
    bool colour = cli_colour(t->common, stdout);
    bool is_json = t->common->json || t->o->statements;
    ovf_buf buf = {0};
    if (!is_json && t->judged != NULL)
        brief_print_headline(&t->statements, t->judged, colour, t->arena);
    for (size_t i = 0; i < result->count; i++) {
        const brief_judged *j = t->judged == NULL ? NULL : &t->judged[i];
        if (!is_json) {
            print_one(&result->items[i], j, t->source->text, t->o, colour);
            continue;
        }
        ovf_json json;
        ovf_json_init(&json, &buf);
        ovf_json_object(&json);
        ovf_news_put_members(&json, &result->items[i], t->doc, i + 1, t->source->text,
                             t->o->explain);
        if (j != NULL)
            brief_put_judged(&json, j);
        ovf_json_end(&json);
        cli_put_line(&buf);
    }
    ovf_buf_done(&buf);
}

/* Every statement as a record, by the rules, and against the notices. */
static int judge_all(struct story *t, const ovf_news_result *result)
{
    t->statements.items = ovf_arena_array(t->arena, ovf_statement, result->count);
    t->judged = ovf_arena_array(t->arena, brief_judged, result->count);
    if (t->statements.items == NULL || t->judged == NULL)
        return CLI_INTERNAL;
    ovf_time day =
        t->published == OVF_NEWS_NO_DAY ? t->common->at : (ovf_time)t->published * OVF_DAY_S;
    int status = 0;
    for (size_t i = 0; i < result->count && status == 0; i++) {
        ovf_statement *s = &t->statements.items[t->statements.count++];
        if (ovf_news_record(&result->items[i], t->source->text, t->doc, i + 1, t->arena, s)
            != OVF_OK)
            return CLI_INTERNAL;
        status = brief_judge(s, day, t->context, &t->judged[i]);
    }
    return status;
}

/* One story of the document; the day that --published gives goes before the page's own. */
static int tell_story(const ovf_news *news, struct story *t, const char *name, bool *found)
{
    ovf_error err = {0};
    ovf_news_result result = {0};
    t->published = t->o->published;
    if (t->published == OVF_NEWS_NO_DAY && t->source->published != OVF_TIME_NONE)
        t->published = (int32_t)(t->source->published / OVF_DAY_S);
    ovf_news_options options = {.published = t->published};
    ovf_status read = ovf_news_read(news, t->source->text, &options, t->arena, &result, &err);
    if (read != OVF_OK) {
        cli_report(name, t->source->text, &err);
        return cli_status_of(read);
    }
    for (size_t k = 0; k < result.finding_count; k++)
        cli_error("%s: " OVF_FMT, name, OVF_ARG(result.findings[k].message));
    int status = t->context == NULL ? 0 : judge_all(t, &result);
    if (status != 0)
        return status;
    print_all(t, &result);
    if (t->context == NULL)
        return 0;
    cli_common here = *t->common;
    if (!t->o->is_at_given && t->published != OVF_NEWS_NO_DAY)
        here.at = ((ovf_time)t->published + 1) * OVF_DAY_S - 1;
    return brief_put_areas(&t->statements, &here, t->context, cli_colour(t->common, stdout), found);
}

int brief_news_text(const char *name, ovf_str text, const ovf_world *world,
                    const cli_common *common, const brief_news_options *o, ovf_arena *arena,
                    cli_context *context, bool *found)
{
    ovf_news *news = NULL;
    ovf_error err = {0};
    ovf_news_sources stories = {0};
    ovf_str slug = ovf_document_slug(ovf_str_of(name));
    ovf_status read = ovf_news_new(world, &news, &err);
    if (read == OVF_OK)
        read = ovf_news_sources_read(text, arena, &stories, &err);
    if (read != OVF_OK)
        cli_report(name, text, &err);
    int status = cli_status_of(read);
    for (size_t i = 0; i < stories.finding_count; i++)
        cli_error_at(name, text, stories.findings[i].pos, OVF_FMT,
                     OVF_ARG(stories.findings[i].message));
    for (size_t i = 0; i < stories.count && status == 0; i++) {
        struct story t = {.source = &stories.items[i],
                          .doc = stories.count == 1 ? slug
                                                    : ovf_arena_printf(arena, OVF_FMT "-%zu",
                                                                       OVF_ARG(slug), i + 1),
                          .common = common,
                          .o = o,
                          .arena = arena,
                          .context = context};
        status = tell_story(news, &t, name, found);
    }
    ovf_news_free(news);
    return status;
}
