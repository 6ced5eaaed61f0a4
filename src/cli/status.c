/* SPDX-License-Identifier: Apache-2.0 */
/* overfly status AREA...: is it closed, who says so, and for whom. The first line is the answer;
 * below it, what it rests on. Exit status 0 only when every area is open. */
#include "answer_json.h"
#include "cli.h"
#include "told_text.h"

#include <string.h>

#define WIDTH 100
#define WINDOW_BEFORE_S (2 * OVF_DAY_S)
#define WINDOW_AFTER_S (28 * OVF_DAY_S)

static cli_ink legal_ink(ovf_legal legal)
{
    switch (legal) {
    case OVF_LEGAL_OPEN: return CLI_GOOD;
    case OVF_LEGAL_CLOSED: return CLI_BAD;
    case OVF_LEGAL_UNKNOWN:
    case OVF_LEGAL_RESTRICTED: return CLI_WARN;
    }
    return CLI_PLAIN;
}

static cli_ink risk_ink(ovf_risk risk)
{
    switch (risk) {
    case OVF_RISK_NONE: return CLI_GOOD;
    case OVF_RISK_CAUTION:
    case OVF_RISK_UNKNOWN: return CLI_WARN;
    case OVF_RISK_HIGH:
    case OVF_RISK_DO_NOT_FLY: return CLI_BAD;
    }
    return CLI_PLAIN;
}

static cli_ink verdict_ink(ovf_verdict verdict)
{
    switch (verdict) {
    case OVF_VERDICT_BINDING:
    case OVF_VERDICT_CONDITIONAL: return CLI_BAD;
    case OVF_VERDICT_UNKNOWN:
    case OVF_VERDICT_CONTESTED:
    case OVF_VERDICT_SERVICE_WITHDRAWN: return CLI_WARN;
    case OVF_VERDICT_ADVISORY: return CLI_NOTE;
    case OVF_VERDICT_NONE:
    case OVF_VERDICT_OWN_DECISION:
    case OVF_VERDICT_NO_LEGAL_FORCE: return CLI_DIM;
    }
    return CLI_PLAIN;
}

static void print_party(const ovf_party *party)
{
    const struct {
        const char *name;
        ovf_str value;
    } members[] = {
        {"operator", party->operator_icao},
        {"of", party->operator_state},
        {"registered in", party->registry_state},
        {"owned from", party->owner_state},
        {"airman of", party->airman_state},
        {"sold by a carrier of", party->seller_state},
        {"use", ovf_str_of(ovf_use_name(party->use))},
        {"aircraft", party->aircraft},
        {"from", party->from},
        {"to", party->to},
    };
    if (ovf_party_is_empty(party)) {
        printf("for whoever flies");
        return;
    }
    printf("for");
    for (size_t i = 0; i < OVF_COUNTOF(members); i++) {
        if (members[i].value.len > 0)
            printf(" %s " OVF_FMT, members[i].name, OVF_ARG(members[i].value));
    }
}

static void print_head(const ovf_query *query, const ovf_answer *answer, bool colour)
{
    char at[40];
    ovf_time_format_plain(query->at, at, sizeof(at));
    printf("%s" OVF_FMT "%s%s" OVF_FMT "  %s%s%s%s  risk %s%s%s\n", cli_ink_on(colour, CLI_BOLD),
           OVF_ARG(query->place.code), cli_ink_off(colour), query->place.name.len > 0 ? " " : "",
           OVF_ARG(query->place.name), cli_ink_on(colour, CLI_BOLD),
           cli_ink_on(colour, legal_ink(answer->legal)), ovf_legal_name(answer->legal),
           cli_ink_off(colour), cli_ink_on(colour, risk_ink(answer->risk)),
           ovf_risk_name(answer->risk), cli_ink_off(colour));
    printf("  at %s, ", at);
    print_party(&query->party);
    if (query->has_level)
        printf(", at FL%03d", (int)(query->level_ft / 100));
    printf("\n");
    cli_put_folded(stdout, answer->legal_why, 2, WIDTH);
    char line[512];
    snprintf(line, sizeof(line), "risk: " OVF_FMT, OVF_ARG(answer->risk_why));
    cli_put_folded(stdout, ovf_str_of(line), 2, WIDTH);
}

