/* SPDX-License-Identifier: Apache-2.0 */
/* overfly changes BULLETIN BULLETIN...: what became of each notice from one issue of a complete
 * bulletin to the next. Without a ledger and without judging: who may fly is told by status. */
#include "cli.h"
#include "members.h"

#include <stdlib.h>
#include <string.h>

#define CHANGE_KINDS 7

typedef struct issue {
    cli_input input;
    ovf_time at;
    ovf_notice *notices;
    size_t count;
} issue;

typedef struct changes {
    cli_common common;
    bool all; /* what stayed the same, too */
    ovf_world *world;
    ovf_arena arena;
    ovf_buf out;
    issue *issues;
    size_t issue_count;
    bool found; /* something vanished */
} changes;

static int read_issue(changes *c, const char *path, issue *out)
{
    int status = cli_input_read(path, &out->input);
    if (status != 0)
        return status;
    ovf_error err = {0};
    // What is in force, not its active periods: a window of nothing keeps them short.
    ovf_notice_options options = {.window = {1, 2}};
    ovf_status read = ovf_notice_read(c->world, out->input.text, &options, &c->arena, &out->notices,
                                      &out->count, &err);
    if (read != OVF_OK) {
        cli_report(path, out->input.text, &err);
        return cli_status_of(read);
    }
    out->at = ovf_document_header_read(out->input.text).known;
    if (c->common.received != OVF_TIME_NONE)
        out->at = c->common.received;
    if (out->at == OVF_TIME_NONE) {
        cli_error("%s: when it was issued is not known; a line \"# known: TIME\" before the first "
                  "notice says it",
                  path);
        return CLI_BAD_INPUT;
    }
    if (out->count == 0) {
        cli_error("%s: no notices in it", path);
        return CLI_BAD_INPUT;
    }
    return 0;
}

static void put_json(changes *c, const ovf_notice_change *change, const issue *before,
                     const issue *after)
{
    const ovf_notice *notice = change->after != NULL ? change->after : change->before;
    ovf_json json;
    ovf_json_init(&json, &c->out);
    ovf_json_object(&json);
    put_cstr(&json, "change", ovf_change_name(change->change));
    put_text(&json, "id", notice->id);
    put_text(&json, "issuer", notice->issuer.state);
    put_text(&json, "by", change->by == NULL ? (ovf_str){0} : change->by->id);
    put_time(&json, "at", after->at);
    put_cstr(&json, "before", before->input.name);
    put_cstr(&json, "after", after->input.name);
    ovf_json_key(&json, "valid");
    ovf_json_object(&json);
    put_time(&json, "from", notice->valid_from);
    put_time(&json, "until", notice->valid_until);
    put_bool(&json, "estimated", notice->until_estimated);
    put_bool(&json, "permanent", notice->until_permanent);
    ovf_json_end(&json);
    put_cstr(&json, "effect", ovf_effect_name(notice->effect));
    ovf_json_end(&json);
    cli_put_line(&c->out);
}

static cli_ink ink_of(ovf_change change)
{
    switch (change) {
    case OVF_CHANGE_VANISHED: return CLI_BAD;
    case OVF_CHANGE_NEW: return CLI_GOOD;
    case OVF_CHANGE_ALTERED:
    case OVF_CHANGE_REPLACED:
    case OVF_CHANGE_CANCELLED: return CLI_NOTE;
    case OVF_CHANGE_SAME:
    case OVF_CHANGE_EXPIRED: break;
    }
    return CLI_DIM;
}

static void print(const ovf_notice_change *change, bool colour)
{
    const ovf_notice *notice = change->after != NULL ? change->after : change->before;
    char until[48];
    ovf_time_format_plain(notice->valid_until, until, sizeof(until));
    printf("  %s%-10s%s " OVF_FMT, cli_ink_on(colour, ink_of(change->change)),
           ovf_change_name(change->change), cli_ink_off(colour), OVF_ARG(notice->id));
    if (change->by != NULL)
        printf(" by " OVF_FMT, OVF_ARG(change->by->id));
    printf(", until %s%s; " OVF_FMT " " OVF_FMT "\n", notice->until_permanent ? "permanent" : until,
           notice->until_estimated ? " (estimated)" : "", OVF_ARG(notice->locations),
           OVF_ARG(notice->subject));
}

static int compare(changes *c, const issue *before, const issue *after)
{
    ovf_notice_change *list = NULL;
    size_t count = 0;
    size_t counts[CHANGE_KINDS] = {0};
    ovf_error err = {0};
    ovf_status status = ovf_notice_changes(before->notices, before->count, after->notices,
                                           after->count, after->at, &c->arena, &list, &count, &err);
    if (status != OVF_OK) {
        cli_error("%s", err.reason);
        return cli_status_of(status);
    }
    for (size_t i = 0; i < count; i++)
        counts[list[i].change]++;
    c->found = c->found || counts[OVF_CHANGE_VANISHED] > 0;
    bool colour = cli_colour(&c->common, stdout);
    if (!c->common.json) {
        char at[48];
        ovf_time_format_plain(after->at, at, sizeof(at));
        printf("%s%s%s  %s:", cli_ink_on(colour, CLI_BOLD), at, cli_ink_off(colour),
               after->input.name);
        for (size_t k = 0; k < CHANGE_KINDS; k++)
            printf("%s %zu %s", k == 0 ? "" : ",", counts[k], ovf_change_name((ovf_change)k));
        printf("\n");
    }
    for (size_t i = 0; i < count; i++) {
        if (list[i].change == OVF_CHANGE_SAME && !c->all)
            continue;
        if (c->common.json)
            put_json(c, &list[i], before, after);
        else
            print(&list[i], colour);
    }
    return 0;
}

int cli_changes(int argc, char **argv)
{
    changes c = {0};
    cli_list operands = {0};
    const cli_option own[] = {{"--all", CLI_FLAG, &c.all}};
    cli_common_init(&c.common);
    int status = cli_parse(argc, argv, &c.common, own, OVF_COUNTOF(own), &operands);
    if (status == 0 && operands.count < 2)
        status = cli_usage("changes", "expected two issues of a bulletin, or more, oldest first");
    if (status == 0)
        status = cli_world_open(&c.common, &c.world);
    ovf_arena_init(&c.arena, 0);
    if (status == 0)
        c.issues = calloc(operands.count, sizeof(*c.issues));
    if (status == 0 && c.issues == NULL)
        status = CLI_INTERNAL;
    for (size_t i = 0; status == 0 && i < operands.count; i++) {
        status = read_issue(&c, operands.items[i], &c.issues[i]);
        c.issue_count++;
        if (status == 0 && i > 0 && c.issues[i].at < c.issues[i - 1].at) {
            cli_error("%s: issued before %s; expected the oldest first", operands.items[i],
                      operands.items[i - 1]);
            status = CLI_BAD_INPUT;
        }
        if (status == 0 && i > 0)
            status = compare(&c, &c.issues[i - 1], &c.issues[i]);
    }
    for (size_t i = 0; i < c.issue_count; i++)
        cli_input_done(&c.issues[i].input);
    free(c.issues);
    ovf_buf_done(&c.out);
    ovf_arena_done(&c.arena);
    ovf_world_free(c.world);
    cli_list_done(&operands);
    cli_list_done(&c.common.notices);
    if (status != 0)
        return status < 0 ? CLI_CLEAR : status;
    return c.found ? CLI_FOUND : CLI_CLEAR;
}
