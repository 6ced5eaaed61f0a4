/* SPDX-License-Identifier: Apache-2.0 */
/* Item D cut into lexemes. The words are in schedule_words.c; here are numbers in all their shapes:
 * days, clocks ("0600", "06:00", "06H00"), dates ("12.03.2026", "2026-03-12"), ten-digit date-times,
 * minutes before and after the sun, numbers of lists. */
#include "time_internal.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static int number_of(ovf_str digits)
{
    int value = 0;
    for (size_t i = 0; i < digits.len && i < 9; i++)
        value = value * 10 + (is_digit(digits.ptr[i]) ? digits.ptr[i] - '0' : 0);
    return value;
}

static bool clock_minutes(int hours, int minutes, int32_t *out)
{
    if (minutes > 59 || hours > 24 || (hours == 24 && minutes != 0))
        return false;
    *out = hours * 60 + minutes;
    return true;
}

#define SPAN_LEXEMES 600 /* of a schedule in running text */

struct lexer {
    ovf_str text;
    size_t at;
    ovf_arena *arena;
    ovf_lexeme *items;
    size_t count;
    size_t capacity;
    ovf_lex_notes notes;
    int pre_offset;    /* "30 MIN BEFORE" the sun's event that comes next */
    bool expects_year; /* the lexeme before is a month, or a day next to one */
    bool failed;
};

static char char_at(const struct lexer *lx, size_t at)
{
    return at < lx->text.len ? lx->text.ptr[at] : '\0';
}

static size_t skip_blanks(const struct lexer *lx, size_t at)
{
    while (is_blank(char_at(lx, at)))
        at++;
    return at;
}

static size_t digits_end(const struct lexer *lx, size_t at)
{
    while (is_digit(char_at(lx, at)))
        at++;
    return at;
}

static ovf_str word_at(const struct lexer *lx, size_t at)
{
    size_t end = at;
    while (is_letter(char_at(lx, end)))
        end++;
    return ovf_str_sub(lx->text, at, end);
}

static bool word_is(ovf_str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (ovf_str_eq_nocase(word, ovf_str_of(words[i])))
            return true;
    }
    return false;
}

static void push(struct lexer *lx, ovf_lexeme item)
{
    if (lx->arena == NULL) { // a span: a room of fixed size, full is where it ends
        if (lx->count >= lx->capacity)
            lx->failed = true;
        else
            lx->items[lx->count++] = item;
        return;
    }
    if (!ovf_arena_grow(lx->arena, (void **)&lx->items, lx->count, &lx->capacity,
                        sizeof(*lx->items))) {
        lx->failed = true;
        return;
    }
    lx->items[lx->count++] = item;
}

static void push_at(struct lexer *lx, ovf_lex_kind kind, int32_t value, size_t from)
{
    push(lx,
         (ovf_lexeme){
             .kind = kind, .value = value, .at = (uint32_t)from, .len = (uint32_t)(lx->at - from)});
}

static ovf_lex_kind last_kind(const struct lexer *lx)
{
    return lx->count > 0 ? lx->items[lx->count - 1].kind : OVF_LEX_END;
}

/* ---- minutes before and after the sun ---- */

/* "30", "30MIN", "1HR", "00:30": minutes, and the offset behind; `at` when there is no number. */
static size_t span_minutes(const struct lexer *lx, size_t at, int *out)
{
    static const char *const minute_words[] = {"MIN", "MINS", "MINUTES", "MINUTE", "MN", "M"};
    static const char *const hour_words[] = {"H", "HR", "HRS", "HOUR", "HOURS"};
    size_t end = digits_end(lx, at);
    int value = number_of(ovf_str_sub(lx->text, at, end));
    if (end == at || end - at > 4)
        return at;
    if (end - at <= 2 && char_at(lx, end) == ':' && digits_end(lx, end + 1) == end + 3) {
        *out = value * 60 + number_of(ovf_str_sub(lx->text, end + 1, end + 3));
        return end + 3;
    }
    *out = end - at == 4 ? value / 100 * 60 + value % 100 : value;
    size_t unit = skip_blanks(lx, end);
    ovf_str word = word_at(lx, unit);
    if (word_is(word, minute_words, OVF_COUNTOF(minute_words)))
        return unit + word.len;
    if (word_is(word, hour_words, OVF_COUNTOF(hour_words)) && value <= 6) {
        *out = value * 60;
        return unit + word.len;
    }
    // "SS+1" without a unit is an hour to some and a minute to nobody: not read.
    return value > 2 || value == 0 ? end : at;
}

