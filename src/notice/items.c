/* SPDX-License-Identifier: Apache-2.0 */
/* The items of a notice: a letter and a closing bracket, in the order Q A B C D E F G, some missing.
 * "A)" and "F)" also number lists inside item E, so each item must look like one: A begins with an
 * indicator, B and C with a date, F and G (the last ones behind E) with a level. */
#include "notice_internal.h"

static char at(ovf_str s, size_t i)
{
    return i < s.len ? s.ptr[i] : '\0';
}

static size_t skip_blanks(ovf_str s, size_t i, size_t until)
{
    while (i < until && ovf_is_blank(s.ptr[i]))
        i++;
    return i;
}

static bool word_is(ovf_str s, size_t i, const char *word)
{
    size_t len = strlen(word);
    return ovf_str_eq_nocase(ovf_str_sub(s, i, i + len), (ovf_str){word, len});
}

static bool any_word(ovf_str s, size_t i, const char *const *words, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (word_is(s, i, words[k]))
            return true;
    }
    return false;
}

static bool looks_like_level(ovf_str s, size_t i)
{
    static const char *const words[] = {"SFC", "GND",     "UNL", "FL",    "MSL", "SURFACE",
                                        "QNH", "GROUND",  "AGL", "BELOW", "ALT", "ASFC",
                                        "BLW", "UNKNOWN", "ABV", "ABOVE", "MNM", "AMSL"};
    return ovf_is_digit(at(s, i)) || any_word(s, i, words, OVF_COUNTOF(words));
}

/* Behind item E without F: a list letter "G)" is likelier than an item, unless a level is plain. */
static bool is_plain_level(ovf_str s, size_t i)
{
    if (!ovf_is_digit(at(s, i)))
        return true;
    while (ovf_is_digit(at(s, i)))
        i++;
    i += at(s, i) == ' ';
    return at(s, i) == 'F' || at(s, i) == 'M' || at(s, i) == 0 || at(s, i) == '\n';
}

static bool looks_right(ovf_str s, int item, size_t i)
{
    static const char *const starts[] = {"WIE", "WEF", "FROM", "UFN", "IMM"};
    static const char *const ends[] = {"PERM", "UFN", "EST", "UNTIL", "APRX"};
    switch (item) {
    case OVF_ITEM_A:
        for (size_t k = 0; k < 4; k++) {
            if (!ovf_is_letter(at(s, i + k)))
                return false;
        }
        return !ovf_is_letter(at(s, i + 4));
    case OVF_ITEM_B: return ovf_is_digit(at(s, i)) || any_word(s, i, starts, OVF_COUNTOF(starts));
    case OVF_ITEM_C: return ovf_is_digit(at(s, i)) || any_word(s, i, ends, OVF_COUNTOF(ends));
    case OVF_ITEM_F:
    case OVF_ITEM_G: return looks_like_level(s, i);
    default: return true;
    }
}

static int item_of(char letter)
{
    if (letter == 'Q')
        return OVF_ITEM_Q;
    return letter >= 'A' && letter <= 'G' ? letter - 'A' + OVF_ITEM_A : -1;
}

/* ---- the trailer ---- */

static bool is_litter(ovf_str s, size_t i)
{
    size_t value = 0;
    switch (s.ptr[i]) {
    case 'C':
        if (word_is(s, i, "CREATED:")) {
            value = skip_blanks(s, i + 8, s.len);
            return ovf_is_digit(at(s, value));
        }
        return (word_is(s, i, "CNS") || word_is(s, i, "CNN")) && ovf_is_digit(at(s, i + 3))
               && ovf_is_digit(at(s, i + 5)) && at(s, i + 6) == 'W';
    case 'S':
        if (!word_is(s, i, "SOURCE:"))
            return false;
        value = skip_blanks(s, i + 7, s.len);
        for (size_t k = 0; k < 4; k++) {
            if (at(s, value + k) < 'A' || at(s, value + k) > 'Z')
                return false;
        }
        return true;
    case 'N': return word_is(s, i, "NNNN") && !ovf_is_letter(at(s, i + 4));
    case 'U': return word_is(s, i, "UNITED STATES NOTAM OFFICE DISCLAIMS");
    default: return false;
    }
}

static uint32_t find_trailer(ovf_str s, size_t from, size_t until)
{
    uint32_t places[OVF_SCAN_ROOM];
    ovf_scan_way way = ovf_scan_best();
    for (size_t at = from; at < until;) {
        size_t count = ovf_scan(s, &at, until, OVF_SCAN_TRAILERS, way, places);
        for (size_t k = 0; k < count; k++) {
            size_t i = places[k] - 1;
            bool starts_word =
                i == 0 || (!ovf_is_letter(s.ptr[i - 1]) && !ovf_is_digit(s.ptr[i - 1]));
            if (i >= from && starts_word && is_litter(s, i))
                return (uint32_t)i;
        }
    }
    return (uint32_t)until;
}

ovf_range ovf_trailer_value(const ovf_draft *d, ovf_str name)
{
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->all.until);
    size_t hit = ovf_str_find(s, d->trailer, name);
    if (hit == OVF_NOPOS)
        return (ovf_range){0, 0};
    size_t from = skip_blanks(s, hit + name.len, s.len);
    size_t until = from;
    while (until < s.len && s.ptr[until] != '\n' && !(until > from && is_litter(s, until)))
        until++;
    while (until > from && ovf_is_blank(s.ptr[until - 1]))
        until--;
    return (ovf_range){(uint32_t)from, (uint32_t)until};
}

