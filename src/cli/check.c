/* SPDX-License-Identifier: Apache-2.0 */
/* overfly check FLIGHT...: each plan against the picture: clear, touched, blocked or unknown, and
 * where it enters and leaves what. */
#include "flight_io.h"

#include <string.h>

typedef struct checked {
    const flight_item *item;
    ovf_conflict conflict;
    bool has_track;
} checked;

static int judge(const cli_context *context, const cli_common *common, const ovf_party *party,
                 const flight_item *item, ovf_arena *arena, checked *out)
{
    *out = (checked){.item = item};
    ovf_flight *f = item->flight;
    if (common->level.given)
        flight_set_level(f, common->level.level_ft);
    ovf_error err = {0};
    ovf_track track;
    ovf_status status = ovf_flight_track(f, arena, &track, &err);
    out->has_track = status == OVF_OK;
    if (status == OVF_OK)
        status = ovf_conflict_flight(context->picture, f, &track, party, common->at, arena,
                                     &out->conflict, &err);
    else if (status == OVF_E_GEOMETRY) {
        bool is_plan = f->form == OVF_FLIGHT_FPL || f->form == OVF_FLIGHT_CHG
                       || f->form == OVF_FLIGHT_TRACK;
        out->conflict.party = ovf_flight_party(f, context->world);
        out->conflict.why = is_plan ? ovf_arena_printf(arena, "no way to check: %s", err.reason)
                            : f->status == OVF_FLIGHT_UNREADABLE
                                ? OVF_STR("no flight plan could be read")
                                : OVF_STR("this message carries no route");
        return 0;
    }
    if (status != OVF_OK)
        cli_error(OVF_FMT ": %s", OVF_ARG(f->id), err.reason);
    return status == OVF_OK ? 0 : cli_status_of(status);
}

/* ---- JSON ---- */

static void put_checked(ovf_buf *buf, const checked *c, const ovf_world *world)
{
    ovf_json json;
    ovf_json_init(&json, buf);
    ovf_json_object(&json);
    put_judged(&json, c->item->flight, &c->conflict, world);
    put_reading(&json, c->item);
    ovf_json_end(&json);
}

/* ---- for people ---- */

static cli_ink ink_of(ovf_touch touch)
{
    switch (touch) {
    case OVF_TOUCH_CLEAR: return CLI_GOOD;
    case OVF_TOUCH_TOUCHED: return CLI_NOTE;
    case OVF_TOUCH_BLOCKED: return CLI_BAD;
    case OVF_TOUCH_UNKNOWN: break;
    }
    return CLI_WARN;
}

static void print_end(const char *what, const ovf_crossing_end *end)
{
    char when[40] = "time not known";
    if (end->time != OVF_TIME_NONE)
        ovf_time_format_plain(end->time, when, sizeof(when));
    printf("      %-6s %s  %.4f%c %.4f%c  FL%03d\n", what, when,
           end->place.lat_deg < 0 ? -end->place.lat_deg : end->place.lat_deg,
           end->place.lat_deg < 0 ? 'S' : 'N',
           end->place.lon_deg < 0 ? -end->place.lon_deg : end->place.lon_deg,
           end->place.lon_deg < 0 ? 'W' : 'E', end->level_ft / 100);
}

static void print_crossing(const ovf_crossing *c, const ovf_world *world, bool colour)
{
    ovf_str air = c->whose.state == OVF_INDEX_NONE ? OVF_STR("high seas")
                                                   : ovf_world_state(world, c->whose.state)->name;
    printf("    " OVF_FMT "  %s, %s%s%s, over " OVF_FMT ", %.1f NM%s\n",
           OVF_ARG(c->restriction->id), ovf_effect_name(c->restriction->effect),
           cli_ink_on(colour, c->ruling.applies == OVF_TRI_NO ? CLI_DIM : CLI_BOLD),
           ovf_verdict_name(c->ruling.verdict), cli_ink_off(colour), OVF_ARG(air),
           ovf_m_to_nm(c->inside_m),
           c->ruling.applies == OVF_TRI_NO ? ", not for this flight" : "");
    print_end("enters", &c->entry);
    print_end("leaves", &c->exit);
    if (c->certainty != OVF_TRI_YES)
        cli_put_folded(stdout, c->certainty_why, 6, 100);
    if (c->ruling.applies_why.len > 0)
        cli_put_folded(stdout, c->ruling.applies_why, 6, 100);
    for (size_t i = 0; i < c->ruling.rule_count; i++)
        printf("      " OVF_FMT "  " OVF_FMT "\n", OVF_ARG(c->ruling.rules[i].id),
               OVF_ARG(c->ruling.rules[i].cites));
}

