/* SPDX-License-Identifier: Apache-2.0 */
/* Item D, numbers in all their shapes: days, clocks ("0600", "06:00", "06H00"), dates ("12.03.2026",
 * "2026-03-12"), ten-digit date-times, minutes before and after the sun, numbers of lists. */
#include "time_internal.h"

int ovf_lx_value(ovf_str digits)
{
    int value = 0;
    for (size_t i = 0; i < digits.len && i < 9; i++)
        value = value * 10 + (ovf_lx_is_digit(digits.ptr[i]) ? digits.ptr[i] - '0' : 0);
    return value;
}

static bool clock_minutes(int hours, int minutes, int32_t *out)
{
    if (minutes > 59 || hours > 24 || (hours == 24 && minutes != 0))
        return false;
    *out = hours * 60 + minutes;
    return true;
}

/* ---- minutes before and after the sun ---- */

/* "30", "30MIN", "1HR", "00:30": minutes, and the offset behind; `at` when there is no number. */
static size_t span_minutes(const ovf_lexer *lx, size_t at, int *out)
{
    static const char *const minute_words[] = {"MIN", "MINS", "MINUTES", "MINUTE", "MN", "M"};
    static const char *const hour_words[] = {"H", "HR", "HRS", "HOUR", "HOURS"};
    size_t end = ovf_lx_digits_end(lx, at);
    int value = ovf_lx_value(ovf_str_sub(lx->text, at, end));
    if (end == at || end - at > 4)
        return at;
    if (end - at <= 2 && ovf_lx_char(lx, end) == ':' && ovf_lx_digits_end(lx, end + 1) == end + 3) {
        *out = value * 60 + ovf_lx_value(ovf_str_sub(lx->text, end + 1, end + 3));
        return end + 3;
    }
    *out = end - at == 4 ? value / 100 * 60 + value % 100 : value;
    size_t unit = ovf_lx_blanks(lx, end);
    ovf_str word = ovf_lx_word(lx, unit);
    if (ovf_lx_word_is(word, minute_words, OVF_COUNTOF(minute_words)))
        return unit + word.len;
    if (ovf_lx_word_is(word, hour_words, OVF_COUNTOF(hour_words)) && value <= 6) {
        *out = value * 60;
        return unit + word.len;
    }
    // "SS+1" without a unit is an hour to some and a minute to nobody: not read.
    return value > 2 || value == 0 ? end : at;
}

/* Behind SR or SS: "-30", "+ 30 MIN", "MINUS30", "PLUS 1HR". "SR-0900" is a range to a clock. */
void ovf_lx_sun_offset(ovf_lexer *lx)
{
    size_t at = ovf_lx_blanks(lx, lx->at);
    ovf_str word = ovf_lx_word(lx, at);
    int sign = 0;
    bool is_word = true;
    if (ovf_str_eq_nocase(word, OVF_STR("PLUS")))
        sign = 1;
    else if (ovf_str_eq_nocase(word, OVF_STR("MINUS")))
        sign = -1;
    at += sign == 0 ? 0 : word.len;
    if (sign == 0 && (ovf_lx_char(lx, at) == '+' || ovf_lx_char(lx, at) == '-')) {
        is_word = false;
        sign = ovf_lx_char(lx, at++) == '+' ? 1 : -1;
    }
    if (sign == 0)
        return;
    size_t start = is_word || sign > 0 ? ovf_lx_blanks(lx, at) : at;
    int minutes = 0;
    size_t end = span_minutes(lx, start, &minutes);
    bool is_clock = !is_word && sign < 0 && ovf_lx_digits_end(lx, start) - start > 3;
    bool is_colon = !is_word && sign < 0 && ovf_lx_char(lx, start + 2) == ':';
    if (end == start || is_clock || is_colon || ovf_lx_is_digit(ovf_lx_char(lx, end))
        || minutes > 360)
        return;
    lx->items[lx->count - 1].value += sign * minutes;
    lx->at = end;
}

/* "30 MIN BEFORE SR": the words at the number; false when they say something else. */
static bool take_pre_offset(ovf_lexer *lx, size_t start)
{
    static const char *const before[] = {"BEFORE", "PRIOR", "BFR", "AVANT", "ANTES"};
    static const char *const after[] = {"AFTER", "AFT", "PAST", "APRES", "DESPUES", "DEPOIS"};
    static const char *const fillers[] = {"TO", "THE", "DE", "DEL", "LE"};
    static const char *const suns[] = {"SR", "SS", "SUNRISE", "SUNSET"};
    int minutes = 0;
    size_t end = span_minutes(lx, start, &minutes);
    if (end == start || end == ovf_lx_digits_end(lx, start))
        return false;
    size_t at = ovf_lx_blanks(lx, end);
    ovf_str word = ovf_lx_word(lx, at);
    int sign = ovf_lx_word_is(word, before, OVF_COUNTOF(before)) ? -1
               : ovf_lx_word_is(word, after, OVF_COUNTOF(after)) ? 1
                                                                 : 0;
    if (sign == 0)
        return false;
    at = ovf_lx_blanks(lx, at + word.len);
    for (word = ovf_lx_word(lx, at); ovf_lx_word_is(word, fillers, OVF_COUNTOF(fillers));
         word = ovf_lx_word(lx, at))
        at = ovf_lx_blanks(lx, at + word.len);
    if (!ovf_lx_word_is(word, suns, OVF_COUNTOF(suns)))
        return false;
    lx->pre_offset = sign * minutes;
    lx->at = at;
    return true;
}