static void print_line(const char *label, ovf_str text, int indent)
{
    char line[2048];
    if (text.len == 0)
        return;
    snprintf(line, sizeof(line), "%s" OVF_FMT, label, OVF_ARG(text));
    cli_put_folded(stdout, ovf_str_of(line), indent, WIDTH);
}

static void print_ruling(const ovf_ruling *ruling, bool is_brief)
{
    char line[2048];
    if (!is_brief)
        print_line("binds ", ruling->binding, 4);
    if (!is_brief && ruling->applies_why.len > 0) {
        snprintf(line, sizeof(line), "applies here: %s, " OVF_FMT,
                 ruling->applies == OVF_TRI_YES  ? "yes"
                 : ruling->applies == OVF_TRI_NO ? "no"
                                                 : "possibly",
                 OVF_ARG(ruling->applies_why));
        cli_put_folded(stdout, ovf_str_of(line), 4, WIDTH);
    }
    print_line("not known: ", ruling->missing, 4);
    for (size_t i = 0; i < ruling->rule_count; i++) {
        snprintf(line, sizeof(line), OVF_FMT ": " OVF_FMT " [" OVF_FMT "]",
                 OVF_ARG(ruling->rules[i].id), OVF_ARG(ruling->rules[i].says),
                 OVF_ARG(ruling->rules[i].cites));
        cli_put_folded(stdout, ovf_str_of(line), 4, WIDTH);
    }
}

static void print_source(const ovf_source *source, ovf_time from, ovf_time until, bool estimated)
{
    char start[40] = "?";
    char end[40] = "until further notice";
    char known[40] = "";
    if (from != OVF_TIME_NONE)
        ovf_time_format_plain(from, start, sizeof(start));
    if (until != OVF_TIME_NONE && until != OVF_TIME_OPEN)
        ovf_time_format_plain(until, end, sizeof(end));
    if (source->known != OVF_TIME_NONE)
        ovf_time_format_plain(source->known, known, sizeof(known));
    printf("    %s to %s%s; " OVF_FMT "%s%s%s" OVF_FMT "\n", start, end,
           estimated ? " (estimated)" : "", OVF_ARG(source->name),
           known[0] != '\0' ? ", known " : "", known, source->origin.len > 0 ? ", " : "",
           OVF_ARG(source->origin));
}

/* Areas of one notice follow each other, and are told together. */
static size_t same_notice(const ovf_answer *answer, size_t from)
{
    const ovf_because *first = &answer->because[from];
    size_t until = from + 1;
    while (first->restriction != NULL && until < answer->because_count
           && answer->because[until].restriction != NULL
           && answer->because[until].restriction->notice == first->restriction->notice
           && answer->because[until].ruling.verdict == first->ruling.verdict)
        until++;
    return until;
}

static void print_areas(const ovf_answer *answer, size_t from, size_t until)
{
    printf("    areas");
    for (size_t i = from; i < until; i++) {
        const ovf_restriction *r = answer->because[i].restriction;
        ovf_str name = r->area_index < r->notice->area_count ? r->notice->areas[r->area_index].name
                                                             : (ovf_str){0};
        printf("%s " OVF_FMT, i == from ? "" : ",", OVF_ARG(name.len > 0 ? name : r->id));
        if (answer->because[i].share >= 0.0)
            printf(" %.1f %%", answer->because[i].share * 100.0);
    }
    printf("\n");
}

