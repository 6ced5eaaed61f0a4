/* SPDX-License-Identifier: Apache-2.0 */
/* Item D cut into lexemes. Takes the words of Doc 10066 App. 3 and the spellings that occur:
 * full and Spanish names, a zero for the letter O, clocks with a colon, ten-digit date-times. */
#include "time_internal.h"

#include <string.h>

struct word {
    char text[12];
    uint8_t kind;
    int8_t value;
};

/* Dropped without a trace: they add nothing to the grammar. */
#define NOISE 255

static const struct word words[] = {
    {"MON", OVF_LEX_DOW, 1},
    {"TUE", OVF_LEX_DOW, 2},
    {"WED", OVF_LEX_DOW, 3},
    {"THU", OVF_LEX_DOW, 4},
    {"FRI", OVF_LEX_DOW, 5},
    {"SAT", OVF_LEX_DOW, 6},
    {"SUN", OVF_LEX_DOW, 0},
    {"MONDAY", OVF_LEX_DOW, 1},
    {"TUESDAY", OVF_LEX_DOW, 2},
    {"WEDNESDAY", OVF_LEX_DOW, 3},
    {"THURSDAY", OVF_LEX_DOW, 4},
    {"FRIDAY", OVF_LEX_DOW, 5},
    {"SATURDAY", OVF_LEX_DOW, 6},
    {"SUNDAY", OVF_LEX_DOW, 0},
    {"MONDAYS", OVF_LEX_DOW, 1},
    {"TUESDAYS", OVF_LEX_DOW, 2},
    {"WEDNESDAYS", OVF_LEX_DOW, 3},
    {"THURSDAYS", OVF_LEX_DOW, 4},
    {"FRIDAYS", OVF_LEX_DOW, 5},
    {"SATURDAYS", OVF_LEX_DOW, 6},
    {"SUNDAYS", OVF_LEX_DOW, 0},
    {"TUES", OVF_LEX_DOW, 2},
    {"THUR", OVF_LEX_DOW, 4},
    {"THURS", OVF_LEX_DOW, 4},
    {"THR", OVF_LEX_DOW, 4},
    {"LUN", OVF_LEX_DOW, 1},
    {"DOM", OVF_LEX_DOW, 0},
    {"DAILY", OVF_LEX_DAILY, 0},
    {"DLY", OVF_LEX_DAILY, 0},
    {"DAYLY", OVF_LEX_DAILY, 0},
    {"DAYLI", OVF_LEX_DAILY, 0},
    {"EVERYDAY", OVF_LEX_DAILY, 0},
    {"DIARIO", OVF_LEX_DAILY, 0},
    {"WEEKDAYS", OVF_LEX_WORKDAYS, 0},
    {"WORKDAYS", OVF_LEX_WORKDAYS, 0},
    {"WEEKENDS", OVF_LEX_WEEKEND, 0},
    {"WEEKEND", OVF_LEX_WEEKEND, 0},
    {"HOL", OVF_LEX_HOLIDAY, 0},
    {"HOLS", OVF_LEX_HOLIDAY, 0},
    {"HOLIDAYS", OVF_LEX_HOLIDAY, 0},
    {"HOLIDAY", OVF_LEX_HOLIDAY, 0},
    {"LH", OVF_LEX_HOLIDAY, 0},
    {"PH", OVF_LEX_HOLIDAY, 0},
    {"HJ", OVF_LEX_HJ, 0},
    {"HN", OVF_LEX_HN, 0},
    {"HX", OVF_LEX_HX, 0},
    {"HO", OVF_LEX_HX, 0},
    {"HS", OVF_LEX_HX, 0},
    {"SR", OVF_LEX_RISE, 0},
    {"SS", OVF_LEX_SET, 0},
    {"SUNRISE", OVF_LEX_RISE, 0},
    {"SUNSET", OVF_LEX_SET, 0},
    {"TO", OVF_LEX_DASH, 0},
    {"TILL", OVF_LEX_DASH, 0},
    {"TIL", OVF_LEX_DASH, 0},
    {"UNTIL", OVF_LEX_DASH, 0},
    {"THRU", OVF_LEX_DASH, 0},
    {"THROUGH", OVF_LEX_DASH, 0},
    {"AND", OVF_LEX_AND, 0},
    {"Y", OVF_LEX_AND, 0},
    {"ON", OVF_LEX_ON, 0},
    {"0N", OVF_LEX_ON, 0},
    {"EXC", OVF_LEX_EXCEPT, 0},
    {"EXCEPT", OVF_LEX_EXCEPT, 0},
    {"EXCP", OVF_LEX_EXCEPT, 0},
    {"EXCLUDING", OVF_LEX_EXCEPT, 0},
    {"EXCL", OVF_LEX_EXCEPT, 0},
    {"BTN", NOISE, 0},
    {"BETWEEN", NOISE, 0},
    {"FM", NOISE, 0},
    {"FROM", NOISE, 0},
    {"EV", NOISE, 0},
    {"EVERY", NOISE, 0},
    {"EACH", NOISE, 0},
    {"UTC", NOISE, 0},
    {"Z", NOISE, 0},
    {"HR", NOISE, 0},
    {"HRS", NOISE, 0},
    {"HOURS", NOISE, 0},
    {"H", NOISE, 0},
    {"GMT", NOISE, 0},
    {"DAY", NOISE, 0},
    {"DAYS", NOISE, 0},
    {"NEXT", NOISE, 0},
    {"LGL", NOISE, 0},
    {"PUBLIC", NOISE, 0},
    {"LEGAL", NOISE, 0},
    {"ALSO", NOISE, 0},
    {"FLW", NOISE, 0},
    {"FOLLOWING", NOISE, 0},
    {"AT", NOISE, 0},
    {"TOUS", NOISE, 0},
    {"LES", NOISE, 0},
    {"JOURS", OVF_LEX_DAILY, 0},
    {"PLUS", OVF_LEX_UNKNOWN, 1},
    {"MINUS", OVF_LEX_UNKNOWN, -1},
    {"ACT", NOISE, 0},
};

