/* SPDX-License-Identifier: Apache-2.0 */
/* Item E as tokens: words, numbers, coordinates, signs. */
#include "phrase.h"

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

static void push(struct cutter *c, ovf_token token)
{
    if (c->count == c->capacity
        && !ovf_arena_grow(c->d->scratch, (void **)&c->items, c->count, &c->capacity,
                           sizeof(*c->items))) {
        c->failed = true;
        return;
    }
    switch (token.kind) {
    case OVF_TOK_WORD: {
        token.word = ovf_word_of((ovf_str){c->s.ptr + token.at, token.len});
        token.lead = token.word == 0 ? 0 : (uint8_t)(1 + token.word % OVF_LEAD_WORDS);
        break;
    }
    case OVF_TOK_NUM: token.lead = OVF_LEAD_NUMBER; break;
    case OVF_TOK_END: token.lead = OVF_LEAD_END; break;
    default: token.lead = OVF_LEAD_OTHER; break;
    }
    c->items[c->count++] = token;
}

static uint8_t lead_flags(const struct cutter *c, size_t from)
{
    if (c->at == from)
        return OVF_TOK_GLUED;
    for (size_t i = from; i < c->at; i++) {
        if (c->s.ptr[i] == '\n')
            return OVF_TOK_NEW_LINE;
    }
    return 0;
}

/* What coordinates have in front of their first letter: digits, marks, separators, blanks, and the
 * letter O for zero. */
static const bool is_figure[256] = {
    ['0'] = true,  ['1'] = true,  ['2'] = true,  ['3'] = true, ['4'] = true,
    ['5'] = true,  ['6'] = true,  ['7'] = true,  ['8'] = true, ['9'] = true,
    [' '] = true,  ['\t'] = true, ['\r'] = true, ['\n'] = true, ['.'] = true,
    [','] = true,  ['\''] = true, ['"'] = true,  ['*'] = true, [OVF_DEGREE] = true,
    ['-'] = true,  [':'] = true,  ['/'] = true,  [';'] = true, ['O'] = true,
    ['o'] = true,
};

/* Can a coordinate begin with the digit here? Its first letter is a hemisphere, or that of LONGITUDE.
 * Asked at every number; the figures are looked at once. */
