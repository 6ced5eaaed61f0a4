/* SPDX-License-Identifier: Apache-2.0 */
/* overfly check FLIGHT...: each plan against the picture: clear, touched, blocked or unknown, and
 * where it enters and leaves what. */
#include "check.h"

#include <string.h>

/* A message that was brought to its plan: the answer is given there. */
static void answer_message(const flight_item *item, const cli_context *context, ovf_arena *arena,
                           checked *out)
{
    const flight_mention *plan = item->plan;
    out->conflict.party = ovf_flight_party(item->flight, context->world);
    out->conflict.why =
        plan->record_id.len > 0
            ? ovf_arena_printf(
                arena, "a message about the plan in record " OVF_FMT " of %s, which has the answer",
                OVF_ARG(plan->record_id), plan->source)
            : ovf_arena_printf(
                arena,
                "a message about the plan at byte %zu of record %u of %s, which has the answer",
                plan->pos, plan->record, plan->source);
}

/* What the messages of the input leave open is not clear. */
static void weigh_messages(const ovf_flight *filed, const ovf_flight *judged, ovf_arena *arena,
                           ovf_conflict *c)
{
    bool is_diverted = filed->state == OVF_FLIGHT_ARRIVED && filed->landed_at.len > 0
                       && judged->to.len > 0 && !ovf_str_eq_nocase(filed->landed_at, judged->to);
    if (c->answer == OVF_TOUCH_CLEAR && filed->is_doubtful) {
        c->answer = OVF_TOUCH_UNKNOWN;
        c->why = OVF_STR("a message of the same input changes this plan, or may, and could not be "
                         "applied");
    } else if (c->answer == OVF_TOUCH_CLEAR && is_diverted) {
        c->answer = OVF_TOUCH_UNKNOWN;
        c->why = ovf_arena_printf(arena, "it came down at " OVF_FMT ": the way there is not filed",
                                  OVF_ARG(filed->landed_at));
    }
    if (filed->state == OVF_FLIGHT_CANCELLED)
        c->why = ovf_arena_printf(arena, "cancelled; as filed: " OVF_FMT, OVF_ARG(c->why));
}

int check_flight(const check_judge *judge, const flight_item *item, ovf_arena *arena, checked *out,
                 ovf_error *err)
{
    const cli_common *common = judge->common;
    const cli_context *context = judge->context;
    // A plan as it stands after the amendments and delays of the same input.
    ovf_flight *f = item->flight->effective != NULL ? item->flight->effective : item->flight;
    *out = (checked){.item = item, .flight = f, .rules = context->rules};
    if (item->plan != NULL) {
        answer_message(item, context, arena, out);
        return 0;
    }
    if (common->level.given)
        flight_set_level(f, common->level.level_ft);
    ovf_track track;
    ovf_status status = flight_track(common, context->world, f, arena, &track, err);
    out->has_track = status == OVF_OK;
    if (status == OVF_OK && judge->index != NULL)
        status = ovf_conflict_indexed(judge->index, f, &track, &judge->party, common->at, arena,
                                      &out->conflict, err);
    else if (status == OVF_OK)
        status = ovf_conflict_flight(context->picture, f, &track, &judge->party, common->at, arena,
                                     &out->conflict, err);
    else if (status == OVF_E_GEOMETRY) {
        bool is_plan = f->route.len > 0 || f->form == OVF_FLIGHT_TRACK;
        out->conflict.party = ovf_flight_party(f, context->world);
        out->conflict.why = is_plan ? ovf_arena_printf(arena, "no way to check: %s", err->reason)
                            : f->status == OVF_FLIGHT_UNREADABLE
                                ? OVF_STR("no flight plan could be read")
                                : OVF_STR("this message carries no route");
        return 0;
    }
    if (status == OVF_OK)
        weigh_messages(item->flight, f, arena, &out->conflict);
    return status == OVF_OK ? 0 : cli_status_of(status);
}

/* ---- plan by plan ---- */

