/* SPDX-License-Identifier: Apache-2.0 */
/* The briefing for people: the whole story of an area at an instant. What is closed for whom and why, whose
 * words have no force, who stopped flying, what each flight meets, and the way round. */
#include "brief.h"
#include "told_text.h"

#include <string.h>

#define WIDTH 100

static bool is_weighty(const ovf_because *because)
{
    return because->ruling.verdict == OVF_VERDICT_BINDING
           || because->ruling.verdict == OVF_VERDICT_CONDITIONAL
           || because->ruling.verdict == OVF_VERDICT_CONTESTED
           || because->ruling.verdict == OVF_VERDICT_UNKNOWN;
}

static void print_heading(const brief *b, const char *text)
{
    printf("\n%s%s%s\n", cli_ink_on(b->colour, CLI_BOLD), text, cli_ink_off(b->colour));
}

static cli_ink verdict_ink(ovf_verdict verdict)
{
    switch (verdict) {
    case OVF_VERDICT_BINDING:
    case OVF_VERDICT_CONDITIONAL: return CLI_BAD;
    case OVF_VERDICT_CONTESTED:
    case OVF_VERDICT_UNKNOWN:
    case OVF_VERDICT_SERVICE_WITHDRAWN: return CLI_WARN;
    case OVF_VERDICT_ADVISORY: return CLI_NOTE;
    case OVF_VERDICT_NONE:
    case OVF_VERDICT_OWN_DECISION:
    case OVF_VERDICT_NO_LEGAL_FORCE: return CLI_DIM;
    }
    return CLI_PLAIN;
}

/* The contract's names with blanks, for people. */
static const char *verdict_words(ovf_verdict verdict)
{
    switch (verdict) {
    case OVF_VERDICT_NO_LEGAL_FORCE: return "no legal force";
    case OVF_VERDICT_SERVICE_WITHDRAWN: return "service withdrawn";
    case OVF_VERDICT_OWN_DECISION: return "own decision";
    default: return ovf_verdict_name(verdict);
    }
}

static const char *posture_words(ovf_posture posture)
{
    return posture == OVF_POSTURE_PERMIT_REVOKED ? "permit revoked" : ovf_posture_name(posture);
}

/* ---- one reason ---- */

static void print_rules(const ovf_ruling *ruling)
{
    char line[1024];
    for (size_t i = 0; i < ruling->rule_count; i++) {
        const ovf_rule *rule = &ruling->rules[i];
        // Whom it addresses stands above, in the line "for:".
        size_t cut = ovf_str_find(rule->fact, 0, OVF_STR(", for: "));
        ovf_str fact = cut == OVF_NOPOS ? rule->fact : ovf_str_sub(rule->fact, 0, cut);
        snprintf(line, sizeof(line), "%.*s: %.*s [%.*s]%s%.*s", OVF_ARG(rule->id),
                 OVF_ARG(rule->says), OVF_ARG(rule->cites), fact.len > 0 ? " Here: " : "",
                 OVF_ARG(fact));
        cli_put_folded(stdout, ovf_str_of(line), 6, WIDTH);
    }
}

static void print_validity(ovf_time from, ovf_time until, bool estimated)
{
    char a[40] = "?";
    char b[40] = "until further notice";
    if (from != OVF_TIME_NONE)
        ovf_time_format_plain(from, a, sizeof(a));
    if (until != OVF_TIME_OPEN && until != OVF_TIME_NONE)
        ovf_time_format_plain(until, b, sizeof(b));
    printf("%s to %s%s", a, b, estimated ? " (estimated)" : "");
}

/* Areas of one notice follow each other: they are told together. */
static size_t same_notice(const ovf_answer *answer, size_t from)
{
    const ovf_because *first = &answer->because[from];
    size_t until = from + 1;
    while (until < answer->because_count && first->restriction != NULL
           && answer->because[until].restriction != NULL
           && answer->because[until].restriction->notice == first->restriction->notice
           && answer->because[until].ruling.verdict == first->ruling.verdict)
        until++;
    return until;
}

