/* SPDX-License-Identifier: Apache-2.0 */
/* Item E as tokens: words, numbers, coordinates, signs. */
#include "phrase.h"
#include "vocabulary.h"

#include <overfly/geo.h>

struct cutter {
    ovf_draft *d;
    ovf_str s;
    size_t at;
    size_t until;
    ovf_token *items;
    size_t count;
    size_t capacity;
    char last_lat;
    char last_lon;
    bool failed;
    size_t figures_end; /* behind the figures that were looked at last */
};

/* Figures are what coordinates have in front of their first letter: digits, marks, separators, blanks,
 * and the letter O for zero. */
enum { LETTER = 1, DIGIT = 2, BLANK = 4, FIGURE = 8 };

#define FOUR_LETTERS(c) [c] = LETTER, [(c) + 1] = LETTER, [(c) + 2] = LETTER, [(c) + 3] = LETTER
#define FIVE_DIGITS(c)                                                            \
    [c] = DIGIT | FIGURE, [(c) + 1] = DIGIT | FIGURE, [(c) + 2] = DIGIT | FIGURE, \
    [(c) + 3] = DIGIT | FIGURE, [(c) + 4] = DIGIT | FIGURE
static const uint8_t class_of[256] = {
    FOUR_LETTERS('A'),       FOUR_LETTERS('E'),       FOUR_LETTERS('I'),
    ['M'] = LETTER,          ['N'] = LETTER,          ['O'] = LETTER | FIGURE,
    FOUR_LETTERS('P'),       FOUR_LETTERS('T'),       ['X'] = LETTER,
    ['Y'] = LETTER,          ['Z'] = LETTER,          FOUR_LETTERS('a'),
    FOUR_LETTERS('e'),       FOUR_LETTERS('i'),       ['m'] = LETTER,
    ['n'] = LETTER,          ['o'] = LETTER | FIGURE, FOUR_LETTERS('p'),
    FOUR_LETTERS('t'),       ['x'] = LETTER,          ['y'] = LETTER,
    ['z'] = LETTER,          FIVE_DIGITS('0'),        FIVE_DIGITS('5'),
    [' '] = BLANK | FIGURE,  ['\t'] = BLANK | FIGURE, ['\r'] = BLANK | FIGURE,
    ['\n'] = BLANK | FIGURE, ['.'] = FIGURE,          [','] = FIGURE,
    ['\''] = FIGURE,         ['"'] = FIGURE,          ['*'] = FIGURE,
    [OVF_DEGREE] = FIGURE,   ['-'] = FIGURE,          [':'] = FIGURE,
    ['/'] = FIGURE,          [';'] = FIGURE,
};

static inline bool is_of(const struct cutter *c, size_t i, uint8_t classes)
{
    return i < c->until && (class_of[(unsigned char)c->s.ptr[i]] & classes) != 0;
}

/* A new token at the end of the list; NULL: no memory. */
static inline ovf_token *new_token(struct cutter *c, ovf_token_kind kind, uint8_t lead,
                                   uint8_t flags, size_t end)
{
    if (c->count == c->capacity
        && !ovf_arena_grow(c->d->scratch, (void **)&c->items, c->count, &c->capacity,
                           sizeof(*c->items))) {
        c->failed = true;
        return NULL;
    }
    ovf_token *t = &c->items[c->count++];
    *t = (ovf_token){.kind = (uint8_t)kind,
                     .flags = flags,
                     .lead = lead,
                     .at = (uint32_t)c->at,
                     .len = (uint32_t)(end - c->at)};
    c->at = end;
    return t;
}

/* Can a coordinate begin with the digit here? Its first letter is a hemisphere, or that of LONGITUDE.
 * Asked at every number; the figures are looked at once. */
static bool may_be_coord(struct cutter *c)
{
    if (c->figures_end <= c->at) {
        size_t end = c->at;
        while (end < c->until && (class_of[(unsigned char)c->s.ptr[end]] & FIGURE) != 0)
            end++;
        c->figures_end = end;
    }
    if (c->figures_end == c->until)
        return false;
    char letter = c->s.ptr[c->figures_end];
    char next = c->figures_end + 1 < c->until ? c->s.ptr[c->figures_end + 1] : '\0';
    if (letter == 'L' || letter == 'l')
        return true;
    return (letter == 'N' || letter == 'S' || letter == 'E' || letter == 'W')
           && !ovf_is_letter(next);
}