/* ---- dates in figures ---- */

static bool push_date(ovf_lexer *lx, int day, int month, int year, size_t start, size_t end)
{
    if (day < 1 || day > 31 || month < 1 || month > 12)
        return false;
    lx->at = end;
    ovf_lx_push_at(lx, OVF_LEX_DAY, day, start);
    ovf_lx_push_at(lx, OVF_LEX_MONTH, month, start);
    if (year != 0)
        ovf_lx_push_at(lx, OVF_LEX_YEAR, year, start);
    return true;
}

/* A clock and a hyphen behind "12.03": then those figures are a date. */
static bool clock_range_follows(const ovf_lexer *lx, size_t at)
{
    at += ovf_lx_char(lx, at) == '.';
    size_t start = ovf_lx_blanks(lx, at);
    size_t end = ovf_lx_digits_end(lx, start);
    char next = ovf_lx_char(lx, ovf_lx_blanks(lx, end));
    return start > at && end - start == 4 && (next == '-' || next == '/');
}

/* "12.03.2026", "12/03/2026", "2026-03-12", "03/26/2026", "12.03.". Day first where both could be. */
static bool lex_date(ovf_lexer *lx)
{
    size_t a_end = ovf_lx_digits_end(lx, lx->at);
    char sep = ovf_lx_char(lx, a_end);
    if (sep != '.' && sep != '/' && sep != '-')
        return false;
    size_t b_end = ovf_lx_digits_end(lx, a_end + 1);
    int a = ovf_lx_value(ovf_str_sub(lx->text, lx->at, a_end));
    int b = ovf_lx_value(ovf_str_sub(lx->text, a_end + 1, b_end));
    size_t a_len = a_end - lx->at;
    size_t b_len = b_end - a_end - 1;
    if (b_len < 1 || b_len > 2 || (a_len > 2 && a_len != 4))
        return false;
    if (ovf_lx_char(lx, b_end) != sep || !ovf_lx_is_digit(ovf_lx_char(lx, b_end + 1))) {
        if (sep != '.' || a_len != 2 || b_len != 2 || !clock_range_follows(lx, b_end))
            return false;
        return push_date(lx, a, b, 0, lx->at, b_end);
    }
    size_t c_end = ovf_lx_digits_end(lx, b_end + 1);
    int c = ovf_lx_value(ovf_str_sub(lx->text, b_end + 1, c_end));
    size_t c_len = c_end - b_end - 1;
    if (a_len == 4 && c_len > 2) { // "2022-06-0019": the number of a circular
        lx->at = c_end;
        ovf_lx_push_at(lx, OVF_LEX_UNKNOWN, 0, lx->at);
        return true;
    }
    if (a_len == 4)
        return a >= 2000 && a < 2100 && c_len <= 2 && push_date(lx, c, b, a, lx->at, c_end);
    bool is_list = c_len == 2 && a < b && b < c; // "12/13/14": three days
    int year = c_len == 4 ? c : 2000 + c;
    if (is_list || (c_len != 2 && c_len != 4) || year < 2000 || year >= 2100 || sep == '-')
        return sep == '-' && c_len == 4 && c >= 2000 && c < 2100 && b <= 12
               && push_date(lx, a, b, c, lx->at, c_end);
    return b > 12 ? push_date(lx, b, a, year, lx->at, c_end)
                  : push_date(lx, a, b, year, lx->at, c_end);
}

/* ---- numbers ---- */

/* Is the next thing behind `at` a hyphen between clocks? Then four digits are no year. */
bool ovf_lx_dash_follows(const ovf_lexer *lx, size_t at)
{
    at = ovf_lx_blanks(lx, at);
    return ovf_lx_char(lx, at) == '-' || ovf_lx_char(lx, at) == '/';
}

static bool month_follows(const ovf_lexer *lx, size_t at)
{
    return ovf_month_of_word(ovf_lx_word(lx, ovf_lx_blanks(lx, at))) != 0;
}