static void print_checked(const checked *c, const ovf_world *world, bool colour)
{
    const ovf_flight *f = c->item->flight;
    printf("%s%-8.*s%s " OVF_FMT "-" OVF_FMT "  %s%s%s  " OVF_FMT "\n",
           cli_ink_on(colour, CLI_BOLD), OVF_ARG(f->id), cli_ink_off(colour), OVF_ARG(f->from),
           OVF_ARG(f->to), cli_ink_on(colour, ink_of(c->conflict.answer)),
           ovf_touch_name(c->conflict.answer), cli_ink_off(colour), OVF_ARG(c->conflict.why));
    for (size_t i = 0; i < c->conflict.crossing_count; i++)
        print_crossing(&c->conflict.crossings[i], world, colour);
    for (size_t i = 0; i < f->unresolved_count; i++)
        printf("    not known  " OVF_FMT ": " OVF_FMT "\n", OVF_ARG(f->unresolved[i].text),
               OVF_ARG(f->unresolved[i].why));
}

/* ---- all of them ---- */

static int check_all(const cli_common *common, const cli_context *context, const flight_list *list,
                     bool *found)
{
    ovf_party party = {0};
    int status = cli_party(common, context->world, &party);
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_buf buf = {0};
    cli_progress bar = {0};
    cli_progress_start(&bar, "checking", list->count);
    for (size_t i = 0; i < list->count && status == 0; i++) {
        checked c;
        status = judge(context, common, &party, &list->items[i], &arena, &c);
        if (status != 0)
            break;
        *found = *found || c.conflict.answer != OVF_TOUCH_CLEAR;
        if (common->json) {
            put_checked(&buf, &c, context->world);
            cli_put_line(&buf);
        } else {
            print_checked(&c, context->world, cli_colour(common, stdout));
        }
        ovf_arena_reset(&arena);
        cli_progress_step(&bar, i + 1);
    }
    cli_progress_end(&bar);
    ovf_buf_done(&buf);
    ovf_arena_done(&arena);
    return status;
}

int cli_check(int argc, char **argv)
{
    cli_common common;
    cli_common_init(&common);
    const char *field = NULL;
    bool batch = false; // any number of plans may be given; the flag is accepted for clarity
    cli_list files = {0};
    const cli_option own[] = {{"--field", CLI_TEXT, &field}, {"--batch", CLI_FLAG, &batch}};
    int status = cli_parse(argc, argv, &common, own, OVF_COUNTOF(own), &files);
    if (status == 0 && files.count == 0)
        status = cli_usage("check", "expected a file of flight plans, or - for standard input");
    bool found = false;
    size_t bad = 0;
    if (status == 0) {
        ovf_time day = common.at != OVF_TIME_NONE ? common.at : cli_now();
        flight_list list = {0};
        cli_context context = {0};
        status = flight_list_read(&common, &files, field, day, &list);
        if (status == 0)
            status = cli_context_open(&common, flight_list_window(&list, day), &context);
        if (status == 0)
            status = check_all(&common, &context, &list, &found);
        bad = list.bad + context.bad_records;
        cli_context_done(&context);
        flight_list_done(&list);
    }
    cli_list_done(&files);
    cli_list_done(&common.notices);
    if (status != 0)
        return status < 0 ? CLI_CLEAR : status;
    return bad > 0 ? CLI_BAD_INPUT : found ? CLI_FOUND : CLI_CLEAR;
}
