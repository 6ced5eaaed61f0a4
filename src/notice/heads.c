/* SPDX-License-Identifier: Apache-2.0 */
/* Where messages begin that are no ICAO NOTAM: navigational warnings by their date-time group and
 * series (IMO/IHO/WMO Joint Manual on MSI, S-53), FAA notices by accountability and number (Order
 * 7930.2), SIGMET by the WMO heading (Annex 3 App. 6), ASHTAM and SNOWTAM by theirs (Doc 10066
 * App. 3 and 5). */
#include "forms.h"

static char at(ovf_str s, size_t i)
{
    return i < s.len ? s.ptr[i] : '\0';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool ovf_text_at(ovf_str s, size_t i, const char *word)
{
    size_t k = 0;
    for (; word[k] != '\0'; k++) {
        if (ovf_upper(at(s, i + k)) != ovf_upper(word[k]))
            return false;
    }
    return true;
}

size_t ovf_text_find(ovf_str s, size_t from, size_t until, const char *word)
{
    size_t len = strlen(word);
    until = until < s.len ? until : s.len;
    for (size_t i = from; i + len <= until; i++) {
        if (ovf_text_at(s, i, word))
            return i;
    }
    return OVF_NOPOS;
}

bool ovf_text_has(ovf_str s, ovf_range range, const char *word)
{
    return ovf_text_find(s, range.from, range.until, word) != OVF_NOPOS;
}

bool ovf_text_any(ovf_str s, ovf_range range, const char *const *words, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (ovf_text_has(s, range, words[k]))
            return true;
    }
    return false;
}

size_t ovf_text_blanks(ovf_str s, size_t i)
{
    while (i < s.len && ovf_is_blank(s.ptr[i]))
        i++;
    return i;
}

size_t ovf_text_letters(ovf_str s, size_t i)
{
    size_t n = 0;
    while (ovf_is_letter(at(s, i + n)))
        n++;
    return n;
}

size_t ovf_text_digits(ovf_str s, size_t i)
{
    size_t n = 0;
    while (ovf_is_digit(at(s, i + n)))
        n++;
    return n;
}

int ovf_month_at(ovf_str s, size_t i)
{
    static const struct {
        const char *word;
        int month;
    } months[] = {{"JAN", 1},  {"FEB", 2},  {"MAR", 3}, {"APR", 4},  {"MAY", 5},
                  {"JUN", 6},  {"JUL", 7},  {"AUG", 8}, {"SEP", 9},  {"OCT", 10},
                  {"NOV", 11}, {"DEC", 12}, {"ENE", 1}, {"ABR", 4},  {"AGO", 8},
                  {"DIC", 12}, {"FEV", 2},  {"AVR", 4}, {"MAI", 5},  {"JUIN", 6},
                  {"JUIL", 7}, {"AOU", 8},  {"SET", 9}, {"OUT", 10}, {"DEZ", 12}};
    for (size_t k = 0; k < OVF_COUNTOF(months); k++) {
        if (ovf_text_at(s, i, months[k].word))
            return months[k].month;
    }
    return 0;
}

ovf_range ovf_text_trim(ovf_str s, ovf_range range)
{
    while (range.from < range.until && ovf_is_blank(at(s, range.from)))
        range.from++;
    while (range.until > range.from && ovf_is_blank(at(s, range.until - 1)))
        range.until--;
    return range;
}

ovf_str ovf_text_squeeze(ovf_draft *d, ovf_range range)
{
    range = ovf_text_trim(d->clean.text, range);
    ovf_str text = ovf_range_text(d, range);
    bool is_plain = true;
    for (size_t i = 0; i < text.len; i++) {
        if (ovf_is_blank(text.ptr[i]) && (text.ptr[i] != ' ' || text.ptr[i + 1] == ' '))
            is_plain = false;
    }
    char *out = is_plain ? NULL : ovf_arena_array(d->arena, char, text.len + 1);
    if (out == NULL)
        return text;
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_blank = ovf_is_blank(text.ptr[i]);
        if (is_blank && count > 0 && out[count - 1] == ' ')
            continue;
        out[count++] = is_blank ? ' ' : text.ptr[i];
    }
    return (ovf_str){out, count};
}

static bool word_before(ovf_str s, size_t i)
{
    return i > 0 && (ovf_is_letter(s.ptr[i - 1]) || ovf_is_digit(s.ptr[i - 1]));
}

/* ---- navigational warnings ---- */