/* "12-MAR-" before the year. */
static bool is_dashed_date(const ovf_lexer *lx)
{
    return lx->count >= 4 && ovf_lx_last(lx) == OVF_LEX_DASH
           && lx->items[lx->count - 2].kind == OVF_LEX_MONTH
           && lx->items[lx->count - 3].kind == OVF_LEX_DASH
           && lx->items[lx->count - 4].kind == OVF_LEX_DAY;
}

static void push_digits(ovf_lexer *lx, ovf_str digits, size_t start)
{
    ovf_lexeme item = {.at = (uint32_t)start, .len = (uint32_t)(lx->at - start)};
    int value = ovf_lx_value(digits);
    int32_t minutes = 0;
    bool after_dash = ovf_lx_last(lx) == OVF_LEX_DASH || ovf_lx_last(lx) == OVF_LEX_SLASH;
    bool is_year = digits.len == 4 && value >= 2000 && value < 2100;
    item.kind = OVF_LEX_UNKNOWN;
    if (digits.len <= 2 && value >= 1 && value <= 31) {
        item.kind = OVF_LEX_DAY;
        item.value = value;
    } else if (is_year
               && (is_dashed_date(lx)
                   || (lx->expects_year && !after_dash && !ovf_lx_dash_follows(lx, lx->at))
                   || month_follows(lx, lx->at))) {
        item.kind = OVF_LEX_YEAR;
        item.value = value;
    } else if ((digits.len == 4 || digits.len == 3)
               && clock_minutes(value / 100, value % 100, &minutes)) {
        item.kind = OVF_LEX_CLOCK;
        item.value = minutes;
    } else if (digits.len == 6 && value / 10000 >= 1 && value / 10000 <= 31
               && clock_minutes(value / 100 % 100, value % 100, &minutes)) {
        item.kind = OVF_LEX_DAY_CLOCK;
        item.value = value / 10000;
        item.extra = minutes;
    } else if (digits.len == 8 && value / 10000 >= 2000 && value / 10000 < 2100
               && push_date(lx, value % 100, value / 100 % 100, value / 10000, start, lx->at)) {
        return;
    } else if (digits.len == 8 && value % 10000 >= 2000 && value % 10000 < 2100
               && push_date(lx, value / 1000000, value / 10000 % 100, value % 10000, start,
                            lx->at)) {
        return;
    } else if (digits.len == 10 && ovf_time_parse_notam(digits, &item.stamp, NULL) == OVF_OK) {
        item.kind = OVF_LEX_STAMP;
    }
    ovf_lx_push(lx, item);
}

/* Behind one or two digits: "24H", "24 HRS", "06H00", "18H". */
static bool take_hours(ovf_lexer *lx, int hours, size_t start)
{
    static const char *const words[] = {"H", "HR", "HRS", "HOURS"};
    bool is_glued = ovf_lx_is_letter(ovf_lx_char(lx, lx->at));
    size_t at = ovf_lx_blanks(lx, lx->at);
    ovf_str word = ovf_lx_word(lx, at);
    if (!ovf_lx_word_is(word, words, OVF_COUNTOF(words)))
        return false;
    size_t end = at + word.len;
    int32_t minutes = 0;
    if (is_glued && word.len == 1 && ovf_lx_digits_end(lx, end) == end + 2) {
        bool is_good =
            clock_minutes(hours, ovf_lx_value(ovf_str_sub(lx->text, end, end + 2)), &minutes);
        lx->at = end + 2;
        ovf_lx_push_at(lx, is_good ? OVF_LEX_CLOCK : OVF_LEX_UNKNOWN, minutes, start);
        return true;
    }
    if (ovf_lx_is_digit(ovf_lx_char(lx, end)))
        return false;
    bool is_end = ovf_lx_last(lx) == OVF_LEX_DASH || ovf_lx_dash_follows(lx, end);
    if (hours == 24 && !is_end) {
        lx->at = end;
        ovf_lx_push_at(lx, OVF_LEX_H24, 0, start);
        return true;
    }
    if (!is_glued || !is_end || !clock_minutes(hours, 0, &minutes))
        return false;
    lx->at = end;
    ovf_lx_push_at(lx, OVF_LEX_CLOCK, minutes, start);
    return true;
}

static bool take_ordinal(ovf_lexer *lx, int value, size_t start)
{
    static const char *const suffixes[] = {"ST", "ND", "RD", "TH", "ER", "EME"};
    ovf_str word = ovf_lx_word(lx, lx->at);
    if (value < 1 || value > 31 || !ovf_lx_word_is(word, suffixes, OVF_COUNTOF(suffixes)))
        return false;
    lx->at += word.len;
    ovf_str next = ovf_lx_word(lx, ovf_lx_blanks(lx, lx->at));
    if (ovf_str_eq_nocase(next, OVF_STR("DAY"))) { // "EV 2ND DAY" counts from nobody knows where
        ovf_lx_push_at(lx, OVF_LEX_UNKNOWN, value, start);
        return true;
    }
    ovf_lx_push_at(lx, OVF_LEX_ORDINAL, value, start);
    if (!lx->failed)
        lx->items[lx->count - 1].extra = 1; // in digits: it may as well be a day
    return true;
}

