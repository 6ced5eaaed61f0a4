/* SPDX-License-Identifier: Apache-2.0 */
/* Item D cut into lexemes: words (schedule_words.c), signs, and numbers (schedule_figures.c). */
#include "time_internal.h"

size_t ovf_lx_blanks(const ovf_lexer *lx, size_t at)
{
    while (ovf_lx_is_blank(ovf_lx_char(lx, at)))
        at++;
    return at;
}

size_t ovf_lx_digits_end(const ovf_lexer *lx, size_t at)
{
    while (ovf_lx_is_digit(ovf_lx_char(lx, at)))
        at++;
    return at;
}

ovf_str ovf_lx_word(const ovf_lexer *lx, size_t at)
{
    size_t end = at;
    while (ovf_lx_is_letter(ovf_lx_char(lx, end)))
        end++;
    return ovf_str_sub(lx->text, at, end);
}

bool ovf_lx_word_is(ovf_str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (ovf_str_eq_nocase(word, ovf_str_of(words[i])))
            return true;
    }
    return false;
}

void ovf_lx_push(ovf_lexer *lx, ovf_lexeme item)
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

void ovf_lx_push_at(ovf_lexer *lx, ovf_lex_kind kind, int32_t value, size_t from)
{
    ovf_lx_push(lx, (ovf_lexeme){.kind = kind,
                                 .value = value,
                                 .at = (uint32_t)from,
                                 .len = (uint32_t)(lx->at - from)});
}

/* ---- words ---- */

/* "UTC+3", "UTC-3", "GMT +0530" behind clocks: the zone that they are written in. A hyphen alone
 * may also lead to the end of a range, so it counts only where nothing but a stop follows. */
