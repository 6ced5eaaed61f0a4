/* SPDX-License-Identifier: Apache-2.0 */
/* overfly brief FILE: statements, each judged by the rules and held against the notices of its
 * time; then the status of every area they name. */
#include "answer_json.h"
#include "brief.h"

#include <string.h>
#include <sys/stat.h>

#define WIDTH 100

bool brief_is_file(const char *operand)
{
    struct stat info = {0};
    return strcmp(operand, "-") == 0 || (stat(operand, &info) == 0 && !S_ISDIR(info.st_mode));
}

/* One named area of a statement, looked up; kind NONE when the world does not know it. */
static ovf_place place_of(const ovf_world *world, ovf_str name)
{
    ovf_place place = {0};
    ovf_error err = {0};
    if (ovf_world_find(world, name, &place, &err) != OVF_OK)
        return (ovf_place){.code = name, .state = OVF_INDEX_NONE};
    return place;
}

/* The time that a statement is about: its validity, else the days in which it was said. */
ovf_interval brief_when_of(const ovf_statement *s, ovf_time at)
{
    ovf_interval when = {s->valid.from != OVF_TIME_NONE ? s->valid.from
                         : s->said != OVF_TIME_NONE     ? s->said
                                                        : at,
                         s->valid.until};
    if (when.until == OVF_TIME_OPEN || when.until == OVF_TIME_NONE)
        when.until = s->said_until > when.from ? s->said_until : when.from + OVF_DAY_S;
    return when;
}

static ovf_query query_of(const ovf_world *world, const ovf_place *place, ovf_time at)
{
    ovf_query query = {.place = *place, .at = at};
    if (place->kind == OVF_PLACE_FIR)
        query.area = ovf_world_fir_area(world, ovf_world_fir(world, place->index));
    else if (place->kind == OVF_PLACE_STATE)
        query.area = ovf_world_territory(world, place->index);
    return query;
}

int brief_judge(const ovf_statement *s, ovf_time at, cli_context *context, brief_judged *out)
{
    ovf_error err = {0};
    ovf_place place = {.state = OVF_INDEX_NONE};
    if (s->area_count > 0)
        place = place_of(context->world, s->areas[0]);
    ovf_party nobody = {0};
    *out = (brief_judged){0};
    ovf_status status =
        ovf_judge_statement(context->rules, s, place.state, &nobody, &context->arena, &out->ruling);
    if (status == OVF_OK)
        status = ovf_picture_check(context->picture, s, brief_when_of(s, at), &context->arena,
                                   &out->check, &err);
    if (status != OVF_OK)
        cli_error(OVF_FMT ": %s", OVF_ARG(s->id), ovf_status_name(status));
    return cli_status_of(status);
}

void brief_put_judged(ovf_json *json, const brief_judged *j)
{
    ovf_json_key(json, "verdict");
    ovf_json_cstr(json, ovf_verdict_name(j->ruling.verdict));
    answer_put_rules(json, &j->ruling);
    answer_put_checked(json, &j->check);
}

static void put_statement_json(const ovf_statement *s, const brief_judged *j, ovf_buf *buf)
{
    ovf_json json;
    ovf_json_init(&json, buf);
    ovf_json_object(&json);
    answer_put_statement(&json, s);
    brief_put_judged(&json, j);
    ovf_json_end(&json);
    cli_put_line(buf);
}

void brief_print_rules(const brief_judged *j)
{
    char line[1024];
    for (size_t i = 0; i < j->ruling.rule_count; i++) {
        snprintf(line, sizeof(line), OVF_FMT ": " OVF_FMT " [" OVF_FMT "]",
                 OVF_ARG(j->ruling.rules[i].id), OVF_ARG(j->ruling.rules[i].says),
                 OVF_ARG(j->ruling.rules[i].cites));
        cli_put_folded(stdout, ovf_str_of(line), 4, WIDTH);
    }
}

static void print_statement(const ovf_statement *s, const brief_judged *j, bool colour)
{
    printf("%s" OVF_FMT "%s  %s  " OVF_FMT "  %s; %s by the notices of its time\n",
           cli_ink_on(colour, CLI_BOLD), OVF_ARG(s->id), cli_ink_off(colour), ovf_act_name(s->act),
           OVF_ARG(s->speaker), ovf_verdict_name(j->ruling.verdict),
           ovf_checked_name(j->check.answer));
    cli_put_folded(stdout, s->text, 4, WIDTH);
    brief_print_rules(j);
}

bool brief_is_finding(const ovf_statement *s, const ovf_ruling *ruling, const ovf_check *check)
{
    return s->act == OVF_ACT_DECLARE_CLOSED && !s->is_negated
           && check->answer != OVF_CHECKED_CONFIRMED
           && ruling->verdict == OVF_VERDICT_NO_LEGAL_FORCE;
}

void brief_put_against(const ovf_check *check, ovf_buf *buf)
{
    ovf_str before = {0};
    for (size_t i = 0; i < check->against_count; i++) {
        // "A0483/25#2" is another area of the same notice.
        ovf_str id = check->against[i];
        size_t mark = ovf_str_find(id, 0, OVF_STR("#"));
        ovf_str notice = mark == OVF_NOPOS ? id : ovf_str_sub(id, 0, mark);
        if (i > 0 && ovf_str_eq(notice, before))
            continue;
        ovf_buf_printf(buf, "%s" OVF_FMT, i > 0 ? ", " : "", OVF_ARG(notice));
        before = notice;
    }
}