static bool cut_coord(struct cutter *c, uint8_t flags)
{
    ovf_coord coord;
    ovf_str s = ovf_str_sub(c->s, 0, c->until);
    char first = s.ptr[c->at];
    if (!ovf_is_digit(first) && first != 'N' && first != 'S')
        return false;
    if (!ovf_coord_read(s, c->at, c->last_lat, c->last_lon, &coord))
        return false;
    c->last_lat = coord.lat_deg < 0 ? 'S' : 'N';
    c->last_lon = coord.lon_deg < 0 ? 'W' : 'E';
    ovf_token *t =
        new_token(c, OVF_TOK_COORD, OVF_LEAD_OTHER, (uint8_t)(flags | coord.flags), coord.end);
    if (t != NULL) {
        t->a = coord.lat_deg;
        t->b = coord.lon_deg;
        t->traits = coord.is_plain ? 0 : OVF_TRAIT_CLOCK;
    }
    return true;
}

static bool cut_ordinate(struct cutter *c, uint8_t flags)
{
    char axis = 0;
    double value = 0;
    size_t end = 0;
    char first = c->s.ptr[c->at];
    if (!ovf_is_digit(first) && strchr("NSEW", first) == NULL)
        return false;
    if (!ovf_ordinate_read(ovf_str_sub(c->s, 0, c->until), c->at, &axis, &value, &end))
        return false;
    ovf_token *t =
        new_token(c, axis == 'N' ? OVF_TOK_LAT : OVF_TOK_LON, OVF_LEAD_OTHER, flags, end);
    if (t != NULL) {
        t->a = value;
        t->traits = OVF_TRAIT_CLOCK;
    }
    return true;
}

/* Hours and minutes, a day and these, a whole group; "06:30". */
static bool may_be_clock(const struct cutter *c, size_t digits, size_t end)
{
    return digits == 4 || digits == 6 || digits == 10
           || (digits == 2 && end < c->until && c->s.ptr[end] == ':');
}

/* "5,5 KM", "0,75NM": one or two decimals and a unit of distance; "30,000 FT" is a thousand. */
static bool is_decimal_comma(const struct cutter *c, size_t i)
{
    if (c->s.ptr[i] != ',' || !is_of(c, i + 1, DIGIT))
        return false;
    size_t end = i + 1;
    while (is_of(c, end, DIGIT))
        end++;
    bool is_short = end - i <= 3;
    end += end < c->until && c->s.ptr[end] == ' ';
    ovf_str unit = ovf_str_sub(c->s, end, end + 2 < c->until ? end + 2 : c->until);
    return is_short && (ovf_str_eq(unit, OVF_STR("KM")) || ovf_str_eq(unit, OVF_STR("NM")))
           && !is_of(c, end + 2, LETTER | DIGIT);
}

static void cut_number(struct cutter *c, uint8_t flags)
{
    const char *p = c->s.ptr;
    size_t end = c->at;
    double value = 0;
    while (is_of(c, end, DIGIT))
        value = value * 10 + (p[end++] - '0');
    bool is_long = end - c->at >= 4;
    bool is_clock = may_be_clock(c, end - c->at, end);
    if (end < c->until && (p[end] == '.' || is_decimal_comma(c, end)) && is_of(c, end + 1, DIGIT)) {
        double scale = 0.1;
        size_t point = end++;
        for (; is_of(c, end, DIGIT); end++) {
            value += scale * (p[end] - '0');
            scale *= 0.1;
        }
        is_clock |= may_be_clock(c, end - point - 1, end);
    }
    char next = end < c->until ? p[end] : ' ';
    if (is_long && strchr("NSEW", next) != NULL && !is_of(c, end + 1, LETTER))
        flags |= OVF_TOK_LOOKS;
    ovf_token *t = new_token(c, OVF_TOK_NUM, OVF_LEAD_NUMBER, flags, end);
    if (t != NULL) {
        t->a = value;
        t->traits = is_clock ? OVF_TRAIT_CLOCK : 0;
    }
}

/* Behind the letters from i on: eight at a step where there are as many bytes. */
static inline size_t letters_end(const struct cutter *c, size_t i)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    const uint64_t ones = UINT64_C(0x0101010101010101);
    while (i + 8 <= c->until) {
        uint64_t bytes = 0;
        memcpy(&bytes, c->s.ptr + i, sizeof(bytes));
        uint64_t low = (bytes | 0x20 * ones) & 0x7F * ones;
        uint64_t from_a = low + (0x80 - 'a') * ones;
        uint64_t behind_z = low + (0x80 - 'z' - 1) * ones;
        uint64_t other = ~(from_a & ~behind_z & ~bytes) & 0x80 * ones;
        if (other != 0)
            return i + (size_t)__builtin_ctzll(other) / 8;
        i += 8;
    }