static bool may_be_coord(struct cutter *c)
{
    if (c->figures_end <= c->at) {
        c->figures_end = c->at;
        while (c->figures_end < c->until && is_figure[(unsigned char)c->s.ptr[c->figures_end]])
            c->figures_end++;
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
    push(c, (ovf_token){.kind = OVF_TOK_COORD,
                        .flags = (uint8_t)(flags | coord.flags),
                        .at = (uint32_t)c->at,
                        .len = (uint32_t)(coord.end - c->at),
                        .a = coord.lat_deg,
                        .b = coord.lon_deg});
    c->at = coord.end;
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
    push(c, (ovf_token){.kind = axis == 'N' ? OVF_TOK_LAT : OVF_TOK_LON,
                        .flags = flags,
                        .at = (uint32_t)c->at,
                        .len = (uint32_t)(end - c->at),
                        .a = value});
    c->at = end;
    return true;
}

static void cut_number(struct cutter *c, uint8_t flags)
{
    size_t start = c->at;
    double value = 0;
    while (c->at < c->until && ovf_is_digit(c->s.ptr[c->at]))
        value = value * 10 + (c->s.ptr[c->at++] - '0');
    bool is_long = c->at - start >= 4;
    if (c->at + 1 < c->until && c->s.ptr[c->at] == '.' && ovf_is_digit(c->s.ptr[c->at + 1])) {
        double scale = 0.1;
        for (c->at++; c->at < c->until && ovf_is_digit(c->s.ptr[c->at]); c->at++) {
            value += scale * (c->s.ptr[c->at] - '0');
            scale *= 0.1;
        }
    }
    char next = c->at < c->until ? c->s.ptr[c->at] : ' ';
    char after = c->at + 1 < c->until ? c->s.ptr[c->at + 1] : ' ';
    if (is_long && strchr("NSEW", next) != NULL && !ovf_is_letter(after))
        flags |= OVF_TOK_LOOKS;
    push(c, (ovf_token){.kind = OVF_TOK_NUM,
                        .flags = flags,
                        .at = (uint32_t)start,
                        .len = (uint32_t)(c->at - start),
                        .a = value});
}

static void cut_word(struct cutter *c, uint8_t flags)
{
    const char *p = c->s.ptr;
    size_t start = c->at;
    size_t end = start;
    while (end < c->until && ovf_is_letter(p[end]))
        end++;
    size_t letters = end - start;
    while (end < c->until && (ovf_is_letter(p[end]) || ovf_is_digit(p[end])))
        end++;
    size_t len = end - start;
    if (letters == 1 && len >= 5 && strchr("NSEW", p[start]) != NULL) {
        size_t digits = 0;
        while (digits + 1 < len && ovf_is_digit(p[start + 1 + digits]))
            digits++;
        flags |= digits == len - 1 ? OVF_TOK_LOOKS : 0;
    }
    c->at = end;
    push(c, (ovf_token){.kind = OVF_TOK_WORD,
                        .flags = flags,
                        .traits = letters == len ? OVF_TRAIT_LETTERS : OVF_TRAIT_WITH_DIGITS,
                        .at = (uint32_t)start,
                        .len = (uint32_t)len});
}

bool ovf_tokenise(ovf_draft *d, ovf_range range, ovf_token **out, size_t *count)
{
    struct cutter c = {.d = d, .s = d->clean.text, .at = range.from, .until = range.until};
    size_t end_before = range.from;
    size_t expected = (range.until - range.from) / 4 + 8;
    c.items = ovf_arena_array(d->scratch, ovf_token, expected);
    c.capacity = c.items == NULL ? 0 : expected;
    while (c.at < c.until && !c.failed) {
        char ch = c.s.ptr[c.at];
        if (ovf_is_blank(ch)) {
            c.at++;
            continue;
        }
        uint8_t flags = lead_flags(&c, end_before);
        // Most words are told by their first two letters: no position begins so.
        bool is_word = ovf_is_letter(ch) && c.at + 1 < c.until && ovf_is_letter(c.s.ptr[c.at + 1]);
        bool may_be_place = !is_word && (!ovf_is_digit(ch) || may_be_coord(&c));
        if (is_word) {
            cut_word(&c, flags);
        } else if (may_be_place && (cut_coord(&c, flags) || cut_ordinate(&c, flags))) {
            // taken
        } else if (ovf_is_digit(ch)) {
            cut_number(&c, flags);
        } else if (ovf_is_letter(ch)) {
            cut_word(&c, flags);
        } else {
            push(&c, (ovf_token){.kind = OVF_TOK_SIGN,
                                 .flags = flags,
                                 .sign = ch,
                                 .at = (uint32_t)c.at,
                                 .len = 1});
            c.at++;
        }
        end_before = c.at;
    }
    *count = c.count;
    push(&c, (ovf_token){.kind = OVF_TOK_END, .at = range.until});
    *out = c.items;
    if (c.failed)
        d->no_memory = true;
    else
        ovf_index_words(d, c.items, c.count);
    return !c.failed;
}

/* ---- lengths ---- */

static const struct {
    const char *word;
    double unit_m;
} units[] = {
    {"NM", 1852.0},   {"NMI", 1852.0}, {"NMS", 1852.0},        {"MN", 1852.0},
    {"KM", 1000.0},   {"KMS", 1000.0}, {"KILOMETERS", 1000.0}, {"KILOMETRES", 1000.0},
    {"M", 1.0},       {"MTR", 1.0},    {"MTRS", 1.0},          {"MTS", 1.0},
    {"METERS", 1.0},  {"METRES", 1.0}, {"METER", 1.0},         {"METRE", 1.0},
    {"SM", 1609.344}, {"FT", 0.3048},  {"FEET", 0.3048},
};

size_t ovf_length_at(const ovf_draft *d, size_t i, double *length_m)
{
    if (i + 1 >= d->token_count || d->tokens[i].kind != OVF_TOK_NUM)
        return 0;
    if (ovf_tok_is(d, i + 1, "NAUTICAL") || ovf_tok_is(d, i + 1, "STATUTE")) {
        *length_m = d->tokens[i].a * (ovf_tok_is(d, i + 1, "NAUTICAL") ? OVF_NM_M : 1609.344);
        return ovf_tok_is(d, i + 2, "MILES") || ovf_tok_is(d, i + 2, "MILE") ? i + 3 : i + 2;
    }
    for (size_t k = 0; k < OVF_COUNTOF(units); k++) {
        if (!ovf_tok_is(d, i + 1, units[k].word))
            continue;
        *length_m = d->tokens[i].a * units[k].unit_m;
        return i + 2;
    }
    return 0;
}

/* ---- sentences ---- */

/* A sentence of more tokens is cut: one search costs no more than this. */
#define SENTENCE_MAX 200

static bool ends_sentence(const ovf_draft *d, size_t i)
{
    if (!ovf_tok_sign(d, i, '.'))
        return false;
    const ovf_token *next = &d->tokens[i + 1];
    bool is_bullet = i > 0 && (d->tokens[i - 1].kind == OVF_TOK_NUM || d->tokens[i - 1].len == 1);
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