static void print_because(const ovf_picture *picture, const ovf_because *because, bool colour)
{
    const char *verdict = ovf_verdict_name(because->ruling.verdict);
    const char *on = cli_ink_on(colour, verdict_ink(because->ruling.verdict));
    const char *off = cli_ink_off(colour);
    if (because->restriction != NULL) {
        const ovf_restriction *r = because->restriction;
        ovf_str issuer =
            r->notice->issuer.state.len > 0 ? r->notice->issuer.state : r->notice->issuer.office;
        char lower[32];
        char upper[32];
        ovf_level_format(r->lower, lower, sizeof(lower));
        ovf_level_format(r->upper, upper, sizeof(upper));
        printf("\n  %s" OVF_FMT "%s  " OVF_FMT "  %s  %s to %s", cli_ink_on(colour, CLI_BOLD),
               OVF_ARG(r->id), off, OVF_ARG(issuer), ovf_effect_name(r->effect), lower, upper);
        if (because->share >= 0.0)
            printf("  %.0f %% of it", because->share * 100.0);
        printf("  %s%s%s\n", on, verdict, off);
    } else if (because->statement != NULL) {
        const ovf_statement *s = because->statement->statement;
        printf("\n  %s" OVF_FMT "%s  " OVF_FMT "  %s  %s%s%s\n", cli_ink_on(colour, CLI_BOLD),
               OVF_ARG(s->id), off, OVF_ARG(s->speaker), ovf_act_name(s->act), on, verdict, off);
    }
    if (because->quote.len > 0) {
        char line[512];
        snprintf(line, sizeof(line), "\"" OVF_FMT "\"", OVF_ARG(because->quote));
        cli_put_folded(stdout, ovf_str_of(line), 4, WIDTH);
    }
    print_ruling(&because->ruling, because->statement != NULL
                                       && because->ruling.verdict == OVF_VERDICT_NO_LEGAL_FORCE
                                       && ovf_str_eq(because->ruling.binding, OVF_STR("nobody")));
    if (because->restriction != NULL) {
        const ovf_restriction *r = because->restriction;
        if (because->life == OVF_LIFE_NOT_IN_CHECKLIST || because->life == OVF_LIFE_VANISHED)
            print_line("in doubt: ", r->standing->doubt_why, 4);
        ovf_buf buf = {0};
        ovf_str event = answer_event_name(picture, r, &buf);
        if (event.len > 0)
            print_line("one event with ", event, 4);
        ovf_buf_done(&buf);
        print_source(&r->source, r->in_force.from,
                     r->estimated_end != OVF_TIME_NONE ? r->estimated_end : r->in_force.until,
                     r->estimated_end != OVF_TIME_NONE);
    } else if (because->statement != NULL) {
        const ovf_statement *s = because->statement->statement;
        print_source(&because->statement->source,
                     s->valid.from != OVF_TIME_NONE ? s->valid.from : s->said, s->valid.until,
                     false);
    }
}

static void print_list(const ovf_picture *picture, const ovf_answer *answer, bool are_statements,
                       const char *heading, bool colour)
{
    bool has_heading = false;
    for (size_t i = 0; i < answer->because_count; i = same_notice(answer, i)) {
        const ovf_because *because = &answer->because[i];
        // What airlines do has a list of its own.
        bool is_posture =
            because->statement != NULL && because->ruling.verdict == OVF_VERDICT_OWN_DECISION;
        if ((because->statement != NULL) != are_statements || is_posture || told_by_news(because))
            continue;
        if (!has_heading)
            printf("\n%s%s%s\n", cli_ink_on(colour, CLI_BOLD), heading, cli_ink_off(colour));
        has_heading = true;
        print_because(picture, because, colour);
        if (same_notice(answer, i) > i + 1)
            print_areas(answer, i, same_notice(answer, i));
    }
}

static void print_rest(const ovf_answer *answer, bool colour)
{
    const char *on = cli_ink_on(colour, CLI_BOLD);
    const char *off = cli_ink_off(colour);
    if (answer->contradiction_count > 0)
        printf("\n%sWhat does not agree%s\n", on, off);
    for (size_t i = 0; i < answer->contradiction_count; i++)
        printf("  " OVF_FMT " / " OVF_FMT ": " OVF_FMT "\n", OVF_ARG(answer->contradictions[i].a),
               OVF_ARG(answer->contradictions[i].b), OVF_ARG(answer->contradictions[i].what));
    if (answer->posture_count > 0)
        printf("\n%sOperators%s\n", on, off);
    for (size_t i = 0; i < answer->posture_count; i++) {
        const ovf_operator_posture *p = &answer->postures[i];
        char since[40] = "?";
        if (p->during.from != OVF_TIME_NONE)
            ovf_time_format_plain(p->during.from, since, sizeof(since));
        printf("  %-4.*s %-24.*s %-14s since %s  (" OVF_FMT ")\n", OVF_ARG(p->operator_icao),
               OVF_ARG(p->name), ovf_posture_name(p->posture), since, OVF_ARG(p->source));
    }
    if (answer->freshness_count > 0)
        printf("\n%sHow far the documents reach%s\n", on, off);
    for (size_t i = 0; i < answer->freshness_count; i++) {
        const ovf_freshness *f = &answer->freshness[i];
        char to[40] = "nobody vouches that they are all here";
        if (f->complete == OVF_TIME_OPEN)
            snprintf(to, sizeof(to), "complete");
        else if (f->complete != OVF_TIME_NONE)
            ovf_time_format_plain(f->complete, to, sizeof(to));
        printf("  " OVF_FMT "  %s%s" OVF_FMT "\n", OVF_ARG(f->issuer), to,
               f->basis.len > 0 ? ", " : "", OVF_ARG(f->basis));
    }
}