size_t ovf_dtg_at(ovf_str s, size_t i, ovf_time *out)
{
    uint32_t clock = 0;
    uint32_t day = 0;
    uint32_t year = 0;
    size_t n = ovf_text_digits(s, i);
    size_t end = i + n;
    if (n == 2 && at(s, end) == ' ' && ovf_text_digits(s, end + 1) == 4)
        end += 5; // "28 1047 UTC"
    else if (n != 6)
        return 0;
    ovf_str_take_uint(ovf_str_sub(s, 0, i + 2), i, 99, &day);
    ovf_str_take_uint(ovf_str_sub(s, 0, end), end - 4, 9999, &clock);
    end = ovf_text_blanks(s, end);
    if (ovf_text_at(s, end, "UTC"))
        end += 3;
    else if (ovf_upper(at(s, end)) == 'Z')
        end++;
    else
        return 0;
    size_t word = ovf_text_blanks(s, end);
    int month = ovf_month_at(s, word);
    if (month == 0 || word == end)
        return 0;
    word = ovf_text_blanks(s, word + ovf_text_letters(s, word));
    n = ovf_text_digits(s, word);
    if (n != 2 && n != 4)
        return 0;
    ovf_str_take_uint(s, word, 9999, &year);
    ovf_civil civil = {.year = (int32_t)(n == 2 ? 2000 + year : year),
                       .month = month,
                       .day = (int32_t)day,
                       .hour = (int32_t)clock / 100,
                       .minute = (int32_t)clock % 100};
    return ovf_time_from_civil(civil, out, NULL) == OVF_OK ? word + n : 0;
}

/* "798/26", "26-0123", "123 OF 2026": the offset behind, or 0. */
static size_t warning_number_at(ovf_str s, size_t i)
{
    size_t n = ovf_text_digits(s, i);
    size_t sep = i + n;
    if (n == 0 || n > 4)
        return 0;
    if (at(s, sep) == '/' || at(s, sep) == '-') {
        size_t m = ovf_text_digits(s, sep + 1);
        // Three digits of year are a misprint that occurs ("1703/261"); it stays as written.
        bool fits = at(s, sep) == '/' ? m >= 2 && m <= 4 : (n == 2 || n == 4) && m >= 3 && m <= 4;
        return fits && !ovf_is_letter(at(s, sep + 1 + m)) ? sep + 1 + m : 0;
    }
    size_t of = ovf_text_blanks(s, sep);
    if (!ovf_text_at(s, of, "OF ") || ovf_text_digits(s, of + 3) != 4)
        return 0;
    return of + 7;
}

static bool begins_series(ovf_str s, size_t i)
{
    static const char *const words[] = {"NAVAREA",
                                        "HYDROPAC",
                                        "HYDROLANT",
                                        "HYDROARC",
                                        "AUSCOAST",
                                        "COASTAL WARNING",
                                        "NAVTEX",
                                        "AVURNAV",
                                        "RADIOAVISO",
                                        "NAVIGATIONAL WARNING",
                                        "NAV WARNING",
                                        "NAVWARNING",
                                        "WZ ",
                                        "LOCAL WARNING",
                                        "SUB-AREA WARNING",
                                        "COASTAL NAVIGATIONAL WARNING",
                                        "AVISO AOS NAVEGANTES",
                                        "AVISO A LOS NAVEGANTES"};
    char first = ovf_upper(at(s, i));
    char second = ovf_upper(at(s, i + 1));
    for (size_t k = 0; k < OVF_COUNTOF(words); k++) {
        if (words[k][0] == first && words[k][1] == second && ovf_text_at(s, i, words[k]))
            return true;
    }
    return false;
}

size_t ovf_series_at(ovf_str s, size_t i, ovf_range *ident)
{
    if (!begins_series(s, i))
        return 0;
    size_t end = i;
    for (int word = 0; word < 8 && end < s.len && end < i + 80; word++) {
        size_t number = warning_number_at(s, end);
        if (number > 0) {
            *ident = (ovf_range){(uint32_t)i, (uint32_t)number};
            return number;
        }
        if (!ovf_is_letter(at(s, end)) && !ovf_is_digit(at(s, end)))
            return 0;
        if (ovf_text_digits(s, end) == 6 || (word > 0 && begins_series(s, end)))
            return 0; // a heading alone, and the message behind it
        while (end < s.len && !ovf_is_blank(s.ptr[end]) && s.ptr[end] != '/')
            end++;
        if (s.ptr[end - 1] == '.' && ovf_is_letter(at(s, end - 3)))
            return 0; // the sentence ends before any number: "NO." and "NR." alone go on
        end = ovf_text_blanks(s, end);
    }
    return 0;
}

