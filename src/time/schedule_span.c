/* SPDX-License-Identifier: Apache-2.0 */
/* Schedules in running text: where dates and times in the words of item D begin and end. */
#include "time_internal.h"

#define SPAN_LEXEMES 600

static bool is_clocklike(ovf_lex_kind kind)
{
    return kind == OVF_LEX_CLOCK || kind == OVF_LEX_RISE || kind == OVF_LEX_SET;
}

static unsigned holdings(const ovf_lexeme *items, size_t count)
{
    // "UNTIL 042300Z JUN", "UNTIL 07 JUL"
    bool is_until =
        count >= 2 && items[0].kind == OVF_LEX_DASH
        && (items[1].kind == OVF_LEX_DAY_CLOCK
            || (count >= 3 && items[1].kind == OVF_LEX_DAY && items[2].kind == OVF_LEX_MONTH));
    unsigned has = is_until ? OVF_SCHEDULE_HAS_BLOCK : 0U;
    for (size_t i = 0; i < count; i++) {
        ovf_lex_kind next = i + 1 < count ? items[i + 1].kind : OVF_LEX_END;
        ovf_lex_kind behind = i + 2 < count ? items[i + 2].kind : OVF_LEX_END;
        bool links = next == OVF_LEX_DASH || next == OVF_LEX_SLASH || next == OVF_LEX_AND;
        switch (items[i].kind) {
        case OVF_LEX_DAY:
        case OVF_LEX_ORDINAL: has |= OVF_SCHEDULE_HAS_DATES; break;
        case OVF_LEX_MONTH: has |= OVF_SCHEDULE_HAS_MONTH; break;
        case OVF_LEX_DOW:
        case OVF_LEX_WORKDAYS:
        case OVF_LEX_WEEKEND:
        case OVF_LEX_DAILY: has |= OVF_SCHEDULE_HAS_WEEK; break;
        case OVF_LEX_H24:
        case OVF_LEX_HJ:
        case OVF_LEX_HN: has |= OVF_SCHEDULE_HAS_HOURS; break;
        case OVF_LEX_CLOCK:
        case OVF_LEX_RISE:
        case OVF_LEX_SET:
            has |= links && is_clocklike(behind) ? OVF_SCHEDULE_HAS_HOURS : 0U;
            has |= next == OVF_LEX_DASH && (behind == OVF_LEX_DAY || behind == OVF_LEX_MONTH)
                       ? OVF_SCHEDULE_HAS_BLOCK
                       : 0U;
            break;
        case OVF_LEX_STAMP:
        case OVF_LEX_DAY_CLOCK:
            has |= links || next == items[i].kind || next == OVF_LEX_MONTH ? OVF_SCHEDULE_HAS_BLOCK
                                                                           : 0U;
            break;
        default: break;
        }
    }
    return has;
}

static bool ends_a_range(ovf_lex_kind kind)
{
    return is_clocklike(kind) || kind == OVF_LEX_H24 || kind == OVF_LEX_HJ || kind == OVF_LEX_HN
           || kind == OVF_LEX_STAMP || kind == OVF_LEX_DAY_CLOCK;
}

/* How many lexemes belong: a sign or a conjunction at the end does not, nor days without a time where
 * the times stand behind their days. */
static size_t whole_part(const ovf_lexeme *items, size_t count)
{
    size_t first = 0;
    while (first < count && items[first].kind == OVF_LEX_COMMA)
        first++;
    bool time_first = first < count && ends_a_range(items[first].kind);
    size_t last_time = 0;
    for (size_t i = 0; i < count; i++)
        last_time = ends_a_range(items[i].kind) ? i + 1 : last_time;
    size_t end = count;
    if (last_time > 0 && !time_first) {
        end = last_time; // and what may stand behind the hours of a list: months, DAILY, exceptions
        bool any_before = items[last_time - 1].kind == OVF_LEX_DAY_CLOCK;
        while (end < count
               && (items[end].kind == OVF_LEX_DAILY || items[end].kind == OVF_LEX_EXCEPT
                   || items[end].kind == OVF_LEX_HOLIDAY
                   || (end > last_time && items[end - 1].kind == OVF_LEX_EXCEPT)
                   || (end > last_time && items[end].kind == OVF_LEX_DOW)
                   || (any_before && items[end].kind == OVF_LEX_MONTH)))
            end++;
    }
    while (end > 0
           && (items[end - 1].kind == OVF_LEX_DASH || items[end - 1].kind == OVF_LEX_SLASH
               || items[end - 1].kind == OVF_LEX_COMMA || items[end - 1].kind == OVF_LEX_AND
               || items[end - 1].kind == OVF_LEX_ON || items[end - 1].kind == OVF_LEX_EXCEPT))
        end--;
    return end;
}