static const char months[][4] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP",
                                 "OCT", "NOV", "DEC", "ENE", "ABR", "AGO", "DIC", "N0V", "0CT"};
static const uint8_t month_of[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 4, 8, 12, 11, 10};
static const char full_months[][10] = {"JANUARY",   "FEBRUARY", "MARCH",    "APRIL",
                                       "MAY",       "JUNE",     "JULY",     "AUGUST",
                                       "SEPTEMBER", "OCTOBER",  "NOVEMBER", "DECEMBER"};

int ovf_month_of_word(ovf_str word)
{
    for (size_t i = 0; word.len == 3 && i < OVF_COUNTOF(months); i++) {
        if (ovf_str_eq_nocase(word, ovf_str_of(months[i])))
            return month_of[i];
    }
    for (size_t i = 0; word.len > 3 && i < OVF_COUNTOF(full_months); i++) {
        if (ovf_str_eq_nocase(word, ovf_str_of(full_months[i])))
            return (int)i + 1;
    }
    return word.len == 4 && ovf_str_eq_nocase(word, OVF_STR("SEPT")) ? 9 : 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
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

struct lexer {
    ovf_str text;
    size_t at;
    ovf_arena *arena;
    ovf_lexeme *items;
    size_t count;
    size_t capacity;
    int pending_sign;  /* after PLUS or MINUS behind SR or SS */
    bool expects_year; /* the lexeme before is a month, or a day next to one */
    bool failed;
};

static void push(struct lexer *lx, ovf_lexeme item)
{
    if (!ovf_arena_grow(lx->arena, (void **)&lx->items, lx->count, &lx->capacity,
                        sizeof(*lx->items))) {
        lx->failed = true;
        return;
    }
    lx->items[lx->count++] = item;
}

static bool last_is_sun(const struct lexer *lx)
{
    return lx->count > 0
           && (lx->items[lx->count - 1].kind == OVF_LEX_RISE
               || lx->items[lx->count - 1].kind == OVF_LEX_SET);
}

/* Is the next thing behind `at` a hyphen between clocks? Then four digits are no year. */
static bool dash_follows(const struct lexer *lx, size_t at)
{
    while (at < lx->text.len && lx->text.ptr[at] == ' ')
        at++;
    return at < lx->text.len && (lx->text.ptr[at] == '-' || lx->text.ptr[at] == '/');
}

static void push_digits(struct lexer *lx, ovf_str digits, size_t start)
{
    ovf_lexeme item = {.at = (uint32_t)start, .len = (uint32_t)digits.len};
    int value = number_of(digits);
    int32_t minutes = 0;
    bool after_dash = lx->count > 0
                      && (lx->items[lx->count - 1].kind == OVF_LEX_DASH
                          || lx->items[lx->count - 1].kind == OVF_LEX_SLASH);
    item.kind = OVF_LEX_UNKNOWN;
    if (digits.len <= 2 && lx->pending_sign != 0 && last_is_sun(lx)) {
        lx->items[lx->count - 1].value = lx->pending_sign * value;
        lx->pending_sign = 0;
        return;
    }
    if (digits.len <= 2 && value >= 1 && value <= 31) {
        item.kind = OVF_LEX_DAY;
        item.value = value;
    } else if (digits.len == 4 && lx->expects_year && value >= 2000 && value < 2100 && !after_dash
               && !dash_follows(lx, start + digits.len)) {
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
    } else if (digits.len == 10 && ovf_time_parse_notam(digits, &item.stamp, NULL) == OVF_OK) {
        item.kind = OVF_LEX_STAMP;
    }
    push(lx, item);
}

/* Digits with the letter O among them ("O800", "1OOO"); "08:30" and "08.30" as one clock. */
static void lex_number(struct lexer *lx)
{
    size_t start = lx->at;
    char clean[12];
    size_t len = 0;
    while (lx->at < lx->text.len) {
        char c = lx->text.ptr[lx->at];
        if (c == 'O' || c == 'o')
            c = '0';
        if (!is_digit(c))
            break;
        if (len < sizeof(clean))
            clean[len++] = c;
        lx->at++;
    }
    ovf_str text = lx->text;
    bool is_24h = len == 2 && clean[0] == '2' && clean[1] == '4' && lx->at < text.len
                  && text.ptr[lx->at] == 'H'
                  && (lx->at + 1 >= text.len || !is_letter(text.ptr[lx->at + 1]));
    if (is_24h) {
        lx->at++;
        push(lx, (ovf_lexeme){.kind = OVF_LEX_H24, .at = (uint32_t)start, .len = 3});
        return;
    }
    if (len <= 2 && lx->at + 2 < text.len && (text.ptr[lx->at] == ':' || text.ptr[lx->at] == '.')
        && is_digit(text.ptr[lx->at + 1]) && is_digit(text.ptr[lx->at + 2])) {
        int32_t minutes = 0;
        int hours = number_of((ovf_str){clean, len});
        bool is_good =
            clock_minutes(hours, number_of((ovf_str){text.ptr + lx->at + 1, 2}), &minutes);
        lx->at += 3;
        push(lx, (ovf_lexeme){.kind = is_good ? OVF_LEX_CLOCK : OVF_LEX_UNKNOWN,
                              .value = minutes,
                              .at = (uint32_t)start,
                              .len = (uint32_t)(lx->at - start)});
        return;
    }
    push_digits(lx, (ovf_str){clean, len}, start);
}

/* "SR-30" is half an hour before sunrise when the two digits end there; "SR-SS" is a range. */
static bool take_sun_offset(struct lexer *lx)
{
    size_t at = lx->at;
    ovf_str s = lx->text;
    while (at < s.len && s.ptr[at] == ' ')
        at++;
    if (at >= s.len || (s.ptr[at] != '+' && s.ptr[at] != '-'))
        return false;
    int sign = s.ptr[at] == '+' ? 1 : -1;
    size_t digits = at + 1;
    while (digits < s.len && s.ptr[digits] == ' ' && sign > 0)
        digits++;
    size_t end = digits;
    while (end < s.len && is_digit(s.ptr[end]))
        end++;
    if (end - digits < 1 || end - digits > 2)
        return false;
    lx->items[lx->count - 1].value = sign * number_of(ovf_str_sub(s, digits, end));
    if (end + 3 <= s.len && ovf_str_eq_nocase(ovf_str_sub(s, end, end + 3), OVF_STR("MIN")))
        end += 3;
    lx->at = end;
    return true;
}

static void push_word(struct lexer *lx, ovf_str word, size_t start)
{
    ovf_lexeme item = {.at = (uint32_t)start, .len = (uint32_t)word.len};
    int month = ovf_month_of_word(word);
    if (month != 0) {
        item.kind = OVF_LEX_MONTH;
        item.value = month;
        push(lx, item);
        return;
    }
    for (size_t i = 0; i < OVF_COUNTOF(words); i++) {
        if (!ovf_str_eq_nocase(word, ovf_str_of(words[i].text)))
            continue;
        if (words[i].kind == NOISE)
            return;
        if (words[i].kind == OVF_LEX_UNKNOWN && last_is_sun(lx)) {
            lx->pending_sign = words[i].value;
            return;
        }
        item.kind = (ovf_lex_kind)words[i].kind;
        item.value = words[i].value;
        push(lx, item);
        if (item.kind == OVF_LEX_RISE || item.kind == OVF_LEX_SET)
            take_sun_offset(lx);
        return;
    }
    if (ovf_str_eq_nocase(word, OVF_STR("MIN")) && last_is_sun(lx))
        return;
    item.kind = OVF_LEX_UNKNOWN;
    push(lx, item);
}

static void lex_word(struct lexer *lx)
{
    size_t start = lx->at;
    ovf_str s = lx->text;
    ovf_str head = ovf_str_sub(s, start, start + 3);
    bool ends_at_3 = start + 3 >= s.len || !is_letter(s.ptr[start + 3]);
    if (head.len == 3 && ovf_str_eq_nocase(head, OVF_STR("H24"))) {
        lx->at += 3;
        push(lx, (ovf_lexeme){.kind = OVF_LEX_H24, .at = (uint32_t)start, .len = 3});
        return;
    }
    if (head.len == 3 && ends_at_3 && ovf_month_of_word(head) != 0) { // "N0V" too
        lx->at += 3;
        push_word(lx, head, start);
        return;
    }
    while (lx->at < s.len && is_letter(s.ptr[lx->at]))
        lx->at++;
    push_word(lx, ovf_str_sub(s, start, lx->at), start);
}

/* "0N" and "0CT": words that begin with a zero for the letter O. */
static bool lex_zero_word(struct lexer *lx)
{
    ovf_str s = lx->text;
    size_t at = lx->at;
    for (size_t len = 3; len >= 2; len--) {
        ovf_str word = ovf_str_sub(s, at, at + len);
        bool ends = at + len >= s.len || !is_letter(s.ptr[at + len]);
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

static void lex_sign(struct lexer *lx, char c)
{
    ovf_lexeme item = {.at = (uint32_t)lx->at, .len = 1, .kind = OVF_LEX_UNKNOWN};
    lx->at++;
    switch (c) {
    case '-': item.kind = OVF_LEX_DASH; break;
    case '/': item.kind = OVF_LEX_SLASH; break;
    case ',':
    case ';': item.kind = OVF_LEX_COMMA; break;
    case '.':
    case '(':
    case ')':
    case ':': return; // "H24." and "(NEXT DAY)"; "SEP:" too
    default: break;
    }
    push(lx, item);
}

static void note_context(struct lexer *lx)
{
    lx->expects_year = false;
    for (size_t back = 1; back <= 2 && back <= lx->count; back++) {
        ovf_lex_kind kind = lx->items[lx->count - back].kind;
        if (kind == OVF_LEX_MONTH)
            lx->expects_year = true;
        if (kind != OVF_LEX_DAY && kind != OVF_LEX_MONTH)
            break;
    }
}

bool ovf_schedule_lex(ovf_str text, ovf_arena *arena, ovf_lexeme **out, size_t *count)
{
    struct lexer lx = {.text = text, .arena = arena};
    while (lx.at < text.len && !lx.failed) {
        char c = text.ptr[lx.at];
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            lx.at++;
            continue;
        }
        note_context(&lx);
        bool is_oh =
            (c == 'O' || c == 'o') && lx.at + 1 < text.len && is_digit(text.ptr[lx.at + 1]);
        if (c == '0' && lex_zero_word(&lx))
            continue;
        if (is_digit(c) || is_oh)
            lex_number(&lx);
        else if (is_letter(c))
            lex_word(&lx);
        else
            lex_sign(&lx, c);
    }
    *count = lx.count;
    push(&lx, (ovf_lexeme){.kind = OVF_LEX_END, .at = (uint32_t)text.len});
    *out = lx.items;
    return !lx.failed;
}