/* What stands before says that the number is another one's: "CANCEL NAVAREA IV 12/26". */
static bool is_mentioned(ovf_str s, size_t i)
{
    static const char *const words[] = {
        "CANCEL",  "CANCELS", "CANCELLED", "AND", "REF", "REFER",    "SEE",  "MSG",  "MESSAGE",
        "CANCELA", "ANNULE",  "TO",        "BY",  "OF",  "REPLACES", "THIS", "PARA", "IN"};
    size_t end = i;
    while (end > 0 && ovf_is_blank(s.ptr[end - 1]))
        end--;
    if (end > 0 && s.ptr[end - 1] == ',')
        return true;
    size_t from = end;
    while (from > 0 && ovf_is_letter(s.ptr[from - 1]))
        from--;
    ovf_str word = ovf_str_sub(s, from, end);
    for (size_t k = 0; k < OVF_COUNTOF(words); k++) {
        if (ovf_str_eq_nocase(word, ovf_str_of(words[k])))
            return true;
    }
    return false;
}

/* "251549Z MAY 26  HYDROPAC 1564/26", or the series alone where it begins its line. */
static size_t warning_at(ovf_str s, size_t i, bool starts_line, ovf_range *ident)
{
    ovf_time t = OVF_TIME_NONE;
    if (ovf_is_digit(s.ptr[i])) {
        size_t end = word_before(s, i) ? 0 : ovf_dtg_at(s, i, &t);
        if (end == 0 || is_mentioned(s, i))
            return 0;
        while (end < s.len && (ovf_is_blank(s.ptr[end]) || s.ptr[end] == '.'))
            end++;
        return ovf_series_at(s, end, ident);
    }
    size_t behind = starts_line ? ovf_series_at(s, i, ident) : 0;
    return behind > 0 && !is_mentioned(s, i) ? behind : 0;
}

/* ---- the FAA's without "!" ---- */

/* "FDC 6/1425 ZLA ..." and "JFK 11/262 JFK RWY ..." as the sites list them. */
size_t ovf_domestic_head(ovf_str s, size_t i, ovf_range *ident)
{
    static const char *const keywords[] = {
        "RWY",  "TWY",  "APRON",    "RAMP",  "AD ",   "OBST",    "NAV ",
        "COM ", "SVC ", "AIRSPACE", "ROUTE", "CHART", "DATA",    "DVA",
        "IAP",  "ODP",  "SID",      "STAR",  "VFP",   "SPECIAL", "SECURITY"};
    size_t letters = ovf_text_letters(s, i);
    size_t number = i + letters + 1;
    size_t n = ovf_text_digits(s, number);
    if (letters < 3 || letters > 4 || at(s, i + letters) != ' ' || n < 1 || n > 2
        || at(s, number + n) != '/')
        return 0;
    size_t m = ovf_text_digits(s, number + n + 1);
    size_t end = number + n + 1 + m;
    bool is_fdc = ovf_text_at(s, i, "FDC") && n == 1 && m == 4;
    if (m < 3 || m > 4 || (!is_fdc && n != 2) || ovf_is_letter(at(s, end)))
        return 0;
    size_t place = ovf_text_blanks(s, end);
    size_t place_end = place;
    while (place_end < s.len && !ovf_is_blank(s.ptr[place_end]))
        place_end++;
    size_t word = ovf_text_blanks(s, place_end);
    bool has_keyword = is_fdc;
    for (size_t k = 0; k < OVF_COUNTOF(keywords) && !has_keyword; k++)
        has_keyword = ovf_text_at(s, word, keywords[k]);
    if (!has_keyword || place_end - place > 5)
        has_keyword = is_fdc;
    if (!has_keyword)
        return 0;
    *ident = (ovf_range){(uint32_t)i, (uint32_t)end};
    return end;
}

/* ---- meteorological and volcanic messages ---- */

static bool are_upper(ovf_str s, size_t i, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (!is_upper(ovf_upper(at(s, i + k))))
            return false;
    }
    return true;
}