bool ovf_find_part(const ovf_draft *d, ovf_range range, int32_t *part, int32_t *of)
{
    ovf_str s = ovf_range_text(d, range);
    for (size_t hit = ovf_str_find(s, 0, OVF_STR("PART ")); hit != OVF_NOPOS;
         hit = ovf_str_find(s, hit + 5, OVF_STR("PART "))) {
        uint32_t a = 0;
        uint32_t b = 0;
        size_t first = skip_blanks(s, hit + 5, s.len);
        size_t end = ovf_str_take_uint(s, first, 99, &a);
        size_t word = skip_blanks(s, end, s.len);
        if (end == first || !word_is(s, word, "OF"))
            continue;
        size_t second = skip_blanks(s, word + 2, s.len);
        end = ovf_str_take_uint(s, second, 99, &b);
        if (end == second || a == 0 || a > b || b > 99)
            continue;
        *part = (int32_t)a;
        *of = (int32_t)b;
        return true;
    }
    return false;
}

/* ---- items ---- */

static void trim(ovf_str s, ovf_range *range)
{
    while (range->from < range->until && ovf_is_blank(s.ptr[range->from]))
        range->from++;
    while (range->until > range->from && ovf_is_blank(s.ptr[range->until - 1]))
        range->until--;
}

/* "END PART 1 OF 2" closes the item; it is not part of what it says. */
static void drop_end_part(const ovf_draft *d, ovf_range *range)
{
    ovf_str s = ovf_range_text(d, *range);
    size_t tail = s.len > 24 ? s.len - 24 : 0;
    size_t hit = ovf_str_find(s, tail, OVF_STR("END PART "));
    int32_t part = 0;
    int32_t of = 0;
    ovf_range rest = {range->from + (uint32_t)hit, range->until};
    if (hit != OVF_NOPOS && ovf_find_part(d, rest, &part, &of))
        range->until = range->from + (uint32_t)hit;
    trim(d->clean.text, range);
}

/* The bracket that closes the message, opened before the identification. */
static void drop_last_bracket(const ovf_draft *d, ovf_range *range)
{
    bool is_opened = d->ident.until == d->ident.from
                     || (d->ident.from > 0 && d->clean.text.ptr[d->ident.from - 1] == '(');
    if (!is_opened)
        return;
    int depth = 0;
    for (size_t i = range->from; i < range->until; i++) {
        depth += d->clean.text.ptr[i] == '(';
        depth -= d->clean.text.ptr[i] == ')';
    }
    if (depth < 0 && range->until > range->from && d->clean.text.ptr[range->until - 1] == ')')
        range->until--;
    trim(d->clean.text, range);
}

void ovf_find_items(ovf_draft *d)
{
    ovf_str s = ovf_str_sub(d->clean.text, 0, d->all.until);
    uint32_t starts[OVF_ITEM_COUNT] = {0};
    int last = -1;
    size_t from = d->ident.until > d->all.from ? d->ident.until : d->all.from;
    for (size_t i = from; i + 1 < s.len; i++) {
        const char *hit = memchr(s.ptr + i, ')', s.len - i);
        if (hit == NULL)
            break;
        i = (size_t)(hit - s.ptr);
        if (i <= from - (from > 0))
            continue;
        int item = item_of(i > d->all.from ? s.ptr[i - 1] : '\0');
        bool is_free =
            i < d->all.from + 2 || (!ovf_is_letter(s.ptr[i - 2]) && !ovf_is_digit(s.ptr[i - 2]));
        if (item < 0 || !is_free || !looks_right(s, item, skip_blanks(s, i + 1, s.len)))
            continue;
        if (item >= OVF_ITEM_F && last < 0)
            continue; // "(F)" in a text that has no items
        bool is_behind_e = last >= OVF_ITEM_E;
        if (is_behind_e ? item < OVF_ITEM_F : item <= last)
            continue;
        if (item == OVF_ITEM_G && is_behind_e && !d->has_item[OVF_ITEM_F]
            && !is_plain_level(s, skip_blanks(s, i + 1, s.len)))
            continue;
        if (item == OVF_ITEM_F)
            d->has_item[OVF_ITEM_G] = false;
        d->has_item[item] = true;
        starts[item] = (uint32_t)(i - 1);
        last = item > last || is_behind_e ? item : last;
    }
    size_t tail = d->has_item[OVF_ITEM_E] ? starts[OVF_ITEM_E] : from;
    d->trailer = find_trailer(s, tail, s.len);
    uint32_t end = d->trailer;
    bool is_last = true;
    for (int item = OVF_ITEM_COUNT - 1; item >= 0; item--) {
        if (!d->has_item[item] || starts[item] + 2 > end)
            continue;
        ovf_range range = {starts[item] + 2, end};
        trim(s, &range);
        if (item == OVF_ITEM_E)
            drop_end_part(d, &range);
        if (is_last)
            drop_last_bracket(d, &range);
        d->items[item] = range;
        end = starts[item];
        is_last = false;
    }
}