#endif
    while (is_of(c, i, LETTER))
        i++;
    return i;
}

/* "R25KM", "R5.5NM": a radius is no name. */
static bool is_length_behind(const struct cutter *c, size_t i, size_t end)
{
    ovf_str s = ovf_str_sub(c->s, i, end);
    if (end < c->until && c->s.ptr[end] == '.' && is_of(c, end + 1, DIGIT)) {
        size_t unit = end + 1;
        while (is_of(c, unit, DIGIT))
            unit++;
        s = ovf_str_sub(c->s, unit, letters_end(c, unit));
        return ovf_str_eq(s, OVF_STR("KM")) || ovf_str_eq(s, OVF_STR("NM"));
    }
    size_t digits = 0;
    while (digits < s.len && ovf_is_digit(s.ptr[digits]))
        digits++;
    s = ovf_str_tail(s, digits);
    return digits > 0 && (ovf_str_eq(s, OVF_STR("KM")) || ovf_str_eq(s, OVF_STR("NM")));
}

static void cut_word(struct cutter *c, uint8_t flags)
{
    const char *p = c->s.ptr;
    size_t start = c->at;
    size_t end = letters_end(c, start);
    size_t letters = end - start;
    while (is_of(c, end, LETTER | DIGIT))
        end++;
    if (letters == 1 && p[start] == 'R' && is_length_behind(c, start + 1, end))
        end = start + 1;
    size_t len = end - start;
    if (letters == 1 && len >= 5 && strchr("NSEW", p[start]) != NULL) {
        size_t digits = 0;
        while (digits + 1 < len && ovf_is_digit(p[start + 1 + digits]))
            digits++;
        flags |= digits == len - 1 ? OVF_TOK_LOOKS : 0;
    }
    uint16_t word = ovf_word_of((ovf_str){p + start, len});
    ovf_token *t = new_token(c, OVF_TOK_WORD, word == 0 ? 0 : (uint8_t)(1 + word % OVF_LEAD_WORDS),
                             flags, end);
    if (t == NULL)
        return;
    t->word = word;
    t->traits = letters == len ? OVF_TRAIT_LETTERS : OVF_TRAIT_WITH_DIGITS;
}

static void cut_sign(struct cutter *c, uint8_t flags)
{
    char sign = c->s.ptr[c->at];
    ovf_token *t = new_token(c, OVF_TOK_SIGN, OVF_LEAD_OTHER, flags, c->at + 1);
    if (t != NULL)
        t->sign = sign;
}

/* Over blanks: what they say of the token behind them. */
static uint8_t skip_blanks(struct cutter *c)
{
    const char *p = c->s.ptr;
    size_t until = c->until;
    size_t at = c->at;
    uint8_t flags = 0;
    for (; at < until && (class_of[(unsigned char)p[at]] & BLANK) != 0; at++)
        flags |= p[at] == '\n' ? OVF_TOK_NEW_LINE : 0;
    flags = at == c->at ? OVF_TOK_GLUED : flags;
    c->at = at;
    return flags;
}

bool ovf_tokenise(ovf_draft *d, ovf_range range, ovf_token **out, size_t *count)
{
    struct cutter c = {.d = d, .s = d->clean.text, .at = range.from, .until = range.until};
    size_t expected = (range.until - range.from) / 6 + 8;
    c.items = ovf_arena_array(d->scratch, ovf_token, expected);
    c.capacity = c.items == NULL ? 0 : expected;
    for (;;) {
        uint8_t flags = skip_blanks(&c);
        if (c.at >= c.until || c.failed)
            break;
        // Most words are told by their first two letters: no position begins so.
        uint8_t class = class_of[(unsigned char)c.s.ptr[c.at]];
        bool is_letter = (class & LETTER) != 0;
        bool is_digit = (class & DIGIT) != 0;
        bool is_word = is_letter && is_of(&c, c.at + 1, LETTER);
        bool may_be_place = !is_word && (is_letter || (is_digit && may_be_coord(&c)));
        if (may_be_place && (cut_coord(&c, flags) || cut_ordinate(&c, flags)))
            continue;
        if (is_letter)
            cut_word(&c, flags);
        else if (is_digit)
            cut_number(&c, flags);
        else
            cut_sign(&c, flags);
    }
    *count = c.count;
    c.at = range.until;
    new_token(&c, OVF_TOK_END, OVF_LEAD_END, 0, range.until);
    *out = c.items;
    if (c.failed)
        d->no_memory = true;
    else
        ovf_index_words(d, c.items, c.count - 1);
    return !c.failed;
}

