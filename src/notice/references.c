/* SPDX-License-Identifier: Apache-2.0 */
/* What a notice sends its reader to: supplements and amendments of the AIP, circulars, other notices
 * ("TRIGGER NOTAM - AIP SUP 207/25", "AIC A 03/2023", "REF NOTAM A1234/26"; PANS-AIM 5.2.2 and ICAO
 * Doc 8126 for the names and numbers). Only named here; what they say is not looked up. */
#include "forms.h"
#include "phrase.h"
#include "vocabulary.h"

#define REFERENCES_MAX 64

enum word_kind { WORD_NONE, WORD_BESIDE, WORD_SUP, WORD_AMDT, WORD_AIC, WORD_NUMBER };

static const uint8_t kinds[OVF_VOCABULARY_SIZE] = {
    [OVF_WORD_AIP] = WORD_BESIDE,      [OVF_WORD_AIRAC] = WORD_BESIDE,
    [OVF_WORD_EAIP] = WORD_BESIDE,     [OVF_WORD_SUP] = WORD_SUP,
    [OVF_WORD_SUPP] = WORD_SUP,        [OVF_WORD_SUPPL] = WORD_SUP,
    [OVF_WORD_SUPL] = WORD_SUP,        [OVF_WORD_SUPPLEMENT] = WORD_SUP,
    [OVF_WORD_SUPLEMENTO] = WORD_SUP,  [OVF_WORD_ESUP] = WORD_SUP,
    [OVF_WORD_SUPS] = WORD_SUP,        [OVF_WORD_AMDT] = WORD_AMDT,
    [OVF_WORD_AMD] = WORD_AMDT,        [OVF_WORD_AMENDMENT] = WORD_AMDT,
    [OVF_WORD_AMENDEMENT] = WORD_AMDT, [OVF_WORD_ENMIENDA] = WORD_AMDT,
    [OVF_WORD_EMENDA] = WORD_AMDT,     [OVF_WORD_AIC] = WORD_AIC,
    [OVF_WORD_NR] = WORD_NUMBER,       [OVF_WORD_NO] = WORD_NUMBER,
    [OVF_WORD_NUM] = WORD_NUMBER,      [OVF_WORD_NUMBER] = WORD_NUMBER,
    [OVF_WORD_NBR] = WORD_NUMBER,      [OVF_WORD_NRO] = WORD_NUMBER,
    [OVF_WORD_N] = WORD_NUMBER};

static enum word_kind kind_of(ovf_str word)
{
    return (enum word_kind)kinds[ovf_word_of(word)];
}

static char at(ovf_str s, size_t i)
{
    return i < s.len ? s.ptr[i] : '\0';
}

static bool is_word_char(char c)
{
    return ovf_is_letter(c) || ovf_is_digit(c);
}

static bool is_joint(char c)
{
    return ovf_is_blank(c) || (c != '\0' && strchr(".:-/(,#'\"", c) != NULL);
}

/* "207/25", "03/2023", "A012/26": the offset behind, or i. */
static size_t number_at(ovf_str s, size_t i)
{
    size_t digits = i + (ovf_text_letters(s, i) == 1);
    size_t n = ovf_text_digits(s, digits);
    size_t sep = digits + n;
    if (n == 0 || n > 4 || (at(s, sep) != '/' && at(s, sep) != '-'))
        return i;
    size_t year = ovf_text_digits(s, sep + 1);
    bool fits = (year == 2 || year == 4) && !ovf_is_letter(at(s, sep + 1 + year))
                && at(s, sep + 1 + year) != '/';
    return fits ? sep + 1 + year : i;
}

/* "A1234/26", "FDC 5/1234": the offset behind, or i. */
static size_t notice_at(ovf_str s, size_t i)
{
    if (ovf_upper(at(s, i)) == 'F' && ovf_text_at(s, i, "FDC ")) {
        size_t n = ovf_text_digits(s, i + 4);
        size_t m = n == 1 && at(s, i + 5) == '/' ? ovf_text_digits(s, i + 6) : 0;
        return m == 4 ? i + 10 : i;
    }
    bool fits = ovf_text_letters(s, i) == 1 && ovf_text_digits(s, i + 1) == 4 && at(s, i + 5) == '/'
                && ovf_text_digits(s, i + 6) == 2 && !ovf_is_letter(at(s, i + 8));
    return fits ? i + 8 : i;
}

