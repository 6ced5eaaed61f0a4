/* SPDX-License-Identifier: Apache-2.0 */
/* A notice's words written out: abbreviations in full (data/abbreviations.txt), common words small,
 * what is no common word as a name, positions as "(position)". Nothing is added or left out. */
#include "expand.h"

#include "notice/abbreviations.inc"
#include "notice/states.inc"

enum { WORD_MAX = 40 };

ovf_str ovf_state_english(ovf_str iso3)
{
    const struct word_row *row = ovf_word_find(state_rows, OVF_COUNTOF(state_rows), iso3);
    if (ovf_str_eq(iso3, OVF_STR("EU")))
        return OVF_STR("the European Union");
    return row == NULL ? iso3 : ovf_str_of(row->words);
}

static const char *abbreviation(ovf_str word)
{
    const struct word_row *row =
        ovf_word_find(abbreviation_rows, OVF_COUNTOF(abbreviation_rows), word);
    return row == NULL ? NULL : row->words;
}

static bool is_common(ovf_str word)
{
    return word.len > 1 && ovf_word_find(common_rows, OVF_COUNTOF(common_rows), word) != NULL;
}

static const struct {
    const char *unit;
    const char *words;
} units[] = {
    {"NM", "nautical miles"},
    {"KM", "kilometres"},
    {"M", "metres"},
    {"FT", "feet"},
    {"FEET", "feet"},
    {"KT", "knots"},
    {"DEG", "degrees"},
    {"HPA", "hectopascals"},
    {"MHZ", "megahertz"},
    {"KHZ", "kilohertz"},
    {"KG", "kilograms"},
    {"SM", "statute miles"},
    {"HR", "hours"},
    {"HRS", "hours"},
    {"MIN", "minutes"},
    {"MINS", "minutes"},
    {"MTR", "metres"},
    {"MTRS", "metres"},
    {"MTS", "metres"},
    {"DAYS", "days"},
    {"FTAGL", "feet above ground level"},
    {"FTAMSL", "feet above mean sea level"},
};

static bool is_word_byte(char c)
{
    return ovf_is_letter(c) || ovf_is_digit(c);
}

/* "512929N0000253E", "N3754", "00025W": four digits or more with a hemisphere. */
static bool is_position(ovf_str word)
{
    size_t digits = 0;
    size_t letters = 0;
    for (size_t i = 0; i < word.len; i++) {
        char c = ovf_upper(word.ptr[i]);
        if (ovf_is_digit(c))
            digits++;
        else if (c == 'N' || c == 'S' || c == 'E' || c == 'W')
            letters++;
        else if (c != '.' && c != '-' && c != '/')
            return false;
    }
    bool at_edge = word.len > 0
                   && (strchr("NSEW", ovf_upper(word.ptr[0])) != NULL
                       || strchr("NSEW", ovf_upper(word.ptr[word.len - 1])) != NULL);
    return digits >= 4 && letters >= 1 && at_edge;
}