static void print_areas(const ovf_answer *answer, size_t from, size_t until)
{
    double share = 0;
    printf("      area: ");
    for (size_t i = from; i < until; i++) {
        const ovf_restriction *r = answer->because[i].restriction;
        ovf_str name =
            r->area_index == SIZE_MAX ? OVF_STR("not found") : r->notice->areas[r->area_index].name;
        char lower[32];
        char upper[32];
        ovf_level_format(r->lower, lower, sizeof(lower));
        ovf_level_format(r->upper, upper, sizeof(upper));
        printf("%s" OVF_FMT " %s-%s", i == from ? "" : ", ", OVF_ARG(name), lower, upper);
        if (answer->because[i].share > 0)
            share += answer->because[i].share;
    }
    if (share > 0.0005)
        printf("; %.1f %% of the area asked about", share > 1 ? 100.0 : share * 100.0);
    printf(" (geometry: %s)\n", ovf_certainty_name(answer->because[from].restriction->certainty));
}

static void print_restriction(const brief *b, const ovf_answer *answer, size_t from, size_t until)
{
    const ovf_because *because = &answer->because[from];
    const ovf_restriction *r = because->restriction;
    const ovf_notice *notice = r->notice;
    const ovf_ruling *ruling = &because->ruling;
    printf("\n  %s" OVF_FMT "%s  " OVF_FMT "%s" OVF_FMT "%s  %s  %s%s%s\n",
           cli_ink_on(b->colour, CLI_BOLD), OVF_ARG(notice->id), cli_ink_off(b->colour),
           OVF_ARG(notice->issuer.office), notice->issuer.state.len > 0 ? " (" : "",
           OVF_ARG(notice->issuer.state), notice->issuer.state.len > 0 ? ")" : "",
           ovf_effect_name(notice->effect), cli_ink_on(b->colour, verdict_ink(ruling->verdict)),
           verdict_words(ruling->verdict), cli_ink_off(b->colour));
    char line[1024];
    snprintf(line, sizeof(line), "\"" OVF_FMT "\"", OVF_ARG(because->quote));
    cli_put_folded(stdout, ovf_str_of(line), 6, WIDTH);
    if (ruling->binding.len > 0) {
        snprintf(line, sizeof(line), "for: " OVF_FMT, OVF_ARG(ruling->binding));
        cli_put_folded(stdout, ovf_str_of(line), 6, WIDTH);
    }
    print_areas(answer, from, until);
    printf("      valid ");
    print_validity(r->in_force.from,
                   r->estimated_end != OVF_TIME_NONE ? r->estimated_end : r->in_force.until,
                   r->estimated_end != OVF_TIME_NONE);
    printf("; %s", ovf_life_name(because->life));
    if (r->ended_by.len > 0)
        printf(", later %s by " OVF_FMT, r->ended_is_cancel ? "cancelled" : "replaced",
               OVF_ARG(r->ended_by));
    printf("\n");
    print_rules(ruling);
    printf("      source: " OVF_FMT "%s" OVF_FMT "%s\n", OVF_ARG(r->source.name),
           r->source.origin.len > 0 ? " (" : "", OVF_ARG(r->source.origin),
           r->source.origin.len > 0 ? ")" : "");
}

static void print_check(const ovf_check *check)
{
    ovf_buf buf = {0};
    const char *answer =
        check->answer == OVF_CHECKED_NOT_COVERED ? "not covered" : ovf_checked_name(check->answer);
    ovf_buf_printf(&buf, "by the notices of its time: %s%s", answer,
                   check->against_count > 0 ? " (" : "");
    brief_put_against(check, &buf);
    ovf_buf_printf(&buf, "%s; " OVF_FMT, check->against_count > 0 ? ")" : "", OVF_ARG(check->why));
    cli_put_folded(stdout, ovf_buf_str(&buf), 6, WIDTH);
    ovf_buf_done(&buf);
}