/* "TTZP SIGMET 3 VALID 211200/211800": the offset behind the number, or 0. */
static size_t sigmet_line_at(ovf_str s, size_t i, ovf_range *ident)
{
    if (!are_upper(s, i, 4) || ovf_is_letter(at(s, i + 4)))
        return 0;
    size_t word = ovf_text_blanks(s, i + 4);
    bool is_met = ovf_text_at(s, word, "SIGMET ") || ovf_text_at(s, word, "AIRMET ");
    if (!is_met)
        return 0;
    // "3", "A03", "ALFA 2", or nothing at all before VALID.
    size_t end = word + 6;
    for (int k = 0; k < 4; k++) {
        size_t next = ovf_text_blanks(s, end);
        if (ovf_text_at(s, next, "VALID"))
            break;
        size_t len =
            ovf_text_letters(s, next) + ovf_text_digits(s, next + ovf_text_letters(s, next));
        if (len == 0 || len > 12 || k == 3)
            return 0;
        end = next + len;
    }
    *ident = (ovf_range){(uint32_t)i, (uint32_t)end};
    return end;
}

/* As the United States sends them at home: "CONVECTIVE SIGMET 12E", "SIGMET NOVEMBER 2 VALID UNTIL",
 * "AIRMET TANGO UPDT 3 FOR TURB VALID UNTIL": the offset behind what names it, or 0. */
static size_t us_met_at(ovf_str s, size_t i, ovf_range *ident)
{
    bool is_convective = ovf_text_at(s, i, "CONVECTIVE SIGMET ");
    if (!is_convective && !ovf_text_at(s, i, "SIGMET ") && !ovf_text_at(s, i, "AIRMET "))
        return 0;
    size_t end = i + (is_convective ? 17 : 6);
    for (int k = 0; k < 4; k++) {
        size_t next = ovf_text_blanks(s, end);
        bool is_over = ovf_text_at(s, next, "VALID") || ovf_text_at(s, next, "FOR ");
        if (is_over && !is_convective) {
            size_t valid = ovf_text_find(s, next, next + 60, "VALID UNTIL");
            *ident = (ovf_range){(uint32_t)i, (uint32_t)end};
            return k > 0 && valid != OVF_NOPOS ? end : 0;
        }
        size_t digits = ovf_text_digits(s, next);
        size_t len = digits + ovf_text_letters(s, next + digits);
        if (len == 0 || len > 12)
            return 0;
        end = next + len;
        if (is_convective) {
            *ident = (ovf_range){(uint32_t)i, (uint32_t)end};
            return digits > 0 && len == digits + 1 ? end : 0;
        }
    }
    return 0;
}

static size_t met_line_at(ovf_str s, size_t i, ovf_range *ident)
{
    size_t end = sigmet_line_at(s, i, ident);
    return end > 0 ? end : us_met_at(s, i, ident);
}

/* "WVCA31 TTPP 211200" and the line behind it, or that line alone. */
static size_t sigmet_at(ovf_str s, size_t i, ovf_range *ident)
{
    char kind = ovf_upper(at(s, i + 1));
    bool has_heading =
        ovf_upper(s.ptr[i]) == 'W' && (kind == 'S' || kind == 'C' || kind == 'V' || kind == 'A')
        && are_upper(s, i, 4) && ovf_text_digits(s, i + 4) == 2 && at(s, i + 6) == ' '
        && are_upper(s, i + 7, 4) && ovf_text_digits(s, i + 12) == 6;
    if (!has_heading)
        return met_line_at(s, i, ident);
    size_t line = i + 18;
    for (int word = 0; word < 6; word++) { // "COR", "RRA", "CCA", "SIGE", "BOST WA 211445"
        line = ovf_text_blanks(s, line);
        size_t end = met_line_at(s, line, ident);
        if (end > 0)
            return end;
        while (line < s.len && !ovf_is_blank(s.ptr[line]))
            line++;
    }
    return 0;
}

/* "VALI0021 LIRR 01010800", "(ASHTAM 0021", "SWEN0123 ENGM 01120530", "(SNOWTAM 0123", "BIRDTAM". */
static size_t tam_at(ovf_str s, size_t i, ovf_range *ident)
{
    static const char *const words[] = {"ASHTAM", "SNOWTAM", "BIRDTAM"};
    char kind = ovf_upper(at(s, i + 1));
    bool has_heading =
        ((ovf_upper(s.ptr[i]) == 'V' && kind == 'A') || (ovf_upper(s.ptr[i]) == 'S' && kind == 'W'))
        && are_upper(s, i, 4) && ovf_text_digits(s, i + 4) == 4 && at(s, i + 8) == ' '
        && are_upper(s, i + 9, 4) && ovf_text_digits(s, i + 14) == 8;
    size_t word = has_heading ? i + 22 : i;
    while (word < s.len && (ovf_is_blank(s.ptr[word]) || s.ptr[word] == '('))
        word++;
    for (size_t k = 0; k < OVF_COUNTOF(words); k++) {
        if (!ovf_text_at(s, word, words[k]))
            continue;
        size_t number = ovf_text_blanks(s, word + strlen(words[k]));
        size_t n = ovf_text_digits(s, number);
        if (n == 0 && !has_heading)
            return 0;
        size_t end = n > 0 ? number + n : word + strlen(words[k]);
        if (at(s, end) == '/' && ovf_text_digits(s, end + 1) >= 2)
            end += 1 + ovf_text_digits(s, end + 1);
        *ident = (ovf_range){(uint32_t)word, (uint32_t)end};
        return end;
    }
    return 0;
}