static void add_lower(ovf_buf *out, ovf_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        ovf_buf_addc(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
}

/* A number and its unit without a blank: "5NM". */
static bool add_measure(ovf_buf *out, ovf_str word)
{
    size_t n = 0;
    while (n < word.len && (ovf_is_digit(word.ptr[n]) || word.ptr[n] == '.' || word.ptr[n] == ','))
        n++;
    if (n == 0 || n == word.len)
        return false;
    ovf_str unit = ovf_str_tail(word, n);
    for (size_t k = 0; k < OVF_COUNTOF(units); k++) {
        if (!ovf_str_eq_nocase(unit, ovf_str_of(units[k].unit)))
            continue;
        ovf_buf_add(out, ovf_str_sub(word, 0, n));
        ovf_buf_printf(out, " %s", units[k].words);
        return true;
    }
    return false;
}

static bool add_level(ovf_buf *out, ovf_str word)
{
    if (word.len < 4 || word.len > 5 || !ovf_str_eq_nocase(ovf_str_sub(word, 0, 2), OVF_STR("FL")))
        return false;
    for (size_t i = 2; i < word.len; i++) {
        if (!ovf_is_digit(word.ptr[i]))
            return false;
    }
    ovf_buf_add(out, OVF_STR("flight level "));
    ovf_buf_add(out, ovf_str_tail(word, 2));
    return true;
}

static void add_word(ovf_buf *out, ovf_str word, bool keeps_names)
{
    const char *full = abbreviation(word);
    if (full != NULL) {
        ovf_buf_add(out, ovf_str_of(full));
        return;
    }
    if (add_level(out, word) || add_measure(out, word))
        return;
    if (is_common(word)) {
        add_lower(out, word);
        return;
    }
    // "FREQ120.8MHZ", "RWY09": an abbreviation and its number.
    size_t letters = 0;
    while (letters < word.len && ovf_is_letter(word.ptr[letters]))
        letters++;
    const char *head = letters >= 3 && letters < word.len && ovf_is_digit(word.ptr[letters])
                           ? abbreviation(ovf_str_sub(word, 0, letters))
                           : NULL;
    if (head != NULL) {
        ovf_buf_printf(out, "%s ", head);
        if (!add_measure(out, ovf_str_tail(word, letters)))
            ovf_buf_add(out, ovf_str_tail(word, letters));
        return;
    }
    bool has_digit = false;
    for (size_t i = 0; i < word.len; i++)
        has_digit |= ovf_is_digit(word.ptr[i]);
    // A designator, an indicator or a name of so few letters: as it stands.
    if (keeps_names || has_digit || word.len <= 4) {
        ovf_buf_add(out, word);
        return;
    }
    ovf_buf_addc(out, ovf_upper(word.ptr[0]));
    add_lower(out, ovf_str_tail(word, 1));
}

/* The end of the word at i: letters and digits, with what joins them inside. */
static size_t word_end(ovf_str s, size_t i)
{
    size_t end = i;
    while (end < s.len) {
        bool joins =
            end + 1 < s.len && end > i && is_word_byte(s.ptr[end + 1])
            && (s.ptr[end] == '/' || s.ptr[end] == '-' || s.ptr[end] == '.' || s.ptr[end] == '\'');
        // "CLSD.RWY" are two words, "5.5NM" is one.
        if (joins && s.ptr[end] == '.' && !ovf_is_digit(s.ptr[end + 1]))
            joins = false;
        if (!is_word_byte(s.ptr[end]) && !joins)
            break;
        end++;
    }
    return end;
}

/* "CTR/CTA", "AND/OR", "NON-SCHED": each half for itself, unless the whole is an abbreviation. */
static void add_joined(ovf_buf *out, ovf_str word, bool keeps_names)
{
    if (abbreviation(word) != NULL) {
        add_word(out, word, keeps_names);
        return;
    }
    size_t from = 0;
    for (size_t i = 0; i <= word.len; i++) {
        bool is_join = i < word.len && (word.ptr[i] == '/' || word.ptr[i] == '-');
        if (i < word.len && !is_join)
            continue;
        add_word(out, ovf_str_sub(word, from, i), keeps_names);
        if (is_join)
            ovf_buf_addc(out, word.ptr[i]);
        from = i + 1;
    }
}

/* Behind a position: more of them and what stands between. */
static size_t skip_positions(ovf_str s, size_t i)
{
    size_t last = i;
    while (i < s.len) {
        if (!is_word_byte(s.ptr[i])) {
            bool is_between = ovf_is_blank(s.ptr[i]) || strchr("-,/", s.ptr[i]) != NULL;
            if (!is_between)
                return last;
            i++;
            continue;
        }
        size_t end = word_end(s, i);
        if (!is_position(ovf_str_sub(s, i, end)))
            return last;
        i = end;
        last = end;
    }
    return last;
}

static void expand(ovf_buf *out, ovf_str s, size_t max_bytes, bool keeps_names)
{
    size_t start = out->len;
    bool owes_blank = false;
    for (size_t i = 0; i < s.len;) {
        char c = s.ptr[i];
        if (out->len - start > max_bytes) {
            ovf_buf_add(out, OVF_STR(" ..."));
            return;
        }
        if (ovf_is_blank(c)) {
            owes_blank = out->len > start;
            i++;
            continue;
        }
        if (owes_blank)
            ovf_buf_addc(out, ' ');
        owes_blank = false;
        if (!is_word_byte(c)) {
            if ((unsigned char)c >= 0x20)
                ovf_buf_addc(out, c);
            i++;
            continue;
        }
        size_t end = word_end(s, i);
        ovf_str word = ovf_str_sub(s, i, end);
        if (is_position(word)) {
            ovf_buf_add(out, OVF_STR("(position)"));
            end = skip_positions(s, end);
        } else if (word.len == 1) {
            bool is_article = ovf_str_eq_nocase(word, OVF_STR("A")) && end + 1 < s.len
                              && is_common(ovf_str_sub(s, end + 1, word_end(s, end + 1)));
            ovf_buf_add(out, is_article ? OVF_STR("a") : word);
        } else if (ovf_str_eq_nocase(word, OVF_STR("MAY"))) {
            // A month stands beside a number.
            bool is_month = (end + 1 < s.len && ovf_is_digit(s.ptr[end + 1]))
                            || (i >= 2 && ovf_is_digit(s.ptr[i - 2]));
            ovf_buf_add(out, is_month ? OVF_STR("May") : OVF_STR("may"));
        } else if (word.len <= WORD_MAX) {
            add_joined(out, word, keeps_names);
        } else {
            ovf_buf_add(out, word);
        }
        i = end;
    }
}

void ovf_expand(ovf_buf *out, ovf_str text, size_t max_bytes)
{
    expand(out, text, max_bytes, false);
}

void ovf_expand_route(ovf_buf *out, ovf_str text, size_t max_bytes)
{
    expand(out, text, max_bytes, true);
}