static void take_zone(ovf_lexer *lx, size_t start)
{
    size_t at = ovf_lx_blanks(lx, lx->at);
    ovf_str word = ovf_lx_word(lx, at);
    int sign = 0;
    if (ovf_lx_char(lx, at) == '+' || ovf_str_eq_nocase(word, OVF_STR("PLUS")))
        sign = 1;
    else if (ovf_lx_char(lx, at) == '-' || ovf_str_eq_nocase(word, OVF_STR("MINUS")))
        sign = -1;
    if (sign == 0)
        return;
    size_t first = ovf_lx_blanks(lx, at + (word.len > 0 ? word.len : 1));
    size_t end = ovf_lx_digits_end(lx, first);
    int value = ovf_lx_value(ovf_str_sub(lx->text, first, end));
    size_t len = end - first;
    int minutes = len == 4 ? value / 100 * 60 + value % 100 : value * 60;
    if (len <= 2 && ovf_lx_char(lx, end) == ':' && ovf_lx_digits_end(lx, end + 1) == end + 3) {
        minutes += ovf_lx_value(ovf_str_sub(lx->text, end + 1, end + 3));
        end += 3;
    }
    char next = ovf_lx_char(lx, ovf_lx_blanks(lx, end));
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
static bool take_label(ovf_lexer *lx, ovf_str word, bool is_label, size_t start)
{
    char next = ovf_lx_char(lx, lx->at);
    bool is_point = next == '.' && ovf_lx_is_blank(ovf_lx_char(lx, lx->at + 1));
    if (word.len == 1 && (next == ')' || next == ':' || is_point)) {
        lx->at++;
        ovf_lx_push_at(lx, OVF_LEX_COMMA, 0, start);
        return true;
    }
    if (!is_label)
        return false;
    size_t at = ovf_lx_blanks(lx, lx->at);
    size_t end = at;
    while (end < at + 4
           && (ovf_lx_is_digit(ovf_lx_char(lx, end)) || ovf_lx_is_letter(ovf_lx_char(lx, end))))
        end++;
    size_t colon = ovf_lx_blanks(lx, end);
    bool has_colon = ovf_lx_char(lx, colon) == ':' || ovf_lx_char(lx, colon) == ')';
    bool is_plain = ovf_str_eq_nocase(word, OVF_STR("PHASE")) && end == at + 1;
    if (!has_colon && !is_plain)
        return false;
    lx->at = has_colon ? colon + 1 : end;
    ovf_lx_push_at(lx, OVF_LEX_COMMA, 0, start);
    return true;
}

static void push_word(ovf_lexer *lx, ovf_str word, size_t start)
{
    const ovf_schedule_word *entry = ovf_schedule_word_find(word);
    ovf_lex_kind kind = entry == NULL ? OVF_LEX_UNKNOWN : (ovf_lex_kind)entry->kind;
    bool is_label = kind == OVF_LEX_LABEL;
    if (take_label(lx, word, is_label, start) || kind == OVF_LEX_NOISE)
        return;
    switch (kind) {
    case OVF_LEX_MONTH: ovf_lx_push_at(lx, OVF_LEX_MONTH, entry->value, start); return;
    case OVF_LEX_ZONE: take_zone(lx, start); return;
    case OVF_LEX_BACKUP:
        lx->notes.has_backup = true;
        lx->notes.backup_at = (uint32_t)start;
        ovf_lx_push_at(lx, OVF_LEX_COMMA, 0, start);
        return;
    case OVF_LEX_LOCAL:
        if (!lx->notes.is_local)
            lx->notes.local_at = (uint32_t)start;
        lx->notes.is_local = true;
        return;
    default: break;
    }
    ovf_lx_push(lx, (ovf_lexeme){.kind = is_label ? OVF_LEX_UNKNOWN : kind,
                                 .value = entry == NULL ? 0 : entry->value,
                                 .extra = entry == NULL ? 0 : entry->extra,
                                 .at = (uint32_t)start,
                                 .len = (uint32_t)(lx->at - start)});
    if ((kind == OVF_LEX_RISE || kind == OVF_LEX_SET) && !lx->failed) {
        lx->items[lx->count - 1].value = lx->pre_offset;
        lx->pre_offset = 0;
        ovf_lx_sun_offset(lx);
    }
}

static void lex_word(ovf_lexer *lx)
{
    size_t start = lx->at;
    char first = ovf_lx_char(lx, start);
    size_t h24 = start + 1 + (ovf_lx_char(lx, start + 1) == '-');
    if ((first == 'H' || first == 'h') && ovf_lx_char(lx, h24) == '2'
        && ovf_lx_char(lx, h24 + 1) == '4' && !ovf_lx_is_digit(ovf_lx_char(lx, h24 + 2))) {
        lx->at = h24 + 2;
        ovf_lx_push_at(lx, OVF_LEX_H24, 0, start);
        return;
    }
    ovf_str word = ovf_lx_word(lx, start);
    ovf_str head = ovf_str_sub(lx->text, start, start + 3);
    if (word.len < 3 && head.len == 3 && !ovf_lx_is_letter(ovf_lx_char(lx, start + 3))
        && ovf_month_of_word(head) != 0) { // "N0V"
        lx->at += 3;
        push_word(lx, head, start);
        return;
    }
    lx->at = start + word.len;
    if (word.len == 1 && first == 'T' && ovf_lx_char(lx, lx->at) == '0'
        && ovf_lx_is_blank(ovf_lx_char(lx, lx->at + 1))) { // "T0" with a zero
        lx->at++;
        ovf_lx_push_at(lx, OVF_LEX_DASH, 0, start);
        return;
    }
    push_word(lx, word, start);
}

/* "0N" and "0CT": words that begin with a zero for the letter O. */
static bool lex_zero_word(ovf_lexer *lx)
{
    size_t at = lx->at;
    for (size_t len = 3; len >= 2; len--) {
        ovf_str word = ovf_str_sub(lx->text, at, at + len);
        bool ends = !ovf_lx_is_letter(ovf_lx_char(lx, at + len));
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

static bool is_range_behind(const ovf_lexer *lx)
{
    return lx->count >= 3 && ovf_lx_last(lx) == OVF_LEX_CLOCK
           && lx->items[lx->count - 2].kind == OVF_LEX_DASH
           && lx->items[lx->count - 3].kind == OVF_LEX_CLOCK;
}

static void lex_sign(ovf_lexer *lx, char c)
{
    size_t start = lx->at++;
    switch (c) {
    case '-':
        if (ovf_lx_last(lx) != OVF_LEX_DASH) // "0600--1800", "0600 TO -1800"
            ovf_lx_push_at(lx, OVF_LEX_DASH, 0, start);
        break;
    case '/': ovf_lx_push_at(lx, OVF_LEX_SLASH, 0, start); break;
    case '&': ovf_lx_push_at(lx, OVF_LEX_AND, 0, start); break;
    case '+':
        // "2000-0400+1": the next day, as the end before the start says already.
        if (ovf_lx_last(lx) == OVF_LEX_CLOCK && ovf_lx_char(lx, lx->at) == '1'
            && !ovf_lx_is_digit(ovf_lx_char(lx, lx->at + 1)))
            lx->at += 1 + (ovf_lx_char(lx, lx->at + 1) == 'D');
        else
            ovf_lx_push_at(lx, OVF_LEX_AND, 0, start);
        break;
    case ',':
    case ';': ovf_lx_push_at(lx, OVF_LEX_COMMA, 0, start); break;
    case '(':
        if (is_range_behind(lx) && ovf_lx_is_digit(ovf_lx_char(lx, lx->at))) {
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
    default: ovf_lx_push_at(lx, OVF_LEX_UNKNOWN, 0, start);
    }
}

static void note_context(ovf_lexer *lx)
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

void ovf_lx_one(ovf_lexer *lx)
{
    char c = ovf_lx_char(lx, lx->at);
    if (ovf_lx_is_blank(c)) {
        lx->at++;
        return;
    }
    note_context(lx);
    bool is_oh = (c == 'O' || c == 'o') && ovf_lx_is_digit(ovf_lx_char(lx, lx->at + 1));
    if (c == '0' && lex_zero_word(lx))
        return;
    if (ovf_lx_is_digit(c) || is_oh)
        ovf_lx_number(lx);
    else if (ovf_lx_is_letter(c))
        lex_word(lx);
    else
        lex_sign(lx, c);
}

bool ovf_schedule_lex(ovf_str text, ovf_interval valid, ovf_arena *arena, ovf_lexemes *out)
{
    ovf_lexer lx = {.text = text, .arena = arena};
    while (lx.at < text.len && !lx.failed)
        ovf_lx_one(&lx);
    size_t count = lx.count;
    ovf_lx_push(&lx, (ovf_lexeme){.kind = OVF_LEX_END, .at = (uint32_t)text.len});
    *out = (ovf_lexemes){.items = lx.items, .count = count, .notes = lx.notes};
    if (!lx.failed)
        ovf_schedule_settle(text, valid, out);
    return !lx.failed;
}