#define BIT(letter) (UINT32_C(1) << ((letter) - 'A'))

/* Does any of the heads that begin a line with letters begin so: by the first two of a word of theirs,
 * or by a word of three or four letters that a number, SIGMET or AIRMET follows? */
static bool may_be_head(ovf_str s, size_t i)
{
    static const uint32_t seconds[26] = {['A' - 'A'] = BIT('U') | BIT('V') | BIT('I') | BIT('S'),
                                         ['B' - 'A'] = BIT('I'),
                                         ['C' - 'A'] = BIT('O'),
                                         ['H' - 'A'] = BIT('Y'),
                                         ['L' - 'A'] = BIT('O'),
                                         ['N' - 'A'] = BIT('A'),
                                         ['R' - 'A'] = BIT('A'),
                                         ['V' - 'A'] = BIT('A'),
                                         ['S' - 'A'] = BIT('U') | BIT('I') | BIT('N') | BIT('W'),
                                         ['W' - 'A'] =
                                             BIT('S') | BIT('C') | BIT('V') | BIT('A') | BIT('Z')};
    char first = ovf_upper(at(s, i));
    char second = ovf_upper(at(s, i + 1));
    if (!is_upper(first) || !is_upper(second) || (seconds[first - 'A'] & BIT(second)) != 0)
        return is_upper(first) && is_upper(second);
    size_t behind = i + 2;
    while (behind < i + 5 && ovf_is_letter(at(s, behind)))
        behind++;
    if (behind < i + 3 || behind > i + 4)
        return false;
    if (ovf_is_digit(at(s, behind + 1)))
        return true;
    char next = behind == i + 4 ? ovf_upper(at(s, ovf_text_blanks(s, behind))) : '\0';
    return next == 'S' || next == 'A';
}

size_t ovf_other_head(ovf_str s, size_t i, bool starts_line, ovf_range *ident)
{
    if (starts_line && ovf_is_letter(s.ptr[i]) && !may_be_head(s, i))
        return 0;
    size_t end = warning_at(s, i, starts_line, ident);
    if (end > 0 || !starts_line || !ovf_is_letter(s.ptr[i]))
        return end;
    end = sigmet_at(s, i, ident);
    if (end == 0)
        end = tam_at(s, i, ident);
    return end > 0 ? end : ovf_domestic_head(s, i, ident);
}

ovf_notice_form ovf_form_of(ovf_str text)
{
    static const char *const tfr[] = {"Download shapefiles", "NOTAM Number :", "NOTAM Number:"};
    ovf_range head = {0, (uint32_t)(text.len < 600 ? text.len : 600)};
    bool starts_line = true;
    for (size_t i = 0; i < head.until; i++) {
        ovf_range ident = {0};
        char c = text.ptr[i];
        if (ovf_is_letter(c) || ovf_is_digit(c)) {
            if (starts_line && ovf_text_letters(text, i) > 0 && tam_at(text, i, &ident) > 0)
                return ovf_text_has(text, ident, "ASHTAM")    ? OVF_FORM_ASHTAM
                       : ovf_text_has(text, ident, "SNOWTAM") ? OVF_FORM_SNOWTAM
                                                              : OVF_FORM_BIRDTAM;
            if (starts_line && sigmet_at(text, i, &ident) > 0)
                return OVF_FORM_SIGMET;
            if (warning_at(text, i, starts_line, &ident) > 0)
                return OVF_FORM_NAVWARN;
        }
        starts_line = c == '\n' || (starts_line && (ovf_is_blank(c) || c == '(' || c == '*'));
    }
    return ovf_text_any(text, head, tfr, OVF_COUNTOF(tfr)) ? OVF_FORM_FAA_TFR : OVF_FORM_TEXT;
}