static void print_answer(const ovf_picture *picture, const ovf_query *query,
                         const ovf_answer *answer, bool colour)
{
    print_head(query, answer, colour);
    print_list(picture, answer, false, "Notices", colour);
    print_list(picture, answer, true, "Said, without force of law on the air", colour);
    char heading[64];
    snprintf(heading, sizeof(heading), "\n%sTold by news, read by rules%s\n",
             cli_ink_on(colour, CLI_BOLD), cli_ink_off(colour));
    told_print(answer, NULL, heading, colour, 2);
    print_rest(answer, colour);
}

static int answer_one(const cli_common *common, ovf_interval window, cli_context *context,
                      const char *text, const ovf_party *party, bool is_first, bool *all_open)
{
    ovf_error err = {0};
    ovf_query query = {.at = common->at,
                       .party = *party,
                       .has_level = common->level.given,
                       .level_ft = common->level.level_ft};
    if (ovf_world_find(context->world, ovf_str_of(text), &query.place, &err) != OVF_OK) {
        cli_error("area \"%s\": %s; expected a FIR, a State, an airport or LAT,LON", text,
                  err.reason);
        return CLI_BAD_INPUT;
    }
    ovf_ledger_query rests_on = {.place = &query.place,
                                 .during = {common->at, common->at + 1},
                                 .operator_state = party->operator_state};
    int selected = cli_context_select(common, window, &rests_on, context);
    if (selected != 0)
        return selected;
    ovf_arena arena;
    ovf_arena_init(&arena, 0);
    ovf_answer answer = {0};
    ovf_status status = cli_context_status(context, &query, &arena, &answer, &err);
    if (status != OVF_OK) {
        cli_error("area \"%s\": %s", text, err.reason);
    } else if (common->json) {
        ovf_buf buf = {0};
        answer_put_json(&buf, context->picture, &query, &answer, NULL, NULL);
        cli_put_line(&buf);
        ovf_buf_done(&buf);
    } else {
        if (!is_first)
            printf("\n");
        print_answer(context->picture, &query, &answer, cli_colour(common, stdout));
    }
    if (answer.legal != OVF_LEGAL_OPEN)
        *all_open = false;
    ovf_arena_done(&arena);
    return cli_status_of(status);
}

int cli_status(int argc, char **argv)
{
    cli_common common;
    cli_list areas = {0};
    cli_context context = {0};
    ovf_party party = {0};
    cli_common_init(&common);
    int status = cli_parse(argc, argv, &common, NULL, 0, &areas);
    if (status == 0 && areas.count == 0)
        status = cli_usage("status", "expected an AREA");
    if (common.at == OVF_TIME_NONE)
        common.at = common.as_of != OVF_TIME_NONE ? common.as_of : cli_now();
    ovf_interval window = {common.at - WINDOW_BEFORE_S, common.at + WINDOW_AFTER_S};
    bool is_open = false;
    if (status == 0) {
        status = cli_context_begin(&common, &context);
        is_open = true;
    }
    if (status == 0)
        status = cli_party(&common, context.world, &party);
    bool all_open = true;
    int answered = 0;
    for (size_t i = 0; i < areas.count && status == 0; i++) {
        int one = answer_one(&common, window, &context, areas.items[i], &party, i == 0, &all_open);
        // An area that nobody knows does not keep the others from their answer.
        if (one == CLI_INTERNAL)
            status = one;
        else if (one != 0)
            answered = one;
    }
    if (answered == 0 && context.bad_records > 0)
        answered = CLI_BAD_INPUT;
    if (is_open)
        cli_context_done(&context);
    cli_list_done(&areas);
    cli_list_done(&common.notices);
    if (status != 0)
        return status < 0 ? 0 : status;
    if (answered != 0)
        return answered;
    return all_open ? CLI_CLEAR : CLI_FOUND;
}