ovf_str brief_finding(const ovf_statement *s, const ovf_check *check, ovf_arena *arena)
{
    const char *said = check->answer == OVF_CHECKED_CONTRADICTED ? "the notices say otherwise"
                       : check->answer == OVF_CHECKED_SILENT
                           ? "no notice confirms it"
                           : "no notice at hand confirms it; that all are at hand, nobody vouches";
    ovf_buf ids = {0};
    brief_put_against(check, &ids);
    ovf_str text = ovf_arena_printf(
        arena,
        OVF_FMT " declared the airspace of " OVF_FMT
                " closed: that has no legal force, and %s%s" OVF_FMT "%s.",
        OVF_ARG(s->speaker.len > 0 ? s->speaker : OVF_STR("Somebody who is not named")),
        OVF_ARG(s->area_count > 0 ? s->areas[0] : s->target), said, ids.len > 0 ? " (" : "",
        OVF_ARG(ovf_buf_str(&ids)), ids.len > 0 ? ")" : "");
    ovf_buf_done(&ids);
    return text;
}

/* "Closed", said by somebody without power and confirmed by nobody, is the first line. */
void brief_print_headline(const ovf_statements *statements, const brief_judged *all, bool colour,
                          ovf_arena *arena)
{
    for (size_t i = 0; i < statements->count; i++) {
        const ovf_statement *s = &statements->items[i];
        if (!brief_is_finding(s, &all[i].ruling, &all[i].check))
            continue;
        printf("%s" OVF_FMT "%s\n\n", cli_ink_on(colour, CLI_BOLD),
               OVF_ARG(brief_finding(s, &all[i].check, arena)), cli_ink_off(colour));
        return;
    }
}

static bool is_named_before(const ovf_statements *statements, size_t i, size_t k, ovf_str name)
{
    for (size_t a = 0; a <= i; a++) {
        const ovf_statement *s = &statements->items[a];
        size_t until = a == i ? k : s->area_count;
        for (size_t b = 0; b < until; b++) {
            if (ovf_str_eq_nocase(s->areas[b], name))
                return true;
        }
    }
    return false;
}

int brief_put_areas(const ovf_statements *statements, const cli_common *common,
                    cli_context *context, bool colour, bool *found)
{
    for (size_t i = 0; i < statements->count; i++) {
        const ovf_statement *s = &statements->items[i];
        for (size_t k = 0; k < s->area_count; k++) {
            if (is_named_before(statements, i, k, s->areas[k]))
                continue;
            ovf_place place = place_of(context->world, s->areas[k]);
            if (place.kind == OVF_PLACE_NONE) {
                cli_error("\"" OVF_FMT "\": no such place in the world tables",
                          OVF_ARG(s->areas[k]));
                continue;
            }
            ovf_query query = query_of(context->world, &place, common->at);
            ovf_answer answer = {0};
            ovf_error err = {0};
            ovf_status status =
                ovf_picture_status(context->picture, &query, &context->arena, &answer, &err);
            if (status != OVF_OK) {
                cli_error("%s", err.reason);
                return cli_status_of(status);
            }
            *found = *found || answer.legal != OVF_LEGAL_OPEN;
            if (common->json) {
                ovf_buf buf = {0};
                answer_put_json(&buf, context->picture, &query, &answer, NULL, NULL);
                cli_put_line(&buf);
                ovf_buf_done(&buf);
            } else {
                printf("\n%s" OVF_FMT "%s  legal: %s, risk: %s\n", cli_ink_on(colour, CLI_BOLD),
                       OVF_ARG(place.name), cli_ink_off(colour), ovf_legal_name(answer.legal),
                       ovf_risk_name(answer.risk));
                cli_put_folded(stdout, answer.legal_why, 4, WIDTH);
            }
        }
    }
    return 0;
}

int brief_file(const char *path, const cli_common *common, bool is_at_given,
               const brief_news_options *news, cli_context *context, cli_input *input, bool *found)
{
    int status = cli_input_read(path, input);
    if (status != 0)
        return status;
    if (!ovf_statement_sniff(input->text)) {
        brief_news_options asked = *news;
        asked.is_at_given = is_at_given;
        return brief_news_text(input->name, input->text, context->world, common, &asked,
                               &context->arena, context, found);
    }
    ovf_statements statements = {0};
    ovf_error err = {0};
    ovf_status read = ovf_statement_read(input->text, &context->arena, &statements, &err);
    if (read != OVF_OK) {
        cli_report(input->name, input->text, &err);
        return cli_status_of(read);
    }
    size_t bad = 0;
    for (size_t i = 0; i < statements.finding_count; i++) {
        const ovf_finding *finding = &statements.findings[i];
        bad += finding->severity == OVF_ERROR;
        cli_error_at(input->name, input->text, finding->pos, OVF_FMT, OVF_ARG(finding->message));
    }
    bool colour = cli_colour(common, stdout);
    brief_judged *all = ovf_arena_array(&context->arena, brief_judged, statements.count);
    if (all == NULL)
        return CLI_INTERNAL;
    cli_common here = *common;
    for (size_t i = 0; i < statements.count && status == 0; i++) {
        status = brief_judge(&statements.items[i], common->at, context, &all[i]);
        // Without --at the areas are told as of the newest statement.
        ovf_time said = statements.items[i].said;
        if (!is_at_given && said != OVF_TIME_NONE && (i == 0 || said > here.at))
            here.at = said;
    }
    if (status != 0)
        return status;
    ovf_buf buf = {0};
    if (!common->json)
        brief_print_headline(&statements, all, colour, &context->arena);
    for (size_t i = 0; i < statements.count; i++) {
        if (common->json)
            put_statement_json(&statements.items[i], &all[i], &buf);
        else
            print_statement(&statements.items[i], &all[i], colour);
    }
    ovf_buf_done(&buf);
    status = brief_put_areas(&statements, &here, context, colour, found);
    return status == 0 && bad > 0 ? CLI_BAD_INPUT : status;
}
