/* SPDX-License-Identifier: Apache-2.0 */
/* The items of a notice: a letter and a closing bracket, in the order Q A B C D E F G, some missing.
 * "A)" and "F)" also number lists inside item E, so each item must look like one: A begins with an
 * indicator, B and C with a date, F and G (the last ones behind E) with a level. */
#include "forms.h"

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
    return ovf_upper(at(s, i)) == word[0] && ovf_text_at(s, i, word);
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
    if (ovf_is_digit(at(s, i)))
        return true;
    static const char *const words[] = {
        "SFC",   "GND",    "UNL",  "FL",   "MSL",  "SURFACE", "QNH",        "GROUND", "AGL",
        "BELOW", "ALT",    "ASFC", "BLW",  "UNK",  "ABV",     "ABOVE",      "MNM",    "AMSL",
        "HGT",   "HEIGHT", "MAX",  "STD",  "QFE",  "TIERRA",  "SUPERFICIE", "ILIM",   "ILLIM",
        "SOL",   "UP TO",  "NOT ", "NIVE", "MIN ", "TERRENO"};
    return any_word(s, i, words, OVF_COUNTOF(words));
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

uint32_t ovf_find_trailer(const ovf_draft *d, uint32_t from)
{
    return find_trailer(d->clean.text, from, d->all.until);
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

/* The bracket that closes the message, opened before the identification: what stands behind it on
 * lines of its own is the next message's, or a page's. */
static void drop_last_bracket(const ovf_draft *d, ovf_range *range)
{
    ovf_str s = d->clean.text;
    bool has_mark = d->ident.from > 0 && s.ptr[d->ident.from - 1] == '(';
    if (!has_mark && d->ident.until > d->ident.from)
        return;
    if (memchr(s.ptr + range->from, ')', range->until - range->from) == NULL)
        return;
    int depth = 0;
    for (size_t i = range->from; i < range->until; i++) {
        depth += s.ptr[i] == '(';
        depth -= s.ptr[i] == ')';
        bool ends_line = i + 1 >= range->until || s.ptr[i + 1] == '\n' || s.ptr[i + 1] == '\r';
        if (depth < 0 && ends_line && (has_mark || i + 1 >= range->until)) {
            range->until = (uint32_t)i;
            break;
        }
        depth = depth < 0 ? 0 : depth;
    }
    trim(s, range);
}

static size_t line_end(ovf_str s, size_t i, size_t until)
{
    const char *feed = i < until ? memchr(s.ptr + i, '\n', until - i) : NULL;
    return feed != NULL ? (size_t)(feed - s.ptr) : i < until ? until : i;
}

/* "-----", "=====", "*****" alone on its line. */
static bool is_rule_line(ovf_str line)
{
    line = ovf_str_trim(line);
    if (line.len < 4 || strchr("-=*_+~", line.ptr[0]) == NULL)
        return false;
    for (size_t i = 1; i < line.len; i++) {
        if (line.ptr[i] != line.ptr[0])
            return false;
    }
    return true;
}

static bool is_heading(ovf_str line)
{
    static const char *const words[] = {"PAGE ", "END OF ", "VALIDITY:", "[BACK TO TOP]"};
    line = ovf_str_trim(line);
    if (line.len >= 60)
        return false;
    for (size_t k = 0; k < OVF_COUNTOF(words); k++) {
        if (word_is(line, 0, words[k]))
            return true;
    }
    for (size_t i = 0; i < line.len; i++) {
        if (ovf_is_digit(line.ptr[i]) || line.ptr[i] == '.' || line.ptr[i] == ',')
            return false;
    }
    return line.len > 0;
}

/* Does the record go on behind this notice? */
static bool is_followed(const ovf_draft *d)
{
    for (size_t i = ovf_inner_pos(d, d->all.until); i < d->raw.len; i++) {
        if (!ovf_is_blank(d->raw.ptr[i]))
            return true;
    }
    return false;
}

/* Bulletins put headings between notices: a drawn line ends the item, and so does a blank line with
 * nothing but headings behind it. Items F and G are one line. */
static void drop_headings(const ovf_draft *d, int item, ovf_range *range)
{
    ovf_str s = d->clean.text;
    if (item >= OVF_ITEM_F) {
        range->until = (uint32_t)line_end(s, range->from, range->until);
        trim(s, range);
        bool is_open = memchr(s.ptr + range->from, '(', range->until - range->from) != NULL;
        while (range->until > range->from
               && (ovf_is_blank(s.ptr[range->until - 1]) || s.ptr[range->until - 1] == '.'
                   || (s.ptr[range->until - 1] == ')' && !is_open)))
            range->until--;
        return;
    }
    // A heading stands behind a blank line, a drawn line on one of its own.
    if (memchr(s.ptr + range->from, '\n', range->until - range->from) == NULL)
        return;
    bool may_cut = is_followed(d);
    size_t cut = range->until;
    bool has_blank = false;
    bool is_run = false;
    for (size_t i = range->from; i < range->until;) {
        size_t end = line_end(s, i, range->until);
        ovf_str line = ovf_str_sub(s, i, end);
        if (is_rule_line(line) && i > range->from) {
            cut = is_run ? cut : i;
            is_run = true;
            break;
        }
        if (ovf_str_trim(line).len == 0) {
            has_blank = true;
        } else if (has_blank && is_heading(line)) {
            cut = is_run ? cut : i;
            is_run = true;
        } else {
            has_blank = false;
            is_run = false;
        }
        i = end + 1;
    }
    if (is_run && (may_cut || cut < range->until) && cut > range->from
        && (may_cut || is_rule_line(ovf_str_sub(s, cut, line_end(s, cut, range->until)))))
        range->until = (uint32_t)cut;
    trim(s, range);
}

/* ---- which letters are items ---- */

struct found {
    int item;
    uint32_t at;
};

struct finder {
    ovf_draft *d;
    ovf_str s;
    struct found items[OVF_ITEM_COUNT];
    size_t count;
    int last;
};

static bool starts_line(ovf_str s, size_t i)
{
    while (i > 0 && (s.ptr[i - 1] == ' ' || s.ptr[i - 1] == '\t'))
        i--;
    return i == 0 || s.ptr[i - 1] == '\n';
}

/* So much like the item that neither its place nor what it is glued to matters. */
static bool is_strong(ovf_str s, int item, size_t i)
{
    size_t n = 0;
    switch (item) {
    case OVF_ITEM_Q:
        n = ovf_text_letters(s, i);
        return n >= 3 && n <= 4 && at(s, skip_blanks(s, i + n, s.len)) == '/';
    case OVF_ITEM_A:
        n = ovf_text_letters(s, i);
        return (n == 4 && ovf_is_blank(at(s, i + 4))) || (n == 5 && at(s, i + 5) == ')');
    case OVF_ITEM_B:
    case OVF_ITEM_C: return ovf_text_digits(s, i) >= 10;
    default: return false;
    }
}

/* "2601010600C)", "PERME)": the letter stands right behind the item before it. */
static bool may_be_glued(const struct finder *f, int item, size_t letter, size_t content)
{
    bool has_b = f->d->has_item[OVF_ITEM_B];
    bool has_e = f->d->has_item[OVF_ITEM_E];
    bool is_new = !f->d->has_item[item];
    switch (item) {
    case OVF_ITEM_D:
    case OVF_ITEM_E: return is_new && has_b && !has_e && f->last == f->items[f->count - 1].item;
    case OVF_ITEM_F:
        return has_e && is_plain_level(f->s, content)
               && ovf_text_find(f->s, content, content + 40, "G)") != OVF_NOPOS;
    case OVF_ITEM_G: return f->last == OVF_ITEM_F && letter < f->items[f->count - 1].at + 40;
    default: return is_strong(f->s, item, content) && is_new;
    }
}

static bool looks_like_schedule(ovf_str s, size_t i)
{
    static const char *const words[] = {"DAILY", "DLY", "MON", "TUE", "WED", "THU", "FRI",
                                        "SAT",   "SUN", "H24", "HJ",  "HN",  "SR",  "SS"};
    return ovf_is_digit(at(s, i)) || any_word(s, i, words, OVF_COUNTOF(words))
           || ovf_month_at(s, i) > 0;
}

static bool is_item(const struct finder *f, int item, size_t letter, size_t content)
{
    const ovf_draft *d = f->d;
    bool is_strange =
        letter > d->all.from
        && (ovf_is_letter(f->s.ptr[letter - 1]) || ovf_is_digit(f->s.ptr[letter - 1]));
    if (!looks_right(f->s, item, content)
        && !(item == OVF_ITEM_A && is_strong(f->s, item, content)))
        return false;
    if (is_strange && !may_be_glued(f, item, letter, content))
        return false;
    if (item >= OVF_ITEM_F && f->last < 0)
        return false; // "(F)" in a text that has no items
    if (!d->has_item[OVF_ITEM_E]) {
        if (item >= OVF_ITEM_F) // before E they stand behind the dates
            return !d->has_item[item] && (d->has_item[OVF_ITEM_B] || f->last == OVF_ITEM_F);
        return item > f->last
               || (!d->has_item[item] && (item == OVF_ITEM_E || is_strong(f->s, item, content)));
    }
    if (item == OVF_ITEM_G && !d->has_item[OVF_ITEM_F])
        return is_plain_level(f->s, content);
    if (item >= OVF_ITEM_F)
        return true;
    // Behind E a letter with a bracket counts a list, unless nothing else than the item fits.
    if (d->has_item[item] || !starts_line(f->s, letter))
        return false;
    if (item == OVF_ITEM_D)
        return f->last >= OVF_ITEM_F && looks_like_schedule(f->s, content);
    return is_strong(f->s, item, content)
           && (item != OVF_ITEM_A
               || ovf_text_blanks(f->s, content + 4) >= line_end(f->s, content, f->s.len));
}

static void forget(struct finder *f, int item)
{
    for (size_t k = 0; k < f->count; k++) {
        if (f->items[k].item != item)
            continue;
        memmove(&f->items[k], &f->items[k + 1], (f->count - k - 1) * sizeof(f->items[0]));
        f->count--;
        f->d->has_item[item] = false;
        return;
    }
}

static void find_letters(struct finder *f, size_t from)
{
    ovf_draft *d = f->d;
    ovf_str s = f->s;
    for (size_t i = from; i + 1 < s.len; i++) {
        const char *hit = memchr(s.ptr + i, ')', s.len - i);
        if (hit == NULL)
            return;
        i = (size_t)(hit - s.ptr);
        if (i <= from - (from > 0))
            continue;
        int item = item_of(i > d->all.from ? s.ptr[i - 1] : '\0');
        if (item < 0 || !is_item(f, item, i - 1, skip_blanks(s, i + 1, s.len)))
            continue;
        if (d->has_item[item])
            forget(f, item); // the last F and G count: those before them numbered a list
        if (item == OVF_ITEM_F && d->has_item[OVF_ITEM_G])
            forget(f, OVF_ITEM_G);
        d->has_item[item] = true;
        f->items[f->count++] = (struct found){item, (uint32_t)(i - 1)};
        f->last = item > f->last || d->has_item[OVF_ITEM_E] ? item : f->last;
    }
}

void ovf_find_items(ovf_draft *d)
{
    struct finder f = {.d = d, .s = ovf_str_sub(d->clean.text, 0, d->all.until), .last = -1};
    size_t from = d->ident.until > d->all.from ? d->ident.until : d->all.from;
    find_letters(&f, from);
    size_t tail = from;
    for (size_t k = 0; k < f.count; k++) {
        if (f.items[k].item == OVF_ITEM_E)
            tail = f.items[k].at;
    }
    d->trailer = find_trailer(f.s, tail, f.s.len);
    uint32_t end = d->trailer;
    for (size_t k = f.count; k-- > 0;) {
        struct found *found = &f.items[k];
        if (found->at + 2 > end)
            continue;
        ovf_range range = {found->at + 2, end};
        trim(f.s, &range);
        if (found->item == OVF_ITEM_E)
            drop_end_part(d, &range);
        if (end == d->trailer) {
            drop_last_bracket(d, &range);
            drop_headings(d, found->item, &range);
        }
        d->items[found->item] = range;
        end = found->at;
    }
}