static void print_statement(const brief *b, const ovf_because *because, const ovf_check *check)
{
    const ovf_statement *s = because->statement->statement;
    char when[40] = "";
    ovf_time_format_plain(s->said, when, sizeof(when));
    printf("\n  %s" OVF_FMT "%s  %s  %s%s%s\n", cli_ink_on(b->colour, CLI_BOLD),
           OVF_ARG(s->speaker), cli_ink_off(b->colour), when,
           cli_ink_on(b->colour, verdict_ink(because->ruling.verdict)),
           verdict_words(because->ruling.verdict), cli_ink_off(b->colour));
    char line[1024];
    snprintf(line, sizeof(line), "%s%.*s%s%s%.*s%s", s->is_quote ? "\"" : "", OVF_ARG(s->text),
             s->is_quote ? "\"" : "", s->medium.len > 0 ? " (by " : "", OVF_ARG(s->medium),
             s->medium.len > 0 ? ")" : "");
    cli_put_folded(stdout, ovf_str_of(line), 6, WIDTH);
    if (check != NULL)
        print_check(check);
    print_rules(&because->ruling);
    printf("      source: " OVF_FMT "\n", OVF_ARG(because->statement->source.name));
}

/* ---- sections ---- */

/* Issuers whose documents are complete up to the same moment share a line. */
static void print_freshness(const ovf_answer *answer)
{
    char line[1024];
    for (size_t i = 0; i < answer->freshness_count; i++) {
        const ovf_freshness *first = &answer->freshness[i];
        bool is_told = false;
        size_t len = 0;
        for (size_t k = 0; k < answer->freshness_count; k++) {
            const ovf_freshness *f = &answer->freshness[k];
            if (f->complete != first->complete || !ovf_str_eq(f->basis, first->basis))
                continue;
            is_told = is_told || k < i;
            if (len + 64 < sizeof(line))
                len += (size_t)snprintf(line + len, sizeof(line) - len, "%s" OVF_FMT,
                                        len > 0 ? ", " : "picture of ", OVF_ARG(f->issuer));
        }
        if (is_told)
            continue;
        char complete[64] = "nobody vouches that the documents are all there";
        if (first->complete != OVF_TIME_NONE)
            ovf_time_format_plain(first->complete, complete, sizeof(complete));
        snprintf(line + len, sizeof(line) - len, " complete to: %s%s" OVF_FMT, complete,
                 first->basis.len > 0 ? "; " : "", OVF_ARG(first->basis));
        cli_put_folded(stdout, ovf_str_of(line), 2, WIDTH);
    }
}

static void print_answer(const brief *b, const ovf_answer *answer)
{
    cli_ink ink = answer->legal == OVF_LEGAL_OPEN     ? CLI_GOOD
                  : answer->legal == OVF_LEGAL_CLOSED ? CLI_BAD
                                                      : CLI_WARN;
    printf("  legal: %s%s%s\n", cli_ink_on(b->colour, ink), ovf_legal_name(answer->legal),
           cli_ink_off(b->colour));
    cli_put_folded(stdout, answer->legal_why, 6, WIDTH);
    printf("  risk:  %s\n",
           answer->risk == OVF_RISK_DO_NOT_FLY ? "do not fly" : ovf_risk_name(answer->risk));
    cli_put_folded(stdout, answer->risk_why, 6, WIDTH);
    print_freshness(answer);
}

static void print_instruments(const brief *b, const ovf_answer *answer, bool weighty)
{
    size_t printed = 0;
    for (size_t i = 0; i < answer->because_count;) {
        size_t until = same_notice(answer, i);
        if (answer->because[i].restriction != NULL && is_weighty(&answer->because[i]) == weighty) {
            print_restriction(b, answer, i, until);
            printed++;
        }
        i = until;
    }
    if (printed == 0)
        printf("  nothing known\n");
}

static bool is_operators_own(const ovf_statement *s)
{
    return s->act == OVF_ACT_SUSPEND_SERVICE || s->act == OVF_ACT_RESUME_SERVICE
           || s->act == OVF_ACT_REVOKE_PERMISSION || s->act == OVF_ACT_OPERATE;
}