/* ---- lengths ---- */

#define STATUTE_MILE_M 1609.344

/* Metres in the unit that a word names; 0: it names none. */
static double unit_m(unsigned word)
{
    switch (word) {
    case OVF_WORD_NM:
    case OVF_WORD_NMI:
    case OVF_WORD_NMS:
    case OVF_WORD_MN: return OVF_NM_M;
    case OVF_WORD_KM:
    case OVF_WORD_KMS:
    case OVF_WORD_KILOMETERS:
    case OVF_WORD_KILOMETER:
    case OVF_WORD_KILOMETRE:
    case OVF_WORD_KILOMETROS:
    case OVF_WORD_QUILOMETROS:
    case OVF_WORD_KILOMETRES: return 1000.0;
    case OVF_WORD_M:
    case OVF_WORD_MTR:
    case OVF_WORD_MTRS:
    case OVF_WORD_MTS:
    case OVF_WORD_METROS:
    case OVF_WORD_METERS:
    case OVF_WORD_METRES:
    case OVF_WORD_METER:
    case OVF_WORD_METRE: return 1.0;
    case OVF_WORD_SM: return STATUTE_MILE_M;
    case OVF_WORD_FT:
    case OVF_WORD_FEET: return 0.3048;
    default: return 0;
    }
}

size_t ovf_length_at(const ovf_draft *d, size_t i, double *length_m)
{
    if (i + 1 >= d->token_count || d->tokens[i].kind != OVF_TOK_NUM)
        return 0;
    unsigned word = d->tokens[i + 1].word;
    unsigned behind = ovf_tok_word(d, i + 2);
    bool is_sea_mile =
        (word == OVF_WORD_MILLAS || word == OVF_WORD_MILLES || word == OVF_WORD_MILHAS)
        && (behind == OVF_WORD_NAUTICAS || behind == OVF_WORD_NAUTIQUES || behind == OVF_WORD_MARINS
            || behind == OVF_WORD_NAUTIQUE);
    if (is_sea_mile) {
        *length_m = d->tokens[i].a * OVF_NM_M;
        return i + 3;
    }
    if (word == OVF_WORD_NAUTICAL || word == OVF_WORD_STATUTE) {
        *length_m = d->tokens[i].a * (word == OVF_WORD_NAUTICAL ? OVF_NM_M : STATUTE_MILE_M);
        unsigned next = ovf_tok_word(d, i + 2);
        return next == OVF_WORD_MILES || next == OVF_WORD_MILE ? i + 3 : i + 2;
    }
    double unit = unit_m(word);
    if (unit <= 0)
        return 0;
    *length_m = d->tokens[i].a * unit;
    return i + 2;
}

/* ---- sentences ---- */

/* A sentence of more tokens is cut: one search costs no more than this. */
#define SENTENCE_MAX 200

static bool ends_sentence(const ovf_draft *d, size_t i)
{
    if (!ovf_tok_sign(d, i, '.'))
        return false;
    const ovf_token *next = &d->tokens[i + 1];
    bool is_bullet = i > 0
                     && ((d->tokens[i - 1].kind == OVF_TOK_NUM && d->tokens[i - 1].len <= 2)
                         || (d->tokens[i - 1].kind == OVF_TOK_WORD && d->tokens[i - 1].len == 1));
    return !is_bullet && (next->flags & OVF_TOK_GLUED) == 0;
}

size_t ovf_sentence_start(const ovf_draft *d, size_t i)
{
    size_t floor = i > SENTENCE_MAX ? i - SENTENCE_MAX : 0;
    while (i > floor && !ends_sentence(d, i - 1))
        i--;
    return i;
}

size_t ovf_sentence_end(const ovf_draft *d, size_t i)
{
    size_t ceiling = d->token_count - i > SENTENCE_MAX ? i + SENTENCE_MAX : d->token_count;
    while (i < ceiling && !ends_sentence(d, i))
        i++;
    return i;
}