static void push(ovf_draft *d, ovf_str name, ovf_str number)
{
    ovf_notice *n = d->notice;
    if (n->reference_count >= REFERENCES_MAX)
        return;
    ovf_push_str(d, &n->references, &n->reference_count,
                 ovf_arena_printf(d->arena, OVF_FMT " " OVF_FMT, OVF_ARG(name), OVF_ARG(number)));
}

/* The numbers of a list "207/25, 208/25 AND 3/26", each with the name before them. */
static size_t push_numbers(ovf_draft *d, ovf_str s, size_t i, ovf_str name)
{
    static const char *const ands[] = {"AND ", "Y ", "ET ", "E ", "& ", "OR "};
    size_t end = i;
    for (int k = 0; k < 20; k++) {
        size_t behind = number_at(s, i);
        if (behind == i)
            break;
        push(d, name, ovf_str_sub(s, i, behind));
        end = behind;
        i = ovf_text_blanks(s, behind + (at(s, behind) == ','));
        for (size_t a = 0; a < OVF_COUNTOF(ands); a++) {
            if (ovf_text_at(s, i, ands[a])) {
                i = ovf_text_blanks(s, i + strlen(ands[a]));
                break;
            }
        }
    }
    return end;
}

/* "AIP SUP NR 207/25", "SUP AIP 12/26", "AIRAC AMDT 05/26", "AIC A 03/2023" at word i: the offset
 * behind, 0. */
static size_t publication_at(ovf_draft *d, ovf_str s, size_t i)
{
    char name[64];
    size_t len = 0;
    bool has_kind = false;
    for (int k = 0; k < 6; k++) {
        if (has_kind && number_at(s, i) > i)
            return push_numbers(d, s, i, ovf_arena_dup(d->arena, (ovf_str){name, len}));
        size_t letters = ovf_text_letters(s, i);
        ovf_str word = ovf_str_sub(s, i, i + letters);
        enum word_kind kind = letters == 0 ? WORD_NONE : kind_of(word);
        // A series stands alone before the number: "AIC A 03/2023".
        bool is_series = has_kind && letters == 1 && kind != WORD_NUMBER && is_joint(at(s, i + 1));
        if ((kind == WORD_NONE && !is_series) || len + letters + 2 > sizeof(name))
            return 0;
        has_kind |= kind == WORD_SUP || kind == WORD_AMDT || kind == WORD_AIC;
        for (size_t c = 0; kind != WORD_NUMBER && c <= letters; c++) {
            if (c > 0)
                name[len++] = ovf_upper(word.ptr[c - 1]);
            else if (len > 0)
                name[len++] = ' ';
        }
        i += letters;
        while (i < s.len && is_joint(s.ptr[i]))
            i++;
    }
    return 0;
}

void ovf_read_references(ovf_draft *d)
{
    ovf_range e = d->items[OVF_ITEM_E];
    if (d->notice->qcode.len == 5 && ovf_str_eq(d->notice->qcode, OVF_STR("QKKKK")))
        return; // a checklist names every notice of its series
    ovf_str s = ovf_str_sub(d->clean.text, 0, e.until);
    bool is_inside = e.from > 0 && is_word_char(s.ptr[e.from - 1]);
    for (size_t i = e.from; i < e.until; i++) {
        char first = s.ptr[i];
        bool starts = !is_inside && ovf_is_letter(first);
        is_inside = is_word_char(first);
        if (!starts)
            continue;
        // Longer words are passed by their first letter: "FDC", and those of the table above.
        bool is_long = ovf_is_letter(at(s, i + 1));
        char letter = ovf_upper(first);
        if (is_long && letter != 'A' && letter != 'E' && letter != 'S' && letter != 'N'
            && letter != 'F')
            continue;
        size_t end = notice_at(s, i);
        ovf_str ident = ovf_str_sub(s, i, end);
        if (end > i && !ovf_str_eq_nocase(ident, d->notice->id)) {
            push(d, OVF_STR("NOTAM"), ident);
        } else if (end == i) {
            end = publication_at(d, s, i);
        }
        if (end > i) {
            i = end - 1;
            is_inside = is_word_char(s.ptr[i]);
        }
    }
}