/* Words that would rule the air, or speak about who may. The rest tells of danger. */
static bool would_rule(const ovf_statement *s)
{
    switch (s->act) {
    case OVF_ACT_DECLARE_CLOSED:
    case OVF_ACT_REOPEN:
    case OVF_ACT_PROHIBIT:
    case OVF_ACT_EXEMPT:
    case OVF_ACT_WARN:
    case OVF_ACT_ORDER:
    case OVF_ACT_GRANT_PERMISSION:
    case OVF_ACT_AUTHORITY:
    case OVF_ACT_DENY: return true;
    default: return false;
    }
}

static void print_statements(const brief *b, const ovf_answer *answer)
{
    size_t printed = 0;
    for (size_t i = 0; i < answer->because_count; i++) {
        const ovf_because *because = &answer->because[i];
        if (because->statement == NULL || told_by_news(because)
            || !would_rule(because->statement->statement))
            continue;
        print_statement(b, because, b->checks[i]);
        printed++;
    }
    if (printed == 0)
        printf("  none known\n");
}

static void print_signals(const ovf_answer *answer)
{
    char line[1024];
    for (size_t i = 0; i < answer->because_count; i++) {
        const ovf_because *because = &answer->because[i];
        const ovf_statement *s = because->statement == NULL ? NULL : because->statement->statement;
        if (s == NULL || told_by_news(because) || would_rule(s) || is_operators_own(s))
            continue;
        char when[40] = "";
        ovf_time_format_plain(s->said, when, sizeof(when));
        snprintf(line, sizeof(line), "%s  " OVF_FMT "%s" OVF_FMT, when, OVF_ARG(s->speaker),
                 s->speaker.len > 0 ? ": " : "", OVF_ARG(s->text));
        cli_put_folded(stdout, ovf_str_of(line), 2, WIDTH);
    }
}

static void print_postures(const brief *b, const ovf_answer *answer)
{
    for (size_t i = 0; i < answer->posture_count; i++) {
        const ovf_operator_posture *posture = &answer->postures[i];
        char since[40] = "";
        if (posture->during.from != OVF_TIME_NONE)
            ovf_time_format_plain(posture->during.from, since, sizeof(since));
        cli_ink ink = posture->posture == OVF_POSTURE_FLYING ? CLI_GOOD : CLI_WARN;
        printf("  %-4.*s %-22.*s %s%-15s%s since %-18s " OVF_FMT "\n",
               OVF_ARG(posture->operator_icao), OVF_ARG(posture->name), cli_ink_on(b->colour, ink),
               posture_words(posture->posture), cli_ink_off(b->colour), since,
               OVF_ARG(posture->source));
        if (posture->by.len > 0)
            printf("       on the word of " OVF_FMT "\n", OVF_ARG(posture->by));
    }
    if (answer->posture_count == 0)
        printf("  nothing known of any operator\n");
}

static void print_contradictions(const ovf_answer *answer)
{
    char line[1024];
    for (size_t i = 0; i < answer->contradiction_count; i++) {
        const ovf_contradiction *c = &answer->contradictions[i];
        snprintf(line, sizeof(line), OVF_FMT " against " OVF_FMT ": " OVF_FMT, OVF_ARG(c->a),
                 OVF_ARG(c->b), OVF_ARG(c->what));
        cli_put_folded(stdout, ovf_str_of(line), 2, WIDTH);
    }
}

/* ---- flights ---- */

static const char *hour_text(ovf_time t, char *out, size_t size)
{
    char text[OVF_TIME_TEXT_MAX];
    ovf_time_format(t, text, sizeof(text));
    // "2025-11-30T12:34:56Z" to "1234Z", the way a dispatcher writes it.
    if (strlen(text) >= 16)
        snprintf(out, size, "%.2s%.2sZ", text + 11, text + 14);
    else
        snprintf(out, size, "?");
    return out;
}

