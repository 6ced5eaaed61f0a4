/* SPDX-License-Identifier: Apache-2.0 */
/* When a notice applies, the reason that it gives, its exceptions and what is not certain, in English. */
#include "plain.h"

enum { REASON_MAX_BYTES = 160 };

static bool is_letter_or_digit(char c)
{
    return ovf_is_letter(c) || ovf_is_digit(c);
}

static bool has_rule(const ovf_notice *n, const char *rule)
{
    for (size_t i = 0; i < n->finding_count; i++) {
        if (strcmp(n->findings[i].rule, rule) == 0)
            return true;
    }
    return false;
}

/* ---- when ---- */

static void say_time(ovf_buf *b, ovf_time t)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    ovf_civil c = ovf_time_civil(t);
    ovf_buf_printf(b, "%d %s %d %02d:%02d", (int)c.day, months[(c.month + 11) % 12], (int)c.year,
                   (int)c.hour, (int)c.minute);
}

/* "0800-1600" as "08:00 to 16:00", the rest written out. */
static void say_schedule(ovf_buf *b, ovf_str schedule)
{
    ovf_buf plain = {.limit = 1000};
    for (size_t i = 0; i < schedule.len && plain.len < 300; i++) {
        const char *p = schedule.ptr + i;
        bool is_span = i + 9 <= schedule.len && p[4] == '-'
                       && (i == 0 || !is_letter_or_digit(p[-1]))
                       && (i + 9 == schedule.len || !ovf_is_digit(p[9]));
        for (size_t k = 0; is_span && k < 9; k++)
            is_span = k == 4 || ovf_is_digit(p[k]);
        if (is_span) {
            ovf_buf_printf(&plain, "%.2s:%.2s to %.2s:%.2s", p, p + 2, p + 5, p + 7);
            i += 8;
        } else {
            ovf_buf_addc(&plain, *p);
        }
    }
    ovf_expand(b, ovf_buf_str(&plain), 260);
    ovf_buf_done(&plain);
}

void ovf_plain_when(ovf_buf *b, const ovf_notice *n)
{
    if (n->valid_from == OVF_TIME_NONE) {
        ovf_plain_say(b, " It does not say when, as far as could be read.");
        return;
    }
    ovf_plain_say(b, " It runs from ");
    say_time(b, n->valid_from);
    if (n->until_permanent)
        ovf_plain_say(b, " UTC, with no end set");
    else if (n->valid_until == OVF_TIME_OPEN)
        ovf_plain_say(b, " UTC; its end could not be read");
    else {
        ovf_plain_say(b, " to ");
        say_time(b, n->valid_until);
        ovf_plain_say(b, " UTC");
    }
    if (n->until_estimated)
        ovf_plain_say(b, " (the end is an estimate)");
    if (n->schedule.len > 0) {
        ovf_plain_say(b, ", active ");
        say_schedule(b, n->schedule);
    }
    ovf_plain_say(b, ".");
}

/* ---- why, and what is not certain ---- */

/* Does the reason end at this byte, or with the word before it? */
static bool is_end_of_reason(ovf_str s, size_t from, size_t i)
{
    static const char *const stops[] = {
        "WI",   "WITHIN",   "BOUNDED", "RMK", "RMKS",    "CTC",       "PSN",     "LATERAL",
        "AREA", "COORD",    "REF",     "TEL", "FROM",    "BTN",       "BETWEEN", "ALTN",
        "NO",   "AIRSPACE", "AS",      "SEE", "CONTACT", "OPERATORS", "ALL",     "BY"};
    char c = s.ptr[i];
    if (c == '.' || c == ';' || c == ':' || c == '(')
        return true;
    if (!ovf_is_blank(c))
        return false;
    ovf_str before = ovf_str_sub(s, from, i);
    bool is_whole =
        (before.len >= 6
         && ovf_str_eq_nocase(ovf_str_tail(before, before.len - 6), OVF_STR("REASON")))
        || (before.len >= 7
            && ovf_str_eq_nocase(ovf_str_tail(before, before.len - 7), OVF_STR("REASONS")));
    size_t end = i + 1;
    while (end < s.len && is_letter_or_digit(s.ptr[end]))
        end++;
    ovf_str next = ovf_str_sub(s, i + 1, end);
    if (is_whole || (next.len > 0 && ovf_is_digit(next.ptr[0])))
        return true;
    for (size_t k = 0; k < OVF_COUNTOF(stops); k++) {
        if (ovf_str_eq_nocase(next, ovf_str_of(stops[k])))
            return i > from + 2;
    }
    return false;
}