static bool has_utc(ovf_str run)
{
    for (size_t i = 0; i < run.len; i++) {
        if ((run.ptr[i] == 'Z' && i > 0 && ovf_lx_is_digit(run.ptr[i - 1]))
            || ovf_str_eq_nocase(ovf_str_sub(run, i, i + 3), OVF_STR("UTC"))
            || ovf_str_eq_nocase(ovf_str_sub(run, i, i + 3), OVF_STR("GMT")))
            return true;
    }
    return false;
}

/* ". 2. CANCEL THIS MSG": the number of the next paragraph. */
static bool paragraph_follows(const ovf_lexer *lx, size_t at)
{
    size_t start = ovf_lx_blanks(lx, at);
    size_t end = ovf_lx_digits_end(lx, start);
    return start > at && end > start && end <= start + 2 && ovf_lx_char(lx, end) == '.'
           && ovf_lx_is_blank(ovf_lx_char(lx, end + 1));
}

size_t ovf_schedule_span(ovf_str text, size_t at, unsigned *has)
{
    ovf_lexeme items[SPAN_LEXEMES];
    ovf_lexer lx = {.text = text, .at = at, .items = items, .capacity = SPAN_LEXEMES};
    size_t end_at[2] = {at, at}; // of the lexeme before, and of the words behind it
    *has = 0;
    while (lx.at < text.len && !lx.failed) {
        size_t before = lx.at;
        size_t count = lx.count;
        char c = ovf_lx_char(&lx, before);
        bool stops = c == '.' && count > 0 && ends_a_range(ovf_lx_last(&lx))
                     && !ovf_lx_is_digit(ovf_lx_char(&lx, before + 1));
        if (stops || (c == '.' && count > 0 && paragraph_follows(&lx, before + 1)))
            break;
        ovf_lx_one(&lx);
        if (lx.count > count && ovf_lx_last(&lx) == OVF_LEX_UNKNOWN) {
            lx.count--;
            end_at[1] = before;
            break;
        }
        end_at[1] = lx.at;
    }
    size_t count = whole_part(items, lx.count);
    if (count == 0)
        return at;
    size_t end = items[count - 1].at + items[count - 1].len;
    // Zones and "(NEXT DAY)" behind the last lexeme are words of the schedule too.
    size_t stop = count < lx.count ? items[count].at : end_at[1];
    *has = holdings(items, count);
    if (has_utc(ovf_str_sub(text, at, stop)))
        *has |= OVF_SCHEDULE_HAS_UTC;
    if (lx.notes.is_local && lx.notes.local_at < stop) {
        *has |= OVF_SCHEDULE_HAS_LOCAL;
        size_t behind = lx.notes.local_at + ovf_lx_word(&lx, lx.notes.local_at).len;
        end = behind > end ? behind : end;
    }
    bool is_glued = ovf_lx_is_letter(ovf_lx_char(&lx, end)) && ovf_lx_char(&lx, end) != 'Z'
                    && !ovf_str_eq_nocase(ovf_lx_word(&lx, end), OVF_STR("UTC"))
                    && !ovf_str_eq_nocase(ovf_lx_word(&lx, end), OVF_STR("LT"))
                    && !ovf_str_eq_nocase(ovf_lx_word(&lx, end), OVF_STR("LMT"))
                    && !ovf_str_eq_nocase(ovf_lx_word(&lx, end), OVF_STR("HR"))
                    && !ovf_str_eq_nocase(ovf_lx_word(&lx, end), OVF_STR("HRS"))
                    && !ovf_str_eq_nocase(ovf_lx_word(&lx, end), OVF_STR("H"));
    char next = ovf_lx_char(&lx, end);
    bool goes_on = (next == '-' || next == '/')
                   && (ovf_lx_is_digit(ovf_lx_char(&lx, end + 1))
                       || ovf_lx_is_letter(ovf_lx_char(&lx, end + 1)));
    return is_glued || goes_on || ovf_lx_is_digit(next) ? at : end;
}
