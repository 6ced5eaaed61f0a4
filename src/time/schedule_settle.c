/* SPDX-License-Identifier: Apache-2.0 */
/* Lexemes of item D whose meaning their neighbours decide. */
#include "time_internal.h"

#include <string.h>

static ovf_lex_kind kind_at(const ovf_lexemes *l, size_t i)
{
    return i < l->count ? l->items[i].kind : OVF_LEX_END;
}

static void drop(ovf_lexemes *l, size_t i)
{
    memmove(&l->items[i], &l->items[i + 1], (l->count - i) * sizeof(*l->items)); // with the END
    l->count--;
}

/* "2ND AND 4TH WED" counts weekdays; "2ND MAR" is a day. */
static void settle_ordinals(ovf_lexemes *l)
{
    for (size_t i = 0; i < l->count; i++) {
        if (l->items[i].kind != OVF_LEX_ORDINAL)
            continue;
        size_t next = i + 1;
        while (kind_at(l, next) == OVF_LEX_ORDINAL || kind_at(l, next) == OVF_LEX_AND
               || kind_at(l, next) == OVF_LEX_COMMA)
            next++;
        bool is_weekday = kind_at(l, next) == OVF_LEX_DOW && l->items[i].value <= 6;
        if (!is_weekday)
            l->items[i].kind = l->items[i].extra != 0 ? OVF_LEX_DAY : OVF_LEX_UNKNOWN;
    }
}

static bool is_romance(const ovf_lexemes *l, size_t i)
{
    return kind_at(l, i) == OVF_LEX_DOW && l->items[i].extra != 0;
}

static bool is_between(ovf_lex_kind kind)
{
    return kind == OVF_LEX_DASH || kind == OVF_LEX_AND || kind == OVF_LEX_COMMA;
}

/* "LUN MAR MIE": MAR beside weekdays of those languages is martes, mardi or martedi. */
static void settle_tuesdays(ovf_str text, ovf_lexemes *l)
{
    for (size_t i = 0; i < l->count; i++) {
        bool is_mar = l->items[i].kind == OVF_LEX_MONTH && l->items[i].value == 3
                      && l->items[i].len == 3
                      && ovf_str_eq_nocase(ovf_str_sub(text, l->items[i].at, l->items[i].at + 3),
                                           OVF_STR("MAR"));
        bool is_date =
            kind_at(l, i + 1) == OVF_LEX_DAY || (i > 0 && kind_at(l, i - 1) == OVF_LEX_DAY);
        if (!is_mar || is_date)
            continue;
        size_t before = i == 0 ? SIZE_MAX : i - 1;
        if (before != SIZE_MAX && before > 0 && is_between(kind_at(l, before)))
            before--;
        size_t behind = i + 1;
        if (is_between(kind_at(l, behind)))
            behind++;
        if ((before != SIZE_MAX && is_romance(l, before)) || is_romance(l, behind)) {
            l->items[i].kind = OVF_LEX_DOW;
            l->items[i].value = 2;
            l->items[i].extra = 1;
        }
    }
}

/* "12-MAR-2026", "12-MAR", "12/0600": hyphens and slashes inside one date. "29-JUL 02" is a range. */
static void settle_signs(ovf_lexemes *l)
{
    for (size_t i = 0; i + 2 < l->count; i++) {
        if (kind_at(l, i) == OVF_LEX_DAY && kind_at(l, i + 1) == OVF_LEX_SLASH
            && kind_at(l, i + 2) == OVF_LEX_CLOCK) {
            drop(l, i + 1);
            continue;
        }
        if (kind_at(l, i) == OVF_LEX_STAMP && kind_at(l, i + 1) == OVF_LEX_SLASH
            && kind_at(l, i + 2) == OVF_LEX_STAMP)
            l->items[i + 1].kind = OVF_LEX_DASH;
        bool is_date = kind_at(l, i) == OVF_LEX_DAY && kind_at(l, i + 1) == OVF_LEX_DASH
                       && kind_at(l, i + 2) == OVF_LEX_MONTH;
        if (!is_date || (i > 0 && kind_at(l, i - 1) == OVF_LEX_MONTH)
            || kind_at(l, i + 3) == OVF_LEX_DAY)
            continue;
        bool has_year = kind_at(l, i + 3) == OVF_LEX_DASH
                        && (kind_at(l, i + 4) == OVF_LEX_YEAR
                            || (kind_at(l, i + 4) == OVF_LEX_DAY && l->items[i + 4].len == 2
                                && l->items[i + 4].value >= 20 && kind_at(l, i + 5) != OVF_LEX_MONTH
                                && kind_at(l, i + 5) != OVF_LEX_DASH));
        if (has_year) {
            l->items[i + 4].value = l->items[i + 4].value % 100 + 2000;
            l->items[i + 4].kind = OVF_LEX_YEAR;
            drop(l, i + 3);
        }
        drop(l, i + 1);
    }
}