/* All crossings of one restriction with one verdict, in one line: first entry, last exit. */
static void print_crossing(const brief *b, const ovf_conflict *conflict, size_t first)
{
    const ovf_crossing *c = &conflict->crossings[first];
    const ovf_crossing *last = c;
    double inside_m = 0;
    ovf_tri certainty = OVF_TRI_YES;
    for (size_t i = first; i < conflict->crossing_count; i++) {
        const ovf_crossing *k = &conflict->crossings[i];
        if (k->restriction != c->restriction || k->ruling.verdict != c->ruling.verdict)
            continue;
        inside_m += k->inside_m;
        last = k;
        if (k->certainty != OVF_TRI_YES)
            certainty = OVF_TRI_UNKNOWN;
    }
    char from[8];
    char until[8];
    printf("      %-12.*s %s%-17s%s %s-%s FL%03d %5.0f NM inside%s\n", OVF_ARG(c->restriction->id),
           cli_ink_on(b->colour, verdict_ink(c->ruling.verdict)), verdict_words(c->ruling.verdict),
           cli_ink_off(b->colour), hour_text(c->entry.time, from, sizeof(from)),
           hour_text(last->exit.time, until, sizeof(until)), c->entry.level_ft / 100,
           ovf_m_to_nm(inside_m), certainty == OVF_TRI_YES ? "" : " (cannot tell for sure)");
    if (c->ruling.verdict >= OVF_VERDICT_CONTESTED || certainty != OVF_TRI_YES) {
        cli_put_folded(stdout,
                       c->certainty == OVF_TRI_YES ? c->ruling.applies_why : c->certainty_why, 25,
                       WIDTH);
    }
}

static bool is_first_of_its_kind(const ovf_conflict *conflict, size_t index)
{
    const ovf_crossing *c = &conflict->crossings[index];
    for (size_t i = 0; i < index; i++) {
        const ovf_crossing *k = &conflict->crossings[i];
        if (k->restriction == c->restriction && k->ruling.verdict == c->ruling.verdict)
            return false;
    }
    return true;
}

static void print_crossings(const brief *b, const ovf_conflict *conflict)
{
    char idle[512] = "";
    size_t len = 0;
    for (size_t i = 0; i < conflict->crossing_count; i++) {
        const ovf_crossing *c = &conflict->crossings[i];
        if (!is_first_of_its_kind(conflict, i))
            continue;
        if (c->ruling.verdict == OVF_VERDICT_NO_LEGAL_FORCE) {
            if (len + 40 < sizeof(idle))
                len += (size_t)snprintf(idle + len, sizeof(idle) - len, "%s" OVF_FMT,
                                        len > 0 ? ", " : "", OVF_ARG(c->restriction->id));
            continue;
        }
        print_crossing(b, conflict, i);
    }
    if (len > 0)
        printf("      %scrossed, without legal force for it: %s%s\n",
               cli_ink_on(b->colour, CLI_DIM), idle, cli_ink_off(b->colour));
}

static void print_route(const brief_flight *f)
{
    const ovf_route *route = &f->route;
    char line[2048];
    if (!route->found) {
        snprintf(line, sizeof(line), OVF_FMT, OVF_ARG(route->why_not));
        cli_put_folded(stdout, ovf_str_of(line), 6, WIDTH);
        return;
    }
    printf("      way round: %.0f NM, %+.0f NM and %+.0f min", ovf_m_to_nm(route->distance_m),
           ovf_m_to_nm(route->extra_m), route->extra_s / 60.0);
    if (route->has_fuel)
        printf(", %+.0f kg fuel, %+.0f kg CO2", route->extra_kg,
               route->extra_kg * OVF_CO2_PER_FUEL);
    printf(
        "\n        against the shortest way without restrictions (%+.0f NM against the filed one); ",
        ovf_m_to_nm(route->distance_m - f->track.length_m));
    if (route->proven)
        printf("none is shorter\n");
    else
        printf("at most %.1f %% above the shortest legal one\n", route->gap_percent);
    cli_put_folded(stdout, route->text, 8, WIDTH);
}

