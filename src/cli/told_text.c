/* SPDX-License-Identifier: Apache-2.0 */
/* What news tell about an area, for people: the newest first, a few lines each, and how many more
 * there are. Every statement stands in the JSON. */
#include "told_text.h"

#include <stdlib.h>

#define WIDTH 100
#define SHOWN_MAX 12

bool told_by_news(const ovf_because *because)
{
    return because->statement != NULL && because->statement->statement->is_extracted;
}

/* Words that would rule the air, or tell of danger. What operators do has a list of its own. */
static bool is_of_use(const ovf_because *because)
{
    switch (because->statement->statement->act) {
    case OVF_ACT_SUSPEND_SERVICE:
    case OVF_ACT_RESUME_SERVICE:
    case OVF_ACT_REVOKE_PERMISSION:
    case OVF_ACT_OPERATE: return because->statement->statement->operator_count == 0;
    case OVF_ACT_DECLARE_CLOSED:
    case OVF_ACT_REOPEN:
    case OVF_ACT_PROHIBIT:
    case OVF_ACT_EXEMPT:
    case OVF_ACT_WARN:
    case OVF_ACT_GRANT_PERMISSION:
    case OVF_ACT_AUTHORITY: return true;
    default: return because->risk > OVF_RISK_NONE;
    }
}

struct told {
    const ovf_because *because;
    const ovf_check *check;
    size_t index;
};

static int newest_first(const void *a, const void *b)
{
    const struct told *x = a;
    const struct told *y = b;
    ovf_time said_x = x->because->statement->statement->said;
    ovf_time said_y = y->because->statement->statement->said;
    if (said_x != said_y)
        return said_x > said_y ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static void print_one(const struct told *t, bool colour, int indent)
{
    const ovf_statement *s = t->because->statement->statement;
    char when[40] = "?";
    ovf_time_format_plain(s->said, when, sizeof(when));
    if (s->said != OVF_TIME_NONE && s->said % OVF_DAY_S == 0)
        when[sizeof("29 NOV 2025") - 1] = '\0'; // only the day is known
    printf("%*s%s" OVF_FMT "%s  %s  %s%s", indent, "", cli_ink_on(colour, CLI_BOLD),
           OVF_ARG(s->speaker.len > 0 ? s->speaker : OVF_STR("nobody named")), cli_ink_off(colour),
           when, s->is_negated ? (s->act == OVF_ACT_AUTHORITY ? "no " : "not ") : "",
           ovf_act_name(s->act));
    if (s->modality.len > 0 && !ovf_str_eq(s->modality, OVF_STR("fact")))
        printf(", " OVF_FMT, OVF_ARG(s->modality));
    if (t->because->ruling.verdict == OVF_VERDICT_NO_LEGAL_FORCE
        && (s->act == OVF_ACT_DECLARE_CLOSED || s->act == OVF_ACT_REOPEN
            || s->act == OVF_ACT_PROHIBIT))
        printf(", no legal force");
    if (t->check != NULL)
        printf(", %s by the notices of its time", t->check->answer == OVF_CHECKED_NOT_COVERED
                                                      ? "not covered"
                                                      : ovf_checked_name(t->check->answer));
    printf("\n");
    cli_put_folded(stdout, s->text, (size_t)indent + 2, WIDTH);
    printf("%*s" OVF_FMT ", on the word of " OVF_FMT "; " OVF_FMT "\n", indent + 2, "",
           OVF_ARG(s->id), OVF_ARG(s->source), OVF_ARG(t->because->statement->source.name));
}

bool told_print(const ovf_answer *answer, const ovf_check *const *checks, const char *heading,
                bool colour, int indent)
{
    struct told *list = calloc(answer->because_count + 1, sizeof(*list));
    size_t count = 0;
    size_t others = 0;
    for (size_t i = 0; i < answer->because_count && list != NULL; i++) {
        const ovf_because *because = &answer->because[i];
        if (!told_by_news(because))
            continue;
        if (is_of_use(because))
            list[count++] = (struct told){because, checks == NULL ? NULL : checks[i], i};
        else
            others++;
    }
    if (count > 1)
        qsort(list, count, sizeof(*list), newest_first);
    if (count + others > 0)
        printf("%s", heading);
    for (size_t i = 0; i < count && i < SHOWN_MAX; i++)
        print_one(&list[i], colour, indent);
    size_t hidden = others + (count > SHOWN_MAX ? count - SHOWN_MAX : 0);
    if (hidden > 0)
        printf("%*s%zu more, %s; --json lists every one\n", indent, "", hidden,
               count > SHOWN_MAX ? "older, or claims and reports" : "claims and reports");
    free(list);
    return count + others > 0;
}