/* "1)" and "1." at the front of what the item lists. */
static bool take_bullet(ovf_lexer *lx, size_t start, size_t len)
{
    char next = ovf_lx_char(lx, lx->at);
    bool is_opened = start > 0 && ovf_lx_char(lx, start - 1) == '(';
    bool is_free = lx->count == 0 || ovf_lx_last(lx) == OVF_LEX_CLOCK
                   || ovf_lx_last(lx) == OVF_LEX_COMMA || ovf_lx_last(lx) == OVF_LEX_H24;
    bool is_bracket = next == ')' && (is_opened ? is_free : true) && len <= 2;
    bool is_point = next == '.' && len == 1 && ovf_lx_is_blank(ovf_lx_char(lx, lx->at + 1))
                    && is_free && ovf_lx_char(lx, ovf_lx_blanks(lx, lx->at + 1)) != '\0';
    if (!is_free || (!is_bracket && !is_point))
        return false;
    lx->at++;
    ovf_lx_push_at(lx, OVF_LEX_COMMA, 0, start);
    return true;
}

static bool take_colon_clock(ovf_lexer *lx, ovf_str digits, size_t start)
{
    char sep = ovf_lx_char(lx, lx->at);
    if ((sep != ':' && sep != '.') || ovf_lx_digits_end(lx, lx->at + 1) != lx->at + 3)
        return false;
    char next = ovf_lx_char(lx, lx->at + 3); // "10.00W" is no clock
    if (next == 'N' || next == 'S' || next == 'E' || next == 'W')
        return false;
    int32_t minutes = 0;
    bool is_good =
        clock_minutes(ovf_lx_value(digits),
                      ovf_lx_value(ovf_str_sub(lx->text, lx->at + 1, lx->at + 3)), &minutes);
    lx->at += 3;
    ovf_lx_push_at(lx, is_good ? OVF_LEX_CLOCK : OVF_LEX_UNKNOWN, minutes, start);
    return true;
}

/* "13-33.88N", "055-20W": a position behind a schedule in running text. */
static bool take_position(ovf_lexer *lx)
{
    size_t dash = ovf_lx_digits_end(lx, lx->at);
    size_t end = ovf_lx_digits_end(lx, dash + 1);
    if (ovf_lx_char(lx, dash) != '-' || end != dash + 3 || dash > lx->at + 3)
        return false;
    size_t tail = end;
    if (ovf_lx_char(lx, end) == '.')
        tail = ovf_lx_digits_end(lx, end + 1);
    char hemisphere = ovf_lx_char(lx, tail);
    bool is_glued =
        hemisphere == 'N' || hemisphere == 'S' || hemisphere == 'E' || hemisphere == 'W';
    if (!is_glued || ovf_lx_is_letter(ovf_lx_char(lx, tail + 1)))
        return false;
    size_t start = lx->at;
    lx->at = tail + 1;
    ovf_lx_push_at(lx, OVF_LEX_UNKNOWN, 0, start);
    return true;
}

/* Digits with the letter O among them ("O800", "1OOO"), and what may follow them. */
void ovf_lx_number(ovf_lexer *lx)
{
    size_t start = lx->at;
    if (take_position(lx) || lex_date(lx))
        return;
    char clean[12];
    size_t len = 0;
    for (;; lx->at++) {
        char c = ovf_lx_char(lx, lx->at);
        if ((c == 'O' || c == 'o')
            && (len > 0 ? !ovf_lx_is_letter(ovf_lx_char(lx, lx->at + 1))
                              || ovf_lx_char(lx, lx->at + 1) == 'O'
                        : true))
            c = '0';
        if (!ovf_lx_is_digit(c))
            break;
        if (len < sizeof(clean))
            clean[len++] = c;
    }
    ovf_str digits = {clean, len};
    if (len <= 3 && take_pre_offset(lx, start))
        return;
    if (len <= 2
        && (take_hours(lx, ovf_lx_value(digits), start)
            || take_ordinal(lx, ovf_lx_value(digits), start) || take_bullet(lx, start, len)
            || take_colon_clock(lx, digits, start)))
        return;
    if (len == 2 && ovf_lx_value(digits) == 24 && ovf_lx_char(lx, lx->at) == '/'
        && ovf_lx_char(lx, lx->at + 1) == '7' && !ovf_lx_is_digit(ovf_lx_char(lx, lx->at + 2))) {
        lx->at += 2;
        ovf_lx_push_at(lx, OVF_LEX_H24, 0, start);
        return;
    }
    push_digits(lx, digits, start);
}