static void print_flights(const brief *b)
{
    for (size_t i = 0; i < b->flight_count; i++) {
        const brief_flight *f = &b->flights[i];
        cli_ink ink = f->conflict.answer == OVF_TOUCH_CLEAR     ? CLI_GOOD
                      : f->conflict.answer == OVF_TOUCH_BLOCKED ? CLI_BAD
                      : f->conflict.answer == OVF_TOUCH_TOUCHED ? CLI_NOTE
                                                                : CLI_WARN;
        printf("\n  %s%-8.*s%s " OVF_FMT "-" OVF_FMT "  %s%s%s  ", cli_ink_on(b->colour, CLI_BOLD),
               OVF_ARG(f->flight->id), cli_ink_off(b->colour), OVF_ARG(f->flight->from),
               OVF_ARG(f->flight->to), cli_ink_on(b->colour, ink),
               ovf_touch_name(f->conflict.answer), cli_ink_off(b->colour));
        printf(OVF_FMT "\n", OVF_ARG(f->conflict.why));
        print_crossings(b, &f->conflict);
        if (f->has_route)
            print_route(f);
    }
}

static void count_flights(const brief *b, size_t counts[4])
{
    for (size_t i = 0; i < b->flight_count; i++)
        counts[b->flights[i].conflict.answer]++;
}

void brief_print(const brief *b)
{
    char at[40];
    char as_of[40] = "everything in the ledger";
    ovf_time_format_plain(b->query.at, at, sizeof(at));
    if (b->as_of != OVF_TIME_OPEN)
        ovf_time_format_plain(b->as_of, as_of, sizeof(as_of));
    if (b->finding.len > 0) {
        printf("%s", cli_ink_on(b->colour, CLI_BOLD));
        cli_put_folded(stdout, b->finding, 0, WIDTH);
        printf("%s\n", cli_ink_off(b->colour));
    }
    printf("%s" OVF_FMT "%s" OVF_FMT "%s  at %s%s\n", cli_ink_on(b->colour, CLI_BOLD),
           OVF_ARG(b->query.place.code), b->query.place.name.len > 0 ? " " : "",
           OVF_ARG(b->query.place.name), b->query.place.kind == OVF_PLACE_FIR ? " FIR" : "", at,
           cli_ink_off(b->colour));
    printf("as known at %s; %zu notices, %zu statements. Not for navigation.\n", as_of,
           ovf_picture_notice_count(b->picture), ovf_picture_statement_count(b->picture));
    print_heading(b, "THE ANSWER");
    print_answer(b, &b->answer);
    print_heading(b, "WHAT IS CLOSED, FOR WHOM, AND WHY");
    print_instruments(b, &b->answer, true);
    print_heading(b, "WHAT IS ADVISED OR BINDS NOBODY HERE");
    print_instruments(b, &b->answer, false);
    print_heading(b, "WHAT WAS SAID, AND WHETHER IT HAS LEGAL FORCE");
    print_statements(b, &b->answer);
    print_heading(b, "SIGNALS OF RISK");
    print_signals(&b->answer);
    char heading[64];
    snprintf(heading, sizeof(heading), "\n%sTOLD BY NEWS, READ BY RULES%s\n",
             cli_ink_on(b->colour, CLI_BOLD), cli_ink_off(b->colour));
    told_print(&b->answer, b->checks, heading, b->colour, 2);
    if (b->answer.contradiction_count > 0) {
        print_heading(b, "WHAT CONTRADICTS WHAT");
        print_contradictions(&b->answer);
    }
    print_heading(b, "WHO STOPPED FLYING");
    print_postures(b, &b->answer);
    if (b->flight_count > 0) {
        size_t counts[4] = {0};
        count_flights(b, counts);
        print_heading(b, "FLIGHTS");
        printf("  %zu flights: %zu blocked, %zu touched, %zu clear, %zu unknown\n", b->flight_count,
               counts[OVF_TOUCH_BLOCKED], counts[OVF_TOUCH_TOUCHED], counts[OVF_TOUCH_CLEAR],
               counts[OVF_TOUCH_UNKNOWN]);
        print_flights(b);
    }
    for (size_t i = 0; i < b->map_count; i++)
        printf("%s  %s\n", i == 0 ? "\nMAP\n" : "", b->maps[i]);
}