/* The words behind "DUE": the reason that the text states. */
void ovf_plain_reason(ovf_buf *b, const ovf_notice *n)
{
    static const char *const starts[] = {
        "DUE TO ",         "DUE ",      "BECAUSE OF ",    "OWING TO ",    "IN CONNECTION WITH ",
        "FOR REASONS OF ", "DEBIDO A ", "POR MOTIVO DE ", "EN RAISON DE "};
    ovf_str s = n->text;
    for (size_t i = 0; i < s.len; i++) {
        if (i > 0 && is_letter_or_digit(s.ptr[i - 1]))
            continue;
        for (size_t k = 0; k < OVF_COUNTOF(starts); k++) {
            size_t len = strlen(starts[k]);
            if (!ovf_str_eq_nocase(ovf_str_sub(s, i, i + len), (ovf_str){starts[k], len}))
                continue;
            size_t end = i + len;
            while (end < s.len && end < i + 240 && !is_end_of_reason(s, i + len, end))
                end++;
            if (end < i + len + 3)
                return;
            ovf_str reason = ovf_str_trim(ovf_str_sub(s, i + len, end));
            // At the end of a reason ACT is the noun.
            bool is_activity =
                reason.len > 4
                && ovf_str_eq_nocase(ovf_str_tail(reason, reason.len - 4), OVF_STR(" ACT"));
            ovf_plain_say(b, " The reason given is ");
            ovf_expand(b, is_activity ? ovf_str_sub(reason, 0, reason.len - 4) : reason,
                       REASON_MAX_BYTES);
            ovf_plain_say(b, is_activity ? " activity" : "");
            ovf_plain_say(b, ".");
            return;
        }
    }
}

void ovf_plain_exceptions(ovf_buf *b, const ovf_notice *n)
{
    if (n->addressed.except_count == 0 || n->effect == OVF_EFFECT_INFORMATION)
        return;
    // "EXCEPT FOR X" after "Exceptions:" says it twice.
    static const char *const heads[] = {"EXCEPT FOR ", "EXCEPT ",    "EXC FOR ",
                                        "EXC ",        "EXCEPTING ", "EXCLUDING "};
    ovf_str words = n->addressed.except[0];
    for (size_t i = 0; i < OVF_COUNTOF(heads); i++) {
        size_t len = strlen(heads[i]);
        if (ovf_str_eq_nocase(ovf_str_sub(words, 0, len), (ovf_str){heads[i], len})) {
            words = ovf_str_tail(words, len);
            break;
        }
    }
    ovf_plain_say(b, " Exceptions: ");
    ovf_expand(b, ovf_str_trim(words), 220);
    if (n->addressed.except_count > 1)
        ovf_buf_printf(b, "; and %zu more", n->addressed.except_count - 1);
    ovf_plain_say(b, b->ptr[b->len - 1] == '.' ? "" : ".");
}

void ovf_plain_doubts(ovf_buf *b, const ovf_notice *n)
{
    size_t unresolved = 0;
    size_t hints = 0;
    for (size_t i = 0; i < n->area_count; i++) {
        unresolved += n->areas[i].certainty == OVF_CERTAINTY_UNRESOLVED;
        hints += n->areas[i].certainty == OVF_CERTAINTY_Q_CIRCLE;
    }
    if (unresolved > 0)
        ovf_buf_printf(b, " The place of %s could not be resolved.",
                       unresolved == n->area_count ? (unresolved == 1 ? "the area" : "the areas")
                                                   : "some areas");
    else if (hints > 0)
        ovf_plain_say(b, " The text names no place: the circle of item Q is only a hint.");
    if (n->schedule.len > 0 && !n->active_complete && has_rule(n, "D_UNPARSED"))
        ovf_plain_say(b, " The schedule could not be read whole.");
    if (n->status == OVF_READ_PARTIAL && n->part_of > 1 && !n->parts_complete)
        ovf_plain_say(b, " Other parts of it are missing.");
}