/* Behind SR or SS: "-30", "+ 30 MIN", "MINUS30", "PLUS 1HR". "SR-0900" is a range to a clock. */
static void take_sun_offset(struct lexer *lx)
{
    size_t at = skip_blanks(lx, lx->at);
    ovf_str word = word_at(lx, at);
    int sign = 0;
    bool is_word = true;
    if (ovf_str_eq_nocase(word, OVF_STR("PLUS")))
        sign = 1;
    else if (ovf_str_eq_nocase(word, OVF_STR("MINUS")))
        sign = -1;
    at += sign == 0 ? 0 : word.len;
    if (sign == 0 && (char_at(lx, at) == '+' || char_at(lx, at) == '-')) {
        is_word = false;
        sign = char_at(lx, at++) == '+' ? 1 : -1;
    }
    if (sign == 0)
        return;
    size_t start = is_word || sign > 0 ? skip_blanks(lx, at) : at;
    int minutes = 0;
    size_t end = span_minutes(lx, start, &minutes);
    bool is_clock = !is_word && sign < 0 && digits_end(lx, start) - start > 3;
    bool is_colon = !is_word && sign < 0 && char_at(lx, start + 2) == ':';
    if (end == start || is_clock || is_colon || is_digit(char_at(lx, end)) || minutes > 360)
        return;
    lx->items[lx->count - 1].value += sign * minutes;
    lx->at = end;
}

/* "30 MIN BEFORE SR": the words at the number; false when they say something else. */
static bool take_pre_offset(struct lexer *lx, size_t start)
{
    static const char *const before[] = {"BEFORE", "PRIOR", "BFR", "AVANT", "ANTES"};
    static const char *const after[] = {"AFTER", "AFT", "PAST", "APRES", "DESPUES", "DEPOIS"};
    static const char *const fillers[] = {"TO", "THE", "DE", "DEL", "LE"};
    static const char *const suns[] = {"SR", "SS", "SUNRISE", "SUNSET"};
    int minutes = 0;
    size_t end = span_minutes(lx, start, &minutes);
    if (end == start || end == digits_end(lx, start))
        return false;
    size_t at = skip_blanks(lx, end);
    ovf_str word = word_at(lx, at);
    int sign = word_is(word, before, OVF_COUNTOF(before)) ? -1
               : word_is(word, after, OVF_COUNTOF(after)) ? 1
                                                          : 0;
    if (sign == 0)
        return false;
    at = skip_blanks(lx, at + word.len);
    for (word = word_at(lx, at); word_is(word, fillers, OVF_COUNTOF(fillers));
         word = word_at(lx, at))
        at = skip_blanks(lx, at + word.len);
    if (!word_is(word, suns, OVF_COUNTOF(suns)))
        return false;
    lx->pre_offset = sign * minutes;
    lx->at = at;
    return true;
}

/* ---- dates in figures ---- */

static bool push_date(struct lexer *lx, int day, int month, int year, size_t start, size_t end)
{
    if (day < 1 || day > 31 || month < 1 || month > 12)
        return false;
    lx->at = end;
    push_at(lx, OVF_LEX_DAY, day, start);
    push_at(lx, OVF_LEX_MONTH, month, start);
    if (year != 0)
        push_at(lx, OVF_LEX_YEAR, year, start);
    return true;
}

/* A clock and a hyphen behind "12.03": then those figures are a date. */
static bool clock_range_follows(const struct lexer *lx, size_t at)
{
    at += char_at(lx, at) == '.';
    size_t start = skip_blanks(lx, at);
    size_t end = digits_end(lx, start);
    char next = char_at(lx, skip_blanks(lx, end));
    return start > at && end - start == 4 && (next == '-' || next == '/');
}