/* "281410Z TO 281640Z, 301402Z TO 301632Z APR, 011358Z TO 011628Z MAY": the month stands behind the
 * last of its groups. */
static void settle_groups(ovf_lexemes *l)
{
    int month = 0;
    for (size_t i = l->count; i-- > 0;) {
        ovf_lex_kind kind = l->items[i].kind;
        if (kind == OVF_LEX_MONTH)
            month = i > 0 && kind_at(l, i - 1) == OVF_LEX_DAY_CLOCK ? l->items[i].value : 0;
        else if (kind == OVF_LEX_DAY_CLOCK)
            l->items[i].stamp = month;
        else if (kind != OVF_LEX_DASH && kind != OVF_LEX_COMMA && kind != OVF_LEX_AND
                 && kind != OVF_LEX_YEAR)
            month = 0;
    }
}

/* "12 MAR 26 0600-1800": the last figure is the year when it is that of item B or C, unless item C
 * ends on such a day. */
static void settle_years(ovf_lexemes *l, ovf_interval valid)
{
    if (valid.from == OVF_TIME_NONE)
        return;
    int first = ovf_time_civil(valid.from).year;
    ovf_civil end = ovf_time_civil(valid.until == OVF_TIME_OPEN ? valid.from : valid.until);
    for (size_t i = 0; i + 2 < l->count; i++) {
        ovf_lexeme *year = &l->items[i + 2];
        bool is_date = kind_at(l, i) == OVF_LEX_DAY && kind_at(l, i + 1) == OVF_LEX_MONTH
                       && year->kind == OVF_LEX_DAY && year->len == 2;
        bool leads =
            i > 0 && (kind_at(l, i - 1) == OVF_LEX_MONTH || kind_at(l, i - 1) == OVF_LEX_DASH);
        ovf_lex_kind next = kind_at(l, i + 3);
        bool ends = next == OVF_LEX_CLOCK || next == OVF_LEX_COMMA || next == OVF_LEX_END
                    || next == OVF_LEX_H24;
        if (!is_date || leads || !ends)
            continue;
        bool is_year = 2000 + year->value == first || 2000 + year->value == end.year;
        if (!is_year || (end.day == year->value && end.month == l->items[i + 1].value))
            continue;
        l->notes.has_short_year = true;
        l->notes.year_at = year->at;
        year->kind = OVF_LEX_YEAR;
        year->value += 2000;
    }
}

static bool is_pair(const ovf_lexemes *l, size_t i)
{
    return kind_at(l, i) == OVF_LEX_DAY && kind_at(l, i + 1) == OVF_LEX_SLASH
           && kind_at(l, i + 2) == OVF_LEX_DAY && kind_at(l, i + 3) != OVF_LEX_SLASH
           && (i == 0 || kind_at(l, i - 1) != OVF_LEX_SLASH) && l->items[i + 2].value <= 12;
}

/* "01/02 0600-1800": two days, or the first of February? The latter when the first of them is the
 * date of item B and item C does not end on the second; said either way. */
static void settle_pairs(ovf_lexemes *l, ovf_interval valid)
{
    if (valid.from == OVF_TIME_NONE)
        return;
    ovf_civil start = ovf_time_civil(valid.from);
    ovf_civil end = ovf_time_civil(valid.until == OVF_TIME_OPEN ? valid.from : valid.until);
    bool any = false;
    bool are_dates = true;
    for (size_t i = 0; i + 2 < l->count; i++) {
        if (!is_pair(l, i))
            continue;
        int month = l->items[i + 2].value;
        if (!any) {
            l->notes.slash_at = l->items[i].at;
            are_dates = l->items[i].value == start.day && month == start.month
                        && !(end.day == month && end.month == start.month);
        }
        are_dates &= month >= start.month && (end.year > start.year || month <= end.month);
        any = true;
    }
    l->notes.is_slash_date = any;
    for (size_t i = 0; any && are_dates && i + 2 < l->count; i++) {
        if (!is_pair(l, i))
            continue;
        drop(l, i + 1);
        l->items[i + 1].kind = OVF_LEX_MONTH;
    }
}

void ovf_schedule_settle(ovf_str text, ovf_interval valid, ovf_lexemes *lexemes)
{
    settle_ordinals(lexemes);
    settle_tuesdays(text, lexemes);
    settle_signs(lexemes);
    settle_years(lexemes, valid);
    settle_pairs(lexemes, valid);
    settle_groups(lexemes);
}