static int check_all(const cli_common *common, const cli_context *context, const flight_list *list,
                     bool *found)
{
    check_judge judge = {.common = common, .context = context};
    int status = cli_party(common, context->world, &judge.party);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_buf buf = {0};
    cli_progress bar = {0};
    cli_progress_start(&bar, "checking", list->count);
    for (size_t i = 0; i < list->count && status == 0; i++) {
        checked c;
        ovf_error err = {0};
        status = check_flight(&judge, &list->items[i], &arena, &c, &err);
        if (status != 0) {
            cli_error(OVF_FMT ": %s", OVF_ARG(list->items[i].flight->id), err.reason);
            break;
        }
        *found = *found || (c.conflict.answer != OVF_TOUCH_CLEAR && c.item->plan == NULL);
        if (common->json) {
            check_put_json(&buf, &c, context->world);
            cli_put_line(&buf);
        } else {
            check_put_text(stdout, &c, context->world, cli_colour(common, stdout));
        }
        ovf_arena_reset(&arena);
        cli_progress_step(&bar, i + 1);
    }
    cli_progress_end(&bar);
    ovf_buf_done(&buf);
    ovf_arena_done(&arena);
    return status;
}

static int check_list(const cli_common *common, const cli_list *files, const char *field)
{
    bool found = false;
    ovf_time day = common->at != OVF_TIME_NONE ? common->at : cli_now();
    flight_list list = {0};
    cli_context context = {0};
    int status = flight_list_read(common, files, field, day, &list);
    if (status == 0)
        status = cli_context_open_for(common, &list, flight_list_window(&list, day), &context);
    if (status == 0)
        status = check_all(common, &context, &list, &found);
    size_t bad = list.bad + context.bad_records;
    cli_context_done(&context);
    flight_list_done(&list);
    if (status != 0)
        return status;
    return bad > 0 ? CLI_BAD_INPUT : found ? CLI_FOUND : CLI_CLEAR;
}

/* ---- the verb ---- */

/* What the options of a batch say together; CLI_USAGE when they contradict each other. */
static int settle_options(cli_common *common, cli_list *closures, check_batch_options *options)
{
    const char *format = options->format;
    if (format != NULL && strcmp(format, "json") != 0 && strcmp(format, "csv") != 0
        && strcmp(format, "text") != 0)
        return cli_usage("check", "--format \"%s\": expected json, csv or text", format);
    if (common->json && format != NULL && strcmp(format, "json") != 0)
        return cli_usage("check", "--json and --format %s contradict each other", format);
    if (common->json)
        options->format = "json";
    else if (format != NULL && strcmp(format, "text") == 0)
        options->format = NULL;
    if (options->threads > CHECK_MAX_THREADS)
        return cli_usage("check", "--threads: expected 1 to %d", CHECK_MAX_THREADS);
    if (closures->count > 0 && common->notices.count > 0)
        return cli_usage("check", "--closure and --notices exclude each other: the notices of the "
                                  "closure are judged alone");
    options->touched_only = closures->count > 0;
    for (size_t i = 0; i < closures->count; i++)
        cli_list_add(&common->notices, closures->items[i]);
    return 0;
}

int cli_check(int argc, char **argv)
{
    cli_common common;
    cli_common_init(&common);
    check_batch_options options = {0};
    bool batch = false;
    cli_list files = {0};
    const char *wind_path = NULL;
    cli_list closures = {0};
    const cli_option own[] = {{"--field", CLI_TEXT, &options.field},
                              {"--batch", CLI_FLAG, &batch},
                              {"--format", CLI_TEXT, &options.format},
                              {"--threads", CLI_COUNT, &options.threads},
                              {"--summary", CLI_FLAG, &options.summary_json},
                              {"--closure", CLI_LIST, &closures},
                              {"--wind", CLI_TEXT, &wind_path}};
    int status = cli_parse(argc, argv, &common, own, OVF_COUNTOF(own), &files);
    if (status == 0 && files.count == 0)
        status = cli_usage("check", "expected a file of flight plans, or - for standard input");
    batch = batch || options.format != NULL || options.threads > 0 || options.summary_json
            || closures.count > 0;
    if (status == 0)
        status = settle_options(&common, &closures, &options);
    cli_wind wind = {0};
    if (status == 0)
        status = cli_wind_open(wind_path, &wind);
    common.wind = cli_wind_grid(&wind);
    common.keeps_firs = !batch;
    if (status == 0)
        status = batch ? check_batch(&common, &files, &options)
                       : check_list(&common, &files, options.field);
    cli_wind_done(&wind);
    cli_list_done(&files);
    cli_list_done(&closures);
    cli_list_done(&common.notices);
    return status < 0 ? CLI_CLEAR : status;
}