/* "12.03.2026", "12/03/2026", "2026-03-12", "03/26/2026", "12.03.". Day first where both could be. */
static bool lex_date(struct lexer *lx)
{
    size_t a_end = digits_end(lx, lx->at);
    char sep = char_at(lx, a_end);
    if (sep != '.' && sep != '/' && sep != '-')
        return false;
    size_t b_end = digits_end(lx, a_end + 1);
    int a = number_of(ovf_str_sub(lx->text, lx->at, a_end));
    int b = number_of(ovf_str_sub(lx->text, a_end + 1, b_end));
    size_t a_len = a_end - lx->at;
    size_t b_len = b_end - a_end - 1;
    if (b_len < 1 || b_len > 2 || (a_len > 2 && a_len != 4))
        return false;
    if (char_at(lx, b_end) != sep || !is_digit(char_at(lx, b_end + 1))) {
        if (sep != '.' || a_len != 2 || b_len != 2 || !clock_range_follows(lx, b_end))
            return false;
        return push_date(lx, a, b, 0, lx->at, b_end);
    }
    size_t c_end = digits_end(lx, b_end + 1);
    int c = number_of(ovf_str_sub(lx->text, b_end + 1, c_end));
    size_t c_len = c_end - b_end - 1;
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
static bool dash_follows(const struct lexer *lx, size_t at)
{
    at = skip_blanks(lx, at);
    return char_at(lx, at) == '-' || char_at(lx, at) == '/';
}

static bool month_follows(const struct lexer *lx, size_t at)
{
    return ovf_month_of_word(word_at(lx, skip_blanks(lx, at))) != 0;
}

/* "12-MAR-" before the year. */
static bool is_dashed_date(const struct lexer *lx)
{
    return lx->count >= 4 && last_kind(lx) == OVF_LEX_DASH
           && lx->items[lx->count - 2].kind == OVF_LEX_MONTH
           && lx->items[lx->count - 3].kind == OVF_LEX_DASH
           && lx->items[lx->count - 4].kind == OVF_LEX_DAY;
}

static void push_digits(struct lexer *lx, ovf_str digits, size_t start)
{
    ovf_lexeme item = {.at = (uint32_t)start, .len = (uint32_t)(lx->at - start)};
    int value = number_of(digits);
    int32_t minutes = 0;
    bool after_dash = last_kind(lx) == OVF_LEX_DASH || last_kind(lx) == OVF_LEX_SLASH;
    bool is_year = digits.len == 4 && value >= 2000 && value < 2100;
    item.kind = OVF_LEX_UNKNOWN;
    if (digits.len <= 2 && value >= 1 && value <= 31) {
        item.kind = OVF_LEX_DAY;
        item.value = value;
    } else if (is_year
               && (is_dashed_date(lx)
                   || (lx->expects_year && !after_dash && !dash_follows(lx, lx->at))
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
    push(lx, item);
}

/* Behind one or two digits: "24H", "24 HRS", "06H00", "18H". */
static bool take_hours(struct lexer *lx, int hours, size_t start)
{
    static const char *const words[] = {"H", "HR", "HRS", "HOURS"};
    bool is_glued = is_letter(char_at(lx, lx->at));
    size_t at = skip_blanks(lx, lx->at);
    ovf_str word = word_at(lx, at);
    if (!word_is(word, words, OVF_COUNTOF(words)))
        return false;
    size_t end = at + word.len;
    int32_t minutes = 0;
    if (is_glued && word.len == 1 && digits_end(lx, end) == end + 2) {
        bool is_good =
            clock_minutes(hours, number_of(ovf_str_sub(lx->text, end, end + 2)), &minutes);
        lx->at = end + 2;
        push_at(lx, is_good ? OVF_LEX_CLOCK : OVF_LEX_UNKNOWN, minutes, start);
        return true;
    }
    if (is_digit(char_at(lx, end)))
        return false;
    bool is_end = last_kind(lx) == OVF_LEX_DASH || dash_follows(lx, end);
    if (hours == 24 && !is_end) {
        lx->at = end;
        push_at(lx, OVF_LEX_H24, 0, start);
        return true;
    }
    if (!is_glued || !is_end || !clock_minutes(hours, 0, &minutes))
        return false;
    lx->at = end;
    push_at(lx, OVF_LEX_CLOCK, minutes, start);
    return true;
}

static bool take_ordinal(struct lexer *lx, int value, size_t start)
{
    static const char *const suffixes[] = {"ST", "ND", "RD", "TH", "ER", "EME"};
    ovf_str word = word_at(lx, lx->at);
    if (value < 1 || value > 31 || !word_is(word, suffixes, OVF_COUNTOF(suffixes)))
        return false;
    lx->at += word.len;
    ovf_str next = word_at(lx, skip_blanks(lx, lx->at));
    if (ovf_str_eq_nocase(next, OVF_STR("DAY"))) { // "EV 2ND DAY" counts from nobody knows where
        push_at(lx, OVF_LEX_UNKNOWN, value, start);
        return true;
    }
    push_at(lx, OVF_LEX_ORDINAL, value, start);
    if (!lx->failed)
        lx->items[lx->count - 1].extra = 1; // in digits: it may as well be a day
    return true;
}

/* "1)" and "1." at the front of what the item lists. */
static bool take_bullet(struct lexer *lx, size_t start, size_t len)
{
    char next = char_at(lx, lx->at);
    bool is_opened = start > 0 && char_at(lx, start - 1) == '(';
    bool is_free = lx->count == 0 || last_kind(lx) == OVF_LEX_CLOCK
                   || last_kind(lx) == OVF_LEX_COMMA || last_kind(lx) == OVF_LEX_H24;
    bool is_bracket = next == ')' && (is_opened ? is_free : true) && len <= 2;
    bool is_point = next == '.' && len == 1 && is_blank(char_at(lx, lx->at + 1)) && is_free
                    && char_at(lx, skip_blanks(lx, lx->at + 1)) != '\0';
    if (!is_free || (!is_bracket && !is_point))
        return false;
    lx->at++;
    push_at(lx, OVF_LEX_COMMA, 0, start);
    return true;
}

static bool take_colon_clock(struct lexer *lx, ovf_str digits, size_t start)
{
    char sep = char_at(lx, lx->at);
    if ((sep != ':' && sep != '.') || digits_end(lx, lx->at + 1) != lx->at + 3)
        return false;
    int32_t minutes = 0;
    bool is_good = clock_minutes(
        number_of(digits), number_of(ovf_str_sub(lx->text, lx->at + 1, lx->at + 3)), &minutes);
    lx->at += 3;
    push_at(lx, is_good ? OVF_LEX_CLOCK : OVF_LEX_UNKNOWN, minutes, start);
    return true;
}

/* Digits with the letter O among them ("O800", "1OOO"), and what may follow them. */
static void lex_number(struct lexer *lx)
{
    size_t start = lx->at;
    if (lex_date(lx))
        return;
    char clean[12];
    size_t len = 0;
    for (;; lx->at++) {
        char c = char_at(lx, lx->at);
        if ((c == 'O' || c == 'o')
            && (len > 0 ? !is_letter(char_at(lx, lx->at + 1)) || char_at(lx, lx->at + 1) == 'O'
                        : true))
            c = '0';
        if (!is_digit(c))
            break;
        if (len < sizeof(clean))
            clean[len++] = c;
    }
    ovf_str digits = {clean, len};
    if (len <= 3 && take_pre_offset(lx, start))
        return;
    if (len <= 2
        && (take_hours(lx, number_of(digits), start) || take_ordinal(lx, number_of(digits), start)
            || take_bullet(lx, start, len) || take_colon_clock(lx, digits, start)))
        return;
    if (len == 2 && number_of(digits) == 24 && char_at(lx, lx->at) == '/'
        && char_at(lx, lx->at + 1) == '7' && !is_digit(char_at(lx, lx->at + 2))) {
        lx->at += 2;
        push_at(lx, OVF_LEX_H24, 0, start);
        return;
    }
    push_digits(lx, digits, start);
}

/* ---- words ---- */

/* "UTC+3", "UTC-3", "GMT +0530" behind clocks: the zone that they are written in. A hyphen alone
 * may also lead to the end of a range, so it counts only where nothing but a stop follows. */
static void take_zone(struct lexer *lx, size_t start)
{
    size_t at = skip_blanks(lx, lx->at);
    ovf_str word = word_at(lx, at);
    int sign = 0;
    if (char_at(lx, at) == '+' || ovf_str_eq_nocase(word, OVF_STR("PLUS")))
        sign = 1;
    else if (char_at(lx, at) == '-' || ovf_str_eq_nocase(word, OVF_STR("MINUS")))
        sign = -1;
    if (sign == 0)
        return;
    size_t first = skip_blanks(lx, at + (word.len > 0 ? word.len : 1));
    size_t end = digits_end(lx, first);
    int value = number_of(ovf_str_sub(lx->text, first, end));
    size_t len = end - first;
    int minutes = len == 4 ? value / 100 * 60 + value % 100 : value * 60;
    if (len <= 2 && char_at(lx, end) == ':' && digits_end(lx, end + 1) == end + 3) {
        minutes += number_of(ovf_str_sub(lx->text, end + 1, end + 3));
        end += 3;
    }
    char next = char_at(lx, skip_blanks(lx, end));
    bool stops = next == '\0' || next == ')' || next == ',' || next == ';' || next == '.';
    if (len == 0 || len == 3 || len > 4 || minutes > 14 * 60 || (sign < 0 && (!stops || len == 4)))
        return;
    lx->notes.is_local = true;
    lx->notes.has_offset = true;
    lx->notes.offset_min = sign * minutes;
    lx->notes.local_at = (uint32_t)start;
    lx->at = end;
}

/* "PHASE 1:", "AREA A:", "A)": names of what the hours behind belong to. */
static bool take_label(struct lexer *lx, ovf_str word, size_t start)
{
    static const char *const labels[] = {"PHASE", "STAGE", "AREA",   "ZONE",  "SECTOR",
                                         "PART",  "SLOT",  "WINDOW", "OPTION"};
    char next = char_at(lx, lx->at);
    if (word.len == 1 && (next == ')' || next == ':')) {
        lx->at++;
        push_at(lx, OVF_LEX_COMMA, 0, start);
        return true;
    }
    if (!word_is(word, labels, OVF_COUNTOF(labels)))
        return false;
    size_t at = skip_blanks(lx, lx->at);
    size_t end = at;
    while (end < at + 4 && (is_digit(char_at(lx, end)) || is_letter(char_at(lx, end))))
        end++;
    size_t colon = skip_blanks(lx, end);
    bool has_colon = char_at(lx, colon) == ':' || char_at(lx, colon) == ')';
    bool is_plain = ovf_str_eq_nocase(word, OVF_STR("PHASE")) && end == at + 1;
    if (!has_colon && !is_plain)
        return false;
    lx->at = has_colon ? colon + 1 : end;
    push_at(lx, OVF_LEX_COMMA, 0, start);
    return true;
}

static bool take_backup(struct lexer *lx, ovf_str word, size_t start)
{
    static const char *const words[] = {"BACKUP",  "BACKUPS", "ALTERNATE", "ALTERNATIVE",
                                        "ALTN",    "RESERVE", "RESERVED",  "CONTINGENCY",
                                        "PRIMARY", "MAIN"};
    if (!word_is(word, words, OVF_COUNTOF(words)))
        return false;
    lx->notes.has_backup = true;
    lx->notes.backup_at = (uint32_t)start;
    push_at(lx, OVF_LEX_COMMA, 0, start);
    return true;
}

static void push_word(struct lexer *lx, ovf_str word, size_t start)
{
    int month = ovf_month_of_word(word);
    if (month != 0) {
        push_at(lx, OVF_LEX_MONTH, month, start);
        return;
    }
    if (ovf_str_eq_nocase(word, OVF_STR("UTC")) || ovf_str_eq_nocase(word, OVF_STR("GMT"))) {
        take_zone(lx, start);
        return;
    }
    if (take_label(lx, word, start) || take_backup(lx, word, start))
        return;
    const ovf_schedule_word *entry = ovf_schedule_word_find(word);
    ovf_lex_kind kind = entry == NULL ? OVF_LEX_UNKNOWN : (ovf_lex_kind)entry->kind;
    if (kind == OVF_LEX_NOISE)
        return;
    if (kind == OVF_LEX_LOCAL) {
        if (!lx->notes.is_local)
            lx->notes.local_at = (uint32_t)start;
        lx->notes.is_local = true;
        return;
    }
    push(lx, (ovf_lexeme){.kind = kind,
                          .value = entry == NULL ? 0 : entry->value,
                          .extra = entry == NULL ? 0 : entry->extra,
                          .at = (uint32_t)start,
                          .len = (uint32_t)(lx->at - start)});
    if ((kind == OVF_LEX_RISE || kind == OVF_LEX_SET) && !lx->failed) {
        lx->items[lx->count - 1].value = lx->pre_offset;
        lx->pre_offset = 0;
        take_sun_offset(lx);
    }
}

static void lex_word(struct lexer *lx)
{
    size_t start = lx->at;
    ovf_str head = ovf_str_sub(lx->text, start, start + 3);
    bool ends_at_3 = !is_letter(char_at(lx, start + 3));
    size_t h24 = start + 1 + (char_at(lx, start + 1) == '-');
    if ((head.ptr[0] == 'H' || head.ptr[0] == 'h') && char_at(lx, h24) == '2'
        && char_at(lx, h24 + 1) == '4' && !is_digit(char_at(lx, h24 + 2))) {
        lx->at = h24 + 2;
        push_at(lx, OVF_LEX_H24, 0, start);
        return;
    }
    if (head.len == 3 && ends_at_3 && ovf_month_of_word(head) != 0) { // "N0V" too
        lx->at += 3;
        push_word(lx, head, start);
        return;
    }
    ovf_str word = word_at(lx, start);
    lx->at = start + word.len;
    push_word(lx, word, start);
}

/* "0N" and "0CT": words that begin with a zero for the letter O. */
static bool lex_zero_word(struct lexer *lx)
{
    size_t at = lx->at;
    for (size_t len = 3; len >= 2; len--) {
        ovf_str word = ovf_str_sub(lx->text, at, at + len);
        bool ends = !is_letter(char_at(lx, at + len));
        if (word.len == len && ends
            && (ovf_str_eq_nocase(word, OVF_STR("0CT"))
                || ovf_str_eq_nocase(word, OVF_STR("0N")))) {
            lx->at += len;
            push_word(lx, word, at);
            return true;
        }
    }
    return false;
}

static bool is_range_behind(const struct lexer *lx)
{
    return lx->count >= 3 && last_kind(lx) == OVF_LEX_CLOCK
           && lx->items[lx->count - 2].kind == OVF_LEX_DASH
           && lx->items[lx->count - 3].kind == OVF_LEX_CLOCK;
}

static void lex_sign(struct lexer *lx, char c)
{
    size_t start = lx->at++;
    switch (c) {
    case '-':
        if (last_kind(lx) != OVF_LEX_DASH) // "0600--1800", "0600 TO -1800"
            push_at(lx, OVF_LEX_DASH, 0, start);
        break;
    case '/': push_at(lx, OVF_LEX_SLASH, 0, start); break;
    case '&': push_at(lx, OVF_LEX_AND, 0, start); break;
    case '+':
        // "2000-0400+1": the next day, as the end before the start says already.
        if (last_kind(lx) == OVF_LEX_CLOCK && char_at(lx, lx->at) == '1'
            && !is_digit(char_at(lx, lx->at + 1)))
            lx->at += 1 + (char_at(lx, lx->at + 1) == 'D');
        else
            push_at(lx, OVF_LEX_AND, 0, start);
        break;
    case ',':
    case ';': push_at(lx, OVF_LEX_COMMA, 0, start); break;
    case '(':
        if (is_range_behind(lx) && is_digit(char_at(lx, lx->at))) {
            lx->notes.has_brackets = true;
            lx->notes.bracket_at = (uint32_t)start;
        }
        break;
    case '.':
    case ')':
    case '[':
    case ']':
    case '*':
    case ':': break; // "H24." and "(NEXT DAY)"; "SEP:" too
    default: push_at(lx, OVF_LEX_UNKNOWN, 0, start);
    }
}

static void note_context(struct lexer *lx)
{
    lx->expects_year = false;
    for (size_t back = 1; back <= 2 && back <= lx->count; back++) {
        ovf_lex_kind kind = lx->items[lx->count - back].kind;
        if (kind == OVF_LEX_MONTH)
            lx->expects_year = true;
        if (kind != OVF_LEX_DAY && kind != OVF_LEX_MONTH && kind != OVF_LEX_ORDINAL
            && kind != OVF_LEX_COMMA)
            break;
    }
}

static void lex_one(struct lexer *lx)
{
    char c = char_at(lx, lx->at);
    if (is_blank(c)) {
        lx->at++;
        return;
    }
    note_context(lx);
    bool is_oh = (c == 'O' || c == 'o') && is_digit(char_at(lx, lx->at + 1));
    if (c == '0' && lex_zero_word(lx))
        return;
    if (is_digit(c) || is_oh)
        lex_number(lx);
    else if (is_letter(c))
        lex_word(lx);
    else
        lex_sign(lx, c);
}

bool ovf_schedule_lex(ovf_str text, ovf_interval valid, ovf_arena *arena, ovf_lexemes *out)
{
    struct lexer lx = {.text = text, .arena = arena};
    while (lx.at < text.len && !lx.failed)
        lex_one(&lx);
    size_t count = lx.count;
    push(&lx, (ovf_lexeme){.kind = OVF_LEX_END, .at = (uint32_t)text.len});
    *out = (ovf_lexemes){.items = lx.items, .count = count, .notes = lx.notes};
    if (!lx.failed)
        ovf_schedule_settle(text, valid, out);
    return !lx.failed;
}

/* ---- schedules in running text ---- */

static bool is_clocklike(ovf_lex_kind kind)
{
    return kind == OVF_LEX_CLOCK || kind == OVF_LEX_RISE || kind == OVF_LEX_SET;
}

static unsigned holdings(const ovf_lexeme *items, size_t count)
{
    unsigned has = 0;
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
    bool time_first = count > 0 && ends_a_range(items[0].kind);
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
        if ((run.ptr[i] == 'Z' && i > 0 && is_digit(run.ptr[i - 1]))
            || ovf_str_eq_nocase(ovf_str_sub(run, i, i + 3), OVF_STR("UTC"))
            || ovf_str_eq_nocase(ovf_str_sub(run, i, i + 3), OVF_STR("GMT")))
            return true;
    }
    return false;
}

size_t ovf_schedule_span(ovf_str text, size_t at, unsigned *has)
{
    ovf_lexeme items[SPAN_LEXEMES];
    struct lexer lx = {.text = text, .at = at, .items = items, .capacity = SPAN_LEXEMES};
    size_t end_at[2] = {at, at}; // of the lexeme before, and of the words behind it
    *has = 0;
    while (lx.at < text.len && !lx.failed) {
        size_t before = lx.at;
        size_t count = lx.count;
        char c = char_at(&lx, before);
        bool stops = c == '.' && count > 0 && ends_a_range(last_kind(&lx))
                     && !is_digit(char_at(&lx, before + 1));
        if (stops)
            break;
        lex_one(&lx);
        if (lx.count > count && last_kind(&lx) == OVF_LEX_UNKNOWN) {
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
        end = lx.notes.local_at > end ? stop : end;
    }
    bool is_glued = is_letter(char_at(&lx, end)) && char_at(&lx, end) != 'Z'
                    && !ovf_str_eq_nocase(word_at(&lx, end), OVF_STR("UTC"))
                    && !ovf_str_eq_nocase(word_at(&lx, end), OVF_STR("LT"))
                    && !ovf_str_eq_nocase(word_at(&lx, end), OVF_STR("LMT"))
                    && !ovf_str_eq_nocase(word_at(&lx, end), OVF_STR("HR"))
                    && !ovf_str_eq_nocase(word_at(&lx, end), OVF_STR("HRS"))
                    && !ovf_str_eq_nocase(word_at(&lx, end), OVF_STR("H"));
    if (is_glued || is_digit(char_at(&lx, end)))
        return at;
    return end;
}
